"""Single keys as they are pressed, without waiting for Enter."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

_END = {"\x04", "\x1a"}
"""^D, and ^Z on Windows."""
_INTERRUPT = "\x03"
_ESCAPE = b"\x1b"
_LONGEST = 64
_PAUSE = 0.05
"""Seconds within which the rest of an arrow key's sequence follows its escape."""


def press() -> str:
    """Return the next key: one character, or an escape sequence for an arrow and the like.

    Raises EOFError for ^D and the end of input, KeyboardInterrupt for ^C.
    """
    if sys.platform == "win32":
        key = _windows()
    else:
        sys.stderr.flush()
        with _mode(single=True):
            key = _unix(sys.stdin.fileno())
    if key == _INTERRUPT:
        raise KeyboardInterrupt
    if not key or key in _END:
        raise EOFError
    return key


def pressing() -> AbstractContextManager[None]:
    """Let keys through one by one, also what is typed ahead, and put everything back after."""
    return _mode(single=True)


def typing() -> AbstractContextManager[None]:
    """Give whole lines back to a question in between."""
    return _mode(single=False)


@contextmanager
def _mode(*, single: bool) -> Iterator[None]:
    """Set how the terminal gives its input: key by key and unechoed, or in lines."""
    if sys.platform == "win32":
        yield
        return
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
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _unix(terminal: int) -> str:
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


def _windows() -> str:
    if sys.platform != "win32":
        raise EOFError
    import msvcrt  # there is none elsewhere

    key = msvcrt.getwch()
    return key + msvcrt.getwch() if key in {"\x00", "\xe0"} else key
