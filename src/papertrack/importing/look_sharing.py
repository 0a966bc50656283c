"""How the tables that came in look, as settings of the catalogue: equal looks share one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from papertrack.catalogue.draft import Draft
from papertrack.folding import fold_name
from papertrack.identifiers import slug, untaken
from papertrack.importing import Origin, Plan
from papertrack.markdown.inline import visible_text
from papertrack.markdown.rows import Table
from papertrack.markdown.writing import Cells, LookColumn, column_of, fields_of, lists_its_tags
from papertrack.models import PROSE, Catalogue, Headings, Look, Paper

TomlTable = dict[str, str | bool | list[str] | dict[str, str]]
_ANY = Look()
_SETTINGS = ("files", *Look.model_fields)
"""What no look can be called: `[markdown]` has these itself."""
_WORDS = (
    "group", "headings", "heading_marks", "nothing", "brackets", "line_break", "tag_break",
)  # fmt: skip
"""The settings that are texts."""
_FREE = (*_WORDS, "markup")
"""What a table need not show."""


class Sample(NamedTuple):
    """A table whose look is wanted."""

    file: str
    """Where it stands, which names its look."""
    table: Table
    papers: Sequence[Paper]
    """Its papers as the catalogue has them."""
    own_tags: Sequence[str] = ()
    """The tags that its query names, which are no headings in it."""


class Shared(NamedTuple):
    """The looks that all tables can be made with."""

    settings: Mapping[str | None, TomlTable]
    """By name, those that the catalogue is to have besides, and the tags that its own are to show
    from now on. None is the default, for the blocks that name none."""
    names: tuple[str | None, ...]
    """The name of each table's look."""


@dataclass
class _Kind:
    look: Look
    seen: set[str]
    """What of the look some table shows; the rest may still be anything."""
    tags: tuple[str, ...] = ()
    """The tags that its tables show."""
    hides: bool = False
    """Whether some of their papers have other tags too."""
    settled: bool = False
    """It stands in the catalogue, and stays."""
    tables: int = 0
    files: list[str] = field(default_factory=list)
    """Where its tables stand."""
    name: str | None = None

    @property
    def called(self) -> str:
        """What the look is called where it needs a name: its file, or the folder of several."""
        folders = {PurePath(file).parent.name for file in self.files}
        if len(set(self.files)) > 1 and len(folders) == 1 and (folder := folders.pop()):
            return folder
        return PurePath(self.files[0]).stem


def is_list(table: Table) -> bool:
    """Say whether this is a table of papers: no other table, and no list of bullets."""
    return table.skipped is None and bool(table.header) and not table.html


def table_of(look: str | None) -> str:
    """Return the name of the catalogue's table for a look; None is the default."""
    return "markdown" if look is None else f"markdown.{look}"


def samples_in(origins: Iterable[Origin]) -> list[Sample]:
    """Return the tables of papers outside of blocks as samples of a look without a name."""
    outside = (origin for origin in origins if origin.block is None and not origin.framed)
    tables = (table for origin in outside for table in origin.tables)
    return [Sample("", table, ()) for table in tables if is_list(table)]


def looks_of(named: Iterable[tuple[str | None, Table]]) -> dict[str, Look]:
    """Return the looks of tables by the names that their blocks give them."""
    kinds = _kinds(
        (name, Sample("", table, ())) for name, table in named if name and is_list(table)
    )
    return {str(name): kind.look for name, kind in kinds.items()}


def files_of_blocks(plan: Plan, catalogue: Catalogue | None = None) -> list[str]:
    """Return the files with blocks of which all papers are there, and can be made in these looks.

    Without a catalogue any look will do.
    """
    left = {row.place.file for row in plan.left_out}
    inside = [it for it in plan.origins if it.framed or it.block is not None]
    if catalogue:
        left |= {
            it.file
            for it in inside
            for table in it.tables
            if not _heads(catalogue.looks.get(it.look) if it.look else catalogue.look, table)
        }
    return list(dict.fromkeys(it.file for it in inside if it.file not in left))


def set_looks_of_blocks(plan: Plan, draft: Draft, *, adopt: bool) -> None:
    """Give the catalogue the looks of blocks that it lacks, as their tables look.

    They come of blocks whose papers are new, or whose file is to `adopt` with all its papers.
    """
    known = draft.catalogue
    papers = {paper.key: paper for paper in known.papers}
    samples: list[tuple[str | None, Sample]] = []
    added = {paper.key for paper in plan.added}
    taken = {*known.looks, *_SETTINGS}
    whole = set(files_of_blocks(plan)) if adopt else set[str]()
    for origin in plan.origins:
        keys = {row.place: plan.keys.get(row.place, ()) for row in origin.rows}
        news = [it for it in keys if origin.framed or it.line in origin.hand.unmade]
        held = [papers[key] for each in keys.values() for key in each]
        came = any(it.key in added for it in held) if origin.look else any(keys[it] for it in news)
        if not came and origin.file not in whole:
            continue
        if known.look != Look() if origin.look is None else origin.look in taken:
            continue
        # What is left out now has these tags once it is added.
        left = (it.paper for it in origin.rows if not keys[it.place])
        held += [it.model_copy(update={"tags": (*origin.own_tags, *it.tags)}) for it in left]
        samples += [
            (origin.look, Sample(origin.file, table, held, origin.own_tags))
            for table in origin.tables
            if is_list(table)
        ]
    for name, kind in _kinds(samples).items():
        draft.set_table(table_of(name), _settings(kind))


def _kinds(named: Iterable[tuple[str | None, Sample]]) -> dict[str | None, _Kind]:
    """Return the look of all tables that share a name, as wide as these."""
    kinds: dict[str | None, _Kind] = {}
    for name, sample in named:
        table = sample.table
        kind = kinds.setdefault(name, _Kind(table.look, _revealed(table)))
        if _fits(kind, table):
            _widen(kind, sample)
    return kinds


def set_looks(samples: Sequence[Sample], draft: Draft, *, further: bool) -> tuple[str | None, ...]:
    """Give the catalogue the looks of the tables; return the name of each table's look.

    Where there is no default yet it gets one; those with names only if `further` says so.
    """
    known = draft.catalogue
    default = None if known.look == Look() else known.look
    shared = share(samples, default, known.looks)
    for name, settings in shared.settings.items():
        if further or (name is None and default is None):
            draft.set_table(table_of(name), settings)
    return shared.names


def share(samples: Sequence[Sample], default: Look | None, further: Mapping[str, Look]) -> Shared:
    """Return the fewest looks that give every table back, beside those that are there.

    The look of most tables is the default where there is none yet. What a table does not show (it
    has no empty cell, no paper that is done) is as another table has it.
    """
    kinds = [
        _Kind(look, set(_FREE), settled=True, name=name)
        for name, look in ((None, default), *further.items())
        if look is not None
    ]
    fixed = len(kinds)
    of: dict[int, _Kind] = {}
    # What a table tells about its look: its papers, those with a status of its own twice.
    evidence = [len(sample.table.papers) + len(sample.table.look.statuses) for sample in samples]
    for at, sample in sorted(enumerate(samples), key=lambda item: -evidence[item[0]]):
        fitting = [kind for kind in kinds if _fits(kind, sample.table)]
        kind = max(fitting, key=lambda kind: kind.tables, default=None)
        if kind is None:
            kind = _Kind(sample.table.look, _revealed(sample.table))
            kinds.append(kind)
        _widen(kind, sample)
        of[at] = kind
    made = kinds[fixed:]
    first = None
    if default is None and made:
        first = max(made, key=lambda kind: kind.tables)
        made.remove(first)
    _name(made, first.look if first else default, set(further))
    settings = {kind.name: _settings(kind) for kind in ([first] if first else []) + made}
    for kind in kinds[:fixed]:
        if kind.tags and lists_its_tags(kind.look):
            settings[kind.name] = {"tags": [*kind.look.tags, *kind.tags]}
    return Shared(settings, tuple(of[at].name for at in range(len(samples))))


def _fits(kind: _Kind, table: Table) -> bool:
    """Say whether the kind's look gives the table back, once widened by what only it shows."""
    look, other = kind.look, table.look
    if (_without_spellings(look), _headers(look)) != (_without_spellings(other), _headers(other)):
        return False
    # A look that somebody wrote stays: it must show all that the table has.
    if kind.settled and not {*other.columns} <= {*look.columns, *map(_bare, look.columns)}:
        return False
    # Only what both reveal can contradict: a table without an empty cell has no word for it.
    if any(getattr(look, name) != getattr(other, name) for name in _revealed(table) & kind.seen):
        return False
    had = {paper.status for _, paper in table.papers} if "status" in fields_of(look) else set()
    known = had if kind.settled else had & {*look.statuses}
    return all(
        (look.word(status) or look.nothing) == (other.word(status) or other.nothing)
        for status in known
    )


def _widen(kind: _Kind, sample: Sample) -> None:
    table = sample.table
    kind.tables += 1
    kind.files.append(sample.file)
    _show_tags(kind, sample)
    if kind.settled:
        return
    revealed = _revealed(table)
    news = {name: getattr(table.look, name) for name in revealed - kind.seen}
    news["statuses"] = {**table.look.statuses, **kind.look.statuses}
    # of a column's two forms the longer keeps spellings beside, and shows either
    news["columns"] = tuple(
        max(both, key=len) for both in zip(kind.look.columns, table.look.columns, strict=False)
    )
    kind.look = kind.look.model_copy(update=news)
    kind.seen |= revealed


def _show_tags(kind: _Kind, sample: Sample) -> None:
    """Let the look show the tags that the table shows, and no others that its papers have."""
    look = sample.table.look
    column = "tags" in fields_of(look)
    if not column and look.group not in ("tag", "lab"):
        return
    tags = [tag for _, paper in sample.table.papers for tag in paper.tags]
    if look.headings is Headings.SECTIONS and look.group == "tag" and sample.table.section:
        tags = [sample.table.section, *tags]
    listed = set(map(fold_name, kind.look.tags if kind.settled else ()))
    new = (tag for tag in tags if fold_name(tag) not in listed)
    kind.tags = tuple(dict.fromkeys((*kind.tags, *new)))
    usual = {*tags} if column else {*tags, *sample.own_tags}
    kind.hides |= any(not usual.issuperset(paper.tags) for paper in sample.papers)
    kind.hides |= look.group == "lab" and not column  # where no lab is, these are headings


def _revealed(table: Table) -> set[str]:
    """Return which settings of its look the table reveals.

    One without an empty cell has no word for it.
    """
    papers, look = [paper for _, paper in table.papers], table.look
    signs = {
        "nothing": any(_has_empty_cell(paper, look) for paper in papers),
        "brackets": bool(papers),
        "line_break": any(
            "\n" in (getattr(paper, name) or "").strip() for paper in papers for name in PROSE
        ),
        "tag_break": any(len(paper.tags) > 1 for paper in papers) and "tags" in fields_of(look),
        "group": bool(papers),
        "headings": look.group is not None,
        "heading_marks": look.group is not None,
        "markup": look.markup,
    }
    return {name for name, is_seen in signs.items() if is_seen}


def _without_spellings(look: Look) -> list[LookColumn]:
    """Return the columns without the spellings that some keep beside."""
    return [column_of(column)._replace(header=None) for column in look.columns]


def _bare(column: str) -> str:
    name, _, marks = column_of(column)
    return f"{marks}{name}{marks}"


def _headers(look: Look) -> tuple[str, ...]:
    return look.headers or look.columns


def _heads(look: Look | None, table: Table) -> bool:
    """Say whether the look makes the header that the table has."""
    return look is not None and tuple(map(visible_text, Cells(look).headers)) == table.header


def _has_empty_cell(paper: Paper, look: Look) -> bool:
    plain = [name for name in fields_of(look) if name in Paper.model_fields or name == "source"]
    return any(not getattr(paper, name) for name in plain) or (
        "status" in plain and look.statuses.get(paper.status) == ""
    )


def _name(kinds: Sequence[_Kind], default: Look | None, taken: set[str]) -> None:
    """Give every kind a name: `by-tag` where only the grouping differs, else its files'."""
    for kind in kinds:
        grouped = f"by-{kind.look.group}" if kind.look.group else ""
        alike = default is not None and kind.look.columns == default.columns
        kind.name = untaken(slug(grouped if grouped and alike else kind.called), taken)
        taken.add(kind.name)


def _settings(kind: _Kind) -> TomlTable:
    """Return a look as the keys of `[markdown]`: its columns, and what is not as usual."""
    look = kind.look
    values: TomlTable = {"columns": list(look.columns), "headers": list(look.headers)}
    for name in _WORDS:
        value = getattr(look, name)
        if value is not None and value != getattr(_ANY, name):
            values[name] = str(value)
    if look.markup:
        values["markup"] = True
    if look.group is not None:
        values["headings"] = look.headings.value
    if kind.hides and kind.tags:
        values["tags"] = list(kind.tags)
    if look.statuses:
        values["statuses"] = dict(look.statuses)
    return values
