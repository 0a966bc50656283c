"""Text that attacks: whatever the fields of a paper hold, no command lets it act."""

import io
import json
import os
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commandline import Run, Seen
from papertrack import cli
from papertrack.catalogue import parse
from papertrack.catalogue.draft import Draft, new_text
from papertrack.models import Paper

_OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[\w=.-]*;[!-~]*\x1b\\")
"""Colours, and what makes an address clickable: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda."""
_TURNING = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ATTACKS = (
    "[/b] [link=file:///etc/passwd]x[/link] [red]",
    "\x1b]0;owned\x07 \x1b[2J\x9b31m \x1b]8;;file:///etc\x1b\\",
    "\u202egnp.exe \u2066\u200b",
    "a\x00b\x08\x7f",
    "a | b `c|d` \\| <script>alert(1)</script> -->",
    "<!-- papertrack:end -->\n<!-- papertrack:begin -->",
    "$(reboot) `reboot`; rm -rf ~ | sh",
    "-rf",
    "--force",
    "../../etc/passwd",
    "👩\u200d👩\u200d👧\u200d👦 e\u0301 \ufeff",
    '"""\n[[paper]]\ntitle = "fake"\n\'\'\'',
    "{0} %s %(x)s {x!r}",
    "line\r\nline\rline\u2028line\x85line\x0b",
    "long " * 2000,
)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: bool(text.strip())
)
_LOOKING = (
    *(["list"], ["list", "--columns", "key,title,tags,notes"], ["show", "k"], ["next", "--why"]),
    *(["stats"], ["labs"], ["tags"], ["check"], ["history"], ["export-markdown"]),
    *(["list", "--json"], ["show", "k", "--json"], ["open", "k"], ["list", "lab:nobody"]),
)


class _Stream(io.StringIO):
    encoding = "utf-8"

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def _run(words: Sequence[str], *, terminal: bool) -> Seen:
    stream = _Stream(terminal=terminal)
    environment = {"TERM": "xterm-256color", "COLUMNS": "60", "BROWSER": "true"}
    with (
        mock.patch.multiple(sys, stdin=_Stream(terminal=False), stdout=stream, stderr=stream),
        mock.patch.dict(os.environ, environment),
        mock.patch("webbrowser.open", return_value=True),
    ):
        os.environ.pop("NO_COLOR", None)
        status = cli.run(words)
    return Seen(status, stream.getvalue())


@contextmanager
def _list_of(paper: Paper) -> Iterator[Path]:
    """Give a catalogue of this paper in a folder of its own, the working folder meanwhile."""
    with tempfile.TemporaryDirectory() as name, chdir(name):
        path = Path("papers.toml")
        draft = Draft(new_text())
        draft.add(paper)
        path.write_bytes(draft.text.encode())
        with mock.patch.dict(os.environ, {"PAPERTRACK_STATE": str(Path(name, "state"))}):
            yield path


def _paper(text: str) -> Paper:
    line = " ".join(text.split()) or "x"
    return Paper(
        key="k",
        name=text,
        title=text,
        authors=(text, "B"),
        lab=text,
        venue=text,
        links=(text, f"https://example.org/{line}"),
        tags=(text,),
        summary=f"{text}\n{text}",
        notes=text,
    )


def _acting(screen: str) -> list[str]:
    """Return what stands on the screen and would act on it."""
    return [
        sign
        for sign in _OURS.sub("", screen)
        if (unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} and sign != "\n")
        or sign in _TURNING
    ]


@pytest.mark.slow
@given(_TEXT)
@settings(max_examples=25)
@example(_ATTACKS[0])
@example(_ATTACKS[1])
@example(_ATTACKS[2])
@example(_ATTACKS[3])
@example(_ATTACKS[13])
@example(_ATTACKS[14])
def test_nothing_acts_on_a_terminal(text: str) -> None:
    with _list_of(_paper(text)):
        _run(["note", "k", text.replace("\x00", "")], terminal=False)
        for words in _LOOKING:
            seen = _run(words, terminal=True)
            assert seen.status in {0, 1, 2}
            assert _acting(seen.screen) == [], words
        for words in (
            ["show", text],
            ["list", f"tag:{text}"],
            [text],
            ["add", text],
            ["help", text],
        ):
            assert _acting(_run(words, terminal=True).screen) == [], words


@pytest.mark.slow
@given(_TEXT)
@settings(max_examples=40)
@example(_ATTACKS[4])
@example(_ATTACKS[5])
@example(_ATTACKS[11])
@example(_ATTACKS[13])
def test_commands_keep_text_exactly(text: str) -> None:
    """Typed, kept, listed as JSON, changed and undone: the same text, to the sign."""
    typed = text.replace("\x00", "").strip() or "x"
    with _list_of(Paper(key="k", title="T")) as path:
        assert _run(["edit", "k", f"--set=summary={typed}"], terminal=False).status == 0
        assert _run(["edit", "k", f"--set=title={typed}"], terminal=False).status == 0
        [paper] = json.loads(_run(["list", "--json"], terminal=False).screen)
        one_line = " ".join(typed.split())  # as a title is
        assert (paper["summary"], paper["title"]) == (typed, one_line)
        before = path.read_bytes()
        assert parse(before.decode()).faults == ()
        _run(["done", "k"], terminal=False)
        _run(["undo"], terminal=False)
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    "text", [text for text in _ATTACKS if "\x00" not in text], ids=lambda text: ascii(text[:20])
)
def test_what_attacks_is_added_listed_exported_and_taken_in_again(
    folder: Path, papertrack: Run, text: str
) -> None:
    assert papertrack("init").status == 0
    options = [f"--{name}={text}" for name in ("name", "lab", "venue", "tag", "summary", "notes")]
    assert papertrack("add", *options, "--key", "k", "--", text).status == 0
    [paper] = json.loads(papertrack("list", "--json").out)
    wanted = text.strip()
    assert paper["title"] == " ".join(wanted.split())  # on one line
    fields = ("name", "lab", "venue", "summary", "notes")
    assert [paper[field] for field in fields] == [wanted] * len(fields)
    assert len(papertrack("list").out.splitlines()) == 1

    readme = folder / "README.md"
    block = "<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
    readme.write_text(f"before\n\n{block}\nafter\n", encoding="utf-8")
    assert papertrack("export-markdown", "--into", "README.md").status == 0
    written = readme.read_text(encoding="utf-8")
    assert written.startswith("before\n\n<!-- papertrack:begin -->\n")
    assert written.endswith("-->\n\nafter\n")
    assert written.count("<!-- papertrack:end ") == 1
    assert papertrack("export-markdown", "--into", "README.md", "--check").status == 0
    before = (folder / "data" / "papers.toml").read_bytes()
    assert papertrack("import", "README.md").status == 0
    assert (folder / "data" / "papers.toml").read_bytes() == before
    assert papertrack("undo").status == 0
    assert readme.read_text(encoding="utf-8") == f"before\n\n{block}\nafter\n"
