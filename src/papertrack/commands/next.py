"""papertrack next."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from random import SystemRandom
from typing import TYPE_CHECKING, Annotated

from papertrack import next_up, query, session, terminal
from papertrack.errors import PapertrackError
from papertrack.next_up import Suggestion
from papertrack.session import flag, option
from papertrack.terminal import ago, console, how_long, no_papers, tabbed, visible, write
from papertrack.terminal.console import STYLES, dotted, fold, marked, styled
from papertrack.terminal.tables import dumped

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

EXAMPLES = (
    "papertrack next",
    "papertrack next 5 --why",
    "papertrack next tag:rlhf --random --seed 7",
)

Number = Annotated[str | None, option("-n", "N", "How many papers.", also="--number", default="3")]
Seed = Annotated[str | None, option("--seed", "N", "Repeat the random pick that had this seed.")]

_NOTHING = "nothing is left to read: all of them are done, skimmed or dropped"
_FEW = "3"


def next_(
    terms: session.Terms = None,
    *,
    lab: session.LabOption = None,
    tag: session.TagOption = None,
    number: Number = None,
    why: Annotated[bool, flag("--why", "Give every reason, not only the first.")] = False,
    at_random: Annotated[bool, flag("--random", "Pick at random.")] = False,
    seed: Seed = None,
    no_pager: session.NoPager = False,
    as_json: session.Json = False,
) -> None:
    """Suggest what to read next, and why: papertrack next 5.

    Papers that you have begun come first; then priority, what has waited longest, and labs and tags
    that you have read lately.
    """
    words = [*(terms or ())]
    if words and words[0].isascii() and words[0].isdigit():
        if number is not None:
            raise PapertrackError(f"{words[0]} and -n {number}: give one number of papers")
        number = words.pop(0)
    most = query.parse_count(number or _FEW, "-n")
    chance = SystemRandom().randrange(10_000) if seed is None else next_up.parse_seed(seed)
    with session.reading() as known:
        among = session.chosen(known, words, lab=lab, tag=tag)
        unread = next_up.suggested(known.papers, session.today(), known.labs, among=among)
        picked = unread[:most]
        if unread and (at_random or seed is not None):
            picked = next_up.drawn(unread, chance, most)
            terminal.say(f"picked with --seed {chance}")
        if as_json:
            rows = [
                {**it.paper.model_dump(), "why": [*reasons(it, session.today())]} for it in picked
            ]
            write(dumped(rows))
        elif screen := terminal.screen():
            nothing = _NOTHING if among else no_papers(len(known.papers))
            parts = layout(
                picked, screen, session.today(), why=why, left=len(unread), nothing=nothing
            )
            console.show(parts, screen, paged=not no_pager)
        else:
            write(lines(picked, session.today(), why=why))


def lines(suggestions: Sequence[Suggestion], today: date, *, why: bool = False) -> str:
    """Return the columns of a list for programs, with `why` every reason in a sixth."""
    rows = (
        [it.paper.key, it.paper.status, it.paper.lab or "", it.paper.source, it.paper.title]
        + (["; ".join(reasons(it, today))] if why else [])
        for it in suggestions
    )
    return tabbed(rows)


def layout(
    suggestions: Sequence[Suggestion],
    screen: "Console",
    today: date,
    *,
    why: bool = False,
    left: int | None = None,
    nothing: str = _NOTHING,
) -> "Iterator[RenderableType]":
    """Yield each paper with its reason below it, with `why` all reasons.

    `left` is how many papers are not read yet; `nothing` is what to say where there is none.
    """
    if not suggestions:
        yield from fold(nothing, screen.width)
        return
    digits = len(str(len(suggestions)))
    for number, suggestion in enumerate(suggestions, 1):
        room = screen.width - digits - 2
        status = marked(suggestion.paper.status, screen)
        facts = [suggestion.paper.key, suggestion.paper.lab or "", suggestion.paper.source]
        below = dotted([status.plain, *filter(None, map(visible, facts))], screen)
        because = "; ".join(islice(reasons(suggestion, today), None if why else 1))
        lines = [(line, "bold") for line in fold(visible(suggestion.paper.title), room)]
        lines += [(line, STYLES[suggestion.paper.status]) for line in fold(below, room)]
        lines += [(line, "dim") for line in fold(visible(because), room)]
        before = f"{number:>{digits}}  "
        for line, style in lines:
            yield styled("").append(before, "dim").append(line, style)
            before = " " * (digits + 2)
        if number < len(suggestions) or (left or 0) > len(suggestions):
            yield ""
    if left is not None and left > len(suggestions):
        yield styled(f"{left - len(suggestions):,} more to read", "dim")


def reasons(suggestion: Suggestion, today: date) -> Iterator[str]:
    """Yield everything that speaks for the paper, what speaks most for it first."""
    begun, waited = suggestion.begun_days, suggestion.waited_days
    if suggestion.drawn:
        yield f"picked at random from {suggestion.drawn:,}"
    if suggestion.begun:
        yield "begun already" if begun is None else f"begun {ago(begun)}"
    if suggestion.paper.priority:
        yield f"priority {suggestion.paper.priority}"
    if waited is not None:
        yield f"waiting for {how_long(waited)}" if waited else "added today"
    for like in suggestion.like:
        paper = like.paper
        days = max(0, (today - paper.finished).days) if paper.finished else 0
        yield f"{like.what} like {paper.name or paper.key}, read {ago(days)}"
    chosen_by = (suggestion.drawn, suggestion.begun, suggestion.paper.priority, suggestion.like)
    if waited is None and not any(chosen_by):
        yield "next in the list"
