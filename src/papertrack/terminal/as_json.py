"""Papers as JSON: every field of a paper by its name, absence as null or []."""

import re
import sys
from collections.abc import Iterator, Sequence

from pydantic_core import to_json

from papertrack.models import Paper
from papertrack.terminal.console import is_terminal
from papertrack.terminal.fitting import visible

_ACTING = re.compile("[^\n\x20-\x7e\xa1-\xac\xae-\u02ff\u3000-\u3130\u3190-\u9fff]")

_MANY = 1_000
_END = "\n]\n"


def dumped(value: Paper | Sequence[Paper] | object) -> str:
    """Return the value as indented JSON with a line end, UTF-8 as it is.

    What would act on a terminal that looks at it is escaped there, which JSON reads the same.
    """
    text = f"{to_json(value, indent=2).decode()}\n"
    return _ACTING.sub(_escaped, text) if is_terminal(sys.stdout) else text


def dumped_in_parts(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield what `dumped` returns, a thousand papers at a time: all of it takes much memory."""
    for start in range(0, len(papers), _MANY):
        inside = dumped(papers[start : start + _MANY]).removeprefix("[").removesuffix(_END)
        yield f"{',' if start else '['}{inside}"
    yield _END if papers else dumped(papers)


def _escaped(match: re.Match[str]) -> str:
    if visible(match[0]) == match[0]:
        return match[0]
    pairs = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{pairs[start : start + 4]}" for start in range(0, len(pairs), 4))
