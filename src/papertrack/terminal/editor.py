"""Text changed in the person's own editor, from a private file; what they typed is never lost.

While it is in the editor, comments in it say which fields are absent and what is wrong.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from papertrack import terminal
from papertrack.errors import Fault, PapertrackError, RefusedError
from papertrack.terminal import is_terminal, prompts
from papertrack.toml import newline_of

_MARK = "#! papertrack: "
_ABSENT = "# Not filled in; take the # away to do so:"
_EXAMPLES = {
    "name": '"LLaMA"',
    "authors": '["Ada Lovelace", "Alan Turing"]',
    "lab": '"Meta"',
    "venue": '"NeurIPS"',
    "year": "2023",
    "doi": '"10.1145/3292500.3330701"',
    "arxiv": '"2302.13971"',
    "links": '["https://example.org"]',
    "tags": '["rlhf", "survey"]',
    "status": '"reading"  # to-read, reading, skimmed, done, dropped',
    "priority": "1  # 1 (first) to 5",
    "added": "2023-03-01",
    "started": "2023-03-01",
    "finished": "2023-03-01",
    "summary": '"What it says."',
    "notes": '"What I say about it."',
}
"""A value for each field that may be absent, in the order of the fields."""
Check = Callable[[str], Sequence[Fault]]
"""Takes the text as it came back and returns what is wrong with it."""

_AT_ONCE = 1.0
"""Seconds in which nobody edits a text."""
_WAITING = {"--wait", "-w", "--nofork", "-f"}
"""What makes an editor with a window wait."""
_GIVING_UP = ("g", "give up", "n", "no", "q", "quit")
_VARIABLES = ("VISUAL", "EDITOR")
_USUAL = ("editor", "nano", "vi", "notepad")


def _write_new(name: str, text: str) -> Path:
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


def _left_behind(name: str) -> list[Path]:
    """Return the files of that name that nobody is typing into any more, the newest first."""
    *folders, _ = _folders()  # the last one is for everybody, who may have put something there
    paths = (path for folder in folders for path in folder.glob(f"[0-9]*-*/{name}"))
    left = [path for path in paths if not _is_running(int(path.parent.name.partition("-")[0]))]
    return sorted(left, key=lambda path: path.stat().st_mtime, reverse=True)


def _set_aside(path: Path) -> Path:
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
    except OSError as error:  # of another kind where it is somebody else's
        return not isinstance(error, ProcessLookupError)
    return True


def _write_back(path: Path, text: str) -> None:
    try:
        _write(path, text)
    except OSError as error:
        raise PapertrackError(
            f"cannot write {path} ({error.strerror}): make room there, then edit again"
        ) from error


def _read(path: Path) -> str:
    """Return the text; bytes that are no UTF-8 become lone surrogates, for a fault to name."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise PapertrackError(
            f"cannot read {path} ({error.strerror}): edit again, and save the text there"
        ) from error


def _write(path: Path, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(text.encode("utf-8", "surrogateescape"))


def _folders() -> Iterator[Path]:
    from papertrack.history import state_folder  # only editing asks where text is kept

    with suppress(FileNotFoundError):
        yield state_folder() / "edits"
    yield Path(tempfile.gettempdir())


def with_absent_fields(text: str) -> str:
    """Return a paper's TOML with a comment for each field that it lacks, with an example.

    They stand below the paper's own fields, above the tables inside it.
    """
    newline = newline_of(text)
    lines = {line.rstrip("\r") for line in text.split("\n")}
    absent = (
        f"# {name} = {example}"
        for name, example in _EXAMPLES.items()
        if not re.search(rf"^[ \t]*[\"']?{name}[\"']?[ \t]*[=.]", text, re.MULTILINE)
    )
    hints = [hint for hint in absent if hint not in lines]
    if not hints:
        return text
    comments = "".join(f"{line}{newline}" for line in (_ABSENT, *hints))
    inner = re.search(r"^[ \t]*\[[ \t]*paper[ \t]*\.", text, re.MULTILINE)
    end = inner.start() if inner else len(text.rstrip()) or len(text)
    if inner is None and end < len(text):
        end = text.index("\n", end) + 1
    between = "" if text[:end].endswith("\n") else newline
    return f"{text[:end]}{between}{comments}{text[end:]}"


def without_absent_fields(text: str) -> str:
    """Return the text without the comments on absent fields that are still as they were."""
    comments = {f"# {name} = {example}" for name, example in _EXAMPLES.items()}
    lines = text.splitlines(keepends=True)
    bare = [line.rstrip("\r\n") for line in lines]
    start = bare.index(_ABSENT) if _ABSENT in bare else len(lines)
    below = (line for line in lines[start + 1 :] if line.rstrip("\r\n") not in comments)
    return "".join([*lines[:start], *below])


def with_remarks(text: str, faults: Iterable[Fault]) -> str:
    """Return the text with a comment above each line that has a fault."""
    newline = newline_of(text)
    lines = text.split("\n")
    above: list[list[str]] = [[] for _ in lines]
    for fault in faults:
        remark = " ".join(fault.message.split())
        above[min(fault.line, len(lines)) - 1].append(f"{_MARK}{remark}{newline}")
    return "\n".join("".join([*remark, line]) for remark, line in zip(above, lines, strict=True))


def without_remarks(text: str) -> str:
    """Return the text without those comments, wherever they were moved to."""
    return re.sub(rf"^[^\S\n]*{_MARK}.*\n?", "", text, flags=re.MULTILINE)


@contextmanager
def edited(
    text: str, name: str, *, check: Check, instead: str, hints: bool = False
) -> Iterator[str | None]:
    """Give the text as the person changed it, faultless, or None where they did not.

    What was typed before and never saved is offered first. With `hints` the text is a paper's
    TOML, and the fields that it lacks stand in it as comments.

    Where that, or what is done with it, goes wrong, the typed text stays in a file that the
    error names. `name` is the file's name in the editor, `instead` says what to type where
    nobody is at the terminal. Raises RefusedError where the person gives up.
    """
    if not terminal.interactive():
        raise PapertrackError(f"an editor needs a terminal: {instead}")
    command = _command()
    begin = with_absent_fields(text) if hints else text
    path = _offered(name) or _write_new(name, begin)
    try:
        yield _rounds(command, path, text, check)
    except PapertrackError as error:
        if where := _where_it_is(path, text):
            error.details = (*error.details, where)
        raise
    except KeyboardInterrupt:
        if where := _where_it_is(path, text):
            terminal.say(f"\n{where}")
        raise
    shutil.rmtree(path.parent, ignore_errors=True)  # with whatever an editor left beside it


def _rounds(command: Sequence[str], path: Path, text: str, check: Check) -> str | None:
    """Return the text once it has no faults, None if it is as it was."""
    while True:
        began = time.monotonic()
        _start(command, path)
        typed = _like(_without_comments(_read(path)), text)
        _write_back(path, typed)
        if typed == text:
            if time.monotonic() - began < _AT_ONCE and not _WAITING.intersection(command):
                terminal.say(
                    f"the editor {command[0]} came back at once; one with a window of its own "
                    f'has to wait until you close the file: EDITOR="{command[0]} --wait"'
                )
            return None
        faults = check(typed)
        if not faults:
            return typed
        for fault in faults:
            terminal.warn(f"line {fault.line}: {fault.message}")
        answer = None
        while answer not in {"", "e", "edit", *_GIVING_UP}:
            question = "Edit it again (e) or give up (g)?"
            answer = prompts.ask(question, instead="--set", default="e").strip().casefold()
        if answer in _GIVING_UP:
            raise RefusedError("given up: nothing was changed")
        _write_back(path, with_remarks(typed, faults))


def _without_comments(text: str) -> str:
    return without_absent_fields(without_remarks(text))


def _offered(name: str) -> Path | None:
    """Return the file of what was typed before and never saved, if the person wants it.

    It is offered once: whatever the answer, ^C too, the next edit begins with the paper's own text.
    """
    for left in _left_behind(name):
        day = datetime.fromtimestamp(left.stat().st_mtime).astimezone()
        path = _set_aside(left)
        try:
            wanted = prompts.confirm(
                f"Go on with what you typed on {day:%Y-%m-%d at %H:%M} and never saved?"
            )
        except KeyboardInterrupt:
            terminal.say(f"\nit is kept in {path}")
            raise
        if wanted:
            return path
        terminal.say(f"it is kept in {path}")
    return None


def _command() -> list[str]:
    for name in _VARIABLES:
        typed = os.environ.get(name, "").strip()
        try:
            if words := shlex.split(typed, posix=os.name == "posix"):
                return words
        except ValueError:
            raise PapertrackError(
                f"{name} is {typed}, which lacks a closing quote: set it to a command such as nano"
            ) from None
    for usual in _USUAL:
        if shutil.which(usual):
            return [usual]
    raise PapertrackError("no editor was found: set EDITOR to one, or use papertrack edit --set")


def _start(command: Sequence[str], path: Path) -> None:
    shown = None if is_terminal(sys.stdout) else sys.stderr  # an editor needs the terminal
    try:
        ended = subprocess.run([*command, str(path)], stdout=shown, check=False)  # noqa: S603 - the person's own choice
    except OSError as error:
        raise PapertrackError(
            f"the editor {command[0]} does not start ({error.strerror}): set EDITOR to another"
        ) from error
    if ended.returncode:
        raise RefusedError(
            f"the editor {command[0]} ended with status {ended.returncode}: nothing was changed"
        )


def _like(typed: str, text: str) -> str:
    """Return what was typed with the line ends of the text as it was.

    Editors put one behind the last line, and some of them make all line feeds.
    """
    typed = typed.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = text.replace("\r\n", "\n")
    if not lines.endswith("\n"):
        typed = typed.removesuffix("\n")
    if typed == lines:
        return text
    return typed.replace("\n", newline_of(text))


def _where_it_is(path: Path, text: str) -> str | None:
    """Return where the typed text is, or None where nothing was typed that could be lost."""
    try:
        if _like(_without_comments(_read(path)), text) == text:
            shutil.rmtree(path.parent, ignore_errors=True)
            return None
    except PapertrackError:  # the editor took the file away
        return None
    return f"what you typed is kept in {path}"
