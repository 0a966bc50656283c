"""Whether words in an item are people: surely, or by where they stand."""

import re

from papertrack.authors import ET_AL, are_names, split_names
from papertrack.markdown.links import is_label

_PERSON = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?:\s+(?:(?:van|von|de|der|den|da|di|del|la|le)\s+)*[^\W\d_a-z][\w.'’-]*){0,3}"
)
_NICKNAME = re.compile(r"[^\W_][\w.+*/-]{1,24}")
_NO_NAMES = re.compile(
    r"\b(?:learning|networks?|models?|detection|segmentation|recognition|datasets?|data|language"
    r"|vision|images?|videos?|training|generation|analysis|systems?|methods?|survey|review|objects?"
    r"|machine|computer|neural|deep|processing|intelligence|attention|reasoning|optimization"
    r"|inference|estimation|tracking|robotics?|framework|library|code|paper|project|benchmark"
    r"|workshop|conference|journal|proceedings|transactions|springer|press|ieee|acm|books?|thesis"
    r"|blog|talk|slides|tutorial|report|databases?|introduces?|proposes?|presents?|shows?|uses"
    r"|encod\w+|decod\w+|codecs?|speech|audio|embeddings?|transformers?|clustering|alignment"
    r"|computing|engineering|sciences?|technology|software|automation|control|management|cloud"
    r"|diffusion|retrieval|supervised|supervision|classification|compares?|combines?|extends?|improves?|recommended|abstract|presentation|award|version)\b",
    re.IGNORECASE,
)
"""Words of titles and venues, which no person is called."""
_BETWEEN_NAMES = frozenset(
    "and et al etal van von de der den da di del la le bin ter dos du jr".split()
)
_CHINESE_NAMES = re.compile(r"[\u4e00-\u9fff]{2,4}(?:\s?[,，、;；]\s?[\u4e00-\u9fff]{2,4})+(?:等)?")
_SEASON = re.compile(r"(?:spring|summer|fall|autumn|winter)\s+((?:19|20)\d\d)", re.IGNORECASE)


def authors_in(text: str) -> tuple[str, ...]:
    """Return the names before a title: in `He, Kaiming, and Jian Sun` the first is reversed."""
    names = split_names(text)
    alone = len(names) > 2 and all(name.isalpha() or "-" in name for name in names[:2])
    others = [name for name in names[2:] if name != ET_AL]
    if alone and not any(" " in name for name in names[:2]) and all(" " in it for it in others):
        return (f"{names[0]}, {names[1]}", *names[2:])
    return names


def are_authors(text: str) -> bool:
    """Say whether a text is surely a list of people, no title with capitals: `Deep and Wide`."""
    if _CHINESE_NAMES.fullmatch(text.strip(" .。,，")):
        return True
    return are_names(text) and not _NO_NAMES.search(text)


def could_be_people(text: str) -> bool:
    """Say whether a text before a quoted title can be its authors, however they are written."""
    words = re.findall(r"[^\W\d_][\w.'’-]*", text)
    acronyms = any(word.isupper() and len(word) > 2 for word in words)
    few = not acronyms and 2 <= len(words) <= 120 and re.search(r"[,&]|\band\b|\bet\.? ?al\b", text)
    names = [word for word in words if word.casefold().strip(".") not in _BETWEEN_NAMES]
    return bool(few and names) and all(word[0].isupper() for word in names)


def are_people(text: str) -> bool:
    """Say whether a text can be people's names: one or some, surnames alone too."""
    text = text.strip(" .,;")
    if _NO_NAMES.search(text) or re.search(r"\b[A-Z][a-z]{2,}\.", text):  # `Expert Syst. Appl`
        return False
    if are_names(text):
        return True
    bare = re.sub(r"[,\s]*\bet\.? al\.?$", "", text)
    names = split_names(bare)
    label = is_label(bare) and bare != "Author"  # which is one for a link alone
    if not names or label or not all(_PERSON.fullmatch(name) for name in names if name != ET_AL):
        return False
    if _SEASON.fullmatch(f"{bare} 2000"):
        return False
    acronym = bare.isupper() or len(bare) < 2 or (is_nickname(bare) and not bare.startswith("Mc"))
    alone = len(bare.split()) <= 3 and not re.search(r"\w-[a-z]", bare)
    return len(names) > 1 or (alone and not acronym)


def is_nickname(text: str) -> bool:
    """Say whether a word is what people call a paper: `GARD`, `CLOCK-Net`, `T5`."""
    if not _NICKNAME.fullmatch(text):
        return False
    capitals = sum(char.isupper() for char in text)
    return capitals > 1 or (capitals == 1 and any(c.isdigit() or c == "-" for c in text))
