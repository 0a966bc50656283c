"""What became of an import: the account for a person, and as data."""

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from papertrack.bibliography import Bibliography, LeftOut
from papertrack.errors import how_many, on_one_line
from papertrack.importing import Doubtful, Origin, Place, Plan
from papertrack.markdown.rows import Kind, Meaning, Table, Unclear
from papertrack.status import DAY_FIELDS
from papertrack.terminal import answer, say, warn
from papertrack.terminal.outcome import changed_values, piped_to_add, unread_line, updated
from papertrack.typed import Value

if TYPE_CHECKING:
    from papertrack.importing.adopting import Adopted, Left  # for Markdown only

_MUCH = 60
_FEW = 6
_ONE = {
    Kind.PAPER: "paper",
    Kind.HEADING: "heading",
    Kind.PLACEHOLDER: "placeholder",
    Kind.CONTINUED: "continued",
    Kind.SKIPPED: "skipped",
}
"""What one row of a kind is called."""
_BULLETS = (
    "lists of bullets are imported, but not regenerated: for a table that papertrack keeps, put "
    "<!-- papertrack:begin --> and <!-- papertrack:end --> into the file, "
    "then papertrack export-markdown --into FILE"
)
_MOVE_OUT = "move that out of the table"
_DECIDE = "import again with --adopt and --theirs, which takes the file's values, or --ours"
_SETTINGS = "left as it is; change that in the catalogue, in [markdown] or [labs]"
_LEFT = {
    "piped": "it came by a pipe, and stands in no file",
    "no list": "{}",
    "html": "it is a table in HTML",
    "bullets": "it is a list of bullets, not a table",
    "enclosed": "it stands in a list or a quotation, where a block cannot be",
    "other title": 'line {} calls "{}" what the catalogue calls "{}"',
    "other cell": 'line {} says "{}: {}", and the catalogue something else of that paper',
    "other link": '"{0}" leads to {2} in line {1}, to {3} in the catalogue',
}
"""Why a table stays as it is, by `adopting.Reason`, which only Markdown loads."""
_DOUBTS = {
    Doubtful.REMOVED: (
        '"{}" was removed from the catalogue since it was last imported',
        "left out; --theirs imports it again",
    ),
    Doubtful.SLIP: (
        '"{}" has the {} of "{}" ({})',
        "imported as another paper; correct the identifier, or the titles",
    ),
    Doubtful.CITED: ("the key {} is that of {} already", "imported as another paper, {2}"),
    Doubtful.STRANGE: ("{}: edited by hand, and not a paper", _SETTINGS),
    Doubtful.MOVED: (
        "the row of {0} stands under another heading than the catalogue gives it",
        "left as it is; papertrack edit {0} changes its lab, tags, status or year",
    ),
    Doubtful.NO_PAPER: ("the row of {} is no longer a paper", _SETTINGS),
}
"""What is in doubt, and what to do about it."""


class Outcome(NamedTuple):
    """What an import came to."""

    plan: Plan
    where: str
    """The catalogue, as a person would type it."""
    created: bool
    refused: bool
    """Whether it was to be strict, and something was in doubt or not read."""
    dry_run: bool
    adopted: "Sequence[Adopted]" = ()
    left: "Sequence[Left]" = ()
    kept: Sequence[str] = ()
    """The files that had blocks already, which the catalogue keeps from now on."""
    growing: Sequence[str] = ()
    """Other files with a block of every paper, where what was adopted had papers of its own."""


class _Doubt(NamedTuple):
    """Something that was understood only perhaps, in words."""

    place: Place
    message: str
    suggestion: str


def has_lists(plan: Plan) -> bool:
    """Say whether there was a list to read; a bibliography is one without entries too."""
    return plan.says_something or any(origin.bibliography for origin in plan.origins)


def is_unsure(plan: Plan) -> bool:
    """Say whether anything is in doubt, undecided or not read."""
    return bool(_all_doubts(plan) or plan.undecided or _unread(plan))


def refusal(plan: Plan) -> str:
    """Return why nothing was imported."""
    if not has_lists(plan):
        files = list(_tables_by_file(plan))
        where = files[0] if len(files) == 1 else f"{len(files)} files"
        titles = any(table.header for table in plan.tables)
        by_map = "--map 'COLUMN=title' names the titles of a table"
        hint = by_map if titles else "see papertrack import --help"
        if len(files) == 1 and (piped := piped_to_add(files[0], plan.tables)):
            why = {run.reason for it in plan.tables for run in it.unread}
            what = "looks titles up" if why == {Unclear.ADDRESSES_ALONE} else "takes a paper a line"
            hint = f"papertrack add {piped} {what}"
        return f"no papers in {where}: {hint}"
    doubts = len(_all_doubts(plan)) + len(plan.undecided)
    reasons = [how_many(doubts, "doubt")] if doubts else []
    reasons += [f"{sum(unread):,} unread"] if (unread := _unread(plan)) else []
    return f"{' and '.join(reasons)}, so nothing was imported (--strict)"


def print_out(outcome: Outcome) -> None:
    """Print the account on stdout; doubts, differences and what became of tables on stderr."""
    plan = outcome.plan
    for line in _remarks(plan):
        say(line)
    for left in outcome.left:
        say(f"{left.file}:{left.line}: left as it is: {_why(left)}")
    if any(left.why == "bullets" for left in outcome.left):
        say(_BULLETS)
    for line in _accounts(plan):
        answer(line)
    for file, entry in _left_out(plan):
        key = f"{entry.key}: " if entry.key else ""
        warn(f"{file}:{entry.line}: {key}{entry.reason}")
    for doubt in _doubts_of_reading(plan):
        warn(f"{doubt.place}: {doubt.message}{f': {doubt.suggestion}' if doubt.suggestion else ''}")
    if outcome.refused or not has_lists(plan):
        return
    if len(files := _tables_by_file(plan)) > 1:
        answer(f"{len(files)} files, {_rows(plan.tables)}")
    for line in updated(plan.updated):
        answer(f"  {line}")
    answer(_result(outcome))
    _print_what_is_next(outcome)


def _print_what_is_next(outcome: Outcome) -> None:
    for adopted in outcome.adopted:
        answer(_adopted(adopted))
    if outcome.adopted:
        say("the blocks spell white space, line breaks and sources in one way")
    for file in outcome.kept:
        answer(f"{file}: has blocks already, which export-markdown --all regenerates from now on")
    for file in outcome.growing:
        more = f"{file} shows every paper, so {len(outcome.plan.added):,} more with the next export"
        say(f"{more}; a query in its marker, such as lab:Meta, chooses some")
    if count := len(outcome.plan.undecided):
        what = how_many(count, "difference is", "differences are")
        say(
            f"{what} undecided, and the catalogue is as it was there: "
            "--theirs takes the file's values, --ours keeps the catalogue's"
        )


def _remarks(plan: Plan) -> Iterator[str]:
    lines = [(it.place, f"{it.message}: {it.suggestion}") for it in _doubts_of_matching(plan)]
    for it in plan.conflicts:
        differs = f"{_quoted(it.new)} here, {_quoted(it.known)} in {it.first or 'the catalogue'}"
        lines.append((it.place, f"{it.key}: {it.field} {differs}: {it.verdict}"))
    again = [it for it in plan.duplicates if not it.listed]
    lines += [(it.place, f"{it.key} again (same {it.by}), first at {it.first}") for it in again]
    yield from (f"{place}: {text}" for place, text in sorted(lines))
    listed = Counter(it.place.file for it in plan.duplicates if it.listed)
    for file, count in listed.items():
        yield f"{file}: {count:,} of its papers are in other files too"
    for before, after in plan.updated:
        days = [(day, getattr(before, day)) for day in DAY_FIELDS.values()]
        lost = [f"{day} {was}" for day, was in days if was and not getattr(after, day)]
        if lost:
            yield f"{after.key}: {after.status} now, which takes away {' and '.join(lost)}"
    for gone in plan.removed:
        remove = f"papertrack remove {gone.key} removes it"
        if gone.tag:
            untag = f"papertrack tag {gone.key} {shlex.quote(f'-{gone.tag}')}"
            remove += f" from the catalogue, {untag} from this table"
        yield f'{gone.file}: "{gone.title}" is no longer in it: kept; {remove}'


def _quoted(value: Value | None) -> str:
    if value is None or value == ():
        return "absent"
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return f'"{on_one_line(text, _MUCH)}"'


def _accounts(plan: Plan) -> Iterator[str]:
    for file, tables in _tables_by_file(plan).items():
        yield _account(file, tables)
        yield from _headings(origin for origin in plan.origins if origin.file == file)
        if plan.added and len(plan.origins) == 1:
            yield from _own_columns(tables)
    for origin in plan.origins:
        if origin.bibliography is not None:
            yield _entries(origin.file, origin.bibliography, plan)


def _account(file: str, tables: Sequence[Table]) -> str:
    """Return what the rows of a file are: `README.md: 26 rows: 13 papers, 5 headings`.

    Below it a line for each table or row that was left out, with the reason.
    """
    if not tables:
        return f"{file}: no table and no list of papers"
    counts = Counter("table" if table.header or table.html else "list" for table in tables)
    many = "".join(f"{how_many(n, kind)}, " for kind, n in counts.items() if len(tables) > 1)
    lines = [f"{file}: {many}{_rows(tables)}"]
    for table in tables:
        whole = table.skipped is not None and any(table.header)
        first = next(filter(None, table.header), "1")
        hint = f"; if these are papers, try --map '{first}=title'" if whole else ""
        lines += [f"  {unread_line(file, run, tables)}{hint}" for run in table.unread]
    return "\n".join(lines)


def _entries(file: str, bibliography: Bibliography, plan: Plan) -> str:
    """Return what the entries of a file are: `refs.bib: 33 entries: 31 papers, 2 not imported`."""
    again = sum(it.place.file == file for it in plan.duplicates)
    counts = (
        (len(bibliography.papers) - again, "paper", ""),
        (again, "the same paper again", "the same papers again"),
        (bibliography.volumes, "volume", ""),
        (len(bibliography.left_out), "not imported", "not imported"),
    )
    kinds = [how_many(count, one, many) for count, one, many in counts if count]
    if not kinds:
        return f"{file}: no entries"
    return f"{file}: {how_many(bibliography.entries, 'entry', 'entries')}: {', '.join(kinds)}"


def _headings(origins: Iterable[Origin]) -> Iterator[str]:
    """Yield what the headings of a file were taken for, where nobody said it."""
    words = {Meaning.TAG: "tags", Meaning.STATUS: "statuses", Meaning.LAB: "labs"}
    for origin in origins:
        for meaning, plural in words.items():
            names = [name for name, means in origin.sections.items() if means is meaning]
            if names:
                yield f"  headings are {plural}: {_few(names)} (--headings none leaves them out)"
        long = [name for name, means in origin.sections.items() if means is Meaning.NONE]
        if long:
            yield f"  too long for tags: {_few([on_one_line(name, _MUCH) for name in long])}"


def _own_columns(tables: Sequence[Table]) -> Iterator[str]:
    """Yield which columns of the tables hold no field, if any."""
    from papertrack.markdown.writing import OWN  # a bibliography has no columns

    columns = (name for table in tables if table.header for name in table.look.columns)
    own = list(dict.fromkeys(it.removeprefix(OWN) for it in columns if it.startswith(OWN)))
    if own:
        yield f"  columns of your own: {_few(own)} (--map '{own[0]}=FIELD' says what one holds)"


def _few(names: Sequence[str]) -> str:
    return f"{', '.join(names[:_FEW])}{', …' if len(names) > _FEW else ''}"


def _rows(tables: Sequence[Table]) -> str:
    counts = Counter(row.kind for table in tables for row in table.rows)
    unread = sum(run.size for table in tables for run in table.unread)
    counts[Kind.SKIPPED] -= unread
    kinds = [how_many(counts[kind], _ONE[kind], kind) for kind in Kind if counts[kind] > 0]
    kinds += [f"{unread:,} unread"] if unread else []
    rows = how_many(sum(len(table.rows) for table in tables), "row")
    return f"{rows}: {', '.join(kinds)}" if kinds else rows


def _result(outcome: Outcome) -> str:
    """Return what became of the papers: `13 added, 2 updated, 1 unchanged (data/papers.toml)`."""
    plan = outcome.plan
    counts = {
        "added": len(plan.added),
        "updated": len(plan.updated),
        "unchanged": len(plan.unchanged),
        "left out": len(plan.left_out),
    }
    line = ", ".join(f"{count:,} {word}" for word, count in counts.items() if count)
    if outcome.created and not plan.says_something:
        return "nothing to add, so no catalogue was created"
    line = line or "nothing to add"
    rescued = sum(table.rescued for table in plan.tables)
    cited = {origin.file for origin in plan.origins if origin.bibliography}  # it says it above
    twice = sum(it.place.file not in cited for it in plan.duplicates)
    if twice:
        line += f"; {how_many(twice, 'was', 'were')} listed twice"
    if rescued:
        line += f"; {how_many(rescued, 'was', 'were')} not shown by Markdown"
    line += f" ({outcome.where}{', a new catalogue' if outcome.created else ''})"
    return f"{line}: nothing is written (--dry-run)" if outcome.dry_run else line


def _adopted(adopted: "Adopted") -> str:
    """Return what became of a table, and what regenerating it changes beside spelling."""
    what = f"{adopted.file}:{adopted.table.line}: a block now: {adopted.query or 'every paper'}"
    if not adopted.table.header:
        what += " (the file was empty: for papers to come)"
    if adopted.new_tag:
        what += f" (its papers got the tag {adopted.new_tag})"
    changes = adopted.brought
    counts = (
        (changes.placeholders, "placeholder dropped", "placeholders dropped"),
        (changes.rescued, "rescued row on a line of its own", "rescued rows on lines of their own"),
        (changes.repeated, "repeated row once", "repeated rows once"),
        (len(changes.joined), "row that an index adds", "rows that an index adds"),
        (changes.filled, "empty cell filled", "empty cells filled"),
        (changes.moved, "row in another place", "rows in other places"),
    )
    more = [how_many(count, one, many) for count, one, many in counts if count]
    if changes.changed:
        cells = ("cell as the catalogue has it", "cells as the catalogue has them")
        where = _lines(list(dict.fromkeys(map(str, changes.changed))))
        more.append(f"{how_many(len(changes.changed), *cells)} ({where})")
    more += [f"heading {heading} dropped" for heading in changes.headings]
    if changes.tags:
        more.append(f"{_few(changes.tags)} shown, which Markdown hides")
    return f"{what}; {', '.join(more)}" if more else what


def as_data(outcome: Outcome) -> dict[str, object]:
    """Return the account of an import as JSON has it: what other programs rely on."""
    plan = outcome.plan
    files: list[dict[str, object]] = [
        {"file": file, "tables": [_table(table) for table in tables]}
        for file, tables in _tables_by_file(plan).items()
    ]
    cited = [_cited(origin, plan) for origin in plan.origins if origin.bibliography]
    return {
        "files": files + cited,
        "added": len(plan.added),
        "updated": len(plan.updated),
        "unchanged": len(plan.unchanged),
        "left_out": len(plan.left_out),
        "changes": changed_values(plan.updated),
        "duplicates": [
            {**it.place._asdict(), "key": it.key, "by": it.by, "first": str(it.first)}
            for it in plan.duplicates
        ],
        "conflicts": [
            {
                **it.place._asdict(),
                "key": it.key,
                "field": it.field,
                "here": it.new,
                "there": it.known,
                "verdict": it.verdict.value,
            }
            for it in plan.conflicts
        ],
        "removed": [it._asdict() for it in plan.removed],
        "unread": sum(_unread(plan)),
        "doubts": [
            {**it.place._asdict(), "message": it.message, "suggestion": it.suggestion}
            for it in _all_doubts(plan)
        ],
        "adopted": [
            {
                "file": adopted.file,
                "line": adopted.table.line,
                "query": adopted.query,
                "look": adopted.look,
                **adopted.brought._asdict(),
            }
            for adopted in outcome.adopted
        ],
    }


def _cited(origin: Origin, plan: Plan) -> dict[str, object]:
    entries = origin.bibliography or Bibliography()
    again = sum(it.place.file == origin.file for it in plan.duplicates)
    return {
        "file": origin.file,
        "format": origin.format,
        "entries": entries.entries,
        "papers": len(entries.papers) - again,
        "again": again,
        "volumes": entries.volumes,
        "skipped": [it._asdict() for it in entries.left_out],
        "doubts": [it._asdict() for it in entries.doubts],
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "line": table.line,
        "header": list(table.header),
        "rows": len(table.rows),
        **table.counts,
        "unread": [run._asdict() for run in table.unread],
        "rescued": table.rescued,
        "section": table.section,
        "reason": table.skipped,
    }


def _tables_by_file(plan: Plan) -> dict[str, list[Table]]:
    """Return each Markdown file once with its tables in their order, those in blocks included."""
    files: dict[str, list[Table]] = {}
    for origin in plan.origins:
        if origin.bibliography is None:
            files.setdefault(origin.file, []).extend(origin.tables)
    return {file: sorted(tables, key=lambda it: it.line) for file, tables in files.items()}


def _left_out(plan: Plan) -> list[tuple[str, LeftOut]]:
    """Return the entries of bibliographies that give no paper, by file."""
    cited = [(it.file, it.bibliography) for it in plan.origins if it.bibliography]
    return [(file, entry) for file, entries in cited for entry in entries.left_out]


def _unread(plan: Plan) -> list[int]:
    """Return how many rows or entries of each piece could be papers and are not imported."""
    runs = [run.size for table in plan.tables for run in table.unread]
    return runs + [1] * len(_left_out(plan))


def _all_doubts(plan: Plan) -> list[_Doubt]:
    return sorted([*_doubts_of_reading(plan), *_doubts_of_matching(plan)])


def _doubts_of_matching(plan: Plan) -> list[_Doubt]:
    return [
        _unknown(place, names)
        if why is Doubtful.UNKNOWN
        else _Doubt(place, *(text.format(*names) for text in _DOUBTS[why]))
        for place, why, names in plan.doubts
    ]


def _unknown(place: Place, titles: Sequence[str]) -> _Doubt:
    first, *others = titles
    are = f" and {how_many(len(others), 'other paper')} of this block are" if others else " is"
    them, rows = ("them", "their rows") if others else ("it", "its row")
    return _Doubt(
        place,
        f'"{first}"{are} not in the catalogue',
        f"left out; --theirs adds {them}, export-markdown would remove {rows}",
    )


def _doubts_of_reading(plan: Plan) -> list[_Doubt]:
    """Return what reading the files left in doubt, by file and line.

    What papertrack wrote into a block was in doubt when it was first read, and is not again.
    """
    doubts = list[_Doubt]()
    files = list(_tables_by_file(plan))
    for origin in plan.origins:
        doubts += [
            _Doubt(Place(origin.file, line), message, suggestion)
            for table in origin.tables
            for line, message, suggestion in table.doubts
            if origin.block is None or Place(origin.file, line) in plan.keys
        ]
    doubts.sort(key=lambda doubt: (files.index(doubt.place.file), doubt))
    for origin in plan.origins:
        for line, key, message, suggestion in (origin.bibliography or Bibliography()).doubts:
            named = not key or key in message
            text = message if named else f"{key}: {message}"
            doubts.append(_Doubt(Place(origin.file, line), text, suggestion))
    return doubts


def _lines(numbers: Sequence[str]) -> str:
    named = ", ".join(numbers[:3]) + (" …" if len(numbers) > 3 else "")  # enough to find them
    return f"line {named}" if len(numbers) == 1 else f"lines {named}"


def _why(left: "Left") -> str:
    if left.why in _LEFT:
        return _LEFT[left.why].format(*left.words)
    alone, where = len(left.words) == 1, _lines(left.words)
    if left.why == "undecided":
        return f"{where} {'differs' if alone else 'differ'} from the catalogue: {_DECIDE}"
    verb = "is" if alone else "are"
    return f"{where} {verb} not a paper, and a block holds nothing else: {_MOVE_OUT}"
