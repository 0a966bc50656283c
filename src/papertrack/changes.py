"""What is asked of papers, done to a draft of the catalogue: add, mark, edit, note, rename."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import filterfalse
from typing import NamedTuple

from papertrack import fields
from papertrack.authors import split_names
from papertrack.catalogue.draft import Draft
from papertrack.duplicates import Index
from papertrack.errors import Fault, PapertrackError, RefusedError
from papertrack.folding import did_you_mean, fold_name, fold_title
from papertrack.identifiers import LONGEST_KEY, make_key
from papertrack.labs import LabNames
from papertrack.models import Catalogue, Paper
from papertrack.patterns import pattern
from papertrack.status import Dates, Status, dates_after

_COMMA = pattern("[,，]")
_KEPT = ("key", "title")
"""The fields that every paper has."""
_DAYS = ("added", *Dates._fields)
_COLUMN = "column"

Typed = Mapping[str, str | Sequence[str] | None]
"""What somebody typed of a new paper, by field; absent where None or empty."""


class FieldChanges(NamedTuple):
    """What is to become of a paper."""

    values: Mapping[str, fields.Value | None] = {}
    """New values by field; None takes the field away."""
    add_authors: tuple[str, ...] = ()
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    note: str | None = None
    """A line for its notes, dated then."""
    columns: Mapping[str, str | None] = {}
    """New texts by own column; None takes the column away."""


class Edited(NamedTuple):
    """A paper before and after."""

    before: Paper
    after: Paper


def typed_paper(typed: Typed, today: date) -> Paper:
    """Return the paper that was typed, added today; its key is empty where none was typed.

    Raises PapertrackError where a text does not fit its field.
    """
    values: dict[str, fields.Value] = {}
    for field, text in typed.items():
        if isinstance(text, str) and text:
            values[field] = typed_value(field, text, today)
        elif text:
            values[field] = _tags(text, today) if field == "tags" else _each(field, text, today)
    values["title"] = fields.parse("title", str(typed["title"]), today=today)
    status = Status(str(values.get("status", Status.TO_READ)))
    started, finished = dates_after(status, Dates(None, None), today)
    dates = {"added": today, "started": started, "finished": finished}
    return Paper.model_validate({"key": "", **dates, **values, "status": status})


def add(draft: Draft, paper: Paper, known: Index | None) -> Paper:
    """Add the paper under its lab's own name, and a key where it has none; return it as added.

    Raises RefusedError, naming it, where the catalogue has the key, or where the known papers have
    the same one; it is one of them from now on. None knows nothing: add it all the same.
    """
    if paper.key and draft.has(paper.key):
        raise _taken(paper.key)
    if known is not None:
        refuse_known(known, paper)
    lab = paper.lab and LabNames(draft.catalogue.labs).canonical(paper.lab)
    added = draft.add(paper.model_copy(update={"lab": lab}))
    if known is not None:
        known.add(added)
    return added


def refuse_known(known: Index, paper: Paper) -> None:
    """Raise RefusedError, naming it, where one of the papers is the same."""
    match = known.find(paper)
    if match is not None:
        other, same = match.paper, match.by.label
        raise RefusedError(
            f'"{other.title}" is there already as {other.key} (same {same}): '
            f"see papertrack show {other.key}, or add it all the same with --anyway"
        )


def completed(typed: Typed, base: Paper, today: date) -> Paper:
    """Return the paper that was typed, and from the other what was not typed, its key apart.

    Raises PapertrackError where a text does not fit its field.
    """
    own = typed_paper({**typed, "title": typed.get("title") or base.title}, today)
    given = {name for name, text in typed.items() if text} | {"key", "title"}
    if "status" in given:
        given |= {"started", "finished"}
    rest = {name: getattr(base, name) for name in Paper.model_fields if name not in given}
    return own.model_copy(update={name: value for name, value in rest.items() if value})


def mark(
    draft: Draft,
    papers: Iterable[Paper],
    status: Status,
    on: date,
    *,
    redated: bool = False,
    keep_dates: bool = False,
) -> list[Edited]:
    """Give every paper the status from this day on.

    One that has it already stays as it is, dates and all, unless it is to be `redated`. With
    `keep_dates` the days that its fields lose become lines of its notes.
    """
    marked = []
    for paper in papers:
        after = paper
        if paper.status is not status or redated:
            dates = _marked_dates(paper, status, on, redated=redated)
            after = draft.change(paper.key, {"status": status.value, **dates._asdict()})
        if keep_dates:
            notes = paper.notes
            for what, day in lost_dates(paper, after):
                notes = with_note(notes, what, day)
            after = draft.change(after.key, {"notes": notes})
        marked.append(Edited(paper, after))
    return marked


def lost_dates(before: Paper, after: Paper) -> list[tuple[str, date]]:
    """Return the days that a paper had and has no more: `("finished", 2024-01-02)`."""
    days = [(field, getattr(before, field)) for field in Dates._fields]
    return [(field, day) for field, day in days if day and getattr(after, field) != day]


def _marked_dates(paper: Paper, status: Status, on: date, *, redated: bool) -> Dates:
    started = None if redated and status is Status.READING else paper.started
    if started and started > on:  # it was begun before it was finished, and nobody knows when
        started = None
    return dates_after(status, Dates(started, paper.finished), on)


def typed_changes(
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
    values: dict[str, fields.Value | None] = {}
    columns = _own_columns(setting, unset)
    for assignment in filterfalse(_own_column, setting):
        word, equals, text = assignment.partition("=")
        if not equals:
            raise PapertrackError(f'"{assignment}" sets nothing: write --set year=2023')
        field = fields.field_named(word)
        if not text.strip():
            hint = f"--unset {field} takes it away" if field not in _KEPT else "write what it is"
            raise PapertrackError(f"nothing follows {field}=: {hint}")
        value = typed_value(field, text, today)
        before = values.get(field)
        if before is None:
            values[field] = value
        elif field == "links" and isinstance(before, tuple) and isinstance(value, tuple):
            values[field] = (*before, *value)
        else:
            raise PapertrackError(f"{field} is set twice: give it once")
    for word in filterfalse(_own_column, unset):
        field = fields.field_named(word)
        if field in _KEPT:
            raise PapertrackError(f"a paper has a {field}: --set {field}=… changes it")
        if field in values:
            raise PapertrackError(f"{field} is both set and unset: give one of them")
        values[field] = None
    authors = tuple(author.strip() for author in add_authors if author.strip())
    tags, gone = _tags(add_tags, today), _tags(remove_tags, today)
    return FieldChanges(values, authors, tags, gone, note, columns)


def typed_value(field: str, text: str, today: date) -> fields.Value:
    """Return the value that one text says of a field: tags between commas, names as import does.

    Raises PapertrackError where the text does not fit the field.
    """
    if field == "tags":
        return _tags([text], today)
    if field == "authors":
        return tuple(dict.fromkeys(split_names(text))) or fields.parse(field, text, today=today)
    return fields.parse(field, text, today=today)


def edit(draft: Draft, paper: Paper, wanted: FieldChanges, today: date) -> Edited:
    """Change the paper in the draft; a new status brings its dates, a lab gets its own name.

    Raises PapertrackError where dates contradict each other, RefusedError where a new key is
    taken, or all that is wanted is that a tag goes that nobody has.
    """
    changes: dict[str, fields.Value | None] = {
        **_new_status_dates(paper, wanted, today),
        **wanted.values,
    }
    key = str(changes.pop("key", paper.key))
    if key != paper.key and draft.has(key):
        raise _taken(key)
    if lab := changes.get("lab"):
        changes["lab"] = LabNames(draft.catalogue.labs).canonical(str(lab))
    _check_days(paper, changes, today)
    if wanted.add_authors:
        authors = changes.get("authors", paper.authors)
        known = authors if isinstance(authors, tuple) else ()
        changes["authors"] = tuple(dict.fromkeys((*known, *wanted.add_authors)))
    if wanted.add_tags or wanted.remove_tags:
        if wanted == FieldChanges(remove_tags=wanted.remove_tags):
            _check_tags(draft, wanted.remove_tags, today)
        tags = changes.get("tags", paper.tags)
        changes["tags"] = _retagged(tags if isinstance(tags, tuple) else (), wanted)
    if wanted.note is not None:
        changes["notes"] = with_note(paper.notes, wanted.note, today)
    columns = {"columns": _columns(draft, paper, wanted.columns)} if wanted.columns else {}
    after = draft.change(paper.key, {**changes, **columns})
    return Edited(paper, after if key == paper.key else rename_key(draft, paper.key, key))


def dated_note(text: str, on: date) -> str:
    """Return the text with its day before it: `2023-03-01: text`.

    Raises PapertrackError where the text says nothing.
    """
    note = text.replace("\r\n", "\n").strip()
    if not note:
        raise PapertrackError(
            'the note is empty: write papertrack note llama "worth a second look"'
        )
    return f"{on.isoformat()}: {note}"


def with_note(notes: str | None, text: str, on: date) -> str:
    """Return the notes with the text below them, dated."""
    line = dated_note(text, on)
    if not notes or not notes.strip():
        return _ended(line)
    return _ended(notes.removesuffix("\n") + "\n" + line)


def notes_from_editor(text: str) -> str | None:
    """Return the notes that came back from an editor, None where nothing is left of them."""
    return _ended(text.rstrip()) if text.strip() else None


def note_faults(text: str) -> list[Fault]:
    """Return the lines that are no text: they were saved in another encoding."""
    return [
        Fault(number, "this line is not UTF-8: save the file as UTF-8")
        for number, line in enumerate(text.split("\n"), start=1)
        if any("\ud800" <= sign <= "\udfff" for sign in line)
    ]


def tags_lacking(paper: Paper, wanted: FieldChanges) -> list[str]:
    """Return the tags that are to go and that the paper does not have."""
    own = set(map(fold_name, paper.tags))
    return [tag for tag in wanted.remove_tags if fold_name(tag) not in own]


def _taken(key: object) -> RefusedError:
    return RefusedError(f"the key {key} is taken: see papertrack show {key}")


def _tags(typed: Iterable[str], today: date) -> tuple[str, ...]:
    """Return the tags that commas part, each once; PapertrackError where there is none."""
    parts: list[str] = []
    for text in typed:
        parts += [part for part in _COMMA.split(text) if part.strip()] or [""]  # which is refused
    return _each("tags", parts, today)


def _each(field: str, texts: Iterable[str], today: date) -> tuple[str, ...]:
    """Return the texts of a list field, each once."""
    values = (fields.parse(field, text, today=today) for text in texts)
    return tuple(dict.fromkeys(it for value in values if isinstance(value, tuple) for it in value))


def _new_status_dates(paper: Paper, wanted: FieldChanges, today: date) -> dict[str, date | None]:
    if "status" not in wanted.values:
        return {}
    status = Status(str(wanted.values["status"] or Status.TO_READ))
    if status is paper.status:
        return {}
    return dates_after(status, Dates(paper.started, paper.finished), today)._asdict()


def _check_days(paper: Paper, changes: Mapping[str, object], today: date) -> None:
    """Refuse days that cannot be, where one of them changes."""
    days = {field: changes.get(field, getattr(paper, field)) for field in _DAYS}
    for field, day in days.items():
        if field in changes and isinstance(day, date) and day > today:
            raise PapertrackError(f"{field} {day} is still to come: write a day such as yesterday")
    started, finished = days["started"], days["finished"]
    if changes.keys().isdisjoint(Dates._fields) or not (started and finished):
        return
    if str(finished) < str(started):
        raise PapertrackError(
            f"finished {finished} is before started {started}: set both, or --unset started"
        )


def _own_columns(setting: Iterable[str], unset: Iterable[str]) -> dict[str, str | None]:
    """Return the texts of own columns that are asked for; None for one that is to go."""
    columns: dict[str, str | None] = {}
    for assignment in (*setting, *(f"{word}=" for word in unset)):
        word, equals, text = assignment.partition("=")
        if header := _own_column(word):
            if not equals:
                raise PapertrackError(f'"{assignment}" sets nothing: write --set {assignment}=…')
            if header in columns:
                raise PapertrackError(f"{_COLUMN}:{header} is named twice: give it once")
            columns[header] = text.strip() or None
    return columns


def _own_column(word: str) -> str | None:
    """Return the header that `column:HEADER` names; None for what is no own column."""
    before, colon, header = word.partition(":")
    if not colon or before.strip().lower() not in {_COLUMN, f"{_COLUMN}s"}:
        return None
    if not header.strip():
        raise PapertrackError(
            f"{word} names no column: write --set {_COLUMN}:Code=https://example.org"
        )
    return header.strip()


def _columns(draft: Draft, paper: Paper, wanted: Mapping[str, str | None]) -> dict[str, str]:
    """Return the paper's own columns with these changed; a header is spelled as it is known."""
    looks = (draft.catalogue.look, *draft.catalogue.looks.values())
    of_looks = (name for look in looks for name in look.columns if name.startswith(f"{_COLUMN}:"))
    known = [*paper.columns, *(name.removeprefix(f"{_COLUMN}:") for name in of_looks)]
    columns: dict[str, str | None] = {**paper.columns}
    for typed, text in wanted.items():
        alike = (header for header in known if fold_name(header) == fold_name(typed))
        columns[typed if typed in known else next(alike, typed)] = text
    return {header: text for header, text in columns.items() if text is not None}


def _check_tags(draft: Draft, tags: Iterable[str], today: date) -> None:
    """Refuse to do nothing but take away a tag that nobody has: it may be misspelt."""
    from papertrack import query  # marking a paper needs no query

    for tag in tags:
        query.check_names(query.parse(query.term("tag", tag), today=today), draft.catalogue)


def _retagged(tags: Sequence[str], wanted: FieldChanges) -> tuple[str, ...]:
    gone = set(map(fold_name, wanted.remove_tags))
    kept = [tag for tag in tags if fold_name(tag) not in gone]
    folded = set(map(fold_name, kept))
    for tag in wanted.add_tags:
        if fold_name(tag) not in folded:
            folded.add(fold_name(tag))
            kept.append(tag)
    return tuple(kept)


def _ended(text: str) -> str:
    """Return several lines with a line end behind the last, one line alone without."""
    return f"{text}\n" if "\n" in text else text


class Renamed(NamedTuple):
    """A lab or a tag under the name that it has now."""

    old: str
    """What it was called, which need not be what was typed."""
    new: str
    papers: Sequence[Paper]
    """Those that were changed."""
    changed: bool
    """Whether anything was."""


def rename_lab(draft: Draft, old: str, new: str) -> Renamed:
    """Give every paper of a lab the new name, which may be another lab's.

    What the lab was called stays known as another name of the new one. Raises RefusedError where
    there is no such lab.
    """
    before = draft.text
    labs, papers = draft.catalogue.labs, draft.catalogue.papers
    names = LabNames(labs)
    source, target = names.canonical(old), names.canonical(_some(new, "lab"))
    mine = [paper for paper in papers if paper.lab and names.folded(paper.lab) == names.folded(old)]
    if source not in labs and not mine:
        used = (paper.lab for paper in papers if paper.lab)
        raise _nobody("lab", old, [*draft.catalogue.lab_names, *used])
    if source not in labs and mine[0].lab:
        source = mine[0].lab  # as it is spelled there
    name = target if target in labs and not _same(source, target) else new.strip()
    if _same(source, target) and _same(new, target) and not _same(old, new):
        name = target  # papers are filed under another name of the lab
        source = old.strip()
        mine = [paper for paper in mine if paper.lab and _same(paper.lab, old)]
    elif name != source and (source in labs or target in labs or not _same(source, name)):
        draft.set_table("labs", _moved(labs, source, name))
    changed = [draft.change(paper.key, {"lab": name}) for paper in mine if paper.lab != name]
    return Renamed(source, name, changed, draft.text != before)


def rename_tag(draft: Draft, old: str, new: str) -> Renamed:
    """Give every paper with a tag the new one instead, once; in the looks that show it too.

    Raises RefusedError where there is no such tag.
    """
    papers = draft.catalogue.papers
    name, gone = _some(new, "tag"), {fold_name(old), fold_name(new)}
    mine = [paper for paper in papers if fold_name(old) in map(fold_name, paper.tags)]
    if not mine:
        raise _nobody("tag", old, [tag for paper in papers for tag in paper.tags])
    wanted = {
        paper.key: tuple(
            dict.fromkeys(name if fold_name(tag) in gone else tag for tag in paper.tags)
        )
        for paper in mine
    }
    changed = [
        draft.change(paper.key, {"tags": wanted[paper.key]})
        for paper in mine
        if paper.tags != wanted[paper.key]
    ]
    further = {f"markdown.{table}": look for table, look in draft.catalogue.looks.items()}
    for table, look in {"markdown": draft.catalogue.look, **further}.items():
        shown = tuple(dict.fromkeys(name if fold_name(tag) in gone else tag for tag in look.tags))
        if shown != look.tags:
            draft.set_table(table, {"tags": list(shown)})
    return Renamed(old.strip(), name, changed, bool(changed))


def short_keys(papers: Iterable[Paper], catalogue: Catalogue) -> dict[str, str]:
    """Return the short keys that these papers could have, by the long ones that they have."""
    taken = {paper.key for paper in catalogue.papers}
    shorter: dict[str, str] = {}
    for paper in papers:
        if len(paper.key) > LONGEST_KEY:
            shorter[paper.key] = key = make_key(paper, taken)
            taken.add(key)
    return shorter


def rename_key(draft: Draft, old: str, new: str) -> Paper:
    """Give a paper another key, in the pairs too that a person said are distinct."""
    paper = draft.change(old, {"key": new})
    pairs = draft.catalogue.distinct
    if any(old in pair for pair in pairs):
        renamed = [[new if key == old else key for key in pair] for pair in pairs]
        draft.set_table("check", {"distinct": renamed})
    return paper


def _moved(
    labs: Mapping[str, Sequence[str]], source: str, name: str
) -> dict[str, Sequence[str] | None]:
    """Return what changes in `[labs]` when the source is called by this name."""
    names = [*labs.get(name, ()), source, *labs.get(source, ())]
    others = {fold_title(other): other for other in reversed(names) if not _same(other, name)}
    moved: dict[str, Sequence[str] | None] = {source: None} if source in labs else {}
    return {**moved, name: list(reversed(others.values()))}


def _same(one: str, other: str) -> bool:
    return fold_title(one) == fold_title(other)


def _some(text: str, what: str) -> str:
    if not text.strip():
        raise PapertrackError(f"the new name is empty: papertrack {what}s rename OLD NEW")
    return text.strip()


def _nobody(what: str, name: str, names: Iterable[str]) -> RefusedError:
    hint = did_you_mean(name, names, f"`papertrack {what}s` lists them")
    return RefusedError(f'no {what} "{name}": {hint}')
