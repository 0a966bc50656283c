"""A catalogue with every kind of fault at once: read as far as it goes, and never changed."""

import json
import shlex
from pathlib import Path

import pytest

from commandline import Run

_TEXT = b"""\
title = "My list"

[labs]
Meta = ["FAIR"]

[[paper]]
key = "good"
title = "A good one"
lab = "Meta"
tags = ["llm"]
year = 2020

[[paper]]
title = "Bad status"
status = "raeding"

[[paper]]
key = "bad-year"
title = "Bad year"
year = "20x3"

[[paper]]
key = "good"
title = "The same key"

[[paper]]
key = "types"
title = 5
tags = "llm"

[[papers]]
title = "Another header"

[[paper]]
key = "unclosed"
title = "Unclosed
year = 2020

[[paper]]
key = "latin"
title = "caf\xe9"

[[paper]]
key = "merged"
title = "Merged"
<<<<<<< HEAD
status = "done"
=======
status = "reading"
>>>>>>> other

[[paper]]
key = "last"
title = "The last"
lab = "FAIR"
year = 2021
"""
_FAULTS = """\
data/papers.toml:15: status "raeding" is not a status (paper "Bad status"): did you mean reading?
data/papers.toml:20: year "20x3" is not a year (paper "bad-year"): write a number such as 2023
data/papers.toml:23: key "good" is that of the paper in line 7 too: change one
data/papers.toml:28: title 5 is not text (paper "types"): put it in quotes: title = "5"
data/papers.toml:29: tags "llm" is not a list of texts (paper "types"): write tags = ["llm"]
data/papers.toml:31: [[papers]] means nothing here: write [[paper]] above each paper
data/papers.toml:36: this text is not closed (paper "unclosed"): end it with ", or put \"\"\" \
around text of several lines
data/papers.toml:41: this line is not UTF-8 (byte e9): save the file as UTF-8, or write \
the line again
data/papers.toml:46: a conflict that git left, up to line 50: keep one side and delete the lines \
that begin with <<<<<<<, ======= and >>>>>>>
"""


@pytest.fixture
def broken(folder: Path) -> Path:
    path = folder / "data" / "papers.toml"
    path.parent.mkdir()
    path.write_bytes(_TEXT)
    (folder / "README.md").write_text("<!-- papertrack:begin -->\n<!-- papertrack:end -->\n")
    (folder / "list.md").write_text("| Title |\n| --- |\n| A paper that is new |\n")
    return path


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("list", ["good\tto-read\tMeta\t2020\tA good one", "last\tto-read\tFAIR\t2021\tThe last"]),
        ("list lab:Meta --sort -year", ["The last", "A good one"]),
        ("filter-by-lab FAIR", ["A good one", "The last"]),
        ("show good", ["A good one"]),
        ("next", ["A good one", "The last"]),
        ("stats", ["papers\tall\t2"]),
        ("labs", ["Meta\t2"]),
        ("tags", ["llm\t1"]),
        ("export-markdown", ["| A good one |", "| The last |"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_whole_is_shown_with_the_faults_beside_it(
    papertrack: Run, broken: Path, line: str, shown: list[str]
) -> None:
    result = papertrack(*shlex.split(line))
    assert (result.status, result.err) == (2, _FAULTS)
    places = [result.out.index(text) for text in shown]
    assert places == sorted(places)
    assert broken.read_bytes() == _TEXT


@pytest.mark.parametrize(
    "line", ["list --json", "show good --json", "stats --json", "labs --json", "next --json"]
)
@pytest.mark.usefixtures("broken")
def test_programs_get_what_is_whole_as_json(papertrack: Run, line: str) -> None:
    result = papertrack(*line.split())
    assert (result.status, result.err) == (2, _FAULTS)
    assert json.loads(result.out)


def test_check_tells_the_faults_once(papertrack: Run, broken: Path) -> None:
    result = papertrack("check")
    assert result.status == 2
    assert result.err.endswith(_FAULTS)
    assert "unknown-key" not in result.out + result.err
    assert broken.read_bytes() == _TEXT


@pytest.mark.parametrize(
    "line",
    [
        "add 'A title'",
        "start good",
        "done good",
        "mark skimmed good",
        "done --all lab:Meta --yes",
        "priority good 1",
        "edit good --set year=2022",
        "edit good",
        "note good hello",
        "remove good --yes",
        "labs rename Meta X",
        "tags rename llm x",
        "check --fix",
        "import list.md",
        "import list.md --adopt",
        "import list.md --dry-run",
        "export-markdown --into README.md",
        "export-markdown --into README.md --check",
    ],
)
def test_nothing_changes_it(papertrack: Run, broken: Path, line: str) -> None:
    files = sorted(broken.parent.parent.glob("*.md"))
    before = [file.read_bytes() for file in files]
    result = papertrack(*shlex.split(line))
    assert (result.status, result.out, result.err) == (2, "", _FAULTS)
    assert broken.read_bytes() == _TEXT
    assert [file.read_bytes() for file in files] == before
    assert papertrack("history").out == ""
