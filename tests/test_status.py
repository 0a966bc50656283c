"""The statuses, the words for them, and their dates."""

from datetime import date

import pytest

from papertrack.status import Dates, Status, dates_after, status_of

_DAY = date(2023, 3, 1)
_EARLIER = date(2023, 2, 1)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        *(pytest.param(status.value, status, id=status.value) for status in Status),
        pytest.param("To Read", Status.TO_READ, id="two words"),
        pytest.param("[ ]", Status.TO_READ, id="an empty box"),
        pytest.param("未读", Status.TO_READ, id="Chinese, unread"),
        pytest.param("✅", Status.DONE, id="a mark"),
        pytest.param("✔️", Status.DONE, id="a mark with a variation selector"),
        pytest.param("[x]", Status.DONE, id="a ticked box"),
        pytest.param(":heavy_check_mark:", Status.DONE, id="a short code"),
        pytest.param("已读", Status.DONE, id="Chinese, read"),
        pytest.param("**Done**", Status.DONE, id="bold"),
        pytest.param("in progress", Status.READING, id="in progress"),
        pytest.param("see the blog first", None, id="no status at all"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_words_stand_for_statuses(word: str, status: Status | None) -> None:
    assert status_of(word) is status


@pytest.mark.parametrize(
    ("status", "before", "after"),
    [
        (Status.READING, Dates(None, None), Dates(_DAY, None)),
        (Status.READING, Dates(_EARLIER, _EARLIER), Dates(_EARLIER, None)),
        (Status.DONE, Dates(_EARLIER, None), Dates(_EARLIER, _DAY)),
        (Status.DONE, Dates(None, None), Dates(None, _DAY)),
        (Status.SKIMMED, Dates(_EARLIER, _EARLIER), Dates(_EARLIER, None)),
        (Status.DROPPED, Dates(_EARLIER, None), Dates(_EARLIER, None)),
        (Status.TO_READ, Dates(_EARLIER, _EARLIER), Dates(None, None)),
    ],
    ids=lambda value: value.value if isinstance(value, Status) else "",
)
def test_dates_follow_the_status(status: Status, before: Dates, after: Dates) -> None:
    assert dates_after(status, before, _DAY) == after
