"""Files taken in: read, planned, made one change of, remembered for the next time."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Protocol

from papertrack import blocks, catalogue, memory, query, store
from papertrack.catalogue import Draft
from papertrack.errors import PapertrackError
from papertrack.files.reading import target_of
from papertrack.importing import adopting, applying, edits, looks, sources, taking
from papertrack.importing.adopting import Adopted, Brought, Left
from papertrack.importing.plan import Favour, Place, Plan, Source
from papertrack.importing.sources import Wanted
from papertrack.markdown.rows import Table
from papertrack.models import Catalogue, Look, Paper


class Track(Protocol):
    """Shows how far work on several things is."""

    def __call__(self, items: Sequence[Path], doing: str) -> Iterable[Path]:
        """Give the items one by one."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asks of an import."""

    wanted: Wanted
    adopt: bool = False
    favour: Favour | None = None
    dry_run: bool = False
    strict: bool = False
    """Whether any doubt, or difference undecided, is a reason to take in nothing."""
    typed: str
    """The command line, for the history."""
    today: date


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an import came to."""

    plan: Plan
    where: str
    """The catalogue, as a person would type it."""
    created: bool
    written: bool
    """False for a dry run, where it was refused, and where no file has papers to begin with."""
    refused: str | None
    """Why nothing was taken in."""
    adopted: Sequence[tuple[Adopted, Brought]] = ()
    left: Sequence[Left] = ()


class _OnlyLookedError(Exception):
    """Nothing is to be written."""


def import_files(
    paths: Sequence[Path],
    explicit: Path | None,
    asked: Asked,
    *,
    tell: Callable[[str], None],
    track: Track,
) -> Outcome:
    """Take the files in, all or none, into the catalogue that is meant or a new one.

    Raises PapertrackError where a file cannot be read, and where the catalogue is not valid.
    """
    for path in paths:
        if path.is_dir():
            some = path / "*.md"
            raise PapertrackError(f"{path} is a folder: name its files, papertrack import {some}")
    place = _place(explicit)
    with (
        _leaving_no_empty_folder(place),
        suppress(_OnlyLookedError),
        store.edit_with_files(place, paths, asked.typed, tell=tell, create="") as edit,
    ):
        before = None if edit.created else edit.text
        work = _Work(edit, place, asked, track)
        if not work.outcome.written:
            raise _OnlyLookedError
        memory.remember(place, before, edit.result, work.remembered, tell=tell)
    return work.outcome


def _place(explicit: Path | None) -> Path:
    """Return the catalogue, there or to be made."""
    try:
        return store.find(explicit)
    except PapertrackError:
        place = store.new_path(explicit)
        if place.exists():
            raise
        return place


@contextmanager
def _leaving_no_empty_folder(place: Path) -> Iterator[None]:
    """Remove the folders made for a catalogue that was not."""
    made = [folder for folder in place.absolute().parents if not folder.exists()]
    try:
        yield
    finally:
        for folder in made:
            with suppress(OSError):  # it holds the catalogue
                folder.rmdir()


class _Work:
    """One import under the lock."""

    def __init__(self, edit: store.Edit, place: Path, asked: Asked, track: Track) -> None:
        self._edit = edit
        self._place = place
        self._asked = asked
        self._paths = {store.shown(path): path for path in edit.texts}
        known = Catalogue() if edit.created else edit.draft.catalogue
        given = self._sources(known, track)
        plan = taking.take_in(known, given, asked.favour)
        if edit.created:
            edit.text = catalogue.new_text(self._title(), plan.labs)
        applying.apply(plan, edit.draft)
        adopted, left = self._adopt(plan) if asked.adopt else ([], [])
        self._set_looks(plan, adopted)
        self._wrap(adopted)
        self._stamp(plan)
        refused = _refusal(plan) if asked.strict else None
        shelves = adopting.Shelves(edit.draft.catalogue)
        self.outcome = Outcome(
            plan=plan,
            where=store.shown(place),
            written=refused is None and not asked.dry_run and not self._is_idle(plan),
            refused=refused,
            created=edit.created,
            adopted=[(one, adopting.brought(one, shelves)) for one in adopted],
            left=left,
        )

    def _is_idle(self, plan: Plan) -> bool:
        """Say whether a catalogue would be made of files that hold no list of papers."""
        tables = [table for source in plan.sources for table in source.tables]
        return self._edit.created and not any(table.skipped is None for table in tables)

    @property
    def remembered(self) -> memory.Remembered:
        """What to remember, by file: the papers of its tables that are no blocks."""
        framed = {(one.file, key) for one, _ in self.outcome.adopted for key in one.keys}
        return {
            target_of(self._paths[file]): tuple(
                paper for paper in papers if (file, paper.key) not in framed
            )
            for file, papers in self.outcome.plan.remembered.items()
        }

    def _sources(self, known: Catalogue, track: Track) -> list[Source]:
        wanted = self._asked.wanted
        read = {
            store.shown(path): sources.read(self._edit.texts[path], wanted)
            for path in track(list(self._edit.texts), "reading")
        }
        picked = sources.pick(read, wanted)
        remembered = memory.recall(self._place, None if self._edit.created else self._edit.text)
        return [
            source
            for file, tables in picked.items()
            for source in self._of_file(file, tables, remembered, known)
        ]

    def _of_file(
        self,
        file: str,
        tables: Sequence[Table],
        remembered: memory.Remembered,
        known: Catalogue,
    ) -> Iterator[Source]:
        wanted, text = self._asked.wanted, self._edit.texts[self._paths[file]]
        if self._edit.created:
            yield from edits.framed(text, tables, wanted, where=file, today=self._asked.today)
        else:
            yield from edits.in_blocks(text, tables, known, where=file, today=self._asked.today)
        _, outside = edits.apart(tables, blocks.find(text, file))
        last = self._last(file, remembered, known)
        blank = not text.strip("\ufeff \t\r\n")
        yield sources.source(file, outside, wanted, last, blank=blank)

    def _last(
        self, file: str, remembered: memory.Remembered, known: Catalogue
    ) -> tuple[Paper, ...]:
        """Return what was last taken in from the file, where the catalogue still has some of it."""
        there = {paper.key for paper in known.papers}
        last = remembered.get(target_of(self._paths[file]), ())
        return tuple(last) if any(paper.key in there for paper in last) else ()

    def _title(self) -> str | None:
        texts = list(self._edit.texts.values())
        return sources.title(texts[0]) if len(texts) == 1 else None

    def _adopt(self, plan: Plan) -> tuple[list[Adopted], list[Left]]:
        draft = self._edit.draft
        enclosed = {name: blocks.enclosed(self._edit.texts[at]) for name, at in self._paths.items()}
        found = list(adopting.adopt(plan, adopting.Shelves(draft.catalogue), enclosed))
        adopted = [one for one in found if isinstance(one, Adopted)]
        tags = {paper.key: paper.tags for paper in draft.catalogue.papers}
        for one in adopted:
            for key in one.keys if one.new_tag else ():
                tags[key] = (*tags[key], str(one.new_tag))
                draft.change(key, {"tags": tags[key]})
        return adopted, [one for one in found if isinstance(one, Left)]

    def _set_looks(self, plan: Plan, adopted: list[Adopted]) -> None:
        """Give the catalogue the looks; `adopted` gets their names."""
        draft, known = self._edit.draft, self._edit.draft.catalogue
        full = [one for one in adopted if one.table.header]
        papers = {paper.key: paper for paper in known.papers}
        samples = [
            looks.Sample(
                PurePath(one.file).stem,
                one.table,
                [papers[key] for key in one.keys],
                query.parse(one.query, today=self._asked.today).named("tags"),
            )
            for one in full
        ] or [
            looks.Sample("", table, ())
            for source in plan.sources
            for table in source.tables
            if adopting.is_list(table) and source.block is None
        ]
        shared = looks.share(samples, None if known.look == Look() else known.look, known.looks)
        if shared.default is not None:
            draft.set_table("markdown", shared.default)
        for name, look in shared.further.items() if adopted else ():
            draft.set_table(f"markdown.{name}", look)
        names = dict(zip((id(one) for one in full), shared.names, strict=False))
        adopted[:] = [one._replace(look=names.get(id(one))) for one in adopted]
        _add_files(draft, self._place, [self._paths[one.file] for one in adopted])

    def _wrap(self, adopted: Iterable[Adopted]) -> None:
        by_file: dict[str, list[Adopted]] = {}
        for one in adopted:
            by_file.setdefault(one.file, []).append(one)
        for file, ones in by_file.items():
            text, places = adopting.places(self._edit.texts[self._paths[file]], ones)
            self._edit.texts[self._paths[file]] = blocks.wrap(
                text, places, self._edit.draft.catalogue, where=file, today=self._asked.today
            )

    def _stamp(self, plan: Plan) -> None:
        """Let the blocks whose edits are all taken in, or decided, count as generated."""
        waiting = {conflict.place for conflict in plan.undecided}
        done: dict[str, list[int]] = {}
        for source in plan.sources:
            places = {Place(source.file, edit.line) for edit in source.hand.edits}
            if source.hand.block and not source.hand.strange and not places & waiting:
                done.setdefault(source.file, []).append(source.hand.block)
        for file, lines in done.items():
            path = self._paths[file]
            self._edit.texts[path] = edits.stamp(self._edit.texts[path], file, lines)


def _refusal(plan: Plan) -> str | None:
    """Return why a strict import takes in nothing, where there is a reason."""
    count = len(plan.all_doubts) + len(plan.undecided)
    if not count:
        return None
    doubts = "1 doubt" if count == 1 else f"{count:,} doubts"
    return f"{doubts}, so nothing was taken in (--strict)"


def _add_files(draft: Draft, place: Path, paths: Iterable[Path]) -> None:
    """Name the files with blocks in `[markdown]`, from the catalogue's folder."""
    folder = target_of(place).parent
    names = [Path(os.path.relpath(target_of(path), folder)).as_posix() for path in paths]
    files = list(dict.fromkeys((*draft.catalogue.files, *names)))
    if files != list(draft.catalogue.files):
        draft.set_table("markdown", {"files": files})
