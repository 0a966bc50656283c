"""TOML text ↔ papers: what a catalogue's text says, and edits that keep every other byte."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from papertrack.catalogue.pieces import TABLES, has_conflict, is_look, keys_of, means_paper
from papertrack.errors import Fault
from papertrack.models import Catalogue
from papertrack.toml import BOM, Table, loads

if TYPE_CHECKING:
    from papertrack.catalogue.draft import Draft, new_text
    from papertrack.catalogue.lines import Lines, UnknownKey, locate, unknown_keys

__all__ = ["Draft", "Lines", "Reading", "UnknownKey", "locate", "new_text", "read", "unknown_keys"]

# Loaded when first asked for: a command that only reads waits for none of it.
_LATER = {
    "Draft": "draft",
    "Lines": "lines",
    "UnknownKey": "lines",
    "locate": "lines",
    "new_text": "draft",
    "unknown_keys": "lines",
}


def __getattr__(name: str) -> object:
    """Return what stands in a module that is not loaded yet."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


class Reading(NamedTuple):
    """What a text says."""

    catalogue: Catalogue
    """The papers that are whole, when there are faults."""
    faults: tuple[Fault, ...]
    """All of validation's, and the first of syntax in each piece; by line."""


class Loaded(NamedTuple):
    """A reading, and what only somebody who changes the text asks for."""

    reading: Reading
    data: Table
    """What TOML says, where nothing is wrong."""


class _FaultyError(ValueError):
    """Something is wrong; what, is for `faults` to say."""


def read(text: str) -> Reading:
    """Return the catalogue and its faults; of a text without faults at the speed of TOML's reader.

    The text may hold lone surrogates, which stand for bytes that are not UTF-8.
    """
    return load(text).reading


def load(text: str) -> Loaded:
    """Return what the text says, and the same as TOML gives it."""
    bare = text.removeprefix(BOM)
    try:
        return _faultless(bare)
    except ValueError:
        from papertrack.catalogue.faults import explain  # only for broken texts

        return Loaded(Reading(*explain(bare)), {})


def settings(data: Mapping[str, object]) -> Table:
    """Return what stands beside the papers, by field of Catalogue.

    Raises ValueError where `[check]` is no table.
    """
    values: Table = {name: data[name] for name in ("title", "labs") if name in data}
    markdown, check = data.get("markdown", {}), data.get("check", {})
    values["look"] = markdown
    if isinstance(markdown, dict):
        values["looks"] = {
            name: markdown[name] for name in markdown if is_look(name, markdown[name])
        }
        values["files"] = markdown.get("files", ())
    if not isinstance(check, dict):
        raise _FaultyError
    values["ignore"] = check.get("ignore", ())
    values["distinct"] = check.get("distinct", ())
    return values


def _faultless(text: str) -> Loaded:
    data = loads(text)
    entries = data.get("paper", [])
    if not isinstance(entries, list) or not all(type(entry) is dict for entry in entries):
        raise _FaultyError
    keys = keys_of(entries)
    if len(set(keys)) < len(keys) or has_conflict(text):
        raise _FaultyError
    if any(means_paper(name, data[name]) for name in data.keys() - TABLES):
        raise _FaultyError
    papers: Sequence[object] = entries
    if any("key" not in entry for entry in entries):
        papers = [{**entry, "key": key} for entry, key in zip(entries, keys, strict=True)]
    catalogue = Catalogue.model_validate({**settings(data), "papers": tuple(papers)})
    return Loaded(Reading(catalogue, ()), data)
