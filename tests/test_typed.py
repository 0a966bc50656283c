"""What people paste to be added, line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import typed
from papertrack.typed import AddLine

_ID = "https://arxiv.org/abs/1706.03762"
_PDF = "https://arxiv.org/pdf/2302.13971.pdf"


@pytest.mark.parametrize(
    ("line", "paper"),
    [
        pytest.param("Garden Beds at Night", AddLine("Garden Beds at Night"), id="a title"),
        pytest.param("- [ ] Garden Beds", AddLine("Garden Beds"), id="an item with a box"),
        pytest.param("* [X] Garden Beds", AddLine("Garden Beds", ticked=True), id="a ticked box"),
        pytest.param("> 3. Garden Beds", AddLine("Garden Beds"), id="a quoted number"),
        pytest.param(f"<{_ID}>", AddLine(_ID), id="an address in brackets"),
        pytest.param(f"{_ID}.", AddLine(_ID), id="an address that ends a sentence"),
        pytest.param("1706.03762", AddLine("1706.03762"), id="an id"),
        pytest.param(
            f"{_ID} - read this first",
            AddLine(_ID, note="read this first"),
            id="words behind an address",
        ),
        pytest.param(
            f"[Attention]({_ID}) ([code](https://example.org/c)): the base",
            AddLine(_ID, ("https://example.org/c",), "the base"),
            id="an id among links",
        ),
        pytest.param(
            f"论文：{_ID}（Meta）",
            AddLine(_ID, note="论文：（Meta）"),
            id="Chinese around an address",
        ),
        pytest.param(
            f"读《书》{_ID}，好", AddLine(_ID, note="读《书》，好"), id="no space beside it"
        ),
        pytest.param(
            f"Garden Beds ({_PDF})", AddLine(_PDF, note="Garden Beds"), id="a PDF in brackets"
        ),
        pytest.param(
            f"{_ID}, {_PDF} and https://doi.org/10.1000/x",
            AddLine(f"{_ID}, {_PDF} and https://doi.org/10.1000/x"),
            id="several ids",
        ),
        pytest.param(
            "[Garden Beds](https://example.org/g)",
            AddLine("Garden Beds", ("https://example.org/g",)),
            id="a linked title",
        ),
        pytest.param(
            "Garden Beds [[pdf]](https://example.org/g)",
            AddLine("Garden Beds", ("https://example.org/g",)),
            id="a title beside a label",
        ),
    ],
)
def test_a_line_gives_what_to_add(line: str, paper: AddLine) -> None:
    assert typed.read_lines(line).papers == {1: paper}


def test_an_entry_goes_on_to_its_last_brace() -> None:
    entry = "@misc{x,\n  title = {Garden {Beds}},\n}"
    lines = typed.read_lines(f"{entry}\nA Second Title\n")
    assert lines.papers == {1: AddLine(entry), 4: AddLine("A Second Title")}


def test_headings_are_counted_and_prose_among_addresses_is_named() -> None:
    lines = typed.read_lines(f"# To read\n\nHi all,\n{_ID}\n10.1000/xyz\n1810.04805\nCheers\n")
    assert list(lines.papers) == [4, 5, 6]
    assert lines.prose == {3: "Hi all,", 7: "Cheers"}
    assert lines.headings == 1


def test_without_an_address_no_line_is_prose() -> None:
    lines = typed.read_lines("hello world of gardens\nThe Second\n")
    assert (list(lines.papers), lines.prose) == ([1, 2], {})


@given(st.text(alphabet="aB #-*@{}[]()<>:/.,!\n1706.03762", max_size=80))
def test_a_line_is_a_paper_or_prose_and_never_both(text: str) -> None:
    lines = typed.read_lines(text)
    assert not lines.papers.keys() & lines.prose.keys()
    assert {*lines.papers, *lines.prose} <= set(range(1, text.count("\n") + 2))
