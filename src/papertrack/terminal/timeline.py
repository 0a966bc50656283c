"""The changes of a catalogue: a table for people, tab-separated lines or JSON for programs."""

import sys
from collections.abc import Sequence

from papertrack.files.reading import shown
from papertrack.history.records import Record
from papertrack.terminal.grid import Cell, Column, Styled, table
from papertrack.terminal.safe import one_line, visible
from papertrack.terminal.screen import Screen, is_terminal, screen, write

_MOST_FILES = 5


def changes(records: Sequence[Record]) -> None:
    """Print the changes on stdout, the newest last."""
    write(_table(records, screen(sys.stdout)) if is_terminal(sys.stdout) else _lines(records))


def changes_json(records: Sequence[Record]) -> None:
    """Print the changes on stdout as a JSON array."""
    from papertrack.terminal.as_json import dumped  # needed for --json only

    rows = [
        {
            "number": record.number,
            "when": record.when.isoformat(),
            "typed": record.typed,
            "undone": record.undone,
            "files": [_text(str(path)) for path in record.files],
        }
        for record in records
    ]
    write(dumped(rows))


def named(record: Record) -> str:
    """Return the change as a sentence names it, with its files, or how many there are."""
    return f"{record.called} ({', '.join(_files(record))})"


def _lines(records: Sequence[Record]) -> str:
    rows = (
        (
            str(record.number),
            record.when.isoformat(),
            "undone" if record.undone else "done",
            one_line(record.typed),
            one_line(" ".join(shown(path) for path in record.files)),
        )
        for record in records
    )
    return "".join("\t".join(row) + "\n" for row in rows)


def _table(records: Sequence[Record], screen: Screen) -> str:
    if not records:
        return "no change is recorded\n"
    columns = (
        Column("", "dim", right=True),
        Column("when"),
        Column("change"),
        Column("files", "dim"),
    )
    rows = [_row(record) for record in records]
    return "\n".join([*table(columns, rows, screen), ""])


def _row(record: Record) -> list[Cell]:
    typed = Styled(visible(record.called), "dim" if record.undone else "")
    return [
        str(record.number),
        f"{record.when:%Y-%m-%d %H:%M}",
        [typed, Styled("taken back", "yellow")] if record.undone else typed,
        [Styled(visible(name), "dim") for name in _files(record)],
    ]


def _files(record: Record) -> list[str]:
    """Return the files' names, or how many there are where there are many."""
    if len(record.files) > _MOST_FILES:
        return [f"{len(record.files)} files"]
    return [shown(path) for path in record.files]


def _text(path: str) -> str:
    """Return a path that JSON can hold: bytes that are no text spelled out."""
    return path.encode("utf-8", "backslashreplace").decode()
