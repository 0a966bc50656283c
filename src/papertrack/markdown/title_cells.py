"""A title cell: what the reader of items says of it, and of what it is the title."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from papertrack.authors import ET_AL, are_names
from papertrack.markdown.inline import BREAK, Span, is_label, line_of, links, spans
from papertrack.markdown.item_parts import flatten, spelled_out
from papertrack.markdown.proper_names import leading_names
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.sources import is_source
from papertrack.status import Status

BRACKETS = ("《》", "「」", "『』", "【】", "“”", '""', "«»", "‹›", "〈〉")
"""What titles stand in, best known first."""
_KEY_FIRST = pattern(r"^\[@[^\[\]]+\]\s(?=《)")  # of a note whose other name is the title
_EDGES = " \t\r\n\v\f\xa0\u3000|·•,;，；-–—/:：⇒→"
_LETTER = pattern(r"\w")
_SUBTITLE = pattern(r":\s+(?:(?:an?|the)\s)?[A-Z][^\s.]*(?:\s[^\s.]+)+")
"""What a linked name leaves of a title: `[BERT](…): Pre-training of …`."""
_BARE = pattern(r"[^\W\d_](?:[^\W\d_]|[ ,'’-](?=[^\W\d_])|: (?=[^\W\d_]))*[?!]?")
_HEAD = pattern(  # with nothing but links or brackets behind it
    r"((?:[^\n\\*_\"“《\[\]<`]|<(?!br|a\s|img))+)(|\[\[?(?=[^\[\]]{2,}\]).*|<.*)", re.DOTALL
)
_NUMBER_AHEAD = pattern(
    r"\d{1,4}(?:/\d{1,4})?\s?[:：]|[A-Z]+-\d+\s[–—-]\s"
)  # 2001: A Space Odyssey
_LABEL_AHEAD = pattern(r"[^\W\d_][\w -]{0,20}[:：]\s*")  # Survey: 3D Gardens
_STOPS_LAST = pattern(r"(?:\.\.|…|\b[A-Z]\.|\b(?:al|eds?|Inc|Ltd|Co|Jr|etc|vs|[Vv]ol)\.)$")
_BADGES_ABOVE = pattern(r"^(?:\[?!\[[^\]]*\]\([^()]*\)(?:\]\([^()]*\))?\s*)+<br\s*/?>")
_LONGEST_NAME = 3
_NO_BRACKETS = str.maketrans("《》", "\ue001\ue002")  # while others are told from them
_BRACKETS_AGAIN = str.maketrans("\ue001\ue002", "《》")


@dataclass
class TitleParts:
    """What a title cell holds."""

    title: str = ""
    name: str | None = None
    authors: tuple[str, ...] = ()
    venue: str | None = None
    year: int | None = None
    arxiv: str | None = None
    lab: str | None = None
    status: Status | None = None
    links: tuple[str, ...] = ()
    """The title's own first."""
    linked: bool = False
    """Whether the title itself is a link."""
    unbalanced: bool = False
    """Whether it has one bracket of two."""


def read_title(
    source: str, *, authors: bool = False, bracketed: bool = True, works: Collection[str] = ()
) -> TitleParts:
    """Return what a title cell holds.

    `authors` says that the column's header names the authors as well, `bracketed` that its titles
    stand in 《》; but those around one of `works` only name what the title speaks of.
    """
    text = _KEY_FIRST.sub("", spelled_out(source))
    runs = spans(text)
    words = "".join(run.text for run in runs if not run.image)
    place = _main_link(runs)
    parts = TitleParts(linked=place is not None)
    first = [runs[place[0]].link] if place else []
    parts.links = tuple(dict.fromkeys((*first, *links(runs))))
    # Words of a title and nothing beside them, as most cells hold, need no reader of items.
    alone = runs in ((Span(words),), (Span(words, parts.links[0] if place else ""),))
    is_named = whole_bracket(words) == "《》"
    is_bare = not authors and _BARE.fullmatch(words) is not None and not leading_names(words)
    if alone and (is_named or is_bare):
        parts.title = words.strip()[1:-1].strip() if is_named else words
        return parts
    from papertrack.markdown.items import read_item  # which is large

    if _stands_in_brackets(words, works, bracketed=bracketed):
        parts.unbalanced = words.count("《") != words.count("》")
        before, title, behind = title_in(text) or ("", text, "")
        text = f"{before}《{title.translate(_NO_BRACKETS)}》{behind}"
    elif place and _goes_on(runs, *place):
        text = line_of(runs)
    elif works:
        text = text.translate(_NO_BRACKETS)
    line, *below = BREAK.split(_BADGES_ABOVE.sub("", text), maxsplit=1) if authors else [text]
    # Words that nothing marks are the title, if they are no whole citation.
    cited = place or leading_names(words) or " et al" in words
    head = None if cited else _HEAD.fullmatch(line)
    line = f"**{head[1].rstrip()}** {head[2]}" if head and head[1].strip() else line
    paper = read_item(line, tuple(f"Authors: {it}" for it in below), surely=True)
    # Behind a word or two of which no link is made, what is not understood is more of the title.
    torn = paper and paper.notes and not (paper.authors or place)
    torn = torn and paper and len(paper.title.split()) < _LONGEST_NAME
    if paper and alone and not authors and _says_itself(words.strip(), paper):
        parts.title = words.strip()
        return parts
    if paper is None or (torn and "《" not in words):
        bare = flatten(text).words.strip(_EDGES)
        # an image alone, or nothing but signs, has no words
        parts.title = bare or line_of(spans(text)).strip(_EDGES) or source.strip() or "?"
        return parts
    parts.title, parts.name = paper.title.translate(_BRACKETS_AGAIN), paper.name
    parts.authors, parts.lab = paper.authors, paper.lab
    # `(arXiv 2506.18096)` is an id alone, and the cells beside it may say another
    parts.arxiv = paper.arxiv if (paper.arxiv or "-") in words else None
    parts.venue = paper.venue if paper.year or parts.arxiv is None else None
    parts.year = paper.year
    parts.status = paper.status if paper.status is not Status.TO_READ else None
    return parts


def _says_itself(words: str, paper: Paper) -> bool:
    """Say whether a title alone holds what was taken off it for other fields, or for none."""
    before, _, behind = words.partition(paper.title)
    people = [name for name in paper.authors if name != ET_AL]
    # `…, Labor & Pensions`: behind a title are people where a name has parts, or there are others.
    nobody = people == [*paper.authors] and any(it in behind for it in people)
    nobody = nobody and not all(re.search(r"[ .]|[^\W\x00-\x7f]", it) for it in people)
    quoted = any(sign in name for name in people for sign in '"“”')
    fields = (paper.authors, paper.venue, paper.year, paper.arxiv, paper.lab, paper.name)
    label = not any(fields) and _LABEL_AHEAD.fullmatch(before)
    stop = not before and not behind.strip(".…") and _STOPS_LAST.search(words)
    return bool(nobody or quoted or label or stop or _NUMBER_AHEAD.match(words))


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


def _goes_on(runs: Sequence[Span], start: int, end: int) -> bool:
    """Say whether what stands behind a linked title is more of it."""
    after = runs[end:]
    if any(run.image or "\n" in run.text for run in after):
        return False
    suffix = line_of(after)
    more = not any(run.link for run in after) and re.match(r"[^\W_]", suffix) is not None
    short = len(line_of(runs[start:end]).split()) <= _LONGEST_NAME
    return (more and not are_names(suffix) and not is_source(suffix)) or (
        short and _SUBTITLE.fullmatch(suffix) is not None
    )


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
