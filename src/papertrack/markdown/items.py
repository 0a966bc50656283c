"""One item of a list taken apart: the title, the authors, where and when, and the links."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from papertrack.authors import are_names, split_names
from papertrack.identifiers import make_key
from papertrack.markdown.inline import Span, line_of, links, prose, rebuilt, spans
from papertrack.markdown.links import identify, is_label, is_paper
from papertrack.markdown.papers import joined
from papertrack.markdown.vocabulary import Role, role_of
from papertrack.models import Paper
from papertrack.sources import is_source, read_date, read_source
from papertrack.status import Status, status_of

_NUMBER = re.compile(r"\s*(?:\d{1,4}\s*[:.)、]|\[\d{1,4}\])\s+")
_BOX = re.compile(r"\s*(\[[ xX]\])\s+")
_DATE = re.compile(
    r"\s*[\[(（【]?\s*((?:19|20)\d\d(?:[-./年]\s?\d{1,2})?(?:[-./月]\s?\d{1,2}日?)?)\s*[\])）】:：]\s*"
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,300})[\"”]")
_PART = re.compile(r"(?<!\b[A-Z])(?<!\bet al)\.\s+|\.$|\s+[|·•–—-]\s+|\n")
_EDGES = " \t\r\n.,;:：，。-–—|·•*_"
_LABELLED = re.compile(r"\s*([^\W\d_][\w ]{0,20}?)\s*[:：]\s*(.+)", re.DOTALL)
_SHORT = 3  # words, of which a title has more
_LEAD = 60  # so far into an item its title may begin
_STRAY = re.compile(r"\]\s|.*\s\[$", re.DOTALL)  # of a link in brackets
_PDF = re.compile(r"\S+\.(?:pdf|pptx?|ps)(?:[?#]\S*)?", re.IGNORECASE)
_MANY = 3  # titles in one item make it a sentence about papers


@dataclass
class _Found:
    """What an item says of its paper."""

    title: str = ""
    name: str | None = None
    authors: tuple[str, ...] = ()
    venue: str | None = None
    year: int | None = None
    status: Status = Status.TO_READ
    tags: tuple[str, ...] = ()
    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_item(text: str, details: Sequence[str] = ()) -> Paper | None:
    """Return the paper that an item of a list tells of, or None: it looks like something else.

    `details` are the texts of the items below it.
    """
    found = _Found()
    runs = _start(spans(text), found)
    place = _title_place(runs)
    if place is None:
        return None
    start, end = place
    found.title = _clean(line_of(runs[start:end]))
    below = [span for detail in details for span in spans(detail)]
    found.links = [link for link in links([*runs[start:], *runs[:start], *below]) if "://" in link]
    _take_rest(runs[end:], found)
    before = rebuilt(runs[:start]).strip(_EDGES)
    if not found.title or not _is_about_a_paper(runs, place, below, found):
        return None
    found.notes[:0] = [before] if re.search(r"\w", before) else []
    _take_details(details, found)
    return _paper(found)


def is_detail(text: str) -> bool:
    """Say whether an item is no paper of its own, but tells more of the one above it."""
    labelled = _LABELLED.match(text)
    known = labelled and (role := role_of(labelled[1])) and role[0] is not Role.TITLE
    return bool(known) or read_item(text) is None


def _start(runs: list[Span], found: _Found) -> list[Span]:
    """Return the runs without the number, box and date in front."""
    if not runs or runs[0].link or runs[0].image:
        return runs
    text = runs[0].text
    if box := _BOX.match(text):
        found.status = status_of(box[1]) or Status.TO_READ
        text = text[box.end() :]
    if number := _NUMBER.match(text):
        text = text[number.end() :]
    if (date := _DATE.match(text)) and (when := read_date(date[1])):
        found.year = when.year
        if when.more:
            found.notes.append(f"Date: {date[1]}")
        text = text[date.end() :]
    rest = runs[0]._replace(text=text)
    return [rest, *runs[1:]] if text else runs[1:]


def _title_place(runs: list[Span]) -> tuple[int, int] | None:
    """Return which runs are the title; a title within a run is given a run of its own."""
    lead = 0
    for at, run in enumerate(runs):
        if lead > _LEAD:
            return None
        if run.link and not run.image and not is_label(run.text) and "://" in run.link:
            return _title_at(runs, at)
        if run.bold and not run.link and len(run.text.strip()) > 2:  # more than a mark
            end = _while(runs, at, lambda other: other.bold and not other.link)
            inner = next((n for n in range(at, len(runs)) if runs[n].bold and runs[n].link), None)
            sentence = run.text.rstrip().endswith((":", '"', "“", "："))  # which goes on to a link
            return (at, end) if inner is None or not sentence else _title_at(runs, inner)
        if not run.link and not run.image and (quoted := _QUOTED.search(run.text)):
            pieces = (run.text[: quoted.start()], quoted[1], run.text[quoted.end() :])
            runs[at : at + 1] = [run._replace(text=piece) for piece in pieces]
            return at + 1, at + 2
        lead += len(run.text) if not run.image else 0
        if not run.link and not run.image and len(run.text.split()) > 2:  # a title
            return _plain_title(runs, at)
    return None


def _title_at(runs: Sequence[Span], at: int) -> tuple[int, int]:
    return at, _while(runs, at, lambda other: other.link == runs[at].link)


def _while(runs: Sequence[Span], at: int, holds: Callable[[Span], bool]) -> int:
    end = at + 1
    while end < len(runs) and holds(runs[end]) and not runs[end].image:
        end += 1
    return end


def _plain_title(runs: list[Span], at: int) -> tuple[int, int] | None:
    """Return where a title is that nothing marks: up to the first end of a sentence or line."""
    following = next((run for run in runs[at + 1 :] if run.text.strip()), None)
    text = runs[at].text
    if following and following.link and not is_label(following.text):
        return None if len(text) > _LEAD else _title_at(runs, runs.index(following))
    cut = _PART.search(text)
    if cut:
        pieces = (text[: cut.start()], text[cut.start() :])
        runs[at : at + 1] = [runs[at]._replace(text=piece) for piece in pieces]
    return at, at + 1


def _is_about_a_paper(
    runs: Sequence[Span], place: tuple[int, int], below: Sequence[Span], found: _Found
) -> bool:
    start, end = place
    named = [run for run in runs if run.link and not run.image and not is_label(run.text)]
    if len({run.link for run in named if is_paper(run.link)}) >= _MANY:
        return False
    before = line_of(runs[:start]).strip(_EDGES + "()[]")
    words_before = len(re.findall(r"[^\W\d_]+", before))
    if words_before > (_SHORT if is_source(before) else 1):
        return False  # a sentence about a paper, such as a piece of news
    leads = any(is_paper(link) or _PDF.fullmatch(link) for link in links([*runs, *below]))
    marked = any(run.bold or run.link for run in runs[start:end]) or bool(start)
    dated = found.year is not None or found.venue is not None
    told = dated and (bool(found.authors) or len(found.title.split()) > _SHORT)
    words = len(found.title.split()) > 1 or not found.title.isascii() or leads
    return words and (leads or (marked and told)) and not found.title.startswith("http")


def _take_rest(runs: Sequence[Span], found: _Found) -> None:
    """Take what stands behind the title: authors, venue and year; the rest is kept in the notes."""
    left: list[str] = []
    named = [n for n, run in enumerate(runs) if _is_nickname(runs, n)]
    for at, run in enumerate(runs):
        if run.link or run.image:
            left.append(rebuilt([run]))
        elif at in named:
            found.name = run.text.strip()
        elif run.emphasis and not found.authors:
            found.authors = split_names(run.text)
        else:
            parts = [part.strip() for part in _PART.split(run.text) if re.search(r"\w", part)]
            if at == 0 and parts and _is_name(found.title) and _is_title(parts[0]):
                found.name, found.title = found.title, parts.pop(0).strip(_EDGES)
                found.title, found.year = _without_year(found.title, found.year)
            parts = [part.strip(" []") if _STRAY.match(part) else part for part in parts]
            left += [part for part in parts if not _take_part(part.strip(_EDGES), found)]
    kept = [piece for piece in left if re.search(r"\w", piece)]
    if kept:
        found.notes.append(" ".join(kept))


def _is_nickname(runs: Sequence[Span], at: int) -> bool:
    """Say whether a run is what people call the paper: `(**ELMo**)` behind everything."""
    before = runs[at - 1].text.rstrip() if at else ""
    return runs[at].bold and not runs[at].link and before.endswith("(")


def _is_name(text: str) -> bool:
    return len(text.split()) < 2  # one word


def _without_year(title: str, year: int | None) -> tuple[str, int | None]:
    """Return a title without the year behind it, and the year."""
    ending = re.search(r",\s*((?:19|20)\d\d)$", title)
    return (title[: ending.start()], int(ending[1])) if ending else (title, year)


def _is_title(text: str) -> bool:
    if "](" in text or len(text.split()) < 3:  # a name is shorter
        return False
    venue = re.sub(r",?\s*(?:19|20)\d\d$", "", text)
    return not is_source(venue) and not are_names(venue)


def _take_part(text: str, found: _Found) -> bool:
    """Say whether a part between two full stops was taken for authors, venue or year."""
    bare = text.strip(_EDGES + "()（）[]")
    if not bare:
        return True
    head, comma, tail = bare.rpartition(",")
    if comma and not found.authors and is_source(tail) and are_names(head):
        found.authors = split_names(head)
        bare = tail.strip()
    if not found.authors and are_names(bare):
        found.authors = split_names(bare)
        return True
    read = read_source(bare)
    if found.venue or not (is_source(bare) or bare == str(read.year)) or read.arxiv or read.more:
        return False
    if found.year not in (None, read.year) and read.year:
        found.notes.append(str(found.year))
    found.venue, found.year = read.venue, read.year or found.year
    return True


def _take_details(details: Sequence[str], found: _Found) -> None:
    """Take the items below the paper's: authors, tags, venue by their labels; the rest as notes."""
    for detail in details:
        labelled = _LABELLED.match(detail)
        known = role_of(labelled[1]) if labelled and "](" not in detail else None
        text = line_of(spans(labelled[2])) if labelled else ""
        if known and known[0] is Role.TAGS:
            found.tags += split_names(text)
        elif known and known[0] is Role.AUTHORS and not found.authors:
            found.authors = split_names(text)
        else:
            found.notes += prose(detail.replace("\n", "<br>")).strip("\n").split("\n")


def _clean(title: str) -> str:
    title = title.strip().rstrip(".,;:：，。").strip('"“”').strip()
    return title.rstrip(".,")


def _paper(found: _Found) -> Paper:
    known = identify(found.links, first=True)
    paper = Paper(
        key="",
        name=found.name,
        title=found.title,
        authors=found.authors,
        venue=found.venue,
        year=found.year,
        doi=known.doi,
        arxiv=known.arxiv,
        links=known.links,
        tags=tuple(dict.fromkeys(found.tags)),
        status=found.status,
        notes=joined(found.notes),
    )
    return paper.model_copy(update={"key": make_key(paper)})
