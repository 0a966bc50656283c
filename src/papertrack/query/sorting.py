"""Fields named on the command line: `--sort year,-added`, `--columns key,year`."""

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from papertrack import folding
from papertrack.errors import PapertrackError
from papertrack.models import Paper
from papertrack.query.terms import NAMES, PRESENCE
from papertrack.status import Status

_STAGE = {status: number for number, status in enumerate(Status)}


class SortKey(NamedTuple):
    """One field to sort by."""

    field: str
    descending: bool


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """Return the fields to sort by, first the one that counts most; `-` before one turns it."""
    return tuple(
        SortKey(_field(part.lstrip("+-"), "to sort by, like year,-added"), part.startswith("-"))
        for part in _parts(text)
    )


def parse_columns(text: str) -> tuple[str, ...]:
    """Return the fields to show, as a paper names them."""
    return tuple(_field(part, "to show, like key,year,title") for part in _parts(text))


def ordered(papers: Iterable[Paper], sort: Iterable[SortKey]) -> list[Paper]:
    """Return the papers sorted, equal ones in their old order, those without the field last."""
    result = list(papers)
    for field, descending in reversed(tuple(sort)):
        valued = [(_value(paper, field), paper) for paper in result]
        absent = [paper for value, paper in valued if not value]
        present = [pair for pair in valued if pair[0]]
        present.sort(key=itemgetter(0), reverse=descending)
        result = [paper for _, paper in present] + absent
    return result


def _parts(text: str) -> list[str]:
    parts = text.replace("，", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def _field(name: str, use: str) -> str:
    field = NAMES.get(name.lower())
    if field and field not in PRESENCE:
        return field
    near = folding.nearest(name, (known for known in NAMES if known not in PRESENCE))
    guess = f"did you mean {near[0]}?" if near else f"write fields {use}"
    raise PapertrackError(f'no field "{name}": {guess}')


def _value(paper: Paper, field: str) -> tuple[str | int, ...]:
    """Return what the paper is sorted by, nothing for absence."""
    value = getattr(paper, field)
    match value:
        case Status():
            return (_STAGE[value],)
        case None | () | "":
            return ()
        case str():
            return (folding.fold(value),)
        case tuple():
            return tuple(map(folding.fold, value))
        case int():
            return (value,)
        case _:
            return (value.toordinal(),)
