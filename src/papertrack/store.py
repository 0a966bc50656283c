"""The catalogue on disk: find it, load it, and the one door through which files are changed.

Completion finds it without models, which are loaded with the first text that is read.
"""

import os
import shlex
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from papertrack.errors import PapertrackError, RefusedError
from papertrack.files import Change, as_typed, read, target_of, translated_errors

if TYPE_CHECKING:
    from papertrack.catalogue import ParsedCatalogue
    from papertrack.catalogue.draft import Draft
    from papertrack.models import Catalogue

_NAMES = ("data/papers.toml", "papers.toml")
_MAKE_ONE = "make one with papertrack init or papertrack import README.md"


class NoCatalogueError(PapertrackError):
    """There is no catalogue where one was looked for; it may be made."""


class NothingWrittenError(Exception):
    """Raised in the block of an edit to write nothing, as a dry run does; the edit ends there."""


class FilesEdit:
    """A catalogue and Markdown files as they are under the lock, to be changed."""

    def __init__(self, text: str, where: str, texts: dict[Path, str], *, created: bool) -> None:
        """Hold the texts; `where` is the catalogue as a person would type it."""
        self.text = text
        """The catalogue's text as it was read."""
        self.texts = texts
        """The Markdown files' texts, by the paths asked for; assign to change. A file asked for by
        two paths is there once, by the first."""
        self.created = created
        """Whether the catalogue is a new one."""
        self._where = where
        self._draft: Draft | None = None

    @property
    def draft(self) -> "Draft":
        """The catalogue to be changed; InvalidCatalogueError where it has faults."""
        from papertrack.catalogue.draft import Draft  # changing needs it, not reading

        if self._draft is None:
            self._draft = Draft(self.text, self._where)
        return self._draft

    @property
    def result(self) -> str:
        """The catalogue's text as it is to be written; PapertrackError where it is not as meant."""
        return self._draft.verified() if self._draft else self.text


def find(explicit: Path | None) -> Path:
    """Return the catalogue that is meant.

    That is the one named, else PAPERTRACK_CATALOGUE, else the nearest `data/papers.toml` or
    `papers.toml` from the working folder upwards. Raises NoCatalogueError where there is none,
    PapertrackError for a link that leads nowhere.
    """
    chosen = _chosen(explicit)
    if chosen is None:
        for path in _places():
            if path.is_file():
                return path
            _refuse_dangling(path)
        raise NoCatalogueError(
            f"no catalogue: no {' or '.join(_NAMES)} here or in a folder above; {_MAKE_ONE}"
        )
    with translated_errors("read", chosen):
        try:
            mode = chosen.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            _refuse_dangling(chosen)
            raise absent(chosen) from None
    if stat.S_ISDIR(mode):
        raise PapertrackError(
            f"{as_typed(chosen)} is a folder: name the file, such as "
            f"{as_typed(chosen / 'papers.toml')}"
        )
    return chosen


def candidates(explicit: Path | None) -> Iterator[Path]:
    """Yield where the catalogue could be that is meant, nearest first, there or not."""
    chosen = _chosen(explicit)
    return iter([chosen]) if chosen else _places()


def new_path(explicit: Path | None) -> Path:
    """Return where a new catalogue goes: the path named, else `data/papers.toml` here."""
    return _chosen(explicit) or Path(_NAMES[0])


def absent(path: Path) -> NoCatalogueError:
    """Return the complaint that there is no such catalogue."""
    make = f"papertrack init --catalogue {shlex.quote(as_typed(path))}"
    return NoCatalogueError(f"no catalogue {as_typed(path)}: make it with {make}, or name another")


def find_recorded(explicit: Path | None) -> Path:
    """Return the catalogue that is meant, also one that is gone if its history is kept."""
    from papertrack.history.undoing import there_is  # looking back needs it

    try:
        return find(explicit)
    except PapertrackError:
        for path in candidates(explicit):
            if there_is(path):
                return path
            if path.is_symlink():
                break
        raise


def load(path: Path) -> "ParsedCatalogue":
    """Return what the catalogue says; PapertrackError where it cannot be read."""
    from papertrack import catalogue  # loads Pydantic, which completion does without

    return catalogue.parse(load_text(path))


def load_text(path: Path) -> str:
    """Return the catalogue's text, bytes that are not UTF-8 as lone surrogates.

    Raises PapertrackError where it cannot be read.
    """
    return _text(path, read(path))


def markdown_files(path: Path, catalogue: "Catalogue") -> dict[str, str]:
    """Return the texts of the Markdown files that a catalogue names, but for those not readable."""
    texts = {}
    for file in catalogue.files:
        with suppress(PapertrackError):
            each = path.parent / file
            texts[os.path.normpath(as_typed(each))] = _markdown(each, read(each))
    return texts


@contextmanager
def edit(path: Path, typed: str, *, tell: Callable[[str], None]) -> Iterator["Draft"]:
    """Give the catalogue to be changed, locked; write it whole when the block ends well.

    Nothing changed: nothing is written. An exception: nothing is written, and NothingWrittenError
    goes no further. `typed` is the command line for the history; `tell` takes what a person should
    know, such as that another papertrack is waited for. Raises PapertrackError where the file
    cannot be written, and InvalidCatalogueError where it has faults.
    """
    with edit_with_files(path, (), typed, tell=tell) as change:
        yield change.draft


@contextmanager
def edit_with_files(
    path: Path,
    files: Sequence[Path],
    typed: str,
    *,
    tell: Callable[[str], None],
    create: str | None = None,
) -> Iterator[FilesEdit]:
    """Give a catalogue and Markdown files to be changed, as `edit` does: all of them or none.

    `create` is the text of a catalogue to be made where there is none.
    """
    from papertrack.history import carry_out, locked_to_change  # changing needs it, not reading

    target = target_of(path)
    targets = _unlike(path, files)
    made = nullcontext() if create is None else _folder_made(target.parent)
    folders = {each.parent for each in targets.values()}
    with suppress(NothingWrittenError), made, locked_to_change(target, folders, tell=tell):
        old = read(target)
        data = {each: read(at) for each, at in targets.items()}
        before = create if old is None and create is not None else _text(path, old)
        texts = {each: _markdown(each, held) for each, held in data.items()}
        change = FilesEdit(before, as_typed(path), dict(texts), created=old is None)
        yield change
        changes = [
            Change(each, at, data[each], _bytes(each, change.texts[each]))
            for each, at in targets.items()
            if change.texts[each] != texts[each]
        ]
        result = change.result
        if change.created or result != before:
            changes.insert(0, Change(path, target, old, _bytes(path, result)))
        if changes:
            carry_out(target, typed, changes, tell=tell)


def write(
    catalogue: Path,
    path: Path,
    text: str,
    typed: str,
    *,
    tell: Callable[[str], None],
    is_made: Callable[[bytes], bool] | None = None,
) -> bool:
    """Make a file beside the catalogue hold the text, whole, as one entry of its history.

    Returns False, and writes nothing, where it holds that already. `is_made` says whether bytes
    are papertrack's own: a file that holds others is not replaced. Raises RefusedError then, and
    PapertrackError where the file is the catalogue, or cannot be written.
    """
    from papertrack.history import carry_out, locked_to_change  # writing needs it, not reading

    recorded = target_of(catalogue)
    target = _unlike(catalogue, [path])[path]
    with locked_to_change(recorded, [target.parent], tell=tell):
        change = Change(path, target, read(target), _bytes(path, text))
        if change.before == change.after:
            return False
        before = change.before or b""
        if before.strip() and is_made is not None and not is_made(before):
            raise RefusedError(
                f"{as_typed(path)}: not made by papertrack: give another name, or --replace"
            )
        carry_out(recorded, typed, [change], tell=tell)
    return True


@contextmanager
def _folder_made(folder: Path) -> Iterator[None]:
    """Make the folder, which goes again where nothing comes of the change."""
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    with translated_errors("make", folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        with suppress(OSError):  # somebody else uses it already
            for each in new:
                each.rmdir()
        raise


def _text(path: Path, data: bytes | None) -> str:
    """Return the text with bytes that are no UTF-8 as lone surrogates: faults of their lines."""
    if data is None:
        raise absent(path)
    return data.decode("utf-8", "surrogateescape")


def _markdown(path: Path, data: bytes | None) -> str:
    if data is None:
        raise PapertrackError(f"no file {as_typed(path)}: see what is there with ls")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PapertrackError(
            f"{as_typed(path)}:{line}: this line is not UTF-8: save the file as UTF-8, then try "
            "again"
        ) from error


def _bytes(path: Path, text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        bad = f"U+{ord(text[error.start]):04X}"
        raise PapertrackError(
            f"cannot write {bad} to {as_typed(path)}, so nothing was changed: it is a lone "
            "surrogate, not a character: remove it"
        ) from error


def _unlike(catalogue: Path, files: Sequence[Path]) -> dict[Path, Path]:
    """Return each file with its target, one that is named twice only once."""
    own = _identity(target_of(catalogue))
    named_once: dict[tuple[int, int] | Path, tuple[Path, Path]] = {}
    for path in files:
        target = target_of(path)
        identity = _identity(target)
        if identity == own:
            raise PapertrackError(f"{as_typed(path)} is the catalogue itself: name another file")
        named_once.setdefault(identity, (path, target))
    return dict(named_once.values())


def _identity(target: Path) -> tuple[int, int] | Path:
    """Return what is the same for one file by two names, hard links included."""
    try:
        status = target.stat()
    except OSError:
        return target
    return status.st_dev, status.st_ino


def _refuse_dangling(path: Path) -> None:
    """Raise PapertrackError for a link that leads nowhere: passing it over would take another."""
    if path.is_symlink() and not path.exists():
        raise PapertrackError(
            f"{as_typed(path)} is a link to {path.readlink()}, which is not there: "
            "bring that file back, or remove the link"
        )


def _chosen(explicit: Path | None) -> Path | None:
    typed = os.environ.get("PAPERTRACK_CATALOGUE")
    return explicit or (Path(typed) if typed else None)


def _places() -> Iterator[Path]:
    try:
        working = Path.cwd()
    except FileNotFoundError:
        raise PapertrackError(
            "the working folder is gone: change to another with cd, or give --catalogue PATH"
        ) from None
    for folder in (working, *working.parents):
        for name in _NAMES:
            yield folder / name
