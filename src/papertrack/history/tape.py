"""The changes of one catalogue on disk: one file a change, in the user's state folder.

A change is written once, after its files; taking it back only renames it. So a crash leaves each
change whole, or one that is cut short, which its sizes tell, and which is passed over.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from papertrack.history.delta import Delta, Step

if TYPE_CHECKING:
    from papertrack.history.records import Record  # only looking back loads it

MOST_RECORDS = 200
MOST_BYTES = 20_000_000

_DONE, _UNDONE = ".change", ".undone"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Tape:
    """The changes of one catalogue, oldest first; those taken back wait at the end to be redone."""

    def __init__(self, folder: Path) -> None:
        """Look at the folder; it need not be there."""
        self.folder = folder
        numbers: dict[str, list[int]] = {_DONE: [], _UNDONE: []}
        with suppress(FileNotFoundError):
            for name in os.listdir(folder):  # noqa: PTH208 - no path is needed for each
                number, suffix = name[:-7], name[-7:]
                if suffix in numbers and number.isdecimal():
                    numbers[suffix].append(int(number))
        self.done = sorted(numbers[_DONE])
        self._all_undone = sorted(numbers[_UNDONE])

    @property
    def last(self) -> int:
        """The number of the last change that stands; 0 where there is none."""
        return self.done[-1] if self.done else 0

    @property
    def undone(self) -> list[int]:
        """The numbers of the changes that can be made again, next first."""
        return [number for number in self._all_undone if number > self.last]

    def records(self, first: int = 0) -> "list[Record]":
        """Return the changes from this number on that can be read, oldest first."""
        numbers = sorted(number for number in [*self.done, *self.undone] if number >= first)
        return [record for number in numbers if (record := self.load(number))]

    def load(self, number: int) -> "Record | None":
        """Return one change, or None where it was cut short."""
        from papertrack.history.records import parsed  # when looking back only

        undone = number > self.last
        try:
            data = self._path(number, undone=undone).read_bytes()
        except FileNotFoundError:
            return None
        return parsed(data, number, undone=undone)

    def append(self, typed: str, steps: Sequence[Step]) -> int:
        """Record a change, drop what was undone and what is too old; return its number."""
        number = max([0, *self.done, *self._all_undone]) + 1
        path = self._path(number)
        try:
            with open(os.open(path, _NEW, 0o600), "wb") as file:  # noqa: PTH123 - of a descriptor
                file.write(_written(datetime.now(UTC).astimezone(), typed, steps))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        for undone in self._all_undone:
            self._path(undone, undone=True).unlink(missing_ok=True)
        self._all_undone = []
        self.done.append(number)
        self._forget()
        return number

    def mark(self, number: int, *, undone: bool) -> None:
        """Keep a change as taken back, or as made again."""
        self._path(number, undone=not undone).replace(self._path(number, undone=undone))

    def _path(self, number: int, *, undone: bool = False) -> Path:
        return self.folder / f"{number:06}{_UNDONE if undone else _DONE}"

    def _forget(self) -> None:
        """Drop the oldest changes beyond the bounds; the newest stays, however large."""
        size = 0
        for age, number in enumerate(reversed(self.done)):
            path = self._path(number)
            size += path.stat().st_size
            if age >= MOST_RECORDS or (age and size > MOST_BYTES):
                path.unlink()
                self.done.remove(number)


def folder_of(catalogue: Path) -> Path:
    """Return where the history of a catalogue is; `catalogue` is resolved.

    Raises OSError where the user has no home.
    """
    name = blake2b(os.fsencode(catalogue), digest_size=16).hexdigest()
    return _state() / "history" / name


def make(folder: Path) -> None:
    """Make the folder of a history, for its owner alone: it holds private text."""
    if not folder.is_dir():
        folder.parents[2].mkdir(parents=True, exist_ok=True)
        for each in (folder.parents[1], folder.parent, folder):
            each.mkdir(mode=0o700, exist_ok=True)


def _state() -> Path:
    if named := os.environ.get("PAPERTRACK_STATE"):
        return Path(named).absolute()
    if (named := os.environ.get("XDG_STATE_HOME")) and Path(named).is_absolute():
        return Path(named, "papertrack")
    from platformdirs import user_state_path  # for changes only

    try:
        found = user_state_path("papertrack", appauthor=False)
    except RuntimeError:  # how its newer releases say that there is none
        found = None
    if found is None or not found.is_absolute():
        raise FileNotFoundError("there is no home folder: set PAPERTRACK_STATE to one")
    return found


def _written(when: datetime, typed: str, steps: Sequence[Step]) -> bytes:
    from pydantic_core import to_json  # for changes only

    header = [
        when,
        typed.encode("utf-8", "backslashreplace").decode(),
        [
            [
                os.fsencode(step.path).decode("latin-1"),  # JSON holds no bytes
                step.since and _sizes(step.since),
                _sizes(step.change),
            ]
            for step in steps
        ],
    ]
    texts = (text for step in steps for text in _texts(step))
    return b"".join([to_json(header), b"\n", *texts])


def _sizes(delta: Delta) -> list[int | None]:
    sizes = (None if text is None else len(text) for text in (delta.old, delta.new))
    return [delta.prefix, delta.suffix, *sizes]


def _texts(step: Step) -> Iterator[bytes]:
    for delta in (step.since, step.change):
        if delta:
            yield delta.old or b""
            yield delta.new or b""
