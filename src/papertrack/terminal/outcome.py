"""What became of papers that a command changed: a line each, and one summary for several."""

from collections.abc import Sequence

from papertrack.marking import Marked
from papertrack.models import Paper
from papertrack.status import Status
from papertrack.terminal import messages

_LONG = 20


def marked(papers: Sequence[Marked]) -> None:
    """Say which papers have their status now, and which had it already."""
    for before, after in papers:
        messages.answer(f"{after.label} {_verdict(before, after)}")
    changed = sum(before != after for before, after in papers)
    if len(papers) > 1:
        messages.answer(f"{changed} of {len(papers)} changed")


def affected(papers: Sequence[Paper]) -> None:
    """Name the papers that a change would touch, the first twenty by name."""
    for paper in papers[:_LONG]:
        messages.say(f"  {paper.key}  {paper.label}")
    if len(papers) > _LONG:
        messages.say(f"  … and {len(papers) - _LONG} more")


def _verdict(before: Paper, after: Paper) -> str:
    if before == after:
        since = after.finished if after.status is Status.DONE else None
        return f"is {after.status} already" + (f", finished {since}" if since else "")
    match after.status:
        case Status.DONE:
            return f"is done, finished {after.finished}"
        case Status.READING:
            return f"is being read, started {after.started}"
        case _:
            return f"is {after.status} now (was {before.status})"
