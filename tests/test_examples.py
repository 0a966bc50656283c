"""Every example of every command's help, typed as it stands against the 13 papers."""

import shlex
import shutil
from pathlib import Path

import pytest

from commandline import FIXTURES, Run
from papertrack import cli
from papertrack.commands import ALONE, COMMANDS, Command
from served import Served, datacite

_EXAMPLES = {example: row for row in COMMANDS for example in cli.load(row).examples}


_RECORDED = {"history", "undo", "redo"}
"""The commands whose examples need the changes themselves, not only what became of the files."""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folder of the examples is kept, once it has been made."""
    return tmp_path_factory.mktemp("examples") / "changed"


@pytest.fixture
def ready(
    example: str,
    changed: Path,
    folder: Path,
    papertrack: Run,
    served: Served,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """The folder that the examples speak of: a list, Markdown files, something to undo."""
    if changed.exists() and _EXAMPLES[example].name not in _RECORDED:
        shutil.copytree(changed, folder, dirs_exist_ok=True)
    else:
        request.getfixturevalue("papers")
        _change(folder, papertrack)
        shutil.copytree(folder, changed, dirs_exist_ok=True)
    monkeypatch.setenv("EDITOR", "true")
    served.replies["api.datacite.org"] = datacite(publicationYear=2023)
    return papertrack


def _change(folder: Path, papertrack: Run) -> None:
    block = "<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
    (folder / "README.md").write_text(f"# Papers\n\n{block}", encoding="utf-8")
    (folder / "topics").mkdir()
    text = (FIXTURES / "reading-list.md").read_text(encoding="utf-8")
    for name in ("CNN.md", "RNN.md"):
        (folder / "topics" / name).write_text(text, encoding="utf-8")
    (folder / "refs.bib").write_text("@misc{a, title={A cited paper}}\n", encoding="utf-8")
    (folder / "list.md").write_text(f"{text}\n\n{text}", encoding="utf-8")
    papertrack("mark", "skimmed", "flan")
    papertrack("mark", "dropped", "lamda")
    papertrack("edit", "peer", "--add-tag", "rlhf", "--add-tag", "vision", "--set", "priority=1")
    papertrack("edit", "t5", "--set", "lab=Brain", "--add-tag", "human feedback")
    papertrack("export-markdown", "--into", "README.md")


@pytest.mark.parametrize("example", _EXAMPLES)
def test_an_example_does_what_it_shows(
    example: str, ready: Run, folder: Path, request: pytest.FixtureRequest
) -> None:
    row = _EXAMPLES[example]
    program, *words = shlex.split(example)
    assert program == "papertrack"
    assert words[: len(row.name.split())] == row.name.split() or row.name == ALONE
    if row.name == "init":
        (folder / "data" / "papers.toml").unlink()
    if row.name == "add":
        assert ready("remove", "llama", "--yes").status == 0
    if row.name.startswith("git "):
        request.getfixturevalue("git")
    if row.name == "merge-driver":
        for name in ("base", "ours", "theirs"):
            shutil.copyfile(folder / "data" / "papers.toml", folder / f"{name}.toml")
    if row.name == "redo":
        assert ready("undo", "2").status == 0
    if row.name == "export":
        (folder / "refs.bib").unlink()
    expanded = [
        str(path)
        for word in words
        for path in (sorted(folder.glob(word)) if "*" in word else [word])
    ]
    result = ready(*expanded)
    if row.name == "triage":  # its keys need a terminal: tests/commands/test_triage.py presses them
        assert result.err.startswith("triage needs a terminal")
        return
    assert result.status == 0 or row.name == "check", result.err


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row.name)
def test_the_table_says_what_the_help_says(row: Command, papertrack: Run) -> None:
    result = papertrack(*row.name.split(), "--help")
    assert result.status == 0
    assert "Examples:" in result.out
    assert (cli.load(row).help or "").startswith(row.help.rstrip("."))
