import os
import pty
import select
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import forks
from papertrack.commands import triage
from papertrack.models import Paper
from papertrack.terminal import prompts
from papertrack.terminal.console import width_of
from screens import acting, lines_of, screen_of

Run = Callable[..., tuple[int, str, str]]
AtTerminal = Callable[..., tuple[int, str]]
Press = Callable[[str], None]


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """Return what presses keys one after the other; then there is no more input."""
    monkeypatch.setattr(prompts, "pressing", nullcontext)
    monkeypatch.setattr(prompts, "typing", nullcontext)

    def put(typed: str) -> None:
        waiting = iter(typed)

        def next_key() -> str:
            for key in waiting:
                return key
            raise EOFError

        monkeypatch.setattr(prompts, "press", next_key)

    return put


def _values(papertrack: Run, key: str) -> dict[str, str]:
    lines = papertrack("show", key)[1].splitlines()
    return dict(line.split("\t", 1) for line in lines)


def test_each_key_decides_and_goes_on(
    at_terminal: AtTerminal, papertrack: Run, papers: Path, press: Press
) -> None:
    before = papers.read_bytes()
    press("s1kdr")
    status, screen = at_terminal("triage")
    assert status == 0
    assert "1 of 9" in screen
    assert "6 of 9" in screen
    assert "7 of 9" not in screen
    assert screen.endswith("5 decided, 4 to go\n")
    assert _values(papertrack, "instructgpt")["status"] == "reading"
    assert "started" in _values(papertrack, "instructgpt")
    assert _values(papertrack, "flan")["priority"] == "1"
    assert _values(papertrack, "lamda")["status"] == "skimmed"
    assert _values(papertrack, "sparrow")["status"] == "dropped"
    assert _values(papertrack, "llama")["status"] == "done"
    assert "finished" not in _values(papertrack, "llama")  # on some day before
    history = papertrack("history")[1]
    typed = ("instructgpt --start", "flan --priority 1", "lamda --skim", "sparrow --drop")
    assert all(f"triage {words}" in history for words in (*typed, "llama --read"))
    for _ in range(5):
        assert papertrack("undo")[0] == 0
    assert papers.read_bytes() == before


def test_what_was_left_for_later_comes_again_the_next_time_only(
    at_terminal: AtTerminal, papers: Path, press: Press
) -> None:
    before = papers.read_bytes()
    press("l" * 20)
    status, screen = at_terminal("triage")
    assert (status, screen.count(" of 9 ")) == (0, 9)
    assert screen.endswith("0 decided, 9 to go\n")
    assert papers.read_bytes() == before
    press("l2q")
    assert at_terminal("triage")[1].endswith("1 decided, 8 to go\n")
    press("q")
    assert "1 of 8" in at_terminal("triage")[1]


def test_tags_and_notes_are_added_and_the_paper_stays(
    at_terminal: AtTerminal, papertrack: Run, papers: Path, press: Press
) -> None:
    assert papers.exists()
    press("tnt3q")
    status, screen = at_terminal("triage", "llama", typed="rlhf, llm\n再看\n\n")
    assert status == 0
    assert screen.count("1 of 1") == 4
    values = _values(papertrack, "llama")
    assert values["tags"] == "rlhf, llm"
    assert values["notes"].endswith(": 再看")
    assert values["priority"] == "3"
    assert "triage llama --tag 'rlhf, llm'" in papertrack("history")[1]


def test_an_answer_that_is_no_tag_is_said_and_the_round_goes_on(
    at_terminal: AtTerminal, papertrack: Run, papers: Path, press: Press
) -> None:
    assert papers.exists()
    press("t1")
    status, screen = at_terminal("triage", "llama", typed=",\n")
    assert (status, "tags is empty" in screen) == (0, True)
    assert _values(papertrack, "llama")["priority"] == "1"


def test_the_last_step_is_undone_and_its_paper_comes_again(
    at_terminal: AtTerminal, papertrack: Run, papers: Path, press: Press
) -> None:
    before = papers.read_bytes()
    press("u1lduuuu")
    status, screen = at_terminal("triage")
    assert status == 0
    places = [line.split()[1] for line in screen.splitlines() if " of 9 " in line]
    assert places == [*"11234", *"3211"]
    assert screen.count("there is nothing to undo yet") == 2
    assert papers.read_bytes() == before
    assert papertrack("history")[1] == ""


def test_an_undone_decision_leaves_no_trace_in_the_history(
    at_terminal: AtTerminal, papertrack: Run, papers: Path, press: Press
) -> None:
    before = papers.read_bytes()
    assert papertrack("note", "llama", "before triage")[0] == 0
    press("ku2uq")
    assert at_terminal("triage", "key:flan,lamda")[0] == 0
    assert "undone: note llama 'before triage'" in papertrack("undo")[1]
    assert papers.read_bytes() == before


@pytest.mark.usefixtures("papers")
def test_a_decision_is_undone_although_another_change_came_after_it(
    at_terminal: AtTerminal,
    papertrack: Run,
    press: Press,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press("ku")
    real = prompts.press

    def press_late() -> str:
        key = real()
        if key == "u":
            assert papertrack("note", "llama", "meanwhile")[0] == 0
        return key

    monkeypatch.setattr(prompts, "press", press_late)
    assert "flan: as it was before" in at_terminal("triage", "key:flan,lamda")[1]
    assert _values(papertrack, "flan")["status"] == "to-read"
    assert "meanwhile" in _values(papertrack, "llama")["notes"]


def test_a_query_narrows_what_comes(at_terminal: AtTerminal, papers: Path, press: Press) -> None:
    assert papers.exists()
    press("")
    screen = at_terminal("triage", "lab:meta", "-key:peer")[1]
    assert "LLaMA" in screen
    assert "1 of 1" in screen
    assert at_terminal("triage", "lab:Mta")[0] == 1
    nothing = "nothing to decide: all of them have a priority, or another status\n"
    assert at_terminal("triage", "status:done") == (0, nothing)


def test_a_paper_changed_by_others_is_shown_again_before_it_is_decided(
    at_terminal: AtTerminal,
    papertrack: Run,
    papers: Path,
    press: Press,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press("dd")
    real = prompts.press
    changed: list[str] = []

    def press_late() -> str:
        if not changed:
            text = papers.read_text(encoding="utf-8")
            papers.write_text(text.replace("year = 2023", "year = 2021"), encoding="utf-8")
            changed.append("year")
        return real()

    monkeypatch.setattr(prompts, "press", press_late)
    status, screen = at_terminal("triage", "llama")
    assert status == 0
    assert screen.index("changed meanwhile") < screen.index("2021")
    values = _values(papertrack, "llama")
    assert (values["year"], values["status"]) == ("2021", "dropped")


def test_a_paper_removed_by_others_is_passed_over(
    at_terminal: AtTerminal, papers: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press("1")
    real = prompts.press

    def press_late() -> str:
        head, *texts = papers.read_text(encoding="utf-8").split("[[paper]]")
        kept = [it for it in texts if '"llama"' not in it]
        papers.write_text("[[paper]]".join([head, *kept]), encoding="utf-8")
        return real()

    monkeypatch.setattr(prompts, "press", press_late)
    status, screen = at_terminal("triage", "llama")
    assert status == 0
    assert "changed meanwhile" in screen
    assert papers.read_text(encoding="utf-8").count("[[paper]]") == 12


def test_a_paper_can_be_opened_first(
    at_terminal: AtTerminal, papers: Path, press: Press, pages: list[str]
) -> None:
    assert papers.exists()
    press("o")
    screen = at_terminal("triage", "llama")[1]
    assert "opened https://arxiv.org/abs/2302.13971" in screen
    assert pages == ["https://arxiv.org/abs/2302.13971"]


def test_a_paper_without_an_address_does_not_end_the_round(
    at_terminal: AtTerminal, papers: Path, press: Press, pages: list[str]
) -> None:
    papers.write_text('[[paper]]\ntitle = "Nowhere"\n', encoding="utf-8")
    press("ox1")
    status, screen = at_terminal("triage")
    assert (status, pages) == (0, [])
    assert "has no arXiv id, DOI or link" in screen
    assert "that key does nothing here" in screen
    assert screen.endswith("1 decided, 0 to go\n")


@pytest.mark.parametrize("words", [[], ["lab:Meta"]], ids=str)
def test_nobody_to_press_a_key_is_told_what_to_type(
    papertrack: Run, papers: Path, words: list[str]
) -> None:
    before = papers.read_bytes()
    result, out, err = papertrack("triage", *words)
    assert (result, out) == (2, "")
    assert "triage needs a terminal: without one, type papertrack priority llama 1" in err
    assert papers.read_bytes() == before


def test_a_question_mark_explains_the_keys(
    at_terminal: AtTerminal, papers: Path, press: Press
) -> None:
    assert papers.exists()
    press("?x1")
    status, screen = at_terminal("triage", "llama")
    assert status == 0
    assert "\n1-5  Keep it to read, with a priority: " in screen
    assert screen.count("1 of 1") == 2
    assert screen.endswith("1 decided, 0 to go\n")


def test_leaving_by_control_c_says_how_many_were_decided(
    at_terminal: AtTerminal, papers: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert papers.exists()
    press("12")
    real = prompts.press

    def press_or_leave() -> str:
        try:
            return real()
        except EOFError:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(prompts, "press", press_or_leave)
    status, screen = at_terminal("triage")
    assert status == 130
    assert screen.endswith("\n2 decided, 7 to go\n")


class _Live:
    """The command in a terminal of its own."""

    def __init__(self, *words: str) -> None:
        self.screen = ""
        self._seen = 0
        self.process, self._terminal = pty.fork()
        if self.process == 0:
            forks.end_with(forks.command(*words))

    def wait_for(self, text: str) -> None:
        """Read on until the text stands there, behind what was waited for before."""
        patience = time.monotonic() + 20
        while text not in self.screen[self._seen :]:
            assert time.monotonic() < patience, self.screen
            if select.select([self._terminal], [], [], 0.1)[0]:
                self.screen += os.read(self._terminal, 4096).decode("utf-8", "replace")
        self._seen = self.screen.index(text, self._seen) + len(text)

    def type(self, text: str) -> None:
        os.write(self._terminal, text.encode())

    def close(self) -> None:
        os.close(self._terminal)

    def status(self) -> int:
        try:
            while text := os.read(self._terminal, 4096):
                self.screen += text.decode("utf-8", "replace")
        except OSError:  # how Linux says that the other side is closed
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@pytest.fixture
def live(papers: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Live]:
    """The round in a real terminal, with real keys."""
    assert papers.exists()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    started = _Live("triage")
    started.wait_for("quit")
    yield started
    started.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.slow
def test_real_keys_in_a_real_terminal(live: _Live, papertrack: Run) -> None:
    live.type("2")
    live.wait_for("2 of 9")
    live.wait_for("quit")
    live.type("t")
    live.wait_for("Tag (or Enter)")
    live.type("rlhg\x7ff\r")
    live.wait_for("quit")
    live.type("t")
    live.wait_for("Tag (or Enter)")
    live.type("+few-shot -rlhf +rl\r")  # as papertrack tag has them
    live.wait_for("rl")
    live.type("\x1b[As")
    live.wait_for("3 of 9")
    live.type("q")
    assert live.status() == 0
    assert "2 decided, 7 to go" in live.screen
    assert _values(papertrack, "instructgpt")["priority"] == "2"
    flan = _values(papertrack, "flan")
    assert (flan["tags"], flan["status"]) == ("few-shot, rl", "reading")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.slow
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(("key", "expected"), [("\x03", 130), ("\x04", 0)], ids=["^C", "^D"])
def test_leaving_is_quiet_and_keeps_what_was_decided(
    live: _Live, papertrack: Run, key: str, expected: int
) -> None:
    live.type("1")
    live.wait_for("2 of 9")
    live.wait_for("quit")
    live.type(key)
    assert live.status() == expected
    assert "Traceback" not in live.screen
    assert "1 decided, 8 to go" in live.screen
    assert _values(papertrack, "instructgpt")["priority"] == "1"


def _paper(key: str, **fields: object) -> Paper:
    return Paper.model_validate({"key": key, "title": key, **fields})


def test_undecided_is_what_is_neither_begun_nor_given_a_priority() -> None:
    papers = [
        _paper("a"),
        _paper("b", priority=5),
        _paper("c", status="reading"),
        _paper("d", status="dropped"),
        _paper("e", tags=["x"], notes="y"),
    ]
    assert [paper.key for paper in triage.undecided(papers)] == ["a", "e"]


def test_every_key_that_acts_is_on_the_card() -> None:
    assert set(triage.KEYS) == {"1-5", *"skrdltnouq?"}


_SUMMARY = "".join(f"{number} 第{number}行：高效率大模型\n" for number in range(1, 9))


def _card(screen: Console, **fields: object) -> list[str]:
    paper = Paper.model_validate({"key": "p", "title": "P", **fields})
    return lines_of(triage.card(paper, "3 of 41", screen), screen)


def test_a_card_says_what_is_needed_to_decide() -> None:
    assert _card(
        screen_of(60),
        key="llama",
        title="LLaMA: Open and Efficient Foundation Language Models",
        authors=["Hugo Touvron", "Thibaut Lavril"],
        lab="Meta",
        venue="arXiv",
        year=2023,
        tags=["llm", "rl"],
        summary=_SUMMARY,
        notes="one\ntwo\n",
    ) == [
        "",
        "── 3 of 41 ─────────────────────────────────────────────────",
        "LLaMA: Open and Efficient Foundation Language Models",
        "Hugo Touvron, Thibaut Lavril",
        "llama · Meta · arXiv 2023 · llm, rl",
        "",
        "summary",
        "  1 第1行：高效率大模型",
        "  2 第2行：高效率大模型",
        "  3 第3行：高效率大模型",
        "  4 第4行：高效率大模型",
        "  5 第5行：高效率大模型",
        "  …",
        "",
        "notes",
        "  one",
        "  two",
        "",
        "1-5 priority  s start  k skimmed  r read already  d drop",
        "l later  t tag  n note  o open  u undo  q quit  ? help",
    ]


def test_a_bare_title_is_a_card() -> None:
    assert _card(screen_of(40, signs=False))[:5] == [
        "",
        "-- 3 of 41 -----------------------------",
        "P",
        "p",
        "",
    ]


@given(
    st.fixed_dictionaries(
        {"title": st.text(min_size=1), "lab": st.text(), "summary": st.text(), "notes": st.text()}
    ),
    st.integers(20, 120),
)
def test_a_card_fits_the_screen_and_does_nothing_to_it(
    fields: dict[str, object], width: int
) -> None:
    lines = _card(screen_of(width), **fields)
    assert max(map(width_of, lines)) <= width
    assert acting(lines) == []


def test_hostile_text_is_spelled_out() -> None:
    text = "[/b] \x1b]0;x\x07 \u202egpj"
    lines = _card(screen_of(60), title=text, summary=text, notes=text)
    shown = r"[/b] \x1b]0;x\x07 \u202egpj"
    assert [line for line in lines if "[/b]" in line] == [shown, f"  {shown}", f"  {shown}"]


def test_a_megabyte_of_summary_is_not_folded_whole() -> None:
    assert len(_card(screen_of(60), summary="x" * 1_000_000)) < 20
