"""papertrack edit."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from papertrack import changes, resolve
from papertrack.catalogue import Draft, locate, read, unknown_keys
from papertrack.changes import FieldChanges
from papertrack.errors import Fault, PapertrackError, RefusedError
from papertrack.identifiers import slug
from papertrack.options import CataloguePath, Reference
from papertrack.session import changing, today
from papertrack.terminal import editor, messages, outcome

EXAMPLES = (
    "papertrack edit llama --set year=2023 --unset venue --add-tag pretraining",
    "papertrack edit peer --set tags=editing,collaboration --set links=https://example.org",
    "papertrack edit hh-rlhf --set key=helpful-harmless",
)


_LISTS = "tags and authors: several between commas, instead of what is there; links: one each time."
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help=f"Give a field a value; may be repeated. {_LISTS}",
        show_default=False,
    ),
]
Unset = Annotated[
    list[str] | None,
    typer.Option("--unset", metavar="FIELD", help="Take a field away.", show_default=False),
]
AddTag = Annotated[
    list[str] | None,
    typer.Option("--add-tag", metavar="TAG", help="Add a tag.", show_default=False),
]
RemoveTag = Annotated[
    list[str] | None,
    typer.Option("--remove-tag", metavar="TAG", help="Remove a tag.", show_default=False),
]


def edit(
    reference: Reference,
    *,
    setting: Set = None,
    unset: Unset = None,
    add_tag: AddTag = None,
    remove_tag: RemoveTag = None,
    catalogue: CataloguePath = None,
) -> None:
    """Change a paper, in an editor or by options.

    The editor (VISUAL, EDITOR) gets the paper's own piece of TOML; what is typed is never lost.
    """
    wanted = changes.typed_changes(
        setting=setting or (),
        unset=unset or (),
        add_tags=add_tag or (),
        remove_tags=remove_tag or (),
        today=today(),
    )
    if wanted == FieldChanges():
        _in_editor(reference, catalogue)
        return
    with changing(catalogue) as draft:
        paper = resolve.one(reference, draft.catalogue.papers)
        edited = changes.edit(draft, paper, wanted, today())
    outcome.changed(*edited)


def _in_editor(reference: str, path: Path | None) -> None:
    """Let the person change the paper's own text; the file is not locked meanwhile."""
    with changing(path) as draft:
        before = resolve.one(reference, draft.catalogue.papers)
        piece = draft.piece(before.key)
    check = partial(piece_faults, draft.text, before.key)
    instead = f"use --set, such as papertrack edit {before.key} --set year=2023"
    with editor.edited(piece, f"{slug(before.key)}.toml", check=check, instead=instead) as typed:
        if typed is None:
            messages.answer(f"{before.label}: nothing was changed")
            return
        with changing(path) as draft:
            if piece_of(draft, before.key) != piece:
                raise RefusedError(f"{before.key} was changed while you edited: nothing was saved")
            after = draft.replace_piece(before.key, typed)
    outcome.changed(before, after)
    for strange in new_strange_keys(piece, typed):
        messages.warn(f"papertrack does not know {strange}: it is kept as it is")


def piece_of(draft: Draft, key: str) -> str | None:
    """Return the paper's own text, None where there is no such paper any more."""
    is_there = any(paper.key == key for paper in draft.catalogue.papers)
    return draft.piece(key) if is_there else None


def piece_faults(text: str, key: str, piece: str) -> list[Fault]:
    """Return what keeps the text of one paper from taking its place in the catalogue's text.

    Lines are the piece's own.
    """
    reading = read(piece)
    if reading.faults:
        return list(reading.faults)
    if not reading.catalogue.papers:
        return [Fault(1, f"no [[paper]] is left: papertrack remove {key} removes a paper")]
    try:
        Draft(text).replace_piece(key, piece)
    except PapertrackError as error:
        typed = reading.catalogue.papers[0].key
        line = locate(piece).of(typed, "key") if typed != key else 1
        return [Fault(line, message) for message in (error.message, *error.details)]
    return []


def new_strange_keys(before: str, after: str) -> list[str]:
    """Return the keys that nobody knows in the text of a paper, but for those it had before."""
    had = {name for _, _, name in unknown_keys(before)}
    return [name for _, _, name in unknown_keys(after) if name not in had]
