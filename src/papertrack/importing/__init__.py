"""Papers from outside: read (`intake`), planned and applied (`planning`), adopted (`adopting`).

What there is to import, the papers of each file and where they come from, stands here. Values in,
values out: `commands/import_.py` opens the files, and says what came of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from papertrack import formats
from papertrack.bibliography import Bibliography, EntryDoubt
from papertrack.errors import PapertrackError
from papertrack.formats import Format
from papertrack.markdown.rows import Meaning, Table
from papertrack.models import Paper
from papertrack.status import Status

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

    def tags_for(self, file: str) -> tuple[str, ...]:
        """Return the tags that each paper of a file gets."""
        own = (PurePath(file).stem,) if self.tag_from_file and file != PIPED else ()
        return tuple(dict.fromkeys((*own, *self.tags)))


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
    look: str | None = None
    """The name of the block's look; None for the default."""
    tags: tuple[str, ...] = ()
    """Tags that somebody wrote, and that the look does not show yet."""


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
    """The query of the block that the tables stand in: of these only `hand` is imported."""
    hand: Hand = Hand()
    framed: bool = False
    """Whether the tables stand in blocks already, of a catalogue that is not there."""
    blank: bool = False
    """Whether the file holds nothing but white space."""


def bibliography(
    name: str, data: bytes, asked: Format | None, without: Sequence[str]
) -> tuple[Bibliography, Format] | None:
    """Return the bibliography that a file is, None where it is Markdown.

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
    return cited, form


def of_bibliography(
    file: str, entries: Bibliography, form: Format, wanted: Wanted, last: Iterable[Paper] = ()
) -> Origin:
    """Return a bibliography as something to import."""
    return Origin(
        file=file,
        format=form,
        bibliography=entries,
        rows=tuple(SourceRow(Place(file, it.line), it.paper) for it in entries.papers),
        last=tuple(last),
        tags=wanted.tags_for(file),
        lab=wanted.lab,
        status=wanted.status,
    )
