"""Text that comes from a file, made harmless before a terminal sees it."""

import re

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
