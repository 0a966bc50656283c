"""papertrack merge-driver: git calls it for a catalogue that both sides of a merge changed."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from papertrack import merging
from papertrack.errors import PapertrackError, RefusedError, how_many
from papertrack.terminal import messages

EXAMPLES = ("papertrack merge-driver base.toml ours.toml theirs.toml",)

Base = Annotated[Path, typer.Argument(metavar="BASE", help="The file before both changes (%O).")]
Ours = Annotated[
    Path, typer.Argument(metavar="OURS", help="This side's file; the result goes into it (%A).")
]
Theirs = Annotated[Path, typer.Argument(metavar="THEIRS", help="The other side's file (%B).")]
MarkerSize = Annotated[
    int,
    typer.Argument(metavar="MARKERSIZE", min=1, max=1000, help="How long git's markers are (%L)."),
]
Name = Annotated[
    str | None,
    typer.Argument(metavar="PATH", help="What the file is called (%P).", show_default="OURS"),
]


def merge_driver(
    base: Base, ours: Ours, theirs: Theirs, marker_size: MarkerSize = 7, name: Name = None
) -> None:
    """Merge three versions of a catalogue, paper by paper.

    `papertrack git install` lets git call this.
    """
    name = name or str(ours)
    try:
        merged = merging.merge(*map(_text, (base, ours, theirs)), size=marker_size)
    except PapertrackError as error:
        from papertrack.session import git  # for what is no catalogue only

        labels = [word for side in ("ours", "base", "theirs") for word in ("-L", side)]
        files = [str(path.absolute()) for path in (ours, base, theirs)]
        git(["merge-file", f"--marker-size={marker_size}", *labels, *files], Path.cwd())
        raise RefusedError(
            f"{name}: merged line by line, since {error.message}: look it over, "
            f"then `git add {shlex.quote(name)}`"
        ) from error
    ours.write_bytes(merged.text.encode("utf-8"))
    for line in (*merged.notes, *merged.conflicts):
        messages.say(f"{name}: {line}")
    if merged.conflicts:
        conflicts = how_many(len(merged.conflicts), "conflict")
        raise RefusedError(
            f"{name}: {conflicts}: keep one side between <<<<<<< and >>>>>>>, "
            f"then `git add {shlex.quote(name)}`"
        )


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise PapertrackError(f"{path} is not UTF-8") from error
