"""papertrack alone."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from commandline import AtTerminal, Run

CATALOGUE = """\
title = "My papers"

[[paper]]
key = "gpt-3"
title = "Few-Shot Learners"
year = 2020
status = "done"

[[paper]]
key = "llama"
title = "LLaMA: Open and Efficient [/b] \\u001b[2J"
year = 2023
status = "reading"
started = {started}

[[paper]]
key = "peer"
title = "PEER"
year = 2022

[[paper]]
key = "webgpt"
title = "WebGPT"
year = 2021
priority = 1
"""


@pytest.fixture
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    started = date.today() - timedelta(days=15)  # noqa: DTZ011 - as the person sees it
    path.write_text(CATALOGUE.format(started=started), encoding="utf-8")
    return path


@pytest.fixture
def with_readme(catalogue: Path, folder: Path, papertrack: Run) -> Path:
    """A README that the catalogue names, just exported."""
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(f'{text}\n[markdown]\nfiles = ["README.md"]\n', encoding="utf-8")
    readme = folder / "README.md"
    readme.write_text("<!-- papertrack:begin -->\n<!-- papertrack:end -->\n", encoding="utf-8")
    assert papertrack("export-markdown", "--all").status == 0
    return readme


@pytest.mark.usefixtures("catalogue")
def test_the_desk_shows_what_is_read_and_what_comes_next(at_terminal: AtTerminal) -> None:
    status, screen = at_terminal()
    assert status == 0
    lines = [line.rstrip() for line in screen.splitlines()]
    assert lines[:3] == [
        "My papers",
        "4 papers · 1 done · 1 reading · 2 to read  ━━━━━━━╍╍╍╍╍╍╍╍─────────────── 25%",
        "",
    ]
    assert lines[3] == "Reading"
    assert lines[4].startswith(r"  llama   LLaMA: Open and Efficient [/b] \x1b[2J  since ")
    assert lines[4].endswith(" (2 weeks)")
    assert lines[5:7] == ["", "Next"]
    assert [line.split() for line in lines[7:9]] == [
        ["webgpt", "WebGPT", "priority", "1"],
        ["peer", "PEER", "next", "in", "the", "list"],
    ]


@pytest.mark.usefixtures("catalogue")
def test_a_pipe_gets_plain_lines(papertrack: Run) -> None:
    result = papertrack()
    assert (result.status, result.err) == (0, "")
    rows = [line.split("\t") for line in result.out.splitlines()]
    assert [row[:2] for row in rows[:3]] == [
        ["reading", "llama"],
        ["next", "webgpt"],
        ["next", "peer"],
    ]
    assert rows[0][3] == r"LLaMA: Open and Efficient [/b] \x1b[2J"
    assert rows[1][2] == "priority 1"
    assert ["papers", "all", "4"] in rows
    assert ["status", "done", "1"] in rows


def test_a_stale_readme_is_named_with_what_fixes_it(
    papertrack: Run, at_terminal: AtTerminal, with_readme: Path
) -> None:
    assert with_readme.exists()
    assert "stale" not in papertrack().out
    papertrack("done", "peer")
    assert "stale\tREADME.md\tpapertrack export-markdown --all\n" in papertrack().out
    assert "\nREADME.md is stale: papertrack export-markdown --all\n" in at_terminal().screen
    papertrack("export-markdown", "--all")
    assert "stale" not in at_terminal().screen


def test_findings_are_one_line(at_terminal: AtTerminal, catalogue: Path) -> None:
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("year = 2021", "year = 3021"), encoding="utf-8")
    assert at_terminal().screen.endswith("\n\n1 finding (year): papertrack check\n")


def test_programs_ask_check_for_findings(papertrack: Run, catalogue: Path) -> None:
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("year = 2021", "year = 3021"), encoding="utf-8")
    assert papertrack().out.endswith("status\tdropped\t0\n")


def test_a_long_list_is_not_searched_for_findings(at_terminal: AtTerminal, catalogue: Path) -> None:
    text = catalogue.read_text(encoding="utf-8").replace("year = 2021", "year = 3021")
    more = "".join(f'\n[[paper]]\nkey = "k{n}"\ntitle = "T{n}"\n' for n in range(2_000))
    catalogue.write_text(text + more, encoding="utf-8")
    screen = at_terminal().screen
    assert "status:reading" in screen or "Next" in screen
    assert "finding" not in screen


def test_where_nothing_is_read_it_says_how_to_start(
    at_terminal: AtTerminal, papertrack: Run, catalogue: Path
) -> None:
    assert catalogue.exists()
    papertrack("done", "llama")
    assert "\nReading\n  nothing: papertrack start webgpt\n\nNext\n" in at_terminal().screen


def test_what_was_begun_today_says_so(
    at_terminal: AtTerminal, papertrack: Run, catalogue: Path
) -> None:
    assert catalogue.exists()
    papertrack("start", "peer")
    assert "  since today " in at_terminal().screen
    assert "reading\tpeer\tsince today\tPEER\n" in papertrack().out


def test_an_empty_catalogue_says_how_to_fill_it(at_terminal: AtTerminal, folder: Path) -> None:
    (folder / "papers.toml").write_text("", encoding="utf-8")
    assert at_terminal() == (
        0,
        "0 papers: papertrack add LINK or TITLE adds one, or papertrack import README.md\n",
    )


@pytest.mark.usefixtures("folder")
def test_without_a_catalogue_it_says_what_to_type_first(
    papertrack: Run, at_terminal: AtTerminal
) -> None:
    assert papertrack().status == 0
    assert "No list yet?  papertrack import README.md" in papertrack().out
    assert "Start here:" in at_terminal().screen


def test_a_catalogue_that_is_named_and_not_there_is_trouble(
    papertrack: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.exists()
    assert papertrack("--catalogue", "nowhere.toml").status == 2
    monkeypatch.setenv("PAPERTRACK_CATALOGUE", "nowhere.toml")
    assert "no catalogue nowhere.toml" in papertrack().err


def test_a_faulty_catalogue_shows_the_papers_that_are_whole(
    papertrack: Run, catalogue: Path
) -> None:
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("year = 2022", 'year = "x"'), encoding="utf-8")
    result = papertrack()
    assert result.status == 2
    assert "reading\tllama\t" in result.out
    assert 'year "x" is not a year' in result.err


class TestPicking:
    """A reference that could mean several papers."""

    @pytest.fixture(autouse=True)
    def _papers(self, papers: Path) -> None:
        assert papers.exists()

    def test_a_digit_picks_one_of_those_that_are_numbered(
        self, at_terminal: AtTerminal, papertrack: Run
    ) -> None:
        status, screen = at_terminal("done", "language models", "peer", typed="4\n")
        assert status == 0
        assert screen.startswith('"language models" could be any of 6 papers:\n  1  gpt-2 ')
        assert "\n  4  flan         Scaling Instruction-Finetuned Language Models" in screen
        assert [
            json.loads(papertrack("show", key, "--json").out)["status"] for key in ("flan", "peer")
        ] == ["done", "done"]
        assert "done flan peer" in papertrack("history").out

    def test_each_ambiguous_reference_is_asked_for(
        self, at_terminal: AtTerminal, papertrack: Run
    ) -> None:
        status, screen = at_terminal("start", "language models", "constit", typed="6\n")
        assert (status, screen.count("could be any of")) == (0, 1)
        assert "start llama constit" in papertrack("history").out

    def test_words_that_some_papers_hold_together_are_asked_for_once(
        self, at_terminal: AtTerminal, papertrack: Run
    ) -> None:
        status, screen = at_terminal("start", "language", "models", "--on", "today", typed="6\n")
        assert (status, screen.count('"language models" could be any of 6 papers')) == (0, 1)
        assert "start llama --on today" in papertrack("history").out

    def test_done_alone_asks_which_of_those_being_read(
        self, at_terminal: AtTerminal, papertrack: Run
    ) -> None:
        papertrack("start", "llama", "peer")
        status, screen = at_terminal("done", "--on", "yesterday", typed="2\n")
        assert status == 0
        assert screen.startswith("2 papers are being read:\n  1  llama  LLaMA: Open")
        assert "done --on yesterday peer" in papertrack("history").out
        assert "llama\treading" in papertrack("list", "status:reading").out

    @pytest.mark.parametrize("typed", ["\n", "", "0\n", "7\n", "q\n"])
    def test_no_number_changes_nothing(
        self, at_terminal: AtTerminal, papers: Path, typed: str
    ) -> None:
        before = papers.read_bytes()
        status, screen = at_terminal("done", "language models", typed=typed)
        assert (status, papers.read_bytes()) == (1, before)
        assert screen.endswith("no paper was picked: nothing was changed\n")

    def test_a_pipe_gets_the_list_and_no_question(self, papertrack: Run) -> None:
        result = papertrack("show", "language models")
        assert (result.status, result.out) == (1, "")
        assert "type the key of one\n  gpt-2 " in result.err

    def test_words_narrow_the_choice(self, at_terminal: AtTerminal) -> None:
        typed = "zzz\nfew\n"
        screen = at_terminal("show", "language models", typed=typed).screen
        assert 'none of them has "zzz"\nWhich one? ' in screen
        assert "Few-Shot" in screen.split("zzz")[1]
        screen = at_terminal("show", "language models", typed="f\n2\n").screen
        assert '"language models" could be any of 5 papers' in screen

    def test_nine_are_offered_of_many(self, at_terminal: AtTerminal, papers: Path) -> None:
        entries = [f'[[paper]]\nkey = "x-{at}"\ntitle = "Some {at} thing"\n' for at in range(12)]
        papers.write_text("\n".join(entries), encoding="utf-8")
        screen = at_terminal("show", "some thing", typed="9\n").screen
        assert "  and 3 more: type words of the title to see them" in screen
        assert "Some 8 thing" in screen.split("Which one?")[1]
