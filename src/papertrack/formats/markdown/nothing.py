"""The words people write where nothing is known: `NULL`, `-`, `TBD`, `单元格`."""

import re

from papertrack.folding import fold

_WORDS = frozenset(
    """null none nil n/a n.a. na nan tbd tba tbc ? ?? ??? … ... .... … / \\ ~ × 单元格 空 无 無 暂无
    待定 待补充 なし 未定 없음 미정 yok aucun néant xxx""".split()  # noqa: SIM905 - a table of words
)
_LINES = re.compile(r"[:\s]*[-‐-―─－_＿ー]*[:\s]*")
_WRAPPING = "*_`~ \t()（）[]【】"


def is_nothing(cell: str) -> bool:
    """Say whether a cell holds no more than a blank or a word for nothing."""
    if len(cell) > 20:  # noqa: PLR2004 - the words are short, and most cells are not
        return False
    bare = cell.strip()
    return bool(_LINES.fullmatch(bare)) or fold(bare.strip(_WRAPPING)) in _WORDS or not bare


def is_number(cell: str) -> bool:
    """Say whether a cell holds a row's number: `3`, `3.`, `[3]`, `#3`."""
    return re.fullmatch(r"[\[(#（]*\d{1,4}[\])）.、]*", cell.strip()) is not None
