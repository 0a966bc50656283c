"""Papers written as GFM tables, in groups and in the look that a catalogue asks for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import partial
from itertools import count
from typing import NamedTuple
from urllib.parse import urlsplit

from papertrack.authors import joined_names
from papertrack.errors import PapertrackError
from papertrack.folding import fold_name, is_nothing, nearest
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.labs import LabNames, is_others
from papertrack.markdown import escaping
from papertrack.markdown.inline import BREAK, is_paper
from papertrack.markdown.rows import LINKS
from papertrack.models import FIELDS, PROSE, Headings, Look, Paper
from papertrack.patterns import pattern
from papertrack.status import Status

OWN = "column:"
"""What a column's name begins with that shows an own column of the papers: `column:Code`."""
_COLUMN = pattern(
    rf"(?P<marks>[*_~`]*)(?P<name>.+?)(?:\+{OWN}(?P<header>.+?))?(?P=marks)", re.DOTALL
)
_BLANK = " \t\r\n\v\f"
_LONGEST_WORD = 20
_Cell = Callable[[Paper], str]
DELIMITERS = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
"""What stands below the header of a column, by how it is aligned."""
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


class LookColumn(NamedTuple):
    """A column of a look taken apart: `**name+column:Model**`."""

    name: str
    """What it shows: a field, `source`, `title+link`, `column:HEADER` …"""
    header: str | None = None
    """A paper whose own columns spell the field under this header shows that."""
    marks: str = ""
    """The marks of emphasis around every cell."""


def column_of(text: str) -> LookColumn:
    """Return the parts of a look's column."""
    if text.startswith(OWN) or not (match := _COLUMN.fullmatch(text)):
        return LookColumn(text)
    return LookColumn(match["name"], match["header"], match["marks"])


def fields_of(look: Look) -> tuple[str, ...]:
    """Return what each column shows, without marks and spellings: `title` of `**title+link**`."""
    return tuple(column_of(column).name.removesuffix("+link") for column in look.columns)


def lists_its_tags(look: Look) -> bool:
    """Say whether a look shows those tags alone that it lists: in a column, or as headings."""
    return bool(look.tags) or (look.group == "lab" and "tags" not in fields_of(look))


def own_columns(paper: Paper, looks: Iterable[Look]) -> dict[str, str]:
    """Return the paper's own columns without those that only spell one of its fields.

    Which these are the looks say: `authors+column:By` spells, `column:Code` is a column.
    """
    columns = [column_of(column) for look in looks for column in look.columns]
    own = {it.name.removeprefix(OWN) for it in columns if it.name.startswith(OWN)}
    spelled = {column.header for column in columns if column.header} - own
    return {header: cell for header, cell in paper.columns.items() if header not in spelled}


class Cells:
    """Writes cells in one look."""

    def __init__(
        self, look: Look, *, definitions: bool = False, own_tags: Iterable[str] = ()
    ) -> None:
        """Prepare a function for each column; `own_tags` are of every paper in the table."""
        if not look.columns:
            raise PapertrackError('a look needs columns: write columns = ["title", "status"]')
        self._look = look
        self._definitions = definitions
        self._break = look.line_break if BREAK.fullmatch(look.line_break) else ""
        self._nothing = escaping.as_markdown(look.nothing)
        self._short: dict[str, str] = {}  # few different cells are short, and many cells are
        self._shown_tags = frozenset(map(fold_name, look.tags))
        middle = len(look.brackets) // 2
        self._brackets = look.brackets[:middle], look.brackets[middle:]
        self._own_tags = frozenset(map(fold_name, own_tags))
        self._fields = frozenset(fields_of(look))
        columns = list(map(column_of, look.columns))
        names = [column.name.removeprefix(OWN) for column in columns]
        self._shows = {column.name for column in columns}
        self._own = {it.header or it.name.partition(OWN)[2] for it in columns}
        self._cells = list(map(self._decorated, columns))
        own = [name.removesuffix("+link") for name in names[len(look.headers) :]]
        self.headers = tuple(map(escaping.as_markdown, (*look.headers[: len(names)], *own)))
        self.placeholder = (self._nothing,) * len(self._cells)

    def row(self, paper: Paper) -> tuple[str, ...]:
        """Return what each column shows of a paper."""
        return tuple([cell(paper) for cell in self._cells])

    def heading(self, group: PaperGroup) -> tuple[str, ...]:
        """Return the row above the papers of a group."""
        name = self._marked(self._cell(group.name or ""), self._look.heading_marks)
        if self._look.headings is Headings.FIRST or group.is_tag_among_labs:
            return (name, *self.placeholder[1:])
        return (name,) * len(self._cells)

    def others(self) -> Line:
        """Return what stands above the papers of no group, behind those of another."""
        if self._look.group != "lab" or self._look.headings is not Headings.REPEAT:
            return Line(Part.PLACEHOLDER, self.placeholder)
        word = "其他" if _HAN.search("".join(self.headers)) else "Other"
        return Line(Part.HEADING, self.heading(PaperGroup(word, [])))

    def section(self, name: str) -> str:
        """Return the heading of Markdown above the papers of a group."""
        text = escaping.escape(name, line_break=" ", definitions=self._definitions)
        return f"### {text[:-1]}\\#" if text.endswith("#") else f"### {text}"

    def _cell(self, text: str, *, links: bool = False) -> str:
        """Return the cell for a text; one that reads like a word for nothing is told apart."""
        if not text.strip(_BLANK):
            return self._nothing
        if not self._break:  # lines are joined by some text, which is text like the rest
            text = text.replace("\n", self._look.line_break.replace("\n", " "))
        cell = escaping.escape(
            text, line_break=self._break, definitions=self._definitions, links=links
        )
        if len(cell) > _LONGEST_WORD:
            return cell
        if (known := self._short.get(cell)) is None:
            same = (
                is_nothing(cell) or is_nothing(text) or cell.casefold() == self._nothing.casefold()
            )
            known = self._short[cell] = escaping.escape_wholly(text) if same else cell
        return known

    def _decorated(self, column: LookColumn) -> _Cell:
        """Return what writes a column with its marks, or as a paper's own columns spell it."""
        marks, header = column.marks, column.header
        name = column.name.removesuffix("+link")
        plain = self._column(column.name)
        if header is not None and name in LINKS:
            plain = partial(self._links_left, column)
        if marks and column.name == "tags":
            plain, marks = (lambda paper: self._marked_tags(paper, column.marks)), ""
        marked = (lambda paper: self._marked(plain(paper), marks)) if marks else plain
        if header is None:
            return marked

        def cell(paper: Paper) -> str:
            spelled = paper.columns.get(header)
            if spelled is None:
                return marked(paper)
            from papertrack.markdown.kept_cells import agreeing  # which few tables need

            own = () if self._look.tags else self._own_tags
            tags = [tag for tag in self._listed(paper.tags) if fold_name(tag) not in own]
            written = self._cell(spelled, links=self._look.markup)
            kept = agreeing(name, written, paper, beside=self._fields, tags=tags, look=self._look)
            return kept or marked(paper)

        return cell

    def _marked_tags(self, paper: Paper, marks: str) -> str:
        cells = (self._marked(self._cell(tag), marks) for tag in self._listed(paper.tags))
        return self._look.tag_break.join(cells) or self._nothing

    def _marked(self, cell: str, marks: str) -> str:
        """Return a cell that says something within marks, unless they cannot hold it."""
        if not marks or cell in ("", self._nothing) or cell != cell.strip():
            return cell
        if "`" in marks and ("`" in cell or escaping.plain(cell) != cell):
            return cell
        return f"{marks}{cell}{marks}"

    def _column(self, column: str) -> _Cell:
        if column.startswith(OWN):
            header = column.removeprefix(OWN)
            return lambda paper: self._cell(paper.columns.get(header, ""), links=self._look.markup)
        numbers = count(1)
        words = {status: escaping.as_markdown(self._look.word(status)) for status in Status}
        special: dict[str, _Cell] = {
            "status": lambda paper: words[paper.status] or self._nothing,
            "title": lambda paper: self._cell(self._title(paper)),
            "title+link": self._linked_title,
            "link": self._links,
            "number": lambda _: str(next(numbers)),
            "source": lambda paper: self._cell(paper.source),
            "tags": lambda paper: self._cell(self._look.tag_break.join(self._listed(paper.tags))),
        }
        if column not in special and column not in FIELDS:
            raise _no_column(column)
        return special.get(column) or self._field(column)

    def _field(self, name: str) -> _Cell:
        join = {"authors": joined_names, "links": "\n".join}.get(name)
        markup = self._look.markup and name in PROSE  # where people write links

        def cell(paper: Paper) -> str:
            value = getattr(paper, name)
            if isinstance(value, str):
                return self._cell(_without_last_end(value), links=markup)
            return self._cell(join(value) if join else "" if value is None else str(value))

        return cell

    def _listed(self, tags: Iterable[str]) -> list[str]:
        """Return those of a paper's tags that the look lists."""
        return [it for it in tags if not self._shown_tags or fold_name(it) in self._shown_tags]

    def _title(self, paper: Paper) -> str:
        title = re.sub(r"[\r\n]+", " ", _without_last_end(paper.title))  # one line is read back
        return title.join(self._brackets)

    def _linked_title(self, paper: Paper) -> str:
        title, address = self._title(paper), next(iter(paper.addresses), None)
        linked = escaping.link(title, address, line_break=self._break) if address else ""
        return linked or self._cell(title)

    def _links(self, paper: Paper) -> str:
        return self._linked(paper.addresses)

    def _links_left(self, column: LookColumn, paper: Paper) -> str:
        """Return a cell of the links that no other cell of the row shows.

        Where papers have a column of their own, `links` is of what leads to none.
        """
        from papertrack.markdown.kept_cells import unshown_addresses  # which few tables need

        left = unshown_addresses(paper, self._own - {column.header})
        beside = ("links",) if column.name == "link" else ("link", "title+link")
        if self._shows.intersection(beside):
            left = [it for it in left if is_paper(it) is (column.name == "link")]
        return self._linked(left)

    def _linked(self, addresses: Iterable[str]) -> str:
        return " ".join(escaping.link(_site(it), it) for it in addresses) or self._nothing


def _without_last_end(text: str) -> str:
    """Return the text as it was meant: TOML ends a text of several lines with a line end."""
    return text.removesuffix("\n").removesuffix("\r")


def _site(address: str) -> str:
    """Return what a link is called: `arXiv`, `DOI`, or the site's name."""
    try:
        host = urlsplit(address).netloc.lower().removeprefix("www.")
    except ValueError:  # such as an unfinished IPv6 address
        return address
    if normalise_arxiv(address) and host.endswith(("arxiv.org", "alphaxiv.org", "ar5iv.org")):
        return "arXiv"
    if host in ("doi.org", "dx.doi.org") and normalise_doi(address):
        return "DOI"
    return host or address


def _no_column(column: str) -> PapertrackError:
    if column.startswith("note:"):  # as the first release wrote them
        return PapertrackError(f'no column "{column}": write {OWN}{column.removeprefix("note:")}')
    near = nearest(column, (*FIELDS, "source", "link", "title+link", "number"))
    hint = f"did you mean {near[0]}?" if near else f'columns are like "title" or "{OWN}备注"'
    return PapertrackError(f'no column "{column}": {hint}')


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
    lines = spell(lay_out(papers, look, labs=labs, own_tags=own_tags), look.align)
    return "\n".join([*lines, ""])


def spell(lines: Iterable[Line], align: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of the file: each header with its delimiter row, blank lines at sections.

    `align` is as a look says it. Nothing is padded, so that a new paper is one new line in a diff.
    """
    for word in align:
        if word not in DELIMITERS:
            raise PapertrackError(f'no alignment "{word}": write left, center, right or ""')
    for number, line in enumerate(lines):
        if line.part is Part.SECTION:
            yield from ("", line.text, "") if number else (line.text, "")
        else:
            yield line.text
        if line.part is Part.HEADER:
            words = (*align[: len(line.cells)], *("",) * (len(line.cells) - len(align)))
            yield f"| {' | '.join(DELIMITERS[word] for word in words)} |"


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
    writer = Cells(look, definitions=definitions, own_tags=own_tags)
    groups = grouped(papers, look, labs=labs, own_tags=own_tags)
    if look.headings is Headings.SECTIONS:
        return list(_sections(groups, writer))
    return list(_one_table(groups, writer))


def _one_table(groups: Sequence[PaperGroup], writer: Cells) -> Iterator[Line]:
    yield Line(Part.HEADER, writer.headers)
    named = any(is_others(group.name) for group in groups if group.name)  # somebody's own
    for number, group in enumerate(groups):
        if group.name is not None:
            yield Line(Part.HEADING, writer.heading(group))
        elif number:  # or a reader takes these for the group's before
            yield Line(Part.PLACEHOLDER, writer.placeholder) if named else writer.others()
        for paper in group.papers:
            yield Line(Part.PAPER, writer.row(paper), paper)


def _sections(groups: Sequence[PaperGroup], writer: Cells) -> Iterator[Line]:
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
        before = name if naming.loose_stay else ""  # the last
    every = [PaperGroup(None, loose[None])]
    among_labs = [name for name in naming.tags if name in groups]
    for name in [*(name for name in groups if name not in among_labs), *among_labs]:
        every.append(PaperGroup(name, groups[name], name in among_labs))
        every.append(PaperGroup(None, loose.get(name, [])))
    every.append(PaperGroup(None, loose.get("", [])))
    return [group for group in every if group.papers]


def _naming(look: Look, labs: Mapping[str, Sequence[str]], own_tags: Iterable[str]) -> _Naming:
    match look.group:
        case "lab":
            tags = [tag for tag in look.tags if tag not in labs]
            return _Naming(tuple(labs), _lab_namer(labs, tags), tags)
        case "tag":
            return _Naming(look.tags, _tag_namer(look.tags, own_tags), loose_stay=True)
        case "status":  # in the order in which the look names them
            words = {status: look.word(status) or status.value for status in Status}
            named = dict.fromkeys([*(Status(it) for it in look.statuses if it in words), *Status])
            return _Naming([words[it] for it in named], lambda paper: words[paper.status])
        case "year":
            return _Naming((), lambda paper: str(paper.year) if paper.year else None)
        case other:
            near = nearest(other or "", ("lab", "tag", "status", "year"))
            hint = f"did you mean {near[0]}?" if near else "write one of lab, tag, status, year"
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
