"""TOML as text: read, spelled so that it reads back exactly, changed so that the rest stays."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

import rtoml

Table: TypeAlias = dict[str, object]
"""What a reader of TOML gives for a table."""

TomlValue: TypeAlias = (
    str | bool | int | float | date | Sequence["TomlValue"] | Mapping[str, "TomlValue"]
)

BOM = "\ufeff"
_NAMED = {0x08: r"\b", 0x0C: r"\f", 0x0D: r"\r", 0x5C: r"\\"}
_CONTROLS = {code: f"\\u{code:04x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_FURTHER = str.maketrans({code: _CONTROLS[code] for code in range(0x80, 0xA0)})
"""The controls that TOML allows as they are, and that act on some terminals."""
_ON_LINES = str.maketrans(
    {
        **_CONTROLS,
        **_NAMED,
        0x09: "\t",
        0x0A: "\n",
    }
)


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


def spell(value: TomlValue) -> str:
    """Return the value as TOML on one line; text in double quotes."""
    match value:
        case date():
            return value.isoformat()
        case str() | bool() | int() | float():
            return _written({"_": value}).removeprefix("_ = ").translate(_FURTHER)
        case Mapping():
            pairs = ", ".join(f"{spell_key(key)} = {spell(item)}" for key, item in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case _:
            return f"[{', '.join(map(spell, value))}]"


def spell_key(key: str) -> str:
    """Return the key as TOML: bare where that is allowed, else in double quotes."""
    return _written({key: 0}).removesuffix(" = 0").translate(_FURTHER)


def _written(table: Mapping[str, TomlValue]) -> str:
    from tomli_w import dumps  # only changes write

    return dumps(table).removesuffix("\n")


def spell_lines(text: str, newline: str) -> str:
    """Return the text in three quotes with its own line ends, begun on a line of its own.

    What git would take for the beginning of a conflict is escaped.
    """
    escaped = re.sub(r'"(?="")|"\Z', r'\\"', text.translate(_ON_LINES))
    escaped = re.sub(r"^<(?=<{6} )", r"\\u003c", escaped, flags=re.MULTILINE)
    return f'"""\n{escaped}"""'.replace("\n", newline)
