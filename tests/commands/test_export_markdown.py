import os
import re
from pathlib import Path

import pytest

from commandline import Git, Run

_CATALOGUE = """\
[labs]
OpenAI = []
Meta = ["Facebook"]

[markdown]
columns = ["title", "source", "status"]
headers = ["名称", "来源", "状态"]
group = "lab"
nothing = "NULL"
brackets = "《》"
files = ["../README.md"]

[markdown.short]
columns = ["title"]

[[paper]]
key = "gpt"
title = "GPT"
lab = "OpenAI"
status = "done"

[[paper]]
key = "llama"
name = "LLaMA"
title = "LLaMA: Open"
lab = "Meta"
year = 2023
tags = ["lm"]
"""
_TABLE = """\
| 名称 | 来源 | 状态 |
| --- | --- | --- |
| OpenAI | OpenAI | OpenAI |
| 《GPT》 | NULL | done |
| Meta | Meta | Meta |
| 《LLaMA: Open》 | 2023 | to-read |
"""
_META = """\
| 名称 | 来源 | 状态 |
| --- | --- | --- |
| Meta | Meta | Meta |
| 《LLaMA: Open》 | 2023 | to-read |
"""
_EMPTY = "# x\n<!-- papertrack:begin{} -->\n<!-- papertrack:end -->\n"


@pytest.fixture(autouse=True)
def readme(folder: Path) -> Path:
    path = folder / "data" / "papers.toml"
    path.parent.mkdir()
    path.write_text(_CATALOGUE, encoding="utf-8")
    readme = folder / "README.md"
    readme.write_text(_EMPTY.format(""), encoding="utf-8")
    return readme


@pytest.fixture
def other(folder: Path) -> Path:
    path = folder / "B.md"
    path.write_text(_EMPTY.format(" lab:Meta"), encoding="utf-8")
    return path


def test_the_table_goes_to_stdout(papertrack: Run) -> None:
    assert papertrack("export-markdown") == (0, _TABLE, "")


@pytest.mark.parametrize(
    "words",
    [
        ["lab:facebook"],
        ["--lab", "Meta"],
        ["--tag", "lm"],
        ["--status", "to-read"],
        ["--year", "2023", "-lab:OpenAI"],
    ],
    ids=" ".join,
)
def test_a_query_chooses_the_papers(papertrack: Run, words: list[str]) -> None:
    assert papertrack("export-markdown", *words) == (0, _META, "")


def test_a_look_is_chosen_by_name(papertrack: Run) -> None:
    assert papertrack("export-markdown", "--look", "short").out == (
        "| title |\n| --- |\n| GPT |\n| LLaMA: Open |\n"
    )
    wrong = papertrack("export-markdown", "--look", "shirt")
    assert wrong == (2, "", 'no look "shirt": did you mean short?\n')


def test_a_block_is_written_once(papertrack: Run, readme: Path) -> None:
    assert papertrack("export-markdown", "--into", "README.md") == (
        0,
        "",
        "README.md: 1 block, 2 papers; 2 rows changed\n",
    )
    assert _TABLE in readme.read_text(encoding="utf-8")
    os.utime(readme, ns=(1, 1))
    assert papertrack("export-markdown", "--into", "README.md") == (
        0,
        "",
        "README.md: 1 block, 2 papers; nothing to change\n",
    )
    assert readme.stat().st_mtime_ns == 1


@pytest.mark.parametrize(
    "words",
    [
        ["--into", "README.md", "--into", "B.md"],
        ["--into", "README.md", "B.md"],
        ["--into", "B.md", "README.md", "--force"],
        ["--all", "B.md"],
        ["--into", "B.md", "--all"],
    ],
    ids=" ".join,
)
def test_several_files_are_written(
    papertrack: Run, readme: Path, other: Path, words: list[str]
) -> None:
    assert papertrack("export-markdown", *words).status == 0
    assert _TABLE in readme.read_text(encoding="utf-8")
    assert _META in other.read_text(encoding="utf-8")
    assert papertrack("undo").status == 0  # one command, one entry
    assert readme.read_text(encoding="utf-8") == _EMPTY.format("")
    assert other.read_text(encoding="utf-8") == _EMPTY.format(" lab:Meta")


def test_all_files_are_made_before_the_first_is_written(
    papertrack: Run, readme: Path, other: Path
) -> None:
    other.write_text("no block\n", encoding="utf-8")
    result = papertrack("export-markdown", "--into", "README.md", "B.md")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("B.md has no block: add <!-- papertrack:begin -->")
    assert readme.read_text(encoding="utf-8") == _EMPTY.format("")


def test_check_names_the_stale_rows_and_writes_nothing(papertrack: Run, readme: Path) -> None:
    papertrack("export-markdown", "--into", "README.md")
    assert papertrack("export-markdown", "--into", "README.md", "--check").status == 0
    papertrack("done", "llama")
    before = readme.read_bytes()
    assert papertrack("export-markdown", "--all", "--check") == (
        1,
        "",
        (
            "stale: README.md; `papertrack export-markdown --into README.md` updates it\n"
            "  README.md:9: LLaMA: status was to-read, is done\n"
        ),
    )
    assert readme.read_bytes() == before


def test_diff_shows_what_would_change_and_writes_nothing(papertrack: Run, readme: Path) -> None:
    papertrack("export-markdown", "--into", "README.md")
    papertrack("done", "llama")
    before = readme.read_bytes()
    result = papertrack("export-markdown", "--into", "README.md", "--diff")
    assert result.status == 0
    assert (
        "-| 《LLaMA: Open》 | 2023 | to-read |\n+| 《LLaMA: Open》 | 2023 | done |\n" in result.out
    )
    assert result.out.startswith("--- a/README.md\n+++ b/README.md\n")
    assert readme.read_bytes() == before


def test_hand_edits_stay_unless_forced(papertrack: Run, readme: Path) -> None:
    papertrack("export-markdown", "--into", "README.md")
    good = readme.read_text(encoding="utf-8")
    readme.write_text(good.replace("2023", "2022"), encoding="utf-8")
    assert papertrack("export-markdown", "--into", "README.md") == (
        1,
        "",
        (
            "README.md was edited by hand: `papertrack import README.md` takes the edits into the "
            "catalogue, `papertrack export-markdown --into README.md --force` writes over them\n"
            "  README.md:9: LLaMA: source is 2022, the catalogue says 2023\n"
        ),
    )
    assert papertrack("export-markdown", "--into", "README.md", "--force").status == 0
    assert readme.read_text(encoding="utf-8") == good


def test_commands_in_messages_can_be_pasted_whatever_a_file_is_called(
    papertrack: Run, readme: Path
) -> None:
    name = "$(touch x) mine.md"
    readme.rename(name)
    papertrack("export-markdown", "--into", name)
    text = Path(name).read_text(encoding="utf-8")
    Path(name).write_text(text.replace("2023", "2022"), encoding="utf-8")
    edited = papertrack("export-markdown", "--into", name).err
    assert f"`papertrack import '{name}'` takes the edits" in edited
    assert f"`papertrack export-markdown --into '{name}' --force` writes" in edited


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--into", "README.md", "lab:Meta"], "lab:Meta: a block says itself which papers"),
        (["--into", "README.md", "--lab", "Meta"], "--lab: a block says itself"),
        (["--into", "README.md", "--look", "short"], "--look: a block says itself"),
        (["--into", "nosuch.md"], "no file nosuch.md"),
        (["--into", "data/papers.toml"], "data/papers.toml is the catalogue itself"),
        (["--check"], "which file? write --into README.md, or --all"),
        (["README.md"], "no paper matches README.md: to update that file, write --into README.md"),
        (["labb:Meta"], 'labb:Meta: no field "labb": did you mean lab'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_makes_no_sense_is_refused(papertrack: Run, words: list[str], message: str) -> None:
    result = papertrack("export-markdown", *words)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(message)


def test_all_without_files_says_where_to_name_them(papertrack: Run, folder: Path) -> None:
    path = folder / "data" / "papers.toml"
    path.write_text(_CATALOGUE.replace('files = ["../README.md"]\n', ""), encoding="utf-8")
    result = papertrack("export-markdown", "--all")
    assert result.status == 2
    assert 'write files = ["../README.md"] under [markdown]' in result.err
    assert "papertrack export-markdown --into README.md writes one file" in result.err


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("- [A](https://example.org/a)\n---\n", 0),
        ("Title | Year\n--- | ---\nA | 2020\n", 1),
        ("| Title |\n|:-|\n| A |\n", 1),
    ],
)
def test_a_list_of_bullets_is_not_to_be_adopted(
    papertrack: Run, folder: Path, text: str, times: int
) -> None:
    path = folder / "data" / "papers.toml"
    path.write_text(_CATALOGUE.replace('files = ["../README.md"]\n', ""), encoding="utf-8")
    (folder / "README.md").write_text(text, encoding="utf-8")
    result = papertrack("export-markdown", "--all")
    assert result.status == 2
    assert result.err.count("README.md --adopt") == times


def test_papers_that_stand_in_no_block_are_named(
    papertrack: Run, readme: Path, folder: Path
) -> None:
    readme.write_text(_EMPTY.format(" lab:Meta"), encoding="utf-8")
    assert papertrack("export-markdown", "--all") == (
        0,
        "",
        "README.md: 1 block, 1 paper; 1 row changed\n1 paper stands in no block: gpt\n",
    )
    assert "no block" not in papertrack("export-markdown", "--into", "README.md").err
    assert papertrack("export-markdown", "--all", "--check").status == 0
    assert folder.is_dir()


@pytest.mark.slow
def test_a_block_in_a_real_merge_is_made_anew(papertrack: Run, readme: Path, git: Git) -> None:
    def commit(*words: str) -> None:
        papertrack(*words)
        papertrack("export-markdown", "--all")
        git("add", "-A")
        assert git("commit", "-qm", "x") == 0

    commit("export-markdown", "--all")
    git("branch", "other")
    commit("done", "llama")
    git("checkout", "-q", "other")
    commit("edit", "llama", "--set", "year=2022")
    assert git("merge", "-q", "main") == 1
    catalogue = readme.parent / "data" / "papers.toml"
    git("checkout", "-q", "--theirs", "data/papers.toml")
    if "<<<<<<<" in catalogue.read_text(encoding="utf-8"):
        pytest.fail("the catalogue is whole again")
    papertrack("edit", "llama", "--set", "year=2021")  # as on neither side
    check = papertrack("export-markdown", "--all", "--check")
    assert check.status == 1
    assert "README.md:9: a conflict that git left, up to line 1" in check.err
    assert papertrack("check").status == 1
    assert papertrack("export-markdown", "--all") == (
        0,
        "",
        "README.md: 1 block, 2 papers; 1 conflict resolved\n",
    )
    text = readme.read_text(encoding="utf-8")
    assert "| 《LLaMA: Open》 | 2021 | done |" in text
    assert "<<<<<<<" not in text
    assert papertrack("export-markdown", "--all", "--check").status == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Put the table here.\n", "README.md:4: Put the table here."),
        ("# is old text\n", "README.md:4: # is old text"),
        ("\n| a | b |\n|---|---|\n| 1 | 2 |\n", "README.md:5: a | b"),
    ],
    ids=["placeholder", "heading", "another table"],
)
def test_a_block_of_what_is_no_table_of_papers_can_be_written_over(
    papertrack: Run, readme: Path, text: str, line: str
) -> None:
    old = f"# L\n\n<!-- papertrack:begin -->\n{text}<!-- papertrack:end -->\n"
    readme.write_text(old, encoding="utf-8")
    status, out, err = papertrack("export-markdown", "--into", "README.md")
    assert (status, out) == (1, "")
    force = ("export-markdown", "--into", "README.md", "--force")
    assert err.splitlines()[0].endswith(
        f"what stands between the markers is not a table of papers: `papertrack {' '.join(force)}` "
        "writes over it"
    )
    assert err.splitlines()[1] == f"  {line}"
    taken_in = papertrack("import", "README.md")
    assert "edited by hand" not in taken_in.err
    assert "no longer in it" not in taken_in.err
    assert readme.read_text(encoding="utf-8") == old
    assert papertrack(*force).status == 0
    assert papertrack("export-markdown", "--into", "README.md", "--check").status == 0


def test_a_table_of_papers_in_a_block_never_written_is_taken_in(
    papertrack: Run, readme: Path
) -> None:
    table = "| title | year |\n|---|---|\n| A paper of mine | 2020 |\n"
    readme.write_text(
        f"<!-- papertrack:begin -->\n{table}<!-- papertrack:end -->\n", encoding="utf-8"
    )
    refused = papertrack("export-markdown", "--into", "README.md")
    assert "`papertrack import README.md` takes the edits into the catalogue" in refused.err
    assert papertrack("import", "README.md").status == 0
    assert "A paper of mine" in papertrack("list").out


def test_a_heading_alone_is_no_row(papertrack: Run, folder: Path) -> None:
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    path = folder / "data" / "papers.toml"
    path.write_text(_CATALOGUE.replace("来源", "出处"), encoding="utf-8")
    done = papertrack("export-markdown", "--into", "README.md")
    assert done.err == "README.md: 1 block, 2 papers; 1 heading changed\n"


def test_a_difference_is_what_would_change(papertrack: Run, readme: Path) -> None:
    before = readme.read_bytes()
    done = papertrack("export-markdown", "--into", "README.md", "--diff")
    assert done.err == "README.md: 1 block, 2 papers; 2 rows would change\n"
    assert readme.read_bytes() == before


def test_a_table_on_stdout_can_link_to_the_page(papertrack: Run, folder: Path) -> None:
    (folder / "my list.html").touch()
    plain = papertrack("export-markdown", "lab:Meta").out
    linked = papertrack("export-markdown", "lab:Meta", "--link-to", "my list.html")
    assert linked == (0, f"{plain}\n[网页版清单](my%20list.html)\n", "")


def test_a_link_is_in_the_language_of_the_list(papertrack: Run, folder: Path) -> None:
    path = folder / "data" / "papers.toml"
    english = re.sub("(?m)^headers = .*", 'headers = ["Title", "Source", "Status"]', _CATALOGUE)
    path.write_text(english, encoding="utf-8")
    (folder / "list.html").touch()
    linked = papertrack("export-markdown", "lab:Meta", "--link-to", "list.html")
    assert linked.out.endswith("\n[The list as a page](list.html)\n")


@pytest.mark.parametrize(
    ("page", "warning"),
    [
        (
            "list.html#lab=Meta",
            "warning: list.html does not exist: `papertrack export --into list.html` writes it\n",
        ),
        ("page.txt", "warning: page.txt does not exist\n"),
        ("README.md", ""),
        ("https://example.org/list.html", ""),
    ],
)
def test_a_link_to_a_page_that_does_not_exist_is_warned_of(
    papertrack: Run, page: str, warning: str
) -> None:
    linked = papertrack("export-markdown", "lab:Meta", "--link-to", page)
    assert (linked.status, linked.err) == (0, warning)


_BLOCK = "<!-- papertrack:begin lab:Meta -->\n<!-- papertrack:end -->"
_LINK = "[网页版清单](list.html)"


@pytest.mark.parametrize(
    ("text", "below"),
    [
        pytest.param(f"{_BLOCK}", f"\n\n{_LINK}\n", id="at the end, without a line end"),
        pytest.param(f"{_BLOCK}\n", f"\n\n{_LINK}\n", id="at the end"),
        pytest.param(f"{_BLOCK}\nwords\n", f"\n\n{_LINK}\n\nwords\n", id="above words"),
        pytest.param(f"{_BLOCK}\n\n# M\n", f"\n\n{_LINK}\n\n# M\n", id="above a heading"),
        pytest.param(f"{_BLOCK}\n\nSee [it](list.html).\n", "", id="there is one"),
        pytest.param(f"{_BLOCK}\n\n[Meta](list.html#lab=Meta)\n", "", id="there is one to a part"),
    ],
)
def test_a_file_gets_a_link_to_the_page_below_its_last_block_once(
    papertrack: Run, readme: Path, text: str, below: str
) -> None:
    readme.write_text(f"{_BLOCK}\n\n{text}", encoding="utf-8")
    stale = papertrack(
        "export-markdown", "--into", "README.md", "--link-to", "list.html", "--check"
    )
    assert ("README.md: no link to list.html" in stale.err) is bool(below)
    done = papertrack("export-markdown", "--into", "README.md", "--link-to", "list.html")
    assert ("changed, link to list.html added" in done.err) is bool(below)
    written = readme.read_text(encoding="utf-8")
    _, _, rest = written.rpartition("<!-- papertrack:end ")
    assert rest.partition("-->")[2] == (below or text.removeprefix(_BLOCK))
    again = papertrack(
        "export-markdown", "--into", "README.md", "--link-to", "list.html", "--check"
    )
    assert (again.status, readme.read_text(encoding="utf-8")) == (0, written)
    assert papertrack("export-markdown", "--into", "README.md", "--check").status == 0
    assert "2 papers, 2 headings\n" in papertrack("import", "README.md", "--dry-run").out
    assert papertrack("check", "--only", "stale-block").status == 0


def test_a_link_is_seen_from_the_folder_of_its_file(papertrack: Run, folder: Path) -> None:
    page = folder / "docs" / "README.md"
    page.parent.mkdir()
    page.write_bytes(_BLOCK.replace("\n", "\r\n").encode())
    done = papertrack(
        "export-markdown", "--into", "docs/README.md", "--link-to", "docs/my list.html"
    )
    assert done.status == 0
    link = "-->\r\n\r\n[网页版清单](my%20list.html)\r\n"
    assert page.read_bytes().endswith(link.encode())


@pytest.mark.parametrize("page", ["javascript:alert(1)", "a\nb", "data:text/html,x", " "])
@pytest.mark.parametrize("into", [[], ["--into", "README.md"]])
def test_what_is_no_page_is_not_linked_to(
    papertrack: Run, readme: Path, page: str, into: list[str]
) -> None:
    before = readme.read_bytes()
    refused = papertrack("export-markdown", *into, "--link-to", page)
    assert (refused.status, refused.out) == (2, "")
    assert "is not a page: write --link-to list.html" in refused.err
    assert readme.read_bytes() == before
