"""The blocks of a Markdown text as they stand, beside what the catalogue makes of them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from papertrack import query
from papertrack.blocks.conflicts import BlockConflict, resolve
from papertrack.blocks.differences import (
    DELIMITER,
    BlockRow,
    ByHand,
    Differences,
    RowChange,
    by_hand,
    cells_in,
    compare,
    fits,
    made_rows,
    rows_in,
)
from papertrack.blocks.markers import BEGIN, END, Block, blocks_in
from papertrack.errors import PapertrackError, RefusedError
from papertrack.folding import did_you_mean
from papertrack.markdown.cell_writing import fields_of
from papertrack.markdown.writing import lay_out, spell
from papertrack.models import Catalogue, Look
from papertrack.patterns import pattern

_DEFINITION = pattern(r"^[ >\t*+\d.)-]*\[[^\]\n]+\]:", re.MULTILINE)
_DELIMITER_LINE = pattern(r"^[ \t]*\|?[ \t]*:?-[-:| \t]*\r?$", re.MULTILINE)
_TITLES = ("title", "name", "key")


class View(NamedTuple):
    """A block as it stands, beside what the catalogue makes of it."""

    block: Block
    """Its places in the text of the views."""
    line: int
    """The begin marker's line in the file."""
    look: Look
    query: query.Query
    papers: int
    text: str
    """The table as the catalogue makes it."""
    old: Sequence[BlockRow]
    """The rows in the file; of a block in conflict, ours."""
    new: Sequence[BlockRow]
    """The rows that the catalogue makes."""
    between_markers: str
    """What stands between the markers."""
    warning: str | None = None
    """That its query names a lab or a tag that nobody has (any more, or yet): it will be empty."""
    conflict: BlockConflict | None = None

    @property
    def same(self) -> bool:
        """Whether the rows in the file are those that the catalogue makes."""
        old, new = self.old, self.new
        return old is new or [row.shows for row in old] == [row.shows for row in new]

    def compared(self, rows: Sequence[BlockRow] | None = None) -> Differences:
        """Return these rows, or those in the file, beside those that the catalogue makes."""
        titles = (at for at, name in enumerate(fields_of(self.look)) if name in _TITLES)
        return compare(self.old if rows is None else rows, self.new, next(titles, 0))


class Views(NamedTuple):
    """The blocks of one text."""

    text: str
    """The file's, with ours in place of each conflict that touches a block."""
    blocks: Sequence[View]


def views(
    text: str, catalogue: Catalogue, where: str, today: date, versions: Iterable[str] = ()
) -> Views:
    """Return every block with what the catalogue makes of it.

    PapertrackError, with file and line, where there is no block or one cannot be made.
    """
    resolved = resolve(text, where, versions)
    if resolved:
        text = resolved.text
    blocks = blocks_in(text, where)
    if not blocks:
        message = f"{where} has no block: add {BEGIN} and {END} to it, two lines"
        raise PapertrackError(f"{message} around the place for the table")
    definitions = _DEFINITION.search(text) is not None
    views = []
    for index, block in enumerate(blocks):
        line = resolved.lines[block.line - 1] if resolved else block.line
        try:
            view = _view(text, block, catalogue, today=today, definitions=definitions)
        except PapertrackError as error:
            message = f"{where}:{line}: {error.message}"
            raise PapertrackError(message, details=error.details) from error
        if view.warning:
            view = view._replace(warning=f"{where}:{line}: {view.warning}")
        if resolved:
            conflict = resolved.conflicts.get(index)
            places = [0, *resolved.lines]  # where the lines stand in the file
            moved = [row._replace(line=places[row.line]) for row in view.old]
            rows = conflict.sides[0].rows if conflict else moved
            view = view._replace(line=line, old=rows, conflict=conflict)
        views.append(view)
    return Views(text, views)


def _view(text: str, block: Block, catalogue: Catalogue, *, today: date, definitions: bool) -> View:
    look = look_named(catalogue, block.look)
    wanted = query.parse(block.query, today=today, labs=catalogue.labs)
    papers = query.select(catalogue.papers, wanted)
    own = wanted.values_of("tags")
    lines = lay_out(papers, look, labs=catalogue.labs, own_tags=own, definitions=definitions)
    between_markers = text[block.start : block.end]
    align = alignment_of(between_markers, len(look.columns)) or look.align
    table = block.newline.join(("", *spell(lines, align), "", ""))
    new = made_rows(lines)
    old = new if between_markers == table else rows_in(between_markers, block.line + 1)
    warning = _warning(wanted, catalogue)
    return View(
        block, block.line, look, wanted, len(papers), table, old, new, between_markers, warning
    )


def alignment_of(table: str, width: int) -> tuple[str, ...]:
    """Return how the columns of a table in a file are aligned; nothing where none is."""
    if ":-" not in table and "-:" not in table:
        return ()
    line = next((it[0].strip() for it in _DELIMITER_LINE.finditer(table)), "")
    cells = cells_in(line) if DELIMITER.fullmatch(line) else ()
    words = {(True, False): "left", (True, True): "center", (False, True): "right"}
    align = tuple(words.get((cell[:1] == ":", cell[-1:] == ":"), "") for cell in cells)
    return align if len(align) == width and any(align) else ()


def _warning(wanted: query.Query, catalogue: Catalogue) -> str | None:
    """Return what to tell of a name that nobody has: a list may be empty, or its name misspelt."""
    try:
        query.check_names(wanted, catalogue)
    except RefusedError as nobody:
        return nobody.message
    return None


def look_named(catalogue: Catalogue, name: str | None) -> Look:
    """Return the look of `[markdown.NAME]`, or of `[markdown]`; PapertrackError for no such."""
    if name is None:
        return catalogue.look
    if name in catalogue.looks:
        return catalogue.looks[name]
    hint = did_you_mean(name, catalogue.looks, f"write [markdown.{name}] in the catalogue")
    raise PapertrackError(f'no look "{name}": {hint}')


def is_foreign(view: View) -> bool:
    """Say whether papertrack never made the block, and what stands in it holds no papers."""
    if not view.old or view.conflict or view.block.digest is not None:
        return False
    if any(old and new and new.paper for old, new in view.compared().pairs):
        return False
    from papertrack.markdown.reading import loads  # loads the Markdown parser

    return not any(table.papers for table in loads(view.between_markers, look=view.look))


def edits(view: View) -> ByHand | None:
    """Return what was changed by hand, or None where nothing was."""
    if view.conflict:
        return _edits_in_conflict(view, view.conflict)
    if not view.old or view.same or fits(view.old, view.block.digest):
        return None
    return by_hand(view.compared(), view.block.digest)


def _edits_in_conflict(view: View, conflict: BlockConflict) -> ByHand | None:
    """Return what neither papertrack on one of the sides nor the catalogue now has made.

    A side whose digest does not fit need not be edited: outside the conflict git put the other
    side's rows into it. So each of its rows must be one that papertrack made somewhere.
    """
    sides = (*conflict.sides, *conflict.versions)
    generated_rows = {row.shows for row in view.new}
    generated_rows |= {row.shows for side in sides if side.is_generated for row in side.rows}
    lines = {row.shows: row.line for side in reversed(conflict.sides) for row in side.rows}
    changes: dict[tuple[str, str], RowChange] = {}
    for side in sides:
        if not side.rows or side.is_generated:
            continue
        edited = by_hand(view.compared(side.rows), side.digest)
        for change in edited.changes:
            old, new = change.old, change.new
            if old is None and edited.certain and new and new.shows not in lines:
                changes["", new.shows] = change  # taken out, and on no side any more
            elif old is not None and old.shows not in generated_rows:
                placed = old._replace(line=lines.get(old.shows, conflict.first))
                changes.setdefault(
                    (old.shows, new.shows if new else ""), change._replace(old=placed)
                )
    return ByHand(tuple(changes.values()), certain=False) if changes else None
