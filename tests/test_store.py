"""The catalogue found, loaded, and changed through the one door."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from papertrack import store
from papertrack.errors import InvalidCatalogueError, PapertrackError
from papertrack.files import as_typed
from papertrack.history import undoing
from papertrack.status import Status

_TEXT = """\
# 我的清单
[[paper]]
key = "llama"
title = "LLaMA"
status = "to-read"  # ask Li

[[paper]]
key = "t5"
title = "T5"
"""
_DONE = _TEXT.replace('"to-read"', '"done"')


def _silent(_: str) -> None:
    """Take what is told, and forget it."""


def _untouched(path: Path) -> tuple[int, int]:
    """Return what any writing changes."""
    status = path.stat()
    return status.st_ino, status.st_mtime_ns


def _done(path: Path) -> None:
    with store.edit(path, "done llama", tell=_silent) as draft:
        draft.change("llama", {"status": Status.DONE})


@pytest.fixture
def paper(folder: Path) -> Path:
    path = folder / "data" / "papers.toml"
    path.parent.mkdir()
    path.write_bytes(_TEXT.encode())
    return path


class TestFinding:
    def test_data_is_looked_into_first(self, paper: Path, folder: Path) -> None:
        (folder / "papers.toml").touch()
        assert store.find(None) == paper

    @pytest.mark.parametrize("name", ["data/papers.toml", "papers.toml"])
    def test_the_nearest_upwards_is_found(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        (folder / "data").mkdir()
        (folder / name).touch()
        deep = folder / "docs" / "deep"
        deep.mkdir(parents=True)
        monkeypatch.chdir(deep)
        assert store.find(None) == folder / name

    def test_the_variable_goes_before_the_nearest(
        self, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = tmp_path / "other.toml"
        other.touch()
        monkeypatch.setenv("PAPERTRACK_CATALOGUE", str(other))
        assert store.find(None) == other
        assert store.find(paper) == paper

    def test_an_empty_variable_is_none(self, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PAPERTRACK_CATALOGUE", "")
        assert store.find(None) == paper

    def test_none_says_what_to_run(self, folder: Path) -> None:
        assert folder.is_dir()
        with pytest.raises(
            PapertrackError, match=r"papertrack init or papertrack import"
        ) as refused:
            store.find(None)
        assert refused.value.exit_status == 2

    @pytest.mark.parametrize(
        ("path", "message"),
        [
            pytest.param("absent.toml", "no catalogue absent.toml: .*papertrack init", id="absent"),
            pytest.param(
                "data", "data is a folder: name the file, such as data/papers", id="folder"
            ),
            pytest.param(
                "data/papers.toml/x", "no catalogue data/papers.toml/x", id="below a file"
            ),
            pytest.param("a\0b", "cannot read", id="NUL"),
            pytest.param("x/" * 3000, "its name is too long", id="huge"),
            pytest.param("circle", "go in a circle", id="circle"),
        ],
    )
    @pytest.mark.usefixtures("paper")
    def test_one_that_is_named_must_be_there(self, folder: Path, path: str, message: str) -> None:
        (folder / "circle").symlink_to("circle")
        with pytest.raises(PapertrackError, match=message):
            store.find(Path(path))

    def test_a_vanished_working_folder_is_said(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone = folder / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        with pytest.raises(PapertrackError, match="the working folder is gone"):
            store.find(None)
        assert as_typed(Path("/tmp/x")) == "/tmp/x"  # noqa: S108 - nothing is there

    @pytest.mark.parametrize("named", [True, False])
    def test_a_link_that_leads_nowhere_is_named_and_not_passed_over(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch, *, named: bool
    ) -> None:
        deep = paper.parent.parent / "deep"
        deep.mkdir()
        (deep / "papers.toml").symlink_to("../old/papers.toml")
        monkeypatch.chdir(deep)
        with pytest.raises(PapertrackError, match=r"^papers\.toml is a link to \.\./old/papers\."):
            store.find(Path("papers.toml") if named else None)

    def test_one_that_is_gone_is_found_by_its_history(self, paper: Path) -> None:
        _done(paper)
        paper.unlink()
        assert store.find_recorded(None) == paper
        assert store.find_recorded(Path("data/papers.toml")) == Path("data/papers.toml")
        with pytest.raises(PapertrackError, match="no catalogue"):
            store.find_recorded(Path("papers.toml"))

    @pytest.mark.parametrize(
        ("explicit", "expected"), [("mine.toml", "mine.toml"), (None, "data/papers.toml")]
    )
    @pytest.mark.usefixtures("folder")
    def test_a_new_one_goes_where_it_will_be_found(
        self, explicit: str | None, expected: str
    ) -> None:
        assert store.new_path(Path(explicit) if explicit else None) == Path(expected)


class TestLoading:
    def test_it_gives_the_papers(self, paper: Path) -> None:
        read = store.load(paper)
        assert [each.key for each in read.catalogue.papers] == ["llama", "t5"]
        assert not read.faults

    def test_bad_bytes_are_faults_of_their_line(self, paper: Path) -> None:
        paper.write_bytes(_TEXT.encode().replace(b"T5", b"T\xff"))
        assert [fault.line for fault in store.load(paper).faults] == [9]

    def test_a_file_that_is_gone_is_said(self, paper: Path) -> None:
        paper.unlink()
        with pytest.raises(PapertrackError, match=r"no catalogue data/papers.toml"):
            store.load(paper)

    def test_a_pipe_is_refused(self, folder: Path) -> None:
        os.mkfifo(folder / "papers.toml")
        with pytest.raises(PapertrackError, match="not a regular file"):
            store.load(folder / "papers.toml")

    @pytest.mark.slow
    def test_it_imports_none_of_the_slow_libraries(self) -> None:
        slow = ["json", "difflib", "platformdirs", "filelock", "tomli_w", "rich"]
        code = (
            "import sys, pydantic, papertrack.models; before = set(sys.modules);"
            f"import papertrack.store; print({{*{slow}}} & (set(sys.modules) - before))"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert ran.stdout == "set()\n"


class TestEditing:
    def test_only_what_was_asked_changes(self, paper: Path) -> None:
        _done(paper)
        assert paper.read_bytes() == _DONE.encode()
        assert [path.name for path in paper.parent.iterdir()] == ["papers.toml"]

    @pytest.mark.parametrize(
        "raw",
        [
            pytest.param("\ufeff" + _TEXT.replace("\n", "\r\n"), id="BOM and CRLF"),
            pytest.param(_TEXT.rstrip("\n"), id="no newline at the end"),
        ],
    )
    def test_line_ends_and_bom_stay(self, paper: Path, raw: str) -> None:
        paper.write_bytes(raw.encode())
        _done(paper)
        assert paper.read_bytes() == raw.replace('"to-read"', '"done"').encode()

    def test_nothing_to_change_writes_nothing(self, paper: Path) -> None:
        os.utime(paper, (1, 1))
        before = _untouched(paper)
        with store.edit(paper, "mark to-read llama", tell=_silent) as draft:
            draft.change("llama", {"status": Status.TO_READ})
        assert _untouched(paper) == before
        assert undoing.records(paper) == []

    def test_an_exception_writes_nothing(self, paper: Path) -> None:
        def interrupted() -> None:
            with store.edit(paper, "done llama", tell=_silent) as draft:
                draft.change("llama", {"status": Status.DONE})
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert paper.read_text() == _TEXT

    def test_a_dry_run_ends_well_and_writes_nothing(self, paper: Path, folder: Path) -> None:
        with store.edit(paper, "done llama", tell=_silent) as draft:
            draft.change("llama", {"status": Status.DONE})
            raise store.NothingWrittenError
        assert paper.read_text() == _TEXT
        with store.edit_with_files(
            folder / "new" / "papers.toml", (), "import", tell=_silent, create=_TEXT
        ):
            raise store.NothingWrittenError
        assert not (folder / "new").exists()
        assert undoing.records(paper) == []

    def test_faults_are_refused_and_the_file_kept(self, paper: Path) -> None:
        bad = _TEXT.replace("to-read", "toread?").encode()
        paper.write_bytes(bad)
        with pytest.raises(InvalidCatalogueError, match=r"data/papers.toml:5: "):
            _done(paper)
        assert paper.read_bytes() == bad

    def test_a_link_and_permissions_survive(self, paper: Path, folder: Path) -> None:
        link = folder / "papers.toml"
        link.symlink_to("data/papers.toml")
        paper.chmod(0o640)
        _done(link)
        assert link.is_symlink()
        assert paper.read_text() == _DONE
        assert paper.stat().st_mode & 0o777 == 0o640

    def test_each_change_can_be_undone(self, paper: Path) -> None:
        _done(paper)
        assert [each.typed for each in undoing.records(paper)] == ["done llama"]
        undoing.undo(paper, tell=_silent)
        assert paper.read_text() == _TEXT

    def test_one_that_is_gone_is_said(self, paper: Path) -> None:
        paper.unlink()
        with pytest.raises(PapertrackError, match=r"no catalogue data/papers.toml"):
            _done(paper)


class TestSeveralFiles:
    @pytest.fixture
    def readme(self, folder: Path) -> Path:
        path = folder / "README.md"
        path.write_bytes("\ufeff# 清单\r\nend".encode())
        return path

    def test_all_are_written_in_one_change(self, paper: Path, readme: Path) -> None:
        with store.edit_with_files(paper, [readme], "import", tell=_silent) as change:
            change.draft.change("llama", {"status": Status.DONE})
            assert change.texts[readme] == "\ufeff# 清单\r\nend"
            change.texts[readme] += "\r\n"
        assert paper.read_text() == _DONE
        assert readme.read_bytes() == "\ufeff# 清单\r\nend\r\n".encode()
        assert undoing.records(paper)[0].files == (paper, readme)
        undoing.undo(paper, tell=_silent)
        assert paper.read_text() == _TEXT
        assert readme.read_bytes() == "\ufeff# 清单\r\nend".encode()

    def test_files_alone_leave_the_catalogue_as_it_was(self, paper: Path, readme: Path) -> None:
        os.utime(paper, (1, 1))
        before = _untouched(paper)
        with store.edit_with_files(paper, [readme], "export", tell=_silent) as change:
            change.texts[readme] = "# New\n"
        assert _untouched(paper) == before
        assert readme.read_text() == "# New\n"
        assert undoing.records(paper)[0].files == (readme,)

    @pytest.mark.parametrize(
        "other",
        ["README.md", "./docs/../README.md", "link.md", "hard.md"],
        ids=["twice", "a way round", "a link", "a hard link"],
    )
    def test_one_file_by_two_names_is_one(
        self, paper: Path, readme: Path, folder: Path, other: str
    ) -> None:
        (folder / "docs").mkdir()
        (folder / "link.md").symlink_to("README.md")
        (folder / "hard.md").hardlink_to(readme)
        given = [Path("README.md"), Path(other)]
        with store.edit_with_files(paper, given, "export", tell=_silent) as change:
            assert list(change.texts) == [Path("README.md")]

    @pytest.mark.parametrize(
        ("name", "data", "message"),
        [
            ("bad.md", b"ok\nok\n\xff\n", r"bad.md:3: this line is not UTF-8"),
            ("absent.md", None, r"no file absent.md"),
            ("data/papers.toml", None, r"is the catalogue itself"),
            ("data", None, r"data: it is a folder|data is not a regular file"),
        ],
    )
    def test_what_is_no_markdown_is_refused_before_anything_is_written(
        self, paper: Path, folder: Path, name: str, data: bytes | None, message: str
    ) -> None:
        if data:
            (folder / name).write_bytes(data)
        with (
            pytest.raises(PapertrackError, match=message),
            store.edit_with_files(paper, [Path(name)], "export", tell=_silent),
        ):
            pytest.fail("there is nothing to change")
        assert paper.read_text() == _TEXT

    def test_a_lone_surrogate_is_never_written(self, paper: Path, readme: Path) -> None:
        def write() -> None:
            with store.edit_with_files(paper, [readme], "export", tell=_silent) as change:
                change.draft.change("llama", {"status": Status.DONE})
                change.texts[readme] = "\ud800"

        with pytest.raises(PapertrackError, match=r"cannot write U\+D800 to README.md"):
            write()
        assert paper.read_text() == _TEXT

    def test_a_new_catalogue_is_made_and_its_folder(self, folder: Path) -> None:
        path = folder / "new" / "deep" / "papers.toml"
        with store.edit_with_files(path, (), "init", tell=_silent, create=_TEXT) as change:
            assert change.created
        assert path.read_text() == _TEXT
        undoing.undo(path, tell=_silent)
        assert not path.exists()

    def test_a_folder_goes_again_where_nothing_comes_of_it(self, folder: Path) -> None:
        path = folder / "new" / "deep" / "papers.toml"

        def fail() -> None:
            with store.edit_with_files(path, (), "import", tell=_silent, create=_TEXT):
                raise PapertrackError("nothing to import")

        with pytest.raises(PapertrackError, match="nothing to import"):
            fail()
        assert list(folder.iterdir()) == []

    def test_a_new_one_is_not_made_over_an_old_one(self, paper: Path) -> None:
        with store.edit_with_files(paper, (), "init", tell=_silent, create="# new\n") as change:
            assert not change.created
        assert paper.read_text() == _TEXT

    def test_a_new_one_below_a_file_is_refused(self, paper: Path) -> None:
        path = paper / "papers.toml"
        with (
            pytest.raises(PapertrackError, match="cannot make"),
            store.edit_with_files(path, (), "init", tell=_silent, create=_TEXT),
        ):
            pytest.fail("there is no such folder")


def test_the_lock_is_held_until_all_is_written(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERTRACK_LOCK_TIMEOUT", "0.1")
    with (
        store.edit(paper, "start t5", tell=_silent),
        pytest.raises(PapertrackError, match="another papertrack"),
    ):
        _done(paper)
    _done(paper)
    assert paper.read_text() == _DONE
