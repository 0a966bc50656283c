"""How a status looks at a terminal: a mark and a colour, and readable without either."""

from typing import TYPE_CHECKING

from papertrack.status import Status
from papertrack.terminal.console import has_signs

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_MARKS = {
    Status.TO_READ: ("○", "[ ]"),
    Status.READING: ("◐", "[~]"),
    Status.SKIMMED: ("◔", "[/]"),
    Status.DONE: ("●", "[x]"),
    Status.DROPPED: ("✕", "[-]"),
}
STYLES = {
    Status.TO_READ: "",
    Status.READING: "yellow",
    Status.SKIMMED: "blue",
    Status.DONE: "green",
    Status.DROPPED: "dim",
}
"""What is being read stands out; what waits is quiet."""


def words(status: Status) -> str:
    """Return the status as it is read aloud: `to read`."""
    return status.value.replace("-", " ")


def marked(status: Status, view: "Console", *, short: bool = False) -> "Text":
    """Return the status with its mark and colour: `● done`, or the mark alone."""
    from rich.text import Text  # for a person only

    mark = _MARKS[status][not has_signs(view)]
    return Text(mark if short else f"{mark} {words(status)}", style=STYLES[status])
