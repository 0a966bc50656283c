"""What could follow the words typed so far."""

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.core import TyperOption

import forks
from papertrack import cli, completing, formats
from papertrack.commands import COMMANDS
from papertrack.commands.export import KeyStyle
from papertrack.commands.setup import SCRIPTS
from papertrack.markdown.rows import Meaning
from papertrack.models import FIELDS
from papertrack.status import Status

pytestmark = pytest.mark.usefixtures("papers", "other")

_OTHER = """\
[[paper]]
key = "other"
title = "Another"
tags = ["human feedback", "Foo", 3]

[[paper]]
key = "untitled"
authors = ["Yoshua Bengio", "Bengio, Samy", "Benedict Lee"]

[[paper]]
title = 7
"""


@pytest.fixture
def other(folder: Path) -> Path:
    """A second catalogue, which is not valid."""
    path = folder / "other.toml"
    path.write_text(_OTHER, encoding="utf-8")
    return path


def test_the_fields_are_those_of_a_paper() -> None:
    assert completing.FIELDS == FIELDS


def _values(line: str) -> list[str]:
    return [choice.value for choice in completing.choices(line.split(" "))]


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
        pytest.param("check --only near", ["near-title"], id="a rule alone"),
        pytest.param("check --distinct LLA", ["llama"], id="a paper that is not the same"),
        pytest.param("check --distinct gpt LLA", ["llama"], id="the other paper"),
        pytest.param("edit llama --set ye", ["year="], id="a field to set"),
        pytest.param("edit llama --unset ve", ["venue"], id="a field to take away"),
        pytest.param("edit llama --add-tag x", [], id="a new tag"),
        pytest.param("edit llama --priority ", ["1", "2", "3", "4", "5"], id="a priority"),
        pytest.param("labs ren", ["rename"], id="the second word of a command"),
        pytest.param("keys ", ["shorten"], id="the second word of a command of two"),
        pytest.param("sho lla", ["llama"], id="behind the beginning of a command"),
        pytest.param("ls lab:Me", ["lab:Meta"], id="behind another name of a command"),
        pytest.param("--cat", ["--catalogue"], id="an option before a command"),
        pytest.param("edit llama --set status=re", ["status=reading"], id="a value to set"),
        pytest.param("edit llama --set lab=Me", ["lab=Meta"], id="a lab to set"),
        pytest.param("list --lab=Me", ["--lab=Meta"], id="a value behind an equals sign"),
        pytest.param("list --catalogue other.toml key:", [], id="no value of a key"),
        pytest.param("--catalogue other.toml show ot", ["other"], id="another catalogue"),
        pytest.param("show --catalogue=other.toml ot", ["other"], id="another, behind the command"),
        pytest.param("tag other --catalogue other.toml +hu", ["+human feedback"], id="a tag"),
        pytest.param("tag --catalogue other.toml x -hu", ["-human feedback"], id="a tag to remove"),
        pytest.param("show --catalogue other.toml untit", ["untitled"], id="a key without a title"),
        pytest.param("labs rename Goo", ["Google"], id="a lab"),
        pytest.param("help que", ["query"], id="a topic"),
        pytest.param("help sch", ["schema"], id="the topic for editors"),
        pytest.param(
            "list --catalogue other.toml author:beng",
            ["author:Bengio", 'author:"Bengio, Samy"'],
            id="an author by the family name",
        ),
        pytest.param(
            "list --catalogue other.toml -authors:Lee,yosh",
            ["-authors:Lee,Yoshua Bengio"],
            id="an author by the given name",
        ),
        pytest.param(
            "add x --catalogue other.toml --author bengi",
            ["Bengio, Samy"],
            id="an author to add, whole",
        ),
        pytest.param("completion z", ["zsh"], id="a shell"),
        pytest.param(
            "import --as ",
            ["markdown", "bibtex", "biblatex", "csl-json", "ris"],
            id="a format that is read",
        ),
        pytest.param("export --as c", ["csl-json", "csv"], id="a format that is written"),
        pytest.param("nonsense x", [], id="no command"),
    ],
)
def test_choices_fit_the_words_before(line: str, values: list[str]) -> None:
    assert _values(line) == values


def test_what_a_value_is_is_known_of_each_option() -> None:
    options = {
        name
        for row in COMMANDS
        for param in cli.load(row).params
        if isinstance(param, TyperOption) and not param.is_flag
        for name in param.opts
    }
    for option in sorted(options):
        with suppress(completing.FilesBelongHere):
            offered = completing.choices(["list", option, ""])
            assert "lab:" not in [choice.value for choice in offered], option


def test_closed_lists_are_those_of_the_options() -> None:
    written = [name for name, row in formats.TABLE.items() if row.writes]
    assert _values("export --as ") == written
    assert _values("export --citation-keys ") == list(KeyStyle)
    assert _values("mark ") == list(Status)
    assert _values("import x --headings ") == list(Meaning)


def test_a_rule_says_what_it_finds() -> None:
    (choice,) = completing.choices(["check", "--ignore", "doi"])
    assert choice.help == "Find DOIs that are malformed, or written as an address."


def test_a_look_of_the_catalogue_completes(papers: Path) -> None:
    with papers.open("a", encoding="utf-8") as file:
        file.write('\n[markdown.index]\ncolumns = ["title"]\n')
    assert _values("export-markdown --look ") == ["index"]


def test_a_key_has_its_title_for_help() -> None:
    (choice,) = completing.choices(["show", "llama"])
    assert choice.help == "LLaMA: Open and Efficient Foundation Language Models"


@pytest.mark.parametrize("broken", ["", "paper = 3", "[[paper]]\ntitle = ", "\x00", "[paper]"])
def test_a_broken_catalogue_completes_nothing_and_says_nothing(papers: Path, broken: str) -> None:
    papers.write_text(broken, encoding="utf-8")
    command = forks.command("show", "x", environment={"_PAPERTRACK_COMPLETE": "fish"})
    assert forks.ran(command) == (0, "", "")


@pytest.mark.parametrize(
    "line", ["import REA", "--catalogue ", "list --catalogue=o", "export-markdown --into REA"]
)
def test_files_are_left_to_the_shell(line: str) -> None:
    with pytest.raises(completing.FilesBelongHere):
        _values(line)


_LIVE = [
    pytest.param("papertrack show constit", ["constitutional-ai"], id="a key"),
    pytest.param("papertrack --catalogue other.toml show ot", ["other"], id="another catalogue"),
    pytest.param("papertrack edit t5 --set status=rea", ["status=reading"], id="a value to set"),
    pytest.param("papertrack list --catalogue other.toml --tag=F", ["--tag=Foo"], id="an equals"),
    pytest.param(
        "papertrack list --catalogue other.toml --tag hum", ["human feedback"], id="two words"
    ),
    pytest.param("papertrack list lab:Me", ["lab:Meta"], id="behind a colon"),
    pytest.param("papertrack show oth", [], id="no file where none belongs"),
    pytest.param("papertrack import oth", ["other.toml"], id="a file"),
]


@pytest.fixture
def shells(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs with papertrack in it."""
    program = folder.parent / "bin" / "papertrack"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m papertrack "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(folder.parent))
    return program.parent


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.usefixtures("shells")
@pytest.mark.parametrize(("line", "values"), _LIVE)
def test_bash_completes_with_the_script(line: str, values: list[str]) -> None:
    script = (
        f"compopt() {{ COMPREPLY=($(compgen -f -- oth)); }}\n{SCRIPTS['bash']}\n"
        f"COMP_WORDBREAKS=':='; COMP_LINE='{line}'; COMP_POINT={len(line)}; _papertrack\n"
        "printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    behind = [re.split("[:=]", value)[-1].replace(" ", "\\ ") for value in values]
    assert (done.stdout.split("\n")[:-1], done.stderr) == (
        [f"{value} " if value != "other.toml" else value for value in behind] or [""],
        "",
    )


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.usefixtures("shells")
def test_bash_closes_a_quote_and_adds_none() -> None:
    line = 'papertrack list --catalogue other.toml tag:"hum'
    script = (
        f"compopt() {{ :; }}\n{SCRIPTS['bash']}\nCOMP_WORDBREAKS=':='; COMP_LINE='{line}'\n"
        f"COMP_POINT={len(line)}; _papertrack\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "human feedback\n"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish here")
@pytest.mark.usefixtures("shells")
@pytest.mark.parametrize(("line", "values"), _LIVE)
def test_fish_completes_with_the_script(line: str, values: list[str]) -> None:
    script = f"{SCRIPTS['fish']}\ncomplete -C '{line}'"
    done = subprocess.run(["fish", "-c", script], capture_output=True, text=True, check=False)
    assert [it.partition("\t")[0] for it in done.stdout.splitlines()] == values
    assert done.stderr == ""


@pytest.fixture(scope="module")
def zsh_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The settings of zsh, which keeps there what it found of its own completions."""
    home = tmp_path_factory.mktemp("zsh")
    setup = "autoload -Uz compinit; compinit -u\nPS1='$ '\nsetopt no_beep no_auto_menu\n"
    (home / ".zshrc").write_text(setup + SCRIPTS["zsh"] + "\nprint ready\n", encoding="utf-8")
    return home


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh here")
@pytest.mark.parametrize(("line", "values"), _LIVE)
@pytest.mark.usefixtures("shells")
def test_zsh_completes_with_the_script(line: str, values: list[str], zsh_home: Path) -> None:
    screen = _typed_into(["zsh", "-i"], f"{line}\t", zsh_home)
    end = values[0].replace(" ", "\\ ") if values else line.rsplit(maxsplit=1)[-1]
    assert screen.rstrip().endswith(f" {end}"), screen


def _typed_into(command: list[str], keys: str, home: Path) -> str:
    """Return what stands on the line of a shell after these keys."""
    pid, terminal = pty.fork()
    if pid == 0:
        environment = {**os.environ, "ZDOTDIR": str(home), "TERM": "dumb", "COLUMNS": "200"}
        os.execvpe(command[0], command, environment)  # noqa: S606 - the shell that is tested
    screen = _read_until(terminal, "ready")
    os.write(terminal, keys.encode())
    screen = _read_until(terminal, None)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(terminal)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", screen.rpartition("\r")[2])


def _read_until(terminal: int, end: str | None) -> str:
    """Return what the terminal shows until the word, or until it is quiet for a while."""
    screen = ""
    while select.select([terminal], [], [], 10 if end else 2)[0]:
        screen += os.read(terminal, 4096).decode("utf-8", "replace")
        if end and end in screen:
            break
    return screen


@given(st.lists(st.text(), min_size=1))
def test_any_words_are_answered_with_words_or_files(words: list[str]) -> None:
    try:
        offered = completing.choices(words)
    except completing.FilesBelongHere:
        return
    assert all(choice.value.strip() for choice in offered)
