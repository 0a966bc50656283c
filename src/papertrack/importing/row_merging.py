"""A row of a file, what the file said last, and the catalogue: what becomes of each field."""

from typing import NamedTuple

from papertrack.authors import abbreviates, shown_name
from papertrack.folding import fold_title
from papertrack.models import FIELDS, LISTS, SUBTABLES, Paper
from papertrack.sources import is_same_venue
from papertrack.status import Status
from papertrack.three_way import merge_sets
from papertrack.typed import Value

Values = dict[str, Value]
"""The fields that are there, by name, and what stands in sub-tables as `columns:HEADER`; `to-read`
is what a paper without a status is."""

_SETS = ("links", "tags")
"""The fields whose texts come and go one by one."""
_WHOLE = tuple(name for name in FIELDS if name not in ("key", *_SETS))
SOURCE = ("venue", "year")
"""Written as one."""


class Difference(NamedTuple):
    """A field that the row and the catalogue both have, and not the same."""

    field: str
    new: Value | None
    """What the row says."""
    known: Value | None
    """What the catalogue has."""


class MergedRow(NamedTuple):
    """What the row changes in the catalogue, and what it cannot."""

    changes: dict[str, Value | None]
    """None takes the field away."""
    differences: tuple[Difference, ...]


def values_of(paper: Paper) -> Values:
    """Return what there is of the paper: its fields without key, absence and `to-read`."""
    values: Values = {}
    for name in FIELDS[1:]:
        if (value := getattr(paper, name)) not in (None, (), Status.TO_READ):
            values[name] = value
    for table in SUBTABLES:
        values |= {f"{table}:{name}": text for name, text in getattr(paper, table).items()}
    return values


def unsaid(last: Values, row: Values) -> Values:
    """Return what a file said last and does not say now: beside that, the whole row is news."""
    left = {name: value for name, value in last.items() if name not in row}
    for name in _SETS:
        if gone := tuple(text for text in _texts(last, name) if text not in _texts(row, name)):
            left[name] = gone
    return left


def merged_row(
    paper: Paper, row: Values, last: Values, *, by_hand: bool = False, exact: bool = False
) -> MergedRow:
    """Return what becomes of the catalogue's paper when a row says this.

    A field that the row has not changed since `last` stays; one that the catalogue has not
    changed since takes the row's value, and what the catalogue lacks is filled in so, since a row
    never imported said nothing; one that both changed is a difference, unless it is spelled
    another way and not to be `exact`. What is `by_hand` counts as it is written, `et al.` too.
    """
    if row == last:
        return MergedRow({}, ())
    now = values_of(paper)
    changes: dict[str, Value | None] = {}
    differences: list[Difference] = []
    inside = [name for name in {**now, **last, **row} if ":" in name]  # a sub-table
    for name in (*_WHOLE, *inside):
        new, before, own = (values.get(name) for values in (row, last, now))
        same = _same_cell if ":" in name else _same
        # The row says what it said last time, or what the catalogue says already, or less.
        says_less = not by_hand and _is_abbreviated(name, new, own)
        if same(new, before) or same(new, own) or says_less:
            continue
        # Only the row has changed it, or says more; else both have, and a person decides.
        if _same(own, before) or _is_abbreviated(name, own, new):
            changes[name] = new
        elif by_hand or exact or not _is_respelt(name, new, own):
            differences.append(Difference(name, new, own))
    # Half of a source from elsewhere would be one that nobody named: both halves wait then.
    differing = {difference.field for difference in differences}
    for name, other in (SOURCE, SOURCE[::-1]):
        if other in differing and name in changes:
            differences.append(Difference(name, changes.pop(name), now.get(name)))
    for name in _SETS:
        before_it, ours, theirs = (_texts(values, name) for values in (last, now, row))
        if (joined := _joined(before_it, ours, theirs)) != ours:
            changes[name] = joined
    _let_dates_follow(changes)
    return MergedRow(changes, tuple(differences))


def taken_from(difference: Difference) -> dict[str, Value | None]:
    """Return the changes that take the row's value."""
    changes = {difference.field: difference.new}
    _let_dates_follow(changes)
    return changes


def changed_paper(paper: Paper, changes: dict[str, Value | None]) -> Paper:
    """Return the paper with these changes made; None leaves a field absent."""
    absent = {"status": Status.TO_READ, **dict.fromkeys(LISTS, ())}
    values: dict[str, object] = {}
    for whole, value in changes.items():
        table, inside, name = whole.partition(":")
        if not inside:
            values[whole] = absent.get(whole) if value is None else value
            continue
        texts = values.setdefault(table, dict(getattr(paper, table)))
        if isinstance(texts, dict):
            texts[name] = value
            values[table] = {each: text for each, text in texts.items() if text is not None}
    return paper.model_copy(update=values)


def _joined(last: tuple[str, ...], now: tuple[str, ...], row: tuple[str, ...]) -> tuple[str, ...]:
    """Return what comes of three sets; one that replaces another stands in its place."""
    joined = merge_sets(last, now, row)
    gone = [text for text in now if text not in joined]
    new = [text for text in joined if text not in now]
    if len(gone) == len(new) == 1:
        return tuple(new[0] if text == gone[0] else text for text in now)
    return tuple(joined)


def _let_dates_follow(changes: dict[str, Value | None]) -> None:
    """Take away the dates that the new status cannot have; the day of a change is not known."""
    status = changes.get("status", Status.DONE)
    if status != Status.DONE:
        changes.setdefault("finished", None)
    if status is None:
        changes.setdefault("started", None)


def _is_abbreviated(name: str, one: Value | None, other: Value | None) -> bool:
    """Say whether `et al.` stands for some of the other authors."""
    if not (name == "authors" and isinstance(one, tuple) and isinstance(other, tuple)):
        return False
    return abbreviates(one, other)


def _is_respelt(name: str, one: Value | None, other: Value | None) -> bool:
    """Say whether two titles differ in case and signs only, or two names are of one venue."""
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    if name == "title":
        return fold_title(one) == fold_title(other)
    return name == "venue" and is_same_venue(one, other)


def _same(one: Value | None, other: Value | None) -> bool:
    return one == other or _squeezed(one) == _squeezed(other)


def _same_cell(one: Value | None, other: Value | None) -> bool:
    """Say whether two cells say the same, wherever their lines end."""
    return "".join(_squeezed(one)) == "".join(_squeezed(other))


def _squeezed(value: Value | None) -> list[str]:
    """Return the words, so that white space is no difference, nor `Lee, Ann` from `Ann Lee`."""
    if isinstance(value, tuple):
        return " ".join(map(shown_name, value)).split()
    return [] if value is None else str(value).split()


def _texts(values: Values, name: str) -> tuple[str, ...]:
    texts = values.get(name, ())
    return texts if isinstance(texts, tuple) else (str(texts),)
