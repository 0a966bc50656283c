"""What the headings above tables and lists say of the papers below them."""

import re
from collections.abc import Container, Iterable, Mapping

from papertrack.folding import fold_title
from papertrack.markdown.cells import fields_of
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
_HEADING = re.compile(r"^\ufeff?# +(.+?)[ \t#]*$", re.MULTILINE)


def title(text: str) -> str | None:
    """Return the text's first heading of the first level, as a reader sees it, or None."""
    from papertrack.markdown.inline import shown  # loads the Markdown parser

    heading = _HEADING.search(text)
    return (shown(heading[1]).strip() or None) if heading else None


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
