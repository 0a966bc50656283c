"""Who a sentence or bracket of an item says that a paper is by, and where and when it appeared."""

import re
from functools import lru_cache
from itertools import takewhile
from unicodedata import normalize

from papertrack.authors import ET_AL, PARTICLE, count_no_names, is_group
from papertrack.labs import is_organisation, is_well_known
from papertrack.markdown.inline import CJK, has_words
from papertrack.markdown.item_parts import (
    ALIAS,
    EDGES,
    LONGEST_TITLE,
    Flat,
    Gap,
    first_sentence,
)
from papertrack.markdown.item_sources import (
    CONFERENCES,
    ItemFields,
    take_appearance,
    take_date,
    take_lab,
    take_list,
    take_place_and_year,
    take_source,
    take_status,
)
from papertrack.markdown.proper_names import (
    are_authors,
    are_east_asian,
    are_organisations,
    are_people,
    authors_in,
    is_east_asian_venue,
    is_known_venue,
    is_nickname,
    leading_names,
)
from papertrack.markdown.vocabulary import is_honour
from papertrack.patterns import pattern
from papertrack.sources import DIGIT, is_abbreviated, is_source, kind_of, read_date

# `par Ann Lee`, and no `von Neumann`
BY_ELSEWHERE = r"(?:par|por|von|di|da|de)\s\*?(?=[^\W\d_a-z][^\W\d_]*\.?\s[^\W\d_a-z])"
_WHO = PARTICLE + r"{0,2}[^\W\d_a-z][^()（）\[\]:：\d]{1,2000}?"
NAMES_YEAR = pattern(rf"({_WHO}),?\s*(?:[–—-]\s)?[(（]?((?:19|20)\d\d)(?:[a-z]|[./-]\d\d?)?[)）]?")
AFFILIATION = pattern(r"\s*\((?!(?:19|20)\d\d\))[^()\d]{1,80}\)")
REMARK_BEHIND = pattern(r"\s\((?=[^()]*(?<!\w)[a-z]{4})([^()]{4,400})\)$")  # and no affiliation
_AFFILIATED = pattern(r"[^()]+\s\(([^()\d]{2,80})\)[\s,.]*")  # Ann Lee, Bob Roe (Google)
_OTHERS_ALONE = pattern(r"et\.? al\.?")
_VENUE_FIRST = pattern(r"[A-Z]{3,10}\s")
_PLACE_BEGINS = pattern(  # behind people
    r"\s*[,，;；]\s*|(?<=[^\W\d_]{2})\.\s(?=[^\W\d_a-z])|(?<=[等人])\s*(?=\d)|(?<=\bal)(?:\.?\s|\.[,:]?\s?)(?=\S)|[.,]?\s*[(\[](?=[^()\[\]]{2,60}[)\]]$)"
)
_OTHERS = pattern(r"(?:\s*等人?|\bet\.?\s?al\b\.?)$", re.IGNORECASE)
_WHOLE_NAME = pattern(r"[^\W\d_][^\d,]*\s[^\d,]+")
_SURNAMES = pattern(  # Fedus, Zoph, and Shazeer
    r"(?=\w*[a-z])[^\W\d_a-z][\w'’-]+(?:(?:,\s(?:and\s)?|\s(?:and|&)\s)[^\W\d_a-z][\w'’-]+){1,9}"
    r"(?:,?\set\.?\sal\.?)?"
)
_TWO_SURNAMES = pattern(r"[^\W\d_a-z][\w'’-]+\s(?:and|&)\s[^\W\d_a-z][\w'’-]+")
_BY = pattern(rf"^(?:(?:[Bb]y|[Ww]ritten by)\s\*?(?=[^\W\d_a-z]|{PARTICLE})|{BY_ELSEWHERE})")
_BETWEEN_PARTS = pattern(r"\s*[,，、;；|·]\s*|\s/\s")
_EAST_ASIAN_YEAR = pattern(r"(?:19|20)\d\d\s?[年년]?")
_SEVERAL = pattern(r"\s*[,，、&]\s*")
_YEAR_LAST = pattern(r",?\s\(?((?:19|20)\d\d)\)?\.?$")
_YEAR_AHEAD = pattern(r"^((?:19|20)\d\d)\s?[,，]\s(?:by\s)?(?=[^\W\d_a-z])(.+)$")
_AT = pattern(r"\s(?:at|from)\s(?=[^,]*$)")
_COMMA_LAST = pattern(r",(?=[^,]*$)")
_INITIAL_LAST = pattern(r"\s[^\W\d_a-z]$")
_INITIAL = pattern(r"\s[^\W\d_a-z]\.\s?[^\W\d_a-z][^\W\d_A-Z]+$")  # Leo B. Roe
_ONE_PERSON = pattern(r"[^\W\d_a-z][\w'’.-]*(?:\s[^\W\d_a-z][\w'’.-]*){1,3}")
_HYPHENED = pattern(r"[A-Z][a-z]+-[a-z]+\s[A-Z][a-z]+")  # Shun-ichi Amari
_ONE_INITIALS = pattern(r"[^\W\d_a-z][\w'’-]+,(?:\s?[A-Z]\.){0,2}\s?[A-Z]\.?")  # `Lee, A. B`
_NO_LAB = pattern(r"[()]|\bPress\b|\bet al\b")
_PLACE_WORD = r"(?:[^\W\d_a-z][\w'’.-]*|of|the|for|and|at|in|de|etc)"
_PLACES = pattern(rf"{_PLACE_WORD}(?:,?\s{_PLACE_WORD})*")  # UTS, Australia
_ORIGIN = pattern(  # but no title such as `From A to B`
    r"(?P<how>[Ff]rom|[Bb]y)\s+(?:the\s+)?(?!.*\sto\s)(?P<who>[^\W\d_a-z].{1,40})"
)
_ACRONYM = pattern(r"[A-Z]{3,}")
_SHORT_VENUE = pattern(r"\b(?:[A-Z]{3}|[A-Z][a-z]+[A-Z]{2})")
_GLUED = pattern(  # Kipf/Welling, Ba&Caruana
    r"(?<=[^\W\d_A-Z])[/&](?=[^\W\d_a-z][^\W\d_A-Z])"
)
_ONE_REVERSED = pattern(
    r"([^\W\d_a-z][\w'’-]+,\s[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z]\.?)*)(?:\.\s|(?<=\.)\s|$)"
)
_ONE_INITIALED = pattern(r"([^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z]){1,3})\.\s")
_LAST_AND_PLACE = pattern(
    r"(?:,|，|,?\s(?:and|&))\s(?P<last>[^,，()]+?\s?(?:19|20)\d\d\b[^,，()\d]*)$"
)
_PLACE_AND_YEAR = pattern(r"([^\W\d_a-z][^\d.]{3,120}?),?\s((?:19|20)\d\d)")


def take_alias(text: str, fields: ItemFields) -> bool:
    """Say whether a text is what people call the paper: `a.k.a. GARD`."""
    alias = ALIAS.fullmatch(text)
    name = alias["name"].strip(EDGES + '"“”') if alias else ""
    if not name or len(name.split()) > 3 or not re.search(r"[A-Z\u3400-\u9fff]", name):
        return False
    fields.name = fields.name or name
    return True


def take_people(text: str, inner: Flat, fields: ItemFields) -> bool:
    """Say whether a sentence is the authors, with a year or venue behind them or alone."""
    if fields.authors or are_organisations(text):
        return False
    lab, comma, others = text.partition("，")  # 谷歌，Devlin 等
    if comma and fields.lab is None and is_organisation(lab) and are_people(others):
        fields.lab, text = lab, others
    text = _GLUED.sub(", ", text)
    written, text = text, normalize("NFC", _BY.sub("", text))
    text = text if written == text else text.strip("* ")
    if (
        (written != text and _take_people_and_lab(text, fields))
        or ((written != text or _INITIAL.search(text)) and _take_one(text, fields))
        or _take_east_asian(text, fields)
        or _take_people_and_place(text, fields)
        or _take_people_and_lab(text, fields)
        or _take_initialed(text, fields, surely=written != text)
        or take_people_and_year(text, fields, sentence=True)
    ):
        return True
    head = AFFILIATION.sub("", text).replace("，", ",")
    surnames = _TWO_SURNAMES.fullmatch(head) is not None and are_people(head)
    last = head.rpartition(",")[2].strip()
    if (are_authors(head) or surnames) and not (re.search(r"\b\d", head) or _is_venue(last)):
        fields.authors = authors_in(head)
        _take_remark_behind(text, fields)
        return True
    if take_people_and_source(head, fields, sentence=True):
        return True
    words = text.replace(",", "").split()
    emphasised = 2 <= len(words) <= 4 and all(style.emphasis for style in inner.styles)
    if (
        emphasised
        and are_people(text)
        and not (
            is_source(text) or (any(map(is_nickname, words)) and not _HYPHENED.fullmatch(text))
        )
    ):
        fields.authors = authors_in(text)
        return True
    return False


def _take_remark_behind(text: str, fields: ItemFields) -> None:
    """Take what is in brackets behind all of the authors: their lab, or a note."""
    affiliation = _AFFILIATED.fullmatch(text)
    if affiliation and is_organisation(affiliation[1]):
        fields.lab = fields.lab or affiliation[1]
    remark = REMARK_BEHIND.search(text)
    fields.notes += [remark[1]] if remark and not are_organisations(remark[1]) else []


def _take_east_asian(text: str, fields: ItemFields) -> bool:
    """Say whether a text is people, then a venue, a year or both: `王五，计算机学报，2021`."""
    every = _BETWEEN_PARTS.split(text.strip(EDGES))
    every = every[1:] + every[:1] if _EAST_ASIAN_YEAR.fullmatch(every[0]) else every
    people = len(list(takewhile(are_east_asian, every)))
    rest = every[people:]
    years = [part for part in rest if _EAST_ASIAN_YEAR.fullmatch(part)]
    venues = [part for part in rest if part not in years]
    placed = [part for part in venues if is_east_asian_venue(part) or is_known_venue(part)]
    if not (1 <= len(rest) <= 2) or placed != venues or len(years) > 1 or len(venues) > 1:
        return False
    if not (people or (years and is_east_asian_venue(venues[0] if venues else ""))):
        return False
    probe = ItemFields()
    if venues and not take_source(venues[0], probe):
        probe.venue = venues[0]
    if people:
        fields.authors = fields.authors or authors_in("，".join(every[:people]))
    fields.venue = fields.venue or probe.venue
    fields.year = fields.year or (int(years[0][:4]) if years else probe.year)
    return True


def _is_venue(text: str) -> bool:
    """Say whether a text behind names is a venue that is known, and not `Ed Chi`."""
    person = " " in text and are_people(text) and not any(map(str.isupper, text.split()))
    return (is_known_venue(text) or kind_of(text) is not None) and not person


def take_surnames(text: str, following: str, fields: ItemFields) -> bool:
    """Say whether a sentence is two surnames or more, or one whole name, before venue and year.

    `Fedus, Zoph, Shazeer. JMLR 2022`: without the venue they could be keywords.
    """
    one = _ONE_PERSON.fullmatch(text) is not None
    if fields.authors or not (one or _SURNAMES.fullmatch(text)) or not are_people(text):
        return False
    names = [name for name in authors_in(text) if name != ET_AL]
    others = any(is_organisation(it) or is_nickname(it) or is_honour(it) for it in names)
    probe = ItemFields()
    if one and not others and are_organisations(following) and not is_known_venue(following):
        fields.authors = authors_in(text)
        return True
    if others or not (one or len(set(names)) > 1) or not take_source(following, probe):
        return False
    venue = probe.venue or ""
    telling = is_known_venue(venue) or _ACRONYM.fullmatch(venue) or count_no_names(venue)
    if probe.year is None or not telling:
        return False
    fields.authors = authors_in(text)
    return True


def _take_one(text: str, fields: ItemFields) -> bool:
    """Say whether a text is one person by the whole name, as `by` before it says: `Ann Lee`."""
    initials = _ONE_INITIALS.fullmatch(text)
    person = (initials or _ONE_PERSON.fullmatch(text)) is not None and are_people(text)
    fields.authors = (f"{text.rstrip('.')}." if initials else text,) if person else fields.authors
    return person


def _take_people_and_place(text: str, fields: ItemFields) -> bool:
    """Say whether a text is people, and a venue with its year right behind the last of them."""
    ending = _LAST_AND_PLACE.search(text)
    if ending is None:
        return False
    words = list(re.finditer(r"\S+", ending["last"]))[2:8]  # behind a given and a family name
    # `NeurIPS` tells for sure where the venue begins, `Nature Communications` only as a whole.
    for word in sorted(words, key=lambda word: _SHORT_VENUE.match(word[0]) is None):
        start = ending.start("last") + word.start()
        who, place = text[:start].rstrip(), text[start:]
        known = _SHORT_VENUE.match(place) or is_known_venue(place)
        if known and are_people(who) and not _SHORT_VENUE.search(who):
            fields.authors = authors_in(who) if take_source(place, fields) else ()
            return bool(fields.authors)
    return False


def _take_people_and_lab(text: str, fields: ItemFields) -> bool:
    """Say whether a text is people, and behind `at` or a comma where they are: `Ann, Lab of X`."""
    dated = _YEAR_LAST.search(text)
    bare = text[: dated.start()] if dated else text
    for place in filter(None, (_AT.search(bare), _COMMA_LAST.search(bare))):
        people, lab = bare[: place.start()].strip(" ."), bare[place.end() :].strip(" .")
        lab, _, venue = lab.partition(" on ")  # from a lab on a journal
        named = is_well_known(lab) or (lab[:1].isupper() and len(lab) < 60 and is_group(lab))
        other = _NO_LAB.search(lab) is not None or is_known_venue(lab)  # but a publisher, a venue
        if named and not other and are_people(people) and (" " in people or place[0] == ","):
            fields.authors, fields.lab = authors_in(people), fields.lab or lab
            fields.year = fields.year or (int(dated[1]) if dated else None)
            fields.notes += [venue] if venue and not take_source(venue, fields) else []
            return True
    return False


def _one_initialed(text: str) -> re.Match[str] | None:
    """Return where one name with initials ends before a place: `Neto G. Garden course, 2005`."""
    name = _ONE_INITIALED.match(text)
    place = re.sub(r"[,(\s]*(?:19|20)\d\d\W*$", "", text[name.end() :]) if name else ""
    return None if are_people(place) else name


def _take_initialed(text: str, fields: ItemFields, *, surely: bool) -> bool:
    """Say whether a text is `Lin X, Beling P A. ICML, 2014`, or behind `by` `Lin, Xi. ICML`."""
    names = leading_names(text)
    if names and is_known_venue(text[: names.end].strip(" .,(")):  # `ACM MM (2024)`
        return False
    alone = (_ONE_REVERSED.match(text) or _one_initialed(text)) if surely else None
    if alone and names and names.end > alone.end():
        alone = None  # Ann M. Author
    end = alone.end() if alone else names.end if names else 0
    place = text[end:].strip()
    if not end or (place and not take_appearance(place, fields)):
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


def is_whole_name(text: str) -> bool:
    """Say whether a text can be one person by the whole name: `Ann Lee`, not `Lee, Ann`."""
    cased = text.lower() != text  # as East Asian names are not
    return cased and _WHOLE_NAME.fullmatch(text) is not None and are_people(text)


def authors_of_byline(bold: Flat, rest: Flat, *, authors_first: bool) -> tuple[str, ...]:
    """Return the authors whose names in bold end with a stop before a title: `**Lee, A.** "…"`.

    The title stands in quotes or italics, or is a link behind one person alone in a list that
    begins with authors; else these are nobody.
    """
    linked = rest.text.startswith(". ") and rest.text[2:] and rest.style(2).link
    if authors_first and linked and is_whole_name(bold.words):
        return (bold.words,)
    who = bold.words.rstrip(". ")
    ended = bold.text.rstrip()[-1:] == "." and bold.style(0).bold and not bold.style(0).link
    title = rest.text.lstrip()
    set_off = title[:1] in ('"', "“", "«") or next(rest.ranges(lambda s: s.emphasis), (9,))[0] < 3
    if not (ended and set_off and (are_authors(who) or ("," in who and are_people(who)))):
        return ()
    return authors_ahead(who)


def authors_ahead(who: str) -> tuple[str, ...]:
    """Return who is named before a title; one alone may be turned: `Lee, Ann B`."""
    who += "." if _INITIAL_LAST.search(who) else ""  # which the end of the sentence was
    return (who,) if _ONE_REVERSED.fullmatch(who) else authors_in(who)


def take_dated_people(text: str, fields: ItemFields) -> bool:
    """Say whether a text is people with a year, perhaps in brackets: `Lee and Roe (2020, AER)`."""
    return take_people_and_year(text, fields) or (
        text.endswith(")") and take_people_and_source(text, fields)
    )


def take_people_and_year(text: str, fields: ItemFields, *, sentence: bool = False) -> bool:
    """Say whether a text is people with a year: `Author and Writer, 2017`, `Third (1980)`.

    In a sentence a comma alone sets nobody off: `Sensors, 2021`.
    """
    text = text.replace("，", ", ") if DIGIT.search(text) else ""
    text = _YEAR_AHEAD.sub(r"\2, \1", text)  # 2018, Ann Author
    who = NAMES_YEAR.fullmatch(_GLUED.sub(", ", AFFILIATION.sub("", text)))
    lab = who[1].rstrip() if who else ""  # 《A title》，Meta，2020
    known = is_known_venue(lab) or lab in CONFERENCES or _NO_LAB.search(lab) is not None
    if who and not known and (is_organisation(lab) or (CJK.search(lab) and is_group(lab))):
        fields.lab, fields.year = fields.lab or lab, fields.year or int(who[2])
        return True
    if who is None or fields.placed or is_known_venue(who[1]) or not are_people(who[1]):
        return False
    last = who[1].rpartition(",")[2].strip()
    if "," in who[1] and (_is_venue(last) or _ACRONYM.match(last)):
        return False
    behind = text[who.end(1) :].lstrip()[:1]
    set_off = behind in tuple("(（" if sentence else "(（,，")
    if who[1].isalpha() and not set_off:
        return False  # `Sensors 2021` is a venue, `Third (1980)` somebody
    journal = is_abbreviated(who[1])  # Bioinform. 2021
    alone = _ONE_PERSON.fullmatch(who[1])
    if journal or (alone and (fields.authors or (behind.isdigit() and _VENUE_FIRST.match(lab)))):
        return False  # `ACS Omega 2021`, and `AI Open 2021` behind the authors, are nobody
    ended = who[1].endswith(".")  # Author, Ann. 2020
    one = _ONE_REVERSED.fullmatch(who[1]) or _ONE_REVERSED.fullmatch(who[1][:-1]) if ended else None
    fields.authors = fields.authors or ((one[1],) if one else authors_in(who[1]))
    fields.year = fields.year or int(who[2])
    _take_remark_behind(text[: text.rfind(who[2])].rstrip("( "), fields)
    return True


def take_bracket(content: str, fields: ItemFields) -> bool:
    """Say whether what is in brackets is a status, venue, year, or authors with a year; take it."""
    return (
        take_status_and_source(content, fields)
        or take_date(content, fields)
        or take_place_and_year(content, fields)
        or (CJK.search(content) and _take_east_asian(content, fields))
        or take_people_and_year(content, fields)
        or take_list(content, fields)
        or take_people_and_source(content, fields)
        or take_source(content, fields)
        or _take_origin(content, fields)
        or take_lab(content, fields)
        or take_alias(content, fields)
    )


def take_status_and_source(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a status, alone or beside a source: `2020，已读`, `ICML 2021, done`."""
    if take_status(text, fields):
        return True
    every, probe = _BETWEEN_PARTS.split(text), ItemFields()
    statuses = [part for part in every if take_status(part, probe)] if every[1:] else []
    others = ", ".join(part for part in every if part not in statuses)
    sourced = len(statuses) == 1 and others and take_appearance(others, probe)
    if not sourced or not (probe.year or is_known_venue(others)):
        return False
    take_bracket(others, fields)
    return take_status(statuses[0], fields)


def _take_origin(text: str, fields: ItemFields) -> bool:
    """Say whether a text says who made it: `from Apple`, `by Ann Author and Bob Writer`."""
    origin = _ORIGIN.fullmatch(text)
    if origin is None:
        return False
    if any(map(is_organisation, _SEVERAL.split(origin["who"])[1:])):
        fields.notes.append(origin["who"])
    elif origin["how"].lower() == "from" or is_well_known(origin["who"]):
        fields.lab = fields.lab or origin["who"]
    else:
        return not fields.authors and _take_one(origin["who"], fields)
    return True


def says_who_and_where(text: str) -> bool:
    """Say whether a text is people, then a venue with its year."""
    probe = ItemFields(below=True)
    taken = take_people_and_source(text, probe)
    return taken and probe.venue is not None and probe.year is not None


def take_people_and_source(text: str, fields: ItemFields, *, sentence: bool = False) -> bool:
    """Say whether a text is people, then where or when: `Lewis 等，NeurIPS 2020`.

    In a sentence what stands between is a note: `Lee et al., pp. 1-9, AAMAS 2016`.
    """
    if len(text) > LONGEST_TITLE:
        return False
    for place in reversed(list(_PLACE_BEGINS.finditer(text))):
        head, tail = text[: place.start()].strip(), text[place.end() :]
        if head.count("(") > head.count(")"):
            continue
        dated = _YEAR_LAST.search(head) if is_known_venue(tail) else None  # Lee 2013, Science
        head = head[: dated.start()] if dated else head
        tail = tail[:-1] if place[0].endswith(("(", "[")) else tail
        others = _OTHERS.search(head) if head.endswith(("al", "al.", "等", "人")) else None
        who = head[: others.start()].rstrip(" ,，") if others else head
        if not (are_authors(head) or are_people(who)):
            continue  # as nearly all words are
        last = head.rpartition(",")[2].strip()
        acronym = last != head and last.isupper() and len(last) > 2  # of a venue
        stopped = place[0][:1] == "." and (last != "Ann" or is_abbreviated(tail.partition(",")[0]))
        short = is_abbreviated(f"{last}." if stopped else last)  # Phys. Rev. Lett.
        acronym = acronym or short or (last != head and _is_venue(last))
        alone = is_whole_name(head) and take_appearance(tail, probe := ItemFields())
        alone = alone and None not in (probe.venue, probe.year)
        venue = probe.venue or "" if alone else ""
        alone = alone and (is_abbreviated(venue) or not are_people(venue))
        known = is_known_venue(tail) or _VENUE_FIRST.match(tail)
        one = (bool(known) or alone) and DIGIT.search(tail) is not None
        one = one and 2 <= len(head.split()) <= 4 and tail == text[place.end() :]  # and no bracket
        people = others or one or dated or len(authors_in(head)) > 1 or are_authors(head)
        if not people or acronym or (others is None and is_known_venue(head)) or is_honour(head):
            continue
        if not (take_appearance(tail, fields) or (others and take_lab(tail, fields))):
            named = is_source(tail) or read_date(tail) or (others and _PLACES.fullmatch(tail))
            if not (sentence and named):
                continue
            fields.notes.append(tail)
        fields.authors = fields.authors or authors_in(head)
        fields.year = fields.year or (int(dated[1]) if dated else None)
        return True
    return False


@lru_cache(maxsize=1024)  # asked of one text in turn
def names_in_front(text: str, *, authors_first: bool = False) -> Gap | None:
    """Return the comma or colon between the authors in front of a text and its title, or None."""
    sentence = first_sentence(text[:2000])
    colon = sentence.find(".: ")  # behind an initial
    if colon > 0 and are_authors(sentence[: colon + 1]):
        return Gap(colon + 1, colon + 3)
    last: re.Match[str] | None = None
    start = 0
    for comma in re.finditer(r"[,，]\s*(?:and\s+|&\s*)?|\s?[:：](?!//)\s*", sentence):
        part = sentence[start : comma.start()].strip()
        words = part.split()
        people = len(words) <= (9 if "and" in words or "&" in words else 5) and are_people(part)
        if not people and not (last and _OTHERS_ALONE.fullmatch(part)):
            break
        last, start = comma, comma.end()
        if CJK.search(part) and comma[0].strip() in (":", "："):
            break  # the title follows, which may be as short as a name
    if last is None:
        return None
    head, tail = sentence[: last.start()], sentence[last.end() :]
    if are_authors(re.sub(r"^[^,，]*[,，]\s*", "", tail)):
        return None  # of `Ann Lee, Bo roe, Cy Third, and Di Fourth` one is no name
    title = re.sub(r"\s*[(（][^()（）]*[)）]\s*$", "", re.split(r"[,，]", tail)[0])
    sure = are_authors(head)
    people = are_east_asian(title) if CJK.search(title) else are_people(title)
    long = has_words(title, 2 if sure or authors_first else 4) and not people
    long = long and not (is_source(title) or _HYPHENED.fullmatch(title))
    surely = sure or authors_first or (re.search(r"\b[A-Z]\.", head) and are_people(head))
    return Gap(last.start(), last.end()) if long and surely else None
