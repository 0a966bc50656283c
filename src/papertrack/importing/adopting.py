"""Tables made into blocks: for each the query and the look that make it, in place of the table."""

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple

from papertrack import blocks, query
from papertrack.blocks.views import look_named
from papertrack.catalogue.draft import Draft
from papertrack.folding import fold_name, fold_title, is_nothing
from papertrack.importing import PIPED, Origin, Place, Plan, intake
from papertrack.importing.look_sharing import Sample, is_list, samples_in, set_looks
from papertrack.labs import is_others
from papertrack.markdown.document import divide
from papertrack.markdown.inline import hidden_tags, links, spans, visible_text
from papertrack.markdown.rows import HEADER_AGAIN, LINKS, Kind, Row, Table
from papertrack.markdown.writing import OWN, Cells, Line, fields_of, lay_out
from papertrack.models import Catalogue, Look, Paper
from papertrack.patterns import pattern

_LINE = pattern(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NO_DAY = date.min
"""The queries made here name no day."""
_NOTHING = Table(line=1, last=1, header=(), rows=(), look=Look())
"""An empty file, which becomes a block for papers to come."""


class Brought(NamedTuple):
    """What regenerating an adopted table changes in it, beside how things are spelled."""

    placeholders: int = 0
    """Rows that are dropped."""
    rescued: int = 0
    """Papers that get lines of their own."""
    repeated: int = 0
    """Rows of a paper that the table has already."""
    joined: tuple[str, ...] = ()
    """The papers that the query adds: an index says that they belong there."""
    filled: int = 0
    """Empty cells that say something now."""
    changed: tuple[int, ...] = ()
    """The line of each cell that says what the catalogue says, or another row of the paper."""
    headings: tuple[str, ...] = ()
    """Rows that stand for no group of its look, or for one without papers."""
    tags: tuple[str, ...] = ()
    """What stands in `<>` and Markdown hides, and the block shows."""
    moved: int = 0
    """Rows that stand in another place among the others."""


class Adopted(NamedTuple):
    """A table that becomes a block."""

    file: str
    table: Table
    query: str
    keys: tuple[str, ...]
    """The papers that it holds."""
    new_tag: str | None = None
    """The tag that its papers get, where nothing else tells them from the others."""
    look: str | None = None
    brought: Brought = Brought()


class Reason(StrEnum):
    """Why a table stays as it is; with each the words that say of what."""

    PIPED = "piped"
    """It came by a pipe, and stands in no file."""
    NO_LIST = "no list"
    """It is no list of papers: why not."""
    HTML = "html"
    BULLETS = "bullets"
    ENCLOSED = "enclosed"
    """It stands in a list or a quotation."""
    OTHER_ROWS = "other rows"
    """Some of its rows hold no paper: their lines."""
    OTHER_TITLE = "other title"
    """A title that the catalogue does not have: the line, that title, the catalogue's."""
    OTHER_CELL = "other cell"
    """An own column that says something else in the catalogue: the line, the header, the cell."""
    OTHER_LINK = "other link"
    """A title that leads elsewhere: the title, its line, where it leads there, in the catalogue."""
    UNDECIDED = "undecided"
    """Nobody has said yet whether it or the catalogue is right: the lines that differ."""


class Left(NamedTuple):
    """A table that stays as it is."""

    file: str
    line: int
    why: Reason
    words: tuple[str, ...] = ()


class Adoption(NamedTuple):
    """What becomes of the tables."""

    adopted: Sequence[Adopted]
    left: Sequence[Left]


@dataclass(frozen=True)
class _TagIndex:
    """The papers of a catalogue by tag, so that many queries are answered quickly."""

    catalogue: Catalogue

    @cached_property
    def by_tag(self) -> Mapping[str, Sequence[Paper]]:
        """The papers that have each tag, which is folded."""
        papers: dict[str, list[Paper]] = {}
        for paper in self.catalogue.papers:
            for tag in {fold_name(tag) for tag in paper.tags}:
                papers.setdefault(tag, []).append(paper)
        return papers

    def made_by(self, text: str) -> list[Paper]:
        """Return the papers that a query selects."""
        wanted = query.parse(text, today=_NO_DAY, labs=self.catalogue.labs)
        alone = [
            term.values[0]
            for term in wanted.terms
            if term.field == "tags" and len(term.values) == 1 and not term.negated
        ]
        pool = self.by_tag.get(fold_name(alone[0]), ()) if alone else self.catalogue.papers
        return query.select(pool, wanted)


class _Planned(NamedTuple):
    """A table of a file, with what the plan makes of its rows."""

    file: str
    table: Table
    plan: Plan
    papers: Mapping[str, Paper]
    """The catalogue's, by key, as the plan makes them."""

    def known(self, line: int) -> list[Paper]:
        """Return the papers that a line holds, as the catalogue has them."""
        return [self.papers[key] for key in self.plan.keys.get(Place(self.file, line), ())]

    def anew(
        self, look: Look, own_tags: Iterable[str] = ()
    ) -> Iterator[tuple[Row, Sequence[str], Sequence[str]]]:
        """Yield each row of one paper with its cells, and those that the look makes of it."""
        cells = Cells(look, definitions=False, own_tags=own_tags)
        for row in self.table.rows:
            known = self.known(row.line)
            if len(row.papers) == len(known) == 1:
                yield row, divide(row.text), cells.row(known[0])


def adopt(plan: Plan, draft: Draft) -> Adoption:
    """Return what becomes of each table, where the catalogue is as the plan makes it.

    The catalogue gets the looks of the tables, and the papers of a table that no query tells from
    others a tag.
    """
    tables = list(_adopted(plan, _TagIndex(draft.catalogue)))
    adopted = [one for one in tables if isinstance(one, Adopted)]
    tags = {paper.key: paper.tags for paper in draft.catalogue.papers}
    # New tags come before looks and counts, which look at the papers that a query selects.
    for one in adopted:
        for key in one.keys if one.new_tag else ():
            tags[key] = (*tags[key], str(one.new_tag))
            draft.change(key, {"tags": tags[key]})
    papers = {paper.key: paper for paper in draft.catalogue.papers}
    full = [one for one in adopted if one.table.header]  # an empty file has no look to share
    samples = [
        Sample(
            one.file,
            one.table,
            [papers[key] for key in one.keys],
            query.parse(one.query, today=_NO_DAY).values_of("tags"),
        )
        for one in full
    ]
    looks = set_looks(samples or samples_in(plan.origins), draft, further=bool(adopted))
    names = dict(zip(map(id, full), looks, strict=False))
    adopted = [one._replace(look=names.get(id(one))) for one in adopted]
    index = _TagIndex(draft.catalogue)
    return Adoption(
        [one._replace(brought=_brought(one, index, plan)) for one in adopted],
        [one for one in tables if isinstance(one, Left)],
    )


def _adopted(plan: Plan, index: _TagIndex) -> Iterator[Adopted | Left]:
    """Yield what becomes of each table, by file.

    The query is that of the file's own tag where it has one, nothing at all where the table is the
    whole catalogue, else the first term that makes just this table; else it takes a new tag.
    """
    taken = set(index.by_tag)
    papers = {paper.key: paper for paper in index.catalogue.papers}
    for origin in plan.origins:
        if origin.block is not None or origin.framed:
            continue
        if origin.blank and origin.tags and origin.file != PIPED:
            yield Adopted(origin.file, _NOTHING, _own(origin), ())
        whole = sum(is_list(table) for table in origin.tables) == 1
        for table in origin.tables:
            planned = _Planned(origin.file, table, plan, papers)
            if obstacle := next(_obstacles(planned), None):
                why, words = obstacle
                yield Left(origin.file, table.line, why, tuple(map(str, words)))
                continue
            keys = tuple(plan.keys_of(table, origin.file))
            text = _query(index, origin, keys, under=table.section or "", whole=whole)
            tag = None
            if text is None:
                tag = _unused(
                    intake.heading_name(table.section or PurePath(origin.file).stem), taken
                )
                taken.add(fold_name(tag))
                text = query.term("tag", tag)
            yield Adopted(origin.file, table, text, keys, tag)


def wrap(
    texts: Mapping[str, str], adopted: Iterable[Adopted], catalogue: Catalogue, today: date
) -> dict[str, str]:
    """Return the texts in which tables become blocks."""
    by_file: dict[str, list[Adopted]] = {}
    for one in adopted:
        by_file.setdefault(one.file, []).append(one)
    wrapped = {}
    for name, ones in by_file.items():
        text, places = _places(texts[name], ones)
        wrapped[name] = blocks.wrap(text, places, catalogue, where=name, today=today)
    return wrapped


def _brought(adopted: Adopted, index: _TagIndex, plan: Plan) -> Brought:
    """Return what the block changes in the table, where the catalogue has its tags and look.

    What fills a cell is another row of the paper, the catalogue, or an address.
    """
    table, keys = adopted.table, set(adopted.keys)
    look = look_named(index.catalogue, adopted.look)
    own = query.parse(adopted.query, today=_NO_DAY).values_of("tags")
    papers = {paper.key: paper for paper in index.catalogue.papers}
    filled = 0
    changed = []
    for row, before, after in _Planned(adopted.file, table, plan, papers).anew(look, own):
        for old, new in zip(before, after, strict=False):
            if is_nothing(old):
                filled += not is_nothing(new)
            elif _letters(old) != _letters(new):
                changed.append(row.line)
    makes = index.made_by(adopted.query)
    groups = {paper.lab for paper in makes} | {tag for paper in makes for tag in paper.tags}
    rows = [row.text.strip().strip("|") for row in table.rows if row.kind is Kind.HEADING]
    headings = [row.partition("|")[0].strip() for row in rows]
    return Brought(
        table.counts[Kind.PLACEHOLDER],
        table.rescued,
        len(table.papers) - len(adopted.keys),
        tuple(paper.key for paper in makes if paper.key not in keys),
        filled,
        tuple(changed),
        tuple(it for it in headings if it not in groups and not is_others(it)),
        tuple(dict.fromkeys(tag for row in table.rows for tag in hidden_tags(row.text))),
        _moved(adopted.keys, lay_out(makes, look, labs=index.catalogue.labs, own_tags=own)),
    )


def _moved(keys: Sequence[str], lines: Sequence[Line]) -> int:
    """Return how few rows of these papers must move for them to be in the order of the lines."""
    places = {line.paper.key: place for place, line in enumerate(lines) if line.paper}
    # The last place of the best run of each length: the longest run that rises can stay.
    ends: list[int] = []
    for place in (places[key] for key in keys if key in places):
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(keys) - len(ends)


def _places(text: str, adopted: Iterable[Adopted]) -> tuple[str, list[blocks.TablePlace]]:
    """Return where the blocks are to be, and the text with the lines moved below that are no rows.

    Such a line is a comment between a table and a row behind its end.
    """
    lines = _LINE.findall(text)
    wrapped = []
    for one in adopted:
        first, last = one.table.line, one.table.last
        rows = {row.line for row in (*one.table.rows, *one.table.orphans)} | {first, first + 1}
        inside = range(first, last + 1)
        foreign = [at for at in inside if at not in rows and lines[at - 1].strip()]
        moved = [lines[at - 1] for at in (*(at for at in inside if at not in foreign), *foreign)]
        if foreign and not moved[-len(foreign) - 1].endswith(("\r", "\n")):  # the file's last line
            moved[-len(foreign) - 1] += "\n"
        lines[first - 1 : last] = moved
        wrapped.append(blocks.TablePlace(first, last - len(foreign), one.look, one.query))
    return "".join(lines), wrapped


def _obstacles(planned: _Planned) -> Iterator[tuple[Reason, Sequence[object]]]:
    """Yield why a table cannot become a block, with the words that say of what.

    A paper has one title, one first address, and each own column once; where another row or table
    says something else, a table made from the catalogue would lose what this row says. So it would
    where somebody has yet to decide which of both is right.
    """
    file, table, plan, _ = planned
    if file == PIPED:
        yield Reason.PIPED, ()
    elif table.skipped is not None:
        yield Reason.NO_LIST, (table.skipped,)
    elif not is_list(table):
        yield Reason.HTML if table.html else Reason.BULLETS, ()
    elif table.enclosed:
        yield Reason.ENCLOSED, ()
    else:
        other = [it for it in table.rows if it.kind is Kind.SKIPPED and it.reason != HEADER_AGAIN]
        if other:
            yield Reason.OTHER_ROWS, [row.line for row in other]
        waiting = {it.place.line for it in plan.undecided if it.place.file == file}
        if lines := sorted(waiting.intersection(row.line for row in table.rows)):
            yield Reason.UNDECIDED, lines
        yield from _other_words(planned)
        yield from _other_link(planned)


def _other_words(planned: _Planned) -> Iterator[tuple[Reason, Sequence[object]]]:
    """Yield the rows whose title or own column the catalogue's paper has otherwise."""
    table = planned.table
    own = [column.removeprefix(OWN) for column in table.look.columns if column.startswith(OWN)]
    for line, paper in table.papers:
        known = planned.known(line)
        titles = [it.title for it in known]
        if titles and fold_title(paper.title) not in map(fold_title, titles):
            yield Reason.OTHER_TITLE, (line, paper.title, titles[0])
        for header in own:
            cell = paper.columns.get(header)
            if cell is not None and all(it.columns.get(header) != cell for it in known):
                yield Reason.OTHER_CELL, (line, header, cell)


def _other_link(planned: _Planned) -> Iterator[tuple[Reason, Sequence[object]]]:
    """Yield the cells that lead elsewhere than they would in a block: where they do and would."""
    look = planned.table.look
    names = fields_of(look)
    title = names.index("title") if "title" in names else None
    leading = [at for at, name in enumerate(names) if name in LINKS]
    if title is not None and look.columns[title] != "title":
        leading.append(title)
    for row, before, after in planned.anew(look) if leading else ():
        for at in leading:
            old = sorted({*links(spans("".join(before[at : at + 1])))})
            new = sorted({*links(spans(after[at]))})
            same = old == new or "][" in row.text  # a reference
            if not (same or (not old and ("[" in row.text or at != title))):
                was, will = (next(iter(addresses), "nothing") for addresses in (old, new))
                yield Reason.OTHER_LINK, (row.papers[0].title, row.line, was, will)


def _letters(cell: str) -> list[str]:
    """Return the letters and digits of a cell, in no order: a source has its year last."""
    return sorted(filter(str.isalnum, visible_text(cell).casefold()))


def _query(
    index: _TagIndex, origin: Origin, keys: Sequence[str], *, under: str, whole: bool
) -> str | None:
    """Return the query that makes the table of these papers, or None where there is none yet.

    `under` is the heading above the table.
    """
    own = _own(origin)
    if own and whole:
        return own
    wanted = set(keys)
    papers = [paper for paper in index.catalogue.papers if paper.key in wanted]
    for candidate in _candidates(papers, own, under, whole=whole):
        if index.made_by(candidate) == papers:
            return candidate
    return None


def _own(origin: Origin) -> str:
    return " ".join(query.term("tag", tag) for tag in origin.tags)


def _candidates(papers: Sequence[Paper], own: str, heading: str, *, whole: bool) -> Iterator[str]:
    if not papers:
        return
    if own or whole:  # else every paper that is still to come would stand in one of many tables
        yield own
    tags = [tag for tag in papers[0].tags if all(tag in paper.tags for paper in papers)]
    tags.sort(key=lambda tag: tag != intake.heading_name(heading))
    shared = [query.term("tag", tag) for tag in tags]
    named = intake.heading_status(heading)
    if named is not None and all(paper.status == named for paper in papers):
        shared.insert(0, query.term("status", named))
    if papers[0].lab is not None and all(paper.lab == papers[0].lab for paper in papers):
        shared.append(query.term("lab", papers[0].lab))
    for term in shared:
        yield term
        yield f"{own} {term}".strip()
    yield own


def _unused(name: str, taken: Container[str]) -> str:
    number, tag = 1, name
    while fold_name(tag) in taken:
        number += 1
        tag = f"{name}-{number}"
    return tag
