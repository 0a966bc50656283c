"""papertrack alone: what is being read, what comes next, how far it is, what needs care."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from papertrack import checks, next_up, session, store, terminal
from papertrack.checks.problems import Finding, Subject
from papertrack.commands.check import kinds, subject_of
from papertrack.commands.next import reasons
from papertrack.errors import InvalidCatalogueError, how_many
from papertrack.models import Paper
from papertrack.next_up import Suggestion
from papertrack.status import Status
from papertrack.terminal import ago, console, how_long, no_papers, tabbed, tables, visible, write
from papertrack.terminal.console import fold, paragraph, styled

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

EXAMPLES = ("papertrack",)

_READING, _NEXT = 5, 3
_INDENT = "  "
_WIDE, _SINCE, _DATE = 80, 26, 16
"""The room for `since 2026-11-14 (2 weeks)`, and on a narrower screen for its date."""
_STALE = "stale-block"
_EXPORT = "papertrack export-markdown --all"
_MANY = 2_000
"""Of more papers only the blocks are looked at: the desk is to be there at once."""


def desk() -> None:
    """Show what you are reading and what comes next.

    Also how far you are and what needs care; without a catalogue, what to type first.
    """
    places = list(store.candidates(session.NAMED.get()))
    if len(places) > 1 and not any(map(os.path.lexists, places)):
        from papertrack.commands.help import first_things  # where there is no list yet

        console.page(first_things())
        return
    subject, faults = subject_of(session.catalogue_path())
    if screen := terminal.screen():
        console.show(layout(subject, screen), screen)
    else:
        write(tabbed(rows(subject)))
    if faults:
        raise InvalidCatalogueError(subject.where, faults)


def rows(subject: Subject) -> Iterator[tuple[str, ...]]:
    """Yield for programs: what, which, and what to know of it."""
    papers = subject.catalogue.papers
    begun, to_read = _unread(subject)
    for suggestion in begun:
        yield "reading", suggestion.paper.key, _since(suggestion), suggestion.paper.title
    for suggestion in to_read[:_NEXT]:
        paper, because = suggestion.paper, reasons(suggestion, subject.today)
        yield "next", paper.key, next(because), paper.title
    yield "papers", "all", str(len(papers))
    counts = tables.counted(papers)
    yield from (("status", status, str(counts.get(status, 0))) for status in Status)
    stale, _ = _care(subject, blocks_only=True)  # a program asks `check` for the others
    yield from (("stale", file, _EXPORT) for file in stale)


def layout(subject: Subject, screen: "Console") -> "Iterator[RenderableType]":
    """Yield what a person sees; what takes longest to find out comes last."""
    catalogue = subject.catalogue
    if title := visible(catalogue.title or ""):
        yield from paragraph(title, screen.width, "bold")
    if not catalogue.papers:
        yield from fold(no_papers(0), screen.width)
        return
    yield tables.progress(tables.counted(catalogue.papers), screen)
    yield ""
    begun, to_read = _unread(subject)
    columns = (
        tables.Column("", "cyan", most=len(_INDENT) + tables.room_for_keys(screen.width)),
        tables.Column(""),
        tables.Column(
            "", "dim", most=max(_SINCE, screen.width // 3) if screen.width >= _WIDE else _DATE
        ),
    )
    reading = [_row(it.paper, _since(it)) for it in begun[:_READING]]
    waiting = [_row(it.paper, next(reasons(it, subject.today))) for it in to_read[:_NEXT]]
    widths = tables.fitted_widths(columns, [*reading, *waiting], screen.width)
    yield styled("Reading", "bold")
    if reading:
        yield from tables.table(columns, reading, screen, header=False, widths=widths)
    else:
        key = visible(to_read[0].paper.key) if to_read else "REFERENCE"
        yield from fold(f"  nothing: papertrack start {key}", screen.width)
    if len(begun) > _READING:
        more = f"  and {len(begun) - _READING:,} more: papertrack list status:reading"
        yield from fold(more, screen.width)
    if waiting:
        yield from ("", styled("Next", "bold"))
        yield from tables.table(columns, waiting, screen, header=False, widths=widths)
    yield from _needing_care(subject, screen)


def _unread(subject: Subject) -> tuple[list[Suggestion], list[Suggestion]]:
    """Return what is being read and what waits, each in the order of `papertrack next`."""
    catalogue = subject.catalogue
    unread = next_up.suggested(catalogue.papers, subject.today, catalogue.labs)
    return [it for it in unread if it.begun], [it for it in unread if not it.begun]


def _row(paper: Paper, remark: str) -> tuple[str, str, str]:
    return f"{_INDENT}{visible(paper.key)}", visible(paper.title), visible(remark)


def _since(suggestion: Suggestion) -> str:
    if suggestion.paper.started is None or suggestion.begun_days is None:
        return ""
    if suggestion.begun_days <= 1:
        return f"since {ago(suggestion.begun_days)}"
    return f"since {suggestion.paper.started} ({how_long(suggestion.begun_days)})"


def _care(subject: Subject, *, blocks_only: bool) -> tuple[list[str], list[Finding]]:
    """Return the files whose blocks are stale, and what else `check` finds if it is to look."""
    rules = checks.chosen_rules((), (), subject.catalogue)
    if blocks_only:
        rules = {name: rule for name, rule in rules.items() if name == _STALE}
    findings = checks.check(subject, rules)
    stale = [it for it in findings if it.rule == _STALE and it.fixable]
    return list(dict.fromkeys(it.file for it in stale)), [it for it in findings if it not in stale]


def _needing_care(subject: Subject, screen: "Console") -> "Iterator[RenderableType]":
    is_long = len(subject.catalogue.papers) > _MANY
    stale, others = _care(subject, blocks_only=is_long)
    lines: list[str] = []
    if stale:
        first, *more = stale
        are = f"{first} and {how_many(len(more), 'other file')} are" if more else f"{first} is"
        lines.append(f"{are} stale: {_EXPORT}")
    if others:
        lines.append(f"{how_many(len(others), 'finding')} ({kinds(others)}): papertrack check")
    if lines:
        yield ""
    for sentence in lines:
        yield from paragraph(visible(sentence), screen.width, "yellow")
