"""papertrack stats."""

from pathlib import Path
from typing import Annotated

import typer

from papertrack import store
from papertrack.options import (
    TYPED,
    CataloguePath,
    Json,
    LabOption,
    StatusOption,
    TagOption,
    Terms,
)
from papertrack.session import chosen, reading, today
from papertrack.stats import figures, picture
from papertrack.svg import dumps
from papertrack.terminal import charts, messages

EXAMPLES = (
    "papertrack stats",
    "papertrack stats lab:OpenAI,Meta",
    "papertrack stats --svg progress.svg",
)

Svg = Annotated[
    Path | None,
    typer.Option(
        "--svg", metavar="FILE", help="Write the picture for a README.", show_default=False
    ),
]


def stats(
    terms: Terms = None,
    *,
    lab: LabOption = None,
    status: StatusOption = None,
    tag: TagOption = None,
    svg: Svg = None,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """Show progress and pace as pictures."""
    with reading(catalogue) as known:
        papers = chosen(known, terms, lab=lab, status=status, tag=tag)
        found = figures(papers, today(), known.labs)
        if svg is not None:
            _write(store.find(catalogue), svg, dumps(picture(found, known.title or "Papers")))
        elif as_json:
            charts.stats_json(found)
        else:
            charts.stats(found, of=len(known.papers))


def _write(catalogue: Path, path: Path, text: str) -> None:
    """Write the picture, if it is not there as it would be, and say so."""
    written = store.write(catalogue, path, text, TYPED.get(), tell=messages.say)
    messages.answer(f"{path} {'written' if written else 'is as it was'}")
