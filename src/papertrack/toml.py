"""TOML as text: read, spelled so that it reads back exactly, changed so that the rest stays.

A text is a row of statements; what is changed is spliced into them, and every other byte stays.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import takewhile
from operator import eq
from typing import NamedTuple, TypeAlias

import rtoml

from papertrack.patterns import pattern

Table: TypeAlias = dict[str, object]
"""What a reader of TOML gives for a table."""

TomlValue: TypeAlias = (
    str | bool | int | float | date | Sequence["TomlValue"] | Mapping[str, "TomlValue"]
)

BOM = "\ufeff"
_NAMED = {0x08: r"\b", 0x0C: r"\f", 0x0D: r"\r", 0x5C: r"\\"}
_CONTROLS = {code: f"\\u{code:04x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_FURTHER = str.maketrans({code: _CONTROLS[code] for code in range(0x80, 0xA0)})
"""The controls that TOML allows as they are, and that act on some terminals."""
_ON_LINES = str.maketrans({**_CONTROLS, **_NAMED, 0x09: "\t", 0x0A: "\n"})
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
_SKIPPED = pattern(r"(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*")
_HEAD = pattern(
    rf"[ \t]*+(?P<named>(?P<opening>\[\[?)[ \t]*+(?P<header>{_KEY})[ \t]*+\]\]?"
    rf"|(?P<key>{_KEY}))(?(key)[ \t]*+=[ \t]*+)"
)
_REST = pattern(r"[ \t]*+(?:#[^\n]*+)?\r?(?:\n|\Z)")
_SIMPLE_VALUE = pattern(rf"""{STRING}|[^\s#"'\[{{][^#\r\n]*""")
_IN_VALUE = pattern(rf"""[^\[\]{{}}"'#]++|(?P<open>[\[{{])|(?P<close>[\]}}])|{STRING}|#[^\n]*+""")
_MOST_COMPARED = 250_000
"""Pairs of items up to which it is worth finding out which of them moved."""


def loads(text: str) -> Table:
    """Return what the text says, dates as Python's own; its line ends are LF.

    Raises ValueError, whose message ends in `at line L column C` where the reader knows. The text
    must not begin with a BOM.
    """
    if text.startswith(BOM):
        raise ValueError("a byte order mark stands where text should, at line 1 column 1")
    # rtoml keeps the CR of a CRLF inside a text on lines; lines stay the same without it. What
    # would be a CRLF only then is left for it to refuse.
    return rtoml.loads(text if "\r\r" in text else text.replace("\r\n", "\n"))


def value_in(text: str) -> object:
    """Return the value that a text spells, such as `["rlhf"]`; ValueError where it is none."""
    return loads(f"value = {text}")["value"]


def newline_of(text: str) -> str:
    """Return the line end that the text uses, by its first line."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def newlines_in(text: str) -> str:
    """Return the line end that all lines of the text have, `mixed` where they differ."""
    count = text.count("\r\n")
    if count and count == text.count("\n"):
        return "\r\n"
    return "mixed" if "\r" in text else "\n"


def spell(value: TomlValue) -> str:
    """Return the value as TOML on one line; text in double quotes."""
    match value:
        case date():
            return value.isoformat()
        case str() | bool() | int() | float():
            return _written({"_": value}).removeprefix("_ = ")
        case Mapping():
            pairs = ", ".join(f"{spell_key(key)} = {spell(item)}" for key, item in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case _:
            texts = {str(at): item for at, item in enumerate(value) if isinstance(item, str)}
            if len(texts) < len(value):
                return f"[{', '.join(map(spell, value))}]"
            return f"[{', '.join(pair.partition(' = ')[2] for pair in spell_pairs(texts))}]"


@lru_cache(maxsize=256)
def spell_key(key: str) -> str:
    """Return the key as TOML: bare where that is allowed, else in double quotes."""
    return _written({key: 0}).removesuffix(" = 0")


def spell_pairs(values: Mapping[str, str | int | date]) -> list[str]:
    """Return `key = value` for each of them, on one line; all at once, which is faster."""
    return _written(values).split("\n") if values else []


def _written(table: Mapping[str, TomlValue]) -> str:
    import tomli_w  # only changes write

    text = tomli_w.dumps(table).removesuffix("\n")
    return text if text.isascii() else text.translate(_FURTHER)


def spell_lines(text: str, newline: str) -> str:
    """Return the text in three quotes with its own line ends, begun on a line of its own.

    What git would take for the beginning of a conflict is escaped.
    """
    escaped = re.sub(r'"(?="")|"\Z', r'\\"', text.translate(_ON_LINES))
    escaped = re.sub(r"^<(?=<{6,} )", r"\\u003c", escaped, flags=re.MULTILINE)
    return f'"""\n{escaped}"""'.replace("\n", newline)


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


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of valid TOML; of broken TOML, those before one that is not whole."""
    position = 0
    # Each round takes blank lines and comments, then a header or a key with its value, then the
    # rest of that line. What does not fit ends the walk: the text is broken from there on.
    while True:
        # the pattern matches an empty text too
        start = _SKIPPED.match(text, position).end()  # type: ignore[union-attr]
        match = _HEAD.match(text, start)
        if not match:
            return
        inner, header = match["header"], match["header"] is not None
        value = (match.end(), match.end() if header else _value_end(text, match.end()))
        line = _REST.match(text, value[1])
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


def table_in(text: str, path: Sequence[str]) -> tuple[Statement | None, dict[str, Statement]]:
    """Return the header of a table and its keys; the top, whose path is empty, has no header."""
    header: Statement | None = None
    keys: dict[str, Statement] = {}
    inside = not path
    for statement in statements(text):
        if statement.header:
            inside = statement.path == path and not statement.array
            header = statement if inside else header
        elif inside and len(statement.path) == 1:
            keys[statement.path[0]] = statement
    return header, keys


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


def _value_end(text: str, start: int) -> int:
    """Return where the value ends; where it begins if it is not whole."""
    if text[start : start + 1] not in {"[", "{"}:
        match = _SIMPLE_VALUE.match(text, start)
        return start + len(match[0].rstrip()) if match else start
    depth = 0
    position = start
    while token := _IN_VALUE.match(text, position):
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
        return str(value_in(part))
    except ValueError:  # an escape that is none: the text is broken, and said to be so elsewhere
        return part[1:-1]


class _Item(NamedTuple):
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
    try:
        return changed if value_in(changed) == list(after) else spell(after)
    except ValueError:
        return spell(after)


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
    # What both begin and end with stays; only the middle is compared. A single change is nearly
    # always alone in it, so that no search for a longest common part is needed.
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
    # The last ones go: so does the comma before them, if no comment or line's end is in between.
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
    # The neighbour has a line of its own, and so gets each of the new ones, indented alike.
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
    old = new.origin
    if old is None or old.line is None:
        return f"{indent}{spell(new.value)},{newline}"
    return f"{array[old.line[0] : old.end]},{array[old.last : old.line[1]]}"


_BLANKS = pattern(r"[ \t]*+")
_COMMENT_LEFT = pattern(r"[ \t]*+(?:#[^\n]*+)?\r?\n")
_TOKENS = pattern(rf"(?P<item>{STRING})|(?P<comma>,)|#[^\n]*+")


def _items(array: str) -> list[_Item]:
    places: list[tuple[int, int, int | None]] = []
    for token in _TOKENS.finditer(array):
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
