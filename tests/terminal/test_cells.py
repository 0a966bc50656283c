import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.terminal.cells import fold, pad, width_of
from papertrack.terminal.safe import visible


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("LLaMA", 10, ["LLaMA"], id="fits"),
        pytest.param("", 10, [""], id="nothing"),
        pytest.param("Open and Efficient", 10, ["Open and", "Efficient"], id="at a space"),
        pytest.param("Text-to-Text", 8, ["Text-to-", "Text"], id="after a hyphen"),
        pytest.param("unsupervised", 5, ["unsup", "ervis", "ed"], id="a long word"),
        pytest.param("大规模模型", 4, ["大规", "模模", "型"], id="Chinese"),
        pytest.param("大规模", 5, ["大规", "模"], id="no half characters"),
        pytest.param("大模型，好", 6, ["大模", "型，好"], id="no comma begins a line"),
        pytest.param("见《论文》", 4, ["见", "《论", "文》"], id="no opening bracket ends a line"),
        pytest.param("对标GPT-3模型", 9, ["对标GPT-3", "模型"], id="mixed"),
        pytest.param(
            "see https://a.org/b-c-d", 14, ["see", "https://a.org/", "b-c-d"], id="an address"
        ),
        pytest.param(
            "👩\u200d🔬👩\u200d🔬", 2, ["👩\u200d🔬", "👩\u200d🔬"], id="joined emoji stay joined"
        ),
    ],
)
def test_text_folds_where_a_reader_expects(text: str, width: int, expected: list[str]) -> None:
    assert fold(text, width) == expected


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("大模型", 6), ("ｗ", 2), ("é", 1), ("❤\ufe0f", 2)]
)
def test_width_is_counted_in_cells(text: str, width: int) -> None:
    assert width_of(text) == width


def test_padding_counts_cells() -> None:
    assert pad("大", 4) == "大  "


@given(st.text(st.characters(), max_size=80).map(visible), st.integers(2, 30))
def test_folding_cuts_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = fold(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
