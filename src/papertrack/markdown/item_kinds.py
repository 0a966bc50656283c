"""What the text of an item or paragraph is: a title alone, an address, a label and more of a paper.

Whether it is a paper, `items.read_item` finds out; these look at one text, or at a list's.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from papertrack.authors import count_no_names
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.markdown.citations import people_ahead
from papertrack.markdown.document import Block, Item, RawList
from papertrack.markdown.inline import (
    CJK,
    Span,
    has_words,
    is_issue,
    is_label,
    is_own,
    is_paper,
    links,
    links_in,
    mentions_paper,
    papers_in,
    spans,
    visible_text,
)
from papertrack.markdown.item_authors import is_whole_name, names_in_front
from papertrack.markdown.item_front import label_of
from papertrack.markdown.item_parts import (
    BOX,
    EDGES,
    LINK,
    NUMBER,
    first_sentence,
    flatten,
    has_capitals,
)
from papertrack.markdown.item_roles import (
    role_of_label,
    take_detail,
    take_rest,
    without_last_status,
)
from papertrack.markdown.item_sources import ItemFields
from papertrack.markdown.items import read_item
from papertrack.markdown.proper_names import (
    are_authors,
    are_people,
    authors_in,
    can_be_venue,
    is_known_venue,
)
from papertrack.markdown.vocabulary import Role, is_praise, tells_of_paper
from papertrack.patterns import pattern
from papertrack.sources import VenueKind, day_of, kind_of, read_source
from papertrack.status import leading_task

_DAY = pattern(r"\W{0,3}(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?\W{0,4}(?=[^\W\d_])")
_IN_BRACKETS = pattern(r"《([^《》\n]{8,300})》[。.]?")
_BOLD_TITLE = pattern(rf"{BOX.pattern}\s+(?:\*\*|__)(?P<title>[^*\n\[\]]{{2,300}}?)(?:\*\*|__)")
_HIDING = pattern(r"<|\]\([^)\s]*\s|\[[^\]]*://")  # in which a word may stand that nobody sees
_BRACKETED = pattern(r"[(（][^()（）]{1,60}[)）]")
_TITLES = pattern(r"\[([^\[\]\n]{2,300})\]\([^()\s]{1,500}\)")
_BETWEEN = pattern(r"[\s\d、，,;；。.|/·•&+()（）和与]|\band\b")
_LONGEST_BYLINE, _LONGEST_TITLED = 3000, 300  # letters; a longer text is no title with authors
_HEADS_MORE = pattern(r"(?:\S+\s){0,5}\S+:")  # Papers:
_WHERE_OR_WHO = pattern(r"[(（]([^\d,;()（）]{2,80}),\s(?:19|20)\d\d[)）]")
_WHERE_IN_FRONT = pattern(r"\W*[*_]([^\d*_]{2,80})[*_]\s\((?:19|20)\d\d\):\s")
_SEVERAL_PEOPLE = pattern(r"\bet al|&|\band\b|\b[A-Z]\.")
_BOLD_LINE = pattern(r"(?:\*\*|__)[^*_]+(?:\*\*|__)\s*")
_FEW = 3  # details, of which one leads to the paper, or small words, which make a sentence
_FEW_LETTERS = 5  # of a language that sets no blanks
_OF_SENTENCES = pattern(r"(?<![\w-])[a-z]{2,}(?![\w-])|[\u3040-\u30ff\u3400-\u9fff]{2}")
_BEFORE_NAME = pattern(r"[,.:~–—-]\s+[^\W\d_a-z]")
_LINE_END = pattern(r"(?<![ \\])[ \\]*(?:<br\s*/?>[ ]*\n?|\n)", re.IGNORECASE)
_NAME_LAST = pattern(r"(?:,|\s~)\s([^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z]\.?)?\s[^\W\d_a-z][\w'’-]+)$")
_CITED = pattern(r"[*_]{0,2}[^\W\d_][^\n]{1,400}(?:19|20)\d\d", re.DOTALL)
_SOURCE_AHEAD = pattern(
    r"[(\[]([^\d()\[\]]{2,20}[ '’]?(?:(?:19|20)\d\d)[^\d()\[\]]{0,15})[)\]](?!\()"
)
_TWO_DIGITS = pattern(r"\d\d")
_SHORTEST_TITLE = 2  # words


def are_like_titles(items: Sequence[Item], *, least: int) -> bool:
    """Say whether most items of a list, so many at least, are like titles: they could be papers."""
    like = sum(_is_like_title(item.text) for item in items)
    return like >= least and like * 2 > len(items)


def _is_like_title(text: str) -> bool:
    """Say whether a text is as long as a title, and most of its words have capitals."""
    return 3 < len(visible_text(text).split()) <= 30 and has_capitals(visible_text(text))


def lead_to_own_files(items: Sequence[Item], *, least: int, among_papers: bool) -> bool:
    """Say whether most items are whole titles, so many at least, that link to one's own notes.

    Among papers these may be issues, and what links to them a label behind the title.
    """
    texts = (_text_of_own_link(item.text, among_papers=among_papers) for item in items)
    own = list(filter(None, texts))
    like = sum(map(has_capitals, own))
    return like >= least and like * 2 > len(own) and len(own) * 2 > len(items)


def _text_of_own_link(text: str, *, among_papers: bool = False) -> str:
    """Return the words of the first link of an item if it leads to one's own file."""
    runs = spans(text)
    linked = next((run for run in runs if run.link and not run.image), None)
    if linked is None or not (is_own(linked.link) or (among_papers and is_issue(linked.link))):
        return ""
    if among_papers and is_label(linked.text):
        return "".join(run.text for run in runs[: runs.index(linked)]).strip(EDGES + "[(")
    return linked.text


def begins_with_day(text: str) -> bool:
    """Say whether a text begins with a day, and goes on behind it: `2024-01-05 A title`."""
    return _DAY.match(text) is not None


def are_own_titles(items: Sequence[Item]) -> bool:
    """Say whether items all begin with a link to one's own notes, most with a whole title."""
    own = all(_begins_with_own(item.text) for item in items)
    return own and lead_to_own_files(items, least=1, among_papers=False)


def _begins_with_own(text: str) -> bool:
    words = _text_of_own_link(text)
    return bool(words) and visible_text(text).lstrip().startswith(words[:20])


def links_own_title(text: str) -> bool:
    """Say whether a text is a whole title that links to one's own notes, or a citation that does.

    A citation says who and when, and links to them at its end: `A title. Ann Lee. 2021 [Notes](…)`.
    """
    if _begins_with_own(text):
        return has_capitals(_text_of_own_link(text))
    paper = read_item(text) if _text_of_own_link(text, among_papers=True) else None
    known = (paper.authors, paper.venue, paper.year, paper.arxiv) if paper else ()
    return sum(map(bool, known)) > 1


def is_bracketed_title(text: str) -> bool:
    """Say whether a text is a title in 《》 and nothing else, as long as titles of papers are."""
    title = _IN_BRACKETS.fullmatch(visible_text(text).strip()) if "《" in text else None
    return title is not None and has_words(title[1])


def is_attributed(text: str) -> bool:
    """Say whether a text is a title and who wrote the paper, and has no link."""
    if not is_long_alone(text) or _BEFORE_NAME.search(text) is None:
        return False
    paper = read_item(text, surely=True)
    if paper is None or len(paper.title.split()) <= _SHORTEST_TITLE:
        return False
    one = _NAME_LAST.search(paper.title)
    return bool(paper.authors or (one and are_people(one[1])))


def is_citation(text: str) -> bool:
    """Say whether a text says all of a paper: who wrote it, its title, where and when."""
    if len(text) > _LONGEST_BYLINE or _CITED.match(text) is None:
        return False
    paper = read_item(text, authors_first=True)
    return paper is not None and bool(
        paper.authors and paper.year and (paper.venue or paper.arxiv or paper.doi)
    )


def could_be_citation(text: str) -> bool:
    """Say whether a text is a citation, or begins with people and says a year, as these do."""
    begins = len(text) < _LONGEST_BYLINE and _CITED.match(text) and begins_with_authors(text)
    return bool(begins) or is_citation(text)


def are_citations(texts: Sequence[str]) -> bool:
    """Say whether these texts could all be citations, and one surely is."""
    return all(map(could_be_citation, texts)) and any(map(is_citation, texts))


def names_its_source(text: str) -> bool:
    """Say whether a text is a title with its source: `A title (ICML 2019)`, `Lee (2016), "A"`."""
    paper = read_item(text, surely=True)
    placed = paper is not None and paper.year and (paper.venue or paper.authors)
    return bool(placed) and paper is not None and len(paper.title.split()) > _SHORTEST_TITLE


def says_where(text: str) -> bool:
    """Say whether a text is a whole title and where and when it appeared, at either end."""
    if len(text) > _LONGEST_BYLINE or not _TWO_DIGITS.search(text):
        return False
    paper = read_item(text, surely=True)
    venue = paper.venue if paper and paper.year else None
    known = venue and (is_known_venue(venue) or kind_of(venue) is VenueKind.PREPRINT)
    if paper is None or not known:
        return False
    led = text.startswith(("(", "[")) and has_words(paper.title, 4)
    return led or _is_like_title(paper.title)


def is_title_alone(text: str) -> bool:
    """Say whether a text is like a title, and has no link."""
    return _is_like_title(text) and not links_in(text)


def is_long_alone(text: str) -> bool:
    """Say whether a text has as many words as titles have, and no link."""
    return 3 < len(visible_text(text).split()) <= 30 and not links_in(text)


def is_boxed(text: str) -> bool:
    """Say whether a text begins with a box to be ticked off."""
    return BOX.match(text) is not None or leading_task(text) is not None


def is_boxed_title(text: str) -> bool:
    """Say whether a text is a title in bold letters behind a box: `[x] **A title**: my notes`."""
    bold = _BOLD_TITLE.match(text)
    return bold is not None and has_words(bold["title"], 4)


def is_address_alone(text: str) -> bool:
    """Say whether a text is addresses or identifiers of papers, and no words beside them."""
    if len(text) > 2000:  # is no address
        return False
    # Where a plain word stands, the text needs no parser: nearly every item has one.
    if not _HIDING.search(text) and any(
        word.isalpha() and word.isascii() and not is_label(word) for word in text.split()
    ):
        return False
    bare = text.strip(EDGES)
    for form in (BOX, NUMBER):
        bare = bare[front.end() :] if (front := form.match(bare)) else bare
    bare = bare.replace("：", ": ")
    runs = spans(bare)
    words = " ".join(
        run.text for run in runs if not (run.link and (is_label(run.text) or "://" in run.text))
    )
    for word in words.split():
        if not (_identifies(word.strip("<>,;，；。")) or is_label(word.strip("[]()"))):
            return False
    return any(map(_identifies, (*links(runs), *(word.strip("<>") for word in bare.split()))))


def are_several(texts: Sequence[str]) -> bool:
    """Say whether the texts of items are addresses alone, of different papers.

    Those of one paper have each a label of its own: `Paper: …`, `Data: …`.
    """
    labels = set(filter(None, map(label_of, texts)))
    return len(texts) > max(1, len(labels)) and are_different(
        [addresses_of_papers(text) for text in texts if is_address_alone(text)]
    )


def addresses_of_papers(text: str) -> set[str]:
    """Return the addresses in a text that lead to papers."""
    return {link for link in links_in(text) if is_paper(link)}


def are_different(linked: Sequence[set[str]]) -> bool:
    """Say whether two lines lead to different papers, by identifiers of one kind."""
    for identify in (normalise_arxiv, normalise_doi):
        known = [set(filter(None, map(identify, links))) for links in linked]
        if any(one and other and not one & other for one, other in pairwise(filter(None, known))):
            return True
    return False


def titles_apart(line: str) -> list[str]:
    """Return the linked titles of different papers of which a line consists, else the line."""
    links = [*_TITLES.finditer(line)] if line.count("](") > 1 else []
    together = len(links) < 2 or _BETWEEN.sub("", _TITLES.sub("", line))
    if together or any(is_label(it[1]) or is_known_venue(it[1]) for it in links):
        return [line]
    papers = [addresses_of_papers(it[0]) for it in links]
    different = all(are_different([*pair]) for pair in pairwise(papers))  # each has an identifier
    return [it[0] for it in links] if different else [line]


def lines_of(item: Item) -> list[Item]:
    """Return the lines of a text that say something, each with its place in the file."""
    lines, at, line = [], 0, item.line
    ends = _LINE_END.finditer(item.text) if "\n" in item.text or "<" in item.text else ()
    for end in (*ends, None):
        text = item.text[at : end.start() if end else None].strip()
        lines += [Item(min(line, item.last), min(line, item.last), text, ())] if text else []
        if end:
            at, line = end.end(), line + end[0].count("\n")
    return lines


def are_papers_each(lines: Sequence[str], papers: Sequence[set[str]]) -> bool:
    """Say whether each line is a paper of its own, or the address of one."""
    alone = list(map(is_address_alone, lines))
    if all(alone):
        return are_different(papers)
    known = [{normalise_arxiv(link) or normalise_doi(link) or link for link in it} for it in papers]
    return (
        not any(alone)
        and not any(one & other for one, other in pairwise(known))
        and all(read_item(line, paragraph=True) is not None for line in lines)
    )


def _identifies(text: str) -> bool:
    return bool(normalise_arxiv(text) or normalise_doi(text) or is_paper(text))


def is_detail(text: str) -> bool:
    """Say whether an item is no paper of its own, but tells more of the one above it."""
    return is_labelled(text) or read_item(text, detail=True) is None


def is_labelled(text: str) -> bool:
    """Say whether a text begins with a label that a paper's field has: `URL: …`, `Code: …`."""
    label = label_of(text)
    known = bool(label) and (role_of_label(label) is not None or tells_of_paper(label))
    return known and not is_praise(label)


def tells_more(text: str, details: Sequence[Item], *, level: int) -> bool:
    """Say whether a paragraph tells more of the title above it, and these details below that."""
    if is_labelled(text) and not _HEADS_MORE.fullmatch(text):
        return True
    first = text.partition("\n")[0]
    if level > 1 and has_labels_only(first) and papers_in(first):
        return not any(papers_in(one.text) for one in details)
    own = read_item(text, paragraph=True) is not None or (says_where(text) and read_item(text))
    return not details and (is_byline_alone(text) or (not own and is_byline(text)))


def describes_paper(text: str) -> bool:
    """Say whether a paragraph begins with a label of what is written about a paper: `介绍：…`."""
    return role_of_label(label_of(text)) in (Role.SUMMARY, Role.NOTES)


def heads_log(heading: str, below: Sequence[Block]) -> bool:
    """Say whether a heading is a day on which papers were read, and not that of one: `Paper: …`."""
    first = below[0].items[0].text if below and isinstance(below[0], RawList) else ""
    one = role_of_label(label_of(first)) is Role.TITLE
    return day_of(visible_text(heading)) is not None and not one


def heads_notes(heading: str) -> bool:
    """Say whether a heading is above what is written about the paper above it: `#### Notas`."""
    words = visible_text(heading).strip(EDGES)
    return role_of_label(words) in (Role.SUMMARY, Role.NOTES) or tells_of_paper(words)


def is_read_title(text: str) -> bool:
    """Say whether a text is a title, a status and its day: `How Gardens Grow, done 2024-02-01`."""
    left = without_last_status(flat := flatten(text), ItemFields())
    titled = has_capitals(left.words) or len(CJK.findall(left.words)) > _FEW_LETTERS
    return left is not flat and titled


def is_byline_alone(text: str) -> bool:
    """Say whether what could be the title of a paragraph is who wrote the paper above, or where."""
    paper = read_item(text, paragraph=True)
    title = paper.title if paper and not (paper.notes or paper.authors) else ""
    if not title or any(f"{mark}{title}" in text for mark in ("[", "**", '"', "“")):
        return False
    who = title.removeprefix("by ")
    several = are_authors(who) and all(" " in name for name in authors_in(who))
    return several or is_whole_name(who) or can_be_venue(who, who)


def is_byline(text: str) -> bool:
    """Say whether a paragraph says who wrote a paper and where it is, and is no sentence."""
    flat, fields = flatten(text), ItemFields(below=True)
    if LINK not in flat.text or len(flat.text.split()) > 60:
        return False
    take_rest(flat, fields)
    return bool(fields.authors or fields.venue) and len(fields.notes) < 2


def says_only_who(text: str, *, least: int = 2) -> bool:
    """Say whether a paragraph is so many authors of a paper at least, perhaps with where it is."""
    flat, fields = flatten(text), ItemFields(below=True)
    if len(flat.text) > _LONGEST_BYLINE:
        return False
    take_detail(text, fields)
    if len(fields.authors) < least or fields.notes:
        return False
    return not (_BOLD_LINE.match(text) and (is_labelled(text) or read_item(text, paragraph=True)))


def stands_alone(text: str) -> bool:
    """Say whether a text is a title and nothing else, but lines below one in bold letters."""
    first, *others = text.strip().split("\n")
    return len(text) < _LONGEST_TITLED and not (others and _BOLD_LINE.fullmatch(first) is None)


def are_placed(texts: Sequence[str]) -> bool:
    """Say whether brackets with a year say where the papers of several items appeared, not who."""
    every = [it[1] for text in texts for it in _WHERE_OR_WHO.finditer(flatten(text).text)]
    every += [it[1] for it in map(_WHERE_IN_FRONT.match, texts) if it]
    where = any(is_known_venue(words) or count_no_names(words) for words in every)
    who = any(_SEVERAL_PEOPLE.search(words) and are_people(words) for words in every)
    return len(every) > 1 and where and not who


def begins_with_authors(text: str) -> bool:
    """Say whether an item begins with its authors and a colon or comma, several or `et al.`."""
    begin = flatten(text).text.lstrip(EDGES)[:600]
    head, colon, _ = begin.partition(":")
    named = (bool(colon) and are_authors(head)) or names_in_front(begin) is not None
    alone = are_authors(first_sentence(begin).rstrip("."))  # `A. Author and B. Writer. A title`
    return named or alone or people_ahead(begin) is not None


def has_labels_only(text: str) -> bool:
    """Say whether a text is links that are labels, and no words beside them but in brackets."""
    flat = flatten(text)
    return LINK in flat.text and not re.search(r"\w\w", _BRACKETED.sub("", flat.text))


def heads_labels(text: str, items: Sequence[Item]) -> bool:
    """Say whether a text is a title above links that are labels alone, the first to a paper.

    Behind an address alone may stand other remarks, which lead to no paper.
    """
    title = text.strip()
    long = len(title.split()) > _SHORTEST_TITLE and title[-1] not in ":."
    bare = long and is_address_alone(items[0].text)
    titled = long and stands_alone(title) and not links_in(title) and papers_in(items[0].text)
    return titled and all(
        has_labels_only(one.text) or (bare and not papers_in(one.text)) for one in items
    )


def could_be_paper(text: str) -> bool:
    """Say whether a paragraph leads to a paper and is no sentence that only mentions it."""
    runs = spans(text)
    if not any(map(is_paper, links(runs))):
        led = _SOURCE_AHEAD.match(text)  # `(ICML 2019) A title [[words]](…)`
        if led and is_known_venue(led[1]) and read_source(led[1]).year:
            return True
        title, _, below = text.strip().rpartition("\n")  # `A Title\nProject: <…>`
        return is_labelled(below) and bool(links_in(below)) and is_title_alone(title)
    if any(run.link and is_paper(run.link) and is_label(run.text) for run in runs):
        return runs[0] != Span(runs[0].text) or not mentions_paper(runs)
    plain = " ".join(run.text for run in runs if not (run.link or run.bold or run.emphasis))
    return len(_OF_SENTENCES.findall(plain)) < _FEW


def is_linked_paper(text: str) -> bool:
    """Say whether a text is the name or title of a paper, and links to it as a whole."""
    runs = [run for run in spans(text) if run.text.strip() or run.image]
    linked = bool(runs) and all(run.link == runs[0].link for run in runs) and not runs[0].image
    return linked and is_paper(runs[0].link) and not is_label(runs[0].text)


def has_linked_title(text: str) -> bool:
    """Say whether a heading is the title of a paper with a link to it."""
    paper = read_item(text) if re.search(r"\]\(|<a\s", text) else None
    return paper is not None and len(paper.title.split()) > 2


def are_details(items: Sequence[Item]) -> bool:
    """Say whether items tell more of what stands above: most do surely, none is a paper."""
    above = (it for it in items if it.items and not is_labelled(it.text))
    own = any(is_labelled(one.text) for it in above for one in it.items)
    bare = (item.text for item in items if not links_in(item.text))
    titled = sum(role_of_label(label_of(text)) is Role.TITLE for text in bare)
    if own or titled > 1 or are_several([item.text for item in items]):
        return False
    surely = [is_labelled(item.text) or has_labels_only(item.text) for item in items]
    leads = any(sure and papers_in(it.text) for sure, it in zip(surely[:_FEW], items, strict=False))
    return (leads or sum(surely) * 2 >= len(items)) and all(
        sure or is_detail(item.text) for sure, item in zip(surely, items, strict=True)
    )
