import pytest

from papertrack import help as topics
from papertrack.terminal.cells import folded, width_of

PAGES = {"overview": topics.overview(), "first": topics.first_things(), **topics.TOPICS}


@pytest.mark.parametrize("name", PAGES)
def test_help_fits_a_terminal_of_80_columns(name: str) -> None:
    text = PAGES[name]
    assert max(map(width_of, text.split("\n"))) <= 80
    assert folded(text, 80) == text


@pytest.mark.parametrize("width", [40, 60])
@pytest.mark.parametrize("name", PAGES)
def test_help_is_folded_between_words(name: str, width: int) -> None:
    narrow = folded(PAGES[name], width)
    assert max(map(width_of, narrow.split("\n"))) <= width
    if width == 60:
        assert narrow.split() == PAGES[name].split()
