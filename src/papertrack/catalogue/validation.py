"""What Pydantic refused, said in words that tell what was expected and what to do."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from papertrack.folding import nearest
from papertrack.models import DATES, LISTS, Headings
from papertrack.status import Status, status_of
from papertrack.toml.values import spell, spell_key

_LISTS = (*LISTS, "columns", "headers", "align", "files", "ignore")
_LONGEST = 40


def complaint(field: str, value: object, where: str) -> str:
    """Return why the value is none for the field, and what to write; `where` follows the fault."""
    if isinstance(value, list):
        value = next((item for item in value if not isinstance(item, str)), value)
        if field in _LISTS:
            return f"{field} holds {shown(value)}{where}, which is not text: put it in quotes"
    if field in _NOUNS:
        noun, advice = _NOUNS[field], _ADVICE[field](value)
    elif field in DATES:
        noun, advice = "a date", _right_date(value)
    elif field in _LISTS:
        noun, advice = "a list of texts", _right_list(field, value)
    else:
        noun, advice = "text", _right_text(field, value)
    return f"{field} {shown(value)} is not {noun}{where}: {advice}"


def of_subtable(table: str, value: object, keys: Sequence[str], where: str) -> str:
    """Return why `[paper.columns]` and the like are no texts by key, and what to write."""
    if keys and isinstance(value, Mapping):
        key, text = spell_key(keys[0]), value[keys[0]]
        return f"{key} {shown(text)} is not text{where}: {_right_text(key, text)}"
    return f'{table} {shown(value)} is not a table{where}: write [paper.{table}] above Name = "…"'


def missing(field: str, paper: str) -> str:
    """Return that a field is missing which every paper has."""
    name = f"paper {quoted(paper)}" if paper else "this paper"
    return f'{name} has no {field}: write {field} = "…"'


def of_paper(paper: str) -> str:
    """Return which paper it is, in brackets; nothing where it has no name."""
    return f" (paper {quoted(paper)})" if paper else ""


def quoted(text: str) -> str:
    """Return the text between quotes on one line, cut where it is long."""
    line = " ".join(text.split())
    return f'"{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"}"'


def shown(value: object) -> str:
    """Return the value as it is written, short, for a message."""
    match value:
        case str():
            return quoted(value)
        case Mapping():
            return "(a table)"
        case list() | tuple():
            return "(a list)"
        case bool() | int() | float() | date():
            return quoted(spell(value))[1:-1]
    return quoted(str(value))[1:-1]


def _right_status(value: object) -> str:
    if isinstance(value, str):
        close = status_of(value) or next(iter(nearest(value, list(Status), most=1)), None)
        if close:
            return f"did you mean {close}?"
    return f"write {_one_of(Status)}"


def _one_of(words: type[Status | Headings]) -> str:
    *most, last = (word.value for word in words)
    return f"{', '.join(most)} or {last}"


def _right_date(value: object) -> str:
    try:
        found = date.fromisoformat(str(value)[:10])
    except ValueError:
        return "write one such as 2023-03-01, without quotes"
    return f"write {found}, without quotes or time"


def _right_list(field: str, value: object) -> str:
    if isinstance(value, str) and len(value) <= _LONGEST:
        return f"write {field if field.isidentifier() else spell(field)} = [{spell(value)}]"
    return f'write {field} = ["…", "…"]'


def _right_text(field: str, value: object) -> str:
    if isinstance(value, bool | int | float | date):
        return f'put it in quotes: {field} = "{quoted(spell(value))[1:-1]}"'
    return f'write {field} = "…"'


_NOUNS = {
    "year": "a year",
    "priority": "a priority",
    "status": "a status",
    "headings": "a way to show groups",
    "distinct": "a list of lists of keys",
}
_ADVICE: dict[str, Callable[[object], str]] = {
    "year": lambda _: "write a number such as 2023",
    "priority": lambda _: "write a number from 1 (first) to 5",
    "status": _right_status,
    "headings": lambda _: f"write {_one_of(Headings)}",
    "distinct": lambda _: 'write distinct = [["deep-learning", "deep-learning-2"]]',
}
