"""What an import did: the account of its rows, and what somebody should know of."""

from collections.abc import Sequence

from papertrack.importing import account, adopting
from papertrack.importing.files import Outcome
from papertrack.terminal import report
from papertrack.terminal.messages import answer, say
from papertrack.terminal.report import FileReport, Totals


def taken_in(outcome: Outcome, *, dry_run: bool) -> None:
    """Print the account on stdout; doubts, differences and what became of tables on stderr."""
    plan = outcome.plan
    for line in account.remarks(plan):
        say(line)
    for left in outcome.left:
        say(f"{left.file}:{left.line}: left as it is: {left.reason}")
    files = [FileReport(file, tables) for file, tables in account.tables_by_file(plan)]
    totals = Totals(
        added=len(plan.added),
        updated=len(plan.updated),
        unchanged=len(plan.unchanged),
        duplicates=len(plan.duplicates),
        rescued=sum(table.rescued for file in files for table in file.tables),
    )
    if not outcome.written and not dry_run:
        _nothing(outcome, files)
        return
    into = f"{outcome.where}, a new catalogue" if outcome.created else outcome.where
    report.imported(files, totals, dry_run=dry_run, into=into)
    for adopted, brought in outcome.adopted:
        answer(adopting.remark(adopted, brought))
    if outcome.adopted:
        say("in the blocks white space, line breaks and sources are spelled one way")
    advice = account.advice(plan)
    if advice:
        say(advice)


def _nothing(outcome: Outcome, files: Sequence[FileReport]) -> None:
    """Print the account of an import that wrote nothing, though it was to."""
    for file in files:
        answer(report.account(file))
    for doubt in outcome.plan.all_doubts:
        say(f"{doubt.place}: {doubt.message}: {doubt.suggestion}")
    if not outcome.refused:
        answer("nothing to add, so no catalogue is made")


def taken_in_json(outcome: Outcome) -> None:
    """Print the account on stdout as JSON."""
    from papertrack.terminal.as_json import dumped  # needed for --json only

    blocks = [
        {
            "file": adopted.file,
            "line": adopted.table.line,
            "query": adopted.query,
            "look": adopted.look,
            **brought._asdict(),
        }
        for adopted, brought in outcome.adopted
    ]
    answer(dumped({**account.as_data(outcome.plan), "adopted": blocks}))
