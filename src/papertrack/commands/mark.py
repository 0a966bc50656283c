"""papertrack mark, and the short verbs for its statuses: start, done."""

from typing import Annotated

import typer

from papertrack.options import All, CataloguePath, OnDay, References, Yes
from papertrack.session import give_status, status_named
from papertrack.status import Status

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
    give_status(wanted, references, as_query=as_query, yes=yes, on=on, path=catalogue)


def start(
    references: References,
    *,
    on: OnDay = None,
    as_query: All = False,
    yes: Yes = False,
    catalogue: CataloguePath = None,
) -> None:
    """Mark papers as being read."""
    give_status(Status.READING, references, as_query=as_query, yes=yes, on=on, path=catalogue)


def done(
    references: References,
    *,
    on: OnDay = None,
    as_query: All = False,
    yes: Yes = False,
    catalogue: CataloguePath = None,
) -> None:
    """Mark papers as read."""
    give_status(Status.DONE, references, as_query=as_query, yes=yes, on=on, path=catalogue)
