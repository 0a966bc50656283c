"""Where the blocks of a Markdown text are: two markers, found as Markdown sees them.

A marker is an HTML comment alone on its line, at the top level of the document. What stands in
fences, code and other comments is no marker. In lists, quotations and HTML a table could not be
regenerated in place: a marker there is refused. A comment may hold `--`, but ends at `-->`
(https://github.github.com/gfm/#html-blocks), which no query holds when it is spelled again.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from papertrack.errors import Fault, PapertrackError
from papertrack.markdown import DEEPEST
from papertrack.patterns import pattern

BEGIN = "<!-- papertrack:begin -->"
END = "<!-- papertrack:end -->"

_MARK = "papertrack:"
_MARKER = pattern(r"<!--[ \t]*papertrack:(?P<word>\w*)(?P<rest>(?:(?!-->)[^\n])*)-->")
_LIKE_MARKER = pattern(r"<!--\s*papertrack:")
_LOOK = pattern(r'look=(?:"(?P<quoted>[^"]+)"|(?P<bare>[^\s"]+))(?:\s+|$)')
_DIGEST = pattern(r"[0-9a-f]{4,64}")
LINE_END = pattern(r"\r\n|\r|\n")
_VERBATIM = pattern(r"<(?:script|pre|style|textarea|\?|![A-Za-z\[])", re.IGNORECASE)
_COMMENT = pattern(r"<!--.*?-->", re.DOTALL)
_ROWS = pattern(r"(?:^\|[^\n]*\n){20,}", re.MULTILINE)
_TELLING = pattern(rf"{_MARK}|```|~~~")
_LINE_OF_HTML = pattern(r"\n[ \t>*+\d.)-]*<")
_WHOLE_COMMENT = pattern(r"[ \t]*<!--(?!-?>)(?:(?!-->).)*-->[ \t]*")
_WHOLE_MARKER = pattern(r"<!--[ \t]*papertrack:(?:(?!-->).)*-->[ \t]*")
_FENCE = pattern(r"(?P<run>`{3,}|~{3,})(?P<info>.*)")

_ENDS = pattern(r"-->|\?>|\]\]>|</(?:script|pre|style|textarea)>|>", re.IGNORECASE)


class Block(NamedTuple):
    """The generated region between two markers; places are offsets in the text."""

    line: int
    """The begin marker's line, from 1."""
    last: int
    """The end marker's line."""
    look: str | None
    query: str
    digest: str | None
    start: int
    """Where the line after the begin marker starts."""
    end: int
    """Where the line of the end marker starts."""
    mark: slice
    """The end marker itself."""
    newline: str


class Html(NamedTuple):
    """A piece of HTML that stands for itself."""

    line: int
    """Where it begins, from 1."""
    text: str
    inside: bool = False
    """Whether it stands in a list or a quotation."""


class _Marker(NamedTuple):
    line: int
    word: str
    rest: str


def marker(query: str = "", look: str | None = None) -> str:
    """Return the line that begins a block; PapertrackError for what no marker can hold."""
    spaced = look is not None and any(char.isspace() for char in look)
    words = [f'look="{look}"' if spaced else f"look={look}"] if look else []
    words += [query] if query else []
    line = f"<!-- papertrack:begin {' '.join(words)} -->" if words else BEGIN
    if not _MARKER.fullmatch(line) or _LOOK.match(query) or '"' in (look or ""):
        raise PapertrackError(f"a block's marker cannot hold this query or look: {' '.join(words)}")
    return line


def end_marker(digest: str | None = None) -> str:
    """Return the line that ends a block."""
    return f"<!-- papertrack:end {digest} -->" if digest else END


def blocks_in(text: str, where: str) -> list[Block]:
    """Return the blocks in order; `where` is the file as a person would type it.

    Raises PapertrackError with all faults: half, nested, reversed, doubled and malformed markers.
    """
    if _MARK not in text:
        return []
    markers, faults = _markers(text)
    blocks = _paired(text, markers, faults)
    if faults:
        first, *others = [f"{where}:{fault.line}: {fault.message}" for fault in sorted(faults)]
        raise PapertrackError(first, details=others)
    return blocks


def _paired(text: str, markers: list[_Marker], faults: list[Fault]) -> list[Block]:
    """Return a block for each pair; a marker without its other half is a fault."""
    starts = [0, *(mark.end() for mark in LINE_END.finditer(text)), len(text)]
    blocks: list[Block] = []
    begun: _Marker | None = None
    for mark in markers:
        if mark.word == "begin":
            if begun:
                within = f"a block begins inside the one of line {begun.line}"
                faults.append(Fault(mark.line, f"{within}: write {END} above this line"))
            begun = mark
        elif begun is None:
            message = f"a block ends here that does not begin: write {BEGIN} above its table"
            faults.append(Fault(mark.line, message))
        else:
            blocks.append(_block(text, starts, begun, mark))
            begun = None
    if begun:
        message = f"the block that begins here does not end: write {END} below its table"
        faults.append(Fault(begun.line, message))
    return blocks


def _block(text: str, starts: list[int], begun: _Marker, ended: _Marker) -> Block:
    look = _LOOK.match(begun.rest)
    start, end = starts[begun.line], starts[ended.line - 1]
    mark = _MARKER.search(text, end)
    newline = LINE_END.search(text, starts[begun.line - 1])
    return Block(
        line=begun.line,
        last=ended.line,
        look=(look["quoted"] or look["bare"]) if look else None,
        query=begun.rest[look.end() :] if look else begun.rest,
        digest=ended.rest or None,
        start=start,
        end=end,
        mark=slice(*mark.span()) if mark else slice(end, end),
        newline=newline[0] if newline else "\n",
    )


def _markers(text: str) -> tuple[list[_Marker], list[Fault]]:
    """Return the markers, and what looks like one and is none."""
    plain = LINE_END.sub("\n", text.removeprefix("\ufeff"))
    quickly = scan(plain)
    read = [_read(html) for html in (html_blocks(plain) if quickly is None else quickly)]
    markers = [it for it in read if isinstance(it, _Marker)]
    return markers, [it for it in read if isinstance(it, Fault)]


def _read(html: Html) -> _Marker | Fault | None:
    """Return what a piece of HTML is: a marker, a fault of one, or nothing of ours."""
    text = html.text.strip(" \t\n")
    if _VERBATIM.match(text):
        return None
    if not _LIKE_MARKER.match(text):
        return _hidden(html.line, text)
    match = _MARKER.fullmatch(text)
    if match is None:
        message = f"this marker is not alone on its line: write {BEGIN} or {END}"
        return Fault(html.line, message)
    if html.inside:
        message = "a block cannot stand in a list or a quotation: move it out of there"
        return Fault(html.line, message)
    return _checked(_Marker(html.line, match["word"], match["rest"].strip()))


def _checked(mark: _Marker) -> _Marker | Fault:
    if mark.word not in ("begin", "end"):
        return Fault(mark.line, f"no marker papertrack:{mark.word}: write begin or end")
    if mark.word == "end" and mark.rest and not _DIGEST.fullmatch(mark.rest):
        message = f'"{mark.rest}" is not a digest: write {END}, and export-markdown adds it'
        return Fault(mark.line, message)
    if mark.word == "begin" and mark.rest.startswith("look=") and not _LOOK.match(mark.rest):
        return Fault(mark.line, 'a look is named like look=short or look="my look"')
    return mark


def _hidden(line: int, html: str) -> Fault | None:
    """Return the fault of a marker inside other HTML, where its table would not be one."""
    hidden = next((it for it in _COMMENT.finditer(html) if _LIKE_MARKER.match(it[0])), None)
    if hidden is None:
        return None
    below = html.count("\n", 0, hidden.start())
    if html.startswith("<!--"):
        return Fault(line + below, f"this marker is not alone on its line: write {BEGIN} or {END}")
    return Fault(line + below, "this marker is inside HTML: leave an empty line above it")


def html_blocks(text: str) -> Iterator[Html]:
    """Yield each piece of HTML that stands for itself, as the parser finds it."""
    from markdown_it import MarkdownIt  # slow to import, needed for some markers only

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])  # text inside paragraphs holds no block
    skeleton, folded = _skeleton(text)
    for token in parser.parse(skeleton):
        if token.type == "html_block" and token.map:
            line = token.map[0]
            place = bisect_right(folded, line, key=itemgetter(0))
            line += (folded[place - 1][1] if place else 0) + 1
            yield Html(line, token.content, token.level > 0)


def _skeleton(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text with long runs of table rows as two lines, and how many lines went where.

    A row can only end HTML that is open: what could, stays. The list holds, for each run, the
    first line of the skeleton behind it and the number of lines taken out up to there.
    """
    pieces: list[str] = []
    folded: list[tuple[int, int]] = []
    at = line = removed = 0
    for run in _ROWS.finditer(text):
        pieces += (text[at : run.start()], f"|{''.join(dict.fromkeys(_ENDS.findall(run[0])))}\n|\n")
        line += text.count("\n", at, run.start()) + 2
        removed += run[0].count("\n") - 2
        folded.append((line, removed))
        at = run.end()
    pieces.append(text[at:])
    return "".join(pieces), folded


# Markers found without a Markdown parser, which takes longer to load than a small file takes
# altogether. A line that begins with a comment is HTML of its own, except in a fence or below HTML
# that is open (https://github.github.com/gfm/#html-blocks). Where all fences begin their lines and
# no line begins with other HTML, that is soon seen; anything else is left to the parser.


def scan(text: str) -> list[Html] | None:
    """Return the lines that are markers, or None where only a parser can tell.

    The text has line feeds alone for line ends, and no BOM.
    """
    markers: list[Html] = []
    fence = ""
    for number, line in _telling_lines(f"\n{text}"):
        opening = _FENCE.fullmatch(line)
        if fence:
            if opening and opening["run"].startswith(fence) and not opening["info"].strip(" \t"):
                fence = ""
            elif line[:1] in " \t" and line.strip(" \t").startswith(fence):
                return None
        elif opening:
            fence = opening["run"]
            if fence[0] == "`" and "`" in opening["info"]:
                return None
        elif _WHOLE_MARKER.fullmatch(line):
            markers.append(Html(number, line))
        elif not _WHOLE_COMMENT.fullmatch(line) or _MARK in line:
            return None
    return markers


def _telling_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold a mark, a fence, or begin with HTML; an empty line precedes."""
    places = {text.rfind("\n", 0, sign.start()) for sign in _TELLING.finditer(text)}
    places |= {match.start() for match in _LINE_OF_HTML.finditer(text)}
    number = at = 0
    for place in sorted(places):
        number += text.count("\n", at, place + 1)
        at = place + 1
        end = text.find("\n", at)
        yield number, text[at : end if end >= 0 else len(text)]
