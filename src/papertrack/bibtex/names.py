"""Names of people as BibTeX takes them apart, and as the catalogue spells them."""

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

from papertrack.authors import (
    ET_AL,
    count_no_names,
    divided_name,
    family_first,
    han_parts,
    is_group,
)
from papertrack.bibtex.latex import (
    is_one_group,
    is_plain,
    plainly,
    split_outside,
    to_latex,
    to_text,
)
from papertrack.patterns import pattern


class Person(NamedTuple):
    """The parts of a name; only the last name is set where it cannot be taken apart."""

    family: str
    given: str = ""
    particle: str = ""
    """The small words before the family name: `van der`."""
    suffix: str = ""
    whole: bool = False
    """Whether it is an organisation, or another name that stands as it is."""


_AND = pattern(r"\s[Aa][Nn][Dd](?=\s|$)")
_SUFFIX = pattern(r"(?:[JS]r\.?|[JS]unior|I{2,3}|IV)$")
_HOMONYM = pattern(r"\s0\d{3}$")  # dblp numbers people of one name
_COMPANY = pattern(r"(?:Inc|Ltd|LLC|Corp|GmbH|Co)\.?")
_COMPANY_NAME = pattern(rf"[\s,]{_COMPANY.pattern}$")
_INITIALS = pattern(r"(?:[A-Z]\.?[\s-]?){1,4}")
_INITIAL = pattern(r"[^\W\d_]{1,2}[.\s-]")
_OTHERS = ("others", "et al", "et al.")
# TeX takes a blank behind an accent or a letter's name for its end: `Ne\v set\v ril`, `S\o ren`.
_ACCENT = pattern(r"(\\(?:[Hbcdkruv]|[`'^\"~=.]))\s+([A-Za-z])")
_LETTER = pattern(
    r"(\\(?:[oOlLij]|ae|AE|oe|OE|aa|AA|ss|dh|DH|dj|DJ|ng|NG|th|TH|cprime))\s+(?=[a-z])"
)
_AND_OTHERS = pattern(r"[,\s](?<=\w[,\s])\s*et\.?\s+al\b\.?\s*$", re.IGNORECASE)
_MISTAKEN = pattern(r";\s+|\s\\?&\s")
_OF_A_GROUP = pattern(r"\s(?:of|on|for|the|in|and)\s", re.IGNORECASE)
# Words for groups that are family names too: BibTeX has groups in braces.
_SURNAME = pattern(r"(?:[^\W\d_a-z](?:[a-zß-ÿ'’]|\.)\S*\s){1,2}(?:Center|Council|Panel|Service)")
_OPTION = pattern(r"[a-z]+=[\w-]+")  # of a list of names, BibLaTeX's `useprefix=true`
_COMMA = pattern(",")
_TIES = pattern(r"(?:\s|(?<!\\)~)+")
_EXTENDED = pattern(r"(?:^|,)\s*\"?(family|given|prefix|suffix)(?:-i)?\s*=", re.IGNORECASE)


def read_names(raw: str) -> tuple[str, ...]:
    """Return the names in a value of BibTeX, as the catalogue spells them."""
    names = map(spell, persons(raw))
    return tuple(filter(None, (_HOMONYM.sub("", it) for it in names) if "00" in raw else names))


@lru_cache(maxsize=1024)
def persons(raw: str) -> tuple[Person, ...]:
    """Return the persons in a value of BibTeX, parted at each `and` outside of braces."""
    if "\\" in raw:
        # A thin space, `E.\,W. Dijkstra`, has a comma that divides nothing.
        raw = raw.replace("\\,", " ")
        raw = _LETTER.sub(r"\1{}", _ACCENT.sub(r"\1{\2}", plainly(raw)))
    if is_one_group(raw) and " and " in raw:
        inner = split_outside(f" {raw[1:-1]}", _AND)
        if len(inner) > 1 and all("," in name for name in inner):  # braced twice by mistake
            raw = raw[1:-1]
    names = split_outside(_AND_OTHERS.sub(" and others", f" {raw}"), _AND)
    if "=" in raw:
        names = [name for name in names if not _OPTION.fullmatch(name.strip())]
    if ";" in raw or "&" in raw:
        names = [it for name in names for it in _mistaken(name)]
    each = [one.strip() for name in names for one in (_listed(name) if "," in name else [name])]
    if len(each) > 1:
        each = [*family_first(each)]  # `Pauly D and Worm B`; BibTeX alone takes D for the family
    return tuple(person for name in each if (person := parse(name)).family)


def _mistaken(raw: str) -> list[str]:
    """Return the names between semicolons or `&`, which some write for `and`, unlike firms."""
    parts = _MISTAKEN.split(raw)
    return parts if "{" not in raw and all("," in part for part in parts) else [raw]


def _listed(raw: str) -> list[str]:
    """Return the names between commas, as people write lists: `A. Bo, C. Di, and E. Fu`."""
    commas = raw.count(",")
    if not commas or (commas == 1 and not raw.rstrip().endswith(",")):
        return [raw]  # nearly all: `Bo, Ada`
    if "{" in raw or is_group(raw) or _OF_A_GROUP.search(raw):
        return [raw]
    parts = [part.strip() for part in raw.split(",")]
    is_list = not parts[-1]  # a comma before the `and`
    parts = [part for part in parts if part]
    initials = [_INITIALS.fullmatch(part) is not None for part in parts]
    if len(parts) > 3 and all(initials[1::2]) and not any(initials[::2]):
        return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=False)]
    # `Bo, A., C. Di, E. Fu`, and not `Bo, I, Ann Di`, which is Ann Di Bo the first
    if len(parts) > 2 and initials[1] and all(map(_INITIAL.match, parts[2:])):
        parts[:2] = [f"{parts[1]} {parts[0]}"]
        is_list = True
    whole = parts and all(" " in part for part in parts) and not parts[-1].endswith(".")
    return parts if whole and len(parts) > (1 if is_list else 2) else [raw]


@lru_cache(maxsize=4096)
def parse(raw: str) -> Person:  # noqa: PLR0911 - one return a form
    """Return the parts of one name in BibTeX: `von Last, Jr, First`, `First von Last`, `{Name}`."""
    raw = raw.strip(" \t\n,;")
    if raw.strip("{}").lower() in _OTHERS:  # Zotero wrote them in braces
        return Person(ET_AL, whole=True)
    if "=" in raw and _EXTENDED.search(raw):
        return _extended(raw)
    if is_one_group(raw):
        return _whole(to_text(raw).text)
    plain = is_plain(raw)
    parts = _between_commas(raw)
    if len(parts) > 3:
        return _whole(to_text(raw).text)
    if len(parts) == 1:
        words = _words(raw, plain=plain)
        name = " ".join(words)
        return _whole(name) if is_group(name) and not _is_called(name) else _first_last(*words)
    words = _words(parts[0], plain=plain)
    given = " ".join(parts[-1].split()) if plain else to_text(parts[-1]).text
    suffix = to_text(parts[1]).text if len(parts) == 3 else ""
    if _COMPANY.fullmatch(given):
        return _whole(to_text(raw).text)
    particle, family = _without_particle(words) if len(words) > 1 else ("", "".join(words))
    # `King, Jr.`, with no first name, or `King, Martin Luther, Jr.`, as BibTeX does not have it
    if _SUFFIX.fullmatch(given) and not _SUFFIX.fullmatch(suffix):
        given, suffix = suffix, given
    return Person(family, given, particle, suffix) if family or not given else Person(given)


def spell(person: Person) -> str:
    """Return the name as people write it, with a comma only where it could not be told without.

    `Touvron, Hugo` gives `Hugo Touvron`; `García Márquez, Gabriel` keeps its comma.
    """
    family = f"{person.particle} {person.family}".strip()
    if person.whole or not (person.given or person.suffix):
        return family
    if person.suffix:
        return ", ".join(filter(None, (family, person.suffix, person.given)))
    if han_parts(divided := f"{family}, {person.given}"):
        plain = f"{family} {person.given}"
        return plain if han_parts(plain) else divided
    plain = f"{person.given} {family}"
    is_told = " " not in person.family and divided_name(plain) == plain
    is_told = is_told and _first_last(*plain.split()) == person
    return plain if is_told else divided


@lru_cache(maxsize=4096)
def person_named(name: str) -> Person:
    """Return the parts of a name in the catalogue."""
    if name == ET_AL:
        return Person(ET_AL, whole=True)
    name = divided_name(" ".join(name.split()).strip(" ,"))
    parts = [text for part in name.split(",") if (text := part.strip())] or [""]
    if _AND.search(f" {name}"):
        return Person(name, whole=True)
    if is_group(name) or _COMPANY_NAME.search(name) or len(parts) > 3:
        return _whole(name)
    if len(parts) == 1:
        return _first_last(*parts[0].split())
    particle, family = _without_particle(parts[0].split())
    suffix = parts[1] if len(parts) == 3 else ""
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        return Person(family, "", particle, parts[1])
    return Person(family, parts[-1], particle, suffix)


def write_names(names: tuple[str, ...], labs: Container[str] = ()) -> str:
    """Return the names as a value of BibTeX, joined by `and`."""
    pairs = zip(names, family_first(names), strict=True)
    return " and ".join(
        write_name(name, is_lab=True) if name in labs else write_name(divided)
        for name, divided in pairs
    )


@lru_cache(maxsize=16384)
def write_name(name: str, *, is_lab: bool = False) -> str:
    """Return one name for BibTeX: braced where it is an organisation."""
    name = name if is_lab else divided_name(name)
    person = person_named(name)
    if person.family == ET_AL:
        return "others"
    if person.suffix:
        parts = (f"{person.particle} {person.family}".strip(), person.suffix, person.given)
        return ", ".join(to_latex(part) for part in parts if part)
    if not is_lab and (han := han_parts(name)):
        return ", ".join(han)  # else BibTeX takes the given name for the family
    written = to_latex(" ".join(name.split()))
    if person.whole or (is_lab and " " in name):
        return f"{{{written}}}"
    if written == name and "," not in name:
        return written  # taken apart the same way
    # A comma without a name behind it, or a name that BibTeX would read as another, stays whole.
    return written if spell(parse(written)) == spell(person) else f"{{{written}}}"


def _is_called(name: str) -> bool:
    """Say whether a person may be called so, though groups are too: `Robert Service`."""
    given = name.rpartition(" ")[0]
    return bool(_SURNAME.fullmatch(name)) and not is_group(given) and not count_no_names(given)


def _whole(text: str) -> Person:
    return Person(text, whole=" " in text or "," in text)


@lru_cache(maxsize=4096)  # a name is asked for as it is read, spelled, written and read again
def _first_last(*words: str) -> Person:
    """Return the parts of `First von Last`: small words within are the particle."""
    if not words:
        return Person("")
    if len(words) == 2 and han_parts(", ".join(words)):
        name = " ".join(words)  # the family name comes first, if it is not two people
        return Person(*words) if han_parts(name) else Person(name)
    suffix = words[-1] if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    words = words[:-1] if suffix else words
    small = [at for at, word in enumerate(words[:-1]) if _is_small(word)]
    first = small[0] if small else len(words) - 1
    last = small[-1] + 1 if small else len(words) - 1
    return Person(
        " ".join(words[last:]), " ".join(words[:first]), " ".join(words[first:last]), suffix
    )


def _without_particle(words: list[str]) -> tuple[str, str]:
    """Return the small words that a family name begins with, and the rest."""
    at = 0
    while at < len(words) - 1 and _is_small(words[at]):
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def _is_small(word: str) -> bool:
    if word[:1].isupper():
        return False
    letter = next((char for char in word if char.isalpha()), "")
    return letter.islower()


def _extended(raw: str) -> Person:
    """Return the parts of BibLaTeX's `family=Doe, given=Jane, prefix=van`."""
    values = {}
    for part in _between_commas(raw):
        name, _, value = part.partition("=")
        values[name.strip(' "').lower()] = to_text(value.strip(' "')).text
    names = ("family", "given", "prefix", "suffix")
    family, given, particle, suffix = (values.get(it, "") for it in names)
    return Person(family, given, particle, suffix)


def _words(raw: str, *, plain: bool) -> list[str]:
    """Return what white space and ties part outside of braces, as Unicode."""
    if plain:
        return raw.split()
    return [to_text(word).text for word in split_outside(raw, _TIES) if word]


def _between_commas(raw: str) -> list[str]:
    return [part.strip("; \t\n") for part in split_outside(raw, _COMMA)]
