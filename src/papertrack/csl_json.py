"""CSL-JSON, which Zotero, pandoc and the DOI services write ↔ papers.

The fields are those of the schema of CSL 1.0.2:
https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
"""

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from pydantic_core import to_json  # writes as fast as C

from papertrack.authors import ET_AL
from papertrack.bibliography import TYPE_OF_CSL, Bibliography
from papertrack.bibtex import papers_of
from papertrack.bibtex.entries import Citation
from papertrack.bibtex.exporting import (
    NAME_OF_FIELD,
    authors_of,
    kept_fields,
    keys_for,
    month_of,
    type_of,
)
from papertrack.bibtex.latex import (
    clean,
    lines_to_latex,
    marked_up,
    to_latex,
    to_lines,
    to_markup,
    to_text,
)
from papertrack.bibtex.mapping import WRITTEN_STATUS, join_tags
from papertrack.bibtex.names import Person, persons, spell, write_name
from papertrack.errors import PapertrackError
from papertrack.models import DATES, Paper
from papertrack.patterns import pattern
from papertrack.status import Status

# The values of an item of JSON are whatever somebody wrote: each is looked at before it is used.
_Item = Mapping[str, Any]

_WRITTEN_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference",
    "conference": "paper-conference", "book": "book", "collection": "book", "booklet": "pamphlet",
    "incollection": "chapter", "inbook": "chapter", "inreference": "entry-encyclopedia",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report",
    "report": "report", "dataset": "dataset", "software": "software", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "unpublished": "manuscript", "patent": "patent",
    "proceedings": "book", "periodical": "periodical", "manual": "document",
}  # fmt: skip
_NAMES = {
    "title": "title", "title-short": "shorttitle", "container-title-short": "shortjournal",
    "collection-title": "series", "publisher": "publisher", "publisher-place": "location",
    "volume": "volume", "edition": "edition", "DOI": "doi", "URL": "url", "ISBN": "isbn",
    "ISSN": "issn", "language": "language", "number": "number", "genre": "type",
    "event-title": "eventtitle", "number-of-pages": "pagetotal", "chapter-number": "chapter",
    "abstract": "abstract", "note": "note", "annote": "annote", "version": "version",
}  # fmt: skip
"""The fields that are texts in CSL, and their names in BibLaTeX."""
_WRITTEN_NAMES = {
    **{ours: theirs for theirs, ours in _NAMES.items()},
    "address": "publisher-place", "issue": "issue", "school": "publisher",
    "institution": "publisher", "journaltitle": "container-title", "journal": "container-title",
    "booktitle": "container-title", "pages": "page", "annotation": "annote",
}  # fmt: skip
_OTHERS = "others"
"""The last name where there are more, for pandoc, whose styles make `et al.` of it."""
_VERBATIM = frozenset({"DOI", "URL"})
_PEOPLE = {"author": "author", "editor": "editor", "translator": "translator"}
_DATES = {"issued": "date", "accessed": "urldate", "original-date": "origdate"}
_READ = frozenset({"id", "type", "container-title", "page", "issue", "keyword", "custom", "archive",
                   "archive_location", "subtitle", *_NAMES, *_PEOPLE, *_DATES})  # fmt: skip
_OF_ZOTERO = {
    "citationKey": "citation-key", "citekey": "citation-key", "key": "id", "date": "issued",
    "publicationTitle": "container-title", "bookTitle": "container-title",
    "proceedingsTitle": "container-title", "encyclopediaTitle": "container-title",
    "journalAbbreviation": "container-title-short", "shortTitle": "title-short",
    "series": "collection-title", "conferenceName": "event-title", "place": "publisher-place",
    "university": "publisher", "institution": "publisher", "repository": "publisher",
    "pages": "page", "numPages": "number-of-pages", "url": "URL", "accessDate": "accessed",
    "abstractNote": "abstract", "extra": "note", "archiveID": "number", "reportNumber": "number",
}  # fmt: skip
"""The fields of Zotero, and their names in CSL: https://www.zotero.org/support/dev/web_api."""
_ZOTERO_TYPES = {
    "journalArticle": "article-journal", "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper", "conferencePaper": "paper-conference",
    "bookSection": "chapter", "preprint": "article", "computerProgram": "software",
}  # fmt: skip
_OF_DATABASE = frozenset("version collections relations uri libraryID itemID itemType".split())
_AUTHORS = ("author", "programmer", "inventor", "presenter")
_PARTS = ("year", "month", "day")
_ABOUT_DATES = frozenset({"season", "circa"})
_OF_PREPRINTS = ("misc", "online", "unpublished")
_DATE = pattern(r"-?\d{1,4}(?:-\d{2}){0,2}(?:/(?:\d{4}(?:-\d{2}){0,2})?)?")
_BLANKS = pattern(r"[ \t\r\n\ufeff]*")
_PAGES = pattern(r"(?<=\w)\s*[-‐‑–—]\s*(?=\w)")
_OURS = {
    "priority": "priority", "lab": "lab", "added": "date-added", "started": "date-started",
    "finished": "date-finished",
}  # fmt: skip
_KINDS = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture musical_score
    pamphlet paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty
    webpage""".split()
)
"""The types of CSL 1.0.2; others, such as those of Crossref, stand for one of these."""


def loads(text: str, *, without: Iterable[str] = ()) -> Bibliography:
    """Return the papers of a list of items, or of one.

    Raises PapertrackError for what is no JSON, or JSON of another kind.
    """
    citations = [_citation(item, line) for line, item in _items(text.removeprefix("\ufeff"))]
    return papers_of(citations, without)


def _items(text: str) -> Iterator[tuple[int, _Item]]:
    decoder = json.JSONDecoder()
    at = _behind_blanks(text, 0)
    is_list = text.startswith("[", at)
    line, counted = 1, 0
    try:
        at = _behind_blanks(text, at + 1) if is_list else at
        while at < len(text) and not text.startswith("]", at):
            item, end = decoder.raw_decode(text, at)
            if not isinstance(item, dict):
                raise PapertrackError("this JSON is not a list of references: CSL-JSON is [{…}, …]")
            line += text.count("\n", counted, at)
            counted = at
            yield from ((line, each) for each in _unwrapped(item))
            at = _behind_blanks(text, end)
            if text.startswith(",", at):
                at = _behind_blanks(text, at + 1)
            elif not text.startswith("]", at) and (is_list or at < len(text)):
                decoder.raw_decode(text, len(text))  # says what is wrong
        if is_list and at >= len(text):
            decoder.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise PapertrackError(f"line {error.lineno} is not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:  # a number or nesting beyond any use
        raise PapertrackError(f"line {line} is not JSON that can be read: {error}") from error


def _behind_blanks(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _unwrapped(item: _Item) -> Iterator[_Item]:
    """Yield the references of an item, or of the list that it holds."""
    [item] = _dicts([item.get("message")]) or [item]  # of Crossref's REST service
    inside = item.get("items") or item.get("references")
    by_id = [{"id": key, **it} for key, it in item.items() if isinstance(it, dict)]
    if by_id and len(by_id) == len(item) and all({"title", "type"} & it.keys() for it in by_id):
        inside = by_id
    for each in _dicts(inside if isinstance(inside, list) else [item]):
        [data] = _dicts([each.get("data")]) or [each]
        if "itemType" not in data:
            yield each
        elif data["itemType"] not in ("attachment", "note", "annotation"):
            yield _of_zotero(data)


def _of_zotero(item: _Item) -> _Item:
    """Return an item of Zotero's own JSON, or Better BibTeX's, under the names of CSL."""
    own = {name: value for name, value in item.items() if value and name not in _OF_DATABASE}
    people, tags = (_dicts(own.pop(name, None)) for name in ("creators", "tags"))
    kind = _text(item.get("itemType"))
    made: dict[str, Any] = {"type": _ZOTERO_TYPES.get(kind, kind)}
    made |= {_OF_ZOTERO.get(name, name): value for name, value in own.items()}
    for person in people:
        kind = _text(person.get("creatorType"))
        made.setdefault("author" if kind in _AUTHORS else kind, []).append(person)
    made["keyword"] = _joined([_text(tag.get("tag")) for tag in tags])
    return made


def _dicts(value: object) -> list[_Item]:
    return [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []


def _citation(item: _Item, line: int) -> Citation:
    type_ = TYPE_OF_CSL.get(_text(item.get("type")).lower(), "misc")
    entry = dict(_texts(item))
    for theirs, ours in _PEOPLE.items():
        people = item.get(theirs)
        if names := [*filter(None, map(_name, people if isinstance(people, list) else ()))]:
            entry[ours] = " and ".join(names)
    for theirs, ours in _DATES.items():
        entry.update(_date(item.get(theirs), ours))
    if container := _text(item.get("container-title")):
        entry["journaltitle" if type_ == "article" else "booktitle"] = marked_up(container)
    elif type_ == "misc" and "publisher" in entry:
        entry["howpublished"] = entry.pop("publisher")
    if issue := _text(item.get("issue")):
        entry["issue" if "number" in entry else "number"] = to_latex(issue)
    entry.update(_archive(item))
    entry.update(_kinds(item, type_, entry))
    entry.update(_others(item, _READ, "csl-"))
    if isinstance(custom := item.get("custom"), dict):
        entry.update(_others(custom, {"papertrack"}, "csl-custom-"))
        if isinstance(own := custom.get("papertrack"), dict):
            entry.update(_ours(own))
    number = _text(item.get("id"))  # of Zotero an address, by which nobody cites a paper
    key = _text(item.get("citation-key")) or ("" if "://" in number else number)
    entry |= {"csl-id": to_latex(number)} if key != number else {}
    return Citation(type_, key, line, entry, {})


def _kinds(item: _Item, type_: str, entry: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the type where an export would write another, and what is said of the date."""
    kind = _text(item.get("type")).lower()
    is_arxiv = "eprint" in entry or entry.get("number", "").lower().startswith("arxiv")
    is_preprint = is_arxiv and type_ in _OF_PREPRINTS
    own_type = "article" if is_preprint else _WRITTEN_TYPES.get(type_, "document")
    if kind != own_type and (kind in _KINDS or kind not in TYPE_OF_CSL):
        yield "csl-type", to_latex(kind)
    issued = item.get("issued")
    if isinstance(issued, dict) and issued.keys() & _ABOUT_DATES:
        yield "csl-issued", to_latex(clean(json.dumps(issued, sort_keys=True)))


def _texts(item: _Item) -> Iterator[tuple[str, str]]:
    for theirs, ours in _NAMES.items():
        if ours == "note" and isinstance(lines := item.get(theirs), str) and lines.strip():
            yield ours, lines_to_latex(lines.strip())  # a line may be a program's own
        elif value := _text(item.get(theirs)):
            yield ours, value if theirs in _VERBATIM else marked_up(value)
    if pages := _text(item.get("page")):
        yield "pages", _PAGES.sub("--", to_latex(pages))
    if keyword := _text(item.get("keyword")):
        yield "keywords", to_latex(keyword)
    if subtitle := _text(item.get("subtitle")):  # of Crossref
        yield "subtitle", marked_up(subtitle)


def _archive(item: _Item) -> Iterator[tuple[str, str]]:
    archive, location = _text(item.get("archive")), _text(item.get("archive_location"))
    if archive.lower() == "arxiv":
        yield from (("eprint", location), ("archiveprefix", "arXiv")) if location else ()
        return
    for name, text in (("csl-archive", archive), ("csl-archive_location", location)):
        if text:
            yield name, to_latex(text)


def _others(item: _Item, read: Container[str], prefix: str) -> Iterator[tuple[str, str]]:
    """Yield what has no place in an entry of BibLaTeX, under a name of its own."""
    for name, value in item.items():
        if name not in read and value not in (None, "", [], {}):
            kept = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield f"{prefix}{name.lower()}", to_latex(clean(kept))


def _text(value: object) -> str:
    """Return a text, a number, or the texts of a list, white space squeezed; else nothing."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(clean(str(value)).split())


def _name(value: object) -> str:
    """Return a name as BibTeX writes it: in braces where it is not to be taken apart."""
    if not isinstance(value, dict):
        return write_name(_text(value))
    if literal := _text(value.get("literal")) or _text(value.get("name")):
        others = literal in (_OTHERS, ET_AL)
        return write_name(ET_AL) if others else write_name(literal, is_lab=True)
    kinds = ("dropping-particle", "non-dropping-particle")
    particle = " ".join(filter(None, (_text(value.get(kind)) for kind in kinds)))
    # as CSL, DataCite and Zotero have it
    family = _text(value.get("family") or value.get("familyName") or value.get("lastName"))
    given = _text(value.get("given") or value.get("givenName") or value.get("firstName"))
    suffix = _text(value.get("suffix"))
    if family and not given and not particle and not suffix:
        return write_name(family, is_lab=True)
    if particle.endswith(("'", "’", "-")):  # d'Alembert, al-Khwarizmi
        family, particle = f"{particle}{family}", ""
    person = Person(family or given, given if family else "", particle, suffix)
    return write_name(spell(person)) if person.family else ""


def _date(value: object, name: str) -> Iterator[tuple[str, str]]:
    """Yield a date as BibLaTeX writes it; what is none, as `in press`, is a year to be kept."""
    text = ""
    if isinstance(value, dict) and "year" in value:
        value = [value]
    if isinstance(value, list):  # as pandoc wrote it before CSL 1.0
        named = [it for it in value if isinstance(it, dict)]
        value = {"date-parts": [[it.get(part) for part in _PARTS] for it in named]}
    if isinstance(value, dict):
        parts = value.get("date-parts")
        dates = [_day(each) for each in parts] if isinstance(parts, list) else []
        text = "/".join(filter(None, dates)) or _text(value.get("raw") or value.get("literal"))
    elif isinstance(value, str | int):
        text = _text(value)
    text = text.split("T")[0] if re.match(r"\d{4}-\d{2}-\d{2}T", text) else text
    if text:
        is_date = _DATE.fullmatch(text) or name != "date"
        yield name if is_date else "year", to_latex(text)


def _day(parts: object) -> str:
    if not isinstance(parts, list):
        return ""
    numbers = [_text(part) for part in parts]
    if not numbers or not numbers[0].isdigit():
        return ""
    day = [numbers[0].zfill(4), *(part.zfill(2) for part in numbers[1:3] if part.isdigit())]
    return "-".join(day)


def _ours(ours: _Item) -> Iterator[tuple[str, str]]:
    """Yield what papertrack wrote of a paper beside its citation."""
    kept = ours.get("bibtex")
    if isinstance(kept, dict):
        yield from ((NAME_OF_FIELD.get(it, str(it)), _text(text)) for it, text in kept.items())
    if (status := _text(ours.get("status"))) in tuple(Status):
        yield "readstatus", WRITTEN_STATUS[Status(status)]
    for theirs, name in _OURS.items():
        if text := _text(ours.get(theirs)):
            yield name, to_latex(text)
    if isinstance(tags := ours.get("tags"), list):
        yield "keywords", join_tags(tuple(filter(None, map(_text, tags))))
    if isinstance(links := ours.get("links"), list):
        for number, link in enumerate(filter(None, map(_text, links)), 2):
            yield f"bdsk-url-{number}", link
    for theirs, name in (("summary", "annote"), ("notes", "comment")):
        if isinstance(lines := ours.get(theirs), str):
            yield name, lines_to_latex(lines)


def dumps(
    papers: Sequence[Paper],
    *,
    everything: bool = False,
    without: Iterable[str] = (),
    keys: Mapping[str, str] | None = None,
) -> str:
    """Return the papers as a list of items in their order, UTF-8 as it is.

    What is private stands under `custom`, which no style prints.
    """
    left_out = frozenset(name.lower() for name in without)
    items = [
        _item(paper, key, left_out, everything=everything)
        for paper, key in zip(papers, keys_for(papers, keys), strict=True)
    ]
    return f"{to_json(items, indent=2).decode()}\n"


def _item(
    paper: Paper, key: str, left_out: frozenset[str], *, everything: bool
) -> dict[str, object]:
    kept = kept_fields(paper, everything=everything)
    type_ = type_of(paper)
    is_preprint = bool(paper.arxiv) and type_ in _OF_PREPRINTS
    own_type = "article" if is_preprint else _WRITTEN_TYPES.get(type_, "document")
    kind = _kept_text(kept, "csl-type")
    in_volume = not kept.keys().isdisjoint(("journaltitle", "journal", "booktitle"))
    is_container = in_volume or type_ not in ("misc", "online", "dataset", "software")
    venue = "" if is_preprint and paper.venue == "arXiv" else paper.venue
    item: dict[str, object] = {
        "id": clean(key),
        "type": kind if kind in _KINDS or (kind and everything) else own_type,
        "title": clean(paper.title)
        if "title" not in kept or "subtitle" in kept
        else to_markup(kept["title"]),
        "title-short": clean(paper.name or "") if everything else "",
        "author": [_written_name(person) for person in authors_of(paper, kept)],
        "editor": [_written_name(it) for it in persons(kept.get("editor", ""))],
        "translator": [_written_name(it) for it in persons(kept.get("translator", ""))],
        "issued": _written_date(paper, kept),
        "container-title": clean(venue or "") if is_container else "",
        "publisher": "arXiv" if is_preprint and not venue else clean(venue or ""),
        "archive": "arXiv" if paper.arxiv else "",
        "archive_location": paper.arxiv,
        "number": f"arXiv:{paper.arxiv}" if is_preprint else "",
        "DOI": paper.doi,
        "URL": clean(paper.links[0]) if paper.links else "",
        "keyword": clean(_joined(paper.tags)),
    }
    if is_container and not is_preprint:
        del item["publisher"]
    item = {name: value for name, value in item.items() if value}
    _add_kept(item, kept, type_)
    if everything and (custom := _written_custom(paper)):
        item["custom"] = {"papertrack": custom}
    return {name: value for name, value in item.items() if name.lower() not in left_out}


def _joined(tags: Sequence[str]) -> str:
    """Return tags as one text: commas between them, or semicolons where one has a comma."""
    if not any(comma in tag for tag in tags for comma in ",，"):
        return ", ".join(tags)
    return "; ".join(tags) + (";" if len(tags) == 1 else "")


def _kept_text(kept: Mapping[str, str], name: str) -> str:
    return to_text(kept[name]).text if name in kept else ""


def _written_name(person: Person) -> dict[str, str]:
    if person.family == ET_AL:
        return {"literal": _OTHERS}
    if person.whole or not (person.given or person.suffix):
        return {"literal": clean(f"{person.particle} {person.family}".strip())}
    names = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {name: clean(text) for name, text in names.items() if text}


def _written_date(paper: Paper, kept: Mapping[str, str]) -> dict[str, object] | None:
    """Return when it appeared, as exactly as is known: `{"date-parts": [[2019, 6]]}`."""
    texts = _kept_text(kept, "date").split("/")
    dates = [[int(part) for part in text.split("-")] for text in texts if _is_day(text)]
    if not dates and paper.year:
        month = month_of(kept)
        dates = [[paper.year, month] if month else [paper.year]]
    when = _as_json(_kept_text(kept, "csl-issued"))
    more = {it: when[it] for it in _ABOUT_DATES & when.keys()} if isinstance(when, dict) else {}
    return {"date-parts": dates, **more} if dates else None


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", text) is not None


def _add_kept(item: dict[str, object], kept: Mapping[str, str], type_: str) -> None:
    """Add what is kept under the names of CSL; what has none stands under `custom`."""
    for name, raw in kept.items():
        is_own = (
            name.startswith("csl-") and not name.startswith("csl-custom") and name != "csl-type"
        )
        theirs = _SPELLED.get(name[4:], name[4:]) if is_own else _WRITTEN_NAMES.get(name)
        if name == "number" and type_ == "article" and "issue" not in kept:
            theirs = "issue"
        plain = to_text(raw).text
        is_there = theirs in item and (theirs, plain) != ("container-title", item.get(theirs or ""))
        if theirs is None or theirs == "title" or is_there:
            continue
        text = plain if is_own or theirs in _VERBATIM else to_markup(raw)
        text = to_lines(raw).text if theirs == "note" else text
        item[theirs] = _as_json(text) if is_own else text.replace("–", "-") if (
            theirs == "page") else text  # fmt: skip
    for theirs, ours in _DATES.items():
        if theirs != "issued" and _is_day(day := _kept_text(kept, ours)):
            item[theirs] = {"date-parts": [[int(part) for part in day.split("-")]]}


_SPELLED = {name.lower(): name for name in ("journalAbbreviation", "PMID", "PMCID", "shortTitle")}


def _as_json(text: str) -> object:
    with suppress(ValueError, RecursionError):
        value: object = json.loads(text) if text.startswith(("{", "[")) else text
        return value
    return text


def _written_custom(paper: Paper) -> dict[str, object]:
    """Return what has no place in CSL, so that importing it again gives the same paper."""
    dates = {name: day for name in DATES if (day := getattr(paper, name))}
    texts = {"lab": paper.lab, "summary": paper.summary, "notes": paper.notes}
    return {
        **({} if paper.status is Status.TO_READ else {"status": paper.status.value}),
        **({"priority": paper.priority} if paper.priority else {}),
        **({"tags": list(paper.tags)} if any(";" in tag for tag in paper.tags) else {}),
        **({"links": [clean(link) for link in paper.links[1:]]} if paper.links[1:] else {}),
        **{name: day.isoformat() for name, day in dates.items()},
        **{name: "\n".join(map(clean, it.split("\n"))) for name, it in texts.items() if it},
        **({"bibtex": kept} if (kept := _without_place(paper)) else {}),
    }


def _without_place(paper: Paper) -> dict[str, str]:
    return {
        name: clean(raw)
        for name, raw in paper.bibtex.items()
        if name not in ("type", "key")
        and (name != "author" or "\\" in raw)
        and not name.startswith("csl-")
        and name not in _WRITTEN_NAMES
        and name not in ("editor", "translator", "date", "urldate", "origdate", "subtitle")
    }
