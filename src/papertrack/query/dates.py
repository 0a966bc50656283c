"""Days as people type them: `2023-03-01`, `2023-03`, `today`, `-2w`."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from papertrack.errors import PapertrackError
from papertrack.folding import fold

_ISO = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_BACK = re.compile(r"-([0-9]{1,5})([dwmy])")
_DAYS_BACK = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "y": 12}
FORMS = "2023-03-01, today, yesterday or -2w (d, w, m and y: days to years ago)"


class Span(NamedTuple):
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


def parse_span(text: str, today: date) -> Span | None:
    """Return the days that the text means: one day, or a whole month or year; else None."""
    bare = fold(text).strip()
    try:
        if bare in _DAYS_BACK:
            return _one(today - timedelta(days=_DAYS_BACK[bare]))
        if back := _BACK.fullmatch(bare):
            return _one(_back(today, int(back[1]), back[2]))
        if found := _ISO.fullmatch(bare):
            return _calendar(*(int(part) if part else None for part in found.groups()))
    except (ValueError, OverflowError):  # the 30th of February, the year 0, -99999y
        return None
    return None


def _one(day: date) -> Span:
    return Span(day, day)


def _calendar(year: int | None, month: int | None, day: int | None) -> Span:
    start = date(year or 0, month or 1, day or 1)
    if day:
        return _one(start)
    return Span(start, _month_end(start.year, month or 12))


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
