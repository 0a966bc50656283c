"""LaTeX as bibliographies hold it, made into Unicode, and Unicode made into LaTeX."""

import logging
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from papertrack.patterns import pattern

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.macrospec import LatexContextDb


class Text(NamedTuple):
    """What a value of a bibliography says to a reader."""

    text: str
    exact: bool
    """Whether writing the text as LaTeX says all that the value did."""


_LONGEST = 20_000  # no title and no list of authors is as long
# Alternatives that all begin with a letter are searched for several times faster than sets.
_SPECIAL = pattern(r"\\|\{|\}|\$|~|%|&|#|--|``|''|\?`|!`")
_MACRO = pattern(r"\\([A-Za-z]+|.)", re.DOTALL)
_SIMPLE = pattern(r"\\([&%$#_{}])")
_ESCAPED_SIGN = pattern(r"\\[\\{}]")
_MATH_IN_LATEX = pattern(r"(?<!\\)\$([^$]*)(?<!\\)\$")
# A pair of `$` is mathematics only where no space stands beside the signs: "$5 and $6" is not.
_MATH = pattern(r"(?<!\$)\$(?!\s|\\[{}&%#_]\$)[^$]+(?<![\s\\])\$(?!\$)")
_MATH_PIECE = pattern(f"({_MATH.pattern})")
_BLANKS = pattern(r"(\s+)")
_LONE = pattern(r"^\$(\\[{}&%#_])\$$")
# Google Scholar writes `$\{$USENIX$\}$` for a word in braces, DBLP `2\({}^{\mbox{nd}}\)`.
_BRACED_WORD = pattern(r"\$\\\{\$([^${}]*)\$\\\}\$")
_RAISED = pattern(r"\\\(\{\}[_^]\{\\mbox\{([^{}]*)\}\}\\\)")
_FORMULA = pattern(r"\\\(((?:[^\\]|\\[^()])*)\\\)")
# The journals of the APS write an accent twice: `\ifmmode \check{c}\else \v{c}\fi{}`.
_BRANCH = r"(?:[^\\]++|\\(?!else|fi|ifmmode))*"
_CONDITION = pattern(rf"\\ifmmode\b{_BRANCH}\\else\b\s*+({_BRANCH})\\fi\b(?:\{{\}})?")
_ESCAPED_MATH = pattern(r"\{\\\$\}.*?\{\\\$\}", re.DOTALL)
_SIMPLE_GROUP = pattern(r"\{\\([$_{}^&%#])\}|(?<=\\)backslash(?=[A-Za-z])")
_GROUP = r"\s*\{((?:[^{}]++|\{[^{}]*+\})*)\}"
_FANCY = (
    ("\\a", pattern(r"\\a(?=['`=])"), r"\\"),  # which tables need
    # An accent over nothing is how people write the sign.
    ("{}", pattern(r"\\\^\{\}"), r"\\textasciicircum{}"),
    ("{}", pattern(r"\\~\{\}"), r"\\textasciitilde{}"),
    # With these Better BibTeX balances a brace of the text.
    (r"\vphantom", pattern(r"\\vphantom\\[{}]"), ""),
    (r"\texorpdf", pattern(rf"\\texorpdfstring{_GROUP}{_GROUP}"), r"{\2}"),
    (r"\ifmmode", _CONDITION, r"{\1}"),
)
"""What a text holds, what is written there, and what says the same plainly."""
_HOLE = "\ue000"  # stands for a piece of mathematics while the rest is read
_BARE = pattern(r"(?<!\\)([%&#$])")
_LIGATURES = (
    ("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("?`", "¿"), ("!`", "¡"), ("~", " "),
)  # fmt: skip
_BROKEN_LINE = pattern(r"\\\\[ \n]?|\\newline\b[ \n]?|[ \t]*\n[ \t]*")

_FONTS = frozenset(
    """it bf em tt sl sc rm sf itshape bfseries scshape slshape ttfamily sffamily rmfamily upshape
    mdseries normalfont normalsize small footnotesize large Large cal""".split()
)
_COMMANDS = {
    "textsuperscript": "%s", "textsubscript": "%s", "textup": "%s", "textmd": "%s",
    "textnormal": "%s", "texttt": "%s", "textsf": "%s", "textbf": "%s", "textit": "%s",
    "textsl": "%s", "textsc": "%s", "textrm": "%s", "text": "%s", "emph": "%s", "mbox": "%s",
    "hbox": "%s", "mkbibemph": "%s", "mkbibquote": "“%s”", "enquote": "“%s”", "ensuremath": "%s",
    "underline": "%s", "t": "%s", "ce": "%s", "uppercase": "%s", "url": "%s", "path": "%s",
    "noopsort": "", "SortNoop": "",
}  # fmt: skip
"""Commands of one argument, and what a reader sees of them."""
_NAMES = {
    "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "TeX": "TeX", "BibTeX": "BibTeX", "slash": "/",
    "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
    "textunderscore": "_", "textdollar": "$", "textquotesingle": "'", "textquotedbl": '"',
    "textbar": "|", "textless": "<", "textgreater": ">", "textasteriskcentered": "*",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©",
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "pounds": "£", "ldots": "…", "dots": "…",
    "textellipsis": "…", "textdegree": "°", "textbullet": "•", "textperiodcentered": "·",
    " ": " ", "\n": " ", "-": "", "/": "", "relax": "", "newblock": "", "protect": "",
    ",": " ", ";": " ", ":": " ", "!": "", "quad": " ", "qquad": " ", "@": "",
    "\\": "\n", "newline": "\n", "par": "\n", "hyphen": "-", "cprime": "ʹ",
    "lq": "‘", "rq": "’", "glq": "‚", "grq": "‘", "glqq": "„", "grqq": "“", "flq": "‹",
    "frq": "›", "flqq": "«", "frqq": "»", "thinspace": " ",
    "textalpha": "α", "textbeta": "β", "textgamma": "γ", "textdelta": "δ", "textepsilon": "ε",
    "texteta": "η", "texttheta": "θ", "textkappa": "κ", "textlambda": "λ", "textpi": "π",
    "textrho": "ρ", "textsigma": "σ", "texttau": "τ", "textphi": "φ", "textchi": "χ",
    "textpsi": "ψ", "textomega": "ω", "textDelta": "Δ", "textOmega": "Ω", "textmu": "µ",
}  # fmt: skip
_JOURNALS = {
    "aj": "AJ", "araa": "ARA&A", "apj": "ApJ", "apjl": "ApJ", "apjlett": "ApJ", "apjs": "ApJS",
    "apjsupp": "ApJS", "ao": "Appl. Opt.", "apss": "Ap&SS", "aap": "A&A", "aapr": "A&A Rev.",
    "aaps": "A&AS", "baas": "BAAS", "icarus": "Icarus", "jcap": "J. Cosmology Astropart. Phys.",
    "mnras": "MNRAS", "memras": "MmRAS", "pra": "Phys. Rev. A", "prb": "Phys. Rev. B",
    "prc": "Phys. Rev. C", "prd": "Phys. Rev. D", "pre": "Phys. Rev. E", "prl": "Phys. Rev. Lett.",
    "pasa": "PASA", "pasp": "PASP", "pasj": "PASJ", "qjras": "QJRAS", "solphys": "Sol. Phys.",
    "ssr": "Space Sci. Rev.", "nat": "Nature", "grl": "Geophys. Res. Lett.",
    "jgr": "J. Geophys. Res.", "planss": "Planet. Space Sci.", "physrep": "Phys. Rep.",
    "physscr": "Phys. Scr", "procspie": "Proc. SPIE",
}  # fmt: skip
"""Journals as the AAS's styles spell them and ADS writes them; the macro stays in the entry."""
_TAGS = {"i": "emph", "em": "emph", "b": "textbf", "strong": "textbf", "sup": "textsuperscript",
         "sub": "textsubscript", "sc": "textsc"}  # fmt: skip
_TAG_OF = {"emph": "i", "textit": "i", "textbf": "b", "textsuperscript": "sup",
           "textsubscript": "sub"}  # fmt: skip
_TAGGED = pattern(rf"\\({'|'.join(_TAG_OF)})\{{")
_BRACES = pattern(rf"{_TAGGED.pattern}|\\.|[{{}}]", re.DOTALL)
_OPENING = {command: chr(0xE010 + number) for number, command in enumerate(_TAG_OF)}
_CLOSING = {command: chr(0xE020 + number) for number, command in enumerate(_TAG_OF)}
_AS_TAGS = {
    ord(sign): f"<{slash}{_TAG_OF[command]}>"
    for slash, signs in (("", _OPENING), ("/", _CLOSING))
    for command, sign in signs.items()
}
_HTML = pattern(r"<(/?)([a-zA-Z]+)(?:\s[^<>]*)?>")
_SET_TYPE = pattern(
    r"</?(i|em|b|strong|su[bp]|sc|span|p|br|tt|title|(?:mml:)?m(?:ath|row|i|o|n|text|su[bp]|subsup"
    r"|frac|over|under|stretchy|space))(?:\s[^<>]{0,500}?)?(/?)>",
    re.IGNORECASE,
)
_CLOSED = pattern(r"</([\w:]{1,20})")
_ACCENTS = frozenset("'`\"c^H~k=b.druv")
_LETTERS = frozenset("oe OE ae AE aa AA o O ss L l i j DH dh TH th DJ dj NG ng IJ ij".split())
_OWN = frozenset({*_ACCENTS, *_LETTERS, *_FONTS, *_COMMANDS, *_NAMES, *_JOURNALS})
_ESCAPES = {
    ord(char): f"\\{char}" for char in "&%$#_"
} | {
    ord("\\"): r"\textbackslash{}", ord("~"): r"\textasciitilde{}", ord("^"): r"\textasciicircum{}",
}  # fmt: skip
_BALANCED = {ord("{"): r"\{", ord("}"): r"\}"}
_UNBALANCED = {ord("{"): r"\textbraceleft{}", ord("}"): r"\textbraceright{}"}
# What TeX would join into one sign: two hyphens, quotes, a mark before a quote.
_JOINED = pattern(r"-(?=-)|`(?=`)|'(?=')|[?!](?=`)")
_ESCAPED = pattern(rf"{_SPECIAL.pattern}|_|\^")
_UNWRITABLE = pattern("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@lru_cache(maxsize=4096)
def to_text(raw: str) -> Text:
    r"""Return a value as Unicode on one line: `G{\"o}del` gives `Gödel`.

    Mathematics stays as it is written. A value with a macro that nobody knows is given back as it
    stands, and is not exact; nor is one that sets type, of which the words remain.
    """
    read = _read(raw)
    text = " ".join(read.text.split())
    return read if text == read.text else Text(text, read.exact)


def plainly(raw: str) -> str:
    r"""Return a value with the accents of plain text: `\'e` for `\a'e`, which tables need."""
    if r"{\$}" in raw and r"\backslash" in raw:  # Mendeley escapes mathematics as if it were text
        raw = _ESCAPED_MATH.sub(lambda match: _SIMPLE_GROUP.sub(r"\1", match[0]), raw)
    for mark, fancy, plain in _FANCY:
        raw = _replaced(fancy, plain, raw) if mark in raw else raw
    return raw


def is_plain(raw: str) -> bool:
    """Say whether a value holds nothing that LaTeX reads as more than itself."""
    return _SPECIAL.search(raw) is None


def to_lines(raw: str) -> Text:
    r"""Return what a person wrote over several lines, a `\\` or a line's end for each of them."""
    lines, start = [], 0
    for end in _outside_of_math(_BROKEN_LINE, raw):
        lines.append(_read(raw[start : end.start()]))
        start = end.end()
    lines.append(_read(raw[start:]))
    return Text("\n".join(line.text for line in lines), all(line.exact for line in lines))


def _outside_of_math(wanted: re.Pattern[str], raw: str) -> Iterator[re.Match[str]]:
    """Yield what matches and does not begin in mathematics."""
    inside = [math.span() for math in _MATH_IN_LATEX.finditer(raw)] if "$" in raw else []
    for match in wanted.finditer(raw):
        while inside and inside[0][1] <= match.start():
            del inside[0]
        if not inside or match.start() < inside[0][0]:
            yield match


def _replaced(wanted: re.Pattern[str], by: str, raw: str) -> str:
    parts, start = [], 0
    for match in _outside_of_math(wanted, raw):
        parts += [raw[start : match.start()], match.expand(by)]
        start = match.end()
    return "".join([*parts, raw[start:]])


@lru_cache(maxsize=4096)
def to_latex(text: str) -> str:
    r"""Return the text with what LaTeX would not print escaped: `R&D` gives `R\&D`.

    UTF-8 stays, as every program of today reads it, and so do pairs of `$`.
    """
    text = clean(text)
    if text.isalnum():
        return text
    parts = []
    end = 0
    if "$" in text:
        for math in _MATH.finditer(text):
            if _is_balanced(math[0]):
                parts += [_escape(text[end : math.start()]), math[0]]
                end = math.end()
    return "".join([*parts, _escape(text[end:])])


def lines_to_latex(text: str) -> str:
    r"""Return several lines as one: `\\` and a space for each end of a line."""
    return "\\\\ ".join(to_latex(line) for line in text.split("\n"))


def marked_up(text: str) -> str:
    """Return a text of CSL or RIS in LaTeX; the tags of HTML that CSL knows are macros."""
    if "<" not in text:
        return to_latex(text)
    parts = []
    plain = ""  # what is escaped as one, whatever tags without a meaning stand in it
    end = depth = 0
    ends = set(_CLOSED.findall(text.lower()))  # `Vector<i>` has none: that is no tag
    for tag in _HTML.finditer(text):
        plain += text[end : tag.start()]
        end = tag.end()
        name = tag[2].lower()
        command = _TAGS.get(name) if name in ends else None
        if command is None or (tag[1] and not depth):
            plain += "" if command or name in ("span", "p") else tag[0]
            continue
        depth += -1 if tag[1] else 1
        parts += [to_latex(plain), "}" if tag[1] else f"\\{command}{{"]
        plain = ""
    return "".join([*parts, to_latex(plain + text[end:]), "}" * depth])


def without_markup(text: str) -> str:
    """Return a text without the tags and entities of HTML, which services leave in titles."""
    if "&" in text and ";" in text:
        from html import unescape  # slow to import, and few texts hold an entity

        text = unescape(text)
    if "<" not in text:
        return text
    ends = {"p", "br", *_CLOSED.findall(text.lower())}
    kept = _SET_TYPE.sub(lambda it: "" if it[1].lower() in ends or it[2] else it[0], text)
    return " ".join(kept.split())


def to_markup(raw: str) -> str:
    """Return a value as CSL and RIS write it, on one line: the opposite of `marked_up`."""
    if _TAGGED.search(raw) is None or not is_balanced(raw):
        return to_text(raw).text
    # Signs that no text has stand for the tags while the rest is read.
    opened: list[str] = []

    def marked(brace: re.Match[str]) -> str:
        if brace[0] == "}":
            return (opened.pop() if opened else "") or "}"
        if brace[1] or brace[0] == "{":
            opened.append(_CLOSING.get(brace[1], ""))
        return _OPENING.get(brace[1], brace[0])

    return to_text(_BRACES.sub(marked, raw)).text.translate(_AS_TAGS)


def protect(title: str) -> str:
    r"""Return the title in LaTeX, where braces keep the capitals of names such as `{LLaMA}`.

    A word is braced if one of its parts, cut at `-` and `/`, has a capital behind its first letter,
    or if it has a capital beside a digit or one of `&#+@_`.
    """
    pieces = _MATH_PIECE.split(clean(title))
    for at in range(0, len(pieces), 2):  # those between are mathematics
        pieces[at] = "".join(map(_protected, _BLANKS.split(pieces[at])))
    return "".join(pieces)


@lru_cache(maxsize=8192)
def _protected(word: str) -> str:
    if not _is_name(word):
        return _escape(word)
    core = word.strip(_AROUND)
    before, behind = word.split(core, 1)
    return f"{_escape(before)}{{{_escape(core)}}}{_escape(behind)}"


def clean(text: str) -> str:
    """Return the text without control characters and halves of characters."""
    is_usual = text.replace("\n", "").replace("\t", "").isprintable()
    return text if is_usual else _UNWRITABLE.sub(" ", text)


def is_balanced(raw: str) -> bool:
    r"""Say whether BibTeX, which counts `\{` too, and readers that do not find the same end."""
    return _is_balanced(raw) and _is_balanced(_ESCAPED_SIGN.sub("", raw))


def is_one_group(raw: str) -> bool:
    """Say whether braces stand around the whole of a value."""
    return raw.startswith("{") and raw.endswith("}") and _is_balanced(raw[1:-1])


def outside_of_groups(raw: str) -> str:
    """Return a text of the same length with `}` for all that stands in braces."""
    if "{" not in raw:
        return raw
    outside = []
    depth = 0
    for char in raw:
        depth += (char == "{") - (char == "}")
        outside.append(char if depth == 0 else "}")
    return "".join(outside)


def split_outside(raw: str, divider: re.Pattern[str]) -> list[str]:
    """Return the parts of a value between dividers outside of braces."""
    if "{" not in raw:
        return divider.split(raw)
    parts, start = [], 0
    for end in divider.finditer(outside_of_groups(raw)):
        parts.append(raw[start : end.start()])
        start = end.end()
    return [*parts, raw[start:]]


def _is_balanced(text: str) -> bool:
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for char in text:
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _escape(text: str) -> str:
    if not _ESCAPED.search(text):
        return text
    text = _JOINED.sub(lambda mark: f"{mark[0]}\x00", text)
    braces = _BALANCED if _is_balanced(text) else _UNBALANCED
    return text.translate(_ESCAPES | braces).replace("\x00", "{}")


_AROUND = ".,:;!?()[]{}<>\"'“”‘’«»《》（），。：；！？、…*~^`|\\"
"""What stands around a word and is no part of a name."""
_PARTS = pattern(r"[-/‐‑–—]")
_BESIDE = pattern(r"[\d&#+@_]")


def _is_name(word: str) -> bool:
    if word.islower() or not word[1:] or "$" in word:
        return False
    capitals = [at for at, char in enumerate(word) if char.isupper()]
    if any(_BESIDE.fullmatch(each) for at in capitals for each in word[max(at - 1, 0) : at + 2]):
        return True
    return any(char.isupper() for part in _PARTS.split(word) for char in part.strip(_AROUND)[1:])


def _read(raw: str) -> Text:
    if is_plain(raw):
        return Text(raw, exact=True)
    if len(raw) > _LONGEST or _HOLE in raw:
        return Text(raw, exact=False)
    # First the words that services wrap in mathematics. What is in dollars then is mathematics: a
    # hole stands for it while the rest is read.
    written = unicodedata.normalize("NFC", raw)
    raw = plainly(written)
    raw = _BRACED_WORD.sub(r"\1", raw) if "$" in raw else raw
    if r"\(" in raw:
        raw = _replaced(_FORMULA, r"$\1$", _replaced(_RAISED, r"\1", raw))
    is_usual = raw == written
    math = []
    without = raw
    if "$" in raw:
        raw = _MATH_IN_LATEX.sub(lambda match: _LONE.sub(r"\1", match[0]), raw)
        math = [match[0] for match in _MATH_IN_LATEX.finditer(raw)]
        without = _MATH_IN_LATEX.sub(_HOLE, raw)
    names = {name for name in _MACRO.findall(without) if name not in "&%$#_{}"}
    if not all(name in _OWN or name in _symbols() for name in names):
        return _unread(written)
    text = _without_macros(without) if not names else _parsed(without)
    if text is None:
        return _unread(written)
    # Exact is what gives the same LaTeX when it is written again: of macros, signs of text.
    exact = (
        is_usual
        and _is_balanced(raw)
        and all(
            name.startswith(("text", "guil", "quote")) and name in _symbols()
            for name in names.difference(_ACCENTS, _LETTERS, _NAMES)
        )
    )
    if "$" in without or math:
        for piece in math:
            text = text.replace(_HOLE, piece, 1)
        exact = exact and _MATH.findall(text) == math
    return Text(unicodedata.normalize("NFC", text), exact)


def _unread(raw: str) -> Text:
    """Return a value as it stands, without the braces around the whole of it."""
    while is_one_group(raw):
        raw = raw[1:-1]
    return Text(raw, exact=False)


def _without_macros(raw: str) -> str:
    """Return the text of braces, ligatures and escaped signs, which need no parser."""
    pieces = _SIMPLE.split(raw)
    for at in range(0, len(pieces), 2):  # those between are escaped signs
        piece = pieces[at].replace("{}", "\x00").replace("{", "").replace("}", "")
        for ligature, char in _LIGATURES:
            piece = piece.replace(ligature, char)
        pieces[at] = piece.replace("\x00", "")
    return "".join(pieces)


def _parsed(raw: str) -> str | None:
    """Return what pylatexenc makes of it, or None where it fails."""
    reader, walker_context = _reader()
    # Bare signs would start a comment, a column or an argument; outside of TeX they are letters.
    escaped = _BARE.sub(r"\\\1", raw)
    try:
        text: str = reader.latex_to_text(
            escaped, tolerant_parsing=True, latex_context=walker_context
        )
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return None  # it raises these for arguments that are not there
    return text


@cache
def _symbols() -> frozenset[str]:
    """Return the macros that pylatexenc has a sign for."""
    from pylatexenc.latex2text import get_default_latex_context_db  # loads a table of LaTeX

    return frozenset(
        spec.macroname
        for spec in get_default_latex_context_db().iter_macro_specs()
        if isinstance(spec.simplify_repl, str)
        and spec.simplify_repl
        and "%" not in spec.simplify_repl
        and spec.macroname != "today"
    )


@cache
def _reader() -> "tuple[LatexNodes2Text, LatexContextDb]":
    """Return pylatexenc with our table before its own."""
    # slow, for values with macros only
    from pylatexenc import latex2text, latexwalker, macrospec

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # what is not exact, we keep
    texts = latex2text.get_default_latex_context_db()
    specs = latexwalker.get_default_latex_context_db()
    fixed = dict.fromkeys(_FONTS, "") | _NAMES | _JOURNALS
    texts.add_context_category(
        "papertrack",
        prepend=True,
        macros=[
            latex2text.MacroTextSpec(name, simplify_repl=text)
            for name, text in {**fixed, **_COMMANDS}.items()
        ],
    )
    specs.add_context_category(
        "papertrack",
        prepend=True,
        macros=[
            *(macrospec.MacroSpec(name, "{") for name in _COMMANDS),
            *(macrospec.MacroSpec(name, "") for name in fixed),
        ],
    )
    reader = latex2text.LatexNodes2Text(
        latex_context=texts, math_mode="verbatim", strict_latex_spaces=False
    )
    return reader, specs
