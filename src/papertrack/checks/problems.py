"""What the rules look at, and what they find."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from papertrack.models import Catalogue, Paper
from papertrack.toml import Table
from papertrack.typed import Value

if TYPE_CHECKING:
    from papertrack.catalogue.draft import Draft  # changing needs it, not looking

_FEW = 5
"""As many papers with the same trouble are named one by one; more are one finding."""

Fix = Callable[["Draft"], object]
"""Puts something right."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A catalogue on a day, with the files that hold its blocks."""

    catalogue: Catalogue
    text: str
    """The catalogue's own text."""
    where: str = "papers.toml"
    """The catalogue's file, as a person would type it."""
    today: date
    data: Table = field(default_factory=dict)
    """What TOML says of the text; nothing where that was not kept."""
    files: Mapping[str, str | None] = field(default_factory=dict)
    """The texts of the Markdown files, by path as a person would type it; None where none is."""


class Problem(NamedTuple):
    """One thing that a rule finds wrong; its line is looked up afterwards."""

    message: str
    advice: str
    """What to do about it."""
    key: str | None = None
    field: str | None = None
    line: int | None = None
    """Where, from 1, if a key and a field do not say it."""
    file: str | None = None
    """The Markdown file; the catalogue where there is none."""
    fix: Fix | None = None
    """Puts it right in the catalogue, where that is safe to do unasked."""
    stale: bool = False
    """Whether it is a block that `--fix` makes from the catalogue."""


class Finding(NamedTuple):
    """A problem with its place and the name of the rule that found it."""

    file: str
    line: int
    rule: str
    key: str | None
    message: str
    advice: str
    fixable: bool


Rule = Callable[[Subject], Iterator[Problem]]
"""One thing to look for; its docstring says what."""


def together(problems: Sequence[Problem], message: str, advice: str) -> Iterator[Problem]:
    """Yield problems of one kind: a few one by one, many as one at the first of their papers."""
    if len(problems) <= _FEW:
        yield from problems
        return
    fixes = [problem.fix for problem in problems if problem.fix]

    def fix(draft: "Draft") -> None:
        for each in fixes:
            each(draft)

    yield problems[0]._replace(message=message, advice=advice, fix=fix if fixes else None)


def wrong(
    paper: Paper, field: str, message: str, advice: str = "", **changes: Value | None
) -> Problem:
    """Return what is wrong with a field; the changes put it right, the advice is to set it."""
    advice = advice or f"`papertrack edit {paper.key} --set {field}=…`"
    fix = giving({paper.key: changes}) if changes else None
    return Problem(message, advice, paper.key, field, fix=fix)


def giving(changes: Mapping[str, Mapping[str, Value | None]]) -> Fix:
    """Return the fix that gives papers, by key, these values; None takes a field away."""

    def fix(draft: "Draft") -> None:
        for key, values in changes.items():
            draft.change(key, values)

    return fix
