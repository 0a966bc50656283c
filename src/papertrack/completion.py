"""What could follow the words typed so far: answers the shell at once, and never complains."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from papertrack import command_table
from papertrack.command_table import COMMANDS, Command

_LONGEST_HELP = 60
_STATUSES = ("to-read", "reading", "skimmed", "done", "dropped")
FIELDS = (
    "key", "name", "title", "authors", "lab", "venue", "year", "doi", "arxiv", "links", "tags",
    "status", "priority", "added", "started", "finished", "summary", "notes",
)  # fmt: skip
"""Those of `models`, which loads Pydantic; a test compares them."""
_OFTEN = ("lab", "status", "tag", "year", "venue", "has", "missing", "added", "finished")
"""What a query is likely to ask for, before all the others."""
_VALUES = {
    "--lab": "lab", "--status": "status", "--tag": "tag", "--add-tag": "tag",
    "--remove-tag": "tag", "--priority": "priority", "--on": "day", "--ignore": "rule",
    "--look": "look", "--unset": "field", "--set": "assignment", "--sort": "fields",
    "--columns": "fields", "--catalogue": "", "--into": "", "--svg": "", "--limit": "", "-n": "",
    "--number": "", "--seed": "", "--note": "", "--year": "",
}  # fmt: skip
_CLOSED = {
    "status": _STATUSES,
    "priority": ("1", "2", "3", "4", "5"),
    "day": ("today", "yesterday"),
}


class Choice(NamedTuple):
    """One thing that could stand here, and what it is."""

    value: str
    help: str = ""


def answer(environment: Mapping[str, str], words: list[str]) -> None:
    """Print the choices for the last word, in the shape that the shell of the script wants."""
    shell = environment.get("_PAPERTRACK_COMPLETE", "")
    try:
        lines = [_line(shell, choice, words[-1]) for choice in choices(words)]
    except Exception:  # noqa: BLE001 - a prompt is no place for errors: no choices then
        return
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))


def choices(words: list[str]) -> list[Choice]:
    """Return what could stand in place of the last word."""
    *before, word = words
    found = command_table.find(before)
    if found is None:
        return _commands(before, word)
    command, rest = found
    option = rest[-1] if rest else ""
    if option in _VALUES:
        return _value(_VALUES[option], word)
    if word.startswith("-") and ":" not in word:
        negated = _query(word, rest) if command.takes == command_table.QUERY and word != "-" else []
        return [*_starting(word, _options(command)), *negated]
    rest = [each for each in rest if each == "--all" or not each.startswith("-")]
    if not rest and command.name in {"labs", "tags"}:
        rename = Choice("rename", "Rename it, or merge two.")
        return [*_starting(word, [rename]), *_query(word, rest)]
    if "--all" in rest and (command.takes == command_table.REFERENCES or len(rest) > 1):
        return _query(word, rest)
    return _ARGUMENTS[command.takes](word, [each for each in rest if each != "--all"])


def _commands(before: list[str], word: str) -> list[Choice]:
    if before:
        return []
    return _starting(
        word,
        [Choice(row.name, row.help) for row in COMMANDS if " " not in row.name and not row.hidden],
    )


def _starting(word: str, all_choices: Iterable[Choice]) -> list[Choice]:
    folded = word.casefold()
    return [choice for choice in all_choices if choice.value.casefold().startswith(folded)]


def _options(command: Command) -> list[Choice]:
    from typer.core import TyperOption  # Typer is slow, and only it knows options

    from papertrack.cli import load

    options = [param for param in load(command).params if isinstance(param, TyperOption)]
    return [
        Choice(name, option.help or "")
        for option in options
        for name in option.opts
        if name.startswith("--")
    ]


def _value(kind: str, word: str) -> list[Choice]:
    """Return what could be the value of an option."""
    match kind:
        case "assignment":
            return _starting(word, [Choice(f"{field}=") for field in FIELDS])
        case "fields":
            *earlier, last = word.split(",")
            start = "".join(f"{each}," for each in earlier)
            sign = "-" if last.startswith("-") else ""
            fields = (Choice(f"{start}{sign}{field}") for field in (*FIELDS, "source"))
            return _starting(word, fields)
        case "look":
            markdown = _catalogue().get("markdown", {})
            return _starting(
                word,
                [
                    Choice(name)
                    for name in markdown
                    if isinstance(markdown[name], dict) and name not in {"statuses", "index"}
                ],
            )
        case "rule":
            from papertrack.checks import RULES  # slow, and only it knows rules

            rules = [
                Choice(name, (rule.__doc__ or "").split("\n")[0]) for name, rule in RULES.items()
            ]
            return _starting(word, rules)
        case _:
            return _starting(word, _named(kind))


def _named(field: str) -> list[Choice]:
    """Return the values that a field can have, labs and tags with their numbers of papers."""
    if field in _CLOSED:
        return [Choice(value) for value in _CLOSED[field]]
    if field in {"field", "has", "missing"}:
        return [Choice(name) for name in FIELDS]
    field = {"tags": "tag", "labs": "lab"}.get(field, field)
    if field not in {"lab", "tag"}:
        return []
    counts: dict[str, int] = {}
    for lab in _catalogue().get("labs", {}) if field == "lab" else ():
        counts[lab] = 0
    for paper in _papers():
        names = paper.get("tags", ()) if field == "tag" else [paper.get("lab")]
        for name in filter(None, names):
            counts[name] = counts.get(name, 0) + 1
    return [
        Choice(name, f"{count} paper" if count == 1 else f"{count} papers")
        for name, count in counts.items()
    ]


def _references(word: str, _: list[str]) -> list[Choice]:
    folded = word.casefold()
    found = []
    for paper in _papers():
        names = [paper[name] for name in ("key", "name", "title") if name in paper]
        if any(name.casefold().startswith(folded) for name in names):
            found.append(Choice(paper.get("key", paper["title"]), paper["title"]))
    return found


def _query(word: str, _: list[str]) -> list[Choice]:
    sign = "-" if word.startswith("-") else ""
    field, colon, value = word.removeprefix("-").partition(":")
    if not colon:
        names = dict.fromkeys((*_OFTEN, *FIELDS))
        return _starting(word, [Choice(f"{sign}{name}:") for name in names])
    *earlier, last = value.split(",")
    start = f"{sign}{field}:" + "".join(f"{each}," for each in earlier)
    values = [(choice, _quoted(choice.value)) for choice in _starting(last, _named(field))]
    return [Choice(f"{start}{text}", choice.help) for choice, text in values]


def _quoted(value: str) -> str:
    return f'"{value}"' if set(value) & set(' ,"') else value


def _status_first(word: str, rest: list[str]) -> list[Choice]:
    return _references(word, rest) if rest else _starting(word, _named("status"))


_ARGUMENTS: dict[str, Callable[[str, list[str]], list[Choice]]] = {
    command_table.REFERENCES: _references,
    command_table.QUERY: _query,
    command_table.STATUS: _status_first,
    command_table.LAB: lambda word, _: _starting(word, _named("lab")),
    command_table.TAG: lambda word, _: _starting(word, _named("tag")),
    command_table.TOPIC: lambda word, _: _starting(
        word,
        [Choice("query"), Choice("catalogue"), Choice("markdown"), *_commands([], "")],
    ),
    command_table.SHELL: lambda word, _: _starting(
        word, [Choice("bash"), Choice("zsh"), Choice("fish")]
    ),
    command_table.FILES: lambda _word, _rest: [],
    "": lambda _word, _rest: [],
}


def _catalogue() -> dict[str, Any]:
    """Return what TOML says, of any type: to complete a word, it need not be valid."""
    from papertrack import finding  # not needed for commands and options
    from papertrack.toml import loads

    return loads(finding.find(None).read_text(encoding="utf-8-sig"))


def _papers() -> list[dict[str, Any]]:
    papers: list[dict[str, Any]] = _catalogue().get("paper", [])
    return papers


def words_typed(environment: Mapping[str, str], arguments: list[str]) -> list[str]:
    """Return the words up to the cursor, the last one begun or empty.

    bash gives the line as it stands, since it takes colons for the ends of words.
    """
    line = environment.get("_PAPERTRACK_LINE")
    if line is None:
        return arguments or [""]
    import shlex  # for bash only

    try:
        words = shlex.split(line)
    except ValueError:  # a quote is still open
        words = line.split()
    return [*words[1:], *([""] if line.endswith(" ") else [])] or [""]


def _line(shell: str, choice: Choice, word: str) -> str:
    """Return the choice as the script of this shell reads it."""
    value, about = choice.value, " ".join(choice.help.split())[:_LONGEST_HELP]
    if shell == "zsh":
        return value.replace(":", "\\:") + (f":{about}" if about else "")
    if shell == "fish":
        return f"{value}\t{about}"
    behind_colon = word.rfind(":") + 1  # bash takes a colon for the end of a word
    begun = value.endswith(":")
    return _escaped(value[behind_colon:]) + ("" if begun else " ")


def _escaped(value: str) -> str:
    return "".join(f"\\{sign}" if sign in " \"'\\$`&|;<>()*?[]#~!{}" else sign for sign in value)


def main() -> None:
    """Answer the shell."""
    answer(os.environ, words_typed(os.environ, sys.argv[1:]))
