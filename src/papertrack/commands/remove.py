"""papertrack remove."""

from papertrack.options import All, CataloguePath, References, Yes
from papertrack.session import changing_papers
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
    """Remove papers; they are shown first."""
    ask = None if yes else "Remove {}?"
    with changing_papers(catalogue, references, as_query=as_query, ask=ask) as (draft, papers):
        for paper in papers:
            draft.remove(paper.key)
    for paper in papers:
        messages.answer(f"removed {paper.key}: {paper.title}")
    if not papers:
        messages.answer("no paper matches: nothing was removed")
    elif len(papers) == 1:
        messages.answer("papertrack undo brings it back")
    else:
        messages.answer(f"{len(papers)} papers removed; papertrack undo brings them back")
