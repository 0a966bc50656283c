"""Which paper of the catalogue a row means."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from papertrack.duplicates import Index, Match
from papertrack.folding import fold_title
from papertrack.models import Paper

_CORRECTED = 0.8
"""So much alike, a title is the other one corrected."""
_NO_OTHER = 0.5
"""Less alike, two titles with one identifier are two papers, and the identifier a slip; so much
alike is enough for a row that follows the same row as before."""
_HALF = 2


class Found(NamedTuple):
    """What an index knows of a row."""

    same: Match | None
    """The paper that the row means."""
    slip: Match | None
    """A paper of another title with the row's identifier."""


def find(index: Index, paper: Paper) -> Found:
    """Return the paper that a row means: one identifier or title, and titles that can be one."""
    match = index.find(paper)
    if match is None or match.by == "title" or _may_be(paper, match.paper):
        return Found(match, None)
    bare = paper.model_copy(update={"doi": None, "arxiv": None, "links": ()})
    return Found(index.find(bare), match)


def is_same_title(one: str, other: str) -> bool:
    """Say whether two titles can be of one paper: equal, one within the other, or alike."""
    first, second = fold_title(one), fold_title(other)
    if first in second or second in first:
        return True
    return _likeness(_pieces(one), _pieces(other)) >= _NO_OTHER


def pair_with_last(now: Sequence[Paper], last: Sequence[Paper]) -> dict[int, int]:
    """Return which paper of the last time each paper of now is, by their positions.

    The same row is found by all that it says, then by DOI, arXiv id or title, then by a title that
    was corrected: much alike, or alike and behind the same row as before.
    """
    pairs = _equal_rows(now, last)
    _pair_identified(pairs, now, last)
    _pair_corrected(pairs, now, last)
    return pairs


def newer_version_of(now: Sequence[Paper], remembered: Mapping[str, Sequence[Paper]]) -> str | None:
    """Return the file that this one is a newer version of: half of each is in the other."""
    best, most = None, 0
    index = Index(_numbered(now))
    for file, last in remembered.items():
        found = {match.paper.key for match in map(index.find, last) if match is not None}
        if found and len(found) >= most and len(found) * _HALF >= max(len(now), len(last)):
            best, most = file, len(found)
    return best


def _may_be(paper: Paper, there: Paper) -> bool:
    names = (there.title, there.name)
    return any(name is not None and is_same_title(paper.title, name) for name in names)


def _equal_rows(now: Sequence[Paper], last: Sequence[Paper]) -> dict[int, int]:
    waiting: dict[Paper, list[int]] = {}
    for position, paper in enumerate(last):
        waiting.setdefault(_keyless(paper), []).append(position)
    pairs = {}
    for position, paper in enumerate(now):
        same = waiting.get(_keyless(paper))
        if same:
            pairs[position] = same.pop(0)
    return pairs


def _pair_identified(pairs: dict[int, int], now: Sequence[Paper], last: Sequence[Paper]) -> None:
    taken = set(pairs.values())
    index = Index(paper for paper in _numbered(last) if int(paper.key) not in taken)
    for position, paper in enumerate(now):
        match = None if position in pairs else index.find(paper)
        if match is None or int(match.paper.key) in taken:
            continue
        pairs[position] = int(match.paper.key)
        taken.add(int(match.paper.key))


def _pair_corrected(pairs: dict[int, int], now: Sequence[Paper], last: Sequence[Paper]) -> None:
    taken = set(pairs.values())
    gone = {at: _pieces(paper.title) for at, paper in enumerate(last) if at not in taken}
    for position, paper in enumerate(now):
        if position in pairs or not gone:
            continue
        pieces = _pieces(paper.title)
        likeness, best = max((_likeness(pieces, other), at) for at, other in gone.items())
        following = pairs.get(position - 1, -1) + 1
        if following in gone and is_same_title(paper.title, last[following].title):
            likeness, best = 1.0, following
        if likeness >= _CORRECTED:
            pairs[position] = best
            del gone[best]


def _pieces(title: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters: what two titles can be compared by quickly."""
    folded = fold_title(title)
    return frozenset(folded[at : at + 2] for at in range(max(1, len(folded) - 1)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of what both have, from 0 to 1 (https://doi.org/10.2307/1932409)."""
    return 2 * len(one & other) / (len(one) + len(other))


def _numbered(papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers with their positions for keys, so that an index gives those back."""
    return [
        paper.model_copy(update={"key": str(position)}) for position, paper in enumerate(papers)
    ]


def _keyless(paper: Paper) -> Paper:
    return paper.model_copy(update={"key": ""})
