"""What an item says of its paper as it comes together, and where and when the paper appeared."""

import re

from papertrack.folding import fold
from papertrack.identifiers import ARXIV_ID, VERSION, arxiv_in, normalise_arxiv, normalise_doi
from papertrack.labs import is_organisation, is_well_known
from papertrack.markdown.inline import CJK, YEAR, has_words, identify, is_label, is_paper
from papertrack.markdown.item_parts import (
    DATED,
    EDGES,
    LINK,
    Flat,
    bracket_end,
    first_sentence,
    has_capitals,
)
from papertrack.markdown.proper_names import (
    PUBLISHED,
    SEASON,
    are_authors,
    are_organisations,
    are_people,
    can_be_venue,
    is_east_asian_venue,
    is_known_venue,
    is_nickname,
    published_in,
    without_pages,
)
from papertrack.markdown.rows import PaperFields
from papertrack.markdown.vocabulary import is_honour
from papertrack.patterns import pattern
from papertrack.sources import (
    DIGIT,
    MONTH_NAME,
    VenueKind,
    day_of,
    is_abbreviated,
    is_source,
    kind_of,
    read_date,
    read_source,
)
from papertrack.status import Status, dated_status, status_of

_PLACE_AND_YEAR = pattern(r"([^\d,;()]{2,80})(?:,\s|\s\()((?:19|20)\d\d)\)?")
YEAR_FIRST = pattern(r"((?:19|20)\d\d)(?:[-./]\d\d?)?\s*[,;，；]\s*(\S.*)", re.DOTALL)
_NAMED_VENUE = pattern(
    r"(?P<venue>[^()]{8,120}?\s?\((?P<short>[A-Z][\w&'’@ -]{1,20})\)),?\s*"
    r"\(?(?P<year>(?:19|20)\d\d)?\)?\.?"
)
_YEAR_FIRST = pattern(r"((?:19|20)\d\d)\s")
_FORUM = pattern(
    r"conference|meeting|journal|transactions|proceedings|workshop|symposium|letters", re.IGNORECASE
)
_HONOUR_BEHIND = pattern(
    r"[\s,]+\(?((?:oral|spotlight|poster|highlight|(?:best|outstanding) (?:student )?paper"
    r"|outstanding)(?: award| runner-?\s?up| honou?rable mention| nominee| finalist)?"
    r"|(?:short|long)(?: paper)?|main(?: conference)?(?: paper)?"
    r"|reject(?:ed)?|withdrawn|(?:in )?submission|under review|forthcoming|in press|to appear"
    r"|(?:notable[ -])?top[ -]?\d+ ?%)!*\)?$",
    re.IGNORECASE,
)
_HONOUR_WITHIN = pattern(  # ICPR Best Paper 2021
    r",?\s\(?(oral|spotlight|poster|best (?:student )?paper|forthcoming|in press|to appear)\)?,?\s"
    r"((?:19|20)\d\d)$",
    re.IGNORECASE,
)
_NAME_AND_SOURCE = pattern(
    r"(?P<name>[^\W_][\w.+-]{1,24})\s?[(\[](?P<source>[^()\[\]]{2,60}\d\d)[)\]](?P<colon>\s?[:：])?\s"
    r"(?=[\"“]?[A-Z])"
)
_SHORTEST = 3  # words of a title; more are no source in front of it
_SHORT_SOURCE = pattern(  # [TGRD 24], [ICLR Tiny 23]
    r"(?P<venue>\d?[A-Z][A-Za-z]*[A-Z][A-Za-z&/-]*(?:\s[A-Z][a-z]+)?|Open[Rr]eview)\s(?P<year>[0-2]\d)"
)
_ID_ALONE = pattern(rf"{ARXIV_ID}{VERSION}")
_RATING_BEHIND = pattern(r"(?<=\b(?:19|20)\d\d) ?(\(\d{1,2}\))$")  # CVPR 2020 (4)
_LAB = pattern(r"\b(?:University|Institute|Labs?|Laboratory)\b(?!.*\b(?:Press|Journal|Workshop)$)")
_IN = pattern(
    r"^(?:(?:in|en|em|dans):?"
    r"|(?:appeared|accepted|published|presented|to appear) (?:in|by|at|to)(?: the)?)"
    r"\s+(?=[A-Z]|\d{1,2}(?:st|nd|rd|th)\b|(?:19|20)\d\d\s)",
    re.IGNORECASE,
)
PREPRINT = pattern(
    r"[\s,;]*\b(?:arxiv\s+)?(?:preprint\s+)?arxiv\s*:\s*[\w.-]+(?:/\d+)?", re.IGNORECASE
)
_RXIV = pattern(  # bioRxiv 2020.04.24.20078584
    r"\b((?:bio|med)rxiv)[\s,:]+(?:10\.1101/)?((?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})\b", re.IGNORECASE
)
_OF_CORR = pattern(r"\bCoRR[\s,]+abs/\d{4}\.\d{4,5}")
_IN_MARKS = pattern(  # 载《计算机学报》2024年第3期
    r"(?:[载见]于?)?《([^《》]{2,60})》[,，]?\s?((?:19|20)\d\d)年?[,，]?\s?(第.{1,12}[卷期辑号])?"
)
_LABEL_BEFORE = pattern(r"([^\W\d]{2,12})(?:\s?[–:@(（]|-(?![A-Z][a-z])|\s-)\s?(?=\w)")
_JOURNAL = pattern(r"[^\W\d_a-z][\w&'’-]*\.?(?:\s[\w&'’-]+\.?){0,11}")  # before a volume and pages
_YEAR_LAST = pattern(r"(?<=[^\s,])(\s(?:19|20)\d\d)$")
_PAGES = pattern(r"(?:pages?|pp|vol(?:ume)?)\b", re.IGNORECASE)
_YEAR_AND_PAGES = pattern(r"((?:19|20)\d\d)(?::\s?|,\s(?=p))((?:pp?\.\s?)?\d+[–-]+\d+)")
_OF_PUBMED = pattern(  # J Gard Inform. 2023 Nov 4;147(2):1045
    rf"(?:^|(?<=[.;”\"{LINK}]\s)|(?<=,\s)(?!\S+\s[A-Z]{{1,3}}\.\s))"  # but no `Roe B. J Gard`
    r"(?P<venue>[A-Z][A-Za-z&-]*(?:\s[A-Za-z&(][\w&()-]*\.?){0,9}?)[.,]?\s"
    r"(?P<year>(?:19|20)\d\d)(?:\s[A-Z][a-z]{2}(?:[ -][A-Z][a-z]{2})?(?:\s\d{1,2})?)?;\s?"
    r"(?P<pages>\d+(?:\s?\([\w -]+\))?:\s?[\w–-]+|PP\b)"
)
_YEARS_ALONE = pattern(r"(1[6-8]\d\d|19[0-4]\d|(?:19|20)\d\d(?=\|))(?:\|(?:19|20)\d\d)*")
_MARKS_LAST = pattern(r"[\s\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+$")  # 2021-05-02 🔬
_DATE_WORDS = pattern(r"[^\W\d_]{2,}|(?<!\d)[A-Z]")
_OF_DATES = pattern(rf"(?:{MONTH_NAME.pattern})|st|nd|rd|th|de")
_MONTH_BEFORE = pattern(
    r"(?<=\w)[\s,]+(?:\d\d?\s)?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?"
    r"(?:\s\d\d?,)?\s(?=(?:19|20)\d\d$)",
    re.IGNORECASE,
)
_YEAR_TWICE = pattern(  # bioRxiv (2023): 2023-07; ICLR'22 & PLDI'22
    r"\(((?:19|20)\d\d)\): ?\1[\d.-]*$|(?<=\w)\s?['’‘]?((?:19|20)?\d\d)(?=\s[&/]\s[^&/]*\b\2$)"
)
_QUOTED_YEAR = pattern(r"(\w)\s?['’‘]\s?([0-4]\d)$|^([0-4]\d)['’]\s?(.+)")  # TGRD'24, 24'TGRD
_SHORT_YEAR = pattern(r"(\b[A-Z][A-Za-z]+)\s?['’‘](\d\d)\b(?=\s+(?:[A-Z]|workshop))")
_NAME_AND_YEAR = pattern(r"([A-Z][\w-]*[A-Z][\w+-]*)['’]\d\d")  # GARD'21
CONFERENCES = frozenset({"MSR"})
"""Those with the letters of a lab: with a year the conference is meant."""
_SOCIETIES = ("ACM", "IEEE")
_OF_PAPERS = frozenset(
    "open, pending, rejected, current, ongoing, on going, planned, plan, complete".split(", ")
)
"""Words for a status that, beside a source, rather say something of the paper itself."""


class ItemFields(PaperFields):
    """What an item says of its paper, as it comes together."""

    marked: bool = False
    """Whether something marks the title: a link, bold letters, quotes."""
    quoted: bool = False
    bracketed: bool = False
    """Whether the title stands in 《》 or what else is for titles alone."""
    title_link: str = ""
    noted: int | None = None
    """The year of a day in front, which may be that of noting the paper."""
    boxed: bool = False
    led: bool = False
    """Whether a date, venue or name stands before the title."""
    mentioned: list[str]
    """Those of links within sentences about the paper: they lead to others."""
    mentioned_below: list[str]
    """The same of the sentences that stand below it."""
    authors_first: bool = False
    """Whether other items of the list begin with their authors and a colon."""
    placed: bool = False
    """Whether brackets with a year say in the list where papers appeared, and not by whom."""
    below: bool = False
    """Whether this stands below another item, where names are authors."""
    keyed: bool = False
    """Whether a citation key stands before the title."""
    remarked: bool = False
    """Whether a note stands in the item itself, and not below it."""
    labelled: bool = False
    """Whether a label calls it a paper: that of a link to it, or `Authors:`."""
    annotated: bool = False
    """Whether a link's label leads to one's own notes."""
    titled: bool = False
    """Whether a label says which its title is."""

    def __init__(
        self, *, below: bool = False, authors_first: bool = False, placed: bool = False
    ) -> None:
        """Begin with what is known before."""
        super().__init__()
        self.below, self.authors_first, self.placed = below, authors_first, placed
        self.mentioned, self.mentioned_below = [], []


def take_date(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a date; its year is taken."""
    bare = text.strip(EDGES + "()[]（）【】")
    text = text.strip(EDGES) if bare.count("(") > bare.count(")") else bare  # 2021 (3), a rating
    if not DIGIT.search(text):
        return False
    if alone := SEASON.fullmatch(text) or _YEARS_ALONE.fullmatch(text):
        fields.year = fields.year or int(alone[1])
        if "|" in text:
            fields.columns.setdefault("Date", text)
        return True
    if placed := _YEAR_AND_PAGES.fullmatch(text):
        fields.year = fields.year or int(placed[1])
        fields.notes.append(placed[2])
        return True
    words = map(fold, _DATE_WORDS.findall(text))
    few = all(map(_OF_DATES.fullmatch, words)) and len(re.findall(r"\d+", text)) <= 3
    when = read_date(text) if text and len(text) < 40 and few else None
    if when is None or (text.isdigit() and (when.more or len(text) != 4)):
        return False
    fields.year = fields.year or when.year
    if when.more:
        day = _MARKS_LAST.sub("", text)
        fields.columns.setdefault("Date", day)
        fields.notes += [text[len(day) :].strip()] if day != text else []
    return True


def take_status(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a status, perhaps with its day: `已读`, `done on 2024-02-01`."""
    dated = dated_status(text)
    words = text.strip(EDGES + "()（）[]【】")
    status = dated.status if dated else status_of(words)
    alone = dated is None and (len(words) < 2 or words.casefold() in _OF_PAPERS)
    if status is None or alone or not (dated or any(map(str.isalpha, words))):
        return False
    if fields.status in (None, Status.TO_READ):  # which an open box says of what is done too
        fields.status = status
    field = dated and dated.field
    if dated and dated.day and field:
        fields.days.setdefault(field, dated.day)
    elif dated:
        fields.columns.setdefault("Date", dated.when)
    return True


def may_appear(venue: str, fields: ItemFields) -> bool:
    """Say whether a paper may have appeared there, by the venue that is known: a preprint may."""
    before = fields.venue
    return before is None or before == venue or kind_of(before) is VenueKind.PREPRINT


def take_place_and_year(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a place with a year, in a list that has such in brackets; take it."""
    place = _PLACE_AND_YEAR.fullmatch(text) if fields.placed and fields.venue is None else None
    if place is None:
        return False
    fields.venue, fields.year = place[1], fields.year or int(place[2])
    return True


def take_source(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a venue, with a year or known without; it is taken then."""
    whole, text = text, text.strip(EDGES).removeprefix("@").lstrip()
    text += "." if f"{text}." in whole and is_abbreviated(f"{text}.") else ""
    if bracket_end(text) == len(text):
        text = text[1:-1].strip(EDGES)
    label = _LABEL_BEFORE.match(text)
    known = label and (is_known_venue(label[1]) or label[1] in _SOCIETIES)
    if label and is_label(label[1]) and not known:  # `Paper-ICML21`
        text = text[label.end() :].rstrip(")）")
    if in_marks := _IN_MARKS.fullmatch(text):
        fields.venue, fields.year = fields.venue or in_marks[1], fields.year or int(in_marks[2])
        fields.notes += [in_marks[3]] if in_marks[3] else []
        return True
    if (volume := _OF_CORR.search(text)) and (arxiv := arxiv_in(volume[0])):
        fields.arxiv, text = fields.arxiv or arxiv, _OF_CORR.sub("CoRR ", text)
    if text.startswith("10.") and " " not in text and (doi := normalise_doi(text)):
        fields.doi = fields.doi or doi
        return True
    if numbered := _RXIV.search(text):
        fields.doi = fields.doi or normalise_doi(f"10.1101/{numbered[2]}")
        year = f" {numbered[2][:4]}" if "." in numbered[2] else ""
        text = text[: numbered.end(1)] + (text[numbered.end() :] or year)
    read = read_source(text)
    lab = read.venue if read.year and not read.more and fields.lab in (None, read.venue) else None
    named = lab and _LAB.search(lab) and is_organisation(lab.partition(" (")[0])
    if lab and (named or is_well_known(lab)) and lab not in CONFERENCES:
        fields.lab, fields.year = lab, fields.year or read.year
        return True
    return _take_volume(text, fields) or _take_venue(text, fields)


def _take_volume(text: str, fields: ItemFields) -> bool:
    if fields.venue is not None:
        return False
    bare, pages = without_pages(_IN.sub("", text, count=1))
    bare = _YEAR_LAST.sub(lambda year: f",{year[1]}", bare)
    volume = published_in(text) or (published_in(bare) if bare != text else None)
    if volume:
        fields.venue, fields.year = volume.venue, fields.year or volume.year
        pages = volume.pages or pages
        fields.notes += [pages] if pages else []
    return volume is not None


def without_volume(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text without a journal with its volume as PubMed has them, which is taken."""
    volume = _OF_PUBMED.search(flat.text) if ";" in flat.text and fields.venue is None else None
    if volume is None or are_authors(volume["venue"]):
        return flat
    fields.venue, fields.year = volume["venue"].rstrip("."), fields.year or int(volume["year"])
    fields.notes.append(volume["pages"])
    return flat.without([volume.span()], LINK)


def without_marked_source(flat: Flat, fields: ItemFields) -> Flat:
    """Take a venue and its year in bold or italics in front of a title: `*ICML 2021* A title`."""
    start, end = next(flat.ranges(lambda s: (s.bold or s.emphasis) and not s.link), (1, 0))
    source = "" if start else flat.stripped(0, end).words
    known = YEAR.fullmatch(source) or (DATED.search(source) and is_known_venue(source))
    rest = flat.part(end)
    if not known or len(source.split()) > _SHORTEST or are_people(first_sentence(rest.words)):
        return flat
    fields.led = bool(rest.words) and (take_date(source, fields) or take_source(source, fields))
    return rest if fields.led else flat


def without_name_and_source(flat: Flat, fields: ItemFields) -> Flat:
    """Take a name whose source stands in brackets behind it: `**GARD** (ICML 2021): A title`."""
    named = _NAME_AND_SOURCE.match(flat.text)
    if named is None or not is_nickname(named["name"]) or is_known_venue(named["name"]):
        return flat
    behind = flat.part(named.end())
    titled = len(first_sentence(behind.words).split()) >= _SHORTEST
    titled = titled and bool(named["colon"] or behind.style(0).link)
    if titled and take_source(named["source"], fields):
        fields.name, fields.title_link, fields.led = named["name"], flat.style(0).link, True
        return behind
    return flat


def without_linked_source(flat: Flat, fields: ItemFields) -> Flat:
    """Take a source, or a name and year, linked in front: `[TGRD 2018](paper.pdf) A title`."""
    start, end = next(flat.ranges(lambda s: s.link), (1, 0))
    text = "" if start else flat.part(0, end).words.strip(" []")
    if not (DATED.search(text) and is_paper(flat.style(0).link)):
        return flat
    behind = flat.part(end)
    title = first_sentence(behind.words)
    if not (has_words(title, _SHORTEST) and (is_known_venue(text) or has_capitals(title))):
        return flat
    if named := _NAME_AND_YEAR.fullmatch(text):
        fields.name, fields.led = fields.name or named[1], True
    return behind if named or take_source(text, fields) else flat


def _is_saying(words: str) -> bool:
    """Say whether words before a venue in brackets are a note in CJK, and no journal."""
    before = re.split(r"[(（]", words)[0].strip()
    return CJK.search(before) is not None and not is_east_asian_venue(before)


def _take_venue(text: str, fields: ItemFields) -> bool:
    dated = DIGIT.search(text) is not None
    text = _HONOUR_WITHIN.sub(r" \2 \1", text) if dated else text
    honour = _HONOUR_BEHIND.search(text) or _RATING_BEHIND.search(text)
    ahead = text[: honour.start()] if honour else ""
    if honour and (is_source(ahead) or _NAMED_VENUE.fullmatch(ahead)):
        text = ahead
        fields.notes.append(honour[1])
    arxiv = arxiv_in(text) if "/" in text else None  # `arXiv:2101.00001 / ICLR 2021`
    text, pages = PREPRINT.sub(" ", _IN.sub("", text, count=1)).strip(), ""
    if dated:
        text = _MONTH_BEFORE.sub(" ", _YEAR_TWICE.sub(r"\1", text))
        text = _SHORT_YEAR.sub(r"\1 20\2", _QUOTED_YEAR.sub(r"\1\4 20\2\3", text))
        text, pages = without_pages(text)
        text = _MONTH_BEFORE.sub(" ", text) if pages else text  # June 1991, pp. 3-4
    if named := _NAMED_VENUE.fullmatch(text):
        spelled = not DATED.search(named["short"])  # and no title before its source
        known = (spelled and is_known_venue(named["short"])) or _FORUM.search(named["venue"])
        known = None if _is_saying(named["venue"]) else known
        if known and may_appear(named["venue"], fields):
            first = None if named["year"] else _YEAR_FIRST.match(named["venue"])
            fields.venue = named["venue"][first.end() if first else 0 :]
            year = named["year"] or (first[1] if first else None)
            fields.year = fields.year or (int(year) if year else None)
            fields.notes += [pages] if pages else []
        if known:
            return True
    read = read_source(text)
    if not 1 < len(read.venue or "") < 200 or read.venue is None or _PAGES.match(read.venue):
        return False
    if read.year is None and _LAB.search(read.venue) and is_organisation(read.venue):
        return False  # `University of Science`
    journal = PUBLISHED.fullmatch(read.venue) or (pages and _JOURNAL.fullmatch(read.venue))
    source = journal or (is_source(text) and can_be_venue(read.venue, text))
    if not source or (re.search(r"[(（]", read.venue) and _is_saying(read.venue)):
        return False
    if not may_appear(read.venue, fields):
        return False
    again = kind_of(read.venue) is VenueKind.PREPRINT
    published = fields.venue not in (None, read.venue) and not again  # then its year is the paper's
    fields.venue = fields.venue if fields.venue and again else read.venue
    fields.notes += [pages] if pages else []
    fields.arxiv = fields.arxiv or read.arxiv or arxiv
    noted = "Date" in fields.columns and not again  # the venue has its own year
    fields.year = ((published or noted) and read.year) or fields.year or read.year
    return True


def take_short(text: str, fields: ItemFields) -> bool:
    """Say whether a text is short for an id or source: `2101.00001`, `ICML 21`."""
    if _ID_ALONE.fullmatch(text):
        fields.arxiv, fields.led = fields.arxiv or normalise_arxiv(text), True
        return True
    short = _SHORT_SOURCE.fullmatch(text)
    taken = short is not None and take_source(f"{short['venue']} 20{short['year']}", fields)
    fields.led = fields.led or taken
    return taken


def take_lab(text: str, fields: ItemFields) -> bool:
    """Say whether a text is no more than a lab, or labs, which are a note."""
    if not are_organisations(text) or (is_known_venue(text) and not _LAB.search(text)):
        return False
    if not is_organisation(text):
        fields.notes.append(text)
    elif fields.lab not in (None, text):
        return False
    fields.lab = fields.lab or (text if is_organisation(text) else None)
    return True


def take_remarked(text: str, fields: ItemFields) -> bool:
    """Say whether a text is a year or source beside a remark: `talk, ICLR 2020`, `2016, cited`."""
    if year_first := YEAR_FIRST.fullmatch(text):
        if take_source(text, ItemFields()):
            return False
        place, remark = year_first.groups()
    else:
        at = max(map(text.rfind, ",;"))
        remark, place = text[: max(at, 0)].strip(), text[at + 1 :].strip()
    probe = ItemFields()
    if not remark or not take_appearance(place, probe) or probe.year is None:
        return False
    take_appearance(place, fields)
    if not take_lab(remark, fields):
        fields.notes.append(remark)
    return True


def take_appearance(text: str, fields: ItemFields) -> bool:
    """Say whether a text is when or where the paper appeared: a date, a source, or several."""
    return take_date(text, fields) or take_list(text, fields) or take_source(text, fields)


def take_list(text: str, fields: ItemFields) -> bool:
    """Say whether the parts between commas are a venue, a date or a lab; take them then.

    Behind a venue and its year what else stands there is a remark: `ICML 2021, 150+ citations`.
    """
    parts = () if "(" in text else (it.strip(f" {LINK}") for it in re.split(r"[,，;；]\s*", text))
    every = list(filter(None, parts))
    if not 2 <= len(every) <= 6:
        return False
    numbered = re.match(r"\d.*[-–:(]", without_pages(text)[1])  # Garden Letters 12, 1-9, 2010
    if numbered or (PUBLISHED.fullmatch(read_source(text).venue or "") and is_known_venue(text)):
        return take_source(text, fields)
    probe = ItemFields()
    probe.authors = fields.authors
    placed = [part for part in every if take_date(part, probe) or take_source(part, probe)]
    others = [part for part in every if part not in placed]
    labs = [part for part in others if is_well_known(part) or _LAB.search(part)]
    people = are_authors(", ".join(others))  # ICML 2021, Ann Lee and Bob Roe
    known = probe.venue and (people or is_known_venue(probe.venue))
    named = others == every[:1] and is_nickname(every[0]) and every[0] not in _SOCIETIES
    whole = (named or every[0] in placed) and probe.year and known
    if not placed or not (whole or all(is_honour(part) or part in labs for part in others)):
        return False
    elsewhere = probe.venue and not may_appear(probe.venue, fields)
    if elsewhere or (labs and not (probe.venue or probe.year)):
        return False
    noted = probe.venue and "Date" in fields.columns  # and the venue has its own year
    fields.year = (noted and probe.year) or fields.year
    for part in placed:
        if not take_date(part, fields):
            take_source(part, fields)
    fields.lab = fields.lab or next(iter(labs), None)
    remarks = ", ".join(part for part in others if part not in labs)
    if named and not labs:
        fields.name = fields.name or remarks
    elif remarks:
        fields.notes.append(remarks)
    return True


def take_day_of_reading(fields: ItemFields) -> None:
    """Take the day in front of what is ticked off for that of finishing it.

    A day of the month in which it got its arXiv id may be that of its appearance.
    """
    day = day_of(fields.columns.get("Date", "")) if fields.status is Status.DONE else None
    if fields.noted is None or day is None or fields.days or not fields.boxed:
        return
    known = fields.arxiv or identify(fields.links).arxiv or ""
    if not known.startswith(f"{day:%y%m}"):
        fields.days["finished"], fields.noted = day, None
        del fields.columns["Date"]


def year_of(fields: ItemFields, arxiv: str | None) -> int | None:
    """Return the year, that of an arXiv id where an item has the day on which it was noted.

    Where the id begins with the year's digits, these are its year and month: `arXiv 2010`.
    """
    noted = day_of(fields.columns.get("Date", ""))
    year = fields.year or fields.noted
    if arxiv and year and arxiv.startswith(f"{year}."):
        return 2000 + int(arxiv[:2])
    if noted and arxiv and arxiv[:4].isdigit() and year == noted.year:
        return 2000 + int(arxiv[:2])
    return year
