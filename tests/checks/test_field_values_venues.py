from collections.abc import Callable

import pytest

Checked = Callable[..., list[tuple[int, str, str, bool]]]
Fixed = Callable[[str, str], str]


def papers(*fields: str) -> str:
    return "".join(
        f'[[paper]]\nkey = "p{at}"\ntitle = "T {at}"\n{lines}\n' for at, lines in enumerate(fields)
    )


def test_a_venue_spelled_in_several_ways_is_one_finding(checked: Checked, fixed: Fixed) -> None:
    text = papers(
        'venue = "ICLR"', 'venue = "iclr"', 'venue = "ICLR"', 'venue = "I.C.L.R."', 'venue = "ACL"'
    )
    assert checked("venue-spelling", text) == [
        (
            8,
            'venue "ICLR" is also written "iclr" 1×, "I.C.L.R." 1×',
            'write "ICLR" everywhere',
            True,
        )
    ]
    expected = text.replace('"iclr"', '"ICLR"').replace('"I.C.L.R."', '"ICLR"')
    assert fixed("venue-spelling", text) == expected


def test_a_venue_s_own_spelling_goes_before_the_usual_one(fixed: Fixed) -> None:
    text = papers('venue = "arxiv"', 'venue = "arxiv"', 'venue = "ArXiv"')
    assert fixed("venue-spelling", text) == papers(*['venue = "arXiv"'] * 3)


def test_of_spellings_used_as_often_the_one_with_capitals_is_chosen(fixed: Fixed) -> None:
    text = papers('venue = "Cvpr"', 'venue = "CVPR"', 'venue = "cvpr"')
    assert fixed("venue-spelling", text) == papers(*['venue = "CVPR"'] * 3)


@pytest.mark.parametrize(
    ("usual", "rare", "best"),
    [
        ("Advances in neural systems", "Advances in Neural Systems", "Advances in Neural Systems"),
        ("cvpr", "CVPR", "CVPR"),
        ("Nature", "NATURE", "Nature"),
        ("Nature", "nature", "Nature"),
    ],
)
def test_the_better_cased_spelling_goes_before_the_usual_one(
    fixed: Fixed, usual: str, rare: str, best: str
) -> None:
    text = papers(*(f'venue = "{it}"' for it in (usual, usual, rare)))
    assert fixed("venue-spelling", text) == papers(*[f'venue = "{best}"'] * 3)


def test_many_spellings_are_counted(checked: Checked) -> None:
    spellings = ["acm mm", "ACM MM", "ACM-MM", "Acm MM", "ACMMM", "acm-mm"]
    ((_, message, _, _),) = checked(
        "venue-spelling", papers(*(f'venue = "{it}"' for it in spellings))
    )
    assert message.endswith('"ACMMM" 1× and 1 more ways')


def test_one_spelling_is_enough(checked: Checked) -> None:
    assert checked("venue-spelling", papers('venue = "X"', 'venue = "X"', 'venue = "Y"')) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('venue = "NIPS2019"', 'venue = "NIPS"\nyear = 2019'),
        ('venue = "NIPS 2019"\nyear = 2019', 'venue = "NIPS"\nyear = 2019'),
        ('venue = "2019"', "year = 2019"),
        ('venue = "NeurIPS 2022"', 'venue = "NeurIPS"\nyear = 2022'),
        ('venue = "NeurIPS (2022)"', 'venue = "NeurIPS"\nyear = 2022'),
        ('venue = "ArXiv2022"', 'venue = "arXiv"\nyear = 2022'),
        ('venue = "AAAI\'19"', 'venue = "AAAI"\nyear = 2019'),
        ('venue = "Prentice Hall, 1988"', 'venue = "Prentice Hall"\nyear = 1988'),
    ],
)
def test_a_year_in_a_venue_gets_its_own_field(
    checked: Checked, fixed: Fixed, before: str, after: str
) -> None:
    ((line, message, _, fixable),) = checked("venue-year", papers(before))
    assert (line, fixable) == (4, True)
    assert message.endswith('" holds a year')
    assert fixed("venue-year", papers(before)) == papers(after)


@pytest.mark.parametrize(
    ("venue", "year"),
    [
        ("Proceedings of the 11th Workshop on Semantic Evaluation (SemEval-2017)", 2017),
        ("Prentice Hall, 1988, 685 p. Research supported by the Corp., and US Navy.", 1988),
        ("Coling Budapest 1988 Volume 1: Conference on Computational Linguistics", 1988),
        ("Proceedings of the 2016 Conference on Empirical Methods", 2016),
        ("2005 IEEE conference on computer vision (CVPR'05)", 2005),
        ("NIPS 2016 and ICML 2017", 2017),
    ],
)
def test_a_year_within_a_name_stays(checked: Checked, fixed: Fixed, venue: str, year: int) -> None:
    assert checked("venue-year", papers(f'venue = "{venue}"\nyear = {year}')) == []
    undated = papers(f'venue = "{venue}"')
    ((_, message, advice, fixable),) = checked("venue-year", undated)
    assert (message, fixable) == (f'no year, but venue "{venue}" holds {year}', False)
    assert advice == f"`papertrack edit p0 --set year={year}`, if that is its year"
    assert fixed("venue-year", undated) == undated
    differing = papers(f'venue = "{venue}"', f'venue = "{venue.replace(str(year), "2020")}"')
    assert checked("venue-spelling", differing) == []


def test_many_years_in_venues_are_one_finding(checked: Checked, fixed: Fixed) -> None:
    text = papers(*(f'venue = "ACL{year}"' for year in range(2010, 2016)))
    assert checked("venue-year", text) == [
        (
            4,
            'venue "ACL2010" holds a year, and so do those of 5 more papers',
            "write year and venue apart",
            True,
        )
    ]
    apart = papers(*(f'venue = "ACL"\nyear = {year}' for year in range(2010, 2016)))
    assert fixed("venue-year", text) == apart


def test_years_aside_a_venue_is_one_and_keeps_them(checked: Checked, fixed: Fixed) -> None:
    text = papers(
        'venue = "iclr2019"', 'venue = "ICLR 2020"', 'venue = "ICLR"', 'venue = "ACL 2019"'
    )
    ((_, message, _, fixable),) = checked("venue-spelling", text)
    assert (message, fixable) == ('venue "ICLR" is also written "iclr" 1×', False)
    assert fixed("venue-spelling", text) == text


def test_a_venue_that_contradicts_the_year_is_for_a_person_to_fix(
    checked: Checked, fixed: Fixed
) -> None:
    text = papers('venue = "NIPS2019"\nyear = 2020')
    ((_, message, _, fixable),) = checked("venue-year", text)
    assert message == 'venue is "NIPS2019", but year is 2020'
    assert not fixable
    assert fixed("venue-year", text) == text


def test_a_month_is_not_thrown_away(checked: Checked, fixed: Fixed) -> None:
    text = papers('venue = "arXiv 2019-05"')
    ((_, _, advice, fixable),) = checked("venue-year", text)
    assert (advice, fixable) == ('write venue "arXiv" and year 2019', False)
    assert fixed("venue-year", text) == text


def test_other_numbers_are_no_years(checked: Checked) -> None:
    text = papers(
        'venue = "SIGGRAPH"\nyear = 2019', 'venue = "8th Workshop"', 'venue = "2018-2020"'
    )
    assert checked("venue-year", text) == []


def test_a_status_in_the_column_of_venues_is_found(checked: Checked) -> None:
    text = papers('venue = "done"\nyear = 2019', 'venue = "ICLR"', 'venue = "Y"', 'venue = "已读"')
    assert [(line, message) for line, message, _, _ in checked("misplaced-status", text)] == [
        (4, 'venue "done" is a status'),
        (17, 'venue "已读" is a status'),
    ]
