import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrack.blocks.markers import blocks_in, html_blocks, marker, scan
from papertrack.errors import PapertrackError

_BEGIN, _END = "<!-- papertrack:begin -->", "<!-- papertrack:end -->"
_BLOCK = f"{_BEGIN}\n{_END}\n"


@pytest.mark.parametrize(
    ("begin", "look", "query"),
    [
        ("<!-- papertrack:begin -->", None, ""),
        ("<!--papertrack:begin-->", None, ""),
        ("<!--   papertrack:begin   tag:CNN  -->", None, "tag:CNN"),
        ("<!-- papertrack:begin look=short -->", "short", ""),
        ('<!-- papertrack:begin look="my look" lab:Meta -->', "my look", "lab:Meta"),
        ('<!-- papertrack:begin tag:a -tag:b "x -- y" -->', None, 'tag:a -tag:b "x -- y"'),
        ("   <!-- papertrack:begin 标签 -->  ", None, "标签"),
    ],
)
def test_a_begin_marker_holds_look_and_query(begin: str, look: str | None, query: str) -> None:
    [block] = blocks_in(f"{begin}\n{_END}", "README.md")
    assert (block.look, block.query, block.digest) == (look, query, None)


def test_a_block_is_what_stands_between_its_markers() -> None:
    text = f"# x\n\n{_BEGIN}\n| a |\n| - |\n<!-- papertrack:end 0123abcd -->\nrest\n"
    [block] = blocks_in(text, "README.md")
    assert text[block.start : block.end] == "| a |\n| - |\n"
    assert text[block.mark] == "<!-- papertrack:end 0123abcd -->"
    assert (block.line, block.last, block.digest) == (3, 6, "0123abcd")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff", "# x\n\n", "\ufefftext\n"], ids=ascii)
def test_line_ends_and_a_bom_do_not_hide_a_block(newline: str, start: str) -> None:
    text = f"{start}{_BLOCK}\n{_BLOCK}".replace("\n", newline)
    blocks = blocks_in(text, "README.md")
    lines = start.count("\n")
    assert [(block.line, block.last) for block in blocks] == [
        (lines + 1, lines + 2),
        (lines + 4, lines + 5),
    ]
    assert {block.newline for block in blocks} == {newline}


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{_BLOCK}```\n",
        f"~~~ html\n{_BLOCK}",
        f"    {_BEGIN}\n    {_END}\n",
        f"`{_BEGIN}` and `{_END}`\n",
        f"<!--\n{_BEGIN}\n",
        f"<pre>\n{_BLOCK}</pre>\n",
        f"- ```\n  {_BEGIN}\n  ```\n",
        f"in a line {_BEGIN} {_END}\n",
        "papertrack: a list\n",
        "",
    ],
    ids=[
        "fence", "open fence", "indented code", "code", "comment", "pre", "fence in a list",
        "inside a line", "the word", "nothing",
    ],
)  # fmt: skip
def test_what_markdown_does_not_see_is_no_marker(text: str) -> None:
    assert blocks_in(text, "README.md") == []


_NO_END = f"the block that begins here does not end: write {_END} below its table"
_NO_BEGIN = f"a block ends here that does not begin: write {_BEGIN} above its table"
_NOT_ALONE = f"this marker is not alone on its line: write {_BEGIN} or {_END}"
_CONTAINED = "a block cannot stand in a list or a quotation: move it out of there"
_NESTED = f"a block begins inside the one of line 1: write {_END} above this line"
_NO_LOOK = 'a look is named like look=short or look="my look"'
_NO_DIGEST = f'"xyz" is not a digest: write {_END}, and export-markdown adds it'
_UNKNOWN = "no marker papertrack:start: write begin or end"
_IN_HTML = "this marker is inside HTML: leave an empty line above it"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (f"# x\n{_BEGIN}\n| a |\n", [(2, _NO_END)]),
        (f"{_END}\n", [(1, _NO_BEGIN)]),
        (f"{_END}\n\n{_BEGIN}\n", [(1, _NO_BEGIN), (3, _NO_END)]),
        (f"{_BEGIN}\n{_BLOCK}", [(2, _NESTED)]),
        (f"{_BLOCK}{_END}\n", [(3, _NO_BEGIN)]),
        ("<!-- papertrack:start -->\n", [(1, _UNKNOWN)]),
        (f"{_BEGIN}\n<!-- papertrack:end xyz -->\n", [(1, _NO_END), (2, _NO_DIGEST)]),
        (f"<!-- papertrack:begin look= -->\n{_END}\n", [(1, _NO_LOOK), (2, _NO_BEGIN)]),
        (f"{_BEGIN} text\n", [(1, _NOT_ALONE)]),
        (f"{_BEGIN}{_END}\n", [(1, _NOT_ALONE)]),
        (f"<!-- x -->{_BEGIN}\n", [(1, _NOT_ALONE)]),
        ("<!--\npapertrack:begin -->\n", [(1, _NOT_ALONE)]),
        (f"<div>\n{_BEGIN}\n\n| a |\n", [(2, _IN_HTML)]),
        (f"- x\n\n  {_BEGIN}\n", [(3, _CONTAINED)]),
        (f"> {_BEGIN}\n", [(1, _CONTAINED)]),
    ],
    ids=[
        "half", "other half", "reversed", "nested", "doubled", "unknown", "digest", "look",
        "text behind", "on one line", "comment before", "over lines", "html", "list", "quotation",
    ],
)  # fmt: skip
def test_broken_markers_are_all_named(text: str, faults: list[tuple[int, str]]) -> None:
    with pytest.raises(PapertrackError) as caught:
        blocks_in(text, "README.md")
    lines = [caught.value.message, *caught.value.details]
    assert lines == [f"README.md:{line}: {message}" for line, message in faults]
    assert caught.value.exit_status == 2


@pytest.mark.parametrize("query", ["", "lab:Meta", 'tag:"a -- b" year:2020..'])
@pytest.mark.parametrize("look", [None, "short", "my look", "中文"])
def test_a_marker_reads_back(query: str, look: str | None) -> None:
    [block] = blocks_in(f"{marker(query, look)}\n{_END}\n", "README.md")
    assert (block.query, block.look) == (query, look)


@pytest.mark.parametrize(
    ("query", "look"),
    [("-->", None), ("a --> b", None), ("a\nb", None), ("", 'a"b'), ("look=x", None)],
)
def test_what_a_marker_cannot_hold_is_refused(query: str, look: str | None) -> None:
    with pytest.raises(PapertrackError, match="cannot hold"):
        marker(query, look)


_LINES = st.sampled_from(
    [
        _BEGIN, _END, "", "| a | b |", "| - | - |", "text", "```", "~~~", "- x", "> x", "    x",
        "<div>", "<pre>", "</pre>", "<!--", "-->", "<?x", "?>", "<!X", "| <br> |", "| --> |",
        "# x", "  x", "<!-- x -->", "  <!-- x -->", "<!-- x", "<!-->", "1) <div>", "[a]:",
        "| </pre> |", "|", "````", "``` `x`", "- ```", " ```",
    ]
)  # fmt: skip


_PARTS = st.lists(st.one_of(_LINES, st.integers(20, 40)), max_size=14)


def _text(parts: list[str | int]) -> str:
    """Return the lines as a text; a number stands for as many rows."""
    rows = (part if isinstance(part, str) else "| <br> | x |\n" * part for part in parts)
    return "\n".join(rows) + "\n"


def _seen(text: str) -> list[int]:
    """Return the lines of the markers that the parser sees in the whole text."""
    return [
        token.map[0] + 1
        for token in MarkdownIt("commonmark").enable("table").parse(text)
        if token.type == "html_block" and token.map and not token.level
        if token.content.strip() in (_BEGIN, _END)
    ]


@given(_PARTS)
def test_long_tables_are_looked_over_without_missing_a_marker(parts: list[str | int]) -> None:
    text = _text(parts)
    pieces = [html for html in html_blocks(text) if not html.inside]
    lines = [html.line for html in pieces if html.text.strip() in (_BEGIN, _END)]
    assert lines == _seen(text)


@given(_PARTS)
@example(["# x", "```", _BEGIN, "```", _BEGIN, 20, _END])
def test_a_quick_look_sees_what_the_parser_sees(parts: list[str | int]) -> None:
    text = _text(parts)
    scanned = scan(text)
    assert scanned is None or [html.line for html in scanned] == _seen(text)


def test_a_quick_look_is_enough_for_a_plain_file() -> None:
    text = f"# x\n\n```sh\n{_BEGIN}\n```\n<!-- a comment -->\n{_BEGIN}\n| `<br>` |\n{_END}\n"
    assert [html.line for html in scan(text) or ()] == [7, 9]


def test_a_marker_below_a_deeply_nested_list_is_one() -> None:
    deep = "".join(f"{'  ' * at}- point {at}\n" for at in range(30))
    assert [block.line for block in blocks_in(f"{deep}\n{_BLOCK}", "list.md")] == [32]
