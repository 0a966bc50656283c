"""One paper to decide on, and the keys that decide."""

import sys
from collections.abc import Iterable, Mapping
from itertools import islice

from papertrack.models import Paper
from papertrack.terminal.cells import fold, width_of
from papertrack.terminal.safe import visible
from papertrack.terminal.screen import Screen, screen, write

_WIDEST = 100
_SUMMARY = 5
"""Lines of the summary, as they are on the screen."""
_INDENT = "  "


def show(paper: Paper, keys: Mapping[str, str], *, number: int, total: int) -> None:
    """Print the paper on stderr, `number` of `total`, with what each key does."""
    write(shown(paper, keys, screen(sys.stderr), number=number, total=total), sys.stderr)


def shown(paper: Paper, keys: Mapping[str, str], screen: Screen, *, number: int, total: int) -> str:
    """Return the paper as somebody sees it who has to decide."""
    width = min(screen.width, _WIDEST)
    place = f" {number} of {total} "
    line = "─" if screen.signs else "-"
    lines = ["", screen.paint(line * 2 + place + line * max(0, width - 2 - len(place)), "dim")]
    lines += [screen.paint(each, "bold") for each in fold(visible(paper.title), width)]
    dot = " · " if screen.signs else ", "
    known = (paper.name, paper.lab, paper.source, ", ".join(paper.tags))
    if below := dot.join(visible(part) for part in known if part):
        lines += [screen.paint(each, "cyan") for each in fold(below, width)]
    lines += _beginning(paper.summary or "", screen, width)
    if paper.notes:
        count = len(paper.notes.strip().split("\n"))
        lines.append(screen.paint(f"{count} {'line' if count == 1 else 'lines'} of notes", "dim"))
    return "\n".join([*lines, "", *_keys(keys, screen, width), ""])


def _beginning(summary: str, screen: Screen, width: int) -> Iterable[str]:
    """Return the first lines of the summary, and a sign that there is more."""
    beginning = visible(summary.strip()[: _SUMMARY * width], lines=True)
    folded = (part for line in beginning.split("\n") for part in fold(line, width - len(_INDENT)))
    lines = list(islice(folded, _SUMMARY + 1)) if beginning else []
    more = ["…" if screen.signs else "..."] if len(lines) > _SUMMARY else []
    return [f"{_INDENT}{line}" for line in (*lines[:_SUMMARY], *more)]


def _keys(keys: Mapping[str, str], screen: Screen, width: int) -> list[str]:
    """Return the keys with what they do, in as many lines as they need."""
    lines, used = [""], 0
    for key, does in keys.items():
        size = width_of(key) + 1 + width_of(does)
        if used and used + 2 + size > width:
            lines.append("")
            used = 0
        lines[-1] += f"{'  ' if used else ''}{screen.paint(key, 'bold')} {does}"
        used += size + (2 if used else 0)
    return lines
