"""A change as it is kept: a header of JSON (when, what was typed, files, sizes), then the bytes."""

import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from papertrack.history.delta import Delta, Step

_Sizes = tuple[int, int, int | None, int | None]
_LONGEST = 80
_Header = tuple[datetime, str, list[tuple[str, _Sizes | None, _Sizes]]]


class Record(NamedTuple):
    """One change that can be taken back, or made again."""

    number: int
    undone: bool
    when: datetime
    typed: str
    steps: tuple[Step, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that it wrote."""
        return tuple(step.path for step in self.steps)

    @property
    def called(self) -> str:
        """What was typed, on one line, cut where it is long: for a sentence that names it."""
        words = " ".join(self.typed.split())
        if len(words) <= _LONGEST:
            return words
        return f"{words[:_LONGEST].rpartition(' ')[0] or words[:_LONGEST]} …"


def parsed(data: bytes, number: int, *, undone: bool) -> Record | None:
    """Return the change, or None where it was cut short."""
    line, _, rest = data.partition(b"\n")
    try:
        when, typed, headers = TypeAdapter(_Header).validate_json(line)
    except ValidationError:
        return None
    parts = _Parts(rest)
    steps = tuple(
        Step(
            Path(os.fsdecode(path.encode("latin-1"))),
            since and parts.delta(since),
            parts.delta(change),
        )
        for path, since, change in headers
    )
    whole = parts.taken == len(rest)
    return Record(number, undone, when.astimezone(), typed, steps) if whole else None


class _Parts:
    """The texts behind a header, taken one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.taken = 0

    def delta(self, sizes: _Sizes) -> Delta:
        prefix, suffix, old, new = sizes
        return Delta(prefix, suffix, self._text(old), self._text(new))

    def _text(self, size: int | None) -> bytes | None:
        if size is None:
            return None
        self.taken += size
        return self.data[self.taken - size : self.taken]
