"""Tables that become blocks, and markers that change."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from papertrack import query
from papertrack.blocks.conflicts import find
from papertrack.blocks.differences import cells_in
from papertrack.blocks.markers import END, enclosed, marker
from papertrack.blocks.rendering import render
from papertrack.blocks.views import DELIMITER_LINE, alignment_of
from papertrack.errors import PapertrackError
from papertrack.markdown.writing import DELIMITERS
from papertrack.models import Catalogue

_LINE_END = re.compile(r"\r\n|\r|\n")


class TablePlace(NamedTuple):
    """Lines of a Markdown text that are to become a block."""

    first: int
    """The table's header, from 1."""
    last: int
    look: str | None
    query: str


def wrap(
    text: str, places: Iterable[TablePlace], catalogue: Catalogue, *, where: str, today: date
) -> str:
    """Return the text with a block of the catalogue's in the place of each table.

    PapertrackError where a block cannot stand: in a list or a quotation.
    """
    ends = [line_end.end() for line_end in _LINE_END.finditer(text)]
    starts = [0, *ends, len(text)]
    inside = enclosed(text)
    pieces: list[str] = []
    alignments: dict[int, str] = {}
    at = 0
    for place in sorted(places, key=lambda place: place.first):
        start, end = starts[place.first - 1], starts[min(place.last, len(starts) - 1)]
        if any(place.first in lines for lines in inside):
            message = "this table stands in a list or a quotation, where a block cannot be"
            raise PapertrackError(f"{where}:{place.first}: {message}: move it out of there")
        newline = _newline(text[start:end]) or _newline(text) or "\n"
        lines = (marker(place.query, place.look), END)
        ended = _newline(text[start:end][-2:])
        if delimiter := _aligned(text[start:end]):
            before = sum(map(len, pieces)) + start - at
            alignments[before + len(lines[0]) + len(newline)] = delimiter
        pieces += (text[at:start], newline.join(lines), ended)
        at = end
    pieces.append(text[at:])
    whole = "".join(pieces)
    numbers = [at for at, block in enumerate(find(whole, where)) if block.start in alignments]
    rendered = render(whole, catalogue, where=where, today=today).text
    made = find(rendered, where)
    for number, delimiter in zip(reversed(numbers), reversed(alignments.values()), strict=True):
        block = made[number]
        table = DELIMITER_LINE.sub(delimiter, rendered[block.start : block.end])
        rendered = rendered[: block.start] + table + rendered[block.end :]
    return rendered


def _aligned(table: str) -> str:
    """Return the delimiter row of a table whose columns are aligned; "" where none is."""
    lines = table.splitlines()[:2]
    width = len(cells_in(lines[-1]))
    align = alignment_of(table, width) if len(lines) > 1 else ()
    return f"| {' | '.join(DELIMITERS[word] for word in align)} |" if align else ""


def retagged(text: str, old: str, new: str, *, where: str) -> str:
    """Return the text with the tag renamed in every block's query; every other byte stays.

    `where` is the file as a person would type it. Raises PapertrackError for broken markers.
    """
    for block in reversed(find(text, where)):
        wanted = query.with_tag_renamed(block.query, old, new)
        if wanted != block.query:
            end = block.start - len(block.newline)
            start = text.rfind("\n", 0, end) + 1
            text = text[:start] + marker(wanted, block.look) + text[end:]
    return text


def _newline(text: str) -> str:
    line_end = _LINE_END.search(text)
    return line_end[0] if line_end else ""
