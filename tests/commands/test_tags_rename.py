from pathlib import Path

import pytest

from commandline import Run

CATALOGUE = """\
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
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_a_tag_is_renamed_or_merged(papertrack: Run, catalogue: Path) -> None:
    result = papertrack("tags", "rename", "human feedback", "rlhf")
    assert result == (0, "human feedback is rlhf now: 2 papers changed\n", "")
    expected = CATALOGUE.replace('["human feedback", "editing"]', '["rlhf", "editing"]')
    expected = expected.replace('["rlhf", "Human Feedback"]', '["rlhf"]')
    assert catalogue.read_text(encoding="utf-8") == expected


def test_the_spelling_of_a_tag_can_be_changed(papertrack: Run, catalogue: Path) -> None:
    assert papertrack("tags", "rename", "nlp", "NLP").status == 0
    assert catalogue.read_text(encoding="utf-8") == CATALOGUE.replace('"nlp"', '"NLP"')


def test_the_same_name_changes_nothing(papertrack: Run, catalogue: Path) -> None:
    time = catalogue.stat().st_mtime_ns
    said = papertrack("tags", "rename", "nlp", "nlp").out
    assert said == "nlp is called so already: nothing was changed\n"
    assert catalogue.stat().st_mtime_ns == time


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        (["rlfh", "x"], 1, 'no tag "rlfh": did you mean rlhf?'),
        (["nlp", ""], 2, "the new name is empty: papertrack tags rename OLD NEW"),
    ],
)
def test_what_cannot_be_renamed_is_refused(
    papertrack: Run, catalogue: Path, words: list[str], status: int, error: str
) -> None:
    assert papertrack("tags", "rename", *words) == (status, "", f"{error}\n")
    assert catalogue.read_text(encoding="utf-8") == CATALOGUE


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
