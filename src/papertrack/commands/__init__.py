"""The commands: a literal table, so that their names are known before any is loaded.

A new command is a module here and a row below; its help begins with the row's.
"""

from collections.abc import Sequence
from typing import NamedTuple

from papertrack.errors import PapertrackError

LOOK, READ, CHANGE, SHARE, CARE = "Look", "Read", "Change", "Import and export", "Maintain"

REFERENCES, QUERY, TAGGING = "references", "query", "references and tags"
STATUS, LAB, TAG, FILES, TOPIC, SHELL = "status", "lab", "tag", "files", "topic", "shell"


class Command(NamedTuple):
    """One row: what is typed, where it lives, and what it does."""

    name: str
    """One word, or two: `labs rename`."""
    place: str
    """Its module in `papertrack.commands` and its function there: `mark:done`."""
    help: str
    """The first sentence of the function's docstring."""
    group: str
    takes: str = ""
    """What its words are, for completion: references, a query, a status first, a lab, files."""
    aliases: tuple[str, ...] = ()
    """Other names that do the same."""
    hidden: bool = False
    """Whether it is left out of lists."""
    of_list: bool = True
    """Whether it is about a catalogue, which `--catalogue` names."""


COMMANDS = (
    Command("list", "list:list_", "List all papers, or those that a query names.",
            LOOK, QUERY, aliases=("ls", "search")),
    Command("filter-by-lab", "list:filter_by_lab", "Show one lab's papers.", LOOK, LAB),
    Command("show", "show:show", "Show everything about one paper.", LOOK, REFERENCES),
    Command("next", "next:next_", "Suggest what to read next, and why.", LOOK, QUERY),
    Command("stats", "stats:stats", "Show progress and pace as pictures.", LOOK, QUERY),
    Command("labs", "stats:labs", "List the labs with their other names and their progress.",
            LOOK, QUERY),
    Command("tags", "stats:tags", "List the tags with their progress.", LOOK, QUERY),
    Command("open", "show:open_", "Open a paper in the browser: at arXiv, its DOI or a link.",
            LOOK, REFERENCES),
    Command("start", "mark:start", "Mark papers as being read.", READ, REFERENCES),
    Command("done", "mark:done", "Mark papers as read.", READ, REFERENCES, aliases=("mark-done",)),
    Command("skim", "mark:skim", "Mark papers as skimmed.", READ, REFERENCES),
    Command("drop", "mark:drop", "Mark papers as dropped: you will not read them.",
            READ, REFERENCES),
    Command("mark", "mark:mark", "Set the status of papers.", READ, STATUS),
    Command("triage", "triage:triage", "Decide what to read, one key for each paper.", READ, QUERY),
    Command("add", "add:add", "Add a paper.", CHANGE),
    Command("edit", "edit:edit", "Change papers, in an editor or by options.", CHANGE, REFERENCES),
    Command("tag", "edit:tag", "Add tags to papers, or remove them.", CHANGE, TAGGING),
    Command("priority", "edit:priority", "Set how soon to read papers: 1 first, 5 last.",
            CHANGE, REFERENCES),
    Command("note", "edit:note", "Add a dated line to a paper's notes.", CHANGE, REFERENCES),
    Command("remove", "edit:remove", "Remove papers.", CHANGE, REFERENCES, aliases=("rm",)),
    Command("labs rename", "edit:labs_rename", "Rename a lab, or merge two.", CHANGE, LAB),
    Command("tags rename", "edit:tags_rename", "Rename a tag, or merge two.", CHANGE, TAG),
    Command("keys shorten", "edit:keys_shorten",
            "Shorten long keys; papertrack shows the new ones first.", CHANGE, QUERY),
    Command("init", "setup:init", "Create a new catalogue.", SHARE),
    Command("import", "import_:import_", "Import papers from files; your own changes stay.",
            SHARE, FILES),
    Command("fetch", "fetch:fetch", "Fill in what is missing from papers with a DOI or arXiv id.",
            SHARE, QUERY),
    Command("export-markdown", "export_markdown:export_markdown",
            "Write Markdown tables, to stdout or into blocks of files.", SHARE, QUERY),
    Command("export", "export:export", "Write a bibliography, a CSV table or a web page.",
            SHARE, QUERY),
    Command("cite", "export:cite", "Print citations of papers.", SHARE, REFERENCES),
    Command("git install", "git:git_install", "Let git merge the catalogue paper by paper.", CARE),
    Command("git uninstall", "git:git_uninstall", "Undo what git install set up.", CARE),
    Command("merge-driver", "git:merge_driver",
            "Merge three versions of a catalogue, paper by paper.",
            CARE, hidden=True, of_list=False),
    Command("check", "check:check", "Check the list for problems and fix them.", CARE),
    Command("history", "history:history", "List the changes that can be undone or redone.", CARE),
    Command("undo", "history:undo", "Undo the last change.", CARE),
    Command("redo", "history:redo", "Redo the change that was undone last.", CARE),
    Command("completion", "setup:completion", "Print a script for completion with Tab.",
            CARE, SHELL, of_list=False),
    Command("help", "help:help_", "Explain a command, or the query language.",
            CARE, TOPIC, of_list=False),
    Command("desk", "desk:desk", "Show what you are reading and what comes next.",
            LOOK, hidden=True),
)  # fmt: skip

_WORDS_OF_SECOND, _FEWEST_LETTERS = 3, 4
"""So many words behind `labs` are hardly terms of a query if the first is nearly `rename`."""

ALONE = "desk"
"""The command that `papertrack` alone is."""

_OTHER_WORDS = {
    "remove": "delete del erase discard",
    "list": "find grep filter papers all view-all query search",
    "show": "view info cat get details display",
    "done": "finish finished complete completed close",
    "start": "begin reading",
    "start or done": "read",
    "skim": "skimmed glance scan",
    "drop": "dropped abandon skip ignore",
    "mark to-read": "unread to-read toread reset undone later",
    "add": "new insert create append",
    "edit": "set change update modify",
    "tag": "label untag",
    "priority": "prioritise prioritize rank",
    "note": "comment annotate",
    "labs rename or tags rename": "rename",
    "open": "browse browser url web pdf",
    "next": "suggest recommend random pick todo",
    "stats": "status progress statistics count summary",
    "check": "lint validate verify doctor fix",
    "history": "log changes",
    "undo": "revert rollback back restore",
    "import": "load read-in ingest",
    "export": "save dump bibtex csv html page",
    "export-markdown": "write markdown render generate readme",
    "cite": "citation cite-key",
    "fetch": "lookup enrich complete-metadata metadata download",
    "git install": "merge-driver hook",
    "keys shorten": "shorten rekey",
    "help": "man usage commands",
    "--version": "version",
}
"""Words that other tools have for what a command does here: never its opposite."""


def find(words: Sequence[str]) -> tuple[Command, list[str]] | None:
    """Return the command that the words begin with, longest name first, and the words left."""
    for length in (2, 1):
        name = " ".join(words[:length])
        for row in COMMANDS:
            if name == row.name or name in row.aliases:
                return row, [*words[length:]]  # `list` is the module of a command here
    return None


def command_for(words: Sequence[str]) -> tuple[Command, list[str]]:
    """Return what `find` does, also by a unique beginning of a command's first word.

    Raises PapertrackError, with what the person may have meant, where there is none.
    """
    rows = [row for row in COMMANDS if not row.hidden]
    exact = find(words)
    if exact:
        return _with_second_word(exact, rows)
    word = words[0]
    meant = {
        row: name
        for row in rows
        for name in (*row.aliases, row.name)
        if " " not in name and name.startswith(word)
    }
    if len(meant) == 1:
        (name,) = meant.values()
        return command_for([name, *words[1:]])
    if meant:
        *others, last = meant.values()
        raise PapertrackError(f'"{word}" may be {", ".join(others)} or {last}: type more of it')
    raise PapertrackError(f'no command "{word}": {_hint(word, rows)}')


def _with_second_word(
    exact: tuple[Command, list[str]], rows: Sequence[Command]
) -> tuple[Command, list[str]]:
    """Return the command and its words, PapertrackError where `labs renam A B` is no query."""
    row, rest = exact
    longer = {it.name.partition(" ")[2]: it for it in rows if it.name.startswith(f"{row.name} ")}
    if not longer or len(rest) != _WORDS_OF_SECOND or len(rest[0]) < _FEWEST_LETTERS:
        return exact
    from papertrack.folding import nearest  # for what may be a mistake only

    if near := nearest(rest[0], longer, most=1):
        name = f"{row.name} {rest[0]}"
        raise PapertrackError(f'no command "{name}": did you mean {longer[near[0]].name}?')
    return exact


def _hint(word: str, rows: Sequence[Command]) -> str:
    longer = [row.name for row in rows if row.name.startswith(f"{word} ")]
    other = [name for name, words in _OTHER_WORDS.items() if word.casefold() in words.split()]
    if longer or other:
        return f"did you mean {' or '.join(longer or other)}?"
    from papertrack.folding import nearest  # for mistakes only

    meant = {each: row.name for row in rows for each in (*row.aliases, row.name)}
    for name, words in _OTHER_WORDS.items():
        meant = meant | {each: name for each in words.split() if each not in meant}
    near = nearest(word, meant, most=1)  # of two as near, ours, which stand first
    return f"did you mean {meant[near[0]]}?" if near else "see papertrack --help"
