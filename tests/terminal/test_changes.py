import pytest

from papertrack.models import Paper
from papertrack.terminal import changes

_BEFORE = {"key": "p", "title": "P", "venue": "arXiv", "summary": "a\n" * 99, "notes": "n"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"year": 2023}, ["year 2023"]),
        ({"venue": "ICLR", "tags": ["a", "b"]}, ["venue ICLR (was arXiv)", "tags a, b"]),
        ({"venue": None}, ["no venue any more (was arXiv)"]),
        ({"summary": "b\n" * 99}, ["summary changed"]),
        ({"notes": "n\n"}, ["notes changed"]),
        ({"notes": "x\x1b]0;\nу" + "m" * 99}, ["notes changed"]),
        ({"name": "\u202eevil"}, ["name \\u202eevil"]),
        ({"key": "q"}, ["key q (was p)"]),
    ],
    ids=str,
)
def test_each_field_that_differs_has_a_line(change: dict[str, object], expected: list[str]) -> None:
    before = Paper.model_validate(_BEFORE)
    assert changes.difference(before, Paper.model_validate({**_BEFORE, **change})) == expected


def test_nothing_that_differs_is_said_to_be_so(capsys: pytest.CaptureFixture[str]) -> None:
    paper = Paper.model_validate(_BEFORE)
    changes.changed(paper, paper)
    assert capsys.readouterr() == ("p: nothing to change\n", "")


def test_a_paper_goes_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    paper = Paper.model_validate({**_BEFORE, "name": "\x1bName"})
    changes.changed(paper, paper.model_copy(update={"year": 2023}))
    assert capsys.readouterr().out == "\\x1bName: year 2023\n"
