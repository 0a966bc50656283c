"""How the rows in a file differ from those of the catalogue, and whose change that was.

Only a digest is kept of what was generated last. It is enough: where a mixture of the rows in
the file and the rows from the catalogue has that digest, the mixture is what was generated, and
what differs from it in the file was changed by hand.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from papertrack.blocks.rows import Row, digest, digest_of, readable, said
from papertrack.markdown.writing import Part
from papertrack.models import Paper

_MOST_MIXTURES = 4096
_MOST_CHARACTERS = 50_000_000
_MOST_COMPARED = 2500
_ALIKE = 0.75
_TELLING = 30


class Change(NamedTuple):
    """A row that is not the same in the file and from the catalogue."""

    here: Row | None
    """In the file; None for a row that only the catalogue makes."""
    there: Row | None
    """From the catalogue; None for a row that only the file has."""
    columns: tuple[int, ...] = ()
    """Which cells differ, from 0, in a row that both have."""

    @property
    def paper(self) -> Paper | None:
        """The paper that the row is of, if the catalogue has it."""
        return self.there.paper if self.there else None

    @property
    def name(self) -> str:
        """What the row is called in a message."""
        row = self.there or self.here
        if row is None or row.part is Part.HEADER:
            return "the header"
        if row.paper:
            return row.paper.label
        return f"heading {readable(row.cells[0])}" if row.part else _shortly(row)


class Changes(NamedTuple):
    """What differs between a block's rows and the catalogue's."""

    pairs: tuple[tuple[Row | None, Row | None], ...]
    """Every row, found and made, side by side."""
    moved: bool
    """Whether rows that are on both sides stand in another order."""
    changes: tuple[Change, ...]


class ByHand(NamedTuple):
    """What somebody changed in the file since it was generated."""

    changes: tuple[Change, ...]
    certain: bool
    """False where the catalogue may have changed some of it since."""


def compare(here: Sequence[Row], there: Sequence[Row], title: int) -> Changes:
    """Return the rows side by side; `title` is the column that says which paper a row is of."""
    partner = _partners(here, there, title)
    lonely = sorted(set(range(len(here))) - set(partner.values()), reverse=True)
    pairs: list[tuple[Row | None, Row | None]] = []
    for at, row in enumerate(there):
        place = partner.get(at)
        while place is not None and lonely and lonely[-1] < place:
            pairs.append((here[lonely.pop()], None))
        pairs.append((None if place is None else here[place], row))
    pairs += [(here[place], None) for place in reversed(lonely)]
    order = [partner[at] for at in sorted(partner)]
    changes = [Change(*pair, _columns(*pair)) for pair in pairs if not _equal(*pair)]
    return Changes(tuple(pairs), order != sorted(order), tuple(changes))


def by_hand(compared: Changes, generated: str | None) -> ByHand:
    """Return the changes made in the file, given the digest of what was generated last."""
    changes = compared.changes
    there = [row for _, row in compared.pairs if row]
    if generated is None or digest(there) == generated:  # the catalogue is as it was
        return ByHand(changes, certain=generated is not None)
    if compared.moved:
        return ByHand(changes, certain=False)
    mixture = _generated(compared, generated)
    if mixture is None:
        return ByHand(changes, certain=False)
    mine = [
        change._replace(columns=tuple(at for at in change.columns if at not in old.stale))
        for change, old in zip(changes, mixture, strict=True)
        if old.by_hand
    ]
    return ByHand(tuple(mine), certain=True)


class _Old(NamedTuple):
    """One way in which a row that differs may have been generated."""

    said: str | None
    stale: tuple[int, ...]
    """The columns where the file still says what was generated."""
    by_hand: bool
    """Whether the file's row then differs from what was generated."""


def _generated(compared: Changes, generated: str) -> tuple[_Old, ...] | None:
    """Return how each changed row was generated, or None if no mixture has the digest."""
    options = [_options(change) for change in compared.changes]
    length = sum(len(row.said) for pair in compared.pairs if (row := pair[1] or pair[0]))
    mixtures = prod(map(len, options))
    if mixtures > min(_MOST_MIXTURES, _MOST_CHARACTERS // max(length, 1)):
        return None
    pieces = _fixed(compared.pairs)
    for mixture in product(*options):
        texts = [pieces[0]]
        for old, piece in zip(mixture, pieces[1:], strict=True):
            texts += ([old.said] if old.said is not None else [], piece)
        if digest_of(text for piece in texts for text in piece) == generated:
            return mixture
    return None


def _fixed(pairs: Iterable[tuple[Row | None, Row | None]]) -> list[list[str]]:
    """Return the runs of equal rows before, between and after those that differ."""
    pieces: list[list[str]] = [[]]
    for here, there in pairs:
        if here and there and here.said == there.said:
            if pieces[-1]:
                pieces[-1][0] += f"\n{here.said}"
            else:
                pieces[-1].append(here.said)
        else:
            pieces.append([])
    return pieces


def _options(change: Change) -> list[_Old]:
    here, there = change.here, change.there
    if here is None or there is None:
        ours = _Old(there.said if there else None, (), by_hand=True)
        theirs = _Old(here.said if here else None, (), by_hand=False)
        return [ours, theirs]
    if len(here.cells) != len(there.cells):
        return [_Old(there.said, (), by_hand=True), _Old(here.said, change.columns, by_hand=False)]
    options = []
    for kept in product((False, True), repeat=min(len(change.columns), 12)):
        stale = tuple(at for at, keep in zip(change.columns, kept, strict=False) if keep)
        cells = [here.cells[at] if at in stale else cell for at, cell in enumerate(there.cells)]
        options.append(_Old(said(cells), stale, by_hand=len(stale) < len(change.columns)))
    return options


def _partners(here: Sequence[Row], there: Sequence[Row], title: int) -> dict[int, int]:
    """Return which row in the file stands for which row from the catalogue, by their places."""
    partner: dict[int, int] = {}
    _join(here, there, partner, lambda row: row.said)
    _join(here, there, partner, lambda row: _title(row, title))
    if here and there and 0 not in partner and 0 not in partner.values():
        partner[0] = 0  # a header whose words were changed
    _join_alike(here, there, partner, title)
    return partner


def _join(
    here: Sequence[Row],
    there: Sequence[Row],
    partner: dict[int, int],
    name: Callable[[Row], str],
) -> None:
    """Make partners of rows that have the same name and no partner, in their order."""
    places: dict[str, list[int]] = defaultdict(list)
    taken = set(partner.values())
    for place in range(len(here) - 1, -1, -1):
        if place not in taken:
            places[name(here[place])].append(place)
    for at, row in enumerate(there):
        if at not in partner and (named := name(row)) and (waiting := places.get(named)):
            partner[at] = waiting.pop()


def _join_alike(
    here: Sequence[Row], there: Sequence[Row], partner: dict[int, int], title: int
) -> None:
    """Make partners of the rows of papers whose title was changed, the most alike first."""
    taken = set(partner.values())
    left = [place for place in range(len(here)) if place not in taken]
    right = [at for at, row in enumerate(there) if at not in partner and row.paper]
    if not left or not right or len(left) * len(right) > _MOST_COMPARED:
        return
    from difflib import SequenceMatcher  # slow to import, needed for changed titles

    matcher = SequenceMatcher(autojunk=False)
    scores = []
    for at in right:
        matcher.set_seq2(_title(there[at], title)[:200])
        for place in left:
            matcher.set_seq1(_title(here[place], title)[:200])
            ratio = matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
            if ratio >= _ALIKE or _shared(here[place], there[at]) >= _TELLING:
                scores.append((-ratio, abs(at - place), at, place))
    for *_, at, place in sorted(scores):
        if at not in partner and place not in taken:
            partner[at] = place
            taken.add(place)


def _shared(here: Row, there: Row) -> int:
    """Return how many characters two rows have in cells that are the same."""
    pairs = zip(here.cells, there.cells, strict=False)
    return sum(len(cell) for cell, other in pairs if said((cell,)) == said((other,)))


def _title(row: Row, title: int) -> str:
    return said(row.cells[title : title + 1]) if title < len(row.cells) else ""


def _equal(here: Row | None, there: Row | None) -> bool:
    return here is not None and there is not None and here.said == there.said


def _columns(here: Row | None, there: Row | None) -> tuple[int, ...]:
    if here is None or there is None:
        return ()
    width = max(len(here.cells), len(there.cells))
    pairs = ((at, here.cells[at : at + 1], there.cells[at : at + 1]) for at in range(width))
    return tuple(at for at, cell, other in pairs if said(cell) != said(other))


def _shortly(row: Row) -> str:
    return " | ".join(readable(cell) for cell in row.cells[:2])
