"""The same paper (DESIGN section 3): the one place that says so, for all who ask.

Two papers are one by their DOI, by their arXiv id, or by their title where nothing contradicts it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from papertrack import folding
from papertrack.authors import han_parts, have_in_common, is_group, people_of, telling_words
from papertrack.identifiers import arxiv_of_doi, normalise_arxiv, normalise_doi
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.sources import VenueKind, kind_of


class Identity(StrEnum):
    """What two papers have in common that makes them one, the surest first."""

    DOI = "doi"
    ARXIV = "arxiv"
    TITLE = "title"

    @property
    def label(self) -> str:
        """What a person calls it."""
        return {"doi": "DOI", "arxiv": "arXiv id"}.get(self, "title")


_MANY = 8
"""Papers of one title among which it is worth telling apart those that surely are others."""
_NO_TITLES = frozenset({"notitle", "untitled"})
"""What programs write where a paper has none."""
_ANYTHINGS = frozenset(
    """introduction editorial guesteditorial preface foreword prologue epilogue afterword conclusion
    conclusions discussion erratum corrigendum obituary bookreview bookreviews 前言 序言""".split()
)
"""Titles of a part of anything, which people write again for each book or year."""
_SOUNDEX = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556", "aeiouyhw")
_AGAIN = pattern(r"(\d)\1+")
_NOBODY = frozenset({"anonymous", "anon", "anon.", "unknown", "n.n.", "nn", "various"})
_RFC = pattern(r"\bRFC\b|Request for Comments", re.IGNORECASE)
_NUMBERS = ("pages", "volume", "number")
_BOOKS = frozenset({"book", "mvbook", "collection", "mvcollection", "booklet"})
_PROCEEDINGS = frozenset({"proceedings", "mvproceedings", "periodical"})
_IN_VOLUMES = frozenset({"article", "inproceedings", "conference", "incollection"})
_UNBOUND = frozenset("techreport report thesis phdthesis mastersthesis".split())
"""What nobody printed with others, so that its pages are how many it has."""
_VERSIONS = ({"article", "inproceedings"}, {"article", "conference"})
"""What a conference printed, and what a journal printed of it later."""
_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
}  # fmt: skip


class Match(NamedTuple):
    """A paper that is there already."""

    paper: Paper
    by: Identity


class _Spellings(NamedTuple):
    """What a list of authors has in common with other spellings of it."""

    kind: str
    """Lists of two kinds may name the same people; empty where it may be anybody."""
    keys: frozenset[str]


def _spellings(names: Sequence[str], written: str = "") -> _Spellings:
    """Return what two lists of one kind share if a name of one may be misspelt in the other.

    A team or a pen name may stand for people, and so may names in another script. BibTeX writes
    the name of a team in braces.
    """
    names = people_of(names)
    persons = [it for it in names if " " in it and not is_group(it) and f"{{{it}}}" not in written]
    if not persons:
        whole = frozenset(map(folding.fold, names))
        return _Spellings("group" if whole and not whole & _NOBODY else "", whole)
    # Of Chinese names a sign of the given name may be another.
    families = telling_words([(han_parts(it) or (it,))[0] for it in persons])[0]
    latin = "".join(families).isascii()
    keys = frozenset(_sounds(name) if latin else name for name in families)
    return _Spellings(("latin" if latin else "other") if keys else "", keys)


def _sounds(family: str) -> str:
    """Return what a name begins to sound like; misspellings share these three signs of Soundex.

    https://www.archives.gov/research/census/soundex
    """
    return family[0] + _AGAIN.sub(r"\1", family[1:].translate(_SOUNDEX))[:2]


class _Evidence:
    """What a paper says that tells it from others of its title, each made ready when asked for."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.identities = dict(identities(paper))

    @cached_property
    def venue(self) -> str | None:
        return folding.fold(self.paper.venue) if self.paper.venue else None

    @cached_property
    def spellings(self) -> _Spellings:
        """The spellings of the authors that a bibliography names."""
        bibtex = self.paper.bibtex
        return _spellings(self.paper.authors if bibtex else (), bibtex.get("author", ""))

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The first number in some fields of a bibliography; those of a preprint tell nothing."""
        bibtex, venue = self.paper.bibtex, self.paper.venue
        if not bibtex or (venue and kind_of(venue) is VenueKind.PREPRINT):
            return {}
        # CoRR's volumes are ids of arXiv
        texts = {it: bibtex[it] for it in _NUMBERS if not bibtex.get(it, "abs/").startswith("abs/")}
        if bibtex.get("type") in _UNBOUND:
            texts.pop("pages", None)
        return {it: _first_number(text) or text for it, text in texts.items() if text}

    @cached_property
    def marks(self) -> dict[str, object]:
        """What tells it apart by being another; None where it does not say it."""
        named = {name: self.numbers.get(name) for name in _NUMBERS}
        doi, arxiv = map(self.identities.get, (Identity.DOI, Identity.ARXIV))
        year, venue = self.paper.year, self.venue
        return {"doi": doi, "arxiv": arxiv, "year": year, "venue": venue, **named}


class _Namesakes:
    def __init__(self) -> None:
        self._places: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
        self._venues: set[object] = set()
        self._kinds: set[str] = set()
        self._count = 0

    def take(self, papers: Sequence[_Evidence]) -> None:
        """Add the papers behind those that were added before."""
        for place in range(self._count, len(papers)):
            paper = papers[place]
            families, words = telling_words(paper.paper.authors)
            kind, keys = paper.spellings
            self._venues.add(paper.venue)
            self._kinds.add(kind)
            marks = [*paper.marks.items(), ("kind", kind)]
            marks += [("family", family) for family in families or [None]]
            marks += [*(("word", word) for word in words), *((kind, key) for key in keys)]
            for mark in marks:
                self._places[mark].append(place)
        self._count = len(papers)

    def near(self, wanted: _Evidence) -> Iterable[int]:
        """Return the places, in order, of all papers that may be the same, and of some others.

        What is left out has another DOI or arXiv id, or other pages in another year, volume or
        number, or another volume or number of the same venue, or other authors in another year,
        or in bibliographies other authors on other pages.
        """
        # Each choice has every paper that may be the same, by a thing that would tell them apart:
        # those that say the same of it, and those that say nothing. The smallest is enough.
        marks = {name: value for name, value in wanted.marks.items() if value}
        alike = {name: [(name, value), (name, None)] for name, value in marks.items()}
        choices = [alike[name] for name in _told_by(wanted) if name in alike]
        if "pages" in alike:
            beside = [alike[name] for name in ("year", "volume", "number") if name in alike]
            choices += [[*alike["pages"], *others] for others in beside]
        issues = [alike[name] for name in ("volume", "number") if name in alike]
        if issues and wanted.venue:
            elsewhere = [("venue", venue) for venue in self._venues - {wanted.venue}]
            choices += [[*issue, *alike.get("pages", []), *elsewhere] for issue in issues]
        families, words = telling_words(wanted.paper.authors)
        people: list[tuple[str, object]] = [("word", family) for family in families]
        people += [("family", word) for word in (*words, None)]
        if "year" in alike and families:
            choices.append([*alike["year"], *people])
        kind, keys = wanted.spellings
        if kind:
            kinds = [("kind", other) for other in self._kinds - {kind}]
            same_page = alike.get("pages", [])[:1]
            choices.append([*people, *kinds, *((kind, key) for key in keys), *same_page])
        lists = [[self._places.get(mark, ()) for mark in choice] for choice in choices]
        fewest = min(lists, key=lambda each: sum(map(len, each)), default=[range(self._count)])
        return sorted({place for places in fewest for place in places})


class Index:
    """Papers found again by what identifies them, each in one step."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        """Add the papers; of a paper that stands twice, the index finds the first."""
        self._known: defaultdict[tuple[Identity, str], list[_Evidence]] = defaultdict(list)
        self._namesakes: defaultdict[str, _Namesakes] = defaultdict(_Namesakes)
        self.cited: set[str] = set()
        """The citation keys of all of them."""
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        """Add one more paper."""
        known = _Evidence(paper)
        for identity in known.identities.items():
            self._known[identity].append(known)
        self.cited.update(paper.citation_keys)

    def find(self, wanted: Paper) -> Match | None:
        """Return the first paper with the same DOI, else arXiv id, else a title that agrees."""
        return next(self.matches(wanted), None)

    def matches(self, wanted: Paper) -> Iterator[Match]:
        """Give all papers that are the same, the surest first; one may come more than once."""
        own = _Evidence(wanted)
        for kind, text in own.identities.items():
            alike = self._known.get((kind, text), [])
            if kind is Identity.TITLE and len(alike) > _MANY:
                self._namesakes[text].take(alike)
                alike = [alike[place] for place in self._namesakes[text].near(own)]
            for known in alike:  # many papers may be called Editorial
                if kind is not Identity.TITLE or not _contradict(own, known):
                    yield Match(known.paper, kind)


def same_paper(one: Paper, other: Paper) -> Identity | None:
    """Return what makes two papers the same, None where they are not.

    That is the same DOI, the same arXiv id, or the same folded title where nothing contradicts it.
    """
    mine, yours = _Evidence(one), _Evidence(other)
    shared = (kind for kind, text in mine.identities.items() if yours.identities.get(kind) == text)
    kind = next(shared, None)
    return None if kind is Identity.TITLE and _contradict(mine, yours) else kind


def are_different(one: Paper, other: Paper) -> bool:
    """Say whether two papers contradict each other, whatever their titles.

    Different DOIs or arXiv ids do, and so do different authors together with different years; in
    bibliographies different authors do alone, and other editions of other years. A column of one
    title comes out again and again: other pages of another year, volume or number are another
    paper, and so is what a journal printed in another volume or number.
    """
    return _contradict(_Evidence(one), _Evidence(other))


def _contradict(one: _Evidence, other: _Evidence) -> bool:
    if any(_differ(one, other, name) for name in _told_by(one)):
        return True
    cited = bool(one.paper.bibtex and other.paper.bibtex)
    if cited and any(apart(one, other) for apart in _PRINTED_APART):
        return True
    mine, yours = one.paper.authors, other.paper.authors
    if not (mine and yours) or have_in_common(mine, yours):
        return False
    return _differ(one, other, "year") or (cited and _are_other_people(one, other))


def _told_by(paper: _Evidence) -> Sequence[str]:
    """Return what tells a paper from any other where it differs, most likely of one title."""
    is_anything = paper.identities.get(Identity.TITLE) in _ANYTHINGS
    return ("doi", "arxiv", *(("year", "venue") if is_anything else ()))


def _differ(one: _Evidence, other: _Evidence, name: str) -> bool:
    """Say whether both papers say something of this name, and not the same."""
    mine, yours = one.marks[name], other.marks[name]
    return bool(mine and yours) and mine != yours


def _types(one: _Evidence, other: _Evidence) -> set[str]:
    """Return the types of both entries, empty for a paper of no bibliography."""
    return {it.paper.bibtex.get("type", "") for it in (one, other)}


def _are_in_other_issues(one: _Evidence, other: _Evidence) -> bool:
    return _differ(one, other, "volume") or _differ(one, other, "number")


def _have_other_pages(one: _Evidence, other: _Evidence) -> bool:
    """Say whether pages differ, of other years, issues or kinds, or of what nobody signed."""
    signed = one.spellings.kind or other.spellings.kind
    types = _types(one, other)
    moved = _differ(one, other, "year") or _are_in_other_issues(one, other) or types in _VERSIONS
    return _differ(one, other, "pages") and (moved or not signed)


def _are_of_other_issues(one: _Evidence, other: _Evidence) -> bool:
    """Say whether one venue printed them in two issues, or they are two patents, standards or RFCs.

    On the same pages of a venue a number is mistyped.
    """
    if not _are_in_other_issues(one, other):
        return False
    types = _types(one, other)
    rfcs = types == {"misc"} and all(_is_rfc(it.paper) for it in (one, other))
    if rfcs or types in ({"patent"}, {"standard"}):
        return True
    if not one.venue or one.venue != other.venue:
        return False
    pages = [re.findall(r"\d+", it.paper.bibtex.get("pages", "")) for it in (one, other)]
    return _differ(one, other, "year") or not pages[0] or pages[0] != pages[1]


def _is_rfc(paper: Paper) -> bool:
    fields = (paper.venue, *map(paper.bibtex.get, ("series", "publisher", "howpublished")))
    return _RFC.search(" ".join(filter(None, fields))) is not None


def _are_other_editions(one: _Evidence, other: _Evidence) -> bool:
    """Say whether two entries are of editions, or of volumes, of one work."""
    types = _types(one, other)
    is_another = _differ(one, other, "volume")
    if types <= _BOOKS | _PROCEEDINGS and is_another:
        return True
    if _differ(one, other, "year"):
        return is_another or _are_other_books(one, other, may_be_editions=True)
    isbns = {it.paper.bibtex.get("isbn") for it in (one, other)}
    return None not in isbns and len(isbns) > 1 and _edition(one.paper) != _edition(other.paper)


def _are_books_of_other_years(one: _Evidence, other: _Evidence) -> bool:
    """Say whether one title names editions of a book, its article, or what comes out each year."""
    types = _types(one, other)
    if not _differ(one, other, "year"):
        return False
    first, second = one.paper, other.paper
    if types <= _PROCEEDINGS or not (first.authors or second.authors):
        return True
    apart = abs((first.year or 0) - (second.year or 0)) > 1  # a book is often dated ahead
    if types & _BOOKS and types & _UNBOUND:
        return apart
    if types & _BOOKS and types & _IN_VOLUMES:
        return apart and all(it.numbers or it.paper.bibtex["type"] in _BOOKS for it in (one, other))
    isbn = first.bibtex.get("isbn")
    return types <= _BOOKS and apart and (not isbn or isbn != second.bibtex.get("isbn"))


def _is_one_a_thesis(one: _Evidence, other: _Evidence) -> bool:
    """Say whether one is a thesis, and the other a paper that its author wrote with others."""
    thesis, its_paper = ("thesis" in it.paper.bibtex.get("type", "") for it in (one, other))
    many, few = (len(people_of(it.paper.authors)) for it in (one, other))
    return thesis is not its_paper and many != few and bool(many and few)


def _is_one_of_a_journal(one: _Evidence, other: _Evidence) -> bool:
    """Say whether a journal printed one in some issue, and a conference the other years apart."""
    types = {it.paper.bibtex.get("type", ""): it for it in (one, other)}
    if types.keys() not in _VERSIONS or not _differ(one, other, "year"):
        return False
    article = types["article"]
    numbers = [article.marks[name] for name in ("volume", "number")]
    is_journal = kind_of(article.paper.venue or "") is VenueKind.JOURNAL
    return any(numbers) if is_journal else all(numbers)


def _have_mostly_other_authors(one: _Evidence, other: _Evidence) -> bool:
    """Say whether fewer than half of the authors of either wrote both, in other years."""
    (families, words), (others, other_words) = (
        telling_words(it.paper.authors) for it in (one, other)
    )
    both = (families & other_words) | (others & words)  # one may have family names in front
    few = 2 * len(both) < min(len(families), len(others))
    return few and _differ(one, other, "year")


def _come_out_again(one: _Evidence, other: _Evidence) -> bool:
    """Say whether both are of what comes out each year: manuals, and what a body reports."""
    types = _types(one, other)
    bodies = all(it.spellings.kind == "group" for it in (one, other)) and types <= _UNBOUND
    is_manual = "manual" in types and types <= {"manual", *_BOOKS, *_IN_VOLUMES}
    return (is_manual or bodies) and _differ(one, other, "year")


_PRINTED_APART = (
    _have_other_pages, _are_of_other_issues, _are_other_editions, _are_books_of_other_years,
    _is_one_a_thesis, _is_one_of_a_journal, _have_mostly_other_authors, _come_out_again,
)  # fmt: skip
"""What tells of two entries of bibliographies that they were printed apart."""


def _are_other_books(one: _Evidence, other: _Evidence, *, may_be_editions: bool = False) -> bool:
    """Say whether two entries are of books of other publishers, or of a book and an article."""
    first, second = one.paper.bibtex, other.paper.bibtex
    types = {first.get("type", ""), second.get("type", "")}
    firsts = (one.paper.authors[:1], other.paper.authors[:1])
    if types & _BOOKS and types & _IN_VOLUMES and all(firsts):
        return not have_in_common(*firsts)
    if first.get("isbn", "") == second.get("isbn"):
        return False
    publishers = [folding.fold_words(it.get("publisher", "")).split() for it in (first, second)]
    elsewhere = types <= _BOOKS and all(publishers) and not set(publishers[0]) & {*publishers[1]}
    return elsewhere or (may_be_editions and _edition(one.paper) != _edition(other.paper))


def _are_other_people(one: _Evidence, other: _Evidence) -> bool:
    """Say whether two entries name other people, however they are spelled, and no common page."""
    page = one.numbers.get("pages")
    if page and page == other.numbers.get("pages") and not _are_in_other_issues(one, other):
        return False
    if _are_other_books(one, other):
        return True
    mine, yours = one.spellings, other.spellings
    return mine.kind == yours.kind != "" and mine.keys.isdisjoint(yours.keys)


def _first_number(text: str) -> str:
    number = re.search(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+", text)
    return number[0] if number else ""


def _edition(paper: Paper) -> str:
    """Return which edition a bibliography names, empty for the first and for a day."""
    edition = folding.fold_words(paper.bibtex.get("edition", "")).replace("edition", "").strip()
    number = _first_number(edition)
    text = number or _ORDINALS.get(edition, edition)
    return "" if text == "1" or len(number) == len("2011") else text


def identities(paper: Paper) -> Iterator[tuple[Identity, str]]:
    """Give what identifies the paper, the surest first: its DOI, its arXiv id, its folded title."""
    yield from identifiers_of(paper)
    if (title := folding.fold_title(paper.title)) not in _NO_TITLES:
        yield Identity.TITLE, title


def identifiers_of(paper: Paper) -> Iterator[tuple[Identity, str]]:
    """Give the paper's DOI and its arXiv id, as far as they are known.

    An identifier is the paper's own, else the only one that its links lead to. A DOI that arXiv
    registered is an arXiv id.
    """
    doi = normalise_doi(paper.doi) if paper.doi else None
    arxiv = normalise_arxiv(paper.arxiv) if paper.arxiv else None
    if paper.links:
        doi = doi or _only(map(normalise_doi, paper.links))
        arxiv = arxiv or _only(map(normalise_arxiv, paper.links))
    if doi and (preprint := arxiv_of_doi(doi)):
        doi, arxiv = None, arxiv or preprint
    if doi:
        yield Identity.DOI, doi
    if arxiv:
        yield Identity.ARXIV, arxiv


def _only(ids: Iterable[str | None]) -> str | None:
    """Return the one identifier among these; several lead to other papers too."""
    different = {identifier for identifier in ids if identifier}
    return different.pop() if len(different) == 1 else None
