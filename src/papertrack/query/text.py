"""Text searched as a reader would: case, width and accents aside, in any script."""

import re
from collections.abc import Callable

from papertrack.folding import fold

_WORDS_ONLY = re.compile(r"[\w ]*")
# All but ASCII, Chinese characters, and punctuation that no word holds: only these need folding.
_FOLDS = re.compile("[^\x00-\x7f\u3000-\u3020\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20—‘’“”…]")


def holding(value: str) -> Callable[[str], bool]:
    """Return the test whether a text holds the value, any white space between its words."""
    wanted = " ".join(fold(value).split())
    words_only = _WORDS_ONLY.fullmatch(wanted) is not None
    phrase = " " in wanted

    def holds(text: str) -> bool:
        lower = text.lower()
        if wanted in lower:
            return True
        if phrase:
            lower = " ".join(lower.split())
            if wanted in lower:
                return True
        if lower.isascii() or (words_only and not _FOLDS.search(lower)):
            return False
        return wanted in " ".join(fold(text).split())

    return holds
