"""The blocks of a Markdown text made from the catalogue: current, stale, or edited by hand.

Tables become blocks, a link to a page comes below the last one, and tags in queries are renamed.
Which papers stand in which blocks is told here too: one that no block shows is easily forgotten.
"""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from papertrack import query
from papertrack.blocks import differences
from papertrack.blocks.markers import END, LINE_END, Block, blocks_in, end_marker, marker
from papertrack.blocks.views import (
    View,
    alignment_of,
    edits,
    find_blocks,
    is_foreign,
    look_named,
    lost_rows,
    place_of,
    resolve,
    views,
)
from papertrack.catalogue.lines import KEEP_ONE
from papertrack.errors import PapertrackError, RefusedError, how_many
from papertrack.folding import fold_name
from papertrack.markdown import escaping
from papertrack.markdown.writing import OWN, fields_of
from papertrack.models import Catalogue, Look, Paper
from papertrack.query import Query

_LISTED = 20


class LosingError(RefusedError):
    """A block is not made anew, since something that papertrack did not make would be lost."""

    def __init__(self, problem: str, advice: str, details: Sequence[str] = ()) -> None:
        """Take what is wrong, and what to do about it, apart for a finding of `check`."""
        super().__init__(f"{problem}: {advice}", details=details)
        self.problem = problem
        self.advice = advice


class Rendered(NamedTuple):
    """A Markdown text with its blocks made anew."""

    text: str
    blocks: int
    papers: int
    stale: tuple[str, ...]
    """What was not as the catalogue says: a line with file:line for each row."""
    warnings: tuple[str, ...] = ()
    """What a person should look at: a block whose query names a lab or tag that nobody has, and
    tags of changed rows that a look does not show."""
    conflicts: int = 0
    """How many blocks git had left in conflict; each is one of the stale lines."""
    headings: int = 0
    """How many of the stale lines are of headers and headings, which are no paper's rows."""
    lost: int = 0
    """How many of the stale lines are of rows that went, whose papers the catalogue lacks."""
    link: str = ""
    """The address that the text links to now, and did not before."""

    @property
    def differs(self) -> bool:
        """Whether anything was not as it is now."""
        return bool(self.stale or self.link)

    def summary(self, *, written: bool = True) -> str:
        """Return what became of the file, or would become of it, in a few words."""
        rows = len(self.stale) - self.conflicts - self.headings - self.lost
        changed = "changed" if written else "would change"
        removed = f"{'removed' if written else 'would be removed'}, whose "
        removed += "paper is" if self.lost == 1 else "papers are"
        removed += " not in the catalogue"
        done = ", ".join(
            f"{how_many(number, thing)} {verb}"
            for number, thing, verb in (
                (self.conflicts, "conflict", "resolved" if written else "would be resolved"),
                (rows, "row", changed),
                (0 if rows or self.lost else self.headings, "heading", changed),
                (self.lost, "row", removed),
            )
            if number
        )
        if self.link:
            adding = f"link to {self.link} {'added' if written else 'would be added'}"
            done = f"{done}, {adding}" if done else adding
        done = done or "nothing to change"
        if self.lost and written:
            done += f"; papertrack undo brings {'it' if self.lost == 1 else 'them'} back"
        return f"{how_many(self.blocks, 'block')}, {how_many(self.papers, 'paper')}; {done}"


class DifferingBlock(NamedTuple):
    """A block that is not as the catalogue makes it."""

    block: Block
    look: Look
    changes: tuple[differences.RowChange, ...]
    """What was changed by hand, and only that when `certain`."""
    certain: bool
    edited: bool = True
    """Whether it was edited by hand, if only by moving rows."""
    pairs: tuple[tuple[differences.BlockRow | None, differences.BlockRow | None], ...] = ()
    """Every row, in the file and from the catalogue, side by side; of no block in conflict."""


def render(
    text: str,
    catalogue: Catalogue,
    *,
    where: str,
    today: date,
    force: bool = False,
    versions: Iterable[str] = (),
) -> Rendered:
    """Return the text with every block made from the catalogue; every other byte stays.

    A block whose rows are right stays as it is too, padding included; one that git left in
    conflict is made anew. `where` is the file as a person would type it, `versions` its texts on
    both sides of a merge, where git still has them. Raises PapertrackError where there is no
    block, or one that cannot be made, and, unless `force`, RefusedError where blocks were edited
    by hand, with their rows, or would be emptied since nobody has the lab or tag that they name.
    """
    text, seen = views(text, catalogue, where, today, versions)
    if not force:
        _refuse_edits(seen, where)
        _refuse_emptying(seen)
    pieces: list[str] = []
    stale: list[str] = []
    hidden: list[str] = []
    headings = lost = at = 0
    for view in seen:
        block, right = view.block, differences.digest(view.new)
        pieces.append(text[at : block.start])
        if view.conflict or not view.same:
            pieces += (view.text, text[block.end : block.mark.start], end_marker(right))
            changes = () if view.conflict else view.compared().changes
            hidden += _hidden_tags(view, changes, where)
            headings += sum(it.new is not None and it.paper is None for it in changes)
            lost += lost_rows(view, changes, catalogue)
            stale += (
                [place_of(view.conflict, where)]
                if view.conflict
                else _lines(view, changes, where, by_hand=False)
            )
        elif not differences.fits(view.new, block.digest):
            pieces += (text[block.start : block.mark.start], end_marker(right))
            stale.append(f"{where}:{block.last}: the digest is not of these rows")
        else:
            pieces.append(text[block.start : block.mark.stop])
        at = block.mark.stop
    pieces.append(text[at:])
    warnings = [view.warning for view in seen if view.warning] + hidden
    papers = sum(view.papers for view in seen)
    count = sum(view.conflict is not None for view in seen)
    text = "".join(pieces)
    return Rendered(text, len(seen), papers, tuple(stale), tuple(warnings), count, headings, lost)


def render_all(
    texts: Mapping[str, str],
    catalogue: Catalogue,
    *,
    today: date,
    force: bool = False,
    versions: Mapping[str, Sequence[str]] = {},
) -> dict[str, Rendered]:
    """Return every text rendered, by the name that a person would type for it.

    Raises RefusedError for all files with edits together.
    """
    rendered: dict[str, Rendered] = {}
    refused: list[RefusedError] = []
    for where, text in texts.items():
        sides = versions.get(where, ())
        try:
            rendered[where] = render(
                text, catalogue, where=where, today=today, force=force, versions=sides
            )
        except RefusedError as error:
            refused.append(error)
    if len(refused) > 1:
        details = [line for error in refused for line in (error.message, *error.details)]
        raise RefusedError(f"{len(refused)} files cannot be regenerated", details=details)
    if refused:
        raise refused[0]
    return rendered


def differing(text: str, catalogue: Catalogue, *, where: str, today: date) -> list[DifferingBlock]:
    """Return the blocks of a text that are not as the catalogue makes them, with the hand edits.

    A change's `new` row holds the paper, its `old` row the cells in the file and their line; a row
    without `new` was added, one without `old` was taken out. What never was a table of papers is no
    edit of one.
    """
    blocks: list[DifferingBlock] = []
    for view in views(text, catalogue, where, today).blocks:
        if (view.same and not view.conflict) or is_foreign(view):
            continue
        by_hand = edits(view)
        changes, certain = by_hand or differences.ByHand((), certain=True)
        pairs = () if view.conflict else view.compared().pairs
        edited = by_hand is not None
        blocks.append(DifferingBlock(view.block, view.look, changes, certain, edited, pairs))
    return blocks


def shortened(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines, or the first twenty and how many more there are."""
    if len(lines) <= _LISTED:
        return lines
    return [*lines[:_LISTED], f"… and {len(lines) - _LISTED} more"]


def _refuse_edits(seen: Iterable[View], where: str) -> None:
    edited = [(view, edit) for view in seen if (edit := edits(view))]
    if not edited:
        return
    foreign = [view for view, _ in edited if is_foreign(view)]
    file = shlex.quote(where)
    force = f"`papertrack export-markdown --into {file} --force` writes over"
    if len(foreign) == len(edited):
        place = f"{where}:{foreign[0].old[0].line}"
        problem = f"{place}: what stands between the markers is not a table of papers"
        advice = f"{force} it"
        lines = [
            f"{where}:{row.line}: {differences.readable(' | '.join(row.cells))}"
            for view in foreign
            for row in view.old
        ]
        raise LosingError(problem, advice, shortened(lines))
    details = [
        line for view, edit in edited for line in _lines(view, edit.changes, where, by_hand=True)
    ]
    conflict = next((view.conflict for view, _ in edited if view.conflict), None)
    if conflict:
        problem = f"{place_of(conflict, where)}, with rows edited by hand"
        takes = f"then `papertrack import {file}` takes the edits into the catalogue"
        advice = f"{KEEP_ONE}, {takes}; or {force} them"
    else:
        problem = f"{where} was edited by hand"
        advice = f"`papertrack import {file}` takes the edits into the catalogue, {force} them"
    raise LosingError(problem, advice, shortened(details))


def _refuse_emptying(seen: Iterable[View]) -> None:
    """Refuse to take a table's rows away for a name that nobody has: it may be misspelt."""
    emptied = [view for view in seen if not view.papers and len(view.old) > 1]
    warnings = [view.warning for view in emptied if view.warning]
    if warnings:
        raise LosingError(
            f"{warnings[0]}; nothing was written",
            "correct the name in the marker, or empty the block with `--force`",
            warnings[1:],
        )


def _lines(
    view: View, changes: Sequence[differences.RowChange], where: str, *, by_hand: bool
) -> Iterator[str]:
    """Yield what was changed by hand in a block, or what the catalogue says otherwise."""
    for change in changes:
        line = change.old.line if change.old else view.line
        yield f"{where}:{line}: {change.name}: {_change(view, change, by_hand=by_hand)}"
    if not changes:
        yield f"{where}:{view.line}: the rows stand in another order"


def _hidden_tags(view: View, changes: Iterable[differences.RowChange], where: str) -> Iterator[str]:
    """Yield a line that names the tags of changed rows which the look does not show."""
    names = fields_of(view.look)
    if not view.look.tags or "tags" not in names:
        return
    shown = set(map(fold_name, (*view.look.tags, *view.query.values_of("tags"))))
    at = names.index("tags")
    papers = [it.paper for it in changes if it.paper and at in it.columns]
    tags = dict.fromkeys(tag for paper in papers for tag in paper.tags)
    if hidden := [tag for tag in tags if fold_name(tag) not in shown]:
        table = f"markdown.{view.block.look}" if view.block.look else "markdown"
        add = f"add it to tags in [{table}]" if len(hidden) == 1 else f"see tags in [{table}]"
        yield f"{where}:{view.line}: the column of tags does not show {', '.join(hidden)}: {add}"


def _change(view: View, change: differences.RowChange, *, by_hand: bool) -> str:
    if change.new is None:
        return "this row is not from the catalogue" if by_hand else "row removed"
    if change.old is None:
        return "the row was taken out" if by_hand else "row added"
    differs = "{} is {}, the catalogue says {}" if by_hand else "{} was {}, is {}"
    return "; ".join(differs.format(*cell) for cell in _cells(view, change))


def _cells(view: View, change: differences.RowChange) -> Iterator[tuple[str, str, str]]:
    """Yield each column that differs: its name, what the file says, what the catalogue says."""
    names = fields_of(view.look)
    sides = [row.cells if row else () for row in (change.old, change.new)]
    for at in change.columns:
        name = names[at].removeprefix(OWN) if at < len(names) else f"cell {at + 1}"
        old, new = (differences.readable(cells[at]) if at < len(cells) else "" for cells in sides)
        yield name, old or "nothing", new or "nothing"


class TablePlace(NamedTuple):
    """Lines of a Markdown text that are to become a block."""

    first: int
    """The table's header, from 1."""
    last: int
    look: str | None
    query: str


def wrap(
    text: str, places: Iterable[TablePlace], catalogue: Catalogue, *, where: str, today: date
) -> str:
    """Return the text with a block of the catalogue's in the place of each table.

    The tables stand in no list and no quotation, where a block cannot be.
    """
    ends = [line_end.end() for line_end in LINE_END.finditer(text)]
    starts = [0, *ends, len(text)]
    pieces: list[str] = []
    at = 0
    for place in sorted(places, key=lambda place: place.first):
        start, end = starts[place.first - 1], starts[min(place.last, len(starts) - 1)]
        newline = _newline(text[start:end]) or _newline(text) or "\n"
        lines = [marker(place.query, place.look), END]
        delimiter = "".join(text[start:end].splitlines()[1:2])
        if alignment_of(text[start:end], len(differences.cells_in(delimiter))):
            # alone in the block, it keeps columns aligned
            mark = end_marker(differences.digest(differences.rows_in(delimiter, 1)))
            lines[1:] = [delimiter, mark]
        pieces += (text[at:start], newline.join(lines), _newline(text[start:end][-2:]))
        at = end
    return render("".join((*pieces, text[at:])), catalogue, where=where, today=today).text


def linked(rendered: Rendered, words: str, address: str, *, where: str) -> Rendered:
    """Return the text with a link to a page below its last block, unless it links there already.

    The link is no part of the block: it is the person's, to be moved and worded.
    """
    # A link to the page may have other words, and lead to a part of it or have a title.
    spelled = escaping.link(words, address)
    target = re.escape(spelled[spelled.rindex("](") : -1])
    text = rendered.text
    blocks = find_blocks(text, where)
    if not blocks or re.search(rf"{target}[)#? \"']", text):
        return rendered
    newline, end = blocks[-1].newline, blocks[-1].mark.stop
    line = LINE_END.search(text, end)
    below = text[line.end() :] if line else ""
    apart = newline if below and not LINE_END.match(below) else ""
    text = f"{text[: line.start() if line else end]}{newline * 2}{spelled}{newline}{apart}{below}"
    return rendered._replace(text=text, link=address)


def retagged(text: str, old: str, new: str, *, where: str) -> str:
    """Return the text with the tag renamed in every block's query; every other byte stays.

    `where` is the file as a person would type it. Raises PapertrackError for broken markers.
    """
    for block in reversed(find_blocks(text, where)):
        wanted = query.with_tag_renamed(block.query, old, new)
        if wanted != block.query:
            end = block.start - len(block.newline)
            start = text.rfind("\n", 0, end) + 1
            text = text[:start] + marker(wanted, block.look) + text[end:]
    return text


def _newline(text: str) -> str:
    line_end = LINE_END.search(text)
    return line_end[0] if line_end else ""


def missing(catalogue: Catalogue, texts: Mapping[str, str], *, today: date) -> list[Paper]:
    """Return the papers that no block of the texts shows, by the blocks' queries.

    None where there are no blocks: every paper is missing then. `texts` holds the Markdown by
    file. What an export would refuse (broken markers, a query that is none) shows nothing here:
    the export and `check` name it.
    """
    queries = [wanted for *_, wanted in _readable(catalogue, texts, today)]
    chosen = (query.select(catalogue.papers, wanted) for wanted in queries if wanted)
    shown = {paper.key for papers in chosen for paper in papers}
    return [paper for paper in catalogue.papers if queries and paper.key not in shown]


def files_with_all(catalogue: Catalogue, texts: Mapping[str, str], *, today: date) -> list[str]:
    """Return the files with a block of every paper, which a new one makes longer."""
    readable = _readable(catalogue, texts, today)
    return list(dict.fromkeys(file for file, block, _ in readable if not block.query))


class Placement(NamedTuple):
    """Where one paper stands in Markdown files."""

    files: tuple[str, ...]
    """Those with a block that shows it."""
    with_notes: tuple[str, ...]
    """Those of them with a block that shows its notes."""
    tags: Mapping[str, tuple[str, ...]]
    """Other files whose blocks would show it with these tags too."""


def placement(
    paper: Paper, catalogue: Catalogue, texts: Mapping[str, str], *, today: date
) -> Placement:
    """Return which files show a paper of the catalogue, and which tags would put it in others."""
    files: dict[str, None] = {}
    with_notes: dict[str, None] = {}
    tags: dict[str, tuple[str, ...]] = {}
    for file, block, wanted in _readable(catalogue, texts, today):
        if wanted is None:
            continue
        if query.select([paper], wanted):
            files[file] = None
            with suppress(PapertrackError):  # no such look: the export names it
                if "notes" in fields_of(look_named(catalogue, block.look)):
                    with_notes[file] = None
            continue
        own = set(map(fold_name, paper.tags))
        lacking = tuple(
            term.values[0]
            for term in wanted.terms
            if term.field == "tags"
            and not term.negated
            and own.isdisjoint(map(fold_name, term.values))
        )
        tagged = paper.model_copy(update={"tags": (*paper.tags, *lacking)})
        if lacking and query.select([tagged], wanted):
            tags.setdefault(file, lacking)
    others = {file: missing for file, missing in tags.items() if file not in files}
    return Placement(tuple(files), tuple(with_notes), others)


def _readable(
    catalogue: Catalogue, texts: Mapping[str, str], today: date
) -> Iterator[tuple[str, Block, Query | None]]:
    """Yield every block by file with its query, None where that is none."""
    for file, text in texts.items():
        try:
            resolved = resolve(text, file)
            blocks = blocks_in(resolved.text if resolved else text, file)
        except PapertrackError:
            continue
        for block in blocks:
            try:
                wanted = query.parse(block.query, today=today, labs=catalogue.labs)
            except PapertrackError:
                wanted = None
            yield file, block, wanted
