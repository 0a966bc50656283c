"""A newcomer's first quarter of an hour, typed as the README tells it, in a copy of the project."""

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from commandline import FIXTURES, Result

_KEYS = [
    *("gpt", "gpt-2", "gpt-3", "instructgpt", "webgpt", "t5", "flan", "lamda", "sparrow"),
    *("llama", "peer", "hh-rlhf", "constitutional-ai"),
]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What of a clone the story needs: the catalogue and the README, as a newcomer finds them."""
    place = tmp_path / "clone"
    (place / "data").mkdir(parents=True)
    shutil.copyfile(FIXTURES / "papers.toml", place / "data" / "papers.toml")
    block = "<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
    (place / "README.md").write_text(f"# A list\n\n{block}\nThe end.\n", encoding="utf-8")
    assert typed(place, "export-markdown", "--into", "README.md").status == 0
    return place


def typed(place: Path, *words: str) -> Result:
    """Run the installed command, as a shell would."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PAPERTRACK_CATALOGUE", "NO_COLOR"}
    }
    environment["PAPERTRACK_STATE"] = str(place.parent / "state")
    done = subprocess.run(
        [sys.executable, "-m", "papertrack", *words],
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Result(done.returncode, done.stdout, done.stderr)


def _keys(result: Result) -> list[str]:
    return [line.split("\t")[0] for line in result.out.splitlines()]


def _text(place: Path, name: str = "data/papers.toml") -> str:
    return (place / name).read_text(encoding="utf-8")


def test_list_shows_the_thirteen_papers(clone: Path) -> None:
    result = typed(clone, "list")
    assert result.status == 0
    assert sorted(_keys(result)) == sorted(_KEYS)
    assert "llama\tto-read\tMeta\tfacebook research 2023\tLLaMA: Open and Efficient" in result.out


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
def test_metas_papers_are_llama_and_peer(clone: Path, words: list[str]) -> None:
    result = typed(clone, *words)
    assert (result.status, _keys(result)) == (0, ["llama", "peer"])


def test_a_lab_nobody_has_is_refused_with_the_nearest(clone: Path) -> None:
    result = typed(clone, "list", "--lab", "Mta")
    assert (result.status, result.out) == (1, "")
    assert "did you mean Meta?" in result.err


def test_done_changes_two_lines_and_then_nothing(clone: Path) -> None:
    before = _text(clone).split("\n")
    result = typed(clone, "done", "LLaMA")
    assert result.status == 0
    today = datetime.now().astimezone().date()
    after = _text(clone).split("\n")
    assert [line for line in after if line not in before] == [f"finished = {today}"]
    at = after.index(f"finished = {today}")
    assert before == [*after[: at - 1], 'status = "to-read"', *after[at + 1 :]]
    path = clone / "data" / "papers.toml"
    os.utime(path, ns=(1, 1))
    again = typed(clone, "done", "LLaMA")
    assert again.status == 0
    assert "already" in again.out
    assert path.stat().st_mtime_ns == 1


def test_an_exact_name_goes_before_longer_ones(clone: Path) -> None:
    assert typed(clone, "show", "GPT").out.startswith("key\tgpt\n")


def test_a_reference_to_several_lists_them_and_changes_nothing(clone: Path) -> None:
    before = _text(clone)
    result = typed(clone, "done", "language models")
    assert result.status == 1
    assert "llama" in result.err
    assert "gpt-2" in result.err
    assert _text(clone) == before


def test_mark_done_takes_several(clone: Path) -> None:
    assert typed(clone, "mark-done", "peer", "sparrow").status == 0
    assert {"peer", "sparrow"} <= set(_keys(typed(clone, "list", "status:done")))


def test_show_finds_a_paper_by_one_of_its_words(clone: Path) -> None:
    result = typed(clone, "show", "constitutional")
    assert result.status == 0
    for part in ("Constitutional AI", "2212.08073", "harmless", "si2M52H1qKnyHd0IHVJR8g"):
        assert part in result.out


def test_a_misspelt_reference_is_answered_with_the_nearest(clone: Path) -> None:
    result = typed(clone, "show", "llmaa")
    assert (result.status, result.out) == (1, "")
    assert "did you mean llama?" in result.err


def test_a_paper_is_added_once(clone: Path) -> None:
    words = ["add", "Attention Is All You Need", "--lab", "Google", "--year", "2017"]
    words += ["--arxiv", "1706.03762"]
    assert "attention-all-you-need" in typed(clone, *words).out
    paper = json.loads(typed(clone, "show", "attention-all-you-need", "--json").out)
    assert paper["added"] == datetime.now().astimezone().date().isoformat()
    before = _text(clone)
    again = typed(clone, *words)
    assert again.status == 1
    assert "attention-all-you-need" in again.err
    assert _text(clone) == before


def test_the_table_goes_to_stdout(clone: Path) -> None:
    result = typed(clone, "export-markdown")
    assert result.status == 0
    assert result.out.startswith("| 名称 | 来源 | 说明 | 状态 | 备注 |\n")
    assert result.out.count("\n") == 2 + 5 + 13


def test_the_readme_is_brought_up_to_date_and_then_left_alone(clone: Path) -> None:
    readme = clone / "README.md"
    typed(clone, "done", "llama")
    stale = typed(clone, "export-markdown", "--into", "README.md", "--check")
    assert stale.status == 1
    assert "LLaMA" in stale.out + stale.err
    before = _text(clone, "README.md").split("\n")
    assert typed(clone, "export-markdown", "--into", "README.md").status == 0
    after = _text(clone, "README.md").split("\n")
    changed = [old for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 2  # the paper's row, and the digest
    os.utime(readme, ns=(1, 1))
    assert typed(clone, "export-markdown", "--into", "README.md").status == 0
    assert readme.stat().st_mtime_ns == 1
    assert typed(clone, "export-markdown", "--into", "README.md", "--check").status == 0


def test_an_empty_folder_says_what_to_run(tmp_path: Path) -> None:
    result = typed(tmp_path, "list")
    assert (result.status, result.out) == (2, "")
    assert "papertrack init" in result.err
    assert "papertrack import" in result.err


def test_nothing_typed_tells_what_to_type_first(tmp_path: Path) -> None:
    result = typed(tmp_path)
    assert result.status == 0
    assert "papertrack list" in result.out
