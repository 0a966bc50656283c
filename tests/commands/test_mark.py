"""papertrack mark, start, done, skim and drop."""

from datetime import datetime
from pathlib import Path

import pytest

from commandline import AtTerminal, Run


def _status_of(papertrack: Run, key: str) -> str:
    return papertrack("list", f"key:{key}").out.split("\t")[1]


@pytest.mark.parametrize("status", ["reading", "skimmed", "done", "dropped", "to-read"])
def test_mark_gives_any_status(status: str, papers: Path, papertrack: Run) -> None:
    assert papers.exists()
    assert papertrack("mark", status, "llama", "t5").status == 0
    assert _status_of(papertrack, "llama") == _status_of(papertrack, "t5") == status


def test_start_and_done_leave_their_dates(papers: Path, papertrack: Run) -> None:
    papertrack("start", "llama", "--on", "2023-03-01")
    papertrack("done", "llama", "--on", "2023-04-02")
    text = papers.read_text(encoding="utf-8")
    assert "started = 2023-03-01\nfinished = 2023-04-02\n" in text


def test_what_was_done_and_is_begun_again_is_said(papers: Path, papertrack: Run) -> None:
    papertrack("done", "llama", "--on", "2023-04-02")
    out = papertrack("start", "llama", "--on", "2023-05-01").out
    assert "is being read, started 2023-05-01 (was done)" in out
    assert "started = 2023-05-01\n" in papers.read_text(encoding="utf-8")


def test_going_back_clears_what_no_longer_holds(papers: Path, papertrack: Run) -> None:
    before = papers.read_bytes()
    papertrack("start", "llama")
    papertrack("done", "llama")
    assert papertrack("mark", "to-read", "llama").status == 0
    assert papers.read_bytes() == before


def test_several_references_are_all_or_nothing(papers: Path, papertrack: Run) -> None:
    before = papers.read_bytes()
    result = papertrack("done", "llama", "nonsense")
    assert (result.status, result.out) == (1, "")
    assert papers.read_bytes() == before


def test_each_paper_has_its_line_and_several_a_summary(papers: Path, papertrack: Run) -> None:
    assert papers.exists()
    today = datetime.now().astimezone().date()
    assert papertrack("done", "gpt", "llama").out.splitlines() == [
        "GPT is done already, finished on a day that is not recorded",
        f"LLaMA is done, finished {today}",
        "1 of 2 changed",
    ]


def test_a_query_marks_all_it_names(papers: Path, papertrack: Run) -> None:
    assert papers.exists()
    assert papertrack("done", "--all", "lab:Meta", "-year:2023", "--yes").status == 0
    assert _status_of(papertrack, "peer") == "done"
    assert _status_of(papertrack, "llama") == "to-read"


def test_a_query_is_not_carried_out_unasked(papers: Path, papertrack: Run) -> None:
    before = papers.read_bytes()
    result = papertrack("done", "--all", "lab:Meta")
    assert result.status == 2
    assert "--yes" in result.err
    assert "llama" in result.err
    assert papers.read_bytes() == before


def test_what_a_query_names_is_shown_as_it_is(papers: Path, at_terminal: AtTerminal) -> None:
    before = papers.read_bytes()
    status, screen = at_terminal("done", "--all", "lab:Google", typed="n\n")
    assert status == 1
    assert screen.startswith("  t5     done     Exploring the Limits of ")
    assert "\n  lamda  to read  LaMDA: Language Models for Dialog Applications " in screen
    assert papers.read_bytes() == before


def test_a_query_that_names_nothing_says_so(papers: Path, papertrack: Run) -> None:
    assert papers.exists()
    result = papertrack("mark", "dropped", "--all", "year:1950", "--yes")
    assert result == (0, "no paper matches: nothing was changed\n", "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["mark", "maybe", "llama"], "to-read, reading", id="a status"),
        pytest.param(["done", "llama", "--on", "someday"], "someday", id="a day"),
        pytest.param(
            ["mark", "skimmed", "llama", "--on", "-3d"], "skimmed has no day", id="no day to keep"
        ),
        pytest.param(["skim", "llama", "--on", "-3d"], "no option --on", id="no day to give"),
        pytest.param(["start"], "as in papertrack start llama", id="no reference"),
    ],
)
def test_what_does_not_fit_is_named(
    words: list[str], message: str, papers: Path, papertrack: Run
) -> None:
    before = papers.read_bytes()
    result = papertrack(*words)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert papers.read_bytes() == before


def test_a_day_that_is_given_goes_before_the_day_that_is_there(
    papers: Path, papertrack: Run
) -> None:
    papertrack("done", "gpt", "--on", "2018-06-11")
    assert "finished = 2018-06-11\n" in papers.read_text(encoding="utf-8")
    papertrack("done", "gpt", "--on", "2018-07-12")
    assert "finished = 2018-07-12\n" in papers.read_text(encoding="utf-8")
    before = papers.read_bytes()
    assert "already" in papertrack("done", "gpt", "--on", "2018-07-12").out
    assert papers.read_bytes() == before


def test_nothing_is_done_on_a_day_to_come(papers: Path, papertrack: Run) -> None:
    assert papers.exists()
    result = papertrack("done", "llama", "--on", "9999-01-01")
    assert (result.status, result.out) == (2, "")
    assert "still to come" in result.err


@pytest.mark.parametrize(("word", "status"), [("skim", "skimmed"), ("drop", "dropped")])
def test_the_short_verbs_mark(word: str, status: str, papers: Path, papertrack: Run) -> None:
    assert papers.exists()
    result = papertrack(word, "llama", "peer")
    assert (result.status, result.err) == (0, "")
    assert f"LLaMA is {status} now (was to-read)\n" in result.out
    assert _status_of(papertrack, "peer") == status


@pytest.mark.usefixtures("papers")
def test_done_alone_finishes_the_one_that_is_being_read(papertrack: Run) -> None:
    assert papertrack("done").err.startswith("nothing is being read: ")
    papertrack("start", "llama")
    assert papertrack("done").out.startswith("LLaMA is done, finished ")


def test_done_alone_lists_several_that_are_being_read(papers: Path, papertrack: Run) -> None:
    papertrack("start", "llama", "peer")
    before = papers.read_bytes()
    result = papertrack("done")
    assert (result.status, result.out) == (1, "")
    assert result.err.splitlines() == [
        "2 papers are being read: name the one that is done",
        "  llama  LLaMA: Open and Efficient Foundation Language Models",
        "  peer   PEER: A Collaborative Language Model",
    ]
    assert papers.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "out"),
    [
        pytest.param(["start"], "; no longer finished 2023-02-03", id="start"),
        pytest.param(["skim"], "; no longer finished 2023-02-03", id="skim"),
        pytest.param(
            ["mark", "to-read"], "; no longer started 2023-01-02, finished 2023-02-03", id="to-read"
        ),
        pytest.param(["done", "--on", "2024-01-01"], "; no longer finished 2023-02-03", id="again"),
    ],
)
def test_a_day_that_is_lost_is_named(
    words: list[str], out: str, papers: Path, papertrack: Run
) -> None:
    papertrack("start", "llama", "--on", "2023-01-02")
    papertrack("done", "llama", "--on", "2023-02-03")
    assert papertrack(*words, "llama").out.endswith(f"{out}\n")
    papertrack("undo")
    assert papertrack(*words, "llama", "--keep-dates").out.endswith(f"{out} (noted)\n")
    assert "\n2023-02-03: finished\n" in papers.read_text(encoding="utf-8")


def test_no_paper_is_finished_before_it_is_started(papers: Path, papertrack: Run) -> None:
    today = datetime.now().astimezone().date()
    papertrack("start", "llama")
    result = papertrack("done", "llama", "--on", "2020-01-01")
    out = f"LLaMA is done, finished 2020-01-01; no longer started {today}\n"
    assert result == (0, out, "")
    assert "date-order" not in papertrack("check").out
    assert "started = " not in papers.read_text(encoding="utf-8").split('key = "llama"')[1][:500]


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize("words", [["done", "lab:Google"], ["tag", "t5", "lab:Meta", "+x"]])
def test_a_query_where_a_paper_is_named_is_told_of_all(papertrack: Run, words: list[str]) -> None:
    status, out, err = papertrack(*words)
    assert (status, out) == (1, "")
    term = next(word for word in words if ":" in word)
    assert err == (
        f'no paper "{term}": --all takes it as a query, and means every paper that it names\n'
    )
