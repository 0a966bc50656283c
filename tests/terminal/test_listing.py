import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertrack.models import FIELDS, SUBTABLES, Paper
from papertrack.status import Status
from papertrack.terminal import listing
from papertrack.terminal.cells import width_of
from papertrack.terminal.safe import visible
from papertrack.terminal.screen import Screen

LLAMA = Paper(
    key="llama",
    title="LLaMA: Open and Efficient Foundation Language Models",
    lab="Meta",
    venue="facebook research",
    year=2023,
    added=date(2023, 3, 1),
    tags=("llm", "大模型"),
)
SURVEY = Paper(
    key="综述",
    title="大规模语言模型的高效训练：从数据、算法到系统的全面综述，以及未来的展望与挑战",
    lab="智谱",
    status=Status.DONE,
)
BOTH = [LLAMA, SURVEY]
ATTACK = Paper(
    key="attack",
    title="[/b] \x1b]0;pwned\x07 \x9b31m \u202eevil\tand\nnul\x00",
    lab="\x1b[2J",
    venue="\u2066",
)

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
any_paper = st.builds(
    Paper,
    key=any_text,
    title=any_text,
    lab=st.none() | any_text,
    venue=st.none() | any_text,
    year=st.none() | st.integers(1, 9999),
    status=st.sampled_from(Status),
    tags=st.lists(any_text, max_size=2).map(tuple),
)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        pytest.param(
            100,
            """\
key    title                                                       lab   source            status
────────────────────────────────────────────────────────────────────────────────────────────────────
llama  LLaMA: Open and Efficient Foundation Language Models        Meta  facebook          ○ to read
                                                                         research 2023
综述   大规模语言模型的高效训练：从数据、算法到系统的全面综述，以  智谱                    ● done
       及未来的展望与挑战

2 of 13 papers · 1 done · 1 to read  ━━━━━━━━━━━━──────────── 50%
""",
            id="100 columns",
        ),
        pytest.param(
            60,
            """\
key    title                                       status
────────────────────────────────────────────────────────────
llama  LLaMA: Open and Efficient Foundation        ○ to read
       Language Models
       Meta · facebook research 2023
综述   大规模语言模型的高效训练：从数据、算法到系  ● done
       统的全面综述，以及未来的展望与挑战
       智谱

2 of 13 papers · 1 done · 1 to read  ━━━━━━━━━───────── 50%
""",
            id="60 columns",
        ),
        pytest.param(
            40,
            """\
○ to read  llama
  LLaMA: Open and Efficient Foundation
  Language Models
  Meta · facebook research 2023

● done  综述
  大规模语言模型的高效训练：从数据、算法
  到系统的全面综述，以及未来的展望与挑战
  智谱

2 of 13 papers · 1 done · 1 to read
""",
            id="40 columns",
        ),
    ],
)
def test_every_width_has_its_layout(width: int, expected: str) -> None:
    assert listing.shown(BOTH, Screen(width=width), total=13) == expected


def test_an_ascii_terminal_shows_ascii() -> None:
    assert listing.shown([LLAMA], Screen(width=60, signs=False)).isascii()


def test_columns_can_be_chosen() -> None:
    chosen = ["key", "year", "tags", "status"]
    assert listing.shown(BOTH, Screen(width=60), columns=chosen).startswith(
        """\
key    year  tags         status
───────────────────────────────────
llama  2023  llm, 大模型  ○ to read
综述                      ● done
"""
    )
    assert listing.lines(BOTH, columns=[*chosen, "source", "added"]) == (
        "llama\t2023\tllm, 大模型\tto-read\tfacebook research 2023\t2023-03-01\n"
        "综述\t\t\tdone\t\t\n"
    )


def test_an_empty_list_still_says_how_many_there_are() -> None:
    said = "0 of 13 papers (papertrack help query explains queries)\n"
    assert listing.shown([], Screen(), total=13) == said
    assert listing.lines([]) == ""


def test_a_list_without_papers_says_how_to_get_some() -> None:
    assert listing.shown([], Screen(width=100), total=0) == (
        "0 papers: papertrack add TITLE adds one, papertrack import README.md brings many\n"
    )


def test_a_pipe_gets_tab_separated_lines(capsys: pytest.CaptureFixture[str]) -> None:
    listing.papers([*BOTH, ATTACK], total=13)
    assert capsys.readouterr().out == (
        "llama\tto-read\tMeta\tfacebook research 2023\t"
        "LLaMA: Open and Efficient Foundation Language Models\n"
        "综述\tdone\t智谱\t\t"
        "大规模语言模型的高效训练：从数据、算法到系统的全面综述，以及未来的展望与挑战\n"
        "attack\tto-read\t\x1b[2J\t\u2066\t"
        "[/b] \x1b]0;pwned\x07 \x9b31m \u202eevil and nul\x00\n"
    )


def test_a_terminal_gets_the_table(at_terminal: Callable[..., tuple[Any, Any]]) -> None:
    out, _ = at_terminal(width=60)
    listing.papers([ATTACK], total=13)
    assert out.text == listing.shown([ATTACK], Screen(width=60, colours=True), total=13)
    assert r"\x1b[2J" in out.text


def test_json_has_every_field_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    listing.papers_json([LLAMA, ATTACK])
    out = capsys.readouterr().out
    first, second = json.loads(out)
    assert list(first) == [*FIELDS, *SUBTABLES]
    assert first == {
        "key": "llama",
        "name": None,
        "title": "LLaMA: Open and Efficient Foundation Language Models",
        "authors": [],
        "lab": "Meta",
        "venue": "facebook research",
        "year": 2023,
        "doi": None,
        "arxiv": None,
        "links": [],
        "tags": ["llm", "大模型"],
        "status": "to-read",
        "priority": None,
        "added": "2023-03-01",
        "started": None,
        "finished": None,
        "summary": None,
        "notes": None,
        "columns": {},
        "bibtex": {},
    }
    assert second["title"] == ATTACK.title
    assert "大模型" in out


def test_json_of_nothing_is_an_empty_array(capsys: pytest.CaptureFixture[str]) -> None:
    listing.papers_json([])
    assert capsys.readouterr().out == "[]\n"


@given(papers=st.lists(any_paper, max_size=3), width=st.sampled_from([22, 40, 60, 88, 120]))
@settings(max_examples=60)
def test_a_terminal_sees_no_control_and_no_line_too_wide(papers: list[Paper], width: int) -> None:
    for columns in ((), ("key", "tags", "source")):
        screen = Screen(width=width, colours=True)
        coloured = listing.shown(papers, screen, columns=columns, total=99)
        text = re.sub(r"\x1b\[[0-9;]+m", "", coloured)
        assert text == listing.shown(papers, Screen(width=width), columns=columns, total=99)
        assert all(visible(line) == line for line in text.split("\n"))
        assert max(map(width_of, text.split("\n"))) <= width


@given(st.lists(any_paper, max_size=4))
def test_a_pipe_gets_one_line_of_five_values_a_paper(papers: list[Paper]) -> None:
    lines = listing.lines(papers).splitlines()
    assert len(lines) == len(papers)
    assert all(line.count("\t") == 4 for line in lines)


@given(papers=st.lists(any_paper, max_size=3))
def test_json_at_a_terminal_is_the_same_value(papers: list[Paper]) -> None:
    shown = _json_at_a_terminal(papers)
    assert all(visible(line) == line for line in shown.split("\n"))
    assert [entry["title"] for entry in json.loads(shown)] == [paper.title for paper in papers]


def _json_at_a_terminal(papers: list[Paper]) -> str:
    from papertrack.terminal import as_json  # what listing imports lazily

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(as_json, "is_terminal", lambda _: True)
        return as_json.dumped(papers)


def test_a_list_in_a_pipe_needs_no_rich() -> None:
    code = (
        "import sys; from papertrack.models import Paper; from papertrack.terminal import listing;"
        "listing.papers([Paper(key='a', title='b')]); listing.papers_json([]);"
        "sys.exit('rich' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
