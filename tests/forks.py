"""The command in a fork of the tests: a process of its own that has nothing to load anew."""

import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

from commandline import Result
from papertrack.__main__ import main

Task = Callable[[], object]
"""What a fork does; it ends with it, at the latest."""
_FAILED = 99
_MUCH = 1_000_000


def command(
    *words: str, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Task:
    """Return what does in a fork what `python -m papertrack` does with these words."""

    def run() -> None:
        os.environ.update(environment or {})
        os.chdir(folder or ".")
        sys.argv = ["papertrack", *words]
        main()

    return run


def started(task: Task, *, stdin: int, stdout: int, stderr: int, encoding: str = "utf-8") -> int:
    """Do it in a fork with these for its streams, which speak the encoding; return its id."""
    with warnings.catch_warnings():  # other threads (xdist) hold nothing that a fork waits for
        warnings.filterwarnings("ignore", ".*fork.*", DeprecationWarning)
        child = os.fork()
    if not child:
        for standard, descriptor in enumerate((stdin, stdout, stderr)):
            os.dup2(descriptor, standard)
        end_with(task, encoding=encoding)
    return child


def end_with(task: Task, *, encoding: str = "utf-8") -> NoReturn:
    """Do it in this process, which is a fork, and end: never back into the tests."""
    try:
        sys.stdin = os.fdopen(0, encoding=encoding)
        sys.stdout = os.fdopen(1, "w", encoding=encoding)
        sys.stderr = os.fdopen(2, "w", encoding=encoding, errors="backslashreplace")
        task()
    finally:
        os._exit(_FAILED)


def status_of(child: int) -> int:
    """Wait for a fork; return its exit status, or less than 0 for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def ran(task: Task, *, encoding: str = "utf-8") -> Result:
    """Do it in a fork with nobody at a terminal; return what became of it."""
    [result] = at_once(task, encoding=encoding)
    return result


def at_once(*tasks: Task, encoding: str = "utf-8") -> list[Result]:
    """Do each in a fork of its own, side by side, with nobody at a terminal."""
    with ExitStack() as files:
        nothing = files.enter_context(Path(os.devnull).open("rb")).fileno()
        written = [[files.enter_context(tempfile.TemporaryFile()) for _ in "oe"] for _ in tasks]
        children = [
            started(
                task, stdin=nothing, stdout=out.fileno(), stderr=err.fileno(), encoding=encoding
            )
            for task, (out, err) in zip(tasks, written, strict=True)
        ]
        statuses = [status_of(child) for child in children]
        return [
            Result(status, *(os.pread(file.fileno(), _MUCH, 0).decode() for file in each))
            for status, each in zip(statuses, written, strict=True)
        ]
