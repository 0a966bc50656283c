"""Markdown texts read: what stands in blocks, and the tables and lists outside."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from papertrack import query
from papertrack.errors import RefusedError
from papertrack.folding import fold_title
from papertrack.importing import Hand, Origin, Place, SourceRow, Wanted, sections
from papertrack.markdown.cell_writing import column_of
from papertrack.markdown.document import RawList, find
from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Meaning, Table
from papertrack.markdown.vocabulary import folded
from papertrack.models import Catalogue, Paper


def tables_in(text: str, wanted: Wanted) -> list[Table]:
    """Return the tables of a text as they are asked for, picked ones or not."""
    tables = loads(text, mapping=wanted.mapping, headings=wanted.headings)
    if tables:
        return tables
    from papertrack.markdown.apart import told_apart, with_titles  # large, and tables need none
    from papertrack.markdown.lists import read_list  # of it

    # Where nothing could be a paper, an item that looks like a title is named all the same.
    blocks = with_titles(map(told_apart, find(text)))
    lists = [block for block in blocks if isinstance(block, RawList)]
    read = [read_list(it, meaning=wanted.headings, titles=True) for it in lists]
    return [table for table in read if table]


def read(
    texts: Mapping[str, str],
    tables: Mapping[str, Sequence[Table]],
    known: Catalogue | None,
    wanted: Wanted,
    *,
    last: Mapping[str, Sequence[Paper]] = {},
    today: date,
) -> Iterator[Origin]:
    """Yield what each file holds: its blocks, each with what was edited in it, and the rest.

    `tables` are all of each text, `last` the papers last imported from it; `known` is None where
    there is no catalogue yet. Raises PapertrackError where a block cannot be made, RefusedError
    for a table or a column asked for that no file has.
    """
    labs: set[str] = set()
    if known is not None:
        used = (paper.lab for paper in known.papers if paper.lab)
        labs |= set(map(fold_title, (*used, *known.lab_names)))
    for name, picked in pick(tables, wanted).items():
        text, outside = texts[name], list(picked)
        if "papertrack:" in text:  # else it has no marker, and no block
            for origin in _in_blocks(name, text, picked, known, wanted, today):
                inside = {table.line for table in origin.tables}
                outside = [table for table in outside if table.line not in inside]
                yield origin
        if wanted.mapping and picked and not outside:
            raise RefusedError(
                f"{name}: --map is for tables that are no blocks yet: undo the import that "
                "adopted it (papertrack undo), then import again with --map"
            )
        means: dict[str, Meaning] = {}
        if wanted.headings is None:
            means = sections.meanings(picked, labs=labs, title=sections.title(text))
            above = {
                it for table in outside for it in sections.path_of(table)
            }  # blocks have queries
            means = {heading: it for heading, it in means.items() if heading in above}
        blank = not text.strip("\ufeff \t\r\n")
        yield outside_blocks(name, outside, wanted, last.get(name, ()), means=means, blank=blank)


def outside_blocks(
    file: str,
    tables: Sequence[Table],
    wanted: Wanted,
    last: Sequence[Paper] = (),
    *,
    means: Mapping[str, Meaning] = {},
    blank: bool = False,
) -> Origin:
    """Return tables outside blocks as something to import; `means` is what headings say."""
    return Origin(
        file=file,
        tables=tuple(tables),
        rows=rows(file, tables, means),
        sections=means,
        last=tuple(last),
        tags=wanted.tags_for(file),
        lab=wanted.lab,
        status=wanted.status,
        blank=blank,
    )


def _in_blocks(
    file: str,
    text: str,
    tables: Sequence[Table],
    known: Catalogue | None,
    wanted: Wanted,
    today: date,
) -> Iterator[Origin]:
    """Yield the tables in each block, what was edited in them, and what its query says of papers.

    Where there is no catalogue yet, all of them are new.
    """
    from papertrack import blocks  # for texts with blocks only
    from papertrack.importing import hand_edits

    hands: Mapping[int, Hand] = {}
    blocks_in_text = blocks.find(text, file)
    if blocks_in_text and known is not None:
        hands = hand_edits.by_block(text, tables, known, where=file, today=today)
    for block in blocks_in_text:
        alone = [
            term
            for term in query.parse(block.query, today=today).terms
            if len(term.values) == 1 and not term.negated
        ]
        tags = tuple(term.values[0] for term in alone if term.field == "tags")
        lab = next((term.values[0] for term in alone if term.field == "lab"), None)
        inside = tuple(table for table in tables if block.line < table.line < block.last)
        origin = Origin(file=file, tables=inside, rows=rows(file, inside), tags=tags, lab=lab)
        if known is not None:
            yield replace(origin, block=block.query, hand=hands.get(block.line, Hand()))
            continue
        tags = tuple(dict.fromkeys((*tags, *wanted.tags_for(file))))
        lab = lab or wanted.lab
        yield replace(origin, framed=True, tags=tags, lab=lab, status=wanted.status)


def rows(
    file: str, tables: Sequence[Table], means: Mapping[str, Meaning] = {}
) -> tuple[SourceRow, ...]:
    """Return every paper of the tables with its place, and with what the heading above says."""
    made = []
    for table in tables:
        headers = (column_of(column).header for column in table.look.columns)
        spellings = frozenset(header for header in headers if header)
        made += [
            SourceRow(Place(file, line), sections.with_section(paper, table, means), spellings)
            for line, paper in table.papers
        ]
    return tuple(made)


def pick(files: Mapping[str, Sequence[Table]], wanted: Wanted) -> dict[str, list[Table]]:
    """Return by file the tables asked for; RefusedError for one, or a column, that no file has."""
    for column in wanted.mapping:
        _check_column(column, [table.header for tables in files.values() for table in tables])
    picked = {file: [] if wanted.tables else list(tables) for file, tables in files.items()}
    for name in wanted.tables:
        called = {file: _called(tables, name) for file, tables in files.items()}
        if not any(called.values()):
            raise RefusedError(f'no table "{name}": {_hint(files.values())}')
        for file, tables in called.items():
            picked[file] += [table for table in tables if table not in picked[file]]
    return picked


def _check_column(column: str, headers: Sequence[Sequence[str]]) -> None:
    widest = max(map(len, headers), default=0)
    names = list(dict.fromkeys(name for header in headers for name in header if name))
    numbered = column.isdecimal() and 1 <= int(column) <= widest
    if not numbered and (folded(column) or column) not in {folded(name) or name for name in names}:
        hint = f"it is one of {', '.join(names[:8])}" if names else "no table has headers"
        raise RefusedError(f'no column "{column}" for --map: {hint}, or a number from 1')


def _called(tables: Sequence[Table], name: str) -> list[Table]:
    if name.isascii() and name.isdigit():
        return list(tables[int(name) - 1 : int(name)]) if int(name) else []
    wanted = fold_title(name)
    return [table for table in tables if table.section and fold_title(table.section) == wanted]


def _hint(files: Iterable[Sequence[Table]]) -> str:
    tables = [table for tables in files for table in tables]
    sections = list(dict.fromkeys(table.section for table in tables if table.section))
    if not sections:
        count = max((len(tables) for tables in files), default=0)
        return f"there are {count}; give a number from 1"
    return f"give a number, or a heading such as {', '.join(sections[:5])}"
