"""New values for the fields of a paper: as they are written, and refused where they are none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from pydantic import ValidationError

from papertrack.errors import PapertrackError
from papertrack.folding import nearest
from papertrack.models import FIELDS, SUBTABLES, Paper
from papertrack.status import Status
from papertrack.toml import Table
from papertrack.toml.values import TomlValue

Value: TypeAlias = str | int | date | Sequence[str] | Mapping[str, str]
"""What a field or a sub-table of a paper holds."""


def check_names(changes: Iterable[str]) -> None:
    """Raise PapertrackError where a name is that of no field."""
    for name in changes:
        if name not in FIELDS and name not in SUBTABLES:
            close = nearest(name, FIELDS)
            hint = f"did you mean {close[0]}?" if close else f"a paper has {', '.join(FIELDS)}"
            raise PapertrackError(f'no field "{name}": {hint}')


def differs(current: object, value: Value | None) -> bool:
    """Say whether the value is another than the current one; all that is empty is the same."""
    if isinstance(current, Mapping):
        return value != current if value else bool(current)
    if isinstance(current, tuple):
        return tuple(value or ()) != current  # type: ignore[arg-type]  # validation refuses others
    return value != current and (current is not None or plain(value) is not None)


def plain(value: object) -> TomlValue | None:
    """Return the value as it is written; None for what is empty."""
    match value:
        case Status():
            return value.value
        case str() | int() | date() | float():
            return value if value != "" else None
        case None:
            return None
        case Mapping():
            return {key: text for key, text in value.items() if text != ""} or None
        case _:
            return [str(item) for item in value] or None  # type: ignore[attr-defined]  # a sequence


def valid(fields: Table | Mapping[str, TomlValue | None]) -> Paper:
    """Return the paper with these fields, PapertrackError where they are none."""
    said = {name: value for name, value in fields.items() if value is not None}
    for name in (*FIELDS, *SUBTABLES):
        if any(map(_has_bad_bytes, _texts(said.get(name)))):
            raise PapertrackError(f"{name} holds bytes that are not UTF-8: type it again")
    try:
        return Paper.model_validate(said)
    except ValidationError as error:
        from papertrack.catalogue.faults import complaints  # for mistakes only

        first, *others = complaints(error, said).values()
        raise PapertrackError(first, details=others) from error


def _texts(value: object) -> Iterable[object]:
    match value:
        case Mapping():
            return (*value, *value.values())
        case list():
            return value
        case _:
            return (value,)


def _has_bad_bytes(text: object) -> bool:
    if not isinstance(text, str) or text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
