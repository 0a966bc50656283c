"""A command run once, as a person or a script runs it: how long, how much memory."""

import os
import pty
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from pathlib import Path
from typing import NamedTuple, TypeAlias

_Process: TypeAlias = "subprocess.Popen[bytes]"
_ROWS, _COLUMNS = 40, 120
_UNUSUAL = ("PAPERTRACK_CATALOGUE", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "NO_COLOR")
"""What would make every start a first one, or every line a write of its own."""


class Measured(NamedTuple):
    """What one run took."""

    seconds: float
    """From the start to the end, as on a clock."""
    processor: float
    """Seconds of the processor: steadier than the clock where others work on the machine."""
    mebibytes: float
    """Of memory, at the peak."""


def run(
    words: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    terminal: bool = False,
    findings: bool = False,
) -> Measured:
    """Run a command to its end in the folder, its answer going to a pipe or a terminal.

    It has to succeed; with `findings` it may also end with 1. Raises SystemExit otherwise.
    """
    usual = {name: value for name, value in os.environ.items() if name not in _UNUSUAL}
    begin = _at_terminal if terminal else _in_pipe
    started = time.perf_counter()
    process = begin(words, folder, {**usual, **environment})
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 and not (findings and process.returncode == 1):
        raise SystemExit(f"{' '.join(words)} failed: {process.returncode}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _in_pipe(words: Sequence[str], folder: Path, environment: dict[str, str]) -> _Process:
    process = subprocess.Popen(
        words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    while process.stdout.read(1 << 20):
        pass
    process.stdout.close()
    return process


def _at_terminal(words: Sequence[str], folder: Path, environment: dict[str, str]) -> _Process:
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
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
    return process
