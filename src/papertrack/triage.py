"""Going through the undecided papers, one key each; what a key decides is saved at once."""

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from papertrack import changes, opening
from papertrack.changes import FieldChanges
from papertrack.errors import PapertrackError, RefusedError
from papertrack.models import Catalogue, Paper
from papertrack.options import TYPED
from papertrack.session import changing, today
from papertrack.status import Status
from papertrack.terminal import browser, card, keys, messages, outcome, prompts

KEYS = {
    "1-5": "priority",
    "s": "start",
    "k": "skimmed",
    "r": "read already",
    "d": "drop",
    "l": "later",
    "t": "tag",
    "n": "note",
    "o": "open",
    "u": "undo",
    "q": "quit",
}
"""What each key does, as the card says it."""

_STATUSES = {
    "s": (Status.READING, "--start"),
    "k": (Status.SKIMMED, "--skim"),
    "r": (Status.DONE, "--read"),
    "d": (Status.DROPPED, "--drop"),
}


def undecided(papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers that are neither begun nor given a priority."""
    return [it for it in papers if it.status is Status.TO_READ and it.priority is None]


class _Step(NamedTuple):
    """One thing that was done, to be taken back."""

    position: int
    key: str
    before: str | None
    """The paper's own text before and after; None where nothing was saved."""
    after: str | None


class Round:
    """One time through the papers that wait."""

    def __init__(self, catalogue: Catalogue, waiting: Sequence[Paper], path: Path | None) -> None:
        """Take the papers in their order; `path` is the catalogue as it was named."""
        self._known = catalogue
        self._waiting = [paper.key for paper in waiting]
        self._path = path
        self._position = 0
        self._steps: list[_Step] = []

    def run(self) -> None:
        """Show paper after paper until all are seen, or the person has had enough."""
        with keys.pressing():
            self._go()
        self._sum_up()

    def _go(self) -> None:
        while self._position < len(self._waiting):
            paper = _find(self._known, self._waiting[self._position])
            if paper is None:
                self._position += 1
                continue
            card.show(paper, KEYS, number=self._position + 1, total=len(self._waiting))
            try:
                if not self._act(paper, keys.press()):
                    break
            except EOFError:
                break
            except PapertrackError as error:  # said, and the paper is shown again
                messages.error(error)

    def _act(self, paper: Paper, key: str) -> bool:
        """Do what the key says; return whether to go on."""
        match key.lower():
            case "1" | "2" | "3" | "4" | "5":
                wanted = FieldChanges({"priority": int(key)})
                self._decide(paper, wanted, f"--priority {key}")
            case "s" | "k" | "r" | "d" as letter:
                status, option = _STATUSES[letter]
                self._decide(paper, FieldChanges({"status": status.value}), option)
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
                self._take_back()
            case "q" | "\x1b":
                return False
            case _:
                messages.say("that key does nothing here")
        return True

    def _decide(self, paper: Paper, wanted: FieldChanges, option: str) -> None:
        if self._save(paper, wanted, option):
            self._position += 1

    def _tag(self, paper: Paper) -> None:
        if typed := _line("Tag"):
            wanted = changes.typed_changes(add_tags=[typed], today=today())
            self._save(paper, wanted, f"--tag {shlex.quote(typed)}")

    def _note(self, paper: Paper) -> None:
        if typed := _line("Note"):
            self._save(paper, FieldChanges(note=typed), f"--note {shlex.quote(typed)}")

    def _save(self, paper: Paper, wanted: FieldChanges, option: str) -> bool:
        """Save it as a change of its own; say whether the paper was still as it was shown."""
        _in_history(f"triage {paper.key} {option}")
        with changing(self._path) as draft:
            self._known = draft.catalogue
            if _find(self._known, paper.key) != paper:
                messages.say(f"{paper.label} was changed meanwhile: look again")
                return False
            before = draft.piece(paper.key)
            edited = changes.edit(draft, paper, wanted, today())
            after = draft.piece(paper.key)
        self._known = draft.catalogue
        self._steps.append(_Step(self._position, paper.key, before, after))
        outcome.changed(*edited)
        return True

    def _take_back(self) -> None:
        if not self._steps:
            messages.say("nothing was done yet that could be undone")
            return
        step = self._steps.pop()
        self._position = step.position
        if step.before is None:
            return
        _in_history(f"triage {step.key} (taken back)")
        with changing(self._path) as draft:
            self._known = draft.catalogue
            if _find(self._known, step.key) is None or draft.piece(step.key) != step.after:
                messages.say(f"{step.key} was changed meanwhile: it stays as it is")
                return
            draft.replace_piece(step.key, step.before)
        self._known = draft.catalogue
        messages.answer(f"{step.key}: as it was before")

    def _sum_up(self) -> None:
        """Say how many of them are decided now, and how many still wait."""
        papers = [_find(self._known, key) for key in self._waiting]
        wait = len(undecided(paper for paper in papers if paper))
        messages.answer(f"{len(self._waiting) - wait} decided, {wait} to go")


def by_options(
    *,
    start: bool,
    skim: bool,
    read: bool,
    drop: bool,
    priority: str | None,
    tags: Sequence[str] | None,
    note: str | None,
) -> FieldChanges | None:
    """Return what the options decide, None where none is given.

    Raises PapertrackError where they contradict each other.
    """
    pressed = {"s": start, "k": skim, "r": read, "d": drop}
    given = [_STATUSES[letter] for letter, is_given in pressed.items() if is_given]
    if len(given) > 1:
        raise PapertrackError(f"{' and '.join(option for _, option in given)}: give one of them")
    setting = [f"status={status}" for status, _ in given]
    setting += [f"priority={priority}"] if priority is not None else []
    wanted = changes.typed_changes(setting=setting, add_tags=tags or (), note=note, today=today())
    return None if wanted == FieldChanges() else wanted


def _find(catalogue: Catalogue, key: str) -> Paper | None:
    return next((paper for paper in catalogue.papers if paper.key == key), None)


def _line(question: str) -> str:
    """Return the line that the person types, nothing where they think better of it."""
    try:
        with keys.typing():
            return prompts.ask(f"{question} (or Enter)", instead=f"--{question.lower()}")
    except RefusedError:
        return ""
    except KeyboardInterrupt:
        messages.say("")  # the cursor stands behind the question
        raise


def _open(paper: Paper) -> None:
    try:
        address = opening.address(paper)
    except RefusedError as error:
        messages.error(error)
        return
    messages.say(f"opened {address}" if browser.open_page(address) else address)


def _in_history(words: str) -> None:
    TYPED.set(words)
