"""What an import did, for a program and for a person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from papertrack.fields import Value
from papertrack.importing.plan import Conflict, Place, Plan, Verdict
from papertrack.markdown.rows import Table

Data = Mapping[str, object]
_MUCH = 60


def as_data(plan: Plan) -> dict[str, object]:
    """Return the account of an import as JSON has it: what other programs rely on."""
    return {
        "files": [
            {"file": file, "tables": [_table(table) for table in tables]}
            for file, tables in tables_by_file(plan)
        ],
        "added": len(plan.added),
        "updated": len(plan.updated),
        "unchanged": len(plan.unchanged),
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
        "doubts": [
            {**_at(it.place), "message": it.message, "suggestion": it.suggestion}
            for it in plan.all_doubts
        ],
    }


def tables_by_file(plan: Plan) -> Iterable[tuple[str, Sequence[Table]]]:
    """Return each file once with its tables in their order, those within blocks included."""
    files: dict[str, list[Table]] = {}
    for source in plan.sources:
        files.setdefault(source.file, []).extend(source.tables)
    return [(file, sorted(tables, key=lambda table: table.line)) for file, tables in files.items()]


def remarks(plan: Plan) -> list[str]:
    """Return a line for each thing that somebody should know of, by file and line."""
    lines = [(it.place, f"{it.message}: {it.suggestion}") for it in plan.doubts]
    lines += [(it.place, _differs(it)) for it in plan.conflicts]
    lines += [
        (it.place, f"{it.key} again (same {it.by}), first at {it.first}")
        for it in plan.duplicates
        if not it.listed
    ]
    said = [f"{place}: {text}" for place, text in sorted(lines)]
    said += [
        f"{file}: {count:,} of its papers are in other files too"
        for file, count in Counter(it.place.file for it in plan.duplicates if it.listed).items()
    ]
    said += [
        f'{it.file}: "{it.title}" is no longer in it: kept; papertrack remove {it.key} removes it'
        for it in plan.removed
    ]
    return said


def advice(plan: Plan) -> str | None:
    """Return what to do about conflicts that nobody has decided, where there are any."""
    count = len(plan.undecided)
    if not count:
        return None
    what = "1 difference is" if count == 1 else f"{count:,} differences are"
    return (
        f"{what} undecided, and the catalogue is as it was there: "
        "--theirs takes the file's values, --ours keeps the catalogue's"
    )


def _differs(conflict: Conflict) -> str:
    there = str(conflict.first) if conflict.first else "the catalogue"
    kept = "taken" if conflict.verdict is Verdict.TAKEN else "kept"
    return (
        f"{conflict.key}: {conflict.field} {_quoted(conflict.here)} here, "
        f"{_quoted(conflict.there)} in {there}: {kept}"
    )


def _quoted(value: Value | None) -> str:
    if value is None or value == ():
        return "absent"
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    text = " ".join(text.split())
    return f'"{text if len(text) <= _MUCH else text[: _MUCH - 1] + "…"}"'


def _table(table: Table) -> Data:
    counts = dict(table.counts)
    return {
        "line": table.line,
        "header": list(table.header),
        "rows": len(table.rows),
        **counts,
        "rescued": table.rescued,
        "section": table.section,
        "reason": table.skipped,
    }


def _at(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line}
