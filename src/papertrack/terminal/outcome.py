"""What became of what a command changed or read: papers, fields, files, rows."""

import shlex
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from papertrack import terminal
from papertrack.errors import how_many, on_one_line
from papertrack.models import FIELDS, Paper
from papertrack.terminal import console, visible, write
from papertrack.terminal.console import shortened, words
from papertrack.terminal.tables import Column, known, table, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from papertrack.markdown.rows import Table, Unread

_LONG = 20
_FEW = 10
_LONG_VALUE = 60
_LONG_WORDS = 40
_FEW_LINES = 5
"""So many items that lie apart are named by their lines."""
_NO_END = "\\ No newline at end of file\n"
_PIPED = "-"  # the name of what is piped


def affected(papers: Sequence[Paper]) -> None:
    """List the papers that a change would touch, the first twenty of them, as they are."""
    columns = [Column("", "cyan"), Column(""), Column("")]
    rows = [(f"  {visible(it.key)}", words(it.status), visible(it.title)) for it in papers[:_LONG]]
    screen = console.console(sys.stderr)
    console.show(table(columns, rows, screen, header=False), screen)
    if len(papers) > _LONG:
        terminal.say(f"  and {len(papers) - _LONG:,} more")


def changed(before: Paper, after: Paper) -> None:
    """Say on stdout what each field of the paper is now, and what it was."""
    name = visible(after.name or after.key)
    for line in difference(before, after) or ["nothing to change"]:
        terminal.answer(f"{name}: {line}")


def difference(before: Paper, after: Paper) -> list[str]:
    """Return a line for each field that differs: `year 2023 (was 2022)`."""
    lines = []
    for name in _names(before, after):
        old, new = value(before, name), value(after, name)
        was, now = (visible(on_one_line(text, _LONG_VALUE)) for text in (old, new))
        if getattr(before, name, old) == getattr(after, name, new):
            continue
        if not now:
            lines.append(f"no {name} any more (was {was})")
        elif not was:
            lines.append(f"{name} {now}")
        elif was == now or len(was) + len(now) > _LONG_VALUE:
            lines.append(f"tags {visible(new)}" if name == "tags" else f"{name} changed")
        else:
            lines.append(f"{name} {now} (was {was})")
    return lines


def updated(papers: Sequence[tuple[Paper, Paper]]) -> list[str]:
    """Return a line for each paper that changed, for the first of many, and how many more."""
    lines = [
        f"{after.key}: {', '.join(difference(before, after))}" for before, after in papers[:_FEW]
    ]
    more = len(papers) - _FEW
    return [*lines, f"and {more:,} more"] if more > 0 else lines


def changed_values(papers: Iterable[tuple[Paper, Paper]]) -> list[dict[str, object]]:
    """Return each field that differs, own columns too, with its values, for programs."""
    return [
        {
            "key": after.key,
            "field": name,
            "before": known(before, name),
            "after": known(after, name),
        }
        for before, after in papers
        for name in _names(before, after)
        if known(before, name) != known(after, name)
    ]


def _names(before: Paper, after: Paper) -> list[str]:
    """Return the names of the fields, and of the texts in both papers' sub-tables."""
    texts = [f"column:{name}" for name in {**before.columns, **after.columns}]
    texts += [f"bibtex:{name}" for name in {**before.bibtex, **after.bibtex}]
    return [*FIELDS, *texts]


def diff(*files: tuple[str, str, str], paged: bool = False) -> None:
    """Print how files differ on stdout: in colours at a terminal, as `patch` reads it in a pipe.

    Of each file come its text before, its text after, and its name.
    """
    text = "".join(unified(*file) for file in files)
    if screen := terminal.screen():
        console.show(coloured(text), screen, paged=paged)
    else:
        write(text)


def unified(before: str, after: str, name: str) -> str:
    """Return the unified difference with both line ends kept; empty where there is none."""
    from difflib import unified_diff  # slow to import, needed for --diff only

    if before == after:
        return ""
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines)


def coloured(text: str) -> "Iterator[Text]":
    """Yield the lines of a unified difference as a person sees them."""
    styles = {"+": "green", "-": "red", "@": "cyan", "\\": "dim"}
    for each in _lines(text):
        line = visible(each.removesuffix("\n").removesuffix("\r"), lines=True)
        heading = line.startswith(("--- ", "+++ "))
        yield console.styled(line, "bold" if heading else styles.get(line[:1], ""))


def _lines(text: str) -> list[str]:
    """Return the lines with their ends: only a line feed ends one, as for git and patch."""
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])


def unread_line(file: str, run: "Unread", tables: "Sequence[Table]") -> str:
    """Return a run of rows with what to do: `list.md:40-51: 12 items under "Vision" not read`.

    `tables` are all of the file.
    """
    from papertrack.markdown.rows import Unclear  # only an import leaves rows out

    at = f"{file}:{run.line}" + (f"-{run.last}" if run.last > run.line else "")
    what = how_many(run.size, "item" if run.items else "row") if run.size else "a table"
    if run.items and run.size == 1 and run.reason != Unclear.ADDRESSES_ALONE:
        what = _first_words(run, tables) or what
    rows = (row for table in tables for row in table.rows if row.reason == run.reason)
    lines = [row.line for row in rows if run.line <= row.line <= run.last]
    if 1 < run.size == len(lines) <= _FEW_LINES and lines[-1] - lines[0] >= run.size:
        what += f" (lines {', '.join(map(str, lines))})"
    under = f' under "{run.section}"' if run.section else ""
    one, piped = run.size == 1, piped_to_add(file, tables)
    if run.reason == Unclear.ADDRESSES_ALONE:
        are = "is an address" if one else "are addresses"
        titles = "its title" if one else "their titles" if piped else "titles"
        add = f"{piped or 'ADDRESS'} looks {titles} up"
        return f"{at}: {what}{under} {are} alone: papertrack add {add}"
    if run.reason == Unclear.TITLES_ALONE:
        look = "looks like a title" if one else "look like titles"
        add = f"{piped} takes a paper a line" if piped else "TITLE adds one"
        return f"{at}: {what}{under} {look} alone: papertrack add {add}"
    hint = ""
    if run.reason == Unclear.SEVERAL:
        hint = f": papertrack add {piped or _PIPED} takes a paper a line"
    elif run.reason == Unclear.IDENTIFIED:
        hint = ": papertrack add ID looks a paper up"
    nothing = "it says nothing" if run.size < 2 else "they say nothing"
    return f"{at}: {what}{under} not read: {run.reason or nothing}{hint}"


def _first_words(run: "Unread", tables: "Sequence[Table]") -> str:
    """Return the first words of a run's first item in quotes, or nothing where it has none."""
    from papertrack.markdown.inline import visible_text  # only an import leaves rows unread

    texts = (row.text for table in tables for row in table.rows if row.line == run.line)
    words = visible_text(next(texts, "").partition("\n")[0])
    return f'"{shortened(words, _LONG_WORDS)}"' if words else ""


def piped_to_add(file: str, tables: "Sequence[Table]") -> str:
    """Return how `papertrack add` reads a file that has nothing but addresses and titles.

    Nothing where it has something else.
    """
    from papertrack.markdown.rows import Unclear  # only an import leaves rows out

    if any(row.papers for table in tables for row in table.rows):  # nearly always, and soon seen
        return ""
    reasons = {run.reason for table in tables for run in table.unread}
    if not reasons or reasons - {Unclear.ADDRESSES_ALONE, Unclear.TITLES_ALONE, Unclear.SEVERAL}:
        return ""
    return _PIPED if file == _PIPED else f"{_PIPED} < {shlex.quote(file)}"
