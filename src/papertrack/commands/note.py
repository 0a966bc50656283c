"""papertrack note."""

from pathlib import Path
from typing import Annotated

import typer

from papertrack import changes, resolve
from papertrack.errors import RefusedError
from papertrack.identifiers import slug
from papertrack.options import CataloguePath, OnDay, Reference
from papertrack.session import changing, on_day, reading, tell_of_notes
from papertrack.terminal import editor, messages

EXAMPLES = (
    'papertrack note llama "smaller than GPT-3 and better"',
    "papertrack note t5 --on 2023-03-01 read the appendix again",
)

Text = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TEXT]",
        help="What to note; - reads it from a pipe. Without any, your editor opens with the notes.",
        show_default=False,
    ),
]
_INSTEAD = 'give the text, as in papertrack note llama "worth it", or - to read it from a pipe'


def note(
    reference: Reference, text: Text = None, *, on: OnDay = None, catalogue: CataloguePath = None
) -> None:
    """Add a dated line to a paper's notes, or open them in the editor."""
    day = on_day(on)
    if not text:
        _in_editor(reference, catalogue)
        return
    line = messages.piped() if text == ["-"] else " ".join(text)
    with changing(catalogue) as draft:
        paper = resolve.one(reference, draft.catalogue.papers)
        draft.change(paper.key, {"notes": changes.with_note(paper.notes, line, day)})
    messages.answer(f"{paper.label}: noted {changes.dated_note(line, day)}")
    tell_of_notes(catalogue, draft.catalogue, paper.key)


def _in_editor(reference: str, path: Path | None) -> None:
    with reading(path) as known:
        before = resolve.one(reference, known.papers)
    name = f"{slug(before.key)}-notes.md"
    with editor.edited(
        before.notes or "", name, check=changes.note_faults, instead=_INSTEAD
    ) as typed:
        if typed is None:
            messages.answer(f"{before.label}: nothing was changed")
            return
        with changing(path) as draft:
            after = resolve.one(before.key, draft.catalogue.papers)
            if after.notes != before.notes:
                raise RefusedError(f"{before.key} was changed while you edited: nothing was saved")
            draft.change(before.key, {"notes": changes.notes_from_editor(typed)})
    messages.answer(f"{before.label}: notes changed")
    tell_of_notes(path, draft.catalogue, before.key)
