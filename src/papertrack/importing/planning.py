"""Rows of several files against one catalogue: the plan of an import, and its changes made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from papertrack.bibliography import free_citation_key
from papertrack.catalogue.draft import Draft
from papertrack.changes import Edited
from papertrack.duplicates import Index
from papertrack.fields import Value
from papertrack.identifiers import make_key, untaken
from papertrack.importing import Origin, Place, SourceRow, matching, row_merging
from papertrack.labs import LabNames, with_other_names
from papertrack.markdown.rows import Table
from papertrack.models import FIELDS, SUBTABLES, Catalogue, Paper
from papertrack.status import Status

_INDEX_COLUMNS = {"title", "link", "links", "tags", "number", "key"}
"""A table of nothing else lists papers that other tables describe."""
_OF_FIRST_ENTRY = ("bibtex:key", "bibtex:type")


class Favour(StrEnum):
    """Who is right where a file and the catalogue both changed a field."""

    THEIRS = "theirs"
    """The file."""
    OURS = "ours"
    """The catalogue."""


class Verdict(StrEnum):
    """What became of a field on which a row and the catalogue differ."""

    KEPT = "kept"
    """The catalogue's value stays, or that of the row which came first."""
    TAKEN = "taken"
    """The row's value replaces it."""
    UNDECIDED = "undecided"
    """Kept until somebody says who is right."""


class Conflict(NamedTuple):
    """A field on which a row and the catalogue differ."""

    place: Place
    key: str
    field: str
    new: Value | None
    """In the row."""
    known: Value | None
    """In the catalogue, or in the row that came first."""
    first: Place | None
    """The row that came first, where the paper is new."""
    verdict: Verdict


class Duplicate(NamedTuple):
    """A paper that this import has met before."""

    place: Place
    key: str
    by: str
    """What is the same: doi, arxiv, title."""
    first: Place
    listed: bool
    """Whether the row is of a table that only lists papers which other tables describe."""


class Removal(NamedTuple):
    """A paper that was in the file when it was last imported, and is there no more."""

    file: str
    key: str
    title: str
    tag: str | None = None
    """The tag that keeps the paper in this table of the file, where that is a block."""


class Doubtful(StrEnum):
    """Why something was understood only perhaps; with each the names that say of what."""

    REMOVED = "removed"
    """The catalogue has lost the paper since it was last imported: its title."""
    SLIP = "slip"
    """The paper has another's identifier: its title, the identifier, the other's title and key."""
    CITED = "cited"
    """Another paper has its citation key: that key, the other's key, the key it gets."""
    STRANGE = "strange"
    """A row of a block that was edited is no paper: what the row is called."""
    MOVED = "moved"
    """A paper's row of a block stands under another heading: the paper's key."""
    NO_PAPER = "no paper"
    """A paper's row of a block was edited so that it is none: the paper's key."""


class Doubted(NamedTuple):
    """Something that was understood only perhaps."""

    place: Place
    why: Doubtful
    names: tuple[str, ...]


class Plan(NamedTuple):
    """What an import would do."""

    origins: tuple[Origin, ...]
    added: tuple[Paper, ...] = ()
    updated: tuple[Edited, ...] = ()
    unchanged: tuple[Paper, ...] = ()
    """The papers that were there and stay as they are."""
    labs: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The labs that the catalogue has not yet, with their other names."""
    conflicts: tuple[Conflict, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    removed: tuple[Removal, ...] = ()
    doubts: tuple[Doubted, ...] = ()
    """Of the matching; what reading a file left in doubt is with its tables or entries."""
    remembered: tuple[SourceRow, ...] = ()
    """What the files say now, under the catalogue's keys, for the next time."""
    keys: Mapping[Place, tuple[str, ...]] = MappingProxyType({})
    """By line: the papers that it holds, as the catalogue calls them."""

    @property
    def tables(self) -> list[Table]:
        """Every table of all files."""
        return [table for origin in self.origins for table in origin.tables]

    @property
    def says_something(self) -> bool:
        """Whether there is a list of papers in some file, if only an empty one."""
        has_rows = any(origin.rows for origin in self.origins)
        return has_rows or any(table.skipped is None for table in self.tables)

    @property
    def undecided(self) -> list[Conflict]:
        """The conflicts that wait for somebody to say who is right."""
        return [conflict for conflict in self.conflicts if conflict.verdict is Verdict.UNDECIDED]

    def keys_of(self, table: Table, file: str) -> list[str]:
        """Return the keys of the papers in this table of a file, each once, in its order."""
        lines = sorted({line for line, _ in table.papers})
        return list(dict.fromkeys(key for line in lines for key in self.keys[Place(file, line)]))


def plan(catalogue: Catalogue, origins: Sequence[Origin], favour: Favour | None = None) -> Plan:
    """Return what importing these files would do; nothing in the catalogue is overwritten.

    Files that only list titles come last, so that the tables which describe the papers decide
    their order and their words.
    """
    planner = _Planner(
        catalogue=catalogue,
        favour=favour,
        index=Index(catalogue.papers),
        known={paper.key: paper for paper in catalogue.papers},
        taken={paper.key for paper in catalogue.papers},
        names=LabNames(catalogue.labs),
        cited={cited: it.key for it in catalogue.papers if (cited := it.bibtex.get("key"))},
    )
    for origin in sorted(origins, key=_only_lists):
        planner.take(origin)
    return planner.plan(origins)


def apply(plan: Plan, draft: Draft) -> None:
    """Make the changes of the plan in the catalogue."""
    if plan.labs:
        draft.set_table("labs", {lab: list(others) for lab, others in plan.labs.items()})
    for before, after in plan.updated:
        changes = {name: getattr(after, name) for name in (*FIELDS, *SUBTABLES)}
        draft.change(
            after.key,
            {name: value for name, value in changes.items() if value != getattr(before, name)},
        )
    for paper in plan.added:
        draft.add(paper, last=True)  # a list keeps its order, whatever its papers' labs


@dataclass
class _Met:
    """A paper that the import has to do with, as it is becoming."""

    before: Paper | None
    after: Paper
    places: list[Place] = field(default_factory=list)
    given: dict[str, Place] = field(default_factory=dict)
    """The row that each field came from, of those that this import brought."""


@dataclass(kw_only=True)
class _Planner:
    """The work of one import: what was met so far, and what is to be said about it."""

    catalogue: Catalogue
    favour: Favour | None
    index: Index
    """Of the catalogue's papers, and of those met since."""
    known: Mapping[str, Paper]
    """The catalogue's papers by key."""
    taken: set[str]
    """All keys."""
    names: LabNames
    cited: dict[str, str]
    """Whose each citation key is."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many papers ask for it."""
    numbers: dict[str, int] = field(default_factory=dict)
    """How many papers ask for each key."""
    met: dict[str, _Met] = field(default_factory=dict)
    labs: dict[str, None] = field(default_factory=dict)
    keys: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    remembered: list[SourceRow] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    removed: dict[Removal, None] = field(default_factory=dict)
    doubts: list[Doubted] = field(default_factory=list)

    def plan(self, origins: Sequence[Origin]) -> Plan:
        """Return the plan, once every origin is imported."""
        met = self.met.values()
        added = tuple(it.after for it in met if it.before is None)
        updated = [Edited(it.before, it.after) for it in met if it.before is not None]
        updated = [it for it in updated if it.before != it.after]
        changed = {it.after.key for it in updated}
        labs = {paper.lab for paper in added}
        labs |= {it.after.lab for it in updated if it.before.lab != it.after.lab}
        new = [lab for lab in self.labs if lab in labs and lab not in self.catalogue.labs]
        return Plan(
            origins=tuple(origins),
            added=added,
            updated=tuple(updated),
            unchanged=tuple(it.after for it in met if it.before and it.after.key not in changed),
            labs=with_other_names(new, self.catalogue.lab_names),
            conflicts=tuple(self.conflicts),
            duplicates=tuple(self.duplicates),
            removed=tuple(self.removed),
            doubts=tuple(self.doubts),
            remembered=tuple(self.remembered),
            keys=self.keys,
        )

    def take(self, origin: Origin) -> None:
        """Import one file's tables, or what was edited in one of its blocks."""
        if origin.block is not None:
            self._take_edits(origin)
            return
        rows = [row._replace(paper=self._with_own_lab(row.paper)) for row in origin.rows]
        last = [self._with_own_lab(paper) for paper in origin.last]
        pairs = matching.pair_with_last([row.paper for row in rows], last)
        for position, row in enumerate(rows):
            before = last[pairs[position]] if position in pairs else None
            kept = self._take_row(origin, row, before)
            self.remembered += [row._replace(paper=kept)] if kept is not None else []
        paired = set(pairs.values())
        self._note_removed(origin.file, [gone for at, gone in enumerate(last) if at not in paired])

    def _take_edits(self, origin: Origin) -> None:
        """Import the rows that somebody edited; the others are what the catalogue made them."""
        hand = origin.hand
        edited = {edit.line for edit in hand.edits}
        # Rows that nobody edited say where their papers stand: those are not gone from the file.
        for row in origin.rows:
            same = None if row.place.line in edited else matching.find(self.index, row.paper).same
            if same is not None:
                self._meet(same.paper.key).places.append(row.place)
        for line, key, now, last in hand.edits:
            row = SourceRow(Place(origin.file, line), self._with_own_lab(now))
            self.labs.update(dict.fromkeys(filter(None, (row.paper.lab,))))
            if key is None:
                self._take_row(origin, row, None)
            else:
                self._merge(origin, row, last if hand.certain else None, key, "title")
        self._note_removed(origin.file, hand.gone, *origin.tags[:1])
        for line, name, was_paper, moved in hand.strange:
            what = Doubtful.NO_PAPER if was_paper else Doubtful.STRANGE
            self._doubt(Place(origin.file, line), Doubtful.MOVED if moved else what, name)

    def _doubt(self, place: Place, why: Doubtful, *names: str) -> None:
        self.doubts.append(Doubted(place, why, names))

    def _meet(self, key: str) -> _Met:
        if key not in self.met:
            self.met[key] = _Met(self.known[key], self.known[key])
        return self.met[key]

    def _take_row(self, origin: Origin, row: SourceRow, last: Paper | None) -> Paper | None:
        """Import one paper; return what to remember of it."""
        place, paper, _ = row
        self.labs.update(dict.fromkeys(filter(None, (paper.lab, origin.lab))))
        key, by = self._find(paper, last, place)
        if key is not None:
            return self._merge(origin, row, last, key, by)
        if last is not None and self.favour is not Favour.THEIRS:
            self._doubt(place, Doubtful.REMOVED, paper.title)
            self.keys.setdefault(place, ())
            return last
        return paper.model_copy(update={"key": self._add(origin, place, paper)})

    def _find(self, paper: Paper, last: Paper | None, place: Place) -> tuple[str | None, str]:
        """Return the key of the paper that the row means, and what is the same."""
        same, slip = matching.find(self.index, paper)
        # What the row was before goes first: since then its title or identifier may be corrected.
        if last is not None and last.key in self.known:
            return last.key, same.by if same and same.paper.key == last.key else "title"
        if slip is not None and same is None:
            other = slip.paper
            names = (paper.title, slip.by.label, other.title, other.key)
            self._doubt(place, Doubtful.SLIP, *names)
        if same is not None:
            return same.paper.key, same.by
        # The last resort is the citation key, where the titles are alike at least.
        key = self.cited.get(paper.bibtex.get("key", "")) if slip is None else None
        if key is None:
            return None, ""
        other = self.met[key].after if key in self.met else self.known[key]
        return (key, "citation key") if matching.is_cited_alike(paper, other) else (None, "")

    def _add(self, origin: Origin, place: Place, paper: Paper) -> str:
        """Add a new paper; return its key."""
        if paper.key:
            key = untaken(paper.key, self.taken, self.numbers)
        else:
            key = make_key(paper, self.taken, self.numbers)
        self.taken.add(key)
        after = paper.model_copy(
            update={
                "key": key,
                "bibtex": self._cited_once(place, paper, key),
                "tags": _union(origin.tags, paper.tags),
                "lab": paper.lab or origin.lab,
                "status": origin.status if paper.status == Status.TO_READ else paper.status,
            }
        )
        given = dict.fromkeys(row_merging.values_of(after), place)
        self.met[key] = _Met(None, after, [place], given)
        self.index.add(after)
        self.keys[place] = (*self.keys.get(place, ()), key)
        return key

    def _cited_once(self, place: Place, paper: Paper, key: str) -> Mapping[str, str]:
        """Return what a bibliography says of a new paper, with a citation key that no other has."""
        if not paper.bibtex:
            return {}
        typed = paper.bibtex.get("key") or key
        own = free_citation_key(typed, self.cited, self.counts)
        if own != typed:
            self._doubt(place, Doubtful.CITED, typed, self.cited[typed], own)
        self.cited[own] = key
        return {**paper.bibtex, "key": own}

    def _merge(
        self, origin: Origin, row: SourceRow, last: Paper | None, key: str, by: str
    ) -> Paper | None:
        """Merge the row into the paper; return what to remember of it."""
        place, paper, spellings = row
        met = self._meet(key)
        if met.places and origin.block is None:
            listed = _only_lists(origin) and met.places[0].file != place.file
            self.duplicates.append(Duplicate(place, key, by, met.places[0], listed))
        merged = row_merging.merge(
            met.after, row_merging.values_of(paper), row_merging.values_of(last) if last else {}
        )
        changes = dict(merged.changes)
        undecided = []
        for differing in merged.differences:
            if differing.field in _OF_FIRST_ENTRY:
                continue  # a paper is cited as it always was
            verdict = self._verdict(differing.field, met)
            first = met.given.get(differing.field)
            name = differing.field.partition(":")[2] or differing.field  # without its sub-table
            if name in spellings and name != differing.field:
                continue  # another table spells the same field another way
            self.conflicts.append(
                Conflict(place, key, name, differing.new, differing.known, first, verdict)
            )
            if verdict is Verdict.TAKEN:
                changes.update(row_merging.taken(differing))
            elif verdict is Verdict.UNDECIDED:
                undecided.append(differing.field)
        self._change(met, place, changes, origin.tags)
        self.keys[place] = (*self.keys.get(place, ()), key)
        return _to_remember(paper, last, key, undecided)

    def _change(
        self, met: _Met, place: Place, changes: dict[str, Value | None], tags: tuple[str, ...]
    ) -> None:
        met.places.append(place)
        met.given.update(dict.fromkeys(changes, place))
        after = row_merging.changed(met.after, changes) if changes else met.after
        joined = _union(after.tags, tags)
        if joined != after.tags:
            after = after.model_copy(update={"tags": joined})
        if after != met.after:
            met.after = after
            self.index.add(after)

    def _verdict(self, name: str, met: _Met) -> Verdict:
        together = row_merging.SOURCE if name in row_merging.SOURCE else (name,)
        if any(it in met.given for it in together) or self.favour is Favour.OURS:
            return Verdict.KEPT
        return Verdict.TAKEN if self.favour is Favour.THEIRS else Verdict.UNDECIDED

    def _note_removed(self, file: str, gone: Iterable[Paper], tag: str | None = None) -> None:
        """Note the papers that the file has lost, and the catalogue has."""
        for key in (paper.key for paper in gone if paper.key in self.known):
            if key not in self.met or all(it.file != file for it in self.met[key].places):
                self.removed[Removal(file, key, self.known[key].title, tag)] = None

    def _with_own_lab(self, paper: Paper) -> Paper:
        """Return the paper under the name that the catalogue has for its lab."""
        if paper.lab is None or not self.catalogue.labs:
            return paper
        own = self.names.canonical(paper.lab)
        return paper if own == paper.lab else paper.model_copy(update={"lab": own})


def _only_lists(origin: Origin) -> bool:
    """Say whether a file has nothing but tables that list papers which others describe."""
    if not origin.tables:
        return False
    from papertrack.markdown.cell_writing import fields_of  # for Markdown only

    return all(_INDEX_COLUMNS.issuperset(fields_of(table.look)) for table in origin.tables)


def _union(texts: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*texts, *more)))


def _to_remember(
    paper: Paper, last: Paper | None, key: str, undecided: Sequence[str]
) -> Paper | None:
    """Return what the row says, but for what waits for a decision: that is as it was."""
    kept = paper.model_copy(update={"key": key})
    if not undecided:
        return kept
    if last is None and "title" in undecided:
        return None
    before = row_merging.values_of(last) if last else {}
    return row_merging.changed(kept, {name: before.get(name) for name in undecided})
