"""Measures papertrack as a person meets it: whole processes, papers from 13 to 100,000.

    python benchmarks/speed.py                     all sizes up to 10,000, ten runs each
    python benchmarks/speed.py --sizes 13 --only list

Each round runs the floor, every command and every rival once, so that all of them meet the same
weather; times are medians of the rounds, ratios are to the floor. Rivals take part where they
are installed: papis, pubs, cobib. It ends with a table in Markdown.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import catalogues
import rivals
from measuring import Measured, run
from rivals import Rival

_FLOOR = "import typer, rich.table; from pydantic import BaseModel"
_INSTALLED = Path(sys.executable).with_name("papertrack")
_PAPERTRACK = [str(_INSTALLED)] if _INSTALLED.exists() else [sys.executable, "-m", "papertrack"]
_FEW_RUNS, _MANY_PAPERS = 3, 50_000


class Case(NamedTuple):
    """One row of the table."""

    name: str
    words: Sequence[str]
    targets: Sequence[float] = ()
    """The ratios to stay under, for 13, 1,000, 10,000 and 100,000 papers."""
    terminal: bool = False
    before: Callable[[Path], None] | None = None
    environment: Mapping[str, str] = {}
    most: int = 10_000
    """The size up to which it is measured."""
    findings: bool = False
    """Whether it may find something wrong with the list, and say so by its exit status."""


class Row(NamedTuple):
    """What a case came to: medians."""

    seconds: float
    ratio: float
    processor_ratio: float
    """The same of the processor's time, which others on the machine change less."""
    mebibytes: float


def _restore(folder: Path) -> None:
    shutil.copyfile(folder / "original.toml", folder / "data" / "papers.toml")


def _respell(folder: Path) -> None:
    """Spell the same catalogue another way: its papers first, signs below one another."""
    text = (folder / "original.toml").read_text(encoding="utf-8")
    head, separator, papers = text.partition("[[paper]]")
    papers = papers.replace("status = ", "status   = ").replace("arxiv = ", "arxiv    = ")
    spelled = f"{separator}{papers}\n{head[head.index('[labs]') :]}"
    (folder / "data" / "papers.toml").write_text(spelled, encoding="utf-8")


def _stale(folder: Path) -> None:
    _restore(folder)
    empty = "<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
    (folder / "README.md").write_text(empty, encoding="utf-8")


def _current(folder: Path) -> None:
    _restore(folder)
    shutil.copyfile(folder / "current.md", folder / "README.md")


def _without_new(folder: Path) -> None:
    (folder / "new.toml").unlink(missing_ok=True)


_BIBLIOGRAPHY = ["import", "refs.bib", "--catalogue", "new.toml"]
_INTO = ["export-markdown", "--into", "README.md"]
_LIST, _CHANGE, _EXPORT = (1.2, 1.4, 2.2, 16), (1.3, 1.6, 3.5), (1.5, 2.5, 9)
_MEBIBYTES = {13: 45, 1_000: 50, 10_000: 90, 100_000: 450}
_SIZES = tuple(_MEBIBYTES)
CASES = (
    Case("list", ["list"], _LIST, most=100_000),
    Case("list --lab Meta", ["list", "--lab", "Meta"], _LIST, most=100_000),
    Case("list --lab Meta, another spelling", ["list", "--lab", "Meta"], _LIST, before=_respell),
    Case("list --json", ["list", "--json"], _LIST, most=100_000),
    Case("list at a terminal", ["list", "--no-pager"], (1.6, 3, 12), terminal=True),
    Case("papertrack alone", [], (1.6, 2, 4)),
    Case("papertrack alone at a terminal", [], (1.6, 2.2, 4), terminal=True),
    Case("next", ["next"], (1.6, 2, 4)),
    Case("done REF", ["done", "paper-7"], _CHANGE, before=_restore),
    Case("add", ["add", "A title that nobody has"], _CHANGE, before=_restore),
    Case("export-markdown --into, stale", _INTO, _EXPORT, before=_stale),
    Case("export-markdown --into, current", _INTO, _EXPORT, before=_current),
    Case("export --as bibtex", ["export", "--as", "bibtex"], (2.5, 3, 8)),
    Case("import of a .bib, all new", _BIBLIOGRAPHY, (2, 6, 60), before=_without_new),
    Case("export --as html", ["export", "--as", "html"], (1.6, 2, 6)),
    Case("check", ["check"], (1.6, 3, 12), before=_restore, most=100_000, findings=True),
    Case(
        "completion of a reference",
        ["show", "paper-7"],
        (0.4, 0.6, 1.5),
        environment={"_PAPERTRACK_COMPLETE": "fish"},
        most=100_000,
    ),
    Case("--help", ["--help"], (1.1, 1.1, 1.1)),
    Case("list --help", ["list", "--help"], (1.25, 1.25, 1.25)),
    Case("--version", ["--version"], (1.1, 1.1, 1.1)),
)


def measured(size: int, cases: Sequence[Case], runs: int) -> dict[str, Row]:
    """Return the row of each case and of each rival's command, by its name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = {"PAPERTRACK_STATE": str(folder / "state")}
        _prepare(folder, size, own)
        others = [(it, folder / it.name) for it in rivals.installed() if size <= it.most]
        for rival, home in others:
            home.mkdir()
            rival.prepare(home, size)
        rounds = []
        for turn in range(runs + 1):
            once = {"": run([sys.executable, "-c", _FLOOR], folder, own)}
            once |= {case.name: _once(case, folder, own) for case in cases}
            for rival, home in others:
                once |= _rival_once(rival, home, turn)
            rounds.append(once)
    del rounds[0]  # it filled the caches of the disk and of the rivals
    medians = {name: _median([once[name] for once in rounds]) for name in rounds[0]}
    floor = medians.pop("")
    return {name: _row(measured, floor) for name, measured in medians.items()}


def _prepare(folder: Path, size: int, environment: Mapping[str, str]) -> None:
    """Lay out a catalogue, and a README whose block is current, with copies of both."""
    catalogues.write(folder / "original.toml", size)
    (folder / "data").mkdir()
    _stale(folder)
    run([*_PAPERTRACK, *_INTO], folder, environment)
    run([*_PAPERTRACK, "export", "--into", "refs.bib"], folder, environment)
    shutil.copyfile(folder / "README.md", folder / "current.md")


def _once(case: Case, folder: Path, environment: Mapping[str, str]) -> Measured:
    if case.before:
        case.before(folder)
    words = [*_PAPERTRACK, *case.words]
    environment = {**environment, **case.environment}
    return run(words, folder, environment, terminal=case.terminal, findings=case.findings)


def _rival_once(rival: Rival, home: Path, turn: int) -> dict[str, Measured]:
    results = {}
    for what, command in rival.commands.items():
        words = [word.replace(rivals.TURN, str(turn)) for word in command]
        results[f"{rival.name}: {what}"] = run(words, home, rivals.environment(home))
    return results


def _median(results: Sequence[Measured]) -> Measured:
    return Measured(*(statistics.median(values) for values in zip(*results, strict=True)))


def _row(measured: Measured, floor: Measured) -> Row:
    ratio, processor = measured.seconds / floor.seconds, measured.processor / floor.processor
    return Row(measured.seconds, ratio, processor, measured.mebibytes)


def _verdict(case: Case | None, size: int, row: Row) -> str:
    """Return the target, and whether it is missed."""
    at = _SIZES.index(size) if size in _SIZES else len(_SIZES)
    if case is None or at >= len(case.targets):
        return ""
    late = "  MISSED" if row.ratio > case.targets[at] else ""
    large = case.words[:1] == ["list"] and row.mebibytes > _MEBIBYTES[size]
    return f"{case.targets[at]:8}{late}{'  TOO LARGE' if large else ''}"


def _table(rows: Mapping[int, Mapping[str, Row]]) -> str:
    """Return the rows by name, the sizes beside each other, in Markdown."""
    names = dict.fromkeys(name for named in rows.values() for name in named)
    lines = [
        "| papers | " + " | ".join(f"{size:,}" for size in rows) + " |",
        "|---|" + "---|" * len(rows),
    ]
    for name in names:
        cells = [_cell(named.get(name)) for named in rows.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lists = [
        [row.mebibytes for name, row in named.items() if name.startswith("list")]
        for named in rows.values()
    ]
    peaks = [f"{max(sizes):.0f} MiB" if sizes else "–" for sizes in lists]
    return "\n".join([*lines, f"| memory of list, at most | {' | '.join(peaks)} |"])


def _cell(row: Row | None) -> str:
    return f"{row.seconds:.2f} s ({row.ratio:.1f}×)" if row else "–"


def main() -> None:
    """Print the rows as they come, and the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[13, 1_000, 10_000])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--only", default="", help="measure the cases that hold this text")
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    print(f"{'papers':>7}  {'':34} {'seconds':>8} {'x floor':>8} {'of cpu':>8} {'MiB':>6}  target")
    rows = {}
    for size in chosen.sizes:
        cases = {it.name: it for it in CASES if chosen.only in it.name and size <= it.most}
        runs = chosen.runs if size < _MANY_PAPERS else min(chosen.runs, _FEW_RUNS)
        rows[size] = measured(size, list(cases.values()), runs)
        for name, row in rows[size].items():
            numbers = f"{row.seconds:8.3f} {row.ratio:8.2f} {row.processor_ratio:8.2f}"
            verdict = _verdict(cases.get(name), size, row)
            print(f"{size:>7}  {name:34} {numbers} {row.mebibytes:6.0f} {verdict}", flush=True)
    print(f"\n{_table(rows)}")


if __name__ == "__main__":
    main()
