"""The text from one `[[paper]]` header to the next: what in it is the paper's, and changes to it."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

import tomli

from papertrack.models import FIELDS
from papertrack.toml_arrays import respell
from papertrack.toml_text import PAPER, Statement, statements
from papertrack.toml_values import TomlValue, spell, spell_key, spell_lines

Spelled = Mapping[str, TomlValue | None]
"""New values by field name; None takes the field away."""

_RANK = {field: rank for rank, field in enumerate(FIELDS)}
_ON_LINES = ("summary", "notes")


class Style(NamedTuple):
    """How a text is written where TOML leaves the choice."""

    newline: str = "\n"
    header_indent: str = ""
    indent: str = ""
    gap: int = 1
    """How many blank lines stand between papers."""


class Parts(NamedTuple):
    """A paper's text told apart: joined, they are the text."""

    own: str
    """Its header, fields, sub-tables, and comments up to the last of them."""
    rest: str
    """What comes behind, other tables included: none of its business."""


def new_paper(fields: Mapping[str, TomlValue], style: Style) -> str:
    """Return the text of a paper with these fields, in their order, with a last line end."""
    lines = [f"{style.header_indent}[[paper]]"]
    lines += [
        f"{style.indent}{name} = {_spelled(name, fields[name], style.newline)}"
        for name in FIELDS
        if name in fields
    ]
    return "".join(line + style.newline for line in lines)


def entry_of(text: str) -> dict[str, object]:
    """Return the fields in a text that begins with the header, whatever follows the paper."""
    own = "".join(text[start:end] for start, end in _ranges(text))
    entries: list[dict[str, object]] = tomli.loads(own)["paper"]
    return entries[0]


def parts(text: str, *, last: bool) -> Parts:
    """Tell the paper apart from what follows it; `last` says that the file ends with this text.

    Comments directly below it are its own, unless they are directly above something else. Where
    another table stands between the paper and a sub-table of it, that is moved in front.
    """
    ranges = _ranges(text)
    own = "".join(text[start:end] for start, end in ranges)
    others = [text[end:start] for (_, end), (start, _) in zip(ranges, ranges[1:], strict=False)]
    behind = text[ranges[-1][1] :]
    if others:
        return Parts(own, "".join(others) + behind)
    comments = _patterns().comments.match(behind)
    end = comments.end() if comments else 0
    if end == len(behind):
        end = end if last else 0
    elif not _patterns().blank.match(behind, end):
        end = 0
    return Parts(own + behind[:end], behind[end:])


def lead(before: str, *, first: bool) -> str:
    """Return the comments at the end of the text that belong to the header directly below.

    `before` is the text of the paper before, or, if `first`, what stands before all papers.
    """
    end = 0
    for statement in statements(before):
        end = statement.end
    tail = before[end:]
    found = _patterns().lead.search(tail)
    return found[0] if found and (first or end) else ""


def changed(text: str, changes: Spelled, newline: str) -> str:
    """Return the text with these fields changed and every other byte as it was."""
    fields = _fields(text)
    splices = [
        (*statement.value, _in_place(text, statement, name, value, newline))
        for name, value in changes.items()
        if value is not None and (statement := fields.get(name))
    ]
    new = [name for name in FIELDS if changes.get(name) is not None and name not in fields]
    splices += _insertions(text, fields, new, changes, newline)
    for start, end, spelled in sorted(splices, reverse=True):
        text = text[:start] + spelled + text[end:]
    for name in (name for name, value in changes.items() if value is None):
        text = _without(text, _fields(text).get(name))
    return text


def _without(text: str, statement: Statement | None) -> str:
    """Take the statement away; a comment behind it keeps its line."""
    if statement is None:
        return text
    comment = text[statement.value[1] : statement.end]
    if "#" not in comment:
        return text[: statement.start] + text[statement.end :]
    return text[: statement.name[0]] + comment.lstrip() + text[statement.end :]


def _in_place(
    text: str, statement: Statement, name: str, value: TomlValue, newline: str
) -> str:
    old = text[slice(*statement.value)]
    if isinstance(value, str) or not isinstance(value, Sequence):
        return _spelled(name, value, newline)
    before = tomli.loads(f"array = {old}")["array"]
    return respell(old, before, list(map(str, value)), newline)


def _spelled(name: str, value: TomlValue, newline: str) -> str:
    if name in _ON_LINES and isinstance(value, str) and "\n" in value:
        return spell_lines(value, newline)
    return spell(value)


def _insertions(
    text: str,
    fields: Mapping[str, Statement],
    new: Sequence[str],
    changes: Spelled,
    newline: str,
) -> list[tuple[int, int, str]]:
    header = next(statements(text))
    below: dict[Statement, list[str]] = {}
    for name in new:
        earlier = [other for other in fields if _RANK[other] < _RANK[name]]
        place = fields[max(earlier, key=_RANK.__getitem__)] if earlier else header
        model = place if earlier else min(fields.values(), default=header)
        value = changes[name]
        assert value is not None  # noqa: S101 - `new` holds what has a value
        line = _like(text, model, name) + _spelled(name, value, newline)
        below.setdefault(place, []).append(line)
    return [
        (place.end, place.end, _lines(lines, newline, open_end=text[place.end - 1] != "\n"))
        for place, lines in below.items()
    ]


def _lines(lines: Sequence[str], newline: str, *, open_end: bool) -> str:
    """Return the lines, each with an end; behind a line without one, none at the last."""
    joined = newline.join(lines)
    return newline + joined if open_end else joined + newline


def _like(text: str, model: Statement, name: str) -> str:
    """Return what stands before the value, indented and spaced as in the other statement."""
    indent = text[model.start : model.name[0]]
    if model.header:
        return f"{indent}{name} = "
    spaces, _, behind = text[model.name[1] : model.value[0]].partition("=")
    width = model.name[1] - model.name[0] + len(spaces)
    padded = name.ljust(width) if len(spaces) > 1 else name + spaces
    return f"{indent}{padded}{'' if padded != name or not spaces else ' '}={behind}"


def _fields(text: str) -> dict[str, Statement]:
    """Return the statements of known fields, by name, up to the first header of a sub-table."""
    found = statements(text)
    next(found)  # the header of the paper itself
    direct = takewhile(lambda statement: not statement.header, found)
    return {each.path[0]: each for each in direct if len(each.path) == 1 and each.path[0] in _RANK}


def _ranges(text: str) -> list[tuple[int, int]]:
    """Return where the paper's own statements stand; more than one range if others interrupt."""
    ranges: list[tuple[int, int]] = []
    own = broken = False
    for statement in statements(text):
        if statement.header:
            broken = broken or not own
            own = statement.path[:1] == PAPER
        if not own:
            continue
        if ranges and not broken:
            ranges[-1] = (ranges[-1][0], statement.end)
        else:
            ranges.append((statement.start, statement.end))
        broken = False
    return ranges


class _Patterns(NamedTuple):
    comments: re.Pattern[str]
    blank: re.Pattern[str]
    lead: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    comment = r"[ \t]*#[^\n]*"
    return _Patterns(
        re.compile(rf"(?:{comment}(?:\n|\Z))*"),
        re.compile(r"[ \t]*\r?\n"),
        re.compile(rf"(?:^{comment}\n)+\Z", re.MULTILINE),
    )
