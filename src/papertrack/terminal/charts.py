"""Progress as bars: of a list, of labs and tags."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from papertrack.errors import how_many
from papertrack.models import Paper
from papertrack.status import IN_BARS, Status
from papertrack.terminal import console
from papertrack.terminal.console import (
    STYLES,
    fold,
    has_signs,
    paragraph,
    shortened,
    styled,
    tabbed,
    visible,
    width_of,
    words,
    write,
)
from papertrack.terminal.tables import dumped

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from papertrack.statistics import Share

WIDEST = 30
"""Cells of the longest bar."""
_LEAST = 8
"""A shorter bar tells nothing."""
_SAID_ORDER = (Status.DONE, Status.READING, Status.SKIMMED, Status.TO_READ, Status.DROPPED)
_SIGNS = {
    Status.DONE: ("━", "#"),
    Status.SKIMMED: ("╍", "="),
    Status.READING: ("╍", "="),
    Status.TO_READ: ("─", "-"),
    Status.DROPPED: ("─", "-"),
}
_GIVEN = {
    "lab": "papertrack edit REFERENCE --set lab=LAB gives a paper one",
    "tag": "papertrack tag REFERENCE +TAG gives a paper one",
}


def counted(papers: Iterable[Paper]) -> Mapping[Status, int]:
    """Return how many papers have each status."""
    return Counter(paper.status for paper in papers)


def bar(counts: Mapping[Status, int], width: int, screen: "Console") -> "Text":
    """Return a bar of that many cells, each status having its share; never all of it too early."""
    drawn, total = styled(""), sum(counts.values())
    before = 0
    for status in IN_BARS if total else ():
        after = before + counts.get(status, 0)
        size = after * width // total - before * width // total
        sign, ascii_sign = _SIGNS[status]
        sign = sign if has_signs(screen) else ascii_sign
        drawn.append(sign * size, "dim" if sign in "─-" else STYLES[status])
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
        (f"{counts[status]:,} {words(status)}", STYLES[status])
        for status in _SAID_ORDER
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


def bars(
    shares: "Sequence[Share]",
    screen: "Console",
    *,
    without: str = "",
    others: Mapping[str, Sequence[str]] | None = None,
    room: int = 0,
) -> "Iterator[Text]":
    """Yield a line for each lab or tag: its name, a bar, how many are done, its other names.

    The names take at least `room` cells, so that several charts stand below each other.
    """
    names = [visible(share.name) if share.name else without for share in shares]
    widest = max(room, min(max(map(width_of, names), default=0), max(8, screen.width // 3)))
    done = [
        f"{share.counts.get(Status.DONE, 0):,} of {share.total:,}" if share.total else "none"
        for share in shares
    ]
    figures = max(map(len, done), default=0)
    size = max(4, min(WIDEST, screen.width - widest - figures - 4))
    end = "…" if has_signs(screen) else "..."
    also = [", ".join(map(visible, (others or {}).get(it.name or "", ()))) for it in shares]
    beside = max(map(width_of, also), default=0) <= screen.width - widest - size - figures - 6
    for share, name, figure, known in zip(shares, names, done, also, strict=True):
        row = styled(shortened(name, widest, end))
        row.append(" " * (widest - row.cell_len + 2))
        row.append_text(bar(share.counts, size, screen))
        row.append(f"{' ' * (widest + 2 + size - row.cell_len)}  {figure:>{figures}}")
        if known and beside:
            row.append(f"  {known}", "dim")
        yield row
        if known and not beside:
            yield from paragraph(known, screen.width, "dim", "  ")


def show_shares(
    shares: "Sequence[Share]",
    what: str,
    *,
    others: Mapping[str, Sequence[str]] | None = None,
    of_all: bool,
    paged: bool,
) -> None:
    """Print labs or tags with their progress on stdout; `what` is `lab` or `tag`.

    `of_all` says that they are those of all papers, not of some that were asked for. In a pipe: the
    name, how many papers, how many of each status in its order, and other names, between tabs.
    """
    others = others or {}
    if screen := console.screen():
        lines = _shares(shares, what, others, screen) if shares or of_all else ["no paper matches"]
        console.show(lines, screen, paged=paged)
        return
    write(
        tabbed(
            (
                share.name or "",
                str(share.total),
                *map(str, numbers(share.counts).values()),
                ", ".join(others.get(share.name or "", ())),
            )
            for share in shares
        )
    )


def show_shares_json(
    shares: "Sequence[Share]", what: str, *, others: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Print labs or tags on stdout as a JSON array; `others` are each lab's other names."""
    rows = [share_data(share, what) for share in shares]
    if others is not None:
        rows = [{**row, "others": list(others.get(str(row[what]), ()))} for row in rows]
    write(dumped(rows))


def share_data(share: "Share", what: str) -> dict[str, object]:
    """Return a lab or a tag with its numbers, for JSON."""
    return {what: share.name, "papers": share.total, **numbers(share.counts)}


def numbers(counts: Mapping[Status, int]) -> dict[str, int]:
    """Return how many papers have each status, by its word."""
    return {status.value: counts.get(status, 0) for status in Status}


def _shares(
    shares: "Sequence[Share]", what: str, others: Mapping[str, Sequence[str]], screen: "Console"
) -> "Iterator[RenderableType]":
    yield from bars(shares, screen, without=f"no {what}", others=others)
    named = how_many(sum(bool(share.name) for share in shares), what)
    if shares:
        yield from ("", named)
        return
    yield from fold(f"{named}: {_GIVEN[what]}", screen.width)


def _joined(parts: Iterable[tuple[str, str]], screen: "Console") -> "tuple[Text, int]":
    """Return the styled parts with dots between, in lines, and the width of the last line."""
    dot = " · " if has_signs(screen) else ", "
    line, used = styled(""), 0
    for text, style in parts:
        between = ""
        if line:
            between = dot if used + len(dot) + len(text) <= screen.width else "\n"
        used = (0 if between == "\n" else used + len(between)) + len(text)
        line.append(between).append(text, style)
    return line, used
