"""A status given to papers, and the dates that follow from it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from papertrack.models import Paper
from papertrack.status import Dates, Status, dates_after

if TYPE_CHECKING:
    from papertrack.catalogue import Draft  # changing needs it, not reading


class Marked(NamedTuple):
    """A paper before and after it was given a status."""

    before: Paper
    after: Paper


def mark(
    draft: "Draft", papers: Iterable[Paper], status: Status, on: date, *, redated: bool = False
) -> list[Marked]:
    """Give every paper the status from this day on.

    One that has it already stays as it is, dates and all, unless it is to be `redated`.
    """
    return [Marked(paper, _give(draft, paper, status, on, redated=redated)) for paper in papers]


def _give(draft: "Draft", paper: Paper, status: Status, on: date, *, redated: bool) -> Paper:
    if paper.status is status and not redated:
        return paper
    started = None if redated and status is Status.READING else paper.started
    dates = dates_after(status, Dates(started, paper.finished), on)
    return draft.change(paper.key, {"status": status.value, **dates._asdict()})
