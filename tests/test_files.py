"""Files locked, read and replaced whole."""

import errno
import fcntl
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from papertrack import files
from papertrack.errors import PapertrackError
from papertrack.files import (
    Change,
    HalfWrittenError,
    as_typed,
    locked,
    read,
    replace,
    target_of,
    unbroken,
)


def _silent(_: str) -> None:
    """Take what is told, and forget it."""


def _change(path: Path, after: bytes | None) -> Change:
    return Change(path, target_of(path), read(path), after)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "papers.toml"
    path.write_bytes(b"old\r\n")
    return path


class TestReading:
    def test_a_file_is_read_as_its_bytes(self, paper: Path) -> None:
        assert read(paper) == b"old\r\n"

    def test_a_missing_file_is_none(self, paper: Path) -> None:
        assert read(paper.with_name("nothing")) is None
        assert read(paper / "below a file") is None

    def test_a_pipe_is_refused_and_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(PapertrackError, match=r"pipe is not a regular file"):
            read(tmp_path / "pipe")

    @pytest.mark.parametrize(
        ("path", "message"),
        [
            pytest.param("/dev/null", "is not a regular file", id="device"),
            pytest.param("", "is not a regular file", id="folder"),
            pytest.param("a\0b", "cannot read .*null", id="NUL"),
            pytest.param("x" * 5000, "its name is too long", id="huge"),
            pytest.param("\ud800", "cannot read", id="a lone surrogate"),
        ],
    )
    def test_what_is_no_file_is_refused(self, tmp_path: Path, path: str, message: str) -> None:
        with pytest.raises(PapertrackError, match=message):
            read(tmp_path / path)

    def test_links_in_a_circle_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a").symlink_to("b")
        (tmp_path / "b").symlink_to("a")
        with pytest.raises(PapertrackError, match="go in a circle"):
            read(tmp_path / "a")

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("data/papers.toml", "data/papers.toml"),
            ("{here}/data/papers.toml", "data/papers.toml"),
            ("{here}/../papers.toml", "../papers.toml"),
            ("/papers.toml", "/papers.toml"),
            ("{here}", "{here}"),
        ],
    )
    def test_a_path_is_shown_as_it_would_be_typed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, expected: str
    ) -> None:
        folder = tmp_path / "deep" / "down" / "here"
        folder.mkdir(parents=True)
        monkeypatch.chdir(folder)
        assert as_typed(Path(os.path.normpath(path.format(here=folder)))) == expected.format(
            here=folder
        )


class TestReplacing:
    def test_the_new_bytes_are_there_and_nothing_else(self, paper: Path) -> None:
        replace([_change(paper, b"new\xff\r\n")])
        assert paper.read_bytes() == b"new\xff\r\n"
        assert _names(paper.parent) == {"papers.toml"}

    def test_permissions_survive(self, paper: Path) -> None:
        paper.chmod(0o640)
        replace([_change(paper, b"new")])
        assert stat.S_IMODE(paper.stat().st_mode) == 0o640

    def test_a_new_file_has_the_usual_permissions(self, tmp_path: Path) -> None:
        (tmp_path / "usual").touch()
        replace([_change(tmp_path / "new", b"new")])
        assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    def test_the_owner_survives_where_that_is_allowed(self, paper: Path) -> None:
        os.chown(paper, 1234, 4321)
        replace([_change(paper, b"new")])
        assert (paper.stat().st_uid, paper.stat().st_gid) == (1234, 4321)

    @pytest.mark.skipif(sys.platform != "linux", reason="attributes of files are Linux's here")
    def test_attributes_survive(self, paper: Path) -> None:
        try:
            os.setxattr(paper, "user.colour", b"red")
        except OSError:
            pytest.skip("this file system keeps no attributes")
        replace([_change(paper, b"new")])
        assert os.getxattr(paper, "user.colour") == b"red"

    def test_a_link_stays_a_link(self, paper: Path) -> None:
        link = paper.with_name("link.toml")
        link.symlink_to("papers.toml")
        replace([_change(link, b"new")])
        assert link.is_symlink()
        assert paper.read_bytes() == b"new"

    def test_what_a_killed_process_left_is_removed(self, paper: Path) -> None:
        for name in (
            ".papers.toml.papertrack-0a1b2c3d~",
            ".other.toml.papertrack-0a1b2c3d~",
            ".papers.toml.swp",
        ):
            paper.with_name(name).touch()
        replace([_change(paper, b"new")])
        assert _names(paper.parent) == {"papers.toml", ".papers.toml.swp"}

    def test_two_names_that_begin_alike_are_written_together(self, tmp_path: Path) -> None:
        one, other = (tmp_path / ("a" * 60 + end) for end in ("1.md", "2.md"))
        replace([_change(one, b"1"), _change(other, b"2")])
        assert (one.read_bytes(), other.read_bytes()) == (b"1", b"2")

    def test_a_name_as_long_as_can_be_works(self, tmp_path: Path) -> None:
        path = tmp_path / ("论" * 83 + ".toml")
        replace([_change(path, b"new")])
        assert path.read_bytes() == b"new"

    def test_a_file_can_be_removed(self, paper: Path) -> None:
        replace([_change(paper, None)])
        assert not _names(paper.parent)

    def test_an_edit_by_another_program_meanwhile_is_kept(self, paper: Path) -> None:
        change = _change(paper, b"new")
        paper.write_bytes(b"by hand")
        with pytest.raises(PapertrackError, match="another program has just changed"):
            replace([change])
        assert paper.read_bytes() == b"by hand"
        assert _names(paper.parent) == {"papers.toml"}

    @pytest.mark.parametrize("failing", ["fsync", "fchmod", "replace"])
    def test_a_failure_changes_none_of_several_files(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch, failing: str
    ) -> None:
        readme = paper.with_name("README.md")
        readme.write_bytes(b"# Papers")
        calls = 0

        really = getattr(os, failing)

        def fail_second(*given: object) -> object:
            nonlocal calls
            calls += 1
            if calls == 2:
                raise OSError(errno.EIO, "Input/output error")
            return really(*given)

        monkeypatch.setattr(os, failing, fail_second)
        with pytest.raises(PapertrackError, match=r"cannot write .*README.md, so nothing .* disk"):
            replace([_change(paper, b"new"), _change(readme, b"# New")])
        assert paper.read_bytes() == b"old\r\n"
        assert readme.read_bytes() == b"# Papers"
        assert _names(paper.parent) == {"papers.toml", "README.md"}

    def test_what_cannot_be_put_back_is_said(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        readme = paper.with_name("README.md")
        really = os.replace
        calls = 0

        def move(old: Path, new: Path) -> None:
            nonlocal calls
            calls += 1
            if calls > 1:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            really(old, new)

        monkeypatch.setattr(os, "replace", move)
        with pytest.raises(HalfWrittenError, match="the disk failed") as caught:
            replace([_change(paper, b"new"), _change(readme, b"# New")])
        assert (caught.value.new, caught.value.old) == ((paper,), (readme,))
        assert (paper.read_bytes(), readme.exists()) == (b"new", False)

    def test_putting_back_needs_no_space(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        readme = paper.with_name("README.md")
        really = os.replace
        full = False

        def move(old: Path, new: Path) -> None:
            nonlocal full
            if Path(new) == readme:
                full = True
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            really(old, new)

        def write(*_: object) -> None:
            if full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        inode = paper.stat().st_ino
        monkeypatch.setattr(os, "replace", move)
        monkeypatch.setattr(os, "fsync", write)
        with pytest.raises(
            PapertrackError, match=r"README\.md, so nothing was changed: the disk is"
        ):
            replace([_change(paper, b"new"), _change(readme, b"# New")])
        assert (paper.read_bytes(), paper.stat().st_ino) == (b"old\r\n", inode)
        assert _names(paper.parent) == {"papers.toml"}

    def test_where_there_are_no_second_names_what_was_there_is_copied(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

        missing = paper.with_name("gone")
        monkeypatch.setattr(os, "link", refuse)
        changes = [_change(paper, b"new"), Change(missing, missing / "x", None, b"x")]
        with pytest.raises(PapertrackError, match="the folder is not there"):
            replace(changes)
        replace([_change(paper, b"new"), _change(paper.with_name("README.md"), b"# New")])
        assert paper.read_bytes() == b"new"

    def test_the_group_stays_where_the_owner_cannot(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given: list[tuple[int, int]] = []

        def fchown(_: int, owner: int, group: int) -> None:
            given.append((owner, group))
            if owner != -1:
                raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        really = os.fstat

        def fstat(descriptor: int) -> os.stat_result:
            status = list(really(descriptor))
            status[stat.ST_GID] = 4321
            return os.stat_result(status)

        own = paper.stat()
        monkeypatch.setattr(os, "fchown", fchown)
        monkeypatch.setattr(os, "fstat", fstat)
        replace([Change(paper, paper, b"old\r\n", b"new")])
        assert given == [(own.st_uid, own.st_gid), (-1, own.st_gid)]

    @pytest.mark.skipif(sys.platform != "linux", reason="attributes of files are Linux's here")
    def test_an_attribute_that_cannot_be_set_leaves_the_others(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept: list[str] = []

        def setxattr(_: int, name: str, __: bytes) -> None:
            if name == "security.selinux":
                raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
            kept.append(name)

        monkeypatch.setattr(os, "listxattr", lambda _: ["security.selinux", "user.colour"])
        monkeypatch.setattr(os, "getxattr", lambda *_: b"")
        monkeypatch.setattr(os, "setxattr", setxattr)
        replace([_change(paper, b"new")])
        assert kept == ["user.colour"]

    @pytest.mark.parametrize(
        ("number", "message"),
        [
            (errno.ENOSPC, "the disk is full"),
            (errno.EDQUOT, "quota"),
            (errno.EFBIG, "larger than a file may be"),
            (errno.EROFS, "read-only"),
            (errno.EACCES, "permission is denied"),
            (errno.ENOENT, "not there"),
            (errno.EIO, "the disk failed"),
            (errno.EPIPE, "Broken pipe"),
        ],
    )
    def test_a_failure_is_one_sentence_and_the_old_file_whole(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch, number: int, message: str
    ) -> None:
        def fail(_: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(
            PapertrackError, match=f"papers.toml, so nothing was changed: .*{message}"
        ):
            replace([_change(paper, b"new")])
        assert paper.read_bytes() == b"old\r\n"
        assert _names(paper.parent) == {"papers.toml"}

    def test_a_folder_that_vanished_is_said(self, tmp_path: Path) -> None:
        path = tmp_path / "gone" / "papers.toml"
        with pytest.raises(PapertrackError, match="the folder is not there"):
            replace([Change(path, path, None, b"new")])

    @pytest.mark.usefixtures("interruptible")
    def test_an_interrupt_waits_until_all_is_done(self, paper: Path) -> None:
        def interrupted() -> None:
            with unbroken():
                os.kill(os.getpid(), signal.SIGINT)
                replace([_change(paper, b"new")])

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert paper.read_bytes() == b"new"

    def test_an_interrupt_while_writing_leaves_the_old_file(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(_: int) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            replace([_change(paper, b"new")])
        assert paper.read_bytes() == b"old\r\n"
        assert _names(paper.parent) == {"papers.toml"}


_HOLD = """
import sys, time
from pathlib import Path
from papertrack.files import locked
with locked([Path(sys.argv[1])], tell=print):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a process that holds the lock on the folder."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, tmp_path], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


class TestLocking:
    def test_a_lock_leaves_no_file(self, tmp_path: Path) -> None:
        with locked([tmp_path], tell=_silent):
            assert not _names(tmp_path)

    def test_a_live_lock_is_waited_for_aloud_and_given_up(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        holder: subprocess.Popen[str],
    ) -> None:
        monkeypatch.setenv("PAPERTRACK_LOCK_TIMEOUT", "1.2")
        notices: list[str] = []
        with (
            pytest.raises(PapertrackError, match=r"for 1.2 seconds, so nothing was changed"),
            locked([tmp_path], tell=notices.append),
        ):
            pytest.fail("two hold one lock")
        assert notices == [f"waiting for another papertrack to finish with {as_typed(tmp_path)} …"]
        assert holder.poll() is None

    def test_a_short_wait_is_silent(self, tmp_path: Path, holder: subprocess.Popen[str]) -> None:
        threading.Timer(0.2, holder.kill).start()
        notices: list[str] = []
        with locked([tmp_path], tell=notices.append):
            assert not notices

    def test_a_dead_process_holds_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, holder: subprocess.Popen[str]
    ) -> None:
        monkeypatch.setenv("PAPERTRACK_LOCK_TIMEOUT", "0")
        with pytest.raises(PapertrackError), locked([tmp_path], tell=_silent):
            pytest.fail("two hold one lock")
        holder.kill()
        holder.wait()
        with locked([tmp_path], tell=_silent):
            assert _names(tmp_path) == set()

    def test_one_folder_by_two_names_is_locked_once(self, tmp_path: Path) -> None:
        folder = tmp_path / "folder"
        folder.mkdir()
        (tmp_path / "link").symlink_to("folder")
        with locked([folder, tmp_path / "link", tmp_path], tell=_silent):
            assert folder.is_dir()

    def test_a_folder_that_is_not_there_is_said(self, tmp_path: Path) -> None:
        with (
            pytest.raises(PapertrackError, match=r"cannot lock .*gone.* not there"),
            locked([tmp_path / "gone"], tell=_silent),
        ):
            pytest.fail("nothing to lock")

    @pytest.mark.parametrize("limit", ["soon", "nan", "inf", "-1"])
    def test_a_time_limit_that_is_no_number_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
    ) -> None:
        monkeypatch.setenv("PAPERTRACK_LOCK_TIMEOUT", limit)
        with (
            pytest.raises(PapertrackError, match=f'"{limit}", not a number of seconds'),
            locked([tmp_path], tell=_silent),
        ):
            pytest.fail("no such time")

    def test_where_folders_cannot_be_locked_a_hidden_file_is_and_goes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        really = fcntl.flock

        def flock(descriptor: int, operation: int) -> None:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            really(descriptor, operation)

        monkeypatch.setattr(fcntl, "flock", flock)
        monkeypatch.setenv("PAPERTRACK_LOCK_TIMEOUT", "0.1")
        with locked([tmp_path], tell=_silent):
            assert _names(tmp_path) == {".papertrack-lock~"}
            with (
                pytest.raises(PapertrackError, match="another papertrack"),
                locked([tmp_path], tell=_silent),
            ):
                pytest.fail("two hold one lock")
        assert not _names(tmp_path)

    @pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
    def test_where_nothing_can_be_locked_a_file_of_ones_own_does(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
    ) -> None:
        def flock(_: int, __: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(fcntl, "flock", flock)
        monkeypatch.setenv("PAPERTRACK_LOCK_TIMEOUT", "0.1")
        with locked([tmp_path], tell=_silent):
            assert _names(tmp_path) == {".papertrack-owned~"}
            with (
                pytest.raises(PapertrackError, match=r"if none is running, delete .*-owned~$"),
                locked([tmp_path], tell=_silent),
            ):
                pytest.fail("two hold one lock")
        assert not _names(tmp_path)

    def test_a_failing_lock_is_one_sentence(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def flock(_: int, __: int) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        monkeypatch.setattr(fcntl, "flock", flock)
        with (
            pytest.raises(PapertrackError, match=r"cannot lock .*the disk failed"),
            locked([tmp_path], tell=_silent),
        ):
            pytest.fail("no lock")

    def test_where_there_is_no_flock_filelock_does_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip("filelock", reason="filelock is installed where there is no flock")
        monkeypatch.setattr(files, "fcntl", None)
        monkeypatch.setenv("PAPERTRACK_LOCK_TIMEOUT", "0.1")
        with (
            locked([tmp_path], tell=_silent),
            pytest.raises(PapertrackError, match="another papertrack"),
            locked([tmp_path], tell=_silent),
        ):
            pytest.fail("two hold one lock")
        with locked([tmp_path], tell=_silent):
            assert _names(tmp_path) <= {".papertrack-lock~"}
