import pytest

from papertrack.status import Status
from papertrack.terminal.marks import marked
from screens import view_of


@pytest.mark.parametrize(
    ("status", "sign", "plain"),
    [
        (Status.TO_READ, "○ to read", "[ ] to read"),
        (Status.READING, "◐ reading", "[~] reading"),
        (Status.SKIMMED, "◔ skimmed", "[/] skimmed"),
        (Status.DONE, "● done", "[x] done"),
        (Status.DROPPED, "✕ dropped", "[-] dropped"),
    ],
)
def test_a_status_is_read_without_colour(status: Status, sign: str, plain: str) -> None:
    assert marked(status, view_of()).plain == sign
    assert marked(status, view_of(signs=False)).plain == plain
    assert marked(status, view_of(), short=True).plain == sign[0]
