"""Everything about one paper: a panel for people, plain lines or JSON for programs."""

import sys
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import quote

from papertrack.models import FIELDS, Paper
from papertrack.terminal.cells import fold, width_of
from papertrack.terminal.grid import Styled
from papertrack.terminal.listing import value
from papertrack.terminal.marks import marked
from papertrack.terminal.safe import one_line, visible
from papertrack.terminal.screen import Screen, is_terminal, screen, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

_WIDEST = 100
_LABELS = 10
"""The longest field name, and a space."""
_PROSE = ("summary", "notes")


def paper(found: Paper, *, where: str | None = None) -> None:
    """Print everything about the paper on stdout; `where` is its file and line."""
    if is_terminal(sys.stdout):
        write(shown(found, screen(sys.stdout), where=where))
        return
    write(lines(found, where=where))


def paper_json(found: Paper) -> None:
    """Print the paper on stdout as one JSON object, every field by its name."""
    from papertrack.terminal.as_json import dumped  # needed for --json only

    write(dumped(found))


def lines(found: Paper, *, where: str | None = None) -> str:
    """Return `field<TAB>value` lines of what is known; a line for each line of text or link."""
    known = [(name, line) for name in FIELDS for line in _lines_of(found, name)]
    if where:
        known.append(("where", where))
    return "".join(f"{name}\t{one_line(line)}\n" for name, line in known)


def shown(found: Paper, screen: Screen, *, where: str | None = None) -> str:
    """Return the panel that a person sees."""
    from rich.box import ROUNDED  # slow to import, needed at a terminal only
    from rich.console import Console, Group
    from rich.panel import Panel
    from rich.style import Style
    from rich.text import Text

    width = min(screen.width, _WIDEST)
    inner = width - 4
    body: list[Text] = [
        Text(line, style="bold", no_wrap=True) for line in fold(visible(found.title), inner)
    ]
    below = [name for name in FIELDS if name not in {"key", "title", "status", *_PROSE}]
    facts = [("status", marked(found.status, screen))]
    facts += [(name, Styled(line, "")) for name in below for line in _lines_of(found, name)]
    body.append(Text(""))
    before = ""
    for name, (text, style) in facts:
        link = _address(name, text)
        for number, line in enumerate(fold(visible(text), max(8, inner - _LABELS))):
            label = name if number == 0 and name != before else ""
            row = Text(label.ljust(_LABELS), style="dim", no_wrap=True)
            row.append(line, style=f"not dim {style or 'default'}")
            if link:
                row.stylize(Style(underline=True, link=link), _LABELS)
            body.append(row)
        before = name
    for name in _PROSE:
        body.extend(_prose(found, name, inner))
    panel = Panel(
        Group(*body),
        box=ROUNDED,
        title=Text(visible(found.key), style="bold cyan"),
        title_align="left",
        subtitle=Text(visible(where), style="dim") if where else None,
        subtitle_align="right",
        width=width,
    )
    console = Console(
        file=StringIO() if screen.signs else _AsciiFile(),
        force_terminal=True,
        color_system="standard" if screen.colours else None,
        no_color=False,  # decided by the screen
        width=width,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(panel)
    return captured.get()


class _AsciiFile(StringIO):
    encoding = "ascii"


def _prose(found: Paper, name: str, width: int) -> "Iterator[Text]":
    from rich.style import Style  # slow to import, needed at a terminal only
    from rich.text import Text

    text = getattr(found, name)
    if not text:
        return
    yield Text("")
    yield Text(name, style="dim")
    for line in visible(text, lines=True).rstrip("\n").split("\n"):
        address = _address("links", line.strip())
        style = Style(underline=True, link=address) if address else ""
        for part in fold(line, width):
            yield Text(part, style=style, no_wrap=True)


def _lines_of(found: Paper, name: str) -> list[str]:
    if name == "links":
        return list(found.links)
    text = value(found, name)
    if name in _PROSE:
        return text.removesuffix("\n").split("\n") if text else []
    return [text] if text else []


def _address(name: str, text: str) -> str | None:
    """Return where a click leads, with nothing in it that a terminal would act on."""
    prefixes = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/", "links": ""}
    if name not in prefixes:
        return None
    address = quote(prefixes[name] + text.strip(), safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
    web = address.startswith(("https://", "http://"))
    return address if web and " " not in text.strip() and width_of(text) else None
