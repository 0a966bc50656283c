from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import noting
from papertrack.errors import PapertrackError

_DAY = date(2023, 3, 1)


@pytest.mark.parametrize(
    ("notes", "text", "expected"),
    [
        pytest.param(None, "worth it", "2023-03-01: worth it", id="first"),
        pytest.param(" \n", "worth it", "2023-03-01: worth it", id="after blank notes"),
        pytest.param("看\n", "再看", "看\n2023-03-01: 再看\n", id="after a whole line"),
        pytest.param("https://a", "b", "https://a\n2023-03-01: b\n", id="no line end"),
        pytest.param("a\n\n", "b", "a\n\n2023-03-01: b\n", id="a blank line stays"),
        pytest.param(None, " a\r\nb\n", "2023-03-01: a\nb\n", id="several lines"),
    ],
)
def test_a_note_is_a_dated_line_below_the_others(
    notes: str | None, text: str, expected: str
) -> None:
    assert noting.with_line(notes, text, _DAY) == expected


@given(st.text().filter(str.strip), st.text().filter(str.strip))
def test_notes_keep_every_line_they_had(notes: str, text: str) -> None:
    after = noting.with_line(notes, text, _DAY)
    assert after.startswith(notes.removesuffix("\n"))
    assert f"\n2023-03-01: {text.strip()[0]}" in after


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_note_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PapertrackError, match="papertrack note llama") as caught:
        noting.with_line("before", text, _DAY)
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(" \n", None), ("one\n", "one"), ("one\ntwo", "one\ntwo\n"), ("  a\n\nb\n\n", "  a\n\nb\n")],
)
def test_notes_come_back_from_an_editor_with_one_line_end(typed: str, expected: str | None) -> None:
    assert noting.as_typed(typed) == expected


def test_lines_in_another_encoding_are_faults() -> None:
    text = "笔记\ncaf\udce9\n"
    assert [fault.line for fault in noting.faults(text)] == [2]
    assert noting.faults("笔记\n😀\n") == []
