"""papertrack add."""

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from papertrack import changes, store
from papertrack.authors import split_names
from papertrack.changes import Typed
from papertrack.errors import PapertrackError, RefusedError
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.options import CataloguePath
from papertrack.session import changing, today
from papertrack.terminal import messages, prompts

EXAMPLES = (
    'papertrack add "Attention Is All You Need" --lab Google --year 2017 --arxiv 1706.03762',
    'papertrack add "Highway Networks" --author "Rupesh Srivastava" --tag cnn --priority 2',
)

_ASKED = {
    "authors": "Authors",
    "year": "Year",
    "venue": "Venue",
    "lab": "Lab",
    "arxiv": "arXiv id or address",
    "doi": "DOI",
    "tags": "Tags",
}
"""The questions for somebody who adds a paper with nothing at a terminal."""
_BIBTEX = re.compile(r"@\w+\s*[{(]")

Title = Annotated[
    list[str] | None,
    typer.Argument(metavar="TITLE", help="The title, quoted or not.", show_default=False),
]
Anyway = Annotated[bool, typer.Option("--anyway", help="Add it though the list has it already.")]


def _option(name: str, text: str) -> Any:  # noqa: ANN401 - Typer says no more
    return typer.Option(f"--{name}", metavar=name.upper(), help=text, show_default=False)


def add(
    title: Title = None,
    *,
    name: Annotated[str | None, _option("name", "What people call it: LLaMA.")] = None,
    author: Annotated[list[str] | None, _option("author", "An author; may be repeated.")] = None,
    lab: Annotated[str | None, _option("lab", "Who made it, by any of the lab's names.")] = None,
    venue: Annotated[str | None, _option("venue", "Where it came out.")] = None,
    year: Annotated[str | None, _option("year", "When it came out: 2017.")] = None,
    doi: Annotated[str | None, _option("doi", "DOI, or an address that ends in it.")] = None,
    arxiv: Annotated[str | None, _option("arxiv", "arXiv id or address.")] = None,
    link: Annotated[list[str] | None, _option("link", "An address; may be repeated.")] = None,
    tag: Annotated[list[str] | None, _option("tag", "A tag; may be repeated.")] = None,
    status: Annotated[str | None, _option("status", "to-read, if not given.")] = None,
    priority: Annotated[str | None, _option("priority", "1 (first) to 5.")] = None,
    summary: Annotated[str | None, _option("summary", "What the paper says.")] = None,
    note: Annotated[
        str | None,
        typer.Option(
            "--note", "--notes", metavar="TEXT", help="What you say about it.", show_default=False
        ),
    ] = None,
    key: Annotated[str | None, _option("key", "Its short name here; else made from it.")] = None,
    anyway: Anyway = False,
    catalogue: CataloguePath = None,
) -> None:
    """Add a paper."""
    typed: dict[str, str | Sequence[str] | None] = {
        "key": key, "name": name, "authors": author, "lab": lab, "venue": venue, "year": year,
        "doi": doi, "arxiv": arxiv, "links": link, "tags": tag, "status": status,
        "priority": priority, "summary": summary, "notes": note,
    }  # fmt: skip
    if title:
        typed["title"] = _title(" ".join(title))
    else:
        store.find(catalogue)  # before anybody is asked
        typed.update(_asked({} if any(typed.values()) else _ASKED))
    try:
        with changing(catalogue) as draft:
            paper = changes.add(draft, changes.typed_paper(typed, today()), anyway=anyway)
    except PapertrackError as error:
        if not title:  # what was typed in answer to questions is not to be typed again
            error.details = (*error.details, f"you typed: {_command(typed)}")
        raise
    messages.answer(f"added {paper.key}: {paper.title}")


def _title(text: str) -> str:
    """Return the text if it can be a title; PapertrackError, with what to type, where it is not."""
    bare = text.strip()
    if arxiv := normalise_arxiv(bare):
        raise PapertrackError(f"{bare} is no title: papertrack add TITLE --arxiv {arxiv}")
    if doi := normalise_doi(bare):
        raise PapertrackError(f"{bare} is no title: papertrack add TITLE --doi {doi}")
    if "://" in bare and " " not in bare:
        raise PapertrackError(f"{bare} is no title: papertrack add TITLE --link {bare}")
    if bare == "-" or _BIBTEX.match(bare):
        raise PapertrackError("that is no title: papertrack import - reads what is piped")
    return text


def _asked(questions: Mapping[str, str]) -> dict[str, str]:
    """Return the title and what else is asked for, each checked when it is given.

    Raises RefusedError where they stop, with what they typed so far.
    """
    answers: dict[str, str] = {}
    try:
        answers["title"] = _answer("title", "Title", instead="TITLE")
        for field, question in questions.items():
            answers[field] = _answer(field, f"{question} (or Enter)", instead=f"--{field}")
    except RefusedError as error:
        if answers:
            error.details = (f"you typed: {_command(answers)}",)
        raise
    except KeyboardInterrupt:
        if answers:
            messages.say(f"you typed: {_command(answers)}")
        raise
    return answers


def _answer(field: str, question: str, *, instead: str) -> str:
    """Return an answer that fits the field, or an empty one where that is left out."""
    while True:
        text = prompts.ask(question, instead=instead)
        if not text and field != "title":
            return text
        try:
            value = changes.parsed(field, _title(text) if field == "title" else text, today())
        except PapertrackError as error:
            messages.error(error)
            continue
        if field == "authors" and isinstance(value, tuple) and len(value) > 1:
            messages.say(f"{len(value)} authors: {' · '.join(value)}")
        return text


def _command(typed: Typed) -> str:
    """Return the command line that says the same."""
    words = ["papertrack", "add", str(typed.get("title", ""))]
    for field, values in typed.items():
        option = {"authors": "author", "tags": "tag", "links": "link"}.get(field, field)
        texts = [values] if isinstance(values, str) else values or ()
        if field == "authors" and isinstance(values, str):
            texts = split_names(values)
        if field != "title":
            words += [word for text in texts if text for word in (f"--{option}", text)]
    return shlex.join(words)
