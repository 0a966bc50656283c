"""papertrack add."""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from papertrack import changes, resolve, session, terminal
from papertrack.authors import split_names
from papertrack.catalogue.draft import Draft
from papertrack.duplicates import Index
from papertrack.errors import PapertrackError, RefusedError, how_many
from papertrack.folding import fold_title
from papertrack.identifiers import (
    ARXIV_ID,
    VERSION,
    Identifier,
    arxiv_of_doi,
    identifier_in,
    normalise_arxiv,
    normalise_doi,
)
from papertrack.models import Paper
from papertrack.patterns import pattern
from papertrack.session import argument, flag, option
from papertrack.status import Status
from papertrack.terminal import prompts, track
from papertrack.terminal.console import shortened
from papertrack.typed import (
    ADDRESS,
    ENTRY,
    PROSE,
    AddLine,
    AddLines,
    Typed,
    completed,
    new_paper,
    read_line,
    read_lines,
    value_of,
)

EXAMPLES = (
    "papertrack add https://arxiv.org/abs/2302.13971",
    'papertrack add "Attention Is All You Need" --lab Google --year 2017 --arxiv 1706.03762',
    'papertrack add "Highway Networks" --author "Rupesh Srivastava" --tag cnn --priority 2',
)

_ASKED = {
    "authors": "Authors",
    "year": "Year",
    "venue": "Venue",
    "lab": "Lab",
    "arxiv": "arXiv id or address",
    "doi": "DOI",
    "tags": "Tags",
}
"""The questions for somebody who adds a paper with nothing at a terminal."""
_YEAR_BEHIND_NAMES = pattern(r"[^\W\d_][.,，&].*\b(?:19|20)\d\d")
_YEAR_BEHIND = pattern(r"(.*\S)\s*[(（]((?:19|20)\d\d)[)）]")  # A title (2023)
_LIKE_ARXIV = pattern(rf"(?:arxiv:\s*)?({ARXIV_ID}){VERSION}", re.IGNORECASE)
_NAMED_ID = pattern(r"(doi|arxiv):\s*(\S*)", re.IGNORECASE)
_BIBLIOGRAPHIES = (".bib", ".ris")
_LONG = 40

_Text = str | None
_Texts = list[str] | None
Title = Annotated[
    list[str] | None,
    argument(
        "TITLE",
        "The title, quoted or not; or an address, arXiv id, DOI or BibTeX entry. - reads one "
        "a line.",
    ),
]


def add(
    title: Title = None,
    *,
    name: Annotated[_Text, option("--name", "NAME", "What people call it: LLaMA.")] = None,
    author: Annotated[_Texts, option("--author", "AUTHOR", "An author; may be repeated.")] = None,
    lab: Annotated[_Text, option("--lab", "LAB", "Who made it, by any of the lab's names.")] = None,
    venue: Annotated[_Text, option("--venue", "VENUE", "Where it came out.")] = None,
    year: Annotated[_Text, option("--year", "YEAR", "When it came out: 2017.")] = None,
    doi: Annotated[_Text, option("--doi", "DOI", "DOI, or an address that ends in it.")] = None,
    arxiv: Annotated[_Text, option("--arxiv", "ARXIV", "arXiv id or address.")] = None,
    link: Annotated[_Texts, option("--link", "LINK", "An address; may be repeated.")] = None,
    tag: Annotated[_Texts, option("--tag", "TAG", "A tag; may be repeated.")] = None,
    status: Annotated[
        _Text, option("--status", "STATUS", "Its status; by default to-read.")
    ] = None,
    priority: Annotated[_Text, option("--priority", "PRIORITY", "1 (first) to 5.")] = None,
    summary: Annotated[_Text, option("--summary", "SUMMARY", "What the paper says.")] = None,
    note: Annotated[
        _Text, option("--note", "TEXT", "What you say about it.", also="--notes")
    ] = None,
    key: Annotated[
        _Text, option("--key", "KEY", "Its short name; by default papertrack makes one.")
    ] = None,
    offline: Annotated[bool, flag("--offline", "Ask no service.")] = False,
    anyway: Annotated[bool, flag("--anyway", "Add it even if the list has it already.")] = False,
) -> None:
    """Add a paper.

    papertrack looks up a pasted address, arXiv id or DOI: the services of arXiv and DOI give title,
    authors, year and venue. Options overrule them.
    """
    doi, arxiv = _by_arxiv(doi, arxiv)
    typed: dict[str, str | Sequence[str] | None] = {
        "key": key, "name": name, "authors": author, "lab": lab, "venue": venue, "year": year,
        "doi": doi, "arxiv": arxiv, "links": link, "tags": tag, "status": status,
        "priority": priority, "summary": summary, "notes": note,
    }  # fmt: skip
    words = title or []
    known = _Known(anyway=anyway)
    if not words and not (arxiv or doi):
        _ = known.papers  # a catalogue that cannot be read is said before anything is asked
        words = _asked_for(typed, anyway=anyway)
        if not words:
            return
    lines = _lines_of(words)
    alone = words != ["-"] and len(lines.papers) == 1  # what goes wrong is said of no line then
    results = dict(_papers(lines.papers, typed, known, offline=offline, alone=alone))
    added: list[Paper] = []
    refused: list[PapertrackError] = []
    with session.changing() as draft:
        index = None if anyway else Index(draft.catalogue.papers)
        for line, result in results.items():
            try:
                if isinstance(result, PapertrackError):
                    raise result
                added += [_added(draft, paper, index) for paper in result]
            except PapertrackError as error:
                if alone:
                    raise
                place = f"line {line}" if words == ["-"] else lines.papers[line].text
                error.message = f"{place}: {error.message}"
                refused.append(error)
    for paper in added:
        terminal.answer(f"added {paper.key}: {paper.title}")
    session.tell_where(draft.catalogue, [paper.key for paper in added])
    for each in refused:
        terminal.error(each)
    _tell_what_was_skipped(lines)
    if refused:
        raise RefusedError(f"{len(refused)} of {how_many(len(lines.papers), 'paper')} not added")


def _added(draft: Draft, paper: Paper, index: Index | None) -> Paper:
    added = changes.add(draft, paper, index)
    if (typed := paper.bibtex.get("key")) != (own := added.bibtex.get("key")):
        terminal.say(f"the key {typed} is that of another paper already: this one is {own}")
    return added


def _by_arxiv(doi: str | None, arxiv: str | None) -> tuple[str | None, str | None]:
    """Return both identifiers, of which one is left where arXiv gave the DOI for its own id."""
    preprint = arxiv_of_doi(normalise_doi(doi or "") or "")
    agree = preprint and normalise_arxiv(arxiv or preprint) == preprint
    return (None, preprint) if agree else (doi, arxiv)


def _tell_what_was_skipped(lines: AddLines) -> None:
    for line, text in lines.prose.items():
        terminal.say(f'line {line} skipped, it has no address or id: "{shortened(text, _LONG)}"')
    if lines.headings:
        terminal.say(f"{how_many(lines.headings, 'heading')} skipped")


class _Known:
    """The papers that may not be added again, among which an id is looked for before asking."""

    def __init__(self, *, anyway: bool) -> None:
        self._anyway = anyway

    @cached_property
    def papers(self) -> Sequence[Paper]:
        with session.reading() as before:
            return () if self._anyway else before.papers

    @cached_property
    def ids(self) -> Index:
        return Index(self.papers)


def _lines_of(words: Sequence[str]) -> AddLines:
    """Return what to add: each line of a pipe, each of several ids, or the one title."""
    if words == ["-"]:
        return read_lines(terminal.piped())
    several = len(words) > 1 and all(map(identifier_in, words))
    if several:
        return AddLines({at: AddLine(text) for at, text in enumerate(words, 1)}, {}, 0)
    text = " ".join(words).strip()
    line = _address_with_note(words)
    if line is None and not (ADDRESS.search(text) or ENTRY.match(text) or _referenced(text)):
        line = read_line(text)
    return AddLines({1: line if line and identifier_in(line.text) else AddLine(text)}, {}, 0)


def _address_with_note(words: Sequence[str]) -> AddLine | None:
    """Return the id or address that is the first or last word, with the others as its note.

    The note is the title where no service knows the paper. None where no word is an address, or
    several are: one argument that holds more beside its address is refused with what to type.
    """
    if len(words) < 2:
        return None
    first = ADDRESS.fullmatch(words[0]) is not None
    address, *others = words if first else (words[-1], *words[:-1])
    note = " ".join(others)
    alone = ADDRESS.fullmatch(address) and not ADDRESS.search(note)
    return AddLine(address, note=note) if note and alone else None


def _papers(
    lines: Mapping[int, AddLine], typed: Typed, known: _Known, *, offline: bool, alone: bool
) -> Iterator[tuple[int, Sequence[Paper] | PapertrackError]]:
    """Yield the papers that each line means, or why there are none; services are asked once."""
    option = str(typed.get("arxiv") or typed.get("doi") or "")  # which can stand for a title
    texts = {at: line.text or option for at, line in lines.items()}
    identifiers = {at: identifier_in(it) for at, it in texts.items() if not ENTRY.match(it)}
    results: dict[int, Sequence[Paper] | PapertrackError] = {}
    for at, line in lines.items():
        text, identifier = line.text, identifiers.get(at)
        try:
            if identifier:
                paper = Paper(key="", title=text, doi=identifier.doi, arxiv=identifier.arxiv)
                changes.refuse_known(known.ids, paper)
            elif ENTRY.match(text):
                results[at] = [completed(typed, it, session.today()) for it in _cited(text)]
            elif referenced := _referenced(text):
                results[at] = [completed(_with_line(typed, line), referenced, session.today())]
            else:
                title = _dated({**_with_line(typed, line), "title": _title(text, known)})
                results[at] = [new_paper(title, session.today())]
        except PapertrackError as error:
            results[at] = error
    wanted = {at: it for at, it in identifiers.items() if it and at not in results}
    results.update(_looked_up(wanted, lines, typed, offline=offline, alone=alone))
    for at, line in lines.items():
        made = results[at]
        if line.ticked and not typed.get("status") and not isinstance(made, PapertrackError):
            made = [paper.model_copy(update={"status": Status.DONE}) for paper in made]
        yield at, made


def _with_line(typed: Typed, line: AddLine, title: str = "") -> Typed:
    """Return what the options say, and the line beside its address, which says no title again."""
    note = "" if fold_title(line.note) == fold_title(title) else line.note
    notes = "\n".join(filter(None, (str(typed.get("notes") or ""), note)))
    return {**typed, "links": [*(typed.get("links") or ()), *line.links], "notes": notes}


def _dated(typed: Typed) -> Typed:
    """Return what was typed, with the year that stands in brackets behind the title."""
    dated = None if typed.get("year") else _YEAR_BEHIND.fullmatch(str(typed["title"]))
    if dated is None or int(dated[2]) > session.today().year + 1:  # Future (2099)
        return typed
    return {**typed, "title": dated[1], "year": dated[2]}


@lru_cache(maxsize=1)
def _referenced(text: str) -> Paper | None:
    """Return the paper of a whole reference as people paste it, None for anything else."""
    if _YEAR_BEHIND_NAMES.search(text) is None:
        return None
    from papertrack import markdown  # slow to import, needed for what looks like a reference only
    from papertrack.markdown.item_kinds import is_citation

    tables = markdown.loads(text) if is_citation(text) else ()
    papers = [paper for table in tables for _, paper in table.papers]
    return papers[0] if len(papers) == 1 else None


def _cited(text: str) -> Sequence[Paper]:
    from papertrack import bibtex  # slow to import, needed for an entry only

    read = bibtex.loads(text)
    if read.left_out:
        raise PapertrackError(f"this entry gives no paper: {read.left_out[0].reason}")
    return [cited.paper for cited in read.papers]


def _looked_up(
    wanted: Mapping[int, Identifier],
    lines: Mapping[int, AddLine],
    typed: Typed,
    *,
    offline: bool,
    alone: bool,
) -> Iterator[tuple[int, Sequence[Paper] | PapertrackError]]:
    """Yield what the services say of each identifier, completed by what was typed."""
    if not wanted:
        return
    from papertrack import services  # only a pasted id needs a network

    answers: dict[Identifier, services.Answer] = {}
    if not offline:
        with terminal.waiting():
            asked = track([*wanted.values()], "asking", few=1)
            answers = {it.identifier: it for it in services.look_up(asked, services.Web())}
    for line, identifier in wanted.items():
        answer = answers.get(identifier)
        if answer and answer.record:
            paper = answer.record.as_paper()
            own = _with_line(typed, lines[line], paper.title)
            yield line, [completed(own, paper, session.today())]
        elif answer and answer.unknown:
            yield line, RefusedError(answer.unknown)
        else:
            reason = answer.unanswered if answer else "--offline asks nobody"
            option = (
                f"--arxiv {identifier.arxiv}" if identifier.arxiv else f"--doi {identifier.doi}"
            )
            note = lines[line].note
            titled = alone and note and not PROSE.fullmatch(note)
            by_hand = f"papertrack add {shlex.quote(note) if note else 'TITLE'} {option}"
            if not titled and not (alone and terminal.interactive()):
                yield line, RefusedError(f"{reason}: give a title to add it by hand: {by_hand}")
                continue
            if answer or not titled:
                terminal.say(f"{reason}: {'added as you typed it' if titled else 'type the title'}")
            given = {field: text for field, text in typed.items() if text}
            known = {"arxiv": identifier.arxiv, "doi": identifier.doi, **given}
            title = _title(note) if titled else _answer("title", "Title", instead="TITLE")
            yield line, [new_paper({**known, "title": title}, session.today())]


def _title(text: str, known: _Known | None = None) -> str:
    """Return the text if it can be a title; PapertrackError, with what to type, where it is not."""
    address = ADDRESS.search(text)
    if address and address[0] != text:
        if identifier_in(address[0]):
            add, what = f"{shlex.quote(address[0])} --note TEXT", "adds it with a note"
        else:
            words = " ".join(ADDRESS.sub("", text).split())
            links = [f"--link {shlex.quote(link)}" for link in ADDRESS.findall(text)]
            add, what = " ".join([shlex.quote(words or "TITLE"), *links]), "keeps both"
        raise PapertrackError(f"a title holds no address: papertrack add {add} {what}")
    if address:
        if known and (holding := resolve.with_address(text, known.papers)):
            raise RefusedError(
                f"that link is there already, as {holding[0].key}: papertrack show {holding[0].key}"
            )
        raise PapertrackError(
            f"no arXiv id or DOI in {text}: papertrack add TITLE --link {shlex.quote(text)}"
        )
    if no_id := _LIKE_ARXIV.fullmatch(text):
        raise RefusedError(f"arXiv has no {no_id[1]}")
    if named := _NAMED_ID.fullmatch(text):
        value_of(named[1].lower(), named[2], session.today())  # which says how one is written
    path = Path(text)
    if path.suffix.lower() == ".pdf":
        raise PapertrackError(
            f"{text} is a PDF, which papertrack does not read: give the paper's title, or its "
            "address"
        )
    if path.suffix.lower() in _BIBLIOGRAPHIES or (path.suffix and path.is_file()):
        raise PapertrackError(f"{text} is a file: papertrack import {shlex.quote(text)}")
    inside = text.removeprefix("《").removesuffix("》").strip()  # how Chinese quotes a title
    return inside if text == f"《{inside}》" and "》" not in inside else text


def _asked_for(typed: Typed, *, anyway: bool) -> list[str]:
    """Ask for a paper at the terminal and add it; return the id that was typed instead."""
    asked = _asked({} if any(typed.values()) else _ASKED)
    if _is_whole(asked["title"]):
        return [asked["title"]]
    whole = {**typed, **asked}
    try:
        with session.changing() as draft:
            index = None if anyway else Index(draft.catalogue.papers)
            paper = changes.add(draft, new_paper(whole, session.today()), index)
    except PapertrackError as error:  # what was typed in answer is not to be typed again
        error.details = (*error.details, f"you typed: {_command(whole)}")
        raise
    terminal.answer(f"added {paper.key}: {paper.title}")
    session.tell_where(draft.catalogue, [paper.key])
    return []


def _asked(questions: Mapping[str, str]) -> dict[str, str]:
    """Return the title and what else is asked for, each checked when it is given.

    An id in the place of the title, its address or a BibTeX entry stands alone. Raises RefusedError
    where they stop, with what they typed so far.
    """
    answers: dict[str, str] = {}
    try:
        answers["title"] = _answer("title", "Title or link", instead="TITLE or LINK", or_id=True)
        if _is_whole(answers["title"]):
            return answers
        for field, question in questions.items():
            answers[field] = _answer(field, f"{question} (or Enter)", instead=f"--{field}")
    except RefusedError as error:
        if answers:
            error.details = (f"you typed: {_command(answers)}",)
        raise
    except KeyboardInterrupt:
        if answers:
            terminal.say(f"you typed: {_command(answers)}")
        raise
    return answers


def _answer(field: str, question: str, *, instead: str, or_id: bool = False) -> str:
    """Return an answer that fits the field, or an empty one where that is left out.

    With `or_id` an identifier is one too, an address of one, or a BibTeX entry, which goes on to
    the line in which its braces close.
    """
    while True:
        text = prompts.ask(question, instead=instead)
        while or_id and ENTRY.match(text) and text.count("{") > text.count("}"):
            text += "\n" + prompts.ask("…", instead=instead)
        if (not text and field != "title") or (or_id and _is_whole(text)):
            return text
        try:
            value = value_of(field, _title(text) if field == "title" else text, session.today())
        except PapertrackError as error:
            terminal.error(error)
            continue
        if field == "authors" and isinstance(value, tuple) and len(value) > 1:
            terminal.say(f"{len(value)} authors: {' · '.join(value)}")
        return text


def _is_whole(text: str) -> bool:
    """Say whether a text that was typed says all of a paper: an id, or a BibTeX entry."""
    return bool(ENTRY.match(text) or identifier_in(text))


def _command(typed: Typed) -> str:
    words = ["papertrack", "add", str(typed.get("title", ""))]
    for field, values in typed.items():
        option = {"authors": "author", "tags": "tag", "links": "link"}.get(field, field)
        texts = [values] if isinstance(values, str) else values or ()
        if field == "authors" and isinstance(values, str):
            texts = split_names(values)
        if field != "title":
            words += [word for text in texts if text for word in (f"--{option}", text)]
    return shlex.join(words)
