"""papertrack check."""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from papertrack import checks, resolve, store, terminal
from papertrack.catalogue import parse
from papertrack.checks.duplicate_papers import set_apart
from papertrack.checks.problems import Finding, Subject
from papertrack.errors import Fault, InvalidCatalogueError, RefusedError, how_many
from papertrack.files import as_typed, read
from papertrack.models import Catalogue
from papertrack.session import TYPED, Json, NoPager, catalogue_path, changing, flag, option, today
from papertrack.terminal import console, outcome, tabbed, visible, write
from papertrack.terminal.console import paragraph, styled
from papertrack.terminal.tables import Column, dumped, table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

EXAMPLES = (
    "papertrack check",
    "papertrack check --fix",
    "papertrack check --ignore missing-year --ignore near-title",
    "papertrack check --distinct deep-learning deep-learning-2",
    "papertrack check --only stale-block --only duplicate",
)

Ignore = Annotated[
    list[str] | None, option("--ignore", "RULE", "Leave a rule out; may be repeated.")
]
Distinct = Annotated[
    tuple[str, str] | None,
    option(
        "--distinct", "PAPER PAPER", "Remember that these two are different papers, however alike."
    ),
]
Only = Annotated[
    list[str] | None, option("--only", "RULE", "Check only this rule; may be repeated.")
]


def check(
    *,
    fix: Annotated[bool, flag("--fix", "Fix what is safe to fix; show the diff.")] = False,
    ignore: Ignore = None,
    distinct: Distinct = None,
    only: Only = None,
    rules: Annotated[bool, flag("--rules", "List the rules and what they find.")] = False,
    no_pager: NoPager = False,
    as_json: Json = False,
) -> None:
    """Check the list for problems and fix them."""
    if rules:
        _show_rules(paged=not no_pager)
        return
    if distinct:
        _set_apart(distinct)
        return
    path = catalogue_path()
    ignored = {checks.rule_named(name) for name in ignore or ()}
    wanted = {checks.rule_named(name) for name in only or ()}
    if fix:
        files = _fix(path, ignored, wanted)
        if not as_json:
            outcome.diff(*files, paged=not no_pager)
    subject, faults = subject_of(path)
    chosen = checks.chosen_rules(ignored, wanted, subject.catalogue)
    findings = checks.check(subject, chosen)
    # --fix changes a whole catalogue only
    findings = [it._replace(fixable=it.fixable and not faults) for it in findings]
    if as_json:
        write(dumped([it._asdict() for it in findings]))
    elif findings or not faults:
        if screen := terminal.screen():
            console.show(layout(findings, screen), screen, paged=not no_pager)
        else:
            lines = (
                f"{it.file}:{it.line}: {it.rule}: {_message(it)}: {_advice(it)}" for it in findings
            )
            write("".join(f"{visible(line)}\n" for line in lines))
        looked_at = how_many(len(subject.catalogue.papers), "paper")
        well = f"{looked_at}, {how_many(len(chosen), 'rule')}: all is well"
        terminal.say(summary(findings) if findings else well)
    if faults:
        raise InvalidCatalogueError(subject.where, faults)
    if findings:
        raise typer.Exit(1)


def _set_apart(references: tuple[str, str]) -> None:
    with changing() as draft:
        papers = resolve.many(references, draft.catalogue.papers)
        if len(papers) == 1:
            raise RefusedError(f"both are {papers[0].key}: name two papers")
        new = set_apart(draft, *papers)
    one, other = (paper.key for paper in papers)
    known = "" if new else " already"
    terminal.answer(f"{one} and {other} are{known} different papers for papertrack check")


def subject_of(path: Path) -> tuple[Subject, Sequence[Fault]]:
    """Return what is to be checked, and the faults that keep papers out of it.

    While papers are left out, no block can be compared with what it should be.
    """
    text = store.load_text(path)
    catalogue, faults, data = parse(text)
    held = {as_typed(it): read(it) for it in ([] if faults else _files(path, catalogue))}
    files = {
        name: None if it is None else it.decode("utf-8", "replace") for name, it in held.items()
    }
    subject = Subject(
        catalogue=catalogue, text=text, where=as_typed(path), today=today(), data=data, files=files
    )
    return subject, faults


def _fix(
    path: Path, ignored: AbstractSet[str], wanted: AbstractSet[str]
) -> list[tuple[str, str, str]]:
    """Fix the catalogue and its files; return each one's text before and after, and its name."""
    files = [file for file in _files(path, store.load(path).catalogue) if file.exists()]
    with store.edit_with_files(path, files, TYPED.get(), tell=terminal.say) as change:
        before = {path: change.draft.text, **change.texts}
        rules = checks.chosen_rules(ignored, wanted, change.draft.catalogue)
        checks.fix(change.draft, today(), rules)
        if "stale-block" in rules:
            for file, text in change.texts.items():
                where = as_typed(file)
                change.texts[file] = checks.refreshed(text, change.draft.catalogue, where, today())
    after = {path: change.draft.text, **change.texts}
    return [(text, after[file], as_typed(file)) for file, text in before.items()]


def _files(path: Path, catalogue: Catalogue) -> list[Path]:
    return [path.parent / file for file in catalogue.files]


def layout(findings: Sequence[Finding], screen: "Console") -> "Iterator[Text]":
    """Yield what a person sees: where and which rule, what is wrong, and what to do."""
    for finding in findings:
        place = styled(visible(f"{finding.file}:{finding.line}"), "bold")
        yield place.append("  ", "not bold").append(finding.rule, "not bold yellow")
        yield from paragraph(visible(_message(finding)), screen.width, indent="  ")
        yield from paragraph(visible(_advice(finding)), screen.width, "dim", "  ")


def summary(findings: Sequence[Finding]) -> str:
    """Return how many there are, of which rules, and what `--fix` would do."""
    fixable = sum(it.fixable for it in findings)
    fix = f"; papertrack check --fix fixes {fixable:,}" if fixable else ""
    return f"{how_many(len(findings), 'finding')}: {kinds(findings)}{fix}"


def kinds(findings: Sequence[Finding]) -> str:
    """Return the rules that found something, the most frequent first, each with its number."""
    counts = Counter(it.rule for it in findings).most_common()
    if len(counts) == 1:  # the number of all findings is said beside it
        return counts[0][0]
    return ", ".join(f"{count:,} {rule}" for rule, count in counts)


def _show_rules(*, paged: bool) -> None:
    rows = [(name, (rule.__doc__ or "").partition("\n")[0]) for name, rule in checks.RULES.items()]
    if screen := terminal.screen():
        columns = (Column("", "yellow", most=max(len(name) for name, _ in rows)), Column(""))
        console.show(table(columns, rows, screen, header=False, wrap=True), screen, paged=paged)
    else:
        write(tabbed(rows))


def _message(finding: Finding) -> str:
    return f'{finding.message} (paper "{finding.key}")' if finding.key else finding.message


def _advice(finding: Finding) -> str:
    return f"{finding.advice} (--fix does)" if finding.fixable else finding.advice
