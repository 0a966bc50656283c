"""What the headings above tables and lists say of the papers below them."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping

from papertrack.folding import fold_title
from papertrack.markdown.cell_writing import fields_of
from papertrack.markdown.rows import Meaning, Table
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.sources import read_date, read_source
from papertrack.status import Status, status_of

_LONGEST = 60
"""A longer heading is a sentence, not a group's name, unless its words are in capitals."""
_FAR_TOO_LONG = 85
"""A heading that is no group's name, capitals or not."""
_SHORT = 20
"""A title that many headings could hold by chance."""
_LONG_WORD = pattern(r"[^\W\d_]{4,}")
_ASIDE = pattern(r"[(（][^()（）]*[)）]")
_NUMBER = pattern(
    r"^(?:\d{1,2}(?:\.\d{1,2})+(?=\s)|\d{1,2}(?:\.\d{1,2})*[.)、]|[一二三四五六七八九十]{1,3}、|[IVX]{1,4}\.)\s*"
)
_PICTURE = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_EDGES = pattern(rf"^[\s{_PICTURE}]+|[\s:：–—…{_PICTURE}]+$|^:[a-z_0-9]+:|:[a-z_0-9]+:$")
_OF_PAPERS = pattern(
    r"\b(?:awesome|papers?|articles?|publications?|list|the|my|i(?:'ve| have)?)\b"
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
_HEADING = pattern(r"^\ufeff?# +(.+?)[ \t#]*$", re.MULTILINE)


def title(text: str) -> str | None:
    """Return the text's first heading of the first level, as a reader sees it, or None."""
    from papertrack.markdown.inline import visible_text  # loads the Markdown parser

    heading = _HEADING.search(text)
    return (visible_text(heading[1]).strip() or None) if heading else None


def meanings(
    tables: Iterable[Table], *, labs: Container[str], title: str | None
) -> dict[str, Meaning]:
    """Return what each heading above papers means; those that mean nothing are left out.

    A heading in which others stand counts where these do not say it already: `## Read` above
    sections, or `## Gardens` above `### Papers`; one that says where and when all its papers
    appeared, `## ICML 2021`, is read with them. `labs` are the names of labs, folded as titles are;
    `title` is the document's.
    """
    tables = [table for table in tables if table.papers]
    paths = list(dict.fromkeys(map(path_of, tables)))
    sources = {table.section for table in tables if table.section} - {
        table.section
        for table in tables
        for _, paper in table.papers
        if not _is_source_of(paper, name(table.section or ""))
    }
    statuses = {heading for path in paths for heading in path if status(heading)}
    if set(map(status, statuses)) == {Status.READING}:
        often = sum(path[0] in statuses for path in paths if path) > 1
        # `# Reading` alone is what the list is called, and below each lecture what to read for it.
        statuses = set() if often or statuses == {title} else statuses
    below = Counter(heading for path in paths for heading in set(path))
    outer = {heading for path in paths for heading in path[1:]}
    some = sum(map(bool, paths))
    everywhere = {heading for heading in outer if below[heading] == some}
    saying_nothing = {title, *everywhere, *sources}
    given: dict[str, Meaning] = {}
    for path in paths:
        taken: set[Meaning] = set()
        for heading in path:
            meaning = None
            if heading in statuses:
                meaning = Meaning.STATUS
            elif fold_title(name(heading)) in labs:
                meaning = Meaning.LAB
            elif len(paths) > 1 and heading not in saying_nothing and _groups(heading):
                meaning = None if status(heading) else Meaning.TAG
            if meaning is not None and meaning not in taken:
                given[heading] = meaning
                taken.add(meaning)
    return given


def path_of(table: Table) -> tuple[str, ...]:
    """Return the heading above a table and those in which it stands, the nearest first.

    `Reading` above sections is often what the owner calls papers, not what happens with them.
    """
    outer = (heading for heading in table.above if status(heading) is not Status.READING)
    return (table.section, *outer) if table.section else ()


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
    headings: dict[Meaning, str] = {}
    for heading in path_of(table):
        if heading in means and not (len(table.papers) == 1 and _is_title_of(paper, heading)):
            headings.setdefault(means[heading], heading)
    changes: dict[str, object] = {}
    if Meaning.TAG in headings and not _is_source_of(paper, name(headings[Meaning.TAG])):
        tags = (*paper.tags, name(headings[Meaning.TAG]))
        changes["tags"] = tuple(dict.fromkeys(tags))
    if Meaning.LAB in headings and paper.lab is None:
        changes["lab"] = name(headings[Meaning.LAB])
    # An empty cell in a column of statuses says `to-read`.
    says = bool(table.header) and "status" in fields_of(table.look)
    if Meaning.STATUS in headings and paper.status == Status.TO_READ and not says:
        changes["status"] = status(headings[Meaning.STATUS])
    return paper.model_copy(update=changes) if changes else paper


def _groups(heading: str) -> bool:
    bare = name(heading)
    when = read_date(bare)
    if when and when.more:  # a day or month of a log
        return False
    words = _OF_PAPERS.sub("", bare.casefold())
    return not _is_sentence(bare) and fold_title(bare) not in _ANY and any(map(str.isalnum, words))


def _is_source_of(paper: Paper, heading: str) -> bool:
    """Say whether a heading is where and when the paper appeared: `ICML 2021`."""
    where = read_source(heading)
    return where.year is not None and (where.venue, where.year) == (paper.venue, paper.year)


def _is_title_of(paper: Paper, heading: str) -> bool:
    """Say whether a heading is the title of the one paper that is below it."""
    title = fold_title(paper.title)
    return len(title) > _SHORT and title in fold_title(heading)


def _is_sentence(heading: str) -> bool:
    """Say whether a heading is too long for a group's name, most words not in capitals."""
    if len(heading) <= _LONGEST:
        return False
    words = _LONG_WORD.findall(_ASIDE.sub("", heading))
    capitals = sum(word[0].isupper() for word in words)
    return len(heading) > _FAR_TOO_LONG or capitals * 3 < len(words) * 2
