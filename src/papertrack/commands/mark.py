"""papertrack mark, and the short verbs for its statuses: start, done, skim, drop."""

import shlex
from collections.abc import Callable, Sequence
from typing import Annotated

from papertrack import changes, session, terminal
from papertrack.errors import PapertrackError, RefusedError
from papertrack.models import Catalogue, Paper
from papertrack.session import argument, flag
from papertrack.status import Status, status_of

EXAMPLES = (
    "papertrack mark skimmed llama",
    "papertrack mark to-read gpt-2 t5",
    "papertrack mark dropped --all lab:DeepMind --yes",
    "papertrack start llama",
    "papertrack start t5 --on 2023-03-01",
    "papertrack done llama",
    "papertrack done peer sparrow --on yesterday",
    "papertrack done --all lab:OpenAI year:..2019 --yes",
    "papertrack skim lamda",
    "papertrack drop peer sparrow",
)

ReferencesOrBegun = Annotated[
    list[str] | None,
    argument(
        session.REFERENCE,
        "Papers, as in papertrack start; without any, the one that you are reading.",
    ),
]
KeepDates = Annotated[bool, flag("--keep-dates", "Keep dates that this removes, as a note.")]

_UNRECORDED = "on a day that is not recorded"


def mark(
    status: Annotated[str, argument("STATUS", "to-read, reading, skimmed, done or dropped.")],
    references: session.References,
    *,
    on: session.OnDay = None,
    keep_dates: KeepDates = False,
    as_query: session.All = False,
    yes: session.Yes = False,
) -> None:
    """Set the status of papers."""
    if status_of(status) is None and status_of(references[-1]):
        turned = shlex.join([references[-1], status, *references[:-1]])
        raise PapertrackError(f"the status comes first: papertrack mark {turned}")
    wanted = session.status_named(status)
    _give(wanted, references, on, keep_dates=keep_dates, as_query=as_query, yes=yes)


def done(
    references: ReferencesOrBegun = None,
    *,
    on: session.OnDay = None,
    keep_dates: KeepDates = False,
    as_query: session.All = False,
    yes: session.Yes = False,
) -> None:
    """Mark papers as read."""
    _give(Status.DONE, references or (), on, keep_dates=keep_dates, as_query=as_query, yes=yes)


def start(
    references: session.References,
    *,
    on: session.OnDay = None,
    keep_dates: KeepDates = False,
    as_query: session.All = False,
    yes: session.Yes = False,
) -> None:
    """Mark papers as being read."""
    _give(Status.READING, references, on, keep_dates=keep_dates, as_query=as_query, yes=yes)


def _undated(status: Status, sentence: str) -> Callable[..., None]:
    """Return the command that gives papers a status without a day; the sentence is its help."""

    def give(
        references: session.References,
        *,
        keep_dates: KeepDates = False,
        as_query: session.All = False,
        yes: session.Yes = False,
    ) -> None:
        _give(status, references, None, keep_dates=keep_dates, as_query=as_query, yes=yes)

    give.__doc__ = sentence
    return give


skim = _undated(Status.SKIMMED, "Mark papers as skimmed.")
drop = _undated(Status.DROPPED, "Mark papers as dropped: you will not read them.")


def _give(
    status: Status,
    words: Sequence[str],
    on: str | None,
    *,
    keep_dates: bool,
    as_query: bool,
    yes: bool,
) -> None:
    """Mark the papers and say what became of each; nobody is asked while the file is locked."""
    if on is not None and status not in (Status.READING, Status.DONE):
        raise PapertrackError(
            f"a paper that is {status} has no day: --on is for papertrack start and papertrack done"
        )
    day = session.on_day(on)
    ask = f"Mark {{}} as {status}?" if as_query and not yes else None
    with session.changing_papers(words, as_query=as_query, ask=ask) as (draft, named):
        papers = named if words or as_query else [_begun(draft.catalogue)]
        marked = changes.mark(
            draft, papers, status, day, redated=on is not None, keep_dates=keep_dates
        )
    for before, after in marked:
        terminal.answer(f"{after.label} {_verdict(before, after)}{_no_longer(before, after)}")
    terminal.count_changed(marked)


def _begun(catalogue: Catalogue) -> Paper:
    """Return the one paper that is being read; RefusedError for none and for several."""
    begun = [paper for paper in catalogue.papers if paper.status is Status.READING]
    if len(begun) == 1:
        return begun[0]
    if not begun:
        raise RefusedError("nothing is being read: name the paper, as in papertrack done llama")
    from papertrack import resolve  # to ask which one only

    several = f"{len(begun)} papers are being read: name the one that is done"
    raise resolve.ambiguous(several, "", begun)


def _verdict(before: Paper, after: Paper) -> str:
    already = " already" if before == after else ""
    match after.status:
        case Status.DONE:
            return f"is done{already}, finished {after.finished or _UNRECORDED}"
        case Status.READING:
            again = before.status not in (Status.TO_READ, Status.READING)
            was = f" (was {before.status})" if again else ""
            return f"is being read{already}, started {after.started or _UNRECORDED}{was}"
        case _:
            return f"is {after.status}{already or f' now (was {before.status})'}"


def _no_longer(before: Paper, after: Paper) -> str:
    """Return which days are gone from its fields, and where they are now."""
    gone = [f"{what} {day}" for what, day in changes.lost_dates(before, after)]
    if not gone:
        return ""
    kept = " (noted)" if before.notes != after.notes else ""
    return f"; no longer {', '.join(gone)}{kept}"
