"""An item that is a citation as Google Scholar and styles write it: GB/T 7714, APA, Vancouver.

The names come first, each with its initials, then perhaps the year, the title, where it appeared.
"""

import re
from typing import NamedTuple

from papertrack.authors import ET_AL, split_names
from papertrack.identifiers import arxiv_in, normalise_doi
from papertrack.markdown.cutting import ABBREVIATION, LINK, Flat
from papertrack.markdown.proper_names import are_authors
from papertrack.markdown.publication import ItemFields, take_source
from papertrack.markdown.roles import take_bracket

_CAPITAL = r"[^\W\d_a-z\u3400-\u9fff]"
_PARTICLES = r"(?:(?:van|von|de|der|den|da|di|del|la|le|el|al|bin|ter|dos|du)\s){0,3}"
_FAMILY = rf"(?i:{_PARTICLES}){_CAPITAL}[\w'’-]+(?:\s{_CAPITAL}[\w'’-]+)?"
_INITIALS = rf"{_CAPITAL}\.(?:[\s-]?{_CAPITAL}\.){{0,3}}"
_NAME = re.compile(
    rf"{_FAMILY},\s?{_INITIALS}"  # Vaswani, A.
    rf"|{_INITIALS}\s?{_FAMILY}(?=\s*[,.;:，]|\s(?:and|&|et)\b)"  # A. Vaswani
    rf"|{_FAMILY}\s{_CAPITAL}(?:[\s-]?{_CAPITAL}){{0,3}}(?=\s*[,.;:，；、(]|\s(?:and|&|et)\b)"
    r"|[\u4e00-\u9fff]{2,4}(?=\s*[,，、;；.．]|等)"
)
_BETWEEN = re.compile(
    r"\s*[,，;；、]\s*(?:(?:\.\s?\.\s?\.|…)\s*)?(?:(?:and|&|和)\s+)?|\s+(?:and|&|和)\s+"
)
_OTHERS = re.compile(r"\s*(?:et\.?\s?al\b\.?|等人?|others\b)", re.IGNORECASE)
_DOTS = re.compile(r"\.\s?\.\s?\.|…")
_END = re.compile(
    r"\s*(?:[.．。,，]?\s*[(（](?P<set_off>(?:19|20)\d\d)[a-z]?[)）][.．。:：,，]?\s*"
    r"|[.．。,，]?\s*(?P<year>(?:19|20)\d\d)[a-z]?\s*[.．。:：,，]\s*|[.．。:：]\s+|．\s*"
    r"|(?<=\.)\s+)"
)
_MARKER = re.compile(r"\s?[\[［](?:[JCMDRNPSAGZ]|EB|DB|CP)(?:/OL)?[\]］]")
_STOP = re.compile(rf"(?<=\w)[’”],?\s|{ABBREVIATION}[.．](?=\s)|(?<=[?!？！])\s|{LINK}|。")
_YEAR = re.compile(r"(?<![\d–:-])((?:19|20)\d\d)(?![\d–-])")
_YEAR_BEHIND = (
    r"[.,;，．]?\s*[(（]?(?:19|20)\d\d[)）]?(?=\s*(?:[.;:：,，．)]|$)|\s+[A-Z][a-z]{2}\b)"
)
_VENUE_END = re.compile(
    rf"\s*{_YEAR_BEHIND}|\s+(?:19|20)\d\d(?=\s*\()|[.,，]?\s+\d+(?=\s*(?:[(,:;.，]|$))|[.,]?\s*[(（]?\b(?:vol|no|pp|pages?)\b\.?\s*\d"
    r"|[.,]?\s*\b(?:https?:|doi\b)",
    re.IGNORECASE,
)
_PAGES = re.compile(r"[(（]?((?:pp?|pages?|vol)\b[^()（）]*)[)）]?", re.IGNORECASE)
_LONG = 600
_MOST_NAMES = 100


class _Names(NamedTuple):
    """The names in front of a citation."""

    authors: tuple[str, ...]
    year: int | None
    end: int


def take_citation(flat: Flat, fields: ItemFields) -> Flat | None:
    """Take a whole citation, and return what is behind it; None where the text is none."""
    text = flat.text
    marker = _MARKER.search(text[:_LONG])
    names = _names_in_front(text, surely=marker is not None)
    if names is None:
        return None
    stop = marker if marker and marker.start() > names.end else _STOP.search(text, names.end)
    title = text[names.end : stop.start() if stop else len(text)].strip(' \n"“”‘’,')
    if stop is None or len(title) < 4 or (len(title.split()) < 2 and title.isascii()):
        return None
    if take_bracket(title, ItemFields()) or are_authors(title):
        return None  # these are authors with a source, and no title
    link = text.find(LINK, stop.start())
    end = link if link >= 0 else len(text)
    if end - stop.end() > _LONG:  # a sentence or more about it
        return None
    year = take_place(text[stop.end() : end], fields, known=names.year)
    fields.title, fields.authors, fields.year = title.replace("\n", " "), names.authors, year
    fields.led = True
    return flat.part(end)


def _names_in_front(text: str, *, surely: bool) -> _Names | None:
    """Return the names that begin a text, with where the title begins, or None."""
    at = end = count = 0
    kinds = set()
    while count < _MOST_NAMES and (name := _NAME.match(text, at)):
        count, end = count + 1, name.end()
        kinds.add("\u4e00" <= name[0][0] <= "\u9fff")
        between = _BETWEEN.match(text, end)
        if between is None:
            break
        at = between.end()
    others = _OTHERS.match(text, at) if end else None
    others = others or (_OTHERS.match(text, end) if end else None)
    stop = _END.match(text, others.end() if others else end) if end else None
    if stop is None:
        return None
    year = stop["set_off"] or stop["year"]
    sure = surely or others or (False in kinds and (count > 1 or year))
    if not sure:
        return None
    more = others is not None or _DOTS.search(text[:end]) is not None
    authors = split_names(_DOTS.sub("", text[:end]).replace(", &", " &"))
    authors = tuple(name for name in authors if name != ET_AL)
    dated = int(year) if year else None
    return _Names((*authors, ET_AL) if more else authors, dated, stop.end())


def take_place(text: str, fields: ItemFields, *, known: int | None = None) -> int | None:
    """Take where a cited paper appeared, and return the year; volume and pages are a note."""
    place = re.sub(r"^[\s.,/:：．，’”]+", "", text.strip())
    place = re.sub(r"^[Ii]n(?::?\s+|(?=Proc))(?=[A-Z])", "", place)
    fields.arxiv = fields.arxiv or arxiv_in(place)
    if doi := re.search(r"\b10\.\d{4,9}/\S+", place):
        fields.doi = fields.doi or normalise_doi(doi[0].rstrip(".,;)"))
        place = re.sub(r"[\s,.]*(?:\bdoi\s*[:：]?\s*)?$", "", place[: doi.start()])
    years = _YEAR.findall(re.sub(r"\d{4}\.\d{4,5}", "", place))
    year = known or (int(years[-1]) if years else None)
    if place.lower().startswith("arxiv"):
        return year
    cut = _VENUE_END.search(place)
    venue, more = (place[: cut.start()], place[cut.start() :]) if cut else (place, "")
    first, dot, publisher = venue.partition(". ")
    if dot and len(first.split()) > 3:
        venue, more = first, f"{publisher} {more}"
    venue = venue.strip(" ,;:，。．(（")
    venue = venue if ". " in venue else venue.rstrip(".")
    if venue and len(venue) < 200 and not take_source(venue, fields):
        fields.venue = fields.venue or venue
    more = more if not year else re.sub(rf"[(（]?(?<!\d){year}(?!\d)[)）]?", "", more, count=1)
    more = re.sub(r"(?<![\w)])[\s,;:.]+(?=[,;:.])", "", " ".join(more.split()))
    more = more.strip(" .,;:，。．")
    pages = _PAGES.fullmatch(more)
    more = pages[1] if pages else f"vol. {more}" if more.isdigit() else more
    if re.search(r"\w", more):
        fields.notes.append(more)
    return year
