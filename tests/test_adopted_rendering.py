"""What a Markdown parser shows of a file before and after its tables become blocks."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from commandline import Run

_NOTHING = ("", "null", "tbd", "单元格")
_CHANGED = {
    "CNN.md": 1,  # `<Network In Network>` was a tag that nobody saw
    "图网络.md": 3,  # a row broken into two lines is one; an address with `~` is a link
    "对抗攻击.md": 2,  # a paper twice in one table is one row, with the texts of both
    "文本改写&生成.md": 1,  # AAAI19 is AAAI 2019
    "文本预训练模型.md": 4,  # two papers twice in one table, one with two texts
    "论文汇总.md": 10,  # seven rows of papers that stand in one table already
}
"""Rows that are shown otherwise; the account of the import names what became of them."""


class _Rows(HTMLParser):
    """The rows of a page's tables: of each cell its letters, addresses and pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, ...]]] = []
        self._text: str | None = None
        self._leads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._text, self._leads = "", [str(dict(attrs).get("style"))]
        elif self._text is not None:
            self._leads += [str(value) for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._text is not None:
            text = "".join(self._text.casefold().split())
            letters = "" if text in _NOTHING else "".join(sorted(re.sub(r"[\W_]", "", text)))
            self.rows[-1].append((letters, *self._leads))
            self._text = None


def _shown(text: str) -> Counter[tuple[tuple[str, ...], ...]]:
    page = _Rows()
    page.feed(MarkdownIt("commonmark").enable("table").render(text))
    rows = (row for row in page.rows if any(cell[0] for cell in row))
    return Counter(map(tuple, rows))


@pytest.mark.slow
def test_adopting_a_file_changes_nothing_that_is_shown(
    folder: Path, shared: Path, papertrack: Run
) -> None:
    changed = {}
    for number, path in enumerate(sorted((shared / "tables").rglob("*.md"))):
        place = folder / str(number) / "list.md"
        place.parent.mkdir()
        place.write_bytes(path.read_bytes())
        catalogue = str(place.with_name("papers.toml"))
        before = _shown(place.read_text(encoding="utf-8"))
        papertrack("import", str(place), "--adopt", "--catalogue", catalogue)
        text = place.read_text(encoding="utf-8")
        lost = before - _shown(re.sub(r"<!-- papertrack:.*? -->", "", text))
        if lost:
            changed[path.name] = lost.total()
        papertrack("import", str(place), "--adopt", "--catalogue", catalogue)
        assert place.read_text(encoding="utf-8") == text, path.name
    assert changed == _CHANGED
