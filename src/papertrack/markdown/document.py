"""A Markdown text as GFM sees it: tables with every cell, lists, paragraphs, headings."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from papertrack.markdown import DEEPEST
from papertrack.markdown.escaping import PIPE
from papertrack.markdown.html_tables import HtmlRow, html_rows
from papertrack.markdown.inline import YEAR, heading_words, papers_in, visible_text
from papertrack.markdown.item_parts import properties, spelled_out
from papertrack.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_COMMENT = pattern(r"\s*(?:<!--.*?-->\s*)+", re.DOTALL)
_DELIMITER = pattern(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BOLD_LINE = pattern(r"(?:\*\*|__)([^*_\n]{1,200})(?:\*\*|__):?")
_HTML_HEADING = pattern(
    r"<(?:h(?P<level>[1-6])|b|strong)\b[^>]*>(?P<words>.{1,300}?)</(?:h[1-6]|b|strong)>",
    re.DOTALL | re.IGNORECASE,
)
_FOLD = pattern(r"<summary\b[^>]*>(.{1,2000}?)</summary>", re.DOTALL | re.IGNORECASE)
_HEADING_IN_HTML = pattern(r"^ {0,3}(#{1,6})[ \t]+(\S.*?)[ \t#]*$", re.MULTILINE)
_FRONT_MATTER = pattern(r"---[ \t]*\n(?:.*\n){0,200}?---[ \t]*(?:\n|\Z)")
BOLD_LEVEL = 7
"""The level of a line in bold letters that may be a heading."""
_ITEM = pattern(r"<li\b[^<>]*>", re.IGNORECASE)
_LIST_TAGS = pattern(r"</?(?:li|ul|ol|p|div)\b[^<>]*>", re.IGNORECASE)
_TAGS = pattern(r"<[^<>]*>")
_REFERENCE = pattern(r"(?<!\\)\[([^\[\]]*)\](?:\[([^\[\]]*)\])?(?![(\[:])")
_HALF = 0.5  # of a level
_BLANKS = " \t\n\x0b\x0c\r"  # what GFM trims
_NBSP = "\xa0"
_PRIVATE = range(0xE000, 0xF8FF)


class RawRow(NamedTuple):
    """One line of a table without the marks of the quotes and lists it stands in."""

    line: int
    """Where, from 1."""
    source: str
    cells: tuple[str, ...]
    """All its cells as they are written, more or fewer than the header has; `\\|` is `|`."""


class RawTable(NamedTuple):
    """A table's lines."""

    header: RawRow
    rows: tuple[RawRow, ...]
    behind: tuple[RawRow, ...]
    """Lines with pipes that follow its end, with nothing but comments and blank lines between."""
    section: str | None = None
    above: tuple[str, ...] = ()
    """The headings in which its section stands, the nearest first."""
    html: bool = False
    """Whether it is one of HTML, not of Markdown."""
    enclosed: bool = False
    """Whether it stands in a list or a quotation."""


class Item(NamedTuple):
    """One item of a list."""

    line: int
    last: int
    text: str
    """Its own paragraphs, a line end between them."""
    items: tuple["Item", ...]
    """The items of the lists in it."""
    unclear: str = ""
    """Why it is no paper whatever it says."""
    is_detail: bool = False
    """Whether it tells more of the item in which it stands, whatever it says."""
    surely: bool = False
    """Whether it is a paper by what stands around it."""


class RawList(NamedTuple):
    """A list that stands in no other list."""

    items: tuple[Item, ...]
    section: str | None = None
    above: tuple[str, ...] = ()
    """The headings in which its section stands, the nearest first."""
    paragraphs: bool = False
    """Whether these are paragraphs or headings, no items."""
    level: int | None = None
    """The level of the headings that these are, the outermost; None where there are none."""
    indent: int = 0
    """How many blanks stand before its first item."""


class Heading(NamedTuple):
    """A heading, or a line in bold letters that may be one."""

    line: int
    level: int
    """1 to 6; 7 for a bold line."""
    text: str
    """As it is written."""


class Paragraph(NamedTuple):
    """A paragraph that stands in no list."""

    line: int
    last: int
    text: str
    quoted: bool = False
    """Whether it stands behind `>`."""

    @property
    def item(self) -> Item:
        """It as an item of a list."""
        return Item(self.line, self.last, self.text, ())


class Broken(NamedTuple):
    """Lines that look like a table, but GFM sees none."""

    line: int
    header: int
    """How many cells its header has."""
    delimiters: int
    """How many the row of dashes below it has."""


def divide(source: str) -> tuple[str, ...]:
    """Return the cells of a row's source as GFM divides it."""
    cells = PIPE.split(source.strip(_BLANKS))
    if cells[0] == "":
        cells.pop(0)
    if cells and cells[-1] == "":
        cells.pop()
    return tuple(cell.replace("\\|", "|").strip(_BLANKS + _NBSP) for cell in cells)


Block = RawTable | RawList | Heading | Paragraph | Broken
"""What a text is made of; code and comments are left out."""


def find(text: str) -> Iterator[Block]:
    """Yield what a text is made of in its order, with what only looks like a table."""
    text = text.removeprefix("\ufeff").encode("utf-8", "replace").decode()  # no lone surrogates
    if front := _FRONT_MATTER.match(text):
        text = "\n" * front[0].count("\n") + text[front.end() :]
    # markdown-it trims NBSP where GFM does not, and would see other tables and rows
    stand_in = next((chr(code) for code in _PRIVATE if chr(code) not in text), _NBSP)
    tables: dict[int, list[str]] = {}
    env: dict[str, Any] = {"papertrack": tables}  # as the parser has it
    tokens = _parser().parse(text.replace(_NBSP, stand_in), env)
    for token in tokens:
        token.content = token.content.replace(stand_in, _NBSP)
    tables = {at: [row.replace(stand_in, _NBSP) for row in rows] for at, rows in tables.items()}
    resolve = _resolver(env.get("references", {}))
    yield from _blocks(tokens, _Source(text.split("\n"), tables, resolve))


def under_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield tables and lists, each with the heading above it, and those in which that stands.

    A year directly above another heading of its level, with nothing between, stands above the
    others of that level too: `### 2024`, `### Conference`, …, `### Journal`.
    """
    path: list[tuple[float, str]] = []
    above: Block | None = None
    for block in blocks:
        if isinstance(block, Heading):
            if words := heading_words(block.text):
                year = YEAR.fullmatch(words) is not None
                last, text = path[-1] if path and isinstance(above, Heading) else (0, "")
                if last == block.level and not year and YEAR.fullmatch(text):
                    path[-1] = (block.level - _HALF, text)
                level = block.level - _HALF if year else block.level
                outer = [(before, text) for before, text in path if before < level]
                path = [*outer, (block.level, words)]
        elif isinstance(block, RawTable | RawList):
            # Headings that are papers stand beside the last heading of their level, not below it.
            own = block.level if isinstance(block, RawList) else None
            headings = tuple(text for level, text in reversed(path) if own is None or level < own)
            yield block._replace(section=next(iter(headings), None), above=headings[1:])
        else:
            yield block
        above = block


class _Source(NamedTuple):
    """What its tokens do not say of a text."""

    lines: Sequence[str]
    tables: Mapping[int, Sequence[str]]
    """The rows of each table, by its first line from 0."""
    resolve: Callable[[str], str]
    """Writes the links by reference of a text with their addresses."""


def _blocks(tokens: Sequence["Token"], source: _Source) -> Iterator[Block]:
    resolve = source.resolve
    at = quotes = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        quotes += token.nesting if token.type.startswith("blockquote") else 0
        start = token.map[0] if token.map else 0
        if token.type == "heading_open":
            yield Heading(start + 1, int(token.tag[1:]), resolve(tokens[at].content))
        elif token.type == "paragraph_open":
            content = tokens[at].content
            spelled = spelled_out(resolve(content))
            block = _broken(start, content) or _paragraph(token, spelled)
            if quotes and isinstance(block, Paragraph):
                block = block._replace(quoted=True)
            yield block
        elif token.type == "html_block":
            content, at = _whole_table(tokens, at, source.lines)
            yield from _html_blocks(start, content)
        elif token.type == "table_open":
            at = _end(tokens, at - 1)
            header, _, *rows = (
                RawRow(number, row, tuple(map(resolve, divide(row))))
                for number, row in enumerate(source.tables[start], start + 1)
            )
            behind, at = _behind(tokens, at)
            yield RawTable(header, tuple(rows), tuple(behind), enclosed=token.level > 0)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            end = _end(tokens, at - 1)
            yield from _list_blocks(tokens[at:end], source)
            at = end


def _list_blocks(tokens: Sequence["Token"], source: _Source) -> Iterator[Block]:
    """Yield the items of a list; of one with a table in it, what it holds: the table counts."""
    items: list[Item] = []
    first = source.lines[tokens[0].map[0] if tokens[0].map else 0]
    indent = len(first) - len(first.lstrip(" "))
    for own in _items_of(tokens):
        if not any(
            token.type == "table_open"
            or (token.type == "html_block" and "<table" in token.content.lower())
            for token in own
        ):
            items.append(_item(own, source.resolve))
            continue
        if items:
            yield RawList(tuple(items), indent=indent)
            items = []
        yield from _blocks(own[1:-1], source)
    if items:
        yield RawList(tuple(items), indent=indent)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # slow to import, needed when reading only
    from markdown_it.rules_block import table

    def keep(state: "StateBlock", first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
        is_table = table(state, first, end, silent)
        if is_table and not silent:
            state.env["papertrack"][first] = [
                state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
                for line in range(first, state.line)
            ]
        return is_table

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table")
    parser.block.ruler.at("table", keep, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.enableOnly(["normalize", "block"])  # cells are taken apart one by one
    return parser


def _resolver(references: Mapping[str, Mapping[str, str]]) -> Callable[[str], str]:
    """Return what writes links such as `[words][1]` with their addresses in a cell."""

    def address(match: re.Match[str]) -> str:
        words, label = match[1], match[2] or match[1]
        known = references.get(" ".join(label.split()).lower().upper())
        target = known["href"] if known else ""
        return (
            f"[{words}](<{target}>)"
            if known and re.search(r"[\s()]", target)
            else (f"[{words}]({target})" if known else match[0])
        )

    return (lambda cell: _REFERENCE.sub(address, cell)) if references else str


def _end(tokens: Sequence["Token"], at: int) -> int:
    level = tokens[at].level
    while tokens[at].level > level or tokens[at].nesting >= 0:
        at += 1
    return at + 1


def _paragraph(token: "Token", content: str) -> Heading | Paragraph:
    first, last = token.map or (0, 0)
    bold = _BOLD_LINE.fullmatch(content.strip())
    if bold:
        return Heading(first + 1, BOLD_LEVEL, content.strip().rstrip(":"))
    ends = content.endswith(("</b>", "</strong>", "</h1>", "</h2>", "</h3>", "</h4>", "</p>"))
    leads = "](" in content.rpartition("</b>")[2].rpartition("</strong>")[2]
    if content.startswith("<") and ends and not leads and (heading := _html_heading(content)):
        return Heading(first + 1, *heading)
    return Paragraph(first + 1, last, content)


def _html_blocks(start: int, content: str) -> Iterator[Heading | Paragraph | RawTable | RawList]:
    """Yield the tables, the heading and the list that a piece of HTML holds."""
    content = _without_comments(content)
    if "<table" in content.lower():
        for table in html_rows(content, start + 1):
            yield _html_table(table)
        return
    if folded := tuple(_folded_items(start, content)):
        yield RawList(folded, paragraphs=True)
        return
    head, *rest = _ITEM.split(content)
    if not rest and _is_html_paragraph(content):
        yield Paragraph(start + 1, start + 1 + content.strip().count("\n"), content.strip())
        return
    if heading := _html_heading(head):
        yield Heading(start + 1, *heading)
    elif written := _HEADING_IN_HTML.search(head[:2000]):
        line = start + 1 + head.count("\n", 0, written.start())
        yield Heading(line, len(written[1]), written[2])
    items: list[Item] = []
    line = start + 1 + head.count("\n")
    for piece in rest:
        text = " ".join(_LIST_TAGS.sub(" ", piece).split())
        last = line + piece.rstrip().count("\n")
        items += [Item(line, last, text, ())] if text else []
        line += piece.count("\n")
    if items:
        yield RawList(tuple(items))


def _folded_items(start: int, content: str) -> Iterator[Item]:
    """Yield the papers whose titles, with a link, are what stays of folds: `<summary>A Title …`."""
    linked = (fold for fold in _FOLD.finditer(content) if "<a " in fold[1].lower())
    folds = [fold for fold in linked if len(_TAGS.sub(" ", fold[1]).split()) > 3]  # titles
    for fold, below in zip_longest(folds, folds[1:]):
        end = below.start() if below else len(content)
        line = start + 1 + content.count("\n", 0, fold.start())
        last = start + 1 + content[:end].rstrip().count("\n")
        more = " ".join(_TAGS.sub(" ", content[fold.end() : end]).split())
        details = (Item(line, last, more, (), is_detail=True),) if more else ()
        yield Item(line, last, " ".join(fold[1].split()), details)


def _without_comments(content: str) -> str:
    """Return a piece of HTML with its comments blanked, line ends kept."""
    return re.sub(r"<!--.*?(?:-->|\Z)", lambda m: "\n" * m[0].count("\n"), content, flags=re.DOTALL)


def _whole_table(tokens: Sequence["Token"], at: int, lines: Sequence[str]) -> tuple[str, int]:
    """Return a piece of HTML, with all of a table that blank lines divide, and where to read on."""
    token = tokens[at - 1]
    content, (first, last) = token.content, token.map or (0, 0)
    lower = content.lower()
    if lower.count("<table") <= lower.count("</table"):
        return content, at
    closing = next((n for n in range(last, len(lines)) if "</table" in lines[n].lower()), None)
    if closing is None:
        return content, at
    while at < len(tokens) and ((place := tokens[at].map) is None or place[0] <= closing):
        at += 1
    return "\n".join(lines[first : closing + 1]), at


def _html_table(rows: Sequence[HtmlRow]) -> RawTable:
    """Return a table of HTML as one of Markdown; without a header its columns have no names."""
    lines = [RawRow(row.line, " | ".join(row.cells), row.cells) for row in rows]
    if rows[0].is_header:
        return RawTable(lines[0], tuple(lines[1:]), (), html=True)
    blank = ("",) * len(rows[0].cells)
    return RawTable(RawRow(rows[0].line, "", blank), tuple(lines), (), html=True)


def _is_html_paragraph(content: str) -> bool:
    """Say whether a piece of HTML is a paragraph that leads to a paper, no heading and no fold."""
    match = _HTML_HEADING.search(content[:2000])
    written = _HEADING_IN_HTML.search(content[:2000])
    is_heading = written is not None or (match is not None and match["level"] is not None)
    behind = _TAGS.sub(" ", content[match.end() if match else 0 :]).split()
    folded = "<summary" in content.lower()
    # A fold behind another, below an item, holds a citation.
    led = content.startswith("</details>") if folded else "<a " in content.lower()
    return led and len(behind) >= 3 and not is_heading and papers_in(content)


def _html_heading(content: str) -> tuple[int, str] | None:
    """Return the level and words of the heading of HTML that a text begins with."""
    match = _HTML_HEADING.search(content[:2000])
    before = content[: match.start()] if match else ""
    if match is None or "<summary" in before.lower() or _TAGS.sub("", before).strip():
        return None
    words = visible_text(_TAGS.sub("", match["words"]))
    level = match["level"]
    return (int(level) if level else BOLD_LEVEL, words) if words else None


def _broken(start: int, content: str) -> Broken | None:
    if "|" not in content:
        return None
    lines = content.split("\n")
    for number, (above, below) in enumerate(pairwise(lines), start + 1):
        if "|" in above and "-" in below and _DELIMITER.fullmatch(below[:1000]):
            return Broken(number, len(divide(above)), len(divide(below)))
    widths = {len(divide(line)) for line in lines if line.startswith("|")}
    if (
        len(lines) > 1
        and len(widths) == 1
        and max(widths) > 1
        and all(line[:1] + line.rstrip()[-1:] == "||" for line in lines)
    ):
        return Broken(start + 1, max(widths), 0)
    return None


def _behind(tokens: Sequence["Token"], at: int) -> tuple[list[RawRow], int]:
    """Return the lines with pipes behind a table, and where to read on."""
    lines: list[RawRow] = []
    ahead = at
    while ahead < len(tokens):
        token = tokens[ahead]
        if token.type == "html_block" and _COMMENT.fullmatch(token.content):
            ahead += 1
            continue
        if token.type != "paragraph_open" or token.map is None:
            break
        sources = [source.strip(_BLANKS) for source in tokens[ahead + 1].content.split("\n")]
        if not all(source.startswith("|") for source in sources) or any(
            _DELIMITER.fullmatch(source[:1000]) for source in sources
        ):
            break
        numbered = enumerate(sources, token.map[0] + 1)
        lines += [RawRow(number, source, divide(source)) for number, source in numbered]
        ahead += 3
        at = ahead
    return lines, at


def _items_of(tokens: Sequence["Token"]) -> Iterator[Sequence["Token"]]:
    """Yield the tokens of each item of a list."""
    at = 0
    while at < len(tokens):
        is_item = tokens[at].type == "list_item_open"
        after = _end(tokens, at) if is_item else at + 1
        if is_item:
            yield tokens[at:after]
        at = after


def _item(tokens: Sequence["Token"], resolve: Callable[[str], str]) -> Item:
    first = (tokens[0].map or [0])[0]
    ends = [token.map[1] for token in tokens if token.map and not token.nesting]
    last = max(ends, default=first + 1)  # an item's own ends with the blank lines behind it
    texts: list[str] = []
    items: list[Item] = []
    at = 1
    while at < len(tokens):
        if tokens[at].type in ("bullet_list_open", "ordered_list_open"):
            inner = _end(tokens, at)
            items += [_item(own, resolve) for own in _items_of(tokens[at:inner])]
            at = inner
            continue
        if tokens[at].type == "inline":
            text, more = properties("\n".join((*texts[-1:], resolve(tokens[at].content))))
            texts[-1:] = [spelled_out(text)]
            items += [Item(first + 1, last, line, (), is_detail=True) for line in more]
        elif tokens[at].type == "html_block":
            content = _without_comments(tokens[at].content).replace("</summary>", "</summary>\n")
            texts += [resolve(text)] if (text := content.strip()) else []
        at += 1
    return Item(first + 1, last, "\n".join(texts), tuple(items))
