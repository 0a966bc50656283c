"""docs/git.md: its commands, run as they stand on two computers; its hooks and its action."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from commandline import FIXTURES, Git, Run

_PROJECT = Path(__file__).parents[1]
_PAGE = (_PROJECT / "docs" / "git.md").read_text(encoding="utf-8")
_STEPS = re.findall(r"^```sh( lab)?\n(.*?)^```$", _PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_the_story_of_two_computers_happens_as_it_is_told(
    folder: Path, tmp_path: Path, git: Git, papertrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copyfile(FIXTURES / "reading-list.md", folder / "list.md")
    lab = tmp_path / "lab"
    for where, commands in _STEPS:
        if where and not lab.exists():
            assert git("clone", "-q", ".", str(lab)) == 0
        ran = subprocess.run(
            ["sh", "-e", "-c", commands], cwd=lab if where else folder, capture_output=True,
            check=False, encoding="utf-8",
        )  # fmt: skip
        assert ran.returncode == 0, (commands, ran.stderr)
    monkeypatch.chdir(lab)
    listed = papertrack("list").out
    assert re.search(r"^llama\tdone\t", listed, re.MULTILINE)
    assert "Sparks of Artificial" in listed
    assert "Textbooks Are All You Need" in listed
    assert papertrack("list", "tag:open").out.startswith("llama\t")
    text = (lab / "list.md").read_text(encoding="utf-8")
    assert "<<<<<<<" not in text
    assert "Textbooks Are All You Need" in text
    assert papertrack("export-markdown", "--all", "--check").status == 0
    assert (folder / "data" / "papers.schema.json").exists()


@pytest.mark.parametrize("name", ["papertrack-check", "papertrack-export"])
def test_the_hooks_that_the_page_names_are_there(name: str) -> None:
    hooks = (_PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert f"- id: {name}\n" in hooks
    assert f"- id: {name}" in _PAGE


@pytest.mark.slow
def test_pre_commit_takes_the_hooks() -> None:
    program = shutil.which("pre-commit")
    if program is None:
        pytest.skip("pre-commit is not installed")
    manifest = str(_PROJECT / ".pre-commit-hooks.yaml")
    ran = subprocess.run(
        [program, "validate-manifest", manifest], capture_output=True, check=False, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stdout


def test_the_action_has_the_inputs_that_the_page_names() -> None:
    action = (_PROJECT / "action.yml").read_text(encoding="utf-8")
    inputs = re.findall(r"^  (\w+):\n    description:", action, re.MULTILINE)
    assert inputs == ["args", "version"]
    assert all(f"`{name}`" in _PAGE for name in inputs)
    assert re.search(r"setup-uv@[0-9a-f]{40} # v", action)  # a tag may move
