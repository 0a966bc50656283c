"""TOML text cut into its statements, each with its place, and spliced at such places."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from papertrack.toml import loads

# Single characters alone are matched possessively, never groups: Python before 3.11.5 gets those
# wrong. No group can match a text in two ways, so that none of these takes more than linear time.
STRING = (
    r'"""[^"\\]*+(?:(?:\\[\s\S]|"{1,2}(?!"))[^"\\]*+)*"{3,5}'
    r"|'''[^']*+(?:'{1,2}(?!')[^']*+)*'{3,5}"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"'
    r"|'[^'\n]*+'"
)
"""A string of any of the four kinds, as a regular expression."""
_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"|'[^'\n]*+')"""
_KEY = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*"


class Statement(NamedTuple):
    """One header or one key with its value; positions count characters of the text."""

    path: tuple[str, ...]
    """The parts of its key, or of the table that it opens."""
    header: bool
    array: bool
    """Whether it is a header in double brackets."""
    start: int
    """Where its first line begins."""
    name: tuple[int, int]
    """From the first to behind the last character of its key, or of its header's brackets."""
    value: tuple[int, int]
    """From the first to behind the last character of its value; empty for a header."""
    end: int
    """Behind its last line's end; what stands before it on that line may be a comment."""


def statements(text: str, start: int = 0) -> Iterator[Statement]:
    """Yield the statements of valid TOML, from a line's beginning on.

    Of broken TOML they end before the first that is not whole.
    """
    skip, head, rest = _patterns()
    position = start
    while True:
        # it matches nothing too
        start = skip.match(text, position).end()  # type: ignore[union-attr]
        match = head.match(text, start)
        if not match:
            return
        inner, header = match["header"], match["header"] is not None
        value = (match.end(), match.end() if header else _value_end(text, match.end()))
        line = rest.match(text, value[1])
        if not line or (not header and value[0] == value[1]):
            return
        position = line.end()
        name = (match.start("named"), match.end("named"))
        array = header and match["opening"] == "[["
        yield Statement(_parts(inner or match["key"]), header, array, start, name, value, position)
        if position == len(text):
            return


def under_headers(listed: Iterable[Statement]) -> Iterator[tuple[tuple[str, ...], Statement]]:
    """Yield each statement with its whole path, its header's included."""
    table: tuple[str, ...] = ()
    for statement in listed:
        if statement.header:
            table = statement.path
            yield table, statement
        else:
            yield (*table, *statement.path), statement


class Splice(NamedTuple):
    """What stands from `start` to before `end` becomes `text`."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return the text with all of these done; they must not overlap."""
    parts = []
    rest = len(text)
    for start, end, new in sorted(splices, reverse=True):
        parts += [text[end:rest], new]
        rest = start
    return "".join((text[:rest], *reversed(parts)))


def removal(text: str, statement: Statement) -> Splice:
    """Take the statement away with its line; a comment behind it keeps the line."""
    comment = text[statement.value[1] : statement.end]
    if "#" in comment:
        return Splice(statement.name[0], statement.end, comment.lstrip())
    return Splice(statement.start, statement.end, "")


def insertion(text: str, place: int, lines: Sequence[str], newline: str) -> Splice:
    """Put lines at the place, the end of a line; behind a line without end, without one too."""
    joined = newline.join(lines)
    open_end = place > 0 and text[place - 1] != "\n"
    return Splice(place, place, newline + joined if open_end else joined + newline)


def comments_above(text: str, end: int, start: int) -> int:
    """Return where the comments begin that stand directly above the line that begins at `end`.

    None are taken from before `start`, the end of the statement before.
    """
    while end > start:
        line = text.rfind("\n", start, end - 1) + 1 or start
        if not text[line:end].lstrip(" \t").startswith("#"):
            break
        end = line
    return end


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    skip = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*")
    head = re.compile(
        rf"[ \t]*+(?P<named>(?P<opening>\[\[?)[ \t]*+(?P<header>{_KEY})[ \t]*+\]\]?"
        rf"|(?P<key>{_KEY}))(?(key)[ \t]*+=[ \t]*+)"
    )
    rest = re.compile(r"[ \t]*+(?:#[^\n]*+)?\r?(?:\n|\Z)")
    return skip, head, rest


@cache
def _values() -> tuple[re.Pattern[str], re.Pattern[str]]:
    simple = re.compile(rf"""{STRING}|[^\s#"'\[{{][^#\r\n]*""")
    inside = re.compile(
        rf"""[^\[\]{{}}"'#]++|(?P<open>[\[{{])|(?P<close>[\]}}])|{STRING}|#[^\n]*+"""
    )
    return simple, inside


def _value_end(text: str, start: int) -> int:
    """Return where the value ends; where it begins if it is not whole."""
    simple, inside = _values()
    if text[start : start + 1] not in {"[", "{"}:
        match = simple.match(text, start)
        return start + len(match[0].rstrip()) if match else start
    depth = 0
    position = start
    while token := inside.match(text, position):
        position = token.end()
        depth += (token["open"] is not None) - (token["close"] is not None)
        if depth == 0:
            return position
    return start


def _parts(key: str) -> tuple[str, ...]:
    if '"' not in key and "'" not in key:
        return tuple(part.strip() for part in key.split("."))
    return tuple(_unquoted(part) for part in re.findall(_PART, key))


def _unquoted(part: str) -> str:
    if part[0] == "'":
        return part[1:-1]
    if part[0] != '"':
        return part
    try:
        return str(loads(f"key = {part}")["key"])
    except ValueError:  # an escape that is none: the text is broken, and said to be so elsewhere
        return part[1:-1]
