"""BibTeX and BibLaTeX: the text of a bibliography ↔ papers."""

import re
from collections.abc import Iterable, Iterator

from papertrack.authors import ET_AL, people_of
from papertrack.bibliography import Bibliography, CitedPaper, EntryDoubt, LeftOut
from papertrack.bibtex.entries import FREE_TEXT, Citation, inherited, split
from papertrack.bibtex.exporting import (
    BIBLATEX,
    FIELD_OF_NAME,
    citation_keys,
    dumps,
    fields,
    fit_key,
    keyed,
    month_of,
    type_of,
)
from papertrack.bibtex.latex import to_text, without_markup
from papertrack.bibtex.mapping import VENUES, is_same, read, unfolded
from papertrack.bibtex.names import read_names, write_names
from papertrack.duplicates import same_paper
from papertrack.identifiers import untaken
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.sources import VenueKind, kind_of

__all__ = ["as_known", "citation_keys", "dumps", "keyed", "loads", "papers_of"]

_NO_NAME = pattern(r",(?=\s+and\s|\s*$)", re.IGNORECASE)  # which BibTeX calls an error
_OTHER_NAMES = {**BIBLATEX, **{other: name for name, other in BIBLATEX.items()}}
_VENUES = frozenset({*VENUES, "organization", "publisher"})
_NOT_TOLD_APART = (
    _VENUES,
    frozenset({"isbn", "issn", "ris-sn"}),
    frozenset({"issue", "number"}),
    frozenset({"address", "location", "venue"}),
    frozenset({"year", "date"}),
)
"""Fields of which some format has one for all."""
_SPELLED = {"title": "title", "shorttitle": "name", "author": "authors", "year": "year",
            "doi": "doi", "eprint": "arxiv", "eprinttype": "arxiv", "keywords": "tags"}  # fmt: skip
"""Fields that an entry keeps for how they are spelled, and those of the paper that they spell."""


def loads(text: str, *, without: Iterable[str] = ()) -> Bibliography:
    """Return the papers of a BibTeX or BibLaTeX text, and what is to be said of its entries.

    `without` names fields that are not kept, such as `abstract`. No text raises anything.
    """
    entries = split(text)
    citations, volumes = inherited(entries.citations)
    read_ = papers_of(citations, without)
    alone = [(it, name) for name in ("crossref", "xdata") for it in citations if name in it.fields]
    messages = (
        f"its {name} {it.fields[name]} is no other entry of this file" for it, name in alone
    )
    parentless = (
        EntryDoubt(it.line_of(name), it.key, message, "imported without what that says")
        for (it, name), message in zip(alone, messages, strict=True)
    )
    return Bibliography(
        papers=read_.papers,
        left_out=tuple(sorted((*entries.unread, *read_.left_out))),
        volumes=len(volumes),
        doubts=tuple(sorted((*entries.doubts, *parentless, *read_.doubts))),
    )


def papers_of(citations: Iterable[Citation], without: Iterable[str] = ()) -> Bibliography:
    """Return the papers of entries in BibLaTeX's words; each of them is there or left out.

    What an export from the fields alone would not give back is kept in the paper's `bibtex`.
    """
    left_out_fields = frozenset(name.lower() for name in without) - {"title"}
    firsts: dict[str, CitedPaper] = {}
    taken = set[str]()
    counts: dict[str, int] = {}
    papers: list[CitedPaper] = []
    left_out: list[LeftOut] = []
    doubts: list[EntryDoubt] = []
    for citation in citations:
        paper = _paper(unfolded(citation, left_out_fields))
        if paper is None:
            left_out.append(LeftOut(citation.line, citation.key, "no title"))
            continue
        key = paper.bibtex.get("key", "")
        first = firsts.setdefault(key, CitedPaper(citation.line, paper)) if key else None
        if first and first.paper is not paper and not same_paper(first.paper, paper):
            own = untaken(key, taken, counts, longest=None)
            message = f"the key {key} is there already (line {first.line})"
            what = f"imported as another paper, {own}"
            doubts.append(EntryDoubt(citation.line, key, message, what))
            paper = paper.model_copy(update={"bibtex": {**paper.bibtex, "key": own}})
            key = own
        taken.add(key)
        doubts += _of_year(citation, paper)
        papers.append(CitedPaper(citation.line, paper))
    return Bibliography(papers=tuple(papers), left_out=tuple(left_out), doubts=tuple(doubts))


def _paper(citation: Citation) -> Paper | None:
    reading = read(citation)
    if "title" not in reading.values:
        return None
    key = fit_key(citation.key)
    marks = {"type": citation.type, **({"key": key} if key else {})}
    # Frozen values that were made here: nothing is left to validate.
    paper = Paper.model_validate({"key": "", **reading.values, "bibtex": marks})
    alone = fields(paper)
    kept = {
        FIELD_OF_NAME.get(name, name): _squeezed(name, raw)
        for name, raw in citation.fields.items()
        if raw.strip() and name not in reading.derived and not is_same(name, raw, alone)
    }
    two_journals = "journal" in kept and "journaltitle" in citation.fields
    if two_journals or any(to_text(kept[it]).text == paper.venue for it in VENUES if it in kept):
        # It would stand for the others: `eventtitle` for a journal of the same name.
        kept |= {
            name: _squeezed(name, citation.fields[name])
            for name in VENUES
            if name in citation.fields and name not in reading.derived
        }
    author, editor = citation.fields.get("author", ""), kept.get("editor", "")
    if author and editor and read_names(editor) == paper.authors:
        kept.setdefault("author", _squeezed("author", author))  # the editor alone would say it
    return paper.model_copy(update={"bibtex": {**marks, **kept}}) if kept else paper


def _squeezed(name: str, raw: str) -> str:
    if name in ("author", "editor"):
        raw = _NO_NAME.sub("", raw)
    return raw.strip() if name in FREE_TEXT else " ".join(raw.split())


def _of_year(citation: Citation, paper: Paper) -> list[EntryDoubt]:
    """Return the doubt that arXiv's own BibTeX causes: it gives the year of the last version."""
    arxiv = paper.arxiv
    if not (arxiv and paper.year and paper.venue in (None, "arXiv", "CoRR") and arxiv[4:5] == "."):
        return []
    # ids are YYMM.number: https://info.arxiv.org/help/arxiv_identifier.html
    posted = 2000 + int(arxiv[:2])
    if paper.year <= posted:
        return []
    message = f"year {paper.year} is a later version's: arXiv:{arxiv} was posted in {posted}"
    line = citation.line_of("year" if "year" in citation.fields else "date")
    return [EntryDoubt(line, citation.key, message, "")]


def as_known(entry: Paper, known: Paper, *, others: bool = True) -> Paper:
    """Return what an entry says of a paper that is known, in the words in which that is kept.

    Other formats give the same things other names, and a second entry spells them another way:
    neither says anything new. `others` says whether its format has `et al.`.
    """
    kept = dict(_kept_as_known(entry, known))
    is_written = known.bibtex and known.bibtex.keys().isdisjoint(("author", "editor"))
    if is_written and known.authors and read_names(kept.get("editor", "")) == known.authors:
        kept["author"] = write_names(known.authors)  # who edited it wrote it too
    # Of a paper without an entry of its own, the key, type and venue are those of every export.
    is_made = not known.bibtex and kept.get("key") == fit_key(known.key)
    posted = is_made and known.arxiv and entry.venue == "arXiv"
    if is_made:
        types = (type_of(known), *(("unpublished",) if known.arxiv else ()))  # as RIS has it
        made = {"key": [kept["key"]], "type": types}
        kept = {name: raw for name, raw in kept.items() if raw not in made.get(name, ())}
    values: dict[str, object] = {"bibtex": kept}
    if known.venue is None and (posted or entry.venue in _texts(known, _VENUES)):
        values["venue"] = None
    if entry.venue and known.venue and known.year:
        kinds = [kind_of(venue) is VenueKind.PREPRINT for venue in (entry.venue, known.venue)]
        if kinds == [True, False]:  # it came out since
            values.update(venue=None, year=None)
    named = [(entry.venue, known), (known.venue, entry)]
    if known.venue and any(
        it == to_text(by.bibtex.get("shortjournal", "")).text for it, by in named
    ):
        values["venue"] = known.venue
    if not others and len(entry.authors) < len(known.authors) and ET_AL in known.authors:
        values["authors"] = (*entry.authors, ET_AL)
    texts = filter(None, (known.summary, known.notes))
    if entry.notes and entry.notes.split() == " ".join(texts).split():  # RIS has one place for both
        values["notes"] = known.notes
    return entry.model_copy(update=values)


def _kept_as_known(entry: Paper, known: Paper) -> Iterator[tuple[str, str]]:
    for name, raw in entry.bibtex.items():
        if name == "date" and known.bibtex.get("date", "").startswith(raw):
            continue  # it says less
        other = _OTHER_NAMES.get(name, name)
        alike = (it for it in (name, other) if _says_the_same(name, raw, known.bibtex.get(it, "")))
        if kept := next(alike, None):
            yield kept, known.bibtex[kept]
            continue
        if other in known.bibtex and (name not in known.bibtex or raw == known.bibtex[other]):
            yield other, raw
        elif name in known.bibtex or not _is_known(name, raw, entry, known):
            yield name, raw


def _says_the_same(name: str, raw: str, known: str) -> bool:
    """Say whether two values read alike, however LaTeX, HTML, dashes and lines are written."""
    if name in ("author", "editor", "translator"):
        return bool(known) and people_of(read_names(raw)) == people_of(read_names(known))
    if name == "month" and (month := month_of({name: raw})):
        return month == month_of({name: known})
    texts = [without_markup(to_text(it).text).replace("’", "'") for it in (raw, known)]
    one, other = (re.sub(r"\s*[‐‑–—-]+\s*", "-", text).rstrip("-") for text in texts)
    first, _, last = other.partition("-")
    return one == other or (name == "pages" and one == first == last)  # RIS has the first alone


def _is_known(name: str, raw: str, entry: Paper, known: Paper) -> bool:
    """Say whether what an entry keeps is known of the paper under another name."""
    if name in _SPELLED:
        return bool(getattr(known, _SPELLED[name]))
    if name == "ris-da":  # a span of days, or a time
        return raw == known.bibtex.get("date", "").replace("-", "/")
    if name in ("date", "month") and entry.year and known.year and entry.year != known.year:
        return True
    month = month_of(known.bibtex)
    if name == "month" or (name == "date" and raw[:4] == str(known.year) and not raw[7:]):
        return entry.year in (None, known.year) and month_of({name: raw}) == month != 0
    return any(
        name in names and to_text(raw).text in _texts(known, names) for names in _NOT_TOLD_APART
    )


def _texts(known: Paper, names: frozenset[str]) -> set[str | None]:
    kept = (to_text(raw).text for name, raw in known.bibtex.items() if name in names)
    return {known.venue if names is _VENUES else None, *kept}
