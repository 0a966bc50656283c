"""Which paper a row means, and what becomes of its fields.

An import never overwrites one paper with another, so a likeness of titles is no identity, nor is
the place of a row. Where a row's title is another than last time, an identifier says that it is
the same paper, or what else stands in the row does; else it is a new paper.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from papertrack.authors import abbreviates, family_first, shown_name, without_blanks
from papertrack.duplicates import Identity, Index, Match, are_different, identifiers_of, same_paper
from papertrack.folding import fold, fold_title, fold_words
from papertrack.models import FIELDS, LISTS, PROSE, SUBTABLES, Paper
from papertrack.patterns import pattern
from papertrack.sources import is_same_venue
from papertrack.status import Status
from papertrack.typed import Value

_NO_OTHER = 0.5
"""Less alike, two titles with one identifier are two papers, and the identifier a slip."""
_SLIP_OF_THE_PEN = 0.9
"""So much alike, two long titles with the same cells beside them are one, misspelt."""
_LONG_TITLE = 20
_SAME_WORD = 0.6
"""So much alike, two words are one, misspelt."""
_SHORT_WORD = 3
_SUBTITLE = pattern(r"\s*[:：(（—–.。]|\s+-\s")
_TELLING = 16
"""So many letters are a text that nobody writes twice; a Chinese one counts for two."""
_LAST_LATIN = "\u024f"
_NOT_ENGLISH = frozenset(
    """der das und für über zur zum einer eines eine les des dans sur pour une et du los las del
    para una della delle dei degli il het een voor och om uma dos""".split()
)
_BESIDE_TITLE = tuple(field for field in FIELDS if field not in ("key", "title", "name", "tags"))
_VERSION = pattern(r"\d+(?:\.\d+)*|(?<![a-z])[ivx]+(?![a-z])|[+*#@=²³]")
"""What tells GPT-2 from GPT-3, Part I from Part II, LoRA from LoRA+."""


class Recognised(NamedTuple):
    """What an index knows of a row."""

    same: Match | None
    """The paper that the row means."""
    slip: Match | None
    """A paper of another title with the row's identifier."""


def find(index: Index, paper: Paper, now: Callable[[str], Paper] | None = None) -> Recognised:
    """Return the paper that a row means: one identifier or title, and titles that can be one.

    `now` gives what a paper of the index is by now, which tells others of its title apart.
    """
    slip = None
    for match in index.matches(paper):
        if match.by is Identity.TITLE and now and are_different(paper, now(match.paper.key)):
            continue
        if match.by is Identity.TITLE or _is_meant(paper, match):
            return Recognised(match, slip)
        slip = slip or match
    return Recognised(None, slip)


def _is_meant(paper: Paper, match: Match) -> bool:
    """Say whether an identifier means the paper that has it, and is no slip."""
    other = match.paper
    if match.by is Identity.ARXIV:  # of which the DOI that arXiv gave is another spelling
        one, two = (dict(identifiers_of(it)).get(Identity.DOI) for it in (paper, other))
        if one and two and one != two:
            return fold_title(paper.title) == fold_title(other.title)
    return any(is_same_title(paper.title, name) for name in (other.title, other.name) if name)


def is_same_title(one: str, other: str) -> bool:
    """Say whether two titles can be of one paper: equal, one in the other, alike, translated."""
    first, second = fold_title(one), fold_title(other)
    if first in second or second in first:
        return True
    return _likeness(one, other) >= _NO_OTHER or _is_foreign(one) is not _is_foreign(other)


def _is_foreign(title: str) -> bool:
    """Say whether a title is surely not English: by its script, but for a name or two, or words."""
    text = fold_title(title)
    is_other = sum(sign > _LAST_LATIN for sign in text) > len(text) / 4
    return is_other or not _NOT_ENGLISH.isdisjoint(title.casefold().split())


def is_cited_alike(paper: Paper, other: Paper) -> bool:
    """Say whether two papers of one citation key are the same: a slip or a subtitle more.

    Google Scholar makes the key of the authors, the year and the first word, and so one of many.
    """
    from papertrack.checks.duplicate_papers import near_titles  # for one citation key only

    if are_different(paper, other):
        return False
    return _is_subtitled(paper.title, other.title) or bool(near_titles((paper, other), cited=True))


def pair_with_last(now: Sequence[Paper], last: Sequence[Paper]) -> dict[int, int]:
    """Return which paper of the last time each paper of now is, by their positions.

    The same row is found by all that it says, then by what makes it the same paper, then, where
    its title was corrected, by what stands beside the title and in no other row.
    """
    # Each step only looks at what the steps before left, from the surest to the boldest.
    pairs = _equal_rows(now, last) if last else {}
    for pair_more in (_pair_identified, _pair_cited, _pair_corrected):
        if len(pairs) < min(len(now), len(last)):
            pair_more(pairs, now, last)
    return pairs


def is_corrected(
    now: Paper, last: Paper, *, generated: bool = False, in_place: bool = False
) -> bool:
    """Say whether a row is of the same paper as before, only its title was corrected.

    Of a row that was `generated` the identifier is enough, or the title, if not its year and its
    identifier are others too. `in_place` says that its other cells surely stayed there: then
    titles that are alike are enough.
    """
    # An identifier says it is the same paper, if the titles do not forbid it.
    if same_paper(now, last) in (Identity.DOI, Identity.ARXIV):
        return generated or is_same_title(now.title, last.title)
    if generated and fold_title(now.title) == fold_title(last.title):
        ids = dict(identifiers_of(last))
        return now.year == last.year or all(
            ids.get(kind, value) == value for kind, value in identifiers_of(now)
        )
    # Without one, numbers and signs must agree: GPT-2 is no correction of GPT-3.
    if _version(now.title) != _version(last.title) or are_different(now, last):
        return False
    likeness = _likeness(now.title, last.title)
    if fold_title(now.title) == fold_title(last.title) or (in_place and likeness >= _NO_OTHER):
        return True
    # The place, or a link or long text that both have, and titles that differ in spelling.
    if in_place or set(_telling(now)) & set(_telling(last)):
        return _is_respelt(now.title, last.title)
    # Nothing telling: then everything beside the title is the same and says something, and the
    # titles are long and differ by a letter or two.
    return (
        min(len(fold_title(now.title)), len(fold_title(last.title))) >= _LONG_TITLE
        and likeness >= _SLIP_OF_THE_PEN
        and _is_respelt(now.title, last.title)
        and all(getattr(now, field) == getattr(last, field) for field in _BESIDE_TITLE)
        and sum(getattr(now, field) not in (None, (), Status.TO_READ) for field in _BESIDE_TITLE)
        > 1
    )


def _is_subtitled(one: str, other: str) -> bool:
    """Say whether one title is the other, or that with a subtitle behind it."""
    short, long = sorted((fold(one).strip(), fold(other).strip()), key=len)
    return short == long or (long.startswith(short) and bool(_SUBTITLE.match(long, len(short))))


def _is_respelt(one: str, other: str) -> bool:
    """Say whether two titles differ in letters or in a subtitle, not in a word that says more.

    `Video Swin Transformer` is not `Swin Transformer`, nor is `LLaMA-Adapter` `LLaMA`.
    """
    if _is_subtitled(one, other):
        return True
    words, others = Counter(fold_words(one).split()), Counter(fold_words(other).split())
    left = [word for word in (words - others).elements() if len(word) > _SHORT_WORD]
    right = [word for word in (others - words).elements() if len(word) > _SHORT_WORD]
    # Else each word that only one has must be a misspelling of one of the other's.
    for word in left:
        alike = max(right, key=lambda it: _likeness(it, word), default=None)
        if alike is None or _likeness(alike, word) < _SAME_WORD:
            return False
        right.remove(alike)
    return not right and bool(words & others or left)


def _equal_rows(now: Sequence[Paper], last: Sequence[Paper]) -> dict[int, int]:
    waiting: dict[Paper, list[int]] = {}
    for position, paper in enumerate(last):
        waiting.setdefault(_keyless(paper), []).append(position)
    pairs = {}
    for position, paper in enumerate(now):
        same = waiting.get(_keyless(paper))
        if same:
            pairs[position] = same.pop(0)
    return pairs


def _pair_identified(pairs: dict[int, int], now: Sequence[Paper], last: Sequence[Paper]) -> None:
    taken = set(pairs.values())
    index = Index(
        paper.model_copy(update={"key": str(position)})  # so that the index gives positions back
        for position, paper in enumerate(last)
        if position not in taken
    )
    for position, paper in enumerate(now):
        match = None if position in pairs else find(index, paper).same
        if match is None or int(match.paper.key) in taken:
            continue
        pairs[position] = int(match.paper.key)
        taken.add(int(match.paper.key))


def _pair_cited(pairs: dict[int, int], now: Sequence[Paper], last: Sequence[Paper]) -> None:
    """Pair entries of a bibliography that have the same citation key, and titles alike."""
    taken = set(pairs.values())
    waiting = {paper.bibtex.get("key"): at for at, paper in enumerate(last) if at not in taken}
    for position, paper in enumerate(now):
        key = None if position in pairs else paper.bibtex.get("key")
        at = waiting.pop(key, None) if key else None
        if at is not None and is_cited_alike(paper, last[at]):
            pairs[position] = at


def _pair_corrected(pairs: dict[int, int], now: Sequence[Paper], last: Sequence[Paper]) -> None:
    """Pair rows that have in common what no third row has: an address, a long text.

    Rows whose titles alone differ, and by a letter or two, are found by the rest of the row.
    """
    taken = set(pairs.values())
    waiting: dict[object, int] = {}
    marks_then = [[*_telling(paper), _beside(paper)] for paper in last]
    marks_now = [[*_telling(paper), _beside(paper)] for paper in now]
    # A mark proves something only where one row then and one row now have it.
    once_then = Counter(mark for marks in marks_then for mark in marks)
    once_now = Counter(mark for marks in marks_now for mark in marks)
    for position, marks in enumerate(marks_then):
        if position not in taken:
            waiting.update((mark, position) for mark in marks if once_then[mark] == 1)
    for position, marks in enumerate(marks_now):
        if position in pairs:
            continue
        for mark in marks:
            best = waiting.get(mark) if once_now[mark] == 1 else None
            if best is not None and best not in taken and is_corrected(now[position], last[best]):
                pairs[position] = best
                taken.add(best)
                break


def _telling(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what a row says that hardly another says too: addresses and long texts."""
    for link in paper.links:
        yield "links", link
    texts = [(field, getattr(paper, field) or "") for field in PROSE]
    for field, text in (*texts, *paper.columns.items()):
        if sum(2 if sign > "\u2e80" else 1 for sign in text if sign.isalnum()) >= _TELLING:
            yield field, " ".join(text.split())


def _beside(paper: Paper) -> tuple[object, ...]:
    return tuple(getattr(paper, field) for field in _BESIDE_TITLE)


def _version(title: str) -> list[str]:
    return sorted(_VERSION.findall(fold(title)))


def _likeness(one: str, other: str) -> float:
    """Return the share of neighbouring letters that both have (https://doi.org/10.2307/1932409)."""
    first, second = _pieces(one), _pieces(other)
    return 2 * len(first & second) / (len(first) + len(second))


def _pieces(title: str) -> frozenset[str]:
    folded = fold_title(title)
    return frozenset(folded[at : at + 2] for at in range(max(1, len(folded) - 1)))


def _keyless(paper: Paper) -> Paper:
    return paper.model_copy(update={"key": ""})


Values = dict[str, Value]
"""The fields that are there, by name, and what stands in sub-tables as `columns:HEADER`; `to-read`
is what a paper without a status is."""

_SETS = ("links", "tags")
"""The fields whose texts come and go one by one."""
_WHOLE = tuple(name for name in FIELDS if name not in ("key", *_SETS))
SOURCE = ("venue", "year")
"""Written as one."""
_PRINTED = frozenset(
    f"bibtex:{name}"
    for name in """address chapter date editor edition isbn issn issue location month number pages
    publisher series volume""".split()
)
"""What a bibliography says of the place in that source."""
_DAYS = ("started", "finished", "bibtex:readstatus-date")
_BESIDE = {**dict.fromkeys(_DAYS, "status"), **dict.fromkeys(sorted(_PRINTED), "year")}
_WAITING = (SOURCE, SOURCE[::-1], *_BESIDE.items())
"""What waits where the other differs: a volume belongs to its year, a day to its status."""


class Difference(NamedTuple):
    """A field that the row and the catalogue both have, and not the same."""

    field: str
    new: Value | None
    """What the row says."""
    known: Value | None
    """What the catalogue has."""


class MergedRow(NamedTuple):
    """What the row changes in the catalogue, and what it cannot."""

    changes: dict[str, Value | None]
    """None takes the field away."""
    differences: tuple[Difference, ...]


def values_of(paper: Paper) -> Values:
    """Return what there is of the paper: its fields without key, absence and `to-read`."""
    values: Values = {}
    for name in FIELDS[1:]:
        if (value := getattr(paper, name)) not in (None, (), Status.TO_READ):
            values[name] = value
    for table in SUBTABLES:
        values |= {f"{table}:{name}": text for name, text in getattr(paper, table).items()}
    return values


def unsaid(last: Values, row: Values) -> Values:
    """Return what a file said last and does not say now: beside that, the whole row is news."""
    left = {name: value for name, value in last.items() if name not in row}
    for name in _SETS:
        if gone := tuple(text for text in _texts(last, name) if text not in _texts(row, name)):
            left[name] = gone
    return left


def merged_row(
    paper: Paper, row: Values, last: Values, *, by_hand: bool = False, exact: bool = False
) -> MergedRow:
    """Return what becomes of the catalogue's paper when a row says this.

    A field that the row has not changed since `last` stays; one that the catalogue has not
    changed since takes the row's value, and what the catalogue lacks is filled in so, since a row
    never imported said nothing; one that both changed is a difference, unless it is spelled
    another way and not to be `exact`. What is `by_hand` counts as it is written, `et al.` too.
    """
    if row == last:
        return MergedRow({}, ())
    now = values_of(paper)
    changes: dict[str, Value | None] = {}
    differences: list[Difference] = []
    inside = [name for name in {**now, **last, **row} if ":" in name]  # a sub-table
    is_cited = any(name.startswith("bibtex:") for name in row)  # databases write initials
    for name in (*_WHOLE, *inside):
        new, before, own = (values.get(name) for values in (row, last, now))
        same = _same_cell if ":" in name else _same_by_hand if by_hand else _same
        # The row says what it said last time, or what the catalogue says already, or less.
        says_less = not by_hand and _is_abbreviated(name, new, own, initials=is_cited)
        says_more = not last and _is_abbreviated(name, own, new, initials=is_cited)
        if says_less or (not says_more and (same(new, before) or same(new, own))):
            continue
        # Only the row has changed it, or says more of what no row said before; else both have, and
        # a person decides.
        if _same(own, before) or says_more:
            changes[name] = new
        elif by_hand or exact or not _is_other_spelling(name, new, own):
            differences.append(Difference(name, new, own))
    # Half of a source from elsewhere would be one that nobody named: both halves wait then.
    differing = {difference.field for difference in differences}
    for name, other in _WAITING if differing else ():
        if other in differing and name in changes:
            differences.append(Difference(name, changes.pop(name), now.get(name)))
    for name in _SETS:
        before_it, ours, theirs = (_texts(values, name) for values in (last, now, row))
        if (joined := _joined(before_it, ours, theirs)) != ours:
            changes[name] = joined
    _let_dates_follow(changes)
    return MergedRow(changes, tuple(differences))


def decided_with(difference: Difference) -> str | None:
    """Return the field which decides what only one side says beside it: the year of a volume."""
    is_alone = difference.known is None or (difference.new is None and difference.field in _DAYS)
    return _BESIDE.get(difference.field) if is_alone else None


def taken_from(difference: Difference) -> dict[str, Value | None]:
    """Return the changes that take the row's value."""
    changes = {difference.field: difference.new}
    _let_dates_follow(changes)
    return changes


def changed_paper(paper: Paper, changes: dict[str, Value | None]) -> Paper:
    """Return the paper with these changes made; None leaves a field absent."""
    absent = {"status": Status.TO_READ, **dict.fromkeys(LISTS, ())}
    values: dict[str, object] = {}
    for whole, value in changes.items():
        table, inside, name = whole.partition(":")
        if not inside:
            values[whole] = absent.get(whole) if value is None else value
            continue
        texts = values.setdefault(table, dict(getattr(paper, table)))
        if isinstance(texts, dict):
            texts[name] = value
            values[table] = {each: text for each, text in texts.items() if text is not None}
    return paper.model_copy(update=values)


def _joined(last: tuple[str, ...], now: tuple[str, ...], row: tuple[str, ...]) -> tuple[str, ...]:
    """Return what comes of three sets; one that replaces another stands in its place."""
    from papertrack.three_way import merge_sets  # where both sides changed

    joined = merge_sets(last, now, row)
    gone = [text for text in now if text not in joined]
    new = [text for text in joined if text not in now]
    if len(gone) == len(new) == 1:
        return tuple(new[0] if text == gone[0] else text for text in now)
    return tuple(joined)


def _let_dates_follow(changes: dict[str, Value | None]) -> None:
    """Take away the dates that the new status cannot have; the day of a change is not known."""
    status = changes.get("status", Status.DONE)
    if status != Status.DONE:
        changes.setdefault("finished", None)
    if status is None:
        changes.setdefault("started", None)


def _is_abbreviated(name: str, one: Value | None, other: Value | None, *, initials: bool) -> bool:
    """Say whether `et al.` stands for some of the other authors, or initials for their names."""
    if not (name == "authors" and isinstance(one, tuple) and isinstance(other, tuple)):
        return False
    return abbreviates(one, other, initials=initials)


def _is_other_spelling(name: str, one: Value | None, other: Value | None) -> bool:
    """Say whether two titles differ in case and signs only, or two names are of one venue."""
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    if name == "title":
        return fold_title(one) == fold_title(other)
    return name == "venue" and is_same_venue(one, other)


def _same(one: Value | None, other: Value | None) -> bool:
    return one == other or _squeezed(one) == _squeezed(other)


def _same_by_hand(one: Value | None, other: Value | None) -> bool:
    """Say whether two values are the same, and names parted alike: `周 志华` is no `周志华`."""
    if not (isinstance(one, tuple) and isinstance(other, tuple)):
        return _same(one, other)
    names, others = (
        [shown_name(name) if "," in name else name for name in family_first(value)]
        for value in (one, other)
    )
    return names == others


def _same_cell(one: Value | None, other: Value | None) -> bool:
    """Say whether two cells say the same, wherever their lines end."""
    return "".join(_squeezed(one)) == "".join(_squeezed(other))


def _squeezed(value: Value | None) -> list[str]:
    """Return the words, so that white space is no difference, nor `Lee, A` from `Lee A`."""
    if isinstance(value, tuple):
        return " ".join(without_blanks(shown_name(it)) for it in family_first(value)).split()
    return [] if value is None else str(value).split()


def _texts(values: Values, name: str) -> tuple[str, ...]:
    texts = values.get(name, ())
    return texts if isinstance(texts, tuple) else (str(texts),)
