"""papertrack remove."""

from collections.abc import Sequence
from pathlib import Path

from papertrack.arguments import All, CataloguePath, References, Yes
from papertrack.errors import PapertrackError, RefusedError
from papertrack.models import Paper
from papertrack.session import changing, named, reading, still
from papertrack.terminal import messages, outcome, prompts

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
    if as_query and not any(word.strip() for word in references):
        raise PapertrackError("an empty query names every paper: write has:title to mean that")
    agreed = None if yes else _agreed(references, as_query=as_query, path=catalogue)
    with changing(catalogue) as draft:
        papers = still(named(draft.catalogue, references, as_query=as_query), agreed)
        for paper in papers:
            draft.remove(paper.key)
    _say(papers)


def _agreed(words: Sequence[str], *, as_query: bool, path: Path | None) -> list[str]:
    with reading(path) as known:
        papers = named(known, words, as_query=as_query)
    outcome.affected(papers)
    question = f"Remove {'it' if len(papers) == 1 else f'these {len(papers)} papers'}?"
    if papers and not prompts.confirm(question, instead="--yes"):
        raise RefusedError("nothing was removed")
    return [paper.key for paper in papers]


def _say(papers: Sequence[Paper]) -> None:
    for paper in papers:
        messages.answer(f"removed {paper.key}: {paper.title}")
    if not papers:
        messages.answer("no paper is meant: nothing was removed")
    elif len(papers) == 1:
        messages.answer("papertrack undo brings it back")
    else:
        messages.answer(f"{len(papers)} papers removed; papertrack undo brings them back")
