"""What to read next, and why, in one line."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date

from papertrack.models import Paper
from papertrack.next_up import Suggestion
from papertrack.terminal.cells import fold
from papertrack.terminal.listing import value
from papertrack.terminal.marks import marked
from papertrack.terminal.messages import ago, how_long
from papertrack.terminal.safe import one_line, visible
from papertrack.terminal.screen import Screen, is_terminal, screen, write

NOTHING = "nothing is left to read: all of them are done, skimmed or dropped"


def suggestions(
    found: Sequence[Suggestion],
    today: date,
    *,
    why: bool = False,
    left: int | None = None,
    nothing: str = NOTHING,
) -> None:
    """Print the suggestions on stdout: for people, or the columns of a list in a pipe.

    With `why` every reason is told, in a pipe in a sixth column. `left` is how many papers are
    not read yet; `nothing` is what a person reads where there is none.
    """
    if is_terminal(sys.stdout):
        view = screen(sys.stdout)
        write(shown(found, view, today, why=why, left=left, nothing=nothing))
        return
    columns = ("key", "status", "lab", "source", "title")
    for it in found:
        values = [value(it.paper, name) for name in columns]
        reason = [reasons(it, today)] if why else []
        write("\t".join(map(one_line, [*values, *reason])) + "\n")


def suggestions_json(found: Sequence[Suggestion], today: date) -> None:
    """Print the papers as a JSON array, each with its `why`."""
    from papertrack.terminal.as_json import dumped  # needed for --json only

    write(dumped([{**it.paper.model_dump(), "why": reasons(it, today)} for it in found]))


def shown(
    found: Sequence[Suggestion],
    screen: Screen,
    today: date,
    *,
    why: bool = False,
    left: int | None = None,
    nothing: str = NOTHING,
) -> str:
    """Return what a person sees: each paper with its reason below it."""
    lines: list[str] = []
    for number, it in enumerate(found, 1):
        status = marked(it.paper.status, screen)
        before = f"{number:>{len(str(len(found)))}}  "
        room = screen.width - len(before)
        titles = fold(visible(it.paper.title), room)
        reason = reasons(it, today) if why else next(_reasons(it, today))
        below = [visible(it.paper.key), visible(it.paper.lab or ""), visible(it.paper.source)]
        dot = " · " if screen.signs else ", "
        facts = fold(dot.join([status.text, *filter(None, below)]), room)
        lines.append(screen.paint(before, "dim") + screen.paint(titles[0], "bold"))
        space = " " * len(before)
        lines += [space + screen.paint(line, "bold") for line in titles[1:]]
        lines += [space + screen.paint(line, status.style) for line in facts]
        lines += [space + screen.paint(line, "dim") for line in fold(visible(reason), room)]
        lines.append("")
    if not found:
        lines += fold(nothing, screen.width)
    elif left is not None and left > len(found):
        lines.append(screen.paint(f"{left - len(found):,} more to read", "dim"))
    return "\n".join([*lines, ""]) if lines[-1] else "\n".join(lines)


def reasons(it: Suggestion, today: date) -> str:
    """Return everything that speaks for the paper, in one line."""
    return "; ".join(_reasons(it, today))


def _reasons(it: Suggestion, today: date) -> Iterator[str]:
    if it.drawn:
        yield f"drawn by lot from {it.drawn:,}"
    if it.begun:
        yield "begun already" if it.begun_days is None else f"begun {ago(it.begun_days)}"
    if it.paper.priority:
        yield f"priority {it.paper.priority}"
    if it.waited_days:
        yield f"waiting for {how_long(it.waited_days)}"
    elif it.waited_days == 0:
        yield "added today"
    elif it.undated:
        yield "waiting since a day that is not recorded"
    for like in it.like:
        yield f"{like.what} like {_recent(like.paper, today)}"
    if not (
        it.drawn
        or it.begun
        or it.paper.priority
        or it.like
        or it.undated
        or it.waited_days is not None
    ):
        yield "next in the order of the list"


def _recent(paper: Paper, today: date) -> str:
    days = (today - paper.finished).days if paper.finished else 0
    return f"{paper.name or paper.key}, read {ago(max(0, days))}"
