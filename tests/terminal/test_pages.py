from collections.abc import Callable
from typing import Any

import pytest

from papertrack import topics
from papertrack.terminal import pages
from papertrack.terminal.cells import width_of

PAGES = {"overview": topics.overview(), **topics.TOPICS}

TABLE = """\
A query names papers, each of its terms holds.

  has:FIELD    something is there: has:notes
  -- -word     not
"""


def test_a_second_column_stays_one() -> None:
    assert pages.folded(TABLE, 36) == (
        "A query names papers, each of its\n"
        "terms holds.\n"
        "\n"
        "  has:FIELD    something is there:\n"
        "               has:notes\n"
        "  -- -word     not\n"
    )


def test_a_second_column_without_room_goes_below() -> None:
    assert "  has:FIELD    something\n  is there: has:notes\n" in pages.folded(TABLE, 26)


@pytest.mark.parametrize("name", PAGES)
def test_help_fits_a_terminal_of_80_columns(name: str) -> None:
    text = PAGES[name]
    assert max(map(width_of, text.split("\n"))) <= 80
    assert pages.folded(text, 80) == text


@pytest.mark.parametrize("width", [40, 60])
@pytest.mark.parametrize("name", PAGES)
def test_help_is_folded_between_words(name: str, width: int) -> None:
    folded = pages.folded(PAGES[name], width)
    assert max(map(width_of, folded.split("\n"))) <= width
    if width == 60:
        assert folded.split() == PAGES[name].split()


def test_a_pipe_gets_the_page_whole(capsys: pytest.CaptureFixture[str]) -> None:
    pages.page(TABLE)
    assert capsys.readouterr().out == TABLE


def test_a_terminal_gets_it_folded(at_terminal: Callable[..., tuple[Any, Any]]) -> None:
    out, _ = at_terminal(width=36)
    pages.page(TABLE)
    assert out.text == pages.folded(TABLE, 36)
