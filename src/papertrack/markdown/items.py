"""One item of a list of papers, cut into parts each of which is given its role.

The front goes first (numbers, boxes, dates, venues in brackets), then the title, then the rest
sentence by sentence. A form more is a rule more, not another path.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from papertrack.authors import ET_AL
from papertrack.folding import fold_title
from papertrack.labs import is_organisation, is_well_known
from papertrack.markdown.citations import take_citation, take_place, take_place_behind
from papertrack.markdown.inline import (
    CJK,
    YEAR,
    Span,
    has_words,
    identify,
    is_file,
    is_issue,
    is_label,
    is_own,
    is_paper,
    links,
    links_in,
    papers_in,
    says_paper,
    spans,
)
from papertrack.markdown.item_authors import BY_ELSEWHERE, says_who_and_where
from papertrack.markdown.item_front import label_of, without_front
from papertrack.markdown.item_parts import (
    EDGES,
    LABELLED,
    LINK,
    LONGEST_ITEM,
    PRAISING,
    SIGN,
    Flat,
    clean_title,
    first_sentence,
    flatten,
    has_capitals,
    in_prose,
)
from papertrack.markdown.item_roles import (
    role_of_label,
    take_detail,
    take_rest,
    without_last_status,
)
from papertrack.markdown.item_sources import ItemFields, take_day_of_reading, year_of
from papertrack.markdown.item_title_ends import cited_below
from papertrack.markdown.item_titles import LETTERS, take_title
from papertrack.markdown.proper_names import are_authors, are_people, authors_in, is_known_venue
from papertrack.markdown.vocabulary import Role, is_abstract, is_of_address, role_of, tells_of_paper
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.sources import is_source, kind_of, read_source
from papertrack.status import status_of

_PDF = pattern(r"\S+\.(?:pdf|ps)(?:[?#]\S*)?", re.IGNORECASE)
_TITLED = pattern(
    r"(?P<saying>[^《》]{2,80}?)\s*(?:[—–-]{1,2}|[:：])\s*《(?P<title>[^《》]{8,200})》"
)
_BEHIND_TITLE = pattern(
    r"(?P<title>.{8,300}?)(?:\s*[|｜，,]\s*|\s[–—-]\s)(?P<behind>[^|｜，,]{2,40})"
)
_SURNAMES = pattern(r"(?P<title>\S+(?:\s\S+){3,40}?),\s(?P<who>[A-Z][\w'’-]+\s&\s[A-Z][\w'’-]+)")
_MARKS = "*†‡§¶∗⋆:：[] "  # of equal contributors and the like
_FOOTNOTED = pattern(  # Ann Author1
    r"(?<=[^\W\d_][^\W\d_A-Z])\d(?:,\d)*[*∗†]*$|^\d(?:,\d)*[*∗†]*(?=[^\W\d_]|$)"
)
_GOES_ON = frozenset("e.g by from in of on at to with via see the a an and or for here".split())
_SOURCE_LAST = pattern(r"\w{3}[.?]\s.*\b(?:19|20)\d\d\b")
_IN_SENTENCE = pattern(r"[ \n]*[,，]?\s?(?!arXiv|arxiv)([^\W\d_A-Z])[^\W\d_A-Z]")
_CALLOUT = pattern(  # or keywords in code; but not a badge, which begins with `[![`
    r"\[!\w|(?:[*_]{0,2}`[^`\n]+`[*_]{0,2}(?:[\s,，、/|·]+|\Z)){2,}\Z"
)
_OTHER_QUOTES = pattern(  # of TeX, and ‘A title’ as a whole, neither linked nor in bold
    r"``(?=\w)([^`\n]{10,300}?)''|„([^„“”\n]{3,300})[“”]"
    r"|^([^‘’*_\[\n]*[,.:]\s|)‘((?:[^‘’“\n]|’(?=\w)){8,300})’(?=\s?[,.(\[]|\s(?:[|–—-]|by)\s|\s*$)"
)
_PUBLISHED = pattern(  # A title, published in June 2014; in *ICML*, 2021
    r"[Pp]ub(?:(?<=^...)|(?<=[,;]\s...)|(?<=\(...))"  # begins a part; its letters are sought faster
    r"(?:lished|\.?)\s(?:in\s)?((?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d)(?=\s*(?:$|[).,;\n]|https?:))"
    r"|(?:(?<=[.,;|·–—-]\s)|(?<=[>\n]))[Ii]n:?\s(?=[*_]+[A-Z][^*_\n]{1,100}(?:[*_]+,?\s)?\(?(?:19|20)\d\d)"
)
_BRACED = r"\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*\}[^{}]*+)*\}"  # {A {Garden} of {\'{E}}}
_ENTRY = pattern(rf"@[A-Za-z]{{4,15}}\{{[^{{}}\s,]*,\s[^{{}}]*+(?:{_BRACED}[^{{}}]*+)*\}}")
"""An entry of BibTeX behind the paper that it is of."""
_ACCESSED = pattern(  # when somebody looked at a page that he cites
    r"[.,;]?\s\(?(?:[Ll]ast\s)?(?:[Aa]ccessed|[Rr]etrieved|[Vv]isited)(?:\son|:)?\s"
    r"((?:\d{1,2}\s)?[A-Z][a-z]{2,8}\.?(?:\s\d{1,2})?,?\s(?:19|20)\d\d)\)?(?=\W|$)"
)
_PLACE_AND_DATE = pattern(  # Journal of Gardens, March 15, 2020
    r"(?!.*\b(?:thesis|dissertation)\b)(?P<venue>[A-Z][^\d,.:]{2,80}(?:,\s[A-Z][^\d,.:]{2,40}){0,2}?),?\s"
    r"(?:[A-Z][a-z]{2,8}\s\d{1,2},\s)?(?P<year>(?:19|20)\d\d)"
)
_SHORTCODE = pattern(r"\{\{[%<][^{}]*?(?:[\"'](https?://[^\s\"'{}]+)[\"'][^{}]*?)?[%>]\}\}")
_MARKS_ABOVE = pattern(r"<sup>[\s\\*#†‡§¶∗+,]+</sup>")  # of equal contributors
_ON_NEXT_LINE = pattern(r"\s*\n\s*[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # a note
_REPOSITORY = pattern(r"[\w.-]+/[\w.-]+")
_GOES_ON_BEHIND = pattern(  # of `we water by gradient (Lee et al., 2016) and gather`
    r"(?:and|or|but|for|to|with|which|that|in|of|as|by|on|from|is|are|while|where|followed)\s"
)
_OF_OVERVIEW = pattern(r"\b(?:papers|publications|readings|reading lists?)$", re.IGNORECASE)
_LINE_WITH_LINK = pattern(  # the words of a line behind the first, up to its first mark
    rf"\n[^\S\n]*(?P<words>[^\W_][^{LINK}\n\[]{{20,200}}?)\s?(?={LINK}|\[|\n|$)"
)
_VENUE_ALONE = pattern(
    r"(?:\S+\s){1,8}(?:Conference|Symposium|Congress)|(?:\S+\s){0,4}(?:Conference|Symposium|Congress|Workshop)\s(?:on|for)\s.*"
)
_LABEL_ENDS = pattern(rf"\s?[:：]\s?(?={LINK})")
_LAST_WORDS = pattern(r"(?:(?<!\w)([^\W\d_]+\s(?=[^\W\d_]+\Z)))?(?<!\w)([^\W\d_]+)\Z")
_LABEL = pattern(r"[\s,，;；。.|·]+([^\W\d_]{2,12})\s?[:：](?!//)")
_SET_OFF = {(role, True) for role in Role} - {(Role.TITLE, True), (Role.SKIP, True)}
_APART = tuple(",，;；。.|·–—-)）》」』”\n" + LINK)  # what sets a label off
_LONGEST_LABEL = 60  # letters before a colon
_LONGEST_IN_CJK = 45  # letters
_LONGEST_NAME = 3  # words
_MANY = 3  # papers linked in one item make it a sentence about papers


def _goes_on(flat: Flat, rest: Flat) -> bool:
    """Say whether a sentence goes on behind what is marked in it, so that it is no title."""
    ended = flat.text[: len(flat.text) - len(rest.text)].rstrip()[-1:] in tuple('.?!"”»》')
    behind = re.sub(rf"^[ \n]*(?:by\s(?=[^\W\d_a-z])|{BY_ELSEWHERE})", "", rest.text)  # somebody
    words = None if ended or _ON_NEXT_LINE.match(rest.text) else _IN_SENTENCE.match(behind)
    return words is not None and not words[1].isupper()


@lru_cache(maxsize=4096)  # an item is looked at when its list is judged, and when it is read
def read_item(
    text: str,
    below: tuple[str, ...] = (),
    *,
    about_papers: bool = False,
    surely: bool = False,
    paragraph: bool = False,
    detail: bool = False,
    authors_first: bool = False,
    placed: bool = False,
) -> Paper | None:
    """Return the paper that an item tells of, or None: it looks like something else.

    `below` are the texts of the items below it. `about_papers` says that its heading speaks of
    papers, `surely` that this is a paper whatever it says; `paragraph` that it is no item, so that
    it must begin with its title; `detail` that it stands below an item, and may tell more of it;
    `authors_first` that others of the list begin with their authors, `placed` that what stands in
    brackets with a year is where they appeared.
    """
    text = "" if len(text) > LONGEST_ITEM or _CALLOUT.match(text) else text
    quoted = "‘" in text or "„" in text or "``" in text
    text = _OTHER_QUOTES.sub(r"\3“\1\2\4”", text) if quoted else text
    text = _SHORTCODE.sub(r" \1 ", text) if "{{" in text else text
    text = _MARKS_ABOVE.sub("", text) if "<sup" in text else text
    fields = ItemFields(below=detail, authors_first=authors_first, placed=placed)
    texts = [_PUBLISHED.sub(r"\1", _ENTRY.sub("", one)) for one in (text, *below)]
    text, below = texts[0], tuple(texts[1:])
    if accessed := _ACCESSED.search(text):
        fields.columns["Accessed"] = accessed[1]
        text = _ACCESSED.sub("", text)
    runs, addresses = spans(text), links_in(text)
    flat = without_front(_without_labels(flatten(text)), fields)
    flat = cited_below(_citation_bared(without_last_status(flat, fields), fields), fields)
    rest = take_title(flat, fields)
    if rest is None:
        return None
    _take_title_apart(fields)
    rest = _without_title_behind(rest, fields)
    aside = fields.title_link and not (fields.marked or fields.led)
    if paragraph and (aside or _goes_on(flat, rest)):
        return None  # a sentence about a paper
    if len(addresses) > 1 and all(link.startswith("#") for link in addresses):
        return None  # contents of the page
    _collect_links(runs, [span for more in below for span in spans(more)], fields)
    fields.labelled = fields.labelled or any(
        says_paper(label) or is_abstract(label) for label in map(label_of, below)
    )
    titled = {it.link for it in runs if it.link and not it.image and not is_label(it.text)}
    if sum(map(is_paper, titled)) >= _MANY and not fields.marked:
        return None
    if rest.text.strip(EDGES + "()[]"):  # more than labels
        take_rest(take_place_behind(rest, fields), fields)
    _take_place_as_a_whole(fields)
    fields.remarked = bool(fields.notes)
    fields.mentioned_below = [link for more in below for link in _mentions(flatten(more))]
    for more in below:
        if not _take_citation_below(more, fields):
            take_detail(more, fields)
    take_day_of_reading(fields)
    fields.noted = None if surely else fields.noted  # of a log, where a day is that of reading
    known = (fields.marked, fields.authors, fields.labelled, fields.keyed, fields.arxiv, fields.doi)
    if paragraph and not (any(known) or any(map(is_paper, fields.links))):
        return None  # a sentence, dated perhaps
    is_one = _can_be_title(fields) if surely else _is_paper(fields, about_papers=about_papers)
    return _paper(fields) if is_one else None


def _without_labels(flat: Flat) -> Flat:
    """Return the text without the labels of links behind other words: `A title, Link: …`."""
    gaps = []
    for colon in _LABEL_ENDS.finditer(flat.text):
        words = _LAST_WORDS.search(flat.text, max(0, colon.start() - _LONGEST_LABEL), colon.start())
        starts = [words.start(group) for group in (1, 2) if words and words[group]]
        for start in starts:
            label = flat.text[start : colon.start()]
            if is_of_address(label) or (
                flat.text[:start].rstrip(" ")[-1:] in _APART
                and (is_label(label) or role_of(label) == (Role.TITLE, True))
            ):
                gaps.append((len(flat.text[:start].rstrip(" ,，;；|·–—-")), colon.end()))
                break
    return _with_labels_apart(_with_code_apart(flat.without(gaps)))


def _with_code_apart(flat: Flat) -> Flat:
    """Return a text with what stands in code behind a year set off, or a mark behind a title."""
    edges: list[int] = []
    for start, end in flat.ranges(lambda s: s.code):
        before, mark = (flat.text[:start].split() or [""])[-1], flat.text[start:end]
        last = (
            before and before not in _GOES_ON and not flat.text[end : end + 2].strip(f" ([{LINK}")
        )
        rated = last and mark == mark.upper() and re.search(r"\d", mark)
        edges += (start, end) if rated or YEAR.fullmatch(before[-4:]) else ()
    return flat.without([(at, at) for at in edges], LINK)


def _with_labels_apart(flat: Flat) -> Flat:
    """Return a text of labelled fields with each set off: `Title: Gardens; Authors: Ann Lee`."""
    first = LABELLED.match(flat.text, SIGN.match(flat.text).end())  # type: ignore[union-attr]
    if first is None or role_of(first[1]) != (Role.TITLE, True):
        return flat
    labels = [it for it in _LABEL.finditer(flat.text) if role_of(it[1]) in _SET_OFF]
    return flat.without([(it.start(), it.start(1)) for it in labels], LINK)


def _citation_bared(flat: Flat, fields: ItemFields) -> Flat:
    """Return a text that is a whole citation within one link as if the link were behind it."""
    link = flat.style(0).link if flat.text else ""
    linked = "".join(mark for mark, style in flat.kinds.items() if style.link == link)
    end = len(flat.marks) - len(flat.marks.lstrip(linked))
    # Most are titles, which neither have a year in them nor are part of what is linked.
    if not link or not (YEAR.search(flat.text[:end]) or flat.style(0).bold):
        return flat
    heads = (flat.text[:end].partition(":")[0], first_sentence(flat.text[:end]))
    led = any(are_authors(it) and _SOURCE_LAST.search(flat.text[len(it) + 1 : end]) for it in heads)
    others = {mark: chr(ord(mark) + len(flat.kinds)) for mark in flat.kinds}
    unlinked = {others[mark]: style._replace(link="") for mark, style in flat.kinds.items()}
    marks = "".join(map(others.__getitem__, flat.marks[:end]))
    bare = Flat(flat.text[:end], marks, flat.kinds | unlinked)
    probe = ItemFields()
    cited = take_citation(bare, probe) is not None and probe.year is not None
    if not (led or cited or _is_attributed_title(bare)):
        return flat
    fields.title_link = link
    return Flat(flat.text, marks + flat.marks[end:], bare.kinds)


def _is_attributed_title(flat: Flat) -> bool:
    """Say whether a title in bold begins a text, and the rest is who wrote it, where or when."""
    start, end = next(flat.ranges(lambda s: s.bold), (1, 0))
    probe = ItemFields(below=True)
    if start == 0 and end < len(flat.text):
        take_rest(flat.part(end), probe)
    return bool(probe.authors or probe.year) and not probe.notes


def _mentions(flat: Flat) -> list[str]:
    """Return the links in a text's sentences, or behind a label of what a paper did."""
    labelled = LABELLED.match(flat.text)
    about = labelled is not None and tells_of_paper(labelled[1])
    linked = [at for at in flat.ranges(lambda s: s.link) if about or in_prose(flat, *at)]
    return [flat.style(start).link for start, _ in linked]


def _take_place_as_a_whole(fields: ItemFields) -> None:
    """Take the note of a citation of which no sentence says where or when: `2006 Conference, 2006`.

    Such stand behind authors and a title in quotes.
    """
    cited = fields.led and fields.authors and not (fields.title_link or fields.venue)
    if not cited or len(fields.notes) != 1:
        return
    place = _PLACE_AND_DATE.fullmatch(fields.notes[0])
    if place and fields.year in (None, int(place["year"])):
        fields.venue, fields.year, fields.notes = place["venue"], int(place["year"]), []
    if fields.year or not fields.marked:
        return
    probe = ItemFields()
    if (year := take_place(fields.notes[0], probe)) and kind_of(probe.venue or ""):
        fields.venue, fields.year, fields.notes = probe.venue, year, probe.notes
        fields.doi, fields.arxiv = fields.doi or probe.doi, fields.arxiv or probe.arxiv


def _take_citation_below(text: str, fields: ItemFields) -> bool:
    """Say whether an item below is the whole citation of a paper whose name stands above it.

    Or one of the paper's whole title.
    """
    if fields.authors or len(text) > LONGEST_ITEM:
        return False
    probe = ItemFields()
    rest = take_title(without_front(flatten(text), probe), probe)
    if rest is not None and probe.authors and fold_title(probe.title) == fold_title(fields.title):
        fields.authors, fields.venue = probe.authors, fields.venue or probe.venue
        fields.year, fields.arxiv = fields.year or probe.year, fields.arxiv or probe.arxiv
        take_rest(rest, fields)
        return True
    marked = fields.marked or probe.marked or not probe.led
    if rest is None or marked or len(probe.authors) < 2:
        return False
    alone = not LETTERS.search(rest.text) and len(probe.title.split()) <= _LONGEST_NAME
    if alone or is_source(probe.title):
        return False  # `A. Author, B. Writer. *Journal*, 2021`
    ended = probe.year and not (probe.venue or LETTERS.search(rest.text))
    placed = ended and (has_capitals(fields.title) or says_who_and_where(text))
    if placed and has_words(fields.title):  # `…, *Journal*, 2021`
        fields.authors, fields.year = probe.authors, fields.year or probe.year
        fields.venue = fields.venue or probe.title
        return True
    before, fields.title = fields.title, probe.title
    if is_organisation(before.replace(".", "")):  # `Univ. Toronto [[Paper](…)]`
        fields.lab = fields.lab or before
    elif len(before.split()) < 3 and "/" not in before:
        fields.name = fields.name or before
    elif fold_title(before) not in fold_title(probe.title):
        fields.notes.insert(0, before)
    fields.authors = probe.authors
    fields.venue, fields.year = fields.venue or probe.venue, fields.year or probe.year
    fields.arxiv, fields.led = fields.arxiv or probe.arxiv, True
    take_rest(rest, fields)
    return True


def is_completed(text: str, below: str, *, alone: bool) -> bool:
    """Say whether an item below says who wrote the paper, where and when; one alone may cite it."""
    if papers_in(text) and not links_in(below) and says_who_and_where(below):
        return True
    flat, fields = without_front(flatten(text), ItemFields()), ItemFields()
    labelled = alone and LINK in flat.text and len(flat.words.split()) <= 8
    if not labelled or links_in(below) or take_title(flat, fields) is None:
        return False
    return not fields.marked and _take_citation_below(below, fields)


def _take_title_apart(fields: ItemFields) -> None:
    """Take a lab or two surnames behind a title, and a saying before a title in its own marks."""
    if titled := _TITLED.fullmatch(fields.title) if "《" in fields.title else None:
        fields.notes.append(titled["saying"].strip(EDGES))
        fields.title = titled["title"]
    if labelled := _BEHIND_TITLE.fullmatch(fields.title):
        title, behind = labelled["title"], labelled["behind"]
        if has_words(title) and is_well_known(behind) and fields.lab is None:
            fields.title, fields.lab = title, behind
    surnames = _SURNAMES.fullmatch(fields.title) if "&" in fields.title else None
    if surnames and not fields.authors and are_people(surnames["who"]):
        fields.title, fields.authors = surnames["title"], authors_in(surnames["who"])


def _without_title_behind(rest: Flat, fields: ItemFields) -> Flat:
    """Take a line with a link to a paper for the title, where what is marked above is a name.

    So are the words of the one link to a paper behind a name that leads elsewhere.
    """
    if not fields.marked or len(fields.title.split()) > _LONGEST_NAME:
        return rest
    linked = [it for it in rest.ranges(lambda s: s.link) if is_paper(rest.style(it[0]).link)]
    words = rest.stripped(*linked[0]).words if len(linked) == 1 else ""
    titled = len(words.split()) > _LONGEST_NAME
    titled = titled and (not words[0].islower() or words.startswith(fields.title))
    elsewhere = fields.title_link and not is_paper(fields.title_link)
    if titled and elsewhere and not (in_prose(rest, *linked[0]) or is_source(words)):
        fields.name, fields.title = fields.name or fields.title, clean_title(words)
        fields.title_link = rest.style(linked[0][0]).link
        return rest.without(linked, LINK)
    for line in _LINE_WITH_LINK.finditer(rest.text):
        words = line["words"].strip()
        link = rest.part(line.start("words"), line.end() + 1).style(-1).link
        titled = (has_capitals(words) or ":" in words or "?" in words) and not is_source(words)
        if is_paper(link) and titled and not are_authors(first_sentence(words)):
            fields.name, fields.title = fields.name or fields.title, clean_title(words)
            fields.title_link = link
            return rest.without([line.span("words")], LINK)
    return rest


def _collect_links(runs: Sequence[Span], below: Sequence[Span], fields: ItemFields) -> None:
    """Take every address, the title's first; say whether a label calls one the paper."""
    every = links([*runs, *below])
    first = [fields.title_link] if fields.title_link in every else []
    kept = [link for link in (*first, *every) if "://" in link or is_file(link)]
    fields.links = list(dict.fromkeys(kept))
    of_paper = (run.link for run in (*runs, *below) if run.link and says_paper(run.text))
    fields.labelled = any("://" in link for link in of_paper)
    labels = [run for run in runs if run.link and is_label(run.text)]
    fields.labelled |= any(says_paper(run.text) and is_file(run.link) for run in labels)
    fields.annotated = any(is_own(run.link) or is_issue(run.link) for run in labels)


def _can_be_title(fields: ItemFields) -> bool:
    """Say whether the words are a title: no address, label or sentence that goes on in a link."""
    title = fields.title
    if "://" in title or not LETTERS.search(title) or is_label(title):
        return False
    labelled = LABELLED.match(title)
    role = role_of_label(label := labelled[1] if labelled else "")
    status = status_of(title) and not (fields.title_link or title.isupper())
    named = "github.com/" in fields.title_link and _REPOSITORY.fullmatch(title)
    dated = len(title.split()) < 4 and is_known_venue(title) and read_source(title).year
    if (
        (status or named or dated or is_of_address(title))
        or (_VENUE_ALONE.fullmatch(title) and not (fields.authors or fields.year))
        or tells_of_paper(title)
        or (role is Role.NOTES and not (fields.title_link or label.isupper()))
        or (not fields.marked and (tells_of_paper(label) or PRAISING.match(title)))
        or (not fields.marked and role in (Role.AUTHORS, Role.LINKS) and not label.isupper())
    ):
        return False
    cited = not fields.links and any(map(_GOES_ON_BEHIND.match, fields.notes[:1]))
    saying = fields.led and fields.authors and title[0].islower() and not fields.links
    sentence = cited or saying or (len(CJK.findall(title)) > _LONGEST_IN_CJK and "《" not in title)
    return fields.marked or not (title.split()[-1] in _GOES_ON or sentence)


def _is_paper(fields: ItemFields, *, about_papers: bool) -> bool:
    """Say whether what was read is a paper: a link leads to it, or it says who and when."""
    title, words = fields.title, len(fields.title.split())
    long = has_words(title)
    if not _can_be_title(fields):
        return False
    # What mentions another paper in a sentence, or has notes that do, is none by that.
    mentioned = fields.mentioned if fields.below else ()
    own = [link for link in fields.links if link not in (*mentioned, *fields.mentioned_below)]
    leads = (
        any(is_paper(link) or _PDF.fullmatch(link) for link in own)
        or fields.doi is not None
        or fields.arxiv is not None
    )
    # From the surest sign to the weakest: it leads to a paper, a label calls it one, its file is in
    # a list of papers, it is to be ticked off there, or it says who wrote it, where and when.
    if leads:
        bare = fields.labelled and not (fields.notes or fields.below)  # `Rain [Paper](…)`
        known = fields.marked or bool(fields.name) or (about_papers and bare)
        known |= bool(fields.authors) and fields.year is not None
        return words > 1 or known or not title.isascii()
    who = fields.authors or fields.lab
    attributed = sum(map(bool, (fields.venue, fields.year, who))) > 1 or (who and fields.days)
    bracketed = fields.bracketed and (attributed or fields.links)
    likely = about_papers and (fields.quoted or fields.annotated)
    cited = fields.led and ET_AL in fields.authors and fields.authors[0].isascii()
    cited = cited and len(fields.authors[0].split()) <= _LONGEST_NAME  # else it is a sentence
    who_said = fields.led and len(fields.authors) == 1 and not fields.year  # Ann Lee: "I garden"
    # `"A title" by Ann Lee`
    cited |= (fields.quoted or fields.bracketed) and bool(fields.authors) and not who_said
    if long and (bracketed or cited or fields.labelled or fields.keyed or likely):
        return True
    noted = (is_own(fields.title_link) and not _OF_OVERVIEW.search(title)) or (  # of other lists
        about_papers and long and is_issue(fields.title_link)
    )
    year = fields.year or fields.noted
    dated = year is not None or fields.venue is not None
    named = words > 1 or (fields.boxed and not fields.title.islower())  # `[x] [GARD](gard.md)`
    if noted and (fields.boxed or about_papers or dated) and named:
        return True
    alone = year is not None and not fields.links  # `A title, 1964`
    followed = fields.bracketed and fields.status is not None  # `《一本书》（已读）`
    if about_papers and (followed or (long and (fields.boxed or alone))):
        return True
    of_contents = fields.title_link.startswith("#")
    telling = bool(who) or has_words(fields.title, 4)
    described = dated and not of_contents and telling
    whole = fields.venue is not None and year is not None and words > 1 and not of_contents
    detailed = not fields.remarked and (fields.summary or fields.tags or fields.authors)
    if whole and (detailed or not fields.notes) and not fields.below:  # `A title (ICML 2020)`
        described = fields.led = True
    return described and (fields.marked or fields.led or fields.boxed or bool(who))


def _paper(fields: ItemFields) -> Paper:
    every = (*fields.mentioned, *fields.mentioned_below)
    own = [link for link in fields.links if link not in every]
    mentioned = every if fields.title_link or any(map(is_paper, own)) else ()
    known = identify(fields.links, first=bool(fields.title_link), mentioned=mentioned)
    fields.name = fields.name if fields.name != fields.title else None
    bare = (_FOOTNOTED.sub("", name.strip(_MARKS)) for name in fields.authors)
    fields.authors = tuple(filter(None, bare))
    fields.year = year_of(fields, fields.arxiv or known.arxiv)
    fields.notes = [line.rstrip() for note in fields.notes for line in note.split("\n")]
    return fields.paper(known)
