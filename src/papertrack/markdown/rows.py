"""What is read from a Markdown file: its tables, and each body row accounted for."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from papertrack.labs import is_others
from papertrack.models import Look, Paper
from papertrack.patterns import pattern
from papertrack.status import Status, status_of

if TYPE_CHECKING:
    from datetime import date

    from papertrack.markdown.inline import PaperLinks  # loads the Markdown parser

HEADER_AGAIN = "the header once more"
"""Why a row is skipped that can be no paper."""
LINKS = ("link", "links")
"""The columns of links; one that spells cells leaves out what other cells of the row lead to."""


class Kind(StrEnum):
    """What a body row turned out to be."""

    PAPER = "papers"
    HEADING = "headings"
    PLACEHOLDER = "placeholders"
    CONTINUED = "continued"
    SKIPPED = "skipped"


class Unclear(StrEnum):
    """Why an item that could be a paper is left out, whether it is one item or many."""

    TITLES_ALONE = "titles alone"
    ADDRESSES_ALONE = "addresses alone"
    SEVERAL = "several papers are linked, and where each begins is not clear"
    NO_TITLE = "a link leads to a paper, and which words are the title is not clear"
    IDENTIFIED = "an arXiv id or DOI is given, and which words are the title is not clear"
    NO_PAPER = "no title is clear, and no link leads to a paper"
    NEWS = "news of the list, no papers"


class Meaning(StrEnum):
    """What a heading says of the papers below it."""

    LAB = "lab"
    TAG = "tag"
    STATUS = "status"
    NONE = "none"


class Doubt(NamedTuple):
    """Something that was understood only perhaps."""

    line: int
    """Where, from 1."""
    message: str
    suggestion: str


class Unread(NamedTuple):
    """Rows or items one below the other that could be papers, and are not imported."""

    line: int
    """The first, from 1; of a table or list that is refused whole, where it begins."""
    last: int
    """The last."""
    size: int
    """How many rows or items these are."""
    reason: str
    section: str | None
    """The heading above them."""
    items: bool
    """Whether they are items of a list or paragraphs, not rows of a table."""


class Row(NamedTuple):
    """One body row, as GFM counts rows."""

    line: int
    """Where, from 1."""
    kind: Kind
    last: int = 0
    """Where it ends, of an item of several lines."""
    papers: tuple[Paper, ...] = ()
    """The paper of the row, and those rescued from it: their keys are proposals, not unique."""
    reason: str = ""
    """Why it was skipped."""
    expected: bool = False
    """Whether it was skipped because it can be no paper: the header once more."""
    text: str = ""
    """Its source, as it stands in the file."""


class Table(NamedTuple):
    """One table, or one list of bullets (which has no header)."""

    line: int
    """The header's line, from 1; a list's first line."""
    last: int
    """The last line that belongs to it, rows rescued from behind its end included."""
    header: tuple[str, ...]
    """The header words as a reader sees them, without emphasis or links."""
    rows: tuple[Row, ...]
    """The body rows that GFM sees; of a list, its items."""
    look: Look
    """How an export looks that gives the same table back."""
    orphans: tuple[Row, ...] = ()
    """Rows that GFM does not see as part of the table, imported all the same."""
    section: str | None = None
    """The Markdown heading above it."""
    above: tuple[str, ...] = ()
    """The headings in which that stands, the nearest first."""
    html: bool = False
    """Whether it is one of HTML, which no table of Markdown can take the place of."""
    enclosed: bool = False
    """Whether it stands in a list or a quotation, where a block cannot be."""
    skipped: str | None = None
    """Why this is no list of papers: then every row of it is skipped."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind; they sum to the number of rows."""
        seen = Counter(row.kind for row in self.rows)
        return {kind.value: seen[kind] for kind in Kind}

    @property
    def unread(self) -> list[Unread]:
        """What could be a paper and is not imported: all of it, or runs of its rows."""
        runs: list[Unread] = []
        reasons = {row.reason for row in self.rows if row.kind is Kind.SKIPPED}
        alike = len(reasons) < 2 and self.skipped != Unclear.ADDRESSES_ALONE
        if self.skipped is not None and (self.header or alike):
            count = self.counts[Kind.SKIPPED]
            return [self._run(self.line, max(self.line, self.last), count, self.skipped)]
        for row in self.rows:
            if row.kind is not Kind.SKIPPED or row.expected:
                runs.append(self._run(row.line, row.line, 0, ""))
            elif runs and runs[-1].size and runs[-1].reason == row.reason:
                runs[-1] = runs[-1]._replace(last=max(row.line, row.last), size=runs[-1].size + 1)
            else:
                runs.append(self._run(row.line, max(row.line, row.last), 1, row.reason))
        return [run for run in runs if run.size]

    def _run(self, line: int, last: int, count: int, reason: str) -> Unread:
        return Unread(line, last, count, reason, self.section, items=not self.header)

    @property
    def rescued(self) -> int:
        """How many papers are imported that GFM would not show."""
        behind = sum(len(row.papers) for row in self.orphans)
        return behind + sum(max(0, len(row.papers) - 1) for row in self.rows)

    @property
    def papers(self) -> list[tuple[int, Paper]]:
        """Every paper with its line, rescued ones included, in the order of the file."""
        rows = sorted((*self.rows, *self.orphans), key=lambda row: row.line)
        return [(row.line, paper) for row in rows for paper in row.papers]


class Group(NamedTuple):
    """What the headings say of the papers below them."""

    lab: str | None = None
    tags: tuple[str, ...] = ()
    status: Status | None = None
    year: int | None = None
    source: str = ""
    """The conference and year at which they appeared."""


def group_under(heading: str, meaning: Meaning) -> Group:
    """Return what a heading says of the papers below it, by what headings mean."""
    match meaning:
        case Meaning.LAB:
            return Group(lab=None if is_others(heading) else heading)
        case Meaning.TAG:
            return Group(tags=(heading,))
        case Meaning.STATUS:
            return Group(status=status_of(heading))
        case _:
            return Group()


class PaperFields:
    """The fields of a paper as they come together."""

    title: str = ""
    name: str | None = None
    authors: tuple[str, ...] = ()
    lab: str | None = None
    venue: str | None = None
    year: int | None = None
    doi: str | None = None
    arxiv: str | None = None
    status: Status | None = None
    priority: int | None = None

    def __init__(self) -> None:
        """Begin with nothing."""
        self.tags: list[str] = []
        self.days: dict[str, date] = {}
        self.links: list[str] = []
        self.summary: list[str] = []
        self.notes: list[str] = []
        self.columns: dict[str, str] = {}
        """What fits no field, or says more than its field, by header."""

    def paper(self, known: "PaperLinks") -> Paper:
        """Return the paper, without a key as yet; `known` is what its addresses say."""
        return Paper(
            key="",
            name=self.name,
            title=self.title,
            authors=self.authors,
            lab=self.lab,
            venue=self.venue,
            year=self.year,
            doi=self.doi or known.doi,
            arxiv=self.arxiv or known.arxiv,
            links=known.links,
            tags=tuple(dict.fromkeys(self.tags)),
            status=self.status or Status.TO_READ,
            priority=self.priority,
            added=self.days.get("added"),
            started=self.days.get("started"),
            finished=self.days.get("finished"),
            summary=joined(self.summary),
            notes=joined(self.notes),
            columns=self.columns,
        )


def joined(lines: Iterable[str]) -> str | None:
    """Return lines as a text: of several with a line end behind the last, none is absence."""
    text = "\n".join(line for line in lines if line.strip())
    return (text + "\n" if "\n" in text else text) or None


_CROSS = pattern(r"[\W_]{0,8}(?:❌|✗|✘|:x:)")
CROSSED = ("a cross is taken for to-read", "say dropped, or strike out the title, ~~A title~~")
"""What is in doubt of a cross: it says perhaps to read, perhaps not to."""


def is_cross(text: str) -> bool:
    """Say whether a text begins with a cross as a mark that no word for a status explains."""
    cross = _CROSS.match(text)
    return cross is not None and status_of(text[cross.end() :]) is None
