"""papertrack show, papertrack open."""

import sys
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from papertrack import resolve, store, terminal
from papertrack.authors import shown_name
from papertrack.files import as_typed
from papertrack.models import FIELDS, PROSE, Paper
from papertrack.session import Json, NoPager, Reference, catalogue_path, flag, reading
from papertrack.terminal import console, is_terminal, visible, write
from papertrack.terminal.tables import dumped, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, RenderableType
    from rich.text import Text

EXAMPLES = (
    "papertrack show llama",
    'papertrack show "Constitutional AI"',
    "papertrack open llama",
    "papertrack open llama --pdf",
    "papertrack open t5 --print",
)


_WIDEST = 100
_OF_ENTRY = {"key": "citation key", "type": "entry type"}
"""What a bibliography's own marks are called beside the fields of the paper."""
_NARROWEST = 8


def show(reference: Reference, *, no_pager: NoPager = False, as_json: Json = False) -> None:
    """Show everything about one paper."""
    with reading() as known:
        paper = resolve.one(reference, known.papers)
        if as_json:
            write(dumped(paper))
            return
        if paper.columns:
            from papertrack.markdown.writing import own_columns  # for papers that have some

            # how a cell was spelled is for tables, not for people
            own = own_columns(paper, (known.look, *known.looks.values()))
            paper = paper.model_copy(update={"columns": own})
        if screen := terminal.screen():
            panel = layout(paper, screen, where=_place(paper))
            console.show([panel], screen, paged=not no_pager)
        else:
            write(lines(paper))


def open_(
    reference: Reference,
    *,
    pdf: Annotated[bool, flag("--pdf", "Open arXiv's PDF, or a link to one.")] = False,
    only_print: Annotated[bool, flag("--print", "Print the address and open nothing.")] = False,
) -> None:
    """Open a paper in the browser: at arXiv, its DOI or a link.

    papertrack opens the first of these that the paper has. Without a browser, and in a pipe, it
    prints the address.
    """
    with reading() as known:
        paper = resolve.one(reference, known.papers)
        address = resolve.pdf_address(paper) if pdf else resolve.address(paper)
        quiet = only_print or not is_terminal(sys.stdout)
        opened = not quiet and console.open_page(address)
        terminal.answer(f"opened {address}" if opened else address)


def lines(paper: Paper) -> str:
    """Return `field<TAB>value` lines of what is known; a line for each line of text or link."""
    known = [(name, line) for name in FIELDS for line in _lines_of(paper, name)]
    known += [(f"column:{header}", text) for header, text in paper.columns.items()]
    known += [(f"bibtex:{field}", text) for field, text in paper.bibtex.items()]
    return "".join(f"{visible(name)}\t{visible(line)}\n" for name, line in known)


def layout(paper: Paper, screen: "Console", *, where: str | None = None) -> "RenderableType":
    """Return the panel that a person sees; `where` is the paper's file and line."""
    from rich.box import ROUNDED  # for a person only
    from rich.console import Group
    from rich.panel import Panel

    width = min(screen.width, _WIDEST)
    inner = width - 4
    body: list[RenderableType] = [*console.paragraph(visible(paper.title), inner, "bold")]
    body += ["", *_facts(paper, screen, inner)]
    for name in PROSE:
        body += _prose(paper, name, inner)
    return Panel(
        Group(*body),
        box=ROUNDED,
        border_style="dim",
        title=console.styled(visible(paper.key), "not dim cyan"),
        title_align="left",
        subtitle=console.styled(visible(where)) if where else None,
        subtitle_align="right",
        width=width,
    )


def _facts(paper: Paper, screen: "Console", width: int) -> "Iterator[Text]":
    below = [name for name in FIELDS if name not in {"key", "title", "status", *PROSE}]
    facts = [("status", console.marked(paper.status, screen).plain, console.STYLES[paper.status])]
    for name in below:
        facts += [(name, line, "") for line in _lines_of(paper, name) if line]
    facts += [(header, text, "") for header, text in paper.columns.items() if text]
    cited = ((_OF_ENTRY.get(field, field), text) for field, text in paper.bibtex.items())
    facts += [(field, text, "dim") for field, text in cited if text]
    facts = [(visible(name), text, style) for name, text, style in facts]
    labels = min(width // 3, max(console.width_of(name) for name, _, _ in facts) + 2)
    before = ""
    for name, text, style in facts:
        link = _address(name, text)
        for number, line in enumerate(console.fold(visible(text), max(_NARROWEST, width - labels))):
            row = console.styled(name if number == 0 and name != before else "", "dim")
            row.truncate(labels - 1, overflow="crop")
            row.append(" " * (labels - row.cell_len))
            row.append(line, style=f"not dim {style}")
            if link:
                row.stylize(f"link {link}", labels)
            yield row
        before = name


def _prose(paper: Paper, name: str, width: int) -> "Iterator[RenderableType]":
    """Yield the lines of a text below its name; an address alone on its line can be clicked."""
    text = getattr(paper, name)
    if not text:
        return
    yield from ("", console.styled(name, "dim"))
    for line in visible(text, lines=True).rstrip("\n").split("\n"):
        address = _address("links", line.strip())
        for part in console.fold(line, width):
            yield console.styled(part, f"link {address}" if address else "")


def _lines_of(paper: Paper, name: str) -> list[str]:
    if name == "authors":
        return [", ".join(map(shown_name, paper.authors))] if paper.authors else []
    if name == "links":
        return list(paper.links)
    text = value(paper, name)
    if name in PROSE:
        return text.removesuffix("\n").split("\n") if text else []
    return [text] if text else []


def _address(name: str, text: str) -> str | None:
    """Return where a click leads, with nothing in it that a terminal would act on."""
    prefixes = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/", "links": ""}
    if name not in prefixes:
        return None
    address = quote(prefixes[name] + text.strip(), safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
    web = address.startswith(("https://", "http://"))
    return address if web and text.strip() and " " not in text.strip() else None


def _place(paper: Paper) -> str | None:
    """Return the file and line of the paper, for a person; looking for it takes time."""
    from papertrack.catalogue.lines import locate  # for a person only

    catalogue = catalogue_path()
    try:
        return f"{as_typed(catalogue)}:{locate(store.load_text(catalogue)).of(paper.key)}"
    except KeyError:  # another papertrack has removed it meanwhile
        return None
