import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertrack.errors import PapertrackError
from papertrack.folding import fold
from papertrack.formats.markdown.document import Line, RawTable, divide, find
from papertrack.formats.markdown.inline import spans
from papertrack.formats.markdown.nothing import is_nothing
from papertrack.formats.markdown.reading import loads
from papertrack.formats.markdown.rows import Kind, Meaning, Row, Table
from papertrack.models import Headings, Paper

_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+|\d+")
_HEAD = "| Title | Venue | Status | Notes |\n| --- | --- | --- | --- |\n"
_LIST = "|名称|来源|说明|状态|备注|\n|-|-|-|-|-|\n"


def table(
    text: str, mapping: dict[str, str] | None = None, headings: Meaning | None = None
) -> Table:
    [found] = loads(text, mapping=mapping, headings=headings)
    return found


def papers(text: str) -> list[Paper]:
    return [paper for _, paper in table(text).papers]


def kinds(found: Table) -> list[str]:
    return [row.kind.value for row in found.rows]


def raw_tables(text: str) -> dict[int, RawTable]:
    return {raw.header.line: raw for raw in find(text) if isinstance(raw, RawTable)}


def files(shared: Path) -> list[Path]:
    return [*sorted((shared / "tables").glob("*/*.md")), shared / "reading-list.md"]


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


# What the files of other people hold


def test_every_topic_has_the_counts_that_other_parsers_find(shared: Path) -> None:
    expected = json.loads(read(shared / "tables" / "EXPECTED.json"))
    for name, wanted in expected.items():
        if not name.startswith("topics/"):
            continue
        tables = loads(read(shared / "tables" / name))
        found = Counter({"rescued": sum(one.rescued for one in tables)})
        found["rows"] = sum(len(one.rows) for one in tables)
        for one in tables:
            found.update(one.counts)
        counts = {key: value for key, value in wanted.items() if key != "header"}
        assert {key: found[key] for key in counts} == counts, name
        assert found["skipped"] == 0, name
        assert found["continued"] == wanted.get("continued", 0), name
        assert found["rescued"] == wanted.get("rescued", 0), name


def test_every_list_has_the_rows_that_other_parsers_find(shared: Path) -> None:
    expected = json.loads(read(shared / "tables" / "EXPECTED.json"))
    for name, wanted in expected.items():
        if name.startswith("topics/"):
            continue
        tables = [one for one in loads(read(shared / "tables" / name)) if one.header]
        found = [(one.line, len(one.rows)) for one in tables]
        assert found == [(one["line"], one["rows"]) for one in wanted], name


def test_no_visible_word_of_a_file_is_lost(shared: Path) -> None:
    for path in files(shared):
        text = read(path)
        raws = raw_tables(text)
        for found in loads(text):
            if found.header:
                assert not lost_words(found, raws[found.line]), path.name


def lost_words(found: Table, raw: RawTable) -> list[str]:
    """Return the words of a table's rows that its papers, headings and reasons do not hold."""
    lost = []
    above: list[Paper] = []
    numbered = {n for n, column in enumerate(found.look.columns) if column == "number"}
    for line, row in zip(raw.rows, found.rows, strict=True):
        if row.kind is Kind.PLACEHOLDER:
            continue
        above = list(row.papers) or above
        told = held(row, above)
        cells = [cell for n, cell in enumerate(line.cells) if n not in numbered]
        lost += [word for cell in cells for word in words(cell) if word not in told]
    return lost


def words(cell: str) -> list[str]:
    if is_nothing(cell):
        return []
    text = fold("".join(run.text for run in spans(cell) if not run.image))
    return _WORDS.findall(re.sub(r"(?<=\d{4})年", "", text))  # a year's own word, not the venue's


def held(row: Row, above: list[Paper]) -> str:
    if row.kind in (Kind.SKIPPED, Kind.HEADING):
        return fold("".join(run.text for run in spans(row.text)))
    values = [value for paper in above for value in paper.model_dump().values()]
    texts = [" ".join(v) if isinstance(v, tuple) else str(v) for v in values if v is not None]
    arxiv = [f"https://arxiv.org/abs/{paper.arxiv}" for paper in above if paper.arxiv]
    return fold(" ".join((*texts, *arxiv)))


def test_the_reading_list_is_read_whole(shared: Path) -> None:
    found = table(read(shared / "reading-list.md"))
    assert found.counts == {
        "papers": 13,
        "headings": 5,
        "placeholders": 8,
        "continued": 0,
        "skipped": 0,
    }
    assert not found.doubts
    llama = next(paper for _, paper in found.papers if paper.title.startswith("LLaMA"))
    assert (llama.lab, llama.venue, llama.year) == ("Meta", "facebook research", 2023)
    assert llama.summary is not None
    assert llama.summary.startswith("Meta的LLaMA模型：\n1 Meta的高效率大模型（参数更小）；\n")
    assert llama.summary.endswith("（原理和Deepmind的Chinchilla基本一致）；\n")
    assert llama.notes == "https://mp.weixin.qq.com/s/MbZTfVgxx221Eo9pl1h80w"
    look = found.look
    assert look.columns == ("title", "source", "summary", "status", "notes")
    assert look.headers == ("名称", "来源", "说明", "状态", "备注")
    assert (look.group, look.headings, look.nothing) == ("lab", Headings.REPEAT, "NULL")
    assert look.statuses == {"to-read": "", "done": "done"}
    assert (look.brackets, look.line_break) == ("《》", "<br/>")


# What GFM sees


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
    ids="pipes bom-crlf quote list escape nbsp-line list-ends header-only code".split(),
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
    text = "# One\n\n" + _HEAD + "\n**Two**:\n\n" + _HEAD + "\n<summary>Three</summary>\n\n" + _HEAD
    assert [found.section for found in loads(text)] == ["One", "Two", "Three"]


# Rows that GFM cuts


def test_two_papers_on_one_line_are_two_papers() -> None:
    rows = "|《A》|x 2019|s|done|n| |《B》|ACL 2018|t|NULL|m|\n|《C》|NULL|||||\n"
    found = table(_LIST + rows)
    assert [paper.title for _, paper in found.papers] == ["A", "B", "C"]
    assert (found.counts["papers"], found.rescued) == (2, 1)
    assert [doubt.line for doubt in found.doubts] == [3]
    second = found.rows[0].papers[1]
    assert (second.venue, second.year, second.summary, second.notes) == ("ACL", 2018, "t", "m")


def test_three_papers_on_one_line_are_three_papers() -> None:
    row = "|" + " |".join(f"《{name}》|NULL|s|NULL|n|" for name in "ABC")
    found = table(_LIST + row)
    assert [paper.title for _, paper in found.papers] == ["A", "B", "C"]


def test_a_paper_behind_a_heading_or_a_placeholder_is_taken_in() -> None:
    rows = "|综述|||||| 《A》|x|s|done|n|\n|NULL|NULL|NULL|NULL|NULL|| 《B》|x|s|done|n|\n"
    found = table(_LIST + rows)
    assert [(paper.title, paper.tags) for _, paper in found.papers] == [("A", ("综述",)), ("B", ())]
    assert kinds(found) == ["papers", "papers"]


def test_surplus_cells_are_kept_in_the_notes() -> None:
    found = table(_HEAD + "| A long title | ACL 2019 | done | n | and | [x](https://x.org) |")
    paper = found.rows[0].papers[0]
    assert paper.notes == "n\nand\n[x](https://x.org)\n"
    assert paper.links == ("https://x.org",)
    assert "more cells than the header" in found.doubts[0].message


def test_a_row_broken_over_two_lines_is_one_paper() -> None:
    found = table(_LIST + "|《A》|ACL 2019|first half,\nsecond half|done|n|\n|《B》|||||\n")
    assert kinds(found) == ["papers", "continued", "papers"]
    paper = found.rows[0].papers[0]
    assert (paper.summary, paper.status.value, paper.notes) == (
        "first half, second half",
        "done",
        "n",
    )
    assert [doubt.line for doubt in found.doubts] == [4]


def test_a_row_without_a_title_goes_on_with_the_paper_above() -> None:
    found = table(_HEAD + "| A title | ACL 2019 | | one |\n| | | | two |\n")
    assert kinds(found) == ["papers", "continued"]
    assert found.rows[0].papers[0].notes == "one\ntwo\n"


def test_a_row_without_a_title_or_a_paper_above_is_skipped_with_its_text() -> None:
    found = table(_HEAD + "| | ACL 2019 | | two |\n")
    assert [(row.kind, row.reason) for row in found.rows] == [(Kind.SKIPPED, "no title")]
    assert "ACL 2019" in found.rows[0].text
    assert found.doubts


@pytest.mark.parametrize("between", ["\n", "<!-- new -->\n", "\n<!-- a\nb -->\n\n"])
def test_rows_behind_the_end_of_a_table_are_taken_in(between: str) -> None:
    text = _HEAD + "| A title | ACL 2019 | done | |\n" + between + "| Another | x | | |\n\ntext"
    found = table(text)
    assert [paper.title for _, paper in found.papers] == ["A title", "Another"]
    assert (len(found.rows), len(found.orphans), found.rescued) == (1, 1, 1)
    assert found.last == found.orphans[0].line == found.doubts[0].line


def test_lines_behind_a_table_that_are_no_rows_are_reported() -> None:
    found = table(_HEAD + "| A title | ACL 2019 | done | |\n\n| only | two |\n")
    assert not found.orphans
    assert "| only | two |" in found.doubts[0].message


def test_what_only_looks_like_a_table_is_reported() -> None:
    [found] = loads("text\n| a | b |\n|---|\n| c | d |\n")
    assert (found.header, found.rows, found.doubts[0].line) == ((), (), 2)


def test_text_below_a_table_is_no_paper() -> None:
    row = "| A title of words | ACL 2019 | done | n |\n"
    found = table(_HEAD + row * 2 + "See the other page for more of these\n")
    assert kinds(found) == ["papers", "papers", "skipped"]


# Headings and placeholders


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("|OpenAI|OpenAI |OpenAI|OpenAI|OpenAI|", "headings"),
        ("|综述|NULL|NULL|NULL|NULL|", "headings"),
        ("|**Surveys**|||||", "headings"),
        ("|[Surveys](#s)|||||", "headings"),
        ("|《A》|NULL|NULL|NULL|NULL|", "papers"),
        ("|DROPEDGE: A TITLE》|NULL|NULL|NULL|NULL|", "papers"),
        ("|[A Title](https://arxiv.org/abs/1706.03762)|||||", "papers"),
        ("|NULL|NULL|NULL|NULL|NULL|", "placeholders"),
        ("|单元格|单元格|单元格|单元格|单元格|", "placeholders"),
        ("|TBD| |-|N/A|…|", "placeholders"),
        ("|名称|来源|说明|状态|备注|", "skipped"),
        ("|---|---|---|---|---|", "placeholders"),
    ],
)
def test_each_row_is_told_for_what_it_is(row: str, kind: str) -> None:
    others = "|《B》|ACL 2019|s|done|n|\n|《C》|ACL 2019|s|done|n|\n"
    assert kinds(table(_LIST + others + row))[-1] == kind


def test_a_long_title_alone_is_a_paper_and_a_doubt() -> None:
    rows = "| Some title here | ACL 2019 | done | n |\n| Surveys | | | |\n"
    found = table(_HEAD + rows + "| An Attempt at Something With Many Words | | | |\n")
    assert kinds(found) == ["papers", "headings", "papers"]
    assert [doubt.line for doubt in found.doubts] == [5]


def test_a_list_of_titles_alone_is_a_list_of_papers() -> None:
    rows = "".join(f"| Attention is needed {n} times | | | |\n" for n in range(9))
    assert set(kinds(table(_HEAD + rows))) == {"papers"}


_GROUPED = "|《A》||||\n|Meta|Meta|Meta|Meta|Meta|\n|《B》||||\n|综述|||||\n|《C》||||\n|||||\n|《D》||||\n"


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        (None, [(None, ()), ("Meta", ()), (None, ("综述",)), (None, ())]),
        (
            Meaning.TAG,
            [(None, ("S",)), (None, ("S", "Meta")), (None, ("S", "综述")), (None, ("S",))],
        ),
        (Meaning.LAB, [("S", ()), ("Meta", ()), ("综述", ()), ("S", ())]),
        (Meaning.NONE, [(None, ())] * 4),
    ],
)
def test_headings_mean_what_is_asked(
    meaning: Meaning | None, said: list[tuple[str | None, tuple[str, ...]]]
) -> None:
    found = table("## S\n\n" + _LIST + _GROUPED, headings=meaning)
    assert [(paper.lab, paper.tags) for _, paper in found.papers] == said
    assert found.counts["headings" if meaning is not Meaning.NONE else "skipped"] == 2


def test_a_year_taken_for_a_lab_is_a_doubt() -> None:
    found = table(_LIST + "|2023|2023|2023|2023|2023|\n|《A》||||\n")
    assert "taken for a lab" in found.doubts[0].message


# Columns


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("Mon|Tue|Wed|Thu|Fri|Sat|Sun", "1|2|3|4|5|6|7", "a calendar"),
        ("Name|Affiliation|Role|Email", "A B|MIT|PhD|a@b.c", "people"),
        ("Command|Description", "`x`|Preview what would be done", "commands or settings"),
        ("Model|F1|CR", "BERT|93.1|0.3", "a leaderboard without papers"),
        ("Year|Website|Deadline|Location", "2024|x|2024-01-02|Rome", "a schedule"),
        ("Feature|Description", "Daily|Runs every 8 hours here", "no column of titles among"),
        ("Metric|Paper|Ours", "Acc|93.1|93.2", "no column of titles among"),
        ("Makale|SQL havuzu", "[Bağlantılar](x.md)|Yes", "does not look like papers"),
    ],
)
def test_a_table_of_something_else_is_left(header: str, row: str, reason: str) -> None:
    width = header.count("|") + 1
    found = table(f"|{header}|\n|{'-|' * width}\n|{row}|\n|{row}|\n")
    assert found.skipped is not None
    assert reason in found.skipped
    assert found.counts["skipped"] == len(found.rows) == 2
    assert {r.reason for r in found.rows} == {found.skipped}


@pytest.mark.parametrize(
    ("header", "row", "fields"),
    [
        (
            "Date|keywords|Institute|Paper",
            "2017-06|Transformers|Google|[Attention Is All](https://arxiv.org/pdf/1706.03762.pdf)",
            {
                "title": "Attention Is All",
                "lab": "Google",
                "year": 2017,
                "arxiv": "1706.03762",
                "links": ("https://arxiv.org/pdf/1706.03762.pdf",),
                "tags": ("Transformers",),
                "notes": "Date: 2017-06",
            },
        ),
        (
            "Model|ROUGE-1|ROUGE-2|METEOR|Paper / Source|Code",
            "RNES (Wu)|41.25|18.8|-|[Learning to Extract](https://x.org/p)|[Official](https://github.com/a/b)",
            {
                "title": "Learning to Extract",
                "links": ("https://x.org/p", "https://github.com/a/b"),
                "notes": "Model: RNES (Wu)\nROUGE-1: 41.25\nROUGE-2: 18.8\nCode: [Official](https://github.com/a/b)\n",
            },
        ),
        (
            "**Name**|**Paper**|**Publication**|**Link**",
            "LGIR|Enhancing Job Recommendation|AAAI 2024|[[Link]](https://arxiv.org/abs/2307.10747)",
            {
                "name": "LGIR",
                "title": "Enhancing Job Recommendation",
                "venue": "AAAI",
                "year": 2024,
                "arxiv": "2307.10747",
                "notes": "Link: [[Link]](https://arxiv.org/abs/2307.10747)",
            },
        ),
        (
            "논문|저자|연도|핵심 기여|arXiv",
            "RTMPose|Jiang et al.|2023|SimCC|2303.07399",
            {
                "title": "RTMPose",
                "authors": ("Jiang et al.",),
                "year": 2023,
                "arxiv": "2303.07399",
                "notes": "핵심 기여: SimCC",
            },
        ),
        (
            "論文|著者|発表|ポイント",
            "[RT-2](https://arxiv.org/abs/2307.15818)|Zitkovich et al. (Google)|CoRL 2023|原点",
            {
                "title": "RT-2",
                "authors": ("Zitkovich et al. (Google)",),
                "venue": "CoRL",
                "year": 2023,
                "arxiv": "2307.15818",
                "notes": "ポイント: 原点",
            },
        ),
        (
            "Titre|Auteurs|Année|Résumé|Lu ?",
            "Une étude des choses|A. Dupont, B. Durand|2020|Court<br/>et bon|oui",
            {
                "title": "Une étude des choses",
                "authors": ("A. Dupont", "B. Durand"),
                "year": 2020,
                "summary": "Court\net bon\n",
                "notes": "Lu ?: oui",
            },
        ),
        (
            "#|Makale|Yıl|Durum",
            "1|Derin öğrenme üzerine notlar|2021|okundu",
            {"title": "Derin öğrenme üzerine notlar", "year": 2021, "status": "done"},
        ),
        (
            "||||",
            "GPT | 2018.06.11 | - | [Improving Language Understanding](https://cdn.org/l.pdf)",
            {
                "name": "GPT",
                "title": "Improving Language Understanding",
                "year": 2018,
                "links": ("https://cdn.org/l.pdf",),
                "notes": "Column 2: 2018.06.11",
            },
        ),
        (
            "Title|Authors|DOI|Priority|Added",
            "A Title|Jane Doe|10.1145/3547139|2|2024-01-31",
            {
                "title": "A Title",
                "authors": ("Jane Doe",),
                "doi": "10.1145/3547139",
                "priority": 2,
                "added": "2024-01-31",
            },
        ),
    ],
    ids="dates scores links korean japanese french turkish headless strict".split(),
)
def test_each_column_goes_where_it_belongs(
    header: str, row: str, fields: dict[str, object]
) -> None:
    width = row.count("|") + 1
    head = f"|{header}|" if header.strip("|") else f"|{'|' * width}"
    [paper] = papers(f"{head}\n|{'-|' * width}\n|{row}|\n")
    found = paper.model_dump(exclude_defaults=True, mode="python")
    found.pop("key")
    spelled = {name: str(v) if name in ("added", "status") else v for name, v in found.items()}
    assert spelled == fields


def test_a_date_of_reading_is_no_year_of_a_much_older_paper() -> None:
    rows = "| 2023-01-05 | [Attention Is All](https://arxiv.org/abs/1706.03762) |\n"
    [paper] = papers("| Date | Title |\n|---|---|\n" + rows)
    assert (paper.year, paper.notes) == (None, "Date: 2023-01-05")


def test_a_status_that_is_none_is_kept_in_the_notes() -> None:
    rows = "|《A》|||done||\n|《B》|||DPO：<br/>two lines|n|\n"
    found = table(_LIST + rows)
    second = found.rows[1].papers[0]
    assert (second.status.value, second.notes) == ("to-read", "n\n状态: DPO：\n状态: two lines\n")
    assert [doubt.line for doubt in found.doubts] == [4]


def test_a_person_says_what_the_columns_hold() -> None:
    text = "| Thing | 备注 | Where |\n|---|---|---|\n| One | two | ACL 2019 |\n"
    assert table(text).skipped
    [(_, paper)] = table(text, {"thing": "title", "备注": "skip", "3": "source"}).papers
    assert (paper.title, paper.notes, paper.venue, paper.year) == ("One", None, "ACL", 2019)


def test_a_field_that_there_is_not_cannot_be_mapped_to() -> None:
    with pytest.raises(PapertrackError, match="did you mean title"):
        loads("", mapping={"Paper": "titel"})


# Looks


@pytest.mark.parametrize(
    ("text", "look"),
    [
        (
            "| # | Paper | Tags | Done? |\n|-|-|-|-|\n"
            "| 1 | [Abc def](https://x.org) | a, b | ✅ |\n| 2 | [Cde fgh](https://y.org) | a | |\n",
            {
                "columns": ("number", "title+link", "tags", "status"),
                "headers": ("#", "Paper", "Tags", "Done?"),
                "statuses": {"to-read": "", "done": "✅"},
            },
        ),
        (
            "| **Title** | Year | Score |\n|-|-|-|\n| “A b” | 2019 | - |\n| “C d” | - | 3 |\n",
            {
                "columns": ("title", "year", "note:Score"),
                "headers": ("**Title**", "Year", "Score"),
                "nothing": "-",
                "brackets": "“”",
            },
        ),
        (
            _LIST
            + "|综述|NULL|NULL|NULL|NULL|\n|《A》|x 2019|a<br />b|[ ]|NULL|\n|《B》|y|a<br>|[x]||\n",
            {
                "headers": ("名称", "来源", "说明", "状态", "备注"),
                "group": "tag",
                "headings": Headings.FIRST,
                "nothing": "NULL",
                "statuses": {"to-read": "[ ]", "done": "[x]"},
                "brackets": "《》",
            },
        ),
    ],
    ids=["links", "quotes", "brackets"],
)
def test_the_look_of_a_table_is_found(text: str, look: dict[str, object]) -> None:
    found = table(text).look.model_dump(exclude_defaults=True)
    assert found == {k: v for k, v in look.items()}


# Lists


def test_a_list_of_papers_is_a_table_without_a_header() -> None:
    text = (
        "## Reading\n\n- Surveys\n"
        "  - [A Survey of Things](https://arxiv.org/abs/1706.03762), 2017\n"
        "  - [x] **A Bold Title Here** *Jane Doe, John Roe*. ACL 2019.\n"
        "- [Contents](#contents)\n"
    )
    found = table(text)
    assert (found.line, found.header, found.section) == (3, (), "Reading")
    assert [(row.line, row.kind.value) for row in found.rows] == [
        (3, "headings"),
        (4, "papers"),
        (5, "papers"),
        (6, "skipped"),
    ]
    first, second = (paper for _, paper in found.papers)
    assert (first.arxiv, first.year, first.tags) == ("1706.03762", 2017, ("Surveys",))
    assert (second.title, second.status.value, second.venue) == ("A Bold Title Here", "done", "ACL")


def test_details_below_an_item_belong_to_its_paper() -> None:
    text = (
        "- 02: Efficient Transformers: A Survey\n"
        "  >- [Video](https://youtu.be/x), [Presentation](./p.pdf)\n"
        "  >- Keywords: Transformer, Scalable\n  >- Team: 김백수\n"
    )
    [paper] = papers(text)
    assert paper.title == "Efficient Transformers: A Survey"
    assert paper.tags == ("Transformer", "Scalable")
    assert paper.notes == ("[Video](https://youtu.be/x), [Presentation](./p.pdf)\nTeam: 김백수\n")


@pytest.mark.parametrize(
    "text",
    [
        "- [Milestones](#milestones)\n- [Tools](#tools)\n",
        "- [open-r1](https://github.com/x/y) - reproduction\n- [vLLM](https://github.com/x/z)\n",
        "1. Fork it\n2. Change it\n3. Open a pull request\n",
    ],
    ids=["contents", "tools", "steps"],
)
def test_a_list_of_something_else_is_nothing(text: str) -> None:
    assert loads(text) == []


# Any text at all


_CELL = st.text(
    st.sampled_from(
        "aB《》[](){}<>*_`~|\\/#!?.,;:-=&'\"“”0129年中あ한ıİ\u3000\xa0\x0b\t\ud800\x00😀 "
    ),
    max_size=30,
) | st.sampled_from(
    [
        "NULL",
        "-",
        "done",
        "✅",
        "arXiv 2022",
        "2019",
        "[A b](https://x.org/y)",
        "a<br/>b",
        "https://arxiv.org/abs/1706.03762v2",
        "![x](y)",
        "《一个题目》",
        "A Title of Several Words",
    ]
)
_HEADERS = st.sampled_from(
    [
        "Title",
        "名称",
        "来源",
        "说明",
        "状态",
        "备注",
        "Authors",
        "Year",
        "Date",
        "Tags",
        "Link",
        "#",
        "",
        "Whatever",
        "DOI",
        "Paper / Code",
    ]
)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    headers = draw(st.lists(_HEADERS, min_size=1, max_size=6))
    rows = draw(st.lists(st.lists(_CELL, max_size=8), max_size=8))
    lines = ["|" + "|".join(headers) + "|", "|" + "---|" * len(headers)]
    lines += ["|" + "|".join(row) + draw(st.sampled_from(["|", ""])) for row in rows]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@given(_texts() | st.text(max_size=300), st.sampled_from([None, *Meaning]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_accounted_for(text: str, meaning: Meaning | None) -> None:
    for found in loads(text, headings=meaning):
        assert sum(found.counts.values()) == len(found.rows)
        assert all(paper.title.strip() for _, paper in found.papers)
        assert all(row.papers for row in found.rows if row.kind is Kind.PAPER)
        assert all(row.reason for row in found.rows if row.kind is Kind.SKIPPED)
        if found.header and not found.skipped:
            assert len(found.look.columns) == len(found.look.headers) == len(found.header)


@st.composite
def _plain_tables(draw: st.DrawFn) -> str:
    header = draw(
        st.lists(
            st.sampled_from(
                ["来源", "说明", "状态", "备注", "Authors", "Year", "Date", "Tags", "Link", "Score"]
            ),
            unique=True,
            min_size=1,
            max_size=5,
        )
    )
    cells = st.lists(
        st.sampled_from(
            [
                "Foo bar",
                "ACL 2019",
                "done",
                "2017-06",
                "x, y",
                "[code](https://x.org/c)",
                "中文",
                "NULL",
                "-",
                "a<br>b",
                "Jane Doe, John Roe",
            ]
        ),
        min_size=len(header),
        max_size=len(header) + 2,
    )
    titles = st.sampled_from(
        [
            "《甲乙丙》",
            "[Deep Nets of Old](https://arxiv.org/abs/1706.03762)",
            "A Title of Words <br> J. Doe, R. Roe",
            "**Bold Name**: and more",
            "",
        ]
    )
    rows = draw(st.lists(st.tuples(titles, cells), min_size=1, max_size=8))
    lines = [f"|Paper|{'|'.join(header)}|", "|-|" + "-|" * len(header)]
    return "\n".join([*lines, *(f"|{title}|{'|'.join(row)}|" for title, row in rows)])


@given(_plain_tables())
@settings(max_examples=300, deadline=None)
def test_no_word_of_any_table_is_lost(text: str) -> None:
    found = table(text)
    assert not lost_words(found, raw_tables(text)[1])


@pytest.mark.parametrize(
    "text",
    [
        _HEAD + "| " + "a" * 1_000_000 + " | x | y | z |\n",
        _HEAD + "| " + "[" * 1_000_000 + " | x | y | z |\n",
        _HEAD + ("| " + "*a " * 5000 + " | x | y | z |\n") * 60,
        _HEAD + "|" * 1_000_000,
        _HEAD + "| a b | c | d | e |\n\n" + "| a | b | c | d |\n\n" * 20_000,
        _HEAD + "| 《a》 | c | d | e |" * 40_000,
        _HEAD + "| a b c | d\n" + "x y z\n" * 30_000,
        _HEAD + "| " + "《" * 1_000_000 + " | x | y | z |\n",
        "- **Foo bar baz**" + ". A" * 300_000,
        "| a | b |\n|---|\n" * 30_000,
        "<!--" * 200_000,
    ],
    ids="cell brackets stars pipes orphans fused broken quotes item delimiters comments".split(),
)
@pytest.mark.slow
def test_a_megabyte_is_read_in_seconds(text: str) -> None:
    start = time.perf_counter()
    loads(text)
    assert time.perf_counter() - start < 20  # a quadratic step takes minutes


def test_a_line_knows_its_cells() -> None:
    raw = raw_tables("x\n\n" + _HEAD + "| a | b |\n")[3]
    assert raw.rows == (Line(5, "| a | b |", ("a", "b")),)
