"""How bash, zsh and fish ask for what could follow, and how they read the answer."""

from typing import NamedTuple

_LONGEST_HELP = 60


class Choice(NamedTuple):
    """One thing that could stand here, and what it is."""

    value: str
    help: str = ""


def line(shell: str, choice: Choice, word: str) -> str:
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
