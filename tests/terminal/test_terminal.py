import sys
from collections.abc import Callable
from typing import Any

import pytest

from papertrack import terminal
from papertrack.errors import PapertrackError, RefusedError, how_many
from papertrack.terminal import ago, how_long, track
from papertrack.terminal.console import page


def test_conversation_goes_to_stderr_and_answers_to_stdout(
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal.say("reading 3 files")
    terminal.warn("no home folder")
    terminal.answer("added llama")
    out, err = capsys.readouterr()
    assert out == "added llama\n"
    assert err == "reading 3 files\nwarning: no home folder\n"


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (
            RefusedError("two papers: say which", details=["gpt", "gpt-2"]),
            "two papers: say which\n  gpt\n  gpt-2\n",
        ),
        (
            PapertrackError("a.toml:1: bad", details=["a.toml:9: worse"]),
            "a.toml:1: bad\na.toml:9: worse\n",
        ),
    ],
)
def test_an_error_is_its_sentence_and_the_lines_below(
    capsys: pytest.CaptureFixture[str], problem: PapertrackError, expected: str
) -> None:
    terminal.error(problem)
    assert capsys.readouterr() == ("", expected)


def test_escapes_in_a_message_are_made_visible(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.error(RefusedError("no paper \x1b[2J\x07"))
    assert capsys.readouterr().err == "no paper \\x1b[2J\\x07\n"


def test_an_answer_shows_escapes_in_a_pipe_too(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.answer("a\x1b\nb\n")
    assert capsys.readouterr().out == "a\\x1b\nb\n"


def test_what_programs_read_is_exact_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.print_verbatim("a\x1b\tb\r\n")
    assert capsys.readouterr().out == "a\x1b\tb\r\n"


def test_a_terminal_shows_colours_and_no_escapes(
    at_terminal: Callable[..., tuple[Any, Any]],
) -> None:
    out, err = at_terminal()
    terminal.answer("a\x1b")
    terminal.warn("b\x1b")
    assert out.text == "a\\x1b\n"
    assert err.text == "\x1b[33mwarning: b\\x1b\x1b[0m\n"


def test_a_message_without_stderr_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    terminal.say("nobody hears")
    assert not terminal.interactive()


def test_a_terminal_gets_messages_folded_between_words(
    at_terminal: Callable[..., tuple[Any, Any]],
) -> None:
    _, err = at_terminal(width=30)
    terminal.say("a sentence that is too long for it")
    terminal.error(RefusedError("no", details=["gpt-2  Language Models are Unsupervised"]))
    assert err.text == (
        "a sentence that is too long\nfor it\n\x1b[31mno\x1b[0m\n"
        "  gpt-2  Language Models are\n         Unsupervised\n"
    )


def test_a_terminal_gets_answers_folded_between_words(
    at_terminal: Callable[..., tuple[Any, Any]],
) -> None:
    out, _ = at_terminal(width=30)
    terminal.answer("LLaMA is being read, started 2026-11-29")
    terminal.answer("LLaMA is being read, started 2026-11-29", whole=True)
    assert out.text == (
        "LLaMA is being read, started\n2026-11-29\nLLaMA is being read, started 2026-11-29\n"
    )


def test_a_pipe_gets_answers_whole(capsys: pytest.CaptureFixture[str]) -> None:
    line = "a word and another " * 20
    terminal.answer(line)
    assert capsys.readouterr().out == f"{line}\n"


PAGE = "A page that has a long line in it.\n\n  word    and what it means here\n"


def test_a_pipe_gets_a_page_whole(capsys: pytest.CaptureFixture[str]) -> None:
    page(PAGE)
    assert capsys.readouterr().out == PAGE


def test_a_terminal_gets_a_page_folded(at_terminal: Callable[..., tuple[Any, Any]]) -> None:
    out, _ = at_terminal(width=31)
    page(PAGE)
    assert out.text == (
        "A page that has a long line in\nit.\n\n  word    and what it means\n          here\n"
    )


def test_a_pipe_sees_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(track(range(100), "Reading")) == list(range(100))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("count", "shown"), [(3, False), (30, True)])
def test_a_terminal_sees_progress_of_long_work(
    at_terminal: Callable[..., tuple[Any, Any]],
    count: int,
    shown: bool,  # noqa: FBT001 - a column of the table
) -> None:
    out, err = at_terminal()
    assert list(track(range(count), "Reading [/b]")) == list(range(count))
    assert ("Reading [/b]" in err.text) is shown
    assert out.text == ""


def test_work_that_takes_long_shows_progress_of_two(
    at_terminal: Callable[..., tuple[Any, Any]],
) -> None:
    _, err = at_terminal()
    assert list(track(range(2), "Asking", few=1)) == [0, 1]
    assert "Asking" in err.text


def _interrupted_while_waiting() -> None:
    with pytest.raises(KeyboardInterrupt), terminal.waiting():
        raise KeyboardInterrupt


def test_an_interrupt_ends_its_line_at_a_terminal(
    at_terminal: Callable[..., tuple[Any, Any]],
) -> None:
    out, err = at_terminal()
    _interrupted_while_waiting()
    assert (out.text, err.text) == ("", "\n")


def test_an_interrupt_adds_nothing_to_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    _interrupted_while_waiting()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "less than a day"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (60, "8 weeks"),
        (61, "2 months"),
        (729, "23 months"),
        (730, "2 years"),
        (4000, "10 years"),
    ],
)
def test_days_are_said_in_the_largest_unit_that_fits_twice(days: int, expected: str) -> None:
    assert how_long(days) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (30, "4 weeks ago")]
)
def test_days_ago(days: int, expected: str) -> None:
    assert ago(days) == expected


def test_one_is_one() -> None:
    assert how_many(1, "paper") == "1 paper"
    assert how_many(1234, "paper") == "1,234 papers"
    assert how_many(0, "was", "were") == "0 were"
