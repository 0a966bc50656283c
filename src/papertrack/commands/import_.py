"""papertrack import."""

import os
import shlex
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from papertrack import formats, importing, last_imports, session, store
from papertrack.catalogue.draft import new_text
from papertrack.commands import import_account as account
from papertrack.commands.import_account import Outcome
from papertrack.errors import PapertrackError, RefusedError
from papertrack.files import as_typed, read, target_of, translated_errors
from papertrack.formats import Format
from papertrack.importing import PIPED, Favour, Origin, Place, Plan, Wanted, planning
from papertrack.markdown.rows import Meaning
from papertrack.models import Catalogue, Paper
from papertrack.session import argument, flag, option
from papertrack.status import Status
from papertrack.terminal import piped, print_verbatim, say, track
from papertrack.terminal.tables import dumped

if TYPE_CHECKING:
    from papertrack.importing.adopting import Adopted, Left  # for Markdown only
    from papertrack.store import FilesEdit

_STDIN = ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")
EXAMPLES = (
    "papertrack import README.md",
    "papertrack import topics/*.md --tag-from-file --adopt",
    "papertrack import list.md --map '名称=title' --map '备注=notes' --table 2 --dry-run",
    "papertrack import README.md --theirs",
    "papertrack import refs.bib --without abstract,file",
    "curl https://example.org/list.md | papertrack import - --dry-run",
)


Files = Annotated[
    list[Path],
    argument(
        "FILE...",
        "Markdown with tables and lists of papers, BibTeX, RIS, CSL-JSON; - reads what is "
        "piped or pasted.",
    ),
]
Map = Annotated[
    list[str] | None,
    option(
        "--map",
        "COLUMN=FIELD",
        "What a column holds, by its header or number: a field of a paper, or source, date, "
        "number, skip; may be repeated.",
    ),
]
Headings = Annotated[
    Meaning | None,
    typer.Option(
        help="What all headings mean. By default those above tables and lists are statuses "
        "(Done), labs that the catalogue knows, or tags; in a table a row of equal cells is a lab, "
        "a first cell alone a tag.",
        show_default=False,
    ),
]
Tables = Annotated[
    list[str] | None,
    option("--table", "N|HEADING", "Only this table, by number or heading; may be repeated."),
]
TagFromFile = Annotated[bool, flag("--tag-from-file", "Tag each paper with its file's name.")]
Tags = Annotated[list[str] | None, option("--tag", "TAG", "Tag each paper; may be repeated.")]
Lab = Annotated[str | None, option("--lab", "LAB", "The lab of new papers that name none.")]
StatusOf = Annotated[
    str | None, option("--status", "STATUS", "The status of new papers that name none.")
]
Adopt = Annotated[
    bool,
    flag(
        "--adopt",
        "Make a block of each table, which export-markdown regenerates from now on. Lists of "
        "bullets are imported, but not regenerated.",
    ),
]
Theirs = Annotated[
    bool,
    flag(
        "--theirs",
        "Where a file and the catalogue differ, take the file's; add papers that were left out.",
    ),
]
Ours = Annotated[
    bool, flag("--ours", "Where they differ, keep the catalogue's, and do not ask again.")
]
Strict = Annotated[
    bool, flag("--strict", "Import nothing and exit with 1 if anything is in doubt or not read.")
]
As = Annotated[
    str | None,
    option(
        "--as",
        "FORMAT",
        "markdown, bibtex, ris or csl-json; by default papertrack recognises the format.",
    ),
]
Without = Annotated[
    list[str] | None,
    option("--without", "FIELDS", "Leave out these fields of a bibliography: abstract,file."),
]


def import_(
    files: Files,
    *,
    mapping: Map = None,
    headings: Headings = None,
    table: Tables = None,
    tag_from_file: TagFromFile = False,
    tag: Tags = None,
    lab: Lab = None,
    status: StatusOf = None,
    adopt: Adopt = False,
    theirs: Theirs = False,
    ours: Ours = False,
    dry_run: Annotated[bool, flag("--dry-run", "Show what would change; write nothing.")] = False,
    strict: Strict = False,
    as_: As = None,
    without: Without = None,
    as_json: session.Json = False,
) -> None:
    """Import papers from files; your own changes stay.

    Import a file again, and papertrack takes over what changed in it. Where you changed the same
    field, it keeps yours and names the difference: --theirs takes the file's, and with --ours it
    does not ask again.
    """
    wanted = Wanted(
        mapping=_columns(mapping or ()),
        headings=headings,
        tables=tuple(table or ()),
        tag_from_file=tag_from_file,
        tags=tuple(tag or ()),
        lab=lab,
        status=session.status_named(status) if status else Status.TO_READ,
    )
    if theirs and ours:
        raise PapertrackError("--theirs and --ours are opposites: give one of them")
    favour = Favour.THEIRS if theirs else Favour.OURS if ours else None
    asked = _Asked(wanted, favour, adopt, dry_run, strict)
    form = formats.format_named(as_) if as_ else None
    paths, others = _apart(files, form, session.fields_named(without), wanted)
    outcome = _import_files(paths, others, asked)
    if as_json:
        print_verbatim(dumped(account.as_data(outcome)))
    else:
        account.print_out(outcome)
    if outcome.refused or not account.has_lists(outcome.plan):
        raise RefusedError(account.refusal(outcome.plan))


class _Asked(NamedTuple):
    wanted: Wanted
    favour: Favour | None
    adopt: bool
    dry_run: bool
    strict: bool
    """Whether a doubt, an undecided difference or a row not read means that nothing is imported."""


class _Rewritten(NamedTuple):
    """What became of the tables of files."""

    adopted: "Sequence[Adopted]" = ()
    left: "Sequence[Left]" = ()
    """What was left as it is."""
    kept: Sequence[str] = ()
    """The files that had blocks already, which the catalogue keeps from now on."""


class _ReadOnly(NamedTuple):
    """What is imported and never written: a text that came by a pipe, a bibliography."""

    name: str
    """As a person would type it."""
    path: Path | None
    """Where it stands; None for what came by a pipe, which is not remembered either."""
    content: str | Origin
    """A text is Markdown."""


def _columns(typed: Iterable[str]) -> dict[str, str]:
    """Return what columns hold, as typed: `Paper=title`; PapertrackError for anything else."""
    roles = {}
    for text in typed:
        header, sign, name = text.rpartition("=")
        if not (sign and header.strip() and name.strip()):
            raise PapertrackError(
                f"--map \"{text}\" names no column and field: write --map 'Paper=title'"
            )
        roles[header.strip()] = name.strip().lower()
    return roles


def _apart(
    files: Sequence[Path], form: Format | None, without: Sequence[str], wanted: Wanted
) -> tuple[list[Path], list[_ReadOnly]]:
    """Return the Markdown files, and what is only read: bibliographies, and what is piped, once.

    The format is the one asked for, else what a text begins with tells it, else a file's name.
    """
    paths: list[Path] = []
    others: dict[str, _ReadOnly] = {}
    for path in files:
        is_piped = str(path) in _STDIN
        name = PIPED if is_piped else as_typed(path)
        if name in others:
            continue
        if path.is_dir() and not is_piped:
            some = f"{shlex.quote(str(path))}/*.md"
            raise PapertrackError(f"{path} is a folder: name its files, papertrack import {some}")
        if not is_piped and not path.exists():
            if name.startswith(("http:/", "https:/")):
                address = name.replace(":/", "://", 1)  # of which a path keeps one slash
                raise PapertrackError(f"{address} is an address: download it, and import the file")
            if not path.parent.exists():
                raise PapertrackError(f"no file {name}: there is no folder {as_typed(path.parent)}")
            paths.append(path)  # which is told later
            continue
        data = piped().encode() if is_piped else _data(path)
        cited = importing.bibliography(name, data, form, without, wanted)
        if cited is not None:
            others[name] = _ReadOnly(name, None if is_piped else path, cited)
        elif is_piped or not path.is_file():  # another program's pipe is read once
            others[name] = _ReadOnly(name, None, data.decode("utf-8", "replace"))
        else:
            paths.append(path)
    return paths, list(others.values())


def _data(path: Path) -> bytes:
    """Return what a file holds, or what a shell's `<(…)` gives."""
    if str(path).startswith(("/dev/fd/", "/proc/self/fd/")) and path.is_fifo():
        with translated_errors("read", path):
            return path.read_bytes()
    return read(target_of(path)) or b""


def _import_files(paths: Sequence[Path], others: Sequence[_ReadOnly], asked: _Asked) -> Outcome:
    """Import the files, all or none, into the catalogue that is meant or a new one.

    The `paths` are those of Markdown files, which may be adopted. Raises PapertrackError where a
    file cannot be read, and where the catalogue is not valid.
    """
    try:
        place = session.catalogue_path()
    except store.NoCatalogueError:
        place = store.new_path(session.NAMED.get())
    with store.edit_with_files(place, paths, session.TYPED.get(), tell=say, create="") as edit:
        before = None if edit.created else edit.text
        known = None if edit.created else edit.draft.catalogue
        files = {as_typed(path): path for path in edit.texts}
        kept = {**files, **{it.name: it.path for it in others if it.path is not None}}
        last = _last(last_imports.recall(place, before), kept, known)
        texts = {name: edit.texts[path] for name, path in files.items()}
        texts |= {it.name: it.content for it in others if isinstance(it.content, str)}
        given = _read(texts, others, known, last, asked.wanted)
        plan = planning.plan(known or Catalogue(), given, asked.favour, adopt=asked.adopt)
        if edit.created:
            edit.text = new_text(_title(texts), plan.labs)
        planning.apply(plan, edit.draft)
        done = _Rewritten()
        if texts:
            done = _rewrite(plan, edit, files, place, adopt=asked.adopt)
        outcome = Outcome(
            plan=plan,
            where=as_typed(place),
            created=edit.created,
            refused=asked.strict and account.is_unsure(plan),
            dry_run=asked.dry_run,
            adopted=done.adopted,
            left=done.left,
            kept=done.kept,
            growing=_growing(known, place, files) if done.adopted and known and plan.added else (),
        )
        if outcome.refused or asked.dry_run or (edit.created and not plan.says_something):
            raise store.NothingWrittenError
        kept_papers = _remembered(plan, done.adopted, kept)
        last_imports.remember(place, before, edit.result, kept_papers, tell=say)
    return outcome


def _growing(known: Catalogue, place: Path, imported: Container[str]) -> Sequence[str]:
    """Return the other files with a block of every paper, which new papers make longer."""
    from papertrack import blocks  # for --adopt only

    texts = store.markdown_files(place, known)
    others = {name: text for name, text in texts.items() if name not in imported}
    return blocks.files_with_all(known, others, today=session.today())


def _last(
    held: last_imports.Remembered, files: Mapping[str, Path], known: Catalogue | None
) -> dict[str, tuple[Paper, ...]]:
    """Return what was last imported from each file, if the catalogue still has some of it."""
    keys = {paper.key for paper in known.papers} if known else set[str]()
    last = {name: held.get(target_of(path), ()) for name, path in files.items()}
    return {name: papers for name, papers in last.items() if any(it.key in keys for it in papers)}


def _read(
    texts: Mapping[str, str],
    others: Iterable[_ReadOnly],
    known: Catalogue | None,
    last: Mapping[str, Sequence[Paper]],
    wanted: Wanted,
) -> list[Origin]:
    taken: list[Origin] = []
    if texts or wanted.tables or wanted.mapping:
        from papertrack.importing import intake  # loads the Markdown parser, and blocks

        tables = {
            name: intake.tables_in(texts[name], wanted) for name in track(list(texts), "reading")
        }
        taken += intake.read(texts, tables, known, wanted, last=last, today=session.today())
    cited = (it.content for it in others if isinstance(it.content, Origin))
    return taken + [it._replace(last=tuple(last.get(it.file, ()))) for it in cited]


def _title(texts: Mapping[str, str]) -> str | None:
    """Return what a new catalogue is called: what the one text is, if it says so."""
    if len(texts) != 1:
        return None
    from papertrack.importing import intake  # for Markdown only

    return intake.title_of(*texts.values())


def _rewrite(
    plan: Plan, edit: "FilesEdit", files: Mapping[str, Path], place: Path, *, adopt: bool
) -> _Rewritten:
    """Give the catalogue the looks of the tables; make blocks of them if `adopt` says so.

    A block that was edited by hand counts as generated, if all of it is imported.
    """
    from papertrack.importing import look_sharing  # for Markdown only

    draft = edit.draft
    texts = {name: edit.texts[path] for name, path in files.items()}
    done = _Rewritten()
    look_sharing.set_looks_of_blocks(plan, draft, adopt=adopt)
    if adopt:
        from papertrack.importing import adopting  # for --adopt only

        adopted, left = adopting.adopt(plan, draft)
        names = [one.file for one in adopted]
        more = look_sharing.files_of_blocks(plan, draft.catalogue)
        folder, before = target_of(place).parent, list(draft.catalogue.files)
        paths = {
            name: Path(os.path.relpath(target_of(files[name]), folder)).as_posix()
            for name in (*names, *more)
            if name in files
        }
        if news := [name for name, path in paths.items() if path not in before]:
            draft.set_table("markdown", {"files": [*before, *(paths[name] for name in news)]})
        done = _Rewritten(adopted, left, [name for name in news if name not in names])
        texts |= adopting.wrap(texts, adopted, draft.catalogue, session.today())
    elif plan.added or plan.updated:
        look_sharing.set_looks(look_sharing.samples_in(plan.origins), draft, further=False)
    if any(origin.hand.block for origin in plan.origins):
        from papertrack.importing import hand_edits  # for edited blocks only

        for table, tags in hand_edits.shown_tags(plan, draft.catalogue).items():
            draft.set_table(table, {"tags": tags})
        texts |= hand_edits.stamp(texts, plan)
    edit.texts.update((files[name], text) for name, text in texts.items())
    return done


def _remembered(
    plan: Plan, adopted: "Iterable[Adopted]", files: Mapping[str, Path]
) -> last_imports.Remembered:
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
