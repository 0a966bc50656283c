import pytest

from papertrack.terminal.cells import width_of
from papertrack.terminal.grid import Column, Styled, table
from papertrack.terminal.screen import Screen

COLUMNS = (Column("lab"), Column("papers", right=True), Column("title"))
ROWS = [
    ["智谱", "12", "大规模语言模型的高效训练"],
    ["OpenAI", "3", "Language Models are Few-Shot Learners"],
]


def test_columns_align_by_cells() -> None:
    assert table(COLUMNS, ROWS, Screen(width=80)) == [
        "lab     papers  title",
        "─" * 53,
        "智谱        12  大规模语言模型的高效训练",
        "OpenAI       3  Language Models are Few-Shot Learners",
    ]


def test_the_widest_column_gives_way_to_the_screen() -> None:
    assert table(COLUMNS, ROWS, Screen(width=36, signs=False)) == [
        "lab     papers  title",
        "-" * 36,
        "智谱        12  大规模语言模型的高效",
        "                训练",
        "OpenAI       3  Language Models are",
        "                Few-Shot Learners",
    ]


@pytest.mark.parametrize("width", range(20, 60))
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert max(map(width_of, table(COLUMNS, ROWS, Screen(width=width)))) <= width


def test_a_cell_may_hold_lines_of_several_styles() -> None:
    cell = [Styled("title", ""), Styled("below", "dim")]
    lines = table([Column("x", "red")], [[cell], ["next"]], Screen(colours=True))
    assert lines[2:] == ["title", "\x1b[2mbelow\x1b[0m", "\x1b[31mnext\x1b[0m"]


def test_a_table_without_rows_is_its_header() -> None:
    assert table(COLUMNS, [], Screen(width=40))[0] == "lab  papers  title"
