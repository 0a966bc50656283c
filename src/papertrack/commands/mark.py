"""papertrack mark."""

from typing import Annotated

import typer

from papertrack.arguments import All, CataloguePath, OnDay, References, Yes
from papertrack.session import give_status, status_named

EXAMPLES = (
    "papertrack mark skimmed llama",
    "papertrack mark to-read gpt-2 t5",
    "papertrack mark dropped --all lab:DeepMind --yes",
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
