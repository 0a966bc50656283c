"""Labs and tags by name: other names of a lab, and names that nobody has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from papertrack import folding
from papertrack.errors import RefusedError
from papertrack.models import Catalogue

_HYPHENS = str.maketrans("-_", "  ")
_LISTED = 8


class _Named(Protocol):
    def named(self, field: str) -> tuple[str, ...]: ...


def fold_name(text: str) -> str:
    """Return what makes two tags the same: `Few-Shot` and `few  shot`; `C++` is not `C`."""
    return " ".join(folding.fold(text).translate(_HYPHENS).split())


class LabNames:
    """Which names mean the same lab; answers are kept, since few labs make many papers."""

    def __init__(self, labs: Mapping[str, Sequence[str]]) -> None:
        """Take each lab with its other names; a lab's own name goes before another's other name."""
        self._known: dict[str, str] = {}
        for lab, others in labs.items():
            for other in others:
                self._known.setdefault(folding.fold_title(other), folding.fold_title(lab))
        self._known.update((folding.fold_title(lab), folding.fold_title(lab)) for lab in labs)
        self._asked: dict[str, str] = {}

    def same(self, name: str) -> str:
        """Return what all names of this lab have in common."""
        found = self._asked.get(name)
        if found is None:
            folded = folding.fold_title(name)
            found = self._asked[name] = self._known.get(folded, folded)
        return found


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
        _check("tag", wanted, [*tags], [], fold_name)


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
