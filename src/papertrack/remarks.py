"""What the editor shows beside a paper's text: comment lines that go away again.

Faults stand above the lines that have them, absent fields with an example below the others.
"""

import re
from collections.abc import Iterable

from papertrack.errors import Fault
from papertrack.toml import newline_of

_MARK = "#! papertrack: "
_ABSENT = "# Not filled in; take the # away to do so:"
_EXAMPLES = {
    "name": '"LLaMA"',
    "authors": '["Ada Lovelace", "Alan Turing"]',
    "lab": '"Meta"',
    "venue": '"NeurIPS"',
    "year": "2023",
    "doi": '"10.1145/3292500.3330701"',
    "arxiv": '"2302.13971"',
    "links": '["https://example.org"]',
    "tags": '["rlhf", "survey"]',
    "status": '"reading"  # to-read, reading, skimmed, done, dropped',
    "priority": "1  # 1 (first) to 5",
    "added": "2023-03-01",
    "started": "2023-03-01",
    "finished": "2023-03-01",
    "summary": '"What it says."',
    "notes": '"What I say about it."',
}
"""A value for each field that may be absent, in the order of the fields."""


def with_absent_fields(text: str) -> str:
    """Return a paper's TOML with a comment for each field that it lacks, with an example.

    They stand below the paper's own fields, above the tables inside it.
    """
    newline = newline_of(text)
    lines = {line.rstrip("\r") for line in text.split("\n")}
    hints = [hint for hint in _hints(text) if hint not in lines]
    if not hints:
        return text
    comments = "".join(f"{line}{newline}" for line in (_ABSENT, *hints))
    inner = re.search(r"^[ \t]*\[[ \t]*paper[ \t]*\.", text, re.MULTILINE)
    end = inner.start() if inner else len(text.rstrip()) or len(text)
    if inner is None and end < len(text):
        end = text.index("\n", end) + 1
    between = "" if text[:end].endswith("\n") else newline
    return f"{text[:end]}{between}{comments}{text[end:]}"


def without_absent_fields(text: str) -> str:
    """Return the text without the comments on absent fields that are still as they were."""
    comments = {f"# {name} = {example}" for name, example in _EXAMPLES.items()}
    lines = text.splitlines(keepends=True)
    for start, line in enumerate(lines):
        if line.rstrip("\r\n") == _ABSENT:
            below = [line for line in lines[start + 1 :] if line.rstrip("\r\n") not in comments]
            return "".join([*lines[:start], *below])
    return text


def _hints(text: str) -> list[str]:
    return [
        f"# {name} = {example}"
        for name, example in _EXAMPLES.items()
        if not re.search(rf"^[ \t]*[\"']?{name}[\"']?[ \t]*[=.]", text, re.MULTILINE)
    ]


def with_remarks(text: str, faults: Iterable[Fault]) -> str:
    """Return the text with a comment above each line that has a fault."""
    newline = newline_of(text)
    lines = text.split("\n")
    above: list[list[str]] = [[] for _ in lines]
    for fault in faults:
        remark = " ".join(fault.message.split())
        above[min(fault.line, len(lines)) - 1].append(f"{_MARK}{remark}{newline}")
    return "\n".join("".join([*remark, line]) for remark, line in zip(above, lines, strict=True))


def without_remarks(text: str) -> str:
    """Return the text without those comments, wherever they were moved to."""
    *lines, last = text.split("\n")
    kept = [f"{line}\n" for line in lines if not _is_remark(line)]
    return "".join([*kept, "" if _is_remark(last) else last])


def _is_remark(line: str) -> bool:
    return line.lstrip().startswith(_MARK)
