"""A catalogue's text in parts, one for each paper: put in, taken out, joined again."""

import re
from collections.abc import Sequence
from itertools import pairwise

from papertrack.catalogue import paper_text
from papertrack.catalogue.paper_text import Style
from papertrack.catalogue.pieces import paper_starts
from papertrack.errors import PapertrackError
from papertrack.models import Paper
from papertrack.toml import Table, newline_of


class Part:
    """One paper, what TOML says of it, and the text from its header to the next paper's."""

    __slots__ = ("entry", "paper", "text")

    def __init__(self, paper: Paper, entry: Table, text: str) -> None:
        """Hold all three, to be changed together."""
        self.paper = paper
        self.entry = entry
        self.text = text


class Sheet:
    """The parts of one valid text, in order, behind what stands before all papers."""

    def __init__(self, text: str, papers: Sequence[Paper], entries: Sequence[Table]) -> None:
        """Cut the text; PapertrackError for papers written in a form that is not edited."""
        starts = paper_starts(text, len(papers))
        if starts is None or len(starts) != len(papers):
            raise PapertrackError(
                "papertrack reads papers written as paper = [{…}] and does not edit them: "
                "write each under a [[paper]] header"
            )
        bounds = [*starts, len(text)]
        self.newline = newline_of(text)
        self.head = text[: bounds[0]]
        self.parts = [
            Part(paper, entry, text[start:end])
            for paper, entry, (start, end) in zip(papers, entries, pairwise(bounds), strict=True)
        ]

    @property
    def text(self) -> str:
        """The parts joined."""
        return "".join((self.head, *(part.text for part in self.parts)))

    def own(self, part: Part) -> str:
        """Return the paper's text with the comments above it that belong to it."""
        index = self.parts.index(part)
        return paper_text.lead(self._before(index)) + self._told(index).own

    def take_out(self, part: Part) -> None:
        """Remove the paper and its comments; of the blank lines around it, one side stays."""
        index = self.parts.index(part)
        before = self._without_lead(index)
        rest = self._told(index).rest
        # it matches nothing too
        blank = rest[: _BLANK_LINES.match(rest).end()]  # type: ignore[union-attr]
        ends = index + 1 == len(self.parts) and blank == rest
        if ends:
            before = before[: len(before) - len(_trailing_blanks(before))]
        if ends or not before or _trailing_blanks(before):
            rest = rest[len(blank) :]
        self._set_before(index, before + rest)
        del self.parts[index]

    def put(self, paper: Paper, fields: paper_text.Fields, after: Part | None) -> Part:
        """Write a new paper behind another, or behind all, in the style of its neighbours."""
        index = len(self.parts) - 1 if after is None else self.parts.index(after)
        style = self._style(index)
        before = self._before(index + 1)
        end = len(before)
        if after is not None:
            end = paper_text.end_of(before, last=index + 1 == len(self.parts))
        before, rest = before[:end], before[end:]
        text = paper_text.new_paper(fields, style)
        if before and not before.endswith("\n"):
            before += style.newline
            text = text.removesuffix(style.newline)
        if before:
            missing = style.gap - _trailing_blanks(before).count("\n")
            before += style.newline * max(0, missing)
        self._set_before(index + 1, before)
        part = Part(paper, dict(fields), text + rest)
        self.parts.insert(index + 1, part)
        return part

    def exchange(self, part: Part, own: paper_text.Alone) -> None:
        """Put another text in the place of the paper's own."""
        index = self.parts.index(part)
        rest = self._told(index).rest
        text = own.text
        if not rest and index + 1 == len(self.parts) and not part.text.endswith("\n"):
            text = text.removesuffix(self.newline)
        self._set_before(index, self._without_lead(index) + own.lead)
        part.text = text + rest

    def _told(self, index: int) -> paper_text.Parts:
        return paper_text.parts(self.parts[index].text, last=index + 1 == len(self.parts))

    def _before(self, index: int) -> str:
        return self.parts[index - 1].text if index else self.head

    def _set_before(self, index: int, text: str) -> None:
        if index:
            self.parts[index - 1].text = text
        else:
            self.head = text

    def _without_lead(self, index: int) -> str:
        before = self._before(index)
        return before[: len(before) - len(paper_text.lead(before))]

    def _style(self, index: int) -> Style:
        """Return how the paper is written, and how far it is from its neighbour."""
        if index < 0:
            return Style(self.newline)
        style = paper_text.style_of(self.parts[index].text, self.newline)
        neighbours = [other for other in (index, index + 1) if 0 < other < len(self.parts)]
        if not neighbours:
            return style
        above = self._without_lead(neighbours[0])
        return style._replace(gap=_trailing_blanks(above).count("\n"))


_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*(?:[ \t]+\Z)?")


def _trailing_blanks(text: str) -> str:
    """Return the blank lines at the end of a text that ends with a line end, or is empty."""
    body = text.rstrip(" \t\r\n")
    if not body:
        return text
    end = text.find("\n", len(body)) + 1
    return text[end:] if end else ""
