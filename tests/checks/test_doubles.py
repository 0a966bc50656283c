from collections.abc import Callable

import pytest

Checked = Callable[..., list[tuple[int, str, str, bool]]]

TWO = """\
[[paper]]
key = "first"
title = "{}"
{}

[[paper]]
key = "second"
title = "{}"
{}
"""


@pytest.mark.parametrize(
    ("first", "second", "what", "line"),
    [
        (("One", 'doi = "10.1000/ABC"'), ("Two", 'doi = "doi:10.1000/abc"'), "DOI", 9),
        (("One", 'arxiv = "2302.13971"'), ("Two", 'arxiv = "2302.13971v2"'), "arXiv id", 9),
        (
            ("One", 'links = ["https://arxiv.org/abs/2302.13971"]'),
            ("Two", 'arxiv = "2302.13971"'),
            "arXiv id",
            9,
        ),
        (("A Title: Here", ""), ("a title, here", ""), "title", 8),
    ],
    ids=["doi", "arxiv", "link", "title"],
)
def test_the_same_paper_twice_is_found(
    checked: Checked, first: tuple[str, str], second: tuple[str, str], what: str, line: int
) -> None:
    ((found, message, advice, mendable),) = checked("duplicate", TWO.format(*first, *second))
    assert (found, message, mendable) == (line, f'the same {what} as "first"', False)
    assert 'move what only it says to "first", then `papertrack remove second`' in advice


def test_other_titles_with_one_identifier_may_be_two_papers(checked: Checked) -> None:
    text = TWO.format("One", 'arxiv = "2302.13971"', "Other", 'arxiv = "2302.13971"')
    ((_, _, advice, _),) = checked("duplicate", text)
    assert advice.startswith("if they are one paper, move ")
    assert advice.endswith("; if not, mend the arxiv of one")


def test_a_pair_is_found_once_and_by_the_surest_sign(checked: Checked) -> None:
    same = ("One", 'doi = "10.1000/a"\narxiv = "2302.13971"')
    ((_, message, _, _),) = checked("duplicate", TWO.format(*same, *same))
    assert "the same DOI" in message


def test_different_papers_are_no_duplicates(checked: Checked) -> None:
    assert checked("duplicate", TWO.format("One", "year = 2020", "Other", "year = 2020")) == []


def test_a_title_with_a_slip_of_the_pen_is_found(checked: Checked) -> None:
    text = TWO.format("Layerwise Adapter Tuning", "", "Layerwise Adater Tuning", "")
    assert checked("near-title", text) == [
        (
            8,
            'nearly the title of "first", Layerwise Adapter Tuning',
            (
                "if they are one paper, `papertrack remove second`; "
                "if not, give each its DOI or arXiv id"
            ),
            False,
        )
    ]


def test_the_very_same_title_is_left_to_the_other_rule(checked: Checked) -> None:
    text = TWO.format("Layerwise Adapter Tuning", "", "Layerwise adapter tuning.", "")
    assert checked("near-title", text) == []
