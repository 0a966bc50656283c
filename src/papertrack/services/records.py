"""What a service says of a paper, and what of it a paper lacks."""

import re
from collections.abc import Collection, Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from papertrack.authors import ET_AL, have_in_common, people_of
from papertrack.models import Paper

if TYPE_CHECKING:
    from papertrack.catalogue.draft import DraftValue

_TAG = re.compile(r"</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>]{0,500})?/?>")

FILLED = ("authors", "year", "venue", "doi")
"""The fields that `fetch` fills."""


class Record(NamedTuple):
    """A paper as a service describes it; absence is None or empty."""

    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    """That of the first version, where there are several."""
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    bibtex: Mapping[str, str] = {}
    abstract: str | None = None
    published: str | None = None
    """For a preprint: where it has come out since, a DOI or a reference to a journal."""

    def as_paper(self) -> Paper:
        """Return a paper without a key that says the same."""
        return Paper(
            key="",
            title=self.title,
            authors=self.authors,
            venue=self.venue,
            year=self.year,
            doi=self.doi,
            arxiv=self.arxiv,
            bibtex=self.bibtex,
        )


def plain(value: object) -> str:
    """Return a text without tags of HTML or JATS; an empty one for what is no text."""
    if not isinstance(value, str):
        return ""
    return " ".join(unescape(_TAG.sub("", value)).split())


def lacks(paper: Paper, fields: Collection[str] = ("authors", "year")) -> bool:
    """Say whether a paper with an identifier lacks one of the fields, or authors behind `et al.`.

    Editors count as authors.
    """
    if not (paper.doi or paper.arxiv):
        return False
    absent = {name for name in fields if not getattr(paper, name)}
    if "authors" in fields and ET_AL in paper.authors:
        return True
    return bool(absent - ({"authors"} if "editor" in paper.bibtex else set()))


def filling(
    paper: Paper, record: Record, fields: Collection[str] = FILLED, *, abstract: bool = False
) -> "dict[str, DraftValue | None]":
    """Return the changes that give a paper what it lacks and the record has; nothing is replaced.

    A paper that is on arXiv and nowhere else gets `arXiv` for its venue, and no DOI. Authors that
    end in `et al.` give way to all of them.
    """
    changes: dict[str, DraftValue | None] = {
        name: value
        for name in FILLED
        if name in fields and not getattr(paper, name) and (value := getattr(record, name))
    }
    if "authors" in fields and _completes(record.authors, paper.authors):
        changes = {"authors": record.authors, **changes}
    known = dict(record.bibtex)
    if abstract and record.abstract:
        known["abstract"] = record.abstract
    new = {name: value for name, value in known.items() if name not in paper.bibtex}
    if new:
        changes["bibtex"] = {**paper.bibtex, **new}
    return changes


def _completes(names: Sequence[str], authors: Sequence[str]) -> bool:
    """Say whether all names are known of authors that end in `et al.`, the same ones first."""
    people = people_of(authors)
    if ET_AL not in authors or ET_AL in names or len(names) <= len(people):
        return False
    return all(have_in_common([one], [other]) for one, other in zip(people, names, strict=False))
