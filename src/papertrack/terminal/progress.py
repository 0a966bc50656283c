"""How far long work is, at a terminal."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from papertrack.terminal.safe import visible
from papertrack.terminal.screen import is_terminal

_T = TypeVar("_T")
_FEW = 8


def track(items: Sequence[_T], doing: str) -> Iterator[_T]:
    """Yield the items, with a bar on stderr where somebody is looking and there are many.

    The bar goes away with the last item; in a pipe there is none.
    """
    if len(items) <= _FEW or not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield from items
        return
    from rich.console import Console  # slow to import, needed for long work only
    from rich.markup import escape
    from rich.progress import track as bar

    said = escape(visible(doing))
    yield from bar(items, said, console=Console(stderr=True), transient=True)
