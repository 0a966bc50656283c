"""What is wrong with a catalogue's text, all at once, each with its line."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from pydantic import ValidationError

from papertrack.catalogue.lines import Lines, only_tables
from papertrack.catalogue.pieces import Cut, cut
from papertrack.catalogue.reading import TABLES, keys_of, label_of, means_paper, settings
from papertrack.catalogue.spoiled import mend
from papertrack.catalogue.syntax import fault_of
from papertrack.catalogue.validation import complaint, missing, of_paper, of_subtable, quoted, shown
from papertrack.errors import Fault
from papertrack.models import SUBTABLES, Catalogue, Paper
from papertrack.toml import Table


class Explained(NamedTuple):
    """What can be read of a text, and why not all of it."""

    catalogue: Catalogue
    faults: tuple[Fault, ...]


class _Wrong(NamedTuple):
    fault: Fault
    paper: int | None = None
    """The index of the paper that is not whole because of it."""


def explain(text: str) -> Explained:
    """Return the papers that are whole, and the faults of the text, by line."""
    text, spoiled = mend(text)
    found = cut(text)
    pieces = [only_tables(piece) for piece in found.pieces]
    entries = [entry for piece in pieces for entry in piece.entries]
    keys = keys_of(entries)
    lines = Lines(pieces, keys)
    rows = text.split("\n")
    wrong = [_Wrong(fault_of(each, rows[each.line - 1])) for each in found.breaches]
    wrong += _misplaced(found, lines)
    wrong += _same_keys(entries, lines)
    wrong += _invalid_papers(entries, keys, lines)
    said, of_settings = _sound_settings(found.data, lines)
    wrong += of_settings
    bad = sorted({line for each in spoiled for line in range(each.first, each.last + 1)})
    excused = set(bad)
    lost = {each.paper for each in wrong} | _touched(bad, len(entries), lines)
    whole = tuple(
        {**entry, "key": keys[index]} for index, entry in enumerate(entries) if index not in lost
    )
    faults = {each.fault for each in wrong if each.fault.line not in excused}
    faults |= {Fault(each.first, each.message) for each in spoiled}
    catalogue = Catalogue.model_validate({**said, "papers": whole})
    return Explained(catalogue, tuple(sorted(faults)))


def complaints(error: ValidationError, entry: Table) -> dict[tuple[str, ...], str]:
    """Return why a paper with these fields is none: a sentence by the place of what is wrong.

    That is a field, or a key of a sub-table.
    """
    named = _name_of(entry)
    places = dict.fromkeys(_place_in_paper(each["loc"]) for each in error.errors(include_url=False))
    return {place: _complaint_at(place, entry, named) for place in places}


def _place_in_paper(location: tuple[int | str, ...]) -> tuple[str, ...]:
    depth = 2 if location[0] in SUBTABLES else 1
    return tuple(str(part) for part in location[:depth])


def _complaint_at(place: tuple[str, ...], entry: Table, named: str) -> str:
    field, *keys = place
    if field not in entry:
        return missing(field, named)
    value = entry[field]
    if field in SUBTABLES:
        return of_subtable(field, value, keys, of_paper(named))
    return complaint(field, value, of_paper(named))


def _name_of(entry: Table) -> str:
    key = entry.get("key")
    return key if isinstance(key, str) and key else label_of(entry)


def _misplaced(found: Cut, lines: Lines) -> Iterator[_Wrong]:
    """Find papers that are not under `[[paper]]`."""
    for name, value in found.data.items():
        if name not in TABLES and means_paper(name, value):
            message = f"[[{name}]] means nothing here: write [[paper]] above each paper"
            yield _Wrong(Fault(lines.of_setting(name), message))
    papers = found.data.get("paper", [])
    if not isinstance(papers, list) or not all(isinstance(each, dict) for each in papers):
        message = f"paper {shown(papers)} is not a list of papers: write [[paper]] above each paper"
        if isinstance(papers, dict):
            message = "[paper] means nothing here: write [[paper]] above each paper"
        yield _Wrong(Fault(lines.of_setting("paper"), message))


def _same_keys(entries: Sequence[Table], lines: Lines) -> Iterator[_Wrong]:
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        key = entry.get("key")
        if not isinstance(key, str):
            continue
        first = seen.setdefault(key, index)
        if first != index:
            line = lines.of_paper(first, "key")
            message = f"key {quoted(key)} is that of the paper in line {line} too: change one"
            yield _Wrong(Fault(lines.of_paper(index, "key"), message), index)


def _invalid_papers(
    entries: Sequence[Table], keys: Sequence[str], lines: Lines
) -> Iterator[_Wrong]:
    for index, (entry, key) in enumerate(zip(entries, keys, strict=True)):
        try:
            Paper.model_validate({"key": key, **entry})
        except ValidationError as error:
            for place, message in complaints(error, entry).items():
                yield _Wrong(Fault(lines.of_paper(index, *place), message), index)


def _sound_settings(data: Table, lines: Lines) -> tuple[Table, list[_Wrong]]:
    """Return what stands beside the papers without what is wrong in it, and that."""
    data = dict(data)
    wrong = []
    for name in ("labs", "markdown", "check"):
        value = data.get(name, {})
        if not isinstance(value, dict):
            message = f"{name} {shown(value)} is not a table: write [{name}] on a line of its own"
            wrong.append(_Wrong(Fault(lines.of_setting(name), message)))
            del data[name]
    said = settings(data)
    while True:
        try:
            Catalogue.model_validate(said)
        except ValidationError as error:
            for place in {_place(each["loc"]) for each in error.errors(include_url=False)}:
                wrong.append(_wrong_setting(said, place, lines))
                _remove(said, place)
        else:
            return said, wrong


def _place(location: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return which value in the settings the error is about: an item of a list is the list."""
    depth = {"look": 2, "labs": 2, "looks": 3}.get(str(location[0]), 1)
    if location[1:2] == ("statuses",) or location[2:3] == ("statuses",):
        depth += 1
    return tuple(str(part) for part in location[:depth])


def _wrong_setting(said: Table, place: tuple[str, ...], lines: Lines) -> _Wrong:
    """Say what is wrong in the words of the file: `look` is its `[markdown]`."""
    value: object = said
    for part in place:
        value = cast("Table", value)[part]
    path = {
        "look": ("markdown", *place[1:]),
        "looks": ("markdown", *place[1:]),
        "files": ("markdown", "files"),
        "ignore": ("check", "ignore"),
        "distinct": ("check", "distinct"),
    }.get(place[0], place)
    *tables, name = path
    where = f" ([{'.'.join(tables)}])" if tables else ""
    if path[0] == "labs":
        message = (
            f"lab {quoted(name)} has {shown(value)} where its other names should be{where}: "
            'write a list of texts, such as Meta = ["Facebook", "FAIR"]'
        )
    else:
        message = complaint(name, value, where)
    return _Wrong(Fault(lines.of_setting(*path), message))


def _remove(said: Table, place: tuple[str, ...]) -> None:
    """Take one value out, in copies of the tables around it."""
    *tables, name = place
    for part in tables:
        inner = dict(cast("Table", said[part]))
        said[part] = inner
        said = inner
    said.pop(name, None)


def _touched(bad: Sequence[int], count: int, lines: Lines) -> set[int | None]:
    """Return which papers have one of the bad lines, given in order."""
    if not bad:
        return set()
    return {
        index
        for index in range(count)
        if (place := bisect_left(bad, lines.of_paper(index))) < len(bad)
        and bad[place] <= lines.last_of(index)
    }
