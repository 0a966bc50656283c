"""Several papers chosen by a query: `lab:Meta status:to-read year:2020..2023 -tag:vision`.

Terms all hold; a comma means any of; `-` negates; bare words and "quoted phrases" are searched
in the text of a paper. `conditions` says what each field compares.
"""

from papertrack.query.conditions import Query, check_names, parse, select
from papertrack.query.dates import parse_date
from papertrack.query.sorting import SortKey, ordered, parse_columns, parse_count, parse_sort
from papertrack.query.terms import NAMES, Term, term, with_tag_renamed

__all__ = [
    "NAMES",
    "Query",
    "SortKey",
    "Term",
    "check_names",
    "ordered",
    "parse",
    "parse_columns",
    "parse_count",
    "parse_date",
    "parse_sort",
    "select",
    "term",
    "with_tag_renamed",
]
