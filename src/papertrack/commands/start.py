"""papertrack start."""

from papertrack.arguments import All, CataloguePath, OnDay, References, Yes
from papertrack.session import give_status
from papertrack.status import Status

EXAMPLES = ("papertrack start llama", "papertrack start t5 --on 2023-03-01")


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
