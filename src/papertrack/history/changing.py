"""Files changed as one: recorded first, then replaced; what was interrupted is finished first."""

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from papertrack.errors import PapertrackError
from papertrack.files.access import named, read, reason, shown
from papertrack.files.locking import locked
from papertrack.files.replacing import Change, HalfWrittenError, replace, sweep, unbroken
from papertrack.history.journal import Journal, JournalEntry, State, Step, folder_of, make

Tell = Callable[[str], None]
"""Takes what a person should know while something is under way."""

# The disk that should hold the record fails: without one, nothing is changed. Where there can be
# no record at all (no home, a read-only one), changes are made without, and it is said.
_FAILING = {errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOMEM}


@contextmanager
def locked_to_change(catalogue: Path, folders: Iterable[Path], *, tell: Tell) -> Iterator[None]:
    """Keep others from changing files in these folders and the catalogue's, which is resolved.

    A change that was interrupted is finished first, or forgotten if it had not begun.
    """
    wanted = {catalogue.parent, *folders}
    with locked(wanted, tell=tell):
        journal = _journal(catalogue)
        record = pending(journal) if journal else None
        outside = _folders(record) - wanted if record else set()
        if journal and not outside:
            settle_pending(journal, tell=tell)
        if not outside:
            yield
            return
    # Its files are in other folders too. Lock all in one go, so that nobody waits in a circle.
    with locked_to_change(catalogue, wanted | outside, tell=tell):
        yield


def carry_out(catalogue: Path, typed: str, changes: Sequence[Change], *, tell: Tell) -> None:
    """Make all of the changes, or none, as one entry of the catalogue's history.

    To be called under `locked_to_change`. Raises PapertrackError.
    """
    with unbroken():
        journal, number, warning = _begun(catalogue, typed, changes)
        try:
            replace(changes)
        except HalfWrittenError as error:
            raise _half_written(error, recorded=journal is not None) from error
        except BaseException:
            if journal and sweep(_folders_of(changes)):
                journal.drop(number)
            raise
        if journal:
            journal.forget_undone()
            _end(journal, number, State.DONE, _folders_of(changes))
            journal.forget_old()
        else:
            tell(warning)


def settle_pending(journal: Journal, *, tell: Tell) -> None:
    """Finish the change that was interrupted; forget it where none of its files was replaced."""
    record = pending(journal)
    if record is None:
        return
    steps = journal.steps(record.number)
    back = record.state is State.UNDOING
    if not begun(steps, back=back):
        leave(journal, record)
        return
    strange = finish(journal, record, steps, back=back)
    tell(f'finished "{record.called}", which was interrupted')
    for path in strange:
        tell(f"left {shown(path)} as it is: other hands have changed it since")


def pending(journal: Journal) -> JournalEntry | None:
    """Return the change that was interrupted; one whose record is not whole is forgotten."""
    while (number := journal.pending) is not None:
        record = journal.load(number)
        if record:
            with suppress(ValueError, OSError):
                journal.steps(number)
                return record
        journal.drop(number)  # killed while the record was written: nothing had begun
        if journal.pending == number:
            return None
    return None


def begun(steps: Sequence[Step], *, back: bool) -> bool:
    """Say whether a file holds already what the change, or taking it back, wants it to hold."""
    return any(read(step.path) == (step.before if back else step.after) for step in steps)


def leave(journal: Journal, record: JournalEntry) -> None:
    """Let an interrupted change be as if it had not been asked for: none of its files was."""
    clean = sweep({path.parent for path in record.files})
    if record.state is State.DOING:
        if clean:
            journal.drop(record.number)
    else:
        journal.mark(record.number, State.DONE if record.state is State.UNDOING else State.UNDONE)


def finish(
    journal: Journal,
    record: JournalEntry,
    steps: Sequence[Step],
    *,
    back: bool,
    force: bool = False,
) -> list[Path]:
    """Make what is left of a change, or of taking it back; return the files of other hands.

    These stay as they are, unless `force`.
    """
    left, strange = [], []
    for step in steps:
        now = read(step.path)
        origin, wanted = (step.after, step.before) if back else (step.before, step.after)
        if now == wanted:
            continue
        if now == origin or force:
            left.append(Change(step.path, step.path, now, wanted))
        else:
            strange.append(step.path)
    state = State.UNDOING if back else State.REDOING
    before = record.state
    with unbroken():
        if before is not state and (back or before is not State.DOING):
            with named("change", journal.folder):
                journal.mark(record.number, state)
        try:
            replace(left[::-1] if back else left)  # papers come before the tables made of them
        except HalfWrittenError as error:
            raise _half_written(error, recorded=True) from error
        except BaseException:
            with suppress(OSError):
                journal.mark(record.number, before)
            raise
        _end(journal, record.number, State.UNDONE if back else State.DONE, _folders(record))
    return strange


def _begun(
    catalogue: Path, typed: str, changes: Sequence[Change]
) -> tuple[Journal | None, int, str]:
    """Record the change; without a record where there can be none, and with a warning then."""
    try:
        folder = folder_of(catalogue)
        make(folder)
        journal = Journal(folder)
        return journal, journal.begin(typed, changes), ""
    except OSError as error:
        if error.errno in _FAILING:
            raise PapertrackError(
                f"cannot write {shown(changes[0].path)}, so nothing was changed: "
                f"undo needs a record in {error.filename or folder_of(catalogue)}, "
                f"and {reason(error)}; or let PAPERTRACK_STATE name another folder"
            ) from error
        where = f" ({error.filename})" if error.filename else ""
        warning = "warning: the change is made, but papertrack undo will not know it"
        return None, 0, f"{warning}: {error.strerror or error}{where}"


def _end(journal: Journal, number: int, state: State, folders: Iterable[Path]) -> None:
    """Say that a change is made; where that fails, the next command finds that it is."""
    if sweep(folders):
        with suppress(OSError):
            journal.mark(number, state)


def _half_written(error: HalfWrittenError, *, recorded: bool) -> PapertrackError:
    new, old = (" and ".join(map(shown, paths)) for paths in (error.new, error.old))
    todo = "papertrack undo takes the change back"
    if not recorded:
        todo = "compare them with git or a backup"
    return PapertrackError(
        f"changed {new}, but not {old}, and could not put that back: "
        f"once the disk works again, {todo}",
        details=[error.message],
    )


def _journal(catalogue: Path) -> Journal | None:
    try:
        return Journal(folder_of(catalogue))
    except OSError:  # recording the change says so
        return None


def _folders(record: JournalEntry) -> set[Path]:
    return {path.parent for path in record.files if path.parent.is_dir()}


def _folders_of(changes: Iterable[Change]) -> set[Path]:
    return {change.target.parent for change in changes}
