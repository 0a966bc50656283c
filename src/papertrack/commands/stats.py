"""papertrack stats, papertrack labs, papertrack tags: how far somebody is, in bars."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from papertrack import session, statistics, store, terminal
from papertrack.errors import how_many
from papertrack.session import flag, option
from papertrack.statistics import Period, Share, Stats, as_svg, by_lab, by_tag, is_picture, picture
from papertrack.status import Status
from papertrack.terminal import console, how_long, no_papers, tabbed, tables, visible, write

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

EXAMPLES = (
    "papertrack stats",
    "papertrack stats lab:OpenAI,Meta",
    "papertrack stats --svg progress.svg",
    "papertrack labs",
    "papertrack labs year:2023..",
    "papertrack tags",
    "papertrack tags lab:OpenAI",
)

Replace = Annotated[bool, flag("--replace", "Write over a FILE that papertrack did not make.")]

_MOST = 12
"""Labs or tags that are shown."""
_GIVEN = {
    "lab": "papertrack edit REFERENCE --set lab=LAB gives a paper one",
    "tag": "papertrack tag REFERENCE +TAG gives a paper one",
}


def stats(
    terms: session.Terms = None,
    *,
    lab: session.LabOption = None,
    status: session.StatusOption = None,
    tag: session.TagOption = None,
    svg: Annotated[Path | None, option("--svg", "FILE", "Write the picture for a README.")] = None,
    replace: Replace = False,
    no_pager: session.NoPager = False,
    as_json: session.Json = False,
) -> None:
    """Show progress and pace as pictures."""
    with session.reading() as known:
        papers = session.chosen(known, terms, lab=lab, status=status, tag=tag)
        figures = statistics.figures(papers, session.today(), known.labs)
        if svg is not None:
            text = as_svg(picture(figures, known.title or "Papers"))
            path, is_made = session.catalogue_path(), None if replace else is_picture
            new = store.write(
                path, svg, text, session.TYPED.get(), tell=terminal.say, is_made=is_made
            )
            terminal.answer(f"{svg} {'written' if new else 'is unchanged'}")
        elif as_json:
            write(tables.dumped(data(figures)))
        elif screen := terminal.screen():
            console.show(layout(figures, screen, of=len(known.papers)), screen, paged=not no_pager)
        else:
            write(lines(figures))


def lines(figures: Stats) -> str:
    """Return the figures for programs: what, name, numbers, between tabs."""
    rows: list[tuple[object, ...]] = [("papers", "all", figures.total)]
    rows += [("status", status.value, figures.counts.get(status, 0)) for status in Status]
    for what, shares in (("lab", figures.labs), ("tag", figures.tags)):
        rows += [
            (what, share.name or "", share.total, share.counts.get(Status.DONE, 0))
            for share in shares
        ]
    for what, periods, form in (("month", figures.months, "%Y-%m"), ("year", figures.years, "%Y")):
        rows += [(what, each.first.strftime(form), each.added, each.finished) for each in periods]
    rows.append(("lately", "90 days", figures.lately.added, figures.lately.finished))
    for what, wait in (("waiting", figures.waiting), ("read", figures.read)):
        if wait:
            rows.append((what, "days", wait.median, wait.longest))
    return tabbed(map(str, row) for row in rows)


def data(figures: Stats) -> dict[str, object]:
    """Return the figures as one object for JSON."""
    waits = {
        name: wait and {"papers": wait.papers, "median": wait.median, "longest": wait.longest}
        for name, wait in (("waiting_days", figures.waiting), ("reading_days", figures.read))
    }
    return {
        "papers": figures.total,
        **numbers(figures.counts),
        "labs": [share_data(share, "lab") for share in figures.labs],
        "tags": [share_data(share, "tag") for share in figures.tags],
        "months": [_period(each, "%Y-%m") for each in figures.months],
        "years": [_period(each, "%Y") for each in figures.years],
        "last_90_days": {"added": figures.lately.added, "finished": figures.lately.finished},
        **waits,
        "finished_undated": figures.undated,
    }


def layout(
    figures: Stats, screen: "Console", *, of: int | None = None
) -> "Iterator[RenderableType]":
    """Yield the pictures that a person sees; `of` is how many papers there are in all."""
    if not figures.total:
        yield from console.fold(no_papers(of), screen.width)
        return
    yield tables.progress(figures.counts, screen, of=of)
    names = [share.name or "no lab" for share in (*figures.labs[:_MOST], *figures.tags[:_MOST])]
    room = min(
        max(map(console.width_of, map(visible, [*names, "2026-11"]))), max(8, screen.width // 3)
    )
    for title, shares, without in (("Labs", figures.labs, "no lab"), ("Tags", figures.tags, "")):
        if len(shares) > 1 or (shares and shares[0].name):
            yield from ("", console.styled(title, "bold"))
            yield from bars(shares[:_MOST], screen, without=without, room=room)
            if len(shares) > _MOST:
                more = f"and {len(shares) - _MOST} more: papertrack {title.lower()}"
                yield console.styled(more, "dim")
    begun = [number for number, each in enumerate(figures.months) if each.added or each.finished]
    if begun:
        yield from ("", console.styled("Read per month", "bold"))
        yield from _pace(figures.months[begun[0] :], "%Y-%m", screen, room)
    if len(figures.years) > 1:
        yield from ("", console.styled("Read per year", "bold"))
        yield from _pace(figures.years, "%Y", screen, room)
    if lines := [line for text in sentences(figures) for line in console.fold(text, screen.width)]:
        yield from ("", *lines)


def sentences(figures: Stats) -> list[str]:
    """Return what the figures say: does the pile grow, how long do papers wait."""
    lines = []
    added, finished = figures.lately.added, figures.lately.finished
    if added or finished:
        verb = "grew" if figures.growth > 0 else "shrank"
        moved = (
            f"{verb} by {abs(figures.growth):,}" if figures.growth else "stayed as high as it was"
        )
        lines.append(f"In 90 days the pile {moved}: {added:,} added, {finished:,} finished.")
    if figures.waiting:
        wait = figures.waiting
        name = visible(wait.paper.name or wait.paper.key)
        lines.append(
            f"Papers to read have waited for {how_long(wait.median)} (median); "
            f"longest {name}, for {how_long(wait.longest)}."
        )
    if figures.read:
        lines.append(f"From added to finished it took {how_long(figures.read.median)} (median).")
    if figures.undated:
        were = how_many(figures.undated, "paper was", "papers were")
        lines.append(f"{were} finished on a day that is not recorded.")
    return lines


def _pace(periods: Sequence[Period], form: str, screen: "Console", room: int) -> "Iterator[Text]":
    most = max(1, *(each.finished for each in periods))
    figures = max(len(f"{each.finished:,}") for each in periods)
    sign = "━" if console.has_signs(screen) else "#"
    size = max(4, min(tables.WIDEST, screen.width - room - figures - 4 - len(",added 12345")))
    for each in periods:
        length = -(-each.finished * size // most)
        row = console.styled(f"{each.first.strftime(form).ljust(room)}  ").append(
            sign * length, "green"
        )
        row.append(f"{' ' * (size - length)}  {each.finished:>{figures},}")
        yield row.append(f"  {each.added:,} added" if each.added else "", "dim")


def _period(period: Period, form: str) -> dict[str, object]:
    return {
        "period": period.first.strftime(form),
        "added": period.added,
        "finished": period.finished,
    }


def labs(
    terms: session.Terms = None, *, no_pager: session.NoPager = False, as_json: session.Json = False
) -> None:
    """List the labs with their other names and their progress."""
    with session.reading() as known:
        shares = by_lab(session.chosen(known, terms), known.labs, empty=not terms)
        paged, others = not no_pager, known.labs
        show_shares(shares, "lab", others, of_all=not terms, paged=paged, as_json=as_json)


def tags(
    terms: session.Terms = None, *, no_pager: session.NoPager = False, as_json: session.Json = False
) -> None:
    """List the tags with their progress."""
    with session.reading() as known:
        shares = by_tag(session.chosen(known, terms))
        show_shares(shares, "tag", of_all=not terms, paged=not no_pager, as_json=as_json)


def bars(
    shares: Sequence[Share],
    screen: "Console",
    *,
    without: str = "",
    others: Mapping[str, Sequence[str]] | None = None,
    room: int = 0,
) -> "Iterator[Text]":
    """Yield a line for each lab or tag: its name, a bar, how many are done, its other names.

    The names take at least `room` cells, so that several charts stand below each other.
    """
    names = [visible(share.name) if share.name else without for share in shares]
    widest = max(room, min(max(map(console.width_of, names), default=0), max(8, screen.width // 3)))
    done = [
        f"{share.counts.get(Status.DONE, 0):,} of {share.total:,}" if share.total else "none"
        for share in shares
    ]
    figures = max(map(len, done), default=0)
    size = max(4, min(tables.WIDEST, screen.width - widest - figures - 4))
    end = "…" if console.has_signs(screen) else "..."
    also = [", ".join(map(visible, (others or {}).get(it.name or "", ()))) for it in shares]
    beside = (
        max(map(console.width_of, also), default=0) <= screen.width - widest - size - figures - 6
    )
    for share, name, figure, known in zip(shares, names, done, also, strict=True):
        row = console.styled(console.shortened(name, widest, end))
        row.append(" " * (widest - row.cell_len + 2))
        row.append_text(tables.bar(share.counts, size, screen))
        row.append(f"{' ' * (widest + 2 + size - row.cell_len)}  {figure:>{figures}}")
        if known and beside:
            row.append(f"  {known}", "dim")
        yield row
        if known and not beside:
            yield from console.paragraph(known, screen.width, "dim", "  ")


def show_shares(
    shares: Sequence[Share],
    what: str,
    others: Mapping[str, Sequence[str]] | None = None,
    *,
    of_all: bool,
    paged: bool,
    as_json: bool = False,
) -> None:
    """Print labs or tags with their progress on stdout; `what` is `lab` or `tag`.

    `others` are each lab's other names; `of_all` says that they are those of all papers, not of
    some that were asked for. In a pipe: the name, how many papers, how many of each status in its
    order, and other names, between tabs.
    """
    known = [list((others or {}).get(share.name or "", ())) for share in shares]
    if as_json:
        named = [{} if others is None else {"others": names} for names in known]
        rows = (share_data(share, what) | more for share, more in zip(shares, named, strict=True))
        write(tables.dumped(list(rows)))
    elif screen := terminal.screen():
        lines = _shares(shares, what, others or {}, screen)
        console.show(lines if shares or of_all else ["no paper matches"], screen, paged=paged)
    else:
        for share, names in zip(shares, known, strict=True):
            counts = map(str, (share.total, *numbers(share.counts).values()))
            write(tabbed([(share.name or "", *counts, ", ".join(names))]))


def share_data(share: Share, what: str) -> dict[str, object]:
    """Return a lab or a tag with its numbers, for JSON."""
    return {what: share.name, "papers": share.total, **numbers(share.counts)}


def numbers(counts: Mapping[Status, int]) -> dict[str, int]:
    """Return how many papers have each status, by its word."""
    return {status.value: counts.get(status, 0) for status in Status}


def _shares(
    shares: Sequence[Share], what: str, others: Mapping[str, Sequence[str]], screen: "Console"
) -> "Iterator[RenderableType]":
    yield from bars(shares, screen, without=f"no {what}", others=others)
    named = how_many(sum(bool(share.name) for share in shares), what)
    if shares:
        yield from ("", named)
        return
    yield from console.fold(f"{named}: {_GIVEN[what]}", screen.width)
