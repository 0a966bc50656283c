"""What is asked of papers, done to a draft of the catalogue: add, mark, edit, note, rename."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from papertrack.catalogue import BAD_BYTE
from papertrack.catalogue.draft import Draft, DraftValue
from papertrack.duplicates import Index
from papertrack.errors import Fault, PapertrackError, RefusedError
from papertrack.folding import did_you_mean, fold_name, fold_title
from papertrack.identifiers import LONGEST_KEY, cells, make_key, untaken
from papertrack.labs import LabNames
from papertrack.models import DATES, Catalogue, Paper
from papertrack.status import Status
from papertrack.typed import FieldChanges, Value


class Dates(NamedTuple):
    """When a paper was begun and when it was finished."""

    started: date | None
    finished: date | None


class Edited(NamedTuple):
    """A paper before and after."""

    before: Paper
    after: Paper


def add(draft: Draft, paper: Paper, known: Index | None) -> Paper:
    """Add the paper under its lab's own name, and a key where it has none; return it as added.

    A citation key that another paper has gets a number. Raises RefusedError, naming it, where the
    catalogue has the key, or where the known papers have the same one; it is one of them from now
    on. None knows nothing: add it all the same.
    """
    if paper.key and draft.has(paper.key):
        raise _taken(paper.key)
    if known is not None:
        refuse_known(known, paper)
    lab = paper.lab and LabNames(draft.labs).canonical(paper.lab)
    if cited := paper.bibtex.get("key"):
        taken = (known or Index(draft.catalogue.papers)).cited
        bibtex = {**paper.bibtex, "key": untaken(cited, taken, longest=None)}
        paper = paper.model_copy(update={"bibtex": bibtex})
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


def dates_after(status: Status, before: Dates, on: date) -> Dates:
    """Return the dates of a paper that gets this status on this day.

    Reading begins once; only what is done is finished; going back to `to-read` clears both.
    """
    match status:
        case Status.TO_READ:
            return Dates(None, None)
        case Status.READING:
            return Dates(before.started or on, None)
        case Status.DONE:
            return Dates(before.started, on)
        case Status.SKIMMED | Status.DROPPED:
            return Dates(before.started, None)


def edit(draft: Draft, paper: Paper, wanted: FieldChanges, today: date) -> Edited:
    """Change the paper in the draft; a new status brings its dates, a lab gets its own name.

    Raises PapertrackError where dates contradict each other, RefusedError where a new key is
    taken, or all that is wanted is that a tag goes that nobody has.
    """
    changes: dict[str, Value | None] = {**_new_status_dates(paper, wanted, today), **wanted.values}
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
        notes = changes.get("notes", paper.notes)
        changes["notes"] = with_note(str(notes) if notes else None, wanted.note, today)
    subtables: dict[str, dict[str, str]] = {}
    if wanted.columns:
        subtables["columns"] = _columns(draft, paper, wanted.columns)
    wanted_now = {**with_type_left(paper, changes), **subtables, "key": key}
    return Edited(paper, draft.change(paper.key, wanted_now))


def has_appeared(venue: object) -> bool:
    """Say whether a paper of this venue is more than a preprint."""
    return venue not in (None, "", "arXiv")


def is_preprint_entry(paper: Paper, entry: Mapping[str, str]) -> bool:
    """Say whether an entry has the type of a preprint, and the paper has not appeared either.

    Once the paper has a venue, that tells the type: `@misc` would cite it as no publication.
    """
    is_one = entry.get("type") in ("misc", "online", "unpublished")
    return is_one and paper.arxiv is not None and not has_appeared(paper.venue)


def with_type_left(
    paper: Paper, changes: Mapping[str, DraftValue | None]
) -> Mapping[str, DraftValue | None]:
    """Return the changes of a paper; with a venue, the type of its preprint's entry goes too."""
    if not (is_preprint_entry(paper, paper.bibtex) and has_appeared(changes.get("venue"))):
        return changes
    return {**changes, "bibtex": {it: raw for it, raw in paper.bibtex.items() if it != "type"}}


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
        if BAD_BYTE.search(line)
    ]


def tags_lacking(paper: Paper, wanted: FieldChanges) -> list[str]:
    """Return the tags that are to go and that the paper does not have."""
    own = set(map(fold_name, paper.tags))
    return [tag for tag in wanted.remove_tags if fold_name(tag) not in own]


def _taken(key: object) -> RefusedError:
    return RefusedError(f"the key {key} is taken: see papertrack show {key}")


def _new_status_dates(paper: Paper, wanted: FieldChanges, today: date) -> dict[str, date | None]:
    if "status" not in wanted.values:
        return {}
    status = Status(str(wanted.values["status"] or Status.TO_READ))
    if status is paper.status:
        return {}
    return dates_after(status, Dates(paper.started, paper.finished), today)._asdict()


def _check_days(paper: Paper, changes: Mapping[str, object], today: date) -> None:
    """Refuse days that cannot be, where one of them changes."""
    days = {field: changes.get(field, getattr(paper, field)) for field in DATES}
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


def _columns(draft: Draft, paper: Paper, wanted: Mapping[str, str | None]) -> dict[str, str]:
    """Return the paper's own columns with these changed; a header is spelled as it is known."""
    looks = (draft.catalogue.look, *draft.catalogue.looks.values())
    of_looks = (name for look in looks for name in look.columns if name.startswith("column:"))
    known = [*paper.columns, *(name.removeprefix("column:") for name in of_looks)]
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

    def renamed(tags: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name if fold_name(tag) in gone else tag for tag in tags))

    mine = [paper for paper in mine if paper.tags != renamed(paper.tags)]
    changed = [draft.change(paper.key, {"tags": renamed(paper.tags)}) for paper in mine]
    further = {f"markdown.{table}": look for table, look in draft.catalogue.looks.items()}
    for table, look in {"markdown": draft.catalogue.look, **further}.items():
        if look.tags != renamed(look.tags):
            draft.set_table(table, {"tags": list(renamed(look.tags))})
    return Renamed(old.strip(), name, changed, bool(changed))


def short_keys(papers: Iterable[Paper], catalogue: Catalogue) -> dict[str, str]:
    """Return the short keys that these papers could have, by the long ones that they have."""
    taken = {paper.key for paper in catalogue.papers}
    shorter: dict[str, str] = {}
    for paper in papers:
        if cells(paper.key) > LONGEST_KEY:
            shorter[paper.key] = key = make_key(paper, taken)
            taken.add(key)
    return shorter


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
