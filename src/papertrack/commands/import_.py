"""papertrack import."""

from pathlib import Path
from typing import Annotated

import typer

from papertrack.errors import PapertrackError, RefusedError
from papertrack.importing import files as importing
from papertrack.importing import sources
from papertrack.importing.files import Asked
from papertrack.importing.plan import Favour
from papertrack.importing.sources import Wanted
from papertrack.markdown.rows import Meaning
from papertrack.options import TYPED, CataloguePath, Json
from papertrack.session import status_named, today
from papertrack.terminal import messages, taken_in

EXAMPLES = (
    "papertrack import README.md",
    "papertrack import topics/*.md --tag-from-file --adopt",
    "papertrack import list.md --map '名称=title' --map '备注=notes' --table 2 --dry-run",
    "papertrack import README.md --theirs",
)


def _option(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{name}", metavar=metavar, help=text, show_default=False
    )
    return option


Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Markdown files: tables and lists of papers."),
]
Map = Annotated[
    list[str] | None,
    _option(
        "map",
        "COLUMN=FIELD",
        "What a column holds, by its header or number: a field of a paper, or source, date, "
        "number, skip; may be repeated.",
    ),
]
Headings = Annotated[
    Meaning | None,
    typer.Option(
        help="What headings mean, above tables too; else a row of equal cells is a lab, a first "
        "cell followed by nothing a tag.",
        show_default=False,
    ),
]
Tables = Annotated[
    list[str] | None,
    _option("table", "N|HEADING", "Only this table, by number or heading; may be repeated."),
]
TagFromFile = Annotated[
    bool, typer.Option("--tag-from-file", help="Tag each paper with its file's name.")
]
Tags = Annotated[list[str] | None, _option("tag", "TAG", "Tag each paper; may be repeated.")]
Lab = Annotated[str | None, _option("lab", "LAB", "The lab of new papers that name none.")]
StatusOf = Annotated[
    str | None, _option("status", "STATUS", "The status of new papers that name none.")
]
Adopt = Annotated[
    bool,
    typer.Option(
        "--adopt", help="Make a block of each table, which export-markdown regenerates from now on."
    ),
]
Theirs = Annotated[
    bool, typer.Option("--theirs", help="Where a file and the catalogue differ, take the file's.")
]
Ours = Annotated[
    bool, typer.Option("--ours", help="Where they differ, keep the catalogue's, and ask no more.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and do nothing.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Take in nothing, exit 1, if anything is in doubt.")
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
    dry_run: DryRun = False,
    strict: Strict = False,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """Take papers in from Markdown files: what is new, what changed, nothing overwritten."""
    wanted = Wanted(
        mapping=sources.mapping(mapping or ()),
        headings=headings,
        tables=tuple(table or ()),
        tag_from_file=tag_from_file,
        tags=tuple(tag or ()),
        lab=lab,
        status=status_named(status or "to-read"),
    )
    asked = Asked(
        wanted=wanted,
        adopt=adopt,
        favour=_favour(theirs=theirs, ours=ours),
        dry_run=dry_run,
        strict=strict,
        typed=TYPED.get(),
        today=today(),
    )
    outcome = importing.import_files(
        files, catalogue, asked, tell=messages.say, track=messages.track
    )
    if as_json:
        taken_in.taken_in_json(outcome)
    else:
        taken_in.taken_in(outcome, dry_run=dry_run)
    if outcome.refused:
        raise RefusedError(outcome.refused)


def _favour(*, theirs: bool, ours: bool) -> Favour | None:
    if theirs and ours:
        raise PapertrackError("--theirs and --ours say the opposite: give one of them")
    if theirs:
        return Favour.THEIRS
    return Favour.OURS if ours else None
