import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertrack.models import Paper
from papertrack.stats import Share, by_lab, figures
from papertrack.status import Status
from papertrack.terminal import charts
from papertrack.terminal.cells import width_of
from papertrack.terminal.safe import visible
from papertrack.terminal.screen import Screen

TODAY = date(2026, 11, 22)
LABS: dict[str, Sequence[str]] = {"OpenAI": (), "Meta": ("Facebook", "FAIR"), "DeepMind": ()}
PAPERS = [
    Paper(key="gpt", title="GPT", lab="OpenAI", status=Status.DONE),
    Paper(
        key="gpt-2",
        title="GPT-2",
        lab="OpenAI",
        status=Status.DONE,
        added=date(2026, 10, 1),
        finished=date(2026, 11, 1),
        tags=("llm",),
    ),
    Paper(key="llama", title="LLaMA", lab="FAIR", added=date(2025, 11, 22), tags=("llm", "大模型")),
    Paper(key="peer", title="PEER", lab="Meta", status=Status.READING, added=date(2026, 11, 1)),
]
FIGURES = figures(PAPERS, TODAY, LABS)


def test_a_person_sees_progress_and_pace() -> None:
    assert (
        charts.shown(FIGURES, Screen(width=60))
        == """\
4 papers · 2 done · 1 reading · 1 to read  ━━━━━━╍╍╍─── 50%

Labs
OpenAI  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  2 of 2
Meta    ╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍───────────────  0 of 2

Tags
llm     ━━━━━━━━━━━━━━━───────────────  1 of 2
大模型  ──────────────────────────────  0 of 1

Read per month
2026-10                                  0  1 added
2026-11  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  1  1 added

Read per year
2025                                  0  1 added
2026  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  1  2 added

In 90 days the pile grew by 1: 2 added, 1 finished.
Papers to read have waited for 12 months (median); longest
llama, for 12 months.
From added to finished it took 4 weeks (median).
1 paper was finished on a day that is not recorded.
"""
    )


def test_an_empty_list_has_no_pictures() -> None:
    assert charts.shown(figures([], TODAY), Screen(width=100)) == (
        "0 papers: papertrack add TITLE adds one, papertrack import README.md brings many\n"
    )


def test_figures_of_a_query_that_matches_nothing_say_so() -> None:
    shown = charts.shown(figures([], TODAY), Screen(), of=13)
    assert shown == "0 of 13 papers (papertrack help query explains queries)\n"


def test_figures_of_some_papers_say_of_how_many() -> None:
    assert charts.shown(FIGURES, Screen(), of=13).startswith("4 of 13 papers · ")


def test_many_tags_are_shown_in_part() -> None:
    papers = [Paper(key=str(n), title=str(n), tags=(f"tag {n}",)) for n in range(20)]
    shown = charts.shown(figures(papers, TODAY), Screen())
    assert "tag 11" in shown
    assert "tag 12" not in shown
    assert "and 8 more: papertrack tags\n" in shown


def test_a_pipe_gets_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    charts.stats(FIGURES)
    lines = capsys.readouterr().out.splitlines()
    for line in (
        "papers\tall\t4",
        "status\tto-read\t1",
        "status\tdropped\t0",
        "lab\tOpenAI\t2\t2",
        "tag\t大模型\t1\t0",
        "month\t2026-11\t1\t1",
        "year\t2025\t1\t0",
        "lately\t90 days\t2\t1",
        "waiting\tdays\t365\t365",
        "read\tdays\t31\t31",
    ):
        assert line in lines


def test_json_has_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    charts.stats_json(FIGURES)
    found = json.loads(capsys.readouterr().out)
    assert (found["papers"], found["done"], found["to-read"]) == (4, 2, 1)
    assert found["labs"][0] == {
        "lab": "OpenAI", "papers": 2, "to-read": 0, "reading": 0, "skimmed": 0, "done": 2,
        "dropped": 0,
    }  # fmt: skip
    assert found["months"][-1] == {"period": "2026-11", "added": 1, "finished": 1}
    assert found["waiting_days"] == {"papers": 1, "median": 365, "longest": 365}


def test_json_of_nothing_has_null_for_what_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    charts.stats_json(figures([], TODAY))
    assert json.loads(capsys.readouterr().out)["waiting_days"] is None


def test_labs_are_shown_with_their_other_names() -> None:
    shares = [*by_lab(PAPERS, LABS), Share(None, {Status.TO_READ: 1})]
    assert charts.bars(shares, Screen(width=70), without="no lab", others=LABS) == [
        "OpenAI    ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  2 of 2",
        "Meta      ╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍───────────────  0 of 2  Facebook, FAIR",
        "DeepMind                                    none",
        "no lab    ──────────────────────────────  0 of 1",
    ]
    assert charts.bars(shares[1:2], Screen(width=40), others=LABS)[1] == "  Facebook, FAIR"


def test_labs_in_a_pipe_are_lines(capsys: pytest.CaptureFixture[str]) -> None:
    charts.shares(by_lab(PAPERS, LABS), "lab", others=LABS)
    assert capsys.readouterr().out == (
        "OpenAI\t2\t0\t0\t0\t2\t0\t\nMeta\t2\t1\t1\t0\t0\t0\tFacebook, FAIR\n"
        "DeepMind\t0\t0\t0\t0\t0\t0\t\n"
    )


def test_labs_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    charts.shares_json(by_lab(PAPERS, LABS)[1:2], "lab", others=LABS)
    assert json.loads(capsys.readouterr().out) == [
        {
            "lab": "Meta", "papers": 2, "to-read": 1, "reading": 1, "skimmed": 0, "done": 0,
            "dropped": 0, "others": ["Facebook", "FAIR"],
        }
    ]  # fmt: skip


def test_a_terminal_gets_the_pictures(at_terminal: Callable[..., tuple[Any, Any]]) -> None:
    out, _ = at_terminal(width=60)
    charts.shares([], "tag")
    charts.shares([Share("rl", {Status.DONE: 1})], "tag")
    charts.stats(FIGURES)
    assert out.text.startswith("0 tags: papertrack edit REFERENCE --add-tag TAG gives a\npaper one")
    assert "\nrl  \x1b[32m━" in out.text
    assert out.text.endswith(charts.shown(FIGURES, Screen(width=60, colours=True)))


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(
    papers=st.lists(
        st.builds(
            Paper,
            key=any_text,
            title=any_text,
            name=any_text,
            lab=st.none() | any_text,
            tags=st.lists(any_text, max_size=2).map(tuple),
            status=st.sampled_from(Status),
            added=st.none() | st.dates(date(2024, 1, 1), TODAY),
            finished=st.none() | st.dates(date(2024, 1, 1), TODAY),
        ),
        max_size=4,
    ),
    width=st.sampled_from([30, 60, 120]),
)
@settings(max_examples=60)
def test_a_terminal_sees_no_control_and_no_line_too_wide(papers: list[Paper], width: int) -> None:
    screen = Screen(width=width, colours=True)
    others = {paper.lab or "": (paper.title,) for paper in papers}
    text = charts.shown(figures(papers, TODAY), screen)
    text += "\n".join(charts.bars(by_lab(papers, {}), screen, others=others))
    lines = re.sub(r"\x1b\[[0-9;]+m", "", text).split("\n")
    assert all(visible(line) == line for line in lines)
    assert max(map(width_of, lines)) <= width
