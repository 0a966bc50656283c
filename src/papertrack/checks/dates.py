"""Years and dates that cannot be, or that contradict the status."""

import re
from collections.abc import Iterator, Mapping

from papertrack.checks.finding import FEW, Problem, Subject, giving
from papertrack.models import DATES, Paper
from papertrack.sources import read_source
from papertrack.status import Status

_FIRST_YEAR = 1600
"""Before the first journal, the Journal des sçavans of 1665."""
_NEW_ARXIV = re.compile(r"([0-9]{2})(?:0[1-9]|1[0-2])\.")
_NEW_SINCE = 2007


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
    told: dict[str, int] = {}
    untold: list[Problem] = []
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
            told[paper.key] = posted
        else:
            hint = f", posted on arXiv in {posted}" if posted else ""
            advice = f"`papertrack edit {paper.key} --set year=…`"
            untold.append(Problem(f"no year{hint}", advice, paper.key))
    yield from _told(told)
    if len(untold) <= FEW:
        yield from untold
        return
    message = f"no year, nor in {len(untold) - 1:,} more papers"
    yield Problem(message, "`papertrack list missing:year` shows them", untold[0].key)


def _told(years: Mapping[str, int]) -> Iterator[Problem]:
    """Give the problems of preprints without a year."""
    if len(years) <= FEW:
        for key, year in years.items():
            message, mend = f"no year, posted on arXiv in {year}", giving({key: {"year": year}})
            yield Problem(message, f"write year = {year}", key, mend=mend)
        return
    yield Problem(
        f"no year, nor in {len(years) - 1:,} more preprints whose arXiv ids tell it",
        "write the year that the arXiv id tells",
        next(iter(years)),
        mend=giving({key: {"year": year} for key, year in years.items()}),
    )


def date_order(subject: Subject) -> Iterator[Problem]:
    """Find papers finished before they were started, and days that are still to come."""
    for paper in subject.catalogue.papers:
        for field in DATES:
            day = getattr(paper, field)
            if day and day > subject.today:
                yield _impossible(paper, field, f"{field} {day} is still to come")
        if paper.started and paper.finished and paper.finished < paper.started:
            order = f"finished {paper.finished} is before started {paper.started}"
            yield _impossible(paper, "finished", order)


def status_date(subject: Subject) -> Iterator[Problem]:
    """Find papers whose dates say another status: a finished one that is not done."""
    for paper in subject.catalogue.papers:
        if paper.finished and paper.status is not Status.DONE:
            yield _contradiction(paper, "finished", "done")
        elif paper.started and paper.status is Status.TO_READ:
            yield _contradiction(paper, "started", "reading")


def _impossible(paper: Paper, field: str, message: str) -> Problem:
    advice = f"`papertrack edit {paper.key} --set {field}=…`"
    return Problem(message, advice, paper.key, field)


def _contradiction(paper: Paper, field: str, status: str) -> Problem:
    day = getattr(paper, field)
    return Problem(
        f"status is {paper.status}, but {field} is {day}",
        f"`papertrack mark {status} {paper.key} --on {day}`, "
        f"or `papertrack edit {paper.key} --unset {field}`",
        paper.key,
        field,
    )


def _arxiv_year(paper: Paper, latest: int) -> int | None:
    """Return the year in which arXiv gave its id, which begins with year and month since 2007.

    https://info.arxiv.org/help/arxiv_identifier.html
    """
    found = _NEW_ARXIV.match(paper.arxiv or "")
    year = 2000 + int(found[1]) if found else 0
    return year if _NEW_SINCE <= year <= latest else None
