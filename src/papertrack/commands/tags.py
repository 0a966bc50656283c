"""papertrack tags, papertrack tags rename."""

from typing import Annotated

import typer

from papertrack import blocks, renaming, store
from papertrack.options import TYPED, CataloguePath, Json, Terms
from papertrack.session import chosen, reading
from papertrack.stats import by_tag
from papertrack.terminal import charts, messages, outcome

EXAMPLES = (
    "papertrack tags",
    "papertrack tags lab:OpenAI",
    "papertrack tags rename RLHF rlhf",
    'papertrack tags rename "human feedback" rlhf',
)

Old = Annotated[str, typer.Argument(metavar="OLD", help="The tag.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="The tag instead, which may be in use.")]


def tags(terms: Terms = None, *, as_json: Json = False, catalogue: CataloguePath = None) -> None:
    """List the tags with their progress."""
    with reading(catalogue) as known:
        shares = by_tag(chosen(known, terms))
        charts.show_shares_json(shares, "tag") if as_json else charts.show_shares(shares, "tag")


def tags_rename(old: Old, new: New, *, catalogue: CataloguePath = None) -> None:
    """Rename a tag, or merge two."""
    path = store.find(catalogue)
    named = (path.parent / file for file in store.load(path).catalogue.files)
    files = [file for file in named if file.is_file()]
    with store.edit_with_files(path, files, TYPED.get(), tell=messages.say) as change:
        renamed = renaming.rename_tag(change.draft, old, new)
        for file, text in change.texts.items():
            where = store.shown(file)
            change.texts[file] = blocks.retagged(text, renamed.old, renamed.new, where=where)
    outcome.renamed(renamed)
