"""BibTeX written: what is written reads back, and nothing private goes out unasked."""

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertrack import bibtex
from papertrack.bibtex.latex import (
    lines_to_latex,
    marked_up,
    protect,
    to_latex,
    to_lines,
    to_markup,
    to_text,
)
from papertrack.bibtex.mapping import join_tags, split_tags
from papertrack.bibtex.names import parse, person_named, read_names, spell, write_name, write_names
from papertrack.models import Paper
from papertrack.status import Status

_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ue000\ue001"))


@given(_TEXT)
def test_text_is_read_back(text: str) -> None:
    read = to_text(to_latex(text)).text
    assert read == to_text(to_latex(read)).text
    assert "".join(_normal(read).split()) == "".join(_normal(text).split())


@given(st.text(r"aB9 \{}$%&#_~^-`'?!é中" + "\n"))
@example("$$&$9$")
@example("$a$%$a$")
@example(r"Cost of $\a`$ and more")
@example(r"$\^{}$ $\~{}$ $\vphantom\{\vphantom\}$ $\(a\)$")
@example(r"$\texorpdfstring{a}{b}$ $\ifmmode a\else b\fi$")
def test_signs_of_latex_are_read_back(text: str) -> None:
    assert to_text(to_latex(text)).text == " ".join(text.split())
    assert to_lines(lines_to_latex(text)).text == text
    assert to_text(protect(text)).text == " ".join(text.split())


@given(st.text(r"ab\{}$" + "<>/i") | st.sampled_from(["<i>a<b>b</b></i> c", "<i>" * 2000]))
@example("<i>On</i> {x} <sub>2</sub>")
@example("{</b>}")
def test_marked_up_text_is_read_back(text: str) -> None:
    written = marked_up(text)
    assert marked_up(to_markup(written)) == written


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ({"volume": "\\"}, "  volume = {\\ },\n"),
        ({"volume": "a\\\\"}, "  volume = {a\\\\},\n"),
        ({"type": "comment"}, "@misc{"),
        ({"type": "String"}, "@misc{"),
    ],
)
def test_what_is_kept_never_ends_an_entry_early(kept: dict[str, str], written: str) -> None:
    text = bibtex.dumps([Paper(key="a", title="A", bibtex={"type": "article", **kept})])
    assert written in text
    assert [it.paper.title for it in bibtex.loads(text).papers] == ["A"]


def test_a_place_of_printing_and_one_of_meeting_are_two() -> None:
    kept = {"type": "inproceedings", "address": "New York", "location": "Virtual, USA"}
    papers = [Paper(key="a", title="A", bibtex=kept)]
    for everything in (False, True):
        text = bibtex.dumps(papers, everything=everything)
        assert "  location = {Virtual, USA},\n  address = {New York},\n" in text
        text = bibtex.dumps(papers, biblatex=True, everything=everything)
        assert "  location = {New York},\n" in text
        assert "  venue = {Virtual, USA},\n" in text


@given(st.text("\\emph{}ab"))
def test_no_markup_is_too_strange(raw: str) -> None:
    assert isinstance(to_markup(raw + "\\emph{a}"), str)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("LLaMA: Open and Efficient", "{LLaMA}: Open and Efficient"),
        ("t-SNE", "{t-SNE}"),
        ("A 176B-Parameter Open-Access Model", "A {176B-Parameter} Open-Access Model"),
        ("R&D in C#", r"{R\&D} in {C\#}"),
        ("BERT, (GPT-3) and iOS", "{BERT}, ({GPT-3}) and {iOS}"),
        (r"$5 #1 a_b $\alpha$-decay", r"\$5 \#1 a\_b $\alpha$-decay"),
        ("Learning to Learn", "Learning to Learn"),
        ("深度学习 BERT", "深度学习 {BERT}"),
    ],
)
def test_capitals_of_names_are_protected(title: str, written: str) -> None:
    assert protect(title) == written


_NAMES = [
    ("Touvron, Hugo", "Hugo Touvron"),
    ("van der Maaten, Laurens", "Laurens van der Maaten"),
    ("Ludwig van Beethoven", "Ludwig van Beethoven"),
    ("King, Jr., Martin Luther", "King, Jr., Martin Luther"),
    ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
    (r"Garc{\'\i}a M{\'a}rquez, Gabriel", "García Márquez, Gabriel"),
    ("De Bortoli, Valentin", "De Bortoli, Valentin"),
    ("de la Cruz Santos, Maria", "de la Cruz Santos, Maria"),
    ("{BigScience Workshop}", "BigScience Workshop"),
    ("{Ministerio de Salud de Chile}", "Ministerio de Salud de Chile"),
    ("{Barnes and Noble}", "Barnes and Noble"),
    ("family=Doe, given=Jane, prefix=von", "Jane von Doe"),
    (r"Jaroslav Ne\v set\v ril", "Jaroslav Nešetřil"),
    (r"Pi\~ na, I. L.", "I. L. Piña"),
    (r"Mu\~noz, Ana", "Ana Muñoz"),
    (r"Janez \v Zerovnik", "Janez Žerovnik"),
    (r"S\o ren Kierkegaard", "Søren Kierkegaard"),
    (r"Novi\ifmmode \acute{c}\else \'{c}\fi{}, A. P.", "A. P. Nović"),
    (r"\ifmmode \check{S}\else \v{S}\fi{}im\ifmmode \mathring{u}\else \r{u}\fi{}, Jan", "Jan Šimů"),
    (r"Ren{\a'e} Thi{\a`e}rry", "René Thièrry"),
    ("useprefix=false and Alan von Animal", "Alan von Animal"),
    ("欧阳 修", "欧阳 修"),
    ("周, 志华", "周 志华"),
    ("山田, 太郎", "山田, 太郎"),
    ("张三 李四", "张三 李四"),
    ("佐々木, 希", "佐々木 希"),
    ("中国科学院, 自动化所", "中国科学院, 自动化所"),
    ("{北京 智谱}", "北京 智谱"),
    ("张三", "张三"),
    ("Donald~E. Knuth", "Donald E. Knuth"),
    ("shen, yelong", "shen, yelong"),
    ("Google, Inc.", "Google, Inc."),
    ("others", "et al."),
]


@pytest.mark.parametrize(("raw", "name"), _NAMES)
def test_names_are_spelled_as_people_write_them(raw: str, name: str) -> None:
    assert read_names(raw) == (name,)
    assert read_names(write_names((name,))) == (name,)


@pytest.mark.parametrize(
    ("raw", "names", "written"),
    [
        ("Pauly D and Worm B", ("D. Pauly", "B. Worm"), "D. Pauly and B. Worm"),
        ("Pauly, D and Worm, B", ("D Pauly", "B Worm"), "D Pauly and B Worm"),
        ("Bo Han and Weinan E", ("Bo Han", "E, Weinan"), "Bo Han and E, Weinan"),
        ("Malcolm X", ("X, Malcolm",), "X, Malcolm"),
        (
            "Bo, Al and Pauly D, et al.",
            ("Al Bo", "D. Pauly", "et al."),
            "Al Bo and D. Pauly and others",
        ),
    ],
)
def test_initials_are_told_from_family_names(
    raw: str, names: tuple[str, ...], written: str
) -> None:
    assert read_names(raw) == names
    assert write_names(names) == written
    assert write_names(("Garden AI", "Roe A"), {"Garden AI"}) == "{Garden AI} and Roe, A."


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Devlin, Jacob", "Jacob Devlin"),
        ("van der Maaten, Laurens", "Laurens van der Maaten"),
        ("García Márquez, Gabriel", "García Márquez, Gabriel"),
        ("De Bortoli, Valentin", "De Bortoli, Valentin"),
        ("King, Jr., Martin Luther", "King, Jr., Martin Luther"),
        ("King, Jr.", "King, Jr."),
        ("Jacob Devlin", "Jacob Devlin"),
        ("周, 志华", "周 志华"),
    ],
)
def test_a_comma_stays_where_it_tells_the_family_name(name: str, kept: str) -> None:
    assert spell(person_named(name)) == kept


@given(st.lists(st.sampled_from([*(name for _, name in _NAMES), "Ö. d'Î", "A, B, C, D", "and"])))
def test_lists_of_names_are_read_back(names: list[str]) -> None:
    assert read_names(write_names(tuple(names))) == tuple(names)


@given(st.text("aBé ,.{}中-"))
def test_a_name_keeps_its_words(name: str) -> None:
    spelled = spell(person_named(" ".join(name.split())))
    again = spell(parse(write_name(spelled))) if spelled else ""
    assert again == spelled


@given(st.lists(st.text("ab,;，{}é ").map(lambda text: " ".join(text.split())).filter(bool)))
def test_tags_are_read_back(tags: list[str]) -> None:
    assert split_tags(join_tags(tuple(tags))) == list(dict.fromkeys(tags))


_PRIVATE = Paper(
    key="a",
    title="T",
    authors=("A. B.",),
    links=("https://a.org", "https://b.org/%7Bx%7D"),
    lab="L",
    name="N",
    tags=("x, y", "z"),
    status=Status.DONE,
    priority=2,
    added=date(2020, 1, 2),
    started=date(2020, 1, 3),
    finished=date(2020, 1, 4),
    summary="第一行\n\n50% of R&D\n",
    notes="@article{x}\n\\cite",
)


def test_everything_is_read_back() -> None:
    (entry,) = bibtex.loads(bibtex.dumps([_PRIVATE], everything=True)).papers
    assert entry.paper.bibtex == {"type": "misc", "key": "a"}
    assert entry.paper.model_copy(update={"key": "a", "bibtex": {}}) == _PRIVATE


def test_a_citation_says_nothing_private() -> None:
    written = bibtex.dumps([_PRIVATE.model_copy(update={"bibtex": {"file": "f", "abstract": "x"}})])
    assert written == (
        "@misc{a,\n  author = {A. B.},\n  title = {T},\n  url = {https://a.org},\n"
        "  keywords = {x, y; z},\n}\n"
    )


@pytest.mark.parametrize(
    ("field", "value", "without"),
    [
        ("title", "Another", "raw title"),
        ("year", 2021, "2020-03-04"),
        ("venue", "NAACL", "Proceedings of"),
        ("arxiv", "2101.00001", "2001.00001v2"),
        ("authors", ("C. D.",), "Neumann"),
    ],
)
def test_a_field_that_was_edited_wins_over_what_is_kept(
    field: str, value: object, without: str
) -> None:
    read = bibtex.loads(
        "@inproceedings{k, title={\\emph{raw title}}, date={2020-03-04}, eprint={2001.00001v2},"
        "archiveprefix={arXiv}, booktitle={Proceedings of \\emph{X}}, author={{von Neumann}, John}}"
    )
    paper = read.papers[0].paper
    for biblatex in (False, True):
        edited = paper.model_copy(update={field: value})
        assert (without in bibtex.dumps([paper], biblatex=biblatex)) is (
            biblatex or field != "year"
        )
        assert without not in bibtex.dumps([edited], biblatex=biblatex)


def test_no_citation_key_is_there_twice() -> None:
    kept = Paper(key="a", title="A", bibtex={"key": "Smith"})
    papers = [kept.model_copy(update={"key": key}) for key in ("x", "y")]
    papers += [Paper(key="smith", title="B"), Paper(key="smith-2", title="C")]
    assert bibtex.citation_keys(papers) == ["Smith", "Smith-2", "smith-3", "smith-2-2"]


def test_keys_of_author_and_year_are_made_for_papers_without() -> None:
    paper = Paper(key="a", title="The LLaMA Paper", authors=("Élan Touvron",), year=2023)
    papers = [paper, paper, paper.model_copy(update={"bibtex": {"key": "mine"}})]
    assert bibtex.citation_keys(papers, author_year=True) == [
        "touvron2023llama",
        "touvron2023llamab",
        "mine",
    ]


def test_a_citation_has_a_type_that_every_program_reads() -> None:
    (read,) = bibtex.loads("@my_page{k, title={T}}").papers
    assert bibtex.dumps([read.paper]).startswith("@mypage{k,")
    assert bibtex.dumps([read.paper], everything=True).startswith("@my_page{k,")


def test_biblatex_has_its_own_names() -> None:
    read = bibtex.loads("@article{k, title={T}, journal={J}, year=2020, address={A}}").papers
    assert bibtex.dumps([read[0].paper], biblatex=True) == (
        "@article{k,\n  title = {T},\n  journaltitle = {J},\n  date = {2020},\n"
        "  location = {A},\n}\n"
    )


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ("year=2017, month=dec", "date = {2017-12},"),
        ("year=2017, month={September}", "date = {2017-09},"),
        ("year=2017, month={Sept.}", "date = {2017-09},"),
        ("year=2017, month=3", "date = {2017-03},"),
        ("year=2017, month={July~12}", "date = {2017},\n  month = {July~12},"),
        ("date={2017-12-05}", "date = {2017-12-05},"),
        ("year={in press}, month=dec", "year = {in press},\n  month = dec,"),
    ],
)
def test_biblatex_has_one_date(fields: str, written: str) -> None:
    read = bibtex.loads(f"@misc{{k, title={{T}}, {fields}}}").papers
    text = bibtex.dumps([read[0].paper], biblatex=True, everything=True)
    assert text == f"@misc{{k,\n  title = {{T}},\n  {written}\n}}\n"


def test_bibtex_takes_the_month_out_of_a_date() -> None:
    read = bibtex.loads("@misc{k, title={T}, date={2017-12-05}}").papers
    text = bibtex.dumps([read[0].paper])
    assert "  year = {2017},\n  month = dec,\n}" in text


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        (
            "@online{k, title={T}, organization={O}}",
            "@misc{k,\n  title = {T},\n  organization = {O},",
        ),
        (
            "@dataset{k, title={T}, publisher={P}}",
            "@misc{k,\n  title = {T},\n  publisher = {P},",
        ),
        ("@report{k, title={T}, type={techreport}}", "@techreport{k,\n  title = {T},\n}"),
        (
            "@thesis{k, title={T}, type={mathesis}, institution={I}}",
            "@mastersthesis{k,\n  title = {T},\n  school = {I},\n}",
        ),
        (
            "@thesis{k, title={T}, type={A thesis}, school={I}}",
            "@phdthesis{k,\n  title = {T},\n  school = {I},\n  type = {A thesis},\n}",
        ),
        (
            "@thesis{k, title={T}, type={bathesis}, institution={I}}",
            "@misc{k,\n  title = {T},\n  howpublished = {I},",
        ),
        ("@mvbook{k, title={T}, subtitle={of S}}", "@book{k,\n  title = {T: of S},\n}"),
        (
            "@article{k, title={T}, eprint={2302.13971}, journal={arXiv}}",
            "@misc{k,\n  title = {T},\n  ep",
        ),
        ("@patent{k, title={T}}", "@patent{k,"),
    ],
)
def test_a_citation_in_bibtex_has_what_styles_know(entry: str, written: str) -> None:
    (read,) = bibtex.loads(entry).papers
    text = bibtex.dumps([read.paper])
    assert text.startswith(written)
    (again,) = bibtex.loads(text).papers
    assert (again.paper.venue or "arXiv") == (read.paper.venue or "arXiv")
    assert bibtex.loads(bibtex.dumps([read.paper], everything=True)).papers == (read,)
    assert bibtex.dumps([read.paper], biblatex=True).startswith(
        "@online{" if "arXiv" in entry else entry[: entry.index("k")]
    )


def test_notes_with_a_lone_brace_keep_their_lines() -> None:
    paper = Paper(key="a", title="A", notes="one }\ntwo", bibtex={"comment": "one \\}\ntwo"})
    written = bibtex.dumps([paper], everything=True)
    assert bibtex.loads(written).papers[0].paper.notes == "one }\ntwo"


def test_each_field_stands_on_one_line() -> None:
    paper = Paper(key="a", title="A\n@misc{b,\nC", venue="D\nE", notes="F\n@G{", tags=("H\nI",))
    written = bibtex.dumps([paper], everything=True)
    assert written.count("\n") == 6
    assert len(bibtex.loads(written).papers) == 1


def test_a_preprint_that_got_a_doi_stays_one_with_everything() -> None:
    paper = Paper(key="a", title="T", venue="arXiv", arxiv="2001.00952", doi="10.1000/a")
    (entry,) = bibtex.loads(bibtex.dumps([paper], everything=True)).papers
    assert entry.paper.venue == "arXiv"
    assert "howpublished" not in bibtex.dumps([paper])
