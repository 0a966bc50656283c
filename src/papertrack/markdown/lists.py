"""Lists of papers: which items are papers, and what stands above and below them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from papertrack.identifiers import names_paper
from papertrack.markdown.document import Block, Heading, Item, RawList
from papertrack.markdown.inline import (
    is_label,
    links_in,
    papers_in,
    says_paper,
    spans,
    visible_text,
)
from papertrack.markdown.item_kinds import (
    are_like_titles,
    are_placed,
    are_several,
    begins_with_authors,
    begins_with_day,
    has_labels_only,
    is_address_alone,
    is_attributed,
    is_boxed,
    is_boxed_title,
    is_bracketed_title,
    is_detail,
    is_labelled,
    is_long_alone,
    is_read_title,
    is_title_alone,
    lead_to_own_files,
)
from papertrack.markdown.item_parts import BOX
from papertrack.markdown.items import is_completed, read_item
from papertrack.markdown.proper_names import (
    are_people,
    conference_above,
    is_conference_alone,
    is_of_conference,
    year_above,
)
from papertrack.markdown.rows import Group, Kind, Meaning, Row, Table, Unclear
from papertrack.markdown.vocabulary import is_news, speaks_of_papers, speaks_of_reading
from papertrack.models import Look, Paper
from papertrack.patterns import pattern
from papertrack.sources import day_of, read_source
from papertrack.status import Status, status_of

_LOOK = Look(columns=("title+link", "authors", "source", "notes"))
_PERSON = pattern(  # Lee. How gardens grow, or `Lee 2019: How gardens grow`
    r"\W{0,6}(?:(?<=\[)[xX]\]\W{1,6})?"
    r"([^\W\d_](?:[^.:\n–—\d]|(?:(?<=\b[A-Z])|(?<=\bal))\.){1,60}?)"
    r"(?P<year>,?\s\(?(?:19|20)\d\d[a-z]?\)?)?(?P<end>[.:]|\s[–—-])\s(?=[^\W\d_a-z])"
)
_EXPLAINED = pattern(  # Quantization: a way to do with less than that. Of these are
    r"(?<=\S)(?:\s?[:：]\s?(?=[^\n]*。|[a-z])|\s[–—-]\s(?=\S+\s[a-z]+\s[a-z]))"
    r"(?=[^\n]{20})(?:[^\n]*。[^\n]*|(?:\S+\s){7}[^\n]*)$"
)
_BOLD_ABOVE = pattern(r"\*\*[^*\n]+\*\*(?=[ \\]*\n)")
_SIGNS = " \t.,;:：*_#"
_SURELY = {" -": ",", ":": " "}  # what a name has in it before such a sign
_SEVERAL = 3  # papers with a box make the others that have one papers too
_SAMPLE = 40  # so many items, or papers, tell what most of a list have


class Surroundings(NamedTuple):
    """What the rest of a file says of its lists."""

    among_papers: bool = False
    """Whether some heading speaks of papers."""
    ticked: bool = False
    """Whether several items that link to papers are to be ticked off."""
    linked: bool = False
    """Whether several items link to papers."""


_NOTHING_ELSE = Surroundings()


def surroundings_of(blocks: Iterable[Block]) -> Surroundings:
    """Return what the blocks of a file say of the lists among them."""
    blocks = tuple(blocks)
    headings = (block.text for block in blocks if isinstance(block, Heading))
    items = [item.text for block in blocks if isinstance(block, RawList) for item in block.items]
    boxed = (text for text in items if is_boxed(text) and papers_in(text))
    ticked, linked = (
        len(list(islice(some, _SEVERAL))) == _SEVERAL for some in (boxed, filter(papers_in, items))
    )
    return Surroundings(any(map(speaks_of_papers, headings)), ticked, linked)


def read_list(
    raw: RawList,
    *,
    meaning: Meaning | None,
    around: Surroundings = _NOTHING_ELSE,
    titles: bool = False,
) -> Table | None:
    """Return the list as a table without a header, or None where no item could be a paper.

    An item above items is a heading, if it is no paper itself; by default it means a tag.
    With `titles` even a single item could be a paper that looks like a title.
    """
    path = (raw.section or "", *raw.above)
    if meaning:
        group = _under(Group(), raw.section, meaning)
    else:
        group = Group(source=conference_above(path))
    place = _place(raw, path, around=around)
    reader = _ListReader(meaning, place)
    items = raw.items
    if any(map(is_news, path)):
        items = tuple(it._replace(items=(), unclear=it.unclear or Unclear.NEWS) for it in items)
    rows = list(reader.rows(items, group))
    papers = any(row.kind is Kind.PAPER for row in rows)
    if not papers and (any(around) or place.about_papers) and _are_bare(raw.items):
        rows = [
            it._replace(reason=Unclear.TITLES_ALONE)
            if it.reason == Unclear.NO_PAPER and not links_in(it.text)
            else it
            for it in rows
        ]
    reasons = {row.reason for row in rows if row.kind is Kind.SKIPPED}
    known = papers or Unclear.ADDRESSES_ALONE in reasons
    could_be = _could_be_papers(raw.items, about_papers=place.about_papers)
    could_be |= (around.among_papers or around.ticked) and _have_boxes(raw.items)
    least = 1 if titles or status_of(path[0]) else 2
    could_be |= (any(around) or titles) and are_like_titles(raw.items, least=least)
    if not known and (not could_be or all(row.expected for row in rows)):
        return None
    return Table(
        line=raw.items[0].line,
        last=max(raw.items[-1].last, *(max(row.line, row.last) for row in rows)),
        header=(),
        rows=tuple(rows),
        look=_LOOK,
        section=raw.section,
        above=raw.above,
        skipped=None if papers else reasons.pop() if len(reasons) == 1 else Unclear.NO_PAPER,
    )


def _are_bare(items: Sequence[Item]) -> bool:
    """Say whether items have no links, and most have as many words as titles have."""
    long = sum(2 < len(item.text.split()) <= 30 for item in items)
    return long * 2 > len(items) and not any(links_in(item.text) for item in items)


def _could_be_papers(items: Sequence[Item], *, about_papers: bool) -> bool:
    """Say whether items are more than steps or a table of contents: they lead somewhere."""
    for item in items:
        every = links_in(item.text)
        leads = any(not link.startswith("#") for link in every)
        bare = about_papers and not every  # else it leads to a section of the page
        if leads or bare or _could_be_papers(item.items, about_papers=False):
            return True
    return False


def _have_boxes(items: Sequence[Item]) -> bool:
    """Say whether some of these items, or of those below them, are to be ticked off."""
    return any(is_boxed(item.text) or _have_boxes(item.items) for item in items)


class _Place(NamedTuple):
    """What the headings above a list say of all its papers."""

    year: int | None
    """The year that one of them is."""
    day: str
    """The day that the nearest is."""
    about_papers: bool
    """Whether the nearest speaks of papers, or the list is of titles that link to own files."""
    below_papers: bool
    """Whether one of them speaks of papers."""
    around: Surroundings
    was_read: bool
    """Whether one says that what is below it was read."""


def _place(raw: RawList, path: Sequence[str], *, around: Surroundings) -> _Place:
    below_papers = any(map(speaks_of_papers, path))
    least = 1 if below_papers else 3
    own = lead_to_own_files(raw.items, least=least, among_papers=around.among_papers)
    return _Place(
        year=year_above(path),
        day=path[0].strip() if day_of(path[0]) else "",
        about_papers=own or speaks_of_papers(path[0]),
        below_papers=below_papers,
        around=around,
        was_read=any(map(speaks_of_reading, path)),
    )


class _ListReader:
    """Makes rows of a list's items."""

    def __init__(self, meaning: Meaning | None, place: _Place) -> None:
        self._meaning = meaning
        self._place = place

    def rows(self, items: Sequence[Item], group: Group) -> Iterator[Row]:
        """Yield a row for each item: a paper, a heading above papers, or something else."""
        some = items[:_SAMPLE]
        beginning = _dated(some) + sum(begins_with_authors(item.text) for item in some)
        named = filter(None, (_PERSON.match(visible_text(item.text)) for item in some))
        # `Galaxy - A platform` is nobody, `Lee, Ann - A title` is.
        led = (it for it in named if it["year"] or _SURELY.get(it["end"], "") in it[1])
        people = sum(are_people(it[1]) for it in led)
        first = people * 2 > len(some) or beginning * 4 > len(some)
        read = partial(
            read_item,
            about_papers=self._place.about_papers,
            authors_first=first and max(beginning, people) > 1,
            placed=are_placed([item.text for item in some]),
        )
        noted = sum(bool(it.items) and is_title_alone(it.text) for it in some)
        noted = noted > 1 and noted * 2 >= len(some)
        attributed = sum(is_attributed(it.text) for it in some) * 2 >= max(len(some), 3)
        for item in items:
            several = are_several([one.text for one in item.items])
            own = [it for it in item.items if not it.is_detail and (several or self._is_own(it))]
            if not own and 1 < _dated(item.items) > len(item.items) / 2:
                own = list(item.items)
            one = len(item.items) == 1
            own = [it for it in own if not is_completed(item.text, it.text, alone=one)]
            others = (one for one in item.items if one not in own)
            below = tuple(text for one in others for text in _texts((one,)))
            logged = self._is_logged(item.text, own, noted=noted, has_notes=bool(item.items))
            surely = logged or item.surely or (attributed and is_long_alone(item.text))
            paper = None if item.unclear else read(item.text, below, surely=surely)
            if paper is None and group.source and not item.unclear and is_title_alone(item.text):
                paper = read(f"{visible_text(item.text)} ({group.source})", below)
            if paper is not None and _is_group_of_links(item):
                paper, own = None, list(item.items)
            elif paper is not None and own and _is_heading(item, own):
                paper = None
            leads = paper and (paper.arxiv or paper.doi or paper.links or paper.authors)
            if paper is not None and (leads or not own):
                yield self._row(item, paper, group, below)
                yield from self.rows(own, group)
                continue
            if own and self._meaning is not Meaning.NONE and not papers_in(item.text):
                yield Row(line=item.line, kind=Kind.HEADING, text=item.text)
                under = _under(group, _heading_in(item.text), self._meaning)
                yield from self.rows(item.items, under)
                continue
            if not (own or item.unclear) and all(is_long_alone(it.text) for it in item.items):
                own = list(item.items)  # below a heading, each to be named
            yield _skipped(item, last=own[0].line - 1 if own else item.last)
            yield from self.rows(own, group)

    def _is_logged(self, text: str, own: Sequence[Item], *, noted: bool, has_notes: bool) -> bool:
        """Say whether an item is a title in its owner's log, whatever it leads to.

        That is among titles with notes, to be ticked off, behind a day, before a status with its
        day, or in 《》.
        """
        if own or (self._place.around.among_papers and is_bracketed_title(text)):
            return not own
        if not self._place.below_papers or papers_in(text):
            return self._place.around.ticked and is_boxed_title(text)
        title = is_title_alone(text)
        with_notes = noted and (title or (has_notes and is_long_alone(text)))
        dated = begins_with_day(text) and is_title_alone(text)
        ticked = is_boxed(text) and (title or (self._place.around.ticked and is_boxed_title(text)))
        return with_notes or ticked or dated or is_read_title(text)

    def _is_own(self, item: Item) -> bool:
        """Say whether an item below another is a paper of its own, or holds such."""
        return not is_detail(item.text) or any(map(self._is_own, item.items))

    def _row(self, item: Item, paper: Paper, group: Group, below: Sequence[str]) -> Row:
        tags = tuple(dict.fromkeys((*paper.tags, *group.tags)))
        unmarked = paper.status == Status.TO_READ
        status = (group.status if unmarked else None) or paper.status
        lab = paper.lab or group.lab
        # A venue alone below a heading that is a year appeared in that year, as did a preprint
        # whose id says so.
        above = self._place.year
        dated = paper.venue or (above and (paper.arxiv or "").startswith(f"{above % 100:02}"))
        year = paper.year or (above if dated else None)
        venue, where = paper.venue, read_source(group.source)
        if venue is None and (None in (year, where.year) or year == where.year):
            venue, year = where.venue, where.year or year
        columns = {"Date": self._place.day, **paper.columns} if self._place.day else paper.columns
        every: dict[str, object] = {"tags": tags, "lab": lab, "status": status, "venue": venue}
        every |= {"year": year, "columns": columns}  # the day of a log
        if any(getattr(paper, name) != value for name, value in every.items()):
            paper = paper.model_copy(update=every)
        if self._place.was_read and not is_boxed(item.text):
            paper = _finished(paper, item.text)
        text = "\n".join((item.text, *below))
        return Row(line=item.line, kind=Kind.PAPER, papers=(paper,), text=text)


def _finished(paper: Paper, text: str) -> Paper:
    """Return a paper of what was read as done, on the day that its text says."""
    day = day_of(paper.columns.get("Date", ""))
    if day is None or paper.finished or paper.status not in (Status.TO_READ, Status.DONE):
        return paper
    columns = {header: cell for header, cell in paper.columns.items() if header != "Date"}
    alone = text.count(str(day.year)) == 1 and not (paper.venue or paper.arxiv)
    year = None if alone and paper.year == day.year else paper.year  # that of reading
    changes = {"status": Status.DONE, "finished": day, "columns": columns, "year": year}
    return paper.model_copy(update=changes)


def _dated(items: Sequence[Item]) -> int:
    """Return how many items begin with somebody, each another, and a year: `Lee 2019: Gardens`."""
    begin = [_PERSON.match(visible_text(item.text)) for item in items]
    return len({it[1] for it in begin if it and it["year"] and are_people(it[1])})


def _is_heading(item: Item, own: Sequence[Item]) -> bool:
    """Say whether an item above papers says and links nothing of a paper, nor do labels below."""
    if links_in(item.text):
        return False
    paper = read_item(item.text)
    boxed = len(own) > 1 and all(is_boxed(one.text) for one in (item, *own))
    if paper and (not boxed or paper.authors or paper.venue or paper.year):
        return False
    details = [one.text for one in item.items if one not in own]
    return not any(is_labelled(text) or has_labels_only(text) for text in details)


def _is_group_of_links(item: Item) -> bool:
    """Say whether an item is a word or two above links that each have a title of their own."""
    words = visible_text(item.text).strip(_SIGNS)
    few = len(words.split()) <= 3 and len(words) <= 30 and not links_in(item.text)
    if not few or len(item.items) < 2 or read_item(item.text) is not None:
        return False
    titled = [one for one in item.items if _is_titled_link(one.text)]
    return len(titled) * 2 > len(item.items) and len(titled) > 1


def _is_titled_link(text: str) -> bool:
    """Say whether an item begins with a link whose words are no label."""
    runs = [run for run in spans(text) if run.text.strip(_SIGNS + "[]【】")]
    label = not runs or is_label(runs[0].text) or any(map(says_paper, runs[0].text.split()))
    return not label and bool(runs[0].link) and not runs[0].image


def _skipped(item: Item, *, last: int) -> Row:
    addresses = links_in(item.text)
    inside = bool(addresses) and all(link.startswith("#") for link in addresses)
    bare = Unclear.TITLES_ALONE if is_title_alone(item.text) else Unclear.NO_PAPER
    identified = Unclear.IDENTIFIED if names_paper(item.text) else bare
    named = Unclear.NO_TITLE if papers_in(item.text) else identified
    reason = item.unclear or (Unclear.ADDRESSES_ALONE if is_address_alone(item.text) else named)
    return Row(
        line=item.line, last=last, kind=Kind.SKIPPED, reason=reason, expected=inside, text=item.text
    )


def _under(group: Group, heading: str | None, meaning: Meaning | None) -> Group:
    if not heading or meaning is Meaning.NONE:
        return group
    if meaning is Meaning.LAB:
        return group._replace(lab=heading)
    if meaning is Meaning.STATUS:
        return group._replace(status=status_of(heading) or group.status)
    if meaning is None and (status := status_of(heading)):
        return group._replace(status=status)
    if meaning is None and (source := _source(group, heading)):
        return group._replace(source=source)
    return group._replace(tags=(*group.tags, heading))


def _source(group: Group, heading: str) -> str:
    """Return where the papers below a heading appeared, which may be the year of a conference."""
    if is_of_conference(heading) or is_conference_alone(heading):
        return heading
    venue, year = read_source(group.source).venue, year_above([heading])
    return f"{venue} {year}" if venue and year else ""


def _heading_in(text: str) -> str:
    """Return the words of a heading above papers, without its box and what is said of these."""
    bold = _BOLD_ABOVE.match(text)
    text = bold[0] if bold else text
    box = BOX.match(text)
    words = visible_text(text[box.end() :] if box else text).strip(_SIGNS)
    return _EXPLAINED.sub("", words)


def _texts(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield item.text
        yield from _texts(item.items)
