"""What is set up once: papertrack init, papertrack completion."""

from contextlib import suppress
from typing import Annotated

from papertrack import terminal
from papertrack.errors import PapertrackError, RefusedError
from papertrack.session import NAMED, TYPED, argument, option

EXAMPLES = (
    "papertrack init",
    'papertrack init "Papers on alignment" --lab OpenAI --lab Anthropic',
    "papertrack completion bash",
    "papertrack completion fish",
)

Title = Annotated[str | None, argument("TITLE", "What the list is called.")]
Labs = Annotated[
    list[str] | None, option("--lab", "LAB", "A lab; may be repeated, in the order of the list.")
]


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


def init(title: Title = None, *, lab: Labs = None) -> None:
    """Create a new catalogue."""
    from papertrack import store  # a script needs no catalogue
    from papertrack.catalogue.draft import new_text
    from papertrack.files import as_typed

    path = store.new_path(NAMED.get())
    above = None
    with suppress(PapertrackError):
        above = store.find(None)
    text = new_text((title or "").strip(), dict.fromkeys(lab or (), ()))
    with store.edit_with_files(path, (), TYPED.get(), tell=terminal.say, create=text) as edit:
        if not edit.created:
            raise RefusedError(f"{as_typed(path)} is there already: see papertrack list")
    if above and store.find(None) != above:
        terminal.say(
            f"this folder has a catalogue of its own now: {as_typed(above)} is no longer the "
            "nearest one"
        )
    made = f"made {as_typed(path)}"
    terminal.answer(f"{made}; next: papertrack add LINK or TITLE, or papertrack import FILE")


def completion(shell: Annotated[str, argument("SHELL", "bash, zsh or fish.")]) -> None:
    """Print a script for completion with Tab.

    The first line of the script says where to put it.
    """
    script = SCRIPTS.get(shell)
    if script is None:
        known = ", ".join(SCRIPTS)
        raise PapertrackError(f'no script for "{shell}": there is one for {known}')
    terminal.print_verbatim(script)
