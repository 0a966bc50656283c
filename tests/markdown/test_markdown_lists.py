import pytest

from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Table
from papertrack.models import Paper
from papertrack.status import Status


def table(text: str) -> Table:
    [parsed] = loads(text)
    return parsed


def papers(text: str) -> list[Paper]:
    return [paper for _, paper in table(text).papers]


def test_a_list_of_papers_is_a_table_without_a_header() -> None:
    text = (
        "## Reading\n\n- Surveys\n"
        "  - [A Survey of Things](https://arxiv.org/abs/1706.03762), 2017\n"
        "  - [x] **A Bold Title Here** *Jane Doe, John Roe*. ACL 2019.\n"
        "- [Contents](#contents)\n"
    )
    parsed = table(text)
    assert (parsed.line, parsed.header, parsed.section) == (3, (), "Reading")
    assert [(row.line, row.kind.value) for row in parsed.rows] == [
        (3, "headings"),
        (4, "papers"),
        (5, "papers"),
        (6, "skipped"),
    ]
    first, second = (paper for _, paper in parsed.papers)
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
    assert (paper.lab, paper.notes) == ("김백수", None)
    assert paper.links == ("https://youtu.be/x", "./p.pdf")


@pytest.mark.parametrize(
    "text",
    [
        "- [Milestones](#milestones)\n- [Tools](#tools)\n",
        "1. Fork it\n2. Change it\n3. Open a pull request\n",
    ],
    ids=["contents", "steps"],
)
def test_a_list_of_something_else_is_nothing(text: str) -> None:
    assert loads(text) == []


def test_a_list_of_tools_is_named_as_a_whole() -> None:
    parsed = table(
        "- [open-r1](https://github.com/x/y) - reproduction\n- [vLLM](https://x.org/z)\n"
    )
    assert (parsed.papers, parsed.skipped is not None) == ([], True)
    [unread] = parsed.unread
    assert (unread.line, unread.last, unread.size, unread.items) == (1, 2, 2, True)


def test_a_heading_with_fields_or_a_byline_below_is_a_paper() -> None:
    text = (
        "## Gardens\n\n### How small gardens keep growing\n\n"
        "- **Authors:** Ann Author, Bob Writer\n- **TL;DR:** Good. Really.\n"
        "- **Link:** https://arxiv.org/abs/2101.00015\n\n"
        "### Why old clocks run slow\n\n"
        "*Ann Author, Bob Writer*, KDD 2020 [[pdf](https://arxiv.org/abs/2001.00016)]\n\n"
        "We liked it.\n"
    )
    first, second = papers(text)
    assert (first.title, first.summary) == ("How small gardens keep growing", "Good. Really")
    assert first.authors == second.authors == ("Ann Author", "Bob Writer")
    assert (second.venue, second.year, second.notes) == ("KDD", 2020, "We liked it")
    assert table(text).section == "Gardens"


def test_a_table_of_html_is_read_though_blank_lines_divide_it() -> None:
    text = (
        "<table>\n<tr><th>Title</th><th>Year</th><th>Link</th></tr>\n\n"
        "<tr>\n<td><b>How large gardens stop</b></td>\n<td>2020</td>\n"
        '<td><a href="https://arxiv.org/abs/2004.00001">pdf</a></td>\n</tr>\n\n'
        "<tr><td>Why new clocks do not</td><td>2019</td><td></td></tr>\n</table>\n"
    )
    parsed = table(text)
    first, second = (paper for _, paper in parsed.papers)
    assert (first.title, first.year, first.arxiv) == ("How large gardens stop", 2020, "2004.00001")
    assert (second.title, second.year) == ("Why new clocks do not", 2019)
    assert parsed.html


def test_front_matter_code_and_contents_hold_no_papers() -> None:
    text = (
        "---\ntitle: [A list](https://arxiv.org/abs/2101.00001)\n---\n\n- [Gardens](#gardens)\n\n"
        "```bibtex\n@article{x, title={A paper}}\n```\n\n    - [code](https://arxiv.org/abs/1)\n"
    )
    assert loads(text) == []


def test_headings_that_are_links_to_papers_are_papers_with_what_is_below_them() -> None:
    text = (
        "## Gardens\n\n"
        "### [How small gardens keep growing](https://arxiv.org/abs/2101.00001)\n\n"
        "ICML 2021\n\n1. waters them twice.\n\n"
        "### [Rain](https://arxiv.org/abs/2102.00002)\n\narXiv 2102; KDD 2021\n\n"
        "### [Why old clocks run slow](https://arxiv.org/abs/2103.00003)\n"
    )
    parsed = table(text)
    first, second, third = papers(text)
    assert parsed.section == "Gardens"
    assert (first.venue, first.year, first.notes) == ("ICML", 2021, "waters them twice")
    assert (second.title, second.venue, second.year) == ("Rain", "KDD", 2021)
    assert third.arxiv == "2103.00003"


def test_a_heading_above_papers_with_bylines_is_no_paper() -> None:
    text = (
        "## Gardens\n\n"
        "**How small gardens keep growing** <br>\nAnn Author, Bob Writer <br>\n"
        "[ICML 2021](https://arxiv.org/abs/2101.00001)\n"
    )
    [paper] = papers(text)
    assert table(text).section == "Gardens"
    assert (paper.title, paper.venue) == ("How small gardens keep growing", "ICML")


def test_a_list_of_html_is_read() -> None:
    text = (
        "<h2>Gardens</h2>\n<ul>\n"
        '<li><a href="https://arxiv.org/abs/2101.00001">How small gardens keep growing</a>, 2021\n'
        "</li>\n<!-- <li>not this one</li> -->\n"
        '<li><a href="https://gardens.example.org/">A shed</a></li>\n</ul>\n'
    )
    parsed = table(text)
    assert [(row.line, row.kind.value) for row in parsed.rows] == [(3, "papers"), (6, "skipped")]
    assert (parsed.section, papers(text)[0].year) == ("Gardens", 2021)


def test_what_is_folded_within_an_item_belongs_to_it() -> None:
    text = (
        "- **How small gardens keep growing**, ICML 2021\n"
        "  <details><summary>Abstract</summary>They are watered twice.</details>\n"
        "  [[pdf](https://arxiv.org/abs/2101.00001)]\n"
    )
    [paper] = papers(text)
    assert paper.arxiv == "2101.00001"
    assert "They are watered twice" in (paper.notes or paper.summary or "")


def test_headings_with_labels_that_lead_to_papers_are_papers() -> None:
    text = (
        "## Gardens\n\n"
        "##### • [\\[arXiv:2101.00001\\]](https://arxiv.org/abs/2101.00001) How small gardens keep "
        "growing. [\\[PDF\\]](https://arxiv.org/pdf/2101.00001)\n\n_Ann Author, Bob Writer_\n\n"
        "##### • \\[KDD 2020\\] Why old clocks run slow. [[Code]](https://github.com/example/c) "
        "[\\[PDF\\]](https://clocks.example.org/c.pdf)\n\n_Bob Writer_\n"
    )
    first, second = papers(text)
    assert table(text).section == "Gardens"
    assert (first.title, first.arxiv) == ("How small gardens keep growing", "2101.00001")
    assert first.authors == ("Ann Author", "Bob Writer")
    assert (second.title, second.venue, second.year) == ("Why old clocks run slow", "KDD", 2020)


def test_headings_with_a_survey_above_papers_are_headings() -> None:
    text = "".join(
        f"## The growing of {what} ([survey](https://arxiv.org/abs/2101.0000{at}))\n\n"
        f"- [How small {what} grow](https://arxiv.org/abs/2102.0000{at})\n"
        f"- [Why old {what} stop](https://arxiv.org/abs/2103.0000{at})\n\n"
        for at, what in enumerate(("gardens", "rivers"))
    )
    first, second = loads(text)
    assert [paper.title for _, paper in first.papers] == [
        "How small gardens grow",
        "Why old gardens stop",
    ]
    assert second.section == "The growing of rivers (survey)"


def test_people_alone_behind_a_title_are_authors_where_most_papers_say_who() -> None:
    text = (
        "- [How small gardens keep growing](https://x.org/a.pdf) - Ann Author, Bob Writer\n"
        "- [Why old clocks run slow](https://x.org/b.pdf) - Ann Author, Carl Third\n"
        "- [The long way round a list](https://x.org/c.pdf) - Dee Fourth, Carl Third\n"
        "- [The short way round a list](https://x.org/d.pdf) - Dee Fourth\n"
        "- [A way through the list](https://x.org/e.pdf) - Google Research\n"
    )
    every = papers(text)
    assert [paper.authors[:1] for paper in every[3:]] == [("Dee Fourth",), ()]
    assert (every[3].notes, every[4].lab) == (None, "Google Research")


def test_surnames_behind_titles_are_authors_and_keywords_are_none() -> None:
    titles = ("How small gardens keep growing", "Why old clocks run slow", "The long way round it")
    who = ("Author, Writer, Third", "Fourth, Fifth", "Sixth")
    text = "".join(
        f"- {title}. {names}. https://x.org/{at}.pdf\n"
        for at, (title, names) in enumerate(zip((*titles, *titles), (*who, *who), strict=True))
    )
    assert [paper.authors for paper in papers(text)[:3]] == [(), (), ()]
    text = text.replace("Author, Writer", "Ames, Worth", 1).replace("Fourth, F", "Ford, G", 1)
    text = text.replace("Sixth", "Stone, Weiss")
    first, second, *_, last = papers(text)
    assert (first.authors, second.authors) == (("Ames", "Worth", "Third"), ("Ford", "Gifth"))
    assert (last.authors, last.notes) == (("Stone", "Weiss"), None)


def test_a_citation_below_a_name_with_links_is_its_paper() -> None:
    text = (
        "- GARD [[Paper](https://arxiv.org/abs/2101.00001)]\n"
        "  - Ann Author, Bob Writer, Carl Third, How small gardens keep growing, ICML, 2021.\n"
        "- Some University [[Paper](https://arxiv.org/abs/2102.00002)] [[Web](https://x.org/)]\n"
        "  - Ann Author, Carl Third, Why old clocks run slow in winter, arXiv:2102.00002.\n"
    )
    first, second = papers(text)
    assert (first.title, first.name) == ("How small gardens keep growing", "GARD")
    assert (first.authors, first.venue) == (("Ann Author", "Bob Writer", "Carl Third"), "ICML")
    assert (second.title, second.arxiv) == ("Why old clocks run slow in winter", "2102.00002")


def test_a_label_below_a_name_says_the_title() -> None:
    text = (
        "- [【关于 GARD】](https://github.com/example/notes/tree/master/gard)\n"
        "  - 论文名称：《GARD: How Small Gardens Keep Growing》\n"
        "  - 会议：ICML 2021\n  - 论文地址：https://arxiv.org/abs/2101.00001\n"
        "- **CLOCK**\n  - Paper: Why Old Clocks Run Slow in Winter\n"
        "  - Link: https://arxiv.org/abs/2102.00002\n"
    )
    first, second = papers(text)
    assert (first.title, first.venue) == ("GARD: How Small Gardens Keep Growing", "ICML")
    assert (second.title, second.name) == ("Why Old Clocks Run Slow in Winter", "CLOCK")


def test_a_title_in_brackets_above_links_is_a_paper() -> None:
    text = (
        ":star: [How small gardens keep growing]\n"
        "- [[Paper]](https://arxiv.org/abs/2101.00001)[[Code]](https://x.org/c)(ICML 2021)\n\n"
        ":star: [Why old clocks run slow in winter]\n"
        "- [[Paper]](https://arxiv.org/abs/2102.00002)(KDD 2021)\n"
    )
    assert [(paper.title, paper.venue, paper.year) for paper in papers(text)] == [
        ("How small gardens keep growing", "ICML", 2021),
        ("Why old clocks run slow in winter", "KDD", 2021),
    ]


def test_a_text_behind_its_label_goes_on_over_its_lines() -> None:
    text = (
        "## Papers\n\n### How small gardens keep growing\n"
        "**URL**: https://openreview.net/forum?id=a\n"
        "**Abstract**: We water the\nsmall gardens. They grow.\nThen we wait, and\n写下笔\n记。\n"
        "**Code**: https://github.com/example/gardens\n"
    )
    (paper,) = papers(text)
    assert paper.summary == (
        "We water the small gardens. They grow.\nThen we wait, and 写下笔记。\n"
    )
    assert paper.notes is None


def test_a_short_list_below_a_paragraph_with_a_paper_tells_of_it() -> None:
    text = (
        "[How small gardens keep growing](https://arxiv.org/abs/2101.00001)\n\n"
        "- GARD: waters the small gardens.\n- They grow.\n\n"
        "[Old clocks run slow](https://arxiv.org/abs/2101.00002)\n\n"
        "- [Rivers forget their sea](https://arxiv.org/abs/2101.00003)\n"
    )
    every = [paper for read in loads(text) for _, paper in read.papers]
    assert [(paper.title, paper.notes) for paper in every] == [
        ("How small gardens keep growing", "GARD: waters the small gardens\nThey grow\n"),
        ("Old clocks run slow", None),
        ("Rivers forget their sea", None),
    ]


def test_a_quote_directly_below_an_item_tells_of_it() -> None:
    text = (
        "- [How small gardens keep growing](https://arxiv.org/abs/2101.00001)\n> We water.\n\n"
        "- [Old clocks run slow](https://arxiv.org/abs/2101.00002)\n"
        "> [Rivers forget](https://arxiv.org/abs/2101.00003)走得慢\n\n> a saying\n"
    )
    (read,) = loads(text)
    assert [(paper.title, paper.notes) for _, paper in read.papers] == [
        ("How small gardens keep growing", "We water"),
        ("Old clocks run slow", "Rivers forget走得慢"),
    ]


def test_a_paragraph_with_a_label_below_an_item_alone_tells_of_it() -> None:
    text = (
        "* [《How small gardens keep growing》](https://arxiv.org/abs/2101.00001)\n\n"
        "介绍：讲小花园怎么生长.\n\n"
        "* [《Old clocks run slow in winter》](https://arxiv.org/abs/2101.00002)\n"
        "* [《Rivers forget their old sea》](https://arxiv.org/abs/2101.00003)\n\n"
        "介绍：这两篇都很好\n"
    )
    every = [paper for read in loads(text) for _, paper in read.papers]
    assert [(paper.title, paper.summary) for paper in every] == [
        ("How small gardens keep growing", "讲小花园怎么生长"),
        ("Old clocks run slow in winter", None),
        ("Rivers forget their old sea", None),
    ]


def test_a_text_behind_its_label_ends_where_a_line_begins_with_bold_words_and_a_colon() -> None:
    text = (
        '### "How Small Gardens Grow" (Lee et al., 2017)\n'
        "**Venue** : ICML 2017  \n**Contribution** : De l'eau sans fin.  \n"
        "**Concepts clés** : pluie, vent.  \n**Lire si** : jardins.\n"
    )
    (paper,) = papers(text)
    assert paper.summary == "De l'eau sans fin."
    assert paper.columns == {"Concepts clés": "pluie, vent", "Lire si": "jardins"}


def test_a_text_below_each_of_several_paragraphs_with_papers_tells_of_them() -> None:
    text = "".join(
        f"**[{title}](https://arxiv.org/abs/2101.0000{at})** (ICML 202{at})\n\n"
        f"讲{at}个花园。**（[代码](https://github.com/example/{at})）**\n\n"
        for at, title in enumerate(("Small Gardens Grow", "Old Clocks Run", "Rivers Forget Seas"))
    )
    assert [(paper.notes, paper.links[1:]) for paper in papers(text)] == [
        (f"讲{at}个花园", (f"https://github.com/example/{at}",)) for at in range(3)
    ]


def test_what_stands_below_a_heading_for_notes_of_a_paper_is_its_notes() -> None:
    text = (
        "## Artigos\n\n### *Small Gardens Keep Growing*\n**Autores:** Ann Lee, Bo Roe\n"
        "**Fonte:** Garden Review A, 2016\n**Link:** https://doi.org/10.1103/1\n\n"
        "#### Notas:\n- Elas crescem.\n- Sem água.\n\n"
        "### *Old Clocks Run Slow*\n**Autores:** Cy Poe, Di Moe\n**Link:** https://doi.org/10.1103/2\n"
    )
    first, second = papers(text)
    assert (first.venue, first.year) == ("Garden Review A", 2016)
    assert (first.notes, second.notes) == ("Elas crescem\nSem água\n", None)


def test_a_heading_above_a_table_with_its_source_is_no_paper() -> None:
    text = (
        "## A Lab of Many Gardens\n\nSource: [Garden research page](https://example.org/r).\n\n"
        "| Paper | Year |\n|-|-|\n| [How Gardens Grow](https://arxiv.org/abs/2101.00001) | 2021 |\n"
    )
    assert [paper.title for paper in papers(text)] == ["How Gardens Grow"]


def test_a_status_with_its_month_above_papers_is_no_title() -> None:
    text = (
        "## 在读（2024年3月）\n\n* **GARD Technical Report**\n  * 作者：Ann Lee\n"
        "  * 论文链接：https://arxiv.org/abs/2101.00001\n"
        "* 标题：How Small Gardens Keep Growing\n  作者：Bo Roe、Cy Poe 等\n"
        "  链接：https://arxiv.org/abs/2101.00002\n"
    )
    assert [(paper.title, paper.authors) for paper in papers(text)] == [
        ("GARD Technical Report", ("Ann Lee",)),
        ("How Small Gardens Keep Growing", ("Bo Roe", "Cy Poe", "et al.")),
    ]


def test_links_below_a_title_are_called_what_they_lead_to() -> None:
    text = (
        "* How Small Gardens Keep Growing (ICML 2017)\n"
        "    * [Original Paper Link](https://arxiv.org/abs/2101.00001)"
        " / [논문 리뷰](https://example.org/v) / [Code Practice](/code/rain.ipynb)\n"
    )
    (paper,) = papers(text)
    assert (paper.title, paper.arxiv) == ("How Small Gardens Keep Growing", "2101.00001")
    assert paper.links == ("https://example.org/v", "/code/rain.ipynb")


def test_a_heading_with_its_address_and_more_below_is_a_paper() -> None:
    text = (
        "## 论文\n\n##### How small gardens keep growing\n\n"
        "- 论文地址：https://arxiv.org/abs/2101.00001\n- 动机：花园\n- 结果：生长\n\n"
        "##### Old clocks run slow\n\n"
        "- 论文地址：https://arxiv.org/abs/2101.00002\n- 动机：钟\n- 结果：慢\n"
    )
    assert [(paper.title, paper.arxiv) for paper in papers(text)] == [
        ("How small gardens keep growing", "2101.00001"),
        ("Old clocks run slow", "2101.00002"),
    ]


def test_a_title_goes_on_in_the_next_line_where_that_is_written_like_one() -> None:
    text = (
        "- Learning a Hidden Layout of the Smallest Gardens\n"
        "  Within Old Walls and Hedges, [[paper]](https://x.org/g.pdf)\n"
        "- Learning a Hidden Layout of the Smallest Gardens\n"
        "  This work is about walls, [[paper]](https://x.org/h.pdf)\n"
    )
    assert [paper.title for paper in papers(text)] == [
        "Learning a Hidden Layout of the Smallest Gardens Within Old Walls and Hedges",
        "Learning a Hidden Layout of the Smallest Gardens",
    ]


def test_names_with_two_families_are_reversed_too() -> None:
    who = "Garden-Wall, Ann, Bob Roe, and Carl Third. ICML 2016."
    text = f"- [Small gardens](https://x.org/g.pdf) {who}\n"
    (paper,) = papers(text)
    assert paper.authors == ("Garden-Wall, Ann", "Bob Roe", "Carl Third")


def test_a_way_back_beside_a_heading_is_none_of_its_words() -> None:
    item = "- [How small gardens keep growing](https://arxiv.org/abs/2101.00001)\n"
    text = f"## 2024 [[Back to Top](#top)]\n\n{item}\n## [Surveys](#contents)\n\n{item}"
    assert [read.section for read in loads(text)] == ["2024", "Surveys"]


def test_words_above_links_with_titles_are_a_heading() -> None:
    contents = (
        "- Natural Gardens\n  - [Resources and Evaluation](#r)\n  - [Computational Media](#m)\n\n"
    )
    assert loads(contents) == []
    text = (
        "- Pruning\n"
        "  - [[GARD][ICML 21]How small gardens keep growing](https://arxiv.org/abs/2101.00001)\n"
        "  - [[Rain]](https://blog.example.org/r)\n"
    )
    assert [row.kind.value for row in table(text).rows] == ["headings", "papers", "skipped"]
    [paper] = papers(text)
    assert (paper.name, paper.venue, paper.tags) == ("GARD", "ICML", ("Pruning",))


def test_organisations_below_a_title_are_no_authors() -> None:
    text = "".join(
        f"- How small gardens grow {at} (NSDI 2019) [[Paper](https://x.org/{at}.pdf)]\n  - {who}\n"
        for at, who in enumerate(("Petuum & CMU", "MSR India", "Clock & Writer"))
    )
    several, one, people = papers(text)
    assert (several.authors, several.lab, several.notes) == ((), None, "Petuum & CMU")
    assert (one.authors, one.lab, one.notes) == ((), "MSR India", None)
    assert (people.authors, people.lab) == (("Clock", "Writer"), None)


def test_paragraphs_of_html_are_papers() -> None:
    text = (
        "## Gardens\n\n<p>\n<font size=3><a href='https://gardens.example.org/'>"
        "<b>How small gardens keep growing.</b></a></font>\n<br>\n"
        "<font size=2>Ann Author, Bob Writer.</font>\n<br>\n<font size=2>ICML 2021.</font>\n"
        "<a href='https://arxiv.org/abs/2101.00001'>[paper]</a> "
        "<a href='https://github.com/example/gardens'>[code]</a>\n</p>\n\n"
        "<p>\n<font size=3><b>Why old clocks run slow\n</b></font>\n<br>\n"
        "<font size=2>Bob Writer</font>\n<br>\n<font size=2>KDD 2020.</font>\n"
        "<a href='https://arxiv.org/abs/2002.00002'>[paper]</a>\n</p>\n"
    )
    first, second = papers(text)
    assert table(text).section == "Gardens"
    assert (first.title, first.authors) == (
        "How small gardens keep growing",
        ("Ann Author", "Bob Writer"),
    )
    assert (first.venue, first.year, first.arxiv) == ("ICML", 2021, "2101.00001")
    assert (second.title, second.venue, second.arxiv) == (
        "Why old clocks run slow",
        "KDD",
        "2002.00002",
    )


def test_a_badge_of_html_is_no_paper() -> None:
    badge = '<a href="https://arxiv.org/abs/2101.00001"><img src="a.svg"></a>'
    assert loads(f'<p align="center">{badge}</p>\n') == []


def test_a_venue_below_a_heading_that_is_a_year_appeared_in_it() -> None:
    text = (
        "## 2019\n\n"
        '* "How small gardens keep growing" CVPR. [[Paper]](https://x.org/g.pdf)\n'
        "* [Old clocks run slow](https://x.org/c.pdf)\n"
    )
    assert [(paper.venue, paper.year) for paper in papers(text)] == [("CVPR", 2019), (None, None)]


def test_headings_that_are_papers_do_not_stand_below_one_another() -> None:
    text = (
        "# Summary\n\n### A talk about gardens\n\nIt was long.\n\n"
        "### How small gardens keep growing\n**URL**: https://arxiv.org/abs/2101.00001\n\n"
        "### Old clocks run slow and late\n**URL**: https://example.org/talk\n\n"
        "**Abstract**: They do.\n"
    )
    assert [(read.section, paper.title) for read in loads(text) for _, paper in read.papers] == [
        ("Summary", "How small gardens keep growing"),
        ("Summary", "Old clocks run slow and late"),
    ]


def test_organisations_are_no_authors_where_most_papers_have_people_below() -> None:
    people = ("Ann Author, Bob Writer", "Carl Third, Dee Fourth", "Eve Fifthson, Ann Author")
    text = "".join(
        f"- How small gardens grow {at} (NSDI 2019) [[Paper](https://x.org/{at}.pdf)]\n  - {who}\n"
        for at, who in enumerate((*people, "UCLA & CMU & MSR & Princeton"))
    )
    *_, last = papers(text)
    assert (last.authors, last.notes) == ((), "UCLA & CMU & MSR & Princeton")


def test_what_stands_below_a_heading_makes_it_no_paper() -> None:
    text = (
        "- Growing / Watering\n  - Ann Author, Bob Writer, Carl Third, How Small Gardens Keep "
        "Growing, NIPS, 1999. [[Paper]](https://x.org/a.pdf)\n"
        "  - Dee Fourth, Eve Fifthson, Gus Sixth, Natural Gardens, ECML, 2005. "
        "[[Paper]](https://x.org/b.pdf)\n"
    )
    first, *_ = papers(text)
    assert table(text).rows[0].kind.value == "headings"
    assert (first.title, first.tags) == ("How Small Gardens Keep Growing", ("Growing / Watering",))


def test_authors_below_a_title_in_bold_and_a_list_below_them_are_one_paper() -> None:
    text = (
        "### GARD\n**How Gardens Grow in the Dark**\nAnn Author, Bob Writer, Eve Third\n"
        "- pdf: [https://arxiv.org/abs/2101.00001](https://arxiv.org/abs/2101.00001)\n"
        "- code: [official : https://x.org/c](https://x.org/c)\n"
    )
    [paper] = papers(text)
    assert (paper.title, paper.arxiv) == ("How Gardens Grow in the Dark", "2101.00001")
    assert paper.authors == ("Ann Author", "Bob Writer", "Eve Third")
    assert (paper.links[-1], paper.notes) == ("https://x.org/c", None)


def test_what_stands_below_a_conference_appeared_there() -> None:
    text = (
        "## ICML 2021\n\n- [How gardens grow](https://arxiv.org/abs/2101.00001)\n"
        "- [How rain falls](https://arxiv.org/abs/2101.00002), ACL 2020\n"
        "- **SP 2024**\n  - [How clocks run](https://arxiv.org/abs/2101.00003)\n"
    )
    places = [(paper.venue, paper.year, paper.tags) for paper in papers(text)]
    assert places == [("ICML", 2021, ()), ("ACL", 2020, ()), ("SP", 2024, ())]


def test_a_label_alone_below_a_heading_makes_it_no_paper() -> None:
    text = (
        "### Growing Gardens in Winter\n\nPapers:\n\n"
        "- 2018, [How gardens grow](https://arxiv.org/abs/2101.00001), VLDB\n"
    )
    assert [paper.title for paper in papers(text)] == ["How gardens grow"]


def test_a_year_directly_above_a_heading_of_its_level_is_that_of_all_venues_below() -> None:
    paper = "- [How gardens grow](https://arxiv.org/abs/2101.00001) (CVPR)\n"
    text = (
        f"## 2025\n### 2024\n### Conference\n{paper}### Journal\n{paper}"
        f"### 2023\n### Conference\n{paper}"
    )
    years = [paper.year for parsed in loads(text) for _, paper in parsed.papers]
    assert years == [2024, 2024, 2023]


def test_most_names_before_et_al_tell_whether_these_are_one() -> None:
    text = "".join(
        f"{n}. How gardens grow {n} times. {who} et al. ICCV 2019\n"
        for n, who in enumerate(("Cai, Ann", "Zhang, Bob", "Lee, Eve", "Roe"), 1)
    )
    assert [paper.authors[0] for paper in papers(text)] == [
        "Cai, Ann",
        "Zhang, Bob",
        "Lee, Eve",
        "Roe",
    ]


def test_a_day_above_a_label_for_the_title_is_when_it_was_discussed() -> None:
    text = (
        "#### August 12, 2020\n"
        "- **Paper**: [Growing Gardens via Rain](https://arxiv.org/abs/1906.00001)\n"
        "- **Authors**: [Ann Author](https://x.org/a), Bob Writer\n"
    )
    [paper] = papers(text)
    assert (paper.title, paper.year, paper.notes) == ("Growing Gardens via Rain", 2019, None)
    assert paper.columns == {"Date": "August 12, 2020"}


def test_lines_of_a_paper_are_no_titles_of_their_own() -> None:
    text = (
        "**A Deep Dive into Growing Gardens.**  \nAnn Author, Bob Writer, Eve Third, Dee\n"
        "Fourth, Fay Fifth, Gus Sixth.  \n*Journal of Garden Information, April 2020.*  \n"
        "[[10.1021/acs.jcim.0c00073](https://doi.org/10.1021/acs.jcim.0c00073)]\n"
    )
    assert [paper.title for paper in papers(text)] == ["A Deep Dive into Growing Gardens"]


def test_a_day_before_a_title_with_a_dash_leaves_its_year() -> None:
    text = (
        "# Papers\n\n- [2025/06/08] **Report of a Garden Workshop -- Growing Gardens Slowly** "
        "| [[paper](https://arxiv.org/abs/2506.00001)] | [code]\n"
    )
    assert [paper.year for paper in papers(text)] == [2025]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("*Ann Author, Bob Writer*", "*Carl Third, Dee Fourth*"),
    ],
)
def test_headings_above_their_authors_are_the_papers_of_a_list(one: str, other: str) -> None:
    text = (
        "# Posters\n\nWhat hung there.\n\n"
        f"## Growing Gardens in the Deep Forest\n\n{one}\n\n"
        "Gardens grow (Roe, 2017) in forests.\n\n"
        f"## Freezing Ponds\n{other}\n\n## Where to park\n\nAt the gate.\n"
    )
    [table] = loads(text)
    assert [(line, paper.title, paper.authors, paper.notes) for line, paper in table.papers] == [
        (
            5,
            "Growing Gardens in the Deep Forest",
            ("Ann Author", "Bob Writer"),
            "Gardens grow (Roe, 2017) in forests",
        ),
        (11, "Freezing Ponds", ("Carl Third", "Dee Fourth"), None),
    ]
    assert [row.line for row in table.unread] == [14]


def test_authors_and_journal_below_a_title_are_no_title() -> None:
    text = (
        "- How small gardens keep growing.\n"
        "  [[pdf]](https://arxiv.org/pdf/2101.00001)\n"
        "  - Ann Author, Bob Writer, and Carl Third. *Garden Science*, 2021.\n"
    )
    (paper,) = papers(text)
    assert paper.title == "How small gardens keep growing"
    assert (paper.venue, paper.year, len(paper.authors)) == ("Garden Science", 2021, 3)


def test_a_title_in_bold_with_links_alone_or_a_list_below_is_a_paper() -> None:
    text = (
        "## Gardens\n\n"
        "**How small gardens keep growing**. ICML19.\n\n"
        "[![Paper](https://x.org/p.svg)](https://arxiv.org/abs/2101.00001) [Code](https://x.org/c)\n\n"
        "Nobody knows why they grow.\n\n"
        "*(GARD)* **Old clocks run slow in winter.** Ann Author, Bob Writer. ACL 2017.\n"
        "- [Paper](https://arxiv.org/abs/2101.00002)\n"
    )
    first, second = papers(text)
    assert (first.arxiv, first.year) == ("2101.00001", 2019)
    assert (second.name, second.arxiv) == ("GARD", "2101.00002")


def test_authors_and_a_source_below_a_short_title_are_no_title() -> None:
    text = (
        "1. **Garden Winters.**\n"
        "   *Ann Author, Bob Writer, Carl Third.* arxiv 2020. [[paper]](https://arxiv.org/abs/2101.00001)\n"
    )
    (paper,) = papers(text)
    assert (paper.title, paper.name, paper.year) == ("Garden Winters", None, 2020)
    assert paper.authors == ("Ann Author", "Bob Writer", "Carl Third")


def test_a_title_with_its_year_is_a_paper_below_a_heading_that_speaks_of_papers() -> None:
    [table] = loads("# Classic papers\n\n- [1] The case for small gardens, 1980\n- Ponds\n")
    assert [(paper.title, paper.year) for _, paper in table.papers] == [
        ("The case for small gardens", 1980)
    ]


def test_names_with_years_are_authors_where_no_paper_of_a_list_has_a_venue() -> None:
    def item(at: int, who: str) -> str:
        return f"- [Growing gardens number {at}](https://arxiv.org/abs/2101.0000{at}) ({who})\n"

    who = ("Lee et al. 2015", "Smirnova 2016", "Roe and Doe 2017", "Third 2018", "Lee 2019")
    read = papers("".join(map(item, range(5), who)))
    assert [(paper.authors, paper.venue, paper.year) for paper in read] == [
        (("Lee", "et al."), None, 2015),
        (("Smirnova",), None, 2016),
        (("Roe", "Doe"), None, 2017),
        (("Third",), None, 2018),
        (("Lee",), None, 2019),
    ]
    read = papers("".join(map(item, range(3), ("Foo 2015",) * 3)))
    assert [(paper.authors, paper.venue) for paper in read] == [((), "Foo")] * 3


def test_a_preprint_behind_a_paragraph_that_is_a_title_does_not_go_on_with_a_sentence() -> None:
    text = "# Papers\n\n[How small gardens grow](https://arxiv.org/abs/2101.00001), arXiv 2021/01\n"
    assert [(paper.venue, paper.year) for paper in papers(text)] == [("arXiv", 2021)]


def test_headings_above_bold_titles_with_authors_are_no_papers() -> None:
    text = "\n\n".join(
        f"### garden {what}\n\n**How small gardens {what}.**<br>\n"
        f"*Ann Author, Bob Writer.*<br>\nCVPR 2021. [[PDF](https://arxiv.org/abs/2101.0000{at})]"
        for at, what in enumerate(("grow", "sleep", "freeze"))
    )
    titles = [paper.title for table in loads(text) for _, paper in table.papers]
    assert titles == [f"How small gardens {what}" for what in ("grow", "sleep", "freeze")]


def test_numbers_behind_a_label_of_links_are_a_note() -> None:
    text = (
        "- [How small gardens keep growing](https://openreview.net/forum?id=abc)\n"
        "  - Ann Author, Bob Writer\n"
        "  - OpenReview: 8, 6, 6, 3\n"
    )
    assert [paper.notes for paper in papers(text)] == ["OpenReview: 8, 6, 6, 3"]


def test_what_most_papers_of_a_file_have_tells_what_a_note_in_a_short_list_is() -> None:
    sections = "".join(
        f'## Beds {n}\n\n- **"How garden {n} grows"**, ISCAS, 1990\n  - {who}\n'
        for n, who in enumerate(
            ("Ann Author, Bob Writer", "Carl Third et al.", "Dee Fourth, Eve Fifth", "I.K. Sixth")
        )
    )
    lone = '## More\n\n- **"How the last garden grows"**, ISCAS, 1991\n  - Fay Lone *(waters it)*\n'
    *_, initials, last = (paper for one in loads(sections + lone) for _, paper in one.papers)
    assert (initials.authors, initials.notes) == (("I.K. Sixth",), None)
    assert (last.authors, last.notes) == (("Fay Lone",), "waters it")


def test_a_paper_that_a_file_lists_in_several_sections_keeps_its_name() -> None:
    section = (
        "## Beds\n\n- **GARD**: [How a Garden Grows in Rain](https://arxiv.org/abs/2101.00001)\n\n"
    )
    names = [paper.name for one in loads(section * 3) for _, paper in one.papers]
    assert names == ["GARD"] * 3


def test_authors_below_a_title_go_on_over_a_line_and_have_hyphens() -> None:
    text = (
        "- [How Gardens Grow](https://x.org/g.pdf)\n  - Ann Author, Bob Writer,\nCarl Third\n"
        "- [How Beds Grow](https://x.org/b.pdf)\n  - Ann Author, Bob Writer, Shun-ichi Fourth\n"
    )
    assert [paper.authors for paper in papers(text)] == [
        ("Ann Author", "Bob Writer", "Carl Third"),
        ("Ann Author", "Bob Writer", "Shun-ichi Fourth"),
    ]


def test_what_a_paper_was_tried_on_is_no_paper_of_its_own() -> None:
    text = (
        "- [How Gardens Grow](https://openreview.net/pdf/1.pdf)\n  - Ann Author, Bob Writer\n"
        "  - ExpEnv: [Bedcraft](https://arxiv.org/abs/1605.09128)\n"
    )
    [paper] = papers(text)
    assert (paper.title, paper.arxiv) == ("How Gardens Grow", None)


def test_links_to_other_lists_of_the_owner_are_no_papers() -> None:
    text = "# Papers\n\n- [Year-wise Filtered Papers](./by_year.md)\n- [Read Papers](./r.md)\n"
    assert [one.papers for one in loads(text)] == [[]]


def test_a_linked_name_above_lines_with_bold_labels_is_a_paper() -> None:
    text = (
        "# Tracking\n\n[GARD](https://arxiv.org/pdf/2101.00001)\n**Idea**: what grows.  \n"
        "**Summary**: a bed.\n\n"
        "[BED](https://arxiv.org/pdf/2101.00002)\n**Idea**: what dries.\n"
    )
    one, other = papers(text)
    assert (one.title, one.summary) == ("GARD", "what grows\na bed\n")
    assert (other.title, other.arxiv) == ("BED", "2101.00002")


def test_folds_without_a_blank_line_between_are_papers_each() -> None:
    text = "".join(
        f"<summary>How Garden {number} Grows in Rain "
        f'<a href="https://arxiv.org/abs/2101.0000{number} ">\n [Paper]\n</a></summary>\n'
        for number in range(1, 4)
    )
    assert [paper.arxiv for paper in papers(text)] == ["2101.00001", "2101.00002", "2101.00003"]


def test_two_words_that_all_papers_have_are_one_name() -> None:
    who = ["Lee, Ann", "Roe, Bo", "Writer, Cy", "Third, Di", "Fourth, Ed", "Fifth, Flo Maria"]
    lines = (
        f"- **How Garden {number} Grows** — {one}, 2023 | ICML 2023\n"
        for number, one in enumerate(who)
    )
    assert [paper.authors for paper in papers("# Papers\n\n" + "".join(lines))] == [
        (one,) for one in who
    ]


def test_boxes_above_boxes_are_headings() -> None:
    text = (
        "# Papers\n\n- [ ] [Beds and Gardens]()\n"
        "    - [x] [How Gardens Grow in the Rain](#rain)\n"
        "    - [ ] [How Beds Grow in the Sun - 2016]()\n"
    )
    assert [(paper.title, paper.year, paper.tags) for paper in papers(text)] == [
        ("How Gardens Grow in the Rain", None, ("Beds and Gardens",)),
        ("How Beds Grow in the Sun", 2016, ("Beds and Gardens",)),
    ]


def test_a_list_below_the_colon_of_a_summary_goes_on_with_it() -> None:
    text = (
        "### How Gardens Grow in the Rain\n\n**Paper:** [arXiv](https://arxiv.org/abs/2101.00001)\n"
        "\n**Summary:** A loop of gardens.\n\nIts steps:\n\n1. Sow the seeds\n2. Wait for rain\n\n"
        "### How Beds Grow in the Sun\n\n**Paper:** [arXiv](https://arxiv.org/abs/2101.00002)\n"
    )
    one, other = papers(text)
    assert "Sow the seeds\nWait for rain" in (one.notes or "")
    assert other.title == "How Beds Grow in the Sun"


def test_a_sentence_behind_a_label_of_tags_is_a_note() -> None:
    text = (
        "# Papers\n\n- [How Gardens Grow](https://arxiv.org/abs/2101.00001)\n"
        "  - Tasks: find out how gardens grow in rain; count the beds\n"
        "- [How Beds Grow](https://arxiv.org/abs/2101.00002)\n  - Tasks: gardens; small beds\n"
    )
    one, other = papers(text)
    assert (one.tags, other.tags) == ((), ("gardens", "small beds"))
    assert "count the beds" in (one.notes or "")


def test_everything_below_a_heading_that_is_a_paper_is_told_of_it() -> None:
    text = (
        "## 1.R-GARD: How Gardens Grow(2014)\n\n[论文链接](https://arxiv.org/pdf/2101.00001.pdf)\n\n"
        "本文提出R-GARD方法\n\n- 整个过程分为四个阶段\n- 测试时缩放\n> 之后读原论文\n\n"
        "## 2.S-GARD: How Beds Grow [LNCS2019]\n\n**关键词**：花园\n\n**数据集**：CoNLL 04\n\n"
        "**代码**：没有\n"
    )
    first, second = papers(text)
    assert (first.title, second.title) == ("R-GARD: How Gardens Grow", "S-GARD: How Beds Grow")
    assert first.notes == "本文提出R-GARD方法\n整个过程分为四个阶段\n测试时缩放\n之后读原论文\n"
    assert (second.tags, second.columns, second.notes) == (
        ("花园",),
        {"数据集": "CoNLL 04"},
        "代码：没有",
    )


def test_a_note_in_chinese_on_the_line_below_a_linked_title_is_no_sentence() -> None:
    text = (
        "[GARD](https://arxiv.org/abs/2101.00001)  \n**出发点**： 利用更深的花园；  \n"
        "**贡献**：新的花园\n\n[BED](https://arxiv.org/abs/2101.00002)  \n花园和床\n"
    )
    assert [(paper.title, paper.summary, paper.notes) for paper in papers(text)] == [
        ("GARD", "新的花园", None),
        ("BED", None, "花园和床"),
    ]


def test_headings_that_link_to_papers_are_papers_where_most_are_and_named_where_not() -> None:
    text = (
        "# Gardens\n\n## [GARD](https://arxiv.org/abs/2101.00001)\n\nnine gardens\n\n"
        "## [BED](https://arxiv.org/abs/2101.00002)\n\n"
        "### Encoder [ROSE](https://arxiv.org/abs/2101.00003)\n\ntext\n"
    )
    tables = loads(text)
    assert [paper.title for one in tables for _, paper in one.papers] == ["GARD", "BED"]
    assert [row.line for one in tables for row in one.unread] == [9]


def test_what_many_paragraphs_say_below_papers_is_noted_though_most_say_nothing() -> None:
    cited = '**[{0}]** Ann Author. "**How garden {0} grows.**" ICML. 2014.\n\n'
    told = "".join(cited.format(at) + f"花园{at}在变化\n\n" for at in range(3))
    text = told + "".join(cited.format(at) for at in range(3, 9))
    notes = [paper.notes for paper in papers(text)]
    assert notes == [f"花园{at}在变化" for at in range(3)] + [None] * 6


def test_a_tag_of_an_item_is_what_stands_before_its_explanation() -> None:
    text = (
        "# Papers\n\n- 重み量子化: モデルの重みパラメータを低ビット表現に変換する手法。以下の研究\n"
        "  - [How Gardens Grow at Last](https://arxiv.org/abs/2101.00009)\n"
    )
    assert [paper.tags for paper in papers(text)] == [("重み量子化",)]


def test_an_honour_in_a_cell_of_venues_is_no_part_of_the_venue() -> None:
    text = (
        "| Title | Venue | Paper |\n|---|---|---|\n"
        "| How Gardens Grow | CVPR 2024 (Oral) | [Paper](https://arxiv.org/abs/2101.00001) |\n"
    )
    [paper] = papers(text)
    assert (paper.venue, paper.year, paper.columns["Venue"]) == ("CVPR", 2024, "CVPR 2024 (Oral)")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("## 2022\n\n### CVPR\n\n- {}\n- {}\n", ("CVPR", 2022)),
        ("## CVPR\n\n### 2022\n\n- {}\n- {}\n", ("CVPR", 2022)),
        ("## ACM CCS\n\n- 2022\n  - {}\n  - {}\n", ("ACM CCS", 2022)),
        ("## CVPR\n\n- {}\n- {}\n", ("CVPR", None)),
        ("## 2022\n\n### AutoML\n\n- {}\n- {}\n", (None, None)),
    ],
)
def test_a_conference_and_a_year_above_papers_are_where_they_appeared(
    text: str, wanted: tuple[str | None, int | None]
) -> None:
    links = (f"[How Garden {at} Grows](https://arxiv.org/abs/2101.0000{at})" for at in (1, 2))
    both = papers("# Papers\n\n" + text.format(*links))
    assert [(paper.venue, paper.year, paper.tags) for paper in both] == [(*wanted, ())] * 2


def test_properties_below_a_title_are_its_details() -> None:
    text = (
        "- ### Growing Gardens in Rain\n  background-color:: green\n"
        "  authors:: [[Ann Lee, Bo Roe]]\n"
        "  read-status:: [[read]]\n  published:: [[2021]]\n  major-themes::\n"
        "- ### Growing Beds in the Sun\n  authors:: [[Cy Third]]\n  published:: [[1993]]\n"
    )
    one, other = papers(text)
    assert (one.title, one.authors, one.year) == (
        "Growing Gardens in Rain",
        ("Ann Lee", "Bo Roe"),
        2021,
    )
    assert (one.status, other.authors, other.year) == (Status.DONE, ("Cy Third",), 1993)


def test_a_sentence_that_cites_a_paper_below_another_is_a_note() -> None:
    told = "We water each bed by descent (Chen et al., 2016) and gather all that grew well"
    text = f"- [How Gardens Grow](https://arxiv.org/abs/2101.00001)\n  - {told}.\n"
    assert [(paper.title, paper.notes) for paper in papers(text)] == [("How Gardens Grow", told)]


def test_a_person_among_others_may_be_called_like_words_of_titles() -> None:
    text = (
        "- [Bahçeler Nasıl Büyür](https://arxiv.org/abs/2101.00002)\n"
        "  - Deep Ganguli, Ann Lee, Bo Roe, et al.\n  - Anahtar Sözcük: Bahçe, Yağmur\n"
    )
    [paper] = papers(text)
    assert paper.authors == ("Deep Ganguli", "Ann Lee", "Bo Roe", "et al.")
    assert paper.tags == ("Bahçe", "Yağmur")


def test_numbers_of_headings_that_are_papers_are_no_part_of_the_titles() -> None:
    text = "".join(
        f"### {title}\n\n[Paper](https://arxiv.org/pdf/1503.0890{at}.pdf)\n\n花园{at}\n\n"
        for at, title in enumerate(("2.2.Beyond-Short-Gardens", "2.3 A Whole Garden", "3.1 C3D"))
    )
    titles = [paper.title for one in loads(text) for _, paper in one.papers]
    assert titles == ["Beyond-Short-Gardens", "A Whole Garden", "C3D"]


def test_a_callout_is_no_paper() -> None:
    text = "> [!info] 这是主题地图\n> 按《Gardens》（[2605.12090](https://arxiv.org/abs/2605.12090)）\n"
    assert [one.papers for one in loads(text)] == [[]]


def test_a_heading_without_words_is_none() -> None:
    text = "##\n\n- [How Gardens Grow](https://arxiv.org/abs/2101.00001)\n\n###\n\ntext\n"
    assert [paper.title for one in loads(text) for _, paper in one.papers] == ["How Gardens Grow"]


def test_what_stands_below_each_of_two_paragraphs_that_are_papers_is_noted() -> None:
    text = (
        "**[How Gardens Grow](https://arxiv.org/abs/2101.00001). *Lee et al.*, Arxiv 2022.**\n\n"
        "能否取代花园？\n\n最多到三个花园\n\n"
        "**[How Beds Grow](https://arxiv.org/abs/2101.00002). *Roe et al.*, CIKM 2022.**\n\n"
        "好处：大\n"
    )
    assert [paper.notes for paper in papers(text)] == [
        "能否取代花园？\n最多到三个花园\n",
        "好处：大",
    ]


def test_a_surname_in_small_letters_among_authors_below_a_title_begins_no_title() -> None:
    text = (
        "- How Gardens Grow in Rain.\n  [[pdf]](https://x.org/g.pdf)\n"
        "  - Ann Lee, Bo Roe, Cy zhang, Di Third, Ed Fourth, and Flo Fifth. *ICML*, 2022.\n"
    )
    [paper] = papers(text)
    assert (paper.title, len(paper.authors)) == ("How Gardens Grow in Rain", 6)
    assert (paper.venue, paper.year, paper.notes) == ("ICML", 2022, None)


def test_a_title_in_bold_behind_an_emoji_ends_what_is_told_of_the_one_above() -> None:
    text = "".join(
        f"{sign}**How Garden {at} Grows in Rain**\n\n论文/paper：https://arxiv.org/abs/2101.0001{at}\n\n"
        f"代码/code：https://github.com/a/b{at}\n\n"
        for at, sign in enumerate(("", ":heavy_check_mark:", ":heavy_check_mark: "))
    )
    assert [paper.arxiv for one in loads("## 检测\n\n" + text) for _, paper in one.papers] == [
        f"2101.0001{at}" for at in range(3)
    ]


def test_a_paragraph_above_links_to_a_paper_is_its_title_and_no_note() -> None:
    text = (
        ":star: [How Gardens Grow] [[Paper]](https://arxiv.org/abs/2101.00001)\n\n"
        "花园在变化\n\n"
        ":star: [How Beds Grow] [[Paper]](https://arxiv.org/abs/2101.00002)\n\n"
        "床在变化\n\n:star: [How Roses Grow in Rain]\n"
        "- [[Paper]](https://arxiv.org/abs/2101.00003)(ICCV 2019)\n"
    )
    found = [(paper.title, paper.arxiv) for one in loads(text) for _, paper in one.papers]
    assert ("How Roses Grow in Rain", "2101.00003") in found


def test_names_in_a_title_are_in_doubt_and_words_that_call_nobody_are_none() -> None:
    titles = (
        "Smith, Jones, and Lee: How Gardens Grow in Rain",
        "Pre-train, Prompt, and Predict: A Survey of Gardens",
        "Faster, Deeper, Easier: Growing Gardens",
    )
    links = (f"- [{it}](https://arxiv.org/abs/2101.0000{at})\n" for at, it in enumerate(titles))
    assert [doubt.message for doubt in table("".join(links)).doubts] == [
        f"there seem to be authors in the title {titles[0]}"
    ]


def test_a_venue_that_may_be_a_surname_is_in_doubt_where_nothing_tells() -> None:
    text = (
        "# Papers\n\n- How Small Gardens Grow, Science 1968\n- Beds of Garden Mice, Neuron 2020\n"
        "- Rules of Rose Beds, Ecology 2010\n- Worms and their Soil in Beds, Thirdson 2017\n"
    )
    assert [(it.line, it.message) for it in table(text).doubts] == [
        (6, 'the venue Thirdson may be who wrote "Worms and their Soil in Beds"')
    ]


def test_journals_of_one_word_are_venues_and_taking_venues_for_people_is_one_doubt() -> None:
    titles = "Small Gardens, Old Clocks, Rose Beds, Garden Mice, Long Winters".split(", ")

    def listed(*names: str) -> str:
        pairs = zip(titles, names, strict=True)
        return "".join(f"- How I saw {title}, {name} 2008\n" for title, name in pairs)

    journals = ("Lancet", "Diabetes", "Gut", "Heart", "Stroke")
    text = "# Papers\n\n" + listed(*journals)
    assert [(it.venue, it.authors) for it in papers(text)] == [(it, ()) for it in journals]
    assert table(text).doubts == ()
    people = ("Aaronson", "Bobson", "Carlson", "Deeson", "Edson")
    text = "# Papers\n\n" + listed(*people)
    assert [(it.venue, it.authors) for it in papers(text)] == [(None, (it,)) for it in people]
    assert [(it.line, it.message) for it in table(text).doubts] == [
        (3, "words before the years are taken for who wrote the papers")
    ]
    text = "# Papers\n\n" + listed("Science", "NeurIPS", "Carlson", "Deeson", "Edson")
    assert [(it.line, it.message) for it in table(text).doubts] == [
        (5, 'the venue Carlson may be who wrote "How I saw Rose Beds", and 2 more may be so')
    ]
