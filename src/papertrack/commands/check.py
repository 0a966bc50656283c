"""papertrack check."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Annotated

import typer

from papertrack import catalogue as toml
from papertrack import checks, resolve, store
from papertrack.checks import Subject
from papertrack.errors import Fault, InvalidCatalogueError, RefusedError
from papertrack.files.reading import read
from papertrack.models import Catalogue
from papertrack.options import TYPED, CataloguePath, Json
from papertrack.session import changing, today
from papertrack.terminal import findings, messages, outcome

EXAMPLES = (
    "papertrack check",
    "papertrack check --fix",
    "papertrack check --ignore missing-year --ignore near-title",
    "papertrack check --distinct deep-learning deep-learning-2",
    "papertrack check --only stale-block --only duplicate",
)

Fix = Annotated[bool, typer.Option("--fix", help="Fix what is safe to fix; show the diff.")]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore", metavar="RULE", help="Leave a rule out; may be repeated.", show_default=False
    ),
]
Distinct = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--distinct",
        metavar="PAPER PAPER",
        help="Remember that these two are different papers, however alike.",
        show_default=False,
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only", metavar="RULE", help="Look for this alone; may be repeated.", show_default=False
    ),
]
Rules = Annotated[bool, typer.Option("--rules", help="List the rules and what they find.")]


def check(
    *,
    fix: Fix = False,
    ignore: Ignore = None,
    distinct: Distinct = None,
    only: Only = None,
    rules: Rules = False,
    as_json: Json = False,
    catalogue: CataloguePath = None,
) -> None:
    """Check the list for problems and fix them."""
    if rules:
        findings.rules(checks.RULES)
        return
    if distinct:
        _set_apart(distinct, catalogue)
        return
    path = store.find(catalogue)
    ignored = {checks.rule_named(name) for name in ignore or ()}
    wanted = {checks.rule_named(name) for name in only or ()}
    if fix:
        _fix(path, ignored, wanted, quiet=as_json)
    subject, faults = _subject(path)
    chosen = checks.chosen_rules(ignored, wanted, subject.catalogue)
    found = checks.check(subject, store.shown(path), chosen)
    if as_json:
        findings.findings_json(found)
    elif found or not faults:
        findings.findings(found, papers=len(subject.catalogue.papers), rules=len(chosen))
    if faults:
        raise InvalidCatalogueError(store.shown(path), faults)
    if found:
        raise typer.Exit(1)


def _set_apart(references: tuple[str, str], path: Path | None) -> None:
    """Remember that two papers are not the same."""
    with changing(path) as draft:
        papers = resolve.many(references, draft.catalogue.papers)
        if len(papers) == 1:
            raise RefusedError(f"both are {papers[0].key}: name two papers")
        new = checks.set_apart(draft, *papers)
    one, other = (paper.key for paper in papers)
    known = "" if new else " already"
    messages.answer(f"{one} and {other} are{known} different papers for papertrack check")


def _subject(path: Path) -> tuple[Subject, Sequence[Fault]]:
    """Return what is to be checked, and the faults that keep papers out of it."""
    text = (read(path) or b"").decode("utf-8", "surrogateescape")
    catalogue, faults = toml.read(text)
    files = {store.shown(file): _markdown(file) for file in _files(path, catalogue)}
    return Subject(catalogue=catalogue, text=text, today=today(), files=files), faults


def _fix(path: Path, ignored: AbstractSet[str], wanted: AbstractSet[str], *, quiet: bool) -> None:
    """Fix the catalogue and its files; show what was changed."""
    files = [file for file in _files(path, store.load(path).catalogue) if file.exists()]
    with store.edit_with_files(path, files, TYPED.get(), tell=messages.say) as change:
        before = {path: change.draft.text, **change.texts}
        rules = checks.chosen_rules(ignored, wanted, change.draft.catalogue)
        checks.fix(change.draft, today(), rules)
        if "stale-block" in rules:
            for file, text in change.texts.items():
                where = store.shown(file)
                change.texts[file] = checks.refreshed(text, change.draft.catalogue, where, today())
    after = {path: change.draft.text, **change.texts}
    for file, text in before.items():
        if not quiet:
            outcome.diff(text, after[file], store.shown(file))


def _files(path: Path, catalogue: Catalogue) -> list[Path]:
    """Return the Markdown files that `[markdown]` names, beside the catalogue."""
    return [path.parent / file for file in catalogue.files]


def _markdown(path: Path) -> str | None:
    data = read(path)
    return None if data is None else data.decode("utf-8", "replace")
