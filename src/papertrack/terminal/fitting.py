"""Text made fit for a terminal: harmless, and folded or cut to the room that there is."""

import re
from functools import cache

# A wide character may begin a line and end one: Han, kana, hangul, full width forms, emoji.
# Not so: a closing mark at the beginning, an opening one at the end (JIS X 4051, section 4).
_WIDE = (
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)
_OPENING = "[(\\[{「『（［｛〈《【〔“‘]"
_CLOSING = "[)\\]}」』）］｝〉》】〕”’、。，．,.;:!?；：！？…·]"
_JOINED = "(?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*\u200d?)*"
_ADDRESS = "https?://[!-~]+"
_COLUMN = re.compile(r" *\S+(?: \S+)* {2,}")
"""What stands before the second column of a line."""
_SMALLEST = 2
_NARROWEST = 20
"""Cells that a second column needs to be kept apart."""
_ASCII_PIECE = re.compile(rf" +|{_ADDRESS}|-*[^ -]+-*|-+")
_LINE_END = re.compile("\r\n|[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
"""What `str.splitlines` takes for a line's end, and the tab."""

# What moves the cursor, changes the direction of reading, or is there and not seen. Outside it:
# variation selectors after a visible character, and tags that spell a flag. Joiners (Persian and
# Indic words, emoji) stay between two characters that are not ASCII.
_UNSEEN = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f)"
    "|(?P<joiner>(?<=[^\x00-\xa0\u2000-\u206f])[\u200c\u200d](?=[^\x00-\xa0\u2000-\u206f]))"
    "|[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def visible(text: str, *, lines: bool = False) -> str:
    r"""Return the text with everything that acts on a terminal spelled out: `\x1b`, `\u202e`.

    It becomes one line, tabs and line ends being spaces; with `lines`, line ends stay and a tab
    is four spaces.
    """
    if (text.isascii() and text.isprintable()) or _UNSEEN.search(text) is None:
        return text
    if not lines:
        return _UNSEEN.sub(_spelled, _LINE_END.sub(" ", text))
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    return "\n".join(_UNSEEN.sub(_spelled, line) for line in text.split("\n"))


def _spelled(match: re.Match[str]) -> str:
    if match.lastgroup:
        return match[0]
    code = ord(match[0])
    if code <= 0xFF:  # the last code point of two digits
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # of four


def width_of(text: str) -> int:
    """Return the number of cells that the text takes in a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # slow to import, needed for more than ASCII

    return cell_len(text)


def shortened(text: str, width: int, end: str = "…") -> str:
    """Return the text, or its beginning and an ellipsis where it takes more cells than that."""
    if width_of(text) <= width:
        return text
    if text.isascii():
        return text[: max(0, width - len(end))].rstrip() + end[:width]
    from rich.cells import set_cell_size  # slow to import, needed for more than ASCII

    return set_cell_size(text, max(0, width - width_of(end))).rstrip() + end[:width]


def fold(text: str, width: int) -> list[str]:
    """Return the text in lines of at most that many cells (at least 2); nothing is cut.

    Lines end at spaces, after hyphens and beside wide characters; a longer word is split, and so
    is an address, which nothing but its own characters may interrupt.
    """
    text = text.rstrip()
    if width_of(text) <= width:
        return [text]
    lines = []
    line, used = "", 0
    for piece in (_ASCII_PIECE if text.isascii() else _any_piece()).findall(text):
        size = width_of(piece)
        if used + size <= width:
            line, used = line + piece, used + size
            continue
        if piece.isspace():  # a space at a line's end is not missed
            lines.append(line)
            line, used = "", 0
            continue
        if line.strip():
            lines.append(line)
        *full, line = _split(piece, width) if size > width else [piece]
        lines.extend(full)
        used = width_of(line)
    return [line.rstrip() for line in (*lines, line) if line.strip()] or [""]


def folded(text: str, width: int) -> str:
    """Return the text in lines of at most that many cells; a second column stays one.

    A line with a word that does not fit stays as it is.
    """
    return "\n".join(part for line in text.split("\n") for part in _folded(line, width))


def _folded(line: str, width: int) -> list[str]:
    if width_of(line) <= width:
        return [line]
    column = _COLUMN.match(line)
    before = column[0] if column else ""
    if not before or width_of(before) > width - _NARROWEST:
        before = line[: len(line) - len(line.lstrip())]
    indent = width_of(before)
    if any(word.isascii() and len(word) > width - indent for word in line.split()):
        return [line]  # a path or an address, which is to be copied: the terminal folds it
    first, *others = fold(line[len(before) :], max(_SMALLEST, width - indent))
    return [before + first, *(" " * indent + other for other in others)]


@cache
def _any_piece() -> re.Pattern[str]:
    """Return the pattern of a piece in any script: slow to make, needed for folded lines only."""
    return re.compile(
        rf" +|{_ADDRESS}"
        rf"|{_OPENING}*(?:{_WIDE}{_JOINED}(?:(?<=\u200d){_WIDE}?{_JOINED})*){_CLOSING}*"
        rf"|-*(?:(?!{_WIDE})[^ -])+-*|-+|."
    )


def _split(word: str, width: int) -> list[str]:
    if word.isascii():
        return [word[start : start + width] for start in range(0, len(word), width)]
    from rich.cells import split_graphemes  # slow to import, needed for few words

    lines = [""]
    used = 0
    for start, end, size in split_graphemes(word)[0]:
        if used + size > width:
            lines.append("")
            used = 0
        lines[-1] += word[start:end]
        used += size
    return [line for line in lines if line]
