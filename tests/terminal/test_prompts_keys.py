"""Keys are pressed on a real pseudo-terminal."""

import os
import select
import sys
from collections.abc import Callable, Iterator

import pytest

from papertrack.errors import AmbiguousError, Candidate, RefusedError
from papertrack.terminal import prompts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")


@pytest.fixture
def pressing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], None]]:
    """Return what presses keys; nothing is echoed to nobody."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)

        def press(typed: bytes) -> None:
            os.write(ours, typed)

        yield press
    os.close(ours)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (b"s", "s"),
        ("是".encode(), "是"),
        ("é".encode(), "é"),
        ("😀".encode(), "😀"),
        (b"\x1b[A", "\x1b[A"),
        (b"\x1b[3~", "\x1b[3~"),
        (b"\x1bOP", "\x1bOP"),
        (b"\x1b", "\x1b"),
        (b"\xff", "\ufffd"),
    ],
)
def test_a_key_is_one_character_or_one_sequence(
    pressing: Callable[[bytes], None], typed: bytes, expected: str
) -> None:
    pressing(typed)
    assert prompts.press() == expected


def test_keys_typed_ahead_come_one_by_one(pressing: Callable[[bytes], None]) -> None:
    with prompts.pressing():
        pressing(b"1s\x1b")
        assert [prompts.press(), prompts.press(), prompts.press()] == ["1", "s", "\x1b"]


@pytest.mark.parametrize("key", [b"\x04", b"\x1a"], ids=["control d", "control z"])
def test_control_d_is_the_end(pressing: Callable[[bytes], None], key: bytes) -> None:
    with prompts.pressing():
        _without_signals()
        pressing(key)
        with pytest.raises(EOFError):
            prompts.press()


def test_control_c_interrupts(pressing: Callable[[bytes], None]) -> None:
    with prompts.pressing():
        _without_signals()
        pressing(b"\x03")
        with pytest.raises(KeyboardInterrupt):
            prompts.press()


_WHALES = [Candidate("pump-1", "Whale pump one"), Candidate("pump-2", "Whale pump two")]
_SEVERAL = AmbiguousError(
    "several", reference="a", candidates=[Candidate("song", "A song of whales"), *_WHALES]
)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (b"2\n", "pump-1"),
        (b"two\n", "pump-2"),
        (b"Pump on\n", "pump-1"),
        (b"sox\x7f\n", "song"),
        (b"2rm -r x\n", "pump-1"),
    ],
)
def test_a_digit_or_words_pick_and_nothing_typed_is_left_for_the_shell(
    pressing: Callable[[bytes], None], typed: bytes, key: str
) -> None:
    pressing(typed)
    assert prompts.choose(_SEVERAL) == key
    assert select.select([sys.stdin], [], [], 0)[0] == []


@pytest.mark.parametrize("typed", [b"\n", b"pu\x1b", b"\x7f\x7f\n"])
def test_an_empty_line_or_escape_picks_none(
    pressing: Callable[[bytes], None], typed: bytes
) -> None:
    pressing(typed)
    with pytest.raises(RefusedError, match="no paper was picked"):
        prompts.choose(_SEVERAL)


def test_a_question_in_between_gets_a_whole_line(pressing: Callable[[bytes], None]) -> None:
    with prompts.pressing():
        with prompts.typing():
            pressing(b"rlhg\x7ff\n")
            assert sys.stdin.readline() == "rlhf\n"
        pressing(b"s")
        assert prompts.press() == "s"


def _without_signals() -> None:
    """Let ^C and ^Z through as keys, as a terminal does that makes no signals of them."""
    import termios  # there is none on Windows

    mode = termios.tcgetattr(sys.stdin.fileno())
    mode[3] &= ~termios.ISIG
    termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, mode)


def test_the_terminal_is_left_as_it_was(pressing: Callable[[bytes], None]) -> None:
    import termios  # there is none on Windows

    before = termios.tcgetattr(sys.stdin.fileno())
    pressing(b"q")
    prompts.press()
    assert termios.tcgetattr(sys.stdin.fileno()) == before
