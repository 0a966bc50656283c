"""A title cell taken apart: the title, what people call it, its links, and what stands around."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from papertrack.authors import PARTICLE, are_names, split_names
from papertrack.identifiers import arxiv_in
from papertrack.labs import is_organisation
from papertrack.markdown.inline import Span, is_label, line_of, links, rebuilt, spans
from papertrack.markdown.item_parts import ALIAS, spelled_out, without_translation
from papertrack.markdown.proper_names import are_people, is_nickname, leading_names
from papertrack.patterns import pattern
from papertrack.sources import is_source, kind_of, on_page, read_date, read_source
from papertrack.status import Status, status_of

BRACKETS = ("《》", "「」", "『』", "【】", "“”", '""', "«»", "‹›", "〈〉")
"""What titles stand in, best known first."""
_KEY_FIRST = pattern(r"^\[@[^\[\]]+\]\s(?=《)")  # of a note whose other name is the title
_ENUMERATOR = pattern(r"\s*(?:[(（]?\d{1,4}\s*(?:[)）、]|[.．](?!\d))|\[\d{1,4}\])\s*(?=\S|$)")
_MARK = pattern(r"\s*(?:\[([ xX√✓-]?)\]|([✅☑✔✓✗✘❌⬜☐🔲🟢🚧⏳🔄]\ufe0f?|:[a-z_]{1,30}:))\s*")
_EMPTY = pattern(r"\[[\s,/|·&]*\]|\([\s,/|·&]*\)|（\s*）|【\s*】|\{\s*\}")
_EDGES = " \t\r\n\v\f\xa0\u3000|·•,;，；-–—/:：⇒→"
_LETTER = pattern(r"\w")
_WHO = pattern(
    r"[^\W\d_][^\"“:：]{0,60}?"
    r"(?:\bet\s+al\.?|\+|等人?|ら|他|외|ve ark\.?|(?:&|and)\s*[A-Z][^\W\d_]+)\s*,?"
)
_FAMILY = PARTICLE + r"*[^\W\d_a-z][\w'’-]+"
_FAMILIES = pattern(rf"{_FAMILY}(?:(?:,\s?|,?\s(?:&|and|y|et|und)\s){_FAMILY})*")
_QUOTED = pattern(
    rf"(?P<who>{_WHO.pattern}|{_FAMILIES.pattern}[,，])\s*[\"“《](?P<title>[^\"“”《》]{{2,}})[\"”》][.,]?"
    r"(?P<more>\s*（[^（）]*）)?"
)
_CITED = pattern(rf"{_WHO.pattern}\s*[\"“]|.{{2,300}}(?:\bet\.? al\b|\.\s(?:DOI|doi)[:：]\s?\.?$)")
_CITED_WHOLE = pattern(  # Lee, Ann, and Bob Roe. "A title." ICML 2020
    r"[^\W\d_][^\"“]{3,300}?[\s.,][\"“][^\"“”]{10,300}[.,][\"”]"
)
_LISTED = pattern(r"[,，;；]\s*")
_MONTH_BEHIND = pattern(r"(?<=\D(?:19|20)\d\d)[./-]\d\d?(?!\d)")
_DATED = pattern(r"\D(?:19|20)\d\d")
_KIND_MARKED = pattern(r"\[[JCDMR](?:/OL)?\]")  # as GB/T 7714 does
_NAMED = pattern(r"(?P<name>[^\s\"“:：]{2,24})\s?[:：]\s?[\"“](?P<title>[^\"“”]{8,})[\"”][.,]?")
_QUOTED_NAME = pattern(r"[\"“](?P<title>[^\"“”]{8,})[\"”]\s?[(（](?P<name>[^()（）]{2,24})[)）]")
_VOLUME = pattern(r"\d\(\d+\)|\d:e?\d")  # of a journal: no title stands there
_ID_LAST = pattern(r"\s*[(（](\d{4}\.\d{4,5}(?:v\d+)?)[)）](?:\s*[—–-]\s.*)?$")
_ID_FIRST = pattern(r"\[?\d{4}\.\d{4,5}(?:v\d+)?\]?[\s:]+(?=\w\S*\s\S+\s\S)")
_FOOTNOTE = pattern(
    r"\s*\[\^[\w-]+\]|\s*[⭐🔥🆕✨]\ufe0f?$|^(?:[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]\ufe0f?\s?)+(?=\w)"
)
_SOURCE_LAST = pattern(r",\s+(?P<source>[^\W\d_a-z][^,]{1,40}\s(?:19|20)\d\d)$")
_LABEL_LAST = pattern(
    r"\s*(?:\[(?P<label>[^\[\]]{2,20})\]|[(（\[](?P<cited>(?:cited|citations?|引用|被引)[^\[\]()（）]{0,20})[)）\]])$",
    re.IGNORECASE,
)
_SIGNED = pattern(
    r"(?P<who>[^()（）]{3,60})\s?[(（](?P<year>(?:19|20)\d\d)[)）]\s*(?:[-–—]+|[:：])\s*(?P<title>.{8,})"
)
_SIGNED_LAST = pattern(
    r"(?P<title>.{3,}?)\s*[(（](?P<who>[^()（）\d]{2,60}?\s?(?:et\sal\.?|等人?))(?:,?\s*(?P<year>(?:19|20)\d\d))?[)）]"
)
_SOURCE_INSIDE = pattern(r"\s*[(（\[](?P<source>[^()（）\[\]]{2,40})[)）\]]$")
_SUBTITLE = pattern(r":\s+(?:(?:an?|the)\s)?[A-Z][^\s.]*(?:\s[^\s.]+)+")
"""What a linked name leaves of a title: `[BERT](…): Pre-training of …`."""
_LONGEST_NAME = 3
_UNPAIRED = pattern(r"^\*{2,3}(?=\w)|(?<=\w)\*{2,3}$")
_BRACKET_FIRST = pattern(r"\s*[\[(（【]([^\[\]()（）【】]{2,60})[\])）】]\s*(?=\S|$)")
_BOUND = pattern(r"(?<!\b[A-Z])\.\s+(?=[A-Z*_\[(])|\.$")


@dataclass
class TitleParts:
    """What a title cell holds."""

    title: str = ""
    name: str | None = None
    authors: tuple[str, ...] = ()
    venue: str | None = None
    year: int | None = None
    lab: str | None = None
    status: Status | None = None
    links: tuple[str, ...] = ()
    """The title's own first."""
    linked: bool = False
    """Whether the title itself is a link."""
    rest: list[str] = field(default_factory=list)
    """What fits no field, as Markdown."""
    unbalanced: bool = False
    """Whether it has one bracket of two."""


def read_title(
    source: str,
    *,
    position: int = 0,
    authors: bool = False,
    bracketed: bool = True,
    works: Collection[str] = (),
) -> TitleParts:
    """Return what a title cell holds; `position` is the number that may stand before it.

    `authors` says that the column's header names the authors as well, `bracketed` that its titles
    stand in 《》; but those around one of `works` only name what the title speaks of.
    """
    every = spans(_KEY_FIRST.sub("", spelled_out(source)))
    parts = TitleParts(links=tuple(links(every)))
    runs = _without_mark(_without_number(every, position, parts), parts)
    text = "".join(run.text for run in runs if not run.image)
    if _stands_in_brackets(text, works, bracketed=bracketed):
        _bracketed(runs, parts)
    else:
        _open(runs, parts, authors=authors)
    while label := _LABEL_LAST.search(parts.title):
        if not label.start() or not (is_label(label["label"] or "") or label["cited"]):
            break
        parts.title = parts.title[: label.start()].rstrip()
        parts.rest.append(label[0])
    parts.title, translation = without_translation(parts.title)
    parts.rest += filter(None, [translation])
    _take_authors_around(parts)
    if not parts.authors and (not parts.linked or _CITED_WHOLE.match(parts.title)):
        _take_cited(source, runs, parts)
    parts.title = _ID_LAST.sub(r" (arXiv:\1)", parts.title)
    bare, venue = on_page(_ID_FIRST.sub("", parts.title))  # [2101.00001] A title | Nature
    if bare != parts.title:
        parts.rest.append(parts.title)
        parts.title, parts.venue = bare, parts.venue or venue or None
    sourced = source_at_end(parts.title)
    if sourced and sourced.start() and (arxiv_in(sourced[0]) or _take_source(sourced[1], parts)):
        parts.title = parts.title[: sourced.start()].rstrip()
        parts.rest.append(sourced[0])
    alias = ALIAS.search(parts.title)
    if alias and alias.start() and parts.name is None and len(alias["name"].split()) <= 3:
        parts.title, parts.name = parts.title[: alias.start()].rstrip(" ,"), alias["name"]
        parts.rest.append(alias[0])
    parts.rest += [it[0].strip() for it in _FOOTNOTE.finditer(parts.title)]
    parts.title = _FOOTNOTE.sub("", parts.title).strip()
    if not parts.title:
        parts.title = line_of(runs).strip(_EDGES)
    if not parts.title:  # an image alone, or nothing but signs
        parts.title = source.strip() or "?"
    return parts


def _take_authors_around(parts: TitleParts) -> None:
    """Take authors and their year off a title: `Author et al. (2025) — …`, `… (Author et al.)`."""
    for form in (_SIGNED, _SIGNED_LAST):
        signed = form.fullmatch(parts.title)
        if signed is None or parts.authors or not are_names(signed["who"]):
            continue
        parts.title, parts.authors = signed["title"], split_names(signed["who"])
        parts.year = parts.year or (int(signed["year"]) if signed["year"] else None)
        parts.rest.append(signed["who"].strip())


_SHORTEST_TITLE = 3  # words
_WHO_AND_WHEN = pattern(
    r"(?P<who>[^\"“]{3,80}?),?\s\((?:19|20)\d\d\)[,.:]?\s[\"“][^\"“”]{10,250}[\"”]\.?"
)


def source_at_end(title: str) -> re.Match[str] | None:
    """Return the venue and year with which a title ends: `…, ICML 2019`, `… (2012)`."""
    last = _SOURCE_LAST.search(title)
    if last and read_date(last["source"]) is None:
        return last
    inside = _SOURCE_INSIDE.search(title)
    read = read_source(inside["source"]) if inside else None
    known = read and (kind_of(read.venue) if read.venue else read.year or read.arxiv)
    return inside if known else None


def names_its_source(text: str) -> bool:
    """Say whether a text is a title with its source: `A title (ICML 2019)`, `Lee (2016), "A"`."""
    cited = _WHO_AND_WHEN.fullmatch(text)
    if cited and are_people(cited["who"]):
        return True
    end = source_at_end(text)
    where = read_source(end["source"]) if end else None
    placed = where is not None and where.venue is not None and where.year is not None
    return placed and end is not None and len(text[: end.start()].split()) > _SHORTEST_TITLE


def _stands_in_brackets(text: str, works: Collection[str], *, bracketed: bool) -> bool:
    """Say whether a title is what stands in 《》, not the whole text."""
    if "《" not in text and "》" not in text:
        return False
    if whole_bracket(text) == "《》" or text.count("《") != text.count("》"):
        return True
    return bracketed and not any(f"《{work}》" in text for work in works)


def whole_bracket(text: str) -> str:
    """Return the two characters that a title stands in, or ""."""
    text = text.strip()
    for pair in BRACKETS:
        wrapped = text.startswith(pair[0]) and text.endswith(pair[1])
        if wrapped and text[1:-1] and pair[1] not in text[1:-1]:
            return pair
    return ""


def title_in(text: str, opening: str = "《", closing: str = "》") -> tuple[str, str, str] | None:
    """Return what stands before, in and behind the outer brackets; one of two will do."""
    start, end = text.find(opening), text.rfind(closing)
    if start < 0:
        return ("", text[:end], text[end + 1 :]) if end > 0 else None
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == opening) - (text[at] == closing)
        if depth == 0:
            return text[:start], text[start + 1 : at], text[at + 1 :]
    if end > start:
        return text[:start], text[start + 1 : end], text[end + 1 :]
    line, _, rest = text[start + 1 :].partition("\n")
    return text[:start], line, rest


def _without_number(runs: Sequence[Span], position: int, parts: TitleParts) -> Sequence[Span]:
    if not runs or runs[0].image or runs[0].link:
        return runs
    number = _ENUMERATOR.match(runs[0].text)
    if number is None or len(line_of(runs)) <= len(number[0].strip()):
        return runs
    if number[0].strip(" ()（）[].、:：．") != str(position):
        parts.rest.append(number[0].strip())
    rest = runs[0]._replace(text=runs[0].text[number.end() :])
    return [rest, *runs[1:]] if rest.text else runs[1:]


def _without_mark(runs: Sequence[Span], parts: TitleParts) -> Sequence[Span]:
    if not runs or runs[0].image or runs[0].link:
        return runs
    mark = _MARK.match(runs[0].text)
    if mark is None or (mark[1] is not None and len(line_of(runs)) == len(mark[0].strip())):
        return runs
    parts.status = status_of(mark[2] or f"[{(mark[1] or '').strip()}]")
    if parts.status is None:
        return runs
    return [runs[0]._replace(text=runs[0].text[mark.end() :]), *runs[1:]]


def _bracketed(runs: Sequence[Span], parts: TitleParts) -> None:
    """Take the title out of 《》, and keep what stands around it."""
    text = "".join(run.text for run in runs if not run.image)
    around = title_in(text)
    if around is None:
        return
    before, title, behind = around
    parts.unbalanced = text.count("《") != text.count("》")
    parts.title = " ".join(title.split()) if "\n" in title else _tidy(title)
    parts.linked = any(run.link and title.strip() in run.text for run in runs)
    for outside in (before, behind):
        kept = " ".join(outside.strip(_EDGES).split())
        when = read_date(kept)
        if when and not when.more and parts.year is None:
            parts.year = when.year
        elif _LETTER.search(kept):
            _take_lab(kept.strip("()（）[]【】"), parts)
            parts.rest.append(kept)


def _open(runs: Sequence[Span], parts: TitleParts, *, authors: bool) -> None:
    """Take the title out of a cell without 《》: its first link with words, or its first line."""
    place = _main_link(runs)
    lines = _lines(runs)
    first = next((line for line in lines if _LETTER.search(_words(line))), [])
    if place is None:
        parts.title = _tidy(_words(first))
        if quoted := _QUOTED.fullmatch(parts.title):
            parts.title, parts.authors = quoted["title"].strip(), split_names(quoted["who"])
        elif named := _NAMED.fullmatch(parts.title) or _QUOTED_NAME.fullmatch(parts.title):
            parts.title = named["title"].strip(" .,")
            if arxiv_in(named["name"]) or _take_source(named["name"], parts):
                parts.rest.append(named["name"])
            else:
                parts.name = named["name"]
        at = lines.index(first) if first else len(lines)
        parts.rest += [rebuilt(line) for line in lines[:at] if any(run.image for run in line)]
        behind = lines[at + 1 :]
        labels = [run for run in first if run.image or (run.link and is_label(run.text))]
        if labels and (parts.title or any(run.image for run in labels)):
            parts.rest.append(rebuilt(labels))
    else:
        start, end = place
        title, after = runs[start:end], runs[end:]
        parts.linked = True
        parts.links = tuple(dict.fromkeys((title[0].link, *parts.links)))
        parts.title = _without_source_first(_tidy(line_of(title)), parts)
        who = _WHO.fullmatch(line_of(runs[:start]))
        if who and whole_bracket(line_of(title)):
            parts.authors = split_names(line_of(runs[:start]))
        else:
            _before(runs[:start], parts)
        if _goes_on(after, parts):
            return
        behind = _lines(after)
    for line in behind:
        _behind(line, parts, authors=authors)


def _take_cited(source: str, runs: Sequence[Span], parts: TitleParts) -> None:
    """Take a citation apart: `Lee, Roe — *A title*, ICML 2020`, `Lee et al. A title. ICML.`."""
    at = next((at for at, run in enumerate(runs) if run.emphasis and len(run.text.split()) > 1), 0)
    before = line_of(runs[:at]).rstrip()
    who = before.strip(_EDGES + ".")
    if at and (are_names(who) or (before[-1] in ",–—-:" and _FAMILIES.fullmatch(who))):
        parts.title, parts.authors = _tidy(runs[at].text), split_names(who)
        parts.rest = [source.strip()]
        for text in line_of(runs[at + 1 :]).split(","):
            _take_source(text.strip(_EDGES + "."), parts)
    elif (
        parts.linked
        or _CITED.match(parts.title)
        or leading_names(parts.title, surely=bool(_KIND_MARKED.search(parts.title)))
    ):
        from papertrack.markdown.items import read_item  # which is large

        paper = read_item(source, about_papers=True)
        if paper and paper.authors and not _VOLUME.search(paper.title):
            parts.title, parts.authors = paper.title, paper.authors
            parts.venue, parts.year = parts.venue or paper.venue, parts.year or paper.year
            parts.lab = paper.lab
            parts.rest = [source.strip()]


def _goes_on(after: Sequence[Span], parts: TitleParts) -> bool:
    """Say whether what stands behind a linked title is more of it, which is taken then."""
    if any(run.image or "\n" in run.text for run in after):
        return False
    suffix = line_of(after)
    more = not any(run.link for run in after) and re.match(r"[^\W_]", suffix) is not None
    if more and not are_names(suffix) and not is_source(suffix):
        parts.title = f"{parts.title} {suffix}"
        return True
    subtitle = len(parts.title.split()) <= _LONGEST_NAME and _SUBTITLE.fullmatch(suffix)
    parts.title += suffix if subtitle else ""
    return bool(subtitle)


def _main_link(runs: Sequence[Span]) -> tuple[int, int] | None:
    """Return where the link stands whose text is the title: more than a label, the first such."""
    for start, run in enumerate(runs):
        if not run.link or run.image:
            continue
        end = start + 1
        while end < len(runs) and runs[end].link == run.link and not runs[end].image:
            end += 1
        text = line_of(runs[start:end])
        if _LETTER.search(text) and not is_label(text) and not text.startswith("http"):
            return start, end
    return None


def _lines(runs: Sequence[Span]) -> list[list[Span]]:
    lines: list[list[Span]] = [[]]
    for run in runs:
        head, *tail = run.text.split("\n") if not run.image else [run.text]
        lines[-1].append(run._replace(text=head))
        lines += [[run._replace(text=part)] for part in tail]
    return lines


def _words(line: Sequence[Span]) -> str:
    """Return a line's text without the links that are labels only."""
    return "".join(it.text for it in line if not it.image and not (it.link and is_label(it.text)))


def _tidy(text: str) -> str:
    text = " ".join(_EMPTY.sub(" ", text).split(" ")).strip(_EDGES)
    text = _UNPAIRED.sub("", re.sub(r"[ \t\r\n\v\f]+", " ", text))
    pair = whole_bracket(text)
    return text[1:-1].strip() if pair else text


def _before(runs: Sequence[Span], parts: TitleParts) -> None:
    text = line_of(runs).strip(_EDGES).rstrip("[(（【" + _EDGES)
    if bare := _without_source_first(text, parts):
        name = _BRACKET_FIRST.fullmatch(bare)  # `[ICML 2020] [NAME] [A title](…)`
        parts.name = name[1] if name and bare != text and is_nickname(name[1]) else parts.name
        text = "" if parts.name else bare
    elif text:
        return
    if not _LETTER.search(text):
        if text or any(run.image for run in runs):
            parts.rest.append(rebuilt(runs))
    elif is_source(read_source(text).venue or "") and _take_source(text, parts):
        pass
    elif "\n" not in "".join(run.text for run in runs) and re.search(r"\w$", line_of(runs)):
        parts.title = f"{text} {parts.title}"
    elif not any(run.link for run in runs) and re.search(r"[:：\-–—]\s*$", line_of(runs)):
        parts.name = text
    else:
        parts.rest.append(rebuilt(runs))


def _without_source_first(text: str, parts: TitleParts) -> str:
    """Return a text without the venue and year in brackets in front of it, which are taken."""
    bracket = _BRACKET_FIRST.match(text)
    source = read_source(bracket[1]) if bracket and not (parts.venue or parts.year) else None
    alone = bracket and " " not in bracket[1] and is_source(bracket[1])  # [arXiv] A title
    if not (bracket and source and source.venue and (source.year or alone)) or source.more:
        return text
    parts.venue, parts.year = source.venue, source.year
    return text[bracket.end() :]


def _behind(line: Sequence[Span], parts: TitleParts, *, authors: bool) -> None:
    """Take authors, venue and year out of a line behind the title; the rest stays as it is."""
    text = line_of(line)
    if not text.strip(_EDGES + ".()[]*"):
        return
    if any(run.link or run.image for run in line):
        parts.rest.append(rebuilt(line))
        return
    left = []
    set_off = all(run.emphasis for run in line if run.text.strip())
    whole = are_names(text.strip(_EDGES + "()（）[]*_"))
    for part in [text] if whole else filter(None, _BOUND.split(text.strip(_EDGES + "."))):
        bare = part.strip(_EDGES + "().（）[]*_")
        one = set_off and " " in bare and are_people(bare)  # `*Ann Author*`
        who = are_names(bare) or ((authors or one) and not is_source(bare))
        if _take_lab(bare, parts) or (not who and _take_signed(bare, parts)):
            continue
        if not parts.authors and who:
            parts.authors = split_names(bare)
        elif not _take_source(bare, parts):
            left.append(part)
    if left:
        parts.rest.append(". ".join(left) if len(left) > 1 else text if left == [text] else left[0])


def _take_lab(text: str, parts: TitleParts) -> bool:
    """Say whether a text is the lab that made it, or a lab and people: `谷歌，Devlin 等`."""
    lab, *who = _LISTED.split(text, maxsplit=1)
    if parts.lab or not is_organisation(lab) or not all(map(are_names, who)):
        return False
    parts.lab = lab
    parts.authors = parts.authors or (split_names(who[0]) if who else ())
    return True


def _take_signed(text: str, parts: TitleParts) -> bool:
    """Say whether a text is who wrote a paper, and when: `Lee et al., 2023.06`, `OpenAI, 2025`."""
    if parts.authors or parts.venue or not _DATED.search(text):
        return False
    from papertrack.markdown.item_authors import take_bracket  # which is large
    from papertrack.markdown.item_sources import ItemFields

    fields = ItemFields()
    text = _MONTH_BEHIND.sub("", text)
    if not take_bracket(text, fields) or not (fields.authors or fields.lab):
        return False
    parts.authors, parts.lab = fields.authors, fields.lab
    parts.venue = fields.venue if kind_of(fields.venue or "") else None
    parts.year = parts.year or fields.year
    return True


def _take_source(text: str, parts: TitleParts) -> bool:
    """Say whether the text was taken for the paper's venue and year."""
    if parts.venue or parts.year:
        return False
    when = read_date(text)
    if when and not when.more:
        parts.year = when.year
        return True
    read = read_source(text)
    if not is_source(text) or read.more or read.arxiv or "," in (read.venue or ""):
        return False
    parts.venue, parts.year = read.venue, read.year
    return True
