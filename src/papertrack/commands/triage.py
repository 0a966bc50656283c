"""papertrack triage."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from papertrack import changes, resolve
from papertrack import triage as rounds
from papertrack.changes import FieldChanges
from papertrack.errors import PapertrackError
from papertrack.options import QUERY, CataloguePath
from papertrack.session import changing, chosen, reading, today
from papertrack.terminal import messages, outcome
from papertrack.terminal.messages import no_papers

EXAMPLES = (
    "papertrack triage llama --priority 1 --tag rlhf",
    'papertrack triage peer sparrow --drop --note "not now"',
)

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=QUERY,
        help="Which of the undecided to go through; with options, the papers to decide on.",
        show_default=False,
    ),
]
Start = Annotated[bool, typer.Option("--start", help="Mark as being read.")]
Skim = Annotated[bool, typer.Option("--skim", help="Mark as skimmed.")]
Read = Annotated[bool, typer.Option("--read", help="Mark as read: done.")]
Drop = Annotated[bool, typer.Option("--drop", help="Mark as dropped.")]
Priority = Annotated[
    str | None,
    typer.Option("--priority", metavar="N", help="1 (first) to 5.", show_default=False),
]
Tags = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="Add a tag; may be repeated.", show_default=False),
]
Note = Annotated[
    str | None,
    typer.Option("--note", metavar="TEXT", help="Add a dated note.", show_default=False),
]


def triage(
    words: Words = None,
    *,
    start: Start = False,
    skim: Skim = False,
    read: Read = False,
    drop: Drop = False,
    priority: Priority = None,
    tag: Tags = None,
    note: Note = None,
    catalogue: CataloguePath = None,
) -> None:
    """Decide on the undecided, one key a paper: those to read that have no priority.

    Each key is saved as it is pressed; what was left for later comes again the next time.
    With options, in a script: the papers that the words refer to.
    """
    wanted = rounds.by_options(
        start=start, skim=skim, read=read, drop=drop, priority=priority, tags=tag, note=note
    )
    if wanted is None:
        _one_by_one(words, catalogue)
    else:
        _at_once(words or (), wanted, catalogue)


def _at_once(words: Sequence[str], wanted: FieldChanges, path: Path | None) -> None:
    if not words:
        raise PapertrackError("no paper is named: papertrack triage llama --priority 1")
    with changing(path) as draft:
        papers = resolve.many(words, draft.catalogue.papers)
        edited = [changes.edit(draft, paper, wanted, today()) for paper in papers]
    for before, after in edited:
        outcome.changed(before, after)


def _one_by_one(terms: Sequence[str] | None, path: Path | None) -> None:
    if not messages.interactive():
        raise PapertrackError(
            "nobody is at the terminal to press a key: decide by options, such as "
            "papertrack triage llama --priority 1 (or --start, --skim, --drop, --tag, --note)"
        )
    with reading(path) as known:
        papers = chosen(known, terms)
        waiting = rounds.undecided(papers)
    if waiting:
        rounds.Round(known, waiting, path).run()
    elif papers:
        messages.answer("nothing to decide: all of them have a priority, or another status")
    else:
        messages.answer(no_papers(len(known.papers)))
