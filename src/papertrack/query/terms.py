"""The query language as text: what was typed cut into terms and days, and terms spelled again.

So is what a list is like: `--sort year,-added`, `--columns key,year`, `--limit 5`.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import NamedTuple

from papertrack import folding
from papertrack.errors import PapertrackError
from papertrack.models import FIELDS
from papertrack.patterns import pattern

_ISO = pattern(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?")
_BACK = pattern(r"-\s?([0-9]{1,5})\s?([dwmy])")
_AGO = pattern(r"([0-9]{1,5})[\s_-]([dwmy])(?:ay|eek|onth|ear)s?[\s_-]ago")
_NAMED = pattern(r"(this|last)[\s_-]?(week|month|year)")
_DAYS_BACK = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}
_IN_ENGLISH = {
    "本周": "this-week", "这周": "this-week", "上周": "last-week", "本月": "this-month",
    "上个月": "last-month", "上月": "last-month", "今年": "this-year", "去年": "last-year",
}  # fmt: skip
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "y": 12}
FORMS = "2023-03-01, today, yesterday or -2w for two weeks ago (d, m, y: days, months, years)"
_SINGULAR = {"authors": "author", "links": "link", "tags": "tag"}
FIELDS_ALONE = (*FIELDS, "source")
"""The fields that can be sorted by and shown."""
PRESENCE = ("has", "missing")
OWN = "column"
"""What a term of an own column begins with: `column:Code`, `column:Code:github`."""
NAMES = {
    **{name: name for name in (*FIELDS_ALONE, OWN, *PRESENCE)},
    **{singular: name for name, singular in _SINGULAR.items()},
    "note": "notes",
    "is": "status",
    "no": "missing",
    "columns": OWN,
}
"""Every field that a term may begin with, and the field that it stands for."""
_IN_CHINESE = {
    "标题": "title", "题目": "title", "名称": "title", "作者": "authors", "机构": "lab",
    "会议": "venue", "期刊": "venue", "来源": "source", "年份": "year", "标签": "tags",
    "状态": "status", "说明": "summary", "备注": "notes", "笔记": "notes",
}  # fmt: skip
"""The same in the words of Chinese lists: `标签：图网络`."""
_OTHERWISE = {
    "sort": "--sort year sorts",
    "order": "--sort year sorts",
    "limit": "--limit 5 shows the first five",
    "since": "write year:2020.. or added:-2w..",
    "after": "write year:2020.. or added:-2w..",
    "from": "write year:2020.. or added:-2w..",
    "before": "write year:..2020 or added:..-2w",
    "until": "write year:..2020 or added:..-2w",
    "to": "write year:..2020 or added:..-2w",
    "date": "write year:2020, added:2024-03, started:2024-03 or finished:2024-03",
}
"""Words that people try, and what does the same."""
_FIELD_MEANT = {
    "author": "by writer",
    "tag": "keyword keywords topic topics label labels category subject hashtag",
    "status": "state read",
    "lab": "org institution institute affiliation company group team",
    "venue": "journal conference publisher in",
    "link": "url href pdf code github",
    "key": "id ref",
    "summary": "abstract description",
    "added": "created",
    "finished": "done completed",
}
"""What other tools call a field."""
EXAMPLE = 'a query is like lab:Meta year:2020..2023 -tag:vision "human feedback"'

_WORD = pattern(r"\S+")
_HEAD = pattern(
    rf"(?P<minus>-?)(?:(?P<field>[A-Za-z][A-Za-z_-]*|{'|'.join(_IN_CHINESE)})(?P<colon>[:：]))?"
)
_COMPARED = pattern(
    r"(?P<minus>-?)(?P<field>[A-Za-z]+)(?P<sign>!=|[=<>]=?|==)(?P<value>[^\s=<>]\S*)"
)
_SET_OFF = pattern(r"(?P<sign>[!~(\[{]|-\()(?P<term>[A-Za-z]+:[^\s)\]}]+)")
_OPERATORS = {
    "or": "OR",
    "||": "OR",
    "|": "OR",
    "and": "AND",
    "&&": "AND",
    "&": "AND",
    "not": "NOT",
}
_ADDRESS = pattern(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_VALUE = pattern(
    r'"(?P<straight>(?:[^"\\]|\\.)*)"|“(?P<curly>[^”]*)”|(?P<bare>[^\s,，]*)', re.DOTALL
)
_ESCAPED = pattern(r'\\([\\">])')
_COMMA = pattern("[,，]")
_DIGITS = 9
"""No list has more papers than fit."""
_NEEDS_QUOTES = pattern(r'[\s,，"“”>|]')
_BARE_NEEDS_QUOTES = pattern(r"^-|[:：=<]")


class Days(NamedTuple):
    """The days from the first to the last, both included."""

    first: date
    last: date


def parse_date(text: str, today: date) -> date:
    """Return the one day that the text means; PapertrackError for a month, a year, or nonsense."""
    span = parse_span(text, today)
    if span is None:
        raise PapertrackError(f'"{text}" is not a date: write {FORMS}')
    if span.first != span.last:
        raise PapertrackError(f'"{text}" is not one day: write {FORMS}')
    return span.first


def parse_span(text: str, today: date) -> Days | None:
    """Return the days that the text means: one day, or a whole week, month or year; else None."""
    bare = folding.fold(text).strip()
    bare = _IN_ENGLISH.get(bare, bare)
    try:
        if bare in _DAYS_BACK:
            return _one(today - timedelta(days=_DAYS_BACK[bare]))
        if back := _BACK.fullmatch(bare) or _AGO.fullmatch(bare):
            return _one(_back(today, int(back[1]), back[2]))
        if named := _NAMED.fullmatch(bare):
            return _whole(today, named[2], ago=named[1] == "last")
        if iso := _ISO.fullmatch(bare):
            return _calendar(*(int(part) if part else None for part in iso.groups()))
    except (ValueError, OverflowError):  # the 30th of February, the year 0, -99999y
        return None
    return None


def _one(day: date) -> Days:
    return Days(day, day)


def _whole(today: date, unit: str, *, ago: bool) -> Days:
    """Return this week (from Monday), month or year, or the one before it."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * ago)
        return Days(monday, monday + timedelta(days=6))
    day = _back(today, int(ago), unit[0])
    return _calendar(day.year, day.month if unit == "month" else None, None)


def _calendar(year: int | None, month: int | None, day: int | None) -> Days:
    start = date(year or 0, month or 1, day or 1)
    if day:
        return _one(start)
    return Days(start, _month_end(start.year, month or 12))


def _back(today: date, number: int, unit: str) -> date:
    if unit in _DAYS:
        return today - timedelta(days=number * _DAYS[unit])
    months = today.year * 12 + today.month - 1 - number * _MONTHS[unit]
    last = _month_end(months // 12, months % 12 + 1)
    return last.replace(day=min(today.day, last.day))  # a month before 31 March: 28 February


def _month_end(year: int, month: int) -> date:
    if month == 12:  # December, after which date.max may lie
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


class Term(NamedTuple):
    """One condition: any of the values, or, negated, none of them."""

    field: str | None
    """A field's name, `source`, `has`, `missing`, or None to search the whole text."""
    values: tuple[str, ...]
    """At least one; white space in them is single spaces."""
    negated: bool = False

    def __str__(self) -> str:
        """Return the term spelled so that it reads back the same and never holds `-->`."""
        values = ",".join(_spell(value, bare=self.field is None) for value in self.values)
        field = _SINGULAR.get(self.field, self.field) + ":" if self.field else ""
        return f"{'-' if self.negated else ''}{field}{values}"


def term(field: str, value: str | Sequence[str]) -> str:
    """Return the term that means just this value, whatever the text: `lab:"Meta AI"`.

    Of several, as an option gives them, any: commas in them part values like repeated options.
    An empty field searches the whole text.
    """
    parts = [value] if isinstance(value, str) else [part for it in value for part in _commas(it)]
    squeezed = [_squeeze(part) for part in parts]
    values = tuple(part for part in squeezed if part) or ("",)
    return str(Term(NAMES[field] if field else None, values))


def read_terms(text: str) -> tuple[Term, ...]:
    """Return the terms of a query's text; PapertrackError names the one that is not right."""
    terms = []
    position = _next_word(text, 0)
    while position < len(text):
        word = _WORD.match(text, position)
        behind = _next_word(text, word.end()) if word else len(text)
        operator = _operator(word[0], text[behind:]) if word else None
        term, position = _term_at(text, behind if operator else position)
        if term.values != ("",):  # `""` says nothing
            terms.append(_negated(term) if operator == "NOT" else term)
        position = _next_word(text, position)
    return tuple(terms)


def with_tag_renamed(text: str, old: str, new: str) -> str:
    """Return a query's text with a tag under its new name; the very text where it names it not."""
    gone = folding.fold_name(old)
    terms = read_terms(text)
    if not any(it.field == "tags" and gone in map(folding.fold_name, it.values) for it in terms):
        return text
    return " ".join(str(_with_tag_renamed(it, gone, new)) for it in terms)


def read_arguments(arguments: Sequence[str]) -> tuple[Term, ...]:
    """Return the terms of the words of a command line, as `read_argument` reads each."""
    terms: list[Term] = []
    operator = None
    for argument, behind in zip_longest(arguments, arguments[1:], fillvalue=""):
        negate = operator == "NOT"
        operator = _operator(argument, behind)
        if operator is None:
            read = read_argument(argument)
            terms += map(_negated, read) if negate else read
    return tuple(terms)


def read_argument(argument: str) -> tuple[Term, ...]:
    """Return the terms of one word of a command line, whose quotes the shell has taken.

    `human feedback` is a phrase then, and `lab:Meta AI` one value; with quotes of its own, or
    with a further field or negation in it, it is a query's text like any other.
    """
    terms = read_terms(argument)
    if len(terms) < 2 or any(quote in argument for quote in '"“'):  # one term is one term
        return terms
    if any(later.field or later.negated for later in terms[1:]):
        return terms
    first = terms[0]
    whole = argument.strip()[first.negated :]
    if not first.field:
        return (Term(None, (_squeeze(whole),), first.negated),)
    head = _HEAD.match(whole)
    parts = _commas(whole[head.end() if head else 0 :])
    return (Term(first.field, tuple(filter(None, map(_squeeze, parts))), first.negated),)


class SortKey(NamedTuple):
    """One field to sort by."""

    field: str
    descending: bool


def parse_sort(text: str, own: Collection[str] = ()) -> tuple[SortKey, ...]:
    """Return the fields to sort by, first the one that counts most; `-` before one turns it.

    `own` are the headers of the columns that papers have of their own: `column:Code`.
    """
    use = "to sort by, like year,-added"
    return tuple(
        SortKey(_field(part.lstrip("+-"), use, own), part.startswith("-"))
        for part in _parts(text, own)
    )


def parse_columns(text: str, own: Collection[str] = ()) -> tuple[str, ...]:
    """Return the fields to show, as a paper names them, and own columns by their headers."""
    return tuple(_field(part, "to show, like key,year,title", own) for part in _parts(text, own))


def parse_count(text: str, option: str, *, least: int = 1) -> int:
    """Return the number that was typed; PapertrackError where it is none, or too small."""
    digits = folding.fold(text).strip()
    if digits.isascii() and digits.isdigit() and int(digits[:_DIGITS]) >= least:
        return int(digits[:_DIGITS])
    more = f", {least} or more" if digits.removeprefix("-").isdigit() else ""
    raise PapertrackError(f'{option} "{text}" is not a number of papers{more}: write {option} 5')


_COMPARED_WHOLE = ("key", "lab", "tags", "status", "year", "priority")
_NO_OR = (
    "OR: all terms must hold; a comma means any of: write lab:Meta,OpenAI or bert,gpt, "
    'and the word itself in quotes, "or"'
)


def _operator(word: str, behind: str) -> str | None:
    """Return AND or NOT where the word joins terms; PapertrackError for OR.

    It joins in capitals, or before a field; a last word joins nothing, but for OR in capitals.
    """
    operator = _OPERATORS.get(word.lower())
    if operator is None:
        return None
    head = _HEAD.match(behind)
    before_field = head is not None and _name_of(head["field"] or "") is not None
    if not before_field and (word != operator or (operator != "OR" and not behind)):
        return None
    if operator == "OR":
        raise PapertrackError(_NO_OR)
    return operator


def _negated(term: Term) -> Term:
    return term._replace(negated=not term.negated)


def _term_at(text: str, position: int) -> tuple[Term, int]:
    whole = _WORD.match(text, position)
    word = whole[0] if whole else ""
    if word.startswith("--"):
        raise PapertrackError(
            f"{word}: no term begins with --; {EXAMPLE}, and quoted text is searched"
        )
    if word == "-":
        return Term(None, ("-",)), position + 1
    head = _HEAD.match(text, position)
    minus, field = (head["minus"] == "-", head["field"]) if head else (False, None)
    start = position + minus
    if address := _ADDRESS.match(text, start):
        return Term(None, (address[0],), minus), address.end()
    name = _name_of(field) if field else None
    if field and head and name is None and not _is_text(head, text):
        raise PapertrackError(f"{word}: {_no_field(field)}")
    _refuse_other_spelling(word)
    values, end = _values_at(text, head.end() if head and name else start)
    if name and not any(values):
        others = f"or missing:{name} for papers without"
        like = f"like {name}:year" if name in PRESENCE else others
        raise PapertrackError(f"{word} has no value: write one, {like}")
    kept = tuple(value for value in values if value)
    if name in _COMPARED_WHOLE and "|" in word and '"' not in word:
        right = word.replace("|", ",")
        raise PapertrackError(f"{word}: a comma means any of: write {right}")
    return Term(name, kept or ("",), minus), end


def _name_of(word: str) -> str | None:
    return NAMES.get(word.lower()) or _IN_CHINESE.get(word)


def _refuse_other_spelling(word: str) -> None:
    """Refuse a word that other languages of queries would understand: `year>2020`, `!lab:Meta`."""
    compared = _COMPARED.match(word)
    if compared and compared["field"].lower() in NAMES:
        sign = compared["sign"].strip("=")
        negated = "-" if "!" in sign else compared["minus"]
        equal = "=" if sign in "<>" and "=" in compared["sign"] and sign else ""
        right = f"{negated}{compared['field']}:{sign.strip('!')}{equal}{compared['value']}"
        raise PapertrackError(f"{word}: put a colon between a field and its value: write {right}")
    set_off = _SET_OFF.match(word)
    if set_off and set_off["term"].partition(":")[0].lower() in NAMES:
        sign, right = set_off["sign"], set_off["term"]
        what = "no brackets in a query" if sign[-1] in "([{" else "a minus sign negates"
        minus = "-" if sign in ("!", "~", "-(") else ""
        raise PapertrackError(f"{word}: {what}: write {minus}{right}")


def _is_text(head: re.Match[str], text: str) -> bool:
    """Say whether what stands before the colon is no field: `BERT: …`, `模型：`."""
    return head["colon"] == "：" or not text[head.end() : head.end() + 1].strip()


def _no_field(field: str) -> str:
    word = field.lower()
    if word in _OTHERWISE:
        return f'no field "{field}": {_OTHERWISE[word]}'
    meant = [name for name, words in _FIELD_MEANT.items() if word in words.split()]
    near = meant or folding.nearest(field, NAMES)
    guess = f"did you mean {' or '.join(near[:2])}?" if near else EXAMPLE
    return f'no field "{field}": {guess} (text that holds a colon needs double quotes)'


def _values_at(text: str, position: int) -> tuple[list[str], int]:
    """Return the values from here on, comma after comma, and where they end."""
    values = []
    while value := _VALUE.match(text, position):
        if value["bare"] and value["bare"][0] in '"“':
            raise PapertrackError(f"the quote at {text[position:].strip()} is not closed")
        straight, curly, bare = value.group("straight", "curly", "bare")
        values.append(_squeeze(_ESCAPED.sub(r"\1", straight) if straight else curly or bare or ""))
        position = value.end()
        if text[position : position + 1] not in (",", "，"):
            break
        position += 1
    return values, position


def _next_word(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _commas(text: str) -> list[str]:
    return _COMMA.split(text)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _spell(value: str, *, bare: bool) -> str:
    plain = value and not _NEEDS_QUOTES.search(value)
    if plain and not (bare and (_BARE_NEEDS_QUOTES.search(value) or value.lower() in _OPERATORS)):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace(">", "\\>")
    return f'"{escaped}"'


def _with_tag_renamed(term: Term, gone: str, new: str) -> Term:
    if term.field != "tags":
        return term
    named = (new if folding.fold_name(value) == gone else value for value in term.values)
    return term._replace(values=tuple(dict.fromkeys(named)))


def _parts(text: str, own: Iterable[str]) -> list[str]:
    """Return what stands between commas; those in the header of an own column part nothing."""
    headers = {folding.fold(header) for header in own}
    most = 1 + max((header.count(",") for header in headers), default=0)
    words = text.replace("，", ",").split(",")
    parts = []
    at = 0
    while at < len(words):
        for end in range(min(at + most, len(words)), at, -1):
            part = ",".join(words[at:end]).strip()
            kind, _, header = part.lstrip("+-").partition(":")
            if kind.lower() == OWN and folding.fold(header) in headers:
                break
        parts.append(part)
        at = end
    return [part for part in parts if part]


def _field(name: str, use: str, own: Iterable[str]) -> str:
    kind, colon, wanted = name.partition(":")
    if colon and kind.lower() == OWN:
        headers = {folding.fold(header): header for header in own}
        if header := headers.get(folding.fold(wanted)):
            return f"{OWN}:{header}"
        others = f"papers have {', '.join(headers.values())}" if headers else "no paper has any"
        hint = folding.did_you_mean(wanted, headers.values(), others)
        raise PapertrackError(f'no own column "{wanted}": {hint}')
    field = NAMES.get(name.lower())
    if field in FIELDS_ALONE:
        return field
    alone = [known for known in NAMES if NAMES[known] in FIELDS_ALONE]
    guess = folding.did_you_mean(name, alone, f"write fields {use}")
    raise PapertrackError(f'no field "{name}": {guess}')
