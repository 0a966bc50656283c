"""Titles that are nearly the same: a typing mistake, a plural, a name put before or left out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
    core: str
    """The letters without a name before a colon and what stands in parentheses."""

    @property
    def pieces(self) -> Iterator[str]:
        """What titles are likely to share: words, and the pairs of letters of other scripts."""
        for word in self.words:
            if word.isascii():
                yield word
            else:
                yield from (word[at : at + 2] for at in range(len(word) - 1))


def near(papers: Sequence[Paper]) -> list[Near]:
    """Return the pairs whose titles are nearly, not quite, the same, in the order of the list.

    Papers with different identifiers, and titles with different numbers (GPT-2, GPT-3), are
    different papers. Only titles that agree but for a part set off, or that share two of their
    rarest words, are compared, and of many only neighbours: the time grows with the list.
    """
    prepared = (_prepare(paper.title, place) for place, paper in enumerate(papers))
    titles = [title for title in prepared if len(title.letters) >= _SHORTEST]
    places = set()
    for one, other in _candidates(titles):
        pair = (min(one.place, other.place), max(one.place, other.place))
        if pair not in places and _is_near(one, other) and not _told_apart(papers, pair):
            places.add(pair)
    return [
        Near(papers[first], papers[second], _likeness(papers[first].title, papers[second].title))
        for first, second in sorted(places)
    ]


def _prepare(title: str, place: int) -> _Title:
    words = folding.fold_words(title)
    letters = words.replace(" ", "")
    core = letters
    if not title.isascii() or any(sign in title for sign in ":(["):
        parts = _COLON.split(_SET_OFF.sub(" ", title), maxsplit=1)
        rest = parts[-1] if len(parts[0]) <= _LONGEST_NAME else " ".join(parts)
        core = folding.fold_words(rest).replace(" ", "")
    return _Title(letters, place, frozenset(words.split()), core)


def _candidates(titles: Sequence[_Title]) -> Iterator[tuple[_Title, _Title]]:
    """Give the pairs that are worth a closer look."""
    cores = defaultdict(list)
    for title in titles:
        if len(title.core) >= _SHORTEST:
            cores[title.core].append(title)
    yield from _neighbours(cores.values())
    common = Counter(piece for title in titles for piece in title.pieces)
    sharing = defaultdict(list)
    for title in titles:
        pieces = [(common[piece], piece) for piece in title.pieces if common[piece] > 1]
        for pair in combinations(sorted(pieces)[:_RAREST], 2):
            sharing[pair].append(title)
    yield from _neighbours(sharing.values())


def _neighbours(groups: Iterable[list[_Title]]) -> Iterator[tuple[_Title, _Title]]:
    for group in groups:
        if len(group) > _NEIGHBOURS:
            group.sort()
        for at, one in enumerate(group):
            for other in group[at + 1 : at + 1 + _NEIGHBOURS]:
                yield one, other


def _is_near(one: _Title, other: _Title) -> bool:
    if one.letters == other.letters:
        return False  # the same title, not nearly
    less, more = one.words - other.words, other.words - one.words
    if one.core == other.core and len(one.core) >= _SHORTEST:
        return True
    if len(less) > _MOST_DIFFERENT or len(more) > _MOST_DIFFERENT:
        return False
    if _NUMBER.findall(one.letters) != _NUMBER.findall(other.letters):
        return False
    return _all_slips(less - _SMALL, more - _SMALL)


def _all_slips(less: frozenset[str], more: frozenset[str]) -> bool:
    """Say whether each word on either side is a slip of the pen for one on the other."""
    if len(less) != len(more):
        return False
    return all(any(_is_slip(word, other) for other in more) for word in less)


def _is_slip(word: str, other: str) -> bool:
    if word[0] != other[0] or min(len(word), len(other)) < _SHORTEST_WORD:
        return False  # supervised and unsupervised, GPT and GAN are not the same
    return _likeness(word, other) >= (0.8 if word.isascii() else 0.9)


def _told_apart(papers: Sequence[Paper], pair: tuple[int, int]) -> bool:
    """Say whether both papers have an arXiv id, or both a DOI, and not the same."""
    first, second = (papers[place] for place in pair)
    arxivs = (normalise_arxiv(first.arxiv or ""), normalise_arxiv(second.arxiv or ""))
    dois = (normalise_doi(first.doi or ""), normalise_doi(second.doi or ""))
    return any(one and other and one != other for one, other in (arxivs, dois))


def _likeness(one: str, other: str) -> float:
    from difflib import SequenceMatcher  # noqa: PLC0415 - slow to import, seldom needed

    return SequenceMatcher(None, folding.fold(one), folding.fold(other), autojunk=False).ratio()
