"""papertrack labs, papertrack labs rename."""

from typing import Annotated

import typer

from papertrack import renaming
from papertrack.options import CataloguePath, Json, Terms
from papertrack.session import changing, chosen, reading
from papertrack.stats import by_lab
from papertrack.terminal import charts, outcome

EXAMPLES = (
    "papertrack labs",
    "papertrack labs year:2023..",
    "papertrack labs rename Facebook Meta",
    'papertrack labs rename Brain "Google Brain"',
)

Old = Annotated[str, typer.Argument(metavar="OLD", help="The lab, by any of its names.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="Its name from now on, or another lab.")]


def labs(terms: Terms = None, *, as_json: Json = False, catalogue: CataloguePath = None) -> None:
    """List the labs with their other names and their progress."""
    with reading(catalogue) as known:
        shares = by_lab(chosen(known, terms), known.labs, empty=not terms)
        if as_json:
            charts.show_shares_json(shares, "lab", others=known.labs)
        else:
            charts.show_shares(shares, "lab", others=known.labs)


def labs_rename(old: Old, new: New, *, catalogue: CataloguePath = None) -> None:
    """Rename a lab, or merge two.

    What it was called stays known as another name, for queries and imports.
    """
    with changing(catalogue) as draft:
        renamed = renaming.rename_lab(draft, old, new)
    outcome.renamed(renamed)
