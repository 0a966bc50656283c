"""Faults shown beside the text that has them: comment lines that go away again."""

from collections.abc import Iterable

from papertrack.errors import Fault
from papertrack.toml import newline_of

_MARK = "#! papertrack: "


def with_remarks(text: str, faults: Iterable[Fault]) -> str:
    """Return the text with a comment above each line that has a fault."""
    newline = newline_of(text)
    lines = text.split("\n")
    above: list[list[str]] = [[] for _ in lines]
    for fault in faults:
        said = " ".join(fault.message.split())
        above[min(fault.line, len(lines)) - 1].append(f"{_MARK}{said}{newline}")
    return "\n".join("".join([*said, line]) for said, line in zip(above, lines, strict=True))


def without_remarks(text: str) -> str:
    """Return the text without those comments, wherever they were moved to."""
    *lines, last = text.split("\n")
    kept = [f"{line}\n" for line in lines if not _is_remark(line)]
    return "".join([*kept, "" if _is_remark(last) else last])


def _is_remark(line: str) -> bool:
    return line.lstrip().startswith(_MARK)
