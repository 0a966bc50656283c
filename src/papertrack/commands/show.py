"""papertrack show."""

import sys
from pathlib import Path

from papertrack import catalogue as toml
from papertrack import resolve, store
from papertrack.files.reading import read
from papertrack.models import Paper
from papertrack.options import CataloguePath, Json, Reference
from papertrack.session import reading
from papertrack.terminal import panel
from papertrack.terminal.screen import is_terminal

EXAMPLES = ("papertrack show llama", 'papertrack show "Constitutional AI"')


def show(reference: Reference, *, as_json: Json = False, catalogue: CataloguePath = None) -> None:
    """Show everything about one paper."""
    with reading(catalogue) as known:
        paper = resolve.one(reference, known.papers)
        if as_json:
            panel.paper_json(paper)
        else:
            panel.paper(paper, where=_place(paper, catalogue))


def _place(paper: Paper, path: Path | None) -> str | None:
    """Return the file and line of the paper, for a person; looking for it takes time."""
    if not is_terminal(sys.stdout):
        return None
    found = store.find(path)
    text = (read(found) or b"").decode("utf-8", "surrogateescape")
    try:
        return f"{store.shown(found)}:{toml.locate(text).of(paper.key)}"
    except KeyError:  # another papertrack has removed it meanwhile
        return None
