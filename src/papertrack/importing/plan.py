"""What an import would do, as values: what is new, what changes, what is in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from papertrack.bibliography import Bibliography, EntryDoubt, LeftOut
from papertrack.fields import Value
from papertrack.markdown.rows import Doubt, Meaning, Table, Unread
from papertrack.models import Paper
from papertrack.status import Status


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
    UNDECIDED = "undecided"
    """Kept until somebody says who is right."""


class Place(NamedTuple):
    """A line of a file, as a person would type it."""

    file: str
    line: int

    def __str__(self) -> str:
        """Return `file:line`."""
        return f"{self.file}:{self.line}"


class RowEdit(NamedTuple):
    """A row of a block that somebody wrote or changed."""

    line: int
    key: str | None
    """Of the paper that it was; None for a row that is new."""
    here: Paper
    last: Paper | None
    """What the row said as it was generated."""


class Hand(NamedTuple):
    """What somebody edited in a block since it was generated."""

    edits: tuple[RowEdit, ...] = ()
    gone: tuple[Paper, ...] = ()
    """The papers whose rows were taken out."""
    certain: bool = True
    """False where some of it may be what the catalogue was before."""
    block: int = 0
    """The line of the begin marker; 0 where nothing was edited."""
    strange: tuple[Doubt, ...] = ()
    """Edits that are of no paper, such as a header's."""


class SourceRow(NamedTuple):
    """One paper of a file, as the file says it."""

    place: Place
    paper: Paper
    spellings: frozenset[str] = frozenset()
    """Those of its own columns that only spell a field as the table has it."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Papers of one file, and what is known about where they come from.

    A file with blocks gives several: one for the tables outside, and one a block.
    """

    file: str
    """As a person would type it."""
    tables: tuple[Table, ...] = ()
    """Of a Markdown file."""
    bibliography: Bibliography | None = None
    """Of a file in another format."""
    format: str = "markdown"
    rows: tuple[SourceRow, ...] = ()
    """Every paper in the order of the file, with what the heading above it says."""
    sections: Mapping[str, Meaning] = field(default_factory=dict)
    """What headings were taken for, where nobody said it."""
    last: tuple[Paper, ...] = ()
    """What was taken in from it last, under the catalogue's keys."""
    tags: tuple[str, ...] = ()
    """The tags that each paper gets beside its own."""
    lab: str | None = None
    """The lab of new papers that name none."""
    status: Status = Status.TO_READ
    """The status of new papers that name none."""
    block: str | None = None
    """The query of the block that the tables stand in: of these only `hand` is taken in."""
    hand: Hand = field(default_factory=Hand)
    framed: bool = False
    """Whether the tables stand in blocks already, of a catalogue that is not there."""
    blank: bool = False
    """Whether the file holds nothing but white space."""

    @property
    def says_something(self) -> bool:
        """Whether there is a list of papers in it, if only an empty one."""
        return bool(self.rows) or any(table.skipped is None for table in self.tables)


class Conflict(NamedTuple):
    """A field on which a row and the catalogue differ."""

    place: Place
    key: str
    field: str
    here: Value | None
    """In the row."""
    there: Value | None
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
    """A paper that was in the file when it was last taken in, and is there no more."""

    file: str
    key: str
    title: str


class Doubted(NamedTuple):
    """Something that was understood only perhaps, and what to do about it."""

    place: Place
    message: str
    suggestion: str


class PlannedPaper(NamedTuple):
    """A paper of the catalogue, or to be, that the import met."""

    before: Paper | None
    """None where it is new."""
    after: Paper
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an import would do."""

    origins: tuple[Origin, ...]
    entries: tuple[PlannedPaper, ...]
    """In the order in which papers are added."""
    labs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The labs that the catalogue has not yet, with their other names."""
    conflicts: tuple[Conflict, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    removed: tuple[Removal, ...] = ()
    doubts: tuple[Doubted, ...] = ()
    """Of the matching; what reading a table left in doubt is with the table."""
    remembered: tuple[SourceRow, ...] = ()
    """What the files say now, under the catalogue's keys, for the next time."""
    keys: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)
    """By line: the papers that it holds, as the catalogue calls them."""

    @property
    def added(self) -> list[Paper]:
        """The papers that are new."""
        return [entry.after for entry in self.entries if entry.before is None]

    @property
    def updated(self) -> list[PlannedPaper]:
        """The papers that were there and change."""
        return [entry for entry in self.entries if entry.before not in (None, entry.after)]

    @property
    def unchanged(self) -> list[Paper]:
        """The papers that were there and stay as they are."""
        return [entry.after for entry in self.entries if entry.before == entry.after]

    @property
    def says_something(self) -> bool:
        """Whether there is a list of papers in some file, if only an empty one."""
        return any(origin.says_something for origin in self.origins)

    @property
    def tables(self) -> list[Table]:
        """Every table of all files."""
        return [table for origin in self.origins for table in origin.tables]

    @property
    def tables_by_file(self) -> dict[str, list[Table]]:
        """Each Markdown file once with its tables in their order, those in blocks included."""
        files: dict[str, list[Table]] = {}
        for origin in self.origins:
            if origin.bibliography is not None:
                continue
            files.setdefault(origin.file, []).extend(origin.tables)
        return {file: sorted(tables, key=lambda it: it.line) for file, tables in files.items()}

    @property
    def unread(self) -> list[tuple[str, Unread]]:
        """What could be papers and is not taken in, by file and line."""
        return [
            (file, run)
            for file, tables in self.tables_by_file.items()
            for table in tables
            for run in table.unread
        ]

    @property
    def doubts_of_reading(self) -> list[Doubted]:
        """What reading the files left in doubt, by file and line."""
        doubts = [
            Doubted(Place(file, doubt.line), doubt.message, doubt.suggestion)
            for file, tables in self.tables_by_file.items()
            for doubt in sorted(doubt for table in tables for doubt in table.doubts)
        ]
        doubts += [
            Doubted(Place(origin.file, doubt.line), _of_entry(doubt), doubt.suggestion)
            for origin in self.origins
            if origin.bibliography
            for doubt in origin.bibliography.doubts
        ]
        return doubts

    @property
    def left_out(self) -> list[tuple[str, LeftOut]]:
        """The entries of bibliographies that give no paper, by file."""
        return [
            (origin.file, entry)
            for origin in self.origins
            if origin.bibliography
            for entry in origin.bibliography.left_out
        ]

    @property
    def all_doubts(self) -> list[Doubted]:
        """Every doubt, those of reading included, by file and line."""
        return sorted([*self.doubts_of_reading, *self.doubts])

    @property
    def undecided(self) -> list[Conflict]:
        """The conflicts that wait for somebody to say who is right."""
        return [conflict for conflict in self.conflicts if conflict.verdict is Verdict.UNDECIDED]

    def keys_of(self, table: Table, file: str) -> list[str]:
        """Return the keys of the papers in this table of a file, each once, in its order."""
        lines = sorted({line for line, _ in table.papers})
        return list(dict.fromkeys(key for line in lines for key in self.keys[Place(file, line)]))


def _of_entry(doubt: EntryDoubt) -> str:
    """Return a doubt with the citation key of its entry."""
    named = not doubt.key or doubt.key in doubt.message
    return doubt.message if named else f"{doubt.key}: {doubt.message}"
