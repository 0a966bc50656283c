"""The JSON Schema of a catalogue, held to a validator."""

import json
from datetime import date
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # its types are a package of their own
import pytest

from commandline import FIXTURES, Run
from papertrack.models import Catalogue, Look, Paper, schema, schema_text
from papertrack.toml import loads

_PAGE = Path(__file__).parents[1] / "docs" / "papers.schema.json"


def _faults(text: str) -> list[str]:
    """Return the places that a validator finds wrong in a catalogue."""
    data = json.loads(json.dumps(loads(text), default=date.isoformat))
    validator = jsonschema.Draft7Validator(
        schema(), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
    )
    return [error.json_path for error in validator.iter_errors(data)]


def test_the_page_and_the_help_are_the_schema(papertrack: Run) -> None:
    assert _PAGE.read_text(encoding="utf-8") == schema_text(), (
        "run papertrack help schema > docs/papers.schema.json"
    )
    assert papertrack("help", "schema") == (0, schema_text(), "")


def test_it_is_a_schema_with_a_sentence_for_every_field() -> None:
    made = json.loads(schema_text())
    jsonschema.Draft7Validator.check_schema(made)
    top = made["properties"]
    look = top["markdown"]["properties"]
    paper = top["paper"]["items"]["properties"]
    assert set(paper) == set(Paper.model_fields)
    assert set(look) == {*Look.model_fields, "files"}
    elsewhere = {"title", "labs", "files", "ignore", "distinct", "look", "looks", "papers"}
    assert set(Catalogue.model_fields) == elsewhere
    fields = [*top.values(), *look.values(), *paper.values(), *top["check"]["properties"].values()]
    assert all(field["description"].endswith(".") for field in fields)


@pytest.mark.parametrize(
    "path", [FIXTURES / "papers.toml", _PAGE.parents[1] / "data" / "papers.toml"], ids=str
)
def test_a_good_catalogue_is_valid(path: Path) -> None:
    assert _faults(path.read_text(encoding="utf-8")) == []


def test_every_form_that_papertrack_reads_is_valid() -> None:
    text = """\
#:schema ./papers.schema.json
title = "x"
mine = 1
[labs]
Meta = ["FAIR"]
[markdown]
columns = ["title"]
align = ["center", ""]
group = "lab"
headings = "first"
statuses = { done = "✅" }
files = ["README.md"]
[markdown.short]
columns = ["title"]
markup = true
[check]
ignore = ["year"]
distinct = [["a", "b"]]
[[paper]]
title = "A"
key = "a"
year = 2020
priority = 5
status = "skimmed"
added = 2024-01-01
tags = []
mine = 1
[paper.columns]
Code = "x"
[paper.bibtex]
pages = "1--2"
"""
    assert _faults(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[[paper]]\nkey = "a"\n', "$.paper[0]"),
        ('[[paper]]\ntitle = "A"\nyear = "2020"\n', "$.paper[0].year"),
        ('[[paper]]\ntitle = "A"\nyear = 0\n', "$.paper[0].year"),
        ('[[paper]]\ntitle = "A"\nstatus = "finished"\n', "$.paper[0].status"),
        ('[[paper]]\ntitle = "A"\npriority = 6\n', "$.paper[0].priority"),
        ('[[paper]]\ntitle = "A"\ntags = "x"\n', "$.paper[0].tags"),
        ('[[paper]]\ntitle = "A"\nadded = "soon"\n', "$.paper[0].added"),
        ('[[paper]]\ntitle = "A"\n[paper.columns]\nx = 1\n', "$.paper[0].columns.x"),
        ('[labs]\nMeta = "FAIR"\n', "$.labs.Meta"),
        ('[markdown]\nheadings = "none"\n', "$.markdown.headings"),
        ('[markdown.short]\ngroup = "venue"\n', "$.markdown.short.group"),
        ("[check]\nignore = [1]\n", "$.check.ignore[0]"),
        ("title = 1\n", "$.title"),
    ],
    ids=lambda value: value if value.startswith("$") else "",
)
def test_what_is_wrong_is_found_at_its_place(text: str, place: str) -> None:
    assert _faults(text) == [place]
