"""Papers as CSV, for spreadsheets: the fields of a paper in their order, a line each."""

import csv
import io
from collections.abc import Collection, Sequence

from papertrack.models import FIELDS, Paper


def dumps(papers: Sequence[Paper], *, without: Collection[str] = ()) -> str:
    """Return a line of field names and a line for each paper; lists are joined by `; `."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [name for name in FIELDS if name not in without]
    writer.writerow(names)
    writer.writerows([_cell(getattr(paper, name)) for name in names] for paper in papers)
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)
