"""Paragraphs, lines of these and headings that are papers as items; what is unread is named."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeGuard

from papertrack.markdown.document import (
    BOLD_LEVEL,
    Block,
    Heading,
    Item,
    Paragraph,
    RawList,
    RawTable,
)
from papertrack.markdown.inline import links_in, mentions_paper, papers_in, spans
from papertrack.markdown.item_kinds import (
    addresses_of_papers,
    are_citations,
    are_details,
    are_different,
    are_own_titles,
    are_papers_each,
    are_several,
    begins_with_day,
    could_be_citation,
    could_be_paper,
    describes_paper,
    has_linked_title,
    heads_labels,
    heads_log,
    heads_notes,
    is_address_alone,
    is_bracketed_title,
    is_byline_alone,
    is_citation,
    is_detail,
    is_linked_paper,
    is_title_alone,
    lines_of,
    links_own_title,
    names_its_source,
    says_only_who,
    says_where,
    stands_alone,
    tells_more,
    titles_apart,
)
from papertrack.markdown.item_parts import NUMBER, PART_NUMBER
from papertrack.markdown.items import read_item
from papertrack.markdown.rows import Unclear
from papertrack.patterns import pattern

_BEGINS = pattern(  # :star: [A title], *(NAME)* **A title**
    r"(?::[a-z_0-9+-]{2,30}:\s?){0,3}(?:\*?\([^()\n]{2,30}\)\*?\s)?"
    r"[\W\d_]{0,12}(?:\[|\*\*|__|[\"“«《]|<a\s)"
)
_LABEL_LINE = pattern(r"(\*\*|__)[^*_\n:：]{1,30}(?:[:：] ?\1|\1 ?[:：])")  # **Idea**: …
_OTHER = pattern(r"(?::[a-z_]+:|[^\w*\n])*\*\*[^*\n]+\*\*\s*(?:\n|$)|\[[^][\n]{9,}\]\(\S+\)\s*$")
_BULLET = pattern(rf"[*_ ]*(?:{NUMBER.pattern})|(?:\\[-*+]|[•·‣◦▪●])\s", re.VERBOSE)
_MOST_LINES = 2000  # lines of one paragraph that are looked at


def gathered(blocks: Sequence[Block], *, among_papers: bool) -> Iterator[Block]:
    """Yield the blocks with papers that are no items as lists of items.

    Such are a bold line or heading with details below it, and a paragraph that begins with its
    title; neighbours are one list. `among_papers` says that some heading speaks of papers: then a
    title in 《》 is one with what stands below it, and so is one that links to a file of one's own.
    """
    at, items, levels = 0, list[Item](), list[int]()
    titles, described = _titles(blocks), _are_described(blocks)
    while at < len(blocks):
        item, after = _logged_at(blocks, at) if among_papers else (None, at)
        if item is None:
            item, after = _item_at(blocks, at, titles, described=described)
        block = blocks[at]
        if item is None and items and _is_placed(block):
            item, after = block.item, at + 1
        if item is not None:
            items.append(item)
            if isinstance(block, Heading) and block.level < BOLD_LEVEL:
                levels.append(block.level)
            at = after
            continue
        yield from _as_list(items, level=min(levels, default=None))
        items, levels = [], []
        block, at = _with_more_below(blocks, at)
        yield block
    yield from _as_list(items, level=min(levels, default=None))


def _as_list(items: Sequence[Item], *, level: int | None = None) -> Iterator[RawList]:
    if items:
        yield RawList(tuple(items), paragraphs=True, level=level)


def _with_more_below(blocks: Sequence[Block], at: int) -> tuple[Block, int]:
    """Return the block, a list with what stands directly below its items, and where to read on.

    That are quotes, items that are indented, but by fewer blanks than Markdown needs, and below an
    item alone a paragraph that says what it describes: `介绍：…`.
    """
    block, at = blocks[at], at + 1
    if not isinstance(block, RawList):
        return block, at
    items = [*block.items]
    alone = len(items) == 1
    while at < len(blocks):
        below = blocks[at]
        *_, above = (items[-1], *items[-1].items)
        quoted = isinstance(below, Paragraph) and below.quoted and below.line == above.last + 1
        if isinstance(below, Paragraph) and (quoted or (alone and describes_paper(below.text))):
            more = below.item._replace(is_detail=True)
            items[-1] = items[-1]._replace(last=below.last, items=(*items[-1].items, more))
        elif (
            isinstance(below, RawList)
            and below.items[0].line == above.last + 1
            and below.indent > block.indent
        ):
            inner = (*items[-1].items, *below.items)
            items[-1] = items[-1]._replace(last=below.items[-1].last, items=inner)
        elif isinstance(below, RawList) and items[-1] is not block.items[-1]:
            items += below.items
            alone = len(below.items) == 1
        else:
            break
        at += 1
    return block._replace(items=tuple(items)), at


def _titles(blocks: Sequence[Block]) -> set[int]:
    """Return the lines of the headings that are titles of papers as most of their level are.

    Where most are links as a whole, above their authors or name a source above a text, so are the
    others; where most have a link, those that have, and whole titles above a text.
    """
    headings = [block for block in blocks if isinstance(block, Heading)]
    whole = _levels_of_most(headings, lambda heading: is_linked_paper(heading.text))
    above_text = [
        (above, below.text)
        for above, below in pairwise(blocks)
        if isinstance(above, Heading) and isinstance(below, Paragraph)
    ]
    authored = {
        it.line for it, text in above_text if says_only_who(text) or names_its_source(it.text)
    }
    titles = {it.line for it, text in above_text if is_title_alone(it.text) and not papers_in(text)}
    whole |= _levels_of_most(headings, lambda heading: heading.line in authored)
    linked = _levels_of_most(headings, lambda heading: has_linked_title(heading.text))
    titles |= {it.line for it in headings if papers_in(it.text) or has_linked_title(it.text)}
    levels = {it.line: it.level for it in headings}
    return {at for at, it in levels.items() if it in whole or (it in linked and at in titles)}


def _are_described(blocks: Sequence[Block]) -> bool:
    """Say whether many paragraphs that are papers stand above a text that is none, with no list."""
    behind = [
        isinstance(below, Paragraph) and not (_begins_paper(below) or isinstance(more, RawList))
        for above, below, more in zip(blocks, blocks[1:], (*blocks[2:], None), strict=False)
        if isinstance(above, Paragraph) and _begins_paper(above, marked=True)
    ]
    return sum(behind) > 1 and sum(behind) * 4 > len(behind)


def _begins_paper(block: Paragraph, *, marked: bool = False) -> bool:
    cited = not marked and papers_in(block.text) and not mentions_paper(spans(block.text))
    return bool(_BEGINS.match(block.text) or cited) and _is_paper(block.text)


def _levels_of_most(headings: Sequence[Heading], holds: Callable[[Heading], bool]) -> set[int]:
    every = Counter(block.level for block in headings)
    some = Counter(block.level for block in headings if holds(block))
    return {level for level, count in some.items() if count > 1 and count * 2 > every[level]}


def _logged_at(blocks: Sequence[Block], at: int) -> tuple[Item | None, int]:
    """Return the entry of a log that begins with this paragraph, and where to read on.

    What follows `《A title》` is its notes, up to a heading or the next such.
    """
    block, after = blocks[at], at + 1
    if not isinstance(block, Paragraph):
        return None, at
    if links_own_title(block.text):
        return block.item, after
    if not is_bracketed_title(block.text):
        return None, at
    more: list[Item] = []
    for below in blocks[at + 1 :]:
        if isinstance(below, Paragraph) and not (
            is_bracketed_title(below.text) or _is_paper(below.text)
        ):
            more.append(below.item._replace(is_detail=True))
        elif isinstance(below, RawList) and not any(map(_links_to_paper, below.items)):
            more += [item._replace(is_detail=True) for item in below.items]
        else:
            break
        after += 1
    return Item(block.line, more[-1].last if more else block.last, block.text, tuple(more)), after


def _item_at(
    blocks: Sequence[Block], at: int, titles: Collection[int], *, described: bool
) -> tuple[Item | None, int]:
    """Return the paper that begins with this block as an item, and where to read on."""
    block = blocks[at]
    if isinstance(block, Heading) and not heads_log(block.text, blocks[at + 1 : at + 2]):
        return _headed_at(blocks, at, block, surely=block.line in titles)
    if not isinstance(block, Paragraph) or not (_BEGINS.match(block.text) or papers_in(block.text)):
        return _above_labels(blocks, at)
    if explained := _explained(block):
        return explained, at + 1
    alone = stands_alone(block.text)
    details, after = _details(blocks, at + 1) if alone else ([], at)
    if details and read_item(block.text, tuple(one.text for one in details)) is not None:
        return Item(block.line, details[-1].last, block.text, tuple(details)), after
    if mentions_paper(spans(block.text)) or not _is_paper(block.text):
        return None, at
    below = _details_below(blocks[at + 1 : at + 2]) if alone else ()
    after = at + 1 + bool(below)
    if described and not below:
        more, after = _more(blocks, after, surely=False)
        below = tuple(one._replace(is_detail=True) for one in more)
    return Item(block.line, below[-1].last if below else block.last, block.text, below), after


def _above_labels(blocks: Sequence[Block], at: int) -> tuple[Item | None, int]:
    """Return the paper whose title or citation stands above links that are labels, as an item."""
    block, below = blocks[at], next(iter(blocks[at + 1 : at + 2]), None)
    if not isinstance(block, Paragraph) or not isinstance(below, RawList):
        return None, at
    details = tuple(one._replace(is_detail=True) for one in below.items)
    if is_citation(block.text) and are_details(details):
        return Item(block.line, details[-1].last, block.text, details), at + 2
    if details[0].line != block.last + 1 or not heads_labels(block.text, details):
        return None, at
    return Item(block.line, details[-1].last, f"**{block.text.strip()}**", details), at + 2


def _explained(block: Paragraph) -> Item | None:
    """Return a paper whose first line is its link alone, above lines with bold labels."""
    first, *others = lines_of(block.item)
    if not (others and _LABEL_LINE.match(others[0].text) and is_linked_paper(first.text)):
        return None
    starts = [at for at, line in enumerate(others) if _LABEL_LINE.match(line.text)]
    details = tuple(one._replace(is_detail=True) for one in _joined(others, starts))
    return Item(block.line, block.last, first.text, details)


def _headed_at(
    blocks: Sequence[Block], at: int, heading: Heading, *, surely: bool
) -> tuple[Item | None, int]:
    """Return the paper whose title is this heading as an item, and where to read on."""
    linked = is_linked_paper(heading.text) and has_linked_title(heading.text)
    if surely or linked:
        more, after = _more(blocks, at + 1, surely=surely)
        if linked or not any(map(_holds_papers, blocks[after : after + 1])):
            first, last = (more[0].text, more[-1].last) if more else ("", heading.line)
            certain = is_byline_alone(first) or says_only_who(first, least=2 - surely)
            certain = certain or names_its_source(heading.text)
            more = tuple(one._replace(is_detail=one.is_detail or certain) for one in more)
            return Item(heading.line, last, heading.text, more, surely=certain), after
    text = PART_NUMBER.sub("", heading.text)
    text = text if re.search(r"\*\*|\]\(", text) else f"**{text}**"
    details, after = _details(blocks, at + 1, level=heading.level)
    leads = any(papers_in(one.text) for one in details)
    above_table = not leads and isinstance(next(iter(blocks[after:]), None), RawTable)
    if not details or above_table or not stands_alone(text):
        return None, at
    item = Item(heading.line, details[-1].last, text, tuple(details))
    if read_item(text, tuple(one.text for one in details)) is not None:
        more, after = _more(blocks, after, surely=False) if heading.level > 1 else ((), after)
        notes = tuple(one._replace(is_detail=True) for one in more)
        return item._replace(last=(*details, *notes)[-1].last, items=(*details, *notes)), after
    words = len(heading.text.split())
    long = words > 3 or (words < 2 and len(heading.text) > 12)  # as titles are
    bold = heading.level == BOLD_LEVEL
    return (item._replace(unclear=Unclear.NO_PAPER), after) if long and bold else (None, at)


def _details_below(blocks: Sequence[Block]) -> tuple[Item, ...]:
    """Return the items of a short list that tells of the paper above it: none is a paper."""
    items = blocks[0].items if blocks and isinstance(blocks[0], RawList) else ()
    several = are_several([item.text for item in items])
    return items if not several and all(is_detail(item.text) for item in items) else ()


def _holds_papers(block: Block) -> bool:
    """Say whether what follows a heading is a table or a list of papers."""
    items = block.items if isinstance(block, RawList) else ()
    return isinstance(block, RawTable) or any(map(_links_to_paper, items))


def _more(blocks: Sequence[Block], at: int, *, surely: bool) -> tuple[tuple[Item, ...], int]:
    """Return what stands below a paper, up to a heading or other paper, and where to read on."""
    more: list[Item] = []
    for block in blocks[at:]:
        items = block.items if isinstance(block, RawList) else ()
        bold = isinstance(block, Paragraph) and _OTHER.match(block.text)
        if isinstance(block, Paragraph) and (surely or not (bold or _begins_paper(block))):
            more.append(block.item)
        elif not items or (surely and sum(map(_links_to_paper, items)) > 1):
            break
        elif not surely and any(papers_in(item.text) for item in items):
            title = more and isinstance(blocks[at - 1], Paragraph)  # that of the next paper
            return tuple(more[:-1] if title else more), at - bool(title)
        else:
            more += items
        at += 1
    return tuple(more), at


def _links_to_paper(item: Item) -> bool:
    return papers_in(item.text) and read_item(item.text) is not None


def _details(
    blocks: Sequence[Block], at: int, *, level: int = BOLD_LEVEL
) -> tuple[list[Item], int]:
    """Return what tells more of the title above: labelled lines, and where these end.

    Below a deeper heading for them stand notes; links alone below the first are the list's own.
    """
    details, noted = list[Item](), False
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Heading):
            noted = bool(details) and block.level > level and heads_notes(block.text)
            if not noted:
                break
        elif noted and isinstance(block, Paragraph | RawList):
            items = block.items if isinstance(block, RawList) else (block.item,)
            details += [item._replace(is_detail=True) for item in items]
        elif isinstance(block, Paragraph) and tells_more(block.text, details, level=level):
            details.append(block.item._replace(is_detail=True))
        elif isinstance(block, RawList) and are_details(block.items):
            details += block.items
        elif isinstance(block, Paragraph) and details and not _BEGINS.match(block.text):
            details.append(block.item)
        else:
            break
        at += 1
    return details, at


def _is_paper(text: str) -> bool:
    return read_item(text, paragraph=True) is not None and not is_byline_alone(text)


def with_unread(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, paragraphs that could be papers as lists of what is not read."""
    unread: list[Item] = []
    for block, following in pairwise((*blocks, None, None)):
        if isinstance(block, Paragraph):
            unread += [_unread(block)] if could_be_paper(block.text) else []
            continue
        if isinstance(block, Heading) and papers_in(block.text):
            unread += [] if following and _holds_papers(following) else [_unread(block)]
        yield from _as_list(unread)
        unread = []
        if block is not None:
            yield block


def _unread(block: Paragraph | Heading) -> Item:
    last = block.last if isinstance(block, Paragraph) else block.line
    reason = Unclear.NO_TITLE if papers_in(block.text) else Unclear.NO_PAPER
    return Item(block.line, last, block.text, (), unclear=reason)


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
    some, items = list[Block](), list[Item]()
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


def _addresses_alone(block: Paragraph) -> Sequence[Item]:
    lines = lines_of(block.item)
    return lines if all(is_address_alone(line.text) for line in lines) else []


def with_titles(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks; paragraphs, several in a row, of titles or citations as lists of these."""
    every = list(blocks)
    listed = any(isinstance(block, RawList) and block.paragraphs for block in every)
    cited = any(isinstance(block, Paragraph) and is_citation(block.text) for block in every)
    # One citation alone is a paper where other paragraphs are, or where it is all that was pasted.
    least = 1 if listed or len(every) == 1 else 2
    lists = _as_lists(
        every, lambda it: [it.item] * (cited and could_be_citation(it.text)), least=least
    )
    lists = _as_lists(
        lists,
        lambda it: [it.item] * (_is_placed(it) or (not it.quoted and is_title_alone(it.text))),
        least=2,
    )
    least = 1 if sum(map(_is_placed, every)) > 2 else 2
    return _as_lists(lists, lambda it: [it.item] * _is_placed(it), least=least)


def _is_placed(block: Block) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and not block.quoted and says_where(block.text)


def _each_apart(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        *before, last = _items(item, paragraph=False) or (item,)
        yield from before
        yield last._replace(items=tuple(_each_apart(item.items)))


def _items(item: Item, *, paragraph: bool) -> tuple[Item, ...]:
    """Return the papers of which a text consists as items, or none where it is one text."""
    whole = lines_of(item)
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
    linked = any(links_in(line.text) for line in lines[: numbered[0]])
    return _joined(lines, sorted({0, *numbered}) if linked else numbered)


def _entries(text: str, lines: Sequence[Item]) -> list[int]:
    """Return the lines with which the entries of a log begin, each a day, a title or a citation."""
    dated = [at for at, line in enumerate(lines) if begins_with_day(line.text)]
    if len(dated) > 1 and dated[0] == 0:
        return dated
    alone = sum(is_title_alone(line.text) for line in lines)
    most = alone > 2 and alone * 5 >= len(lines) * 4
    titles = most and read_item(text, paragraph=True) is None  # else its title, authors, venue
    entries = titles or are_citations([line.text for line in lines])
    entries = entries or all(says_where(line.text) for line in lines)
    return list(range(len(lines))) if entries else []


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


def _joined(lines: Sequence[Item], starts: Sequence[int]) -> tuple[Item, ...]:
    """Return items that begin at these lines."""
    groups = (lines[start:end] for start, end in pairwise((*starts, len(lines))))
    return tuple(
        Item(it[0].line, it[-1].last, "\n".join(at.text for at in it), ()) for it in groups
    )
