"""What became of papers that a command changed: a line each, and one summary for several."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from papertrack.marking import Marked
from papertrack.models import Paper
from papertrack.status import Status
from papertrack.terminal import messages
from papertrack.terminal.cells import fold, pad, width_of
from papertrack.terminal.safe import visible
from papertrack.terminal.screen import screen
from papertrack.terminal.words import how_many

if TYPE_CHECKING:
    from papertrack.renaming import Renamed  # renaming needs it, not marking

_LONG = 20
_NARROW = 16


def marked(papers: Sequence[Marked]) -> None:
    """Say which papers have their status now, and which had it already."""
    for before, after in papers:
        messages.answer(f"{after.label} {_verdict(before, after)}")
    changed = sum(before != after for before, after in papers)
    if not papers:
        messages.answer("no paper is meant: nothing was changed")
    elif len(papers) > 1:
        messages.answer(f"{changed} of {len(papers)} changed")


def affected(papers: Sequence[Paper]) -> None:
    """List the papers that a change would touch, the first twenty of them, as they are."""
    shown = papers[:_LONG]
    keys = max((width_of(paper.key) for paper in shown), default=0)
    statuses = max((len(paper.status) for paper in shown), default=0)
    room = max(_NARROW, screen(sys.stderr).width - keys - statuses - 6)
    for it in shown:
        first, *others = fold(visible(it.title), room)
        messages.say(f"  {pad(it.key, keys)}  {it.status:<{statuses}}  {first}")
        for line in others:
            messages.say(f"{' ' * (keys + statuses + 6)}{line}")
    if len(papers) > _LONG:
        messages.say(f"  and {len(papers) - _LONG:,} more")


def renamed(it: "Renamed") -> None:
    """Say what a lab or a tag is called now, and how many papers have that from it."""
    if it.changed:
        papers = how_many(len(it.papers), "paper")
        messages.answer(f"{it.old} is {it.new} now: {papers} changed")
    elif it.old == it.new:
        messages.answer(f"{it.new} is called so already: nothing was changed")
    else:
        messages.answer(f"{it.old} means {it.new} already: nothing was changed")


def _verdict(before: Paper, after: Paper) -> str:
    if before == after:
        return _stays(after)
    match after.status:
        case Status.DONE:
            return f"is done, finished {after.finished}"
        case Status.READING:
            return f"is being read, started {after.started}"
        case _:
            return f"is {after.status} now (was {before.status})"


def _stays(paper: Paper) -> str:
    match paper.status:
        case Status.DONE:
            day = paper.finished or "on a day that is not recorded"
            return f"is done already, finished {day}"
        case Status.READING if paper.started:
            return f"is being read already, started {paper.started}"
        case _:
            return f"is {paper.status} already"
