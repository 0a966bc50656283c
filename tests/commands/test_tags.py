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
    tags = json.loads(papertrack("tags", "--json").out)
    assert [(it["tag"], it["papers"], it["done"]) for it in tags] == [
        ("editing", 2, 1),
        ("RLHF", 1, 1),
    ]


RENAMED = """\
[[paper]]
key = "peer"
title = "PEER"
tags = ["human feedback", "editing"]  # mine

[[paper]]
key = "webgpt"
title = "WebGPT"
tags = ["rlhf", "Human Feedback"]

[[paper]]
key = "t5"
title = "T5"
tags = ["nlp"]
"""


@pytest.fixture
def listed(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text(RENAMED, encoding="utf-8")
    return path


def test_a_tag_is_renamed_or_merged(papertrack: Run, listed: Path) -> None:
    result = papertrack("tags", "rename", "human feedback", "rlhf")
    assert result == (0, "human feedback is rlhf now: 2 papers changed\n", "")
    expected = RENAMED.replace('["human feedback", "editing"]', '["rlhf", "editing"]')
    expected = expected.replace('["rlhf", "Human Feedback"]', '["rlhf"]')
    assert listed.read_text(encoding="utf-8") == expected


def test_the_spelling_of_a_tag_can_be_changed(papertrack: Run, listed: Path) -> None:
    assert papertrack("tags", "rename", "nlp", "NLP").status == 0
    assert listed.read_text(encoding="utf-8") == RENAMED.replace('"nlp"', '"NLP"')


def test_the_same_name_changes_nothing(papertrack: Run, listed: Path) -> None:
    time = listed.stat().st_mtime_ns
    answer = papertrack("tags", "rename", "nlp", "nlp").out
    assert answer == "the name is nlp already: nothing was changed\n"
    assert listed.stat().st_mtime_ns == time


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        (["rlfh", "x"], 1, 'no tag "rlfh": did you mean rlhf?'),
        (["nlp", ""], 2, "the new name is empty: papertrack tags rename OLD NEW"),
    ],
)
def test_what_cannot_be_renamed_is_refused(
    papertrack: Run, listed: Path, words: list[str], status: int, error: str
) -> None:
    assert papertrack("tags", "rename", *words) == (status, "", f"{error}\n")
    assert listed.read_text(encoding="utf-8") == RENAMED


def test_blocks_and_looks_of_the_tag_are_renamed_with_it(papers: Path, papertrack: Run) -> None:
    text = papers.read_text(encoding="utf-8")
    table = '[markdown]\nfiles = ["../CNN.md"]\ntags = ["cnn"]'
    papers.write_text(text.replace("[markdown]", table, 1), encoding="utf-8")
    papertrack("edit", "llama", "--add-tag", "cnn")
    file = papers.parents[1] / "CNN.md"
    begin = "<!-- papertrack:begin tag:cnn,x status:to-read -->"
    file.write_bytes(f"# One\r\n\r\n{begin}\r\n<!-- papertrack:end -->\r\n".encode())
    papertrack("export-markdown", "--into", "CNN.md")
    before = file.read_bytes()
    assert papertrack("tags", "rename", "CNN", "conv nets").status == 0
    assert file.read_bytes() == before.replace(b"tag:cnn,x", b'tag:"conv nets",x')
    assert 'tags = ["conv nets"]' in papers.read_text(encoding="utf-8")
    assert papertrack("export-markdown", "--all", "--check").status == 0
    papertrack("undo")
    assert file.read_bytes() == before
