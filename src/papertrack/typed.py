"""What a person types or pastes, made into values: fields, a paper, changes, lines to add."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import filterfalse
from typing import NamedTuple

from papertrack.authors import split_names
from papertrack.errors import PapertrackError
from papertrack.folding import did_you_mean, fold
from papertrack.identifiers import identifier_in, is_key, normalise_arxiv, normalise_doi, slug
from papertrack.models import DATES, FIELDS, LISTS, Paper
from papertrack.patterns import pattern
from papertrack.status import DAY_FIELDS, Status, status_of

Value = str | int | date | tuple[str, ...]
"""What a field holds."""

_ACTING = pattern(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)
"""Addresses that do something, instead of leading somewhere."""
_COMMA = pattern("[,，]")
_KEPT = ("key", "title")
"""The fields that every paper has."""
Typed = Mapping[str, str | Sequence[str] | None]
"""What somebody typed of a new paper, by field; absent where None or empty."""


def parse(field: str, text: str, *, today: date) -> Value:
    """Return the value that the text stands for in this field.

    `arxiv` and `doi` may be addresses; a list field takes one of its texts. Raises
    PapertrackError, with an example, where the text does not fit the field.
    """
    if field in DATES:
        from papertrack.query import parse_date  # most fields are no dates

        return parse_date(text, today)
    if field == "links" and _ACTING.match(text):
        raise PapertrackError(f'link "{text.strip()}" is not an address: write one with https://')
    if field in LISTS:
        return (_some(field, text),)
    parser = _PARSERS.get(field)
    return parser(text.strip()) if parser else _some(field, text)


def field_named(word: str) -> str:
    """Return the field that somebody typed; PapertrackError where there is no such field."""
    bare = word.strip().lower()
    for field in (bare, f"{bare}s"):
        if field in FIELDS:
            return field
    hint = did_you_mean(bare, FIELDS, f"a paper has {', '.join(FIELDS)}")
    raise PapertrackError(f'no field "{word}": {hint}')


def _some(field: str, text: str) -> str:
    if not text.strip():
        needed = field in {"key", "title"}
        hint = "every paper has one" if needed else "leave it out where nothing is known"
        raise PapertrackError(f"{field} is empty: {hint}")
    return " ".join(text.split()) if field == "title" else text.strip()  # a title is one line


def _number(field: str, numbers: range, example: str, text: str) -> int:
    digits = fold(text).removesuffix("年") if field == "year" else text
    if digits.isascii() and digits.isdigit() and int(digits[:9]) in numbers:
        return int(digits)
    raise PapertrackError(f'{field} "{text}" is not a {field}: write {example}')


def _key(text: str) -> str:
    if is_key(text):
        return text
    raise PapertrackError(
        f'key "{text}" is not lower-case letters, digits and hyphens: write {slug(text)}'
    )


def _doi(text: str) -> str:
    if doi := normalise_doi(text):
        return doi
    raise PapertrackError(f'doi "{text}" is not a DOI: write one such as 10.1145/3292500.3330701')


def _arxiv(text: str) -> str:
    if arxiv := normalise_arxiv(text):
        return arxiv
    raise PapertrackError(f'arxiv "{text}" is not an arXiv id: write one such as 2302.13971')


def _status(text: str) -> str:
    if status := status_of(text):
        return status.value
    *others, last = Status
    raise PapertrackError(f'"{text}" is not a status: write {", ".join(others)} or {last}')


_PARSERS: dict[str, Callable[[str], Value]] = {
    "key": _key,
    "year": partial(_number, "year", range(1000, 10_000), "four digits, such as 2023"),
    "priority": partial(_number, "priority", range(1, 6), "1 (first) to 5"),
    "doi": _doi,
    "arxiv": _arxiv,
    "status": _status,
}


class FieldChanges(NamedTuple):
    """What is to become of a paper."""

    values: Mapping[str, Value | None] = {}
    """New values by field; None takes the field away."""
    add_authors: tuple[str, ...] = ()
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    note: str | None = None
    """A line for its notes, dated then."""
    columns: Mapping[str, str | None] = {}
    """New texts by own column; None takes the column away."""


def new_paper(typed: Typed, today: date) -> Paper:
    """Return the paper that was typed, added today; its key is empty where none was typed.

    Raises PapertrackError where a text does not fit its field.
    """
    values: dict[str, Value] = {}
    for field, text in typed.items():
        if isinstance(text, str) and text:
            values[field] = value_of(field, text, today)
        elif text:
            values[field] = _tags(text) if field == "tags" else _each(field, text, today)
    values["title"] = parse("title", str(typed["title"]), today=today)
    status = Status(str(values.get("status", Status.TO_READ)))
    dates = {"added": today}
    if of_status := DAY_FIELDS.get(status):
        dates[of_status] = today
    return Paper.model_validate({"key": "", **dates, **values, "status": status})


def completed(typed: Typed, base: Paper, today: date) -> Paper:
    """Return the paper that was typed, and from the other what was not typed, its key apart.

    Raises PapertrackError where a text does not fit its field.
    """
    own = new_paper({**typed, "title": typed.get("title") or base.title}, today)
    given = {name for name, text in typed.items() if text} | {"key", "title"}
    if "status" in given:
        given.update(DAY_FIELDS.values())
    rest = {name: getattr(base, name) for name in Paper.model_fields if name not in given}
    return own.model_copy(update={name: value for name, value in rest.items() if value})


def field_changes(
    *,
    setting: Sequence[str] = (),
    unset: Sequence[str] = (),
    add_authors: Iterable[str] = (),
    add_tags: Iterable[str] = (),
    remove_tags: Iterable[str] = (),
    note: str | None = None,
    today: date,
) -> FieldChanges:
    """Return what `FIELD=VALUE` and the like ask for; PapertrackError where it makes no sense.

    `tags` and `authors` are several between commas; `links=` may be given more than once, and
    `column:Code=` sets an own column, or takes it away where nothing follows.
    """
    values: dict[str, Value | None] = {}
    columns = _own_columns(setting, unset)
    for assignment in filterfalse(_own_column, setting):
        word, equals, text = assignment.partition("=")
        if not equals:
            raise PapertrackError(f'"{assignment}" sets nothing: write --set year=2023')
        field = field_named(word)
        if not text.strip():
            hint = f"--unset {field} takes it away" if field not in _KEPT else "write what it is"
            raise PapertrackError(f"nothing follows {field}=: {hint}")
        value = value_of(field, text, today)
        before = values.get(field)
        if before is None:
            values[field] = value
        elif field == "links" and isinstance(before, tuple) and isinstance(value, tuple):
            values[field] = (*before, *value)
        else:
            raise PapertrackError(f"{field} is set twice: give it once")
    for word in filterfalse(_own_column, unset):
        field = field_named(word)
        if field in _KEPT:
            raise PapertrackError(f"a paper has a {field}: --set {field}=… changes it")
        if field in values:
            raise PapertrackError(f"{field} is both set and unset: give one of them")
        values[field] = None
    authors = tuple(author.strip() for author in add_authors if author.strip())
    tags, gone = _tags(add_tags), _tags(remove_tags)
    return FieldChanges(values, authors, tags, gone, note, columns)


def tag_changes(signed: Sequence[str]) -> FieldChanges:
    """Return what `+TAG` and `-TAG` ask for; PapertrackError where one names no tag."""
    if bare := next((word for word in signed if not word[1:].strip()), None):
        raise PapertrackError(f"{bare} names no tag: write {bare}TAG, such as {bare}rlhf")
    if doubled := next((word for word in signed if word[1] in "+-"), None):
        right = f"{doubled[0]}{doubled.lstrip('+-') or 'TAG'}"
        raise PapertrackError(f"{doubled} has two signs: write {right}")
    return FieldChanges(
        add_tags=_tags(word[1:] for word in signed if word.startswith("+")),
        remove_tags=_tags(word[1:] for word in signed if word.startswith("-")),
    )


def value_of(field: str, text: str, today: date) -> Value:
    """Return the value that one text says of a field: tags between commas, names as import does.

    Raises PapertrackError where the text does not fit the field.
    """
    if field == "tags":
        return _tags([text])
    if field == "authors":
        return tuple(dict.fromkeys(split_names(text))) or parse(field, text, today=today)
    return parse(field, text, today=today)


def _tags(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the tags that commas part, each once; PapertrackError where there is none."""
    parts: list[str] = []
    for text in typed:
        parts += [part for part in _COMMA.split(text) if part.strip()] or [""]  # which is refused
    return tuple(dict.fromkeys(_some("tags", part) for part in parts))


def _each(field: str, texts: Iterable[str], today: date) -> tuple[str, ...]:
    values = (parse(field, text, today=today) for text in texts)
    return tuple(dict.fromkeys(it for value in values if isinstance(value, tuple) for it in value))


def _own_columns(setting: Iterable[str], unset: Iterable[str]) -> dict[str, str | None]:
    """Return the texts of own columns that are asked for; None for one that is to go."""
    columns: dict[str, str | None] = {}
    for assignment in (*setting, *(f"{word}=" for word in unset)):
        word, equals, text = assignment.partition("=")
        if header := _own_column(word):
            if not equals:
                raise PapertrackError(f'"{assignment}" sets nothing: write --set {assignment}=…')
            if header in columns:
                raise PapertrackError(f"column:{header} is named twice: give it once")
            columns[header] = text.strip() or None
    return columns


def _own_column(word: str) -> str | None:
    """Return the header that `column:HEADER` names; None for what is no own column."""
    before, colon, header = word.partition(":")
    if not colon or before.strip().lower() not in {"column", "columns"}:
        return None
    if not header.strip():
        raise PapertrackError(
            f"{word} names no column: write --set column:Code=https://example.org"
        )
    return header.strip()


ENTRY = pattern(r"\s*@\w+\s*[{(]")
# Chinese stands beside an address without a space.
ADDRESS = pattern(
    r"(?<![!-')-;=-~])[a-z][a-z0-9+.-]{0,30}://[^\s<>（），。；！？、：》】」』”]+", re.IGNORECASE
)
_MARK = pattern(r"\s*(?:>\s*)*(?:(?:[-*+•·–—]|\d{1,3}[.)、])\s+)?(?:\[([ xX])\]\s+)?")
_SAYS_SOMETHING = pattern(r"[^\W_]")
PROSE = pattern(  # how a mail begins, goes on and ends, and what is too short for a title
    r"(?:hi|hello|hey|dear|please|thanks?|cheers|regards|let me|here (?:is|are)|i|we)\b.*"
    r"|.*[:,.;!…：，。；！]|(?-i:[a-z]).*|[^\s\u3040-\ud7af]+(?:\s[^\s\u3040-\ud7af]+)?",
    re.IGNORECASE,
)
_EMPTY = pattern(r"<\s*>|\[\s*\]|\(\s*\)")
_AROUND = " \t-–—:,;|·"


class AddLine(NamedTuple):
    """What to add."""

    text: str
    """A title, an id, an address of one, or a BibTeX entry."""
    links: tuple[str, ...] = ()
    """Where the line leads besides."""
    note: str = ""
    """The words beside an id or a link."""
    ticked: bool = False
    """Whether the box before it is ticked off."""


class AddLines(NamedTuple):
    """What to add, and what stands between, by the number of the line from 1."""

    papers: Mapping[int, AddLine]
    prose: Mapping[int, str]
    """Lines that read like a mail, where others hold an address or id."""
    headings: int


def read_lines(text: str) -> AddLines:
    """Return what stands on the lines, the marks of Markdown's items left out.

    A BibTeX entry goes on to the line in which its braces close.
    """
    papers: dict[int, AddLine] = {}
    plain: dict[int, str] = {}
    entry = leading = headings = 0
    for number, line in enumerate(text.splitlines(), 1):
        if entry:
            papers[entry] = AddLine(f"{papers[entry].text}\n{line}")
        elif ENTRY.match(line):
            entry, papers[number] = number, AddLine(line)
        elif line.lstrip().startswith("#"):
            headings += 1
        elif _SAYS_SOMETHING.search(line):
            mark = _MARK.match(line)
            item = line[mark.end() :].strip() if mark else line.strip()
            ticked = mark is not None and (mark[1] or "").casefold() == "x"
            papers[number] = paper = read_line(item)._replace(ticked=ticked)
            leads = bool(paper.links or ADDRESS.search(paper.text) or identifier_in(paper.text))
            leading += leads
            if not leads and item == line.strip() and PROSE.fullmatch(item):
                plain[number] = item
        if entry and papers[entry].text.count("{") <= papers[entry].text.count("}"):
            entry = 0
    if leading * 2 <= len(papers):  # the others may be titles in small letters
        plain = {at: item for at, item in plain.items() if item[-1] in ":,：，"}
    prose = plain if leading else {}
    return AddLines({at: it for at, it in papers.items() if at not in prose}, prose, headings)


def read_line(text: str) -> AddLine:
    """Return what one line without the marks of an item says."""
    if "](" in text:
        return _linked(text)
    whole = text.strip("<>")
    if ADDRESS.match(whole) and " " not in whole:
        return AddLine(whole.rstrip(".,;>"))
    words = [word for word in text.split() if identifier_in(word)]
    words = words or [word for word in ADDRESS.findall(text) if identifier_in(word)]
    if identifier_in(whole) or len(words) != 1:
        return AddLine(whole)
    return AddLine(words[0].strip("<>()[],;"), note=_rest(text.replace(words[0], "", 1)))


def _linked(text: str) -> AddLine:
    """Return what a text with links of Markdown says.

    One id among its links is the paper, whose title the services know. Without any the words of
    the first link are the title, or those beside it where that says only what it leads to.
    """
    from papertrack.markdown.inline import (  # slow to import
        is_label,
        line_of,
        links,
        spans,
        visible_text,
    )

    runs = spans(text)
    every = [link for link in links(runs) if ADDRESS.match(link) or identifier_in(link)]
    ids = {known: link for link in every if (known := identifier_in(link))}
    if not every or len(ids) > 1:
        return AddLine(text if every else visible_text(text))
    beside = _rest(line_of(run for run in runs if not run.link))
    for link in every:
        beside = _rest(beside.replace(link, ""))
    if ids:
        others = tuple(link for link in every if not identifier_in(link))
        return AddLine(next(iter(ids.values())), others, beside)
    first = next((run.link for run in runs if run.link), "")
    title = line_of(run for run in runs if run.link == first)
    if is_label(title) and beside:
        return AddLine(beside, tuple(every))
    return AddLine(title, tuple(every), beside)


def _rest(text: str) -> str:
    """Return the words beside an address, without the signs that parted them from it."""
    words = " ".join(_EMPTY.sub("", text).split()).strip(_AROUND)
    return words if _SAYS_SOMETHING.search(words) else ""
