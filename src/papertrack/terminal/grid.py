"""Tables at a terminal: columns aligned by cells, text folded and never cut.

Rich's own table measures every cell several times (0.2 ms a row); here each is measured once.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from papertrack.terminal.cells import fold, width_of
from papertrack.terminal.screen import Screen

_GAP = 2


class Column(NamedTuple):
    """One column of a table."""

    header: str
    style: str = ""
    most: int | None = None
    """The widest it may be where there is too little room for all."""
    right: bool = False
    """Whether numbers stand below each other."""


class Styled(NamedTuple):
    """A cell with a style of its own."""

    text: str
    style: str


Cell = str | Styled | list[Styled]
"""Text that is safe to show already: one line, or several that begin on lines of their own."""


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], screen: Screen) -> list[str]:
    """Return the lines of a table no wider than the screen, header first."""
    widths = _widths(columns, rows, screen.width)
    header = [Styled(column.header, "bold") for column in columns]
    rule = ("─" if screen.signs else "-") * min(screen.width, sum(widths) + _GAP * len(widths) - 2)
    lines = list(_folded(columns, header, widths, screen))
    lines.append(screen.paint(rule, "dim"))
    for row in rows:
        lines.extend(_folded(columns, row, widths, screen))
    return lines


def _folded(
    columns: Sequence[Column], row: Sequence[Cell], widths: Sequence[int], screen: Screen
) -> Iterator[str]:
    blocks = []
    for column, cell, width in zip(columns, row, widths, strict=True):
        block = []
        for text, style in _parts(cell, column.style):
            before, after = screen.codes(style)
            for line in fold(text, width):
                space = " " * (width - width_of(line))
                painted = f"{before}{line}{after}" if line else ""
                block.append(space + painted if column.right else painted + space)
        blocks.append((block, " " * width))
    for number in range(max(len(block) for block, _ in blocks)):
        parts = [block[number] if number < len(block) else empty for block, empty in blocks]
        yield (" " * _GAP).join(parts).rstrip(" ")


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], available: int) -> list[int]:
    """Return each column's width: the text's own where there is room.

    Where there is not, columns keep to their `most`, and then the widest ones give way.
    """
    wanted = []
    for number, column in enumerate(columns):
        texts = {text for row in rows for text, _ in _parts(row[number], "")}
        wanted.append(max(2, width_of(column.header), max(map(width_of, texts), default=0)))
    room = available - _GAP * (len(columns) - 1)
    if sum(wanted) <= room:
        return wanted
    widths = [min(want, column.most or want) for want, column in zip(wanted, columns, strict=True)]
    for number, want in enumerate(wanted):  # what the others leave over
        widths[number] += min(want - widths[number], max(0, room - sum(widths)))
    while sum(widths) > room and max(widths) > 2:  # one wide character needs two
        widest = max(widths)
        next_widest = max((width for width in widths if width < widest), default=2)
        share = widths.count(widest)
        lower = max(next_widest, widest - max(1, (sum(widths) - room) // share))
        widths = [lower if width == widest else width for width in widths]
    return widths


def _parts(cell: Cell, style: str) -> Sequence[Styled]:
    if isinstance(cell, str):
        return (Styled(cell, style),)
    return (cell,) if isinstance(cell, Styled) else cell
