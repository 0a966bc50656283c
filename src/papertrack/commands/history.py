"""papertrack history, papertrack undo, papertrack redo."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack import store, terminal
from papertrack.errors import RefusedError, how_many
from papertrack.files import as_typed
from papertrack.history import JournalEntry, State, undoing
from papertrack.session import NAMED, Json, NoPager, flag
from papertrack.terminal import console, tabbed, visible, write
from papertrack.terminal.console import shortened
from papertrack.terminal.tables import Column, dumped, fitted_widths, table

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

EXAMPLES = (
    "papertrack history",
    "papertrack history --json",
    "papertrack undo",
    "papertrack undo --force",
    "papertrack undo 3",
    "papertrack redo",
    "papertrack redo 2",
)

_UNDONE = " (undone)"
_MOST_FILES = 5
_CHANGE = 2
"""The column whose text is shortened before its mark."""

Count = Annotated[int, typer.Argument(metavar="N", min=1, help="How many changes, the last first.")]
Force = Annotated[
    bool, flag("--force", "Go on even if a file has changed since; shows what is lost.")
]


def history(*, no_pager: NoPager = False, as_json: Json = False) -> None:
    """List the changes that can be undone or redone.

    The newest stands last. Its number is how many changes `undo`, or `redo`, goes to reach it.
    """
    records = undoing.records(store.find_recorded(NAMED.get()))
    if as_json:
        _show_json(records, _reach(records))
    elif screen := terminal.screen():
        console.show(_table(records, screen), screen, paged=not no_pager)
    else:
        write(_lines(records))


def undo(count: Count = 1, *, force: Force = False, as_json: Json = False) -> None:
    """Undo the last change: every file that it wrote, byte for byte."""
    _move(count, back=True, force=force, as_json=as_json)


def redo(count: Count = 1, *, force: Force = False, as_json: Json = False) -> None:
    """Redo the change that was undone last."""
    _move(count, back=False, force=force, as_json=as_json)


def _reach(records: Sequence[JournalEntry]) -> list[int]:
    """Return how many changes to undo, or to redo, until each of them is; the next is 1."""
    done = sum(not record.undone for record in records)
    return [at - done + 1 if it.undone else done - at for at, it in enumerate(records)]


def _move(count: int, *, back: bool, force: bool, as_json: bool) -> None:
    """Go so many steps through the history, and say of each what it was.

    Refuses where several are asked for and there are fewer; the last alone explains itself.
    """
    path = store.find_recorded(NAMED.get())
    step, verb = (undoing.undo, "undone") if back else (undoing.redo, "redone")
    waiting = [record for record in undoing.records(path) if record.undone is not back]
    if len(waiting) < count > 1:
        changes = how_many(len(waiting), "change")
        raise RefusedError(f"only {changes} can be {verb}: nothing was changed")
    moved: list[JournalEntry] = []
    try:
        for _ in range(count):
            moved.append(step(path, force=force, tell=terminal.say))
            if not as_json:
                files = ", ".join(_named_files(moved[-1]))
                terminal.answer(f"{verb}: {moved[-1].called} ({files})")
    finally:  # where one is refused, those before it are done
        if as_json and moved:
            after = [it._replace(state=State.DONE if it.undone else State.UNDONE) for it in moved]
            _show_json(after, range(len(after), 0, -1))


def _named_files(record: JournalEntry) -> list[str]:
    """Return the names of the files that a change wrote, or how many there are of many."""
    if len(record.files) > _MOST_FILES:
        return [f"{len(record.files)} files"]
    return [as_typed(path) for path in record.files]


def _show_json(records: Sequence[JournalEntry], numbers: Sequence[int]) -> None:
    rows = [
        {
            "number": number,
            "when": record.when.isoformat(),
            "typed": record.typed,
            "undone": record.undone,
            # JSON holds no bytes that are no text: they are spelled out
            "files": [
                str(path).encode("utf-8", "backslashreplace").decode() for path in record.files
            ],
        }
        for number, record in zip(numbers, records, strict=True)
    ]
    write(dumped(rows))


def _lines(records: Sequence[JournalEntry]) -> str:
    rows = (
        (
            str(number),
            record.when.isoformat(),
            "undone" if record.undone else "done",
            record.typed,
            " ".join(as_typed(path) for path in record.files),
        )
        for number, record in zip(_reach(records), records, strict=True)
    )
    return tabbed(rows)


def _table(records: Sequence[JournalEntry], screen: "Console") -> "Iterator[RenderableType]":
    if not records:
        yield "no change is recorded"
        return
    columns = (
        Column("N", "dim", right=True),
        Column("when", "dim"),
        Column("change"),
        Column("files", "dim", most=screen.width // 3),
    )
    marks = [_UNDONE if record.undone else "" for record in records]
    rows = [
        (
            str(number),
            f"{record.when:%Y-%m-%d %H:%M}",
            visible(record.called) + mark,
            visible(", ".join(_named_files(record))),
        )
        for number, record, mark in zip(_reach(records), records, marks, strict=True)
    ]
    widths = fitted_widths(columns, rows, screen.width)
    end = "…" if console.has_signs(screen) else "..."
    room = widths[_CHANGE]
    shorter = [
        (number, when, shortened(change.removesuffix(mark), room - len(mark), end) + mark, files)
        for (number, when, change, files), mark in zip(rows, marks, strict=True)
    ]
    yield from table(columns, shorter, screen, widths=widths)
