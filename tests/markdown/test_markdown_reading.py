import pytest

from papertrack.markdown.document import RawRow, RawTable, divide, find
from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Kind, Table
from papertrack.models import Paper

_HEAD = "| Title | Venue | Status | Notes |\n| --- | --- | --- | --- |\n"
_LIST = "|名称|来源|说明|状态|备注|\n|-|-|-|-|-|\n"


def table(text: str) -> Table:
    [parsed] = loads(text)
    return parsed


def papers(text: str) -> list[Paper]:
    return [paper for _, paper in table(text).papers]


def kinds(parsed: Table) -> list[str]:
    return [row.kind.value for row in parsed.rows]


def raw_tables(text: str) -> dict[int, RawTable]:
    return {raw.header.line: raw for raw in find(text) if isinstance(raw, RawTable)}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a|b\n-|-\nc|d\ne\n\nf|g", 2),
        ("\ufeff| a | b |\r\n|---|---|\r\n| 1\x0b2 | x\u3000 |\r\n| 3\u20284 | y |\r\n", 2),
        ("> | a | b |\n> |---|---|\n> | c | d |\n| e | f |", 1),
        ("- x\n  | a | b |\n  |---|---|\n  | c | d |", 1),
        ("text\n| a | b |\n|---|---|\n| c \\| d | e |", 1),
        ("| a | b |\n|---|---|\n| c | d |\n\xa0\n| e | f |", 3),
        ("| a | b |\n|---|---|\n| c | d |\n- | e | f |", 1),
        ("| a | b |\n|---|---|", 0),
        ("| a | b |\n|---|---|\n| c | d |\n    | e | f |", 1),
    ],
    ids=[
        "pipes",
        "bom-crlf",
        "quote",
        "list",
        "escape",
        "nbsp-line",
        "list-ends",
        "header-only",
        "code",
    ],
)
def test_the_rows_are_those_of_gfm(text: str, rows: int) -> None:
    [raw] = raw_tables(text).values()
    assert len(raw.rows) == rows


@pytest.mark.parametrize(
    "text",
    ["```\n| a | b |\n|---|---|\n```", "| a | b |\n|---|", "| a | b |\xa0\n|---|---|", "a\n-"],
    ids=["in a fence", "too few dashes", "a cell of NBSP", "a heading"],
)
def test_what_gfm_does_not_show_as_a_table_is_none(text: str) -> None:
    assert not raw_tables(text)


@pytest.mark.parametrize(
    ("source", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("a | b", ("a", "b")),
        ("|| a ||", ("", "a", "")),
        ("| a \\| b | `c \\| d` |", ("a | b", "`c | d`")),
        ("|", ()),
    ],
)
def test_a_row_is_divided_as_gfm_divides_it(source: str, cells: tuple[str, ...]) -> None:
    assert divide(source) == cells


def test_a_table_knows_the_heading_above_it() -> None:
    text = "# One\n\n" + _HEAD + "\n**Two**:\n\n" + _HEAD + "\n<h3>Three</h3>\n\n" + _HEAD
    text += "\n<details><summary>Click</summary>\n\n" + _HEAD
    sections = [parsed.section for parsed in loads(text)]
    assert sections == ["One", "Two", "Three", "Three"]


def test_a_line_knows_its_cells() -> None:
    raw = raw_tables("x\n\n" + _HEAD + "| a | b |\n")[3]
    assert raw.rows == (RawRow(5, "| a | b |", ("a", "b")),)


def test_two_papers_on_one_line_are_two_papers() -> None:
    rows = "|《A》|x 2019|s|done|n| |《B》|ACL 2018|t|NULL|m|\n|《C》|NULL|||||\n"
    parsed = table(_LIST + rows)
    assert [paper.title for _, paper in parsed.papers] == ["A", "B", "C"]
    assert (parsed.counts["papers"], parsed.rescued) == (2, 1)
    assert [doubt.line for doubt in parsed.doubts] == [3]
    second = parsed.rows[0].papers[1]
    assert (second.venue, second.year, second.summary, second.notes) == ("ACL", 2018, "t", "m")


def test_three_papers_on_one_line_are_three_papers() -> None:
    row = "|" + " |".join(f"《{name}》|NULL|s|NULL|n|" for name in "ABC")
    parsed = table(_LIST + row)
    assert [paper.title for _, paper in parsed.papers] == ["A", "B", "C"]


def test_a_paper_behind_a_heading_or_a_placeholder_is_taken_in() -> None:
    rows = "|综述|||||| 《A》|x|s|done|n|\n|NULL|NULL|NULL|NULL|NULL|| 《B》|x|s|done|n|\n"
    parsed = table(_LIST + rows)
    assert [(paper.title, paper.tags) for _, paper in parsed.papers] == [
        ("A", ("综述",)),
        ("B", ()),
    ]
    assert kinds(parsed) == ["papers", "papers"]


def test_what_a_cell_of_html_says_of_several_rows_is_said_of_each() -> None:
    text = (
        "<table>\n<tr><th>Year</th><th>Venue</th><th>Paper</th></tr>\n"
        "<tr><td rowspan=2>2023</td><td rowspan='2'>CVPR</td><td>How Small Gardens Grow</td></tr>\n"
        "<tr><td>Cold Clocks: Why Towers Run Slow</td></tr>\n"
        "<tr><td>2022</td><td>ICML</td><td>A Long Way Round a Short List</td></tr>\n</table>\n"
    )
    [parsed] = loads(text)
    assert [(paper.venue, paper.year) for _, paper in parsed.papers] == [
        ("CVPR", 2023),
        ("CVPR", 2023),
        ("ICML", 2022),
    ]


def test_the_tags_that_html_sets_apart_are_several() -> None:
    tags = '<span class="paper-tag">deep beds</span> <span class="paper-tag">rain</span>'
    rows = f"<tr><td>How Small Gardens Keep Growing</td><td>2023</td><td>{tags}</td></tr>\n"
    header = "<tr><th>题目</th><th>年份</th><th>标签</th></tr>\n"
    [(_, paper)] = table(f"<table>\n{header}{rows}</table>\n").papers
    assert paper.tags == ("deep beds", "rain")


@pytest.mark.parametrize(
    "cell",
    [
        "[How Gardens Grow](https://arxiv.org/abs/1), [Why Clocks Run](https://arxiv.org/abs/2)",
        "1. How Gardens Grow <br> 2. Why Clocks Run",
        "(1) How Gardens Grow<br/>(2) Why Clocks Run",
    ],
)
def test_titles_with_commas_or_numbers_between_are_several_papers(cell: str) -> None:
    [parsed] = loads(f"|Date|Presenter|Papers|\n|-|-|-|\n|2023-01-05|Ann|{cell}|\n")
    assert [paper.title for _, paper in parsed.papers] == ["How Gardens Grow", "Why Clocks Run"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("[Link](https://arxiv.org/abs/2301.00001)", "a link without a title"),
        ("Paper", "a label, no title"),
        ("PDF", "a label, no title"),
    ],
)
def test_a_cell_without_a_title_is_named(cell: str, reason: str) -> None:
    titled = "[How Small Gardens Grow](https://arxiv.org/abs/2301.00002)"
    [parsed] = loads(f"|Date|Paper|\n|-|-|\n|May|{titled}|\n|June|{cell}|\n|July|{titled}|\n")
    assert [(run.line, run.reason) for run in parsed.unread] == [(4, reason)]


def test_surplus_cells_are_kept_in_the_notes() -> None:
    parsed = table(_HEAD + "| A long title | ACL 2019 | done | n | and | [x](https://x.org) |")
    paper = parsed.rows[0].papers[0]
    assert paper.notes == "n\nand\n[x](https://x.org)\n"
    assert paper.links == ("https://x.org",)
    assert "more cells than the header" in parsed.doubts[0].message


def test_a_row_broken_over_two_lines_is_one_paper() -> None:
    parsed = table(_LIST + "|《A》|ACL 2019|first half,\nsecond half|done|n|\n|《B》|||||\n")
    assert kinds(parsed) == ["papers", "continued", "papers"]
    paper = parsed.rows[0].papers[0]
    assert (paper.summary, paper.status.value, paper.notes) == (
        "first half, second half",
        "done",
        "n",
    )
    assert [doubt.line for doubt in parsed.doubts] == [4]


def test_a_row_without_a_title_goes_on_with_the_paper_above() -> None:
    parsed = table(_HEAD + "| A title | ACL 2019 | | one |\n| | | | two |\n")
    assert kinds(parsed) == ["papers", "continued"]
    assert parsed.rows[0].papers[0].notes == "one\ntwo\n"


def test_a_row_without_a_title_or_a_paper_above_is_skipped_with_its_text() -> None:
    parsed = table(_HEAD + "| | ACL 2019 | | two |\n")
    assert [(row.kind, row.reason) for row in parsed.rows] == [(Kind.SKIPPED, "no title")]
    assert "ACL 2019" in parsed.rows[0].text
    assert parsed.doubts


def test_a_row_with_a_date_of_its_own_is_no_part_of_the_paper_above() -> None:
    rows = "| 2024-01-05 | A title here |\n| 2024-01-12 | 未定 |\n| 2024-01-19 | Another one |\n"
    parsed = table("| Date | 論文 |\n|---|---|\n" + rows)
    assert kinds(parsed) == ["papers", "skipped", "papers"]


@pytest.mark.parametrize("between", ["\n", "<!-- new -->\n", "\n<!-- a\nb -->\n\n"])
def test_rows_behind_the_end_of_a_table_are_taken_in(between: str) -> None:
    text = _HEAD + "| A title | ACL 2019 | done | |\n" + between + "| Another | x | | |\n\ntext"
    parsed = table(text)
    assert [paper.title for _, paper in parsed.papers] == ["A title", "Another"]
    assert (len(parsed.rows), len(parsed.orphans), parsed.rescued) == (1, 1, 1)
    assert parsed.last == parsed.orphans[0].line == parsed.doubts[0].line


def test_lines_behind_a_table_that_are_no_rows_are_reported() -> None:
    parsed = table(_HEAD + "| A title | ACL 2019 | done | |\n\n| only | two |\n")
    assert not parsed.orphans
    assert "| only | two |" in parsed.doubts[0].message


def test_what_only_looks_like_a_table_is_reported() -> None:
    [parsed] = loads("text\n| a | b |\n|---|\n| c | d |\n")
    assert (parsed.header, parsed.rows, parsed.doubts[0].line) == ((), (), 2)


def test_text_below_a_table_is_no_paper() -> None:
    row = "| A title of words | ACL 2019 | done | n |\n"
    parsed = table(_HEAD + row * 2 + "See the other page for more of these\n")
    assert kinds(parsed) == ["papers", "papers", "skipped"]


def test_what_a_paper_is_also_called_is_its_name() -> None:
    (read,) = loads(
        "| Title | Year |\n| - | - |\n"
        "| [Small gardens](https://arxiv.org/abs/2101.00001) AKA GARD | 2020 |\n"
        "| Old clocks, a.k.a. run slow and late at night | 2021 |\n"
    )
    assert [(paper.name, paper.title) for _, paper in read.papers] == [
        ("GARD", "Small gardens"),
        (None, "Old clocks, a.k.a. run slow and late at night"),
    ]


def test_a_source_at_the_end_of_a_title_is_taken_and_the_cell_kept() -> None:
    (read,) = loads(
        "| Paper | Notes |\n| - | - |\n"
        "| [Small gardens grow, WWW 2014](https://x.org/a.pdf) | a |\n"
        "| [Old clocks of the flood, May 2015](https://x.org/b.pdf) | b |\n"
    )
    (_, gardens), (_, clocks) = read.papers
    assert (gardens.title, gardens.source) == ("Small gardens grow", "WWW 2014")
    assert gardens.columns == {"Paper": "[Small gardens grow, WWW 2014](https://x.org/a.pdf)"}
    assert (clocks.title, clocks.source) == ("Old clocks of the flood, May 2015", "")
