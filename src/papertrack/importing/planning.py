"""Rows of several files against one catalogue: the plan of an import."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from papertrack.bibliography import free_citation_key
from papertrack.duplicates import Index
from papertrack.fields import Value
from papertrack.identifiers import make_key, untaken
from papertrack.importing import matching, row_merging
from papertrack.importing.plan import (
    Conflict,
    Doubted,
    Duplicate,
    Favour,
    Origin,
    Place,
    Plan,
    PlannedPaper,
    Removal,
    SourceRow,
    Verdict,
)
from papertrack.labs import LabNames, with_other_names
from papertrack.markdown.cells import fields_of
from papertrack.models import Catalogue, Paper

_INDEX_COLUMNS = {"title", "link", "links", "tags", "number", "key"}
"""A table of nothing else lists papers that other tables describe."""

_OF_FIRST_ENTRY = ("bibtex:key", "bibtex:type")


def plan(catalogue: Catalogue, origins: Sequence[Origin], favour: Favour | None = None) -> Plan:
    """Return what taking in these files would do; nothing in the catalogue is overwritten.

    Files that only list titles come last, so that the tables which describe the papers decide
    their order and their words.
    """
    planner = _Planner(
        catalogue=catalogue,
        favour=favour,
        index=Index(catalogue.papers),
        there={paper.key: paper for paper in catalogue.papers},
        taken={paper.key for paper in catalogue.papers},
        names=LabNames(catalogue.labs),
        cited={cited: it.key for it in catalogue.papers if (cited := it.bibtex.get("key"))},
    )
    for origin in sorted(origins, key=_only_lists):
        planner.take(origin)
    return planner.plan(origins)


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
    there: Mapping[str, Paper]
    """The catalogue's papers by key."""
    taken: set[str]
    """All keys."""
    names: LabNames
    cited: dict[str, str] = field(default_factory=dict)
    """Whose each citation key is."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many papers ask for it."""
    met: dict[str, _Met] = field(default_factory=dict)
    labs: dict[str, None] = field(default_factory=dict)
    keys: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    remembered: list[SourceRow] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)
    doubts: list[Doubted] = field(default_factory=list)

    def plan(self, origins: Sequence[Origin]) -> Plan:
        entries = [
            PlannedPaper(met.before, met.after, tuple(met.places)) for met in self.met.values()
        ]
        return Plan(
            origins=tuple(origins),
            entries=tuple(entries),
            labs=self._new_labs({entry.after.lab for entry in entries if _lab_is_new(entry)}),
            conflicts=tuple(self.conflicts),
            duplicates=tuple(self.duplicates),
            removed=tuple(dict.fromkeys(self.removed)),
            doubts=tuple(self.doubts),
            remembered=tuple(self.remembered),
            keys=self.keys,
        )

    def take(self, origin: Origin) -> None:
        """Take in one file's tables, or what was edited in one of its blocks."""
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
        self._say_removed(origin.file, [gone for at, gone in enumerate(last) if at not in paired])

    def _take_edits(self, origin: Origin) -> None:
        """Take in the rows that somebody edited; the others are what the catalogue made them."""
        edited = {edit.line for edit in origin.hand.edits}
        for row in origin.rows:
            same = None if row.place.line in edited else matching.find(self.index, row.paper).same
            if same is not None:
                self._meet(same.paper.key).places.append(row.place)
        for line, key, now, last in origin.hand.edits:
            row = SourceRow(Place(origin.file, line), self._with_own_lab(now))
            if key is None:
                self._take_row(origin, row, None)
            else:
                known = last if origin.hand.certain else None
                self._merge(origin, row, known, key, "title")
        self._say_removed(origin.file, origin.hand.gone)
        self.doubts += [
            Doubted(Place(origin.file, line), message, suggestion)
            for line, message, suggestion in origin.hand.strange
        ]

    def _meet(self, key: str) -> _Met:
        if key not in self.met:
            self.met[key] = _Met(self.there[key], self.there[key])
        return self.met[key]

    def _take_row(self, origin: Origin, row: SourceRow, last: Paper | None) -> Paper | None:
        """Take in one paper; return what to remember of it."""
        place, paper, _ = row
        self.labs.update(dict.fromkeys(filter(None, (paper.lab, origin.lab))))
        key, by = self._find(paper, last, place)
        if key is None and last is not None and self.favour is not Favour.THEIRS:
            self.doubts.append(
                Doubted(
                    place,
                    f'"{paper.title}" was removed from the catalogue since it was last taken in',
                    "left out; --theirs takes it in again",
                )
            )
            self.keys.setdefault(place, ())
            return last
        if key is None:
            key = self._add(origin, place, paper)
            return paper.model_copy(update={"key": key})
        return self._merge(origin, row, last, key, by)

    def _find(self, paper: Paper, last: Paper | None, place: Place) -> tuple[str | None, str]:
        """Return the key of the paper that the row means, and what is the same."""
        recognised = matching.find(self.index, paper)
        same, slip = recognised.same, recognised.slip
        if last is not None and last.key in self.there:
            return last.key, same.by if same and same.paper.key == last.key else "title"
        if slip is not None and same is None:
            other = slip.paper
            message = f'"{paper.title}" has the {slip.by.label} of "{other.title}" ({other.key})'
            suggestion = "taken as another paper; correct the identifier, or the titles"
            self.doubts.append(Doubted(place, message, suggestion))
        if same is not None:
            return same.paper.key, same.by
        key = self.cited.get(paper.bibtex.get("key", "")) if slip is None else None
        if key and matching.is_cited_alike(paper, self._as_it_is(key)):
            return key, "citation key"
        return None, ""

    def _as_it_is(self, key: str) -> Paper:
        return self.met[key].after if key in self.met else self.there[key]

    def _add(self, origin: Origin, place: Place, paper: Paper) -> str:
        key = untaken(paper.key, self.taken) if paper.key else make_key(paper, self.taken)
        self.taken.add(key)
        after = paper.model_copy(
            update={
                "key": key,
                "bibtex": self._cited_once(place, paper, key),
                "tags": _union(origin.tags, paper.tags),
                "lab": paper.lab or origin.lab,
                "status": paper.status if row_merging.said(paper).get("status") else origin.status,
            }
        )
        given = dict.fromkeys(row_merging.said(after), place)
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
            message = f"the key {typed} is that of {self.cited[typed]} already"
            self.doubts.append(Doubted(place, message, f"taken in as another paper, {own}"))
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
            met.after, row_merging.said(paper), row_merging.said(last) if last else {}
        )
        changes = dict(merged.changes)
        undecided = []
        for differing in merged.differences:
            if differing.field in _OF_FIRST_ENTRY:
                continue  # a paper is cited as it always was
            verdict = self._verdict(differing.field, met)
            first = met.given.get(differing.field)
            name = row_merging.name_of(differing.field)
            if name in spellings and name != differing.field:
                continue  # another table spells the same field another way
            self.conflicts.append(
                Conflict(place, key, name, differing.here, differing.there, first, verdict)
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
        if name in met.given or self.favour is Favour.OURS:
            return Verdict.KEPT
        return Verdict.TAKEN if self.favour is Favour.THEIRS else Verdict.UNDECIDED

    def _say_removed(self, file: str, gone: Iterable[Paper]) -> None:
        for paper in gone:
            listed = self.there.get(paper.key)
            if listed is not None and all(place.file != file for place in self._places(paper.key)):
                self.removed.append(Removal(file, listed.key, listed.title))

    def _places(self, key: str) -> Sequence[Place]:
        met = self.met.get(key)
        return met.places if met else ()

    def _with_own_lab(self, paper: Paper) -> Paper:
        """Return the paper under the name that the catalogue has for its lab."""
        if paper.lab is None or not self.catalogue.labs:
            return paper
        own = self.names.own(paper.lab)
        return paper if own == paper.lab else paper.model_copy(update={"lab": own})

    def _new_labs(self, labs: Container[str | None]) -> dict[str, tuple[str, ...]]:
        """Return those of these labs that the catalogue has not, in the order of the rows."""
        listed = self.catalogue.labs
        known = [name for own, others in listed.items() for name in (own, *others)]
        new = [lab for lab in self.labs if lab in labs and lab not in listed]
        return with_other_names(new, known)


def _only_lists(origin: Origin) -> bool:
    shown = [set(fields_of(table.look)) for table in origin.tables]
    return bool(shown) and all(fields <= _INDEX_COLUMNS for fields in shown)


def _lab_is_new(entry: PlannedPaper) -> bool:
    return entry.before is None or entry.before.lab != entry.after.lab


def _union(texts: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*texts, *more)))


def _to_remember(
    paper: Paper, last: Paper | None, key: str, undecided: Sequence[str]
) -> Paper | None:
    """Return what the row says, but for what waits for a decision: that is as it was."""
    if last is None and "title" in undecided:
        return None
    before = row_merging.said(last) if last else {}
    as_before = {name: before.get(name) for name in undecided}
    return row_merging.changed(paper.model_copy(update={"key": key}), as_before)
