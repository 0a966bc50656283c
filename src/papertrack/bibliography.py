"""What a bibliography says: the value that `loads` of each of its formats returns."""

from typing import NamedTuple

from papertrack.models import Paper

TYPE_OF_CSL = {
    "article": "misc", "article-journal": "article", "journal-article": "article",
    "article-magazine": "article", "article-newspaper": "article", "posted-content": "misc",
    "paper-conference": "inproceedings", "proceedings-article": "inproceedings", "book": "book",
    "edited-book": "collection", "monograph": "book", "chapter": "incollection",
    "book-chapter": "incollection", "thesis": "thesis", "dissertation": "thesis",
    "report": "report", "dataset": "dataset", "software": "software", "webpage": "online",
    "post": "online", "post-weblog": "online", "manuscript": "unpublished", "patent": "patent",
    "proceedings": "proceedings", "document": "misc", "entry-encyclopedia": "inreference",
    "pamphlet": "booklet",
}  # fmt: skip
"""BibLaTeX's names of the types of CSL 1.0.2 and of Crossref; another is `misc`."""


class CitedPaper(NamedTuple):
    """A paper as one entry cites it."""

    line: int
    """Where the entry begins, from 1."""
    paper: Paper
    """Its key is a proposal, not unique; `bibtex` has what no field holds, the citation key too."""


class LeftOut(NamedTuple):
    """An entry that gives no paper."""

    line: int
    key: str
    """Its citation key, empty where it has none."""
    reason: str
    """Such as `no title`, `never closed`."""


class EntryDoubt(NamedTuple):
    """Something that was understood only perhaps."""

    line: int
    key: str
    """The citation key of the entry; empty for text outside of every entry."""
    message: str
    suggestion: str


class Bibliography(NamedTuple):
    """The entries of a file, each of them a paper, a volume or left out with a reason."""

    papers: tuple[CitedPaper, ...] = ()
    """In the order of the file. The same paper again stands here too: an import tells it."""
    left_out: tuple[LeftOut, ...] = ()
    volumes: int = 0
    """How many entries serve others as parents only, by `crossref`."""
    doubts: tuple[EntryDoubt, ...] = ()

    @property
    def entries(self) -> int:
        """How many entries the file has."""
        return len(self.papers) + len(self.left_out) + self.volumes
