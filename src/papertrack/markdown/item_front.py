"""What stands before the title of an item: numbers, boxes, dates, venues, names in brackets."""

import re
import unicodedata

from papertrack.authors import is_group
from papertrack.identifiers import ARXIV_ID, DOI_PREFIX, VERSION, normalise_arxiv, normalise_doi
from papertrack.labs import is_organisation
from papertrack.markdown.inline import has_words, is_label
from papertrack.markdown.item_authors import take_people_and_year
from papertrack.markdown.item_parts import (
    BOX,
    DATED,
    EDGES,
    EMOJI,
    LABELLED,
    LINK,
    NUMBER,
    WORDS,
    Flat,
    bracket_end,
    first_sentence,
    flatten,
)
from papertrack.markdown.item_sources import (
    YEAR_FIRST,
    ItemFields,
    take_appearance,
    take_date,
    take_lab,
    take_list,
    take_remarked,
    take_short,
    take_source,
    take_status,
    without_linked_source,
    without_marked_source,
    without_name_and_source,
)
from papertrack.markdown.proper_names import are_authors, authors_in, is_known_venue, is_nickname
from papertrack.markdown.vocabulary import Role, is_honour, is_praise, role_of
from papertrack.patterns import pattern
from papertrack.sources import DIGIT, day_of
from papertrack.status import Status, leading_task, status_of

_DATE = pattern(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[.,]?\s)?((?:19|20)\d\d\s?[-./年]\s?\d{1,2}(?:\s?[-./月]\s?\d{1,2}日?)?月?|\d{1,2}[-./](?:\d{1,2}[-./])?(?:19|20)\d\d"
    r"|(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\.?\s(?:\d{1,2},?\s)?(?:19|20)\d\d|(?:19|20)\d\d(?:年|(?=\s?[:：|]|\s[·•–—-]\s)))"
    r"(?=[\s:：|,)\]])\s?[:：|,·•–—-]?\s"
)
_DAY = pattern(
    r"((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
    r"|(?:[Mm]on|[Tt]ues?|[Ww]ed(?:nes)?|[Tt]hu(?:rs)?|[Ff]ri|[Ss]at(?:ur)?|[Ss]un)(?:day)?|(?:周|星期)[一二三四五六日天]"
    r"|\d{1,2}/\d{1,2}|\d{1,2}月\d{1,2}[日号])(?:\s?[:：]|\s[–-]\s)\s?"
)
_NUMBER_APART = pattern(r"\d{1,3}\s(?=\S)")
_KEY = pattern(
    r"\[?@([A-Za-z][\w:.-]{2,60}\w)(?:\][:,]?|[:,])\s+(?=\S)|\[\[(?P<note>[\w-]+)\]\]\s(?=《)"
    r"|(?P<glued>[A-Z][a-z]+[A-Za-z]*(?:19|20)\d\d[A-Za-z]{0,4})\s[–-]\s(?=[A-Z\d])"  # Lee2020PO
)
_IDENTIFIER = pattern(
    rf"(?:(?:arxiv\s?[:：]?\s?)?(?P<arxiv>{ARXIV_ID}){VERSION}"
    rf"|(?:doi\s?[:：]?\s?)?(?P<doi>{DOI_PREFIX}[^\s,;]*[^\s,;:.]))[\s,;:.|–—-]+",
    re.IGNORECASE,
)
_SHORTEST = 3  # words of a title behind it
_SHORTEST_LAB = 4  # letters
_DAYS = {"✅": "finished", "➕": "added", "🛫": "started"}
_PRIORITIES = "🔺⏫🔼🔽⏬"
_MARKS = pattern(rf"[✅➕🛫📅⏳{_PRIORITIES}⭐★]")
_MARKED_DAY = pattern(
    rf"\s?(?:(?P<sign>[✅➕🛫📅⏳])\ufe0f?\s?(?P<day>\d{{4}}-\d\d-\d\d)|(?P<priority>[{_PRIORITIES}])\ufe0f?(?=\s|$)"
    r"|(?P<stars>(?:⭐\ufe0f?){2,5}|★{1,5}☆{0,4}(?<=..)))"
)
_STATUS_FIRST = pattern(r"([^\W\d_][^|｜:：\n]{0,15}?)\s?[|｜]\s?(?=\S)")
_MARKED_VERB = pattern(r"(Read|Re-?read|Started|Finished|Skimmed|Dropped)\s+(?=\S)")
_VERB_FIRST = pattern(
    r"(read|reading|re-?read|started|finished|skimmed|dropped|abandoned"
    r"|读完|读了|已读|在读|略读|看完)(?:\s+|(?=[“《]))(?=[\"“《\[A-Z])"
)
_TASK_IN_LINK = pattern(r"(?:TODO|DOING|DONE)[:：]")  # `NEXT:` and `SKIP:` may be names of systems
_PRIORITY = pattern(r"\[#([A-Z])\]\s+")
_TAG = pattern(
    rf"(?<![^\s,;，{LINK}])(?:#(?P<tag>[^\W\d_][\w/-]{{0,40}})"
    rf"|@(?P<key>[A-Za-z][\w:-]*(?:19|20)\d\d\w*))(?=[\s,;，{LINK}]|$)[ ]?"
)
_MOST_IN_FRONT = 12  # more is no front of a title
_YEAR_AND_VENUE = (  # what the names of files begin with; the last two also stand in lists
    pattern(
        r"(?P<year>(?:19|20)?\d\d)_(?P<venue>[A-Za-z][A-Za-z\d&-]{1,19}(?:\s[A-Za-z\d&-]{1,19}){0,5})_"
        r"(?:(?P=venue)_)?(?=\S)"
    ),
    pattern(
        r"(?P<year>(?:19|20)\d\d)(\s)?[-–]\s?(?P<venue>(?:IEEE\s)?[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:_W)?|[Aa]rxiv)"
        r"(?(2)(?:\s|(?=[-–]\S+\s[-–]\s))|\s?)[-–]\s?(?=[^\W_])"
    ),
    pattern(r"(?P<year>(?:19|20)\d\d)[-–](?P<venue>[A-Z]\w*[A-Z][A-Za-z]*)(?::\s?|\s(?=[^\W\d_]))"),
    pattern(
        r"(?P<venue>[A-Z][A-Za-z&]{1,11})(?:\s?['’]|-|(\s?)(?=\d{4}))(?P<year>(?:19|20)?\d\d)"
        r"(?P<kind>\s(?:oral|spotlight|poster|workshop))?(?:(?(2)\s|\s?)[-–:]\s?(?=\w)(?!\w+\s\d+$)"
        r"|\s(?!(?:(?:Shared\s)?Tasks?|Workshops?|Tutorials?|Challenges?|Competitions?|Papers?|Invited)\b)"
        r"(?(2)(?=\w*[A-Z]\w*[A-Z]\w*:)|(?=[^\W_a-z]\S*\s\w\S*\s\S)))"
    ),
)
_YEAR_OF_KEY = pattern(r"(?!RFC\b)[^\d\[\]]\S*(?:\s\S+){0,2}\s((?:19|20)\d\d)[a-z]?")
_LONGEST_WHO = 300
_SHORT_YEAR = pattern(r"([0-4]\d)_(?=[A-Z][a-z])")
_YEAR_JOINED = pattern(  # 2002_《A title》, 2003-Vips: a title; but no 1984-Style Gardens
    r"((?:19[5-9]|20[0-2])\d)(?:_+(?=《|[A-Z][\w-]*:?\s\w+\s\w)|[-–](?=[A-Z][\w-]*:\s\w+\s\w))"
)
_YEAR_OF_PEOPLE = pattern(r"((?:19|20)\d\d)\s(?=(?:[A-Z]\.\s?){1,3}[A-Z][a-z]+,)")  # 1991 A. Lee,
_SEVERAL = pattern(r",|&|\band\b|\bet\.? al\b")
_OF_TITLE = pattern(  # (Why) Do Gardens Grow?
    r"\((?:almost|nearly|not|why|how|when|what|where|who|is|are|do|does|can|should|no|some|all|more|too"
    r"|very|still|over|under|partially|quasi|semi|non|re|un|de|in|im|dis|mis|sub|the|an?)-?\)",
    re.IGNORECASE,
)
_DATED = pattern(  # [2024.11 Journal of Gardens], [2020Survey]
    r"(?P<year>(?:19|20)\d\d)(?:\s?(?P<kind>[A-Z][a-z]+)"
    r"|[./-]\d{1,2}\s(?P<venue>(?:[A-Z]|[a-z][A-Z])[^\d()]{2,80}))"
)
_HINT_OR_HEADING = pattern(r"[!?]>\s|#\s(?![^\n]*#)")
_LINE = pattern(r"#+\s?([^#\n]{1,80}?)\s?#+\s*\n")
_TIME_LAST = pattern(  # November 3, 2021 10am CET
    r"(?<=\d)[\s,]+(?:at\s)?\d{1,2}(?::\d\d)?\s?(?:[ap]m|(?<=:\d\d))(?:\s[A-Z]{2,4})?$"
)
_LAST_YEAR = 60  # of this century, written with two digits


def without_front(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text without what stands before the title, which `fields` takes."""
    for rule in _FIRST_RULES:
        flat = rule(without_signs(flat, fields), fields)
    for _ in range(_MOST_IN_FRONT):
        before = len(flat.text)
        flat = without_signs(flat, fields)
        for rule in _FRONT_RULES:
            flat = rule(flat, fields)
        if len(flat.text) == before:
            break
    return flat


def without_signs(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text without signs and emoji in front; one may stand for a status."""
    if flat.text[:1].isalnum():
        return flat
    at = 0
    while at < len(flat.text):
        char = flat.text[at]
        if emoji := EMOJI.match(flat.text, at):
            fields.status = fields.status or status_of(emoji[0])
            at = emoji.end()
        elif char in EDGES or char in "\ufe0f\u200d":
            at += 1
        elif sign := _HINT_OR_HEADING.match(flat.text, at):
            at = sign.end()
        elif unicodedata.category(char) in ("So", "Sk"):
            fields.status = fields.status or status_of(char)
            at += 1
        else:
            break
    return flat.part(at)


def label_of(text: str) -> str:
    """Return the label that a text begins with, signs before it aside; else nothing."""
    if ":" not in text and "：" not in text:
        return ""
    labelled = LABELLED.match(without_signs(flatten(text), ItemFields()).text)
    return labelled[1] if labelled else ""


def _without_box(flat: Flat, fields: ItemFields) -> Flat:
    box = BOX.match(flat.text)
    if box is None:
        return _without_task(flat, fields)
    fields.boxed = True
    fields.status = status_of(f"[{box[1].strip()}]") or Status.TO_READ
    rest = flat.part(box.end())
    return _without_task(rest.part(len(rest.text) - len(rest.text.lstrip(" "))), fields)


def _without_task(flat: Flat, fields: ItemFields) -> Flat:
    """Take the word in capitals with which Org and Logseq begin a task: `DONE [#A] A title`.

    A linked title may begin so itself, unless a colon sets it off: `[TODO: A title](…)`.
    """
    task = leading_task(flat.text)
    if task is None or (flat.style(0).link and _TASK_IN_LINK.match(flat.text) is None):
        return flat
    fields.boxed, (fields.status, end) = True, task
    if priority := _PRIORITY.match(flat.text, end):
        fields.columns["Priority"], end = priority[1], priority.end()
    return flat.part(end)


def _without_tags(flat: Flat, fields: ItemFields) -> Flat:
    """Take tags and citation keys as programs for notes have them: `#gardens`, `@lee2020`."""
    signs = _TAG.finditer(flat.text) if "#" in flat.text or "@" in flat.text else ()
    marked = [it for it in signs if not any(flat.style(it.start())[1:5])]
    for mark in marked:
        if mark["tag"]:
            fields.tags.append(mark["tag"])
        else:
            fields.columns.setdefault("Key", mark["key"])
    return flat.without([mark.span() for mark in marked])


def _without_marked_days(flat: Flat, fields: ItemFields) -> Flat:
    """Take the days and priorities that Obsidian marks with signs: `➕ 2024-03-01`, `⏫`."""
    marked = list(_MARKED_DAY.finditer(flat.text)) if _MARKS.search(flat.text) else []
    for mark in marked:
        if day := day_of(mark["day"] or ""):
            if field := _DAYS.get(mark["sign"]):
                fields.days[field] = day
            else:
                fields.columns.setdefault("Due", mark["day"])
            reached = {"finished": Status.DONE, "started": Status.READING}.get(field or "")
            if fields.status is not Status.DONE:
                fields.status = reached or fields.status
        elif mark["stars"]:
            fields.columns.setdefault("Rating", mark["stars"])
        elif mark["priority"]:
            fields.priority = _PRIORITIES.index(mark["priority"]) + 1
    return flat.without([mark.span() for mark in marked])


def _without_number(flat: Flat, fields: ItemFields) -> Flat:
    del fields  # nobody's field
    apart = _NUMBER_APART.match(flat.text)  # 5 [A title](…)
    linked = apart and flat.style(apart.end()).link and not flat.style(0).link
    number = apart if linked else NUMBER.match(flat.text)
    return flat.part(number.end()) if number and _title_follows(flat, number.end()) else flat


def _title_follows(flat: Flat, at: int) -> bool:
    """Say whether a link in which a place lies goes on behind it for some words, if one does."""
    if not _is_linked(flat, at):
        return True
    end = next(end for start, end in flat.ranges(lambda s: s.link) if start == 0)
    words = flat.text[at:end].strip()
    long = has_words(words, 2)
    return long and (bracket_end(words) != len(words) or len(words.split()) > 3)


def _is_linked(flat: Flat, at: int) -> bool:
    """Say whether a text begins with a link that goes on up to a place."""
    return bool(flat.style(0).link) and flat.style(at - 1).link == flat.style(0).link


def _without_line(flat: Flat, fields: ItemFields) -> Flat:
    """Take a line between `#` above the title for a note: `# About gardens #`."""
    line = _LINE.match(flat.text)
    fields.notes += [line[1]] if line else []
    return flat.part(line.end()) if line else flat


def _without_year_and_venue(flat: Flat, fields: ItemFields) -> Flat:
    """Take what the name of a file begins with: `21_OSDI_…`, `2021-OSDI-…`, `CVPR'18-…`."""
    if not DIGIT.search(flat.text, 0, 20):  # behind a venue at the latest
        return flat
    for at, form in enumerate(_YEAR_AND_VENUE):
        named = form.match(flat.text)
        venue = named["venue"].replace("_W", " Workshop") if named else ""
        known = at < 2 or (at == 3 and venue.isupper())  # FAST'03-A title
        if named is None or not (known or is_known_venue(f"{venue.removesuffix('W')} 2000")):
            continue
        year = named["year"]
        century = "" if len(year) > 2 else "19" if int(year) > _LAST_YEAR else "20"
        if take_source(f"{venue} {century}{year}{named.groupdict('').get('kind', '')}", fields):
            fields.led = True
            return flat.part(named.end())
    forms = (_SHORT_YEAR, _YEAR_OF_PEOPLE, _YEAR_JOINED)
    if dated := next(filter(None, (form.match(flat.text) for form in forms)), None):
        year = int(dated[1])
        fields.year, fields.led = year if year > _LAST_YEAR else 2000 + year, True
        return flat.part(dated.end())
    return flat


def _without_date(flat: Flat, fields: ItemFields) -> Flat:
    match = _DATE.match(flat.text)
    dated = match and _title_follows(flat, match.end()) and _take_day_or_date(match[1], fields)
    return flat.part(match.end()) if match and dated else flat


def _take_day_or_date(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a date, which is taken; a day may be the one of noting the paper."""
    day = day_of(text := _TIME_LAST.sub("", text))
    if day is None:
        return take_date(text, fields)
    fields.noted = fields.noted or day.year
    fields.columns.setdefault("Date", text)
    return True


def _without_day(flat: Flat, fields: ItemFields) -> Flat:
    """Take a day without a year, which says when the item was noted: `Jan 3: …`."""
    match = None if flat.text and flat.style(0).link else _DAY.match(flat.text)
    if match is None or not flat.text[match.end() :].strip(EDGES):
        return flat
    fields.columns.setdefault("Date", match[1])
    return flat.part(match.end())


def _without_bracket(flat: Flat, fields: ItemFields) -> Flat:
    """Take a venue, date, name or word in brackets before the title; a title in them is bared."""
    end = bracket_end(flat.text)
    if end is None or not _title_follows(flat, end) or _OF_TITLE.match(flat.text):
        return flat
    inner, rest = flat.part(1, end - 1), flat.part(end)
    within = _is_linked(flat, end)
    if not within and any(
        len(WORDS.findall(words := inner.part(*place).text)) > 2 and not is_organisation(words)
        for place in inner.ranges(lambda s: s.link)
    ):
        marks = inner.marks + flat.marks[end - 1] + rest.marks
        return Flat(f"{inner.text} {rest.text}", marks, flat.kinds)
    text = inner.stripped().text.replace(LINK, " ").strip()
    if not rest.text.strip(EDGES):
        return flat
    if (behind := _without_key_and_people(text, rest, fields)) is not None:
        return behind
    bare = "".join(c for c in text if unicodedata.category(c) not in ("So", "Sk")).strip("\ufe0f ")
    alert = bare.startswith("!")  # as GitHub calls it
    most = 3 if fields.authors else 5  # behind `[Lee et al.]` more are the title
    few = len(WORDS.findall(text)) <= most or (is_known_venue(text) and DATED.search(text))
    named = all(style.bold or style.emphasis for style in inner.styles) or (
        within and take_source(rest.text[: bracket_end(rest.text) or 0], ItemFields())
    )
    kind = few and (alert or not re.search(r"\w", bare) or _take_prefix(bare, fields, named=named))
    return rest if kind or _take_remarked(text, fields) else flat


def _without_key_and_people(text: str, behind: Flat, fields: ItemFields) -> Flat | None:
    """Take the year of a key and the people before a title in quotes: `[Lee 2011b] A. Lee, “…”`."""
    key = _YEAR_OF_KEY.fullmatch(text)
    if key is None or is_known_venue(text):
        return None
    quotes = (at for at in map(behind.text.find, '“"') if at >= 0)
    starts = (start for start, _ in behind.ranges(lambda style: style.emphasis))
    title = min((*quotes, *starts), default=0)
    who = behind.text[:title].strip()
    if title > _LONGEST_WHO or not who.endswith((",", " al.")):
        return None
    fields.year, fields.keyed, fields.led = int(key[1]), True, True
    who = who.rstrip(",")
    several = ("," in who or "." in who) and not is_group(who)
    fields.authors = authors_in(who) if several else (who,)
    return behind.part(title)


def _take_remarked(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a year or venue with a remark beside it, which are taken then."""
    may_be = YEAR_FIRST.match(text) or " " in text.partition(",")[0].strip()
    taken = take_list(text, fields) or bool(
        may_be and not take_source(text, ItemFields()) and take_remarked(text, fields)
    )
    fields.led |= taken
    return taken


def _take_prefix(text: str, fields: ItemFields, *, named: bool = False) -> bool:
    """Say whether what stands in brackets before a title was taken: a source, a name, a kind."""
    several = _SEVERAL.search(text) is not None
    if take_short(text, fields) or (several and take_people_and_year(text, fields)):
        return True
    if several and not fields.authors and are_authors(text):  # [Lee et al.] [A title]
        fields.authors, fields.led = authors_in(text), True
        return True
    if (status := status_of(text)) or take_status(text, fields):
        fields.status = fields.status or status
        return True
    dated = _DATED.fullmatch(text)
    if dated and (dated["venue"] or is_honour(dated["kind"])):
        fields.year, fields.led = fields.year or int(dated["year"]), True
        fields.venue = fields.venue or dated["venue"]
        fields.tags += filter(None, [dated["kind"]])
        return True
    named = named and not is_label(text) and len(text.split()) <= 3
    words = len(WORDS.findall(text))
    about = " in " in text and not re.search(r"\d", text)  # `Causality in RecSys` is a kind
    named_short = words == 1 and (text.isupper() or len(text) < _SHORTEST_LAB)  # UCB, HiT
    if (
        _take_day_or_date(text, fields)
        or _take_remarked(text, fields)
        or (not about and take_source(text, fields))
        or (not named_short and take_lab(text, fields))
    ):
        fields.led = True
    elif (named or is_nickname(text)) and not (about or is_praise(text) or is_label(text)):
        fields.name, fields.led = fields.name or text, True
    elif words <= 3:  # a kind of paper
        fields.tags += [] if is_label(text) else [text]
        fields.led = True
    elif fields.led:
        fields.notes.append(text)
    return fields.led


def _without_set_off(flat: Flat, fields: ItemFields) -> Flat:
    """Take words in code, or in bold right before a linked title: `**Survey** [A title](…)`."""
    end = next((end for start, end in flat.ranges(lambda s: s.code) if start == 0), 0)
    text, behind = flat.text[:end], flat.text[end:].strip(EDGES)
    most = 6 if DATED.search(text) else 3  # words
    if not end and (bold := _before_link(flat)):
        return flat.part(bold) if _take_prefix(flat.text[:bold].strip(), fields) else flat
    if not end or not behind or behind[0].islower() or len(text.split()) > most:
        return flat
    if not take_appearance(text, fields):
        fields.tags.append(text.strip())
    return flat.part(end)


def _before_link(flat: Flat) -> int:
    """Return where bold words end that a link of several words follows; else 0."""
    bold, *_ = [*flat.ranges(lambda s: s.bold and not s.link), (1, 0)]
    link, *_ = [*flat.part(bold[1]).ranges(lambda s: s.link or s.bold), (0, 0)]
    words, start = flat.part(bold[1]).stripped(*link).words, bold[1] + link[0]
    titled = has_words(words, _SHORTEST) and not is_label(words)
    between = flat.text[bold[1] - 1 : start]
    apart = bold[0] or between[:1] in (":", "：") or between[1:].strip()
    return start if titled and not apart and len(flat.text[:start].split()) <= _SHORTEST else 0


def _without_key(flat: Flat, fields: ItemFields) -> Flat:
    """Take the citation key, or what a note is called, in front: `[@lee2020] A title`."""
    key = _KEY.match(flat.text)
    if key is None or (key["glued"] and is_known_venue(key["glued"])):
        return flat
    fields.columns.setdefault("Key", key[1] or key["note"] or key["glued"])
    fields.keyed = key["note"] is None
    fields.led |= fields.keyed
    return flat.part(key.end())


def _without_identifier(flat: Flat, fields: ItemFields) -> Flat:
    """Take an identifier in front of what is like a title: `arXiv:2101.00001 How Gardens Grow`."""
    identifier = _IDENTIFIER.match(flat.text)
    if identifier is None:
        return flat
    behind = first_sentence(flat.text[identifier.end() :])
    titled = len(behind.split()) >= _SHORTEST and "," not in behind and behind[0].isupper()
    if not titled or flat.style(0).link != flat.style(identifier.end()).link:
        return flat
    arxiv, doi = normalise_arxiv(identifier["arxiv"] or ""), normalise_doi(identifier["doi"] or "")
    fields.arxiv, fields.doi = fields.arxiv or arxiv, fields.doi or doi
    return flat.part(identifier.end()) if arxiv or doi else flat


def _without_label(flat: Flat, fields: ItemFields) -> Flat:
    """Take away a label that says what follows, `Paper: …`, or how far one is, `read: …`."""
    labelled = LABELLED.match(flat.text)
    status = status_of(labelled[1]) if labelled else None
    if labelled and status and (labelled[1].islower() or not labelled[1].isascii()):
        fields.status = fields.status or status
        return flat.part(labelled.start(2))
    column = _STATUS_FIRST.match(flat.text) or _VERB_FIRST.match(flat.text)
    verb = _MARKED_VERB.match(flat.text)  # Read *A Title*
    if verb and any(flat.style(verb.end())[1:4]) and flat.style(0) != flat.style(verb.end()):
        column = verb
    if column and (status := status_of(column[1])):
        fields.status = fields.status or status
        return flat.part(column.end())
    marked = labelled and labelled[2] and any(flat.style(labelled.start(2))[1:4])
    if labelled and marked and is_praise(labelled[1]) and not labelled[1].isupper():
        fields.notes.append(labelled[1])
        return flat.part(labelled.start(2))
    label = labelled[1].rstrip("0123456789 ") if labelled else ""  # Paper 3: A title
    role = role_of(label) if labelled and len(label.split()) <= 2 else None
    known = role is not None and role[0] is Role.TITLE and role[1]
    return flat.part(labelled.start(2)) if labelled and known else flat


_FIRST_RULES = (
    _without_tags,
    _without_marked_days,
    _without_line,
    _without_box,
    _without_number,
    _without_year_and_venue,
)
_FRONT_RULES = (
    _without_key,
    _without_identifier,
    _without_date,
    _without_day,
    without_name_and_source,
    without_linked_source,
    without_marked_source,
    _without_bracket,
    _without_set_off,
    _without_label,
)
