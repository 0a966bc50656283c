"""How a table looks, so that an export gives the same table back.

A cell such as `**Smith** and [Doe](https://…)` gives the authors, and is kept as it is written in
the paper's own columns, for the table to show.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from papertrack.folding import is_nothing
from papertrack.markdown import escaping
from papertrack.markdown.cell_fields import BRACKET, in_order, said_status, split_tags
from papertrack.markdown.column_fields import TableColumn
from papertrack.markdown.inline import BREAK, Span, line_of, prose, spans, visible_text
from papertrack.markdown.row_kinds import DraftRow
from papertrack.markdown.rows import LINKS, Kind, Meaning
from papertrack.markdown.title_cells import whole_bracket
from papertrack.markdown.vocabulary import Role
from papertrack.markdown.writing import OWN, Cells, column_of
from papertrack.models import Headings, Look, Paper
from papertrack.patterns import pattern
from papertrack.status import Status

_CODE_BREAK = pattern(r"(?<=`)(?:[,，、;；]? ?)(?=`)")
_MARKED = pattern(r"([*_]{1,3}).+\1")
_TAG_BREAK = pattern(rf"{BRACKET}|( ?[,，、;；] ?)")
_NOTED = (Role.OTHER, Role.LINKS, Role.DATE, Role.SKIP)
_AS_THEY_ARE = (
    Role.OTHER, Role.LINKS, Role.DATE, Role.SKIP, Role.SUMMARY, Role.NOTES, Role.NUMBER, Role.MODEL,
)  # fmt: skip
"""The roles whose text is kept as it is written, or is not the author's."""
_WITH_MARKS = pattern(r"([*_~]{1,3}|`)(.+)\1", re.DOTALL)
_MARKED_TAG = pattern(r"`[^`]+`")
_HALF = 0.5
_LETTERS = pattern(r"[\W_]+")
_YEAR_FIRST = pattern(r"((?:19|20)\d\d)(.+)")


class MadeRow(NamedTuple):
    """A paper with the cells that it was made of."""

    cells: Sequence[str]
    paper: Paper


def find_look(
    columns: Sequence[TableColumn],
    entries: Sequence[DraftRow],
    *,
    titled_links: bool,
    meaning: Meaning | None,
) -> Look:
    """Return the look of a table; `titled_links` says that most titles in it are links."""
    papers = [
        paper
        for entry in entries
        if entry.kind is Kind.PAPER
        for paper in (entry, *entry.more)
        if not paper.empty
    ]
    nothing = _nothing(papers, columns)
    group, headings = _group(entries, meaning)
    titles = [paper.cells[_title(columns)] for paper in papers]
    return Look(
        columns=tuple(_column(column, titled_links=titled_links) for column in columns),
        headers=tuple(column.source for column in columns),
        group=group,
        headings=headings,
        heading_marks=_heading_marks(entries),
        nothing=nothing,
        statuses=_statuses(papers, columns, nothing),
        brackets=_brackets(titles, bracketed=columns[_title(columns)].bracketed),
        line_break=_most(
            (b for paper in papers for cell in paper.cells for b in BREAK.findall(cell)), "<br>"
        ),
        tag_break=_tag_break(papers, columns),
    )


def has_markup(papers: Iterable[Paper]) -> bool:
    """Say whether a text of theirs holds links, code or emphasis as Markdown writes them."""
    texts = (
        text
        for paper in papers
        for text in (paper.summary, paper.notes, *paper.columns.values())
        if text
    )
    return any(
        escaping.escape(text, definitions=True, links=True)
        != escaping.escape(text, definitions=True)
        for text in texts
    )


def _title(columns: Sequence[TableColumn]) -> int:
    return next(column.index for column in columns if column.role is Role.TITLE)


def _column(column: TableColumn, *, titled_links: bool) -> str:
    if column.role is Role.TITLE:
        return "title+link" if titled_links else "title"
    if column.role is Role.LINKS and (column.to_papers or column.mapped):
        return "link" if column.to_papers else "links"
    return f"{OWN}{column.label}" if column.role in _NOTED else column.role.value


def _nothing(papers: Sequence[DraftRow], columns: Sequence[TableColumn]) -> str:
    """Return the commonest word for nothing; a blank status may be a word of its own."""
    blank = [
        (cell, columns[at].role is Role.STATUS)
        for paper in papers
        for at, cell in enumerate(paper.cells[: len(columns)])
        if is_nothing(cell)
    ]
    words = Counter(cell for cell, is_status in blank if not is_status)
    words = words or Counter(cell for cell, _ in blank)
    return words.most_common(1)[0][0] if words else ""


def _statuses(
    papers: Sequence[DraftRow], columns: Sequence[TableColumn], nothing: str
) -> dict[str, str]:
    column = next((column for column in columns if column.role is Role.STATUS), None)
    if column is None:
        return {}
    words: dict[Status, Counter[str]] = {}
    for paper in papers:
        cell = paper.cells[column.index]
        if is_nothing(cell):
            words.setdefault(Status.TO_READ, Counter())["" if cell == nothing else cell] += 1
        elif status := said_status(column, cell):
            words.setdefault(status, Counter())[cell] += 1
    unread = words.get(Status.TO_READ, Counter[str]())
    blanks = Counter({word: times for word, times in unread.items() if is_nothing(word)})
    if blanks or not unread:  # the others, which say it in words, keep theirs
        words[Status.TO_READ] = blanks or Counter([""])
    return {it.value: words[it].most_common(1)[0][0] for it in Status if it in words}


def _group(entries: Sequence[DraftRow], meaning: Meaning | None) -> tuple[str | None, Headings]:
    kinds = Counter(entry.equal for entry in entries if entry.heading)
    if not kinds or meaning is Meaning.NONE:
        return None, Headings.REPEAT
    equal = kinds[True] >= kinds[False]
    form = Headings.REPEAT if equal else Headings.FIRST
    return (meaning or (Meaning.LAB if equal else Meaning.TAG)).value, form


def _heading_marks(entries: Sequence[DraftRow]) -> str:
    """Return the marks of emphasis that stand around most headings."""
    cells = [entry.cells[0].strip() for entry in entries if entry.heading]
    marks = Counter(match[1] for cell in cells if (match := _MARKED.fullmatch(cell)))
    word, count = marks.most_common(1)[0] if marks else ("", 0)
    return word if count * 2 > len(cells) else ""


def _brackets(titles: Sequence[str], *, bracketed: bool) -> str:
    wrapped = Counter(whole_bracket(visible_text(title)) for title in titles)
    if bracketed:
        half = ("《" in title and not whole_bracket(visible_text(title)) for title in titles)
        wrapped["《》"] += sum(half)
    pair, count = wrapped.most_common(1)[0] if wrapped else ("", 0)
    if not pair or count * 2 <= len(titles):
        return ""
    texts = [text for title in titles if (text := visible_text(title).strip()).startswith(pair[0])]
    spaced = [text for text in texts if text[1:2].isspace() and text[-2:-1].isspace()]
    if len(spaced) * 2 <= len(texts):
        return pair
    return f"{pair[0]}{spaced[0][1]}{spaced[0][-2]}{pair[1]}"  # as the French write


def _tag_break(papers: Sequence[DraftRow], columns: Sequence[TableColumn]) -> str:
    """Return what stands between tags, as it is spelled most often: `, ` or `、`."""
    places = [column.index for column in columns if column.role is Role.TAGS]
    cells = [paper.cells[at] for paper in papers for at in places]
    code = [between for cell in cells for between in _CODE_BREAK.findall(cell)]
    breaks = [list(filter(None, _TAG_BREAK.findall(cell))) for cell in cells]
    pairs = zip(cells, breaks, strict=True)
    blanks = [[" "] for cell, own in pairs if not own and len(split_tags(cell)) > 1]
    return _most(code or chain(*breaks, *blanks), ", ")


def _most(words: Iterable[str], default: str) -> str:
    counts = Counter(words)
    top = max(counts.values(), default=0)
    best = [word for word, count in counts.items() if count == top]
    return default if default in best or not best else best[0]


def keep_cells(
    columns: Sequence[TableColumn], lines: Sequence[MadeRow], look: Look, *, given: bool = False
) -> tuple[Look, list[Paper]]:
    """Return the look and the papers that give every cell back.

    `given` says that the look is somebody's, whose columns stay.
    """
    # What an export would write of the fields alone, to compare each cell with.
    plain = look.model_copy(update={"columns": tuple(column_of(it).name for it in look.columns)})
    writer = Cells(plain, definitions=False)
    written = [writer.row(line.paper) for line in lines]
    papers = [line.paper for line in lines]
    specs = list(look.columns)
    for column in columns:
        at = column.index
        cells = _column_cells(lines, at)
        folded = column.role is Role.SUMMARY and any("<summary" in cell for cell in cells)
        if column.role in _AS_THEY_ARE and column_of(specs[at]).name not in LINKS and not folded:
            continue
        made = [row[at] for row in written]
        marks = column_of(look.columns[at]).marks
        # Marks around most cells (**bold** titles) belong to the column; the rest is looked at
        # within them.
        if not given:
            tags = column.role is Role.TAGS
            marks = _tag_marks(cells, look.tag_break) if tags else _marks(cells, made)
        papers = [
            _kept(column, cell, text, marks, paper)
            for cell, text, paper in zip(cells, made, papers, strict=True)
        ]
        # Only a column of which some cell had to be kept reads `authors+column:By`.
        if not given:
            spelled = any(column.label in paper.columns for paper in papers)
            name = f"{specs[at]}+{OWN}{column.label}" if spelled else specs[at]
            specs[at] = f"{marks}{name}{marks}"
    for column in columns if not given else ():
        if column_of(specs[column.index]).name != "link" or column.mapped:
            continue
        # Links of papers stay an own column where the fields would fill an empty cell of it.
        anew = Cells(look.model_copy(update={"columns": tuple(specs), "markup": True}))
        cells = _column_cells(lines, column.index)
        made = [anew.row(paper)[column.index] for paper in papers]
        if not all(map(_is_same, cells, made)):
            specs[column.index] = f"{OWN}{column.label}"
            kept = zip(papers, map(_prose, cells), strict=True)
            papers = [_with_cell(paper, column, cell or None) for paper, cell in kept]
    labels = [column.label for column in in_order(columns)]
    papers = [_with_cells_in_order(paper, labels) for paper in papers]
    return look.model_copy(update={"columns": tuple(specs)}), papers


def _column_cells(lines: Iterable[MadeRow], at: int) -> list[str]:
    return [line.cells[at] if at < len(line.cells) else "" for line in lines]


def _with_cells_in_order(paper: Paper, labels: Sequence[str]) -> Paper:
    columns = {label: paper.columns[label] for label in labels if label in paper.columns}
    alike = list(columns) == list(paper.columns)
    return paper if alike else paper.model_copy(update={"columns": columns})


def _marks(cells: Iterable[str], made: Iterable[str]) -> str:
    """Return the marks of emphasis that stand around most cells of a column."""
    counts: Counter[str] = Counter()
    count = 0
    for cell, text in zip(cells, made, strict=True):
        if is_nothing(cell):
            continue
        count += 1
        whole = _WITH_MARKS.fullmatch(cell.strip())
        if whole and _is_same(whole[2], text):
            counts[whole[1]] += 1
    marks, times = counts.most_common(1)[0] if counts else ("", 0)
    return marks if times > count * _HALF else ""


def _tag_marks(cells: Iterable[str], between: str) -> str:
    """Return the backtick where every tag of most cells is code, else nothing."""
    full = [cell for cell in cells if not is_nothing(cell)]
    code = [cell for cell in full if cell == between.join(f"`{tag}`" for tag in split_tags(cell))]
    return "`" if len(code) > len(full) * _HALF else ""


def _kept(column: TableColumn, cell: str, made: str, marks: str, paper: Paper) -> Paper:
    """Return the paper with a cell as it is written, where its fields do not give it back."""
    if is_nothing(cell) or _is_given_back(column, cell, made, marks):
        return _with_cell(paper, column, None)
    return _with_cell(paper, column, _prose(cell))


def _prose(cell: str) -> str:
    return "" if is_nothing(cell) else prose(cell).removesuffix("\n")


def _is_given_back(column: TableColumn, cell: str, made: str, marks: str) -> bool:
    """Say whether a cell made of the fields says what the cell does."""
    same: Callable[[str, str], bool] = _is_same
    if column.role in (Role.SOURCE, Role.VENUE):
        same = _is_same_source
    elif column.role is Role.TITLE:
        same = _is_same_title
    elif column.role is Role.TAGS and marks:
        return not re.search(r"\w", _MARKED_TAG.sub("", cell))
    elif column.role is Role.TAGS:
        same = _are_same_tags
    inner = _unmarked(cell, marks)
    return inner is not None and same(inner, made)


def _unmarked(cell: str, marks: str) -> str | None:
    """Return what stands within the marks that most cells of a column have; None without them."""
    match = _WITH_MARKS.fullmatch(cell.strip()) if marks else None
    if marks:
        return match[2] if match and match[1] == marks else None
    return cell


def _with_cell(paper: Paper, column: TableColumn, text: str | None) -> Paper:
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


def _is_same_title(cell: str, made: str) -> bool:
    """Say whether two titles say the same; one bracket of two is a slip, which the table loses."""
    whole, bracketed = _normal(made), whole_bracket(visible_text(made)) != ""
    return _is_same(cell, made) or (bracketed and _normal(cell) in (whole[1:], whole[:-1]))


def _normal(cell: str) -> str:
    return "".join(BREAK.sub("<br>", cell).removesuffix("<br>").removeprefix("<br>").split())


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
