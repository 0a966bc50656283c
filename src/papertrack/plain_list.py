"""`papertrack list` in a pipe, answered without Typer and Pydantic: a third of the time.

That is for catalogues in which nothing is unusual. Whatever is doubtful is left to the ordinary
way, which alone says what is wrong: here a catalogue is taken or left, never judged.
"""

from datetime import date

from papertrack import finding
from papertrack.files.reading import read
from papertrack.toml import Table, plain

_TABLES = {"title", "labs", "markdown", "check", "paper"}
_TYPES: dict[str, type] = {
    **dict.fromkeys(plain.TEXTS, str),
    **dict.fromkeys(plain.LISTS, list),
    **dict.fromkeys(plain.NUMBERS, int),
    **dict.fromkeys(plain.DATES, date),
}
_STATUSES = {"to-read", "reading", "skimmed", "done", "dropped"}
_LOOK_TEXTS = {"group", "nothing", "brackets", "line_break", "tag_break", "heading_marks"}
_LOOK_FLAGS = {"markup"}
_LOOK_LISTS = {"columns", "headers", "tags", "files"}
_HEADINGS = {"repeat", "first", "sections"}


class _UnusualError(ValueError):
    """Something that only the models can judge."""


def answer() -> str | None:
    """Return what `papertrack list` prints in a pipe, or None where the ordinary way has to.

    Raises PapertrackError where there is no catalogue, or it cannot be read.
    """
    held = read(finding.find(None))
    try:
        return None if held is None else _listed(held.decode("utf-8-sig"))
    except (ValueError, KeyError, RecursionError):
        return None


def _listed(text: str) -> str:
    said = plain.loads(text)
    papers = said.pop("paper", [])
    if not isinstance(papers, list) or not all(isinstance(paper, dict) for paper in papers):
        raise _UnusualError
    if "<<<<<<< " in text or not _are_usual(said):
        raise _UnusualError
    lines = "".join(map(_line, papers))
    if len({paper["key"] for paper in papers}) < len(papers):
        raise _UnusualError
    if "\r" in lines or lines.count("\t") != 4 * len(papers):
        raise _UnusualError  # a value holds a tab, or
    if len(lines.splitlines()) != len(papers):
        raise _UnusualError  # a line end
    return lines


def _line(paper: Table) -> str:
    """Return the paper's line; `_UnusualError` or KeyError for what the models may refuse."""
    for name, value in paper.items():
        if type(value) is not _TYPES.get(name, type(value)):
            raise _UnusualError
    year, status = paper.get("year"), paper.get("status", "to-read")
    # the last
    if status not in _STATUSES or not 1 <= paper.get("priority", 1) <= 5:  # type: ignore[operator]  # an integer
        raise _UnusualError
    # of four digits
    if year is not None and not 1 <= year <= 9999:  # type: ignore[operator]  # the same
        raise _UnusualError
    if not all(_are_texts(paper[name]) for name in plain.LISTS if name in paper):
        raise _UnusualError
    venue = paper.get("venue", "")
    source = venue if year is None else f"{venue} {year}" if venue else year
    return f"{paper['key']}\t{status}\t{paper.get('lab', '')}\t{source}\t{paper['title']}\n"


def _are_usual(tables: Table) -> bool:
    """Say whether what stands beside the papers is surely what the models take."""
    labs, look, check = (tables.get(name, {}) for name in ("labs", "markdown", "check"))
    return (
        tables.keys() <= _TABLES
        and isinstance(tables.get("title", ""), str)
        and isinstance(labs, dict)
        and all(map(_are_texts, labs.values()))
        and isinstance(check, dict)
        and _are_texts(check.get("ignore", []))
        and isinstance(look, dict)
        and all(_is_of_look(name, value) for name, value in look.items())
    )


def _is_of_look(name: str, value: object) -> bool:
    if name in _LOOK_LISTS:
        return _are_texts(value)
    if name == "statuses":
        return isinstance(value, dict) and _are_texts([*value.values()])
    if name == "headings":
        return isinstance(value, str) and value in _HEADINGS
    if name in _LOOK_FLAGS:
        return isinstance(value, bool)
    return name in _LOOK_TEXTS and isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
