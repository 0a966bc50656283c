"""Where the title of an item ends, and what stands at its end that is no more of it."""

import re
from collections.abc import Iterator

from papertrack.identifiers import ARXIV_ID, DOI_PREFIX, VERSION
from papertrack.markdown.citations import people_ahead, title_within
from papertrack.markdown.inline import CJK, has_words, is_label
from papertrack.markdown.item_authors import (
    authors_ahead,
    is_whole_name,
    take_alias,
    take_bracket,
    take_people_and_source,
    take_people_and_year,
)
from papertrack.markdown.item_parts import (
    ALIAS,
    CLOSING,
    DATED,
    EDGES,
    LABELLED,
    LINK,
    LONGEST_TITLE,
    Flat,
    bracket_end,
    first_sentence,
    has_capitals,
    is_title_case,
    is_translated,
    noted,
    without_translation,
)
from papertrack.markdown.item_roles import is_bare_label, take_identifier, take_rest
from papertrack.markdown.item_sources import (
    YEAR_FIRST,
    ItemFields,
    take_appearance,
    take_remarked,
    take_source,
    take_status,
)
from papertrack.markdown.proper_names import (
    PUBLISHED,
    are_authors,
    are_people,
    authors_in,
    could_be_people,
    is_known_venue,
    is_nickname,
    without_pages,
)
from papertrack.markdown.vocabulary import role_of
from papertrack.patterns import pattern
from papertrack.sources import (
    ABBREVIATION,
    DIGIT,
    SOURCE_FOLLOWS,
    is_abbreviated,
    is_source,
    on_page,
    read_date,
    read_source,
)

OPENING = {closing: opening for opening, closing in CLOSING.items()}
STOP = pattern(
    rf"\.{SOURCE_FOLLOWS}|\.{ABBREVIATION}(?=\s|$|{LINK})|。|[？！](?=\s|$|{LINK})|(?<=[?!])(?=\s(?![:：]))"
)
_TITLE_STOP = pattern(rf"{STOP.pattern}|{LINK}|\n|[(\[（【]")
_SUBTITLE = pattern(  # behind a question, with a source, a link or nothing behind it
    rf"\s(?P<words>[A-Za-z][^.:{LINK}\n()\[\]]{{8,150}}?)\s?(?=[(\[{LINK}]|[.:]\s?[(\[{LINK}]|\.?\s*(?P<last>\n|$)|\.(?P<more>\s))"
)
_OTHERS_IN_LIST = pattern(r",\s+[^,]{2,40}\bet\.? al\b")
_GLUED = pattern(r"\s([A-Za-z]{2,15})(?:19|20)\d\d$")  # `A title KDD2022`
_DASHED_SOURCE = pattern(
    r"(?:\s[-–—|·•]\s|\s?--+\s?)(?P<venue>[^\s|–—](?:(?!\s-)[^|–—]){0,60}?)"
    r"(?:(?:\s[-–—|]\s?|,?\s|-)(?=(?:19|20)\d\d$)|\s?(?=['’]\d\d$))(?P<year>['’]?\d+)$"
)
_YEAR_LAST = pattern(r"(?:,\s*|\s[-–—]\s?|[-–—]\s)((?:19|20)\d\d)$")
_ACRONYM = pattern(r"[A-Z].*[A-Z]")
_LISTED_SOURCE = pattern(  # A title, SIGMOD 2020, or `in SIGMOD, 2020`, `，SIGMOD2020`, `, GAF'15`
    r"[,，]\s?(?:(?:(?:accepted|to\sappear)\s)?(?:in|at|by|to)\s)?(?P<source>(?P<venue>[A-Za-z]{2,12}|(?:ACM|IEEE)\s[^,]{3,60})(?:(?:,\s|[\s'’]*)(?:19|20)\d\d|\s?['’]\d\d))$"
)
_YEAR_AND_SOURCE = pattern(r",\s(?P<year>(?:19|20)\d\d),\s(?P<venue>[^,]{2,100})$")
_IDENTIFIER_LAST = pattern(
    rf"[\s,;:–—-]+(?P<id>arxiv\s?[:：]?\s?{ARXIV_ID}{VERSION}|(?:doi\s?[:：]?\s?)?{DOI_PREFIX}\S+)$",
    re.IGNORECASE,
)
_ACRONYM_LAST = pattern(r"(?<=[a-z]),\s([A-Z]{4,6})\.?$")  # `A whole title, TITS`
_COUNTED = pattern(r"cited|citations?\b|引用|被引", re.IGNORECASE)  # (cited count 18)
_SMALL_WITHIN = pattern(r"\s(?:of|and|for|in|on|the|with|to|from)\s")  # Sums of cubes
_SHORTEST = 4  # words of a title before it
_LONGEST_VENUE = 20
_IN_LAST = pattern(r"(?:,?\s(?:in|at)\s)?$")
_LONGEST_NAME = 5  # words
_IN_BRACKETS = pattern(rf"\s*\[(?P<title>[^\[\]{LINK}]{{12,250}})\]")
_NAMED = pattern(rf"(?P<name>[^\[\]]{{2,40}}){_IN_BRACKETS.pattern}")
_TWO_SURNAMES = pattern(r"[^\W\d_a-z][\w'’-]+\s(?:and|&)\s[^\W\d_a-z][\w'’-]+")
_SEVERAL_PEOPLE = pattern(r"\bet\.? al\b|\s(?:&|und|y)\s|\w等|\wら\b|\w\s(?:19|20)\d\d,\s[A-Z]")
_BY_ET_AL = pattern(  # A title by Lee et al., A title..Ann Lee et.al
    r"(?:(?<=[\w)?])(?:\sby|:(?=\s\S+\set))\s|(?<=[\w)?])\.{1,2}(?=[A-Z][^.\s]*\s))(?P<who>[A-Z][^|–—:]{2,60}\bet\.?\s?al\.?)$"
)
_BY_INITIALS = pattern(  # with an initial they are people for sure
    r"(?<=[\w)?])\sby\s(?=[^,]*\b[^\W\d_a-z]\.)(?P<who>[^\W\d_a-z][^:()\d]{3,150}?)(?:,\s(?P<year>(?:19|20)\d\d))?$"
)
_BY_PERSON = pattern(r"\sby\s([^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){1,2})$")
_PEOPLE_IN_BRACKET = pattern(r"\s\((?P<who>[^\W\d_a-z][^()\d]{5,150})\)$")
_PEOPLE_AND_YEAR = pattern(
    r"(?P<who>[^\d()]{5,150})[,，]\s?(?:[A-Z][a-z]{2,8}\.?\s)?\(?(?P<year>(?:19|20)\d\d)\)?"
)
_ENDED = pattern(r"\.\s*$|,\s[^,]{0,40}(?:19|20)\d\d\s*$")  # a title, or the year behind it
_DASHED_PEOPLE_AND_YEAR = pattern(  # A title - Author et al. 2019 CVPR
    r"\s[-–—|]\s(?P<who>[A-Z][^|–—\d]{2,60}?)[,\s]\s?\(?(?P<year>(?:19|20)\d\d)\)?(?:,?\s(?P<venue>[A-Z]\w{1,11}))?$"
)
_DASHED_YEAR = pattern(r"(?<=\w)\s?[-–—|]\s((?:19|20)\d\d)$")  # A title - 2020
_YEAR_AND_PEOPLE = pattern(  # A title (2017) - Author, Writer
    r"\s\((?P<year>(?:19|20)\d\d)\)(?:\s[-–—|]|[,:])\s(?P<who>[^\W\d_a-z][^()\d|]{2,200})$"
)
_DASHED_PEOPLE = pattern(r"(?:\s[-–—|·]|[,;])\s(?:[Bb]y|[Ww]ritten by)\s(?P<who>[^|–—]{3,80})$")
QUOTED = pattern(
    r"[\"“«]([^\"“”«»\n]{3,300})[\"”»]|《([^《》\n]{2,200})》|「([^「」\n]{4,200})」|『([^『』\n]{4,200})』"
)
_BEYOND_QUOTE = pattern(
    rf"[\"”»](?P<colon>\s?[:：])?\s(?![–—|·-]\s)(?P<more>[^.,;()\[\]\n{LINK}]{{8,150}})(?=[\s.,(\[{LINK}]|$)"
)
_GOES_ON = pattern(  # **Flow** as a Garden in Winter, of which one word is bold
    rf"\s(?:as|for|with|via|in|on|to|from|using|meets)\s[^,.:;()\[\]\n{LINK}]{{10,150}}"
)


def without_tail(text: str, fields: ItemFields, *, plain: bool) -> tuple[str, str]:
    """Return a title without the source at its end, which `fields` takes, and more there."""
    text = text.strip().strip(LINK).strip().rstrip(" –—|·;,-")
    text = text[1:-1] if text[:1] + text[-1:] == "《》" and "《" not in text[1:] else text
    text, venue = on_page(text)
    fields.venue = fields.venue or venue or None
    named = _NAMED.fullmatch(text)
    if named and _is_title_of(named["name"], named["title"]):
        fields.name, text = fields.name or named["name"].strip(EDGES), named["title"]
    text, more = _without_brackets(text, fields)
    return _without_source(text, fields, plain=plain), more


def _is_title_of(name: str, words: str) -> bool:
    """Say whether words in brackets behind a name are the title: `GARD [How Gardens Grow]`."""
    return not name.split()[_LONGEST_NAME:] and has_capitals(words) and not is_source(words)


def behind_bracket(rest: Flat, fields: ItemFields) -> Flat:
    """Take the title in brackets behind its marked name; return what is behind it."""
    bracket = _IN_BRACKETS.match(rest.text)
    if bracket is None or not _is_title_of(fields.title, bracket["title"]):
        return rest
    fields.name, fields.title = fields.name or fields.title, bracket["title"]
    return rest.part(bracket.end())


def _without_source(text: str, fields: ItemFields, *, plain: bool) -> str:
    """Return a title without the other name, the source or the people at its end."""
    text, translation = without_translation(text)
    if translation and not _take_status_and_remark(translation, fields):
        fields.notes.append(translation)
    alias = ALIAS.search(text)
    if alias and alias.start() and take_alias(text[alias.start() :], fields):
        text = text[: alias.start()].rstrip(" ,")
    identified = _IDENTIFIER_LAST.search(text) if plain else None
    if identified and identified.start() and take_identifier(identified["id"], fields):
        text = text[: identified.start()].rstrip(" ,")
    sure = _without_sure_end(text, fields)
    if sure != text:
        return _without_source(sure, fields, plain=plain)
    year = None if fields.year else _DASHED_YEAR.search(text)
    if year and " " in text[: year.start()]:
        fields.year, text = int(year[1]), text[: year.start()]
    glued = _GLUED.search(text[-40:]) if plain else None
    if glued and is_known_venue(glued[1]) and take_source(glued[0], fields):
        return text[: -len(glued[0])]
    if plain or _OTHERS_IN_LIST.search(text):
        return _without_list(text, fields)
    ending = _YEAR_LAST.search(text)
    if ending and fields.year is None:
        fields.year, text = int(ending[1]), text[: ending.start()]
    return text


def _without_sure_end(text: str, fields: ItemFields) -> str:
    """Return a title without the source or the people at its end that are surely no more of it."""
    tail = text[-100:]
    dated = DIGIT.search(text) is not None
    listed = _LISTED_SOURCE.search(tail) if dated else None
    known = listed and (is_known_venue(listed["venue"]) or _ACRONYM.search(listed["venue"]))
    if listed and known and take_source(listed["source"], fields):
        return text[: -len(listed[0])]
    dash = _DASHED_SOURCE.search(tail) if dated else None
    if dash and take_source(f"{dash['venue']} {dash['year']}", fields):
        return text[: -len(dash[0])]
    placed = _YEAR_AND_SOURCE.search(text) if dated else None
    if placed and take_source(f"{placed['venue']} {placed['year']}", fields):
        return text[: placed.start()]
    who = None if fields.authors or not dated else _DASHED_PEOPLE_AND_YEAR.search(tail)
    if who and take_people_and_year(f"{who['who']}, {who['year']}", fields):
        fields.venue = fields.venue or who["venue"]
        return text[: -len(who[0])]
    by = _DASHED_PEOPLE.search(tail) if "y " in tail else None
    by = by or (_BY_ET_AL.search(tail) if tail.endswith(("al", "al.")) else None)
    bracket = _PEOPLE_IN_BRACKET.search(text[-200:]) if text.endswith(")") else None
    bracket = bracket if bracket and are_authors(bracket["who"]) else None
    by = by or (_YEAR_AND_PEOPLE.search(text) if dated else None)
    people = by or (_BY_INITIALS.search(text[-200:]) if " by " in text else None) or bracket
    if people and not fields.authors and are_people(people["who"]):
        fields.authors = authors_in(people["who"])
        year = people.groupdict().get("year")
        fields.year = fields.year or (int(year) if year else None)
        return text[: -len(people[0])]
    return text


def _without_brackets(text: str, fields: ItemFields) -> tuple[str, str]:
    """Return a title without the brackets at its end that say a source, and more in them."""
    taken = False
    for _ in range(3):
        bare = text.rstrip(" .,:;：，。")
        opening = OPENING.get(bare[-1:])
        at = bare.rfind(opening) if opening else -1
        inner = bare[at + 1 : -1] if at > 0 else ""
        content = inner.strip(f"[],; {LINK}")  # `[[code]]` without a link
        if not content:
            break
        if YEAR_FIRST.match(content) and take_remarked(content, fields):
            return bare[:at].strip(), ""
        if is_translated(bare[:at], content) or _COUNTED.match(content):
            fields.notes.append(content)
            text = bare[:at].strip()
            continue
        known = is_bare_label(content) or take_bracket(content, fields)
        if not (known or take_identifier(content, fields)):
            if taken and content[0].islower() and " " in content and len(bare[:at].split()) > 2:
                return bare[:at].strip(), content  # a remark
            if len(bare[:at].split()) > 2 and _ENDED.search(bare[:at]):
                return bare[:at].rstrip(" ."), content  # a remark too, behind a whole title
            break
        text, taken = bare[:at].rstrip("[ –—|·-").lstrip(), True
    return text, ""


def _without_list(text: str, fields: ItemFields) -> str:
    """Return a title that nothing marks without the authors or the source behind a comma."""
    acronym = _ACRONYM_LAST.search(text)
    if acronym and fields.venue is None and len(text[: acronym.start()].split()) > _SHORTEST:
        fields.venue = acronym[1]
        return text[: acronym.start()]
    for comma in re.finditer(r"[,，;；]\s*(?:in\s+(?=[A-Z]|arXiv\b))?", text):
        before, suffix = text[: comma.start()], text[comma.end() :].strip(" .,;:|")
        if (by := _BY_PERSON.search(before)) and are_people(by[1]):
            before, suffix = before[: by.start()], f"{by[1]}, {suffix}"
        wide = comma[0][0] == "，" and (" " in before or has_words(before))
        long = len(before.split()) > 3 and not is_whole_name(before)
        several = wide or long or _SMALL_WITHIN.search(before) is not None
        pair = fields.venue and _TWO_SURNAMES.fullmatch(suffix) and are_people(suffix)
        if several and (pair or are_authors(suffix, turned=False)) and not fields.authors:
            who = authors_in(suffix)
            if len(who) == 2 and ", and " in suffix:  # Gardens: Small Beds, Large Beds, and Trees
                continue
            fields.authors = who
            return before
        dated = _PEOPLE_AND_YEAR.fullmatch(suffix)
        if dated and several and are_authors(dated["who"], turned=False):
            fields.authors = fields.authors or authors_in(dated["who"])
            fields.year = fields.year or int(dated["year"])
            return before
        by_one = several and suffix[:1].isupper() and is_whole_name(suffix.partition(",")[0])
        by_some = _SEVERAL_PEOPLE.search(suffix) is not None
        by_some &= " " in before or is_nickname(before) or CJK.search(before) is not None
        if (
            (several and take_people_and_year(suffix, fields))
            or (by_one and take_people_and_source(suffix, fields))
            or (by_some and _take_people_and_more(suffix, fields))
            or _take_long_name(suffix, fields)
        ):
            return before
        enough = _is_tail(suffix) and (len(before.split()) > 1 or has_words(before))
        if enough and (take_appearance(suffix, fields) or take_identifier(suffix, fields)):
            return _without_list(before, fields)
    return text


def _take_people_and_more(text: str, fields: ItemFields) -> bool:
    if take_people_and_year(text, fields) or take_people_and_source(text, fields):
        return True
    others = " al" in text[-4:] and are_people(text) and not fields.authors
    fields.authors = authors_in(text) if others else fields.authors
    return others


def _take_status_and_remark(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a status, not in English, and perhaps a remark: `读完，值得二刷`."""
    status, *remark = re.split(r"[,，;；]\s*", text, maxsplit=1)
    if status.isascii() or not take_status(status, fields):
        return False
    fields.notes += remark
    return True


def _take_long_name(text: str, fields: ItemFields) -> bool:
    """Say whether a text is the name of a venue whose letters stood in brackets behind it."""
    if not (fields.venue and _ACRONYM.fullmatch(fields.venue) and PUBLISHED.fullmatch(text)):
        return False
    fields.venue = f"{text} ({fields.venue})"
    return True


def _is_tail(text: str) -> bool:
    """Say whether a text behind a comma can be a venue and year, no more of a title."""
    lower = text[:1].islower() and not re.match(r"(?i:(?:ar|bior|medr|chemr|psyar)xiv)", text)
    if not text or lower or len(text) > 120:
        return False
    bare, pages = without_pages(text)
    if read_date(text) is not None or (pages and is_abbreviated(bare)):
        return True
    read = read_source(bare)
    listed = re.search("[,，]", read.venue or "") is not None
    return (is_source(text) and not listed) or PUBLISHED.fullmatch(read.venue or "") is not None


def _venues_set_off(flat: Flat, last: int) -> Iterator[int]:
    """Yield where venues in italics begin that a title runs into: `A title, in *ICML* 2024`."""
    for start, end in flat.ranges(lambda style: style.emphasis and not style.link):
        venue = flat.text[start:end]
        dated = flat.text[:start].endswith(", in ") and DATED.match(flat.text, end + 1)
        known = dated or (len(venue) < _LONGEST_VENUE and is_known_venue(venue))
        if 0 < start < last and (known or ("," in venue and are_authors(venue))):
            yield start - len(_IN_LAST.search(flat.text[:start])[0])  # type: ignore[index]  # an empty end matches


def plain_end(flat: Flat) -> int:
    """Return where a title ends that nothing marks: at a link, a sentence's end, a source."""
    text = flat.text
    code = next((span for span in flat.ranges(lambda s: s.code) if span[0]), None)
    sourced = code and take_bracket(text[slice(*code)].strip(), ItemFields())
    last = _before_fields(text[: code[0]] if code and sourced else text)
    last = next(_venues_set_off(flat, last), last)
    at = 0
    while match := _TITLE_STOP.search(text, at, last):
        start = match.start()
        # A line's end ends the title, but where a long one goes on, or in the midst of words.
        if match[0] == "\n":
            following = text[match.end() :].lstrip(" ")
            line = following.partition("\n")[0]
            by = line.startswith("by ") and are_people(re.split(rf"[(\[|{LINK}]", line[3:])[0])
            goes_on = (
                not (by or is_known_venue(following.split()[0]))  # arXiv 2019
                if following[:1].islower()
                else (start > 60 or (start > 40 and has_capitals(line)))
                and not (line.startswith(LINK) or _is_line_of_its_own(line))
            )
            goes_on |= text[start - 1 : start] == ","  # of people, or a place
            if goes_on and text[:start].strip()[-1:] not in (".", "。"):
                at = match.end()
                continue
            return start
        # A bracket ends it that says a source, is bold or leads somewhere; others are part of it.
        if match[0] and match[0] in CLOSING:
            length = bracket_end(text[start : start + LONGEST_TITLE])
            inner = text[start + 1 : start + length - 1].strip() if length else ""
            at = start + (length or 1)
            if not start and has_words(inner, 3) and text[at:].lstrip().startswith("["):
                return at  # [A title] [where it appeared]
            probe = ItemFields()
            if start and inner and (take_bracket(inner, probe) or YEAR_FIRST.fullmatch(inner)):
                return at  # what is behind the bracket is no more of the title
            style = flat.style(min(start + 1, len(text) - 1))
            if start and (style.link or (length and style.bold and not flat.style(0).bold)):
                return start
            continue
        # Behind a question may come a subtitle, or people, a source, or a sentence about the paper.
        if not match[0] and (subtitle := _SUBTITLE.match(text, start)):
            words = _without_list(subtitle["words"].strip(" .,"), ItemFields())
            people = are_authors(words) or (" " not in words and are_people(words))
            marked = subtitle["last"] is None and subtitle["more"] is None
            sentence = words[:1].islower() or not (marked or has_capitals(words))
            behind = first_sentence(text[subtitle.end() :].lstrip(". "))
            sentence = sentence and not (subtitle["more"] and are_authors(behind))
            if not (people or sentence or is_source(words) or read_date(words)):
                at = subtitle.end("words")
                continue
        return start + (match[0] in ("？", "！"))
    return last


def _before_fields(text: str) -> int:
    """Return where a semicolon stands before people or a source, else the text's end."""
    people = are_people(re.split("[,;]", text)[0].strip(EDGES + "*"))
    for semicolon in () if people else re.finditer(r";\s", text):
        field = re.split(f"[;{LINK}]", text[semicolon.end() :], maxsplit=1)[0].strip()
        # A year within other words is the title's: `Bold gardens; small beds 2020 revisited`.
        dated = field.rstrip(".)")[-1:].isdigit() and len(field.split()) < 7
        if are_authors(field) or (is_source(field) and (dated or is_known_venue(field))):
            return semicolon.start()
    return len(text)


def _is_line_of_its_own(line: str) -> bool:
    line = line.strip(EDGES)
    return LABELLED.match(line) is not None or are_authors(line) or is_source(line)


def beyond_quote(flat: Flat, start: int, end: int) -> tuple[int, int]:
    """Return where a title begins and ends of which the first words alone are quoted.

    `"Why Should I Trust You?": Explaining the Predictions of Any Classifier`
    """
    beyond = _BEYOND_QUOTE.match(flat.text, end) if flat.text[start - 1 : start] else None
    if beyond is None or not (beyond["colon"] or flat.text[end - 1] in "?!"):
        return start, end
    more = beyond["more"].strip()
    other = len(more.split()) < 2 or more.startswith("by ") or is_source(more)
    other = other or are_authors(more) or are_people(more)
    return (start, end) if other else (start - 1, beyond.end("more"))


def whole_title(flat: Flat, start: int, end: int) -> int:
    """Return where a title ends of which only the name before the colon is bold: `**N**: Title`."""
    ended = flat.text[end - 1] in ":："
    colon = re.match(r"\s" if ended else r"\s?(?::\s|：\s?)", flat.text[end:])
    name, style = flat.text[start:end].strip(EDGES), flat.style(start)
    short = style.bold and not style.link and colon is None and len(name.split()) <= 3
    if short and (on := _GOES_ON.match(flat.text[end:])):
        return end + len(on[0].rstrip()) if is_title_case(on[0]) else end
    sentence = len(name.split()) > 3 and not is_title_case(name)  # as is what follows
    whole = sentence and style.link
    if colon is None or len(name.split()) > 6 or role_of(name) or is_label(name) or whole:
        return end
    following = flat.part(end + colon.end())
    marked = following.ranges(lambda s: s.link or s.emphasis)
    words = ((at, following.stripped(at, last).words) for at, last in marked)
    apart = (at for at, text in words if is_label(text) or is_source(text))
    title = first_sentence(following.text[: next(apart, None)]).strip(EDGES)
    probe = ItemFields()
    title, _ = without_tail(title, probe, plain=True)
    plain = title and not any(following.style(0)[1:5])
    if not plain or len(title.split()) < 3 or title[0].islower() or are_authors(title):
        return end
    last = following.text.index(title) + len(title)
    alone = is_nickname(name) and following.text[last : last + 2].strip()[:1] in ("", LINK)
    fits = sentence or alone or is_title_case(title) or (probe.venue and probe.year)
    if not fits or is_source(title) or title[0] in OPENING.values():
        return end
    return end + colon.end() + last


def without_citation(inner: Flat, fields: ItemFields) -> Flat:
    """Return the title of a whole citation that is marked, of which the rest is taken."""
    if quote := QUOTED.search(inner.text):
        who = inner.text[: quote.start()].strip(" .,")
        behind = inner.text[quote.end() :].strip()  # `"A title" by Ann Lee`
        by = not who and behind.startswith("by ") and are_people(behind[3:])
        if quote[1] and (by or (who and could_be_people(who))):
            fields.authors = fields.authors or authors_ahead(who)
            take_rest(inner.part(quote.end()), fields)
            return inner.part(*quote.span(1))
    if cited := title_within(inner, fields):
        return cited
    if ahead := people_ahead(inner.text, authors_first=fields.authors_first):
        fields.authors = fields.authors or ahead.authors
        fields.year, fields.led = fields.year or ahead.year, True
        inner = inner.part(ahead.end)
    stop = STOP.search(inner.text)
    if stop is None or len(inner.text[: stop.start()].split()) < 2:
        return inner
    tail = inner.part(stop.end())
    probe = ItemFields(below=True)
    take_rest(tail, probe)
    if probe.notes or not (probe.authors or probe.venue or probe.year):
        return inner
    take_rest(tail, fields)
    return inner.part(0, stop.end())


def cited_below(flat: Flat, fields: ItemFields) -> Flat:
    """Return a text from the title of the citation in a line below; what is above is a note."""
    cited = []
    for quote in QUOTED.finditer(flat.text) if "\n" in flat.text else ():
        start = flat.text.rfind("\n", 0, quote.start()) + 1
        who = flat.text[start : quote.start()].strip(" .,-")
        long = quote[1] and len(quote[1].split()) >= _SHORTEST
        cited += [(start, who, quote.start())] if start and long and could_be_people(who) else []
    if not cited:
        return flat
    (first, who, title), last = cited[0], cited[1][0] if len(cited) > 1 else len(flat.text)
    above = flat.part(0, first)
    begin, end = next(above.ranges(lambda style: style.link or style.bold), (0, 0))
    name = above.text[begin:end].strip()
    if name and not above.text[:begin].strip(EDGES) and len(name.split()) < _SHORTEST:
        fields.name, above = name, above.part(end)
    remarks = (it for it in noted(above.text).split("\n") if it and not is_label(it))
    fields.notes += filter(None, (*remarks, noted(flat.text[last:])))
    fields.authors, fields.led = authors_in(who), True
    return flat.part(title, last)
