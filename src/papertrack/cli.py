"""From words typed to an exit status: finds the command, turns errors into one.

Typer is loaded by `parsing`, for the commands that have words to be read.
"""

import os
import sys
from collections.abc import Sequence

from papertrack.errors import PapertrackError

_CATALOGUE = "--catalogue"
_CLOSED_PIPE = 0
_INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line; return its exit status (DESIGN section 4)."""
    try:
        status = _answer(_catalogue_last(list(arguments)), arguments)
        sys.stdout.flush()
    except PapertrackError as error:
        return _complain(error)
    except BrokenPipeError:
        _write_no_more()
        return _CLOSED_PIPE
    except OSError as error:
        if error.filename is not None:  # a name that the system does not take, too long perhaps
            return _complain(PapertrackError(f"cannot use {error.filename}: {error.strerror}"))
        _write_no_more()
        return _complain(PapertrackError(f"the answer could not be written: {error.strerror}"))
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status


def _complain(error: PapertrackError) -> int:
    from papertrack.terminal import messages  # for errors only

    messages.error(error)
    return error.exit_status


def _write_no_more() -> None:
    """Let the last flush of stdout, at the interpreter's end, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _answer(words: list[str], typed: Sequence[str]) -> int:
    if words == ["--version"]:
        from papertrack import __version__  # nothing else is needed to say it

        sys.stdout.write(f"papertrack {__version__}\n")
        return 0
    if words in ([], ["help"], ["--help"], ["-h"]):
        from papertrack import topics  # for these words only
        from papertrack.terminal import messages

        messages.page(topics.overview() if words else topics.first_things())
        return 0
    if words == ["list"] and _list_plainly():
        return 0
    from papertrack import command_table, parsing

    if words[0] in {"--help", "-h"}:
        words = ["help", *words[1:]]
    if words[0] == "help" and command_table.find(words[1:]):
        words = [*words[1:], "--help"]
    found = command_table.find(words)
    if found is None:
        raise _unknown(words[0])
    row, rest = found
    return parsing.carry_out(row, rest, typed)


def _list_plainly() -> bool:
    """Print the list where it goes to a pipe and nothing is unusual; say whether that was so."""
    from papertrack.terminal.screen import is_terminal, write  # for this only

    if is_terminal(sys.stdout):
        return False
    from papertrack import plain_list

    text = plain_list.answer()
    write(text or "")
    return text is not None


def _catalogue_last(words: list[str]) -> list[str]:
    """Return the words with a leading `--catalogue PATH` moved behind the command's own."""
    if not words or words[0].partition("=")[0] != _CATALOGUE:
        return words
    length = 1 if "=" in words[0] else 2
    if len(words) < length:
        raise PapertrackError(f"{_CATALOGUE} needs a path: {_CATALOGUE} data/papers.toml list")
    option, rest = words[:length], words[length:]
    cut = rest.index("--") if "--" in rest else len(rest)
    return [*rest[:cut], *option, *rest[cut:]] if rest else []


def _unknown(word: str) -> PapertrackError:
    if word.startswith("-"):
        return PapertrackError(f"no option {word} before a command: see papertrack --help")
    from papertrack.command_table import COMMANDS  # for mistakes only
    from papertrack.folding import nearest

    close = nearest(word, [row.name for row in COMMANDS])
    hint = f"did you mean {close[0]}?" if close else "see papertrack --help"
    return PapertrackError(f'no command "{word}": {hint}')
