"""Measures papertrack against the floor, and against its rivals: python benchmarks/speed.py.

The floor is the interpreter importing what papertrack must. Every number is a median of runs that
alternate with the floor's, in one sitting; ratios are to the floor. Rivals take part where they
are installed: papis, pubs, cobib.
"""

import argparse
import os
import platform
import pty
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Sequence
from fcntl import ioctl
from pathlib import Path
from typing import NamedTuple

import catalogues
import rivals

_FLOOR = "import typer, rich.table; from pydantic import BaseModel"
_PAPERTRACK = [sys.executable, "-m", "papertrack"]


class Measured(NamedTuple):
    """One command, run once."""

    seconds: float
    mebibytes: float


class Case(NamedTuple):
    """One row of the table."""

    name: str
    words: Sequence[str]
    terminal: bool = False
    before: Callable[[Path], None] | None = None
    environment: tuple[tuple[str, str], ...] = ()
    most: int = 10_000
    """The size up to which it is measured."""


def _restore(folder: Path) -> None:
    shutil.copyfile(folder / "original.toml", folder / "data" / "papers.toml")


def _stale(folder: Path) -> None:
    (folder / "README.md").write_text(
        "<!-- papertrack:begin -->\n<!-- papertrack:end -->\n", encoding="utf-8"
    )


_COMPLETE = (("_PAPERTRACK_COMPLETE", "fish"),)
CASES = (
    Case("list, in a pipe", ["list"], most=100_000),
    Case("list --lab Meta, in a pipe", ["list", "--lab", "Meta"], most=100_000),
    Case("list --json", ["list", "--json"], most=100_000),
    Case("list, at a terminal of 120 columns", ["list"], terminal=True),
    Case("done REF", ["done", "paper-7"], before=_restore),
    Case("add", ["add", "A title that nobody has"], before=_restore),
    Case("export-markdown --into, stale", ["export-markdown", "--into", "README.md"], before=_stale),
    Case("export-markdown --into, nothing stale", ["export-markdown", "--into", "README.md"]),
    Case("--help", ["--help"]),
    Case("--version", ["--version"]),
    Case("completion of a reference", ["show", "paper-7"], environment=_COMPLETE),
    Case("check", ["check"], most=100_000),
)


def run(words: Sequence[str], folder: Path, *, terminal: bool = False, **more: str) -> Measured:
    """Run a command to its end in the folder; return its time and its peak memory."""
    environment = {**os.environ, **more, "PAPERTRACK_STATE": str(folder / "state")}
    environment.pop("PAPERTRACK_CATALOGUE", None)
    if terminal:
        return _at_terminal(words, folder, environment)
    started = time.perf_counter()
    process = subprocess.Popen(
        words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    while process.stdout.read(1 << 20):
        pass
    return _ended(process.pid, started)


def _at_terminal(words: Sequence[str], folder: Path, environment: dict[str, str]) -> Measured:
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    started = time.perf_counter()
    process = subprocess.Popen(
        words, cwd=folder, env={**environment, "TERM": "xterm-256color"}, stdin=theirs,
        stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        while os.read(ours, 1 << 16):
            pass
    except OSError:  # Linux says so at the end
        pass
    finally:
        os.close(ours)
    return _ended(process.pid, started)


def _ended(pid: int, started: float) -> Measured:
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) > 1:
        raise SystemExit(f"a measured command failed with {os.waitstatus_to_exitcode(status)}")
    return Measured(seconds, usage.ru_maxrss / 1024)


def measured(case: Case, folder: Path, runs: int) -> tuple[float, float, float]:
    """Return a case's seconds, its ratio to the floor, and its peak memory in MiB: medians."""
    floors, seconds, memory = [], [], []
    for _ in range(runs):
        floors.append(run([sys.executable, "-c", _FLOOR], folder).seconds)
        if case.before:
            case.before(folder)
        once = run(
            [*_PAPERTRACK, *case.words], folder, terminal=case.terminal, **dict(case.environment)
        )
        seconds.append(once.seconds)
        memory.append(once.mebibytes)
    middle = statistics.median(seconds)
    return middle, middle / statistics.median(floors), statistics.median(memory)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[13, 1_000, 10_000])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--only", default="", help="measure the cases that hold this text")
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    print(f"{'papers':>7}  {'command':40} {'seconds':>8} {'x floor':>8} {'MiB':>6}")
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            catalogues.write(folder / "data" / "papers.toml", size)
            shutil.copyfile(folder / "data" / "papers.toml", folder / "original.toml")
            for case in CASES:
                if chosen.only in case.name and size <= case.most:
                    row = measured(case, folder, chosen.runs if size < 50_000 else 3)  # noqa: PLR2004 - long enough to be steady
                    _print(size, case.name, *row)
            for rival in rivals.installed():
                if chosen.only in rival.name:
                    rival.prepare(folder, size)
                    for what, words in rival.commands.items():
                        seconds = [
                            run(words, folder, **rival.environment(folder)).seconds
                            for _ in range(chosen.runs)
                        ]
                        _print(size, f"{rival.name} {what}", statistics.median(seconds), 0.0, 0.0)


def _print(size: int, name: str, seconds: float, ratio: float, mebibytes: float) -> None:
    ratios = f"{ratio:8.2f} {mebibytes:6.0f}" if ratio else ""
    print(f"{size:>7}  {name:40} {seconds:8.3f} {ratios}", flush=True)


if __name__ == "__main__":
    main()
