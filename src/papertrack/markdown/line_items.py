"""Papers one a line where Markdown sees one text: lines numbered by hand, or each with its link."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from papertrack.markdown.document import Block, Item, Paragraph, RawList
from papertrack.markdown.inline import links, spans
from papertrack.markdown.item_kinds import (
    addresses_of_papers,
    are_cited,
    are_different,
    are_own_titles,
    are_papers_each,
    begins_with_day,
    is_address_alone,
    is_title_alone,
    titles_apart,
)
from papertrack.markdown.item_parts import NUMBER
from papertrack.markdown.items import read_item
from papertrack.markdown.rows import Unclear
from papertrack.patterns import pattern

_LINE_END = pattern(r"(?<![ \\])[ \\]*(?:<br\s*/?>[ ]*\n?|\n)", re.IGNORECASE)
_BULLET = pattern(rf"[*_ ]*(?:{NUMBER.pattern})|(?:\\[-*+]|[•·‣◦▪●])\s", re.VERBOSE)
_MOST_LINES = 2000  # lines of one paragraph that are looked at


def told_apart(block: Block) -> Block:
    """Return a paragraph of several papers as a list; of a list, such items as several items."""
    if isinstance(block, Paragraph):
        items = _items(block.item, paragraph=True)
        return RawList(items, paragraphs=True) if items else block
    if isinstance(block, RawList):
        return block._replace(items=tuple(_each_apart(block.items)))
    return block


def with_addresses(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks; paragraphs of addresses of papers, one a line, as lists of these."""
    return _as_lists(blocks, _addresses_alone, least=1)


def _as_lists(
    blocks: Iterable[Block], items_of: Callable[[Paragraph], Sequence[Item]], *, least: int
) -> Iterator[Block]:
    """Yield the blocks; paragraphs that are items, so many in a row at least, as lists of these."""
    some: list[Block] = []
    items: list[Item] = []
    for block in (*blocks, None):
        own = items_of(block) if isinstance(block, Paragraph) else ()
        if block and own:
            some.append(block)
            items += own
            continue
        yield from [RawList(tuple(items), paragraphs=True)] if len(some) >= least else some
        some, items = [], []
        if block:
            yield block


def _title_alone(block: Paragraph) -> Sequence[Item]:
    return [block.item] if not block.quoted and is_title_alone(block.text) else []


def _addresses_alone(block: Paragraph) -> Sequence[Item]:
    lines = _lines(block.item)
    return lines if all(is_address_alone(line.text) for line in lines) else []


def with_titles(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks; paragraphs of which several in a row are titles alone as lists of these."""
    return _as_lists(blocks, _title_alone, least=2)


def _each_apart(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        lines = _items(item, paragraph=False)
        below = tuple(_each_apart(item.items))
        if lines:
            yield from lines[:-1]
            yield lines[-1]._replace(items=below)
        else:
            yield item._replace(items=below)


def _items(item: Item, *, paragraph: bool) -> tuple[Item, ...]:
    """Return the papers of which a text consists as items, or none where it is one text."""
    whole = _lines(item)
    lines = [line._replace(text=text) for line in whole for text in titles_apart(line.text)]
    if len(lines) > len(whole) == 1:
        return tuple(lines)
    if not 1 < len(lines) <= _MOST_LINES:
        return ()
    if paragraph and (entries := _entries(item.text, lines)):
        return _joined(lines, entries)
    numbered = [at for at, line in enumerate(lines) if _BULLET.match(line.text)]
    papers = any(addresses_of_papers(lines[at].text) for at in numbered)
    if len(numbered) < 2 or (numbered[0] > 0 and not papers):  # points about what stands above
        return _linked(item, lines, paragraph=paragraph)
    # What stands above introduces them, unless it links somewhere.
    linked = any(links(spans(line.text)) for line in lines[: numbered[0]])
    return _joined(lines, sorted({0, *numbered}) if linked else numbered)


def _entries(text: str, lines: Sequence[Item]) -> list[int]:
    """Return the lines with which the entries of a log begin, each a day, a title or a citation."""
    dated = [at for at, line in enumerate(lines) if begins_with_day(line.text)]
    if len(dated) > 1 and dated[0] == 0:
        return dated
    alone = sum(is_title_alone(line.text) for line in lines)
    most = alone > 2 and alone * 5 >= len(lines) * 4
    titles = most and read_item(text, paragraph=True) is None  # else its title, authors, venue
    return list(range(len(lines))) if titles or are_cited([it.text for it in lines]) else []


def _linked(item: Item, lines: Sequence[Item], *, paragraph: bool) -> tuple[Item, ...]:
    """Return the papers to which lines link as items, or none where they are one text."""
    if paragraph and are_own_titles(lines):
        return tuple(lines)
    papers = [addresses_of_papers(line.text) for line in lines]
    linking = [at for at, linked in enumerate(papers) if linked]
    if len(linking) == len(lines) and are_papers_each([line.text for line in lines], papers):
        return tuple(lines)
    if not paragraph or not are_different([papers[at] for at in linking]):
        return ()
    if read_item(item.text, paragraph=True) is None:
        alone = sum(is_address_alone(line.text) for line in lines) * 2 > len(lines)
        return (item._replace(unclear=Unclear.SEVERAL),) if alone else ()  # a text about papers
    # Where the first line has a link, each paper begins with its link; where the last, it ends so.
    first, last = linking[0] == 0, linking[-1] == len(lines) - 1
    if first == last:
        return (item._replace(unclear=Unclear.SEVERAL),)
    return _joined(lines, linking if first else [0, *(at + 1 for at in linking[:-1])])


def _lines(item: Item) -> list[Item]:
    """Return the lines of a text that say something, each with its place in the file."""
    lines, at, line = [], 0, item.line
    for end in (*_LINE_END.finditer(item.text), None):
        text = item.text[at : end.start() if end else None].strip()
        lines += [Item(min(line, item.last), min(line, item.last), text, ())] if text else []
        if end:
            at, line = end.end(), line + end[0].count("\n")
    return lines


def _joined(lines: Sequence[Item], starts: Sequence[int]) -> tuple[Item, ...]:
    """Return items that begin at these lines."""
    groups = [lines[start:end] for start, end in pairwise((*starts, len(lines)))]
    return tuple(
        Item(group[0].line, group[-1].last, "\n".join(line.text for line in group), ())
        for group in groups
    )
