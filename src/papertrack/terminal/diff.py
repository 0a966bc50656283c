"""The difference between two texts, as `diff -u` shows it."""

import sys

from papertrack.terminal.safe import visible
from papertrack.terminal.screen import Screen, is_terminal, screen, write

_NO_END = "\\ No newline at end of file\n"


def diff(before: str, after: str, name: str) -> None:
    """Print the difference on stdout: in colours at a terminal, as `patch` reads it in a pipe."""
    text = unified(before, after, name)
    write(coloured(text, screen(sys.stdout)) if is_terminal(sys.stdout) else text)


def unified(before: str, after: str, name: str) -> str:
    """Return the unified difference with both line ends kept; empty where there is none."""
    from difflib import unified_diff  # slow to import, needed for --diff only

    if before == after:
        return ""
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines)


def coloured(text: str, screen: Screen) -> str:
    """Return a unified difference as a person sees it."""
    return "".join(f"{_coloured(line, screen)}\n" for line in _lines(text))


def _lines(text: str) -> list[str]:
    """Return the lines with their ends: only a line feed ends one, as for git and patch."""
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])


def _coloured(line: str, screen: Screen) -> str:
    text = visible(line.removesuffix("\n").removesuffix("\r"), lines=True)
    if text.startswith(("--- ", "+++ ")):
        return screen.paint(text, "bold")
    styles = {"+": "green", "-": "red", "@": "cyan", "\\": "dim"}
    return screen.paint(text, styles.get(text[:1], ""))
