import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertrack.models import Paper
from papertrack.next_up import Like, Suggestion
from papertrack.status import Status
from papertrack.terminal import advice
from papertrack.terminal.cells import width_of
from papertrack.terminal.safe import visible
from papertrack.terminal.screen import Screen

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
        (BEGUN._replace(drawn=9), "drawn by lot from 9; begun yesterday"),
        (Suggestion(GPT_3, waited_days=0), "added today"),
        (Suggestion(GPT_3), "next in the order of the list"),
        (Suggestion(GPT_3, undated=True), "waiting since a day that is not recorded"),
    ],
)
def test_the_reasons_are_one_line(suggestion: Suggestion, expected: str) -> None:
    assert advice.reasons(suggestion, TODAY) == expected


def test_a_person_sees_the_first_reason() -> None:
    assert advice.shown([BEGUN, WAITS], Screen(width=60), TODAY, left=9) == (
        "1  T5\n"
        "   ◐ reading · t5\n"
        "   begun yesterday\n"
        "\n"
        "2  LLaMA: Open and Efficient Foundation Language Models\n"
        "   ○ to read · llama · Meta · 2023\n"
        "   priority 1\n"
        "\n"
        "7 more to read\n"
    )


def test_why_tells_them_all() -> None:
    shown = advice.shown([WAITS], Screen(width=100), TODAY, why=True)
    assert "priority 1; waiting for 3 months; llm like GPT-3, read 3 days ago\n" in shown


def test_nothing_left_is_said() -> None:
    said = advice.shown([], Screen(), TODAY, left=0)
    assert said == "nothing is left to read: all of them are done, skimmed or dropped\n"
    assert advice.shown([], Screen(), TODAY, nothing="no paper") == "no paper\n"


@pytest.mark.parametrize(("why", "column"), [(False, ""), (True, "\tbegun yesterday")])
def test_a_pipe_gets_the_columns_of_a_list(
    capsys: pytest.CaptureFixture[str],
    why: bool,  # noqa: FBT001 - a column of the table
    column: str,
) -> None:
    advice.suggestions([BEGUN], TODAY, why=why)
    assert capsys.readouterr().out == f"t5\treading\t\t\tT5{column}\n"


def test_a_terminal_gets_the_list(at_terminal: Callable[..., tuple[Any, Any]]) -> None:
    out, _ = at_terminal(width=60)
    advice.suggestions([BEGUN], TODAY, left=1)
    assert out.text == advice.shown([BEGUN], Screen(width=60, colours=True), TODAY, left=1)


def test_json_has_the_paper_and_its_why(capsys: pytest.CaptureFixture[str]) -> None:
    advice.suggestions_json([WAITS], TODAY)
    [entry] = json.loads(capsys.readouterr().out)
    assert (entry["key"], entry["why"]) == ("llama", advice.reasons(WAITS, TODAY))
    assert (entry["tags"], entry["added"], entry["status"]) == ([], None, "to-read")


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
any_paper = st.builds(Paper, key=any_text, title=any_text, lab=st.none() | any_text)


@given(paper=any_paper, like=st.builds(Like, any_text, any_paper), width=st.sampled_from([22, 60]))
@settings(max_examples=60)
def test_a_terminal_sees_no_control_and_no_line_too_wide(
    paper: Paper, like: Like, width: int
) -> None:
    found = [Suggestion(paper, like=(like,))]
    shown = advice.shown(found, Screen(width=width, colours=True), TODAY, why=True, left=5)
    lines = re.sub(r"\x1b\[[0-9;]+m", "", shown).split("\n")
    assert all(visible(line) == line for line in lines)
    assert max(map(width_of, lines)) <= width
