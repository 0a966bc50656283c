"""How many papers, as people type it: `--limit 5`."""

from papertrack.errors import PapertrackError
from papertrack.folding import fold

_DIGITS = 9
"""No list has more papers than fit."""


def parse_count(text: str, option: str, *, least: int = 1) -> int:
    """Return the number that was typed; PapertrackError where it is none, or too small."""
    digits = fold(text).strip()
    if digits.isascii() and digits.isdigit() and int(digits[:_DIGITS]) >= least:
        return int(digits[:_DIGITS])
    more = f", {least} or more" if digits.removeprefix("-").isdigit() else ""
    raise PapertrackError(f'{option} "{text}" is no number of papers{more}: write {option} 5')
