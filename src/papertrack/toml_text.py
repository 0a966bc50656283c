"""TOML text cut into its statements, each with its place; a text of many papers at their headers."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile
from typing import NamedTuple

import tomli

PAPER = ("paper",)
"""The path of a paper's header, `[[paper]]`."""

STRING = (
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}+(?!"))*+"{3,5}+'
    r"|'''(?:[^']++|'{1,2}+(?!'))*+'{3,5}+"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
)
"""A string of any of the four kinds, as a regular expression."""
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+')"""
_KEY = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+"


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
        start = skip.match(text, position).end()  # type: ignore[union-attr]  # it matches nothing too
        found = head.match(text, start)
        if not found:
            return
        inner, header = found["header"], found["header"] is not None
        value = (found.end(), found.end() if header else _value_end(text, found.end()))
        line = rest.match(text, value[1])
        if not line or (not header and value[0] == value[1]):
            return
        position = line.end()
        name = (found.start("named"), found.end("named"))
        array = header and found["opening"] == "[["
        yield Statement(
            _parts(inner or found["key"]), header, array, start, name, value, position
        )
        if position == len(text):
            return


def under_headers(found: Iterable[Statement]) -> Iterator[tuple[tuple[str, ...], Statement]]:
    """Yield each statement with its whole path, its header's included."""
    table: tuple[str, ...] = ()
    for statement in found:
        if statement.header:
            table = statement.path
            yield table, statement
        else:
            yield (*table, *statement.path), statement


def paper_starts(text: str, count: int) -> list[int] | None:
    """Return where the line of each `[[paper]]` header begins; None for `paper = [{…}]`.

    `count` is how many papers the valid text holds. Looking for lines like headers is ten times
    as fast as taking the text apart, and as exact if it finds that many: each header is among
    them. Lines like that in a multi-line text make it more, and then the text is taken apart.
    """
    root = takewhile(lambda statement: not statement.header, statements(text))
    if any(statement.path[0] == "paper" for statement in root):
        return None
    like = [found.start() for found in _like_paper().finditer(text)]
    if len(like) == count:
        return like
    return [each.start for each in statements(text) if each.array and each.path == PAPER]


def newline_of(text: str) -> str:
    """Return the line end that the text uses, by its first line."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    skip = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?+\r?+\n)*+")
    head = re.compile(
        rf"[ \t]*+(?P<named>(?P<opening>\[\[?)[ \t]*+(?P<header>{_KEY})[ \t]*+\]\]?"
        rf"|(?P<key>{_KEY}))(?(key)[ \t]*+=[ \t]*+)"
    )
    rest = re.compile(r"[ \t]*+(?:#[^\n]*+)?+\r?+(?:\n|\Z)")
    return skip, head, rest


@cache
def _like_paper() -> re.Pattern[str]:
    name = r"""(?:paper|'paper'|"paper")[ \t]*\]|"[^"\n]*\\"""  # an escape may spell any name
    return re.compile(rf"^[ \t]*\[\[[ \t]*(?:{name})", re.MULTILINE)


@cache
def _values() -> tuple[re.Pattern[str], re.Pattern[str]]:
    simple = re.compile(rf"""{STRING}|[^\s#"'\[{{][^#\r\n]*""")
    inside = re.compile(rf"""[^\[\]{{}}"'#]++|(?P<open>[\[{{])|(?P<close>[\]}}])|{STRING}|#[^\n]*+""")
    return simple, inside


def _value_end(text: str, start: int) -> int:
    """Return where the value ends; where it begins if it is not whole."""
    simple, inside = _values()
    if text[start : start + 1] not in {"[", "{"}:
        found = simple.match(text, start)
        return start + len(found[0].rstrip()) if found else start
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
        return str(tomli.loads(f"key = {part}")["key"])
    except ValueError:  # an escape that is none: the text is broken, and said to be so elsewhere
        return part[1:-1]
