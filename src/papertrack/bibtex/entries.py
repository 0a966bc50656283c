"""The entries of a BibTeX text: fields resolved, damage named with its line."""

import logging
import re
from collections.abc import Mapping
from typing import NamedTuple

from papertrack.bibliography import EntryDoubt, LeftOut
from papertrack.bibtex.latex import clean
from papertrack.errors import on_one_line
from papertrack.patterns import pattern


class Citation(NamedTuple):
    """One entry of a bibliography, its fields under BibLaTeX's names in lower case.

    Values are as they stand between the braces: LaTeX, but with strings and `#` resolved.
    """

    type: str
    key: str
    line: int
    fields: dict[str, str]
    lines: dict[str, int]
    """Where fields begin, as far as that is known."""

    def line_of(self, name: str) -> int:
        """Return the line in which a field begins, else that of the entry."""
        return self.lines.get(name, self.line)


class Entries(NamedTuple):
    """What stands in a BibTeX text."""

    citations: tuple[Citation, ...]
    unread: tuple[LeftOut, ...]
    """The entries that cannot be read, each with the reason."""
    doubts: tuple[EntryDoubt, ...]


MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
}  # fmt: skip
_LONGEST = 60
_MARKS = pattern(r'\\.|\{|\}|"', re.DOTALL)
_ENTRY_MARKS = pattern(r"\\.|[{})]|\n[ \t]*@\w+\s*[{(]", re.DOTALL)
_CLOSING = {'"': '"', "(": ")"}
FREE_TEXT = frozenset("abstract annotation annote comment extra note review summary".split())
"""The fields whose lines are a person's own."""
_DIVIDERS = {"keywords": "; ", "keyword": "; ", "tags": "; ", **dict.fromkeys(FREE_TEXT, "\n")}
"""The fields that some programs write once for each word or note, and what divides these."""
_STRANGE_START = pattern(
    r"^([ \t]*@)(?![A-Za-z0-9]+[{(])([A-Za-z][\w.+:-]*)(\s*)(?=[{(])", re.MULTILINE
)
_TYPE = pattern(r"@([A-Za-z][\w.+:-]*)\s*(?=[{(])")
_PARTS = pattern(r"\s*(?P<hash>#)|\s*(?P<open>[{\"])|\s*(?P<bare>[^\s#{}\",=]+)")
# BibTeX knows no comments within entries, but biber does, and people cut fields out that way.
_COMMENT = pattern(r"%[^\n]*(?:\n|\Z)")
_GAP = pattern(rf"(?:[\s,;]|{_COMMENT.pattern})*")
_FIELD = pattern(r"([^\s=,;{}\"#%][^\s=,{}\"#]*)\s*=")
_KEY = pattern(r"\s*([^\s,{}=\"]+)(?:\s*,|(?=\s+[A-Za-z][\w-]*\s*=))")
_QUOTES_UNCLOSED = pattern(r'[^"{}]*"(?:[^"{}]|\{[^{}]*\})*')
_PAIR = "\ue001\ue001"  # stands for two backslashes while bibtexparser reads
_LONGEST_STRING, _LONGEST_VALUE = 10_000, 1_000_000
_HASH = pattern(r"\s*#")
_BARE_WORDS = pattern(r"\s*[^\s#{}\",=]++(?:[ \t]+(?!%)[^\s#{}\",=]++(?!\s*=))*")
_FIELD_LIKE = pattern(r"\w\s*=\s*[{\"\w]")


def split(text: str) -> Entries:
    """Return the entries of a BibTeX text, whatever damage there is around them."""
    from bibtexparser.entrypoint import parse_string  # slow, for BibTeX only

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would say, we say
    reader = _Reader(text)
    for block in parse_string(reader.readable, parse_stack=[]).blocks:
        reader.take(block)
    return Entries(tuple(reader.citations), tuple(reader.unread), tuple(reader.doubts))


class _Reader:
    """What was read of a text so far."""

    def __init__(self, text: str) -> None:
        self._text = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
        self.citations: list[Citation] = []
        self.unread: list[LeftOut] = []
        self.doubts: list[EntryDoubt] = []
        self._strings: dict[str, str] = {}
        self._at = 0  # where the block begins that is being read
        self._next = 0
        self._line = 1
        self._skipped_to = 0
        # bibtexparser knows no hyphen in a type and no line's end behind it, and takes a brace
        # behind two backslashes for an escaped one. Signs of the same length stand for them, so
        # that places in both texts are the same.
        self.readable = _STRANGE_START.sub(
            lambda start: f"{start[1]}{re.sub('[^A-Za-z0-9]', '_', start[2])}{' ' * len(start[3])}",
            self._text.replace("\\\\", _PAIR),
        )

    def take(self, block: object) -> None:
        """Read one block of bibtexparser's."""
        from bibtexparser import model

        line = self._line_of(getattr(block, "raw", None) or "")
        if self._at < self._skipped_to:
            return
        if isinstance(block, model.ParsingFailedBlock):
            if block.ignore_error_block is None:
                self._take_failed(line)
                return
            block = block.ignore_error_block
            block = getattr(block, "ignore_error_block", None) or block  # two faults at once
        if isinstance(block, model.Entry):
            self._take_entry(block, line)
        elif isinstance(block, model.String):
            value, _ = self._resolve(block.value, 0)
            name = block.key.strip().lower()
            # Strings made of strings can double each time; none that means well is as long.
            self._strings[name] = value if len(value) <= _LONGEST_STRING else name
        elif isinstance(block, model.ImplicitComment):
            comment = block.comment
            if _FIELD_LIKE.search(comment) and not comment.startswith("%"):  # a piece of an entry
                message = f"text outside of any entry: {on_one_line(comment, _LONGEST)}"
                self.doubts.append(EntryDoubt(line, "", message, "left out"))

    def _line_of(self, raw: str) -> int:
        """Return the line in which a block begins; bibtexparser's own count misses some."""
        at = self.readable.find(raw, self._next) if raw else -1
        if at >= 0:
            self._line += self._text.count("\n", self._at, at)
            self._at = at
            self._next = at + len(raw)
        return self._line

    def _take_failed(self, line: int) -> None:
        """Read an entry that bibtexparser gives up: what can be read of it."""
        start = _TYPE.match(self._text, self._at)
        if start is None or start[1].lower() in ("comment", "preamble", "string"):
            return
        key = _KEY.match(self._text, start.end() + 1)
        name = key[1] if key else ""
        end = _end_of(self._text, start.end() + 1, self._text[start.end()], at_next_entry=True)
        body = self._text[key.end() if key else start.end() + 1 : max(end, 0)]
        if end < 0 or _QUOTES_UNCLOSED.fullmatch(body):
            self.unread.append(LeftOut(line, name, "never closed"))
            return
        self._skipped_to = end
        citation = Citation(start[1].lower(), name, line, {}, {})
        self._add_fields(citation, body, line)
        if citation.fields:
            self.citations.append(citation)
        else:
            self.unread.append(LeftOut(line, name, "is not written as BibTeX"))

    def _take_entry(self, block: object, line: int) -> None:
        start = _TYPE.match(self._text, self._at)
        type_ = (start[1] if start else str(getattr(block, "entry_type", ""))).lower()
        key = " ".join(str(getattr(block, "key", "")).split())
        citation = Citation(type_, key, line, {}, {})
        first = getattr(block, "start_line", 0) or 0
        for each in getattr(block, "fields", ()):
            begin = line + (each.start_line or first) - first
            self._add_fields(citation, f"{each.key}={each.value}", begin)
        before = self._text[self._text.rfind("\n", 0, self._at) + 1 : self._at]
        if citation.fields or not before.lstrip().startswith("%"):
            self.citations.append(citation)
        else:
            self.unread.append(LeftOut(line, key, "commented out"))

    def _add_fields(self, citation: Citation, body: str, line: int) -> None:
        """Add the fields in a text; several, where commas are missing."""
        body = body.replace(_PAIR, "\\\\")
        previous = ""
        at = 0
        while at < len(body) and (gap := _GAP.match(body, at)) and gap.end() < len(body):
            at = gap.end()
            following = _FIELD.match(body, at)
            if following is None:
                end = body.find(",", at + 1)
                left, at = body[at : end if end >= 0 else None], end
                message = f"text that is no field: {on_one_line(left, _LONGEST)}"
                self._doubt(line, citation, message, "left out")
                if end < 0:
                    return
                continue
            if previous and "," not in _COMMENT.sub("", gap[0]):
                self._doubt(line, citation, f"a comma is missing behind {previous}", "")
            name = following[1].lower()
            value, at = self._resolve(body, following.end())
            value = value.strip()
            is_free = name in FREE_TEXT  # without the indentation of the file
            more = "\n".join(map(str.strip, value.split("\n"))) if is_free else value
            known = citation.fields.get(name)
            if known and known != more and name in _DIVIDERS:
                citation.fields[name] = f"{known}{_DIVIDERS[name]}{more}"
            elif known is not None and known != more:
                message = f"{name} stands twice in {citation.key or 'an entry without a key'}"
                self._doubt(line, citation, message, "the first is taken")
            elif known is None:
                citation.fields[name] = more
                citation.lines[name] = line
            previous = name

    def _doubt(self, line: int, citation: Citation, message: str, suggestion: str) -> None:
        self.doubts.append(EntryDoubt(line, citation.key, message, suggestion))

    def _resolve(self, text: str, at: int) -> tuple[str, int]:
        """Return the value that begins there, `#` and strings resolved, and where it ends."""
        parts: list[str] = []
        joined = True
        size = 0
        while size <= _LONGEST_VALUE and (part := _PARTS.match(text, at)):
            kind = part.lastgroup
            if kind == "hash":
                joined = True
                at = part.end()
                continue
            if not joined:
                break
            joined = False
            if kind == "open":
                end = _end_of(text, part.end(), part["open"])
                parts.append(text[part.end() : end])
                at = end + 1
            else:
                words = _BARE_WORDS.match(text, at) if not parts else None
                if words and not _HASH.match(text, words.end()):
                    word = words[0].strip()  # a number, a string's name, or words without braces
                    low = word.lower()  # macros have no case, those of months neither
                    return self._strings.get(low, low if low in MONTHS else word), words.end()
                word = part["bare"]
                months = MONTHS.get(word.lower(), word)
                parts.append(self._strings.get(word.lower(), months))
                at = part.end()
            size += len(parts[-1])
        return "".join(parts), at


def _end_of(value: str, start: int, opened: str, *, at_next_entry: bool = False) -> int:
    """Return where the braces or quotes that were opened end; -1 where an entry never does."""
    depth = 0
    for mark in (_ENTRY_MARKS if at_next_entry else _MARKS).finditer(value, start):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            if depth == 0 and opened == "{":
                return mark.start()
            depth -= 1
        elif depth == 0 and mark[0] == _CLOSING.get(opened):
            return mark.start()
        elif mark[0].startswith("\n"):
            return -1
    return -1 if at_next_entry else len(value)


def inherited(citations: tuple[Citation, ...]) -> tuple[list[Citation], list[Citation]]:
    """Return the entries with what they take from their parents, and the parents.

    `crossref` (BibTeX, BibLaTeX) and `xdata` (BibLaTeX) name other entries of the file; a volume's
    title is its papers' `booktitle`.
    """
    by_key: dict[str, Citation] = {}
    for citation in citations:
        by_key.setdefault(citation.key.lower(), citation)
    heritage = _Heritage(by_key, {}, {})
    kept = [citation._replace(fields=_fields_of(citation, heritage)) for citation in citations]
    volumes = [each for each in heritage.parents.values() if each.type in _VOLUMES]
    lines = {id(each) for each in volumes}
    return [it for it, old in zip(kept, citations, strict=True) if id(old) not in lines], volumes


_GENERATIONS = 20
_VOLUMES = frozenset("proceedings mvproceedings collection mvcollection periodical xdata".split())
_NOT_INHERITED = frozenset(
    """crossref xref xdata entryset ids label keywords file abstract doi url eprint shorttitle
    sorttitle indextitle""".split()
)
# A volume's title is no title of its papers: BibLaTeX's manual, appendix B.
_INHERITED_AS = {
    "title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon",
}  # fmt: skip


class _Heritage(NamedTuple):
    """What is known of entries that take fields from others, by the id of each."""

    by_key: Mapping[str, Citation]
    parents: dict[int, Citation]
    fields: dict[int, dict[str, str]]


def _fields_of(citation: Citation, heritage: _Heritage, age: int = 0) -> dict[str, str]:
    """Return the fields of an entry with what it takes, also from its parents' parents."""
    fields = heritage.fields.get(id(citation), citation.fields)
    if fields is citation.fields and not fields.keys().isdisjoint(("crossref", "xdata")):
        heritage.fields[id(citation)] = dict(fields)  # for parents that name their children
        for name in ("crossref", "xdata"):
            if name in fields and age < _GENERATIONS:
                fields = _with_parents(citation, fields, name, heritage, age)
        heritage.fields[id(citation)] = fields
    return fields


def _with_parents(
    citation: Citation, fields: dict[str, str], name: str, heritage: _Heritage, age: int
) -> dict[str, str]:
    merged = dict(fields)
    keys = [key.strip().lower() for key in fields[name].split(",")]
    known = [it for it in map(heritage.by_key.get, keys) if it and it is not citation]
    for parent in known:
        heritage.parents[id(parent)] = parent
        names = _INHERITED_AS if name == "crossref" else {}
        for field_, value in _fields_of(parent, heritage, age + 1).items():
            home = names.get(field_, field_)
            if field_ not in _NOT_INHERITED and (home == field_ or home not in parent.fields):
                merged.setdefault(home, value)
    if known:
        del merged[name]
    return merged
