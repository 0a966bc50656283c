"""Three versions of a catalogue made one, paper by paper and field by field.

What only one side changed is taken as it is written there. What both changed is merged by what the
fields mean; where that cannot be, the result has git's markers around that one statement, or around
the paper that one side removed. Pieces of text that are the same everywhere are never read: a
catalogue of 10,000 papers takes little longer than reading it once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple, TypeVar, cast

from papertrack import three_way
from papertrack.catalogue import PAPER, paper_starts, paper_text, parse
from papertrack.duplicates import Index, same_paper
from papertrack.errors import PapertrackError
from papertrack.identifiers import normalise_arxiv, normalise_doi, untaken
from papertrack.models import FIELDS, PROSE, Paper
from papertrack.patterns import pattern
from papertrack.status import DAY_FIELDS, Status
from papertrack.toml import BOM, Table, TomlValue, loads, newlines_in, statements

_OTHERS = pattern(r"\n[ \t]*(?:#|\[(?!\[?paper[\].]))")
"""A comment on a line of its own, or a table that is not of papers."""
_RUN = pattern(r"(?:[ \t]*\r?\n)+|(?:[ \t]*#[^\n]*\n)+")
"""Blank lines, or comments on lines of their own."""
_T = TypeVar("_T")


class Merged(NamedTuple):
    """What became of three versions."""

    text: str
    conflicts: tuple[str, ...]
    """What a person must choose: `llama: status is done here and dropped there`."""
    notes: tuple[str, ...]
    """What a person should know."""


class UnmergeableError(PapertrackError):
    """A version that is no valid catalogue, or is written in a form that is not edited."""


class _InexactError(ValueError):
    """The text was cut where something only looks like a paper, or has one without a key."""


def merge(base: str, ours: str, theirs: str, *, size: int = 7) -> Merged:
    """Return the three versions merged; `size` is how long the markers of a conflict are.

    Raises UnmergeableError where they can only be merged as text.
    """
    texts = {"base": base, "ours": ours, "theirs": theirs}
    newlines = [newlines_in(text) for text in texts.values()]
    newline = "\n"
    plain = {name: text.removeprefix(BOM) for name, text in texts.items()}
    # Line ends that are mixed stay as they are, unless one version was converted as a whole.
    if "mixed" not in newlines or {"\n", "\r\n"} <= {*newlines}:
        plain = {name: text.replace("\r\n", "\n") for name, text in plain.items()}
        newline = next(
            it for it in (_either(*newlines), *newlines[1:], newlines[0]) if it != "mixed"
        )
    # First by cutting at headers, which reads only what differs. A header inside a text misleads
    # that; the result is always read, and if it is not valid, all versions are read whole.
    try:
        merged = _Merger(plain, exact=False).merged(size)
    except ValueError:  # _InexactError, ConflictError, and TOML's reader of a broken statement
        try:
            merged = _Merger(plain, exact=True).merged(size)
        except _InexactError as error:
            raise UnmergeableError("the result would not be a valid catalogue") from error
        except three_way.ConflictError as error:
            raise UnmergeableError("one side writes a table in another form") from error
    text = merged.text.replace("\n", newline)
    marked = _either(*(text.startswith(BOM) for text in texts.values()))
    return merged._replace(text=f"{BOM if marked else ''}{text}")


class _Part(NamedTuple):
    """Some of a text: a paper, a table of settings, the keys above all tables, or comments."""

    path: three_way.Path | None
    """That of its header, empty for the keys above all tables; None for a paragraph of comments."""
    gap: str
    """The blank lines above."""
    text: str
    """With the comments directly above and below."""


class _Version:
    """One side's text in parts, each known by an id.

    The id of a paper is its key, or, where all versions hold the very same text of it, that text;
    of a table it is its header, and of comments they are it themselves.
    """

    def __init__(self, text: str, name: str, *, exact: bool) -> None:
        """Cut the text; `exact` reads it first, to be sure of what is a paper."""
        self.open_end = bool(text) and not text.endswith("\n")
        text += "\n" * self.open_end
        self._keys: list[str] | None = None
        count = f"\n{text}".count("\n[[paper]]")
        if exact:
            parsed = parse(text)
            if parsed.faults:
                fault = parsed.faults[0]
                raise UnmergeableError(f"{name}:{fault.line}: {fault.message}")
            self._keys = [paper.key for paper in parsed.catalogue.papers]
            count = len(self._keys)
        starts = paper_starts(text, count)
        if starts is None:
            raise UnmergeableError(f"{name} has papers written as paper = [{{…}}]")
        if len(starts) != count:
            raise _InexactError
        listed, self.end = _cut(text, starts)
        if sum(len(part.gap) + len(part.text) for part in listed) + len(self.end) < len(text):
            raise _InexactError  # a statement is broken
        self.papers = [part for part in listed if part.path == PAPER]
        if any(part.path and part.path[:1] == PAPER != part.path for part in listed):
            raise UnmergeableError(f"{name} has another table within a paper")
        if len(self.papers) != count:
            raise _InexactError
        self._listed = listed
        self.top = listed[0].gap if listed else ""  # the blank lines above all parts
        self.parts: dict[str, _Part] = {}
        self.entries: dict[str, Table] = {}

    def identify(self, common: set[str]) -> None:
        """Give each part its id; papers whose text is not `common` are read."""
        keys = iter(self._keys or ())
        seen: Counter[str] = Counter()
        for part in self._listed:
            if part.path == PAPER:
                key = next(keys, None)
                name = part.text if part.text in common else self._read(part.text, key)
            else:
                name = part.text if part.path is None else f"[{'.'.join(part.path)}]"
                seen[name] += 1
                name += f"#{seen[name]}"
            if name in self.parts:
                raise _InexactError
            self.parts[name] = part

    def _read(self, text: str, key: str | None) -> str:
        entry = _entry_of(text)
        name = key or entry.get("key")
        if not isinstance(name, str):
            raise _InexactError
        self.entries[name] = entry
        return name

    def rename(self, ids: Mapping[str, str]) -> None:
        """Know papers by other ids from now on."""
        self.parts = {ids.get(each, each): part for each, part in self.parts.items()}
        self.entries = {ids.get(key, key): entry for key, entry in self.entries.items()}

    def replace(self, key: str, new: str) -> None:
        """Write another key into a paper."""
        part = self.parts[key]
        self.parts[key] = part._replace(text=paper_text.changed(part.text, {"key": new}, "\n"))
        is_known = self.entries[key].get("key") != key  # by the key that it had before
        self.entries[key] = {**self.entries[key], "key": new}
        self.rename({} if is_known else {key: new})

    def gap(self, name: str) -> str | None:
        """Return the blank lines above a part, None where nothing stands above it."""
        part = self.parts.get(name)
        return None if part is None or part is self._listed[0] else part.gap

    def paper(self, key: str) -> Paper:
        """Return a paper that was read."""
        try:
            return Paper.model_validate({"key": key, **self.entries[key]})
        except ValueError as error:
            raise _InexactError from error


def _cut(text: str, starts: Sequence[int]) -> tuple[list[_Part], str]:
    parts: list[_Part] = []
    gap = ""
    end = 0
    for start, stop, path in (*_spans(text, starts), (len(text), len(text), None)):
        runs = _RUN.findall(text[end:start])
        # Comments between two parts belong to the one that they touch: to that below, if to both.
        above = runs.pop() if path is not None and runs and runs[-1].strip() else ""
        if parts and runs and runs[0].strip():
            parts[-1] = parts[-1]._replace(text=parts[-1].text + runs.pop(0))
        gap = ""
        for run in runs:
            if run.strip():
                parts.append(_Part(None, gap, run))
            gap = "" if run.strip() else run
        if path is not None:
            parts.append(_Part(path, gap, above + text[start:stop]))
        end = stop
    return parts, gap


def _spans(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int, three_way.Path]]:
    """Yield where tables, papers and the keys above them stand, with the path of the header."""
    heads = set(starts)
    for first, end in pairwise((0, *starts, len(text))):
        piece = text[first:end]
        if piece and first in heads and not _OTHERS.search(piece):
            # Nothing but a paper: there is no need to look at its statements.
            yield first, text.index("\n", first + len(piece.rstrip()) - 1) + 1, PAPER
            continue
        path: three_way.Path = ()
        start = stop = None
        for statement in statements(piece):
            own = statement.path[:1] == path[:1] == PAPER != statement.path  # [paper.columns]
            if statement.header and not own:
                if start is not None and stop is not None:
                    yield first + start, first + stop, path
                start, path = None, statement.path
            start = statement.start if start is None else start
            stop = statement.end
        if start is not None and stop is not None:
            yield first + start, first + stop, path


class _Merger:
    def __init__(self, texts: Mapping[str, str], *, exact: bool) -> None:
        versions = [_Version(text, name, exact=exact) for name, text in texts.items()]
        self._versions = self._base, self._ours, self._theirs = versions
        self._notes: list[str] = []
        # Papers that all versions have to the letter need neither reading nor merging: the text
        # itself is the paper's id, and only the others are known by their keys.
        texts_of = ({part.text for part in version.papers} for version in versions)
        self._common = set.intersection(*texts_of)
        for version in versions:
            version.identify(self._common)
        for version in (self._ours, self._theirs):
            version.rename(self._renamed(version))
        self._rekey_added()

    def merged(self, size: int) -> Merged:
        """Return the result; _InexactError where it is not valid."""
        names = dict.fromkeys((*self._ours.parts, *self._theirs.parts))
        merged = {name: self._part(name) for name in names}
        order = self._order({name for name, merge in merged.items() if merge})
        parts: three_way.Merge = []
        top = _either(*(version.top for version in self._versions))
        for name in order:
            parts += [self._gap(name) if parts else top, *merged[name]]
        parts.append(_either(*(version.end for version in self._versions)))
        conflicts = tuple(part.what for part in parts if isinstance(part, three_way.MergeConflict))
        # With conflicts neither side may be broken, since a person keeps one of them.
        for side in (0, 1) if conflicts else (0,):
            parsed = parse(three_way.sided(parts, side))
            papers = (name for name in order if self._path(name) == PAPER)
            count = sum(bool(three_way.sided(merged[name], side)) for name in papers)
            if parsed.faults or len(parsed.catalogue.papers) != count:
                raise _InexactError
        text = three_way.spelled(parts, size)
        if _either(*(version.open_end for version in self._versions)):
            text = text.removesuffix("\n").removesuffix("\r")
        return Merged(text, conflicts, tuple(self._notes))

    def _renamed(self, side: _Version) -> dict[str, str]:
        """Return the papers that have another key than in the base, by that key."""
        gone = [key for key in self._base.entries if key not in side.parts]
        new = [key for key in side.entries if key not in self._base.parts]
        # A key that is gone and a new key for the same paper: renamed, not removed and added. What
        # else was changed in it, as its year, may tell editions apart, and does not here.
        known = Index(_bare(self._base.paper(key)) for key in gone if new)
        renamed: dict[str, str] = {}
        for key in new:
            matches = (match.paper.key for match in known.matches(_bare(side.paper(key))))
            if old := next((old for old in matches if old not in renamed.values()), None):
                renamed[key] = old
        return renamed

    def _rekey_added(self) -> None:
        """Give a paper of theirs another key where a different one of ours has it now."""
        ours, theirs = (
            [key for key in side.entries if key not in self._base.parts]
            for side in (self._ours, self._theirs)
        )
        our_papers = Index(self._ours.paper(key) for key in ours)
        used = {entry.get("key"): name for name, entry in self._ours.entries.items()}
        renamed = (name for name, it in self._theirs.entries.items() if it.get("key") != name)
        taken: set[str] | None = None
        for name in dict.fromkeys((*theirs, *renamed)):
            paper = self._theirs.paper(name)
            key = paper.key
            if key in used and (used[key] != name or name not in self._base.parts):
                if used[key] == name and same_paper(paper, self._ours.paper(name)):
                    continue
                if taken is None:
                    papers = (part for side in self._versions for part in side.papers)
                    taken = {str(_entry_of(part.text).get("key")) for part in papers}
                new = untaken(key, taken)
                taken.add(new)
                self._theirs.replace(name, new)
                self._notes.append(f'"{paper.title}" is {new} now: {key} is another paper here')
            if match := our_papers.find(paper):
                again = f"{match.paper.key} and {paper.key}"
                self._notes.append(
                    f"{again} are the same paper, by {match.by.label}: see `papertrack check`"
                )

    def _part(self, name: str) -> three_way.Merge:
        parts = (version.parts.get(name) for version in self._versions)
        base, ours, theirs = (part.text if part else None for part in parts)
        side = three_way.chosen(base, ours, theirs)
        if side is not None:
            text = (ours, theirs)[side]
            return [] if text is None else [text]
        if self._path(name) != PAPER:
            merge = three_way.merge_statements(
                base or "", ours or "", theirs or "", three_way.Rules(value=_setting)
            )
            return merge if any(merge) else []
        holder = self._ours if name in self._ours.entries else self._theirs
        key = str(holder.entries[name].get("key", name))
        if ours is None or theirs is None:
            done = ("removed", "changed") if ours is None else ("changed", "removed")
            what = f"{key}: {done[0]} here and {done[1]} there"
            return [three_way.MergeConflict(ours or "", theirs or "", what)]
        entries = (version.entries.get(name, {}) for version in self._versions)
        return three_way.merge_statements(base or "", ours, theirs, rules_of_paper(key, *entries))

    def _path(self, name: str) -> three_way.Path | None:
        return (self._ours.parts.get(name) or self._theirs.parts[name]).path

    def _order(self, kept: set[str]) -> list[str]:
        """Return the parts that stay: in the order of the side that changed it, ours first."""
        common = set.intersection(*(set(version.parts) for version in self._versions))
        orders = [[it for it in version.parts if it in common] for version in self._versions]
        side = three_way.chosen(*orders)
        if side is None:
            self._notes.append("both sides put the papers in another order: it is ours now")
        frame, other = (self._ours, self._theirs)
        if side == 1 and orders[1] != orders[2]:
            frame, other = other, frame
        # What only the other side has goes behind the part that it follows there; but comments
        # that stand above a part stay above it.
        behind: dict[str | None, list[str]] = {}
        above: dict[str, list[str]] = {}
        previous = None
        new: list[str] = []
        for name in (name for name in other.parts if name in kept):
            if name not in frame.parts:
                new.append(name)
                continue
            if new:
                last = len(new) - self._comments_last(new)
                behind[previous], above[name] = new[:last], new[last:]
            previous, new = name, []
        # What stands last there is last here, wherever the part before it is now.
        last_common = next((it for it in reversed(frame.parts) if it in other.parts), None)
        behind.setdefault(last_common, []).extend(new)
        # What both sides put at the same place is kept together: ours first, then theirs.
        waiting = behind.get(None, [])
        order: list[str] = []
        for name in (name for name in frame.parts if name in kept):
            is_new = name not in self._base.parts and name not in other.parts
            if waiting and not (is_new and frame is self._ours):
                place = len(order) - self._comments_last(order)
                order[place:place] = waiting
                waiting = []
            order += [*above.get(name, ()), name]
            waiting += behind.get(name, ())
        order += waiting
        # Keys stand above all tables, or they would be of a table.
        tables = [name for name in order if self._path(name) is not None]
        for keys in (name for name in tables[1:] if self._path(name) == ()):
            order.remove(keys)
            order.insert(order.index(tables[0]), keys)
        return order

    def _comments_last(self, names: Sequence[str]) -> int:
        """Return how many of the last of these parts are comments that one side added."""
        added = [self._path(name) is None and name not in self._base.parts for name in names]
        return [*reversed(added), False].index(False)

    def _gap(self, name: str) -> str:
        base, ours, theirs = (version.gap(name) for version in self._versions)
        if ours is None or theirs is None:
            gap = ours if theirs is None else theirs
            usual = (part.gap for version in self._versions for part in version.papers[1:2])
            return next(usual, "\n") if gap is None else gap
        return _either(base, ours, theirs)


def _bare(paper: Paper) -> Paper:
    return paper.model_copy(update={"year": None, "bibtex": {}})


def _either(base: _T | None, ours: _T, theirs: _T) -> _T:
    """Return what one side changed; ours where both did."""
    return (ours, theirs)[three_way.chosen(base, ours, theirs) or 0]


def _entry_of(text: str) -> Table:
    """Return the one paper in some text; _InexactError where there is not one."""
    try:
        entries = loads(text)["paper"]
    except (ValueError, KeyError) as error:
        raise _InexactError from error
    if not isinstance(entries, list) or len(entries) != 1 or not isinstance(entries[0], dict):
        raise _InexactError
    return entries[0]


_RANK: Mapping[three_way.Path, int] = {("paper", field): rank for rank, field in enumerate(FIELDS)}
_SETS = ("tags", "links")
_STATUS_DATES = tuple(DAY_FIELDS.values())
_IDENTIFIERS = {"doi": normalise_doi, "arxiv": normalise_arxiv}
_SET_SETTINGS = (("markdown", "files"), ("check", "ignore"), ("check", "distinct"))


def rules_of_paper(key: str, base: Table, ours: Table, theirs: Table) -> three_way.Rules:
    """Return how the fields of these three are merged: the dates go with the status."""
    entries = (base, ours, theirs)
    statuses = [entry.get("status", Status.TO_READ) for entry in entries]
    side = three_way.chosen(*statuses)
    winners: dict[three_way.Path, int] = {}
    together: tuple[str, ...] = ()
    if side is None:
        differ = (name for name in _STATUS_DATES if ours.get(name) != theirs.get(name))
        together = ("status", *differ)
    else:
        dates = _STATUS_DATES if statuses[1] != statuses[2] else ()
        for name in ("status", *dates):
            if three_way.chosen(*(entry.get(name) for entry in entries)) is None:
                winners["paper", name] = side
    return three_way.Rules(
        value=_field,
        label=f"{key}: ",
        winners=winners,
        together=[("paper", name) for name in together],
        rank=_RANK,
        absent={("paper", "status"): Status.TO_READ},
    )


def _field(path: three_way.Path, base: object, ours: object, theirs: object) -> object:
    """Return what a field is where both sides changed it; ConflictError if a person must say."""
    name = path[1] if len(path) == 2 else ""
    both = [value for value in (ours, theirs) if value is not None]
    if name in _SETS:
        return _united(base, ours, theirs)
    if name in PROSE:
        texts = [value or "" for value in (base, ours, theirs)]
        if not all(isinstance(text, str) for text in texts):
            raise three_way.ConflictError
        return _joined(*cast("list[str]", texts)) or None
    if name in ("added", *_STATUS_DATES) and all(isinstance(value, date) for value in both):
        return min(cast("list[date]", both), default=None)
    if name in _IDENTIFIERS and all(isinstance(value, str) for value in both):
        same = {_IDENTIFIERS[name](value) or value for value in cast("list[str]", both)}
        if len(same) == 1 and len(both) == 2:
            return ours  # the same in other letters
    if name == "authors" and base is None and all(isinstance(value, list) for value in both):
        shorter, longer = sorted(cast("list[list[object]]", both), key=len)
        if all(author in longer for author in shorter):
            return longer
    raise three_way.ConflictError


def _setting(path: three_way.Path, base: object, ours: object, theirs: object) -> object:
    """Return what a setting is where both sides changed it; ConflictError if a person must say."""
    if path in _SET_SETTINGS or (path[0] == "labs" and len(path) == 2):
        return _united(base, ours, theirs)
    raise three_way.ConflictError


def _joined(base: str, ours: str, theirs: str) -> str:
    """Return a text with the lines that both sides added or changed; may raise ConflictError.

    The last line end, which a text of one line does not have, counts for nothing.
    """
    texts = [f"{text.rstrip()}\n" if text.strip() else "" for text in (base, ours, theirs)]
    merge = three_way.merge_lines(*texts)
    if any(isinstance(part, three_way.MergeConflict) for part in merge):
        raise three_way.ConflictError
    merged = three_way.sided(merge, 0)
    lines = merged.count("\n") > 1 or ours.endswith("\n") or theirs.endswith("\n")
    return merged if lines else merged.rstrip("\n")


def _united(base: object, ours: object, theirs: object) -> object:
    lists = [value or [] for value in (base, ours, theirs)]
    if not all(isinstance(value, list) for value in lists):
        raise three_way.ConflictError
    united = three_way.merge_sets(*cast("list[list[TomlValue]]", lists))
    return united if united or (ours is not None and theirs is not None) else None
