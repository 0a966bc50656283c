"""Markdown read and written: `loads` and `dumps`, like `json`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from papertrack.markdown.rows import Meaning, Table
    from papertrack.models import Look, Paper

DEEPEST = 100
"""How deep lists and quotations may nest, a list and its item being two levels: of a text that
nests deeper than it is told, the parser drops the rest."""


def loads(
    text: str,
    *,
    mapping: Mapping[str, str] | None = None,
    headings: "Meaning | None" = None,
    look: "Look | None" = None,
) -> "list[Table]":
    """Return the tables and lists of papers in a Markdown text, as `reading.loads` says."""
    from papertrack.markdown import reading  # loads the Markdown parser

    return reading.loads(text, mapping=mapping, headings=headings, look=look)


def dumps(
    papers: "Iterable[Paper]",
    look: "Look",
    *,
    labs: Mapping[str, Sequence[str]] = {},
    own_tags: Iterable[str] = (),
) -> str:
    """Return the papers as a Markdown table in this look, as `writing.dumps` says."""
    from papertrack.markdown import writing  # reading needs none of it

    return writing.dumps(papers, look, labs=labs, own_tags=own_tags)
