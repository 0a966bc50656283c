"""The arguments and options that commands share."""

from contextvars import ContextVar
from pathlib import Path
from typing import Annotated

import typer
from typer.models import ArgumentInfo, OptionInfo

from papertrack.patterns import pattern

TYPED: ContextVar[str] = ContextVar("typed", default="")
"""The command line, as it stands in the history."""
QUERY = "QUERY"
REFERENCE = "REFERENCE"
TAGGING = "REFERENCE|+TAG|-TAG"
NEGATED = pattern(r"-(?:[A-Za-z]{2,}|[^\W\d_a-zA-Z]{2,})[:：]")
"""`-tag:vision` is a term of a query, not an option."""
NO_OPTIONS = {QUERY: NEGATED, REFERENCE: NEGATED, TAGGING: pattern(r"-[^-]")}
"""By the metavar of a command's words, which of them begin with a dash and are no options."""


def option(
    name: str, metavar: str, text: str, *, also: str | None = None, default: bool | str = False
) -> OptionInfo:
    """Return an option with a value; `default` is what its help says of none."""
    names = (name, also) if also else (name,)
    made: OptionInfo = typer.Option(*names, metavar=metavar, help=text, show_default=default)
    return made


def flag(name: str, text: str, *, also: str | None = None) -> OptionInfo:
    """Return an option that is there or not."""
    made: OptionInfo = typer.Option(*(name, also) if also else (name,), help=text)
    return made


def argument(metavar: str, text: str, *, default: bool | str = False) -> ArgumentInfo:
    """Return what stands behind a command; `default` is what its help says of none."""
    made: ArgumentInfo = typer.Argument(metavar=metavar, help=text, show_default=default)
    return made


CataloguePath = Annotated[
    Path | None,
    option(
        "--catalogue",
        "PATH",
        "The catalogue; by default PAPERTRACK_CATALOGUE or the nearest papers.toml.",
    ),
]
Reference = Annotated[
    str, argument(REFERENCE, "A paper, by its key, name, title or some words of it.")
]
References = Annotated[
    list[str], argument(REFERENCE, "Papers, each by its key, name, title or some words of it.")
]
Terms = Annotated[
    list[str] | None,
    argument(
        QUERY,
        "Terms that must all match: lab:Meta year:2020.. -tag:vision (papertrack help query).",
    ),
]
LabOption = Annotated[list[str] | None, option("--lab", "LAB", "Same as lab:LAB.")]
StatusOption = Annotated[list[str] | None, option("--status", "STATUS", "Same as status:STATUS.")]
TagOption = Annotated[list[str] | None, option("--tag", "TAG", "Same as tag:TAG.")]
YearOption = Annotated[
    list[str] | None, option("--year", "YEAR", "Same as year:YEAR: 2023, 2020..2023.")
]
Json = Annotated[bool, flag("--json", "Answer as JSON, for programs.")]
NoPager = Annotated[bool, flag("--no-pager", "Print everything at once, without a pager.")]
OnDay = Annotated[
    str | None,
    option("--on", "DATE", "The day it happened: 2023-03-01, yesterday, -3d.", default="today"),
]
All = Annotated[
    bool, flag("--all", "Treat the words as a query, and change every paper that matches.")
]
Yes = Annotated[bool, flag("--yes", "Do not ask before changing several.", also="-y")]


def fields_named(texts: list[str] | None) -> list[str]:
    """Return the fields that `--without abstract,file` names."""
    return [name.strip().lower() for text in texts or () for name in text.split(",")]
