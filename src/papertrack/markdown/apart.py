"""Papers one a line where Markdown sees one text: lines numbered by hand, or each with its link."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.markdown.document import Block, Item, Paragraph, RawList
from papertrack.markdown.inline import is_label, is_paper, links, spans
from papertrack.markdown.item_parts import EDGES, NUMBER
from papertrack.markdown.items import read_item
from papertrack.markdown.majorities import are_own_titles, begins_with_day, is_title_alone
from papertrack.markdown.rows import Unclear
from papertrack.patterns import pattern

_LINE_END = pattern(r"(?<![ \\])[ \\]*(?:<br\s*/?>[ ]*\n?|\n)", re.IGNORECASE)
_BOX = pattern(r"\[[ xX]?\]\s")
_TITLES = pattern(r"\[(?=[^\[\]\s]{1,40}\s|[\u3400-\u9fff]{4})[^\[\]\n]{4,300}\]\([^()\s]{1,500}\)")
_BETWEEN = pattern(r"[\s\d、，,;；。.|/·•&+()（）和与]|\band\b")
_BULLET = pattern(r"(?:\\[-*+]|[•·‣◦▪●])\s")
_HIDING = pattern(r"<|\]\([^)\s]*\s|\[[^\]]*://")  # in which a word may stand that nobody sees
_MOST = 2000  # lines of one paragraph that are looked at


def told_apart(block: Block) -> Block:
    """Return a paragraph of several papers as a list; of a list, such items as several items."""
    if isinstance(block, Paragraph):
        items = _items(Item(block.line, block.last, block.text, ()), paragraph=True)
        return RawList(items, paragraphs=True) if items else block
    if isinstance(block, RawList):
        return block._replace(items=tuple(_each_apart(block.items)))
    return block


def with_addresses(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks; paragraphs of addresses of papers, one a line, as lists of these."""
    items: list[Item] = []
    for block in blocks:
        lines = (
            _lines(Item(block.line, block.last, block.text, ()))
            if isinstance(block, Paragraph)
            else []
        )
        if lines and all(is_address_alone(line.text) for line in lines):
            items += lines
            continue
        if items:
            yield RawList(tuple(items), paragraphs=True)
            items = []
        yield block
    if items:
        yield RawList(tuple(items), paragraphs=True)


def with_titles(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks; paragraphs of which several in a row are titles alone as lists of these."""
    for alone, run in groupby(blocks, _is_title_alone):
        some = list(run)
        if not alone or len(some) < 2:
            yield from some
            continue
        titles = (block for block in some if isinstance(block, Paragraph))
        items = (Item(block.line, block.last, block.text, ()) for block in titles)
        yield RawList(tuple(items), paragraphs=True)


def _is_title_alone(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.quoted and is_title_alone(block.text)


def is_boxed(text: str) -> bool:
    """Say whether a text begins with a box to be ticked off."""
    return _BOX.match(text) is not None


def is_address_alone(text: str) -> bool:
    """Say whether a text is addresses or identifiers of papers, and no words beside them."""
    if len(text) > 2000:  # is no address
        return False
    bare = NUMBER.sub("", _BOX.sub("", text.strip(EDGES), count=1), count=1).strip()
    # Where a plain word stands, the text needs no parser: nearly every item has one.
    if not _HIDING.search(bare) and any(map(_is_plain_word, bare.split())):
        return False
    runs = spans(bare)
    words = " ".join(
        run.text for run in runs if not (run.link and (is_label(run.text) or "://" in run.text))
    )
    for word in words.split():
        if not (_identity(word.strip("<>,;，；。")) or is_label(word.strip("[]()"))):
            return False
    return any(map(_identity, (*links(runs), *(word.strip("<>") for word in bare.split()))))


def _is_plain_word(word: str) -> bool:
    return word.isalpha() and word.isascii() and not is_label(word)


def are_several(texts: Sequence[str]) -> bool:
    """Say whether the texts of items are addresses alone, of different papers."""
    return len(texts) > 1 and _are_different(
        [_papers_in(text) for text in texts if is_address_alone(text)]
    )


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
    lines = [link for line in whole for link in _links_apart(line)]
    if len(lines) > len(whole) == 1:
        return tuple(lines)
    if not 1 < len(lines) <= _MOST:
        return ()
    bullets = [at for at, line in enumerate(lines) if _BULLET.match(line.text)]
    if len(bullets) > 1 and bullets[0] == 0:
        items = _joined(lines, bullets)
        if all(_papers_in(one.text) for one in items):
            return items
    if paragraph and (entries := _entries(item.text, lines)):
        return _joined(lines, entries)
    numbered = [at for at, line in enumerate(lines) if NUMBER.match(line.text.lstrip("*_ "))]
    papers = any(_papers_in(lines[at].text) for at in numbered)
    if len(numbered) < 2 or (numbered[0] > 0 and not papers):  # points about what stands above
        return _linked(item, lines, paragraph=paragraph)
    above = lines[: numbered[0]]  # which introduces them, unless it links somewhere
    linked = any(links(spans(line.text)) for line in above)
    return _joined(lines, sorted({0, *numbered}) if linked else numbered)


def _entries(text: str, lines: Sequence[Item]) -> list[int]:
    """Return the lines with which the entries of a log begin, each a day or a title alone."""
    dated = [at for at, line in enumerate(lines) if begins_with_day(line.text)]
    if len(dated) > 1 and dated[0] == 0:
        return dated
    alone = sum(is_title_alone(line.text) for line in lines)
    most = alone > 2 and alone * 5 >= len(lines) * 4
    whole = most and read_item(text, paragraph=True) is not None  # its title, authors, venue
    return list(range(len(lines))) if most and not whole else []


def _linked(item: Item, lines: Sequence[Item], *, paragraph: bool) -> tuple[Item, ...]:
    """Return the papers to which lines link as items, or none where they are one text."""
    if paragraph and are_own_titles(lines):
        return tuple(lines)
    papers = [_papers_in(line.text) for line in lines]
    linking = [at for at, linked in enumerate(papers) if linked]
    if len(linking) == len(lines) and _are_papers(lines, papers):
        return tuple(lines)
    if not paragraph or not _are_different([papers[at] for at in linking]):
        return ()
    if read_item(item.text, paragraph=True) is None:
        alone = sum(is_address_alone(line.text) for line in lines) * 2 > len(lines)
        return (item._replace(unclear=Unclear.SEVERAL),) if alone else ()  # a text about papers
    starts = _starts(linking, len(lines))
    return _joined(lines, starts) if starts else (item._replace(unclear=Unclear.SEVERAL),)


def _starts(linking: Sequence[int], count: int) -> list[int]:
    """Return the lines with which papers begin, or none where that is not clear.

    Where the first line has a link, each paper begins with its link; where the last, it ends so.
    """
    if linking[0] == 0 and linking[-1] < count - 1:
        return list(linking)
    if linking[0] > 0 and linking[-1] == count - 1:
        return [0, *(at + 1 for at in linking[:-1])]
    return []


def _links_apart(line: Item) -> list[Item]:
    """Return the titles of different papers that a line links to, where it has no other words."""
    titled = _TITLES.findall(line.text) if line.text.count("](") > 1 else []
    papers = [_papers_in(link) for link in titled]
    if len(titled) < 2 or not all(papers) or _BETWEEN.sub("", _TITLES.sub("", line.text)):
        return [line]
    distinct = all(_are_different([one, other]) for one, other in pairwise(papers))
    return [line._replace(text=link) for link in titled] if distinct else [line]


def _lines(item: Item) -> list[Item]:
    """Return the lines of a text that say something, each with its place in the file."""
    lines, at, line = [], 0, item.line
    for end in (*_LINE_END.finditer(item.text), None):
        text = item.text[at : end.start() if end else None].strip()
        if text:
            lines.append(Item(min(line, item.last), min(line, item.last), text, ()))
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


def _papers_in(text: str) -> set[str]:
    return {link for link in links(spans(text)) if is_paper(link)}


def _are_papers(lines: Sequence[Item], papers: Sequence[set[str]]) -> bool:
    """Say whether each line is a paper of its own, or the address of one."""
    alone = [is_address_alone(line.text) for line in lines]
    if all(alone):
        return _are_different(papers)
    known = [{normalise_arxiv(link) or normalise_doi(link) or link for link in it} for it in papers]
    return (
        not any(alone)
        and not any(one & other for one, other in pairwise(known))
        and all(read_item(line.text, paragraph=True) is not None for line in lines)
    )


def _are_different(linked: Sequence[set[str]]) -> bool:
    """Say whether two lines lead to different papers, by identifiers of one kind."""
    for identify in (normalise_arxiv, normalise_doi):
        known = [set(filter(None, map(identify, links))) for links in linked]
        if any(one and other and not one & other for one, other in pairwise(filter(None, known))):
            return True
    return False


def _identity(text: str) -> bool:
    return bool(normalise_arxiv(text) or normalise_doi(text) or is_paper(text))
