"""The rows of a block as they stand in a file, beside those that the catalogue makes.

Rows are compared by what their cells say: padding, the delimiter row's colons and escapes that
change nothing do not count, so that a formatter's work is no hand edit.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from papertrack.markdown.escaping import plain
from papertrack.markdown.writing import Line, Part
from papertrack.models import Paper

_DELIMITER = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_DIGEST_BYTES = 6
_WIDE = 60


class Row(NamedTuple):
    """One line of a block, made or found."""

    cells: tuple[str, ...]
    """Markdown without padding; of a line that is no row, the line."""
    said: str
    """What rows are compared by."""
    line: int = 0
    """Where it was found, from 1."""
    paper: Paper | None = None
    part: Part | None = None


def made(lines: Iterable[Line]) -> list[Row]:
    """Return the rows of tables that were just made."""
    return [Row(line.cells, said(line.cells), 0, line.paper, line.part) for line in lines]


def found(text: str, first: int) -> list[Row]:
    """Return the rows in a block's text, whose first line has this number."""
    rows: list[Row] = []
    fresh = 0  # how many lines the table has so far
    for number, line in enumerate(
        text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), first
    ):
        bare = line.strip(" \t")
        fresh = fresh + 1 if "|" in bare else 0
        if not bare or (fresh == 2 and _DELIMITER.fullmatch(bare)):  # below the header
            continue
        cells = _cells(bare)
        rows.append(Row(cells, said(cells), number))
    return rows


def digest(rows: Iterable[Row]) -> str:
    """Return what tells these rows from any others, in 12 hexadecimal digits."""
    return digest_of(row.said for row in rows)


def digest_of(texts: Iterable[str]) -> str:
    """Return the digest of rows by what they say."""
    from hashlib import blake2b  # only where blocks are written or checked

    whole = "\n".join(texts).encode("utf-8", "surrogatepass")
    return blake2b(whole, digest_size=_DIGEST_BYTES).hexdigest()


def said(cells: Sequence[str]) -> str:
    """Return what a row says: blanks run together, escapes undone but before pipes."""
    text = " ".join(f"| {' | '.join(cells)} |".split())
    if "\\" not in text and "&" not in text:
        return text
    return "\\|".join(map(plain, text.split("\\|")))


def readable(cell: str) -> str:
    """Return a cell for a message: on one line, not too long."""
    text = " ".join(plain(cell).split())
    return text if len(text) <= _WIDE else f"{text[: _WIDE - 1]}…"


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of a row, cut as GFM cuts it (section 4.10)."""
    if "|" not in line:
        return (line,)
    cells = line.split("|") if "\\" not in line else _PIPE.split(line)
    if not cells[0].strip(" \t"):
        del cells[0]
    if cells and not cells[-1].strip(" \t"):
        del cells[-1]
    return tuple([cell.strip(" \t") for cell in cells])
