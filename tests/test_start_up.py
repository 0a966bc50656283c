"""What a command does not need, it does not wait for: told by the names of imported modules."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = [pytest.mark.usefixtures("papers"), pytest.mark.slow]  # each starts a process

_IMPORTED = re.compile(r"^import time:.*\| *(\S+)$", re.MULTILINE)
_TYPER = ("typer", "papertrack.cli", "papertrack.session")
_OWN_MODELS = ("papertrack.models", "papertrack.catalogue")
_MODELS = ("pydantic", "pydantic_core", *_OWN_MODELS)  # Typer loads Pydantic to read words
_READING = ("rtoml", "papertrack.store", "papertrack.files", "papertrack.toml")
_SLOW = (
    *("rich", "markdown_it", "platformdirs", "filelock", "asyncio"),
    *("bibtexparser", "pylatexenc", "httpx2", "papertrack.bibtex"),
)
_CHANGING = (
    "tomli_w",
    "papertrack.history",
    "papertrack.catalogue.draft",
)
_SAYING = ("papertrack.checks", "papertrack.markdown", "papertrack.blocks")
_TAKING = ("papertrack.importing.planning", "papertrack.importing.intake", "papertrack.triage")
_FAULTS = ("papertrack.catalogue.faults",)


def _loaded(words: Sequence[str], **environment: str) -> set[str]:
    """Return the modules that the command imports, started as a person starts it, in a pipe."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "papertrack", *words],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout
    return set(_IMPORTED.findall(done.stderr))


@pytest.mark.parametrize(
    ("words", "without"),
    [
        pytest.param(["--version"], (*_OWN_MODELS, *_READING), id="--version"),
        pytest.param(["--help"], (*_MODELS, *_READING), id="--help"),
        pytest.param([], _CHANGING, id="the desk"),
        pytest.param(["help", "query"], (*_OWN_MODELS, *_READING), id="help"),
        pytest.param(["completion", "bash"], (*_OWN_MODELS, *_READING), id="completion"),
        pytest.param(["list", "--help"], _CHANGING, id="list --help"),
        pytest.param(["list"], (*_CHANGING, *_SAYING), id="list"),
        pytest.param(["list", "--lab", "Meta"], (*_CHANGING, *_SAYING), id="list --lab"),
        pytest.param(["list", "--json"], (*_CHANGING, *_SAYING), id="list --json"),
        pytest.param(["show", "llama"], (*_CHANGING, *_SAYING), id="show"),
        pytest.param(["next"], (*_CHANGING, *_SAYING), id="next"),
        pytest.param(["stats"], (*_CHANGING, *_SAYING), id="stats"),
        pytest.param(["check"], ("papertrack.catalogue.draft", "papertrack.importing"), id="check"),
        pytest.param(
            ["done", "llama"], (*_SAYING, "papertrack.query", "papertrack.resolve"), id="done"
        ),
        pytest.param(["add", "A new one"], _SAYING, id="add"),
        pytest.param(["export-markdown"], ("papertrack.checks", *_CHANGING), id="export-markdown"),
    ],
)
def test_a_command_loads_only_what_it_needs(words: Sequence[str], without: Sequence[str]) -> None:
    loaded = _loaded(words)
    assert "papertrack.cli" in loaded
    assert not loaded.intersection((*_SLOW, *_TAKING, *_FAULTS, *without))


def test_importing_a_bibliography_loads_nothing_of_markdown_files(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{k, title={One that is new}}", encoding="utf-8")
    loaded = _loaded(["import", str(path)])
    assert "bibtexparser" in loaded
    assert not loaded.intersection(
        (
            *("papertrack.blocks", "papertrack.importing.adopting"),
            *("papertrack.markdown.reading", "papertrack.markdown.inline"),
        )
    )


def test_importing_a_table_loads_nothing_that_reads_items_or_checks_a_list(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("# New\n\n| Title | Year |\n| - | - |\n| A new one | 2020 |\n")
    loaded = _loaded(["import", str(path)])
    assert "papertrack.markdown.reading" in loaded
    assert not loaded.intersection(
        ("papertrack.markdown.lists", "papertrack.markdown.items", "papertrack.checks")
    )


@pytest.mark.parametrize(
    ("words", "without"),
    [
        pytest.param(["sho"], _READING, id="a command"),
        pytest.param(["completion", "z"], _READING, id="a shell"),
        pytest.param(["show", "llama"], (), id="a reference"),
        pytest.param(["list", "--lab", "M"], (), id="a lab"),
        pytest.param(["list", "lab:"], (), id="a term"),
    ],
)
def test_the_shell_is_answered_without_typer_and_pydantic(
    words: Sequence[str], without: Sequence[str]
) -> None:
    loaded = _loaded(words, _PAPERTRACK_COMPLETE="fish")
    assert "papertrack.completing" in loaded
    assert not loaded.intersection((*_SLOW, *_TYPER, *_MODELS, "papertrack.cli", *without))


def test_a_broken_catalogue_is_what_its_explanation_is_loaded_for(papers: Path) -> None:
    papers.write_text(papers.read_text(encoding="utf-8") + "year = \n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "papertrack", "list"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert set(_FAULTS) <= set(_IMPORTED.findall(done.stderr))


def test_what_papertrack_tells_pydantic_other_programs_do_not_hear(tmp_path: Path) -> None:
    git = tmp_path / "git"
    git.write_text('#!/bin/sh\necho "$PYDANTIC_DISABLE_PLUGINS." > heard\n', encoding="utf-8")
    git.chmod(0o755)
    for given in ({}, {"PYDANTIC_DISABLE_PLUGINS": "mine"}):
        subprocess.run(
            [sys.executable, "-m", "papertrack", "git", "install", "--global"],
            env={**os.environ, **given, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
            capture_output=True,
            check=False,
        )
        heard = Path("heard").read_text(encoding="utf-8")
        assert heard == f"{given.get('PYDANTIC_DISABLE_PLUGINS', '')}.\n"
