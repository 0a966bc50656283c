"""Changes undone and redone, and what there is of them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from papertrack.errors import PapertrackError, RefusedError
from papertrack.files import as_typed, read, target_of, translated_errors
from papertrack.files.replacing import locked
from papertrack.history import (
    Journal,
    JournalEntry,
    State,
    Step,
    begun,
    finish,
    folder_of,
    leave,
    pending,
)

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
        journal = Journal(folder_of(target_of(catalogue)))
        return bool(journal.done or journal.undone)
    return False


def records(catalogue: Path) -> list[JournalEntry]:
    """Return the changes that can be undone or redone, oldest first."""
    folder = _folder(target_of(catalogue))
    with translated_errors("read", folder):
        journal = Journal(folder)
        numbers = sorted([*journal.done, *journal.undone])
        return [record for number in numbers if (record := journal.load(number))]


def last_written(catalogue: Path, path: Path) -> bytes | None:
    """Return what papertrack wrote into a file last; None where no record tells of it.

    Both paths are resolved.
    """
    with suppress(OSError, ValueError):
        journal = Journal(folder_of(catalogue))
        for number in reversed(journal.done):
            record = journal.load(number)
            if record and path in record.files:
                return next(it.after for it in journal.steps(number) if it.path == path)
    return None


def undo(catalogue: Path, *, force: bool = False, tell: Callable[[str], None]) -> JournalEntry:
    """Give back the bytes from before the last change; return that change.

    Raises RefusedError where there is none, and, without `force`, where somebody else has changed
    one of its files since, with the difference. With it, says what is lost.
    """
    return _move(catalogue, back=True, force=force, tell=tell)


def redo(catalogue: Path, *, force: bool = False, tell: Callable[[str], None]) -> JournalEntry:
    """Redo the change that was undone last; return it. Raises as undo does."""
    return _move(catalogue, back=False, force=force, tell=tell)


def forget_last(catalogue: Path, typed: str, *, tell: Callable[[str], None]) -> bool:
    """Undo the last change as if it had never been made; say whether that was done.

    Not where it is another one than was `typed`, or where somebody else has changed a file since.
    """
    target = target_of(catalogue)
    with suppress(OSError, ValueError):  # no record, or a damaged one
        folder = folder_of(target)
        seen = Journal(folder)
        record = seen.load(seen.done[-1]) if seen.done else None
        if record is None or record.typed != typed:
            return False
        with locked({target.parent, *(path.parent for path in record.files)}, tell=tell):
            journal = Journal(folder)
            if journal.pending is not None or journal.done[-1:] != [record.number]:
                return False
            steps = journal.steps(record.number)
            if any(read(step.path) != step.after for step in steps):
                return False
            finish(journal, record, steps, back=True)
            journal.drop(record.number)
            return True
    return False


def _move(catalogue: Path, *, back: bool, force: bool, tell: Callable[[str], None]) -> JournalEntry:
    target = target_of(catalogue)
    folder = _folder(target)
    with translated_errors("read", folder):
        while True:
            seen = Journal(folder)
            record = seen.load(seen.pending) if seen.pending is not None else None
            record = record or _next(seen, back=back)
            folders = {target.parent, *(each.parent for each in record.files)}
            with locked(folders, tell=tell):
                journal = Journal(folder)
                record = _agreed(journal, back=back)
                if folders.issuperset(path.parent for path in record.files):
                    return _moved(journal, record, back=back, force=force, tell=tell)


def _agreed(journal: Journal, *, back: bool) -> JournalEntry:
    """Return the change that is meant: one that was interrupted half-way goes before all others."""
    record = pending(journal)
    if record and not begun(journal.steps(record.number), back=record.state is State.UNDOING):
        leave(journal, record)
        record = None
    return record or _next(journal, back=back)


def _moved(
    journal: Journal, record: JournalEntry, *, back: bool, force: bool, tell: Callable[[str], None]
) -> JournalEntry:
    try:
        steps = journal.steps(record.number)
    except ValueError as error:
        raise RefusedError(
            f'the record of "{record.called}" is damaged: nothing was changed; '
            "an earlier state may be in git or a backup"
        ) from error
    met = [_meet(step, back=back) for step in steps]
    strange = [each for each in met if each.now not in (each.expected, each.wanted)]
    if strange and not force:
        raise _changed_since(record, strange, back=back)
    for each in strange:
        tell(f"lost in {as_typed(each.path)}, which has changed since:")
        tell("\n".join(_difference(each)))
    finish(journal, record, steps, back=back, force=force)
    return record


def _meet(step: Step, *, back: bool) -> _Meeting:
    expected, wanted = (step.after, step.before) if back else (step.before, step.after)
    return _Meeting(step.path, read(step.path), expected, wanted)


def _folder(target: Path) -> Path:
    try:
        return folder_of(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PapertrackError(f"cannot read the history: {reason}") from error


def _next(journal: Journal, *, back: bool) -> JournalEntry:
    for number in reversed(journal.done) if back else journal.undone:
        if record := journal.load(number):
            return record
    if back:
        raise RefusedError("nothing to undo: no change of this catalogue is recorded")
    raise RefusedError("nothing to redo: nothing was undone since the last change")


def _changed_since(
    change: JournalEntry, strange: Sequence[_Meeting], *, back: bool
) -> RefusedError:
    command = "undo" if back else "redo"
    names = " and ".join(as_typed(each.path) for each in strange)
    return RefusedError(
        f"{names} changed since papertrack last wrote it, by hand or by git perhaps, so {command} "
        f'of "{change.called}" changed nothing: papertrack {command} --force loses these changes',
        details=[line for each in strange for line in _difference(each)],
    )


def _difference(met: _Meeting) -> list[str]:
    """Return what somebody else changed, as `diff -u` shows it."""
    from difflib import unified_diff  # slow, needed where hands have met only

    before, now = (
        (text or b"").decode("utf-8", "backslashreplace").split("\n")
        for text in (met.expected, met.now)
    )
    name = as_typed(met.path)
    names = f"{name} (by papertrack)", f"{name} (now)"
    lines = list(unified_diff(before, now, *names, lineterm=""))
    more = len(lines) - _MOST_LINES
    return [*lines[:_MOST_LINES], *([f"… and {more} more lines"] if more > 0 else [])]
