"""Long catalogues read in a third of the time: papers spelled as papertrack spells them.

Such a paper is its header and its fields in their order, one statement a line, without comments,
escapes or single quotes: one regular expression reads it. Everything between such papers goes to
TOML's reader piece by piece, and the whole text goes there where the pieces may mean something
else together.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import chain

import tomli

from papertrack.toml import Table

TEXTS = ("key", "name", "title", "lab", "venue", "doi", "arxiv", "status", "summary", "notes")
LISTS = ("authors", "links", "tags")
NUMBERS = ("year", "priority")
DATES = ("added", "started", "finished")
FIELDS = (
    "key", "name", "title", "authors", "lab", "venue", "year", "doi", "arxiv", "links", "tags",
    "status", "priority", "added", "started", "finished", "summary", "notes",
)  # fmt: skip
"""The fields of a paper, in the order in which they are written."""

_LONG = 50_000
"""From how many characters on it is worth making the pattern: a millisecond."""
_NAMES = tuple(chain.from_iterable((name,) * (1 + (name in TEXTS)) for name in FIELDS))
"""The field of each group of the pattern: a text has two, one for each way to spell it."""
_BEGINS_WITH_HEADER = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:\[|\Z)")


def loads(text: str) -> Table:
    """Return what `tomli.loads` returns, and raise what it raises."""
    found = in_pieces(text) if len(text) >= _LONG else None
    return tomli.loads(text) if found is None else found


def in_pieces(text: str) -> Table | None:
    """Return what the text says, or None where only TOML's reader can tell."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    end = text.find("\n[[paper]]\n") + 1
    try:
        data: Table = tomli.loads(text[:end])
        papers = _papers(text, end, data)
    except (ValueError, RecursionError):  # half a text, perhaps: the whole one may be right
        return None
    return None if not papers or "paper" in data else {**data, "paper": papers}


def _papers(text: str, position: int, data: Table) -> list[Table] | None:
    """Return the papers from here on; tables beside them go to the data."""
    papers: list[Table] = []
    for found in _plain_paper().finditer(text, position):
        if found.start() > position and not _take(text[position : found.start()], data, papers):
            return None
        papers.append(_paper(found.groups()))
        position = found.end()
    return papers if _take(text[position:], data, papers) else None


def _take(piece: str, data: Table, papers: list[Table]) -> bool:
    """Add what a piece between papers says; False where it says something about another."""
    if not _BEGINS_WITH_HEADER.match(piece):
        return False
    said = tomli.loads(piece)
    more = said.pop("paper", [])
    if not isinstance(more, list) or said.keys() & data.keys():
        return False
    papers += more
    data.update(said)
    return True


def _paper(values: Sequence[str | None]) -> Table:
    spelled = {name: value for name, value in zip(_NAMES, values, strict=True) if value is not None}
    entry: Table = {**spelled}
    for name in LISTS:
        if name in spelled:
            items = spelled[name]  # `["a", "b"]`, and no quotes within a and b
            entry[name] = items[2:-2].split('", "') if len(items) > 2 else []  # []
    for name in NUMBERS:
        if name in spelled:
            entry[name] = int(spelled[name])
    for name in DATES:
        if name in spelled:
            entry[name] = date.fromisoformat(spelled[name])
    return entry


@cache
def _plain_paper() -> re.Pattern[str]:
    """Return the pattern of a paper up to the next header or comment; nothing backtracks."""
    text = r'[^"\\\x00-\x08\x0a-\x1f\x7f]*+'
    lines = r'[^"\\\x00-\x08\x0b-\x1f\x7f]*+'
    spelled = {
        **dict.fromkeys(TEXTS, rf'"(?:({text})"|""\n({lines}(?:"(?!""){lines})*+)""")'),
        **dict.fromkeys(LISTS, rf'(\[(?:"{text}"(?:, "{text}")*+)?+\])'),
        **dict.fromkeys(NUMBERS, "(0|[1-9][0-9]{0,8}+)"),
        **dict.fromkeys(DATES, "([0-9]{4}-[0-9]{2}-[0-9]{2})"),
    }
    fields = "".join(rf"(?:{name} = {spelled[name]}\n)?+" for name in FIELDS)
    return re.compile(rf"\[\[paper\]\]\n(?<=\n\[\[paper\]\]\n){fields}\n*+(?=[\[#]|\Z)")
