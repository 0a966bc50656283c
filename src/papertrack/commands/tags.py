"""papertrack tags."""

from papertrack.arguments import CataloguePath, Json, Terms
from papertrack.session import chosen, reading
from papertrack.stats import by_tag
from papertrack.terminal import charts

EXAMPLES = ("papertrack tags", "papertrack tags lab:OpenAI", "papertrack tags rename RLHF rlhf")


def tags(terms: Terms = None, *, as_json: Json = False, catalogue: CataloguePath = None) -> None:
    """List the tags with their progress."""
    with reading(catalogue) as known:
        found = by_tag(chosen(known, terms))
        charts.shares_json(found, "tag") if as_json else charts.shares(found, "tag")
