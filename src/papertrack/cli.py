"""From words typed to an exit status: finds the command, loads it alone, turns errors into one."""

import importlib
import os
import re
import shlex
import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand
from typer.main import get_command

from papertrack import command_table
from papertrack.arguments import TAKE_TERMS
from papertrack.command_table import COMMANDS, Command
from papertrack.errors import PapertrackError
from papertrack.session import TYPED
from papertrack.terminal import messages

_CATALOGUE = "--catalogue"
_NEGATED = re.compile(r"-[A-Za-z]{2,}:")  # `-tag:vision` is a term of a query, not an option
_CLOSED_PIPE = 0
_INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line; return its exit status (DESIGN section 4)."""
    TYPED.set(shlex.join(arguments))
    try:
        status = _invoke(_catalogue_last(list(arguments)))
        sys.stdout.flush()
    except PapertrackError as error:
        messages.error(error)
        return error.exit_status
    except BrokenPipeError:
        _write_no_more()
        return _CLOSED_PIPE
    except OSError as error:  # files are read and written elsewhere: it is the answer's stream
        _write_no_more()
        trouble = PapertrackError(f"the answer could not be written: {error.strerror}")
        messages.error(trouble)
        return trouble.exit_status
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status


def _write_no_more() -> None:
    """Let the last flush of stdout, at the interpreter's end, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def load(row: Command) -> TyperCommand:
    """Import the one module that the command lives in, and make its Typer command."""
    module = importlib.import_module(f"papertrack.commands.{row.module}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    function: Callable[..., Any] = getattr(module, row.function)  # Typer reads its parameters
    examples = "\n".join(f"  {example}" for example in module.EXAMPLES)
    app.command(
        f"papertrack {row.name}",
        cls=_Command,
        epilog=f"\b\nExamples:\n{examples}",
        context_settings={"help_option_names": ["--help", "-h"]},
    )(function)
    command = get_command(app)
    if not isinstance(command, TyperCommand):
        raise TypeError(f"{row.module} is not one command")
    for param in command.params:
        if isinstance(param, TyperArgument):
            param.display_type_rich = _no_type  # type: ignore[method-assign]  # `<list[str]>` says nothing to a reader
    return command


def _no_type(ctx: object) -> None:
    """Say nothing about an argument's type."""


class _Command(TyperCommand):
    """A Typer command that knows the negated terms of a query from options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - its context type is vendored and private
        """Put `-field:value` where the parser does not take it for options."""
        if any(param.nargs == -1 and param.metavar in TAKE_TERMS for param in self.params):
            cut = args.index("--") if "--" in args else len(args)
            terms = [word for word in args[:cut] if _NEGATED.match(word)]
            others = [word for word in args[:cut] if not _NEGATED.match(word)]
            args = [*others, "--", *terms, *args[cut + 1 :]]
        return super().parse_args(ctx, args)


def _invoke(words: list[str]) -> int:
    if not words or words[0] in {"--help", "-h"}:
        words = ["help", *words[1:]]
    if words[0] == "help" and command_table.find(words[1:]):
        words = [*words[1:], "--help"]
    found = command_table.find(words)
    if found is None:
        raise _unknown(words[0])
    row, rest = found
    command = load(row)
    try:
        with command.make_context(f"papertrack {row.name}", rest) as context:
            return command.invoke(context) or 0
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        return _INTERRUPTED
    except typer.TyperException as error:
        raise _usage(row, error) from error


def _catalogue_last(words: list[str]) -> list[str]:
    """Return the words with a leading `--catalogue PATH` moved behind the command."""
    if words and words[0].startswith(f"{_CATALOGUE}="):
        return [*words[1:2], words[0], *words[2:]]
    if words and words[0] == _CATALOGUE:
        if len(words) == 1:
            raise PapertrackError(f"{_CATALOGUE} needs a path: {_CATALOGUE} data/papers.toml list")
        return [*words[2:3], *words[:2], *words[3:]] if len(words) > 2 else []  # noqa: PLR2004 - the option and its path
    return words


def _unknown(word: str) -> PapertrackError:
    if word.startswith("-"):
        return PapertrackError(f"no option {word} before a command: see papertrack --help")
    from papertrack.folding import nearest  # noqa: PLC0415 - for mistakes only

    close = nearest(word, [row.name for row in COMMANDS])
    hint = f"did you mean {close[0]}?" if close else "see papertrack --help"
    return PapertrackError(f'no command "{word}": {hint}')


def _usage(row: Command, error: typer.TyperException) -> PapertrackError:
    """Return Typer's complaint as one sentence that names the next step."""
    said = error.format_message().rstrip(".")
    said = said.replace("(Possible options: ", "(did you mean ").replace("Got unexp", "unexp")
    return PapertrackError(
        f"{said[:1].lower()}{said[1:]}: see papertrack {row.name} --help for examples"
    )
