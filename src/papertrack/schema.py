"""The JSON Schema of a catalogue, made from the models, for editors that check and complete TOML.

Draft 7, which Taplo (Even Better TOML) and check-jsonschema read. A date of TOML is a string of the
format `date` there. Keys that papertrack does not know are allowed, as in the catalogue itself.
"""

import json
from collections.abc import Mapping
from typing import cast

from pydantic import BaseModel

from papertrack.models import SUBTABLES, Catalogue, Look, Paper
from papertrack.status import Status
from papertrack.toml import Table

_PAPER = {
    "key": "Its short stable name, unique here: lower-case letters, digits and hyphens.",
    "name": "What people call it, if it is not the title.",
    "title": "The title, the only thing that every paper needs.",
    "authors": "Who wrote it, one text an author.",
    "lab": "Who made it; a lab that [labs] lists, by any of its names.",
    "venue": "Where it appeared, as its author wrote it.",
    "year": "When it appeared.",
    "doi": "Its DOI, such as 10.1145/3292500.3330701.",
    "arxiv": "Its arXiv id, such as 2302.13971.",
    "links": "Addresses of pages about it, the most important first.",
    "tags": "Words to find it by.",
    "status": "Whether it is read; to-read where nothing is said.",
    "priority": "How soon it is to be read: 1 first, 5 last.",
    "added": "The day it came into the list.",
    "started": "The day you began to read it.",
    "finished": "The day you read, skimmed or dropped it.",
    "summary": "What it says, in a few lines.",
    "notes": "What you wrote about it.",
    "columns": "Your own columns, each under the header that it has in a table.",
    "bibtex": "What a bibliography says beside the fields, under BibLaTeX's names.",
}
_LOOK = {
    "columns": "What each column shows: a field, source, link, title+link, number, column:HEADER.",
    "headers": "The header words, one a column; else the columns' own names.",
    "align": "How each column is aligned.",
    "group": "What the rows are grouped by; one plain table where nothing is said.",
    "tags": "The tags that the table shows, in this order; every tag where nothing is said.",
    "headings": "How a group shows itself: as a row (repeat, first) or as sections.",
    "heading_marks": "The marks of emphasis around a heading row's name, such as **.",
    "nothing": "The word for an empty cell, such as NULL.",
    "statuses": "The word for each status that has one of its own.",
    "brackets": "Two characters around the title, such as 《》.",
    "line_break": "What stands between the lines of a cell.",
    "tag_break": "What stands between tags.",
    "markup": "Whether links, code and emphasis in summary and notes are Markdown.",
}
_CATALOGUE = {
    "title": "What the list is called.",
    "labs": "The labs in the order of the groups, each with its other names.",
    "files": "The Markdown files with blocks, relative to the catalogue.",
    "ignore": "The rules that check leaves out.",
    "distinct": "Lists of keys of papers that are not the same, although they look so.",
}
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
    catalogue = _properties(Catalogue, _CATALOGUE)
    look = _properties(Look, _LOOK)
    strings: Table = {"type": "object", "additionalProperties": {"type": "string"}}
    paper = {
        name: {"description": field["description"], **strings} if name in SUBTABLES else field
        for name, field in _properties(Paper, _PAPER).items()
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


def dumps() -> str:
    """Return the schema as JSON, with a last line end."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _properties(model: type[BaseModel], sentences: Mapping[str, str]) -> dict[str, Table]:
    """Return what each field may hold, with its sentence."""
    made = model.model_json_schema()
    return {
        name: {"description": sentence, **_CLOSED.get(name, _plain(made["properties"][name], made))}
        for name, sentence in sentences.items()
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
