"""The arguments and options that commands share."""

import re
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated

import typer

TYPED: ContextVar[str] = ContextVar("typed", default="")
"""The command line, as it stands in the history."""
QUERY = "QUERY"
REFERENCE = "REFERENCE"
TAGGING = "REFERENCE|+TAG|-TAG"
NEGATED = re.compile(r"-[A-Za-z]{2,}:")
"""`-tag:vision` is a term of a query, not an option."""
NO_OPTIONS = {QUERY: NEGATED, REFERENCE: NEGATED, TAGGING: re.compile(r"-[^-]")}
"""By the metavar of a command's words, which of them begin with a dash and are no options."""

CataloguePath = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        metavar="PATH",
        help="The catalogue; else PAPERTRACK_CATALOGUE, else the nearest papers.toml.",
        show_default=False,
    ),
]
Reference = Annotated[
    str,
    typer.Argument(metavar=REFERENCE, help="A paper, by its key, name, title or some words of it."),
]
References = Annotated[
    list[str],
    typer.Argument(
        metavar=REFERENCE, help="Papers, each by its key, name, title or some words of it."
    ),
]
Terms = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=QUERY,
        help="Terms that must all match: lab:Meta year:2020.. -tag:vision (papertrack help query).",
        show_default=False,
    ),
]
LabOption = Annotated[
    list[str] | None,
    typer.Option("--lab", metavar="LAB", help="Same as lab:LAB.", show_default=False),
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="STATUS", help="Same as status:STATUS.", show_default=False),
]
TagOption = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="Same as tag:TAG.", show_default=False),
]
YearOption = Annotated[
    list[str] | None,
    typer.Option(
        "--year", metavar="YEAR", help="Same as year:YEAR: 2023, 2020..2023.", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]
NoPager = Annotated[
    bool, typer.Option("--no-pager", help="Print everything at once, without a pager.")
]
OnDay = Annotated[
    str | None,
    typer.Option(
        "--on", metavar="DATE", help="The day: 2023-03-01, yesterday, -3d.", show_default="today"
    ),
]
All = Annotated[
    bool,
    typer.Option("--all", help="Treat the words as a query, and take every paper that matches."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before changing several.")]


def fields_named(texts: list[str] | None) -> list[str]:
    """Return the fields that `--without abstract,file` names."""
    return [name.strip().lower() for text in texts or () for name in text.split(",")]
