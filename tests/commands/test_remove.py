from pathlib import Path

import pytest

from commandline import AtTerminal, Run


def _keys(papertrack: Run) -> list[str]:
    return [line.partition("\t")[0] for line in papertrack("list")[1].splitlines()]


def test_a_paper_is_removed_and_can_be_brought_back(papertrack: Run, papers: Path) -> None:
    before = papers.read_bytes()
    assert papertrack("remove", "peer", "--yes") == (
        0,
        "removed peer: PEER: A Collaborative Language Model\npapertrack undo brings it back\n",
        "",
    )
    assert "peer" not in _keys(papertrack)
    assert len(_keys(papertrack)) == 12
    papertrack("undo")
    assert papers.read_bytes() == before


def test_a_query_removes_all_that_it_names(papertrack: Run, papers: Path) -> None:
    assert papers.exists()
    status, out, _ = papertrack("remove", "--all", "lab:facebook", "-y")
    assert status == 0
    assert out.endswith("\n2 papers removed; papertrack undo brings them back\n")
    assert not {"llama", "peer"} & set(_keys(papertrack))


def test_a_query_that_names_nothing_removes_nothing(papertrack: Run, papers: Path) -> None:
    before = papers.read_bytes()
    status, out, _ = papertrack("remove", "--all", "year:1999")
    assert (status, out) == (0, "no paper matches: nothing was removed\n")
    assert papers.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["llama"], 2, 'cannot ask "Remove it" without a terminal: give --yes'),
        (["llama", "peer"], 2, '"Remove these 2 papers" without a terminal: give --yes'),
        (["--all", "lab:Meta"], 2, "give --yes"),
        (["--all", "", "--yes"], 2, "an empty query names every paper"),
        (["--all", '""', "--yes"], 2, "an empty query names every paper"),
        (["llama", "llmaa", "--yes"], 1, "did you mean llama"),
        (["language models", "--yes"], 1, "could be any of"),
        (["--all", "lab:Mta", "--yes"], 1, "did you mean Meta?"),
        (["--all", "labb:Meta", "--yes"], 2, "did you mean lab"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "",
)
def test_what_is_not_clear_removes_nothing(
    papertrack: Run, papers: Path, words: list[str], status: int, message: str
) -> None:
    before = papers.read_bytes()
    result, out, err = papertrack("remove", *words)
    assert (result, out) == (status, "")
    assert message in err
    assert papers.read_bytes() == before


def test_what_goes_is_shown_and_asked_for(
    at_terminal: AtTerminal, papertrack: Run, papers: Path
) -> None:
    before = papers.read_bytes()
    status, screen = at_terminal("remove", "llama", "peer", typed="n\n")
    assert status == 1
    assert screen.index("LLaMA") < screen.index("PEER") < screen.index("Remove these 2 papers?")
    assert screen.endswith("nothing was changed\n")
    assert papers.read_bytes() == before
    assert at_terminal("remove", "llama", "peer", typed="y\n")[0] == 0
    assert len(_keys(papertrack)) == 11


def test_a_list_that_changed_while_asking_is_left_alone(
    at_terminal: AtTerminal, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def agree(*_: object, **__: object) -> bool:
        text = papers.read_text(encoding="utf-8")
        papers.write_text(text.replace('lab = "OpenAI"', 'lab = "Meta"'), encoding="utf-8")
        return True

    monkeypatch.setattr("papertrack.terminal.prompts.confirm", agree)
    status, screen = at_terminal("remove", "--all", "lab:Meta")
    assert (status, "changed while you were asked" in screen) == (1, True)
    assert papers.read_text(encoding="utf-8").count("[[paper]]") == 13
