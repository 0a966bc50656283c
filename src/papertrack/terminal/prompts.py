"""Questions to the person at the terminal; where there is none, what to type instead."""

import sys

from papertrack.errors import AmbiguousError, PapertrackError, RefusedError
from papertrack.terminal import console, keys, messages
from papertrack.terminal.console import is_terminal, write
from papertrack.terminal.fitting import visible
from papertrack.terminal.messages import interactive
from papertrack.terminal.tables import Column, table

_DIGITS = 9


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


def confirm(question: str, *, instead: str = "--yes") -> bool:
    """Say whether the person agrees; an empty line or the end of input is a no."""
    while True:
        answer = _answer(f"{question} [y/N] ", instead)
        match (answer or "n").strip().casefold():
            case "y" | "yes" | "是" | "好":
                return True
            case "" | "n" | "no" | "否" | "不":
                return False
        write("Please type y or n.\n", sys.stderr)


def choose(error: AmbiguousError) -> str:
    """Return the key of the paper that the person picks by its number, a single digit.

    Raises RefusedError where they pick none.
    """
    offered = error.candidates[:_DIGITS]
    view = console.console(sys.stderr)
    columns = [Column("", "bold"), Column("", "cyan"), Column("")]
    rows = [
        (f"  {number}", visible(it.key), visible(it.title)) for number, it in enumerate(offered, 1)
    ]
    messages.say(f'"{error.reference}" could be any of {len(error.candidates)} papers:')
    console.show(table(columns, rows, view, header=False), view)
    if more := len(error.candidates) - len(offered):
        messages.say(f"  and {more:,} more: type more of the title to see them")
    write("Which one? ", sys.stderr)
    sys.stderr.flush()
    digit = _digit()
    if digit.isdecimal() and 0 < int(digit) <= len(offered):
        return offered[int(digit) - 1].key
    raise RefusedError("none of them was picked: nothing was changed")


def _digit() -> str:
    """Return the key that is pressed, a line's text where keys do not come one by one."""
    try:
        digit = keys.press()
    except EOFError:
        digit = ""
    except (OSError, ValueError):  # stdin is no file of the system's
        return sys.stdin.readline().strip()
    except KeyboardInterrupt:
        write("\n", sys.stderr)
        raise
    write(f"{visible(digit).strip()}\n", sys.stderr)
    return digit


def _answer(question: str, instead: str) -> str | None:
    """Return one line, or None at the end of input."""
    if not interactive():
        question = " ".join(question.replace("[y/N]", "").split()).rstrip(":?")
        raise PapertrackError(f"nobody is at the terminal to be asked ({question}): give {instead}")
    question = visible(question)
    if not is_terminal(sys.stdout):  # the question is no part of the answer in the pipe
        write(question, sys.stderr)
        sys.stderr.flush()
        question = ""
    else:
        _edit_lines()
    try:
        return input(question)
    except EOFError:
        write("\n", sys.stderr)
        return None
    except KeyboardInterrupt:
        write("\n", sys.stderr)  # the shell's prompt begins a line
        raise


def _edit_lines() -> None:
    """Let arrow keys move the cursor, where there is a readline."""
    try:
        import readline  # noqa: F401 - works by being imported; for questions only
    except ImportError:
        return
