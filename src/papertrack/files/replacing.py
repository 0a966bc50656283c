"""Files replaced whole: the old bytes or the new ones, at any moment."""

import errno
import os
import signal
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from papertrack.errors import PapertrackError
from papertrack.files.reading import named, read, shown

_MAKE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_HELD_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Change(NamedTuple):
    """What one file holds and is to hold; None stands for no file."""

    path: Path
    """As a person typed it."""
    target: Path
    """Where the bytes are, symbolic links followed: a link stays a link."""
    before: bytes | None
    after: bytes | None

    def back(self) -> "Change":
        """Return the change that takes this one back."""
        return self._replace(before=self.after, after=self.before)


@contextmanager
def unbroken() -> Iterator[None]:
    """Put off ^C and the like until the end, so that what is inside is done as a whole."""
    if sys.platform == "win32":
        yield
        return
    wanted = [getattr(signal, name) for name in _HELD_SIGNALS]
    before = signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def replace(changes: Sequence[Change]) -> None:
    """Make every file hold its new bytes; on any failure, none of them.

    All are written beside their targets and are on the disk before the first takes its target's
    place. To be called with the folders locked. Raises PapertrackError.
    """
    ready = [(change, _beside(change.target)) for change in changes]
    placed: list[Change] = []
    try:
        for change, temporary in ready:
            with named("write", change.path):
                _prepare(change, temporary)
        for change in changes:
            _refuse_if_touched(change)
        for change, temporary in ready:
            with named("write", change.path):
                _place(change, temporary)
            placed.append(change)
    except BaseException:
        _put_back(placed)
        raise
    finally:
        for _, temporary in ready:
            with suppress(OSError):
                temporary.unlink()
    for folder in {change.target.parent for change in changes}:
        _settle(folder)


def _beside(target: Path) -> Path:
    return target.with_name(f"{_marked(target)}{os.urandom(4).hex()}~")


def _marked(target: Path) -> str:
    return f".{target.name[:50]}.papertrack-"  # a name has 255 bytes at most


def _sweep(target: Path) -> None:
    """Remove what a killed process left beside the target: the lock says that it is nobody's."""
    begin = _marked(target)
    for entry in os.scandir(target.parent):
        if entry.name.startswith(begin) and len(entry.name) == len(begin) + 9:
            with suppress(OSError):
                os.unlink(entry.path)  # noqa: PTH108 - a path made for every entry takes longer


def _prepare(change: Change, temporary: Path) -> None:
    """Write the new bytes beside the target, with its rights, down to the disk."""
    _sweep(change.target)
    if change.after is None:
        return
    rights = 0o666 if change.before is None else 0o600  # never wider than what it replaces
    with open(os.open(temporary, _MAKE, rights), "wb") as file:  # noqa: PTH123 - of a descriptor
        if change.before is not None:
            _copy_rights(change.target, file.fileno())
        file.write(change.after)
        file.flush()
        os.fsync(file.fileno())


def _copy_rights(target: Path, descriptor: int) -> None:
    """Give the new file the owner (where that is allowed), mode and attributes of the old."""
    if not os.access(target, os.W_OK):  # replacing would get round what its owner wants
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    old = target.stat()
    if sys.platform == "win32":
        return
    new = os.fstat(descriptor)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        with suppress(OSError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
    if sys.platform == "linux":
        with suppress(OSError):  # not every file system has them
            for name in os.listxattr(target):
                os.setxattr(descriptor, name, os.getxattr(target, name))
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _refuse_if_touched(change: Change) -> None:
    if read(change.target) != change.before:
        raise PapertrackError(
            f"another program has just changed {shown(change.path)}, so nothing was changed here: "
            "run it again"
        )


def _place(change: Change, temporary: Path) -> None:
    if change.after is None:
        change.target.unlink()
    else:
        temporary.replace(change.target)


def _put_back(placed: Sequence[Change]) -> None:
    for change in reversed(placed):
        try:
            replace([change.back()])
        except PapertrackError as error:
            raise PapertrackError(
                f"{shown(change.path)} is changed already and could not be put back, "
                "the other files are not: papertrack check says what is wrong",
                details=[error.message],
            ) from error


def _settle(folder: Path) -> None:
    """Make the replacing itself last through a power cut, where folders can be synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
