"""Documentation that cannot drift: what it shows is what happens."""

import importlib.util
import re
import shlex
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from commandline import FIXTURES, Run
from papertrack import store
from papertrack.command_table import COMMANDS
from papertrack.commands import list as listing
from screens import seen, view_of

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


def test_the_readme_shows_what_list_shows() -> None:
    papers = store.load(FIXTURES / "papers.toml").catalogue.papers
    view = view_of(_WIDTH)
    lines = seen(listing.shown(papers, view, total=len(papers)), view)
    assert f"$ papertrack list\n{lines}```" in _README


def test_the_readme_begins_with_the_two_commands() -> None:
    blocks = re.findall(r"```sh\n(.*?)\n```", _README, re.DOTALL)
    assert blocks[0].endswith("&& papertrack list")
    assert blocks[1].endswith("python -m pytest")


_COMMANDS = "list|done|show|add|next|export-markdown|undo"
_FIRST = _README.split("## Your own list")[0]
_TYPED = re.findall(rf"^\$ papertrack ({_COMMANDS})\b(.*)$", _FIRST, re.MULTILINE)


@pytest.mark.parametrize("typed", [f"{name}{rest}" for name, rest in _TYPED])
def test_what_the_readme_types_works(typed: str, papers: Path, papertrack: Run) -> None:
    readme = papers.parents[1] / "README.md"
    readme.write_text("<!-- papertrack:begin -->\n<!-- papertrack:end -->\n", encoding="utf-8")
    papertrack("start", "t5")
    result = papertrack(*shlex.split(typed, comments=True))
    assert result.status == 0, result.err


def test_every_command_that_the_readme_names_is_there() -> None:
    named = set(re.findall(r"`papertrack ([a-z][a-z-]*)", _README))
    assert named <= {name for row in COMMANDS for name in (row.name, *row.aliases)}


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
