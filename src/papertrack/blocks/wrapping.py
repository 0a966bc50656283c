"""Tables that become blocks."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from papertrack.blocks import markers
from papertrack.blocks.rendering import render
from papertrack.errors import PapertrackError
from papertrack.models import Catalogue

_LINE_END = re.compile(r"\r\n|\r|\n")


class Place(NamedTuple):
    """Lines of a Markdown text that are to become a block."""

    first: int
    """The table's header, from 1."""
    last: int
    look: str | None
    query: str


def wrap(
    text: str, places: Iterable[Place], catalogue: Catalogue, *, where: str, today: date
) -> str:
    """Return the text with a block of the catalogue's in the place of each table.

    PapertrackError where a block cannot stand: in a list or a quotation.
    """
    ends = [found.end() for found in _LINE_END.finditer(text)]
    starts = [0, *ends, len(text)]
    enclosed = markers.enclosed(text)
    pieces: list[str] = []
    at = 0
    for place in sorted(places, key=lambda place: place.first):
        start, end = starts[place.first - 1], starts[min(place.last, len(starts) - 1)]
        if any(place.first in lines for lines in enclosed):
            message = "this table stands in a list or a quotation, where a block cannot be"
            raise PapertrackError(f"{where}:{place.first}: {message}: move it out of there")
        newline = _newline(text[start:end]) or _newline(text) or "\n"
        lines = (markers.marker(place.query, place.look), markers.END)
        ended = _newline(text[start:end][-2:])
        pieces += (text[at:start], newline.join(lines), ended)
        at = end
    pieces.append(text[at:])
    return render("".join(pieces), catalogue, where=where, today=today).text


def _newline(text: str) -> str:
    found = _LINE_END.search(text)
    return found[0] if found else ""
