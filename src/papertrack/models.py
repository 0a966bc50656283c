"""What a paper and a catalogue are: strict and frozen."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict

from papertrack.status import Status

_Texts = Annotated[tuple[str, ...], Strict(strict=False)]
"""An array of TOML; Pydantic's strict mode takes only a tuple for a tuple."""


class Paper(BaseModel):
    """One entry of the catalogue.

    The fields stand in the order in which they are written (DESIGN section 3). Text is kept
    exactly; absence is None or an empty tuple. Keys that are not fields are left to `check`.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    key: str
    name: str | None = None
    title: str
    authors: _Texts = ()
    lab: str | None = None
    venue: str | None = None
    year: Annotated[int, Field(ge=1, le=9999)] | None = None
    doi: str | None = None
    arxiv: str | None = None
    links: _Texts = ()
    tags: _Texts = ()
    status: Annotated[Status, Strict(strict=False)] = Status.TO_READ
    priority: Annotated[int, Field(ge=1, le=5)] | None = None
    added: date | None = None
    started: date | None = None
    finished: date | None = None
    summary: str | None = None
    notes: str | None = None
    columns: Mapping[str, str] = Field(default_factory=dict)
    """`[paper.columns]`: columns of the list's owner, by header."""
    bibtex: Mapping[str, str] = Field(default_factory=dict)
    """`[paper.bibtex]`: what a bibliography says beside the fields, under BibLaTeX's names."""

    def __hash__(self) -> int:
        """Hash what tells papers apart; the sub-tables cannot be hashed."""
        cited = self.bibtex.get("key")
        return hash((self.key, self.title, self.authors, self.year, self.doi, self.arxiv, cited))

    @property
    def label(self) -> str:
        """What people call it: its name, else its title."""
        return self.name or self.title

    @property
    def citation_keys(self) -> tuple[str, ...]:
        """The keys by which bibliographies cite it, the one of its own entry first."""
        others = self.bibtex.get("ids", "").split(",")  # as BibLaTeX lists them
        return tuple(filter(None, map(str.strip, (self.bibtex.get("key", ""), *others))))

    @property
    def source(self) -> str:
        """Venue and year, absent parts left out: `arXiv 2022`; never stored."""
        if self.year is None:
            return self.venue or ""
        return f"{self.venue} {self.year}" if self.venue else str(self.year)


SUBTABLES = ("columns", "bibtex")
"""The tables of strings that a paper may hold below its fields."""
FIELDS = tuple(name for name in Paper.model_fields if name not in SUBTABLES)
"""The fields of a paper, in the order in which they are written."""
LISTS = ("authors", "links", "tags")
"""The fields that hold several texts."""
DATES = ("added", "started", "finished")
"""The fields that hold a day."""


class Headings(StrEnum):
    """How a group shows itself in a table."""

    REPEAT = "repeat"
    """A heading row with the group's name in every cell."""
    FIRST = "first"
    """A heading row with the group's name in the first cell and nothing in the others."""
    SECTIONS = "sections"
    """A heading above a table of its own."""


class Look(BaseModel):
    """How a table looks: one `[markdown]` or `[markdown.NAME]` of the catalogue."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    columns: _Texts = ("title", "source", "summary", "status", "notes")
    """Fields of a paper, `source`, `link`, `title+link` (a title that is a link), `number`, or
    `column:HEADER` (an own column of the papers). `**name+column:Model**` is a name in bold, or as
    the own column `Model` spells it, while that says the same name."""
    headers: _Texts = ()
    """The header words in Markdown, one a column; the columns' own names where there are none."""
    align: _Texts = ()
    """How each column is aligned: `left`, `center`, `right`, or `""` for as the reader likes."""
    group: str | None = None
    """`lab`, `tag`, `status`, `year`, or None for one plain table."""
    tags: _Texts = ()
    """The tags that it shows, as headings in this order or in a column; every tag if empty. Where
    labs are the groups, papers of no lab stand under these."""
    headings: Annotated[Headings, Strict(strict=False)] = Headings.REPEAT
    heading_marks: str = ""
    """The marks of emphasis around a heading row's name, such as `**`."""
    nothing: str = ""
    """The word for an empty cell, such as `NULL`."""
    statuses: Mapping[str, str] = Field(default_factory=dict)
    """The word for each status that has one of its own; `""` there means the word for nothing."""
    brackets: str = ""
    """Two characters around the title, such as `《》`."""
    line_break: str = "<br>"
    tag_break: str = ", "
    """What stands between tags."""
    markup: bool = False
    """Whether links, code and emphasis in summary and notes are Markdown, not plain text."""


class Catalogue(BaseModel):
    """The value read from a catalogue's text."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    title: str | None = None
    labs: Mapping[str, _Texts] = Field(default_factory=dict)
    """Each lab with its other names, in the order of the groups."""
    look: Look = Look()
    """The look of blocks that name none."""
    looks: Mapping[str, Look] = Field(default_factory=dict)
    """The further looks by name."""
    files: _Texts = ()
    """The Markdown files with blocks, for `export-markdown --all`, relative to the catalogue."""
    ignore: _Texts = ()
    """The rules that `check` leaves out."""
    distinct: Annotated[tuple[_Texts, ...], Strict(strict=False)] = ()
    """`[check] distinct`: keys of papers that a person says are not the same."""
    papers: tuple[Paper, ...] = ()

    @property
    def lab_names(self) -> list[str]:
        """Every name of every lab in `labs`."""
        return [name for lab, others in self.labs.items() for name in (lab, *others)]
