"""A block as it stands in a file, beside what the catalogue makes of it."""

import re
from datetime import date
from typing import NamedTuple

from papertrack import query
from papertrack.blocks import markers
from papertrack.blocks.changes import ByHand, Changes, by_hand, compare
from papertrack.blocks.markers import Block
from papertrack.blocks.rows import Row, digest, found, made
from papertrack.errors import PapertrackError, RefusedError
from papertrack.folding import nearest
from papertrack.markdown.cells import fields_of
from papertrack.markdown.writing import lay_out, spell
from papertrack.models import Catalogue, Look

_DEFINITION = re.compile(r"^[ >\t*+\d.)-]*\[[^\]\n]+\]:", re.MULTILINE)
_TITLES = ("title", "name", "key")


class View(NamedTuple):
    """A block as it stands, beside what the catalogue makes of it."""

    block: Block
    look: Look
    query: query.Query
    papers: int
    text: str
    """The table as the catalogue makes it."""
    here: list[Row]
    there: list[Row]
    doubt: str | None = None
    """That its query names a lab or a tag that nobody has (any more, or yet): it will be empty."""


def views(text: str, catalogue: Catalogue, where: str, today: date) -> list[View]:
    """Return every block with what the catalogue makes of it.

    PapertrackError, with file and line, where there is no block or one cannot be made.
    """
    blocks = markers.find(text, where)
    if not blocks:
        message = f"{where} has no block: add {markers.BEGIN} and {markers.END} to it, two lines"
        raise PapertrackError(f"{message} around the place for the table")
    definitions = _DEFINITION.search(text) is not None
    return [
        _view(text, block, catalogue, where=where, today=today, definitions=definitions)
        for block in blocks
    ]


def _view(
    text: str,
    block: Block,
    catalogue: Catalogue,
    *,
    where: str,
    today: date,
    definitions: bool,
) -> View:
    try:
        look = look_named(catalogue, block.look)
        wanted = query.parse(block.query, today=today, labs=catalogue.labs)
        doubt = _doubt(wanted, catalogue, f"{where}:{block.line}")
        papers = query.select(catalogue.papers, wanted)
        own = wanted.named("tags")
        lines = lay_out(papers, look, labs=catalogue.labs, own_tags=own, definitions=definitions)
    except PapertrackError as error:
        message = f"{where}:{block.line}: {error.message}"
        raise PapertrackError(message, details=error.details) from error
    table = block.newline.join(("", *spell(lines), "", ""))
    there = made(lines)
    stands = text[block.start : block.end]
    here = there if stands == table else found(stands, block.line + 1)
    return View(block, look, wanted, len(papers), table, here, there, doubt)


def _doubt(wanted: query.Query, catalogue: Catalogue, place: str) -> str | None:
    """Return what to tell of a name that nobody has: a list may be empty, or its name misspelt."""
    try:
        query.check_names(wanted, catalogue)
    except RefusedError as nobody:
        return f"{place}: {nobody.message}"
    return None


def look_named(catalogue: Catalogue, name: str | None) -> Look:
    """Return the look of `[markdown.NAME]`, or of `[markdown]`; PapertrackError for no such."""
    if name is None:
        return catalogue.look
    if name in catalogue.looks:
        return catalogue.looks[name]
    near = nearest(name, catalogue.looks)
    hint = f"did you mean {near[0]}?" if near else f"write [markdown.{name}] in the catalogue"
    raise PapertrackError(f'no look "{name}": {hint}')


def is_same(view: View) -> bool:
    """Say whether the rows in the file are those that the catalogue makes."""
    here, there = view.here, view.there
    return here is there or [row.said for row in here] == [row.said for row in there]


def compared(view: View) -> Changes:
    """Return the rows in the file and those that the catalogue makes, side by side."""
    titles = (at for at, name in enumerate(fields_of(view.look)) if name in _TITLES)
    return compare(view.here, view.there, next(titles, 0))


def edits(view: View) -> ByHand | None:
    """Return what was changed by hand, or None where nothing was."""
    if not view.here or is_same(view) or digest(view.here) == view.block.digest:
        return None
    return by_hand(compared(view), view.block.digest)
