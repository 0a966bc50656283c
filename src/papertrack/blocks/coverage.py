"""Which papers stand in which blocks: a paper that no block shows is easily forgotten."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from papertrack import query
from papertrack.blocks import markers
from papertrack.errors import PapertrackError
from papertrack.models import Catalogue, Paper


class Shown(NamedTuple):
    """A block that shows a paper."""

    file: str
    """As a person would type it."""
    line: int
    """Of the begin marker, from 1."""
    query: str


class Coverage(NamedTuple):
    """Where the papers of a catalogue stand in Markdown files."""

    shown: Mapping[str, tuple[Shown, ...]]
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
    shown: dict[str, list[Shown]] = {paper.key: [] for paper in catalogue.papers}
    count = 0
    for file, text in texts.items():
        try:
            blocks = markers.find(text, file)
        except PapertrackError:
            continue
        count += len(blocks)
        for block in blocks:
            try:
                wanted = query.parse(block.query, today=today, labs=catalogue.labs)
            except PapertrackError:
                continue
            for paper in query.select(catalogue.papers, wanted):
                shown[paper.key].append(Shown(file, block.line, block.query))
    missing = tuple(paper for paper in catalogue.papers if not shown[paper.key])
    return Coverage({key: tuple(places) for key, places in shown.items()}, missing, count)
