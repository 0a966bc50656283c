"""TOML text ↔ papers: what a catalogue's text says, and edits that keep every other byte."""

from importlib import import_module
from typing import TYPE_CHECKING

from papertrack.catalogue.reading import Reading, read

if TYPE_CHECKING:
    from papertrack.catalogue.beginning import new_text
    from papertrack.catalogue.draft import Draft
    from papertrack.catalogue.lines import Lines, locate
    from papertrack.catalogue.unknown import UnknownKey, unknown_keys

__all__ = ["Draft", "Lines", "Reading", "UnknownKey", "locate", "new_text", "read", "unknown_keys"]

# Loaded when first asked for: a command that only reads waits for none of it.
_LATER = {
    "Draft": "draft",
    "Lines": "lines",
    "UnknownKey": "unknown",
    "locate": "lines",
    "new_text": "beginning",
    "unknown_keys": "unknown",
}


def __getattr__(name: str) -> object:
    """Return what stands in a module that is not loaded yet."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
