"""TOML as text: read, told apart, and changed so that all the rest is spared."""

from typing import TypeAlias

import rtoml

Table: TypeAlias = dict[str, object]
"""What a reader of TOML gives for a table."""

BOM = "\ufeff"


def loads(text: str) -> Table:
    """Return what the text says, dates as Python's own; its line ends are LF.

    Raises ValueError, whose message ends in `at line L column C` where the reader knows. The text
    must not begin with a BOM.
    """
    if text.startswith(BOM):
        raise ValueError("a byte order mark stands where text should, at line 1 column 1")
    # rtoml keeps the CR of a CRLF inside a text on lines; lines stay the same without it
    return rtoml.loads(text.replace("\r\n", "\n"))


def newline_of(text: str) -> str:
    """Return the line end that the text uses, by its first line."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
