"""Tables and lists of papers out of a Markdown text, every row of them accounted for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from papertrack.markdown.apart import told_apart, with_addresses
from papertrack.markdown.columns import TableColumn, first_roles, settle, wanted_roles
from papertrack.markdown.document import Broken, RawList, RawRow, RawTable, find
from papertrack.markdown.kinds import DraftRow, sort_lines
from papertrack.markdown.listing import find_titles
from papertrack.markdown.lists import gathered, read_list, with_sections
from papertrack.markdown.looks import MadeRow, find_look, has_markup, keep_cells
from papertrack.markdown.papers import Group, Made, make_paper
from papertrack.markdown.rows import Doubt, Kind, Meaning, Row, Table
from papertrack.markdown.vocabulary import Role
from papertrack.models import Look
from papertrack.sources import read_date
from papertrack.status import status_of


def loads(
    text: str,
    *,
    mapping: Mapping[str, str] | None = None,
    headings: Meaning | None = None,
    look: Look | None = None,
) -> list[Table]:
    """Return the tables of a Markdown text, and its lists of papers, in their order.

    `mapping` says what columns hold, by header or by number from 1: `{"Paper": "title"}`; the
    values are fields of a paper, `source`, `date`, `number` or `skip`. `headings` says what all
    headings mean, Markdown's own above a table included; by default a row of equal cells is a
    lab, a first cell followed by nothing a tag, and Markdown's own headings say nothing. `look` is
    what the tables were made in, where that is known.

    A list has no header; so has what looks like a table but is none, which has no rows either,
    only doubts. Raises a PapertrackError for a mapping to what is no field, and for no text.
    """
    mapping = mapping or {}
    wanted_roles(mapping)
    tables: list[Table] = []
    for block in with_sections(list(with_addresses(gathered(list(map(told_apart, find(text))))))):
        if isinstance(block, Broken):
            tables.append(_not_a_table(block))
        elif isinstance(block, RawList):
            table = read_list(block, meaning=headings)
            tables += [table] if table else []
        elif isinstance(block, RawTable):
            tables.append(_read(block, mapping, headings, look))
    return tables


def _read(
    raw: RawTable, mapping: Mapping[str, str], meaning: Meaning | None, made_in: Look | None
) -> Table:
    width = len(raw.header.cells)
    rows = [(row.cells + ("",) * width)[:width] for row in raw.rows]
    full = [row for row in rows if sum(map(bool, row)) > 1 and len(set(row)) > 1] or rows
    sorted_columns = first_roles(raw.header.cells, full, mapping)
    mapped = _is_mapped(raw.header, mapping)
    listing = find_titles(sorted_columns, full, section=raw.section or "", mapped=mapped)
    header = tuple(column.header for column in sorted_columns.columns)
    if listing.title is None:
        return _skipped(raw, header, listing.reason)
    columns = settle(sorted_columns, listing.title)
    reader = _TableReader(columns, raw, meaning)
    clear = [line for line in raw.behind if len(line.cells) == width > 1]  # surely rows of it
    entries = sort_lines((*raw.rows, *clear), columns, raw.header)
    read = [reader.row(entry) for entry in entries]
    if listing.guessed:
        named = listing.title.header or f"column {listing.title.index + 1}"
        suggestion = f"taken for the titles; say --map '{listing.title.index + 1}=title' if so"
        reader.doubts.insert(0, Doubt(raw.header.line, f"{named} is not known", suggestion))
    body, orphans = read[: len(raw.rows)], read[len(raw.rows) :]
    for orphan in orphans:
        message = "the row stands behind the end of its table, GFM does not show it as a row"
        reader.doubts.append(Doubt(orphan.line, message, "taken in; move it into the table"))
    reader.doubts += [
        Doubt(line.line, f"behind a table, but no row of it: {line.source}", "left as it is")
        for line in raw.behind
        if len(line.cells) != width or width == 1
    ]
    look = made_in or find_look(
        columns, entries, titled_links=reader.mostly_linked, meaning=meaning
    )
    look, papers = keep_cells(columns, reader.lines, look, given=made_in is not None)
    if made_in is None and has_markup(papers):
        look = look.model_copy(update={"markup": True})
    given = iter(papers)
    read = [replace(row, papers=tuple(next(given) for _ in row.papers)) for row in read]
    body, orphans = read[: len(raw.rows)], read[len(raw.rows) :]
    return Table(
        line=raw.header.line,
        last=max((raw.header.line + 1, *(row.line for row in read))),
        header=header,
        rows=tuple(body),
        orphans=tuple(orphans),
        look=look,
        section=raw.section,
        html=raw.html,
        doubts=tuple(sorted(reader.doubts)),
    )


def _is_mapped(header: RawRow, mapping: Mapping[str, str]) -> bool:
    return (
        bool(mapping)
        and any(role is Role.TITLE for role in wanted_roles(mapping).values())
        and any(
            column.role is Role.TITLE for column in first_roles(header.cells, [], mapping).columns
        )
    )


class _TableReader:
    """Makes rows of a table's entries, one after the other, and remembers the heading above."""

    def __init__(
        self, columns: Sequence[TableColumn], raw: RawTable, meaning: Meaning | None
    ) -> None:
        self._columns = columns
        self._meaning = meaning
        self._top = _group(raw.section, meaning) if meaning and raw.section else Group()
        self._group = self._top
        self._position = 0
        self._linked = 0
        self.doubts: list[Doubt] = []
        self.lines: list[MadeRow] = []

    @property
    def mostly_linked(self) -> bool:
        """Whether most titles are links."""
        return self._linked * 2 > self._position

    def row(self, entry: DraftRow) -> Row:
        """Return the row that an entry makes."""
        if entry.heading:
            self._turn(entry)
        elif entry.kind is Kind.PLACEHOLDER or entry.empty:
            self._group = self._top
        parts = [*([] if entry.empty else [entry]), *entry.more]
        made = [self._paper(part) for part in parts] if entry.kind is Kind.PAPER else []
        entry.doubts += [doubt for paper in made for doubt in paper.doubts]
        self.doubts += [Doubt(entry.line, *doubt) for doubt in entry.doubts]
        return Row(
            line=entry.line,
            kind=entry.kind,
            papers=tuple(paper.paper for paper in made),
            reason=entry.reason,
            expected=entry.expected,
            text=entry.source,
        )

    def _paper(self, entry: DraftRow) -> Made:
        self._position += 1
        made = make_paper(self._columns, entry.cells, self._group, position=self._position)
        self._linked += made.titled_link
        self.lines.append(MadeRow(entry.cells, made.paper))
        return made

    def _turn(self, entry: DraftRow) -> None:
        meaning = self._meaning or (Meaning.LAB if entry.equal else Meaning.TAG)
        if meaning is Meaning.NONE:
            if not entry.empty:
                entry.kind, entry.reason = Kind.SKIPPED, "a heading, which is to mean nothing"
                entry.expected = True
            return
        if self._meaning is None and meaning is Meaning.LAB and read_date(entry.heading):
            suggestion = "say --headings tag or --headings none"
            entry.doubts.append((f"{entry.heading} is taken for a lab", suggestion))
        own = _group(entry.heading, meaning)
        self._group = replace(
            own,
            lab=own.lab or self._top.lab,
            status=own.status or self._top.status,
            tags=tuple(dict.fromkeys(self._top.tags + own.tags)),
        )


def _group(heading: str, meaning: Meaning) -> Group:
    match meaning:
        case Meaning.LAB:
            return Group(lab=heading)
        case Meaning.TAG:
            return Group(tags=(heading,))
        case Meaning.STATUS:
            return Group(status=status_of(heading))
        case _:
            return Group()


def _skipped(raw: RawTable, header: tuple[str, ...], reason: str) -> Table:
    rows = tuple(
        Row(line=row.line, kind=Kind.SKIPPED, reason=reason, text=row.source) for row in raw.rows
    )
    last = raw.rows[-1].line if raw.rows else raw.header.line + 1
    return Table(
        line=raw.header.line,
        last=last,
        header=header,
        rows=rows,
        look=Look(),
        section=raw.section,
        skipped=reason,
    )


def _not_a_table(broken: Broken) -> Table:
    dashes = (
        f"{broken.delimiters} in the row of dashes" if broken.delimiters else "no row of dashes"
    )
    message = (
        f"looks like a table, but GFM sees none: {broken.header} cells in the header, {dashes}"
    )
    add = "write a row of dashes below the first, | --- | a cell"
    doubt = Doubt(
        broken.line, message, "give both rows as many cells" if broken.delimiters else add
    )
    return Table(
        line=broken.line,
        last=broken.line + 1,
        header=(),
        rows=(),
        look=Look(),
        skipped="no table",
        doubts=(doubt,),
    )
