from datetime import date

import pytest

from papertrack import blocks
from papertrack.blocks import TablePlace
from papertrack.blocks.views import find_blocks
from papertrack.errors import RefusedError
from papertrack.models import Catalogue, Look, Paper

_CATALOGUE = Catalogue(
    look=Look(columns=("title",)),
    looks={"two": Look(columns=("title", "year"))},
    papers=(Paper(key="a", title="A", tags=("x",)), Paper(key="b", title="B", year=2020)),
)


def _wrap(text: str, *places: TablePlace) -> str:
    return blocks.wrap(text, places, _CATALOGUE, where="x.md", today=date(2024, 1, 1))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_tables_become_blocks_and_the_rest_stays(newline: str) -> None:
    text = "# x\n|t|\n|-|\n|A|\n\nbetween\n\n|t|\n|-|\n|B|".replace("\n", newline)
    wrapped = _wrap(text, TablePlace(8, 10, "two", "year:2020"), TablePlace(2, 4, None, "tag:x"))
    expected = (
        "# x\n<!-- papertrack:begin tag:x -->\n\n| title |\n| --- |\n| A |\n\n"
        "<!-- papertrack:end {} -->\n\nbetween\n\n"
        "<!-- papertrack:begin look=two year:2020 -->\n\n| title | year |\n| --- | --- |\n"
        "| B | 2020 |\n\n<!-- papertrack:end {} -->"
    )
    digests = [block.digest for block in find_blocks(wrapped, "x.md")]
    assert None not in digests
    assert wrapped == expected.format(*digests).replace("\n", newline)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_table_keeps_how_its_columns_are_aligned(newline: str) -> None:
    text = "|t|\n|-|\n|A|\n\n  |t|y|\n :-|-:\n|B|1|\n".replace("\n", newline)
    wrapped = _wrap(text, TablePlace(5, 7, "two", "year:2020"), TablePlace(1, 3, None, "tag:x"))
    table = "\n| title | year |\n| :--- | ---: |\n| B | 2020 |\n".replace("\n", newline)
    assert table in wrapped
    assert wrapped.count(":--") == 1


def test_a_whole_list_of_bullets_may_become_a_block() -> None:
    wrapped = _wrap("# x\n\n- A\n- B\n", TablePlace(3, 4, None, ""))
    assert wrapped.startswith("# x\n\n<!-- papertrack:begin -->\n\n| title |\n")
    assert "- A" not in wrapped


def test_edits_in_other_blocks_are_not_written_over() -> None:
    text = "<!-- papertrack:begin -->\n| mine |\n<!-- papertrack:end -->\n\n|t|\n|-|\n"
    with pytest.raises(RefusedError):
        _wrap(text, TablePlace(5, 6, None, ""))
