import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrack.authors import shown_name
from papertrack.errors import PapertrackError
from papertrack.markdown.escaping import escape
from papertrack.markdown.reading import loads
from papertrack.markdown.writing import dumps, own_columns
from papertrack.models import Headings, Look, Paper
from papertrack.status import Status

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_LOST = re.compile("[\0\ud800-\udfff]")
_HOSTILE = (
    "|", "\\|", "a\\", "`", "`` ` ``", "<script>alert(1)</script>", "-->", "<!-- x",
    "<!-- papertrack:end -->", "</table>", "&lt;", "&#124;", "&copy;", "*a* **b**", "_a_ __b__",
    "~~a~~ 2~3, 4~5", "[a](b)", "![a](b)", "[a][b]", "[1]: http://x", "[^1]", "<http://a.b>",
    "https://a.b/*x*_y_", "https://a.b/c，见*x*", "www.a.b/_c_", "https://a.b/~c/~d", "[/b]",
    "[link=http://x]", "\x1b]0;title\x07", "\x9b31m", "\u202eevil\u202c", "\0", "\ud800", "\r\n",
    "\x0b\x0c\x1c\x85\u2028", "NULL", "$(rm -rf)", "-rf", "../..", "👩‍👩‍👧", "\u3000x\u3000", "# x",
    "- x", "1. x", "> x", "---", "    x", "\\\\|", "\\<br>", "C:\\dir", "`|`", "__init__",
)  # fmt: skip
_TEXT = st.one_of(
    st.text(),
    st.text(alphabet=[*"*_~`\\|<>&[]()!#a1 .:\n;/-\"'é，\u3000\u202e\0"]),
    st.lists(st.sampled_from([*_HOSTILE, "a", " ", "\n", "，", "("]), max_size=8).map("".join),
    st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Zs", "L"])),
)


_LLAMA = Paper(
    key="llama",
    name="LLaMA",
    title="LLaMA: Open",
    authors=("Hugo Touvron", "Thibaut Lavril"),
    lab="Meta",
    venue="facebook research",
    year=2023,
    arxiv="2302.13971",
    tags=("lm", "open"),
    summary="Meta的模型：\n1 参数更小；\n",
    notes="ask Li",
    columns={"Code": "https://github.com/x"},
)
_GPT = Paper(key="gpt", title="GPT", lab="OpenAI", status=Status.DONE, doi="10.1234/ABC")
_FLAN = Paper(key="flan", title="FLAN", tags=("lm", "tuning"), links=("https://a.b/(c)", "x.pdf"))


def _normal(text: str) -> str:
    """What is left of a text in HTML: blanks run together, U+FFFD for what cannot be there."""
    return _BLANKS.sub(" ", _LOST.sub("\ufffd", text)).strip(" ")


def _rendered(markdown: str) -> list[list[str]]:
    """Return the text of each row's cells; nothing but text and links may be in them."""
    tokens = _PARSER.parse(markdown)
    rows: list[list[str]] = []
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if before.type in ("th_open", "td_open"):
            rows[-1].append("".join(_text(child) for child in token.children or ()))
    return rows


def _text(token: Any) -> str:  # noqa: ANN401 - markdown-it's tokens
    if token.type in ("text", "text_special"):
        return str(token.content)
    assert token.type in ("link_open", "link_close") or token.content == "<br>"
    return "\n" if token.type == "html_inline" else ""


_PROSE = {
    f"{kind}_{end}" for kind in ("link", "em", "strong", "s") for end in ("open", "close")
} | {"text", "text_special", "code_inline", "image"}
_KEPT_HTML = re.compile(r"<br>|</?(?:su[bp]|[abius]|em|strong|del|ins|kbd|small|img)\b[^<>|]*>")
_SIGNS = re.compile(r"[*_~`\\ \n]")
_MARKS = re.compile(r"!?\[|\](?:\(.*?\))?|<[^<>]*>")


def _prose(markdown: str) -> list[str]:
    """Return the visible characters of the last row's cells, which hold prose."""
    inlines = [token for token in _PARSER.parse(markdown) if token.type == "inline"]
    for child in (child for token in inlines for child in token.children or ()):
        assert child.type in _PROSE or _KEPT_HTML.fullmatch(child.content)
    return ["".join(_seen(token.children or ())) for token in inlines]


def _seen(children: Any) -> Iterator[str]:  # noqa: ANN401 - the same
    for child in children:
        if child.content == "<br>" or child.type != "html_inline":
            yield "\n" if child.content == "<br>" else str(child.content)


@given(_TEXT)
@example("*!*[")
@example("**a** `|` <b>c</b>")
@example("*a `b*` ~~c~~ [**d**](https://x.org) __init__")
@example("**a, *b*** c **d *e* f**")
def test_prose_shows_the_text_but_for_its_marks(text: str) -> None:
    paper = Paper(key="x", title="t", summary=text, notes=text)
    look = Look(columns=("summary", "title", "notes"), nothing="none", markup=True)
    table = dumps([paper], look)
    *_, summary, title, notes = _prose(table)
    assert (summary, title) == (notes, "t")
    expected = _letters(_meant(text))
    assert _letters(summary) == (expected or _letters(summary))


def _letters(text: str) -> str:
    """Return what is left of a text without its marks, addresses and tags."""
    # signs first: between `!` and `[` they keep an image from being one, and are gone when shown
    return _MARKS.sub("", _SIGNS.sub("", _normal(text)))


@given(_TEXT)
@example("a")
def test_a_cell_shows_the_text(text: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {escape(text)} | end |\n"
    assert _rendered(table)[1:] == [[_rendered_cell(text), "end"]]


def _meant(text: str) -> str:
    """Return the text without its last line end, which is no line break."""
    return text.removesuffix("\n").removesuffix("\r")


def _rendered_cell(text: str) -> Any:  # noqa: ANN401 - anything that equals the cell
    class Cell(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            return isinstance(other, str) and _normal(other) == _normal(text)

        __hash__ = str.__hash__

    return Cell(text)


_WITHOUT_ADDRESSES = _TEXT.filter(lambda text: not re.search(r"://|www\.", text, re.IGNORECASE))
"""An address that holds markup is written as a link, which a reader takes for one."""


@example("\x1f_")
@given(_WITHOUT_ADDRESSES)
def test_summary_and_notes_read_back(text: str) -> None:
    paper = Paper(key="t", title="One of two", venue="ICLR", year=2020, summary=text, notes=text)
    look = Look(columns=("title", "source", "summary", "status", "notes"), nothing="NULL")
    [table] = loads(dumps([_GPT, paper], look))
    [_, (_, read)] = table.papers
    for again in (read.summary, read.notes):
        assert _lines(again or "") == _lines(_LOST.sub("\ufffd", text))


def _lines(text: str) -> list[str]:
    """Return the lines with blanks run together, without empty lines around them."""
    text = "\n".join(" ".join(line.split()) for line in re.split("\r\n|\r|\n", text))
    return text.strip("\n").split("\n")


@given(st.lists(_TEXT, min_size=4, max_size=4), st.sampled_from(Status), st.sampled_from(Headings))
def test_a_table_shows_every_field(texts: list[str], status: Status, headings: Headings) -> None:
    title, venue, name, lab = texts
    paper = Paper(
        key="x", title=title, venue=venue or None, name=name or None, lab=lab, status=status,
        summary=title, notes=venue,
    )  # fmt: skip
    look = Look(
        columns=("title", "venue", "name", "status", "summary", "notes"),
        brackets="《》", group="lab",
        headings=headings, nothing="NULL",
    )  # fmt: skip
    rows = _rendered(dumps([paper], look))
    shown = [_normal(cell) for cell in rows[-1]]
    assert shown == [
        _normal(f"《{_meant(title)}》"),
        _normal(_meant(venue)) or "NULL",
        _normal(_meant(name)) or "NULL",
        status,
        _normal(_meant(title)) or "NULL",
        _normal(_meant(venue)) or "NULL",
    ]
    expected = 3 if lab.strip() and headings is not Headings.SECTIONS else 2
    assert len(rows) == expected


@pytest.mark.parametrize("text", _HOSTILE, ids=ascii)
def test_hostile_text_stays_in_its_cell(text: str) -> None:
    paper = Paper(key="x", title=text, authors=(text,), lab=text, venue=text)
    look = Look(columns=("title", "authors", "venue"), group="lab", nothing="none")
    rows = _rendered(dumps([paper], look))
    expected = _normal(text) or "none"
    author = _normal(shown_name(text)) or "none"  # the only one, so turned
    assert [[_normal(cell) for cell in row] for row in rows[-1:]] == [[expected, author, expected]]


@pytest.mark.parametrize(
    "text",
    [
        "LLaMA: Open and Efficient Foundation Language Models",
        "1 基于GPT-3(175B)，借助搜索工具；比如xxxx[1]，其中xxx来自文章1",
        "a_b snake_case_name",
        "1 * 2 * 3",
        "A* search",
        "2~3",
        "R&D, AT&T",
        "5 < 6 > 4",
        "参考：https://mp.weixin.qq.com/s/si2M52H1qKnyHd0IHVJR8g",
        "https://en.wikipedia.org/wiki/A*_search_algorithm?a=1&b=2#c_d",
        "https://a.b/x_y_z [3] (4)",
        "C:\\dir",
        "《标题》“引号”",
        "# not a heading",
        "$\\beta$-VAE",
        "👩‍👩‍👧 café",
    ],
)
def test_ordinary_text_is_written_as_it_is(text: str) -> None:
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a|b", "a\\|b"),
        ("a\\|b", "a&#92;\\|b"),
        ("a\nb\r\nc\rd", "a<br>b<br>c<br>d"),
        ("a\\\nb", "a&#92;<br>b"),
        ("  a\t", "a"),
        ("\u3000a", "&#12288;a"),
        ("*a* b", "\\*a\\* b"),
        ("2~3, 4~5", "2\\~3, 4\\~5"),
        ("`a`", "\\`a\\`"),
        ("<script>", "&lt;script>"),
        ("<!-- papertrack:end -->", "&lt;!-- papertrack:end --&gt;"),
        ("&copy; &co", "&amp;copy; &co"),
        ("[a](b)", "[a\\](b)"),
        ("\u202eabc", "&#x202E;abc"),
        ("\0\ud800", "\ufffd\ufffd"),
        ("https://a.b/*c*d", "<https://a.b/*c*d>"),
        ("https://a.b/*c*，见*d*", "<https://a.b/*c>\\*，见\\*d\\*"),
        ("https://a.b/%20*c*d", "[https://a.b/%20\\*c\\*d](https://a.b/%20*c*d)"),
    ],
)
def test_what_would_be_markup_is_escaped(text: str, cell: str) -> None:
    assert escape(text) == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("see [code](https://github.com/a_b/c)", "see [code](https://github.com/a_b/c)"),
        ("[![s](https://i.io/s?a=b)](https://a.b)", "[![s](https://i.io/s?a=b)](https://a.b)"),
        ("![p](imgs/a.png)", "![p](imgs/a.png)"),
        ("[a](./2022%20-%20A%2C%20B.%20Lee.pdf)", "[a](./2022%20-%20A%2C%20B.%20Lee.pdf)"),
        (
            "[[Link]](https://a.b) [[pdf](https://a.b)]",
            "[[Link]](https://a.b) [[pdf](https://a.b)]",
        ),
        ("[[a](https://b) c](https://d)", "[[a](https://b) c\\](https://d)"),
        ("[a](javascript:alert(1))", "[a\\](javascript:alert(1))"),
        ("[a](b)", "[a\\](b)"),
        ("[ ](https://a.b)", "[ \\](https://a.b)"),
        ("[a|b](https://a.b/|c)", "[a\\|b](<https://a.b/\\|c>)"),
        ("*a [x](https://q.r) b*", "*a [x](https://q.r) b*"),
        ("https://a.b/_c[x](https://q.r)", "<https://a.b/_c>[x](https://q.r)"),
    ],
)
def test_links_in_notes_stay_links(text: str, cell: str) -> None:
    look = Look(columns=("notes",), markup=True)
    paper = Paper(key="x", title="x", notes=text)
    assert dumps([paper], look).split("\n")[2] == f"| {cell} |"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("**a** *b* ***c*** __D__ _e_ ~~f~~", "**a** *b* ***c*** __D__ _e_ ~~f~~"),
        ("这是**重点**内容", "这是**重点**内容"),
        ("`a|b` ``c`d`` `e", "`a\\|b` ``c`d`` \\`e"),
        ("**`a*b` [c](https://x.org)**", "**`a*b` [c](https://x.org)**"),
        ("[**a** `b`](https://x.org)", "[**a** `b`](https://x.org)"),
        ("[a](#b) [c](<my notes/d.md>)", "[a](#b) [c](<my notes/d.md>)"),
        ('<img src="a/b.png" width="20">', '<img src="a/b.png" width="20">'),
        ("<img src = 'a/b.png' height = '20px'>", "<img src = 'a/b.png' height = '20px'>"),
        ("<img src='javascript:x' height='1'>", "&lt;img src='javascript:x' height='1'>"),
        ("[a](b/) [c](../d/e/) [f](../../g/h.md)", "[a](b/) [c](../d/e/) [f](../../g/h.md)"),
        ("[a](javascript/:x) [b](/)", "[a\\](javascript/:x) [b\\](/)"),
        ("x<sub>1</sub> <code>y</code>", "x<sub>1</sub> <code>y</code>"),
        ("5*3*2*1", "5\\*3\\*2\\*1"),
        ("f(*args, **kw) __init__", "f(*args, **kw) \\_\\_init\\_\\_"),
        ("*a `b* c` d", "\\*a `b* c` d"),
        ("`a\\|b`", "\\`a&#92;\\|b\\`"),
        ("`a\nb`", "\\`a<br>b\\`"),
        ('<img src="javascript:x" onerror="y">', '&lt;img src="javascript:x" onerror="y">'),
        ("<sub>a", "&lt;sub>a"),
        ("<b onclick=x>a</b>", "&lt;b onclick=x>a&lt;/b>"),
        ("**a\nb**", "\\*\\*a<br>b\\*\\*"),
    ],
)
def test_markup_in_notes_stays_markup(text: str, cell: str) -> None:
    paper = Paper(key="x", title="x", notes=text)
    look = Look(columns=("notes",), markup=True)
    assert dumps([paper], look).split("\n")[2] == f"| {cell} |"


def test_markup_is_text_unless_the_look_says_otherwise() -> None:
    text = "**a** `b` [c](https://d.e) <img src='f.png'>"
    paper = Paper(key="x", title="x", summary=text, notes=text)
    rows = _rendered(dumps([paper], Look(columns=("summary", "notes"))))
    assert rows[-1] == [text, text]


def test_brackets_are_escaped_where_a_file_defines_links() -> None:
    assert escape("xxx[1]", definitions=True) == "xxx\\[1]"


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("title", ["LLaMA: Open", "GPT", "FLAN"]),
        ("name", ["LLaMA", "-", "-"]),
        ("authors", ["Hugo Touvron, Thibaut Lavril", "-", "-"]),
        ("source", ["facebook research 2023", "-", "-"]),
        ("year", ["2023", "-", "-"]),
        ("tags", ["lm, open", "-", "lm, tuning"]),
        ("status", ["to-read", "done", "to-read"]),
        ("summary", ["Meta的模型：<br>1 参数更小；", "-", "-"]),
        ("notes", ["ask Li", "-", "-"]),
        ("column:Code", ["https://github.com/x", "-", "-"]),
        ("number", ["1", "2", "3"]),
        (
            "title+link",
            [
                "[LLaMA: Open](https://arxiv.org/abs/2302.13971)",
                "[GPT](https://doi.org/10.1234/ABC)",
                "[FLAN](https://a.b/(c))",
            ],
        ),
        (
            "link",
            [
                "[arXiv](https://arxiv.org/abs/2302.13971)",
                "[DOI](https://doi.org/10.1234/ABC)",
                "[a.b](https://a.b/(c)) [x.pdf](x.pdf)",
            ],
        ),
    ],
)
def test_a_column_shows_a_field(column: str, cells: list[str]) -> None:
    text = dumps([_LLAMA, _GPT, _FLAN], Look(columns=(column,), nothing="-"))
    assert text.split("\n")[2:-1] == [f"| {cell} |" for cell in cells]


_SPELLED = Paper(
    key="adam",
    title="Adam",
    authors=("Kingma", "Ba"),
    venue="ICLR",
    year=2015,
    tags=("optimizers", "sgd"),
    status=Status.DONE,
    links=("https://x.org/adam",),
    columns={
        "By": "Kingma & Ba",
        "Title": "[**Adam**](https://x.org/adam) (oral)",
        "Cut": "[Adam](https://x.org/adam): A Method",
        "Where": "[ICLR](https://iclr.cc) 2015",
        "When": "2015-05",
        "Read": "done, in May",
        "About": "#optimizers #sgd",
        "At": "[home](https://x.org/adam) (slow)",
    },
)


@pytest.mark.parametrize(
    ("column", "changes", "cell"),
    [
        ("authors+column:By", {}, "Kingma & Ba"),
        ("authors+column:By", {"authors": ("Diederik Kingma",)}, "Diederik Kingma"),
        ("title+column:Title", {}, "[**Adam**](https://x.org/adam) (oral)"),
        ("title+column:Title", {"title": "Adam W"}, "[**Adam W**](https://x.org/adam) (oral)"),
        ("title+column:Title", {"title": "Adam (oral)"}, "[Adam (oral)](https://x.org/adam)"),
        ("title+column:Cut", {"title": "Adam: A Way"}, "[Adam: A Way](https://x.org/adam)"),
        (
            "title+link+column:Title",
            {"links": ("https://y.org",)},
            "[**Adam**](https://y.org) (oral)",
        ),
        (
            "title+column:Title",
            {"links": (), "arxiv": "1412.6980"},
            "[Adam](https://arxiv.org/abs/1412.6980)",
        ),
        ("title+column:Title", {"links": ()}, "Adam"),
        ("link+column:At", {}, "[home](https://x.org/adam) (slow)"),
        ("link+column:At", {"links": ("https://y.org",)}, "[home](https://y.org) (slow)"),
        ("link+column:At", {"links": ()}, ""),
        ("links+column:New", {}, "[x.org](https://x.org/adam)"),
        ("source+column:Where", {}, "[ICLR](https://iclr.cc) 2015"),
        ("source+column:Where", {"venue": "arXiv"}, "arXiv 2015"),
        ("year+column:When", {}, "2015-05"),
        ("year+column:When", {"year": 2014}, "2014"),
        ("source+column:Where", {"year": 2014}, "ICLR 2014"),
        ("status+column:Read", {}, "done, in May"),
        ("status+column:Read", {"status": Status.READING}, "reading"),
        ("tags+column:About", {}, "#optimizers #sgd"),
        ("tags+column:About", {"tags": ("optimizers",)}, "optimizers"),
        ("tags+column:About", {"tags": ("optimizers", "sgd", "adam")}, "optimizers, sgd, adam"),
    ],
)
def test_a_cell_stays_as_it_was_spelled_until_its_field_changes(
    column: str, changes: dict[str, object], cell: str
) -> None:
    paper = _SPELLED.model_copy(update=changes)
    text = dumps([paper], Look(columns=(column,), markup=True))
    assert text.split("\n")[2] == f"| {cell} |"


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        (("link+column:Link",), "[github.com](https://github.com/x) [arXiv]({0})"),
        (("link+column:Link", "column:Code"), "[arXiv]({0}) | https://github.com/x"),
        (
            ("links+column:Repo", "link+column:Link"),
            "[github.com](https://github.com/x) | [arXiv]({0})",
        ),
        (("title+link", "links+column:Repo"), "[A]({1}) | [github.com](https://github.com/x)"),
    ],
)
def test_columns_of_links_divide_what_others_do_not_show(
    columns: tuple[str, ...], cells: str
) -> None:
    code = "https://github.com/x"
    paper = _paper("A", arxiv="1412.6980", links=(code,), columns={"Code": code})
    row = dumps([paper], Look(columns=columns, markup=True)).splitlines()[2]
    assert row == f"| {cells.format('https://arxiv.org/abs/1412.6980', code)} |"


@pytest.mark.parametrize(
    ("words", "header", "cells"),
    [
        ({"to-read": ""}, "状态", ["", "skimmed", "dropped"]),
        ({"done": "已读"}, "Status", ["待读", "略读", "弃读"]),
        ({"done": "✅", "to-read": ""}, "状态", ["", "略读", "弃读"]),
        ({"done": "✅", "to-read": ""}, "Status", ["", "skimmed", "dropped"]),
        ({"done": "読了 ◯ よんだ"}, "状態", ["to-read", "skimmed", "dropped"]),
    ],
)
def test_a_status_without_a_word_has_one_in_the_language_of_the_others(
    words: dict[str, str], header: str, cells: list[str]
) -> None:
    statuses = (Status.TO_READ, Status.SKIMMED, Status.DROPPED)
    papers = [_paper("A", status=status) for status in statuses]
    look = Look(columns=("status",), headers=(header,), statuses=words)
    assert _first_cells(dumps(papers, look)) == cells


def test_a_source_keeps_its_year_beside_a_column_of_another() -> None:
    paper = _SPELLED.model_copy(update={"year": 2014})
    text = dumps([paper], Look(columns=("source+column:Where", "year"), markup=True))
    assert text.split("\n")[2] == "| [ICLR](https://iclr.cc) 2015 | 2014 |"


def test_headers_and_words_of_a_look_are_markdown() -> None:
    look = Look(
        columns=("title", "status", "year"),
        headers=("**Paper**", "a|b\\|c"),
        statuses={"to-read": "`todo`", "done": ""},
        nothing="*none*",
    )
    assert dumps([_LLAMA, _GPT], look) == (
        "| **Paper** | a\\|b\\|c | year |\n"
        "| --- | --- | --- |\n"
        "| LLaMA: Open | `todo` | 2023 |\n"
        "| GPT | *none* | *none* |\n"
    )


@pytest.mark.parametrize("text", ["NULL", "null", "-", "无", "TBD"])
def test_a_text_like_a_word_for_nothing_is_told_apart(text: str) -> None:
    paper = Paper(key="x", title="x", notes=text)
    line = dumps([paper], Look(columns=("notes",), nothing="NULL")).split("\n")[2]
    assert line == f"| &#{ord(text[0])};{text[1:]} |"


@pytest.mark.parametrize(
    ("line_break", "cell"),
    [
        ("<br/>", "Meta的模型：<br/>1 参数更小；"),
        ("; ", "Meta的模型：; 1 参数更小；"),
        ("|", "Meta的模型：\\|1 参数更小；"),
        ("\n", "Meta的模型： 1 参数更小；"),
    ],
)
def test_lines_are_joined_as_the_look_says(line_break: str, cell: str) -> None:
    look = Look(columns=("summary",), line_break=line_break)
    assert dumps([_LLAMA], look).split("\n")[2] == f"| {cell} |"


def _paper(title: str, **fields: object) -> Paper:
    return Paper.model_validate({"key": title.lower(), "title": title, **fields})


def _first_cells(text: str) -> list[str]:
    return [line.split("|")[1].strip() for line in text.split("\n")[2:-1]]


_GROUPED = [
    _paper("A", lab="facebook", tags=["own", "x"], year=2020, status="done"),
    _paper("B", lab="Other", tags=["y"], year=2023),
    _paper("C"),
    _paper("D", lab="OpenAI", tags=["x"], year=2020),
]


@pytest.mark.parametrize(
    ("group", "cells"),
    [
        (None, ["A", "B", "C", "D"]),
        ("lab", ["OpenAI", "D", "Meta", "A", "Other", "B", "NULL", "C"]),
        ("tag", ["x", "A", "D", "y", "B", "NULL", "C"]),
        ("year", ["2020", "A", "D", "2023", "B", "NULL", "C"]),
        ("status", ["读完", "A", "待读", "B", "C", "D"]),
    ],
)
def test_papers_are_grouped_in_order(group: str | None, cells: list[str]) -> None:
    look = Look(columns=("title", "year"), group=group, nothing="NULL", statuses={"done": "读完"})
    labs = {"OpenAI": (), "Meta": ("Facebook",)}
    assert _first_cells(dumps(_GROUPED, look, labs=labs, own_tags=["Own"])) == cells


def test_papers_of_no_group_that_come_first_stay_first() -> None:
    look = Look(columns=("title", "year"), group="lab")
    assert _first_cells(dumps([_GROUPED[2], _GROUPED[3]], look)) == ["C", "OpenAI", "D"]


@pytest.mark.parametrize(
    ("headings", "row"),
    [(Headings.REPEAT, "| OpenAI | OpenAI |"), (Headings.FIRST, "| OpenAI | NULL |")],
)
def test_a_heading_row_is_written_as_the_look_says(headings: Headings, row: str) -> None:
    look = Look(columns=("title", "year"), group="lab", headings=headings, nothing="NULL")
    assert dumps([_GPT], look).split("\n")[2] == row


def test_sections_have_a_heading_and_a_table_each() -> None:
    look = Look(columns=("title",), group="lab", headings=Headings.SECTIONS)
    sharp = _paper("S", lab="C #")
    assert dumps([_GPT, _FLAN, sharp], look) == (
        "| title |\n| --- |\n| FLAN |\n"
        "\n### OpenAI\n\n| title |\n| --- |\n| GPT |\n"
        "\n### C \\#\n\n| title |\n| --- |\n| S |\n"
    )


@pytest.mark.parametrize("headings", Headings)
def test_no_papers_are_a_table_without_rows(headings: Headings) -> None:
    look = Look(columns=("title",), group="lab", headings=headings)
    assert dumps([], look) == "| title |\n| --- |\n"


def test_one_more_paper_is_one_more_line() -> None:
    before = dumps([_GPT], Look()).split("\n")
    after = dumps([_GPT, _LLAMA], Look()).split("\n")
    assert [line for line in after if line not in before] == after[3:4]


@pytest.mark.parametrize(
    ("look", "message"),
    [
        (Look(columns=("titel",)), 'no column "titel": did you mean title?'),
        (Look(columns=("备注",)), 'no column "备注": columns are like "title" or "column:备注"'),
        (Look(columns=("note:Code",)), 'no column "note:Code": write column:Code'),
        (Look(columns=()), 'a look needs columns: write columns = ["title", "status"]'),
        (Look(group="labs"), 'no group "labs": did you mean lab?'),
        (Look(group="venue"), 'no group "venue": write one of lab, tag, status, year'),
    ],
)
def test_a_look_that_cannot_be_is_named(look: Look, message: str) -> None:
    with pytest.raises(PapertrackError) as caught:
        dumps([_GPT], look)
    assert caught.value.message == message


@pytest.mark.parametrize(
    "make",
    [
        lambda: "*a" * 500_000,
        lambda: "_ " * 500_000,
        lambda: "[" * 1_000_000,
        lambda: "https://x.y/_a_ " * 60_000,
        lambda: "https://x.y/*a*" + ")" * 1_000_000,
    ],
    ids=["stars", "underscores", "brackets", "addresses", "parentheses"],
)
@pytest.mark.slow
def test_a_field_of_a_megabyte_is_written(make: Callable[[], str]) -> None:
    assert len(escape(make(), links=True)) >= 1_000_000 * 0.9


def test_a_look_shows_the_tags_that_it_names() -> None:
    papers = [_paper("A", tags=("CNN", "x")), _paper("B", tags=("x",)), _paper("C", tags=("RNN",))]
    look = Look(columns=("title", "tags"), tags=("RNN", "CNN"), nothing="-")
    assert dumps(papers, look).splitlines()[2:] == ["| A | CNN |", "| B | - |", "| C | RNN |"]


def test_only_the_tags_of_a_look_are_headings_in_their_order() -> None:
    papers = [_paper("A", tags=("x", "late")), _paper("B", tags=("early", "x")), _paper("C")]
    look = Look(columns=("title",), group="tag", tags=("early", "late"))
    cells = _first_cells(dumps(papers, look))
    assert cells == ["early", "B", "", "C", "late", "A"]


def test_papers_of_no_group_stay_behind_the_tag_that_they_followed() -> None:
    papers = [_paper("A", tags=("one",)), _paper("B"), _paper("C", tags=("two",))]
    look = Look(columns=("title",), group="tag")
    assert _first_cells(dumps(papers, look)) == ["one", "A", "", "B", "two", "C"]


def test_papers_of_no_lab_may_stand_under_a_tag_among_labs() -> None:
    papers = [_paper("A", tags=("others",)), _paper("B", lab="Meta", tags=("others",))]
    look = Look(columns=("title", "notes"), group="lab", tags=("others",), nothing="NULL")
    assert dumps(papers, look).splitlines()[2:] == [
        "| Meta | Meta |",
        "| B | NULL |",
        "| others | NULL |",
        "| A | NULL |",
    ]


def test_what_only_spells_a_field_is_no_own_column() -> None:
    looks = [Look(columns=("title+column:Title", "authors+column:By", "column:Code", "column:By"))]
    paper = _SPELLED.model_copy(update={"columns": {"Title": "t", "By": "b", "Code": "c"}})
    assert own_columns(paper, looks) == {"By": "b", "Code": "c"}
    assert own_columns(paper, []) == paper.columns
