"""A page of help, folded to the width of the terminal where it is too wide."""

import re
import sys

from papertrack.terminal import messages
from papertrack.terminal.cells import fold
from papertrack.terminal.screen import is_terminal, screen

_COLUMN = re.compile(r" *\S+(?: \S+)* {2,}")
"""What stands before the second column of a line."""
_NARROWEST = 20
"""Cells that the second column needs to be kept apart."""


def page(text: str) -> None:
    """Print the text on stdout: whole in a pipe, folded at a terminal."""
    wide = is_terminal(sys.stdout)
    messages.answer(folded(text, screen(sys.stdout).width) if wide else text)


def folded(text: str, width: int) -> str:
    """Return the text in lines of at most that many cells; a second column stays one."""
    return "\n".join(part for line in text.split("\n") for part in _parts(line, width))


def _parts(line: str, width: int) -> list[str]:
    column = _COLUMN.match(line)
    indent = len(column[0]) if column else 0
    if not indent or indent > width - _NARROWEST:
        indent = len(line) - len(line.lstrip())
    first, *others = fold(line[indent:], width - indent)
    return [line[:indent] + first, *(" " * indent + other for other in others)]
