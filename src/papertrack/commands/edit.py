"""papertrack edit, and the other changes by hand: tag, priority, note, remove, rename."""

import shlex
from collections.abc import Sequence
from functools import partial
from typing import Annotated

from papertrack import changes, resolve, session, store, terminal
from papertrack.catalogue import parse
from papertrack.catalogue.draft import Draft
from papertrack.catalogue.lines import locate, unknown_keys
from papertrack.errors import Fault, PapertrackError, RefusedError, how_many
from papertrack.files import as_typed
from papertrack.identifiers import slug
from papertrack.session import argument, flag, option
from papertrack.terminal import editor, outcome, prompts
from papertrack.typed import FieldChanges, field_changes, tag_changes

EXAMPLES = (
    "papertrack edit llama --set year=2023 --unset venue --tag pretraining",
    "papertrack edit peer --set tags=editing,collaboration --set links=https://example.org",
    "papertrack edit hh-rlhf --set key=helpful-harmless",
    "papertrack edit llama --set column:Code=https://example.org",
    'papertrack edit t5 flan --priority 2 --note "for the talk"',
    "papertrack edit --all lab:Meta --tag open --yes",
    "papertrack tag llama peer +open -vision",
    "papertrack tag --all year:2022 +recent --yes",
    "papertrack priority llama peer 1",
    "papertrack priority llama none",
    'papertrack note llama "smaller than GPT-3 and better"',
    "papertrack note t5 --on 2023-03-01 read the appendix again",
    "papertrack remove peer --yes",
    "papertrack remove --all status:to-read year:..2021 --yes",
    "papertrack labs rename Facebook Meta",
    'papertrack labs rename Brain "Google Brain"',
    "papertrack tags rename RLHF rlhf",
    'papertrack tags rename "human feedback" rlhf',
    "papertrack keys shorten --yes",
    "papertrack keys shorten lab:Meta --yes",
)

_LISTS = (
    "tags and authors take several values, separated by commas, which replace the old ones; links "
    "takes one each time; column:NAME is a column of your own."
)
Set = Annotated[
    list[str] | None,
    option("--set", "FIELD=VALUE", f"Give a field a value; may be repeated. {_LISTS}"),
]
Tagging = Annotated[
    list[str],
    argument(session.TAGGING, "Papers, and the tags to add and remove: llama +open -draft."),
]

Text = Annotated[
    list[str] | None,
    argument(
        "[TEXT]",
        "What to note; - reads it from a pipe. Without any, your editor opens with the notes.",
    ),
]
LongYes = Annotated[bool, flag("--yes", "Do not ask before changing several.")]
"""Without `-y`, which takes a tag away that is called so."""

OldLab = Annotated[str, argument("OLD", "The lab, by any of its names.")]
NewLab = Annotated[str, argument("NEW", "Its new name; if another lab has it, the two become one.")]
OldTag = Annotated[str, argument("OLD", "The tag.")]
NewTag = Annotated[str, argument("NEW", "Its new name; if another tag has it, the two become one.")]

_OF_ONE_PAPER = ("key", "title", "doi", "arxiv")
_PRIORITIES = frozenset({"none", *"012345"})
_NO_EDITOR = 'give the text, as in papertrack note llama "worth it", or - to read it from a pipe'


def edit(
    references: session.References,
    *,
    setting: Set = None,
    unset: Annotated[list[str] | None, option("--unset", "FIELD", "Remove a field.")] = None,
    tag: Annotated[list[str] | None, option("--tag", "TAG", "Add a tag.", also="--add-tag")] = None,
    remove_tag: Annotated[list[str] | None, option("--remove-tag", "TAG", "Remove a tag.")] = None,
    author: Annotated[list[str] | None, option("--author", "AUTHOR", "Add an author.")] = None,
    priority: Annotated[str | None, option("--priority", "N", "1 (first) to 5.")] = None,
    note: Annotated[str | None, option("--note", "TEXT", "Add a dated note.")] = None,
    as_query: session.All = False,
    yes: session.Yes = False,
) -> None:
    """Change papers, in an editor or by options.

    The editor (VISUAL, EDITOR) opens the TOML of one paper. papertrack never loses what you type.
    """
    wanted = field_changes(
        setting=[*(setting or ()), *([f"priority={priority}"] if priority is not None else [])],
        unset=unset or (),
        add_authors=author or (),
        add_tags=tag or (),
        remove_tags=remove_tag or (),
        note=note,
        today=session.today(),
    )
    names = wanted.values.get("authors")
    if isinstance(names, tuple) and len(names) > 1:
        terminal.say(f'{len(names)} authors: {" · ".join(names)} (a ";" at the end makes them one)')
    if wanted != FieldChanges():
        _edit(references, wanted, as_query=as_query, yes=yes)
    elif as_query or len(references) > 1:
        raise PapertrackError(
            "what should change? the editor opens one paper; for several, give options such as "
            "--tag rlhf"
        )
    else:
        _in_editor(references[0])


def tag(words: Tagging, *, as_query: session.All = False, yes: LongYes = False) -> None:
    """Add tags to papers, or remove them."""
    negated = [word for word in words if as_query and session.NEGATED.match(word)]
    signed = [word for word in words if word[:1] in {"+", "-"} and word not in negated]
    wanted = tag_changes(signed)
    others = [word for word in words if word not in signed]
    if not signed:
        raise PapertrackError(
            f"no tag to add or remove: write +TAG or -TAG, as in papertrack tag {others[0]} +rlhf"
        )
    if not others:
        raise PapertrackError(f"no paper is named: papertrack tag llama {' '.join(signed)}")
    _edit(others, wanted, as_query=as_query, yes=yes)


def priority(
    words: Annotated[list[str], argument("REFERENCE... N", "Papers, and 1 (first) to 5, or none.")],
    *,
    as_query: session.All = False,
    yes: session.Yes = False,
) -> None:
    """Set how soon to read papers: 1 first, 5 last."""
    *others, number = words
    if not others:
        raise PapertrackError("which paper, and how soon? papertrack priority llama 1")
    if others[0] in _PRIORITIES and number.casefold() not in _PRIORITIES:
        turned = shlex.join([*others[1:], number, others[0]])
        raise PapertrackError(f"the priority comes last: papertrack priority {turned}")
    if number.casefold() in {"none", "0"}:
        wanted = field_changes(unset=["priority"], today=session.today())
    else:
        wanted = field_changes(setting=[f"priority={number}"], today=session.today())
    _edit(others, wanted, as_query=as_query, yes=yes)


def note(reference: session.Reference, text: Text = None, *, on: session.OnDay = None) -> None:
    """Add a dated line to a paper's notes, or open them in the editor."""
    day = session.on_day(on)
    if not text:
        _notes_in_editor(reference)
        return
    line = terminal.piped() if text == ["-"] else " ".join(text)
    with session.changing() as draft:
        paper = resolve.one(reference, draft.catalogue.papers)
        draft.change(paper.key, {"notes": changes.with_note(paper.notes, line, day)})
    terminal.answer(f"{paper.label}: noted {changes.dated_note(line, day)}")
    session.tell_of_notes(draft.catalogue, paper.key)


def remove(
    references: session.References, *, as_query: session.All = False, yes: session.Yes = False
) -> None:
    """Remove papers; papertrack shows them first."""
    ask = None if yes else "Remove {}?"
    with session.changing_papers(references, as_query=as_query, ask=ask) as changed:
        draft, papers = changed
        for paper in papers:
            draft.remove(paper.key)
    for paper in papers:
        terminal.answer(f"removed {paper.key}: {paper.title}")
    if not papers:
        terminal.answer("no paper matches: nothing was removed")
    elif len(papers) == 1:
        terminal.answer("papertrack undo brings it back")
    else:
        terminal.answer(f"{len(papers)} papers removed; papertrack undo brings them back")


def labs_rename(old: OldLab, new: NewLab) -> None:
    """Rename a lab, or merge two.

    The old name stays known as another name of the lab, for queries and imports.
    """
    with session.changing() as draft:
        renamed = changes.rename_lab(draft, old, new)
    _say(renamed)


def tags_rename(old: OldTag, new: NewTag) -> None:
    """Rename a tag, or merge two."""
    from papertrack import blocks  # other changes need none

    path = session.catalogue_path()
    named = (path.parent / file for file in store.load(path).catalogue.files)
    files = [file for file in named if file.is_file()]
    with store.edit_with_files(path, files, session.TYPED.get(), tell=terminal.say) as change:
        renamed = changes.rename_tag(change.draft, old, new)
        for file, text in change.texts.items():
            where = as_typed(file)
            change.texts[file] = blocks.retagged(text, renamed.old, renamed.new, where=where)
    _say(renamed)


def keys_shorten(terms: session.Terms = None, *, yes: session.Yes = False) -> None:
    """Shorten long keys; papertrack shows the new ones first."""
    with session.reading() as known:
        shorter = changes.short_keys(session.chosen(known, terms), known)
    if not shorter:
        terminal.answer("no key is longer than it should be: nothing to change")
        return
    if not yes:
        for old, new in shorter.items():
            terminal.say(f"  {old} → {new}")
        if not prompts.confirm(f"Change {how_many(len(shorter), 'key')}?"):
            raise RefusedError("nothing was changed")
    with session.changing() as draft:
        if changes.short_keys(session.chosen(draft.catalogue, terms), draft.catalogue) != shorter:
            raise RefusedError(
                "the catalogue has changed meanwhile: nothing was changed, try again"
            )
        for old, new in shorter.items():
            draft.change(old, {"key": new})
    for old, new in shorter.items():
        terminal.answer(f"{old} is {new} now")
    terminal.answer(f"{how_many(len(shorter), 'key')} changed; papertrack undo gives them back")


def _say(rename: changes.Renamed) -> None:
    if rename.changed:
        papers = how_many(len(rename.papers), "paper")
        terminal.answer(f"{rename.old} is {rename.new} now: {papers} changed")
    elif rename.old == rename.new:
        terminal.answer(f"the name is {rename.new} already: nothing was changed")
    else:
        terminal.answer(f"{rename.old} means {rename.new} already: nothing was changed")


def _edit(words: Sequence[str], wanted: FieldChanges, *, as_query: bool, yes: bool) -> None:
    ask = "Change {}?" if as_query and not yes else None
    with session.changing_papers(words, as_query=as_query, ask=ask) as (draft, papers):
        own = [field for field in _OF_ONE_PAPER if wanted.values.get(field) is not None]
        if own and len(papers) > 1:
            raise PapertrackError(f"no two papers have the same {own[0]}: name one paper")
        edited = [changes.edit(draft, paper, wanted, session.today()) for paper in papers]
    for before, after in edited:
        outcome.changed(before, after)
        if lacking := changes.tags_lacking(before, wanted):
            tags = "tag" if len(lacking) == 1 else "tags"
            terminal.say(f"{after.label} had no {tags} {', '.join(lacking)}")
    terminal.count_changed(edited)


def _in_editor(reference: str) -> None:
    """Let the person change the paper's own text; the file is not locked meanwhile."""
    with session.changing() as draft:
        before = resolve.one(reference, draft.catalogue.papers)
        own_text = draft.own_text(before.key)
    check = partial(own_text_faults, draft.text, before.key)
    instead = f"use --set, such as papertrack edit {before.key} --set year=2023"
    with editor.edited(
        own_text, f"{slug(before.key)}.toml", check=check, instead=instead, hints=True
    ) as typed:
        if typed is None:
            terminal.answer(f"{before.label}: nothing was changed")
            return
        with session.changing() as draft:
            if own_text_of(draft, before.key) != own_text:
                raise RefusedError(f"{before.key} was changed while you edited: nothing was saved")
            after = draft.replace_own_text(before.key, typed)
    outcome.changed(before, after)
    for strange in new_strange_keys(own_text, typed):
        terminal.warn(f"papertrack does not know {strange}: it is kept as it is")


def _notes_in_editor(reference: str) -> None:
    with session.reading() as known:
        before = resolve.one(reference, known.papers)
    name = f"{slug(before.key)}-notes.md"
    with editor.edited(
        before.notes or "", name, check=changes.note_faults, instead=_NO_EDITOR
    ) as typed:
        if typed is None:
            terminal.answer(f"{before.label}: nothing was changed")
            return
        with session.changing() as draft:
            after = resolve.one(before.key, draft.catalogue.papers)
            if after.notes != before.notes:
                raise RefusedError(f"{before.key} was changed while you edited: nothing was saved")
            draft.change(before.key, {"notes": changes.notes_from_editor(typed)})
    terminal.answer(f"{before.label}: notes changed")
    session.tell_of_notes(draft.catalogue, before.key)


def own_text_of(draft: Draft, key: str) -> str | None:
    """Return the paper's own text, None where there is no such paper any more."""
    is_there = any(paper.key == key for paper in draft.catalogue.papers)
    return draft.own_text(key) if is_there else None


def own_text_faults(text: str, key: str, own_text: str) -> list[Fault]:
    """Return what keeps the text of one paper from taking its place in the catalogue's text.

    Lines are those of that text.
    """
    parsed = parse(own_text)
    if parsed.faults:
        return list(parsed.faults)
    if not parsed.catalogue.papers:
        return [Fault(1, f"no [[paper]] is left: papertrack remove {key} removes a paper")]
    try:
        Draft(text).replace_own_text(key, own_text)
    except PapertrackError as error:
        typed = parsed.catalogue.papers[0].key
        line = locate(own_text).of(typed, "key") if typed != key else 1
        return [Fault(line, message) for message in (error.message, *error.details)]
    return []


def new_strange_keys(before: str, after: str) -> list[str]:
    """Return the keys that nobody knows in the text of a paper, but for those it had before."""
    had = {name for _, _, name in unknown_keys(before)}
    return [name for _, _, name in unknown_keys(after) if name not in had]
