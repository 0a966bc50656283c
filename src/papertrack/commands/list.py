"""papertrack list."""

from typing import Annotated

import typer

from papertrack import query
from papertrack.options import (
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
    "papertrack list --sort year,-added --limit 5 --columns key,year,title",
)

Sort = Annotated[
    str,
    typer.Option(
        "--sort", metavar="FIELDS", help="Sort by these, - before one turns it: year,-added."
    ),
]
Limit = Annotated[
    str | None,
    typer.Option("--limit", "-n", metavar="N", help="Show the first N.", show_default=False),
]
Columns = Annotated[
    str, typer.Option("--columns", metavar="FIELDS", help="Show these: key,year,title.")
]


def list_(
    terms: Terms = None,
    *,
    lab: LabOption = None,
    status: StatusOption = None,
    tag: TagOption = None,
    year: YearOption = None,
    sort: Sort = "",
    limit: Limit = None,
    columns: Columns = "",
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """Show the papers, all or those that a query names."""
    order, shown = query.parse_sort(sort), query.parse_columns(columns)
    most = None if limit is None else query.parse_count(limit, "--limit", least=0)
    with reading(catalogue) as known:
        papers = chosen(known, terms, lab=lab, status=status, tag=tag, year=year)
        papers = query.ordered(papers, order)[:most]
        if as_json:
            listing.papers_json(papers)
        else:
            listing.papers(papers, columns=shown, total=len(known.papers))
