"""What can go wrong, said so that a person can act on it; and how a message shows things."""

import os
from collections.abc import Sequence
from types import FrameType
from typing import ClassVar, NamedTuple

INTERRUPTED = 130
"""The exit status after ^C."""
_STDERR = 2


def end_at_once(_: int, __: FrameType | None) -> None:
    """End the program: what ^C does until a command is at work."""
    if os.isatty(_STDERR):  # end the line on which the terminal shows ^C
        os.write(_STDERR, b"\n")
    os._exit(INTERRUPTED)


class PapertrackError(Exception):
    """Trouble: bad usage, a file that cannot be read, an invalid catalogue.

    The message is one sentence that says what is wrong, where, and what to do next;
    `details` are further lines, such as the papers that a reference could mean.
    """

    exit_status: ClassVar[int] = 2

    def __init__(self, message: str, *, details: Sequence[str] = ()) -> None:
        """Keep the sentence and the lines below it."""
        super().__init__(message)
        self.message = message
        self.details = tuple(details)


class RefusedError(PapertrackError):
    """The answer is no: nothing found, several found, a duplicate, something stale."""

    exit_status: ClassVar[int] = 1


class Candidate(NamedTuple):
    """A paper that a reference could mean."""

    key: str
    title: str


class AmbiguousError(RefusedError):
    """A reference that could mean several papers, of which a person can pick one."""

    def __init__(
        self,
        message: str,
        *,
        reference: str,
        candidates: Sequence[Candidate],
        details: Sequence[str] = (),
    ) -> None:
        """Keep the reference as it was typed, empty where none was, and what it could mean."""
        super().__init__(message, details=details)
        self.reference = reference
        self.candidates = tuple(candidates)


class Fault(NamedTuple):
    """One thing that is wrong in a text."""

    line: int
    """Where, from 1."""
    message: str
    """What is wrong, what was expected and what to do, without the file's name."""


class InvalidCatalogueError(PapertrackError):
    """A catalogue whose faults keep it from being changed."""

    def __init__(self, where: str, faults: Sequence[Fault]) -> None:
        """Name every fault with its line; `where` is the file as a person would type it."""
        lines = [f"{where}:{fault.line}: {fault.message}" for fault in faults]
        super().__init__(lines[0], details=lines[1:])


def on_one_line(text: str, most: int) -> str:
    """Return the text on one line of at most so many characters, an ellipsis at its end if cut."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def how_many(count: int, one: str, many: str = "") -> str:
    """Return the count with its noun: `1 paper`, `1,234 papers`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
