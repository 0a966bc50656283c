"""What a paper and a catalogue are: strict and frozen; and their JSON Schema, made of that.

The schema is for editors that check and complete TOML: draft 7, which Taplo (Even Better TOML) and
check-jsonschema read. A date of TOML is a string of the format `date` there. Keys that papertrack
does not know are allowed, as in the catalogue itself.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, Strict

from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.patterns import pattern
from papertrack.status import CHINESE, Status
from papertrack.toml import Table

_T = TypeVar("_T")
_CHINESE = pattern("[^\u3040-\u30ff]*[\u4e00-\u9fff][^\u3040-\u30ff]*")  # no Japanese
_Texts = Annotated[tuple[str, ...], Strict(strict=False)]
"""An array of TOML; Pydantic's strict mode takes only a tuple for a tuple."""


def _field(sentence: str, default: _T) -> _T:
    """Return a field with its default; the sentence says in the schema what it holds."""
    field: _T = Field(default, description=sentence)
    return field


class Paper(BaseModel):
    """One entry of the catalogue.

    The fields stand in the order in which they are written (DESIGN section 3). Text is kept
    exactly; absence is None or an empty tuple. Keys that are not fields are left to `check`.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    key: str = Field(
        description="Its short stable name, unique here: lower-case letters, digits and hyphens."
    )
    name: str | None = _field("What people call it, if it is not the title.", None)
    title: str = Field(description="The title, the only thing that every paper needs.")
    authors: _Texts = _field("Who wrote it, one text an author.", ())
    lab: str | None = _field("Who made it; a lab that [labs] lists, by any of its names.", None)
    venue: str | None = _field("Where it appeared, as its author wrote it.", None)
    year: Annotated[int, Field(ge=1, le=9999)] | None = _field("When it appeared.", None)
    doi: str | None = _field("Its DOI, such as 10.1145/3292500.3330701.", None)
    arxiv: str | None = _field("Its arXiv id, such as 2302.13971.", None)
    links: _Texts = _field("Addresses of pages about it, the most important first.", ())
    tags: _Texts = _field("Words to find it by.", ())
    status: Annotated[Status, Strict(strict=False)] = _field(
        "Whether it is read; to-read where nothing is said.", Status.TO_READ
    )
    priority: Annotated[int, Field(ge=1, le=5)] | None = _field(
        "How soon it is to be read: 1 first, 5 last.", None
    )
    added: date | None = _field("The day it came into the list.", None)
    started: date | None = _field("The day you began to read it.", None)
    finished: date | None = _field("The day you read, skimmed or dropped it.", None)
    summary: str | None = _field("What it says, in a few lines.", None)
    notes: str | None = _field("What you wrote about it.", None)
    columns: Mapping[str, str] = Field(
        default_factory=dict,
        description="Your own columns, each under the header that it has in a table.",
    )
    bibtex: Mapping[str, str] = Field(
        default_factory=dict,
        description="What a bibliography says beside the fields, under BibLaTeX's names.",
    )

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

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it is found: its links, then arXiv and DOI unless a link leads there."""
        ids = [f"https://arxiv.org/abs/{self.arxiv}"] if self.arxiv else []
        if ids and any(normalise_arxiv(link) == self.arxiv for link in self.links):
            ids = []
        if self.doi and all(normalise_doi(link) != self.doi.lower() for link in self.links):
            ids.append(f"https://doi.org/{self.doi}")
        return (*self.links, *ids)


SUBTABLES = ("columns", "bibtex")
"""The tables of strings that a paper may hold below its fields."""
FIELDS = tuple(name for name in Paper.model_fields if name not in SUBTABLES)
"""The fields of a paper, in the order in which they are written."""
LISTS = ("authors", "links", "tags")
"""The fields that hold several texts."""
PROSE = ("summary", "notes")
"""The fields in which a person writes sentences, over several lines perhaps."""
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

    # `**name+column:Model**` is a name in bold, or as the own column `Model` spells it, while that
    # says the same name.
    columns: _Texts = _field(
        "What each column shows: a field, source, link, title+link, number, column:HEADER.",
        ("title", "source", "summary", "status", "notes"),
    )
    headers: _Texts = _field("The header words, one a column; else the columns' own names.", ())
    align: _Texts = _field("How each column is aligned.", ())
    group: str | None = _field(
        "What the rows are grouped by; one plain table where nothing is said.", None
    )
    # Where labs are the groups, papers of no lab stand under these.
    tags: _Texts = _field(
        "The tags that the table shows, in this order; every tag where nothing is said.", ()
    )
    headings: Annotated[Headings, Strict(strict=False)] = _field(
        "How a group shows itself: as a row (repeat, first) or as sections.", Headings.REPEAT
    )
    heading_marks: str = _field(
        "The marks of emphasis around a heading row's name, such as **.", ""
    )
    nothing: str = _field("The word for an empty cell, such as NULL.", "")
    # An empty word means the word for nothing.
    statuses: Mapping[str, str] = Field(
        default_factory=dict, description="The word for each status that has one of its own."
    )
    brackets: str = _field("Two characters around the title, such as 《》.", "")
    line_break: str = _field("What stands between the lines of a cell.", "<br>")
    tag_break: str = _field("What stands between tags.", ", ")
    markup: bool = _field(
        "Whether links, code and emphasis in summary and notes are Markdown.", default=False
    )

    def word(self, status: Status) -> str:
        """Return the word for a status, in the language of the other words where it has none.

        Of signs, such as ✅, the headers say the language.
        """
        words = "".join(self.statuses.values())
        telling = words if any(map(str.isalnum, words)) else words + "".join(self.headers)
        is_chinese = words and _CHINESE.fullmatch(telling)
        return self.statuses.get(status, CHINESE[status] if is_chinese else str(status))


class Catalogue(BaseModel):
    """The value read from a catalogue's text."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    title: str | None = _field("What the list is called.", None)
    labs: Mapping[str, _Texts] = Field(
        default_factory=dict,
        description="The labs in the order of the groups, each with its other names.",
    )
    look: Look = Look()
    """The look of blocks that name none."""
    looks: Mapping[str, Look] = Field(default_factory=dict)
    """The further looks by name."""
    files: _Texts = _field("The Markdown files with blocks, relative to the catalogue.", ())
    ignore: _Texts = _field("The rules that check leaves out.", ())
    distinct: Annotated[tuple[_Texts, ...], Strict(strict=False)] = _field(
        "Lists of keys of papers that are not the same, although they look so.", ()
    )
    papers: tuple[Paper, ...] = ()

    @property
    def lab_names(self) -> list[str]:
        """Every name of every lab in `labs`."""
        return [name for lab, others in self.labs.items() for name in (lab, *others)]


_CLOSED: Mapping[str, Table] = {
    "align": {"type": "array", "items": {"enum": ["left", "center", "right", ""]}},
    "group": {"enum": ["lab", "tag", "status", "year"]},
    "statuses": {
        "type": "object",
        "properties": {status.value: {"type": "string"} for status in Status},
        "additionalProperties": False,
    },
}


def schema() -> Table:
    """Return the schema of the file `papers.toml`."""
    catalogue = _properties(Catalogue)
    look = _properties(Look)
    strings: Table = {"type": "object", "additionalProperties": {"type": "string"}}
    paper = {
        name: {"description": field["description"], **strings} if name in SUBTABLES else field
        for name, field in _properties(Paper).items()
    }
    further: Table = {
        "description": "A further look, which look=NAME in a marker names.",
        "type": "object",
        "properties": look,
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A reading list kept by papertrack",
        "type": "object",
        "properties": {
            "title": catalogue["title"],
            "labs": catalogue["labs"],
            "markdown": {
                "description": "How its tables look in Markdown.",
                "type": "object",
                "properties": {**look, "files": catalogue["files"]},
                "additionalProperties": further,
            },
            "check": {
                "description": "What papertrack check is told.",
                "type": "object",
                "properties": {name: catalogue[name] for name in ("ignore", "distinct")},
            },
            "paper": {
                "description": "The papers.",
                "type": "array",
                "items": {"type": "object", "required": ["title"], "properties": paper},
            },
        },
    }


def schema_text() -> str:
    """Return the schema as JSON, with a last line end."""
    import json  # for editors only

    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _properties(model: type[BaseModel]) -> dict[str, Table]:
    """Return what each field may hold, with its sentence; those without one are not in the file."""
    made = model.model_json_schema()
    return {
        name: {"description": field["description"], **_CLOSED.get(name, _plain(field, made))}
        for name, field in made["properties"].items()
        if model.model_fields[name].description
    }


def _plain(chosen: Table, made: Table) -> Table:
    """Return what Pydantic says of a field, without null, defaults and references."""
    options = chosen.get("anyOf")
    if isinstance(options, list):  # absence is an absent key in TOML, never null
        (chosen,) = (option for option in options if option != {"type": "null"})
    reference = chosen.get("$ref")
    if isinstance(reference, str):
        definitions = cast("dict[str, Table]", made["$defs"])
        return {"enum": definitions[reference.rpartition("/")[2]]["enum"]}
    return {
        name: _plain(cast("Table", value), made) if isinstance(value, dict) else value
        for name, value in chosen.items()
        if name not in ("title", "default", "description", "minItems")
    }
