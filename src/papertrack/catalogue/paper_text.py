"""A catalogue's text paper by paper: put in, taken out, changed, and joined again.

The text of a paper goes from its `[[paper]]` header to the next one's; not all of it is its own.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import NamedTuple, TypeAlias, cast

from papertrack import toml
from papertrack.catalogue import PAPER, paper_starts
from papertrack.errors import PapertrackError
from papertrack.models import FIELDS, PROSE, SUBTABLES, Paper
from papertrack.patterns import pattern

Fields: TypeAlias = Mapping[str, toml.TomlValue]
"""Values by field name."""
Changes: TypeAlias = Mapping[str, toml.TomlValue | None]
"""New values by field name; None takes the field away."""

_RANK = {field: rank for rank, field in enumerate(FIELDS)}
_START = attrgetter("start")
_COMMENTS = pattern(r"(?:[ \t]*#[^\n]*(?:\n|\Z))*")
_BLANK_LINE = pattern(r"[ \t]*\r?\n")
_INDENTS = pattern(r"([ \t]*)[^\n]*(?:\n[ \t]*(?:#[^\n]*|\r)?(?=\n))*\n?([ \t]*)")
"""Before the header, and before the first field, which stands below comments perhaps."""


class Style(NamedTuple):
    """How a text is written where TOML leaves the choice."""

    newline: str = "\n"
    header_indent: str = ""
    indent: str = ""
    gap: int = 1
    """How many blank lines stand between papers."""


_OnOneLine = str | int | date


class SinglePaper(NamedTuple):
    """A text that holds one paper and nothing else."""

    leading_comments: str
    """The comments above its header."""
    text: str


def new_paper(fields: Fields, style: Style) -> str:
    """Return the text of a paper with these fields, in their order, with a last line end."""
    own = {name: fields[name] for name in FIELDS if name in fields}
    lines = [f"{style.header_indent}[[paper]]", *_lines(own, PROSE, style)]
    for name in SUBTABLES:
        values = fields.get(name)
        if isinstance(values, Mapping):
            lines += [f"{style.header_indent}[paper.{name}]", *_lines(values, values, style)]
    return "".join(line + style.newline for line in lines)


def _lines(values: Fields, on_lines: Container[str], style: Style) -> Iterator[str]:
    """Yield `key = value` for each, those that are named on several lines if they have them."""
    whole = {
        key: value
        for key, value in values.items()
        if isinstance(value, _OnOneLine) and not (key in on_lines and "\n" in str(value))
    }
    spelled = dict(zip(whole, toml.spell_pairs(whole), strict=True))
    for key, value in values.items():
        pair = spelled.get(key) or f"{toml.spell_key(key)} = {_spelled(value, style.newline)}"
        yield f"{style.indent}{pair}"


def _spelled(value: toml.TomlValue, newline: str, name: str = "notes") -> str:
    """Return a value as TOML, on several lines if it has them and its field may."""
    if isinstance(value, str) and "\n" in value and name in PROSE:
        return toml.spell_lines(value, newline)
    return toml.spell(value)


def single_paper(text: str, newline: str) -> SinglePaper:
    """Return a text that somebody wrote for one paper with this line end, and one at its end.

    Raises PapertrackError where it holds anything else.
    """
    text = text.replace("\r\n", "\n").strip("\n").replace("\n", newline) + newline
    listed = list(toml.statements(text))
    headers = [each for each in listed if each.header]
    if not listed or not listed[0].array or any(it.path[:1] != PAPER for it in headers):
        raise PapertrackError("this text holds more than a paper: keep its [[paper]], nothing else")
    if [each.path for each in headers if each.array].count(PAPER) != 1:
        raise PapertrackError("this text holds several papers: keep one [[paper]]")
    start = listed[0].start
    return SinglePaper(text[:start], text[start:])


def style_of(text: str, newline: str) -> Style:
    """Return how a paper is written, as a model for another; the text begins with its header."""
    return Style(newline, *_INDENTS.match(text).groups())  # type: ignore[union-attr]  # any text


def entry_of(text: str) -> toml.Table:
    """Return the fields in a text that begins with the header, whatever follows the paper."""
    own = "".join(text[start:end] for start, end in _ranges(text))
    return cast("list[toml.Table]", toml.loads(own)["paper"])[0]


def _below(text: str, end: int, *, last: bool) -> int:
    """Return where the comments end that begin here, unless they are directly above a header."""
    comments = _COMMENTS.match(text, end)
    below = comments.end() if comments else end
    if below == len(text):
        return below if last else end
    return below if _BLANK_LINE.match(text, below) else end


def leading_comments(before: str) -> str:
    """Return the comments at the end of the text that belong to the header directly below."""
    if toml.comments_above(before, len(before), 0) == len(before):
        return ""  # no comment ends the text, so that it is not to be cut into statements
    end = 0
    for statement in toml.statements(before):
        end = statement.end
    return before[toml.comments_above(before, len(before), end) :]


def changed(text: str, changes: Changes, newline: str) -> str:
    """Return the text with these fields changed and every other byte as it was."""
    fields = _fields(text)
    splices = [
        toml.Splice(
            *statement.value, _in_place(text[slice(*statement.value)], name, value, newline)
        )
        for name, value in changes.items()
        if value is not None and (statement := fields.get(name))
    ]
    asked = ((name, changes.get(name)) for name in FIELDS if name not in fields)
    new = {name: value for name, value in asked if value is not None}
    text = toml.spliced(text, [*splices, *_insertions(text, fields, new, newline)])
    # What goes, goes last: another field may have needed its line as a model, and places are new.
    fields = _fields(text)
    gone = [name for name, value in changes.items() if value is None and name in fields]
    text = toml.spliced(text, [toml.removal(text, fields[name]) for name in gone])
    for name in SUBTABLES:
        if name in changes:
            values = changes[name]
            text = _with_table(text, name, values if isinstance(values, Mapping) else {}, newline)
    return text


def _with_table(text: str, name: str, values: Fields, newline: str) -> str:
    """Return the text with a sub-table that holds these texts, gone where there is none."""
    header, pairs = toml.table_in(text, (*PAPER, name))
    if header is None:
        return _with_new_table(text, name, values, newline) if values else text
    # New lines first, so that a last line without an end keeps the others apart.
    splices = [
        toml.Splice(*pairs[key].value, _spelled(value, newline))
        for key, value in values.items()
        if key in pairs and toml.value_in(text[slice(*pairs[key].value)]) != value
    ]
    new = {key: value for key, value in values.items() if key not in pairs}
    if new:
        model = next(iter(pairs.values()), header)
        lines = [*_lines(new, new, Style(newline, "", text[model.start : model.name[0]]))]
        last = max(pairs.values(), key=_START, default=header)
        splices.append(toml.insertion(text, last.end, lines, newline))
    text = toml.spliced(text, splices)
    header, pairs = toml.table_in(text, (*PAPER, name))
    gone = [toml.removal(text, each) for key, each in pairs.items() if key not in values]
    # An empty table goes with the blank lines above it, which only set it off.
    if header and not values:
        above = text[: header.start]
        blank = len(above) - len(above.rstrip(" \t\r\n"))
        start = text.find("\n", header.start - blank) + 1 if blank else header.start
        gone.append(toml.removal(text, header)._replace(start=start))
    return toml.spliced(text, gone)


def _with_new_table(text: str, name: str, values: Fields, newline: str) -> str:
    """Return the text with a sub-table below the fields, above those that come after it."""
    later = SUBTABLES[SUBTABLES.index(name) + 1 :]
    below = [header.start for other in later if (header := toml.table_in(text, (*PAPER, other))[0])]
    if below:
        above = (each.end for each in toml.statements(text) if each.start < min(below))
        place = toml.comments_above(text, min(below), max(above))
    else:
        place = _below(text, _ranges(text)[0][1], last=False)
    style = style_of(text, newline)
    lines = [f"{style.header_indent}[paper.{name}]", *_lines(values, values, style)]
    return toml.spliced(text, [toml.insertion(text, place, lines, newline)])


def _in_place(old: str, name: str, value: toml.TomlValue, newline: str) -> str:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return _spelled(value, newline, name)
    return toml.respell(old, cast("list[str]", toml.value_in(old)), list(map(str, value)), newline)


def _insertions(
    text: str, fields: Mapping[str, toml.Statement], new: Fields, newline: str
) -> list[toml.Splice]:
    # A new field stands behind the last one that the written order puts before it, and is indented
    # and spaced like that; several behind one place go in together, since splices may not meet.
    header = next(toml.statements(text))
    below: dict[int, list[str]] = {}
    for name, value in new.items():
        earlier = [other for other in fields if _RANK[other] < _RANK[name]]
        place = fields[max(earlier, key=_RANK.__getitem__)] if earlier else header
        model = place if earlier else min(fields.values(), key=_START, default=header)
        line = _before_value(text, model, name) + _spelled(value, newline, name)
        below.setdefault(place.end, []).append(line)
    return [toml.insertion(text, place, lines, newline) for place, lines in below.items()]


def _before_value(text: str, model: toml.Statement, name: str) -> str:
    """Return what stands before the value, indented and spaced as in the other statement."""
    indent = text[model.start : model.name[0]]
    if model.header:
        return f"{indent}{name} = "
    spaces, _, behind = text[model.name[1] : model.value[0]].partition("=")
    if len(spaces) > 1:  # the signs stand below one another
        name = name.ljust(model.name[1] - model.name[0] + len(spaces) - 1)
        spaces = " "
    return f"{indent}{name}{spaces}={behind}"


def _fields(text: str) -> dict[str, toml.Statement]:
    """Return the statements of known fields, by name, up to the first header of a sub-table."""
    listed = toml.statements(text)
    next(listed)  # the header of the paper itself
    direct = takewhile(lambda statement: not statement.header, listed)
    return {each.path[0]: each for each in direct if len(each.path) == 1 and each.path[0] in _RANK}


def _ranges(text: str) -> list[tuple[int, int]]:
    """Return where the paper's own statements stand; more than one range if others interrupt."""
    ranges: list[tuple[int, int]] = []
    own = False
    for statement in toml.statements(text):
        if statement.header:
            goes_on = own
            own = statement.path[:1] == PAPER
            if own and not goes_on:
                ranges.append((statement.start, statement.end))
        if own:
            ranges[-1] = (ranges[-1][0], statement.end)
    return ranges


NOT_EDITED = "is written in a form that papertrack does not edit: change it by hand"


class FormError(PapertrackError):
    """Raised for text in a form of TOML that is read and not edited."""


class PaperText:
    """One paper, what TOML says of it, and the text from its header to the next paper's."""

    __slots__ = ("entry", "paper", "text")

    def __init__(self, paper: Paper, entry: toml.Table, text: str) -> None:
        """Hold all three, to be changed together."""
        self.paper = paper
        self.entry = entry
        self.text = text


class PaperTexts:
    """The parts of one valid text, in order, behind what stands before all papers."""

    def __init__(self, text: str, papers: Sequence[Paper], entries: Sequence[toml.Table]) -> None:
        """Cut the text; FormError for papers written in a form that is not edited."""
        starts = paper_starts(text, len(papers))
        if starts is None or len(starts) != len(papers):
            raise FormError(
                "papertrack reads papers written as paper = [{…}] and does not edit them: "
                "write each under a [[paper]] header"
            )
        bounds = [*starts, len(text)]
        self.newline = toml.newline_of(text)
        self.head = text[: bounds[0]]
        self.parts = [
            PaperText(paper, entry, text[start:end])
            for paper, entry, (start, end) in zip(papers, entries, pairwise(bounds), strict=True)
        ]

    @property
    def text(self) -> str:
        """The parts joined."""
        return "".join((self.head, *(part.text for part in self.parts)))

    def own_text(self, part: PaperText) -> str:
        """Return the paper's text with the comments above it that belong to it."""
        index = self.parts.index(part)
        return leading_comments(self._before(index)) + self._own_and_rest(index)[0]

    def take_out(self, part: PaperText) -> None:
        """Remove the paper and its comments; of the blank lines around it, one side stays."""
        index = self.parts.index(part)
        # Whatever else stands behind the paper, other tables and their comments, joins the text
        # before it; of the blank lines on either side those above stay.
        before = self._without_leading_comments(index)
        _, rest = self._own_and_rest(index)
        # the pattern matches an empty text too
        blank = rest[: _BLANK_LINES.match(rest).end()]  # type: ignore[union-attr]
        ends = index + 1 == len(self.parts) and blank == rest
        if ends:
            before = before[: len(before) - len(_trailing_blanks(before))]
        if ends or not before or _trailing_blanks(before):
            rest = rest[len(blank) :]
        self._set_before(index, before + rest)
        del self.parts[index]

    def style_behind(self, part: PaperText | None) -> Style:
        """Return how a paper behind another, or behind all, is to be written.

        That is as that one is written, and as far from it as that one from its neighbour.
        """
        index = len(self.parts) - 1 if part is None else self.parts.index(part)
        if index < 0:
            return Style(self.newline)
        style = style_of(self.parts[index].text, self.newline)
        neighbours = [other for other in (index, index + 1) if 0 < other < len(self.parts)]
        if not neighbours:
            return style
        above = self._without_leading_comments(neighbours[0])
        return style._replace(gap=_trailing_blanks(above).count("\n"))

    def put(
        self, paper: Paper, fields: Fields, after: PaperText | None, text: str, style: Style
    ) -> PaperText:
        """Put a new paper, written in this style, behind another or behind all."""
        index = len(self.parts) - 1 if after is None else self.parts.index(after)
        before = self._before(index + 1)
        end = len(before)
        if after is not None:
            # where the other ends, its sub-tables and the comments directly below included
            end = _below(before, _ranges(before)[-1][1], last=index + 1 == len(self.parts))
        before, rest = before[:end], before[end:]
        # A file that ends without a line's end goes on doing so: the end moves before the paper.
        if before and not before.endswith("\n"):
            before += style.newline
            text = text.removesuffix(style.newline)
        if before:
            missing = style.gap - _trailing_blanks(before).count("\n")
            before += style.newline * max(0, missing)
        self._set_before(index + 1, before)
        part = PaperText(paper, dict(fields), text + rest)
        self.parts.insert(index + 1, part)
        return part

    def exchange(self, part: PaperText, own: SinglePaper) -> None:
        """Put another text in the place of the paper's own."""
        index = self.parts.index(part)
        _, rest = self._own_and_rest(index)
        text = own.text
        if not rest and index + 1 == len(self.parts) and not part.text.endswith("\n"):
            text = text.removesuffix(self.newline)
        self._set_before(index, self._without_leading_comments(index) + own.leading_comments)
        part.text = text + rest

    def _own_and_rest(self, index: int) -> tuple[str, str]:
        """Return the paper's header, fields, sub-tables and comments, and what else there is.

        Joined they are the text, but where other tables stand between the paper and a sub-table.
        """
        text, last = self.parts[index].text, index + 1 == len(self.parts)
        ranges = [(start, _below(text, end, last=last)) for start, end in _ranges(text)]
        own = [text[start:end] for start, end in ranges]
        others = [text[end:start] for (_, end), (start, _) in pairwise(ranges)]
        return "".join(own), "".join((*others, text[ranges[-1][1] :]))

    def _before(self, index: int) -> str:
        return self.parts[index - 1].text if index else self.head

    def _set_before(self, index: int, text: str) -> None:
        if index:
            self.parts[index - 1].text = text
        else:
            self.head = text

    def _without_leading_comments(self, index: int) -> str:
        before = self._before(index)
        return before[: len(before) - len(leading_comments(before))]


_BLANK_LINES = pattern(r"(?:[ \t]*\r?\n)*(?:[ \t]+\Z)?")


def _trailing_blanks(text: str) -> str:
    """Return the blank lines at the end of a text that ends with a line end, or is empty."""
    body = text.rstrip(" \t\r\n")
    if not body:
        return text
    end = text.find("\n", len(body)) + 1
    return text[end:] if end else ""
