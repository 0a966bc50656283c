"""An array of texts changed item by item, so that its layout and its comments stay."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from operator import eq
from typing import NamedTuple

from papertrack.toml import loads, spell
from papertrack.toml.statements import STRING, Splice, spliced

_MOST_COMPARED = 250_000
"""Pairs of items up to which it is worth finding out which of them moved."""


class _Item(NamedTuple):
    """Where an item of the array stands."""

    start: int
    end: int
    comma: int | None
    """Behind the comma that follows it."""
    line: tuple[int, int] | None
    """From its line's beginning to behind its end, where nothing but a comment is beside it."""

    @property
    def last(self) -> int:
        """Behind the item and its comma."""
        return self.comma or self.end


class _Stretch(NamedTuple):
    """The items from `first` to before `last` become these."""

    first: int
    last: int
    new: Sequence[str]


def respell(array: str, before: Sequence[str], after: Sequence[str], newline: str) -> str:
    """Return the array with these items: those that stay are not touched, nor what is beside them.

    An item that takes the place of another gets its layout and its comment; one that moves takes
    its line along. What cannot be told for sure is written anew.
    """
    items = _items(array)
    if len(items) != len(before) or not after:
        return spell(after)
    if not items:
        return f"[{', '.join(map(spell, after))}{array[1:]}"
    changed = spliced(array, _splices(array, items, before, after, newline))
    return changed if _read(changed) == list(after) else spell(after)


def _read(array: str) -> object:
    try:
        return loads(f"array = {array}")["array"]
    except ValueError:
        return None


def _splices(
    array: str, items: Sequence[_Item], before: Sequence[str], after: Sequence[str], newline: str
) -> Iterator[Splice]:
    steps = list(_steps(before, after))
    # What a step takes away and another puts somewhere else: the item moves with its line.
    gone = {before[at]: items[at] for step in steps for at in range(step.first, step.last)}
    for first, last, new in steps:
        same = min(last - first, len(new))
        for at, value in zip(range(first, first + same), new, strict=False):
            yield Splice(items[at].start, items[at].end, spell(value))
        if last - first > same:
            yield from _removals(array, items, first + same, last)
        elif len(new) > same:
            lines = [_Moved(value, gone.get(value)) for value in new[same:]]
            yield from _insertion(array, items, last, lines, newline)


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[_Stretch]:
    """Yield what differs, in order, so that as many items as possible stay."""
    start = sum(1 for _ in takewhile(bool, map(eq, before, after)))
    rest = min(len(before), len(after)) - start
    ends = zip(reversed(before), reversed(after), strict=False)
    end = min(rest, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends)))
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) == len(new) and not {*old} & {*new}:
        # As many items as before: each stands for the one in its place, as a renamed one does.
        yield from (
            _Stretch(start + at, start + at + 1, [value])
            for at, value in enumerate(new)
            if value != old[at]
        )
    elif len(old) * len(new) > _MOST_COMPARED:
        yield _Stretch(start, start + len(old), new)
    elif old or new:
        from difflib import SequenceMatcher  # slow to load, and hardly ever needed

        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for tag, first, last, begin, stop in matcher.get_opcodes():
            if tag != "equal":
                yield _Stretch(start + first, start + last, new[begin:stop])


def _removals(array: str, items: Sequence[_Item], first: int, last: int) -> Iterator[Splice]:
    """Take items away: those on lines of their own with their lines, others with a comma."""
    gone = items[first:last]
    if all(item.line for item in gone):
        yield from (Splice(*item.line, "") for item in gone if item.line)
        return
    if last < len(items):
        behind = _BLANKS.match(array, gone[-1].last)
        yield Splice(gone[0].start, behind.end() if behind else gone[-1].last, "")
        return
    begin = items[first - 1].end if first else gone[0].start
    if set("\n#") & set(array[begin : gone[0].start]):
        begin = gone[0].start
    yield Splice(begin, gone[-1].last, "")


class _Moved(NamedTuple):
    """An item that is new here, and where it stood before, if it did."""

    value: str
    origin: _Item | None


def _insertion(
    array: str, items: Sequence[_Item], place: int, new: Sequence[_Moved], newline: str
) -> Iterator[Splice]:
    """Put items before the one at the place: on lines if its neighbour has one, else beside it."""
    model = items[place - 1] if place else items[0]
    if model.line is None or (not place and array[model.line[0] - 1] != "\n"):
        spelled = ", ".join(_spelled(array, each) for each in new)
        if place:
            yield Splice(model.end, model.end, f", {spelled}")
        else:
            yield Splice(model.start, model.start, f"{spelled}, ")
        return
    indent = array[model.line[0] : model.start]
    lines = [_line(array, each, indent, newline) for each in new]
    if place and model.comma is None:  # the last one: the comma goes behind it, not behind the new
        yield Splice(model.end, model.end, ",")
        body, comma, rest = lines[-1].rpartition(",")
        lines[-1] = body + rest if comma and not rest.strip() else lines[-1]
    at = model.line[1] if place else model.line[0]
    yield Splice(at, at, "".join(lines))


def _spelled(array: str, new: _Moved) -> str:
    return array[new.origin.start : new.origin.end] if new.origin else spell(new.value)


def _line(array: str, new: _Moved, indent: str, newline: str) -> str:
    """Return an item's line: as it was where the item has moved, else a new one."""
    old = new.origin
    if old is None or old.line is None:
        return f"{indent}{spell(new.value)},{newline}"
    return f"{array[old.line[0] : old.end]},{array[old.last : old.line[1]]}"


_BLANKS = re.compile(r"[ \t]*+")
_COMMENT_LEFT = re.compile(r"[ \t]*+(?:#[^\n]*+)?\r?\n")


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(rf"(?P<item>{STRING})|(?P<comma>,)|#[^\n]*+")


def _items(array: str) -> list[_Item]:
    places: list[tuple[int, int, int | None]] = []
    for token in _tokens().finditer(array):
        if token["item"] is not None:
            places.append((token.start(), token.end(), None))
        elif token["comma"] and places:
            places[-1] = (*places[-1][:2], token.end())
    return [_Item(*place, _line_of(array, *place)) for place in places]


def _line_of(array: str, start: int, end: int, comma: int | None) -> tuple[int, int] | None:
    rest = _COMMENT_LEFT.match(array, comma or end)
    while array[start - 1] in " \t":
        start -= 1
    return (start, rest.end()) if rest and array[start - 1] == "\n" else None
