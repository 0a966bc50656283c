"""A newcomer's first quarter of an hour, typed as the README tells it, in a copy of the project."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from commandline import Result, Run

_KEYS = [
    *("gpt", "gpt-2", "gpt-3", "instructgpt", "webgpt", "t5", "flan", "lamda", "sparrow"),
    *("llama", "peer", "hh-rlhf", "constitutional-ai"),
]


@pytest.fixture
def clone(folder: Path, papers: Path, papertrack: Run) -> Path:
    """What of a clone the story needs: the catalogue and the README, as a newcomer finds them."""
    assert papers.exists()
    block = "<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
    (folder / "README.md").write_text(f"# A list\n\n{block}\nThe end.\n", encoding="utf-8")
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    return folder


def _keys(result: Result) -> list[str]:
    return [line.split("\t")[0] for line in result.out.splitlines()]


def _text(place: Path, name: str = "data/papers.toml") -> str:
    return (place / name).read_text(encoding="utf-8")


@pytest.mark.usefixtures("clone")
def test_list_shows_the_thirteen_papers(papertrack: Run) -> None:
    result = papertrack("list")
    assert result.status == 0
    assert sorted(_keys(result)) == sorted(_KEYS)
    assert "llama\tto-read\tMeta\tfacebook research 2023\tLLaMA: Open and Efficient" in result.out


@pytest.mark.usefixtures("clone")
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["list", "--lab", "Meta"], id="an option"),
        pytest.param(["list", "--lab", "facebook"], id="another name"),
        pytest.param(["filter-by-lab", "meta"], id="the command"),
        pytest.param(["list", "lab:Meta", "-tag:vision"], id="a query with a negated term"),
        pytest.param(["list", "--catalogue", "data/papers.toml", "--lab", "Meta"], id="after"),
        pytest.param(["--catalogue", "data/papers.toml", "list", "--lab", "Meta"], id="before"),
        pytest.param(["--catalogue=data/papers.toml", "list", "--lab=Meta"], id="with ="),
    ],
)
def test_metas_papers_are_llama_and_peer(papertrack: Run, words: list[str]) -> None:
    result = papertrack(*words)
    assert (result.status, _keys(result)) == (0, ["llama", "peer"])


@pytest.mark.usefixtures("clone")
def test_a_lab_nobody_has_is_refused_with_the_nearest(papertrack: Run) -> None:
    result = papertrack("list", "--lab", "Mta")
    assert (result.status, result.out) == (1, "")
    assert "did you mean Meta?" in result.err


def test_done_changes_two_lines_and_then_nothing(clone: Path, papertrack: Run) -> None:
    before = _text(clone).split("\n")
    result = papertrack("done", "LLaMA")
    assert result.status == 0
    today = datetime.now().astimezone().date()
    after = _text(clone).split("\n")
    assert [line for line in after if line not in before] == [f"finished = {today}"]
    at = after.index(f"finished = {today}")
    assert before == [*after[: at - 1], 'status = "to-read"', *after[at + 1 :]]
    path = clone / "data" / "papers.toml"
    os.utime(path, ns=(1, 1))
    again = papertrack("done", "LLaMA")
    assert again.status == 0
    assert "already" in again.out
    assert path.stat().st_mtime_ns == 1


@pytest.mark.usefixtures("clone")
def test_an_exact_name_goes_before_longer_ones(papertrack: Run) -> None:
    assert papertrack("show", "GPT").out.startswith("key\tgpt\n")


def test_a_reference_to_several_lists_them_and_changes_nothing(
    clone: Path, papertrack: Run
) -> None:
    before = _text(clone)
    result = papertrack("done", "language models")
    assert result.status == 1
    assert "llama" in result.err
    assert "gpt-2" in result.err
    assert _text(clone) == before


@pytest.mark.usefixtures("clone")
def test_mark_done_takes_several(papertrack: Run) -> None:
    assert papertrack("mark-done", "peer", "sparrow").status == 0
    assert {"peer", "sparrow"} <= set(_keys(papertrack("list", "status:done")))


@pytest.mark.usefixtures("clone")
def test_show_finds_a_paper_by_one_of_its_words(papertrack: Run) -> None:
    result = papertrack("show", "constitutional")
    assert result.status == 0
    for part in ("Constitutional AI", "2212.08073", "harmless", "si2M52H1qKnyHd0IHVJR8g"):
        assert part in result.out


@pytest.mark.usefixtures("clone")
def test_a_misspelt_reference_is_answered_with_the_nearest(papertrack: Run) -> None:
    result = papertrack("show", "llmaa")
    assert (result.status, result.out) == (1, "")
    assert "did you mean llama?" in result.err


def test_a_paper_is_added_once(clone: Path, papertrack: Run) -> None:
    words = ["add", "Attention Is All You Need", "--lab", "Google", "--year", "2017"]
    words += ["--arxiv", "1706.03762"]
    assert "attention-all-you-need" in papertrack(*words).out
    paper = json.loads(papertrack("show", "attention-all-you-need", "--json").out)
    assert paper["added"] == datetime.now().astimezone().date().isoformat()
    before = _text(clone)
    again = papertrack(*words)
    assert again.status == 1
    assert "attention-all-you-need" in again.err
    assert _text(clone) == before


@pytest.mark.usefixtures("clone")
def test_the_table_goes_to_stdout(papertrack: Run) -> None:
    result = papertrack("export-markdown")
    assert result.status == 0
    assert result.out.startswith("| 名称 | 来源 | 说明 | 状态 | 备注 |\n")
    assert result.out.count("\n") == 2 + 5 + 13


def test_the_readme_is_brought_up_to_date_and_then_left_alone(clone: Path, papertrack: Run) -> None:
    readme = clone / "README.md"
    papertrack("done", "llama")
    stale = papertrack("export-markdown", "--into", "README.md", "--check")
    assert stale.status == 1
    assert "LLaMA" in stale.out + stale.err
    before = _text(clone, "README.md").split("\n")
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    after = _text(clone, "README.md").split("\n")
    changed = [old for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 2  # the paper's row, and the digest
    os.utime(readme, ns=(1, 1))
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    assert readme.stat().st_mtime_ns == 1
    assert papertrack("export-markdown", "--into", "README.md", "--check").status == 0


@pytest.mark.usefixtures("folder")
def test_an_empty_folder_says_what_to_run(papertrack: Run) -> None:
    result = papertrack("list")
    assert (result.status, result.out) == (2, "")
    assert "papertrack init" in result.err
    assert "papertrack import" in result.err


@pytest.mark.usefixtures("folder")
def test_nothing_typed_tells_what_to_type_first(papertrack: Run) -> None:
    result = papertrack()
    assert result.status == 0
    assert "papertrack list" in result.out
