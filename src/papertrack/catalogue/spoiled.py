"""Lines that spoil a text whatever it says: bytes that are not UTF-8, conflicts that git left."""

import re
from typing import NamedTuple


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
    spoiled = []
    for conflict in re.finditer(r"^<{7} [^\n]*\n.*?^>{7} [^\n]*$", text, re.MULTILINE | re.DOTALL):
        if not re.search(r"^={7}\r?$", conflict[0], re.MULTILINE):
            continue
        first = 1 + text.count("\n", 0, conflict.start())
        last = first + conflict[0].count("\n")
        message = (
            f"a conflict that git left, up to line {last}: keep one side "
            "and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
        )
        spoiled.append(Spoiled(first, last, message))
    lines = text.split("\n")
    for each in spoiled:
        for index in range(each.first - 1, each.last):
            if re.match(r"(?:[<>|]{7} |={7}\r?$|\|{7}\r?$)", lines[index]):
                lines[index] = ""
    for index, line in enumerate(lines):
        clean = re.sub("[\ud800-\udfff]", "\ufffd", line)
        if clean != line:
            lines[index] = clean
            spoiled.append(Spoiled(index + 1, index + 1, _not_utf8(line)))
    return Mended("\n".join(lines), spoiled)


def _not_utf8(line: str) -> str:
    found = re.search("[\ud800-\udfff]", line)
    byte = f" (byte {ord(found[0]) & 0xFF:02x})" if found else ""
    return f"this line is not UTF-8{byte}: save the file as UTF-8, or write the line again"
