"""Changes taken back and made again, and what there is of them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from papertrack.errors import PapertrackError, RefusedError
from papertrack.files.locking import locked
from papertrack.files.reading import named, read, shown, target_of
from papertrack.files.replacing import Change, replace, unbroken
from papertrack.history.copies import Copies, Point
from papertrack.history.delta import Step
from papertrack.history.records import Record
from papertrack.history.states import UnknownError, content_at
from papertrack.history.tape import Tape, folder_of

_MOST_LINES = 200


class _Meeting(NamedTuple):
    """What a file holds, and what the record says of it."""

    path: Path
    now: bytes | None
    expected: bytes | None
    wanted: bytes | None


def there_is(catalogue: Path) -> bool:
    """Say whether a history is kept for this catalogue, be the file there or not."""
    with suppress(OSError):
        tape = Tape(folder_of(target_of(catalogue)))
        return bool(tape.done or tape.undone)
    return False


def records(catalogue: Path) -> list[Record]:
    """Return the changes that can be taken back or made again, oldest first."""
    folder = _folder(target_of(catalogue))
    with named("read", folder):
        return Tape(folder).records()


def undo(catalogue: Path, *, force: bool = False, tell: Callable[[str], None]) -> Record:
    """Give back the bytes from before the last change; return that change.

    Raises RefusedError where there is none, and, without `force`, where other hands have changed
    one of its files since, with the difference. With it, says what is lost.
    """
    return _move(catalogue, back=True, force=force, tell=tell)


def redo(catalogue: Path, *, force: bool = False, tell: Callable[[str], None]) -> Record:
    """Make the change again that was taken back last; return it. Raises as undo does."""
    return _move(catalogue, back=False, force=force, tell=tell)


def _move(catalogue: Path, *, back: bool, force: bool, tell: Callable[[str], None]) -> Record:
    target = target_of(catalogue)
    folder = _folder(target)
    with named("read", folder):
        while True:
            seen = _next(Tape(folder), back=back)
            with locked({target.parent, *(path.parent for path in seen.files)}, tell=tell):
                tape = Tape(folder)
                if _next(tape, back=back) == seen:  # nobody else did it while we waited
                    return _moved(tape, seen, back=back, force=force, tell=tell)


def _moved(
    tape: Tape, change: Record, *, back: bool, force: bool, tell: Callable[[str], None]
) -> Record:
    met = [_meet(tape, change, step, back=back) for step in change.steps]
    strange = [each for each in met if each.now not in (each.expected, each.wanted)]
    if strange and not force:
        raise _changed_since(change, strange, back=back)
    for each in strange:
        tell(f"lost in {shown(each.path)}, which was changed since by other hands:")
        tell("\n".join(_difference(each)))
    changes = [
        Change(each.path, each.path, each.now, each.wanted)
        for each in (reversed(met) if back else met)  # papers come before the tables made of them
        if each.now != each.wanted
    ]
    with unbroken():
        replace(changes)
        try:
            tape.mark(change.number, undone=back)
            for each in met:
                point = Point(change.number, after=not back)
                Copies(tape.folder, each.path).keep(point, each.wanted)
        except OSError as error:
            tell(f"warning: the files are changed, but the history is not: {error.strerror}")
    return change


def _meet(tape: Tape, change: Record, step: Step, *, back: bool) -> _Meeting:
    try:
        expected = content_at(
            tape, Copies(tape.folder, step.path), step.path, Point(change.number, back)
        )
        delta = step.change.turned() if back else step.change
        return _Meeting(step.path, read(step.path), expected, delta.apply(expected))
    except (UnknownError, ValueError) as error:
        raise RefusedError(
            f'the history of {shown(step.path)} is damaged before "{change.called}": '
            "nothing was changed; an earlier state may be in git or a backup"
        ) from error


def _folder(target: Path) -> Path:
    try:
        return folder_of(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PapertrackError(f"cannot read the history: {reason}") from error


def _next(tape: Tape, *, back: bool) -> Record:
    for number in reversed(tape.done) if back else tape.undone:
        if known := tape.load(number):
            return known
    if back:
        raise RefusedError("nothing to undo: no change of this catalogue is recorded")
    raise RefusedError("nothing to redo: no change was taken back since the last one made")


def _changed_since(change: Record, strange: Sequence[_Meeting], *, back: bool) -> RefusedError:
    command = "undo" if back else "redo"
    names = " and ".join(shown(each.path) for each in strange)
    have = "has" if len(strange) == 1 else "have"
    return RefusedError(
        f"{names} {have} been changed by other hands since papertrack last did, so {command} of "
        f'"{change.called}" changed nothing: papertrack {command} --force loses these changes',
        details=[line for each in strange for line in _difference(each)],
    )


def _difference(met: _Meeting) -> list[str]:
    """Return what other hands changed, as `diff -u` shows it."""
    from difflib import unified_diff  # slow, needed where hands have met only

    before, now = (
        (text or b"").decode("utf-8", "backslashreplace").split("\n")
        for text in (met.expected, met.now)
    )
    name = shown(met.path)
    names = f"{name} (by papertrack)", f"{name} (now)"
    lines = list(unified_diff(before, now, *names, lineterm=""))
    more = len(lines) - _MOST_LINES
    return [*lines[:_MOST_LINES], *([f"… and {more} more lines"] if more > 0 else [])]
