"""Journals and proceedings as citations name them, and what can be the name of a venue."""

import re
from typing import NamedTuple

from papertrack.markdown.links import is_label
from papertrack.markdown.people import could_be_people
from papertrack.sources import is_source, read_source

_JOURNAL = re.compile(  # Nature 521.7553 (2015): 436-444
    r"(?P<venue>[^\W\d_][^()\d\"“”]{2,120}?),?\s+(?P<volume>\d+(?:\.\d+)?(?:,\s+no\.\s\d+)?)\s+"
    r"\((?:[A-Z][a-z]+\s)?(?P<year>(?:19|20)\d\d)\)(?P<pages>:\s?[\d–-]+)?"
)
_PROCEEDINGS = re.compile(
    r"(?:[Ii]n:?\s+)?(?P<venue>(?:Proceedings of the|Advances in)\s[^()\"“”.,]{5,150})"
    r"(?:,\s+(?P<pages>pp?\.\s?[\d–-]+))?(?:[.,]?\s*(?P<year>(?:19|20)\d\d))?"
)
_VOLUME = re.compile(
    r"[,.]?\s*(?:\b(?:vol(?:ume)?|no|pp|pages?|issue|article)\b\.?\s*\d|\s\d+(?:[.:]\d+)?\s*(?=\()"
    r"|\s\d+\s?:\s?\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?![\d-])")

_IN_VENUES = frozenset(
    """of on and for the in workshop workshops track preprint de des du für und der la le et e do da
    dos di y""".split()
)
PUBLISHED = re.compile(
    r"(?:IEEE|ACM|IEEE/[A-Z]{3,5}|PLoS|PLOS|Frontiers in)"
    r"(?: (?:[A-Z][\w&-]*|on|of|and|in|the|for)){1,7}"
    r"|(?:CVPR|ICCV|ECCV|WACV|ICML|NeurIPS|ICLR|ACL|KDD)W|Pattern Recognition(?: Letters)?"
    r"|Neurocomputing|Information Sciences|Knowledge-Based Systems"
    r"|Neural (?:Networks|Computation)|Expert Systems with Applications"
)
"""Journals by their names, which no year has to follow."""
_SERIES = frozenset("PMLR JMLR IEEE ACM NIPS NeurIPS ACL CVF AAAI Nature Science".split())


class Volume(NamedTuple):
    """Where a paper appeared."""

    venue: str
    year: int | None
    pages: str
    """The volume and pages; may be empty."""


def published_in(text: str) -> Volume | None:
    """Return what a journal's volume or the name of proceedings says, or None for another text."""
    if journal := _JOURNAL.fullmatch(text):
        pages = (journal["volume"] + (journal["pages"] or "")).strip()
        pages = f"vol. {pages}" if pages.isdigit() else pages
        return Volume(journal["venue"], int(journal["year"]), pages)
    if proceedings := _PROCEEDINGS.fullmatch(text):
        year = proceedings["year"]
        return Volume(proceedings["venue"], int(year) if year else None, proceedings["pages"] or "")
    return None


def without_pages(text: str) -> tuple[str, str]:
    """Return a source with its year but without volume and pages, and those."""
    volume = _VOLUME.search(text)
    if volume is None or not volume.start():
        return text, ""
    pages = text[volume.start() :].strip(" ,.")
    year = _YEAR.search(pages)
    if year:
        pages = " ".join(f"{pages[: year.start()]} {pages[year.end() :]}".split())
        pages = re.sub(r"\(\s*\)|^[\s,;:]+|[\s,;:]+$|,(?=\s*,)", "", pages).replace("  ", " ")
        pages = pages.replace(" :", ":")
    return f"{text[: volume.start()]} {year[1] if year else ''}".strip(), pages


def can_be_venue(venue: str, text: str) -> bool:
    """Say whether what a text leaves for a venue can be one: no sentence, no label of a link."""
    words = venue.split()
    if re.search(r"[,，].*[,，]|\bet al\b|[\"“”]", venue) or len(words) > 8:
        return False
    if (words[-1].islower() and words[-1] not in _IN_VENUES) or words[-1] == "Work":
        return False
    if any(word.islower() and word not in _IN_VENUES for word in words[1:]):
        return False
    if venue[0].islower() and not is_known_venue(words[0]):
        return False
    known = is_known_venue(venue) or PUBLISHED.fullmatch(venue) is not None
    year = read_source(text).year is not None
    return known or (
        year and not could_be_people(venue) and (not is_label(venue) or venue in _SERIES)
    )


def is_known_venue(text: str) -> bool:
    """Say whether a text without a year is a venue by its words."""
    read = read_source(text)
    return is_source(re.sub(r"(?:19|20)\d\d", "", text)) if read.venue else False
