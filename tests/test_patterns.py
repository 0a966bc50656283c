"""Regular expressions: lazily compiled, the same as those of `re`, and none of them broken."""

import importlib
import pkgutil
import re

import pytest

import papertrack
from papertrack.patterns import pattern


def test_a_pattern_does_what_a_compiled_one_does() -> None:
    word = pattern(r"(?P<first>[a-z])[a-z]*", re.IGNORECASE)
    match = word.match("Attention is")
    assert match
    assert match["first"] == "A"
    assert word.sub("_", "all you, 2") == "_ _, 2"
    assert word.groupindex == {"first": 1}


def test_a_pattern_is_text_to_build_others_of() -> None:
    digits = pattern("[0-9]+")
    assert pattern(rf"v{digits.pattern}").fullmatch("v12")
    assert pattern(rb"\x80+").search(b"a\x80")


def test_a_pattern_is_compiled_by_its_first_use_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def compile_told(text: str, flags: re.RegexFlag) -> re.Pattern[str]:
        compiled.append(text)
        return compile_(text, flags)

    monkeypatch.setattr(re, "compile", compile_told)
    blank = pattern(" +")
    assert compiled == []
    assert blank.split("a b") == ["a", "b"]
    assert blank.fullmatch("  ")
    assert compiled == [" +"]


_MODULES = [it.name for it in pkgutil.walk_packages(papertrack.__path__, "papertrack.")]


def test_every_pattern_of_a_module_is_a_regular_expression() -> None:
    for name in _MODULES:
        for value in vars(importlib.import_module(name)).values():
            for each in value.values() if type(value) is dict else (value,):
                if type(each) is type(pattern("")):
                    groups = re.compile(each.pattern).groups
                    assert groups == each.groups, f"{name}: {each.pattern}"


def test_no_module_compiles_a_pattern_when_it_is_imported() -> None:
    eager = [
        (name, value.pattern)
        for name in _MODULES
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, re.Pattern)
    ]
    assert eager == []
