"""Fields that are wrong: empty, unknown, no identifier, an impossible day or year.

So are labs and venues that are spelled in several ways, or stand in one another's field.
"""

import re
import shlex
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from papertrack.catalogue.lines import unknown_keys
from papertrack.checks.problems import Problem, Subject, giving, together, wrong
from papertrack.folding import did_you_mean, fold, fold_title, is_nothing, nearest
from papertrack.identifiers import arxiv_year, is_key, make_key, normalise_arxiv, normalise_doi
from papertrack.labs import with_other_names
from papertrack.models import DATES, FIELDS, LISTS, Catalogue, Look, Paper
from papertrack.patterns import pattern
from papertrack.status import Status, status_of
from papertrack.toml import spell_key
from papertrack.typed import Value

if TYPE_CHECKING:
    from papertrack.sources import VenueYear

_TEXTS = ("name", "lab", "venue", "doi", "arxiv", "summary", "notes")
_texts_of, _lists_of = attrgetter(*_TEXTS), attrgetter(*LISTS)
_SETTINGS = ("paper", "title", "labs", "markdown", "check", "files", "ignore", *Look.model_fields)
_BARE = pattern(r"(?:[a-z-]+(?:\.[a-z-]+)?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?", re.IGNORECASE)
_ADDRESS = pattern(r"(?:https?|ftp)://[^\s/?#]+\.[^\s]+|(?:file|mailto|doi):\S+", re.IGNORECASE)
_SCHEME = pattern(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = pattern(
    r"(?:www\.)?(?:[\w-]+\.)+(?:com|org|net|edu|gov|io|ai|dev|me|cn|de|fr|jp|kr|uk|ch)"
    r"(?:[:/?#]\S*)?",
    re.IGNORECASE,
)


def empty_title(subject: Subject) -> Iterator[Problem]:
    """Find papers whose title is empty, or a word for nothing such as `NULL`."""
    for paper in subject.catalogue.papers:
        if is_nothing(paper.title):
            advice = f"`papertrack edit {paper.key} --set title=…`"
            remove = f"{advice}, or `papertrack remove {paper.key}`"
            yield wrong(paper, "title", f'title "{paper.title}" says nothing', remove)


def empty_value(subject: Subject) -> Iterator[Problem]:
    """Find fields that hold nothing, or a word for it such as `NULL`, many of them as one."""
    empty: dict[str, dict[str, Value | None]] = {}
    for paper in subject.catalogue.papers:
        for field, value in _empty(paper):
            empty.setdefault(field, {})[paper.key] = value
    for field, values in empty.items():
        yield from _left_out(field, values)


def unknown_key(subject: Subject) -> Iterator[Problem]:
    """Find keys that papertrack does not know; they stay in the file and are not used."""
    for line, where, key in unknown_keys(subject.text, subject.data):
        known = FIELDS if where.startswith("paper") else _SETTINGS
        advice = did_you_mean(key, known, "it stays in the file and is not used")
        yield Problem(f'key "{key}" of {where} is not known', advice, line=line)


def key(subject: Subject) -> Iterator[Problem]:
    """Find keys, typed by hand, that are not lower-case letters, digits and hyphens."""
    for paper in subject.catalogue.papers:
        if not is_key(paper.key):
            message = f'key "{paper.key}" is not lower-case letters, digits and hyphens'
            yield wrong(paper, "key", message, f'write key = "{make_key(paper)}"')


def doi(subject: Subject) -> Iterator[Problem]:
    """Find DOIs that are malformed, or written as an address."""
    for paper in subject.catalogue.papers:
        if paper.doi and (right := normalise_doi(paper.doi)) != paper.doi.lower():
            yield _identifier(paper, "doi", "a DOI, such as 10.1145/3292500.3330701", right)


def arxiv(subject: Subject) -> Iterator[Problem]:
    """Find arXiv ids that are malformed, or written as an address."""
    for paper in subject.catalogue.papers:
        right = normalise_arxiv(paper.arxiv) if paper.arxiv else None
        if paper.arxiv and not (right and _BARE.fullmatch(paper.arxiv)):
            yield _identifier(paper, "arxiv", "an arXiv id, such as 2302.13971", right)


def link(subject: Subject) -> Iterator[Problem]:
    """Find links that are not addresses: blanks inside, no `https://`, an unknown scheme."""
    for paper in subject.catalogue.papers:
        bad = [it for it in paper.links if not _ADDRESS.fullmatch(it) and not _is_path(it)]
        if not bad:
            continue
        message, right = f'link "{bad[0]}" is not an address', _corrected(bad[0])
        if all(_ADDRESS.fullmatch(_corrected(it)) for it in bad):
            links = tuple(map(_corrected, paper.links))
            yield wrong(paper, "links", message, f'write "{right}"', links=links)
        else:
            yield wrong(paper, "links", message, "write it whole, with https:// first")


def only_editors(subject: Subject) -> Iterator[Problem]:
    """Find papers without authors whose editors are known."""
    for paper in subject.catalogue.papers:
        if not paper.authors and (editors := paper.bibtex.get("editor")):
            yield Problem(
                f"no authors, only editors: {editors}",
                f"`papertrack edit {paper.key} --set authors=…`, if it has some",
                paper.key,
            )


def date_order(subject: Subject) -> Iterator[Problem]:
    """Find papers finished before they were started, and days that are still to come."""
    for paper in subject.catalogue.papers:
        for field in DATES:
            day = getattr(paper, field)
            if day and day > subject.today:
                yield wrong(paper, field, f"{field} {day} is still to come")
        if paper.started and paper.finished and paper.finished < paper.started:
            order = f"finished {paper.finished} is before started {paper.started}"
            yield wrong(paper, "finished", order)


def status_date(subject: Subject) -> Iterator[Problem]:
    """Find papers whose dates contradict their status: finished, but not done."""
    for paper in subject.catalogue.papers:
        if paper.finished and paper.status is not Status.DONE:
            yield _contradiction(paper, "finished", "done")
        elif paper.started and paper.status is Status.TO_READ:
            yield _contradiction(paper, "started", "reading")


def _left_out(field: str, values: Mapping[str, Value | None]) -> Iterator[Problem]:
    """Give the problems of one field, with what remains of it in each paper."""
    message, advice = f"{field} holds nothing", "leave it out"
    problems = [
        Problem(message, advice, key, field, fix=giving({key: {field: value}}))
        for key, value in values.items()
    ]
    many = f"{message}, nor in {len(values) - 1:,} more papers"
    yield from together(problems, many, advice)


def _empty(paper: Paper) -> Iterator[tuple[str, Value | None]]:
    """Give the fields that hold nothing, with what remains of them."""
    for field, text in zip(_TEXTS, _texts_of(paper), strict=True):
        if text is not None and is_nothing(text):
            yield field, None
    for field, items in zip(LISTS, _lists_of(paper), strict=True):
        kept = tuple(item for item in items if not is_nothing(item))
        if len(kept) < len(items):
            yield field, kept or None


def _identifier(paper: Paper, field: str, what: str, right: str | None) -> Problem:
    written = getattr(paper, field)
    if right is None:
        return wrong(paper, field, f'{field} "{written}" is not {what}')
    message = f'{field} "{written}" holds more than the id'
    return wrong(paper, field, message, f'write {field} = "{right}"', **{field: right})


def _is_path(text: str) -> bool:
    """Say whether it may be a file beside the catalogue, `pdf/llama.pdf`, or a place in one."""
    is_web = _SCHEME.match(text) or _HOST.fullmatch(text.strip())
    return not is_web and (
        text.startswith("#") or re.search(r"/|\.\w{1,6}(?:#|$)", text) is not None
    )


def _corrected(text: str) -> str:
    bare = text.strip().removeprefix("<").removesuffix(">").strip()
    return f"https://{bare}" if _HOST.fullmatch(bare) else bare


def _contradiction(paper: Paper, field: str, status: str) -> Problem:
    day = getattr(paper, field)
    mark = f"`papertrack mark {status} {paper.key} --on {day}`"
    advice = f"{mark}, or `papertrack edit {paper.key} --unset {field}`"
    return wrong(paper, field, f"status is {paper.status}, but {field} is {day}", advice)


_BEGINNING = 80
_WHOSE = r"\s*(?:公司|团队|研究院|实验室|research|brain|ai)?\s*(?:的|['’]s\b|:)"
_SHOWN = 4
_CHOSEN = {fold(name): name for name in ("arXiv", "bioRxiv", "medRxiv", "NeurIPS", "OpenReview")}
"""The spellings that venues chose themselves, by what they are folded."""
_YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LAST_YEAR = pattern(r"[^\w.:;]*(?:\d\d)?\d\d\s*(?:年度?|년도?)?[\s)）\]】,，.]*")
"""A year behind a name: `2019`, ` 2019`, ` (2019)`, `'19`."""
_FIRST_YEAR = 1600
"""Before the first journal, the Journal des sçavans of 1665."""


def other_lab(subject: Subject) -> Iterator[Problem]:
    """Find summaries that begin with another lab than the paper's: `OpenAI的WebGPT`, `Meta’s …`."""
    names = _names(subject.catalogue)
    if not names:
        return
    longest_first = sorted(names, key=len, reverse=True)
    in_front = re.compile(rf"[^\w]*(?:来自)?({'|'.join(map(re.escape, longest_first))}){_WHOSE}")
    for paper in subject.catalogue.papers:
        if not paper.summary or not paper.lab:
            continue
        beginning = fold(paper.summary[:_BEGINNING].partition("\n")[0])
        named = in_front.match(beginning)
        if named and not _names_own(beginning, paper.lab, names):
            lab = names[named[1]]
            advice = f"`papertrack edit {paper.key} --set lab={shlex.quote(lab)}`"
            yield wrong(paper, "lab", f"summary begins with {lab}, but lab is {paper.lab}", advice)


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
            message = f'lab "{paper.lab}" is listed in [labs] as {own}'
            yield wrong(paper, "lab", message, f'write lab = "{own}"', lab=own)
        else:
            new.setdefault(paper.lab, []).append(paper)
    for lab, papers in new.items():
        yield _unlisted(lab, papers, labs)


def _unlisted(lab: str, papers: list[Paper], labs: Mapping[str, tuple[str, ...]]) -> Problem:
    papers_of = f" of {len(papers)} papers" if len(papers) > 1 else ""
    message = f'lab "{lab}"{papers_of} is not listed in [labs]'
    if near := nearest(lab, labs):
        rename = f"`papertrack labs rename {shlex.join([lab, near[0]])}`"
        return wrong(papers[0], "lab", message, f"did you mean {near[0]}? {rename}")
    listed = wrong(papers[0], "lab", message, f"add {spell_key(lab)} = [] to [labs]")
    return listed._replace(fix=lambda draft: draft.set_table("labs", {lab: []}))


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


def venue_year(subject: Subject) -> Iterator[Problem]:
    """Find venues that hold a year, such as `NIPS2019`, many as one: it has a field of its own.

    A year within a name, `Proceedings of the 2016 Conference`, may stay there.
    """
    safe: list[Problem] = []
    for venue, papers in _by_venue(subject).items():
        source = _dated(venue)
        if source is None:
            continue
        held = f'venue "{venue}" holds a year'
        apart = f'venue "{source.venue}" and ' if source.venue else ""
        advice = f"write {apart}year {source.year}"
        for paper in papers:
            if paper.year not in (None, source.year):
                message = f'venue is "{venue}", but year is {paper.year}'
                change = f"find out which is right and change it with `papertrack edit {paper.key}`"
                yield wrong(paper, "venue", message, change)
            elif source.more or source.arxiv:
                yield wrong(paper, "venue", held, advice)
            elif _is_last(source, venue):
                new = {"venue": source.venue, "year": source.year}
                safe.append(wrong(paper, "venue", held, advice, **new))
            elif paper.year is None:
                message = f'no year, but venue "{venue}" holds {source.year}'
                change = f"`papertrack edit {paper.key} --set year={source.year}`"
                yield wrong(paper, "venue", message, f"{change}, if that is its year")
    if safe:
        many = f"{safe[0].message}, and so do those of {len(safe) - 1:,} more papers"
        yield from together(safe, many, "write year and venue apart")


def venue_spelling(subject: Subject) -> Iterator[Problem]:
    """Find venues spelled in several ways, years aside: `arXiv`, `arxiv2020`, `ArXiv`."""
    groups: dict[str, dict[str, list[Paper]]] = defaultdict(lambda: defaultdict(list))
    for venue, papers in _by_venue(subject).items():
        source = _dated(venue)
        bare = source.venue if source and source.venue and _is_last(source, venue) else venue
        groups[fold_title(bare)][bare] += papers
    for folded, spellings in groups.items():
        best = _CHOSEN.get(folded) or _best_of(spellings)
        others = {spelled: papers for spelled, papers in spellings.items() if spelled != best}
        if others:
            yield _misspelled(best, others)


def _best_of(spellings: Mapping[str, Sequence[Paper]]) -> str:
    """Return the usual spelling, but the one with more capitals where only these differ.

    One in capitals alone is no better, `NATURE`, but than one that has none: `cvpr`.
    """
    usual = max(spellings, key=lambda it: (len(spellings[it]), _capitals(it)))
    cased = (it for it in spellings if it.lower() == usual.lower())
    better = (it for it in cased if not it.isupper() or usual.islower())
    return max((usual, *better), key=_capitals)


def _capitals(text: str) -> int:
    return sum(map(str.isupper, text))


def _misspelled(best: str, others: Mapping[str, Sequence[Paper]]) -> Problem:
    counted = [f'"{spelled}" {len(papers)}×' for spelled, papers in others.items()]
    shown = ", ".join(counted[:_SHOWN])
    more = f" and {len(counted) - _SHOWN} more ways" if len(counted) > _SHOWN else ""
    wrong = [paper for papers in others.values() for paper in papers]
    changes = {paper.key: {"venue": best} for paper in wrong if paper.venue in others}
    return Problem(
        f'venue "{best}" is also written {shown}{more}',
        f'write "{best}" everywhere',
        wrong[0].key,
        "venue",
        fix=giving(changes) if changes else None,  # one with a year is for the rule above
    )


def _is_last(source: "VenueYear", venue: str) -> bool:
    """Say whether a venue is a name and then the year: elsewhere the year is part of the name."""
    name = source.venue or ""
    begins = venue.lower().startswith(name.lower())
    return begins and bool(_LAST_YEAR.fullmatch(venue, len(name))) and not _YEAR.search(name)


def _dated(venue: str) -> "VenueYear | None":
    """Return what a venue says that holds a year; None for one that holds none."""
    if not any(map(str.isdigit, venue)):
        return None
    from papertrack.sources import read_source  # slow to import, and few venues have a digit

    source = read_source(venue)
    return source if source.year else None


def misplaced_status(subject: Subject) -> Iterator[Problem]:
    """Find venues that are a word for a status: the columns of a table were shifted."""
    for venue, papers in _by_venue(subject).items():
        if len(venue) > 1 and status_of(venue):
            for paper in papers:
                advice = f"`papertrack edit {paper.key} --unset venue`, and look at the status"
                yield wrong(paper, "venue", f'venue "{venue}" is a status', advice)


def year(subject: Subject) -> Iterator[Problem]:
    """Find years before 1600 or after next year."""
    for paper in subject.catalogue.papers:
        if paper.year and not _FIRST_YEAR <= paper.year <= subject.today.year + 1:
            yield wrong(paper, "year", f"year {paper.year} is not when a paper appears")


def missing_year(subject: Subject) -> Iterator[Problem]:
    """Find papers without a year, many of them as one finding; a preprint's is in its arXiv id."""
    preprints, unknown = list[Problem](), list[Problem]()
    holding: dict[str, bool] = {}  # few venues come many times
    for paper in subject.catalogue.papers:
        if paper.year:
            continue
        if paper.venue and paper.venue not in holding:
            holding[paper.venue] = _dated(paper.venue) is not None
        if paper.venue and holding[paper.venue]:
            continue  # venue-year says so
        posted = _arxiv_year(paper, subject.today.year)
        hint = f"no year, posted on arXiv in {posted}" if posted else "no year"
        if posted and (paper.venue or "arxiv").lower() == "arxiv":
            fix = giving({paper.key: {"year": posted}})
            preprints.append(Problem(hint, f"write year = {posted}", paper.key, fix=fix))
        else:
            unknown.append(Problem(hint, f"`papertrack edit {paper.key} --set year=…`", paper.key))
    many = f"no year, nor in {len(preprints) - 1:,} more preprints whose arXiv ids tell it"
    yield from together(preprints, many, "write the year that the arXiv id tells")
    many = f"no year, nor in {len(unknown) - 1:,} more papers"
    yield from together(unknown, many, "`papertrack list missing:year` shows them")


def _by_venue(subject: Subject) -> Mapping[str, Sequence[Paper]]:
    papers = defaultdict(list)
    for paper in subject.catalogue.papers:
        if paper.venue:
            papers[paper.venue].append(paper)
    return papers


def _arxiv_year(paper: Paper, latest: int) -> int | None:
    arxiv = normalise_arxiv(paper.arxiv) if paper.arxiv else None
    year = arxiv_year(arxiv) if arxiv else None
    return year if year and year <= latest else None
