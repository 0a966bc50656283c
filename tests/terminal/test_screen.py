import io
import sys
from collections.abc import Callable

import pytest

from papertrack.terminal.screen import Screen, is_terminal, screen, write


@pytest.mark.parametrize(
    ("variable", "value", "colours"),
    [
        ("NO_COLOR", "1", False),
        ("NO_COLOR", "", True),
        ("TERM", "dumb", False),
        ("TERM", "xterm", True),
    ],
)
def test_colours_follow_the_environment(
    at_terminal: Callable[..., tuple[io.TextIOWrapper, io.TextIOWrapper]],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    colours: bool,  # noqa: FBT001 - a column of the table
) -> None:
    out, _ = at_terminal()
    monkeypatch.setenv(variable, value)
    assert screen(out).colours is colours


def test_a_pipe_has_no_colours() -> None:
    assert not screen(io.StringIO()).colours


def test_no_stream_and_a_closed_one_are_no_terminal() -> None:
    closed = io.StringIO()
    closed.close()
    assert not is_terminal(None)
    assert not is_terminal(closed)


def test_an_ascii_terminal_has_no_signs(
    at_terminal: Callable[..., tuple[io.TextIOWrapper, io.TextIOWrapper]],
) -> None:
    out, _ = at_terminal(encoding="ascii")
    assert not screen(out).signs


def test_an_unknown_encoding_has_no_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd(io.StringIO):
        encoding = "no-such-encoding"

    monkeypatch.setattr(sys, "stdout", Odd())
    assert not screen(sys.stdout).signs


def test_the_width_is_at_least_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "3")
    assert screen(io.StringIO()).width == 20


def test_what_the_encoding_lacks_is_spelled_out() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="")
    write("大 ok\n", stream)
    stream.seek(0)
    assert stream.read() == "\\u5927 ok\n"


def test_paint_writes_one_pair_of_codes() -> None:
    assert Screen(colours=True).paint("x", "bold red") == "\x1b[1;31mx\x1b[0m"
    assert Screen(colours=False).paint("x", "bold red") == "x"
    assert Screen(colours=True).paint("", "red") == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no pty there")
def test_the_width_is_that_of_the_stream_s_own_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl  # not on Windows
    import pty
    import struct  # beside them
    import termios

    monkeypatch.delenv("COLUMNS", raising=False)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 63, 0, 0))
    with open(theirs, "w", encoding="utf-8") as stream, open(ours, "rb"):  # noqa: PTH123 - descriptors
        assert screen(stream).width == 63
        monkeypatch.setenv("COLUMNS", "70")
        assert screen(stream).width == 70
