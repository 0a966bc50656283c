"""Text compared the way a reader compares it: case, width, accents and punctuation aside."""

import re
import unicodedata
from collections.abc import Iterable

_ACCENTS = re.compile("[\u0300-\u036f]")  # of Latin, Greek, Cyrillic; kana voicing marks stay
_ALIKE = 0.6
_HYPHENS = str.maketrans("-_", "  ")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the text without case, width or accents: `Ｃafé` becomes `cafe`."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKC", _ACCENTS.sub("", decomposed))


def fold_words(text: str) -> str:
    """Return the folded words with one space between them: `GPT-2:` becomes `gpt 2`."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def fold_title(text: str) -> str:
    """Return what makes two titles the same title: `NEZHA:Neural …` and `NEZHA: neural …`.

    Letters and digits of any script remain; a title of nothing else is only folded.
    """
    folded = fold(text)
    return _NOT_WORD.sub("", folded) or folded.strip()


def fold_name(text: str) -> str:
    """Return what makes two tags the same: `Few-Shot` and `few  shot`; `C++` is not `C`."""
    return " ".join(fold(text).translate(_HYPHENS).split())


def nearest(text: str, choices: Iterable[str], *, most: int = 3) -> list[str]:
    """Return the choices that look most like the text, best first, as they are spelled."""
    from difflib import SequenceMatcher  # slow to import, for mistakes only

    wanted = fold(text)
    likeness = {}
    for choice in choices:
        folded = fold(choice)
        matcher = SequenceMatcher(None, folded, wanted)
        if matcher.real_quick_ratio() >= _ALIKE <= matcher.quick_ratio():
            same_begin = folded[:1] == wanted[:1]  # people err less often in the first letter
            likeness[choice] = (matcher.ratio(), same_begin)
    alike = [choice for choice, (ratio, _) in likeness.items() if ratio >= _ALIKE]
    return sorted(alike, key=lambda choice: likeness[choice], reverse=True)[:most]
