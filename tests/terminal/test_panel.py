import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertrack.models import Paper
from papertrack.terminal import panel
from papertrack.terminal.cells import width_of
from papertrack.terminal.safe import visible
from papertrack.terminal.screen import Screen

LLAMA = Paper(
    key="llama",
    title="LLaMA: Open and Efficient Foundation Language Models",
    lab="Meta",
    year=2023,
    arxiv="2302.13971",
    links=("https://example.org/a", "https://example.org/b"),
    added=date(2023, 3, 1),
    summary="Meta的LLaMA模型：\n1 参数更小；\n",
    notes="https://mp.weixin.qq.com/s/MbZT",
)
WHERE = "data/papers.toml:37"


def test_a_person_sees_every_known_field() -> None:
    assert (
        panel.shown(LLAMA, Screen(width=44), where=WHERE)
        == """\
╭─ llama ──────────────────────────────────╮
│ LLaMA: Open and Efficient Foundation     │
│ Language Models                          │
│                                          │
│ status    ○ to read                      │
│ lab       Meta                           │
│ year      2023                           │
│ arxiv     2302.13971                     │
│ links     https://example.org/a          │
│           https://example.org/b          │
│ added     2023-03-01                     │
│                                          │
│ summary                                  │
│ Meta的LLaMA模型：                        │
│ 1 参数更小；                             │
│                                          │
│ notes                                    │
│ https://mp.weixin.qq.com/s/MbZT          │
╰──────────────────── data/papers.toml:37 ─╯
"""
    )


def test_links_can_be_clicked() -> None:
    shown = panel.shown(LLAMA, Screen(width=60, colours=True))
    clicked = re.findall(r"\x1b\]8;id=\d+;(\S+?)\x1b\\", shown)
    assert clicked == [
        "https://arxiv.org/abs/2302.13971",
        "https://example.org/a",
        "https://example.org/b",
        "https://mp.weixin.qq.com/s/MbZT",
    ]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "not a link", "https://a b", "http"]
)
def test_only_addresses_of_the_web_can_be_clicked(link: str) -> None:
    paper = Paper(key="a", title="b", links=(link,))
    assert "]8;" not in panel.shown(paper, Screen(width=60, colours=True))


def test_a_pipe_gets_a_field_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    panel.paper(LLAMA.model_copy(update={"title": "two\nlines"}), where=WHERE)
    assert capsys.readouterr().out == (
        "key\tllama\ntitle\ttwo lines\nlab\tMeta\nyear\t2023\narxiv\t2302.13971\n"
        "links\thttps://example.org/a\nlinks\thttps://example.org/b\nstatus\tto-read\n"
        "added\t2023-03-01\nsummary\tMeta的LLaMA模型：\nsummary\t1 参数更小；\n"
        f"notes\thttps://mp.weixin.qq.com/s/MbZT\nwhere\t{WHERE}\n"
    )


def test_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    panel.paper_json(LLAMA)
    assert json.loads(capsys.readouterr().out)["summary"] == LLAMA.summary


def test_a_terminal_gets_the_panel(at_terminal: Callable[..., tuple[Any, Any]]) -> None:
    out, _ = at_terminal(width=60)
    panel.paper(LLAMA.model_copy(update={"title": "[/b] \x1b[2J"}))
    assert r"[/b] \x1b[2J" in out.text


def test_an_ascii_terminal_gets_an_ascii_panel() -> None:
    paper = Paper(key="a", title="b", notes="c")
    assert panel.shown(paper, Screen(width=40, signs=False)).isascii()


any_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(
    paper=st.builds(
        Paper,
        key=any_text,
        title=any_text,
        doi=st.none() | any_text,
        arxiv=st.none() | any_text,
        links=st.lists(any_text | any_text.map("https://{}".format), max_size=2).map(tuple),
        notes=st.none() | any_text,
        summary=st.none() | any_text,
    ),
    width=st.sampled_from([22, 40, 100]),
)
@settings(max_examples=60, deadline=None)
def test_a_terminal_sees_no_control_and_no_line_too_wide(paper: Paper, width: int) -> None:
    coloured = panel.shown(paper, Screen(width=width, colours=True), where=WHERE)
    text = re.sub(r"\x1b\[[0-9;]+m|\x1b\]8;[!-~]*\x1b\\", "", coloured)
    assert all(visible(line) == line for line in text.split("\n"))
    assert max(map(width_of, text.split("\n"))) <= width
