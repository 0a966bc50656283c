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
            path = Path(tempfile.mkdtemp(prefix="", dir=parent)) / name
            _write(path, text)
        except OSError:
            continue
        return path
    raise PapertrackError("no folder can be written to edit in: set PAPERTRACK_STATE to one")


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
    from papertrack.history.records import state_folder  # only editing asks where text is kept

    with suppress(FileNotFoundError):
        yield state_folder() / "edits"
    yield Path(tempfile.gettempdir())
