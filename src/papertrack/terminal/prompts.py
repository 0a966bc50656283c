"""Questions to the person at the terminal, and single keys; where nobody is, what to type."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from papertrack import terminal
from papertrack.errors import AmbiguousError, PapertrackError, RefusedError
from papertrack.folding import fold_words
from papertrack.terminal import console, interactive, is_terminal, visible, write
from papertrack.terminal.console import folded
from papertrack.terminal.tables import Column, table

_END = {"", "\x04", "\x1a"}
"""The end of input, ^D, and ^Z as some type it."""
_INTERRUPT = "\x03"
_ESCAPE = b"\x1b"
_LONGEST = 64
_BACKSPACE = ("\b", "\x7f")
_PAUSE = 0.05
"""Seconds within which the rest of an arrow key's sequence follows its escape."""
_DIGITS = 9


def press() -> str:
    """Return the next key: one character, or an escape sequence for an arrow and the like.

    Raises EOFError for ^D and the end of input, KeyboardInterrupt for ^C.
    """
    sys.stderr.flush()
    with _mode(single=True):
        key = _key(sys.stdin.fileno())
    if key == _INTERRUPT:
        raise KeyboardInterrupt
    if key in _END:
        raise EOFError
    return key


def pressing() -> AbstractContextManager[None]:
    """Let keys through one by one, also what is typed ahead, and put everything back after."""
    return _mode(single=True)


def typing() -> AbstractContextManager[None]:
    """Give whole lines back to a question in between."""
    return _mode(single=False)


@contextmanager
def _mode(*, single: bool, last: bool = False) -> Iterator[None]:
    """Set how the terminal gives its input: key by key and unechoed, or in lines.

    What is typed ahead of the `last` question's end is thrown away.
    """
    import termios  # there is none on Windows

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    mode = termios.tcgetattr(terminal)
    lines = termios.ICANON | termios.ECHO
    mode[3] = mode[3] & ~lines if single else mode[3] | lines
    if single:
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, mode)  # what was typed ahead stays
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSAFLUSH if last else termios.TCSADRAIN, before)


def _key(terminal: int) -> str:
    """Return one character of UTF-8, or a whole escape sequence."""
    read = os.read(terminal, 1)
    if read == _ESCAPE:
        while more := _at_hand(terminal, len(read)):
            read += more
            if len(read) > 2 and (more.isalpha() or more == b"~"):  # an escape, and what kind
                break
    elif read and read[0] >= 0xC0:  # the first byte of several
        following = 1 + (read[0] >= 0xE0) + (read[0] >= 0xF0)  # of three, of four
        read += b"".join(_at_hand(terminal, 1) for _ in range(following))
    return read.decode("utf-8", "replace")


def _at_hand(terminal: int, so_far: int) -> bytes:
    """Return the next byte of the same key, nothing where it does not follow at once."""
    import select  # for keys of several bytes only

    waiting = so_far < _LONGEST and select.select([terminal], [], [], _PAUSE)[0]
    return os.read(terminal, 1) if waiting else b""


def ask(question: str, *, instead: str, default: str = "") -> str:
    """Return what the person types, or the default for an empty line.

    `instead` is the option that answers where nobody is at the terminal, such as `--title TITLE`.
    Raises RefusedError at the end of input.
    """
    suffix = f" [{default}]" if default else ""
    answer = _answer(f"{question}{suffix}: ", instead)
    if answer is None:
        raise RefusedError("no answer: nothing was changed")
    return answer.strip() or default


def confirm(question: str) -> bool:
    """Say whether the person agrees; an empty line or the end of input is a no."""
    while True:
        answer = _answer(f"{question} [y/N] ", "--yes")
        match (answer or "n").strip().casefold():
            case "y" | "yes" | "是" | "好":
                return True
            case "" | "n" | "no" | "否" | "不":
                return False
        write("Please type y or n.\n", sys.stderr)


def choose(error: AmbiguousError) -> str:
    """Return the key of the paper that the person picks by its number, a single digit.

    Words that they type narrow the choice. Raises RefusedError where they pick none.
    """
    offered = error.candidates[:_DIGITS]
    screen = console.console(sys.stderr)
    columns = [Column("", "bold"), Column("", "cyan"), Column("")]
    rows = [
        (f"  {number}", visible(it.key), visible(it.title)) for number, it in enumerate(offered, 1)
    ]
    count = len(error.candidates)
    several = error.message.partition(":")[0]
    if error.reference:
        several = f'"{error.reference}" could be any of {count} papers'
    terminal.say(f"{several}:")
    console.show(table(columns, rows, screen, header=False), screen)
    if more := count - len(offered):
        terminal.say(f"  and {more:,} more: type words of the title to see them")
    while typed := _digit_or_words():
        if typed.isdecimal() and 0 < int(typed) <= len(offered):
            return offered[int(typed) - 1].key
        words = fold_words(typed).split()
        left = [
            it
            for it in error.candidates
            if all(f" {word}" in f" {fold_words(f'{it.key} {it.title}')}" for word in words)
        ]
        if len(left) == 1:
            return left[0].key
        if words and left:
            return choose(AmbiguousError(error.message, reference=error.reference, candidates=left))
        terminal.say(f'none of them has "{visible(typed)}"')
    raise RefusedError("no paper was picked: nothing was changed")


def _digit_or_words() -> str:
    """Return the digit that is pressed first, else what is typed until the line ends.

    What is typed further is thrown away: it would be a command for the shell.
    """
    write("Which one? ", sys.stderr)
    typed = ""
    try:
        with _mode(single=True, last=True):
            while (key := press()) not in ("\r", "\n"):
                if key.startswith("\x1b"):
                    typed = ""
                    break
                if key in _BACKSPACE:
                    write("\b \b" * console.width_of(typed[-1:]), sys.stderr)
                    typed = typed[:-1]
                    continue
                typed += visible(key)
                write(visible(key), sys.stderr)
                if typed.isdecimal():
                    break
    except EOFError:
        pass
    except (OSError, ValueError):  # stdin is no file of the system's
        return sys.stdin.readline().strip()
    finally:
        write("\n", sys.stderr)
    return typed.strip()


def _answer(question: str, instead: str) -> str | None:
    """Return one line, or None at the end of input."""
    if not interactive():
        question = " ".join(question.replace("[y/N]", "").split()).rstrip(":?")
        raise PapertrackError(f'cannot ask "{question}" without a terminal: give {instead}')
    question = folded(visible(question.rstrip()), console.size(sys.stderr)[0]) + " "
    if not is_terminal(sys.stdout):  # the question is no part of the answer in the pipe
        write(question, sys.stderr)
        sys.stderr.flush()
        question = ""
    else:
        with suppress(ImportError):  # not every Python has it
            import readline  # noqa: F401 - lets arrow keys move the cursor by being imported
    try:
        return input(question)
    except EOFError:
        write("\n", sys.stderr)
        return None
    except KeyboardInterrupt:
        write("\n", sys.stderr)  # the shell's prompt begins a line
        raise
