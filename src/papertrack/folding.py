"""Text compared the way a reader compares it: case, width, accents and punctuation aside.

A cell that holds no more than a word for nothing (`NULL`, `-`, `TBD`, `单元格`) says nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from papertrack.patterns import pattern

SMALL_WORDS = frozenset(
    """a an the of and or for in on to with by from at as is are be was were do does can it its this
    that these those how what when where which who why via using towards toward into
    der die das und le la les un une des et el los""".split()
)
"""Words that say nothing about what a title is about."""

# Of Latin, Greek, Cyrillic; kana voicing marks stay, and the stroke that makes ≠ of =.
_ACCENTS = pattern("[\u0300-\u0337\u0339-\u036f]")
_ALIKE = 0.6
_SHORT, _SHORT_ALIKE = 5, 0.65
"""Short words that have nothing to do with each other share half of their letters by chance."""
BLANKS = pattern(r"[ \t\r\n](?:[ \t\r\n]+|(?<! ))")  # more than one, or another than a blank
_HYPHENS = str.maketrans("-_", "  ")
NOT_WORD = pattern(r"[\W_]+")
_NOT_TITLE = pattern(r"[\W_](?<![+*#=@])(?:[^\w+*#=@]|_)*")  # a set first is searched for faster
# What keeps two numbers apart, but for the comma of 1,000.
_BETWEEN_NUMBERS = pattern(r"(?<=\d)(?!,\d{3}(?!\d))(?:[^\w+*#=@]|_)+(?=\d)")
# What Unicode does not take apart, and what people type differently: https://unicode.org/reports/tr39/
_TYPED = (
    dict(zip("łøđðħŧıĸŋ", "loddhtikn", strict=True))
    | {"þ": "th", "æ": "ae", "œ": "oe", "ĳ": "ij", "♯": "#"}
    | dict.fromkeys("‘’‚‛′ʼ`´ʹ", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−﹣⁃", "-")
    | dict.fromkeys("∗⋆★✱", "*")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
_GREEK_SIGN = pattern("(?<![\u0370-\u03ff])[α-ω](?![\u0370-\u03ff])")
_TYPED_SIGN = pattern(f"[{''.join(_TYPED)}]")


def fold(text: str) -> str:
    """Return the text without case, width or accents: `Ｃafé` becomes `cafe`.

    Letters, quotes and hyphens that people type differently are the plain ones: `Łukasz`, `What’s`.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = _TYPED_SIGN.sub(lambda sign: _TYPED[sign[0]], _ACCENTS.sub("", decomposed))
    return unicodedata.normalize("NFKC", plain)


def fold_words(text: str) -> str:
    """Return the folded words with one space between them: `GPT-2:` becomes `gpt 2`."""
    return NOT_WORD.sub(" ", fold(text)).strip()


@lru_cache(maxsize=4096)  # a title is looked for, and then found
def fold_title(text: str) -> str:
    """Return what makes two titles the same title: `NEZHA:Neural …` and `NEZHA: neural …`.

    Letters and digits of any script remain, and the signs that tell titles apart (`C++`, `A*`,
    `C#`), and numbers stay apart (`Lecture 1.1` is not `Lecture 11`); a title of nothing else is
    only folded.
    """
    folded = _fold_signs(text)
    parts = _BETWEEN_NUMBERS.split(folded)
    return ".".join([_NOT_TITLE.sub("", part) for part in parts]) or folded.strip()


def _fold_signs(text: str) -> str:
    r"""Return the folded text with signs as words: `&` is `and`, α is `alpha`, as `$\alpha$` is."""
    folded = fold(text).replace(" & ", " and ").replace("\\ell", "l")  # as ℓ is folded
    return folded if folded.isascii() else _GREEK_SIGN.sub(_spelled, folded)


def _spelled(letter: re.Match[str]) -> str:
    return unicodedata.name(letter[0]).split()[-1].lower().replace("lamda", "lambda")


def title_words(text: str) -> str:
    """Return the folded words, with the signs that tell titles apart: `UNet++:` is `unet++`."""
    return _NOT_TITLE.sub(" ", _fold_signs(text)).strip()


@lru_cache(maxsize=4096)  # tags are few, and come again and again
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
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
            same_begin = folded[:1] == wanted[:1]  # people err less often in the first letter
            short = min(len(folded), len(wanted)) <= _SHORT and not same_begin
            short = short and fold_title(text) not in folded  # `gpt-` is a part of `webgpt`
            swapped = sorted(folded) == sorted(wanted)  # the commonest slip of the fingers
            ratio = 1.0 if swapped else matcher.ratio()
            if ratio >= (_SHORT_ALIKE if short else _ALIKE):
                likeness[choice] = (ratio, same_begin)
    return sorted(likeness, key=lambda choice: likeness[choice], reverse=True)[:most]


def did_you_mean(text: str, choices: Iterable[str], otherwise: str) -> str:
    """Return a message's last words: which choice was meant, or what else there is to do."""
    near = nearest(text, choices, most=1)
    return f"did you mean {near[0]}?" if near else otherwise


_NOTHING = frozenset(
    """null none nil n/a n.a. na nan tbd tba tbc ? ?? ??? … ... .... … / \\ ~ × 单元格 空 无 無 暂无
    待定 待补充 なし 未定 없음 미정 yok aucun néant xxx""".split()
)
_PAUSE = pattern(
    r"no (?:meeting|class|seminar|session|reading|paper)|(?:(?:spring|fall|winter|summer) )?break"
    r"|holidays?|cancel+ed|vacation|easter|christmas|thanksgiving|休息|放假|停课|暂停|无组会|节假日"
    r"|国庆节?|春节|お?休み|休講|休会|祝日|휴강|휴무|휴식|방학|쉬는 날|공휴일|추석|설날"
    r"|tatil|ara|iptal|ders yok|bayram|vacances|(?:jour )?ferie|pause|annule|relache"
)
_LINES = pattern(r"[:\s]*[-‐-―─－_＿ー]*[:\s]*")
_EMPTY_LINKS = pattern(r"(?:\[\s*\]\(\s*\)\s*)+")
_AROUND = "*_`~ \t()（）[]【】"


def is_nothing(cell: str) -> bool:
    """Say whether a cell holds no more than a blank or a word for nothing."""
    if len(cell) > 20:  # the words are short, and most cells are not
        return False
    return _says_nothing(cell)


@lru_cache(maxsize=1024)
def _says_nothing(cell: str) -> bool:
    """Say the same of a short cell: names of labs, venues and tags come again and again."""
    bare = cell.strip().strip("《 》")
    if _EMPTY_LINKS.fullmatch(bare) or _LINES.fullmatch(bare) or not bare:
        return True
    return fold(bare.strip(_AROUND)) in _NOTHING


def is_pause(text: str) -> bool:
    """Say whether a text says that there is no session: `No meeting`, `휴강`."""
    return (
        len(text) < 30 and _PAUSE.fullmatch(fold(text.strip(_AROUND + ".!！。"))) is not None
    )  # the words are short


def is_number(cell: str) -> bool:
    """Say whether a cell holds a row's number: `3`, `3.`, `[3]`, `#3`."""
    return re.fullmatch(r"[\[(#（]*\d{1,4}[\])）.、]*", cell.strip()) is not None
