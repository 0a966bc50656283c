"""arXiv's papers: as DataCite describes them, and as arXiv's own service does in Atom."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from papertrack.authors import given_first
from papertrack.identifiers import normalise_arxiv
from papertrack.services.records import Record, plain
from papertrack.services.web import NoAnswerError, Reply

_ODD = "its answer cannot be read"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_CATEGORY = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)\s*$")
_PUBLISHED = {"IsPreprintOf", "IsVersionOf", "IsPreviousVersionOf"}


def read_datacite(reply: Reply, arxiv: str) -> Record:
    """Return what DataCite's REST service says of an arXiv id.

    The year is that of version 1: `publicationYear`, or the year in which it was submitted.
    Raises NoAnswerError where it is not of the promised shape.
    """
    try:
        attributes = json.loads(reply.body)["data"]["attributes"]
        title = plain(attributes["titles"][0]["title"])
        return Record(
            title=title,
            authors=tuple(filter(None, map(_creator, attributes.get("creators") or ()))),
            year=_first_year(attributes),
            venue="arXiv",
            arxiv=arxiv,
            bibtex=_primary_class(_categories(attributes)),
            abstract=_abstract(attributes),
            published=_related(attributes),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NoAnswerError(reply.service, _ODD) from error


def read_atom(reply: Reply) -> dict[str, Record]:
    """Return what arXiv's own service says, by arXiv id without version; errors are no entries.

    Raises NoAnswerError where it is no Atom, or declares a document type: nobody needs entities.
    """
    if b"<!DOCTYPE" in reply.body[:1000]:
        raise NoAnswerError(reply.service, _ODD)
    try:
        feed = ET.fromstring(reply.body)  # noqa: S314 - expat refuses entities that blow up
    except (ET.ParseError, ValueError, LookupError) as error:
        raise NoAnswerError(reply.service, _ODD) from error
    records = {}
    for entry in feed.iter(f"{_ATOM}entry"):
        arxiv = normalise_arxiv(_text(entry, f"{_ATOM}id"))
        if arxiv:
            records[arxiv] = _entry(entry, arxiv)
    return records


def _entry(entry: ET.Element, arxiv: str) -> Record:
    names = (_text(author, f"{_ATOM}name") for author in entry.iter(f"{_ATOM}author"))
    year = _text(entry, f"{_ATOM}published")[:4]
    category = entry.find(f"{_ARXIV}primary_category")
    doi, journal = _text(entry, f"{_ARXIV}doi"), _text(entry, f"{_ARXIV}journal_ref")
    return Record(
        title=plain(_text(entry, f"{_ATOM}title")),
        authors=tuple(filter(None, map(plain, names))),
        year=int(year) if year.isascii() and year.isdigit() else None,
        venue="arXiv",
        arxiv=arxiv,
        bibtex=_primary_class([] if category is None else [category.get("term", "")]),
        abstract=plain(_text(entry, f"{_ATOM}summary")) or None,
        published=plain(doi) or plain(journal) or None,
    )


def _text(element: ET.Element, name: str) -> str:
    child = element.find(name)
    return "" if child is None else "".join(child.itertext())


def _creator(creator: Mapping[str, Any]) -> str:
    family, given = plain(creator.get("familyName")), plain(creator.get("givenName"))
    if family and given and creator.get("nameType") != "Organizational":
        return given_first(f"{family}, {given}")
    name = plain(creator.get("name"))
    if creator.get("nameType") == "Organizational":
        return name
    return given_first(name)


def _first_year(attributes: Mapping[str, Any]) -> int | None:
    for day in attributes.get("dates") or ():
        if day.get("dateType") == "Submitted" and day.get("dateInformation") == "v1":
            return int(day["date"][:4])
    year = attributes.get("publicationYear")
    return int(year) if year else None


def _categories(attributes: Mapping[str, Any]) -> Iterable[str]:
    for subject in attributes.get("subjects") or ():
        if subject.get("subjectScheme") == "arXiv":
            match = _CATEGORY.search(subject.get("subject") or "")
            if match:
                yield match[1]


def _primary_class(categories: Iterable[str]) -> dict[str, str]:
    first = next(iter(categories), "")
    return {"primaryclass": first} if first else {}


def _related(attributes: Mapping[str, Any]) -> str | None:
    for related in attributes.get("relatedIdentifiers") or ():
        doi = plain(related.get("relatedIdentifier"))
        if (
            related.get("relationType") in _PUBLISHED
            and related.get("relatedIdentifierType") == "DOI"
        ):
            return doi.lower() or None
    return None


def _abstract(attributes: Mapping[str, Any]) -> str | None:
    for description in attributes.get("descriptions") or ():
        if description.get("descriptionType") == "Abstract":
            return plain(description.get("description")) or None
    return None
