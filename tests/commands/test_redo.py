"""papertrack redo."""

from pathlib import Path

import pytest

from commandline import Run


@pytest.fixture
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text('[[paper]]\nkey = "llama"\ntitle = "LLaMA"\n')
    return path


def test_it_makes_the_change_again(papertrack: Run, catalogue: Path) -> None:
    papertrack("done", "llama")
    done = catalogue.read_bytes()
    papertrack("undo")
    assert papertrack("redo") == (0, "made again: done llama (papers.toml)\n", "")
    assert catalogue.read_bytes() == done


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    "before",
    [[], [["done", "llama"]], [["done", "llama"], ["undo"], ["start", "llama"]]],
    ids=["no change", "nothing taken back", "a change since"],
)
def test_with_nothing_to_redo_it_says_so(papertrack: Run, before: list[list[str]]) -> None:
    for words in before:
        assert papertrack(*words).status == 0
    said = "nothing to redo: no change was taken back since the last one made\n"
    assert papertrack("redo") == (1, "", said)


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
