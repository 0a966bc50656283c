"""papertrack import."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack import formats, store
from papertrack.bibliography import Bibliography
from papertrack.errors import PapertrackError, RefusedError, how_many
from papertrack.fields import Value
from papertrack.files.access import named, read, target_of
from papertrack.formats import Format
from papertrack.importing import intake, steps
from papertrack.importing.plan import Conflict, Favour, Origin, Place, Plan, Verdict
from papertrack.importing.steps import Asked, Outcome, ReadOnly
from papertrack.markdown.rows import Kind, Meaning, Table
from papertrack.options import TYPED, CataloguePath, Json, fields_named
from papertrack.session import status_named, today
from papertrack.terminal.messages import answer, exact, piped, say, track, warn
from papertrack.terminal.outcome import changed_values, piped_to_add, unread_line, updated

if TYPE_CHECKING:
    from papertrack.importing.adopting import Adopted, Brought

_STDIN = ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")
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
EXAMPLES = (
    "papertrack import README.md",
    "papertrack import topics/*.md --tag-from-file --adopt",
    "papertrack import list.md --map '名称=title' --map '备注=notes' --table 2 --dry-run",
    "papertrack import README.md --theirs",
    "papertrack import refs.bib --without abstract,file",
    "curl https://example.org/list.md | papertrack import - --dry-run",
)


def _option(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{name}", metavar=metavar, help=text, show_default=False
    )
    return option


Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="Markdown with tables and lists of papers, BibTeX, RIS, CSL-JSON; - reads what is "
        "piped or pasted.",
    ),
]
Map = Annotated[
    list[str] | None,
    _option(
        "map",
        "COLUMN=FIELD",
        "What a column holds, by its header or number: a field of a paper, or source, date, "
        "number, skip; may be repeated.",
    ),
]
Headings = Annotated[
    Meaning | None,
    typer.Option(
        help="What all headings mean. By default those above tables and lists are statuses "
        "(Done), labs that the catalogue knows, or tags; in a table a row of equal cells is a lab, "
        "a first cell alone a tag.",
        show_default=False,
    ),
]
Tables = Annotated[
    list[str] | None,
    _option("table", "N|HEADING", "Only this table, by number or heading; may be repeated."),
]
TagFromFile = Annotated[
    bool, typer.Option("--tag-from-file", help="Tag each paper with its file's name.")
]
Tags = Annotated[list[str] | None, _option("tag", "TAG", "Tag each paper; may be repeated.")]
Lab = Annotated[str | None, _option("lab", "LAB", "The lab of new papers that name none.")]
StatusOf = Annotated[
    str | None, _option("status", "STATUS", "The status of new papers that name none.")
]
Adopt = Annotated[
    bool,
    typer.Option(
        "--adopt", help="Make a block of each table, which export-markdown regenerates from now on."
    ),
]
Theirs = Annotated[
    bool, typer.Option("--theirs", help="Where a file and the catalogue differ, take the file's.")
]
Ours = Annotated[
    bool, typer.Option("--ours", help="Where they differ, keep the catalogue's, and ask no more.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and do nothing.")]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="Take in nothing, exit 1, if anything is in doubt or not read."),
]

As = Annotated[
    str | None,
    _option("as", "FORMAT", "markdown, bibtex, ris or csl-json; else the text and its name tell."),
]
Without = Annotated[
    list[str] | None,
    _option("without", "FIELDS", "Fields of a bibliography not to keep: abstract,file."),
]


def import_(
    files: Files,
    *,
    mapping: Map = None,
    headings: Headings = None,
    table: Tables = None,
    tag_from_file: TagFromFile = False,
    tag: Tags = None,
    lab: Lab = None,
    status: StatusOf = None,
    adopt: Adopt = False,
    theirs: Theirs = False,
    ours: Ours = False,
    dry_run: DryRun = False,
    strict: Strict = False,
    as_: As = None,
    without: Without = None,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """Take papers in from files, and overwrite nothing."""
    wanted = intake.Wanted(
        mapping=intake.mapping(mapping or ()),
        headings=headings,
        tables=tuple(table or ()),
        tag_from_file=tag_from_file,
        tags=tuple(tag or ()),
        lab=lab,
        status=status_named(status or "to-read"),
    )
    asked = Asked(
        wanted=wanted,
        adopt=adopt,
        favour=_favour(theirs=theirs, ours=ours),
        dry_run=dry_run,
        strict=strict,
        typed=TYPED.get(),
        today=today(),
    )
    paths, others = _apart(files, formats.named(as_) if as_ else None, without)
    outcome = steps.import_files(paths, catalogue, asked, others=others, tell=say, track=track)
    if as_json:
        from papertrack.terminal.tables import dumped  # needed for --json only

        exact(dumped(_as_data(outcome)))
    else:
        _print(outcome, dry_run=dry_run)
    if outcome.refused or not _says_something(outcome.plan):
        raise RefusedError(_refusal(outcome.plan))


def _apart(
    files: Sequence[Path], form: Format | None, without: list[str] | None
) -> tuple[list[Path], list[ReadOnly]]:
    """Return the Markdown files, and what is only read: bibliographies, and what is piped, once.

    The format is the one asked for, else what a text begins with tells it, else a file's name.
    """
    paths: list[Path] = []
    others: dict[str, ReadOnly] = {}
    for path in files:
        is_piped = str(path) in _STDIN
        name = intake.PIPED if is_piped else store.shown(path)
        if name in others:
            continue
        if not is_piped and (path.is_dir() or not path.exists()):
            paths.append(path)  # which is told later
            continue
        data = piped().encode() if is_piped else _data(path)
        cited = intake.bibliography(name, data, form, fields_named(without))
        if cited is not None:
            others[name] = ReadOnly(name, None if is_piped else path, *cited)
        elif is_piped or not path.is_file():  # another program's pipe is read once
            others[name] = ReadOnly(name, None, data.decode("utf-8", "replace"))
        else:
            paths.append(path)
    return paths, list(others.values())


def _data(path: Path) -> bytes:
    """Return what a file holds, or what a shell's `<(…)` gives."""
    if str(path).startswith(("/dev/fd/", "/proc/self/fd/")) and path.is_fifo():
        with named("read", path):
            return path.read_bytes()
    return read(target_of(path)) or b""


def _favour(*, theirs: bool, ours: bool) -> Favour | None:
    if theirs and ours:
        raise PapertrackError("--theirs and --ours say the opposite: give one of them")
    if theirs:
        return Favour.THEIRS
    return Favour.OURS if ours else None


def _says_something(plan: Plan) -> bool:
    """Say whether there was a list to read; a bibliography is one without entries too."""
    return plan.says_something or any(origin.bibliography for origin in plan.origins)


def _refusal(plan: Plan) -> str:
    """Return why nothing was taken in."""
    if not _says_something(plan):
        files = list(plan.tables_by_file)
        where = files[0] if len(files) == 1 else f"{len(files)} files"
        titles = any(table.header for table in plan.tables)
        hint = "--map 'COLUMN=title' names the titles of a table" if titles else "see import --help"
        if len(files) == 1 and (piped := piped_to_add(files[0], plan.tables)):
            hint = f"papertrack add {piped} looks titles up"
        return f"no papers in {where}: {hint}"
    doubts = len(plan.all_doubts) + len(plan.undecided)
    unread = sum(run.size for _, run in plan.unread) + len(plan.left_out)
    reasons = [how_many(doubts, "doubt")] if doubts else []
    reasons += [f"{unread:,} unread"] if plan.unread or plan.left_out else []
    return f"{' and '.join(reasons)}, so nothing was taken in (--strict)"


def _print(outcome: Outcome, *, dry_run: bool) -> None:
    """Print the account on stdout; doubts, differences and what became of tables on stderr."""
    plan = outcome.plan
    for line in _remarks(plan):
        say(line)
    for left in outcome.left:
        say(f"{left.file}:{left.line}: left as it is: {left.reason}")
    files = plan.tables_by_file
    for line in _accounts(plan):
        answer(line)
    for file, entry in plan.left_out:
        key = f"{entry.key}: " if entry.key else ""
        warn(f"{file}:{entry.line}: {key}{entry.reason}")
    for doubt in plan.doubts_of_reading:
        warn(f"{doubt.place}: {doubt.message}{f': {doubt.suggestion}' if doubt.suggestion else ''}")
    if outcome.refused or not _says_something(plan):
        return
    if len(files) > 1:
        answer(f"{len(files)} files, {_rows(plan.tables)}")
    for line in updated([it[:2] for it in plan.updated]):
        answer(f"  {line}")
    answer(_result(outcome, dry_run=dry_run))
    _print_what_is_next(outcome)


def _print_what_is_next(outcome: Outcome) -> None:
    """Print what became of tables, and what is still to be decided."""
    for adopted, brought in outcome.adopted:
        answer(_adopted(adopted, brought))
    if outcome.adopted:
        say("in the blocks white space, line breaks and sources are spelled one way")
    if count := len(outcome.plan.undecided):
        what = "1 difference is" if count == 1 else f"{count:,} differences are"
        say(
            f"{what} undecided, and the catalogue is as it was there: "
            "--theirs takes the file's values, --ours keeps the catalogue's"
        )


def _remarks(plan: Plan) -> Iterator[str]:
    """Yield a line for each thing that somebody should know of, by file and line."""
    lines = [(it.place, f"{it.message}: {it.suggestion}") for it in plan.doubts]
    lines += [(it.place, _differs(it)) for it in plan.conflicts]
    lines += [
        (it.place, f"{it.key} again (same {it.by}), first at {it.first}")
        for it in plan.duplicates
        if not it.listed
    ]
    yield from (f"{place}: {text}" for place, text in sorted(lines))
    listed = Counter(it.place.file for it in plan.duplicates if it.listed)
    for file, count in listed.items():
        yield f"{file}: {count:,} of its papers are in other files too"
    for before, after, _ in plan.updated:
        lost = [day for day in ("started", "finished") if getattr(before, day, None)]
        lost = [f"{day} {getattr(before, day)}" for day in lost if getattr(after, day) is None]
        if lost:
            yield f"{after.key}: {after.status} now, which takes away {' and '.join(lost)}"
    for gone in plan.removed:
        remove = f"papertrack remove {gone.key} removes it"
        yield f'{gone.file}: "{gone.title}" is no longer in it: kept; {remove}'


def _differs(conflict: Conflict) -> str:
    where = str(conflict.first) if conflict.first else "the catalogue"
    kept = "taken" if conflict.verdict is Verdict.TAKEN else "kept"
    return (
        f"{conflict.key}: {conflict.field} {_quoted(conflict.here)} here, "
        f"{_quoted(conflict.there)} in {where}: {kept}"
    )


def _quoted(value: Value | None) -> str:
    if value is None or value == ():
        return "absent"
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    text = " ".join(text.split())
    return f'"{text if len(text) <= _MUCH else text[: _MUCH - 1] + "…"}"'


def _accounts(plan: Plan) -> Iterator[str]:
    """Yield what became of the rows or entries of each file."""
    for file, tables in plan.tables_by_file.items():
        yield _account(file, tables)
        yield from _headings(origin for origin in plan.origins if origin.file == file)
    for origin in plan.origins:
        if origin.bibliography is not None:
            yield _entries(origin.file, origin.bibliography, plan)


def _account(file: str, tables: Sequence[Table]) -> str:
    """Return what the rows of a file are: `README.md: 26 rows: 13 papers, 5 headings`.

    Below it a line for each table or row that was left out, with the reason.
    """
    if not tables:
        return f"{file}: no table and no list of papers"
    counts = Counter("table" if any(table.header) else "list" for table in tables)
    many = "".join(f"{how_many(n, kind)}, " for kind, n in counts.items() if len(tables) > 1)
    lines = [f"{file}: {many}{_rows(tables)}"]
    for table in tables:
        whole = table.skipped is not None and any(table.header)
        first = next(filter(None, table.header), "1")
        hint = f"; if these are papers, try --map '{first}=title'" if whole else ""
        lines += [f"  {unread_line(file, run, tables)}{hint}" for run in table.unread]
    return "\n".join(lines)


def _entries(file: str, bibliography: Bibliography, plan: Plan) -> str:
    """Return what the entries of a file are: `refs.bib: 33 entries: 31 papers, 2 not taken in`."""
    again = sum(it.place.file == file for it in plan.duplicates)
    counts = (
        (len(bibliography.papers) - again, "paper", ""),
        (again, "the same paper again", "the same papers again"),
        (bibliography.volumes, "volume", ""),
        (len(bibliography.left_out), "not taken in", "not taken in"),
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
                taken = f"{', '.join(names[:_FEW])}{', …' if len(names) > _FEW else ''}"
                yield f"  headings are {plural}: {taken} (--headings none leaves them out)"


def _rows(tables: Sequence[Table]) -> str:
    counts = Counter(row.kind for table in tables for row in table.rows)
    unread = sum(run.size for table in tables for run in table.unread)
    counts[Kind.SKIPPED] -= unread
    kinds = [how_many(counts[kind], _ONE[kind], kind) for kind in Kind if counts[kind] > 0]
    kinds += [f"{unread:,} unread"] if unread else []
    rows = how_many(sum(len(table.rows) for table in tables), "row")
    return f"{rows}: {', '.join(kinds)}" if kinds else rows


def _result(outcome: Outcome, *, dry_run: bool) -> str:
    """Return what became of the papers: `13 added, 2 updated, 1 unchanged (data/papers.toml)`."""
    plan = outcome.plan
    counts = {
        "added": len(plan.added),
        "updated": len(plan.updated),
        "unchanged": len(plan.unchanged),
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
    return f"{line}: nothing is written (--dry-run)" if dry_run else line


def _adopted(adopted: "Adopted", changes: "Brought") -> str:
    """Return what became of a table, and what regenerating it changes beside spelling."""
    what = f"{adopted.file}:{adopted.table.line}: a block now: {adopted.query or 'every paper'}"
    if adopted.new_tag:
        what += f" (its papers got the tag {adopted.new_tag})"
    counts = (
        (changes.placeholders, "placeholder dropped", "placeholders dropped"),
        (changes.rescued, "rescued row on a line of its own", "rescued rows on lines of their own"),
        (changes.repeated, "repeated row once", "repeated rows once"),
        (len(changes.joined), "row that an index adds", "rows that an index adds"),
        (changes.filled, "empty cell filled", "empty cells filled"),
    )
    more = [how_many(count, one, many) for count, one, many in counts if count]
    more += [f"heading {heading} dropped" for heading in changes.headings]
    return f"{what}; {', '.join(more)}" if more else what


def _as_data(outcome: Outcome) -> dict[str, object]:
    """Return the account of an import as JSON has it: what other programs rely on."""
    plan = outcome.plan
    return {
        "files": [
            *(
                {"file": file, "tables": [_table(table) for table in tables]}
                for file, tables in plan.tables_by_file.items()
            ),
            *(_cited(origin, plan) for origin in plan.origins if origin.bibliography),
        ],
        "added": len(plan.added),
        "updated": len(plan.updated),
        "unchanged": len(plan.unchanged),
        "changes": changed_values(it[:2] for it in plan.updated),
        "duplicates": [
            {**_at(it.place), "key": it.key, "by": it.by, "first": str(it.first)}
            for it in plan.duplicates
        ],
        "conflicts": [
            {
                **_at(it.place),
                "key": it.key,
                "field": it.field,
                "here": it.here,
                "there": it.there,
                "verdict": it.verdict.value,
            }
            for it in plan.conflicts
        ],
        "removed": [it._asdict() for it in plan.removed],
        "unread": sum(run.size for _, run in plan.unread) + len(plan.left_out),
        "doubts": [
            {**_at(it.place), "message": it.message, "suggestion": it.suggestion}
            for it in plan.all_doubts
        ],
        "adopted": [
            {
                "file": adopted.file,
                "line": adopted.table.line,
                "query": adopted.query,
                "look": adopted.look,
                **brought._asdict(),
            }
            for adopted, brought in outcome.adopted
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


def _at(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line}
