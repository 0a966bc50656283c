"""Writes docs/commands.md from the help of the commands: python docs/reference.py."""

from pathlib import Path

from papertrack import cli
from papertrack.commands import COMMANDS
from papertrack.commands import help as topics

PAGE = Path(__file__).with_name("commands.md")
_WIDTH = 88


def page() -> str:
    """Return the whole page: the overview, each command's help, the topics."""
    parts = ["# Commands", "", *_fenced(topics.overview())]
    for row in (row for row in COMMANDS if not row.hidden):
        command = cli.load(row)
        name = f"papertrack {row.name}"
        with command.make_context(
            name, [], resilient_parsing=True, terminal_width=_WIDTH
        ) as context:
            parts += [f"## {row.name}", "", *_fenced(command.get_help(context))]
    parts += ["# Topics", ""]
    for name, text in topics.TOPICS.items():
        parts += [f"## help {name}", "", *_fenced(text)]
    return "\n".join(parts).rstrip() + "\n"


def _fenced(text: str) -> list[str]:
    return ["```text", *(line.rstrip() for line in text.strip("\n").split("\n")), "```", ""]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
