"""Papers in the groups that a table shows them in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from papertrack.errors import PapertrackError
from papertrack.folding import fold_name, nearest
from papertrack.labs import LabNames
from papertrack.models import Look, Paper
from papertrack.status import Status

_GROUPS = ("lab", "tag", "status", "year")
_LAST = ""


class Group(NamedTuple):
    """Papers under one heading."""

    name: str | None
    """What the heading says; None where there is no heading."""
    papers: list[Paper]
    is_tag_among_labs: bool = False
    """Whether it is of papers of no lab, which have a tag in common."""


class _Naming(NamedTuple):
    """How papers are grouped."""

    order: Sequence[str]
    """The groups that have a place of their own; others follow as they appear."""
    name: Callable[[Paper], str | None]
    tags: Sequence[str] = ()
    """Those that are tags among labs: they come last."""
    loose_stay: bool = False
    """Whether papers of no group stay behind the group that they followed, else they come last."""


def grouped(
    papers: Iterable[Paper],
    look: Look,
    *,
    labs: Mapping[str, Sequence[str]] = {},
    own_tags: Iterable[str] = (),
) -> list[Group]:
    """Return the groups that have papers, in order; within a group the papers keep theirs.

    Papers of no group stay before the groups if no group was before them; else they come last,
    or, among tags, behind the group that they followed.
    """
    if look.group is None:
        return [Group(None, list(papers))]
    naming = _naming(look, labs, own_tags)
    groups: dict[str, list[Paper]] = {name: [] for name in naming.order}
    loose: dict[str | None, list[Paper]] = {None: []}
    before: str | None = None
    for paper in papers:
        if (name := naming.name(paper)) is None:
            loose.setdefault(before, []).append(paper)
            continue
        groups.setdefault(name, []).append(paper)
        before = name if naming.loose_stay else _LAST
    found = [Group(None, loose[None])]
    among_labs = [name for name in naming.tags if name in groups]
    for name in [*(name for name in groups if name not in among_labs), *among_labs]:
        found.append(Group(name, groups[name], name in among_labs))
        found.append(Group(None, loose.get(name, [])))
    found.append(Group(None, loose.get(_LAST, [])))
    return [group for group in found if group.papers]


def _naming(look: Look, labs: Mapping[str, Sequence[str]], own_tags: Iterable[str]) -> _Naming:
    match look.group:
        case "lab":
            tags = [tag for tag in look.tags if tag not in labs]
            return _Naming(tuple(labs), _lab_namer(labs, tags), tags)
        case "tag":
            return _Naming(look.tags, _tag_namer(look.tags, own_tags), loose_stay=True)
        case "status":
            return _Naming(_status_words(look), lambda paper: _status_word(look, paper.status))
        case "year":
            return _Naming((), lambda paper: str(paper.year) if paper.year else None)
        case other:
            near = nearest(other or "", _GROUPS)
            hint = f"did you mean {near[0]}?" if near else f"write one of {', '.join(_GROUPS)}"
            raise PapertrackError(f'no group "{other}": {hint}')


def _lab_namer(
    labs: Mapping[str, Sequence[str]], tags: Sequence[str]
) -> Callable[[Paper], str | None]:
    """Return a function that gives a paper's lab the name that the catalogue gives the lab.

    A paper of no lab has the first of these tags instead.
    """
    names = LabNames(labs)
    spelled: dict[str, str] = {}
    tag_of = _tag_namer(tags, ()) if tags else lambda _: None

    def name(paper: Paper) -> str | None:
        if paper.lab is None or not paper.lab.strip():
            return tag_of(paper)
        return spelled.setdefault(names.same(paper.lab), names.own(paper.lab))

    return name


def _tag_namer(groups: Sequence[str], own_tags: Iterable[str]) -> Callable[[Paper], str | None]:
    """Return a function that gives a paper's first tag that is a heading of the look.

    A look that names no headings has every tag for one but those that the block's query names.
    """
    own = {fold_name(tag) for tag in own_tags}
    spelled = {fold_name(group): group for group in groups}

    def name(paper: Paper) -> str | None:
        tags = [tag for tag in paper.tags if tag.strip()]
        if spelled:
            return next((spelled[tag] for tag in map(fold_name, tags) if tag in spelled), None)
        return next((tag for tag in tags if fold_name(tag) not in own), None)

    return name


def _status_word(look: Look, status: Status) -> str:
    return look.statuses.get(status) or status.value


def _status_words(look: Look) -> list[str]:
    """Return the words in the order in which the look names them, then those of other statuses."""
    named = [Status(word) for word in look.statuses if word in set(Status)]
    return [_status_word(look, status) for status in dict.fromkeys((*named, *Status))]
