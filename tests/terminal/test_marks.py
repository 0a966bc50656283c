import pytest

from papertrack.status import Status
from papertrack.terminal.cells import width_of
from papertrack.terminal.marks import bar, marked, progress
from papertrack.terminal.screen import Screen

LIST = {Status.DONE: 4, Status.TO_READ: 9}


def test_a_list_closes_with_its_progress() -> None:
    expected = "13 papers · 4 done · 9 to read  ━━━━━━━───────────────── 30%"
    assert progress(LIST, Screen(width=80)) == expected


def test_progress_reads_in_ascii() -> None:
    expected = "13 papers, 4 done, 9 to read  #######----------------- 30%"
    assert progress(LIST, Screen(width=80, signs=False)) == expected


@pytest.mark.parametrize(
    ("counts", "of", "expected"),
    [
        ({Status.DONE: 1}, None, "1 paper · 1 done"),
        ({Status.DONE: 1}, 13, "1 of 13 papers · 1 done"),
        ({Status.DONE: 2}, 2, "2 papers · 2 done"),
        ({}, 1, "0 of 1 paper"),
        ({}, 0, "0 papers"),
        ({Status.TO_READ: 12345}, None, "12,345 papers · 12,345 to read"),
    ],
)
def test_numbers_agree_with_their_words(
    counts: dict[Status, int], of: int | None, expected: str
) -> None:
    assert progress(counts, Screen(width=40), of=of).partition("  ")[0] == expected


@pytest.mark.parametrize("width", range(22, 120))
def test_progress_keeps_to_the_screen(width: int) -> None:
    counts = dict.fromkeys(Status, 1234)
    lines = progress(counts, Screen(width=width), of=10_000).split("\n")
    assert max(map(width_of, lines)) <= width


@pytest.mark.parametrize("done", range(14))
def test_a_bar_has_its_width_and_is_full_only_at_the_end(done: int) -> None:
    drawn = bar({Status.DONE: done, Status.TO_READ: 13 - done}, 10, Screen())
    assert len(drawn) == 10
    assert (drawn == "━" * 10) is (done == 13)


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
    assert marked(status, Screen()).text == sign
    assert marked(status, Screen(signs=False)).text == plain
