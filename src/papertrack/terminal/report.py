"""What an import did, row by row accounted for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from papertrack.markdown.rows import Kind, Table
from papertrack.terminal.messages import answer, warn

_SINGULAR = {
    "rows": "row",
    "papers": "paper",
    "headings": "heading",
    "placeholders": "placeholder",
    "continued": "continued",
    "skipped": "skipped",
}


class FileReport(NamedTuple):
    """One file and the tables found in it."""

    name: str
    tables: Sequence[Table]


class Totals(NamedTuple):
    """What became of the papers."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    """How many stood in the files twice, and are one paper."""
    rescued: int = 0
    """How many GFM does not show."""


def imported(
    files: Sequence[FileReport], totals: Totals, *, dry_run: bool = False, into: str = ""
) -> None:
    """Print the account on stdout, and each doubt on stderr with its file and line."""
    for file in files:
        answer(account(file))
        for doubt in sorted(doubt for table in file.tables for doubt in table.doubts):
            suggestion = f": {doubt.suggestion}" if doubt.suggestion else ""
            warn(f"{file.name}:{doubt.line}: {doubt.message}{suggestion}")
    if len(files) > 1:
        rows = _sum(table for file in files for table in file.tables)
        answer(f"{len(files)} files, {rows}")
    answer(outcome(totals, dry_run=dry_run, into=into))


def account(file: FileReport) -> str:
    """Return what the rows of a file are: `README.md: 26 rows: 13 papers, 5 headings`.

    Below it a line for each table or row that was left out, with the reason.
    """
    if not file.tables:
        return f"{file.name}: no table"
    many = f"{len(file.tables)} tables, " if len(file.tables) > 1 else ""
    lines = [f"{file.name}: {many}{_sum(file.tables)}"]
    for table in file.tables:
        if table.skipped:
            lines.append(f"  {file.name}:{table.line}: skipped a table: {table.skipped}")
            continue
        lines += [
            f"  {file.name}:{row.line}: skipped: {row.reason or 'it says nothing'}"
            for row in table.rows
            if row.kind is Kind.SKIPPED
        ]
    return "\n".join(lines)


def outcome(totals: Totals, *, dry_run: bool = False, into: str = "") -> str:
    """Return what became of the papers: `13 added, 2 updated, 1 unchanged (data/papers.toml)`."""
    said = [
        f"{count:,} {name}" for name, count in totals._asdict().items() if count and name in _TOLD
    ]
    line = ", ".join(said) or "nothing to add"
    if totals.duplicates:
        line += f"; {_count(totals.duplicates, 'was', 'were')} listed twice"
    if totals.rescued:
        line += f"; {_count(totals.rescued, 'was', 'were')} not shown by Markdown"
    where = f" ({into})" if into else ""
    return f"{line}{where}{': nothing is written (--dry-run)' if dry_run else ''}"


_TOLD = ("added", "updated", "unchanged")


def _sum(tables: Iterable[Table]) -> str:
    counts: Counter[str] = Counter()
    for table in tables:
        counts["rows"] += len(table.rows)
        counts.update(table.counts)
    kinds = [_named(counts[kind.value], kind.value) for kind in Kind if counts[kind.value]]
    rows = _named(counts["rows"], "rows")
    return f"{rows}: {', '.join(kinds)}" if kinds else rows


def _named(count: int, plural: str) -> str:
    return f"{count:,} {_SINGULAR[plural] if count == 1 else plural}"


def _count(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
