import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import remarks
from papertrack.errors import Fault


def test_a_remark_stands_above_the_line_with_the_fault() -> None:
    text = '[[paper]]\ntitle = "T"\nyear = "20x3"\n'
    shown = remarks.with_remarks(text, [Fault(3, 'year "20x3"\nis not a year')])
    assert shown == (
        '[[paper]]\ntitle = "T"\n#! papertrack: year "20x3" is not a year\nyear = "20x3"\n'
    )


def test_a_fault_behind_the_end_is_shown_above_the_last_line() -> None:
    assert remarks.with_remarks("a = ", [Fault(9, "cut")]) == "#! papertrack: cut\na = "


def test_remarks_take_the_line_ends_of_the_text() -> None:
    assert remarks.with_remarks("a\r\nb", [Fault(2, "x")]) == "a\r\n#! papertrack: x\r\nb"


@pytest.mark.parametrize("text", ["#! papertrack: gone", "#! papertrack: a\n\t#! papertrack: b\n"])
def test_remarks_go_wherever_they_were_moved_to(text: str) -> None:
    assert remarks.without_remarks(text) == ""


@given(
    st.text(st.sampled_from("a#\r\n\"'\u2028\x85 ")),
    st.lists(st.tuples(st.integers(1, 9), st.text()).map(lambda it: Fault(*it))),
)
def test_without_its_remarks_the_text_is_as_it_was(text: str, faults: list[Fault]) -> None:
    assert remarks.without_remarks(remarks.with_remarks(text, faults)) == text
