"""A change put on record, straight after its files are written."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from papertrack.files.replacing import Change
from papertrack.history.copies import Copies, Point
from papertrack.history.delta import Step, between
from papertrack.history.states import UnknownError, content_at, last_point
from papertrack.history.tape import Tape, folder_of, make


def record(
    catalogue: Path, typed: str, changes: Sequence[Change], *, tell: Callable[[str], None]
) -> None:
    """Keep what a command did to its files; where that cannot be, say so and go on.

    `catalogue` is resolved, its folder locked, and the files hold the new bytes already.
    """
    try:
        folder = folder_of(catalogue)
        make(folder)
        tape = Tape(folder)
        copies = [Copies(folder, change.target) for change in changes]
        steps = [_step(tape, each, change) for each, change in zip(copies, changes, strict=True)]
        number = tape.append(typed, steps)
        for each, change in zip(copies, changes, strict=True):
            each.keep(Point(number, after=True), change.after)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        tell(
            f"warning: the change is made, but papertrack undo will not know it: "
            f"{error.strerror or error}{where}"
        )


def _step(tape: Tape, copies: Copies, change: Change) -> Step:
    """Return what became of one file, with what other hands did to it before."""
    since = None
    with suppress(UnknownError, ValueError):
        left = content_at(tape, copies, change.target, last_point(tape, copies, change.target))
        since = between(left, change.before)
    return Step(change.target, since, between(change.before, change.after))
