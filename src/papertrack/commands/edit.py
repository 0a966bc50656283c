"""papertrack edit."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from papertrack import editing, resolve
from papertrack.editing import Wishes
from papertrack.errors import RefusedError
from papertrack.identifiers import make_key
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
    wishes = editing.typed_wishes(
        setting=setting or (),
        unset=unset or (),
        add_tags=add_tag or (),
        remove_tags=remove_tag or (),
        today=today(),
    )
    if wishes == Wishes():
        _in_editor(reference, catalogue)
        return
    with changing(catalogue) as draft:
        paper = resolve.one(reference, draft.catalogue.papers)
        edited = editing.carry_out(draft, paper, wishes, today())
    outcome.changed(*edited)


def _in_editor(reference: str, path: Path | None) -> None:
    """Let the person change the paper's own text; the file is not locked meanwhile."""
    with changing(path) as draft:
        before = resolve.one(reference, draft.catalogue.papers)
        piece = draft.piece(before.key)
    check = partial(editing.piece_faults, draft.text, before.key)
    instead = f"use --set, such as papertrack edit {before.key} --set year=2023"
    with editor.edited(
        piece, f"{make_key(before.key)}.toml", check=check, instead=instead
    ) as typed:
        if typed is None:
            messages.answer(f"{before.label}: nothing was changed")
            return
        with changing(path) as draft:
            if editing.piece_of(draft, before.key) != piece:
                raise RefusedError(f"{before.key} was changed while you edited: nothing was saved")
            after = draft.replace_piece(before.key, typed)
    outcome.changed(before, after)
    for strange in editing.new_strange_keys(piece, typed):
        messages.warn(f"papertrack does not know {strange}: it is kept as it is")
