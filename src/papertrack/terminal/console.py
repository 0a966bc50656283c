"""The Rich console of each stream, its pager and browser; text fitted to it: for a person only."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, TextIO

from papertrack import terminal
from papertrack.patterns import pattern
from papertrack.status import Status
from papertrack.terminal import fitted, print_verbatim, write

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

# A wide character may begin a line and end one: Han, kana, hangul, full width forms, emoji.
# Not so: a closing mark at the beginning, an opening one at the end (JIS X 4051, section 4).
_WIDE = (
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)
_OPENING = "[(\\[{「『（［｛〈《【〔“‘]"
_CLOSING = "[)\\]}」』）］｝〉》】〕”’、。，．,.;:!?；：！？…·]"
_JOINED = "(?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*\u200d?)*"
_ADDRESS = "https?://[!-~]+"
_IN_DATE = r"(?<=\d)-(?=\d)"
_COLUMN = pattern(r" *\S+(?: \S+)* {2,}")
"""What stands before the second column of a line."""
_SMALLEST = 2
_NARROWEST_COLUMN = 20
"""Cells that a second column needs to be kept apart."""
_KEY = r"(?<![^ `])[a-z0-9]+(?:-[a-z0-9]+)+(?![^ `.,;:)])"
_ASCII_PIECE = pattern(rf" +|{_ADDRESS}|{_KEY}|-*(?:[^ -]|{_IN_DATE})+-*|-+")
_PIECE = pattern(
    rf" +|{_ADDRESS}|{_KEY}"
    rf"|{_OPENING}*(?:{_WIDE}{_JOINED}(?:(?<=\u200d){_WIDE}?{_JOINED})*){_CLOSING}*"
    rf"|-*(?:(?!{_WIDE})[^ -]|{_IN_DATE})+-*|-+|."
)
_SIGNS = "○◐◔●✕━╍─·…"
_NARROWEST = 20
_PAGER = "less -FRX"
_PAGING = {"LESS": "FRX", "LESSCHARSET": "utf-8", "LV": "-c"}
"""What pagers need to know to keep colours and Chinese, unless the person told them otherwise."""

_MARKS = {
    Status.TO_READ: ("○", "[ ]"),
    Status.READING: ("◐", "[~]"),
    Status.SKIMMED: ("◔", "[/]"),
    Status.DONE: ("●", "[x]"),
    Status.DROPPED: ("✕", "[-]"),
}
STYLES = {
    Status.TO_READ: "",
    Status.READING: "yellow",
    Status.SKIMMED: "blue",
    Status.DONE: "green",
    Status.DROPPED: "dim",
}
"""What is being read stands out; what waits is quiet."""


def width_of(text: str) -> int:
    """Return the number of cells that the text takes in a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # slow to import, needed for more than ASCII

    return cell_len(text)


def shortened(text: str, width: int, end: str = "…") -> str:
    """Return the text, or its beginning and an ellipsis where it takes more cells than that."""
    if width_of(text) <= width:
        return text
    if text.isascii():
        return text[: max(0, width - len(end))].rstrip() + end[:width]
    from rich.cells import set_cell_size  # slow to import, needed for more than ASCII

    return set_cell_size(text, max(0, width - width_of(end))).rstrip() + end[:width]


def fold(text: str, width: int) -> list[str]:
    """Return the text in lines of at most that many cells (at least 2); nothing is cut.

    Lines end at spaces, after hyphens (not those of dates and keys) and beside wide characters; a
    longer word is split, and so is an address, which only its own characters may interrupt.
    """
    text = text.rstrip()
    if width_of(text) <= width:
        return [text]
    lines = []
    line, used = "", 0
    for piece in (_ASCII_PIECE if text.isascii() else _PIECE).findall(text):
        size = width_of(piece)
        if used + size <= width:
            line, used = line + piece, used + size
            continue
        if piece.isspace():  # a space at a line's end is not missed
            lines.append(line)
            line, used = "", 0
            continue
        if line.strip():
            lines.append(line)
        *full, line = _split(piece, width) if size > width else [piece]
        lines.extend(full)
        used = width_of(line)
    return [line.rstrip() for line in (*lines, line) if line.strip()] or [""]


def folded(text: str, width: int) -> str:
    """Return the text in lines of at most that many cells; a second column stays one.

    A word that is too long stays whole and ends its line.
    """
    return "\n".join(part for line in text.split("\n") for part in _folded(line, width))


def _folded(line: str, width: int) -> list[str]:
    if width_of(line) <= width:
        return [line]
    column = _COLUMN.match(line)
    before = column[0] if column else ""
    if not before or width_of(before) > width - _NARROWEST_COLUMN:
        before = line[: len(line) - len(line.lstrip())]
    indent = width_of(before)
    room = max(_SMALLEST, width - indent)
    # A path or an address is to be copied: the terminal folds it.
    words, *rest = re.split(rf"(?<!\S)([!-~]{{{room + 1},}})(?!\S)", line[len(before) :])
    lines = fold(words, room)
    for address, words in zip(rest[::2], rest[1::2], strict=True):
        lines[-1] = f"{lines[-1]} {address}".lstrip()
        lines += fold(words.lstrip(), room) if words.strip() else []
    first, *others = lines
    return [before + first, *(" " * indent + other for other in others)]


def _split(word: str, width: int) -> list[str]:
    if word.isascii():
        return [word[start : start + width] for start in range(0, len(word), width)]
    from rich.cells import split_graphemes  # slow to import, needed for few words

    lines = [""]
    used = 0
    for start, end, size in split_graphemes(word)[0]:
        if used + size > width:
            lines.append("")
            used = 0
        lines[-1] += word[start:end]
        used += size
    return [line for line in lines if line]


def console(stream: TextIO | None = None) -> "Console":
    """Return Rich's console for stdout or the given stream: text is text, and never markup.

    Colours are Rich's own decision: `NO_COLOR`, `FORCE_COLOR`, `TERM`.
    """
    from rich.console import Console  # for a person only

    stream = stream or sys.stdout
    width, height = size(stream)
    return Console(
        file=stream,
        width=width,
        height=height,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def has_signs(screen: "Console") -> bool:
    """Say whether the console's encoding has `●` and `━`; ASCII stands in for them otherwise."""
    try:
        _SIGNS.encode(screen.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def words(status: Status) -> str:
    """Return the status as it is read aloud: `to read`."""
    return status.value.replace("-", " ")


def marked(status: Status, screen: "Console", *, short: bool = False) -> "Text":
    """Return the status with its mark and colour: `● done`, or the mark alone."""
    sign, ascii_mark = _MARKS[status]
    mark = sign if has_signs(screen) else ascii_mark
    return styled(mark if short else f"{mark} {words(status)}", STYLES[status])


def styled(text: str, style: str = "") -> "Text":
    """Return text in a style; text in none needs no more than to be given to `show`."""
    from rich.text import Text  # for a person only

    return Text(text, style)


def paragraph(text: str, width: int, style: str = "", indent: str = "") -> "Iterator[Text]":
    """Yield the text in lines of at most that many cells, the indent included."""
    yield from (styled(indent + line, style) for line in fold(text, width - len(indent)))


def dotted(parts: Iterable[str], screen: "Console") -> str:
    """Return the parts with dots between: `Meta · arXiv 2023`."""
    return (" · " if has_signs(screen) else ", ").join(parts)


def drawn(screen: "Console", renderable: "RenderableType") -> str:
    """Return what the console would print."""
    with screen.capture() as captured:
        screen.print(renderable, soft_wrap=True)
    return captured.get()


def show(
    renderables: "Iterable[RenderableType]", screen: "Console", *, paged: bool = False
) -> None:
    """Print on the console's stream, as they come.

    With `paged`, what is longer than the screen goes through the person's pager.
    """
    texts = (drawn(screen, renderable) for renderable in renderables)
    if paged and (command := _pager(screen)):
        _page(texts, command, screen)
        return
    for text in texts:
        write(text, screen.file)  # type: ignore[arg-type]  # Rich's own type of a text stream


def size(stream: TextIO) -> tuple[int, int]:
    """Return the columns and lines of the stream's own terminal: the other may be a pipe."""
    columns, lines = shutil.get_terminal_size()
    with suppress(OSError, ValueError, AttributeError):  # no terminal, closed, no file at all
        own = os.get_terminal_size(stream.fileno())
        columns = columns if os.environ.get("COLUMNS") else own.columns or columns
        lines = lines if os.environ.get("LINES") else own.lines or lines
    return max(_NARROWEST, columns), lines


def page(text: str, *, paged: bool = True) -> None:
    """Print a page of help on stdout: whole in a pipe, folded to the width of a terminal."""
    if screen := terminal.screen():
        show(fitted(text).removesuffix("\n").split("\n"), screen, paged=paged)
    else:
        print_verbatim(text)


def open_page(address: str) -> bool:
    """Open the address in the browser; say whether there was one to do it."""
    chosen = any(os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))
    if not chosen and sys.platform not in {"darwin", "win32"}:
        return False  # no screen to open a window on
    import webbrowser  # looks for every browser there is, needed for one command

    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


def _pager(screen: "Console") -> list[str]:
    """Return the person's pager with its options; nothing where there is none, or no screen."""
    try:
        lines = os.get_terminal_size(screen.file.fileno()).lines
    except (OSError, ValueError, AttributeError):  # no terminal, no file
        return []
    if screen.is_dumb_terminal or not lines:  # what has no size is no screen
        return []
    chosen = (os.environ.get(name) for name in ("PAPERTRACK_PAGER", "PAGER"))
    try:
        command = shlex.split(next((it for it in chosen if it is not None), _PAGER))
    except ValueError:  # a quote too few
        return []
    return command if command and command != ["cat"] and shutil.which(command[0]) else []


def _page(texts: Iterable[str], command: list[str], screen: "Console") -> None:
    """Print the texts, through the pager from where they are longer than the screen."""
    rest = iter(texts)
    waiting, lines = [], 0
    for text in rest:
        waiting.append(text)
        lines += text.count("\n")
        if lines >= screen.height:
            _give(command, chain(waiting, rest))
            return
    write("".join(waiting))


def _give(command: list[str], texts: Iterator[str]) -> None:
    """Let the pager have the texts one by one, and wait until the person has seen enough."""
    sys.stdout.flush()
    for name, usual in _PAGING.items():
        os.environ.setdefault(name, usual)
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - the person's own
    except OSError:  # it is there, and does not start
        for text in texts:
            write(text)
        return
    if pager.stdin is None:
        raise TypeError("a pipe was asked for")
    with suppress(BrokenPipeError, KeyboardInterrupt):  # the person has seen enough
        for text in texts:
            pager.stdin.write(text.encode("utf-8", "backslashreplace"))
            pager.stdin.flush()
    with suppress(BrokenPipeError):
        pager.stdin.close()
    while pager.returncode is None:
        with suppress(KeyboardInterrupt):  # ^C is the pager's
            pager.wait()
