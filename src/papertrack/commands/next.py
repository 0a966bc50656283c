"""papertrack next."""

from random import SystemRandom
from typing import Annotated

import typer

from papertrack import suggest
from papertrack.arguments import CataloguePath, Json, LabOption, TagOption, Terms
from papertrack.session import chosen, reading, today
from papertrack.terminal import advice, messages

EXAMPLES = (
    "papertrack next",
    "papertrack next -n 5 --why",
    "papertrack next tag:rlhf --random --seed 7",
)

Number = Annotated[int, typer.Option("-n", "--number", min=1, help="How many papers.")]
Why = Annotated[bool, typer.Option("--why", help="Tell everything that speaks for each.")]
Lots = Annotated[bool, typer.Option("--random", help="Draw by lot.")]
Seed = Annotated[
    int | None, typer.Option("--seed", help="The same number draws the same.", show_default=False)
]


def next_(
    terms: Terms = None,
    *,
    lab: LabOption = None,
    tag: TagOption = None,
    number: Number = 3,
    why: Why = False,
    by_lot: Lots = False,
    seed: Seed = None,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """Say what to read next, and why.

    What is begun comes first; then priority, what has waited longest, labs and tags lately read.
    """
    with reading(catalogue) as known:
        among = chosen(known, terms, lab=lab, tag=tag)
        found = suggest.suggested(known.papers, today(), known.labs, among=among)
        picked = found[:number]
        if by_lot or seed is not None:
            seed = SystemRandom().randrange(10_000) if seed is None else seed
            picked = suggest.drawn(found, seed, number)
            messages.say(f"drawn with --seed {seed}")
        if as_json:
            advice.suggestions_json(picked, today())
        else:
            advice.suggestions(picked, today(), why=why, left=len(found))
