"""The markup that stays markup where a text is written: links, pictures, code, emphasis.

People write it in summaries and notes, and tables hold it. What is kept is whole and stands on
one line, so that nothing behind it changes its meaning; whatever else looks like markup is text.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_SCHEMES = r"(?:https?|ftp|file|zotero|obsidian)://|mailto:"
_PART = r"[^\s()<>\[\]]*"
_WEB = rf"(?:{_SCHEMES}|#|(?:\.{{0,2}}/)?[\w%-]+[./](?=\w)){_PART}(?:\({_PART}\){_PART})?"
"""The address of a link to keep: a page, a part of this one, or a file beside it."""
_FILE = r"(?:\.{0,2}/)?[^\s<>:\\|][^<>\n:\\|]*\.\w{1,5}"
"""A file beside this one whose name may hold blanks: it stands in `<…>`."""
_LINK = re.compile(
    rf"(?P<bang>!?)\[(?:!\[(?=[^\[\]\n]*\]\((?P<picture>{_WEB})\)\]))?"
    r"(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\](?![(\[]))*)"
    rf"(?(picture)\]\((?P=picture)\))\]\([ \t]*"
    rf"(?:(?P<address>{_WEB})|<(?P<file>{_FILE})>|(?=[ \t]*\)))[ \t]*\)"
)
_TICKS = re.compile("`+")
_UNSAFE_CODE = re.compile(r"\\\||\\$|<!--|-->|[\x00-\x1f\u202a-\u202e\u2066-\u2069]")
_ATTRIBUTE = (
    r"\s+(?:(?:href|src)\s*=\s*\"(?:https?://|#|\.{0,2}/|(?=[^\s\":]*\"))[^\s\"'<>|`\\]*\""
    r"|(?:alt|title|width|height|align|target|rel|color|size)\s*=\s*\"[^\"<>|`\\\n]*\""
    r"|(?:width|height)\s*=\s*\d+%?|open)"
)
_TAG = re.compile(
    rf"<(?:(?P<closes>/)?(?P<name>sub|sup|b|i|u|s|em|strong|del|ins|kbd|small|mark|a|ul|ol|li|p|div|"
    rf"center|span|font|details|summary)(?:{_ATTRIBUTE})*|img(?:{_ATTRIBUTE})+\s*/?)>",
    re.IGNORECASE,
)
_NAME = re.compile(r"__[a-z0-9_]+__")  # of Python, not strong
_MARKS = (
    re.compile(r"(?<![A-Za-z0-9*\\])(\*{1,3})(?![\s*])[^*\n]*(?<![\s*\\])(\1)(?![A-Za-z0-9*])"),
    re.compile(r"(?<![\w\\])(_{1,3})(?![\s_])[^_\n]*(?<![\s_\\])(\1)(?!\w)"),
    re.compile(r"(?<![\w~\\])(~~)(?![\s~])[^~\n]*(?<![\s~\\])(~~)(?![\w~])"),
)
_LONGEST = 20_000  # nobody's note, and no work without end


class Span(NamedTuple):
    """A part of a text that is written otherwise than the rest."""

    start: int
    end: int
    markdown: str


def spans(
    text: str, *, label: Callable[[str], str] | None, destination: Callable[[str], str]
) -> list[Span]:
    """Return the links, pictures and code that stay, in order; none overlaps another.

    `label` spells the words of a link, `destination` its address; without `label` no link stays.
    """
    links = _links(text, label, destination) if label else ()
    if len(text) > _LONGEST:
        return list(links)
    found = [*_codes(text), *_elements(text), *links]
    kept: list[Span] = []
    for span in sorted(found):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def emphasis(text: str, spans: list[Span]) -> set[int]:
    """Return where the marks of emphasis stand that stay: around words, both on one line."""
    if len(text) > _LONGEST:
        return set()
    for start, end, _ in spans:  # the marks in them are their own
        text = f"{text[:start]}{'.' * (end - start)}{text[end:]}"
    places: set[int] = set()
    for found in (found for marks in _MARKS for found in marks.finditer(text)):
        if not _NAME.fullmatch(found[0]):
            places |= {*range(*found.span(1)), *range(*found.span(2))}
    return places


def _links(
    text: str, label: Callable[[str], str], destination: Callable[[str], str]
) -> Iterator[Span]:
    for found in _LINK.finditer(text):
        bang, picture, words, address, file = found.group(
            "bang", "picture", "words", "address", "file"
        )
        shown = label(words)
        shown = f"![{shown}]({destination(picture)})" if picture else shown
        target = destination(address) if address else f"<{file}>" if file else ""
        if bang or shown.strip():
            yield Span(*found.span(), f"{bang}[{shown}]({target})")


def _codes(text: str) -> Iterator[Span]:
    """Yield the code spans: backticks, and as many again on the same line (GFM, section 6.3)."""
    at = 0
    for line in text.split("\n") if "`" in text else ():
        yield from (Span(at + start, at + end, code) for start, end, code in _codes_in(line))
        at += len(line) + 1


def code_places(line: str) -> Iterator[tuple[int, int]]:
    """Yield where code stands in a line: backticks, and as many again (GFM, section 6.3)."""
    runs = list(_TICKS.finditer(line))
    following: dict[int, int] = {}
    closing: dict[int, int] = {}
    for at in range(len(runs) - 1, -1, -1):
        length = len(runs[at][0])
        if length in following:
            closing[at] = following[length]
        following[length] = at
    at = 0
    while at < len(runs):
        start = runs[at].start()
        if at not in closing or line[start - 1 : start] == "\\":
            at += 1
            continue
        yield start, runs[closing[at]].end()
        at = closing[at] + 1


def _codes_in(line: str) -> Iterator[Span]:
    for start, end in code_places(line):
        whole = line[start:end]
        if whole.strip("` ") and not _UNSAFE_CODE.search(whole.strip("`")):
            yield Span(start, end, whole.replace("|", "\\|"))


def _elements(text: str) -> Iterator[Span]:
    """Yield the tags of harmless elements, where each that is opened is closed again."""
    tags = list(_TAG.finditer(text)) if "<" in text else []
    opened: list[str] = []
    for tag in tags:
        name = (tag["name"] or "").lower()
        if name and not tag["closes"]:
            opened.append(name)
        elif name and (not opened or opened.pop() != name):
            return
    if not opened:
        yield from (Span(*tag.span(), tag[0]) for tag in tags)
