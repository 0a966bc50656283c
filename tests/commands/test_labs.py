import json
from pathlib import Path

import pytest

from commandline import Run

CATALOGUE = """\
[labs]
Google = []
Meta = ["Facebook"]

[[paper]]
key = "peer"
title = "PEER"
lab = "facebook"

[[paper]]
key = "llama"
title = "LLaMA"
lab = "Meta"
status = "done"
"""


@pytest.fixture(autouse=True)
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_labs_are_listed_with_their_counts_and_other_names(papertrack: Run) -> None:
    expected = "Google\t0\t0\t0\t0\t0\t0\t\nMeta\t2\t1\t0\t0\t1\t0\tFacebook\n"
    assert papertrack("labs") == (0, expected, "")


def test_a_query_leaves_out_labs_without_papers(papertrack: Run) -> None:
    assert papertrack("labs", "status:done").out == "Meta\t1\t0\t0\t0\t1\t0\tFacebook\n"


def test_labs_as_json(papertrack: Run) -> None:
    found = json.loads(papertrack("labs", "--json").out)
    assert [(it["lab"], it["papers"], it["others"]) for it in found] == [
        ("Google", 0, []),
        ("Meta", 2, ["Facebook"]),
    ]
