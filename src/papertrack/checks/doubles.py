"""Papers that are in the list twice."""

from collections.abc import Iterator

from papertrack.checks.finding import Problem, Subject
from papertrack.duplicates import Index
from papertrack.folding import fold_title
from papertrack.near_titles import near


def duplicate(subject: Subject) -> Iterator[Problem]:
    """Find papers with the same DOI, arXiv id or title, case, version and punctuation aside."""
    index = Index()
    for paper in subject.catalogue.papers:
        if match := index.find(paper):
            first = match.paper
            advice = (
                f'move what only it says to "{first.key}", then `papertrack remove {paper.key}`'
            )
            if fold_title(first.title) != fold_title(paper.title):
                advice = f"if they are one paper, {advice}; if not, mend the {match.by} of one"
            yield Problem(
                f'the same {match.by.label} as "{first.key}"', advice, paper.key, match.by
            )
        index.add(paper)


def near_title(subject: Subject) -> Iterator[Problem]:
    """Find papers whose titles are nearly the same: a typing mistake, a plural, a name left out."""
    for first, second, _ in near(subject.catalogue.papers):
        yield Problem(
            f'nearly the title of "{first.key}", {first.title}',
            f"if they are one paper, `papertrack remove {second.key}`; "
            "if not, give each its DOI or arXiv id",
            second.key,
            "title",
        )
