"""Draws the pictures of a terminal that the README shows: python docs/pictures.py.

They are what Rich draws of docs/pictures/papers.toml on a certain day, so that they are always
the same; with --check nothing is written, and the exit status is 1 where one is out of date. With
--page the page of the same papers is photographed, for which Playwright and Chromium are needed.
"""

import io
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from papertrack import blocks, page
from papertrack.catalogue import parse
from papertrack.checks import Subject
from papertrack.commands import desk, stats, triage
from papertrack.commands import list as listing
from papertrack.commands import next as advice
from papertrack.models import Catalogue
from papertrack.next_up import suggested
from papertrack.statistics import figures
from papertrack.status import Status

if TYPE_CHECKING:
    from rich.console import RenderableType

FOLDER = Path(__file__).with_name("pictures")
_TODAY = date(2026, 11, 28)
_WIDTH = 96
_CELL = 12.2
_TEXT = re.compile(r'(<text [^>]*?)textLength="[\d.]+"([^>]*>)([^<]*[^\x00-\xff][^<]*)<')
"""A text of Rich's SVG with a character that may be wide."""
_THEME = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [
        *((36, 41, 47), (207, 34, 46), (26, 127, 55), (154, 103, 0)),
        *((9, 105, 218), (130, 80, 223), (27, 124, 131), (110, 119, 129)),
    ],
)
"""A light page: ground, text, then black, red, green, yellow, blue, magenta, cyan, white."""


def pictures() -> dict[str, str]:
    """Return each picture as SVG text, by its file's name."""
    text = (FOLDER / "papers.toml").read_text(encoding="utf-8")
    catalogue = parse(text).catalogue
    papers = catalogue.papers
    unread = suggested(papers, _TODAY, catalogue.labs)
    subject = Subject(
        catalogue=catalogue,
        text=text,
        today=_TODAY,
        files={"README.md": _readme_of_yesterday(catalogue)},
    )
    waiting = triage.undecided(papers)
    screen = _console()
    drawn: Mapping[str, tuple[str, Iterable[RenderableType]]] = {
        "desk": ("papertrack", desk.layout(subject, screen)),
        "list": ("papertrack list", listing.layout(papers, screen)),
        "next": (
            "papertrack next --why",
            advice.layout(unread[:3], screen, _TODAY, why=True, left=len(unread)),
        ),
        "stats": (
            "papertrack stats",
            stats.layout(figures(papers, _TODAY, catalogue.labs), screen),
        ),
        "triage": (
            "papertrack triage",
            triage.card(waiting[2], f"3 of {len(waiting)}", screen),
        ),
    }
    return {f"{name}.svg": _svg(name, *picture) for name, picture in drawn.items()}


def _readme_of_yesterday(catalogue: Catalogue) -> str:
    """Return a Markdown file made before the paper that is being read was begun."""
    before = catalogue.model_copy(
        update={
            "papers": tuple(
                paper.model_copy(update={"status": Status.TO_READ})
                if paper.status is Status.READING
                else paper
                for paper in catalogue.papers
            )
        }
    )
    empty = "<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
    return blocks.render(empty, before, where="README.md", today=_TODAY).text


def _console() -> Console:
    return Console(
        file=io.StringIO(),
        width=_WIDTH,
        record=True,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def _svg(name: str, command: str, parts: "Iterable[RenderableType]") -> str:
    screen = _console()
    screen.print(Text.assemble(("$ ", "dim"), (command, "bold")), Text())
    for part in parts:
        screen.print(part, soft_wrap=True)
    svg = screen.export_svg(title="", theme=_THEME, unique_id=f"papertrack-{name}")
    return _TEXT.sub(_as_wide_as_its_cells, svg)


def _as_wide_as_its_cells(match: re.Match[str]) -> str:
    """Return a text of the picture with its true length: Rich takes a wide character for one."""
    before, after, text = match.groups()
    length = cell_len(unescape(text)) * _CELL
    return f'{before}textLength="{length:.4g}"{after}{text}<'


def photograph() -> None:
    """Write a picture of the page, as a browser shows it."""
    from playwright.sync_api import sync_playwright  # needed for this picture only

    catalogue = parse((FOLDER / "papers.toml").read_text(encoding="utf-8")).catalogue
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1100, "height": 720})
        tab.set_content(page.dumps(catalogue.papers, catalogue))
        tab.screenshot(path=FOLDER / "page.png")
        browser.close()


def main(arguments: Iterable[str]) -> int:
    """Write the pictures, or with --check only say which are out of date."""
    if "--page" in arguments:
        photograph()
        return 0
    only_check = "--check" in arguments
    stale = []
    for name, svg in pictures().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != svg:
            stale.append(name)
            if not only_check:
                path.write_text(svg, encoding="utf-8")
    if only_check and stale:
        sys.stderr.write(f"out of date: {', '.join(stale)}; python docs/pictures.py draws them\n")
    return int(only_check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
