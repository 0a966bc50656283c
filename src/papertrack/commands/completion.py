"""papertrack completion."""

from typing import Annotated

import typer

from papertrack.errors import PapertrackError
from papertrack.terminal import messages

EXAMPLES = ("papertrack completion bash", "papertrack completion fish")

Shell = Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]


SCRIPTS = {
    "bash": """\
# At the end of ~/.bashrc: eval "$(papertrack completion bash)"
_papertrack() {
    local IFS=$'\\n' line=${COMP_LINE:0:COMP_POINT}
    COMPREPLY=($(_PAPERTRACK_COMPLETE=bash _PAPERTRACK_LINE="$line" papertrack 2>/dev/null))
}
complete -o nospace -o bashdefault -o default -F _papertrack papertrack
""",
    "zsh": """\
# At the end of ~/.zshrc: eval "$(papertrack completion zsh)"
_papertrack() {
    local -a found
    found=("${(@f)$(_PAPERTRACK_COMPLETE=zsh papertrack "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "${found[1]}" ]]; then _describe papertrack found; else _files; fi
}
compdef _papertrack papertrack
""",
    "fish": """\
# papertrack completion fish > ~/.config/fish/completions/papertrack.fish
function __papertrack_complete
    set -lx _PAPERTRACK_COMPLETE fish
    papertrack (commandline -opc)[2..] (commandline -ct) 2>/dev/null
end
complete -c papertrack -a '(__papertrack_complete)'
""",
}
"""The scripts by shell: each gives the words up to the cursor and reads a choice a line."""


def completion(shell: Shell) -> None:
    """Complete with Tab in your shell.

    Prints the script for the shell; its first line says where to put it.
    """
    script = SCRIPTS.get(shell)
    if script is None:
        known = ", ".join(SCRIPTS)
        raise PapertrackError(f'no script for "{shell}": there is one for {known}')
    messages.answer(script)
