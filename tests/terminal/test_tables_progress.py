import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.commands import stats as charts
from papertrack.models import Paper
from papertrack.statistics import Share, by_lab
from papertrack.status import Status
from papertrack.terminal.console import width_of
from papertrack.terminal.tables import bar, progress
from screens import acting, lines_of, screen_of

LABS: dict[str, Sequence[str]] = {"OpenAI": (), "Meta": ("Facebook", "FAIR"), "DeepMind": ()}
PAPERS = [
    Paper(key="gpt", title="GPT", lab="OpenAI", status=Status.DONE),
    Paper(key="gpt-2", title="GPT-2", lab="OpenAI", status=Status.DONE),
    Paper(key="llama", title="LLaMA", lab="FAIR"),
    Paper(key="peer", title="PEER", lab="Meta", status=Status.READING),
]
LIST = {Status.DONE: 4, Status.TO_READ: 9}


def test_a_list_closes_with_its_progress() -> None:
    expected = "13 papers · 4 done · 9 to read  ━━━━━━━━━───────────────────── 31%"
    assert progress(LIST, screen_of()).plain == expected


def test_progress_reads_in_ascii() -> None:
    expected = "13 papers, 4 done, 9 to read  #########--------------------- 31%"
    assert progress(LIST, screen_of(signs=False)).plain == expected


@pytest.mark.parametrize(
    ("counts", "of", "expected"),
    [
        ({Status.DONE: 1}, None, "1 paper · 1 done"),
        ({Status.DONE: 1}, 13, "1 of 13 papers · 1 done"),
        ({Status.DONE: 2}, 2, "2 papers · 2 done"),
        ({}, 1, "0 of 1 paper"),
        ({}, 0, "0 papers"),
        ({Status.TO_READ: 12345}, None, "12,345 papers · 12,345 to read"),
    ],
)
def test_numbers_agree_with_their_words(
    counts: dict[Status, int], of: int | None, expected: str
) -> None:
    assert progress(counts, screen_of(40), of=of).plain.partition("  ")[0] == expected


@pytest.mark.parametrize("width", range(22, 120))
def test_progress_keeps_to_the_screen(width: int) -> None:
    counts = dict.fromkeys(Status, 1234)
    lines = progress(counts, screen_of(width), of=10_000).plain.split("\n")
    assert max(map(width_of, lines)) <= width


@pytest.mark.parametrize("done", range(14))
def test_a_bar_has_its_width_and_is_full_only_at_the_end(done: int) -> None:
    drawn = bar({Status.DONE: done, Status.TO_READ: 13 - done}, 10, screen_of()).plain
    assert len(drawn) == 10
    assert (drawn == "━" * 10) is (done == 13)


def test_labs_are_shown_with_their_other_names() -> None:
    shares = [*by_lab(PAPERS, LABS), Share(None, {Status.TO_READ: 1})]
    screen = screen_of(70)
    assert lines_of(charts.bars(shares, screen, without="no lab", others=LABS), screen) == [
        "OpenAI    ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  2 of 2",
        "Meta      ╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍───────────────  0 of 2  Facebook, FAIR",
        "DeepMind                                    none",
        "no lab    ──────────────────────────────  0 of 1",
    ]
    screen = screen_of(40)
    assert lines_of(charts.bars(shares[:3], screen, others=LABS), screen) == [
        "OpenAI    ━━━━━━━━━━━━━━━━━━━━━━  2 of 2",
        "Meta      ╍╍╍╍╍╍╍╍╍╍╍───────────  0 of 2",
        "  Facebook, FAIR",
        "DeepMind                            none",
    ]


def test_labs_in_a_pipe_are_lines(capsys: pytest.CaptureFixture[str]) -> None:
    charts.show_shares(by_lab(PAPERS, LABS), "lab", LABS, of_all=True, paged=False)
    assert capsys.readouterr().out == (
        "OpenAI\t2\t0\t0\t0\t2\t0\t\nMeta\t2\t1\t1\t0\t0\t0\tFacebook, FAIR\n"
        "DeepMind\t0\t0\t0\t0\t0\t0\t\n"
    )


def test_labs_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    shares = by_lab(PAPERS, LABS)[1:2]
    charts.show_shares(shares, "lab", LABS, of_all=True, paged=False, as_json=True)
    assert json.loads(capsys.readouterr().out) == [
        {
            "lab": "Meta", "papers": 2, "to-read": 1, "reading": 1, "skimmed": 0, "done": 0,
            "dropped": 0, "others": ["Facebook", "FAIR"],
        }
    ]  # fmt: skip


def test_a_terminal_gets_bars(at_terminal: Callable[..., tuple[Any, Any]]) -> None:
    out, _ = at_terminal(width=60)
    charts.show_shares([], "tag", of_all=True, paged=False)
    charts.show_shares([Share("rl", {Status.DONE: 1})], "tag", of_all=True, paged=False)
    assert out.text.startswith("0 tags: papertrack tag REFERENCE +TAG gives a paper one")
    assert "\nrl  \x1b[32m━" in out.text


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(
    shares=st.lists(st.builds(Share, any_text, st.just({Status.DONE: 1})), max_size=3),
    names=st.lists(any_text, max_size=2),
    width=st.sampled_from([30, 60, 120]),
)
def test_a_terminal_sees_no_control_and_no_line_too_wide(
    shares: list[Share], names: list[str], width: int
) -> None:
    screen = screen_of(width, colours=True)
    others = {share.name or "": names for share in shares}
    lines = lines_of(charts.bars(shares, screen, others=others), screen)
    assert acting(lines) == []
    assert max(map(width_of, lines), default=0) <= width
