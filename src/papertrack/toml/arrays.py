"""An array of texts changed item by item, so that its layout and its comments stay."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import tomli

from papertrack.toml.statements import STRING
from papertrack.toml.values import spell


class _Item(NamedTuple):
    start: int
    end: int
    comma: int | None
    """Behind the comma that follows it."""


def respell(array: str, before: Sequence[str], after: Sequence[str], newline: str) -> str:
    """Return the array with these items: those that stay are not touched, nor what is beside them.

    An item that moves behind others is written anew; so is all that cannot be told for sure.
    """
    changed = _changed(array, before, after, newline)
    return changed if _items_read(changed) == list(after) else spell(after)


def _items_read(array: str) -> object:
    try:
        return tomli.loads(f"array = {array}")["array"]
    except ValueError:
        return None


def _changed(array: str, before: Sequence[str], after: Sequence[str], newline: str) -> str:
    items = _items(array)
    kept = _kept(before, after)
    if len(items) != len(before):
        return spell(after)
    for index in reversed(range(len(items))):
        if index not in kept:
            array = _without(array, _items(array), index)
    return _with(array, after[len(kept) :], newline)


def _kept(before: Sequence[str], after: Sequence[str]) -> list[int]:
    kept: list[int] = []
    for index, item in enumerate(before):
        if len(kept) < len(after) and after[len(kept)] == item:
            kept.append(index)
    return kept


def _without(array: str, items: Sequence[_Item], index: int) -> str:
    item = items[index]
    line = array.rfind("\n", 0, item.start) + 1
    end = array.find("\n", item.end) + 1
    alone = not array[line : item.start].strip() and end and line
    if alone and _COMMENT_LEFT.fullmatch(array, item.comma or item.end, end):
        return array[:line] + array[end:]
    if index + 1 < len(items):
        after = _BLANKS.match(array, item.comma or item.end)
        return array[: item.start] + array[after.end() if after else item.end :]
    begin = items[index - 1].end if index else item.start
    between = array[begin : item.start]
    if "\n" in between or "#" in between:
        begin = item.start
    return array[:begin] + array[item.comma or item.end :]


def _with(array: str, added: Sequence[str], newline: str) -> str:
    items = _items(array)
    new = [spell(item) for item in added]
    if not new:
        return array
    if not items:
        return f"[{', '.join(new)}{array[1:]}"
    last = items[-1]
    line = array.rfind("\n", 0, last.start) + 1
    indent = array[line : last.start]
    if line == 0 or indent.strip() or "\n" not in array[last.end :]:
        return f"{array[: last.end]}, {', '.join(new)}{array[last.end :]}"
    if last.comma is None:
        array = f"{array[: last.end]},{array[last.end :]}"
    end = array.index("\n", last.comma or last.end) + 1
    lines = f",{newline}{indent}".join(new) + ("," if last.comma is not None else "")
    return f"{array[:end]}{indent}{lines}{newline}{array[end:]}"


_COMMENT_LEFT = re.compile(r"[ \t]*(?:#[^\n]*)?\r?\n?")
_BLANKS = re.compile(r"[ \t]*")


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(rf"(?P<item>{STRING})|(?P<comma>,)|#[^\n]*+")


def _items(array: str) -> list[_Item]:
    items: list[_Item] = []
    for token in _tokens().finditer(array):
        if token["item"] is not None:
            items.append(_Item(token.start(), token.end(), None))
        elif token["comma"] and items:
            items[-1] = items[-1]._replace(comma=token.end())
    return items
