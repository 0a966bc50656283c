"""The same paper twice: by DOI, by arXiv id, by title."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from papertrack import folding
from papertrack.identifiers import arxiv_in_link, doi_in_link, normalise_arxiv, normalise_doi
from papertrack.models import Paper

# arXiv registers a DOI for each of its papers: https://info.arxiv.org/help/doi.html
_ARXIV_DOI = "10.48550/arxiv."


class Identified(Protocol):
    """What a paper, or a paper to be, is recognised by."""

    @property
    def title(self) -> str:
        """The title, spelled somehow."""

    @property
    def doi(self) -> str | None:
        """The DOI, in any case."""

    @property
    def arxiv(self) -> str | None:
        """The arXiv id, of any version."""

    @property
    def links(self) -> Sequence[str]:
        """The links, of which one to arXiv or a DOI may identify it."""


class Match(NamedTuple):
    """A paper that is there already."""

    paper: Paper
    by: str
    """`doi`, `arxiv` or `title`."""


class Index:
    """Papers found again by what identifies them, each in one step."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        """Take in the papers; of the same paper twice the first is found."""
        self._known: dict[tuple[str, str], Paper] = {}
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        """Take in one more paper."""
        for identity in identities(paper):
            self._known.setdefault(identity, paper)

    def find(self, wanted: Identified) -> Match | None:
        """Return the paper with the same DOI, else arXiv id, else folded title."""
        for identity in identities(wanted):
            if found := self._known.get(identity):
                return Match(found, identity[0])
        return None


def identities(paper: Identified) -> Iterator[tuple[str, str]]:
    """Give what identifies the paper, the surest first: (`doi`, …), (`arxiv`, …), (`title`, …)."""
    doi = paper.doi and normalise_doi(paper.doi)
    arxiv = paper.arxiv and normalise_arxiv(paper.arxiv)
    if paper.links:
        doi = doi or _only(doi_in_link(link) for link in paper.links)
        arxiv = arxiv or _only(arxiv_in_link(link) for link in paper.links)
    if doi and doi.startswith(_ARXIV_DOI):
        arxiv = arxiv or normalise_arxiv(doi.removeprefix(_ARXIV_DOI))
    if doi:
        yield "doi", doi
    if arxiv:
        yield "arxiv", arxiv
    yield "title", folding.fold_title(paper.title)


def _only(found: Iterable[str | None]) -> str | None:
    """Return the one identifier among these; several lead to other papers too."""
    different = {identifier for identifier in found if identifier}
    return different.pop() if len(different) == 1 else None
