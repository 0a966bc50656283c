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
    labs = json.loads(papertrack("labs", "--json").out)
    assert [(it["lab"], it["papers"], it["others"]) for it in labs] == [
        ("Google", 0, []),
        ("Meta", 2, ["Facebook"]),
    ]


RENAMED = """\
# The labs, in order.
[labs]
OpenAI = []  # San Francisco
Meta = ["FAIR"]
Facebook = ["Facebook Research"]

[[paper]]
key = "peer"
title = "PEER"  # with a comment
lab = "Facebook"

[[paper]]
key = "llama"
title = "LLaMA"
lab = "Meta"

[[paper]]
key = "webgpt"
title = "WebGPT"
lab = "OpenAI"
"""


@pytest.fixture
def listed(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text(RENAMED, encoding="utf-8")
    return path


def test_a_lab_is_merged_into_another(papertrack: Run, listed: Path) -> None:
    result = papertrack("labs", "rename", "Facebook", "Meta")
    assert result == (0, "Facebook is Meta now: 1 paper changed\n", "")
    expected = RENAMED.replace('lab = "Facebook"', 'lab = "Meta"')
    expected = expected.replace('["FAIR"]', '["FAIR", "Facebook", "Facebook Research"]')
    expected = expected.replace('Facebook = ["Facebook Research"]\n', "")
    assert listed.read_text(encoding="utf-8") == expected
    assert papertrack("list", "lab:facebook").out.count("\n") == 2


def test_a_lab_gets_a_new_name_and_keeps_the_old_as_another(papertrack: Run, listed: Path) -> None:
    answer = papertrack("labs", "rename", "facebook", "Facebook AI").out
    assert answer == "Facebook is Facebook AI now: 1 paper changed\n"
    text = listed.read_text(encoding="utf-8")
    assert '"Facebook AI" = ["Facebook", "Facebook Research"]\n' in text
    assert 'title = "PEER"  # with a comment\nlab = "Facebook AI"\n' in text
    assert papertrack("list", "--lab", "facebook").out.startswith("peer\t")


def test_a_lab_that_is_renamed_keeps_its_place_and_its_comment(
    papertrack: Run, listed: Path
) -> None:
    assert papertrack("labs", "rename", "OpenAI", "Open AI").status == 0
    expected = RENAMED.replace("OpenAI = []", '"Open AI" = []').replace('"OpenAI"', '"Open AI"')
    assert listed.read_text(encoding="utf-8") == expected


def test_one_of_its_other_names_can_stand_for_a_lab(papertrack: Run, listed: Path) -> None:
    assert papertrack("labs", "rename", "Meta", "FAIR").out == "Meta is FAIR now: 1 paper changed\n"
    assert 'FAIR = ["Meta"]\n' in listed.read_text(encoding="utf-8")


def test_papers_under_another_name_of_a_lab_are_filed_under_its_own(
    papertrack: Run, listed: Path
) -> None:
    listed.write_text(RENAMED.replace('lab = "Meta"', 'lab = "FAIR"'), encoding="utf-8")
    assert papertrack("labs", "rename", "fair", "Meta").status == 0
    assert listed.read_text(encoding="utf-8") == RENAMED


def test_the_same_name_changes_nothing(papertrack: Run, listed: Path) -> None:
    time = listed.stat().st_mtime_ns
    answer = papertrack("labs", "rename", "Meta", "Meta").out
    assert answer == "the name is Meta already: nothing was changed\n"
    answer = papertrack("labs", "rename", "fair", "Meta").out
    assert answer == "fair means Meta already: nothing was changed\n"
    assert listed.stat().st_mtime_ns == time


def test_a_lab_that_only_papers_name_is_renamed(papertrack: Run, folder: Path) -> None:
    path = folder / "papers.toml"
    path.write_text('[[paper]]\nkey = "a"\ntitle = "A"\nlab = "Mtea"\n', encoding="utf-8")
    assert papertrack("labs", "rename", "mtea", "Meta").status == 0
    assert 'lab = "Meta"\n' in path.read_text(encoding="utf-8")
    assert 'Meta = ["Mtea"]\n' in path.read_text(encoding="utf-8")  # the help promises it
    assert papertrack("list", "lab:mtea").out.startswith("a\t")


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        (["Mta", "Meta"], 1, 'no lab "Mta": did you mean Meta?'),
        (["Zzz", "Meta"], 1, 'no lab "Zzz": `papertrack labs` lists them'),
        (["Meta", " "], 2, "the new name is empty: papertrack labs rename OLD NEW"),
    ],
)
def test_what_cannot_be_renamed_is_refused(
    papertrack: Run, listed: Path, words: list[str], status: int, error: str
) -> None:
    assert papertrack("labs", "rename", *words) == (status, "", f"{error}\n")
    assert listed.read_text(encoding="utf-8") == RENAMED
