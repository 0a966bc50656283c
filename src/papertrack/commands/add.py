"""papertrack add."""

from typing import Annotated, Any

import typer

from papertrack import changes
from papertrack.options import CataloguePath
from papertrack.session import changing, today
from papertrack.terminal import messages, prompts

EXAMPLES = (
    'papertrack add "Attention Is All You Need" --lab Google --year 2017 --arxiv 1706.03762',
    'papertrack add "Highway Networks" --author "Rupesh Srivastava" --tag cnn --priority 2',
)

_ASKED = ("lab", "venue", "year", "arxiv")
"""The fields asked for where somebody adds a paper with nothing at a terminal."""

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
    typed = {
        "key": key, "name": name, "authors": author, "lab": lab, "venue": venue, "year": year,
        "doi": doi, "arxiv": arxiv, "links": link, "tags": tag, "status": status,
        "priority": priority, "summary": summary, "notes": note,
    }  # fmt: skip
    typed["title"] = " ".join(title) if title else prompts.ask("Title", instead="TITLE")
    if not title and not any(typed[field] for field in _ASKED):
        typed.update(_asked())
    with changing(catalogue) as draft:
        paper = changes.add(draft, changes.typed_paper(typed, today()), anyway=anyway)
    messages.answer(f"added {paper.key}: {paper.title}")


def _asked() -> dict[str, str]:
    return {
        field: prompts.ask(f"{field.capitalize()} (or Enter)", instead=f"--{field}")
        for field in _ASKED
    }
