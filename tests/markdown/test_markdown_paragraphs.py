"""Papers that stand one a line, with no bullets: each is a paper of its own, none is merged."""

import pytest

from papertrack.markdown.item_kinds import is_address_alone
from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Unclear

_TITLES = ("Small Gardens Keep Growing", "Old Clocks Run Slow", "Rivers That Forget Their Sea")


def read(text: str) -> list[tuple[int, str, str | None, tuple[str, ...]]]:
    papers = [each for table in loads(text) for each in table.papers]
    return [(line, paper.title, paper.arxiv, paper.links) for line, paper in papers]


def wanted(step: int = 1) -> list[tuple[int, str, str | None, tuple[str, ...]]]:
    return [(1 + at * step, title, f"2002.0000{at + 1}", ()) for at, title in enumerate(_TITLES)]


@pytest.mark.parametrize(
    "numbers",
    [
        "1、 2、 3、",
        "１． ２． ３．",
        "（1） （2） （3）",
        "(1) (2) (3)",
        "一、 二、 三、",
        "（一） （二） （三）",
        "① ② ③",
        "1) 2) 3)",
        "1.  2.  3.",
        "1． 2． 3．",
        "[1] [2] [3]",
        "【1】 【2】 【3】",
        "第一、 第二、 第三、",
        "⒈ ⒉ ⒊",
        "#1 #2 #3",
    ],
)
@pytest.mark.parametrize("blank", ["", " "], ids=["tight", "loose"])
def test_each_line_with_a_number_is_an_item(numbers: str, blank: str) -> None:
    lines = [
        f"{number}{blank}[{title}](https://arxiv.org/abs/2002.0000{at + 1})"
        for at, (number, title) in enumerate(zip(numbers.split(), _TITLES, strict=True))
    ]
    assert read("\n".join(lines)) == wanted()
    assert read("\n\n".join(lines)) == wanted(2)


@pytest.mark.parametrize(
    "line",
    [
        "[{}](https://arxiv.org/abs/{})",
        "**{}** [[pdf](https://arxiv.org/abs/{})]",
        "{} https://arxiv.org/abs/{}",
        "• {} [arXiv](https://arxiv.org/abs/{})",
        "[{}](https://arxiv.org/abs/{})<br>",
    ],
)
def test_each_line_with_a_link_to_a_paper_is_one(line: str) -> None:
    lines = [line.format(title, f"2002.0000{at + 1}") for at, title in enumerate(_TITLES)]
    assert read("\n".join(lines)) == wanted()
    assert read("- " + "\n".join(lines)) == wanted()


@pytest.mark.parametrize(
    "text",
    [
        "**{}**\nhttps://arxiv.org/abs/{}\n",
        "**{}** [pdf](https://arxiv.org/abs/{})\nAnn Lee, Bo Wu, Cy Young\n",
        "{}\n[arXiv](https://arxiv.org/abs/{})\n",
    ],
)
def test_lines_between_papers_belong_to_them(text: str) -> None:
    whole = "".join(text.format(title, f"2002.0000{at + 1}") for at, title in enumerate(_TITLES))
    assert read(whole) == wanted(2)


def test_lines_that_cannot_be_told_apart_are_named() -> None:
    text = (
        "**Small Gardens Keep Growing**\n[pdf](https://arxiv.org/abs/2002.00001)\n"
        "Old Clocks Run Slow\n[pdf](https://arxiv.org/abs/2002.00009)\nby many people\n"
    )
    assert read(text) == []
    [table] = loads(text)
    assert [(run.line, run.last, run.size) for run in table.unread] == [(1, 5, 1)]


def test_links_of_one_paper_on_several_lines_stay_together() -> None:
    text = (
        "**Small Gardens Keep Growing**\nAnn Lee, Bo Wu\n"
        "[arXiv](https://arxiv.org/abs/2002.00001) [pdf](https://arxiv.org/pdf/2002.00001)\n"
        "[ACL](https://aclanthology.org/P19-1001)\n"
    )
    [(line, title, arxiv, _)] = read(text)
    assert (line, title, arxiv) == (1, "Small Gardens Keep Growing", "2002.00001")


@pytest.mark.parametrize(
    "lines",
    [
        "https://arxiv.org/abs/2311.16162\nhttps://doi.org/10.1086/366680\narXiv:2002.00009\n",
        "https://arxiv.org/abs/2311.16162  \nhttps://doi.org/10.1086/1\n<https://arxiv.org/abs/3>\n",
        "- https://arxiv.org/abs/2311.16162\n- <https://doi.org/10.1086/1>\n- 10.1086/366680\n",
        "1、https://arxiv.org/abs/2311.16162\n2、2311.16162\n3、https://openreview.net/forum?id=x\n",
        "- [ ] 2311.16162\n- [https://x.org/a.pdf](https://x.org/a.pdf)\n- [pdf](https://x.org/b.pdf)\n",
        "- 论文：https://x.org/a.pdf\n- **论文链接**：2311.16162\n- Paper: 2311.16163\n",
    ],
    ids=["lines", "breaks", "items", "numbered", "boxes", "labels"],
)
def test_addresses_alone_are_named_as_such(lines: str) -> None:
    [table] = loads(lines)
    assert [(run.line, run.last, run.size, run.reason) for run in table.unread] == [
        (1, 3, 3, Unclear.ADDRESSES_ALONE)
    ]


def test_addresses_among_papers_are_named() -> None:
    [table] = loads(
        "- [Small Gardens Keep Growing](https://arxiv.org/abs/2002.00001)\n"
        "- https://arxiv.org/abs/2311.16162\n- buy milk\n"
    )
    assert len(table.papers) == 1
    assert [(run.line, run.reason == Unclear.ADDRESSES_ALONE) for run in table.unread] == [
        (2, True),
        (3, False),
    ]


def test_addresses_between_blank_lines_are_named_together() -> None:
    [table] = loads(
        "# Links\n\nhttps://arxiv.org/abs/2311.16162\n\nhttps://doi.org/10.1086/366680\n"
    )
    assert [(run.line, run.last, run.size, run.reason) for run in table.unread] == [
        (3, 5, 2, Unclear.ADDRESSES_ALONE)
    ]


@pytest.mark.parametrize("title", ["- Topic models\n", "# Links to read\n\n"])
def test_addresses_of_several_papers_are_not_one_paper(title: str) -> None:
    text = f"{title}  - https://arxiv.org/abs/2311.16162\n  - <https://arxiv.org/abs/2311.16163>\n"
    [table] = loads(text)
    assert table.papers == []
    assert [(run.size, run.reason) for run in table.unread] == [(2, Unclear.ADDRESSES_ALONE)]


@pytest.mark.parametrize("between", ["、", "; ", " | ", "，", " and ", " · "])
@pytest.mark.parametrize("front", ["", "- "])
def test_titles_of_several_papers_on_one_line_are_several(between: str, front: str) -> None:
    titles = [
        f"[{title}](https://arxiv.org/abs/2002.0000{at + 1})" for at, title in enumerate(_TITLES)
    ]
    assert read(front + between.join(titles)) == wanted(0)


def test_what_introduces_numbered_papers_is_none() -> None:
    text = "我最近读的论文：\n" + "\n".join(
        f"{at + 1}、[{title}](https://arxiv.org/abs/2002.0000{at + 1})"
        for at, title in enumerate(_TITLES)
    )
    [table] = loads(text)
    assert [line for line, _ in table.papers] == [2, 3, 4]
    assert table.unread == []


@pytest.mark.parametrize("front", ["", "- "])
def test_numbered_points_about_a_paper_stay_with_it(front: str) -> None:
    text = (
        f"{front}[Small Gardens Keep Growing](https://arxiv.org/abs/2002.00001)\n"
        "(1) good to read\n(2) short\n"
    )
    assert read(text) == wanted()[:1]


@pytest.mark.parametrize("mark", ["\\- ", "\\* ", "• ", "‣ "])
def test_each_line_with_a_bullet_by_hand_is_an_item_wrapped_titles_too(mark: str) -> None:
    lines = [
        f"{mark}[{title}](https://arxiv.org/abs/2002.0000{at + 1})"
        for at, title in enumerate(_TITLES)
    ]
    assert read("\n".join(lines)) == wanted()
    first, second, third = lines
    wrapped = second.replace("Clocks Run", "Clocks\nRun")
    assert [line for line, _, _, _ in read(f"{first}\n{wrapped}\n{third}")] == [1, 2, 4]
    assert [title for _, title, _, _ in read(f"{first}\n{wrapped}\n{third}")] == [*_TITLES]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("https://arxiv.org/abs/2101.00001", True),
        ("1、arXiv:2101.00001 paper", True),
        ("[x] <https://arxiv.org/abs/2101.00001>", True),
        ('[PDF](https://arxiv.org/abs/2101.00001 "words that nobody sees")', True),
        ("[PDF](https://arxiv.org/abs/2101.00001 (words that nobody sees))", True),
        ('<i title="nobody sees words">https://arxiv.org/abs/2101.00001 </i> pdf', True),
        ("[see https://arxiv.org/abs/2101.00001 there](https://arxiv.org/abs/2101.00001)", True),
        ("Small gardens: https://arxiv.org/abs/2101.00001", False),
        ("[Small gardens](https://arxiv.org/abs/2101.00001)", False),
        ("![a small garden](https://example.org/garden.pdf)", False),
        ("pdf code", False),
    ],
)
def test_a_text_of_addresses_alone_has_no_other_words(text: str, *, alone: bool) -> None:
    assert is_address_alone(text) is alone


def test_titles_above_a_list_of_their_links_are_no_description_of_the_papers_above() -> None:
    paper = "[How Small {} Keep Growing] [[Paper]](https://arxiv.org/abs/2101.0000{})\n\n"
    listed = "[How Old {} Run Slow]\n- [[Paper]](https://arxiv.org/abs/2102.0000{}) (ICCV 2019)\n\n"
    text = "".join(
        paper.format(word, at) + listed.format(word, at)
        for at, word in enumerate(("Gardens", "Clocks", "Towers"), 1)
    )
    every = [paper.title for table in loads(text) for _, paper in table.papers]
    assert len(every) == 6
