"""The list in a pipe, answered quickly: the same as in the ordinary way, or left to it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commandline import Run
from papertrack import catalogue as toml
from papertrack import plain_list
from papertrack.models import Look
from papertrack.status import Status
from papertrack.terminal import listing
from papertrack.toml import plain

_PAPER = '[[paper]]\nkey = "llama"\ntitle = "LLaMA"\n'


def test_it_knows_the_words_of_the_models() -> None:
    known = plain_list._LOOK_TEXTS | plain_list._LOOK_LISTS | plain_list._LOOK_FLAGS  # noqa: SLF001 - to keep two lists the same
    assert known | {"statuses", "headings"} == {*Look.model_fields, "files"}
    assert set(Status) == plain_list._STATUSES  # noqa: SLF001 - the same


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(_PAPER, "llama\tto-read\t\t\tLLaMA\n", id="little"),
        pytest.param(
            f'{_PAPER}lab = "Meta"\nvenue = "arXiv"\nyear = 2023\nstatus = "done"\ntags = ["llm"]\n'
            "priority = 5\nadded = 2023-03-01\nmine = 3\n",
            "llama\tdone\tMeta\tarXiv 2023\tLLaMA\n",
            id="much",
        ),
        pytest.param(f"{_PAPER}year = 2023\n", "llama\tto-read\t\t2023\tLLaMA\n", id="a year only"),
        pytest.param(f"\ufeff# mine\n{_PAPER}", "llama\tto-read\t\t\tLLaMA\n", id="a BOM"),
        pytest.param(
            '[labs]\nMeta = ["FAIR"]\n[markdown]\nnothing = "NULL"\ncolumns = ["title"]\n'
            "markup = true\n"
            'headings = "first"\nstatuses = { done = "√" }\n[check]\nignore = ["year"]\n' + _PAPER,
            "llama\tto-read\t\t\tLLaMA\n",
            id="settings",
        ),
        pytest.param('title = "Empty"\n', "", id="no papers"),
    ],
)
def test_what_is_usual_is_answered(papers: Path, text: str, line: str) -> None:
    papers.write_text(text, encoding="utf-8")
    assert plain_list.answer() == line


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[[paper]]\ntitle = "LLaMA"\n', id="no key"),
        pytest.param('[[paper]]\nkey = "llama"\n', id="no title"),
        pytest.param(_PAPER + _PAPER, id="a key twice"),
        pytest.param(_PAPER.replace('"LLaMA"', '"a\\tb"'), id="a tab"),
        pytest.param(_PAPER.replace('"LLaMA"', '"""\na\nb"""'), id="a line end"),
        pytest.param(_PAPER.replace('"LLaMA"', '"a\\r"'), id="half a line end at the end"),
        pytest.param(_PAPER.replace('"LLaMA"', '"a\\u2028"'), id="a rare line end"),
        pytest.param(_PAPER.replace('"LLaMA"', "3"), id="a number for a title"),
        pytest.param(f"{_PAPER}year = true\n", id="a truth for a year"),
        pytest.param(f"{_PAPER}year = 0\n", id="no year"),
        pytest.param(f"{_PAPER}priority = 6\n", id="no priority"),
        pytest.param(f'{_PAPER}status = "read"\n', id="no status"),
        pytest.param(f"{_PAPER}tags = [1]\n", id="a number for a tag"),
        pytest.param(f"{_PAPER}added = 2023-03-01T00:00:00\n", id="a time"),
        pytest.param(f"{_PAPER}year = \n", id="broken"),
        pytest.param("paper = 3\n", id="a number for papers"),
        pytest.param("paper = [3]\n", id="numbers for papers"),
        pytest.param("[[papers]]\n", id="papers by another name"),
        pytest.param("title = 3\n", id="a number for the list's title"),
        pytest.param("labs = 3\n", id="a number for labs"),
        pytest.param("[labs]\nMeta = 3\n", id="a number for names"),
        pytest.param("[markdown.other]\n", id="a look more"),
        pytest.param("[markdown]\nheadings = []\n", id="a list for a word"),
        pytest.param('[markdown]\nheadings = "none"\n', id="a wrong word"),
        pytest.param("[markdown]\nstatuses = { done = 3 }\n", id="a number for a word"),
        pytest.param("check = 3\n", id="a number for rules"),
        pytest.param("# <<<<<<< HEAD\n", id="what a conflict begins with"),
    ],
)
def test_what_is_unusual_is_left(papers: Path, text: str) -> None:
    papers.write_text(text, encoding="utf-8", newline="")
    assert plain_list.answer() is None


def test_bytes_that_are_no_text_are_left(papers: Path) -> None:
    papers.write_bytes(_PAPER.encode() + b"# \xff\n")
    assert plain_list.answer() is None


_VALUES = st.sampled_from([
    '"x"', '""', '"done"', '"to-read"', '"first"', '"a\\nb"', "3", "0", "-1", "10000", "true",
    "2.5", "[]", '["x"]', "[3]", "{}", '{ x = "y" }', "2023-03-01", "2023-03-01T10:00:00",
    "10:00:00",
])  # fmt: skip
_FIELDS = st.dictionaries(st.sampled_from([*plain.FIELDS, "mine"]), _VALUES, max_size=3).map(
    lambda more: {"key": '"k"', "title": '"t"', **more}
)
_SETTINGS = st.dictionaries(
    st.sampled_from(["title", "labs.x", "check.ignore", "check", "other", "papers"])
    | st.sampled_from([*Look.model_fields, "files", "x"]).map("markdown.{}".format),
    _VALUES,
    max_size=2,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_SETTINGS, _FIELDS)
def test_no_answer_is_another_than_the_ordinary_one(
    papers: Path, beside: dict[str, str], fields: dict[str, str]
) -> None:
    lines = [f"{name} = {value}\n" for name, value in beside.items()]
    lines += ["[[paper]]\n", *(f"{name} = {value}\n" for name, value in fields.items())]
    papers.write_text("".join(lines), encoding="utf-8")
    answer = plain_list.answer()
    if answer is not None:
        found, faults = toml.read("".join(lines))
        assert (answer, faults) == (listing.lines(found.papers), ())


def test_both_ways_list_the_same(papertrack: Run, papers: Path) -> None:
    assert papers.exists()
    quickly, ordinarily = papertrack("list"), papertrack("list", "--sort", "")
    assert quickly == ordinarily
    assert plain_list.answer() == quickly.out
