"""papertrack completion."""

from typing import Annotated

from papertrack import terminal
from papertrack.errors import PapertrackError
from papertrack.options import argument

EXAMPLES = ("papertrack completion bash", "papertrack completion fish")

Shell = Annotated[str, argument("SHELL", "bash, zsh or fish.")]


SCRIPTS = {
    "bash": """\
# At the end of ~/.bashrc: eval "$(papertrack completion bash)"
_papertrack() {
    local reply status choice line=${COMP_LINE:0:COMP_POINT}
    reply=$(_PAPERTRACK_COMPLETE=bash _PAPERTRACK_LINE="$line" \\
        _PAPERTRACK_BREAKS="$COMP_WORDBREAKS" papertrack 2>/dev/null)
    status=$?
    COMPREPLY=()
    if [[ $status -eq 3 ]]; then
        compopt +o nospace -o default
        return
    fi
    while IFS= read -r choice; do
        [[ -n $choice ]] && COMPREPLY+=("$choice")
    done <<< "$reply"
}
complete -o nospace -F _papertrack papertrack
""",
    "zsh": """\
# At the end of ~/.zshrc, behind compinit: eval "$(papertrack completion zsh)"
_papertrack() {
    local reply
    local -a begun whole only
    reply="$(_PAPERTRACK_COMPLETE=zsh papertrack "${(@Q)words[2,CURRENT]}" 2>/dev/null)"
    if [[ $? -eq 3 ]]; then
        compset -P '--*='
        _files
        return
    fi
    begun=(${(M)${(f)reply}:#*(\\\\:|=)(:*|)})
    whole=(${${(f)reply}:#*(\\\\:|=)(:*|)})
    (( ${#whole} + ${#begun} == 1 )) && only=(-U)
    _describe papertrack whole $only
    _describe papertrack begun $only -S ''
}
compdef _papertrack papertrack
""",
    "fish": """\
# papertrack completion fish > ~/.config/fish/completions/papertrack.fish
function __papertrack_complete
    set -lx _PAPERTRACK_COMPLETE fish
    set -l word (commandline -ct | string unescape)
    set -l reply (papertrack (commandline -opc)[2..] "$word" 2>/dev/null)
    if test $status -eq 3
        set -l option (string match -r '^--[^=]+=' -- "$word")
        for path in (__fish_complete_path (string replace -- "$option" '' "$word"))
            echo -- "$option$path"
        end
    else
        printf '%s\\n' $reply
    end
end
complete -c papertrack -f -a '(__papertrack_complete)'
""",
}
"""The scripts by shell: each gives the words up to the cursor and reads a choice a line."""


def completion(shell: Shell) -> None:
    """Print a script for completion with Tab.

    The first line of the script says where to put it.
    """
    script = SCRIPTS.get(shell)
    if script is None:
        known = ", ".join(SCRIPTS)
        raise PapertrackError(f'no script for "{shell}": there is one for {known}')
    terminal.print_verbatim(script)
