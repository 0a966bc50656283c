"""A file's text made into what an import takes in."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from papertrack import formats
from papertrack.bibliography import Bibliography, EntryDoubt
from papertrack.errors import PapertrackError, RefusedError
from papertrack.folding import fold_title
from papertrack.formats import Format
from papertrack.importing.plan import Origin, Place, SourceRow
from papertrack.markdown.cells import column_of, fields_of
from papertrack.markdown.rows import Meaning, Table
from papertrack.models import Paper
from papertrack.status import Status, status_of

_LONGEST = 60
"""A longer heading is a sentence, not a group's name."""
_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)、]|[一二三四五六七八九十]{1,3}、|[IVX]{1,4}\.)\s*"
)
_PICTURE = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_EDGES = re.compile(rf"^[\s{_PICTURE}]+|[\s:：–—…{_PICTURE}]+$|^:[a-z_0-9]+:|:[a-z_0-9]+:$")
_OF_PAPERS = re.compile(
    r"\b(?:papers?|articles?|publications?|list|the|my|i(?:'ve| have)?)\b"
    r"|论文|文献|文章|的|列表|論文"
)
_ANY = frozenset(
    """
    paper papers mypapers thepapers paperlist listofpapers paperslist allpapers papersiread
    readinglist myreadinglist list lists article articles publication publications literature
    bibliography references reference resources tableofcontents contents toc overview introduction
    about readme main table tables misc miscellaneous other others more moretoread readings
    论文 论文列表 论文清单 论文汇总 阅读清单 阅读列表 书单 文献 参考文献 目录 列表 其他 其它 简介
    論文 論文リスト 論文一覧 読書リスト 目次 その他 논문 논문목록 논문리스트 목차 기타
    artikel literatur leseliste inhalt inhaltsverzeichnis sonstiges verzeichnis veröffentlichungen
    lecture lectures bibliographie sommaire tabledesmatières autres listedelecture
    artículos lecturas lista listadelectura índice bibliografía otros contenido
    artigos leituras conteúdo referências outros listadeleitura
    статьи литература список списокстатей списоклитературы содержание оглавление
    makaleler okumalistesi içindekiler kaynakça diğer
    """.split()
)
"""Headings that say no more than that papers follow, folded as titles are."""
PIPED = "-"
"""What a text is called that came by a pipe."""
_HEADING = re.compile(r"^\ufeff?# +(.+?)[ \t#]*$", re.MULTILINE)


def meanings(
    tables: Iterable[Table], *, labs: Container[str], title: str | None
) -> dict[str, Meaning]:
    """Return what each heading above papers means; those that mean nothing are left out.

    `labs` are the names of labs, folded as titles are; `title` is the document's.
    """
    above = list(dict.fromkeys(table.section for table in tables if table.papers))
    statuses = [heading for heading in above if heading and status(heading)]
    if statuses == [title] and title and status(title) is Status.READING:
        statuses = []  # `# Reading` alone is what the list is called
    given: dict[str, Meaning] = {}
    for heading in filter(None, above):
        if heading in statuses:
            given[heading] = Meaning.STATUS
        elif fold_title(name(heading)) in labs:
            given[heading] = Meaning.LAB
        elif len(above) > 1 and heading != title and _groups(heading):
            given[heading] = Meaning.TAG
    return given


def name(heading: str) -> str:
    """Return a heading without its number, marks at its ends, and a colon."""
    bare = _EDGES.sub("", _EDGES.sub("", heading.strip()))  # two kinds of marks at an end
    return _NUMBER.sub("", bare).strip() or heading.strip()


def status(heading: str) -> Status | None:
    """Return the status that a heading names: `Done`, `To read:`, `已读论文`, or None."""
    bare = name(heading)
    if fold_title(bare) in _ANY:
        return None
    return status_of(bare) or status_of(_OF_PAPERS.sub(" ", bare.casefold()).strip())


def with_section(paper: Paper, table: Table, means: Mapping[str, Meaning]) -> Paper:
    """Return the paper with what the heading above its table says, where it says nothing itself."""
    heading = table.section or ""
    match means.get(heading):
        case Meaning.TAG:
            tags = (*paper.tags, name(heading))
            return paper.model_copy(update={"tags": tuple(dict.fromkeys(tags))})
        case Meaning.LAB if paper.lab is None:
            return paper.model_copy(update={"lab": name(heading)})
        case Meaning.STATUS if paper.status == Status.TO_READ and not _has_statuses(table):
            return paper.model_copy(update={"status": status(heading)})
    return paper


def _groups(heading: str) -> bool:
    bare = name(heading)
    return len(bare) <= _LONGEST and fold_title(bare) not in _ANY and any(map(str.isalnum, bare))


def _has_statuses(table: Table) -> bool:
    """Say whether the table has a column of statuses, whose empty cells say `to-read`."""
    return bool(table.header) and "status" in fields_of(table.look)


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
            SourceRow(Place(file, line), with_section(paper, table, means), spellings)
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
