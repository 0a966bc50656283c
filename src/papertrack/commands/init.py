"""papertrack init."""

from contextlib import suppress
from typing import Annotated

from papertrack import store, terminal
from papertrack.catalogue.draft import new_text
from papertrack.errors import PapertrackError, RefusedError
from papertrack.options import TYPED, CataloguePath, argument, option

EXAMPLES = ("papertrack init", 'papertrack init "Papers on alignment" --lab OpenAI --lab Anthropic')

Title = Annotated[str | None, argument("TITLE", "What the list is called.")]
Labs = Annotated[
    list[str] | None, option("--lab", "LAB", "A lab; may be repeated, in the order of the list.")
]


def init(title: Title = None, *, lab: Labs = None, catalogue: CataloguePath = None) -> None:
    """Create a new catalogue."""
    path = store.new_path(catalogue)
    above = None
    with suppress(PapertrackError):
        above = store.find(None)
    text = new_text((title or "").strip(), dict.fromkeys(lab or (), ()))
    with store.edit_with_files(path, (), TYPED.get(), tell=terminal.say, create=text) as edit:
        if not edit.created:
            raise RefusedError(f"{store.as_typed(path)} is there already: see papertrack list")
    if above and store.find(None) != above:
        terminal.say(
            f"this folder has a catalogue of its own now: {store.as_typed(above)} is no longer the "
            "nearest one"
        )
    made = f"made {store.as_typed(path)}"
    terminal.answer(f"{made}; next: papertrack add LINK or TITLE, or papertrack import FILE")
