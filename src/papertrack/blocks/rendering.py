"""The blocks of a Markdown text made from the catalogue: current, stale, or edited by hand."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from papertrack.blocks import markers
from papertrack.blocks.changes import Change
from papertrack.blocks.markers import Block
from papertrack.blocks.rows import digest
from papertrack.blocks.telling import counted, edit_lines, shortened, stale_lines
from papertrack.blocks.views import View, edits, is_same, views
from papertrack.errors import RefusedError
from papertrack.models import Catalogue, Look


class Rendered(NamedTuple):
    """A Markdown text with its blocks made anew."""

    text: str
    blocks: int
    papers: int
    stale: tuple[str, ...]
    """What was not as the catalogue says: a line with file:line for each row."""
    doubts: tuple[str, ...] = ()
    """What a person should look at: a block whose query names a lab or tag that nobody has."""

    @property
    def summary(self) -> str:
        """What became of the file, in a few words."""
        rows = counted(len(self.stale), "row")
        done = f"{rows} changed" if self.stale else "nothing to change"
        return f"{counted(self.blocks, 'block')}, {counted(self.papers, 'paper')}; {done}"


class EditedBlock(NamedTuple):
    """A block that somebody edited by hand."""

    block: Block
    look: Look
    tags: tuple[str, ...]
    """The tags that its query names: a row that was added gets them."""
    labs: tuple[str, ...]
    """The labs that its query names."""
    changes: tuple[Change, ...]
    """Only what was changed by hand, when `certain`."""
    certain: bool


def render(
    text: str, catalogue: Catalogue, *, where: str, today: date, force: bool = False
) -> Rendered:
    """Return the text with every block made from the catalogue; every other byte stays.

    A block whose rows are right stays as it is too, padding included. `where` is the file as a
    person would type it. Raises PapertrackError where there is no block, or one that cannot be
    made, and, unless `force`, RefusedError where blocks were edited by hand, with their rows, or
    would be emptied since nobody has the lab or tag that they name.
    """
    seen = views(text, catalogue, where, today)
    if not force:
        _refuse_edits(seen, where)
        _refuse_emptying(seen)
    pieces: list[str] = []
    stale: list[str] = []
    at = 0
    for view in seen:
        block, right = view.block, digest(view.there)
        pieces.append(text[at : block.start])
        if not is_same(view):
            pieces += (view.text, text[block.end : block.mark.start], markers.end_marker(right))
            stale += stale_lines(view, where)
        elif block.digest != right:
            pieces += (text[block.start : block.mark.start], markers.end_marker(right))
            stale.append(f"{where}:{block.last}: the digest is not of these rows")
        else:
            pieces.append(text[block.start : block.mark.stop])
        at = block.mark.stop
    pieces.append(text[at:])
    doubts = tuple(view.doubt for view in seen if view.doubt)
    papers = sum(view.papers for view in seen)
    return Rendered("".join(pieces), len(seen), papers, tuple(stale), doubts)


def render_all(
    texts: Mapping[str, str], catalogue: Catalogue, *, today: date, force: bool = False
) -> dict[str, Rendered]:
    """Return every text rendered, by the name that a person would type for it.

    Raises RefusedError for all files with edits together.
    """
    rendered: dict[str, Rendered] = {}
    refused: list[RefusedError] = []
    for where, text in texts.items():
        try:
            rendered[where] = render(text, catalogue, where=where, today=today, force=force)
        except RefusedError as error:
            refused.append(error)
    if len(refused) > 1:
        details = [line for error in refused for line in (error.message, *error.details)]
        raise RefusedError(f"{len(refused)} files cannot be regenerated", details=details)
    if refused:
        raise refused[0]
    return rendered


def edited_rows(text: str, catalogue: Catalogue, *, where: str, today: date) -> list[EditedBlock]:
    """Return what was changed by hand in the blocks of a text, to be taken into the catalogue.

    A change's `there` row holds the paper, its `here` row the new cells and their line; a row
    without `there` is new, one without `here` was taken out.
    """
    edited = []
    for view in views(text, catalogue, where, today):
        if changed := edits(view):
            tags, labs = view.query.named("tags"), view.query.named("lab")
            edited.append(EditedBlock(view.block, view.look, tags, labs, *changed))
    return edited


def _refuse_edits(seen: Iterable[View], where: str) -> None:
    details = [
        line for view in seen if (found := edits(view)) for line in edit_lines(view, found, where)
    ]
    if details:
        raise RefusedError(
            f"{where} was edited by hand: `papertrack import {where}` takes the edits into the "
            "catalogue, `--force` writes over them",
            details=shortened(details),
        )


def _refuse_emptying(seen: Iterable[View]) -> None:
    """Refuse to take a table's rows away for a name that nobody has: it may be misspelt."""
    emptied = [view for view in seen if not view.papers and len(view.here) > 1]
    doubts = [view.doubt for view in emptied if view.doubt]
    if doubts:
        raise RefusedError(
            f"{doubts[0]}; nothing was written: mend the name in the marker, or empty the block "
            "with `--force`",
            details=doubts[1:],
        )
