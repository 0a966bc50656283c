"""Text searched as a reader would: case, width and accents aside, in any script."""

from collections.abc import Callable

from papertrack.folding import fold


def holding(value: str) -> Callable[[str], bool]:
    """Return the test whether a text holds the value, any white space between its words."""
    wanted = " ".join(fold(value).split())
    phrase = " " in wanted

    def holds(text: str) -> bool:
        folded = text.lower()
        if wanted in folded:
            return True
        if not folded.isascii():
            folded = fold(text)
        elif not phrase:
            return False
        return wanted in (" ".join(folded.split()) if phrase else folded)

    return holds
