"""papertrack keys shorten."""

from papertrack import renaming
from papertrack.errors import RefusedError
from papertrack.options import CataloguePath, Terms, Yes
from papertrack.session import changing, chosen, reading
from papertrack.terminal import messages, prompts
from papertrack.terminal.messages import how_many

EXAMPLES = ("papertrack keys shorten --yes", "papertrack keys shorten lab:Meta --yes")


def keys_shorten(terms: Terms = None, *, yes: Yes = False, catalogue: CataloguePath = None) -> None:
    """Give papers with long keys short ones; they are shown first."""
    with reading(catalogue) as known:
        shorter = renaming.short_keys(chosen(known, terms), known)
    if not shorter:
        messages.answer("no key is longer than it should be: nothing to change")
        return
    if not yes:
        for old, new in shorter.items():
            messages.say(f"  {old} → {new}")
        if not prompts.confirm(f"Change {how_many(len(shorter), 'key')}?", instead="--yes"):
            raise RefusedError("nothing was changed")
    with changing(catalogue) as draft:
        if renaming.short_keys(chosen(draft.catalogue, terms), draft.catalogue) != shorter:
            raise RefusedError("the catalogue was changed meanwhile: nothing done, try again")
        for old, new in shorter.items():
            renaming.rename_key(draft, old, new)
    for old, new in shorter.items():
        messages.answer(f"{old} is {new} now")
    messages.answer(f"{how_many(len(shorter), 'key')} changed; papertrack undo gives them back")
