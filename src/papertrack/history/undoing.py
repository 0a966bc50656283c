"""Changes undone and redone, and what there is of them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from papertrack.errors import PapertrackError, RefusedError
from papertrack.files import Change, as_typed, locked, read, target_of, translated_errors
from papertrack.history import Journal, JournalEntry, finish, folder_of, half_done, pending

_MOST_LINES = 200


class _Strange(NamedTuple):
    step: Change
    now: bytes | None


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
                return next(it.after for it in journal.steps(number) if it.target == path)
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
            if any(read(step.target) != step.after for step in journal.steps(record.number)):
                return False
            finish(journal, record, back=True)
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
    return record if record and half_done(journal, record) else _next(journal, back=back)


def _moved(
    journal: Journal, record: JournalEntry, *, back: bool, force: bool, tell: Callable[[str], None]
) -> JournalEntry:
    try:
        steps = journal.steps(record.number, back=back)
    except ValueError as error:
        raise RefusedError(
            f'the record of "{record.called}" is damaged: nothing was changed; '
            "an earlier state may be in git or a backup"
        ) from error
    met = [(step, read(step.target)) for step in steps]
    strange = [_Strange(step, now) for step, now in met if now not in (step.before, step.after)]
    if strange and not force:
        raise _changed_since(record, strange, back=back)
    for each in strange:
        tell(f"lost in {as_typed(each.step.target)}, which has changed since:")
        tell("\n".join(_difference(each)))
    finish(journal, record, back=back, force=force)
    return record


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
    change: JournalEntry, strange: Sequence[_Strange], *, back: bool
) -> RefusedError:
    command = "undo" if back else "redo"
    names = " and ".join(as_typed(each.step.target) for each in strange)
    return RefusedError(
        f"{names} changed since papertrack last wrote it, by hand or by git perhaps, so {command} "
        f'of "{change.called}" changed nothing: papertrack {command} --force loses these changes',
        details=[line for each in strange for line in _difference(each)],
    )


def _difference(met: _Strange) -> list[str]:
    """Return what somebody else changed, as `diff -u` shows it."""
    from difflib import unified_diff  # slow, needed where hands have met only

    before, now = (
        (text or b"").decode("utf-8", "backslashreplace").split("\n")
        for text in (met.step.before, met.now)
    )
    name = as_typed(met.step.target)
    names = f"{name} (by papertrack)", f"{name} (now)"
    lines = list(unified_diff(before, now, *names, lineterm=""))
    more = len(lines) - _MOST_LINES
    return [*lines[:_MOST_LINES], *([f"… and {more} more lines"] if more > 0 else [])]
