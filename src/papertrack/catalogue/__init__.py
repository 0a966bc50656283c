"""TOML text ↔ papers: what a catalogue's text says, and edits that keep every other byte."""

from importlib import import_module
from typing import TYPE_CHECKING

from papertrack.catalogue.loading import Reading, read

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
