"""What the tests share: the real lists, a catalogue of their own, the command run in place."""

import gc
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import papertrack as papertrack_package
from commandline import FIXTURES, Git, Result, Run
from served import Served, datacite

settings.register_profile("thorough", deadline=None)  # a loaded machine is no fault
settings.register_profile("fast", deadline=None, max_examples=25)
_SHARED = Path(__file__).parents[2] / "shared" / "data"
_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
_ROOM = 2_000_000_000
"""Bytes that are plenty for all tests."""


def pytest_configure(config: pytest.Config) -> None:
    """Draw fewer examples for each property where the slow tests do not run either.

    The folders of tests are in memory where it has room: a disk is waited for with each write.
    """
    settings.load_profile("fast" if config.option.markexpr == "not slow" else "thorough")
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def pytest_collection_finish() -> None:
    """Let Python look for garbage only in what the tests make, and seldom: they make little."""
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(autouse=True, scope="session")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home of the tests' own: no program that they start writes into the person's."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        environment.delenv("XDG_CONFIG_HOME", raising=False)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real lists, beside the project."""
    if not _SHARED.is_dir():
        pytest.skip("the folder of real lists (../shared/data) is not here")
    return _SHARED


@pytest.fixture
def interruptible() -> Iterator[None]:
    """^C acts on this process and those it starts, though the shell may have it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder; nothing of the person's own is read or written."""
    for name in (
        "PAPERTRACK_CATALOGUE",
        "XDG_STATE_HOME",
        "NO_COLOR",
        "FORCE_COLOR",
        "VISUAL",
        "EDITOR",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PAPERTRACK_STATE", str(tmp_path / "state"))
    place = tmp_path / "list"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def papers(folder: Path) -> Path:
    """The catalogue of 13 papers, copied into the working folder."""
    path = folder / "data" / "papers.toml"
    path.parent.mkdir()
    shutil.copyfile(FIXTURES / "papers.toml", path)
    return path


@pytest.fixture
def papertrack(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, run in this process with pipes for streams."""
    from papertrack import cli  # most tests do without Typer

    def run(*words: str, stdin: str = "") -> Result:
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as streams:
            streams.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8"))
            streams.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8"))
            streams.setattr(sys, "stdin", io.StringIO(stdin))
            status = cli.run(words)
            sys.stdout.flush()
            sys.stderr.flush()
            return Result(status, out.getvalue().decode(), err.getvalue().decode())

    assert folder.is_dir()
    return run


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    """The services of arXiv and DOI: they know one paper; more replies can be set."""
    from papertrack import services  # most tests ask no service

    attention = datacite(
        titles=[{"title": "Attention Is All You Need"}],
        creators=[{"name": "Vaswani, Ashish"}, {"name": "Shazeer, Noam"}],
        publicationYear=2017,
    )
    known = Served({"api.datacite.org/dois/10.48550/arxiv.1706.03762": attention})
    real = services.Web
    monkeypatch.setattr(services, "Web", lambda: real(known.transport, pause=lambda _: None))
    return known


@pytest.fixture
def git(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Git in the working folder, a repository of its own, where git finds `papertrack`."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "home" / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "x")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "x@example.org")
    source = Path(papertrack_package.__file__).parents[1]
    command = tmp_path / "bin" / "papertrack"
    for place in (tmp_path / "home", command.parent):
        place.mkdir()
    words = f'PYTHONPATH="{source}" exec "{sys.executable}" -m papertrack "$@"'
    command.write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(command.parent), prepend=os.pathsep)

    def run(*words: str) -> int:
        command = ["git", *words]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode

    assert run("init", "-q", "-b", "main") == 0
    return run
