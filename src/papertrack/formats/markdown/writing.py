"""Papers written as a GFM table, in the look that a catalogue asks for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import count
from typing import NamedTuple
from urllib.parse import urlsplit

from papertrack.errors import PapertrackError
from papertrack.folding import nearest
from papertrack.formats.markdown import escaping
from papertrack.formats.markdown.grouping import Group, grouped
from papertrack.formats.markdown.nothing import is_nothing
from papertrack.identifiers import arxiv_in_link, doi_in_link
from papertrack.models import FIELDS, Headings, Look, Paper

NOTE = "note:"
"""What a column's name begins with that shows the lines `HEADER: text` of the notes."""
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PROSE = ("summary", "notes")  # where people write links
_BLANK = " \t\r\n\v\f"
_LONGEST_WORD = 20
_OTHER_COLUMNS = ("source", "link", "title+link", "number")
_COLUMN_HEADERS = {"title+link": "title"}

_Cell = Callable[[Paper], str]


class Part(Enum):
    """What a line of the tables is."""

    HEADER = "header"
    SECTION = "section"
    HEADING = "heading"
    PAPER = "paper"
    PLACEHOLDER = "placeholder"


class Line(NamedTuple):
    """One line of the tables, whose cells are Markdown already."""

    part: Part
    cells: tuple[str, ...]
    """One a column; of a section's heading, just one."""
    paper: Paper | None = None

    @property
    def text(self) -> str:
        """The line as it stands in the file."""
        return self.cells[0] if self.part is Part.SECTION else f"| {' | '.join(self.cells)} |"


def dumps(
    papers: Iterable[Paper],
    look: Look,
    *,
    labs: Mapping[str, Sequence[str]] = {},
    own_tags: Iterable[str] = (),
) -> str:
    """Return the papers as a Markdown table, or as one a section, with a last line end.

    `labs` gives the order of the groups; `own_tags` are of all these papers, so never a group's.
    PapertrackError names a column or a group that there is not.
    """
    return "\n".join([*spell(lay_out(papers, look, labs=labs, own_tags=own_tags)), ""])


def spell(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the lines of the file: each header with its delimiter row, blank lines at sections.

    Nothing is padded, so that a new paper is one new line in a diff.
    """
    first = True
    for line in lines:
        if line.part is Part.SECTION:
            yield from (line.text, "") if first else ("", line.text, "")
        else:
            yield line.text
        if line.part is Part.HEADER:
            yield "|" + " --- |" * len(line.cells)
        first = False


def lay_out(
    papers: Iterable[Paper],
    look: Look,
    *,
    labs: Mapping[str, Sequence[str]] = {},
    own_tags: Iterable[str] = (),
    definitions: bool = False,
) -> list[Line]:
    """Return the tables line by line, each paper's with the paper.

    `definitions` says that the file around has lines such as `[1]: address`.
    """
    writer = _Writer(look, definitions=definitions)
    groups = grouped(papers, look, labs=labs, own_tags=own_tags)
    if look.headings is Headings.SECTIONS:
        return list(_sections(groups, writer))
    return list(_one_table(groups, writer))


def _one_table(groups: Sequence[Group], writer: "_Writer") -> Iterator[Line]:
    yield Line(Part.HEADER, writer.headers)
    for number, group in enumerate(groups):
        if group.name is not None:
            yield Line(Part.HEADING, writer.heading(group))
        elif number:  # or a reader takes these for the group's before
            yield Line(Part.PLACEHOLDER, writer.placeholder)
        for paper in group.papers:
            yield Line(Part.PAPER, writer.row(paper), paper)


def _sections(groups: Sequence[Group], writer: "_Writer") -> Iterator[Line]:
    """Yield the tables; papers of no group come first, below the heading that the file has."""
    loose = [paper for group in groups if group.name is None for paper in group.papers]
    named = [group for group in groups if group.name is not None]
    for group in [Group(None, loose), *named] if loose or not named else named:
        if group.name is not None:
            yield Line(Part.SECTION, (writer.section(group.name),))
        yield Line(Part.HEADER, writer.headers)
        for paper in group.papers:
            yield Line(Part.PAPER, writer.row(paper), paper)


class _Writer:
    """Writes cells in one look."""

    def __init__(self, look: Look, *, definitions: bool) -> None:
        """Prepare a function for each column."""
        if not look.columns:
            raise PapertrackError('a look needs columns: write columns = ["title", "status"]')
        self._look = look
        self._definitions = definitions
        self._break = look.line_break if _BREAK.fullmatch(look.line_break) else ""
        self._nothing = escaping.as_markdown(look.nothing)
        self._folded = self._nothing.casefold()
        self._short: dict[str, str] = {}  # few different cells are short, and many cells are
        self._claimed = tuple(
            f"{column.removeprefix(NOTE)}:" for column in look.columns if column.startswith(NOTE)
        )
        self._cells = [self._column(column) for column in look.columns]
        names = [_COLUMN_HEADERS.get(column, column.removeprefix(NOTE)) for column in look.columns]
        headers = (*look.headers[: len(names)], *names[len(look.headers) :])
        self.headers = tuple(map(escaping.as_markdown, headers))
        self.placeholder = (self._nothing,) * len(self._cells)

    def row(self, paper: Paper) -> tuple[str, ...]:
        return tuple([cell(paper) for cell in self._cells])

    def heading(self, group: Group) -> tuple[str, ...]:
        others, name = len(self._cells) - 1, self._cell(group.name or "")
        if self._look.headings is Headings.FIRST or group.is_tag_among_labs:
            return (name, *((self._nothing,) * others))
        return (name,) * (others + 1)

    def section(self, name: str) -> str:
        text = escaping.escape(name, line_break=" ", definitions=self._definitions)
        return f"### {text[:-1]}\\#" if text.endswith("#") else f"### {text}"

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

    def _column(self, column: str) -> _Cell:
        if column.startswith(NOTE):
            head = f"{column.removeprefix(NOTE)}:"
            return lambda paper: self._cell(_noted(paper, head), links=self._look.markup)
        numbers = count(1)
        special: dict[str, _Cell] = {
            "status": self._status,
            "title": lambda paper: self._cell(self._title(paper)),
            "title+link": self._linked_title,
            "link": self._links,
            "number": lambda _: str(next(numbers)),
            "source": lambda paper: self._cell(paper.source),
        }
        if self._claimed:
            special["notes"] = lambda paper: self._cell(
                self._unclaimed_notes(paper), links=self._look.markup
            )
        if column not in special and column not in FIELDS:
            raise _no_column(column)
        return special.get(column) or self._field(column)

    def _field(self, name: str) -> _Cell:
        join = {"authors": ", ".join, "tags": self._tags, "links": "\n".join}.get(name)

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
        shown = self._look.tags
        return ", ".join(tag for tag in tags if tag in shown) if shown else ", ".join(tags)

    def _status(self, paper: Paper) -> str:
        word = self._look.statuses.get(paper.status)
        return escaping.as_markdown(paper.status if word is None else word) or self._nothing

    def _title(self, paper: Paper) -> str:
        brackets = self._look.brackets
        middle = len(brackets) // 2
        return f"{brackets[:middle]}{_without_last_end(paper.title)}{brackets[middle:]}"

    def _linked_title(self, paper: Paper) -> str:
        address = next(_addresses(paper), None)
        if address is None:
            return self._cell(self._title(paper))
        return escaping.link(self._title(paper), address, line_break=self._break)

    def _links(self, paper: Paper) -> str:
        links = [escaping.link(_site(address), address) for address in _addresses(paper)]
        return " ".join(links) or self._nothing

    def _unclaimed_notes(self, paper: Paper) -> str:
        lines = _without_last_end(paper.notes or "").split("\n")
        return "\n".join(line for line in lines if not line.startswith(self._claimed))


def _without_last_end(text: str) -> str:
    """Return the text as it was meant: TOML ends a text of several lines with a line end."""
    return text.removesuffix("\n").removesuffix("\r")


def _noted(paper: Paper, head: str) -> str:
    lines = (paper.notes or "").split("\n")
    return "\n".join(line.removeprefix(head).strip() for line in lines if line.startswith(head))


def _addresses(paper: Paper) -> Iterator[str]:
    """Yield where the paper is found: its links, then arXiv and DOI unless a link leads there."""
    yield from paper.links
    if paper.arxiv and not any(arxiv_in_link(link) == paper.arxiv for link in paper.links):
        yield f"https://arxiv.org/abs/{paper.arxiv}"
    if paper.doi and not any(doi_in_link(link) == paper.doi.lower() for link in paper.links):
        yield f"https://doi.org/{paper.doi}"


def _site(address: str) -> str:
    """Return what a link is called: `arXiv`, `DOI`, or the site's name."""
    if arxiv_in_link(address):
        return "arXiv"
    if doi_in_link(address):
        return "DOI"
    try:
        host = urlsplit(address).netloc
    except ValueError:  # such as an unfinished IPv6 address
        return address
    return host.removeprefix("www.") or address


def _no_column(column: str) -> PapertrackError:
    near = nearest(column, (*FIELDS, *_OTHER_COLUMNS))
    hint = f"did you mean {near[0]}?" if near else f'columns are like "title" or "{NOTE}备注"'
    return PapertrackError(f'no column "{column}": {hint}')
