"""What a catalogue's text says beside its papers, changed key by key.

Tables are edited as papertrack writes them: under a header of their own, a key on each line. What
is written otherwise (`labs = {…}`, `labs.Meta = […]`) is read, and refused where it should change.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from papertrack import toml
from papertrack.catalogue import PAPER, ParsedCatalogue, paper_starts, parse
from papertrack.catalogue.paper_text import NOT_EDITED, FormError, PaperTexts
from papertrack.errors import PapertrackError
from papertrack.patterns import pattern

Path: TypeAlias = tuple[str, ...]
_Values: TypeAlias = Mapping[str, toml.TomlValue | None]
_OTHER_HEADER = pattern(r"\n[ \t]*\[(?!\[?paper[\].])")
"""Where another table than a paper's may begin; in a text on lines a line may look like that."""


def with_settings(papers: PaperTexts, name: str, values: _Values) -> ParsedCatalogue | None:
    """Set keys of a table in the papers; return what it says then, None where nothing changes.

    `name` is `labs`, `markdown`, `markdown.NAME`, `check`, or empty for the top. The papers of
    what is returned are not all of them. Raises PapertrackError, the papers unchanged, where the
    values are none that a catalogue can have, or the table is written in another form.
    """
    table = tuple(part for part in name.split(".", 1) if part)
    plain = {key: _plain(value) for key, value in values.items()}
    others = (part for part in papers.parts[1:] if _OTHER_HEADER.search(part.text))
    parts = [*papers.parts[:1], *others]
    before = "".join((papers.head, *(part.text for part in parts)))
    wanted = _wanted(before, table, plain)
    after = _changed(before, table, plain, papers.newline)
    try:
        read = toml.loads(after)
        same = repr(read) == repr(wanted) or read == wanted  # nan is not nan
    except UnicodeEncodeError as error:
        name = ascii(error.object[error.start : error.end])[1:-1]
        raise PapertrackError(
            f"cannot write {name} into [{'.'.join(table)}]: it is a byte of a name that is not "
            "UTF-8, so give the file or folder another name"
        ) from error
    except ValueError:
        same = False
    if not same:
        raise _refusal(table)
    if after == before:
        return None
    parsed = parse(after)
    if parsed.faults:
        raise PapertrackError(parsed.faults[0].message)
    bounds = [*(paper_starts(after, len(parts)) or ()), len(after)]
    papers.head = after[: bounds[0]]
    for part, (start, end) in zip(parts, pairwise(bounds), strict=True):
        part.text = after[start:end]
    return parsed


def _plain(value: toml.TomlValue | None) -> toml.TomlValue | None:
    """Return the value as TOML's reader gives it: a list for each tuple, nothing for None."""
    if isinstance(value, Mapping):
        return {key: item for key, inner in value.items() if (item := _plain(inner)) is not None}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [item for inner in value if (item := _plain(inner)) is not None]
    return value


def _wanted(text: str, table: Path, values: _Values) -> toml.Table:
    wanted = toml.loads(text)
    new = [key for key, value in values.items() if value is not None]
    inner: object = wanted
    for part in table:
        if isinstance(inner, dict) and part not in inner and not new:
            return wanted  # nothing to be taken away
        inner = inner.setdefault(part, {}) if isinstance(inner, dict) else None
    if not isinstance(inner, dict):
        raise _refusal(table)
    for key, value in values.items():
        inner[key] = value
        if value is None:
            del inner[key]
    return wanted


def _refusal(table: Path) -> FormError:
    where = f"[{'.'.join(table)}]" if table else "the top of the catalogue"
    return FormError(f"{where} {NOT_EDITED}")


def _changed(text: str, table: Path, values: _Values, newline: str) -> str:
    """Return the text with these keys of a table set, or gone where the value is None.

    A table that is not there yet is written before the first paper. A new key directly behind
    one that goes takes its place and its comment: that is how a key is renamed.
    """
    for key, value in values.items():
        inner, known = toml.table_in(text, (*table, key))
        gone = dict.fromkeys(known)
        if isinstance(value, Mapping) and inner:
            text = _changed(text, (*table, key), {**gone, **value}, newline)
            values = {other: values[other] for other in values if other != key}
    header, known = toml.table_in(text, table)
    splices = []
    left = dict(values)
    for old, new in pairwise(values):
        if values[old] is None and values[new] is not None and old in known and new not in known:
            splices.append(toml.Splice(*known[old].name, toml.spell_key(new)))
            known[new] = known[old]
            del left[old]
    for key in known.keys() & left.keys():
        splices += _replacement(text, known[key], left[key], newline)
    new_lines = [
        f"{toml.spell_key(key)} = {toml.spell(value)}"
        for key, value in left.items()
        if key not in known and value is not None
    ]
    if new_lines and (header or known):
        last = max((each.end for each in known.values()), default=header.end if header else 0)
        splices.append(toml.insertion(text, last, new_lines, newline))
    elif new_lines and table:
        splices.append(_new_table(text, table, new_lines, newline))
    elif new_lines:
        splices.append(toml.insertion(text, _above_tables(text), new_lines, newline))
    return toml.spliced(text, splices)


def _replacement(
    text: str, statement: toml.Statement, value: toml.TomlValue | None, newline: str
) -> Iterator[toml.Splice]:
    if value is None:
        yield toml.removal(text, statement)
        return
    old = text[slice(*statement.value)]
    before = toml.value_in(old)
    if before == value:
        return
    new = toml.spell(value)
    if isinstance(value, list) and isinstance(before, list):
        if all(isinstance(item, str) for item in (*before, *value)):
            new = toml.respell(old, before, [str(item) for item in value], newline)
        else:
            new = _lengthened(old, before, value, newline) or new
    yield toml.Splice(*statement.value, new)


def _lengthened(
    old: str, before: Sequence[toml.TomlValue], value: Sequence[toml.TomlValue], newline: str
) -> str | None:
    """Return the array with the new items on lines of their own below its others, comments kept.

    None where they do not just follow those before, or the array is not laid out on lines.
    """
    close = old.rindex("]")
    line = old.rfind("\n", 0, close) + 1
    first = old.find("\n") + 1
    if list(value[: len(before)]) != list(before) or not line or old[line:close].strip():
        return None
    indent = old[first : len(old) - len(old[first:].lstrip())]
    more = "".join(f"{indent}{toml.spell(item)},{newline}" for item in value[len(before) :])
    new = old[:line] + more + old[line:]
    try:
        return new if toml.value_in(new) == value else None
    except ValueError:  # no comma stood behind the last item
        return None


def _new_table(text: str, table: Path, lines: Sequence[str], newline: str) -> toml.Splice:
    """Put a table behind those of the same kind, else above the papers, set off by blank lines."""
    place = _above_tables(text, before_papers=True)
    related = False
    for statement in toml.statements(text):
        if statement.header:
            related = statement.path[:1] == table[:1]
        if related:
            place = statement.end
    above = text[:place].replace("\r", "")
    blank = [""] if above.strip() and not above.endswith("\n\n") else []
    behind = text[place : place + 2].lstrip("\r")
    end = [""] if behind and not behind.startswith("\n") else []
    header = f"[{'.'.join(map(toml.spell_key, table))}]"
    return toml.insertion(text, place, [*blank, header, *lines, *end], newline)


def _above_tables(text: str, *, before_papers: bool = False) -> int:
    """Return the place above the first header and its comments, or above those of the papers."""
    end = 0
    for statement in toml.statements(text):
        if statement.header and (not before_papers or statement.path[:1] == PAPER):
            return toml.comments_above(text, statement.start, end)
        end = statement.end
    return len(text)
