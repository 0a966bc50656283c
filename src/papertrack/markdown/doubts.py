"""What is in doubt of papers that were read: a title or venue that may hold another field's."""

from collections import Counter
from collections.abc import Iterator

from papertrack.authors import count_no_names
from papertrack.markdown.proper_names import PUBLISHED, are_people, is_known_venue
from papertrack.markdown.rows import CROSSED, Doubt, Table, is_cross
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.status import Status

_OTHERS = pattern(r"\bet\.? al\b")
_NAMES_FIRST = pattern(r"(?:[A-Z][\w'’-]+, ){2,}(?:(?:and|&) )?[A-Z][\w'’-]+: ")
_YEAR_LAST = pattern(  # but `Winter in 2020` is of that year
    r"(?<!\bin)(?<!\bof)(?<!\bto)(?<!\band)(?<!\bsince)(?<!\buntil)[\s(,](?:19|20)\d\d\)?$"
)
_PEOPLE = pattern(r"\+|[a-z][&/][A-Z]|\bet\.? al\b")
_SURNAME = pattern(
    r"(?!.*(?:[ts]ion|ics|ogy|ity|ors|ies|ment|ance|ence|phy|try|sing)$)[^\W\d_a-z][^\W\d_A-Z]{2,20}(?:-[^\W\d_a-z][^\W\d_A-Z]{2,20})?"
)
_JOURNALS = frozenset(
    """Allergy Appetite Autism Blood Bone Cancer Carbon Chaos Chemosphere Chest Constraints
    Daedalus Dementia Diabetes Eos Epilepsia Fuel Geoderma Gut Headache Heart Hippocampus
    Icarus Infancy Isis Joule Lancet Langmuir Leukemia Lingua Lithos Lupus Macromolecules
    Metabolism Metrika Microbiome Nephron Noûs Nutrients Oecologia Oikos Oncogene Optica
    Polymers Sleep Spine Stroke Synthese Thorax Vaccine Viruses""".split()
)
"""Journals that look like a surname."""
SURNAMED = (
    "words before the years are taken for who wrote the papers",
    "if one is a journal, edit that paper",
)
"""What is in doubt of a list without authors: whether `Lee 2015` says who or where."""


def with_doubts(table: Table) -> Table:
    """Return the table with a doubt where a title or venue holds what is likely another field's.

    Of crosses the first is in doubt, for all, and in lists the first venue that may be a surname.
    """
    doubts = [Doubt(line, *doubt) for line, paper in table.papers for doubt in _doubtful(paper)]
    often = Counter(paper.venue for _, paper in table.papers)
    listed = () if table.header else table.papers
    unsure = [it for it in listed if often[it[1].venue] == 1 and has_surname(it[1])]
    for line, paper in unsure[:1]:
        more = f", and {len(unsure) - 1} more may be so" if unsure[1:] else ""
        message = f'the venue {paper.venue} may be who wrote "{paper.title}"{more}'
        doubts.append(Doubt(line, message, "imported as it is"))
    unread = (row for row in table.rows for it in row.papers if it.status is Status.TO_READ)
    crossed = [Doubt(it.line, *CROSSED) for it in unread if not table.header and is_cross(it.text)]
    crossed += [doubt for doubt in table.doubts if doubt[1:] == CROSSED]
    doubts += [doubt for doubt in table.doubts if doubt not in crossed] + crossed[:1]
    return table._replace(doubts=tuple(sorted(doubts))) if doubts else table


def has_surname(paper: Paper) -> bool:
    """Say whether the venue of a paper without authors may be a surname, and is not known."""
    venue = paper.venue or ""
    name = _SURNAME.fullmatch(venue) is not None and not paper.authors and paper.year is not None
    known = venue in _JOURNALS or is_known_venue(venue) or PUBLISHED.fullmatch(venue)
    return name and not known and are_people(venue.replace("-", " "))


def _doubtful(paper: Paper) -> Iterator[tuple[str, str]]:
    names = _NAMES_FIRST.match(paper.title)
    if _OTHERS.search(paper.title) or (names and not count_no_names(names[0])):
        yield f"there seem to be authors in the title {paper.title}", "imported as it is"
    if paper.year is None and _YEAR_LAST.search(paper.title):
        yield f"there seems to be a year in the title {paper.title}", "imported as it is"
    if _PEOPLE.search(paper.venue or ""):
        yield f"there seem to be authors in the venue {paper.venue}", "imported as it is"
