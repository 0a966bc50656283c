"""What `check` found: a line each for programs, with the way to fix it below for people."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from papertrack.checks.problems import Finding, Rule
from papertrack.terminal.cells import fold
from papertrack.terminal.messages import answer, how_many, say
from papertrack.terminal.safe import one_line, visible
from papertrack.terminal.screen import Screen, is_terminal, screen, write


def findings(found: Sequence[Finding], *, papers: int, rules: int) -> None:
    """Print the findings on stdout, and on stderr how many there are of each kind."""
    if is_terminal(sys.stdout):
        write(shown(found, screen(sys.stdout)))
    else:
        write("".join(f"{one_line(_line(it))}\n" for it in found))
    say(summary(found) if found else f"{how_many(papers, 'paper')}, {rules} rules: all is well")


def rules(known: Mapping[str, Rule]) -> None:
    """Print the name of each rule, and what it finds."""
    width = max(map(len, known)) if is_terminal(sys.stdout) else 0
    for name, rule in known.items():
        finds = (rule.__doc__ or "").partition("\n")[0]
        answer(f"{name.ljust(width)}  {finds}" if width else f"{name}\t{finds}")


def findings_json(found: Sequence[Finding]) -> None:
    """Print the findings on stdout as a JSON array."""
    from papertrack.terminal.as_json import dumped  # needed for --json only

    write(dumped([it._asdict() for it in found]))


def shown(found: Sequence[Finding], screen: Screen) -> str:
    """Return what a person sees: where and which rule, what is wrong, and what to do."""
    lines = []
    for it in found:
        place = screen.paint(visible(f"{it.file}:{it.line}"), "bold")
        lines.append(f"{place}  {screen.paint(it.rule, 'yellow')}")
        lines += [f"  {line}" for line in fold(visible(_message(it)), screen.width - 2)]
        advice = fold(visible(_advice(it)), screen.width - 2)
        lines += [f"  {screen.paint(line, 'dim')}" for line in advice]
    return "".join(f"{line}\n" for line in lines)


def summary(found: Sequence[Finding]) -> str:
    """Return how many there are, of which rules, and what `--fix` would do."""
    counts = Counter(it.rule for it in found)
    kinds = ", ".join(f"{count:,} {rule}" for rule, count in counts.most_common())
    fixable = sum(it.fixable for it in found)
    fix = f"; papertrack check --fix fixes {fixable:,}" if fixable else ""
    return f"{how_many(len(found), 'finding')}: {kinds}{fix}"


def _line(it: Finding) -> str:
    return f"{it.file}:{it.line}: {it.rule}: {_message(it)}: {_advice(it)}"


def _message(it: Finding) -> str:
    return f'{it.message} (paper "{it.key}")' if it.key else it.message


def _advice(it: Finding) -> str:
    return f"{it.advice} (--fix does)" if it.fixable else it.advice
