"""The floors of the house: imports point down only, and neighbours leave each other alone."""

import ast
from functools import cache
from pathlib import Path

import pytest

_SOURCE = Path(__file__).parents[1] / "src" / "papertrack"

# From what the user touches down to what a paper is; a package's modules are neighbours, but for
# the packages that are one thing in several files.
_FLOORS = [
    "__main__",
    "completing",
    "cli",
    "commands.desk",
    "commands.import_",
    "commands.*",
    "session",
    "options",
    "terminal",
    "command_table",
    "store",
    "finding",
    "memory",
    "history services",
    "files",
    "checks statistics next_up changes opening merging schema",
    "renaming",
    "importing svg",
    "formats",
    "page",
    "csl_json ris csv",
    "bibtex",
    "fields",
    "blocks",
    "markdown",
    "query resolve",
    "duplicates",
    "three_way",
    "catalogue",
    "toml",
    "bibliography",
    "models",
    "labs",
    "sources",
    "identifiers nothing",
    "authors",
    "folding status",
    "errors interrupts",
]
_LONGEST = 500  # then look again: is it two thoughts?


def _module(path: Path) -> str:
    parts = path.relative_to(_SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


_MODULES = sorted(_module(path) for path in _SOURCE.rglob("*.py"))


def _room(module: str) -> tuple[int, str]:
    """Return the floor of a module, the ground being the highest number, and its room there."""
    for floor, rooms in enumerate(_FLOORS):
        for room in rooms.split():
            package = room.removesuffix(".*")
            if module == package or module.startswith(f"{package}."):
                name = ".".join(module.split(".")[:2]) if room.endswith(".*") else package
                return floor, name
    pytest.fail(f"{module} has no floor: give it one above")


@cache
def _source(module: str) -> str:
    path = _SOURCE.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return path.read_text(encoding="utf-8")


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(_source(module))


def _imported(module: str) -> set[str]:
    found = set[str]()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    inside = {name.removeprefix("papertrack.") for name in found if name.startswith("papertrack.")}
    return {name if name in _MODULES else name.rpartition(".")[0] for name in inside} - {""}


@pytest.mark.parametrize("module", [module for module in _MODULES if module])
def test_imports_point_down_only(module: str) -> None:
    floor, room = _room(module)
    for other in _imported(module):
        other_floor, other_room = _room(other)
        assert other_room == room or other_floor > floor, f"{module} imports {other}"


@pytest.mark.parametrize("path", sorted(_SOURCE.rglob("*.py")), ids=lambda path: path.name)
def test_no_module_is_longer_than_500_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").split("\n")) <= _LONGEST + 1


def test_logic_has_no_clock_console_or_network() -> None:
    ground = next(floor for floor, rooms in enumerate(_FLOORS) if "statistics" in rooms)
    forbidden = {"rich", "typer", "socket", "urllib.request", "subprocess"}
    for module in filter(None, _MODULES):
        if _room(module)[0] < ground:
            continue
        names = {
            alias.name if isinstance(node, ast.Import) else str(node.module)
            for node in ast.walk(_tree(module))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert not {name for name in names if name.split(".")[0] in forbidden or name in forbidden}
        for call in ("date.today(", "datetime.now(", "print("):
            assert call not in _source(module), module


def test_the_name_of_a_module_or_a_class_occurs_once() -> None:
    classes = [
        node.name
        for module in _MODULES
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.ClassDef)
    ]
    modules = [path.stem for path in _SOURCE.rglob("*.py") if path.name != "__init__.py"]
    assert [name for names in (modules, classes) for name in names if names.count(name) > 1] == []
