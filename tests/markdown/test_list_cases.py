"""The golden cases of strangers' lists, each through the command as its page says."""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from commandline import Result, Run

_CASES = Path(__file__).parents[3] / "shared" / "data" / "list-cases" / "cases.md"
_CASE = re.compile(
    r"^### (?P<name>[^\n]+)\n+(?P<fence>`{3,})markdown\n(?P<list>.*?)\n(?P=fence)\n+"
    r"```json\n(?P<wanted>.*?)\n```$",
    re.MULTILINE | re.DOTALL,
)
_LISTS = ("links", "tags")
_ABSENT: tuple[object, ...] = (None, [], {}, "")
_SIDES = {"left": r":-+", "center": r":-+:", "right": r"-+:", "none": r"-+"}


class Case(NamedTuple):
    """A list, and what must come of it."""

    name: str
    text: str
    wanted: dict[str, Any]  # as JSON has it


def _cases() -> Iterator[Case]:
    text = _CASES.read_text(encoding="utf-8") if _CASES.is_file() else ""
    for case in _CASE.finditer(text):
        yield Case(case["name"], case["list"] + "\n", json.loads(case["wanted"]))


def _misses(wanted: dict[str, Any], paper: dict[str, Any]) -> list[str]:
    """Return what a paper does not have of what is wanted of it."""
    misses = []
    for field, value in wanted.items():
        held = paper.get(field)
        match field:
            case "keeps":
                misses += [f"keeps {text}" for text in value if text not in _texts(paper)]
            case "lacks":
                own = {name: held for name, held in paper.items() if name != "columns"}
                misses += [f"lacks {text}" for text in value if text in _texts(own)]
            case _ if value in (None, []):
                misses += [] if held in _ABSENT else [f"{field} {held}"]
            case _ if field in _LISTS:
                misses += [f"{field} {text}" for text in value if text not in (held or [])]
            case _:
                held = held or ("to-read" if field == "status" else None)
                misses += [] if held == value else [f"{field} is {held}"]
    return misses


def _texts(value: object) -> str:
    """Return all the texts in a paper, one below the other."""
    if isinstance(value, dict):
        return _texts(list(value.values()))
    return "\n".join(map(_texts, value)) if isinstance(value, list) else str(value)


def _papers() -> list[dict[str, Any]]:
    place = Path("data/papers.toml")
    text = place.read_text(encoding="utf-8") if place.exists() else ""
    return [
        {
            name: str(value) if name in ("finished", "added", "started") else value
            for name, value in paper.items()
        }
        for paper in tomllib.loads(text).get("paper", [])
    ]


def _lines_named(result: Result) -> set[int]:
    lines: set[int] = set()
    for first, last in re.findall(r"list\.md:(\d+)(?:-(\d+))?:", result.out + result.err):
        lines |= {*range(int(first), int(last or first) + 1)}
    return lines


def _alignment(text: str) -> list[str]:
    [row] = [line for line in text.split("\n") if re.fullmatch(r"\|(?:\s*:?-+:?\s*\|)+", line)]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    return [side for cell in cells for side, form in _SIDES.items() if re.fullmatch(form, cell)]


@pytest.mark.parametrize("case", [*_cases()], ids=lambda case: case.name)
def test_a_strangers_list_is_read(case: Case, papertrack: Run, folder: Path) -> None:
    Path("list.md").write_text(case.text, encoding="utf-8")
    options: Sequence[str] = case.wanted.get("options", ())
    dry = papertrack("import", "list.md", "--dry-run", "--json")
    strict = papertrack("import", "list.md", *options, "--strict")
    if case.wanted.get("reported"):
        assert strict.status == 1
        assert _papers() == []
    elif "reported" in case.wanted:
        assert strict.status == 0, strict.err
        (folder / "data" / "papers.toml").unlink(missing_ok=True)
        Path("list.md").write_text(case.text, encoding="utf-8")
    else:
        (folder / "data" / "papers.toml").unlink(missing_ok=True)
        Path("list.md").write_text(case.text, encoding="utf-8")
    result = papertrack("import", "list.md", *options)
    papers = _papers()
    wanted = case.wanted["papers"]
    wrong: dict[str, list[str]] = {}
    for paper in wanted:
        closest = min(
            (_misses(paper, candidate) for candidate in papers), key=len, default=["no paper"]
        )
        wrong |= {paper.get("title", str(paper)): closest} if closest else {}
    assert not wrong, papers
    assert len(papers) == len(wanted), papers
    if "reported" in case.wanted:
        lines = {int(line.removeprefix("line ")) for line in case.wanted["reported"]}
        assert (lines <= _lines_named(result)) if lines else not _lines_named(result), result
    if "skipped" in case.wanted:
        tables = [table for file in json.loads(dry.out)["files"] for table in file["tables"]]
        assert sum(table["skipped"] for table in tables) == case.wanted["skipped"]
    if "alignment" in case.wanted:
        assert _alignment(Path("list.md").read_text(encoding="utf-8")) == case.wanted["alignment"]
