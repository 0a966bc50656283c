"""How an import says what it did not read, and what to do about it."""

import shlex
from collections.abc import Sequence

from papertrack.errors import how_many
from papertrack.markdown.rows import ADDRESSES_ALONE, Table, Unread

_PIPED = "-"  # the name of what is piped


def unread_line(file: str, run: Unread, tables: Sequence[Table]) -> str:
    """Return a run of rows with what to do: `list.md:40-51: 12 items under "Vision" not read`.

    `tables` are all of the file.
    """
    at = f"{file}:{run.line}" + (f"-{run.last}" if run.last > run.line else "")
    what = how_many(run.size, "item" if run.items else "row") if run.size else "a table"
    under = f' under "{run.section}"' if run.section else ""
    if run.reason != ADDRESSES_ALONE:
        return f"{at}: {what}{under} not read: {run.reason or 'it says nothing'}"
    are, titles = ("is an address", "its title") if run.size == 1 else ("are addresses", "titles")
    piped = piped_to_add(file, tables)
    titles = "their titles" if piped and run.size > 1 else titles
    return f"{at}: {what}{under} {are} alone: papertrack add {piped or 'ADDRESS'} looks {titles} up"


def piped_to_add(file: str, tables: Sequence[Table]) -> str:
    """Return how `papertrack add` reads a file that has nothing but addresses, else nothing."""
    reasons = {run.reason for table in tables for run in table.unread}
    if any(table.papers for table in tables) or reasons != {ADDRESSES_ALONE}:
        return ""
    return _PIPED if file == _PIPED else f"{_PIPED} < {shlex.quote(file)}"
