"""Rows of several files against one catalogue: the plan of an import, and its changes made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise

from papertrack.catalogue.draft import Draft
from papertrack.changes import Edited, has_appeared, is_preprint_entry
from papertrack.duplicates import Index
from papertrack.formats import Format
from papertrack.identifiers import make_key, untaken
from papertrack.importing import (
    Conflict,
    Doubted,
    Doubtful,
    Duplicate,
    Favour,
    Origin,
    Place,
    Plan,
    Removal,
    SourceRow,
    Verdict,
    matching,
)
from papertrack.labs import LabNames, with_other_names
from papertrack.models import FIELDS, PROSE, SUBTABLES, Catalogue, Paper
from papertrack.status import Status
from papertrack.typed import Value

_INDEX_COLUMNS = {"title", "link", "links", "tags", "number", "key"}
"""A table of nothing else lists papers that other tables describe."""
_OF_FIRST_ENTRY = ("bibtex:key", "bibtex:type")
_NEEDING_A_VENUE = ("article", "inproceedings", "misc", "online", "unpublished")
"""The types of entries that say little as long as they name no venue."""


_AROUND_LINE = " \t:：;；,，.。"


def plan(
    catalogue: Catalogue,
    origins: Sequence[Origin],
    favour: Favour | None = None,
    *,
    adopt: bool = False,
) -> Plan:
    """Return what importing these files would do; a person's own changes stay unless `favour`.

    Files that only list titles come last, so that the tables which describe the papers decide
    their order and their words. Where the tables are to be made from the catalogue (`adopt`), it
    needs the texts of every row of a paper: they would be gone from the files.
    """
    planner = _Planner(catalogue, favour, adopt=adopt)
    for origin in sorted(origins, key=_only_lists):
        planner.take(origin)
    planner.doubt_unknown()
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


@dataclass(eq=False, repr=False)  # which Python would write for each start
class _Met:
    """A paper that the import has to do with, as it is becoming."""

    before: Paper | None
    after: Paper
    places: list[Place] = field(default_factory=list)
    added: Paper | None = None
    """A new paper as its first row has it."""

    @cached_property
    def given(self) -> dict[str, Place]:
        """The row that each field came from, of those that this import brought."""
        fields = matching.values_of(self.added) if self.added else ()
        return dict.fromkeys(fields, self.places[0]) if fields else {}


class _Planner:
    def __init__(self, catalogue: Catalogue, favour: Favour | None, *, adopt: bool) -> None:
        self.catalogue, self.favour, self.adopt = catalogue, favour, adopt
        self.names = LabNames(catalogue.labs)
        self.known = {paper.key: paper for paper in catalogue.papers}
        self.index = Index(catalogue.papers)  # and of those met since
        self.taken = set(self.known)  # all keys
        # Whose each citation key is, and how many papers ask for it and for each key.
        self.cited: dict[str, str] = {}
        for paper in catalogue.papers:
            self.cited.update((it, paper.key) for it in paper.citation_keys if it not in self.cited)
        self.counts: dict[str, int] = {}
        self.numbers: dict[str, int] = {}
        self.met: dict[str, _Met] = {}
        self.labs: dict[str, None] = {}
        self.keys: dict[Place, tuple[str, ...]] = {}
        self.remembered: list[SourceRow] = []
        self.conflicts: list[Conflict] = []
        self.duplicates: list[Duplicate] = []
        self.removed: dict[Removal, None] = {}
        self.doubts: list[Doubted] = []
        self.unknown: list[list[SourceRow]] = []  # by block
        self.left_out: list[SourceRow] = []

    def plan(self, origins: Sequence[Origin]) -> Plan:
        """Return the plan, once every origin is imported."""
        met = self.met.values()
        added = [it.after for it in met if it.before is None]
        if runs := list(self._runs(origins)):
            added = _in_order_of_blocks(added, runs)
        updated = [Edited(it.before, it.after) for it in met if it.before is not None]
        updated = [it for it in updated if it.before != it.after]
        changed = {it.after.key for it in updated}
        labs = {paper.lab for paper in added}
        labs |= {it.after.lab for it in updated if it.before.lab != it.after.lab}
        new = [lab for lab in self.labs if lab in labs and lab not in self.catalogue.labs]
        return Plan(
            origins=tuple(origins),
            added=tuple(added),
            updated=tuple(updated),
            unchanged=tuple(it.after for it in met if it.before and it.after.key not in changed),
            labs=with_other_names(new, self.catalogue.lab_names),
            conflicts=tuple(self.conflicts),
            duplicates=tuple(self.duplicates),
            removed=tuple(self.removed),
            doubts=tuple(self.doubts),
            left_out=tuple(self.left_out),
            remembered=tuple(self.remembered),
            keys=self.keys,
        )

    def _runs(self, origins: Iterable[Origin]) -> Iterator[list[str]]:
        """Yield the keys of papers that stand in blocks below one another, under one heading."""
        for origin in origins:
            for table in origin.tables if origin.framed or origin.block is not None else ():
                run: list[str] = []
                for row in table.rows:
                    run += self.keys.get(Place(origin.file, row.line), ())
                    if not row.papers:
                        yield run
                        run = []
                yield run

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
        """Import the rows that somebody edited; the others are what a catalogue made them."""
        hand = origin.hand
        edited = {edit.line for edit in hand.edits}
        unknown: list[SourceRow] = []
        # Rows that nobody edited say where their papers stand: those are not gone from the file.
        for row in origin.rows:
            same = None if row.place.line in edited else matching.find(self.index, row.paper).same
            is_known = same is not None and same.paper.key in self.known
            if row.place.line in hand.unmade and not is_known:
                unknown.append(row._replace(paper=self._with_own_lab(row.paper)))
            elif same is not None:
                self._meet(same.paper.key).places.append(row.place)
        # This catalogue may have lost them on purpose; if not, another one made the block.
        if self.favour is Favour.THEIRS:
            for row in unknown:
                self._take_row(origin, row, None)
        else:
            self.unknown.append(unknown)
        for line, key, now, last in hand.edits:
            row = SourceRow(Place(origin.file, line), self._with_own_lab(now))
            self.labs.update(dict.fromkeys(filter(None, (row.paper.lab,))))
            if key is None:
                self._take_row(origin, row, None)
            else:
                self._merge(origin, row, last if hand.certain else None, key, "title")
        self._note_removed(origin.file, hand.gone, *origin.own_tags[:1])
        for line, name, was_paper, moved in hand.strange:
            what = Doubtful.NO_PAPER if was_paper else Doubtful.STRANGE
            self._doubt(Place(origin.file, line), Doubtful.MOVED if moved else what, name)

    def doubt_unknown(self) -> None:
        """Doubt papers of blocks that are not in the catalogue, unless another table adds them."""
        for rows in self.unknown:
            left = [row for row in rows if matching.find(self.index, row.paper).same is None]
            if left:
                self._doubt(left[0].place, Doubtful.UNKNOWN, *(row.paper.title for row in left))
                self.left_out += left

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
            self.left_out.append(row)
            self.keys.setdefault(place, ())
            return last
        return paper.model_copy(update={"key": self._add(origin, place, paper)})

    def _find(self, paper: Paper, last: Paper | None, place: Place) -> tuple[str | None, str]:
        same, slip = matching.find(self.index, paper, self._now)
        # What the row was before goes first: since then its title or identifier may be corrected.
        if last is not None and (key := self._key_now(last)):
            return key, same.by if same and same.paper.key == key else "title"
        if slip is not None and same is None:
            other = slip.paper
            names = (paper.title, slip.by.label, other.title, other.key)
            self._doubt(place, Doubtful.SLIP, *names)
        key = self.cited.get(paper.bibtex.get("key", "")) if slip is None else None
        if same is not None:  # of two that are, the one that is cited so
            alike = (it for it in self.index.matches(paper) if it.paper.key == key)
            same = next(alike, same) if key else same
            return same.paper.key, same.by
        # The last resort is the citation key, where the titles are alike at least.
        if key is None:
            return None, ""
        is_same = matching.is_cited_alike(paper, self._now(key))
        return (key, "citation key") if is_same else (None, "")

    def _key_now(self, last: Paper) -> str | None:
        """Return the key of a paper that a file held, which a person may have changed since."""
        if last.key in self.known:
            return last.key
        same = matching.find(self.index, last, self._now).same
        return same.paper.key if same else None

    def _now(self, key: str) -> Paper:
        return self.met[key].after if key in self.met else self.known[key]

    def _add(self, origin: Origin, place: Place, paper: Paper) -> str:
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
        self.met[key] = _Met(None, after, [place], after)
        self.index.add(after)
        self.keys[place] = (*self.keys.get(place, ()), key)
        return key

    def _cited_once(self, place: Place, paper: Paper, key: str) -> Mapping[str, str]:
        """Return what a bibliography says of a new paper, with a citation key that no other has."""
        if not paper.bibtex:
            return {}
        return {**paper.bibtex, "key": self._free(place, paper.bibtex.get("key") or key, key)}

    def _cited_besides(
        self, origin: Origin, place: Place, paper: Paper, known: Paper
    ) -> dict[str, Value | None]:
        """Return what an entry changes in how a known paper is cited: its key is one more."""
        typed = paper.bibtex.get("key", "")
        if typed and not known.bibtex.get("key"):
            if typed == known.key:  # which it is cited by in any case
                return {}
            return {"bibtex:key": self._free(place, typed, known.key)}
        is_chosen = origin.format in (Format.BIBTEX, Format.BIBLATEX)  # elsewhere programs number
        if not (typed and is_chosen) or typed in self.cited:
            return {}
        self.cited[typed] = known.key
        return {"bibtex:ids": ", ".join((*known.citation_keys[1:], typed))}

    def _free(self, place: Place, typed: str, key: str) -> str:
        own = untaken(typed, self.cited, self.counts, longest=None)
        if own != typed:
            self._doubt(place, Doubtful.CITED, typed, self.cited[typed], own)
        self.cited[own] = key
        return own

    def _merge(
        self, origin: Origin, row: SourceRow, last: Paper | None, key: str, by: str
    ) -> Paper | None:
        """Merge the row into the paper; return what to remember of it."""
        place, paper, spellings = row
        met = self._meet(key)
        if met.places and origin.block is None:
            listed = _only_lists(origin) and met.places[0].file != place.file
            self.duplicates.append(Duplicate(place, key, by, met.places[0], listed))
        merged = self._merged(origin, paper, last, met.after)
        changes = dict(merged.changes)
        if last is None and paper.bibtex:
            changes |= self._cited_besides(origin, place, paper, met.after)
        undecided = []
        for differing in merged.differences:
            if differing.field in _OF_FIRST_ENTRY:
                changes |= _type_of_new_venue(differing, changes, met.after)
                continue  # else a paper is cited as it always was
            name = differing.field.partition(":")[2] or differing.field  # without its sub-table
            if name in spellings and name != differing.field:
                continue  # another table spells the same field another way
            decisive = matching.decided_with(differing)
            verdict = self._verdict(differing, met, decisive or differing.field)
            if not decisive:
                self.conflicts.append(
                    Conflict(
                        place=place,
                        key=key,
                        field=name,
                        new=differing.new,
                        known=differing.known,
                        first=met.given.get(differing.field),
                        verdict=verdict,
                    )
                )
            changes |= _decided(differing, verdict)
            undecided += [differing.field] if verdict is Verdict.UNDECIDED else []
        _let_type_follow(changes, met.after, paper)
        self._change(met, place, changes, origin.tags)
        if self.favour is Favour.THEIRS:  # the first row is right, also where it changed nothing
            met.given = {**dict.fromkeys(matching.values_of(paper), place), **met.given}
        self.keys[place] = (*self.keys.get(place, ()), key)
        return _to_remember(paper, last, key, undecided)

    def _merged(
        self, origin: Origin, paper: Paper, last: Paper | None, known: Paper
    ) -> matching.MergedRow:
        """Return what a row changes; where the file is right, all that it says counts."""
        by_hand = origin.block is not None
        anew = self.favour is Favour.THEIRS and not by_hand
        before = matching.values_of(last) if last else {}
        if anew:  # before what is known by another name is left out of the row
            before = matching.unsaid(before, matching.values_of(paper))
        if paper.bibtex and (last is None or anew):
            from papertrack import bibtex  # slow to import, for bibliographies only

            paper = bibtex.as_known(paper, known, others=origin.format is not Format.RIS)
        row = matching.values_of(paper)
        return matching.merged_row(known, row, before, by_hand=by_hand, exact=anew)

    def _change(
        self, met: _Met, place: Place, changes: dict[str, Value | None], tags: tuple[str, ...]
    ) -> None:
        met.places.append(place)
        met.given.update(dict.fromkeys(changes, place))
        after = matching.changed_paper(met.after, changes) if changes else met.after
        joined = _union(after.tags, tags)
        if joined != after.tags:
            after = after.model_copy(update={"tags": joined})
        if after != met.after:
            met.after = after
            self.index.add(after)

    def _verdict(self, differing: matching.Difference, met: _Met, name: str) -> Verdict:
        if self.adopt and name in PROSE and name in met.given and _lacking(differing):
            return Verdict.JOINED
        together = matching.SOURCE if name in matching.SOURCE else (name,)
        if any(it in met.given for it in together) or self.favour is Favour.OURS:
            return Verdict.KEPT
        return Verdict.TAKEN if self.favour is Favour.THEIRS else Verdict.UNDECIDED

    def _note_removed(self, file: str, gone: Iterable[Paper], tag: str | None = None) -> None:
        for key in (paper.key for paper in gone if paper.key in self.known):
            if key not in self.met or all(it.file != file for it in self.met[key].places):
                self.removed[Removal(file, key, self.known[key].title, tag)] = None

    def _with_own_lab(self, paper: Paper) -> Paper:
        """Return the paper under the name that the catalogue has for its lab."""
        if paper.lab is None or not self.catalogue.labs:
            return paper
        own = self.names.canonical(paper.lab)
        return paper if own == paper.lab else paper.model_copy(update={"lab": own})


def _lacking(differing: matching.Difference) -> list[str]:
    """Return the lines of a row's text that the paper has not yet."""
    new, known = (str(text or "").split("\n") for text in (differing.new, differing.known))
    lines = {line.strip(_AROUND_LINE) for line in (*known, "")}
    return [line for line in new if line.strip(_AROUND_LINE) not in lines]


def _decided(differing: matching.Difference, verdict: Verdict) -> dict[str, Value | None]:
    """Return what a difference changes in the paper, once somebody or something decided it."""
    if verdict is Verdict.TAKEN:
        return matching.taken_from(differing)
    if verdict is Verdict.JOINED:
        return {differing.field: "\n".join((str(differing.known).rstrip(), *_lacking(differing)))}
    return {}


def _let_type_follow(changes: dict[str, Value | None], known: Paper, row: Paper) -> None:
    """Leave the type of a preprint to the venue, where the paper or the row has one."""
    if is_preprint_entry(row, row.bibtex) and has_appeared(known.venue):
        changes.pop("bibtex:type", None)
    elif is_preprint_entry(known, known.bibtex) and has_appeared(changes.get("venue")):
        changes.setdefault("bibtex:type", None)


def _type_of_new_venue(
    differing: matching.Difference, changes: Mapping[str, Value | None], known: Paper
) -> dict[str, Value | None]:
    """Return the type of an entry that names the venue for which the known one's type waited."""
    is_placed = "venue" not in changes or known.venue is not None or "crossref" in known.bibtex
    if is_placed or differing.field == "bibtex:key" or differing.known not in _NEEDING_A_VENUE:
        return {}
    return {differing.field: differing.new}


def _in_order_of_blocks(papers: Sequence[Paper], runs: Iterable[Sequence[str]]) -> list[Paper]:
    """Return the papers in the order that their catalogue had, as far as its blocks show it.

    A block of few papers may stand above that of all, whose order it must not change.
    """
    from graphlib import CycleError, TopologicalSorter  # where blocks bring papers

    places = {paper.key: at for at, paper in enumerate(papers)}
    sorter = TopologicalSorter(dict.fromkeys(places, ()))
    for run in runs:
        for one, other in pairwise(key for key in dict.fromkeys(run) if key in places):
            sorter.add(other, one)
    try:
        sorter.prepare()
    except CycleError:  # somebody moved rows
        return list(papers)
    # Of the papers whose predecessors all stand there, the one that was met first comes next.
    ready: list[int] = []
    ordered: list[Paper] = []
    while sorter:
        for key in sorter.get_ready():
            heappush(ready, places[key])
        ordered.append(papers[heappop(ready)])
        sorter.done(ordered[-1].key)
    return ordered


def _only_lists(origin: Origin) -> bool:
    """Say whether a file has nothing but tables that list papers which others describe."""
    if not origin.tables:
        return False
    from papertrack.markdown.writing import fields_of  # for Markdown only

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
    before = matching.values_of(last) if last else {}
    return matching.changed_paper(kept, {name: before.get(name) for name in undecided})
