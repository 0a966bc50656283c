"""From words typed to an exit status: the Typer app, and the one place where errors become one.

The app is a group over the literal table of `commands`: a command's module is imported when the
command is called. Nothing else knows Typer's own exceptions.
"""

import importlib
import os
import re
import shlex
import signal
import sys
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from papertrack import __version__, commands, terminal
from papertrack.commands import Command
from papertrack.errors import INTERRUPTED, AmbiguousError, PapertrackError, end_at_once
from papertrack.session import NAMED, NO_OPTIONS, QUERY, REFERENCE, TYPED, option

if TYPE_CHECKING:
    from typer._click.core import Command as AnyCommand  # typer gives these two no public name
    from typer._click.core import Context

_FREE_TEXT = ([REFERENCE], ["LAB"], ["TITLE"])
"""The arguments of commands that take one text, which may have several words."""
_CATALOGUE = "catalogue"
"""The option of the group that its commands take too."""
_HIDDEN: ContextVar[Sequence[str]] = ContextVar("hidden", default=())
_SETTINGS = {"help_option_names": ["--help", "-h"]}


def run(arguments: Sequence[str], *, hidden: Sequence[str] = ()) -> int:
    """Carry out one command line; return its exit status (DESIGN section 4).

    Other programs that it starts do not get the `hidden` variables of the environment.
    """
    _HIDDEN.set(hidden)
    try:
        status = _carry_out(arguments)
        sys.stdout.flush()
    except PapertrackError as error:
        problem = error
    except BrokenPipeError:  # a closed pipe is no error
        _write_no_more()
        return 0
    except OSError as error:
        problem = _refused(error)
    except MemoryError:
        problem = PapertrackError(
            "there is not enough memory for this: close other programs, then run it again"
        )
    except KeyboardInterrupt:
        return INTERRUPTED
    else:
        return status
    terminal.error(problem)
    return problem.exit_status


def _carry_out(arguments: Sequence[str]) -> int:
    """Carry out the words; where a reference is ambiguous, a person picks and they run again.

    An error means that nothing was changed, so that beginning anew is safe in every command.
    """
    try:
        return _once(arguments)
    except AmbiguousError as error:
        if not terminal.interactive():
            raise
        from papertrack import resolve  # for a question only
        from papertrack.terminal import prompts

        place = resolve.place_of(error.reference, arguments)
        if place is None:
            raise
        key = prompts.choose(error)
    return _carry_out([*arguments[: place.start], key, *arguments[place.stop :]])


def _once(arguments: Sequence[str]) -> int:
    TYPED.set(shlex.join(arguments))
    group = _group()
    try:
        with group.make_context("papertrack", [*arguments]) as context:
            return group.invoke(context) or 0
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        return INTERRUPTED
    except typer.TyperException as error:
        raise _bad_beginning(error) from error


@cache
def _group() -> "AnyCommand":
    return get_command(app)


def raise_interrupts() -> None:
    """Let ^C raise KeyboardInterrupt from here on; a handler of anybody else stays."""
    if signal.getsignal(signal.SIGINT) is end_at_once:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _refused(error: OSError) -> PapertrackError:
    """Return what the system refused, as one sentence."""
    if error.filename is not None:  # a name that the system does not take, too long perhaps
        return PapertrackError(f"cannot use {error.filename}: {error.strerror}")
    try:
        sys.stdout.flush()  # what could not be written is still waiting, and fails again
    except OSError:
        _write_no_more()
        return PapertrackError(f"the answer could not be written: {error.strerror}")
    return PapertrackError(f"the system refused: {error.strerror or error}")


def _write_no_more() -> None:
    """Let the last flush of stdout, at the interpreter's end, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Commands(TyperGroup):
    def resolve_command(
        self, ctx: "Context", args: list[str]
    ) -> tuple[str | None, "AnyCommand | None", list[str]]:
        """Return the command that the words begin with, by its own name, and its words."""
        if args[0] == "help" and commands.find(args[1:]):
            args = [*args[1:], "--help"]
        row, rest = commands.command_for(args)
        return row.name, load(row), rest

    def get_help(self, ctx: "Context") -> str:
        """Return what `papertrack help` says."""
        from papertrack.commands.help import overview  # for this page only

        return terminal.fitted(overview())


class LoadedCommand(TyperCommand):
    """A Typer command that knows a query's negated terms, and tags to remove, from options."""

    examples: Sequence[str] = ()

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Put `-field:value` and the like where the parser does not take them for options."""
        words = args
        for param in self.params:
            if param.nargs == -1 and (term := NO_OPTIONS.get(param.metavar or "")):
                words = self._terms_last(args, term)
        try:
            return super().parse_args(ctx, [*words])  # which is emptied
        except typer.TyperException as error:
            raise _bad_usage(error, self, args) from error

    def invoke(self, ctx: "Context") -> object:
        """Carry the command out; from here on ^C is an exception."""
        NAMED.set(ctx.params.pop(_CATALOGUE, None))
        raise_interrupts()
        for name in _HIDDEN.get():  # Typer, which sets one for a while, is done with the words
            os.unsetenv(name)
        return super().invoke(ctx)

    @cached_property
    def options(self) -> dict[str, TyperOption]:
        """Its options, by each of their names."""
        options = [it for it in self.params if isinstance(it, TyperOption)]
        return {name: option for option in options for name in option.opts}

    @property
    def arguments(self) -> list[TyperArgument]:
        """What stands behind it, beside options."""
        return [it for it in self.params if isinstance(it, TyperArgument)]

    def takes_value(self, word: str) -> bool:
        """Say whether a word is an option that a value follows."""
        option = self.options.get(word)
        return option is not None and not option.is_flag

    def options_apart(self, args: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the options among words, with their values, and the other words."""
        options, others = list[str](), list[str]()
        words = iter(args)
        for word in words:
            if word == "--":
                others += words
            elif word.partition("=")[0] in self.options:
                options += [word, *([next(words, "")] if self.takes_value(word) else [])]
            else:
                others.append(word)
        return options, others

    def _terms_last(self, args: list[str], term: re.Pattern[str]) -> list[str]:
        """Return the words with those that are no options behind `--`."""
        options = {"-h", *self.options}
        cut = args.index("--") if "--" in args else len(args)
        terms: list[str] = []
        others: list[str] = []
        for before, word in zip(["", *args], args[:cut], strict=False):
            is_term = term.match(word) is not None and word not in options
            is_order = before == "--sort"  # `--sort -column:Code` turns it
            (terms if is_term and not is_order else others).append(word)
        if others and self.takes_value(others[-1]):
            return others  # its value is missing, and a term is none
        return [*others, "--", *terms, *args[cut + 1 :]] if terms else args


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
)


@app.callback(invoke_without_command=True)
def papertrack(
    context: typer.Context,
    *,
    catalogue: Annotated[
        Path | None,
        option(
            "--catalogue",
            "PATH",
            "The catalogue; by default PAPERTRACK_CATALOGUE or the nearest papers.toml.",
        ),
    ] = None,
    version: Annotated[bool, typer.Option("--version")] = False,
) -> None:
    """Keep a reading list of papers as data."""
    if version:
        terminal.answer(f"papertrack {__version__}")
        raise typer.Exit
    name = context.invoked_subcommand or commands.ALONE
    if catalogue is not None:  # it stands before the command, whose own option it answers
        context.default_map = {name: {_CATALOGUE: catalogue}}
    if context.invoked_subcommand is None:
        command = load(commands.command_for([name])[0])
        with command.make_context(name, [], parent=context) as alone:
            command.invoke(alone)


@cache
def load(row: Command) -> LoadedCommand:
    """Import the module that the command lives in, and make its Typer command, once."""
    name, _, function = row.place.partition(":")
    module = importlib.import_module(f"papertrack.commands.{name}")
    called: Callable[..., Any] = getattr(module, function)  # Typer reads its parameters
    examples = [it for it in module.EXAMPLES if _shows(it, row)]
    lines = [f"Also: {', '.join(row.aliases)}.", ""] if row.aliases else []
    if examples:
        lines += ["\b", "Examples:", *(f"  {example}" for example in examples)]
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(
        row.name, cls=LoadedCommand, epilog="\n".join(lines), context_settings=_SETTINGS
    )(called)
    command = get_command(single)
    if not isinstance(command, LoadedCommand):
        raise TypeError(f"{row.place} is not one command")
    command.examples = examples
    if row.of_list:
        command.params += [it for it in _group().params if it.name == _CATALOGUE]
    for argument in command.arguments:
        # `<list[str]>` says nothing to a reader
        argument.display_type_rich = _no_type  # type: ignore[method-assign]
    return command


def _no_type(ctx: object) -> None:
    """Say nothing about an argument's type."""


def _shows(example: str, row: Command) -> bool:
    shown = commands.find(example.split()[1:] or [commands.ALONE])
    return shown is not None and shown[0] is row


def _bad_usage(
    error: typer.TyperException, command: LoadedCommand, args: Sequence[str]
) -> PapertrackError:
    """Return Typer's complaint as one sentence that names the bad part and shows a good one."""
    param, option = getattr(error, "param", None), getattr(error, "option_name", "")
    names = {option, *getattr(param, "opts", ())}
    dashed = [at for at, word in enumerate(args) if option and word.startswith(option)]
    if dashed and not option.startswith("--") and any(it.nargs == -1 for it in command.params):
        at = dashed[0]
        given, others = command.options_apart(args[at + 1 :])
        words = [*(command.name or "").split(), *args[:at], *given, "--", args[at], *others]
        write = shlex.join(["papertrack", *words])
        return PapertrackError(f"no option {option}: if it is not one, write {write}")
    if option and param is None and "=" not in option and "such option" in _problem(error):
        return PapertrackError(f"no option {option}: {_instead(option, command)}")
    good = [example for example in command.examples if names & set(example.split())]
    if isinstance(param, TyperArgument):
        start = len(f"papertrack {command.name} ")
        good = [it for it in command.examples if it[start:] and not it[start:].startswith("-")]
        good = good or list(command.examples)
    free = [it.metavar for it in command.arguments] in _FREE_TEXT
    if param is None and free and not any(it.startswith("-") for it in args):
        quoted = shlex.join(["papertrack", *(command.name or "").split(), " ".join(args)])
        return PapertrackError(f"{_problem(error)}: quote several words, as in {quoted}")
    if not good:
        return PapertrackError(f"{_problem(error)}: {_see(command)}")
    return PapertrackError(f"{_problem(error)}, as in {good[0]}")


def _instead(option: str, command: LoadedCommand) -> str:
    """Return what to type instead of an option that does not exist."""
    from papertrack.folding import nearest  # for mistakes only
    from papertrack.query import NAMES

    word = option.lstrip("-")
    options = [name.lstrip("-") for name in command.options]
    arguments = {it.metavar for it in command.arguments}
    if near := nearest(word, [name for name in options if len(name) > 1]):
        return f"did you mean --{near[0]}?"
    if word.upper() in arguments:
        return f"write it alone, as in papertrack {command.name} {word.upper()}"
    if QUERY in arguments and word in NAMES:
        return f"write it as a term of the query, as in papertrack {command.name} {word}:VALUE"
    return _see(command)


def _see(command: LoadedCommand) -> str:
    return f"see papertrack {command.name} --help for examples"


def _bad_beginning(error: typer.TyperException) -> PapertrackError:
    """Return Typer's complaint about what stands before a command."""
    option = getattr(error, "option_name", "")
    if option == "--catalogue":
        return PapertrackError(f"{option} needs a path: {option} data/papers.toml list")
    if option:
        return PapertrackError(f"no option {option} before a command: see papertrack --help")
    return PapertrackError(f"{_problem(error)}: see papertrack --help")


_PLAINLY = {
    "Got unexp": "unexp",
    "argument(s)": "words",
    ": Value error, ": ": ",
    "Input should be a valid integer, unable to parse string as an integer": "it is not a number",
    "Input should be greater than or equal to": "it is less than",
    "'": "",
}


def _problem(error: typer.TyperException) -> str:
    problem = error.format_message().rstrip(".")
    for typed, plain in _PLAINLY.items():
        problem = problem.replace(typed, plain)
    return f"{problem[:1].lower()}{problem[1:]}"
