import pytest

from papertrack.errors import PapertrackError, RefusedError
from papertrack.importing import intake
from papertrack.importing.intake import Wanted

TABLE = "| Title | Year |\n| - | - |\n| A Paper | 2020 |\n"
TWO = f"# One\n\n{TABLE}\n# Two\n\n{TABLE}"


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
    assert intake.title(text) == title


@pytest.mark.parametrize(
    ("typed", "mapping"),
    [
        ([], {}),
        (["Paper=title", "备注=notes"], {"Paper": "title", "备注": "notes"}),
        (["a=b=Title"], {"a=b": "title"}),
        ([" 2 = skip "], {"2": "skip"}),
    ],
)
def test_columns_are_mapped_as_typed(typed: list[str], mapping: dict[str, str]) -> None:
    assert intake.mapping(typed) == mapping


@pytest.mark.parametrize("typed", ["Paper", "=title", "Paper=", " = "])
def test_half_a_mapping_is_refused(typed: str) -> None:
    with pytest.raises(PapertrackError, match="write --map 'Paper=title'"):
        intake.mapping([typed])


@pytest.mark.parametrize(
    ("names", "lines"),
    [((), [3, 9]), (("1",), [3]), (("2", "one"), [9, 3]), (("two", "2"), [9])],
)
def test_tables_are_picked(names: tuple[str, ...], lines: list[int]) -> None:
    files = {"a.md": intake.read(TWO, Wanted()), "b.md": []}
    picked = intake.pick(files, Wanted(tables=names))
    assert [table.line for table in picked["a.md"]] == lines
    assert picked["b.md"] == []


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (TWO, "Three", "give a number, or a heading such as One, Two"),
        (TWO, "0", "a heading such as One, Two"),
        (TABLE, "2", "there are 1; give a number from 1"),
        ("", "1", "there are 0"),
    ],
)
def test_a_table_that_is_not_there_is_refused(text: str, name: str, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        intake.pick({"a.md": intake.read(text, Wanted())}, Wanted(tables=(name,)))


@pytest.mark.parametrize("column", ["Paper", "3", "0"])
def test_a_column_that_is_not_there_is_refused(column: str) -> None:
    wanted = Wanted(mapping={column: "title"})
    with pytest.raises(RefusedError, match=f'no column "{column}" for --map: it is one of Title'):
        intake.pick({"a.md": intake.read(TABLE, wanted)}, wanted)


def test_papers_are_tagged_with_their_files_name() -> None:
    wanted = Wanted(tag_from_file=True, tags=("mine", "CNN"))
    assert intake.origin("topics/CNN.md", [], wanted).tags == ("CNN", "mine")
