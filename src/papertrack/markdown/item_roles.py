"""What the parts of an item say: its authors, venue, year, identifiers; the rest is a note."""

import re

from papertrack.folding import fold_title, is_nothing
from papertrack.identifiers import DOI_PREFIX, arxiv_in, normalise_arxiv, normalise_doi
from papertrack.labs import is_well_known
from papertrack.markdown.citations import JOURNAL_NAME, people_ahead
from papertrack.markdown.inline import CJK, YEAR, Span, has_words, is_label, says_paper
from papertrack.markdown.item_authors import (
    AFFILIATION,
    is_whole_name,
    take_alias,
    take_bracket,
    take_dated_people,
    take_people,
    take_people_and_year,
    take_status_and_source,
    take_surnames,
)
from papertrack.markdown.item_parts import (
    DATED,
    EDGES,
    LABELLED,
    LINK,
    LINKS_ONLY,
    LONGEST_ITEM,
    PLAIN,
    Flat,
    Gap,
    bracket_end,
    clean_title,
    flatten,
    in_prose,
    labelled_texts,
    noted,
    sentences,
)
from papertrack.markdown.item_sources import (
    PREPRINT,
    YEAR_FIRST,
    ItemFields,
    take_appearance,
    take_date,
    take_lab,
    take_list,
    take_place_and_year,
    take_remarked,
    take_short,
    take_source,
    take_status,
    without_volume,
)
from papertrack.markdown.proper_names import (
    are_authors,
    are_people,
    authors_in,
    is_known_venue,
    is_nickname,
    published_in,
)
from papertrack.markdown.vocabulary import Role, is_honour, priority_in, role_of, tells_of_paper
from papertrack.patterns import pattern
from papertrack.sources import DAY, day_of, is_source, kind_of, read_date, read_source
from papertrack.status import Status, status_of

_SIGNS = pattern(r"^(?:[^\w\s\"'“«‘(（\[【<#@$.,…-]\s?){1,4}(?=[^\W\d_])")
_YEAR_BEHIND = pattern(r",\s((?:19|20)\d\d)(?:(?::|,\spp\.)[\d\s–-]+)?$|\d\s\(((?:19|20)\d\d)\)")
_WITH_BRACKET = pattern(r"([^()\[\]]{2,80}?)\s*[(\[]([^()\[\]]{2,60})[)\]]")
_BARE_ID = pattern(r"\d{4}\.\d{4,5}(?:v\d+)?")
_ARXIV_COMMA = pattern(r"(?<=^arxiv),\s*(?=\d{4}\.\d)", re.IGNORECASE)
_TAG_ENDS = pattern(r"[,，、;；]|\s(?=#)")
_DOI = pattern(rf"(?:\bdoi\s*[:：]?\s*|^)({DOI_PREFIX}\S+)", re.IGNORECASE)
_DAY_AT_END = pattern(rf"(?:{DAY})[)）]?[\s.。{LINK}]*$")
_LABELLED_DAY = pattern(rf"(?P<label>[^\d:：]{{2,30}}?)\s?[:：]?\s?(?P<day>{DAY})")
_DAY_LAST = pattern(rf"([^\n]{{1,40}}?(?:{DAY}))(?P<end>[)）]?)[\s.。{LINK}]*$")
_STATUS_LAST = pattern(r"\s?[(\[（【](?P<status>[^()\[\]（）【】]{2,20})[)\]）】]\s*$")  # [READ]
_YEAR_LAST = pattern(r"[^\W\d_][\s,'’]*(?:(?:19|20)\d\d|['’]\d\d)$")
_DATED_LABEL = pattern(r"([A-Za-z]+)[\s-]?\(?((?:19|20)\d\d)\)?")
_DATED_PEOPLE = pattern(  # Ann Lee and Bob Roe. (3/2017)
    r"(?:(?<=[(,])|(?<=[,.]\s))\s?(?:\d{1,2}/)?((?:19|20)\d\d)(?:\)[^()]{0,4}|[\s.]*)$"
)
_LOWER_LAST = pattern(r"(?:(?<![^\W_])(?:[a-z]+|In|At|By)|\.)\s*$")
_BRACKET_BEHIND_YEAR = pattern(r"\((?:19|20)\d\d\)(?:\s\w+)?\s\($")  # CVPR (2020) (*Small gardens*)
_BEGINNING = pattern(r"(?<![^\s(（》」』”，。,;；—–-])\S")  # of a word
_BRACKET_LAST = pattern(r"[(（]([^()（）]{3,40})[)）][。.]?$")
_LAST_LETTERS = 60  # letters
_MOST_OF_TAG = 4.7  # words on average
_LONGEST_LABEL = 6  # letters of a language that sets no blanks


def take_detail(text: str, fields: ItemFields) -> None:
    """Take an item below the paper's own."""
    if len(text) > LONGEST_ITEM:
        fields.notes.append(text)
        return
    bare = (flat := flatten(text)).stripped()
    if not bare.text or "\n" in bare.text or not _take_labelled(bare, fields):
        take_rest(flat, fields)


def take_rest(flat: Flat, fields: ItemFields) -> None:
    """Take authors, venue, year and the like out of the text behind a title; the rest is notes."""
    venue, flat = fields.venue, _without_link_words(flat, fields)
    linked = "" if fields.venue == venue else f"{fields.venue} {fields.year}"
    for rule in (_without_status, _without_texts, without_volume):
        flat = rule(flat, fields)
    left: list[Gap] = []
    fresh = True
    every = list(sentences(flat))
    for (begin, end), after in zip(every, (*every[1:], None), strict=False):
        start, part = begin, flat.stripped(begin, end)
        if not re.search(r"\w", part.text) or _is_label_of_link(flat, start, end):
            continue
        ahead = None if fields.authors else people_ahead(part.text)
        if ahead and ahead.year:
            fields.authors, fields.year = ahead.authors, fields.year or ahead.year
            start = flat.text.index(part.text, start) + ahead.end
            part = flat.stripped(start, end)
        who, colon, _ = part.text.partition(": ")
        led = colon and (are_authors(who) or (YEAR.fullmatch(who[-4:]) and kind_of(who)))
        if led and _take_part(part.part(0, len(who)), fields):
            start = flat.text.index(part.text, start) + len(who) + 2
            part = flat.stripped(start, end)
        following = "" if left else flat.part(*after).words if after else linked
        # `Read` before a link is a label, `（已读）` is none
        links = flat.text[end : end + 1] == LINK and not flat.style(start).code
        links = links and bracket_end(part.text) != len(part.text)
        if (
            take_surnames(part.words, following, fields)
            or (
                YEAR.fullmatch(following)
                and take_people_and_year(f"{part.words}, {following}", fields)
            )
            or (not links and take_status(part.words, fields))
            or _take_part(part, fields)
        ):
            fresh = True
        elif left and not fresh:
            left[-1] = Gap(left[-1].start, end)
        else:
            left.append(Gap(start, end))
            fresh = False
    notes = [_without_source_last(noted(flat.text[it.start : it.end]), fields) for it in left]
    fields.notes += [note for note in notes if re.search(r"\w", note) and note not in ("or", "and")]
    dated = filter(None, map(_YEAR_BEHIND.search, notes))
    if fields.year is None and (year := next(dated, None)):
        fields.year = int(year[1] or year[2])  # of a publisher, or behind a volume


def _is_label_of_link(flat: Flat, start: int, end: int) -> bool:
    """Say whether a sentence is a word or two before a colon and a link: `Webcam demo: <…>`."""
    text = flat.text[start:end].rstrip()
    short = text.endswith((":", "：")) and len(text.split()) <= 2 and len(text) < 30
    dated = DATED.search(text) and is_known_venue(text)
    return short and flat.text[end : end + 1] == LINK and not dated


def _without_source_last(note: str, fields: ItemFields) -> str:
    """Return a note without the source in brackets at its end, which is taken: `好（ICML）`."""
    bracket = _BRACKET_LAST.search(note) if CJK.search(note) and fields.venue is None else None
    probe = ItemFields()
    if bracket is None or not (take_source(bracket[1], probe) and probe.venue and probe.year):
        return note
    return note[: bracket.start()] if take_source(bracket[1], fields) else note


def _without_texts(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text without what labels head that is more than a sentence, which is taken."""
    if "\n" not in flat.text:
        return flat
    texts = labelled_texts(
        flat,
        heads_text=lambda it: role_of_label(it) in (Role.SUMMARY, Role.NOTES, Role.AUTHORS),
        is_label=lambda label: role_of_label(label) is not None,
    )
    taken = [
        gap
        for gap, label, text in texts
        if text
        and (role_of_label(label) is not Role.AUTHORS or are_authors(text))
        and _take_role(role_of_label(label), label, text, fields)
    ]
    return flat.without(taken, "\n")


def _without_status(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text without a status at its end, a sign or a word not in English, taken then."""
    text = flat.text.rstrip(" \n\ufe0f" + LINK)
    sign = re.search(r":[a-z_]{2,30}:$|[^\w\s]$|(?<=\s)[^\W\d_A-Za-z]{2,15}$", text[-40:])
    status = status_of(sign[0]) if sign else None
    if sign and status and not (sign[0].isascii() and len(sign[0]) < 3):
        fields.status = fields.status or status
        return flat.part(0, len(text) - len(sign[0]))
    return flat


def _without_link_words(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text with a mark for each link whose words are a label or say a source."""
    # A link with a source's words says the source; one or two words by themselves are a label.
    # What else is linked stands in a sentence about other papers.
    gaps: list[tuple[int, int]] = []
    year = fields.year
    for start, end in reversed(list(flat.ranges(lambda s: s.link))):
        text = flat.stripped(start, end).words.strip("[]")
        dated = _DATED_LABEL.fullmatch(text)
        if dated and says_paper(dated[1]):
            fields.year, text = year or int(dated[2]), dated[1]
        short = (len(text.split()) <= 2 or says_paper(text)) and not in_prose(flat, start, end)
        is_read = status_of(text) is None and take_bracket(text, fields)  # `[Read](…)` is a label
        if is_read or (short and not _is_one_of_people(flat, start, end)):
            gaps.append((start, end))
        else:
            fields.mentioned.append(flat.style(start).link)
    flat = flat.without(reversed(gaps), LINK)
    # Marks set off what is in code, people and sources in italics or bold, as a full stop would.
    edges = {at for place in flat.ranges(lambda s: s.code) for at in place}
    for start, end in flat.ranges(lambda s: s.emphasis or s.bold):
        text = AFFILIATION.sub("", flat.text[start:end])
        field = is_source(text) if DATED.search(text) else "," in text and are_authors(text)
        field = field or (flat.text[:start].rstrip()[-4:].isdigit() and is_whole_name(text))
        if field and flat.text[start - 1 : start] not in ("(", "（"):
            edges |= {end} if _LOWER_LAST.search(flat.text[:start]) else {start, end}
        edges |= {start - 1} if _BRACKET_BEHIND_YEAR.search(flat.text[:start]) else set()
    flat = flat.without([(at, at) for at in sorted(edges)], LINK)
    return flat.without([match.span() for match in LINKS_ONLY.finditer(flat.text)], LINK)


def _is_one_of_people(flat: Flat, start: int, end: int) -> bool:
    """Say whether a link's words are somebody in a list of people: `[Ann Author](…), Bob Roe`."""
    who = flat.part(start, end).words
    listed = flat.text[end : end + 1] == "," or flat.text.endswith((", ", " and "), 0, start)
    return " " in who and listed and are_people(who)


def _take_part(part: Flat, fields: ItemFields) -> bool:
    """Say whether a sentence was taken for a field: an identifier, a label, names, a source."""
    whole = bracket_end(part.text) == len(part.text)
    inner = part.part(1, len(part.text) - 1).stripped() if whole else part
    text = inner.words
    return (
        not text
        or (not inner.style(0).code and (is_bare_label(text) or _is_label_alone(text)))
        or take_identifier(text, fields)
        or _take_labelled(inner, fields)
        or take_status_and_source(text, fields)
        or (whole and text[:4].isupper() and take_short(text, fields))
        or (whole and (_take_nickname(inner, fields) or take_place_and_year(text, fields)))
        or (whole and take_people_and_year(text, fields))
        or (whole and YEAR_FIRST.match(text) and take_remarked(text, fields))
        or _take_with_bracket(text, fields)
        or (not is_honour(text) and _take_words(text, inner, fields))
        or (whole and take_remarked(text, fields))
    )


def _take_with_bracket(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a source, or words and a month, beside each other with brackets.

    `arXiv, 2021 (Tencent)`, `Alibaba (Sep 2021)`: what is no source is a lab, or a note.
    """
    both = _WITH_BRACKET.fullmatch(text)
    if both is None or published_in(text):
        return both is not None and take_source(text, fields)
    head, inside = both[1].removeprefix("by "), both[2]
    dated = re.search(r"\d", inside) and (when := read_date(inside)) and when.more
    if dated and take_date(inside, fields):
        fields.lab = fields.lab or (head if (lab := is_well_known(head)) else None)
        known, remark = lab or take_source(head, fields) or take_dated_people(text, fields), head
    elif _YEAR_LAST.search(inside) and is_whole_name(head) and take_source(inside, fields):
        known, fields.authors = True, fields.authors or authors_in(head)  # Ann Lee (Gut, 2018)
    elif (is_label(head) or take_lab(head, ItemFields())) and take_source(inside, fields):
        known, remark = take_lab(head, fields), head  # MIT, dataset (Gut, 2018)
    elif any(map(str.isalpha, inside)) and re.search(r"\d", head) and take_appearance(head, fields):
        known, remark = take_bracket(inside, fields), inside
    else:
        return False
    fields.notes += [] if known else [remark]
    return True


def _is_label_alone(text: str) -> bool:
    """Say whether words are a label of which nothing follows: `Keywords`."""
    if len(text.split()) > 2 or re.search(r"[\d,]", text) or is_honour(text):
        return False
    label, role = role_of_label(text), role_of(text)
    surely = text.isascii() or role == (label, True)
    somebody = role == (Role.AUTHORS, False)  # called so, `Ann Author`
    return surely and not somebody and label not in (None, Role.ARXIV)


def is_bare_label(text: str) -> bool:
    """Say whether words are what links are called, and stand without one: `Code`."""
    other = re.search(r"\d", text) or is_known_venue(text) or is_well_known(text)
    return is_label(text) and not other


def _take_nickname(inner: Flat, fields: ItemFields) -> bool:
    """Say whether bold letters in brackets are the paper's name: `(**ELMo**)`."""
    words = inner.words.split()
    named = is_nickname(inner.words) or (
        len(words) <= 2 and all(word.isalnum() and word[0].isupper() for word in words)
    )
    spelled = fields.venue is not None and fields.venue.count(" ") > 1  # `Journal of Gardens`
    if spelled and is_known_venue(inner.words) and inner.words not in (fields.venue or ""):
        fields.venue = f"{fields.venue} ({inner.words})"
        return True
    bold = all(style.bold for style in inner.styles)
    apart = bold or (fields.quoted and not is_known_venue(inner.words))
    if not (named and apart) or is_honour(inner.words):
        return False
    if fields.name is None:
        fields.name = inner.words
    elif fields.venue is None and inner.words.isupper():  # a paper has one name
        fields.venue = inner.words
    return True


def _take_words(text: str, inner: Flat, fields: ItemFields) -> bool:
    """Say whether a sentence is authors, a date or a venue."""
    if not fields.authors and (arxiv := arxiv_in(text)):
        bare = PREPRINT.sub("", text).strip(EDGES)
        if bare and (take_people_and_year(bare, fields) or take_people(bare, inner, fields)):
            fields.arxiv = fields.arxiv or arxiv
            return True
    takes = (take_list, take_date, take_lab, take_alias)
    if take_people(text, inner, fields) or any(take(text, fields) for take in takes):
        return True
    most = 40 if text.startswith(("Proceedings of ", "In Proceedings of ")) else 20
    return len(text.split()) <= most and take_source(text, fields)


def take_identifier(text: str, fields: ItemFields) -> bool:
    """Say whether a sentence is an identifier."""
    if len(text) > 80:
        return False
    text = _ARXIV_COMMA.sub(":", text)
    if _BARE_ID.fullmatch(text) and (arxiv := normalise_arxiv(text)):
        fields.arxiv = fields.arxiv or arxiv
        return True
    arxiv = arxiv_in(text)
    if arxiv and re.fullmatch(
        r"\W*(?:in\s+)?(?:arxiv preprint,?\s*)?arxiv\s*[:. ]\s*[\w./-]+(?:\s*\[[\w., -]+\])?"
        r"[\s,]*(?:[a-z]{3,9}\.?\s(?:\d{1,2},\s)?)?\(?(?P<year>(?:19|20)\d\d)?\W*",
        text,
        re.IGNORECASE,
    ):
        year = re.search(r"\b((?:19|20)\d\d)\W*$", text.replace(arxiv, ""))
        fields.arxiv = fields.arxiv or arxiv
        fields.year = fields.year or (int(year[1]) if year else None)
        return True
    if (doi := _DOI.search(text)) and (known := normalise_doi(doi[1].rstrip(".,;)"))):
        fields.doi = fields.doi or known
        before = text[: doi.start()].strip(EDGES + "(")
        if fields.authors and fields.venue is None and JOURNAL_NAME.fullmatch(before):
            fields.venue = fields.venue if take_appearance(before, fields) else before
        elif before:
            take_rest(_unmarked(before), fields)
        return True
    return False


def _unmarked(text: str) -> Flat:
    return Flat(text, PLAIN * len(text), {PLAIN: Span("")})


def role_of_label(label: str) -> Role | None:
    """Return the role that a label before a text has, or None for words that are no label."""
    role = role_of(label)
    if role and role[0] in (Role.NAME, Role.MODEL) and tells_of_paper(label):
        return None  # `Method` heads the names in a table, and before a text what was done
    short = len(label.split()) <= 2 and len(CJK.findall(label)) <= _LONGEST_LABEL
    return role[0] if role and (role[1] or short) else None


def _take_labelled(inner: Flat, fields: ItemFields) -> bool:
    """Say whether a sentence with a label before it was taken for what the label says."""
    inner = inner.part(len(inner.text) - len(_SIGNS.sub("", inner.text, count=1)))
    labelled = LABELLED.fullmatch(inner.text)
    role = role_of_label(labelled[1]) if labelled else None
    if labelled is None or (role is None and not inner.style(0).bold):
        return False
    text = labelled[2].replace(LINK, " ").strip()
    if not text or is_nothing(text):
        return role is not None
    if role is Role.LINKS and LINK not in inner.text and re.search(r"\d", text):
        role, text = Role.NOTES, inner.words  # `OpenReview: 8, 6, 6`
    return _take_role(role, labelled[1], text, fields)


def _take_role(role: Role | None, label: str, text: str, fields: ItemFields) -> bool:  # noqa: C901, PLR0911, PLR0912 - one case a role
    """Say whether a text was taken for the field that its label names."""
    match role:
        case Role.AUTHORS:
            if dated := _DATED_PEOPLE.search(text):
                fields.year = fields.year or int(dated[1])
                text = text[: dated.start()].rstrip(" \n.,(")
            who = AFFILIATION.sub("", text)
            placed = CJK.search(who) and take_people(who, _unmarked(who), fields)
            fields.authors = fields.authors or (() if placed else authors_in(who))
            fields.labelled |= label.casefold() == "authors"  # of books and tools it is `Author`
        case Role.TAGS:
            tags = [tag.strip(" []#") for tag in _TAG_ENDS.split(text)]
            words = sum(len(tag.split()) for tag in tags)  # many are sentences, or parts of one
            task = label.casefold().startswith("task") and words > _MOST_OF_TAG * len(tags)
            fields.notes += [text] if task else []
            fields.tags += [tag for tag in tags if tag and not task]
        case Role.VENUE | Role.SOURCE:
            if not (take_date(text, fields) or take_source(text, fields)):
                where = read_source(text)
                fields.venue = fields.venue or where.venue or text
                fields.year = fields.year or where.year
        case Role.YEAR | Role.DATE:
            return take_date(text, fields)
        case Role.LAB:
            fields.lab = fields.lab or text
        case Role.STATUS:
            fields.status = fields.status or status_of(text)
            return fields.status is not None
        case Role.ADDED | Role.STARTED | Role.FINISHED if day := day_of(text):
            fields.days[role.value] = day
            done = Status.DONE if role is Role.FINISHED else Status.READING
            fields.status = fields.status or (None if role is Role.ADDED else done)
        case Role.PRIORITY if priority := priority_in(text):
            fields.priority = fields.priority or priority
        case Role.SUMMARY:
            if not (take_source(text, fields) or take_lab(text, fields)):  # `intro: ICCV 2017`
                fields.summary.append(text)
        case Role.NOTES:
            fields.notes.append(text)
        case Role.NAME | Role.MODEL if len(text.split()) <= 4:
            fields.name = fields.name or text
        case Role.DOI | Role.ARXIV:
            return take_identifier(f"{role.value}:{text}", fields)
        case Role.TITLE:
            return is_label(text) or _take_titled(text, fields)
        case Role.LINKS:
            return is_label(text)
        case Role.NUMBER if take_source(text, fields):  # `Index: SIGCOMM 2017`
            return True
        case _:
            fields.columns[label] = text
    return True


def _take_labelled_day(text: str, fields: ItemFields) -> bool:
    """Say whether a text is what happened to a paper, with its day: `added 2024-02-01`."""
    day = _LABELLED_DAY.fullmatch(text)
    role = role_of_label(day["label"]) if day else None
    of_day = role in (Role.ADDED, Role.STARTED, Role.FINISHED)
    return day is not None and of_day and _take_role(role, day["label"], day["day"], fields)


def _take_titled(text: str, fields: ItemFields) -> bool:
    """Say whether a text behind `Paper:` is the title, of which the item's own words are no more.

    These are then the paper's name, or a note.
    """
    title = clean_title(text.strip(" <>"))
    if (
        not has_words(title)
        or title[0].islower()
        or is_source(title)
        or are_authors(title)
        or fields.titled
    ):
        return False
    before, fields.title, fields.titled = fields.title, title, True
    if is_nickname(before):
        fields.name = fields.name or before
    elif day_of(day := f"{before}, {fields.year}"):
        fields.columns.setdefault("Date", day)
    elif before and fold_title(before) not in fold_title(title):
        fields.notes.insert(0, before)
    return True


def without_last_status(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text without a status and its day at the end: `A title done 2024-02-01`."""
    last = flat.text[-_LAST_LETTERS:]
    end = last.rstrip(f" \n.。)）{LINK}")[-1:]
    closed = last.rstrip().endswith((")", "]", "）", "】"))
    alone = _STATUS_LAST.search(last) if closed else None
    if alone and alone.start() and take_status(alone["status"], fields):
        return flat.part(0, len(flat.text) - len(alone[0]))
    dated = (end.isdigit() or end in ("日", "月")) and _DAY_AT_END.search(last)  # which is quick
    ending = _DAY_LAST.search(last) if dated else None
    if ending is None:
        return flat
    first = len(flat.text) - len(ending[0])
    for start in (first + word.start() for word in _BEGINNING.finditer(ending[1])):
        before = flat.text[:start].rstrip(" (（" + EDGES)
        words = flat.text[start : first + ending.end(1) - ending.start()]
        sign, within = flat.text[:start].rstrip()[-1:], "(" in words or "（" in words
        opened = sign in ("(", "（") or (within and sign in tuple(EDGES))
        if flat.style(start).link or (ending["end"] and not opened):
            continue  # of a title, or of a bracket that says more
        if before and (take_status(words, fields) or _take_labelled_day(words, fields)):
            return flat.without([(len(before), first + ending.end("end") - ending.start())], LINK)
    return flat
