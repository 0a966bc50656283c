"""Text that a person is typing, in a file of its own that only they can read."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from papertrack.errors import PapertrackError


def put(name: str, text: str) -> Path:
    """Write the text to a new private file and return its path, which ends in the name.

    It is in the user's state folder, or where that cannot be written in a temporary folder.
    """
    for parent in _folders():
        try:
            parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=parent)) / name
            _write(path, text)
        except OSError:
            continue
        return path
    raise PapertrackError("no folder can be written to edit in: set PAPERTRACK_STATE to one")


def left_behind(name: str) -> list[Path]:
    """Return the files of that name that nobody is typing into any more, the newest first."""
    own = tempfile.gettempdir()  # anybody may have put something there
    folders = [folder for folder in _folders() if folder != Path(own)]
    paths = (path for folder in folders for path in folder.glob(f"[0-9]*-*/{name}"))
    left = [path for path in paths if not _is_running(int(path.parent.name.partition("-")[0]))]
    return sorted(left, key=lambda path: path.stat().st_mtime, reverse=True)


def set_aside(path: Path) -> Path:
    """Keep the text where nobody is asked about it again; return where."""
    aside = path.parent.with_name(f"aside-{path.parent.name}")
    try:
        path.parent.rename(aside)
    except OSError:  # it stays where it is
        return path
    return aside / path.name


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def put_back(path: Path, text: str) -> None:
    """Write the text to the same file."""
    try:
        _write(path, text)
    except OSError as error:
        raise PapertrackError(
            f"cannot write {path} ({error.strerror}): make room there, then edit again"
        ) from error


def get(path: Path) -> str:
    """Return the text; bytes that are no UTF-8 become lone surrogates, for a fault to name."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise PapertrackError(
            f"cannot read {path} ({error.strerror}): edit again, and save the text there"
        ) from error


def drop(path: Path) -> None:
    """Remove the file, and whatever an editor left beside it."""
    import shutil  # editing needs it, nothing else

    shutil.rmtree(path.parent, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(text.encode("utf-8", "surrogateescape"))


def _folders() -> Iterator[Path]:
    from papertrack.history.journal import state_folder  # only editing asks where text is kept

    with suppress(FileNotFoundError):
        yield state_folder() / "edits"
    yield Path(tempfile.gettempdir())
