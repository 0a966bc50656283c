"""What each line of a table is: a paper, a heading, a placeholder, more of the line before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from papertrack.folding import fold_title, is_nothing, is_number, is_pause
from papertrack.markdown.column_fields import TableColumn
from papertrack.markdown.document import RawRow
from papertrack.markdown.inline import (
    BREAK,
    Span,
    has_words,
    is_label,
    is_labelled,
    is_paper,
    line_of,
    links,
    rebuilt,
    says_paper,
    spans,
    visible_text,
)
from papertrack.markdown.rows import HEADER_AGAIN, Kind
from papertrack.markdown.vocabulary import Role
from papertrack.patterns import pattern
from papertrack.sources import read_date

_HALF = 0.5
_SOME = 0.2
_NUMBERED = pattern(r"[(（]?(?P<number>\d{1,2})[.)）、]\s*(?P<title>\S.*)")
_SEPARATORS = (",", "，", ";", "；", "、", "&", "and", "和", "/", "+")
_WITH_READING = {Role.STATUS, Role.STARTED, Role.FINISHED, Role.NOTES, Role.PRIORITY}


@dataclass
class DraftRow:
    """One line of a table while it is being understood."""

    line: int
    source: str
    cells: list[str]
    """As many as the header has, and what is over."""
    kind: Kind = Kind.PAPER
    equal: bool = False
    """Of a heading: whether every cell holds it, not the first alone."""
    heading: str = ""
    reason: str = ""
    expected: bool = False
    empty: bool = False
    """Whether its own cells are no paper, only those of others on the same line."""
    more: list["DraftRow"] = field(default_factory=list)
    """The papers that stand on the same line, behind this one."""
    doubts: list[tuple[str, str]] = field(default_factory=list)
    below: list[tuple[int, str]] = field(default_factory=list)
    """Cells of the lines that go on with it, with their column."""

    def skip(self, reason: str, *doubts: tuple[str, str]) -> None:
        """Leave the line out for this reason, which a message and a suggestion may tell."""
        self.kind, self.reason = Kind.SKIPPED, reason
        self.doubts += doubts

    def close(self) -> None:
        """Put the cells of the lines below behind its own."""
        cells_below: dict[int, list[str]] = {}
        for at, cell in self.below:
            cells_below.setdefault(at, []).append(cell)
        for at, cells in cells_below.items():
            above = [] if is_nothing(self.cells[at]) else [self.cells[at]]
            self.cells[at] = "<br>".join((*above, *cells))


@dataclass(frozen=True)
class _Habits:
    """How the titles of a table are written, so that a heading can be told from a title alone."""

    bracketed: float
    linked: float
    alone: float
    """The share of rows that hold no more than their first cell."""
    named: float
    """The share of titles that are a name alone."""
    blank_is_usual: bool
    """Whether all that stands beside a title comes with reading it."""


def sort_lines(
    lines: Sequence[RawRow], columns: Sequence[TableColumn], header: RawRow
) -> list[DraftRow]:
    """Return an entry for each line, in order, with its kind."""
    width = len(columns)
    title = next(column.index for column in columns if column.role is Role.TITLE)
    entries = [
        DraftRow(it.line, it.source, [*it.cells, *[""] * (width - len(it.cells))]) for it in lines
    ]
    beside = {column.role for column in columns if column.index != title}
    habits = _habits(entries, title, blank_is_usual=beside <= _WITH_READING)
    again = [fold_title(visible_text(cell)) for cell in header.cells]
    before: DraftRow | None = None
    for at, entry in enumerate(entries):
        if _continues(lines[at], lines[at - 1] if at else None, width):
            _append(entry, before, lines[at], width)
            continue
        _divide(entry, width, title, linked=habits.linked >= 0.7)  # most
        _divide_titles(entry, title)
        _judge(entry, width, title, habits)
        if entry.kind is Kind.CONTINUED and _is_named(entry, columns):
            entry.kind = Kind.PAPER
        alone = before is None or _stands_alone(entry, columns, title)
        if entry.kind is Kind.CONTINUED and alone:
            entry.skip("no title", (f"a row without a title: {entry.source}", "give it one"))
        if entry.more and entry.kind in (Kind.HEADING, Kind.PLACEHOLDER):
            entry.kind, entry.empty = Kind.PAPER, True
        if entry.kind is Kind.PAPER and _are_same(entry.cells, again):
            entry.skip(HEADER_AGAIN)
            entry.expected = True
        if before and entry.kind is Kind.CONTINUED:
            before.cells += [""] * (len(entry.cells) - len(before.cells))
            before.below += [it for it in enumerate(entry.cells) if not is_nothing(it[1])]
            entry.doubts.append(("a row without a title", "taken for more of the paper above"))
            continue
        before = (entry.more or [entry])[-1] if entry.kind is Kind.PAPER else None
    for entry in entries:
        for part in (entry, *entry.more):
            part.close()
    return entries


def _are_same(cells: Sequence[str], folded: Sequence[str]) -> bool:
    """Say whether cells say the same as the header, which is folded; most differ in the first."""
    return len(cells) == len(folded) and all(
        fold_title(visible_text(cell)) == other for cell, other in zip(cells, folded, strict=True)
    )


def _habits(entries: Sequence[DraftRow], title: int, *, blank_is_usual: bool) -> _Habits:
    telling = [entry for entry in entries if not all(map(is_nothing, entry.cells))]
    full = [e for e in telling if sum(not is_nothing(cell) for cell in e.cells) > 1] or telling
    count = max(1, len(full))
    return _Habits(
        sum("《" in e.cells[title] for e in full) / count,
        sum("](" in e.cells[title] or "href=" in e.cells[title] for e in full) / count,
        sum(sum(not is_nothing(cell) for cell in e.cells) == 1 for e in telling)
        / max(1, len(telling)),
        sum(len(visible_text(e.cells[title]).split()) == 1 for e in full) / count,
        blank_is_usual,
    )


def _continues(line: RawRow, above: RawRow | None, width: int) -> bool:
    """Say whether a line is the second half of the row above, broken by accident."""
    if above is None or line.source.startswith("|") or not above.source.startswith("|"):
        return False
    if above.source.rstrip().endswith("|") and len(above.cells) >= width:
        return False
    return len(above.cells) + len(line.cells) - 1 <= max(width, len(above.cells))


def _append(entry: DraftRow, target: DraftRow | None, line: RawRow, width: int) -> None:
    """Put the second half of a broken row behind the first."""
    if target is None:
        doubt = (f"text between the rows: {entry.source}", "left out")
        entry.skip("the second half of a row that is no paper", doubt)
        return
    length = len(target.cells)
    while length > 1 and not target.cells[length - 1]:
        length -= 1
    first, *others = line.cells or ("",)
    target.cells[length - 1] = f"{target.cells[length - 1]} {first}".strip()
    whole = max(width, len(target.cells))
    target.cells[length:] = [*others, *[""] * (whole - length - len(others))]
    entry.kind = Kind.CONTINUED
    entry.doubts.append(
        ("the row above goes on in this line", "taken together; write the row on one line")
    )


def _divide(entry: DraftRow, width: int, title: int, *, linked: bool) -> None:
    """Tell the papers apart that stand on one line, of which GFM shows the first."""
    cells, at = entry.cells, width
    last = entry
    if is_nothing(cells[title]) and not all(map(is_nothing, cells[:width])):
        return  # more of the paper above, and cells that no column heads
    while at < len(cells):
        start = at + (is_nothing(cells[at]) and len(cells) - at > width)
        second = cells[start : start + width]
        if not _is_row(second, width, title) or (linked and "](" not in second[title]):
            break
        last.cells = cells[at - width : at] if last is entry else last.cells
        last = DraftRow(entry.line, "", [*second, *[""] * (width - len(second))])
        entry.more.append(last)
        entry.doubts.append(
            (
                f"two rows on one line; GFM does not show {visible_text(second[title])}",
                "imported; give it its own line",
            )
        )
        at = start + width
    if last is not entry:
        last.cells += cells[at:]


def _divide_titles(entry: DraftRow, title: int) -> None:
    """Tell the papers apart whose titles stand below each other in one cell."""
    first, *others = _titles_apart(entry.cells[title])
    if not others or entry.more:
        return
    entry.cells[title] = first
    for other in others:
        cells = [*entry.cells[:title], other, *entry.cells[title + 1 :]]
        entry.more.append(DraftRow(entry.line, "", cells))
    message = f"{len(others) + 1} papers in one row, the second is {visible_text(others[0])}"
    entry.doubts.append((message, "imported; give each its own row"))


def _titles_apart(cell: str) -> list[str]:
    """Return the titles of a cell: lines that link to a paper each or are numbered, or links."""
    lines = [line.strip() for line in BREAK.split(cell) if line.strip()]
    first = [next((run for run in spans(line) if run.text.strip()), None) for line in lines]
    titled = {run.link for run in first if run and _is_linked_title(run)}
    if len(titled) == len(lines) > 1:
        return lines
    numbered = [match for match in map(_NUMBERED.fullmatch, lines) if match]
    numbers = [int(match["number"]) for match in numbered]
    if len(lines) > 1 and numbers == [*range(1, len(lines) + 1)]:
        return [match["title"] for match in numbered]
    return _links_apart(cell)


def _is_linked_title(run: Span, *, least: int = 3) -> bool:
    return is_paper(run.link) and len(run.text.split()) >= least and not is_label(run.text)


def _links_apart(cell: str) -> list[str]:
    """Return the links of a cell that holds nothing but links to papers, perhaps with commas."""
    runs = [run for run in spans(cell) if run.text.strip()]
    between = [run.text.strip() for run in runs if not run.link]
    least = 1 if between and {";", "；"}.issuperset(between) else 3  # commas part labels too
    titled = [run for run in runs if _is_linked_title(run, least=least)]
    apart = len({run.link for run in titled}) == len(titled) == len(runs) - len(between)
    alike = not between or between == between[:1] * (len(titled) - 1)
    if apart and alike and len(titled) > 1 and set(between).issubset(_SEPARATORS):
        return [rebuilt([run]) for run in titled]
    return [cell]


def _is_row(cells: Sequence[str], width: int, title: int) -> bool:
    """Say whether surplus cells are a row of their own."""
    if width < 2 or len(cells) <= title or is_nothing(cells[title]):  # one column divides nothing
        return False
    bracketed = "《" in cells[title] and "》" in cells[title]
    return len(cells) == width or (bracketed and len(cells) > 1)


def _judge(entry: DraftRow, width: int, title: int, habits: _Habits) -> None:
    """Find out what an entry is, and note it there."""
    cells = entry.cells
    if _has_empty_links_alone(cells[title]):
        cells[title] = "-"
    full = [at for at, cell in enumerate(cells) if not is_nothing(cell)]
    if not full:
        entry.kind = Kind.PLACEHOLDER
    elif len(full) == 1:
        _judge_alone(entry, full[0], title, habits, width=width)
    elif _are_equal(cells[:width]) and len(full) == width:
        entry.kind, entry.equal, entry.heading = Kind.HEADING, True, visible_text(cells[0])
    elif is_nothing(cells[title]):
        entry.kind = Kind.CONTINUED
    elif (runs := [run for run in spans(cells[title]) if run.text.strip()]) and all(
        is_labelled(run)
        and (
            is_paper(run.link)
            or (run == Span(run.text) and run.text.isalpha() and says_paper(run.text))
        )
        for run in runs
    ):
        linked = any(run.link for run in runs)
        entry.skip("a link without a title" if linked else "a label, no title")
    elif is_pause(visible_text(cells[title])):
        entry.skip("a day without a paper")


def _has_empty_links_alone(cell: str) -> bool:
    """Say whether a cell holds labels that lead nowhere, and no words: `.[[paper]()][[code]()]`."""
    return "]()" in cell and not links(spans(cell)) and is_label(visible_text(cell))


def _is_named(entry: DraftRow, columns: Sequence[TableColumn]) -> bool:
    """Say whether a row without a title holds what people call a paper, and more of it."""
    names = [column.index for column in columns if column.role is Role.NAME]
    full = sum(not is_nothing(cell) for cell in entry.cells)
    return full > 1 and any(not is_nothing(entry.cells[at]) for at in names)


def _stands_alone(entry: DraftRow, columns: Sequence[TableColumn], title: int) -> bool:
    """Say whether a row without a title is none of the paper above: it has a number, a date."""
    own = (Role.NUMBER, Role.DATE, Role.YEAR, Role.STATUS)
    filled = any(not is_nothing(entry.cells[c.index]) for c in columns if c.role in own)
    return filled or entry.cells[title].strip() != ""


def _are_equal(cells: Sequence[str]) -> bool:
    first = fold_title(visible_text(cells[0]))
    return (
        len(cells) > 1
        and bool(first)
        and all(fold_title(visible_text(cell)) == first for cell in cells[1:])
        and not any(mark in cells[0] for mark in ("《", "://"))
        and len({("`" in cell, "](" in cell) for cell in cells}) == 1
    )


def _judge_alone(entry: DraftRow, at: int, title: int, habits: _Habits, *, width: int) -> None:
    """Find out what a row is that says something in one cell only."""
    cell = entry.cells[at]
    if at not in (0, title):
        entry.kind = Kind.CONTINUED
    elif "|" not in entry.source and width > 1 and "《" not in cell and habits.alone < _HALF:
        doubt = (f"not a row: {entry.source}", "put a blank line before it")
        entry.skip("text below the table, which GFM takes for a row of it", doubt)
    elif at != title and is_number(cell):
        entry.kind = Kind.PLACEHOLDER
    elif at != title and (when := read_date(cell.strip("[]"))) and when.more:
        entry.skip("a date without a paper")
    elif at != title or not _is_title_alone(spans(cell), habits, first=title == 0, width=width):
        entry.kind, entry.heading = Kind.HEADING, visible_text(cell).strip(" :：")
        if not entry.heading:
            entry.skip("an image alone")
        elif not re.search(r"\w", entry.heading):  # 😁
            entry.kind, entry.heading = Kind.PLACEHOLDER, ""
    elif (
        habits.bracketed < _HALF
        and habits.linked < _HALF
        and width > 1
        and not habits.blank_is_usual
    ):
        entry.doubts.append(
            (
                f"a title or a heading: {visible_text(cell)}",
                "taken for a title, by place and length",
            )
        )


def _is_title_alone(runs: Sequence[Span], habits: _Habits, *, first: bool, width: int) -> bool:
    """Say whether a cell with nothing beside it is a title, not a heading."""
    text = line_of(runs)
    if width == 1 or "《" in text or "》" in text:
        return True
    outside = [link for link in links(runs) if "://" in link]
    if outside:
        named = [run for run in runs if run.link and not is_label(run.text)]
        long = len(text.split()) > 3  # more than a name
        return long or not named or habits.linked >= _HALF or any(map(is_paper, outside))
    if all(run.bold for run in runs if run.text.strip()) and habits.alone < _HALF:
        return False
    if habits.bracketed >= _HALF or habits.linked >= 0.7:  # most titles
        return False
    most = habits.alone >= 0.6 or not first  # rows are titles alone
    return has_words(text, 2 if most else 5) or (not first and habits.named >= _SOME)
