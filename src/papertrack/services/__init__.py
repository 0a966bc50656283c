"""What the services of arXiv and DOI say of papers, and what of it a paper lacks.

DataCite and arXiv's own service, in Atom, know preprints; doi.org's agencies and Crossref give
CSL-JSON of what has a DOI. The network itself is `web`.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from papertrack.authors import ET_AL, abbreviates
from papertrack.bibliography import TYPE_OF_CSL
from papertrack.bibtex.latex import without_markup
from papertrack.bibtex.names import person_named, spell
from papertrack.identifiers import Identifier, normalise_arxiv
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.services.web import NoAnswerError, Reply, Web

if TYPE_CHECKING:
    from papertrack.catalogue.draft import DraftValue

__all__ = ["FILLED", "Answer", "Record", "Web", "filling", "lacks", "look_up"]

_CSL = "application/vnd.citationstyles.csl+json"
_JSON = {"application/json", "application/vnd.api+json", _CSL}
_FEED = {"application/atom+xml", "application/xml", "text/xml"}
_AT_ONCE = 50
_NOT_THERE = {400, 404, 410}
_ODD = "its answer cannot be read"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_CATEGORY = pattern(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)\s*$")
_PUBLISHED = {"IsPreprintOf", "IsVersionOf", "IsPreviousVersionOf"}
_KEPT = {"volume": "volume", "issue": "number", "page": "pages", "publisher": "publisher"}
_UNFIT = pattern("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TAG = pattern(r"</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>]{0,500})?/?>")

FILLED = ("authors", "year", "venue", "doi")
"""The fields that `fetch` fills."""


class Record(NamedTuple):
    """A paper as a service describes it; absence is None or empty."""

    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    """That of the first version, where there are several."""
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    bibtex: Mapping[str, str] = {}
    abstract: str | None = None
    published: str | None = None
    """For a preprint: where it has come out since, a DOI or a reference to a journal."""

    def as_paper(self) -> Paper:
        """Return a paper without a key that says the same."""
        names = ("title", "authors", "venue", "year", "doi", "arxiv", "bibtex")
        values = {name: getattr(self, name) for name in names}
        return Paper.model_validate({"key": "", **values})


class Answer(NamedTuple):
    """What became of one identifier: a record, or why there is none."""

    identifier: Identifier
    record: Record | None = None
    unknown: str | None = None
    """That no service knows it."""
    unanswered: str | None = None
    """The last service asked, and why it did not answer."""


def look_up(identifiers: Iterable[Identifier], web: Web) -> Iterator[Answer]:
    """Yield an answer for each identifier, each asked for once.

    An arXiv id is asked of DataCite, which answers when arXiv does not; what it has not, arXiv is
    asked for, up to fifty ids at once. A DOI is asked of doi.org, which knows the agency of each,
    then of Crossref.
    """
    waiting: list[tuple[Identifier, str]] = []
    asked: set[Identifier] = set()
    for identifier in identifiers:
        if identifier in asked:
            continue
        asked.add(identifier)
        if identifier.doi:
            yield _doi(identifier, identifier.doi, web)
        elif identifier.arxiv:
            record = _datacite(identifier.arxiv, web)
            if record is None:
                waiting.append((identifier, identifier.arxiv))
            else:
                yield Answer(identifier, record)
    for start in range(0, len(waiting), _AT_ONCE):
        yield from _arxiv(waiting[start : start + _AT_ONCE], web)


def _datacite(arxiv: str, web: Web) -> Record | None:
    """Return the record, or None where arXiv has to be asked."""
    url = f"https://api.datacite.org/dois/10.48550/arxiv.{_quoted(arxiv)}"
    try:
        reply = web.get(url, "application/vnd.api+json")
        if reply.status == 200 and reply.content_type in _JSON:
            record = read_datacite(reply, arxiv)
            return record if record.title else None
    except NoAnswerError:
        return None
    return None


def _arxiv(asked: Sequence[tuple[Identifier, str]], web: Web) -> Iterator[Answer]:
    """Ask arXiv for all at once; where one of them spoils that, one by one while it answers."""
    ids = ",".join(arxiv for _, arxiv in asked)
    url = f"https://export.arxiv.org/api/query?id_list={_quoted(ids)}&max_results={len(asked)}"
    try:
        reply = web.get(url, "application/atom+xml")
        if reply.status == 200 or len(asked) == 1:
            records = {} if reply.status in _NOT_THERE else read_atom(_usable(reply, _FEED))
            for identifier, arxiv in asked:
                record = records.get(arxiv)
                yield Answer(identifier, record, None if record else f"arXiv has no {arxiv}")
            return
    except NoAnswerError as error:
        yield from (Answer(identifier, unanswered=str(error)) for identifier, _ in asked)
        return
    reason = None
    for identifier, arxiv in asked:
        if reason is None:
            (answer,) = _arxiv([(identifier, arxiv)], web)
            reason = answer.unanswered
            yield answer
        else:
            yield Answer(identifier, unanswered=reason)


def _doi(identifier: Identifier, doi: str, web: Web) -> Answer:
    unknown = f"{doi}: no such DOI"
    try:
        try:
            first = web.get(f"https://doi.org/{_quoted(doi)}", _CSL)
        except NoAnswerError as error:
            if error.reply is None or error.reply.status < 500:
                raise
            first = error.reply
        if first.status == 200 and first.content_type in _JSON:
            return Answer(identifier, read_csl(first, doi))
        reply = web.get(f"https://api.crossref.org/works/{_quoted(doi)}", "application/json")
        if reply.status not in _NOT_THERE:
            return Answer(identifier, read_crossref(_usable(reply, _JSON), doi))
        if first.status not in _NOT_THERE:  # it may be another agency's
            _usable(first, _JSON)
        return Answer(identifier, unknown=unknown)
    except NoAnswerError as error:
        return Answer(identifier, unanswered=str(error))


def _usable(reply: Reply, kinds: set[str]) -> Reply:
    """Return an answer of the right kind; NoAnswerError for another, a page perhaps."""
    if reply.status != 200:
        raise NoAnswerError(reply.service, f"it says {reply.status}")
    if reply.content_type not in kinds:
        raise NoAnswerError(reply.service, f"it answers with {reply.content_type or 'no type'}")
    return reply


def _quoted(text: str) -> str:
    from urllib.parse import quote  # asking needs it

    return quote(text, safe="/,:;()")


def plain(value: object) -> str:
    """Return a text without tags of HTML or JATS; an empty one for what is no text."""
    if not isinstance(value, str):
        return ""
    # Publishers escape some tags twice: `&amp;lt;i&amp;gt;`.
    return " ".join(_UNFIT.sub(" ", without_markup(unescape(_TAG.sub("", value)))).split())


def lacks(paper: Paper, fields: Collection[str] = ("authors", "year")) -> bool:
    """Say whether a paper with an identifier lacks one of the fields, or authors behind `et al.`.

    Editors count as authors.
    """
    if not (paper.doi or paper.arxiv):
        return False
    absent = {name for name in fields if not getattr(paper, name)}
    if "authors" in fields and ET_AL in paper.authors:
        return True
    return bool(absent - ({"authors"} if "editor" in paper.bibtex else set()))


def filling(
    paper: Paper, record: Record, fields: Collection[str] = FILLED, *, abstract: bool = False
) -> "dict[str, DraftValue | None]":
    """Return the changes that give a paper what it lacks and the record has; nothing is replaced.

    A paper that is on arXiv and nowhere else gets `arXiv` for its venue, and no DOI. Authors that
    end in `et al.` give way to all of them. Editors come with authors, pages with all fields only.
    """
    changes: dict[str, DraftValue | None] = {
        name: value
        for name in FILLED
        if name in fields and not getattr(paper, name) and (value := getattr(record, name))
    }
    is_whole = bool(record.authors) and ET_AL not in record.authors
    is_short = paper.authors == (ET_AL,) or abbreviates(paper.authors, record.authors)
    if "authors" in fields and is_whole and is_short:
        changes = {"authors": record.authors, **changes}
    kept = ("editor",) if "authors" in fields else ()
    known = {it: text for it, text in record.bibtex.items() if {*FILLED} <= {*fields} or it in kept}
    if abstract and record.abstract:
        known["abstract"] = record.abstract
    new = {name: value for name, value in known.items() if name not in paper.bibtex}
    if new:
        changes["bibtex"] = {**paper.bibtex, **new}
    return changes


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
        if arxiv and (record := _entry(entry, arxiv)).title:
            records[arxiv] = record
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
    name = plain(creator.get("name"))
    if creator.get("nameType") == "Organizational":
        return name
    return spell(person_named(f"{family}, {given}" if family and given else name))


def _with(items: Iterable[Mapping[str, Any]] | None, **wanted: str) -> Iterator[Mapping[str, Any]]:
    """Yield the items that say these things."""
    return (it for it in items or () if all(it.get(name) == wanted[name] for name in wanted))


def _first_year(attributes: Mapping[str, Any]) -> int | None:
    first = _with(attributes.get("dates"), dateType="Submitted", dateInformation="v1")
    year = next((day["date"][:4] for day in first), attributes.get("publicationYear"))
    return int(year) if year else None


def _categories(attributes: Mapping[str, Any]) -> Iterable[str]:
    subjects = _with(attributes.get("subjects"), subjectScheme="arXiv")
    matches = (_CATEGORY.search(it.get("subject") or "") for it in subjects)
    return (match[1] for match in matches if match)


def _primary_class(categories: Iterable[str]) -> dict[str, str]:
    first = next(iter(categories), "")
    return {"primaryclass": first} if first else {}


def _related(attributes: Mapping[str, Any]) -> str | None:
    related = _with(attributes.get("relatedIdentifiers"), relatedIdentifierType="DOI")
    published = (it for it in related if it.get("relationType") in _PUBLISHED)
    return next((plain(it.get("relatedIdentifier")).lower() or None for it in published), None)


def _abstract(attributes: Mapping[str, Any]) -> str | None:
    abstracts = _with(attributes.get("descriptions"), descriptionType="Abstract")
    return next((plain(it.get("description")) or None for it in abstracts), None)


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
        raise NoAnswerError(service, _ODD)
    venue = ("container-title-short", "short-container-title", "container-title")
    kind = str(item.get("type", ""))
    is_preprint = kind == "posted-content" or item.get("subtype") == "preprint"
    editors = " and ".join(_people(item.get("editor"), family_first=True))
    kept = {"type": TYPE_OF_CSL.get(kind, "misc"), "editor": editors}
    kept |= {ours: _first(item.get(theirs)) for theirs, ours in _KEPT.items()}
    return Record(
        title=title,
        authors=tuple(_people(item.get("author"))),
        year=_year(item.get("issued")),
        venue=next(filter(None, (_first(item.get(name)) for name in venue)), None),
        doi=doi.lower(),
        bibtex={name: value for name, value in kept.items() if value},
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
            yield name if family_first else spell(person_named(name))
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
