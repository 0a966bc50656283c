"""What was changed, to be undone: without git, for the last 200 changes of each catalogue.

A change is recorded whole, with the bytes of its files before and after, before the first file is
replaced. So an interrupted one can be finished or undone by the next command, and every one by
`undoing`. The records live in the user's state folder, one file a change and one folder a
catalogue: at most 200 changes and 20 MB (the newest is kept whatever its size). All of it is
written under the lock on the catalogue's folder.

A record is a line of JSON (when, what was typed, the files with the sizes of what follows), then
each file's bytes before and after, compressed. Its name says what became of the change, so that
a rename, which needs no space, is all that finishing or undoing it writes here.
"""

import errno
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from papertrack.errors import PapertrackError
from papertrack.files import (
    Change,
    HalfWrittenError,
    Tell,
    as_typed,
    locked,
    read,
    reason,
    replace,
    sweep,
    sync_folder,
    translated_errors,
    unbroken,
    write_new,
)

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MOST_RECORDS = 200
MOST_BYTES = 20_000_000

_FASTEST = 1
_LONGEST = 80
_OUTDATED = (".copy0", ".copy1")
"""What releases before 0.2 kept beside their records."""

# The disk that should hold the record fails: without one, nothing is changed. Where there can be
# no record at all (no home, a read-only one), changes are made without, and it is said.
_FAILING = {errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOMEM}


class State(StrEnum):
    """What became of a change: the end of its record's name."""

    DOING = "doing"
    """Its files are being replaced, or were when somebody pulled the plug."""
    DONE = "change"
    UNDOING = "undoing"
    UNDONE = "undone"
    REDOING = "redoing"


_STATES = {state.value: state for state in State}
_PENDING = (State.DOING, State.UNDOING, State.REDOING)


class JournalEntry(NamedTuple):
    """One change that can be undone or redone."""

    number: int
    state: State
    when: datetime
    typed: str
    files: tuple[Path, ...]
    """The files that it writes."""

    @property
    def undone(self) -> bool:
        """Whether it is undone."""
        return self.state in (State.UNDONE, State.UNDOING)

    @property
    def called(self) -> str:
        """What was typed, on one line, cut where it is long: for a sentence that names it."""
        words = " ".join(self.typed.split())
        if len(words) <= _LONGEST:
            return words
        return f"{words[:_LONGEST].rpartition(' ')[0] or words[:_LONGEST]} …"


class _Header(NamedTuple):
    when: str
    typed: str
    files: list[tuple[str, int | None, int | None]]
    """Each path, and the sizes of its two texts as they are kept."""


class Journal:
    """The records of one catalogue, oldest first; those undone wait at the end to be redone."""

    def __init__(self, folder: Path) -> None:
        """Look at the folder, which need not be there; OSError where it cannot be read."""
        self.folder = folder
        self._states: dict[int, State] = {}
        with suppress(FileNotFoundError):
            for name in os.listdir(folder):  # noqa: PTH208 - no path is needed for each
                number, _, suffix = name.partition(".")
                if number.isdecimal() and suffix in _STATES:
                    self._states[int(number)] = _STATES[suffix]

    @property
    def done(self) -> list[int]:
        """The numbers of the changes that can be undone, oldest first."""
        return self._numbers(State.DONE, State.DOING, State.REDOING)

    @property
    def undone(self) -> list[int]:
        """The numbers of the changes that can be redone, next first."""
        last = max(self.done, default=0)
        return [each for each in self._numbers(State.UNDONE, State.UNDOING) if each > last]

    @property
    def pending(self) -> int | None:
        """The number of the change that was interrupted."""
        return max(self._numbers(*_PENDING), default=None)

    def load(self, number: int) -> JournalEntry | None:
        """Return one change, or None where its record is not whole."""
        path = self._path(number)
        try:
            with path.open("rb") as file:
                line = file.readline()
                rest = os.fstat(file.fileno()).st_size - len(line)
        except FileNotFoundError:
            return None
        header = _parsed(line)
        sizes = (size or 0 for _, *both in (header.files if header else ()) for size in both)
        if header is None or sum(sizes) != rest:
            return None
        when = datetime.fromisoformat(header.when).astimezone()
        files = tuple(_path(path) for path, _, _ in header.files)
        return JournalEntry(number, self._states[number], when, header.typed, files)

    def steps(self, number: int, *, back: bool = False) -> list[Change]:
        """Return what a change, or with `back` undoing it, does to its files.

        Raises ValueError where its record is damaged.
        """
        line, _, data = self._path(number).read_bytes().partition(b"\n")
        header = _parsed(line)
        if header is None:
            raise ValueError("the record has no header")
        texts = []
        for size in (size for _, *both in header.files for size in both):
            try:
                texts.append(None if size is None else zlib.decompress(data[:size]))
            except zlib.error as error:
                raise ValueError("the record is damaged") from error
            data = data[size or 0 :]
        old, new = (texts[1::2], texts[::2]) if back else (texts[::2], texts[1::2])
        paths = [_path(path) for path, _, _ in header.files]
        return [*map(Change, paths, paths, old, new)]

    def begin(self, typed: str, changes: Sequence[Change]) -> int:
        """Record a change that is about to be made; return its number. It is on the disk then."""
        number = max([0, *self._states]) + 1
        self._states[number] = State.DOING
        path = self._path(number)
        try:
            write_new(path, _written(datetime.now(UTC).astimezone(), typed, changes))
        except BaseException:
            self.drop(number)
            raise
        sync_folder(self.folder)
        return number

    def mark(self, number: int, state: State) -> None:
        """Say what became of a change, or what is about to become of it."""
        path = self._path(number)
        self._states[number] = state
        path.replace(self._path(number))

    def drop(self, number: int) -> None:
        """Forget a change that was not made."""
        with suppress(OSError):  # the next command finds that nothing came of it
            self._path(number).unlink()
        self._states.pop(number, None)

    def forget_old(self) -> None:
        """Drop the changes beyond the bounds, the oldest first; the newest stays."""
        with suppress(OSError):  # the next change tries again
            sizes = {entry.name: entry.stat().st_size for entry in os.scandir(self.folder)}
            for name in list(sizes):
                if name.endswith(_OUTDATED):
                    (self.folder / name).unlink()
                    del sizes[name]
            known = {self._name(number): number for number in sorted(self._states, reverse=True)}
            size = sum(sizes[name] for name in sizes if name not in known)
            for age, (name, number) in enumerate(known.items()):
                size += sizes.get(name, 0)
                if age >= MOST_RECORDS or (age and size > MOST_BYTES):
                    (self.folder / name).unlink()
                    del self._states[number]

    def forget_undone(self) -> None:
        """Drop what was undone: a new change begins another future."""
        for number in self._numbers(State.UNDONE):
            self.drop(number)

    def _numbers(self, *states: State) -> list[int]:
        return sorted(number for number, state in self._states.items() if state in states)

    def _path(self, number: int) -> Path:
        return self.folder / self._name(number)

    def _name(self, number: int) -> str:
        return f"{number:06}.{self._states[number]}"


def state_folder() -> Path:
    """Return the user's folder for what papertrack keeps: PAPERTRACK_STATE, else the system's.

    Raises FileNotFoundError where the user has no home.
    """
    if chosen := os.environ.get("PAPERTRACK_STATE"):
        return Path(chosen).absolute()
    from platformdirs import user_state_path  # for changes only

    try:
        folder = user_state_path("papertrack", appauthor=False)
    except RuntimeError:  # how its newer releases say that there is none
        folder = None
    if folder is None or not folder.is_absolute():
        raise FileNotFoundError("there is no home folder: set PAPERTRACK_STATE to one")
    return folder


def folder_of(catalogue: Path) -> Path:
    """Return where the history of a catalogue is; `catalogue` is resolved.

    Raises OSError where the user has no home.
    """
    name = blake2b(os.fsencode(catalogue), digest_size=16).hexdigest()
    return state_folder() / "history" / name


def make(folder: Path) -> None:
    """Make the folder of a history, for its owner alone: it holds private text."""
    if not folder.is_dir():
        folder.parents[2].mkdir(parents=True, exist_ok=True)
        for each in (folder.parents[1], folder.parent, folder):
            each.mkdir(mode=0o700, exist_ok=True)


def _path(kept: str) -> Path:
    return Path(os.fsdecode(kept.encode("latin-1")))


def _parsed(line: bytes) -> _Header | None:
    from pydantic import ValidationError  # when looking back only

    try:
        return _adapter().validate_json(line)
    except ValidationError:
        return None


@cache
def _adapter() -> "TypeAdapter[_Header]":
    from pydantic import TypeAdapter  # when looking back only, which meets many headers

    return TypeAdapter(_Header)


def _written(when: datetime, typed: str, changes: Sequence[Change]) -> bytes:
    from pydantic_core import to_json  # for changes only

    files, texts = [], []
    for change in changes:
        kept = [
            None if text is None else zlib.compress(text, _FASTEST)
            for text in (change.before, change.after)
        ]
        sizes = [None if text is None else len(text) for text in kept]
        # JSON holds no bytes, and a path may be any.
        files.append([os.fsencode(change.target).decode("latin-1"), *sizes])
        texts += [text or b"" for text in kept]
    typed = typed.encode("utf-8", "backslashreplace").decode()
    return b"".join([to_json([when.isoformat(), typed, files]), b"\n", *texts])


@contextmanager
def locked_to_change(catalogue: Path, folders: Iterable[Path], *, tell: Tell) -> Iterator[None]:
    """Keep others from changing files in these folders and the catalogue's, which is resolved.

    A change that was interrupted is finished first, or forgotten if it had not begun.
    """
    wanted = {catalogue.parent, *folders}
    with locked(wanted, tell=tell):
        journal = None
        with suppress(OSError):  # recording the change says so
            journal = Journal(folder_of(catalogue))
        record = pending(journal) if journal else None
        outside = _folders(record) - wanted if record else set()
        if journal and record and not outside:
            _finish_pending(journal, record, tell=tell)
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
    folders = {change.target.parent for change in changes}
    with unbroken():
        journal, number, warning = _begun(catalogue, typed, changes)
        try:
            replace(changes)
        except HalfWrittenError as error:
            raise _half_written(error, recorded=journal is not None) from error
        except BaseException:
            if journal and sweep(folders):
                journal.drop(number)
            raise
        if journal:
            journal.forget_undone()
            _end(journal, number, State.DONE, folders)
            journal.forget_old()
        else:
            tell(warning)


def _finish_pending(journal: Journal, record: JournalEntry, *, tell: Tell) -> None:
    """Finish the change that was interrupted; forget it where none of its files was replaced."""
    if half_done(journal, record):
        strange = finish(journal, record, back=record.state is State.UNDOING)
        tell(f'finished "{record.called}", which was interrupted')
        for path in strange:
            tell(f"left {as_typed(path)} as it is: it has changed since")


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


def half_done(journal: Journal, record: JournalEntry) -> bool:
    """Say whether a file holds already what an interrupted change, or undoing it, wants.

    Where none does, the change is from now on as if it had not been asked for.
    """
    steps = journal.steps(record.number, back=record.state is State.UNDOING)
    if any(read(step.target) == step.after for step in steps):
        return True
    clean = sweep({path.parent for path in record.files})
    if record.state is not State.DOING:
        journal.mark(record.number, State.DONE if record.state is State.UNDOING else State.UNDONE)
    elif clean:
        journal.drop(record.number)
    return False


def finish(
    journal: Journal, record: JournalEntry, *, back: bool, force: bool = False
) -> list[Path]:
    """Make what is left of a change, or of undoing it.

    Returns the files that somebody else has changed; they stay as they are, unless `force`.
    """
    left, strange = [], []
    for step in journal.steps(record.number, back=back):
        # A file holds what it should (done before the interruption), or what it held before (to
        # be done), or neither: then it is somebody else's work by now.
        now = read(step.target)
        if now == step.after:
            continue
        if now == step.before or force:
            left.append(step._replace(before=now))
        else:
            strange.append(step.target)
    state = State.UNDOING if back else State.REDOING
    before = record.state
    with unbroken():
        # The record's name says first what is about to happen. If the power fails between two
        # files, the next command reads there in which direction to go on.
        if before is not state and (back or before is not State.DOING):
            with translated_errors("change", journal.folder):
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
                f"cannot write {as_typed(changes[0].path)}, so nothing was changed: "
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
    new, old = (" and ".join(map(as_typed, paths)) for paths in (error.new, error.old))
    todo = "papertrack undo undoes the change"
    if not recorded:
        todo = "compare them with git or a backup"
    return PapertrackError(
        f"changed {new}, but not {old}, and could not put that back: "
        f"once the disk works again, {todo}",
        details=[error.message],
    )


def _folders(record: JournalEntry) -> set[Path]:
    return {path.parent for path in record.files if path.parent.is_dir()}
