"""The Rich console of each stream: what it can show, the marks of statuses, pager and browser."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, TextIO

from papertrack.status import Status

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

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


def is_terminal(stream: TextIO | None) -> bool:
    """Say whether somebody is looking at the stream, or typing into it."""
    return stream is not None and not stream.closed and stream.isatty()


def is_looked_at(stream: TextIO | None = None) -> bool:
    """Say whether stdout, or the given stream, is for a person: a terminal, or FORCE_COLOR."""
    return is_terminal(stream or sys.stdout) or bool(os.environ.get("FORCE_COLOR"))


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


def has_signs(view: "Console") -> bool:
    """Say whether the console's encoding has `●` and `━`; ASCII stands in for them otherwise."""
    try:
        _SIGNS.encode(view.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def words(status: Status) -> str:
    """Return the status as it is read aloud: `to read`."""
    return status.value.replace("-", " ")


def marked(status: Status, view: "Console", *, short: bool = False) -> "Text":
    """Return the status with its mark and colour: `● done`, or the mark alone."""
    from rich.text import Text  # for a person only

    mark = _MARKS[status][not has_signs(view)]
    return Text(mark if short else f"{mark} {words(status)}", style=STYLES[status])


def dotted(parts: Iterable[str], view: "Console") -> str:
    """Return the parts with dots between: `Meta · arXiv 2023`."""
    return (" · " if has_signs(view) else ", ").join(parts)


def drawn(view: "Console", renderable: "RenderableType") -> str:
    """Return what the console would print."""
    with view.capture() as captured:
        view.print(renderable, soft_wrap=True)
    return captured.get()


def show(renderables: "Iterable[RenderableType]", view: "Console", *, paged: bool = False) -> None:
    """Print on the console's stream, as they come.

    With `paged`, what is longer than the screen goes through the person's pager.
    """
    texts = (drawn(view, renderable) for renderable in renderables)
    if paged and (command := _pager(view)):
        _page(texts, command, view)
        return
    for text in texts:
        write(text, view.file)  # type: ignore[arg-type]  # Rich's own type of a text stream


def write(text: str, stream: TextIO | None = None) -> None:
    """Write it to stdout or the given stream; what its encoding lacks is spelled out."""
    stream = stream or sys.stdout
    try:
        stream.write(text)
    except UnicodeEncodeError:  # a locale of C, a Latin-1 terminal
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


def size(stream: TextIO) -> tuple[int, int]:
    """Return the columns and lines of the stream's own terminal: the other may be a pipe."""
    columns, lines = shutil.get_terminal_size()
    with suppress(OSError, ValueError, AttributeError):  # no terminal, closed, no file at all
        own = os.get_terminal_size(stream.fileno())
        columns = columns if os.environ.get("COLUMNS") else own.columns or columns
        lines = lines if os.environ.get("LINES") else own.lines or lines
    return max(_NARROWEST, columns), lines


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


def _pager(view: "Console") -> list[str]:
    """Return the person's pager with its options; nothing where there is none, or no screen."""
    try:
        lines = os.get_terminal_size(view.file.fileno()).lines
    except (OSError, ValueError, AttributeError):  # no terminal, no file
        return []
    if view.is_dumb_terminal or not lines:  # what has no size is no screen
        return []
    chosen = (os.environ.get(name) for name in ("PAPERTRACK_PAGER", "PAGER"))
    try:
        command = shlex.split(next((it for it in chosen if it is not None), _PAGER))
    except ValueError:  # a quote too few
        return []
    return command if command and command != ["cat"] and shutil.which(command[0]) else []


def _page(texts: Iterable[str], command: list[str], view: "Console") -> None:
    """Print the texts, through the pager from where they are longer than the screen."""
    rest = iter(texts)
    waiting, lines = [], 0
    for text in rest:
        waiting.append(text)
        lines += text.count("\n")
        if lines >= view.height:
            _give(command, chain(waiting, rest))
            return
    write("".join(waiting))


def _give(command: list[str], texts: Iterator[str]) -> None:
    """Let the pager have the texts one by one, and wait until the person has seen enough."""
    sys.stdout.flush()
    try:
        pager = subprocess.Popen(  # noqa: S603 - the person's own choice
            command, stdin=subprocess.PIPE, env={**_PAGING, **os.environ}
        )
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
