"""Documentation that cannot drift: what it shows is what happens."""

import importlib.util
import re
import shlex
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from commandline import Run
from papertrack.commands import COMMANDS
from served import Served

_PROJECT = Path(__file__).parents[1]
_README = (_PROJECT / "README.md").read_text(encoding="utf-8")
_WIDTH = 96


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, _PROJECT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def test_the_pictures_of_the_terminal_are_current() -> None:
    assert _script("pictures").main(["--check"]) == 0, "run python docs/pictures.py"


def test_the_page_of_commands_is_current() -> None:
    reference = _script("reference")
    page = (_PROJECT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == reference.page(), "run python docs/reference.py"


def test_the_readme_begins_with_the_two_commands() -> None:
    blocks = re.findall(r"```sh\n(.*?)\n```", _README, re.DOTALL)
    assert blocks[0].endswith("&& papertrack list")
    assert blocks[1].endswith("python -m pytest")


def _story(name: str) -> list[tuple[str, str]]:
    """Return what the first story of a README types, each with the lines that it shows."""
    text = (_PROJECT / name).read_text(encoding="utf-8")
    (block,) = re.findall(r"```console\n(\$ papertrack add .*?)```", text, re.DOTALL)
    pieces = f"\n{block}".split("\n$ papertrack ")[1:]
    return [(typed, shown) for typed, _, shown in (piece.partition("\n") for piece in pieces)]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_story_of_the_readme_is_what_happens(
    name: str, papers: Path, papertrack: Run, served: Served
) -> None:
    readme = papers.parents[1] / "README.md"
    readme.write_text("<!-- papertrack:begin -->\n<!-- papertrack:end -->\n", encoding="utf-8")
    text = papers.read_text(encoding="utf-8")
    papers.write_text(
        text.replace("[markdown]\n", '[markdown]\nfiles = ["../README.md"]\n'), "utf-8"
    )
    story = _story(name)
    assert [typed.split()[0] for typed, _ in story] == [
        "add", "start", "done", "export-markdown", "export", "undo"
    ]  # fmt: skip
    for typed, shown in story:
        result = papertrack(*shlex.split(typed, comments=True))
        assert result.status == 0, result.err
        assert result.out.startswith(shown.rstrip("\n"))
        if typed.startswith("export-markdown"):
            assert "Attention Is All You Need" in readme.read_text(encoding="utf-8")
        assert (readme.parents[0] / "list.html").exists() == typed.startswith("export --into")
    assert len(served.asked) == 1


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_pictures_and_pages_that_a_readme_shows_are_there(name: str) -> None:
    text = (_PROJECT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^():#]+)\)", text)
    assert len(links) > 5
    assert [link for link in links if not (_PROJECT / link).exists()] == []


def test_every_command_that_the_readme_names_is_there() -> None:
    chinese = (_PROJECT / "README.zh.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`papertrack ([a-z][a-z-]*)", _README + chinese))
    words = {name.split()[0] for row in COMMANDS for name in (row.name, *row.aliases)}
    assert named <= words


@pytest.mark.slow
def test_the_story_of_many_files_has_its_real_figures(
    shared: Path, folder: Path, papertrack: Run
) -> None:
    shutil.copytree(shared / "tables" / "topics", folder / "topics")
    files = sorted(str(path) for path in folder.glob("topics/*.md"))
    story = _README.split("--tag-from-file --adopt\n")[1].split("\n…\n")[0]
    out = papertrack("import", *files, "--tag-from-file", "--adopt").out
    for line in story.split("\n"):
        assert line in out.replace(f"{folder}/", "")


_COMING_FROM = (_PROJECT / "docs" / "coming-from.md").read_text(encoding="utf-8")
_MINE = {
    "refs.bib": r"""% my references

@inproceedings{devlin-etal-2019-bert,
  title = "{BERT}: Pre-training of Deep Bidirectional Transformers",
  author = "Devlin, Jacob and Chang, Ming-Wei",
  booktitle = "NAACL",
  year = "2019",
  doi = "10.18653/v1/N19-1423",
  pages = "4171--4186",
}

@article{hu2022lora,
  title = {Lo{RA}: Low-Rank Adaptation of Large Language Models},
  author = {Edward J Hu and yelong shen},
  journal = {arXiv preprint arXiv:2106.09685},
  year = {2021},
}



@misc{draft, author = {Me}}
""",
    "zotero.json": '[{"id": "he", "type": "paper-conference", "title": "Deep Residual Learning"}]',
    "README.md": "| Title | Venue |\n| --- | --- |\n| Attention Is All You Need | NeurIPS 2017 |\n",
}
"""What somebody has who comes from there."""


def test_who_comes_from_elsewhere_sees_what_the_page_shows(folder: Path, papertrack: Run) -> None:
    for name, text in _MINE.items():
        (folder / name).write_text(text, encoding="utf-8")
    shown = [
        piece.partition("\n")
        for block in re.findall(r"```console\n(.*?)```", _COMING_FROM, re.DOTALL)
        for piece in f"\n{block}".split("\n$ papertrack ")[1:]
    ]
    assert len(shown) == 7
    for typed, _, lines in shown:
        done = papertrack(*shlex.split(typed))
        assert done.status == 0
        assert sorted(f"{done.out}{done.err}".splitlines()) == sorted(lines.splitlines())
