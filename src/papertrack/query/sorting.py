"""Papers put in order by their fields: `--sort year,-added`."""

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
    keys = []
    for part in filter(None, (part.strip() for part in text.replace("，", ",").split(","))):
        name = part.lstrip("+-")
        field = NAMES.get(name.lower())
        if field is None or field in PRESENCE:
            near = folding.nearest(name, (known for known in NAMES if known not in PRESENCE))
            guess = f"did you mean {near[0]}?" if near else "sort by fields, like year,-added"
            raise PapertrackError(f'cannot sort by "{name}": {guess}')
        keys.append(SortKey(field, part.startswith("-")))
    return tuple(keys)


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
