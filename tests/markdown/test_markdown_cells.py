from pathlib import Path

import pytest

from papertrack.folding import is_nothing
from papertrack.markdown.inline import (
    BREAK,
    addresses,
    identify,
    is_label,
    is_paper,
    links,
    prose,
    spans,
    visible_text,
)
from papertrack.markdown.items import read_item
from papertrack.markdown.reading import loads
from papertrack.markdown.title_cells import read_title
from papertrack.markdown.vocabulary import role_of
from papertrack.models import Paper

GOLDEN = Path(__file__).parent / "golden"


def blocks(name: str) -> list[tuple[str, dict[str, str]]]:
    text = (GOLDEN / name).read_text("utf-8")
    cases = []
    for block in text.split("\n\n")[1:]:
        cell, *fields = block.strip("\n").split("\n")
        cases.append((cell, dict(line.split(": ", 1) for line in fields)))
    return cases


def plain(value: object) -> str:
    return "; ".join(value) if isinstance(value, (tuple, list)) else str(value)


def spelled(paper: Paper | None) -> dict[str, str]:
    fields = paper.model_dump(exclude_defaults=True) if paper else {}
    fields.pop("key", None)
    texts = {name: plain(value) for name, value in fields.items()}
    if "notes" in texts:
        texts["notes"] = texts["notes"].strip("\n").replace("\n", " / ")
    return texts


@pytest.mark.parametrize(("cell", "wanted"), blocks("titles.txt"))
def test_a_title_cell_is_taken_apart(cell: str, wanted: dict[str, str]) -> None:
    fields = vars(read_title(cell)) | {"linked": False}
    assert {name: plain(value) for name, value in fields.items() if value} == wanted


@pytest.mark.parametrize(("text", "wanted"), [*blocks("items.txt"), *blocks("citations.txt")])
def test_an_item_of_a_list_is_taken_apart(text: str, wanted: dict[str, str]) -> None:
    assert spelled(read_item(text)) == wanted


def whole_lists() -> list[tuple[str, list[str]]]:
    text = (GOLDEN / "whole_lists.txt").read_text("utf-8")
    cases = [case.partition("\n-----\n") for case in text.split("\n=====\n")[1:]]
    return [(listed, wanted.strip().split("\n")) for listed, _, wanted in cases]


@pytest.mark.parametrize(("text", "wanted"), whole_lists())
def test_a_list_is_read_as_most_of_its_items_mean(text: str, wanted: list[str]) -> None:
    every = [spelled(paper) for table in loads(text) for _, paper in table.papers]
    for fields in every:
        fields.pop("doi", None)
        fields.pop("links", None)
    lines = [" | ".join(f"{name}: {value}" for name, value in it.items()) for it in every]
    assert lines == wanted


def table_cases() -> list[tuple[str, dict[str, str]]]:
    cases = []
    for block in (GOLDEN / "tables.txt").read_text("utf-8").split("\n\n")[1:]:
        lines = block.strip("\n").split("\n")
        above = [line for line in lines if line.startswith("#") and "|" not in line]
        header, *rows = [line for line in lines if "|" in line and not line.startswith("columns:")]
        fields = lines[len(above) + len(rows) + 1 :]
        text = "\n".join((*above, header, "|".join("-" for _ in header.split("|")), *rows))
        cases.append((f"{text}\n", dict(line.split(": ", 1) for line in fields)))
    return cases


@pytest.mark.parametrize(("text", "wanted"), table_cases())
def test_a_row_of_a_table_is_taken_apart(text: str, wanted: dict[str, str]) -> None:
    papers = [paper for table in loads(text) for _, paper in table.papers]
    assert spelled(papers[-1] if papers else None) == wanted


@pytest.mark.parametrize(("text", "wanted"), blocks("own_lists.txt"))
def test_an_item_of_ones_own_list_is_taken_apart(text: str, wanted: dict[str, str]) -> None:
    [table] = loads(f"# Papers\n\n- {text}\n")
    [(_, paper)] = table.papers
    assert spelled(paper) == wanted
    assert not table.doubts


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("one<br/>two", "one\ntwo"),
        ("<BR >one <br> two<br />", "\none \n two\n"),
        ("one<br/>*two*<br/>three", "one\ntwo\nthree"),
        ("one<br/>a &amp; b", "one\na & b"),
        ("one<br/> \ntwo", "one\n\ntwo"),
        ("one<br/>\0", "one\n\ufffd"),
        ("one\\<br>two", "one<br>two"),
        ("one</br>two", "one\ntwo"),
    ],
)
def test_breaks_of_html_are_line_ends(cell: str, text: str) -> None:
    assert "".join(run.text for run in spans(cell)) == text


def header_cases() -> list[tuple[str, str]]:
    lines = (GOLDEN / "headers.txt").read_text("utf-8").splitlines()
    return [(h, role) for h, role in (line.split(" => ") for line in lines[1:])]


@pytest.mark.parametrize(("header", "wanted"), header_cases())
def test_a_header_says_what_its_column_holds(header: str, wanted: str) -> None:
    role = role_of(visible_text(header))
    assert (role[0].value if role else "-") == wanted


def test_the_authors_beside_a_title_are_a_field() -> None:
    title = read_title("A Title<br>Jane Doe", authors=True)
    assert (title.title, title.authors) == ("A Title", ("Jane Doe",))


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("one line", "one line"),
        ("a<br/> b <BR />c<br>", "a\nb\nc\n\n"),
        ("a \\<br> b", "a <br> b"),
        ("1 \\* 2 &lt;3", "1 * 2 <3"),
        ("`a\\_b` \\_c\\_", "`a\\_b` _c_"),
        ("[code](https://x.org) **bold**", "[code](https://x.org) **bold**"),
        (
            "see <https://x.org/~a/~b> `<https://y.org>`",
            "see https://x.org/~a/~b `<https://y.org>`",
        ),
        ("\u3000wide\u3000", "\u3000wide\u3000"),
        (
            "&hearts; &Ouml;l `&hearts;` &nosuch; &amp;hearts;",
            "♥ Öl `&hearts;` &nosuch; &hearts;",
        ),
    ],
)
def test_prose_keeps_its_lines_and_markup(cell: str, wanted: str) -> None:
    assert prose(cell) == wanted


def test_line_breaks_are_reported_as_they_are_spelled() -> None:
    assert BREAK.findall("a<br/>b<BR />c \\<br> d") == ["<br/>", "<BR />"]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("**a** *b* ~~c~~ `d`", "a b c d"),
        ('<a href="https://x.org">e</a> <b>f</b>', "e f"),
        ("![alt](x.png) g", "g"),
        ("Network <In> Network <i>h</i>", "Network <In> Network h"),
        ("\\[x\\] &copy;", "[x] ©"),
        ("[" * 5000, "[" * 5000),
    ],
)
def test_a_cell_is_shown_as_a_reader_sees_it(cell: str, wanted: str) -> None:
    assert visible_text(cell) == wanted


def test_links_are_found_however_they_are_written() -> None:
    cell = "[a](https://a.org/ü) <https://b.org> <a href='https://c.org'>c</a> see https://d.org/x_(y)."
    wanted = ["https://a.org/ü", "https://b.org", "https://c.org", "https://d.org/x_(y)"]
    assert links(spans(cell)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("参考：https://a.org/x，和https://b.org。", ["https://a.org/x", "https://b.org"]),
        ("(https://a.org/x)", ["https://a.org/x"]),
        ("https://a.org/x" + ")" * 5000, ["https://a.org/x"]),
    ],
)
def test_bare_addresses_end_where_their_sentence_goes_on(text: str, wanted: list[str]) -> None:
    assert addresses(text) == wanted


@pytest.mark.parametrize(
    "cell",
    [
        "",
        " ",
        "\u3000",
        "NULL",
        "null",
        "-",
        "--",
        "—",
        ":---:",
        "N/A",
        "TBD",
        "单元格",
        "…",
        "`NULL`",
        "[]()",
        "[]() [ ]( )",
    ],
)
def test_words_for_nothing_are_nothing(cell: str) -> None:
    assert is_nothing(cell)


@pytest.mark.parametrize("cell", ["0", "None of us", "NULL pointers", "x", "A-", "未知"])
def test_other_words_are_something(cell: str) -> None:
    assert not is_nothing(cell)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://arxiv.org/pdf/1706.03762v5.pdf", True),
        ("https://openreview.net/forum?id=x", True),
        ("https://aclanthology.org/N19-1423/", True),
        ("https://x.org/some.pdf", True),
        ("https://arxiv.org/", False),
        ("https://github.com/a/b", False),
        ("https://github.com/a/b/blob/main/x.pdf", True),
        ("https://www.youtube.com/watch?v=x", False),
    ],
)
def test_a_paper_is_known_by_its_address(address: str, wanted: object) -> None:
    assert is_paper(address) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("pdf", True), ("Code & Model", True), ("链接", True), ("Bağlantı", True), ("BERT", False)],
)
def test_labels_are_told_from_titles(text: str, wanted: object) -> None:
    assert is_label(text) is wanted


@pytest.mark.parametrize(
    ("addresses", "first", "arxiv", "doi", "kept"),
    [
        (["https://arxiv.org/abs/1706.03762"], True, "1706.03762", None, ()),
        (
            ["https://arxiv.org/abs/1706.03762v2"],
            True,
            "1706.03762",
            None,
            ("https://arxiv.org/abs/1706.03762v2",),
        ),
        (
            ["https://arxiv.org/abs/1706.03762", "https://x.org"],
            True,
            "1706.03762",
            None,
            ("https://arxiv.org/abs/1706.03762", "https://x.org"),
        ),
        (
            ["https://arxiv.org/abs/1706.03762", "https://x.org"],
            False,
            "1706.03762",
            None,
            ("https://x.org",),
        ),
        (["https://doi.org/10.1145/3547139"], False, None, "10.1145/3547139", ()),
        (
            ["https://dl.acm.org/doi/abs/10.1145/3534678.3539064"],
            False,
            None,
            "10.1145/3534678.3539064",
            ("https://dl.acm.org/doi/abs/10.1145/3534678.3539064",),
        ),
    ],
)
def test_addresses_give_identifiers(
    addresses: list[str], first: object, arxiv: str | None, doi: str | None, kept: tuple[str, ...]
) -> None:
    assert identify(addresses, first=bool(first)) == (arxiv, doi, kept)
