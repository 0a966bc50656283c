"""Keys in a catalogue's text that papertrack does not know: perhaps misspelled."""

from collections.abc import Iterator
from typing import NamedTuple

from papertrack.catalogue.lines import Lines, only_tables
from papertrack.catalogue.pieces import cut
from papertrack.catalogue.reading import BOM, TABLES, is_look, keys_of, means_paper
from papertrack.catalogue.spoiled import mend
from papertrack.models import FIELDS, SUBTABLES, Look
from papertrack.status import Status
from papertrack.toml import Table


class UnknownKey(NamedTuple):
    """One key and where it stands."""

    line: int
    """From 1."""
    where: str
    """`paper "llama"`, `[markdown]` or, at the top, `the catalogue`."""
    key: str


def unknown_keys(text: str) -> list[UnknownKey]:
    """Return the keys that mean nothing to papertrack, by line; it keeps and does not read them."""
    found = cut(mend(text.removeprefix(BOM)).text)
    pieces = [only_tables(piece) for piece in found.pieces]
    entries = [entry for piece in pieces for entry in piece.entries]
    keys = keys_of(entries)
    lines = Lines(pieces, keys)
    unknown = [
        UnknownKey(lines.of_paper(index, name), f'paper "{key}"', name)
        for index, (entry, key) in enumerate(zip(entries, keys, strict=True))
        for name in entry.keys() - {*FIELDS, *SUBTABLES}
    ]
    for *tables, name in _unknown_settings(found.data):
        where = f"[{'.'.join(tables)}]" if tables else "the catalogue"
        unknown.append(UnknownKey(lines.of_setting(*tables, name), where, name))
    return sorted(unknown)


def _unknown_settings(data: Table) -> Iterator[tuple[str, ...]]:
    for name in data.keys() - TABLES:
        if not means_paper(name, data[name]):  # that is a fault
            yield (name,)
    for name in _table(data, "check").keys() - {"ignore", "distinct"}:
        yield "check", name
    markdown = _table(data, "markdown")
    looks = {name: _table(markdown, name) for name in markdown if is_look(name, markdown[name])}
    for path, look in [((), markdown), *(((name,), look) for name, look in looks.items())]:
        known = {*Look.model_fields, *({"files", *looks} if look is markdown else ())}
        for name in look.keys() - known:
            yield "markdown", *path, name
        for name in _table(look, "statuses").keys() - set(Status):
            yield "markdown", *path, "statuses", name


def _table(data: Table, name: str) -> Table:
    value = data.get(name)
    return value if isinstance(value, dict) else {}
