"""What an entry of a bibliography says of a paper: its fields in BibTeX, made into ours."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from papertrack.bibtex.entries import Citation
from papertrack.bibtex.latex import (
    outside_of_groups,
    split_outside,
    to_latex,
    to_lines,
    to_text,
    without_markup,
)
from papertrack.bibtex.names import persons, read_names
from papertrack.identifiers import ARXIV_ID, VERSION, normalise_arxiv, normalise_doi, noted_ids
from papertrack.models import FIELDS
from papertrack.patterns import pattern
from papertrack.status import Status, status_of
from papertrack.typed import Value


class Said(NamedTuple):
    """What an entry says."""

    values: dict[str, Value]
    """By the paper's field; what it does not say is not there."""
    derived: frozenset[str]
    """The fields of the entry that say nothing which the values do not."""


VENUES = ("journaltitle", "journal", "booktitle", "eventtitle", "howpublished", "institution",
          "school")  # fmt: skip
"""The fields that name a venue, the surest first."""
HOMES = {
    "journaltitle": "journal", "keyword": "keywords", "annotation": "annote", "summary": "annote",
    "review": "comment", "date": "year", "dateadded": "date-added", "creationdate": "date-added",
}  # fmt: skip
"""Other names of fields, and the name under which an export gives the same value back."""
FEEDS = {
    "title": ("title",), "subtitle": ("title",), "maintitle": ("title",), "author": ("authors",),
    "editor": ("authors",), "lab": ("lab",), "shorttitle": ("name",), "journal": ("venue", "arxiv"),
    "journaltitle": ("venue", "arxiv"), "booktitle": ("venue",), "eventtitle": ("venue",),
    "howpublished": ("venue", "links", "arxiv"), "institution": ("venue",), "school": ("venue",),
    "volume": ("arxiv",), "number": ("arxiv",), "note": ("arxiv", "doi"), "year": ("year",),
    "date": ("year",), "doi": ("doi", "arxiv"), "eprint": ("arxiv",), "arxivid": ("arxiv",),
    "arxiv": ("arxiv",), "url": ("links", "arxiv", "doi"),
    "keywords": ("tags", "status", "priority"), "keyword": ("tags", "status", "priority"),
    "mendeley-tags": ("tags",), "tags": ("tags",), "annote": ("summary",),
    "annotation": ("summary",), "summary": ("summary",), "comment": ("notes",),
    "review": ("notes",), "readstatus": ("status",), "priority": ("priority",),
    "timestamp": ("added",), "date-added": ("added",), "dateadded": ("added",),
    "creationdate": ("added",), "date-started": ("started",), "date-finished": ("finished",),
}  # fmt: skip
"""The fields of a paper that a field of an entry may say something of."""
BOOKS = frozenset("book mvbook booklet collection mvcollection proceedings mvproceedings".split())
_LONGEST_NAME = 24
_SKIPPED_PARTS = frozenset("inproceedings conference incollection inbook book phdthesis".split())
_ID = rf"(?P<id>{ARXIV_ID}){VERSION}"
# `arXiv preprint arXiv:2302.13971 [cs.CL]`, `ArXiv`, `CoRR abs/2203.02155`: a venue, perhaps an id.
_PREPRINT = pattern(
    r"(?P<venue>arxiv|corr)(?:[\s.-]*(?:pre-?prints?|e-?prints?|\(cornell university\)))*"
    rf"(?:[\s,:;]*(?:arxiv)?[\s,:]*(?:abs/)?{_ID})?[\s.,]*(?:\[[\w.,\s-]*\])?[\s.,]*",
    re.IGNORECASE,
)
_MARKED_ID = pattern(rf"\s*(?:arxiv\s*[:–]\s*|abs/){_ID}\s*(?:\[[\w.-]*\])?\s*", re.IGNORECASE)
_BARE_ID = pattern(rf"(?:arxiv\s*[:–]\s*|abs/)?{_ID}", re.IGNORECASE)
_YEAR = pattern(r"\s*(\d{4})(?:[a-z]|\s*[/–—-]+\s*\d{2,4}(?:[/-]\d{1,2})?)?\s*")
_PLAUSIBLE = pattern(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")
# What stands beside a year in `Tuesday, August 31, 2010`, `may-june 2008`, `Fourth quarter 2012`.
_WHEN = pattern(
    r"(?:[\s,./-]|\b\d\d?\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*+|quarter|second"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*+|spring|summer|autumn|fall|winter|first|third|fourth)+",
    re.IGNORECASE,
)
_DATE_YEAR = pattern(r"(?<!\d)(?<!^-)\d{4}(?!\d)")  # a minus is a year before Christ's
_DATE = pattern(r"\s*(\d{4})[-./](\d{2})[-./](\d{2})(?![\d])")
_ADDRESS = pattern(r"(?:https?|ftp)://[^\s{}<>\"]+", re.IGNORECASE)
_AVAILABLE = pattern(
    r"[\[(]?\s*(?:available\b|online\b|at\b|from\b|url\b|see\b|[\s:])*"
    r"((?:https?|ftp)://[^\s<>\"]*[^\s<>\".,;)\]])[.,;)\]]*",
    re.IGNORECASE,
)
_DOI_SITE = pattern(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_ARXIV_SITE = pattern(r"https?://(?:www\.|export\.)?arxiv\.org/", re.IGNORECASE)
_TILDE = pattern(r"\{?\\textasciitilde\s?(?:\{\}|\})?|\\~\{\}")
_ESCAPED = pattern(r"\\([_%&#~$ {}-])|[{}]")
_LINKED = pattern(r"\\href\s*\{([^{}]*)\}\s*\{.*\}", re.DOTALL)
_URL_MACRO = pattern(r"\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}")
# What databases and programs remark for themselves, in the places where people write.
_REMARK = pattern(
    r"\s*(?:<p>[^\W\d][\w ]{2,40} - (?:[\d;©]|Copyright).*"
    r"|(?:<p>)?(?:Last updated|Document feature|Date (?:revised|created|completed)|Copyright) - .*"
    r"|(?:<p>)?(?:Export Date|Cited By|(?:Total )?Times Cited[\w ]*|ADS Bibcode|Citation Key|PMC?ID"
    r"|Accession Number|_eprint|tex\.\w+)\s*:.*|ZSCC\b.*|L?\d{9,10}|\d{5})\s*"
)
_CLASS = pattern(r"arxiv\b.*\[([a-z-]+(?:\.[a-z-]+)?)[\],].*", re.IGNORECASE | re.DOTALL)
_READ_STATUS = pattern(r"Read\\?_Status(\\?_Date)?\s*:\s*(.*)", re.IGNORECASE)
_LINE_BREAK = pattern(r"\\\\\s*\n?|\n")
_PRIORITY = pattern(r"(?:prio)?([1-5])", re.IGNORECASE)
_FURTHER_URL = pattern(r"bdsk-url-\d+")
_STATUSES = {"not reading": Status.DROPPED, "new": Status.TO_READ}
_SEMICOLON = pattern(r"[;；]")
_GLUED = pattern(r",(?=\w)")
_COMMA = pattern(r"[,，;；]")
_LINE_END = pattern(r"\n")
# EndNote puts each word on a line of its own, and `*` before what a paper is about; three lines
# without a comma are no wrapped ones either.
_ON_LINES = pattern(
    r"(?:\S[^,;\n]{0,70}\n){2,}\S[^,;\n]{0,70}"
    r"|(?=(?:.*\n)*?(?:.*/)?\*)(?:\S[^;\n]{0,70}(?<![\s,])\n)+\S[^;\n]{0,70}"
)


def read(citation: Citation, wanted: Collection[str] = FIELDS) -> Said:
    """Return what an entry says of a paper; a title only where it has one.

    `wanted` names the fields to be read; what is read together with them may be there too.
    """
    return _Reading(citation).result(frozenset(wanted))


def is_same(name: str, raw: str, written: Mapping[str, str]) -> bool:
    """Say whether an export gives back the value of a field: as Unicode, white space squeezed."""
    home = HOMES.get(name, name)
    other = written.get(name, written.get(home))
    if other is None or raw == other:
        return other is not None
    if home in ("author", "editor"):
        people = persons(raw)
        understood = "\\" not in raw or not any("\\" in part for it in people for part in it[:3])
        return understood and people == persons(other)
    if home in ("doi", "url", "year"):  # `1723~` is about that year
        one, two = verbatim(raw), verbatim(other)
        return one == two or (home == "doi" and normalise_doi(one) == normalise_doi(two))
    if home == "keywords":
        return ("\\" not in raw or to_text(raw).exact) and split_tags(raw) == split_tags(other)
    if home in ("annote", "comment"):
        lines = to_lines(raw)
        return lines.exact and lines.text.split() == to_lines(other).text.split()
    text = to_text(raw)
    return text.exact and text.text == to_text(other).text


def verbatim(raw: str) -> str:
    r"""Return a value that LaTeX does not set, without what protects its signs: `\_` is `_`."""
    if not raw:
        return ""
    linked = _LINKED.fullmatch(raw.strip())
    raw = linked[1] if linked else _URL_MACRO.sub(r"\1", raw.strip())
    tilde = _TILDE.sub("~", raw)
    return _ESCAPED.sub(lambda match: match[1] or "", tilde).strip()


def _listed(raw: str) -> list[str]:
    """Return the addresses in a value: white space divides them, a mark before it belongs to it."""
    *words, last = verbatim(raw).split() or [""]
    return [*(word.rstrip(";,") for word in words), *([last] if last else [])]


def split_tags(raw: str) -> list[str]:
    """Return keywords, cut outside of braces at `;` if there is one, else at commas."""
    outside = outside_of_groups(raw)
    semicolons = len(_SEMICOLON.findall(outside))
    # Better BibTeX and Mendeley put commas without a space between words; Better BibTeX writes
    # semicolons for commas in them, Mendeley sorts them: `Animals,Cell Line, Tumor,Humans`.
    is_glued = len(glued := _GLUED.split(outside)) > max(semicolons, 2)
    is_glued = is_glued and (semicolons > 0 or (", " in outside and glued == sorted(glued)))
    divider = _GLUED if is_glued else _SEMICOLON if semicolons else _COMMA
    divider = _LINE_END if _ON_LINES.fullmatch(outside) else divider
    parts = split_outside(raw, divider)
    return list(dict.fromkeys(text for part in parts if (text := to_text(part).text)))


@lru_cache(maxsize=1024)
def join_tags(tags: tuple[str, ...]) -> str:
    """Return tags as keywords of BibTeX, which `split_tags` cuts again."""
    braced = [
        f"{{{to_latex(tag)}}}" if _SEMICOLON.search(tag) or _GLUED.search(tag) else to_latex(tag)
        for tag in tags
    ]
    if any(_COMMA.search(outside_of_groups(tag)) for tag in braced):
        return "; ".join(braced) + (";" if len(braced) == 1 else "")
    return ", ".join(braced)


_KEYWORDS = ("keywords", "keyword", "mendeley-tags", "tags")
_PROGRESS = frozenset(_KEYWORDS) | frozenset(
    """readstatus priority date-added creationdate dateadded timestamp date-started
    date-finished""".split()
)
"""The fields of an entry that say it."""


class _Reading:
    """An entry as it is being read."""

    def __init__(self, citation: Citation) -> None:
        self._citation = citation
        self._fields = citation.fields
        self._values: dict[str, Value] = {}
        self._derived: set[str] = set()

    def result(self, wanted: frozenset[str]) -> Said:
        for names, take in (
            (("title", "name"), self._take_title),
            (("authors", "lab"), self._take_people),
            (("doi", "arxiv", "links", "venue"), self._take_identifiers),
            (("doi", "arxiv", "links", "venue"), self._take_venue),
            (("year",), self._take_year),
            (("tags", "status", "priority", "added", "started", "finished"), self._take_progress),
            (("summary", "notes"), self._take_texts),
        ):
            if not wanted.isdisjoint(names):
                take()
        return Said(self._values, frozenset(self._derived))

    def _text(self, name: str) -> str:
        raw = self._fields.get(name)
        return to_text(raw).text if raw else ""

    def _put(self, field: str, value: Value | None) -> None:
        if value:
            self._values.setdefault(field, value)

    def _take_title(self) -> None:
        title = self._text("title")
        if not title and self._citation.type in BOOKS:
            title = self._text("booktitle") or self._text("maintitle")
        subtitle = self._text("subtitle")
        if title and subtitle:
            title = f"{title.rstrip(':')}: {subtitle}"
        self._put("title", without_markup(title))
        if len(name := self._text("shorttitle")) <= _LONGEST_NAME:
            self._put("name", name)

    def _take_people(self) -> None:
        raw = self._fields.get("author") or self._fields.get("editor") or ""
        self._put("authors", read_names(raw))
        self._put("lab", self._text("lab"))

    def _take_identifiers(self) -> None:
        fields = self._fields
        further = filter(_FURTHER_URL.fullmatch, fields)
        numbered = sorted(further, key=lambda name: int(name.rpartition("-")[2][:9]))
        urls = [name for name in ("url", *numbered) if name in fields]
        addresses = list(self._addresses(urls))
        dois = [normalise_doi(verbatim(fields["doi"]))] if "doi" in fields else []
        texts = [*addresses, verbatim(fields.get("note", ""))]
        noted = map(normalise_doi, noted_ids(texts[-1]))
        doi = next(filter(None, (*dois, *map(_doi_in, addresses), *noted)), None)
        arxiv = next(filter(None, self._arxiv_ids(doi, texts)), None)
        self._put("doi", doi)
        self._put("arxiv", arxiv)
        same = {it for it in addresses if _identifies(it, doi, arxiv)}
        self._put("links", tuple(dict.fromkeys(it for it in addresses if it not in same)))
        for name in urls:
            words = _listed(fields[name])
            known = same if name == "url" else addresses
            # Beside a short DOI, `10/gb87sx`, the address is what says the DOI.
            if words and all(word in known for word in words) and dois != [None]:
                self._derived.add(name)

    def _addresses(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            words = _listed(self._fields[name])
            if words and all(_ADDRESS.fullmatch(word) for word in words):
                yield from words
        if published := _published_at(self._fields.get("howpublished", "")):
            yield published

    def _arxiv_ids(self, doi: str | None, texts: list[str]) -> Iterator[str | None]:
        fields = self._fields
        present = fields.__contains__
        archive = verbatim(fields.get("archiveprefix", fields.get("eprinttype", ""))).lower()
        eprint = verbatim(fields.get("eprint", ""))
        is_named = archive == "arxiv" or "arxiv" in eprint.lower()
        if is_named or (eprint and not archive and _BARE_ID.fullmatch(eprint)):
            if eprint[:7].isdigit():  # the archive stands apart
                eprint += f" [{fields.get('primaryclass', fields.get('eprintclass'))}]"
            identifier = normalise_arxiv(eprint)
            if identifier and archive:
                self._derived.update({"archiveprefix", "eprinttype"} & fields.keys())
            yield identifier
        for name in filter(present, ("arxivid", "arxiv")):
            yield normalise_arxiv(verbatim(fields[name]))
        if doi and doi.startswith("10.48550/"):
            yield normalise_arxiv(doi)
        names = filter(present, ("journal", "journaltitle", "howpublished", "note"))
        preprints = [*filter(None, map(_PREPRINT.fullmatch, map(self._text, names)))]
        yield from (normalise_arxiv(it["id"]) for it in preprints if it["id"])
        for name in filter(present, ("volume", "number", "note", "howpublished", "pages")):
            if marked := (_BARE_ID if preprints else _MARKED_ID).fullmatch(self._text(name)):
                yield normalise_arxiv(marked["id"])
        yield from map(_arxiv_in, texts)
        yield from map(normalise_arxiv, noted_ids(texts[-1]))

    def _take_venue(self) -> None:
        arxiv = str(self._values.get("arxiv", ""))
        doi = str(self._values.get("doi", "10.48550/arxiv."))
        only_there = self._citation.type not in _SKIPPED_PARTS and doi.startswith("10.48550/")
        for name in filter(self._fields.__contains__, VENUES):
            venue = without_markup(self._text(name))
            if not venue or _published_at(self._fields[name]):
                continue
            if name == "booktitle" and venue == self._values.get("title") and (
                self._citation.type in BOOKS
            ):  # fmt: skip
                continue
            preprint = _PREPRINT.fullmatch(venue)
            if preprint is None or not (arxiv or venue.lower() == "arxiv"):
                self._put("venue", venue)
                break
            is_arxiv = preprint["venue"].lower() == "arxiv"
            self._put("venue", "arXiv" if is_arxiv else "CoRR")
            says_no_more = not preprint["id"] or normalise_arxiv(preprint["id"]) == arxiv
            if says_no_more and (only_there or not is_arxiv):
                self._derived.add(name)
            break
        if arxiv and only_there:
            self._put("venue", "arXiv")
        repeating = ["number", "note"] if arxiv else []
        if self._values.get("venue") == "arXiv":
            repeating.append("volume")
        for name in repeating:
            marked = _MARKED_ID.fullmatch(self._text(name))
            if marked and normalise_arxiv(marked["id"]) == arxiv and "[" not in marked[0]:
                self._derived.add(name)

    def _take_year(self) -> None:
        year = _YEAR.fullmatch(self._text("year"))
        if year is None and (year := _PLAUSIBLE.search(self._text("year"))):
            rest = f"{year.string[: year.start()]} {year.string[year.end() :]}"
            year = year if _WHEN.fullmatch(rest) else None
        digits = year[1] if year else ""
        if not self._text("year") and (match := _DATE_YEAR.search(self._text("date"))):
            digits = match[0]
        self._put("year", int(digits or 0))

    def _take_progress(self) -> None:
        """Take tags and how far somebody is: of JabRef, of BibDesk, of Zotero's reading list."""
        if _PROGRESS.isdisjoint(self._fields):
            return
        words: list[str] = []
        for name in _KEYWORDS:
            words += split_tags(self._fields[name]) if name in self._fields else ()
        self._put("tags", tuple(dict.fromkeys(words)))
        if status := _status(self._text("readstatus")):
            self._put("status", status)
            self._derived.add("readstatus")
        if priority := _PRIORITY.fullmatch(self._text("priority")):
            self._put("priority", int(priority[1]))
            self._derived.add("priority")
        for name in ("date-added", "creationdate", "dateadded", "timestamp"):
            text = self._text(name)
            if name != "timestamp" or len(text.strip()) == len("2020-09-12"):
                self._put("added", _day(text))
        self._put("started", _day(self._text("date-started")))
        self._put("finished", _day(self._text("date-finished")))

    def _take_texts(self) -> None:
        for name in ("annote", "annotation", "summary"):
            if (text := self._free_text(name)) and not is_remark(text):
                self._put("summary", text)
        for name in ("comment", "review"):
            self._put("notes", self._free_text(name))

    def _free_text(self, name: str) -> str:
        raw = self._fields.get(name)
        text = to_lines(raw).text if raw else ""
        return text.rstrip(" ") if text.strip() else ""


def is_remark(text: str) -> bool:
    """Say whether a program wrote each line of a text for itself: `Cited By: 7`."""
    return all(_REMARK.fullmatch(line) for line in text.split("\n"))


def _published_at(raw: str) -> str | None:
    """Return the address that `howpublished` says and nothing else, None for another value."""
    available = _AVAILABLE.fullmatch(verbatim(raw))
    return available[1] if available else None


def _doi_in(address: str) -> str | None:
    return normalise_doi(address) if _DOI_SITE.match(address) else None


def _arxiv_in(address: str) -> str | None:
    return normalise_arxiv(address) if _ARXIV_SITE.match(address) else None


def _identifies(address: str, doi: str | None, arxiv: str | None) -> bool:
    """Say whether an address says no more than the paper's DOI or arXiv id."""
    if inside := _doi_in(address):
        return inside == doi
    return arxiv is not None and _arxiv_in(address) == arxiv


def _status(word: str) -> Status | None:
    return (_STATUSES.get(word.strip().lower()) or status_of(word)) if word else None


def _day(text: str) -> date | None:
    match = _DATE.match(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def unfolded(citation: Citation, without: Container[str] = ()) -> Citation:
    """Return the entry with what other programs hide in notes and keywords in fields of its own.

    `without` names fields to leave out.

    zotero-reading-list writes lines `Read_Status: In Progress` into notes; older JabRefs wrote
    `rank3` and `relevant` among the keywords.
    """
    fields = {name: raw for name, raw in citation.fields.items() if name not in without}
    for name in ("note", "annotation", "annote", "extra", "comment"):
        if "Status" in fields.get(name, ""):
            _unfold_status(fields, name)
    if not {"primaryclass", "eprintclass"} & fields.keys():
        for name in ("journal", "journaltitle", "howpublished"):
            raw = fields.get(name, "")
            if "[" in raw and (named := _CLASS.fullmatch(raw)):
                fields["primaryclass"] = named[1]
    _unfold_words(fields)
    return citation._replace(fields=fields)


def _unfold_words(fields: dict[str, str]) -> None:
    if "intrahash" in fields and "," not in fields.get("keywords", ","):  # BibSonomy divides so
        fields["keywords"] = ", ".join(fields["keywords"].split())
    for name in filter(fields.__contains__, _KEYWORDS):
        words = split_tags(fields[name])
        special = {word: field for word in words if (field := _SPECIAL_WORDS.get(word.lower()))}
        for word, field in special.items():
            fields.setdefault(field, word.lower())
        if special:
            fields[name] = join_tags(tuple(word for word in words if word not in special))


_SPECIAL_WORDS = {
    **{f"{it[:4]}{number}": it for it in ("ranking", "priority") for number in range(1, 6)},
    **dict.fromkeys("read skimmed unread toread to-read currently-reading".split(), "readstatus"),
    **dict.fromkeys("已读 未读 待读 在读".split(), "readstatus"),
    "to read": "readstatus", "currently reading": "readstatus", "currentlyreading": "readstatus",
    "relevant": "relevance", "printed": "printed", "qualityassured": "qualityassured",
}  # fmt: skip
"""Keywords of JabRef, and others that say a status, which are no tags, and the fields for them."""


def _unfold_status(fields: dict[str, str], name: str) -> None:
    matches = map(_READ_STATUS.fullmatch, map(str.strip, _LINE_BREAK.split(fields[name])))
    values = {bool(it[1]): it[2].strip() for it in matches if it}
    status, day = _status(to_text(values.get(False, "")).text), values.get(True, "")
    if status is None:
        return
    fields[name] = without_status(fields[name])
    fields.setdefault("readstatus", WRITTEN_STATUS[status])
    dated = {Status.READING: "date-started", Status.DONE: "date-finished"}.get(status)
    if dated and _day(day):
        fields.setdefault(dated, day[:10])
    elif day:
        fields.setdefault("readstatus-date", day)


def without_status(raw: str) -> str:
    """Return a note without the lines in which zotero-reading-list keeps a status."""
    lines = _LINE_BREAK.split(raw)
    others = [line for line in lines if not _READ_STATUS.fullmatch(line.strip())]
    return raw if len(others) == len(lines) else "\n".join(others).strip()


WRITTEN_STATUS = {
    Status.TO_READ: "to-read", Status.READING: "reading", Status.SKIMMED: "skimmed",
    Status.DONE: "read", Status.DROPPED: "dropped",
}  # fmt: skip
"""The word for each status; JabRef shows `read` and `skimmed`."""
