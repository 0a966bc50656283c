"""TOML as text: its statements, values spelled, and changes that spare all the rest."""

from typing import TypeAlias

Table: TypeAlias = dict[str, object]
"""What a reader of TOML gives for a table."""


def newline_of(text: str) -> str:
    """Return the line end that the text uses, by its first line."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
