"""Any text at all is read, and in good time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Kind, Meaning

_HEAD = "| Title | Venue | Status | Notes |\n| --- | --- | --- | --- |\n"


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
@settings(max_examples=3 * settings().max_examples)
def test_any_text_is_read_and_accounted_for(text: str, meaning: Meaning | None) -> None:
    for parsed in loads(text, headings=meaning):
        assert sum(parsed.counts.values()) == len(parsed.rows)
        assert all(paper.title.strip() for _, paper in parsed.papers)
        assert all(row.papers for row in parsed.rows if row.kind is Kind.PAPER)
        assert all(row.reason for row in parsed.rows if row.kind is Kind.SKIPPED)
        if parsed.header and not parsed.skipped:
            assert len(parsed.look.columns) == len(parsed.look.headers) == len(parsed.header)


_OF_ITEMS = (
    "A. Lee", "Ann Lee", "et al.", "|", ",", ".", ":", ";", "(2020)", "2020", "'20", "—", "-",
    "and", "(", ")", "[", "]", "《标题》", "，", "：", "等", "年", "[How beds grow](https://x.org/a.pdf)",
    "**A bold title**", "*ICML* 2020", '"How large gardens grow"', "[[pdf](https://x.org/a.pdf)]",
    "Phys. Rev. Lett.", "128, 023601", "Related:", "Title:", "Authors:", "[x]", "`code`", "![i](u)",
    "<br>", "@lee2020", "::", "\n", "Part 2:", "<https://x.org>", "#tag", "⭐", ":star:",
)  # fmt: skip
_ITEM = st.lists(st.sampled_from(_OF_ITEMS), min_size=1, max_size=14).map(" ".join)


@given(_ITEM, _ITEM)
@settings(max_examples=3 * settings().max_examples)
def test_any_item_of_parts_of_papers_is_read(text: str, below: str) -> None:
    tables = loads(f"# Papers\n\n- {text}\n  - {below}\n- {below} x\n\n**{text}**\n\n{below}\n")
    assert all(paper.title.strip() for table in tables for _, paper in table.papers)


@pytest.mark.parametrize("part", ["A. \xa0", "A. B, ", "Ann Lee, ", "(A. ", "A: "])
def test_a_text_that_repeats_itself_is_read_in_good_time(part: str) -> None:
    [table] = loads(f"- [A title](https://arxiv.org/abs/2101.00001) {part * (3000 // len(part))}\n")
    assert len(table.papers) == 1


@pytest.mark.parametrize("part", ["a, ", "(a, ", "((a), ", "(", "a (b) · ", ", (a), b)"])
def test_a_long_cell_of_tags_is_read_in_good_time(part: str) -> None:
    cell = part * (400_000 // len(part))
    [table] = loads(f"|Title|Tags|\n|-|-|\n|A title of words|{cell}|\n")
    assert len(table.papers) == 1


def test_labelled_authors_with_many_commas_are_read_in_good_time() -> None:
    item = (
        "- [A title {0}](https://arxiv.org/abs/2101.00001)\n  - Authors: a" + ", " * 4500 + "a{0}\n"
    )
    [table] = loads("".join(map(item.format, range(100))))
    assert len(table.papers) == 100


@pytest.mark.parametrize("part", ["A-", "'A"])
def test_a_long_word_of_hyphens_is_read_in_good_time(part: str) -> None:
    text = part * (200_000 // len(part))
    [table] = loads(f"- [A title](https://arxiv.org/abs/2101.00001)\n- {text} a;b;c\n")
    assert len(table.papers) == 1
