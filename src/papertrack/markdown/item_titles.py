"""The title of an item: what is linked, bold or quoted, else its first sentence."""

import re
from collections.abc import Iterator, Sequence

from papertrack.authors import count_no_names
from papertrack.folding import is_nothing
from papertrack.labs import is_well_known
from papertrack.markdown.citations import (
    behind_people,
    is_attribution,
    is_one_of_people,
    is_told_before,
    says_source,
    take_citation,
)
from papertrack.markdown.inline import CJK, has_words, is_label
from papertrack.markdown.item_authors import (
    NAMES_YEAR,
    authors_of_byline,
    is_whole_name,
    names_in_front,
    take_bracket,
    take_dated_people,
    take_surnames,
)
from papertrack.markdown.item_parts import (
    BOUND,
    DATED,
    EDGES,
    LINK,
    LONGEST_TITLE,
    Flat,
    bracket_end,
    clean_title,
    first_sentence,
    in_prose,
    is_title_case,
)
from papertrack.markdown.item_sources import ItemFields, take_appearance, take_date, take_source
from papertrack.markdown.item_title_ends import (
    OPENING,
    QUOTED,
    behind_bracket,
    beyond_quote,
    plain_end,
    whole_title,
    without_citation,
    without_tail,
)
from papertrack.markdown.proper_names import (
    are_authors,
    are_east_asian,
    are_people,
    authors_in,
    could_be_people,
    is_known_venue,
    is_nickname,
)
from papertrack.markdown.vocabulary import Role, role_of
from papertrack.patterns import pattern
from papertrack.sources import is_source
from papertrack.status import Status

_NAME_AND_PEOPLE = pattern(
    r"(?P<name>[^\W_][^:,]{1,24}?)\s*:\s*(?P<who>[^\W\d_a-z][^:]{2,300}?(?P<others>\bet\.? al\.?)?)"
)
_INITIAL = pattern(r"\b[^\W\d_a-z]\.")
_SURNAME = pattern(r"(?:Mac|Mc|O['’])?[^\W\d_a-z](?:[^\W\d_A-Z]|['’-]){2,20}")
_REVERSED = pattern(r"[^\W\d_a-z][\w'’-]+,\s[^\W\d_a-z][\w'’-]+")
_ACRONYM = pattern(r"[A-Z][A-Z-]+[a-z]?\s(?:19|20)\d\d")  # TGRD 2024
_LONGEST_SOURCE = 6  # words
_MOST_OF_REMARK = 40  # words
_MOST_PLACES = 20  # a title is among the first things that are marked
_SHORTEST_SAYING = 5  # letters of a language that sets no blanks
_YEAR_BEHIND = pattern(r"[.,]?\s\(((?:19|20)\d\d)[a-z]?\)$")
_LOWER_LAST = pattern(r"\w\s[a-z]+$")  # `Gardens in winter` is no name
_IN_TWO = pattern(r"(?:(?!and\b)[^\W\d_]+\s)+[^\W\d_]+,\s(?!and\b)[^\W\d_]+(?:\s[^\W\d_]+)+")
_YEAR_AHEAD = pattern(r"((?:19|20)\d\d)\s(?=\S)")
_DASH = pattern(r"\s(?:[–—~-]{1,2}|-+>)\s|\s?—\s?|\s[|·•]\s")
LETTERS = pattern(r"[^\W\d_]")


def take_title(flat: Flat, fields: ItemFields) -> Flat | None:
    """Take the title; return what stands behind it, or None where nothing can be one."""
    for start, end, kind in _without_stressed(flat, _marked_places(flat)):
        inner = flat.part(start, end)
        text = inner.stripped().words
        before = flat.part(0, start)
        lead = before.stripped().words.strip('"“”«»《「『 ([（【<:：–—-')
        if lead and lead[-1] in OPENING and OPENING[lead[-1]] not in lead:
            lead = lead[:-1]
        # What is marked first is the title, unless it is its name or its authors.
        if not lead:
            if quoted := _quoted_behind_name(flat, start, end, kind, fields):
                return _settle(flat, *quoted, fields, marked=True)
            if kind != "quoted" and _only_names(flat, start, end, fields):
                edges = re.match(f"[{re.escape(EDGES.replace(LINK, ''))}]*", flat.text[end:])
                return take_title(flat.part(end + len(edges[0] if edges else "")), fields)
        # Behind other words it is the title if these are a field of the paper, and none if they are
        # a sentence; else the words in front are the title, and the mark is in it or behind it.
        linked = any(style.link for style in inner.styles)
        titled = kind == "link" or (kind == "bold" and len(text.split()) > 3)
        if (
            not lead
            or _is_front(before.text, lead, text, kind, fields)
            or (titled and _is_remark(before.text, lead, flat.part(end), fields))
            or (kind == "link" and is_told_before(before.text, lead, inner, fields))
        ):
            settled = _settle(flat, start, end, fields, marked=True)
            fields.marked = kind != "emphasised"  # which many other words are
            return settled
        if linked and _is_sentence(before, lead, text):
            return None
        if kind != "quoted" or len(lead.split()) <= 2:
            break
    return _plain(flat, fields)


def _quoted_behind_name(
    flat: Flat, start: int, end: int, kind: str, fields: ItemFields
) -> tuple[int, int] | None:
    """Return where a title in quotes stands behind a name, which is taken: `[N](…): "A title"`.

    Between a bold name and the title may stand the authors: `**N:** A. Author, B. Writer. "T"`.
    """
    inside = QUOTED.search(flat.text, start, end) if kind == "bold" else None
    if inside and take_dated_people(flat.text[start : inside.start()].strip(" ,.:"), fields):
        return inside.span()  # **Lee (2016), "A title"**
    quote = QUOTED.search(flat.text, end)
    if kind == "quoted" or quote is None or not quote[1]:
        return None
    name = flat.stripped(start, end).words
    between = flat.text[end - 1 : quote.start()]
    short = len(name.split()) <= (2 if kind == "link" else 3)
    colon = re.match(r".?\s?[:：]\s?", between)
    who = between[colon.end() :].strip(" .,") if colon and kind == "bold" else ""
    people = who and (_are_authors(who, ".") or could_be_people(who))
    apart = people or (colon and colon.end() == len(between)) or (kind == "link" and short)
    sentence = quote[1][0].islower() and re.search(r"\b[a-z]+\s[\"“]?$", between)
    if sentence or not apart or len(quote[1].split()) < (2 if people else 3):
        return None
    if people:
        fields.authors, fields.led = authors_in(who), True
        fields.notes += [] if short and "," not in name else [name]  # what it is about
    repository = kind == "link" and "/" in name
    named = LETTERS.search(name) and not repository and not is_nothing(name) and not fields.notes
    fields.name = name if named else fields.name
    return quote.span(1)


def _marked_places(flat: Flat) -> list[tuple[int, int, str]]:
    """Return where something may be marked as a title, in order: links, bold letters, quotes."""
    places = []
    for start, end in flat.ranges(lambda s: s.link):
        text = flat.stripped(start, end).words
        before = flat.text[:start].strip(EDGES + '[(（【"“')
        alone = not before or (len(before) < 80 and (are_authors(before) or _has_initial(before)))
        many = has_words(text)
        if text and (alone or many) and not says_source(text):
            places.append((start, end, "link"))
    for start, end in _bold_places(flat):
        text = flat.stripped(start, end).words
        role = role_of(text) if ":" in flat.text[end - 1 : end + 1] else None
        label = role is not None and role[1] and role[0] is not Role.TITLE
        other = label or says_source(text) or is_one_of_people(flat.text, start, end)
        if len(text) > 1 and LETTERS.search(text) and not other:
            places.append((start, end, "bold"))
    for start, end in flat.ranges(lambda s: s.emphasis and not (s.bold or s.link)):
        text = flat.stripped(start, end).words
        who = flat.text[:start].rstrip().removesuffix(",").strip(EDGES)
        ended = flat.text[start - 2 : start].strip() in (",", ":", ".", "：")
        behind = " " in who and ended and are_people(who)
        behind |= start > 0 and NAMES_YEAR.fullmatch(who) is not None and who.endswith(")")
        behind |= DATED.search(who) is not None and is_known_venue(who)
        behind |= not flat.text[:start].strip(EDGES) and _is_emphasised_title(flat.part(start))
        if behind and " " in text and not (are_authors(text) or is_source(text)):
            places.append((start, end, "emphasised"))
    for quote in QUOTED.finditer(flat.text):
        start, end = next(quote.span(group) for group in (1, 2, 3, 4) if quote[group])
        alone = flat.text[end + 1 :].lstrip()[:1] in ("", ",", "(", "[", LINK)
        if end - start > 7 or alone or not quote[1] or flat.text[: quote.start()].strip():
            places.append((start, end, "quoted"))
    return sorted(places, key=lambda place: (place[0], -place[1]))[:_MOST_PLACES]


def _without_stressed(
    flat: Flat, places: Sequence[tuple[int, int, str]]
) -> Sequence[tuple[int, int, str]]:
    """Return the places without bold words of a sentence that says what is linked behind it.

    Such have letters beside them, of a language that sets no blanks: `用**模型**：[A title](…)`.
    """
    last = max((start for start, _, kind in places if kind == "link"), default=0)
    return [
        (start, end, kind)
        for start, end, kind in places
        if kind != "bold"
        or start > last
        or not (CJK.match(flat.text[end : end + 1]) or CJK.match(flat.text[start - 1 : start]))
    ]


def _bold_places(flat: Flat) -> Iterator[tuple[int, int]]:
    """Yield where letters are bold; a title that is bold line by line is one place."""
    first, last = 0, 0
    for start, end in flat.ranges(lambda s: (s.bold or s.struck) and not s.link):
        line, below = flat.text[first:last].strip(), flat.stripped(start, end).words
        broken = "\n" in flat.text[last:start] and not flat.text[last:start].strip()
        if not (
            broken
            and len(line.split()) > 2
            and line[-1] not in ".?!:"
            and not (says_source(below) or are_people(below))
        ):
            if last:
                yield first, last
            first = start
        last = end
    if last:
        yield first, last


def _only_names(flat: Flat, start: int, end: int, fields: ItemFields) -> bool:
    """Say whether what is marked is a name, or the authors, and the title stands behind it."""
    text = flat.stripped(start, end).words
    rest = flat.part(end)
    byline = authors_of_byline(flat.part(start, end), rest, authors_first=fields.authors_first)
    fields.authors = byline or fields.authors
    others = r"|\s+(?=\w)" if text.endswith(("et al", "et al.")) else ""
    within = flat.style(start).bold and flat.text[:end].rstrip()[-1:] in ("：", ":")
    dash = re.match(rf"\s?(?:(?:[–—-]{{1,2}}|[:.;,|])\s|[：；，｜]\s?){others}", rest.text)
    dash = re.match(r"\s?", rest.text) if within and _is_marked(rest.stripped()) else dash
    if byline or dash is None:
        return bool(byline)
    following = rest.part(dash.end())
    if dash[0] in (". ", ", ", "，") and not is_nickname(text):
        link = next(following.ranges(lambda style: style.link), (1, 1))
        linked = dash[0] == ", " and not link[0] and not are_people(following.part(*link).words)
        kind = linked and not flat.style(start).link and len(text.split()) <= _LONGEST_SOURCE
        fields.tags += [text] if kind else []  # `**Analysis**, [A title](…)`
        fields.led |= kind
        return kind
    following = following.part(len(following.text) - len(following.text.lstrip('"“«')))
    divided = dash[0].strip() in tuple(";；,，|｜")
    bold = next(following.ranges(lambda s: s.bold), None)
    who = following.text[: bold[0]].strip(EDGES) if bold else ""
    if who and len(text.split()) <= 3 and are_authors(who):
        fields.name, fields.led = text, True  # `**N**: A. Author, B. Writer. **A title.**`
        return True
    if not divided and are_authors(text):
        fields.authors = authors_in(text)
        return True
    marked = _is_emphasised_title(following)
    marked |= (is_nickname(text) or not divided) and _is_marked(following)
    fits = marked or not (divided or ":" in dash[0] or "：" in dash[0])
    title = re.split(r"\s*[\[(（【]", first_sentence(following.words))[0]
    bold_alone = flat.style(start).bold and not flat.style(start).link and not divided
    called = len(text.split()) <= 3 and (marked or (bold_alone and len(title.split()) > 3))
    other = is_known_venue(title) or are_authors(title) or is_attribution(title) or CJK.match(title)
    titled = len(title.split()) >= 3 and is_title_case(title) and not other  # nor a saying
    if fits and (is_nickname(text) or called) and (marked or titled):
        fields.title_link = next((s.link for s in flat.part(start, end).styles if s.link), "")
        saying = CJK.search(text) is not None and not fields.title_link  # what it is about
        fields.notes += [text] if saying else []
        fields.name, fields.led = fields.name if saying else text, True
        return True
    return False


def _is_marked(flat: Flat) -> bool:
    """Say whether a text begins with words that are a link or bold, and long enough for a title."""
    return any(
        start == 0 and flat.part(start, end).text.count(" ") > 1
        for start, end in flat.ranges(lambda style: style.link or style.bold or style.code)
    )


def _is_emphasised_title(flat: Flat) -> bool:
    """Say whether a text begins with words in italics that are a title, no people and no venue."""
    first = next(flat.ranges(lambda s: s.emphasis and not s.bold), None)
    text = flat.stripped(*first).words if first and first[0] == 0 else ""
    people = are_authors(text) or could_be_people(text) or are_people(text)
    return len(text.split()) > 3 and not people and not is_source(text)


def _is_front(before: str, lead: str, text: str, kind: str, fields: ItemFields) -> bool:
    """Say whether what stands before a marked title is authors, a venue, a name; take it then."""
    ends = before.rstrip(" \n" + '"“«《「『' + LINK)[-1:]
    quoted = before.rstrip(" \n")[-1:] in '"“«'
    apart = before.endswith("\n") or len(text.split()) > 3
    surname = _SURNAME.fullmatch(lead.strip(EDGES)) is not None
    if take_dated_people(lead.rstrip(" ,.:："), fields) or take_date(lead, fields):
        fields.led = True
        return True
    both = _NAME_AND_PEOPLE.fullmatch(lead)
    if both and (both["others"] or (kind == "quoted" and are_authors(both["who"]))):
        fields.name, lead = both["name"], both["who"]
    if (
        (ends and ends in ":：,，.。-–—" and _are_authors(lead, ends))
        or (kind == "quoted" and are_east_asian(lead))
        or (kind == "quoted" and surname and (fields.year or ends in (",", "，")))
        or ((quoted or kind != "link" or _has_initial(lead)) and could_be_people(lead))
        or (kind == "link" and (_has_initial(lead) or (apart and are_authors(lead))))
        or (kind == "link" and fields.authors_first and ends == "." and surname)
        or (kind == "emphasised" and not (DATED.search(lead) and is_known_venue(lead)))
    ):
        if year := _YEAR_BEHIND.search(lead):  # World Bank. (2024)
            lead, fields.year = lead[: year.start()], fields.year or int(year[1])
        one = _REVERSED.fullmatch(lead.rstrip(".")) if ends == "." else None
        fields.authors = (one[0],) if one else authors_in(lead)
        fields.led = True
        return True
    titled = len(before.partition(LINK)[0].split()) > 2 and LINK in before  # that is the title
    if not titled and take_source(lead, fields):
        fields.led = True
        return True
    named = kind != "quoted" or (quoted and (lead.isalnum() or is_nickname(lead) or ends in ":："))
    if ends and ends in ":：-–—|>" and len(lead.split()) <= 4 and named:
        role = role_of(lead)
        if role is None or not role[1]:
            name = lead.strip(EDGES)
            alone = re.search(r"--+\s*\n\s*$", before) is not None  # `--- Before 2020 ---`
            if year := _YEAR_AHEAD.match(name):
                fields.year, name = fields.year or int(year[1]), name[year.end() :]
            few = len(name.split()) <= 3 and len(CJK.findall(name)) < _SHORTEST_SAYING
            short = few and not alone and not _LOWER_LAST.search(name)
            fields.name = name if short and LETTERS.search(name) else fields.name
            fields.notes += [] if short else [name]
        fields.led = True
        return True
    owned = before.rstrip()[-1:] == "《" and len(lead) <= 12 and " " not in lead  # `S《A title》`
    short = len(lead.split()) <= 2 and len(text.split()) > (2 if kind == "link" else 3)
    ordinary = lead.replace("-", "").isalpha() and lead.istitle()  # Gardener, Garden-Aware
    word = kind == "bold" and lead.isalpha() and len(lead) > 3 and not count_no_names(lead)
    called = short and kind != "quoted" and (word if ordinary else is_nickname(lead))
    if owned or called or (kind == "link" and short):
        lab = fields.lab is None and is_well_known(lead)
        fields.lab = lead if lab else fields.lab
        fields.name = lead if called and not lab else fields.name
        fields.notes += [] if lab or called or (owned and is_label(lead)) else [lead]
        return True
    return False


def _are_authors(lead: str, ends: str) -> bool:
    short = ends in ":：" and re.fullmatch(r"\S+ [A-Z]{3,}", lead)  # Bidir CPC: A title
    one = " " in lead and are_people(lead) and ends in ":：." and not is_known_venue(lead)
    return not short and (one or are_authors(lead))


def _has_initial(text: str) -> bool:
    """Say whether a text is one person or few, surely by an initial: `J. Zhang`."""
    return len(text.split()) <= 6 and bool(_INITIAL.search(text)) and are_people(text)


def _is_remark(before: str, lead: str, behind: Flat, fields: ItemFields) -> bool:
    """Say whether words before a colon and a title are a note: a source follows, in brackets."""
    text = behind.text.lstrip()
    length = bracket_end(text) or 0
    short = before.rstrip()[-1:] in (":", "：") and len(lead.split()) <= _MOST_OF_REMARK
    if not (short and length and take_bracket(text[1 : length - 1], ItemFields())):
        return False
    fields.notes.append(lead)
    fields.led = True
    return True


def _is_sentence(before: Flat, lead: str, text: str) -> bool:
    """Say whether a link stands in a sentence, which is about a paper and no title."""
    ends = before.text.rstrip(' "“' + LINK)[-1:]
    news = ends in (":", "：") and len(lead.split()) > 4
    goes_on = ends.isalnum() and "\n" not in before.text
    return news or (goes_on and len(text.split()) > 2 and len(lead.split()) > 2)


def _settle(flat: Flat, start: int, end: int, fields: ItemFields, *, marked: bool) -> Flat:
    """Take a part of the text for the title; return what stands behind it."""
    if marked and (flat.style(start).bold or flat.style(start).link):
        end = whole_title(flat, start, end)
    if marked and flat.text[max(0, start - 1) : start] in tuple('"“«'):
        start, end = beyond_quote(flat, start, end)
    inner = flat.part(start, end)
    # A bold title may hold a link that names its authors and year, which ends it.
    for first, last in inner.ranges(lambda s: s.link):
        words = inner.stripped(first, last).words.strip("[]")
        if first and says_source(words) and take_bracket(words, fields):
            inner = inner.part(0, len(inner.text[:first].rstrip(" [(（【{")))
            end = start + last + (flat.text[start + last :][:1] in tuple(")]）】"))
            break
    if marked:
        inner = without_citation(inner, fields)
    fields.marked = marked
    fields.quoted = marked and flat.text[max(0, start - 1) : start] in tuple('"“«')
    linked = [place for place in inner.ranges(lambda s: s.link) if in_prose(inner, *place)]
    if fields.below and not marked:  # what a sentence mentions
        fields.mentioned += [inner.style(place[0]).link for place in linked]
    fields.bracketed = marked and flat.text[max(0, start - 1) : start] in tuple("《「『“")
    fields.title_link = next((s.link for s in inner.styles if s.link), fields.title_link)
    text, tail = without_tail(inner.text.replace("\n", " "), fields, plain=not marked)
    fields.title = clean_title(text)
    _take_struck(inner, fields)
    rest = flat.part(end)
    rest = rest.part(len(rest.text) - len(rest.text.lstrip('"”»》」』>*')))
    fields.notes += [tail] if tail else []
    return behind_bracket(rest, fields)


def _take_struck(title: Flat, fields: ItemFields) -> None:
    """Take a title that is struck out for one that was dropped, unless it is ticked off."""
    struck = any(style.struck for style in title.styles)  # most are not
    letters = [at for at, letter in enumerate(title.text) if struck and letter.isalpha()]
    if letters and all(title.style(at).struck for at in letters):
        open_box = fields.status in (None, Status.TO_READ)
        fields.status = Status.DROPPED if open_box else fields.status


def _without_source(flat: Flat, fields: ItemFields) -> Flat | None:
    """Take a source with its year in front of a title, and return what is behind it."""
    source = re.match(
        r"(?!\S+(?: \d+)? Task )([^,:：|?!\n]{3,40}(?:,\s\d{4})?)(?:[,:：]|\s[|｜–—-])\s", flat.text
    )
    short = source and _ACRONYM.fullmatch(source[1]) and flat.text[source.end()].isupper()
    if source and re.search(r"\d\d", source[1]) and len(flat.text[source.end() :].split()) > 2:
        probe = ItemFields(below=True)
        dated = take_appearance(source[1], probe) and probe.year
        if dated and (probe.venue is None or is_known_venue(probe.venue) or short):
            fields.venue = fields.venue or probe.venue
            fields.year, fields.led = fields.year or probe.year, True
            return flat.part(source.end())
    return None


def _plain(flat: Flat, fields: ItemFields) -> Flat | None:
    """Take a title that nothing marks: behind authors, or the first sentence."""
    if (behind := _without_source(flat, fields)) is not None:
        byline = flat.style(0).emphasis and are_people(first_sentence(behind.words))
        return None if byline else take_title(behind, fields)  # *ICML 2021*, Ann Lee
    if (behind := take_citation(flat, fields)) is not None:
        return behind
    gap = names_in_front(flat.text, authors_first=fields.authors_first)
    glued = gap is not None and flat.text[gap.start : gap.end].strip() in (":", "：")
    stop = None if glued or fields.below or fields.authors else BOUND.search(flat.text[:600])
    head = flat.text[: stop.start()] if stop and stop[0] == "." else ""
    alone = fields.authors_first and is_whole_name(head)
    if stop and (alone or are_authors(head)):
        following = flat.part(stop.end())
        if len(first_sentence(following.words).split()) > 2:
            fields.authors, fields.led = authors_in(head), True
            return _plain_title(following, fields)
    return _plain_title(behind_people(flat, fields), fields)


def _are_mostly_people(text: str) -> bool:
    """Say whether most of some parts between commas are names: `Ann Lee, Bo roe, Cy Third`."""
    every = text.split(",")
    whole = sum(" " in part.strip() and are_people(part) for part in every)
    return len(every) > 2 and whole * 3 >= len(every) * 2


def _is_within_title(dash: re.Match[str]) -> bool:
    """Say whether a dash without blanks stands between words, none of whom says who or where."""
    behind = dash.string[dash.end() :]
    named = are_authors(behind) or are_people(behind) or is_source(behind)
    return dash[0] == "—" and not named and len(behind.split()) > 1


def _plain_title(flat: Flat, fields: ItemFields) -> Flat | None:
    end = plain_end(flat)
    text = flat.text[:end]
    dash = next((it for it in _DASH.finditer(text) if not _is_within_title(it)), None)
    set_off = dash and any(style.emphasis for style in flat.part(dash.end(), dash.end() + 1).styles)
    if dash and (set_off or len(text[dash.end() :].split()) >= 3):
        left = text[: dash.start()].strip(EDGES)
        # Behind a title of one word or two stand perhaps people, and behind these a source.
        who, place = [*(part.strip(EDGES) for part in _DASH.split(text[dash.end() :])), ""][:2]
        people = is_attribution(who) or take_surnames(who, place, ItemFields())
        if is_nickname(left) and is_title_case(text[dash.end() :]) and not people:
            fields.name = left
            return _plain_title(flat.part(dash.end()), fields)
        end = dash.start() if has_words(left) or (left and people) else end
    words = flat.text[:end].replace(LINK, " ").strip()
    if not words or len(words) > LONGEST_TITLE or words.startswith("http"):
        return None
    rest = _settle(flat, 0, end, fields, marked=False)
    if not LETTERS.search(fields.title):
        return None
    # `Splat First, Mesh Later` is a title where nothing but a source stands behind it.
    behind = rest.words.strip(EDGES + "()（）[]")
    placed = "," not in behind and is_source(behind) if behind else fields.venue is not None
    in_two = placed and not (fields.authors or flat.style(0).emphasis)
    in_two = in_two and _IN_TWO.fullmatch(fields.title) is not None
    names = are_authors(fields.title) and (
        fields.below or (not in_two and re.search(r",|\b[A-Z]\.|\bet al\b", fields.title))
    )
    person = flat.style(0).emphasis and is_whole_name(fields.title)
    names = names or (fields.below and (person or _are_mostly_people(fields.title)))
    in_brackets = fields.title[0] in "(（" and bracket_end(fields.title) == len(fields.title)
    return None if names or in_brackets else rest
