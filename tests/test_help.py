"""What help says is so: it fits a terminal, its commands run, its shapes are the answers'."""

import json
import re
import shlex
from pathlib import Path

import pytest

from commandline import Run
from papertrack import cli
from papertrack import help as topics
from papertrack.command_table import COMMANDS
from papertrack.terminal.cells import folded, width_of

PAGES = {"overview": topics.overview(), "first": topics.first_things(), **topics.TOPICS}


@pytest.mark.parametrize("name", PAGES)
def test_help_fits_a_terminal_of_80_columns(name: str) -> None:
    text = PAGES[name]
    assert max(map(width_of, text.split("\n"))) <= 80
    assert folded(text, 80) == text


@pytest.mark.parametrize("width", [40, 60])
@pytest.mark.parametrize("name", PAGES)
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
