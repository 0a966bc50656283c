"""Papers as BibTeX and BibLaTeX: fields in a fixed order, one a line, the same bytes each time."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from papertrack.authors import family_first
from papertrack.bibtex.entries import FREE_TEXT, MONTHS, Citation
from papertrack.bibtex.latex import (
    clean,
    is_balanced,
    lines_to_latex,
    protect,
    to_latex,
    to_lines,
    to_text,
)
from papertrack.bibtex.mapping import (
    FEEDS,
    HOMES,
    VENUES,
    WRITTEN_STATUS,
    join_tags,
    read,
    verbatim,
    without_status,
)
from papertrack.bibtex.names import Person, person_named, persons, read_names, write_names
from papertrack.identifiers import arxiv_of_doi
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.sources import VenueKind, kind_of
from papertrack.status import Status

_ORDER = """author editor title subtitle journal journaltitle booktitle howpublished school
institution year date month volume number pages series edition chapter publisher organization
location address isbn issn doi eprint eprinttype archiveprefix eprintclass primaryclass url
urldate note keywords""".split()
"""The order of fields in an entry; all others follow by name."""
_RANKS = {name: rank for rank, name in enumerate(_ORDER)}
_PRIVATE = frozenset(
    """file groups owner timestamp ranking readstatus readstatus-date priority comment annote
    annotation review abstract summary lab shorttitle relevance printed qualityassured extra
    date-added date-started date-finished date-modified dateadded creationdate modificationdate
    __markedentry mendeley-tags mendeley-groups local-url crossref xref xdata""".split()
)
"""What is no part of a citation, and goes out with `everything` only."""
_PRIVATE_PREFIXES = ("bdsk-", "ris-", "csl-", "jabref-")
BIBLATEX = {
    "journal": "journaltitle", "address": "location", "annote": "annotation",
    "primaryclass": "eprintclass", "archiveprefix": "eprinttype", "school": "institution",
}  # fmt: skip
"""BibLaTeX's names of what BibTeX calls otherwise."""
_BIBTEX = {"location": "address", "journaltitle": "journal", "eprintclass": "primaryclass"}
_MONTH_OF_DATE = pattern(r"\d{4}-(0[1-9]|1[0-2])(?!\d)")
_FIELD_NAME = pattern(r"[^\s{}\",=#%()'\\~@]+")
_UNFIT_FOR_KEY = pattern(r"[\s{}\",=%#\\~]+")
MARKS = ("type", "key")
"""What `[paper.bibtex]` holds that is no field of the entry; fields of these names are others'."""
FIELD_OF_NAME = {"type": "field-type", "key": "field-key"}
NAME_OF_FIELD = {held: name for name, held in FIELD_OF_NAME.items()}
_PLAIN_TYPES = {
    "report": "techreport", "inreference": "incollection", "mvproceedings": "proceedings",
    **dict.fromkeys("mvbook collection mvcollection reference".split(), "book"),
    **dict.fromkeys("online www webpage electronic dataset software thesis".split(), "misc"),
}  # fmt: skip
"""Types that styles of BibTeX do not know, and the nearest that all of them do."""
_KINDS = {"phdthesis": "phdthesis", "mathesis": "mastersthesis", "techreport": "techreport"}
"""Words for `type` of which BibLaTeX prints others, and the types of BibTeX that say the same."""
_STOP_WORDS = frozenset("a an the on of for and in to with from is are at by as".split())
_HOMES_OF_VENUES = {
    "article": "journal", "inproceedings": "booktitle", "conference": "booktitle",
    "incollection": "booktitle", "inbook": "booktitle", "phdthesis": "school",
    "mastersthesis": "school", "thesis": "institution", "techreport": "institution",
    "report": "institution",
}  # fmt: skip


def type_of(paper: Paper) -> str:
    """Return the type of its entry in BibTeX: what is kept, else what its venue tells."""
    if kept := paper.bibtex.get("type"):
        return kept
    venue = paper.venue or ""
    if paper.arxiv and venue.lower() in ("", "arxiv"):
        return "misc"
    types = {VenueKind.CONFERENCE: "inproceedings", VenueKind.JOURNAL: "article"}
    kind = kind_of(venue)
    return types.get(kind, "misc") if kind else "misc"


def fields(
    paper: Paper,
    *,
    biblatex: bool = False,
    everything: bool = True,
    labs: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """Return the fields of the paper's entry, values as they stand between braces.

    A kept value stands before the one made from a field, as long as reading it gives what the
    field says.
    """
    own = _own(paper, labs, everything=everything)
    kept = kept_fields(paper, everything=everything, own=own)
    for name in kept:
        home = HOMES.get(name, name)
        if home not in ("year", name):  # a date stands beside its year
            own.pop(home, None)
    written = own | kept
    if not everything or biblatex:
        if biblatex and written.keys() >= {"address", "location"}:  # the ACM gives both
            written.setdefault("venue", written.pop("location"))
        names = BIBLATEX if biblatex else _BIBTEX
        renamed = {name: other for name, other in names.items() if other not in written}
        written = {renamed.get(name, name): value for name, value in written.items()}
    if biblatex and "year" in written and ("date" in written or written["year"].isdigit()):
        year = written.pop("year")
        if "date" not in written:
            number = month_of(written)
            written["date"] = f"{year}-{number:02}" if number else year
            if number:
                del written["month"]
    elif not everything and "month" not in written and (number := month_of(written)):
        written["month"] = list(MONTHS)[number - 1]
    if not everything and not biblatex:
        _make_plain(written, paper)
    return written


def _make_plain(written: dict[str, str], paper: Paper) -> None:
    """Leave to BibLaTeX what BibTeX does not know: further keys, a date, a subtitle."""
    written.pop("ids", None)
    if "year" in written:
        written.pop("date", None)
    if written.pop("subtitle", None):
        written["title"] = protect(paper.title)
    if type_of(paper) not in _PLAIN_TYPES:
        return
    plain = _type_in(paper, biblatex=False, everything=False)
    home = _HOMES_OF_VENUES.get(plain, "howpublished")
    # A publisher or an organization there is no venue, and would be one when it is read again.
    body = next((name for name in ("institution", "school") if name in written), home)
    if plain in ("misc", *_KINDS.values()) and home not in written and body in written:
        written[home] = written.pop(body)
    if written.get("type") in _KINDS:
        del written["type"]


def month_of(written: Mapping[str, str]) -> int:
    """Return the number of the month that an entry names, or that its date has; else 0."""
    if "month" not in written:
        dated = _MONTH_OF_DATE.match(written.get("date", ""))
        return int(dated[1]) if dated else 0
    month = to_text(written["month"]).text.lower().rstrip(".")
    if month.isdecimal():
        return int(month) if 1 <= int(month) <= 12 else 0
    names = (name.lower().startswith(month) and len(month) > 2 for name in MONTHS.values())
    return next((number for number, is_it in enumerate(names, 1) if is_it), 0)


def _own(paper: Paper, labs: frozenset[str], *, everything: bool) -> dict[str, str]:
    own = dict(_from_fields(paper, paper.bibtex, labs))
    if everything:
        own.update(_private(paper))
        is_elsewhere = paper.doi and not arxiv_of_doi(paper.doi)  # else the eprint says it
        is_kept = "arXiv" in map(paper.bibtex.get, VENUES)
        if paper.arxiv and paper.venue == "arXiv" and is_elsewhere and not is_kept:
            own.setdefault(_HOMES_OF_VENUES.get(type_of(paper), "howpublished"), "arXiv")
    return own


def kept_fields(
    paper: Paper, *, everything: bool = True, own: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what is kept of the paper's entry, but what its fields contradict since.

    `own` is what the fields alone give.
    """
    kept = {
        NAME_OF_FIELD.get(name, name): value
        for name, value in paper.bibtex.items()
        if name not in MARKS and value and (everything or not is_private(name))
    }
    if not everything and not kept.get("note", "-").isalnum():
        kept["note"] = without_status(kept.get("note", ""))
        if not kept["note"]:
            del kept["note"]
    feeding = [name for name in kept if name in FEEDS or name.startswith("bdsk-url-")]
    if not feeding:
        return kept
    # Each kept value is asked in the place of the one that would be written for it.
    own = own or _own(paper, frozenset(), everything=everything)
    asked = dict(own)
    for name in feeding:
        asked.pop("date-added" if name == "timestamp" else HOMES.get(name, name), None)
    targets = {each for name in feeding for each in FEEDS.get(name, ("links",))}
    if targets & _READ_TOGETHER:
        targets |= _READ_TOGETHER
    asked = {
        name: raw
        for name, raw in (asked | kept).items()
        if name in _BESIDE_EPRINT
        or targets.intersection(FEEDS.get(name, ("links",) if name.startswith("bdsk-") else ()))
    }
    asked_for = Citation(type_of(paper), "", 0, asked, {})
    values = {"status": Status.TO_READ, **read(asked_for, targets).values}
    wrong = {
        each
        for name in feeding
        for each in FEEDS.get(name, ("links",))
        if (each in values or HOMES.get(name, name) in own)
        and values.get(each, ()) != (getattr(paper, each) or ())
    }
    if not everything:
        wrong -= {"status", "priority"}
    return {
        name: value for name, value in kept.items() if not wrong.intersection(FEEDS.get(name, ()))
    }


_BESIDE_EPRINT = ("archiveprefix", "eprinttype", "primaryclass", "eprintclass")
_READ_TOGETHER = frozenset({"venue", "arxiv", "doi", "links", "title"})
"""What an entry says of these depends on the others."""


def is_private(name: str) -> bool:
    """Say whether a kept field is left out of a citation."""
    return name in _PRIVATE or name.startswith(_PRIVATE_PREFIXES)


def _from_fields(
    paper: Paper, kept: Mapping[str, str], labs: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Yield what the paper's own fields give, but for what kept ones of another name say."""
    if paper.authors and not _are_editors(paper, kept):
        yield "author", write_names(paper.authors, labs)
    yield "title", protect(paper.title)
    if paper.venue and not (paper.arxiv and paper.venue == "arXiv"):
        others = (name for name in VENUES if name in kept)
        if not any(to_text(kept[name]).text == paper.venue for name in others):
            yield _HOMES_OF_VENUES.get(type_of(paper), "howpublished"), to_latex(paper.venue)
    if paper.year:
        yield "year", str(paper.year)
    if paper.doi:
        yield "doi", paper.doi
    if paper.arxiv:
        yield "eprint", paper.arxiv
        yield "archiveprefix", "arXiv"
    links = [it for it in paper.links if it != verbatim(kept.get("howpublished", ""))]
    if links:
        yield "url", _address(links[0])
    if paper.tags:
        yield "keywords", join_tags(paper.tags)


def _are_editors(paper: Paper, kept: Mapping[str, str]) -> bool:
    """Say whether the paper's authors are those who edited it, and nobody wrote it."""
    editor = kept.get("editor") if "author" not in kept else None
    return editor is not None and read_names(editor) == paper.authors


def authors_of(paper: Paper, kept: Mapping[str, str]) -> tuple[Person, ...]:
    """Return the paper's authors as its entry tells them apart; none where they are its editors."""
    if "author" in kept:
        return persons(kept["author"])
    names = () if _are_editors(paper, kept) else family_first(paper.authors)
    return tuple(map(person_named, names))


def _private(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what one thinks of a paper, and where one is with it."""
    for number, link in enumerate(paper.links[1:], 2):
        yield f"bdsk-url-{number}", _address(link)
    if paper.name:
        yield "shorttitle", to_latex(paper.name)
    if paper.lab:
        yield "lab", to_latex(paper.lab)
    if paper.status is not Status.TO_READ:
        yield "readstatus", WRITTEN_STATUS[paper.status]
    if paper.priority:
        yield "priority", f"prio{paper.priority}"
    for name in ("added", "started", "finished"):
        if day := getattr(paper, name):
            yield f"date-{name}", day.isoformat()
    if paper.summary:
        yield "annote", lines_to_latex(paper.summary)
    if paper.notes:
        yield "comment", lines_to_latex(paper.notes)


def _address(link: str) -> str:
    """Return an address that no reader takes for the end of its value."""
    return clean(link).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def dumps(
    papers: Sequence[Paper],
    *,
    biblatex: bool = False,
    everything: bool = False,
    without: Iterable[str] = (),
    keys: Mapping[str, str] | None = None,
    labs: Iterable[str] = (),
) -> str:
    """Return the papers as entries of BibTeX, or BibLaTeX, in their order.

    `without` names fields to leave out; `labs` are names that stand in braces. `keys` has the
    citation key of each paper, by its own key; else no key is there twice.
    """
    left_out = frozenset(name.lower() for name in without)
    known = frozenset(labs)
    entries = []
    for paper, key in zip(papers, keys_for(papers, keys), strict=True):
        type_ = _type_in(paper, biblatex=biblatex, everything=everything)
        written = fields(paper, biblatex=biblatex, everything=everything, labs=known)
        lines = [
            f"  {name} = {_value(name, written[name])},\n"
            for name in sorted(written, key=lambda it: (_RANKS.get(it, len(_RANKS)), it))
            if name not in left_out and (name in _RANKS or _FIELD_NAME.fullmatch(name))
        ]
        entries.append(f"@{type_}{{{fit_key(key)},\n{''.join(lines)}}}\n")
    return "\n".join(entries)


def fit_key(text: str) -> str:
    """Return a citation key without what would end it."""
    return _UNFIT_FOR_KEY.sub("-", clean(text))


def citation_keys(papers: Sequence[Paper], *, author_year: bool = False) -> list[str]:
    """Return the citation key of each paper, the one that a bibliography gave it first.

    `author_year` makes those that have none, `touvron2023llama`; else it is the paper's key.
    """
    kept = [paper.bibtex.get("key", "") for paper in papers]
    reserved = {key.lower() for paper in papers if paper.bibtex for key in paper.citation_keys}
    reserved |= {key.lower() for key in kept if key}
    given = set[str]()
    keys = []
    for paper, own in zip(papers, kept, strict=True):
        # The first paper of a kept key has it; keys that are made go around all kept ones.
        key = own
        if not own or own in given:
            made = own or (_author_year(paper) if author_year else "") or fit_key(paper.key)
            forms = _forms(made or "paper", lettered=author_year and not own)
            key = next(it for it in forms if it.lower() not in reserved)
            reserved.add(key.lower())
        given.add(key)
        keys.append(key)
    return keys


def keys_for(papers: Sequence[Paper], keys: Mapping[str, str] | None) -> list[str]:
    """Return the papers' citation keys out of those of a whole catalogue, else their own."""
    if keys is None:
        return citation_keys(papers)
    return [keys[paper.key] for paper in papers]


def keyed(papers: Sequence[Paper], *, author_year: bool = False) -> dict[str, str]:
    """Return the citation key of each paper by its own key, as a bibliography gave it."""
    keys = citation_keys(papers, author_year=author_year)
    return dict(zip((paper.key for paper in papers), keys, strict=True))


def _forms(key: str, *, lettered: bool) -> Iterator[str]:
    """Yield what a key may be: `smith2020`, `smith2020b` and so on, or `smith`, `smith-2`."""
    yield key
    if lettered:
        yield from (f"{key}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    yield from (f"{key}-{number}" for number in count(2))


def _author_year(paper: Paper) -> str:
    """Return `touvron2023llama`: family name, year, the first word of the title that says much."""
    family = _ascii(person_named(family_first(paper.authors)[0]).family) if paper.authors else ""
    words = (_ascii(word) for word in re.split(r"[\s\-/:]+", paper.title))
    word = next((word for word in words if word and word not in _STOP_WORDS), "")
    return f"{family}{paper.year or ''}{word}"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


def _type_in(paper: Paper, *, biblatex: bool, everything: bool) -> str:
    # Mendeley writes `@web_page`; pandoc reads no file with a type that is not of letters.
    unfit = r"[^\w.+:-]" if everything else r"[\W\d_]"
    type_ = re.sub(unfit, "", clean(type_of(paper)))
    if type_.lower() in ("", "comment", "preamble", "string"):  # which are no entries
        type_ = "misc"
    is_preprint = paper.arxiv and paper.venue in (None, "arXiv")
    # As an article it would miss a journal.
    is_bare = type_ == "article" and not everything and "journal" not in paper.bibtex
    if is_preprint and (is_bare or "type" not in paper.bibtex):
        type_ = "online" if biblatex else "misc"
    if biblatex or everything:
        return type_
    kind = paper.bibtex.get("field-type", "")
    if type_ in ("thesis", "report") and kind in _KINDS:
        return _KINDS[kind]
    return "phdthesis" if type_ == "thesis" and " " in kind else _PLAIN_TYPES.get(type_, type_)


def _value(name: str, raw: str) -> str:
    if name == "month" and raw in MONTHS:
        return raw
    raw = clean(raw)
    if raw.endswith("\\") and len(raw.rstrip("\\")) % 2 != len(raw) % 2:
        raw += " "  # else it would escape the brace that ends the value
    if ("{" in raw or "}" in raw) and not is_balanced(raw):
        is_prose = name in FREE_TEXT
        raw = lines_to_latex(to_lines(raw).text) if is_prose else to_latex(to_text(raw).text)
    if "\n" in raw and name not in FREE_TEXT:
        raw = " ".join(raw.split())
    elif "\n" in raw:
        raw = re.sub(r"\n(?=\s*@)", " ", raw)  # it would begin an entry
    return f"{{{raw}}}"
