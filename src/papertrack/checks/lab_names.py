"""Labs: those that a summary contradicts, and those that the catalogue does not list."""

import re
from collections.abc import Iterator, Mapping

from papertrack.checks.problems import Problem, Subject, giving
from papertrack.folding import fold, fold_title, nearest
from papertrack.labs import with_other_names
from papertrack.models import Catalogue, Paper

_BEGINNING = 80
_WHOSE = r"\s*(?:公司|团队|研究院|实验室|research|brain|ai)?\s*(?:的|['’]s\b|:)"


def other_lab(subject: Subject) -> Iterator[Problem]:
    """Find summaries that begin with another lab than the paper's: `OpenAI的WebGPT`, `Meta’s …`."""
    names = _names(subject.catalogue)
    if not names:
        return
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"[^\w]*(?:来自)?({'|'.join(map(re.escape, longest_first))}){_WHOSE}")
    for paper in subject.catalogue.papers:
        if not paper.summary or not paper.lab:
            continue
        beginning = fold(paper.summary[:_BEGINNING].partition("\n")[0])
        named = pattern.match(beginning)
        if named and not _names_own(beginning, paper.lab, names):
            lab = names[named[1]]
            yield Problem(
                f"summary begins with {lab}, but lab is {paper.lab}",
                f"`papertrack edit {paper.key} --set lab={_quoted(lab)}`",
                paper.key,
                "lab",
            )


def unlisted_lab(subject: Subject) -> Iterator[Problem]:
    """Find labs that `[labs]` does not list, or lists under another name or spelling."""
    labs = subject.catalogue.labs
    if not labs:  # then the order of the list is the order of the labs
        return
    known = {fold_title(other): lab for lab, others in labs.items() for other in others}
    known |= {fold_title(lab): lab for lab in labs}
    new: dict[str, list[Paper]] = {}
    for paper in subject.catalogue.papers:
        if not paper.lab or paper.lab in labs:
            continue
        if own := known.get(fold_title(paper.lab)):
            yield Problem(
                f'lab "{paper.lab}" is listed in [labs] as {own}',
                f'write lab = "{own}"',
                paper.key,
                "lab",
                fix=giving({paper.key: {"lab": own}}),
            )
        else:
            new.setdefault(paper.lab, []).append(paper)
    for lab, papers in new.items():
        yield _unlisted(lab, papers, labs)


def _unlisted(lab: str, papers: list[Paper], labs: Mapping[str, tuple[str, ...]]) -> Problem:
    papers_of = f" of {len(papers)} papers" if len(papers) > 1 else ""
    message = f'lab "{lab}"{papers_of} is not listed in [labs]'
    key = papers[0].key
    if near := nearest(lab, labs):
        advice = (
            f"did you mean {near[0]}? `papertrack labs rename {_quoted(lab)} {_quoted(near[0])}`"
        )
        return Problem(message, advice, key, "lab")
    return Problem(
        message,
        f"add {_quoted(lab)} = [] to [labs]",
        key,
        "lab",
        fix=lambda draft: draft.set_table("labs", {lab: []}),
    )


def _names(catalogue: Catalogue) -> dict[str, str]:
    """Return each lab by its folded names, well-known other names included."""
    used = dict.fromkeys(paper.lab for paper in catalogue.papers if paper.lab)
    known = {fold(other): lab for lab, names in catalogue.labs.items() for other in names}
    usual = with_other_names((*catalogue.labs, *used), known)
    names = {fold(other): lab for lab, others in usual.items() for other in others}
    names |= {fold(lab): lab for lab in (*used, *catalogue.labs)} | known
    return {name: lab for name, lab in names.items() if name.strip()}


def _names_own(beginning: str, own: str, names: Mapping[str, str]) -> bool:
    """Say whether the paper's own lab is named there too, by any of its names."""
    same = names.get(fold(own), own)
    return any(
        name in beginning for name, lab in names.items() if same in (lab, names.get(fold(lab)))
    )


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name) else f'"{name}"'
