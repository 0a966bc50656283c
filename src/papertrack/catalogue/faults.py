"""What is wrong with a catalogue's text, all at once, each with its line and what to write."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple, cast

from pydantic import ValidationError

from papertrack.catalogue import PAPER, TABLES, ParsedCatalogue, keys_of, means_paper, settings
from papertrack.catalogue.lines import Breach, Cut, Lines, cut, is_marker
from papertrack.errors import Fault, on_one_line
from papertrack.folding import nearest
from papertrack.models import DATES, LISTS, SUBTABLES, Catalogue, Headings, Paper
from papertrack.status import Status, status_of
from papertrack.toml import Table, spell, spell_key, statements, value_in

_LISTS = (*LISTS, "columns", "headers", "align", "files", "ignore")
_LONGEST = 40

# What TOML's reader says, where it is not clear by itself: how it begins, what is wrong in other
# words (none where its own will do), and what to do.
_ADVICE = (
    ("invalid basic string, expected non", "a control character stands in this text",
     "write it as \\u001b between double quotes, or leave it out"),
    ("invalid multi-line basic string, expected non", "a control character stands in this text",
     "write it as \\u001b between double quotes, or leave it out"),
    ("invalid basic string", "this text is not closed",
     'end it with ", or put """ around text of several lines'),
    ("invalid literal string", "this text is not closed", "end it with the ' that it begins with"),
    ("invalid multi-line", "this text is not closed", "end it with the quotes that it begins with"),
    ("missing escaped value", "a backslash stands in this text",
     "write two of them, or put single quotes around the text"),
    ("invalid comment character", "a control character stands in this comment", "leave it out"),
    ("carriage return", "a line ends in a way that TOML does not know",
     "save the file with LF or CRLF"),
    ("duplicate key", "this is there twice", "keep one of the two, or put them together"),
    ("cannot recurse", "lists are nested too deep", "keep to a few levels"),
    ("recursion limit", "a name has too many parts", "keep to a few levels"),
    ("integer number overflowed", "a number has too many digits", "put text in quotes"),
    ("unclosed array table", "this header is not closed", "write [[paper]]"),
    ("unclosed table", "this header is not closed", "write [[paper]]"),
    ("unclosed array", "this list is not closed", 'end it with ], such as ["rlhf", "llm"]'),
    ("unclosed inline table", "this table is not closed", "end it with }"),
    ("string values must be quoted", None,
     'put text in quotes, such as "LLaMA", and write a date as 2023-03-01'),
    ("invalid date", None, "write one such as 2023-03-01"),
    ("", None, 'write a field as name = "LLaMA", and a comment behind #'),
)  # fmt: skip


class _Wrong(NamedTuple):
    fault: Fault
    paper: int | None = None
    """The index of the paper that is not whole because of it."""


def explain(text: str) -> ParsedCatalogue:
    """Return the papers that are whole, and the faults of the text, by line."""
    whole = cut(text)
    entries = whole.entries
    keys = keys_of(entries)
    lines = Lines(whole.sections, keys)
    rows = whole.text.split("\n")
    wrong = [_Wrong(_of_syntax(each, rows[each.line - 1])) for each in whole.breaches]
    wrong += _misplaced(whole, lines)
    wrong += _same_keys(entries, lines)
    wrong += _invalid_papers(entries, keys, lines)
    sound, of_settings = _sound_settings(whole.data, lines)
    wrong += of_settings
    # A line that is spoiled is one fault, whatever else it breaks; its paper is not whole.
    bad = sorted({line for each in whole.spoiled for line in range(each.first, each.last + 1)})
    excused = set(bad)
    lost = {each.paper for each in wrong} | _touched(bad, len(entries), lines)
    papers = tuple(
        {**entry, "key": keys[index]} for index, entry in enumerate(entries) if index not in lost
    )
    faults = {each.fault for each in wrong if each.fault.line not in excused}
    faults |= {Fault(each.first, each.message) for each in whole.spoiled}
    catalogue = Catalogue.model_validate({**sound, "papers": papers})
    return ParsedCatalogue(catalogue, tuple(sorted(faults)), {})


def complaints(error: ValidationError, entry: Table) -> dict[tuple[str, ...], str]:
    """Return why a paper with these fields is none: a sentence by the place of what is wrong.

    That is a field, or a key of a sub-table.
    """
    named = _name_of(entry)
    locations = [each["loc"] for each in error.errors(include_url=False)]
    places = [tuple(map(str, it[: 2 if it[0] in SUBTABLES else 1])) for it in locations]
    return {place: _complaint_at(place, entry, named) for place in places}


def _complaint_at(place: tuple[str, ...], entry: Table, named: str) -> str:
    field, *keys = place
    if field not in entry:
        name = f"paper {_quoted(named)}" if named else "this paper"
        return f'{name} has no {field}: write {field} = "…"'
    value = entry[field]
    if field in SUBTABLES:
        return _of_subtable(field, value, keys, _of_paper(named))
    return _complaint(field, value, _of_paper(named))


def _name_of(entry: Table) -> str:
    """Return what a paper is called in a message; nothing where it has no name."""
    names = map(entry.get, ("key", "name", "title"))
    return next((text for text in names if text and isinstance(text, str)), "")


def _misplaced(whole: Cut, lines: Lines) -> Iterator[_Wrong]:
    """Find papers that are not under `[[paper]]`."""
    for name, value in whole.data.items():
        if name not in TABLES and means_paper(name, value):
            message = f"[[{name}]] means nothing here: write [[paper]] above each paper"
            yield _Wrong(Fault(lines.of_setting(name), message))
    papers = whole.data.get("paper", [])
    if not isinstance(papers, list) or not all(isinstance(each, dict) for each in papers):
        what = f"paper {_spelled(papers)} is not a list of papers"
        what = "[paper] means nothing here" if isinstance(papers, dict) else what
        yield _Wrong(Fault(lines.of_setting("paper"), f"{what}: write [[paper]] above each paper"))


def _same_keys(entries: Sequence[Table], lines: Lines) -> Iterator[_Wrong]:
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        key = entry.get("key")
        if not isinstance(key, str):
            continue
        first = seen.setdefault(key, index)
        if first != index:
            line = lines.of_paper(first, "key")
            message = f"key {_quoted(key)} is that of the paper in line {line} too: change one"
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
            what = f"{name} {_spelled(value)} is not a table"
            message = f"{what}: write [{name}] on a line of its own"
            wrong.append(_Wrong(Fault(lines.of_setting(name), message)))
            del data[name]
    values = settings(data)
    # What validation names is taken out, and the rest validated again, until all of it is sound:
    # the whole papers are shown with the settings that can be read.
    while True:
        try:
            Catalogue.model_validate(values)
        except ValidationError as error:
            for place in {_place(each["loc"]) for each in error.errors(include_url=False)}:
                wrong.append(_wrong_setting(values, place, lines))
                _remove(values, place)
        else:
            return values, wrong


def _place(location: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return which value in the settings the error is about: an item of a list is the list."""
    depth = {"look": 2, "labs": 2, "looks": 3}.get(str(location[0]), 1)
    if location[1:2] == ("statuses",) or location[2:3] == ("statuses",):
        depth += 1
    return tuple(str(part) for part in location[:depth])


def _wrong_setting(values: Table, place: tuple[str, ...], lines: Lines) -> _Wrong:
    """Say what is wrong in the words of the file: `look` is its `[markdown]`."""
    value: object = values
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
            f"lab {_quoted(name)} has {_spelled(value)} where its other names should be{where}: "
            'write a list of texts, such as Meta = ["Facebook", "FAIR"]'
        )
    else:
        message = _complaint(name, value, where)
    return _Wrong(Fault(lines.of_setting(*path), message))


def _remove(table: Table, place: tuple[str, ...]) -> None:
    """Take one value out, in copies of the tables around it."""
    *tables, name = place
    for part in tables:
        inner = dict(cast("Table", table[part]))
        table[part] = inner
        table = inner
    table.pop(name, None)


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


def _of_syntax(breach: Breach, line: str) -> Fault:
    """Return what TOML could not read, in words that tell what to do; `line` is its text."""
    what, advice = next(
        (words or breach.reason.partition(",")[0], advice)
        for start, words, advice in _ADVICE
        if breach.reason.startswith(start)
    )
    if is_marker(line):
        what, advice = "a marker of a conflict that git left", "keep one side and delete the marker"
    elif line.partition("#")[0].rstrip().endswith("="):
        what, advice = "nothing stands behind this =", "write a value there, or delete the line"
    bare = line.lstrip(" \t[")
    # Another header, or half a conflict, ends the paper before it.
    between = is_marker(line) or (bare != line.lstrip() and not bare.startswith("paper."))
    paper = "" if between else _of_paper(_paper_before(breach.text))
    return Fault(breach.line, f"{what}{paper}: {advice}")


def _paper_before(text: str) -> str:
    """Return what the last paper in the text is called, as far as it can be read."""
    entry = dict[str, object]()
    named = False
    for statement in statements(text):
        if statement.header:
            entry.clear()
            named = statement.path == PAPER
        elif named and statement.path[0] in {"key", "name", "title"}:
            with suppress(ValueError):
                entry[statement.path[0]] = value_in(text[slice(*statement.value)])
    return _name_of(entry)


def _complaint(field: str, value: object, where: str) -> str:
    """Return why the value is none for the field, and what to write; `where` follows the fault."""
    if isinstance(value, list):
        value = next((item for item in value if not isinstance(item, str)), value)
        if field in _LISTS:
            return f"{field} holds {_spelled(value)}{where}, which is not text: put it in quotes"
    if field in _WRITE:
        noun, advise = _WRITE[field]
        advice = advise(value)
    elif field in _LISTS:
        noun, advice = "a list of texts", f'write {field} = ["…", "…"]'
        if isinstance(value, str) and len(value) <= _LONGEST:
            advice = f"write {field if field.isidentifier() else spell(field)} = [{spell(value)}]"
    else:
        noun, advice = "text", _right_text(field, value)
    return f"{field} {_spelled(value)} is not {noun}{where}: {advice}"


def _of_subtable(table: str, value: object, keys: Sequence[str], where: str) -> str:
    """Return why `[paper.columns]` and the like are no texts by key, and what to write."""
    if keys and isinstance(value, Mapping):
        key, text = spell_key(keys[0]), value[keys[0]]
        return f"{key} {_spelled(text)} is not text{where}: {_right_text(key, text)}"
    return (
        f'{table} {_spelled(value)} is not a table{where}: write [paper.{table}] above Name = "…"'
    )


def _of_paper(paper: str) -> str:
    return f" (paper {_quoted(paper)})" if paper else ""


def _quoted(text: str) -> str:
    return f'"{on_one_line(text, _LONGEST)}"'


def _spelled(value: object) -> str:
    """Return the value as it is written, short, for a message."""
    match value:
        case str():
            return _quoted(value)
        case Mapping():
            return "(a table)"
        case list() | tuple():
            return "(a list)"
        case bool() | int() | float() | date():
            return _quoted(spell(value))[1:-1]
    return _quoted(str(value))[1:-1]


def _right_status(value: object) -> str:
    if isinstance(value, str):
        close = status_of(value) or next(iter(nearest(value, list(Status), most=1)), None)
        if close:
            return f"did you mean {close}?"
    return f"write {_one_of(Status)}"


def _one_of(words: type[Status | Headings]) -> str:
    *most, last = (word.value for word in words)
    return f"{', '.join(most)} or {last}"


def _right_date(value: object) -> str:
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError:
        return "write one such as 2023-03-01, without quotes"
    return f"write {day}, without quotes or time"


def _right_text(field: str, value: object) -> str:
    if isinstance(value, bool | int | float | date):
        return f'put it in quotes: {field} = "{_quoted(spell(value))[1:-1]}"'
    return f'write {field} = "…"'


_WRITE: dict[str, tuple[str, Callable[[object], str]]] = {
    "year": ("a year", lambda _: "write a number such as 2023"),
    "priority": ("a priority", lambda _: "write a number from 1 (first) to 5"),
    "status": ("a status", _right_status),
    "headings": ("a way to show groups", lambda _: f"write {_one_of(Headings)}"),
    "distinct": (
        "a list of lists of keys",
        lambda _: 'write distinct = [["deep-learning", "deep-learning-2"]]',
    ),
    **dict.fromkeys(DATES, ("a date", _right_date)),
}
"""What the value of a field should be, and what to write in place of a wrong one."""
