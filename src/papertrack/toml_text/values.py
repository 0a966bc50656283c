"""How a value is spelled in TOML, so that it reads back exactly."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

TomlValue: TypeAlias = (
    str | bool | int | float | date | Sequence["TomlValue"] | Mapping[str, "TomlValue"]
)

_NAMED = {0x08: r"\b", 0x09: r"\t", 0x0A: r"\n", 0x0C: r"\f", 0x0D: r"\r", 0x22: r"\"", 0x5C: r"\\"}
_CONTROLS = {code: f"\\u{code:04x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_ON_ONE_LINE = str.maketrans({**_CONTROLS, **_NAMED})
_ON_LINES = str.maketrans(
    {
        **_CONTROLS,
        **{code: _NAMED[code] for code in (0x08, 0x0C, 0x0D, 0x5C)},
        0x09: "\t",
        0x0A: "\n",
    }
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def spell(value: TomlValue) -> str:
    """Return the value as TOML on one line; text in double quotes."""
    match value:
        case str():
            return f'"{str(value).translate(_ON_ONE_LINE)}"'
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            pairs = ", ".join(f"{spell_key(key)} = {spell(item)}" for key, item in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case _:
            return f"[{', '.join(map(spell, value))}]"


def spell_key(key: str) -> str:
    """Return the key as TOML: bare where that is allowed, else in double quotes."""
    return key if _BARE.fullmatch(key) else spell(key)


def spell_lines(text: str, newline: str) -> str:
    """Return the text in three quotes with its own line ends, begun on a line of its own.

    What git would take for the beginning of a conflict is escaped.
    """
    escaped = re.sub(r'"(?="")|"\Z', r'\\"', text.translate(_ON_LINES))
    escaped = re.sub(r"^<(?=<{6} )", r"\\u003c", escaped, flags=re.MULTILINE)
    return f'"""\n{escaped}"""'.replace("\n", newline)
