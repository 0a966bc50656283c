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
from typing import NamedTuple

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
    words: Sequence[str], folder: Path, environment: Mapping[str, str], *, terminal: bool = False
) -> Measured:
    """Run a command to its end in the folder, its answer going to a pipe or a terminal."""
    usual = {name: value for name, value in os.environ.items() if name not in _UNUSUAL}
    begin = _at_terminal if terminal else _in_pipe
    started = time.perf_counter()
    pid = begin(words, folder, {**usual, **environment})
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(words)} failed: {os.waitstatus_to_exitcode(status)}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _in_pipe(words: Sequence[str], folder: Path, environment: dict[str, str]) -> int:
    process = subprocess.Popen(
        words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    while process.stdout.read(1 << 20):
        pass
    process.stdout.close()
    return process.pid


def _at_terminal(words: Sequence[str], folder: Path, environment: dict[str, str]) -> int:
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
    return process.pid
