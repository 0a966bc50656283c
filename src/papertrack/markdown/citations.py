"""An item that is a citation as Google Scholar and styles write it: GB/T 7714, APA, Vancouver.

The names come first, each with its initials, then perhaps the year, the title, where it appeared.
"""

import re

from papertrack.identifiers import arxiv_in, normalise_doi
from papertrack.markdown.attribution import take_bracket
from papertrack.markdown.cutting import ABBREVIATION, LINK, Flat
from papertrack.markdown.proper_names import are_authors, leading_names
from papertrack.markdown.publication import ItemFields, take_source

_MARKER = re.compile(r"\s?[\[［](?:[JCMDRNPSAGZ]|EB|DB|CP)(?:/OL)?[\]］]")
_STOP = re.compile(rf"(?<=\w)[’”],?\s|[.．]{ABBREVIATION}(?=\s)|(?<=[?!？！])\s|{LINK}|。")
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


def take_citation(flat: Flat, fields: ItemFields) -> Flat | None:
    """Take a whole citation, and return what is behind it; None where the text is none."""
    text = flat.text
    marker = _MARKER.search(text[:_LONG])
    names = leading_names(text, surely=marker is not None)
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
