r"""Text in a table's cell: written so that GFM renders that very text, and read back plainly.

Only what Markdown would take for markup is escaped: `a_b`, `1 * 2`, `2~3` and addresses stay as
they are. The rules are GFM's: https://github.github.com/gfm/, sections 2.3 (NUL), 4.10 (tables),
6.1 and 6.2 (escapes, references), 6.4 and 6.5 (emphasis, strikethrough), 6.6 (links), 6.8 and 6.9
(autolinks). Where people write markup in summaries and notes, what is kept is whole and stands on
one line, so that nothing behind it changes its meaning.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from papertrack.patterns import pattern

_MAYBE = pattern("[\\\\`*_~|<>&\\[\\]\r\0\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""What few texts hold: without it nothing has to be looked at closely."""
_SURELY = pattern(
    "[\\\\`*~|\r\0\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
    r"|<(?=[A-Za-z/!?])|-->|&(?=[#A-Za-z])|\](?=\()|(?<![^\W_])_|_(?![^\W_])"
)
_BLANK = " \t\v\f"
PIPE = pattern(r"(?<!\\)\|")  # an escaped pipe divides no cells, in code neither
_PLAIN = pattern(
    r"\\([!-/:-@\[-`{-~])|&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));"
)
_PUNCTUATED = pattern(r"[!-/:-@\[-`{-~]")
_LOST = pattern("[\0\ud800-\udfff]")  # GFM shows U+FFFD for NUL; UTF-8 has no lone surrogates

_BIDI = "\u202a-\u202e\u2066-\u2069"  # would turn the rest of the row round in an editor
_URL = pattern(r"(?:(?:https?|ftp)://|www\.)[^ \t\n\v\f]+", re.IGNORECASE)
"""As far as GFM's autolinks may reach, where an escape would be shown as a backslash."""
_URL_HEAD = pattern(r"[!-;=?-~]+(?<![?!.,:*_~'\"\\])")
_URL_PLAIN = pattern(r"https?://[a-z0-9.-]*[a-z0-9](?::[0-9]+)?(?:/[^\s<>%&\\|\[\]]*)?", re.ASCII)

_NEEDS = pattern(
    r"\\(?![^\W_]|[ ])|\\(?=(?:https?|ftp)://|www\.)"
    r"|[`|]|<(?=[A-Za-z/!?])|(?<=--)>|&(?=#[0-9xX]|[A-Za-z][A-Za-z0-9]{1,40};)|\](?=\()"
    rf"|[{_BIDI}]",
    re.IGNORECASE,
)
_ENTITY = r"&(?=#[0-9xX]|[A-Za-z][A-Za-z0-9]{1,40};)"
_IN_ADDRESS = pattern(rf"[\\|]|{_ENTITY}")
_PAIRING = ("*", "_", "~")
_RUNS = {char: pattern(re.escape(char) + "+") for char in _PAIRING}
_UNSAFE_IN_ADDRESS = pattern("[\0- \x7f-\x9f\ud800-\udfff<>]")
_BALANCED = pattern(r"[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*")
_FOOTNOTE = pattern(r"\[\^[\w-]+\](?!:)")
_SCHEME = pattern(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SCHEMES = r"(?:https?|ftp|file|zotero|obsidian)://|mailto:"
_PART = r"[^\s()<>\[\]]*"
_BESIDE = r"(?:(?:\.\.?/)+|/)?[\w%-]+(?:[./](?=[\w%])|/(?=[ \t]*\)))"
_WEB = rf"(?:{_SCHEMES}|#|{_BESIDE}){_PART}(?:\({_PART}\){_PART})?"
"""The address of a link to keep: a page, a part of this one, or a file or folder beside it."""
_FILE = r"(?:\.{0,2}/)?[^\s<>:\\|][^<>\n:\\|]*\.\w{1,5}"
"""A file beside this one whose name may hold blanks: it stands in `<…>`."""
_LINK = pattern(
    rf"(?P<bang>!?)\[(?:!\[(?=[^\[\]\n]*\]\((?P<picture>{_WEB})\)\]))?"
    r"(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\](?![(\[]))*)"
    rf"(?(picture)\]\((?P=picture)\))\]\([ \t]*"
    rf"(?:(?P<address>{_WEB})|<(?P<file>{_FILE})>|(?=[ \t]*\)))[ \t]*\)"
)
_TICKS = pattern("`+")
_UNSAFE_CODE = pattern(r"\\\||\\$|<!--|-->|[\x00-\x1f\u202a-\u202e\u2066-\u2069]")
_ADDRESS = r"(?:https?://|#|\.{0,2}/|(?=[^\s\"':]*[\"']))[^\s\"'<>|`\\]*"
_ATTRIBUTE = (
    rf"\s+(?:(?:href|src)\s*=\s*(?:\"{_ADDRESS}\"|'{_ADDRESS}')"
    r"|(?:alt|title|width|height|align|target|rel|color|size)"
    r"\s*=\s*(?:\"[^\"<>|`\\\n]*\"|'[^'<>|`\\\n]*')"
    r"|(?:width|height)\s*=\s*\d+%?|open)"
)
_TAG = pattern(
    rf"<(?:(?P<closes>/)?(?P<name>sub|sup|b|i|u|s|em|strong|del|ins|kbd|code|small|mark|a|ul|ol|li|p|"
    rf"div|center|span|font|details|summary)(?:{_ATTRIBUTE})*|img(?:{_ATTRIBUTE})+\s*/?)>",
    re.IGNORECASE,
)
_NAME = pattern(r"__[a-z0-9_]+__")  # of Python, not strong
_MARKS = (
    pattern(r"(?<![A-Za-z0-9*\\])(\*{1,3})(?![\s*])[^*\n]*(?<![\s*\\])(\1)(?![A-Za-z0-9*])"),
    pattern(  # **A, *title***
        r"(?<![A-Za-z0-9*\\])(\*\*)(?![\s*])[^*\n]*(?<![A-Za-z0-9*\\])(\*)(?![\s*])[^*\n]*(?<![\s*\\])(\*)"
        r"[^*\n]*(?<![\s\\])(\*\*)(?![A-Za-z0-9*])"
    ),
    pattern(r"(?<![\w\\])(_{1,3})(?![\s_])[^_\n]*(?<![\s_\\])(\1)(?!\w)"),
    pattern(r"(?<![\w~\\])(~~)(?![\s~])[^~\n]*(?<![\s~\\])(~~)(?![\w~])"),
)
_LONGEST = 20_000  # nobody's note, and no work without end


class Kept(NamedTuple):
    """A part of a text that is written otherwise than the rest."""

    start: int
    end: int
    markdown: str


def escape(
    text: str, *, line_break: str = "<br>", definitions: bool = False, links: bool = False
) -> str:
    """Return the Markdown that a table's cell shows as this text, without blanks at its ends.

    `definitions` says that the file has `[1]: address` lines, so that every `[` may be a link.
    With `links`, links and images that are written out, `[words](https://…)`, stay what they are.
    """
    if _MAYBE.search(text) and (_SURELY.search(text) or (definitions and "[" in text)):
        text, brackets = _normal(text), "[" if definitions else ""
        edits = {} if links else _edits(text, brackets=brackets)
        text = _prose(text, brackets) if links else _assemble(text, edits, [])
        return text.replace("\n", line_break)
    text = text.strip(_BLANK)
    if text and (text[0].isspace() or text[-1].isspace()):
        text = _all_edited(text, dict(_wide_ends(text)))  # or parsers take these blanks away
    return text.replace("\n", line_break)


def escape_wholly(text: str) -> str:
    """Return a cell that shows the text but is not spelled so: for one like a word for nothing."""
    text = _normal(text)
    first = next((at for at, letter in enumerate(text) if letter.isprintable()), None)
    if first is None:  # control characters have no reference
        return escape(text)
    edits = {match.start(): f"\\{match[0]}" for match in _PUNCTUATED.finditer(text)}
    edits |= {**dict(_wide_ends(text)), first: f"&#{ord(text[first])};"}
    return _all_edited(text, edits).replace("\n", "<br>")


def link(text: str, address: str, *, line_break: str = "<br>") -> str:
    """Return a Markdown link that shows this text, or the text where the address is no web page."""
    if _SCHEME.match(address) and not address.lower().startswith(("http://", "https://")):
        return escape(text, line_break=line_break)  # `javascript:` or the like
    linked = f"[{_label(_normal(text))}]({_destination(address.strip())})"
    return linked.replace("\n", line_break)


def as_markdown(word: str) -> str:
    """Return a word that is Markdown already, such as a header, made safe for a cell."""
    if not _MAYBE.search(word) and "\n" not in word:
        return word.strip(_BLANK)
    return PIPE.sub(r"\\|", " ".join(_normal(word).split("\n")))


def plain(cell: str) -> str:
    """Return the cell's text with escapes and references undone; markup stays as it is."""
    if "\\" not in cell and "&" not in cell:
        return cell
    return _PLAIN.sub(_undone, cell)


def _undone(match: re.Match[str]) -> str:
    escaped, decimal, hexadecimal, named = match.groups()
    if escaped:
        return escaped
    if named:
        from html.entities import html5  # two thousand names, which few cells have any of

        return html5.get(f"{named};", match[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    known = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF  # Unicode's limits
    return chr(code) if known else match[0]


def _normal(text: str) -> str:
    """Return the text as Markdown can hold it: one kind of line end, no blanks around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip(_BLANK)
    return _LOST.sub("\ufffd", text)


def _prose(text: str, brackets: str, *, label: bool = False) -> str:
    """Return prose as Markdown; within a link's words there is no link."""
    spans = _kept_spans(
        text,
        label=None if label else lambda words: _prose(words, brackets, label=True),
        destination=_destination,
    )
    edits = _edits(text, brackets=brackets)
    for footnote in _FOOTNOTE.finditer(text):
        edits.pop(footnote.start(), None)
    for place in _kept_emphasis(text, spans):
        edits.pop(place, None)
    return _assemble(text, edits, spans)


def _wide_ends(text: str) -> Iterator[tuple[int, str]]:
    """Yield an edit for each blank beyond ASCII at the text's ends; controls have no reference."""
    body = text.strip()
    start = text.find(body) if body else len(text)
    for position in (*range(start), *range(start + len(body), len(text))):
        if text[position] > "\x9f":
            yield position, f"&#{ord(text[position])};"


def _edits(text: str, *, brackets: str = "") -> dict[int, str]:
    """Return what to write instead of which characters."""
    edits = dict(_wide_ends(text))
    for match in _NEEDS.finditer(text):
        edits[match.start()] = _replacement(match[0], text[match.end() : match.end() + 1])
    for char in _PAIRING:
        if char in text:
            edits.update(dict.fromkeys(_pairing(text, char), f"\\{char}"))
    for char in brackets:
        edits.update((match.start(), f"\\{char}") for match in re.finditer(re.escape(char), text))
    return edits


def _replacement(char: str, following: str) -> str:
    match char:
        case "\\":  # parsers differ about `\\|`, and `\\<br>` looks like an escaped break
            return "&#92;" if following in ("|", "\n") else "\\\\"
        case "<":
            return "&lt;"
        case ">":
            return "&gt;"
        case "&":
            return "&amp;"
        case "`" | "|" | "]":
            return f"\\{char}"
        case _:
            return f"&#x{ord(char):X};"


def _pairing(text: str, char: str) -> list[int]:
    """Return where this character stands for emphasis: nowhere, if no run could close another.

    A superset of GFM's flanking rules (section 6.4), which depend on tables of punctuation.
    """
    places: list[int] = []
    opened = paired = False
    for run in _RUNS[char].finditer(text):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        inside_word = char == "_" and before.isalnum() and after.isalnum()
        closes = before not in ("", " ", "\t") and not inside_word
        opens = after not in ("", " ", "\t") and not inside_word
        if opens or closes:
            places.extend(range(run.start(), run.end()))
        paired = paired or (opened and closes)
        opened = opened or opens
    return places if paired else []


def _assemble(text: str, edits: dict[int, str], kept: Sequence[Kept]) -> str:
    """Return the text with the edits made; an address that needs one is written as a link."""
    if not edits:
        return text
    places = sorted(edits)
    pieces: list[str] = []
    at = 0
    for span in _spans(text, places, kept):
        for place in _underscores_beside(text, span.start, span.end):
            if place not in edits:
                edits[place] = "\\_"
                insort(places, place)
        pieces += (_edited(text, edits, places, at, span.start), span.markdown)
        at = span.end
    pieces.append(_edited(text, edits, places, at, len(text)))
    return "".join(pieces)


def _spans(text: str, places: list[int], kept: Sequence[Kept]) -> Iterator[Kept]:
    """Yield the links to keep, and the addresses between them that need an edit, in order."""
    at = 0
    for span in kept:
        yield from _addresses(text, places, at, span.start)
        yield span
        at = span.end
    yield from _addresses(text, places, at, len(text))


def _addresses(text: str, places: list[int], start: int, end: int) -> Iterator[Kept]:
    while url := _URL.search(text, start, end):
        inside = places[bisect_left(places, url.start()) : bisect_left(places, url.end())]
        start = url.end()
        reaches_link = start == end < len(text)
        if reaches_link or any(text[place] != "|" for place in inside):
            head = _url_head(url[0])
            start = url.start() + len(head)
            yield Kept(url.start(), start, _address(head))


def _edited(text: str, edits: dict[int, str], places: list[int], start: int, end: int) -> str:
    pieces: list[str] = []
    for place in places[bisect_left(places, start) : bisect_left(places, end)]:
        pieces += (text[start:place], edits[place])
        start = place + 1
    pieces.append(text[start:end])
    return "".join(pieces)


def _all_edited(text: str, edits: dict[int, str]) -> str:
    return _edited(text, edits, sorted(edits), 0, len(text))


def _underscores_beside(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where underscores touch the address, which is no word any more once it is a link."""
    while text[start - 1 : start] == "_":
        start -= 1
        yield start
    while text[end : end + 1] == "_":
        yield end
        end += 1


def _url_head(url: str) -> str:
    """Return the part that is meant: without Chinese text or punctuation that follows it."""
    match = _URL_HEAD.match(url)
    head = match[0] if match else url[:4]
    surplus = max(head.count(")") - head.count("("), 0)
    closing = len(head) - len(head.rstrip(")"))
    return head[: len(head) - min(surplus, closing)]


def _address(url: str) -> str:
    """Return a link that shows the address: `<…>`, or the long form where that would change it."""
    if _URL_PLAIN.fullmatch(url):
        return f"<{url}>"
    target = url if "://" in url else f"http://{url}"
    return f"[{_label(url)}]({_destination(target)})"


def _label(text: str) -> str:
    return _all_edited(text, _edits(text, brackets="[]"))


def _destination(address: str) -> str:
    address = _UNSAFE_IN_ADDRESS.sub(lambda match: quote(match[0], errors="replace"), address)
    escaped = _IN_ADDRESS.sub(
        lambda match: _replacement(match[0], address[match.end() : match.end() + 1]), address
    )
    bare = address and escaped == address and _BALANCED.fullmatch(address)
    return address if bare else f"<{escaped}>"


def _kept_spans(
    text: str, *, label: Callable[[str], str] | None, destination: Callable[[str], str]
) -> list[Kept]:
    """Return the links, pictures and code that stay, in order; none overlaps another.

    `label` spells the words of a link, `destination` its address; without `label` no link stays.
    """
    links = _links(text, label, destination) if label else ()
    if len(text) > _LONGEST:
        return list(links)
    every = [*_codes(text), *_elements(text), *links]
    kept: list[Kept] = []
    for span in sorted(every):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _kept_emphasis(text: str, spans: list[Kept]) -> set[int]:
    """Return where the marks of emphasis stand that stay: around words, both on one line."""
    if len(text) > _LONGEST:
        return set()
    for start, end, _ in spans:  # the marks in them are their own
        text = f"{text[:start]}{'.' * (end - start)}{text[end:]}"
    places: set[int] = set()
    for match in (match for marks in _MARKS for match in marks.finditer(text)):
        if not _NAME.fullmatch(match[0]):
            places.update(at for mark in match.regs[1:] for at in range(*mark))
    return places


def _links(
    text: str, label: Callable[[str], str], destination: Callable[[str], str]
) -> Iterator[Kept]:
    for match in _LINK.finditer(text):
        bang, picture, words, address, file = match.group(
            "bang", "picture", "words", "address", "file"
        )
        shown = label(words)
        shown = f"![{shown}]({destination(picture)})" if picture else shown
        target = destination(address) if address else f"<{file}>" if file else ""
        if bang or shown.strip():
            yield Kept(*match.span(), f"{bang}[{shown}]({target})")


def _codes(text: str) -> Iterator[Kept]:
    """Yield the code spans: backticks, and as many again on the same line (GFM, section 6.3)."""
    at = 0
    for line in text.split("\n") if "`" in text else ():
        for start, end in code_places(line):
            whole = line[start:end]
            if whole.strip("` ") and not _UNSAFE_CODE.search(whole.strip("`")):
                yield Kept(at + start, at + end, whole.replace("|", "\\|"))
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


def _elements(text: str) -> Iterator[Kept]:
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
        yield from (Kept(*tag.span(), tag[0]) for tag in tags)
