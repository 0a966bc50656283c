import pytest

from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Meaning, Table

_HEAD = "| Title | Venue | Status | Notes |\n| --- | --- | --- | --- |\n"
_LIST = "|名称|来源|说明|状态|备注|\n|-|-|-|-|-|\n"


def table(text: str, headings: Meaning | None = None) -> Table:
    [parsed] = loads(text, headings=headings)
    return parsed


def kinds(parsed: Table) -> list[str]:
    return [row.kind.value for row in parsed.rows]


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
        ("|.[[paper]()][[code]()]|||||", "placeholders"),
    ],
)
def test_each_row_is_told_for_what_it_is(row: str, kind: str) -> None:
    others = "|《B》|ACL 2019|s|done|n|\n|《C》|ACL 2019|s|done|n|\n"
    assert kinds(table(_LIST + others + row))[-1] == kind


def test_a_long_title_alone_is_a_paper_and_a_doubt() -> None:
    rows = "| Some title here | ACL 2019 | done | n |\n| Surveys | | | |\n"
    parsed = table(_HEAD + rows + "| An Attempt at Something With Many Words | | | |\n")
    assert kinds(parsed) == ["papers", "headings", "papers"]
    assert [doubt.line for doubt in parsed.doubts] == [5]


def test_a_list_of_titles_alone_is_a_list_of_papers() -> None:
    rows = "".join(f"| Attention is needed {n} times | | | |\n" for n in range(9))
    assert set(kinds(table(_HEAD + rows))) == {"papers"}


_GROUPED = (
    "|《A》||||\n|Meta|Meta|Meta|Meta|Meta|\n|《B》||||\n"
    "|综述|||||\n|《C》||||\n|||||\n|《D》||||\n"
)


@pytest.mark.parametrize(
    ("meaning", "expected"),
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
    meaning: Meaning | None, expected: list[tuple[str | None, tuple[str, ...]]]
) -> None:
    parsed = table("## S\n\n" + _LIST + _GROUPED, headings=meaning)
    assert [(paper.lab, paper.tags) for _, paper in parsed.papers] == expected
    assert parsed.counts["headings" if meaning is not Meaning.NONE else "skipped"] == 2


def test_a_year_taken_for_a_lab_is_a_doubt() -> None:
    parsed = table(_LIST + "|2023|2023|2023|2023|2023|\n|《A》||||\n")
    assert "taken for a lab" in parsed.doubts[0].message
