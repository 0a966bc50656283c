"""Progress as bars: of labs, tags, months and years."""

import sys
from collections.abc import Mapping, Sequence

from papertrack.stats import Period, Share, Stats
from papertrack.status import Status
from papertrack.terminal.cells import fold, width_of
from papertrack.terminal.marks import bar, progress
from papertrack.terminal.messages import how_long, how_many, no_papers
from papertrack.terminal.safe import one_line, visible
from papertrack.terminal.screen import Screen, is_terminal, screen, write

_MOST = 12
_BAR = 30
_GIVEN = {
    "lab": "papertrack edit REFERENCE --set lab=LAB gives a paper one",
    "tag": "papertrack edit REFERENCE --add-tag TAG gives a paper one",
}


def stats(found: Stats, *, of: int | None = None) -> None:
    """Print the figures on stdout: pictures at a terminal, tab-separated lines in a pipe.

    `of` is how many papers there are in all.
    """
    at_terminal = is_terminal(sys.stdout)
    write(shown(found, screen(sys.stdout), of=of) if at_terminal else lines(found))


def shares(
    found: Sequence[Share], what: str, *, others: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Print labs or tags with their progress; `what` is `lab` or `tag`.

    In a pipe: the name, how many papers, how many of each status in its order, and other names,
    between tabs.
    """
    others = others or {}
    if is_terminal(sys.stdout):
        view = screen(sys.stdout)
        rows = bars(found, view, without=f"no {what}", others=others)
        named = how_many(sum(bool(share.name) for share in found), what)
        closing = [named] if rows else fold(f"{named}: {_GIVEN[what]}", view.width)
        write("\n".join([*rows, *([""] if rows else []), *closing, ""]))
        return
    for share in found:
        numbers = [str(share.counts.get(status, 0)) for status in Status]
        names = ", ".join(others.get(share.name or "", ()))
        fields = (share.name or "", str(share.total), *numbers, names)
        write("\t".join(map(one_line, fields)) + "\n")


def stats_json(found: Stats) -> None:
    """Print the figures on stdout as one JSON object."""
    from papertrack.terminal.as_json import dumped  # needed for --json only

    waits = {
        name: wait and {"papers": wait.papers, "median": wait.median, "longest": wait.longest}
        for name, wait in (("waiting_days", found.waiting), ("reading_days", found.read))
    }
    value = {
        "papers": found.total,
        **_numbers(found.counts),
        "labs": [_share(share, "lab") for share in found.labs],
        "tags": [_share(share, "tag") for share in found.tags],
        "months": [_period(it, "%Y-%m") for it in found.months],
        "years": [_period(it, "%Y") for it in found.years],
        "last_90_days": {"added": found.lately.added, "finished": found.lately.finished},
        **waits,
        "finished_undated": found.undated,
    }
    write(dumped(value))


def shares_json(
    found: Sequence[Share], what: str, *, others: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Print labs or tags on stdout as a JSON array; `others` are each lab's other names."""
    from papertrack.terminal.as_json import dumped  # needed for --json only

    value = [_share(share, what) for share in found]
    if others is not None:
        value = [{**it, "others": list(others.get(str(it[what]), ()))} for it in value]
    write(dumped(value))


def shown(found: Stats, screen: Screen, *, of: int | None = None) -> str:
    """Return the pictures that a person sees."""
    if not found.total:
        return "\n".join([*fold(no_papers(of), screen.width), ""])
    blocks = [[progress(found.counts, screen, of=of)]]
    for title, part, without in (("Labs", found.labs, "no lab"), ("Tags", found.tags, "")):
        if len(part) > 1 or (part and part[0].name):
            rows = bars(part[:_MOST], screen, without=without)
            more = len(part) - _MOST
            if more > 0:
                rows.append(screen.paint(f"and {more} more: papertrack {title.lower()}", "dim"))
            blocks.append([screen.paint(title, "bold"), *rows])
    months = _since_first(found.months)
    if months:
        blocks.append([screen.paint("Read per month", "bold"), *_pace(months, "%Y-%m", screen)])
    if len(found.years) > 1:
        blocks.append([screen.paint("Read per year", "bold"), *_pace(found.years, "%Y", screen)])
    told = [line for text in sentences(found) for line in fold(text, screen.width)]
    if told:
        blocks.append(told)
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def lines(found: Stats) -> str:
    """Return the figures for programs: what, name, numbers, between tabs."""
    rows: list[tuple[object, ...]] = [("papers", "all", found.total)]
    rows += [("status", status.value, found.counts.get(status, 0)) for status in Status]
    for what, part in (("lab", found.labs), ("tag", found.tags)):
        rows += [
            (what, share.name or "", share.total, share.counts.get(Status.DONE, 0))
            for share in part
        ]
    for what, periods, form in (("month", found.months, "%Y-%m"), ("year", found.years, "%Y")):
        rows += [(what, it.first.strftime(form), it.added, it.finished) for it in periods]
    rows.append(("lately", "90 days", found.lately.added, found.lately.finished))
    for what, wait in (("waiting", found.waiting), ("read", found.read)):
        if wait:
            rows.append((what, "days", wait.median, wait.longest))
    return "".join("\t".join(one_line(str(value)) for value in row) + "\n" for row in rows)


def sentences(found: Stats) -> list[str]:
    """Return what the figures say: does the pile grow, how long do papers wait."""
    told = []
    added, finished = found.lately.added, found.lately.finished
    if added or finished:
        verb = "grew" if found.growth > 0 else "shrank"
        moved = f"{verb} by {abs(found.growth):,}" if found.growth else "stayed as high as it was"
        told.append(f"In 90 days the pile {moved}: {added:,} added, {finished:,} finished.")
    if found.waiting:
        wait = found.waiting
        told.append(
            f"Papers to read have waited for {how_long(wait.median)} (median); "
            f"longest {visible(wait.paper.name or wait.paper.key)}, for {how_long(wait.longest)}."
        )
    if found.read:
        told.append(f"From added to finished it took {how_long(found.read.median)} (median).")
    if found.undated:
        were = "paper was" if found.undated == 1 else "papers were"
        told.append(f"{found.undated:,} {were} finished on a day that is not recorded.")
    return told


def bars(
    found: Sequence[Share],
    screen: Screen,
    *,
    without: str = "",
    others: Mapping[str, Sequence[str]] | None = None,
) -> list[str]:
    """Return a line for each lab or tag: its name, a bar, and how many are done."""
    names = [visible(share.name) if share.name else without for share in found]
    widest = min(max(map(width_of, names), default=0), max(8, screen.width // 3))
    done = [
        f"{share.counts.get(Status.DONE, 0):,} of {share.total:,}" if share.total else "none"
        for share in found
    ]
    figures = max(map(len, done), default=0)
    size = max(4, min(_BAR, screen.width - widest - figures - 4))
    rows = []
    for share, name, figure in zip(found, names, done, strict=True):
        folded = fold(name, widest)
        drawn = bar(share.counts, size, screen) or " " * size
        first = f"{_cell(folded[0], widest)}  {drawn}  {figure:>{figures}}"
        also = ", ".join(map(visible, (others or {}).get(share.name or "", ())))
        room = screen.width - widest - size - figures - 6
        if also and width_of(also) <= room:
            first += f"  {screen.paint(also, 'dim')}"
            also = ""
        rows += [first, *folded[1:]]
        if also:
            rows += [screen.paint(f"  {line}", "dim") for line in fold(also, screen.width - 2)]
    return rows


def _pace(periods: Sequence[Period], form: str, screen: Screen) -> list[str]:
    most = max(1, *(it.finished for it in periods))
    numbers = max(len(f"{it.finished:,}") for it in periods)
    sign = "━" if screen.signs else "#"
    size = max(4, min(_BAR, screen.width - 7 - numbers - 4 - len(",added 12345")))
    rows = []
    for it in periods:
        length = -(-it.finished * size // most)
        drawn = screen.paint(sign * length, "green") + " " * (size - length)
        added = screen.paint(f"  {it.added:,} added", "dim") if it.added else ""
        rows.append(f"{it.first.strftime(form)}  {drawn}  {it.finished:>{numbers},}{added}")
    return rows


def _since_first(periods: Sequence[Period]) -> Sequence[Period]:
    for number, it in enumerate(periods):
        if it.added or it.finished:
            return periods[number:]
    return ()


def _cell(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


def _numbers(counts: Mapping[Status, int]) -> dict[str, int]:
    return {status.value: counts.get(status, 0) for status in Status}


def _share(share: Share, what: str) -> dict[str, object]:
    return {what: share.name, "papers": share.total, **_numbers(share.counts)}


def _period(it: Period, form: str) -> dict[str, object]:
    return {
        "period": it.first.strftime(form),
        "added": it.added,
        "finished": it.finished,
    }
