"""55 files of one person's lists move in, and stay where they are."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import forks
from commandline import Run
from papertrack.folding import fold
from papertrack.importing import Wanted, intake
from papertrack.models import Paper

_COUNTS = ("rows", "papers", "headings", "placeholders", "continued", "skipped", "rescued")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_DROPPED = {"null", "br", "单元格", "tbd"}


@pytest.fixture
def topics(folder: Path, shared: Path) -> list[str]:
    """The files, copied into the working folder."""
    return _topics(folder, shared)


def _topics(folder: Path, shared: Path) -> list[str]:
    place = folder / "topics"
    place.mkdir()
    for path in sorted((shared / "tables" / "topics").glob("*.md")):
        shutil.copyfile(path, place / path.name)
    return [f"topics/{path.name}" for path in sorted(place.iterdir())]


class _Imported(NamedTuple):
    folder: Path
    topics: list[str]
    out: str


@pytest.fixture(scope="module")
def imported(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., _Imported]:
    """Return what imports the files with an option, once for all tests."""

    @cache
    def run(option: str) -> _Imported:
        folder = tmp_path_factory.mktemp("list")
        topics = _topics(folder, shared)
        state = {"PAPERTRACK_STATE": str(tmp_path_factory.mktemp("state"))}
        command = forks.command(
            "import", *topics, "--tag-from-file", option, environment=state, folder=folder
        )
        ran = forks.ran(command)
        assert ran.status == 0
        return _Imported(folder, topics, ran.out)

    return run


@pytest.fixture
def moved_in(folder: Path, imported: Callable[..., _Imported]) -> list[str]:
    """The files, imported and adopted, in the working folder."""
    done = imported("--adopt")
    shutil.copytree(done.folder, folder, dirs_exist_ok=True)
    return done.topics


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text))) - _DROPPED


def _text(value: object) -> str:
    """Return all texts and numbers in what was JSON."""
    if isinstance(value, dict):
        return _text(list(value.values()))
    return "\n".join(map(_text, value)) if isinstance(value, list) else str(value)


def _papers(papertrack: Run) -> list[dict[str, object]]:
    papers: list[dict[str, object]] = json.loads(papertrack("list", "--json").out)
    return papers


def _read(file: str) -> list[Paper]:
    text = Path(file).read_text(encoding="utf-8")
    return [paper for table in intake.tables_in(text, Wanted()) for _, paper in table.papers]


@pytest.mark.slow
def test_every_row_is_counted_as_independent_parsers_count_it(
    imported: Callable[..., _Imported], shared: Path
) -> None:
    _, topics, out = imported("--json")
    done = json.loads(out)
    expected = json.loads((shared / "tables" / "EXPECTED.json").read_text(encoding="utf-8"))
    counted = {
        file["file"]: dict(
            sum(
                (Counter({name: table[name] for name in _COUNTS}) for table in file["tables"]),
                Counter(),
            )
        )
        for file in done["files"]
    }
    assert counted == {
        file: {name: expected[file][name] for name in _COUNTS if expected[file].get(name)}
        for file in topics
    }
    assert (done["added"], len(done["duplicates"]), len(done["conflicts"])) == (365, 242, 5)


@pytest.mark.slow
def test_no_word_of_a_row_is_lost(
    imported: Callable[..., _Imported], shared: Path, folder: Path, papertrack: Run
) -> None:
    """Every visible word is in the catalogue, or reported as differing from what is there."""
    done, topics, out = imported("--json")
    shutil.copytree(done, folder, dirs_exist_ok=True)
    kept = _words(_text(_papers(papertrack))) | _words(_text(json.loads(out)))
    for file in topics:
        path = shared / "tables" / file
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert _words(text) <= kept, f"{file}:{line}"


@pytest.mark.slow
def test_every_file_is_regenerated_from_one_catalogue(topics: list[str], papertrack: Run) -> None:
    assert papertrack("import", *topics, "--tag-from-file", "--adopt").status == 0
    texts = {file: Path(file).read_bytes() for file in topics}
    assert b"<!-- papertrack:begin tag:CNN -->\n" in texts["topics/CNN.md"]
    catalogue = Path("data/papers.toml").read_bytes()
    for _ in range(2):
        assert papertrack("export-markdown", "--into", *topics).status == 0
        assert {file: Path(file).read_bytes() for file in topics} == texts
    assert papertrack("export-markdown", "--all", "--check").status == 0
    again = papertrack("import", *topics, "--tag-from-file", "--adopt")
    assert again.out.endswith("365 unchanged (data/papers.toml)\n")
    assert {file: Path(file).read_bytes() for file in topics} == texts
    assert Path("data/papers.toml").read_bytes() == catalogue


@pytest.mark.slow
def test_a_regenerated_table_says_what_it_said(
    moved_in: list[str], shared: Path, papertrack: Run
) -> None:
    """Rows in their order under their headings, and cells as they were, but for what is reported.

    The index, which has its papers in the order of the tables that describe them, is apart.
    """
    assert papertrack("export-markdown", "--into", *moved_in).status == 0
    differing: dict[str, list[str]] = {}
    for file in moved_in:
        if file == "topics/论文汇总.md":
            continue
        before = _once(_original(shared, file))
        titles = {paper.title for paper in before}
        after = _read(file)
        assert [paper.title for paper in before] == [
            paper.title for paper in after if paper.title in titles
        ]
        rows = {paper.title: paper for paper in after}
        changed = [paper.title for paper in before if rows[paper.title] != paper]
        changed += [f"+ {paper.title}" for paper in after if paper.title not in titles]
        if changed:
            differing[file] = [title[:20] for title in changed]
    assert differing == {
        "topics/图网络.md": ["+ SkipGram model on "],
        "topics/对抗攻击.md": ["TextAttack: A Framew"],  # the texts of two rows
        "topics/文本预训练模型.md": [
            "ALBERT: A Lite BERT ",
            "Pre-Training with Wh",
            "+ Exploring the Limi",
            "+ Improving Language",
            "+ Language Models ar",
            "+ Language Models ar",
            "+ Megatron-LM: Train",
        ],
        "topics/迁移学习&领域适应.md": ["Exploring the Limits"],
        "topics/通用基础大语言模型.md": ["Exploring the Limits"],
    }


def _once(papers: list[Paper]) -> list[Paper]:
    seen: dict[str, Paper] = {}
    for paper in papers:
        seen.setdefault(paper.title, paper)
    return list(seen.values())


def _original(shared: Path, file: str) -> list[Paper]:
    text = (shared / "tables" / file).read_text(encoding="utf-8")
    return [paper for table in intake.tables_in(text, Wanted()) for _, paper in table.papers]


@pytest.mark.slow
def test_a_paper_in_two_files_has_both_tags(moved_in: list[str], papertrack: Run) -> None:
    del moved_in
    (t5,) = (
        paper
        for paper in _papers(papertrack)
        if str(paper["title"]).startswith("Exploring the Lim")
    )
    assert {"迁移学习&领域适应", "通用基础大语言模型", "论文汇总"} <= set(t5["tags"])  # type: ignore[call-overload] # a list, as JSON has it
    assert (t5["lab"], t5["status"]) == ("Google", "done")


@pytest.mark.slow
def test_a_new_paper_appears_in_its_topic_and_in_no_other(
    moved_in: list[str], papertrack: Run
) -> None:
    papertrack("add", "Learning to Learn by Gradient Descent", "--tag", "meta_learning")
    papertrack("export-markdown", "--into", *moved_in)
    holding = [file for file in moved_in if "Learning to Learn by" in Path(file).read_text("utf-8")]
    assert holding == ["topics/meta_learning.md"]


@pytest.mark.slow
def test_newer_versions_of_a_list_follow_one_another(
    folder: Path, shared: Path, papertrack: Run
) -> None:
    counts = []
    for path in sorted((shared / "tables" / "history").glob("*.md")):
        shutil.copyfile(path, folder / "list.md")
        done = json.loads(papertrack("import", "list.md", "--json").out)
        assert (done["conflicts"], done["removed"]) == ([], [])
        counts.append((done["added"], done["updated"], done["unchanged"]))
    assert counts == [
        (0, 0, 0),
        (3, 0, 0),
        (3, 0, 3),
        (0, 0, 6),
        (1, 0, 6),
        (1, 0, 7),
        (2, 0, 8),
        (1, 0, 10),
        (0, 0, 11),
        (4, 10, 1),
    ]


def test_the_reading_list_gives_its_table_back(folder: Path, shared: Path, papertrack: Run) -> None:
    shutil.copyfile(shared / "reading-list.md", folder / "list.md")
    done = papertrack("import", "list.md")
    assert done.out == (
        "list.md: 26 rows: 13 papers, 5 headings, 8 placeholders\n"
        "13 added (data/papers.toml, a new catalogue)\n"
    )
    table = papertrack("export-markdown").out
    (folder / "back.md").write_text(table, encoding="utf-8")
    original = (folder / "list.md").read_text(encoding="utf-8").splitlines()
    rows = [_cells(line) for line in original if not line.startswith(("| NULL", "|  --"))]
    made = [_cells(line) for line in table.splitlines() if not line.startswith("| ---")]
    assert made == rows
    assert _read("back.md") == _read("list.md")


def _cells(line: str) -> list[str]:
    cells = [
        re.sub(r"\s*<br ?/?>\s*", "<br/>", cell.strip()) for cell in line.strip("|").split("|")
    ]
    cells[1] = re.sub(r"(?i)arxiv ?(\d)", r"arXiv \1", cells[1])
    cells[1] = re.sub(r"(\d{4})，(.+)", r"\2 \1", cells[1])
    return [" ".join(cell.split()) for cell in cells]


@pytest.mark.slow
def test_ninety_files_are_imported_at_once(folder: Path, papertrack: Run) -> None:
    names = []
    for number in range(90):
        rows = "".join(
            f"| 《Paper {number:02}{row:02} of many papers》 | arXiv 2020 | one<br/>two | NULL |\n"
            for row in range(40)
        )
        names.append(f"{number}.md")
        text = f"| 名称 | 来源 | 说明 | 状态 |\n|---|---|---|---|\n{rows}"
        (folder / names[-1]).write_text(text, encoding="utf-8")
    done = papertrack("import", *names, "--tag-from-file")
    assert done.out.endswith("3,600 added (data/papers.toml, a new catalogue)\n")
