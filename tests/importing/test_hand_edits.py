import json
from pathlib import Path

import pytest

from commandline import Run

pytestmark = pytest.mark.usefixtures("folder")
_CATALOGUE = """\
[labs]
Google = []
Meta = ["Facebook"]

[markdown]
columns = ["title", "source", "notes"]
group = "{group}"
headings = "{headings}"
nothing = "NULL"
{more}

[[paper]]
key = "bert"
title = "BERT: Pre-training of Transformers"
lab = "Google"
tags = ["own", "nlp", "old"]
year = 2018
status = "done"

[[paper]]
key = "t5"
title = "T5: Limits of Transfer Learning"
lab = "Google"
tags = ["own", "nlp"]
year = 2018
status = "done"

[[paper]]
key = "detr"
title = "DETR: Object Detection with Transformers"
lab = "Meta"
tags = ["own", "vision"]
year = 2020
"""


def _generated(papertrack: Run, group: str, headings: str = "repeat", more: str = "") -> list[str]:
    Path("papers.toml").write_text(
        _CATALOGUE.format(group=group, headings=headings, more=more), encoding="utf-8"
    )
    markers = "<!-- papertrack:begin tag:own -->\n<!-- papertrack:end -->\n"
    Path("README.md").write_text(markers, encoding="utf-8")
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    return Path("README.md").read_text(encoding="utf-8").splitlines(keepends=True)


def _write(lines: list[str]) -> None:
    Path("README.md").write_text("".join(lines), encoding="utf-8")


def _row(lines: list[str], title: str) -> str:
    return next(line for line in lines if line.startswith((f"| {title} |", f"| {title}: ")))


def _moved(lines: list[str], title: str, below: str) -> list[str]:
    """Return the lines with the row of this title below that one."""
    row, other = _row(lines, title), _row(lines, below)
    lines = [line for line in lines if line != row]
    at = lines.index(other) + 1
    return [*lines[:at], row, *lines[at:]]


def _paper(papertrack: Run, key: str) -> dict[str, object]:
    data: dict[str, object] = json.loads(papertrack("show", key, "--json").out)
    return data


def _stands(papertrack: Run, title: str, below: str) -> None:
    """Assert that an export leaves the row there, and knows of no edit."""
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    lines = Path("README.md").read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines.index(_row(lines, title)) == lines.index(_row(lines, below)) + 1


@pytest.mark.parametrize(
    ("group", "more", "field", "value"),
    [
        pytest.param("lab", "", "lab", "Meta", id="lab"),
        pytest.param("tag", "", "tags", ["own", "vision", "old"], id="tag"),
        pytest.param(
            "tag", 'tags = ["vision", "nlp", "old"]', "tags", ["own", "vision", "old"], id="tags"
        ),
        pytest.param(
            "lab", 'heading_marks = "**"', "lab", "Meta", id="lab in a heading with marks"
        ),
        pytest.param("year", "", "year", 2020, id="year"),
        pytest.param("status", 'statuses = { to-read = "待读" }', "status", "to-read", id="status"),
    ],
)
@pytest.mark.parametrize("headings", ["repeat", "first", "sections"])
def test_a_row_under_another_heading_changes_what_that_says(
    papertrack: Run, headings: str, group: str, more: str, field: str, value: object
) -> None:
    lines = _generated(papertrack, group, headings, more)
    _write(_moved(lines, "BERT", "DETR"))
    done = papertrack("import", "README.md")
    assert (done.status, "left as it is" in done.err) == (0, False)
    assert "1 updated" in done.out
    assert _paper(papertrack, "bert")[field] == value
    lines = Path("README.md").read_text(encoding="utf-8").splitlines(keepends=True)
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    after = Path("README.md").read_text(encoding="utf-8")
    assert after.index("| DETR") < after.index("| T5") or after.index("| T5") < after.index(
        "| BERT"
    )


@pytest.mark.parametrize(
    "title", ["BERT: Pre-training of Transformer", "BERT: Pre-training of Deep Transformers"]
)
def test_a_title_that_was_edited_alone_is_the_paper_s(papertrack: Run, title: str) -> None:
    lines = _generated(papertrack, "lab")
    _write([line.replace("BERT: Pre-training of Transformers", title) for line in lines])
    done = papertrack("import", "README.md")
    assert (done.err, "1 updated" in done.out) == ("", True)
    assert _paper(papertrack, "bert")["title"] == title
    assert papertrack("export-markdown", "--into", "README.md", "--check").status == 0


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ("GARD of all | ICLR 2020 | ", "GARD edited of all | ICLR 2020 | done", {"status": "done"}),
        ("[A](", "[Few-Shot Learners of Everything](", {}),
        ("[Soil](", "[A garden for the earth](", {}),
        ("1706.03762", "1706.03763", {"arxiv": "1706.03763"}),
    ],
    ids=["status", "arXiv", "DOI", "another id"],
)
def test_a_row_that_the_block_recognises_is_its_paper(
    papertrack: Run, old: str, new: str, fields: dict[str, object]
) -> None:
    rows = (
        "GARD of all | ICLR 2020 | ",
        "[A](https://arxiv.org/abs/2005.14165) | NeurIPS 2020 | done",
        "[Soil](https://doi.org/10.1000/182) |  | ",
        "[Trees](https://arxiv.org/abs/1706.03762) | NeurIPS 2017 | ",
    )
    lines = ("Title | Venue | Status", "--- | --- | ---", *rows)
    _write([f"| {line} |\n" for line in lines])
    papertrack("import", "README.md", "--adopt")
    before = {it["key"]: it for it in json.loads(papertrack("list", "--json").out)}
    text = Path("README.md").read_text(encoding="utf-8")
    assert text.count(old) == 1
    _write([text.replace(old, new)])
    done = papertrack("import", "README.md")
    assert (done.err, done.out.splitlines()[-1]) == (
        "",
        "1 updated, 3 unchanged (data/papers.toml)",
    )
    [after] = [it for it in json.loads(papertrack("list", "--json").out) if it != before[it["key"]]]
    assert fields.items() <= after.items()
    assert papertrack("export-markdown", "--all", "--check").status == 0


def test_a_row_with_another_id_and_year_is_another_paper_of_that_title(papertrack: Run) -> None:
    row = "| [Trees](https://arxiv.org/abs/1706.03762) | NeurIPS 2017 |  |\n"
    _write(["| Title | Venue | Status |\n| --- | --- | --- |\n", row])
    papertrack("import", "README.md", "--adopt")
    text = Path("README.md").read_text(encoding="utf-8")
    _write(
        [text.replace(row, "| [Trees](https://arxiv.org/abs/1806.00001) | ICML 2018 | done |\n")]
    )
    assert "1 added" in papertrack("import", "README.md").out
    trees, others = json.loads(papertrack("list", "--json").out)
    assert (trees["arxiv"], trees["year"], trees["status"]) == ("1706.03762", 2017, "to-read")
    assert (others["arxiv"], others["year"], others["status"]) == ("1806.00001", 2018, "done")


def test_a_title_of_another_paper_in_a_row_is_a_new_paper(papertrack: Run) -> None:
    _generated(papertrack, "lab")
    papertrack("edit", "bert", "--venue", "Proceedings of the NAACL")
    papertrack("note", "bert", "Read it with Ann on the boat")
    papertrack("export-markdown", "--into", "README.md")
    text = Path("README.md").read_text(encoding="utf-8")
    title = "Language Models Are Few-Shot Learners"
    _write([text.replace("BERT: Pre-training of Transformers", title)])
    done = papertrack("import", "README.md")
    assert (done.status, "1 added" in done.out) == (0, True)
    assert _paper(papertrack, "bert")["title"] == "BERT: Pre-training of Transformers"


def test_a_row_elsewhere_with_a_title_that_is_alike_is_another_paper(papertrack: Run) -> None:
    lines = _generated(papertrack, "lab")
    new = _row(lines, "BERT").replace("BERT: Pre-training", "BERT: The pre-training")
    moved = [line for line in lines if line != _row(lines, "BERT")]
    at = moved.index(_row(moved, "T5")) + 1
    _write([*moved[:at], new, *moved[at:]])
    assert "1 added" in papertrack("import", "README.md").out
    assert _paper(papertrack, "bert")["title"] == "BERT: Pre-training of Transformers"


def test_a_row_that_was_edited_and_moved_keeps_both(papertrack: Run) -> None:
    lines = _generated(papertrack, "lab")
    moved = _moved(lines, "BERT", "DETR")
    _write([line.replace("Transformers | 2018", "Transformers | NAACL 2019") for line in moved])
    assert papertrack("import", "README.md").err == ""
    paper = _paper(papertrack, "bert")
    assert (paper["lab"], paper["venue"], paper["year"]) == ("Meta", "NAACL", 2019)
    _stands(papertrack, "BERT", "Meta")


def test_a_row_is_moved_as_well_where_the_catalogue_changed_another(papertrack: Run) -> None:
    lines = _generated(papertrack, "tag")
    papertrack("edit", "t5", "--set", "year=2019")
    _write(_moved(lines, "BERT", "DETR"))
    done = papertrack("import", "README.md")
    assert done.err == ""
    assert _paper(papertrack, "bert")["tags"] == ["own", "vision", "old"]


def test_what_the_catalogue_moved_is_no_edit(papertrack: Run) -> None:
    lines = _generated(papertrack, "lab")
    papertrack("edit", "t5", "--set", "lab=Meta")
    _write([line.replace("Transformers | 2018", "Transformers | 2019") for line in lines])
    done = papertrack("import", "README.md", "--ours")
    assert done.status == 0
    assert _paper(papertrack, "t5")["lab"] == "Meta"


def test_a_row_waits_where_the_catalogue_may_have_moved_it(papertrack: Run) -> None:
    lines = _generated(papertrack, "tag")
    papertrack("tag", "t5", "+vision", "--", "-nlp")
    _write([line.replace("Transformers | 2018", "Transformers | 2019") for line in lines])
    done = papertrack("import", "README.md")
    assert "the row of t5 stands under another heading than the catalogue gives it" in done.err
    assert _paper(papertrack, "t5")["tags"] == ["own", "vision"]
    assert papertrack("export-markdown", "--into", "README.md").status == 1


def test_a_row_above_every_heading_is_named(papertrack: Run) -> None:
    lines = _generated(papertrack, "lab")
    row = _row(lines, "DETR")
    lines.remove(row)
    lines.insert(lines.index(_row(lines, "Google")), row)
    _write(lines)
    done = papertrack("import", "README.md")
    assert "the row of detr stands under another heading than the catalogue gives it" in done.err
    assert _paper(papertrack, "detr")["lab"] == "Meta"
    assert papertrack("export-markdown", "--into", "README.md").status == 1


@pytest.mark.parametrize("headings", ["repeat", "first", "sections"])
def test_a_heading_taken_out_of_the_beginning_is_named_once(papertrack: Run, headings: str) -> None:
    lines = _generated(papertrack, "lab", headings)
    _write([line for line in lines if not line.startswith(("| Google", "### Google"))])
    done = papertrack("import", "README.md")
    assert done.err.count("left as it is") == done.err.count("Google: edited by hand") == 1
    assert [_paper(papertrack, key)["lab"] for key in ("bert", "t5")] == ["Google"] * 2
    assert papertrack("export-markdown", "--into", "README.md").status == 1


def test_another_name_in_a_heading_is_another_lab_of_its_papers(papertrack: Run) -> None:
    lines = _generated(papertrack, "lab")
    _write([line.replace("| Google", "| DeepMind") for line in lines])
    assert papertrack("import", "README.md").err == ""
    assert [_paper(papertrack, key)["lab"] for key in ("bert", "t5")] == ["DeepMind"] * 2
    _stands(papertrack, "BERT", "DeepMind")


@pytest.mark.parametrize(("headers", "word"), [("", "Other"), ('headers = ["标题"]', "其他")])
def test_papers_of_no_lab_have_a_heading_that_is_none(
    papertrack: Run, headers: str, word: str
) -> None:
    lines = _generated(papertrack, "lab", more=headers)
    papertrack("add", "RT-2: Robots that Act", "--year", "2023", "--tag", "own")
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    lines = Path("README.md").read_text(encoding="utf-8").splitlines(keepends=True)
    heading = f"| {word} | {word} | {word} |\n"
    assert lines.index(_row(lines, "RT-2")) == lines.index(heading) + 1
    new = "| RT-1: Robots that Learn | 2022 | NULL |\n"
    lines.insert(lines.index(heading) + 1, new)
    _write(_moved(lines, "DETR", "RT-1"))
    assert papertrack("import", "README.md").err == ""
    assert [_paper(papertrack, key)["lab"] for key in ("rt-1", "detr")] == [None, None]
    Path("papers.toml").unlink()
    papertrack("import", "README.md")
    papers = json.loads(papertrack("list", "--json").out)
    labs = {paper["title"].partition(":")[0]: paper["lab"] for paper in papers}
    of_google = {"BERT": "Google", "T5": "Google"}
    assert labs == {**of_google, "RT-1": None, "RT-2": None, "DETR": None}


def test_the_last_row_of_a_group_may_take_its_heading_along(papertrack: Run) -> None:
    lines = _generated(papertrack, "lab")
    row, heading = _row(lines, "DETR"), _row(lines, "Meta")
    lines = [line for line in lines if line not in (row, heading)]
    lines.insert(lines.index(_row(lines, "BERT")), row)
    _write(lines)
    assert papertrack("import", "README.md").err == ""
    assert _paper(papertrack, "detr")["lab"] == "Google"


@pytest.mark.parametrize(
    ("group", "more"),
    [
        pytest.param("tag", 'tags = ["nlp", "vision"]', id="among tags"),
        pytest.param("lab", "", id="among labs"),
    ],
)
def test_a_new_heading_is_shown_from_now_on(papertrack: Run, group: str, more: str) -> None:
    lines = _generated(papertrack, group, "first" if group == "tag" else "repeat", more)
    end = next(at for at, line in enumerate(lines) if "papertrack:end" in line)
    new = ["| robots | NULL | NULL |\n", "| RT-2: Robots that Act | 2023 | NULL |\n"]
    at = end - (not lines[end - 1].strip())
    _write([*lines[:at], *new, *lines[at:]])
    done = papertrack("import", "README.md")
    assert (done.status, done.err) == (0, "")
    assert _paper(papertrack, "rt-2")["tags"] == ["own", "robots"]
    _stands(papertrack, "RT-2", "robots")


def test_a_new_tag_in_a_column_is_shown_from_now_on(papertrack: Run) -> None:
    more = 'tags = ["nlp", "vision"]'
    text = _CATALOGUE.format(group="lab", headings="repeat", more=more)
    text = text.replace('"source", "notes"]', '"tags", "notes"]')
    lines = _generated(papertrack, "lab")
    Path("papers.toml").write_text(text, encoding="utf-8")
    papertrack("export-markdown", "--into", "README.md", "--force")
    lines = Path("README.md").read_text(encoding="utf-8").splitlines(keepends=True)
    _write([line.replace("| vision |", "| vision, boxes |") for line in lines])
    assert papertrack("import", "README.md").err == ""
    assert 'tags = ["nlp", "vision", "boxes"]' in Path("papers.toml").read_text(encoding="utf-8")
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    assert "| vision, boxes |" in Path("README.md").read_text(encoding="utf-8")


def test_a_title_is_one_line_and_every_row_is_counted(papertrack: Run) -> None:
    papertrack("init")
    assert papertrack("add", "A garden\n  of soil").out == "added garden-soil: A garden of soil\n"
    papertrack("add", "Trees")
    papertrack("edit", "trees", "--set", "title=Trees\nand shrubs")
    assert _paper(papertrack, "trees")["title"] == "Trees and shrubs"
    catalogue = Path("data/papers.toml")
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("Trees and", "Trees\\nand"), encoding="utf-8")
    _write(["<!-- papertrack:begin -->\n", "<!-- papertrack:end -->\n"])
    papertrack("export-markdown", "--into", "README.md")
    assert "\n| Trees and shrubs |" in Path("README.md").read_text(encoding="utf-8")
    done = papertrack("import", "README.md")
    assert done == (0, "README.md: 2 rows: 2 papers\n2 unchanged (data/papers.toml)\n", "")
