"""What a catalogue's text says beside its papers, changed key by key."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias, cast

import tomli

from papertrack.catalogue.pieces import PAPER, paper_starts
from papertrack.catalogue.reading import read
from papertrack.catalogue.sheet import Sheet
from papertrack.errors import PapertrackError
from papertrack.models import Catalogue
from papertrack.toml import Table
from papertrack.toml.arrays import respell
from papertrack.toml.splices import Splice, comments_above, insertion, removal, spliced
from papertrack.toml.statements import Statement, statements, under_headers
from papertrack.toml.values import TomlValue, spell, spell_key

Path: TypeAlias = tuple[str, ...]


def with_settings(
    sheet: Sheet, name: str, values: Mapping[str, TomlValue | None]
) -> Catalogue | None:
    """Set keys of a table in the sheet; return its settings then, None where nothing changes.

    `name` is `labs`, `markdown`, `markdown.NAME`, or empty for the top. Raises PapertrackError,
    the sheet unchanged, where the values are none that a catalogue can have.
    """
    table = tuple(part for part in name.split(".", 1) if part)
    values = {key: _listed(value) for key, value in values.items()}
    parts = [part for index, part in enumerate(sheet.parts) if not index or _has_others(part.text)]
    before = "".join((sheet.head, *(part.text for part in parts)))
    wanted = _wanted(before, table, values)
    after = with_values(before, table, values, sheet.newline)
    if after == before:
        return None
    said = _loaded(after)
    if _filled(said) != _filled(wanted) and repr(said) != repr(wanted):
        raise _refusal(table)
    reading = read(after)
    if reading.faults:
        raise PapertrackError(reading.faults[0].message)
    bounds = [*(paper_starts(after, len(parts)) or ()), len(after)]
    sheet.head = after[: bounds[0]]
    for part, (start, end) in zip(parts, pairwise(bounds), strict=True):
        part.text = after[start:end]
    return reading.catalogue


def _has_others(text: str) -> bool:
    """Say whether a paper's text may hold tables that are not the paper's."""
    return re.search(r"\n[ \t]*\[(?!\[?paper[\].])", text) is not None


def _listed(value: TomlValue | None) -> TomlValue | None:
    """Return the value as TOML's reader gives it: a list for each tuple."""
    if isinstance(value, Mapping):
        return {key: item for key, inner in value.items() if (item := _listed(inner)) is not None}
    return list(value) if isinstance(value, tuple) else value


def _wanted(text: str, table: Path, values: Mapping[str, TomlValue | None]) -> Table:
    """Return all that the text says once the values are set."""
    wanted = cast("Table", tomli.loads(text))
    inner: object = wanted
    for part in table:
        inner = inner.setdefault(part, {}) if isinstance(inner, dict) else None
    if not isinstance(inner, dict):
        raise _refusal(table)
    for key, value in values.items():
        inner[key] = value
        if value is None:
            del inner[key]
    return wanted


def _refusal(table: Path) -> PapertrackError:
    where = f"[{'.'.join(table)}]" if table else "the top of the catalogue"
    return PapertrackError(
        f"{where} is written in a form that papertrack does not edit: change it by hand"
    )


def _filled(table: Table) -> Table:
    """Return the table without tables that hold nothing: removing all of one may remove it."""
    inner = {
        key: _filled(value) if isinstance(value, dict) else value for key, value in table.items()
    }
    return {key: value for key, value in inner.items() if value != {}}


def _loaded(text: str) -> Table:
    try:
        return cast("Table", tomli.loads(text))
    except (ValueError, RecursionError):
        return {}


class _Setting(NamedTuple):
    path: Path
    table: Path
    """The table of the header above it."""
    statement: Statement


def with_values(
    text: str, table: Sequence[str], values: Mapping[str, TomlValue | None], newline: str
) -> str:
    """Return the text with these keys of a table set, or gone where the value is None.

    A table that is not there yet is written before the first paper. A new key directly behind
    one that goes takes its place and its comment: that is how a key is renamed.
    """
    edit = _Edit(text, newline)
    left = dict(values)
    for old, new in pairwise(values):
        value = values[new]
        if values[old] is None and value is not None and edit.rename((*table, old), new, value):
            del left[old], left[new]
    for key, value in left.items():
        edit.set((*table, key), value)
    return edit.result()


class _Edit:
    """What is to be changed in one text, collected and then done at once."""

    def __init__(self, text: str, newline: str) -> None:
        self._text = text
        self._newline = newline
        self._splices: list[Splice] = []
        self._inline: dict[Statement, dict[str, TomlValue]] = {}
        self._lines: dict[int, list[str]] = {}
        self._tables: dict[Path, list[str]] = {}
        self._first_paper: Statement | None = None
        self._settings: list[_Setting] = []
        for path, each in under_headers(statements(text)):
            if path[:1] != PAPER:
                table = path if each.header else path[: len(path) - len(each.path)]
                self._settings.append(_Setting(path, table, each))
            elif self._first_paper is None:
                self._first_paper = each

    def set(self, path: Path, value: TomlValue | None) -> None:
        """Change, add or remove what stands at the path."""
        below = [each for each in self._settings if each.path[: len(path)] == path]
        said = next((each for each in below if each.path == path and not _header(each)), None)
        around = next((each for each in self._settings if self._holds(each, path)), None)
        if said:
            self._replace(said.statement, value)
        elif around:
            self._set_inline(around, path, value)
        elif below and isinstance(value, Mapping):
            self._set_all(path, value, below)
        else:
            self._splices += [removal(self._text, each.statement) for each in below]
            if value is not None:
                self._insert(path, value)

    def rename(self, path: Path, name: str, value: TomlValue) -> bool:
        """Call the key at the path by another name, in its place; say whether that was possible."""
        said = [each for each in self._settings if each.path == path and not _header(each)]
        new = (*path[:-1], name)
        if not said or any(each.path[: len(new)] == new for each in self._settings):
            return False
        statement = said[0].statement
        self._splices.append(Splice(*statement.name, _dotted((*statement.path[:-1], name))))
        self._replace(statement, value)
        return True

    def result(self) -> str:
        """Return the changed text."""
        splices = [
            *self._splices,
            *(Splice(*each.value, spell(values)) for each, values in self._changed_inline()),
            *(insertion(self._text, *line, self._newline) for line in self._lines.items()),
        ]
        behind: dict[int, list[str]] = {}
        for table, lines in self._tables.items():
            place = self._place_of_table(table)
            behind.setdefault(place, []).extend(["", f"[{_dotted(table)}]", *lines])
        splices += [self._set_off(place, lines) for place, lines in behind.items()]
        return spliced(self._text, splices)

    def _replace(self, statement: Statement, value: TomlValue | None) -> None:
        if value is None:
            self._splices.append(removal(self._text, statement))
            return
        old = self._text[slice(*statement.value)]
        before = tomli.loads(f"value = {old}")["value"]
        if before == value:
            return
        new = spell(value)
        if isinstance(before, list) and isinstance(value, Sequence) and not isinstance(value, str):
            new = respell(old, before, [str(item) for item in value], self._newline)
        self._splices.append(Splice(*statement.value, new))

    @staticmethod
    def _holds(setting: _Setting, path: Path) -> bool:
        """Say whether it is an inline table that the path leads into."""
        return not _header(setting) and path[: len(setting.path)] == setting.path != path

    def _set_inline(self, around: _Setting, path: Path, value: TomlValue | None) -> None:
        values = self._inline.setdefault(around.statement, self._inline_table(around.statement))
        *tables, last = path[len(around.path) :]
        for table in tables:
            # checked in `_wanted`
            values = values.setdefault(table, {})  # type: ignore[assignment]
        if value is None:
            values.pop(last, None)
        else:
            values[last] = value

    def _inline_table(self, statement: Statement) -> dict[str, TomlValue]:
        text = self._text[slice(*statement.value)]
        return cast("dict[str, TomlValue]", tomli.loads(f"value = {text}")["value"])

    def _changed_inline(self) -> list[tuple[Statement, dict[str, TomlValue]]]:
        return [
            (each, values)
            for each, values in self._inline.items()
            if values != self._inline_table(each)
        ]

    def _set_all(
        self, path: Path, values: Mapping[str, TomlValue], below: Sequence[_Setting]
    ) -> None:
        there = {each.path[len(path)]: None for each in below if len(each.path) > len(path)}
        for key, value in {**there, **values}.items():
            self.set((*path, key), value)

    def _insert(self, path: Path, value: TomlValue) -> None:
        table = path[:-1]
        inside = [each for each in self._settings if each.table == table]
        dotted = [each for each in self._settings if each.path[:-1] == table and not _header(each)]
        if inside:
            self._add_line(inside[-1].statement.end, path[-1:], value)
        elif dotted:
            relative = path[len(dotted[-1].table) :]
            self._add_line(dotted[-1].statement.end, relative, value)
        elif table:
            self._tables.setdefault(table, []).append(f"{spell_key(path[-1])} = {spell(value)}")
        else:
            place = self._above(self._settings[0].statement if self._settings else None)
            self._add_line(place, path, value)

    def _add_line(self, place: int, key: Path, value: TomlValue) -> None:
        self._lines.setdefault(place, []).append(f"{_dotted(key)} = {spell(value)}")

    def _place_of_table(self, table: Path) -> int:
        related = [each for each in self._settings if each.table[:1] == table[:1]]
        return related[-1].statement.end if related else self._above(None)

    def _above(self, statement: Statement | None) -> int:
        """Return the place above a header and its comments, and above all papers."""
        found = [each for each in (statement, self._first_paper) if each]
        if not found:
            return len(self._text)
        below = min(each.start for each in found)
        ends = (each.statement.end for each in self._settings if each.statement.start < below)
        return comments_above(self._text, below, max(ends, default=0))

    def _set_off(self, place: int, lines: list[str]) -> Splice:
        """Put tables at the place, with a blank line before and behind."""
        before = self._text[:place].replace("\r", "")
        if not before.strip() or before.endswith("\n\n"):
            lines = lines[1:]
        behind = self._text[place : place + 2].lstrip("\r")
        if behind and not behind.startswith("\n"):
            lines = [*lines, ""]
        return insertion(self._text, place, lines, self._newline)


def _header(setting: _Setting) -> bool:
    return setting.statement.header


def _dotted(path: Path) -> str:
    return ".".join(map(spell_key, path))
