"""One command as Typer knows it: the only module that it is loaded for, with the command's own."""

import importlib
import re
import shlex
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperOption
from typer.main import get_command

from papertrack import interrupts
from papertrack.arguments import TAKE_TERMS, TYPED
from papertrack.command_table import Command
from papertrack.errors import PapertrackError

_NEGATED = re.compile(r"-[A-Za-z]{2,}:")  # `-tag:vision` is a term of a query, not an option


def carry_out(row: Command, words: Sequence[str], typed: Sequence[str]) -> int:
    """Let the command do what its words say; return its exit status.

    `typed` is the whole command line, for the history.
    """
    command = load(row)
    interrupts.raise_exceptions()
    TYPED.set(shlex.join(typed))
    try:
        with command.make_context(f"papertrack {row.name}", [*words]) as context:
            return command.invoke(context) or 0
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        return interrupts.EXIT_STATUS
    except typer.TyperException as error:
        raise _usage(row, error) from error


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
            # `<list[str]>` says nothing to a reader
            param.display_type_rich = _no_type  # type: ignore[method-assign]
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
            if others and others[-1] in self._with_value():
                args = others  # its value is missing, and a term is none
            elif terms:
                args = [*others, "--", *terms, *args[cut + 1 :]]
        return super().parse_args(ctx, args)

    def _with_value(self) -> set[str]:
        """Return the options that take a value: what follows one is no term."""
        options = [param for param in self.params if isinstance(param, TyperOption)]
        return {name for option in options if not option.is_flag for name in option.opts}


def _usage(row: Command, error: typer.TyperException) -> PapertrackError:
    """Return Typer's complaint as one sentence that names the bad part and shows a good one."""
    examples = importlib.import_module(f"papertrack.commands.{row.module}").EXAMPLES
    param, option = getattr(error, "param", None), getattr(error, "option_name", "")
    names = {option, *getattr(param, "opts", ())}
    good = [example for example in examples if names & set(example.split())]
    if isinstance(param, TyperArgument):
        good = examples
    such = f"such as {good[0]}" if good else f"see papertrack {row.name} --help for examples"
    return PapertrackError(f"{_said(error)}: {such}")


def _said(error: typer.TyperException) -> str:
    said = error.format_message().rstrip(".")
    said = said.replace("(Possible options: ", "(did you mean ").replace("Got unexp", "unexp")
    said = said.replace(": Value error, ", ": ").replace("argument(s)", "words").replace("'", "")
    return f"{said[:1].lower()}{said[1:]}"
