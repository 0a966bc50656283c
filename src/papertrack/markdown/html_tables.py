"""Tables of HTML in a Markdown text, taken apart into rows of cells that are Markdown."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from papertrack.patterns import pattern

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_KEPT = frozenset("a b strong em i img br sub sup code p li".split())
_TAG_CLASS = pattern(r"\b(?:tag|label|badge|keyword|chip)s?\b")
_MOST = 200  # cells of one row that spans many columns, or rows that one cell spans
_SHARED = 4  # words; what says more of several rows, such as a title, stands in the first of them


class HtmlRow(NamedTuple):
    """A row of a table of HTML."""

    line: int
    cells: tuple[str, ...]
    is_header: bool
    """Whether its cells are all `<th>`."""


class _HtmlReader(HTMLParser):
    """Takes tables apart; what a table within a cell holds belongs to that cell."""

    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=False)
        self.tables: list[list[HtmlRow]] = []
        self._line = line
        self._depth = 0
        self._rows: list[HtmlRow] = []
        self._cells: list[str] = []
        self._heads: list[bool] = []
        self._cell: list[str] | None = None
        self._addresses: list[str] = []
        self._at = line
        self._span = 1
        self._rows_below = 0
        self._below: dict[int, tuple[str, int]] = {}
        """What the cells above say of the rows below, and of how many, by column."""
        self._reaching: dict[int, int] = {}
        """Of how many rows below the cells of this row speak, by their number."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, row or cell, or keep a tag that says something."""
        if tag == "table":
            self._depth += 1
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_row()
            self._at = self._line + self.getpos()[0] - 1
        elif tag in ("td", "th"):
            self._end_cell()
            self._heads.append(tag == "th")
            self._cell = []
            self._span = _number(dict(attrs).get("colspan"))
            self._rows_below = _number(dict(attrs).get("rowspan")) - 1
        elif tag == "a" and self._cell is not None:
            self._addresses.append((dict(attrs).get("href") or "").strip())
            self._cell.append("[")
        elif tag in _MARKS and self._cell is not None:
            self._cell.append(_MARKS[tag])
        elif tag == "span" and self._cell and _TAG_CLASS.search(dict(attrs).get("class") or ""):
            self._cell.append(", ")
        elif tag in _KEPT and self._cell is not None:
            self._cell.append((self.get_starttag_text() or "").replace("\n", " "))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag such as `<br/>`."""
        if tag in _KEPT and self._cell is not None:
            self._cell.append((self.get_starttag_text() or "").replace("\n", " "))
        del attrs

    def handle_endtag(self, tag: str) -> None:
        """End a table, row or cell."""
        if tag == "table":
            self._depth -= 1
            if self._depth <= 0:
                self.end_table()
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "a" and self._cell is not None and self._addresses:
            self._cell.append(f"](<{self._addresses.pop()}>)")
        elif tag in _MARKS and self._cell is not None:
            self._cell.append(_MARKS[tag])
        elif tag in _KEPT and self._cell is not None:
            self._cell.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep the words of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def handle_entityref(self, name: str) -> None:
        """Keep an entity as it is written."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep a character reference as it is written."""
        self.handle_data(f"&#{name};")

    def end_table(self) -> None:
        """Close the table that is open."""
        self._end_row()
        if self._rows:
            self.tables.append(self._rows)
        self._rows, self._depth = [], 0

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells:
            self._rows.append(HtmlRow(self._at, tuple(self._with_above()), all(self._heads)))
        self._cells, self._heads, self._reaching = [], [], {}

    def _with_above(self) -> Iterator[str]:
        """Yield the row's cells, and between them those of the rows above that reach as far."""
        above, self._below = self._below, {}
        cells = list(enumerate(self._cells))[::-1]
        column = 0
        while cells or column in above:
            if column in above:
                text, rows = above[column]
            else:
                at, text = cells.pop()
                rows = self._reaching.get(at, 0) + 1
            if rows > 1:
                shared = len(text.split()) <= _SHARED and "](" not in text
                self._below[column] = (text if shared else "", rows - 1)
            yield text
            column += 1

    def _end_cell(self) -> None:
        if self._cell is not None:
            text = " ".join("".join(self._cell).split())
            first = len(self._cells)
            self._cells.append(re.sub(r"^(?:<p>)+|(?:</p>)+$", "", text).strip())
            self._cells += [""] * (self._span - 1)
            if self._rows_below:
                self._reaching |= dict.fromkeys(range(first, len(self._cells)), self._rows_below)
        self._cell = None


def _number(span: str | None) -> int:
    """Return how many columns or rows a cell spans."""
    return max(1, min(int(span), _MOST)) if span and span.isdecimal() else 1


def html_rows(source: str, line: int) -> Iterator[list[HtmlRow]]:
    """Yield the rows of each table in a piece of HTML that begins in this line, equally wide."""
    reader = _HtmlReader(line)
    reader.feed(source)
    reader.close()
    reader.end_table()
    for rows in filter(None, reader.tables):
        width = max(len(row.cells) for row in rows)
        yield [row._replace(cells=row.cells + ("",) * (width - len(row.cells))) for row in rows]
