"""What identifies a paper outside this list and in it: DOI, arXiv id, key.

One function reads each kind of identifier everywhere: in fields, cells, addresses and queries.
"""

import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, Protocol
from urllib.parse import unquote

from papertrack.authors import family_names
from papertrack.folding import NOT_WORD, SMALL_WORDS, fold, fold_words
from papertrack.patterns import pattern

_LONGEST = 2000
"""No identifier, nor an address of one, is as long."""

# What people leave around and inside an identifier: marks of width zero, letters of full width,
# hyphens that a typesetter made, a backslash before an underscore.
_INVISIBLE = pattern("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_NARROWED = "．／－＿０１２３４５６７８９" + "".join(
    map(chr, (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))
)
_PLAIN = str.maketrans(
    {wide: chr(ord(wide) - 0xFEE0) for wide in _NARROWED} | dict.fromkeys("‐‑‒–—―−", "-")
)
_ESCAPED = pattern(r"\\([\\_%&#<>()\[\]~*-])")
_OPENING = " \t\r\n<([{《【（「『\"'“‘*_`"
_CLOSING = " \t\r\n.,;:!?*`'\"/|\\"
_SENTENCE = ".,;:!?'\"*_…："
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}

# The shape that Crossref recommends for matching, and dots in the prefix:
# https://www.crossref.org/blog/dois-and-matching-regular-expressions/
DOI_PREFIX = r"10\.\d{4,9}(?:\.\d{1,9}){0,3}/"
_DOI_IN_TEXT = pattern(rf"(?<![\w./]){DOI_PREFIX}[!-~]", re.ASCII)
_DOI = pattern(rf"{DOI_PREFIX}[!-~]+", re.ASCII)
_DOI_NAME = pattern(r"(?:(?:https?:)?//)?(?:info:|urn:)?doi(?:\.org)?\s?[:：/]?\s?", re.IGNORECASE)
_ADDRESS = pattern(r"(?:https?:)?//[^\s/?#]+[/?]\S*", re.IGNORECASE)
_BARE_ADDRESS = pattern(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,12}/\S+", re.IGNORECASE)
# Where publishers put the DOI in an address: behind the host of a resolver, or behind one of these.
_RESOLVER = pattern(
    r"//(?:(?:dx\.|www\.)?doi[.-]org(?:\.[\w.-]+)?|sci-hub\.\w+|doi\.(?:acm|ieeecomputersociety)\.org"
    r"|hdl\.handle\.net|oadoi\.org|link\.springer\.com|api\.crossref\.org/works)(?::\d+)?/(?:doi:)?(?=10\.)",
    re.IGNORECASE,
)
_DOI_PATH = pattern(
    r"/(?:doi|articles?|chapters?|books?|content|document|abstract|stable|referenceworkentry|protocol)"
    r"/(?:[a-z]{2,12}/){0,2}(?=10\.\d{4})|[?&](?:id|doi|uri)=(?=10\.\d{4})",
    re.IGNORECASE,
)
_PART_OF_DOI = {
    "10.1038/": pattern(r"//(?:www\.)?nature\.com/articles/([a-z][\w.-]{3,40})", re.IGNORECASE),
    "10.1145/": pattern(r"//(?:dl|portal)\.acm\.org/[^#]{1,99}\bdoid=(\d+\.\d+)", re.IGNORECASE),
    "10.1101/": pattern(
        r"//(?:www\.)?(?:bio|med)rxiv\.org/content/(?:\w+/)?early/\d{4}/\d\d/\d\d/([\d.]+)",
        re.IGNORECASE,
    ),
}
"""Where a publisher's address has the end of its DOIs alone, by what they begin with."""
# What follows a DOI in an address and is no part of it.
_PAGE = pattern(
    r"/suppl_file/[\w.-]+$|/(?:abstract|full|fulltext|full-text|pdf|epdf|pdfplus|html|meta|references|summary|figures"
    r"|citations?|epub|xml|tab-[\w-]+)$|(?:v\d+)?(?:\.full)?(?:\.pdf|\.full|\.html?|\.abstract|\.supplementary-material)$",
    re.IGNORECASE,
)
_NUMBERED = pattern(  # /article/doi/10.1093/bib/bbad081/7079707/A-title
    r"/[a-z-]*article[a-z-]*/doi/10\.\d{4,9}/[^?#&]+?(?=/\d{4,9}(?:/[^/?#&]*)?(?:[?#&]|$))",
    re.IGNORECASE,
)
_QUERY = pattern(r"[?\"]|#(?=\.?\w)|&(?=[\w.]+=)")
_BIORXIV_VERSION = pattern(r"(10\.1101/[\d.]+)v\d+$")

# Both schemes of arXiv ids: https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV = pattern(
    r"(?P<new>(?P<yy>\d\d)(?P<mm>\d\d)\.(?P<number>\d{4,5}))"
    r"|(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2}(?:-[a-z]+)?|\.[a-z-]{2,8})?"
    r"/(?P<old>(?P<oldyy>\d\d)(?P<oldmm>\d\d)\d{3})",
    re.IGNORECASE | re.ASCII,
)
VERSION = r"(?:v\d{1,3})?"
_ARCHIVE_BEHIND = pattern(rf"(\d{{7}}){VERSION}\s*\[([a-z-]+)(?:\.[a-z-]+)?\]\s*$", re.IGNORECASE)
ARXIV_ID = r"(?:\d{4}\.\d{4,5}|[a-z]{1,8}(?:-[a-z]{2,5})?(?:\.[a-z-]{2,8})?/\d{7})"
"""The shape of an arXiv id in a text, of both schemes; its version may follow."""
_ARXIV_NAME = pattern(
    r"(?:(?:e-?print\s)?arxiv(?:\.org)?\s?(?:pre-?print|e-?prints?)?[\s,:：.]*){1,2}(?:abs/)?"
    r"|(?:corr[\s,]+)?abs/",
    re.IGNORECASE,
)
_ARXIV_HOST = pattern(
    r"(?:https?:)?//(?:[\w-]+\.){0,3}(?:arxiv\.org|alphaxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org"
    r"|huggingface\.co|hf\.co|papers\.cool|arxiv-vanity\.com|scirate\.com|semanticscholar\.org"
    r"|xxx\.lanl\.gov|xxx\.itp\.ac\.cn|adsabs\.harvard\.edu|emergentmind\.com|arxiv-sanity\.com"
    r"|arxiv-sanity-lite\.com|arxivxplorer\.com|catalyzex\.com|themoonlight\.io|inspirehep\.net)(?::\d+)?/",
    re.IGNORECASE,
)
_ARXIV_PATH = pattern(
    r"(?:(?:abs|pdf|html|format|ps|src|e-print|papers?|arxiv|overview|resources|tb|abstract|show|v1|en"
    r"|review|ftp/arxiv/papers/\d{4})/{1,2}){0,3}(?:arxiv[:.])?",
    re.IGNORECASE,
)
_CODED = pattern(  # the keys of DBLP, the codes of ADS
    r"//(?:dblp\.[\w.-]+/rec/(?:\w+/)?journals/corr/abs-|[\w.]{0,20}adsabs\.harvard\.edu/abs/\d{4}arxiv)"
    r"(\d{4})[.-]?(\d{4,5})",
    re.IGNORECASE,
)
_ARXIV_END = pattern(
    r"(?:\.pdf|\.html?)?(?:[/?#].*)?\s*(?:[\[(][a-z-]+(?:\.[a-z-]+)?[\])])?"
    r"(?:\s*,?\s*\d{1,2}\s[a-z]{3}\s\d{4})?",
    re.IGNORECASE | re.DOTALL,
)
# The first months of the schemes and of numbers with five digits, as in the ids: yymm.
_OLD_SINCE, _NEW_SINCE, _FIVE_DIGITS_SINCE = 9107, 704, 1501
_ARXIV_DOI = "10.48550/arxiv."
# arXiv registers a DOI for each of its papers: https://info.arxiv.org/help/doi.html
_ARCHIVES = frozenset(
    """acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas
    cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex
    nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int stat supr-con""".split()
)
_NOTED = pattern(
    r"(?:^|\\)[ \t]*(?:doi|arxiv)[ \t]*:[ \t]*([^\s:\\][^\s\\]*)"
    r"(?:[ \t]+\[[\w.-]+\])?[ \t]*(?:$|(?=\\))",
    re.IGNORECASE | re.MULTILINE,
)
_IN_TEXT = pattern(
    rf"(?:arxiv\s{{0,2}}[:：.]?\s{{0,2}}|abs/)({ARXIV_ID}{VERSION})(?![\d.]*\d)", re.IGNORECASE
)

_KEY = pattern(r"[^\W_A-Z]+(?:-[^\W_A-Z]+)*")
LONGEST_KEY = 24
"""How many cells long a key may be: it is typed."""
_UNSPACED = r"\u3040-\u30ff\u3400-\u9fff"
_WORD_END = pattern(rf"(?=[-{_UNSPACED}])|(?<=[{_UNSPACED}])")
"""Chinese and Japanese titles have no blanks: a key may end at any of their letters."""
_WORDS_OF_A_NAME = 3


class Identifier(NamedTuple):
    """A DOI or an arXiv id, normalised; the DOI goes first where both are known."""

    doi: str | None = None
    arxiv: str | None = None


class Named(Protocol):
    """What a paper's key is made of."""

    @property
    def name(self) -> str | None:
        """What people call it."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def authors(self) -> Sequence[str]:
        """Its authors, the first one first."""

    @property
    def year(self) -> int | None:
        """When it appeared."""

    @property
    def bibtex(self) -> Mapping[str, str]:
        """What a bibliography says of it; braces tell the names of teams."""


def identifier_in(text: str) -> Identifier | None:
    """Return the one that a text spells or leads to, or None; a DOI that arXiv gave is its id."""
    doi = normalise_doi(text)
    arxiv = arxiv_of_doi(doi) if doi else normalise_arxiv(text)
    if arxiv:
        return Identifier(arxiv=arxiv)
    return Identifier(doi) if doi else None


@lru_cache(maxsize=4096)  # fields and links are read, compared and found again
def normalise_doi(text: str) -> str | None:
    """Return the DOI that a text spells, in lower case and bare, or None.

    A text is `10.1145/…` with or without `doi:`, or an address that carries one, of a resolver
    or of a publisher. Punctuation, a query, `/abstract` and Chinese text behind it are no part
    of it. DOIs are case-insensitive: DOI Handbook, section 2.4.
    """
    plain = _plain(text)
    if "/" not in plain:
        return None
    if _ADDRESS.match(plain) or (_BARE_ADDRESS.match(plain) and not _DOI.match(plain)):
        address = (plain if "//" in plain[:8] else f"//{plain}").split(maxsplit=1)[0]
        for prefix, place in _PART_OF_DOI.items():
            if end := place.search(address):
                return f"{prefix}{end[1].lower().removesuffix('.pdf').rstrip('.')}"
        if numbered := _NUMBERED.search(address):
            address = address[: numbered.end()]
        path = _RESOLVER.search(address) or _DOI_PATH.search(address)
        return _doi_at(address[path.end() :]) if path else None
    if name := _DOI_NAME.match(plain):
        plain = plain[name.end() :].lstrip(_OPENING)
    return _doi_at(plain)


@lru_cache(maxsize=4096)
def normalise_arxiv(text: str) -> str | None:
    """Return the arXiv id that a text spells, without version, class or address, or None.

    A text is an id of either scheme with or without `arXiv:`, the stamp of a PDF, an address of
    arXiv or of a service that shows its papers, or a DOI 10.48550/arXiv.ID. An id that arXiv
    cannot have given, such as one of a 13th month, is none.
    """
    if bare := _ARXIV.fullmatch(text):  # as nearly every list has it
        return _given(bare)
    plain = _plain(text)
    if _ARXIV_DOI in plain.lower():
        doi = normalise_doi(plain)
        return doi and arxiv_of_doi(doi)
    if coded := _CODED.search(plain):
        return _arxiv_at(f"{coded[1]}.{coded[2]}")
    if _BARE_ADDRESS.match(plain) and not _ARXIV.match(plain):
        plain = f"//{plain}"
    if host := _ARXIV_HOST.match(plain):
        rest = unquote(plain[host.end() :])
        path = _ARXIV_PATH.match(rest)
        return _arxiv_at(rest[path.end() :] if path else rest)
    name = _ARXIV_NAME.match(plain)
    return _arxiv_at(plain[name.end() :] if name else plain)


def arxiv_of_doi(doi: str) -> str | None:
    """Return the arXiv id of a DOI that arXiv registered, `10.48550/arXiv.ID`, or None."""
    low = doi.lower()
    return _arxiv_at(low.removeprefix(_ARXIV_DOI)) if low.startswith(_ARXIV_DOI) else None


def arxiv_in(text: str) -> str | None:
    """Return the id that a text names, such as `FastFlow (arXiv 2111.07677)`, or None."""
    named = _IN_TEXT.search(text)
    return _arxiv_at(named[1]) if named else None


def noted_ids(text: str) -> list[str]:
    r"""Return the DOIs and arXiv ids that a note gives in lines of their own, as Zotero does.

    A backslash ends a line too, of the two that do in LaTeX.
    """
    return _NOTED.findall(text) if ":" in text else []


def trimmed_address(address: str) -> str:
    """Return an address without the marks of the sentence around it; brackets stay in pairs."""
    return _closed(address, _SENTENCE)


def names_paper(text: str) -> bool:
    """Say whether a text names an arXiv id or a DOI: `LoRA arXiv 2106.09685`."""
    return arxiv_in(text) is not None or _DOI_IN_TEXT.search(text) is not None


def arxiv_year(arxiv: str) -> int:
    """Return the year in which arXiv gave an id, bare as `normalise_arxiv` returns it."""
    year = int(arxiv.rpartition("/")[2][:2])
    return year + (1900 if year * 100 > _OLD_SINCE - 100 else 2000)


def is_key(text: str) -> bool:
    """Say whether the text is lower-case letters of any script, digits and single hyphens."""
    return text == text.lower() and _KEY.fullmatch(text) is not None


def make_key(paper: Named, taken: Container[str] = (), counts: dict[str, int] | None = None) -> str:
    """Return a key for a paper, at most 24 cells long: DESIGN section 3.

    That is its name, or what stands before the title's colon if that is a name; else, where
    authors and year are known, `vaswani2017attention`; else the title's first words that say
    something. `-2`, `-3` … follow where it is taken; `counts` is for `untaken`.
    """
    name = paper.name or _name_before_colon(paper.title)
    if name and (key := slug(name, default="")):
        return untaken(key, taken, counts)
    words = saying_words(paper.title)
    families = family_names(paper.authors if paper.year else (), paper.bibtex.get("author", ""))
    family = slug(next(families, ""), default="", longest=LONGEST_KEY - 4)
    if family := NOT_WORD.sub("", family):
        dated = f"{family}{paper.year}"
        whole = f"{dated}{words[0]}" if words else dated
        return untaken(whole if cells(whole) <= LONGEST_KEY else dated, taken, counts)
    return untaken(slug(" ".join(words) or paper.title), taken, counts)


def saying_words(title: str) -> list[str]:
    """Return the title's words in lower case, without the small ones such as `the` and `of`."""
    words = slug(title, default="", longest=len(title) * 3).split("-")
    return [word for word in words if word and fold(word) not in SMALL_WORDS]


def slug(text: str, *, default: str = "paper", longest: int = LONGEST_KEY) -> str:
    """Return a text as a key is spelled: `Swin Transformer V2` gives `swin-transformer-v2`."""
    normal = unicodedata.normalize("NFKC", text).lower()
    key = NOT_WORD.sub("-", unicodedata.normalize("NFC", normal)).strip("-")
    if cells(key) > longest:
        fitting = sum(width <= longest for width in accumulate(map(cells, key[:longest])))
        ends = (at for at in range(fitting, 0, -1) if _WORD_END.match(key, at))
        key = key[: next(ends, fitting)].rstrip("-")
    return key or default


def cells(key: str) -> int:
    """Return how many cells of a terminal a key takes: a Chinese letter says as much as a word."""
    if key.isascii():
        return len(key)
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in key)


def untaken(
    key: str,
    taken: Container[str],
    counts: dict[str, int] | None = None,
    *,
    longest: int | None = LONGEST_KEY,
) -> str:
    """Return the key, or the key with `-2`, `-3` … where it is taken; at most 24 cells long.

    `counts` remembers how far each key is, as long as what is taken only grows, so that many of
    one key take no longer than others. A citation key has no `longest`.
    """
    counts = {} if counts is None else counts
    free = key
    while free in taken:
        counts[key] = counts.get(key, 1) + 1
        end = f"-{counts[key]}"
        most = (longest or len(key) + len(end)) - len(end)
        # cut at a word, unless it was too long before already
        short = slug(key, longest=most) if most < cells(key) <= (longest or 0) else key
        free = short + end
    return free


def _name_before_colon(title: str) -> str | None:
    name, colon, _ = title.replace("：", ":").partition(":")
    words = name.split()
    if not colon or not words or len(name) > LONGEST_KEY or len(words) > _WORDS_OF_A_NAME:
        return None
    small = any(fold_words(word) in SMALL_WORDS for word in words)
    return None if small and len(words) > 1 else name


def _plain(text: str) -> str:
    """Return the text without what people leave around an identifier."""
    if len(text) > _LONGEST:
        return ""
    if not text.isascii():
        text = _INVISIBLE.sub("", text).translate(_PLAIN)
    if "&" in text and ";" in text:
        from html import unescape  # slow to import, and few identifiers hold an entity

        text = unescape(text)
    text = text.lstrip(_OPENING).rstrip()
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _doi_at(text: str) -> str | None:
    """Return the DOI that a text begins with, if nothing else but its surroundings follows."""
    text = _ESCAPED.sub(r"\1", unquote(text))  # what LaTeX escaped may be escaped once more
    whole = _DOI.match(text)
    if whole is None:
        return None
    behind = text[whole.end() :]
    if behind.isascii() and behind.strip(_CLOSING + ")]}>"):
        return None  # another word
    doi = _closed(_QUERY.split(whole[0], maxsplit=1)[0])
    while (cut := _closed(_PAGE.sub("", doi))) != doi and _DOI.fullmatch(cut):
        doi = cut
    doi = _BIORXIV_VERSION.sub(r"\1", doi).lower()
    if arxiv := arxiv_of_doi(doi):
        return _ARXIV_DOI + arxiv
    return doi if _DOI.fullmatch(doi) else None


def _closed(text: str, marks: str = _CLOSING) -> str:
    """Return a text without the punctuation, and the brackets of what is around it, at its end."""
    while (last := text[-1:]) and (
        last in marks or text.count(_BRACKETS.get(last, last)) < text.count(last)
    ):
        text = text[:-1]
    return text


def _arxiv_at(text: str) -> str | None:
    """Return the id that a text begins with, if arXiv can have given it and no word follows."""
    spelled = _ARXIV.match(text)
    if spelled is None:
        apart = _ARCHIVE_BEHIND.match(text) if text[:7].isdigit() else None
        return _arxiv_at(f"{apart[2]}/{apart[1]}") if apart else None
    behind = re.sub(VERSION, "", text[spelled.end() :], count=1, flags=re.IGNORECASE)
    around = (_CLOSING, _CLOSING + ")]}>")
    if behind[:1].isascii() and not any(_ARXIV_END.fullmatch(behind.rstrip(it)) for it in around):
        return None
    return _given(spelled)


def _given(spelled: re.Match[str]) -> str | None:
    """Return the id if arXiv can have given it: an archive that there is, a month of its years."""
    if spelled["new"]:
        since = int(spelled["yy"]) * 100 + int(spelled["mm"])
        digits = 4 if since < _FIVE_DIGITS_SINCE else 5
        right = (
            _NEW_SINCE <= since < _OLD_SINCE
            and len(spelled["number"]) == digits
            and int(spelled["number"])
        )
        return spelled["new"] if right and 1 <= int(spelled["mm"]) <= 12 else None
    year, month = int(spelled["oldyy"]), int(spelled["oldmm"])
    archive = spelled["archive"].lower()
    possible = year * 100 + month >= _OLD_SINCE or year * 100 + month < _NEW_SINCE
    if archive in _ARCHIVES and possible and 1 <= month <= 12:
        return f"{archive}/{spelled['old']}"
    return None
