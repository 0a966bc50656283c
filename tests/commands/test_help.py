"""What help says is so: it fits a terminal, its commands run, its shapes are the answers'."""

import json
import os
import re
import select
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from commandline import Run
from papertrack import cli, commands
from papertrack.commands import COMMANDS
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


def _shape(command: str) -> set[str]:
    """Return the keys that the topic names in the entry of the command, and in what that names."""
    *_, paper, share, commands, _ = topics.TOPICS["json"].split("\n\n")
    shapes: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", commands):
        shape = shapes["history"] if "the same, " in entry else entry
        heads = re.split(r"\s{2,}", entry)[0]
        shapes |= {head.split(maxsplit=1)[0]: shape for head in heads.split(", ")}
    shape = shapes[command]
    names = re.findall(r"\{[^}]*\}?", shape)
    names += re.findall(r"^  +(\w+(?:, \w+)*)(?:  |$)", shape, re.MULTILINE)
    names += re.findall(r"(?:with|and|or)\s+(\w+)", shape)
    if "share" in shape:
        names.append(share)
    if re.search(r"(?:  a paper|list of papers)", shape):
        names += re.findall(r"^  (?:\S+ )+ ", paper, re.MULTILINE)
    return set(re.findall(r"[\w-]+", " ".join(names)))


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
        "import list.md --adopt --theirs",
        "import refs.bib --dry-run",
    ],
)
def test_every_key_of_an_answer_is_in_its_shape(line: str, papers: Path, papertrack: Run) -> None:
    table = "# x\n\n| Title | Status |\n| - | - |\n| A paper | done |\n| A paper | |\n"
    (papers.parents[1] / "list.md").write_text(f"{table}\n- once\n- more\n", encoding="utf-8")
    entries = "@misc{llama, title={LLaMA}, year=2024}\n@misc{none, year=2024}\n"
    (papers.parents[1] / "refs.bib").write_text(entries, encoding="utf-8")
    papertrack("tag", "llama", "+x")
    answer = json.loads(papertrack(*line.split(), "--json").out)
    assert answer
    assert _keys(answer) <= _shape(line.split(maxsplit=1)[0])


def test_every_command_that_answers_in_json_is_in_the_topic() -> None:
    words = set(re.findall(r"[\w-]+", topics.TOPICS["json"]))
    names = {
        row.name
        for row in COMMANDS
        if any("--json" in param.opts for param in cli.load(row).params) and not row.hidden
    }
    assert names
    assert {word for name in names for word in name.split()} <= words


@pytest.fixture
def picker(tmp_path: Path, papers: Path) -> Path:
    """The function that help shows, in a file for a shell; `papertrack` and a browser beside it."""
    lines = topics.TOPICS["browse"].partition("  pt() {")[2].partition("\n  }")[0]
    scripts = {
        "papertrack": f'exec {sys.executable} -m papertrack "$@"',
        "browser": f'echo "$1" >> {tmp_path}/opened',
    }
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, line in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    (tmp_path / "pt.sh").write_text(
        f"cd {papers.parents[1]}\npt() {{{lines}\n}}\n", encoding="utf-8"
    )
    return tmp_path / "pt.sh"


def _environment(picker: Path, **more: str) -> dict[str, str]:
    path = f"{picker.parent / 'bin'}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "BROWSER": "browser", **more}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("fzf") is None, reason="fzf is not installed")
@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize("query", ["", "lab:Meta -status:dropped '\"language models\"'"])
def test_fzf_takes_the_line_that_help_shows(picker: Path, shell: str, query: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    options = {"FZF_DEFAULT_OPTS": "--filter='foundation lang'"}
    ran = subprocess.run(
        [shell, "-c", f". {picker}; pt {query}"],
        env=_environment(picker, **options),
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.startswith(b"llama\tto-read\t2023\tMeta\t")


@pytest.mark.skipif(shutil.which("fzf") is None, reason="fzf is not installed")
@pytest.mark.slow
def test_each_key_of_fzf_does_what_it_says(picker: Path, papers: Path) -> None:
    import fcntl  # not on Windows, nor these
    import pty
    import termios

    terminal, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (30, 100))
    process = subprocess.Popen(
        ["bash", "-c", f". {picker}; pt lab:Meta status:to-read"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=_environment(picker, TERM="xterm", SHELL="/bin/bash", LESS=""),
        start_new_session=True,
        preexec_fn=partial(fcntl.ioctl, theirs, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - one thread
    )
    os.close(theirs)
    screen = bytearray()

    def until(is_so: Callable[[], bool], *, press: bytes = b"") -> None:
        """Press the key, and read what is drawn until something is so."""
        screen.clear()
        os.write(terminal, press)
        for _ in range(200):
            ready, _, _ = select.select([terminal], [], [], 0.1)
            if ready:
                screen.extend(os.read(terminal, 65_536))
            if is_so():
                return
        pytest.fail(screen.decode("utf-8", "replace")[-500:])

    def holds(path: Path, text: str) -> Callable[[], bool]:
        return lambda: path.exists() and text in path.read_text(encoding="utf-8")

    until(lambda: b"2/2" in screen and b"2302.13971" in screen)  # with its preview
    until(holds(picker.parent / "opened", "https://arxiv.org/abs/2302.13971"), press=b"\x0f")
    until(lambda: b"2/2" in screen)  # drawn again
    until(lambda: b"(END)" in screen, press=b"\r")  # all of it, in less
    until(lambda: b"2/2" in screen, press=b"q")
    until(holds(papers, 'status = "reading"'), press=b"\x13")
    until(lambda: b"1/1" in screen)  # it is no longer to read
    until(holds(papers, "finished = "), press=b"\x04")
    until(lambda: b"0/0" in screen)
    papers.write_text(papers.read_text("utf-8").replace('"reading"', '"to-read"'), "utf-8")
    until(lambda: b"1/1" in screen, press=b"\x12")
    os.write(terminal, b"\x1b")
    assert process.wait(20) in {0, 130}
    os.close(terminal)


def test_the_keys_of_fzf_run_commands_that_there_are() -> None:
    called = re.findall(r"papertrack (\w+) \{1\}", topics.TOPICS["browse"])
    assert called == ["show", "show", "done", "start", "open"]
    assert all(commands.find([name]) for name in called)


def test_the_first_word_of_commands_names_them(papertrack: Run) -> None:
    git = "git is the first word of a command: see papertrack help git install or papertrack help"
    assert papertrack("help", "git") == (2, "", f"{git} git uninstall\n")
    assert "git" in papertrack("help", "git", "install").out
