"""Whole files on disk: read, locked and replaced whole; and what to say when that fails.

A file holds the old bytes or the new ones, never half of them.
"""

import errno
import math
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

_SILENCE = 1.0
# Network file systems lock no folder, or only files open for writing: flock(2), "NFS details".
_CANNOT_LOCK = {
    errno.EBADF, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS,
}  # fmt: skip
_LOCK_FILE = ".papertrack-lock~"
_OWNED_FILE = ".papertrack-owned~"
_MAKE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_HELD_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_MARK = ".papertrack-"
_MARKED = len(_MARK) + 9
_READ = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe nobody writes to must not hold us
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)  # Windows translates line ends otherwise
)
_REASONS = {
    errno.ENOSPC: "the disk is full; make room, then run it again",
    errno.EDQUOT: "your quota on this disk is used up; make room, then run it again",
    errno.EFBIG: "it would be larger than a file may be here; raise the limit (ulimit -f)",
    errno.EROFS: "its disk is read-only; copy the list to one that is not",
    errno.EACCES: "permission is denied; see its folder's and its own rights with ls -ld",
    errno.EPERM: "the system does not permit it; see its rights with ls -ld, lsattr",
    errno.ENOENT: "the folder is not there; make it, then run it again",
    errno.ENOTDIR: "the folder is not there; make it, then run it again",
    errno.ESTALE: "the folder is not there any more; make it, then run it again",
    errno.EISDIR: "it is a folder; name a file in it",
    errno.ENAMETOOLONG: "its name is too long; give a shorter one",
    errno.ELOOP: "its symbolic links go in a circle; see them with ls -l",
    errno.EIO: "the disk failed; look after the disk before anything else",
}


def as_typed(path: Path) -> str:
    """Return the path as a person would type it: from the working folder where that is shorter."""
    if not path.is_absolute():
        return str(path)
    try:
        relative = os.path.relpath(path)
        return str(path) if relative == "." else min(relative, str(path), key=len)
    except (OSError, ValueError):  # no working folder; another drive
        return str(path)


def target_of(path: Path) -> Path:
    """Return where the path leads, symbolic links followed, absolute."""
    with translated_errors("find", path):
        return Path(os.path.realpath(path))


def read(path: Path) -> bytes | None:
    """Return all that a file holds, or None where there is no such file.

    Raises PapertrackError for what is not a regular file, or cannot be read.
    """
    with translated_errors("read", path):
        try:
            descriptor = os.open(path, _READ)
        except (FileNotFoundError, NotADirectoryError):
            return None
        try:
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                with open(descriptor, "rb", closefd=False) as file:
                    return file.read()
        finally:
            os.close(descriptor)
    raise PapertrackError(f"{as_typed(path)} is not a regular file: name one that holds text")


@contextmanager
def translated_errors(verb: str, path: Path) -> Iterator[None]:
    """Translate the system's complaint into one sentence that names the file."""
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        so = "" if verb == "read" else ", so nothing was changed"
        raise PapertrackError(f"cannot {verb} {as_typed(path)}{so}: {reason(error)}") from error


def reason(error: OSError | ValueError) -> str:
    """Return what the system complains of, and what to do about it where that is known."""
    number = error.errno if isinstance(error, OSError) else None
    return _REASONS.get(number or 0) or getattr(error, "strerror", None) or str(error)


@contextmanager
def locked(folders: Iterable[Path], *, tell: Tell) -> Iterator[None]:
    """Keep every other papertrack from changing files in these folders.

    Waits for one that does, says so after a second, and raises PapertrackError after
    PAPERTRACK_LOCK_TIMEOUT seconds (30). A lock ends with its process, however that ends.
    """
    unlike = dict[tuple[int, int], Path]()  # one folder by two names is locked once
    for folder in folders:
        with translated_errors("lock", folder):
            status = folder.stat()
        unlike[status.st_dev, status.st_ino] = folder
    with ExitStack() as held:
        for _, folder in sorted(unlike.items()):  # in one order for all: nobody waits in a circle
            held.callback(_lock(folder, tell))
        yield


def _lock(folder: Path, tell: Tell) -> Callable[[], None]:
    """Return what gives the lock on the folder back, once it is ours."""
    patience = _patience()
    begun = time.monotonic()
    pause, warned = 0.005, False
    while True:
        with translated_errors("lock", folder):
            release = _try_to_lock(folder)
        if release:
            return release
        waited = time.monotonic() - begun
        if waited >= patience:
            own = folder / _OWNED_FILE  # where there are no locks, a killed process leaves its file
            ended = "run it again when that one has ended"
            ended += f"; if none is running, delete {as_typed(own)}" if own.exists() else ""
            raise PapertrackError(
                f"another papertrack has been changing {as_typed(folder)} for {patience:g} "
                f"seconds, so nothing was changed here: {ended}"
            )
        if waited >= _SILENCE and not warned:
            warned = True
            tell(f"waiting for another papertrack to finish with {as_typed(folder)} …")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def _patience() -> float:
    typed = os.environ.get("PAPERTRACK_LOCK_TIMEOUT") or "30"
    try:
        seconds = float(typed)
    except ValueError:
        seconds = -1
    if 0 <= seconds < math.inf:  # what is no number is not
        return seconds
    raise PapertrackError(
        f'PAPERTRACK_LOCK_TIMEOUT is "{typed}", not a number of seconds, such as 30'
    )


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
        if error.errno not in _CANNOT_LOCK:
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
    except OSError as error:
        os.close(descriptor)
        if error.errno not in _CANNOT_LOCK:
            raise
        path.unlink(missing_ok=True)
        return _try_to_own(path.with_name(_OWNED_FILE))
    os.close(descriptor)
    return None


def _try_to_own(path: Path) -> Callable[[], None] | None:
    """Make a file that nobody else has made: the lock where the file system has no locks."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    except FileExistsError:
        return None
    return partial(path.unlink, missing_ok=True)


def _try_filelock(folder: Path) -> Callable[[], None] | None:
    from filelock import FileLock, Timeout  # not installed where there is flock

    lock = FileLock(folder / _LOCK_FILE)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    return lock.release


class Change(NamedTuple):
    """What one file holds and is to hold; None stands for no file."""

    path: Path
    """As a person typed it."""
    target: Path
    """Where the bytes are, symbolic links followed: a link stays a link."""
    before: bytes | None
    after: bytes | None


class HalfWrittenError(PapertrackError):
    """Some of several files hold their new bytes, and could not be put back."""

    def __init__(self, new: Sequence[Path], old: Sequence[Path], cause: str) -> None:
        """Name the files by what they hold, and say why."""
        super().__init__(cause)
        self.new = tuple(new)
        self.old = tuple(old)


@contextmanager
def unbroken() -> Iterator[None]:
    """Put off ^C and the like until the end, so that what is inside is done as a whole."""
    came: list[int] = []
    before = {}
    with suppress(ValueError):  # in another thread than the main one, no signal breaks anything
        for number in filter(None, (getattr(signal, name, None) for name in _HELD_SIGNALS)):
            before[number] = signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)


def replace(changes: Sequence[Change]) -> None:
    """Make every file hold its new bytes; on any failure, none of them.

    All are written beside their targets and are on the disk before the first takes its target's
    place, and what a target held stays beside it until the last one has: so putting one back needs
    no space. To be called with the folders locked. Raises PapertrackError, HalfWrittenError where
    a file could not be put back.
    """
    folders = {change.target.parent for change in changes}
    sweep(folders)
    new = [_beside(change.target) for change in changes]
    old = [_beside(change.target) for change in changes[:-1]]  # the last is never put back
    placed = 0
    # All that can fail for want of space or rights comes first, then a last look whether another
    # program was faster. Only renames are left after that, and `_put_back` takes those back.
    try:
        for change, temporary in zip(changes, new, strict=True):
            with translated_errors("write", change.path):
                _prepare(change, temporary)
        for change in changes:
            _refuse_if_touched(change)
        for change, kept in zip(changes, old, strict=False):
            with translated_errors("write", change.path):
                _keep(change, kept)
        for change, temporary in zip(changes, new, strict=True):
            with translated_errors("write", change.path):
                _place(change, temporary)
            placed += 1
    except BaseException as error:
        _put_back(changes, old, placed, error)
        sweep(folders)
        raise
    sweep(folders)
    for folder in folders:
        sync_folder(folder)


def sweep(folders: Iterable[Path]) -> bool:
    """Remove what is written beside files, by us or by a process that was killed since.

    The locks on the folders say that it is nobody's. Returns whether nothing of it is left.
    """
    clean = True
    for folder in folders:
        try:
            for entry in os.scandir(folder):
                if entry.name.endswith("~") and entry.name[-_MARKED:].startswith(_MARK):
                    os.unlink(entry.path)  # noqa: PTH108 - a path made for every entry takes longer
        except OSError:
            clean = False
    return clean


def sync_folder(folder: Path) -> None:
    """Make what was renamed in a folder last through a power cut, where folders can be synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _beside(target: Path) -> Path:
    # A name has 255 bytes at most, and a character up to four.
    return target.with_name(f".{target.name[:50]}{_MARK}{os.urandom(4).hex()}~")


def _prepare(change: Change, temporary: Path) -> None:
    """Write the new bytes beside the target, with its rights, down to the disk."""
    if change.after is not None:
        like = None if change.before is None else change.target
        write_new(temporary, change.after, 0o600 if like else 0o666, like=like)


def _keep(change: Change, kept: Path) -> None:
    if change.before is None:
        return
    try:
        kept.hardlink_to(change.target)
    except OSError:
        write_new(kept, change.before, like=change.target)


def write_new(path: Path, data: bytes, rights: int = 0o600, *, like: Path | None = None) -> None:
    """Write a file that is not there yet, down to the disk, with the rights of another if `like`.

    They are never wider than those, not for a moment.
    """
    with open(os.open(path, _MAKE, rights), "wb") as file:  # noqa: PTH123 - of a descriptor
        if like is not None:
            _copy_rights(like, file.fileno())
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _copy_rights(target: Path, descriptor: int) -> None:
    """Give the new file the owner (where that is allowed), mode and attributes of the old."""
    if not os.access(target, os.W_OK):  # replacing would get round what its owner wants
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    old = target.stat()
    new = os.fstat(descriptor)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        for owner in (old.st_uid, -1):  # the group alone, where the owner cannot be kept
            with suppress(OSError):
                os.fchown(descriptor, owner, old.st_gid)
                break
    if sys.platform == "linux":
        names = []
        with suppress(OSError):  # not every file system has them
            names = os.listxattr(target)
        for name in names:
            with suppress(OSError):  # the system's own, that only it may set
                os.setxattr(descriptor, name, os.getxattr(target, name))
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _refuse_if_touched(change: Change) -> None:
    if read(change.target) != change.before:
        raise PapertrackError(
            f"another program has just changed {as_typed(change.path)}, so nothing was changed "
            "here: run it again"
        )


def _place(change: Change, temporary: Path) -> None:
    if change.after is None:
        change.target.unlink()
    else:
        temporary.replace(change.target)


def _put_back(
    changes: Sequence[Change], old: Sequence[Path], placed: int, cause: BaseException
) -> None:
    """Give the first files back what they held: a rename each, which needs no space."""
    stuck: list[Path] = []
    for change, kept in reversed(list(zip(changes[:placed], old, strict=False))):
        try:
            if change.before is None:
                change.target.unlink(missing_ok=True)
            else:
                kept.replace(change.target)
        except OSError:
            stuck.append(change.path)
    if stuck:
        fine = [change.path for change in changes if change.path not in stuck]
        first = cause.__cause__ or cause
        why = reason(first) if isinstance(first, OSError) else str(first)
        raise HalfWrittenError(stuck, fine, why) from cause
