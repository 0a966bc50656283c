"""TOML text ↔ papers: what a catalogue's text says, and edits that keep every other byte."""

from papertrack.catalogue.beginning import new_text
from papertrack.catalogue.draft import Draft
from papertrack.catalogue.lines import Lines, locate
from papertrack.catalogue.reading import Reading, read
from papertrack.catalogue.unknown import UnknownKey, unknown_keys

__all__ = ["Draft", "Lines", "Reading", "UnknownKey", "locate", "new_text", "read", "unknown_keys"]
