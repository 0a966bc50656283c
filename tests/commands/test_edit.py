import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from commandline import AtTerminal, Editor, Kept, Run
from papertrack.catalogue.draft import Draft
from papertrack.commands import edit


def _paper_texts(path: Path) -> dict[str, str]:
    """Return the text of each paper by its key, and what is above them."""
    head, *texts = path.read_text(encoding="utf-8").split("[[paper]]")
    return {"": head, **{it.split('"')[1]: it for it in texts}}


def test_options_change_that_paper_and_nothing_else(papertrack: Run, papers: Path) -> None:
    before = _paper_texts(papers)
    done = papertrack("edit", "LLaMA", "--set", "year=2024", "--unset", "venue", "--add-tag", "a,b")
    lines = ("no venue any more (was facebook research)", "year 2024 (was 2023)", "tags a, b")
    assert done == (0, "".join(f"LLaMA: {line}\n" for line in lines), "")
    after = _paper_texts(papers)
    llama = after.pop("llama")
    assert after == {key: text for key, text in before.items() if key != "llama"}
    assert "\nyear = 2024\n" in llama
    assert '\ntags = ["a", "b"]\n' in llama
    assert "venue" not in llama


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--set", "lab=deepmind"], 'lab = "DeepMind"'),
        (["--set", "lab=Mistral"], 'lab = "Mistral"'),
        (["--set", "tags=a，b, a"], 'tags = ["a", "b"]'),
        (["--set", "author=Ada Lovelace, 王力"], 'authors = ["Ada Lovelace", "王力"]'),
        (
            ["--set", "links=https://a.org/b,c", "--set", "link=https://d.org"],
            'links = ["https://a.org/b,c", "https://d.org"]',
        ),
        (["--set", "arxiv=https://arxiv.org/abs/1706.03762v1"], 'arxiv = "1706.03762"'),
        (["--set", "title=a=b"], 'title = "a=b"'),
        (["--set", "key=llama-1"], 'key = "llama-1"'),
        (["--set", "tags=a,b", "--add-tag", "c", "--add-tag", "A"], 'tags = ["a", "b", "c"]'),
        (["--set", "added=2023-03-01"], "added = 2023-03-01"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "",
)
def test_a_value_is_taken_as_its_field_has_it(
    papertrack: Run, papers: Path, words: list[str], line: str
) -> None:
    assert papertrack("edit", "llama", *words)[0] == 0
    assert f"\n{line}\n" in papers.read_text(encoding="utf-8")


def test_tags_go_however_they_are_spelled(papertrack: Run, papers: Path) -> None:
    papertrack("edit", "llama", "--set", "tags=Few-Shot,rlhf")
    _, out, _ = papertrack("edit", "llama", "--remove-tag", "few shot")
    assert out == "LLaMA: tags rlhf (was Few-Shot, rlhf)\n"
    assert papertrack("edit", "llama", "--remove-tag", "rlhf")[1].startswith("LLaMA: no tags")
    assert "tags" not in _paper_texts(papers)["llama"]


@pytest.mark.parametrize(
    ("words", "notes"),
    [(["--set", "notes=new"], "new\n{}: more"), (["--unset", "notes"], "{}: more")],
    ids=["set", "unset"],
)
@pytest.mark.usefixtures("papers")
def test_a_note_stands_below_the_notes_that_are_set_with_it(
    papertrack: Run, words: list[str], notes: str
) -> None:
    papertrack("edit", "llama", "--set", "notes=old")
    assert papertrack("edit", "llama", *words, "--note", "more").status == 0
    today = datetime.now().astimezone().date().isoformat()
    shown = json.loads(papertrack("show", "llama", "--json").out)
    assert shown["notes"].rstrip("\n") == notes.format(today)


def test_a_status_brings_its_dates_as_done_does(papertrack: Run, papers: Path) -> None:
    today = datetime.now().astimezone().date()
    _, out, _ = papertrack("edit", "llama", "--set", "status=read")
    assert out == f"LLaMA: status done (was to-read)\nLLaMA: finished {today}\n"
    papertrack("edit", "peer", "--set", "status=done", "--set", "finished=2023-03-01")
    assert "finished = 2023-03-01\n" in _paper_texts(papers)["peer"]
    papertrack("edit", "peer", "--unset", "status")
    assert "finished" not in _paper_texts(papers)["peer"]
    assert "status" not in _paper_texts(papers)["peer"]


@pytest.mark.parametrize(
    "words",
    [
        ["--set", "year=2023"],
        ["--set", "lab=facebook"],
        ["--set", "status=to-read"],
        ["--unset", "tags"],
    ],
    ids=" ".join,
)
def test_what_is_so_already_writes_nothing(papertrack: Run, papers: Path, words: list[str]) -> None:
    os.utime(papers, ns=(1, 1))
    assert papertrack("edit", "llama", *words) == (0, "LLaMA: nothing to change\n", "")
    assert papers.stat().st_mtime_ns == 1


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["--set", "year=20x3"], 2, 'year "20x3" is not a year'),
        (["--set", "yaer=2023"], 2, 'no field "yaer": did you mean year?'),
        (["--set", "year"], 2, "--set year=2023"),
        (["--set", "venue="], 2, "--unset venue takes it away"),
        (["--set", "title= "], 2, "nothing follows title="),
        (["--set", "year=2022", "--set", "year=2023"], 2, "year is set twice"),
        (["--set", "year=2022", "--unset", "year"], 2, "both set and unset"),
        (["--unset", "title"], 2, "--set title=… changes it"),
        (["--unset", "key"], 2, "a paper has a key"),
        (["--add-tag", " , "], 2, "tags is empty"),
        (["--set", "key=GPT 2"], 2, "write gpt-2"),
        (["--set", "key=gpt-2"], 1, "the key gpt-2 is taken"),
        (["--remove-tag", "vision"], 1, "no tag "),
        ([], 2, "use --set, such as papertrack edit llama --set year=2023"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "",
)
def test_what_makes_no_sense_is_refused(
    papertrack: Run, papers: Path, words: list[str], status: int, message: str
) -> None:
    before = papers.read_bytes()
    result, out, err = papertrack("edit", "llama", *words)
    assert (result, out) == (status, "")
    assert message in err
    assert err.count("\n") == 1
    assert papers.read_bytes() == before


def test_a_key_changed_in_the_editor_is_changed_where_two_papers_are_distinct(
    at_terminal: AtTerminal, papertrack: Run, papers: Path, editor: Editor
) -> None:
    papertrack("check", "--distinct", "llama", "gpt-2")
    editor("""text = text.replace('"llama"', '"llama-1"')""")
    assert at_terminal("edit", "llama")[0] == 0
    assert '[["llama-1", "gpt-2"]]' in papers.read_text(encoding="utf-8")


def test_the_editor_gets_the_papers_own_text_and_saves_it(
    at_terminal: AtTerminal, papers: Path, editor: Editor, kept: Kept
) -> None:
    before = _paper_texts(papers)
    editor("""assert text.count("[[paper]]") == 1
text = text.replace("year = 2023", "year = 2024  # or so").replace("title", "# mine\\ntitle")""")
    status, screen = at_terminal("edit", "llama")
    assert (status, screen) == (0, "LLaMA: year 2024 (was 2023)\n")
    after = _paper_texts(papers)
    expected = before["llama"].replace("year = 2023", "year = 2024  # or so")
    assert after.pop("llama") == expected.replace("title", "# mine\ntitle")
    assert after == {key: text for key, text in before.items() if key != "llama"}
    assert kept() == []


def test_nothing_changed_in_the_editor_writes_nothing(
    at_terminal: AtTerminal, papers: Path, editor: Editor, kept: Kept
) -> None:
    os.utime(papers, ns=(1, 1))
    editor("pass")
    status, screen = at_terminal("edit", "llama")
    assert status == 0
    assert screen.endswith("LLaMA: nothing was changed\n")
    assert "came back at once" in " ".join(screen.split())
    assert ' --wait"' in " ".join(screen.split())  # its line may be folded
    assert papers.stat().st_mtime_ns == 1
    assert kept() == []


def test_faults_stand_beside_the_text_until_they_are_fixed(
    at_terminal: AtTerminal, papers: Path, editor: Editor
) -> None:
    editor(
        """text = text.replace("year = 2023", 'year = "20x3"')""",
        """line = next(it for it in text.splitlines() if "#!" in it)
assert "is not a year" in line and text.index(line) == text.index("year =") - len(line) - 1
text = text.replace('"20x3"', "2021")""",
    )
    status, screen = at_terminal("edit", "llama", typed="\n")
    assert status == 0
    assert ': year "20x3" is not a year' in screen
    assert screen.endswith("LLaMA: year 2021 (was 2023)\n")
    assert "#!" not in papers.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        ('text = text.replace("year =", "year = = ")', "warning: line "),
        ("""text = text.replace('"llama"', '"gpt-2"')""", 'line 2: key "gpt-2" is taken'),
        ('text = ""', "papertrack remove llama"),
        ('text = text + text.replace("llama", "l")', "line 1"),
        ("""text = text.replace('title = "LLaMA', 'title = "caf\\udce9')""", "line 4"),
    ],
    ids=["syntax", "a taken key", "nothing left", "two papers", "not UTF-8"],
)
def test_giving_up_changes_nothing_and_keeps_what_was_typed(
    at_terminal: AtTerminal, papers: Path, editor: Editor, kept: Kept, edit: str, message: str
) -> None:
    before = papers.read_bytes()
    editor(edit)
    status, screen = at_terminal("edit", "llama", typed="g\n")
    assert status == 1
    assert message in screen
    [path] = kept()
    assert f"given up: nothing was changed\n  what you typed is kept in {path}\n" in screen
    assert path.name == "llama.toml"
    assert papers.read_bytes() == before


def test_a_paper_changed_by_others_meanwhile_is_not_overwritten(
    at_terminal: AtTerminal, papers: Path, editor: Editor, kept: Kept
) -> None:
    editor(f"""other = __import__("pathlib").Path({str(papers)!r})
other.write_text(other.read_text(encoding="utf-8").replace("year = 2023", "year = 2022"),
    encoding="utf-8")
text = text.replace("year = 2023", "year = 2024")""")
    status, screen = at_terminal("edit", "llama")
    assert status == 1
    assert "llama was changed while you edited: nothing was saved" in screen
    assert "year = 2022" in _paper_texts(papers)["llama"]
    [path] = kept()
    assert "year = 2024" in path.read_text(encoding="utf-8")


def test_another_paper_changed_meanwhile_is_no_matter(
    at_terminal: AtTerminal, papers: Path, editor: Editor
) -> None:
    editor(f"""other = __import__("pathlib").Path({str(papers)!r})
other.write_text(other.read_text(encoding="utf-8").replace("2018", "2017"), encoding="utf-8")
text = text.replace("year = 2023", "year = 2024")""")
    assert at_terminal("edit", "llama")[0] == 0
    assert "year = 2024" in _paper_texts(papers)["llama"]
    assert "year = 2017" in _paper_texts(papers)["gpt"]


def test_a_paper_removed_meanwhile_is_not_brought_back(
    at_terminal: AtTerminal, papers: Path, editor: Editor, kept: Kept
) -> None:
    editor(f"""other = __import__("pathlib").Path({str(papers)!r})
head, *texts = other.read_text(encoding="utf-8").split("[[paper]]")
other.write_text("[[paper]]".join([head, *(it for it in texts if '"llama"' not in it)]),
    encoding="utf-8")
text = text.replace("year = 2023", "year = 2024")""")
    status, screen = at_terminal("edit", "llama")
    assert (status, "was changed while you edited" in screen) == (1, True)
    assert len(kept()) == 1


def test_a_key_that_papertrack_does_not_know_is_kept_and_named(
    at_terminal: AtTerminal, papers: Path, editor: Editor
) -> None:
    editor('text = text.replace("year", "yaer")')
    status, screen = at_terminal("edit", "llama")
    assert status == 0
    assert "warning: papertrack does not know yaer: it is kept as it is" in screen
    assert "yaer = 2023" in papers.read_text(encoding="utf-8")


def test_an_edit_can_be_undone(
    at_terminal: AtTerminal, papertrack: Run, papers: Path, editor: Editor
) -> None:
    before = papers.read_bytes()
    editor('text = "# new\\n" + text.replace("LLaMA", "L")')
    assert at_terminal("edit", "llama")[0] == 0
    assert papers.read_bytes() != before
    assert papertrack("undo")[0] == 0
    assert papers.read_bytes() == before


_TEXT = """\
[[paper]]
title = "LLaMA"
year = 2023
"""


@pytest.mark.parametrize(
    ("own_text", "line"),
    [
        pytest.param(_TEXT, None, id="as it is"),
        pytest.param('[[paper]]\ntitle = "L"\nyear = "x"\n', 3, id="a bad year"),
        pytest.param('[[paper]]\ntitle = "L"\n\nkey = "peer"\n', 4, id="a key that is taken"),
        pytest.param("# nothing\n", 1, id="no paper"),
        pytest.param('[[paper]]\ntitle = "A"\n[[paper]]\ntitle = "B"\n', 1, id="two papers"),
    ],
)
def test_faults_of_a_papers_text_have_its_own_lines(own_text: str, line: int | None) -> None:
    text = f'{_TEXT}\n[[paper]]\nkey = "peer"\ntitle = "PEER"\n'
    faults = edit.own_text_faults(text, "llama", own_text)
    assert [fault.line for fault in faults] == ([] if line is None else [line])


def test_only_new_strange_keys_are_named() -> None:
    before = '[[paper]]\ntitle = "A"\nrating = 1\n'
    assert edit.new_strange_keys(before, f"{before}yaer = 1\n") == ["yaer"]


def test_the_text_of_a_paper_that_is_gone_is_none() -> None:
    assert edit.own_text_of(Draft(_TEXT), "peer") is None
    assert str(edit.own_text_of(Draft(_TEXT), "llama")).startswith("[[paper]]")


@pytest.mark.usefixtures("papers")
def test_several_papers_are_edited_at_once(papertrack: Run) -> None:
    words = ["--tag", "x", "--author", "Ann Lee", "--priority", "1", "--note", "soon"]
    done = papertrack("edit", "llama", "peer", *words)
    assert done[0] == 0
    assert done[1].splitlines()[:3] == [
        "LLaMA: authors Ann Lee",
        "LLaMA: tags x",
        "LLaMA: priority 1",
    ]
    assert done[1].endswith("2 of 2 changed\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["llama", "peer", "--set", "key=x"], "no two papers have the same key"),
        pytest.param(["llama", "peer"], "the editor opens one paper"),
        pytest.param(["--all", "lab:Meta"], "the editor opens one paper"),
        pytest.param(["--all", "lab:Meta", "--tag", "x"], "give --yes"),
        pytest.param(["llama", "--priority", "9"], "1 (first) to 5"),
        pytest.param(["llama", "--set", "finished=9999-01-01"], "still to come"),
        pytest.param(
            ["llama", "--set", "started=2023-02-01", "--set", "finished=2023-01-01"],
            "finished 2023-01-01 is before started 2023-02-01",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_of_these_papers_is_refused(
    words: list[str], message: str, papertrack: Run, papers: Path
) -> None:
    before = papers.read_bytes()
    done = papertrack("edit", *words)
    assert done[:2] == (2, "")
    assert message in done[2]
    assert papers.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        pytest.param(["llama", "+rlhf"], "rlhf", id="one"),
        pytest.param(["llama", "+two words", "+a,b"], "two words, a, b", id="several"),
        pytest.param(["+x", "llama"], "x", id="before the paper"),
        pytest.param(["--all", "key:llama", "-year:2022", "+x", "--yes"], "x", id="a query"),
    ],
)
def test_tag_adds_tags(words: list[str], tags: str, papertrack: Run, papers: Path) -> None:
    assert papers.exists()
    assert papertrack("tag", *words) == (0, f"LLaMA: tags {tags}\n", "")


def test_tag_removes_tags(papertrack: Run, papers: Path) -> None:
    assert papers.exists()
    papertrack("tag", "llama", "peer", "+a", "+b")
    done = papertrack("tag", "llama", "peer", "-a", "+c")
    assert done[1].startswith("LLaMA: tags b, c (was a, b)\n")


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        pytest.param(["llama", "x"], 2, "write +TAG or -TAG", id="no sign"),
        pytest.param(["+x"], 2, "no paper is named", id="no paper"),
        pytest.param(["llama", "-nobodys"], 1, "no tag", id="a tag that nobody has"),
        pytest.param(["llama", "++x"], 2, "++x has two signs: write +x", id="two signs"),
        pytest.param(["llama", "+"], 2, "+ names no tag: write +TAG", id="an empty tag"),
    ],
)
def test_tag_says_what_it_lacks(
    words: list[str], status: int, message: str, papertrack: Run
) -> None:
    done = papertrack("tag", *words)
    assert done[:2] == (status, "")
    assert message in done[2]


@pytest.mark.parametrize("absent", ["nobodys", "b"], ids=["nobody has it", "another has it"])
def test_a_tag_that_a_paper_lacks_keeps_nothing_else_from_being_done(
    absent: str, papertrack: Run, papers: Path
) -> None:
    assert papers.exists()
    papertrack("tag", "peer", "+b")
    expected = (0, "LLaMA: tags rlhf\n", f"LLaMA had no tag {absent}\n")
    assert papertrack("tag", "llama", "+rlhf", f"-{absent}") == expected


def test_a_tag_that_only_others_have_is_gone_already(papertrack: Run, papers: Path) -> None:
    papertrack("tag", "peer", "+b")
    before = papers.read_bytes()
    expected = (0, "LLaMA: nothing to change\n", "LLaMA had no tag b\n")
    assert papertrack("edit", "llama", "--remove-tag", "b") == expected
    assert papers.read_bytes() == before


def test_a_tag_called_y_is_no_answer(papertrack: Run, papers: Path) -> None:
    assert papers.exists()
    papertrack("tag", "llama", "+y")
    assert papertrack("tag", "llama", "+x", "-y") == (0, "LLaMA: tags x (was y)\n", "")


@pytest.mark.usefixtures("papers")
def test_priority_takes_papers_and_a_number(papertrack: Run) -> None:
    assert papertrack("priority", "llama", "2") == (0, "LLaMA: priority 2\n", "")
    assert papertrack("priority", "llama", "none")[1] == "LLaMA: no priority any more (was 2)\n"
    assert papertrack("priority", "llama")[0] == 2
    assert papertrack("priority", "llama", "peer")[0] == 2
    turned = "the priority comes last: papertrack priority peer llama 1\n"
    assert papertrack("priority", "1", "peer", "llama")[2] == turned


@pytest.mark.usefixtures("papers")
def test_many_tags_are_named_as_they_are_now(papertrack: Run) -> None:
    tags = [f"coral-reefs-{number}" for number in range(5)]
    papertrack("tag", "llama", *(f"+{tag}" for tag in tags))
    done = papertrack("tag", "llama", "+x", "-coral-reefs-0")
    assert done[1] == f"LLaMA: tags {', '.join([*tags[1:], 'x'])}\n"


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize("year", ["20", "99999", "0999"])
def test_a_year_has_four_digits(papertrack: Run, year: str) -> None:
    refused = f'year "{year}" is not a year: write four digits, such as 2023\n'
    assert papertrack("edit", "llama", "--set", f"year={year}")[2] == refused


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize(
    ("typed", "authors"),
    [
        ("Lee, Ann", ["Lee", "Ann"]),
        ("Lee, Ann;", ["Lee, Ann"]),
        ("Smith, J., Doe, A. B.", ["Smith, J.", "Doe, A. B."]),
        ("Ann Lee and Bo Li", ["Ann Lee", "Bo Li"]),
        ("Ann Lee, et al.", ["Ann Lee", "et al."]),
    ],
)
def test_authors_are_parted_as_import_does(typed: str, authors: list[str], papertrack: Run) -> None:
    result = papertrack("edit", "llama", "--set", f"authors={typed}")
    assert result.status == 0
    assert (f"2 authors: {' · '.join(authors)}" in result.err) == (len(authors) > 1)
    assert json.loads(papertrack("show", "llama", "--json").out)["authors"] == authors


def test_absent_fields_stand_there_as_comments_to_be_filled_in(
    at_terminal: AtTerminal, papers: Path, editor: Editor
) -> None:
    before = papers.read_text(encoding="utf-8")
    editor("text = text.replace('# venue = \"NeurIPS\"', 'venue = \"ICLR\"')")
    assert at_terminal("edit", "gpt-3") == (0, "GPT-3: venue ICLR\n")
    after = papers.read_text(encoding="utf-8")
    assert after.replace('venue = "ICLR"\n', "") == before


def test_what_a_closed_terminal_left_behind_is_offered(
    at_terminal: AtTerminal, papers: Path, folder: Path, editor: Editor, kept: Kept
) -> None:
    assert papers.exists()
    left = folder.parent / "state" / "edits" / "999999999-x" / "llama.toml"
    left.parent.mkdir(parents=True)
    left.write_text('[[paper]]\nkey = "llama"\ntitle = "Typed at night"\n', encoding="utf-8")
    editor("pass")
    status, screen = at_terminal("edit", "llama", typed="y\n")
    assert (status, "Go on with what you typed on " in screen) == (0, True)
    assert "Typed at night" in papers.read_text(encoding="utf-8")
    assert kept() == []


def test_what_is_not_wanted_is_kept_and_not_offered_again(
    at_terminal: AtTerminal, papers: Path, folder: Path, editor: Editor, kept: Kept
) -> None:
    assert papers.exists()
    left = folder.parent / "state" / "edits" / "999999999-x" / "llama.toml"
    left.parent.mkdir(parents=True)
    left.write_text("typed", encoding="utf-8")
    editor("pass")
    assert "it is kept in " in at_terminal("edit", "llama", typed="n\n").screen
    assert [path.read_text(encoding="utf-8") for path in kept()] == ["typed"]
    assert "Go on" not in at_terminal("edit", "llama").screen


class TestOwnColumns:
    """`--set column:Code=…` sets a column of the list's owner."""

    def _columns(self, papertrack: Run) -> object:
        return json.loads(papertrack("show", "llama", "--json").out)["columns"]

    def test_are_set_and_taken_away(self, papertrack: Run, papers: Path) -> None:
        before = papers.read_bytes()
        done = papertrack("edit", "llama", "--set", "column:Code=https://x.org/a=b")
        assert done == (0, "LLaMA: column:Code https://x.org/a=b\n", "")
        assert self._columns(papertrack) == {"Code": "https://x.org/a=b"}
        changed = papertrack(
            "edit", "llama", "--set", "Column: code =new", "--set", "column:代码=1"
        )
        assert changed.out == (
            "LLaMA: column:Code new (was https://x.org/a=b)\nLLaMA: column:代码 1\n"
        )
        papertrack("edit", "llama", "--unset", "column:代码")
        gone = papertrack("edit", "llama", "--set", "column:Code=")
        assert gone == (0, "LLaMA: no column:Code any more (was new)\n", "")
        assert papers.read_bytes() == before

    @pytest.mark.usefixtures("papers")
    def test_of_several_papers_are_set_at_once(self, papertrack: Run) -> None:
        done = papertrack("edit", "llama", "peer", "--set", "column:Owner=me", "--set", "year=2020")
        assert done.out.endswith("2 of 2 changed\n")
        assert self._columns(papertrack) == {"Owner": "me"}

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["--set", "column:=x"], "names no column"),
            (["--set", "column:a"], "sets nothing: write --set column:a=…"),
            (["--set", "column:a=x", "--set", "column:a=y"], "column:a is named twice"),
            (["--set", "column:a=x", "--unset", "column:a"], "named twice"),
        ],
        ids=["no name", "no text", "twice", "both"],
    )
    @pytest.mark.usefixtures("papers")
    def test_that_make_no_sense_are_refused(
        self, papertrack: Run, words: list[str], message: str
    ) -> None:
        done = papertrack("edit", "llama", *words)
        assert done[:2] == (2, "")
        assert message in done.err


def test_what_was_typed_and_never_saved_is_offered_once(
    at_terminal: AtTerminal,
    papers: Path,
    folder: Path,
    editor: Editor,
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert papers.exists()
    left = folder.parent / "state" / "edits" / "999999999-x" / "llama.toml"
    left.parent.mkdir(parents=True)
    left.write_text("typed = ", encoding="utf-8")
    editor("pass")

    def interrupted(_: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("papertrack.terminal.prompts.confirm", interrupted)
        status, screen = at_terminal("edit", "llama")
    aside = folder.parent / "state" / "edits" / "aside-999999999-x" / "llama.toml"
    assert (status, f"it is kept in {aside}" in screen) == (130, True)
    assert [path.read_text(encoding="utf-8") for path in kept()] == ["typed = "]
    assert "Go on" not in at_terminal("edit", "llama").screen


def test_what_is_gone_on_with_and_still_wrong_is_not_offered_again(
    at_terminal: AtTerminal, papers: Path, folder: Path, editor: Editor, kept: Kept
) -> None:
    assert papers.exists()
    left = folder.parent / "state" / "edits" / "999999999-x" / "llama.toml"
    left.parent.mkdir(parents=True)
    left.write_text("typed = ", encoding="utf-8")
    editor("pass")
    status, screen = at_terminal("edit", "llama", typed="y\ng\n")
    assert (status, "what you typed is kept in " in screen) == (1, True)
    assert "Go on" not in at_terminal("edit", "llama").screen
    assert len(kept()) == 1


@pytest.mark.parametrize("typed", ["2021年", "２０２１", "2021"])
def test_a_year_is_typed_as_people_do(typed: str, papers: Path, papertrack: Run) -> None:
    assert papertrack("edit", "llama", "--set", f"year={typed}").status == 0
    assert "year = 2021" in papers.read_text(encoding="utf-8")
