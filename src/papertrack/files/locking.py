"""Folders locked, so that two writers never meet in one."""

import errno
import math
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from papertrack.errors import PapertrackError
from papertrack.files.access import named, shown

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


@contextmanager
def locked(folders: Iterable[Path], *, tell: Tell) -> Iterator[None]:
    """Keep every other papertrack from changing files in these folders.

    Waits for one that does, says so after a second, and raises PapertrackError after
    PAPERTRACK_LOCK_TIMEOUT seconds (30). A lock ends with its process, however that ends.
    """
    unlike = dict[tuple[int, int], Path]()  # one folder by two names is locked once
    for folder in folders:
        with named("lock", folder):
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
        with named("lock", folder):
            release = _try_to_lock(folder)
        if release:
            return release
        waited = time.monotonic() - begun
        if waited >= patience:
            raise PapertrackError(
                f"another papertrack has been changing {shown(folder)} for {patience:g} seconds, "
                "so nothing was changed here: run it again when that one has ended"
                f"{_or_else(folder)}"
            )
        if waited >= _SILENCE and not warned:
            warned = True
            tell(f"waiting for another papertrack to finish with {shown(folder)} …")
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


def _or_else(folder: Path) -> str:
    """Return what to do where the file system has no locks, and a killed process left its file."""
    path = folder / _OWNED_FILE
    return f"; if none is running, delete {shown(path)}" if path.exists() else ""


def _try_filelock(folder: Path) -> Callable[[], None] | None:
    from filelock import FileLock, Timeout  # not installed where there is flock

    lock = FileLock(folder / _LOCK_FILE)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    return lock.release
