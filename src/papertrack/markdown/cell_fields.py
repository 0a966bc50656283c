"""What a row's cells say, as fields of a paper."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from papertrack.authors import ET_AL, split_names
from papertrack.folding import is_nothing
from papertrack.identifiers import arxiv_in, make_key, normalise_arxiv, normalise_doi
from papertrack.labs import is_well_known
from papertrack.markdown.column_fields import TableColumn, as_one
from papertrack.markdown.inline import (
    BREAK,
    identify,
    is_file,
    line_of,
    links,
    links_in,
    prose,
    spans,
    visible_text,
)
from papertrack.markdown.proper_names import (
    are_organisations,
    authors_in,
    is_known_venue,
    without_pages,
)
from papertrack.markdown.rows import CROSSED, Group, PaperFields, is_cross
from papertrack.markdown.title_cells import read_title
from papertrack.markdown.vocabulary import Role, is_honour, priority_in
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.sources import VenueKind, When, day_of, is_source, kind_of, read_date, read_source
from papertrack.status import Status, dated_status, leading_status, status_of

_YEAR_FIRST = pattern(r"((?:19|20)\d\d)(?:\s?[(（/]|[a-z]$)")  # 2024 (online 2023), 2012/2015
_OLD_YEAR = pattern(r"19\d\d")
_YEAR_AT_END = pattern(r"[\s,(（]((?:19|20)\d\d)[)）]?$")
_REMARK = pattern(r"\s[—–]\s")  # CVPR 2016 — Deep Residual Networks
_SOURCE_BEHIND = pattern(  # Author et al. (NeurIPS 2017), A. Author @ ICML 2021, Author, ACL 2020
    r"(?:\s*(?:[(（](?P<inside>[^()（）]*(?:19|20)\d\d[^()（）]*)[)）]|@\s*(?P<at>[^@]*(?:19|20)\d\d))"
    r"|(?:^|[,，.;；]\s*)(?P<last>[^,，.;；@()]*[^\W\d_]\s?(?:19|20)\d\d))$"
)
_LAB_BEHIND = pattern(  # `Author et al. (Meta)`, `Author et al., DeepMind`
    r"(?P<who>.+?)\s*(?:[(（](?P<inside>[^()（）]{2,60})[)）]"
    r"|(?:,|(?P<dash>(?<=\bal\.)\s[–—-]))\s(?P<last>[^,()]{2,60}))"
)
_HONOURED = pattern(  # CVPR (Oral), CVPR 19 Oral
    r"(?P<venue>\S.*?)[\s,]*(?:[(（](?P<inside>[^()（）]+)[)）]"
    r"|(?<=[\s,])(?P<behind>(?:best|outstanding)\s.+|[^\W\d_]+))",
    re.IGNORECASE,
)
_FOLD = pattern(r"</?details\b[^>]*>\s*|<summary\b[^>]*>.*?</summary>\s*", re.IGNORECASE)
_NAMED = pattern(r"[^\W\d_a-z\u3400-\u9fff]")  # by a capital, as venues are
_WORD = pattern(  # but what tells papers of a conference apart
    r"(?!findings|short|long|main|demos?|industry|workshops?|tracks?|datasets?|journal|volume)[^\W\d_]+",
    re.IGNORECASE,
)
_SPAN = pattern(r"((?:19|20)\d\d\S{4,6}?)\s*(?:[~–—至-]|\bto\b)\s*((?:19|20)\d\d\S{4,6})")
_LONG = 100
_FEW_WORDS = 2
_SHORT = 30  # more than an id is a text that may name other papers
_NO_LINKS = (Role.AUTHORS, Role.LAB, Role.TAGS)  # whose addresses are not the paper's
_DOUBTED_DATE = 2  # years between an arXiv id and a date that is then no date of publication
BRACKET = r"[(（](?:[^()（）\n]|[(（][^()（）\n]*[)）])*[)）]"
"""A bracket, which may have brackets in it: what stands between tags is no end of one there."""
_TAG = pattern(rf"(?:{BRACKET}|(?!(?<=\s)[·•]\s)[^,，、;；\n])+")
_CJK_WORDS = pattern(r"[\u3400-\u9fff]{2,6}(?: [\u3400-\u9fff]{2,6})+")
_HASHTAG = pattern(r"#[^\s#,，、;；]+")


@dataclass
class Made:
    """A paper made of a row, and what was not certain about it."""

    paper: Paper
    titled_link: bool
    """Whether its title is a link."""
    doubts: list[tuple[str, str]]
    """Messages with suggestions."""


class _RowFields(PaperFields):
    """What a row's cells say, column by column."""

    dated: int | None = None
    """The year of a date, which may be the day of reading."""
    titled_link: bool = False

    def __init__(self) -> None:
        super().__init__()
        self.doubts: list[tuple[str, str]] = []


def make_paper(columns: Sequence[TableColumn], cells: Sequence[str], group: Group) -> Made:
    """Return the paper that a row's cells make; its key is a proposal, not unique.

    Cells that fit no field are its own columns; those beyond the header go into its notes.
    """
    made = _RowFields()
    for column in in_order(columns):
        cell = _at(cells, column.index)
        if column.role is Role.TITLE and not is_nothing(cell):
            own = {other.role for other in columns if not is_nothing(_at(cells, other.index))}
            _take_title(made, column, cell, own)
        elif not is_nothing(cell):
            _take(made, column, cell)
    _take_surplus(made, cells[len(columns) :])
    if not made.title:
        made.title, made.name = made.name or "?", None
    known = identify(made.links, first=made.titled_link)
    made.lab, made.status = made.lab or group.lab, made.status or group.status
    made.tags += group.tags
    roles = {column.role for column in columns}
    above = read_source(group.source)
    agree = made.year == above.year or None in (made.year, above.year)
    if agree and not made.venue and not roles & {Role.VENUE, Role.SOURCE}:
        made.venue = above.venue
        made.year = made.year if Role.YEAR in roles else made.year or above.year
    if Role.SOURCE not in roles:  # whose cells say the year, and would show this one
        made.year = made.year or _published(made.dated, made.arxiv or known.arxiv)
    made.year = made.year or group.year
    paper = made.paper(known)
    paper = paper.model_copy(update={"key": make_key(paper)})
    return Made(paper, made.titled_link, made.doubts)


def in_order(columns: Sequence[TableColumn]) -> list[TableColumn]:
    """Return columns in the order of reading: a year comes last, it decides against a venue's."""
    order = {Role.TITLE: 0, Role.YEAR: 2}
    return sorted(columns, key=lambda column: order.get(column.role, 1))


def _published(dated: int | None, arxiv: str | None) -> int | None:
    """Return the year of a date, unless the paper is so much older that the date is not its own."""
    digits = arxiv[:2] if arxiv else ""
    late = dated is not None and digits.isdigit() and dated - (2000 + int(digits)) >= _DOUBTED_DATE
    return None if late else dated


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _take_title(made: _RowFields, column: TableColumn, cell: str, own: AbstractSet[Role]) -> None:
    """Read the title's cell; one that says what has a column of its own is kept as written too."""
    parts = read_title(cell, authors=column.authors, bracketed=column.bracketed, works=column.works)
    if Role.NAME in own:
        parts.name = None
    if Role.AUTHORS in own:
        parts.authors = ()
    if own & {Role.VENUE, Role.SOURCE, Role.YEAR}:
        parts.venue = None if own & {Role.VENUE, Role.SOURCE} else parts.venue
        parts.year = None
    made.title, made.name, made.authors = parts.title, parts.name, parts.authors
    made.venue, made.year, made.lab = parts.venue, parts.year, parts.lab
    made.status = parts.status
    made.arxiv = parts.arxiv
    made.titled_link = parts.linked
    made.links += (link for link in parts.links if not link.startswith("#"))  # within the page
    if parts.unbalanced:
        message = f"the title has one bracket of two: {cell}"
        made.doubts.append((message, f'taken for "{parts.title}"'))


def _take(made: _RowFields, column: TableColumn, cell: str) -> None:  # noqa: C901, PLR0912 - one case a role
    """Read one cell that says something."""
    runs = spans(cell)
    text = line_of(runs)
    match column.role:
        case Role.SKIP:
            return
        case Role.SUMMARY:
            made.summary.append(prose(_FOLD.sub("", cell)).removesuffix("\n"))
            return
        case Role.NOTES:
            made.notes.append(prose(cell).removesuffix("\n"))
            return
        case Role.LINKS | Role.OTHER:
            if column.role is Role.LINKS:
                own = (link for link in links(runs) if "://" in link or is_file(link))
                made.links += own
            made.arxiv = made.arxiv or (arxiv_in(text) if len(text) < _SHORT else None)
            made.doi = made.doi or (normalise_doi(text) if len(text) < _LONG else None)
            made.columns[column.label] = prose(cell).removesuffix("\n")
            return
        case Role.STATUS:
            _take_status(made, column, cell)
            made.links += filter(is_file, links(runs))
            return
        case Role.NAME:
            made.name = None if is_nothing(text) else text
        case Role.AUTHORS:
            _take_authors(made, text, turned=column.turned)
        case Role.LAB:
            made.lab = text or None
        case Role.TAGS:
            made.tags += split_tags(cell)
        case Role.VENUE | Role.SOURCE:
            _take_source(made, column, text, cell)
        case Role.YEAR | Role.DATE:
            _take_date(made, column, text, cell)
        case _:
            _take_strict(made, column, text)
    addresses = links(runs)
    made.links += addresses if column.role not in _NO_LINKS else []


def _take_authors(made: _RowFields, text: str, *, turned: bool) -> None:
    """Read who wrote a paper, with a year, a source or a lab behind them."""
    dated = _YEAR_AT_END.search(text, max(0, len(text) - 8)) if made.year is None else None
    who = text[: dated.start()].rstrip(" ,(（") if dated else text
    behind = _SOURCE_BEHIND.search(text)
    source = read_source((behind[behind.lastgroup or 0] if behind else "").strip())
    if behind and (not behind["last"] or is_known_venue(source.venue or "")):
        who = text[: behind.start()]
        made.venue, made.year = made.venue or source.venue, made.year or source.year
    who = who.removeprefix("By ").removeprefix("by ")
    lab = _LAB_BEHIND.fullmatch(who)
    if are_organisations(who):
        made.lab = made.lab or who
    elif lab and (lab["dash"] or _is_lab(lab["who"], lab["inside"], lab["last"])):
        made.authors = authors_in(lab["who"])
        made.lab = made.lab or lab["inside"] or lab["last"]
    else:
        made.authors = authors_in(who)
    made.authors = as_one(made.authors) if turned else made.authors
    made.year = int(dated[1]) if dated else made.year


def _is_lab(who: str, inside: str | None, last: str | None) -> bool:
    """Say whether a text behind authors is their lab: in brackets behind `et al.` nothing else."""
    others = bool(inside) and split_names(who)[-1:] == (ET_AL,)
    return others or is_well_known(inside or last or "") or are_organisations(inside or "")


def said_status(column: TableColumn, cell: str) -> Status | None:
    """Return the status that a cell says, and nothing besides."""
    if column.crossed and cell.strip().casefold() == "x":
        return Status.TO_READ
    return status_of(visible_text(cell)) or status_of(cell)


def _take_status(made: _RowFields, column: TableColumn, cell: str) -> None:
    made.status = said_status(column, cell)
    if made.status:
        answers = status_of(column.header.rstrip("?？ ")) is Status.DONE  # whether it was read
        made.doubts += [CROSSED] if is_cross(cell) and not answers else []
        return
    text = visible_text(cell) or cell
    dated = dated_status(text)
    if dated and dated.day and dated.field:
        made.days.setdefault(dated.field, dated.day)
    made.status = dated.status if dated else leading_status(text)
    if made.status:
        return
    word = visible_text(cell)[:60]
    made.doubts.append((f'"{word}" is no status', f"kept under {column.label}"))


def _take_source(made: _RowFields, column: TableColumn, text: str, cell: str) -> None:
    every = text.split(" / ")
    if len(every) > 1 and all(read_source(it).venue and read_source(it).year for it in every):
        # Of `ICML 2026 / arXiv 2025.10` the one is where it appeared.
        chief = min(every, key=lambda it: kind_of(it) is VenueKind.PREPRINT)
        _take_source(made, column, chief, chief)
        return
    first = _YEAR_FIRST.match(text)
    if not re.search(r"[^\W\d_]{2}" if first else r"[^\W_]*[^\W\d_]|\b(?:19|20)\d\d\b", text):
        made.year = made.year or (int(first[1]) if first else None)
        return  # `[4-8]` are the numbers of references
    head = _REMARK.split(line_of(spans(BREAK.split(cell, maxsplit=1)[0])), maxsplit=1)[0]
    text = head if is_source(head) and read_source(head).year else text
    bare, pages = without_pages(text.replace("，", ", "))  # 计算机学报 2020，43(1)
    source = read_source(bare if pages else text)
    made.arxiv = made.arxiv or source.arxiv
    honoured = _HONOURED.fullmatch(source.venue or "")
    inside = (honoured and honoured["inside"]) or ""
    if honoured and kind_of(inside) is VenueKind.PREPRINT and not _NAMED.search(honoured["venue"]):
        source = source._replace(venue=read_source(inside).venue, more=True)  # 未注明（arXiv）
    elif honoured and _is_aside(**honoured.groupdict()):
        inner = read_source(honoured["venue"])
        source = source._replace(venue=inner.venue, year=source.year or inner.year)
    made.venue = source.venue or made.venue
    made.year = made.year or source.year


def _is_aside(venue: str, inside: str | None, behind: str | None) -> bool:
    """Say whether words behind a venue are no part of its name: `CHI (SNU)`, `CVPR Oral`."""
    known = len(venue.split()) <= _FEW_WORDS and kind_of(venue) is not None
    aside = known and (is_honour(behind or "") or _WORD.fullmatch(inside or "") is not None)
    return aside or is_honour(inside or "")


def _take_date(made: _RowFields, column: TableColumn, text: str, cell: str) -> None:
    when = read_date(text, year_last=column.year_last)
    if column.role is Role.YEAR and _OLD_YEAR.fullmatch(text):  # and no May of 2019
        when = When(int(text), more=False)
    if column.role is Role.DATE:
        made.columns[column.label] = prose(cell).removesuffix("\n")
    if when is None:
        if first := _YEAR_FIRST.match(text):
            made.year = made.year or int(first[1])
        elif is_source(text) and read_source(text).year:  # `2019 ICML` among years
            _take_source(made, column, text, cell)
        return
    if column.role is Role.DATE:
        made.dated = None if column.of_meetings else when.year
        return
    if made.year is None or not when.more:
        made.year = when.year  # a month may be that of a preprint


def _take_strict(made: _RowFields, column: TableColumn, text: str) -> None:
    """Read a field that has one form; a cell in another form says none."""
    match column.role:
        case Role.DOI if doi := normalise_doi(text):
            made.doi = doi
        case Role.DOI if arxiv := arxiv_in(text):
            made.arxiv = arxiv
        case Role.ARXIV if arxiv := normalise_arxiv(text) or arxiv_in(text):
            made.arxiv = arxiv
        case Role.PRIORITY if priority := priority_in(text, stars=column.stars):
            made.priority = priority
        case Role.ADDED | Role.STARTED | Role.FINISHED if read_date(text):
            _take_day(made, column, text)
        case _:
            pass


def _take_day(made: _RowFields, column: TableColumn, text: str) -> None:
    """Read a day; one of finishing the paper makes it done, even where it is only a month."""
    if column.role is Role.FINISHED:
        made.status = made.status or Status.DONE
    span = _SPAN.fullmatch(text) if column.role is Role.FINISHED else None
    if span and made.status is Status.DONE and (began := day_of(span[1])):
        made.days.setdefault("started", began)
        text = span[2]
    day = day_of(text)
    if day and not (column.role is Role.FINISHED and made.status is not Status.DONE):
        made.days[column.role.value] = day


def _take_surplus(made: _RowFields, cells: Sequence[str]) -> None:
    """Keep what GFM drops: the cells that no column heads."""
    kept = [cell for cell in cells if not is_nothing(cell)]
    for cell in kept:
        made.links += links_in(cell)
        made.notes.append(prose(cell).removesuffix("\n"))
    if kept:
        message = f"the row has more cells than the header; GFM drops {' | '.join(kept)}"
        made.doubts.append((message, r"kept in the notes; a pipe inside a cell is written \|"))


def split_tags(cell: str) -> list[str]:
    """Return the tags in a cell: hashtags, code, or words between commas and the like."""
    runs = spans(cell)
    code = [run.text.strip() for run in runs if run.code]
    between = "".join(run.text for run in runs if not run.code and not run.image)
    text = "".join(run.text for run in runs if not run.image)
    if code and not re.search(r"\w", between):
        return [tag for tag in code if tag]
    if not _HASHTAG.sub("", text).strip(" ,，、;；\n"):
        return [tag.removeprefix("#") for tag in _HASHTAG.findall(text)]
    parts = text.split() if _CJK_WORDS.fullmatch(text.strip()) else _TAG.findall(text)
    return [tag for part in parts if (tag := part.strip())]
