"""Papers from outside: read (`intake`), planned and applied (`planning`), adopted (`adopting`).

What there is to import, and the plan that comes of it, stand here. Values in, values out:
`commands/import_.py` opens the files, and says what came of it.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from papertrack import formats
from papertrack.bibliography import Bibliography, EntryDoubt
from papertrack.changes import Edited
from papertrack.errors import PapertrackError
from papertrack.formats import Format
from papertrack.markdown.rows import Meaning, Table
from papertrack.models import Paper
from papertrack.status import Status
from papertrack.typed import Value

PIPED = "-"
"""What a text is called that came by a pipe."""


class Wanted(NamedTuple):
    """What somebody asks of an import, whatever the file."""

    mapping: Mapping[str, str] = MappingProxyType({})
    """What columns hold, by header or number."""
    headings: Meaning | None = None
    tables: tuple[str, ...] = ()
    """Numbers from 1, or headings; none is all."""
    tag_from_file: bool = False
    tags: tuple[str, ...] = ()
    lab: str | None = None
    status: Status = Status.TO_READ

    def origin(self, file: str) -> "Origin":
        """Return a file of which nothing is read yet, with what is asked for its papers."""
        own = (PurePath(file).stem,) if self.tag_from_file and file != PIPED else ()
        tags = tuple(dict.fromkeys((*own, *self.tags)))
        return Origin(file=file, tags=tags, lab=self.lab, status=self.status)


class Place(NamedTuple):
    """A line of a file, as a person would type it."""

    file: str
    line: int

    def __str__(self) -> str:
        """Return `file:line`."""
        return f"{self.file}:{self.line}"


class SourceRow(NamedTuple):
    """One paper of a file, as the file says it."""

    place: Place
    paper: Paper
    spellings: frozenset[str] = frozenset()
    """Those of its own columns that only spell a field as the table has it."""


class RowEdit(NamedTuple):
    """A row of a block that somebody wrote or changed."""

    line: int
    key: str | None
    """Of the paper that it was; None for a row that is new."""
    now: Paper
    last: Paper | None
    """What the row said as it was generated."""


class StrangeEdit(NamedTuple):
    """An edit of a block that is of no paper."""

    line: int
    row: str
    """What the row is called: the header, a heading, or the key of the paper that it was."""
    was_paper: bool = False
    moved: bool = False
    """Whether it stands under another heading, which changes nothing in the paper."""


class Hand(NamedTuple):
    """What somebody edited in a block since it was generated."""

    edits: tuple[RowEdit, ...] = ()
    gone: tuple[Paper, ...] = ()
    """The papers whose rows were taken out."""
    certain: bool = True
    """False where some of it may be what the catalogue was before."""
    block: int = 0
    """The line of the begin marker; 0 where nothing was edited."""
    strange: tuple[StrangeEdit, ...] = ()
    tags: tuple[str, ...] = ()
    """Tags that somebody wrote, and that the look does not show yet."""
    unmade: frozenset[int] = frozenset()
    """The lines of papers that nobody edited, and beside which the catalogue makes none."""


class Origin(NamedTuple):
    """Papers of one file, and what is known about where they come from.

    A file with blocks gives several: one for the tables outside, and one a block.
    """

    file: str
    """As a person would type it."""
    tables: tuple[Table, ...] = ()
    """Of a Markdown file."""
    bibliography: Bibliography | None = None
    """Of a file in another format."""
    format: Format = Format.MARKDOWN
    rows: tuple[SourceRow, ...] = ()
    """Every paper in the order of the file, with what the heading above it says."""
    sections: Mapping[str, Meaning] = MappingProxyType({})
    """What headings were taken for, where nobody said it."""
    last: tuple[Paper, ...] = ()
    """What was imported from it last, under the catalogue's keys."""
    tags: tuple[str, ...] = ()
    """The tags that each paper gets beside its own."""
    lab: str | None = None
    """The lab of new papers that name none."""
    status: Status = Status.TO_READ
    """The status of new papers that name none."""
    block: str | None = None
    """The query of the block that the tables stand in: of these `hand` says what is imported."""
    hand: Hand = Hand()
    framed: bool = False
    """Whether the tables stand in blocks already, of a catalogue that is not there."""
    own_tags: tuple[str, ...] = ()
    """The tags that keep papers in the block."""
    look: str | None = None
    """The name of the block's look; None for the default."""
    blank: bool = False
    """Whether the file holds nothing but white space."""


class Favour(StrEnum):
    """Who is right where a file and the catalogue both changed a field."""

    THEIRS = "theirs"
    """The file."""
    OURS = "ours"
    """The catalogue."""


class Verdict(StrEnum):
    """What became of a field on which a row and the catalogue differ."""

    KEPT = "kept"
    """The catalogue's value stays, or that of the row which came first."""
    TAKEN = "taken"
    """The row's value replaces it."""
    JOINED = "joined"
    """The row's text stands below that of the row which came first."""
    UNDECIDED = "undecided"
    """Kept until somebody says who is right."""


class Conflict(NamedTuple):
    """A field on which a row and the catalogue differ."""

    place: Place
    key: str
    field: str
    new: Value | None
    """In the row."""
    known: Value | None
    """In the catalogue, or in the row that came first."""
    first: Place | None
    """The row that came first, where the paper is new."""
    verdict: Verdict


class Duplicate(NamedTuple):
    """A paper that this import has met before."""

    place: Place
    key: str
    by: str
    """What is the same: doi, arxiv, title."""
    first: Place
    listed: bool
    """Whether the row is of a table that only lists papers which other tables describe."""


class Removal(NamedTuple):
    """A paper that was in the file when it was last imported, and is there no more."""

    file: str
    key: str
    title: str
    tag: str | None = None
    """The tag that keeps the paper in this table of the file, where that is a block."""


class Doubtful(StrEnum):
    """Why something was understood only perhaps; with each the names that say of what."""

    REMOVED = "removed"
    """The catalogue has lost the paper since it was last imported: its title."""
    UNKNOWN = "unknown"
    """The catalogue does not have some papers of a block: their titles."""
    SLIP = "slip"
    """The paper has another's identifier: its title, the identifier, the other's title and key."""
    CITED = "cited"
    """Another paper has its citation key: that key, the other's key, the key it gets."""
    STRANGE = "strange"
    """A row of a block that was edited is no paper: what the row is called."""
    MOVED = "moved"
    """A paper's row of a block stands under another heading: the paper's key."""
    NO_PAPER = "no paper"
    """A paper's row of a block was edited so that it is none: the paper's key."""


class Doubted(NamedTuple):
    """Something that was understood only perhaps."""

    place: Place
    why: Doubtful
    names: tuple[str, ...]


class Plan(NamedTuple):
    """What an import would do."""

    origins: tuple[Origin, ...]
    added: tuple[Paper, ...] = ()
    updated: tuple[Edited, ...] = ()
    unchanged: tuple[Paper, ...] = ()
    """The papers that were there and stay as they are."""
    labs: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The labs that the catalogue has not yet, with their other names."""
    conflicts: tuple[Conflict, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    removed: tuple[Removal, ...] = ()
    doubts: tuple[Doubted, ...] = ()
    """Of the matching; what reading a file left in doubt is with its tables or entries."""
    left_out: tuple[SourceRow, ...] = ()
    """The papers that are in doubt and that only `Favour.THEIRS` adds."""
    remembered: tuple[SourceRow, ...] = ()
    """What the files say now, under the catalogue's keys, for the next time."""
    keys: Mapping[Place, tuple[str, ...]] = MappingProxyType({})
    """By line: the papers that it holds, as the catalogue calls them."""

    @property
    def tables(self) -> list[Table]:
        """Every table of all files."""
        return [table for origin in self.origins for table in origin.tables]

    @property
    def says_something(self) -> bool:
        """Whether there is a list of papers in some file, if only an empty one."""
        has_rows = any(origin.rows for origin in self.origins)
        return has_rows or any(table.skipped is None for table in self.tables)

    @property
    def undecided(self) -> list[Conflict]:
        """The conflicts that wait for somebody to say who is right."""
        return [conflict for conflict in self.conflicts if conflict.verdict is Verdict.UNDECIDED]

    def keys_of(self, table: Table, file: str) -> list[str]:
        """Return the keys of the papers in this table of a file, each once, in its order."""
        lines = sorted({line for line, _ in table.papers})
        return list(dict.fromkeys(key for line in lines for key in self.keys[Place(file, line)]))


def bibliography(
    name: str, data: bytes, asked: Format | None, without: Sequence[str], wanted: Wanted
) -> Origin | None:
    """Return the bibliography that a file is as something to import, None where it is Markdown.

    The format is the one asked for, else what the text begins with tells it, else the name.
    Raises PapertrackError for a page of HTML, and for what is not of its format at all.
    """
    if asked is Format.MARKDOWN:
        return None
    try:
        if asked is None and formats.of_name(name) is Format.MARKDOWN:
            text, remark = data.decode("utf-8", "replace"), None  # what is not UTF-8 is named later
        else:
            text, remark = formats.decode(data)
        form = asked or formats.recognise(text, name) or Format.MARKDOWN
        if form is Format.MARKDOWN:
            return None
        cited = formats.loads(form, text, without=without)
    except PapertrackError as error:
        raise PapertrackError(f"{name}: {error.message}") from error
    if remark:
        cited = cited._replace(doubts=(EntryDoubt(1, "", remark, ""), *cited.doubts))
    rows = tuple(SourceRow(Place(name, it.line), it.paper) for it in cited.papers)
    return wanted.origin(name)._replace(format=form, bibliography=cited, rows=rows)
