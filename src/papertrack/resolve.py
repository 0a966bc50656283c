"""One paper from what a person types, and the one address of a paper that is safe to open.

References are strict, and helpful where they are not clear.
"""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from urllib.parse import quote, urlsplit

from papertrack import folding
from papertrack.authors import shown_name
from papertrack.duplicates import Identity, identifiers_of
from papertrack.errors import AmbiguousError, Candidate, RefusedError
from papertrack.identifiers import (
    Identifier,
    cells,
    identifier_in,
    normalise_arxiv,
    normalise_doi,
    trimmed_address,
)
from papertrack.models import Paper
from papertrack.patterns import pattern

_LISTED = 10


def one(reference: str, papers: Sequence[Paper]) -> Paper:
    """Return the one paper that the reference means; RefusedError for none and for several.

    The first stage that answers decides, whatever the order of the papers: DESIGN section 4.
    A key as it is goes before all else, since every list of several offers the keys.
    """
    typed = reference.strip()
    if not typed:
        raise RefusedError("an empty reference means no paper: type a key, a name or a title")
    for stage in (_with_key, _as_typed, _identified, _folded, _like):
        candidates = stage(typed, papers)
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            several = f'"{typed}" could be any of {len(candidates)} papers: type the key of one'
            raise ambiguous(several, typed, candidates)
    raise _none(typed, papers)


def many(references: Iterable[str], papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers that the references mean, each once; RefusedError unless all are clear."""
    by_key = {paper.key: paper for paper in papers}
    meant: dict[str, Paper] = {}
    refusals: list[RefusedError] = []
    references = dict.fromkeys(references)
    for reference in references:
        try:
            paper = by_key.get(reference) or one(reference, papers)
        except RefusedError as error:
            refusals.append(error)
        else:
            meant[paper.key] = paper
    if not refusals:
        return list(meant.values())
    if len(references) > 1:
        _refuse_together(" ".join(references), papers, all_refused=len(refusals) == len(references))
    first, *others = refusals
    details = [*first.details, *(line for it in others for line in (it.message, *it.details))]
    if isinstance(first, AmbiguousError) and all(isinstance(it, AmbiguousError) for it in refusals):
        raise AmbiguousError(
            first.message, reference=first.reference, candidates=first.candidates, details=details
        )
    raise RefusedError(first.message, details=details)


def _refuse_together(words: str, papers: Sequence[Paper], *, all_refused: bool) -> None:
    """Refuse words that mean one paper, or some, as one reference, typed without its quotes."""
    try:
        paper = one(words, papers)
    except AmbiguousError:
        if all_refused:
            raise
    except RefusedError:
        return
    else:
        quoted = shlex.quote(words)
        raise RefusedError(f"these words name one paper together, {paper.key}: write {quoted}")


def _with_key(typed: str, papers: Iterable[Paper]) -> list[Paper]:
    return [paper for paper in papers if paper.key == typed]


def _as_typed(typed: str, papers: Iterable[Paper]) -> list[Paper]:
    return [
        paper
        for paper in papers
        if typed in (paper.name, paper.title) or (paper.bibtex and typed in paper.citation_keys)
    ]


def _identified(typed: str, papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers with this DOI, arXiv id or address; one's own goes before a link to it."""
    if wanted := identity_in(typed):
        same = [paper for paper in papers if wanted in identifiers_of(paper)]
        return same or [it for it in papers if wanted in map(identity_in, it.links)]
    return with_address(typed, papers) if "://" in typed else []


def with_address(address: str, papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers with this link; a slash at its end is no difference."""
    bare = address.rstrip("/")
    return [paper for paper in papers if any(link.rstrip("/") == bare for link in paper.links)]


def identity_in(text: str) -> tuple[Identity, str] | None:
    """Return what a DOI, an arXiv id or an address of one identifies, or None for another text."""
    doi, arxiv = identifier_in(text) or Identifier()
    if arxiv:
        return Identity.ARXIV, arxiv
    return (Identity.DOI, doi) if doi else None


def _folded(typed: str, papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers whose key, name, title or citation key this is, punctuation aside."""
    wanted = folding.fold_title(typed)
    return [
        paper
        for paper in papers
        if any(folding.fold_title(text) == wanted for text in _names(paper) if text)
    ]


def _names(paper: Paper) -> Iterator[str | None]:
    yield from (paper.key, paper.name, paper.title)
    if paper.bibtex:
        yield from paper.citation_keys


def _like(typed: str, papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers of which a key, name or title begins so, or which hold all these words.

    Both count together: of several that hold the words, the one that begins with them is not meant
    more than the others. A word is whole, save in a script that sets none apart, such as Chinese;
    `GPT-2` is one word, which a title with a GPT-3 and a 2 in it does not hold.
    """
    words = folding.title_words(typed)
    if not any(map(str.isalnum, words)):
        return []
    letters = words.replace(" ", "")
    wanted: list[str] = []
    for word in filter(None, map(folding.title_words, typed.split())):
        wanted += [f" {word} "] if word.isascii() else word.split()

    def is_like(paper: Paper) -> bool:
        key, name = folding.title_words(paper.key), folding.title_words(paper.name or "")
        title = folding.title_words(paper.title)
        if title.startswith(words) or any(
            text.replace(" ", "").startswith(letters) for text in (key, name)
        ):
            return True
        text = f" {key} {name} {title} {folding.fold_words(title)} "
        return all(word in text for word in wanted)

    return [paper for paper in papers if is_like(paper)]


def ambiguous(message: str, reference: str, papers: Sequence[Paper]) -> AmbiguousError:
    """Return the refusal of a reference, empty where none was typed, that may mean each of these.

    The papers are named below the message.
    """
    candidates = [Candidate(paper.key, paper.title) for paper in papers]
    details = _listed(papers)
    return AmbiguousError(message, reference=reference, candidates=candidates, details=details)


def place_of(reference: str, words: Sequence[str]) -> slice | None:
    """Return which words of a command line are the reference, perhaps typed without its quotes.

    A reference that was not typed belongs at the end. None where no words are it.
    """
    if not reference:
        return slice(len(words), len(words))
    words = [word.strip() for word in words]
    for start in range(1, len(words)):  # the first names the command
        for end, text in enumerate(accumulate(words[start:], "{} {}".format), start + 1):
            if text == reference:
                return slice(start, end)
            if len(text) > len(reference):
                break
    return None


def _none(typed: str, papers: Sequence[Paper]) -> RefusedError:
    words = set(folding.fold_words(typed).split())
    holding = [paper for paper in papers if words and words <= _words_of(paper)]
    near = holding or _alike(typed, papers)
    guess = f"did you mean {near[0].key}?" if near else "`papertrack list` shows them all"
    if len(holding) > 1:
        where = "title, authors, lab, source or tags"
        guess = f"{len(holding):,} have it in their {where}: type the key of one"
    details = _listed(near) if len(near) > 1 else ()
    return RefusedError(f'no paper "{typed}": {guess}', details=details)


def _alike(typed: str, papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers whose names look like what was typed, else those of which a part does.

    That is the beginning of a title, as long as what was typed, and for one word each of its words.
    """
    named = {text: it for it in papers for text in (it.title, it.name, it.key) if text}
    near = folding.nearest(typed, named)
    if not near:
        words = {word: it for it in papers for word in it.title.split() if " " not in typed}
        named = words | {it.title[: len(typed)]: it for it in papers}
        near = folding.nearest(typed, named)
    return list({named[text].key: named[text] for text in near}.values())


def _words_of(paper: Paper) -> set[str]:
    """Return the words that a query finds the paper by, beside those that a reference may have."""
    names = (*paper.authors, *map(shown_name, paper.authors))
    texts = (paper.title, *names, paper.lab or "", paper.source, *paper.tags)
    return set(folding.fold_words(" ".join(texts)).split())


def _listed(papers: Sequence[Paper]) -> list[str]:
    """Return a line for each paper, its key and its title; of many the first ten."""
    shown = papers[:_LISTED]
    widths = [cells(paper.key) for paper in shown]
    lines = [
        f"{paper.key}{' ' * (max(widths) - width)}  {paper.title}"
        for paper, width in zip(shown, widths, strict=True)
    ]
    return lines + ([f"and {len(papers) - _LISTED:,} more"] if len(papers) > _LISTED else [])


_IN_TEXT = pattern(r"https?://[!-~]+")
# What RFC 3986 leaves no place for, and a shell or a browser might take for something else.
_NOT_IN_ADDRESS = pattern(r"""["'`<>\\^{|}]""")


def address(paper: Paper) -> str:
    """Return arXiv's page, else the DOI's, else the first link, else an address in the notes.

    RefusedError where there is none that is `http` or `https`.
    """
    if arxiv := normalise_arxiv(paper.arxiv or ""):
        return f"https://arxiv.org/abs/{arxiv}"
    if doi := normalise_doi(paper.doi or ""):
        return f"https://doi.org/{quote(doi, safe='/:;()', errors='replace')}"
    addresses = _IN_TEXT.findall(paper.notes or "")
    noted = map(trimmed_address, addresses)
    return _first_safe((*paper.links, *noted)) or _refuse(paper)


def pdf_address(paper: Paper) -> str:
    """Return where arXiv keeps the PDF, else the first link that ends in `.pdf`.

    RefusedError where neither is known.
    """
    ids = (normalise_arxiv(paper.arxiv or ""), *map(normalise_arxiv, paper.links))
    for arxiv in filter(None, ids):
        return f"https://arxiv.org/pdf/{arxiv}"
    paths = {link: link.strip().partition("?")[0].partition("#")[0] for link in paper.links}
    address = _first_safe(link for link, path in paths.items() if path.lower().endswith(".pdf"))
    if address is None:
        raise RefusedError(
            f"{paper.key} has no PDF that is known: give it an arXiv id with "
            f"papertrack edit {paper.key} --set arxiv=ID"
        )
    return address


def safe_address(text: str) -> str | None:
    """Return the address ready to be opened if it is plain `http` or `https`, else None.

    Nothing that cannot be seen, no white space, no leading dash; quotes and other signs that do
    not belong into an address are escaped.
    """
    bare = text.strip()
    if not bare.isprintable() or " " in bare:
        return None
    try:
        parts = urlsplit(bare)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # such as half an IPv6 address
        return None
    return _NOT_IN_ADDRESS.sub(lambda sign: quote(sign[0]), bare) if known else None


def _first_safe(links: Iterable[str]) -> str | None:
    return next(filter(None, map(safe_address, links)), None)


def _refuse(paper: Paper) -> str:
    if paper.links:
        raise RefusedError(
            f'{paper.key} links to "{paper.links[0]}", which is not an http or https address: '
            f"give it one with papertrack edit {paper.key} --set links=https://…"
        )
    raise RefusedError(
        f"{paper.key} has no arXiv id, DOI or link to open: give it one with "
        f"papertrack edit {paper.key} --set arxiv=ID"
    )
