"""What differs in a block, in words: a line for each row, with file and line."""

from collections.abc import Iterator, Sequence

from papertrack.blocks.changes import ByHand, Change
from papertrack.blocks.rows import readable
from papertrack.blocks.views import View, compared
from papertrack.markdown.cells import OWN, fields_of

_LISTED = 20


def edit_lines(view: View, edits: ByHand, where: str) -> Iterator[str]:
    """Yield what was changed by hand."""
    for change in edits.changes:
        line = change.here.line if change.here else view.block.line
        yield f"{where}:{line}: {_edit(view, change)}"
    if not edits.changes:
        yield f"{where}:{view.block.line}: the rows stand in another order"


def _edit(view: View, change: Change) -> str:
    if change.there is None:
        return f"{change.name}: this row is not from the catalogue"
    if change.here is None:
        return f"{change.name}: the row was taken out"
    cells = [
        f"{column} is {now}, the catalogue says {before}"
        for column, now, before in _cells(view, change)
    ]
    return f"{change.name}: {'; '.join(cells)}"


def stale_lines(view: View, where: str) -> Iterator[str]:
    """Yield what the catalogue says otherwise."""
    changes = compared(view).changes
    for change in changes:
        line = change.here.line if change.here else view.block.line
        yield f"{where}:{line}: {change.name}: {_staleness(view, change)}"
    if not changes:
        yield f"{where}:{view.block.line}: the rows stand in another order"


def _staleness(view: View, change: Change) -> str:
    if change.there is None:
        return "row removed"
    if change.here is None:
        return "row added"
    return "; ".join(f"{column} was {was}, is {now}" for column, was, now in _cells(view, change))


def _cells(view: View, change: Change) -> Iterator[tuple[str, str, str]]:
    """Yield each column that differs: its name, what the file says, what the catalogue says."""
    names = fields_of(view.look)
    sides = [row.cells if row else () for row in (change.here, change.there)]
    for at in change.columns:
        name = names[at].removeprefix(OWN) if at < len(names) else f"cell {at + 1}"
        here, there = (readable(cells[at]) if at < len(cells) else "" for cells in sides)
        yield name, here or "nothing", there or "nothing"


def shortened(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines, or the first twenty and how many more there are."""
    if len(lines) <= _LISTED:
        return lines
    return [*lines[:_LISTED], f"… and {len(lines) - _LISTED} more"]


def counted(number: int, word: str) -> str:
    """Return `1 row`, `2 rows`."""
    return f"{number} {word}{'' if number == 1 else 's'}"
