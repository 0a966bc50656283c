"""A catalogue's text cut at the headers of its papers, whether it is valid or broken."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, takewhile
from typing import NamedTuple, cast

import tomli

from papertrack.toml import Table, plain
from papertrack.toml.statements import Statement, statements

PAPER = ("paper",)
"""The path of a paper's header, `[[paper]]`."""

_MOST_JOINED = 8


class Piece(NamedTuple):
    """Some text of a catalogue and the papers in it."""

    text: str
    line: int
    """Where it begins, from 1."""
    entries: list[Table]
    """The papers in it as TOML gives them, in order."""


class Breach(NamedTuple):
    """Why a piece cannot be read."""

    line: int
    """Where, from 1, in the whole text."""
    reason: str
    """What TOML's reader says, without the place."""
    text: str
    """What the text of the piece holds before."""


class Cut(NamedTuple):
    """A text told apart."""

    data: Table
    """All that could be read: tables by name, and the papers under `paper`."""
    pieces: list[Piece]
    breaches: list[Breach]


def paper_starts(text: str, count: int) -> list[int] | None:
    """Return where the line of each `[[paper]]` header begins; None for `paper = [{…}]`.

    `count` is how many papers the valid text holds. Looking for lines like headers is ten times
    as fast as taking the text apart, and as exact if it finds that many: each header is among
    them. Lines like that in a multi-line text make it more, and then the text is taken apart.
    """
    if any(statement.path[:1] == PAPER for statement in _root(text)):
        return None
    like = _like_paper()
    starts = [found.start() + 1 for found in like.finditer(text)]
    first_line = text[: text.find("\n") + 1] or text
    if like.match(f"\n{first_line}"):
        starts.insert(0, 0)
    if len(starts) == count:
        return starts
    return [each.start for each in statements(text) if each.array and each.path == PAPER]


def cut(text: str) -> Cut:
    """Cut the text at its papers; a broken one where a paper or a known table seems to begin."""
    try:
        data = plain.loads(text)
    except (ValueError, RecursionError) as error:
        found = _cut_broken(text)
        if not found.breaches:
            found.breaches.append(_breach(error, text, 1))
        return found
    papers = data.get("paper")
    entries = cast("list[Table]", papers) if isinstance(papers, list) else []
    starts = paper_starts(text, len(entries))
    if starts is None:
        line = next(each.start for each in _root(text) if each.path[:1] == PAPER)
        return Cut(data, [Piece(text[line:], 1 + text.count("\n", 0, line), entries)], [])
    if len(starts) != len(entries):  # a form of TOML that is read, though not told apart
        return Cut(data, [Piece(text, 1, entries)], [])
    bounds = [*starts, len(text)]
    pieces = [Piece(text[: bounds[0]], 1, [])]
    line = 1 + pieces[0].text.count("\n")
    for (start, end), entry in zip(pairwise(bounds), entries, strict=True):
        pieces.append(Piece(text[start:end], line, [entry]))
        line += text.count("\n", start, end)
    return Cut(data, pieces, [])


def _root(text: str) -> Iterator[Statement]:
    return takewhile(lambda statement: not statement.header, statements(text))


def _cut_broken(text: str) -> Cut:
    """Read each piece alone; one that ends too early also with the next ones, its text perhaps."""
    starts = [found.start() for found in _begins().finditer(text)]
    bounds = [0, *starts, len(text)]
    texts = [text[start:end] for start, end in pairwise(bounds)]
    result = Cut({}, [], [])
    line = index = 0
    while index < len(texts):
        own = texts[index]
        data, error = _loaded(own)
        for more in range(1, min(_MOST_JOINED, len(texts) - index) if error else 1):
            joined, still = _loaded("".join(texts[index : index + more + 1]))
            if still is None:
                data, error, own = joined, None, "".join(texts[index : index + more + 1])
                index += more
                break
        if error:
            result.breaches.append(_breach(error, own, line + 1))
        papers = data.get("paper")
        entries = papers if isinstance(papers, list) else []
        result.pieces.append(Piece(own, line + 1, entries))
        _merge(result.data, {**data, "paper": entries})
        line += own.count("\n")
        index += 1
    return result


def _loaded(text: str) -> tuple[Table, Exception | None]:
    try:
        return cast("Table", tomli.loads(text)), None
    except (ValueError, RecursionError) as error:
        return {}, error


def _merge(into: Table, data: Table) -> None:
    for key, value in data.items():
        there = into.setdefault(key, value)
        if there is value:
            continue
        if isinstance(there, dict) and isinstance(value, dict):
            _merge(there, value)
        elif isinstance(there, list) and isinstance(value, list):
            into[key] = there + value


def _breach(error: Exception, text: str, first: int) -> Breach:
    """Find the line: where a text or list that is not closed begins, else where TOML gives up."""
    text = text.replace("\r\n", "\n")
    place = error.pos if isinstance(error, tomli.TOMLDecodeError) else _place_of(error, text)
    begun = 0
    for statement in statements(text):
        if statement.end > place:
            break
        begun = statement.end
    begins = begun + _blank(text[begun:])
    reason = error.msg if isinstance(error, tomli.TOMLDecodeError) else type(error).__name__
    if place >= len(text.rstrip()) and (found := re.search(r"=\s*([\[{])", text[begins:])):
        reason = "Unclosed array" if found[1] == "[" else "Unclosed inline table"
    if reason.startswith(("Unterminated", "Unclosed", "Cannot")) or place >= len(text.rstrip()):
        place = min(begins, len(text.rstrip()))
    return Breach(first + text.count("\n", 0, place), reason, text[:place])


def _place_of(error: Exception, text: str) -> int:
    """Return where the statement begins that makes TOML's reader fail without a word of where."""
    for statement in statements(text):
        if type(_loaded(text[statement.start : statement.end])[1]) is type(error):
            return statement.start
    return 0


def _blank(text: str) -> int:
    """Return how many characters of blank lines and comments the text begins with."""
    found = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", text)
    return found.end() if found else 0


@cache
def _like_paper() -> re.Pattern[str]:
    name = r"""(?:paper|'paper'|"paper")[ \t]*\]|"[^"\n]*\\"""  # an escape may spell any name
    return re.compile(rf"\n[ \t]*\[\[[ \t]*(?:{name})")


@cache
def _begins() -> re.Pattern[str]:
    paper = r"""\[\[[ \t]*["']?[Pp]apers?["']?[ \t]*\]\]"""
    table = r"\[[ \t]*(?:labs|check|markdown(?:[ \t]*\.[^\]\n]*)?)[ \t]*\]"
    return re.compile(rf"^[ \t]*(?:{paper}|{table})[ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE)
