"""Papers written as GFM tables, in groups and in the look that a catalogue asks for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from papertrack.errors import PapertrackError
from papertrack.folding import fold_name, nearest
from papertrack.labs import LabNames, is_others
from papertrack.markdown import escaping
from papertrack.markdown.cell_writing import Cells
from papertrack.models import Headings, Look, Paper
from papertrack.patterns import pattern
from papertrack.status import Status

DELIMITERS = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
"""What stands below the header of a column, by how it is aligned."""
_GROUPS = ("lab", "tag", "status", "year")
_LAST = ""
_HAN = pattern("[\u4e00-\u9fff]")


class PaperGroup(NamedTuple):
    """Papers under one heading."""

    name: str | None
    """What the heading says; None where there is no heading."""
    papers: list[Paper]
    is_tag_among_labs: bool = False
    """Whether it is of papers of no lab, which have a tag in common."""


class _Naming(NamedTuple):
    """How papers are grouped."""

    order: Sequence[str]
    """The groups that have a place of their own; others follow as they appear."""
    name: Callable[[Paper], str | None]
    tags: Sequence[str] = ()
    """Those that are tags among labs: they come last."""
    loose_stay: bool = False
    """Whether papers of no group stay behind the group that they followed, else they come last."""


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


class _Writer(Cells):
    """Writes the rows of a table, each cell in its look."""

    def heading(self, group: PaperGroup) -> tuple[str, ...]:
        others, text = len(self._cells) - 1, self._cell(group.name or "")
        name = self._marked(text, self._look.heading_marks)
        if self._look.headings is Headings.FIRST or group.is_tag_among_labs:
            return (name, *((self._nothing,) * others))
        return (name,) * (others + 1)

    def others(self) -> Line:
        """Return what stands above the papers of no group, behind those of another."""
        if self._look.group != "lab" or self._look.headings is not Headings.REPEAT:
            return Line(Part.PLACEHOLDER, self.placeholder)
        word = "其他" if _HAN.search("".join(self.headers)) else "Other"
        return Line(Part.HEADING, self.heading(PaperGroup(word, [])))

    def section(self, name: str) -> str:
        text = escaping.escape(name, line_break=" ", definitions=self._definitions)
        return f"### {text[:-1]}\\#" if text.endswith("#") else f"### {text}"


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


def _one_table(groups: Sequence[PaperGroup], writer: "_Writer") -> Iterator[Line]:
    yield Line(Part.HEADER, writer.headers)
    named = any(is_others(group.name) for group in groups if group.name)  # somebody's own
    for number, group in enumerate(groups):
        if group.name is not None:
            yield Line(Part.HEADING, writer.heading(group))
        elif number:  # or a reader takes these for the group's before
            yield Line(Part.PLACEHOLDER, writer.placeholder) if named else writer.others()
        for paper in group.papers:
            yield Line(Part.PAPER, writer.row(paper), paper)


def _sections(groups: Sequence[PaperGroup], writer: "_Writer") -> Iterator[Line]:
    """Yield the tables; papers of no group come first, below the heading that the file has."""
    loose = [paper for group in groups if group.name is None for paper in group.papers]
    named = [group for group in groups if group.name is not None]
    for group in [PaperGroup(None, loose), *named] if loose or not named else named:
        if group.name is not None:
            yield Line(Part.SECTION, (writer.section(group.name),))
        yield Line(Part.HEADER, writer.headers)
        for paper in group.papers:
            yield Line(Part.PAPER, writer.row(paper), paper)


def grouped(
    papers: Iterable[Paper],
    look: Look,
    *,
    labs: Mapping[str, Sequence[str]] = {},
    own_tags: Iterable[str] = (),
) -> list[PaperGroup]:
    """Return the groups that have papers, in order; within a group the papers keep theirs.

    Papers of no group stay before the groups if no group was before them; else they come last,
    or, among tags, behind the group that they followed.
    """
    if look.group is None:
        return [PaperGroup(None, list(papers))]
    naming = _naming(look, labs, own_tags)
    groups: dict[str, list[Paper]] = {name: [] for name in naming.order}
    loose: dict[str | None, list[Paper]] = {None: []}
    before: str | None = None
    for paper in papers:
        if (name := naming.name(paper)) is None:
            loose.setdefault(before, []).append(paper)
            continue
        groups.setdefault(name, []).append(paper)
        before = name if naming.loose_stay else _LAST
    every = [PaperGroup(None, loose[None])]
    among_labs = [name for name in naming.tags if name in groups]
    for name in [*(name for name in groups if name not in among_labs), *among_labs]:
        every.append(PaperGroup(name, groups[name], name in among_labs))
        every.append(PaperGroup(None, loose.get(name, [])))
    every.append(PaperGroup(None, loose.get(_LAST, [])))
    return [group for group in every if group.papers]


def _naming(look: Look, labs: Mapping[str, Sequence[str]], own_tags: Iterable[str]) -> _Naming:
    match look.group:
        case "lab":
            tags = [tag for tag in look.tags if tag not in labs]
            return _Naming(tuple(labs), _lab_namer(labs, tags), tags)
        case "tag":
            return _Naming(look.tags, _tag_namer(look.tags, own_tags), loose_stay=True)
        case "status":
            return _Naming(_status_words(look), lambda paper: _status_word(look, paper.status))
        case "year":
            return _Naming((), lambda paper: str(paper.year) if paper.year else None)
        case other:
            near = nearest(other or "", _GROUPS)
            hint = f"did you mean {near[0]}?" if near else f"write one of {', '.join(_GROUPS)}"
            raise PapertrackError(f'no group "{other}": {hint}')


def _lab_namer(
    labs: Mapping[str, Sequence[str]], tags: Sequence[str]
) -> Callable[[Paper], str | None]:
    """Return a function that gives a paper's lab the name that the catalogue gives the lab.

    A paper of no lab has the first of these tags instead.
    """
    names = LabNames(labs)
    spelled: dict[str, str] = {}
    tag_of = _tag_namer(tags, ()) if tags else lambda _: None

    def name(paper: Paper) -> str | None:
        if paper.lab is None or not paper.lab.strip():
            return tag_of(paper)
        return spelled.setdefault(names.folded(paper.lab), names.canonical(paper.lab))

    return name


def _tag_namer(groups: Sequence[str], own_tags: Iterable[str]) -> Callable[[Paper], str | None]:
    """Return a function that gives a paper's first tag that is a heading of the look.

    A look that names no headings has every tag for one but those that the block's query names.
    """
    own = {fold_name(tag) for tag in own_tags}
    spelled = {fold_name(group): group for group in groups}

    def name(paper: Paper) -> str | None:
        tags = [tag for tag in paper.tags if tag.strip()]
        if spelled:
            return next((spelled[tag] for tag in map(fold_name, tags) if tag in spelled), None)
        return next((tag for tag in tags if fold_name(tag) not in own), None)

    return name


def _status_word(look: Look, status: Status) -> str:
    return look.statuses.get(status) or status.value


def _status_words(look: Look) -> list[str]:
    """Return the words in the order in which the look names them, then those of other statuses."""
    named = [Status(word) for word in look.statuses if word in set(Status)]
    return [_status_word(look, status) for status in dict.fromkeys((*named, *Status))]
