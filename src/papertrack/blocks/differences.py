r"""The rows of a block as they stand in a file, beside those that the catalogue makes.

Rows are compared by what their cells show: padding, the delimiter row's colons, escapes that
change nothing and angle brackets around an address do not count, so that a formatter's work is no
hand edit.

Only a digest is kept of what was generated last. It is enough: where a mixture of the rows in
the file and the rows from the catalogue has that digest, the mixture is what was generated, and
what differs from it in the file was changed by hand.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from papertrack.errors import on_one_line
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.markdown.escaping import PIPE, plain
from papertrack.markdown.writing import Line, Part
from papertrack.models import Paper
from papertrack.patterns import pattern

DELIMITER = pattern(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?")
"""The row below a table's header."""
_IN_ANGLES = pattern(r"<(https?://[^\s<>]*)>")
_TARGET = pattern(r"\]\(<?([^\s()<>]+)")
_DIGEST_BYTES = 6
_WIDE = 60
_MOST_MIXTURES = 4096
_MOST_CHARACTERS = 50_000_000
_MOST_COMPARED = 2500
_ALIKE = 0.75
_TELLING = 30


class BlockRow(NamedTuple):
    """One line of a block, made or read."""

    cells: tuple[str, ...]
    """Markdown without padding; of a line that is no row, the line."""
    shows: str
    """What rows are compared by."""
    line: int = 0
    """Where it stands in the file, from 1."""
    paper: Paper | None = None
    part: Part | None = None


class RowChange(NamedTuple):
    """A row that is not the same in the file and from the catalogue."""

    old: BlockRow | None
    """In the file; None for a row that only the catalogue makes."""
    new: BlockRow | None
    """From the catalogue; None for a row that only the file has."""
    columns: tuple[int, ...] = ()
    """Which cells differ, from 0, in a row that both have."""

    @property
    def paper(self) -> Paper | None:
        """The paper that the row is of, if the catalogue has it."""
        return self.new.paper if self.new else None

    @property
    def name(self) -> str:
        """What the row is called in a message."""
        row = self.new or self.old
        if row is None or row.part is Part.HEADER:
            return "the header"
        if row.paper:
            return row.paper.label
        if row.part:
            return f"heading {readable(row.cells[0])}"
        return " | ".join(readable(cell) for cell in row.cells[:2])


class Differences(NamedTuple):
    """What differs between a block's rows and the catalogue's."""

    pairs: tuple[tuple[BlockRow | None, BlockRow | None], ...]
    """Every row, in the file and from the catalogue, side by side."""
    changes: tuple[RowChange, ...]


class ByHand(NamedTuple):
    """What somebody changed in the file since it was generated."""

    changes: tuple[RowChange, ...]
    certain: bool
    """False where the catalogue may have changed some of it since."""


def made_rows(lines: Iterable[Line]) -> list[BlockRow]:
    """Return the rows of tables that were just made."""
    return [
        BlockRow(line.cells, comparison_text(line.cells), 0, line.paper, line.part)
        for line in lines
    ]


def rows_in(text: str, first: int) -> list[BlockRow]:
    """Return the rows in a block's text, whose first line has this number."""
    rows: list[BlockRow] = []
    height = 0  # how many lines the table has so far
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, first):
        bare = line.strip(" \t")
        height = height + 1 if "|" in bare else 0
        if not bare or (height == 2 and DELIMITER.fullmatch(bare)):  # below the header
            continue
        cells = cells_in(bare)
        rows.append(BlockRow(cells, comparison_text(cells), number))
    return rows


def cells_in(line: str) -> tuple[str, ...]:
    """Return the cells of a row, cut as GFM cuts it (section 4.10)."""
    if "|" not in line:
        return (line,)
    cells = line.split("|") if "\\" not in line else PIPE.split(line)
    if not cells[0].strip(" \t"):
        del cells[0]
    if cells and not cells[-1].strip(" \t"):
        del cells[-1]
    return tuple([cell.strip(" \t") for cell in cells])


def digest(rows: Iterable[BlockRow]) -> str:
    """Return what tells these rows from any others, in 12 hexadecimal digits."""
    return _digest_of(row.shows for row in rows)


def fits(rows: Sequence[BlockRow], last_digest: str | None) -> bool:
    """Say whether the digest is of these rows; papertrack 0.1 counted `<…>` around addresses."""
    if last_digest is None:
        return False
    if digest(rows) == last_digest:
        return True
    if not any("<http" in cell for row in rows for cell in row.cells):
        return False
    return _digest_of(_without_escapes(row.cells) for row in rows) == last_digest


def _digest_of(texts: Iterable[str]) -> str:
    from hashlib import blake2b  # only where blocks are written or checked

    whole = "\n".join(texts).encode("utf-8", "surrogatepass")
    return blake2b(whole, digest_size=_DIGEST_BYTES).hexdigest()


def comparison_text(cells: Sequence[str]) -> str:
    """Return what is compared of a row: blanks run together, escapes undone but before pipes."""
    text = _without_escapes(cells)
    return _IN_ANGLES.sub(r"\1", text) if "<http" in text else text


def _without_escapes(cells: Sequence[str]) -> str:
    text = " ".join(f"| {' | '.join(cells)} |".split())
    if "\\" not in text and "&" not in text:
        return text
    return "\\|".join(map(plain, text.split("\\|")))


def readable(cell: str) -> str:
    """Return a cell for a message: on one line, not too long."""
    return on_one_line(plain(cell), _WIDE)


def compare(old: Sequence[BlockRow], new: Sequence[BlockRow], title: int) -> Differences:
    """Return the rows side by side; `title` is the column that says which paper a row is of."""
    partner = _partners(old, new, title)
    lonely = sorted(set(range(len(old))) - set(partner.values()), reverse=True)
    pairs: list[tuple[BlockRow | None, BlockRow | None]] = []
    # The rows of the catalogue keep their order; a row that only the file has stands before the
    # first partner that follows it there, so that a message reads like the file.
    for at, row in enumerate(new):
        place = partner.get(at)
        while place is not None and lonely and lonely[-1] < place:
            pairs.append((old[lonely.pop()], None))
        pairs.append((None if place is None else old[place], row))
    pairs += [(old[place], None) for place in reversed(lonely)]
    changes = [
        RowChange(row, other, _columns(row, other))
        for row, other in pairs
        if row is None or other is None or row.shows != other.shows
    ]
    return Differences(tuple(pairs), tuple(changes))


def by_hand(compared: Differences, last_digest: str | None) -> ByHand:
    """Return the changes made in the file, given the digest of what was generated last."""
    changes = compared.changes
    new = [row for _, row in compared.pairs if row]
    # Without a digest every difference may be a hand edit; where the catalogue still makes what
    # was generated last, every difference is one.
    if last_digest is None or fits(new, last_digest):  # the catalogue is as it was
        return ByHand(changes, certain=last_digest is not None)
    # Both have changed: which cells are whose is what the mixture with the old digest tells.
    mixture = _mixture_of(compared, last_digest)
    if mixture is None:
        return ByHand(changes, certain=False)
    mine = [
        change._replace(columns=tuple(at for at in change.columns if at not in origin.stale))
        for change, origin in zip(changes, mixture, strict=True)
        if origin.by_hand
    ]
    return ByHand(tuple(mine), certain=True)


class _Origin(NamedTuple):
    """One way in which a row that differs may have been generated."""

    shows: str | None
    stale: tuple[int, ...]
    """The columns where the file still says what was generated."""
    by_hand: bool
    """Whether the file's row then differs from what was generated."""


def _mixture_of(compared: Differences, last_digest: str) -> tuple[_Origin, ...] | None:
    """Return how each changed row was generated, or None if no mixture has the digest."""
    options = [_options(change) for change in compared.changes]
    length = sum(len(row.shows) for pair in compared.pairs if (row := pair[1] or pair[0]))
    mixtures = prod(map(len, options))
    # Every mixture is hashed whole, so both their number and their length are bounded.
    if mixtures > min(_MOST_MIXTURES, _MOST_CHARACTERS // max(length, 1)):
        return None
    # Rows that are equal on both sides are joined once, not again for every mixture.
    runs = _equal_runs(compared.pairs)
    for mixture in product(*options):
        texts = [runs[0]]
        for origin, run in zip(mixture, runs[1:], strict=True):
            texts += ([origin.shows] if origin.shows is not None else [], run)
        if _digest_of(text for run in texts for text in run) == last_digest:
            return mixture
    return None


def _equal_runs(pairs: Iterable[tuple[BlockRow | None, BlockRow | None]]) -> list[list[str]]:
    """Return the runs of equal rows before, between and after those that differ."""
    runs: list[list[str]] = [[]]
    for old, new in pairs:
        if old and new and old.shows == new.shows:
            if runs[-1]:
                runs[-1][0] += f"\n{old.shows}"
            else:
                runs[-1].append(old.shows)
        else:
            runs.append([])
    return runs


def _options(change: RowChange) -> list[_Origin]:
    old, new = change.old, change.new
    if old is None or new is None or len(old.cells) != len(new.cells):
        from_catalogue = _Origin(new.shows if new else None, (), by_hand=True)
        from_file = _Origin(old.shows if old else None, change.columns, by_hand=False)
        return [from_catalogue, from_file]
    options = []
    # Each differing cell was generated as the file has it (stale since) or as the catalogue has
    # it (edited since): all combinations, the unlikely row of more than twelve cut short.
    for kept in product((False, True), repeat=min(len(change.columns), 12)):
        stale = tuple(at for at, keep in zip(change.columns, kept, strict=False) if keep)
        cells = [old.cells[at] if at in stale else cell for at, cell in enumerate(new.cells)]
        options.append(
            _Origin(comparison_text(cells), stale, by_hand=len(stale) < len(change.columns))
        )
    return options


def _partners(old: Sequence[BlockRow], new: Sequence[BlockRow], title: int) -> dict[int, int]:
    """Return which row in the file stands for which row from the catalogue, by their places."""
    partner: dict[int, int] = {}
    # The surest first: the very same row, then the same title, then the same identifier, then a
    # header in its place, and what is left by likeness.
    _join(old, new, partner, lambda row: row.shows)
    _join(old, new, partner, lambda row: _title(row, title))
    _join(old, new, partner, _identifier)
    apart = old and new and 0 not in partner and 0 not in partner.values()
    if apart and (len(old[0].cells) > 1) == (len(new[0].cells) > 1):  # or it is text, and no row
        partner[0] = 0  # a header whose words were changed
    _join_alike(old, new, partner, title)
    return partner


def _join(
    old: Sequence[BlockRow],
    new: Sequence[BlockRow],
    partner: dict[int, int],
    name: Callable[[BlockRow], str],
) -> None:
    """Make partners of rows that have the same name and no partner, in their order."""
    places: dict[str, list[int]] = defaultdict(list)
    taken = set(partner.values())
    # Backwards, since `pop` takes from the end: equal names meet in their order.
    for place in range(len(old) - 1, -1, -1):
        if place not in taken:
            places[name(old[place])].append(place)
    for at, row in enumerate(new):
        if at not in partner and (named := name(row)) and (waiting := places.get(named)):
            partner[at] = waiting.pop()


def _join_alike(
    old: Sequence[BlockRow], new: Sequence[BlockRow], partner: dict[int, int], title: int
) -> None:
    """Make partners of the rows of papers whose title was changed, the most alike first."""
    taken = set(partner.values())
    left = [place for place in range(len(old)) if place not in taken]
    right = [at for at, row in enumerate(new) if at not in partner and row.paper]
    if not left or not right or len(left) * len(right) > _MOST_COMPARED:
        return
    from difflib import SequenceMatcher  # slow to import, needed for changed titles

    matcher = SequenceMatcher(autojunk=False)
    scores = []
    for at in right:
        matcher.set_seq2(_title(new[at], title)[:200])
        for place in left:
            matcher.set_seq1(_title(old[place], title)[:200])
            ratio = matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
            cells = zip(old[place].cells, new[at].cells, strict=False)
            same = (
                it for it, other in cells if comparison_text((it,)) == comparison_text((other,))
            )
            if ratio >= _ALIKE or sum(map(len, same)) >= _TELLING:
                scores.append((-ratio, abs(at - place), at, place))
    # Greedy: the likest pair first, the nearer one where two are as alike, each row once.
    for *_, at, place in sorted(scores):
        if at not in partner and place not in taken:
            partner[at] = place
            taken.add(place)


def _title(row: BlockRow, title: int) -> str:
    return comparison_text(row.cells[title : title + 1]) if title < len(row.cells) else ""


def _identifier(row: BlockRow) -> str:
    """Return the first arXiv id or DOI that is a cell or what a link leads to; else nothing."""
    texts = (*row.cells, *_TARGET.findall(row.shows))
    return next(filter(None, (normalise_arxiv(it) or normalise_doi(it) for it in texts)), "")


def _columns(old: BlockRow | None, new: BlockRow | None) -> tuple[int, ...]:
    if old is None or new is None:
        return ()
    width = max(len(old.cells), len(new.cells))
    pairs = ((at, old.cells[at : at + 1], new.cells[at : at + 1]) for at in range(width))
    return tuple(at for at, cell, other in pairs if comparison_text(cell) != comparison_text(other))
