"""The list: a table for people, tab-separated lines or JSON for programs."""

import sys
from collections.abc import Sequence
from datetime import date

from papertrack.models import Paper
from papertrack.terminal.cells import fold
from papertrack.terminal.grid import Cell, Column, Styled, table
from papertrack.terminal.marks import counted, marked, progress
from papertrack.terminal.messages import no_papers
from papertrack.terminal.safe import one_line, visible
from papertrack.terminal.screen import Screen, is_terminal, screen, write

COLUMNS = ("key", "status", "lab", "source", "title")
"""What a line holds in a pipe, unless other columns are asked for."""

_WIDE = 88
_NARROW = 50


def papers(
    found: Sequence[Paper], *, columns: Sequence[str] = (), total: int | None = None
) -> None:
    """Print the papers on stdout: a table at a terminal, tab-separated lines in a pipe.

    `columns` are fields of a paper or `source`; `total` is how many papers there are in all.
    """
    if not is_terminal(sys.stdout):
        write(lines(found, columns=columns))
        return
    write(shown(found, screen(sys.stdout), columns=columns, total=total))


def papers_json(found: Sequence[Paper]) -> None:
    """Print the papers on stdout as a JSON array, every field by its name."""
    from papertrack.terminal.as_json import dumped_in_parts  # for --json only

    for part in dumped_in_parts(found):
        write(part)


def lines(found: Sequence[Paper], *, columns: Sequence[str] = ()) -> str:
    """Return a line for each paper: whole, its values between tabs, for programs."""
    if not columns:
        text = "".join(
            [f"{it.key}\t{it.status}\t{it.lab or ''}\t{it.source}\t{it.title}\n" for it in found]
        )
        tabs = len(found) * (len(COLUMNS) - 1)
        if "\r" not in text and text.count("\t") == tabs and len(text.splitlines()) == len(found):
            return text  # no value holds a tab or a line end: a look at all at once is faster
    names = columns or COLUMNS
    rows = ("\t".join(one_line(value(paper, name)) for name in names) for paper in found)
    return "".join([f"{row}\n" for row in rows])


def shown(
    found: Sequence[Paper],
    screen: Screen,
    *,
    columns: Sequence[str] = (),
    total: int | None = None,
) -> str:
    """Return the table that a person sees, with the progress below it."""
    if not found:
        return "\n".join([*fold(no_papers(total), screen.width), ""])
    if columns:
        table_lines = _chosen(found, columns, screen)
    elif screen.width >= _WIDE:
        table_lines = _wide(found, screen)
    elif screen.width >= _NARROW:
        table_lines = _medium(found, screen)
    else:
        table_lines = _narrow(found, screen)
    closing = progress(counted(found), screen, of=total)
    return "\n".join([*table_lines, "", closing, ""])


def value(paper: Paper, name: str) -> str:
    """Return a field of a paper, or its `source`, as text; nothing where it is absent."""
    found = getattr(paper, name)
    if found is None:
        return ""
    if isinstance(found, tuple):
        return ", ".join(found)
    return found.isoformat() if isinstance(found, date) else str(found)


def _wide(found: Sequence[Paper], screen: Screen) -> list[str]:
    columns = (
        Column("key", "cyan", most=screen.width // 5),
        Column("title"),
        Column("lab", most=screen.width // 7),
        Column("source", "dim", most=screen.width // 6),
        Column("status"),
    )
    rows: list[list[Cell]] = [
        [
            visible(paper.key),
            visible(paper.title),
            visible(paper.lab or ""),
            visible(paper.source),
            marked(paper.status, screen),
        ]
        for paper in found
    ]
    return table(columns, rows, screen)


def _medium(found: Sequence[Paper], screen: Screen) -> list[str]:
    columns = (Column("key", "cyan", most=screen.width // 4), Column("title"), Column("status"))
    rows: list[list[Cell]] = [
        [visible(paper.key), _title(paper, screen), marked(paper.status, screen)] for paper in found
    ]
    return table(columns, rows, screen)


def _narrow(found: Sequence[Paper], screen: Screen) -> list[str]:
    aside = screen._replace(width=screen.width - 2)
    lines = []
    for paper in found:
        status = marked(paper.status, screen)
        heading = Styled(f"{status.text}  {visible(paper.key)}", status.style)
        lines.extend(table([Column("")], [[[heading]]], screen)[2:])
        below = table([Column("")], [[_title(paper, screen)]], aside)[2:]
        lines.extend(f"  {line}" for line in below)
        lines.append("")
    return lines[:-1]


def _title(paper: Paper, screen: Screen) -> list[Styled]:
    dot = " · " if screen.signs else ", "
    below = dot.join(visible(part) for part in (paper.lab, paper.source) if part)
    title = Styled(visible(paper.title), "")
    return [title, Styled(below, "dim")] if below else [title]


def _chosen(found: Sequence[Paper], names: Sequence[str], screen: Screen) -> list[str]:
    columns = [
        Column(name, "cyan" if name == "key" else "", right=name in {"year", "priority"})
        for name in names
    ]
    rows: list[list[Cell]] = [
        [
            marked(paper.status, screen) if name == "status" else visible(value(paper, name))
            for name in names
        ]
        for paper in found
    ]
    return table(columns, rows, screen)
