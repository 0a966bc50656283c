"""Lists of papers: which items are papers, which are headings, which are something else."""

from collections.abc import Iterator, Sequence

from papertrack.markdown.document import Item, RawList
from papertrack.markdown.inline import shown
from papertrack.markdown.items import is_detail, read_item
from papertrack.markdown.papers import Group
from papertrack.markdown.rows import Kind, Meaning, Row, Table
from papertrack.models import Look
from papertrack.status import Status, status_of

_LOOK = Look(columns=("title+link", "authors", "source", "notes"))
_FEW = 0.4  # papers for each other item, or the list is about something else


def read_list(raw: RawList, *, meaning: Meaning | None) -> Table | None:
    """Return the list as a table without a header, or None where it holds no paper.

    An item above items is a heading, if it is no paper itself; by default it means a tag.
    """
    group = _under(Group(), raw.section, meaning) if meaning and raw.section else Group()
    rows = list(_rows(raw.items, group, meaning))
    papers = sum(row.kind is Kind.PAPER for row in rows)
    others = sum(row.kind is Kind.SKIPPED for row in rows)
    if papers < max(1, others * _FEW):
        return None
    return Table(
        line=raw.items[0].line,
        last=raw.items[-1].last,
        header=(),
        rows=tuple(rows),
        look=_LOOK,
        section=raw.section,
    )


def _rows(items: Sequence[Item], group: Group, meaning: Meaning | None) -> Iterator[Row]:
    for item in items:
        below = list(_texts(item.items))
        paper = read_item(item.text, below)
        if paper and not _holds_papers(item.items):
            tags = tuple(dict.fromkeys((*paper.tags, *group.tags)))
            unmarked = paper.status == Status.TO_READ
            status = (group.status if unmarked else None) or paper.status
            update = {"tags": tags, "lab": group.lab, "status": status}
            paper = paper.model_copy(update=update)
            text = "\n".join((item.text, *below))
            yield Row(line=item.line, kind=Kind.PAPER, papers=(paper,), text=text)
            continue
        if item.items and _holds_papers(item.items) and meaning is not Meaning.NONE:
            heading = shown(item.text).strip(" \t.,;:：*")
            yield Row(line=item.line, kind=Kind.HEADING, text=item.text)
            yield from _rows(item.items, _under(group, heading, meaning), meaning)
            continue
        reason = "an item that is no paper"
        yield Row(line=item.line, kind=Kind.SKIPPED, reason=reason, text=item.text)
        yield from _rows(item.items, group, meaning)


def _under(group: Group, heading: str | None, meaning: Meaning | None) -> Group:
    if not heading or meaning is Meaning.NONE:
        return group
    if meaning is Meaning.LAB:
        return Group(heading, group.tags, group.status)
    if meaning is Meaning.STATUS:
        return Group(group.lab, group.tags, status_of(heading) or group.status)
    return Group(group.lab, (*group.tags, heading), group.status)


def _texts(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        yield item.text
        yield from _texts(item.items)


def _holds_papers(items: Sequence[Item]) -> bool:
    """Say whether items are papers of their own, with titles, not details of the one above."""
    return any(not is_detail(item.text) or _holds_papers(item.items) for item in items)
