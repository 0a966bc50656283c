"""Feeds papertrack arbitrary bytes and words, and looks for a traceback.

`python benchmarks/fuzz.py 1000 --seed 1` runs a thousand inputs of each kind: bytes as the
catalogue, bytes as a Markdown file, words as arguments, any text as the values of fields, bytes in
the files of the history, bytes as the sides of a merge. An input is made from a real text by
cutting, doubling, swapping and spoiling it. It ends with status 1 if any input ended in anything
but an exit status of 0, 1 or 2, if a catalogue with faults was changed or a sound one spoiled, if
`list` said something else in its two ways, if text came back as other text, or if sides were said
to be merged into what is no catalogue, and shows that input.
"""

import argparse
import contextlib
import gc
import io
import json
import os
import random
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from papertrack import cli
from papertrack.catalogue import parse
from papertrack.commands import COMMANDS
from papertrack.models import FIELDS

_FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
_SPOILERS = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b]0;x\x07", b"\xc2\x9b", b"\r", b"\r\n", b"\x0b"),
    *(b'"""', b"'''", b"[[paper]]", b"[[papers]]", b"[paper", b"= ", b"{", b"\\", b"#", b"\n\n"),
    *(
        b"|",
        b"`",
        b"<!-- papertrack:begin -->",
        b"<!-- papertrack:end -->",
        b"-->",
        b"```",
        b"| - |",
    ),
    *(b"<<<<<<< ours\n", b"status = 3\n", b'year = "20x3"\n', b"\xf0\x9f\x91\xa9\xe2\x80\x8d"),
    *(
        "《》".encode(),
        "\u202e".encode(),
        b"[a](b",
        b"* ",
        b"- [x](https://arxiv.org/abs/1)",
        b"1979-05-27",
    ),
)
_WORDS = (
    *(
        "lab:",
        "lab:Meta",
        "-tag:x",
        "year:2020..",
        "year:..",
        "added:-2w..",
        "status:",
        "has:",
        '"',
    ),
    *("llama", "gpt", "", " ", "-", "--", "--all", "--yes", "--json", "--lab", "--on", "yesterday"),
    *(
        "--set",
        "year=2023",
        "--unset",
        "--into",
        "README.md",
        "--check",
        "--diff",
        "--force",
        "-n",
        "-1",
    ),
    *(
        "../x",
        "\x1b[31m",
        "\udcff",
        "[/b]",
        "😀",
        "--catalogue",
        "data/papers.toml",
        "/",
        ".",
        "\x00",
    ),
    *("--sort", "--columns", "--tag", "--status", "--year", "--dry-run", "--adopt", "--map", "a=b"),
)
_READING = (
    ["list"],
    ["show", "llama"],
    ["check"],
    ["stats"],
    ["labs"],
    ["export-markdown"],
    ["next"],
)
_CHANGING = (
    ["done", "llama"],
    ["add", "T"],
    ["remove", "gpt", "--yes"],
    ["undo"],
    ["check", "--fix"],
)
_MARKDOWN = (
    ["import", "README.md", "--dry-run"],
    ["import", "README.md"],
    ["import", "README.md", "--adopt"],
    ["export-markdown", "--into", "README.md"],
    ["export-markdown", "--into", "README.md", "--check"],
)
_LOOKING_BACK = (
    ["history"],
    ["history", "--json"],
    ["undo"],
    ["undo", "--force"],
    ["redo"],
    ["redo", "--force"],
    ["done", "gpt-3"],
    ["import", "README.md"],
)
_CATALOGUE, _STATE = Path("data/papers.toml"), Path("state")
_SECRET = {"open", "edit", "triage", "note"}  # they start other programs, or wait for a person


class Broken(Exception):  # noqa: N818 - a finding, not an error of the script
    """An input that ended in a traceback or in an odd exit status."""


class Result(NamedTuple):
    """What a command came to."""

    status: int
    out: str
    err: str


def spoiled(draw: random.Random, data: bytes) -> bytes:
    """Return the bytes after a few random changes."""
    for _ in range(draw.randint(1, 6)):
        at, to = sorted(draw.randint(0, len(data)) for _ in range(2))
        match draw.randint(0, 4):
            case 0:
                data = data[:at] + data[to:]
            case 1:
                data = data[:to] + data[at:to] + data[to:]
            case 2:
                data = data[:at] + draw.choice(_SPOILERS) + data[at:]
            case 3:
                data = data[:at] + draw.randbytes(draw.randint(1, 8)) + data[at:]
            case _:
                data = (
                    draw.randbytes(draw.randint(0, 400)) if draw.random() < 0.1 else data[::1]
                )  # now and then
    return data


def run(words: Sequence[str]) -> Result:
    """Run a command in this process; Broken where it does not end as it should."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    stdin, sys.stdin = sys.stdin, io.StringIO("")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = cli.run(words)
            out.seek(0)
            err.seek(0)
    except BaseException as error:
        raise Broken(f"{words}: {''.join(traceback.format_exception(error))}") from error
    finally:
        sys.stdin = stdin
    if status not in {0, 1, 2}:
        raise Broken(f"{words}: exit status {status}")
    return Result(status, out.read(), err.read())


def _catalogue(draw: random.Random) -> None:
    original = (_FIXTURES / "papers.toml").read_bytes()
    _CATALOGUE.write_bytes(spoiled(draw, original))
    _unchanged(draw.choice(_READING))
    _same(run(["list"]), run(["list", "--columns", "key,status,lab,source,title"]))
    _still_sound(draw.choice(_CHANGING))


def _markdown(draw: random.Random) -> None:
    _CATALOGUE.write_bytes((_FIXTURES / "papers.toml").read_bytes())
    text = (_FIXTURES / "reading-list.md").read_bytes()
    block = b"<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
    Path("README.md").write_bytes(spoiled(draw, draw.choice((text, block, text + block))))
    _still_sound(draw.choice(_MARKDOWN))


def _arguments(draw: random.Random) -> None:
    _CATALOGUE.write_bytes((_FIXTURES / "papers.toml").read_bytes())
    command = draw.choice([row.name for row in COMMANDS if row.name not in _SECRET])
    words = [draw.choice(_WORDS) for _ in range(draw.randint(0, 5))]
    _still_sound([*command.split(), *words])


def _values(draw: random.Random) -> None:
    """Give fields any text; where it is taken, it comes back."""
    _CATALOGUE.write_bytes((_FIXTURES / "papers.toml").read_bytes())
    text = "".join(_letter(draw) for _ in range(draw.choice((1, 3, 10, 50))))
    text *= draw.choice((1, 1, 1, 2000))
    _still_sound(["add", f"--tag={text}", f"--lab={text}", f"--link={text}", "--", text])
    _still_sound(["note", "gpt", "--", text])
    _still_sound(["edit", "gpt-2", f"--set={draw.choice(FIELDS)}={text}", f"--add-tag={text}"])
    field = draw.choice(("title", "name", "venue", "summary", "notes"))
    words = ["edit", "llama", f"--set={field}={text}"]
    if _still_sound(words).status == 0:
        papers = json.loads(run(["list", "--json"]).out)
        [kept] = [paper[field] for paper in papers if paper["key"] == "llama"]
        wanted = " ".join(text.split()) if field == "title" else text.strip()  # on one line
        if kept != wanted:
            raise Broken(f"{words}: {kept!r} is kept")


def _history(draw: random.Random) -> None:
    """Spoil a file of the history or of the last imports, then look back."""
    shutil.rmtree(_STATE, ignore_errors=True)
    _CATALOGUE.write_bytes((_FIXTURES / "papers.toml").read_bytes())
    Path("README.md").write_bytes((_FIXTURES / "reading-list.md").read_bytes())
    for words in (["done", "llama"], ["import", "README.md"], ["note", "gpt", "x"], ["undo"]):
        run(words)
    path = draw.choice(sorted(path for path in _STATE.rglob("*") if path.is_file()))
    path.write_bytes(spoiled(draw, path.read_bytes()))
    for _ in range(3):
        _still_sound(draw.choice(_LOOKING_BACK))


def _merge(draw: random.Random) -> None:
    """Merge three spoiled versions; what the driver says is merged is a catalogue."""
    original = (_FIXTURES / "papers.toml").read_bytes()
    # Spoiled once, most versions cannot be read; a changed word can be on both sides.
    words = (b"2023", b"to-read", b"title", b"\n\n", b"arXiv", b"# ", b"[labs]", b'"]')
    for name in ("base", "ours", "theirs"):
        version = original
        for _ in range(draw.randint(0, 2)):
            version = version.replace(draw.choice(words), draw.choice(words), draw.randint(1, 3))
        Path(name).write_bytes(spoiled(draw, version) if draw.random() < 0.3 else version)
    result = run(["merge-driver", "base", "ours", "theirs", "7", "papers.toml"])
    if result.status == 2 or (result.status == 0 and _faults(Path("ours").read_bytes())):
        raise Broken(f"merged with status {result.status}: {result.err}")


def _letter(draw: random.Random) -> str:
    if draw.random() < 0.5:  # as often as not
        return draw.choice(
            "\x00\x1b\x9b\r\n\t\x85\u2028\u202e\ufeff\ud800\udcff|`<>\\\"'#[]=-*_ a论"
        )
    return chr(draw.randrange(0x110000))


def _unchanged(words: Sequence[str]) -> None:
    before = _CATALOGUE.read_bytes()
    run(words)
    if _CATALOGUE.read_bytes() != before:
        raise Broken(f"{words} changed the catalogue")


def _still_sound(words: Sequence[str]) -> Result:
    """Run what may change the catalogue; a faulty one stays as it is, a sound one stays sound."""
    before = _CATALOGUE.read_bytes()
    result = run(words)
    after = _CATALOGUE.read_bytes() if _CATALOGUE.exists() else b""
    if after != before and (_faults(before) or _faults(after)):
        raise Broken(f"{words} made this of the catalogue:\n{after!r}")
    return result


def _faults(text: bytes) -> bool:
    return bool(parse(text.decode("utf-8", "surrogateescape")).faults)


def _same(one: Result, other: Result) -> None:
    if one != other:
        raise Broken(f"list says {one}, with its columns named {other}")


_KINDS: dict[str, Callable[[random.Random], None]] = {
    "bytes as a catalogue": _catalogue,
    "bytes as Markdown": _markdown,
    "words as arguments": _arguments,
    "text as values": _values,
    "bytes as history": _history,
    "bytes as sides of a merge": _merge,
}


def main() -> int:
    """Run every kind; print how many inputs were tried and how many broke."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("inputs", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        os.environ["PAPERTRACK_STATE"] = str(Path(name) / _STATE)
        Path("data").mkdir()
        for kind, try_one in _KINDS.items():
            for number in range(chosen.inputs):
                draw = random.Random(f"{chosen.seed} {kind} {number}")  # noqa: S311 - repeatable, no secret
                try:
                    try_one(draw)
                except Broken as finding:
                    broken += 1
                    print(f"{kind} {number}: {finding}")
                gc.collect() if number % 200 == 0 else None
            print(f"{kind}: {chosen.inputs} inputs tried", flush=True)
    print(f"{broken} broke")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
