"""The only part that prints. Here: the conversation on stderr, short answers on stdout, words."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from papertrack.errors import PapertrackError, how_many
from papertrack.terminal import console
from papertrack.terminal.console import folded, is_looked_at, is_terminal, visible, write

_MONTH, _YEAR = 30.4, 365
_FEW = 8
_T = TypeVar("_T")


def say(text: str) -> None:
    """Tell the person something on stderr."""
    _tell(text, "")


def warn(text: str) -> None:
    """Tell the person on stderr what may need a look."""
    _tell(f"warning: {text}", "yellow")


def error(problem: PapertrackError) -> None:
    """Print what went wrong on stderr: its sentence, then the lines below it."""
    _tell(problem.message, "red")
    for line in problem.details:
        _tell(f"  {line}" if problem.exit_status == 1 else line, "")


def page(text: str, *, paged: bool = True) -> None:
    """Print a page of help on stdout: whole in a pipe, folded to the width of a terminal."""
    if screen := console.screen():
        console.show(fitted(text).removesuffix("\n").split("\n"), screen, paged=paged)
    else:
        print_verbatim(text)


def fitted(text: str) -> str:
    """Return lines as stdout shows them: whole in a pipe, folded at a terminal."""
    return folded(text, console.size(sys.stdout)[0]) if is_looked_at() else text


def answer(text: str, *, whole: bool = False) -> None:
    """Print lines of an answer on stdout, safe to look at, also behind a pipe.

    A terminal gets them folded, unless they are to be copied and stay `whole`.
    """
    text = visible(text, lines=True)
    text = text if whole else fitted(text)
    write(text if text.endswith("\n") else f"{text}\n")


def count_changed(papers: Sequence[tuple[object, object]]) -> None:
    """Say how many of the papers, each before and after, have changed; of one it was said."""
    if not papers:
        answer("no paper matches: nothing was changed")
    elif len(papers) > 1:
        changed = sum(before != after for before, after in papers)
        answer(f"{changed} of {len(papers)} changed")


def print_verbatim(text: str) -> None:
    """Print text that programs read on stdout: to the letter in a pipe, safe at a terminal."""
    if is_terminal(sys.stdout):
        text = visible(text, lines=True)
    write(text if text.endswith("\n") else f"{text}\n")


def piped() -> str:
    """Return the text that is piped or pasted; PapertrackError for what is no UTF-8."""
    if is_terminal(sys.stdin):
        say("paste the text, then press Ctrl-D on a line of its own")
    stream = getattr(sys.stdin, "buffer", None)
    with waiting():
        data = stream.read() if stream else sys.stdin.read().encode("utf-8", "surrogateescape")
    try:
        text: str = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PapertrackError(f"-:{line}: this line is not UTF-8: pipe it as UTF-8") from error
    return text


@contextmanager
def waiting() -> Iterator[None]:
    """Let ^C through, and end the line on which the terminal shows it: a prompt begins one."""
    try:
        yield
    except KeyboardInterrupt:
        if is_terminal(sys.stderr):
            write("\n", sys.stderr)
        raise


def interactive() -> bool:
    """Say whether somebody is there to answer a question."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def _tell(text: str, style: str) -> None:
    if sys.stderr is None:  # started without one
        return
    text = visible(text, lines=True)
    if not is_looked_at(sys.stderr):
        write(f"{text}\n", sys.stderr)
        return
    screen = console.console(sys.stderr)
    console.show([console.styled(folded(text, screen.width), style)], screen)


def track(items: Sequence[_T], doing: str, *, few: int = _FEW) -> Iterator[_T]:
    """Yield the items, with a bar on stderr where somebody is looking and they are more than few.

    The bar goes away with the last item; in a pipe there is none.
    """
    if len(items) <= few or not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield from items
        return
    from rich.markup import escape  # slow to import, needed for long work only
    from rich.progress import track as bar

    screen = console.console(sys.stderr)
    yield from bar(items, escape(visible(doing)), console=screen, transient=True)


def no_papers(of: int | None) -> str:
    """Return a line for no papers out of so many in all: an empty list, or none that match."""
    if not of:
        return "0 papers: papertrack add LINK or TITLE adds one, or papertrack import README.md"
    return f"0 of {how_many(of, 'paper')} (papertrack help query explains queries)"


def how_long(days: int) -> str:
    """Return a number of days in the largest unit that fits twice: `5 days`, `3 months`."""
    if days == 0:
        return "less than a day"
    for size, unit in ((_YEAR, "year"), (_MONTH, "month"), (7, "week")):
        if days >= 2 * size:
            return how_many(int(days / size), unit)
    return how_many(days, "day")


def ago(days: int) -> str:
    """Return when it was: `today`, `yesterday`, `3 weeks ago`."""
    return {0: "today", 1: "yesterday"}.get(days, f"{how_long(days)} ago")
