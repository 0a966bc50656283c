"""Cells kept as they were spelled, as long as they say what their paper does."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, product

from papertrack.folding import fold_name, fold_title
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.markdown import escaping
from papertrack.markdown.cell_fields import make_paper
from papertrack.markdown.column_fields import TableColumn
from papertrack.markdown.inline import is_paper, line_of, links, links_in, spans
from papertrack.markdown.rows import LINKS, Group
from papertrack.markdown.vocabulary import Role
from papertrack.models import Look, Paper
from papertrack.status import Status

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "source": ("venue", "year"),
    "title": ("title", "name", "authors", "venue", "year", "doi", "arxiv"),
}
"""The fields that a column's cell can say; others say the field of their own name."""
_SHOWN_BY: Mapping[str, tuple[str, ...]] = {
    "venue": ("venue", "source"),
    "year": ("year", "source"),
}
"""The columns beside a title that show these fields; others show the field of their own name."""


def agreeing(
    name: str, cell: str, paper: Paper, *, beside: Collection[str], tags: Sequence[str], look: Look
) -> str | None:
    """Return a column's cell if reading it again gives what the paper's fields say by now.

    `beside` are the fields that the table's columns show, `tags` those of the paper that it shows.
    A title and addresses that were edited since are exchanged in it, where they stand there as
    they are.
    """

    def holds(cell: str) -> bool:
        return _agrees(name, cell, paper, beside=beside, tags=tags, look=look)

    if holds(cell):
        return cell
    if name not in ("title", *LINKS):
        return None
    # The fields have changed since the cell was kept. What no longer leads to the paper leads to
    # what no cell shows yet, and a title is exchanged within its links and marks where it stands
    # once, or linked anew.
    led = _led_anew(cell, paper)
    edited = [led]
    if name == "title":
        runs = spans(led)
        old = _reread(name, led).title
        behind = fold_title(line_of(runs).partition(old)[2])
        again = behind and fold_title(paper.title).endswith(behind)
        middle = len(look.brackets) // 2
        opening, closing = look.brackets[:middle], look.brackets[middle:]
        slip = led.count(opening) != led.count(closing)  # one bracket of two
        if led.count(escaping.escape(old)) == 1 and not (again or slip):
            edited.append(led.replace(escaping.escape(old), escaping.escape(paper.title)))
        targets = [it for it in links(runs) if _leads_there([it], paper)] or paper.addresses
        edited += [escaping.link(paper.title, it) for it in targets[: bool(links(runs))]]
    return next(filter(holds, edited), None)


def _led_anew(cell: str, paper: Paper) -> str:
    """Return a cell whose links that lead elsewhere lead to the addresses that none shows yet."""
    news = unshown_addresses(paper, paper.columns, cell)
    for old in links(spans(cell)):
        if _leads_there([old], paper):
            continue
        if new := next((it for it in news if is_paper(it) is is_paper(old)), None):
            news.remove(new)
            cell = cell.replace(f"]({old})", escaping.link("", new)[1:])
    return cell


def unshown_addresses(paper: Paper, headers: Iterable[str], *cells: str) -> list[str]:
    """Return the addresses of a paper to which its own columns below these headers do not lead."""
    cells += tuple(paper.columns[it] for it in headers if it in paper.columns)
    shown = {_target(link) for cell in cells for link in links_in(cell)}
    return [address for address in paper.addresses if _target(address) not in shown]


def _target(address: str) -> str:
    return normalise_arxiv(address) or normalise_doi(address) or address


def _agrees(
    name: str, cell: str, paper: Paper, *, beside: Collection[str], tags: Sequence[str], look: Look
) -> bool:
    """Say whether a column's cell, read again, gives what the paper says."""
    if name in LINKS:
        led = links(spans(cell))
        return _leads_there(led, paper) and bool(led or not paper.addresses)
    if name == "title":
        # what the table's header said of authors, and its cells of brackets, is not known any more
        ways = product((False, True), repeat=2)
        readings = (_reread(name, cell, authors=who, bracketed=own) for who, own in ways)
        return any(_is_title_of(reading, paper, beside) for reading in readings)
    again = _reread(name, cell)
    if name == "tags":
        return _same_tags(again.tags, tags, look)
    if name == "status":
        days = {"started": again.started, "finished": again.finished}
        stale = any(day and day != getattr(paper, field) for field, day in days.items())
        return again.status == paper.status and not stale
    unfinished = paper.status is not Status.DONE and paper.finished is None
    sourced = name in ("source", "venue") and paper.venue == line_of(spans(cell))
    if sourced or (name == "finished" and unfinished):
        return True
    # another year may stand in a column of its own
    alone = name == "source" and "year" in beside
    names = ("venue",) if alone else _FIELDS.get(name, (name,))
    other = (_reread(name, cell, year_last=True, stars=stars) for stars in (0, 1, 3))
    return any(
        all(getattr(reading, it) == getattr(paper, it) for it in names)
        for reading in chain((again,), other if name in ("year", "priority", "authors") else ())
    )


def _reread(
    name: str,
    cell: str,
    *,
    authors: bool = False,
    bracketed: bool = True,
    year_last: bool = False,
    stars: int = 5,
) -> Paper:
    """Return the paper that one cell in a column of this name makes."""
    role = Role.LINKS if name == "link" else Role(name)
    column = TableColumn(
        0,
        name,
        name,
        role,
        known=True,
        authors=authors,
        year_last=year_last,
        stars=stars,
        bracketed=bracketed,
        turned=year_last,  # which the cells beside it told, too
    )
    return make_paper((column,), (cell,), Group()).paper


def _is_title_of(again: Paper, paper: Paper, beside: Collection[str]) -> bool:
    """Say whether a title's cell says what the paper does, but for what has its own column."""
    if again.title != paper.title or not _leads_there(again.links, paper):
        return False
    if "status" not in beside and again.status not in (Status.TO_READ, paper.status):
        return False
    for attribute in _FIELDS["title"][1:]:
        value = getattr(again, attribute)
        is_shown = any(column in beside for column in _SHOWN_BY.get(attribute, (attribute,)))
        if value and not is_shown and value != getattr(paper, attribute):
            return False
    return True


def _leads_there(links: Iterable[str], paper: Paper) -> bool:
    """Say whether the paper has all these addresses, as links or as identifiers."""
    return all(
        "://" not in it or it in paper.links or _target(it) in map(_target, paper.addresses)
        for it in links
    )


def _same_tags(cell: Sequence[str], tags: Sequence[str], look: Look) -> bool:
    """Say whether a cell shows just these tags, apart from the one that is the heading above."""
    shown_tags, own = set(map(fold_name, cell)), set(map(fold_name, tags))
    headings = 1 if look.group in ("tag", "lab") else 0
    return shown_tags <= own and len(own - shown_tags) <= headings
