"""What commands do alike: load the catalogue, choose papers, make an agreed change, ask git."""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from papertrack import store, terminal
from papertrack.errors import AmbiguousError, InvalidCatalogueError, PapertrackError, RefusedError
from papertrack.files import as_typed
from papertrack.options import TYPED
from papertrack.status import Status

if TYPE_CHECKING:
    from papertrack.blocks import Placement
    from papertrack.catalogue.draft import Draft  # changing needs it, not reading
    from papertrack.models import Catalogue, Paper  # help needs none

_OURS, _THEIRS = "2", "3"
"""Git's stages of a file that is not merged yet (git-ls-files)."""


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


@contextmanager
def reading(path: Path | None) -> "Iterator[Catalogue]":
    """Give the catalogue's whole papers, and raise its faults once the answer stands.

    Raises InvalidCatalogueError where there are faults, with what the block itself refused.
    """
    where = store.find(path)
    parsed = store.load(where)
    try:
        yield parsed.catalogue
    except PapertrackError as error:
        if parsed.faults:
            terminal.error(error)
        else:
            raise
    if parsed.faults:
        raise InvalidCatalogueError(as_typed(where), parsed.faults)


@contextmanager
def changing(path: Path | None) -> Iterator["Draft"]:
    """Give the catalogue to be changed; it is written when the block ends well."""
    with store.edit(store.find(path), TYPED.get(), tell=terminal.say) as draft:
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


def papers_named(catalogue: "Catalogue", words: Sequence[str], *, as_query: bool) -> "list[Paper]":
    """Return the papers that references name, or with `--all` those that a query names."""
    if as_query:
        from papertrack import query  # references are resolved without

        if not query.parse(words, today=today(), labs=catalogue.labs).terms:
            raise PapertrackError("an empty query names every paper: write has:title to mean that")
        return chosen(catalogue, words)
    from papertrack import resolve  # a query is chosen without

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


def _agreed(path: Path | None, words: Sequence[str], question: str, *, as_query: bool) -> list[str]:
    """Show the papers that a query or references name and ask; return their keys.

    `{}` in the question stands for them. Raises RefusedError where the answer is no.
    """
    from papertrack.terminal import outcome, prompts  # for a question only

    with reading(path) as known:
        papers = papers_named(known, words, as_query=as_query)
    outcome.affected(papers)
    them = "it" if len(papers) == 1 else f"these {len(papers)} papers"
    if papers and not prompts.confirm(question.format(them), instead="--yes"):
        raise RefusedError("nothing was changed")
    return [paper.key for paper in papers]


@contextmanager
def changing_papers(
    path: Path | None, words: Sequence[str], *, as_query: bool, ask: str | None
) -> "Iterator[tuple[Draft, Sequence[Paper]]]":
    """Give the papers that the words name to be changed, once the person agrees to `ask`.

    Nobody is asked while the file is locked. Raises RefusedError where the answer is no, or the
    list was changed meanwhile.
    """
    agreed = None if ask is None else _agreed(path, words, ask, as_query=as_query)
    with changing(path) as draft:
        papers = papers_named(draft.catalogue, words, as_query=as_query)
        if agreed is not None and [paper.key for paper in papers] != agreed:
            raise RefusedError(
                "the catalogue has changed while you were asked: nothing was changed, try again"
            )
        yield draft, papers


def tell_where(path: Path | None, catalogue: "Catalogue", keys: Sequence[str]) -> None:
    """Say in which Markdown files papers belong, or which tag would put them there."""
    for paper, placement in _placements(path, catalogue, keys):
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


def tell_of_notes(path: Path | None, catalogue: "Catalogue", key: str) -> None:
    """Say which Markdown files show a paper's notes: they may be public."""
    for _, placement in _placements(path, catalogue, [key]):
        if files := placement.with_notes:
            show = "shows" if len(files) == 1 else "show"
            export = "`papertrack export-markdown --all` writes this one there too"
            terminal.say(f"{', '.join(files)} {show} notes: {export}")


def _placements(
    path: Path | None, catalogue: "Catalogue", keys: Sequence[str]
) -> "Iterator[tuple[Paper, Placement]]":
    """Yield where each paper stands; nothing where the catalogue names no Markdown files."""
    if not catalogue.files:
        return
    from papertrack import blocks  # for lists with Markdown files only

    texts = store.markdown_files(store.find(path), catalogue)
    if texts:
        for paper in catalogue.papers:
            if paper.key in keys:
                yield paper, blocks.placement(paper, catalogue, texts, today=today())


def status_named(word: str) -> Status:
    """Return the status that somebody typed; PapertrackError where there is no such."""
    from papertrack import typed  # a query has words of its own

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
