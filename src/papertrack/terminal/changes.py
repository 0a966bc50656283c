"""What became of a paper's fields, a line each."""

from papertrack.models import FIELDS, Paper
from papertrack.terminal import messages
from papertrack.terminal.listing import value
from papertrack.terminal.safe import visible

_LONG = 60


def changed(before: Paper, after: Paper) -> None:
    """Say on stdout what each field of the paper is now, and what it was."""
    name = visible(after.name or after.key)
    for line in difference(before, after) or ["nothing to change"]:
        messages.answer(f"{name}: {line}")


def difference(before: Paper, after: Paper) -> list[str]:
    """Return a line for each field that differs: `year 2023 (was 2022)`."""
    lines = []
    for name in FIELDS:
        was, now = _short(value(before, name)), _short(value(after, name))
        if value(before, name) == value(after, name):
            continue
        if not now:
            lines.append(f"no {name} any more (was {was})")
        elif not was:
            lines.append(f"{name} {now}")
        elif was == now or len(was) + len(now) > _LONG:
            lines.append(f"{name} changed")
        else:
            lines.append(f"{name} {now} (was {was})")
    return lines


def _short(text: str) -> str:
    """Return the text on one line, the beginning of it where it is long."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= _LONG else f"{line[:_LONG].rstrip()}…"
