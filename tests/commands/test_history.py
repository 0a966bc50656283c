"""papertrack history."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commandline import Run


@pytest.fixture
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text('[[paper]]\nkey = "llama"\ntitle = "LLaMA"\n')
    return path


@pytest.fixture
def changed(papertrack: Run, catalogue: Path) -> Path:
    """A catalogue with two changes, the second of which is taken back."""
    papertrack("start", "llama")
    papertrack("add", "A [/b] title", "--tag", "x y")
    papertrack("undo")
    return catalogue


@pytest.mark.usefixtures("changed")
def test_a_pipe_gets_a_line_a_change(papertrack: Run) -> None:
    result = papertrack("history")
    assert (result.status, result.err) == (0, "")
    rows = [line.split("\t") for line in result.out.splitlines()]
    assert [(number, *rest) for number, _, *rest in rows] == [
        ("1", "done", "start llama", "papers.toml"),
        ("2", "undone", "add 'A [/b] title' --tag 'x y'", "papers.toml"),
    ]
    when = datetime.fromisoformat(rows[0][1])
    assert timedelta() <= datetime.now(UTC) - when < timedelta(minutes=1)


def test_json_has_every_field(papertrack: Run, changed: Path) -> None:
    first, second = json.loads(papertrack("history", "--json").out)
    assert first == {
        "number": 1,
        "when": first["when"],
        "typed": "start llama",
        "undone": False,
        "files": [str(changed)],
    }
    assert second["undone"]


@pytest.mark.usefixtures("catalogue")
def test_no_changes_are_an_empty_answer(papertrack: Run) -> None:
    assert papertrack("history") == (0, "", "")
    assert papertrack("history", "--json") == (0, "[]\n", "")


@pytest.mark.usefixtures("catalogue")
def test_what_changes_nothing_is_no_entry(papertrack: Run) -> None:
    assert papertrack("mark", "to-read", "llama").status == 0
    assert papertrack("list").status == 0
    assert papertrack("history").out == ""


@pytest.mark.usefixtures("changed")
def test_at_a_terminal_it_is_a_table(papertrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papertrack.commands.history.is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", "80")
    _, _, first, second, third = papertrack("history").out.splitlines()
    assert first.split()[0] == "1"
    assert first.split()[3:] == ["start", "llama", "papers.toml"]
    assert "add 'A [/b] title' --tag 'x y'" in second
    assert third.split() == ["taken", "back"]


@pytest.mark.usefixtures("catalogue")
def test_an_empty_table_says_so(papertrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papertrack.commands.history.is_terminal", lambda _: True)
    assert papertrack("history").out == "no change is recorded\n"


def test_a_long_command_line_is_shortened_for_people(
    papertrack: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"topics/{number:02}-of-many.md" for number in range(55)]
    (folder / "topics").mkdir()
    for name in names:
        row = f"| A paper of {name} | to-read |"
        (folder / name).write_text(f"| Title | Status |\n| --- | --- |\n{row}\n")
    assert papertrack("import", *names, "--tag-from-file", "--adopt").status == 0
    undone = papertrack("undo")
    begin = "import topics/00-of-many.md topics/01-of-many.md topics/02-of-many.md …"
    assert undone == (0, f"took back: {begin} (56 files)\n", "")
    assert papertrack("redo").out == f"made again: {begin} (56 files)\n"
    whole = papertrack("history").out
    assert all(whole.count(name) == 2 for name in names)
    (folder / names[7]).write_text("by hand")
    refused = papertrack("undo")
    assert refused.status == 1
    assert refused.err.startswith(f"{names[7]} has been changed by other hands since papertrack")
    assert f'undo of "{begin}" changed nothing' in refused.err

    monkeypatch.setattr("papertrack.commands.history.is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", "120")
    _, _, first, *rest = papertrack("history").out.splitlines()
    assert first.split()[3:] == [*begin.split(), "56", "files"]
    assert rest == []
