"""Papers that are in the list twice: by what identifies them, or by titles nearly the same.

A near title is a typing mistake, a plural, a name put before or left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, combinations
from typing import TYPE_CHECKING, NamedTuple

from papertrack import folding
from papertrack.authors import have_in_common
from papertrack.catalogue.lines import locate
from papertrack.checks.problems import Problem, Subject
from papertrack.duplicates import Identity, Index, are_different, identities, same_paper
from papertrack.models import Catalogue, Paper
from papertrack.patterns import pattern

if TYPE_CHECKING:
    from papertrack.catalogue.draft import Draft  # changing needs it, not looking

_SET_OFF = pattern(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
# bioRxiv and medRxiv, SSRN, Research Square, Preprints.org, TechRxiv, ChemRxiv, OSF, SocArXiv,
# Authorea
_PREPRINT = pattern(
    r"10\.(?:1101/(?:\d{4}\.|\d{6}$)|64898/|2139/ssrn|21203/rs|20944/preprints|36227/|26434/|31234/"
    r"|31219/|31235/|31223/|22541/)",
    re.IGNORECASE,
)
_SET_OFF_SIGN = pattern(r"[:(\[]")
_COLON = pattern("[:：]")
_NUMBER = pattern("[0-9]+|[+*#=@]")
_SMALL = frozenset(["a", "an", "the", "of", "and", "or", "for", "in", "on", "to", "with", "by"])
_SHORTEST = 16
"""Letters that a title needs to be told from one that is slightly different."""
_LONGEST_NAME = 24
"""Letters before a colon that may be a name, left out elsewhere."""
_SHORTEST_WORD = 5
_MOST_DIFFERENT = 3
"""Words that may differ on either side."""
_RAREST = 4
_NEIGHBOURS = 8


def duplicate(subject: Subject) -> Iterator[Problem]:
    """Find papers with the same DOI, arXiv id or title, case, version and punctuation aside."""
    index = Index()
    distinct = _distinct(subject.catalogue)
    papers = subject.catalogue.papers
    # Most papers have nothing in common with another one, and are spared the comparison.
    known = [set(identities(paper)) for paper in papers]
    shared = {it for it, count in Counter(chain.from_iterable(known)).items() if count > 1}
    for paper, own in zip(papers, known, strict=True):
        if own.isdisjoint(shared):
            continue
        matches = index.matches(paper)
        match = next((it for it in matches if _pair(it.paper, paper) not in distinct), None)
        index.add(paper)
        if match:
            yield _twice(match.paper, paper, match.by)


def near_title(subject: Subject) -> Iterator[Problem]:
    """Find papers whose titles are nearly the same: a typing mistake, a plural, a name left out."""
    distinct = _distinct(subject.catalogue)
    for first, second in near_titles(subject.catalogue.papers):
        if _pair(first, second) not in distinct and not same_paper(first, second):
            yield Problem(
                f'nearly the title of "{first.key}", {first.title}',
                f"if they are one, `papertrack remove {second.key}`; {_if_two(first, second)}",
                second.key,
                "title",
            )
    for first, second in _published(subject.catalogue.papers):
        if _pair(first, second) not in distinct:
            which = "and this one's DOI says that it is a preprint"
            if _is_unpublished(first):
                which = "which its DOI says is a preprint"
            advice = f"if they are one, {_move(first, second)}; {_if_two(first, second)}"
            yield Problem(f'the title of "{first.key}", {which}', advice, second.key, "title")


def _published(papers: Sequence[Paper]) -> Iterator[tuple[Paper, Paper]]:
    """Give the pairs of one title of which one is a preprint, and the other has another DOI."""
    titles = {folding.fold_title(paper.title) for paper in papers if _is_unpublished(paper)}
    alike: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        if titles and paper.doi and (title := folding.fold_title(paper.title)) in titles:
            alike[title].append(paper)
    for group in alike.values():
        for one, other in combinations(group[:_NEIGHBOURS], 2):
            people = one.authors, other.authors
            known = not all(people) or have_in_common(*people)
            if known and _is_unpublished(one) is not _is_unpublished(other):
                yield one, other


def _is_unpublished(paper: Paper) -> bool:
    return paper.doi is not None and _PREPRINT.match(paper.doi) is not None


def distinct_keys(subject: Subject) -> Iterator[Problem]:
    """Find keys in `[check] distinct` that no paper has, such as that of a removed paper."""
    keys = {paper.key for paper in subject.catalogue.papers}
    for key in dict.fromkeys(key for group in subject.catalogue.distinct for key in group):
        if key in keys:
            continue
        near = folding.nearest(key, keys)
        yield Problem(
            f'[check] distinct names "{key}", which is no paper\'s key',
            f"did you mean {near[0]}?" if near else "take the pair out",
            line=locate(subject.text).of_setting("check", "distinct"),
            fix=None if near else partial(_forget, key),
        )


def _forget(key: str, draft: "Draft") -> None:
    """Take a key out of `[check] distinct`, and a pair of which one is left."""
    groups = ([it for it in group if it != key] for group in draft.catalogue.distinct)
    draft.set_table("check", {"distinct": [it for it in groups if len(it) > 1] or None})


def set_apart(draft: "Draft", one: Paper, other: Paper) -> bool:
    """Remember in `[check] distinct` that two papers are not the same; False if it is known."""
    if _pair(one, other) in _distinct(draft.catalogue):
        return False
    pairs = [*map(list, draft.catalogue.distinct), [one.key, other.key]]
    draft.set_table("check", {"distinct": pairs})
    return True


def _twice(first: Paper, second: Paper, by: Identity) -> Problem:
    move = _move(first, second)
    if folding.fold_title(first.title) == folding.fold_title(second.title):
        advice = f"{move}; {_if_two(first, second)}"
    else:
        two = f"`papertrack check --distinct {first.key} {second.key}`"
        advice = f"if they are one paper, {move}; if not, correct the {by} of one, or {two}"
    return Problem(f'the same {by.label} as "{first.key}"', advice, second.key, by)


def _move(first: Paper, second: Paper) -> str:
    return f'move what only it says to "{first.key}", then `papertrack remove {second.key}`'


def _if_two(first: Paper, second: Paper) -> str:
    return f"if they are two, `papertrack check --distinct {first.key} {second.key}`"


def _distinct(catalogue: Catalogue) -> set[frozenset[str]]:
    pairs = (pair for group in catalogue.distinct for pair in combinations(group, 2))
    return set(map(frozenset, pairs))


def _pair(one: Paper, other: Paper) -> frozenset[str]:
    return frozenset((one.key, other.key))


class _Title(NamedTuple):
    letters: str
    place: int
    words: frozenset[str]
    numbers: str
    """The numbers and the signs that tell titles apart: GPT-2 is not GPT-3, LoRA+ not LoRA."""
    core: str
    """The letters without a name before a colon and what stands in parentheses."""
    name: str
    """The letters of a name before a colon."""
    pieces: frozenset[str]
    """What titles are likely to share: words, and the pairs of letters of other scripts."""


def near_titles(papers: Sequence[Paper], *, cited: bool = False) -> list[tuple[Paper, Paper]]:
    """Return the pairs whose titles are nearly, not quite, the same, in the order of the list.

    Papers that contradict each other, and titles with different numbers or signs (GPT-2, GPT-3),
    are different papers. Only titles that agree but for a part set off or cut short, or that share
    two of their rarest words, are compared, and of many only neighbours: the time grows with the
    list. Of papers with the very same title the first stands for all. Where all are `cited` by one
    key, short titles count too, and only dots tell that a title lacks its end: such papers often
    have the same people and year.
    """
    # Titles with the very same letters are one here: that they are twice is `duplicate`'s to say.
    every: dict[str, _Title] = {}
    for place, paper in enumerate(papers):
        title = _prepare(paper.title, place)
        every.setdefault(title.letters, title)
    titles = {letters: it for letters, it in every.items() if cited or len(letters) >= _SHORTEST}
    # Three ways to be near; a set, since several may find the same pair.
    cut = _cut_short(titles, papers, dots_only=cited)
    ways = (_set_off(every, titles), _slips(list(titles.values())), cut)
    pairs = {
        (min(one.place, other.place), max(one.place, other.place))
        for one, other in chain.from_iterable(ways)
    }
    return [
        (one, other)
        for one, other in ((papers[first], papers[second]) for first, second in sorted(pairs))
        if not are_different(one, other)
    ]


def _prepare(title: str, place: int) -> _Title:
    words = folding.title_words(title)
    letters = words.replace(" ", "")
    # Chinese has no spaces: there pairs of letters stand for words.
    single = pieces = frozenset(words.split())
    if not words.isascii():
        wide = [word for word in single if not word.isascii()]
        pairs = (word[at : at + 2] for word in wide for at in range(max(1, len(word) - 1)))
        pieces = single.difference(wide).union(pairs)
    # What is left when a name before the colon and remarks in brackets are taken off; most titles
    # have neither, and are spared the work.
    core, name = letters, ""
    if not title.isascii() or _SET_OFF_SIGN.search(title):
        parts = _COLON.split(_SET_OFF.sub(" ", title), maxsplit=1)
        is_named = len(parts[0]) <= _LONGEST_NAME
        name = folding.title_words(parts[0]).replace(" ", "") if is_named and parts[1:] else ""
        core = folding.title_words(parts[-1] if is_named else " ".join(parts)).replace(" ", "")
    return _Title(letters, place, single, " ".join(_NUMBER.findall(letters)), core, name, pieces)


def _set_off(
    every: Mapping[str, _Title], long: Mapping[str, _Title]
) -> Iterator[tuple[_Title, _Title]]:
    """Give the pairs of which one is the name of the other, BERT, or all but a name or a remark."""
    for title in every.values():
        if title.name and (other := every.get(title.name)):
            yield title, other
        if title.letters in long and title.core != title.letters and title.core in long:
            yield title, long[title.core]


def _cut_short(
    titles: Mapping[str, _Title], papers: Sequence[Paper], *, dots_only: bool
) -> Iterator[tuple[_Title, _Title]]:
    """Give the pairs of which one goes on behind the other, which ends in dots or lacks the rest.

    A title without dots lacks whole words, and the same people wrote both in one year.
    """
    ordered = sorted(titles)
    for at, letters in enumerate(ordered):
        # What begins so stands right behind it; of many only the next are compared.
        behind = ordered[at + 1 : at + 1 + _NEIGHBOURS]
        for long in (titles[it] for it in behind if it.startswith(letters)):
            short = titles[letters]
            one, other = papers[short.place], papers[long.place]
            dots = one.title.endswith(("..", "…"))
            if dots or (not dots_only and _lacks_end(short, long, one, other)):
                yield short, long


def _lacks_end(short: _Title, long: _Title, one: Paper, other: Paper) -> bool:
    """Say whether the same people wrote both in one year, and whole words are missing."""
    same_year = one.year is not None and one.year == other.year
    whole_words = short.pieces <= long.pieces  # Part I lacks nothing of Part II
    is_same = same_year and whole_words and short.numbers == long.numbers
    return is_same and have_in_common(one.authors, other.authors)


def _slips(titles: Sequence[_Title]) -> Iterator[tuple[_Title, _Title]]:
    """Give the pairs that differ by slips of the pen only."""
    # Comparing all with all would be quadratic. Near titles share most pieces, so also two of
    # their rarest: only titles that meet under such a pair, with the same numbers, are compared.
    common = Counter(piece for title in titles for piece in title.pieces)
    sharing = defaultdict(list)
    for title in titles:
        pieces = [(common[piece], piece) for piece in title.pieces if common[piece] > 1]
        for pair in combinations(sorted(pieces)[:_RAREST], 2):
            sharing[pair, title.numbers].append(title)
    for group in sharing.values():
        # A pair that many share (a series of reports) is compared among neighbours in the alphabet:
        # a slip seldom moves a title far.
        if len(group) > _NEIGHBOURS:
            group.sort()
        for at, one in enumerate(group):
            for other in group[at + 1 : at + 1 + _NEIGHBOURS]:
                if _differ_by_slips(one.words, other.words):
                    yield one, other


def _differ_by_slips(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether each word of only one title is a slip of the pen for one of the other."""
    less, more = one - other, other - one
    if len(less) > _MOST_DIFFERENT or len(more) > _MOST_DIFFERENT:
        return False
    # A small word more or less is no difference, but it counted above: many of them are.
    less, more = less - _SMALL, more - _SMALL
    if len(less) != len(more):
        return False
    return all(any(_is_slip(word, it) for it in more) for word in less)


def _is_slip(word: str, other: str) -> bool:
    if word[0] != other[0] or min(len(word), len(other)) < _SHORTEST_WORD:
        return False  # supervised and unsupervised, GPT and GAN are not the same
    from difflib import SequenceMatcher  # slow to import, seldom needed

    matcher = SequenceMatcher(None, folding.fold(word), folding.fold(other), autojunk=False)
    return matcher.ratio() >= (0.8 if word.isascii() else 0.9)
