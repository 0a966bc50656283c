"""TOML text ↔ papers: what a catalogue's text says, and edits that keep every other byte."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from papertrack.errors import Fault
from papertrack.identifiers import make_key
from papertrack.models import Catalogue, Look
from papertrack.patterns import pattern
from papertrack.toml import BOM, Table, loads, statements

TABLES = ("title", "labs", "markdown", "check", "paper")
"""What a catalogue holds at the top."""
PAPER = ("paper",)
"""The path of a paper's header, `[[paper]]`."""
BAD_BYTE = pattern("[\ud800-\udfff]")
"""What stands for a byte that is not UTF-8."""
_NAMES_PAPER = r"""(?:paper|'paper'|"paper")[ \t]*\]|"[^"\n]*\\"""  # an escape may spell any name
LIKE_PAPER = pattern(rf"\n[ \t]*\[\[[ \t]*(?:{_NAMES_PAPER})")


class ParsedCatalogue(NamedTuple):
    """What a text says."""

    catalogue: Catalogue
    """The papers that are whole, when there are faults."""
    faults: tuple[Fault, ...]
    """All of validation's, and the first of syntax in each section; by line."""
    data: Table
    """The same as TOML gives it, for who changes the text; empty where there are faults."""


@lru_cache(maxsize=1)  # taking a large catalogue apart at a command's end would take a while
def parse(text: str) -> ParsedCatalogue:
    """Return the catalogue and its faults; of a text without faults at the speed of TOML's reader.

    The text may hold lone surrogates, which stand for bytes that are not UTF-8.
    """
    bare = text.removeprefix(BOM)
    try:
        return _faultless(bare)
    except ValueError:
        from papertrack.catalogue.faults import explain  # only for broken texts

        return explain(bare)


def settings(data: Mapping[str, object]) -> Table:
    """Return what stands beside the papers, by field of Catalogue."""
    values: Table = {name: data[name] for name in ("title", "labs") if name in data}
    markdown, check = data.get("markdown", {}), data.get("check", {})
    values["look"] = markdown
    if isinstance(markdown, dict):
        values["looks"] = {
            name: markdown[name] for name in markdown if is_look(name, markdown[name])
        }
        values["files"] = markdown.get("files", ())
    if isinstance(check, dict):
        values["ignore"] = check.get("ignore", ())
        values["distinct"] = check.get("distinct", ())
    return values


def keys_of(entries: Sequence[Table]) -> list[str]:
    """Return the key of each paper: its own, or one made of its name or title, in file order."""
    written = [entry.get("key") for entry in entries]
    own = {key for key in written if isinstance(key, str)}
    numbers: dict[str, int] = {}
    keys = []
    for entry, key in zip(entries, written, strict=True):
        if isinstance(key, str):
            keys.append(key)
        else:
            keys.append(make_key(_key_source(entry), own, numbers))
            own.add(keys[-1])
    return keys


def means_paper(name: str, value: object) -> bool:
    """Say whether `[[name]]` was written for `[[paper]]`: `[[papers]]`, `[[Paper]]`, `[paper]`."""
    tables = isinstance(value, dict) if name == "paper" else isinstance(value, list)
    return tables and name.lower() in {"paper", "papers"}


def is_look(name: str, value: object) -> bool:
    """Say whether a key of `[markdown]` is a further look: a table, and none of a look's fields."""
    return isinstance(value, dict) and name not in Look.model_fields


def paper_starts(text: str, count: int) -> list[int] | None:
    """Return where the line of each `[[paper]]` header begins; None for `paper = [{…}]`.

    `count` is how many papers the valid text holds. Looking for lines like headers is ten times
    as fast as taking the text apart, and as exact if it finds that many: each header is among
    them. Lines like that in a multi-line text make it more, and then the text is taken apart.
    """
    above = takewhile(lambda statement: not statement.header, statements(text))
    if any(statement.path[:1] == PAPER for statement in above):
        return None
    starts = [match.start() + 1 for match in LIKE_PAPER.finditer(text)]
    first_line = text[: text.find("\n") + 1] or text
    if LIKE_PAPER.match(f"\n{first_line}"):
        starts.insert(0, 0)
    if len(starts) == count:
        return starts
    return [each.start for each in statements(text) if each.array and each.path == PAPER]


def _faultless(text: str) -> ParsedCatalogue:
    """Return what a text without faults says; ValueError, for `faults` to explain, for another."""
    data = loads(text)
    entries, check = data.get("paper", []), data.get("check", {})
    if not isinstance(entries, list) or {dict} != set(map(type, (*entries, check))):
        raise ValueError
    keys = keys_of(entries)
    misplaced = any(means_paper(name, data[name]) for name in data.keys() - TABLES)
    if len(set(keys)) < len(keys) or misplaced:
        raise ValueError
    if "<<<<<<< " in text and ">>>>>>> " in text:
        from papertrack.catalogue.lines import hunks  # for texts that look like a conflict only

        if any(hunks(text.split("\n"))):
            raise ValueError
    papers: Sequence[object] = entries
    if keys != [entry.get("key") for entry in entries]:
        papers = [{**entry, "key": key} for entry, key in zip(entries, keys, strict=True)]
    catalogue = Catalogue.model_validate({**settings(data), "papers": tuple(papers)})
    return ParsedCatalogue(catalogue, (), data)


class _KeySource(NamedTuple):
    """What a key is made of, of an entry that is not validated."""

    name: str | None
    title: str
    authors: tuple[str, ...]
    year: int | None
    bibtex: Mapping[str, str]


def _key_source(entry: Mapping[str, object]) -> _KeySource:
    name, title, authors, year, bibtex = map(entry.get, _KeySource._fields)
    written = bibtex.get("author") if isinstance(bibtex, dict) else None
    return _KeySource(
        name if isinstance(name, str) else None,
        title if isinstance(title, str) else "",
        tuple(it for it in authors if isinstance(it, str)) if isinstance(authors, list) else (),
        year if type(year) is int else None,
        {"author": written} if isinstance(written, str) else {},
    )
