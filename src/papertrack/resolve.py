"""One paper from what a person types: strict, and helpful where it is not clear."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from papertrack import folding
from papertrack.errors import RefusedError
from papertrack.identifiers import normalise_arxiv, normalise_doi
from papertrack.models import Paper

_LISTED = 10


class _Folded(NamedTuple):
    """A paper with its words, folded once for all the ways to look for it."""

    paper: Paper
    key: str
    name: str
    title: str


def one(reference: str, papers: Sequence[Paper]) -> Paper:
    """Return the one paper that the reference means; RefusedError for none and for several.

    The first of these that answers: the exact key; the DOI, arXiv id or address; then, case,
    width and punctuation aside, the exact key, name, title; a unique prefix of one of them;
    words that only one paper's key, name and title hold.
    """
    typed = reference.strip()
    if not typed:
        raise RefusedError("an empty reference means no paper: type a key, a name or a title")
    likely = folding.fold_words(typed).replace(" ", "-")  # LLaMA: found without folding the list
    for key in (typed, likely):
        for paper in papers:
            if paper.key == key:
                return paper
    found = _by_identifier(typed, papers) or _by_words(typed, papers)
    if len(found) == 1:
        return found[0]
    if found:
        raise _several(typed, found)
    raise _none(typed, papers)


def many(references: Iterable[str], papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers that the references mean, each once; RefusedError unless all are clear."""
    by_key = {paper.key: paper for paper in papers}
    found: dict[str, Paper] = {}
    refusals: list[RefusedError] = []
    for reference in references:
        try:
            paper = by_key.get(reference) or one(reference, papers)
        except RefusedError as error:
            refusals.append(error)
        else:
            found[paper.key] = paper
    if not refusals:
        return list(found.values())
    details = list(refusals[0].details)
    for refusal in refusals[1:]:
        details += [refusal.message, *refusal.details]
    raise RefusedError(refusals[0].message, details=details)


def _by_identifier(typed: str, papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers with this DOI, arXiv id or address."""
    if arxiv := normalise_arxiv(typed):
        return _linked(papers, "arxiv", normalise_arxiv, arxiv)
    if doi := normalise_doi(typed):
        return _linked(papers, "doi", normalise_doi, doi)
    if "://" not in typed:
        return []
    address = typed.rstrip("/")
    return [paper for paper in papers if any(link.rstrip("/") == address for link in paper.links)]


def _linked(
    papers: Iterable[Paper],
    field: str,
    normalise: Callable[[str], str | None],
    wanted: str,
) -> list[Paper]:
    """Return the papers whose field is this identifier, else those with a link to it."""
    papers = tuple(papers)
    own = [
        paper
        for paper in papers
        if wanted in (normalise(getattr(paper, field) or ""), normalise(paper.doi or ""))
    ]
    return own or [paper for paper in papers if any(normalise(it) == wanted for it in paper.links)]


def _by_words(typed: str, papers: Iterable[Paper]) -> list[Paper]:
    """Return the paper that is meant, or all that could be, those that begin so first."""
    folded = [_fold(paper) for paper in papers]
    if exact := _exact(typed, folded):
        return exact
    words = folding.fold_words(typed)
    if not words:
        return []
    beginning = _beginning(words, folded)
    if len(beginning) == 1:
        return beginning
    could_be = {paper.key: paper for paper in (*beginning, *_holding(words, folded))}
    return list(could_be.values())


def _fold(paper: Paper) -> _Folded:
    name = folding.fold_words(paper.name) if paper.name else ""
    return _Folded(paper, folding.fold_words(paper.key), name, folding.fold_words(paper.title))


def _exact(typed: str, papers: Iterable[_Folded]) -> list[Paper]:
    """Return the papers whose key, else name, else title is this."""
    spelled, letters = folding.fold(typed), folding.fold_words(typed).replace(" ", "")
    for field in ("key", "name", "title"):
        same = [it.paper for it in papers if getattr(it, field).replace(" ", "") == letters]
        if len(same) == 1 and letters:
            return same
        closest = [it for it in same if folding.fold(getattr(it, field) or "") == spelled]
        if len(closest) == 1 or not letters:  # C++ and C#: punctuation counts where letters fail
            same = closest
        if same:
            return same
    return []


def _beginning(words: str, papers: Iterable[_Folded]) -> list[Paper]:
    """Return the papers of which the key, the name or the title begins so."""
    letters = words.replace(" ", "")
    return [
        it.paper
        for it in papers
        if it.title.startswith(words)
        or it.key.replace(" ", "").startswith(letters)
        or it.name.replace(" ", "").startswith(letters)
    ]


def _holding(words: str, papers: Iterable[_Folded]) -> list[Paper]:
    """Return the papers whose key, name and title hold every word.

    A word is whole, save in a script that sets none apart, such as Chinese.
    """
    wanted = [f" {word} " if word.isascii() else word for word in words.split()]
    return [
        it.paper
        for it in papers
        if all(word in f" {it.key} {it.name} {it.title} " for word in wanted)
    ]


def _several(typed: str, found: Sequence[Paper]) -> RefusedError:
    return RefusedError(
        f'"{typed}" could be any of {len(found)} papers: type the key of one',
        details=_listed(found),
    )


def _none(typed: str, papers: Iterable[Paper]) -> RefusedError:
    named = {text: it for it in papers for text in (it.title, it.name, it.key) if text}
    near = {named[text].key: named[text] for text in folding.nearest(typed, named)}
    guess = f"did you mean {next(iter(near))}?" if near else "`papertrack list` shows them all"
    details = _listed(list(near.values())) if len(near) > 1 else ()
    return RefusedError(f'no paper "{typed}": {guess}', details=details)


def _listed(papers: Sequence[Paper]) -> list[str]:
    shown = papers[:_LISTED]
    width = max(len(paper.key) for paper in shown)
    lines = [f"{paper.key.ljust(width)}  {paper.title}" for paper in shown]
    return lines + ([f"and {len(papers) - _LISTED} more"] if len(papers) > _LISTED else [])
