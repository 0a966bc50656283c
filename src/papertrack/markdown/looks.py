"""How a table looks, so that an export gives the same table back."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from papertrack.markdown import escaping
from papertrack.markdown.cells import OWN
from papertrack.markdown.columns import Column
from papertrack.markdown.inline import breaks, shown
from papertrack.markdown.kinds import Entry
from papertrack.markdown.rows import Kind, Meaning
from papertrack.markdown.titles import whole_bracket
from papertrack.markdown.vocabulary import Role
from papertrack.models import Headings, Look, Paper
from papertrack.nothing import is_nothing
from papertrack.status import Status, status_of

_CODE_BREAK = re.compile(r"(?<=`)(?:[,，、;；]? ?)(?=`)")
_MARKED = re.compile(r"([*_]{1,3}).+\1")
_TAG_BREAK = re.compile(r" ?[,，、;；] ?")
_NOTED = (Role.OTHER, Role.LINKS, Role.DATE, Role.SKIP)


def find_look(
    columns: Sequence[Column],
    entries: Sequence[Entry],
    *,
    titled_links: bool,
    meaning: Meaning | None,
) -> Look:
    """Return the look of a table; `titled_links` says that most titles in it are links."""
    papers = [
        paper
        for entry in entries
        if entry.kind is Kind.PAPER
        for paper in (entry, *entry.more)
        if not paper.empty
    ]
    nothing = _nothing(papers, columns)
    group, headings = _group(entries, meaning)
    titles = [paper.cells[_title(columns)] for paper in papers]
    return Look(
        columns=tuple(_column(column, titled_links=titled_links) for column in columns),
        headers=tuple(column.source for column in columns),
        group=group,
        headings=headings,
        heading_marks=_heading_marks(entries),
        nothing=nothing,
        statuses=_statuses(papers, columns, nothing),
        brackets=_brackets(titles, bracketed=columns[_title(columns)].bracketed),
        line_break=_most(
            (b for paper in papers for cell in paper.cells for b in breaks(cell)), "<br>"
        ),
        tag_break=_tag_break(papers, columns),
    )


def has_markup(papers: Iterable[Paper]) -> bool:
    """Say whether a text of theirs holds links, code or emphasis as Markdown writes them."""
    texts = (
        text
        for paper in papers
        for text in (paper.summary, paper.notes, *paper.columns.values())
        if text
    )
    return any(
        escaping.escape(text, definitions=True, links=True)
        != escaping.escape(text, definitions=True)
        for text in texts
    )


def _title(columns: Sequence[Column]) -> int:
    return next(column.index for column in columns if column.role is Role.TITLE)


def _column(column: Column, *, titled_links: bool) -> str:
    if column.role is Role.TITLE:
        return "title+link" if titled_links else "title"
    return f"{OWN}{column.label}" if column.role in _NOTED else column.role.value


def _nothing(papers: Sequence[Entry], columns: Sequence[Column]) -> str:
    """Return the commonest word for nothing; a blank status may be a word of its own."""
    own = {column.index for column in columns if column.role is Role.STATUS}
    words = Counter(
        cell
        for paper in papers
        for at, cell in enumerate(paper.cells[: len(columns)])
        if at not in own and is_nothing(cell)
    )
    if not words:
        words.update(
            cell
            for paper in papers
            for at, cell in enumerate(paper.cells)
            if at in own and is_nothing(cell)
        )
    return words.most_common(1)[0][0] if words else ""


def _statuses(papers: Sequence[Entry], columns: Sequence[Column], nothing: str) -> dict[str, str]:
    column = next((column for column in columns if column.role is Role.STATUS), None)
    if column is None:
        return {}
    words: dict[Status, Counter[str]] = {}
    for paper in papers:
        cell = paper.cells[column.index]
        if is_nothing(cell):
            words.setdefault(Status.TO_READ, Counter())["" if cell == nothing else cell] += 1
        elif status := status_of(shown(cell)) or status_of(cell):
            words.setdefault(status, Counter())[cell] += 1
    unread = words.get(Status.TO_READ, Counter[str]())
    blanks = Counter({word: times for word, times in unread.items() if is_nothing(word)})
    if blanks or not unread:  # the others, which say it in words, keep theirs
        words[Status.TO_READ] = blanks or Counter([""])
    return {
        status.value: words[status].most_common(1)[0][0] for status in Status if status in words
    }


def _group(entries: Sequence[Entry], meaning: Meaning | None) -> tuple[str | None, Headings]:
    found = Counter(entry.equal for entry in entries if entry.heading)
    if not found or meaning is Meaning.NONE:
        return None, Headings.REPEAT
    equal = found[True] >= found[False]
    form = Headings.REPEAT if equal else Headings.FIRST
    return (meaning or (Meaning.LAB if equal else Meaning.TAG)).value, form


def _heading_marks(entries: Sequence[Entry]) -> str:
    """Return the marks of emphasis that stand around most headings."""
    cells = [entry.cells[0].strip() for entry in entries if entry.heading]
    marks = Counter(found[1] for cell in cells if (found := _MARKED.fullmatch(cell)))
    word, count = marks.most_common(1)[0] if marks else ("", 0)
    return word if count * 2 > len(cells) else ""


def _brackets(titles: Sequence[str], *, bracketed: bool) -> str:
    wrapped = Counter(whole_bracket(shown(title)) for title in titles)
    if bracketed:
        half = ("《" in title and not whole_bracket(shown(title)) for title in titles)
        wrapped["《》"] += sum(half)
    pair, count = wrapped.most_common(1)[0] if wrapped else ("", 0)
    if not pair or count * 2 <= len(titles):
        return ""
    texts = [text for title in titles if (text := shown(title).strip()).startswith(pair[0])]
    spaced = [text for text in texts if text[1:2].isspace() and text[-2:-1].isspace()]
    if len(spaced) * 2 <= len(texts):
        return pair
    return f"{pair[0]}{spaced[0][1]}{spaced[0][-2]}{pair[1]}"  # as the French write


def _tag_break(papers: Sequence[Entry], columns: Sequence[Column]) -> str:
    """Return what stands between tags, as it is spelled most often: `, ` or `、`."""
    places = [column.index for column in columns if column.role is Role.TAGS]
    cells = [paper.cells[at] for paper in papers for at in places]
    code = [found for cell in cells for found in _CODE_BREAK.findall(cell)]
    return _most(code or (found for cell in cells for found in _TAG_BREAK.findall(cell)), ", ")


def _most(words: Iterable[str], default: str) -> str:
    counts = Counter(words)
    top = max(counts.values(), default=0)
    best = [word for word, count in counts.items() if count == top]
    return default if default in best or not best else best[0]
