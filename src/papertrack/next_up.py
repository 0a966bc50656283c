"""What to read next, and why.

What is begun comes first. Then priority (1 first; a paper without one counts as 3), then what
has waited longest, then labs and tags lately read, then the catalogue's order. A paper of which
nobody knows when it was added, such as an imported one, was there before those that have a date;
that it waits is no reason, since it holds for the whole import.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from papertrack.errors import PapertrackError
from papertrack.folding import fold_name
from papertrack.labs import LabNames
from papertrack.models import Paper
from papertrack.status import Status

_LONGEST_SEED = 18
_MIDDLE = 3
_LATELY = 10
_FEW = 10
"""How many papers may share a lab or a tag, however short the list is."""


class Like(NamedTuple):
    """What a paper has in common with one lately read."""

    what: str
    """A lab or a tag, as the paper spells it."""
    paper: Paper


class Suggestion(NamedTuple):
    """A paper to read, and what speaks for it."""

    paper: Paper
    begun: bool = False
    begun_days: int | None = None
    """For how many days it has been begun, where that is known."""
    waited_days: int | None = None
    """For how many days it has waited, where that is known."""
    like: tuple[Like, ...] = ()
    """Labs and tags lately read, the most telling first."""
    drawn: int | None = None
    """Out of how many papers it was picked at random."""


def suggested(
    papers: Sequence[Paper],
    today: date,
    labs: Mapping[str, Sequence[str]] | None = None,
    *,
    among: Sequence[Paper] | None = None,
) -> list[Suggestion]:
    """Return the papers that are not read yet, the one to read next first.

    `among` are those to choose from; labs and tags lately read are those of all papers.
    """
    taste = _Taste(papers, labs or {})
    unread = [
        paper
        for paper in (papers if among is None else among)
        if paper.status in {Status.READING, Status.TO_READ}
    ]
    suggestions = [_suggestion(paper, today, taste) for paper in unread]
    return sorted(suggestions, key=lambda it: _rank(it, taste))


def parse_seed(text: str) -> int:
    """Return the number that picks the same again; PapertrackError where it is none."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_SEED:
        return int(digits)
    raise PapertrackError(f'--seed "{text}" is not a number: write --seed 7')


def drawn(suggestions: Sequence[Suggestion], seed: int, most: int) -> list[Suggestion]:
    """Return some of the suggestions, picked at random; the same seed picks the same."""
    chance = Random(seed)  # noqa: S311 - a choice among papers, no secret
    chosen = chance.sample(suggestions, min(most, len(suggestions)))
    return [it._replace(drawn=len(suggestions)) for it in chosen]


class _Taste:
    def __init__(self, papers: Sequence[Paper], labs: Mapping[str, Sequence[str]]) -> None:
        self._labs = LabNames(labs)
        read = [paper for paper in papers if paper.finished and paper.status is Status.DONE]
        read.sort(key=lambda paper: paper.finished or date.min, reverse=True)
        self._last: dict[tuple[str, str], Paper] = {}
        self._weight: Counter[tuple[str, str]] = Counter()
        for paper in read[:_LATELY]:
            for trait in self._traits(paper):
                self._last.setdefault(trait, paper)
                self._weight[trait] += 1
        # What most papers have, such as the tag of the file they came from, is no taste.
        common = Counter(it for paper in papers if read for it in self._traits(paper))
        for trait in [it for it in self._weight if common[it] > max(_FEW, len(papers) // 2)]:
            del self._weight[trait]

    def like(self, paper: Paper) -> tuple[Like, ...]:
        """Return the traits that the paper shares, the most frequent first."""
        if not self._weight:  # nothing was lately read
            return ()
        spelled = self._traits(paper)
        shared = [trait for trait in spelled if trait in self._weight]
        shared.sort(key=lambda trait: -self._weight[trait])
        return tuple(Like(spelled[trait], self._last[trait]) for trait in shared)

    def weight(self, paper: Paper) -> int:
        """Return how often the paper's lab and tags were lately read."""
        return sum(self._weight[trait] for trait in self._traits(paper)) if self._weight else 0

    def _traits(self, paper: Paper) -> dict[tuple[str, str], str]:
        traits = {("tag", fold_name(tag)): tag for tag in paper.tags}
        if not paper.lab:
            return traits
        return {("lab", self._labs.folded(paper.lab)): paper.lab, **traits}


def _suggestion(paper: Paper, today: date, taste: _Taste) -> Suggestion:
    begun = paper.status is Status.READING
    return Suggestion(
        paper,
        begun=begun,
        begun_days=_days(paper.started, today) if begun else None,
        waited_days=_days(paper.added, today),
        like=taste.like(paper),
    )


def _days(since: date | None, today: date) -> int | None:
    return max(0, (today - since).days) if since else None


def _rank(suggestion: Suggestion, taste: _Taste) -> tuple[bool, int, int, int]:
    since = (suggestion.paper.started if suggestion.begun else suggestion.paper.added) or date.min
    priority = suggestion.paper.priority or _MIDDLE
    return not suggestion.begun, priority, since.toordinal(), -taste.weight(suggestion.paper)
