"""Every system call of every command that writes fails, or is the last: what is left then.

The promise (DESIGN section 5): each file is the old one or the new one, whole; `undo` gives the
start back byte for byte; then nothing is left that `git status` would show.
"""

import errno
import fcntl
import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each attempt is a fork")

_CATALOGUE = """\
[labs]
Meta = ["Facebook"]

[markdown]
files = ["README.md", "docs/more.md"]

[[paper]]
key = "llama"
title = "LLaMA"  # mine
lab = "Meta"
links = ["https://arxiv.org/abs/2302.13971"]

[[paper]]
key = "bert"
title = "BERT"
lab = "Google"
"""
_BLOCK = "# List\n\n<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
_TABLE = "| Title | Year |\n| --- | --- |\n| A paper called {0} | 2020 |\n"
_FILES = {
    "papers.toml": _CATALOGUE,
    "README.md": _BLOCK,
    "docs/more.md": _BLOCK,
    **{f"{name}.md": _TABLE.format(name) for name in ("one", "lists/two", "lists/three")},
}


class _Case(NamedTuple):
    words: str
    before: tuple[str, ...] = ()
    """Commands that come first, without faults."""
    back: str = "undo"


_CASES = {
    "done": _Case("done llama"),
    "add": _Case("add Title --lab Google"),
    "edit": _Case("edit llama --set year=2023 --set tags=a,b"),
    "import": _Case("import one.md lists/two.md lists/three.md --adopt"),
    "export": _Case("export-markdown --all"),
    "check": _Case("check --fix"),
    "labs": _Case("labs rename Meta Facebook"),
    "undo": _Case("undo", ("import one.md lists/two.md --adopt",), "redo"),
    "redo": _Case("redo", ("import one.md lists/two.md --adopt", "undo")),
}
_SPACE = {"open", "fsync", "link", "mkdir"}
"""What needs room on the disk."""
_OF_FSYNC = ("kill", "EIO", "ENOSPC", "half")
_LOOKS = {"listdir", "scandir", "flock", "fsync"}
"""What changes no file: a process killed behind it leaves what one killed before it does."""
_CALLS: Mapping[str, object] = {
    **dict.fromkeys(
        "open fsync link mkdir replace unlink rmdir listdir scandir fchmod fchown".split(), os
    ),
    "flock": fcntl,
}


@contextmanager
def _faults(kind: str, point: int, count: Callable[[str], int]) -> Iterator[None]:
    """Let the call of this number fail: once, or from there on where the disk is full."""

    def failing(name: str, really: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            number = count(name)
            if kind == "ENOSPC" and number >= point and name in _SPACE:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if number != point or kind in {"", "ENOSPC"}:
                return really(*arguments, **options)
            if kind == "EIO":
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            if kind == "half" and name == "fsync" and isinstance(arguments[0], int):
                os.ftruncate(arguments[0], os.fstat(arguments[0]).st_size // 2)
            os._exit(9)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name, module in _CALLS.items():
            patch.setattr(module, name, failing(name, getattr(module, name)))
        yield


def _run(words: str, kind: str = "", point: int = 0) -> list[str]:
    """Run a command in a fork with a fault; return the calls that it made."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child:
        os.close(theirs)
        _, status = os.waitpid(child, 0)
        calls = os.read(ours, 100_000)
        os.close(ours)
        assert os.waitstatus_to_exitcode(status) in (0, 1, 2, 9)
        return calls.decode().split()
    try:
        _in_child(words, kind, point, theirs)
    finally:  # never back into the tests
        os._exit(99)


def _in_child(words: str, kind: str, point: int, theirs: int) -> None:
    calls = 0

    def count(name: str) -> int:
        nonlocal calls
        calls += 1
        os.write(theirs, f"{name} ".encode())
        return calls

    with _faults(kind, point, count):
        os._exit(_status(words))


def _status(words: str) -> int:
    """Return the exit status of a command in this process."""
    from papertrack import cli  # most tests do without Typer

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with mock.patch.multiple(sys, stdout=out, stderr=err, stdin=io.StringIO()):
        return cli.run(words.split())


def _held(folder: Path) -> dict[str, bytes]:
    """Return what `git status` would look at."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class _Attempts:
    """A command run again and again from one start, each time with another fault."""

    def __init__(self, case: _Case, folder: Path) -> None:
        self._case = case
        self._folder = folder
        self._root = folder.parent
        for name, text in _FILES.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        for words in case.before:
            assert _status(words) == 0
        shutil.copytree(self._root, self._root.with_name("kept"))
        self._start = _held(folder)
        for words in (case.words, case.back):  # what they load and compile, no fork has to
            assert _status(words) in (0, 1)
        self._restore()
        calls = _run(case.words)
        self._end = _held(folder)
        assert self._end != self._start
        kinds = {**dict.fromkeys(_SPACE, ("kill", "EIO", "ENOSPC")), "fsync": _OF_FSYNC}
        self.faults = [
            (kind, point)
            for point, (before, name) in enumerate(pairwise(["", *calls]), 1)
            for kind in kinds.get(name, ("kill", "EIO"))
            if kind != "kill" or before not in _LOOKS
        ]

    def outcome(self, kind: str, point: int) -> str:
        """Return what is wrong after this fault: nothing, if all is well."""
        self._restore()
        _run(self._case.words, kind, point)
        after = _held(self._folder)
        if any(after.get(n) not in (self._start.get(n), self._end.get(n)) for n in self._start):
            return "torn"
        assert _status(self._case.back) in (0, 1, 2)
        back = _held(self._folder)
        if {name: back.get(name) for name in self._start} != self._start:
            return "mixed"
        return "left behind" if back.keys() != self._start.keys() else ""

    def _restore(self) -> None:
        for place in ("state", "list"):
            shutil.rmtree(self._root / place, ignore_errors=True)
            kept = self._root.with_name("kept") / place
            if kept.exists():
                shutil.copytree(kept, self._root / place)
        os.chdir(self._folder)


def _wrong(attempts: _Attempts) -> dict[str, int]:
    """Return what went wrong, counted; an outcome that is none is not counted."""
    outcomes = Counter[str]()
    for kind, point in attempts.faults:
        if outcome := attempts.outcome(kind, point):
            outcomes[f"{outcome}: {kind} at {point}"] += 1
    return outcomes


def _serve() -> None:
    """Answer each line, a case and a folder, with what is wrong after any of the faults.

    The forks are those of a small process: forks of all the tests would take twice as long.
    """
    os.environ.pop("PAPERTRACK_CATALOGUE", None)
    for line in sys.stdin:
        name, folder = json.loads(line)
        os.environ["PAPERTRACK_STATE"] = str(Path(folder).parent / "state")
        os.chdir(folder)
        attempts = _Attempts(_CASES[name], Path(folder))
        assert len(attempts.faults) > 30
        sys.stdout.write(f"{json.dumps(_wrong(attempts))}\n")
        sys.stdout.flush()


@pytest.fixture(scope="module")
def server() -> Iterator[subprocess.Popen[str]]:
    """A process that tries the faults of one case after the other."""
    with subprocess.Popen(
        [sys.executable, __file__],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process


@pytest.mark.slow
@pytest.mark.parametrize("name", _CASES)
def test_any_fault_leaves_each_file_old_or_new(
    server: subprocess.Popen[str], tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "now" / "list"
    folder.mkdir(parents=True)
    assert server.stdin
    assert server.stdout
    server.stdin.write(f"{json.dumps([name, str(folder)])}\n")
    server.stdin.flush()
    assert json.loads(server.stdout.readline()) == {}


if __name__ == "__main__":
    _serve()
