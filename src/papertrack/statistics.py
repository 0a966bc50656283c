"""How far somebody is with a list: progress, pace, and how long papers wait; a picture of that.

The picture is SVG that follows the reader's light or dark theme, for a README.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from statistics import median
from typing import NamedTuple

from papertrack.folding import fold_name, fold_title
from papertrack.labs import LabNames
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.status import IN_BARS, Status

_MONTHS = 12
_LATELY = 90
_BARS = 10


class Share(NamedTuple):
    """A lab or a tag, and how far its papers are."""

    name: str | None
    """None for the papers that have none."""
    counts: Mapping[Status, int]

    @property
    def total(self) -> int:
        """How many papers."""
        return sum(self.counts.values())


class Period(NamedTuple):
    """A month or a year."""

    first: date
    added: int
    finished: int


class Picture(NamedTuple):
    """What is shown, from top to bottom."""

    title: str
    counts: Mapping[Status, int]
    shares: Sequence[Share] = ()
    months: Sequence[Period] = ()


class Wait(NamedTuple):
    """For how many days papers wait."""

    papers: int
    """How many of them have the dates that tell."""
    median: int
    longest: int
    paper: Paper
    """The one that waits longest."""


@dataclass(frozen=True, kw_only=True)
class Stats:
    """The figures of a list."""

    counts: Mapping[Status, int]
    labs: tuple[Share, ...]
    """Most papers first."""
    tags: tuple[Share, ...]
    """Most papers first."""
    months: tuple[Period, ...]
    """The last twelve, up to today's."""
    years: tuple[Period, ...]
    """From the first in which something happened."""
    lately: Period
    """The last ninety days; the pile grows by what was added less what was finished."""
    waiting: Wait | None
    """Papers to read, since they were added."""
    read: Wait | None
    """Papers read, from added to finished."""
    undated: int
    """How many that were added on a known day are done on a day that nobody knows."""

    @property
    def total(self) -> int:
        """How many papers."""
        return sum(self.counts.values())

    @property
    def growth(self) -> int:
        """By how many papers the pile has grown lately; below zero where it shrinks."""
        return self.lately.added - self.lately.finished


def figures(
    papers: Sequence[Paper], today: date, labs: Mapping[str, Sequence[str]] | None = None
) -> Stats:
    """Return the figures of the papers; `labs` gives each lab's other names."""
    added = Counter(paper.added for paper in papers if paper.added)
    finished = Counter(
        paper.finished for paper in papers if paper.finished and paper.status is Status.DONE
    )
    since = [(paper, today) for paper in papers if paper.status is Status.TO_READ and paper.added]
    taken = [(paper, paper.finished) for paper in papers if paper.status is Status.DONE]
    return Stats(
        counts=Counter(paper.status for paper in papers),
        labs=tuple(sorted(by_lab(papers, labs or {}, empty=False), key=_most_first)),
        tags=tuple(by_tag(papers)),
        months=tuple(_months(added, finished, today)),
        years=tuple(_years(added, finished, today)),
        lately=_between(added, finished, today - timedelta(days=_LATELY - 1), today),
        waiting=_wait(since),
        read=_wait(taken),
        undated=sum(not day for paper, day in taken if paper.added),
    )


def picture(figured: Stats, title: str) -> Picture:
    """Return what a picture of the figures shows: the largest labs or tags, and the months.

    Labs, unless most papers have none and there are tags.
    """
    labs = [share for share in figured.labs if share.name]
    few = sum(share.total for share in labs) * 2 < figured.total
    shares = figured.tags if few and figured.tags else labs
    months = figured.months if any(it.added or it.finished for it in figured.months) else ()
    return Picture(title, figured.counts, shares[:_BARS], months)


def by_lab(
    papers: Iterable[Paper], labs: Mapping[str, Sequence[str]], *, empty: bool = True
) -> list[Share]:
    """Return the labs in the catalogue's order, then others as they come, then none.

    A lab that no paper has is left out unless `empty`.
    """
    known = LabNames(labs)
    own: dict[str, str] = {}
    names = {fold_title(lab): lab for lab in labs}
    counts: dict[str, Counter[Status]] = {lab: Counter() for lab in names}
    without: Counter[Status] = Counter()
    for paper in papers:
        if not paper.lab:
            without[paper.status] += 1
            continue
        if paper.lab not in own:
            own[paper.lab] = known.folded(paper.lab)
            names.setdefault(own[paper.lab], known.canonical(paper.lab))
        counts.setdefault(own[paper.lab], Counter())[paper.status] += 1
    shares = [Share(names[lab], count) for lab, count in counts.items() if count or empty]
    return [*shares, Share(None, without)] if without else shares


def by_tag(papers: Iterable[Paper]) -> list[Share]:
    """Return the tags, most papers first, then as they come."""
    names: dict[str, str] = {}
    counts: dict[str, Counter[Status]] = {}
    for paper in papers:
        for tag in paper.tags:
            names.setdefault(fold_name(tag), tag)
        for tag in dict.fromkeys(map(fold_name, paper.tags)):
            counts.setdefault(tag, Counter())[paper.status] += 1
    return sorted((Share(names[tag], count) for tag, count in counts.items()), key=_most_first)


def _most_first(share: Share) -> tuple[bool, int]:
    return share.name is None, -share.total


def _wait(spans: Iterable[tuple[Paper, date | None]]) -> Wait | None:
    days = [
        ((end - paper.added).days, paper)
        for paper, end in spans
        if end and paper.added and end >= paper.added
    ]
    if not days:
        return None
    longest, paper = max(days, key=lambda pair: pair[0])
    return Wait(len(days), round(median(number for number, _ in days)), longest, paper)


def _months(added: Counter[date], finished: Counter[date], today: date) -> list[Period]:
    last = today.year * 12 + today.month - 1
    firsts = [
        date(number // 12, number % 12 + 1, 1) for number in range(last - _MONTHS + 1, last + 1)
    ]
    return _periods(added, finished, firsts, lambda day: (day.year, day.month))


def _years(added: Counter[date], finished: Counter[date], today: date) -> list[Period]:
    happened = [day.year for day in (*added, *finished) if day <= today]
    firsts = [date(year, 1, 1) for year in range(min(happened, default=today.year), today.year + 1)]
    return _periods(added, finished, firsts, lambda day: day.year)


def _periods(
    added: Counter[date],
    finished: Counter[date],
    firsts: Iterable[date],
    period: Callable[[date], Hashable],
) -> list[Period]:
    more, fewer = (Counter(map(period, days.elements())) for days in (added, finished))
    return [Period(first, more[period(first)], fewer[period(first)]) for first in firsts]


def _between(added: Counter[date], finished: Counter[date], first: date, last: date) -> Period:
    sums = (sum(it[day] for day in it if first <= day <= last) for it in (added, finished))
    return Period(first, *sums)


_WIDTH, _MARGIN, _LINE = 640, 24, 26
_OPENING = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}"'
_GROUND = '<rect class="ground edge"'
_NAMES = 150
_FIGURES = 76
_CHART = 90
# Text has a contrast of 4.5 and more to its ground, what is read one of 3 (WCAG 2.2, 1.4.3 and
# 1.4.11); what is not read yet stays behind.
_LIGHT = {
    "ground": "#ffffff", "edge": "#d1d9e0",
    "title": "#1f2328", "text": "#1f2328", "faint": "#59636e",
    "done": "#1a7f37", "skimmed": "#0969da", "reading": "#1b7c83", "to-read": "#d1d9e0",
    "dropped": "#b7bfc8", "added": "#8c959f",
}  # fmt: skip
_DARK = {
    "ground": "#0d1117", "edge": "#3d444d",
    "title": "#f0f6fc", "text": "#f0f6fc", "faint": "#9198a1",
    "done": "#3fb950", "skimmed": "#4493f8", "reading": "#39c5cf", "to-read": "#3d444d",
    "dropped": "#656c76", "added": "#656c76",
}  # fmt: skip
_NOT_SHOWN = pattern(
    "[^\x20-\x7e\xa0-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
"""What XML 1.0 does not allow or discourages (section 2.2), and what turns the reading round."""


def is_picture(data: bytes) -> bool:
    """Say whether the bytes are a picture that `dumps` made, of whatever figures."""
    return data.startswith(_OPENING.encode()) and _GROUND.encode() in data


def as_svg(picture: Picture) -> str:
    """Return the picture as SVG text that ends in a line end."""
    words: dict[str, str] = {
        status: f"{count:,} {status.replace('-', ' ')}"
        for status in IN_BARS
        if (count := picture.counts.get(status, 0))
    }
    body = [_text(_MARGIN, 42, picture.title, "title")]
    body += _stretches(picture.counts, _MARGIN, 58, _WIDTH - 2 * _MARGIN, 12)
    body += _legend(words, 92)
    top = 124
    for share in picture.shares:
        body += _bar(share, top)
        top += _LINE
    if picture.months:
        body += _columns(picture.months, top + 8)
        top += _CHART + 44
        added = sum(month.added for month in picture.months)
        finished = sum(month.finished for month in picture.months)
        pace = {"added": f"{added:,} added"} if added else {}
        pace |= {"done": f"{finished:,} finished"} if finished else {}
        body += _legend(pace, top + 4)
        body.append(_text(_WIDTH - _MARGIN, top + 4, "the last twelve months", "faint", "end"))
        top += _LINE
    parts = ", ".join(words.values())
    label = _content(": ".join(filter(None, (picture.title, parts))), quote=True)
    opening = (
        f'{_OPENING} height="{top}" viewBox="0 0 {_WIDTH} {top}" role="img" aria-label="{label}">'
    )
    size = f'width="{_WIDTH - 1}" height="{top - 1}"'
    ground = f'{_GROUND} x="0.5" y="0.5" {size} rx="8"/>'
    return "\n".join([opening, f"<style>\n{_style()}</style>", ground, *body, "</svg>\n"])


def _style() -> str:
    fonts = '-apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans","Noto Sans CJK SC",sans-serif'
    return (
        f"text{{font:13px {fonts}}}\ntext.title{{font-size:18px;font-weight:600}}\n"
        f"{_colours(_LIGHT)}@media (prefers-color-scheme:dark){{\n{_colours(_DARK)}}}\n"
    )


def _colours(theme: Mapping[str, str]) -> str:
    return "".join(
        f".{name}{{fill:{colour}}}\n" if name != "edge" else f".edge{{stroke:{colour}}}\n"
        for name, colour in theme.items()
    )


def _text(x: float, y: float, text: str, kind: str = "text", anchor: str = "start") -> str:
    return (
        f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{_content(text)}</text>'
    )


def _stretches(
    counts: Mapping[Status, int], x: float, y: float, width: float, height: float
) -> list[str]:
    drawn = []
    for status in IN_BARS:
        size = width * counts.get(status, 0) / max(1, sum(counts.values()))
        if size:
            drawn.append(
                f'<rect class="{status}" x="{x:.1f}" y="{y:g}" width="{max(0.5, size - 1):.1f}" '
                f'height="{height:g}" rx="2"/>'
            )
        x += size
    return drawn


def _legend(words: Mapping[str, str], y: float) -> list[str]:
    """Return a dot for each kind, which gives its colour, and beside it what is said of it."""
    drawn, x = [], float(_MARGIN)
    for kind, text in words.items():
        drawn.append(f'<circle class="{kind}" cx="{x + 5:g}" cy="{y - 4:g}" r="5"/>')
        drawn.append(_text(x + 16, y, text, "faint"))
        x += 32 + 7.2 * _cells(text)
    return drawn


def _bar(share: Share, y: float) -> list[str]:
    name, width = share.name or "", _WIDTH - 2 * _MARGIN - _NAMES - _FIGURES
    done = f"{share.counts.get(Status.DONE, 0)} of {share.total}"
    return [
        f"<g><title>{_content(name)}</title>",
        _text(_MARGIN, y, _short(name, 20)),
        *_stretches(share.counts, _MARGIN + _NAMES, y - 9, width, 9),
        _text(_WIDTH - _MARGIN, y, done, "faint", "end"),
        "</g>",
    ]


def _columns(months: Sequence[Period], top: float) -> list[str]:
    most = max(1, *(max(month.added, month.finished) for month in months))
    step = (_WIDTH - 2 * _MARGIN) / len(months)
    wide = min(16.0, step / 3)
    drawn = []
    for number, month in enumerate(months):
        x, name = _MARGIN + step * number + step / 2, month.first.strftime("%b")
        drawn.append(f"<g><title>{name}: {month.added} added, {month.finished} finished</title>")
        for kind, count, left in (
            ("added", month.added, x - wide - 1),
            ("done", month.finished, x + 1),
        ):
            height = max(1.5 if count else 0, (_CHART - 16) * count / most)
            drawn.append(
                f'<rect class="{kind}" x="{left:.1f}" y="{top + _CHART - height:.1f}" '
                f'width="{wide:.1f}" height="{height:.1f}" rx="1.5"/>'
            )
        drawn.append(_text(round(x, 1), top + _CHART + 16, name, "faint", "middle"))
        drawn.append("</g>")
    return drawn


def _cells(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in {"W", "F"}) for char in text)


def _short(text: str, most: int) -> str:
    """Return the text, or its beginning and an ellipsis where it is too wide for its place."""
    if _cells(text) <= most:
        return text
    while _cells(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _content(text: str, *, quote: bool = False) -> str:
    return escape(_NOT_SHOWN.sub("\ufffd", " ".join(text.split())), quote=quote)
