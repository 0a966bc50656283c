"""Three versions of a text made one: by lines, by values, by fields, by the statements of TOML.

What only one side changed is taken from it as it is written there, comments included. Where both
sides changed the same thing in different ways, the result holds a conflict of the two.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple, TypeAlias, TypeVar, cast

from papertrack import toml
from papertrack.errors import on_one_line
from papertrack.patterns import pattern

Path: TypeAlias = tuple[str, ...]
_Item = TypeVar("_Item")
_LINE = pattern(r"[^\n]*\n|[^\n]+")
_LONGEST = 40
_MOST_COMPARED = 1_000_000


_Listed: TypeAlias = dict[str | None, list[str]]
"""The comments on each item of a list; under None those at its end."""


class MergeConflict(NamedTuple):
    """A place where a person must choose."""

    ours: str
    theirs: str
    what: str
    """What differs, in words."""


Merge: TypeAlias = list[str | MergeConflict]
"""Text and conflicts, in order."""


class ConflictError(ValueError):
    """Raised by a rule that finds no value for both sides."""


class Rules(NamedTuple):
    """How the statements of one kind of text are merged."""

    value: Callable[[Path, object, object, object], object]
    """Gives the value that both sides' changes come to, of base, ours and theirs; None for what is
    absent. Raises ConflictError."""
    label: str = ""
    """What the text is of, before the path in messages."""
    winners: Mapping[Path, int] = {}
    """The paths whose value is ours (0) or theirs (1), whatever it is there."""
    together: Sequence[Path] = ()
    """The paths that conflict as one; the first differs and names the conflict."""
    rank: Mapping[Path, int] = {}
    """Where a new statement goes, among those that have a rank."""
    absent: Mapping[Path, object] = {}
    """What a statement means that is not there."""


class _Stated(NamedTuple):
    path: Path
    table: Path
    """The path of the header above it."""
    header: bool
    above: str
    """Comments and blank lines."""
    name: str
    """Up to the value: `year = `."""
    value: str
    after: str
    """A comment, and the line end."""

    @property
    def text(self) -> str:
        return f"{self.above}{self.name}{self.value}{self.after}"

    @property
    def says(self) -> object:
        return None if self.header else toml.value_in(self.value)


class _Parsed(NamedTuple):
    by_path: dict[Path, _Stated]
    tail: str


def spelled(merge: Iterable[str | MergeConflict], size: int) -> str:
    """Return the text with git's markers around the sides of each conflict, `size` signs long."""
    pieces: list[str] = []
    for part in merge:
        if isinstance(part, str):
            pieces.append(part)
            continue
        pieces += (f"{'<' * size} ours\n", part.ours, f"{'=' * size}\n", part.theirs)
        pieces.append(f"{'>' * size} theirs\n")
    return "".join(pieces)


def sided(merge: Iterable[str | MergeConflict], side: int) -> str:
    """Return the text with one side of each conflict."""
    return "".join(part if isinstance(part, str) else part[side] for part in merge)


def chosen(base: object, ours: object, theirs: object) -> int | None:
    """Return whose value it is where at most one side changed it: ours (0), theirs (1)."""
    if ours in (theirs, base):
        return 0 if ours == theirs else 1
    return 0 if theirs == base else None


def merge_lines(base: str, ours: str, theirs: str, what: str = "") -> Merge:
    """Return the lines with what either side changed; lines added at one place are ours first."""
    side = chosen(base, ours, theirs)
    if side is not None:
        return [(ours, theirs)[side]]
    texts = [_LINE.findall(text) for text in (base, ours, theirs)]
    merge: Merge = []
    # Between the lines that all three have, each stretch is decided by itself.
    for hunk in _hunks(*texts):
        old, our_text, their_text = map("".join, hunk)
        side = chosen(old, our_text, their_text)
        if side is not None:
            merge.append((our_text, their_text)[side])
        # Both added something at one place: ours, then what theirs has more.
        elif not old:
            more = (line for line in hunk[2] if line not in hunk[1] or not line.strip())
            merge += (our_text, "".join(more))
        else:
            merge.append(MergeConflict(our_text, their_text, what))
    return merge


def merge_sets(
    base: Sequence[_Item], ours: Sequence[_Item], theirs: Sequence[_Item]
) -> list[_Item]:
    """Return ours, then what theirs added, without what either side took away."""
    kept = [item for item in ours if item in theirs or item not in base]
    return kept + [item for item in theirs if item not in ours and item not in base]


def merge_statements(base_text: str, our_text: str, their_text: str, rules: Rules) -> Merge:
    """Return TOML text merged statement by statement.

    Raises ConflictError where a table is written in another form on one side.
    """
    side = chosen(base_text, our_text, their_text)
    if side is not None:
        return [(our_text, their_text)[side]]
    base, ours, theirs = map(_parsed, (base_text, our_text, their_text))
    paths = dict.fromkeys((*ours.by_path, *theirs.by_path))
    versions = {
        path: (base.by_path.get(path), ours.by_path.get(path), theirs.by_path.get(path))
        for path in paths
    }
    if any(len({it[1:3] for it in each if it}) > 1 for each in versions.values()):
        raise ConflictError
    merged = {path: _statement(path, *versions[path], rules) for path in paths}
    # A table from which one side took all, while the other put something in, needs its header.
    for path, merge in list(merged.items()):
        stated = next(it for it in versions[path][1:] if it)
        if merge is None or stated.header or stated.table not in versions:
            continue
        header = next(it for it in versions[stated.table][1:] if it)
        if header.name not in sided(merged[stated.table] or (), 0):
            merged[stated.table] = [header.text]
    # Statements that mean something only together (a status and its dates) conflict as one.
    if rules.together:
        ours_joined, theirs_joined = (
            "".join(it.text for path, it in side.by_path.items() if path in rules.together)
            for side in (ours, theirs)
        )
        first = next(path for path in paths if path in rules.together)
        merged |= dict.fromkeys(rules.together)
        path = rules.together[0]
        merged[first] = [
            MergeConflict(ours_joined, theirs_joined, _difference(path, versions[path], rules))
        ]
    # The order is that of the side that changed it, else ours.
    orders = [
        [path for path in it.by_path if all(versions.get(path, ()))] for it in (base, ours, theirs)
    ]
    frame, other = (
        (theirs, ours) if chosen(*orders) == 1 and orders[1] != orders[2] else (ours, theirs)
    )
    result: Merge = []
    for path in _ordered(base.by_path, frame.by_path, other.by_path, merged, rules):
        result += merged[path] or ()
    return [
        *result,
        *merge_lines(base.tail, ours.tail, theirs.tail, f"{rules.label}comments differ"),
    ]


def brief_value(value: object) -> str:
    """Return a value for a message: short, on one line."""
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else toml.spell(cast("toml.TomlValue", value))
    return on_one_line(text, _LONGEST)


def _hunks(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Yield the lines of base, ours and theirs from each line that all have to the next."""
    # For each side, which of its lines is which of the base: as difflib pairs them.
    partners = []
    for side in (ours, theirs):
        if len(base) * len(side) > _MOST_COMPARED:  # then only what both begin with
            pairs = enumerate(zip(base, side, strict=False))
            whole = min(len(base), len(side))
            size = next((at for at, (line, other) in pairs if line != other), whole)
            blocks = [(0, 0, size)]
        else:
            matcher = SequenceMatcher(None, base, side, autojunk=False)
            blocks = [(a, b, size) for a, b, size in matcher.get_matching_blocks()]
        partners.append({a + n: b + n for a, b, size in blocks for n in range(size)})
    at = our_end = their_end = 0
    # A line that both sides still have is an anchor; what lies between two anchors is a hunk.
    for line in sorted(partners[0].keys() & partners[1].keys()):
        our_line, their_line = partners[0][line], partners[1][line]
        yield base[at:line], ours[our_end:our_line], theirs[their_end:their_line]
        yield (base[line : line + 1],) * 3
        at, our_end, their_end = line + 1, our_line + 1, their_line + 1
    yield base[at:], ours[our_end:], theirs[their_end:]


def _parsed(text: str) -> _Parsed:
    by_path: dict[Path, _Stated] = {}
    table: Path = ()
    end = 0
    for place, statement in toml.under_headers(toml.statements(text)):
        if statement.header:
            # `[[paper.x]]` may be there several times: each is a table of its own
            count = sum(
                other.header and other.path[: len(place)] == place for other in by_path.values()
            )
            table = (*place, f"#{count}") if statement.array and count else place
        path = table if statement.header else (*table, *statement.path)
        bounds = (end, statement.start, *statement.value, statement.end)
        above, name, value, after = (text[start:stop] for start, stop in pairwise(bounds))
        by_path[path] = _Stated(path, table, statement.header, above, name, value, after)
        end = statement.end
    return _Parsed(by_path, text[end:])


def _statement(
    path: Path, base: _Stated | None, ours: _Stated | None, theirs: _Stated | None, rules: Rules
) -> Merge | None:
    texts = [it.text if it else None for it in (base, ours, theirs)]
    side = chosen(*texts)
    if side is not None:
        text = texts[side + 1]
        return None if text is None else [text]
    if ours and theirs and ours.header:
        return [*_above(path, base, ours, theirs, rules), ours.name + ours.after]
    base_value, our_value, their_value = (it.says if it else None for it in (base, ours, theirs))
    if base and base_value in (our_value, their_value) and not (ours and theirs):
        return _remaining_comments(base, ours or theirs)
    after = _either(base.after if base else "\n", ours and ours.after, theirs and theirs.after)
    side = rules.winners.get(path, chosen(base_value, our_value, their_value))
    try:
        value = (
            (our_value, their_value)[side]
            if side is not None
            else rules.value(path, base_value, our_value, their_value)
        )
        spelled_value = None if value is None else _value_text(value, base, ours, theirs)
    except ConflictError:
        spelled_value = _on_lines_of_both(base, ours, theirs)
        after = after if spelled_value else None
    if after is None:
        what = _difference(path, (base, ours, theirs), rules)
        return [MergeConflict(texts[1] or "", texts[2] or "", what)]
    if spelled_value is None:
        return None
    name = _either(base and base.name, ours and ours.name, theirs and theirs.name)
    name = name or (ours.name if ours else "")
    return [*_above(path, base, ours, theirs, rules), name + spelled_value + after]


def _on_lines_of_both(
    base: _Stated | None, ours: _Stated | None, theirs: _Stated | None
) -> str | None:
    """Return a value on several lines, of which each side changed others; None for another."""
    values = [it.value for it in (base, ours, theirs) if it and "\n" in it.value]
    if len(values) < 3:
        return None
    texts: list[str] = []
    for hunk in _hunks(*(_LINE.findall(value) for value in values)):
        side = chosen(*hunk)
        if side is None:
            return None
        texts += hunk[side + 1]
    return "".join(texts)


def _remaining_comments(base: _Stated, changed: _Stated | None) -> Merge | None:
    """Return what is left of a statement that one side took away: comments that the other added."""
    if changed is None:
        return None
    known = _LINE.findall(base.above)
    added = [line for line in _LINE.findall(changed.above) if line not in known]
    if "#" in changed.after and changed.after != base.after:
        added.append(changed.after.lstrip(" \t"))
    return ["".join(added)] if "".join(added).strip() else None


def _above(
    path: Path, base: _Stated | None, ours: _Stated | None, theirs: _Stated | None, rules: Rules
) -> Merge:
    if ours is None or theirs is None:
        return [it.above for it in (ours, theirs) if it]
    what = f"{rules.label}the comments above {_name(path)} differ"
    return merge_lines(base.above if base else "", ours.above, theirs.above, what)


def _either(base: str | None, ours: str | None, theirs: str | None) -> str | None:
    """Return the text of the side that has it, or changed it; None where both did."""
    if ours is None or theirs is None:
        return ours or theirs
    side = chosen(base, ours, theirs)
    return None if side is None else (ours, theirs)[side]


def _value_text(
    value: object, base: _Stated | None, ours: _Stated | None, theirs: _Stated | None
) -> str:
    """Return the value as a side spells it, or spelled anew in the layout of a side.

    Raises ConflictError where comments within it would be lost.
    """
    sides = [it for it in (ours, theirs) if it]
    texts = [it.value for it in sides if it.says == value]
    if len(texts) == 2 and base and base.value == texts[0]:
        texts.reverse()
    items = _strings(value)
    if items is None:
        if isinstance(value, list) and any("#" in it.value for it in sides):
            raise ConflictError
        lines = isinstance(value, str) and "\n" in value
        spelled = (
            toml.spell_lines(str(value), "\n")
            if lines
            else toml.spell(cast("toml.TomlValue", value))
        )
        return next(iter(texts), spelled)
    texts += [_respelled(it.value, before, items) for it in sides if (before := _strings(it.says))]
    listed = [_listed(it.value) if it else {} for it in (base, ours, theirs)]
    comments = {it: merge_sets(*(each.get(it, []) for each in listed)) for it in (*items, None)}
    # Where no layout has the comments of both sides, every item stands on a line of its own.
    fitting = (text for text in texts if _has_comments(_listed(text), comments, listed[1:]))
    return next(fitting, _on_lines(items, comments))


def _respelled(array: str, before: Sequence[str], after: Sequence[str]) -> str:
    kept = [item for item in before if item in after]
    # What goes takes its comment along first, which is not for what comes in its place.
    return toml.respell(toml.respell(array, before, kept, "\n"), kept, after, "\n")


def _has_comments(
    listed: _Listed, wanted: Mapping[str | None, Sequence[object]], sides: Iterable[_Listed]
) -> bool:
    """Say whether each item has the comments that it must have, and none but those of a side."""
    for item, comments in wanted.items():
        known = [comment for side in sides for comment in side.get(item, ())]
        if not {*comments} <= {*listed.get(item, ())} <= {*known}:
            return False
    return True


def _listed(array: str) -> _Listed:
    listed: _Listed = {}
    above: list[str] = []
    beside: list[str] = above
    for token in re.finditer(rf"(?P<item>{toml.STRING})|(?P<comment>#[^\n]*)|\n", array):
        if token["item"]:
            item = toml.value_in(token["item"])
            beside = listed.setdefault(str(item), [])
            beside += above
            above = []
        elif token["comment"]:
            beside.append(token["comment"].rstrip())
        else:
            beside = above
    return {**listed, None: above}


def _on_lines(items: Iterable[str], comments: Mapping[str | None, list[str]]) -> str:
    """Return a list with a line for each item, below the comments on it."""
    lines: list[object] = []
    for item in items:
        lines += [*comments[item], f"{toml.spell(item)},"]
    return "".join(("[\n", *(f"  {line}\n" for line in (*lines, *comments[None])), "]"))


def _strings(value: object) -> list[str] | None:
    strings = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    return strings if isinstance(value, list) and len(strings) == len(value) else None


def _difference(
    path: Path, versions: tuple[_Stated | None, _Stated | None, _Stated | None], rules: Rules
) -> str:
    ours, theirs = (it.says if it else rules.absent.get(path) for it in versions[1:])
    if ours == theirs:
        return f"{rules.label}the comments at {_name(path)} differ"
    return f"{rules.label}{_name(path)} is {brief_value(ours)} here and {brief_value(theirs)} there"


def _name(path: Path) -> str:
    return ".".join(path[1:] if path[:1] == ("paper",) else path)


def _ordered(
    base: Mapping[Path, _Stated],
    frame: Mapping[Path, _Stated],
    other: Mapping[Path, _Stated],
    merged: Mapping[Path, Merge | None],
    rules: Rules,
) -> list[Path]:
    """Return the paths in the order of `frame`; what `other` added follows what `frame` added."""
    order = list(frame)
    before: list[Path] = []  # the paths of `other` up to here
    for path, stated in other.items():
        if path not in frame and merged[path] is not None:
            order.insert(_place(order, path, stated, before, (base, frame, other), rules), path)
        before.append(path)
    return order


def _place(
    order: Sequence[Path],
    path: Path,
    stated: _Stated,
    before: Sequence[Path],
    versions: tuple[Mapping[Path, _Stated], Mapping[Path, _Stated], Mapping[Path, _Stated]],
    rules: Rules,
) -> int:
    base, frame, other = versions
    tables = {it: (frame.get(it) or other[it]).table for it in order}
    headers = {it for it in order if (frame.get(it) or other[it]).header}
    if path in rules.rank:
        earlier = [it for it in order if rules.rank.get(it, len(rules.rank)) < rules.rank[path]]
        if earlier:
            return order.index(max(earlier, key=rules.rank.__getitem__)) + 1
        return order.index(stated.table) + 1
    if stated.header:
        # Behind the whole table that it follows, and behind tables that `frame` added there.
        previous = next((tables[it] for it in reversed(before) if it in tables), ())
        inside = [at for at, it in enumerate(order) if tables[it] == previous]
        at = inside[-1] + 1 if inside else 0
        while at < len(order) and (order[at] not in headers or order[at] not in base):
            at += 1
        return at
    same = [it for it in reversed(before) if it in tables and tables[it] == stated.table]
    at = order.index(same[0]) + 1 if same else 0
    while at < len(order) and order[at] not in headers and order[at] not in base:
        if tables[order[at]] != stated.table or order[at] in other:
            break
        at += 1
    return at
