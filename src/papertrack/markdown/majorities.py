"""What a name, a note or an item means, by what most papers of its list have there."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from papertrack.authors import ET_AL, is_group
from papertrack.identifiers import make_key
from papertrack.markdown.cell_fields import joined
from papertrack.markdown.document import Item
from papertrack.markdown.inline import CJK, is_own, links, spans, visible_text
from papertrack.markdown.item_parts import has_capitals
from papertrack.markdown.proper_names import (
    are_organisations,
    are_people,
    authors_in,
    is_known_venue,
)
from papertrack.markdown.rows import Row
from papertrack.markdown.vocabulary import is_honour
from papertrack.models import Paper
from papertrack.patterns import pattern

_FEW = 2  # words with a comma between may be anything
_DAY = pattern(r"\W{0,3}(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?\W{0,4}(?=[^\W\d_])")
_BRACKETED = pattern(r"《([^《》\n]{8,300})》[。.]?")
_PAIR = 3  # two words and `et al.`
_SURNAME = pattern(r"[^\W\d_a-z][^\W\d_A-Z]{2,20}")
_RARE = 10  # one in so many
_SAMPLE = 40  # so many papers tell what most have


def kinds_as_tags(rows: list[Row]) -> list[Row]:
    """Return the rows with a name that several papers have as a tag: it is a kind, no name."""
    names = Counter(paper.name for row in rows for paper in row.papers if paper.name)
    kinds = {name for name, count in names.items() if count > 2}
    return [
        replace(row, papers=tuple(_without_kind(paper, kinds) for paper in row.papers))
        for row in rows
    ]


def _without_kind(paper: Paper, kinds: Collection[str]) -> Paper:
    if paper.name is None or paper.name not in kinds:
        return paper
    tags = tuple(dict.fromkeys((paper.name, *paper.tags)))
    paper = paper.model_copy(update={"name": None, "tags": tags})
    return paper.model_copy(update={"key": make_key(paper)})


def people_as_authors(rows: list[Row]) -> list[Row]:
    """Return the rows with people alone behind a title as authors, where most papers say who.

    Surnames alone (`A title. Li, Han.`) are people where most papers have some there.
    """
    papers = [paper for row in rows for paper in row.papers]
    some = [names for paper in papers[:_SAMPLE] if len(names := _people_behind(paper)) > 1]
    every = [name for names in some for name in names]
    surnames = len(some) > 2 and len(some) * 2 > len(papers[:_SAMPLE])
    surnames = surnames and len(set(every)) * 2 > len(every)  # words that recur are keywords
    authored = sum(bool(paper.authors) for paper in papers)
    if not surnames and not (authored > 2 and authored * 2 > len(papers)):
        return rows
    return [
        replace(row, papers=tuple(_with_people(paper, alone=surnames) for paper in row.papers))
        for row in rows
    ]


def first_authors_whole(rows: list[Row]) -> list[Row]:
    """Return the rows with `Lee, Ann et al.` as one name, where most before `et al.` are like it.

    One such item could be of two people, Lee and Roe; not most of a list's.
    """
    others = [paper.authors for row in rows for paper in row.papers if ET_AL in paper.authors]
    pairs = [authors for authors in others if _are_pair(authors)]
    if len(pairs) <= _FEW or len(pairs) * 2 <= len(others):
        return rows
    return [replace(row, papers=tuple(map(_with_first_author, row.papers))) for row in rows]


def surnames_as_authors(rows: list[Row]) -> list[Row]:
    """Return the rows with `(Lee 2015)` as who and when, where such are not where papers appeared.

    That is so where the list has authors like it, and nearly no venue that is known.
    """
    papers = [paper for row in rows for paper in row.papers]
    surnames = [paper.venue for paper in papers if _is_by_surname(paper)]
    authored = sum(bool(paper.authors) for paper in papers)
    placed = sum(paper.venue is not None for paper in papers) - len(surnames)
    people = len(set(surnames)) * 2 > len(surnames) and authored > 1
    if not people or placed * _RARE > len(papers):
        return rows
    return [replace(row, papers=tuple(map(_with_surname, row.papers))) for row in rows]


def _is_by_surname(paper: Paper) -> bool:
    """Say whether the venue of a paper without authors may be a surname, and is not known."""
    venue = paper.venue or ""
    name = _SURNAME.fullmatch(venue) is not None and not paper.authors and paper.year is not None
    return name and not is_known_venue(venue) and are_people(venue)


def _with_surname(paper: Paper) -> Paper:
    if not _is_by_surname(paper):
        return paper
    paper = paper.model_copy(update={"authors": (paper.venue,), "venue": None})
    return paper.model_copy(update={"key": make_key(paper)})


def _are_pair(authors: Sequence[str]) -> bool:
    return len(authors) == _PAIR and not any(" " in name or "," in name for name in authors[:2])


def _with_first_author(paper: Paper) -> Paper:
    if not _are_pair(paper.authors) or paper.authors[-1] != ET_AL:
        return paper
    paper = paper.model_copy(update={"authors": (", ".join(paper.authors[:2]), ET_AL)})
    return paper.model_copy(update={"key": make_key(paper)})


def _people_behind(paper: Paper) -> tuple[str, ...]:
    """Return who can be the authors of a paper without: what its first note names, and no more."""
    note = (paper.notes or "").partition("\n")[0]
    other = is_group(note) or is_honour(note) or are_organisations(note)
    return authors_in(note) if not paper.authors and not other and are_people(note) else ()


def _with_people(paper: Paper, *, alone: bool) -> Paper:
    people = _people_behind(paper)
    if not people or not (alone or len(people) > _FEW or all(" " in name for name in people)):
        return paper
    notes = (paper.notes or "").partition("\n")[2]
    notes_left = joined(notes.rstrip("\n").split("\n")) if notes else None
    paper = paper.model_copy(update={"authors": people, "notes": notes_left})
    return paper.model_copy(update={"key": make_key(paper)})


def are_bare(items: Sequence[Item]) -> bool:
    """Say whether items have no links, and most have as many words as titles have."""
    long = sum(2 < len(item.text.split()) <= 30 for item in items)
    return long * 2 > len(items) and not any(links(spans(item.text)) for item in items)


def are_like_titles(items: Sequence[Item], *, least: int) -> bool:
    """Say whether most items of a list, so many at least, are like titles: they could be papers."""
    like = sum(_is_like_title(item.text) for item in items)
    return like >= least and like * 2 > len(items)


def _is_like_title(text: str) -> bool:
    """Say whether a text is as long as a title, and most of its words have capitals."""
    return 3 < len(visible_text(text).split()) <= 30 and has_capitals(visible_text(text))


def lead_to_own_files(items: Sequence[Item], *, least: int) -> bool:
    """Say whether most items are whole titles, so many at least, that link to one's own notes."""
    own = [text for item in items if (text := _text_of_own_link(item.text))]
    like = sum(map(_is_whole, own))
    return like >= least and like * 2 > len(own) and len(own) * 2 > len(items)


def _text_of_own_link(text: str) -> str:
    """Return the words of the first link of an item if it leads to one's own file."""
    linked = next((run for run in spans(text) if run.link and not run.image), None)
    return linked.text if linked and is_own(linked.link) else ""


def begins_with_day(text: str) -> bool:
    """Say whether a text begins with a day, and goes on behind it: `2024-01-05 A title`."""
    return _DAY.match(text) is not None


def are_own_titles(items: Sequence[Item]) -> bool:
    """Say whether items all begin with a link to one's own notes, most with a whole title."""
    return all(_begins_with_own(item.text) for item in items) and lead_to_own_files(items, least=1)


def _begins_with_own(text: str) -> bool:
    words = _text_of_own_link(text)
    return bool(words) and visible_text(text).lstrip().startswith(words[:20])


def links_own_title(text: str) -> bool:
    """Say whether a text begins with a whole title that links to one's own notes."""
    return _begins_with_own(text) and _is_whole(_text_of_own_link(text))


def _is_whole(title: str) -> bool:
    """Say whether what links to one's own notes has the words of a title."""
    return len(title.split()) > 2 and has_capitals(title)


def is_bracketed_title(text: str) -> bool:
    """Say whether a text is a title in 《》 and nothing else, as long as titles of papers are."""
    title = _BRACKETED.fullmatch(visible_text(text).strip()) if "《" in text else None
    return title is not None and (len(title[1].split()) > 2 or len(CJK.findall(title[1])) > 6)


def are_noted_titles(items: Sequence[Item]) -> bool:
    """Say whether half of several items are titles with something written below each."""
    noted = sum(bool(item.items) and is_title_alone(item.text) for item in items)
    return noted > 1 and noted * 2 >= len(items)


def is_title_alone(text: str) -> bool:
    """Say whether a text is like a title, and has no link."""
    return _is_like_title(text) and not links(spans(text))


def is_long_alone(text: str) -> bool:
    """Say whether a text has as many words as titles have, and no link."""
    return 3 < len(visible_text(text).split()) <= 30 and not links(spans(text))
