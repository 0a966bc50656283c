"""A paper changed field by field, as somebody types it on the command line."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from papertrack import fields, noting, query
from papertrack.catalogue import Draft, locate, read, unknown_keys
from papertrack.errors import Fault, PapertrackError, RefusedError
from papertrack.folding import fold_name
from papertrack.labs import LabNames
from papertrack.models import Paper
from papertrack.status import Dates, Status, dates_after

_COMMA = re.compile("[,，]")
_SPLIT = ("authors", "tags")
"""The lists whose texts hold no comma; an address may."""
_KEPT = ("key", "title")
"""The fields that every paper has."""


class Wishes(NamedTuple):
    """What is to become of a paper."""

    values: Mapping[str, fields.Value | None] = {}
    """New values by field; None takes the field away."""
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    note: str | None = None
    """A line for its notes, dated then."""


class Edited(NamedTuple):
    """A paper before and after."""

    before: Paper
    after: Paper


def typed_wishes(
    *,
    setting: Iterable[str] = (),
    unset: Iterable[str] = (),
    add_tags: Iterable[str] = (),
    remove_tags: Iterable[str] = (),
    today: date,
) -> Wishes:
    """Return what `FIELD=VALUE` and the like ask for; PapertrackError where it makes no sense.

    `tags` and `authors` are several between commas; `links=` may be given more than once.
    """
    values: dict[str, fields.Value | None] = {}
    for assignment in setting:
        word, equals, text = assignment.partition("=")
        if not equals:
            raise PapertrackError(f'"{assignment}" sets nothing: write --set year=2023')
        field = fields.field_named(word)
        value = _parsed(field, text, today)
        before = values.get(field)
        if before is not None and not (field == "links" and isinstance(before, tuple)):
            raise PapertrackError(f"{field} is set twice: give it once")
        values[field] = _joined(before, value)
    for word in unset:
        field = fields.field_named(word)
        if field in _KEPT:
            raise PapertrackError(f"a paper has a {field}: --set {field}=… changes it")
        if field in values:
            raise PapertrackError(f"{field} is both set and unset: give one of them")
        values[field] = None
    return Wishes(values, _tags(add_tags, today), _tags(remove_tags, today))


def carry_out(draft: Draft, paper: Paper, wishes: Wishes, today: date) -> Edited:
    """Change the paper in the draft; a new status brings its dates, a lab gets its own name.

    Raises RefusedError where a new key is taken, or nobody has a tag that is to go.
    """
    changes: dict[str, fields.Value | None] = {**_dates(paper, wishes, today), **wishes.values}
    key = changes.get("key")
    if key != paper.key and key in {other.key for other in draft.catalogue.papers}:
        raise RefusedError(f"the key {key} is taken: see papertrack show {key}")
    if lab := changes.get("lab"):
        changes["lab"] = LabNames(draft.catalogue.labs).own(str(lab))
    if wishes.add_tags or wishes.remove_tags:
        _check_tags(draft, wishes.remove_tags, today)
        tags = changes.get("tags", paper.tags)
        changes["tags"] = _retagged(tags if isinstance(tags, tuple) else (), wishes)
    if wishes.note is not None:
        changes["notes"] = noting.with_line(paper.notes, wishes.note, today)
    return Edited(paper, draft.change(paper.key, changes))


def piece_of(draft: Draft, key: str) -> str | None:
    """Return the paper's own text, None where there is no such paper any more."""
    there = any(paper.key == key for paper in draft.catalogue.papers)
    return draft.piece(key) if there else None


def piece_faults(text: str, key: str, piece: str) -> list[Fault]:
    """Return what keeps the text of one paper from taking its place in the catalogue's text.

    Lines are the piece's own.
    """
    reading = read(piece)
    if reading.faults:
        return list(reading.faults)
    if not reading.catalogue.papers:
        return [Fault(1, f"no [[paper]] is left: papertrack remove {key} removes a paper")]
    try:
        Draft(text).replace_piece(key, piece)
    except PapertrackError as error:
        typed = reading.catalogue.papers[0].key
        line = locate(piece).of(typed, "key") if typed != key else 1
        return [Fault(line, said) for said in (error.message, *error.details)]
    return []


def new_strange_keys(before: str, after: str) -> list[str]:
    """Return the keys that nobody knows in the text of a paper, but for those it had before."""
    had = {name for _, _, name in unknown_keys(before)}
    return [name for _, _, name in unknown_keys(after) if name not in had]


def _parsed(field: str, text: str, today: date) -> fields.Value:
    if not text.strip():
        hint = f"--unset {field} takes it away" if field not in _KEPT else "write what it is"
        raise PapertrackError(f"nothing follows {field}=: {hint}")
    if field in _SPLIT:
        return _split(field, text, today)
    return fields.parse(field, text, today=today)


def _split(field: str, text: str, today: date) -> tuple[str, ...]:
    """Return the texts between the commas, each once; PapertrackError where there is none."""
    parts = [part for part in _COMMA.split(text) if part.strip()] or [""]
    values = (fields.parse(field, part, today=today) for part in parts)
    texts = (each for value in values if isinstance(value, tuple) for each in value)
    return tuple(dict.fromkeys(texts))


def _joined(before: fields.Value | None, value: fields.Value) -> fields.Value:
    if isinstance(before, tuple) and isinstance(value, tuple):
        return (*before, *value)
    return value


def _tags(typed: Iterable[str], today: date) -> tuple[str, ...]:
    return tuple(tag for text in typed for tag in _split("tags", text, today))


def _dates(paper: Paper, wishes: Wishes, today: date) -> dict[str, date | None]:
    if "status" not in wishes.values:
        return {}
    status = Status(str(wishes.values["status"] or Status.TO_READ))
    if status is paper.status:
        return {}
    return dates_after(status, Dates(paper.started, paper.finished), today)._asdict()


def _check_tags(draft: Draft, tags: Iterable[str], today: date) -> None:
    """Refuse a tag that nobody has; that this paper lacks it is no trouble."""
    for tag in tags:
        query.check_names(query.parse(query.term("tag", tag), today=today), draft.catalogue)


def _retagged(tags: Sequence[str], wishes: Wishes) -> tuple[str, ...]:
    gone = set(map(fold_name, wishes.remove_tags))
    kept = [tag for tag in tags if fold_name(tag) not in gone]
    there = set(map(fold_name, kept))
    for tag in wishes.add_tags:
        if fold_name(tag) not in there:
            there.add(fold_name(tag))
            kept.append(tag)
    return tuple(kept)
