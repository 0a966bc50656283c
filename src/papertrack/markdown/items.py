"""One item of a list of papers, cut into parts each of which is given its role.

The front goes first (numbers, boxes, dates, venues in brackets), then the title, then the rest
sentence by sentence. A form more is a rule more, not another path.
"""

import re
from collections.abc import Sequence

from papertrack.identifiers import make_key
from papertrack.markdown.cutting import EDGES, LABELLED, LINK, Flat, flatten
from papertrack.markdown.inline import Span, links, spans
from papertrack.markdown.item_titles import CJK, LETTERS, take_title
from papertrack.markdown.links import identify, is_label, is_paper, says_paper
from papertrack.markdown.openings import without_front
from papertrack.markdown.papers import joined
from papertrack.markdown.roles import Found, are_authors, role_of_label, take_detail, take_rest
from papertrack.models import Paper
from papertrack.status import Status

_FILE = re.compile(
    r"(?![a-z][a-z0-9+.-]*:|#|//)\S+\.(?:md|pdf|html?|txt|ipynb|org|ps|docx?)(?:[?#]\S*)?",
    re.IGNORECASE,
)
_BLOB = re.compile(r"https?://git\S+/(?:blob|raw|tree)/\S+", re.IGNORECASE)
_PDF = re.compile(r"\S+\.(?:pdf|ps)(?:[?#]\S*)?", re.IGNORECASE)
_MANY = 3  # papers linked in one item make it a sentence about papers


def _goes_on(flat: Flat, rest: Flat) -> bool:
    """Say whether a sentence goes on behind what is marked in it, so that it is no title."""
    ended = flat.text[: len(flat.text) - len(rest.text)].rstrip()[-1:] in tuple('.?!"”»》')
    return not ended and re.match(r"[ \n]*[,，]?\s?[^\W\d_A-Z]{2}", rest.text) is not None


def read_item(
    text: str,
    below: Sequence[str] = (),
    *,
    about_papers: bool = False,
    paragraph: bool = False,
    detail: bool = False,
    authors_first: bool = False,
) -> Paper | None:
    """Return the paper that an item tells of, or None: it looks like something else.

    `below` are the texts of the items below it. `about_papers` says that its heading speaks of
    papers, `paragraph` that it is no item, so that it must begin with its title; `detail` that it
    stands below an item, and may tell more of it; `authors_first` that others of the list begin
    with their authors.
    """
    runs = spans(text)
    found = Found(below=detail, authors_first=authors_first)
    flat = without_front(flatten(runs), found)
    cut = take_title(flat, found)
    if cut is None:
        return None
    before, rest = cut
    if paragraph and _goes_on(flat, rest):
        return None
    own = [span for more in below for span in spans(more)]
    _collect_links(runs, own, found)
    if len({link for link in _titled_links(runs) if is_paper(link)}) >= _MANY and not found.marked:
        return None
    take_rest(rest, found)
    for more in below:
        take_detail(more, found)
    if before:
        found.notes.insert(0, before)
    return _paper(found) if _is_paper(found, about_papers=about_papers) else None


def is_detail(text: str) -> bool:
    """Say whether an item is no paper of its own, but tells more of the one above it."""
    return is_labelled(text) or read_item(text, detail=True) is None


def is_labelled(text: str) -> bool:
    """Say whether a text begins with a label that a paper's field has: `URL: …`, `Code: …`."""
    labelled = LABELLED.match(flatten(spans(text)).text.lstrip(EDGES))
    return labelled is not None and role_of_label(labelled[1]) is not None


def begins_with_authors(text: str) -> bool:
    """Say whether an item begins with its authors and a colon, several or `et al.`."""
    head, colon, _ = flatten(spans(text)).text.lstrip(EDGES)[:600].partition(":")
    return bool(colon) and are_authors(head)


def has_labels_only(text: str) -> bool:
    """Say whether a text is links that are labels, and no words beside them."""
    return LINK in (flat := flatten(spans(text))).text and not re.search(r"\w\w", flat.text)


def _titled_links(runs: Sequence[Span]) -> list[str]:
    return [run.link for run in runs if run.link and not run.image and not is_label(run.text)]


def _collect_links(runs: Sequence[Span], below: Sequence[Span], found: Found) -> None:
    """Take every address, the title's first; say whether a label calls one the paper."""
    every = links([*runs, *below])
    first = [found.title_link] if found.title_link in every else []
    kept = [link for link in (*first, *every) if "://" in link or _FILE.fullmatch(link)]
    found.links = list(dict.fromkeys(kept))
    found.labelled = any(
        run.link and "://" in run.link and says_paper(run.text) for run in (*runs, *below)
    )


def _is_paper(found: Found, *, about_papers: bool) -> bool:
    """Say whether what was found is a paper: a link leads to it, or it says who and when."""
    words = len(found.title.split())
    long = words > 2 or len(CJK.findall(found.title)) > 5
    if not found.title or found.title.startswith("http") or not LETTERS.search(found.title):
        return False
    leads = (
        any(is_paper(link) or _PDF.fullmatch(link) for link in found.links)
        or found.doi is not None
        or found.arxiv is not None
    )
    if leads:
        return words > 1 or found.marked or not found.title.isascii() or bool(found.name)
    if found.labelled and long:
        return True
    own = found.title_link and (_FILE.fullmatch(found.title_link) or _BLOB.match(found.title_link))
    dated = found.year is not None or found.venue is not None
    if own and (found.boxed or about_papers or dated) and words > 1:
        return True
    if found.boxed and about_papers and long:
        return True
    told = dated and (bool(found.authors) or words > 3)
    return told and (found.marked or found.led or found.boxed or bool(found.authors))


def _paper(found: Found) -> Paper:
    known = identify(found.links, first=bool(found.title_link))
    if not found.title and found.name:
        found.title, found.name = found.name, None
    paper = Paper(
        key="",
        name=found.name if found.name != found.title else None,
        title=found.title,
        authors=found.authors,
        lab=found.lab,
        venue=found.venue,
        year=found.year,
        doi=found.doi or known.doi,
        arxiv=found.arxiv or known.arxiv,
        links=known.links,
        tags=tuple(dict.fromkeys(found.tags)),
        status=found.status or Status.TO_READ,
        summary=joined(found.summary),
        notes=joined(line for note in found.notes for line in note.split("\n")),
        columns=found.columns,
    )
    return paper.model_copy(update={"key": make_key(paper)})
