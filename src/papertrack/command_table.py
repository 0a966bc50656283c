"""The commands: a literal table, so that their names are known before any is loaded."""

from typing import NamedTuple


class Command(NamedTuple):
    """One row: what is typed, and where it lives."""

    name: str
    """One word, or two: `labs rename`."""
    module: str
    """In `papertrack.commands`."""
    function: str
    help: str
    group: str
    takes: str = ""
    """What its words are, for completion: references, a query, a status first, a lab, files."""


READ, MARK, CHANGE, SHARE, CARE = (
    "Look",
    "Read",
    "Change",
    "In and out",
    "Look after it",
)

REFERENCES, QUERY, STATUS, LAB, TAG, FILES, TOPIC, SHELL = (
    "references",
    "query",
    "status",
    "lab",
    "tag",
    "files",
    "topic",
    "shell",
)

COMMANDS = (
    Command(
        "list", "list", "list_", "Show the papers, all or those that a query names.", READ, QUERY
    ),
    Command("filter-by-lab", "filter_by_lab", "filter_by_lab", "Show one lab's papers.", READ, LAB),
    Command("show", "show", "show", "Show everything about one paper.", READ, REFERENCES),
    Command("next", "next", "next_", "Say what to read next, and why.", READ, QUERY),
    Command("stats", "stats", "stats", "Show progress and pace as pictures.", READ, QUERY),
    Command(
        "labs",
        "labs",
        "labs",
        "List the labs with their other names and their progress.",
        READ,
        QUERY,
    ),
    Command("tags", "tags", "tags", "List the tags with their progress.", READ, QUERY),
    Command(
        "open",
        "open",
        "open_",
        "Open a paper in the browser: at arXiv, its DOI or a link.",
        READ,
        REFERENCES,
    ),
    Command("start", "start", "start", "Mark papers as being read.", MARK, REFERENCES),
    Command("done", "done", "done", "Mark papers as read.", MARK, REFERENCES),
    Command(
        "mark-done", "done", "done", "Mark papers as read: another name for done.", MARK, REFERENCES
    ),
    Command("mark", "mark", "mark", "Give papers any status.", MARK, STATUS),
    Command("triage", "triage", "triage", "Decide on the undecided, one key a paper.", MARK, QUERY),
    Command("add", "add", "add", "Add a paper.", CHANGE),
    Command("edit", "edit", "edit", "Change a paper.", CHANGE, REFERENCES),
    Command("note", "note", "note", "Add a dated line to a paper's notes.", CHANGE, REFERENCES),
    Command("remove", "remove", "remove", "Remove papers.", CHANGE, REFERENCES),
    Command(
        "labs rename", "labs_rename", "labs_rename", "Rename a lab, or merge two.", CHANGE, LAB
    ),
    Command(
        "tags rename", "tags_rename", "tags_rename", "Rename a tag, or merge two.", CHANGE, TAG
    ),
    Command("init", "init", "init", "Make a new catalogue.", SHARE),
    Command("import", "import_", "import_", "Take papers in from Markdown.", SHARE, FILES),
    Command(
        "export-markdown",
        "export_markdown",
        "export_markdown",
        "Write Markdown tables, to stdout or into blocks of files.",
        SHARE,
        QUERY,
    ),
    Command("check", "check", "check", "Say what is wrong with the list, and mend it.", CARE),
    Command("history", "history", "history", "List the changes that can be taken back.", CARE),
    Command("undo", "undo", "undo", "Take the last change back.", CARE),
    Command("redo", "redo", "redo", "Make the change again that undo took back.", CARE),
    Command(
        "completion", "completion", "completion", "Complete with Tab in your shell.", CARE, SHELL
    ),
    Command("help", "help", "help_", "Explain a command, or the query language.", CARE, TOPIC),
)


def find(words: list[str]) -> tuple[Command, list[str]] | None:
    """Return the command that the words begin with, longest name first, and the words left."""
    for length in (2, 1):
        name = " ".join(words[:length])
        for command in COMMANDS:
            if command.name == name:
                return command, words[length:]
    return None
