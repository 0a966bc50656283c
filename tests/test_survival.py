"""Writes that survive: kills, crowds, full disks, folders that cannot be written."""

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

import forks
from papertrack import cli, store
from papertrack.errors import PapertrackError
from papertrack.history import undoing
from papertrack.status import Status

_ROOT = Path(__file__).parents[1]
_PAPER = '[[paper]]\nkey = "{0}"\ntitle = "Paper {0}"  # mine\nlab = "Meta"\n\n'


def _silent(_: str) -> None:
    """Take what is told, and forget it."""


def _worker(commands: list[list[str]]) -> None:
    """Run the commands one after the other, and print each one's exit status."""
    for words in commands:
        print(json.dumps([cli.run(words), words]), flush=True)  # noqa: T201 - for `_at_once`
    os._exit(0)


def _at_once(*workers: list[list[str]]) -> list[tuple[int, list[str]]]:
    """Run the commands of each worker one after the other, the workers side by side."""
    ended = forks.at_once(*(partial(_worker, commands) for commands in workers))
    assert [each.err for each in ended if each.status] == []
    lines = [line for each in ended for line in each.out.splitlines() if line.startswith("[")]
    return [(status, words) for status, words in map(json.loads, lines)]


def _catalogue(path: Path, *keys: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(map(_PAPER.format, keys)))
    return path


def _keys(path: Path) -> list[str]:
    reading = store.load(path)
    assert not reading.faults
    return [paper.key for paper in reading.catalogue.papers]


def _done(path: Path, key: str = "a") -> None:
    with store.edit(path, f"done {key}", tell=_silent) as draft:
        draft.change(key, {"status": Status.DONE})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "ended"), [([], "killed"), (["--interrupt"], "interrupted")], ids=["kill -9", "^C"]
)
def test_a_write_cut_half_way_leaves_the_old_files_or_the_new(words: list[str], ended: str) -> None:
    script = _ROOT / "benchmarks" / "kill.py"
    ran = subprocess.run(
        [sys.executable, script, "40", "--papers", "50", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.endswith(f"\n{ended} 40, lost 0, torn 0\n"), ran.stdout + ran.stderr
    assert ran.returncode == 0


@pytest.mark.slow
def test_parallel_adds_are_all_kept(folder: Path) -> None:
    path = _catalogue(folder / "papers.toml", "first")
    workers = [
        [["add", f"Title {worker} {number}", "--lab", "Meta"] for number in range(25)]
        for worker in range(8)
    ]
    results = _at_once(*workers)
    assert [status for status, _ in results] == [0] * 200
    assert len(set(_keys(path))) == 201
    assert [each.name for each in folder.iterdir()] == ["papers.toml"]
    assert len(undoing.records(path)) == 200


@pytest.mark.slow
def test_every_change_of_a_mixed_crowd_that_exits_0_is_there(folder: Path) -> None:
    path = _catalogue(folder / "papers.toml", *(f"{kind}{n}" for n in range(9) for kind in "ab"))
    table = "| Title | Year | Link |\n|---|---|---|\n"
    for number in range(3):
        row = f"| Imported {number} | 2023 | https://arxiv.org/abs/2302.0000{number} |\n"
        (folder / f"{number}.md").write_text(table + row)
    results = _at_once(
        [["add", f"Added {number}"] for number in range(9)],
        [["done", f"a{number}"] for number in range(9)],
        [["remove", f"b{number}", "--yes"] for number in range(9)],
        [["import", f"{number}.md"] for number in range(3)],
    )
    assert [words for status, words in results if status != 0] == []
    status_of = {paper.title: paper.status for paper in store.load(path).catalogue.papers}
    assert status_of == {
        **{f"Paper a{number}": Status.DONE for number in range(9)},
        **{f"Added {number}": Status.TO_READ for number in range(9)},
        **{f"Imported {number}": Status.TO_READ for number in range(3)},
    }
    assert len(undoing.records(path)) == 9 + 9 + 9 + 3


@pytest.mark.slow
class TestADiskThatIsFull:
    def test_a_file_that_may_not_grow_is_left_whole(self, folder: Path) -> None:
        path = _catalogue(folder / "papers.toml", *(f"p{number}" for number in range(100)))
        before = path.read_bytes()

        def limited() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
            forks.command("done", "p1")()

        ran = forks.ran(limited)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err == (
            "cannot write papers.toml, so nothing was changed: "
            "it would be larger than a file may be here; raise the limit (ulimit -f)\n"
        )
        assert path.read_bytes() == before
        assert [each.name for each in folder.iterdir()] == ["papers.toml"]

    @pytest.fixture
    def small_disk(self, tmp_path: Path) -> Iterator[Path]:
        """Mount a disk of 256 kB."""
        place = tmp_path / "disk"
        place.mkdir()
        mount = shutil.which("mount")
        if mount is None or os.geteuid() != 0:
            pytest.skip("only root may mount a small disk")
        tmpfs = [mount, "-t", "tmpfs", "-o", "size=256k", "papertrack-test", str(place)]
        if subprocess.run(tmpfs, capture_output=True, check=False).returncode != 0:
            pytest.skip("mounting is not permitted here")
        yield place
        subprocess.run(["umount", place], check=True)

    @pytest.mark.usefixtures("folder")
    def test_a_full_disk_keeps_the_old_file(self, small_disk: Path) -> None:
        path = _catalogue(small_disk / "papers.toml", *(f"p{number}" for number in range(2000)))
        before = path.read_bytes()
        with pytest.raises(PapertrackError, match=r"so nothing was changed: the disk is full"):
            _done(path, "p1")
        assert path.read_bytes() == before
        assert [each.name for each in small_disk.iterdir()] == ["papers.toml"]

    @pytest.mark.usefixtures("folder")
    def test_a_disk_that_is_read_only_is_said(self, small_disk: Path) -> None:
        path = _catalogue(small_disk / "papers.toml", "a")
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
        with pytest.raises(PapertrackError, match=r"so nothing was changed: its disk is read-only"):
            _done(path)


class TestAFolder:
    @pytest.fixture
    def locked_folder(self, folder: Path) -> Iterator[Path]:
        """A folder in which nothing can be made, not even by root."""
        path = _catalogue(folder / "data" / "papers.toml", "a")
        if os.geteuid() != 0:
            path.parent.chmod(0o555)
            yield path.parent
            path.parent.chmod(0o755)
            return
        chattr = shutil.which("chattr")
        if not chattr or subprocess.run([chattr, "+i", path.parent], check=False).returncode:
            pytest.skip("root may write everywhere, and chattr does not work here")
        yield path.parent
        subprocess.run([chattr, "-i", path.parent], check=True)

    def test_one_that_cannot_be_written_is_said(self, locked_folder: Path) -> None:
        path = locked_folder / "papers.toml"
        before = path.read_bytes()
        with pytest.raises(PapertrackError, match=r"cannot write data/papers.toml, so nothing was"):
            _done(path)
        assert path.read_bytes() == before

    def test_one_that_vanishes_is_said(self, folder: Path) -> None:
        path = _catalogue(folder / "data" / "papers.toml", "a")

        def vanish() -> None:
            with store.edit(path, "done a", tell=_silent) as draft:
                draft.change("a", {"status": Status.DONE})
                shutil.rmtree(path.parent)

        with pytest.raises(PapertrackError, match="the folder is not there"):
            vanish()
        assert not path.parent.exists()

    def test_git_sees_the_change_and_nothing_else(self, folder: Path) -> None:
        if shutil.which("git") is None:
            pytest.skip("git is not installed")
        path = _catalogue(folder / "data" / "papers.toml", "a", "b")
        git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
        for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "A list"]):
            subprocess.run([*git, *words], cwd=folder, check=True)

        def status() -> str:
            words = [*git, "status", "--porcelain"]
            return subprocess.run(
                words, cwd=folder, check=True, capture_output=True, text=True
            ).stdout

        _done(path)
        assert status() == " M data/papers.toml\n"
        undoing.undo(path, tell=_silent)
        assert status() == ""


def test_a_home_that_cannot_be_written_never_stops_a_change(folder: Path, tmp_path: Path) -> None:
    path = _catalogue(folder / "papers.toml", "a")
    (tmp_path / "state").write_text("in the way")
    notices: list[str] = []
    with store.edit(path, "done a", tell=notices.append) as draft:
        draft.change("a", {"status": Status.DONE})
    assert store.load(path).catalogue.papers[0].status is Status.DONE
    assert len(notices) == 1
    assert notices[0].startswith("warning: the change is made, but")
