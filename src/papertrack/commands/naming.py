"""papertrack labs, tags, and their renaming; papertrack keys shorten."""

from typing import Annotated

from papertrack import blocks, changes, store, terminal
from papertrack.errors import RefusedError, how_many
from papertrack.options import TYPED, CataloguePath, Json, NoPager, Terms, Yes, argument
from papertrack.session import changing, chosen, reading
from papertrack.statistics import by_lab, by_tag
from papertrack.terminal import charts, prompts

EXAMPLES = (
    "papertrack labs",
    "papertrack labs year:2023..",
    "papertrack labs rename Facebook Meta",
    'papertrack labs rename Brain "Google Brain"',
    "papertrack tags",
    "papertrack tags lab:OpenAI",
    "papertrack tags rename RLHF rlhf",
    'papertrack tags rename "human feedback" rlhf',
    "papertrack keys shorten --yes",
    "papertrack keys shorten lab:Meta --yes",
)

OldLab = Annotated[str, argument("OLD", "The lab, by any of its names.")]
NewLab = Annotated[str, argument("NEW", "Its new name; if another lab has it, the two become one.")]
OldTag = Annotated[str, argument("OLD", "The tag.")]
NewTag = Annotated[str, argument("NEW", "Its new name; if another tag has it, the two become one.")]


def labs(
    terms: Terms = None,
    *,
    no_pager: NoPager = False,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """List the labs with their other names and their progress."""
    with reading(catalogue) as known:
        shares = by_lab(chosen(known, terms), known.labs, empty=not terms)
        if as_json:
            charts.show_shares_json(shares, "lab", others=known.labs)
        else:
            charts.show_shares(
                shares, "lab", others=known.labs, of_all=not terms, paged=not no_pager
            )


def labs_rename(old: OldLab, new: NewLab, *, catalogue: CataloguePath = None) -> None:
    """Rename a lab, or merge two.

    The old name stays known as another name of the lab, for queries and imports.
    """
    with changing(catalogue) as draft:
        renamed = changes.rename_lab(draft, old, new)
    _say(renamed)


def tags(
    terms: Terms = None,
    *,
    no_pager: NoPager = False,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """List the tags with their progress."""
    with reading(catalogue) as known:
        shares = by_tag(chosen(known, terms))
        if as_json:
            charts.show_shares_json(shares, "tag")
        else:
            charts.show_shares(shares, "tag", of_all=not terms, paged=not no_pager)


def tags_rename(old: OldTag, new: NewTag, *, catalogue: CataloguePath = None) -> None:
    """Rename a tag, or merge two."""
    path = store.find(catalogue)
    named = (path.parent / file for file in store.load(path).catalogue.files)
    files = [file for file in named if file.is_file()]
    with store.edit_with_files(path, files, TYPED.get(), tell=terminal.say) as change:
        renamed = changes.rename_tag(change.draft, old, new)
        for file, text in change.texts.items():
            where = store.as_typed(file)
            change.texts[file] = blocks.retagged(text, renamed.old, renamed.new, where=where)
    _say(renamed)


def keys_shorten(terms: Terms = None, *, yes: Yes = False, catalogue: CataloguePath = None) -> None:
    """Shorten long keys; papertrack shows the new ones first."""
    with reading(catalogue) as known:
        shorter = changes.short_keys(chosen(known, terms), known)
    if not shorter:
        terminal.answer("no key is longer than it should be: nothing to change")
        return
    if not yes:
        for old, new in shorter.items():
            terminal.say(f"  {old} → {new}")
        if not prompts.confirm(f"Change {how_many(len(shorter), 'key')}?", instead="--yes"):
            raise RefusedError("nothing was changed")
    with changing(catalogue) as draft:
        if changes.short_keys(chosen(draft.catalogue, terms), draft.catalogue) != shorter:
            raise RefusedError(
                "the catalogue has changed meanwhile: nothing was changed, try again"
            )
        for old, new in shorter.items():
            changes.rename_key(draft, old, new)
    for old, new in shorter.items():
        terminal.answer(f"{old} is {new} now")
    terminal.answer(f"{how_many(len(shorter), 'key')} changed; papertrack undo gives them back")


def _say(rename: changes.Renamed) -> None:
    """Say what a lab or a tag is called now, and how many papers have that from it."""
    if rename.changed:
        papers = how_many(len(rename.papers), "paper")
        terminal.answer(f"{rename.old} is {rename.new} now: {papers} changed")
    elif rename.old == rename.new:
        terminal.answer(f"the name is {rename.new} already: nothing was changed")
    else:
        terminal.answer(f"{rename.old} means {rename.new} already: nothing was changed")
