"""Markdown texts read: what stands in blocks, the tables and lists outside, what headings mean."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date

from papertrack import query
from papertrack.authors import family_names
from papertrack.errors import RefusedError
from papertrack.folding import fold_title
from papertrack.importing import Hand, Origin, Place, SourceRow, Wanted
from papertrack.markdown.document import RawList, find
from papertrack.markdown.proper_names import is_conference_alone, year_above
from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Meaning, Table
from papertrack.markdown.vocabulary import folded
from papertrack.markdown.writing import column_of, fields_of
from papertrack.models import Catalogue, Headings, Paper
from papertrack.patterns import pattern
from papertrack.sources import read_date, read_source
from papertrack.status import Status, status_of


def tables_in(text: str, wanted: Wanted) -> list[Table]:
    """Return the tables of a text as they are asked for, picked ones or not."""
    tables = loads(text, mapping=wanted.mapping, headings=wanted.headings)
    if tables:
        return tables
    from papertrack.markdown.lists import read_list  # of it
    from papertrack.markdown.paragraphs import told_apart, with_titles

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
    labs = _labs_of(known)
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
            means = meanings(picked, labs=labs, title=title_of(text))
            above = {it for table in outside for it in path_of(table)}  # blocks have queries
            means = {heading: it for heading, it in means.items() if heading in above}
        yield wanted.origin(name)._replace(
            tables=tuple(outside),
            rows=rows(name, outside, means),
            sections=means,
            last=tuple(last.get(name, ())),
            blank=not text.strip("\ufeff \t\r\n"),
        )


def _labs_of(known: Catalogue | None) -> set[str]:
    """Return the names of the labs that a catalogue knows, folded as titles are."""
    if known is None:
        return set()
    used = (paper.lab for paper in known.papers if paper.lab)
    return set(map(fold_title, (*used, *known.lab_names)))


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
    from papertrack.blocks.views import find_blocks  # for texts with blocks only
    from papertrack.importing import hand_edits, look_sharing

    hands: Mapping[int, Hand] = {}
    inside, labs = [], _labs_of(known)
    for block in find_blocks(text, file):
        held = tuple(table for table in tables if block.line < table.line < block.last)
        means = _sections(held, text[block.start : block.end], labs, wanted.headings)
        inside.append((block, _in_sections(held, means), means))
    if inside and known is not None:
        named = [(block.look, table) for block, held, _ in inside for table in held]
        looks = {**look_sharing.looks_of(named), **known.looks}
        shown = known.model_copy(update={"looks": looks})
        hands = hand_edits.by_block(text, tables, shown, where=file, today=today)
    for block, held, means in inside:
        alone = [
            term
            for term in query.parse(block.query, today=today).terms
            if len(term.values) == 1 and not term.negated
        ]
        tags = tuple(term.values[0] for term in alone if term.field == "tags")
        origin = wanted.origin(file)
        origin = origin._replace(
            tables=held,
            rows=rows(file, held, means),
            tags=tuple(dict.fromkeys((*tags, *origin.tags))),
            lab=next((term.values[0] for term in alone if term.field == "lab"), origin.lab),
            own_tags=tags,
            look=block.look,
        )
        hand = hands.get(block.line, Hand())
        if known is None or hand.unmade:
            origin = origin._replace(sections=means)
        if known is None:
            yield origin._replace(framed=True)
        else:
            yield origin._replace(block=block.query, hand=hand)


def _sections(
    tables: Sequence[Table], within: str, labs: Container[str], asked: Meaning | None
) -> dict[str, Meaning]:
    """Return what the headings within a block mean; they have one meaning, which is `asked`."""
    from papertrack.markdown.inline import visible_text  # loads the Markdown parser

    headings = {visible_text(heading).strip() for heading in _SECTION.findall(within)}
    names = [table.section for table in tables if table.section in headings]
    meaning = Meaning.TAG
    if all(map(heading_status, names)):
        meaning = Meaning.STATUS
    elif all(fold_title(heading_name(name)) in labs for name in names):
        meaning = Meaning.LAB
    return dict.fromkeys(names, asked or meaning) if asked is not Meaning.NONE else {}


def _in_sections(tables: Sequence[Table], means: Mapping[str, Meaning]) -> tuple[Table, ...]:
    """Return the tables of a block with the look of one that has headings between its tables."""
    if not means:
        return tuple(tables)
    news = {"group": next(iter(means.values())).value, "headings": Headings.SECTIONS}
    return tuple(it._replace(look=it.look.model_copy(update=news)) for it in tables)


def rows(
    file: str, tables: Sequence[Table], means: Mapping[str, Meaning] = {}
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


_LONGEST = 60
"""A longer heading is a sentence, unless its words are in capitals or those beside it group."""
_FAR_TOO_LONG = 85
"""A heading that is a sentence, capitals or not."""
_SOME = 2
"""As many names of groups on a level could be there by chance."""
_NO_NAME = 300
"""A heading of more letters is not looked at closely."""
_SHORT = 20
"""A title that many headings could hold by chance."""
_LONG_WORD = pattern(r"[^\W\d_]{4,}")
_ASIDE = pattern(r"[(（][^()（）]*[)）]")
_NUMBER = pattern(
    r"^(?:\d{1,2}(?:\.\d{1,2})+(?=\s|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])"
    r"|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）](?=\s*[^\W\d])|\d{1,2}(?:\.\d{1,2})*[.)、](?!\d)|[一二三四五六七八九十]{1,3}、|[IVX]{1,4}\.)\s*"
)
_YEAR_FIRST = pattern(r"^\[(?:19|20)\d\d(?:\s[A-Z]\w{2,11})?\]\s*(?=[^\W_])")  # [2021 ICML] GARD
_COUNT = pattern(r"\s*[(（]\s?\d{1,3}\s?(?:papers?|篇|本|件|편)?\s?[)）]$")
_MONTH = pattern(r"\d{1,4}[./-]\d{1,2}")  # of a log: 21.10
_DATE_LAST = pattern(r"\s*[(（][^()（）]*\d[^()（）]*[)）]$")  # 在读（2024年3月）
_PICTURE = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_EDGES = pattern(rf"^[\s{_PICTURE}]+|[\s:：;；、，。–—…{_PICTURE}]+$|^:[a-z_0-9]+:|:[a-z_0-9]+:$")
_OF_PAPERS = pattern(
    r"\b(?:awesome|papers?|articles?|publications?|list|the|my|i(?:'ve| have)?)\b"
    r"|\b(?:papiers?|art[ií]culos|artigos|aufsätze|статьи|статья|bài báo)\b"
    r"|论文|文献|文章|的|列表|論文|논문|목록"
)
_WHOLE = "complete"  # list of papers
_ANY = frozenset(
    """paper papers mypapers thepapers paperlist listofpapers paperslist allpapers papersiread
    readinglist myreadinglist list lists article articles publication publications literature
    bibliography references reference resources tableofcontents contents toc overview introduction
    about readme main table tables misc miscellaneous other others more moretoread readings
    论文 论文列表 论文清单 论文汇总 论文合集 论文整理 论文总结 论文阅读 论文笔记 论文阅读笔记
    阅读笔记 阅读清单 阅读列表 书单 文献 参考文献 目录 列表 其他 其它 简介
    論文 論文リスト 論文一覧 論文まとめ 論文メモ 読書リスト 目次 その他
    논문 논문목록 논문리스트 논문정리 논문리뷰 목차 기타
    artikel literatur leseliste inhalt inhaltsverzeichnis sonstiges verzeichnis veröffentlichungen
    lecture lectures bibliographie sommaire tabledesmatières autres listedelecture
    artículos lecturas lista listadelectura índice bibliografía otros contenido
    artigos leituras conteúdo referências outros listadeleitura
    статьи литература список списокстатей списоклитературы содержание оглавление
    makaleler okumalistesi içindekiler kaynakça diğer
    bàibáo danhsáchbàibáo tàiliệu tàiliệuthamkhảo mụclục khác""".split()
)
"""Headings that say no more than that papers follow, folded as titles are."""
_SECTION = pattern(r"^#{1,6} (.*)$", re.MULTILINE)  # as papertrack writes it
_HEADING = pattern(r"^\ufeff?# +(.+?)[ \t#]*$", re.MULTILINE)


def title_of(text: str) -> str | None:
    """Return the text's first heading of the first level, as a reader sees it, or None."""
    from papertrack.markdown.inline import visible_text  # loads the Markdown parser

    heading = _HEADING.search(text)
    return (visible_text(heading[1]).strip() or None) if heading else None


def meanings(
    tables: Iterable[Table], *, labs: Container[str], title: str | None
) -> dict[str, Meaning]:
    """Return what each heading above papers means; those that say nothing are left out.

    One that could be a group's name, but is a sentence, means `Meaning.NONE`.
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
        if not _is_source_of(paper, heading_name(table.section or ""))
    }
    statuses = {heading for path in paths for heading in path if heading_status(heading)}
    if set(map(heading_status, statuses)) == {Status.READING}:
        often = sum(path[0] in statuses for path in paths if path) > 1
        # `# Reading` alone is what the list is called, and below each lecture what to read for it.
        statuses = set() if often or statuses == {title} else statuses
    apart = all(path[0] in statuses for path in paths if path)
    several = len({path[-1] for path in paths if path}) > 1
    title = None if apart and several else title  # `# Gardens` and `# Clocks`, each above `## Read`
    below = Counter(heading for path in paths for heading in set(path))
    outer = {heading for path in paths for heading in path[1:]}
    some = sum(map(bool, paths))
    years = {  # of the conference below them
        heading
        for path in paths
        for heading in path[1:]
        if path[0] in sources and year_above([heading])
    }
    everywhere = {heading for heading in outer if below[heading] == some}
    alone = [table for table in tables if len(table.papers) == 1 and table.section]
    titles = {it.section for it in alone if _is_title_of(it.papers[0][1], it.section or "")}
    saying_nothing = {title, *everywhere, *sources, *years, *titles}
    held = Counter(table.section for table in tables for _ in table.papers)
    usual = _of_levels_of_groups(paths, statuses | saying_nothing)
    names = {heading for heading in usual if held[heading] != 1}  # else a title, or nearly one
    given: dict[str, Meaning] = {}
    for path in paths:
        taken: set[Meaning] = set()
        for heading in sorted(path, key=_is_year):  # above which stands what papers are about
            meaning = None
            if heading in statuses:
                meaning = Meaning.STATUS
            elif fold_title(heading_name(heading)) in labs:
                meaning = Meaning.LAB
            elif len(paths) > 1 and heading not in saying_nothing and _could_group(heading):
                group = heading in names or not _is_sentence(heading_name(heading))
                meaning = Meaning.TAG if group else Meaning.NONE
                meaning = None if heading_status(heading) else meaning
            if meaning is not None and meaning not in taken:
                given[heading] = meaning
                taken.add(meaning)
    return given


def _of_levels_of_groups(
    paths: Sequence[Sequence[str]], others: Container[str | None]
) -> Iterator[str]:
    """Yield the headings of each level at which most of them, and several, are groups' names."""
    levels: dict[int, dict[str, None]] = {}
    for path in paths:
        for depth, heading in enumerate(reversed(path)):
            levels.setdefault(depth, {})[heading] = None
    for level in levels.values():
        could = [heading for heading in level if heading not in others and _could_group(heading)]
        long = sum(_is_sentence(heading_name(heading)) for heading in could)
        if len(could) - long > max(long, _SOME):
            yield from could


def path_of(table: Table) -> tuple[str, ...]:
    """Return the heading above a table and those in which it stands, the nearest first.

    `Reading` above sections is often what the owner calls papers, not what happens with them.
    """
    outer = (heading for heading in table.above if fold_title(_bare_words(heading)) != "reading")
    return (table.section, *outer) if table.section else ()


def heading_name(heading: str) -> str:
    """Return a heading without its number, the count of what stands below, marks and a colon."""
    heading = " ".join(heading.split())
    if len(heading) > _NO_NAME:
        return heading
    bare = _YEAR_FIRST.sub("", heading)
    bare = _EDGES.sub("", _EDGES.sub("", bare))  # two kinds of marks at an end
    return _COUNT.sub("", _NUMBER.sub("", bare)).strip() or heading


def heading_status(heading: str) -> Status | None:
    """Return the status that a heading names: `Done`, `To read:`, `已读论文`, or None."""
    bare = heading_name(heading)
    # `N` is a letter of an index
    if fold_title(bare) in _ANY or not 2 <= len(bare) <= _NO_NAME:
        return None
    bare = _DATE_LAST.sub("", bare)
    words = _bare_words(bare)
    return status_of(bare) or (status_of(words) if words != _WHOLE else None)


def _bare_words(heading: str) -> str:
    """Return what a heading says beside that papers follow: `done` of `Papers done`."""
    return _OF_PAPERS.sub(" ", heading_name(heading).casefold()).strip()


def _is_year(heading: str) -> bool:
    when = read_date(heading_name(heading))
    return when is not None and not when.more


def with_section(paper: Paper, table: Table, means: Mapping[str, Meaning]) -> Paper:
    """Return the paper with what the heading above its table says, where it says nothing itself."""
    headings: dict[Meaning, str] = {}
    for heading in sorted(path_of(table), key=_is_year):
        if heading in means and not (len(table.papers) == 1 and _is_title_of(paper, heading)):
            headings.setdefault(means[heading], heading)
    changes: dict[str, object] = {}
    if Meaning.TAG in headings and not _is_source_of(paper, heading_name(headings[Meaning.TAG])):
        tags = (*paper.tags, heading_name(headings[Meaning.TAG]))
        changes["tags"] = tuple(dict.fromkeys(tags))
    if Meaning.LAB in headings and paper.lab is None:
        changes["lab"] = heading_name(headings[Meaning.LAB])
    # An empty cell in a column of statuses says `to-read`.
    says = bool(table.header) and "status" in fields_of(table.look)
    if Meaning.STATUS in headings and paper.status == Status.TO_READ and not says:
        changes["status"] = heading_status(headings[Meaning.STATUS])
    return paper.model_copy(update=changes) if changes else paper


def _could_group(heading: str) -> bool:
    """Say whether a heading could be a group's name, however long it is."""
    bare = heading_name(heading)
    when = read_date(bare)
    if (when and when.more) or _MONTH.fullmatch(bare):  # a day or month of a log
        return False
    words = _OF_PAPERS.sub("", bare.casefold())
    return fold_title(bare) not in _ANY and any(map(str.isalnum, words))


def _is_source_of(paper: Paper, heading: str) -> bool:
    """Say whether a heading is where and when the paper appeared, or either: `ICML 2021`."""
    where = read_source(heading)
    known = where.year is not None or is_conference_alone(heading)
    return known and where.venue in (None, paper.venue) and where.year in (None, paper.year)


def _is_title_of(paper: Paper, heading: str) -> bool:
    """Say whether a heading is the title of the one paper that is below it, or its citation key."""
    title, words = fold_title(paper.title), fold_title(heading)
    keys = (fold_title(f"{family}{paper.year}") for family in family_names(paper.authors[:1]))
    return (len(title) > _SHORT and title in words) or words in keys


def _is_sentence(heading: str) -> bool:
    """Say whether a heading is too long for a group's name, most words not in capitals."""
    if len(heading) <= _LONGEST:
        return False
    if len(heading) > _FAR_TOO_LONG:
        return True
    words: list[str] = _LONG_WORD.findall(_ASIDE.sub("", heading))
    capitals = sum(word[0].isupper() for word in words)
    return capitals * 3 < len(words) * 2
