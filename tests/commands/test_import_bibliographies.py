"""papertrack import of BibTeX, RIS and CSL-JSON."""

import json
from pathlib import Path

import pytest

from commandline import AtTerminal, Run

_BIB = """\
@article{a, title={One}, author={Doe, Jane}, year={2019}, journal={J}, pages={1--2}}
@article{b, title={Two}, year={2020}, doi={10.1000/b}}
"""

_SPELLED = """\
@inproceedings{a, title={One}, author={Doe, Jane}, year={2019}, month=jul, booktitle={Proc. ACL},
  address={Rome}, annote={It is read.}, note={A note}, school={Pisa}}
@techreport{b, title={Two}, institution={ETSI}, year=2020, month=mar, comment={Mine\\\\ own}}
@misc{c, title={Three}, organization={ETSI}, publisher={Elsevier B.V.}, date={2020-05-06},
  annotation={A summary}, comment={and notes}}
@misc{g, title={Seven}, date={2018-06-25/2018-06-26}, keywords={a,b; c; d,e f,g}}
@misc{d, title={Four}, author={{Nobel Foundation}}, howpublished={A forum}, year=2001}
@inproceedings{f, title={Six}, year=2020, address={New York}, location={Virtual, USA}}
@phdthesis{e, title={Five}, author={{\\L}ukasz Doe}, school={Pisa}, year=2002, type={Thesis}}
"""


def _file(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


def _papers(papertrack: Run) -> dict[str, dict[str, object]]:
    return {str(it["title"]): it for it in json.loads(papertrack("list", "--json").out)}


@pytest.mark.usefixtures("folder")
class TestImport:
    def test_the_account_names_every_entry(self, shared: Path, papertrack: Run) -> None:
        text = (shared / "exchange" / "bibtex" / "cases.bib").read_text(encoding="utf-8")
        _file("refs.bib", text)
        done = papertrack("import", "refs.bib")
        assert done.status == 0
        assert done.out == (
            "refs.bib: 33 entries: 29 papers, 1 the same paper again, 1 volume, 2 not imported\n"
            "29 added (data/papers.toml, a new catalogue)\n"
        )
        for line in (
            "refs.bib:160: the key touvron2023llama is there already (line 5): imported as another",
            "refs.bib:161: title stands twice in doubletitle: the first is taken\n",
            "refs.bib:182: notitle: no title\n",
            "refs.bib:188: missingcomma: a comma is missing behind title\n",
            "refs.bib:190: broken: never closed\n",
            "refs.bib:40: vaswani2023attentionneed: year 2023 is a later version's: arXiv:1706",
        ):
            assert line in done.err

    def test_the_second_time_nothing_is_written(self, papertrack: Run) -> None:
        _file("refs.bib", _BIB)
        papertrack("import", "refs.bib")
        stamp = Path("data/papers.toml").stat().st_mtime_ns
        done = papertrack("import", "refs.bib")
        assert done.out == "refs.bib: 2 entries: 2 papers\n2 unchanged (data/papers.toml)\n"
        assert Path("data/papers.toml").stat().st_mtime_ns == stamp

    def test_papers_without_a_title_are_several_and_stay_so(self, papertrack: Run) -> None:
        _file("refs.bib", "@misc{a, title={No Title}}\n@misc{b, title={{[No title]}}, year=2001}\n")
        assert papertrack("import", "refs.bib").out.startswith("refs.bib: 2 entries: 2 papers\n")
        assert "2 unchanged" in papertrack("import", "refs.bib").out
        _file("other.bib", Path("refs.bib").read_text(encoding="utf-8"))
        assert "2 unchanged" in papertrack("import", "other.bib").out

    def test_an_entry_that_stands_twice_is_no_other_paper(self, papertrack: Run) -> None:
        _file("refs.bib", "@misc{a, title={One}, year=2001}\n@misc{a, title={One}, year=2001}\n")
        done = papertrack("import", "refs.bib")
        assert "again" in done.err
        assert "another paper" not in done.err

    def test_a_corrected_entry_changes_one_field(self, papertrack: Run) -> None:
        _file("refs.bib", _BIB)
        papertrack("import", "refs.bib")
        before = Path("data/papers.toml").read_text(encoding="utf-8")
        _file("refs.bib", _BIB.replace("2019", "2018"))
        assert papertrack("import", "refs.bib").out.endswith(
            "1 updated, 1 unchanged (data/papers.toml)\n"
        )
        after = Path("data/papers.toml").read_text(encoding="utf-8")
        assert after == before.replace("year = 2019", "year = 2018")

    def test_what_is_kept_changes_with_its_entry(self, papertrack: Run) -> None:
        _file("refs.bib", _BIB)
        papertrack("import", "refs.bib")
        _file("refs.bib", _BIB.replace("1--2", "1--3"))
        papertrack("import", "refs.bib")
        assert _papers(papertrack)["One"]["bibtex"] == {
            "type": "article",
            "key": "a",
            "pages": "1--3",
        }

    def test_formats_are_told_by_what_they_hold(self, papertrack: Run) -> None:
        _file("a.txt", "TY  - JOUR\nTI  - From RIS\nER  - \n")
        _file("b.txt", '[{"id": "x", "title": "From JSON"}]')
        _file("c.txt", "% mine\n@misc{c, title={From BibTeX}}")
        assert papertrack("import", "a.txt", "b.txt", "c.txt").out == (
            "a.txt: 1 entry: 1 paper\nb.txt: 1 entry: 1 paper\nc.txt: 1 entry: 1 paper\n"
            "3 added (data/papers.toml, a new catalogue)\n"
        )

    def test_an_entry_is_pasted(self, papertrack: Run) -> None:
        done = papertrack("import", "-", stdin=_BIB)
        assert done.out.startswith("-: 2 entries: 2 papers\n2 added")

    def test_a_citation_key_of_another_paper_is_numbered(self, papertrack: Run) -> None:
        _file("refs.bib", _BIB)
        _file("more.bib", "@misc{a, title={Another}, year=2001}")
        papertrack("import", "refs.bib")
        done = papertrack("import", "more.bib")
        assert "more.bib:1: the key a is that of doe2019one already" in done.err
        assert papertrack("cite", "Another", "--key").out == "a-2\n"
        assert papertrack("import", "more.bib").out.endswith("1 unchanged (data/papers.toml)\n")

    def test_a_citation_key_finds_a_paper_whose_title_is_spelled_another_way(
        self, papertrack: Run
    ) -> None:
        _file("refs.bib", "@misc{a, title={Language Models are Few Shot Learners}, year=2020}")
        _file("more.bib", "@misc{a, title={Language Models are Few-Shot Learner}, pages={1}}")
        papertrack("import", "refs.bib")
        done = papertrack("import", "more.bib")
        assert done.out.endswith("1 updated (data/papers.toml)\n")
        assert 'title "Language Models are Few-Shot Learner" here' in done.err

    def test_the_same_paper_again_fills_in_what_was_missing(self, papertrack: Run) -> None:
        _file("refs.bib", "@misc{a, title={One}}\n@misc{b, title={One}, doi={10.1000/x}}")
        done = papertrack("import", "refs.bib")
        assert done.out.startswith("refs.bib: 2 entries: 1 paper, 1 the same paper again\n1 added")
        assert _papers(papertrack)["One"]["doi"] == "10.1000/x"

    @pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
    def test_an_export_says_nothing_new_to_its_own_catalogue(
        self, form: str, papertrack: Run
    ) -> None:
        _file("refs.bib", _SPELLED)
        papertrack("import", "refs.bib")
        before = Path("data/papers.toml").read_text(encoding="utf-8")
        _file("out.txt", papertrack("export", "--as", form, "--everything").out)
        done = papertrack("import", "out.txt")
        assert done.err == ""
        assert done.out.endswith("\n7 unchanged (data/papers.toml)\n")
        assert Path("data/papers.toml").read_text(encoding="utf-8") == before

    def test_the_same_paper_again_does_not_spell_anew_what_is_known(self, papertrack: Run) -> None:
        _file(
            "refs.bib",
            "@article{a, title={One}, author={Doe, Jane}, year=2003, address={Rome}, month=mar}\n"
            "@article{b, title={{One}}, author={{DOE} and Doe, Jane}, year={in press}, volume=7,"
            " location={Rome}, date={2003-03}}\n",
        )
        papertrack("import", "refs.bib")
        assert _papers(papertrack)["One"]["bibtex"] == {
            "type": "article",
            "key": "a",
            "address": "Rome",
            "month": "mar",
            "volume": "7",
            "ids": "b",
        }

    def test_the_key_of_the_same_paper_again_is_another_key_of_it(self, papertrack: Run) -> None:
        _file("refs.bib", "@misc{a, title={One}}\n@misc{b, title={One}}\n@misc{c, title={Two}}")
        papertrack("import", "refs.bib")
        assert papertrack("import", "refs.bib").out.endswith("2 unchanged (data/papers.toml)\n")
        assert papertrack("cite", "b", "--key").out == "a\n"
        assert "  ids = {b},\n" in papertrack("export", "--as", "biblatex").out
        assert "ids" not in papertrack("export", "--as", "bibtex").out
        _file("more.bib", "@misc{c, title={One}}\n@misc{d, title={One}}\n@misc{b, title={Six}}")
        done = papertrack("import", "more.bib")
        assert "more.bib:3: the key b is that of one already" in done.err
        assert _papers(papertrack)["One"]["bibtex"] == {"type": "misc", "key": "a", "ids": "b, d"}
        assert papertrack("cite", "Six", "--key").out == "b-2\n"

    def test_the_preprint_of_a_paper_says_nothing_of_where_it_came_out(
        self, papertrack: Run
    ) -> None:
        _file(
            "refs.bib",
            "@inproceedings{a, title={One}, booktitle={ACL}, year=2020, author={Doe, Jo}}\n"
            "@misc{b, title={One}, author={Doe, Jo}, eprint={1904.00001}, archiveprefix={arXiv},"
            " year=2019, month=apr}\n",
        )
        done = papertrack("import", "refs.bib")
        assert done.err == "refs.bib:2: doe2020one again (same title), first at refs.bib:1\n"
        paper = _papers(papertrack)["One"]
        assert (paper["venue"], paper["year"], paper["arxiv"]) == ("ACL", 2020, "1904.00001")
        assert paper["bibtex"] == {"type": "inproceedings", "key": "a", "ids": "b"}

    def test_two_papers_of_a_list_never_get_one_key(self, papertrack: Run) -> None:
        for number, title in enumerate(("One", "Two")):
            papertrack("add", title)
            _file(f"{number}.bib", f"@misc{{a, title={{{title}}}}}")
            done = papertrack("import", f"{number}.bib")
        assert "1.bib:1: the key a is that of one already" in done.err
        assert papertrack("cite", "One", "Two", "--key").out == "a\na-2\n"

    def test_keys_that_differ_in_case_stay_as_they_are(self, papertrack: Run) -> None:
        _file("refs.bib", "@misc{Doe20, title={One}}\n@misc{doe20, title={Two}}")
        papertrack("import", "refs.bib")
        assert papertrack("cite", "One", "Two", "--key").out == "Doe20\ndoe20\n"
        assert "@misc{doe20,\n  title = {Two}" in papertrack("export", "--as", "bibtex").out
        assert papertrack("cite", "doe20", "--text").out == "Two.\n"

    def test_a_column_of_every_year_is_many_papers(self, papertrack: Run) -> None:
        columns = [
            f"@article{{k{n}, title={{News}}, year=200{n}, pages={{{n}}}}}" for n in range(3)
        ]
        _file("refs.bib", "\n".join(columns))
        assert papertrack("import", "refs.bib").out.startswith("refs.bib: 3 entries: 3 papers\n")

    def test_strict_takes_nothing_in_where_an_entry_is_left_out(self, papertrack: Run) -> None:
        _file("refs.bib", f"{_BIB}@misc{{c, year=2000}}\n")
        done = papertrack("import", "refs.bib", "--strict")
        assert (done.status, Path("data").exists()) == (1, False)
        assert papertrack("import", "refs.bib").status == 0

    def test_fields_can_be_left_out(self, papertrack: Run) -> None:
        _file("refs.bib", "@misc{a, title={One}, abstract={Long}, file={f}, pages={1}}")
        papertrack("import", "refs.bib", "--without", "abstract,file")
        assert _papers(papertrack)["One"]["bibtex"] == {"type": "misc", "key": "a", "pages": "1"}

    def test_the_account_is_data(self, papertrack: Run) -> None:
        _file("refs.bib", "@misc{a, title={One}, title={B}}\n@misc{b, year=1}")
        account = json.loads(papertrack("import", "refs.bib", "--json").out)
        assert account["files"] == [
            {
                "file": "refs.bib",
                "format": "bibtex",
                "entries": 2,
                "papers": 1,
                "again": 0,
                "volumes": 0,
                "skipped": [{"line": 2, "key": "b", "reason": "no title"}],
                "doubts": [
                    {
                        "line": 1,
                        "key": "a",
                        "message": "title stands twice in a",
                        "suggestion": "the first is taken",
                    }
                ],
            }
        ]

    def test_a_macro_without_its_argument_is_no_fault_of_the_program(self, papertrack: Run) -> None:
        _file("refs.bib", "@misc{a, title={One \\textbf}}")
        assert papertrack("import", "refs.bib").err == ""

    def test_an_empty_file_has_no_entries(self, papertrack: Run) -> None:
        _file("refs.bib", "")
        done = papertrack("import", "refs.bib")
        assert (done.status, done.out.split("\n")[0]) == (0, "refs.bib: no entries")
        assert not Path("data").exists()

    @pytest.mark.parametrize(
        ("name", "data", "message"),
        [
            ("login.bib", b"<!doctype html><title>Log in", "login.bib: this is a page of HTML"),
            ("a.bib", "@a{b".encode("utf-16-le"), "a.bib: this is UTF-16"),
            ("a.json", b"[1]", "a.json: this JSON is not a list of references"),
            ("a.json", b'[{"a": 1]', "a.json: line 1 is not JSON"),
            ("a.enw", b"\xef\xbb\xbf%0 Journal Article\n%T One\n", "a.enw: this is EndNote's own"),
            ("a.nbib", b"\nPMID- 12\nTI  - One\n", "a.nbib: this is PubMed's own format"),
            (
                "a.xml",
                b"<?xml version='1'?>\n<xml><records>",
                "a.xml: this is EndNote's own format",
            ),
            ("a.rdf", b"<rdf:RDF xmlns:z='z'>\n", "a.rdf: this is Zotero's own format"),
            ("a.ris", b"FN Clarivate Analytics\nVR 1.0\n", "a.ris: this is Web of Science's own"),
            ("a.csv", b"a,b", "a.csv: papertrack writes csv, but does not read it: save the list"),
            ("a.pdf", b"%PDF-1.7\n%\xb5\xb5", "a.pdf: this is a PDF, not a text: import reads"),
            ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "a.png: this is a picture, not a text"),
            ("a.docx", b"PK\x03\x04\0\0", "a.docx: this is a packed file, not a text"),
            ("none.bib", None, "no file none.bib"),
        ],
    )
    def test_what_is_no_bibliography_keeps_all_out(
        self, name: str, data: bytes | None, message: str, papertrack: Run
    ) -> None:
        _file("refs.bib", _BIB)
        if data is not None:
            Path(name).write_bytes(data)
        done = papertrack("import", "refs.bib", name)
        assert (done.status, done.out) == (2, "")
        assert message in done.err
        assert not Path("data").exists()

    def test_bytes_of_windows_are_read_and_told(self, papertrack: Run) -> None:
        Path("refs.bib").write_bytes("@misc{a, title={Größe}}".encode("cp1252"))
        done = papertrack("import", "refs.bib")
        assert "refs.bib:1: not UTF-8: read as Windows-1252" in done.err
        assert list(_papers(papertrack)) == ["Größe"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cases.bib", "d2l-zh.bib"])
def test_an_export_gives_back_what_was_imported(
    name: str, shared: Path, folder: Path, papertrack: Run
) -> None:
    (folder / "x.bib").write_bytes((shared / "exchange" / "bibtex" / name).read_bytes())
    papertrack("import", "x.bib")
    papertrack("export", "--into", "y.bib", "--everything")
    first = _papers(papertrack)
    papertrack("import", "y.bib", "--catalogue", "again/papers.toml")
    again = json.loads(papertrack("list", "--json", "--catalogue", "again/papers.toml").out)
    assert {paper["title"]: paper for paper in again} == first


@pytest.mark.parametrize("name", ["o.bib", "o.ris", "o.json"])
@pytest.mark.parametrize("everything", [[], ["--everything"]], ids=["citation", "everything"])
def test_an_export_of_papers_typed_by_hand_changes_nothing(
    name: str, everything: list[str], papers: Path, papertrack: Run
) -> None:
    before = papers.read_bytes()
    papertrack("export", "--into", name, *everything)
    assert papertrack("import", name).out.endswith("13 unchanged (data/papers.toml)\n")
    assert papers.read_bytes() == before


@pytest.mark.parametrize("name", ["a.bib", "bibtex/cases.bib", "ris/cases.ris", "csl/cases.json"])
def test_a_file_that_is_right_changes_nothing_again(
    name: str, shared: Path, folder: Path, papertrack: Run
) -> None:
    file = folder / Path(name).name
    file.write_text("@online{a, title={Maps}, author={Doe, Jane}, date={2015-05-21}}", "utf-8")
    if "/" in name:
        file.write_bytes((shared / "exchange" / name).read_bytes())
    papertrack("import", file.name)
    before = (folder / "data" / "papers.toml").read_bytes()
    for _ in range(2):
        papertrack("import", file.name, "--theirs")
        assert (folder / "data" / "papers.toml").read_bytes() == before


def test_no_entries_make_no_catalogue_and_say_so(papertrack: Run, folder: Path) -> None:
    Path("empty.bib").write_text("", encoding="utf-8")
    done = papertrack("import", "empty.bib")
    assert done == (0, "empty.bib: no entries\nnothing to add, so no catalogue was created\n", "")
    assert not (folder / "data").exists()


def test_an_entry_fills_in_a_note_and_differs_in_nothing(papertrack: Run, folder: Path) -> None:
    title, venue = "Attention Is All You Need", "Advances in Neural Information Processing Systems"
    _file(
        "notes.md",
        f"- Vaswani et al., {title}, NeurIPS 2017\n- Lee et al., Old Maps of the World, ACL 2020\n",
    )
    _file(
        "refs.bib",
        f"@inproceedings{{v, title={{{title.lower()}}}, year=2017, booktitle={{{venue}}}, "
        "author={Vaswani, Ashish and Shazeer, Noam}}",
    )
    papertrack("import", "notes.md")
    done = papertrack("import", "refs.bib")
    assert (done.status, done.err) == (0, "")
    paper = _papers(papertrack)[title]
    assert (paper["authors"], paper["venue"]) == (["Ashish Vaswani", "Noam Shazeer"], "NeurIPS")
    assert papertrack("import", "notes.md").err == papertrack("import", "refs.bib").err == ""
    assert (folder / "data" / "papers.toml").is_file()


@pytest.mark.parametrize(
    ("first", "second", "written"),
    [
        pytest.param(
            "@misc{a, title={Old Maps}}",
            "@article{b, title={Old Maps}, journal={Maps}, year=2001}",
            "@article{a,\n  title = {Old Maps},\n  journal = {Maps},\n  year = {2001},\n}\n",
            id="where it appeared",
        ),
        pytest.param(
            "@report{a, title={Old Maps}, author={Jo Roe}, institution={Acme}, year=1999}",
            "@inproceedings{b, title={Old Maps}, author={Jo Roe}, year=2001, pages={7}}",
            "  title = {Old Maps},\n  institution = {Acme},\n  year = {1999},\n}\n",
            id="in which year",
        ),
        pytest.param(
            "@book{a, title={Old Maps}, author={Roe, Jo}}",
            "@book{b, title={Old Maps}, editor={Jo Roe}}",
            "@book{a,\n  author = {Jo Roe},\n  editor = {Jo Roe},\n  title = {Old Maps},\n}\n",
            id="who edited it",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_the_same_paper_again_makes_no_other_reference(
    first: str, second: str, written: str, papertrack: Run
) -> None:
    _file("refs.bib", f"{first}\n{second}\n")
    papertrack("import", "refs.bib")
    assert written in papertrack("export", "--as", "bibtex").out
    assert papertrack("import", "refs.bib").out.endswith("1 unchanged (data/papers.toml)\n")


def test_what_is_spelled_another_way_is_no_other_value(papertrack: Run, folder: Path) -> None:
    _file(
        "refs.bib",
        "@inproceedings{a, title={Maps}, author={J Roe}, booktitle={{{Old}} Maps}, pages={3-9}, "
        "month=9, series={CHI '92}, editor={Bo, Al}, eventtitle={{{IEEE}} Maps}}\n"
        "@article{b, title={Seas}, journaltitle={Nat. Seas}}",
    )
    _file(
        "more.bib",
        "@inproceedings{a, title={Maps}, author={Jo Roe}, booktitle={Old Maps}, pages={3--9}, "
        "month=sep, series={CHI ’92}, editor={Al Bo}, eventtitle={IEEE Maps}}\n"
        "@article{b, title={Seas}, journaltitle={Nature of Seas}, shortjournal={Nat. Seas}}",
    )
    papertrack("import", "refs.bib")
    assert papertrack("import", "more.bib").err == ""
    assert _papers(papertrack)["Maps"]["authors"] == ["Jo Roe"]
    assert "pages = {3-9}" in papertrack("export", "--as", "bibtex").out
    assert papertrack("import", "refs.bib").err == ""
    assert (folder / "data" / "papers.toml").is_file()


@pytest.mark.parametrize("name", ["o.bib", "o.ris", "o.json"])
@pytest.mark.parametrize("everything", [[], ["--everything"]], ids=["citation", "everything"])
def test_an_export_of_odd_entries_changes_nothing(
    name: str, everything: list[str], papertrack: Run, folder: Path
) -> None:
    _file(
        "refs.bib",
        "@book{a, title={Maps}, subtitle={Old}, author={Roe, Jo}, address={{Boston, MA}}, "
        "editor={{Sea Body}}}\n"
        "@article{b, title={Seas}, author={Bo, Al}, journal={J. Sea}, booktitle={Proc. of Seas}, "
        "pages={440--440}, year=2001}\n"
        "@article{c, title={Lakes}, author={Bo, Al}, journal={Maps}, pages={12 - 15}}\n"
        "@booklet{d, title={Ponds}, author={Bo, Al}, howpublished={Acme}}\n",
    )
    papertrack("import", "refs.bib")
    again = '[[paper]]\nkey = "s"\ntitle = "Seas"\n[paper.bibtex]\ntype = "misc"\nkey = "b2"\n'
    again += '[[paper]]\nkey = "w"\ntitle = "Webs"\nauthors = ["Pauly D", "Torres F Jr"]\n'
    again += '[[paper]]\nkey = "n"\ntitle = "Nets"\nauthors = ["Bo Han", "Weinan E", "et al."]\n'
    catalogue = folder / "data" / "papers.toml"
    before = catalogue.read_text(encoding="utf-8") + "\n" + again
    catalogue.write_text(before, encoding="utf-8")
    papertrack("export", "--into", name, *everything)
    done = papertrack("import", name)
    assert (done.out.split("\n")[-2], done.err) == ("7 unchanged (data/papers.toml)", "")
    assert catalogue.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("first", ["add", "import"])
def test_a_published_paper_is_not_cited_as_its_preprint(
    first: str, papertrack: Run, folder: Path
) -> None:
    _file("a.bib", "@misc{lee2023, title={Maps}, year=2023, eprint={2301.00001},"
          " archiveprefix={arXiv}}")  # fmt: skip
    if first == "add":
        papertrack("init")
        papertrack("add", "Maps", "--venue", "ICML", "--year", "2023", "--arxiv", "2301.00001")
        papertrack("import", "a.bib")
    else:
        papertrack("import", "a.bib")
        _file("list.md", "| Title | Venue |\n| --- | --- |\n| Maps | ICML 2023 |\n")
        papertrack("import", "list.md", "--theirs")
    assert papertrack("cite", "maps").out.startswith("@inproceedings{lee2023,\n")
    assert (folder / "data" / "papers.toml").is_file()


def test_statuses_of_zotero_reading_list_in_every_format(papertrack: Run, folder: Path) -> None:
    status = "Read_Status: Read\\nRead_Status_Date: 2024-01-02T10:00:00.000Z"
    _file("a.json", f'[{{"id": "a", "type": "book", "title": "Maps", "note": "{status}"}}]')
    lines = status.replace("\\n", "\n")
    _file("b.ris", f"TY  - BOOK\nTI  - Seas\nN1  - {lines}\nER  - \n")
    _file("c.bib", f"@book{{c, title={{Lakes}}, note={{{lines}}}}}")
    papertrack("import", "a.json", "b.ris", "c.bib")
    papers = _papers(papertrack).values()
    assert [(it["status"], it["finished"]) for it in papers] == [("done", "2024-01-02")] * 3
    assert "Status" not in (folder / "data" / "papers.toml").read_text(encoding="utf-8")


def test_the_day_of_a_status_waits_with_it(papertrack: Run, folder: Path) -> None:
    entry = "@book{c, title={Maps}, note={Read_Status: %s\nRead_Status_Date: 2023-06-01}}"
    catalogue = folder / "data" / "papers.toml"
    _file("a.bib", entry % "In Progress")
    papertrack("import", "a.bib")
    papertrack("done", "maps")
    before = catalogue.read_bytes()
    _file("a.bib", entry % "Not Reading")
    for asked in ([], [], ["--ours"]):
        done = papertrack("import", "a.bib", *asked)
        assert (catalogue.read_bytes(), done.err.count("undecided")) == (before, 0 if asked else 2)
        assert "takes away" not in done.err
    papertrack("import", "a.bib", "--theirs")
    paper = _papers(papertrack)["Maps"]
    assert (paper["status"], paper["finished"]) == ("dropped", None)


def test_others_are_nobody_in_ris(papertrack: Run, folder: Path) -> None:
    _file(
        "a.bib", "@book{a, title={Maps}, author={Roe, Jo and others}, editor={Bo, Al and others}}"
    )
    papertrack("import", "a.bib")
    before = (folder / "data" / "papers.toml").read_bytes()
    for asked in ([], ["--everything"]):
        papertrack("export", "--into", "o.ris", "--replace", *asked)
        assert "AU  - Roe, Jo\nA2  - Bo, Al\nTI" in Path("o.ris").read_text(encoding="utf-8")
        papertrack("import", "o.ris")
        assert papertrack("import", "o.ris", "--theirs").err == ""
        assert (folder / "data" / "papers.toml").read_bytes() == before


def test_an_entry_that_stands_twice_has_one_key(papertrack: Run, folder: Path) -> None:
    entry = "@article{a, title={Maps}, author={Roe, Jo}, year=2001}\n"
    _file("a.bib", entry * 2 + entry.replace("Maps", "Seas"))
    assert papertrack("import", "a.bib").err == (
        "a.bib:2: roe2001maps again (same title), first at a.bib:1\n"
        "warning: a.bib:3: the key a is there already (line 1): imported as another paper, a-2\n"
    )
    assert papertrack("cite", "--key", "maps", "seas").out == "a\na-2\n"
    assert "ids" not in papertrack("export", "--as", "biblatex", "--everything").out
    assert papertrack("import", "a.bib").out.endswith("2 unchanged (data/papers.toml)\n")
    assert (folder / "data" / "papers.toml").is_file()


def test_an_address_is_no_citation_key(papertrack: Run, folder: Path) -> None:
    number = "http://zotero.org/users/1/items/ABC"
    _file("a.json", f'[{{"id": "{number}", "type": "book", "title": "Maps"}}]')
    _file("b.ris", f"TY  - BOOK\nID  - {number}\nTI  - Seas\nER  - \n")
    papertrack("import", "a.json", "b.ris")
    assert papertrack("cite", "--key", "maps", "seas").out == "maps\nseas\n"
    before = (folder / "data" / "papers.toml").read_bytes()
    assert before.count(number.encode()) == 2
    for name in ("o.json", "o.ris"):
        papertrack("export", "--into", name, "--everything")
        papertrack("import", name, "--theirs")
        assert (folder / "data" / "papers.toml").read_bytes() == before


def test_the_lines_of_a_note_of_csl_come_back(papertrack: Run, folder: Path) -> None:
    item = '{"id": "a", "type": "book", "title": "Maps", "note": "One\\nTwo"}'
    _file("a.json", f"[{item}]")
    papertrack("import", "a.json")
    assert json.loads(papertrack("export", "--as", "csl-json").out)[0]["note"] == "One\nTwo"
    assert (folder / "data" / "papers.toml").is_file()


def test_chinese_names_keep_family_and_given_name(
    papertrack: Run, at_terminal: AtTerminal, folder: Path
) -> None:
    entry = "@book{a, title={机器学习}, author={周, 志华 and 欧阳, 修 and 张伟}, year=2016}"
    _file("a.bib", entry)
    papertrack("import", "a.bib")
    before = (folder / "data" / "papers.toml").read_bytes()
    assert "周2016机器学习" in papertrack("show", "周志华").err
    assert "周志华 +2" in at_terminal("list").screen
    assert "周志华, 欧阳修, 张伟" in papertrack("show", "机器学习").out
    assert "周志华, 欧阳修, 张伟" in papertrack("list", "author:周志华", "--columns", "authors").out
    for name, written in (
        ("o.bib", "author = {周, 志华 and 欧阳, 修 and 张伟}"),
        ("o.ris", "AU  - 周, 志华\nAU  - 欧阳, 修\nAU  - 张伟\n"),
        ("o.json", '"family": "欧阳",\n        "given": "修"\n'),
    ):
        papertrack("export", "--into", name)
        assert written in Path(name).read_text(encoding="utf-8")
        assert papertrack("import", name, "--theirs").out.endswith(
            "1 unchanged (data/papers.toml)\n"
        )
    _file("list.md", "| Title | Authors |\n| --- | --- |\n| 机器学习 | 周志华, 欧阳修, 张 伟 |\n")
    assert papertrack("import", "list.md").err == ""
    papertrack("undo")
    assert (folder / "data" / "papers.toml").read_bytes() == before


def test_names_that_a_blank_parts_are_those_that_a_comma_parts(
    papertrack: Run, folder: Path
) -> None:
    row = "| 日本の庭の歴史 | 山田 太郎, 佐々木 希 |"
    _file("list.md", f"| Title | Authors |\n| --- | --- |\n{row}\n")
    papertrack("import", "list.md")
    _file("a.ris", "TY  - BOOK\nTI  - 日本の庭の歴史\nAU  - 山田, 太郎\nAU  - 佐々木, 希\nER  - \n")
    assert papertrack("import", "a.ris").err == ""
    catalogue = (folder / "data" / "papers.toml").read_text(encoding="utf-8")
    assert 'authors = ["山田 太郎", "佐々木 希"]' in catalogue


def test_names_that_a_comma_parts_keep_it(papertrack: Run, folder: Path) -> None:
    assert folder.is_dir()
    _file("a.ris", "TY  - BOOK\nTI  - 庭の歴史\nAU  - 山田, 太郎\nAU  - 佐々木, 希\nER  - \n")
    papertrack("import", "a.ris")
    assert "author = {山田, 太郎 and 佐々木, 希}" in papertrack("cite", "庭の歴史").out
    assert "AU  - 山田, 太郎\nAU  - 佐々木, 希\n" in papertrack("export", "--as", "ris").out


def test_a_bibliography_divides_the_names_of_a_list(papertrack: Run, folder: Path) -> None:
    assert folder.is_dir()
    _file("list.md", "| Title | Authors |\n| --- | --- |\n| 机器学习 | 周志华, 张三 |\n")
    _file("a.bib", "@book{a, title={机器学习}, author={周, 志华 and 张, 三}}")
    papertrack("import", "list.md")
    assert papertrack("import", "a.bib").err == ""
    assert "author = {周, 志华 and 张, 三}" in papertrack("cite", "机器学习").out
