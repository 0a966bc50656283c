"""papertrack mark, and the short verbs for its statuses: start, done."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from papertrack import changes
from papertrack.changes import Edited
from papertrack.models import Paper
from papertrack.options import All, CataloguePath, OnDay, References, Yes
from papertrack.session import agree, changing, named, on_day, status_named, still
from papertrack.status import Status
from papertrack.terminal import messages

EXAMPLES = (
    "papertrack mark skimmed llama",
    "papertrack mark to-read gpt-2 t5",
    "papertrack mark dropped --all lab:DeepMind --yes",
    "papertrack start llama",
    "papertrack start t5 --on 2023-03-01",
    "papertrack done llama",
    "papertrack done peer sparrow --on yesterday",
    "papertrack done --all lab:OpenAI year:..2019 --yes",
)

StatusWord = Annotated[
    str, typer.Argument(metavar="STATUS", help="to-read, reading, skimmed, done or dropped.")
]


def mark(
    status: StatusWord,
    references: References,
    *,
    on: OnDay = None,
    as_query: All = False,
    yes: Yes = False,
    catalogue: CataloguePath = None,
) -> None:
    """Give papers any status."""
    wanted = status_named(status)
    _give(wanted, references, as_query=as_query, yes=yes, on=on, path=catalogue)


def start(
    references: References,
    *,
    on: OnDay = None,
    as_query: All = False,
    yes: Yes = False,
    catalogue: CataloguePath = None,
) -> None:
    """Mark papers as being read."""
    _give(Status.READING, references, as_query=as_query, yes=yes, on=on, path=catalogue)


def done(
    references: References,
    *,
    on: OnDay = None,
    as_query: All = False,
    yes: Yes = False,
    catalogue: CataloguePath = None,
) -> None:
    """Mark papers as read."""
    _give(Status.DONE, references, as_query=as_query, yes=yes, on=on, path=catalogue)


def _give(
    status: Status,
    words: Sequence[str],
    *,
    as_query: bool,
    yes: bool,
    on: str | None,
    path: Path | None,
) -> None:
    """Mark the papers and say what became of each; nobody is asked while the file is locked."""
    day = on_day(on)
    agreed = agree(path, words, f"Mark {{}} as {status}?") if as_query and not yes else None
    with changing(path) as draft:
        papers = still(named(draft.catalogue, words, as_query=as_query), agreed)
        marked = changes.mark(draft, papers, status, day, redated=on is not None)
    _say(marked)


def _say(papers: Sequence[Edited]) -> None:
    """Say which papers have their status now, and which had it already."""
    for before, after in papers:
        messages.answer(f"{after.label} {_verdict(before, after)}")
    changed = sum(before != after for before, after in papers)
    if not papers:
        messages.answer("no paper is meant: nothing was changed")
    elif len(papers) > 1:
        messages.answer(f"{changed} of {len(papers)} changed")


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
