"""papertrack fetch."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from papertrack import resolve, services, session, store, terminal
from papertrack.changes import with_type_left
from papertrack.errors import PapertrackError, RefusedError, how_many
from papertrack.files import as_typed
from papertrack.identifiers import Identifier, arxiv_of_doi
from papertrack.models import Catalogue, Paper
from papertrack.services import FILLED, Answer
from papertrack.session import Json, NoPager, argument, flag, option
from papertrack.terminal import outcome, track
from papertrack.terminal.tables import dumped

if TYPE_CHECKING:
    from papertrack.catalogue.draft import DraftValue

EXAMPLES = (
    "papertrack fetch",
    "papertrack fetch llama --dry-run",
    "papertrack fetch lab:Meta --fields authors,year",
)

Words = Annotated[
    list[str] | None,
    argument("QUERY", "References or a query; by default all papers that lack authors or year."),
]
Fields = Annotated[
    str | None, option("--fields", "FIELDS", "Fill only these fields: authors,year,venue,doi.")
]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="Ask for N papers at most.")]
Abstract = Annotated[bool, flag("--abstract", "Keep the abstract too, in [paper.bibtex].")]
_NOTHING_LACKS = "every paper with a DOI or arXiv id has authors and year"


class Filling(NamedTuple):
    """What a service said of a paper, and what of it was new."""

    paper: Paper
    answer: Answer
    changes: Mapping[str, "DraftValue | None"]

    @property
    def published(self) -> str | None:
        """Where a preprint has come out since."""
        return self.answer.record.published if self.answer.record else None


class _Filled(NamedTuple):
    """What became of the papers that were asked for, and the catalogue's text before and after."""

    fillings: Sequence[Filling]
    before: str
    after: str


def fetch(
    words: Words = None,
    *,
    fields: Fields = None,
    limit: Limit = None,
    abstract: Abstract = False,
    dry_run: Annotated[bool, flag("--dry-run", "Show a diff; write nothing.")] = False,
    no_pager: NoPager = False,
    as_json: Json = False,
) -> None:
    """Fill in what is missing from papers with a DOI or arXiv id.

    It asks the services of arXiv and DOI, overwrites nothing and changes no title, and names the
    preprints that have been published since. Only this command and `add` of an id use a network.
    """
    wanted = _wanted(fields)
    with session.reading() as known:
        meant = _meant(known, words) if words else known.papers
        # Papers that were asked for may lack a venue too.
        usual = ("authors", "year", "venue") if words else ("authors", "year")
        needed = [name for name in usual if name in wanted] or wanted
        papers = [paper for paper in meant if services.lacks(paper, needed)][:limit]
    answers, stopped = _ask(papers)
    answered = [(it, answers[_identifier(it)]) for it in papers if _identifier(it) in answers]
    fillings, before, after = _fill(answered, wanted, abstract=abstract, dry_run=dry_run)
    if as_json:
        terminal.print_verbatim(dumped(_account(fillings)))
    else:
        if dry_run:
            where = as_typed(session.catalogue_path())
            outcome.diff((before, after, where), paged=not no_pager)
        nothing = _why_nothing(meant, wanted if fields else ()) if words else _NOTHING_LACKS
        _tell(fillings, nothing, dry_run=dry_run)
    if stopped:
        raise KeyboardInterrupt
    if missed := [one for one in fillings if one.answer.record is None]:
        count = how_many(len(missed), "paper")
        raise RefusedError(f"{count} not filled in: try later, or by hand with papertrack edit")


def _wanted(fields: str | None) -> tuple[str, ...]:
    """Return the fields to fill; PapertrackError for one that no service fills."""
    if fields is None:
        return FILLED
    names = tuple(name.strip() for name in fields.split(",") if name.strip())
    for name in names:
        if name not in FILLED:
            raise PapertrackError(f"--fields {name}: fetch fills {', '.join(FILLED)}")
    return names


def _meant(known: Catalogue, words: Sequence[str]) -> list[Paper]:
    try:
        return resolve.many(words, known.papers)
    except RefusedError:  # no references, then: a query
        return session.chosen(known, words)


def _why_nothing(meant: Sequence[Paper], wanted: Sequence[str]) -> str:
    """Say why no service is asked for these papers; `wanted` are the fields that were named."""
    if not meant:
        return "no paper matches"
    identified = [paper for paper in meant if paper.doi or paper.arxiv]
    subject, is_one = ("this paper", True) if len(meant) == 1 else ("these papers", False)
    if not identified:
        return f"{subject} {'has' if is_one else 'have'} no DOI or arXiv id"
    if len(identified) < len(meant):
        subject = "those with a DOI or arXiv id"
    if wanted:
        return f"{subject} {'has' if is_one else 'have'} {', '.join(wanted)}"
    return f"{subject} {'lacks' if is_one else 'lack'} nothing"


def _identifier(paper: Paper) -> Identifier:
    arxiv = arxiv_of_doi(paper.doi) if paper.doi else paper.arxiv
    return Identifier(None if arxiv else paper.doi, arxiv)


def _ask(papers: Sequence[Paper]) -> tuple[dict[Identifier, Answer], bool]:
    """Return what the services say, and whether ^C stopped that: what is complete is kept."""
    identifiers = list(dict.fromkeys(map(_identifier, papers)))
    answers: dict[Identifier, Answer] = {}
    if not identifiers:
        return answers, False
    try:
        with terminal.waiting():
            asked = track(identifiers, "asking", few=1)
            for answer in services.look_up(asked, services.Web()):
                answers[answer.identifier] = answer
    except KeyboardInterrupt:
        return answers, True
    return answers, False


def _fill(
    answered: Sequence[tuple[Paper, Answer]],
    wanted: Sequence[str],
    *,
    abstract: bool,
    dry_run: bool,
) -> _Filled:
    records = {paper.key: answer.record for paper, answer in answered if answer.record}
    changes: dict[str, Mapping[str, DraftValue | None]] = {}
    before = after = ""
    if records:
        with session.changing() as draft:
            before = draft.text
            for paper in draft.catalogue.papers:
                if paper.key in records:  # it may have been removed while a service was asked
                    new = services.filling(paper, records[paper.key], wanted, abstract=abstract)
                    if new:
                        changes[paper.key] = new
                        draft.change(paper.key, with_type_left(paper, new))
            after = draft.text
            if dry_run:
                raise store.NothingWrittenError
    fillings = [Filling(paper, answer, changes.get(paper.key, {})) for paper, answer in answered]
    return _Filled(fillings, before, after)


def _tell(fillings: Sequence[Filling], nothing: str, *, dry_run: bool) -> None:
    if not fillings:
        terminal.answer(f"nothing to ask: {nothing}")
        return
    for one in fillings:
        if one.changes and not dry_run:
            terminal.answer(f"{one.paper.key}: {', '.join(_new_values(one.changes))}")
        if where := one.published:
            terminal.answer(f"{one.paper.key} has been published since: {where}")
    missed: dict[str, list[str]] = {}
    for one in fillings:
        if reason := one.answer.unknown or one.answer.unanswered:
            missed.setdefault(reason, []).append(one.paper.key)
    for reason, (first, *others) in missed.items():
        terminal.say(f"{first}{f' and {len(others):,} more' if others else ''}: {reason}")
    filled = sum(bool(one.changes) for one in fillings)
    verb = "would be filled in" if dry_run else "filled in"
    terminal.answer(f"{how_many(filled, 'paper')} {verb}, {len(fillings)} asked for")


def _new_values(changes: Mapping[str, "DraftValue | None"]) -> list[str]:
    """Return the new values in words: `14 authors`, `year 2023`."""
    parts = []
    for name, value in changes.items():
        if name == "authors" and isinstance(value, tuple):
            parts.append(how_many(len(value), "author"))
        elif name == "bibtex" and isinstance(value, Mapping):
            parts += value
        else:
            parts.append(f"{name} {value}")
    return parts


def _account(fillings: Sequence[Filling]) -> dict[str, object]:
    account: dict[str, object] = {"asked": len(fillings)}
    for kind, name, value_of in (
        ("filled", "fields", lambda one: dict(one.changes)),
        ("published", "where", lambda one: one.published),
        ("unknown", "message", lambda one: one.answer.unknown),
        ("unanswered", "message", lambda one: one.answer.unanswered),
    ):
        values = ((one.paper.key, value_of(one)) for one in fillings)
        account[kind] = [{"key": key, name: value} for key, value in values if value]
    return account
