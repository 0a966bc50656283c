"""Days as people type them: `2023-03-01`, `2023-03`, `today`, `-2w`, `last-week`."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from papertrack.errors import PapertrackError
from papertrack.folding import fold

_ISO = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_BACK = re.compile(r"-\s?([0-9]{1,5})\s?([dwmy])")
_AGO = re.compile(r"([0-9]{1,5})[\s_-]([dwmy])(?:ay|eek|onth|ear)s?[\s_-]ago")
_NAMED = re.compile(r"(this|last)[\s_-]?(week|month|year)")
_DAYS_BACK = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}
_IN_ENGLISH = {
    "本周": "this-week", "这周": "this-week", "上周": "last-week", "本月": "this-month",
    "上个月": "last-month", "上月": "last-month", "今年": "this-year", "去年": "last-year",
}  # fmt: skip
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "y": 12}
FORMS = "2023-03-01, today, yesterday or -2w (d, w, m and y: days to years ago)"


class Days(NamedTuple):
    """The days from the first to the last, both included."""

    first: date
    last: date


def parse_date(text: str, today: date) -> date:
    """Return the one day that the text means; PapertrackError for a month, a year, or nonsense."""
    span = parse_span(text, today)
    if span is None:
        raise PapertrackError(f'"{text}" is not a date: write {FORMS}')
    if span.first != span.last:
        raise PapertrackError(f'"{text}" is not one day: write {FORMS}')
    return span.first


def parse_span(text: str, today: date) -> Days | None:
    """Return the days that the text means: one day, or a whole week, month or year; else None."""
    bare = fold(text).strip()
    bare = _IN_ENGLISH.get(bare, bare)
    try:
        if bare in _DAYS_BACK:
            return _one(today - timedelta(days=_DAYS_BACK[bare]))
        if back := _BACK.fullmatch(bare) or _AGO.fullmatch(bare):
            return _one(_back(today, int(back[1]), back[2]))
        if named := _NAMED.fullmatch(bare):
            return _whole(today, named[2], ago=named[1] == "last")
        if iso := _ISO.fullmatch(bare):
            return _calendar(*(int(part) if part else None for part in iso.groups()))
    except (ValueError, OverflowError):  # the 30th of February, the year 0, -99999y
        return None
    return None


def _one(day: date) -> Days:
    return Days(day, day)


def _whole(today: date, unit: str, *, ago: bool) -> Days:
    """Return this week (from Monday), month or year, or the one before it."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * ago)
        return Days(monday, monday + timedelta(days=6))
    day = _back(today, int(ago), unit[0])
    return _calendar(day.year, day.month if unit == "month" else None, None)


def _calendar(year: int | None, month: int | None, day: int | None) -> Days:
    start = date(year or 0, month or 1, day or 1)
    if day:
        return _one(start)
    return Days(start, _month_end(start.year, month or 12))


def _back(today: date, number: int, unit: str) -> date:
    if unit in _DAYS:
        return today - timedelta(days=number * _DAYS[unit])
    months = today.year * 12 + today.month - 1 - number * _MONTHS[unit]
    last = _month_end(months // 12, months % 12 + 1)
    return last.replace(day=min(today.day, last.day))  # a month before 31 March: 28 February


def _month_end(year: int, month: int) -> date:
    if month == 12:  # December, after which date.max may lie
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)
