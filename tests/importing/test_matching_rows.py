from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.importing import matching
from papertrack.importing.matching import Difference, Values
from papertrack.models import Paper
from papertrack.status import Status
from papertrack.typed import Value


def _paper(**values: object) -> Paper:
    return Paper.model_validate({"key": "bert", "title": "BERT", **values})


@pytest.mark.parametrize(
    ("known", "row", "last", "changes"),
    [
        pytest.param({}, {"venue": "ACL"}, {}, {"venue": "ACL"}, id="an absent field is filled in"),
        pytest.param({"venue": "ACL"}, {}, {}, {}, id="a field never said takes nothing away"),
        pytest.param(
            {"venue": "ACL"}, {"venue": "EMNLP"}, {"venue": "ACL"}, {"venue": "EMNLP"},
            id="a field that only the row changed follows it",
        ),
        pytest.param(
            {"venue": "NAACL"}, {"venue": "ACL"}, {"venue": "ACL"}, {},
            id="a field that only the catalogue changed stays",
        ),
        pytest.param(
            {"notes": "old"}, {}, {"notes": "old"}, {"notes": None},
            id="a cell that was emptied takes the field away",
        ),
        pytest.param(
            {"summary": "two\nlines "}, {"summary": "two lines"}, {}, {},
            id="white space is no difference",
        ),
        pytest.param(
            {"tags": ("nlp", "mine")}, {"tags": ("nlp", "new")}, {"tags": ("nlp", "old")},
            {"tags": ("nlp", "mine", "new")},
            id="tags come one by one",
        ),
        pytest.param(
            {"tags": ("nlp", "old", "mine")}, {"tags": ("nlp",)}, {"tags": ("nlp", "old")},
            {"tags": ("nlp", "mine")},
            id="and go one by one",
        ),
        pytest.param(
            {"links": ("https://a",)}, {"links": ("https://b",)}, {},
            {"links": ("https://a", "https://b")},
            id="links of both are kept",
        ),
    ],
)  # fmt: skip
def test_merging_changes(
    known: dict[str, Value], row: Values, last: Values, changes: dict[str, Value | None]
) -> None:
    assert matching.merged_row(_paper(**known), {"title": "BERT", **row}, last).changes == changes


@pytest.mark.parametrize(
    ("known", "row", "last", "differences"),
    [
        pytest.param(
            {"venue": "arXiv"}, {"venue": "ACL"}, {}, [("venue", "ACL", "arXiv")],
            id="a field that both have",
        ),
        pytest.param(
            {"venue": "arXiv"}, {"venue": "ACL"}, {"venue": "NAACL"}, [("venue", "ACL", "arXiv")],
            id="a field that both changed",
        ),
        pytest.param(
            {"venue": "arXiv"}, {"venue": "ACL", "year": 2020}, {},
            [("venue", "ACL", "arXiv"), ("year", 2020, None)],
            id="the year of another venue is not filled in",
        ),
        pytest.param(
            {"year": 2019}, {"venue": "ACL", "year": 2020}, {},
            [("year", 2020, 2019), ("venue", "ACL", None)],
            id="nor the venue of another year",
        ),
        pytest.param(
            {"status": Status.READING}, {"status": Status.DONE}, {},
            [("status", Status.DONE, Status.READING)],
            id="a status",
        ),
        pytest.param(
            {}, {"title": "Bert 2"}, {}, [("title", "Bert 2", "BERT")], id="another title"
        ),
        pytest.param(
            {"authors": ("Lee", "et al.")}, {"authors": ("Ann Doe", "Bo Lee")}, {},
            [("authors", ("Ann Doe", "Bo Lee"), ("Lee", "et al."))],
            id="authors that et al. does not stand for",
        ),
        pytest.param(
            {"authors": ("C. R. Darwin",)},
            {"authors": ("Charles R. Darwin",), "bibtex:key": "darwin"},
            {"authors": ("Charles Darwin",), "bibtex:key": "darwin"},
            [("authors", ("Charles R. Darwin",), ("C. R. Darwin",))],
            id="authors that somebody shortened, and the file spells out",
        ),
    ],
)  # fmt: skip
def test_merging_leaves_undecided(
    known: dict[str, Value],
    row: Values,
    last: Values,
    differences: list[tuple[str, Value | None, Value | None]],
) -> None:
    merged = matching.merged_row(_paper(**known), {"title": "BERT", **row}, last)
    assert merged == ({}, tuple(Difference(*difference) for difference in differences))


_ALL = ("Ashish Vaswani", "Noam Shazeer")
_FEW = ("Vaswani", "et al.")


@pytest.mark.parametrize(
    ("known", "row", "last", "changes"),
    [
        pytest.param({}, {"title": "Bert."}, {}, {}, id="a title's capitals and signs"),
        pytest.param(
            {}, {"title": "Bert"}, {"title": "BERT"}, {"title": "Bert"},
            id="but for those that the file changed",
        ),
        pytest.param(
            {"venue": "NeurIPS", "year": 2017},
            {"venue": "Advances in Neural Information Processing Systems", "year": 2017}, {}, {},
            id="a venue in full",
        ),
        pytest.param(
            {"venue": "Advances in Neural Information Processing Systems"},
            {"venue": "NIPS", "year": 2017}, {}, {"year": 2017},
            id="a venue's initials, whose year is filled in",
        ),
        pytest.param(
            {"authors": _FEW}, {"authors": _ALL}, {}, {"authors": _ALL}, id="et al. is filled in"
        ),
        pytest.param(
            {"authors": _ALL}, {"authors": _FEW}, {}, {}, id="et al. takes nobody away"
        ),
        pytest.param(
            {"authors": _ALL}, {"authors": _FEW}, {"authors": _ALL}, {},
            id="nor where the file is shorter now",
        ),
    ],
)  # fmt: skip
def test_what_says_the_same_in_other_words_is_no_difference(
    known: dict[str, Value], row: Values, last: Values, changes: dict[str, Value]
) -> None:
    merged = matching.merged_row(_paper(**known), {"title": "BERT", **row}, last)
    assert merged == (changes, ())


@pytest.mark.parametrize(
    ("known", "row", "last", "merged"),
    [
        pytest.param(
            {"authors": _ALL}, {"authors": _FEW}, {"authors": _ALL}, ({"authors": _FEW}, ()),
            id="et al.",
        ),
        pytest.param(
            {}, {"title": "Bert"}, {}, ({}, (Difference("title", "Bert", "BERT"),)),
            id="a title's capitals",
        ),
    ],
)  # fmt: skip
def test_words_written_by_hand_count_as_they_are(
    known: dict[str, Value], row: Values, last: Values, merged: object
) -> None:
    both = {"title": "BERT"}
    assert merged == matching.merged_row(
        _paper(**known), both | row, both | last if last else {}, by_hand=True
    )


@pytest.mark.parametrize(
    ("known", "row", "last", "merged"),
    [
        pytest.param(
            {"venue": "ACL"}, {"venue": "arXiv"}, {"venue": "arXiv"},
            ({}, (Difference("venue", "arXiv", "ACL"),)),
            id="a field that only the catalogue changed",
        ),
        pytest.param({"venue": "ACL"}, {}, {}, ({}, ()), id="but for what the row does not say"),
        pytest.param(
            {"tags": ("own",)}, {"tags": ("a",)}, {"tags": ("a", "b")},
            ({"tags": ("own", "a")}, ()),
            id="tags that the catalogue lost",
        ),
        pytest.param(
            {"tags": ("a", "b")}, {"tags": ("a",)}, {"tags": ("a", "b")},
            ({"tags": ("a",)}, ()),
            id="and those that the row lost",
        ),
    ],
)  # fmt: skip
def test_all_that_a_row_says_can_count(
    known: dict[str, Value], row: Values, last: Values, merged: object
) -> None:
    both = {"title": "BERT"}
    before = matching.unsaid(both | last, both | row)
    assert merged == matching.merged_row(_paper(**known), both | row, before)


def test_a_paper_that_is_to_be_read_again_loses_its_dates() -> None:
    known = _paper(status=Status.DONE, started=date(2023, 1, 2), finished=date(2023, 3, 1))
    merged = matching.merged_row(known, {"title": "BERT"}, {"title": "BERT", "status": Status.DONE})
    assert merged.changes == {"status": None, "started": None, "finished": None}
    assert matching.changed_paper(known, merged.changes) == _paper()


def test_a_paper_that_is_done_has_no_day_when_nobody_says_which() -> None:
    merged = matching.merged_row(_paper(), {"title": "BERT", "status": Status.DONE}, {})
    assert matching.changed_paper(_paper(), merged.changes) == _paper(status=Status.DONE)


_VALUES = st.fixed_dictionaries(
    {"title": st.just("BERT")},
    optional={
        "venue": st.sampled_from(["ACL", "arXiv"]),
        "year": st.integers(2018, 2020),
        "status": st.sampled_from([Status.DONE, Status.READING]),
        "summary": st.sampled_from(["one", "two\nlines"]),
        "tags": st.sets(st.sampled_from("abc"), min_size=1).map(lambda tags: tuple(sorted(tags))),
    },
)


@given(known=_VALUES, row=_VALUES, last=_VALUES)
def test_what_a_row_says_is_in_the_paper_or_reported(
    known: Values, row: Values, last: Values
) -> None:
    paper = _paper(**known)
    merged = matching.merged_row(paper, row, last)
    after = matching.values_of(matching.changed_paper(paper, merged.changes))
    reported = {difference.field for difference in merged.differences}
    for field, value in row.items():
        if field not in reported and value != last.get(field) and field != "tags":
            assert after[field] == value
    for field, value in known.items():
        if field != "tags":
            assert after.get(field) == value or value == last.get(field)


@given(known=_VALUES, row=_VALUES)
def test_a_row_taken_in_changes_nothing_the_second_time(known: Values, row: Values) -> None:
    paper = _paper(**known)
    after = matching.changed_paper(paper, matching.merged_row(paper, row, {}).changes)
    assert matching.merged_row(after, row, row) == ({}, ())
