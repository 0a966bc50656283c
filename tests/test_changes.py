from cProfile import Profile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import changes
from papertrack.catalogue.draft import Draft
from papertrack.changes import Dates, dates_after
from papertrack.duplicates import Index
from papertrack.errors import PapertrackError
from papertrack.models import Paper
from papertrack.status import Status
from papertrack.typed import FieldChanges, field_changes

_DAY = date(2023, 3, 1)
_EARLIER = date(2023, 2, 1)
_TEXT = """\
[labs]
Meta = ["Facebook"]

[[paper]]
title = "LLaMA"
tags = ["rl"]  # mine
notes = "first"
year = 2023
"""


def _after(**wanted: object) -> tuple[str, dict[str, object]]:
    draft = Draft(_TEXT)
    # the fields of FieldChanges
    edited = changes.edit(draft, draft.catalogue.papers[0], FieldChanges(**wanted), _DAY)  # type: ignore[arg-type]
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


@pytest.mark.parametrize("labs", [False, True])
def test_adding_a_cited_paper_does_not_look_at_all_others(*, labs: bool) -> None:
    paper = Paper(key="", title="", bibtex={"key": "lee"}, lab="Meta" if labs else None)
    calls = []
    for count in (10, 1000):
        draft = Draft("".join(f'[[paper]]\ntitle = "Garden {at}"\n' for at in range(count)))
        known = Index(draft.catalogue.papers)
        changes.add(draft, paper.model_copy(update={"title": "First"}), known)
        profile = Profile()
        second = paper.model_copy(update={"title": "Second"})
        added = profile.runcall(changes.add, draft, second, known)
        assert added.bibtex["key"] == "lee-2"
        calls.append(sum(each.callcount for each in profile.getstats()))
    assert calls[1] < 2 * calls[0]


def test_no_change_changes_no_byte() -> None:
    assert _after()[0] == _TEXT


@given(
    st.lists(st.text(st.sampled_from("ab -_,，")), max_size=4),
    st.lists(st.text(st.sampled_from("ab -_,，"), min_size=1), max_size=4),
)
def test_typed_tags_hold_no_comma_and_no_blank(added: list[str], removed: list[str]) -> None:
    try:
        wanted = field_changes(add_tags=added, remove_tags=removed, today=_DAY)
    except PapertrackError:
        assert any(not it.strip(" ,，") for it in (*added, *removed))
        return
    for tag in (*wanted.add_tags, *wanted.remove_tags):
        assert tag == tag.strip(" ,，")
        assert tag


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
    assert changes.with_note(notes, text, _DAY) == expected


@given(st.text().filter(str.strip), st.text().filter(str.strip))
def test_notes_keep_every_line_they_had(notes: str, text: str) -> None:
    after = changes.with_note(notes, text, _DAY)
    assert after.startswith(notes.removesuffix("\n"))
    assert f"\n2023-03-01: {text.strip()[0]}" in after


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_note_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PapertrackError, match="papertrack note llama") as caught:
        changes.with_note("before", text, _DAY)
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(" \n", None), ("one\n", "one"), ("one\ntwo", "one\ntwo\n"), ("  a\n\nb\n\n", "  a\n\nb\n")],
)
def test_notes_come_back_from_an_editor_with_one_line_end(typed: str, expected: str | None) -> None:
    assert changes.notes_from_editor(typed) == expected


def test_lines_in_another_encoding_are_faults() -> None:
    text = "笔记\ncaf\udce9\n"
    assert [fault.line for fault in changes.note_faults(text)] == [2]
    assert changes.note_faults("笔记\n😀\n") == []


@pytest.mark.parametrize(
    ("status", "before", "after"),
    [
        (Status.READING, Dates(None, None), Dates(_DAY, None)),
        (Status.READING, Dates(_EARLIER, _EARLIER), Dates(_EARLIER, None)),
        (Status.DONE, Dates(_EARLIER, None), Dates(_EARLIER, _DAY)),
        (Status.DONE, Dates(None, None), Dates(None, _DAY)),
        (Status.SKIMMED, Dates(_EARLIER, _EARLIER), Dates(_EARLIER, None)),
        (Status.DROPPED, Dates(_EARLIER, None), Dates(_EARLIER, None)),
        (Status.TO_READ, Dates(_EARLIER, _EARLIER), Dates(None, None)),
    ],
    ids=lambda value: value.value if isinstance(value, Status) else "",
)
def test_dates_follow_the_status(status: Status, before: Dates, after: Dates) -> None:
    assert dates_after(status, before, _DAY) == after


def test_a_venue_tells_the_type_of_what_was_a_preprint() -> None:
    entry = '[paper.bibtex]\ntype = "misc"\nkey = "lee2023"\n'
    draft = Draft(f'[[paper]]\nkey = "a"\ntitle = "A"\narxiv = "2301.00001"\n{entry}')
    paper = draft.catalogue.papers[0]
    after = changes.edit(draft, paper, FieldChanges({"venue": "ICML"}), _DAY).after
    assert after.bibtex == {"key": "lee2023"}
