import pytest

from papertrack.markdown.rows import Doubt, Kind, Row, Table
from papertrack.models import Look, Paper
from papertrack.terminal.report import FileReport, Totals, account, imported, outcome

PAPER = Paper(key="gpt", title="GPT")
TABLE = Table(
    line=3,
    last=30,
    header=("名称", "来源"),
    rows=(
        Row(line=5, kind=Kind.HEADING),
        *(Row(line=6 + number, kind=Kind.PAPER, papers=(PAPER,)) for number in range(2)),
        Row(line=8, kind=Kind.PLACEHOLDER),
        Row(line=9, kind=Kind.SKIPPED, reason="two titles"),
    ),
    look=Look(),
    doubts=(Doubt(6, 'no lab "Metta"', "did you mean Meta?"), Doubt(4, "odd year", "")),
)
OTHER = Table(line=40, last=42, header=("a",), rows=(), look=Look(), skipped="no column of titles")


def test_every_row_is_accounted_for() -> None:
    assert account(FileReport("R.md", [TABLE])) == (
        "R.md: 5 rows: 2 papers, 1 heading, 1 placeholder, 1 skipped\n  R.md:9: skipped: two titles"
    )


def test_tables_that_are_left_out_are_named() -> None:
    assert account(FileReport("R.md", [TABLE, OTHER])) == (
        "R.md: 2 tables, 5 rows: 2 papers, 1 heading, 1 placeholder, 1 skipped\n"
        "  R.md:9: skipped: two titles\n  R.md:40: skipped a table: no column of titles"
    )
    assert account(FileReport("R.md", [])) == "R.md: no table"
    assert account(FileReport("R.md", [OTHER])).startswith("R.md: 0 rows\n")


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        (Totals(added=13), "13 added"),
        (Totals(added=1, updated=2, unchanged=3), "1 added, 2 updated, 3 unchanged"),
        (Totals(), "nothing to add"),
        (
            Totals(added=5, duplicates=1, rescued=2),
            "5 added; 1 was listed twice; 2 were not shown by Markdown",
        ),
    ],
)
def test_the_outcome_is_one_line(totals: Totals, expected: str) -> None:
    assert outcome(totals) == expected


def test_a_dry_run_says_that_nothing_is_written() -> None:
    assert outcome(Totals(added=2), dry_run=True, into="data/papers.toml") == (
        "2 added (data/papers.toml): nothing is written (--dry-run)"
    )


def test_doubts_are_told_on_stderr_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    imported([FileReport("R.md", [TABLE]), FileReport("S.md", [TABLE])], Totals(added=4))
    out, err = capsys.readouterr()
    assert out.endswith(
        "2 files, 10 rows: 4 papers, 2 headings, 2 placeholders, 2 skipped\n4 added\n"
    )
    assert err.splitlines()[:2] == [
        "warning: R.md:4: odd year",
        'warning: R.md:6: no lab "Metta": did you mean Meta?',
    ]
