"""BibTeX read: real files, and every form and damage of the recorded cases."""

import json
from pathlib import Path

import pytest

from papertrack import bibtex
from papertrack.errors import PapertrackError
from papertrack.formats import decode
from papertrack.models import Paper

_SUBTITLED = "An online thing: With a subtitle"


@pytest.fixture(scope="session")
def bibliographies(shared: Path) -> Path:
    return shared / "exchange" / "bibtex"


def test_every_form_of_the_recorded_cases_is_read(bibliographies: Path) -> None:
    expected = json.loads((bibliographies / "cases.expected.json").read_text(encoding="utf-8"))
    read = bibtex.loads((bibliographies / "cases.bib").read_text(encoding="utf-8"))
    papers = {entry.paper.title: entry.paper for entry in read.papers}
    papers["An online thing"] = papers[_SUBTITLED]
    for wanted in expected["papers"]:
        paper = papers[wanted["title"]].model_dump(mode="json")
        fields = {name for name in wanted if not name.startswith("_")} - {"bibkey", "title"}
        assert {name: paper[name] for name in fields} == {name: wanted[name] for name in fields}
    assert (read.entries, len(read.papers), read.volumes) == (33, 30, 1)  # one is there again
    assert [(it.line, it.key, it.reason) for it in read.left_out] == [
        (182, "notitle", "no title"),
        (190, "broken", "never closed"),
    ]
    assert [(it.line, it.message) for it in read.doubts] == [
        (40, "year 2023 is a later version's: arXiv:1706.03762 was posted in 2017"),
        (160, "the key touvron2023llama is there already (line 5)"),
        (161, "title stands twice in doubletitle"),
        (188, "a comma is missing behind title"),
    ]


def test_what_has_no_field_is_kept(bibliographies: Path) -> None:
    read = bibtex.loads((bibliographies / "cases.bib").read_text(encoding="utf-8"))
    kept = {it.paper.bibtex.get("key", ""): dict(it.paper.bibtex) for it in read.papers}
    assert kept["devlin-etal-2019-bert"] == {
        "type": "inproceedings",
        "key": "devlin-etal-2019-bert",
        "editor": "Burstein, Jill and Doran, Christy",
        "month": "jun",
        "address": "Minneapolis, Minnesota",
        "publisher": "Association for Computational Linguistics",
        "pages": "4171--4186",
    }
    assert kept["macros"]["month"] == "July~12"
    assert kept["inpress"]["year"] == "in press"
    assert "journal" not in kept["touvron2023llama"]
    assert kept["touvron2023llama-2"] == {"type": "article", "key": "touvron2023llama-2"}


@pytest.mark.parametrize(
    "author",
    [
        r"Luc\'\ias, Ana and Roe, Jo",
        r"Poe, C\unknown{y}",
        r"{\foo Group} and Roe, Jo",
        "Al Bo 0002 and Roe, Jo",
    ],
)
def test_names_that_are_not_understood_go_out_as_they_came(author: str) -> None:
    read = bibtex.loads(f"@article{{k, title={{T}}, author={{{author}}}}}")
    assert f"author = {{{author}}}" in bibtex.dumps([it.paper for it in read.papers])


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Bo, A.; and Di, C.;", ("A. Bo", "C. Di")),
        ("Bo, Ada and Hammond, ; M Eli", ("Ada Bo", "M Eli Hammond")),
        ("Zoe Guan, Ed K. Bo, Al Ash, and Jo Roe", ("Zoe Guan", "Ed K. Bo", "Al Ash", "Jo Roe")),
        ("Zoe Guan, Ed Bo, and Roe, Jo", ("Zoe Guan", "Ed Bo", "Jo Roe")),
        ("Balota, D. A., Tallal, P. and Roe, Jo", ("D. A. Balota", "P. Tallal", "Jo Roe")),
        ("Bo, R.L., K.K. Droege, P.R. Wood, and Jo Roe",
         ("R.L. Bo", "K.K. Droege", "P.R. Wood", "Jo Roe")),
        ("García Márquez, Gabriel J., and Jo Roe", ("García Márquez, Gabriel J.", "Jo Roe")),
        ("King, Jr., Martin Luther", ("King, Jr., Martin Luther",)),
        ("King, Martin Luther, Jr.", ("King, Jr., Martin Luther",)),
        ("Ventura, I, Ann Di and Roe, Jo", ("Ventura, I, Ann Di", "Jo Roe")),
        ("{Bo, Al and Di, Ed and G{\\'o}, J.~A.}", ("Al Bo", "Ed Di", "J. A. Gó")),
        ("{Bo and Di Ltd.}", ("Bo and Di Ltd.",)),
        ("Bo, Al and", ("Al Bo",)),
        ("Bo, Al and ,, and , ,", ("Al Bo",)),
        ("and Bo, Al and others and", ("Al Bo", "et al.")),
        ("Bo et al.", ("Bo", "et al.")),
        ("Bo, Al and {others}", ("Al Bo", "et al.")),
        ("Bo, Al and Di, Ed, et al", ("Al Bo", "Ed Di", "et al.")),
        ("{Gel\\cprime f}, I. M.", ("I. M. Gelʹf",)),
        ("Gel\\cprime f, I. M.", ("I. M. Gelʹf",)),
        ("Bo, Al; van Di, E.; Fu, Ed", ("Al Bo", "E. van Di", "Ed Fu")),
        ("Al Bo 0002 and 0001, Ed Di", ("Al Bo", "Ed Di")),
        ("Bo, Al \\& Di, Ed and Ash \\& Sons, Inc", ("Al Bo", "Ed Di", "Ash & Sons, Inc")),
        ("\\DJ or\\dj evi\\'c, Ana and E.\\,W. Di", ("Ana Đorđević", "E. W. Di")),
    ],
)  # fmt: skip
def test_names_between_commas_are_a_list(author: str, names: tuple[str, ...]) -> None:
    (entry,) = bibtex.loads(f"@article{{k, title={{T}}, author={{{author}}}}}").papers
    assert entry.paper.authors == names


def test_an_address_as_eprint_goes_out_as_it_came() -> None:
    eprint = "eprint = {http://arxiv.org/abs/1311.2524v5}"
    read = bibtex.loads(f"@article{{k, title={{T}}, archivePrefix={{arXiv}}, {eprint}}}")
    assert [it.paper.arxiv for it in read.papers] == ["1311.2524"]
    assert eprint in bibtex.dumps([it.paper for it in read.papers], everything=True)


@pytest.mark.parametrize("date", ["1723~", "2004?", "199X"])
def test_what_a_date_says_beside_its_year_goes_out_as_it_came(date: str) -> None:
    read = bibtex.loads(f"@article{{k, title={{T}}, date={{{date}}}}}")
    assert f"  date = {{{date}}}" in bibtex.dumps([it.paper for it in read.papers], biblatex=True)


@pytest.mark.parametrize("note", [r"\href{%s/}{arXiv:1305.3835}", r"\url{%s}", "%s"])
def test_a_note_that_is_an_address_of_arxiv_says_the_id(note: str) -> None:
    note = note % "http://arxiv.org/abs/1305.3835"
    read = bibtex.loads(f"@article{{k, title={{T}}, journal={{J. Alg.}}, note={{{note}}}}}")
    (paper,) = (it.paper for it in read.papers)
    assert (paper.arxiv, paper.venue) == ("1305.3835", "J. Alg.")
    assert f"note = {{{note}}}" in bibtex.dumps([paper], everything=True)


def test_a_short_doi_goes_out_beside_the_address_that_says_it() -> None:
    fields = ("doi = {10/gb87sx}", "url = {https://doi.org/10.1000/abc}")
    read = bibtex.loads(f"@book{{k, title={{T}}, {', '.join(fields)}}}")
    (paper,) = (it.paper for it in read.papers)
    assert (paper.doi, paper.links) == ("10.1000/abc", ())
    written = bibtex.dumps([paper], everything=True)
    assert [field for field in fields if field not in written] == []


def test_addresses_with_marks_between_them_are_links() -> None:
    read = bibtex.loads("@book{k, title={T}, url={http://a.org/; http://b.org/c}}")
    (paper,) = (it.paper for it in read.papers)
    assert paper.links == ("http://a.org/", "http://b.org/c")
    assert "url = {http://a.org/; http://b.org/c}" in bibtex.dumps([paper], everything=True)


def test_a_journal_that_is_not_said_by_an_arxiv_id_goes_out_too() -> None:
    arxiv = "eprint={2001.00952}, archivePrefix={arXiv}, journal={arXiv}, doi={10.3847/a}"
    papers = [it.paper for it in bibtex.loads(f"@article{{k, title={{T}}, {arxiv}}}").papers]
    again = [it.paper for it in bibtex.loads(bibtex.dumps(papers, everything=True)).papers]
    assert [paper.venue for paper in (*papers, *again)] == ["arXiv", "arXiv"]


def test_who_wrote_and_edited_a_book_goes_out_as_both() -> None:
    read = bibtex.loads("@book{k, title={T}, author={Roe, Jo}, editor={Jo Roe}}")
    written = bibtex.dumps([it.paper for it in read.papers])
    assert "author = {Roe, Jo}" in written
    assert "editor = {Jo Roe}" in written


def test_a_journal_that_a_meeting_names_too_goes_out() -> None:
    fields = "journaltitle={{IEEE} Magazine}, eventtitle={{IEEE Magazine}}"
    read = bibtex.loads(f"@article{{k, title={{T}}, {fields}}}")
    written = bibtex.dumps([it.paper for it in read.papers], biblatex=True, everything=True)
    assert "  journaltitle = {{IEEE} Magazine},\n" in written
    assert "  eventtitle = {{IEEE Magazine}},\n" in written


def test_two_journals_of_an_entry_both_go_out() -> None:
    read = bibtex.loads("@article{k, title={T}, journaltitle={A Web}, journal={24th Days}}")
    assert read.papers[0].paper.venue == "A Web"
    written = bibtex.dumps([it.paper for it in read.papers], everything=True)
    assert "  journal = {24th Days},\n  journaltitle = {A Web},\n" in written


@pytest.mark.parametrize("everything", [False, True])
def test_keywords_that_are_not_understood_go_out_as_they_came(*, everything: bool) -> None:
    keywords = r"keywords = {\textgreek{b}-Blocker; {\ogr} Ceti}"
    read = bibtex.loads(f"@misc{{k, title={{T}}, {keywords}}}")
    assert keywords in bibtex.dumps([it.paper for it in read.papers], everything=everything)


def test_a_booktitle_that_is_an_address_is_no_venue() -> None:
    (entry,) = bibtex.loads("@misc{k, title={T}, booktitle={http://a.org/b}}").papers
    assert entry.paper.venue is None
    assert "booktitle = {http://a.org/b}" in bibtex.dumps([entry.paper])


def test_an_archive_that_one_field_names_goes_out_once() -> None:
    fields = "booktitle={arXiv}, doi={10.1000/1}, eprint={2003.03621}, archiveprefix={arXiv}"
    (entry,) = bibtex.loads(f"@misc{{k, title={{T}}, {fields}}}").papers
    assert bibtex.dumps([entry.paper], everything=True).count("{arXiv}") == 2


def test_a_comma_without_a_name_behind_it_does_not_go_out() -> None:
    fields = r"author={{Amt zur Au}, and Bo, A and {X Y},}, optnote={\\{\bf SP}}"
    read = bibtex.loads(f"@misc{{k, title={{T}}, {fields}}}")
    written = bibtex.dumps([it.paper for it in read.papers], everything=True)
    assert "author = {{Amt zur Au} and Bo, A and {X Y}}" in written
    assert r"optnote = {\\{\bf SP}}" in written


def test_keywords_under_two_names_go_out_under_both() -> None:
    read = bibtex.loads("@misc{k, title={T}, keywords={a b}, keyword={c, d}}")
    written = bibtex.dumps([it.paper for it in read.papers], everything=True)
    assert "keywords = {a b}" in written
    assert "keyword = {c, d}" in written


def test_blanks_divide_the_keywords_of_bibsonomy() -> None:
    read = bibtex.loads("@misc{k, title={T}, keywords={film-theory italy}, intrahash={1f}}")
    (entry,) = read.papers
    assert entry.paper.tags == ("film-theory", "italy")


def test_a_real_bibliography_has_its_counts(bibliographies: Path) -> None:
    counts = json.loads((bibliographies / "d2l-zh.counts.json").read_text(encoding="utf-8"))
    read = bibtex.loads((bibliographies / "d2l-zh.bib").read_text(encoding="utf-8"))
    papers = [entry.paper for entry in read.papers]
    words = [text for paper in papers for text in (paper.title, *paper.authors)]
    assert counts == {
        "entries": read.entries,
        "papers": len(papers),
        "with_year": sum(paper.year is not None for paper in papers),
        "with_arxiv": sum(paper.arxiv is not None for paper in papers),
        "venue_is_arXiv": sum(paper.venue == "arXiv" for paper in papers),
        "with_doi": sum(paper.doi is not None for paper in papers),
        "authors_in_all_et_al_counted": sum(len(paper.authors) for paper in papers),
        "titles_or_authors_with_backslash_or_brace": sum("\\" in it or "{" in it for it in words),
    }


@pytest.mark.slow
def test_recorded_files_read_back_as_they_were_written(shared: Path) -> None:
    entries = 0
    for path in sorted((shared / "metadata" / "bibtex").glob("*.bib")):
        if "noBOM" in path.name:
            with pytest.raises(PapertrackError, match="UTF-16"):
                decode(path.read_bytes())
            continue
        read = bibtex.loads(decode(path.read_bytes())[0])
        entries += read.entries
        once: dict[object, Paper] = {}  # each but for the same again
        for number, entry in enumerate(read.papers):
            once.setdefault(entry.paper.bibtex.get("key", number), entry.paper)
        papers = [*once.values()]
        written = bibtex.dumps(papers, everything=True)
        again = [entry.paper for entry in bibtex.loads(written).papers]
        assert list(map(_but_for_made_keys, again)) == list(map(_but_for_made_keys, papers)), path
        assert bibtex.dumps(again, everything=True) == written
    assert entries >= 768


def _but_for_made_keys(paper: Paper) -> dict[str, object]:
    fields = paper.model_dump()
    if paper.bibtex.get("key", "paper").startswith("paper"):
        fields["bibtex"] = {name: text for name, text in paper.bibtex.items() if name != "key"}
    return fields


_DAMAGED = [
    pytest.param("@article{k title={T}, year=2001}", {"title": "T", "year": 2001}, id="key"),
    pytest.param("@article{k, title={T},, year=2001,,}", {"title": "T", "year": 2001}, id="commas"),
    pytest.param("@article{k, title={T}; year=2001}", {"title": "T", "year": 2001}, id="semicolon"),
    pytest.param(
        "@article{k, title={T \\\\}, year=2001}", {"title": "T", "year": 2001}, id="\\\\}"
    ),
    pytest.param("@article{k, title=No braces, year=2001}", {"title": "No braces"}, id="no braces"),
    pytest.param('@article{k, title={A "q" T}}', {"title": 'A "q" T'}, id="quotes"),
    pytest.param('@article{k, title="A {"}q{"} T"}', {"title": 'A "q" T'}, id="braced quotes"),
    pytest.param("@a{k, title {none}, title={T}}", {"title": "T"}, id="no equals sign"),
    pytest.param("@a-b\n{k, title={T}}", {"title": "T"}, id="hyphen and line"),
    pytest.param("@string{a=b}@string{b=a}\n@a{k, title=a # b}", {"title": "bb"}, id="loop"),
    pytest.param("@a{k, title={\\href{http://a}{b}}}", {"title": "\\href{http://a}{b}"}, id="href"),
    pytest.param(
        "@a{k, title={A\\hyphen free T}}", {"title": "A-free T"}, id="a macro of BibLaTeX"
    ),
    pytest.param("@a{k,\r\n title={T}\r}", {"title": "T"}, id="line ends"),
    pytest.param("\t@a{\n\t author = {B},\n\t title = {T}\n\t}", {"title": "T"}, id="no key"),
    pytest.param("@a{k, % old\n title={T}, % new\n}", {"title": "T"}, id="comments"),
    pytest.param("@a{k,\n% title={U},\n title={T} % V\n}", {"title": "T"}, id="a field cut out"),
    pytest.param("%@a{k,\n% title={U}\n%}\n@a{k, title={T}}", {"title": "T"}, id="all cut out"),
    pytest.param("@a{k, % a, b\n title={T}}", {"title": "T"}, id="a comma in a comment"),
    pytest.param("@a{k, title={T}, year=2001 % or 2\n}", {"year": 2001}, id="a year's comment"),
    pytest.param(
        '@string{b = " B "}@a{k, title="A" # b # "C"}', {"title": "A B C"}, id="blanks of a string"
    ),
    pytest.param('@string{b = ""}@a{k, title="A" # b}', {"title": "A"}, id="an empty string"),
    pytest.param("@a{k, title={}, year=1}\n@a{l, title={T}}", {"title": "T"}, id="empty title"),
    pytest.param("@a{k, title={Q\n@a{l, title={T}}", {"title": "T"}, id="never closed"),
]


@pytest.mark.parametrize(("text", "fields"), _DAMAGED)
def test_damage_costs_no_more_than_it_must(text: str, fields: dict[str, object]) -> None:
    (entry,) = bibtex.loads(text).papers
    assert {name: getattr(entry.paper, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        pytest.param("\n@a{k, title={T", 2, "never closed", id="a brace"),
        pytest.param('@a{k, title="T, year=1}', 1, "never closed", id="a quote"),
        pytest.param("@a{k}", 1, "no title", id="nothing"),
        pytest.param("% @a{k,\n% title={U}\n% }\n", 1, "commented out", id="a comment"),
        pytest.param("@a{k, x={a\\\\\nb},\n}\n@a{l, year=1}", 1, "no title", id="lines"),
    ],
)
def test_what_is_not_taken_in_is_named(text: str, line: int, reason: str) -> None:
    left = bibtex.loads(text).left_out[0]
    assert (left.line, left.reason) == (line, reason)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("\ufeffä".encode(), "ä", id="BOM"),
        pytest.param("ä".encode("utf-16"), "ä", id="UTF-16"),
        pytest.param(b"% Encoding: ISO8859_2\n\xb3", "% Encoding: ISO8859_2\nł", id="declared"),
        pytest.param(b"% Encoding: punycode\na", "% Encoding: punycode\na", id="no such encoding"),
        pytest.param(b"\x93a\xe4\x94", "“aä”", id="Windows"),
        pytest.param(
            "《大模型》的综述, 张三".encode("gbk"), "《大模型》的综述, 张三", id="Chinese"
        ),
        pytest.param("《知識》とその表現".encode("euc_jp"), "《知識》とその表現", id="EUC-JP"),
        pytest.param("a 表現, {b}".encode("iso2022_jp"), "a 表現, {b}", id="ISO-2022-JP"),
        pytest.param("éè".encode("cp1252"), "éè", id="two letters of Windows"),
        pytest.param(
            "Grüße, Ærøs œuvre à Łódź"[:18].encode("cp1252"), "Grüße, Ærøs œuvre ", id="more"
        ),
        pytest.param(b"\x81\xe4", "\x81ä", id="Latin-1"),
        pytest.param("ä é\n".encode() + b"5\x966", "ä é\n5–6", id="Windows in UTF-8"),
    ],
)
def test_bytes_are_decoded(data: bytes, text: str) -> None:
    assert decode(data)[0] == text


def test_children_take_what_their_parents_say() -> None:
    read = bibtex.loads(
        "@inproceedings{a, title={A}, crossref={p}}\n@article{b, title={B}, xdata={x}}\n"
        "@proceedings{p, title={P}, year=2017, publisher={Q}}\n@xdata{x, journal={J}}"
    )
    child, other = (entry.paper for entry in read.papers)
    assert (child.venue, child.year, child.bibtex["publisher"]) == ("P", 2017, "Q")
    assert (other.venue, read.volumes) == ("J", 2)
    assert "crossref" not in bibtex.dumps([child, other], everything=True)


def test_a_price_begins_no_mathematics() -> None:
    (entry,) = bibtex.loads("@misc{k, title={Caf\\'e at $5 & more}}").papers
    assert entry.paper.title == "Café at $5 & more"


def test_quotes_of_german_and_french_are_read() -> None:
    (entry,) = bibtex.loads(r"@misc{k, title={\glqq Au\grqq{} \flqq oui\frqq, O{\rq}Neil}}").papers
    assert entry.paper.title == "„Au“ «oui», O’Neil"


def test_greek_letters_of_a_text_are_read() -> None:
    (entry,) = bibtex.loads(r"@misc{k, title={\textmu{}RNA and \textbeta-catenin}}").papers
    assert entry.paper.title == "µRNA and β-catenin"


def test_parents_take_what_theirs_say_and_none_takes_its_own() -> None:
    read = bibtex.loads(
        "@inbook{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={c}, xdata={x}}\n"
        "@mvbook{c, title={C}, year=2017, crossref={a}}\n"
        "@xdata{x, publisher={Q}, xdata={y}}\n@xdata{y, location={R}}"
    )
    papers = {entry.paper.title: entry.paper for entry in read.papers}
    assert (papers["A"].venue, papers["A"].year, papers["B"].year) == ("B", 2017, 2017)
    assert (papers["A"].bibtex["publisher"], papers["A"].bibtex["location"]) == ("Q", "R")


def test_parents_that_are_not_there_are_named() -> None:
    read = bibtex.loads("@book{a, title={A},\n crossref={b}, xdata={a}}")
    assert [(it.line, it.message) for it in read.doubts] == [
        (2, "its crossref b is no other entry of this file"),
        (2, "its xdata a is no other entry of this file"),
    ]


def test_a_long_line_of_parents_ends_somewhere() -> None:
    line = "".join(f"@book{{b{n}, title={{B}}, crossref={{b{n + 1}}}}}\n" for n in range(5000))
    assert bibtex.loads(line).entries == 5000


@pytest.mark.parametrize(
    ("fields", "doi", "arxiv"),
    [
        ("eprint={9711200}, primaryclass={hep-th}, archiveprefix={arXiv}", None, "hep-th/9711200"),
        ("arxivid={arXiv:0510454 [math.DG]}", None, "math/0510454"),
        ("note={PMID: 7\nDOI: 10.1007/978\\_7}", "10.1007/978_7", None),
        ("note={arXiv: 1706.03762 [cs]\nversion: 5}", None, "1706.03762"),
        ("note={Erratum in DOI: 10.1007/7}", None, None),
        ("note={arXiv preprint arXiv:1905.00001}", None, "1905.00001"),
        ("journal={arXiv preprint}, number={1905.00001}", None, "1905.00001"),
        ("journal={arXiv}, pages={arXiv--1905.00001}", None, "1905.00001"),
        ("journal={Waves}, number={1905.00001}", None, None),
        ("note={DOI: 10.1007/7}, doi={10.1007/8}", "10.1007/8", None),
    ],
)
def test_identifiers_stand_in_other_places_too(
    fields: str, doi: str | None, arxiv: str | None
) -> None:
    (entry,) = bibtex.loads(f"@article{{k, title={{T}}, {fields}}}").papers
    assert (entry.paper.doi, entry.paper.arxiv) == (doi, arxiv)
    again = bibtex.loads(bibtex.dumps([entry.paper], everything=True)).papers
    assert [it.paper for it in again] == [entry.paper]


def test_the_macro_of_a_month_has_no_case() -> None:
    (entry,) = bibtex.loads("@misc{k, title={T}, month=Apr}").papers
    assert "  month = apr,\n" in bibtex.dumps([entry.paper])


def test_characters_that_no_text_holds_are_blanks() -> None:
    (entry,) = bibtex.loads("@misc{k,\x00 title={On\x00\x1b R\\&D}}").papers
    assert entry.paper.title == "On R&D"


@pytest.mark.parametrize(
    ("field", "year"),
    [
        ("year={2001-02-20}", 2001),
        ("year={2001/02}", 2001),
        ("year={{\\noopsort{1973a}}1981}", 1981),
        ("year={99}", None),
        ("date={1984/1986}", 1984),
        ("date={-2999}", None),
        ("date={2004-21}", 2004),
        ("year={May 1977}", 1977),
        ("year={c. 1977}", None),
    ],
)
def test_a_year_is_taken_where_it_is_certain(field: str, year: int | None) -> None:
    assert bibtex.loads(f"@a{{k, title={{T}}, {field}}}").papers[0].paper.year == year


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        pytest.param(r"29th $\{$USENIX$\}$ Days", "29th USENIX Days", id="Google Scholar"),
        pytest.param(r"Radix-2\({}^{\mbox{k}}\) {FFT}", "Radix-2k FFT", id="DBLP, a letter"),
        pytest.param(r"is in {{\cal NC}}", "is in NC", id="a font of mathematics"),
        pytest.param(
            r"D{\textless}sc{\textgreater}ata{\textless}/sc{\textgreater} <unk>",
            "Data <unk>",
            id="HTML",
        ),
        pytest.param(r"{The dynamics of \elnino}", r"The dynamics of \elnino", id="a macro"),
        pytest.param(
            r"At {\$}\backslashsqrt{\{}s{\}}{\$} = 5", r"At $\sqrt{s}$ = 5", id="Mendeley"
        ),
        pytest.param(r"R{\&}amp;D \&lt;i\&gt;now\&lt;/i\&gt;", "R&D now", id="entities"),
        pytest.param("On Vector<i>, &lt;b&gt; and <br/>", "On Vector<i>, <b> and", id="no tags"),
        pytest.param("<title>On peas</title>", "On peas", id="the SPIE"),
        pytest.param(r"By \t{ts}ar", "By tsar", id="a tie"),
        pytest.param(r"\texorpdfstring{$L^{2}$}{L2} of \ce{H2O}", "L2 of H2O", id="two spellings"),
        pytest.param(
            r"The \{\vphantom\}{{LWE}}, {{NTRU}}\vphantom\{\}",
            "The {LWE, NTRU}",
            id="Better BibTeX",
        ),
        pytest.param(r"\^{}18\^{}O and \~{}a", "^18^O and ~a", id="ADS, signs"),
        pytest.param(r"0.35 {\(\mathrm{\mu}\)}m", r"0.35 $\mathrm{\mu}$m", id="DBLP, a formula"),
    ],
)
def test_what_services_write_around_words_is_no_part_of_a_title(raw: str, title: str) -> None:
    (entry,) = bibtex.loads(f"@a{{k, title={{{raw}}}}}").papers
    assert entry.paper.title == title
    assert f"title = {{{raw}}}" in bibtex.dumps([entry.paper], everything=True)


@pytest.mark.parametrize(
    ("raw", "tags"),
    [
        ("a b,Marx; Karl; 1818,c", ("a b", "Marx; Karl; 1818", "c")),
        ("a, b; c, d", ("a, b", "c, d")),
        ("a;b;c,d", ("a", "b", "c,d")),
        ("Animals,Cell Line, Tumor,Humans", ("Animals", "Cell Line, Tumor", "Humans")),
        ("ranking,graphs, trees,code", ("ranking", "graphs", "trees", "code")),
        ("Cells\n*Databases, Protein\nHumans", ("Cells", "*Databases, Protein", "Humans")),
        ("Graphs\nHidden variables\nTrees", ("Graphs", "Hidden variables", "Trees")),
        ("*Graphs\nTrees, Binary/*growth", ("*Graphs", "Trees, Binary/*growth")),
        ("Deep learning for protein\ndesign", ("Deep learning for protein design",)),
        ("graphs, A*\nsearch, trees", ("graphs", "A* search", "trees")),
        (
            "deep graphs, hidden\nvariables, trees, old\nwords, leaves",
            ("deep graphs", "hidden variables", "trees", "old words", "leaves"),
        ),
        ("graphs, hidden\nvariables, trees", ("graphs", "hidden variables", "trees")),
        (
            "graphs, long\n  words, trees,\n  hidden\n  variables",
            ("graphs", "long words", "trees", "hidden variables"),
        ),
    ],
)
def test_what_divides_keywords(raw: str, tags: tuple[str, ...]) -> None:
    (entry,) = bibtex.loads(f"@misc{{k, title={{T}}, keywords={{{raw}}}}}").papers
    assert entry.paper.tags == tags


@pytest.mark.parametrize(
    ("fields", "status", "tags"),
    [
        ("keywords={to-read, maps}", "to-read", ("maps",)),
        ("keywords={maps, Read}", "done", ("maps",)),
        ("keywords={Unread}, readstatus={skimmed}", "skimmed", ()),
        ("mendeley-tags={currently-reading}", "reading", ()),
        ("keyword={在读；地图}", "reading", ("地图",)),
        ("keywords={to read}", "to-read", ()),
        ("keywords={rank1, prio2, relevant}", "to-read", ()),
        ("keywords={rank 1, rank-1, un-read}", "to-read", ("rank 1", "rank-1", "un-read")),
        ("keywords={re-levant, prin-ted}", "to-read", ("re-levant", "prin-ted")),
        ("keywords={reading, done}", "to-read", ("reading", "done")),  # may be what it is about
    ],
)
def test_keywords_that_say_a_status_are_no_tags(
    fields: str, status: str, tags: tuple[str, ...]
) -> None:
    (entry,) = bibtex.loads(f"@misc{{k, title={{T}}, {fields}}}").papers
    assert (entry.paper.status, entry.paper.tags) == (status, tags)
    (again,) = bibtex.loads(bibtex.dumps([entry.paper], everything=True)).papers
    assert again.paper == entry.paper


@pytest.mark.parametrize(
    "raw",
    [
        r"[Available online at \url{https://a.org/b}]",
        "Available: https://a.org/b",
        "URL https://a.org/b",
        "Online: https://a.org/b.",
    ],
)
def test_where_something_is_available_is_a_link_and_no_venue(raw: str) -> None:
    (entry,) = bibtex.loads(f"@misc{{k, title={{T}}, howpublished={{{raw}}}}}").papers
    assert (entry.paper.links, entry.paper.venue) == (("https://a.org/b",), None)
    assert f"howpublished = {{{raw}}}" in bibtex.dumps([entry.paper])


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        pytest.param("keywords={a, b}, keywords={c}", "tags", ("a, b", "c"), id="keywords"),
        pytest.param("annote={One.}, annote={Two.\\\\ More}", "summary", "One.\nTwo.\nMore",
                     id="notes of Zotero"),
        pytest.param("annote={One.}, annote={One.}", "summary", "One.", id="the same"),
    ],
)  # fmt: skip
def test_texts_that_stand_twice_are_joined(fields: str, name: str, value: object) -> None:
    read = bibtex.loads(f"@misc{{k, title={{T}}, {fields}}}")
    assert getattr(read.papers[0].paper, name) == value
    assert read.doubts == ()


@pytest.mark.parametrize(
    "remark", ["ADS Bibcode: 2022JHEAp..34...49A", "00012", "PMID: 123\nPMCID: PMC4", "ZSCC: 0007"]
)
def test_what_programs_remark_is_no_summary(remark: str) -> None:
    raw = remark.replace("\n", "\\\\ ")
    paper = bibtex.loads(f"@misc{{k, title={{T}}, annotation={{{raw}}}}}").papers[0].paper
    assert paper.summary is None
    assert f"annotation = {{{raw}}}" in bibtex.dumps([paper], everything=True)
    mine = paper.model_copy(update={"summary": "Mine"})
    assert "annote = {Mine}" in bibtex.dumps([mine], everything=True)
    assert "ADS" not in bibtex.dumps([paper])


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("journal={arXiv:1806.01261 [cs.LG]}", "cs.LG"),
        ("howpublished={arXiv preprint arXiv:1806.01261 [cs, math]}", "cs"),
        ("journal={arXiv:1806.01261 [cs.LG]}, primaryClass={stat.ML}", "stat.ML"),
    ],
)
def test_the_class_that_a_preprint_names_is_kept(field: str, name: str) -> None:
    paper = bibtex.loads(f"@misc{{k, title={{T}}, {field}}}").papers[0].paper
    assert (paper.arxiv, paper.bibtex["primaryclass"]) == ("1806.01261", name)


def test_a_macro_of_astronomers_is_a_journal() -> None:
    paper = bibtex.loads("@article{k, title={T}, journal={\\prl}}").papers[0].paper
    assert paper.venue == "Phys. Rev. Lett."
    assert "journal = {\\prl}" in bibtex.dumps([paper])
    unknown = bibtex.loads("@article{k, title={T}, journal={\\nobodys}}").papers[0].paper
    assert unknown.venue == "\\nobodys"


def test_a_linked_address_is_a_link_and_no_venue() -> None:
    text = r"@misc{k, title={T}, howpublished={\href {https://a.org/~b} {\texttt{https://a.org/}}}}"
    paper = bibtex.loads(text).papers[0].paper
    assert (paper.links, paper.venue) == (("https://a.org/~b",), None)


def test_a_child_does_not_take_its_parents_subtitle() -> None:
    read = bibtex.loads(
        "@inproceedings{a, title={A}, crossref={p}}\n"
        "@proceedings{p, title={P}, subtitle={9th Days}, booktitle={Proc. of P}, shorttitle={S}}"
    )
    paper = read.papers[0].paper
    assert (paper.title, paper.name, paper.venue) == ("A", None, "Proc. of P")
    assert paper.bibtex["booksubtitle"] == "9th Days"


_DOUBLING = "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}" for n in range(1, 60))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("@a{k, title={" + "{" * 3000 + "x" + "}" * 3000 + "}}", id="nested"),
        pytest.param("@a{k, title={" + "\\'" * 3000 + "}}", id="accents"),
        pytest.param("@a{" * 3000, id="starts"),
        pytest.param("@a{k, title={T}}" * 3000, id="one key"),
        pytest.param(_DOUBLING + "@a{k, title=s59}", id="strings that double"),
        pytest.param(_DOUBLING + "@a{k, title=" + "s12 # " * 3000 + "s1}", id="long strings"),
        pytest.param("@a{k," + "a=1 " * 3000 + "}", id="no commas"),
        pytest.param("@a{k, title={" + "$" * 3001 + "}}", id="dollars"),
        pytest.param("@a{k, title=" + "a # " * 3000 + "a}", id="concatenations"),
        pytest.param("@a{k, title={T}, author={" + "and " * 3000 + "}}", id="ands"),
        pytest.param("@a{k, title={T}, author={" + "{a} and " * 3000 + "}}", id="groups"),
    ],
)
def test_no_text_is_too_strange(text: str) -> None:
    bibtex.loads(text)
