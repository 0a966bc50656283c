"""Rows of several files against one catalogue: the plan of an import."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from papertrack.duplicates import Index
from papertrack.fields import Value
from papertrack.identifiers import make_key, untaken
from papertrack.importing import matching, merging
from papertrack.importing.plan import (
    Conflict,
    Doubted,
    Duplicate,
    Entry,
    Favour,
    Place,
    Plan,
    Removal,
    Source,
    Verdict,
)
from papertrack.labs import LabNames, with_other_names
from papertrack.markdown.cells import OWN, fields_of
from papertrack.markdown.rows import Table
from papertrack.models import Catalogue, Paper

_INDEX_COLUMNS = {"title", "link", "links", "tags", "number", "key"}
"""A table of nothing else lists papers that other tables describe."""


def take_in(catalogue: Catalogue, sources: Sequence[Source], favour: Favour | None = None) -> Plan:
    """Return what taking in these files would do; nothing in the catalogue is overwritten.

    Files that only list titles come last, so that the tables which describe the papers decide
    their order and their words.
    """
    intake = _Intake(catalogue, favour)
    for source in sorted(sources, key=_only_lists):
        intake.take(source)
    return intake.plan(sources)


@dataclass
class _Met:
    """A paper that the import has to do with, as it is becoming."""

    before: Paper | None
    after: Paper
    places: list[Place] = field(default_factory=list)
    given: dict[str, Place] = field(default_factory=dict)
    """The row that each field came from, of those that this import brought."""


class _Intake:
    """The work of one import: what was met so far, and what is to be said about it."""

    def __init__(self, catalogue: Catalogue, favour: Favour | None) -> None:
        self._catalogue = catalogue
        self._favour = favour
        self._index = Index(catalogue.papers)
        self._there = {paper.key: paper for paper in catalogue.papers}
        self._taken = set(self._there)
        self._met: dict[str, _Met] = {}
        self._labs: dict[str, None] = {}
        self._names = LabNames(catalogue.labs)
        self._keys: dict[Place, tuple[str, ...]] = {}
        self._remembered: dict[str, tuple[Paper, ...]] = {}
        self._conflicts: list[Conflict] = []
        self._duplicates: list[Duplicate] = []
        self._removed: list[Removal] = []
        self._doubts: list[Doubted] = []

    def plan(self, sources: Sequence[Source]) -> Plan:
        entries = [Entry(met.before, met.after, tuple(met.places)) for met in self._met.values()]
        return Plan(
            sources=tuple(sources),
            entries=tuple(entries),
            labs=self._new_labs({entry.after.lab for entry in entries if _lab_is_new(entry)}),
            conflicts=tuple(self._conflicts),
            duplicates=tuple(self._duplicates),
            removed=tuple(dict.fromkeys(self._removed)),
            doubts=tuple(self._doubts),
            remembered=self._remembered,
            keys=self._keys,
        )

    def take(self, source: Source) -> None:
        """Take in one file's tables, or what was edited in one of its blocks."""
        if source.block is not None:
            self._take_edits(source)
            return
        rows = [(place, self._with_own_lab(paper)) for place, paper in source.papers]
        last = [self._with_own_lab(paper) for paper in source.last]
        pairs = matching.pair_with_last([paper for _, paper in rows], last)
        says: list[Paper] = []
        for position, (place, paper) in enumerate(rows):
            before = last[pairs[position]] if position in pairs else None
            kept = self._take_row(source, place, paper, before)
            says += [kept] if kept is not None else []
        self._remembered[source.file] = (*self._remembered.get(source.file, ()), *says)
        found = set(pairs.values())
        self._say_removed(source.file, [gone for at, gone in enumerate(last) if at not in found])

    def _take_edits(self, source: Source) -> None:
        """Take in the rows that somebody edited; the others are what the catalogue made them."""
        edited = {edit.line for edit in source.hand.edits}
        for place, paper in source.papers:
            same = None if place.line in edited else matching.find(self._index, paper).same
            if same is not None:
                self._meet(same.paper.key).places.append(place)
        for line, key, here, last in source.hand.edits:
            place, paper = Place(source.file, line), self._with_own_lab(here)
            if key is None:
                self._take_row(source, place, paper, None)
            else:
                known = last if source.hand.certain else None
                self._merge(source, place, paper, known, key, "title")
        self._say_removed(source.file, source.hand.gone)
        self._doubts += [
            Doubted(Place(source.file, line), message, suggestion)
            for line, message, suggestion in source.hand.strange
        ]

    def _meet(self, key: str) -> _Met:
        if key not in self._met:
            self._met[key] = _Met(self._there[key], self._there[key])
        return self._met[key]

    def _take_row(
        self, source: Source, place: Place, paper: Paper, last: Paper | None
    ) -> Paper | None:
        """Take in one paper; return what to remember of it."""
        self._labs.update(dict.fromkeys(filter(None, (paper.lab, source.lab))))
        key, by = self._find(paper, last, place)
        if key is None and last is not None and self._favour is not Favour.THEIRS:
            self._doubts.append(
                Doubted(
                    place,
                    f'"{paper.title}" was removed from the catalogue since it was last taken in',
                    "left out; --theirs takes it in again",
                )
            )
            self._keys.setdefault(place, ())
            return last
        if key is None:
            key = self._add(source, place, paper)
            return paper.model_copy(update={"key": key})
        return self._merge(source, place, paper, last, key, by)

    def _find(self, paper: Paper, last: Paper | None, place: Place) -> tuple[str | None, str]:
        """Return the key of the paper that the row means, and what is the same."""
        found = matching.find(self._index, paper)
        same, slip = found.same, found.slip
        if last is not None and last.key in self._there:
            return last.key, same.by if same and same.paper.key == last.key else "title"
        if slip is not None and same is None:
            there = slip.paper
            message = f'"{paper.title}" has the {slip.by.label} of "{there.title}" ({there.key})'
            suggestion = "taken as another paper; mend the identifier, or the titles"
            self._doubts.append(Doubted(place, message, suggestion))
        return (same.paper.key, same.by) if same else (None, "")

    def _add(self, source: Source, place: Place, paper: Paper) -> str:
        key = untaken(paper.key, self._taken) if paper.key else make_key(paper, self._taken)
        self._taken.add(key)
        after = paper.model_copy(
            update={
                "key": key,
                "tags": _union(source.tags, paper.tags),
                "lab": paper.lab or source.lab,
                "status": paper.status if merging.said(paper).get("status") else source.status,
            }
        )
        given = dict.fromkeys(merging.said(after), place)
        self._met[key] = _Met(None, after, [place], given)
        self._index.add(after)
        self._keys[place] = (*self._keys.get(place, ()), key)
        return key

    def _merge(
        self, source: Source, place: Place, paper: Paper, last: Paper | None, key: str, by: str
    ) -> Paper | None:
        """Merge the row into the paper; return what to remember of it."""
        met = self._meet(key)
        if met.places and source.block is None:
            listed = _only_lists(source) and met.places[0].file != place.file
            self._duplicates.append(Duplicate(place, key, by, met.places[0], listed))
        merged = merging.merge(met.after, merging.said(paper), merging.said(last) if last else {})
        changes = dict(merged.changes)
        undecided = []
        for differing in merged.differences:
            verdict = self._verdict(differing.field, met)
            first = met.given.get(differing.field)
            name = differing.field.removeprefix(OWN)
            self._conflicts.append(
                Conflict(place, key, name, differing.here, differing.there, first, verdict)
            )
            if verdict is Verdict.TAKEN:
                changes.update(merging.taken(differing))
            elif verdict is Verdict.UNDECIDED:
                undecided.append(differing.field)
        self._change(met, place, changes, source.tags)
        self._keys[place] = (*self._keys.get(place, ()), key)
        return _to_remember(paper, last, key, undecided)

    def _change(
        self, met: _Met, place: Place, changes: dict[str, Value | None], tags: tuple[str, ...]
    ) -> None:
        met.places.append(place)
        met.given.update(dict.fromkeys(changes, place))
        after = merging.changed(met.after, changes) if changes else met.after
        joined = _union(after.tags, tags)
        if joined != after.tags:
            after = after.model_copy(update={"tags": joined})
        if after != met.after:
            met.after = after
            self._index.add(after)

    def _verdict(self, name: str, met: _Met) -> Verdict:
        if name in met.given or self._favour is Favour.OURS:
            return Verdict.KEPT
        return Verdict.TAKEN if self._favour is Favour.THEIRS else Verdict.UNDECIDED

    def _say_removed(self, file: str, gone: Iterable[Paper]) -> None:
        for paper in gone:
            there = self._there.get(paper.key)
            if there is not None and all(place.file != file for place in self._places(paper.key)):
                self._removed.append(Removal(file, there.key, there.title))

    def _places(self, key: str) -> Sequence[Place]:
        met = self._met.get(key)
        return met.places if met else ()

    def _with_own_lab(self, paper: Paper) -> Paper:
        """Return the paper under the name that the catalogue has for its lab."""
        if paper.lab is None or not self._catalogue.labs:
            return paper
        own = self._names.own(paper.lab)
        return paper if own == paper.lab else paper.model_copy(update={"lab": own})

    def _new_labs(self, labs: Container[str | None]) -> dict[str, tuple[str, ...]]:
        """Return those of these labs that the catalogue has not, in the order of the rows."""
        there = self._catalogue.labs
        known = [name for own, others in there.items() for name in (own, *others)]
        new = [lab for lab in self._labs if lab in labs and lab not in there]
        return with_other_names(new, known)


def _only_lists(source: Source) -> bool:
    return bool(source.tables) and all(_is_index(table) for table in source.tables)


def _is_index(table: Table) -> bool:
    return set(fields_of(table.look)) <= _INDEX_COLUMNS


def _lab_is_new(entry: Entry) -> bool:
    return entry.before is None or entry.before.lab != entry.after.lab


def _union(texts: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*texts, *more)))


def _to_remember(
    paper: Paper, last: Paper | None, key: str, undecided: Sequence[str]
) -> Paper | None:
    """Return what the row says, but for what waits for a decision: that is as it was."""
    if last is None and "title" in undecided:
        return None
    before = merging.said(last) if last else {}
    as_before = {name: before.get(name) for name in undecided}
    return merging.changed(paper.model_copy(update={"key": key}), as_before)
