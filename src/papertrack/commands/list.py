"""papertrack list, papertrack filter-by-lab."""

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, NamedTuple

from papertrack import query, session, terminal
from papertrack.authors import ET_AL, family_names, han_parts, shown_name
from papertrack.errors import PapertrackError
from papertrack.models import Paper
from papertrack.session import argument, flag, option
from papertrack.terminal import console, no_papers, tabbed, tables, visible, write

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

EXAMPLES = (
    "papertrack list",
    "papertrack list --lab Meta --status to-read",
    'papertrack list lab:OpenAI,Meta year:2020..2023 -tag:vision "human feedback"',
    "papertrack list --sort year,-added --limit 5 --columns key,year,title",
    "papertrack filter-by-lab Meta",
)

Sort = Annotated[
    str,
    option(
        "--sort",
        "FIELDS",
        "Sort by these fields; - before one reverses it: year,-added,column:Rating.",
    ),
]
Limit = Annotated[str | None, option("--limit", "N", "Show only the first N.", also="-n")]
Columns = Annotated[
    str, option("--columns", "FIELDS", "Show these fields: key,year,title,column:Code.")
]
Wrap = Annotated[bool, flag("--wrap", "Wrap long titles instead of cutting them short.")]

_ALWAYS = {"key", "name", "title", "authors", "venue", "year", "source", "status"}
"""What a line shows, or stands for, whatever it is sorted by."""
_NUMBERS = {"year", "priority"}
_DATE = len("2026-11-28")
_TITLE, _SHORT_TITLE = 30, 25
"""Cells that a long title should have; other columns make room for it, a year for fewer."""
_MARK, _YEAR = 3, len("2026")


def list_(
    terms: session.Terms = None,
    *,
    lab: session.LabOption = None,
    status: session.StatusOption = None,
    tag: session.TagOption = None,
    year: session.YearOption = None,
    sort: Sort = "",
    limit: Limit = None,
    columns: Columns = "",
    wrap: Wrap = False,
    no_pager: session.NoPager = False,
    as_json: session.Json = False,
) -> None:
    """List all papers, or those that a query names."""
    if as_json and columns:
        raise PapertrackError("--json has every field: leave --columns out")
    most = None if limit is None else query.parse_count(limit, "--limit", least=0)
    with session.reading() as known:
        papers = session.chosen(known, terms, lab=lab, status=status, tag=tag, year=year)
        matching = len(papers)
        own = {header: None for paper in known.papers for header in paper.columns}
        order, names = query.parse_sort(sort, own), query.parse_columns(columns, own)
        papers = query.ordered(papers, order)[:most]
        if as_json:
            for part in tables.dumped_in_parts(papers):
                write(part)
        elif screen := terminal.screen():
            whole = len(papers) == matching
            parts = layout(
                papers,
                screen,
                columns=names,
                sorted_by=[key.field for key in order],
                total=len(known.papers),
                wrap=wrap,
                whole=whole,
            )
            console.show(parts, screen, paged=not no_pager)
        else:
            write(lines(papers, names))


def filter_by_lab(
    lab: Annotated[str, argument("LAB", "A lab, by any of its names.")],
    *,
    no_pager: session.NoPager = False,
    as_json: session.Json = False,
) -> None:
    """Show one lab's papers."""
    list_(lab=[lab], no_pager=no_pager, as_json=as_json)


def lines(papers: Sequence[Paper], columns: Sequence[str] = ()) -> str:
    """Return a line for each paper: whole, its values between tabs, for programs."""
    rows = (
        [tables.value(paper, name) for name in columns]
        if columns
        else (paper.key, paper.status, paper.lab or "", paper.source, paper.title)
        for paper in papers
    )
    return tabbed(rows)


def layout(
    papers: Sequence[Paper],
    screen: "Console",
    *,
    columns: Sequence[str] = (),
    sorted_by: Sequence[str] = (),
    total: int | None = None,
    wrap: bool = False,
    whole: bool = True,
) -> "Iterator[RenderableType]":
    """Yield the table that a person sees, with the progress below it.

    Fields that the papers are sorted by are shown too. Where these are not the `whole` answer, its
    first papers have no progress of their own.
    """
    if not papers:
        yield from console.fold(no_papers(total), screen.width)
        return
    heads, rows = (
        _chosen(papers, columns, screen)
        if columns
        else _usual(papers, screen, sorted_by, wrap=wrap)
    )
    yield from tables.table(heads, rows, screen, wrap=wrap)
    yield ""
    yield tables.progress(tables.counted(papers), screen, of=total, barred=whole)


def _usual(
    papers: Sequence[Paper], screen: "Console", sorted_by: Sequence[str], *, wrap: bool
) -> "tuple[list[tables.Column], list[tuple[str | Text, ...]]]":
    """Return key, title, who made it, source and status, as far as there is something in them."""
    share = screen.width // 7  # of the line, for each column beside the title
    most, most_source = max(13, share), max(10, share)
    end = "…" if console.has_signs(screen) else "..."
    cells = {
        "key": [visible(paper.key) for paper in papers],
        "title": [visible(paper.title) for paper in papers],
        "by": [_by(paper, most, end) for paper in papers],
        "source": [visible(paper.source) for paper in papers],
    }
    authors = any(paper.authors for paper in papers)
    columns = {
        "key": tables.Column("key", "cyan", most=_room_for_keys(cells["key"], screen.width)),
        "title": tables.Column("title"),
        "by": tables.Column("authors" if authors else "lab", most=most),
        "source": tables.Column("source", "dim", most=most_source),
    }
    for name in sorted_by:
        if name not in _ALWAYS and not (name == "lab" and not authors):
            cells[name] = [visible(tables.value(paper, name)) for paper in papers]
            header = visible(name.removeprefix("column:"))
            columns[name] = tables.Column(header, right=name in _NUMBERS, most=max(_DATE, share))
    widths = {name: max(map(console.width_of, texts)) for name, texts in cells.items()}
    held = {name: max(width, len(columns[name].header)) for name, width in widths.items() if width}
    title = held.get("title", 0)
    statuses = {paper.status for paper in papers}
    line = _Line(
        screen.width,
        {name: min(width, columns[name].most or width) for name, width in held.items()},
        max(console.marked(status, screen).cell_len for status in statuses),
    )
    filled = {name: sum(map(bool, cells[name])) for name in ("source", "by")}
    line = _with_room(line, filled, title, dated=any(paper.year for paper in papers))
    if line.widths.get("source") == _YEAR:
        cells["source"] = [str(paper.year or "") for paper in papers]
        columns["source"] = tables.Column("year", "dim", most=_YEAR)
    elif not wrap:  # titles may leave more to it
        most_source += max(0, line.room - title)
        cells["source"] = [_source(paper, most_source, end) for paper in papers]
        columns["source"] = columns["source"]._replace(most=most_source)
    short = line.status == _MARK
    marks = {status: console.marked(status, screen, short=short) for status in statuses}
    heads = [*(columns[name] for name in line.widths), tables.Column("" if short else "status")]
    shown = (cells[name] for name in line.widths)
    rows = zip(*shown, [marks[it.status] for it in papers], strict=True)
    return heads, list(rows)


class _Line(NamedTuple):
    """The columns that share a line, in their order."""

    cells: int
    widths: dict[str, int]
    """The cells that each takes at most, but the title, which has what they leave."""
    status: int

    @property
    def room(self) -> int:
        """The cells that are left to titles, two before each other column."""
        others = sum(width for name, width in self.widths.items() if name != "title")
        return self.cells - others - self.status - 2 * len(self.widths)


def _with_room(line: _Line, filled: Mapping[str, int], title: int, *, dated: bool) -> _Line:
    """Return the line with one column after the other giving way until titles have room.

    Of the status the mark stays, of a source its year. `filled` counts the papers that have who
    made them and a source; what is far emptier goes first.
    """
    fullest = max(filled.values())
    emptier_first = sorted(
        (*filled, "year"), key=lambda name: 2 * filled.get(name, filled["source"]) >= fullest
    )
    wanted = max(_TITLE, line.cells * 3 // 8)
    for gives_way in ("status", *emptier_first):
        if line.room >= min(_SHORT_TITLE if gives_way == "year" else wanted, title):
            continue
        widths = dict(line.widths)
        if gives_way == "source" and dated:
            widths["source"] = _YEAR
        else:
            widths.pop("source" if gives_way == "year" else gives_way, None)
        line = line._replace(widths=widths, status=_MARK)
    return line


def _room_for_keys(keys: Sequence[str], width: int) -> int:
    """Return the cells that keys take: the beginning of a long one that is cut names it alone."""
    room = tables.room_for_keys(width)
    if max(map(console.width_of, keys)) <= room:
        return room
    alike = max(map(os.path.commonprefix, pairwise(sorted(set(keys)))), key=len, default="")
    return min(max(room, console.width_of(alike) + len("x…")), (width - 6) // 2)


def _by(paper: Paper, most: int, end: str) -> str:
    """Return who made the paper: its first author and how many more, or its lab.

    A long name gives way to how many there are more.
    """
    if not paper.authors:
        return visible(paper.lab or "")
    first = shown_name(paper.authors[0])  # of Chinese names the family's alone says little
    if not han_parts(paper.authors[0]):
        first = next(family_names(paper.authors, paper.bibtex.get("author", "")))
    others = paper.authors[1:]
    more = f" +{len(others)}" if others else ""
    if ET_AL in others:
        more = f" {ET_AL}"
    return console.shortened(visible(first), max(1, most - len(more)), end) + more


def _source(paper: Paper, most: int, end: str) -> str:
    """Return venue and year; a long venue gives way to the year."""
    source = visible(paper.source)
    if not paper.year or not paper.venue:
        return source
    year = f" {paper.year}"
    if console.width_of(source) <= most or not source.endswith(year):
        return source
    return console.shortened(source.removesuffix(year), most - len(year), end) + year


def _chosen(
    papers: Sequence[Paper], names: Sequence[str], screen: "Console"
) -> "tuple[list[tables.Column], list[tuple[str | Text, ...]]]":
    columns = [
        tables.Column(
            visible(name.removeprefix("column:")),
            "cyan" if name == "key" else "",
            right=name in _NUMBERS,
        )
        for name in names
    ]
    rows = [
        tuple(
            console.marked(paper.status, screen)
            if name == "status"
            else visible(tables.value(paper, name))
            for name in names
        )
        for paper in papers
    ]
    return columns, rows
