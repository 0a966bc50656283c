"""papertrack list, papertrack filter-by-lab."""

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from papertrack import query, terminal
from papertrack.authors import ET_AL, family_names
from papertrack.models import Paper
from papertrack.options import (
    CataloguePath,
    Json,
    LabOption,
    NoPager,
    StatusOption,
    TagOption,
    Terms,
    YearOption,
    argument,
    flag,
    option,
)
from papertrack.session import chosen, reading
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

Lab = Annotated[str, argument("LAB", "A lab, by any of its names.")]
Sort = Annotated[
    str, option("--sort", "FIELDS", "Sort by these fields; - before one reverses it: year,-added.")
]
Limit = Annotated[str | None, option("--limit", "N", "Show only the first N.", also="-n")]
Columns = Annotated[str, option("--columns", "FIELDS", "Show these fields: key,year,title.")]
Wrap = Annotated[bool, flag("--wrap", "Wrap long titles instead of cutting them short.")]

_ALWAYS = {"key", "name", "title", "authors", "venue", "year", "source", "status"}
"""What a line shows, or stands for, whatever it is sorted by."""
_NUMBERS = {"year", "priority"}
_DATE = len("2026-11-28")
_TITLE, _SHORT_TITLE = 30, 25
"""Cells that a long title should have; other columns make room for it, a year for fewer."""


def list_(
    terms: Terms = None,
    *,
    lab: LabOption = None,
    status: StatusOption = None,
    tag: TagOption = None,
    year: YearOption = None,
    sort: Sort = "",
    limit: Limit = None,
    columns: Columns = "",
    wrap: Wrap = False,
    no_pager: NoPager = False,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """List all papers, or those that a query names."""
    order, names = query.parse_sort(sort), query.parse_columns(columns)
    most = None if limit is None else query.parse_count(limit, "--limit", least=0)
    with reading(catalogue) as known:
        papers = chosen(known, terms, lab=lab, status=status, tag=tag, year=year)
        matching = len(papers)
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
    lab: Lab, *, no_pager: NoPager = False, as_json: Json = False, catalogue: CataloguePath = None
) -> None:
    """Show one lab's papers."""
    list_(lab=[lab], no_pager=no_pager, as_json=as_json, catalogue=catalogue)


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
    """Return key, title, who made it, source and status, as far as there is something in them.

    Where titles have too little room, the status is its mark alone, of the source the year, then
    who made it and the year go; what is far emptier than the others goes first.
    """
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
            columns[name] = tables.Column(name, right=name in _NUMBERS, most=max(_DATE, share))
    widths = {name: max(map(console.width_of, texts)) for name, texts in cells.items()}
    names = [name for name in columns if widths[name]]
    widths = {name: max(width, len(columns[name].header)) for name, width in widths.items()}
    widest = {
        status: console.marked(status, screen) for status in {paper.status for paper in papers}
    }
    short = False

    def room() -> int:
        statuses = 3 if short else max(it.cell_len for it in widest.values())
        others = (min(widths[name], columns[name].most or 0) for name in names if name != "title")
        return screen.width - sum(others) - statuses - 2 * len(names)

    # One after the other gives way until titles have room; of the status the mark always stays.
    full = {name: sum(map(bool, cells[name])) for name in ("source", "by")}
    full["year"] = full["source"]
    thin_first = sorted(full, key=lambda name: 2 * full[name] >= max(full.values()))
    titles = max(_TITLE, screen.width * 3 // 8)
    for gives_way in ("status", *thin_first):
        if room() >= min(_SHORT_TITLE if gives_way == "year" else titles, widths["title"]):
            continue
        short = True
        if gives_way == "source" and any(paper.year for paper in papers):
            cells["source"] = [str(paper.year or "") for paper in papers]
            columns["source"], widths["source"] = tables.Column("year", "dim", most=4), 4
        else:
            gone = "source" if gives_way == "year" else gives_way
            names = [name for name in names if name != gone]
    if columns["source"].header == "source" and not wrap:  # titles may leave more to it
        most_source += max(0, room() - widths["title"])
        cells["source"] = [_source(paper, most_source, end) for paper in papers]
        columns["source"] = columns["source"]._replace(most=most_source)
    marks = {status: console.marked(status, screen, short=short) for status in widest}
    heads = [*(columns[name] for name in names), tables.Column("" if short else "status")]
    rows = zip(*(cells[name] for name in names), [marks[it.status] for it in papers], strict=True)
    return heads, list(rows)


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
        tables.Column(name, "cyan" if name == "key" else "", right=name in _NUMBERS)
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
