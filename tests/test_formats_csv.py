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


def test_columns_of_the_owner_follow_under_their_headers() -> None:
    papers = [
        Paper(key="a", title="A", columns={"Code": "https://a.org", "notes": "x"}),
        Paper(key="b", title="B", columns={"组": "1"}),
    ]
    header, *lines = csv.reader(io.StringIO(dumps(Format.CSV, papers, Catalogue())))
    assert tuple(header) == (*FIELDS, "Code", "column:notes", "组")
    assert [line[-3:] for line in lines] == [["https://a.org", "x", ""], ["", "", "1"]]
    without = dumps(Format.CSV, papers, Catalogue(), without=["Code"])
    assert without.splitlines()[0].endswith(",notes,column:notes,组")
