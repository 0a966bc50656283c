"""The conversation on stderr, and one-line answers on stdout."""

import sys

from papertrack.errors import PapertrackError
from papertrack.terminal.cells import folded
from papertrack.terminal.safe import visible
from papertrack.terminal.screen import is_terminal, screen, write


def say(text: str) -> None:
    """Tell the person something on stderr."""
    _tell(text, "")


def warn(text: str) -> None:
    """Tell the person on stderr what may need a look."""
    _tell(f"warning: {text}", "yellow")


def error(problem: PapertrackError) -> None:
    """Print what went wrong on stderr: its sentence, then the lines below it."""
    _tell(problem.message, "red")
    for line in problem.details:
        _tell(f"  {line}" if problem.exit_status == 1 else line, "")


def page(text: str) -> None:
    """Print a page of help on stdout: whole in a pipe, folded to the width of a terminal."""
    answer(folded(text, screen(sys.stdout).width) if is_terminal(sys.stdout) else text)


def answer(text: str) -> None:
    """Print lines of an answer on stdout: exact in a pipe, safe to look at on a terminal."""
    if is_terminal(sys.stdout):
        text = visible(text, lines=True)
    write(text if text.endswith("\n") else f"{text}\n")


def interactive() -> bool:
    """Say whether somebody is there to answer a question."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def _tell(text: str, style: str) -> None:
    if sys.stderr is None:  # started without one
        return
    shown, view = visible(text, lines=True), screen(sys.stderr)
    if is_terminal(sys.stderr):
        shown = folded(shown, view.width)
    write(f"{view.paint(shown, style)}\n", sys.stderr)
