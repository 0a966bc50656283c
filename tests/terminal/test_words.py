import pytest

from papertrack.terminal.words import ago, how_long, how_many


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (60, "8 weeks"),
        (61, "2 months"),
        (729, "23 months"),
        (730, "2 years"),
        (4000, "10 years"),
    ],
)
def test_days_are_said_in_the_largest_unit_that_fits_twice(days: int, expected: str) -> None:
    assert how_long(days) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (30, "4 weeks ago")]
)
def test_days_ago(days: int, expected: str) -> None:
    assert ago(days) == expected


def test_one_is_one() -> None:
    assert how_many(1, "paper") == "1 paper"
    assert how_many(1234, "paper") == "1,234 papers"
    assert how_many(0, "was", "were") == "0 were"
