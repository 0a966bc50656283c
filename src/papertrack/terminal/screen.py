"""What the two streams can show: width, colours, signs."""

import os
import shutil
import sys
from contextlib import suppress
from typing import NamedTuple, TextIO

_CODES = {
    "bold": "1",
    "dim": "2",
    "underline": "4",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}
_SIGNS = "○◐◔●✕━╍─·"


class Screen(NamedTuple):
    """How to write for somebody who is looking."""

    width: int = 80
    colours: bool = False
    signs: bool = True
    """Whether its encoding has `●` and `━`; ASCII stands in for them otherwise."""

    def paint(self, text: str, style: str) -> str:
        """Return the text in a style such as `bold red`, where there are colours."""
        if not self.colours or not style or not text:
            return text
        before, after = self.codes(style)
        return f"{before}{text}{after}"

    def codes(self, style: str) -> tuple[str, str]:
        """Return what begins and what ends a style; nothing where there are no colours."""
        if not self.colours or not style:
            return "", ""
        return f"\x1b[{';'.join(_CODES[word] for word in style.split())}m", "\x1b[0m"


def is_terminal(stream: TextIO | None) -> bool:
    """Say whether somebody is looking at the stream, or typing into it."""
    return stream is not None and not stream.closed and stream.isatty()


def screen(stream: TextIO) -> Screen:
    """Return what a terminal can show: https://no-color.org, `TERM=dumb`, `COLUMNS`."""
    dumb = os.environ.get("TERM") == "dumb"
    return Screen(
        width=max(20, _columns(stream)),
        colours=not dumb and not os.environ.get("NO_COLOR") and is_terminal(stream),
        signs=_encodes(stream, _SIGNS),
    )


def write(text: str, stream: TextIO | None = None) -> None:
    """Write it to stdout or the given stream; what its encoding lacks is spelled out."""
    stream = stream or sys.stdout
    try:
        stream.write(text)
    except UnicodeEncodeError:  # a locale of C, a Latin-1 terminal
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


def _columns(stream: TextIO) -> int:
    """Return the width of the stream's own terminal: the other may be a pipe."""
    if not os.environ.get("COLUMNS"):
        with suppress(OSError, ValueError, AttributeError):  # no terminal, closed, no file at all
            if columns := os.get_terminal_size(stream.fileno()).columns:
                return columns
    return shutil.get_terminal_size().columns


def _encodes(stream: TextIO, text: str) -> bool:
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
