"""Who is asked for what, and what becomes of each answer."""

import httpx2
import pytest

from papertrack import services
from papertrack.identifiers import Identifier
from papertrack.models import Paper
from papertrack.services import Answer, Record
from served import CSL, Served, atom, csl, datacite, entry


@pytest.fixture(autouse=True)
def _no_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAPERTRACK_SERVICES", raising=False)


def record(served: Served, identifier: Identifier) -> Record:
    (answer,) = served.look_up(identifier)
    assert answer.record is not None, answer
    return answer.record


ATTENTION = Identifier(arxiv="1706.03762")


class TestAnArxivId:
    def test_datacite_says_authors_and_the_year_of_version_1(self) -> None:
        creators = [
            {"name": "Lee, Ann", "nameType": "Personal", "givenName": "Ann", "familyName": "Lee"},
            {"name": "van der Maaten, Laurens"},
            {"name": "The Big Team", "nameType": "Organizational"},
        ]
        dates = [
            {"date": "2023-08-02", "dateType": "Updated", "dateInformation": "v7"},
            {"date": "2017-06-12T17:57:34Z", "dateType": "Submitted", "dateInformation": "v1"},
        ]
        subjects = [{"subject": "Computation and Language (cs.CL)", "subjectScheme": "arXiv"}]
        served = Served(
            {
                "api.datacite.org/dois/10.48550/arxiv.1706.03762": datacite(
                    creators=creators, dates=dates, subjects=subjects, publicationYear=2023
                )
            }
        )
        assert record(served, ATTENTION) == Record(
            title="A title",
            authors=("Ann Lee", "Laurens van der Maaten", "The Big Team"),
            year=2017,
            venue="arXiv",
            arxiv="1706.03762",
            bibtex={"primaryclass": "cs.CL"},
        )
        assert len(served.asked) == 1

    @pytest.mark.parametrize(
        "reply",
        [
            httpx2.Response(404),
            httpx2.Response(500),
            httpx2.Response(200, headers={"Content-Type": "text/html"}, content="<html>"),
            httpx2.Response(200, headers={"Content-Type": "application/json"}, content="{"),
            httpx2.Response(200, headers={"Content-Type": "application/json"}, content="[]"),
            httpx2.Response(200, headers={"Content-Type": "application/json"}, content="[" * 99999),
            datacite(titles=[]),
            datacite(titles=[{"title": None}], creators=[3]),
        ],
        ids=["404", "500", "html", "cut", "list", "deep", "no title", "odd"],
    )
    def test_where_datacite_does_not_say_arxiv_is_asked(self, reply: httpx2.Response) -> None:
        more = "<arxiv:journal_ref>Nature 1 (2018)</arxiv:journal_ref>"
        served = Served(
            {"api.datacite.org": reply, "export.arxiv.org": atom(entry("1706.03762", more))}
        )
        assert record(served, ATTENTION) == Record(
            title="Of 1706.03762",
            authors=("Ann Lee",),
            year=2017,
            venue="arXiv",
            arxiv="1706.03762",
            bibtex={"primaryclass": "cs.CL"},
            published="Nature 1 (2018)",
        )

    def test_several_are_asked_for_at_once(self) -> None:
        served = Served({"export.arxiv.org": atom(entry("1706.03762"), entry("1706.03763"))})
        answers = served.look_up(ATTENTION, Identifier(arxiv="1706.03763"), ATTENTION)
        assert [bool(answer.record) for answer in answers] == [True, True]
        assert [url for url in served.asked if url.startswith("export")] == [
            "export.arxiv.org/api/query?id_list=1706.03762,1706.03763&max_results=2"
        ]

    def test_one_that_spoils_the_answer_is_told_from_the_others(self) -> None:
        many = "export.arxiv.org/api/query?id_list=0000.0000,1706.03762"
        served = Served(
            {
                many: atom(status=400),
                "export.arxiv.org/api/query?id_list=1706.03762": atom(entry("1706.03762")),
                "export.arxiv.org/api/query?id_list=0000.0000": atom(status=400),
            }
        )
        unknown, known = served.look_up(Identifier(arxiv="0000.0000"), ATTENTION)
        assert unknown.unknown == "arXiv has no 0000.0000"
        assert known.record is not None

    @pytest.mark.parametrize(
        ("reply", "reason"),
        [
            (httpx2.Response(500), "it says 500"),
            (httpx2.Response(429), "it is busy (429)"),
            (atom("<entry>"), "its answer cannot be read"),
            (
                httpx2.Response(
                    200,
                    headers={"Content-Type": "text/xml"},
                    content="<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
                ),
                "its answer cannot be read",
            ),
            (
                httpx2.Response(200, headers={"Content-Type": "text/html"}, content="<p>"),
                "it answers with text/html",
            ),
        ],
        ids=["500", "429", "cut", "document type", "html"],
    )
    def test_no_usable_answer_is_no_answer(self, reply: httpx2.Response, reason: str) -> None:
        served = Served({"export.arxiv.org": reply})
        (answer,) = served.look_up(ATTENTION)
        assert answer == Answer(ATTENTION, unanswered=f"no answer from export.arxiv.org ({reason})")

    def test_a_record_without_a_title_is_none(self) -> None:
        untitled = atom(entry("1706.03762").replace("Of\n 1706.03762", " "))
        served = Served(
            {"api.datacite.org": datacite(titles=[{"title": ""}]), "export.arxiv.org": untitled}
        )
        (answer,) = served.look_up(ATTENTION)
        assert answer.unknown == "arXiv has no 1706.03762"

    def test_a_busy_arxiv_is_asked_twice_at_most(self) -> None:
        served = Served({"export.arxiv.org": httpx2.Response(429)})
        answers = served.look_up(*(Identifier(arxiv=f"1706.{at:05}") for at in range(120)))
        assert len(answers) == 120
        assert sum(url.startswith("export") for url in served.asked) == 2

    def test_a_published_preprint_is_named(self) -> None:
        related = [
            {"relationType": "IsSupplementTo", "relatedIdentifier": "10.1/no"},
            {
                "relationType": "IsVersionOf",
                "relatedIdentifier": "10.1000/ABC",
                "relatedIdentifierType": "DOI",
            },
        ]
        served = Served({"api.datacite.org": datacite(relatedIdentifiers=related)})
        assert record(served, ATTENTION).published == "10.1000/abc"


ITEM = {
    "type": "journal-article",
    "title": "<i>The Best</i> of  &amp; all",
    "subtitle": ["A review"],
    "author": [
        {"given": "Laurens", "family": "Maaten", "non-dropping-particle": "van der"},
        {"given": "Martin", "family": "King", "suffix": "Jr."},
        {"given": "Gabriel", "family": "García Márquez"},
        {"name": "The Team"},
        {"literal": "欧阳修"},
        "odd",
    ],
    "editor": [{"given": "Ed", "family": "Itor"}],
    "issued": {"date-parts": [["1970", 8]]},
    "container-title": "Journal of Things",
    "container-title-short": "J. Things",
    "volume": "12",
    "issue": "3",
    "page": "1-9",
    "publisher": "Press",
    "DOI": "10.1000/XyZ",
}
DOI = Identifier(doi="10.1000/xyz")


class TestADoi:
    def test_what_an_agency_says(self) -> None:
        served = Served({"doi.org/10.1000/xyz": csl(ITEM)})
        assert record(served, DOI) == Record(
            title="The Best of & all: A review",
            authors=(
                "Laurens van der Maaten",
                "King, Jr., Martin",
                "García Márquez, Gabriel",
                "The Team",
                "欧阳修",
            ),
            year=1970,
            venue="J. Things",
            doi="10.1000/xyz",
            bibtex={
                "type": "article",
                "editor": "Itor, Ed",
                "volume": "12",
                "number": "3",
                "pages": "1-9",
                "publisher": "Press",
            },
        )
        assert served.asked == ["doi.org/10.1000/xyz"]

    @pytest.mark.parametrize("issued", [{"date-parts": [[None]]}, {}, None, {"date-parts": "x"}])
    def test_a_day_that_says_nothing_is_no_year(self, issued: object) -> None:
        served = Served({"doi.org": csl({**ITEM, "issued": issued})})
        assert record(served, DOI).year is None

    @pytest.mark.parametrize("status", [404, 406, 500, 503])
    def test_where_doi_org_does_not_say_crossref_is_asked(self, status: int) -> None:
        message = {**ITEM, "title": ["One"], "subtitle": [], "container-title": ["J"]}
        message.pop("container-title-short")
        served = Served(
            {
                "doi.org": httpx2.Response(status),
                "api.crossref.org/works/10.1000/xyz": csl({"message": message}, "application/json"),
            }
        )
        answer = record(served, DOI)
        assert (answer.title, answer.venue) == ("One", "J")

    def test_a_doi_that_nobody_knows(self) -> None:
        (answer,) = Served({}).look_up(DOI)
        assert answer == Answer(DOI, unknown="10.1000/xyz: no such DOI")

    @pytest.mark.parametrize(
        ("reply", "reason"),
        [
            (httpx2.Response(406), "it says 406"),
            (httpx2.Response(429), "it is busy (429)"),
            (httpx2.Response(503), "it says 503"),
            (
                httpx2.Response(200, headers={"Content-Type": "text/html"}),
                "it answers with text/html",
            ),
        ],
    )
    def test_a_doi_that_only_crossref_lacks_may_be_anothers(
        self, reply: httpx2.Response, reason: str
    ) -> None:
        (answer,) = Served({"doi.org": reply}).look_up(DOI)
        assert answer.unanswered == f"no answer from doi.org ({reason})"

    def test_tags_that_are_escaped_twice_are_no_part_of_a_title(self) -> None:
        item = {**ITEM, "title": "Of &lt;i&gt;Rosa&lt;/i&gt;, p&lt;q", "subtitle": []}
        assert record(Served({"doi.org": csl(item)}), DOI).title == "Of Rosa, p<q"

    def test_what_no_text_can_hold_is_left_out(self) -> None:
        title = "A\x00\x1b[31m T\u202eitle\ud800"
        assert record(Served({"doi.org": csl({**ITEM, "title": title})}), DOI).title == (
            "A [31m T itle: A review"
        )

    def test_strange_characters_stay_in_the_path(self) -> None:
        served = Served({})
        served.look_up(Identifier(doi="10.1000/a?b#c<d>%e f"))
        assert served.asked[0] == "doi.org/10.1000/a%3Fb%23c%3Cd%3E%25e%20f"

    @pytest.mark.parametrize("body", ["{", "[1]", "3", "[" * 99999, '{"title": {}}'])
    def test_an_answer_that_cannot_be_read(self, body: str) -> None:
        reply = httpx2.Response(200, headers={"Content-Type": CSL}, content=body)
        (answer,) = Served({"doi.org": reply}).look_up(DOI)
        assert answer.unanswered == "no answer from doi.org (its answer cannot be read)"

    def test_a_preprint_that_came_out(self) -> None:
        relation = {"is-preprint-of": [{"id-type": "doi", "id": "10.1000/OUT"}]}
        item = {**ITEM, "type": "posted-content", "relation": relation}
        served = Served({"doi.org": csl(item)})
        assert record(served, DOI).published == "10.1000/out"


class TestFilling:
    RECORD = Record(
        title="Another title",
        authors=("Ann Lee",),
        year=2017,
        venue="arXiv",
        bibtex={"volume": "1", "pages": "2"},
        abstract="All of it.",
    )

    def test_what_is_absent_is_filled_and_nothing_else(self) -> None:
        paper = Paper(key="a", title="A", year=2018, bibtex={"pages": "7"}, arxiv="1706.03762")
        assert services.filling(paper, self.RECORD) == {
            "authors": ("Ann Lee",),
            "venue": "arXiv",
            "bibtex": {"pages": "7", "volume": "1"},
        }

    def test_only_the_fields_asked_for_and_the_abstract_on_request(self) -> None:
        paper = Paper(key="a", title="A", bibtex={"pages": "7"})
        assert services.filling(paper, self.RECORD, ["year"]) == {"year": 2017}
        filled = services.filling(paper, self.RECORD, ["year"], abstract=True)
        assert filled["bibtex"] == {"pages": "7", "abstract": "All of it."}

    @pytest.mark.parametrize(
        ("authors", "known", "filled"),
        [
            pytest.param(("Vaswani",), ("Ashish Vaswani", "Noam Shazeer"), True, id="a family"),
            pytest.param(("Vaswani A",), ("Ashish Vaswani", "Noam Shazeer"), True, id="initials"),
            pytest.param((), ("Ashish Vaswani", "Noam Shazeer"), True, id="nobody is named"),
            pytest.param(("Lee", "Vaswani"), ("Ann Lee", "A. Vaswani", "B. C"), True, id="two"),
            pytest.param(("Vaswani", "Lee"), ("Ann Lee", "A. Vaswani", "B. C"), False, id="order"),
            pytest.param(("Lee",), ("Ashish Vaswani", "Noam Shazeer"), False, id="somebody else"),
            pytest.param(("Vaswani",), ("Ashish Vaswani",), False, id="no more than these"),
            pytest.param(("Vaswani",), ("A. Vaswani", "N. S", "et al."), False, id="not whole"),
        ],
    )
    def test_et_al_becomes_the_names_where_they_begin_with_the_same(
        self, authors: tuple[str, ...], known: tuple[str, ...], *, filled: bool
    ) -> None:
        paper = Paper(key="a", title="A", authors=(*authors, "et al."), year=2017, doi="10.1/x")
        assert services.lacks(paper)
        expected = {"authors": known} if filled else {}
        assert services.filling(paper, Record(title="A", authors=known, year=1)) == expected
        assert services.filling(paper, Record(title="A", authors=known), ["year"]) == {}

    @pytest.mark.parametrize(
        ("paper", "lacks"),
        [
            (Paper(key="a", title="A"), False),
            (Paper(key="a", title="A", arxiv="1706.03762"), True),
            (Paper(key="a", title="A", doi="10.1/x", year=1999), True),
            (Paper(key="a", title="A", doi="10.1/x", year=1999, authors=("B",)), False),
            (Paper(key="a", title="A", doi="10.1/x", year=1999, authors=("B", "et al.")), True),
            (Paper(key="a", title="A", doi="10.1/x", year=1, bibtex={"editor": "E"}), False),
        ],
    )
    def test_who_lacks_something(self, paper: Paper, *, lacks: bool) -> None:
        assert services.lacks(paper) is lacks
