"""papertrack show."""

from papertrack import resolve
from papertrack.arguments import CataloguePath, Json, Reference
from papertrack.session import reading
from papertrack.terminal import panel

EXAMPLES = ("papertrack show llama", 'papertrack show "Constitutional AI"')


def show(reference: Reference, *, as_json: Json = False, catalogue: CataloguePath = None) -> None:
    """Show everything about one paper."""
    with reading(catalogue) as known:
        paper = resolve.one(reference, known.papers)
        panel.paper_json(paper) if as_json else panel.paper(paper)
