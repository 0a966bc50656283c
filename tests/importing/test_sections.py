import pytest

from papertrack.importing import intake, sections
from papertrack.importing.origins import Wanted
from papertrack.markdown.rows import Meaning
from papertrack.status import Status


def _meanings(*headings: str, title: str | None = None) -> dict[str, str]:
    text = "\n\n".join(
        f"## {heading}\n\n| Title | Venue |\n| - | - |\n| Paper {number} | ACL 2020 |"
        for number, heading in enumerate(headings)
    )
    tables = intake.tables_in(text, Wanted())
    made = sections.meanings(tables, labs={"meta", "fair"}, title=title)
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
    assert sections.title(text) == title


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
        (("x" * 61, "Vision"), {"Vision": "tag"}),
        (("🔥", "Vision"), {"Vision": "tag"}),
    ],
)
def test_what_headings_mean(headings: tuple[str, ...], meanings: dict[str, str]) -> None:
    assert _meanings(*headings) == meanings


def test_the_documents_title_is_no_tag_and_reading_no_status() -> None:
    assert _meanings("My Garden", "Vision", title="My Garden") == {"Vision": "tag"}
    assert _meanings("Reading", title="Reading") == {}
    assert _meanings("Reading", "Done", title="Reading") == {"Reading": "status", "Done": "status"}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("1. Transformers", "Transformers"),
        ("2.3) Vision:", "Vision"),
        ("一、对话", "对话"),
        ("IV. Graphs", "Graphs"),
        ("🔥 New ideas ✨", "New ideas"),
        (":fire: Hot", "Hot"),
        ("3D Vision", "3D Vision"),
        ("C++", "C++"),
        ("2023", "2023"),
        ("《红楼梦》", "《红楼梦》"),
    ],
)
def test_a_heading_is_a_name_without_its_marks(heading: str, name: str) -> None:
    assert sections.name(heading) == name


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("Done ✅", Status.DONE),
        ("Papers I have read", Status.DONE),
        ("Papers to read", Status.TO_READ),
        ("To Read", Status.TO_READ),
        ("待读论文", Status.TO_READ),
        ("在读", Status.READING),
        ("Reading list", None),
        ("Papers that I read", None),
        ("Reading comprehension", None),
        ("Completed", Status.DONE),
        ("Vision", None),
    ],
)
def test_a_heading_that_is_a_word_for_a_status(heading: str, status: Status | None) -> None:
    assert sections.status(heading) == status


def test_what_a_section_says_is_less_than_what_a_row_says() -> None:
    head = "## Done\n\n| Title | Status | Notes |\n| - | - | - |\n"
    text = f"{head}| A Paper | reading | good |\n| B Paper | | long |\n"
    (table,) = intake.tables_in(text, Wanted())
    rows = intake.rows("a.md", [table], {"Done": Meaning.STATUS})
    assert [row.paper.status for row in rows] == ["reading", "to-read"]
