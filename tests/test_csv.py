"""Papers as CSV."""

import csv
import io
from datetime import date

from papertrack.formats import Format, dumps
from papertrack.models import FIELDS, Catalogue, Paper


def test_each_paper_is_a_line_of_its_fields() -> None:
    paper = Paper(key="a", title='A "b", c', tags=("x", "y"), year=2020, added=date(2020, 1, 2))
    header, line = csv.reader(io.StringIO(dumps(Format.CSV, [paper], Catalogue())))
    assert tuple(header) == FIELDS
    assert dict(zip(header, line, strict=True)) == {
        **dict.fromkeys(FIELDS, ""),
        "key": "a",
        "title": 'A "b", c',
        "year": "2020",
        "tags": "x; y",
        "status": "to-read",
        "added": "2020-01-02",
    }
