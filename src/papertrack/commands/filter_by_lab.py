"""papertrack filter-by-lab."""

from typing import Annotated

import typer

from papertrack.options import CataloguePath, Json
from papertrack.session import chosen, reading
from papertrack.terminal import listing

EXAMPLES = ("papertrack filter-by-lab Meta",)

Lab = Annotated[str, typer.Argument(metavar="LAB", help="A lab, by any of its names.")]


def filter_by_lab(lab: Lab, *, as_json: Json = False, catalogue: CataloguePath = None) -> None:
    """Show one lab's papers."""
    with reading(catalogue) as known:
        papers = chosen(known, lab=[lab])
        listing.papers_json(papers) if as_json else listing.papers(papers)
