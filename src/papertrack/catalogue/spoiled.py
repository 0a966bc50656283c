"""Lines that spoil a text whatever it says: bytes that are not UTF-8, conflicts that git left."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BAD_BYTE = re.compile("[\ud800-\udfff]")
_MARKER = re.compile(r"<{7} |[|]{7}(?: |\r?$)|={7}\r?$|>{7} ")


class Spoiled(NamedTuple):
    """Lines that cannot be taken as they are."""

    first: int
    """From 1."""
    last: int
    message: str


class Mended(NamedTuple):
    """A text without what spoils it, line for line."""

    text: str
    spoiled: list[Spoiled]


def mend(text: str) -> Mended:
    """Return the text with bad bytes replaced and the markers of conflicts blank."""
    if "<<<<<<< " not in text and _is_utf8(text):  # nearly all: no need to look at each line
        return Mended(text, [])
    lines = text.split("\n")
    spoiled = list(_conflicts(lines))
    for conflict in spoiled:
        for index in range(conflict.first - 1, conflict.last):
            if _MARKER.match(lines[index]):
                lines[index] = ""
    for index, line in enumerate(lines):
        bad = None if line.isascii() else _BAD_BYTE.search(line)
        if bad:
            lines[index] = _BAD_BYTE.sub("\ufffd", line)
            message = (
                f"this line is not UTF-8 (byte {ord(bad[0]) & 0xFF:02x}): "
                "save the file as UTF-8, or write the line again"
            )
            spoiled.append(Spoiled(index + 1, index + 1, message))
    return Mended("\n".join(lines), spoiled)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_marker(line: str) -> bool:
    """Say whether the line is one that git puts around the sides of a conflict."""
    return _MARKER.match(line) is not None


def _conflicts(lines: Sequence[str]) -> Iterator[Spoiled]:
    """Find what stands from `<<<<<<<` over `=======` to `>>>>>>>`."""
    first = None
    divided = False
    for number, line in enumerate(lines, 1):
        if line.startswith("<<<<<<< "):
            first, divided = number, False
        elif line.rstrip("\r") == "=======":
            divided = True
        elif line.startswith(">>>>>>> ") and first is not None and divided:
            message = (
                f"a conflict that git left, up to line {number}: keep one side "
                "and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
            )
            yield Spoiled(first, number, message)
            first = None
