"""Names of people in a cell: told from other text, and taken apart."""

import re

_SEPARATORS = re.compile(
    r"\s*[,，、;；]\s*(?:and\s+|&\s*)?"
    r"|\s+(?:and|&|et(?!\s+al\b)|ve(?!\s+ark\b)|und)\s+|\s+[·•|]\s+"
)
_SEMICOLONS = re.compile(r"\s*[;；]\s*")
_WORD = r"(?:[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я][\w.'’`-]*|van|von|de|der|den|da|di|del|la|le|el|al|bin|ter|dos|du)"
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,4}}[*†‡§\d]*")
_ET_AL = re.compile(r"(?:,\s*)?\bet\s+al\b\.?|等人?$")
_ABBREVIATED = re.compile(r"\b(?:al|ark|vd|[JS]r|[A-Z])\.$")
_INITIALS = re.compile(r"[A-Z][a-z'’-]+(?:\s+[A-Z]\.?)+|(?:[A-Z]\.\s*-?)+\s?[A-Z][\w'’-]+")


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a list of authors, as they are written.

    Where semicolons divide, a comma belongs to a name: `Smith, John; Doe, Jane`.
    """
    divider = _SEMICOLONS if re.search("[;；]", text) else _SEPARATORS
    bare = text.strip(" \t,;，；")
    if bare.endswith(".") and not _ABBREVIATED.search(bare):
        bare = bare.rstrip(".")
    names = (" ".join(name.split()) for name in divider.split(bare))
    return tuple(f"{name}." if name.endswith(" et al") else name for name in names if name)


def are_names(text: str) -> bool:
    """Say whether a text is surely a list of people: several names, or `et al.` behind one."""
    text = text.strip(" \t\r\n.,;*_–—-")
    if not text or len(text) > 3000:  # no list of authors in a cell is as long
        return False
    short = _ET_AL.sub("", text).strip(" ,")
    if short != text and len(short) < 80:  # one name or two come before it
        return bool(re.match(r"[^\W\d_]", short))
    names = split_names(text)
    if len(names) < 2:  # one name alone could be anything
        return False
    good = sum(bool(_NAME.fullmatch(name) or _INITIALS.fullmatch(name)) for name in names)
    return good >= max(2, 0.8 * len(names))
