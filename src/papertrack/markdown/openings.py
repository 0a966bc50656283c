"""The front of an item: boxes, numbers, dates, venues and names that stand before its title."""

import re
import unicodedata

from papertrack.markdown.cutting import (
    EDGES,
    EMOJI,
    LABELLED,
    LINK,
    NUMBER,
    Flat,
    bracket_end,
)
from papertrack.markdown.links import is_label
from papertrack.markdown.people import is_nickname
from papertrack.markdown.roles import (
    ItemFields,
    take_date,
    take_source,
)
from papertrack.markdown.vocabulary import Role, role_of
from papertrack.status import Status, status_of

_WORDS = re.compile(r"[^\W\d_][\w'’+-]*")
_BOX = re.compile(r"\[([ xX√✓-]?)\](?=\s)")
_DATE = re.compile(
    r"((?:19|20)\d\d\s?[-./年]\s?\d{1,2}(?:\s?[-./月]\s?\d{1,2}日?)?月?|\d{1,2}[-./](?:19|20)\d\d"
    r"|[A-Z][a-z]{2,8}\.?\s(?:\d{1,2},?\s)?(?:19|20)\d\d|(?:19|20)\d\d(?=\s?[:：|]))"
    r"(?=[\s:：|,)\]])\s?[:：|,–—-]?\s"
)
_DAY = re.compile(
    r"((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}/\d{1,2}|\d{1,2}月\d{1,2}[日号])\s?[:：]\s?"
)


def without_front(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text without what stands before the title, which `fields` takes."""
    for rule in (_without_box, _without_number):
        flat = rule(without_signs(flat, fields), fields)
    while flat.text:
        before = len(flat.text)
        flat = without_signs(flat, fields)
        for rule in (_without_date, _without_day, _without_bracket, _without_code, _without_label):
            flat = rule(flat, fields)
        if len(flat.text) == before:
            break
    return flat


def without_signs(flat: Flat, fields: ItemFields) -> Flat:
    """Return the text without signs and emoji in front; one may stand for a status."""
    at = 0
    while at < len(flat.text):
        char = flat.text[at]
        if emoji := EMOJI.match(flat.text, at):
            fields.status = fields.status or status_of(emoji[0])
            at = emoji.end()
        elif char in EDGES or char in "\ufe0f\u200d":
            at += 1
        elif unicodedata.category(char) in ("So", "Sk"):
            fields.status = fields.status or status_of(char)
            at += 1
        else:
            break
    return flat.part(at)


def _without_box(flat: Flat, fields: ItemFields) -> Flat:
    box = _BOX.match(flat.text)
    if box is None:
        return flat
    fields.boxed = True
    fields.status = status_of(f"[{box[1].strip()}]") or Status.TO_READ
    return flat.part(box.end())


def _without_number(flat: Flat, fields: ItemFields) -> Flat:
    del fields  # nobody's field
    number = None if flat.styles and flat.styles[0].link else NUMBER.match(flat.text)
    return flat.part(number.end()) if number else flat


def _without_date(flat: Flat, fields: ItemFields) -> Flat:
    match = _DATE.match(flat.text)
    if match is None or (flat.styles[0].link and flat.styles[match.end() - 1].link):
        return flat
    return flat.part(match.end()) if take_date(match[1], fields) else flat


def _without_day(flat: Flat, fields: ItemFields) -> Flat:
    """Take a day without a year, which says when the item was noted: `Jan 3: …`."""
    match = None if flat.styles[:1] and flat.styles[0].link else _DAY.match(flat.text)
    if match is None or not flat.text[match.end() :].strip(EDGES):
        return flat
    fields.columns.setdefault("Date", match[1])
    return flat.part(match.end())


def _without_bracket(flat: Flat, fields: ItemFields) -> Flat:
    """Take a venue, date, name or word in brackets before the title; a title in them is bared."""
    end = bracket_end(flat.text)
    if end is None or (flat.styles[0].link and flat.styles[0] == flat.styles[end - 1]):
        return flat
    inner, rest = flat.part(1, end - 1), flat.part(end)
    if any(inner.part(*place).text.count(" ") > 1 for place in inner.ranges(lambda s: s.link)):
        styles = (*inner.styles, flat.styles[end - 1], *rest.styles)
        return Flat(f"{inner.text} {rest.text}", styles)
    text = inner.stripped().text.replace(LINK, " ").strip()
    if not rest.text.strip(EDGES) or len(_WORDS.findall(text)) > 5:
        return flat
    text = "".join(c for c in text if unicodedata.category(c) not in ("So", "Sk")).strip("\ufe0f ")
    is_alert = text.startswith("!")  # as GitHub calls it
    if is_alert or not re.search(r"\w", text) or _take_prefix(text, inner, fields):
        return rest
    return flat


def _take_prefix(text: str, inner: Flat, fields: ItemFields) -> bool:
    """Say whether what stands in brackets before a title was taken: a source, a name, a kind."""
    bold = all(style.bold for style in inner.styles) and not is_label(text)
    words = len(_WORDS.findall(text))
    if take_date(text, fields) or take_source(text, fields):
        fields.led = True
    elif is_nickname(text) or (bold and len(text.split()) <= 3):
        fields.name, fields.led = fields.name or text, True
    elif words <= 3:  # a kind of paper
        fields.tags += [] if is_label(text) else [text]
        fields.led = True
    return words <= 3 or fields.led


def _without_code(flat: Flat, fields: ItemFields) -> Flat:
    end = next((end for start, end in flat.ranges(lambda s: s.code) if start == 0), 0)
    text = flat.text[:end]
    if not end or not flat.text[end:].strip(EDGES) or len(text.split()) > 3:
        return flat
    if not (take_date(text, fields) or take_source(text, fields)):
        fields.tags.append(text.strip())
    return flat.part(end)


def _without_label(flat: Flat, fields: ItemFields) -> Flat:
    """Take away a label that says what follows: `Paper: …`."""
    del fields
    labelled = LABELLED.match(flat.text)
    role = role_of(labelled[1]) if labelled and len(labelled[1].split()) <= 2 else None
    known = role is not None and role[0] is Role.TITLE and role[1]
    return flat.part(labelled.start(2)) if labelled and known else flat
