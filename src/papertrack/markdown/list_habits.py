"""What most of a file's lists mean by their words: kinds, names, and people behind titles."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from papertrack.authors import ET_AL, is_group
from papertrack.identifiers import make_key
from papertrack.markdown.doubts import SURNAMED, has_surname
from papertrack.markdown.inline import CJK
from papertrack.markdown.item_authors import REMARK_BEHIND
from papertrack.markdown.proper_names import (
    are_organisations,
    are_people,
    authors_in,
    is_known_venue,
    is_nickname,
)
from papertrack.markdown.rows import Doubt, Table, joined
from papertrack.markdown.vocabulary import is_honour, is_praise
from papertrack.models import Paper
from papertrack.patterns import pattern

_SAMPLE = 40  # so many items, or papers, tell what most of a list have
_FEW = 2  # words with a comma between may be anything
_PAIR = 3  # two words and `et al.`
_BY_LAST = pattern(
    r"(?P<title>.{4,300}?[\w?!])(?:\sby\s|\s(?P<open>\()(?=[^()]*\s))(?P<who>[^\W\d_a-z][^:()]{2,120})(?(open)\))"
)
_NAME_LAST = pattern(r"(?P<title>.*[^\s:])\s?[(\[](?P<name>[^\s()\[\]]{2,20})[)\]]")
_BEFORE_PEOPLE = pattern(r",\s|\s[~–—-]{1,2}\s")  # How gardens grow, Ann Lee
_SAID = pattern(r"\s[–—-]\s|:\s|(?<=[^\W\d_]{2})\.\s")  # behind who wrote it
_JOURNAL = pattern(
    r"[A-Z][\w&'’-]*(?::?\s(?:[A-Z][\w&'’-]*|&|of|the|and|in|for|on|de|der|für)){0,9}"
)
_RARE = 10  # one in so many


def as_most_mean(tables: Iterable[Table]) -> list[Table]:
    """Return the tables, in lists the papers as names and notes in most of all lists are meant.

    One list alone may be too short to tell: a long file has one in each section.
    """
    every = list(tables)
    rows = [row for table in every if not table.header for row in table.rows]
    papers = [paper for row in rows for paper in row.papers]
    read = [row for row in rows if row.papers]
    for meant in _HABITS:
        papers = meant(papers)
    texts = [row.text for row in read]
    papers = _journals_in_italics(_first_authors_whole(papers, texts), texts)
    moved = [
        row.line
        for row, paper in zip(read, papers, strict=True)
        if row.papers[0].venue and not paper.venue
    ]
    # Where at most one other paper says who wrote it, nothing but the look of the words tells.
    doubted = moved[:1] if sum(bool(it.authors) for it in papers) < len(moved) + 2 else []
    keyed = (paper.model_copy(update={"key": make_key(paper)}) for paper in papers)
    given = iter([row._replace(papers=(next(keyed),)) if row.papers else row for row in rows])
    return [
        table
        if table.header
        else table._replace(
            rows=tuple(next(given) for _ in table.rows),
            doubts=(
                *table.doubts,
                *(Doubt(it, *SURNAMED) for it in doubted if table.line <= it <= table.last),
            ),
        )
        for table in every
    ]


def _kinds_as_tags(papers: list[Paper]) -> list[Paper]:
    """Return the papers with a name that several have as a tag: it is a kind, no name."""
    named = {(paper.name, paper.title) for paper in papers if paper.name}
    names = Counter(name for name, _ in named)
    kinds = {name for name, count in names.items() if count > 2}
    return [
        paper.model_copy(
            update={"name": None, "tags": tuple(dict.fromkeys((paper.name, *paper.tags)))}
        )
        if paper.name in kinds
        else paper
        for paper in papers
    ]


def _first_authors_whole(papers: list[Paper], texts: list[str]) -> list[Paper]:
    """Return the papers with `Lee, Ann et al.` as one name, if most before `et al.` are like it.

    One such item could be of two people, Lee and Roe; not most of a list's. So are `Lee, Ann`
    alone, if nearly all with surnames alone, and most with authors, have two of them, or as many
    others begin with a name that is surely turned: `Lee, Ann B., and Bob Roe`. Lee *and* Roe are
    two in any text.
    """
    others = [paper.authors for paper in papers if ET_AL in paper.authors]
    pairs = sum(len(it) == _PAIR and it[-1] == ET_AL and _are_two(it[:2]) for it in others)
    whole = {_PAIR} if pairs > _FEW and pairs * 2 > len(others) else set()
    turned = sum(bool(paper.authors) and "," in paper.authors[0] for paper in papers)
    short = [it.authors for it in papers if _has_surnames(it) and ET_AL not in it.authors]
    two = sum(map(_are_two, short))
    nearly_all = two > 2 * _FEW and two * _RARE >= len(short) * (_RARE - 1)
    if (nearly_all and two * 2 > sum(bool(it.authors) for it in papers)) or (
        turned > _FEW and turned >= two
    ):
        whole |= {2, _PAIR} if turned > _FEW else {2}
    return [
        paper.model_copy(update={"authors": (", ".join(paper.authors[:2]), *paper.authors[2:])})
        if len(paper.authors) in whole
        and paper.authors[1] != ET_AL
        and _are_two((paper.authors[0], paper.authors[1].split()[0]))
        and not any(between.join(paper.authors[:2]) in text for between in (" and ", " & "))
        else paper
        for paper, text in zip(papers, texts, strict=True)
    ]


def _journals_in_italics(papers: list[Paper], texts: list[str]) -> list[Paper]:
    """Return the papers with a journal in italics among their notes as venue, if most have one so.

    One that is not known by its words looks like a remark: `*Hedges: Small Gardens*`.
    """
    both = list(zip(papers, texts, strict=True))
    placed = sum(_is_in_italics(paper.venue or "", text) for paper, text in both)
    journals = [None if paper.venue else _journal_noted(paper, text) for paper, text in both]
    some = len(journals) - journals.count(None)
    if placed <= _FEW or (placed + some) * 2 <= len(papers):
        return papers
    return [
        paper.model_copy(update=_with_venue(paper, journal)) if journal else paper
        for paper, journal in zip(papers, journals, strict=True)
    ]


def _with_venue(paper: Paper, journal: str) -> dict[str, str | None]:
    """Return the changes that make a line of a paper's notes its venue."""
    others = (line for line in (paper.notes or "").split("\n") if line != journal)
    return {"venue": journal, "notes": joined(others)}


def _journal_noted(paper: Paper, text: str) -> str | None:
    """Return the line of a paper's notes that its item has in italics and reads like a journal."""
    lines = filter(_JOURNAL.fullmatch, (paper.notes or "").split("\n"))
    return next((line for line in lines if _is_in_italics(line, text)), None)


def _is_in_italics(words: str, text: str) -> bool:
    return bool(words) and any(f"{mark}{words}{mark}" in text for mark in "*_")


def _are_two(authors: Sequence[str]) -> bool:
    latin = len(authors) == 2 and not CJK.search("".join(authors))
    return latin and not any(" " in name or "," in name for name in authors)


def _people_behind_by(papers: list[Paper]) -> list[Paper]:
    """Return the papers with who stands behind `by` or in brackets at their end as authors.

    Several are so, since one title alone may end so itself: `Cutting Images by Active Contours`.
    """
    ends = [None if paper.authors else _BY_LAST.fullmatch(paper.title) for paper in papers]
    ends = [it if it and " " in it["who"] and are_people(it["who"]) else None for it in ends]
    changes = (it and {"title": it["title"], "authors": authors_in(it["who"])} for it in ends)
    return _changed(papers, list(changes))


def _names_behind(papers: list[Paper]) -> list[Paper]:
    """Return the papers with what several titles have in brackets at their end as names.

    `A title (GARD)`, but not what is short for words of the title: `Large Rain Models (LRMs)`.
    """
    ends = [None if paper.name else _NAME_LAST.fullmatch(paper.title) for paper in papers]
    titles = {(it["name"], it["title"]) for it in ends if it}
    once = Counter(name for name, _ in titles)  # ImageNet behind several titles is their data
    named = (
        it if it and once[it["name"]] == 1 and _is_own_name(it["name"], it["title"]) else None
        for it in ends
    )
    return _changed(papers, [it and it.groupdict() for it in named])


def _is_own_name(name: str, title: str) -> bool:
    initials = "".join(word[0] for word in re.split(r"[\s-]+", title) if word).upper()
    letters = re.sub(r"[^A-Z]", "", name)
    apart = letters not in initials or title.startswith(f"{name}:")
    return is_nickname(name.rstrip("+*")) and apart


def _changed(
    papers: list[Paper], changes: Sequence[Mapping[str, str | tuple[str, ...]] | None]
) -> list[Paper]:
    """Return the papers with these changes, if there are several, and not too few of them."""
    several = len(changes) - changes.count(None)
    if several < _FEW or several * _RARE < len(papers):
        return papers
    both = zip(papers, changes, strict=True)
    return [paper.model_copy(update=change) if change else paper for paper, change in both]


def _people_as_authors(papers: list[Paper]) -> list[Paper]:
    """Return the papers with people alone behind a title as authors, if most papers say who.

    Surnames alone (`A title. Li, Han.`) are people where most papers have some there, or for
    authors: `A title. Li et al.`
    """
    sample = papers[:_SAMPLE]
    some = [names for paper in sample if " " in " ".join(names := _people_behind(paper))]
    several = sum(len(names) > 1 for names in some)
    every = [name for names in some for name in names]
    alike = sum(_has_surnames(paper) for paper in sample)
    surnames = several > 2 and (several + alike) * 2 > len(sample)
    surnames |= len(some) > 2 and len(some) * 5 > len(sample) * 4  # one each
    surnames = surnames and len(set(every)) * 2 > len(every)  # words that recur are keywords
    authored = sum(bool(paper.authors) for paper in papers)
    if not surnames and not (authored and authored * 2 >= len(papers)):
        return papers
    remarked = [names for paper in papers if (names := _people_behind(paper, remarked=True))]
    labelled = len(set(remarked)) * 2 <= len(remarked)  # Intended Usage: …
    return [_with_people(paper, alone=surnames, remarked=not labelled) for paper in papers]


def _has_surnames(paper: Paper) -> bool:
    who = [name for name in paper.authors if name != ET_AL]
    return bool(who) and not any(" " in name for name in who)


def _note_of(paper: Paper) -> tuple[list[str], str, list[str]]:
    """Return the first line of a paper's notes that is no praise, and what is around it."""
    lines = (paper.notes or "").rstrip("\n").split("\n")
    at = len(lines) > 1 and is_praise(lines[0])  # `See also`
    return lines[:at], lines[at], lines[at + 1 :]


def _people_behind(paper: Paper, *, remarked: bool = False) -> tuple[str, ...]:
    """Return who can be the authors of a paper without: what its first note names, and no more.

    `remarked` says that more may stand behind them: `Ann Lee: cold oil`.
    """
    note = REMARK_BEHIND.sub("", _note_of(paper)[1])
    note = _SAID.split(note, maxsplit=1)[0].strip("()") if remarked else note
    other = is_group(note) or is_honour(note) or are_organisations(note)
    return authors_in(note) if not paper.authors and not other and are_people(note) else ()


def _with_people(paper: Paper, *, alone: bool, remarked: bool) -> Paper:
    people = _people_behind(paper)
    if not (paper.authors or people or paper.links or paper.notes):
        for mark in _BEFORE_PEOPLE.finditer(paper.title):
            title, who = paper.title[: mark.start()], paper.title[mark.end() :]
            if len(title.split()) > _FEW and are_people(who) and not is_known_venue(who):
                return paper.model_copy(update={"title": title, "authors": authors_in(who)})
    before, first, more = _note_of(paper)
    names = () if people or not remarked else _people_behind(paper, remarked=True)
    if names and all(" " in name for name in names):
        behind = _SAID.split(first, maxsplit=1)[1:]
    elif people and (alone or len(people) > _FEW or all(" " in name for name in people)):
        remark = REMARK_BEHIND.search(first)
        names, behind = people, [remark[1]] if remark else []
    else:
        return paper
    return paper.model_copy(update={"authors": names, "notes": joined([*before, *behind, *more])})


def _surnames_as_authors(papers: list[Paper]) -> list[Paper]:
    """Return the papers with `(Lee 2015)` as who and when, if such are not where papers appeared.

    That is so where the list has authors like it: surnames, or nearly no venue that is known. Of
    a list without authors all venues are so.
    """
    surnames = [paper.venue for paper in papers if has_surname(paper)]
    authored = sum(bool(paper.authors) for paper in papers)
    short = sum(map(_has_surnames, papers))
    placed = sum(paper.venue is not None for paper in papers) - len(surnames)
    people = authored > 1 or (placed == 0 and len(set(surnames)) > _FEW)
    people &= len(set(surnames)) * 2 > len(surnames)
    alike = short > 1 and short * 2 > authored and short * 2 > len(surnames)
    if not people or (placed * _RARE > len(papers) and not alike):
        return papers
    return [
        paper.model_copy(update={"authors": (paper.venue,), "venue": None})
        if has_surname(paper)
        else paper
        for paper in papers
    ]


_HABITS = (
    _kinds_as_tags,
    _people_behind_by,
    _names_behind,
    _people_as_authors,
    _surnames_as_authors,
)
