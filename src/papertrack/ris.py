"""RIS, which reference managers and libraries' catalogues write ↔ papers.

The tags are those of https://en.wikipedia.org/wiki/RIS_(file_format), with the readings that files
of EndNote, Zotero, PubMed, Scopus and JabRef have in common.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from papertrack.authors import ET_AL
from papertrack.bibliography import Bibliography, EntryDoubt
from papertrack.bibtex import papers_of
from papertrack.bibtex.entries import Citation
from papertrack.bibtex.exporting import authors_of, kept_fields, keys_for, month_of, type_of
from papertrack.bibtex.latex import (
    clean,
    lines_to_latex,
    marked_up,
    to_latex,
    to_lines,
    to_markup,
    to_text,
)
from papertrack.bibtex.mapping import is_remark, join_tags
from papertrack.bibtex.names import Person, person_named, persons, spell, write_names
from papertrack.errors import PapertrackError, on_one_line
from papertrack.identifiers import normalise_doi
from papertrack.models import Paper
from papertrack.patterns import pattern

_TYPES = {
    "JOUR": "article", "EJOU": "article", "MGZN": "article", "NEWS": "article", "ABST": "article",
    "CONF": "inproceedings", "CPAPER": "inproceedings", "CHAP": "incollection",
    "ECHAP": "incollection", "BOOK": "book", "EBOOK": "book", "WHOLE": "book",
    "EDBOOK": "collection", "THES": "thesis", "RPRT": "report", "GOVDOC": "report",
    "UNPB": "unpublished", "PREPRINT": "misc", "ELEC": "online", "WEB": "online",
    "ICOMM": "online", "BLOG": "online", "DATA": "dataset", "AGGR": "dataset", "COMP": "software",
    "PAT": "patent", "ENCYC": "inreference", "GEN": "misc", "MISC": "misc",
}  # fmt: skip
_WRITTEN_TYPES = {
    "article": "JOUR", "inproceedings": "CONF", "conference": "CONF", "proceedings": "CONF",
    "book": "BOOK", "booklet": "BOOK", "collection": "EDBOOK", "incollection": "CHAP",
    "inbook": "CHAP", "inreference": "ENCYC", "phdthesis": "THES", "mastersthesis": "THES",
    "thesis": "THES", "techreport": "RPRT", "report": "RPRT", "manual": "RPRT",
    "unpublished": "UNPB", "online": "ELEC", "electronic": "ELEC", "www": "ELEC",
    "dataset": "DATA", "software": "COMP", "patent": "PAT",
}  # fmt: skip
_VENUES = ("T2", "JF", "BT", "JO", "JA", "J1", "J2")
_NAMES = {
    "VL": "volume", "IS": "number", "PB": "publisher", "CY": "location", "PP": "location",
    "ET": "edition", "LA": "language", "ST": "shorttitle", "T3": "series", "AB": "abstract",
    "N2": "abstract", "Y2": "urldate",
}  # fmt: skip
_PEOPLE = {"AU": "author", "A1": "author", "ED": "editor", "A2": "editor", "A4": "translator"}
_DATES = ("PY", "Y1", "DA")
_READ = frozenset({"TY", "ER", "ID", "TI", "T1", "CT", "SP", "EP", "SN", "DO", "UR", "L1", "L2",
                   "LK", "KW", "N1", "RN", "M3", *_VENUES, *_NAMES, *_PEOPLE, *_DATES})  # fmt: skip
_OTHERS = frozenset("AD AN AV DB DP LB L3 L4 M1 M2 NV OP RI RP SE TA TT".split())
# Two letters and a hyphen also begin lines of prose: only tags that are known count.
_LINE = pattern(r"([ \t]*)([A-Za-z][A-Za-z0-9])[ \t]{1,2}-(?:[ \t](.*))?", re.DOTALL)
_END = pattern(r"^[ \t]*ER[ \t]{1,2}-", re.IGNORECASE | re.MULTILINE)
_STRICT = pattern(r"\s*[A-Z][A-Z0-9]  - ")
# Rayyan puts several tags on one line.
_JOINED = pattern(r"(?<=\S)[ \t]{3,}+(?=[A-Z][A-Z0-9]  - )")
_NUMBERED = pattern(r"[CU]\d|A[1-9]|T\d|L\d|M\d|Y\d|J\d|N\d")
_DATE = pattern(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?(?:[/ ]*|/+(?P<more>[^/ ].*))")
_WEB = pattern(r"(?:https?|ftp)://\S+", re.IGNORECASE)
_BREAK = pattern(r"<br\s*/?>?", re.IGNORECASE)
_OTHER_PEOPLE = ("et al", "et al.", "...", "…")
_ISBN = pattern(r"(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx]")


class _Record(NamedTuple):
    line: int
    values: list[tuple[str, str]]
    """Each tag with its value, the lines of which stay apart."""


def loads(text: str, *, without: Iterable[str] = ()) -> Bibliography:
    """Return the papers of a text in RIS, and what is to be said of its records.

    Text outside of any record is a doubt. Raises PapertrackError for another format.
    """
    doubts: list[EntryDoubt] = []
    citations = [_citation(record) for record in _records(text, doubts)]
    if doubts and not citations and not _END.search(text):
        raise PapertrackError(
            'this is not RIS, whose records begin with "TY  - ": nothing was imported'
        )
    read = papers_of(citations, without)
    return Bibliography(
        papers=read.papers, left_out=read.left_out, doubts=tuple(sorted((*doubts, *read.doubts)))
    )


def _records(text: str, doubts: list[EntryDoubt]) -> Iterator[_Record]:
    """Yield the records, and tell of those that do not end."""
    record: _Record | None = None
    indent = ""
    outside = False
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pieces = ((number, it) for number, line in enumerate(lines, 1) for it in _JOINED.split(line))
    for number, line in pieces:
        match = _begun(line, None if record is None else indent)
        tag = match[2].upper() if match else ""
        if match and tag == "TY":
            if record is not None:
                doubts.append(_unclosed(record, "no ER before the next TY"))
                yield record
            record, indent, outside = _Record(number, []), match[1], False
        if record is None:
            if line.strip() and tag != "ER" and not outside:
                message = f"outside of any record: {on_one_line(line, 60)}"
                doubts.append(EntryDoubt(number, "", message, "left out"))
                outside = True  # so are the lines below it
        elif match and tag == "ER":
            yield record
            record = None
        elif match:
            record.values.append((tag, (match[3] or "").strip()))
        elif record.values:
            tag, value = record.values.pop()  # a further line of it
            record.values.append((tag, f"{value}\n{line.strip()}".rstrip("\n")))
    if record is not None:
        doubts.append(_unclosed(record, "the last record has no ER"))
        yield record


def _unclosed(record: _Record, message: str) -> EntryDoubt:
    key = next((value for tag, value in record.values if tag == "ID"), "")
    return EntryDoubt(record.line, key, message, "it ends there")


def _begun(line: str, indent: str | None) -> re.Match[str] | None:
    """Return the tag and value that a line begins: indented as its record is, and known."""
    match = _LINE.fullmatch(line)
    if match is None or indent is None:
        return match
    tag = match[2].upper()
    is_known = tag in _READ or tag in _OTHERS or _NUMBERED.fullmatch(tag) or _STRICT.match(line)
    return match if is_known and len(match[1]) <= len(indent) else None


def _citation(record: _Record) -> Citation:
    values: dict[str, list[str]] = {}
    for tag, value in record.values:
        if value.strip():
            values.setdefault(tag, []).append(value.strip())
    kind = " ".join(values.get("TY", [""])[0].split()).upper()
    type_ = _TYPES.get(kind, "misc")
    entry = {
        **dict(_title(values, type_)),
        **dict(_people(values)),
        **_venues(values, type_),
        **_texts(values),
        **_dates(values),
        **_addresses(values),
    }
    if kind not in _TYPES or _WRITTEN_TYPES.get(type_, "GEN") != kind:
        entry["ris-ty"] = to_latex(kind)
    for tag, texts in values.items():
        if tag not in _READ:
            entry[f"ris-{tag.lower()}"] = lines_to_latex("\n".join(map(_line, texts)))
    key = _line(values.get("ID", [""])[0])
    if "://" in key:  # nobody cites a paper by an address
        entry["ris-id"], key = to_latex(key), ""
    return Citation(type_, key, record.line, entry, {})


def _title(values: dict[str, list[str]], type_: str) -> Iterator[tuple[str, str]]:
    titles = [_line(it) for tag in ("TI", "T1", "CT") for it in values.get(tag, ())]
    if not titles and type_ in ("book", "collection"):
        titles = [_line(it) for it in values.pop("BT", ())]
    if titles:
        yield "title", marked_up(": ".join(dict.fromkeys(titles)))


def _people(values: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for tags in (("AU", "A1"), ("ED", "A2"), ("A4",)):
        names: list[str] = []
        for tag in tags:  # two people may have one name, but several tags say the same again
            lines = (it for text in values.get(tag, ()) for it in re.split(r"\n|;\s", text))
            known = set(names)
            names += [it for it in map(_name, lines) if it and it not in known]
        if names:
            yield _PEOPLE[tags[0]], write_names(tuple(names))


def _texts(values: dict[str, list[str]]) -> dict[str, str]:
    entry: dict[str, str] = {}
    for tag, name in _NAMES.items():
        if (texts := values.get(tag)) and name not in entry:
            as_latex = lines_to_latex if name == "abstract" else _as_line
            entry[name] = as_latex("\n".join(texts)).replace("\\\\ ", "\n")
    if pages := [_line(values[tag][0]) for tag in ("SP", "EP") if tag in values]:
        joined = to_latex("–".join(dict.fromkeys(pages)))
        entry["pages"] = re.sub(r"\s*+[-–—]++\s*+", "--", joined)
    for number in map(_as_line, values.get("SN", ())):
        name = "isbn" if _ISBN.match(number) else "issn"
        name = "ris-sn" if name in entry else name
        entry[name] = f"{entry[name]}\\\\ {number}" if name in entry else number
    words = (
        word.strip() for text in values.get("KW", ()) for word in re.split(r"\n|;(?=\S)", text)
    )
    if tags := [word for word in words if word]:
        entry["keywords"] = join_tags(tuple(dict.fromkeys(tags)))
    notes = [note for tag in ("N1", "RN") for note in values.get(tag, ())]
    remarks = [note for note in notes if is_remark(note)]
    for name, texts in (
        ("comment", [it for it in notes if it not in remarks]),
        ("ris-n1", remarks),
    ):
        if texts:
            entry[name] = lines_to_latex("\n".join(texts))
    return entry


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _as_line(text: str) -> str:
    return to_latex(_line(text))


def _name(text: str) -> str:
    """Return `Last, First, Suffix` as the catalogue spells it."""
    parts = [part for part in map(str.strip, _line(text).split(",")) if part]
    if len(parts) == 1:
        return ET_AL if parts[0].lower() in _OTHER_PEOPLE else parts[0]
    if len(parts) > 3 or not parts:
        return ", ".join(parts)
    person = person_named(f"{parts[0]}, {parts[1]}")
    if person.whole:
        person = Person(parts[0], parts[1])
    return spell(person._replace(suffix=parts[2]) if len(parts) == 3 else person)


def _venues(values: dict[str, list[str]], type_: str) -> dict[str, str]:
    """Return the fullest name of the journal or book; others are kept as they came."""
    home = "journaltitle" if type_ == "article" else "booktitle"
    entry: dict[str, str] = {}
    for tag in _VENUES:
        for name in map(_as_line, values.get(tag, ())):
            if entry.setdefault(home, name) != name:
                entry.setdefault(f"ris-{tag.lower()}", name)
    return entry


def _dates(values: dict[str, list[str]]) -> dict[str, str]:
    entry: dict[str, str] = {}
    for tag in _DATES:
        for text in map(_line, values.get(tag, ())):
            date = _DATE.fullmatch(text)
            if date is None:
                is_year = tag != "DA" and "date" not in entry
                entry.setdefault("year" if is_year else f"ris-{tag.lower()}", to_latex(text))
                continue
            if date["more"]:  # a season, or what is no month
                entry["ris-da"] = to_latex(text)
            parts = [part.zfill(2) for part in date.groups()[1:3] if part and int(part)]
            day = "-".join([date[1], *parts])
            if day.startswith(entry.get("date", "")):
                entry["date"] = day
            elif entry.get("date") != day:
                entry["ris-da"] = day
    if "year" in entry and "date" in entry:
        entry["ris-py"] = entry.pop("year")
    return entry


def _addresses(values: dict[str, list[str]]) -> dict[str, str]:
    entry: dict[str, str] = {}
    for tag in ("DO", "M3"):
        for value in values.get(tag, ()):
            text = _line(_BREAK.sub("", value))
            name = "doi" if normalise_doi(text) else f"ris-{tag.lower()}"
            entry.setdefault(name, text if name == "doi" else to_latex(text))
    links: dict[str, None] = {}
    files = []
    for tag in ("UR", "LK", "L1", "L2"):
        for value in values.get(tag, ()):
            words = value.split()
            links.update(dict.fromkeys(filter(_WEB.fullmatch, words)))
            # A path may have spaces, and other programs write one line behind an address.
            files.append(" ".join(word for word in words if not _WEB.fullmatch(word)))
    for number, link in enumerate(links, 1):
        entry["url" if number == 1 else f"bdsk-url-{number}"] = link
    if any(files):
        entry["file"] = to_latex("; ".join(filter(None, files)))
    return entry


def dumps(
    papers: Sequence[Paper],
    *,
    everything: bool = False,
    without: Iterable[str] = (),
    keys: Mapping[str, str] | None = None,
) -> str:
    """Return the papers as records in their order; LF, UTF-8, no BOM."""
    left_out = frozenset(name.lower() for name in without)
    return "".join(
        _record_of(paper, key, left_out, everything=everything)
        for paper, key in zip(papers, keys_for(papers, keys), strict=True)
    )


_LEFT_OUT_BY = {
    "AU": ("author", "authors"), "A2": ("editor",), "A4": ("translator",), "TI": ("title",),
    "ST": ("name", "shorttitle"), "T2": ("venue", "journal", "booktitle"), "PY": ("year",),
    "DA": ("date",), "T3": ("series",), "VL": ("volume",), "IS": ("number",), "SP": ("pages",),
    "EP": ("pages",), "PB": ("publisher",), "CY": ("location", "address"), "ET": ("edition",),
    "LA": ("language",), "SN": ("isbn", "issn"), "DO": ("doi",), "UR": ("url", "links"),
    "KW": ("keywords", "tags"), "AB": ("abstract",), "N1": ("notes", "comment"),
}  # fmt: skip
"""The names by which a person leaves a tag out."""


def _record_of(paper: Paper, key: str, left_out: frozenset[str], *, everything: bool) -> str:
    kept = kept_fields(paper, everything=everything)
    lines = [
        f"{tag}  - {_value(text) if tag in ('AB', 'N1') else _line(text)}\n"
        for tag, text in _tags(paper, kept, key, everything=everything)
        if text and not left_out.intersection(_LEFT_OUT_BY.get(tag, (f"ris-{tag.lower()}",)))
    ]
    return "".join([*lines, "ER  - \n\n"])


def _tags(
    paper: Paper, kept: dict[str, str], key: str, *, everything: bool
) -> Iterator[tuple[str, str]]:
    def text(name: str) -> str:
        return to_text(kept[name]).text if name in kept else ""

    type_ = type_of(paper)
    is_preprint = bool(paper.arxiv) and type_ in ("misc", "online", "unpublished")
    yield "TY", text("ris-ty") or ("UNPB" if is_preprint else _WRITTEN_TYPES.get(type_, "GEN"))
    yield "ID", key
    editors, translators = (persons(kept.get(name, "")) for name in ("editor", "translator"))
    people = (("AU", authors_of(paper, kept)), ("A2", editors), ("A4", translators))
    # RIS has no word for others: programs take `et al.` for somebody's name.
    yield from (
        (tag, _written_name(it)) for tag, all_ in people for it in all_ if it.family != ET_AL
    )
    is_kept = everything and "title" in kept and "subtitle" not in kept
    yield "TI", to_markup(kept["title"]) if is_kept else paper.title
    if everything:
        yield "ST", paper.name or text("shorttitle")
    yield "T2", paper.venue or ""
    yield "PY", str(paper.year or text("year"))
    month = f"{paper.year}/{number:02}" if paper.year and (number := month_of(kept)) else ""
    yield "DA", text("date").replace("-", "/") or month
    yield from ((tag, text(_NAMES[tag])) for tag in ("T3", "VL", "IS"))
    first, _, last = text("pages").replace("–", "-").partition("-")
    yield "SP", first
    yield "EP", last.strip("-")
    yield "PB", text("publisher") or text("institution") or text("school")
    yield "CY", text("address") or text("location")
    yield from ((tag, text(_NAMES[tag])) for tag in ("ET", "LA"))
    yield from (("SN", text(name)) for name in ("isbn", "issn"))
    yield "DO", paper.doi or ""
    for link in paper.links[: None if everything else 1]:
        yield "UR", link
    if paper.arxiv:
        yield "UR", f"https://arxiv.org/abs/{paper.arxiv}"
    yield from (("KW", tag) for tag in paper.tags)
    if everything:
        yield from _private(paper, kept)


def _private(paper: Paper, kept: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield "AB", to_lines(kept["abstract"]).text if "abstract" in kept else ""
    if "file" in kept:
        yield from (("L1", path) for path in to_text(kept["file"]).text.split("; "))
    yield "Y2", to_text(kept["urldate"]).text if "urldate" in kept else ""
    yield "N1", paper.summary or ""
    yield "N1", paper.notes or ""
    for name in sorted(kept):
        if name.startswith("ris-") and name != "ris-ty":
            yield from ((name[4:].upper(), it) for it in to_lines(kept[name]).text.split("\n"))


def _written_name(person: Person) -> str:
    family = f"{person.particle} {person.family}".strip()
    parts = (family, person.given, person.suffix)
    return family if person.whole else ", ".join(filter(None, parts))


def _value(text: str) -> str:
    """Return a value; a further line that looks like a tag begins with a space."""
    first, *more = (clean(line) for line in text.rstrip("\n").split("\n"))
    return "\n".join([first, *(f" {line}" if _LINE.fullmatch(line) else line for line in more)])
