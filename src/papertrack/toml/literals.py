"""How a value is spelled in TOML, so that it reads back exactly."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

TomlValue: TypeAlias = (
    str | bool | int | float | date | Sequence["TomlValue"] | Mapping[str, "TomlValue"]
)

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
