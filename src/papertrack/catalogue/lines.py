"""Where in a catalogue's text its papers, fields and settings stand, and which it cannot know.

The text is cut into sections at the headers of its papers, whether it is valid or broken. What git
leaves of a conflict is known here too, for every text in which there may be some.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, cast

from papertrack.catalogue import (
    BAD_BYTE,
    LIKE_PAPER,
    PAPER,
    TABLES,
    is_look,
    keys_of,
    means_paper,
    paper_starts,
)
from papertrack.models import FIELDS, SUBTABLES, Look
from papertrack.patterns import pattern
from papertrack.status import Status
from papertrack.toml import BOM, Table, loads, statements, under_headers

_OF_PAPER = {*FIELDS, *SUBTABLES}
_BLANK = pattern(r"(?:[ \t]*+(?:#[^\n]*+)?\n)*")
"""Blank lines and comments."""
_PAPER_HEADER = r"""\[\[[ \t]*["']?[Pp]apers?["']?[ \t]*\]\]"""
_TABLE_HEADER = r"\[[ \t]*(?:labs|check|markdown(?:[ \t]*\.[^\]\n]*)?)[ \t]*\]"
_BEGINS = pattern(
    rf"^[ \t]*(?:{_PAPER_HEADER}|{_TABLE_HEADER})[ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE
)
_OPENS_LINES = pattern(r"""(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*[^\n=]*=[ \t]*+(\"{3}|'{3})""")
KEEP_ONE = "keep one side and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
"""What to do about a conflict that git left."""
# Git's lines have 7 signs, or as many as the attribute `conflict-marker-size` says; in the merge
# base that diff3 shows, a conflict within has longer ones.
_MARKER = pattern(r"(?P<run><{7,}|\|{7,}|>{7,})(?: .*)?|(?P<middle>={7,})")


class Section(NamedTuple):
    """Some text of a catalogue and the papers in it."""

    text: str
    line: int
    """Where it begins, from 1."""
    entries: list[Table]
    """The papers in it as TOML gives them, in order."""


class Breach(NamedTuple):
    """Why a section cannot be read."""

    line: int
    """Where, from 1, in the whole text."""
    reason: str
    """What TOML's reader says, without the place."""
    text: str
    """What the text of the section holds before."""


class Spoiled(NamedTuple):
    """Lines that cannot be taken as they are, whatever the text says."""

    first: int
    """From 1."""
    last: int
    message: str


class Cut(NamedTuple):
    """A text told apart."""

    data: Table
    """All that could be read: tables by name, and the papers under `paper`."""
    sections: list[Section]
    breaches: list[Breach]
    spoiled: list[Spoiled]
    """Bytes that are not UTF-8, conflicts that git left; in `sections` these are blank."""
    text: str
    """The text without its BOM and what spoils it, line for line."""

    @property
    def entries(self) -> list[Table]:
        """The papers that are tables at least, in order."""
        return [entry for section in self.sections for entry in section.entries]


class Hunk(NamedTuple):
    """A conflict that git left in a text; lines count from 0."""

    start: int
    """Its first marker."""
    ours: range
    theirs: range
    end: int
    """Behind its last marker."""


class UnknownKey(NamedTuple):
    """One key and where it stands."""

    line: int
    """From 1."""
    where: str
    """`paper "llama"`, `[markdown]` or, at the top, `the catalogue`."""
    key: str


class Lines:
    """The lines of one text, looked up section by section when they are asked for."""

    def __init__(self, sections: Sequence[Section], keys: Iterable[str]) -> None:
        """Take the text in sections and the key of each paper in them, in order."""
        self._sections = sections
        self._places = [
            (place, number)
            for place, each in enumerate(sections)
            for number in range(len(each.entries))
        ]
        self._seen: dict[int, list[dict[tuple[str, ...], int]]] = {}
        self._index: dict[str, int] = {}
        for index, key in enumerate(keys):
            self._index.setdefault(key, index)

    def of(self, key: str, field: str | None = None) -> int:
        """Return the line of a paper's header, or of its field where it has that; from 1.

        Raises KeyError for a key that no paper has.
        """
        return self.of_paper(self._index[key], *([field] if field else ()))

    def of_paper(self, index: int, *field: str) -> int:
        """Return the line of a paper by its place in the catalogue: of a field, of its header.

        A field may be a sub-table with one of its keys.
        """
        place, number = self._places[index]
        lines = self._lines_of(place)
        if number >= len(lines):
            return self._sections[place].line
        begun = (field[:depth] for depth in range(len(field), -1, -1))
        return next(lines[number][each] for each in begun if each in lines[number])

    def last_of(self, index: int) -> int:
        """Return the last line of the section that holds a paper, comments below aside."""
        section = self._sections[self._places[index][0]]
        end = max((each.end for each in statements(section.text)), default=0)
        return section.line + section.text[:end].rstrip("\r\n").count("\n")

    def of_setting(self, *path: str) -> int:
        """Return the line where a table or a key of it begins: `of_setting("labs", "Meta")`.

        Where it is not said, of the nearest table around it.
        """
        begun = (path[:depth] for depth in range(len(path), 0, -1))
        return next((self._settings[each] for each in begun if each in self._settings), 1)

    @cached_property
    def _settings(self) -> dict[tuple[str, ...], int]:
        lines: dict[tuple[str, ...], int] = {}
        for section in self._sections:
            for path, line in _lines(section):
                depths = 1 if path[:1] == PAPER else len(path)
                for depth in range(1, depths + 1):
                    lines.setdefault(path[:depth], line)
        return lines

    def _lines_of(self, place: int) -> list[dict[tuple[str, ...], int]]:
        """Return the lines of each paper in a section by field, that of its header by ()."""
        if place not in self._seen:
            papers: list[dict[tuple[str, ...], int]] = []
            for path, line in _lines(self._sections[place], headers=True):
                if path == PAPER:
                    papers.append({(): line})
                elif papers and path[:1] == PAPER:
                    for depth in range(2, len(path) + 1):
                        papers[-1].setdefault(path[1:depth], line)
            self._seen[place] = papers
        return self._seen[place]


def cut(text: str) -> Cut:
    """Cut the text at its papers; a broken one where a paper or a known table seems to begin.

    Lone surrogates in it stand for bytes that are not UTF-8.
    """
    text, spoiled = _without_spoiled(text.removeprefix(BOM))
    try:
        data = loads(text)
    except ValueError as error:
        data, sections, breaches = _cut_broken(text)
        if not breaches:
            breaches.append(_breach(error, text, 1))
        return Cut(data, sections, breaches, spoiled, text)
    papers = data.get("paper")
    entries = cast("list[Table]", papers) if isinstance(papers, list) else []
    sections = [_only_tables(each) for each in _cut_valid(text, entries)]
    return Cut(data, sections, [], spoiled, text)


def is_marker(line: str) -> bool:
    """Say whether the line is one that git puts around the sides of a conflict."""
    return line[:1] in {*"<|=>"} and _MARKER.fullmatch(line.rstrip("\r\n")) is not None


def locate(text: str) -> Lines:
    """Return where the papers of the text stand, broken or not."""
    whole = cut(text)
    return Lines(whole.sections, keys_of(whole.entries))


def unknown_keys(text: str, data: Table | None = None) -> list[UnknownKey]:
    """Return the keys that papertrack does not know, by line; it keeps them as they are.

    `data` is what TOML says of the text, where that was read already.
    """
    entries = data.get("paper", []) if data else []
    papers = entries if isinstance(entries, list) else []
    strange = any(isinstance(it, dict) and it.keys() - _OF_PAPER for it in papers)
    if data and not strange and not any(_unknown_settings(data)):
        return []
    whole = cut(text)
    keys = keys_of(whole.entries)
    lines = Lines(whole.sections, keys)
    unknown = [
        UnknownKey(lines.of_paper(index, name), f'paper "{key}"', name)
        for index, (entry, key) in enumerate(zip(whole.entries, keys, strict=True))
        for name in entry.keys() - _OF_PAPER
    ]
    for *tables, name in _unknown_settings(whole.data):
        where = f"[{'.'.join(tables)}]" if tables else "the catalogue"
        unknown.append(UnknownKey(lines.of_setting(*tables, name), where, name))
    return sorted(unknown)


def _lines(section: Section, *, headers: bool = False) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the path of each statement with its line; with `headers`, no `paper = […]`."""
    line, place = section.line, 0
    for path, statement in under_headers(statements(section.text)):
        line += section.text.count("\n", place, statement.start)
        place = statement.start
        if not (headers and path == PAPER and not statement.array):
            yield path, line


def _unknown_settings(data: Table) -> Iterator[tuple[str, ...]]:
    for name in data.keys() - TABLES:
        if not means_paper(name, data[name]):  # that is a fault
            yield (name,)
    for name in _table(data, "check").keys() - {"ignore", "distinct"}:
        yield "check", name
    markdown = _table(data, "markdown")
    looks = {name: _table(markdown, name) for name in markdown if is_look(name, markdown[name])}
    for path, look in [((), markdown), *(((name,), look) for name, look in looks.items())]:
        known = {*Look.model_fields, *({"files", *looks} if look is markdown else ())}
        for name in look.keys() - known:
            yield "markdown", *path, name
        for name in _table(look, "statuses").keys() - set(Status):
            yield "markdown", *path, "statuses", name


def _table(data: Table, name: str) -> Table:
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def _cut_valid(text: str, entries: list[Table]) -> list[Section]:
    starts = paper_starts(text, len(entries))
    if starts is None:
        begin = next(each.start for each in statements(text) if each.path[:1] == PAPER)
        return [Section(text[begin:], 1 + text.count("\n", 0, begin), entries)]
    if len(starts) != len(entries):  # a form of TOML that is read, though not told apart
        return [Section(text, 1, entries)]
    bounds = [*starts, len(text)]
    sections = [Section(text[: bounds[0]], 1, [])]
    line = 1 + sections[0].text.count("\n")
    for (start, end), entry in zip(pairwise(bounds), entries, strict=True):
        sections.append(Section(text[start:end], line, [entry]))
        line += text.count("\n", start, end)
    return sections


def _only_tables(section: Section) -> Section:
    """Return the section without papers that are not even tables: `paper = [1]`."""
    entries: list[object] = [*section.entries]
    return section._replace(entries=[each for each in entries if isinstance(each, dict)])


def _cut_broken(text: str) -> tuple[Table, list[Section], list[Breach]]:
    """Read each section alone, so that what is broken in one spares the others."""
    data: Table = {}
    sections: list[Section] = []
    breaches: list[Breach] = []
    starts = [0, *(match.start() for match in _BEGINS.finditer(text))]
    line = 1
    end = 0
    for at, start in enumerate(starts):
        if start < end:  # a line like a header, inside a text of the section before
            continue
        end = starts[at + 1] if at + 1 < len(starts) else len(text)
        # A text on lines may hold what looks like a header. If the section breaks in such a text,
        # it is read once more up to the first beginning behind its quotes; if that reads, it was.
        tables, error = _loaded(text[start:end])
        if error and (longer := _end_of_text(text, start, end)) > end:
            further = next((each for each in starts if each >= longer), len(text))
            whole, still = _loaded(text[start:further])
            if still is None:
                tables, error, end = whole, None, further
        own = text[start:end]
        if error:
            breaches.append(_breach(error, own, line))
        papers = tables.get("paper")
        entries = papers if isinstance(papers, list) else []
        sections.append(_only_tables(Section(own, line, entries)))
        _merge(data, {**tables, "paper": [*entries]})
        line += own.count("\n")
    return data, sections, breaches


def _loaded(text: str) -> tuple[Table, ValueError | None]:
    try:
        return loads(text), None
    except ValueError as error:
        return {}, error


def _end_of_text(text: str, start: int, end: int) -> int:
    """Return where a text on lines ends that begins in the section and goes on behind its end."""
    broken = start
    for statement in statements(text[start:end]):
        broken = start + statement.end
    opening = _OPENS_LINES.match(text, broken, end)
    if opening is None:
        return end
    close = text.find(opening[1], opening.end())
    return end if close < 0 else close + len(opening[1])


def _merge(into: Table, data: Table) -> None:
    for key, value in data.items():
        known = into.setdefault(key, value)
        if known is value:
            continue
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            known += value


def _breach(error: ValueError, text: str, first: int) -> Breach:
    """Find the line: where the first statement begins that is not whole, else what TOML says.

    TOML's reader names the end of the file for a text that is not closed, and a wrong name before
    a wrong value further up.
    """
    # Two answers: where our own statements end, and what the reader says. The reader is trusted
    # unless it is further down, where it has read on beyond a quote or bracket left open.
    end = 0
    for statement in statements(text):
        end = statement.end
    end += len(_BLANK.match(text, end)[0])  # type: ignore[index]  # it matches an empty text too
    place = _placed(error)
    if place is None:  # the reader does not say where: the first statement wrong by itself, then
        starts = (it.start for it in statements(text) if _loaded(text[it.start : it.end])[1])
        place = text.count("\n", 0, next(starts, 0)) + 1, str(error)
        end = len(text)
    line, reason = place
    broken = text.count("\n", 0, end) + 1
    if broken < line and end < len(text.rstrip()):
        # Our place, then; the line alone often has a better reason than the whole text had.
        _, alone = _loaded(text[end : text.find("\n", end) if "\n" in text[end:] else len(text)])
        line, reason = broken, (_placed(alone) or (0, reason))[1] if alone else reason
    line = min(line, 1 + text.rstrip().count("\n"))
    return Breach(first + line - 1, reason, "\n".join(text.split("\n")[: line - 1]))


def _placed(error: ValueError) -> tuple[int, str] | None:
    """Return the line and the reason in the message of TOML's reader."""
    match = re.fullmatch(r"(.*?),? at line ([0-9]+) column [0-9]+", str(error), re.DOTALL)
    return (int(match[2]), match[1]) if match else None


def _without_spoiled(text: str) -> tuple[str, list[Spoiled]]:
    """Return the text with bad bytes replaced and the markers of conflicts blank, and where."""
    if "<<<<<<< " not in text and _is_utf8(text):  # nearly all: no need to look at each line
        return text, []
    lines = text.split("\n")
    spoiled = [Spoiled(hunk.start + 1, hunk.end, _conflict(lines, hunk)) for hunk in hunks(lines)]
    for conflict in spoiled:
        for index in range(conflict.first - 1, conflict.last):
            if is_marker(lines[index]):
                lines[index] = ""
    for index, line in enumerate(lines):
        bad = None if line.isascii() else BAD_BYTE.search(line)
        if bad:
            lines[index] = BAD_BYTE.sub("\ufffd", line)
            message = (
                f"this line is not UTF-8 (byte {ord(bad[0]) & 0xFF:02x}): "
                "save the file as UTF-8, or write the line again"
            )
            spoiled.append(Spoiled(index + 1, index + 1, message))
    return "\n".join(lines), spoiled


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def hunks(lines: Sequence[str]) -> Iterator[Hunk]:
    """Yield the conflicts from `<<<<<<<` over `=======` to `>>>>>>>`, the base aside."""
    start = base = middle = None
    size = 0
    for at, line in enumerate(lines):
        marker = _MARKER.fullmatch(line.rstrip("\r\n")) if line[:1] in {*"<|=>"} else None
        if marker is None:
            continue
        # All lines of a conflict have the same number of signs: others between them are its text.
        sign, length = line[0], len(marker["run"] or marker["middle"])
        if sign == "<" and (start is None or length == size):
            start, base, middle, size = at, None, None, length
        elif start is None or length != size:
            continue
        elif sign == "|" and base is None and middle is None:
            base = at
        elif sign == "=" and middle is None:
            middle = at
        elif sign == ">" and middle is not None:
            ours = range(start + 1, middle if base is None else base)
            yield Hunk(start, ours, range(middle + 1, at), at + 1)
            start = None


def _conflict(lines: Sequence[str], hunk: Hunk) -> str:
    """Return what to do: both sides stay where each holds papers of its own."""
    sides = [[lines[at] for at in side] for side in (hunk.ours, hunk.theirs)]
    advice = KEEP_ONE
    if all(any(it.startswith("key = ") or LIKE_PAPER.match(f"\n{it}") for it in s) for s in sides):
        advice = (
            "to keep the papers of both sides, delete only the lines that begin with "
            "<<<<<<<, ======= and >>>>>>>, and write [[paper]] above each paper"
        )
        if hunk.ours.stop + 1 < hunk.theirs.start:
            advice += "; what stands from ||||||| to ======= is the old text, delete it"
    return f"a conflict that git left, up to line {hunk.end}: {advice}"
