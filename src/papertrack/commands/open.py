"""papertrack open."""

import sys
from typing import Annotated

import typer

from papertrack import opening, resolve
from papertrack.options import CataloguePath, Reference
from papertrack.session import reading
from papertrack.terminal import console, messages
from papertrack.terminal.console import is_terminal

EXAMPLES = ("papertrack open llama", "papertrack open llama --pdf", "papertrack open t5 --print")

Pdf = Annotated[bool, typer.Option("--pdf", help="arXiv's PDF, or a link to one.")]
Print = Annotated[bool, typer.Option("--print", help="Print the address and open nothing.")]


def open_(
    reference: Reference,
    *,
    pdf: Pdf = False,
    only_print: Print = False,
    catalogue: CataloguePath = None,
) -> None:
    """Open a paper in the browser: at arXiv, its DOI or a link.

    The first of these that it has. Where there is no browser, and into a pipe, the address is
    printed.
    """
    with reading(catalogue) as known:
        paper = resolve.one(reference, known.papers)
        address = opening.pdf_address(paper) if pdf else opening.address(paper)
        quiet = only_print or not is_terminal(sys.stdout)
        opened = not quiet and console.open_page(address)
        messages.answer(f"opened {address}" if opened else address)
