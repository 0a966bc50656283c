"""papertrack history, undo and redo."""

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
    """A catalogue with two changes, the second of which is undone."""
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
        ("1", "undone", "add 'A [/b] title' --tag 'x y'", "papers.toml"),
    ]
    when = datetime.fromisoformat(rows[0][1])
    assert timedelta() <= datetime.now(UTC) - when < timedelta(minutes=1)


@pytest.mark.usefixtures("catalogue")
def test_the_number_of_a_change_is_what_undo_and_redo_take(papertrack: Run) -> None:
    for verb in ("start", "skim", "drop", "done"):
        papertrack(verb, "llama")
    papertrack("undo", "2")
    rows = [line.split("\t") for line in papertrack("history").out.splitlines()]
    assert [(number, typed) for number, _, _, typed, _ in rows] == [
        ("2", "start llama"),
        ("1", "skim llama"),
        ("1", "drop llama"),
        ("2", "done llama"),
    ]


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
    monkeypatch.setattr("papertrack.terminal.is_looked_at", lambda *_: True)
    monkeypatch.setenv("COLUMNS", "80")
    _, first, second = papertrack("history").out.splitlines()
    assert first.split()[0] == "1"
    assert first.split()[3:] == ["start", "llama", "papers.toml"]
    assert "add 'A [/b] title' --tag 'x y' (undone)" in second


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize("width", [50, 60])
def test_a_narrow_table_shortens_the_command_and_not_what_became_of_it(
    papertrack: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setattr("papertrack.terminal.is_looked_at", lambda *_: True)
    monkeypatch.setenv("COLUMNS", str(width))
    _, first, second = papertrack("history").out.splitlines()
    assert "(undone)" not in first
    assert "… (undone)" in second
    assert len(second) <= width


@pytest.mark.usefixtures("catalogue")
def test_an_empty_table_says_so(papertrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papertrack.terminal.is_looked_at", lambda *_: True)
    assert papertrack("history").out == "no change is recorded\n"


@pytest.mark.slow
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
    assert undone == (0, f"undone: {begin} (56 files)\n", "")
    assert papertrack("redo").out == f"redone: {begin} (56 files)\n"
    whole = papertrack("history").out
    assert all(whole.count(name) == 2 for name in names)
    (folder / names[7]).write_text("by hand")
    refused = papertrack("undo")
    assert refused.status == 1
    assert refused.err.startswith(f"{names[7]} changed since papertrack last wrote it")
    assert f'undo of "{begin}" changed nothing' in refused.err

    monkeypatch.setattr("papertrack.terminal.is_looked_at", lambda *_: True)
    monkeypatch.setenv("COLUMNS", "120")
    _, first, *rest = papertrack("history").out.splitlines()
    assert first.split()[3:] == [*begin.split(), "56", "files"]
    assert rest == []


_TEXT = '# mine\r\n[[paper]]\r\nkey = "llama"\r\ntitle = "LLaMA"  # ask Li\r\nyear = 2023'


@pytest.fixture
def of_one(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_bytes(_TEXT.encode())
    return path


def test_it_gives_the_bytes_back(papertrack: Run, of_one: Path) -> None:
    assert papertrack("done", "llama").status == 0
    assert of_one.read_bytes() != _TEXT.encode()
    assert papertrack("undo") == (0, "undone: done llama (papers.toml)\n", "")
    assert of_one.read_bytes() == _TEXT.encode()


@pytest.mark.usefixtures("of_one")
def test_with_nothing_to_undo_it_says_so(papertrack: Run) -> None:
    message = "nothing to undo: no change of this catalogue is recorded\n"
    assert papertrack("undo") == (1, "", message)


def test_an_edit_by_hand_is_shown_and_kept(papertrack: Run, of_one: Path) -> None:
    papertrack("done", "llama")
    with of_one.open("a") as file:
        file.write("\n# by hand\n")
    before = of_one.read_bytes()
    result = papertrack("undo")
    assert (result.status, result.out) == (1, "")
    sentence, *difference = result.err.splitlines()
    assert sentence == (
        "papers.toml changed since papertrack last wrote it, by hand or by git perhaps, so undo of "
        '"done llama" changed nothing: papertrack undo --force loses these changes'
    )
    assert "  +# by hand" in difference
    assert of_one.read_bytes() == before


def test_force_says_what_it_loses(papertrack: Run, of_one: Path) -> None:
    papertrack("done", "llama")
    with of_one.open("a") as file:
        file.write("\n# by hand\n")
    result = papertrack("undo", "--force")
    assert (result.status, result.out) == (0, "undone: done llama (papers.toml)\n")
    assert result.err.startswith("lost in papers.toml, which has changed since:\n")
    assert "+# by hand\n" in result.err
    assert of_one.read_bytes() == _TEXT.encode()


def test_several_are_undone_and_redone(papertrack: Run, of_one: Path) -> None:
    for words in (["start", "llama"], ["done", "llama"], ["note", "llama", "good"]):
        papertrack(*words)
    after = of_one.read_bytes()
    result = papertrack("undo", "3")
    assert (result.status, result.err) == (0, "")
    assert [line.split(": ")[1].split()[0] for line in result.out.splitlines()] == [
        "note",
        "done",
        "start",
    ]
    assert of_one.read_bytes() == _TEXT.encode()
    made = json.loads(papertrack("redo", "3", "--json").out)
    assert [(it["typed"], it["undone"]) for it in made] == [
        ("start llama", False),
        ("done llama", False),
        ("note llama good", False),
    ]
    assert of_one.read_bytes() == after


@pytest.mark.parametrize(
    ("count", "status", "message"),
    [
        ("2", 1, "only 1 change can be undone"),
        ("x", 2, "it is not a number, as in papertrack undo 3"),
        ("0", 2, "less than 1"),
    ],
)
def test_more_than_there_is_changes_nothing(
    count: str, status: int, message: str, papertrack: Run, of_one: Path
) -> None:
    papertrack("done", "llama")
    before = of_one.read_bytes()
    result = papertrack("undo", count)
    assert (result.status, result.out) == (status, "")
    assert message in result.err
    assert of_one.read_bytes() == before


def test_a_new_catalogue_is_removed_and_made_anew(papertrack: Run, folder: Path) -> None:
    assert papertrack("init").status == 0
    made = folder / "data" / "papers.toml"
    text = made.read_bytes()
    assert papertrack("undo") == (0, "undone: init (data/papers.toml)\n", "")
    assert not made.exists()
    assert papertrack("redo") == (0, "redone: init (data/papers.toml)\n", "")
    assert made.read_bytes() == text


def test_without_a_catalogue_it_says_what_to_run(papertrack: Run) -> None:
    result = papertrack("undo")
    assert (result.status, result.out) == (2, "")
    assert "papertrack init" in result.err


def test_it_makes_the_change_again(papertrack: Run, catalogue: Path) -> None:
    papertrack("done", "llama")
    done = catalogue.read_bytes()
    papertrack("undo")
    assert papertrack("redo") == (0, "redone: done llama (papers.toml)\n", "")
    assert catalogue.read_bytes() == done


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    "before",
    [[], [["done", "llama"]], [["done", "llama"], ["undo"], ["start", "llama"]]],
    ids=["no change", "nothing undone", "a change since"],
)
def test_with_nothing_to_redo_it_says_so(papertrack: Run, before: list[list[str]]) -> None:
    for words in before:
        assert papertrack(*words).status == 0
    message = "nothing to redo: nothing was undone since the last change\n"
    assert papertrack("redo") == (1, "", message)


def test_an_edit_by_hand_is_lost_with_force_only(papertrack: Run, catalogue: Path) -> None:
    papertrack("done", "llama")
    done = catalogue.read_bytes()
    papertrack("undo")
    catalogue.write_text("# by hand\n")
    refused = papertrack("redo")
    assert refused.status == 1
    assert "  +# by hand\n" in refused.err
    assert catalogue.read_text() == "# by hand\n"
    forced = papertrack("redo", "--force")
    assert forced.status == 0
    assert "+# by hand\n" in forced.err
    assert catalogue.read_bytes() == done
