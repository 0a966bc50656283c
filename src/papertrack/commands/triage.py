"""papertrack triage: going through the undecided papers, one key each, saved at once."""

import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, NamedTuple

from papertrack import changes, resolve, session, store, terminal
from papertrack.authors import shown_name
from papertrack.errors import PapertrackError, RefusedError
from papertrack.history import undoing
from papertrack.models import Catalogue, Paper
from papertrack.session import argument
from papertrack.status import Status
from papertrack.terminal import console, no_papers, outcome, prompts, visible
from papertrack.typed import FieldChanges, field_changes, tag_changes

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

EXAMPLES = ("papertrack triage", "papertrack triage lab:Meta year:2023..")

Words = Annotated[list[str] | None, argument(session.QUERY, "Show only papers that match.")]

KEYS = {
    "1-5": ("priority",
            "Keep it to read, with a priority: 1 comes first in papertrack next, 5 last."),
    "s": ("start", "Start: you are reading it from today on."),
    "k": ("skimmed", "You have skimmed it, and that will do."),
    "r": ("read already", "You have read it already: it is done, on a day that nobody recorded."),
    "d": ("drop", "Drop it: you will not read it. It stays in the list."),
    "l": ("later", "Decide later: it comes again the next time. So does the space bar."),
    "t": ("tag", "Add tags, then decide."),
    "n": ("note", "Add a dated line to its notes, then decide."),
    "o": ("open", "Open it in the browser."),
    "u": ("undo", "Undo what the last key did, and see that paper again."),
    "q": ("quit", "Leave. What you decided is saved; so it is after Esc and ^C."),
    "?": ("help", ""),
}  # fmt: skip
"""What each key does, as the card says it and as the help does."""

_STATUSES = {
    "s": (Status.READING, "--start"),
    "k": (Status.SKIMMED, "--skim"),
    "r": (Status.DONE, "--read"),
    "d": (Status.DROPPED, "--drop"),
}
_WIDEST = 100
_PROSE = 5
"""Lines of summary and of notes, as they are on the screen."""
_INDENT = "  "


def triage(words: Words = None) -> None:
    """Decide what to read, one key for each paper that is to be read and has no priority.

    papertrack saves every key at once. What you leave for later comes again the next time.
    """
    if not terminal.interactive():
        raise PapertrackError(
            "triage needs a terminal: without one, type papertrack priority llama 1 or papertrack "
            "drop llama"
        )
    with session.reading() as known:
        papers = session.chosen(known, words)
        waiting = undecided(papers)
    if waiting:
        Round(known, waiting).run()
    elif papers:
        terminal.answer("nothing to decide: all of them have a priority, or another status")
    else:
        terminal.answer(no_papers(len(known.papers)))


def undecided(papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers that are neither begun nor given a priority."""
    return [it for it in papers if it.status is Status.TO_READ and it.priority is None]


class _Step(NamedTuple):
    """One thing that was done, to be undone."""

    position: int
    key: str
    before: str | None
    """The paper's own text before and after; None where nothing was saved."""
    after: str | None
    typed: str = ""
    """What the history calls it."""


class Round:
    """One time through the papers that wait."""

    def __init__(self, catalogue: Catalogue, waiting: Sequence[Paper]) -> None:
        """Take the papers in their order."""
        self._known = catalogue
        self._waiting = [paper.key for paper in waiting]
        self._position = 0
        self._steps: list[_Step] = []

    def run(self) -> None:
        """Show paper after paper until all are seen, or the person has had enough."""
        try:
            with prompts.pressing():
                self._go()
        except KeyboardInterrupt:
            terminal.say("")  # behind the ^C that the terminal shows
            self._sum_up()
            raise
        self._sum_up()

    def _go(self) -> None:
        while self._position < len(self._waiting):
            paper = _find(self._known, self._waiting[self._position])
            if paper is None:
                self._position += 1
                continue
            screen = console.console(sys.stderr)
            place = f"{self._position + 1} of {len(self._waiting)}"
            console.show(card(paper, place, screen), screen)
            try:
                if not self._act(paper, prompts.press()):
                    break
            except EOFError:
                break
            except PapertrackError as error:  # said, and the paper is shown again
                terminal.error(error)

    def _act(self, paper: Paper, key: str) -> bool:
        match key.lower():
            case "1" | "2" | "3" | "4" | "5":
                wanted = FieldChanges({"priority": int(key)})
                self._decide(paper, wanted, f"--priority {key}")
            case "s" | "k" | "r" | "d" as letter:
                status, option = _STATUSES[letter]
                # what is read already was not read today: statistics are to stay true
                dated = {"finished": None} if status is Status.DONE else {}
                self._decide(paper, FieldChanges({"status": status.value, **dated}), option)
            case "l" | " ":
                self._steps.append(_Step(self._position, paper.key, None, None))
                self._position += 1
            case "t":
                self._tag(paper)
            case "n":
                self._note(paper)
            case "o":
                _open(paper)
            case "u":
                self._undo()
            case "q" | "\x1b":
                return False
            case "?":
                screen = console.console(sys.stderr)
                console.show(_explanation(screen), screen)
                prompts.press()
            case _:
                terminal.say("that key does nothing here")
        return True

    def _decide(self, paper: Paper, wanted: FieldChanges, option: str) -> None:
        if self._save(paper, wanted, option):
            self._position += 1

    def _tag(self, paper: Paper) -> None:
        if typed := _line("Tag"):
            words = typed.split()
            if all(word[0] in "+-" for word in words):  # as papertrack tag has them
                wanted = tag_changes(words)
            else:
                wanted = field_changes(add_tags=[typed], today=session.today())
            self._save(paper, wanted, f"--tag {shlex.quote(typed)}")

    def _note(self, paper: Paper) -> None:
        if typed := _line("Note"):
            self._save(paper, FieldChanges(note=typed), f"--note {shlex.quote(typed)}")

    def _save(self, paper: Paper, wanted: FieldChanges, option: str) -> bool:
        """Save it as a change of its own; say whether the paper was still as it was shown."""
        typed = f"triage {paper.key} {option}"
        session.TYPED.set(typed)
        with session.changing() as draft:
            self._known = draft.catalogue
            if _find(self._known, paper.key) != paper:
                terminal.say(f"{paper.label} was changed meanwhile: look again")
                return False
            before = draft.own_text(paper.key)
            edited = changes.edit(draft, paper, wanted, session.today())
            after = draft.own_text(paper.key)
        self._known = draft.catalogue
        self._steps.append(_Step(self._position, paper.key, before, after, typed))
        outcome.changed(*edited)
        return True

    def _undo(self) -> None:
        if not self._steps:
            terminal.say("there is nothing to undo yet")
            return
        step = self._steps.pop()
        self._position = step.position
        if step.before == step.after:
            return
        path = session.catalogue_path()
        if undoing.forget_last(path, step.typed, tell=terminal.say):
            self._known = store.load(path).catalogue
        elif not self._undo_change(step):
            terminal.say(f"{step.key} was changed meanwhile: it stays as it is")
            return
        terminal.answer(f"{step.key}: as it was before")

    def _undo_change(self, step: _Step) -> bool:
        """Give the paper its text from before, as a change of its own; say whether it could be."""
        session.TYPED.set(f"triage {step.key} (undone)")
        with session.changing() as draft:
            self._known = draft.catalogue
            before = step.before
            if before is None or _find(self._known, step.key) is None:
                return False
            if draft.own_text(step.key) != step.after:
                return False
            draft.replace_own_text(step.key, before)
        self._known = draft.catalogue
        return True

    def _sum_up(self) -> None:
        """Say how many of them are decided now, and how many still wait."""
        papers = [_find(self._known, key) for key in self._waiting]
        wait = len(undecided(paper for paper in papers if paper))
        terminal.answer(f"{len(self._waiting) - wait} decided, {wait} to go")


def card(paper: Paper, place: str, screen: "Console") -> "Iterator[RenderableType]":
    """Yield the paper as somebody sees it who has to decide; `place` is `3 of 41`."""
    width = min(screen.width, _WIDEST)
    line = "─" if console.has_signs(screen) else "-"
    yield ""
    yield console.styled(f"{line * 2} {place} ".ljust(width, line), "dim")
    yield from console.paragraph(visible(paper.title), width, "bold")
    known = (paper.key, paper.lab, paper.source, ", ".join(paper.tags))
    for facts in (
        ", ".join(map(shown_name, paper.authors)),
        console.dotted(filter(None, known), screen),
    ):
        if facts:
            yield from console.paragraph(visible(facts), width, "cyan")
    for name in ("summary", "notes"):
        if text := getattr(paper, name):
            yield from ("", console.styled(name, "dim"))
            yield from _beginning(text, screen, width)
    yield ""
    yield from _key_lines(width)


def _beginning(text: str, screen: "Console", width: int) -> Iterable[str]:
    """Return the first lines of a text, and a sign that there is more."""
    beginning = visible(text.strip()[: (_PROSE + 1) * width], lines=True)
    folded = (
        part for line in beginning.split("\n") for part in console.fold(line, width - len(_INDENT))
    )
    lines = list(islice(folded, _PROSE + 1))
    more = ["…" if console.has_signs(screen) else "..."] if len(lines) > _PROSE else []
    return [f"{_INDENT}{line}" for line in (*lines[:_PROSE], *more)]


def _key_lines(width: int) -> "Iterator[Text]":
    """Yield the keys with what they do, in as many lines as they need."""
    line = console.styled("")
    for key, (does, _) in KEYS.items():
        if line and line.cell_len + 3 + console.width_of(key) + console.width_of(does) > width:
            yield line
            line = console.styled("")
        line.append("  " if line else "").append(key, "bold").append(f" {does}", "dim")
    yield line


def _explanation(screen: "Console") -> "Iterator[RenderableType]":
    yield ""
    explained = ((key, sentence) for key, (_, sentence) in KEYS.items() if sentence)
    for key, sentence in explained:
        first, *others = console.fold(sentence, screen.width - 5)
        yield console.styled("").append(f"{key:<5}", "bold").append(first)
        yield from (f"     {line}" for line in others)
    yield from ("", console.styled("Any key goes on.", "dim"))


def _find(catalogue: Catalogue, key: str) -> Paper | None:
    return next((paper for paper in catalogue.papers if paper.key == key), None)


def _line(question: str) -> str:
    """Return the line that the person types, nothing where they think better of it."""
    try:
        with prompts.typing():
            return prompts.ask(f"{question} (or Enter)", instead=f"--{question.lower()}")
    except RefusedError:
        return ""
    except KeyboardInterrupt:
        terminal.say("")  # the cursor stands behind the question
        raise


def _open(paper: Paper) -> None:
    try:
        address = resolve.address(paper)
    except RefusedError as error:
        terminal.error(error)
        return
    terminal.say(f"opened {address}" if console.open_page(address) else address)
