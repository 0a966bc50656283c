"""DOIs, arXiv ids and links that lead nowhere as they are written."""

import re
from collections.abc import Iterator

from papertrack.checks.finding import Problem, Subject, giving
from papertrack.identifiers import is_key, make_key, normalise_arxiv, normalise_doi
from papertrack.models import Paper

_BARE = re.compile(r"(?:[a-z-]+(?:\.[a-z-]+)?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s/?#]+\.[^\s]+|(?:file|mailto|doi):\S+", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = re.compile(
    r"(?:www\.)?(?:[\w-]+\.)+(?:com|org|net|edu|gov|io|ai|dev|me|cn|de|fr|jp|kr|uk|ch)"
    r"(?:[:/?#]\S*)?",
    re.IGNORECASE,
)


def key(subject: Subject) -> Iterator[Problem]:
    """Find keys, typed by hand, that are not lower-case letters, digits and hyphens."""
    for paper in subject.catalogue.papers:
        if not is_key(paper.key):
            message = f'key "{paper.key}" is not lower-case letters, digits and hyphens'
            yield Problem(message, f'write key = "{make_key(paper)}"', paper.key, "key")


def doi(subject: Subject) -> Iterator[Problem]:
    """Find DOIs that are malformed, or written as an address."""
    for paper in subject.catalogue.papers:
        if paper.doi and (found := normalise_doi(paper.doi)) != paper.doi.lower():
            yield _identifier(paper, "doi", "a DOI, such as 10.1145/3292500.3330701", found)


def arxiv(subject: Subject) -> Iterator[Problem]:
    """Find arXiv ids that are malformed, or written as an address."""
    for paper in subject.catalogue.papers:
        found = normalise_arxiv(paper.arxiv) if paper.arxiv else None
        if paper.arxiv and not (found and _BARE.fullmatch(paper.arxiv)):
            yield _identifier(paper, "arxiv", "an arXiv id, such as 2302.13971", found)


def link(subject: Subject) -> Iterator[Problem]:
    """Find links that are no address: blanks inside, no `https://`, an unknown scheme."""
    for paper in subject.catalogue.papers:
        wrong = [it for it in paper.links if not _ADDRESS.fullmatch(it) and not _is_path(it)]
        if not wrong:
            continue
        mended = tuple(_mended(it) for it in paper.links)
        safe = all(_ADDRESS.fullmatch(_mended(it)) for it in wrong)
        yield Problem(
            f'link "{wrong[0]}" is no address',
            f'write "{_mended(wrong[0])}"' if safe else "write it whole, with https:// before it",
            paper.key,
            "links",
            mend=giving({paper.key: {"links": mended}}) if safe else None,
        )


def _identifier(paper: Paper, field: str, what: str, found: str | None) -> Problem:
    written = getattr(paper, field)
    if found is None:
        advice = f"`papertrack edit {paper.key} --set {field}=…`"
        return Problem(f'{field} "{written}" is not {what}', advice, paper.key, field)
    return Problem(
        f'{field} "{written}" holds more than the id',
        f'write {field} = "{found}"',
        paper.key,
        field,
        mend=giving({paper.key: {field: found}}),
    )


def _is_path(text: str) -> bool:
    """Say whether it may be a file beside the catalogue, `pdf/llama.pdf`, or nothing at all."""
    return not _SCHEME.match(text) and not _HOST.fullmatch(text.strip())


def _mended(text: str) -> str:
    bare = text.strip().removeprefix("<").removesuffix(">").strip()
    return f"https://{bare}" if _HOST.fullmatch(bare) else bare
