"""What somebody edited by hand in the blocks of a Markdown text: rows changed, added, moved.

Rows that nobody edited and that the catalogue does not make are told apart from these.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from papertrack import blocks, query
from papertrack.blocks.differences import BlockRow, RowChange, digest, readable, rows_in
from papertrack.blocks.markers import end_marker
from papertrack.blocks.views import find_blocks, look_named
from papertrack.folding import fold_name, is_nothing
from papertrack.importing import Hand, Place, Plan, RowEdit, StrangeEdit, look_sharing
from papertrack.importing.matching import is_corrected
from papertrack.labs import is_others
from papertrack.markdown.escaping import plain
from papertrack.markdown.rows import Kind, Meaning, Table
from papertrack.markdown.writing import Part, fields_of, lists_its_tags
from papertrack.models import FIELDS, Catalogue, Headings, Look, Paper
from papertrack.status import Status, status_of

_Cells = Sequence[str]
_OF_READER = frozenset("status priority added started finished notes tags number".split())
"""What one reader says of a paper and another does not."""
_OF_PAPERS_BELOW = (Kind.HEADING, Kind.PLACEHOLDER)
_HEADINGS = (Part.HEADING, Part.SECTION, Part.PLACEHOLDER)


class _Changed(NamedTuple):
    line: int
    key: str
    now: _Cells
    """The catalogue's cells but where the file's were changed by hand."""
    last: _Cells
    """The catalogue's cells."""
    in_place: bool
    """Whether it stands where it stood, and whether its title is the only identifying cell that
    changed."""


def by_block(
    text: str, tables: Sequence[Table], catalogue: Catalogue, *, where: str, today: date
) -> dict[int, Hand]:
    """Return what was edited, by the line of the block; `tables` are those of the whole text.

    Raises PapertrackError where markers are broken or a block cannot be made.
    """
    hands: dict[int, Hand] = {}
    for differing in blocks.differing(text, catalogue, where=where, today=today):
        block = differing.block
        inside = [it for it in tables if block.line < it.line < block.last]
        hand = Hand()
        if differing.edited:
            papers = {paper.key: paper for paper in catalogue.papers}
            own = query.parse(block.query, today=today).values_of("tags")
            hand = _by_hand(differing, inside, papers, own)
        held = {line for table in inside for line, _ in table.papers}
        made_by_none = {old.line for old, new in differing.pairs if old and new is None}
        unmade = held & made_by_none - {edit.line for edit in hand.edits}
        hands[block.line] = hand._replace(unmade=frozenset(unmade))
    return hands


def _by_hand(
    edited: blocks.DifferingBlock,
    tables: Sequence[Table],
    papers: Mapping[str, Paper],
    own_tags: Sequence[str],
) -> Hand:
    """Return what was changed, by line; where that is not certain all of it may be old."""
    read = {line: paper for table in tables for line, paper in table.papers}
    kinds = {row.line: row.kind for table in tables for row in table.rows}
    fields = fields_of(edited.look)
    order = [old.line for old, new in edited.pairs if old and new]
    between = zip([0, *order], order, [*order[1:], edited.block.last], strict=False)
    stayed = {line for before, line, after in between if before < line < after}
    changed: list[_Changed] = []
    edits, strange, gone = list[RowEdit](), list[StrangeEdit](), list[Paper]()
    for change in edited.changes:
        old, new = change.old, change.new
        line = old.line if old else edited.block.line
        if new is not None and new.paper is not None:
            if old is None:
                gone.append(papers[new.paper.key])
                continue
            # The file's words count in the cells that somebody changed, the catalogue's elsewhere:
            # it may have moved on since the block was made.
            mixed = [
                old.cells[at] if at in change.columns and at < len(old.cells) else cell
                for at, cell in enumerate(new.cells)
            ]
            in_place = line in stayed and _is_title_alone(change, fields)
            changed.append(_Changed(line, new.paper.key, mixed, new.cells, in_place))
        # No row of the catalogue: a new paper, if it reads as one and is no heading or placeholder.
        elif new is None and line in read:
            edits.append(RowEdit(line, None, read[line], None))
        elif _is_strange(change, kinds.get(line), edited):
            strange.append(StrangeEdit(line, change.name))
    # Both sides are read in the same way, so that only what somebody changed differs.
    now = _read([row.now for row in changed], edited.look)
    last = _read([row.last for row in changed], edited.look)
    for row, one, other in zip(changed, now, last, strict=True):
        if one is None or other is None:
            strange.append(StrangeEdit(row.line, row.key, was_paper=True))
        elif is_corrected(one, other, generated=True, in_place=row.in_place):
            edits.append(RowEdit(row.line, row.key, one, other))
        else:  # another paper in its place
            edits.append(RowEdit(row.line, None, read.get(row.line, one), None))
            gone.append(papers[row.key])
    edits, moved = _with_moves(edits, edited, kinds)
    titles, others = _headings(edited, kinds, read, {edit.line for edit in edits})
    edits = sorted((*edits, *titles), key=lambda edit: edit.line)
    return Hand(
        edits=tuple(edits),
        gone=tuple(gone),
        certain=edited.certain,
        block=edited.block.line,
        strange=(*strange, *moved, *others),
        tags=new_tags(edits, edited.look, own_tags),
    )


def _is_title_alone(change: RowChange, fields: Sequence[str]) -> bool:
    """Say whether of the cells that tell papers apart the title alone was edited.

    Where more was edited, such as its status, another of them says that it is the paper still.
    """
    edited = {fields[at] for at in change.columns if at < len(fields)}
    cells = zip(fields, change.new.cells if change.new else (), strict=False)
    stayed = {it for it, cell in cells if not is_nothing(cell)} - edited - _OF_READER
    return edited - _OF_READER == {"title"} and bool(len(change.columns) == 1 or stayed)


def _is_strange(change: RowChange, kind: Kind | None, edited: blocks.DifferingBlock) -> bool:
    """Say whether a change is of no paper, and no heading or placeholder that somebody wrote.

    Where a heading was taken out, its rows stand under another, and count as moved.
    """
    if change.new is None:
        return kind not in _OF_PAPERS_BELOW
    return not (change.old is None and change.new.part in _HEADINGS and edited.pairs)


def _with_moves(
    edits: Sequence[RowEdit], edited: blocks.DifferingBlock, kinds: Mapping[int, Kind]
) -> tuple[list[RowEdit], list[StrangeEdit]]:
    """Return the edits with those that rows under other headings come to, and what changes none."""
    by_key = {edit.key: edit for edit in edits if edit.key}
    strange = list[StrangeEdit]()
    gone = [it.name for it in edited.changes if it.new and not it.old and not it.new.paper]
    for moved in moved_rows(edited, kinds):
        paper, heading = moved.paper, moved.heading
        # Rows that stay where they are, below no heading any more: the heading says it for all.
        if not heading.name and (name := next((it for it in gone if moved.made.name in it), None)):
            if all(it.row != name for it in strange):
                strange.append(StrangeEdit(moved.line, name))
            continue
        # Tags come and go without a conflict: what may be the catalogue's change is no reason.
        if not heading.says_something or (heading.tag and not edited.certain):
            strange.append(StrangeEdit(moved.line, paper.key, moved=True))
            continue
        edit = by_key.get(paper.key) or RowEdit(moved.line, paper.key, paper, paper)
        placed = with_move(edit, moved)
        if placed == edit:  # it has no lab already, and stands among the tags
            strange.append(StrangeEdit(moved.line, paper.key, moved=True))
        else:
            by_key[paper.key] = placed
    return [*(edit for edit in edits if not edit.key), *by_key.values()], strange


def _headings(
    edited: blocks.DifferingBlock,
    kinds: Mapping[int, Kind],
    read: Mapping[int, Paper],
    written: Container[int],
) -> tuple[list[RowEdit], list[StrangeEdit]]:
    """Return what rows are that read as headings and that the catalogue does not make.

    Those with a new paper below are headings. Others are titles alone where headings look
    otherwise; the next export would drop them unsaid.
    """
    look = edited.look
    titles, strange = list[RowEdit](), list[StrangeEdit]()
    unmade = (change.old for change in edited.changes if change.old and change.new is None)
    for row in unmade:
        if kinds.get(row.line) is not Kind.HEADING or (look.group and row.line + 1 in written):
            continue
        above = read.get(row.line - 1)
        title = next(readable(cell) for cell in row.cells if not is_nothing(cell))
        alike = len({*row.cells}) == 1
        if alike or (look.group and (not above or look.headings is Headings.FIRST)):
            strange.append(StrangeEdit(row.line, title))
            continue
        paper = next(_read([row.cells], look)) or Paper(key="", title=title)
        lab = above.lab if above and look.group == "lab" else paper.lab
        titles.append(RowEdit(row.line, None, paper.model_copy(update={"lab": lab}), None))
    return titles, strange


def shown_tags(plan: Plan, catalogue: Catalogue) -> dict[str, list[str]]:
    """Return what tags looks are to show so that nothing which was written by hand disappears.

    They are by the name of the look's table in the catalogue.
    """
    shown: dict[str, list[str]] = {}
    for origin in plan.origins:
        if origin.hand.tags:
            look = look_named(catalogue, origin.look)
            tags = shown.setdefault(look_sharing.table_of(origin.look), [*look.tags])
            tags += [tag for tag in origin.hand.tags if tag not in tags]
    return shown


def stamp(texts: Mapping[str, str], plan: Plan) -> dict[str, str]:
    """Return those texts with edits that are all imported, or decided, where they count as made.

    What was edited in a block is in the catalogue then, so that an export need not refuse.
    """
    waiting = {conflict.place for conflict in plan.undecided}
    decided: dict[str, list[int]] = {}
    for origin in plan.origins:
        places = {Place(origin.file, edit.line) for edit in origin.hand.edits}
        if origin.hand.block and not origin.hand.strange and not places & waiting:
            decided.setdefault(origin.file, []).append(origin.hand.block)
    return {
        name: _stamped(texts[name], name, at)
        for name, at in decided.items()
        if name in texts  # what came by a pipe is written nowhere
    }


def _stamped(text: str, where: str, lines: Container[int]) -> str:
    """Return the text where the blocks that begin in these lines have the digest of their rows."""
    for block in reversed(find_blocks(text, where)):
        if block.line in lines:
            rows = rows_in(text[block.start : block.end], block.line + 1)
            mark = end_marker(digest(rows))
            text = f"{text[: block.mark.start]}{mark}{text[block.mark.stop :]}"
    return text


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


class HeadingAbove(NamedTuple):
    """What a heading says of the papers below it; no more than one of these."""

    name: str = ""
    """As it stands there; nothing where there is no heading."""
    lab: str | None = None
    tag: str | None = None
    status: Status | None = None
    year: int | None = None
    no_lab: bool | None = None
    """True above the papers that have none."""

    @property
    def says_something(self) -> bool:
        """Whether the papers below it have something in common."""
        return any(value is not None for value in self[1:])


class MovedRow(NamedTuple):
    """A paper's row under a heading that is not the catalogue's."""

    line: int
    paper: Paper
    heading: HeadingAbove
    """The heading above it in the file."""
    made: HeadingAbove
    """The heading that the catalogue gives it."""


def moved_rows(edited: blocks.DifferingBlock, kinds: Mapping[int, Kind]) -> Iterator[MovedRow]:
    """Yield the rows that stand under other headings; `kinds` says what the block's lines are."""
    if edited.look.group is None:
        return
    made: dict[str, HeadingAbove] = {}
    above = HeadingAbove()
    for _, row in edited.pairs:
        if row and row.paper:
            made[row.paper.key] = above
        elif row and row.part is not Part.HEADER:
            above = _made_heading(row, edited.look)
    stands_under: HeadingAbove | None = HeadingAbove()
    standing = [(old, new) for old, new in edited.pairs if old]
    by_hand = {change.old.line for change in edited.changes if change.old}
    for old, new in sorted(standing, key=lambda pair: pair[0].line):
        kind = kinds.get(old.line)
        if new is None and _is_heading(old.cells, kind, edited.look):
            # One that papertrack made, and would not make now: the catalogue moved its papers.
            stands_under = _heading(old.cells, edited.look) if old.line in by_hand else None
        elif new is None and kind is Kind.PLACEHOLDER:
            stands_under = HeadingAbove()
        elif new and new.part not in (Part.HEADER, Part.PAPER):
            stands_under = _made_heading(new, edited.look)
        elif new and new.paper and stands_under and stands_under != made[new.paper.key]:
            yield MovedRow(old.line, new.paper, stands_under, made[new.paper.key])


def with_move(edit: RowEdit, moved: MovedRow) -> RowEdit:
    """Return the edit of a paper's row with what its new heading says of the paper."""
    new, old, paper = moved.heading, moved.made, moved.paper
    now: dict[str, object] = {}
    last: dict[str, object] = {}
    for field in ("lab", "status", "year"):
        if getattr(new, field) is not None or getattr(old, field) is not None:
            now[field], last[field] = getattr(new, field), getattr(paper, field)
    if new.tag is not None:
        before = edit.last.tags if edit.last else ()
        gone = [tag for tag in paper.tags if old.tag and fold_name(tag) == fold_name(old.tag)]
        last["tags"] = tuple(dict.fromkeys((*before, *gone)))
        tags = dict.fromkeys((*edit.now.tags, *gone))
        # It takes the place of the other: a paper stands under the first of its tags.
        kept = [new.tag if tag in gone else tag for tag in tags]
        now["tags"] = tuple(dict.fromkeys((*kept, new.tag)))
    before_it = edit.last.model_copy(update=last) if edit.last else None
    return edit._replace(now=edit.now.model_copy(update=now), last=before_it)


def _is_heading(cells: Sequence[str], kind: Kind | None, look: Look) -> bool:
    if look.headings is Headings.SECTIONS:
        return len(cells) == 1 and cells[0].startswith("#")
    return kind is Kind.HEADING


def _made_heading(row: BlockRow, look: Look) -> HeadingAbove:
    return HeadingAbove() if row.part is Part.PLACEHOLDER else _heading(row.cells, look)


def _heading(cells: Sequence[str], look: Look) -> HeadingAbove:
    text = plain(cells[0]).strip()
    if look.headings is Headings.SECTIONS:
        text = text.strip("# ")
    marks = look.heading_marks
    if marks and len(text) > 2 * len(marks) and text.startswith(marks) and text.endswith(marks):
        text = text[len(marks) : -len(marks)]
    match look.group:
        case "status":
            words = {word: Status(status) for status, word in look.statuses.items()}
            return HeadingAbove(text, status=words.get(text) or status_of(text))
        case "year":
            return HeadingAbove(text, year=int(text) if text.isascii() and text.isdigit() else None)
        case "lab" if look.headings is Headings.REPEAT and is_others(text):
            return HeadingAbove(text, no_lab=True)
        case "lab":
            alone = look.headings is Headings.REPEAT and all(map(is_nothing, cells[1:]))
            is_tag = fold_name(text) in map(fold_name, look.tags) or (alone and len(cells) > 1)
            return HeadingAbove(text, tag=text) if is_tag else HeadingAbove(text, lab=text)
    return HeadingAbove(text, tag=text)


def new_tags(edits: Sequence[RowEdit], look: Look, own: Sequence[str]) -> tuple[str, ...]:
    """Return the tags that somebody wrote into a block and that its look does not show yet.

    `own` are the tags that the block's query names.
    """
    if not lists_its_tags(look):
        return ()
    known = set(map(fold_name, (*look.tags, *own)))
    tags = (tag for it in edits for tag in it.now.tags if not it.last or tag not in it.last.tags)
    return tuple(dict.fromkeys(tag for tag in tags if fold_name(tag) not in known))
