"""papertrack undo."""

from typing import Annotated

import typer

from papertrack import store
from papertrack.arguments import CataloguePath
from papertrack.history import taking_back
from papertrack.terminal import messages, outcome

EXAMPLES = ("papertrack undo", "papertrack undo --force")

Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Even if a file was changed since by other hands; what is lost is shown."
    ),
]


def undo(*, force: Force = False, catalogue: CataloguePath = None) -> None:
    """Take the last change back: every file that it wrote, byte for byte."""
    path = store.find_recorded(catalogue)
    change = taking_back.undo(path, force=force, tell=messages.say)
    messages.answer(f"took back: {outcome.taken_back(change)}")
