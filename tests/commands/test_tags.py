import json
from pathlib import Path

import pytest

from commandline import Run

CATALOGUE = """\
[[paper]]
key = "peer"
title = "PEER"
lab = "Meta"
tags = ["editing"]

[[paper]]
key = "webgpt"
title = "WebGPT"
tags = ["RLHF", "editing"]
status = "done"
"""


@pytest.fixture(autouse=True)
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_tags_are_listed_with_their_counts(papertrack: Run) -> None:
    expected = "editing\t2\t1\t0\t0\t1\t0\t\nRLHF\t1\t0\t0\t0\t1\t0\t\n"
    assert papertrack("tags") == (0, expected, "")


def test_a_query_chooses_the_papers(papertrack: Run) -> None:
    assert papertrack("tags", "lab:Meta").out == "editing\t1\t1\t0\t0\t0\t0\t\n"


def test_tags_as_json(papertrack: Run) -> None:
    found = json.loads(papertrack("tags", "--json").out)
    assert [(it["tag"], it["papers"], it["done"]) for it in found] == [
        ("editing", 2, 1),
        ("RLHF", 1, 1),
    ]
