import json
from pathlib import Path
from xml.dom import minidom

import pytest

from commandline import Run

CATALOGUE = """\
title = "大模型 <papers>"

[labs]
Meta = ["Facebook"]

[[paper]]
key = "gpt-3"
title = "Few-Shot Learners"
lab = "OpenAI"
status = "done"
finished = 2023-03-01

[[paper]]
key = "peer"
title = "PEER"
lab = "Facebook"
tags = ["editing"]
"""


@pytest.fixture(autouse=True)
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_a_pipe_gets_the_figures(papertrack: Run) -> None:
    result = papertrack("stats")
    assert (result.status, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == "papers\tall\t2"
    assert {"lab\tMeta\t1\t0", "tag\tediting\t1\t0", "year\t2023\t0\t1"} <= set(lines)


def test_a_query_chooses_the_papers(papertrack: Run) -> None:
    assert papertrack("stats", "lab:meta").out.startswith("papers\tall\t1\n")
    assert papertrack("stats", "--status", "done", "--json").out.count('"lab"') == 1


def test_json_is_one_object(papertrack: Run) -> None:
    assert json.loads(papertrack("stats", "--json").out)["papers"] == 2


def test_the_picture_is_written_once(papertrack: Run, folder: Path) -> None:
    path = folder / "progress.svg"
    assert papertrack("stats", "--svg", "progress.svg") == (0, "progress.svg written\n", "")
    title = minidom.parse(str(path)).getElementsByTagName("text")[0]  # noqa: S318 - just written
    assert isinstance(title.firstChild, minidom.Text)
    assert title.firstChild.data == "大模型 <papers>"
    time = path.stat().st_mtime_ns
    assert papertrack("stats", "--svg", "progress.svg").out == "progress.svg is as it was\n"
    assert path.stat().st_mtime_ns == time


def test_a_picture_nowhere_is_trouble(papertrack: Run) -> None:
    result = papertrack("stats", "--svg", "no-folder/progress.svg")
    assert (result.status, result.out) == (2, "")
    assert "no-folder" in result.err


def test_the_picture_never_takes_the_place_of_the_catalogue(papertrack: Run, folder: Path) -> None:
    [path] = folder.rglob("papers.toml")
    before = path.read_bytes()
    result = papertrack("stats", "--svg", str(path))
    assert (result.status, result.out) == (2, "")
    assert "is the catalogue itself: name another file" in result.err
    assert path.read_bytes() == before


def test_a_file_that_the_picture_replaced_is_brought_back(papertrack: Run, folder: Path) -> None:
    readme = folder / "README.md"
    readme.write_text("years of work")
    assert papertrack("stats", "--svg", "README.md").status == 0
    assert readme.read_text().startswith("<svg")
    assert papertrack("history").out.split("\t")[3:] == ["stats --svg README.md", "README.md\n"]
    assert papertrack("undo").out == "took back: stats --svg README.md (README.md)\n"
    assert readme.read_text() == "years of work"
