import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commandline import Run
from papertrack.commands import next as advice
from papertrack.models import Paper
from papertrack.next_up import Like, Suggestion
from papertrack.status import Status
from papertrack.terminal.console import width_of
from screens import acting, lines_of, screen_of

CATALOGUE = """\
[[paper]]
key = "gpt-3"
title = "Few-Shot Learners"
lab = "OpenAI"
status = "done"
finished = 2023-03-01

[[paper]]
key = "peer"
title = "PEER"
lab = "Meta"

[[paper]]
key = "webgpt"
title = "WebGPT"
lab = "OpenAI"
tags = ["rlhf"]

[[paper]]
key = "t5"
title = "T5"
priority = 4

[[paper]]
key = "llama"
title = "LLaMA"
status = "reading"
"""


@pytest.fixture(autouse=True)
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def keys(out: str) -> list[str]:
    return [line.partition("\t")[0] for line in out.splitlines()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["llama", "webgpt", "peer"]),
        (["9"], ["llama", "webgpt", "peer", "t5"]),
        (["2", "lab:Meta,OpenAI"], ["webgpt", "peer"]),
        (["-n", "9"], ["llama", "webgpt", "peer", "t5"]),
        (["--number", "1", "-lab:Meta"], ["llama"]),
        (["lab:Meta,OpenAI"], ["webgpt", "peer"]),
        (["--tag", "rlhf"], ["webgpt"]),
    ],
)
def test_what_to_read_comes_in_order(
    papertrack: Run, words: list[str], expected: list[str]
) -> None:
    result = papertrack("next", *words)
    assert (result.status, result.err) == (0, "")
    assert keys(result.out) == expected


def test_why_is_a_column_more(papertrack: Run) -> None:
    lines = papertrack("next", "--why", "-n", "2").out.splitlines()
    assert lines[0] == "llama\treading\t\t\tLLaMA\tbegun already"
    assert lines[1].startswith("webgpt\tto-read\tOpenAI\t\tWebGPT\tOpenAI like gpt-3, read ")


def test_the_same_seed_draws_the_same(papertrack: Run) -> None:
    one = papertrack("next", "--random", "--seed", "7", "-n", "2")
    assert one == papertrack("next", "--random", "--seed", "7", "-n", "2")
    assert (one.status, len(keys(one.out)), one.err) == (0, 2, "picked with --seed 7\n")


def test_a_draw_says_its_seed(papertrack: Run) -> None:
    one = papertrack("next", "--random", "-n", "4")
    seed = one.err.split()[-1]
    assert papertrack("next", "--seed", seed, "-n", "4") == one


def test_json_tells_why(papertrack: Run) -> None:
    suggestions = json.loads(papertrack("next", "--json").out)
    assert [(it["key"], it["priority"]) for it in suggestions] == [
        ("llama", None),
        ("webgpt", None),
        ("peer", None),
    ]
    assert suggestions[0]["why"] == ["begun already"]


def test_nothing_to_read_is_an_empty_answer(papertrack: Run) -> None:
    assert papertrack("next", "status:done") == (0, "", "")


def test_a_number_below_one_is_bad_usage(papertrack: Run) -> None:
    result = papertrack("next", "-n", "0")
    assert (result.status, result.out) == (2, "")
    assert result.err == '-n "0" is not a number of papers, 1 or more: write -n 5\n'


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["status:done"], "nothing is left to read: ", id="all are read"),
        pytest.param(["year:1950"], "0 of 5 papers (", id="none matches"),
    ],
)
def test_a_person_is_told_why_there_is_nothing(
    words: list[str], message: str, at_terminal: Callable[..., tuple[int, str]]
) -> None:
    status, screen = at_terminal("next", *words, "--random")
    assert (status, screen.startswith(message)) == (0, True)


def test_a_person_with_an_empty_list_is_told_how_to_fill_it(
    catalogue: Path, at_terminal: Callable[..., tuple[int, str]]
) -> None:
    catalogue.write_text("", encoding="utf-8")
    for command in ("list", "next", "stats", "triage"):
        assert at_terminal(command)[1].startswith("0 papers: papertrack add LINK or TITLE"), command


def test_a_number_given_twice_is_refused(papertrack: Run) -> None:
    result = papertrack("next", "5", "-n", "4")
    assert (result.status, result.out) == (2, "")
    assert "give one number" in result.err


TODAY = date(2026, 11, 22)
GPT_3 = Paper(key="gpt-3", title="Few-Shot", name="GPT-3", finished=TODAY - timedelta(days=3))
LLAMA = Paper(
    key="llama",
    title="LLaMA: Open and Efficient Foundation Language Models",
    lab="Meta",
    year=2023,
    priority=1,
)
WAITS = Suggestion(LLAMA, waited_days=100, like=(Like("llm", GPT_3),))
BEGUN = Suggestion(Paper(key="t5", title="T5", status=Status.READING), begun=True, begun_days=1)


@pytest.mark.parametrize(
    ("suggestion", "expected"),
    [
        (WAITS, "priority 1; waiting for 3 months; llm like GPT-3, read 3 days ago"),
        (BEGUN, "begun yesterday"),
        (BEGUN._replace(begun_days=None), "begun already"),
        (BEGUN._replace(drawn=9), "picked at random from 9; begun yesterday"),
        (Suggestion(GPT_3, waited_days=0), "added today"),
        (Suggestion(GPT_3), "next in the list"),
    ],
)
def test_why_tells_all_reasons_in_one_line(suggestion: Suggestion, expected: str) -> None:
    screen = screen_of(100)
    lines = lines_of(advice.layout([suggestion], screen, TODAY, why=True), screen)
    assert lines[2:] == [f"   {expected}"]


def test_a_person_sees_the_first_reason() -> None:
    screen = screen_of(60)
    assert lines_of(advice.layout([BEGUN, WAITS], screen, TODAY, left=9), screen) == [
        "1  T5",
        "   ◐ reading · t5",
        "   begun yesterday",
        "",
        "2  LLaMA: Open and Efficient Foundation Language Models",
        "   ○ to read · llama · Meta · 2023",
        "   priority 1",
        "",
        "7 more to read",
    ]


def test_nothing_left_is_said() -> None:
    screen = screen_of()
    assert lines_of(advice.layout([], screen, TODAY, left=0), screen) == [
        "nothing is left to read: all of them are done, skimmed or dropped"
    ]
    assert lines_of(advice.layout([], screen, TODAY, nothing="no paper"), screen) == ["no paper"]


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
any_paper = st.builds(Paper, key=any_text, title=any_text, lab=st.none() | any_text)


@given(paper=any_paper, like=st.builds(Like, any_text, any_paper), width=st.sampled_from([22, 60]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_terminal_sees_no_control_and_no_line_too_wide(
    paper: Paper, like: Like, width: int
) -> None:
    screen = screen_of(width, colours=True)
    parts = advice.layout([Suggestion(paper, like=(like,))], screen, TODAY, why=True, left=5)
    lines = lines_of(parts, screen)
    assert acting(lines) == []
    assert max(map(width_of, lines)) <= width
