"""What could be a paper and is not taken in is named, with every line of it."""

import pytest

from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Unclear


def named(text: str) -> list[tuple[int, int, int]]:
    """The lines named as not read, and how many items stand there."""
    return [(run.line, run.last, run.size) for table in loads(text) for run in table.unread]


def titles(text: str) -> list[str]:
    return [paper.title for table in loads(text) for _, paper in table.papers]


_READ = "- [How small gardens keep growing](https://arxiv.org/abs/2101.00001)\n"


def test_an_item_is_named_with_all_that_stands_below_it() -> None:
    text = (
        f"{_READ}- Rain [[paper](https://arxiv.org/abs/2102.00002)]\n"
        "  - Code: https://github.com/example/rain\n  - Idea: cold oil\n\n"
        "Words behind the list.\n"
    )
    assert titles(text) == ["How small gardens keep growing"]
    assert named(text) == [(2, 4, 1)]


def test_an_item_above_papers_is_named_without_these() -> None:
    text = (
        "- Rain [[paper](https://arxiv.org/abs/2102.00009)]\n"
        "  - [How small gardens keep growing](https://arxiv.org/abs/2101.00001)\n"
        "  - [Why old clocks run slow in winter](https://arxiv.org/abs/2102.00002)\n"
    )
    assert titles(text) == ["How small gardens keep growing", "Why old clocks run slow in winter"]
    assert named(text) == [(1, 1, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "RAIN [[paper](https://arxiv.org/abs/2102.00002)] [[code](https://example.org/rain)]",
        "• Rain, [pdf](https://arxiv.org/abs/2102.00002)\nof the year before",
        "How Gardens Keep Growing in Winter,\nProject: <https://example.org/rain>",
        "(ECCV2012)How Gardens Keep Growing [[a project]](https://example.org/rain) (soon)",
    ],
)
def test_a_paragraph_that_could_be_a_paper_is_named(text: str) -> None:
    lines = text.count("\n") + 1
    assert named(f"# Gardens\n\n{text}\n\n{_READ}") == [(3, 2 + lines, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "A small tool. Its method is that of [How gardens grow](https://arxiv.org/abs/2101.00001).",
        "[ClockQA](https://arxiv.org/abs/2101.00001) is a set of questions about old clocks.",
        "We follow [this survey](https://arxiv.org/abs/2101.00001) and sort by year.",
        "Must-read papers on [small gardens](https://arxiv.org/abs/2101.00001) for old people.",
        "本页整理了最近的论文，分类方法参考了[这篇综述](https://arxiv.org/abs/2101.00001)。",
        "The proceedings are available at https://aclanthology.org/events/acl-2018/ for free.",
        "A tool for beds. See our paper, [Beds as rivers](https://arxiv.org/abs/2101.00001), [1].",
        "Beds are old. Early work ([Lee 2010](https://arxiv.org/abs/1001.00001)) looked at clocks.",
        "If you use this, please cite our [paper](https://arxiv.org/abs/2101.00001).",
        "Our paper How Gardens Keep Growing in Winter was accepted at ICML 2021.",
        "Official Code for How Gardens Keep Growing in Winter, ICML 2021.",
        "We thank Ann. For details, see [the paper](https://arxiv.org/abs/2101.00001).",
        'This repository is the code of "How beds grow" ([paper](https://arxiv.org/abs/2101.00001)).',
        "Official code for **How beds grow** ([arXiv](https://arxiv.org/abs/2101.00001)).",
        "The code for the ICML paper How beds grow ([arXiv](https://arxiv.org/abs/2101.00001)).",
        "An official implementation of How beds grow ([pdf](https://arxiv.org/abs/2101.00001)).",
    ],
)
def test_a_sentence_that_mentions_a_paper_is_no_item(text: str) -> None:
    assert named(f"# Gardens\n\n{text}\n\n{_READ}") == []
    assert titles(text) == []


def test_a_heading_that_could_be_a_paper_is_named() -> None:
    text = (
        "## Gardens\n\n### A Survey of Gardens ([arXiv](https://arxiv.org/abs/2101.00001) "
        "and [IEEE](https://ieeexplore.ieee.org/document/10330640))\n\nPlease cite it.\n\n"
    )
    assert named(text) == [(3, 3, 1)]
    [*_, table] = loads(f"{text}\n## Clocks\n\n{_READ}")
    assert table.section == "Clocks"


@pytest.mark.parametrize("heading", ["[ICML 2021](https://arxiv.org/abs/2101.00001)", "Gardens"])
def test_a_heading_above_papers_is_not_named(heading: str) -> None:
    assert named(f"## {heading}\n\n{_READ}") == []
    survey = "How gardens grow ([survey](https://arxiv.org/abs/2101.00001))"
    assert named(f"## {survey}\n\n{_READ}") == []


@pytest.mark.parametrize("words", ["[CVPR 2021]", "[[CVPR 2021]"])
def test_a_title_before_a_link_runs_into_no_sentence(words: str) -> None:
    close = "]" if words.startswith("[[") else ""
    text = f"How small gardens keep growing {words}(https://arxiv.org/abs/2101.00001){close}\n"
    assert titles(text) == ["How small gardens keep growing"]


def test_a_title_above_a_text_is_named_where_others_of_its_level_are_linked() -> None:
    linked = (
        "### How Gardens Keep {} [link](https://arxiv.org/abs/2101.0000{})\n\nIt keeps growing.\n\n"
    )
    papers = linked.format("Growing", 1) + linked.format("Cold", 2)
    text = f"## Gardens\n\n{papers}### Why Old Clocks Run Slow in Winter\n\nA way.\n\n[code](c)\n"
    assert titles(text) == ["How Gardens Keep Growing", "How Gardens Keep Cold"]
    assert named(text) == [(11, 15, 1)]
    below = text.replace("A way", "[A way](https://arxiv.org/abs/2101.00009)")
    assert named(below) == []


def test_a_heading_above_items_that_are_not_read_is_no_unread_item() -> None:
    years = "[2025](https://github.com/ann/beds/blob/master/{0}/25.md) | [2024](https://github.com/ann/beds/blob/master/{0}/24.md)"
    text = "# Papers\n\n- ## Machine Learning Conferences\n" + "".join(
        f"  * ### [{name}](https://{name}.org/): {years.format(name)}\n"
        for name in ("NeurIPS", "ICML")
    )
    [table] = loads(text)
    assert {kind: count for kind, count in table.counts.items() if count} == {
        "headings": 1,
        "skipped": 2,
    }
    assert table.skipped == Unclear.NO_PAPER  # they link
    assert named(text) == [(3, 5, 2)]


def test_neighbours_that_are_not_read_are_one_run() -> None:
    text = (
        "RAIN [[paper](https://arxiv.org/abs/2102.00002)]\n\n"
        "SUN [[paper](https://arxiv.org/abs/2102.00003)]\n"
    )
    assert named(text) == [(1, 3, 2)]


def test_items_beside_one_with_a_table_are_items_still() -> None:
    text = (
        f"{_READ}"
        "- Results\n\n  | Title | Year |\n  | - | - |\n  | Why old clocks run slow | 2020 |\n\n"
        "- [The long way round a short list](https://arxiv.org/abs/2103.00003)\n"
        "- Rain [[paper](https://arxiv.org/abs/2102.00002)]\n"
        "  - A shed\n\n    <table><tr><th>Title</th><th>Year</th></tr>\n"
        "    <tr><td>How large gardens stop</td><td>2021</td></tr></table>\n"
    )
    assert titles(text) == [
        "How small gardens keep growing",
        "Why old clocks run slow",
        "The long way round a short list",
        "How large gardens stop",
    ]
    assert named(text) == [(9, 9, 1)]


@pytest.mark.parametrize(
    "heading",
    ["News", "🔔 Latest news", "Changelog", "Update log", "更新日志", "Новости", "お知らせ"],
)
def test_news_of_a_list_are_no_papers(heading: str) -> None:
    text = (
        f"## {heading}\n\n"
        "- [2024/05] [How large gardens stop](https://arxiv.org/abs/2103.00003) is out!\n"
        f"- 2023-01 We begin.\n\n## Gardens\n\n{_READ}"
    )
    assert titles(text) == ["How small gardens keep growing"]
    assert named(text) == [(3, 4, 2)]


def test_recommending_news_is_no_news() -> None:
    assert titles(f"## News Recommendation\n\n{_READ}") == ["How small gardens keep growing"]


def test_a_title_in_bold_with_details_that_lead_nowhere_is_named() -> None:
    text = (
        f"{_READ}\n**How large gardens stop growing**\n\n"
        "- Code: https://github.com/example/cold\n- Data: none\n"
    )
    assert named(text) == [(3, 6, 1)]


def test_a_title_in_bold_whose_details_say_paper_is_one() -> None:
    text = (
        "**How large gardens stop growing**\n\n- 论文：None\n- Code: https://github.com/example/c\n"
    )
    assert titles(text) == ["How large gardens stop growing"]
    assert named(text) == []


def test_a_heading_in_a_piece_of_html_is_one() -> None:
    text = f'## Clocks\n\n<a name="gardens" />\n### Gardens in the winter\n\n{_READ}'
    [table] = loads(text)
    assert table.section == "Gardens in the winter"


_ALONE = (
    "- **How Small Gardens Keep Growing in Winter**\n"
    "- **Cold Clocks: Why Old Towers Run Slow**\n- to be updated soon\n"
)


def test_titles_alone_are_named_in_a_file_of_papers() -> None:
    assert named(f"# Gardens\n\n{_ALONE}") == []
    assert named(f"# Papers on gardens\n\n## Winter\n\n{_ALONE}") == [(5, 7, 3)]


def test_titles_alone_are_named_beside_several_links_to_papers() -> None:
    linked = "".join(
        f"- [How gardens grow {at}](https://arxiv.org/abs/2101.0000{at})\n" for at in "123"
    )
    assert named(f"# Gardens\n\n{linked}\n## Winter\n\n{_ALONE}") == [(9, 11, 3)]
    steps = "- Tools and beds\n- Clone this list and add a paper to it\n"
    assert named(f"# Gardens\n\n{linked}\n## Help\n\n{steps}") == []


def test_contents_are_none_in_a_file_of_papers_either() -> None:
    contents = "- [Small gardens](#small)\n  - [Beds](#beds)\n- [Clocks](#clocks)\n"
    slip = f"{contents}  - [Old clocks](Old)\n"
    for text in (contents, slip):
        assert named(f"# Papers I read\n\n{text}\n## Small\n\n{_READ}") == []


def test_steps_are_none_in_a_file_of_papers_either() -> None:
    steps = "1. Fork this list to your account\n2. Send a request\n"
    assert named(f"# Papers\n\n## Help\n\n{steps}") == []


def test_titles_below_a_conference_are_papers_of_it() -> None:
    text = f"## [ICML 2021](https://icml.cc/2021/papers)\n\n### Winter\n\n{_ALONE}"
    [table] = loads(text)
    assert [(paper.title, paper.venue, paper.year) for _, paper in table.papers] == [
        ("How Small Gardens Keep Growing in Winter", "ICML", 2021),
        ("Cold Clocks: Why Old Towers Run Slow", "ICML", 2021),
    ]
    assert named(text) == [(7, 7, 1)]


def test_what_a_person_writes_of_a_paper_is_no_paper() -> None:
    text = (
        "**How small gardens keep growing**\n\n论文地址：https://arxiv.org/abs/2101.00001\n\n"
        "动机：花园\n\n论文方法：https://x.org/g.pdf\n\n"
    )
    [paper] = [paper for parsed in loads(text) for _, paper in parsed.papers]
    assert (paper.title, paper.arxiv) == ("How small gardens keep growing", "2101.00001")
    assert "https://x.org/g.pdf" in paper.links


def test_a_link_to_a_whole_conference_is_no_paper() -> None:
    text = (
        "- [CVPR 2020](https://openaccess.thecvf.com/CVPR2020)\n"
        "- [How small gardens keep growing](https://arxiv.org/abs/2101.00001)\n"
    )
    assert titles(text) == ["How small gardens keep growing"]
    assert named(text) == [(1, 1, 1)]


def test_what_stands_below_a_deeply_nested_list_is_read() -> None:
    deep = "".join(f"{'  ' * at}- point {at}\n" for at in range(30))
    assert titles(f"# Papers\n\n{deep}\n## Gardens\n\n{_READ}") == [
        "How small gardens keep growing"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The [garden data](https://arxiv.org/abs/2101.00002) is a set of many beds. It grows.",
        "Beds has 200 beds with 30,000 plants. The paper is [here](https://arxiv.org/abs/2101.00002).",
        "**[2022.06]** There is a trend of growing large gardens. [Intro](docs/intro.md)",
    ],
)
def test_a_sentence_about_a_paper_is_no_paper(sentence: str) -> None:
    read = "- [How small gardens keep growing](https://arxiv.org/abs/2101.00001)\n"
    assert titles(f"{sentence}\n\n{read}") == ["How small gardens keep growing"]


@pytest.mark.slow
def test_an_item_that_never_ends_is_named_at_once() -> None:
    names = ", ".join(f"Ann{number} Smith{number}" for number in range(20_000))
    link = "[A Good Title of a Paper](https://arxiv.org/abs/1706.03762)"
    (table,) = loads(f"# Papers\n\n- {link}. {names}. ICML 2021\n")
    assert [run.reason for run in table.unread] == [Unclear.NO_TITLE]
    (below,) = loads(f"# Papers\n\n- {link}\n  - {names}\n")
    ((_, paper),) = below.papers
    assert (paper.title, paper.notes) == ("A Good Title of a Paper", names)
