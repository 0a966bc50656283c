import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.dom import minidom

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commandline import AtTerminal, Run
from papertrack.commands import stats as charts
from papertrack.models import Paper
from papertrack.statistics import figures
from papertrack.status import Status
from papertrack.terminal.console import width_of
from screens import acting, lines_of, screen_of

CATALOGUE = """\
title = "大模型 <papers>"

[labs]
Meta = ["Facebook"]

[[paper]]
key = "gpt-3"
title = "Few-Shot Learners"
lab = "OpenAI"
status = "done"
finished = 2023-03-01

[[paper]]
key = "peer"
title = "PEER"
lab = "Facebook"
tags = ["editing"]
"""


@pytest.fixture(autouse=True)
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_a_pipe_gets_the_figures(papertrack: Run) -> None:
    result = papertrack("stats")
    assert (result.status, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == "papers\tall\t2"
    assert {"lab\tMeta\t1\t0", "tag\tediting\t1\t0", "year\t2023\t0\t1"} <= set(lines)


def test_a_query_chooses_the_papers(papertrack: Run) -> None:
    assert papertrack("stats", "lab:meta").out.startswith("papers\tall\t1\n")
    assert papertrack("stats", "--status", "done", "--json").out.count('"lab"') == 1


def test_json_is_one_object(papertrack: Run) -> None:
    assert json.loads(papertrack("stats", "--json").out)["papers"] == 2


def test_the_picture_is_written_once(papertrack: Run, folder: Path) -> None:
    path = folder / "progress.svg"
    assert papertrack("stats", "--svg", "progress.svg") == (0, "progress.svg written\n", "")
    title = minidom.parse(str(path)).getElementsByTagName("text")[0]  # noqa: S318 - just written
    assert isinstance(title.firstChild, minidom.Text)
    assert title.firstChild.data == "大模型 <papers>"
    time = path.stat().st_mtime_ns
    assert papertrack("stats", "--svg", "progress.svg").out == "progress.svg is unchanged\n"
    assert path.stat().st_mtime_ns == time


def test_a_picture_nowhere_is_trouble(papertrack: Run) -> None:
    result = papertrack("stats", "--svg", "no-folder/progress.svg")
    assert (result.status, result.out) == (2, "")
    assert "no-folder" in result.err


def test_the_picture_never_takes_the_place_of_the_catalogue(papertrack: Run, folder: Path) -> None:
    [path] = folder.rglob("papers.toml")
    before = path.read_bytes()
    result = papertrack("stats", "--svg", str(path))
    assert (result.status, result.out) == (2, "")
    assert "is the catalogue itself: name another file" in result.err
    assert path.read_bytes() == before


def test_a_file_that_the_picture_replaced_is_brought_back(papertrack: Run, folder: Path) -> None:
    readme = folder / "README.md"
    readme.write_text("years of work")
    result = papertrack("stats", "--svg", "README.md")
    assert (result.status, result.out) == (1, "")
    refusal = "README.md: not made by papertrack: give another name, or --replace\n"
    assert result.err == refusal
    assert readme.read_text() == "years of work"
    assert papertrack("stats", "--svg", "README.md", "--replace").status == 0
    assert readme.read_text().startswith("<svg")
    assert papertrack("history").out.split("\t")[3:] == [
        "stats --svg README.md --replace",
        "README.md\n",
    ]
    assert papertrack("undo").out == "undone: stats --svg README.md --replace (README.md)\n"
    assert readme.read_text() == "years of work"


def test_a_file_whose_block_papertrack_filled_is_left_alone(papertrack: Run, folder: Path) -> None:
    readme = folder / "README.md"
    readme.write_text("years of work\n\n<!-- papertrack:begin -->\n<!-- papertrack:end -->\n")
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    before = readme.read_bytes()
    for words in (["stats", "--svg"], ["export", "--as", "csv", "--into"]):
        result = papertrack(*words, "README.md")
        assert result.err == "README.md: not made by papertrack: give another name, or --replace\n"
    assert readme.read_bytes() == before


def test_a_person_is_refused_another_file_too(at_terminal: AtTerminal, folder: Path) -> None:
    readme = folder / "README.md"
    readme.write_text("years of work")
    assert at_terminal("stats", "--svg", "README.md").status == 1
    assert readme.read_text() == "years of work"


def test_its_own_picture_is_drawn_anew_unasked(papertrack: Run, folder: Path) -> None:
    (folder / "empty.svg").touch()
    for name in ("new.svg", "empty.svg"):
        assert papertrack("stats", "--svg", name).status == 0
        papertrack("mark", "dropped" if name == "new.svg" else "skimmed", "peer")
        assert papertrack("stats", "--svg", name).out == f"{name} written\n"


TODAY = date(2026, 11, 22)
LABS: dict[str, Sequence[str]] = {"OpenAI": (), "Meta": ("Facebook", "FAIR"), "DeepMind": ()}
LIST = [
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
FIGURES = figures(LIST, TODAY, LABS)


def test_a_person_sees_progress_and_pace() -> None:
    screen = screen_of(60)
    assert (
        "\n".join([*lines_of(charts.layout(FIGURES, screen), screen), ""])
        == """\
4 papers · 2 done · 1 reading · 1 to read  ━━━━━━╍╍╍─── 50%

Labs
OpenAI   ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  2 of 2
Meta     ╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍───────────────  0 of 2

Tags
llm      ━━━━━━━━━━━━━━━───────────────  1 of 2
大模型   ──────────────────────────────  0 of 1

Read per month
2026-10                                  0  1 added
2026-11  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  1  1 added

Read per year
2025                                     0  1 added
2026     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  1  2 added

In 90 days the pile grew by 1: 2 added, 1 finished.
Papers to read have waited for 12 months (median); longest
llama, for 12 months.
From added to finished it took 4 weeks (median).
"""
    )


def test_an_empty_list_has_no_pictures() -> None:
    screen = screen_of(100)
    assert lines_of(charts.layout(figures([], TODAY), screen), screen) == [
        "0 papers: papertrack add LINK or TITLE adds one, or papertrack import README.md"
    ]


def test_figures_of_a_query_that_matches_nothing_say_so() -> None:
    screen = screen_of()
    assert lines_of(charts.layout(figures([], TODAY), screen, of=13), screen) == [
        "0 of 13 papers (papertrack help query explains queries)"
    ]


def test_figures_of_some_papers_say_of_how_many() -> None:
    screen = screen_of()
    assert lines_of(charts.layout(FIGURES, screen, of=13), screen)[0].startswith(
        "4 of 13 papers · "
    )


def test_many_tags_are_shown_in_part() -> None:
    papers = [Paper(key=str(n), title=str(n), tags=(f"tag {n}",)) for n in range(20)]
    screen = screen_of()
    lines = lines_of(charts.layout(figures(papers, TODAY), screen), screen)
    names = [line.partition("  ")[0] for line in lines]
    assert "tag 11" in names
    assert "tag 12" not in names
    assert "and 8 more: papertrack tags" in lines


def test_a_pipe_gets_every_figure() -> None:
    lines = charts.lines(FIGURES).splitlines()
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


def test_json_has_every_figure() -> None:
    numbers: dict[str, Any] = charts.data(FIGURES)
    assert (numbers["papers"], numbers["done"], numbers["to-read"]) == (4, 2, 1)
    assert numbers["labs"][0] == {
        "lab": "OpenAI", "papers": 2, "to-read": 0, "reading": 0, "skimmed": 0, "done": 2,
        "dropped": 0,
    }  # fmt: skip
    assert numbers["months"][-1] == {"period": "2026-11", "added": 1, "finished": 1}
    assert numbers["waiting_days"] == {"papers": 1, "median": 365, "longest": 365}


def test_json_of_nothing_has_null_for_what_is_unknown() -> None:
    assert charts.data(figures([], TODAY))["waiting_days"] is None


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.slow
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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_terminal_sees_no_control_and_no_line_too_wide(papers: list[Paper], width: int) -> None:
    screen = screen_of(width, colours=True)
    lines = lines_of(charts.layout(figures(papers, TODAY), screen), screen)
    assert acting(lines) == []
    assert max(map(width_of, lines)) <= width
