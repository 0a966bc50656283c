"""One paper's cells in a look: the columns that there are, and what each shows."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple
from urllib.parse import urlsplit

from papertrack.authors import joined_names
from papertrack.errors import PapertrackError
from papertrack.folding import fold_name, fold_title, nearest
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.markdown import escaping
from papertrack.markdown.inline import line_of, links, spans
from papertrack.models import FIELDS, Look, Paper
from papertrack.nothing import is_nothing
from papertrack.patterns import pattern

OWN = "column:"
"""What a column's name begins with that shows an own column of the papers: `column:Code`."""
_COLUMN = pattern(
    rf"(?P<marks>[*_~`]*)(?P<name>.+?)(?:\+{OWN}(?P<header>.+?))?(?P=marks)", re.DOTALL
)
_BREAK = pattern(r"<br\s*/?>", re.IGNORECASE)
_PROSE = ("summary", "notes")  # where people write links
_BLANK = " \t\r\n\v\f"
_LONGEST_WORD = 20
_OTHER_COLUMNS = ("source", "link", "title+link", "number")
_COLUMN_HEADERS = {"title+link": "title"}

_Cell = Callable[[Paper], str]


class LookColumn(NamedTuple):
    """A column of a look taken apart: `**name+column:Model**`."""

    name: str
    """What it shows: a field, `source`, `title+link`, `column:HEADER` …"""
    header: str | None = None
    """A paper whose own columns spell the field under this header shows that."""
    marks: str = ""
    """The marks of emphasis around every cell."""


def column_of(text: str) -> LookColumn:
    """Return the parts of a look's column."""
    if text.startswith(OWN) or not (match := _COLUMN.fullmatch(text)):
        return LookColumn(text)
    return LookColumn(match["name"], match["header"], match["marks"])


def fields_of(look: Look) -> tuple[str, ...]:
    """Return what each column shows, without marks and spellings: `title` of `**title+link**`."""
    return tuple(column_of(column).name.removesuffix("+link") for column in look.columns)


def lists_its_tags(look: Look) -> bool:
    """Say whether a look shows those tags alone that it lists: in a column, or as headings."""
    return bool(look.tags) or (look.group == "lab" and "tags" not in fields_of(look))


def own_columns(paper: Paper, looks: Iterable[Look]) -> dict[str, str]:
    """Return the paper's own columns without those that only spell one of its fields.

    Which these are the looks say: `authors+column:By` spells, `column:Code` is a column.
    """
    columns = [column_of(column) for look in looks for column in look.columns]
    own = {column.name.removeprefix(OWN) for column in columns if column.name.startswith(OWN)}
    spelled = {column.header for column in columns if column.header} - own
    return {header: cell for header, cell in paper.columns.items() if header not in spelled}


class Cells:
    """Writes cells in one look."""

    def __init__(
        self, look: Look, *, definitions: bool = False, own_tags: Iterable[str] = ()
    ) -> None:
        """Prepare a function for each column; `own_tags` are of every paper in the table."""
        if not look.columns:
            raise PapertrackError('a look needs columns: write columns = ["title", "status"]')
        self._look = look
        self._definitions = definitions
        self._break = look.line_break if _BREAK.fullmatch(look.line_break) else ""
        self._nothing = escaping.as_markdown(look.nothing)
        self._folded = self._nothing.casefold()
        self._short: dict[str, str] = {}  # few different cells are short, and many cells are
        self._shown_tags = frozenset(map(fold_name, look.tags))
        middle = len(look.brackets) // 2
        self._brackets = look.brackets[:middle], look.brackets[middle:]
        self._own_tags = frozenset(map(fold_name, own_tags))
        self._fields = frozenset(fields_of(look))
        self._cells = [self._decorated(column_of(column)) for column in look.columns]
        names = [column_of(column).name.removeprefix(OWN) for column in look.columns]
        own = [_COLUMN_HEADERS.get(name, name) for name in names[len(look.headers) :]]
        self.headers = tuple(map(escaping.as_markdown, (*look.headers[: len(names)], *own)))
        self.placeholder = (self._nothing,) * len(self._cells)

    def row(self, paper: Paper) -> tuple[str, ...]:
        """Return what each column shows of a paper."""
        return tuple([cell(paper) for cell in self._cells])

    def _cell(self, text: str, *, links: bool = False) -> str:
        """Return the cell for a text; one that reads like a word for nothing is told apart."""
        if not text.strip(_BLANK):
            return self._nothing
        if not self._break:  # lines are joined by some text, which is text like the rest
            text = text.replace("\n", self._look.line_break.replace("\n", " "))
        cell = escaping.escape(
            text, line_break=self._break, definitions=self._definitions, links=links
        )
        if len(cell) > _LONGEST_WORD:
            return cell
        if (known := self._short.get(cell)) is None:
            same = is_nothing(cell) or is_nothing(text) or cell.casefold() == self._folded
            known = self._short[cell] = escaping.escape_wholly(text) if same else cell
        return known

    def _decorated(self, column: LookColumn) -> _Cell:
        """Return what writes a column with its marks, or as a paper's own columns spell it."""
        marks, header = column.marks, column.header
        plain = self._column(column.name)
        if marks and column.name == "tags":
            plain, marks = (lambda paper: self._marked_tags(paper, column.marks)), ""
        marked = (lambda paper: self._marked(plain(paper), marks)) if marks else plain
        if header is None:
            return marked
        name = column.name.removesuffix("+link")

        def cell(paper: Paper) -> str:
            spelled = paper.columns.get(header)
            if spelled is None:
                return marked(paper)
            written = self._cell(spelled, links=self._look.markup)
            return self._agreeing(name, written, paper) or marked(paper)

        return cell

    def _agreeing(self, name: str, cell: str, paper: Paper) -> str | None:
        """Return a cell if reading it again gives what the paper's fields say by now.

        A title that was edited since is exchanged in it, where it stands there as it is.
        """
        from papertrack.markdown.cell_fields import agrees, reread  # which few tables need

        def holds(cell: str) -> bool:
            return agrees(name, cell, paper, beside=self._fields, tags=tags, look=self._look)

        tags = [tag for tag in paper.tags if self._is_shown(tag)]
        if holds(cell):
            return cell
        # The fields have changed since the cell was kept. A title is exchanged within its links and
        # marks where it stands once, or linked anew; any other cell is spelled anew.
        if name != "title":
            return None
        runs = spans(cell)
        old = reread(name, cell).title
        behind = fold_title(line_of(runs).partition(old)[2])
        again = behind and fold_title(paper.title).endswith(behind)
        edited = []
        opening, closing = self._brackets
        slip = cell.count(opening) != cell.count(closing)  # one bracket of two
        if cell.count(escaping.escape(old)) == 1 and not (again or slip):
            edited.append(cell.replace(escaping.escape(old), escaping.escape(paper.title)))
        edited += [escaping.link(paper.title, address) for address in links(runs)[:1]]
        return next(filter(holds, edited), None)

    def _is_shown(self, tag: str) -> bool:
        folded = fold_name(tag)
        if self._look.tags:
            return folded in self._shown_tags
        return folded not in self._own_tags

    def _marked_tags(self, paper: Paper, marks: str) -> str:
        shown = self._look.tags or paper.tags
        cells = (self._marked(self._cell(tag), marks) for tag in paper.tags if tag in shown)
        return self._look.tag_break.join(cells) or self._nothing

    def _marked(self, cell: str, marks: str) -> str:
        """Return a cell that says something within marks, unless they cannot hold it."""
        if not marks or cell in ("", self._nothing) or cell != cell.strip():
            return cell
        if "`" not in marks:
            return f"{marks}{cell}{marks}"
        text = escaping.plain(cell)
        return f"{marks}{cell}{marks}" if text == cell and "`" not in cell else cell

    def _column(self, column: str) -> _Cell:
        if column.startswith(OWN):
            header = column.removeprefix(OWN)
            return lambda paper: self._cell(paper.columns.get(header, ""), links=self._look.markup)
        numbers = count(1)
        special: dict[str, _Cell] = {
            "status": self._status,
            "title": lambda paper: self._cell(self._title(paper)),
            "title+link": self._linked_title,
            "link": self._links,
            "number": lambda _: str(next(numbers)),
            "source": lambda paper: self._cell(paper.source),
        }
        if column not in special and column not in FIELDS:
            raise _no_column(column)
        return special.get(column) or self._field(column)

    def _field(self, name: str) -> _Cell:
        join = {"authors": joined_names, "tags": self._tags, "links": "\n".join}.get(name)
        markup = self._look.markup and name in _PROSE

        def cell(paper: Paper) -> str:
            value = getattr(paper, name)
            if value is None:
                return self._nothing
            if isinstance(value, str):
                return self._cell(_without_last_end(value), links=markup)
            return self._cell(join(value) if join else str(value))

        return cell

    def _tags(self, tags: Sequence[str]) -> str:
        shown = self._shown_tags
        visible = [tag for tag in tags if not shown or fold_name(tag) in shown]
        return self._look.tag_break.join(visible)

    def _status(self, paper: Paper) -> str:
        word = self._look.statuses.get(paper.status)
        return escaping.as_markdown(paper.status if word is None else word) or self._nothing

    def _title(self, paper: Paper) -> str:
        opening, closing = self._brackets
        return f"{opening}{_without_last_end(paper.title)}{closing}"

    def _linked_title(self, paper: Paper) -> str:
        address = next(_addresses(paper), None)
        if address is None:
            return self._cell(self._title(paper))
        return escaping.link(self._title(paper), address, line_break=self._break)

    def _links(self, paper: Paper) -> str:
        links = [escaping.link(_site(address), address) for address in _addresses(paper)]
        return " ".join(links) or self._nothing


def _without_last_end(text: str) -> str:
    """Return the text as it was meant: TOML ends a text of several lines with a line end."""
    return text.removesuffix("\n").removesuffix("\r")


def _addresses(paper: Paper) -> Iterator[str]:
    """Yield where the paper is found: its links, then arXiv and DOI unless a link leads there."""
    yield from paper.links
    if paper.arxiv and not any(normalise_arxiv(link) == paper.arxiv for link in paper.links):
        yield f"https://arxiv.org/abs/{paper.arxiv}"
    if paper.doi and not any(normalise_doi(link) == paper.doi.lower() for link in paper.links):
        yield f"https://doi.org/{paper.doi}"


def _site(address: str) -> str:
    """Return what a link is called: `arXiv`, `DOI`, or the site's name."""
    try:
        host = urlsplit(address).netloc.lower().removeprefix("www.")
    except ValueError:  # such as an unfinished IPv6 address
        return address
    if normalise_arxiv(address) and host.endswith(("arxiv.org", "alphaxiv.org", "ar5iv.org")):
        return "arXiv"
    return (
        "DOI" if host in ("doi.org", "dx.doi.org") and normalise_doi(address) else host or address
    )


def _no_column(column: str) -> PapertrackError:
    if column.startswith("note:"):  # as the first release wrote them
        return PapertrackError(f'no column "{column}": write {OWN}{column.removeprefix("note:")}')
    near = nearest(column, (*FIELDS, *_OTHER_COLUMNS))
    hint = f"did you mean {near[0]}?" if near else f'columns are like "title" or "{OWN}备注"'
    return PapertrackError(f'no column "{column}": {hint}')
