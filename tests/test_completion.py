"""What could follow the words typed so far."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import completion
from papertrack.commands.completion import SCRIPTS
from papertrack.models import FIELDS

pytestmark = pytest.mark.usefixtures("papers")


def test_the_fields_are_those_of_a_paper() -> None:
    assert completion.FIELDS == FIELDS


def _values(line: str) -> list[str]:
    return [choice.value for choice in completion.choices(line.split(" "))]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        pytest.param("sho", ["show"], id="a command"),
        pytest.param("show lla", ["llama"], id="a key"),
        pytest.param("show LLA", ["llama"], id="a name in any case"),
        pytest.param("done gpt llam", ["llama"], id="a second reference"),
        pytest.param("mark sk", ["skimmed"], id="a status"),
        pytest.param("mark done pee", ["peer"], id="a reference behind a status"),
        pytest.param("list --lab M", ["Meta"], id="the value of an option"),
        pytest.param("list --stat", ["--status"], id="an option"),
        pytest.param("list lab:Me", ["lab:Meta"], id="a value of a query"),
        pytest.param("list lab:OpenAI,Me", ["lab:OpenAI,Meta"], id="a second value"),
        pytest.param("list -lab:Me", ["-lab:Meta"], id="a negated term"),
        pytest.param("list sta", ["status:", "started:"], id="a field of a query"),
        pytest.param("list -prio", ["-priority:"], id="a negated field"),
        pytest.param("list has:no", ["has:notes"], id="a field that is there"),
        pytest.param("list missing:fin", ["missing:finished"], id="a field that is missing"),
        pytest.param("list tags:x", [], id="a tag that nobody has"),
        pytest.param("list --sort year,-ad", ["year,-added"], id="a second field to sort by"),
        pytest.param("list --columns key,ti", ["key,title"], id="a column"),
        pytest.param("list --limit ", [], id="a number"),
        pytest.param("done --all lab:Met", ["lab:Meta"], id="a query instead of references"),
        pytest.param(
            "mark done --all status:rea", ["status:reading"], id="the same behind a status"
        ),
        pytest.param("mark --all sk", ["skimmed"], id="a status before a query"),
        pytest.param("labs lab:Met", ["lab:Meta"], id="a query behind labs"),
        pytest.param("done --on ye", ["yesterday"], id="a day"),
        pytest.param("check --ignore near", ["near-title"], id="a rule"),
        pytest.param("edit llama --set ye", ["year="], id="a field to set"),
        pytest.param("edit llama --unset ve", ["venue"], id="a field to take away"),
        pytest.param("edit llama --add-tag x", [], id="a new tag"),
        pytest.param("triage llama --priority ", ["1", "2", "3", "4", "5"], id="a priority"),
        pytest.param("labs ren", ["rename"], id="the second word of a command"),
        pytest.param("labs rename Goo", ["Google"], id="a lab"),
        pytest.param("help que", ["query"], id="a topic"),
        pytest.param("completion z", ["zsh"], id="a shell"),
        pytest.param("nonsense x", [], id="no command"),
    ],
)
def test_choices_fit_the_words_before(line: str, values: list[str]) -> None:
    assert _values(line) == values


def test_a_rule_says_what_it_finds() -> None:
    (choice,) = completion.choices(["check", "--ignore", "doi"])
    assert choice.help == "Find DOIs that are malformed, or written as an address."


def test_a_look_of_the_catalogue_completes(papers: Path) -> None:
    with papers.open("a", encoding="utf-8") as file:
        file.write('\n[markdown.short]\ncolumns = ["title"]\n')
    assert _values("export-markdown --look ") == ["short"]


def test_a_key_has_its_title_for_help() -> None:
    (choice,) = completion.choices(["show", "llama"])
    assert choice.help == "LLaMA: Open and Efficient Foundation Language Models"


@pytest.mark.parametrize("broken", ["", "paper = 3", "[[paper]]\ntitle = ", "\x00", "[paper]"])
def test_a_broken_catalogue_completes_nothing_and_says_nothing(papers: Path, broken: str) -> None:
    papers.write_text(broken, encoding="utf-8")
    environment = {**os.environ, "_PAPERTRACK_COMPLETE": "fish"}
    done = subprocess.run(
        [sys.executable, "-m", "papertrack", "show", "x"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("line", "reply"),
    [
        pytest.param("papertrack show constit", "constitutional-ai ", id="a key"),
        pytest.param("papertrack list lab:Me", "Meta ", id="behind a colon"),
    ],
)
def test_bash_completes_with_the_script(line: str, reply: str) -> None:
    script = (
        f'papertrack() {{ {sys.executable} -m papertrack "$@"; }}\n{SCRIPTS["bash"]}\n'
        f"COMP_LINE='{line}'; COMP_POINT={len(line)}; _papertrack\n"
        "printf '%s' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (reply, "")


@given(st.lists(st.text(), min_size=1))
def test_any_words_get_an_answer(words: list[str]) -> None:
    completion.choices(words)
