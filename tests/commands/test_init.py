"""papertrack init."""

from pathlib import Path

import pytest

from commandline import Run


def test_a_new_catalogue_stands_in_data(folder: Path, papertrack: Run) -> None:
    result = papertrack("init", "Papers on alignment", "--lab", "OpenAI", "--lab", "Meta")
    assert (result.status, result.err) == (0, "")
    assert "data/papers.toml" in result.out
    text = (folder / "data" / "papers.toml").read_text(encoding="utf-8")
    assert 'title = "Papers on alignment"' in text
    assert text.index("OpenAI = []") < text.index("Meta = []")
    assert papertrack("list").status == 0


def test_it_goes_where_it_is_told(folder: Path, papertrack: Run) -> None:
    assert papertrack("init", "--catalogue", "lists/mine.toml").status == 0
    assert (folder / "lists" / "mine.toml").is_file()


def test_a_catalogue_that_is_there_stays(papers: Path, papertrack: Run) -> None:
    before = papers.read_bytes()
    result = papertrack("init")
    assert (result.status, result.out) == (1, "")
    assert "there already" in result.err
    assert papers.read_bytes() == before


def test_a_title_may_hold_anything(folder: Path, papertrack: Run) -> None:
    assert papertrack("init", 'a "quoted"\n[paper] \x07 title').status == 0
    assert papertrack("add", "One").status == 0
    assert (folder / "data" / "papers.toml").is_file()


def test_a_blank_title_is_none(folder: Path, papertrack: Run) -> None:
    assert papertrack("init", "  ").status == 0
    assert "title =" not in (folder / "data" / "papers.toml").read_text(encoding="utf-8")


def test_below_another_catalogue_it_says_so(
    papers: Path, folder: Path, papertrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert papers.is_file()
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    result = papertrack("init")
    assert result.status == 0
    assert "data/papers.toml is no longer the nearest one" in result.err
    assert papertrack("init", "--catalogue", "other.toml").err == ""
