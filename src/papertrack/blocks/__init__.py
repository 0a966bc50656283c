"""The blocks of a Markdown text: found, made from the catalogue, stale, or edited by hand.

Which papers stand in which blocks is told here: one that no block shows is easily forgotten.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from papertrack import query
from papertrack.blocks.markers import Block, blocks_in
from papertrack.blocks.rendering import (
    EditedBlock,
    Rendered,
    TablePlace,
    edited_rows,
    linked,
    render,
    render_all,
    retagged,
    shortened,
    wrap,
)
from papertrack.blocks.views import find, look_named, resolve
from papertrack.errors import PapertrackError
from papertrack.folding import fold_name
from papertrack.markdown.cell_writing import fields_of
from papertrack.models import Catalogue, Paper
from papertrack.query import Query

__all__ = [
    "Coverage",
    "EditedBlock",
    "Placement",
    "Rendered",
    "ShowingBlock",
    "TablePlace",
    "coverage",
    "edited_rows",
    "find",
    "linked",
    "look_named",
    "placement",
    "render",
    "render_all",
    "retagged",
    "shortened",
    "wrap",
]


class ShowingBlock(NamedTuple):
    """A block that shows a paper."""

    file: str
    """As a person would type it."""
    line: int
    """Of the begin marker, from 1."""
    query: str


class Coverage(NamedTuple):
    """Where the papers of a catalogue stand in Markdown files."""

    blocks_by_key: Mapping[str, tuple[ShowingBlock, ...]]
    """By key, the blocks whose queries choose the paper; every paper has an entry."""
    missing: tuple[Paper, ...]
    """The papers that no block shows, in the catalogue's order."""
    blocks: int
    """How many blocks there are: where there are none, every paper is missing."""


def coverage(catalogue: Catalogue, texts: Mapping[str, str], *, today: date) -> Coverage:
    """Return which blocks of the texts show each paper, by the blocks' queries.

    `texts` holds the Markdown by file. What an export would refuse (broken markers, a query that
    is none) shows nothing here: the export and `check` name it.
    """
    blocks_by_key: dict[str, list[ShowingBlock]] = {paper.key: [] for paper in catalogue.papers}
    count = 0
    for file, line, block, wanted in _readable(catalogue, texts, today):
        count += 1
        for paper in query.select(catalogue.papers, wanted) if wanted else ():
            blocks_by_key[paper.key].append(ShowingBlock(file, line, block.query))
    missing = tuple(paper for paper in catalogue.papers if not blocks_by_key[paper.key])
    return Coverage({key: tuple(places) for key, places in blocks_by_key.items()}, missing, count)


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
    for file, _, block, wanted in _readable(catalogue, texts, today):
        if wanted is None:
            continue
        if query.select([paper], wanted):
            files[file] = None
            if _shows_notes(catalogue, block):
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
) -> Iterator[tuple[str, int, Block, Query | None]]:
    """Yield every block by file with its line and its query, None where that is none."""
    for file, text in texts.items():
        try:
            resolved = resolve(text, file)
            blocks = blocks_in(resolved.text if resolved else text, file)
        except PapertrackError:
            continue
        for block in blocks:
            line = resolved.lines[block.line - 1] if resolved else block.line
            try:
                wanted = query.parse(block.query, today=today, labs=catalogue.labs)
            except PapertrackError:
                wanted = None
            yield file, line, block, wanted


def _shows_notes(catalogue: Catalogue, block: Block) -> bool:
    try:
        return "notes" in fields_of(look_named(catalogue, block.look))
    except PapertrackError:  # no such look: the export names it
        return False
