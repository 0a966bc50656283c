"""Whole files on disk: lock their folders, read them, replace them."""

import errno
import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from papertrack.errors import PapertrackError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment] # there is no such module to have a type

Tell = Callable[[str], None]
"""Takes what a person should know while something is under way."""

_READ = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe nobody writes to must not hold us
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)  # Windows translates line ends otherwise
)
_MAKE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_PATIENCE = 30.0
_SILENCE = 1.0
# Network file systems lock no folder, or only files open for writing: flock(2), "NFS details".
_NO_FOLDER_LOCKS = {errno.EBADF, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK}
_LOCK_FILE = ".papertrack-lock~"
_HELD_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")

_REASONS = {
    errno.ENOSPC: "the disk is full; make room, then run it again",
    errno.EDQUOT: "your quota on this disk is used up; make room, then run it again",
    errno.EFBIG: "it would be larger than a file may be here; raise the limit (ulimit -f)",
    errno.EROFS: "its disk is read-only; copy the list to one that is not",
    errno.EACCES: "permission is denied; see its folder's and its own rights with ls -ld",
    errno.EPERM: "the system does not permit it; see its rights with ls -ld, lsattr",
    errno.ENOENT: "its folder is gone; make the folder, then run it again",
    errno.ENOTDIR: "its folder is gone; make the folder, then run it again",
    errno.ESTALE: "its folder is gone; make the folder, then run it again",
    errno.EISDIR: "it is a folder; name a file in it",
    errno.ENAMETOOLONG: "its name is too long; give a shorter one",
    errno.ELOOP: "its symbolic links go in a circle; see them with ls -l",
    errno.EIO: "the disk failed; look after the disk before anything else",
}


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


def shown(path: Path) -> str:
    """Return the path as a person would type it: from the working folder where that is shorter."""
    if not path.is_absolute():
        return str(path)
    try:
        return min(os.path.relpath(path), str(path), key=len)
    except (OSError, ValueError):  # no working folder; another drive
        return str(path)


def target_of(path: Path) -> Path:
    """Return where the path leads, symbolic links followed, absolute."""
    with _named("find", path):
        return Path(os.path.realpath(path))


def read(path: Path) -> bytes | None:
    """Return all that a file holds, or None where there is no such file.

    Raises PapertrackError for what is no regular file, or cannot be read.
    """
    with _named("read", path):
        try:
            descriptor = os.open(path, _READ)
        except (FileNotFoundError, NotADirectoryError):
            return None
        with open(descriptor, "rb") as file:  # noqa: PTH123 - of a descriptor
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                return file.read()
    raise PapertrackError(f"{shown(path)} is no regular file: name one that holds text")


@contextmanager
def locked(folders: Iterable[Path], *, tell: Tell) -> Iterator[None]:
    """Keep every other papertrack from changing files in these folders.

    Waits for one that does, says so after a second, and raises PapertrackError after
    PAPERTRACK_LOCK_TIMEOUT seconds (30). A lock ends with its process, however that ends.
    """
    unlike = dict[tuple[int, int], Path]()  # one folder by two names is locked once
    for folder in folders:
        with _named("lock", folder):
            status = folder.stat()
        unlike[status.st_dev, status.st_ino] = folder
    with ExitStack() as held:
        for _, folder in sorted(unlike.items()):  # in one order for all: nobody waits in a circle
            held.callback(_lock(folder, tell))
        yield


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
            with _named("write", change.path):
                _prepare(change, temporary)
        for change in changes:
            _refuse_if_touched(change)
        for change, temporary in ready:
            with _named("write", change.path):
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
    if change.before is not None and not os.access(change.target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if change.after is None:
        return
    rights = 0o666 if change.before is None else 0o600  # never wider than what it replaces
    with open(os.open(temporary, _MAKE, rights), "wb") as file:  # noqa: PTH123 - of a descriptor
        file.write(change.after)
        file.flush()
        if change.before is not None:
            _copy_rights(change.target, file.fileno())
        os.fsync(file.fileno())


def _copy_rights(target: Path, descriptor: int) -> None:
    """Give the new file the owner (where that is allowed), mode and attributes of the old."""
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


def _lock(folder: Path, tell: Tell) -> Callable[[], None]:
    """Return what gives the lock on the folder back, once it is ours."""
    patience = float(os.environ.get("PAPERTRACK_LOCK_TIMEOUT") or _PATIENCE)
    begun = time.monotonic()
    pause, said = 0.005, False
    while True:
        with _named("lock", folder):
            release = _try_to_lock(folder)
        if release:
            return release
        waited = time.monotonic() - begun
        if waited >= patience:
            raise PapertrackError(
                f"another papertrack has been changing {shown(folder)} for {patience:g} seconds, "
                "so nothing was changed here: run it again when that one has ended"
            )
        if waited >= _SILENCE and not said:
            said = True
            tell(f"waiting for another papertrack to finish with {shown(folder)} …")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def _try_to_lock(folder: Path) -> Callable[[], None] | None:
    if fcntl is None:
        return _try_filelock(folder)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError as error:
        os.close(descriptor)
        if error.errno not in _NO_FOLDER_LOCKS:
            raise
        return _try_lock_file(folder / _LOCK_FILE)
    return partial(os.close, descriptor)


def _try_lock_file(path: Path) -> Callable[[], None] | None:
    """Lock a hidden file, which goes with the lock."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), path.stat()):

            def release() -> None:
                path.unlink(missing_ok=True)
                os.close(descriptor)

            return release
    except (BlockingIOError, FileNotFoundError):  # its owner is there, or has just removed it
        pass
    os.close(descriptor)
    return None


def _try_filelock(folder: Path) -> Callable[[], None] | None:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - not installed where there is flock

    lock = FileLock(folder / _LOCK_FILE)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    return lock.release


@contextmanager
def _named(verb: str, path: Path) -> Iterator[None]:
    """Translate the system's complaint into one sentence that names the file."""
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        number = error.errno if isinstance(error, OSError) else None
        reason = _REASONS.get(number or 0) or getattr(error, "strerror", None) or str(error)
        so = "" if verb == "read" else ", so nothing was changed"
        raise PapertrackError(f"cannot {verb} {shown(path)}{so}: {reason}") from error
