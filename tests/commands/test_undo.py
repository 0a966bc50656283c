"""papertrack undo."""

import json
from pathlib import Path

import pytest

from commandline import Run

_TEXT = '# mine\r\n[[paper]]\r\nkey = "llama"\r\ntitle = "LLaMA"  # ask Li\r\nyear = 2023'


@pytest.fixture
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_bytes(_TEXT.encode())
    return path


def test_it_gives_the_bytes_back(papertrack: Run, catalogue: Path) -> None:
    assert papertrack("done", "llama").status == 0
    assert catalogue.read_bytes() != _TEXT.encode()
    assert papertrack("undo") == (0, "took back: done llama (papers.toml)\n", "")
    assert catalogue.read_bytes() == _TEXT.encode()


@pytest.mark.usefixtures("catalogue")
def test_with_nothing_to_undo_it_says_so(papertrack: Run) -> None:
    said = "nothing to undo: no change of this catalogue is recorded\n"
    assert papertrack("undo") == (1, "", said)


def test_an_edit_by_hand_is_shown_and_kept(papertrack: Run, catalogue: Path) -> None:
    papertrack("done", "llama")
    with catalogue.open("a") as file:
        file.write("\n# by hand\n")
    before = catalogue.read_bytes()
    result = papertrack("undo")
    assert (result.status, result.out) == (1, "")
    sentence, *difference = result.err.splitlines()
    assert sentence == (
        'papers.toml has been changed by other hands since papertrack last did, so undo of "done '
        'llama" changed nothing: papertrack undo --force loses these changes'
    )
    assert "  +# by hand" in difference
    assert catalogue.read_bytes() == before


def test_force_says_what_it_loses(papertrack: Run, catalogue: Path) -> None:
    papertrack("done", "llama")
    with catalogue.open("a") as file:
        file.write("\n# by hand\n")
    result = papertrack("undo", "--force")
    assert (result.status, result.out) == (0, "took back: done llama (papers.toml)\n")
    assert result.err.startswith("lost in papers.toml, which was changed since by other hands:\n")
    assert "+# by hand\n" in result.err
    assert catalogue.read_bytes() == _TEXT.encode()


def test_several_are_taken_back_and_made_again(papertrack: Run, catalogue: Path) -> None:
    for words in (["start", "llama"], ["done", "llama"], ["note", "llama", "good"]):
        papertrack(*words)
    after = catalogue.read_bytes()
    result = papertrack("undo", "3")
    assert (result.status, result.err) == (0, "")
    assert [line.split(": ")[1].split()[0] for line in result.out.splitlines()] == [
        "note",
        "done",
        "start",
    ]
    assert catalogue.read_bytes() == _TEXT.encode()
    made = json.loads(papertrack("redo", "3", "--json").out)
    assert [(it["typed"], it["undone"]) for it in made] == [
        ("start llama", False),
        ("done llama", False),
        ("note llama good", False),
    ]
    assert catalogue.read_bytes() == after


@pytest.mark.parametrize(
    ("count", "status", "message"),
    [
        ("2", 1, "only 1 change can be taken back"),
        ("x", 2, "it is no number"),
        ("0", 2, "less than 1"),
    ],
)
def test_more_than_there_is_changes_nothing(
    count: str, status: int, message: str, papertrack: Run, catalogue: Path
) -> None:
    papertrack("done", "llama")
    before = catalogue.read_bytes()
    result = papertrack("undo", count)
    assert (result.status, result.out) == (status, "")
    assert message in result.err
    assert catalogue.read_bytes() == before


def test_a_new_catalogue_is_removed_and_made_anew(papertrack: Run, folder: Path) -> None:
    assert papertrack("init").status == 0
    made = folder / "data" / "papers.toml"
    text = made.read_bytes()
    assert papertrack("undo") == (0, "took back: init (data/papers.toml)\n", "")
    assert not made.exists()
    assert papertrack("redo") == (0, "made again: init (data/papers.toml)\n", "")
    assert made.read_bytes() == text


def test_without_a_catalogue_it_says_what_to_run(papertrack: Run) -> None:
    result = papertrack("undo")
    assert (result.status, result.out) == (2, "")
    assert "papertrack init" in result.err
