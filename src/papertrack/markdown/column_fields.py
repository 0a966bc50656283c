"""Which column of a table holds what, by its header and by what stands in it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from papertrack.authors import are_names, split_names
from papertrack.errors import PapertrackError
from papertrack.folding import nearest
from papertrack.identifiers import normalise_arxiv
from papertrack.markdown.column_texts import ColumnText
from papertrack.markdown.inline import YEAR, visible_text
from papertrack.markdown.vocabulary import (
    Role,
    folded,
    is_about_authors,
    is_of_days,
    is_of_presenters,
    priority_in,
    role_of,
    stars_in,
)
from papertrack.models import FIELDS
from papertrack.patterns import pattern
from papertrack.sources import read_date, read_source, year_is_last
from papertrack.status import status_of

_WHOLE = pattern(r"《.*》\s*(?:[(（][^()（）]*[)）]\s*)*")  # 《A title》（谷歌）
_WORK = pattern(r"《([^《》]+)》")
_PUBLICATIONS = ("publication", "publications", "publication title")
"""A title where another column says the venue, and where another has the titles a venue."""
_TIME = pattern(r"\d[T ]\d\d:\d\d")
_ALIASES = {"link": Role.LINKS, "note": Role.NOTES, "tag": Role.TAGS, "author": Role.AUTHORS}


@dataclass(frozen=True)
class TableColumn:
    """One column of a table."""

    index: int
    source: str
    """The header as it is written."""
    header: str
    """The header as a reader sees it."""
    role: Role
    known: bool = False
    """Whether the header says so, not the cells."""
    mapped: bool = False
    """Whether it holds what a person said, or the look of its block."""
    authors: bool = False
    """Whether the header of the titles names the authors too."""
    year_last: bool = False
    """Whether dates of three short numbers end with the year."""
    stars: int = 5
    """How many stars are the most that a priority can have."""
    of_meetings: bool = False
    """Whether its dates are of meetings, as who speaks stands beside them, or of its entries."""

    bracketed: bool = False
    """Whether its titles stand in 《》, so that what is around these is no more of them."""
    turned: bool = False
    """Whether its names begin with the family's, so that `Lee, Ann` is one."""
    works: frozenset[str] = frozenset()
    """What stands in 《》 in several of its cells: works that the titles speak of."""
    again: bool = False
    """Whether a column before it has the same header."""
    crossed: bool = False
    """Whether `X` says no in it, as `O` says yes, and ticks nothing off."""
    to_papers: bool = False
    """Whether it is the first whose cells are nothing but links, nearly all to papers."""
    goes_on: bool = False
    """Whether each of its years stands once, above the rows that it is of."""

    @property
    def label(self) -> str:
        """What stands before its text in notes."""
        if not self.header:
            return f"Column {self.index + 1}"
        return f"{self.header} ({self.index + 1})" if self.again else self.header


class Sorted(NamedTuple):
    """A table's columns with their roles."""

    columns: tuple[TableColumn, ...]
    cells: tuple[ColumnText, ...]


def first_roles(
    headers: Sequence[str], rows: Sequence[Sequence[str]], mapping: Mapping[str, str]
) -> Sorted:
    """Return the columns with the roles that their headers or the mapping give them.

    A header that says nothing has the role `other`, until its cells are looked at.
    """
    wanted = wanted_roles(mapping)
    columns = []
    for index, source in enumerate(headers):
        header = visible_text(source)
        mapped = wanted.get(folded(header) or header) or wanted.get(str(index + 1))
        role, known = (mapped, True) if mapped else role_of(header) or (Role.OTHER, False)
        about = role is Role.TITLE and is_about_authors(header)
        is_mapped = mapped is not None
        columns.append(TableColumn(index, source, header, role, known, is_mapped, about))
    cells = tuple(ColumnText([row[index] for row in rows]) for index in range(len(headers)))
    columns = [
        replace(column, again=any(other.header == column.header for other in columns[:at]))
        for at, column in enumerate(columns)
    ]
    works = [it for it in columns if folded(it.header) in _PUBLICATIONS and not it.mapped]
    others = {it.role for it in columns if it not in works and cells[it.index].links_only < 0.5}
    if others & {Role.TITLE, Role.VENUE, Role.SOURCE}:
        role = Role.VENUE if Role.TITLE in others else Role.TITLE
        columns = [replace(it, role=role) if it in works else it for it in columns]
    meet = any(is_of_presenters(column.header) for column in columns)
    noted = [cell.share(_TIME.search) > 0.5 for cell in cells]  # most; days of entries
    dated = (
        replace(
            column,
            year_last=year_is_last(cells[column.index].texts),
            stars=_most_stars(cells[column.index].texts),
            of_meetings=(meet or noted[column.index])
            and column.role is Role.DATE
            and is_of_days(column.header),
            crossed={"o", "x"} <= {text.strip().casefold() for text in cells[column.index].texts},
            goes_on=_go_on([row[column.index] for row in rows]),
        )
        for column in columns
    )
    return Sorted(tuple(dated), cells)


def wanted_roles(mapping: Mapping[str, str]) -> dict[str, Role]:
    """Return what a person says the columns hold, by folded header or number."""
    roles = {role.value: role for role in Role if role is not Role.MODEL} | _ALIASES
    for word in mapping.values():
        if word not in roles:
            near = nearest(word, roles)
            hint = f": did you mean {near[0]}?" if near else f"; the fields are {', '.join(FIELDS)}"
            raise PapertrackError(f'a column cannot be mapped to "{word}"{hint}')
    return {folded(header) or header: roles[word] for header, word in mapping.items()}


def settle(table: Sorted, title: TableColumn) -> tuple[TableColumn, ...]:
    """Return the columns with roles that their cells bear out, each field's at most once."""
    columns = [title if column.index == title.index else column for column in table.columns]
    taken = {Role.TITLE}
    has_year = any(column.role is Role.YEAR for column in columns)
    dated = any(column.role is Role.DATE for column in columns)
    has_source = any(column.role in (Role.VENUE, Role.SOURCE) for column in columns)
    # Several columns of numbers are a table of results, whose `Model` is no paper's name.
    scores = sum(cells.scores > 0.5 and len(cells) > 0 for cells in table.cells)  # more than half
    settled: list[TableColumn] = []
    for column in columns:
        role = column.role
        if column.index != title.index:
            cells = table.cells[column.index]
            role = _borne_out(column, cells, has_year=has_year, scores=scores)
            if role is Role.SOURCE and dated and not cells.sources:  # the days say the year
                role = Role.VENUE
            # `ICML 2019` below the header `Year` of a table that has no other for venues
            if column.role is Role.YEAR and role is Role.OTHER and not has_source:
                role = Role.SOURCE if cells.sources > 0.5 else role  # more than half
            # the same below `When`, or among dates
            alone = column.role is Role.YEAR or not has_year
            if role in (Role.YEAR, Role.DATE, Role.OTHER) and column.role in (Role.YEAR, Role.DATE):
                sourced = alone and not has_source and not column.of_meetings
                role = Role.SOURCE if sourced and cells.are_sources_and_dates else role
        if role in (Role.OTHER, Role.TAGS) and not has_source and cells.are_short_venues:
            role = Role.VENUE
        # A field has one column, the first; what comes after under its name is a column of its own.
        if role not in (Role.LINKS, Role.DATE, Role.OTHER, Role.SKIP, Role.TITLE):
            place = Role.SOURCE if role is Role.VENUE else role
            role = role if place not in taken else Role.OTHER
            taken.add(place)
        own = replace(column, role=role)
        if role is Role.LINKS and column.index != title.index:
            leads = cells.links_only == 1 and cells.papers > 0.8  # nearly all
            leads = leads and (column.role is role or not cells.are_pictured)
            own = replace(own, to_papers=leads and not any(it.to_papers for it in settled))
        settled.append(_as_spelled(own, table.cells[column.index].texts))
    return tuple(settled)


def with_days_of_diary(
    columns: Sequence[TableColumn], cells: Sequence[ColumnText], *, read: bool
) -> Iterator[TableColumn]:
    """Yield the columns; days one after the other are of a diary, or of preprints beside them.

    `read` says that a heading speaks of reading: then the papers were finished on these days.
    """
    roles = {column.role for column in columns}
    read = read and Role.FINISHED not in roles
    published = roles & {Role.VENUE, Role.SOURCE, Role.DOI} or any(text.papers for text in cells)
    for column in columns:
        days = column.role is Role.DATE and is_of_days(column.header)
        if not days or not cells[column.index].are_diary:
            yield column
        elif read:
            yield replace(column, role=Role.FINISHED)
        else:
            yield replace(column, of_meetings=column.of_meetings or not published)


def _as_spelled(column: TableColumn, texts: Sequence[str]) -> TableColumn:
    """Return a column with what the 《》 of its titles are, and whether its names are turned."""
    if column.role is not Role.TITLE:
        return replace(column, turned=column.role is Role.AUTHORS and _are_turned(texts))
    held = [text for text in texts if "《" in text or "》" in text]
    whole = list(filter(_WHOLE.fullmatch, held))
    names = Counter(name for text in held for name in set(_WORK.findall(text)))
    works = frozenset(name for name, count in names.items() if count > 1)
    return replace(column, bracketed=len(whole) * 2 >= max(1, len(held)), works=works)


def _borne_out(column: TableColumn, cells: ColumnText, *, has_year: bool, scores: int) -> Role:  # noqa: C901, PLR0911, PLR0912 - one case a role
    """Return the column's role as its cells have it."""
    links_only = cells.links_only > 0.6  # most
    match column.role:
        case Role.TITLE if len(cells) and cells.are_known_sources:
            return Role.SOURCE
        case Role.TITLE:
            return Role.LINKS if links_only else Role.OTHER
        case Role.MODEL | Role.NAME:
            named = cells.are_short_names and not cells.are_east_asian
            if column.role is Role.MODEL and (scores > 1 or not named):
                return Role.OTHER
            return Role.LINKS if links_only else Role.NAME
        case Role.VENUE | Role.SOURCE if links_only and not cells.are_venues:
            return Role.LINKS
        case Role.VENUE | Role.SOURCE:
            years = cells.share(lambda text: read_source(text).year)
            if has_year:  # or a year would stand where only the other column had one
                return Role.SOURCE if cells.are_full and years == 1 else Role.VENUE
            if column.role is Role.SOURCE:
                return Role.SOURCE
            return Role.SOURCE if years > 0.3 and len(cells) else Role.VENUE  # not by chance
        case Role.YEAR if column.goes_on:
            return Role.DATE
        case Role.YEAR:
            years = cells.share(lambda text: YEAR.match(text) or read_date(text))
            return Role.YEAR if not len(cells) or years > 0.4 else Role.OTHER  # nearly half
        case Role.DATE:
            years = not column.of_meetings and cells.share(YEAR.fullmatch) == 1
            if not has_year and len(cells) and years:
                return Role.YEAR
            return Role.DATE if cells.dates > 0.3 else Role.OTHER  # nearly half
        case Role.STATUS if len(cells) and cells.statuses < 0.5 and cells.dates > 0.5:  # most
            return Role.FINISHED
        case Role.STATUS | Role.NOTES if cells.lead_away:
            return Role.LINKS
        case Role.NOTES if cells.are_own_notes:
            return Role.LINKS
        case Role.STATUS:
            share = cells.statuses if column.known else cells.share(status_of)  # 开源状态: ✅ 代码
            return Role.STATUS if not len(cells) or share >= 0.5 else Role.OTHER  # half
        case Role.TAGS if cells.are_sentences:
            return Role.OTHER
        case Role.SUMMARY if column.mapped:
            return Role.SUMMARY
        case Role.SUMMARY if cells.dates > 0.5:  # of reading them, and no abstracts; most
            return Role.OTHER
        case Role.SUMMARY if not column.known and cells.scores > 0.5:  # ratings of it; most
            return Role.OTHER
        case Role.SUMMARY | Role.TAGS | Role.LAB if links_only:
            return Role.LINKS
        case Role.PRIORITY:
            one_kind = cells.share(priority_in) == 1 and cells.share(stars_in) in (0, 1)
            return Role.PRIORITY if one_kind else Role.OTHER
        case Role.ADDED | Role.STARTED | Role.FINISHED:
            return column.role if not len(cells) or cells.dates > 0.5 else Role.OTHER  # most
        case Role.NUMBER:
            return Role.NUMBER if cells.count_up else Role.OTHER
        case Role.OTHER if not column.header:
            return _guessed(cells, has_year=has_year)
        case Role.OTHER | Role.LAB if not column.mapped and len(cells) and cells.are_known_sources:
            return Role.SOURCE
        case Role.OTHER if links_only or cells.lead_away:
            return Role.LINKS
        case Role.OTHER if len(cells) and cells.share(normalise_arxiv) > 0.8:  # the same
            return Role.ARXIV
        case role:
            return role


def _guessed(cells: ColumnText, *, has_year: bool) -> Role:
    """Return what a column without a header holds, besides titles."""
    tests = (
        (Role.NUMBER, cells.count_up),
        (Role.LINKS, cells.links_only > 0.8),  # nearly all
        (Role.STATUS, cells.statuses > 0.8),  # the same
        (Role.YEAR, not has_year and cells.share(YEAR.fullmatch) > 0.8),  # the same
        (Role.DATE, cells.dates > 0.8),  # the same
        (Role.SOURCE, cells.sources > 0.5),  # more than half
        (Role.AUTHORS, cells.share(are_names) > 0.6),  # more than half
        (Role.NAME, cells.names > 0.8 and cells.scores < 0.5),  # nearly all, and no numbers
    )
    return next((role for role, holds in tests if holds and len(cells)), Role.OTHER)


def _most_stars(texts: Sequence[str]) -> int:
    """Return how many stars a column's priorities can have: one marks, else of three or five.

    None are those of a column that counts from `P0`.
    """
    if any(text.strip().casefold() == "p0" for text in texts):
        return 0
    most = max(map(stars_in, texts), default=0)
    return next(count for count in (1, 3, 5) if most <= count) if most else 5


def _are_turned(texts: Sequence[str]) -> bool:
    """Say whether names begin with the family's: several surely, as many as two words may."""
    every = [split_names(text) for text in texts]
    surely = sum("," in name for names in every for name in names[:1])
    return surely > 2 and surely >= sum(as_one(names) != names for names in every)


def as_one(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return two words among turned names as the one that they are: `Lee, Ann`."""
    return (", ".join(names),) if len(names) == 2 and " " not in "".join(names) else names


def _go_on(cells: Sequence[str]) -> bool:
    """Say whether cells are years, one later or earlier than the other, with blanks below most."""
    full = [cell.strip("*_` ") for cell in cells if cell.strip()]
    if len(full) < 2 or len(full) * 3 > len(cells) * 2 or not cells[0].strip():
        return False
    years = all(map(YEAR.fullmatch, full)) and len(set(full)) == len(full)
    return years and sorted(full) in (full, full[::-1])
