"""Changes undone and redone."""

import errno
import os
import pwd
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papertrack import history
from papertrack.errors import PapertrackError, RefusedError
from papertrack.files import Change, as_typed, read, target_of
from papertrack.history import JournalEntry, State, undoing

_OLD = b'# mine\r\n[[paper]]\r\ntitle = "LLaMA"\r\n'
_NEW = _OLD + b'status = "done"\r\n'


def _silent(_: str) -> None:
    """Take what is told, and forget it."""


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PAPERTRACK_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "list" / "papers.toml"
    path.parent.mkdir()
    path.write_bytes(_OLD)
    return path


def _do(catalogue: Path, new: dict[Path, bytes | None], typed: str = "done llama") -> list[str]:
    """Write the files as a command does; return what was told."""
    notices: list[str] = []
    target = target_of(catalogue)
    folders = {target_of(path).parent for path in new}
    with history.locked_to_change(target, folders, tell=notices.append):
        changes = [Change(path, target_of(path), read(path), data) for path, data in new.items()]
        history.carry_out(target, typed, changes, tell=notices.append)
    return notices


class TestTakingBack:
    def test_undo_gives_the_bytes_back_and_redo_makes_them_again(self, paper: Path) -> None:
        assert _do(paper, {paper: _NEW}) == []
        assert undoing.undo(paper, tell=_silent).typed == "done llama"
        assert paper.read_bytes() == _OLD
        assert undoing.redo(paper, tell=_silent).typed == "done llama"
        assert paper.read_bytes() == _NEW

    def test_every_step_can_be_undone_and_redone(self, paper: Path) -> None:
        states = [_OLD, *(b"%d\n" % number * number for number in range(9))]
        for each in states[1:]:
            _do(paper, {paper: each})
        for each in reversed(states[:-1]):
            undoing.undo(paper, tell=_silent)
            assert paper.read_bytes() == each
        for each in states[1:]:
            undoing.redo(paper, tell=_silent)
            assert paper.read_bytes() == each

    def test_several_files_of_one_change_go_together(self, paper: Path, tmp_path: Path) -> None:
        readme = tmp_path / "docs" / "README.md"
        readme.parent.mkdir()
        readme.write_bytes(b"\xef\xbb\xbf# Papers\r\n")
        _do(paper, {paper: _NEW, readme: b"# New"})
        undone = undoing.undo(paper, tell=_silent)
        assert undone.files == (paper, readme)
        assert (paper.read_bytes(), readme.read_bytes()) == (_OLD, b"\xef\xbb\xbf# Papers\r\n")
        undoing.redo(paper, tell=_silent)
        assert (paper.read_bytes(), readme.read_bytes()) == (_NEW, b"# New")

    def test_a_file_made_is_removed_and_made_anew(self, tmp_path: Path) -> None:
        made = tmp_path / "papers.toml"
        _do(made, {made: b"# new list\n"}, "init")
        undoing.undo(made, tell=_silent)
        assert not made.exists()
        assert undoing.there_is(made)
        undoing.redo(made, tell=_silent)
        assert made.read_bytes() == b"# new list\n"

    def test_permissions_and_links_survive(self, paper: Path, tmp_path: Path) -> None:
        paper.chmod(0o640)
        link = tmp_path / "papers.toml"
        link.symlink_to(paper)
        _do(link, {link: _NEW})
        undoing.undo(link, tell=_silent)
        assert link.is_symlink()
        assert paper.read_bytes() == _OLD
        assert stat.S_IMODE(paper.stat().st_mode) == 0o640

    @pytest.mark.parametrize("move", [undoing.undo, undoing.redo], ids=["undo", "redo"])
    def test_where_there_is_nothing_it_says_so(
        self, paper: Path, move: Callable[..., JournalEntry]
    ) -> None:
        with pytest.raises(RefusedError, match=r"nothing to (undo|redo)"):
            move(paper, tell=_silent)
        assert not undoing.there_is(paper)

    def test_a_new_change_forgets_what_was_undone(self, paper: Path) -> None:
        _do(paper, {paper: _NEW}, "done llama")
        undoing.undo(paper, tell=_silent)
        _do(paper, {paper: b"other"}, "remove llama")
        with pytest.raises(RefusedError, match="nothing to redo"):
            undoing.redo(paper, tell=_silent)
        assert [each.typed for each in undoing.records(paper)] == ["remove llama"]
        undoing.undo(paper, tell=_silent)
        assert paper.read_bytes() == _OLD


class TestOtherHands:
    @pytest.fixture
    def edited(self, paper: Path) -> Path:
        _do(paper, {paper: _NEW})
        paper.write_bytes(_NEW + b'notes = "by hand \xe4"\r\n')
        return paper

    def test_undo_refuses_and_shows_the_difference(self, edited: Path) -> None:
        before = edited.read_bytes()
        with pytest.raises(RefusedError) as refused:
            undoing.undo(edited, tell=_silent)
        assert refused.value.exit_status == 1
        assert "changed since papertrack last wrote it" in refused.value.message
        assert "undo --force" in refused.value.message
        assert '+notes = "by hand \\xe4"\r' in refused.value.details
        assert edited.read_bytes() == before

    def test_force_says_what_is_lost(self, edited: Path) -> None:
        notices: list[str] = []
        undoing.undo(edited, force=True, tell=notices.append)
        assert edited.read_bytes() == _OLD
        assert notices[0].startswith("lost in ")
        assert "+notes = " in notices[1]

    def test_a_file_removed_by_hand_counts_as_changed(self, paper: Path) -> None:
        _do(paper, {paper: _NEW})
        paper.unlink()
        with pytest.raises(RefusedError, match="changed since papertrack last wrote"):
            undoing.undo(paper, tell=_silent)
        undoing.undo(paper, force=True, tell=_silent)
        assert paper.read_bytes() == _OLD

    def test_what_is_undone_already_is_no_conflict(self, paper: Path) -> None:
        _do(paper, {paper: _NEW})
        paper.write_bytes(_OLD)  # as `git checkout` does
        undoing.undo(paper, tell=_silent)
        assert paper.read_bytes() == _OLD
        assert undoing.records(paper)[0].undone

    def test_an_edit_between_two_changes_stays_and_stops_the_second_undo(self, paper: Path) -> None:
        _do(paper, {paper: _NEW})
        by_hand = b"# a hand\n" + _NEW
        paper.write_bytes(by_hand)
        _do(paper, {paper: by_hand + b"year = 2023\n"})
        undoing.undo(paper, tell=_silent)
        assert paper.read_bytes() == by_hand
        with pytest.raises(RefusedError) as refused:
            undoing.undo(paper, tell=_silent)
        assert "+# a hand" in refused.value.details
        undoing.undo(paper, force=True, tell=_silent)
        assert paper.read_bytes() == _OLD

    def test_redo_refuses_too(self, paper: Path) -> None:
        _do(paper, {paper: _NEW})
        undoing.undo(paper, tell=_silent)
        paper.write_bytes(b"by hand")
        with pytest.raises(RefusedError, match="redo --force"):
            undoing.redo(paper, tell=_silent)
        undoing.redo(paper, force=True, tell=_silent)
        assert paper.read_bytes() == _NEW

    def test_a_long_difference_is_cut(self, paper: Path) -> None:
        _do(paper, {paper: _NEW})
        paper.write_bytes(b"line\n" * 1000)
        with pytest.raises(RefusedError) as refused:
            undoing.undo(paper, tell=_silent)
        assert refused.value.details[-1].endswith("more lines")
        assert len(refused.value.details) == 201


_MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("change"), st.binary(max_size=20)),
        st.tuples(st.just("hand"), st.binary(max_size=20)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(b"")),
    ),
    max_size=20,
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=_MOVES)
def test_undo_and_redo_give_back_what_was(
    moves: list[tuple[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    paper = tmp_path_factory.mktemp("list") / "papers.toml"
    paper.write_bytes(now := b"start")
    done: list[tuple[bytes, bytes]] = []
    undone: list[tuple[bytes, bytes]] = []
    for move, data in moves:
        if move == "hand":
            paper.write_bytes(now := data)
        elif move == "change" and data != now:
            done.append((now, data))
            undone.clear()
            _do(paper, {paper: (now := data)})
        elif move == "undo" and done:
            undoing.undo(paper, force=True, tell=_silent)
            undone.append(done.pop())
            now = undone[-1][0]
        elif move == "redo" and undone:
            undoing.redo(paper, force=True, tell=_silent)
            done.append(undone.pop())
            now = done[-1][1]
        assert paper.read_bytes() == now


class TestTheRecord:
    def test_it_tells_what_when_and_which_files(self, paper: Path) -> None:
        _do(paper, {paper: _NEW}, "done 'LLaMA\udcff' 论文")
        (record,) = undoing.records(paper)
        assert record.number == 1
        assert record.typed == "done 'LLaMA\\udcff' 论文"
        assert record.files == (paper,)
        assert not record.undone
        assert timedelta() <= datetime.now(UTC) - record.when < timedelta(minutes=1)
        assert record.when.utcoffset() is not None

    def test_a_path_that_is_no_text_is_kept(self, tmp_path: Path) -> None:
        path = tmp_path / os.fsdecode(b"caf\xe9-\xe8\xae\xba") / "papers.toml"
        try:
            path.parent.mkdir()
        except OSError:
            pytest.skip("this file system takes only names that are text")
        _do(path, {path: _NEW})
        assert undoing.records(path)[0].files == (path,)
        undoing.undo(path, tell=_silent)
        assert not path.exists()

    def test_it_is_its_owners_alone(self, paper: Path, state: Path) -> None:
        _do(paper, {paper: _NEW})
        modes = {stat.S_IMODE(path.stat().st_mode) for path in [state, *state.rglob("*")]}
        assert modes == {0o700, 0o600}

    def test_two_catalogues_have_two(self, paper: Path) -> None:
        other = paper.with_name("other.toml")
        _do(paper, {paper: _NEW}, "done llama")
        _do(other, {other: _NEW}, "add LLaMA")
        assert [each.typed for each in undoing.records(paper)] == ["done llama"]
        assert [each.typed for each in undoing.records(other)] == ["add LLaMA"]

    def test_it_is_compact(self, paper: Path, state: Path) -> None:
        big = b"x" * 1_000_000
        paper.write_bytes(big)
        _do(paper, {paper: big[:500_000] + b"y" + big[500_000:]})
        (change,) = state.rglob("*.change")
        assert change.stat().st_size < 20_000

    @pytest.mark.slow
    def test_it_keeps_the_last_200_changes(self, paper: Path) -> None:
        for number in range(history.MOST_RECORDS + 5):
            _do(paper, {paper: b"%d" % number}, str(number))
        kept = undoing.records(paper)
        assert [each.typed for each in kept] == [str(number) for number in range(5, 205)]
        assert kept[-1].number == 205
        undoing.undo(paper, tell=_silent)
        assert paper.read_bytes() == b"203"

    def test_it_is_bounded_in_bytes_but_keeps_the_newest(
        self, paper: Path, state: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(history, "MOST_BYTES", 13_000)
        noise = os.urandom  # what cannot be made smaller
        for number in range(9):
            _do(paper, {paper: noise(3000)}, str(number))
        assert [each.typed for each in undoing.records(paper)] == ["7", "8"]
        _do(paper, {paper: noise(20_000)}, "large")
        assert [each.typed for each in undoing.records(paper)] == ["large"]
        assert sum(path.stat().st_size for path in state.rglob("*.change")) < 30_000

    @pytest.mark.parametrize("size", [0, 1, 40, -1], ids=["nothing", "a byte", "some", "most"])
    def test_a_change_cut_short_is_passed_over(self, paper: Path, state: Path, size: int) -> None:
        _do(paper, {paper: _NEW}, "done llama")
        _do(paper, {paper: b"newer"}, "remove llama")
        (torn,) = state.rglob("000002.change")
        torn.write_bytes(torn.read_bytes()[:size])
        assert [each.typed for each in undoing.records(paper)] == ["done llama"]
        with pytest.raises(RefusedError):
            undoing.undo(paper, tell=_silent)
        assert paper.read_bytes() == b"newer"
        _do(paper, {paper: b"newest"}, "add")
        undoing.undo(paper, tell=_silent)
        assert paper.read_bytes() == b"newer"

    def test_what_older_releases_kept_is_forgotten(self, paper: Path, state: Path) -> None:
        _do(paper, {paper: _NEW})
        (kept,) = state.rglob("*.change")
        kept.with_name("0123.copy0").write_bytes(b"x" * 1000)
        kept.with_name("000002.change").write_text(
            '["2025-01-01", "add", [["a", null, [0, 0, 1, 1]]]]'
        )
        _do(paper, {paper: b"newer"}, "remove llama")
        assert not list(state.rglob("*.copy*"))
        assert [each.typed for each in undoing.records(paper)] == ["done llama", "remove llama"]


class TestInterrupted:
    """A record says what was begun; the next command finishes it, `undo` undoes it."""

    @pytest.fixture
    def readme(self, tmp_path: Path) -> Path:
        path = tmp_path / "docs" / "README.md"
        path.parent.mkdir()
        path.write_bytes(b"# Old")
        return path

    def _begin(self, paper: Path, readme: Path, *, replaced: int) -> None:
        """Leave a change of both files as a kill does once so many are replaced."""
        changes = [
            Change(paper, paper, read(paper), _NEW),
            Change(readme, readme, read(readme), b"# New"),
        ]
        history.make(history.folder_of(paper))
        history.Journal(history.folder_of(paper)).begin("import", changes)
        for change in changes[:replaced]:
            change.target.write_bytes(change.after or b"")
        readme.with_name(".README.md.papertrack-0123abcd~").touch()

    def test_the_next_change_finishes_it(self, paper: Path, readme: Path) -> None:
        self._begin(paper, readme, replaced=1)
        notices = _do(paper, {paper: b"newer"})
        assert notices == ['finished "import", which was interrupted']
        assert (paper.read_bytes(), read(readme)) == (b"newer", b"# New")
        assert [each.name for each in readme.parent.iterdir()] == ["README.md"]
        for _ in range(2):
            undoing.undo(paper, tell=_silent)
        assert (paper.read_bytes(), read(readme)) == (_OLD, b"# Old")

    def test_one_that_had_not_begun_is_forgotten(self, paper: Path, readme: Path) -> None:
        self._begin(paper, readme, replaced=0)
        assert _do(paper, {paper: b"newer"}) == []
        assert read(readme) == b"# Old"
        assert [each.typed for each in undoing.records(paper)] == ["done llama"]

    @pytest.mark.parametrize("replaced", [1, 2])
    def test_undo_takes_it_back(self, paper: Path, readme: Path, replaced: int) -> None:
        self._begin(paper, readme, replaced=replaced)
        assert undoing.undo(paper, tell=_silent).typed == "import"
        assert (paper.read_bytes(), read(readme)) == (_OLD, b"# Old")
        assert [each.name for each in readme.parent.iterdir()] == ["README.md"]
        undoing.redo(paper, tell=_silent)
        assert (paper.read_bytes(), read(readme)) == (_NEW, b"# New")

    def test_undo_of_one_that_had_not_begun_says_so(self, paper: Path, readme: Path) -> None:
        self._begin(paper, readme, replaced=0)
        with pytest.raises(RefusedError, match="nothing to undo"):
            undoing.undo(paper, tell=_silent)
        assert [each.name for each in readme.parent.iterdir()] == ["README.md"]

    def test_redo_finishes_it(self, paper: Path, readme: Path) -> None:
        self._begin(paper, readme, replaced=1)
        assert undoing.redo(paper, tell=_silent).typed == "import"
        assert (paper.read_bytes(), read(readme)) == (_NEW, b"# New")

    @pytest.mark.parametrize("again", ["undo", "redo", "change"])
    def test_an_undo_half_done_is_finished_or_made_undone(
        self, paper: Path, readme: Path, again: str
    ) -> None:
        _do(paper, {paper: _NEW, readme: b"# New"}, "import")
        kept = history.Journal(history.folder_of(paper))
        kept.mark(1, State.UNDOING)
        readme.write_bytes(b"# Old")
        if again == "change":
            assert _do(paper, {paper: b"newer"}) == ['finished "import", which was interrupted']
            assert read(readme) == b"# Old"
            return
        getattr(undoing, again)(paper, tell=_silent)
        states = {"undo": (_OLD, b"# Old"), "redo": (_NEW, b"# New")}
        assert (paper.read_bytes(), read(readme)) == states[again]

    def test_what_other_hands_changed_meanwhile_stays(self, paper: Path, readme: Path) -> None:
        self._begin(paper, readme, replaced=1)
        readme.write_bytes(b"# By hand")
        notices = _do(paper, {paper: b"newer"})
        assert read(readme) == b"# By hand"
        assert notices[1].startswith("left ")
        assert notices[1].endswith("as it is: it has changed since")

    def test_files_that_could_not_be_put_back_are_named_and_undo_does_it(
        self, paper: Path, readme: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        really = os.replace
        broken = False

        def move(old: Path, new: Path) -> None:
            nonlocal broken
            broken = broken or Path(new) == readme
            if broken:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            really(old, new)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", move)
            with pytest.raises(PapertrackError) as caught:
                _do(paper, {paper: _NEW, readme: b"# New"})
        assert caught.value.message == (
            f"changed {as_typed(paper)}, but not {as_typed(readme)}, and could not put that back: "
            "once the disk works again, papertrack undo undoes the change"
        )
        assert caught.value.details == (
            "the disk failed; look after the disk before anything else",
        )
        assert (paper.read_bytes(), read(readme)) == (_NEW, b"# Old")
        undoing.undo(paper, tell=_silent)
        assert (paper.read_bytes(), read(readme)) == (_OLD, b"# Old")
        assert [each.name for each in readme.parent.iterdir()] == ["README.md"]

    def test_a_record_cut_short_had_not_begun(self, paper: Path, readme: Path) -> None:
        self._begin(paper, readme, replaced=0)
        path = history.folder_of(paper) / "000001.doing"
        path.write_bytes(path.read_bytes()[:-1])
        assert _do(paper, {paper: b"newer"}) == []
        assert read(readme) == b"# Old"


class TestTheStateFolder:
    def _warned(self, paper: Path) -> str:
        (warning,) = _do(paper, {paper: _NEW})
        assert paper.read_bytes() == _NEW
        assert warning.startswith(
            "warning: the change is made, but papertrack undo will not know it: "
        )
        return warning

    def test_one_that_cannot_be_made_warns(self, paper: Path, state: Path) -> None:
        state.write_text("in the way")
        assert "state" in self._warned(paper)

    def test_one_that_cannot_be_read_is_said(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def deny(*_: object) -> bytes:
            raise PermissionError(13, "Permission denied")

        _do(paper, {paper: _NEW})
        monkeypatch.setattr(os, "listdir", deny)
        for look in (undoing.records, partial(undoing.undo, tell=_silent)):
            with pytest.raises(PapertrackError, match=r"cannot read .*permission is denied"):
                look(paper)

    def test_no_home_warns(self, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("PAPERTRACK_STATE", "XDG_STATE_HOME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HOME", "nowhere")
        monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)  # a user the system does not know
        assert "there is no home folder" in self._warned(paper)
        with pytest.raises(PapertrackError, match="cannot read the history"):
            undoing.undo(paper, tell=_silent)
        assert not undoing.there_is(paper)

    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
    def test_a_disk_that_fails_there_changes_nothing(
        self, paper: Path, state: Path, monkeypatch: pytest.MonkeyPatch, number: int
    ) -> None:
        def fail(_: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(PapertrackError, match=r"papers.toml, so nothing was changed: undo "):
            _do(paper, {paper: _NEW})
        assert paper.read_bytes() == _OLD
        assert not [path for path in state.rglob("*") if path.is_file()]

    def test_undo_that_cannot_be_marked_changes_nothing(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))

        _do(paper, {paper: _NEW})
        monkeypatch.setattr(Path, "replace", fail)
        with pytest.raises(PapertrackError, match="so nothing was changed: its disk is read-only"):
            undoing.undo(paper, tell=_silent)
        assert paper.read_bytes() == _NEW

    @pytest.mark.parametrize(
        ("variables", "expected"),
        [
            ({"PAPERTRACK_STATE": "{0}/mine"}, "mine"),
            ({"XDG_STATE_HOME": "{0}/xdg"}, "xdg/papertrack"),
            ({"XDG_STATE_HOME": "relative", "HOME": "{0}/home"}, "papertrack"),
            ({"HOME": "{0}/home"}, "papertrack"),
        ],
    )
    def test_it_is_where_the_variables_say(
        self,
        paper: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        variables: dict[str, str],
        expected: str,
    ) -> None:
        for name in ("PAPERTRACK_STATE", "XDG_STATE_HOME"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value.format(tmp_path))
        _do(paper, {paper: _NEW})
        (made,) = tmp_path.rglob("*.change")
        assert made.parents[2].as_posix().endswith(expected)
