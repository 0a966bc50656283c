"""Rows of a block that somebody moved under another heading, which says something else of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from papertrack import blocks
from papertrack.blocks.differences import BlockRow
from papertrack.folding import fold_name
from papertrack.importing import RowEdit
from papertrack.labs import is_others
from papertrack.markdown.cell_writing import lists_its_tags
from papertrack.markdown.escaping import plain
from papertrack.markdown.rows import Kind
from papertrack.markdown.writing import Part
from papertrack.models import Headings, Look, Paper
from papertrack.nothing import is_nothing
from papertrack.status import Status, status_of


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


def moved_rows(edited: blocks.EditedBlock, kinds: Mapping[int, Kind]) -> Iterator[MovedRow]:
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
    """Return what a heading's row says, in a look that has groups."""
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
