"""Papers and rows for whoever reads: tables and progress at a terminal, JSON for programs.

Tables come in chunks of given widths, one line a row or folded: nothing is measured twice, and the
first rows stand there at once.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from pydantic_core import to_json

from papertrack.authors import han_parts, joined_names, shown_name
from papertrack.errors import how_many
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.status import IN_BARS, IN_WORDS, Status
from papertrack.terminal import console, is_terminal, visible

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment
    from rich.table import Table
    from rich.text import Text

_GAP = 2
_SMALLEST = 2
"""One wide character needs two cells."""
_LONGEST_KEY, _SHORTEST = 24, 10
_CHUNKS = (40, 200)
"""How many rows the first chunk has, and the others."""
_ACTING = pattern("[^\n\x20-\x7e\xa1-\xac\xae-\u02ff\u3000-\u3130\u3190-\u9fff]")
"""What is escaped in JSON at a terminal."""

WIDEST = 30
"""Cells of the longest bar."""
_LEAST = 8
"""A shorter bar tells nothing."""
_SIGNS = {
    Status.DONE: ("━", "#"),
    Status.SKIMMED: ("╍", "="),
    Status.READING: ("╍", "="),
    Status.TO_READ: ("─", "-"),
    Status.DROPPED: ("─", "-"),
}
_MANY = 1_000
_END = "\n]\n"


class _Fitted:
    """A cell that fits its place: Rich has nothing to measure, to wrap or to pad."""

    def __init__(self, segment: "Segment") -> None:
        """Take its text, every line as wide as the column."""
        self._segment = segment

    def __rich_console__(self, _: "Console", __: "ConsoleOptions") -> "Iterator[Segment]":
        """Give it as it is."""
        yield self._segment


class Column(NamedTuple):
    """One column of a table."""

    header: str
    style: str = ""
    most: int | None = None
    """The widest it may be where there is too little room for all."""
    right: bool = False
    """Whether numbers stand below each other."""


def known(paper: Paper, name: str) -> object:
    """Return what `value` gives as text as it is; None where it is absent."""
    kind, colon, text = name.partition(":")
    if not colon:
        field: object = getattr(paper, name)
        return field
    return (paper.columns if kind == "column" else paper.bibtex).get(text)


def value(paper: Paper, name: str) -> str:
    """Return a field of a paper, or its `source`, as text; nothing where it is absent.

    `column:Code` is one of its own columns, `bibtex:pages` what a bibliography says.
    """
    content = known(paper, name)
    if content is None:
        return ""
    if isinstance(content, tuple):
        if name == "authors":
            return joined_names([shown_name(it) if han_parts(it) else it for it in content])
        return ", ".join(content)
    return content.isoformat() if isinstance(content, date) else str(content)


def table(
    columns: Sequence[Column],
    rows: "Sequence[Sequence[str | Text]]",
    screen: "Console",
    *,
    wrap: bool = False,
    header: bool = True,
    widths: Sequence[int] = (),
) -> "Iterator[Table]":
    """Yield the rows as tables no wider than the console, the header above the first.

    A cell is text of one style. What is too long ends in an ellipsis, or is folded with `wrap`.
    Without `widths` the columns are as `fitted_widths` has them.
    """
    from rich.segment import Segment  # for a person only
    from rich.table import Table
    from rich.text import Text

    widths = widths or fitted_widths(columns, rows, screen.width)
    end = "…" if console.has_signs(screen) else "..."
    gaps = [*repeat(_GAP, len(columns) - 1), 0]
    places = [*zip(columns, widths, gaps, strict=True)]

    def placed(text: str, column: Column, width: int, gap: int) -> str:
        line = console.shortened(text, width, end)
        free = " " * (width - console.width_of(line))
        return f"{free}{line}{' ' * gap}" if column.right else f"{line}{free}{' ' * gap}"

    def fitted(cell: str | Text, column: Column, width: int, gap: int) -> _Fitted:
        style = screen.get_style(cell.style) if isinstance(cell, Text) else None
        lines = console.fold(str(cell), width) if wrap else [str(cell)]
        text = "\n".join([placed(line, column, width, gap) for line in lines])
        return _Fitted(Segment(text, style))

    first, others = _CHUNKS
    starts = accumulate(chain([first], repeat(others)), initial=0)
    for start in starts:
        chunk = rows[start : start + (others if start else first)]
        if not chunk and start:
            return
        part = Table(box=None, show_header=header and start == 0, header_style="dim", padding=0)
        for column, width, gap in places:
            part.add_column(
                Text(placed(column.header, column, width, gap)),
                width=width + gap,
                style=column.style,
                no_wrap=True,
                overflow="crop",
            )
        for row in chunk:
            part.add_row(*(fitted(cell, *place) for cell, place in zip(row, places, strict=True)))
        yield part


def room_for_keys(width: int) -> int:
    """Return the cells that keys take of a line, from 60 on whole ones: people type them."""
    return min(_LONGEST_KEY, max(_SHORTEST, width * 2 // 5))


def fitted_widths(
    columns: Sequence[Column], rows: "Sequence[Sequence[str | Text]]", available: int
) -> list[int]:
    """Return each column's width: the text's own where there is room.

    Where there is not, columns keep to their `most`, and then the widest ones give way.
    """
    wanted = []
    for number, column in enumerate(columns):
        texts = {str(row[number]) for row in rows}
        lines = (line for text in texts for line in text.split("\n"))
        wanted.append(
            max(1, console.width_of(column.header), max(map(console.width_of, lines), default=0))
        )
    room = available - _GAP * (len(columns) - 1)
    if sum(wanted) <= room:
        return wanted
    widths = [min(want, column.most or want) for want, column in zip(wanted, columns, strict=True)]
    for number, want in enumerate(wanted):  # what the others leave over
        widths[number] += min(want - widths[number], max(0, room - sum(widths)))
    # The widest columns come down together, to the next widest, until all of them fit.
    while sum(widths) > room and max(widths) > _SMALLEST:
        widest = max(widths)
        next_widest = max((width for width in widths if width < widest), default=_SMALLEST)
        share = widths.count(widest)
        lower = max(next_widest, widest - max(1, (sum(widths) - room) // share))
        widths = [lower if width == widest else width for width in widths]
    return widths


def dumped(value: Paper | Sequence[Paper] | object) -> str:
    """Return the value as indented JSON with a line end, UTF-8 as it is.

    What would act on a terminal that looks at it is escaped there, which JSON reads the same.
    """
    text = f"{to_json(value, indent=2).decode()}\n"
    return _ACTING.sub(_escaped, text) if is_terminal(sys.stdout) else text


def dumped_in_parts(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield what `dumped` returns, a thousand papers at a time: all of it takes much memory."""
    for start in range(0, len(papers), _MANY):
        inside = dumped(papers[start : start + _MANY]).removeprefix("[").removesuffix(_END)
        yield f"{',' if start else '['}{inside}"
    yield _END if papers else dumped(papers)


def _escaped(match: re.Match[str]) -> str:
    if visible(match[0]) == match[0]:
        return match[0]
    pairs = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{pairs[start : start + 4]}" for start in range(0, len(pairs), 4))


def counted(papers: Iterable[Paper]) -> Mapping[Status, int]:
    """Return how many papers have each status."""
    return Counter(paper.status for paper in papers)


def bar(counts: Mapping[Status, int], width: int, screen: "Console") -> "Text":
    """Return a bar of that many cells, each status having its share; never all of it too early."""
    drawn, total = console.styled(""), sum(counts.values())
    before = 0
    for status in IN_BARS if total else ():
        after = before + counts.get(status, 0)
        size = after * width // total - before * width // total
        sign, ascii_sign = _SIGNS[status]
        sign = sign if console.has_signs(screen) else ascii_sign
        drawn.append(sign * size, "dim" if sign in "─-" else console.STYLES[status])
        before = after
    return drawn


def progress(
    counts: Mapping[Status, int], screen: "Console", *, of: int | None = None, barred: bool = True
) -> "Text":
    """Return the closing line of a list: `13 papers · 4 done · 9 to read`, and a bar if `barred`.

    `of` is how many there are in all, where these are some of them.
    """
    total = sum(counts.values())
    whole = total if of is None else of
    papers = how_many(whole, "paper")
    parts = [(papers if whole == total else f"{total:,} of {papers}", "bold")]
    parts += [
        (f"{counts[status]:,} {console.words(status)}", console.STYLES[status])
        for status in IN_WORDS
        if counts.get(status)
    ]
    line, used = _joined(parts, screen)
    room = screen.width - used - len("   100%")
    if barred and total and room >= _LEAST:
        share = _percent(counts.get(Status.DONE, 0), total)
        line.append("  ").append_text(bar(counts, min(room, WIDEST), screen)).append(f" {share}%")
    return line


def _percent(part: int, whole: int) -> int:
    """Return the share, rounded; 0 is nothing and 100 is all."""
    if part in (0, whole):
        return 100 if part else 0
    return min(max(round(part * 100 / whole), 1), 99)


def _joined(parts: Iterable[tuple[str, str]], screen: "Console") -> "tuple[Text, int]":
    """Return the styled parts with dots between, in lines, and the width of the last line."""
    dot = " · " if console.has_signs(screen) else ", "
    line, used = console.styled(""), 0
    for text, style in parts:
        between = ""
        if line:
            between = dot if used + len(dot) + len(text) <= screen.width else "\n"
        used = (0 if between == "\n" else used + len(between)) + len(text)
        line.append(between).append(text, style)
    return line, used
