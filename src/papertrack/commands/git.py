"""papertrack git install, papertrack git uninstall, and the merge driver that git calls then."""

import os
import re
import shlex
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from papertrack import terminal
from papertrack.errors import PapertrackError, RefusedError, how_many
from papertrack.files import Change, as_typed, locked, read, replace, target_of
from papertrack.patterns import pattern
from papertrack.session import argument, catalogue_path, flag, git
from papertrack.toml import newline_of

EXAMPLES = (
    "papertrack git install",
    "papertrack git install --dry-run",
    "papertrack git install --global",
    "papertrack git uninstall",
    "papertrack merge-driver base.toml ours.toml theirs.toml",
)

Everywhere = Annotated[bool, flag("--global", "For all your repositories, not only this one.")]
DryRun = Annotated[bool, flag("--dry-run", "Show what would be written; write nothing.")]
Base = Annotated[Path, argument("BASE", "The file before both changes (%O).")]
Ours = Annotated[Path, argument("OURS", "This side's file; the result goes into it (%A).")]
Theirs = Annotated[Path, argument("THEIRS", "The other side's file (%B).")]
MarkerSize = Annotated[
    int,
    typer.Argument(metavar="MARKERSIZE", min=1, max=1000, help="How long git's markers are (%L)."),
]
Name = Annotated[str | None, argument("PATH", "What the file is called (%P).", default="OURS")]

_DRIVER = "merge=papertrack"
_SECTION = "merge.papertrack"
# Where the shell finds no papertrack (127), git would leave one side and no markers: then it merges
# the lines itself.
_SETTINGS = {
    f"{_SECTION}.name": "papertrack: papers one by one",
    f"{_SECTION}.driver": (
        "papertrack merge-driver %O %A %B %L %P"
        " || (s=$?; test $s = 127 && git merge-file -L ours -L base -L theirs"
        " --marker-size=%L %A %O %B || exit $s)"
    ),
    f"{_SECTION}.recursive": "binary",
}
_USUAL = "papers.toml"
_FREE = ("unspecified", "papertrack")  # what `git check-attr` says of a file that can be taken
_PATTERN = pattern(r'^\s*(?:"(?:[^"\\]|\\.)*"|\S+)')
_MERGE = pattern(r"(?:^|\s)(?:[-!]?merge|merge=(?P<driver>\S+))(?=\s|$)")


class _Setup(NamedTuple):
    folder: Path
    """Where git runs: the repository's root."""
    scope: str
    attributes: Path
    """The file that gives the catalogue its driver."""
    files: tuple[str, ...]
    """The catalogue by its path there, and by its usual ones."""


def git_install(*, everywhere: Everywhere = False, dry_run: DryRun = False) -> None:
    """Let git merge the catalogue paper by paper.

    It writes the settings `merge.papertrack.*` and one line in .gitattributes. Without them, git
    reports a conflict whenever both sides add a paper.
    """
    setup = _setup(everywhere=everywhere)
    text = _read(setup.attributes)
    drivers = _drivers(setup, text, everywhere=everywhere)
    if owner := next((driver for driver in drivers if driver not in _FREE), None):
        raise RefusedError(
            f"{setup.files[0]} is merged by another driver already ({owner}): nothing was changed; "
            "take that out of its git attributes first"
        )
    written = []
    for name, value in _SETTINGS.items():
        if _config(setup, "--get", name) != value:
            written.append(f"git config {setup.scope} {name} '{value}'")
            if not dry_run and _config(setup, name, value) is None:
                raise PapertrackError(f"git cannot write its configuration: git config {name}")
    line = f"{_pattern(setup.files[0])} {_DRIVER}"
    is_new = drivers[0] == _FREE[0]
    if is_new:
        written.append(f"{as_typed(setup.attributes)}: {line}")
        if not dry_run:
            newline = newline_of(text)
            ended = "" if not text or text.endswith("\n") else newline
            _write(setup.attributes, f"{text}{ended}{line}{newline}")
    _tell(written, dry_run=dry_run)
    if is_new and not everywhere and not dry_run:
        terminal.say(
            f"commit {as_typed(setup.attributes)}; each clone needs its own `papertrack git "
            "install`, since git takes no settings from others"
        )


def git_uninstall(*, everywhere: Everywhere = False, dry_run: DryRun = False) -> None:
    """Undo what git install set up: git merges the catalogue line by line again."""
    setup = _setup(everywhere=everywhere)
    written = []
    origin = _config(setup, "--show-origin", "--get", f"{_SECTION}.driver")
    if origin is not None:
        written.append(f"git config {setup.scope} --remove-section {_SECTION}")
        if not dry_run:
            _config(setup, "--remove-section", _SECTION)
            if everywhere:
                _remove_empty(Path(origin.removeprefix("file:").partition("\t")[0]))
    text = _read(setup.attributes)
    lines = text.splitlines(keepends=True)
    kept = [rest for line in lines if (rest := _without_driver(line)) is not None]
    if kept != lines:
        written.append(f"{as_typed(setup.attributes)}: without {_DRIVER}")
        if not dry_run:
            _write(setup.attributes, "".join(kept))
            if everywhere:
                with suppress(OSError):  # others use it
                    setup.attributes.parent.rmdir()
    _tell(written, dry_run=dry_run)


def merge_driver(
    base: Base, ours: Ours, theirs: Theirs, marker_size: MarkerSize = 7, name: Name = None
) -> None:
    """Merge three versions of a catalogue, paper by paper.

    `papertrack git install` lets git call this.
    """
    from papertrack import merging  # setting git up needs none of it

    name = name or str(ours)
    try:
        merged = merging.merge(*map(_text, (base, ours, theirs)), size=marker_size)
    except PapertrackError as error:
        labels = [word for side in ("ours", "base", "theirs") for word in ("-L", side)]
        files = [str(path.absolute()) for path in (ours, base, theirs)]
        git(["merge-file", f"--marker-size={marker_size}", *labels, *files], Path.cwd())
        raise RefusedError(
            f"{name}: merged line by line, since {error.message}: look it over, "
            f"then `git add {shlex.quote(name)}`"
        ) from error
    ours.write_bytes(merged.text.encode("utf-8"))
    for line in (*merged.notes, *merged.conflicts):
        terminal.say(f"{name}: {line}")
    if merged.conflicts:
        conflicts = how_many(len(merged.conflicts), "conflict")
        raise RefusedError(
            f"{name}: {conflicts}: keep one side between <<<<<<< and >>>>>>>, "
            f"then `git add {shlex.quote(name)}`"
        )


def _tell(written: list[str], *, dry_run: bool) -> None:
    if not written:
        terminal.answer("nothing to change")
    for line in written:
        terminal.answer(f"would write: {line}" if dry_run else line)


def _setup(*, everywhere: bool) -> _Setup:
    if everywhere:
        place = _answer(["config", "--global", "--type=path", "--get", "core.attributesFile"])
        return _Setup(Path.cwd(), "--global", Path(place) if place else _global_file(), (_USUAL,))
    root = _answer(["rev-parse", "--show-toplevel"])
    if not root:
        raise PapertrackError("there is no git repository here: run git init, or give --global")
    folder = Path(root)
    files = [_USUAL, f"data/{_USUAL}"]
    with suppress(PapertrackError, ValueError):  # none yet, or one outside
        file = catalogue_path().resolve().relative_to(folder.resolve()).as_posix()
        files.insert(0, file)
    return _Setup(folder, "--local", folder / ".gitattributes", tuple(dict.fromkeys(files)))


def _global_file() -> Path:
    """Return where git looks for attributes of all repositories (gitattributes(5))."""
    config = os.environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "git" / "attributes"


def _drivers(setup: _Setup, text: str, *, everywhere: bool) -> list[str]:
    """Return which driver merges each of the files so far."""
    if not everywhere:
        # What a person's own settings say does not reach the other computers.
        apart = ["-c", f"core.attributesFile={os.devnull}"]
        words = [*apart, "check-attr", "-z", "merge", "--", *setup.files]
        return (git(words, setup.folder) or "").split("\0")[2::3] or [_FREE[0]]
    driver = _FREE[0]
    for line in text.splitlines():
        pattern, _, rest = line.strip().partition(" ")
        if fnmatchcase(_USUAL, pattern.rpartition("/")[2]):
            driver = next((it["driver"] or it[0] for it in _MERGE.finditer(rest)), driver)
    return [driver]


def _pattern(file: str) -> str:
    pattern = re.sub(r"([\\*?\[]|^[#!])", r"\\\1", file.rpartition("/")[2])
    if not re.search(r'[\s"]', pattern):
        return pattern
    quoted = re.sub(r'([\\"])', r"\\\1", pattern)  # as in C
    return f'"{quoted}"'


def _without_driver(line: str) -> str | None:
    """Return a line of the attributes without the driver; None where nothing else was on it."""
    if not re.search(rf"\s{_DRIVER}(?=\s|$)", line) or line.lstrip().startswith("#"):
        return line
    rest = re.sub(rf"[ \t]+{_DRIVER}(?=\s|$)", "", line)
    return rest if _PATTERN.sub("", rest).strip() else None


def _config(setup: _Setup, *words: str) -> str | None:
    """Return what `git config` answers in the scope; None where it fails."""
    answer = git(["config", setup.scope, *words], setup.folder)
    return None if answer is None else answer.rstrip("\n")


def _answer(words: list[str]) -> str:
    return (git(words, Path.cwd()) or "").rstrip("\n")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""


def _write(path: Path, text: str) -> None:
    """Let a file hold this text, whole or not at all; without any it goes, unless behind a link."""
    path.parent.mkdir(parents=True, exist_ok=True)
    target = target_of(path)
    with locked([target.parent], tell=terminal.say):
        after = text.encode("utf-8", "surrogateescape")
        goes = not after and not path.is_symlink()  # a link would lead nowhere
        replace([Change(path, target, read(target), None if goes else after)])


def _remove_empty(path: Path) -> None:
    if path.is_file() and not path.stat().st_size:
        path.unlink()


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise PapertrackError(f"{path} is not UTF-8") from error
