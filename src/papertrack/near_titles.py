"""Titles that are nearly the same: a typing mistake, a plural, a name put before or left out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from papertrack import folding
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.models import Paper

_SET_OFF = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_COLON = re.compile("[:：]")
_NUMBER = re.compile("[0-9]+")
_SMALL = frozenset(["a", "an", "the", "of", "and", "or", "for", "in", "on", "to", "with", "by"])
_ROMAN = frozenset(["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])
_SHORTEST = 16
"""Letters that a title needs to be told from one that is slightly different."""
_LONGEST_NAME = 24
"""Letters before a colon that may be a name, left out elsewhere."""
_SHORTEST_WORD = 5
_MOST_DIFFERENT = 3
"""Words that may differ on either side."""
_RAREST = 4
_NEIGHBOURS = 8


class Near(NamedTuple):
    """Two papers whose titles are nearly the same."""

    first: Paper
    second: Paper
    likeness: float
    """How much of the letters is the same, from 0 to 1."""


class _Title(NamedTuple):
    """A title made ready to be compared."""

    letters: str
    place: int
    words: frozenset[str]
    numbers: list[str]
    core: str
    """The letters without a name before a colon and what stands in parentheses."""
    pieces: frozenset[str]
    """What titles are likely to share: words, and the pairs of letters of other scripts."""


def near(papers: Sequence[Paper]) -> list[Near]:
    """Return the pairs whose titles are nearly, not quite, the same, in the order of the list.

    Papers with different identifiers, and titles with different numbers (GPT-2, GPT-3), are
    different papers. Only titles that agree but for a part set off, or that share two of their
    rarest words, are compared, and of many only neighbours: the time grows with the list. Of
    papers with the very same title the first stands for all.
    """
    prepared = (_prepare(paper.title, place) for place, paper in enumerate(papers))
    titles: dict[str, _Title] = {}
    for title in prepared:
        if len(title.letters) >= _SHORTEST:
            titles.setdefault(title.letters, title)
    pairs = {
        (min(one.place, other.place), max(one.place, other.place))
        for one, other in (*_same_core(titles), *_slips(list(titles.values())))
    }
    return [
        Near(papers[first], papers[second], _likeness(papers[first].title, papers[second].title))
        for first, second in sorted(pairs)
        if not _told_apart(papers[first], papers[second])
    ]


def _prepare(title: str, place: int) -> _Title:
    words = folding.fold_words(title)
    letters = words.replace(" ", "")
    single = pieces = frozenset(words.split())
    if not words.isascii():
        pieces = frozenset(piece for word in single for piece in _pieces(word))
    core = letters
    if not title.isascii() or any(sign in title for sign in ":(["):
        parts = _COLON.split(_SET_OFF.sub(" ", title), maxsplit=1)
        rest = parts[-1] if len(parts[0]) <= _LONGEST_NAME else " ".join(parts)
        core = folding.fold_words(rest).replace(" ", "")
    return _Title(letters, place, single, _NUMBER.findall(letters), core, pieces)


def _pieces(word: str) -> list[str]:
    if word.isascii():
        return [word]
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))]


def _same_core(titles: Mapping[str, _Title]) -> Iterator[tuple[_Title, _Title]]:
    """Give the pairs of which one has a name or a remark more than the other."""
    for title in titles.values():
        if title.core != title.letters and (other := titles.get(title.core)):
            yield title, other


def _slips(titles: Sequence[_Title]) -> Iterator[tuple[_Title, _Title]]:
    """Give the pairs that differ by slips of the pen only."""
    common = Counter(piece for title in titles for piece in title.pieces)
    sharing = defaultdict(list)
    for title in titles:
        pieces = [(common[piece], piece) for piece in title.pieces if common[piece] > 1]
        for pair in combinations(sorted(pieces)[:_RAREST], 2):
            sharing[pair].append(title)
    for group in sharing.values():
        if len(group) > _NEIGHBOURS:
            group.sort()
        for at, one in enumerate(group):
            for other in group[at + 1 : at + 1 + _NEIGHBOURS]:
                if one.numbers == other.numbers and _differ_by_slips(one.words, other.words):
                    yield one, other


def _differ_by_slips(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether each word of only one title is a slip of the pen for one of the other."""
    less, more = one - other, other - one
    if len(less) > _MOST_DIFFERENT or len(more) > _MOST_DIFFERENT:
        return False
    less, more = less - _SMALL, more - _SMALL
    if len(less) != len(more):
        return False
    return all(any(_is_slip(word, it) for it in more) for word in less)


def _is_slip(word: str, other: str) -> bool:
    if word[0] != other[0] or min(len(word), len(other)) < _SHORTEST_WORD:
        return False  # supervised and unsupervised, GPT and GAN are not the same
    return _likeness(word, other) >= (0.8 if word.isascii() else 0.9)


def _told_apart(one: Paper, other: Paper) -> bool:
    """Say whether both papers have an arXiv id, or both a DOI, and not the same."""
    arxivs = (normalise_arxiv(one.arxiv or ""), normalise_arxiv(other.arxiv or ""))
    dois = (normalise_doi(one.doi or ""), normalise_doi(other.doi or ""))
    return any(mine and yours and mine != yours for mine, yours in (arxivs, dois))


def _likeness(one: str, other: str) -> float:
    from difflib import SequenceMatcher  # slow to import, seldom needed

    return SequenceMatcher(None, folding.fold(one), folding.fold(other), autojunk=False).ratio()
