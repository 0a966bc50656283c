"""Changes taken back and made again."""

import os
import pwd
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papertrack.errors import PapertrackError, RefusedError
from papertrack.files.reading import read, target_of
from papertrack.files.replacing import Change, replace
from papertrack.history import copies, recording, taking_back, tape
from papertrack.history.delta import Delta, between
from papertrack.history.records import Record

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
    told: list[str] = []
    changes = [Change(path, target_of(path), read(path), data) for path, data in new.items()]
    replace(changes)
    recording.record(target_of(catalogue), typed, changes, tell=told.append)
    return told


@given(before=st.binary(), after=st.binary(), around=st.tuples(st.binary(), st.binary()))
def test_a_difference_gives_both_states_back(
    before: bytes, after: bytes, around: tuple[bytes, bytes]
) -> None:
    start, end = around
    one, other = start + before + end, start + after + end
    delta = between(one, other)
    assert delta.apply(one) == other
    assert delta.turned().apply(other) == one
    assert len(delta.old or b"") <= len(before)
    assert len(delta.new or b"") <= len(after)


@pytest.mark.parametrize(
    ("delta", "state"),
    [
        (between(b"one", b"two"), b"won"),
        (between(b"one", b"two"), None),
        (between(None, b"two"), b""),
    ],
    ids=["another text", "no file", "a file"],
)
def test_a_difference_fits_its_own_state_only(delta: Delta, state: bytes | None) -> None:
    with pytest.raises(ValueError, match=r"not the state|no file"):
        delta.apply(state)


class TestTakingBack:
    def test_undo_gives_the_bytes_back_and_redo_makes_them_again(self, paper: Path) -> None:
        assert _do(paper, {paper: _NEW}) == []
        assert taking_back.undo(paper, tell=_silent).typed == "done llama"
        assert paper.read_bytes() == _OLD
        assert taking_back.redo(paper, tell=_silent).typed == "done llama"
        assert paper.read_bytes() == _NEW

    def test_every_step_can_be_taken_back_and_made_again(self, paper: Path) -> None:
        states = [_OLD, *(b"%d\n" % number * number for number in range(9))]
        for each in states[1:]:
            _do(paper, {paper: each})
        for each in reversed(states[:-1]):
            taking_back.undo(paper, tell=_silent)
            assert paper.read_bytes() == each
        for each in states[1:]:
            taking_back.redo(paper, tell=_silent)
            assert paper.read_bytes() == each

    def test_several_files_of_one_change_go_together(self, paper: Path, tmp_path: Path) -> None:
        readme = tmp_path / "docs" / "README.md"
        readme.parent.mkdir()
        readme.write_bytes(b"\xef\xbb\xbf# Papers\r\n")
        _do(paper, {paper: _NEW, readme: b"# New"})
        undone = taking_back.undo(paper, tell=_silent)
        assert undone.files == (paper, readme)
        assert (paper.read_bytes(), readme.read_bytes()) == (_OLD, b"\xef\xbb\xbf# Papers\r\n")
        taking_back.redo(paper, tell=_silent)
        assert (paper.read_bytes(), readme.read_bytes()) == (_NEW, b"# New")

    def test_a_file_made_is_removed_and_made_anew(self, tmp_path: Path) -> None:
        made = tmp_path / "papers.toml"
        _do(made, {made: b"# new list\n"}, "init")
        taking_back.undo(made, tell=_silent)
        assert not made.exists()
        assert taking_back.there_is(made)
        taking_back.redo(made, tell=_silent)
        assert made.read_bytes() == b"# new list\n"

    def test_permissions_and_links_survive(self, paper: Path, tmp_path: Path) -> None:
        paper.chmod(0o640)
        link = tmp_path / "papers.toml"
        link.symlink_to(paper)
        _do(link, {link: _NEW})
        taking_back.undo(link, tell=_silent)
        assert link.is_symlink()
        assert paper.read_bytes() == _OLD
        assert stat.S_IMODE(paper.stat().st_mode) == 0o640

    @pytest.mark.parametrize("move", [taking_back.undo, taking_back.redo], ids=["undo", "redo"])
    def test_where_there_is_nothing_it_says_so(
        self, paper: Path, move: Callable[..., Record]
    ) -> None:
        with pytest.raises(RefusedError, match=r"nothing to (undo|redo)"):
            move(paper, tell=_silent)
        assert not taking_back.there_is(paper)

    def test_a_new_change_forgets_what_was_undone(self, paper: Path) -> None:
        _do(paper, {paper: _NEW}, "done llama")
        taking_back.undo(paper, tell=_silent)
        _do(paper, {paper: b"other"}, "remove llama")
        with pytest.raises(RefusedError, match="nothing to redo"):
            taking_back.redo(paper, tell=_silent)
        assert [each.typed for each in taking_back.records(paper)] == ["remove llama"]
        taking_back.undo(paper, tell=_silent)
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
            taking_back.undo(edited, tell=_silent)
        assert refused.value.exit_status == 1
        assert "changed by other hands" in refused.value.message
        assert "undo --force" in refused.value.message
        assert '+notes = "by hand \\xe4"\r' in refused.value.details
        assert edited.read_bytes() == before

    def test_force_says_what_is_lost(self, edited: Path) -> None:
        told: list[str] = []
        taking_back.undo(edited, force=True, tell=told.append)
        assert edited.read_bytes() == _OLD
        assert told[0].startswith("lost in ")
        assert "+notes = " in told[1]

    def test_a_file_removed_by_hand_counts_as_changed(self, paper: Path) -> None:
        _do(paper, {paper: _NEW})
        paper.unlink()
        with pytest.raises(RefusedError, match="changed by other hands"):
            taking_back.undo(paper, tell=_silent)
        taking_back.undo(paper, force=True, tell=_silent)
        assert paper.read_bytes() == _OLD

    def test_what_is_taken_back_already_is_no_conflict(self, paper: Path) -> None:
        _do(paper, {paper: _NEW})
        paper.write_bytes(_OLD)  # as `git checkout` does
        taking_back.undo(paper, tell=_silent)
        assert paper.read_bytes() == _OLD
        assert taking_back.records(paper)[0].undone

    def test_an_edit_between_two_changes_stays_and_stops_the_second_undo(self, paper: Path) -> None:
        _do(paper, {paper: _NEW})
        by_hand = b"# a hand\n" + _NEW
        paper.write_bytes(by_hand)
        _do(paper, {paper: by_hand + b"year = 2023\n"})
        taking_back.undo(paper, tell=_silent)
        assert paper.read_bytes() == by_hand
        with pytest.raises(RefusedError) as refused:
            taking_back.undo(paper, tell=_silent)
        assert "+# a hand" in refused.value.details
        taking_back.undo(paper, force=True, tell=_silent)
        assert paper.read_bytes() == _OLD

    def test_redo_refuses_too(self, paper: Path) -> None:
        _do(paper, {paper: _NEW})
        taking_back.undo(paper, tell=_silent)
        paper.write_bytes(b"by hand")
        with pytest.raises(RefusedError, match="redo --force"):
            taking_back.redo(paper, tell=_silent)
        taking_back.redo(paper, force=True, tell=_silent)
        assert paper.read_bytes() == _NEW

    def test_a_long_difference_is_cut(self, paper: Path) -> None:
        _do(paper, {paper: _NEW})
        paper.write_bytes(b"line\n" * 1000)
        with pytest.raises(RefusedError) as refused:
            taking_back.undo(paper, tell=_silent)
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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
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
            taking_back.undo(paper, force=True, tell=_silent)
            undone.append(done.pop())
            now = undone[-1][0]
        elif move == "redo" and undone:
            taking_back.redo(paper, force=True, tell=_silent)
            done.append(undone.pop())
            now = done[-1][1]
        assert paper.read_bytes() == now


class TestTheRecord:
    def test_it_tells_what_when_and_which_files(self, paper: Path) -> None:
        _do(paper, {paper: _NEW}, "done 'LLaMA\udcff' 论文")
        (record,) = taking_back.records(paper)
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
        assert taking_back.records(path)[0].files == (path,)
        taking_back.undo(path, tell=_silent)
        assert not path.exists()

    def test_it_is_its_owners_alone(self, paper: Path, state: Path) -> None:
        _do(paper, {paper: _NEW})
        modes = {stat.S_IMODE(path.stat().st_mode) for path in [state, *state.rglob("*")]}
        assert modes == {0o700, 0o600}

    def test_two_catalogues_have_two(self, paper: Path) -> None:
        other = paper.with_name("other.toml")
        _do(paper, {paper: _NEW}, "done llama")
        _do(other, {other: _NEW}, "add LLaMA")
        assert [each.typed for each in taking_back.records(paper)] == ["done llama"]
        assert [each.typed for each in taking_back.records(other)] == ["add LLaMA"]

    def test_it_is_compact(self, paper: Path, state: Path) -> None:
        big = b"x" * 1_000_000
        paper.write_bytes(big)
        _do(paper, {paper: big[:500_000] + b"y" + big[500_000:]})
        (change,) = state.rglob("*.change")
        assert change.stat().st_size < 500

    def test_it_keeps_the_last_200_changes(self, paper: Path) -> None:
        for number in range(tape.MOST_RECORDS + 5):
            _do(paper, {paper: b"%d" % number}, str(number))
        kept = taking_back.records(paper)
        assert [each.typed for each in kept] == [str(number) for number in range(5, 205)]
        assert kept[-1].number == 205
        taking_back.undo(paper, tell=_silent)
        assert paper.read_bytes() == b"203"

    def test_it_is_bounded_in_bytes_but_keeps_the_newest(
        self, paper: Path, state: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tape, "MOST_BYTES", 13_000)
        for number in range(9):
            _do(paper, {paper: b"%d" % number * 3000}, str(number))
        assert [each.typed for each in taking_back.records(paper)] == ["7", "8"]
        _do(paper, {paper: b"z" * 20_000}, "large")
        assert [each.typed for each in taking_back.records(paper)] == ["large"]
        assert sum(path.stat().st_size for path in state.rglob("*.change")) < 30_000

    @pytest.mark.parametrize("size", [0, 1, 40, -1], ids=["nothing", "a byte", "some", "most"])
    def test_a_change_cut_short_is_passed_over(self, paper: Path, state: Path, size: int) -> None:
        _do(paper, {paper: _NEW}, "done llama")
        _do(paper, {paper: b"newer"}, "remove llama")
        (torn,) = state.rglob("000002.change")
        torn.write_bytes(torn.read_bytes()[:size])
        assert [each.typed for each in taking_back.records(paper)] == ["done llama"]
        with pytest.raises(RefusedError):
            taking_back.undo(paper, tell=_silent)
        assert paper.read_bytes() == b"newer"
        _do(paper, {paper: b"newest"}, "add")
        taking_back.undo(paper, tell=_silent)
        assert paper.read_bytes() == b"newer"

    @pytest.mark.parametrize("bad", [b"", b"1 2 3", b"9 1 1 0 5\nother"])
    def test_a_copy_cut_short_leaves_the_one_before(
        self, paper: Path, state: Path, bad: bytes
    ) -> None:
        _do(paper, {paper: _NEW})
        _do(paper, {paper: b"newer"})
        newest = max(state.rglob("*.copy*"), key=lambda path: path.read_bytes().split()[0])
        newest.write_bytes(bad)
        taking_back.undo(paper, tell=_silent)
        assert paper.read_bytes() == _NEW

    def test_without_copies_undo_refuses(self, paper: Path, state: Path) -> None:
        _do(paper, {paper: _NEW})
        for copy in state.rglob("*.copy*"):
            copy.unlink()
        with pytest.raises(RefusedError, match="is damaged"):
            taking_back.undo(paper, force=True, tell=_silent)
        assert paper.read_bytes() == _NEW

    @pytest.mark.parametrize("killed", ["before the record", "before the copy"])
    def test_a_kill_loses_at_most_the_record(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch, killed: str
    ) -> None:
        _do(paper, {paper: _NEW}, "done llama")
        with _killed(killed, monkeypatch):
            _do(paper, {paper: b"newer"}, "remove llama")
        assert paper.read_bytes() == b"newer"
        if killed == "before the record":
            with pytest.raises(RefusedError, match="changed by other hands"):
                taking_back.undo(paper, tell=_silent)
        else:
            assert taking_back.undo(paper, tell=_silent).typed == "remove llama"
            assert paper.read_bytes() == _NEW

    @pytest.mark.parametrize("killed", ["before the mark", "before the copy"])
    def test_an_undo_that_is_killed_can_be_repeated(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch, killed: str
    ) -> None:
        _do(paper, {paper: _NEW})
        _do(paper, {paper: b"newer"})
        with _killed(killed, monkeypatch):
            taking_back.undo(paper, tell=_silent)
        assert paper.read_bytes() == _NEW
        taking_back.undo(paper, tell=_silent)
        if killed == "before the copy":
            assert paper.read_bytes() == _OLD
            taking_back.redo(paper, tell=_silent)
        assert paper.read_bytes() == _NEW


@contextmanager
def _killed(moment: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """End what is inside at this moment, as a kill would."""

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    where: dict[str, tuple[type, str]] = {
        "before the record": (tape.Tape, "append"),
        "before the mark": (tape.Tape, "mark"),
        "before the copy": (copies.Copies, "keep"),
    }
    with monkeypatch.context() as patched:
        patched.setattr(*where[moment], die)
        with pytest.raises(KeyboardInterrupt):
            yield


class TestTheStateFolder:
    def _warned(self, paper: Path) -> str:
        (told,) = _do(paper, {paper: _NEW})
        assert paper.read_bytes() == _NEW
        assert told.startswith("warning: the change is made, but papertrack undo will not know it")
        return told

    def test_one_that_cannot_be_made_warns(self, paper: Path, state: Path) -> None:
        state.write_text("in the way")
        assert "state" in self._warned(paper)

    def test_one_that_cannot_be_read_is_said(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def deny(*_: object) -> bytes:
            raise PermissionError(13, "Permission denied")

        _do(paper, {paper: _NEW})
        monkeypatch.setattr(tape.Tape, "load", deny)
        for look in (taking_back.records, partial(taking_back.undo, tell=_silent)):
            with pytest.raises(PapertrackError, match=r"cannot read .*permission is denied"):
                look(paper)

    def test_no_home_warns(self, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("PAPERTRACK_STATE", "XDG_STATE_HOME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HOME", "nowhere")
        monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)  # a user the system does not know
        assert "there is no home folder" in self._warned(paper)
        with pytest.raises(PapertrackError, match="cannot read the history"):
            taking_back.undo(paper, tell=_silent)
        assert not taking_back.there_is(paper)

    def test_a_full_disk_warns_and_leaves_no_half(
        self, paper: Path, state: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> bytes:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(tape, "_written", full)
        assert "No space left" in self._warned(paper)
        assert not list(state.rglob("*.change"))

    def test_undo_that_cannot_be_marked_warns(
        self, paper: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object, **__: object) -> None:
            raise OSError(30, "Read-only file system")

        _do(paper, {paper: _NEW})
        monkeypatch.setattr(tape.Tape, "mark", fail)
        told: list[str] = []
        taking_back.undo(paper, tell=told.append)
        assert paper.read_bytes() == _OLD
        assert told == [
            "warning: the files are changed, but the history is not: Read-only file system"
        ]

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
