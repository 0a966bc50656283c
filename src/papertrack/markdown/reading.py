"""Tables and lists of papers out of a Markdown text, every row of them accounted for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from papertrack.identifiers import arxiv_in, normalise_doi
from papertrack.markdown.cell_fields import Made, make_paper
from papertrack.markdown.column_fields import (
    Sorted,
    TableColumn,
    first_roles,
    settle,
    wanted_roles,
    with_days_of_diary,
)
from papertrack.markdown.column_texts import ColumnText
from papertrack.markdown.document import (
    Block,
    Broken,
    Heading,
    Paragraph,
    RawList,
    RawTable,
    find,
    under_headings,
)
from papertrack.markdown.doubts import with_doubts
from papertrack.markdown.inline import is_own, links, papers_in
from papertrack.markdown.proper_names import conference_above, year_above
from papertrack.markdown.row_kinds import DraftRow, sort_lines
from papertrack.markdown.rows import Doubt, Group, Kind, Meaning, Row, Table, group_under
from papertrack.markdown.table_look import MadeRow, find_look, has_markup, keep_cells
from papertrack.markdown.vocabulary import (
    Role,
    is_of_presenters,
    other_thing,
    role_of,
    speaks_of_reading,
)
from papertrack.models import Look
from papertrack.patterns import pattern
from papertrack.sources import is_source, read_date
from papertrack.status import Status

_OF_LINK = pattern(r"[\[<]|//|\bwww\.", re.IGNORECASE)
"""What stands in every text that has a link in it."""
_HALF = 0.5
_SOME = 0.3
_FEW = 0.2
_PAPER_WORD = pattern(
    r"paper|publication|preprint|论文|論文|논문|文献|papier|bildiri|стать|\bartigo|\bart[ií]culo",
    re.IGNORECASE,
)
_OTHER_SECTION = pattern(
    r"\b(?:blog|book|course|dataset|tool|contributor|repositor|software|librar|podcast|people|"
    r"member|website|newsletter|job|event|meetup|licen[cs]e|film|movie|novel|game)|博客|电影|小说|游戏|书籍|課程|课程|数据集|工具|书单|"
    r"ブログ|書籍|記事|映画|小説|データセット|ツール|블로그|도서|강의|데이터셋|아티클|영화|\b(?:livre|kitap|cours|kurs|roman)",
    re.IGNORECASE,
)
_NEARLY_ALL = 0.8
_LONGEST = 150  # letters; more are a summary on average
_OF_BOOKS = frozenset({Role.YEAR, Role.STATUS, Role.AUTHORS})
_OF_PAPERS = {Role.VENUE, Role.SOURCE, Role.YEAR, Role.STATUS, Role.DOI, Role.ARXIV}
_OTHER_TITLES = "films, books or games"
_BESIDE_PAPERS = frozenset(
    {
        *(Role.DATE, Role.TAGS, Role.SUMMARY, Role.NOTES, Role.LAB, Role.STATUS, Role.PRIORITY),
        *(Role.ADDED, Role.STARTED, Role.FINISHED),
    }
)


class Listing(NamedTuple):
    """What a table turned out to be."""

    title: TableColumn | None
    """The column of the titles, None where this is no list of papers."""
    reason: str = ""
    """Why it is none."""
    guessed: bool = False
    """Whether only the cells tell that these are titles."""


def find_titles(  # noqa: PLR0911 - one return a verdict
    table: Sorted, rows: Sequence[Sequence[str]], *, section: str, mapped: bool
) -> Listing:
    """Return the column of titles, or why the table is no list of papers.

    `section` is the heading above it. `mapped` says that a person named the columns: then a title
    is a title.
    """
    columns, cells = table
    if other := _is_no_list(table, rows):
        return Listing(None, other)
    titles = [column for column in columns if column.role is Role.TITLE]
    if mapped and titles:
        return Listing(titles[0])
    good = [column for column in titles if _holds_titles(cells[column.index])]
    if good:
        best = max(good, key=lambda column: (cells[column.index].titles, -column.index))
        best = good[0] if cells[good[0].index].titles >= _HALF else best
        roles = {column.role for column in columns}
        people = other_thing([column.header for column in columns]) == "people"
        if people and Role.NAME in roles and not roles & _OF_PAPERS and not _papers(rows):
            return Listing(None, "people")
        if cells[best.index].are_several and Role.AUTHORS not in roles and not _papers(rows):
            return Listing(None, f"a row has several names in {best.header}, of a paper each")
        if _are_of_papers(best, table, rows, section):
            return Listing(best)
        return Listing(None, f"what stands in {best.header} does not look like papers")
    named = [column for column in columns if column.role in (Role.NAME, Role.MODEL)]
    for column in sorted(named, key=lambda column: column.role is Role.MODEL):
        if _is_supported(column, table, rows):
            return Listing(replace(column, role=Role.TITLE))
    guess = _guess(table, rows)
    if guess:
        return Listing(replace(guess, role=Role.TITLE), guessed=True)
    return Listing(None, _reason(table))


def _is_no_list(table: Sorted, rows: Sequence[Sequence[str]]) -> str | None:
    """Return what a table is whose shape tells that it lists no papers, or None."""
    columns, cells = table
    if len(columns) == 2 and columns[0].known:  # a word and what it says
        roles = [role for text in cells[0].texts if (role := role_of(text)) and role[1]]
        if len(set(roles)) > 1 and len(roles) >= _HALF * len(cells[0]):
            return "the card of one paper"
    written = any(column.role is Role.AUTHORS for column in columns)
    inside = (cell.share_of_links(lambda link: link.startswith("#")) for cell in cells)
    return (
        "a table of contents"
        if max(inside, default=0) > _NEARLY_ALL and not written and not _papers(rows)
        else None
    )


def _holds_titles(cells: ColumnText) -> bool:
    """Say whether the cells can be titles: not mere links, numbers or dates."""
    lettered = cells.share(lambda text: any(map(str.isalpha, text)))  # or `2, 5, 7` of a table
    numbers = max(cells.links_only, cells.scores, cells.dates, 1 - lettered) > _HALF
    return not len(cells) or not (numbers or cells.are_known_sources)


def _are_of_papers(
    title: TableColumn, table: Sorted, rows: Sequence[Sequence[str]], section: str
) -> bool:
    """Say whether titles are of papers: the header says so, or what stands beside them."""
    own = table.cells[title.index]
    others = [column for column in table.columns if column.index != title.index]
    if _papers(rows) >= _FEW:
        return True
    about = {column.role for column in others if _speaks_of_papers(column, table)}
    beside = any(column.role in _BESIDE_PAPERS for column in others) or not len(own)
    if _PAPER_WORD.search(title.header):
        return bool(about) or beside or own.titles >= _SOME
    others_too = other_thing([column.header for column in table.columns]) == _OTHER_TITLES
    if others_too or (_OTHER_SECTION.search(section) and not _PAPER_WORD.search(section)):
        return bool(about - _OF_BOOKS)
    if about:
        return True
    return (beside and (own.titles >= _HALF or not len(own))) or own.length > 30  # a title's length


def _papers(rows: Sequence[Sequence[str]]) -> float:
    """Return the share of rows with a link to a paper."""
    sample = [row for row in rows[:200] if any(row)]
    leading = sum(
        any(("://" in cell and papers_in(cell)) or arxiv_in(cell) for cell in row) for row in sample
    )
    return leading / max(1, len(sample))


def _is_supported(column: TableColumn, table: Sorted, rows: Sequence[Sequence[str]]) -> bool:
    """Say whether what is named in a column are papers: by its brackets, links, neighbours."""
    own = table.cells[column.index]
    if len(own) and not _holds_titles(own):
        return False
    papers = _papers(rows)
    about = {other.role for other in table.columns if _speaks_of_papers(other, table)}
    if column.role is Role.MODEL:
        led = any(cells.papers >= _HALF for cells in table.cells)
        scored = sum(it.scores > _HALF > it.papers and len(it) > 0 for it in table.cells) > 1
        alike = len(set(own.texts)) <= _HALF * len(own)  # `Framework`: `PyTorch`, `PyTorch`
        return not (scored or alike) and papers >= _HALF and (bool(about) or led)
    if own.share(lambda text: "《" in text) >= _SOME or papers >= _SOME:
        return True
    if other_thing([other.header for other in table.columns]):
        return False
    return bool(about) and (own.titles >= _SOME or not len(own) or len(about) > 1)


def _speaks_of_papers(column: TableColumn, table: Sorted) -> bool:
    cells = table.cells[column.index]
    match column.role:
        case Role.AUTHORS | Role.DOI | Role.ARXIV:
            known = column.role is Role.ARXIV or cells.share(normalise_doi) >= _HALF
            return known or cells.scores < _HALF
        case Role.VENUE | Role.SOURCE:
            return not len(cells) or cells.share(is_source) >= _SOME
        case Role.YEAR:
            return cells.dates > _HALF or cells.sources > _HALF
        case Role.STATUS:
            return not len(cells) or cells.statuses >= _HALF
        case _:
            return False


def _guess(table: Sorted, rows: Sequence[Sequence[str]]) -> TableColumn | None:
    """Return the column without a telling header whose cells are titles of papers."""
    # `Paper` heads nothing but links in some tables, whose titles lead to notes below `Notes`.
    beside = zip(table.columns, table.cells, strict=True)
    bare = any(
        it.role is Role.TITLE and (cells.links_only > _HALF or cells.are_known_sources)
        for it, cells in beside
    )
    untitled = not any(it.role in (Role.TITLE, Role.NAME, Role.MODEL) for it in table.columns)
    open_columns = [
        column
        for column, cells in zip(table.columns, table.cells, strict=True)
        if _may_head_titles(column, cells, bare=bare, untitled=untitled)
        and (cells.titles >= 0.6 or cells.are_marked)  # most
    ]
    if not open_columns:
        return None
    best = max(open_columns, key=lambda column: table.cells[column.index].likeness)
    cells = table.cells[best.index]
    about = sum(_speaks_of_papers(column, table) for column in table.columns)
    single = sum(len(links(runs)) <= 2 for runs in cells.runs) >= 0.8 * len(cells)  # and its code
    if cells.papers >= _HALF and cells.links_only < _HALF and single and _words(cells):
        return best
    marked = _papers(rows) >= _SOME or cells.are_marked
    if marked and not any(column.header for column in table.columns):
        return best
    long = cells.length > 20  # letters, as many as a title has
    meet = cells.length > 30 and any(is_of_presenters(column.header) for column in table.columns)
    noted = best.role is Role.NOTES
    meet |= cells.are_citations
    return best if (about > 1 or meet or bare or noted) and long and _words(cells) else None


def _may_head_titles(column: TableColumn, cells: ColumnText, *, bare: bool, untitled: bool) -> bool:
    """Say whether a column may hold titles by its header; below that of notes, they lead there.

    `bare` says that the header of titles heads mere links, `untitled` that there is none.
    """
    if column.role is Role.NOTES and (bare or untitled):
        return cells.share_of_links(lambda link: bare or is_own(link)) > _NEARLY_ALL
    if column.role is Role.OTHER or (bare and column.role is Role.LINKS):
        return True
    different = len(set(cells.texts)) > 0.8 * len(cells)  # no kinds of papers
    return column.role in (Role.TAGS, Role.SUMMARY) and different and cells.length < _LONGEST


def _words(cells: ColumnText) -> bool:
    # A person's name has two.
    return cells.share(lambda text: len(re.findall(r"[^\W\d_]+", text)) > 2) > _HALF


def _reason(table: Sorted) -> str:
    headers = [column.header for column in table.columns if column.header]
    thing = other_thing(headers)
    if thing:
        return thing
    scored = sum(cells.scores > _HALF and len(cells) > 0 for cells in table.cells)
    if scored > 1 and any(column.role is Role.MODEL for column in table.columns):
        return "a leaderboard without papers"
    return f"no column of titles among {', '.join(headers)}" if headers else "no column of titles"


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
    blocks: Iterable[Block] = list(find(text))
    if listed := any(
        isinstance(block, Paragraph | RawList)
        or (isinstance(block, Heading) and _OF_LINK.search(block.text))  # one may be a paper
        for block in blocks
    ):
        # what reads items is large
        from papertrack.markdown.list_habits import as_most_mean
        from papertrack.markdown.lists import read_list, surroundings_of
        from papertrack.markdown.paragraphs import (
            gathered,
            told_apart,
            with_addresses,
            with_titles,
            with_unread,
        )

        around = surroundings_of(blocks)
        items = gathered(list(map(told_apart, blocks)), among_papers=around.among_papers)
        blocks = with_unread(with_titles(with_addresses(items)))
    for block in under_headings(blocks):
        if isinstance(block, Broken):
            tables.append(_not_a_table(block))
        elif isinstance(block, RawList):
            tables += filter(None, [read_list(block, meaning=headings, around=around)])
        elif isinstance(block, RawTable):
            tables.append(_read(block, mapping, headings, look))
    return [with_doubts(table) for table in (as_most_mean(tables) if listed else tables)]


def _read(
    raw: RawTable, mapping: Mapping[str, str], meaning: Meaning | None, made_in: Look | None
) -> Table:
    width = len(raw.header.cells)
    rows = [(row.cells + ("",) * width)[:width] for row in raw.rows]
    full = [row for row in rows if sum(map(bool, row)) > 1 and len(set(row)) > 1] or rows
    sorted_columns = first_roles(raw.header.cells, full, mapping)
    mapped = any(it.role is Role.TITLE and it.mapped for it in sorted_columns.columns)
    listing = find_titles(sorted_columns, full, section=raw.section or "", mapped=mapped)
    table = Table(
        line=raw.header.line,
        last=raw.rows[-1].line if raw.rows else raw.header.line + 1,
        header=tuple(column.header for column in sorted_columns.columns),
        rows=tuple(Row(line=row.line, kind=Kind.SKIPPED, text=row.source) for row in raw.rows),
        look=Look(),
        section=raw.section,
        above=raw.above,
        html=raw.html,
        enclosed=raw.enclosed,
    )
    if listing.title is None:
        skipped = tuple(row._replace(reason=listing.reason) for row in table.rows)
        return table._replace(rows=skipped, skipped=listing.reason)
    columns = settle(sorted_columns, listing.title)
    if made_in:  # whose word for what is unread may be the only one there
        crossed = made_in.statuses.get(Status.TO_READ, "").casefold() == "x"
        columns = tuple(replace(column, crossed=crossed) for column in columns)
    was_read = any(map(speaks_of_reading, (raw.section or "", *raw.above)))
    columns = tuple(with_days_of_diary(columns, sorted_columns.cells, read=was_read))
    reader = _TableReader(columns, raw, meaning)
    clear = [line for line in raw.behind if len(line.cells) == width > 1]  # surely rows of it
    entries = sort_lines((*raw.rows, *clear), columns, raw.header)
    read = [reader.row(entry) for entry in entries]
    if listing.guessed:
        named = listing.title.header or f"column {listing.title.index + 1}"
        suggestion = f"taken for the titles; say --map '{listing.title.index + 1}=title' if so"
        reader.doubts.append(Doubt(raw.header.line, f"{named} is not known", suggestion))
    message = "the row stands behind the end of its table, GFM does not show it as a row"
    suggestion = "imported; move it into the table"
    reader.doubts += [Doubt(row.line, message, suggestion) for row in read[len(raw.rows) :]]
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
    read = [row._replace(papers=tuple(next(given) for _ in row.papers)) for row in read]
    return table._replace(
        last=max((raw.header.line + 1, *(row.line for row in read))),
        rows=tuple(read[: len(raw.rows)]),
        orphans=tuple(read[len(raw.rows) :]),
        look=look,
        doubts=tuple(sorted(reader.doubts)),
    )


class _TableReader:
    """Makes rows of a table's entries, one after the other, and remembers the heading above."""

    def __init__(
        self, columns: Sequence[TableColumn], raw: RawTable, meaning: Meaning | None
    ) -> None:
        self._columns = columns
        self._meaning = meaning
        top = group_under(raw.section, meaning) if meaning and raw.section else Group()
        source = "" if meaning else conference_above((raw.section or "", *raw.above))
        self._top = self._group = top._replace(year=_year_of(raw, columns), source=source)
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
        for column in self._columns:
            if column.goes_on and (when := read_date(entry.cells[column.index])):
                self._top = self._top._replace(year=when.year)
                self._group = self._group._replace(year=when.year)
        made = make_paper(self._columns, entry.cells, self._group)
        self._linked += made.titled_link
        self.lines.append(MadeRow(entry.cells, made.paper))
        return made

    def _turn(self, entry: DraftRow) -> None:
        meaning = self._meaning or (Meaning.LAB if entry.equal else Meaning.TAG)
        if meaning is Meaning.NONE:
            if not entry.empty:
                entry.kind, entry.reason = (Kind.SKIPPED, "a heading, as --headings none wants")
                entry.expected = True
            return
        if self._meaning is None and meaning is Meaning.LAB and read_date(entry.heading):
            suggestion = "say --headings tag or --headings none"
            entry.doubts.append((f"{entry.heading} is taken for a lab", suggestion))
        own = group_under(entry.heading, meaning)
        self._group = own._replace(
            lab=own.lab or self._top.lab,
            status=own.status or self._top.status,
            year=self._top.year,
            source=self._top.source,
            tags=tuple(dict.fromkeys(self._top.tags + own.tags)),
        )


def _year_of(raw: RawTable, columns: Sequence[TableColumn]) -> int | None:
    """Return the year above a table in which its papers appeared, not that of reading them."""
    headings = (raw.section or "", *raw.above)
    roles = {column.role for column in columns}
    read = Role.FINISHED in roles or any(map(speaks_of_reading, headings))
    return year_above(headings) if roles & {Role.VENUE, Role.SOURCE} and not read else None


def _not_a_table(broken: Broken) -> Table:
    row = f"{broken.delimiters} in the row of dashes" if broken.delimiters else "no row of dashes"
    text = f"looks like a table, but GFM sees none: {broken.header} cells in the header, {row}"
    add = "write a row of dashes below the first, | --- | a cell"
    doubt = Doubt(broken.line, text, "give both rows as many cells" if broken.delimiters else add)
    return Table(
        line=broken.line,
        last=broken.line + 1,
        header=(),
        rows=(),
        look=Look(),
        skipped="no table",
        doubts=(doubt,),
    )
