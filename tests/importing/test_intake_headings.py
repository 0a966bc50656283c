import pytest

from papertrack.importing import Wanted, intake
from papertrack.markdown.rows import Meaning
from papertrack.status import Status


def _meanings(*headings: str, title: str | None = None) -> dict[str, str]:
    text = "\n\n".join(
        f"## {heading}\n\n| Title | Venue |\n| - | - |\n| Paper {number} | ACL 2020 |"
        for number, heading in enumerate(headings)
    )
    tables = intake.tables_in(text, Wanted())
    made = intake.meanings(tables, labs={"meta", "fair"}, title=title)
    return {heading: meaning.value for heading, meaning in made.items()}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Papers that I read #\n\n## More", "Papers that I read"),
        ("\ufeff# **Bold** [list](https://example.org)\n", "Bold list"),
        ("## Second level\n", None),
        ("#hashtag\n", None),
        ("# ![](badge.svg)\n", None),
    ],
)
def test_a_list_is_called_what_its_first_heading_says(text: str, title: str | None) -> None:
    assert intake.title_of(text) == title


@pytest.mark.parametrize(
    ("headings", "meanings"),
    [
        (("Vision", "RL"), {"Vision": "tag", "RL": "tag"}),
        (("Vision",), {}),
        (("Done", "Vision"), {"Done": "status", "Vision": "tag"}),
        (("Done",), {"Done": "status"}),
        (("FAIR", "Vision"), {"FAIR": "lab", "Vision": "tag"}),
        (("Papers", "Vision", "Reading List", "Table of contents"), {"Vision": "tag"}),
        (("目录", "其他", "对话"), {"对话": "tag"}),
        (("x" * 61, "Vision"), {"x" * 61: "none", "Vision": "tag"}),
        (("🔥", "Vision"), {"Vision": "tag"}),
        (("2024.4.29", "2024-05", "May 5, 2024", "Vision"), {"Vision": "tag"}),
    ],
)
def test_what_headings_mean(headings: tuple[str, ...], meanings: dict[str, str]) -> None:
    assert _meanings(*headings) == meanings


def test_the_documents_title_is_no_tag_and_reading_no_status() -> None:
    assert _meanings("My Garden", "Vision", title="My Garden") == {"Vision": "tag"}
    assert _meanings("Reading", title="Reading") == {}
    assert _meanings("Reading", "Done", title="Reading") == {"Reading": "status", "Done": "status"}


def test_years_below_what_papers_are_about_are_no_tags() -> None:
    item = "- [How small gardens grow {0}](https://arxiv.org/abs/{0}01.00001)"
    text = "\n\n".join(
        f"# {name}\n\n## 20{year}\n\n{item.format(year)}"
        for name, year in (("Gardens", 20), ("Gardens", 21), ("Clocks", 21), ("Clocks", 22))
    )
    tables = intake.tables_in(text, Wanted())
    made = intake.meanings(tables, labs=(), title=None)
    assert made == {"Gardens": Meaning.TAG, "Clocks": Meaning.TAG}


def test_citation_keys_above_each_paper_are_no_tags() -> None:
    text = "\n\n".join(
        f"## Lee{year}\n\n- Lee, A., & Roe, B. ({year}). How small gardens grow. *Gardens, 2*, 1-9."
        for year in (2020, 2021)
    )
    assert intake.meanings(intake.tables_in(text, Wanted()), labs=(), title=None) == {}


def _below_each(below: str, *above: str) -> dict[str, Meaning]:
    """Return what headings mean where one stands below each of the others, above a paper."""
    item = "- [How small gardens grow {0}](https://arxiv.org/abs/2101.0000{0})"
    text = "\n\n".join(
        f"# {name}\n\n## {below}\n\n{item.format(number)}" for number, name in enumerate(above)
    )
    return intake.meanings(intake.tables_in(text, Wanted()), labs=(), title=above[0])


def test_the_first_heading_is_a_tag_where_statuses_stand_below_each_heading() -> None:
    made = _below_each("Read", "Gardens", "Clocks")
    assert made == {"Read": Meaning.STATUS, "Gardens": Meaning.TAG, "Clocks": Meaning.TAG}


def test_reading_below_each_of_several_sections_is_what_to_read_for_it() -> None:
    assert "Reading" not in _below_each("Reading", "Lecture Gardens", "Lecture Clocks")


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("1. Transformers", "Transformers"),
        ("2.3) Vision:", "Vision"),
        ("2.7 Deep learning", "Deep learning"),
        ("4.1.1 Causes", "Causes"),
        ("一、对话", "对话"),
        ("（一）对话", "对话"),
        ("(3) Alzheimer’s disease、", "Alzheimer’s disease"),
        ("1.4再住院预测", "再住院预测"),
        ("2. 临床路径模式发现；", "临床路径模式发现"),
        ("(2020)", "(2020)"),
        ("[2021 ICML] GARD, Growing Gardens", "GARD, Growing Gardens"),
        ("[2022] Gardens", "Gardens"),
        ("IV. Graphs", "Graphs"),
        ("🔥 New ideas ✨", "New ideas"),
        (":fire: Hot", "Hot"),
        ("3D Vision", "3D Vision"),
        ("C++", "C++"),
        ("transformer (5)", "transformer"),
        ("图网络（12篇）", "图网络"),
        ("ICML (2021)", "ICML (2021)"),
        ("21.10", "21.10"),
        ("2023", "2023"),
        ("《红楼梦》", "《红楼梦》"),
    ],
)
def test_a_heading_is_a_name_without_its_marks(heading: str, name: str) -> None:
    assert intake.heading_name(heading) == name


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("Done ✅", Status.DONE),
        ("Papers I have read", Status.DONE),
        ("Papers to read", Status.TO_READ),
        ("To Read", Status.TO_READ),
        ("待读论文", Status.TO_READ),
        ("在读", Status.READING),
        ("在读（2024年3月）", Status.READING),
        ("これから読む論文", Status.TO_READ),
        ("읽은 논문", Status.DONE),
        ("Artículos leídos", Status.DONE),
        ("Artigos lidos", Status.DONE),
        ("Articles lus", Status.DONE),
        ("Gelesene Papers", Status.DONE),
        ("Прочитанные статьи", Status.DONE),
        ("Bài báo đã đọc", Status.DONE),
        ("Reading now", Status.READING),
        ("📖 Currently reading (3)", Status.READING),
        ("正在读的论文", Status.READING),
        ("Want to read", Status.TO_READ),
        ("想读", Status.TO_READ),
        ("读完", Status.DONE),
        ("Reading list", None),
        ("Papers that I read", None),
        ("Reading comprehension", None),
        ("Completed", Status.DONE),
        ("Complete Paper List", None),
        ("N", None),
        ("Vision", None),
    ],
)
def test_a_heading_that_is_a_word_for_a_status(heading: str, status: Status | None) -> None:
    assert intake.heading_status(heading) == status


def test_what_a_section_says_is_less_than_what_a_row_says() -> None:
    head = "## Done\n\n| Title | Status | Notes |\n| - | - | - |\n"
    text = f"{head}| A Paper | reading | good |\n| B Paper | | long |\n"
    (table,) = intake.tables_in(text, Wanted())
    rows = intake.rows("a.md", [table], {"Done": Meaning.STATUS})
    assert [row.paper.status for row in rows] == ["reading", "to-read"]


def _tagged(text: str, title: str | None = None) -> list[tuple[str, tuple[str, ...], str]]:
    """The title, tags and status of each paper of a text, with what the headings say."""
    tables = intake.tables_in(text, Wanted())
    made = intake.meanings(tables, labs=set(), title=title)
    papers = [row.paper for row in intake.rows("a.md", tables, made)]
    return [(paper.title, paper.tags, paper.status.value) for paper in papers]


def _list(number: int) -> str:
    return f"- [How small gardens keep growing {number}](https://arxiv.org/abs/2101.0000{number})\n"


def test_a_heading_that_says_nothing_leaves_it_to_the_one_above() -> None:
    text = (
        f"# My list\n\n## Gardens\n\n### Papers\n\n{_list(1)}\n## Clocks\n\n### Papers\n\n"
        f"{_list(2)}\n### Towers\n\n{_list(3)}\n## Others\n\n{_list(4)}"
    )
    assert [tags for _, tags, _ in _tagged(text, "My list")] == [
        ("Gardens",),
        ("Clocks",),
        ("Towers",),
        (),
    ]


def test_a_status_stands_above_sections_too() -> None:
    text = f"## Reading now\n\n### Gardens\n\n{_list(1)}\n## Finished\n\n### Clocks\n\n{_list(2)}"
    assert [(tags, status) for _, tags, status in _tagged(text)] == [
        (("Gardens",), "reading"),
        (("Clocks",), "done"),
    ]


def test_papers_before_the_first_heading_have_no_tag() -> None:
    text = f"{_list(1)}\n## Gardens\n\n{_list(2)}"
    assert [tags for _, tags, _ in _tagged(text)] == [(), ("Gardens",)]


def test_a_status_above_sections_holds_for_all_of_them() -> None:
    text = (
        f"# My list\n\n## Read\n\n### Gardens\n\n{_list(1)}\n### Clocks\n\n{_list(2)}\n"
        f"## To read\n\n### Gardens\n\n{_list(3)}"
    )
    assert [(tags, status) for _, tags, status in _tagged(text, "My list")] == [
        (("Gardens",), "done"),
        (("Clocks",), "done"),
        (("Gardens",), "to-read"),
    ]


def test_only_headings_that_something_follows_from_have_a_meaning() -> None:
    text = f"# My list\n\n## Plants\n\n### Gardens\n\n{_list(1)}\n### Trees\n\n{_list(2)}"
    tables = intake.tables_in(text, Wanted())
    assert list(intake.meanings(tables, labs=set(), title="My list")) == ["Gardens", "Trees"]


@pytest.mark.parametrize(
    ("heading", "tag"),
    [
        ("Tree Theories, Flower Modeling and Psychological Gardening, Growth", True),
        ("Trends (Garden Computing, Shed-scale Computing, New Hardware and Tools)", True),
        ("These are the papers that I found while I was looking for others", False),
    ],
)
def test_a_long_heading_is_a_group_where_it_is_no_sentence(heading: str, tag: bool) -> None:  # noqa: FBT001 - a case of a table
    assert len(heading) > 60
    text = f"## {heading}\n\n{_list(1)}\n## Clocks\n\n{_list(2)}"
    assert bool(_tagged(text)[0][1]) is tag


def test_a_long_heading_is_a_group_where_most_beside_it_are_groups() -> None:
    heading = (
        "Gardens at Night, Hedges and Sheds, Clocks and What They Are Made of, Rain in the City"
    )
    assert len(heading) > 85
    others = "\n".join(f"## Part {number}\n\n{_list(number)}" for number in range(3, 6))
    text = f"## {heading}\n\n{_list(1)}{_list(2)}\n{others}"
    assert [tags for _, tags, _ in _tagged(text)][:2] == [(heading,), (heading,)]
    alone = f"## {heading}\n\n{_list(1)}\n{others}"
    assert _tagged(alone)[0][1] == ()  # the one paper's title, perhaps


def test_the_title_of_a_paper_in_bold_is_no_section() -> None:
    text = (
        f"## Gardens\n\n{_list(1)}\n"
        "**How large gardens stop growing in the cold of the night**\n\n"
        "- Code: https://github.com/example/cold\n- Data: none\n\n"
        f"1. {_list(2)[2:]}\n## Clocks\n\n{_list(3)}"
    )
    assert [tags for _, tags, _ in _tagged(text)] == [("Gardens",), ("Gardens",), ("Clocks",)]


@pytest.mark.parametrize("heading", ["## ICML 2021", "## 2021\n\n### ICML"])
def test_a_heading_that_says_where_its_papers_appeared_is_no_tag(heading: str) -> None:
    text = (
        f"{heading}\n\n- [How gardens grow](https://arxiv.org/abs/2101.00001)\n\n"
        "## Rain\n\n- [How rain falls](https://arxiv.org/abs/2101.00002)\n"
    )
    tables = intake.tables_in(text, Wanted())
    assert intake.meanings(tables, labs=set(), title=None) == {"Rain": Meaning.TAG}
