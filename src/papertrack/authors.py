"""Names of people: a text taken apart into names, and a name for people to see.

A name is kept as its author wrote it, `Ann Lee` or `Lee, Ann`; `et al.` is no person. A Chinese or
Japanese name keeps a blank or comma between family and given name, `周 志华`, and is shown without
it where it surely is one: `张三 李四` may be two.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from papertrack.patterns import pattern

ET_AL = "et al."
"""The last of the authors where there are more."""

_LONGEST = 3000
"""No list of authors in a cell is as long."""
_COMMA = pattern(r"\s*[,，、]\s*")
_SEMICOLON = pattern(r"\s*[;；]\s*(?:and\s+)?")
_AND = pattern(
    r"\s+(?:and|&|et(?!\s+al\b)|ve(?!\s+ark\b)|und|和|与|и|및|(?-i:[ey]))\s+|\s+[·•|]\s+",
    re.IGNORECASE,
)
_COMMA_AND = pattern(r"([,，、])\s*(?:and|&|und|et(?!\s+al\b))\s+", re.IGNORECASE)
_LEFT_OUT = pattern(r"\.{2,}|…|et\.?\s?al\.?|etc\.?|others|等|и др\.?", re.IGNORECASE)
_DOTS_BEFORE = pattern(r"(?<=[,\s])(\.{3}|…)[,\s]+(?=[^\W\d_])")  # Ann Lee, ... Cy Poe
_FOR_OTHERS = {  # what leads to the words that end `et al.` in a language, and these
    r"et\.?\s?": "al",
    r"and\s+": "others",
    r"ve\s+": "ark",
    r"и\s+": "др|соавт|другие",
    r"[ye]\s+": "otros|otras|outros|outras|col|cols|colaboradores",
    r"u\.\s?": "a",
}
_IN_LATIN = "|".join(rf"{lead}(?:{words})" for lead, words in _FOR_OTHERS.items())
_OTHERS = pattern(
    rf"(?:[\s,，、]|\b(?:and|&)\s)*\b(?:{_IN_LATIN})\b\.?\s*$"
    r"|[\s,，、]*(?:等人?|ほか|(?<![\u3040-\u309f])ら|외\s?(?:\d+\s?[인명])?)$",
    re.IGNORECASE,
)
_LAST_OF_OTHERS = tuple("|".join(_FOR_OTHERS.values()).split("|"))
_WROTE = pattern(r"(?:(?<=等)|(?<=[\u3400-\u9fff]{2}))\s?(?:[编合]?著|主编)$")  # 李航著
_ABBREVIATED = pattern(r"\b(?:vd|[JS]r|[A-ZÀ-ÞА-ЯЁ])\.$")
_BARE = pattern(r"[^.]*\s[A-Z]{1,3}, [^.]*\.$")  # Lee A, Roe B. and so ends the sentence
_SAYING = pattern(r"[^\W_]")
_SUFFIX = pattern(r"[JS]r\.?|II|III|IV|2nd|3rd|4th|Ph\.?\s?D\.?|M\.?D\.?")
_INITIAL = r"[^\W\d_a-z]\.(?:[\s-]{0,2}[^\W\d_a-z]\.)*"
_INITIALS = pattern(rf"{_INITIAL}|[A-Z](?:[ -]?[A-Z])?")
_INITIALS_OF_NAME = pattern(rf"{_INITIAL}|[^\W\d_](?:-?[^\W\d_]){{0,2}}")
_GLUED = pattern(r"(?<=\w)(?=\w)")
_GIVEN = pattern(rf"[^\W\d_][\w'’-]*\s(?:[^\W\d_][\w'’-]*\s)?{_INITIAL}")
_FAMILY = pattern(r"(?:[\w'’-]+\s){0,3}[\w'’-]{2,}")
_PARTICLES = pattern(r"(?:[a-z'’]+\s){0,3}[^\W\d_][\w'’-]+")

_EAST_ASIAN = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_FIRST_EAST_ASIAN = "\u3040"
_BETWEEN_EAST_ASIAN = pattern(f"(?<={_EAST_ASIAN}) (?={_EAST_ASIAN})")
_HAN = "[\u3400-\u9fff々·\U00020000-\U0003ffff]"
_TWO_SIGNS = (
    "万俟|上官|东方|公孙|司徒|司马|司空|夏侯|太史|宇文|尉迟|慕容|令狐|欧阳|百里|皇甫|端木|西门|诸葛"
    "|轩辕|钟离|长孙|闻人|鲜于|东郭|南宫|呼延|第五|独孤|完颜|拓跋|澹台|公羊|申屠|淳于|单于|赫连"
    "|東方|公孫|司馬|尉遲|歐陽|諸葛|軒轅|鍾離|長孫|聞人|鮮于|東郭|南宮|獨孤|完顏|澹臺|單于|赫連|西門"
)
"""Chinese family names that have two signs."""
_HAN_NAME = pattern(
    rf"({_HAN}+),\s*({_HAN}+)"
    rf"|((?=.*々){_HAN}{{1,4}}|{_HAN}|{_TWO_SIGNS})\s+({_HAN}{{1,4}})"
)
_UMLAUT = pattern("([aou])e")

_SMALL = (
    r"van|von|de|der|den|da|das|des|di|del|della|do|dos|du|la|le|el|al|abu|bin|ibn|ten|ter|zu|['’]t"
)
_GLUED_TO = r"[ae][dlnrstz]-|[dl]['’]"
PARTICLE = rf"(?:(?:{_SMALL})\s+|{_GLUED_TO})"
"""What stands before a family name in small letters: `van der`, `al-`, `d'`."""
_WORD = rf"(?:(?:{_GLUED_TO})?[A-ZÀ-ÞĀ-ɏΆ-ΩА-ЯḀ-ỿ][\w.'’`-]*|{_SMALL})"
_NAME = pattern(rf"{_WORD}(?:\s+{_WORD}){{1,4}}[*†‡§\d]*")
_SHORT_NAME = pattern(r"[A-Z][a-z'’-]+(?:\s+[A-Z]\.?)+|(?:[A-Z]\.\s*-?)+\s?[A-Z][\w'’-]+")
_GROUP = pattern(
    r"\b(?:team|group|workshop|consortium|inc|universi[dt]\w+|labs?|laboratory|collaboration"
    r"|foundation|institut[eo]?|committee|association|project|initiative|cent(?:er|re)|council"
    r"|organi[sz]ation|agency|authority|society|service|commission|panel|department|academy"
    r"|minist(?:ry|ère|[eé]rio|ero|eriet?|erium|erst[vw]o)|programme|alliance|research network)\b"
    r"|团队|公司|实验室|大学|研究院"
)
_LAB = pattern(r"\s(?:AGI|AI|ARC|FAR|NLP)$")  # Amazon AGI


@lru_cache(maxsize=1024)  # whether a text is names is asked where it may be, and to split it
def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a text of authors, as they are written; `et al.` is the last of them.

    Semicolons divide names; so does `and` where each name has a comma of its own, as BibTeX
    writes. Else commas divide, but for one before initials (`Smith, J., Doe, A. B.` are two) or
    before `Jr.`. `Lee, Ann` are two, `Lee, Ann;` is one.
    """
    text = " ".join(text.split()).strip(" ,，")
    text = _WROTE.sub("", text) if text.endswith(("著", "主编")) else text
    bare = _without_others(text)
    more = bare != text
    if bare.endswith(".") and not (_ABBREVIATED.search(bare) and not _BARE.match(bare)):
        bare = bare.rstrip(".")
    bare = _DOTS_BEFORE.sub(r"\1, ", bare) if "..." in bare or "…" in bare else bare
    parts = [part.strip(" ,，、;；&") for part in _divided(bare)]
    others = [part for part in parts if _LEFT_OUT.fullmatch(part)]
    names = tuple(part for part in parts if part not in others and _SAYING.search(part))
    return (*names, ET_AL) if others or more else names


_LETTERS = pattern(r"[^\W\d_]+")
_NOT_CALLED = frozenset(
    """about abstract academy accelerating access acm across acta adolescence adolescent advanced
    advances adversarial african after against agent agents algebra algebraic algorithm algorithms
    alignment all alzheimer america american among anatomy annalen annales annals annual another
    answer answering answers antarctic antimicrobial any applied approach approaches approximate
    aquatic architecture archive archives artificial ask asking asks assessment astronomy
    astrophysics attack attacks audio augmented automatic automatica autonomous award based basic
    before behavior behavioral behaviour benchmark best better between beyond billion biochemistry
    biometrika bioorganic biophysics blog body book books both boundary brain brains brazilian
    break breaking breaks british build building builds bulletin business canadian car cars causal
    cell cells challenges changes chemistry children chinese cities city climate closed cloud
    clouds clustering code codec codecs codes coding coherent column combinatorial combinatorics
    combine combines compare compares comparison complete complex complexity compounds
    comprehension comprehensive compression computer computers computing concept concepts condensed
    conference conflict congress consistency constrained constraint contemporary context continuous
    control controllable convergence cortex cost costs could count coupled coupling cultural
    culture current curves data database databases dataset datasets decision deep defects density
    dependent derivatives derived design development dialogue did different differentiable
    differential diffusion digital direct discontinuous discovery discrete discussions disease
    disorders distributed diverse diversity document does domain domains driven drug drugs during
    dynamic each earth econometric econometrica economy editing effect effects efficiency efficient
    eight elastic electron electronic electronics element elliptic embedded embedding embeddings
    emission energy engineering engineers enhanced entropy environment equilibrium error errors
    estimates estimating ethics european event ever every everything evidence evolutionary exact
    examples experience explainable exploring expression extend extends eyes face faces faster
    feature feedback feminist films financial find finding finds finite fire five flow flows fluid
    fluids for forum four fracture framework frequency from frontiers fusion future game games
    gender general genes geomechanics geometry geophysics get gets global gradient graph graphs
    ground grown growth guide guided handbook hands hard health heat here heterogeneous high higher
    highly history huge human humans hundred hybrid hyperbolic ieee image images imaging immunity
    impact implicit improve improved improves improving incompressible index indexing indian
    induced industrial infectious inference influence infrared inhibitors inorganic inquiry inside
    insights integrating intelligence intelligent interest interface internet interpretable into
    introduce introduces inverse is issue issues its java joining joint journal keep keeping keeps
    kernel know knowing knowledge knows language languages large laser lasers latent lattice layer
    leaderboard learn learnable learning learns less let lets letters level libraries library
    linear liquid literature llms local logic look looks machine magazine make makes making
    management manufacturing many mapping market markets masked material materials matrix matter
    matters maximum mean means measurement mechanics mechanism mechanisms medicinal medicine meets
    memory mesh meta method methods micro microarray microbial million mind minds mining mixed
    mobile modal model modeling modelling models modern molecules money monitoring monthly more
    most move moves moving much multi multigrid multimedia multimodal multiple multiscale must nano
    nanoscale nanowire nanowires natural nature need needs network networks neural neuroimage
    neuron neuroscience never new next nine nonlinear not notes nothing novel nuclear number
    nursing object objects ocean offline one online open operating opinion optimal oracle oriented
    other our outside over overview oxide pacific paper papers parallel parameter parameters part
    partial particle particles path patient patients pattern patterns people performance person
    perspectives phase philosophy physics physique place places plan planet planetary planets
    planning plans plasma platform platforms play playing plays point points policies policy
    polymer pose potential practice predicting preference present presents press pretraining
    principles privacy problem problems proceedings process processes processing product products
    programming progress progressive project prompt prompting prompts properties propose proposes
    protein proteins psychiatry publishing pure quantum quarterly query random ranking rapid rate
    reading reasoning recognit recommended record recurrent regression regret reinforcement
    relationship reliable remote report reports research residual resistance resources response
    results rethinking retrieval review reviews revisited revista revue risk road roads robot
    robotic robots robust robustness routing royal running runs russian same sampling scalable
    scale scaling scattering scene scenes scheme schemes science scientific search second security
    selected self semantic semiconductor sensing sensors sentence sequence sequential series server
    service services serving seven sexual shape sharing sheet sheets shot should show shows signal
    similar similarity simple six size slides social society soft software soil solid solving some
    source space spaces sparse spatial special specific spectrometry spectroscopy speech spin
    springer stable stars statistician stochastic storage store stores strategies streaming stress
    stronger structural structure structured studies study summit supervision surface surfaces
    survey surveys sustainable switching symbolic symposium synthesis system systems talk task
    tasks techniques technologies tell telling temperature temporal ten testing text texts that the
    their them then theorem theory therapy there thermal these thesis they thin thing things think
    thinking thinks this those thousand three through time times tiny today token tokens tool tools
    topics total toward towards tracking train training transfer transformer transformers transport
    tree trees trends trust tuning tutorial two type uncertainty under understanding unified
    universal unix use used user users uses using vacuum value vector velocity version via video
    videos view violence virtual vision visual volume water wave waves ways weather welding were
    what when where which who whose why with within without women word words workload workshop
    world worlds would writing your zeitschrift zero zone""".split()
)
"""Words of titles and venues that hardly anybody is called: of 62,800 names in 25,741 entries of
public bibliographies about a hundred hold one, half of them of bodies.
"""
_NOT_CALLED_BEGINNING = ("encod", "decod", "mathemati")
_NOT_CALLED_ENDING = tuple(
    """ology metrics tion tions graphy ysis ical ional mental ular tive tics mics
    ality ivity ility ated ized ised ences tures ories ists""".split()
)


def joined_names(authors: Sequence[str]) -> str:
    """Return authors as one text that `split_names` takes apart again: `A. Smith, B. Jones`.

    One name with a comma is turned, `Ann Lee`, since `Lee, Ann` are two.
    """
    # A blank between signs stays: a block shows again what somebody wrote.
    people = people_of(authors)
    names = tuple(shown_name(it) if "," in it and han_parts(it) else it for it in people)
    text = ", ".join(names)
    if any("," in name for name in names) and split_names(text) != names:
        divided = "; ".join(names) if len(names) > 1 else shown_name(names[0])
        text = divided if len(names) == 1 or split_names(divided) == names else text
    return " ".join(filter(None, (text, ET_AL))) if ET_AL in authors else text


def people_of(authors: Sequence[str]) -> tuple[str, ...]:
    """Return the authors without `et al.`, which is no person."""
    return tuple(name for name in authors if name != ET_AL)


def shown_names(authors: Sequence[str], between: str = ", ") -> str:
    """Return authors for people to see: `Ashish Vaswani, Noam Shazeer et al.`."""
    names = between.join(map(shown_name, people_of(authors)))
    return " ".join(filter(None, (names, ET_AL))) if ET_AL in authors else names


def shown_name(name: str) -> str:
    """Return a name for people to see, the given name first: `Gabriel García Márquez`, `周志华`."""
    if parts := han_parts(name):
        return "".join(parts)
    family, *rest = (part.strip() for part in name.split(",")) if "," in name else ("",)
    if not rest or not family or is_group(name):
        return name
    suffixes = [part for part in rest if _SUFFIX.fullmatch(part)]
    given = " ".join(part for part in rest if part not in suffixes)
    whole = f"{given} {family}".strip()
    return ", ".join((whole, *suffixes))


def han_parts(name: str) -> tuple[str, str] | None:
    """Return family and given name where a comma or blank parts the signs of one: `周, 志华`."""
    if name.isascii() or name < "\u3400":  # nearly all; the pattern compiles slowly
        return None
    match = _HAN_NAME.fullmatch(name)
    if match is None or is_group(name):
        return None
    return match[1] or match[3], match[2] or match[4]


def family_first(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of one list, with a comma where initials stand behind the family name.

    PubMed writes `Pauly D, Torres F Jr`, which are `Pauly, D.` and `Torres, Jr, F.`; beside
    `Jiequn Han`, `Weinan E` is `E, Weinan`.
    """
    divided = tuple(map(divided_name, names))
    if divided == tuple(names):
        return divided
    pairs = list(zip(names, divided, strict=True))
    behind = sum(name != other for name, other in pairs)
    plain = [name for name, other in pairs if name == other and " " in name and "," not in name]
    if behind > sum(name != ET_AL and not is_group(name) for name in plain):
        return tuple(divided_name(name, alone=behind == 1) for name in names)
    return tuple(divided_name(name, initials_last=False) for name in names)


def family_names(names: Sequence[str], written: str = "") -> Iterator[str]:
    """Yield the family names of one list; `written` has those in braces that are whole."""
    for name, divided in zip(names, family_first(names), strict=True):
        yield name if f"{{{name}}}" in written else family_name(divided)


@lru_cache(maxsize=4096)  # a name is asked for as it is read, spelled, written and read again
def divided_name(name: str, *, initials_last: bool = True, alone: bool = True) -> str:
    """Return a name with a comma where initials stand behind the family name: `Pauly, D. E.`.

    Not `alone` but among several with initials, `Chen AI` is a person, as it is no lab.
    Styles of BibTeX and CSL take `DE` for one name, and would print `D.`.
    """
    last = name.rpartition(" ")[2]
    if "," in name or not (last.isupper() or _SUFFIX.fullmatch(last)):
        return name  # nearly all
    words = name.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    at = len(words)
    while at > 1 and words[at - 1].isupper() and _INITIALS_OF_NAME.fullmatch(words[at - 1]):
        at -= 1
    family, given = words[:at], words[at:]
    if not given or any(len(it) == 1 or "." in it for it in family):
        return name
    # In capitals, as Chinese standards have it, `LI X` is Li, and `NASA JPL` nobody.
    most = 1 if all(word.isupper() for word in family) else 3
    if any(len(it) > most and "." not in it for it in given):
        return name
    from papertrack.labs import is_organisation  # not needed for most names

    if is_organisation(name) or (alone and is_group(name)):  # Meta AI
        return name
    if not initials_last and "." not in given[-1]:
        family, given = words[-1:], words[:-1]
    else:
        given = [it if "." in it else f"{_GLUED.sub('. ', it)}.".replace("-", ".-") for it in given]
    return ", ".join(filter(None, (" ".join(family), suffix, " ".join(given))))


def family_name(name: str) -> str:
    """Return the family name: what stands before a comma or initials, else the last word.

    A team has no other than its whole name.
    """
    if name == ET_AL or is_group(name):
        return name
    family, comma, given = divided_name(name).partition(",")
    if comma and not _SUFFIX.fullmatch(given.strip()):
        return family.strip()
    words = family.split()
    while len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        words.pop()
    return words[0 if without_blanks(family) != family else -1] if words else ""


def without_blanks(text: str) -> str:
    """Return a text without the blanks that some write between East Asian signs: `李 明`."""
    if text.isascii() or max(text) < _FIRST_EAST_ASIAN:  # nearly all; the pattern compiles slowly
        return text
    return _BETWEEN_EAST_ASIAN.sub("", text)


@lru_cache(maxsize=4096)  # each name is asked for in several ways
def is_group(name: str) -> bool:
    """Say whether a name is of a team, a university and the like, no person's."""
    return bool(_GROUP.search(name.lower()) or _LAB.search(name))


def have_in_common(some: Sequence[str], others: Sequence[str]) -> bool:
    """Say whether two lists of authors can be of one paper.

    A person's family name is in both, and what stands beside it begins alike or is left out.
    """
    (families, words), (other_families, other_words) = map(telling_words, (some, others))
    shared = (families & other_words) | (other_families & words)
    beside = ((_beside(word, some), _beside(word, others)) for word in shared)
    return any(not (mine and yours) or mine & yours for mine, yours in beside)


def _beside(word: str, names: Sequence[str]) -> set[str]:
    """Return the letters that other words of names with this one begin with; none if one is all."""
    others = [words - {word} for words in map(set, map(_name_words, names)) if word in words]
    return {other[0] for words in others for other in words} if all(others) else set()


def abbreviates(some: Sequence[str], others: Sequence[str], *, initials: bool = False) -> bool:
    """Say whether `et al.` stands for the rest of the other list: they begin with the same people.

    `Vaswani et al.` abbreviates `Ashish Vaswani, Noam Shazeer`, and not one person alone; with
    `initials`, `A Vaswani, NM Shazeer` does.
    """
    short, long = people_of(some), people_of(others)
    pairs = list(zip(short, long, strict=False))
    if ET_AL not in some:
        is_whole = initials and len(short) == len(long) and ET_AL not in others
        return is_whole and short != long and all(_has_initials(*pair) for pair in pairs)
    most = len(long) if ET_AL in others else len(long) - 1
    begins = all(telling_words([one])[0] == telling_words([other])[0] for one, other in pairs)
    return begins and 1 <= len(short) <= most


def _has_initials(name: str, other: str) -> bool:
    """Say whether a name is the other, shown or with initials: `GE Lee`, `G. Lee`, `YF Lee`."""
    from papertrack.folding import fold  # not needed to take names apart

    family, own = family_name(name), family_name(other)
    given, full = shown_name(name).replace(family, ""), shown_name(other).replace(own, "")
    initials, names = ("".join(fold(text).split()) for text in (given, full))
    letters = iter(names)  # of Yifan, `YF` are the first of syllables
    is_short = given == given.upper() and initials[:1] == names[: len(initials[:1])]
    is_of_it = is_short and all(letter in letters for letter in initials if letter.isalpha())
    return name in (other, shown_name(other)) or (is_of_it and fold(family) == fold(own))


def telling_words(names: Sequence[str]) -> tuple[set[str], set[str]]:
    """Return the last words of the people's family names, and all words of their names."""
    people = set(names) - {ET_AL}
    # With a Chinese family name are far too many called.
    telling = (shown_name(it) if han_parts(it) else family_name(it) for it in people)
    families = {word for name in telling for word in _name_words(name)[-1:]}
    return families, {word for name in people for word in _name_words(name)}


def _name_words(name: str) -> list[str]:
    """Return the words of a name as they are compared: `Müller` is `Mueller`, `李 明` is `李明`."""
    from papertrack.folding import fold_words  # folding is not needed to take names apart

    words = without_blanks(fold_words(name))
    return [_UMLAUT.sub(r"\1", word) for word in words.split()]


@lru_cache(maxsize=1024)  # asked of one text where it may be names, and where it ends
def are_names(text: str) -> bool:
    """Say whether a text is surely a list of people: several names, or `et al.` behind one."""
    text = text.strip(" \t\r\n.,;*_–—-")
    if not text or len(text) > _LONGEST:
        return False
    short = _without_others(text)
    if short != text and len(short) < 80:  # one name or two come before it
        return bool(re.match(r"[^\W\d_]", short))
    names = [name for name in split_names(text) if name != ET_AL]
    if len(names) < 2:  # one name alone could be anything
        return False
    shown = map(shown_name, names)
    good = sum(bool(_NAME.fullmatch(it) or _SHORT_NAME.fullmatch(it)) for it in shown)
    return good >= max(2, 0.8 * len(names))


def _without_others(text: str) -> str:
    """Return a text without `et al.` at its end; only the end is searched."""
    last = text[-15:].rstrip().rstrip(".").lower()
    if not last.endswith(_LAST_OF_OTHERS) and last[-1:] < "　":  # no Chinese either
        return text
    end = _OTHERS.search(text, max(0, len(text) - 60))
    return text[: end.start()].rstrip(" ,，、") if end else text


def _divided(text: str) -> list[str]:
    several = ";" in text or "；" in text
    divided = [part for part in _SEMICOLON.split(text) if part] if several else [text]
    if len(divided) > 1 or (divided and divided[0] != text and text.count(",") == 1):
        return divided
    text = divided[0] if divided else ""
    parts = _AND.split(text) if text.count(" ") > 1 else [text]
    if len(parts) > 1 and all(len(_COMMA.findall(part)) == 1 for part in parts):
        return parts  # as BibTeX writes: Lee, Ann and Doe, Jane
    text = _COMMA_AND.sub(lambda comma: f"{comma[1]} ", text)
    listed = _AND.sub(", ", text) if len(parts) > 1 else text
    return _paired([part for part in _COMMA.split(listed) if part])


def _paired(parts: Sequence[str]) -> list[str]:
    """Return the names of which the parts between commas are the pieces."""
    if len(parts) < 2:
        return [*parts]
    behind = [at for at in range(1, len(parts)) if _are_one_name(parts[at - 1], parts[at])]
    alternate = behind and len(parts) % 2 == 0 and all(at % 2 for at in behind)
    whole = any(
        at not in behind and all(map(_NAME.fullmatch, parts[at - 1 : at + 1]))
        for at in range(1, len(parts), 2)
    )  # Simon Osindero, Yee-Whye Teh
    if alternate and not whole and all(map(_is_family, parts[::2])):  # Smith, John W., Doe, Jane
        behind = list(range(1, len(parts), 2))
    names: list[str] = []
    for at, part in enumerate(parts):
        if names and (at in behind or _SUFFIX.fullmatch(part)):
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    return names


def _are_one_name(family: str, given: str) -> bool:
    """Say whether the second can only be given names, initials or ending in one, of the first."""
    if _INITIALS.fullmatch(given):
        return _is_family(family)
    return _GIVEN.fullmatch(given) is not None and _PARTICLES.fullmatch(family) is not None


def _is_family(part: str) -> bool:
    return _FAMILY.fullmatch(part) is not None and part[0].isalpha()


def count_no_names(text: str) -> int:
    """Return how many words of a text no person is called: `Deep Learning for Ann Lee` has 3."""
    return sum(map(_is_no_name, _LETTERS.findall(text.casefold())))


@lru_cache(maxsize=4096)  # words come again and again
def _is_no_name(word: str) -> bool:
    called = word.startswith(_NOT_CALLED_BEGINNING) or word.endswith(_NOT_CALLED_ENDING)
    return called or word in _NOT_CALLED
