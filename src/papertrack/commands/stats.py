"""papertrack stats."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from papertrack import statistics, store, terminal
from papertrack.errors import how_many
from papertrack.options import (
    TYPED,
    CataloguePath,
    Json,
    LabOption,
    NoPager,
    StatusOption,
    TagOption,
    Terms,
    flag,
    option,
)
from papertrack.session import chosen, reading, today
from papertrack.statistics import Period, Stats, as_svg, is_picture, picture
from papertrack.status import Status
from papertrack.terminal import console, how_long, no_papers
from papertrack.terminal.charts import WIDEST, bars, numbers, progress, share_data
from papertrack.terminal.console import fold, has_signs, styled, tabbed, visible, width_of, write
from papertrack.terminal.tables import dumped

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

EXAMPLES = (
    "papertrack stats",
    "papertrack stats lab:OpenAI,Meta",
    "papertrack stats --svg progress.svg",
)

Svg = Annotated[Path | None, option("--svg", "FILE", "Write the picture for a README.")]
Replace = Annotated[bool, flag("--replace", "Write over a FILE that papertrack did not make.")]

_MOST = 12
"""Labs or tags that are shown."""


def stats(
    terms: Terms = None,
    *,
    lab: LabOption = None,
    status: StatusOption = None,
    tag: TagOption = None,
    svg: Svg = None,
    replace: Replace = False,
    no_pager: NoPager = False,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """Show progress and pace as pictures."""
    with reading(catalogue) as known:
        papers = chosen(known, terms, lab=lab, status=status, tag=tag)
        figures = statistics.figures(papers, today(), known.labs)
        if svg is not None:
            text = as_svg(picture(figures, known.title or "Papers"))
            _write(store.find(catalogue), svg, text, replace=replace)
        elif as_json:
            write(dumped(data(figures)))
        elif screen := console.screen():
            console.show(layout(figures, screen, of=len(known.papers)), screen, paged=not no_pager)
        else:
            write(lines(figures))


def _write(catalogue: Path, path: Path, text: str, *, replace: bool) -> None:
    """Write the picture, if it is not there as it would be, and say so."""
    is_made = None if replace else is_picture
    written = store.write(catalogue, path, text, TYPED.get(), tell=terminal.say, is_made=is_made)
    terminal.answer(f"{path} {'written' if written else 'is as it was'}")


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
        yield from fold(no_papers(of), screen.width)
        return
    yield progress(figures.counts, screen, of=of)
    names = [share.name or "no lab" for share in (*figures.labs[:_MOST], *figures.tags[:_MOST])]
    room = min(max(map(width_of, map(visible, [*names, "2026-11"]))), max(8, screen.width // 3))
    for title, shares, without in (("Labs", figures.labs, "no lab"), ("Tags", figures.tags, "")):
        if len(shares) > 1 or (shares and shares[0].name):
            yield from ("", styled(title, "bold"))
            yield from bars(shares[:_MOST], screen, without=without, room=room)
            if len(shares) > _MOST:
                more = f"and {len(shares) - _MOST} more: papertrack {title.lower()}"
                yield styled(more, "dim")
    begun = [number for number, each in enumerate(figures.months) if each.added or each.finished]
    if begun:
        yield from ("", styled("Read per month", "bold"))
        yield from _pace(figures.months[begun[0] :], "%Y-%m", screen, room)
    if len(figures.years) > 1:
        yield from ("", styled("Read per year", "bold"))
        yield from _pace(figures.years, "%Y", screen, room)
    if lines := [line for text in sentences(figures) for line in fold(text, screen.width)]:
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
        lines.append(
            f"Papers to read have waited for {how_long(wait.median)} (median); "
            f"longest {visible(wait.paper.name or wait.paper.key)}, for {how_long(wait.longest)}."
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
    sign = "━" if has_signs(screen) else "#"
    size = max(4, min(WIDEST, screen.width - room - figures - 4 - len(",added 12345")))
    for each in periods:
        length = -(-each.finished * size // most)
        row = styled(f"{each.first.strftime(form).ljust(room)}  ").append(sign * length, "green")
        row.append(f"{' ' * (size - length)}  {each.finished:>{figures},}")
        yield row.append(f"  {each.added:,} added" if each.added else "", "dim")


def _period(period: Period, form: str) -> dict[str, object]:
    return {
        "period": period.first.strftime(form),
        "added": period.added,
        "finished": period.finished,
    }
