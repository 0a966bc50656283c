import pytest

from papertrack.errors import RefusedError
from papertrack.importing import Wanted, intake

TABLE = "| Title | Year |\n| - | - |\n| A Paper | 2020 |\n"
TWO = f"# One\n\n{TABLE}\n# Two\n\n{TABLE}"


@pytest.mark.parametrize(
    ("names", "lines"),
    [((), [3, 9]), (("1",), [3]), (("2", "one"), [9, 3]), (("two", "2"), [9])],
)
def test_tables_are_picked(names: tuple[str, ...], lines: list[int]) -> None:
    files = {"a.md": intake.tables_in(TWO, Wanted()), "b.md": []}
    picked = intake.pick(files, Wanted(tables=names))
    assert [table.line for table in picked["a.md"]] == lines
    assert picked["b.md"] == []


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (TWO, "Three", "give a number, or a heading such as One, Two"),
        (TWO, "0", "a heading such as One, Two"),
        (TABLE, "2", "there are 1; give a number from 1"),
        ("", "1", "there are 0"),
    ],
)
def test_a_table_that_is_not_there_is_refused(text: str, name: str, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        intake.pick({"a.md": intake.tables_in(text, Wanted())}, Wanted(tables=(name,)))


@pytest.mark.parametrize("column", ["Paper", "3", "0"])
def test_a_column_that_is_not_there_is_refused(column: str) -> None:
    wanted = Wanted(mapping={column: "title"})
    with pytest.raises(RefusedError, match=f'no column "{column}" for --map: it is one of Title'):
        intake.pick({"a.md": intake.tables_in(TABLE, wanted)}, wanted)


def test_papers_are_tagged_with_their_files_name() -> None:
    wanted = Wanted(tag_from_file=True, tags=("mine", "CNN"))
    assert wanted.origin("topics/CNN.md").tags == ("CNN", "mine")
