"""The steps of an import: read the files, plan, apply, adopt, wrap; one change of it all."""

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import NamedTuple, Protocol

from papertrack import blocks, catalogue, memory, query, store
from papertrack.bibliography import Bibliography
from papertrack.catalogue import Draft
from papertrack.errors import PapertrackError
from papertrack.files.access import target_of
from papertrack.folding import fold_title
from papertrack.importing import adopting, hand_edits, intake, look_sharing, planning
from papertrack.importing.adopting import Adopted, Brought, Left
from papertrack.importing.intake import Wanted, meanings
from papertrack.importing.plan import Favour, Origin, Place, Plan
from papertrack.models import FIELDS, SUBTABLES, Catalogue, Look, Paper


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
    adopted: Sequence[tuple[Adopted, Brought]] = ()
    left: Sequence[Left] = ()


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
        adopted, left = _adopt(plan, edit.draft, texts) if asked.adopt else ([], [])
        adopted = _set_looks(plan, adopted, edit.draft, asked.today)
        _add_files(edit.draft, place, [files[one.file] for one in adopted])
        wrapped = _wrap(texts, adopted, edit.draft.catalogue, asked.today)
        stamped = _stamp({**texts, **wrapped}, plan)
        edit.texts.update((files[name], text) for name, text in {**wrapped, **stamped}.items())
        shelves = adopting.Shelves(edit.draft.catalogue)
        unsure = plan.all_doubts or plan.undecided or plan.unread or plan.left_out
        refused = asked.strict and bool(unsure)
        outcome = Outcome(
            plan=plan,
            where=store.shown(place),
            created=edit.created,
            refused=refused,
            written=not (refused or asked.dry_run or (edit.created and not plan.says_something)),
            adopted=[(one, adopting.brought(one, shelves)) for one in adopted],
            left=left,
        )
        if not outcome.written:
            raise _NothingWrittenError
        memory.remember(
            place, before, edit.result, _remembered(plan, adopted, given.paths), tell=tell
        )
    return outcome


def _place(explicit: Path | None) -> Path:
    """Return the catalogue, there or to be made."""
    try:
        return store.find(explicit)
    except store.NoCatalogueError:
        return store.new_path(explicit)


def _read(
    given: _Given, known: Catalogue, asked: Asked, track: Track, *, created: bool
) -> list[Origin]:
    """Return what each file holds: its blocks, each with what was edited in it, and the rest."""
    read = {
        name: intake.read(given.texts[name], asked.wanted)
        for name in track(list(given.texts), "reading")
    }
    keys = {paper.key for paper in known.papers}
    labs = {fold_title(paper.lab) for paper in known.papers if paper.lab}
    labs |= {fold_title(lab) for own, others in known.labs.items() for lab in (own, *others)}
    origins: list[Origin] = []
    for name, tables in intake.pick(read, asked.wanted).items():
        text = given.texts[name]
        if created:
            origins += hand_edits.framed(text, tables, asked.wanted, where=name, today=asked.today)
        else:
            origins += hand_edits.in_blocks(text, tables, known, where=name, today=asked.today)
        _, outside = hand_edits.apart(tables, blocks.find(text, name))
        last = given.before(name, keys)
        means = {}
        if asked.wanted.headings is None:
            means = meanings(tables, labs=labs, title=intake.title(text))
            above = {table.section for table in outside}  # blocks have their queries
            means = {heading: it for heading, it in means.items() if heading in above}
        blank = not text.strip("\ufeff \t\r\n")
        origins.append(intake.origin(name, outside, asked.wanted, last, means=means, blank=blank))
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


def _adopt(plan: Plan, draft: Draft, texts: Mapping[str, str]) -> tuple[list[Adopted], list[Left]]:
    """Return what becomes of each table; the papers of those that need a tag have it then."""
    enclosed = {name: blocks.enclosed(text) for name, text in texts.items()}
    tables = list(adopting.adopt(plan, adopting.Shelves(draft.catalogue), enclosed))
    adopted = [one for one in tables if isinstance(one, Adopted)]
    tags = {paper.key: paper.tags for paper in draft.catalogue.papers}
    for one in adopted:
        for key in one.keys if one.new_tag else ():
            tags[key] = (*tags[key], str(one.new_tag))
            draft.change(key, {"tags": tags[key]})
    return adopted, [one for one in tables if isinstance(one, Left)]


def _set_looks(plan: Plan, adopted: Sequence[Adopted], draft: Draft, today: date) -> list[Adopted]:
    """Give the catalogue the looks of the tables; return what is adopted with their names."""
    known = draft.catalogue
    full = [one for one in adopted if one.table.header]
    papers = {paper.key: paper for paper in known.papers}
    samples = [
        look_sharing.Sample(
            PurePath(one.file).stem,
            one.table,
            [papers[key] for key in one.keys],
            query.parse(one.query, today=today).named("tags"),
        )
        for one in full
    ] or [
        look_sharing.Sample("", table, ())
        for origin in plan.origins
        for table in origin.tables
        if adopting.is_list(table) and origin.block is None
    ]
    default = None if known.look == Look() else known.look
    shared = look_sharing.share(samples, default, known.looks)
    if shared.default is not None:
        draft.set_table("markdown", shared.default)
    for name, look in shared.further.items() if adopted else ():
        draft.set_table(f"markdown.{name}", look)
    names = dict(zip((id(one) for one in full), shared.names, strict=False))
    return [one._replace(look=names.get(id(one))) for one in adopted]


def _add_files(draft: Draft, place: Path, paths: Iterable[Path]) -> None:
    """Name the files with blocks in `[markdown]`, from the catalogue's folder."""
    folder = target_of(place).parent
    names = [Path(os.path.relpath(target_of(path), folder)).as_posix() for path in paths]
    files = list(dict.fromkeys((*draft.catalogue.files, *names)))
    if files != list(draft.catalogue.files):
        draft.set_table("markdown", {"files": files})


def _wrap(
    texts: Mapping[str, str], adopted: Iterable[Adopted], known: Catalogue, today: date
) -> dict[str, str]:
    """Return the texts in which tables become blocks."""
    by_file: dict[str, list[Adopted]] = {}
    for one in adopted:
        by_file.setdefault(one.file, []).append(one)
    wrapped = {}
    for name, ones in by_file.items():
        text, places = adopting.places(texts[name], ones)
        wrapped[name] = blocks.wrap(text, places, known, where=name, today=today)
    return wrapped


def _stamp(texts: Mapping[str, str], plan: Plan) -> dict[str, str]:
    """Return the texts with blocks whose edits are all taken in, or decided: now as generated."""
    waiting = {conflict.place for conflict in plan.undecided}
    decided: dict[str, list[int]] = {}
    for origin in plan.origins:
        places = {Place(origin.file, edit.line) for edit in origin.hand.edits}
        if origin.hand.block and not origin.hand.strange and not places & waiting:
            decided.setdefault(origin.file, []).append(origin.hand.block)
    return {
        name: hand_edits.stamp(texts[name], name, at)
        for name, at in decided.items()
        if name in texts  # what came by a pipe is written nowhere
    }


def _remembered(
    plan: Plan, adopted: Iterable[Adopted], files: Mapping[str, Path]
) -> memory.Remembered:
    """Return what to remember, by file: the papers of its tables that are no blocks."""
    framed = {Place(one.file, line) for one in adopted for line, _ in one.table.papers}
    kept: dict[Path, list[Paper]] = {
        target_of(files[origin.file]): []
        for origin in plan.origins
        if origin.block is None and origin.file in files
    }
    for place, paper, _ in plan.remembered:
        if place.file in files and place not in framed:
            kept[target_of(files[place.file])].append(paper)
    return {path: tuple(papers) for path, papers in kept.items()}
