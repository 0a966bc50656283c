"""A file's text made into what an import takes in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from papertrack import formats
from papertrack.bibliography import Bibliography, EntryDoubt
from papertrack.errors import PapertrackError, RefusedError
from papertrack.folding import fold_title
from papertrack.formats import Format
from papertrack.importing import sections
from papertrack.importing.plan import Origin, Place, SourceRow
from papertrack.markdown.cells import column_of
from papertrack.markdown.rows import Meaning, Table
from papertrack.models import Paper
from papertrack.status import Status

PIPED = "-"
"""What a text is called that came by a pipe."""
_HEADING = re.compile(r"^\ufeff?# +(.+?)[ \t#]*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks of an import, whatever the file."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    """What columns hold, by header or number."""
    headings: Meaning | None = None
    tables: tuple[str, ...] = ()
    """Numbers from 1, or headings; none is all."""
    tag_from_file: bool = False
    tags: tuple[str, ...] = ()
    lab: str | None = None
    status: Status = Status.TO_READ


def read(text: str, wanted: Wanted) -> list[Table]:
    """Return the tables of a text as they are asked for, picked ones or not."""
    from papertrack.markdown.reading import loads  # loads the Markdown parser

    return loads(text, mapping=wanted.mapping, headings=wanted.headings)


def bibliography(
    name: str, data: bytes, asked: Format | None, without: Sequence[str]
) -> tuple[Bibliography, Format] | None:
    """Return the bibliography that a file is, None where it is Markdown.

    The format is the one asked for, else what the text begins with tells it, else the name.
    Raises PapertrackError for a page of HTML, and for what is not of its format at all.
    """
    if asked is Format.MARKDOWN:
        return None
    try:
        if asked is None and formats.of_name(name) is Format.MARKDOWN:
            text, remark = data.decode("utf-8", "replace"), None  # what is not UTF-8 is named later
        else:
            text, remark = formats.decode(data)
        form = asked or formats.recognise(text, name) or Format.MARKDOWN
        if form is Format.MARKDOWN:
            return None
        cited = formats.loads(form, text, without=without)
    except PapertrackError as error:
        raise PapertrackError(f"{name}: {error.message}") from error
    if remark:
        cited = replace(cited, doubts=(EntryDoubt(1, "", remark, ""), *cited.doubts))
    return cited, form


def title(text: str) -> str | None:
    """Return the text's first heading of the first level, as a reader sees it, or None."""
    from papertrack.markdown.inline import shown  # loads the Markdown parser

    heading = _HEADING.search(text)
    return (shown(heading[1]).strip() or None) if heading else None


def pick(files: Mapping[str, Sequence[Table]], wanted: Wanted) -> dict[str, list[Table]]:
    """Return by file the tables asked for; RefusedError for one, or a column, that no file has."""
    for column in wanted.mapping:
        _check_column(column, [table.header for tables in files.values() for table in tables])
    picked = {file: [] if wanted.tables else list(tables) for file, tables in files.items()}
    for name in wanted.tables:
        called = {file: _called(tables, name) for file, tables in files.items()}
        if not any(called.values()):
            raise RefusedError(f'no table "{name}": {_there(files.values())}')
        for file, tables in called.items():
            picked[file] += [table for table in tables if table not in picked[file]]
    return picked


def origin(
    file: str,
    tables: Sequence[Table],
    wanted: Wanted,
    last: Iterable[Paper] = (),
    *,
    means: Mapping[str, Meaning] = {},
    framed: bool = False,
    blank: bool = False,
) -> Origin:
    """Return the tables outside blocks as something to take in; `means` is what headings say."""
    return Origin(
        file=file,
        tables=tuple(tables),
        rows=rows(file, tables, means),
        sections=means,
        last=tuple(last),
        tags=_tags(file, wanted),
        lab=wanted.lab,
        status=wanted.status,
        framed=framed,
        blank=blank,
    )


def cited(
    file: str, entries: Bibliography, form: str, wanted: Wanted, last: Iterable[Paper] = ()
) -> Origin:
    """Return a bibliography as something to take in; `form` is its format's name."""
    return Origin(
        file=file,
        format=form,
        bibliography=entries,
        rows=tuple(SourceRow(Place(file, it.line), it.paper) for it in entries.papers),
        last=tuple(last),
        tags=_tags(file, wanted),
        lab=wanted.lab,
        status=wanted.status,
    )


def _tags(file: str, wanted: Wanted) -> tuple[str, ...]:
    own = (PurePath(file).stem,) if wanted.tag_from_file and file != PIPED else ()
    return tuple(dict.fromkeys((*own, *wanted.tags)))


def rows(
    file: str, tables: Iterable[Table], means: Mapping[str, Meaning] = {}
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


def mapping(typed: Iterable[str]) -> dict[str, str]:
    """Return what columns hold, as typed: `Paper=title`; PapertrackError for what is no such."""
    roles = {}
    for text in typed:
        header, sign, name = text.rpartition("=")
        if not (sign and header.strip() and name.strip()):
            raise PapertrackError(
                f"--map \"{text}\" names no column and field: write --map 'Paper=title'"
            )
        roles[header.strip()] = name.strip().lower()
    return roles


def _check_column(column: str, headers: Sequence[Sequence[str]]) -> None:
    from papertrack.markdown.vocabulary import folded  # for --map only

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


def _there(files: Iterable[Sequence[Table]]) -> str:
    tables = [table for tables in files for table in tables]
    sections = list(dict.fromkeys(table.section for table in tables if table.section))
    if not sections:
        count = max((len(tables) for tables in files), default=0)
        return f"there are {count}; give a number from 1"
    return f"give a number, or a heading such as {', '.join(sections[:5])}"
