"""What is wrong with a list: one function per rule, each by its name.

The rules on its Markdown files stand here: stale blocks, and papers that stand in no block.
"""

import shlex
from collections.abc import Collection, Container, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from papertrack.catalogue.lines import locate
from papertrack.checks import duplicate_papers, field_values
from papertrack.checks.problems import Finding, Problem, Rule, Subject
from papertrack.errors import PapertrackError
from papertrack.folding import did_you_mean
from papertrack.models import Catalogue
from papertrack.patterns import pattern

if TYPE_CHECKING:
    from papertrack.catalogue.draft import Draft  # changing needs it, not looking

_SHOWN = 5
_LINE = pattern(r"([0-9]+): ")


def stale_block(subject: Subject) -> Iterator[Problem]:
    """Find stale blocks in the Markdown files that `[markdown]` names."""
    for file, text in subject.files.items():
        if text is None:
            line = locate(subject.text).of_setting("markdown", "files")
            advice = "correct the name, or take it out"
            yield Problem(f"[markdown] files names {file}, which is not there", advice, line=line)
        elif problem := _of_file(file, text, subject):
            yield problem


def no_block(subject: Subject) -> Iterator[Problem]:
    """Find papers that stand in no block of the files that `[markdown]` names, as one finding."""
    texts = {file: text for file, text in subject.files.items() if text is not None}
    if not texts:
        return
    from papertrack import blocks  # for lists with Markdown files only

    missing = blocks.missing(subject.catalogue, texts, today=subject.today)
    if not missing:
        return
    first, *others = (paper.key for paper in missing)
    more = f", nor do {len(others):,} more papers" if others else ""
    names = ", ".join(others[:_SHOWN]) + (" …" if len(others) > _SHOWN else "")
    files = ", ".join(texts) if len(texts) <= _SHOWN else f"{len(texts):,} files"
    yield Problem(
        f"stands in no block of {files}{more}{': ' if names else ''}{names}",
        "give it a tag, a lab or a status that a block asks for, or add a block that asks for it",
        first,
    )


def refreshed(text: str, catalogue: Catalogue, where: str, today: date) -> str:
    """Return the text with its blocks regenerated, or as it is if it is edited or broken."""
    from papertrack import blocks  # for lists with Markdown files only

    try:
        return blocks.render(text, catalogue, where=where, today=today).text
    except PapertrackError:  # `check` names it as a finding
        return text


def _of_file(file: str, text: str, subject: Subject) -> Problem | None:
    from papertrack import blocks  # for lists with Markdown files only
    from papertrack.blocks import LosingError

    export = f"papertrack export-markdown --into {shlex.quote(file)}"
    try:
        rendered = blocks.render(text, subject.catalogue, where=file, today=subject.today)
    except LosingError as error:
        return _placed(error.problem, file, error.advice)
    except PapertrackError as error:
        return _placed(error.message, file, f"then `{export}`")
    if not rendered.stale:
        return None
    first, *others = rendered.stale
    more = f"; {len(others)} more" if others else ""
    return _placed(f"{first}{more}", file, f"`{export}`")._replace(stale=True)


def _placed(message: str, file: str, advice: str) -> Problem:
    """Return the problem at the line that the message begins with: `README.md:37: …`."""
    bare = message.removeprefix(f"{file}:")
    if bare != message and (line := _LINE.match(bare)):
        return Problem(bare[line.end() :], advice, line=int(line[1]), file=file)
    return Problem(message, advice, file=file)


RULES: Mapping[str, Rule] = {
    "empty-title": field_values.empty_title,
    "empty-value": field_values.empty_value,
    "unknown-key": field_values.unknown_key,
    "key": field_values.key,
    "doi": field_values.doi,
    "arxiv": field_values.arxiv,
    "link": field_values.link,
    "duplicate": duplicate_papers.duplicate,
    "near-title": duplicate_papers.near_title,
    "distinct": duplicate_papers.distinct_keys,
    "other-lab": field_values.other_lab,
    "unlisted-lab": field_values.unlisted_lab,
    "venue-year": field_values.venue_year,
    "venue-spelling": field_values.venue_spelling,
    "misplaced-status": field_values.misplaced_status,
    "missing-year": field_values.missing_year,
    "year": field_values.year,
    "only-editors": field_values.only_editors,
    "date-order": field_values.date_order,
    "status-date": field_values.status_date,
    "stale-block": stale_block,
    "no-block": no_block,
}
"""Every rule by its name; fixes are made in this order, so that one can lead to the next."""


def rule_named(name: str) -> str:
    """Return the rule's name; PapertrackError where no rule has it."""
    if name in RULES:
        return name
    raise PapertrackError(f'no rule "{name}": {_instead(name)}')


def chosen_rules(
    ignored: Container[str], only: Collection[str], catalogue: Catalogue
) -> dict[str, Rule]:
    """Return the rules to look at: those named, else all that the catalogue does not ignore."""
    names = only or [name for name in RULES if name not in catalogue.ignore]
    return {name: RULES[name] for name in RULES if name in names and name not in ignored}


def check(subject: Subject, rules: Mapping[str, Rule] = RULES) -> list[Finding]:
    """Return what the rules find, by file and line."""
    problems = list(_problems(subject, rules))
    if not problems:
        return []
    lines = locate(subject.text)
    findings = [
        Finding(
            file=problem.file or subject.where,
            line=problem.line or (lines.of(problem.key, problem.field) if problem.key else 1),
            rule=rule,
            key=problem.key,
            message=problem.message,
            advice=problem.advice,
            fixable=problem.fix is not None or problem.stale,
        )
        for rule, problem in problems
    ]
    return sorted(findings, key=lambda it: (it.file != subject.where, it.file, it.line))


def fix(draft: "Draft", today: date, rules: Mapping[str, Rule] = RULES) -> None:
    """Put right in the catalogue what the rules find and can fix safely, rule after rule."""
    for rule in rules.values():
        subject = Subject(catalogue=draft.catalogue, text=draft.text, today=today)
        for problem in list(rule(subject)):
            if problem.fix:
                problem.fix(draft)


def _problems(subject: Subject, rules: Mapping[str, Rule]) -> Iterator[tuple[str, Problem]]:
    yield from ((name, problem) for name, rule in rules.items() for problem in rule(subject))
    for name in subject.catalogue.ignore:
        if name not in RULES:
            line = locate(subject.text).of_setting("check", "ignore")
            message = f'[check] ignores "{name}", which is not a rule'
            yield "unknown-key", Problem(message, _instead(name), line=line)


def _instead(name: str) -> str:
    return did_you_mean(name, RULES, f"the rules are {', '.join(RULES)}")
