"""The only part that prints. Here: what needs no Rich.

Text made safe to look at, the conversation on stderr, short answers on stdout, words.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeVar

from papertrack.errors import PapertrackError, how_many
from papertrack.patterns import pattern

if TYPE_CHECKING:
    from rich.console import Console

_MONTH, _YEAR = 30.4, 365
_FEW = 8
"""Steps that need no bar."""
_T = TypeVar("_T")
_LINE_END = pattern("\r\n|[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
"""What `str.splitlines` takes for a line's end, and the tab."""

# What moves the cursor, changes the direction of reading, or is there and not seen. Outside it:
# variation selectors after a visible character, and tags that spell a flag. Joiners (Persian and
# Indic words, emoji) stay between two characters that are not ASCII.
_UNSEEN = pattern(
    "(?P<flag>\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f)"
    "|(?P<joiner>(?<=[^\x00-\xa0\u2000-\u206f])[\u200c\u200d](?=[^\x00-\xa0\u2000-\u206f]))"
    "|[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def visible(text: str, *, lines: bool = False) -> str:
    r"""Return the text with everything that acts on a terminal spelled out: `\x1b`, `\u202e`.

    It becomes one line, tabs and line ends being spaces; with `lines`, line ends stay and a tab
    is four spaces.
    """
    if (text.isascii() and text.isprintable()) or _UNSEEN.search(text) is None:
        return text
    if not lines:
        return _UNSEEN.sub(_spelled, _LINE_END.sub(" ", text))
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    return "\n".join(_UNSEEN.sub(_spelled, line) for line in text.split("\n"))


def _spelled(match: re.Match[str]) -> str:
    if match.lastgroup:
        return match[0]
    code = ord(match[0])
    if code <= 0xFF:  # the last code point of two digits
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # of four


def tabbed(rows: Iterable[Iterable[str]]) -> str:
    """Return a line for each row, its cells between tabs, for programs."""
    return "".join(["\t".join(map(visible, row)) + "\n" for row in rows])


def is_terminal(stream: TextIO | None) -> bool:
    """Say whether somebody is looking at the stream, or typing into it."""
    return stream is not None and not stream.closed and stream.isatty()


def is_looked_at(stream: TextIO | None = None) -> bool:
    """Say whether stdout, or the given stream, is for a person: a terminal, or FORCE_COLOR."""
    return is_terminal(stream or sys.stdout) or bool(os.environ.get("FORCE_COLOR"))


def screen() -> "Console | None":
    """Return Rich's console for stdout where that is for a person."""
    if not is_looked_at():
        return None
    from papertrack.terminal import console  # for a person only

    return console.console()


def write(text: str, stream: TextIO | None = None) -> None:
    """Write it to stdout or the given stream; what its encoding lacks is spelled out."""
    stream = stream or sys.stdout
    try:
        stream.write(text)
    except UnicodeEncodeError:  # a locale of C, a Latin-1 terminal
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


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


def track(items: Sequence[_T], doing: str, *, few: int = _FEW) -> Iterator[_T]:
    """Yield the items, with a bar on stderr where somebody is looking and they are more than few.

    The bar goes away with the last item; in a pipe there is none.
    """
    if len(items) <= few or not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield from items
        return
    from rich.markup import escape  # slow to import, needed for long work only
    from rich.progress import track as bar

    from papertrack.terminal import console

    screen = console.console(sys.stderr)
    yield from bar(items, escape(visible(doing)), console=screen, transient=True)


def fitted(text: str) -> str:
    """Return lines as stdout shows them: whole in a pipe, folded at a terminal."""
    if not is_looked_at():
        return text
    from papertrack.terminal import console  # for a person only

    return console.folded(text, console.size(sys.stdout)[0])


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
    from papertrack.terminal import console  # for a person only

    screen = console.console(sys.stderr)
    console.show([console.styled(console.folded(text, screen.width), style)], screen)


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
