from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import editing
from papertrack.catalogue import Draft
from papertrack.editing import Wishes
from papertrack.errors import PapertrackError

_DAY = date(2023, 3, 1)
_TEXT = """\
[labs]
Meta = ["Facebook"]

[[paper]]
title = "LLaMA"
tags = ["rl"]  # mine
notes = "first"
year = 2023
"""


def _after(**wishes: object) -> tuple[str, dict[str, object]]:
    draft = Draft(_TEXT)
    # the fields of Wishes
    edited = editing.carry_out(draft, draft.catalogue.papers[0], Wishes(**wishes), _DAY)  # type: ignore[arg-type]
    return draft.text, edited.after.model_dump(exclude_defaults=True)


def test_status_tags_and_a_note_come_in_one_change() -> None:
    text, paper = _after(values={"status": "reading"}, add_tags=("nlp", "RL"), note="began")
    assert paper["status"] == "reading"
    assert paper["started"] == _DAY
    assert paper["notes"] == "first\n2023-03-01: began\n"
    assert 'tags = ["rl", "nlp"]  # mine\n' in text


def test_a_paper_without_a_key_gets_it_with_the_change() -> None:
    assert 'key = "llama"\n' in _after(values={"year": 2022})[0]


def test_dates_that_are_typed_go_before_those_that_follow() -> None:
    _, paper = _after(values={"status": "done", "finished": date(2022, 1, 1)})
    assert paper["finished"] == date(2022, 1, 1)


def test_no_wish_changes_no_byte() -> None:
    assert _after()[0] == _TEXT


@given(
    st.lists(st.text(st.sampled_from("ab -_,，")), max_size=4),
    st.lists(st.text(st.sampled_from("ab -_,，"), min_size=1), max_size=4),
)
def test_typed_tags_hold_no_comma_and_no_blank(added: list[str], removed: list[str]) -> None:
    try:
        wishes = editing.typed_wishes(add_tags=added, remove_tags=removed, today=_DAY)
    except PapertrackError:
        assert any(not it.strip(" ,，") for it in (*added, *removed))
        return
    for tag in (*wishes.add_tags, *wishes.remove_tags):
        assert tag == tag.strip(" ,，")
        assert tag


@pytest.mark.parametrize(
    ("piece", "line"),
    [
        pytest.param(_TEXT[28:], None, id="as it is"),
        pytest.param('[[paper]]\ntitle = "L"\nyear = "x"\n', 3, id="a bad year"),
        pytest.param('[[paper]]\ntitle = "L"\n\nkey = "peer"\n', 4, id="a key that is taken"),
        pytest.param("# nothing\n", 1, id="no paper"),
        pytest.param('[[paper]]\ntitle = "A"\n[[paper]]\ntitle = "B"\n', 1, id="two papers"),
    ],
)
def test_faults_of_a_piece_have_its_own_lines(piece: str, line: int | None) -> None:
    text = f'{_TEXT}\n[[paper]]\nkey = "peer"\ntitle = "PEER"\n'
    faults = editing.piece_faults(text, "llama", piece)
    assert [fault.line for fault in faults] == ([] if line is None else [line])


def test_only_new_strange_keys_are_named() -> None:
    before = '[[paper]]\ntitle = "A"\nrating = 1\n'
    assert editing.new_strange_keys(before, f"{before}yaer = 1\n") == ["yaer"]


def test_the_piece_of_a_paper_that_is_gone_is_none() -> None:
    assert editing.piece_of(Draft(_TEXT), "peer") is None
    assert str(editing.piece_of(Draft(_TEXT), "llama")).startswith("[[paper]]")
