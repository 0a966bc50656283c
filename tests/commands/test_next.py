import json
from collections.abc import Callable
from pathlib import Path

import pytest

from commandline import Run

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
    assert (one.status, len(keys(one.out)), one.err) == (0, 2, "drawn with --seed 7\n")


def test_a_draw_says_its_seed(papertrack: Run) -> None:
    one = papertrack("next", "--random", "-n", "4")
    seed = one.err.split()[-1]
    assert papertrack("next", "--seed", seed, "-n", "4") == one


def test_json_tells_why(papertrack: Run) -> None:
    found = json.loads(papertrack("next", "--json").out)
    assert [(it["key"], it["priority"]) for it in found] == [
        ("llama", None),
        ("webgpt", None),
        ("peer", None),
    ]
    assert found[0]["why"] == "begun already"


def test_nothing_to_read_is_an_empty_answer(papertrack: Run) -> None:
    assert papertrack("next", "status:done") == (0, "", "")


def test_a_number_below_one_is_bad_usage(papertrack: Run) -> None:
    result = papertrack("next", "-n", "0")
    assert (result.status, result.out) == (2, "")
    assert result.err == '-n "0" is no number of papers, 1 or more: write -n 5\n'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["status:done"], "nothing is left to read: ", id="all are read"),
        pytest.param(["year:1950"], "0 of 5 papers (", id="none matches"),
    ],
)
def test_a_person_is_told_why_there_is_nothing(
    words: list[str], said: str, at_terminal: Callable[..., tuple[int, str]]
) -> None:
    status, screen = at_terminal("next", *words, "--random")
    assert (status, screen.startswith(said)) == (0, True)


def test_a_person_with_an_empty_list_is_told_how_to_fill_it(
    catalogue: Path, at_terminal: Callable[..., tuple[int, str]]
) -> None:
    catalogue.write_text("", encoding="utf-8")
    for command in ("list", "next", "stats", "triage"):
        assert at_terminal(command)[1].startswith("0 papers: papertrack add TITLE"), command
