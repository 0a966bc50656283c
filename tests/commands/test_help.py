"""What help says is so: it fits a terminal, its commands run, its shapes are the answers'."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commandline import Run
from papertrack import cli, command_table
from papertrack.command_table import COMMANDS
from papertrack.commands import help as topics
from papertrack.terminal.console import folded, width_of

PAGES = {"overview": topics.overview(), "first": topics.first_things(), **topics.TOPICS}


@pytest.mark.parametrize("name", PAGES)
def test_help_fits_a_terminal_of_80_columns(name: str) -> None:
    text = PAGES[name]
    assert max(map(width_of, text.split("\n"))) <= 80
    assert folded(text, 80) == text


@pytest.mark.parametrize("width", [40, 60])
@pytest.mark.parametrize("name", sorted(PAGES.keys() - {"browse"}))  # a script is not folded well
def test_help_is_folded_between_words(name: str, width: int) -> None:
    narrow = folded(PAGES[name], width)
    assert max(map(width_of, narrow.split("\n"))) <= width
    if width == 60:
        assert narrow.split() == PAGES[name].split()


def test_what_a_program_reads_is_short() -> None:
    assert topics.TOPICS["agents"].count("\n") <= 60


@pytest.mark.parametrize("name", ["json", "agents"])
def test_the_commands_of_a_topic_run(name: str, papers: Path, papertrack: Run) -> None:
    readme = papers.parents[1] / "README.md"
    readme.write_text("<!-- papertrack:begin -->\n<!-- papertrack:end -->\n", encoding="utf-8")
    typed = re.findall(r"^  papertrack (.+)$", topics.TOPICS[name], re.MULTILINE)
    assert len(typed) > 1
    for line in typed:
        result = papertrack(*shlex.split(line))
        assert result.status == 0 or line.startswith("check"), (line, result.err)
        if "--json" in line:
            json.loads(result.out)


def _keys(value: object) -> set[str]:
    """Return the keys of all objects in a value, but for what a catalogue names itself."""
    if isinstance(value, list):
        return set().union(*map(_keys, value))
    if not isinstance(value, dict):
        return set()
    inner = [_keys(it) for key, it in value.items() if key not in {"columns", "bibtex"}]
    return set(value).union(*inner)


@pytest.mark.parametrize(
    "line",
    [
        "show llama",
        "list",
        "filter-by-lab Meta",
        "next",
        "labs",
        "tags",
        "stats",
        "check",
        "history",
        "undo",
        "import list.md --dry-run",
    ],
)
def test_every_key_of_an_answer_is_in_the_topic(line: str, papers: Path, papertrack: Run) -> None:
    table = "# x\n\n| Title | Status |\n| - | - |\n| A paper | done |\n"
    (papers.parents[1] / "list.md").write_text(table, encoding="utf-8")
    papertrack("tag", "llama", "+x")
    answer = json.loads(papertrack(*line.split(), "--json").out)
    words = set(re.findall(r"[\w-]+", topics.TOPICS["json"]))
    assert answer
    assert _keys(answer) <= words


def test_every_command_that_answers_in_json_is_in_the_topic() -> None:
    words = set(re.findall(r"[\w-]+", topics.TOPICS["json"]))
    names = {
        row.name
        for row in COMMANDS
        if any("--json" in param.opts for param in cli.load(row).params) and not row.hidden
    }
    assert names
    assert {word for name in names for word in name.split()} <= words


@pytest.mark.skipif(shutil.which("fzf") is None, reason="fzf is not installed")
@pytest.mark.usefixtures("papers")
def test_fzf_takes_the_line_that_help_shows(tmp_path: Path) -> None:
    script = topics.TOPICS["browse"].partition("  pt() {")[2].partition("\n  }")[0]
    script = script.replace("local ", "").rstrip() + " --filter='foundation lang'\n"
    papertrack = tmp_path / "bin" / "papertrack"
    papertrack.parent.mkdir()
    papertrack.write_text(f'#!/bin/sh\nexec {sys.executable} -m papertrack "$@"\n')
    papertrack.chmod(0o755)
    path = f"{papertrack.parent}:{os.environ['PATH']}"
    ran = subprocess.run(
        ["sh", "-c", script], env={**os.environ, "PATH": path}, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.startswith(b"llama\tto-read\tMeta\t")


def test_the_keys_of_fzf_run_commands_that_there_are() -> None:
    called = re.findall(r"papertrack (\w+) \{1\}", topics.TOPICS["browse"])
    assert called == ["show", "show", "done", "start", "open"]
    assert all(command_table.find([name]) for name in called)
