import io
import sys
from collections.abc import Callable
from typing import Any

import pytest

from papertrack.errors import PapertrackError, RefusedError
from papertrack.terminal import prompts


class Typed(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def typing(
    at_terminal: Callable[..., tuple[Any, Any]], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Any]:
    def put(text: str) -> Any:  # noqa: ANN401 - the terminal of conftest
        out, _ = at_terminal()
        monkeypatch.setattr(sys, "stdin", Typed(text))
        return out

    return put


@pytest.mark.parametrize(
    ("typed", "agreed"),
    [
        ("y\n", True),
        ("YES\n", True),
        ("是\n", True),
        ("\n", False),
        ("n\n", False),
        ("", False),
        ("what\ny\n", True),
    ],
)
def test_only_a_yes_is_a_yes(typing: Callable[[str], Any], typed: str, agreed: bool) -> None:  # noqa: FBT001 - a column of the table
    typing(typed)
    assert prompts.confirm("Remove llama?") is agreed


@pytest.mark.parametrize(("typed", "expected"), [("LLaMA \n", "LLaMA"), ("\n", "none")])
def test_an_empty_line_is_the_default(
    typing: Callable[[str], Any], typed: str, expected: str
) -> None:
    terminal = typing(typed)
    assert prompts.ask("Title\x1b", instead="--title", default="none") == expected
    assert terminal.text == "Title\\x1b [none]: "


def test_a_long_question_is_folded_between_words(
    typing: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = typing("y\n")
    monkeypatch.setenv("COLUMNS", "40")
    assert prompts.confirm("Go on with what you typed yesterday and never saved?")
    assert terminal.text == "Go on with what you typed yesterday and\nnever saved? [y/N] "


def test_the_end_of_input_refuses(typing: Callable[[str], Any]) -> None:
    typing("")
    with pytest.raises(RefusedError, match="nothing was changed"):
        prompts.ask("Title", instead="a title")


def test_a_question_to_nobody_says_which_option_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(
        PapertrackError, match='cannot ask "Remove 3 papers" without a terminal'
    ) as caught:
        prompts.confirm("Remove 3 papers?")
    assert caught.value.exit_status == 2


def test_a_question_stays_out_of_the_pipe(
    typing: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    typing("LLaMA\n")
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stdout", pipe)
    assert prompts.ask("Title", instead="a title") == "LLaMA"
    assert pipe.getvalue() == ""


def test_an_interrupted_question_ends_its_line(
    at_terminal: Callable[..., tuple[Any, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: str) -> str:
        raise KeyboardInterrupt

    _, err = at_terminal()
    monkeypatch.setattr(sys, "stdin", Typed())
    monkeypatch.setattr("builtins.input", interrupted)
    with pytest.raises(KeyboardInterrupt):
        prompts.confirm("Remove llama?")
    assert err.text == "\n"
