"""Feeds papertrack arbitrary bytes and words, and looks for a traceback.

`python benchmarks/fuzz.py 1000 --seed 1` runs a thousand inputs of each kind: bytes as the
catalogue, bytes as a Markdown file, words as arguments. An input is made from a real text by
cutting, doubling, swapping and spoiling it. It ends with status 1 if any input ended in anything
but an exit status of 0, 1 or 2, and shows that input.
"""

import argparse
import contextlib
import gc
import io
import os
import random
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from papertrack import cli
from papertrack.command_table import COMMANDS

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
_SECRET = {"open", "edit", "triage", "note"}  # they start other programs, or wait for a person


class Broken(Exception):  # noqa: N818 - a finding, not an error of the script
    """An input that ended in a traceback or in an odd exit status."""


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
                data = draw.randbytes(draw.randint(0, 400)) if draw.random() < 0.1 else data[::1]  # noqa: PLR2004 - now and then
    return data


def run(words: Sequence[str]) -> None:
    """Run a command in this process; Broken where it does not end as it should."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    stdin, sys.stdin = sys.stdin, io.StringIO("")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = cli.run(words)
    except BaseException as error:
        raise Broken("".join(traceback.format_exception(error))) from error
    finally:
        sys.stdin = stdin
    if status not in {0, 1, 2}:
        raise Broken(f"exit status {status}")


def _catalogue(draw: random.Random) -> list[list[str]]:
    original = (_FIXTURES / "papers.toml").read_bytes()
    Path("data/papers.toml").write_bytes(spoiled(draw, original))
    return [list(draw.choice(_READING)), list(draw.choice(_CHANGING))]


def _markdown(draw: random.Random) -> list[list[str]]:
    Path("data/papers.toml").write_bytes((_FIXTURES / "papers.toml").read_bytes())
    text = (_FIXTURES / "reading-list.md").read_bytes()
    block = b"<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
    Path("README.md").write_bytes(spoiled(draw, draw.choice((text, block, text + block))))
    return [list(draw.choice(_MARKDOWN))]


def _arguments(draw: random.Random) -> list[list[str]]:
    Path("data/papers.toml").write_bytes((_FIXTURES / "papers.toml").read_bytes())
    command = draw.choice([row.name for row in COMMANDS if row.name not in _SECRET])
    words = [draw.choice(_WORDS) for _ in range(draw.randint(0, 5))]
    return [[*command.split(), *words]]


_KINDS: dict[str, Callable[[random.Random], list[list[str]]]] = {
    "bytes as a catalogue": _catalogue,
    "bytes as Markdown": _markdown,
    "words as arguments": _arguments,
}


def main() -> int:
    """Run every kind; print how many inputs were tried and how many broke."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("inputs", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        os.environ["PAPERTRACK_STATE"] = str(Path(name) / "state")
        Path("data").mkdir()
        for kind, prepared in _KINDS.items():
            for number in range(chosen.inputs):
                draw = random.Random(f"{chosen.seed} {kind} {number}")  # noqa: S311 - repeatable, no secret
                for words in prepared(draw):
                    try:
                        run(words)
                    except Broken as finding:
                        broken += 1
                        print(f"{kind} {number}: papertrack {words}\n{finding}")
                gc.collect() if number % 200 == 0 else None
            print(f"{kind}: {chosen.inputs} inputs tried", flush=True)
    print(f"{broken} broke")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
