"""A text spelled out and cut into parts: links become marks, brackets around marks vanish.

An item of a list, a paragraph, a heading are one text of which each character knows how it is set.
What programs for notes write in their own way is spelled out before.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from papertrack.markdown.inline import CJK, URL, Span, addresses, is_label, says_paper, spans
from papertrack.markdown.proper_names import are_authors, is_known_venue, is_nickname
from papertrack.patterns import pattern
from papertrack.sources import ABBREVIATION, SOURCE_FOLLOWS, is_source, read_source
from papertrack.status import leading_task, status_of

LINK = "\ue000"
"""Stands in an item's text where a link or a picture is whose words are no more than a label."""
PLAIN = "\0"
_RUN = pattern(r"(.)\1*", re.DOTALL)
_BLANK = pattern(r"[^\S\n](?:[^\S\n]+|(?<! ))|(?<=\d{4})_(?=[a-z]{4})")  # but one blank alone
_BADGE = pattern(r"https?://img\.shields\.io/badge/([^/?#]{2,60})-[A-Za-z0-9]+(?:\.svg)?(?:$|\?)")
_VENUE_AND_YEAR = pattern(r"\s*(.*[^\W\d_])[-\s'’]*((?:19|20)\d\d|[0-3]\d)\s*")
_SIGNS = pattern(r"\s*[()（）.,:;!?]+\s*")
EMOJI = pattern(r":(?:1st_|2nd_|3rd_)?[a-z][a-z_0-9+-]{1,30}:(?!//)|\b(?:NEW|HOT)!(?=\s)")
_ACRONYM = pattern(r"[A-Z][A-Za-z&]{0,7}[A-Z]")
_INSTRUCTION = pattern(
    r"\(?\bclick\s(?:here\s)?to\s(?:expand|collapse|open|close|show|hide|view|see|toggle)\b[^().\n]{0,20}\)?",
    re.IGNORECASE,
)
_BETWEEN = r"[ \n]?(?:[,，/|·•&;；、:+–-]|and|和)?[ \n]?"
LINKS_ONLY = pattern(rf"[\[(（【{{][ \n]?(?:{LINK}{_BETWEEN})+[\])）】}}]")
_POINTING = pattern(  # A title, available [here](…), see [this post](…)
    rf"(?:(?<=[,.;:；，。]\s)|(?<=[(（\[]))(?i:(?:(?:also|freely)\s)?available|downloads?|see)(?:\s(?:it|online|at|from|on|via|in|as))*\s?[:：]?\s?(?={LINK})"
)
_EMPTY = pattern(  # but no box; and footnotes
    r"(?<![A-Za-z])\(\s?\)|(?!^\[\s?\]\s)\[\s?\]|（\s?）|【\s?】|\[\^[\w-]+\](?!:)"
)
_BROKEN_NAME = pattern(  # Ann Author, Bob\n Writer, Cy Lee
    r"(?:,|&|,?\sand)\s[^\W\d_a-z][^\W\d_A-Z]+(?:\s[^\W\d_a-z]\.)?(\n)\s?(?P<family>[^\W\d_a-z][^\W\d_A-Z]+)(?=,|\.?$|\.\s|\s(?:and|&)\s)"
)
EDGES = " \t\n.,;:：，。、-–—|·•*_~>→" + LINK
CLOSING = {"(": ")", "[": "]", "（": "）", "【": "】", "{": "}"}
DATED = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)|['’‘]\d\d(?!\d)")
WORDS = pattern(r"[^\W\d_][\w'’+-]*")
BOUND = pattern(
    rf"(?=[\s.。;；：—|·•{LINK}])(?:"  # which most letters are not
    rf"\.(?:{SOURCE_FOLLOWS}|{ABBREVIATION}(?=\s|$|{LINK}))|。|;\s(?!(?:and\s)?\w+,\s[A-Z])"
    rf"|\s(?:[|·•~–—-]{{1,2}}|-+>)\s|—|\s?[|·•]\s|；(?=\w{{2,4}}[:：])|{LINK}"  # between parts
    r"|(?<!\bIn)(?<!,)\n|(?<=\d\d)：|(?<=(?:19|20)\d\d)\s(?=by\s[A-Z]))"  # lines and years
)
LABELLED = pattern(
    r"(?=[^:：]*+[:：])([^\W\d_](?:[^\W\d_]|;(?=\w))*(?:[ /&-][^\W_]+){0,3})"
    r"\s?(?:\([^()]{1,30}\))?\s?[:：]\s?(.*)",
    re.DOTALL,
)
NUMBER = pattern(
    r"""(?:
    (?:第?\s?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})\s?(?:[、．]|[：:](?=\s)))
    | [（(]\s?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})\s?[)）]
    | 【\s?\d{1,3}\s?】 | \[(?!(?:19|20)\d\d\])\d{1,4}\](?![(\[]) | [①-⒛⓪-⓿❶-➓㈠-㈩㊀-㊉]
    | (?:[\w.-]{1,40}/[\w.-]{1,60})?\#\d{1,4}[.:]?(?=\s|[\[*《"“]) | \d{1,3}(?=\[[A-Z])
    | \d{1,3}\s?[.)）](?=\s|[^\W\d_]{2}|[A-Z]-?[A-Z]|[A-Z]\s|[\[*_"“《<])
    )\s*""",
    re.VERBOSE,
)
"""A number by hand in front of an item: `1、`, `（1）`, `一、`, `①`, `[1]`, `1)`."""
BOX = pattern(r"\[([ xX√✓~/>!?*-]?)\](?=\s)")
"""A box to be ticked off, in programs for notes also with other signs."""
SIGN = pattern(r"\s*(?:(?:\[.?\]|[^\w\s\[(（“\"《]\ufe0f?)\s+)?")
"""A box or another sign before a text, if there is one: `[x] `, `⭐ `."""
PART_NUMBER = pattern(r"^\d{1,2}(?:\.\d{1,2})+[.、]?\s*(?=[^\W\d_])")
"""A number of a part of a text in front of its heading: `3.1 `, `2.2.`."""
PRAISING = pattern(  # and no title: `Nice review by Lee`, `This repository has a list of papers`
    r"(?:(?:An?|The|[Vv]ery|[Rr]eally)\s)*(?i:nice|great|good|excellent|interesting|fantastic|useful"
    r"|wonderful|cool|awesome|fun|classic)\s(?:[a-z]+\s)?"
    r"(?:papers?|reviews?|overviews?|articles?|stud(?:y|ies)|reads?|surveys?|summary|one)\b"
    r"|(?:This|These|Here|Our|If you|In this|We)\b.{0,100}"
    r"\b(?:repo(?:sitory)?|(?:paper|reading) lists?|(?:list|collection) of|please)\b"
)
LONGEST_TITLE = 300
LONGEST_ITEM = 10_000
"""Letters of an item that is taken apart: the work grows with their square."""
_QUOTED_WITHIN = pattern(r"[\s.,;:]*[“«\"][^“”«»\"]+[”»\"].*[^\s”»\".,;:]")  # `“Yes”: a title`
_QUOTED_LAST = pattern(r"(?:[^\"“«]+\s[\"“«][^\"“”«»]+[\"”»])+")  # `Saying “Yes”`
_EXPLAINED = pattern(r"\s*\([^()]{1,40}\)(?=\W*$)")
_COUNTED = pattern(r"\s?[:：]\s?\d+(?!\w)")
_LONGEST_WORDS = 80
_WORDS_BEFORE = pattern(  # `builds on `, or `Uses ` as a sentence begins
    r"[^\W\d_]\s[a-z]{2,}\s$|(?<![\w\s])\s?(?:Adapt|Appl|Combin|Compare|Extend|Follow|Generali|Improve"
    r"|Introduc|Propos|Replace|Us)[a-z]*s\s$"
)
_ADDRESS_LAST = pattern(r"(?:(?:\S+\s){0,2}\S*[:：]\s?)?(?:http|www\.).*")  # `Keras: https://…`
ALIAS = pattern(
    r"(?<!\w)(?:a\.k\.a\.|aka\b|also known as\b|简称|又名)[:：]?\s*(?P<name>[^\s()].{1,40})",
    re.IGNORECASE,
)
"""What people call a paper: `a.k.a. GARD`."""
_INITIAL_LAST = pattern(r"(?:,|\.-?)\s?[^\W\d_a-z]$")  # of `Lee, A. B.,`
_SIGNS_LAST = pattern(r"(?:\s?[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff][\ufe0f\u200d]*)+$")
_ARTICLE = pattern(r"^(?:论文|文章|综述|論文){1,2}《([^《》]{8,})》$")
_MARKER_LAST = pattern(r"(?<=\w)\s?\[[JCMDR](?:/OL)?\]$")  # as GB/T 7714 writes
_TWICE = pattern(r"^([^:]{2,40}):\s(?=\1:\s)")  # `GARD: GARD: A title`
_LATIN = r"[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
_TRANSLATED = pattern(  # A whole title | 完整标题
    rf"(?P<title>{_LATIN}(?:\s{_LATIN}){{3,40}}?)\s*[|｜/—–-]?\s*(?P<more>(?:(?<=\s)[A-Za-z][\w-]{{0,20}}(?:：\s?)?(?=[\u3040-\u9fff]))?(?![은는이가을를의에와과도로]\s|[のをはがにで])[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af].*?)"
    r"[\s|｜]*"
)
_ANY = pattern(
    r"\]\](?!\()|\]\(\s*\)|\{\{|::|\+[\s,;)\]\d]|:END:|:\s*$|al\.?,?\s['’]|\^[\w-]+$|;[^;\n]+;",
    re.MULTILINE,
)
"""What stands in every text that has a shorthand in it."""
_WIKI_LINK = pattern(
    r"(?P<sign>[!#]?)\[\[(?P<target>[^\[\]\n|#]{1,300})(?:#[^\[\]\n|]*)?"
    r"(?:\|(?P<alias>[^\[\]\n]{1,300}))?\]\](?!\()"
)
_NOWHERE = pattern(r"(?<![!\\])\[([^\[\]\n]{2,30})(?<!\d\d)\]\(\s*\)")  # [Code](), not [arxiv20]()
_KEY = pattern(r"@[\w:.-]+|[A-Za-z]*[a-z][A-Za-z-]*(?:19|20)\d\d\w*")
_NAME_OF_NOTE = pattern(r"[a-z\d]+(?:[-_][a-z\d]+)+")
_FOLDERS = pattern(r"(?:[a-z\d_.-]+/)+")
_SHORTEST_TASK, _LONGEST_TASK = 3, 12  # letters
_FILE = pattern(r"\.(?:pdf|md)$", re.IGNORECASE)
_LONGEST_NAME = 3  # words
_NOTHING_ELSE = pattern(r"[\s,]*(?:(?:https?://|#)\S+(?:\s[\s,]*|$))*")
_PROPERTY = pattern(r"^[ \t]*([A-Za-z][\w -]{0,20})::(?=\s|$)", re.MULTILINE)
_IN_LINKS = pattern(r"\[\[([^\[\]\n]*)\]\]")
_OF_PROGRAMS = pattern(  # what only the program reads
    r"^[ \t]*(?:(?:id|collapsed|heading|background-color|template|logseq\.[\w.-]+)::.*"
    r"|:LOGBOOK:(?s:.{0,2000}?):END:)(?:\n|\Z)",
    re.MULTILINE,
)
_BLOCK_ID = pattern(r"\s\^[\w-]{4,}$", re.MULTILINE)
_TASK_OF_ROAM = pattern(r"\{\{(?:\[\[)?(TODO|DONE)(?:\]\])?\}\}")
_WHOLE = r"[^\W\d_a-z](?:[\w'’-]+|\.)(?:\s[^\W\d_a-z](?:[\w'’-]+|\.)){1,3}"
_BY_SEMICOLON = pattern(rf"(?<![\w'’-]){_WHOLE}(?:;\s{_WHOLE}){{2,}}")  # Ann Lee; Bob Roe; Cy Poe
_TAGS_OF_ORG = pattern(r"\s:((?:[\w@-]+:)+)[ \t]*$", re.MULTILINE)
_AND_OTHERS = pattern(  # but not behind words of a sentence
    r"(?<![\w+-])(?<![^\W\d_A-Z]\s)(?P<name>[^\W\d_a-z][\w'’-]{0,40}[^\W\d_A-Z])\+"
    r"(?:,?\s['’]?(?P<short>[0-4]\d)(?!\d)|(?=[,;]?\s['’]?\d\d|[,;]?\s[A-Z]{2}|\s?[)\]])|(?P<glued>(?=(?:19|20)\d\d\b)))"
    r"(?![^\[\]\n]*\]\()"  # in a link to another paper
)


def is_translated(title: str, content: str) -> bool:
    """Say whether a bracket behind a title in Latin letters says it in others: `A title (译名)`."""
    foreign, letters = len(CJK.findall(content)), sum(map(str.isalpha, content))
    most = foreign * 2 > letters or foreign > 6  # among names in Latin letters
    return foreign > 3 and most and not CJK.search(title)


def without_translation(text: str) -> tuple[str, str]:
    """Return a title in Latin letters, and what says it in others behind it: `A title | 标题`."""
    translated = _TRANSLATED.fullmatch(text) if CJK.search(text) else None
    if translated is None or not is_translated(translated["title"], translated["more"]):
        return text, ""
    title = translated["title"].rstrip("|｜/—–-：")
    title = title[: title.rfind("（")] if text.endswith("）") and "（" in title else title
    if title[-1:] in CLOSING or len(title.split()) < 4:  # of a bracket that says more; or names
        return text, ""
    return title, text[len(title) :].strip(" |｜/—–-：")


class Gap(NamedTuple):
    """A stretch of a text."""

    start: int
    end: int


class Flat(NamedTuple):
    """An item's text; for each character `marks` has a sign, which `kinds` says the run of."""

    text: str
    marks: str
    kinds: dict[str, Span]

    def style(self, at: int) -> Span:
        """Return how a character is set."""
        return self.kinds[self.marks[at]]

    @property
    def styles(self) -> list[Span]:
        """How its characters are set, each way once, in order."""
        return [self.kinds[mark] for mark in dict.fromkeys(self.marks)]

    def part(self, start: int, end: int | None = None) -> "Flat":
        """Return a part of it."""
        return Flat(self.text[start:end], self.marks[start:end], self.kinds)

    def without(self, gaps: Iterable[tuple[int, int]], mark: str = "") -> "Flat":
        """Return it with a mark, or nothing, in place of each of these stretches, in order."""
        text, marks, at = "", "", 0
        for start, end in gaps:
            text += self.text[at:start] + mark
            marked = self.marks[start : start + 1] if end > start else PLAIN
            marks += self.marks[at:start] + marked * len(mark)
            at = end
        return Flat(text + self.text[at:], marks + self.marks[at:], self.kinds)

    def stripped(self, first: int = 0, last: int | None = None) -> "Flat":
        """Return it, or a part, without the marks of a sentence, and blanks, around it."""
        text = self.text[first:last]
        start = len(text) - len(text.lstrip(EDGES))
        end = max(start, len(text.rstrip(EDGES)))
        initial = text[end : end + 1] == "." and _INITIAL_LAST.search(text[start:end])
        return self.part(first + start, first + end + bool(initial))

    def ranges(self, kind: Callable[[Span], object]) -> Iterator[tuple[int, int]]:
        """Yield where the runs are of one kind, neighbours of an equal kind together."""
        every = {sign: kind(it) for sign, it in self.kinds.items() if sign in self.marks}
        end = -1
        for words in self.text.split(LINK) if any(every.values()) else ():
            start, before, end = end + 1, None, end + 1 + len(words)
            for run in _RUN.finditer(self.marks, start, end):
                value = every[run[1]] or None
                if value != before:
                    if before is not None:
                        yield start, run.start()
                    start, before = run.start(), value
            if before is not None:
                yield start, end

    @property
    def words(self) -> str:
        """Its text on one line, without marks."""
        return " ".join(self.text.replace(LINK, " ").split())


@lru_cache(maxsize=4096)  # an item is looked at when its list is judged, and when it is read
def flatten(source: str) -> Flat:
    """Return Markdown as one text; labels of links are a mark, brackets around marks vanish."""
    runs = spans(source)
    text, marks, before = "", "", Span("")
    kinds = {before: PLAIN}
    for run, after in zip(runs, (*runs[1:], Span("")), strict=False):
        counted = run.link and not run.image and _COUNTED.match(after.text)
        inner = run.link and run.text.isdigit() and run.link in (before.link, after.link)
        # `[Citation](…): 39` is no label, nor is a bold volume within one
        words = Span(run.text) if inner or (counted and run.text.count(" ") < 3) else run
        style = Span("", *(run if inner else words)[1:])
        before = run
        for cut, link in _pieces(words):
            piece = _BLANK.sub(" ", cut).replace("\n ", "\n")
            if piece.startswith(" ") and text.endswith((" ", "\n")):
                piece = piece[1:]
            kind = style._replace(link=link) if link else style
            text += piece
            marks += kinds.setdefault(kind, chr(len(kinds))) * len(piece)
    flat = Flat(text, marks, {mark: style for style, mark in kinds.items()})
    for gap, mark in ((_POINTING, ""), (LINKS_ONLY, LINK), (LINKS_ONLY, LINK), (_EMPTY, "")):
        gaps = [match.span() for match in gap.finditer(flat.text)]
        flat = flat.without(gaps, mark) if gaps else flat
    broken = _BROKEN_NAME.finditer(flat.text) if "\n" in flat.text else ()
    names = [it.span(1) for it in broken if not is_known_venue(it["family"])]
    who, colon, _ = flat.text.partition(":\n")  # and the title in the line below
    names = [(at := len(who) + 1, at + 1)] if colon and are_authors(who.lstrip(EDGES)) else names
    return flat.without(names, " ") if names else flat


def _pieces(run: Span) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a run, marks for links among them, each with its own link."""
    text = run.text.replace(LINK, " ")
    if run.image:
        yield _words_of_badge(run.image) or (LINK if run.link else " "), ""
    elif run.link:
        # and may say somebody or a venue with it: `2020`, `arXiv20`
        dated = DATED.search(text) is not None or read_source(text).year is not None
        label = EMOJI.sub("", _EXPLAINED.sub("", text) or text)  # `Code (in construction)`
        words = text.strip() and not _SIGNS.fullmatch(text)  # of a title: `[A title (**2016**)](…)`
        bare = _ADDRESS_LAST.fullmatch(text) or (words and is_label(label) and not dated)
        yield (LINK if bare else text.replace("\n", " ")), ""
    else:
        text = EMOJI.sub(lambda sign: sign[0] if status_of(sign[0]) else " ", text)
        text = _INSTRUCTION.sub("", text) if "click" in text.lower() else text
        at = 0
        for url in URL.finditer(text) if "/" in text else ():
            [address] = addresses(url[0]) or [url[0]]
            yield text[at : url.start()].rstrip("<"), ""
            yield LINK, address
            at = url.start() + len(address.removeprefix("" if "://" in url[0] else "https://"))
        rest = text[at:].lstrip(">") if at else text
        yield (rest.replace("\n", " ") if run.bold or run.emphasis else rest), ""


def _words_of_badge(image: str) -> str:
    """Return the venue and year that a picture is an image of, in brackets: `Paper-CVPR22-blue`."""
    badge = _BADGE.match(image)
    words = unquote(badge[1]).replace("_", " ").replace("--", "–") if badge else ""
    label, _, message = words.rpartition("-")
    for text, short in ((message, says_paper(label)), (words, False)):
        if venue := _VENUE_AND_YEAR.fullmatch(text):
            name, year = venue[1].replace("–", "-"), f"20{venue[2]}"[-4:]
            acronym = (short or year == venue[2]) and _ACRONYM.fullmatch(name)
            if is_known_venue(f"{name} {year}") or (acronym and not is_label(name)):
                return f"{LINK}[{name} {year}]{LINK}"
    return ""


def bracket_end(text: str) -> int | None:
    """Return where the bracket ends that a text begins with, or None; it is no long one."""
    if not text or text[0] not in CLOSING:
        return None
    text = text[:LONGEST_TITLE].replace("（", "(").replace("）", ")")  # some mix the two
    opening, closing, depth = text[0], CLOSING[text[0]], 0
    for at, char in enumerate(text):
        depth += (char == opening) - (char == closing)
        if depth == 0:
            return at + 1
    return None


def sentences(flat: Flat) -> Iterator[Gap]:
    """Yield the sentences of a text; a bracket that one begins with is one of its own."""
    text, at = flat.text, 0
    while at < len(text):
        start = at + len(text[at:]) - len(text[at:].lstrip(EDGES))
        if start >= len(text):
            return
        length = bracket_end(text[start : start + LONGEST_TITLE])
        if length:
            yield Gap(start, start + length)
            at = start + length
            continue
        bound = BOUND.search(text, start)
        end, at = bound.span() if bound else (len(text), len(text))
        yield Gap(start, end)


def labelled_texts(
    flat: Flat, *, heads_text: Callable[[str], bool], is_label: Callable[[str], bool]
) -> Iterator[tuple[Gap, str, str]]:
    """Yield where texts of lines stand, with their label and the text: `Abstract: We …`.

    Such a text goes on up to the next line with a label, words in bold before a colon or a link in
    front.
    """
    lines = [(line.start(), line.end()) for line in re.finditer(r"[^\n]+", flat.text)]
    lead: tuple[int, str] | None = None
    words: list[str] = []
    for start, end in (*lines, (len(flat.text), len(flat.text))):
        line = SIGN.sub("", flat.text[start:end].lstrip(EDGES.replace(LINK, "")), count=1)
        labelled = LABELLED.match(line)
        bold = bool(line) and flat.style(flat.text.index(line, start)).bold
        label = labelled[1] if labelled and (bold or is_label(labelled[1])) else None
        if lead and (label or not line or line.startswith(LINK)):
            yield Gap(lead[0], start), lead[1], _unwrapped(words)
            lead = None
        if lead:
            words.append(line)
        elif labelled and label and heads_text(label):
            lead, words = (start, label), [labelled[2]]


def _unwrapped(lines: Iterable[str]) -> str:
    """Return a text whose lines are cut within sentences on as few lines as it has parts."""
    text = ""
    for line in lines:
        bare = " ".join(line.replace(LINK, " ").split())
        ended = not text or text[-1] in ".!?:;。！？：；"
        close = CJK.match(text[-1:]) and CJK.match(bare)
        text += f"{'' if not text or close else chr(10) if ended else ' '}{bare}"
    return text


def noted(text: str) -> str:
    """Return what is left of an item as a note: its lines without marks at their ends."""
    lines = [" ".join(line.replace(LINK, " ").split()) for line in text.split("\n")]
    kept = (re.sub(r"\s+([.,;:])", r"\1", line) for line in lines if re.search(r"\w", line))
    note = "\n".join(kept).strip(" \t\n,;:：，-–—|·•<>")
    note = note if note.endswith("...") else note.removesuffix(".").strip()
    for opening, closing in ("[]", "【】"):  # one that has no other side
        if note.endswith(closing) and opening not in note:
            note = note[:-1].rstrip()
    whole = note[:1] in ("(", "（", "[", "【") and bracket_end(note) == len(note)
    return note[1:-1].strip(" -–") if whole else note


def in_prose(flat: Flat, start: int, end: int) -> bool:
    """Say whether a link's words are some of a sentence's: `builds on [SMOTE](…)`."""
    before = flat.text[max(0, start - _LONGEST_WORDS) : start]
    close = CJK.match(before[-1:]) or CJK.match(flat.text[end : end + 1])
    return bool(close) or _WORDS_BEFORE.search(before) is not None


def has_capitals(text: str) -> bool:
    """Say whether a text has some long words, most with capitals, as titles have."""
    words = [word for word in WORDS.findall(text) if len(word) > 3]
    return len(words) > 2 and is_title_case(text)


def is_title_case(text: str) -> bool:
    """Say whether most long words of a text have capitals, or it has none."""
    words = [word for word in WORDS.findall(text) if len(word) > 3]
    return not words or sum(word[0].isupper() for word in words) > 0.6 * len(words)


def clean_title(title: str) -> str:
    """Return a title without the marks and quotes around it."""
    title = _TWICE.sub("", " ".join(title.replace(LINK, " ").split()))
    if title.count("_") > max(2, title.count(" ")) and "__" not in title and "$" not in title:
        title = " ".join(title.split("_"))  # the name of a file
    before = None
    while title != before:
        before = title
        title = title.strip(" \t.,;:：，。．-–—|·•").removesuffix(".pdf")
        if title[:1].isalnum() and title[-1:].isalnum():
            continue
        whole = _QUOTED_WITHIN.match(before) or _QUOTED_LAST.fullmatch(before)
        title = title.strip("" if whole else '"“”«»').strip()
        title = _ARTICLE.sub(r"\1", _MARKER_LAST.sub("", _SIGNS_LAST.sub("", title)))
        if len(title) > 2 and title[0] + title[-1] in ("《》", "「」", "[]", "【】", "{}"):
            title = title[1:-1]
    return title


@lru_cache(maxsize=1024)  # asked of one text in turn
def first_sentence(text: str) -> str:
    """Return a text up to where its first sentence ends."""
    return BOUND.split(text, maxsplit=1)[0]


def spelled_out(text: str) -> str:
    """Return an item or paragraph without what is short for something else.

    `[[A title]]` is `《A title》`, `[[@lee2020]]` a citation key, `year:: 2020` is `year: 2020`,
    and `Lee+ 2020` is `Lee et al. 2020`.
    """
    if not _ANY.search(text):
        return text
    text = _BLOCK_ID.sub("", _OF_PROGRAMS.sub("", text))
    text = _PROPERTY.sub(r"\1:", _TASK_OF_ROAM.sub(r"\1", text))
    text = _WIKI_LINK.sub(_unlinked, text)
    text = _NOWHERE.sub(lambda it: "" if is_label(it[1]) else it[0], text)
    if leading_task(text):
        text = _TAGS_OF_ORG.sub(
            lambda tags: "".join(f" #{tag}" for tag in tags[1].split(":") if tag), text, count=1
        )
    text = _BY_SEMICOLON.sub(
        lambda it: who if are_authors(who := it[0].replace(";", ",")) else it[0], text
    )
    return _AND_OTHERS.sub(_with_others, text)


def properties(text: str) -> tuple[str, list[str]]:
    """Return the text above the lines of properties as Logseq has them, and these: `year: 2020`."""
    match = _PROPERTY.search(text) if "::" in text else None
    if match is None or not text[: match.start()].strip():
        return text, []
    lines = [line.strip() for line in text[match.start() :].split("\n")]
    if not all(map(_PROPERTY.match, lines)):
        return text, []
    of_paper = "\n".join(line for line in lines if not line.endswith("::"))
    spelled = _IN_LINKS.sub(r"\1", _PROPERTY.sub(r"\1:", _OF_PROGRAMS.sub("", of_paper)))
    return text[: match.start()].rstrip(), [line for line in spelled.split("\n") if line]


def _unlinked(link: re.Match[str]) -> str:
    """Return the words of a link between one's own notes; the first of a line is the title."""
    target, alias = link["target"].strip(), (link["alias"] or "").strip()
    if link["sign"] == "#":
        return "#" + re.sub(r"\s+", "-", target)
    title = alias or _title_of_file(target)
    if link["sign"] == "!":  # what is shown there; a title may stand behind it
        return "" if re.match(r"[ \t]*\w", link.string[link.end() :]) else link[0]
    if _KEY.fullmatch(target) and not is_known_venue(target):
        alone = title == target or _KEY.fullmatch(title)
        key = f"[@{target.removeprefix('@')}]"
        return key if alone else f"{key} 《{title}》"
    if is_label(title) or (is_source(title) and len(title.split()) <= _LONGEST_NAME):
        return link[0]
    before = link.string[link.string.rfind("\n", 0, link.start()) + 1 : link.start()]
    alone = _NOTHING_ELSE.fullmatch(link.string, link.end()) is not None
    named = " " in title or CJK.search(title) or is_nickname(title) or alone
    if not all(map(_is_front, before.split())):
        return title
    word = link.string[link.end() :].startswith(":")  # of a title that goes on
    note = f"[[{target}]] " if alias and not alone and _NAME_OF_NOTE.fullmatch(target) else ""
    return f"{note}《{title}》" if named else title if word else link[0]


def _is_front(word: str) -> bool:
    """Say whether a word stands before a title: a box, a task, a tag, a number, a day."""
    task = word.isupper() and _SHORTEST_TASK <= len(word) <= _LONGEST_TASK
    bare = not any(map(str.isalpha, word.removeprefix("[x]").removeprefix("[X]")))
    return task or bare or word.startswith("#")


def _title_of_file(target: str) -> str:
    """Return what a file is called, without its folders: `papers/Deep Gardens.pdf`."""
    name = _FILE.sub("", _FOLDERS.sub("", target, count=1) or target)
    return name.replace("_", " ") if " " not in name and name.count("_") >= _LONGEST_NAME else name


def _with_others(name: re.Match[str]) -> str:
    between = " " if name["glued"] is not None else ""
    return f"{name['name']} et al." + (f", 20{name['short']}" if name["short"] else between)
