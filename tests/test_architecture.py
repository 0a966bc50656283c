"""The floors of the house: imports point down only, and no two rooms lead to each other."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

_SOURCE = Path(__file__).parents[1] / "src" / "papertrack"

# From what the user touches down to what a paper is. A package is one room.
_FLOORS = {
    "what the user touches": "__main__ cli completing session commands terminal",
    "side effects": "store last_imports history files services",
    "values in, values out": (
        "importing checks statistics next_up changes merging three_way"
        " blocks formats markdown bibtex csl_json ris page bibliography"
        " query resolve typed duplicates"
    ),
    "what a paper is": (
        "catalogue toml models status identifiers authors sources labs folding errors patterns"
    ),
}
_ROOMS = {room: floor for floor, rooms in enumerate(_FLOORS.values()) for room in rooms.split()}
_LONGEST = 500  # then look again: is it two thoughts?


def _module(path: Path) -> str:
    parts = path.relative_to(_SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


_MODULES = sorted(_module(path) for path in _SOURCE.rglob("*.py"))


def _room(module: str) -> str:
    """Return the room of a module: itself, or the package that it is in."""
    return module.partition(".")[0]


@cache
def _source(module: str) -> str:
    path = _SOURCE.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return path.read_text(encoding="utf-8")


class _Names(NamedTuple):
    """What a module imports, by its full name, and the classes that it makes."""

    imports: frozenset[str]
    classes: tuple[str, ...]


@cache
def _names(module: str) -> _Names:
    imports = set[str]()
    classes = []
    for node in ast.walk(ast.parse(_source(module))):  # which is large, and not kept
        if isinstance(node, ast.Import):
            imports |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imports |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.ClassDef):
            classes.append(node.name)
    return _Names(frozenset(imports), tuple(classes))


@cache
def _imported(module: str) -> set[str]:
    names = _names(module).imports
    inside = {name.removeprefix("papertrack.") for name in names if name.startswith("papertrack.")}
    return {name if name in _MODULES else name.rpartition(".")[0] for name in inside} - {""}


def test_every_room_has_a_floor_and_every_floor_its_rooms() -> None:
    assert {_room(module) for module in _MODULES if module} == set(_ROOMS)


def test_imports_point_down_only() -> None:
    upward = [
        f"{module} imports {other}"
        for module in filter(None, _MODULES)
        for other in _imported(module)
        if _ROOMS[_room(other)] < _ROOMS[_room(module)]
    ]
    assert upward == []


def test_no_room_leads_back_to_itself() -> None:
    doors = {
        room: {
            _room(other)
            for module in _MODULES
            if module and _room(module) == room
            for other in _imported(module)
        }
        - {room}
        for room in _ROOMS
    }
    while ends := [room for room, others in doors.items() if not others & doors.keys()]:
        for room in ends:
            del doors[room]
    assert not doors, "these rooms import one another in a circle"


def test_commands_leave_one_another_alone() -> None:
    commands = [module for module in _MODULES if module.startswith("commands.")]
    for command in set(commands) - {"commands.desk"}:  # the desk shows what others answer
        own = f"{command.rstrip('_')}_"  # a command of two modules: `import_`, `import_account`
        others = _imported(command).intersection(commands)
        assert all(other.startswith(own) for other in others), command


def test_no_module_is_longer_than_500_lines() -> None:
    lengths = {module: _source(module).count("\n") for module in _MODULES}
    assert {module: count for module, count in lengths.items() if count > _LONGEST} == {}


def test_what_is_private_to_a_module_is_used_there() -> None:
    unused = []
    for module in _MODULES:
        text = _source(module)
        written = re.findall(r"^(?:def |class )?(_[A-Za-z]\w*)(?=[(:]| = )", text, re.MULTILINE)
        used = Counter(re.findall(r"\b_[A-Za-z]\w*", text))
        unused += [f"{module}: {name}" for name in written if used[name] < 2]
    assert unused == []


def test_logic_has_no_clock_console_or_network() -> None:
    forbidden = ("rich.", "typer.", "socket.", "urllib.request.", "subprocess.")
    for module in filter(None, _MODULES):
        if _ROOMS[_room(module)] < _ROOMS["statistics"]:
            continue
        for name in _names(module).imports:
            assert not f"{name}.".startswith(forbidden), f"{module} imports {name}"
        for call in ("date.today(", "datetime.now(", "print("):
            assert call not in _source(module), module


def test_the_name_of_a_module_or_a_class_occurs_once() -> None:
    classes = [name for module in _MODULES for name in _names(module).classes]
    modules = [path.stem for path in _SOURCE.rglob("*.py") if path.name != "__init__.py"]
    assert [name for names in (modules, classes) for name in names if names.count(name) > 1] == []
