"""papertrack next."""

from random import SystemRandom
from typing import Annotated

import typer

from papertrack import next_up, query
from papertrack.options import CataloguePath, Json, LabOption, TagOption, Terms
from papertrack.session import chosen, reading, today
from papertrack.terminal import advice, messages
from papertrack.terminal.messages import no_papers

EXAMPLES = (
    "papertrack next",
    "papertrack next -n 5 --why",
    "papertrack next tag:rlhf --random --seed 7",
)

Number = Annotated[str, typer.Option("-n", "--number", metavar="N", help="How many papers.")]
Why = Annotated[bool, typer.Option("--why", help="Tell everything that speaks for each.")]
Lots = Annotated[bool, typer.Option("--random", help="Draw by lot.")]
Seed = Annotated[
    str | None,
    typer.Option("--seed", metavar="N", help="Draw as this number did before.", show_default=False),
]


def next_(
    terms: Terms = None,
    *,
    lab: LabOption = None,
    tag: TagOption = None,
    number: Number = "3",
    why: Why = False,
    by_lot: Lots = False,
    seed: Seed = None,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """Say what to read next, and why.

    What is begun comes first; then priority, what has waited longest, labs and tags lately read.
    """
    most = query.parse_count(number, "-n")
    lot = SystemRandom().randrange(10_000) if seed is None else next_up.parse_seed(seed)
    with reading(catalogue) as known:
        among = chosen(known, terms, lab=lab, tag=tag)
        found = next_up.suggested(known.papers, today(), known.labs, among=among)
        picked = found[:most]
        if found and (by_lot or seed is not None):
            picked = next_up.drawn(found, lot, most)
            messages.say(f"drawn with --seed {lot}")
        if as_json:
            advice.suggestions_json(picked, today())
        else:
            nothing = advice.NOTHING if among else no_papers(len(known.papers))
            advice.suggestions(picked, today(), why=why, left=len(found), nothing=nothing)
