"""CSL-JSON read and written."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import csl_json
from papertrack.errors import PapertrackError
from papertrack.models import Paper
from papertrack.status import Status

_PAPER = Paper(
    key="a",
    name="N",
    title="On {R&D} \\alpha",
    authors=("Laurens van der Maaten", "King, Jr., Martin Luther", "张三", "et al."),
    lab="L",
    venue="Nature",
    year=2019,
    doi="10.1000/x",
    links=("https://a.org", "https://b.org/c", "https://d.org"),
    tags=("x", "y; z, a"),
    status=Status.DONE,
    priority=2,
    added=date(2020, 1, 2),
    summary="第一行\n第二行\n",
    notes="a\n\nb",
    bibtex={"type": "article", "key": "Smith", "pages": "1--2", "month": "jun", "number": "3"},
)


def test_every_form_of_the_recorded_cases_is_read(shared: Path) -> None:
    folder = shared / "exchange" / "csl"
    expected = json.loads((folder / "cases.expected.json").read_text(encoding="utf-8"))
    read = csl_json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    papers = {entry.paper.title: entry.paper.model_dump(mode="json") for entry in read.papers}
    for wanted in expected["papers"]:
        fields = {name for name in wanted if not name.startswith("_")}
        paper = papers[wanted["title"]]
        assert {name: paper[name] for name in fields} == {name: wanted[name] for name in fields}
    assert [entry.line for entry in read.papers] == [2, 3, 4, 5, 6, 7]


def test_recorded_files_are_read(shared: Path) -> None:
    for path in sorted((shared / "metadata" / "csl-json").glob("*.json")):
        read = csl_json.loads(path.read_text(encoding="utf-8"))
        assert read.entries == len(read.papers) + len(read.left_out)


def test_what_is_written_is_read_back() -> None:
    (entry,) = csl_json.loads(csl_json.dumps([_PAPER], everything=True)).papers
    kept = {**entry.paper.bibtex}
    assert kept.pop("date") == "2019-06"
    assert kept == {**_PAPER.bibtex}
    assert entry.paper.model_copy(update={"key": "a", "bibtex": _PAPER.bibtex}) == _PAPER


@pytest.mark.parametrize("tags", [("Prices, wages",), ("a, b", "c"), ("价格，工资",), ("x",)])
def test_tags_and_subtitles_are_read_back(tags: tuple[str, ...]) -> None:
    paper = Paper(key="a", title="A: B", tags=tags, bibtex={"type": "book", "subtitle": "B"})
    (entry,) = csl_json.loads(csl_json.dumps([paper], everything=True)).papers
    assert (entry.paper.title, entry.paper.tags) == (paper.title, paper.tags)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "On <i>Canis <b>lupus</b></i> & H<sub>2</sub>O"),
        ("title", "On Vector<i>"),
        ("container-title", "The <i>Iliad</i> and its readers"),
        ("abstract", "Of <i>Canis</i>."),
        ("type", "legal-case"),
        ("issued", {"date-parts": [[2011]], "season": 3}),
        ("issued", {"date-parts": [[1650]], "circa": True}),
        ("author", [{"literal": "Golden Meadow"}, {"family": "Roe", "given": "Jo"}]),
        ("author", [{"literal": "Golden and Meadow, Publishers"}]),
        ("editor", [{"literal": "Golden Meadow"}]),
        ("author", [{"family": "Roe", "given": "Jo"}, {"literal": "others"}]),
        ("accessed", {"date-parts": [[2021, 2, 1]]}),
        ("original-date", {"date-parts": [[1859]]}),
    ],
)
def test_a_value_goes_out_as_it_came(name: str, value: object) -> None:
    item = {"id": "k", "type": "article-journal", "title": "T", name: value}
    papers = [it.paper for it in csl_json.loads(json.dumps([item])).papers]
    (written,) = json.loads(csl_json.dumps(papers, everything=True))
    assert written == item
    (again,) = csl_json.loads(csl_json.dumps(papers, everything=True)).papers
    assert again.paper == papers[0]


@pytest.mark.parametrize(
    "item",
    [
        {"type": "legal_case", "container-title": "F. 4th", "volume": "8"},
        {"type": "article-journal", "container-title": "C", "issue": "6", "number": "12"},
        {"type": "webpage", "container-title": "C", "publisher": "P"},
    ],
)
def test_an_item_goes_out_as_it_came(item: dict[str, object]) -> None:
    item = {"id": "k", "title": "T", **item}
    papers = [it.paper for it in csl_json.loads(json.dumps([item])).papers]
    assert json.loads(csl_json.dumps(papers, everything=True)) == [item]


def test_a_citation_key_goes_before_the_id_of_a_database() -> None:
    item = {"id": "http://zotero.org/users/1/items/AB", "title": "T", "citation-key": "doe2020t"}
    (entry,) = csl_json.loads(json.dumps([item])).papers
    assert entry.paper.bibtex["key"] == "doe2020t"
    assert entry.paper.bibtex["csl-id"] == item["id"]
    (written,) = json.loads(csl_json.dumps([entry.paper], everything=True))
    assert (written["id"], written["citation-key"]) == ("doe2020t", "doe2020t")


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ({"family": "Council of Exchange"}, {"literal": "Council of Exchange"}),
        ({"family": "Bebo B.F.", "suffix": "Jr."}, {"family": "Bebo B.F.", "suffix": "Jr."}),
        (
            {"family": "Alembert", "given": "Jean", "dropping-particle": "d’"},
            {"family": "d’Alembert", "given": "Jean"},
        ),
    ],
)
def test_names_of_csl_are_read_whole(name: dict[str, str], again: dict[str, str]) -> None:
    item = {"id": "k", "title": "T", "author": [name]}
    papers = [it.paper for it in csl_json.loads(json.dumps([item])).papers]
    (written,) = json.loads(csl_json.dumps(papers))
    assert written["author"] == [again]


@pytest.mark.parametrize("wrap", [lambda it: {"items": it}, lambda it: [{"data": e} for e in it]])
def test_what_zotero_keeps_for_itself_is_read_too(wrap: Callable[[object], object]) -> None:
    items = [
        {
            "itemType": "journalArticle", "title": "T", "date": "October 2018", "key": "AB12",
            "citationKey": "doe2018", "publicationTitle": "Waves", "pages": "192-206",
            "DOI": "10.1000/1", "url": "https://example.org", "version": 17, "collections": ["CD"],
            "creators": [
                {"firstName": "Jo", "lastName": "Doe", "creatorType": "author"},
                {"name": "A Group", "creatorType": "author"},
                {"firstName": "Ed", "lastName": "Roe", "creatorType": "editor"},
            ],
            "tags": [{"tag": "a, b"}, {"tag": "c", "type": 1}],
        },
        {"itemType": "attachment", "title": "Full Text PDF"},
    ]  # fmt: skip
    (entry,) = csl_json.loads(json.dumps(wrap(items))).papers
    paper = entry.paper
    assert (paper.authors, paper.year, paper.venue) == (("Jo Doe", "A Group"), 2018, "Waves")
    assert (paper.doi, paper.links) == ("10.1000/1", ("https://example.org",))
    assert paper.tags == ("a, b", "c")
    kept = {"key": "doe2018", "pages": "192--206", "editor": "Ed Roe"}
    assert paper.bibtex.items() >= kept.items()
    assert "csl-collections" not in paper.bibtex


@pytest.mark.parametrize("message", [{"title": ["T"]}, {"items": [{"title": ["T"]}]}])
def test_what_crossref_answers_is_read(message: object) -> None:
    read = csl_json.loads(json.dumps({"status": "ok", "message": message}))
    assert [it.paper.title for it in read.papers] == ["T"]


@pytest.mark.parametrize("item", [{}, {"issued": {"date-parts": [[2020]]}}])
def test_an_item_without_a_title_is_named(item: dict[str, object]) -> None:
    entries = csl_json.loads(json.dumps([item]))
    assert [it.reason for it in entries.left_out] == ["no title"]


def test_items_by_their_ids_are_a_list() -> None:
    read = csl_json.loads(json.dumps({"lee": {"title": "T"}, "roe": {"id": "r", "title": "U"}}))
    assert [it.paper.bibtex["key"] for it in read.papers] == ["lee", "r"]


@pytest.mark.parametrize(
    ("item", "title", "doi", "arxiv"),
    [
        ({"note": "PMID: 7\nDOI: 10.1000/1"}, "T", "10.1000/1", None),
        ({"note": "arXiv:1706.03762 [cs]\nversion: 5"}, "T", None, "1706.03762"),
        ({"title": ["T"], "subtitle": ["On Names"]}, "T: On Names", None, None),
    ],
)
def test_identifiers_of_notes_and_subtitles_are_read(
    item: dict[str, object], title: str, doi: str | None, arxiv: str | None
) -> None:
    (entry,) = csl_json.loads(json.dumps([{"id": "k", "title": "T", **item}])).papers
    assert (entry.paper.title, entry.paper.doi, entry.paper.arxiv) == (title, doi, arxiv)


@pytest.mark.parametrize("issued", [{"year": 2015}, [{"year": "2015", "month": 3}]])
def test_a_date_of_old_is_read(issued: object) -> None:
    item = {"id": "k", "type": "book", "title": "T", "issued": issued}
    (entry,) = csl_json.loads(json.dumps([item])).papers
    assert entry.paper.year == 2015


def test_what_is_written_fits_the_schema(shared: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    path = shared / "metadata" / "csl-json" / "schema__csl-data.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    cases = (shared / "exchange" / "csl" / "cases.json").read_text(encoding="utf-8")
    papers = [_PAPER, *(entry.paper for entry in csl_json.loads(cases).papers)]
    papers.append(Paper(key="b", title="B", arxiv="2302.13971", venue="arXiv", year=2023))
    assert not list(validator.iter_errors(json.loads(csl_json.dumps(papers, everything=True))))


def test_a_citation_says_nothing_private() -> None:
    (item,) = json.loads(csl_json.dumps([_PAPER]))
    assert item == {
        "id": "Smith",
        "type": "article-journal",
        "title": "On {R&D} \\alpha",
        "author": [
            {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"literal": "张三"},
            {"literal": "others"},
        ],
        "issued": {"date-parts": [[2019, 6]]},
        "container-title": "Nature",
        "DOI": "10.1000/x",
        "URL": "https://a.org",
        "keyword": "x; y; z, a",
        "issue": "3",
        "page": "1-2",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[{]", "line 1 is not JSON", id="broken"),
        pytest.param('[{"a": 1}\n', "line 2 is not JSON", id="never closed"),
        pytest.param("[1]", "not a list of references", id="numbers"),
        pytest.param("[" * 3000, "not JSON", id="nested"),
        pytest.param('[{"a": ' + "9" * 5000 + "}]", "not JSON that can be read", id="huge"),
    ],
)
def test_what_is_no_csl_json_is_refused(text: str, message: str) -> None:
    with pytest.raises(PapertrackError, match=message):
        csl_json.loads(text)


_NAMES = st.sampled_from("family date-parts status".split())
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("a1-\ud800<i>"),
    lambda inner: st.lists(inner) | st.dictionaries(_NAMES, inner),
    max_leaves=4,
)
_FIELDS = st.sampled_from("id type author issued container-title page custom note DOI x".split())


@pytest.mark.slow
@given(st.dictionaries(_FIELDS, _VALUES))
def test_no_value_is_too_strange(item: dict[str, object]) -> None:
    text = json.dumps([{"title": "T", **item}])
    papers = [entry.paper for entry in csl_json.loads(text).papers]
    csl_json.dumps(papers, everything=True).encode()
