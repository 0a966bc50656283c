"""Papers written as a GFM table, in the look that a catalogue asks for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from papertrack.errors import PapertrackError
from papertrack.markdown import escaping
from papertrack.markdown.cells import Cells
from papertrack.markdown.grouping import Group, grouped
from papertrack.models import Headings, Look, Paper

DELIMITERS = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
"""What stands below the header of a column, by how it is aligned."""


class Part(Enum):
    """What a line of the tables is."""

    HEADER = "header"
    SECTION = "section"
    HEADING = "heading"
    PAPER = "paper"
    PLACEHOLDER = "placeholder"


class Line(NamedTuple):
    """One line of the tables, whose cells are Markdown already."""

    part: Part
    cells: tuple[str, ...]
    """One a column; of a section's heading, just one."""
    paper: Paper | None = None

    @property
    def text(self) -> str:
        """The line as it stands in the file."""
        return self.cells[0] if self.part is Part.SECTION else f"| {' | '.join(self.cells)} |"


def dumps(
    papers: Iterable[Paper],
    look: Look,
    *,
    labs: Mapping[str, Sequence[str]] = {},
    own_tags: Iterable[str] = (),
) -> str:
    """Return the papers as a Markdown table, or as one a section, with a last line end.

    `labs` gives the order of the groups; `own_tags` are of all these papers, so never a group's.
    PapertrackError names a column or a group that there is not.
    """
    lines = lay_out(papers, look, labs=labs, own_tags=own_tags)
    return "\n".join([*spell(lines, look.align), ""])


def spell(lines: Iterable[Line], align: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of the file: each header with its delimiter row, blank lines at sections.

    `align` is as a look says it. Nothing is padded, so that a new paper is one new line in a diff.
    """
    for word in align:
        if word not in DELIMITERS:
            raise PapertrackError(f'no alignment "{word}": write left, center, right or ""')
    first = True
    for line in lines:
        if line.part is Part.SECTION:
            yield from (line.text, "") if first else ("", line.text, "")
        else:
            yield line.text
        if line.part is Part.HEADER:
            words = (*align[: len(line.cells)], *("",) * (len(line.cells) - len(align)))
            yield f"| {' | '.join(DELIMITERS[word] for word in words)} |"
        first = False


def lay_out(
    papers: Iterable[Paper],
    look: Look,
    *,
    labs: Mapping[str, Sequence[str]] = {},
    own_tags: Iterable[str] = (),
    definitions: bool = False,
) -> list[Line]:
    """Return the tables line by line, each paper's with the paper.

    `definitions` says that the file around has lines such as `[1]: address`.
    """
    own_tags = tuple(own_tags)
    writer = _Writer(look, definitions=definitions, own_tags=own_tags)
    groups = grouped(papers, look, labs=labs, own_tags=own_tags)
    if look.headings is Headings.SECTIONS:
        return list(_sections(groups, writer))
    return list(_one_table(groups, writer))


def _one_table(groups: Sequence[Group], writer: "_Writer") -> Iterator[Line]:
    yield Line(Part.HEADER, writer.headers)
    for number, group in enumerate(groups):
        if group.name is not None:
            yield Line(Part.HEADING, writer.heading(group))
        elif number:  # or a reader takes these for the group's before
            yield Line(Part.PLACEHOLDER, writer.placeholder)
        for paper in group.papers:
            yield Line(Part.PAPER, writer.row(paper), paper)


def _sections(groups: Sequence[Group], writer: "_Writer") -> Iterator[Line]:
    """Yield the tables; papers of no group come first, below the heading that the file has."""
    loose = [paper for group in groups if group.name is None for paper in group.papers]
    named = [group for group in groups if group.name is not None]
    for group in [Group(None, loose), *named] if loose or not named else named:
        if group.name is not None:
            yield Line(Part.SECTION, (writer.section(group.name),))
        yield Line(Part.HEADER, writer.headers)
        for paper in group.papers:
            yield Line(Part.PAPER, writer.row(paper), paper)


class _Writer(Cells):
    """Writes the rows of a table, each cell in its look."""

    def heading(self, group: Group) -> tuple[str, ...]:
        others, text = len(self._cells) - 1, self._cell(group.name or "")
        name = self._marked(text, self._look.heading_marks)
        if self._look.headings is Headings.FIRST or group.is_tag_among_labs:
            return (name, *((self._nothing,) * others))
        return (name,) * (others + 1)

    def section(self, name: str) -> str:
        text = escaping.escape(name, line_break=" ", definitions=self._definitions)
        return f"### {text[:-1]}\\#" if text.endswith("#") else f"### {text}"
