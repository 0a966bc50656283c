"""Changes to a TOML text as places that get another text: every byte elsewhere stays."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from papertrack.toml.statements import Statement


class Splice(NamedTuple):
    """What stands from `start` to before `end` becomes `text`."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return the text with all of these done; they must not overlap."""
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def removal(text: str, statement: Statement) -> Splice:
    """Take the statement away with its line; a comment behind it keeps the line."""
    comment = text[statement.value[1] : statement.end]
    if "#" in comment:
        return Splice(statement.name[0], statement.end, comment.lstrip())
    return Splice(statement.start, statement.end, "")


def insertion(text: str, place: int, lines: Sequence[str], newline: str) -> Splice:
    """Put lines at the place, the end of a line; behind a line without end, without one too."""
    joined = newline.join(lines)
    open_end = place > 0 and text[place - 1] != "\n"
    return Splice(place, place, newline + joined if open_end else joined + newline)


def comments_above(text: str, end: int, start: int) -> int:
    """Return where the comments begin that stand directly above the line that begins at `end`.

    None are taken from before `start`, the end of the statement before.
    """
    while end > start:
        line = text.rfind("\n", start, end - 1) + 1 or start
        if not text[line:end].lstrip(" \t").startswith("#"):
            break
        end = line
    return end
