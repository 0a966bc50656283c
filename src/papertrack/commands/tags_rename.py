"""papertrack tags rename."""

from typing import Annotated

import typer

from papertrack import renaming
from papertrack.arguments import CataloguePath
from papertrack.session import changing
from papertrack.terminal import outcome

EXAMPLES = ("papertrack tags rename RLHF rlhf", 'papertrack tags rename "human feedback" rlhf')

Old = Annotated[str, typer.Argument(metavar="OLD", help="The tag.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="The tag instead, which may be in use.")]


def tags_rename(old: Old, new: New, *, catalogue: CataloguePath = None) -> None:
    """Rename a tag, or merge two."""
    with changing(catalogue) as draft:
        renamed = renaming.rename_tag(draft, old, new)
    outcome.renamed(renamed)
