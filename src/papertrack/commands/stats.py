"""papertrack stats."""

from pathlib import Path
from typing import Annotated

import typer

from papertrack.arguments import CataloguePath, Json, LabOption, StatusOption, TagOption, Terms
from papertrack.formats.svg import dumps
from papertrack.session import chosen, reading, today
from papertrack.stats import figures, picture
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
            _write(svg, dumps(picture(found, known.title or "Papers")))
        elif as_json:
            charts.stats_json(found)
        else:
            charts.stats(found, of=len(known.papers))


def _write(path: Path, text: str) -> None:
    """Write the picture, if it is not there as it would be, and say so."""
    from papertrack.files.locking import locked  # noqa: PLC0415 - for --svg only
    from papertrack.files.reading import read, target_of  # noqa: PLC0415 - the same
    from papertrack.files.replacing import Change, replace  # noqa: PLC0415 - the same

    target = target_of(path)
    with locked([target.parent], tell=messages.say):
        before, after = read(path), text.encode()
        if before != after:
            replace([Change(path, target, before, after)])
    messages.answer(f"{path} {'is as it was' if before == after else 'written'}")
