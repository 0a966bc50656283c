"""The blocks of a Markdown text: found, made from the catalogue, stale, or edited by hand."""

from papertrack.blocks.conflicts import find
from papertrack.blocks.coverage import Coverage, Shown, Standing, coverage, standing
from papertrack.blocks.differences import BlockRow, RowChange
from papertrack.blocks.markers import Block, enclosed
from papertrack.blocks.rendering import (
    EditedBlock,
    Rendered,
    edited_rows,
    render,
    render_all,
    shortened,
)
from papertrack.blocks.views import look_named
from papertrack.blocks.wrapping import TablePlace, retagged, wrap

__all__ = [
    "Block",
    "BlockRow",
    "Coverage",
    "EditedBlock",
    "Rendered",
    "RowChange",
    "Shown",
    "Standing",
    "TablePlace",
    "coverage",
    "edited_rows",
    "enclosed",
    "find",
    "look_named",
    "render",
    "render_all",
    "retagged",
    "shortened",
    "standing",
    "wrap",
]
