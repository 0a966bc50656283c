"""What a term asks of a paper.

`key`, `lab`, `tag` and `status` are compared whole, case, width, accents and hyphens aside: a
tag `rl` is not `rlhf`. A lab is known by its other names too, a status by any word for it.
`name`, `title`, `author`, `venue`, `link`, `summary`, `note` and `source` hold the value
somewhere: venues are written in too many ways (`NIPS2019`, `facebook research`) to be compared
whole. `doi` and `arxiv` are compared in any spelling, or hold a part of one.
`year`, `priority`, `added`, `started` and `finished` take ranges, `..` with either end open.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple, TypeVar

from papertrack import folding
from papertrack.errors import PapertrackError
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.labs import LabNames
from papertrack.models import Paper
from papertrack.query.dates import FORMS, parse_span
from papertrack.query.terms import NAMES, PRESENCE, Term, read_argument, read_terms
from papertrack.query.text import holding
from papertrack.status import Status, status_of

_Test = Callable[[Paper], bool]
_Value = TypeVar("_Value", int, date)
_RANGE = re.compile(r"\.{2,3}")


class _Setting(NamedTuple):
    """What the meaning of a value depends on."""

    today: date
    labs: LabNames


class Query:
    """Terms that a paper meets or not; `str` of it reads back the same."""

    def __init__(self, terms: Sequence[Term], tests: Sequence[_Test]) -> None:
        """Keep each term with its test."""
        self.terms = tuple(terms)
        self._tests = tuple(tests)

    def __str__(self) -> str:
        """Return the query as text on one line, without `-->`."""
        return " ".join(map(str, self.terms))

    def matches(self, paper: Paper) -> bool:
        """Say whether every term holds."""
        return all(test(paper) for test in self._tests)

    def named(self, field: str) -> tuple[str, ...]:
        """Return the values that the terms ask this field to have, those of negated terms not."""
        terms = (term for term in self.terms if term.field == NAMES[field] and not term.negated)
        return tuple(value for term in terms for value in term.values)


def parse(
    text_or_terms: str | Sequence[str],
    *,
    today: date,
    labs: Mapping[str, Sequence[str]] = {},
) -> Query:
    """Return the query that a text, or the words of a command line, spell.

    `labs` gives each lab's other names. PapertrackError names an unknown field or a bad value,
    and the nearest right one.
    """
    if isinstance(text_or_terms, str):
        terms = read_terms(text_or_terms)
    else:
        terms = tuple(term for argument in text_or_terms for term in read_argument(argument))
    setting = _Setting(today, LabNames(labs))
    return Query(terms, [_test(term, setting) for term in terms])


def select(papers: Iterable[Paper], query: Query) -> list[Paper]:
    """Return the papers that meet the query, in their order."""
    return [paper for paper in papers if query.matches(paper)] if query.terms else list(papers)


def _test(term: Term, setting: _Setting) -> _Test:
    make = _MAKERS[term.field]
    tests = [make(value, setting) for value in term.values]
    if len(tests) == 1 and not term.negated:
        return tests[0]
    return lambda paper: any(test(paper) for test in tests) != term.negated


def _holds(field: str, value: str, _: _Setting) -> _Test:
    holds = holding(value)

    def test(paper: Paper) -> bool:
        text = getattr(paper, field)
        return text is not None and holds(text)

    return test


def _some_hold(field: str, value: str, _: _Setting) -> _Test:
    holds = holding(value)
    return lambda paper: any(map(holds, getattr(paper, field)))


def _key(value: str, _: _Setting) -> _Test:
    wanted = folding.fold_name(value)
    return lambda paper: folding.fold_name(paper.key) == wanted


def _tag(value: str, _: _Setting) -> _Test:
    wanted = folding.fold_name(value)
    return lambda paper: any(folding.fold_name(tag) == wanted for tag in paper.tags)


def _lab(value: str, setting: _Setting) -> _Test:
    wanted = setting.labs.same(value)
    same = setting.labs.same
    return lambda paper: paper.lab is not None and same(paper.lab) == wanted


def _status(value: str, _: _Setting) -> _Test:
    wanted = status_of(value)
    if wanted is None:
        near = folding.nearest(value, list(Status))
        guess = f"did you mean {near[0]}?" if near else f"write one of {', '.join(Status)}"
        raise PapertrackError(f'status:{value}: no status "{value}": {guess}')
    return lambda paper: paper.status is wanted


def _identifier(
    field: str, normalise: Callable[[str], str | None], value: str, _: _Setting
) -> _Test:
    wanted = normalise(value)
    holds = holding(value)

    def test(paper: Paper) -> bool:
        text = getattr(paper, field)
        if text is None:
            return False
        return (normalise(text) or text) == wanted if wanted else holds(text)

    return test


def _number(field: str, shape: str, example: str, value: str, _: _Setting) -> _Test:
    ends = _RANGE.split(folding.fold(value))
    if len(ends) > 2 or not all(
        re.fullmatch(f"(?:{shape})?", end) for end in ends
    ):  # a range has two ends
        raise PapertrackError(
            f'{field}:{value}: "{value}" is not a {field} or a range: write {field}:{example}, '
            f"{field}:..{example} or {field}:{example}.."
        )
    low, high = (int(end) if end else None for end in (ends[0], ends[-1]))
    return _between(field, value, low, high)


def _day(field: str, value: str, setting: _Setting) -> _Test:
    ends = [end.strip() for end in _RANGE.split(value.replace("…", "..."))]
    spans = [parse_span(end, setting.today) if end else None for end in ends]
    if len(ends) > 2 or any(
        end and not span for end, span in zip(ends, spans, strict=True)
    ):  # a range has two ends
        raise PapertrackError(
            f'{field}:{value}: "{value}" is not a date or a range: write {field}:2023-03, '
            f"{field}:-2w.. or {field}:2023..2024-06; a date is {FORMS}, a month or a year"
        )
    first, last = spans[0], spans[-1]
    return _between(field, value, first and first.first, last and last.last)


def _between(field: str, value: str, low: _Value | None, high: _Value | None) -> _Test:
    """Return the test for a value from low to high, both included, None for open."""
    if low is not None and high is not None and low > high:
        raise PapertrackError(f"{field}:{value}: this range ends before it begins: turn it round")

    def test(paper: Paper) -> bool:
        found = getattr(paper, field)
        return (
            found is not None and (low is None or low <= found) and (high is None or found <= high)
        )

    return test


def _presence(word: str, value: str, _: _Setting) -> _Test:
    field = NAMES.get(value.lower())
    if field is None or field in PRESENCE:
        near = folding.nearest(value, (name for name in NAMES if name not in PRESENCE))
        guess = f"did you mean {word}:{near[0]}?" if near else f"write {word}:year or {word}:notes"
        raise PapertrackError(f'{word}:{value}: no field "{value}": {guess}')
    wanted = word == "has"
    return lambda paper: bool(getattr(paper, field)) is wanted


_TEXT = ("title", "name", "key", "summary", "notes", "venue")


def _anywhere(value: str, _: _Setting) -> _Test:
    holds = holding(value)

    def test(paper: Paper) -> bool:
        for field in _TEXT:
            text = getattr(paper, field)
            if text is not None and holds(text):
                return True
        return any(map(holds, paper.authors)) or any(map(holds, paper.tags))

    return _address(value, holds, test) if "://" in value else test


def _address(value: str, holds: Callable[[str], bool], elsewhere: _Test) -> _Test:
    """Return the test for a pasted address: it may be a paper's link, DOI or arXiv id too."""
    doi, arxiv = normalise_doi(value), normalise_arxiv(value)

    def test(paper: Paper) -> bool:
        if doi and paper.doi and normalise_doi(paper.doi) == doi:
            return True
        if arxiv and paper.arxiv and normalise_arxiv(paper.arxiv) == arxiv:
            return True
        return any(map(holds, paper.links)) or elsewhere(paper)

    return test


_MAKERS: Mapping[str | None, Callable[[str, _Setting], _Test]] = {
    None: _anywhere,
    "key": _key,
    "name": partial(_holds, "name"),
    "title": partial(_holds, "title"),
    "authors": partial(_some_hold, "authors"),
    "lab": _lab,
    "venue": partial(_holds, "venue"),
    "year": partial(_number, "year", "[0-9]{1,4}", "2023"),
    "doi": partial(_identifier, "doi", normalise_doi),
    "arxiv": partial(_identifier, "arxiv", normalise_arxiv),
    "links": partial(_some_hold, "links"),
    "tags": _tag,
    "status": _status,
    "priority": partial(_number, "priority", "[1-5]", "2"),
    "added": partial(_day, "added"),
    "started": partial(_day, "started"),
    "finished": partial(_day, "finished"),
    "summary": partial(_holds, "summary"),
    "notes": partial(_holds, "notes"),
    "source": partial(_holds, "source"),
    "has": partial(_presence, "has"),
    "missing": partial(_presence, "missing"),
}
