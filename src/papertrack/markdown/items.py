"""One item of a list of papers: cut into parts, each of which is then given its role.

An item is first cut: its links, pictures and bare addresses become marks, brackets that hold
nothing else vanish, and what is left is text of which each character knows its emphasis. Of that
text the front is taken (numbers, boxes, dates, venues in brackets), then the title, then the rest
sentence by sentence. A form more is a rule more, not another path.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from papertrack.authors import are_names, split_names
from papertrack.identifiers import arxiv_in, make_key, normalise_doi
from papertrack.markdown.inline import Span, addresses, links, spans
from papertrack.markdown.links import identify, is_label, is_paper, says_paper
from papertrack.markdown.papers import joined
from papertrack.markdown.vocabulary import Role, is_honour, role_of
from papertrack.models import Paper
from papertrack.nothing import is_nothing
from papertrack.sources import is_source, read_date, read_source
from papertrack.status import Status, status_of

LINK = "\ue000"
"""Stands in an item's text where a link or a picture is whose words are no more than a label."""

_BLANK = re.compile(r"[^\S\n]+")
_URL = re.compile(r"https?://[^\s<>\"`|，。；、）】》「」『』]+", re.IGNORECASE)
_BETWEEN = r"[ \n]?[,，/|·•&;；、:+–-]?[ \n]?"
_LINKS_ONLY = re.compile(rf"[\[(（【{{][ \n]?(?:{LINK}{_BETWEEN})+[\])）】}}]")
_EMPTY = re.compile(r"\(\s?\)|\[\s?\]|（\s?）|【\s?】")
_EDGES = " \t\n.,;:：，。、-–—|·•*_~>→" + LINK
_CLOSING = {"(": ")", "[": "]", "（": "）", "【": "】", "{": "}"}
_BOX = re.compile(r"\[([ xX√✓-]?)\](?=\s)")
_NUMBER = re.compile(r"(?:\d{1,3}\s?[.)、:]|\[\d{1,4}\]|#\d{1,4}[.:]?)\s")
_DATE = re.compile(
    r"((?:19|20)\d\d\s?[-./年]\s?\d{1,2}(?:\s?[-./月]\s?\d{1,2}日?)?月?|\d{1,2}[-./](?:19|20)\d\d"
    r"|[A-Z][a-z]{2,8}\.?\s(?:\d{1,2},?\s)?(?:19|20)\d\d|(?:19|20)\d\d(?=\s?[:：|]))"
    r"(?=[\s:：|,)\]])\s?[:：|,–—-]?\s"
)
_EMOJI = re.compile(r":[a-z][a-z_0-9+-]{1,30}:")
_QUOTED = re.compile(
    r"[\"“«]([^\"“”«»\n]{8,300})[\"”»]|《([^《》\n]{2,200})》|「([^「」\n]{4,200})」"
)
_WHO = r"[^\W\d_a-z][^()（）\[\]:：\d]{1,120}?"
_NAMES_YEAR = re.compile(rf"({_WHO}),?\s*[(（]?((?:19|20)\d\d)[a-z]?[)）]?")
_PERSON = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?:\s+(?:(?:van|von|de|der|den|da|di|del|la|le)\s+)*[^\W\d_a-z][\w.'’-]*){0,3}"
)
_APA = re.compile(
    r"(?P<who>[^\W\d_a-z][^()\n]{2,300}?)\s*\((?P<year>(?:19|20)\d\d)[a-z]?\)[.,:]?\s+(?P<rest>\S.*)",
    re.DOTALL,
)
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s*[,;，；]\s*(\S.*)", re.DOTALL)
_ABBREVIATION = r"(?<!\b[A-Z])(?<!\bal)(?<!\bvs)(?<!\bNo)(?<!\bvol)(?<!\bpp)(?<!\bSt)"
_STOP = re.compile(rf"{_ABBREVIATION}\.(?=\s|$|{LINK})|[。？！](?=\s|$|{LINK})|(?<=[?!])(?=\s)")
_BOUND = re.compile(
    rf"{_ABBREVIATION}\.(?=\s|$|{LINK})|。|\s[|·•–—-]{{1,2}}\s|—|\s?[|·•]\s|{LINK}|\n|;\s"
)
_DASH = re.compile(r"\s[–—-]{1,2}\s|\s?—\s?|\s[|·•]\s")
_LABELLED = re.compile(
    r"([^\W\d_][^\W\d_]*(?:[ /&-][^\W_]+){0,3})\s?(?:\([^()]{1,30}\))?\s?[:：]\s?(.*)", re.DOTALL
)
_NICKNAME = re.compile(r"[^\W_][\w.+*/-]{1,24}")
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_][\w'’+-]*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TAG_ENDS = re.compile(r"\s*[,，、;；]\s*")
_DOI = re.compile(r"(?:\bdoi\s*[:：]?\s*|^)(10\.\d{4,9}/\S+)", re.IGNORECASE)
_FILE = re.compile(
    r"(?![a-z][a-z0-9+.-]*:|#|//)\S+\.(?:md|pdf|html?|txt|ipynb|org|ps|docx?)(?:[?#]\S*)?",
    re.IGNORECASE,
)
_BLOB = re.compile(r"https?://git\S+/(?:blob|raw|tree)/\S+", re.IGNORECASE)
_PDF = re.compile(r"\S+\.(?:pdf|ps)(?:[?#]\S*)?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^[\w-]+\]")
_LONG_TITLE = 300
_MANY = 3  # papers linked in one item make it a sentence about papers


class Flat(NamedTuple):
    """An item's text, with the run that each character is of."""

    text: str
    styles: tuple[Span, ...]

    def part(self, start: int, end: int | None = None) -> "Flat":
        """Return a part of it."""
        return Flat(self.text[start:end], self.styles[start:end])

    def without(self, start: int, end: int, mark: str = "") -> "Flat":
        """Return it with a part taken out, or a mark in its place."""
        style = self.styles[start : start + len(mark)]
        return Flat(
            self.text[:start] + mark + self.text[end:],
            self.styles[:start] + style + self.styles[end:],
        )

    def stripped(self) -> "Flat":
        """Return it without the marks of a sentence, and blanks, around it."""
        start = len(self.text) - len(self.text.lstrip(_EDGES))
        return self.part(start, max(start, len(self.text.rstrip(_EDGES))))

    def ranges(self, kind: Callable[[Span], object]) -> Iterator[tuple[int, int]]:
        """Yield where the runs are of one kind, neighbours of an equal kind together."""
        start, before = 0, None
        for at, style in enumerate((*self.styles, None)):
            value = (
                (kind(style) or None)
                if style and at < len(self.text) and self.text[at] != LINK
                else None
            )
            if value != before:
                if before is not None:
                    yield start, at
                start, before = at, value

    @property
    def words(self) -> str:
        """Its text on one line, without marks."""
        return " ".join(self.text.replace(LINK, " ").split())


@dataclass
class Found:
    """What an item says of its paper, as it comes together."""

    title: str = ""
    marked: bool = False
    """Whether something marks the title: a link, bold letters, quotes."""
    title_link: str = ""
    name: str | None = None
    authors: tuple[str, ...] = ()
    lab: str | None = None
    venue: str | None = None
    year: int | None = None
    doi: str | None = None
    arxiv: str | None = None
    status: Status | None = None
    boxed: bool = False
    led: bool = False
    """Whether a date, venue or name stands before the title."""
    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    labelled: bool = False
    """Whether a link's label says that it leads to the paper."""
    summary: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)


def read_item(
    text: str, below: Sequence[str] = (), *, about_papers: bool = False, paragraph: bool = False
) -> Paper | None:
    """Return the paper that an item tells of, or None: it looks like something else.

    `below` are the texts of the items below it. `about_papers` says that its heading speaks of
    papers, `paragraph` that it is no item, so that it must begin with its title.
    """
    runs = spans(text)
    found = Found()
    flat = _lead(_flat(runs), found)
    cut = _title(flat, found)
    if cut is None:
        return None
    before, rest = cut
    if paragraph and _goes_on(rest):
        return None
    own = [span for detail in below for span in spans(detail)]
    _collect_links(runs, own, found)
    if len({link for link in _titled_links(runs) if is_paper(link)}) >= _MANY and not found.marked:
        return None
    take_rest(rest, found)
    for detail in below:
        take_detail(detail, found)
    if before:
        found.notes.insert(0, before)
    return _paper(found) if _is_paper(found, about_papers=about_papers) else None


def is_detail(text: str) -> bool:
    """Say whether an item is no paper of its own, but tells more of the one above it."""
    return is_labelled(text) or read_item(text) is None


def is_labelled(text: str) -> bool:
    """Say whether a text begins with a label that a paper's field has: `URL: …`, `Code: …`."""
    labelled = _LABELLED.match(_flat(spans(text)).text.lstrip(_EDGES))
    return labelled is not None and _role_of_label(labelled[1]) is not None


def has_labels_only(text: str) -> bool:
    """Say whether a text is links that are labels, and no words beside them."""
    return LINK in (flat := _flat(spans(text))).text and not re.search(r"\w\w", flat.text)


# Cutting: a text with marks for links, of which each character knows how it is set.


def _flat(runs: Sequence[Span]) -> Flat:
    """Return the runs as one text; labels of links are a mark, brackets around marks vanish."""
    text: list[str] = []
    styles: list[Span] = []
    for run in runs:
        style = run._replace(text="")
        for piece, link in _pieces(run):
            blank = bool(text) and text[-1] in " \n"
            for char in _BLANK.sub(" ", piece):
                if char == " " and blank:
                    continue
                blank = char in " \n"
                text.append(char)
                styles.append(style._replace(link=link) if link else style)
    flat = Flat("".join(text), tuple(styles))
    for pattern, mark in ((_LINKS_ONLY, LINK), (_LINKS_ONLY, LINK), (_EMPTY, "")):
        for match in reversed(list(pattern.finditer(flat.text))):
            flat = flat.without(*match.span(), mark)
    return flat


def _pieces(run: Span) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a run, marks for links among them, each with its own link."""
    text = run.text.replace(LINK, " ")
    if run.image:
        yield (LINK if run.link else " "), ""
    elif run.link:
        bare = text.startswith(("http", "www.")) or is_label(text)
        yield (LINK if bare else text.replace("\n", " ")), ""
    else:
        at = 0
        for url in _URL.finditer(text):
            [address] = addresses(url[0]) or [url[0]]
            yield text[at : url.start()].rstrip("<"), ""
            yield LINK, address
            at = url.start() + len(address)
        rest = text[at:].lstrip(">") if at else text
        yield (rest.replace("\n", " ") if run.bold else rest), ""


def _titled_links(runs: Sequence[Span]) -> list[str]:
    return [run.link for run in runs if run.link and not run.image and not is_label(run.text)]


# The front: number, box, date, venue and the like before the title.


def _lead(flat: Flat, found: Found) -> Flat:
    """Return the text without what stands before the title, which `found` takes."""
    for rule in (_take_box, _take_number):
        flat = rule(_unmarked(flat, found), found)
    while flat.text:
        before = len(flat.text)
        flat = _unmarked(flat, found)
        for rule in (_take_date, _take_bracket, _take_code, _take_label):
            flat = rule(flat, found)
        if len(flat.text) == before:
            break
    return flat


def _unmarked(flat: Flat, found: Found) -> Flat:
    """Return the text without signs and emoji in front; one may stand for a status."""
    at = 0
    while at < len(flat.text):
        char = flat.text[at]
        if emoji := _EMOJI.match(flat.text, at):
            found.status = found.status or status_of(emoji[0])
            at = emoji.end()
        elif char in _EDGES or char == "\ufe0f" or char == "\u200d":
            at += 1
        elif unicodedata.category(char) in ("So", "Sk"):
            found.status = found.status or status_of(char)
            at += 1
        else:
            break
    return flat.part(at)


def _take_box(flat: Flat, found: Found) -> Flat:
    box = _BOX.match(flat.text)
    if box is None:
        return flat
    found.boxed = True
    found.status = status_of(f"[{box[1].strip()}]") or Status.TO_READ
    return flat.part(box.end())


def _take_number(flat: Flat, found: Found) -> Flat:
    del found  # nobody's field
    number = None if flat.styles and flat.styles[0].link else _NUMBER.match(flat.text)
    return flat.part(number.end()) if number else flat


def _take_date(flat: Flat, found: Found) -> Flat:
    match = _DATE.match(flat.text)
    if match is None or (flat.styles[0].link and flat.styles[match.end() - 1].link):
        return flat
    return flat.part(match.end()) if _is_date(match[1], found) else flat


def _take_bracket(flat: Flat, found: Found) -> Flat:
    """Take a venue, date, name or word in brackets before the title; a title in them is bared."""
    end = _bracket_end(flat.text)
    if end is None or (flat.styles[0].link and flat.styles[0] == flat.styles[end - 1]):
        return flat
    inner = flat.part(1, end - 1)
    text = inner.stripped().text.replace(LINK, " ").strip()
    if any(inner.part(*place).text.count(" ") > 1 for place in inner.ranges(lambda s: s.link)):
        joined_text = inner.text + " " + flat.text[end:]
        return Flat(joined_text, (*inner.styles, flat.styles[end - 1], *flat.styles[end:]))
    if not flat.text[end:].strip(_EDGES) or len(_WORDS.findall(text)) > 5:
        return flat
    text = "".join(c for c in text if unicodedata.category(c) not in ("So", "Sk")).strip("\ufe0f ")
    if not _LETTERS.search(text) and not re.search(r"\d", text):
        return flat.part(end)
    if not (_is_date(text, found) or _is_source(text, found)):
        if _is_nickname(text):
            found.name = found.name or text
        elif len(_WORDS.findall(text)) <= 3:  # a kind of paper
            found.tags += [] if is_label(text) else [text]
        else:
            return flat
    found.led = True
    return flat.part(end)


def _take_code(flat: Flat, found: Found) -> Flat:
    end = next((end for start, end in flat.ranges(lambda s: s.code) if start == 0), 0)
    text = flat.text[:end]
    if not end or not flat.text[end:].strip(_EDGES) or len(text.split()) > 3:
        return flat
    if not (_is_date(text, found) or _is_source(text, found)):
        found.tags.append(text.strip())
    return flat.part(end)


def _take_label(flat: Flat, found: Found) -> Flat:
    """Take away a label that says what follows: `Paper: …`."""
    del found
    labelled = _LABELLED.match(flat.text)
    role = role_of(labelled[1]) if labelled and len(labelled[1].split()) <= 2 else None
    known = role is not None and role[0] is Role.TITLE and role[1]
    return flat.part(labelled.start(2)) if labelled and known else flat


def _bracket_end(text: str) -> int | None:
    """Return where the bracket ends that a text begins with, or None; it is no long one."""
    if not text or text[0] not in _CLOSING:
        return None
    opening, closing, depth = text[0], _CLOSING[text[0]], 0
    for at, char in enumerate(text[:_LONG_TITLE]):
        depth += (char == opening) - (char == closing)
        if depth == 0:
            return at + 1
    return None


# The title: what is linked, bold or quoted, else the first sentence.


def _title(flat: Flat, found: Found) -> tuple[str, Flat] | None:
    """Take the title; return what stands before it that says nothing, and the rest behind it."""
    for start, end, kind in _marked_places(flat):
        inner = flat.part(start, end)
        text = inner.stripped().words
        before = flat.part(0, start)
        lead = before.stripped().words
        if not lead:
            if kind != "quoted" and _only_names(flat, start, end, found):
                return _title(_behind_dash(flat.part(end)), found)
            return _settle(flat, start, end, found, marked=True)
        if _is_front(before.text, lead, text, kind, found):
            taken = _settle(flat, start, end, found, marked=True)
            return taken
        linked = any(style.link for style in inner.styles)
        if linked and _is_sentence(before, lead, text):
            return None
        if kind == "quoted" and len(lead.split()) > 2:
            continue
        break
    return _plain(flat, found)


def _marked_places(flat: Flat) -> list[tuple[int, int, str]]:
    """Return where something may be marked as a title, in order: links, bold letters, quotes."""
    places = []
    for start, end in flat.ranges(lambda s: s.link):
        text = flat.part(start, end).stripped().words
        alone = not flat.text[:start].strip(_EDGES + '[(（【"“')
        many = len(text.split()) > 2 or len(_CJK.findall(text)) > 4
        if text and (alone or many) and not _says_source(text):
            places.append((start, end, "link"))
    for start, end in flat.ranges(lambda s: s.bold and not s.link):
        text = flat.part(start, end).stripped().words
        if len(text) > 1 and _LETTERS.search(text) and not _says_source(text):
            places.append((start, end, "bold"))
    for quote in _QUOTED.finditer(flat.text):
        start, end = next(quote.span(group) for group in (1, 2, 3) if quote[group])
        places.append((start, end, "quoted"))
    return sorted(places, key=lambda place: (place[0], -place[1]))


def _says_source(text: str) -> bool:
    """Say whether words of a link or in bold are a venue, a year or somebody with a year."""
    if len(text.split()) > 6:
        return False
    who = _NAMES_YEAR.fullmatch(text)
    if who and (_are_people(who[1]) or not is_source(text)):
        return _are_people(who[1])
    return is_source(text) or (read_date(text) is not None)


def _only_names(flat: Flat, start: int, end: int, found: Found) -> bool:
    """Say whether what is marked is a name, or the authors, and the title stands behind it."""
    text = flat.part(start, end).stripped().words
    rest = flat.part(end)
    dash = re.match(r"\s?(?:[–—-]{1,2}|[:：.])\s", rest.text)
    if dash is None or (dash[0] == ". " and not _is_nickname(text)):
        return False
    following = rest.part(dash.end())
    if are_names(text):
        found.authors = split_names(text)
        return True
    linked = any(
        s == 0 and following.part(s, e).text.count(" ") > 1
        for s, e in following.ranges(lambda style: style.link or style.bold)
    )
    if not linked and (":" in dash[0] or "：" in dash[0]):
        return False
    title = _first_sentence(following.words)
    if _is_nickname(text) or (linked and len(text.split()) <= 3):
        if linked or (
            len(title.split()) >= 3 and _is_title_case(title) and not _known_venue(title)
        ):
            found.name, found.led = text, True
            found.title_link = next((s.link for s in flat.styles[start:end] if s.link), "")
            return True
    return False


def _behind_dash(flat: Flat) -> Flat:
    return flat.part(len(flat.text) - len(flat.text.lstrip(_EDGES.replace(LINK, ""))))


def _first_sentence(text: str) -> str:
    stop = _BOUND.search(text)
    return text[: stop.start()] if stop else text


def _is_title_case(text: str) -> bool:
    words = [word for word in _WORDS.findall(text) if len(word) > 3]
    return sum(word[0].isupper() for word in words) * 2 >= len(words) if words else True


def _is_front(before: str, lead: str, text: str, kind: str, found: Found) -> bool:
    """Say whether what stands before a marked title is authors, a venue, a name; take it then."""
    ends = before.rstrip(" \n" + '"“«《「' + LINK)[-1:]
    if (
        ends
        and ends in ":：,，.。-–—"
        and (are_names(lead) or (ends in ":：" and _are_people(lead)))
    ):
        found.authors = split_names(lead)
        return True
    if _is_date(lead, found) or _is_source(lead, found):
        found.led = True
        return True
    if ends and ends in ":：-–—|>" and len(lead.split()) <= 4 and kind != "quoted":
        role = role_of(lead)
        if role is None or not role[1]:
            found.name = lead if len(lead.split()) <= 3 else found.name
            found.notes += [] if len(lead.split()) <= 3 else [lead]
        found.led = True
        return True
    if kind == "link" and len(lead.split()) <= 2 and len(text.split()) > 2:
        found.notes.append(lead)
        return True
    return False


def _is_sentence(before: Flat, lead: str, text: str) -> bool:
    """Say whether a link stands in a sentence, which is about a paper and no title."""
    ends = before.text.rstrip(' "“' + LINK)[-1:]
    if ends in ("[", "(", "（", "【"):
        return False
    if ends and ends in ":：" and len(lead.split()) > 4:  # a piece of news
        return True
    if ends and ends in ".。:：,，;?!" or "\n" in before.text:
        return False
    return len(text.split()) > 2 and len(lead.split()) > 2


def _settle(flat: Flat, start: int, end: int, found: Found, *, marked: bool) -> tuple[str, Flat]:
    """Take a part of the text for the title; return what is before it, and what behind."""
    inner = flat.part(start, end)
    # A bold title may hold a link that names its authors and year, which ends it.
    for first, last in inner.ranges(lambda s: s.link):
        words = inner.part(first, last).stripped().words
        if first and _says_source(words) and _is_bracketed_source(words, found):
            inner = inner.part(0, first)
            break
    found.marked = marked
    found.title_link = next((s.link for s in inner.styles if s.link), found.title_link)
    text = inner.text.replace("\n", " ")
    text, tail = _without_tail(text, found, plain=not marked)
    found.title = _clean(text)
    rest = flat.part(end)
    closing = re.match(r"[\"”»》」]+|\*+", rest.text)
    rest = rest.part(closing.end()) if closing else rest
    if tail:
        found.notes.append(tail)
    return "", rest


def _without_tail(text: str, found: Found, *, plain: bool) -> tuple[str, str]:
    """Return a title without the venue and year at its end, which `found` takes, and more there."""
    text = text.strip().strip(LINK).strip()
    for _ in range(2):
        bare = text.rstrip(" .,:;：，。")
        if not bare or bare[-1] not in ")]）】":
            break
        opening = {v: k for k, v in _CLOSING.items()}[bare[-1]]
        at = bare.rfind(opening)
        content = bare[at + 1 : -1].strip() if at > 0 else ""
        if not content:
            break
        year_first = _YEAR_FIRST.fullmatch(content)
        if year_first and not _is_source(content, found, dry=True):
            found.year = found.year or int(year_first[1])
            return bare[:at].strip(), year_first[2].strip()
        if _is_bracketed_source(content, found):
            text = bare[:at].strip()
        else:
            break
    if not plain:
        ending = re.search(r",\s*((?:19|20)\d\d)$", text)
        if ending and found.year is None:
            found.year, text = int(ending[1]), text[: ending.start()]
        return text, ""
    for comma in re.finditer(r"[,，]\s*", text):
        suffix = text[comma.end() :].strip(" .,;:")
        if _is_tail(suffix) and len(text[: comma.start()].split()) > 1:
            if _is_date(suffix, found) or _is_source(suffix, found):
                return text[: comma.start()], ""
    return text, ""


def _is_tail(text: str) -> bool:
    """Say whether a text behind a comma can be a venue and year, no more of a title."""
    lower = (
        text[:1].islower()
        and re.match(r"(?:ar|bior|medr|chemr|psyar)xiv", text, re.IGNORECASE) is None
    )
    if not text or lower or len(text) > 120:
        return False
    if read_date(text) is not None:
        return True
    read = read_source(text)
    return is_source(text) and "," not in (read.venue or "") and "，" not in (read.venue or "")


def _is_bracketed_source(content: str, found: Found) -> bool:
    """Say whether what is in brackets is a venue, a year, or authors with a year; take it then."""
    if _is_date(content, found):
        return True
    who = _NAMES_YEAR.fullmatch(content)
    if who and _are_people(who[1]) and not _known_venue(who[1]):
        found.authors = found.authors or split_names(who[1])
        found.year = found.year or int(who[2])
        return True
    return _is_source(content, found)


def _plain(flat: Flat, found: Found) -> tuple[str, Flat] | None:
    """Take a title that nothing marks: behind authors, or the first sentence."""
    if apa := _APA.match(flat.text):
        who = apa["who"].rstrip(" ,.")
        if are_names(who) or (len(who.split()) <= 4 and "," in who):
            found.authors, found.year = split_names(who), int(apa["year"])
            found.led = True
            return _plain_title(flat.part(apa.start("rest")), found)
    if (names := _names_in_front(flat.text)) is not None:
        found.authors = split_names(flat.text[: names.start])
        found.led = True
        return _plain_title(flat.part(names.end), found)
    return _plain_title(flat, found)


class _Gap(NamedTuple):
    start: int
    end: int


def _names_in_front(text: str) -> _Gap | None:
    """Return the comma between the authors in front of a text and its title, or None."""
    sentence = _first_sentence(text[:2000])
    commas = list(re.finditer(r"[,，]\s*(?:and\s+|&\s*)?", sentence))
    last: re.Match[str] | None = None
    start = 0
    for comma in commas:
        part = sentence[start : comma.start()].strip()
        if not _are_people(part) or len(part.split()) > 5:
            break
        last, start = comma, comma.end()
    if last is None:
        return None
    head, tail = sentence[: last.start()], sentence[last.end() :]
    title = re.split(r"[,，]", tail)[0]
    long = len(title.split()) > 3 and not _are_people(title)
    return _Gap(last.start(), last.end()) if long and are_names(head) else None


def _plain_title(flat: Flat, found: Found) -> tuple[str, Flat] | None:
    end = _plain_end(flat)
    text = flat.text[:end]
    dash = _DASH.search(text)
    if dash and len(text[dash.end() :].split()) >= 3:
        left = text[: dash.start()].strip(_EDGES)
        if _is_nickname(left) and _is_title_case(text[dash.end() :]):
            found.name = left
            return _plain_title(flat.part(dash.end()), found)
        if len(left.split()) >= 3 or len(_CJK.findall(left)) > 4:
            end = dash.start()
    words = flat.text[:end].replace(LINK, " ").strip()
    if not words or len(words) > _LONG_TITLE or words.startswith("http"):
        return None
    before, rest = _settle(flat, 0, end, found, marked=False)
    if not _LETTERS.search(found.title) or are_names(found.title):
        return None
    return before, rest


def _plain_end(flat: Flat) -> int:
    """Return where a title ends that nothing marks: at a link, a sentence's end, a source."""
    text = flat.text
    at = 0
    while match := re.compile(rf"{_STOP.pattern}|{LINK}|\n|[(\[（【]").search(text, at):
        start = match.start()
        if match[0] == "\n":
            following = text[match.end() :].lstrip(" ")
            goes_on = following[:1].islower() or (
                start > 60 and following[:1] != LINK and not _is_line_of_its_own(following)
            )
            if goes_on and text[:start].strip()[-1:] not in (".", "。"):
                at = match.end()
                continue
            return start
        if match[0] and match[0] in _CLOSING:
            length = _bracket_end(text[start:])
            content = text[start + 1 : start + length - 1] if length else ""
            probe = Found()
            if (
                start
                and content
                and (
                    _is_bracketed_source(content.strip(), probe)
                    or _YEAR_FIRST.fullmatch(content.strip())
                )
            ):
                # what is behind the bracket is no more of the title
                return start + (length or 1)
            if start and any(flat.styles[start + 1 : start + 2]) and flat.styles[start + 1].link:
                return start
            at = start + (length or 1)
            continue
        return start + (match[0] in ("？", "！"))
    return len(text)


def _is_line_of_its_own(text: str) -> bool:
    line = text.split("\n")[0].strip(_EDGES)
    return are_names(line) or is_source(line) or _LABELLED.match(line) is not None


def _clean(title: str) -> str:
    title = " ".join(_FOOTNOTE.sub("", title.replace(LINK, " ")).split())
    before = None
    while title != before:
        before = title
        title = title.strip(" \t.,;:：，。-–—|·•").strip('"“”«»').strip()
        if len(title) > 2 and title[0] + title[-1] in ("《》", "「」", "[]", "【】"):
            title = title[1:-1]
    return title


def _goes_on(rest: Flat) -> bool:
    """Say whether a sentence goes on behind what is marked in it, so that it is no title."""
    return re.match(r"[ \n]*[,，]?\s?[^\W\d_A-Z]{2}", rest.text) is not None


# The rest: sentence by sentence, each with one role, else it is somebody's note.


def take_detail(text: str, found: Found) -> None:
    """Take an item below the paper's own."""
    take_rest(_flat(spans(text)), found)


def take_rest(flat: Flat, found: Found) -> None:
    """Take authors, venue, year and the like out of the text behind a title; the rest is notes."""
    flat = _without_link_words(flat, found)
    left: list[_Gap] = []
    fresh = True
    for start, end in _sentences(flat):
        part = flat.part(start, end).stripped()
        if not re.search(r"\w", part.text):
            continue
        if _take_part(part, found):
            fresh = True
        elif left and not fresh:
            left[-1] = _Gap(left[-1].start, end)
        else:
            left.append(_Gap(start, end))
            fresh = False
    notes = [_noted(flat.text[gap.start : gap.end]) for gap in left]
    found.notes += [note for note in notes if re.search(r"\w", note)]


def _noted(text: str) -> str:
    lines = [" ".join(line.replace(LINK, " ").split()) for line in text.split("\n")]
    joined_text = "\n".join(
        re.sub(r"\s+([.,;:])", r"\1", line) for line in lines if line.strip(_EDGES)
    )
    return joined_text.strip(" \t\n,;:：，-–—|·•").removesuffix(".").strip()


def _without_link_words(flat: Flat, found: Found) -> Flat:
    """Return the text with a mark for each link whose words are a label or say a source."""
    for start, end in reversed(list(flat.ranges(lambda s: s.link))):
        text = flat.part(start, end).stripped().words
        if not _is_bracketed_source(text, found) and len(text.split()) > 2:
            continue
        flat = flat.without(start, end, LINK)
    for match in reversed(list(_LINKS_ONLY.finditer(flat.text))):
        flat = flat.without(*match.span(), LINK)
    return flat


def _sentences(flat: Flat) -> Iterator[_Gap]:
    """Yield the sentences of a text; a bracket that one begins with is one of its own."""
    text, at = flat.text, 0
    while at < len(text):
        start = at + len(text[at:]) - len(text[at:].lstrip(_EDGES))
        if start >= len(text):
            return
        length = _bracket_end(text[start : start + _LONG_TITLE])
        if length:
            yield _Gap(start, start + length)
            at = start + length
            continue
        bound = _BOUND.search(text, start)
        end = bound.start() if bound else len(text)
        yield _Gap(start, end)
        at = bound.end() if bound else len(text)


def _take_part(part: Flat, found: Found) -> bool:
    """Say whether a sentence was taken for a field: an identifier, a label, names, a source."""
    length = _bracket_end(part.text)
    whole = length == len(part.text)
    inner = part.part(1, len(part.text) - 1).stripped() if whole else part
    text = inner.words
    if not text:
        return True
    if _take_identifier(text, found):
        return True
    if labelled := _LABELLED.fullmatch(inner.text):
        if _take_labelled(labelled[1], labelled[2].replace(LINK, " ").strip(), inner, found):
            return True
    if whole and all(style.bold for style in inner.styles) and len(text.split()) <= 3:
        found.name = found.name or text
        return True
    if is_honour(text):
        return False
    if whole and (year_first := _YEAR_FIRST.fullmatch(text)) and not is_source(text):
        found.year = found.year or int(year_first[1])
        found.notes.append(year_first[2])
        return True
    if _take_people(text, inner, found) or _is_date(text, found):
        return True
    if len(text.split()) <= 12 and _is_source(text, found):
        return True
    return _take_list(text, found)


def _take_identifier(text: str, found: Found) -> bool:
    """Say whether a sentence is an identifier."""
    if len(text) > 80:
        return False
    arxiv = arxiv_in(text)
    if arxiv and re.fullmatch(
        r"\W*arxiv\s*[: ]\s*[\w./-]+(?:\s*\[[\w.-]+\])?\W*", text, re.IGNORECASE
    ):
        found.arxiv = found.arxiv or arxiv
        return True
    doi = _DOI.search(text)
    if doi and (known := normalise_doi(doi[1].rstrip(".,;)"))):
        found.doi = found.doi or known
        return True
    return False


def _take_people(text: str, inner: Flat, found: Found) -> bool:
    """Say whether a sentence is the authors, with a year or venue behind them or alone."""
    if found.authors:
        return False
    who = _NAMES_YEAR.fullmatch(text)
    if who and _are_people(who[1]) and not _known_venue(who[1]):
        found.authors = split_names(who[1])
        found.year = found.year or int(who[2])
        return True
    head, tail = text, ""
    for _ in range(3):
        if are_names(head) and not _known_venue(head):
            found.authors = split_names(head)
            if tail and not (_is_date(tail, found) or _is_source(tail, found)):
                found.notes.append(tail)
            return True
        head, comma, last = head.rpartition(",")
        tail = f"{last.strip()}, {tail}" if tail else last.strip()
        if not comma or not (is_source(tail) or read_date(tail)):
            break
    emphasised = all(style.emphasis for style in inner.styles)
    if emphasised and 2 <= len(text.split()) <= 4 and _are_people(text) and not is_source(text):
        found.authors = split_names(text)
        return True
    return False


def _take_list(text: str, found: Found) -> bool:
    """Say whether each part between commas is a venue, a date or a name; take them then."""
    parts = [part.strip() for part in re.split(r"[,，]\s*", text)]
    if not 2 <= len(parts) <= 4:
        return False
    probe = Found(authors=found.authors, venue=found.venue, year=found.year)
    if not all(_is_date(part, probe) or _is_source(part, probe) for part in parts):
        return False
    for part in parts:
        if not _is_date(part, found):
            _is_source(part, found)
    return True


def _role_of_label(label: str) -> Role | None:
    role = role_of(label)
    return role[0] if role and (role[1] or len(label.split()) <= 2) else None


def _take_labelled(label: str, text: str, inner: Flat, found: Found) -> bool:  # noqa: C901, PLR0911, PLR0912 - one case a role
    """Say whether a sentence with a label before it was taken for what the label says."""
    role = _role_of_label(label)
    bold = inner.styles[0].bold
    if role is None and not bold:
        return False
    if not text or is_nothing(text):
        return role is not None
    match role:
        case Role.AUTHORS:
            found.authors = found.authors or split_names(text)
        case Role.TAGS:
            found.tags += [tag for tag in _TAG_ENDS.split(text) if tag]
        case Role.VENUE | Role.SOURCE:
            if not (_is_date(text, found) or _is_source(text, found)):
                found.venue = found.venue or text
        case Role.YEAR | Role.DATE:
            return _is_date(text, found)
        case Role.LAB:
            found.lab = found.lab or text
        case Role.STATUS:
            found.status = found.status or status_of(text)
            return found.status is not None
        case Role.SUMMARY:
            found.summary.append(text)
        case Role.NOTES:
            found.notes.append(text)
        case Role.NAME | Role.MODEL:
            found.name = found.name or text
        case Role.DOI | Role.ARXIV:
            return _take_identifier(f"{role.value}:{text}", found)
        case Role.TITLE | Role.LINKS:
            return is_label(text)
        case _:
            found.columns[label] = text
    return True


# What words are: dates, sources, names.


def _is_date(text: str, found: Found) -> bool:
    """Say whether a text is a date; its year is taken."""
    text = text.strip(_EDGES + "()[]（）【】")
    when = read_date(text) if text and len(text) < 40 else None
    if when is None or (text.isdigit() and len(text) != 4):
        return False
    found.year = found.year or when.year
    if when.more:
        found.columns.setdefault("Date", text)
    return True


def _is_source(text: str, found: Found, *, dry: bool = False) -> bool:
    """Say whether a text is a venue, with a year or known without; it is taken then."""
    text = text.strip(_EDGES + "()[]（）【】")
    if not text or len(text) > 150 or not is_source(text):
        return False
    read = read_source(text)
    if read.venue is None or re.search(r"[,，].*[,，]", read.venue) or len(read.venue.split()) > 8:
        return False
    if read.year is None and not _known_venue(text):
        return False
    if dry:
        return True
    if found.venue is None or found.venue.casefold() == "arxiv":
        found.venue = read.venue
    elif found.venue != read.venue:
        return False
    found.arxiv = found.arxiv or read.arxiv
    found.year = found.year or read.year
    return True


def _known_venue(text: str) -> bool:
    """Say whether a text without a year is a venue by its words."""
    read = read_source(text)
    return is_source(re.sub(r"(?:19|20)\d\d", "", text)) if read.venue else False


def _are_people(text: str) -> bool:
    """Say whether a text can be people's names: one or some, surnames alone too."""
    text = text.strip(" .,;")
    if are_names(text):
        return True
    bare = re.sub(r"[,\s]*\bet\.? al\.?$", "", text)
    names = split_names(bare)
    if not names or is_label(bare) or not all(_PERSON.fullmatch(name) for name in names):
        return False
    return len(names) > 1 or (len(bare.split()) <= 3 and not re.search(r"\w-[a-z]", bare))


def _is_nickname(text: str) -> bool:
    """Say whether a word is what people call a paper: `GARD`, `CLOCK-Net`, `T5`."""
    if not _NICKNAME.fullmatch(text):
        return False
    capitals = sum(char.isupper() for char in text)
    return capitals > 1 or (capitals == 1 and any(c.isdigit() or c == "-" for c in text))


# The links, and whether it is a paper.


def _collect_links(runs: Sequence[Span], below: Sequence[Span], found: Found) -> None:
    """Take every address, the title's first; say whether a label calls one the paper."""
    every = links([*runs, *below])
    first = [found.title_link] if found.title_link in every else []
    kept = [link for link in (*first, *every) if "://" in link or _FILE.fullmatch(link)]
    found.links = list(dict.fromkeys(kept))
    found.labelled = any(
        run.link and "://" in run.link and says_paper(run.text) for run in (*runs, *below)
    )


def _is_paper(found: Found, *, about_papers: bool) -> bool:
    """Say whether what was found is a paper: a link leads to it, or it says who and when."""
    words = len(found.title.split())
    long = words > 2 or len(_CJK.findall(found.title)) > 5
    if not found.title or found.title.startswith("http") or not _LETTERS.search(found.title):
        return False
    leads = (
        any(is_paper(link) or _PDF.fullmatch(link) for link in found.links)
        or found.doi is not None
        or found.arxiv is not None
    )
    if leads:
        return words > 1 or found.marked or not found.title.isascii() or bool(found.name)
    if found.labelled and long:
        return True
    own = found.title_link and (_FILE.fullmatch(found.title_link) or _BLOB.match(found.title_link))
    dated = found.year is not None or found.venue is not None
    if own and (found.boxed or about_papers or dated) and words > 1:
        return True
    if found.boxed and about_papers and long:
        return True
    told = dated and (bool(found.authors) or words > 3)
    return told and (found.marked or found.led or found.boxed or bool(found.authors))


def _paper(found: Found) -> Paper:
    known = identify(found.links, first=bool(found.title_link))
    if not found.title and found.name:
        found.title, found.name = found.name, None
    paper = Paper(
        key="",
        name=found.name if found.name != found.title else None,
        title=found.title,
        authors=found.authors,
        lab=found.lab,
        venue=found.venue,
        year=found.year,
        doi=found.doi or known.doi,
        arxiv=found.arxiv or known.arxiv,
        links=known.links,
        tags=tuple(dict.fromkeys(found.tags)),
        status=found.status or Status.TO_READ,
        summary=joined(found.summary),
        notes=joined(line for note in found.notes for line in note.split("\n")),
        columns=found.columns,
    )
    return paper.model_copy(update={"key": make_key(paper)})
