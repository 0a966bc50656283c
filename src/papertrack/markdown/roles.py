"""What the parts of an item say: its authors, venue, year, identifiers; the rest is a note."""

import re
from unicodedata import normalize

from papertrack.folding import fold_title
from papertrack.identifiers import DOI_PREFIX, arxiv_in, normalise_doi
from papertrack.labs import is_well_known
from papertrack.markdown.cutting import (
    CJK,
    EDGES,
    LABELLED,
    LINK,
    LINKS_ONLY,
    LONGEST_TITLE,
    NAMES_YEAR,
    Flat,
    Gap,
    bracket_end,
    clean_title,
    flatten,
    sentences,
)
from papertrack.markdown.inline import Span, is_label
from papertrack.markdown.proper_names import (
    are_authors,
    are_people,
    authors_in,
    is_known_venue,
    is_nickname,
    leading_names,
)
from papertrack.markdown.publication import PREPRINT, YEAR_FIRST, ItemFields, take_date, take_source
from papertrack.markdown.vocabulary import Role, is_honour, role_of
from papertrack.nothing import is_nothing
from papertrack.sources import is_source, read_date
from papertrack.status import status_of

_AFFILIATION = re.compile(r"\s*\((?!(?:19|20)\d\d\))[^()\d]{1,80}\)")
_AND_OTHERS = re.compile(
    r"(?P<who>([^\W\d_][^\d]{2,80}?),?\s+et\.?\s?al\b\.?)\s*[,.:]?\s*(.{0,80})"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}")
_OTHERS = re.compile(r"(?:\s*等人?|\bet\.?\s?al\b\.?)$", re.IGNORECASE)
_TWO_SURNAMES = re.compile(r"[^\W\d_a-z][\w'’-]+\s(?:and|&)\s[^\W\d_a-z][\w'’-]+")
_BY = re.compile(r"^(?:[Bb]y|[Ww]ritten by)\s(?=[^\W\d_a-z])")
_SIGNS = re.compile(r"^(?:[^\w\s\"'“«‘(（\[【<#@$.,…-]\s?){1,4}(?=[^\W\d_])")
_YEAR_BEHIND = re.compile(r",\s((?:19|20)\d\d)$|\d\s\(((?:19|20)\d\d)\)")
_DATED = re.compile(r"(?P<text>[^()]{2,60}?)\s*\((?P<date>[^()]{6,25})\)")
_AND_BRACKET = re.compile(r"(?P<text>[^()]{3,80}?)\s*\((?P<more>[^()]{2,60})\)")
_ORIGIN = re.compile(r"(?:from|by)\s+(?:the\s+)?(?P<who>[^\W\d_a-z].{1,40})")
_ACRONYM = re.compile(r"[A-Z]{3,}")
_ARXIV_COMMA = re.compile(r"(?<=^arxiv),\s*(?=\d{4}\.\d)", re.IGNORECASE)
_SOURCE_BEHIND = re.compile(r"[.,]?\s*\(([^()]{2,60})\)$")
_ONE_REVERSED = re.compile(
    r"([^\W\d_a-z][\w'’-]+,\s[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z]\.?)*)(?:\.\s|(?<=\.)\s)"
)
_PLACE_AND_YEAR = re.compile(r"([^\W\d_a-z][^\d.]{3,120}?),?\s((?:19|20)\d\d)")
_TAG_ENDS = re.compile(r"[,，、;；]")
_DOI = re.compile(rf"(?:\bdoi\s*[:：]?\s*|^)({DOI_PREFIX}\S+)", re.IGNORECASE)


def take_detail(text: str, fields: ItemFields) -> None:
    """Take an item below the paper's own."""
    flat = flatten(text)
    bare = flat.stripped()
    if bare.text and "\n" not in bare.text and _take_labelled(bare, fields):
        return
    take_rest(flat, fields)


def take_rest(flat: Flat, fields: ItemFields) -> None:
    """Take authors, venue, year and the like out of the text behind a title; the rest is notes."""
    flat = _without_status(_without_link_words(flat, fields), fields)
    left: list[Gap] = []
    fresh = True
    for start, end in sentences(flat):
        part = flat.part(start, end).stripped()
        if not re.search(r"\w", part.text) or _is_label_of_link(flat, start, end):
            continue
        if _take_part(part, fields):
            fresh = True
        elif left and not fresh:
            left[-1] = Gap(left[-1].start, end)
        else:
            left.append(Gap(start, end))
            fresh = False
    notes = [_noted(flat.text[gap.start : gap.end]) for gap in left]
    fields.notes += [note for note in notes if re.search(r"\w", note)]
    if fields.year is None and notes and (year := _YEAR_BEHIND.search(notes[0])):
        fields.year = int(year[1] or year[2])  # of a publisher, or behind a volume


def _is_label_of_link(flat: Flat, start: int, end: int) -> bool:
    """Say whether a sentence is a word or two before a colon and a link: `Webcam demo: <…>`."""
    text = flat.text[start:end].rstrip()
    linked = flat.text[end : end + 1] == LINK and text.endswith((":", "："))
    return linked and len(text.split()) <= 2 and len(text) < 30


def _without_status(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text without a sign at its end that stands for a status, which is taken."""
    text = flat.text.rstrip(" \n\ufe0f" + LINK)
    sign = re.search(r":[a-z_]{2,30}:$|[^\w\s]$", text[-40:])
    status = status_of(sign[0]) if sign else None
    if sign is None or status is None or (sign[0].isascii() and len(sign[0]) < 3):
        return flat
    fields.status = fields.status or status
    return flat.part(0, len(text) - len(sign[0]))


def _noted(text: str) -> str:
    lines = [" ".join(line.replace(LINK, " ").split()) for line in text.split("\n")]
    joined_text = "\n".join(
        re.sub(r"\s+([.,;:])", r"\1", line) for line in lines if line.strip(EDGES)
    )
    note = joined_text.strip(" \t\n,;:：，-–—|·•<>").removesuffix(".").strip()
    whole = note[:1] in ("(", "（") and bracket_end(note) == len(note)
    return note[1:-1].strip(" -–") if whole else note


def _without_link_words(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text with a mark for each link whose words are a label or say a source."""
    for start, end in reversed(list(flat.ranges(lambda s: s.link))):
        text = flat.part(start, end).stripped().words
        if not take_bracket(text, fields) and len(text.split()) > 2:
            continue
        flat = flat.without(start, end, LINK)
    for start, end in reversed(list(flat.ranges(lambda s: s.code))):
        flat = flat.without(end, end, LINK).without(start, start, LINK)
    for match in reversed(list(LINKS_ONLY.finditer(flat.text))):
        flat = flat.without(*match.span(), LINK)
    return flat


def _take_part(part: Flat, fields: ItemFields) -> bool:
    """Say whether a sentence was taken for a field: an identifier, a label, names, a source."""
    whole = bracket_end(part.text) == len(part.text)
    inner = part.part(1, len(part.text) - 1).stripped() if whole else part
    text = inner.words
    return (
        not text
        or (is_bare_label(text) and not inner.styles[0].code)
        or (_is_label_alone(text) and not inner.styles[0].code)
        or take_identifier(text, fields)
        or _take_labelled(inner, fields)
        or (whole and (_take_nickname(inner, fields) or _take_year_and_more(text, fields)))
        or _take_dated(text, fields)
        or _take_source_and_bracket(text, fields)
        or (not is_honour(text) and _take_words(text, inner, fields))
    )


def _take_dated(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a lab, venue or remark with a month behind it: `Alibaba (Sep 2021)`."""
    dated = _DATED.fullmatch(text)
    when = read_date(dated["date"]) if dated else None
    if dated is None or when is None or not when.more or not take_date(dated["date"], fields):
        return False
    if is_well_known(dated["text"]):
        fields.lab = fields.lab or dated["text"]
    elif not (take_source(dated["text"], fields) or take_people_and_year(text, fields)):
        fields.notes.append(dated["text"])
    return True


def _take_source_and_bracket(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a source with a lab or remark in brackets: `arXiv, 2021 (Tencent)`."""
    both = _AND_BRACKET.fullmatch(text)
    if both is None or not re.search(r"\d", both["text"]) or re.search(r"\d", both["more"]):
        return False
    if not (take_list(both["text"], fields) or take_source(both["text"], fields)):
        return False
    if not take_bracket(both["more"], fields):
        fields.notes.append(both["more"])
    return True


def _is_label_alone(text: str) -> bool:
    """Say whether words are a label of which nothing follows: `Keywords`."""
    short = len(text.split()) <= 2 and not re.search(r"[\d,]", text)
    return short and role_of_label(text) is not None


def is_bare_label(text: str) -> bool:
    """Say whether words are what links are called, and stand without one: `Code`."""
    return is_label(text) and not re.search(r"\d", text) and not is_known_venue(text)


def _take_nickname(inner: Flat, fields: ItemFields) -> bool:
    """Say whether bold letters in brackets are the paper's name: `(**ELMo**)`."""
    words = inner.words.split()
    named = is_nickname(inner.words) or (
        len(words) <= 2 and all(word.isalnum() and word[0].isupper() for word in words)
    )
    if not named or not all(style.bold for style in inner.styles):
        return False
    fields.name = fields.name or inner.words
    return True


def _take_year_and_more(text: str, fields: ItemFields) -> bool:
    """Say whether a text begins with the year, more behind it: `2016, 900+ citations`."""
    year_first = YEAR_FIRST.fullmatch(text)
    if year_first is None or is_source(text):
        return False
    fields.year = fields.year or int(year_first[1])
    fields.notes.append(year_first[2])
    return True


def _take_words(text: str, inner: Flat, fields: ItemFields) -> bool:
    """Say whether a sentence is authors, a date or a venue."""
    if not fields.authors and (arxiv := arxiv_in(text)):
        bare = PREPRINT.sub("", text).strip(EDGES)
        if bare and (take_people_and_year(bare, fields) or _take_people(bare, inner, fields)):
            fields.arxiv = fields.arxiv or arxiv
            return True
    if _take_people(text, inner, fields) or take_list(text, fields) or take_date(text, fields):
        return True
    if _take_lab(text, fields):
        return True
    short = len(text.split()) <= 20
    return short and take_source(text, fields)


def _take_lab(text: str, fields: ItemFields) -> bool:
    """Say whether a text is no more than a lab that many name."""
    if not is_well_known(text) or is_known_venue(text):
        return False
    fields.lab = fields.lab or text
    return True


def take_identifier(text: str, fields: ItemFields) -> bool:
    """Say whether a sentence is an identifier."""
    if len(text) > 80:
        return False
    text = _ARXIV_COMMA.sub(":", text)
    arxiv = arxiv_in(text)
    if arxiv and re.fullmatch(
        r"\W*(?:in\s+)?(?:arxiv preprint,?\s*)?arxiv\s*[: ]\s*[\w./-]+(?:\s*\[[\w.-]+\])?"
        r"[\s,]*\(?(?P<year>(?:19|20)\d\d)?\W*",
        text,
        re.IGNORECASE,
    ):
        year = re.search(r"\b((?:19|20)\d\d)\W*$", text.replace(arxiv, ""))
        fields.arxiv = fields.arxiv or arxiv
        fields.year = fields.year or (int(year[1]) if year else None)
        return True
    doi = _DOI.search(text)
    if doi and (known := normalise_doi(doi[1].rstrip(".,;)"))):
        fields.doi = fields.doi or known
        if before := text[: doi.start()].strip(EDGES + "("):
            take_rest(Flat(before, (Span(""),) * len(before)), fields)
        return True
    return False


def _take_people(text: str, inner: Flat, fields: ItemFields) -> bool:
    """Say whether a sentence is the authors, with a year or venue behind them or alone."""
    if fields.authors:
        return False
    said, text = text, normalize("NFC", _BY.sub("", text))
    if (
        _take_initialed(text, fields, surely=said != text)
        or take_people_and_year(text, fields, sentence=True)
        or _take_first_author(text, fields)
        or _take_people_and_bracket(text, fields)
    ):
        return True
    head, tail = _AFFILIATION.sub("", text).replace("，", ","), ""
    for _ in range(2):  # the year, and the venue before it
        before, comma, last = (part.strip() for part in head.rpartition(","))
        acronym = bool(tail) and last.isupper() and last.isalpha() and len(last) > 2
        if comma and (re.search(r"\d", last) or is_known_venue(last) or acronym):
            head, tail = before, ", ".join(filter(None, (last, tail)))
    for _ in range(3):
        surnames = _TWO_SURNAMES.fullmatch(head) is not None and are_people(head)
        known = is_known_venue(tail) and re.search(r"\d", tail) is not None
        alone = known and 2 <= len(head.split()) <= 4 and are_people(head) and not is_honour(head)
        if (are_authors(head) or surnames or alone) and not is_known_venue(head):
            fields.authors = authors_in(head)
            if tail and not (take_date(tail, fields) or take_source(tail, fields)):
                fields.notes.append(tail)
            return True
        head, comma, last = head.rpartition(",")
        tail = f"{last.strip()}, {tail}" if tail else last.strip()
        if not comma or not (is_source(tail) or read_date(tail)):
            break
    emphasised = all(style.emphasis for style in inner.styles)
    if (
        emphasised
        and 2 <= len(text.split()) <= 4
        and are_people(text)
        and not is_source(text)
        and not any(map(is_nickname, text.replace(",", "").split()))
    ):
        fields.authors = authors_in(text)
        return True
    return False


def _take_people_and_bracket(text: str, fields: ItemFields) -> bool:
    """Say whether a text is people, and where or when in brackets behind them."""
    sourced = _SOURCE_BEHIND.search(text)
    if sourced is None or not are_authors(text[: sourced.start()]):
        return False
    if not take_bracket(sourced[1], fields):
        return False
    fields.authors = authors_in(text[: sourced.start()])
    return True


def _take_initialed(text: str, fields: ItemFields, *, surely: bool) -> bool:
    """Say whether a text is `Lin X, Beling P A. ICML, 2014`, or behind `by` `Lin, Xi. ICML`."""
    names = None if is_known_venue(text) else leading_names(text)
    alone = _ONE_REVERSED.match(text) if surely else None
    end = alone.end() if alone else names.end if names else 0
    place = text[end:].strip()
    if not end or (place and not (take_date(place, fields) or take_source(place, fields))):
        if not (end and surely):
            return False
        dated = _PLACE_AND_YEAR.fullmatch(place)
        if dated and fields.venue is None:
            fields.venue, fields.year = dated[1], fields.year or int(dated[2])
        else:
            fields.notes.append(place)
    fields.authors = (alone[1],) if alone else names.authors if names else ()
    fields.year = fields.year or (names.year if names else None)
    return True


def take_people_and_year(text: str, fields: ItemFields, *, sentence: bool = False) -> bool:
    """Say whether a text is people with a year: `Author and Writer, 2017`, `Third (1980)`.

    In a sentence a comma alone sets nobody off: `Sensors, 2021`.
    """
    who = NAMES_YEAR.fullmatch(_AFFILIATION.sub("", text))
    if who is None or is_known_venue(who[1]) or not are_people(who[1]):
        return False
    last = who[1].rpartition(",")[2].strip()
    if "," in who[1] and (is_known_venue(last) or _ACRONYM.fullmatch(last)):
        return False
    set_off = text[who.end(1) :].lstrip()[:1] in tuple("(（" if sentence else "(（,，")
    if who[1].isalpha() and not set_off:
        return False  # `Sensors 2021` is a venue, `Third (1980)` somebody
    fields.authors = fields.authors or authors_in(who[1])
    fields.year = fields.year or int(who[2])
    return True


def _take_first_author(text: str, fields: ItemFields) -> bool:
    """Say whether a sentence is `A. Author (Lab) et al. ICML`, or a team with such behind it."""
    text = _AFFILIATION.sub("", text)
    others = _AND_OTHERS.fullmatch(text)
    if others is None or not are_people(others[2]):
        return False
    if others[3] and not (take_date(others[3], fields) or take_source(others[3], fields)):
        return False
    fields.authors = authors_in(text[: others.end("who")])
    return True


def take_list(text: str, fields: ItemFields) -> bool:
    """Say whether the parts between commas are a venue, a date or a lab; take them then.

    Behind a venue and its year what else stands there is a remark: `ICML 2021, 150+ citations`.
    """
    every = [part.strip() for part in re.split(r"[,，;；]\s*", text)]
    if not 2 <= len(every) <= 4 or "(" in text:
        return False
    probe = ItemFields(authors=fields.authors)
    placed = [part for part in every if take_date(part, probe) or take_source(part, probe)]
    others = [part for part in every if part not in placed]
    labs = [part for part in others if is_well_known(part)]
    whole = every[0] in placed and probe.year and probe.venue and is_known_venue(probe.venue)
    if not placed or not (whole or all(is_honour(part) or part in labs for part in others)):
        return False
    if labs and not probe.venue:
        return False
    if fields.venue not in (None, "arXiv", probe.venue) and probe.venue:
        return False
    for part in placed:
        if not take_date(part, fields):
            take_source(part, fields)
    fields.lab = fields.lab or next(iter(labs), None)
    if remarks := [part for part in others if part not in labs]:
        fields.notes.append(", ".join(remarks))
    return True


def role_of_label(label: str) -> Role | None:
    """Return the role that a label before a text has, or None for words that are no label."""
    role = role_of(label)
    return role[0] if role and (role[1] or len(label.split()) <= 2) else None


def _take_labelled(inner: Flat, fields: ItemFields) -> bool:
    """Say whether a sentence with a label before it was taken for what the label says."""
    inner = inner.part(len(inner.text) - len(_SIGNS.sub("", inner.text, count=1)))
    labelled = LABELLED.fullmatch(inner.text)
    role = role_of_label(labelled[1]) if labelled else None
    if labelled is None or (role is None and not inner.styles[0].bold):
        return False
    text = labelled[2].replace(LINK, " ").strip()
    if not text or is_nothing(text):
        return role is not None
    return _take_role(role, labelled[1], text, fields)


def _take_role(role: Role | None, label: str, text: str, fields: ItemFields) -> bool:  # noqa: C901, PLR0912 - one case a role
    """Say whether a text was taken for the field that its label names."""
    match role:
        case Role.AUTHORS:
            fields.authors = fields.authors or authors_in(text)
        case Role.TAGS:
            tags = (tag.strip(" []") for tag in _TAG_ENDS.split(text))
            fields.tags += [tag for tag in tags if tag]
        case Role.VENUE | Role.SOURCE:
            if not (take_date(text, fields) or take_source(text, fields)):
                fields.venue = fields.venue or text
        case Role.YEAR | Role.DATE:
            return take_date(text, fields)
        case Role.LAB:
            fields.lab = fields.lab or text
        case Role.STATUS:
            fields.status = fields.status or status_of(text)
            return fields.status is not None
        case Role.SUMMARY:
            if not take_source(text, fields):  # `intro: ICCV 2017`
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
        case _:
            fields.columns[label] = text
    return True


def _take_titled(text: str, fields: ItemFields) -> bool:
    """Say whether a text behind `Paper:` is the title, of which the item's own words are no more.

    These are then the paper's name, or a note.
    """
    title = clean_title(text.strip(" <>"))
    long = len(title.split()) > 2 or len(CJK.findall(title)) > 5
    if not long or title[0].islower() or is_source(title) or are_authors(title) or fields.titled:
        return False
    before, fields.title, fields.titled = fields.title, title, True
    if is_nickname(before):
        fields.name = fields.name or before
    elif before and fold_title(before) not in fold_title(title):
        fields.notes.insert(0, before)
    return True


def take_bracket(content: str, fields: ItemFields) -> bool:
    """Say whether what is in brackets is a venue, a year, or authors with a year; take it then."""
    return (
        take_date(content, fields)
        or take_people_and_year(content, fields)
        or take_list(content, fields)
        or _take_people_and_source(content, fields)
        or take_source(content, fields)
        or _take_origin(content, fields)
        or _take_lab(content, fields)
    )


def _take_origin(text: str, fields: ItemFields) -> bool:
    """Say whether a text says who made it: `from Apple`, `by Ann Author and Bob Writer`."""
    origin = _ORIGIN.fullmatch(text)
    if origin is None:
        return False
    if are_authors(origin["who"]):
        fields.authors = fields.authors or authors_in(origin["who"])
    elif text.startswith("from") or is_well_known(origin["who"]):
        fields.lab = fields.lab or origin["who"]
    else:
        return False
    return True


def _take_people_and_source(text: str, fields: ItemFields) -> bool:
    """Say whether a text is people, then where or when: `Lewis 等，NeurIPS 2020`."""
    if len(text) > LONGEST_TITLE:
        return False
    for comma in reversed(list(re.finditer(r"\s*[,，;；]\s*|(?<=[等人])\s*(?=\d)", text))):
        head, tail = text[: comma.start()].strip(), text[comma.end() :]
        others = _OTHERS.search(head)
        who = head[: others.start()].rstrip(" ,，") if others else head
        short = others is not None and (are_people(who) or _CHINESE.fullmatch(who))
        if not (short or are_authors(head) or (len(authors_in(head)) > 1 and are_people(head))):
            continue
        if is_known_venue(head) or not (take_date(tail, fields) or take_source(tail, fields)):
            continue
        fields.authors = fields.authors or authors_in(head)
        return True
    return False
