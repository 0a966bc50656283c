"""The Markdown of an import: what its files hold, and how their tables become blocks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from papertrack import blocks, query
from papertrack.catalogue import Draft
from papertrack.folding import fold_title
from papertrack.importing import adopting, hand_edits, intake, look_sharing
from papertrack.importing.adopting import Adopted, Brought, Left
from papertrack.importing.intake import Wanted, meanings
from papertrack.importing.plan import Origin, Place, Plan
from papertrack.markdown.rows import Table
from papertrack.models import Catalogue, Look, Paper


class Rewritten(NamedTuple):
    """What became of the tables of the files."""

    adopted: Sequence[tuple[Adopted, Brought]]
    left: Sequence[Left]
    texts: Mapping[str, str]
    """The files that are other texts now, by name."""


def origins(
    texts: Mapping[str, str],
    read: Mapping[str, Sequence[Table]],
    known: Catalogue,
    wanted: Wanted,
    last: Mapping[str, Iterable[Paper]],
    today: date,
    *,
    created: bool,
) -> list[Origin]:
    """Return what each text holds: its blocks, each with what was edited in it, and the rest.

    `last` is what was taken in from each the last time; `created` says that the catalogue is new.
    """
    labs = {fold_title(paper.lab) for paper in known.papers if paper.lab}
    labs |= {fold_title(lab) for own, others in known.labs.items() for lab in (own, *others)}
    origins: list[Origin] = []
    for name, tables in intake.pick(read, wanted).items():
        text = texts[name]
        if created:
            origins += hand_edits.framed(text, tables, wanted, where=name, today=today)
        else:
            origins += hand_edits.in_blocks(text, tables, known, where=name, today=today)
        _, outside = hand_edits.apart(tables, blocks.find(text, name))
        means = {}
        if wanted.headings is None:
            means = meanings(tables, labs=labs, title=intake.title(text))
            above = {table.section for table in outside}  # blocks have their queries
            means = {heading: it for heading, it in means.items() if heading in above}
        blank = not text.strip("\ufeff \t\r\n")
        origins.append(intake.origin(name, outside, wanted, last[name], means=means, blank=blank))
    return origins


def rewrite(
    plan: Plan,
    draft: Draft,
    texts: Mapping[str, str],
    paths: Mapping[str, str],
    today: date,
    *,
    adopt: bool,
) -> Rewritten:
    """Make the changes of the plan in the texts of files, and give the catalogue their looks.

    `paths` is how the catalogue names each file; what came by a pipe is in neither.
    """
    ones, left = _adopt(plan, draft, texts) if adopt else ([], [])
    ones = _set_looks(plan, ones, draft, today)
    files = list(dict.fromkeys((*draft.catalogue.files, *(paths[one.file] for one in ones))))
    if files != list(draft.catalogue.files):
        draft.set_table("markdown", {"files": files})
    wrapped = _wrap(texts, ones, draft.catalogue, today)
    stamped = _stamp({**texts, **wrapped}, plan)
    shelves = adopting.Shelves(draft.catalogue)
    adopted = [(one, adopting.brought(one, shelves)) for one in ones]
    return Rewritten(adopted, left, {**wrapped, **stamped})


def _adopt(plan: Plan, draft: Draft, texts: Mapping[str, str]) -> tuple[list[Adopted], list[Left]]:
    """Return what becomes of each table; the papers of those that need a tag have it then."""
    enclosed = {name: blocks.enclosed(text) for name, text in texts.items()}
    tables = list(adopting.adopt(plan, adopting.Shelves(draft.catalogue), enclosed))
    adopted = [one for one in tables if isinstance(one, Adopted)]
    tags = {paper.key: paper.tags for paper in draft.catalogue.papers}
    for one in adopted:
        for key in one.keys if one.new_tag else ():
            tags[key] = (*tags[key], str(one.new_tag))
            draft.change(key, {"tags": tags[key]})
    return adopted, [one for one in tables if isinstance(one, Left)]


def _set_looks(plan: Plan, adopted: Sequence[Adopted], draft: Draft, today: date) -> list[Adopted]:
    """Give the catalogue the looks of the tables; return what is adopted with their names."""
    known = draft.catalogue
    full = [one for one in adopted if one.table.header]
    papers = {paper.key: paper for paper in known.papers}
    samples = [
        look_sharing.Sample(
            PurePath(one.file).stem,
            one.table,
            [papers[key] for key in one.keys],
            query.parse(one.query, today=today).named("tags"),
        )
        for one in full
    ] or [
        look_sharing.Sample("", table, ())
        for origin in plan.origins
        for table in origin.tables
        if adopting.is_list(table) and origin.block is None
    ]
    default = None if known.look == Look() else known.look
    shared = look_sharing.share(samples, default, known.looks)
    if shared.default is not None:
        draft.set_table("markdown", shared.default)
    for name, look in shared.further.items() if adopted else ():
        draft.set_table(f"markdown.{name}", look)
    names = dict(zip((id(one) for one in full), shared.names, strict=False))
    return [one._replace(look=names.get(id(one))) for one in adopted]


def _wrap(
    texts: Mapping[str, str], adopted: Iterable[Adopted], known: Catalogue, today: date
) -> dict[str, str]:
    """Return the texts in which tables become blocks."""
    by_file: dict[str, list[Adopted]] = {}
    for one in adopted:
        by_file.setdefault(one.file, []).append(one)
    wrapped = {}
    for name, ones in by_file.items():
        text, places = adopting.places(texts[name], ones)
        wrapped[name] = blocks.wrap(text, places, known, where=name, today=today)
    return wrapped


def _stamp(texts: Mapping[str, str], plan: Plan) -> dict[str, str]:
    """Return the texts with blocks whose edits are all taken in, or decided: now as generated."""
    waiting = {conflict.place for conflict in plan.undecided}
    decided: dict[str, list[int]] = {}
    for origin in plan.origins:
        places = {Place(origin.file, edit.line) for edit in origin.hand.edits}
        if origin.hand.block and not origin.hand.strange and not places & waiting:
            decided.setdefault(origin.file, []).append(origin.hand.block)
    return {
        name: hand_edits.stamp(texts[name], name, at)
        for name, at in decided.items()
        if name in texts  # what came by a pipe is written nowhere
    }
