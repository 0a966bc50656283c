"""`papertrack git install` and the merges that git then does."""

import subprocess
import sys
from pathlib import Path

import pytest

from commandline import Git, Run

_BASE = """\
[[paper]]
key = "llama"
title = "LLaMA"

[[paper]]
key = "gpt"
title = "GPT"
"""
_DRIVER = (
    "papertrack merge-driver %O %A %B %L %P"
    " || (s=$?; test $s = 127 && git merge-file -L ours -L base -L theirs"
    " --marker-size=%L %A %O %B || exit $s)"
)
_CONFIG = f"""\
[merge "papertrack"]
\tname = papertrack: papers one by one
\tdriver = "{_DRIVER}"
\trecursive = binary
"""
_LINE = "papers.toml merge=papertrack\n"


@pytest.fixture
def catalogue(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text(_BASE, encoding="utf-8")
    return path


def test_installing_writes_settings_and_one_line_once(
    papertrack: Run, folder: Path, git: Git
) -> None:
    assert git("config", "user.name", "x") == 0
    config, attributes = folder / ".git" / "config", folder / ".gitattributes"
    before = config.read_text(encoding="utf-8")
    lines = (
        "git config --local merge.papertrack.name 'papertrack: papers one by one'\n"
        f"git config --local merge.papertrack.driver '{_DRIVER}'\n"
        "git config --local merge.papertrack.recursive 'binary'\n"
        ".gitattributes: papers.toml merge=papertrack\n"
    )
    dry = papertrack("git", "install", "--dry-run")
    assert dry.out == "".join(f"would write: {line}\n" for line in lines.splitlines())
    assert (config.read_text(encoding="utf-8"), attributes.exists()) == (before, False)
    done = papertrack("git", "install")
    assert (done.status, done.out) == (0, lines)
    assert done.err.startswith("commit .gitattributes; each clone needs its own")
    assert config.read_text(encoding="utf-8") == before + _CONFIG
    assert attributes.read_text(encoding="utf-8") == _LINE
    assert papertrack("git", "install") == (0, "nothing to change\n", "")
    assert papertrack("git", "uninstall").status == 0
    assert (config.read_text(encoding="utf-8"), attributes.exists()) == (before, False)
    assert papertrack("git", "uninstall") == (0, "nothing to change\n", "")


def test_the_line_that_other_computers_need_is_written_beside_global_settings(
    papertrack: Run, folder: Path, git: Git
) -> None:
    assert git("status") == 0
    papertrack("git", "install", "--global")
    assert papertrack("git", "install").err.startswith("commit .gitattributes")
    assert (folder / ".gitattributes").read_text(encoding="utf-8") == _LINE


def test_a_clone_that_has_the_attributes_is_not_told_to_commit_them(
    papertrack: Run, folder: Path, git: Git
) -> None:
    assert git("status") == 0
    (folder / ".gitattributes").write_text(_LINE, encoding="utf-8")
    done = papertrack("git", "install")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("git config --local")


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("end", ["", "\n"], ids=["open", "ended"])
def test_lines_of_others_stay(
    papertrack: Run, folder: Path, git: Git, newline: str, end: str
) -> None:
    assert git("status") == 0
    attributes = folder / ".gitattributes"
    before = f"# mine\n*.toml text\n*.png binary{end}".replace("\n", newline).encode()
    attributes.write_bytes(before)
    papertrack("git", "install")
    line = f"{'' if end else newline}{_LINE[:-1]}{newline}".encode()
    assert attributes.read_bytes() == before + line
    papertrack("git", "uninstall")
    assert attributes.read_bytes() == before + (b"" if end else newline.encode())


@pytest.mark.parametrize(
    "line", ["papers.toml merge=union", "*.toml merge=mine", "data/** -merge", "*.toml binary"]
)
def test_another_driver_of_the_catalogue_is_left_alone(
    papertrack: Run, folder: Path, git: Git, line: str
) -> None:
    attributes = folder / ".gitattributes"
    attributes.write_text(f"{line}\n", encoding="utf-8")
    result = papertrack("git", "install")
    assert (result.status, result.out) == (1, "")
    assert "is merged by another driver already" in result.err
    assert attributes.read_text(encoding="utf-8") == f"{line}\n"
    assert git("config", "merge.papertrack.driver") == 1


def test_a_catalogue_of_another_name_is_the_one_that_is_meant(
    papertrack: Run, folder: Path, git: Git
) -> None:
    (folder / "my list.toml").write_text(_BASE, encoding="utf-8")
    assert git("status") == 0
    assert papertrack("git", "install", "--catalogue", "my list.toml").status == 0
    text = (folder / ".gitattributes").read_text(encoding="utf-8")
    assert text == '"my list.toml" merge=papertrack\n'
    assert papertrack("git", "install", "--catalogue", "my list.toml").out == "nothing to change\n"
    papertrack("git", "uninstall")
    assert not (folder / ".gitattributes").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["#x.toml", "!x.toml", 'q"x.toml', "a[1]*.toml", "a b[1].toml", "back\\slash.toml"]
)
@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")
def test_a_catalogue_of_any_name_is_merged_and_no_other(
    papertrack: Run, folder: Path, git: Git, name: str
) -> None:
    (folder / name).write_text(_BASE, encoding="utf-8")
    assert git("status") == 0
    assert papertrack("git", "install", "--catalogue", f"./{name}").status == 0
    for other, driver in ((name, "papertrack"), ("a1x.toml", "unspecified")):
        words = ["git", "check-attr", "-z", "merge", "--", other]
        ran = subprocess.run(words, cwd=folder, capture_output=True, check=True, encoding="utf-8")
        assert ran.stdout.split("\0")[2] == driver
    assert papertrack("git", "install", "--catalogue", f"./{name}").out == "nothing to change\n"
    assert papertrack("git", "uninstall", "--catalogue", f"./{name}").status == 0
    assert not (folder / ".gitattributes").exists()


def test_global_settings_are_taken_back_whole(
    papertrack: Run, tmp_path: Path, git: Git, folder: Path
) -> None:
    home = tmp_path / "home"
    assert git("status") == 0
    assert papertrack("git", "install", "--global").status == 0
    assert (home / "gitconfig").read_text(encoding="utf-8") == _CONFIG
    attributes = home / ".config" / "git" / "attributes"
    assert attributes.read_text(encoding="utf-8") == _LINE
    assert papertrack("git", "install", "--global").out == "nothing to change\n"
    assert papertrack("git", "uninstall", "--global").status == 0
    assert not (home / "gitconfig").exists()
    assert not attributes.exists()
    attributes.parent.mkdir(parents=True, exist_ok=True)
    attributes.write_text("papers.toml merge=other\n", encoding="utf-8")
    assert papertrack("git", "install", "--global").status == 1
    assert not (home / "gitconfig").exists()
    assert [it.name for it in folder.iterdir()] == [".git"]


def test_attributes_behind_a_link_are_left_empty(papertrack: Run, folder: Path, git: Git) -> None:
    assert git("config", "user.name", "x") == 0
    link, attributes = folder / ".gitattributes", folder / "attributes"
    attributes.write_text(_LINE, encoding="utf-8")
    link.symlink_to("attributes")
    assert papertrack("git", "uninstall").status == 0
    assert (link.is_symlink(), attributes.read_bytes()) == (True, b"")
    assert papertrack("git", "install").status == 0
    assert (link.is_symlink(), attributes.read_text(encoding="utf-8")) == (True, _LINE)


def test_without_a_repository_it_says_so(papertrack: Run) -> None:
    result = papertrack("git", "install")
    assert result == (2, "", "there is no git repository here: run git init, or give --global\n")


def _on_two_branches(papertrack: Run, git: Git, ours: list[str], theirs: list[str]) -> None:
    papertrack("git", "install")
    for branch, words in (("main", None), ("theirs", theirs), ("main", ours)):
        if words is None:
            git("add", "-A")
        else:
            git("checkout", "-q", *(("-b",) if branch == "theirs" else ()), branch)
            assert papertrack(*words).status == 0
        assert git("commit", "-qam", "x") == 0


@pytest.mark.slow
@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_papers_that_both_sides_added_are_both_there(
    papertrack: Run, catalogue: Path, git: Git, how: str
) -> None:
    _on_two_branches(papertrack, git, ["add", "Ours"], ["add", "Theirs"])
    assert git(how, "theirs") == 0
    added = [line.split("\t")[0] for line in papertrack("list").out.splitlines()]
    assert sorted(added) == ["gpt", "llama", "ours", "theirs"]
    assert "<<<<" not in catalogue.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_conflict_leaves_the_rest_of_the_list_in_use(
    papertrack: Run, catalogue: Path, git: Git
) -> None:
    _on_two_branches(papertrack, git, ["done", "llama"], ["drop", "llama"])
    assert git("merge", "theirs") == 1
    listed = papertrack("list")
    assert (listed.status, listed.out) == (2, "gpt\tto-read\t\t\tGPT\n")
    assert listed.err.startswith("papers.toml:4: a conflict that git left, up to line ")
    text = catalogue.read_text(encoding="utf-8")
    assert '=======\nstatus = "dropped"\n>>>>>>> theirs\n' in text


@pytest.mark.slow
def test_where_git_finds_no_papertrack_it_merges_lines(
    papertrack: Run, catalogue: Path, git: Git, tmp_path: Path
) -> None:
    _on_two_branches(papertrack, git, ["done", "llama"], ["drop", "llama"])
    (tmp_path / "bin" / "papertrack").write_text("#!/no/such/python\n", encoding="utf-8")
    assert git("merge", "theirs") == 1
    text = catalogue.read_text(encoding="utf-8")
    assert "<<<<<<< ours\n" in text
    assert 'status = "done"\n' in text
    assert 'status = "dropped"\n' in text


@pytest.mark.slow
@pytest.mark.parametrize("how", ["merge", "rebase"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("number", [1, 4, 5])  # what the others give: tests of merging
def test_real_cases_in_real_git(
    papertrack: Run, shared: Path, folder: Path, git: Git, how: str, newline: str, number: int
) -> None:
    [case] = (shared / "exchange" / "git").glob(f"{number}-*")
    catalogue = folder / "papers.toml"
    papertrack("git", "install")
    git("config", "core.autocrlf", "false")

    def commit(name: str) -> None:
        text = "\ufeff" + (case / f"{name}.toml").read_text(encoding="utf-8")
        catalogue.write_bytes(text.replace("\n", newline).encode())
        git("add", "-A")
        assert git("commit", "-qm", name) == 0

    commit("base")
    git("checkout", "-qb", "theirs")
    commit("theirs" if how == "merge" else "ours")  # a rebase calls the other branch ours
    git("checkout", "-q", "main")
    commit("ours" if how == "merge" else "theirs")
    expected = case / "expected.toml"
    assert git(how, "theirs") == (0 if expected.exists() else 1)
    text = catalogue.read_bytes().decode()
    if expected.exists():
        wanted = "\ufeff" + expected.read_text(encoding="utf-8")
        assert text == wanted.replace("\n", newline)
    else:
        assert text.count("<<<<<<< ours") == 1
        assert papertrack("list").status == 2


@pytest.fixture
def files(folder: Path) -> list[str]:
    for name in ("base", "ours", "theirs"):
        (folder / f"{name}.toml").write_text(_BASE, encoding="utf-8")
    return ["base.toml", "ours.toml", "theirs.toml"]


def test_the_driver_names_conflicts_and_notes(
    papertrack: Run, folder: Path, files: list[str]
) -> None:
    for name, year, title in (("ours", 2020, "Alpha go"), ("theirs", 2021, "Alpha fold")):
        text = _BASE.replace('"LLaMA"\n', f'"LLaMA"\nyear = {year}\n')
        text += f'\n[[paper]]\nkey = "alpha"\ntitle = "{title}"\n'
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    assert papertrack("merge-driver", *files, "8", "data/papers.toml") == (
        1,
        "",
        (
            'data/papers.toml: "Alpha fold" is alpha-2 now: alpha is another paper here\n'
            "data/papers.toml: llama: year is 2020 here and 2021 there\n"
            "data/papers.toml: 1 conflict: keep one side between <<<<<<< and >>>>>>>, then "
            "`git add data/papers.toml`\n"
        ),
    )
    assert "<<<<<<<< ours\nyear" in (folder / "ours.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("theirs", [_BASE.replace("LLaMA", "LLaMa"), "broken"])
def test_the_command_to_go_on_with_can_be_pasted(
    papertrack: Run, folder: Path, files: list[str], git: Git, theirs: str
) -> None:
    assert git("status") == 0
    (folder / "ours.toml").write_text(_BASE.replace("LLaMA", "Llama"), encoding="utf-8")
    (folder / "theirs.toml").write_text(theirs, encoding="utf-8")
    result = papertrack("merge-driver", *files, "7", "my list/papers.toml")
    assert result.err.endswith("then `git add 'my list/papers.toml'`\n")


@pytest.mark.parametrize("broken", [b'title = "\n', b"\xff\n", b'[[paper]]\nyear = "x"\n'])
def test_a_side_that_is_no_catalogue_is_merged_line_by_line(
    papertrack: Run, folder: Path, files: list[str], git: Git, broken: bytes
) -> None:
    assert git("status") == 0
    (folder / "theirs.toml").write_bytes(broken)
    (folder / "ours.toml").write_text(_BASE.replace("GPT", "GPT-2"), encoding="utf-8")
    result = papertrack("merge-driver", *files, "7", "data/papers.toml")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("data/papers.toml: merged line by line, since ")
    assert b">>>>>>> theirs\n" in (folder / "ours.toml").read_bytes()
    assert broken.splitlines()[-1] in (folder / "ours.toml").read_bytes()


def test_a_file_that_is_not_there_is_trouble(papertrack: Run, files: list[str]) -> None:
    result = papertrack("merge-driver", "no.toml", *files[1:])
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
