"""Labs and tags by name: other names of a lab, and names that nobody has."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from papertrack import folding
from papertrack.errors import RefusedError
from papertrack.models import Catalogue

_LISTED = 8


class _Named(Protocol):
    def named(self, field: str) -> tuple[str, ...]: ...


def check_names(query: _Named, catalogue: Catalogue) -> None:
    """Refuse a lab or a tag that nobody has, and name the nearest.

    A lab of `[labs]` is known before it has papers; what a negated term names need not exist.
    """
    if wanted := query.named("lab"):
        labs = dict.fromkeys((*catalogue.labs, *(it.lab for it in catalogue.papers if it.lab)))
        others = [other for names in catalogue.labs.values() for other in names]
        _check("lab", wanted, [*labs], others, folding.fold_title)
    if wanted := query.named("tag"):
        tags = dict.fromkeys(tag for paper in catalogue.papers for tag in paper.tags)
        _check("tag", wanted, [*tags], [], folding.fold_name)


def _check(
    field: str,
    wanted: Iterable[str],
    names: Sequence[str],
    others: Sequence[str],
    fold: Callable[[str], str],
) -> None:
    known = {fold(name) for name in (*names, *others)}
    for value in wanted:
        if fold(value) not in known:
            raise RefusedError(f'no {field} "{value}": {_instead(field, value, names, others)}')


def _instead(field: str, value: str, names: Sequence[str], others: Sequence[str]) -> str:
    if near := folding.nearest(value, (*others, *names)):
        return f"did you mean {near[0]}?"
    if not names:
        return f"no paper has a {field} yet"
    if len(names) <= _LISTED:
        return f"the {field}s are {', '.join(names)}"
    return f"`papertrack {field}s` lists all {len(names)}"
