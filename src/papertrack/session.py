"""What commands do alike: their options, the catalogue they load, papers chosen, changes, git.

The table of commands and their help need the options only: what loads the catalogue, or papers,
is imported where it does.
"""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.models import ArgumentInfo, OptionInfo

from papertrack import terminal
from papertrack.errors import AmbiguousError, InvalidCatalogueError, PapertrackError, RefusedError
from papertrack.patterns import pattern

if TYPE_CHECKING:
    from papertrack.blocks import Placement
    from papertrack.catalogue.draft import Draft
    from papertrack.models import Catalogue, Paper
    from papertrack.status import Status

TYPED: ContextVar[str] = ContextVar("typed", default="")
"""The command line, as it stands in the history."""
NAMED: ContextVar[Path | None] = ContextVar("named", default=None)
"""The catalogue that `--catalogue` names, which every command takes but for a few."""
QUERY = "QUERY"
REFERENCE = "REFERENCE"
TAGGING = "REFERENCE|+TAG|-TAG"
NEGATED = pattern(r"-(?:[A-Za-z]{2,}|[^\W\d_a-zA-Z]{2,})[:：]")
"""`-tag:vision` is a term of a query, not an option."""
NO_OPTIONS = {QUERY: NEGATED, REFERENCE: NEGATED, TAGGING: pattern(r"-[^-]")}
"""By the metavar of a command's words, which of them begin with a dash and are no options."""
_OURS, _THEIRS = "2", "3"
"""Git's stages of a file that is not merged yet (git-ls-files)."""


def option(
    name: str, metavar: str, text: str, *, also: str | None = None, default: bool | str = False
) -> OptionInfo:
    """Return an option with a value; `default` is what its help says of none."""
    names = (name, also) if also else (name,)
    made: OptionInfo = typer.Option(
        *names, metavar=metavar, help=text, show_default=default, readable=False
    )
    return made


def flag(name: str, text: str, *, also: str | None = None) -> OptionInfo:
    """Return an option that is there or not."""
    made: OptionInfo = typer.Option(*(name, also) if also else (name,), help=text)
    return made


def argument(metavar: str, text: str, *, default: bool | str = False) -> ArgumentInfo:
    """Return what stands behind a command; `default` is what its help says of none."""
    # Whether a file can be read is said where it is read.
    made: ArgumentInfo = typer.Argument(
        metavar=metavar, help=text, show_default=default, readable=False
    )
    return made


Reference = Annotated[
    str, argument(REFERENCE, "A paper, by its key, name, title or some words of it.")
]
References = Annotated[
    list[str], argument(REFERENCE, "Papers, each by its key, name, title or some words of it.")
]
Terms = Annotated[
    list[str] | None,
    argument(
        QUERY,
        "Terms that must all match: lab:Meta year:2020.. -tag:vision (papertrack help query).",
    ),
]
LabOption = Annotated[list[str] | None, option("--lab", "LAB", "Same as lab:LAB.")]
StatusOption = Annotated[list[str] | None, option("--status", "STATUS", "Same as status:STATUS.")]
TagOption = Annotated[list[str] | None, option("--tag", "TAG", "Same as tag:TAG.")]
YearOption = Annotated[
    list[str] | None, option("--year", "YEAR", "Same as year:YEAR: 2023, 2020..2023.")
]
Json = Annotated[bool, flag("--json", "Answer as JSON, for programs.")]
NoPager = Annotated[bool, flag("--no-pager", "Print everything at once, without a pager.")]
OnDay = Annotated[
    str | None,
    option("--on", "DATE", "The day it happened: 2023-03-01, yesterday, -3d.", default="today"),
]
All = Annotated[
    bool, flag("--all", "Treat the words as a query, and change every paper that matches.")
]
Yes = Annotated[bool, flag("--yes", "Do not ask before changing several.", also="-y")]


def fields_named(texts: list[str] | None) -> list[str]:
    """Return the fields that `--without abstract,file` names."""
    return [name.strip().lower() for text in texts or () for name in text.split(",")]


def today() -> date:
    """Return the day that it is here."""
    return datetime.now().astimezone().date()


def on_day(text: str | None) -> date:
    """Return the day that `--on` names, today where it names none."""
    if text is None:
        return today()
    from papertrack.query import parse_date  # most changes are of today

    day = parse_date(text, today())
    if day > today():
        raise PapertrackError(f"--on {text}: {day} is still to come: write a day such as yesterday")
    return day


def catalogue_path() -> Path:
    """Return the catalogue that is meant; PapertrackError where there is none."""
    from papertrack import store  # help needs no catalogue

    return store.find(NAMED.get())


@contextmanager
def reading() -> "Iterator[Catalogue]":
    """Give the catalogue's whole papers, and raise its faults once the answer stands.

    Raises InvalidCatalogueError where there are faults, with what the block itself refused.
    """
    from papertrack import store  # help reads no catalogue

    where = catalogue_path()
    parsed = store.load(where)
    try:
        yield parsed.catalogue
    except PapertrackError as error:
        if not parsed.faults:
            raise
        terminal.error(error)
    if parsed.faults:
        from papertrack.files import as_typed  # for these only

        raise InvalidCatalogueError(as_typed(where), parsed.faults)


@contextmanager
def changing() -> "Iterator[Draft]":
    """Give the catalogue to be changed; it is written when the block ends well."""
    from papertrack import store  # help changes no catalogue

    with store.edit(catalogue_path(), TYPED.get(), tell=terminal.say) as draft:
        yield draft


def spelled(terms: Sequence[str] | None, **options: Sequence[str] | None) -> list[str]:
    """Return the words of a query, its terms that were given as options (`--lab`) behind them."""
    from papertrack import query  # one paper is chosen without

    given = [query.term(field, values) for field, values in options.items() if values]
    return [*(terms or ()), *given]


def chosen(
    catalogue: "Catalogue", terms: Sequence[str] | None = None, **options: Sequence[str] | None
) -> "list[Paper]":
    """Return the papers that the terms and options name, in the catalogue's order.

    Raises PapertrackError for a malformed term, RefusedError for a lab or tag that nobody has.
    """
    from papertrack import query  # one paper is chosen without

    wanted = query.parse(spelled(terms, **options), today=today(), labs=catalogue.labs)
    query.check_names(wanted, catalogue)
    return query.select(catalogue.papers, wanted)


def say_unmatched(words: Sequence[str], papers: "Sequence[Paper]") -> None:
    """Say that no paper matches a query, and how to name the papers that its words are keys of.

    A query asks for papers that have all its words: `llama bert` finds neither.
    """
    from papertrack import resolve  # for what was not found

    terminal.say(terminal.no_papers(len(papers)))
    with suppress(RefusedError):
        keys = ",".join(paper.key for paper in resolve.many(words, papers))
        terminal.say(f"to name papers, write key:{keys}")


def papers_named(catalogue: "Catalogue", words: Sequence[str], *, as_query: bool) -> "list[Paper]":
    """Return the papers that references name, or with `--all` those that a query names."""
    if as_query:
        from papertrack import query  # references are resolved without

        if not query.parse(words, today=today(), labs=catalogue.labs).terms:
            raise PapertrackError("an empty query names every paper: write has:title to mean that")
        return chosen(catalogue, words)
    by_key = {paper.key: paper for paper in catalogue.papers}
    # A key goes before all else, as for `resolve`, whose loading costs 2 ms of a short command.
    if by_key.keys() >= {*words}:
        return [by_key[word] for word in dict.fromkeys(words)]
    from papertrack import resolve  # keys are known without

    try:
        return resolve.many(words, catalogue.papers)
    except AmbiguousError:
        raise
    except RefusedError as error:
        if term := next(filter(_is_term, words), None):
            raise RefusedError(
                f'no paper "{term}": --all takes it as a query, and means every paper that it names'
            ) from error
        raise


def _is_term(word: str) -> bool:
    """Say whether a word is a term of the query language with a field: `lab:Google`."""
    from papertrack import query  # for what is no reference only

    try:
        return any(term.field for term in query.parse([word], today=today()).terms)
    except PapertrackError:
        return False


def _agreed(words: Sequence[str], question: str, *, as_query: bool) -> list[str]:
    """Show the papers that a query or references name and ask; return their keys.

    `{}` in the question stands for them. Raises RefusedError where the answer is no.
    """
    from papertrack.terminal import outcome, prompts  # for a question only

    with reading() as known:
        papers = papers_named(known, words, as_query=as_query)
    outcome.affected(papers)
    them = "it" if len(papers) == 1 else f"these {len(papers)} papers"
    if papers and not prompts.confirm(question.format(them)):
        raise RefusedError("nothing was changed")
    return [paper.key for paper in papers]


@contextmanager
def changing_papers(
    words: Sequence[str], *, as_query: bool, ask: str | None
) -> "Iterator[tuple[Draft, Sequence[Paper]]]":
    """Give the papers that the words name to be changed, once the person agrees to `ask`.

    Nobody is asked while the file is locked. Raises RefusedError where the answer is no, or the
    list was changed meanwhile.
    """
    agreed = None if ask is None else _agreed(words, ask, as_query=as_query)
    with changing() as draft:
        papers = papers_named(draft.catalogue, words, as_query=as_query)
        if agreed is not None and [paper.key for paper in papers] != agreed:
            raise RefusedError(
                "the catalogue has changed while you were asked: nothing was changed, try again"
            )
        yield draft, papers


def tell_where(catalogue: "Catalogue", keys: Sequence[str]) -> None:
    """Say in which Markdown files papers belong, or which tag would put them there."""
    for paper, placement in _placements(catalogue, keys):
        tags = [(file, tags) for file, tags in placement.tags.items() if tags]
        if placement.files:
            files = ", ".join(placement.files)
            export = "`papertrack export-markdown --all` writes it there"
            terminal.say(f"{paper.key} belongs in {files}: {export}")
        elif tags:
            file, lacking = tags[0]
            words = " ".join(shlex.quote(f"+{tag}") for tag in lacking)
            add = f"papertrack tag {paper.key} {words} puts it in {file}"
            terminal.say(f"{paper.key} stands in no Markdown file: {add}")
        else:
            terminal.say(f"{paper.key} stands in no Markdown file: no block's query chooses it")


def tell_of_notes(catalogue: "Catalogue", key: str) -> None:
    """Say which Markdown files show a paper's notes: they may be public."""
    for _, placement in _placements(catalogue, [key]):
        if files := placement.with_notes:
            show = "shows" if len(files) == 1 else "show"
            export = "`papertrack export-markdown --all` writes this one there too"
            terminal.say(f"{', '.join(files)} {show} notes: {export}")


def _placements(catalogue: "Catalogue", keys: Sequence[str]) -> "Iterator[tuple[Paper, Placement]]":
    """Yield where each paper stands; nothing where the catalogue names no Markdown files."""
    if not catalogue.files:
        return
    from papertrack import blocks, store  # for lists with Markdown files only

    texts = store.markdown_files(catalogue_path(), catalogue)
    if texts:
        for paper in catalogue.papers:
            if paper.key in keys:
                yield paper, blocks.placement(paper, catalogue, texts, today=today())


def status_named(word: str) -> "Status":
    """Return the status that somebody typed; PapertrackError where there is no such."""
    from papertrack import typed  # a query has words of its own
    from papertrack.status import Status

    return Status(str(typed.parse("status", word, today=today())))


def git(words: Sequence[str], folder: Path) -> str | None:
    """Return what a command of git prints there, or None where it fails or there is no git."""
    import subprocess  # for commands that meet a merge, or set git up

    try:
        ended = subprocess.run(  # noqa: S603 - words of our own, and paths behind `--`
            ["git", "--no-optional-locks", *words],  # noqa: S607 - the person's own git
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return None if ended.returncode else ended.stdout.decode("utf-8", "replace")


def unmerged_versions(path: Path) -> tuple[str, ...]:
    """Return the text of a file on both sides of a merge that is not done; nothing otherwise."""
    stages = (git(["show", f":{stage}:./{path.name}"], path.parent) for stage in (_OURS, _THEIRS))
    versions = tuple(text for text in stages if text is not None)
    return versions if len(versions) == 2 else ()  # both or none
