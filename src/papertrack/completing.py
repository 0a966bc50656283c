"""What could follow the words typed so far: answers the shell at once, and never complains.

Typer is loaded for the options of a command only; names of commands come from the literal table,
labs, tags and papers from the catalogue, which need not be valid.
"""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from papertrack import commands
from papertrack.commands import COMMANDS, Command
from papertrack.errors import PapertrackError, how_many

FILES_BELONG = 3
"""The exit status that tells the shell to offer file names."""
FIELDS = (
    "key", "name", "title", "authors", "lab", "venue", "year", "doi", "arxiv", "links", "tags",
    "status", "priority", "added", "started", "finished", "summary", "notes",
)  # fmt: skip
"""Those of `models`, which loads Pydantic; a test compares them."""
_LONGEST_HELP = 60
_OFTEN = ("lab", "status", "tag", "year", "venue", "has", "missing", "added", "finished")
"""What a query is likely to ask for, before all the others."""
_CATALOGUE = "--catalogue"
_DISTINCT = "--distinct"
"""The option with two values."""
_VALUES = {
    "--lab": "lab", "--status": "status", "--tag": "tag", "--add-tag": "tag",
    "--remove-tag": "tag", "--author": "author", "--priority": "priority", "--on": "day",
    "--ignore": "rule", "--only": "rule", _DISTINCT: "reference", "--look": "look",
    "--unset": "field", "--set": "assignment",
    "--sort": "fields", "--columns": "fields", _CATALOGUE: "files", "--into": "files",
    "--svg": "files", "--link-to": "files",
    "--headings": "headings", "--as": "format", "--citation-keys": "citation keys",
    "--fields": "fields",
    **dict.fromkeys(
        """--limit -n --number --seed --note --notes --year --name --venue --doi --arxiv --link
        --summary --key --map --table --without""".split(), "",
    ),
}  # fmt: skip
"""What the value of each option is, since asking Typer takes time; a test compares them."""
_CLOSED = {
    "status": ("to-read", "reading", "skimmed", "done", "dropped"),
    "priority": ("1", "2", "3", "4", "5"),
    "day": ("today", "yesterday"),
    "shell": ("bash", "zsh", "fish"),
    "headings": ("lab", "tag", "status", "none"),
    "citation keys": ("key", "author-year"),
}


class Choice(NamedTuple):
    """One thing that could stand here, and what it is."""

    value: str
    help: str = ""


class FilesBelongHere(Exception):  # noqa: N818 - it is no error
    """The word is the name of a file, which the shell knows best."""


def main() -> int:
    """Answer the shell; return the exit status, which says whether file names belong here."""
    shell = os.environ.get("_PAPERTRACK_COMPLETE", "")
    words, quoted = words_typed(os.environ, sys.argv[1:])
    try:
        lines = [_line(shell, choice, words[-1], quoted) for choice in choices(words)]
    except FilesBelongHere:
        return FILES_BELONG
    except Exception:  # noqa: BLE001 - a prompt is no place for errors: no choices then
        return 0
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    return 0


def choices(words: Sequence[str]) -> list[Choice]:
    """Return what could stand in place of the last word; FilesBelongHere for a file's name."""
    before, word, path = _without_catalogue(words)
    known = _KnownValues(path)
    if not before:
        first = (_CATALOGUE, "--help", "--version") if word.startswith("-") else ()
        return _starting(word, [*_commands(), *map(Choice, first)])
    try:
        command, rest = commands.command_for(before)
    except PapertrackError:  # `keys`, before `shorten`
        return _starting(word, _second_words(" ".join(before)))
    option, equals, value = word.partition("=")
    if equals and option in _VALUES:
        values = _value(_kind(command, option), value, known)
        return [Choice(f"{option}={choice.value}", choice.help) for choice in values]
    last = _DISTINCT if _DISTINCT in rest[-2:] else rest[-1] if rest else ""
    if last in _VALUES:
        return _value(_kind(command, last), word, known)
    negates = command.takes in {commands.QUERY, commands.TAGGING} and word != "-"
    if word.startswith("-") and ":" not in word:
        options = _starting(word, _options(command))
        return [*options, *_argument(command, word, rest, known)] if negates else options
    return _argument(command, word, rest, known)


def _without_catalogue(words: Sequence[str]) -> tuple[list[str], str, Path | None]:
    """Return the words before the cursor and the one at it, and the catalogue that they name."""
    *typed, word = words
    before: list[str] = []
    path = None
    while typed:
        first, equals, value = typed.pop(0).partition("=")
        if first != _CATALOGUE:
            before.append(f"{first}{equals}{value}")
        elif equals or typed:
            path = Path(value if equals else typed.pop(0)).expanduser()
        else:
            raise FilesBelongHere
    if word.startswith(f"{_CATALOGUE}="):
        raise FilesBelongHere
    return before, word, path


def _argument(
    command: Command, word: str, rest: Sequence[str], known: "_KnownValues"
) -> list[Choice]:
    takes, queried = command.takes, "--all" in rest
    rest = [each for each in rest if not each.startswith("-")]
    if takes == commands.STATUS:
        takes = commands.REFERENCES if rest else "status"
    match takes:
        case commands.FILES:
            raise FilesBelongHere
        case commands.TAGGING if word[:1] in {"+", "-"}:
            tags = [Choice(f"{word[0]}{it.value}", it.help) for it in known.values("tag")]
            return _starting(word, tags)
        case commands.REFERENCES | commands.TAGGING:
            return _query(word, known) if queried else known.references(word)
        case commands.QUERY:
            second = [] if rest else _second_words(command.name)
            return [*_starting(word, second), *_query(word, known)]
        case commands.TOPIC:
            from papertrack.commands.help import SCHEMA, TOPICS  # not needed for other commands

            return _starting(word, [*map(Choice, (*TOPICS, SCHEMA)), *_commands()])
        case _:
            return _starting(word, known.values(takes))


def _commands() -> list[Choice]:
    shown = {row.name.split()[0]: row for row in reversed(COMMANDS) if not row.hidden}
    return [Choice(name, row.help) for name, row in reversed(shown.items())]


def _second_words(first: str) -> list[Choice]:
    rows = [row for row in COMMANDS if row.name.startswith(f"{first} ")]
    return [Choice(row.name.removeprefix(f"{first} "), row.help) for row in rows]


def _starting(word: str, all_choices: Iterable[Choice]) -> list[Choice]:
    folded = word.casefold()
    return [choice for choice in all_choices if choice.value.casefold().startswith(folded)]


def _options(command: Command) -> list[Choice]:
    from papertrack.cli import load  # Typer is slow, and only it knows options

    options = load(command).options.items()
    return [Choice(name, option.help or "") for name, option in options if name.startswith("--")]


def _kind(command: Command, option: str) -> str:
    kind = _VALUES[option]
    return "format read" if kind == "format" and command.name == "import" else kind


def _value(kind: str, word: str, known: "_KnownValues") -> list[Choice]:
    match kind:
        case "files":
            raise FilesBelongHere
        case "reference":
            return known.references(word)
        case "assignment":
            field, equals, value = word.partition("=")
            if not equals:
                return _starting(word, [Choice(f"{field}=") for field in FIELDS])
            values = _starting(value, known.values(field))
            return [Choice(f"{field}={choice.value}", choice.help) for choice in values]
        case "fields":
            *earlier, last = word.split(",")
            start = "".join(f"{each}," for each in earlier)
            sign = "-" if last.startswith("-") else ""
            return _starting(word, [Choice(f"{start}{sign}{it}") for it in (*FIELDS, "source")])
        case "rule":
            from papertrack.checks import RULES  # slow, and only it knows rules

            about = {name: (rule.__doc__ or "").split("\n")[0] for name, rule in RULES.items()}
            return _starting(word, [Choice(*rule) for rule in about.items()])
        case _:
            return _starting(word, known.values(kind))


def _query(word: str, known: "_KnownValues") -> list[Choice]:
    sign = "-" if word.startswith("-") else ""
    field, colon, value = word.removeprefix("-").partition(":")
    if not colon:
        names = dict.fromkeys((*_OFTEN, *FIELDS))
        return _starting(word, [Choice(f"{sign}{name}:") for name in names])
    *earlier, last = value.split(",")
    start = f"{sign}{field}:" + "".join(f"{each}," for each in earlier)
    people = known.family_names() if field in {"author", "authors"} else []
    values = _starting(last.removeprefix('"'), [*people, *known.values(field)])
    # Spaces alone are the shell's business; these signs a term must hold in quotes.
    quoted = {it: f'"{it.value}"' if set(it.value) & set(',":') else it.value for it in values}
    return [Choice(f"{start}{value}", choice.help) for choice, value in quoted.items()]


class _KnownValues:
    """What the catalogue knows, of any type: to complete a word, it need not be valid."""

    def __init__(self, path: Path | None) -> None:
        """Take the path that was typed; the file is read when it is needed."""
        self._path = path

    def values(self, kind: str) -> list[Choice]:
        """Return the values of this kind: of a field of queries and of `--set`, or an option's."""
        kind = {"tag": "tags", "labs": "lab", "author": "authors"}.get(kind, kind)
        match kind:
            case "field" | "has" | "missing":
                return [Choice(name) for name in FIELDS]
            case "look":
                looks = _table(self._data, "markdown")
                names = [name for name in looks if isinstance(looks[name], dict)]
                return [Choice(name) for name in names if name != "statuses"]
            case "lab":
                return _counted(
                    [[_text(it, "lab")] for it in self._papers], _table(self._data, "labs")
                )
            case "format" | "format read":
                from papertrack.formats import TABLE  # slow, and only it knows formats

                reads = kind == "format read"
                return [
                    Choice(it) for it, its in TABLE.items() if (its.reads if reads else its.writes)
                ]
            case "tags" | "authors":
                return _counted([_texts(it, kind) for it in self._papers])
            case _:
                return [Choice(value) for value in _CLOSED.get(kind, ())]

    def family_names(self) -> list[Choice]:
        """Return the family names of the authors, by which people know them."""
        from papertrack.authors import family_names  # needed for authors only

        papers = [_texts(paper, "authors") for paper in self._papers]
        families = [dict.fromkeys(family_names(names)) for names in papers]
        return [it for it in _counted(families) if " " not in it.value]

    def references(self, word: str) -> list[Choice]:
        """Return the keys of the papers whose key, name or title begins with the word."""
        folded = word.casefold()
        meant = []
        for paper in self._papers:
            names = [_text(paper, name) for name in ("key", "name", "title")]
            if any(name.casefold().startswith(folded) for name in names if name):
                meant.append(Choice(names[0] or names[2] or names[1], names[2]))
        return meant

    @cached_property
    def _data(self) -> dict[str, object]:
        from papertrack.store import find  # not needed for commands and options
        from papertrack.toml import loads

        return loads(find(self._path).read_text(encoding="utf-8-sig"))

    @property
    def _papers(self) -> list[dict[str, object]]:
        papers = self._data.get("paper")
        return [it for it in papers if isinstance(it, dict)] if isinstance(papers, list) else []


def _table(data: Mapping[str, object], name: str) -> dict[str, object]:
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


def _texts(data: Mapping[str, object], name: str) -> list[str]:
    values = data.get(name)
    return [it for it in values if isinstance(it, str)] if isinstance(values, list) else []


def _counted(names: Iterable[Iterable[str]], known: Iterable[str] = ()) -> list[Choice]:
    counts = dict.fromkeys(known, 0)
    for some in names:
        for name in filter(None, some):
            counts[name] = counts.get(name, 0) + 1
    return [Choice(name, how_many(it, "paper")) for name, it in counts.items()]


def words_typed(environment: Mapping[str, str], arguments: list[str]) -> tuple[list[str], int]:
    """Return the words up to the cursor, the last one begun or empty, and where its quote opens.

    bash gives the line as it stands, since it takes colons and equals signs for the ends of words.
    -1 where no quote is open.
    """
    line = environment.get("_PAPERTRACK_LINE")
    if line is None:
        *before, word = arguments or [""]
        return [*before, word.lstrip("\"'")], -1  # zsh leaves a quote that is still open
    import shlex  # for bash only

    for quote in ("", '"', "'"):
        with suppress(ValueError):  # another quote is open
            words = shlex.split(f"{line}{quote}")[1:]
            if not quote:
                return [*words, ""] if line.endswith(" ") or not words else words, -1
            inside = line.rpartition(quote)[2]
            return words, len(words[-1]) - len(inside)
    return [""], -1


def _line(shell: str, choice: Choice, word: str, quoted: int) -> str:
    value, about = choice.value, " ".join(choice.help.split())[:_LONGEST_HELP]
    if shell == "zsh":
        return value.replace("\\", "\\\\").replace(":", "\\:") + (f":{about}" if about else "")
    if shell == "fish":
        return f"{value}\t{about}"
    if quoted >= 0:  # bash closes the quote itself
        return value[quoted:]
    breaks = os.environ.get("_PAPERTRACK_BREAKS", ":=")  # what bash takes for the ends of words
    behind = max(word.rfind(sign) for sign in ":=") + 1 if set(":=") & set(breaks) else 0
    begun = value.endswith((":", "="))
    signs = (f"\\{it}" if it in " \"'\\$`&|;<>()*?[]#~!{}" else it for it in value[behind:])
    return "".join(signs) + ("" if begun else " ")
