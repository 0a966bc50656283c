"""What a table says that its papers' fields would not give back: kept so that they do.

A cell such as `**Smith** and [Doe](https://…)` gives the authors, and is kept as it is written in
the paper's own columns, for the table to show.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from papertrack.markdown.cells import OWN, Cells, column_of
from papertrack.markdown.columns import Column
from papertrack.markdown.inline import Span, line_of, prose, spans
from papertrack.markdown.tags import split_tags
from papertrack.markdown.vocabulary import Role
from papertrack.models import Look, Paper
from papertrack.nothing import is_nothing

_AS_THEY_ARE = (
    Role.OTHER, Role.LINKS, Role.DATE, Role.SKIP, Role.SUMMARY, Role.NOTES, Role.NUMBER, Role.MODEL,
)  # fmt: skip
"""The roles whose text is kept as it is written, or is not the author's."""
_MARKED = re.compile(r"([*_~]{1,3}|`)(.+)\1", re.DOTALL)
_MARKED_TAG = re.compile(r"`[^`]+`")
_HALF = 0.5
_BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)(.+)")


class Line(NamedTuple):
    """A paper with the cells that it was made of."""

    cells: Sequence[str]
    paper: Paper


def keep_cells(
    columns: Sequence[Column], lines: Sequence[Line], look: Look, *, given: bool = False
) -> tuple[Look, list[Paper]]:
    """Return the look and the papers that give every cell back.

    `given` says that the look is somebody's, whose columns stay.
    """
    plain = look.model_copy(
        update={"columns": tuple(column_of(column).name for column in look.columns)}
    )
    writer = Cells(plain, definitions=False)
    written = [writer.row(line.paper) for line in lines]
    papers = [line.paper for line in lines]
    specs = list(look.columns)
    for column in columns:
        if column.role in _AS_THEY_ARE:
            continue
        at = column.index
        cells = [line.cells[at] if at < len(line.cells) else "" for line in lines]
        made = [row[at] for row in written]
        marks = column_of(look.columns[at]).marks
        if not given:
            tags = column.role is Role.TAGS
            marks = _tag_marks(cells, look.tag_break) if tags else _marks(cells, made)
        papers = [
            _kept(column, cell, text, marks, paper)
            for cell, text, paper in zip(cells, made, papers, strict=True)
        ]
        if not given:
            spelled = any(column.label in paper.columns for paper in papers)
            name = f"{specs[at]}+{OWN}{column.label}" if spelled else specs[at]
            specs[at] = f"{marks}{name}{marks}"
    return look.model_copy(update={"columns": tuple(specs)}), papers


def _marks(cells: Iterable[str], made: Iterable[str]) -> str:
    """Return the marks of emphasis that stand around most cells of a column."""
    found: Counter[str] = Counter()
    count = 0
    for cell, text in zip(cells, made, strict=True):
        if is_nothing(cell):
            continue
        count += 1
        whole = _MARKED.fullmatch(cell.strip())
        if whole and _is_same(whole[2], text):
            found[whole[1]] += 1
    marks, times = found.most_common(1)[0] if found else ("", 0)
    return marks if times > count * _HALF else ""


def _tag_marks(cells: Iterable[str], between: str) -> str:
    """Return the backtick where every tag of most cells is code, else nothing."""
    full = [cell for cell in cells if not is_nothing(cell)]
    code = [cell for cell in full if cell == between.join(f"`{tag}`" for tag in split_tags(cell))]
    return "`" if len(code) > len(full) * _HALF else ""


def _kept(column: Column, cell: str, made: str, marks: str, paper: Paper) -> Paper:
    """Return the paper with a cell as it is written, where its fields do not give it back."""
    if is_nothing(cell) or _is_given_back(column, cell, made, marks):
        return _with_cell(paper, column, None)
    return _with_cell(paper, column, prose(cell).removesuffix("\n"))


def _is_given_back(column: Column, cell: str, made: str, marks: str) -> bool:
    """Say whether a cell made of the fields says what the cell does."""
    same: Callable[[str, str], bool] = _is_same
    if column.role in (Role.SOURCE, Role.VENUE):
        same = _is_same_source
    elif column.role is Role.TAGS and marks:
        return not re.search(r"\w", _MARKED_TAG.sub("", cell))
    elif column.role is Role.TAGS:
        same = _are_same_tags
    inner = _unmarked(cell, marks)
    return inner is not None and same(inner, made)


def _unmarked(cell: str, marks: str) -> str | None:
    """Return what stands within the marks that most cells of a column have; None without them."""
    found = _MARKED.fullmatch(cell.strip()) if marks else None
    if marks:
        return found[2] if found and found[1] == marks else None
    return cell


def _with_cell(paper: Paper, column: Column, text: str | None) -> Paper:
    """Return the paper with this under the column's header in its own columns; None is nothing."""
    if paper.columns.get(column.label) == text:
        return paper
    columns = {header: cell for header, cell in paper.columns.items() if header != column.label}
    if text is not None:
        columns[column.label] = text
    return paper.model_copy(update={"columns": columns})


def _is_same(cell: str, made: str) -> bool:
    """Say whether two cells say the same: white space and how a break is spelled aside."""
    one, other = _normal(cell), _normal(made)
    return one == other or _runs(one) == _runs(other)


def _normal(cell: str) -> str:
    return "".join(_BREAKS.sub("<br>", cell).removesuffix("<br>").removeprefix("<br>").split())


def _runs(cell: str) -> list[Span]:
    runs = (run._replace(text=re.sub(r"[^\S\n]+", "", run.text)) for run in spans(cell))
    return [run for run in runs if run.text or run.image]


def _is_same_source(cell: str, made: str) -> bool:
    """Say whether two sources differ in spelling only: `arXiv2022`, `2022，arXiv`."""
    runs = spans(cell)
    if any(run._replace(text="") != Span("") for run in runs):
        return _is_same(cell, made)
    one = _LETTERS.sub("", line_of(runs)).casefold()
    other = _LETTERS.sub("", line_of(spans(made))).casefold()
    first = _YEAR_FIRST.fullmatch(one)
    return one in (other, f"{other[:-4]}{other[-2:]}") or (
        first is not None and f"{first[2]}{first[1]}" == other
    )


def _are_same_tags(cell: str, made: str) -> bool:
    """Say whether a cell holds tags that commas divide, or another sign; nothing else."""
    del made  # holds the tags of headings too
    runs = spans(cell)
    if any(run._replace(text="") != Span("") for run in runs):
        return False
    tags = _LETTERS.sub("", "".join(split_tags(cell)))
    return tags == _LETTERS.sub("", line_of(runs)) and "#" not in cell
