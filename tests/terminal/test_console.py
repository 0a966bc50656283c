import io
import os
import shlex
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.text import Text

import forks
from papertrack.status import Status
from papertrack.terminal import console, is_looked_at, is_terminal, write
from papertrack.terminal.console import has_signs, marked, size
from screens import screen_of

Terminals = Callable[..., tuple[io.TextIOWrapper, io.TextIOWrapper]]


@pytest.mark.parametrize(
    ("variables", "painted"),
    [
        ({}, "\x1b[1;32mdone\x1b[0m"),
        ({"NO_COLOR": "1"}, "\x1b[1mdone\x1b[0m"),
        ({"NO_COLOR": ""}, "\x1b[1;32mdone\x1b[0m"),
        ({"TERM": "dumb"}, "done"),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, "done"),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "\x1b[1mdone\x1b[0m"),
    ],
    ids=str,
)
def test_colours_are_those_that_rich_decides_on(
    at_terminal: Terminals,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    painted: str,
) -> None:
    out, _ = at_terminal()
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert console.drawn(console.console(out), Text("done", "bold green")) == f"{painted}\n"


@pytest.mark.parametrize(("forced", "looked_at"), [("1", True), ("", False), (None, False)])
def test_a_pipe_is_looked_at_where_colours_are_forced(
    monkeypatch: pytest.MonkeyPatch,
    forced: str | None,
    looked_at: bool,  # noqa: FBT001 - a column of the table
) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    if forced is not None:
        monkeypatch.setenv("FORCE_COLOR", forced)
    assert is_looked_at(io.StringIO()) is looked_at


def test_no_stream_and_a_closed_one_are_no_terminal() -> None:
    closed = io.StringIO()
    closed.close()
    assert not is_terminal(None)
    assert not is_terminal(closed)


def test_an_ascii_terminal_has_no_signs(at_terminal: Terminals) -> None:
    out, _ = at_terminal(encoding="ascii")
    assert not has_signs(console.console(out))
    assert console.dotted(["a", "b"], console.console(out)) == "a, b"


def test_a_chinese_terminal_has_signs(at_terminal: Terminals) -> None:
    out, _ = at_terminal(encoding="gb18030")
    assert has_signs(console.console(out))


def test_an_unknown_encoding_has_no_signs() -> None:
    class Odd(io.StringIO):
        encoding = "no-such-encoding"

    assert not has_signs(console.console(Odd()))


def test_the_width_is_at_least_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "3")
    assert size(io.StringIO())[0] == 20


def test_what_the_encoding_lacks_is_spelled_out() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="")
    write("大 ok\n", stream)
    stream.seek(0)
    assert stream.read() == "\\u5927 ok\n"


def test_text_is_text_and_no_markup(at_terminal: Terminals) -> None:
    out, _ = at_terminal()
    assert console.drawn(console.console(out), "[/b] :smile: 42") == "[/b] :smile: 42\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no pty there")
def test_the_size_is_that_of_the_stream_s_own_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl  # not on Windows
    import pty
    import struct  # beside them
    import termios

    for name in ("COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 63, 0, 0))
    with open(theirs, "w", encoding="utf-8") as stream, open(ours, "rb"):  # noqa: PTH123 - descriptors
        assert size(stream) == (63, 40)
        monkeypatch.setenv("COLUMNS", "70")
        assert size(stream) == (70, 40)


@pytest.fixture
def at_pty(papers: Path) -> Callable[..., tuple[str, bytes | None]]:
    """Return what runs the command at a terminal of some lines, and what its pager was given."""
    import fcntl  # not on Windows
    import pty
    import struct  # beside them
    import termios

    given = papers.parent / "given"
    saving = f"import sys; open({str(given)!r}, 'wb').write(sys.stdin.buffer.read())"

    def run(
        *words: str, lines: int, pager: str = shlex.join([sys.executable, "-S", "-c", saving])
    ) -> tuple[str, bytes | None]:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
        environment = {"TERM": "xterm", "COLUMNS": "80", "LINES": str(lines or 24)}
        environment |= {"PAPERTRACK_PAGER": pager, "PAGER": "false"}
        command = forks.command(*words, environment=environment)
        child = forks.started(command, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        screen = b""
        try:
            while part := os.read(ours, 4096):
                screen += part
        except OSError:  # how Linux says that the other side is closed
            pass
        os.close(ours)
        assert forks.status_of(child) == 0
        return screen.decode(), given.read_bytes() if given.exists() else None

    return run


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pty there")
class TestPager:
    def test_a_list_longer_than_the_screen_goes_through_it_with_its_colours(
        self, at_pty: Callable[..., tuple[str, bytes | None]]
    ) -> None:
        screen, given = at_pty("list", lines=8)
        assert screen == ""
        assert given is not None
        assert "\x1b[36mllama" in given.decode()
        assert given.count(b"\n") == 16

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("words", "lines", "pager"),
        [
            pytest.param(["list"], 40, None, id="it fits the screen"),
            pytest.param(["list", "--no-pager"], 8, None, id="without a pager"),
            pytest.param(["list"], 0, None, id="a terminal without a size, of a program"),
            pytest.param(["list"], 8, "", id="no pager is wanted"),
            pytest.param(["list"], 8, "cat", id="cat"),
            pytest.param(["list"], 8, "no-such-pager", id="a pager that is not there"),
            pytest.param(["list"], 8, "less '", id="a quote too few"),
        ],
    )
    def test_otherwise_the_list_is_printed(
        self,
        at_pty: Callable[..., tuple[str, bytes | None]],
        words: list[str],
        lines: int,
        pager: str | None,
    ) -> None:
        options = {} if pager is None else {"pager": pager}
        screen, given = at_pty(*words, lines=lines, **options)
        assert given is None
        assert "llama" in screen
        assert screen.count("\n") == 16

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "typed",
        [
            "list",
            "filter-by-lab Meta",
            "show llama",
            "next 5",
            "stats",
            "labs",
            "tags",
            "check --fix --only arxiv",
            "help",
            "help query",
            "export --into refs.bib --diff",
            "check --rules",
            "export-markdown --into README.md --diff",
        ],
    )
    def test_every_long_answer_goes_through_it_but_with_no_pager(
        self, at_pty: Callable[..., tuple[str, bytes | None]], papers: Path, typed: str
    ) -> None:
        text = papers.read_text(encoding="utf-8")
        text = text.replace('key = "llama"\n', 'key = "llama"\ntags = ["a", "b", "c", "d"]\n')
        text = text.replace('arxiv = "', 'arxiv = "https://arxiv.org/abs/', 1)
        for options in ([], ["--no-pager"]):
            papers.write_text(text, encoding="utf-8")
            (papers.parents[1] / "README.md").write_text(
                "<!-- papertrack:begin -->\n<!-- papertrack:end -->\n", encoding="utf-8"
            )
            screen, given = at_pty(*typed.split(), *options, lines=4)
            assert screen if options else given
            (papers.parent / "given").unlink(missing_ok=True)
            assert bool(given) is not bool(options)

    @pytest.mark.slow
    def test_a_person_who_has_seen_enough_is_no_trouble(
        self, at_pty: Callable[..., tuple[str, bytes | None]]
    ) -> None:
        assert at_pty("list", lines=8, pager="true") == ("", None)


@pytest.mark.parametrize(
    "encoding",
    [
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("cp1252", "ascii", "gbk", "utf-16")
        ),
    ],
)
@pytest.mark.parametrize("words", [["list"], ["list", "--json"], ["export-markdown"]], ids=" ".join)
def test_what_is_no_terminal_gets_utf8_whatever_the_locale(
    papers: Path, words: list[str], encoding: str
) -> None:
    assert papers.exists()
    done = forks.ran(forks.command(*words), encoding=encoding)
    assert (done.status, done.err) == (0, "")
    assert "没发表？" in done.out


@pytest.mark.parametrize(
    ("status", "sign", "plain"),
    [
        (Status.TO_READ, "○ to read", "[ ] to read"),
        (Status.READING, "◐ reading", "[~] reading"),
        (Status.SKIMMED, "◔ skimmed", "[/] skimmed"),
        (Status.DONE, "● done", "[x] done"),
        (Status.DROPPED, "✕ dropped", "[-] dropped"),
    ],
)
def test_a_status_is_read_without_colour(status: Status, sign: str, plain: str) -> None:
    assert marked(status, screen_of()).plain == sign
    assert marked(status, screen_of(signs=False)).plain == plain
    assert marked(status, screen_of(), short=True).plain == sign[0]


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked_for to open."""
    addresses: list[str] = []

    def open_(address: str) -> bool:
        addresses.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", open_)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    return addresses


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"])
def test_a_screen_or_a_chosen_browser_opens_pages(
    asked_for: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(name, "something")
    assert console.open_page("https://a.org")
    assert asked_for == ["https://a.org"]


def test_without_a_screen_nothing_is_opened(
    asked_for: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert not console.open_page("https://a.org")
    assert asked_for == []


def test_a_mac_has_a_screen(asked_for: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert console.open_page("https://a.org")
    assert asked_for == ["https://a.org"]


@pytest.mark.parametrize("error", [webbrowser.Error("none"), OSError("none")], ids=repr)
def test_a_browser_that_does_not_start_is_none(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(_: str) -> bool:
        raise error

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(webbrowser, "open", fail)
    assert not console.open_page("https://a.org")
