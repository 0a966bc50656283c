"""Whether a cell, as it was spelled once, still says what the paper's fields say."""

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from papertrack.folding import fold_name
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.markdown.columns import Column
from papertrack.markdown.inline import line_of, spans
from papertrack.markdown.papers import Group, make_paper
from papertrack.markdown.vocabulary import Role
from papertrack.models import Look, Paper
from papertrack.status import Status

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "source": ("venue", "year"),
    "title": ("title", "name", "authors", "venue", "year", "doi", "arxiv", "summary"),
}
"""The fields that a column's cell can say; others say the field of their name."""
_SHOWN_BY: Mapping[str, tuple[str, ...]] = {
    "venue": ("venue", "source"),
    "year": ("year", "source"),
}
"""The columns beside a title that show these fields; others show the field of their name."""


def agrees(
    name: str,
    cell: str,
    paper: Paper,
    *,
    beside: Collection[str],
    tags: Sequence[str],
    look: Look,
) -> bool:
    """Say whether a column's cell, read again, gives what the paper says.

    `beside` are the fields that the table's columns show, `tags` those of the paper that it shows.
    """
    if name == "tags":
        return _same_tags(read(name, cell).tags, tags, look)
    again = read(name, cell)
    if name == "title":
        # what the table's header said of authors, and its cells of brackets, is not known any more
        ways = product((False, True), repeat=2)
        readings = (read(name, cell, authors=who, bracketed=own) for who, own in ways)
        return any(_is_title_of(reading, paper, beside) for reading in readings)
    if name == "status":
        return again.status == paper.status
    if name == "finished" and paper.status is not Status.DONE:
        return False
    if name in ("source", "venue") and paper.venue == line_of(spans(cell)):
        return True
    return all(
        getattr(again, field) == getattr(paper, field) for field in _FIELDS.get(name, (name,))
    ) or (name == "year" and read(name, cell, year_last=True).year == paper.year)


def read(
    name: str,
    cell: str,
    *,
    authors: bool = False,
    bracketed: bool = True,
    year_last: bool = False,
) -> Paper:
    """Return the paper that one cell in a column of this name makes."""
    role = Role(name)
    column = Column(
        0,
        name,
        name,
        role,
        known=True,
        authors=authors,
        year_last=year_last,
        bracketed=bracketed,
    )
    return make_paper((column,), (cell,), Group()).paper


def _is_title_of(again: Paper, paper: Paper, beside: Collection[str]) -> bool:
    """Say whether a title's cell says what the paper does, but for what has its own column."""
    if again.title != paper.title or not _leads_there(again.links, paper):
        return False
    if "status" not in beside and again.status not in (Status.TO_READ, paper.status):
        return False
    for field in _FIELDS["title"][1:]:
        value = getattr(again, field)
        shown = any(column in beside for column in _SHOWN_BY.get(field, (field,)))
        if value and not shown and value != getattr(paper, field):
            return False
    return True


def _leads_there(links: Sequence[str], paper: Paper) -> bool:
    """Say whether the paper has all these addresses, as links or as identifiers."""
    return all(
        link in paper.links
        or "://" not in link
        or (paper.arxiv is not None and normalise_arxiv(link) == paper.arxiv)
        or (paper.doi is not None and normalise_doi(link) == paper.doi.lower())
        for link in links
    )


def _same_tags(cell: Sequence[str], tags: Sequence[str], look: Look) -> bool:
    """Say whether a cell shows just these tags, apart from the one that is the heading above."""
    here, there = set(map(fold_name, cell)), set(map(fold_name, tags))
    headings = 1 if look.group in ("tag", "lab") else 0
    return here <= there and len(there - here) <= headings
