"""papertrack labs rename."""

from typing import Annotated

import typer

from papertrack import renaming
from papertrack.arguments import CataloguePath
from papertrack.session import changing
from papertrack.terminal import outcome

EXAMPLES = ("papertrack labs rename Facebook Meta", 'papertrack labs rename Brain "Google Brain"')

Old = Annotated[str, typer.Argument(metavar="OLD", help="The lab, by any of its names.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="Its name from now on, or another lab.")]


def labs_rename(old: Old, new: New, *, catalogue: CataloguePath = None) -> None:
    """Rename a lab, or merge two.

    What it was called stays known as another name, for queries and imports.
    """
    with changing(catalogue) as draft:
        renamed = renaming.rename_lab(draft, old, new)
    outcome.renamed(renamed)
