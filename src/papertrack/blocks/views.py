"""The blocks of a Markdown text as they stand, beside what the catalogue makes of them.

Where git left blocks in conflict both sides are told apart, so that the block can be made anew.
Only conflicts that touch a block are papertrack's business: what stands in the text around, or in
a fence that explains git, stays as it is.
"""

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from papertrack import query
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
from papertrack.catalogue.lines import KEEP_ONE, Hunk
from papertrack.catalogue.lines import hunks as find_hunks
from papertrack.duplicates import Index
from papertrack.errors import PapertrackError, RefusedError
from papertrack.folding import did_you_mean
from papertrack.markdown.writing import fields_of, lay_out, spell
from papertrack.models import Catalogue, Look
from papertrack.patterns import pattern

_DEFINITION = pattern(r"^[ >\t*+\d.)-]*\[[^\]\n]+\]:", re.MULTILINE)
_DELIMITER_LINE = pattern(r"^[ \t]*\|?[ \t]*:?-[-:| \t]*\r?$", re.MULTILINE)
_TITLES = ("title", "name", "key")

_LINE = pattern(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class Side(NamedTuple):
    """A block as one side of a conflict has it."""

    rows: Sequence[BlockRow]
    digest: str | None

    @property
    def is_generated(self) -> bool:
        """Whether it is as papertrack made it."""
        return fits(self.rows, self.digest)


class BlockConflict(NamedTuple):
    """What git left in one block."""

    first: int
    """The line of its first marker, from 1."""
    last: int
    sides: tuple[Side, Side]
    """Ours and theirs."""
    versions: tuple[Side, ...] = ()
    """The block in whole versions of the file, where git still has them."""


class Resolved(NamedTuple):
    """A text in which each conflict that touches a block is ours, for the block to be made anew."""

    text: str
    lines: Sequence[int]
    """For each of its lines, the line of the file that it is, from 1."""
    conflicts: Mapping[int, BlockConflict]
    """By the block's place among the blocks of the text."""


class _SideText(NamedTuple):
    numbers: list[int]
    """The lines of the file that are in it."""
    blocks: list[Block]

    def span(self, block: Block) -> range:
        """Return from which to before which line of the file the block reaches."""
        return range(self.numbers[block.line - 1], self.numbers[block.last - 1] + 1)


def find_blocks(text: str, where: str) -> list[Block]:
    """Return the blocks of a text in order; `where` is the file as a person would type it.

    Raises PapertrackError for broken markers, RefusedError for a block in conflict.
    """
    resolved = resolve(text, where)
    if resolved is None:
        return blocks_in(text, where)
    first = next(iter(resolved.conflicts.values()))
    raise RefusedError(
        f"{place_of(first, where)}: "
        f"`papertrack export-markdown --into {shlex.quote(where)}` regenerates the block"
    )


def place_of(conflict: BlockConflict, where: str) -> str:
    """Return that there is a conflict, and where."""
    return _place(where, conflict.first, conflict.last)


def _place(where: str, first: int, last: int) -> str:
    return f"{where}:{first}: a conflict that git left, up to line {last}"


def resolve(text: str, where: str, versions: Iterable[str] = ()) -> Resolved | None:
    """Return the text without the conflicts that touch its blocks; None where there are none.

    `versions` are the file's texts on either side, as git keeps them until the merge is done.
    Raises RefusedError where the sides do not have the same blocks.
    """
    if "<<<<<<<" not in text:
        return None
    lines = _LINE.findall(text)
    hunks = list(find_hunks(lines))
    if not hunks or not _touch(text, where, hunks):
        return None
    # Each side as a whole text has its own blocks; a conflict in either's is the block's.
    ours, theirs = (_version(lines, hunks, side, where) for side in (0, 1))
    touching = [
        hunk
        for hunk in hunks
        if any(_meet(hunk, version.span(it)) for version in (ours, theirs) for it in version.blocks)
    ]
    if len(touching) < len(hunks):  # the others stay what they are: text
        ours, theirs = (_version(lines, touching, side, where) for side in (0, 1))
    if _kinds(ours.blocks) != _kinds(theirs.blocks):
        raise _unlike(where, touching)
    # Ours is kept as the text; the blocks are made anew, whatever the sides say in them.
    numbers = _joined(lines, ours, theirs, touching[0])
    resolved = "".join(lines[number] for number in numbers)
    # The whole sides that git keeps tell what was generated there, if they have these blocks.
    whole = [_blocks(version) for version in versions]
    whole = [
        sides for sides in whole if sides and _kinds(it for it, _ in sides) == _kinds(ours.blocks)
    ]
    conflicts = {}
    for index, pair in enumerate(zip(ours.blocks, theirs.blocks, strict=True)):
        spans = [ours.span(pair[0]), theirs.span(pair[1])]
        own = [hunk for hunk in touching if any(_meet(hunk, span) for span in spans)]
        if own:
            conflicts[index] = BlockConflict(
                own[0].start + 1,
                own[-1].end,
                (_side(lines, ours, pair[0]), _side(lines, theirs, pair[1])),
                tuple(sides[index][1] for sides in whole),
            )
    return Resolved(resolved, [number + 1 for number in numbers], conflicts)


def _touch(text: str, where: str, hunks: Iterable[Hunk]) -> bool:
    """Say whether a conflict may be in a block of the text as it stands, markers and all."""
    try:
        blocks = blocks_in(text, where)
    except PapertrackError:  # half a block, perhaps, which one side makes whole
        return True
    return any(_meet(hunk, range(it.line - 1, it.last)) for hunk in hunks for it in blocks)


def _meet(hunk: Hunk, span: range) -> bool:
    return hunk.start < span.stop and hunk.end > span.start


def _version(lines: Sequence[str], hunks: Sequence[Hunk], side: int, where: str) -> _SideText:
    numbers: list[int] = []
    at = 0
    for hunk in hunks:
        numbers += (*range(at, hunk.start), *(hunk.theirs if side else hunk.ours))
        at = hunk.end
    numbers += range(at, len(lines))
    try:
        blocks = blocks_in("".join(lines[number] for number in numbers), where)
    except PapertrackError as error:
        raise _unlike(where, hunks) from error
    return _SideText(numbers, blocks)


def _unlike(where: str, hunks: Sequence[Hunk]) -> RefusedError:
    place = _place(where, hunks[0].start + 1, hunks[-1].end)
    return RefusedError(f"{place}, whose sides do not have the same blocks: {KEEP_ONE}")


def _kinds(blocks: Iterable[Block]) -> list[tuple[str | None, str]]:
    return [(block.look, block.query) for block in blocks]


def _joined(lines: Sequence[str], ours: _SideText, theirs: _SideText, hunk: Hunk) -> list[int]:
    """Return the lines of ours, but where the text between the blocks differs both, in conflict."""
    numbers: list[int] = []
    at = other = 0
    for block, twin in zip(ours.blocks, theirs.blocks, strict=True):
        gap = ours.numbers[at : block.line - 1], theirs.numbers[other : twin.line - 1]
        numbers += (*_between(lines, *gap, hunk), *ours.numbers[block.line - 1 : block.last])
        at, other = block.last, twin.last
    return [*numbers, *_between(lines, ours.numbers[at:], theirs.numbers[other:], hunk)]


def _between(
    lines: Sequence[str], ours: Sequence[int], theirs: Sequence[int], hunk: Hunk
) -> list[int]:
    texts, others = ([lines[number] for number in side] for side in (ours, theirs))
    if texts == others:
        return list(ours)
    # What both begin and end with stays outside the conflict that is written again.
    shorter = min(len(ours), len(theirs))
    same = next((at for at in range(shorter) if texts[at] != others[at]), shorter)
    rest = shorter - same
    tail = next((at for at in range(rest) if texts[-1 - at] != others[-1 - at]), rest)
    begin, middle, end = hunk.start, hunk.theirs.start - 1, hunk.end - 1
    mine, yours = ours[same : len(ours) - tail], theirs[same : len(theirs) - tail]
    return [*ours[:same], begin, *mine, middle, *yours, end, *ours[len(ours) - tail :]]


def _side(lines: Sequence[str], version: _SideText, block: Block) -> Side:
    inside = version.numbers[block.line : block.last - 1]
    rows = rows_in("".join(lines[number] for number in inside), 1)
    return Side([row._replace(line=inside[row.line - 1] + 1) for row in rows], block.digest)


def _blocks(text: str) -> list[tuple[Block, Side]]:
    """Return the blocks of a whole version of the file; none where its markers are broken."""
    try:
        blocks = blocks_in(text, "")
    except PapertrackError:
        return []
    return [(it, Side(rows_in(text[it.start : it.end], 0), it.digest)) for it in blocks]


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


def lost_rows(view: View, changes: Iterable[RowChange], catalogue: Catalogue) -> int:
    """Return how many rows go with papers that the catalogue does not have."""
    going = {change.old.line for change in changes if change.old and change.new is None}
    if not going:
        return 0
    from papertrack.markdown.reading import loads  # loads the Markdown parser

    known = Index(catalogue.papers)
    tables = loads(view.between_markers, look=view.look)
    papers = {line: paper for table in tables for line, paper in table.papers}
    standing = rows_in(view.between_markers, 1)  # and in the file, after what git left in conflict
    lines = {
        row.line for row, placed in zip(standing, view.old, strict=True) if placed.line in going
    }
    return sum(line in lines and not any(known.matches(it)) for line, it in papers.items())


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
