"""Papers that are in the list twice."""

from collections.abc import Iterator

from papertrack.checks.finding import Problem, Subject
from papertrack.duplicates import Index
from papertrack.near_titles import near

_SAME = {"doi": "DOI", "arxiv": "arXiv id", "title": "title"}


def duplicate(subject: Subject) -> Iterator[Problem]:
    """Find papers with the same DOI, arXiv id or title, case, version and punctuation aside."""
    index = Index()
    for paper in subject.catalogue.papers:
        if match := index.find(paper):
            first = match.paper.key
            yield Problem(
                f"the same {_SAME[match.by]} as “{first}”",
                f"move what only it says to “{first}”, then `papertrack remove {paper.key}`",
                paper.key,
                match.by,
            )
        index.add(paper)


def near_title(subject: Subject) -> Iterator[Problem]:
    """Find papers whose titles are nearly the same: a typing mistake, a plural, a name left out."""
    for first, second, _ in near(subject.catalogue.papers):
        yield Problem(
            f"nearly the title of “{first.key}”, {first.title}",
            f"if they are one paper, `papertrack remove {second.key}`; "
            "if not, give each its DOI or arXiv id",
            second.key,
            "title",
        )
