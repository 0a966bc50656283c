import json
import os
import re
from datetime import datetime
from pathlib import Path

import pytest

from commandline import AtTerminal, Editor, Kept, Run

_LINK = "https://mp.weixin.qq.com/s/MbZTfVgxx221Eo9pl1h80w"


def _notes(papertrack: Run, key: str) -> list[str]:
    lines = (line.split("\t") for line in papertrack("show", key)[1].splitlines())
    return [value for name, value in lines if name == "notes"]


def test_a_note_is_a_dated_line_below_the_others(papertrack: Run, papers: Path) -> None:
    before = papers.read_text(encoding="utf-8")
    done = papertrack("note", "llama", "再看", "一遍", "--on", "2023-03-01")
    assert done == (0, "LLaMA: noted 2023-03-01: 再看 一遍\n", "")
    assert _notes(papertrack, "llama") == [_LINK, "2023-03-01: 再看 一遍"]
    new = set(papers.read_text(encoding="utf-8").splitlines()) - set(before.splitlines())
    assert new - {'notes = """'} == {_LINK, "2023-03-01: 再看 一遍"}
    papertrack("undo")
    assert papers.read_text(encoding="utf-8") == before


def test_the_day_is_today_unless_another_is_named(papertrack: Run, papers: Path) -> None:
    assert papers.exists()
    today = datetime.now().astimezone().date()
    papertrack("note", "gpt", "first")
    papertrack("note", "gpt", "second")
    assert _notes(papertrack, "gpt") == [f"{today}: first", f"{today}: second"]


def test_a_pipe_is_read_where_it_is_asked_for(papertrack: Run, papers: Path) -> None:
    assert papers.exists()
    assert papertrack("note", "gpt", "-", "--on", "2023-03-01", stdin="a\nb\n")[0] == 0
    assert _notes(papertrack, "gpt") == ["2023-03-01: a", "b"]


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (["llama"], "worth it", "- to read it from a pipe"),
        (["llama", ""], "", "the note is empty"),
        (["llama", "-"], " \n", "the note is empty"),
        (["llama", "x", "--on", "soon"], "", "soon"),
    ],
    ids=["no text", "an empty text", "an empty pipe", "no day"],
)
def test_what_is_no_note_is_trouble(
    papertrack: Run, papers: Path, words: list[str], stdin: str, message: str
) -> None:
    before = papers.read_bytes()
    status, out, err = papertrack("note", *words, stdin=stdin)
    assert (status, out, message in err) == (2, "", True)
    assert papers.read_bytes() == before


@pytest.mark.parametrize(
    "text", ['"""', "'''\\", "[/b] <!-- papertrack:end -->", "\x1b]0;x\x07\x00", "-->|`"]
)
def test_hostile_text_is_kept_exactly(papertrack: Run, papers: Path, text: str) -> None:
    assert papers.exists()
    assert papertrack("note", "llama", "--on", "2023-03-01", "--", text)[0] == 0
    notes = json.loads(papertrack("show", "llama", "--json")[1])["notes"]
    assert notes.removesuffix("\n").split("\n")[1:] == [f"2023-03-01: {text}"]


def test_bytes_that_are_no_text_are_refused(papertrack: Run, papers: Path) -> None:
    before = papers.read_bytes()
    status, _, err = papertrack("note", "llama", "caf\udce9")
    assert (status, "UTF-8" in err) == (2, True)
    assert papers.read_bytes() == before


def test_notes_are_changed_in_the_editor(
    at_terminal: AtTerminal, papertrack: Run, papers: Path, editor: Editor, kept: Kept
) -> None:
    assert papers.exists()
    editor(f"assert path.name == 'llama-notes.md' and text == {_LINK!r}\ntext += '\\n\\n读完\\n'")
    assert at_terminal("note", "llama") == (0, "LLaMA: notes changed\n")
    assert _notes(papertrack, "llama") == [_LINK, "", "读完"]
    assert kept() == []


def test_notes_that_are_emptied_are_gone(
    at_terminal: AtTerminal, papers: Path, editor: Editor
) -> None:
    editor("text = '\\n'")
    assert at_terminal("note", "llama")[0] == 0
    assert _LINK not in papers.read_text(encoding="utf-8")


def test_notes_left_alone_write_nothing(
    at_terminal: AtTerminal, papers: Path, editor: Editor
) -> None:
    os.utime(papers, ns=(1, 1))
    editor("text += '\\n'")
    status, screen = at_terminal("note", "llama")
    assert status == 0
    assert screen.endswith("LLaMA: nothing was changed\n")
    assert papers.stat().st_mtime_ns == 1


def test_notes_changed_by_others_meanwhile_are_not_overwritten(
    at_terminal: AtTerminal, papers: Path, editor: Editor, kept: Kept
) -> None:
    editor(f"""other = __import__("pathlib").Path({str(papers)!r})
other.write_text(other.read_text(encoding="utf-8").replace({_LINK!r}, "theirs"),
    encoding="utf-8")
text = "mine"
""")
    status, screen = at_terminal("note", "llama")
    assert (status, "was changed while you edited" in screen) == (1, True)
    assert "theirs" in papers.read_text(encoding="utf-8")
    [path] = kept()
    assert path.read_text(encoding="utf-8") == "mine"


def test_notes_in_another_encoding_are_shown_to_be_so(
    at_terminal: AtTerminal, papers: Path, editor: Editor, kept: Kept
) -> None:
    before = papers.read_bytes()
    editor("text = 'a\\ncaf\\udce9\\n'")
    status, screen = at_terminal("note", "llama", typed="g\n")
    assert (status, "line 2: this line is not UTF-8" in screen) == (1, True)
    assert papers.read_bytes() == before
    assert kept()[0].read_bytes() == b"a\ncaf\xe9"


def test_a_file_that_shows_notes_is_named(papers: Path, papertrack: Run) -> None:
    text = "<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
    Path("README.md").write_text(text, encoding="utf-8")
    named = '[markdown]\nfiles = ["../README.md"]\n'
    named = papers.read_text("utf-8").replace("[markdown]\n", named)
    papers.write_text(named, encoding="utf-8")
    export = "`papertrack export-markdown --all` writes this one there too"
    assert papertrack("note", "llama", "worth it").err == f"README.md shows notes: {export}\n"
    papers.write_text(re.sub("columns = .*", 'columns = ["title"]', named), encoding="utf-8")
    assert papertrack("note", "llama", "worth it").err == ""
