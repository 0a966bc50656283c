from collections.abc import Callable

import pytest

Checked = Callable[..., list[tuple[int, str, str, bool]]]
Fixed = Callable[[str, str], str]

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
    ((place, message, advice, fixable),) = checked("duplicate", TWO.format(*first, *second))
    assert (place, message, fixable) == (line, f'the same {what} as "first"', False)
    assert 'move what only it says to "first", then `papertrack remove second`' in advice


def test_other_titles_with_one_identifier_may_be_two_papers(checked: Checked) -> None:
    text = TWO.format("One", 'arxiv = "2302.13971"', "Other", 'arxiv = "2302.13971"')
    ((_, _, advice, _),) = checked("duplicate", text)
    assert advice.startswith("if they are one paper, move ")
    assert advice.endswith(
        "; if not, correct the arxiv of one, or `papertrack check --distinct first second`"
    )


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
                "if they are one, `papertrack remove second`; "
                "if they are two, `papertrack check --distinct first second`"
            ),
            False,
        )
    ]


@pytest.mark.parametrize(
    ("preprint", "other", "count"),
    [
        ("10.1101/2020.01.01.123456", "10.1038/s41586-021-00001-1", 1),
        ("10.2139/ssrn.3456789", "10.1016/j.jfineco.2021.01.001", 1),
        ("10.1101/gr.1239303", "10.1038/s41586-021-00001-1", 0),
        ("10.1101/123456", "10.1101/654321", 0),
        ("10.31235/osf.io/abcde", "10.1038/s41586-021-00001-1", 1),
    ],
)
@pytest.mark.parametrize(
    ("turned", "which"),
    [
        (False, "which its DOI says is a preprint"),
        (True, "and this one's DOI says that it is a preprint"),
    ],
    ids=["preprint first", "preprint second"],
)
def test_a_preprint_may_be_the_paper_of_its_title(
    checked: Checked, preprint: str, other: str, count: int, which: str, *, turned: bool
) -> None:
    title, year = "Maps of Gardens", "\nyear = 202"
    one, two = (other, preprint) if turned else (preprint, other)
    text = TWO.format(title, f'doi = "{one}"{year}0', title, f'doi = "{two}"{year}1')
    assert [it[1:] for it in checked("near-title", text)] == [
        (
            f'the title of "first", {which}',
            (
                'if they are one, move what only it says to "first", then `papertrack remove '
                "second`; if they are two, `papertrack check --distinct first second`"
            ),
            False,
        )
    ][:count]
    assert checked("near-title", f'[check]\ndistinct = [["first", "second"]]\n\n{text}') == []


def test_the_very_same_title_is_left_to_the_other_rule(checked: Checked) -> None:
    text = TWO.format("Layerwise Adapter Tuning", "", "Layerwise adapter tuning.", "")
    assert checked("near-title", text) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            ("Deep Learning", 'doi = "10.5555/3086952"'),
            ("Deep learning", 'doi = "10.1038/nature14539"'),
        ),
        (("Deep Learning", 'arxiv = "1706.03762"'), ("Deep Learning", 'arxiv = "1706.03763"')),
        (
            ("Editorial", 'authors = ["Ann Lee"]\nyear = 1998'),
            ("Editorial", 'authors = ["Bob Roe"]\nyear = 2011'),
        ),
        (("UNet", ""), ("UNet++", "")),
        (("Low Rank Adaptation LoRA", ""), ("Low Rank Adaptation LoRA+", "")),
        (("Rapidly Exploring Trees: RRT", ""), ("Rapidly Exploring Trees: RRT*", "")),
        (
            ("Layerwise Adapter Tuning", 'doi = "10.1000/a"'),
            ("Layerwise Adater Tuning", 'doi = "10.1000/b"'),
        ),
    ],
    ids=["DOIs", "arXiv ids", "authors and years", "++", "+", "*", "near, DOIs"],
)
@pytest.mark.parametrize("rule", ["duplicate", "near-title"])
def test_papers_that_contradict_each_other_are_two(
    checked: Checked, rule: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert checked(rule, TWO.format(*first, *second)) == []


@pytest.mark.parametrize("pair", ['["first", "second"]', '["second", "x", "first"]'])
@pytest.mark.parametrize(
    ("rule", "second"),
    [("duplicate", "layerwise adapter tuning"), ("near-title", "Layerwise Adater Tuning")],
)
def test_papers_that_a_person_tells_apart_are_two(
    checked: Checked, rule: str, second: str, pair: str
) -> None:
    text = TWO.format("Layerwise Adapter Tuning", "", second, "")
    assert len(checked(rule, text)) == 1
    assert checked(rule, f"[check]\ndistinct = [{pair}]\n\n{text}") == []


def test_a_third_one_is_still_found(checked: Checked) -> None:
    text = TWO.format("One", "", "One", "") + '[[paper]]\nkey = "third"\ntitle = "one"\n'
    pairs = '["first", "second"], ["first", "third"]'
    ((_, message, _, _),) = checked("duplicate", f"[check]\ndistinct = [{pairs}]\n\n{text}")
    assert message == 'the same title as "second"'


def test_a_pair_that_names_no_paper_is_found(checked: Checked) -> None:
    text = f'[check]\ndistinct = [["first", "secnd"]]\n\n{TWO.format("One", "", "Two", "")}'
    assert checked("distinct", text) == [
        (
            2,
            '[check] distinct names "secnd", which is no paper\'s key',
            "did you mean second?",
            False,
        )
    ]


@pytest.mark.parametrize(
    ("pairs", "left"),
    [
        ('[["first", "zzz"]]', ""),
        ('[["first", "zzz"], ["first", "second"]]', 'distinct = [["first", "second"]]\n'),
        ('[["zzz", "first", "second"]]', 'distinct = [["first", "second"]]\n'),
    ],
)
def test_a_pair_of_a_paper_that_is_gone_is_taken_out(fixed: Fixed, pairs: str, left: str) -> None:
    text = TWO.format("One", "", "Two", "")
    before = f"[check]\ndistinct = {pairs}\nignore = []\n\n{text}"
    assert fixed("distinct", before) == f"[check]\n{left}ignore = []\n\n{text}"
