"""A catalogue's text being changed: only what is asked changes, and the result is valid."""

from collections.abc import Mapping
from math import inf

from papertrack.catalogue import paper_text
from papertrack.catalogue.new_values import Value, check_names, differs, plain, valid
from papertrack.catalogue.reading import BOM, load, read
from papertrack.catalogue.sheet import Part, Sheet
from papertrack.errors import InvalidCatalogueError, PapertrackError
from papertrack.folding import nearest
from papertrack.identifiers import is_key, make_key, slug, untaken
from papertrack.labs import LabNames
from papertrack.models import Catalogue, Paper
from papertrack.toml.values import TomlValue


class Draft:
    """A faultless catalogue text and the changes made to it.

    After each call the text is valid and says what `catalogue` does. What cannot be done raises
    PapertrackError and changes nothing.
    """

    def __init__(self, text: str, where: str = "the catalogue") -> None:
        """Take the text, InvalidCatalogueError if it has faults; `where` is the file as typed."""
        reading, self._keyless = load(text)
        if reading.faults:
            raise InvalidCatalogueError(where, reading.faults)
        self._where = where
        self._bom = BOM if text.startswith(BOM) else ""
        self._text: str | None = text
        self._catalogue: Catalogue | None = reading.catalogue
        self._settings = reading.catalogue
        self._cut: Sheet | None = None
        self._by_key: dict[str, Part] = {}
        self._last_of_lab: dict[str, Part] | None = None
        self._labs = LabNames(reading.catalogue.labs)

    @property
    def text(self) -> str:
        """The changed text; the very text given while nothing has changed."""
        if self._text is None:
            self._text = self._bom + self._sheet.text
        return self._text

    @property
    def catalogue(self) -> Catalogue:
        """What the text says now."""
        if self._catalogue is None:
            papers = tuple(part.paper for part in self._sheet.parts)
            self._catalogue = self._settings.model_copy(update={"papers": papers})
        return self._catalogue

    def change(self, key: str, changes: Mapping[str, Value | None]) -> Paper:
        """Set fields of a paper; None and what is empty take a field away. Return it as it is now.

        `columns` and `bibtex` are whole sub-tables, each key with a text. A paper that was
        written without a key gets it with its first change.
        """
        part = self._part(key)
        check_names(changes)
        differing = {
            field: plain(value)
            for field, value in changes.items()
            if differs(getattr(part.paper, field), value)
        }
        if not differing:
            return part.paper
        entry = paper_text.entry_of(part.text)
        wanted = {
            field: value
            for field, value in differing.items()
            if value is not None or field in entry
        }
        if not wanted:
            return part.paper
        if "key" not in entry:
            wanted.setdefault("key", key)
        paper = valid({**entry, **wanted})
        self._check_key(paper.key, key)
        text = paper_text.changed(part.text, wanted, self._sheet.newline)
        self._check_text(text, {**entry, **wanted})
        part.text = text
        self._now(key, part, paper)
        return paper

    def add(self, paper: Paper, *, last: bool = False) -> Paper:
        """Add a paper at the end of its lab's papers, else of the file; return it as it is now.

        With `last` it stands behind all papers. It gets another key where its own is taken.
        """
        sheet = self._sheet
        key = paper.key if is_key(paper.key) else make_key(paper)
        fields = {
            name: spellable for name, value in paper if (spellable := plain(value)) is not None
        }
        fields["key"] = untaken(key, self._by_key)
        added = valid(fields)
        self._check_text(paper_text.new_paper(fields, paper_text.Style(sheet.newline)), fields)
        lab = self._labs.same(added.lab) if added.lab else ""
        part = sheet.put(added, fields, None if last else self._lab_ends().get(lab))
        self._by_key[added.key] = part
        if lab:
            self._lab_ends()[lab] = part
        self._forget()
        return added

    def remove(self, key: str) -> Paper:
        """Take a paper away, with its sub-tables and its comments; return what it was."""
        part = self._part(key)
        self._sheet.take_out(part)
        del self._by_key[key]
        self._keyless -= {key}
        self._last_of_lab = None
        self._forget()
        self._keep_keys(key)
        return part.paper

    def piece(self, key: str) -> str:
        """Return a paper's own text, for an editor: with its comments and sub-tables."""
        return self._sheet.own(self._part(key))

    def replace_piece(self, key: str, piece: str) -> Paper:
        """Put another text in the place of a paper's own; return the paper that it says."""
        part = self._part(key)
        if piece == self._sheet.own(part):
            return part.paper
        faults = read(piece).faults
        if faults:
            raise InvalidCatalogueError(f'paper "{key}"', faults)
        own = paper_text.alone(piece.removeprefix(BOM), self._sheet.newline)
        entry = paper_text.entry_of(own.text)
        if "key" not in entry:
            entry["key"] = key
            text = paper_text.changed(own.text, {"key": key}, self._sheet.newline)
            self._check_text(text, entry)
            own = own._replace(text=text)
        paper = valid(entry)
        self._check_key(paper.key, key)
        self._sheet.exchange(part, own)
        self._now(key, part, paper)
        return paper

    def set_table(self, name: str, values: Mapping[str, TomlValue | None]) -> None:
        """Set keys of `labs`, `markdown`, `markdown.NAME` or, named "", of the top; None removes.

        A table that is not there yet is made.
        """
        from papertrack.catalogue.settings_text import with_settings  # seldom needed

        changed = with_settings(self._sheet, name, values)
        if changed is not None:
            self._settings = changed
            self._labs = LabNames(changed.labs)
            self._last_of_lab = None
            self._forget()

    @property
    def _sheet(self) -> Sheet:
        if self._cut is None:
            self._cut = Sheet(self.text.removeprefix(BOM), self.catalogue.papers)
            self._by_key = {part.paper.key: part for part in self._cut.parts}
        return self._cut

    def _part(self, key: str) -> Part:
        if self._cut is None:
            self._cut = self._sheet
        if key not in self._by_key:
            close = nearest(key, self._by_key)
            hint = f": did you mean {', '.join(close)}?" if close else ""
            raise PapertrackError(f'no paper has the key "{key}" in {self._where}{hint}')
        return self._by_key[key]

    def _now(self, key: str, part: Part, paper: Paper) -> None:
        """Let the part be this paper, whose key was `key` before."""
        if paper.lab != part.paper.lab:
            self._last_of_lab = None
        part.paper = paper
        del self._by_key[key]
        self._by_key[paper.key] = part
        self._keyless -= {key}
        self._forget()
        if paper.key != key:
            self._keep_keys(key)

    def _forget(self) -> None:
        self._text = None
        self._catalogue = None

    def _keep_keys(self, freed: str) -> None:
        """Write down the keys that would otherwise become others now that one is free again."""
        for key in self._keyless:
            part = self._by_key[key]
            base = make_key(part.paper)
            if _number(freed, base) < _number(key, base):
                part.text = paper_text.changed(part.text, {"key": key}, self._sheet.newline)
                self._keyless -= {key}

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

    def _check_text(self, text: str, fields: Mapping[str, object]) -> None:
        """Refuse a text that does not say exactly these fields, as a net below all that edits."""
        wanted = {name: value for name, value in fields.items() if value is not None}
        try:
            said = paper_text.entry_of(text)
        except (ValueError, RecursionError):
            said = {}
        if _comparable(said) != _comparable(wanted):
            raise PapertrackError(
                f'paper "{fields.get("key")}" is written in a form that papertrack does not edit: '
                f"change it in {self._where} by hand"
            )

    def _lab_ends(self) -> dict[str, Part]:
        if self._last_of_lab is None:
            self._last_of_lab = {}
            for part in self._sheet.parts:
                if part.paper.lab:
                    self._last_of_lab[self._labs.same(part.paper.lab)] = part
        return self._last_of_lab


def _comparable(fields: Mapping[str, object]) -> list[tuple[str, object]]:
    """Return what is the same for the same fields in any order, and tells 1 from True."""
    return sorted(
        (name, _comparable(value) if isinstance(value, Mapping) else repr(value))
        for name, value in fields.items()
    )


def _number(key: str, base: str) -> float:
    """Return which of the keys for one name it is: 1 for `gpt`, 2 for `gpt-2`, and so on."""
    stem, _, number = key.rpartition("-")
    numbered = number.isdigit() and base.startswith(stem)  # a long one is cut before its number
    return 1 if key == base else int(number) if numbered else inf
