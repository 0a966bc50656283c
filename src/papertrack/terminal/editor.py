"""Text changed in the person's own editor; what they typed is never lost."""

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from papertrack import kept, remarks
from papertrack.errors import Fault, PapertrackError, RefusedError
from papertrack.terminal import messages, prompts
from papertrack.terminal.console import is_terminal
from papertrack.toml import newline_of

Check = Callable[[str], Sequence[Fault]]
"""Takes the text as it came back and returns what is wrong with it."""

_AT_ONCE = 1.0
"""Seconds in which nobody edits a text."""
_WAITING = {"--wait", "-w", "--nofork", "-f"}
"""What makes an editor with a window wait."""
_VARIABLES = ("VISUAL", "EDITOR")
_USUAL = ("editor", "nano", "vi", "notepad")


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
    if not messages.interactive():
        raise PapertrackError(f"nobody is at the terminal to edit: {instead}")
    command = _command()
    begin = remarks.with_absent_fields(text) if hints else text
    path = _offered(name) or kept.put(name, begin)
    try:
        yield _rounds(command, path, text, check)
    except PapertrackError as error:
        if where := _where_it_is(path, text):
            error.details = (*error.details, where)
        raise
    except KeyboardInterrupt:
        if where := _where_it_is(path, text):
            messages.say(f"\n{where}")
        raise
    kept.drop(path)


def _rounds(command: Sequence[str], path: Path, text: str, check: Check) -> str | None:
    """Return the text once it has no faults, None if it is as it was."""
    while True:
        began = time.monotonic()
        _start(command, path)
        typed = _like(_without_comments(kept.get(path)), text)
        kept.put_back(path, typed)
        if typed == text:
            if time.monotonic() - began < _AT_ONCE and not _WAITING.intersection(command):
                messages.say(
                    f"the editor {command[0]} came back at once; one with a window of its own "
                    f'has to wait until you close the file: EDITOR="{command[0]} --wait"'
                )
            return None
        faults = check(typed)
        if not faults:
            return typed
        for fault in faults:
            messages.warn(f"line {fault.line}: {fault.message}")
        answer = prompts.ask("Edit it again (e) or give up (g)?", instead="--set", default="e")
        if answer.strip().casefold() in {"g", "give up"}:
            raise RefusedError("given up: nothing was changed")
        kept.put_back(path, remarks.with_remarks(typed, faults))


def _without_comments(text: str) -> str:
    return remarks.without_absent_fields(remarks.without_remarks(text))


def _offered(name: str) -> Path | None:
    """Return the file of what was typed before and never saved, if the person wants it.

    It is offered once: whatever the answer, ^C too, the next edit begins with the paper's own text.
    """
    for left in kept.left_behind(name):
        day = datetime.fromtimestamp(left.stat().st_mtime).astimezone()
        path = kept.set_aside(left)
        try:
            wanted = prompts.confirm(
                f"Go on with what you typed on {day:%Y-%m-%d at %H:%M} and never saved?"
            )
        except KeyboardInterrupt:
            messages.say(f"\nit is kept in {path}")
            raise
        if wanted:
            return path
        messages.say(f"it is kept in {path}")
    return None


def _command() -> list[str]:
    """Return the person's editor with its options."""
    for name in _VARIABLES:
        typed = os.environ.get(name, "").strip()
        try:
            if words := shlex.split(typed, posix=os.name == "posix"):
                return words
        except ValueError:
            raise PapertrackError(
                f"{name} is {typed}, which has a quote too few: set it to a command such as nano"
            ) from None
    for usual in _USUAL:
        if shutil.which(usual):
            return [usual]
    raise PapertrackError(f"no editor was found: set EDITOR to one, or use {_SET}")


_SET = "papertrack edit --set"


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
        if _like(_without_comments(kept.get(path)), text) == text:
            kept.drop(path)
            return None
    except PapertrackError:  # the editor took the file away
        return None
    return f"what you typed is kept in {path}"
