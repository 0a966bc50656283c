"""The steps of an import: read the files, plan, apply, adopt, wrap; one change of it all."""

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from papertrack import catalogue, memory, store
from papertrack.bibliography import Bibliography
from papertrack.catalogue import Draft
from papertrack.errors import PapertrackError
from papertrack.files.access import target_of
from papertrack.importing import intake, planning
from papertrack.importing.intake import Wanted
from papertrack.importing.plan import Favour, Origin, Place, Plan
from papertrack.models import FIELDS, SUBTABLES, Catalogue, Paper

if TYPE_CHECKING:
    from papertrack.importing.adopting import Adopted, Brought, Left


class Track(Protocol):
    """Shows how far work on several things is."""

    def __call__(self, items: Sequence[str], doing: str) -> Iterable[str]:
        """Give the items one by one."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asks of an import."""

    wanted: Wanted
    adopt: bool = False
    favour: Favour | None = None
    dry_run: bool = False
    strict: bool = False
    """Whether any doubt, difference undecided or row not read is a reason to take in nothing."""
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
    refused: bool
    """Whether it was to be strict, and something was in doubt or not read."""
    written: bool
    """False for a dry run, where it was refused, and where no file has a list of papers."""
    adopted: "Sequence[tuple[Adopted, Brought]]" = ()
    left: "Sequence[Left]" = ()


class ReadOnly(NamedTuple):
    """What is taken in and never written: a text that came by a pipe, a bibliography."""

    name: str
    """As a person would type it."""
    path: Path | None
    """Where it stands; None for what came by a pipe, which is not remembered either."""
    content: str | Bibliography
    """A text is Markdown."""
    format: str = "markdown"


@dataclass(frozen=True)
class _Given:
    """What there is to take in, by the name that a person would type for it."""

    texts: Mapping[str, str]
    """The Markdown of all."""
    paths: Mapping[str, Path]
    """Where they are; what was piped is nowhere."""
    others: Sequence[ReadOnly]
    last: memory.Remembered
    """What was taken in last, by file."""

    def before(self, name: str, keys: Container[str]) -> tuple[Paper, ...]:
        """Return what was last taken in from a file, if the catalogue still has some of it."""
        last = self.last.get(target_of(self.paths[name]), ()) if name in self.paths else ()
        return tuple(last) if any(paper.key in keys for paper in last) else ()


class _NothingWrittenError(Exception):
    """Nothing is to be written."""


def import_files(
    paths: Sequence[Path],
    explicit: Path | None,
    asked: Asked,
    *,
    others: Sequence[ReadOnly] = (),
    tell: Callable[[str], None],
    track: Track,
) -> Outcome:
    """Take files in, all or none, into the catalogue that is meant or a new one.

    The `paths` are those of Markdown files, which may be adopted. Raises PapertrackError where a
    file cannot be read, and where the catalogue is not valid.
    """
    for path in paths:
        if path.is_dir():
            some = path / "*.md"
            raise PapertrackError(f"{path} is a folder: name its files, papertrack import {some}")
    place = _place(explicit)
    with (
        suppress(_NothingWrittenError),
        store.edit_with_files(place, paths, asked.typed, tell=tell, create="") as edit,
    ):
        before = None if edit.created else edit.text
        files = {store.shown(path): path for path in edit.texts}
        texts = {name: edit.texts[path] for name, path in files.items()}
        given = _Given(
            {**texts, **{it.name: it.content for it in others if isinstance(it.content, str)}},
            {**files, **{it.name: it.path for it in others if it.path is not None}},
            others,
            memory.recall(place, before),
        )
        known = Catalogue() if edit.created else edit.draft.catalogue
        origins = _read(given, known, asked, track, created=edit.created)
        plan = planning.plan(known, origins, asked.favour)
        if edit.created:
            alone = len(given.texts) == 1 and next(iter(given.texts.values()))
            title = intake.title(alone) if alone else None
            edit.text = catalogue.new_text(title, plan.labs)
        apply(plan, edit.draft)
        adopted: Sequence[tuple[Adopted, Brought]] = ()
        left: Sequence[Left] = ()
        if given.texts:
            from papertrack.importing import markdown_files  # loads what reads and writes Markdown

            named = _from(place, files) if asked.adopt else {}
            adopted, left, rewritten = markdown_files.rewrite(
                plan, edit.draft, texts, named, asked.today, adopt=asked.adopt
            )
            edit.texts.update((files[name], text) for name, text in rewritten.items())
        unsure = plan.all_doubts or plan.undecided or plan.unread or plan.left_out
        refused = asked.strict and bool(unsure)
        outcome = Outcome(
            plan=plan,
            where=store.shown(place),
            created=edit.created,
            refused=refused,
            written=not (refused or asked.dry_run or (edit.created and not plan.says_something)),
            adopted=adopted,
            left=left,
        )
        if not outcome.written:
            raise _NothingWrittenError
        memory.remember(
            place,
            before,
            edit.result,
            _remembered(plan, [one for one, _ in adopted], given.paths),
            tell=tell,
        )
    return outcome


def _place(explicit: Path | None) -> Path:
    """Return the catalogue, there or to be made."""
    try:
        return store.find(explicit)
    except store.NoCatalogueError:
        return store.new_path(explicit)


def _from(place: Path, files: Mapping[str, Path]) -> dict[str, str]:
    """Return the files' paths from the catalogue's folder."""
    folder = target_of(place).parent
    return {
        name: Path(os.path.relpath(target_of(path), folder)).as_posix()
        for name, path in files.items()
    }


def _read(
    given: _Given, known: Catalogue, asked: Asked, track: Track, *, created: bool
) -> list[Origin]:
    """Return what each file holds: its blocks, each with what was edited in it, and the rest."""
    keys = {paper.key for paper in known.papers}
    origins: list[Origin] = []
    if given.texts:
        from papertrack.importing import markdown_files  # loads what reads and writes Markdown

        read = {
            name: intake.read(given.texts[name], asked.wanted)
            for name in track(list(given.texts), "reading")
        }
        last = {name: given.before(name, keys) for name in given.texts}
        origins += markdown_files.origins(
            given.texts, read, known, asked.wanted, last, asked.today, created=created
        )
    for name, _, content, form in given.others:
        if isinstance(content, Bibliography):
            before = given.before(name, keys)
            origins.append(intake.cited(name, content, form, asked.wanted, before))
    return origins


def apply(plan: Plan, draft: Draft) -> None:
    """Make the changes of the plan in the catalogue."""
    if plan.labs:
        draft.set_table("labs", {lab: list(others) for lab, others in plan.labs.items()})
    for before, after, _ in plan.updated:
        changes = {name: getattr(after, name) for name in (*FIELDS, *SUBTABLES)}
        draft.change(
            after.key,
            {name: value for name, value in changes.items() if value != getattr(before, name)},
        )
    for paper in plan.added:
        draft.add(paper, last=True)  # a list keeps its order, whatever its papers' labs


def _remembered(
    plan: Plan, adopted: "Iterable[Adopted]", files: Mapping[str, Path]
) -> memory.Remembered:
    """Return what to remember, by file: the papers of its tables that are no blocks."""
    framed = {Place(one.file, line) for one in adopted for line, _ in one.table.papers}
    targets = {
        origin.file: target_of(files[origin.file])
        for origin in plan.origins
        if origin.block is None and origin.file in files
    }
    kept: dict[Path, list[Paper]] = {target: [] for target in targets.values()}
    for place, paper, _ in plan.remembered:
        if place.file in targets and place not in framed:
            kept[targets[place.file]].append(paper)
    return {path: tuple(papers) for path, papers in kept.items()}
