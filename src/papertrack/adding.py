"""A paper as somebody types it, added to the catalogue."""

from collections.abc import Mapping, Sequence
from datetime import date

from papertrack import fields
from papertrack.catalogue import Draft
from papertrack.duplicates import Index
from papertrack.errors import RefusedError
from papertrack.identifiers import make_key
from papertrack.labs import LabNames
from papertrack.models import Paper
from papertrack.status import Dates, Status, dates_after

ASKED = ("lab", "venue", "year", "arxiv")
"""The fields asked for where somebody adds a paper with nothing at a terminal."""

_SAME = {"doi": "DOI", "arxiv": "arXiv id"}

Typed = Mapping[str, str | Sequence[str] | None]
"""By field; absent where None or empty."""


def typed_paper(typed: Typed, today: date) -> Paper:
    """Return the paper that was typed, added today; its key is empty where none was typed.

    Raises PapertrackError where a text does not fit its field.
    """
    values: dict[str, fields.Value] = {}
    for field, said in typed.items():
        if not said:
            continue
        if isinstance(said, str):
            values[field] = fields.parse(field, said, today=today)
        else:
            texts = [part for text in said for part in _parts(field, text)]
            parsed = (fields.parse(field, text, today=today) for text in texts)
            values[field] = tuple(each for one in parsed if isinstance(one, tuple) for each in one)
    values["title"] = fields.parse("title", str(typed["title"]), today=today)
    status = Status(str(values.get("status", Status.TO_READ)))
    started, finished = dates_after(status, Dates(None, None), today)
    dates = {"added": today, "started": started, "finished": finished}
    return Paper.model_validate({"key": "", **dates, **values, "status": status})


def add(draft: Draft, paper: Paper, *, anyway: bool = False) -> Paper:
    """Add the paper under its lab's own name, and a key where it has none; return it as added.

    Raises RefusedError, naming it, where the catalogue has the key, or the same paper unless
    `anyway`.
    """
    taken = {there.key for there in draft.catalogue.papers}
    if paper.key in taken:
        raise RefusedError(f"the key {paper.key} is taken: see papertrack show {paper.key}")
    match = None if anyway else Index(draft.catalogue.papers).find(paper)
    if match is not None:
        there, same = match.paper, _SAME.get(match.by, match.by)
        raise RefusedError(
            f'"{there.title}" is there already as {there.key} (same {same}): '
            f"see papertrack show {there.key}, or add it all the same with --anyway"
        )
    lab = paper.lab and LabNames(draft.catalogue.labs).own(paper.lab)
    key = paper.key or make_key(paper.label, taken)
    return draft.add(paper.model_copy(update={"lab": lab, "key": key}))


def _parts(field: str, text: str) -> list[str]:
    """Return the tags that commas part, as queries and `edit` have them; other texts are whole."""
    if field != "tags":
        return [text]
    return [part for part in text.replace("，", ",").split(",") if part.strip()] or [text]
