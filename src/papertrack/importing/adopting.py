"""Tables made into blocks: for each the query that makes it."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from papertrack import blocks, query
from papertrack.folding import fold_name, fold_title
from papertrack.importing.intake import PIPED, name, status
from papertrack.importing.plan import Origin, Place, Plan
from papertrack.markdown.cells import OWN, Cells, fields_of
from papertrack.markdown.document import divide
from papertrack.markdown.inline import links, spans
from papertrack.markdown.rows import Kind, Row, Table
from papertrack.models import Catalogue, Look, Paper
from papertrack.nothing import is_nothing

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NO_DAY = date.min
"""The queries made here name no day."""
_NOTHING = Table(line=1, last=1, header=(), rows=(), look=Look())
"""An empty file, which becomes a block for papers to come."""


class Adopted(NamedTuple):
    """A table that becomes a block."""

    file: str
    table: Table
    query: str
    keys: tuple[str, ...]
    """The papers that it holds."""
    filled: int = 0
    """How many of its empty cells the catalogue fills."""
    new_tag: str | None = None
    """The tag that its papers get, where nothing else tells them from the others."""
    look: str | None = None


class Left(NamedTuple):
    """A table that stays as it is."""

    file: str
    line: int
    reason: str


class Brought(NamedTuple):
    """What regenerating an adopted table changes in it, beside how things are spelled."""

    placeholders: int
    """Rows that are dropped."""
    rescued: int
    """Papers that get lines of their own."""
    repeated: int
    """Rows of a paper that the table has already."""
    joined: tuple[str, ...]
    """The papers that the query adds: an index says that they belong there."""
    filled: int
    """Empty cells that say something now."""
    headings: tuple[str, ...]
    """Rows that stand for no group of its look, or for one without papers."""


class Shelves:
    """The papers of a catalogue by tag, so that many queries are answered quickly."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Put the papers on their shelves."""
        self._catalogue = catalogue
        self._by_tag: dict[str, list[Paper]] = {}
        for paper in catalogue.papers:
            for tag in {fold_name(tag) for tag in paper.tags}:
                self._by_tag.setdefault(tag, []).append(paper)

    @property
    def tags(self) -> set[str]:
        """Every tag, folded."""
        return set(self._by_tag)

    @property
    def papers(self) -> Sequence[Paper]:
        """Every paper."""
        return self._catalogue.papers

    def made_by(self, text: str) -> list[Paper]:
        """Return the papers that a query selects."""
        wanted = query.parse(text, today=_NO_DAY, labs=self._catalogue.labs)
        alone = [
            term.values[0]
            for term in wanted.terms
            if term.field == "tags" and len(term.values) == 1 and not term.negated
        ]
        pool = self._by_tag.get(fold_name(alone[0]), []) if alone else self.papers
        return query.select(pool, wanted)


def adopt(
    plan: Plan, shelves: Shelves, enclosed: Mapping[str, Sequence[range]] = {}
) -> Iterator[Adopted | Left]:
    """Give what becomes of each table, by file, where the catalogue is as the plan makes it.

    The query is that of the file's own tag where it has one, nothing at all where the table is the
    whole catalogue, else the first term that makes just this table; else it takes a new tag.
    `enclosed` are the lines of each file that are in lists and quotations.
    """
    taken = shelves.tags
    papers = {paper.key: paper for paper in shelves.papers}
    for origin in plan.origins:
        if origin.block is not None or origin.framed:
            continue
        if origin.blank and origin.tags and origin.file != PIPED:
            yield Adopted(origin.file, _NOTHING, _own(origin), ())
        whole = sum(is_list(table) for table in origin.tables) == 1
        for table in origin.tables:
            if origin.file == PIPED:
                yield Left(origin.file, table.line, "what is piped stands in no file")
                continue
            if not is_list(table):
                reason = table.skipped or (
                    "a table of HTML stays one" if table.html else "a list of bullets is no table"
                )
                yield Left(origin.file, table.line, reason)
                continue
            lost = _would_vanish(table) or _lost(plan, table, origin.file, papers)
            if any(table.line in lines for lines in enclosed.get(origin.file, ())):
                lost = "it stands in a list or a quotation, where a block cannot be"
            if lost is not None:
                yield Left(origin.file, table.line, lost)
                continue
            keys = tuple(plan.keys_of(table, origin.file))
            text = _query(shelves, origin, keys, under=table.section or "", whole=whole)
            if text is None:
                tag = _unused(name(table.section or PurePath(origin.file).stem), taken)
                taken.add(fold_name(tag))
                text = query.term("tag", tag)
            else:
                tag = None
            filled = _filled(plan, table, origin.file, papers)
            yield Adopted(origin.file, table, text, keys, filled, tag)


def brought(adopted: Adopted, shelves: Shelves) -> Brought:
    """Return what the block changes in the table, where the catalogue has its tags."""
    table, keys = adopted.table, set(adopted.keys)
    makes = shelves.made_by(adopted.query)
    groups = {paper.lab for paper in makes} | {tag for paper in makes for tag in paper.tags}
    headings = [_heading(row) for row in table.rows if row.kind is Kind.HEADING]
    return Brought(
        table.counts[Kind.PLACEHOLDER],
        table.rescued,
        len(table.papers) - len(adopted.keys),
        tuple(paper.key for paper in makes if paper.key not in keys),
        adopted.filled,
        tuple(heading for heading in headings if heading not in groups),
    )


def places(text: str, adopted: Iterable[Adopted]) -> tuple[str, list[blocks.TablePlace]]:
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


def is_list(table: Table) -> bool:
    """Say whether this is a table of papers: no other table, and no list of bullets."""
    return table.skipped is None and bool(table.header) and not table.html


def _would_vanish(table: Table) -> str | None:
    """Return why a block would lose rows of this table, whose text no paper holds; else None."""
    rows = (row for row in table.rows if row.kind is Kind.SKIPPED)
    lines = [row.line for row in rows if row.reason != "the header once more"]
    if not lines:
        return None
    named = ", ".join(map(str, lines[:3])) + (" …" if len(lines) > 3 else "")  # enough to find them
    what = f"line {named} is" if len(lines) == 1 else f"lines {named} are"
    return f"{what} no paper, and a block holds papers alone: move that out of the table"


def _lost(plan: Plan, table: Table, file: str, papers: Mapping[str, Paper]) -> str | None:
    """Return what of a table no block could say, such as another score in each row.

    A paper has one title, one first address, and each own column once; where another row or table
    says something else, a table made from the catalogue would lose what this row says.
    """
    own = [column.removeprefix(OWN) for column in table.look.columns if column.startswith(OWN)]
    for line, paper in table.papers:
        known = [papers[key] for key in plan.keys[Place(file, line)]]
        titles = [it.title for it in known]
        if titles and fold_title(paper.title) not in map(fold_title, titles):
            return f'line {line} calls "{paper.title}" what the catalogue calls "{titles[0]}"'
        for header in own:
            cell = paper.columns.get(header)
            if cell is not None and all(it.columns.get(header) != cell for it in known):
                return (
                    f'line {line} says "{header}: {cell}", '
                    "and the catalogue something else of that paper"
                )
    return _other_links(plan, table, file, papers)


def _other_links(plan: Plan, table: Table, file: str, papers: Mapping[str, Paper]) -> str | None:
    """Return which row's title would lead elsewhere in a block, or lead somewhere for once."""
    names = fields_of(table.look)
    if "title" not in names or table.look.columns[names.index("title")] == "title":
        return None
    at = names.index("title")
    for row, before, after in _anew(plan, table, file, papers):
        old = set(links(spans("".join(before[at : at + 1]))))
        new = set(links(spans(after[at])))
        if old != new and not ("][" in row.text or (not old and "[" in row.text)):  # a reference
            lead = f"{_first(old)} in line {row.line}, to {_first(new)} in the catalogue"
            return f'"{row.papers[0].title}" leads to {lead}'
    return None


def _filled(plan: Plan, table: Table, file: str, papers: Mapping[str, Paper]) -> int:
    """Return how many empty cells the catalogue fills: from another table, or from an address."""
    return sum(
        is_nothing(old) and not is_nothing(new)
        for _, before, after in _anew(plan, table, file, papers)
        for old, new in zip(before, after, strict=False)
    )


def _anew(
    plan: Plan, table: Table, file: str, papers: Mapping[str, Paper]
) -> Iterator[tuple[Row, Sequence[str], Sequence[str]]]:
    """Yield each row of one paper with its cells, and those that the catalogue makes of it."""
    cells = Cells(table.look, definitions=False)
    for row in table.rows:
        keys = plan.keys.get(Place(file, row.line), ())
        if len(row.papers) == len(keys) == 1:
            yield row, divide(row.text), cells.row(papers[keys[0]])


def _first(addresses: Iterable[str]) -> str:
    return next(iter(sorted(addresses)), "nothing")


def _query(
    shelves: Shelves, origin: Origin, keys: Sequence[str], *, under: str, whole: bool
) -> str | None:
    """Return the query that makes the table of these papers, or None where there is none yet.

    `under` is the heading above the table.
    """
    own = _own(origin)
    if own and whole:
        return own
    wanted = set(keys)
    papers = [paper for paper in shelves.papers if paper.key in wanted]
    for candidate in _candidates(papers, own, under, whole=whole):
        if shelves.made_by(candidate) == papers:
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
    tags.sort(key=lambda tag: tag != name(heading))
    shared = [query.term("tag", tag) for tag in tags]
    named = status(heading)
    if named is not None and all(paper.status == named for paper in papers):
        shared.insert(0, query.term("status", named))
    if papers[0].lab is not None and all(paper.lab == papers[0].lab for paper in papers):
        shared.append(query.term("lab", papers[0].lab))
    for term in shared:
        yield term
        yield f"{own} {term}".strip()
    yield own


def _heading(row: Row) -> str:
    return row.text.strip().strip("|").partition("|")[0].strip()


def _unused(name: str, taken: Container[str]) -> str:
    number, tag = 1, name
    while fold_name(tag) in taken:
        number += 1
        tag = f"{name}-{number}"
    return tag
