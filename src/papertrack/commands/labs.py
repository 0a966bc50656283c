"""papertrack labs."""

from papertrack.arguments import CataloguePath, Json, Terms
from papertrack.session import chosen, reading
from papertrack.stats import by_lab
from papertrack.terminal import charts

EXAMPLES = (
    "papertrack labs",
    "papertrack labs year:2023..",
    "papertrack labs rename Facebook Meta",
)


def labs(terms: Terms = None, *, as_json: Json = False, catalogue: CataloguePath = None) -> None:
    """List the labs with their other names and their progress."""
    with reading(catalogue) as known:
        found = by_lab(chosen(known, terms), known.labs, empty=not terms)
        if as_json:
            charts.shares_json(found, "lab", others=known.labs)
        else:
            charts.shares(found, "lab", others=known.labs)
