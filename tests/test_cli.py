"""From words typed to an exit status."""

from pathlib import Path

import pytest

from commandline import Run
from papertrack import store
from papertrack.commands import COMMANDS


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row.name)
@pytest.mark.parametrize("before", [["--catalogue", "x.toml"], ["--catalogue=x.toml"]], ids=len)
def test_the_catalogue_may_be_named_before_any_command(
    before: list[str], row: object, papertrack: Run
) -> None:
    name = str(getattr(row, "name", ""))
    if name in {"help", "completion"}:
        pytest.skip("it needs no catalogue")
    assert f"Usage: papertrack {name} " in papertrack(*before, *name.split(), "--help").out


def test_a_two_word_command_takes_the_catalogue_before_it(papers: Path, papertrack: Run) -> None:
    path = str(papers)
    papertrack("--catalogue", path, "labs", "rename", "Meta", "Meta Platforms")
    assert 'lab = "Meta Platforms"' in papers.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["lst"], "did you mean list?", id="a command"),
        pytest.param(["lsit"], "did you mean list?", id="rather than a word of other tools"),
        pytest.param(["renmae", "x"], "did you mean labs rename or", id="another tool's word"),
        pytest.param(["edlete", "x"], "did you mean remove?", id="another such word"),
        pytest.param(["strat", "x"], "did you mean start?", id="the same letters"),
        pytest.param(["doen", "x"], "did you mean done?", id="two letters swapped"),
        pytest.param(["--nonsense"], "see papertrack --help", id="an option"),
        pytest.param(["--catalogue"], "needs a path", id="an option without its value"),
        pytest.param(["list", "--statsu", "x"], "did you mean --status", id="an option of list"),
        pytest.param(["stats", "--svg"], "--svg", id="a value that is missing"),
        pytest.param(["stats", "--svg", "-tag:x"], "--svg", id="a term is no value"),
        pytest.param(["skim"], "as in papertrack skim lamda", id="an argument that is missing"),
        pytest.param(["show", "a b", "c"], "as in papertrack show 'a b c'", id="one too many"),
        pytest.param(["undo", "3", "4"], "papertrack undo --help", id="a number too many"),
    ],
)
@pytest.mark.usefixtures("papers")
def test_bad_usage_is_one_sentence_that_says_what_next(
    words: list[str], message: str, papertrack: Run
) -> None:
    result = papertrack(*words)
    assert (result.status, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert message in result.err


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_help_is_no_error(words: list[str], papertrack: Run) -> None:
    result = papertrack(*words)
    assert (result.status, result.err) == (0, "")
    assert "papertrack list" in result.out
    assert "undo" in result.out


def test_nothing_typed_fits_a_small_screen(papertrack: Run) -> None:
    assert papertrack().out.count("\n") < 20


def test_help_of_a_command_is_its_help(papertrack: Run) -> None:
    assert papertrack("help", "labs", "rename") == papertrack("labs", "rename", "--help")


@pytest.mark.parametrize("word", ["done", "start", "mark", "remove"])
@pytest.mark.usefixtures("papers")
def test_an_empty_query_does_not_mean_every_paper(word: str, papertrack: Run) -> None:
    words = ["done"] if word == "mark" else []
    result = papertrack(word, *words, "--all", "", "--yes")
    assert (result.status, result.out) == (2, "")
    assert "has:title" in result.err


@pytest.mark.usefixtures("papers")
def test_an_equals_sign_for_a_colon_is_explained(papertrack: Run) -> None:
    assert "write lab:Meta" in papertrack("list", "lab=Meta").err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["show"], "missing argument REFERENCE, as in papertrack show llama"),
        (["stats", "--svg"], "option --svg requires an argument, as in papertrack stats --svg p"),
        (
            ["import", "a.md", "--headings", "x"],
            "invalid value for --headings: x is not one of lab, tag, status, none: see",
        ),
        (["add", "X", "--link"], "option --link requires an argument: see papertrack add --help"),
        (["redo", "--forc"], "no option --forc: did you mean --force?"),
        (["add", "--title", "X"], "no option --title: write it alone, as in papertrack add TITLE"),
        (
            ["list", "--title", "x"],
            "no option --title: write it as a term of the query, as in papertrack list title:",
        ),
        (["list", "--titel", "x"], "no option --titel: see papertrack list --help for examples"),
        (["mark", "llama", "done"], "the status comes first: papertrack mark done llama"),
        (["l"], '"l" may be list or labs: type more of it'),
        (["history", "x"], "unexpected extra words (x): see papertrack history --help"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_bad_word_is_named_with_a_good_example(
    papertrack: Run, words: list[str], message: str
) -> None:
    result = papertrack(*words)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(message)


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize(
    ("typed", "same"),
    [
        (["ls"], ["list"]),
        (["search", "human feedback"], ["list", "human feedback"]),
        (["li", "lab:Meta"], ["list", "lab:Meta"]),
        (["sho", "llama"], ["show", "llama"]),
        (["mark-d", "llama"], ["done", "llama"]),
        (["lab"], ["labs"]),
        (["labs", "rename", "--help"], ["help", "labs", "rename"]),
    ],
    ids=" ".join,
)
def test_other_names_and_unique_beginnings_do_the_same(
    typed: list[str], same: list[str], papertrack: Run
) -> None:
    result = papertrack(*typed)
    papertrack("undo")
    assert result.status == 0
    assert result == papertrack(*same)


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize("typed", ["renam", "renmae", "remane"])
def test_a_second_word_that_is_nearly_one_is_no_query(typed: str, papertrack: Run) -> None:
    result = papertrack("labs", typed, "Meta", "FAIR")
    assert result == (2, "", f'no command "labs {typed}": did you mean labs rename?\n')


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize("words", [["r", "Meta", "FAIR"], ["", "a", "b"], ["renam", "Meta"]])
def test_other_words_behind_labs_are_a_query(words: list[str], papertrack: Run) -> None:
    result = papertrack("labs", *words)
    assert (result.status, result.err) == (0, "")


def test_a_beginning_of_several_commands_names_them(papertrack: Run) -> None:
    assert papertrack("re", "x") == (2, "", '"re" may be remove or redo: type more of it\n')


_OPPOSITES = [
    ("delete", "remove"),
    ("finish", "done"),
    ("read", "start or done"),
    ("unread", "mark to-read"),
    ("view", "show"),
    ("find", "list"),
    ("begin", "start"),
    ("revert", "undo"),
    ("label", "tag"),
    ("rename", "labs rename or tags rename"),
    ("lst", "list"),
    ("umdo", "undo"),
    ("restore", "undo"),
    ("readme", "export-markdown"),
    ("delet", "remove"),
    ("serach", "list"),
    ("version", "--version"),
]


@pytest.mark.parametrize(("word", "command"), _OPPOSITES)
def test_an_unknown_command_is_answered_with_the_one_that_does_that(
    word: str, command: str, papertrack: Run
) -> None:
    result = papertrack(word, "x")
    assert result == (2, "", f'no command "{word}": did you mean {command}?\n')


@pytest.mark.usefixtures("papers")
def test_words_that_begin_with_a_dash_name_the_two_dashes(papertrack: Run) -> None:
    result = papertrack("note", "llama", "-5% worse")
    assert (result.status, result.out) == (2, "")
    hint = "no option -5: if it is not one, write papertrack note llama -- '-5% worse'\n"
    assert result.err == hint
    assert papertrack("note", "llama", "--", "-5% worse").out.endswith("-5% worse\n")


@pytest.mark.usefixtures("papers")
def test_options_stay_before_the_two_dashes(papertrack: Run) -> None:
    result = papertrack("list", "krill", "-shark", "year:1990..1995", "-n", "4", "--sort=year")
    words = "list krill -n 4 --sort=year -- -shark year:1990..1995"
    assert result.err == f"no option -s: if it is not one, write papertrack {words}\n"
    assert papertrack(*words.split()).status == 0


def test_too_little_memory_is_one_sentence(
    papers: Path, papertrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise MemoryError

    monkeypatch.setattr(store, "load", fail)
    message = "there is not enough memory for this: close other programs, then run it again\n"
    assert papertrack("list", "--catalogue", str(papers)) == (2, "", message)
