"""Several papers chosen by a query, `lab:Meta status:to-read year:2020..2023`, and put in order.

Terms all hold; a comma means any of; `-` negates. What a term asks of a paper:

`key`, `lab`, `tag` and `status` are compared whole, case, width, accents and hyphens aside: a
tag `rl` is not `rlhf`. A lab is known by its other names too, a status by any word for it.
`name`, `title`, `author`, `venue`, `link`, `summary`, `note` and `source` hold the value
somewhere: venues are written in too many ways (`NIPS2019`, `facebook research`) to be compared
whole. `doi` and `arxiv` are compared in any spelling, or hold a part of one.
`year`, `priority`, `added`, `started` and `finished` take ranges, `..` with either end open.
Bare words and "quoted phrases" are searched in everything that a person sees of a paper.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from papertrack import folding
from papertrack.authors import family_names, shown_name, without_blanks
from papertrack.duplicates import Identity, identifiers_of
from papertrack.errors import PapertrackError, RefusedError
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.labs import LabNames
from papertrack.models import Catalogue, Paper
from papertrack.patterns import pattern
from papertrack.query.terms import (
    FORMS,
    NAMES,
    OWN,
    PRESENCE,
    SortKey,
    Term,
    parse_columns,
    parse_count,
    parse_date,
    parse_sort,
    parse_span,
    read_arguments,
    read_terms,
    term,
    with_tag_renamed,
)
from papertrack.resolve import identity_in
from papertrack.status import Status, status_of

__all__ = [
    "NAMES",
    "Query",
    "check_names",
    "ordered",
    "parse",
    "parse_columns",
    "parse_count",
    "parse_date",
    "parse_sort",
    "select",
    "term",
    "with_tag_renamed",
]

_Test = Callable[[Paper], bool]
_Value = TypeVar("_Value", int, date)
_Step = Any
"""From one value to the next: 1, or a day; no type says that it fits the value."""
_RANGE = pattern(r"\.{2,3}")
_YEARS = pattern(r"([0-9]{4})\s?[-~]\s?([0-9]{4})")
_BOUND = pattern(r"([<>])(=?)(.+)")
_YEAR_SIGN = pattern("(?<=[0-9])年")
_STAGE = {status: number for number, status in enumerate(Status)}
_NUMBERS = pattern("([0-9]+)")
_ARTICLE = pattern(r"(?:the|an?) (?=\S)")
_LISTED = 8
_YEAR = 364  # days from the first to the last of one


class _Setting(NamedTuple):
    """What the meaning of a value depends on."""

    today: date
    labs: Mapping[str, Sequence[str]]


class Query(NamedTuple):
    """Terms that a paper meets or not; spelled in a row, they read back the same."""

    terms: tuple[Term, ...]
    tests: tuple[_Test, ...]
    """What they ask of a paper."""

    def values_of(self, field: str) -> tuple[str, ...]:
        """Return the values that the terms ask this field to have, those of negated terms not."""
        terms = (term for term in self.terms if term.field == NAMES[field] and not term.negated)
        return tuple(value for term in terms for value in term.values)


def parse(
    text_or_terms: str | Sequence[str], *, today: date, labs: Mapping[str, Sequence[str]] = {}
) -> Query:
    """Return the query that a text, or the words of a command line, spell.

    `labs` gives each lab's other names. PapertrackError names an unknown field or a bad value,
    and the nearest right one.
    """
    if isinstance(text_or_terms, str):
        terms = read_terms(text_or_terms)
    else:
        terms = read_arguments(text_or_terms)
    setting = _Setting(today, labs)
    tests = [_test(term, setting) for term in terms if term.field]
    if bare := [term for term in terms if not term.field]:
        tests.append(_anywhere(bare))
    return Query(terms, tuple(tests))


def select(papers: Iterable[Paper], query: Query) -> list[Paper]:
    """Return the papers of which every term of the query holds, in their order."""
    chosen = list(papers)
    for test in query.tests:
        chosen = [paper for paper in chosen if test(paper)]
    return chosen


def ordered(papers: Iterable[Paper], sort: Iterable[SortKey]) -> list[Paper]:
    """Return the papers sorted, equal ones in their old order, those without the field last.

    Texts as a reader sorts them: accents and punctuation aside, `Paper 2` before `Paper 10`,
    titles without `The` or `A` before them, authors by family name.
    """
    result = list(papers)
    for field, descending in reversed(tuple(sort)):
        valued = [(_sorted_by(paper, field), paper) for paper in result]
        absent = [paper for value, paper in valued if not value]
        present = [pair for pair in valued if pair[0]]
        present.sort(key=itemgetter(0), reverse=descending)
        result = [paper for _, paper in present] + absent
    return result


def check_names(query: Query, catalogue: Catalogue) -> None:
    """Refuse a lab or a tag that nobody has, and name the nearest.

    A lab of `[labs]` is known before it has papers; what a negated term names need not exist.
    """
    if wanted := query.values_of("lab"):
        labs = dict.fromkeys((*catalogue.labs, *(it.lab for it in catalogue.papers if it.lab)))
        _check("lab", wanted, [*labs], catalogue.lab_names, folding.fold_title)
    if wanted := query.values_of("tag"):
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
    nobodys = next((value for value in wanted if fold(value) not in known), None)
    if nobodys is None:
        return
    listed = f"the {field}s are {', '.join(names)}" if names else f"no paper has a {field} yet"
    if len(names) > _LISTED:
        listed = f"`papertrack {field}s` lists all {len(names)}"
    hint = folding.did_you_mean(nobodys, (*others, *names), listed)
    raise RefusedError(f'no {field} "{nobodys}": {hint}')


def _test(term: Term, setting: _Setting) -> _Test:
    make = _MAKERS[term.field or ""]
    tests = [make(value, setting) for value in term.values]
    if len(tests) == 1 and not term.negated:
        return tests[0]
    return lambda paper: any(test(paper) for test in tests) != term.negated


def _holding(value: str) -> Callable[[str], bool]:
    """Return the test whether a text holds the value as a reader would search it."""
    wanted = _squeezed(folding.fold(value))
    return lambda text: _Searched(text).holds(wanted)


class _Searched:
    """A text to search: folded only if the value does not stand there as it is."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower = text.lower()
        self._folded: str | None = None

    def holds(self, wanted: str) -> bool:
        """Say whether the text holds a folded value, any white space between its words."""
        if wanted in self._lower:
            return True
        if self._folded is None:
            plain = self._text.isascii()
            self._folded = _squeezed(self._lower if plain else folding.fold(self._text))
        return wanted in self._folded


def _squeezed(text: str) -> str:
    """Return the words with one blank between them, and none within Chinese: `李 明` is `李明`."""
    return without_blanks(" ".join(text.split()))


def _holds(field: str, value: str, _: _Setting) -> _Test:
    holds = _holding(value)

    def test(paper: Paper) -> bool:
        text = getattr(paper, field)
        return text is not None and holds(text)

    return test


def _some_hold(field: str, value: str, _: _Setting) -> _Test:
    holds = _holding(value)
    return lambda paper: any(map(holds, getattr(paper, field)))


def _author(value: str, _: _Setting) -> _Test:
    holds = _holding(value)
    return lambda paper: any(holds(it) or holds(shown_name(it)) for it in paper.authors)


def _own(value: str, _: _Setting) -> _Test:
    """Return the test for an own column: `Code` has one, `Code:github` has this text in it."""
    header, _colon, text = value.replace("：", ":").partition(":")
    whole, head, holds = folding.fold(value), folding.fold(header), _holding(text)

    def test(paper: Paper) -> bool:
        return any(
            folding.fold(name) == whole or (folding.fold(name) == head and holds(cell))
            for name, cell in paper.columns.items()
            if cell.strip()
        )

    return test


def _key(value: str, _: _Setting) -> _Test:
    wanted = folding.fold_name(value)
    return lambda paper: folding.fold_name(paper.key) == wanted


def _tag(value: str, _: _Setting) -> _Test:
    wanted = folding.fold_name(value)
    return lambda paper: wanted in map(folding.fold_name, paper.tags)


def _lab(value: str, setting: _Setting) -> _Test:
    folded = LabNames(setting.labs).folded
    wanted = folded(value)
    return lambda paper: paper.lab is not None and folded(paper.lab) == wanted


def _status(value: str, _: _Setting) -> _Test:
    wanted = status_of(value)
    if wanted is None:
        guess = folding.did_you_mean(value, Status, f"write one of {', '.join(Status)}")
        raise PapertrackError(f'status:{value}: no status "{value}": {guess}')
    return lambda paper: paper.status is wanted


def _identifier(
    field: str, normalise: Callable[[str], str | None], value: str, _: _Setting
) -> _Test:
    """Return the test for an identifier in any spelling, or for a part of one."""
    if wanted := identity_in(value) if normalise(value) else None:
        return lambda paper: wanted in identifiers_of(paper)
    return _holds(field, value, _)


def _number(field: str, shape: str, example: str, value: str, setting: _Setting) -> _Test:
    def read(text: str) -> tuple[int, int] | None:
        if re.fullmatch(shape, text):
            return int(text), int(text)
        span = parse_span(text, setting.today) if field == "year" else None
        whole = span is not None and (span.last - span.first).days >= _YEAR
        return (span.first.year, span.last.year) if span and whole else None

    bounds = _bounds(_YEAR_SIGN.sub("", folding.fold(value).strip()), read, 1)
    if bounds is None:
        raise PapertrackError(
            f'{field}:{value}: "{value}" is not a {field} or a range: write {field}:{example}, '
            f"{field}:..{example} or {field}:{example}.."
        )
    return _between(field, value, *bounds)


def _day(field: str, value: str, setting: _Setting) -> _Test:
    bounds = _bounds(
        folding.fold(value).strip(), partial(parse_span, today=setting.today), timedelta(days=1)
    )
    if bounds is None:
        raise PapertrackError(
            f'{field}:{value}: "{value}" is not a date or a range: write {field}:2023-03, '
            f"{field}:-2w.. or {field}:2023..2024-06; a date is {FORMS}, this-week, last-month, "
            "a month or a year"
        )
    return _between(field, value, *bounds)


def _bounds(
    text: str, read: Callable[[str], tuple[_Value, _Value] | None], step: _Step
) -> tuple[_Value | None, _Value | None] | None:
    """Return the first and the last value of a range, None where it is open; None for no range.

    `2020`, `2020..2022`, `2020..`, `2020-2022`, `>=2020`, `<2020`; `read` gives what the text of
    one end covers, and `step` is from one value to the next.
    """
    if bound := _BOUND.fullmatch(text):
        covered = read(bound[3].strip())
        if covered is None:
            return None
        first, last = covered
        try:
            if bound[1] == ">":
                return (first if bound[2] else last + step), None
            return None, (last if bound[2] else first - step)
        except OverflowError:  # before the first day there is
            return None
    hyphened = _YEARS.fullmatch(text)
    ends = hyphened.groups() if hyphened else [end.strip() for end in _RANGE.split(text)]
    covered_by = [read(end) if end else None for end in ends]
    wrong = any(end and not covered for end, covered in zip(ends, covered_by, strict=True))
    if wrong or len(ends) > 2 or not any(ends):  # a range has two ends
        return None
    low, high = covered_by[0], covered_by[-1]
    return (low[0] if low else None), (high[1] if high else None)


def _between(field: str, value: str, low: _Value | None, high: _Value | None) -> _Test:
    if low is not None and high is not None and low > high:
        raise PapertrackError(f"{field}:{value}: this range ends before it begins: swap its ends")

    def test(paper: Paper) -> bool:
        own = getattr(paper, field)
        return own is not None and (low is None or low <= own) and (high is None or own <= high)

    return test


def _presence(word: str, value: str, setting: _Setting) -> _Test:
    wanted = word == "has"
    name, colon, own = value.replace("：", ":").partition(":")
    field = NAMES.get(name.lower())
    if field == OWN and colon:
        has_own = _own(own, setting)
        return lambda paper: has_own(paper) is wanted
    if field is None or field in PRESENCE or colon:
        near = folding.nearest(value, (name for name in NAMES if name not in PRESENCE))
        guess = f"did you mean {word}:{near[0]}?" if near else f"write {word}:year or {word}:notes"
        raise PapertrackError(f'{word}:{value}: no field "{value}": {guess}')
    attribute = "columns" if field == OWN else field
    return lambda paper: bool(getattr(paper, attribute)) is wanted


def _anywhere(terms: Iterable[Term]) -> _Test:
    """Return the test for all terms of bare words: each text is made, and folded, once a paper."""
    asked = [(term.negated, [_Bare.of(value) for value in term.values]) for term in terms]

    def test(paper: Paper) -> bool:
        text = _Searched("\0".join(_visible(paper)))
        return all(any(it.is_in(paper, text) for it in bare) != negated for negated, bare in asked)

    return test


def _visible(paper: Paper) -> Iterator[str]:
    yield from (paper.key, paper.title, paper.source)
    yield from filter(
        None, (paper.name, paper.lab, paper.doi, paper.arxiv, paper.summary, paper.notes)
    )
    for name in paper.authors:
        yield name
        if "," in name:
            yield shown_name(name)
    yield from paper.tags
    yield from paper.columns.values()


class _Bare(NamedTuple):
    """A bare word or phrase: text, and an identifier or an address if it reads like one."""

    text: str
    identity: tuple[Identity, str] | None
    address: Callable[[str], bool] | None

    @classmethod
    def of(cls, value: str) -> "_Bare":
        """Return the value made ready to be searched."""
        address = _holding(value) if "://" in value else None
        return cls(_squeezed(folding.fold(value)), identity_in(value), address)

    def is_in(self, paper: Paper, text: _Searched) -> bool:
        """Say whether the paper holds it."""
        if text.holds(self.text):
            return True
        if self.identity and self.identity in identifiers_of(paper):
            return True
        return self.address is not None and any(map(self.address, paper.links))


def _sorted_by(paper: Paper, field: str) -> tuple[object, ...]:
    """Return what the paper is sorted by, nothing for absence."""
    kind, _, header = field.partition(":")
    value = paper.columns.get(header) if kind == OWN else getattr(paper, field)
    match value:
        case Status():
            return (_STAGE[value],)
        case None | () | "":
            return ()
        case str():
            return _natural(value)
        case tuple():
            if field == "authors":
                value = tuple(map(" ".join, zip(family_names(value), value, strict=True)))
            return tuple(map(_natural, value))
        case int():
            return (value,)
        case _:
            return (value.toordinal(),)


def _natural(text: str) -> tuple[object, ...]:
    """Return a text as it is sorted: words and numbers in turn, a number by its size."""
    words = _ARTICLE.sub("", folding.title_words(text), count=1) or folding.fold(text)
    parts = _NUMBERS.split(words)
    parts[1::2] = [f"{len(digits.lstrip('0')):05}{digits.lstrip('0')}" for digits in parts[1::2]]
    return tuple(parts)


_MAKERS: Mapping[str, Callable[[str, _Setting], _Test]] = {
    "key": _key,
    "name": partial(_holds, "name"),
    "title": partial(_holds, "title"),
    "authors": _author,
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
    OWN: _own,
}
