"""How a status looks at a terminal: a mark and a colour, and readable without either."""

from collections import Counter
from collections.abc import Iterable, Mapping

from papertrack.models import Paper
from papertrack.status import Status
from papertrack.terminal.grid import Styled
from papertrack.terminal.screen import Screen

_MARKS = {
    Status.TO_READ: ("○", "[ ]", "yellow"),
    Status.READING: ("◐", "[~]", "bold cyan"),
    Status.SKIMMED: ("◔", "[/]", "blue"),
    Status.DONE: ("●", "[x]", "green"),
    Status.DROPPED: ("✕", "[-]", "dim"),
}
_BAR_ORDER = (Status.DONE, Status.SKIMMED, Status.READING, Status.TO_READ, Status.DROPPED)
_SAID_ORDER = (Status.DONE, Status.READING, Status.SKIMMED, Status.TO_READ, Status.DROPPED)


def words(status: Status) -> str:
    """Return the status as it is read aloud: `to read`."""
    return status.value.replace("-", " ")


def marked(status: Status, screen: Screen) -> Styled:
    """Return the status with its mark and colour: `● done`."""
    mark, plain, style = _MARKS[status]
    return Styled(f"{mark if screen.signs else plain} {words(status)}", style)


def counted(papers: Iterable[Paper]) -> Mapping[Status, int]:
    """Return how many papers have each status."""
    return Counter(paper.status for paper in papers)


def bar(counts: Mapping[Status, int], width: int, screen: Screen) -> str:
    """Return a bar of that many cells, each status having its share; never all of it too early."""
    total = sum(counts.values())
    if not total:
        return ""
    pieces = []
    ends = [0]
    for status in _BAR_ORDER:
        ends.append(ends[-1] + counts.get(status, 0))
        size = ends[-1] * width // total - ends[-2] * width // total
        if size:
            pieces.append(_piece(status, size, screen))
    return "".join(pieces)


def progress(counts: Mapping[Status, int], screen: Screen, *, of: int | None = None) -> str:
    """Return the closing line of a list: `13 papers · 4 done · 9 to read`, and a bar.

    `of` is how many there are in all, where these are some of them.
    """
    total = sum(counts.values())
    some = of is not None and of != total
    papers = "paper" if (of if some else total) == 1 else "papers"
    said = [Styled(f"{total:,} of {of:,} {papers}" if some else f"{total:,} {papers}", "bold")]
    said += [
        Styled(f"{counts[status]:,} {words(status)}", _MARKS[status][2])
        for status in _SAID_ORDER
        if counts.get(status)
    ]
    line, used = _joined(said, screen)
    room = screen.width - used - 7
    if total and room >= 8:  # a shorter bar tells nothing
        share = f"{counts.get(Status.DONE, 0) * 100 // total}%"
        line += f"  {bar(counts, min(room, 24), screen)} {share}"
    return line


def _joined(parts: Iterable[Styled], screen: Screen) -> tuple[str, int]:
    """Return the parts with dots between, in lines, and the width of the last line."""
    dot = " · " if screen.signs else ", "
    text, used = "", 0
    for part in parts:
        if not text:
            between = ""
        elif used + len(dot) + len(part.text) <= screen.width:
            between = dot
        else:
            between, used = "\n", 0
        text += between + screen.paint(part.text, part.style)
        used += len(between.strip("\n")) + len(part.text)
    return text, used


def _piece(status: Status, size: int, screen: Screen) -> str:
    sign, plain = {
        Status.DONE: ("━", "#"),
        Status.SKIMMED: ("╍", "="),
        Status.READING: ("╍", "="),
    }.get(status, ("─", "-"))
    style = "dim" if sign == "─" else _MARKS[status][2]
    return screen.paint((sign if screen.signs else plain) * size, style)
