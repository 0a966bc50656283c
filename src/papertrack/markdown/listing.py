"""Whether a table is a list of papers, and which column holds their titles."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from papertrack.identifiers import arxiv_in, normalise_doi
from papertrack.markdown.columns import ColumnText, Sorted, TableColumn
from papertrack.markdown.inline import links, spans
from papertrack.markdown.links import is_paper
from papertrack.markdown.vocabulary import Role, other_thing, role_of
from papertrack.sources import is_source

_HALF = 0.5
_SOME = 0.3
_FEW = 0.2
_PAPER_WORD = re.compile(
    r"paper|publication|preprint|论文|論文|논문|文献|papier|bildiri", re.IGNORECASE
)
_OTHER_SECTION = re.compile(
    r"\b(?:blog|book|course|dataset|tool|contributor|repositor|software|librar|podcast|people|"
    r"member|website|newsletter|job|event|meetup|licen[cs]e|film|movie|novel|game)|博客|电影|小说|游戏|书籍|課程|课程|数据集|工具|书单|"
    r"ブログ|書籍|記事|映画|小説|データセット|ツール|블로그|도서|강의|데이터셋|아티클|영화|\b(?:livre|kitap|cours|kurs|roman)",
    re.IGNORECASE,
)
_NEARLY_ALL = 0.8
_OF_BOOKS = frozenset({Role.YEAR, Role.STATUS, Role.AUTHORS})
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
        if _is_person(columns) and not _papers(rows):
            return Listing(None, "people")
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
    inside = (cell.share_of_links(lambda link: link.startswith("#")) for cell in cells)
    return (
        "a table of contents"
        if max(inside, default=0) > _NEARLY_ALL and not _papers(rows)
        else None
    )


def _holds_titles(cells: ColumnText) -> bool:
    """Say whether the cells can be titles: not mere links, numbers or dates."""
    return not len(cells) or not (
        cells.links_only > _HALF or cells.scores > _HALF or cells.dates > _HALF
    )


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


def _is_person(columns: Sequence[TableColumn]) -> bool:
    others = [column.header for column in columns]
    roles = {column.role for column in columns}
    papers = {Role.VENUE, Role.SOURCE, Role.YEAR, Role.STATUS, Role.DOI, Role.ARXIV}
    return other_thing(others) == "people" and Role.NAME in roles and not roles & papers


def _papers(rows: Sequence[Sequence[str]]) -> float:
    """Return the share of rows with a link to a paper."""
    sample = [row for row in rows[:200] if any(row)]
    return sum(any(_leads_to_paper(cell) for cell in row) for row in sample) / max(1, len(sample))


def _leads_to_paper(cell: str) -> bool:
    if "://" in cell and any(map(is_paper, links(spans(cell)))):
        return True
    return arxiv_in(cell) is not None


def _is_supported(column: TableColumn, table: Sorted, rows: Sequence[Sequence[str]]) -> bool:
    """Say whether what is named in a column are papers: by its brackets, links, neighbours."""
    own = table.cells[column.index]
    if len(own) and not _holds_titles(own):
        return False
    papers = _papers(rows)
    about = {other.role for other in table.columns if _speaks_of_papers(other, table)}
    if column.role is Role.MODEL:
        scored = sum(cells.scores > _HALF and len(cells) > 0 for cells in table.cells) > 1
        return not scored and papers >= _HALF and bool(about or _any_papers(table, column))
    if own.share(lambda text: "《" in text) >= _SOME or papers >= _SOME:
        return True
    if other_thing([other.header for other in table.columns]):
        return False
    return bool(about) and (own.titles >= _SOME or not len(own) or len(about) > 1)


def _any_papers(table: Sorted, title: TableColumn) -> bool:
    return any(
        cells.papers >= _HALF for at, cells in enumerate(table.cells) if at != title.index
    ) or (table.cells[title.index].papers >= _HALF)


def _speaks_of_papers(column: TableColumn, table: Sorted) -> bool:
    cells = table.cells[column.index]
    match column.role:
        case Role.AUTHORS | Role.DOI | Role.ARXIV:
            known = column.role is Role.ARXIV or cells.share(normalise_doi) >= _HALF
            return known or cells.scores < _HALF
        case Role.VENUE | Role.SOURCE:
            return not len(cells) or cells.share(is_source) >= _SOME
        case Role.YEAR:
            return cells.dates > _HALF
        case Role.STATUS:
            return not len(cells) or cells.statuses >= _HALF
        case _:
            return False


def _guess(table: Sorted, rows: Sequence[Sequence[str]]) -> TableColumn | None:
    """Return the column without a telling header whose cells are titles of papers."""
    open_columns = [
        column
        for column in table.columns
        if _may_head_titles(column, table.cells[column.index])
        and table.cells[column.index].titles >= 0.6  # most
    ]
    if not open_columns:
        return None
    best = max(open_columns, key=lambda column: table.cells[column.index].length)
    cells = table.cells[best.index]
    about = sum(_speaks_of_papers(column, table) for column in table.columns)
    single = sum(len(links(runs)) <= 2 for runs in cells.runs) >= 0.8 * len(
        cells
    )  # a title, perhaps its code
    if cells.papers >= _HALF and cells.links_only < _HALF and single and _words(cells):
        return best
    nameless = not any(column.header for column in table.columns)
    if nameless and (_papers(rows) >= _SOME or cells.share(lambda text: "《" in text) >= _HALF):
        return best
    return best if about > 1 and cells.length > 20 and _words(cells) else None  # the same


def _may_head_titles(column: TableColumn, cells: ColumnText) -> bool:
    """Say whether a column may hold titles by its header: any but one that says what else."""
    if column.role is Role.OTHER:
        return True
    different = len(set(cells.texts)) > 0.8 * len(cells)  # no kinds of papers
    return column.role in (Role.TAGS, Role.SUMMARY) and different


def _words(cells: ColumnText) -> bool:
    return (
        cells.share(lambda text: len(re.findall(r"[^\W\d_]+", text)) > 2) > _HALF
    )  # a name has two


def _reason(table: Sorted) -> str:
    headers = [column.header for column in table.columns if column.header]
    thing = other_thing(headers)
    if thing:
        return thing
    scored = sum(cells.scores > _HALF and len(cells) > 0 for cells in table.cells)
    if scored > 1 and any(column.role is Role.MODEL for column in table.columns):
        return "a leaderboard without papers"
    return f"no column of titles among {', '.join(headers)}" if headers else "no column of titles"
