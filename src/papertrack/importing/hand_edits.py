"""What somebody edited by hand in the blocks of a Markdown text, as rows to take in."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from papertrack import blocks, query
from papertrack.blocks.differences import digest, rows_in
from papertrack.blocks.markers import end_marker
from papertrack.importing.intake import Wanted, origin, rows
from papertrack.importing.matching import is_corrected
from papertrack.importing.plan import Hand, Origin, RowEdit
from papertrack.markdown.cells import fields_of
from papertrack.markdown.rows import Doubt, Kind, Meaning, Table
from papertrack.models import FIELDS, Catalogue, Look, Paper

_Cells = Sequence[str]
_LEFT = "left as it is; say it in the catalogue, in [markdown] or [labs]"
_OF_PAPERS_BELOW = (Kind.HEADING, Kind.PLACEHOLDER)


class _Changed(NamedTuple):
    """A row that both sides have."""

    line: int
    key: str
    here: _Cells
    """The catalogue's cells but where the file's were changed by hand."""
    last: _Cells
    """The catalogue's cells."""


def apart(
    tables: Iterable[Table], standing: Sequence[blocks.Block]
) -> tuple[list[Table], list[Table]]:
    """Return the tables inside the blocks of their text, and those outside."""
    inside: list[Table] = []
    outside: list[Table] = []
    for table in tables:
        within = any(block.line < table.line < block.last for block in standing)
        (inside if within else outside).append(table)
    return inside, outside


def in_blocks(
    text: str, tables: Sequence[Table], catalogue: Catalogue, *, where: str, today: date
) -> Iterator[Origin]:
    """Yield each block of the text as a origin: what was edited in it by hand.

    Raises PapertrackError where markers are broken or a block cannot be made.
    """
    standing = blocks.find(text, where)
    if not standing:
        return
    edited = {
        changed.block.line: changed
        for changed in blocks.edited_rows(text, catalogue, where=where, today=today)
    }
    for block in standing:
        inside, _ = apart(tables, [block])
        changed = edited.get(block.line)
        tags, lab = _given(block, today)
        hand = _by_hand(changed, inside, catalogue) if changed else Hand()
        yield Origin(
            file=where,
            tables=tuple(inside),
            rows=rows(where, inside),
            block=block.query,
            hand=hand,
            tags=tags,
            lab=lab,
        )


def framed(
    text: str, tables: Sequence[Table], wanted: Wanted, *, where: str, today: date
) -> Iterator[Origin]:
    """Yield each block of the text as tables that are all new, since there is no catalogue yet."""
    for block in blocks.find(text, where):
        inside, _ = apart(tables, [block])
        tags, lab = _given(block, today)
        whole = origin(where, inside, wanted)
        tags = tuple(dict.fromkeys((*tags, *whole.tags)))
        yield replace(whole, framed=True, tags=tags, lab=lab or whole.lab)


def _given(block: blocks.Block, today: date) -> tuple[tuple[str, ...], str | None]:
    """Return the tags and the lab that the query of a block gives every paper in it."""
    alone = [
        term
        for term in query.parse(block.query, today=today).terms
        if len(term.values) == 1 and not term.negated
    ]
    tags = tuple(term.values[0] for term in alone if term.field == "tags")
    return tags, next((term.values[0] for term in alone if term.field == "lab"), None)


def _by_hand(edited: blocks.EditedBlock, tables: Sequence[Table], catalogue: Catalogue) -> Hand:
    """Return what was changed, by line; where that is not certain all of it may be old."""
    read = {line: paper for table in tables for line, paper in table.papers}
    lines = {row.line for table in tables for row in table.rows if row.kind in _OF_PAPERS_BELOW}
    keys = {paper.key: paper for paper in catalogue.papers}
    changed: list[_Changed] = []
    edits, strange, gone = list[RowEdit](), list[Doubt](), list[Paper]()
    for change in edited.changes:
        old, new = change.old, change.new
        if new is not None and new.paper is None:
            strange.append(_strange(edited, change))
        elif new is not None and new.paper is not None:
            if old is None:
                gone.append(keys[new.paper.key])
                continue
            cells = _mixed(old.cells, new.cells, change.columns)
            changed.append(_Changed(old.line, new.paper.key, cells, new.cells))
        elif old is not None and old.line in read:
            edits.append(RowEdit(old.line, None, read[old.line], None))
        elif old is not None and old.line not in lines:
            strange.append(_strange(edited, change))
    now = _read([row.here for row in changed], edited.look)
    last = _read([row.last for row in changed], edited.look)
    for row, one, other in zip(changed, now, last, strict=True):
        if one is None or other is None:
            strange.append(Doubt(row.line, f"the row of {row.key} is no paper's now", _LEFT))
            continue
        same = is_corrected(one, other)
        edits.append(
            RowEdit(row.line, row.key, one, other)
            if same
            else RowEdit(row.line, None, read.get(row.line, one), None)
        )
        gone += [] if same else [keys[row.key]]
    return Hand(
        edits=tuple(sorted(edits, key=lambda edit: edit.line)),
        gone=tuple(gone),
        certain=edited.certain,
        block=edited.block.line,
        strange=tuple(strange),
    )


def _strange(edited: blocks.EditedBlock, change: blocks.RowChange) -> Doubt:
    line = change.old.line if change.old else edited.block.line
    return Doubt(line, f"{change.name}: edited by hand, and no paper", _LEFT)


def stamp(text: str, where: str, lines: Container[int]) -> str:
    """Return the text where the blocks that begin in these lines count as generated.

    What was edited in them is in the catalogue now, so that an export need not refuse.
    """
    for block in reversed(blocks.find(text, where)):
        if block.line in lines:
            rows = rows_in(text[block.start : block.end], block.line + 1)
            mark = end_marker(digest(rows))
            text = f"{text[: block.mark.start]}{mark}{text[block.mark.stop :]}"
    return text


def _mixed(old: _Cells, new: _Cells, columns: Sequence[int]) -> _Cells:
    return [old[at] if at in columns and at < len(old) else cell for at, cell in enumerate(new)]


def _read(rows: Sequence[_Cells], look: Look) -> Iterator[Paper | None]:
    """Yield the paper that each row of Markdown cells makes in this look, or None."""
    from papertrack.markdown.reading import loads  # loads the Markdown parser

    headers = [*look.headers, *look.columns[len(look.headers) :]]
    known = (*FIELDS, "source", "number")
    mapping = {str(number): name for number, name in enumerate(fields_of(look), 1) if name in known}
    for row in rows:
        text = "".join(
            f"| {' | '.join(cells)} |\n" for cells in (headers, ["---"] * len(headers), row)
        )
        table, *_ = loads(text, mapping=mapping, headings=Meaning.NONE, look=look)
        yield table.papers[0][1] if table.papers else None
