"""papertrack done, papertrack mark-done."""

from papertrack.arguments import All, CataloguePath, OnDay, References, Yes
from papertrack.session import give_status
from papertrack.status import Status

EXAMPLES = (
    "papertrack done llama",
    "papertrack done peer sparrow --on yesterday",
    "papertrack done --all lab:OpenAI year:..2019 --yes",
)


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
