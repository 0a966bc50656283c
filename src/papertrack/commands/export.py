"""papertrack export and papertrack cite."""

import shlex
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

from papertrack import formats, resolve, session, store
from papertrack.authors import shown_names
from papertrack.errors import PapertrackError, RefusedError, how_many
from papertrack.files import as_typed, read, target_of
from papertrack.formats import Format
from papertrack.models import Paper
from papertrack.session import flag, option
from papertrack.terminal import answer, outcome, print_verbatim, say

EXAMPLES = (
    "papertrack export --as bibtex lab:Meta",
    "papertrack export --into refs.bib status:done",
    "papertrack export --into papers.html",
    "papertrack export --as csl-json --everything",
    "papertrack cite llama",
    "papertrack cite llama --text",
)


class KeyStyle(StrEnum):
    """What citation keys are made of for papers that have none."""

    KEY = "key"
    AUTHOR_YEAR = "author-year"


As = Annotated[
    str | None, option("--as", "FORMAT", "bibtex, biblatex, csl-json, ris, csv or html.")
]
Into = Annotated[
    Path | None,
    option(
        "--into",
        "FILE",
        "Write this file whole; its name tells the format: .bib, .json, .ris, .csv, .html.",
    ),
]
Everything = Annotated[
    bool,
    flag(
        "--everything",
        "Include status, dates, priority, summary, notes, abstract, file. RIS has no place for the "
        "first three; csv stays the same.",
    ),
]
Without = Annotated[
    list[str] | None, option("--without", "FIELDS", "Leave out these fields: url,publisher.")
]
CitationKeys = Annotated[
    KeyStyle, flag("--citation-keys", "How to make citation keys for papers without one.")
]
Check = Annotated[bool, flag("--check", "Only say whether the file is stale; exit 1 if it is.")]
Replace = Annotated[
    bool,
    flag(
        "--replace", "Replace the file even if it is edited, not papertrack's, or would be empty."
    ),
]


def export(
    terms: session.Terms = None,
    *,
    as_: As = None,
    into: Into = None,
    everything: Everything = False,
    without: Without = None,
    citation_keys: CitationKeys = KeyStyle.KEY,
    check: Check = False,
    diff: Annotated[bool, flag("--diff", "Only show what would change in the file.")] = False,
    replace: Replace = False,
    no_pager: session.NoPager = False,
    lab: session.LabOption = None,
    status: session.StatusOption = None,
    tag: session.TagOption = None,
    year: session.YearOption = None,
) -> None:
    """Write a bibliography, a CSV table or a web page."""
    form = _format(as_, into)
    if into is None and (check or diff or replace):
        raise PapertrackError("which file? write --into refs.bib")
    words = session.spelled(terms, lab=lab, status=status, tag=tag, year=year)
    with session.reading() as known:
        papers = session.chosen(known, words)
        text = formats.dumps(
            form,
            papers,
            known,
            query=" ".join(words),
            everything=everything,
            without=session.fields_named(without),
            author_year_keys=citation_keys is KeyStyle.AUTHOR_YEAR,
        )
        if into is None:
            print_verbatim(text)
        if words and not papers:
            session.say_unmatched(words, known.papers)
    if into is not None:
        if check or diff:
            _compare(into, text, form, check=check, diff=diff, paged=not no_pager)
        else:
            query = "" if papers else " ".join(words)
            made = partial(_is_made, into, form, text, unmatched_query=query)
            is_made = None if replace else made
            changed = store.write(
                session.catalogue_path(), into, text, session.TYPED.get(), tell=say, is_made=is_made
            )
            written = how_many(len(papers), "paper") if changed else "nothing to change"
            say(f"{as_typed(into)}: {written}")


def _format(typed: str | None, into: Path | None) -> Format:
    """Return the format that is asked for; PapertrackError where nothing tells it."""
    if into is not None and into.is_dir():
        raise PapertrackError(f"{into} is a folder: name a file, such as {into / 'refs.bib'}")
    if typed is not None:
        return formats.format_named(typed, writes=True)
    if into is None:
        raise PapertrackError("which format? write --as bibtex, or --into refs.bib")
    form = formats.of_name(into.name)
    if form is Format.MARKDOWN:
        raise PapertrackError(
            f"{into} is Markdown: papertrack export-markdown --into {shlex.quote(str(into))}"
        )
    if form is None:
        raise PapertrackError(f"{into}: its name does not tell the format: add --as bibtex")
    return form


def _compare(into: Path, text: str, form: Format, *, check: bool, diff: bool, paged: bool) -> None:
    data = read(target_of(into))
    before = "" if data is None else data.decode("utf-8", "replace")
    if diff and form is Format.HTML:  # of a page, nobody reads the lines that differ
        answer(f"{as_typed(into)}: {'nothing to change' if before == text else 'stale'}")
    elif diff:
        outcome.diff((before, text, as_typed(into)), paged=paged)
    if not check or before == text:
        return
    if data is None:
        raise RefusedError(
            f"{as_typed(into)} does not exist; without --check, papertrack writes it"
        )
    if data and not _is_made(into, form, text, data):
        raise RefusedError(f"{as_typed(into)}: not made by papertrack")
    raise RefusedError(f"stale: {as_typed(into)}; without --check, papertrack writes it again")


def _is_made(
    into: Path, form: Format, text: str, data: bytes, *, unmatched_query: str = ""
) -> bool:
    """Say whether papertrack made what the file holds.

    A file that cannot say so itself must be as papertrack wrote it last, and have no blocks: those
    papertrack fills, and makes nothing else of the file. Raises RefusedError where the file was
    edited since, or where no paper matches the query and the file would lose all papers.
    """
    if unmatched_query:
        raise RefusedError(
            f"no paper matches {unmatched_query}: {as_typed(into)} is left as it is; "
            "--replace empties it"
        )
    if formats.is_edited(form, data, text):
        raise RefusedError(
            f"{as_typed(into)}: edited by hand since papertrack made it: --diff shows what "
            "differs, import reads the edits, --replace overwrites the file"
        )
    if form in formats.SIGNED:
        return formats.is_made(form, data)
    from papertrack.history.undoing import last_written  # for a file that is there already

    written = last_written(target_of(session.catalogue_path()), target_of(into))
    return data == written and not formats.is_of_another(data)


def cite(
    references: session.References,
    *,
    key_only: Annotated[bool, flag("--key", "Print only the citation key.")] = False,
    text: Annotated[bool, flag("--text", "Print a line of plain text, for a message.")] = False,
) -> None:
    """Print citations of papers."""
    from papertrack import bibtex  # needed for citations only

    if key_only and text:
        raise PapertrackError("--key and --text are two answers: give one of them")
    with session.reading() as known:
        papers = resolve.many(references, known.papers)
        keys = bibtex.keyed(known.papers)
        if key_only:
            answer("\n".join(keys[paper.key] for paper in papers))
        elif text:
            answer("\n".join(map(_sentence, papers)), whole=True)
        else:
            print_verbatim(bibtex.dumps(papers, keys=keys, labs=known.lab_names))


def _sentence(paper: Paper) -> str:
    """Return `Ashish Vaswani, Noam Shazeer. Attention Is All You Need. NeurIPS 2017. https://…`."""
    parts = filter(None, (shown_names(paper.authors), paper.title, paper.source))
    closed = (it if it.endswith(("?", "!", ".", "。", "？")) else f"{it}." for it in parts)
    return " ".join(filter(None, (*closed, _link(paper))))


def _link(paper: Paper) -> str:
    if paper.doi:
        return f"https://doi.org/{paper.doi}".replace("<", "%3C").replace(">", "%3E")
    if paper.arxiv:
        return f"https://arxiv.org/abs/{paper.arxiv}"
    return paper.links[0] if paper.links else ""
