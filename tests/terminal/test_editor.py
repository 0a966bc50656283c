import os
import shlex
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from papertrack import terminal
from papertrack.errors import Fault, PapertrackError, RefusedError
from papertrack.terminal import editor, prompts

Editor = Callable[[str], None]


@pytest.fixture
def edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Return what makes the editor run some Python, with `path` being the file."""
    monkeypatch.setenv("PAPERTRACK_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(terminal, "interactive", lambda: True)

    def put(code: str) -> None:
        whole = f"import pathlib, sys; path = pathlib.Path(sys.argv[-1]); {code}"
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-S", "-c", whole]))

    return put


def _edited(text: str, check: editor.Check = lambda _: ()) -> str | None:
    with editor.edited(text, "llama.toml", check=check, instead="use --set") as typed:
        return typed


def _kept(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "state").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("a\n", "path.write_text('b\\n')", "b\n", id="changed"),
        pytest.param("a\n", "pass", None, id="unchanged"),
        pytest.param("a", "path.write_bytes(b'a\\n')", None, id="the editor's line end"),
        pytest.param("a", "path.write_bytes(b'b\\n')", "b", id="no line end at the end"),
        pytest.param("a\r\n", "path.write_bytes(b'a\\n')", None, id="the editor's line feeds"),
        pytest.param("a\r\n", "path.write_bytes(b'a\\nb\\n')", "a\r\nb\r\n", id="CRLF stays"),
        pytest.param("a\n", "path.write_bytes(b'a\\r\\nb\\r\\n')", "a\nb\n", id="LF stays"),
        pytest.param("a\n", "path.write_bytes(b'\\xef\\xbb\\xbfb\\n')", "b\n", id="a BOM"),
        pytest.param("a\n", "path.write_bytes(b'\\xff\\n')", "\udcff\n", id="another encoding"),
        pytest.param("", "path.write_bytes(b'note\\n')", "note", id="from nothing"),
    ],
)
def test_the_text_comes_back_with_the_line_ends_it_had(
    edits: Editor, tmp_path: Path, text: str, code: str, expected: str | None
) -> None:
    edits(code)
    assert _edited(text) == expected
    assert _kept(tmp_path) == []


def test_nobody_else_can_read_what_is_edited(edits: Editor, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    edits(
        f"pathlib.Path({str(seen)!r}).write_text("
        "f'{path.name} {path.stat().st_mode:o} {path.parent.stat().st_mode:o}')"
    )
    assert _edited("a\n") is None
    name, file, parent = seen.read_text().split()
    assert name == "llama.toml"
    assert stat.S_IMODE(int(file, 8)) == 0o600
    assert stat.S_IMODE(int(parent, 8)) == 0o700


def test_faults_are_shown_in_the_text_until_they_are_fixed(
    edits: Editor, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    edits("text = path.read_text(); path.write_text(text.replace('1', '2') + ('!' in text) * '+')")
    monkeypatch.setattr(prompts, "ask", lambda *_, **__: "e")
    seen = []

    def check(text: str) -> list[Fault]:
        seen.append(text)
        return [Fault(2, "not enough")] if "+" not in text else []

    assert _edited("a\n1\n", check) == "a\n2\n+"
    assert seen == ["a\n2\n", "a\n2\n+"]
    assert "warning: line 2: not enough" in capfd.readouterr().err


def test_giving_up_keeps_what_was_typed_without_the_remarks(
    edits: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits("path.write_text(path.read_text() + 'x\\n')")
    answers = iter(["", "what?", "give up"])  # the second is asked again
    monkeypatch.setattr(prompts, "ask", lambda *_, **__: next(answers))
    with pytest.raises(RefusedError, match="given up") as caught:
        _edited("a\n", lambda _: [Fault(1, "bad")])
    [path] = _kept(tmp_path)
    assert path.read_text() == "a\nx\nx\n"
    assert caught.value.details == (f"what you typed is kept in {path}",)


def test_what_was_typed_is_kept_when_saving_it_fails(edits: Editor, tmp_path: Path) -> None:
    edits("path.write_text('typed\\n')")
    with (
        pytest.raises(PapertrackError, match="disk") as caught,
        editor.edited("a\n", "llama.toml", check=lambda _: (), instead=""),
    ):
        raise PapertrackError("the disk is full")
    [path] = _kept(tmp_path)
    assert path.read_text() == "typed\n"
    assert str(path) in caught.value.details[0]


def test_what_was_typed_is_kept_after_control_c(
    edits: Editor, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    edits("path.write_text('typed\\n')")
    with (
        pytest.raises(KeyboardInterrupt),
        editor.edited("a\n", "llama.toml", check=lambda _: (), instead=""),
    ):
        raise KeyboardInterrupt
    [path] = _kept(tmp_path)
    assert f"kept in {path}" in capfd.readouterr().err


def test_an_editor_that_fails_changes_nothing(edits: Editor, tmp_path: Path) -> None:
    edits("sys.exit(3)")
    with pytest.raises(RefusedError, match="ended with status 3: nothing was changed") as caught:
        _edited("a\n")
    assert caught.value.details == ()
    assert _kept(tmp_path) == []


def test_an_editor_that_takes_the_file_away_is_trouble(edits: Editor) -> None:
    edits("path.unlink()")
    with pytest.raises(PapertrackError, match=r"cannot read .*llama\.toml"):
        _edited("a\n")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("no-such-editor --wait", "the editor no-such-editor does not start"),
        ('nano "--x', "EDITOR is nano .*lacks a closing quote"),
    ],
)
def test_an_editor_that_is_none_is_named(
    edits: Editor, monkeypatch: pytest.MonkeyPatch, command: str, message: str
) -> None:
    edits("pass")
    monkeypatch.setenv("EDITOR", command)
    with pytest.raises(PapertrackError, match=message) as caught:
        _edited("a\n")
    assert caught.value.exit_status == 2


def test_visual_goes_before_editor(edits: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    edits("path.write_text('visual\\n')")
    monkeypatch.setenv("VISUAL", os.environ["EDITOR"])
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert _edited("a\n") == "visual\n"


def test_no_editor_at_all_says_what_to_set(
    edits: Editor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edits("pass")
    monkeypatch.delenv("EDITOR")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PapertrackError, match="set EDITOR"):
        _edited("a\n")


def test_nobody_at_the_terminal_is_told_what_to_type(
    edits: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits("pass")
    monkeypatch.setattr(terminal, "interactive", lambda: False)
    with pytest.raises(PapertrackError, match="an editor needs a terminal: use --set"):
        _edited("a\n")


def test_a_state_folder_that_cannot_be_written_is_no_trouble(
    edits: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PAPERTRACK_STATE", str(tmp_path / "file" / "state"))
    edits("path.write_text('b\\n')")
    assert _edited("a\n") == "b\n"
