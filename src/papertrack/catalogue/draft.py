"""A catalogue's text being changed: only what is asked changes, and the result is valid."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TypeAlias, cast

from pydantic import ValidationError

from papertrack.catalogue import BAD_BYTE, keys_of, paper_text, parse
from papertrack.catalogue.paper_text import FormError, PaperText, PaperTexts
from papertrack.errors import InvalidCatalogueError, PapertrackError
from papertrack.folding import did_you_mean, nearest
from papertrack.identifiers import is_key, make_key, slug, untaken
from papertrack.labs import LabNames
from papertrack.models import FIELDS, SUBTABLES, Catalogue, Paper
from papertrack.status import Status
from papertrack.toml import BOM, Table, TomlValue, loads, spell, spell_key

DraftValue: TypeAlias = str | int | date | Sequence[str] | Mapping[str, str]
"""What a field or a sub-table of a paper holds."""

_GREETING = """\
# A reading list, kept by papertrack. Edit it by hand as you like: papertrack changes what it is
# asked to change and keeps every other byte.
"""
_LABS = """\
[labs]  # the order of the groups; each lab's other names
"""
_EXAMPLE = '# Meta = ["Facebook", "FAIR"]\n'


def new_text(title: str | None = None, labs: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the text of a catalogue without papers, with comments that say how to go on."""
    first = f"title = {spell(title)}\n" if title else ""
    lines = [f"{spell_key(lab)} = {spell(others)}\n" for lab, others in (labs or {}).items()]
    return f"{_GREETING}{first}\n{_LABS}{''.join(lines) or _EXAMPLE}"


class Draft:
    """A faultless catalogue text and the changes made to it.

    After each call the text is valid and says what `catalogue` does. What cannot be done raises
    PapertrackError and changes nothing.
    """

    def __init__(self, text: str, where: str = "the catalogue") -> None:
        """Take the text, InvalidCatalogueError if it has faults; `where` is the file as typed."""
        parsed = parse(text)
        if parsed.faults:
            raise InvalidCatalogueError(where, parsed.faults)
        self._where = where
        self._beside = {name: value for name, value in parsed.data.items() if name != "paper"}
        self._entries = cast("list[Table]", parsed.data.get("paper", []))
        self._keyless = frozenset(
            paper.key
            for paper, entry in zip(parsed.catalogue.papers, self._entries, strict=True)
            if "key" not in entry
        )
        self._bom = BOM if text.startswith(BOM) else ""
        self._given = self._verified = text
        self._text: str | None = text
        self._catalogue: Catalogue | None = parsed.catalogue
        self._settings = parsed.catalogue
        self._lab_ends: dict[str, PaperText] | None = None
        """The last paper of each lab, once it is asked for."""

    @property
    def text(self) -> str:
        """The changed text; the very text given while nothing has changed."""
        if self._text is None:
            self._text = self._bom + self._papers.text
        return self._text

    def verified(self) -> str:
        """Return the text, read once more as a whole by TOML's reader.

        Raises PapertrackError where that refuses it, or reads anything else than was intended.
        """
        if self._text != self._verified:
            try:
                data = loads(self.text.removeprefix(BOM))
            except ValueError:
                data = {}
            papers = data.pop("paper", [])
            wanted = [part.entry for part in self._papers.parts]
            same = (data, papers) == (self._beside, wanted)
            # What is not the same may be so for TOML: nan, which is never equal to itself.
            if not same and not _says([data, papers], [self._beside, wanted]):
                raise PapertrackError(
                    f"{self._where} would not say what was asked, so nothing was changed: "
                    "change it by hand, and report this as a fault of papertrack"
                )
            self._verified = self.text
        return self.text

    def has(self, key: str) -> bool:
        """Say whether a paper has this key."""
        return key in self._by_key

    @property
    def catalogue(self) -> Catalogue:
        """What the text says now."""
        if self._catalogue is None:
            papers = tuple(part.paper for part in self._papers.parts)
            self._catalogue = self._settings.model_copy(update={"papers": papers})
        return self._catalogue

    @property
    def labs(self) -> Mapping[str, Sequence[str]]:
        """The labs with their other names, as the text says now."""
        return self._settings.labs

    def change(self, key: str, changes: Mapping[str, DraftValue | None]) -> Paper:
        """Set fields of a paper; None and what is empty take a field away. Return it as it is now.

        `columns` and `bibtex` are whole sub-tables, each key with a text. A paper that was
        written without a key gets it with its first change.
        """
        part = self._part(key)
        if strange := next((it for it in changes if it not in (*FIELDS, *SUBTABLES)), None):
            hint = did_you_mean(strange, FIELDS, f"a paper has {', '.join(FIELDS)}")
            raise PapertrackError(f'no field "{strange}": {hint}')
        differing = {
            field: _plain(value)
            for field, value in changes.items()
            if _differs(getattr(part.paper, field), value)
        }
        entry = part.entry
        wanted = {it: value for it, value in differing.items() if value is not None or it in entry}
        if not wanted:
            return part.paper
        if "key" not in entry:
            wanted.setdefault("key", key)
        paper = _valid({**entry, **wanted})
        self._check_key(paper.key, key)
        text = paper_text.changed(part.text, wanted, self._papers.newline)
        part.entry = self._checked(text, {**entry, **wanted})
        part.text = text
        self._now(key, part, paper)
        return paper

    def add(self, paper: Paper, *, last: bool = False) -> Paper:
        """Add a paper at the end of its lab's papers, else of the file; return it as it is now.

        With `last` it stands behind all papers. It gets another key where its own is taken.
        """
        papers = self._papers
        key = paper.key if is_key(paper.key) else make_key(paper)
        plain = {name: _plain(value) for name, value in paper if value}
        fields = {name: value for name, value in plain.items() if value is not None}
        fields["key"] = untaken(key, self._by_key)
        added = _valid(fields)
        if self._lab_ends is None:
            self._labs = LabNames(self._settings.labs)
            labs = ((part.paper.lab, part) for part in papers.parts)
            self._lab_ends = {self._labs.folded(own): part for own, part in labs if own}
        lab = self._labs.folded(added.lab) if added.lab else ""
        before = None if last else self._lab_ends.get(lab)
        style = papers.style_behind(before)
        text = paper_text.new_paper(fields, style)
        part = papers.put(added, fields, before, text, style)
        self._by_key[added.key] = part
        if lab:
            self._lab_ends[lab] = part
        self._forget()
        return added

    def remove(self, key: str) -> Paper:
        """Take a paper away, with its sub-tables and its comments; return what it was."""
        part = self._part(key)
        self._papers.take_out(part)
        del self._by_key[key]
        self._keyless -= {key}
        self._lab_ends = None
        self._forget()
        self._keep_keys()
        return part.paper

    def own_text(self, key: str) -> str:
        """Return a paper's own text, for an editor: with its comments and sub-tables."""
        return self._papers.own_text(self._part(key))

    def replace_own_text(self, key: str, text: str) -> Paper:
        """Put another text in the place of a paper's own; return the paper that it says."""
        part = self._part(key)
        if text == self._papers.own_text(part):
            return part.paper
        faults = parse(text).faults
        if faults:
            raise InvalidCatalogueError(f'paper "{key}"', faults)
        own = paper_text.single_paper(text.removeprefix(BOM), self._papers.newline)
        entry = paper_text.entry_of(own.text)
        if "key" not in entry:
            entry["key"] = key
            keyed = paper_text.changed(own.text, {"key": key}, self._papers.newline)
            own = own._replace(text=keyed)
        entry = self._checked(own.text, entry)
        paper = _valid(entry)
        self._check_key(paper.key, key)
        self._papers.exchange(part, own)
        part.entry = entry
        self._now(key, part, paper)
        return paper

    def set_table(self, name: str, values: Mapping[str, TomlValue | None]) -> None:
        """Set keys of `labs`, `markdown`, `markdown.NAME`, `check` or, named "", of the top.

        None removes a key. A table that is not there yet is made.
        """
        from papertrack.catalogue.settings_text import with_settings  # seldom needed

        try:
            changed = with_settings(self._papers, name, values)
        except FormError as error:
            raise self._refused(error.message, *name.split(".", 1)) from error
        if changed is not None:
            data = dict(changed.data)
            data.pop("paper", None)
            self._beside = data
            self._settings = changed.catalogue
            self._lab_ends = None
            self._forget()

    @cached_property
    def _papers(self) -> PaperTexts:
        text = self._given.removeprefix(BOM)
        try:
            return PaperTexts(text, self.catalogue.papers, self._entries)
        except FormError as error:
            raise self._refused(error.message, "paper") from error

    @cached_property
    def _by_key(self) -> dict[str, PaperText]:
        return {part.paper.key: part for part in self._papers.parts}

    def _part(self, key: str) -> PaperText:
        if key not in self._by_key:
            close = nearest(key, self._by_key)
            hint = f": did you mean {', '.join(close)}?" if close else ""
            raise PapertrackError(f'no paper has the key "{key}" in {self._where}{hint}')
        return self._by_key[key]

    def _now(self, key: str, part: PaperText, paper: Paper) -> None:
        """Let the part be this paper, whose key was `key` before."""
        if paper.lab != part.paper.lab:
            self._lab_ends = None
        part.paper = paper
        del self._by_key[key]
        self._by_key[paper.key] = part
        self._keyless -= {key}
        self._forget()
        if paper.key != key:
            self._keep_keys()
            self._rename_distinct(key, paper.key)

    def _forget(self) -> None:
        self._text = None
        self._catalogue = None

    def _keep_keys(self) -> None:
        """Write down the keys that would otherwise become others now that one is free again."""
        changed = bool(self._keyless)
        while changed:  # a key that is written down may change what the others would become
            changed = False
            made = keys_of([part.entry for part in self._papers.parts])
            for part, key in zip(self._papers.parts, made, strict=True):
                own = part.paper.key
                if own != key:
                    part.text = paper_text.changed(part.text, {"key": own}, self._papers.newline)
                    part.entry = {**part.entry, "key": own}
                    self._keyless -= {own}
                    changed = True

    def _rename_distinct(self, old: str, new: str) -> None:
        """Write the new key of a paper in the pairs too that a person said are distinct."""
        pairs = self._settings.distinct
        if any(old in pair for pair in pairs):
            renamed = [[new if key == old else key for key in pair] for pair in pairs]
            self.set_table("check", {"distinct": renamed})

    def _check_key(self, key: str, before: str) -> None:
        if key == before:
            return
        if key in self._by_key:
            raise PapertrackError(
                f'key "{key}" is taken by "{self._by_key[key].paper.title}": choose another'
            )
        if not is_key(key):
            raise PapertrackError(
                f'key "{key}" is not lower-case letters, digits and hyphens: '
                f"write {untaken(slug(key), self._by_key)}"
            )

    def _checked(self, text: str, fields: Mapping[str, object]) -> Table:
        """Return what a paper's text says: exactly these fields.

        Raises PapertrackError where it says anything else, as a net below all that edits.
        """
        wanted = {name: value for name, value in fields.items() if value is not None}
        try:
            entry = paper_text.entry_of(text)
        except ValueError:
            entry = {}
        if not _says(entry, wanted):
            key = str(fields.get("key"))
            raise self._refused(f'paper "{key}" {paper_text.NOT_EDITED}', key=key)
        return entry

    def _refused(self, message: str, *setting: str, key: str | None = None) -> PapertrackError:
        """Return the refusal of a change of a setting or a paper, with its line."""
        from papertrack.catalogue.lines import locate  # for refusals only

        lines = locate(self.text)
        if key is None:
            return PapertrackError(f"{self._where}:{lines.of_setting(*setting)}: {message}")
        line = f":{lines.of(key)}" if key in self._by_key else ""
        return PapertrackError(f"{self._where}{line}: {message}")


def _says(read: object, wanted: object) -> bool:
    """Say whether what was read is what was wanted: in any order of fields, but 1 is not True."""
    if isinstance(read, str):
        return read == wanted
    if isinstance(read, dict) and isinstance(wanted, Mapping):
        return read.keys() == wanted.keys() and all(
            _says(value, wanted[name]) for name, value in read.items()
        )
    if isinstance(read, list) and isinstance(wanted, list | tuple):
        return len(read) == len(wanted) and all(map(_says, read, wanted))
    # nan is never equal to itself, and is the same for TOML
    return type(read) is type(wanted) and (read == wanted or repr(read) == repr(wanted))


def _differs(current: object, value: DraftValue | None) -> bool:
    """Say whether the value is another than the current one; all that is empty is the same."""
    if isinstance(current, Mapping):
        return value != current if value else bool(current)
    if isinstance(current, tuple):
        return tuple(value or ()) != current  # type: ignore[arg-type]  # validation refuses others
    return value != current and (current is not None or _plain(value) is not None)


def _plain(value: object) -> TomlValue | None:
    """Return the value as it is written; None for what is empty."""
    match value:
        case None | "" | ():
            return None
        case Status():
            return value.value
        case str() | int() | date() | float():
            return value
        case Mapping():
            return {key: text for key, text in value.items() if text != ""} or None
        case _:
            return [str(item) for item in value] or None  # type: ignore[attr-defined]  # a sequence


def _valid(fields: Table | Mapping[str, TomlValue | None]) -> Paper:
    """Return the paper with these fields, PapertrackError where they are none."""
    given = {name: value for name, value in fields.items() if value is not None}
    for name, value in given.items():
        listed = [*value, *value.values()] if isinstance(value, dict) else value
        texts = listed if isinstance(listed, list) else [listed]
        if any(isinstance(it, str) and not it.isascii() and BAD_BYTE.search(it) for it in texts):
            raise PapertrackError(f"{name} holds bytes that are not UTF-8: type it again")
    try:
        return Paper.model_validate(given)
    except ValidationError as error:
        from papertrack.catalogue.faults import complaints  # for mistakes only

        first, *others = complaints(error, given).values()
        raise PapertrackError(first, details=others) from error
