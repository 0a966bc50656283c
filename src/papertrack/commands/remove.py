"""papertrack remove."""

from collections.abc import Sequence

from papertrack.models import Paper
from papertrack.options import All, CataloguePath, References, Yes
from papertrack.session import agree, changing, named, still
from papertrack.terminal import messages

EXAMPLES = (
    "papertrack remove peer --yes",
    "papertrack remove --all status:to-read year:..2021 --yes",
)


def remove(
    references: References,
    *,
    as_query: All = False,
    yes: Yes = False,
    catalogue: CataloguePath = None,
) -> None:
    """Remove papers; what goes is shown first."""
    agreed = None if yes else agree(catalogue, references, "Remove {}?", as_query=as_query)
    with changing(catalogue) as draft:
        papers = still(named(draft.catalogue, references, as_query=as_query), agreed)
        for paper in papers:
            draft.remove(paper.key)
    _say(papers)


def _say(papers: Sequence[Paper]) -> None:
    for paper in papers:
        messages.answer(f"removed {paper.key}: {paper.title}")
    if not papers:
        messages.answer("no paper is meant: nothing was removed")
    elif len(papers) == 1:
        messages.answer("papertrack undo brings it back")
    else:
        messages.answer(f"{len(papers)} papers removed; papertrack undo brings them back")
