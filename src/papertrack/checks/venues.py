"""Venues and years: spelled in several ways, in one another's field, missing, impossible."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from papertrack.checks.problems import FEW, Problem, Subject, giving
from papertrack.folding import fold_title
from papertrack.identifiers import arxiv_year, normalise_arxiv
from papertrack.models import Paper
from papertrack.sources import CHOSEN, VenueYear, read_source
from papertrack.status import status_of

_SHOWN = 4
_FIRST_YEAR = 1600
"""Before the first journal, the Journal des sçavans of 1665."""


def venue_year(subject: Subject) -> Iterator[Problem]:
    """Find venues that hold a year, such as `NIPS2019`, many as one: it has a field of its own."""
    safe: dict[str, VenueYear] = {}
    for venue, papers in _by_venue(subject).items():
        source = read_source(venue)
        for paper in papers if source.year else ():
            if paper.year not in (None, source.year):
                yield Problem(
                    f'venue is "{venue}", but year is {paper.year}',
                    f"find out which is right and change it with `papertrack edit {paper.key}`",
                    paper.key,
                    "venue",
                )
            elif source.more or source.arxiv:
                yield Problem(_holds_year(venue), _separately(source), paper.key, "venue")
            else:
                safe[paper.key] = source
    yield from _safe(safe, {paper.key: paper.venue for paper in subject.catalogue.papers})


def _safe(sources: Mapping[str, VenueYear], venues: Mapping[str, str | None]) -> Iterator[Problem]:
    changes = {key: {"venue": it.venue, "year": it.year} for key, it in sources.items()}
    if len(sources) <= FEW:
        for key, source in sources.items():
            message, fix = _holds_year(venues[key]), giving({key: changes[key]})
            yield Problem(message, _separately(source), key, "venue", fix=fix)
        return
    first = next(iter(sources))
    message = f"{_holds_year(venues[first])}, and so do those of {len(sources) - 1:,} more papers"
    yield Problem(message, "write year and venue apart", first, "venue", fix=giving(changes))


def _holds_year(venue: str | None) -> str:
    return f'venue "{venue}" holds a year'


def _separately(source: VenueYear) -> str:
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
        fix=giving(changes) if changes else None,  # one with a year is for the rule above
    )


def _without_year(venue: str) -> str:
    source = read_source(venue)
    return source.venue if source.year and source.venue else venue


def misplaced_status(subject: Subject) -> Iterator[Problem]:
    """Find venues that are a word for a status: the columns of a table were shifted."""
    for venue, papers in _by_venue(subject).items():
        if len(venue) > 1 and status_of(venue):
            for paper in papers:
                advice = f"`papertrack edit {paper.key} --unset venue`, and look at the status"
                yield Problem(f'venue "{venue}" is a status', advice, paper.key, "venue")


def year(subject: Subject) -> Iterator[Problem]:
    """Find years before 1600, and after the next one, for which papers are already announced."""
    for paper in subject.catalogue.papers:
        if paper.year and not _FIRST_YEAR <= paper.year <= subject.today.year + 1:
            yield Problem(
                f"year {paper.year} is not when a paper appears",
                f"`papertrack edit {paper.key} --set year=…`",
                paper.key,
                "year",
            )


def missing_year(subject: Subject) -> Iterator[Problem]:
    """Find papers without a year, many of them as one finding; a preprint's is in its arXiv id."""
    by_arxiv: dict[str, int] = {}
    unknown: list[Problem] = []
    holding: dict[str, bool] = {}  # few venues come many times
    for paper in subject.catalogue.papers:
        if paper.year:
            continue
        if paper.venue and paper.venue not in holding:
            holding[paper.venue] = read_source(paper.venue).year is not None
        if paper.venue and holding[paper.venue]:
            continue  # venue-year says so
        posted = _arxiv_year(paper, subject.today.year)
        if posted and (paper.venue or "arxiv").lower() == "arxiv":
            by_arxiv[paper.key] = posted
        else:
            hint = f", posted on arXiv in {posted}" if posted else ""
            advice = f"`papertrack edit {paper.key} --set year=…`"
            unknown.append(Problem(f"no year{hint}", advice, paper.key))
    yield from _told_by_arxiv(by_arxiv)
    if len(unknown) <= FEW:
        yield from unknown
        return
    message = f"no year, nor in {len(unknown) - 1:,} more papers"
    yield Problem(message, "`papertrack list missing:year` shows them", unknown[0].key)


def _by_venue(subject: Subject) -> Mapping[str, Sequence[Paper]]:
    papers = defaultdict(list)
    for paper in subject.catalogue.papers:
        if paper.venue:
            papers[paper.venue].append(paper)
    return papers


def _told_by_arxiv(years: Mapping[str, int]) -> Iterator[Problem]:
    """Give the problems of preprints without a year."""
    if len(years) <= FEW:
        for key, year in years.items():
            message, fix = f"no year, posted on arXiv in {year}", giving({key: {"year": year}})
            yield Problem(message, f"write year = {year}", key, fix=fix)
        return
    yield Problem(
        f"no year, nor in {len(years) - 1:,} more preprints whose arXiv ids tell it",
        "write the year that the arXiv id tells",
        next(iter(years)),
        fix=giving({key: {"year": year} for key, year in years.items()}),
    )


def _arxiv_year(paper: Paper, latest: int) -> int | None:
    arxiv = normalise_arxiv(paper.arxiv) if paper.arxiv else None
    year = arxiv_year(arxiv) if arxiv else None
    return year if year and year <= latest else None
