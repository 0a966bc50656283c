"""What other tools get wrong: each thing that was seen to lose or break a list, tried here."""

import ast
import difflib
import os
import pty
import re
import resource
import signal
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
from markdown_it import MarkdownIt

import forks
from commandline import Result, Run

_ROOT = Path(__file__).parents[1]
_SOURCE = _ROOT / "src" / "papertrack"
_BLOCK = "# Papers\n\n<!-- papertrack:begin -->\n<!-- papertrack:end -->\n\nThe end.\n"


def _run(*words: str) -> Result:
    """Run the command in a process of its own, with nobody at a terminal."""
    return forks.ran(forks.command(*words))


def _killed_at(write: int, *words: str) -> int:
    """Run the command, killed as it has written so many files and they are not on the disk."""
    synced = 0

    def dying(descriptor: int, *, really: Callable[[int], None] = os.fsync) -> None:
        nonlocal synced
        synced += 1
        if synced == write:
            os.kill(os.getpid(), signal.SIGKILL)
        really(descriptor)

    def run() -> None:
        with mock.patch("os.fsync", dying):
            forks.command(*words)()

    return forks.ran(run).status


def _cut_short(*words: str) -> Result:
    """Run the command where no file may be longer than a few lines, as on a disk that fills up."""

    def run() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
        forks.command(*words)()

    return forks.ran(run)


def _on_a_terminal(*words: str) -> Result:
    """Run the command with its answer on a real terminal."""
    ours, theirs = pty.openpty()
    command = forks.command(*words, environment={"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"})
    child = forks.started(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    screen = b"".join(_pieces(ours))
    os.close(ours)
    return Result(forks.status_of(child), screen.decode(), "")


def _pieces(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other side is closed
            return
        if not piece:
            return
        yield piece


def _changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def _cells(markdown: str) -> list[list[str]]:
    """Return the table's rows as GitHub renders them, each cell as the reader sees it."""
    rows: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        if token.type == "inline" and rows:
            rows[-1].append("".join(child.content for child in token.children or ()))
    return rows


@pytest.fixture
def readme(papers: Path) -> Path:
    path = papers.parent.parent / "README.md"
    path.write_text(_BLOCK, encoding="utf-8")
    return path


class TestOtherManagersOfPapers:
    @pytest.mark.slow
    @pytest.mark.skipif(sys.platform == "win32", reason="no such signal and no such limit there")
    @pytest.mark.parametrize(
        "words", [["done", "llama"], ["add", "A new one"], ["remove", "gpt", "--yes"]], ids=" ".join
    )
    def test_a_write_cut_half_way(self, papers: Path, words: list[str]) -> None:
        before = papers.read_bytes()
        listed = _run("list")
        ran = _cut_short(*words)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("cannot write data/papers.toml, so nothing was changed: ")
        assert papers.read_bytes() == before

        assert _killed_at(1, *words) == -9
        assert papers.read_bytes() == before
        assert _run("list") == listed
        assert _run(*words).status == 0
        assert [each.name for each in papers.parent.iterdir()] == ["papers.toml"]

    @pytest.mark.slow
    def test_parallel_adds_all_exit_0(self, papers: Path) -> None:
        adding = [forks.command("add", f"At once {n}") for n in range(12)]
        assert [each.status for each in forks.at_once(*adding)] == [0] * 12
        listed = _run("list").out.splitlines()
        assert len(listed) == 13 + 12
        assert {f"At once {n}" for n in range(12)} < {line.split("\t")[4] for line in listed}
        assert [each.name for each in papers.parent.iterdir()] == ["papers.toml"]

    @pytest.mark.parametrize(
        ("typo", "message"),
        [
            ("year = 20x3", "string values must be quoted"),
            ('year = "20x3"', 'year "20x3" is not a year (paper "llama")'),
            ("year: 2023", 'write a field as name = "LLaMA"'),
            ('year = "2023', "this text is not closed"),
        ],
        ids=["a letter", "a text", "a colon", "a quote"],
    )
    def test_a_typo_made_by_hand(
        self, papers: Path, papertrack: Run, typo: str, message: str
    ) -> None:
        text = papers.read_text(encoding="utf-8")
        start = text.index("year", text.index('key = "llama"'))
        papers.write_text(text[:start] + typo + text[text.index("\n", start) :], encoding="utf-8")
        line = text.count("\n", 0, start) + 1
        before = papers.read_bytes()
        listed = papertrack("list")
        assert listed.status == 2
        assert len(listed.out.splitlines()) == 12
        assert listed.err.startswith(f"data/papers.toml:{line}: ")
        assert message in listed.err
        changed = papertrack("done", "gpt-3")
        assert (changed.status, changed.out, changed.err) == (2, "", listed.err)
        assert papers.read_bytes() == before

    def test_a_hand_edit_then_a_tag(self, papers: Path, papertrack: Run) -> None:
        papertrack("list")
        text = papers.read_text(encoding="utf-8")
        by_hand = text.replace("LLaMA: Open and Efficient", "LLaMA: Open and EFFICIENT")
        assert by_hand != text
        papers.write_text(by_hand, encoding="utf-8")
        assert papertrack("edit", "llama", "--add-tag", "pretraining").status == 0
        after = papers.read_text(encoding="utf-8")
        assert _changed_lines(by_hand, after) == ['+tags = ["pretraining"]']

    def test_a_comment_in_an_edited_record(self, papers: Path, papertrack: Run) -> None:
        text = papers.read_text(encoding="utf-8")
        start = text.index('status = "to-read"', text.index('key = "llama"'))
        end = start + len('status = "to-read"')
        before = f"{text[:start]}# mine\n{text[start:end]}  # ask Li{text[end:]}# the last\n"
        papers.write_text(before, encoding="utf-8")
        assert papertrack("mark", "skimmed", "llama").status == 0
        after = papers.read_text(encoding="utf-8")
        assert _changed_lines(before, after)[:2] == [
            '-status = "to-read"  # ask Li',
            '+status = "skimmed"  # ask Li',
        ]
        assert "# mine\n" in after
        assert after.endswith("# the last\n")

    @pytest.mark.slow
    @pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
    @pytest.mark.parametrize("title", ["[/b] in a title", "[link=http://x.y]z[/link] \\[/]"])
    def test_markup_in_a_title(self, papers: Path, title: str) -> None:
        assert papers.exists()
        assert _run("add", title, "--tag", "[/b]").status == 0
        key = _run("list", "tag:[/b]").out.split("\t")[0]
        for words in (["list"], ["show", key], ["next", "-n", "20"], ["stats"], ["tags"]):
            seen = _on_a_terminal(*words)
            assert seen.status == 0
            assert "Traceback" not in seen.out
            assert "[/b]" in seen.out or title in re.sub(r"\s+", " ", seen.out)

    @pytest.mark.parametrize(
        "words", [["done", "language models"], ["remove", "language models", "--yes"]], ids=" ".join
    )
    def test_an_ambiguous_reference_no_terminal(
        self, papers: Path, papertrack: Run, words: list[str]
    ) -> None:
        before = papers.read_bytes()
        ran = papertrack(*words)
        assert (ran.status, ran.out) == (1, "")
        sentence, *candidates = ran.err.splitlines()
        assert sentence.startswith('"language models" ')
        assert {line.split()[0] for line in candidates} >= {"gpt-2", "gpt-3", "llama"}
        assert papers.read_bytes() == before

    @pytest.mark.parametrize(
        ("words", "instead"),
        [
            (["add"], "TITLE"),
            (["remove", "gpt", "gpt-2"], "--yes"),
            (["done", "--all", "lab:Meta"], "--yes"),
            (["edit", "llama"], "--set"),
            (["note", "llama"], 'papertrack note llama "'),
            (["triage"], "papertrack priority llama 1"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )
    def test_a_prompt_where_nobody_answers(
        self, papers: Path, papertrack: Run, words: list[str], instead: str
    ) -> None:
        before = papers.read_bytes()
        ran = papertrack(*words)
        assert (ran.status, ran.out) == (2, "")
        last = ran.err.splitlines()[-1]
        assert last.startswith(("cannot ask ", "an editor needs ", "triage needs "))
        assert instead in last
        assert papers.read_bytes() == before

    @pytest.mark.parametrize(
        ("first", "again"),
        [
            (["--doi", "10.1145/3292500"], ["--doi", "https://doi.org/10.1145/3292500"]),
            (["--doi", "10.1000/AbC"], ["--doi", "doi:10.1000/aBc"]),
            (["--arxiv", "1706.03762"], ["--arxiv", "https://arxiv.org/pdf/1706.03762v5"]),
        ],
        ids=["an address", "another case", "another version"],
    )
    def test_the_same_doi_added_twice(
        self, papers: Path, papertrack: Run, first: list[str], again: list[str]
    ) -> None:
        assert papertrack("add", "Attention", *first).status == 0
        before = papers.read_bytes()
        refused = papertrack("add", "By another title", *again)
        assert (refused.status, refused.out) == (1, "")
        assert '"Attention" is there already as attention' in refused.err
        assert "--anyway" in refused.err
        assert papers.read_bytes() == before
        assert papertrack("add", "By another title", *again, "--anyway").status == 0

    @pytest.mark.slow
    def test_a_fresh_install_today(self) -> None:
        project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        optional = project["optional-dependencies"].values()
        for needed in [*project["dependencies"], *(each for group in optional for each in group)]:
            assert re.search(r"==\d|>=\d[\d.]*,<\d", needed), f"{needed} has no upper bound"
        named = {re.split(r"[^\w-]", each)[0] for each in project["dependencies"]}
        packages = {"markdown_it": "markdown-it-py", "pydantic_core": "pydantic"}
        imported = {packages.get(name, name.replace("_", "-")) for name in _imported()}
        assert imported == named


def _imported() -> set[str]:
    """Return the packages that the source imports, but for its own and Python's."""
    names = set[str]()
    for path in _SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"papertrack"}


class TestGeneratorsOfReadmes:
    @pytest.mark.slow
    @pytest.mark.skipif(sys.platform == "win32", reason="no such signal and no such limit there")
    def test_a_file_is_replaced_whole(self, readme: Path) -> None:
        before = readme.read_bytes()
        words = ["export-markdown", "--into", "README.md"]
        assert _cut_short(*words).status == 2
        assert readme.read_bytes() == before
        assert _killed_at(1, *words) == -9
        assert readme.read_bytes() == before
        assert _run(*words).status == 0
        assert sorted(each.name for each in readme.parent.iterdir()) == ["README.md", "data"]

    def test_crlf_is_kept(self, readme: Path, papertrack: Run) -> None:
        readme.write_bytes(b"\xef\xbb\xbf" + _BLOCK.replace("\n", "\r\n").encode())
        assert papertrack("export-markdown", "--into", "README.md").status == 0
        after = readme.read_bytes()
        assert after.startswith(b"\xef\xbb\xbf# Papers\r\n\r\n<!-- papertrack:begin -->\r\n\r\n|")
        assert after.endswith(b" -->\r\n\r\nThe end.\r\n")
        assert after.count(b"\n") == after.count(b"\r\n")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("# Papers\n", "README.md has no block: add <!-- papertrack:begin -->"),
            ("<!-- papertrack:begin -->\n", "README.md:1: "),
            ("\n<!-- papertrack:end -->\n", "README.md:2: "),
            ("```\n" + _BLOCK + "```\n", "README.md has no block: "),
        ],
        ids=["none", "no end", "no beginning", "in code"],
    )
    def test_missing_markers_are_refused(
        self, readme: Path, papertrack: Run, text: str, message: str
    ) -> None:
        readme.write_text(text, encoding="utf-8")
        ran = papertrack("export-markdown", "--into", "README.md")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(message)
        assert readme.read_text(encoding="utf-8") == text

    @pytest.mark.parametrize(
        "words",
        [
            ["export-markdown", "--into", "README.md", "--check"],
            ["export-markdown", "--into", "README.md", "--diff"],
            ["import", "README.md", "--dry-run"],
            ["import", "README.md", "--adopt", "--dry-run"],
        ],
        ids=" ".join,
    )
    def test_a_dry_run_writes_nothing(
        self, readme: Path, papers: Path, papertrack: Run, words: list[str]
    ) -> None:
        table = "\n| Title | Status |\n| --- | --- |\n| A paper that is new | done |\n"
        readme.write_text(_BLOCK + table, encoding="utf-8")
        before = {each: (each.read_bytes(), each.stat().st_mtime_ns) for each in (readme, papers)}
        assert papertrack(*words).status == (1 if "--check" in words else 0)
        after = {each: (each.read_bytes(), each.stat().st_mtime_ns) for each in (readme, papers)}
        assert after == before
        assert papertrack("history").out == ""

    @pytest.mark.parametrize("title", ["`a|b` and \\| and |", "``x|`y``", "`|", "a \\`|\\` b"])
    def test_a_pipe_inside_backticks(self, readme: Path, papertrack: Run, title: str) -> None:
        assert papertrack("add", title, "--tag", "pipes").status == 0
        readme.write_text(_BLOCK.replace("begin", "begin tag:pipes"), encoding="utf-8")
        assert papertrack("export-markdown", "--into", "README.md").status == 0
        header, *rows = _cells(readme.read_text(encoding="utf-8"))
        assert [len(row) for row in rows] == [len(header)]
        assert title in rows[-1][0]

    def test_surplus_cells_are_not_deleted(self, folder: Path, papertrack: Run) -> None:
        path = folder / "list.md"
        path.write_text(
            "| Title | Status |\n| --- | --- |\n"
            "| One paper | done | read it twice |\n"
            "| Two papers | done | Three papers | to-read |\n",
            encoding="utf-8",
        )
        assert papertrack("import", "list.md", "--adopt").status == 0
        listed = [line.split("\t")[4] for line in papertrack("list").out.splitlines()]
        assert listed == ["One paper", "Two papers", "Three papers"]
        assert "read it twice" in papertrack("show", "one-paper").out
        shown = _cells(path.read_text(encoding="utf-8"))
        assert [row[0] for row in shown] == ["Title", *listed]

    def test_one_new_paper_is_a_diff_of_one_line(self, readme: Path, papertrack: Run) -> None:
        assert papertrack("export-markdown", "--into", "README.md").status == 0
        before = readme.read_text(encoding="utf-8")
        title = "A title that is longer than any other " * 5
        assert papertrack("add", title, "--lab", "OpenAI", "--venue", "A venue").status == 0
        assert papertrack("export-markdown", "--into", "README.md").status == 0
        changed = _changed_lines(before, readme.read_text(encoding="utf-8"))
        rows = [line for line in changed if "papertrack:end" not in line]
        assert len(rows) == 1
        assert rows[0].startswith("+| 《A title that is longer")
