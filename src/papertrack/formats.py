"""The formats in which papers come in and go out: a literal table; CSV is written here.

Each other format is a module of its own, loaded when it is asked for.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from papertrack.bibliography import Bibliography
from papertrack.errors import PapertrackError
from papertrack.models import FIELDS, Catalogue, Paper
from papertrack.patterns import pattern
from papertrack.typed import field_named


class Format(StrEnum):
    """A format, by the name that a person types behind `--as`."""

    MARKDOWN = "markdown"
    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    CSL_JSON = "csl-json"
    RIS = "ris"
    CSV = "csv"
    HTML = "html"


class Traits(NamedTuple):
    """What is known of a format without loading it."""

    extensions: tuple[str, ...]
    reads: bool
    writes: bool
    """Whether `export` writes it; Markdown has a command of its own."""
    begins: re.Pattern[str] | None = None
    """What a text begins with, but for blank lines and comments, that is of this format surely."""
    holds: re.Pattern[str] | None = None
    """What stands elsewhere in such a text, for where its name says nothing."""


TABLE = {
    Format.MARKDOWN: Traits((".md", ".markdown", ".mdown"), reads=True, writes=False),
    Format.BIBTEX: Traits(
        (".bib", ".bibtex"),
        reads=True,
        writes=True,
        begins=pattern(
            r"(?:[^\S\n]*+(?:%[^\n]*+)?\n)*[^\S\n]*+@[a-z][\w-]*+\s*+[{(]", re.IGNORECASE
        ),
        holds=pattern(r"^[ \t]*@[a-z][\w-]*+[ \t]*\{[^\s{},=]*+\s*,", re.IGNORECASE | re.MULTILINE),
    ),
    Format.BIBLATEX: Traits((), reads=True, writes=True),
    Format.CSL_JSON: Traits(
        (".json",),
        reads=True,
        writes=True,
        begins=pattern(r"\s*(?:\[\s*(?:\{\s*[\"}]|\]\s*\Z)|\{\s*\")"),
    ),
    Format.RIS: Traits(
        (".ris",),
        reads=True,
        writes=True,
        begins=pattern(r"\s*TY[ \t]{1,2}-[ \t]*\w", re.IGNORECASE),
        holds=pattern(r"(?im)^[ \t]*TY {1,2}- "),
    ),
    Format.CSV: Traits((".csv",), reads=False, writes=True),
    Format.HTML: Traits(
        (".html", ".htm"),
        reads=False,
        writes=True,
        begins=pattern(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE),
    ),
}
_OF_OTHERS = {
    "EndNote's": pattern(r"\s*(?:%0 [A-Z]|(?:<\?xml[^>]*>\s*)?<xml>\s*<records>)"),
    "PubMed's": pattern(r"\s*PMID- \d"),
    "Web of Science's": pattern(r"\s*FN [A-Z].*\s*VR \d"),
    "Zotero's": pattern(r"\s*(?:<\?xml[^>]*>\s*)?<rdf:RDF\b"),
}
"""What a text of a format begins with that nobody but its owner reads."""
_NO_TEXT = {
    "a PDF": (b"%PDF-",),
    "a picture": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    "a packed file": (b"PK\x03\x04", b"\x1f\x8b"),  # of Word and Excel too
}
"""What the bytes of a file begin with that cannot be imported."""
_ENCODING = pattern(rb"%\s*Encoding:\s*([\w-]+)", re.IGNORECASE)
_ENCODINGS = ("utf", "iso8859", "cp", "gb", "big5", "shift_jis", "euc_", "koi8", "ascii", "mac")
_MARKED = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BEYOND_ASCII = pattern(rb"[\x80-\xff]+")
_KANA = pattern(rb"(?:\xa4[\xa1-\xf3]|\xa5[\xa1-\xf6]){3}")
_FEWEST_SIGNS = 4
"""So many Chinese signs at least: fewer pairs may be accented letters side by side."""
SIGNED = (Format.HTML, Format.BIBTEX, Format.BIBLATEX)
"""The formats of which a file says itself that papertrack made it."""
MADE = "% made by papertrack"
"""What the first line of a .bib begins with that papertrack wrote."""
_DIGEST = pattern(rb"\n% end of what papertrack made: ([0-9a-f]{12})\s*")
_GENERATOR = b'<meta name="generator" content="papertrack">'

_MARKDOWN = pattern(r"^(?:\s{0,3}\|.*\||#{1,6} |[-*+] |<!-- papertrack)", re.MULTILINE)


def decode(data: bytes) -> tuple[str, str | None]:
    """Return the text of a bibliography, and what to say of how it was written.

    A BOM, else `% Encoding:`, else UTF-8, else what Chinese and Japanese were written in where
    that is plain, else Windows-1252 or Latin-1 in each line that is no UTF-8.

    Raises PapertrackError for what is no text, and for UTF-16 without a BOM.
    """
    if what := next((it for it, begins in _NO_TEXT.items() if data.startswith(begins)), None):
        raise PapertrackError(
            f"this is {what}, not a text: import reads Markdown, BibTeX, RIS and CSL-JSON"
        )
    for mark, name in _MARKED:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff"), None
    if b"\x00" in data[:200]:
        raise PapertrackError("this is UTF-16 without a mark that says so: save it as UTF-8")
    for name, label in _encodings(data):
        try:
            return data.decode(name), f"not UTF-8: read as {label}" if label else None
        except UnicodeDecodeError:
            pass
    lines = [_decoded(line) for line in data.split(b"\n")]
    label = "Latin-1" if any(it == "Latin-1" for _, it in lines) else "Windows-1252"
    return "\n".join(text for text, _ in lines), f"not UTF-8: read as {label}"


def _decoded(line: bytes) -> tuple[str, str]:
    """Return a line and what it is written in: people paste one encoding into the other."""
    for name, label in (("utf-8", ""), ("cp1252", "Windows-1252")):
        try:
            return line.decode(name), label
        except UnicodeDecodeError:
            pass
    return line.decode("latin-1"), "Latin-1"


def _encodings(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the encodings to try, the likeliest first, each with its name if it is a guess."""
    named = _ENCODING.search(data[:2000])
    declared = _known_encoding(named[1].decode("ascii", "replace")) if named else None
    if declared:
        yield declared, ""
    if b"\x1b$" in data:  # which is ASCII throughout, with a switch to another set of signs
        yield "iso2022_jp_2", "ISO-2022-JP"
    yield "utf-8", ""
    if _comes_in_pairs(data):
        yield ("euc_jp", "EUC-JP") if _KANA.search(data) else ("gb18030", "GB 18030")


def _comes_in_pairs(data: bytes) -> bool:
    """Say whether bytes beyond ASCII are two a sign, as in GB 2312; accented letters come alone."""
    runs = [len(run[0]) for run in _BEYOND_ASCII.finditer(data)]
    paired = [run for run in runs if run % 2 == 0]
    return sum(paired) // 2 >= _FEWEST_SIGNS and len(paired) >= 0.9 * len(runs)


def _known_encoding(name: str) -> str | None:
    import codecs  # for a file that names its encoding

    try:
        known = codecs.lookup(name).name.replace("-", "").lower()
    except LookupError:
        return None
    return name if known.startswith(_ENCODINGS) and known not in ("utf7", "utf16") else None


def format_named(name: str, *, writes: bool = False) -> Format:
    """Return the format that `--as` names; PapertrackError where there is no such."""
    allowed = [it for it, row in TABLE.items() if (row.writes if writes else row.reads)]
    if name.lower() in allowed:
        return Format(name.lower())
    hint = f"write one of {', '.join(allowed)}"
    if writes and name.lower() == "markdown":
        hint = "papertrack export-markdown writes Markdown"
    raise PapertrackError(f'no format "{name}" for --as: {hint}')


def of_name(name: str) -> Format | None:
    """Return the format that a file's name ends with, or None."""
    low = name.lower()
    return next((it for it, row in TABLE.items() if low.endswith(row.extensions or "\0")), None)


def is_of_another(data: bytes) -> bool:
    """Say whether a file is a page or a bibliography that papertrack made, or holds its blocks."""
    return b"<!-- papertrack:" in data or any(is_made(form, data) for form in Format)


def is_made(form: Format, data: bytes) -> bool:
    """Say whether a file says of itself that papertrack made it."""
    if form is Format.HTML:
        return _GENERATOR in data[:2000]
    return form in SIGNED and data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(MADE.encode())


def is_edited(form: Format, data: bytes, wanted: str) -> bool:
    """Say whether somebody edited a bibliography that papertrack made, as its last line tells.

    Not if the entries are those `wanted` now, nor if git left a conflict there, as it does where
    two sides have exported: nothing is lost then by writing it anew.
    """
    end = _DIGEST.search(data) if form is not Format.HTML and is_made(form, data) else None
    if end is None or (b"\n<<<<<<< " in data and b"\n>>>>>>> " in data):
        return False
    made, is_last = _entries_of(data[: end.start()]), end.end() == len(data)
    if is_last and made == _entries_of(wanted.encode().rpartition(b"\n%")[0]):
        return False
    return not is_last or _digest(made) != end[1].decode()


def _entries_of(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip()


def _digest(data: bytes) -> str:
    from hashlib import blake2b  # where a bibliography is written

    return blake2b(data, digest_size=6).hexdigest()


def recognise(text: str, name: str) -> Format | None:
    """Return the format of a text: by what it begins with, by its name, by what is in it.

    None where it is none of them, which Markdown may be. Raises PapertrackError for a format of
    another program that no reader here is for.
    """
    text = text.removeprefix("\ufeff")
    if owner := next((it for it, begins in _OF_OTHERS.items() if begins.match(text)), None):
        raise PapertrackError(
            f"this is {owner} own format: export RIS or BibTeX there, and import that"
        )
    for form, row in TABLE.items():
        if row.begins and row.begins.match(text):
            return form
    if by_name := of_name(name):
        return by_name
    if _MARKDOWN.search(text):
        return Format.MARKDOWN
    holding = (it for it, row in TABLE.items() if row.holds and row.holds.search(text))
    return next(holding, None)


def loads(form: Format, text: str, *, without: Collection[str] = ()) -> Bibliography:
    """Return the papers of a bibliography; `without` names fields that are not kept.

    Raises PapertrackError where the text is not of the format at all.
    """
    match form:
        case Format.BIBTEX | Format.BIBLATEX:
            from papertrack import bibtex  # each loads what it needs, and only when it is asked

            return bibtex.loads(text, without=without)
        case Format.CSL_JSON:
            from papertrack import csl_json

            return csl_json.loads(text, without=without)
        case Format.RIS:
            from papertrack import ris

            return ris.loads(text, without=without)
    if form is Format.HTML:
        raise PapertrackError("this is a page of HTML, not a list of papers: nothing was imported")
    raise PapertrackError(
        f"papertrack writes {form}, but does not read it: save the list as BibTeX, RIS, CSL-JSON "
        "or a Markdown table, and import that"
    )


def dumps(
    form: Format,
    papers: Sequence[Paper],
    catalogue: Catalogue,
    *,
    query: str = "",
    everything: bool = False,
    without: Collection[str] = (),
    author_year_keys: bool = False,
) -> str:
    """Return the papers in a format, the same bytes for the same papers.

    What one thinks of a paper goes out with `everything` only; `without` names fields to leave
    out, and `query` is what chose the papers. Raises PapertrackError where a table or a page has
    no such field; an entry may have fields of any name.
    """
    without = _left_out(form, without, papers)
    papers = [_bared(paper, without) for paper in papers] if without else papers
    match form:
        case Format.MARKDOWN:
            raise PapertrackError("papertrack export-markdown writes Markdown")
        case Format.CSV:
            return _as_csv(papers, without)
        case Format.HTML:
            from papertrack import page  # each loads what it needs, and only when it is asked

            return page.dumps(
                papers, catalogue, everything=everything, links="links" not in without
            )
    from papertrack import bibtex

    keys = bibtex.keyed(catalogue.papers, author_year=author_year_keys)
    if form is Format.CSL_JSON:
        from papertrack import csl_json

        return csl_json.dumps(papers, everything=everything, without=without, keys=keys)
    if form is Format.RIS:
        from papertrack import ris

        return ris.dumps(papers, everything=everything, without=without, keys=keys)
    entries = bibtex.dumps(
        papers,
        biblatex=form is Format.BIBLATEX,
        everything=everything,
        without=without,
        keys=keys,
        labs=catalogue.lab_names,
    )
    what = " ".join(query.replace("@", " at ").split())
    made = f"{MADE}{f': {what}' if what else ''}\n\n{entries}".rstrip()
    return f"{made}\n\n% end of what papertrack made: {_digest(made.encode())}\n"


_NEEDED = frozenset(("key", "title", "status"))
"""What each paper has on a page."""


def _left_out(form: Format, names: Collection[str], papers: Iterable[Paper]) -> Collection[str]:
    """Return the names of the fields to leave out, those of the catalogue as it has them."""
    if form in (Format.CSV, Format.HTML):
        own = {header.lower() for paper in papers for header in paper.columns} if names else ()
        fields = [name if name.lower() in own else field_named(name) for name in names]
        if form is Format.HTML and (needed := _NEEDED.intersection(fields)):
            raise PapertrackError(f"a page needs the {min(needed)} of its papers: leave others out")
        return fields
    return [*names, *(f"{name}s" for name in names if f"{name}s" in FIELDS)]


def _bared(paper: Paper, without: Collection[str]) -> Paper:
    """Return the paper without these fields, whatever a format calls them."""
    absent = Paper(key=paper.key, title=paper.title)
    names = (name for name in FIELDS if name in without and name not in ("key", "title"))
    return paper.model_copy(update={name: getattr(absent, name) for name in names})


def _as_csv(papers: Sequence[Paper], without: Collection[str]) -> str:
    """Return a line of names and a line for each paper; lists are joined by `; `.

    The owner's columns stand behind the fields, each under its header.
    """
    import csv  # for tables only
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    left_out = {name.lower() for name in without}
    names = [name for name in FIELDS if name not in left_out]
    own = (header for paper in papers for header in paper.columns)
    headers = dict.fromkeys(header for header in own if header.lower() not in left_out)
    writer.writerow([*names, *(f"column:{it}" if it in FIELDS else it for it in headers)])
    for paper in papers:
        values = (getattr(paper, name) for name in names)
        fields = ("; ".join(it) if isinstance(it, tuple) else it for it in values)
        writer.writerow([*fields, *(paper.columns.get(it, "") for it in headers)])
    return text.getvalue()
