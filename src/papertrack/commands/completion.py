"""papertrack completion."""

from typing import Annotated

import typer

from papertrack import shells
from papertrack.errors import PapertrackError
from papertrack.terminal import messages

EXAMPLES = ("papertrack completion bash", "papertrack completion fish")

Shell = Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]


def completion(shell: Shell) -> None:
    """Complete with Tab in your shell.

    Prints the script for the shell; its first line says where to put it.
    """
    script = shells.SCRIPTS.get(shell)
    if script is None:
        known = ", ".join(shells.SCRIPTS)
        raise PapertrackError(f'no script for "{shell}": there is one for {known}')
    messages.answer(script)
