"""A catalogue's text made into its value; what is wrong with it is found elsewhere, if need be."""

from collections.abc import Mapping
from typing import NamedTuple

from papertrack.errors import Fault
from papertrack.identifiers import make_key
from papertrack.models import Catalogue, Look
from papertrack.toml import Table, plain

BOM = "\ufeff"
TABLES = ("title", "labs", "markdown", "check", "paper")
"""What a catalogue holds at the top."""


class Reading(NamedTuple):
    """What a text says."""

    catalogue: Catalogue
    """The papers that are whole, when there are faults."""
    faults: tuple[Fault, ...]
    """All of validation's, and the first of syntax in each piece; by line."""


class Loaded(NamedTuple):
    """A reading, and what only somebody who changes the text asks for."""

    reading: Reading
    keyless: frozenset[str] = frozenset()
    """The keys that are not in the text, but made of a name or a title."""


class _FaultyError(ValueError):
    """Something is wrong; what, is for `faults` to say."""


def read(text: str) -> Reading:
    """Return the catalogue and its faults; of a text without faults at the speed of TOML's reader.

    The text may hold lone surrogates, which stand for bytes that are not UTF-8.
    """
    return load(text).reading


def load(text: str) -> Loaded:
    """Return what the text says, and which papers have no key in it."""
    bare = text.removeprefix(BOM)
    try:
        return _faultless(bare)
    except (ValueError, RecursionError):
        from papertrack.catalogue.faults import explain  # only for broken texts

        return Loaded(Reading(*explain(bare)))


def means_paper(name: str, value: object) -> bool:
    """Say whether `[[name]]` was written for `[[paper]]`: `[[papers]]`, `[[Paper]]`, `[paper]`."""
    tables = isinstance(value, dict) if name == "paper" else isinstance(value, list)
    return tables and name.lower() in {"paper", "papers"}


def settings(data: Mapping[str, object]) -> Table:
    """Return what stands beside the papers, by field of Catalogue; `_FaultyError` for no tables."""
    said: Table = {name: data[name] for name in ("title", "labs") if name in data}
    markdown, check = data.get("markdown", {}), data.get("check", {})
    said["look"] = markdown
    if isinstance(markdown, dict):
        said["looks"] = {name: markdown[name] for name in markdown if is_look(name, markdown[name])}
        said["files"] = markdown.get("files", ())
    if not isinstance(check, dict):
        raise _FaultyError
    said["ignore"] = check.get("ignore", ())
    said["distinct"] = check.get("distinct", ())
    return said


def is_look(name: str, value: object) -> bool:
    """Say whether a key of `[markdown]` is a further look: a table, and none of a look's fields."""
    return isinstance(value, dict) and name not in Look.model_fields


def keys_of(entries: list[Table]) -> list[str]:
    """Return the key of each paper: its own, or one made of its name or title, in file order."""
    own = {key for entry in entries if isinstance(key := entry.get("key"), str)}
    keys = []
    for entry in entries:
        key = entry.get("key")
        if not isinstance(key, str):
            key = make_key(_named(entry), own)
            own.add(key)
        keys.append(key)
    return keys


class _Entry(NamedTuple):
    """What a key is made of, of an entry that is not validated."""

    name: str | None
    title: str
    authors: tuple[str, ...]
    year: int | None


def _named(entry: Mapping[str, object]) -> _Entry:
    name, title, authors, year = map(entry.get, _Entry._fields)
    return _Entry(
        name if isinstance(name, str) else None,
        title if isinstance(title, str) else "",
        tuple(it for it in authors if isinstance(it, str)) if isinstance(authors, list) else (),
        year if type(year) is int else None,
    )


def label_of(entry: Mapping[str, object]) -> str:
    """Return what people call the paper, or an empty text where nothing is said."""
    name, title = entry.get("name"), entry.get("title")
    return next((text for text in (name, title) if text and isinstance(text, str)), "")


def _faultless(text: str) -> Loaded:
    data = plain.loads(text)
    text.encode()  # lone surrogates stand for bytes that are not UTF-8
    entries = data.get("paper", [])
    if not isinstance(entries, list) or not all(type(entry) is dict for entry in entries):
        raise _FaultyError
    keys = keys_of(entries)
    if len(set(keys)) < len(keys) or _has_conflict(text):
        raise _FaultyError
    unknown = data.keys() - TABLES
    if any(means_paper(name, data[name]) for name in unknown):
        raise _FaultyError
    keyless = [key for entry, key in zip(entries, keys, strict=True) if "key" not in entry]
    if keyless:
        entries = [{**entry, "key": key} for entry, key in zip(entries, keys, strict=True)]
    catalogue = Catalogue.model_validate({**settings(data), "papers": tuple(entries)})
    return Loaded(Reading(catalogue, ()), frozenset(keyless))


def _has_conflict(text: str) -> bool:
    if "<<<<<<< " not in text or "\n>>>>>>> " not in text:
        return False
    from papertrack.catalogue.spoiled import mend  # hardly ever needed

    return bool(mend(text).spoiled)
