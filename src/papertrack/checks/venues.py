"""Venues spelled in several ways, and venues that hold their year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from papertrack.checks.finding import FEW, Problem, Subject, giving
from papertrack.folding import fold_title
from papertrack.models import Paper
from papertrack.sources import CHOSEN, Source, read_source
from papertrack.status import status_of

_SHOWN = 4


def venue_year(subject: Subject) -> Iterator[Problem]:
    """Find venues that hold a year, such as `NIPS2019`, many as one: it has a field of its own."""
    safe: dict[str, Source] = {}
    for venue, papers in _by_venue(subject).items():
        found = read_source(venue)
        for paper in papers if found.year else ():
            if paper.year not in (None, found.year):
                yield Problem(
                    f'venue is "{venue}", but year is {paper.year}',
                    f"find out which is right and change it with `papertrack edit {paper.key}`",
                    paper.key,
                    "venue",
                )
            elif found.more or found.arxiv:
                yield Problem(_holds_year(venue), _separately(found), paper.key, "venue")
            else:
                safe[paper.key] = found
    yield from _safe(safe, {paper.key: paper.venue for paper in subject.catalogue.papers})


def _safe(sources: Mapping[str, Source], venues: Mapping[str, str | None]) -> Iterator[Problem]:
    changes = {key: {"venue": it.venue, "year": it.year} for key, it in sources.items()}
    if len(sources) <= FEW:
        for key, source in sources.items():
            message, mend = _holds_year(venues[key]), giving({key: changes[key]})
            yield Problem(message, _separately(source), key, "venue", mend=mend)
        return
    first = next(iter(sources))
    message = f"{_holds_year(venues[first])}, and so do those of {len(sources) - 1:,} more papers"
    yield Problem(message, "write year and venue apart", first, "venue", mend=giving(changes))


def _holds_year(venue: str | None) -> str:
    return f'venue "{venue}" holds a year'


def _separately(source: Source) -> str:
    venue = f'venue "{source.venue}" and ' if source.venue else ""
    return f"write {venue}year {source.year}"


def venue_spelling(subject: Subject) -> Iterator[Problem]:
    """Find venues spelled in several ways, years aside: `arXiv`, `arxiv2020`, `ArXiv`."""
    groups: dict[str, dict[str, list[Paper]]] = defaultdict(lambda: defaultdict(list))
    for venue, papers in _by_venue(subject).items():
        bare = _without_year(venue)
        groups[fold_title(bare)][bare] += papers
    for folded, spellings in groups.items():
        usual = max(spellings, key=lambda it: (len(spellings[it]), sum(map(str.isupper, it))))
        best = CHOSEN.get(folded, usual)
        others = {spelled: papers for spelled, papers in spellings.items() if spelled != best}
        if others:
            yield _misspelled(best, others)


def _misspelled(best: str, others: Mapping[str, Sequence[Paper]]) -> Problem:
    counted = [f'"{spelled}" {len(papers)}×' for spelled, papers in others.items()]
    shown = ", ".join(counted[:_SHOWN])
    more = f" and {len(counted) - _SHOWN} more ways" if len(counted) > _SHOWN else ""
    wrong = [paper for papers in others.values() for paper in papers]
    changes = {paper.key: {"venue": best} for paper in wrong if paper.venue in others}
    return Problem(
        f'venue "{best}" is also written {shown}{more}',
        f'write "{best}" everywhere',
        wrong[0].key,
        "venue",
        mend=giving(changes) if changes else None,  # one with a year is for the rule above
    )


def _without_year(venue: str) -> str:
    found = read_source(venue)
    return found.venue if found.year and found.venue else venue


def misplaced_status(subject: Subject) -> Iterator[Problem]:
    """Find venues that are a word for a status: the columns of a table were shifted."""
    for venue, papers in _by_venue(subject).items():
        if len(venue) > 1 and status_of(venue):
            for paper in papers:
                advice = f"`papertrack edit {paper.key} --unset venue`, and look at the status"
                yield Problem(f'venue "{venue}" is a status', advice, paper.key, "venue")


def _by_venue(subject: Subject) -> Mapping[str, Sequence[Paper]]:
    papers = defaultdict(list)
    for paper in subject.catalogue.papers:
        if paper.venue:
            papers[paper.venue].append(paper)
    return papers
