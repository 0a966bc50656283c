"""Values that say nothing, and keys that mean nothing."""

from collections.abc import Iterator, Mapping
from operator import attrgetter

from papertrack.catalogue import unknown_keys
from papertrack.checks.finding import FEW, Problem, Subject, giving
from papertrack.fields import Value
from papertrack.folding import nearest
from papertrack.models import FIELDS, LISTS, Look, Paper
from papertrack.nothing import is_nothing

_TEXTS = ("name", "lab", "venue", "doi", "arxiv", "summary", "notes")
_texts_of, _lists_of = attrgetter(*_TEXTS), attrgetter(*LISTS)
_SETTINGS = ("paper", "title", "labs", "markdown", "check", "files", "ignore", *Look.model_fields)


def empty_title(subject: Subject) -> Iterator[Problem]:
    """Find papers whose title is empty, or a word for nothing such as `NULL`."""
    for paper in subject.catalogue.papers:
        if is_nothing(paper.title):
            yield Problem(
                f'title "{paper.title}" says nothing',
                f"`papertrack edit {paper.key} --set title=…`, or `papertrack remove {paper.key}`",
                paper.key,
                "title",
            )


def empty_value(subject: Subject) -> Iterator[Problem]:
    """Find fields that hold nothing, or a word for it such as `NULL`, many of them as one."""
    found: dict[str, dict[str, Value | None]] = {}
    for paper in subject.catalogue.papers:
        for field, value in _empty(paper):
            found.setdefault(field, {})[paper.key] = value
    for field, values in found.items():
        yield from _left_out(field, values)


def unknown_key(subject: Subject) -> Iterator[Problem]:
    """Find keys that papertrack does not know; they stay in the file and are not used."""
    for line, where, key in unknown_keys(subject.text):
        near = nearest(key, FIELDS if where.startswith("paper") else _SETTINGS)
        advice = f"did you mean {near[0]}?" if near else "it stays in the file and is not used"
        yield Problem(f'key "{key}" of {where} is not known', advice, line=line)


def _left_out(field: str, values: Mapping[str, Value | None]) -> Iterator[Problem]:
    """Give the problems of one field, with what remains of it in each paper."""
    if len(values) <= FEW:
        for key, value in values.items():
            mend = giving({key: {field: value}})
            yield Problem(f"{field} holds nothing", "leave it out", key, field, mend=mend)
        return
    yield Problem(
        f"{field} holds nothing, nor in {len(values) - 1:,} more papers",
        "leave it out",
        next(iter(values)),
        field,
        mend=giving({key: {field: value} for key, value in values.items()}),
    )


def _empty(paper: Paper) -> Iterator[tuple[str, Value | None]]:
    """Give the fields that hold nothing, with what remains of them."""
    for field, text in zip(_TEXTS, _texts_of(paper), strict=True):
        if text is not None and is_nothing(text):
            yield field, None
    for field, items in zip(LISTS, _lists_of(paper), strict=True):
        kept = tuple(item for item in items if not is_nothing(item))
        if len(kept) < len(items):
            yield field, kept or None
