"""papertrack help."""

from typing import Annotated

import typer

from papertrack.command_table import COMMANDS
from papertrack.errors import PapertrackError
from papertrack.folding import nearest
from papertrack.help import TOPICS, overview
from papertrack.terminal import messages

EXAMPLES = (
    "papertrack help",
    "papertrack help query",
    "papertrack help json",
    "papertrack help done",
    "papertrack help schema",
)

_SCHEMA = "schema"
"""The topic that is JSON, for editors."""

Topic = Annotated[
    str | None,
    typer.Argument(metavar="TOPIC", help=f"{', '.join((*TOPICS, _SCHEMA))}, or a command."),
]


def help_(topic: Topic = None) -> None:
    """Explain a command, or the query language."""
    if topic is None:
        messages.page(overview())
    elif topic == _SCHEMA:
        from papertrack import schema  # for this topic only

        messages.exact(schema.dumps())
    elif topic in TOPICS:
        messages.page(TOPICS[topic].strip())
    else:
        close = nearest(topic, [*TOPICS, _SCHEMA, *(row.name for row in COMMANDS)])
        hint = f"did you mean {close[0]}?" if close else f"there is {', '.join((*TOPICS, _SCHEMA))}"
        raise PapertrackError(f'no topic "{topic}": {hint}')
