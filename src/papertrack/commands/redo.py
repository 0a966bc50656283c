"""papertrack redo."""

from typing import Annotated

import typer

from papertrack import store
from papertrack.arguments import CataloguePath
from papertrack.history import taking_back
from papertrack.terminal import messages, outcome

EXAMPLES = ("papertrack redo",)

Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Even if a file was changed since by other hands; what is lost is shown."
    ),
]


def redo(*, force: Force = False, catalogue: CataloguePath = None) -> None:
    """Make the change again that undo took back last."""
    path = store.find_recorded(catalogue)
    change = taking_back.redo(path, force=force, tell=messages.say)
    messages.answer(f"made again: {outcome.taken_back(change)}")
