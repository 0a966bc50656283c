"""What a field of a paper, or a setting, is where both sides of a merge changed it."""

from datetime import date
from typing import TYPE_CHECKING, cast

from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.three_way import Clashing, Path, merge_ends, merge_sets

if TYPE_CHECKING:
    from papertrack.toml.literals import TomlValue  # a type only

_SETS = ("tags", "links")
_JOINED = ("notes", "summary")
STATUS_DATES = ("started", "finished")
"""The dates that go with the status."""
_IDENTIFIERS = {"doi": normalise_doi, "arxiv": normalise_arxiv}
_SET_SETTINGS = (("markdown", "files"), ("check", "ignore"), ("check", "distinct"))


def merge_field(path: Path, base: object, ours: object, theirs: object) -> object:
    """Return what a field is where both sides changed it; Clashing where a person must say."""
    name = path[1] if len(path) == 2 else ""
    both = [value for value in (ours, theirs) if value is not None]
    if name in _SETS:
        return _united(base, ours, theirs)
    if name in _JOINED:
        texts = [value or "" for value in (base, ours, theirs)]
        if not all(isinstance(text, str) for text in texts):
            raise Clashing
        return merge_ends(*cast("list[str]", texts)) or None
    if name in ("added", *STATUS_DATES) and all(isinstance(value, date) for value in both):
        return min(cast("list[date]", both), default=None)
    if name in _IDENTIFIERS and all(isinstance(value, str) for value in both):
        same = {_IDENTIFIERS[name](value) or value for value in cast("list[str]", both)}
        if len(same) == 1 and len(both) == 2:
            return ours  # the same in other letters
    if name == "authors" and base is None and all(isinstance(value, list) for value in both):
        shorter, longer = sorted(cast("list[list[object]]", both), key=len)
        if all(author in longer for author in shorter):
            return longer
    raise Clashing


def merge_setting(path: Path, base: object, ours: object, theirs: object) -> object:
    """Return what a setting is where both sides changed it; Clashing where a person must say."""
    if path in _SET_SETTINGS or (path[0] == "labs" and len(path) == 2):
        return _united(base, ours, theirs)
    raise Clashing


def _united(base: object, ours: object, theirs: object) -> object:
    lists = [value or [] for value in (base, ours, theirs)]
    if not all(isinstance(value, list) for value in lists):
        raise Clashing
    united = merge_sets(*cast("list[list[TomlValue]]", lists))
    return united if united or (ours is not None and theirs is not None) else None
