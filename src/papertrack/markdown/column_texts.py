"""What stands in a table's column, looked at as a whole: links, days, names, titles."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise

from papertrack.folding import is_nothing
from papertrack.markdown.inline import (
    CJK,
    YEAR,
    Span,
    has_words,
    is_file,
    is_labelled,
    is_own,
    is_paper,
    line_of,
    links,
    spans,
)
from papertrack.markdown.proper_names import leading_names
from papertrack.patterns import pattern
from papertrack.sources import day_of, is_source, kind_of, read_date, read_source
from papertrack.status import leading_status

_MOST = 0.6
_SENTENCE = 60  # letters
_FEW_WORDS = 5
_SHORT = 30  # letters; a title is longer
_NAMES = pattern(r"(?:[A-Za-z][\w.+-]*(?: [\w.+-]+){0,2}\s?(?:[,，、;；&/]\s?|$)){2,}")
_WORD = pattern(r"[^\W_]{2}")
_MONTH = 31  # days
_SAMPLE = 200  # so many cells tell what a column holds
_SCORE = pattern(r"[-+~≈<>]?\s*\d+(?:[.,]\d+)*\s*(?:%|\+|[KMGBT]B?)?(?:\s*[±/].*)?")
_SOURCE_LAST = pattern(r",\s+(?P<source>[^\W\d_a-z][^,]{1,40}\s(?:19|20)\d\d)$")
_SOURCE_INSIDE = pattern(r"\s*[(（\[](?P<source>[^()（）\[\]]{2,40})[)）\]]$")
_LIST_ENDS = pattern(r"[,，、;；&/\n]")


class ColumnText:
    """What stands in one column, words for nothing left out."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Keep a sample of the cells."""
        self._sources = [text for text in texts if not is_nothing(text)][:_SAMPLE]
        self.are_full = len(self._sources) == len(texts[:_SAMPLE])

    @cached_property
    def runs(self) -> list[tuple[Span, ...]]:
        """Each cell's runs of text."""
        return [spans(source) for source in self._sources]

    @cached_property
    def texts(self) -> list[str]:
        """Each cell as a reader sees it."""
        return [line_of(runs) for runs in self.runs]

    def __len__(self) -> int:
        """Return how many cells say something."""
        return len(self._sources)

    def share(self, holds: Callable[[str], object]) -> float:
        """Return the share of the cells' texts for which something holds."""
        return sum(bool(holds(text)) for text in self.texts) / max(1, len(self))

    @cached_property
    def titles(self) -> float:
        """The share of cells that could be titles."""
        return sum(map(_like_title, self.runs)) / max(1, len(self))

    @cached_property
    def links_only(self) -> float:
        """The share of cells that are links with no more than labels."""
        return sum(map(_links_only, self.runs)) / max(1, len(self))

    def share_of_links(self, holds: Callable[[str], object]) -> float:
        """Return the share of cells that have links, of which something holds for each."""
        addresses = [links(runs) for runs in self.runs]
        return sum(bool(some) and all(map(holds, some)) for some in addresses) / max(1, len(self))

    @cached_property
    def lead_away(self) -> bool:
        """Whether nearly all cells are one link each, with the same word or to own files."""
        linked = [runs[0] for runs in self.runs if len(runs) == 1 and runs[0].link]
        same = self.are_full and len({run.text for run in linked}) == 1
        own = sum(is_own(run.link) and len(run.text) < _SHORT for run in linked)
        return len(linked) > max(1, 0.8 * len(self)) and (same or own > 0.8 * len(self))

    @cached_property
    def are_own_notes(self) -> bool:
        """Whether nearly all cells are links to own files, with no words between them."""
        words = [[run for run in runs if _WORD.search(run.text)] for runs in self.runs]
        linked = (bool(runs) and all(is_own(run.link) for run in runs) for runs in words)
        return sum(linked) > 0.8 * len(self) > 0

    @cached_property
    def papers(self) -> float:
        """The share of cells with one link to a paper."""
        return sum(any(map(is_paper, links(runs))) for runs in self.runs) / max(1, len(self))

    @cached_property
    def are_pictured(self) -> bool:
        """Whether pictures stand in them, such as counts of citations."""
        return any(run.image for runs in self.runs for run in runs)

    @cached_property
    def are_marked(self) -> bool:
        """Whether half of them stand in 《》 or end with a source."""
        return self.share(lambda text: "《" in text or _ends_with_source(text)) >= 0.5

    @cached_property
    def likeness(self) -> tuple[bool, float]:
        """What tells which of two columns has the titles: links to papers, then length."""
        return self.papers > 0.5, self.length  # half

    @cached_property
    def sources(self) -> float:
        """The share of cells that end with a year, or are one."""
        return self.share(
            lambda text: len(text) < 80 and read_source(text).year
        )  # a sentence may end with a year

    @cached_property
    def scores(self) -> float:
        """The share of cells that are numbers."""
        return self.share(_SCORE.fullmatch)

    @cached_property
    def dates(self) -> float:
        """The share of cells that are dates, or years."""
        return self.share(read_date)

    @cached_property
    def are_diary(self) -> bool:
        """Whether nearly all cells are days, each soon after the one above, or each before it."""
        days = [day for day in map(day_of, self.texts) if day]
        apart = [(later - day).days for day, later in pairwise(days)]
        later, earlier = (sum(0 <= way * gap <= _MONTH for gap in apart) for way in (1, -1))
        return len(days) > 0.8 * len(self) and max(later, earlier) > 0.8 * len(apart) > 0

    @cached_property
    def are_sources_and_dates(self) -> bool:
        """Whether several cells are venues that are known with their year, the others dates."""
        sourced = self.share(lambda text: read_date(text) is None and _is_known_source(text))
        either = self.share(lambda text: read_date(text) is not None or _is_known_source(text))
        return sourced > 0.3 and either > 0.8  # a third, nearly all

    @cached_property
    def are_venues(self) -> bool:
        """Whether most cells are venues that are known, with their year or without."""
        return self.share(lambda text: kind_of(text) is not None) > 0.8  # nearly all

    @cached_property
    def are_short_venues(self) -> bool:
        """Whether they surely are, whatever the header says: several, no sentences and no lists."""
        alone = self.share(re.compile(r"[^,，、;；]+").fullmatch) > 0.9  # all but slips
        coded = any(sum(run.code for run in runs) > 1 for runs in self.runs)  # `Winter` `ICML2023`
        return len(self) > 2 and self.length < _SHORT and alone and not coded and self.are_venues

    @cached_property
    def are_known_sources(self) -> bool:
        """Whether most cells are venues with their year, many of them known, and no titles."""
        if self.are_marked:  # `A title, ICML 2020` has its source at its end
            return False
        sourced = self.share(lambda text: len(text) < _SENTENCE and is_source(text))
        return sourced > 0.8 and self.share(_is_known_source) > _MOST  # nearly all

    @cached_property
    def count_up(self) -> bool:
        """Whether the cells are 1, 2, 3 …, without marks."""
        numbers = [str(number + 1) for number in range(len(self))]
        return bool(numbers) and numbers == [source.strip() for source in self._sources]

    @cached_property
    def statuses(self) -> float:
        """The share of cells that are words for a status."""
        return self.share(leading_status)

    @cached_property
    def names(self) -> float:
        """The share of cells that are short and unlike each other."""
        different = len(set(self.texts)) / max(1, len(self))
        return min(different, self.share(lambda text: len(text.split()) <= 3))  # short

    @cached_property
    def are_short_names(self) -> bool:
        """Whether the cells are what people call papers: short, unlike each other, no lists."""
        lists = self.share(re.compile(r".*(?:[,，、;；]\s|\s[+/]\s).*", re.DOTALL).fullmatch)
        return not len(self) or (
            self.length <= 40 and self.names > _MOST and lists < 1 - _MOST
        )  # a name is shorter

    @cached_property
    def are_east_asian(self) -> bool:
        """Whether most cells are written in Chinese, Japanese or Korean, which few names are."""
        return self.share(CJK.search) > _MOST

    @cached_property
    def are_sentences(self) -> bool:
        """Whether the cells are long, and no lists of a few words each."""
        lists = self.share(
            lambda text: max(len(part.split()) for part in _LIST_ENDS.split(text)) <= _FEW_WORDS
        )
        return self.length > _SENTENCE and lists < _MOST

    @cached_property
    def are_citations(self) -> bool:
        """Whether most cells begin with people and go on as long as what they wrote, and when."""
        cited = self.share(lambda text: leading_names(text) and YEAR.search(text))
        return self.length > _SENTENCE and cited > _MOST

    @cached_property
    def are_several(self) -> bool:
        """Whether most cells are lists of short names, of a paper each: `BERT, GPT-2, T5`."""
        lists = sum(_NAMES.fullmatch(text) is not None for text in self.texts)
        # A single row may be of a title such as `A/B`.
        return len(self) > 1 and lists > _MOST * len(self)

    @cached_property
    def length(self) -> float:
        """How long a cell is, on average."""
        return sum(map(len, self.texts)) / max(1, len(self))


def _is_known_source(text: str) -> bool:
    read = read_source(text)
    if read.year is None or read.venue is None or re.search(r"[|｜]|\[[JCDMR]", text):
        return False  # KDD 2025 | How gardens grow
    return kind_of(read.venue) is not None


def _like_title(runs: Sequence[Span]) -> bool:
    text = line_of(runs)
    if "《" in text:
        return True
    named = [run for run in runs if run.link and not run.image and not is_labelled(run)]
    if (
        len({run.link for run in named}) > 2 or text.startswith("http") or _links_only(runs)
    ):  # a list of links
        return False
    return has_words(text) or bool(named)  # a name is shorter


def _links_only(runs: Sequence[Span]) -> bool:
    if not links(runs):
        return any(run.image for run in runs) and not re.search(r"\w", line_of(runs))
    return not any(
        _WORD.search(it.text)
        for it in runs
        if not it.image
        and not (it.link and (is_labelled(it) or it.text.startswith("http") or is_file(it.text)))
        and not re.fullmatch(r"\s*https?://\S+\s*", it.text)
    )


def _ends_with_source(title: str) -> bool:
    """Say whether a title ends with a venue and year: `…, ICML 2019`, `… (2012)`."""
    last = _SOURCE_LAST.search(title)
    if last and read_date(last["source"]) is None:
        return True
    inside = _SOURCE_INSIDE.search(title)
    read = read_source(inside["source"]) if inside else None
    return bool(read and (kind_of(read.venue) if read.venue else read.year or read.arxiv))
