"""Commands as somebody at a terminal runs them."""

import io
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commandline import AtTerminal, Seen
from papertrack.terminal import console


class _Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AtTerminal:
    """The command, run in this process where somebody looks on and types lines."""
    from papertrack import cli  # most tests do without Typer

    def run(*words: str, typed: str = "") -> Seen:
        assert folder.is_dir()
        screen = _Screen()
        with monkeypatch.context() as streams:
            streams.setattr(sys, "stdin", _Screen(typed))
            streams.setattr(sys, "stdout", screen)
            streams.setattr(sys, "stderr", screen)
            streams.setenv("TERM", "dumb")
            streams.setenv("COLUMNS", "80")
            streams.setattr("builtins.input", lambda asked="": _answer(screen, asked))
            status = cli.run(words)
        return Seen(status, screen.getvalue())

    def _answer(screen: _Screen, asked: str) -> str:
        screen.write(asked)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        screen.write(line)
        return line.rstrip("\n")

    return run


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what makes the person's editor do some Python to `text`, once after the other.

    The last does what is left to be done. `fail` makes it end with that status.
    """
    count = tmp_path / "edits"

    def put(*edits: str, fail: int = 0) -> None:
        steps = "\n".join(f"    {number}: {edit!r}," for number, edit in enumerate(edits))
        script = tmp_path / "editor.py"
        script.write_text(
            f"""\
import pathlib, sys
steps = {{
{steps}
}}
count = pathlib.Path({str(count)!r})
done = len(count.read_text()) if count.exists() else 0
count.write_text("x" * (done + 1))
path = pathlib.Path(sys.argv[-1])
names = {{"text": path.read_bytes().decode(), "path": path}}
exec(steps[min(done, len(steps) - 1)], names)
if path.exists():
    path.write_bytes(names["text"].encode("utf-8", "surrogateescape"))
sys.exit({fail})
""",
            encoding="utf-8",
        )
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-S", str(script)]))

    return put


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were opened in the browser."""
    opened: list[str] = []

    def open_page(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr(console, "open_page", open_page)
    return opened


@pytest.fixture
def kept(folder: Path) -> Callable[[], list[Path]]:
    """Return what lists the files in which typed text is kept."""
    return lambda: [it for it in (folder.parent / "state" / "edits").rglob("*") if it.is_file()]
