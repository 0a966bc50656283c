"""What identifies a paper outside this list and in it: DOI, arXiv id, key."""

import re
import unicodedata
from collections.abc import Container
from urllib.parse import unquote

# The shape Crossref recommends for matching: https://www.crossref.org/blog/dois-and-matching-regular-expressions/
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_LINK = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)
# Both schemes of arXiv ids: https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV = re.compile(
    r"(?:(?P<new>\d{4}\.\d{4,5})|(?P<old>[a-z-]+(?:\.[A-Z]{2})?/\d{7}))(?P<version>v\d+)?"
)
_ARXIV_LINK = re.compile(
    r"(?:https?://)?(?:www\.|export\.|browse\.)?(?:arxiv\.org|alphaxiv\.org|ar5iv\.org|"
    r"ar5iv\.labs\.arxiv\.org)/(?:abs|pdf|html|format|ps|src|e-print)/|arxiv:\s*",
    re.IGNORECASE,
)
_KEY = re.compile(r"[^\W_A-Z]+(?:-[^\W_A-Z]+)*")
_NOT_KEY = re.compile(r"[\W_]+")
_LONGEST_KEY = 60
_LONGEST_NAME = 24


def normalise_doi(text: str) -> str | None:
    """Return the DOI in lower case without its resolver, or None where there is none.

    DOIs are case-insensitive: DOI Handbook, section 2.4.
    """
    bare = _DOI_LINK.sub("", unquote(text.strip()), count=1)
    return bare.lower() if _DOI.fullmatch(bare) else None


def normalise_arxiv(text: str) -> str | None:
    """Return the arXiv id without version, prefix or address, or None where there is none."""
    bare = _ARXIV_LINK.sub("", text.strip(), count=1)
    bare = bare.partition("?")[0].partition("#")[0].removesuffix(".pdf").rstrip("/")
    found = _ARXIV.fullmatch(bare)
    return (found["new"] or found["old"]) if found else None


def doi_in_link(link: str) -> str | None:
    """Return the DOI that a doi.org address leads to, or None."""
    return normalise_doi(link) if _DOI_LINK.match(link.strip()) else None


def arxiv_in_link(link: str) -> str | None:
    """Return the arXiv id that an arXiv address leads to, or None."""
    return normalise_arxiv(link) if _ARXIV_LINK.match(link.strip()) else None


def is_key(text: str) -> bool:
    """Say whether the text is lower-case letters of any script, digits and single hyphens."""
    return text == text.lower() and _KEY.fullmatch(text) is not None


def make_key(text: str, taken: Container[str] = ()) -> str:
    """Return a key for a name or a title: `LLaMA: Open and …` gives `llama`.

    A short name before a colon stands for the title. `-2`, `-3` … follow where it is taken.
    """
    name, colon, _ = text.replace("：", ":").partition(":")
    if (
        colon and name.strip() and len(name) <= _LONGEST_NAME and len(name.split()) <= 3
    ):  # three words are still a name
        text = name
    normal = unicodedata.normalize("NFKC", text).lower()
    key = _shorten(_NOT_KEY.sub("-", unicodedata.normalize("NFC", normal)).strip("-")) or "paper"
    if key not in taken:
        return key
    number = 2
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"


def _shorten(key: str) -> str:
    if len(key) <= _LONGEST_KEY:
        return key
    return key[: _LONGEST_KEY + 1].rpartition("-")[0] or key[:_LONGEST_KEY]
