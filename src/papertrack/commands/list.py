"""papertrack list."""

from papertrack.arguments import (
    CataloguePath,
    Json,
    LabOption,
    StatusOption,
    TagOption,
    Terms,
    YearOption,
)
from papertrack.session import chosen, reading
from papertrack.terminal import listing

EXAMPLES = (
    "papertrack list",
    "papertrack list --lab Meta --status to-read",
    'papertrack list lab:OpenAI,Meta year:2020..2023 -tag:vision "human feedback"',
)


def list_(
    terms: Terms = None,
    *,
    lab: LabOption = None,
    status: StatusOption = None,
    tag: TagOption = None,
    year: YearOption = None,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """Show the papers, all or those that a query names."""
    with reading(catalogue) as known:
        papers = chosen(known, terms, lab=lab, status=status, tag=tag, year=year)
        listing.papers_json(papers) if as_json else listing.papers(papers)
