"""Venues spelled in several ways, and venues that hold their year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from papertrack.checks.finding import Problem, Subject, giving
from papertrack.folding import fold, fold_title
from papertrack.formats.markdown.sources import read_source
from papertrack.models import Paper
from papertrack.status import status_of

_CHOSEN = {fold(name): name for name in ("arXiv", "bioRxiv", "medRxiv", "NeurIPS", "OpenReview")}
"""Spellings that the venues chose themselves."""
_SHOWN = 4


def venue_year(subject: Subject) -> Iterator[Problem]:
    """Find venues that hold a year, such as `NIPS2019`: the year has a field of its own."""
    for venue, papers in _by_venue(subject).items():
        found = read_source(venue)
        if found.year is None:
            continue
        for paper in papers:
            if paper.year not in (None, found.year):
                yield Problem(
                    f"venue is “{venue}”, but year is {paper.year}",
                    f"find out which is right and change it with `papertrack edit {paper.key}`",
                    paper.key,
                    "venue",
                )
                continue
            rest = f"venue “{found.venue}” and " if found.venue else ""
            safe = not found.more and not found.arxiv
            yield Problem(
                f"venue “{venue}” holds a year",
                f"write {rest}year {found.year}",
                paper.key,
                "venue",
                mend=giving({paper.key: {"venue": found.venue, "year": found.year}})
                if safe
                else None,
            )


def venue_spelling(subject: Subject) -> Iterator[Problem]:
    """Find venues spelled in several ways: `arXiv`, `arxiv`, `ArXiv`."""
    groups = defaultdict(list)
    by_venue = _by_venue(subject)
    for venue in by_venue:
        groups[fold_title(venue)].append(venue)
    for spellings in groups.values():
        if len(spellings) == 1:
            continue
        best = _CHOSEN.get(fold_title(spellings[0])) or max(
            spellings, key=lambda venue: (len(by_venue[venue]), sum(map(str.isupper, venue)))
        )
        others = [venue for venue in spellings if venue != best]
        counted = [f"“{venue}” {len(by_venue[venue])}×" for venue in others]
        more = f" and {len(counted) - _SHOWN} more ways" if len(counted) > _SHOWN else ""
        wrong = [paper for venue in others for paper in by_venue[venue]]
        yield Problem(
            f"venue “{best}” is also written {', '.join(counted[:_SHOWN])}{more}",
            f"write “{best}” everywhere",
            wrong[0].key,
            "venue",
            mend=giving({paper.key: {"venue": best} for paper in wrong}),
        )


def misplaced_status(subject: Subject) -> Iterator[Problem]:
    """Find venues that are a word for a status: the columns of a table were shifted."""
    for venue, papers in _by_venue(subject).items():
        if len(venue) > 1 and status_of(venue):
            for paper in papers:
                advice = f"`papertrack edit {paper.key} --unset venue`, and look at the status"
                yield Problem(f"venue “{venue}” is a status", advice, paper.key, "venue")


def _by_venue(subject: Subject) -> Mapping[str, Sequence[Paper]]:
    papers = defaultdict(list)
    for paper in subject.catalogue.papers:
        if paper.venue:
            papers[paper.venue].append(paper)
    return papers
