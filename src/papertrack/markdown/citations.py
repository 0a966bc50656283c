"""An item that is a citation as Google Scholar and styles write it: GB/T 7714, APA, Vancouver.

The names come first, each with its initials, then perhaps the year, the title, where it appeared.
"""

import re

from papertrack.authors import ET_AL, PARTICLE, is_group
from papertrack.identifiers import arxiv_in, normalise_doi
from papertrack.labs import is_organisation
from papertrack.markdown.inline import is_label, is_paper
from papertrack.markdown.item_authors import (
    NAMES_YEAR,
    is_whole_name,
    names_in_front,
    take_bracket,
    take_people_and_year,
)
from papertrack.markdown.item_parts import LINK, Flat, first_sentence, has_capitals
from papertrack.markdown.item_sources import ItemFields, take_date, take_source
from papertrack.markdown.proper_names import (
    LeadingNames,
    are_authors,
    are_people,
    authors_in,
    is_known_venue,
    is_nickname,
    leading_names,
)
from papertrack.patterns import pattern
from papertrack.sources import ABBREVIATION, SOURCE_FOLLOWS, is_source, read_date

_MARKER = pattern(
    r"\s?[\[［](?:[JCMDRNPSAGZ]|EB|DB|CP)(?:/OL)?[\]］]"
    r"|\s//\s|\s/\s(?=[^/]{3,200}\s[–—-]\s.*(?:19|20)\d\d)"  # as GOST divides
)
_STOP = pattern(
    rf"(?=[\s.．。’”\"{LINK}])(?:(?<=\w)[’”],?\s(?!(?<=’\s)[a-z])|(?<=[?!])[\"”]\s|\.{SOURCE_FOLLOWS}|[.．]{ABBREVIATION}(?=\s)|(?<=[?!？！])\s|{LINK}|。)"
)
_YEAR = pattern(r"(?<![\w–:-])((?:19|20)\d\d)(?![\d–-])")
_YEAR_BEHIND = (
    r"[.,;，．]?\s*[(（]?(?:19|20)\d\d[)）]?(?=\s*(?:[.;:：,，．)]|$)|\s+(?-i:[A-Z][a-z]{2})\b)"
)
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_VENUE_END = pattern(
    rf":\d+|\s\((?=\d+(?:st|nd|rd|th)\sed\b|pp?\.|[^()]*\s(?:19|20)\d\d\))|\s*(?:,\s(?-i:{_MONTHS})[a-z]{{0,6}}\.?)?{_YEAR_BEHIND}|\s+(?:19|20)\d\d(?=\s*\()|[.,，]?\s+\d+(?=\s*(?:[(,:;.，]|$)|\s+e?\d)|[.,]?\s*[(（]?\b(?:vol(?:ume)?|no|pp|pages?|(?-i:[vnpт](?=\.)))\b\.?\s*\d"
    r"|[.,]?\s*\b(?:https?:|doi\b)",
    re.IGNORECASE,
)
_MONTH = r"(?:(?:[A-Z][a-z]{2,8}|[A-Z][a-z]{2,4}[.–-]+[A-Z][a-z]{2,4})\.?\s)?"
_DOI_LAST = pattern(r"[\s,.]*(?:\bdoi\s*[:：=]?)?\s*$", re.IGNORECASE)
_YEAR_BEHIND_PEOPLE = pattern(
    r"(?P<who>[^\W\d_a-z][^\d:()\"“”]{4,600}?(?:[.,]|(?<=al)|(?=\s\()))\s(?P<open>\()?"
    r"(?P<year>(?:(?<=\()1[5-8]|19|20)\d\d)[a-z]?(?(open)\)[.,:]?|[.:])\s+(?=\S)"
)
_VOLUME_AHEAD = (  # 104 Gard. L. Rev. 1234 (1991)
    r"(?P<volume>\d{1,4})\s([A-Z][^,()\d\"“”]{2,80}?)\s(\d{1,5}(?:[,–-]\s?\d{1,5})?)(?=\s\((?:19|20)\d\d\))"
)
_BEHIND_TITLE = pattern(  # Commun. ACM 36, 7 (July 1993), 53-62
    r"[\s.,”\"]*(?P<place>(?:(?:In\s)?Proc(?:eedings\b|\.\s)|[A-Z][^,()\d\"“”]{2,100}\s\d+(?:,\s\d+)?(?:,\sArticle\s\d+)?"
    rf"\s\({_MONTH}(?:19|20)\d\d\)|[A-Z][^,()\d\"“”]{{2,100}},\s\d+:\d+,\s\d+[–-]\d+|{_VOLUME_AHEAD})[^{LINK}]*)"
)
_EDITORS = pattern(r"(?P<who>[^()]{3,150}\((?:Eds?|eds?)\.\)),?\s+(?=[A-Z])")
_ASIDE = pattern(r"\(([^()]*:[^()]*)\)")  # (Citation: 39)
_PAGES = pattern(r"[(（]?((?:pp?|pages?|vol)\b[^()（）]*)[)）]?", re.IGNORECASE)
_SEEN_OR_CITY = pattern(  # 北京:清华大学, or when somebody looked at it, behind its pages
    r"^([\u4e00-\u9fff]{2,4})[:：](?=[\u4e00-\u9fff])|(?:(?<=[\u4e00-\u9fff])[,，]\d+[-–]\d+)?[\[［]20\d\d-\d\d?-\d\d?[\]］]"
)
_LONG = 600
_JOURNAL = pattern(  # A title, Journal of Gardens 46 (1981) 854–859, or `: Gardens, 50, 705–708`
    r"(?:[,:]|(?<=\?))\s(?=in:\s[A-Z\d]|[A-Z][^,:()[\d]{2,80},\sReport-\d|[A-Z][^,:()[\d]{2,80},?\s(?:Vol(?:ume|\.)\s)?(?!(?:19|20)\d\d)\d{1,4}"
    r"(?:\s?\(\d+(?:[–-]\d+)?\)|,\sIssues?\s[\d–-]+)?(?:[,:]\s|\s\((?:19|20)\d\d\)\s)(?:pp?\.?\s)?[A-Z]{0,2}\d)"
)
_SURNAME = PARTICLE + r"{0,2}[^\W\d_a-z](?:[\w'’-]+|\.)"
_AHEAD = pattern(
    rf"(?P<who>{_SURNAME}(?:\s{_SURNAME}){{0,2}}"
    rf"(?:(?:,\s(?:(?:and|&)\s)?|\s?/\s?|\s(?:and|&)\s){_SURNAME}(?:\s{_SURNAME}){{0,2}}){{0,5}}"
    r"(?P<others>,?\set\.?\s?al\b\.?)?)(?P<year>(?:[,.:]?|\s[–—-])\s\(?(?:19|20)\d\d[a-z]?\)?)?"
    r"(?P<end>\s(?:[–—-]{1,2}|:)\s|[.,:]?\s+)(?=[^\W_\d]|[\"“《\d])"
)
_NAME_AHEAD = pattern(  # GARD: Lee et al., A title
    rf"(?P<name>[^\W_a-z][^:,]{{1,24}}?)(?P<end>[:,])\s(?={_SURNAME}(?:\s{_SURNAME})?,?\set\.?\s?al\b[.,:]*\s[^\W\d])"
)
_DBLP = pattern(  # Ann Lee, Bob Roe: A title. 69-80
    r"(?P<who>[^:]{4,300}):\s(?P<title>.{9,300}?[?!]?)\.?\s(?P<pages>\d+(?::\d+)?[–-](?:\d+:)?\d+)"
)
_ONE_AHEAD = pattern(  # Lee AB. A title, Lee, A. A title, and not `Ann B. Lee, A title`
    r"[^\W\d_a-z][\w'’-]+(?:\s[A-Z]{1,3}|,\s(?:[A-Z]\.\s?){0,2}[A-Z])\.\s(?!(?:&|and)\s|[A-Z]\.|\S+(?:,|\sand\s))"
)
_SHORTEST = 2  # words
_PAIR = 2
_WHOLE_NAME = pattern(r"[^\W\d_a-z]\S*\s(?:.*\s)?[^\W\d_a-z]")
_AND = pattern(r"\s(?:&|and)\s|/")
_INITIALED = rf"(?:[^\W\d_a-z]\.[\s-]?){{1,3}}{_SURNAME}"
_BYLINE = pattern(  # A whole title, A. Author and B. Writer, Journal of Gardens, 2004
    rf"(?:(?<=[\w?!]),\s|\n)(?P<who>{_INITIALED}(?:\s{_SURNAME}(?=,))?"
    rf"(?:(?:,?\s(?:and|&)\s|,\s){_INITIALED}(?:\s{_SURNAME}(?=,))?)*"
    r"(?:,?\set\.?\s?al\b\.?)?)(?=[.,]?(?:\s|$))"
)
_INITIALED_FIRST = pattern(
    rf"(?P<who>{_INITIALED}(?:,\s(?:and\s)?{_INITIALED}(?:\s{_SURNAME}(?=,))?)*),\s(?=\S)"
)
_OF_PHYSICIANS = pattern(
    r"[.?!]\s[^.;]{2,80}\.?\s(?:19|20)\d\d\b[^.;]{0,8};\s?\d"
)  # Gardens. 2019;3
_TURNED = pattern(r"[^\W\d_a-z][\w'’-]+,\s[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]*)?")
_NAME_TURNED = rf"{_SURNAME}(?:\s{_SURNAME})?,(?:\s[^\W\d_a-z][\w.'’-]*){{1,3}}"
_TURNED_AHEAD = pattern(  # Lee, Ann B. & Roe, Bob - A title
    rf"(?P<who>{_NAME_TURNED}(?:\s?[;&]\s?{_NAME_TURNED}){{0,5}})\s[–—-]\s(?=[^\W\d_a-z])"
)
_BODY = pattern(  # World Bank
    r"[A-Z][\w&-]+(?:\s(?:[A-Z][\w&-]*|of|on|for|the|and|\([A-Z]+\))){0,7}"
)
_PUBLISHER = pattern(
    r"\.\s[^.]{8,}\.\s(?:[^.?!]|\b[A-Z]\.){2,60}:\s[^.:?!]{3,80},\s(?:19|20)\d\d\.?\s*$"
)
_LONGEST_SOURCE = 6  # words
_LISTED = pattern(r"(?:,|\s&|\sand)$")
_ENDED = pattern(rf"[\s.,]*(?:$|{LINK}|https?:|doi)")
_INITIAL_LISTED = pattern(r"\b[A-Z]\.(?:[A-Za-z]\.)*,|\s[A-Z]\.\s[A-Z][\w'’-]+$")
_SHORTEST_TITLE = 4  # words before it
_LONGEST_PLACE = 200
JOURNAL_NAME = pattern(r"[A-Z][\w&'’.-]+(?:,?\s(?:[A-Z][\w&'’.-]*|of|and|in|the|on|for|&|de)){0,9}")
_YEAR_PAGES = pattern(r"[.,]?\s?\(?(?P<year>(?:19|20)\d\d)\b\)?(?:,\s(?P<pages>\d[\d():, –-]*\d))?")
_SOURCE_BEHIND = pattern(r"\s?(?:In:\s|[A-Z][^.,;\d]{3,80},?\s\d{1,4}\s?[(,])")
_LONGEST_ABBREVIATED = 10  # letters


_VOLUME_ALONE = pattern(r"[\s.,]*(?P<venue>[A-Z][\w.&\s-]{2,60}?)\s(?P<volume>\d+:\w+)[\s.]*")
_INITIALED_LIST = (
    rf"{_INITIALED}(?:\s{_SURNAME}(?=,))?"
    rf"(?:,?\s(?:(?:and|&)\s)?{_INITIALED}(?:\s{_SURNAME}(?=,))?|,\s(?:(?:and|&)\s)?{_INITIALED})*"
)
_WHOLE = rf"{_SURNAME}(?:\s{_SURNAME}){{1,3}}"
_PEOPLE = rf"(?>{_INITIALED_LIST})|{_WHOLE}(?:,\s{_WHOLE}|,?\s(?:and|&)\s{_WHOLE})*"
_PEOPLE_AND_JOURNAL = pattern(
    rf"[\s.,]*(?P<who>{_PEOPLE}),?\s(?P<place>[A-Z][^,()\d{LINK}]{{2,100}}\s\d{{1,4}}"
    rf"[^()\d{LINK}]?(?:\s?\(\d+\))?,?[^(){LINK}]{{1,40}}\((?:19|20)\d\d\))"
)


def take_citation(flat: Flat, fields: ItemFields) -> Flat | None:
    """Take a whole citation, and return what is behind it; None where the text is none."""
    text = flat.text
    marker = _MARKER.search(text[:_LONG])
    surely = bool(marker or (";" in text and _OF_PHYSICIANS.search(text[:_LONG])))
    surely |= fields.authors_first and _ONE_AHEAD.match(text) is not None
    names = leading_names(text, surely=surely)
    names = names or _people_and_year(text) or _people_of_book(text)
    names = names or _people_of_journal(text)
    if names is None:
        return _take_attributed(flat, fields)
    stop = marker if marker and marker.start() > names.end else _title_stop(text, names.end)
    stop = _journal(text, names.end, stop) or stop
    if stop is None and names.year is None:
        return None
    at, begin = stop.span() if stop else (len(text), len(text))  # without one all is title
    title = text[names.end : at].strip(' \n"“”‘’,–—-' if stop else ' \n"“”‘’,.–—-')
    if len(title) < 4 or (len(title.split()) < 2 and title.isascii()):
        return None
    if take_bracket(title, ItemFields()) or (names.year is None and are_authors(title)):
        return None  # these are authors with a source, and no title
    link = text.find(LINK, at)
    end = link if link >= 0 else len(text)
    if end - begin > _LONG:  # a sentence or more about it
        return None
    place = text[begin:end]
    if stop and stop[0].strip() == "/":  # who is responsible, and behind a dash where and when
        place = re.split(r"\s[–—-]\s", place, maxsplit=1)[-1]
    year = take_place(place, fields, known=names.year)
    fields.title, fields.authors, fields.year = title.replace("\n", " "), names.authors, year
    fields.led = True
    return flat.part(end)


def _take_attributed(flat: Flat, fields: ItemFields) -> Flat | None:
    """Take a title, the people with initials behind it and where it appeared; else return None."""
    byline = _BYLINE.search(flat.text[:_LONG])
    title = " ".join(flat.text[: byline.start()].split()) if byline else ""
    if byline is None or len(title.split()) < _SHORTEST_TITLE or re.search(rf"[{LINK}\[\]]", title):
        return None
    if first_sentence(title) != title:  # and the people wrote a book of which this is a chapter
        return None
    if _INITIAL_LISTED.search(title) or are_people(title):  # Lee, A.v.d., Roe, B.: A title
        return None
    link = flat.text.find(LINK, byline.end())
    end = link if link >= 0 else len(flat.text)
    place, probe = " ".join(flat.text[byline.end() : end].strip(" ,.").split()), ItemFields()
    year = take_place(place, probe) if place else None
    venue = probe.venue or ""
    known = not place or (year and venue) or is_known_venue(venue)
    if len(place) > _LONGEST_PLACE or not known:
        return None
    fields.year = (take_place(place, fields) if place else None) or fields.year
    who = " ".join(byline["who"].split())
    fields.title, fields.authors, fields.led = title, authors_in(who), True
    return flat.part(end)


def people_ahead(text: str, *, authors_first: bool = False) -> LeadingNames | None:
    """Return the people in front of a title: `Lee et al. A title`, `Lee & Roe - A title`.

    Without others several stand before a dash or a year, else these may be words of the title;
    one alone before a dash where other items begin with their authors.
    """
    turned = _TURNED_AHEAD.match(text) if authors_first else None
    if turned and are_people(turned["who"]):
        return LeadingNames(tuple(re.split(r"\s?[;&]\s?", turned["who"])), None, turned.end())
    ahead = _AHEAD.match(text)
    title = first_sentence(text[ahead.end() :]) if ahead else ""
    if ahead is None or not title or title[0].islower() or is_known_venue(ahead["who"]):
        return None
    dash = ahead["end"].strip() in tuple("–—-") or (
        authors_first and (ahead["end"][0] == "." or (ahead["year"] and ahead["end"][0] == ":"))
    )
    names = [name for name in authors_in(ahead["who"]) if name != ET_AL]
    whole = sum(_WHOLE_NAME.match(name) is not None for name in names)
    # `Big Bird, Lee et al.` is a title and one person, `Dropout, Lee et al.` too.
    mixed = whole not in (0, len(names)) or (len(names) > 1 and any(map(is_nickname, names)))
    few = len(names) == _PAIR and not _AND.search(ahead["who"]) and ahead["others"]
    several = len(names) > 1 and len(title.split()) > _SHORTEST
    # `Lee, Roe, Poe. A title` are people: a title's own three words have no sentence behind them.
    ended = text[: ahead.end()].rstrip().endswith(".") and len(names) > _PAIR and not whole
    sure = ahead["others"] or (several and (ahead["year"] or dash or ended))
    sure = (sure and not (mixed or few)) or (authors_first and dash and not mixed)
    if not sure or not are_people(ahead["who"]):
        return None
    bare = re.split(r"\s*[\[(（,，]", title)[0]
    if is_source(bare) or (is_attribution(bare) and not ahead["others"]):
        return None
    year = re.search(r"\d{4}", ahead["year"] or "")
    return LeadingNames(authors_in(ahead["who"]), int(year[0]) if year else None, ahead.end())


def title_within(flat: Flat, fields: ItemFields) -> Flat | None:
    """Return the title between people, who are taken, and its pages, as dblp cites; else None."""
    cited = _DBLP.fullmatch(flat.text)
    if cited is None or not all(map(is_whole_name, names := authors_in(cited["who"]))):
        return None
    fields.authors, fields.led = fields.authors or names, True
    fields.notes.append(cited["pages"])
    return flat.part(*cited.span("title"))


def is_attribution(text: str) -> bool:
    """Say whether a part of an item is people, several or with a year, and no words of a title."""
    several = are_authors(text) and "," not in text.partition(" and ")[0]
    return several or take_people_and_year(text, ItemFields(below=True))


def behind_people(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text behind the people with whom it begins, who are taken; else all of it.

    In front of one of several may stand what the paper is called: `GARD: Lee et al., A title`.
    """
    named = _NAME_AHEAD.match(flat.text)
    if named and people_ahead(flat.text[named.end() :]):
        called = named["end"] == ":" or is_nickname(named["name"]) or not are_people(named["name"])
        fields.name = named["name"] if called else fields.name
        flat = flat.part(named.end()) if called else flat
    if ahead := people_ahead(flat.text, authors_first=fields.authors_first):
        fields.authors, fields.year, fields.led = ahead.authors, ahead.year or fields.year, True
        return flat.part(ahead.end)
    gap = names_in_front(flat.text, authors_first=fields.authors_first)
    if gap is None:
        return flat
    fields.authors, fields.led = authors_in(flat.text[: gap.start]), True
    return flat.part(gap.end)


def is_one_of_people(text: str, start: int, end: int) -> bool:
    """Say whether marked words are one of the people in front of a text: `Lee A, **Roe B**`."""
    who = text[start:end].strip(" ,.*")
    if not are_people(who):
        return False
    names = leading_names(text)
    if names and end <= names.end:
        return True
    before, behind = text[:start].rstrip(), text[end:].lstrip(" *†‡")
    if not before:  # what stands behind them is a title, no source
        sentence = first_sentence(text)
        title = first_sentence(text[len(sentence) :].lstrip(". \n"))
        people = sentence.rstrip(": ")
        several = people != who and are_authors(people)
        return several and not (len(title.split()) < 3 or is_source(title))
    listed = _LISTED.search(before)
    others = before[: listed.start()].rstrip(" ,*†‡") if listed else ""
    return " " in who and are_people(others) and behind.startswith((",", "and ", "& ", ".", "("))


def says_source(text: str) -> bool:
    """Say whether words of a link or in bold are a venue, a year or somebody with a year."""
    who = NAMES_YEAR.fullmatch(text)
    if who and are_people(who[1]):
        return True
    if (who and not is_source(text)) or len(text.split()) > _LONGEST_SOURCE:
        return False
    head = text.partition(" (")[0]
    if head != text and not is_source(head):  # a name or title with its source
        return False
    return is_source(text) or (read_date(text) is not None)


def is_told_before(before: str, lead: str, inner: Flat, fields: ItemFields) -> bool:
    """Say whether a whole sentence in front of a link to a paper, with its title, is a note."""
    title = inner.words
    titled = is_paper(inner.style(0).link) and len(title.split()) > 3 and not is_label(title)
    sentence = before.rstrip().endswith(".") and not has_capitals(lead) and len(lead.split()) > 2
    if not (titled and sentence) or are_authors(lead):
        return False
    fields.notes.append(lead)
    fields.led = True
    return True


def _people_and_year(text: str) -> LeadingNames | None:
    """Return the whole names that begin a text where the year follows: `Ann Lee. 2016. A title`."""
    dated = _YEAR_BEHIND_PEOPLE.match(text)
    who = dated["who"] if dated else ""
    if dated is None or not (are_authors(who) or are_people(who) or is_group(who)):
        return None
    one = _TURNED.fullmatch(who.rstrip(" .,"))  # Lee, Ann. 2020; of two, `and` stands between
    return LeadingNames((one[0],) if one else authors_in(who), int(dated["year"]), dated.end())


def _people_of_book(text: str) -> LeadingNames | None:
    """Return the people who begin a text that ends with a publisher and a year."""
    who = first_sentence(text[:_LONG])
    one = _TURNED.fullmatch(who) or _BODY.fullmatch(who)
    behind = text[len(who) :]
    if is_group(who) and one and _OF_PHYSICIANS.search(behind, len(first_sentence(behind[2:]))):
        return LeadingNames((who,), None, len(who) + 2)
    if not (one or ("," in who and are_authors(who))) or not _PUBLISHER.match(behind):
        return None
    return LeadingNames((who,) if one else authors_in(who), None, len(who) + 2)


def _journal(text: str, start: int, stop: re.Match[str] | None = None) -> re.Match[str] | None:
    """Return where a journal, with its volume, is set off from the title, before another stop."""
    journal = _JOURNAL.search(text, start)
    if journal is None or (stop and stop.start() < journal.start()):
        return None
    venue = re.split(r"\d", text[journal.end() :], maxsplit=1)[0]
    abbreviated = venue.rpartition(". ")[0].split()  # Geophys. J. Int., and no sentence of a title
    short = all(word[0].isupper() and len(word) < _LONGEST_ABBREVIATED for word in abbreviated)
    return journal if short else None


def _people_of_journal(text: str) -> LeadingNames | None:
    """Return the people of a text with a journal: `A. Author, A title, Gardens 46 (1981)`."""
    people = _INITIALED_FIRST.match(text)
    if people is None or not _journal(text, people.end()):
        return None
    return LeadingNames(authors_in(people["who"]), None, people.end())


def _title_stop(text: str, start: int) -> re.Match[str] | None:
    """Return where a title ends; behind a question that is with what follows, if it is a title."""
    stop = _STOP.search(text, start)
    if stop and text[start : stop.start()].isupper():  # GARDENS. Making beds. Science. 1998;2
        after = _STOP.search(text, stop.end())
        return after if after and _OF_PHYSICIANS.match(text, after.start()) else stop
    if stop and stop[0].isspace() and (after := _STOP.search(text, stop.end())):
        more = text[stop.end() : after.start()]
        titled = has_capitals(more) or _SOURCE_BEHIND.match(text, after.end())
        if titled and not take_source(more, ItemFields()):
            return after
    return stop


def _take_italics(flat: Flat, fields: ItemFields) -> Flat | None:
    """Take a journal in italics and the year behind it: `*Gard. Sci.* **2018**, *7*, 1–9`.

    People may stand before it. Where authors and year do before the title, it may be alone.
    """
    start, end = next(flat.ranges(lambda s: s.emphasis), (0, 0))
    behind = _YEAR_PAGES.match(flat.text, end)
    alone = fields.authors and fields.year and _ENDED.match(flat.text, end)
    year = behind["year"] if behind else fields.year if alone else None
    venue, who = flat.text[start:end].strip(" ,"), flat.text[:start].strip(" \n.,;–—-|·")
    if not (year and fields.marked) or fields.venue:
        return None
    if who and (fields.authors or " " not in who or LINK in who or not are_people(who)):
        return None
    dated = f"{venue} {year}"
    titled = " and " in venue and bool(who)  # Ann Lee, *Gardens and Beds*, 2015
    person = " " in venue and are_people(venue) and not titled
    if person or not JOURNAL_NAME.fullmatch(venue) or take_date(dated, ItemFields()):
        return None
    if not take_source(dated, fields) or f"{fields.venue}." == venue:  # Gard. Sci.
        fields.venue, fields.year = venue, fields.year or int(year)
    fields.authors = authors_in(who) if who else fields.authors
    fields.notes += [behind["pages"]] if behind and behind["pages"] else []
    return flat.part(behind.end() if behind else end)


def take_place_behind(flat: Flat, fields: ItemFields) -> Flat:
    """Take where a paper appeared behind its authors, year and title; return what is behind."""
    marker = _MARKER.match(flat.text.replace(LINK, " ")) if fields.authors else None
    if marker and flat.text[marker.end() - 1] in "]］":  # and the title before it is a link
        probe = flat.part(marker.end()).stripped()
        end = LINK in probe.text and probe.text.index(LINK)
        fields.year = take_place(probe.text[: end or None], fields) or fields.year
        return probe.part(end or len(probe.text))
    volume = _VOLUME_ALONE.fullmatch(flat.text)
    if volume and flat.style(volume.start("venue")).emphasis and not fields.notes:
        if fields.venue:  # what stood for one before the title was a person
            fields.authors, fields.venue = fields.authors or authors_in(fields.venue), None
        fields.year = take_place(flat.text, fields) or fields.year
        return flat.part(len(flat.text))
    if (journal := _take_italics(flat, fields)) is not None:
        return journal
    byline = None if fields.venue else _PEOPLE_AND_JOURNAL.match(flat.text)
    if byline and (fields.authors or is_whole_name(byline["place"].partition(". ")[0])):
        byline = None  # and some of the people were taken for the journal
    if byline and are_people(byline["who"]):
        # [A title](…) A. Author & B. Writer, Gardens 12(3), 1–9 (2021)
        fields.authors = authors_in(byline["who"])
        fields.year = take_place(byline["place"], fields) or fields.year
        return flat.part(byline.end())
    behind = None if fields.venue else _BEHIND_TITLE.match(flat.text)
    if behind is None or len(behind["place"]) > _LONG or not (fields.authors or behind["volume"]):
        return flat
    fields.year = take_place(behind["place"], fields, known=fields.year)
    return flat.part(behind.end())


def take_place(text: str, fields: ItemFields, *, known: int | None = None) -> int | None:
    """Take where a cited paper appeared, and return the year; volume and pages are a note."""
    place = re.sub(r"^[\s.,/:：．，’”]+", "", " ".join(text.split()))
    place = re.sub(
        r"^(?:[Ii]n|E[nm]|Dans)(?::?\s+|(?=Proc))(?=[A-Z]|\d{1,2}(?:st|nd|rd|th)\b)", "", place
    )
    if editors := _EDITORS.match(place):
        fields.notes.append(editors["who"])
        place = place[editors.end() :]
    fields.arxiv = fields.arxiv or arxiv_in(place)
    fields.notes += filter(None, _SEEN_OR_CITY.findall(place))
    place = _SEEN_OR_CITY.sub("", place)
    place = re.sub(f"^{_VOLUME_AHEAD}", r"\2 \1, \3", place)
    if doi := re.search(r"\b10\.\d{4,9}/\S+", place):
        fields.doi = fields.doi or normalise_doi(doi[0].rstrip(".,;)"))
        place = place[: doi.start()]
    place = _DOI_LAST.sub("", place)
    years = _YEAR.findall(re.sub(r"\d{4}\.\d{4,5}", "", place))
    year = known or (int(years[-1]) if years else None)
    if place.lower().startswith("arxiv"):
        return year
    cut = _VENUE_END.search(place)
    at = cut.start() if cut else len(place)
    at += place[at : at + 1] == "." and "." in place[:at]  # Geophys. Prospect. 61
    venue, more = place[:at], place[at:]
    first, dot, publisher = venue.partition(". ")
    if dot and len(first.split()) > 3:
        venue, more = first, f"{publisher} {more}"
    venue = venue.strip(" ,;:，。．(（–—")
    venue = venue if "." in venue[:-1] else venue.rstrip(".")
    venue = venue.removeprefix(f"{year} ")
    if is_organisation(venue):
        fields.lab = fields.lab or venue
    elif venue and len(venue) < 200 and not take_source(venue, fields):
        series, _, city = venue.partition(", ")
        if city and take_source(series, fields):
            more = f"{city} {more}"
        fields.venue = fields.venue or venue
    if year:
        dated = rf"[(（]{_MONTH}{year}[)）]|,\s{_MONTHS}[a-z]{{0,6}}\.?\s{year}"
        dated = rf"{dated}|{year}\s{_MONTHS}[^;:.]{{0,12}}(?=;)"  # 1998 Feb 6;279(5352)
        more = re.sub(rf"{dated}|[(（]?(?<!\d){year}(?!\d)[)）]?", "", more, count=1)
    more = re.sub(r"(?<![\w)])[\s,;:.]+(?=[,;:.])|,?\s(?=[,;:])", "", " ".join(more.split()))
    more = more.strip(" .,;:，。．–—")
    pages = _PAGES.fullmatch(more) or _ASIDE.fullmatch(more)
    more = pages[1] if pages else f"vol. {more}" if more.isdigit() else more
    if re.search(r"\w", more):
        fields.notes.append(more)
    return year
