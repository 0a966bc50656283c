"""RIS read and written."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import bibtex, ris
from papertrack.errors import PapertrackError
from papertrack.formats import decode
from papertrack.models import Paper
from papertrack.status import Status

_PAPER = Paper(
    key="a",
    title="On R&D",
    authors=("Laurens van der Maaten", "King, Jr., Martin Luther", "OpenAI"),
    venue="Nature",
    year=2019,
    doi="10.1000/x",
    arxiv="2302.13971",
    links=("https://a.org",),
    tags=("x, y", "z"),
    status=Status.DONE,
    added=date(2020, 1, 2),
    notes="a\nTY  - b",
    bibtex={"type": "article", "key": "Smith 1", "pages": "1--2", "ris-db": "A\\\\ B"},
)


def test_every_form_of_the_recorded_cases_is_read(shared: Path) -> None:
    folder = shared / "exchange" / "ris"
    expected = json.loads((folder / "cases.expected.json").read_text(encoding="utf-8"))
    for name in ("bom-crlf.ris", "cases.ris"):
        read = ris.loads(decode((folder / name).read_bytes())[0])
        papers = [entry.paper.model_dump(mode="json") for entry in read.papers]
        for paper, wanted in zip(papers, expected[name], strict=True):
            title = wanted["title"].replace("A title with", "A title: with")
            fields = {name for name in wanted if not name.startswith("_")} - {"title"}
            assert paper["title"] == title
            assert {name: paper[name] for name in fields} == {name: wanted[name] for name in fields}
    assert [(it.line, it.reason) for it in read.left_out] == [(43, "no title")]
    assert [(it.line, it.message.partition(":")[0]) for it in read.doubts] == [
        (17, "no ER before the next TY"),
        (47, "outside of any record"),
        (48, "the last record has no ER"),
    ]


@pytest.mark.slow
def test_every_record_of_real_files_is_read_or_named(shared: Path) -> None:
    for path in sorted((shared / "metadata" / "ris").glob("*.ris")):
        text = decode(path.read_bytes())[0]
        read = ris.loads(text)
        assert read.entries == len(re.findall(r"(?im)^[ \t]*TY[ \t]{1,2}-", text)), path
        papers = [entry.paper for entry in read.papers]
        again = [entry.paper for entry in ris.loads(ris.dumps(papers, everything=True)).papers]
        kept = {"bibtex", "notes"}  # a key is made for those without one
        assert [paper.model_dump(exclude=kept) for paper in again] == [
            paper.model_dump(exclude=kept) for paper in papers
        ]


def test_people_between_semicolons_are_several() -> None:
    (entry,) = ris.loads("TY  - JOUR\nTI  - T\nAU  - Lee, Ann; Roe, Bo\nER  - \n").papers
    assert entry.paper.authors == ("Ann Lee", "Bo Roe")


def test_what_is_written_is_read_back() -> None:
    (entry,) = ris.loads(ris.dumps([_PAPER], everything=True)).papers
    private = {"key": "a", "status": Status.DONE, "added": date(2020, 1, 2)}
    assert entry.paper.model_copy(update={**private, "bibtex": {}}) == _PAPER.model_copy(
        update={"bibtex": {}}
    )
    assert entry.paper.bibtex == {**_PAPER.bibtex, "key": "Smith-1"}


@pytest.mark.parametrize(
    "line",
    [
        "Y2  - 2021/02/01",
        "SN  - 1234-5678\nSN  - 8765-4321",
        "SN  - 978-0-12-345678-9\nSN  - 1234-5678",
        "SN  - 1234-5678\nSN  - 8765-4321\nSN  - 1111-2222",
        "L1  - internal-pdf://1/A paper.pdf\nL1  - file:///b.pdf",
        "DA  - 2012//22/04",
        "DA  - 2012/03//Spring",
        "PY  - 2015\nY1  - 7-12 June 2015",
        "TI  - On Vector<i>",
        "TI  - On <i>Canis <b>lupus</b></i> and H<sub>2</sub>O",
    ],
)
def test_a_value_goes_out_as_it_came(line: str) -> None:
    title = "" if "TI" in line else "TI  - T\n"
    papers = [it.paper for it in ris.loads(f"TY  - JOUR\n{title}{line}\nER  - \n").papers]
    written = ris.dumps(papers, everything=True)
    assert [each for each in line.split("\n") if f"{each}\n" not in written] == []


@pytest.mark.parametrize(
    "remark",
    [
        "Export Date: 12 January 2025; Cited By: 7",
        "<p>Cited By :3</p>",
        "<p>Última actualización - 2024-08-12</p>",
        "Last updated - 2024-08-12",
        "Accession Number: 123; Roe, Jo 1; Source Info: 2013",
        "Times Cited in Web of Science Core Collection: 5",
        "Copyright - © 2024. This work is published under a licence",
    ],
)
def test_what_databases_remark_is_no_note_of_a_person(remark: str) -> None:
    text = f"TY  - JOUR\nTI  - T\nN1  - {remark}\nN1  - Read it again\nER  - \n"
    papers = [it.paper for it in ris.loads(text).papers]
    assert [paper.notes for paper in papers] == ["Read it again"]
    assert f"N1  - {remark}\n" in ris.dumps(papers, everything=True)


def test_lines_outside_of_records_are_one_doubt() -> None:
    read = ris.loads("Search\nof today\nTY  - JOUR\nTI  - T\nER  - \n\nEnd\nof it\n")
    assert [(it.line, it.message) for it in read.doubts] == [
        (1, "outside of any record: Search"),
        (7, "outside of any record: End"),
    ]


@pytest.mark.parametrize("text", ["PMID- 12\nTI  - A title\n", "FN Clarivate\nPT J\nER\n"])
def test_what_has_no_record_is_refused(text: str) -> None:
    with pytest.raises(PapertrackError, match="this is not RIS"):
        ris.loads(text)


def test_a_citation_says_nothing_private() -> None:
    assert ris.dumps([_PAPER]) == (
        "TY  - JOUR\nID  - Smith 1\nAU  - van der Maaten, Laurens\n"
        "AU  - King, Martin Luther, Jr.\nAU  - OpenAI\nTI  - On R&D\nT2  - Nature\nPY  - 2019\n"
        "SP  - 1\nEP  - 2\nDO  - 10.1000/x\nUR  - https://a.org\n"
        "UR  - https://arxiv.org/abs/2302.13971\nKW  - x, y\nKW  - z\nER  - \n\n"
    )


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        pytest.param("TI  - A\r\nTI  - B\r\n", "title", "A: B", id="two titles, CRLF"),
        pytest.param("TI - A\nPY - 2016/06//\n", "year", 2016, id="a date"),
        pytest.param("TI  - A\nAB  - x\nAI-based\nKW  - k\n", "tags", ("k",), id="no tag"),
        pytest.param("TI  - A\nL1  - file:///a.pdf\nUR  - http://b.org\n", "links",
                     ("http://b.org",), id="a file"),
        pytest.param("TI  - A\nT2  - V\nJO  - W\n", "venue", "V", id="two venues"),
        pytest.param("TI  - A\nDO  - 10.1186/2047<br />\n", "doi", "10.1186/2047", id="a tag"),
        pytest.param("TI  - A\nAU  - B, C\nAU  - ...\n", "authors", ("C B", "et al."), id="cut"),
        pytest.param("TI  - A\nAU  - B, C\nAU  - et al.\n", "authors", ("C B", "et al."),
                     id="others"),
        pytest.param("TI  - A\nAU  - Li, G.\nAU  - Bo, S.\nAU  - Li, G.\n", "authors",
                     ("G. Li", "S. Bo", "G. Li"), id="two people of one name"),
        pytest.param("TI  - A\nAU  - Li, G.\nA1  - Li, G.\nA1  - Bo, S.\n", "authors",
                     ("G. Li", "S. Bo"), id="authors under two tags"),
        pytest.param("TI  - A\nAU  - Foundation, Nobel\n", "authors", ("Nobel Foundation",),
                     id="a group with a comma"),
        pytest.param("TI  - A\nKW  - b;c;d, e\nKW  - f; g\n", "tags", ("b", "c", "d, e", "f; g"),
                     id="several tags in one"),
        pytest.param("TI  - On <i>H<sub>2</sub>O</i> < 3\n", "title", "On H2O < 3", id="HTML"),
        pytest.param("TI  - A\nAN  - 12     DO  - 10.1186/2047     C1  - x\n", "doi",
                     "10.1186/2047", id="several tags on one line"),
        pytest.param("TI  - A\nZZ  - x\n", "title", "A", id="a tag that nobody knows"),
    ],
)  # fmt: skip
def test_what_files_have_in_common_is_read(lines: str, field: str, value: object) -> None:
    (entry,) = ris.loads(f"TY  - JOUR\n{lines}ER  - \n").papers
    assert getattr(entry.paper, field) == value


@given(st.text("TYER AUI -\n1ab") | st.text())
def test_no_text_is_too_strange(text: str) -> None:
    papers = [entry.paper for entry in ris.loads(f"TY  - JOUR\nTI  - T\n{text}").papers]
    ris.dumps(papers, everything=True).encode()


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Department of Defense", "Department of Defense"),
        ("Llama Team", "Llama Team"),
        ("Congressional Research Service", "Congressional Research Service"),
        ("NHS Service", "NHS Service"),
        ("Robert Service", "Service, Robert"),
        ("Robert F. Service", "Service, Robert F."),
    ],
)
def test_a_group_that_bibtex_takes_for_a_person_is_none(author: str, written: str) -> None:
    (entry,) = bibtex.loads(f"@misc{{k, title={{T}}, author={{{author}}}}}").papers
    assert f"AU  - {written}\n" in ris.dumps([entry.paper])
    braced = author if "," in written else f"{{{author}}}"
    assert f"author = {{{braced}}}" in bibtex.dumps([entry.paper])
