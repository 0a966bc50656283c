"""Papers with a DOI: CSL-JSON, as doi.org's agencies and Crossref's REST service give it."""

import json
from collections.abc import Iterable, Mapping

from papertrack.authors import given_first
from papertrack.bibliography import TYPE_OF_CSL
from papertrack.services.records import Record, plain
from papertrack.services.web import NoAnswerError, Reply

_KEPT = {"volume": "volume", "issue": "number", "page": "pages", "publisher": "publisher"}


def read_csl(reply: Reply, doi: str) -> Record:
    """Return what an agency says of a DOI by content negotiation.

    Raises NoAnswerError where it is not of the promised shape.
    """
    return _record(_loaded(reply), doi, reply.service)


def read_crossref(reply: Reply, doi: str) -> Record:
    """Return what Crossref's REST service says of a DOI; errors as those of `read_csl`."""
    message = _loaded(reply).get("message")
    return _record(message if isinstance(message, dict) else {}, doi, reply.service)


def _loaded(reply: Reply) -> dict[str, object]:
    try:
        item = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return item if isinstance(item, dict) else {}


def _record(item: Mapping[str, object], doi: str, service: str) -> Record:
    title = ": ".join(filter(None, (_first(item.get("title")), _first(item.get("subtitle")))))
    if not title:
        raise NoAnswerError(service, "its answer cannot be read")
    venue = ("container-title-short", "short-container-title", "container-title")
    kind = str(item.get("type", ""))
    is_preprint = kind == "posted-content" or item.get("subtype") == "preprint"
    kept = {ours: _first(item.get(theirs)) for theirs, ours in _KEPT.items()}
    editors = " and ".join(_people(item.get("editor"), family_first=True))
    return Record(
        title=title,
        authors=tuple(_people(item.get("author"))),
        year=_year(item.get("issued")),
        venue=next(filter(None, (_first(item.get(name)) for name in venue)), None),
        doi=doi.lower(),
        bibtex={
            name: value
            for name, value in {
                "type": TYPE_OF_CSL.get(kind, "misc"),
                "editor": editors,
                **kept,
            }.items()
            if value
        },
        abstract=plain(item.get("abstract")) or None,
        published=_published(item) if is_preprint else None,
    )


def _first(value: object) -> str:
    """Return a text, or the first of several: Crossref's REST service has lists."""
    return plain(value[0]) if isinstance(value, list) and value else plain(value)


def _people(value: object, *, family_first: bool = False) -> Iterable[str]:
    for person in value if isinstance(value, list) else ():
        if not isinstance(person, dict):
            continue
        family, given = plain(person.get("family")), plain(person.get("given"))
        particle = plain(person.get("non-dropping-particle"))
        suffix = plain(person.get("suffix"))
        family = f"{particle} {family}".strip()
        if family and given:
            name = ", ".join(filter(None, (family, suffix, given)))
            yield name if family_first or suffix else given_first(name)
        elif name := family or given or plain(person.get("literal")) or plain(person.get("name")):
            yield name


def _year(issued: object) -> int | None:
    """Return the year of a CSL date: `date-parts`, with texts for numbers or none at all."""
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    while isinstance(parts, list) and parts:
        parts = parts[0]
    text = str(parts)[:4]
    return int(text) if text.isascii() and text.isdigit() and int(text) else None


def _published(item: Mapping[str, object]) -> str | None:
    relation = item.get("relation")
    related = relation.get("is-preprint-of") if isinstance(relation, dict) else None
    for one in related if isinstance(related, list) else ():
        if isinstance(one, dict) and one.get("id-type") == "doi" and plain(one.get("id")):
            return plain(one.get("id")).lower()
    return None
