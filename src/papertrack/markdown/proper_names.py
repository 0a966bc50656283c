"""Whether words in an item name people or a venue: surely, or by where they stand."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from papertrack.authors import ET_AL, PARTICLE, are_names, count_no_names, split_names
from papertrack.folding import fold
from papertrack.labs import is_organisation
from papertrack.markdown.inline import CJK, is_label
from papertrack.patterns import pattern
from papertrack.sources import DIGIT, MONTH_NAME, is_abbreviated, is_source, read_source
from papertrack.status import status_of

_LONGEST_CONFERENCE = 4  # words
_CONFERENCE = pattern(  # CVPR, ACM MM, IEEE S&P; AutoML and MM are fields
    r"(?!AutoML|MM$)(?:(?:ACM|IEEE|USENIX)(?:/ACM)? )?(?P<name>(?:[A-Za-z]*[A-Z]){2}[A-Za-z]*|S&P"
    r"|Security)(?: Workshops?| Findings)?"
)
_OF_SOCIETY = pattern(r"(?:ACM|IEEE|USENIX)\s[A-Z][A-Za-z]*[A-Z]\w*")  # IEEE VIS
_SPELLED = pattern(  # The Symposium on Gardens (SOG)
    r"[A-Z][\w& ]+\b(?:Conference|Symposium|Workshop)\b[\w& ]* \((?P<short>[A-Z][\w& ]{2,15})\)"
)
_YEAR_ALONE = pattern(r"((?:19|20)\d\d)\s?年?")
_YEARS = pattern(r"(?:19|20)\d\d(?:\s?年?$|\s?[–~-]\s?(?:19|20)\d\d(?!\d))")
_ITS_PAPERS = pattern(  # CVPR 2024 Accepted Papers, Papers from CVPR 2024
    r"\s*\([\d.,/~–-]*\)$|^.{0,40}?\bpapers?[\s-](?:accepted[\s-])?(?:from|at|by|in|of|to)[\s-](?=[A-Z])"
    r"|\s*(?:\s(?:accepted|main|full|oral|conference))*(?:[\s-]papers?(?:\s(?:list|with\scode))?|论文(?:列表|汇总|合集|清单)?)$",
    re.IGNORECASE,
)
_PERSON = pattern(
    rf"{PARTICLE}{{0,3}}[^\W\d_a-zа-яё][\w.'’-]*"
    rf"(?:\s+{PARTICLE}*[^\W\d_a-zа-яё][\w.'’-]*){{0,3}}"
)
_NO_SURNAME = pattern(r"\w-[a-z]|\d|[A-Z]{4}|^In\s")
_KOREAN = pattern(  # Sun-hee Park, by the family names that most people have
    r"[A-Z][a-z]{1,5}-[a-z]{2,5} (?:Kim|Lee|Yi|Park|Choi|Jung|Jeong|Kang|Cho|Yoon|Yun|Jang|Lim|Han"
    r"|Shin|Seo|Kwon|Hwang|Ahn|Song|Hong|Yoo|Ryu|Moon|Yang|Bae|Baek|Heo|Nam|Noh|Joo|Oh|Ko|Chen|Lin"
    r"|Wang|Chang|Huang|Liu|Wu|Tsai)"
)
_NICKNAME = pattern(r"[^\W_][\w.+*/-]{1,24}(?:\(\w{1,3}\))?")
_PARTICLE = pattern(rf"(?<!\w){PARTICLE}")
_BETWEEN_NAMES = frozenset({"and", "et", "al", "etal", "jr"})
_CHINESE_NAMES = pattern(r"[\u4e00-\u9fff]{2,4}(?:\s?[,，、;；]\s?[\u4e00-\u9fff]{2,4})+(?:等)?")
_BETWEEN_EAST_ASIAN = pattern(r"\s*[,，、;；·]\s*")
_EAST_ASIAN = pattern(  # by the family names that most people have
    r"(?:[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蔡潘"
    r"田董袁于余叶葉蒋杜苏蘇魏程吕呂丁沈任姚卢盧傅钟鍾姜崔谭廖范汪陆陸金石戴贾韦夏邱方侯邹熊孟秦白江"
    r"薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖洪莫孔汤向常温康施文牛樊葛邢齐易乔庞颜倪庄聂章鲁岳翟殷詹申]"
    r"|欧阳|司马|诸葛|上官)[\u4e00-\u9fff]{1,2}\s?(?:等人?)?"
    r"|(?:佐藤|鈴木|高橋|田中|伊藤|渡[辺邊]|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|清水|山崎"
    r"|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本)"
    r"\s?[\u3040-\u30ff\u4e00-\u9fff]{1,3}\s?(?:ら|ほか|他)?"
    r"|[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구]\s?[가-힣]{2}\s?(?:외|등)?"
)
_EAST_ASIAN_VENUE = pattern(
    r"[\w\s（）()·：:]{1,25}(?:学报|學報|杂志|雜誌|期刊|学刊|学刊|会议|會議|论文集|論文集|论坛|通报|通讯|大会"
    r"|会刊|学会誌?|論文誌|研究会|紀要|研究|科学|科學|技术|학회지?|학술지|논문지|학술대회|저널|연구)"
    r"(?:[（(][\w\s]{1,12}[)）])?"
)
SEASON = pattern(r"(?:spring|summer|fall|autumn|winter)\s+((?:19|20)\d\d)", re.IGNORECASE)
_FIRST_HAN = "\u3400"
_HAN = pattern(r"[\u3400-\u9fff]")
_CAPITAL = (
    r"[^\W\d_a-zà-öø-ÿа-яё]"  # of a text without Han; a class that leaves them out compiles slowly
)
_FAMILY = rf"(?i:{PARTICLE}{{0,3}}){_CAPITAL}[\w'’-]+(?:\s{_CAPITAL}[\w'’-]+)?"
_INITIALS = rf"{_CAPITAL}\.(?:[\s-]?{_CAPITAL}\.){{0,3}}"
_INITIALED = pattern(
    rf"{_FAMILY}(?:\s{_CAPITAL}[\w'’-]+)?,\s?{_INITIALS}"  # Vaswani, A., Perez de Lugo Olaya, S.
    rf"|{_INITIALS}\s?{_FAMILY}(?=[*†‡]*\s*[,.;:，]|\s(?:and|&|et)\b|$)"  # A. Vaswani
    rf"|{_FAMILY}\s(?:{_CAPITAL}\.\s?{_CAPITAL}\.|{_CAPITAL}\.(?=,))"  # Vaswani A. B.
    rf"|{_FAMILY}\s{_CAPITAL}(?:[\s-]?{_CAPITAL}){{0,3}}(?:\s(?:[JS]r|2nd|3rd|4th))?"
    r"(?=[*†‡]*\s*[,.;:，；、(]|\s(?:and|&|et)\b|\s(?:19|20)\d\d[.:,])"
)
_SEVERAL_INITIALS = pattern(rf"\S\s{_CAPITAL}\.\s?{_CAPITAL}\.\s\w{{2,}}\s[^\W\d_]{{2}}")
_CHINESE_NAME = pattern(r"[\u4e00-\u9fff]{2,4}(?=\s*[,，、;；.．]|等)")
_BETWEEN_INITIALED = pattern(
    r"[*†‡]*\s*[,，;；、]\s*(?:(?:\.\s?\.\s?\.|…)\s*)?(?:(?:and|&|和)\s+)?|\s+(?:and|&|/|和)\s+"
)
_OTHERS_LAST = pattern(r"(?<=[\u3400-\u9fff])(?:等人?[.。]|ら|ほか)$")
_OTHERS = pattern(r"\.?\s*(?:et\.?\s?al\b\.?|等人?|others\b)", re.IGNORECASE)
_DOTS = pattern(r"\.\s?\.\s?\.|…")
_NAMES_END = pattern(
    r"[*†‡]*\s*(?:[.．。,，]?\s*[(（](?P<set_off>(?:1[5-9]|20)\d\d)[a-z]?"
    r"(?:,\s[A-Z][a-z]{2,8}\.?(?:[ –-]\w{1,9})?)?[)）][.．。:：,，]?\s*"  # (2003, May 4)
    r"|[.．。,，]?\s*(?P<year>(?:19|20)\d\d)[a-z]?\s*[.．。:：,，]\s*|[.．。:：]\s+|．\s*"
    r"|(?<=\.)\s+|(?<=al\.)(?=[A-Z])|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fffA-Z《]))"
)
_GOES_ON = pattern(r"\.\s[^\W\d_a-z][\w'’-]+,")  # `and Jeff G. Schneider, A title`
_INITIAL_ENDS = pattern(rf"[^.,]\s(?:{_CAPITAL}\.?\s?){{1,2}}$")
_MIDDLE = pattern(  # Glen A. Hansen, and Jack Lee
    rf"\.?(?:[\s-]?{_CAPITAL}\.){{0,2}}\s(?i:{PARTICLE}{{0,3}}){_CAPITAL}[\w'’-]+"
    rf"(?=,?\s(?:and|&|et)\s|,\s{_CAPITAL}[\w.'’-]*\s{_CAPITAL}|,?\s[(（]|\.\s|[:：]|[.,]?$)"
)
_MOST_NAMES = 100
_YEAR_WITHIN = pattern(r"\b(?:19|20)\d\d\W{1,3}[^\W\d_]")  # people, and behind it a title
_SEVERAL = pattern(r",|(?<!\S)&|&(?!\S)|\band\b|\bet\.? ?al\b")  # but no `S&P`
_COMMA = pattern(r"\s*[,，]\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+")
_SENTENCE = pattern(r"[\u4e00-\u9fff]{7}|[a-z][\u4e00-\u9fff]{2}")  # longer than a name
_NO_PERSON = pattern(r"\b[A-Z][a-z]{2,}\.")  # Expert Syst. Appl
_LONGEST_ORGANISATIONS = 150  # more is a sentence, or people
_BETWEEN_ORGANISATIONS = pattern(  # but no `University of Science and Technology`
    r"\s*[,，、;；&+]\s*(?:and\s)?"
    r"|\s(?:and|with)\s(?!(?:Astronautics|Design|Economics|Engineering|Law|Medicine|Technology"
    r"|Telecommunications)\b)"
)
_CAPITAL_WITHIN = pattern(r"(?:Ma?c|D[aeiu]s?|L[aeo]|V[ao]n|O['’]|Fitz|Ten|El|Al)[A-Z]")
_TWO_FAMILIES = pattern(r"[^\W\d_a-z][^\W\d_A-Z]+(?:-[^\W\d_a-z][^\W\d_A-Z]+)+")
_MOJIBAKE = pattern(r"[ÃÄÅ][^\w\s,.]")  # `Ã©` is an é that was read as Latin-1
_WHOLE = pattern(rf"(?!(?i:{PARTICLE})+\S+$)\S+\s")
_INITIAL_LAST = pattern(r"\b[^\W\d_]\.$")
_INITIAL_LAST_BARE = pattern(r"\b[^\W\d_a-z]$")
_LAST_PAIR = pattern(r"\s(?:and|&)\s[^,]+,[^,]+$")
_AND_MORE = pattern(r",\s*et\.?\s?al\b\.?\s*$")
_AND_LAST = pattern(r",\sand\s[^,]+$")
_COMPANY = pattern(r"[^\W\d_a-z]\S*(?:\s(?:Inc|Ltd|Corp|Co|LLC|GmbH)\.?)?")
_FAMILY_ALONE = pattern(rf"{PARTICLE}{{0,3}}[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+)?")
_GIVEN = pattern(
    rf"[^\W\d_a-z][\w.'’-]*(?:\s{PARTICLE}*[^\W\d_a-z][\w.'’-]*){{0,2}}"
    r"(?:\s(?:van|von|de|der|da|des|di|del|la|le))*"
)
_LONG = 3000
_MANY_NAMES = 4  # commas
_JOURNAL = pattern(  # Nature 521.7553 (2015): 436-444
    r"(?P<venue>[^\W\d_][^()\d\"“”]{2,120}?(?:\s\([^()\d]{2,30}\))?),?\s+(?P<volume>(?!(?:19|20)\d\d\s)\d+(?:\.\d+)?(?:,\s+no\.\s\d+(?:[-–]\d+)?)?)\s+"
    r"\((?:[A-Z][a-z]+\s(?:\d{1,2},\s)?)?(?P<year>(?:19|20)\d\d)\)(?P<pages>:\s?[\w.–-]+)?"
)
_TURNED = pattern(  # In Garden and Forest (GAFO), 2012 IEEE Conference on, pp. 20-27
    r"(?:[Ii]n:?\s+)?(?P<venue>[^\W\d_][^\"“”.]{5,150},\s(?P<year>(?:19|20)\d\d)\s[^\"“”.,]{2,60}\s"
    r"(?:on|of))(?:,\s+(?P<pages>pp?\.\s?[\d–-]+))?"
)
_PROCEEDINGS = pattern(
    r"(?:[Ii]n:?\s+)?(?P<venue>(?:Proceedings of the|Advances in)\s[^()\"“”.,]{3,150}?)"
    r"(?:,\s+(?P<pages>pp?\.\s?[\d–-]+|\d+\s?[–-]+\s?\d+))?(?:[.,]?\s*(?P<year>(?:19|20)\d\d))?"
)
_VOLUME = pattern(
    r"[,.]?\s*(?:(?:\b\d{1,3},\s)?\b(?:vol(?:ume)?|no|pp|pages?|issue|article|(?-i:[vnpт](?=\.)))\b\.?\s*\d|\s(?!(?:19|20)\d\d\b)\d+(?:[.:]\d+)?\s*(?=\()"
    r"|\s(?!(?:19|20)\d\d\b)\d{1,4}(?:,\s[a-z]?\d{1,7}(?:[–-][a-z]?\d+)?|\s(?!(?:19|20)\d\d\b)\d{4,7})(?=[\s,]*\(|,\s(?:19|20)\d\d\b|$)"
    r"|(?:,\s\d+)?,\s\d+\s?[–-]{1,2}\s?\d+(?=,|$)|\s\d+(?:\.\d+)?\s?:\s?[a-z]?\d|,\s[a-z]?\d[\w-]*\(\d+\))",
    re.IGNORECASE,
)
_OPENED = pattern(r"[(（]([^()（）]*)$")
_YEAR = pattern(r"(?<![\d:–-])(?<!\bea(?!cl)[a-z]{2})((?:19|20)\d\d)(?![\d–-])")

_IN_VENUES = frozenset(
    """of on and for the in workshop workshops track preprint journal conference findings at thesis
    dissertation report de des du für und der la le et e do da dos di y""".split()
)
_IN_SMALL_LETTERS = pattern(  # Nature reviews, Journal of bacteriology, Psychological review
    r"(?:Nature|Science|Cell|Genome|BMC|Scientific|P[Ll][Oo]S) [a-z]+(?: biology)?"
    r"|(?:The )?(?:[A-Z][\w-]* (?:[a-z]+ )?){0,2}?(?i:journal|annals|archives|bulletin|transactions"
    r"|proceedings|advances|frontiers|reviews?|communications|progress|trends|opinion|revista|revue"
    r"|rivista|cahiers|annales|zeitschrift|annali)"
    r" (?:of|in|on|for|de|di|des|du|da|do|für) (?:the )?[\w&,' -]+"
    r"|[A-Z][\w-]+(?: [\w&-]+){0,4} (?:journal|reviews?|letters|research|communications|bulletin"
    r"|quarterly|physics|chemistry|biology|psychology|sciences?)"
)
PUBLISHED = pattern(
    r"(?:IEEE|ACM|IEEE/[A-Z]{3,5}|PLoS|PLOS|Frontiers in)"
    r"(?: (?:[A-Z][\w&-]*\.?|on|of|and|in|the|for)){1,12}"
    r"|(?:CVPR|ICCV|ECCV|WACV|ICML|NeurIPS|ICLR|ACL|KDD)W|Pattern Recognition(?: Letters)?"
    r"|P[Ll]o[Ss] [Oo]ne|Communications of the ACM"
    r"|Neurocomputing|Information Sciences|Knowledge-Based Systems"
    r"|Neural (?:Networks|Computation)|Expert Systems with Applications"
    r"|(?:[Tt]he |In )?(?:Proceedings of (?:the )?)?(?:[A-Z\d][\w-]* |[a-z-]{2,13}(?:st|nd|rd|th) "
    r"|annual |international |joint ){0,5}"
    r"(?i:conference|symposium|workshop|congress|journal|transactions|chapter) (?:on|of)"
    r" [^.:;()\d]{3,100}(?:: Human Language Technologies)?"
)
"""Journals by their names, which no year has to follow."""
_LATIN = pattern(r"[A-Za-z\d]+")
_SHOWN = frozenset(  # no venue ends so: `Conference Video`, `ICML, a benchmark for`
    "video videos slides code link page website pdf for of on and in the with a an".split()
)
_NO_VENUE = pattern(  # what has words for venues in small letters is a word of its own: `nature`
    r"[,，].*[,，]|\bet al\b|[\"“”]|\s:\s[A-Z]|^[A-Z][a-z]{3,}:\s[A-Z][a-z]+\s[A-Z][a-z]+$"
    r"|^(?:The Year|Winter|Spring|Summer|Fall|cell|findings|media|micro|nature|science|soda)$"
)
_MONTH_LAST = pattern(r"(?:^|\s)(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?$")
_SERIES = frozenset(
    "OpenReview Openreview openreview PMLR JMLR IEEE ACM NIPS NeurIPS ACL CVF AAAI Nature Science"
    " Springer Elsevier Wiley".split()
)


def authors_in(text: str) -> tuple[str, ...]:
    """Return the names in a text: in `He, Kaiming, and Jian Sun` the first is reversed."""
    text = _OTHERS_LAST.sub("等", text) if CJK.search(text) else text
    return _reversed_names(text) or split_names(text)


def _reversed_names(text: str) -> tuple[str, ...] | None:
    """Return names of which the first or every one is reversed, or None for other names.

    Every one is where `and` stands before the last two: `Ba, Jimmy, and Lee, Ann`.
    """
    if "," not in text or len(text) > _LONG or CJK.search(text):
        return None
    if ("and" in text or "&" in text) and _LAST_PAIR.search(text):
        bare = text.strip(" ,;")
        bare = bare if _INITIAL_LAST.search(bare) else bare.rstrip(".")
        parts = [part for part in _COMMA.split(bare) if part]
        pairs = list(zip(parts[::2], parts[1::2], strict=False))
        even = len(parts) > 3 and len(parts) % 2 == 0
        if even and all(_FAMILY_ALONE.fullmatch(a) and _GIVEN.fullmatch(b) for a, b in pairs):
            return tuple(f"{family}, {given}" for family, given in pairs)
    family, given, *others = (*split_names(text), "", "")
    others = [name for name in others if name]
    if " " in family or not (_FAMILY_ALONE.fullmatch(family) and _GIVEN.fullmatch(given)):
        return None
    person = _CAPITAL_WITHIN.match(family) or _TWO_FAMILIES.fullmatch(family)
    if is_nickname(family) and not person:
        return None
    alone = others == [ET_AL] and _AND_MORE.search(text) is not None
    few = (
        len(others) < 3
        or _AND_LAST.search(text)
        or others[-1] == ET_AL
        or " " not in given.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ.").rstrip()
    )
    people = [name for name in others if name != ET_AL]
    torn = sum(_WHOLE.match(name) is None for name in people)  # of many one is `Da Kuang`
    whole = people and all(map(_PERSON.fullmatch, people)) and torn <= (len(people) > _MANY_NAMES)
    return (f"{family}, {given}", *others) if alone or (few and whole) else None


def are_authors(text: str, *, turned: bool = True) -> bool:
    """Say whether a text is surely a list of people, no title with capitals: `Deep and Wide`.

    `turned` allows `Lee, Ann, and Bob Roe`, of which the first is reversed.
    """
    bare = text.strip(" .。,，")
    if bare[:1] >= _FIRST_HAN and _CHINESE_NAMES.fullmatch(bare):
        every = _BETWEEN_EAST_ASIAN.split(bare)
        return any(map(are_east_asian, every)) and not any(map(status_of, every))
    if not (are_names(text) or (turned and _reversed_names(text) is not None)):
        return False
    # One of many may be called `Ann Train`.
    commas = text.count(",") + 2 * text.rstrip(" .").endswith(("et al", "et. al"))
    words = count_no_names(text) > (commas >= _MANY_NAMES)
    torn = text.count("(") != text.count(")")  # `by descent (Lee et al.` of a sentence
    return not (words or torn or ": " in text or _has_sentence(text))


def _has_sentence(text: str) -> bool:
    return CJK.search(text) is not None and _SENTENCE.search(text) is not None


def are_organisations(text: str) -> bool:
    """Say whether a text is universities, companies or labs, and no people: `UIUC & MSR`."""
    if len(text) > _LONGEST_ORGANISATIONS:
        return False
    text = text.strip(" .,;")
    parts = [part for part in _BETWEEN_ORGANISATIONS.split(text) if part]
    known = [part for part in parts if is_organisation(part)]
    if not known:
        return False
    others = [part for part in parts if part not in known]
    short = all(is_nickname(part) and not _CAPITAL_WITHIN.match(part) for part in others)
    surely = any(sum(map(str.isupper, part)) > 1 for part in known)
    words = all(_COMPANY.fullmatch(part) for part in others)
    return (len(known) >= len(others) and short) or (surely and words and len(others) < 2)


def could_be_people(text: str) -> bool:
    """Say whether a text before a quoted title can be its authors, however they are written."""
    words = re.findall(r"[^\W\d_][\w.'’-]*", _PARTICLE.sub("", _MOJIBAKE.sub("e", text)))
    acronyms = any(word.isupper() and len(word) > 2 for word in words)
    few = not acronyms and 2 <= len(words) <= 120 and _SEVERAL.search(text) and ": " not in text
    few = few and not _YEAR_WITHIN.search(text)
    names = [word for word in words if word.casefold().strip(".") not in _BETWEEN_NAMES]
    return bool(few and names) and all(word[0].isupper() for word in names)


@lru_cache(maxsize=4096)  # asked of one text wherever people may stand
def are_people(text: str) -> bool:
    """Say whether a text can be people's names: one or some, surnames alone too."""
    text = text.strip(" .,;")
    if count_no_names(text) or _NO_PERSON.search(text) or _has_sentence(text):
        return False
    ended = f"{text}." if not text[-2:-1].isalnum() else text  # which may be an initial
    if are_names(text) or ("." in ended and any(map(_INITIALED.fullmatch, {text, ended}))):
        return True
    others = text.rstrip(". \n").endswith("al")
    bare = re.sub(r"[,\s]*\bet\.? al\.?$", "", text) if others else text
    names = split_names(bare)
    label = is_label(bare) and bare != "Author"  # which is one for a link alone
    if not names or label or not all(_PERSON.fullmatch(name) for name in names if name != ET_AL):
        return False
    if SEASON.fullmatch(f"{bare} 2000") or _MONTH_LAST.search(bare):
        return False
    if len(names) > 1:
        return True
    acronym = bare.isupper() or len(bare) < 2 or (is_nickname(bare) and not bare.startswith("Mc"))
    few = sum(word[0].isupper() and not _INITIAL_LAST.search(word) for word in bare.split()) <= 3
    alone = few and not acronym
    return alone and not (_NO_SURNAME.search(bare) and not _KOREAN.fullmatch(bare))


def are_east_asian(text: str) -> bool:
    """Say whether a text is Chinese, Japanese or Korean names, one or more: `王五、李四等`."""
    if text.isascii() or max(text) < _FIRST_HAN:
        return False
    names = _BETWEEN_EAST_ASIAN.split(text.strip(" .,:：，、。"))
    return all(
        _EAST_ASIAN.fullmatch(name) or all(map(_EAST_ASIAN.fullmatch, name.split() or [""]))
        for name in names
    )


def is_east_asian_venue(text: str) -> bool:
    """Say whether a text is a journal or conference by how it ends: `计算机学报`."""
    return _EAST_ASIAN_VENUE.fullmatch(text) is not None


def is_nickname(text: str) -> bool:
    """Say whether a word is what people call a paper: `GARD`, `CLOCK-Net`, `T5`."""
    if not _NICKNAME.fullmatch(text):
        return False
    capitals = sum(char.isupper() for char in text)
    return capitals > 1 or (capitals == 1 and any(c.isdigit() or c == "-" for c in text))


class LeadingNames(NamedTuple):
    """The names in front of a citation."""

    authors: tuple[str, ...]
    year: int | None
    end: int


def leading_names(text: str, *, surely: bool = False) -> LeadingNames | None:
    """Return the names that begin a text, with where the title begins, or None."""
    at = end = count = 0
    kinds, whole, of_physicians = set(), False, False  # Ann M. Lee; Lee A
    han = not text.isascii() and max(text) >= _FIRST_HAN  # a text of letters needs no such patterns
    bare = _HAN.sub("_", text) if han else text  # which is no capital, as Han are none
    while count < _MOST_NAMES:
        name = _INITIALED.match(bare, at) or (_CHINESE_NAME.match(text, at) if han else None)
        if name is None or (text[end:at].strip() == "and" and _GOES_ON.match(text, name.end())):
            break
        if count and is_abbreviated(f"{name[0]}."):  # J. Chem. Phys.
            break
        initial_last = _INITIAL_ENDS.search(bare, at, name.end()) is not None
        middle = _MIDDLE.match(bare, name.end()) if initial_last and not of_physicians else None
        if middle and count_no_names(re.split("[.:(]", text[middle.start() + 1 :], maxsplit=1)[0]):
            middle = None  # Lee A. Gardens and their clocks
        if initial_last and middle is None and whole:
            return None  # Ann J. Lee, Bob G. Roe, A title
        whole |= middle is not None
        of_physicians |= initial_last and middle is None
        count, end = count + 1, (middle or name).end()
        kinds.add("\u4e00" <= text[at] <= "\u9fff")
        between = _BETWEEN_INITIALED.match(text, end)
        if between is None:
            break
        at = between.end()
    several_initials = count == 1 and _SEVERAL_INITIALS.search(text[: end + 40]) is not None
    others = _OTHERS.match(text, at) if end else None
    others = others or (_OTHERS.match(text, end) if end else None)
    stop = _NAMES_END.match(text, others.end() if others else end) if end else None
    if stop is None:
        return None
    year = stop["set_off"] or stop["year"]
    sure = surely or others or (False in kinds and (count > 1 or year or several_initials))
    if not sure:
        return None
    more = others is not None or _DOTS.search(text[:end]) is not None
    authors = split_names(_DOTS.sub("", text[:end]).replace(", &", " &").replace(" / ", " & "))
    authors = tuple(name for name in authors if name != ET_AL)
    if len(authors) > 1 and not more and all(name.endswith(".") for name in authors[:-1]):
        authors = (*authors[:-1], _INITIAL_LAST_BARE.sub(r"\g<0>.", authors[-1]))
    dated = int(year) if year else None
    return LeadingNames((*authors, ET_AL) if more else authors, dated, stop.end())


class Volume(NamedTuple):
    """Where a paper appeared."""

    venue: str
    year: int | None
    pages: str
    """The volume and pages; may be empty."""


def published_in(text: str) -> Volume | None:
    """Return what a journal's volume or the name of proceedings says, or None for another text."""
    if journal := _JOURNAL.fullmatch(text):
        pages = (journal["volume"] + (journal["pages"] or "")).strip()
        pages = f"vol. {pages}" if pages.isdigit() else pages
        return Volume(journal["venue"], int(journal["year"]), pages)
    if proceedings := _PROCEEDINGS.fullmatch(text) or _TURNED.fullmatch(text):
        year = proceedings["year"]
        return Volume(proceedings["venue"], int(year) if year else None, proceedings["pages"] or "")
    return None


def without_pages(text: str) -> tuple[str, str]:
    """Return a source with its year but without volume and pages, and those."""
    volume = _VOLUME.search(text) if DIGIT.search(text) else None
    if volume is None or not volume.start():
        return text, ""
    at = volume.start() + text.startswith(".", volume.start())  # of an abbreviation
    before, pages = text[:at].rstrip(), text[at:].strip(" ,.")
    if opened := _OPENED.search(before):  # Journal of Gardens (vol. 2, pp. 1-9)
        pages = re.sub("[)）]", "", opened[1] + " " + pages, count=1).strip()
        before = before[: opened.start()].rstrip()
    year = _YEAR.search(pages)
    if year:
        pages = " ".join(f"{pages[: year.start()]} {pages[year.end() :]}".split())
        pages = re.sub(
            r"\((?:[A-Z][a-z]{2,8}\.?)?\s*\)|^[\s,;:]+|[\s,;:]+$|,(?=\s*,)", "", pages
        ).replace("  ", " ")
        pages = re.sub(r",(?=\s*,)|\s(?=[:,])", "", pages)
    return f"{before} {year[1] if year else ''}".strip(), pages


def can_be_venue(venue: str, text: str) -> bool:
    """Say whether what a text leaves for a venue can be one: no sentence, no label of a link."""
    words = venue.split()
    if len(words) > 8 or _NO_VENUE.search(venue):
        return PUBLISHED.fullmatch(venue) is not None
    year = read_source(text).year is not None
    if year and venue in _SERIES:
        return True
    journal = year and _IN_SMALL_LETTERS.fullmatch(venue)
    lower = not journal and words[-1].islower() and words[-1] not in _IN_VENUES
    if lower and not (year and len(words) == 1 and is_known_venue(venue)):
        return False
    small = not journal and any(it.islower() and it not in _IN_VENUES for it in words[1:])
    if small or (venue[0].islower() and not is_known_venue(words[0])):
        return False
    sentence = len(CJK.findall(venue)) > 8 and not is_east_asian_venue(_LATIN.sub("", venue))
    sentence = sentence or ("at" in words and "orkshop" not in venue)  # `Best paper at ICML`
    last = "" if words[-1] == "A" else fold(words[-1])  # `Physical Review A`
    if sentence or last in _SHOWN or MONTH_NAME.fullmatch(last):
        return False
    telling = count_no_names(venue)  # `Data and Their Systems`
    named = telling > 1 or (telling > 0 and (len(words) > 3 or count_no_names(words[-1])))
    known = is_known_venue(venue) or PUBLISHED.fullmatch(venue) is not None
    return known or (
        year
        and not (could_be_people(venue) and ("," in venue or not named))
        and not is_label(venue)
    )


@lru_cache(maxsize=4096)  # a list names few venues, each often
def is_known_venue(text: str) -> bool:
    """Say whether a text without a year is a venue by its words."""
    read = read_source(text)
    return is_source(re.sub(r"(?:19|20)\d\d", "", text)) if read.venue else False


def year_above(headings: Iterable[str]) -> int | None:
    """Return the year that the nearest of the headings is which is one."""
    years = (_YEAR_ALONE.fullmatch(heading.strip()) for heading in headings)
    return next((int(year[1]) for year in years if year), None)


def conference_above(path: Sequence[str]) -> str:
    """Return the conference at which the papers below headings appeared, with its year if known.

    It is the nearest with its year, or the next heading, which may stand above a year.
    """
    path = [_ITS_PAPERS.sub("", heading.replace("‐", "-")) for heading in path]
    if whole := next(filter(is_of_conference, path), ""):
        return whole
    year = year_above(path)
    nearest = path[1:2] if _YEARS.match("".join(path[:1])) else path[:1]
    name = next(filter(is_conference_alone, nearest), "")
    return f"{name} {year}" if name and year else name


def is_of_conference(heading: str) -> bool:
    """Say whether a heading is a conference with its year, and no more: `ICML 2021`."""
    named = heading.isascii() and heading[:1].isalpha() and "://" not in heading
    where = read_source(heading if named else "")
    if where.year is None or where.venue is None or len(where.venue.split()) > _LONGEST_CONFERENCE:
        return False
    known = is_known_venue(where.venue) or _OF_SOCIETY.fullmatch(where.venue)
    return bool(known) and can_be_venue(where.venue, heading)


def is_conference_alone(heading: str) -> bool:
    """Say whether a heading is the name of a conference, and no more: `CVPR`."""
    spelled = _SPELLED.fullmatch(heading)
    short = _CONFERENCE.fullmatch(spelled["short"] if spelled else heading)
    return short is not None and any(map(is_known_venue, (heading, short[0], short["name"])))
