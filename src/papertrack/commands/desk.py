"""papertrack alone."""

from papertrack.help import first_things
from papertrack.options import CataloguePath
from papertrack.terminal import messages

EXAMPLES = ("papertrack",)


def desk(*, catalogue: CataloguePath = None) -> None:  # noqa: ARG001 - the desk will show it
    """Show what to type first."""
    messages.page(first_things())
