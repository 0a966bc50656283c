"""The blocks of a Markdown text: found, made from the catalogue, stale, or edited by hand."""

from papertrack.blocks.changes import Change
from papertrack.blocks.coverage import Coverage, Shown, coverage
from papertrack.blocks.markers import Block, enclosed, find
from papertrack.blocks.rendering import (
    EditedBlock,
    Rendered,
    edited_rows,
    render,
    render_all,
)
from papertrack.blocks.retagging import retagged
from papertrack.blocks.rows import Row
from papertrack.blocks.telling import shortened
from papertrack.blocks.views import look_named
from papertrack.blocks.wrapping import Place, wrap

__all__ = [
    "Block",
    "Change",
    "Coverage",
    "EditedBlock",
    "Place",
    "Rendered",
    "Row",
    "Shown",
    "coverage",
    "edited_rows",
    "enclosed",
    "find",
    "look_named",
    "render",
    "render_all",
    "retagged",
    "shortened",
    "wrap",
]
