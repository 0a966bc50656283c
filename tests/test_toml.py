"""TOML as text: statements, values, lists."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import papertrack
from papertrack.toml import (
    TomlValue,
    newline_of,
    respell,
    spell,
    spell_key,
    spell_lines,
    statements,
    under_headers,
)

_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_VALUES: st.SearchStrategy[TomlValue] = st.recursive(
    _ANY_TEXT | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)


@given(_VALUES)
def test_a_spelled_value_reads_back(value: TomlValue) -> None:
    assert tomllib.loads(f"value = {spell(value)}")["value"] == value


@given(_ANY_TEXT | st.text('"\\\n\ra'), st.sampled_from(["\n", "\r\n"]))
def test_a_text_on_lines_reads_back(text: str, newline: str) -> None:
    spelled = spell_lines(text, newline)
    assert tomllib.loads(f"value = {spelled}")["value"] == text
    assert spelled.replace("\r\n", "").count("\n") == (
        0 if newline == "\r\n" else spelled.count("\n")
    )


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        pytest.param("a\nb\n", '"""\na\nb\n"""', id="a last line end"),
        pytest.param("a\nb", '"""\na\nb"""', id="no last line end"),
        pytest.param('"""', '"""\n\\""\\""""', id="three quotes"),
        pytest.param('say "hi"', '"""\nsay "hi\\""""', id="a quote at the end"),
        pytest.param("\r\t\x1b\x9b", '"""\n\\r\t\\u001b\\u009b"""', id="controls"),
        pytest.param("<<<<<<< a", '"""\n\\u003c<<<<<< a"""', id="a conflict"),
        pytest.param("<<<<<<<<< a", '"""\n\\u003c<<<<<<<< a"""', id="a conflict with long markers"),
    ],
)
def test_a_text_on_lines_is_easy_to_read(text: str, spelled: str) -> None:
    assert spell_lines(text, "\n") == spelled


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ('a"b\\\n', '"a\\"b\\\\\\n"'),
        (["x", "论"], '["x", "论"]'),
        (date(2023, 3, 1), "2023-03-01"),
        (True, "true"),
        ({"a b": 1}, '{ "a b" = 1 }'),
        ({}, "{}"),
    ],
)
def test_values_are_spelled_plainly(value: TomlValue, spelled: str) -> None:
    assert spell(value) == spelled


def test_keys_are_bare_where_they_can_be() -> None:
    assert [spell_key(key) for key in ("a-b_1", "a b", "")] == ["a-b_1", '"a b"', '""']


_DOCUMENT = '''\
# c
a = 1 # "x"
  "b.c" . d = """
[x]
a = 1""" # c

[t . 'u']
e = [ # ]
  "]", [1],
  { f = "}" },
]
[[list]]
day = 1979-05-27 07:32:00 # c
quote = """a"""""
'''


def test_statements_are_told_apart_whatever_their_texts_hold() -> None:
    listed = list(under_headers(statements(_DOCUMENT)))
    values = [(path, _DOCUMENT[slice(*each.value)]) for path, each in listed]
    assert values == [
        (("a",), "1"),
        (("b.c", "d"), '"""\n[x]\na = 1"""'),
        (("t", "u"), ""),
        (("t", "u", "e"), '[ # ]\n  "]", [1],\n  { f = "}" },\n]'),
        (("list",), ""),
        (("list", "day"), "1979-05-27 07:32:00"),
        (("list", "quote"), '"""a"""""'),
    ]
    names = [_DOCUMENT[slice(*each.name)] for _, each in listed]
    assert names == ["a", '"b.c" . d', "[t . 'u']", "e", "[[list]]", "day", "quote"]


def test_a_name_that_cannot_be_read_stands_as_it_is() -> None:
    assert [each.path for each in statements('"\\q" = 1')] == [("\\q",)]


@pytest.mark.parametrize(
    "broken",
    ['b = """', "b = [1", "b = {", "b = 'x", "b =", "b", "[b", "[b] x", "b = 'x' y"],
)
def test_statements_end_before_what_is_broken(broken: str) -> None:
    assert [each.path for each in statements(f"a = 1\n{broken}\n[c]\n")] == [("a",)]


@given(_VALUES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "  # c", "# ]"]))
def test_a_statement_ends_where_its_value_does(value: TomlValue, end: str, comment: str) -> None:
    spelled = spell(value)
    text = f"# c{end}{end}key = {spelled}{comment}{end}[table]{end}"
    first, second = statements(text)
    assert text[slice(*first.value)] == spelled
    assert text[first.start : first.end] == f"key = {spelled}{comment}{end}"
    assert text[slice(*second.name)] == "[table]"


_LINES = '[\n  "a", # one\n  # two\n  "b" # end\n]'
_ARRAYS = [
    ('["a", "b"]', ["a", "b", "c"], '["a", "b", "c"]'),
    ('["a", "b", ]', ["a", "b", "c"], '["a", "b", "c", ]'),
    ("[ 'a','b' ]", ["b"], "[ 'b' ]"),
    ("[ 'a','b' ]", ["a"], "[ 'a' ]"),
    ("['a', 'b']", [], "[]"),
    ("['a', 'b']", ["b", "a"], "['b', 'a']"),
    ("['a', 'b']", ["a", "c"], "['a', \"c\"]"),
    (_LINES, ["a", "b", "c"], '[\n  "a", # one\n  # two\n  "b", # end\n  "c"\n]'),
    (_LINES, ["b"], '[\n  # two\n  "b" # end\n]'),
    (_LINES, ["a"], '[\n  "a", # one\n  # two\n]'),
    (_LINES, ["a", "c"], '[\n  "a", # one\n  # two\n  "c" # end\n]'),
    (_LINES, ["c", "b"], '[\n  "c", # one\n  # two\n  "b" # end\n]'),
    (_LINES, ["b", "c"], '[\n  # two\n  "b", # end\n  "c"\n]'),
    (_LINES, ["c", "a", "b"], '[\n  "c",\n  "a", # one\n  # two\n  "b" # end\n]'),
    (_LINES, ["b", "a"], '[\n  "b", # end\n  "a", # one\n  # two\n]'),
    (_LINES, ["b", "c", "a"], '[\n  "b", # end\n  "c",\n  "a", # one\n  # two\n]'),
    (_LINES, ["c", "d"], '[\n  "c", # one\n  # two\n  "d" # end\n]'),
    ("['a', # one\n 'b']", ["c", "b"], "[\"c\", # one\n 'b']"),
    ("[\n 'a', 'b', # x\n]", ["b"], "[\n 'b', # x\n]"),
]


@pytest.mark.parametrize(("array", "after", "spelled"), _ARRAYS)
def test_a_list_is_changed_item_by_item(array: str, after: list[str], spelled: str) -> None:
    before = [item for item in ("a", "b") if item in array]
    assert respell(array, before, after, "\n") == spelled


def test_an_empty_list_keeps_its_comment() -> None:
    assert respell("[\n  # none yet\n]", [], ["a"], "\n") == '["a"\n  # none yet\n]'


@given(
    st.lists(st.sampled_from("abc")),
    st.lists(st.sampled_from("abcd")),
    st.sampled_from([", ", ",\n  ", "\n  ,"]),
)
def test_a_changed_list_holds_what_it_should(before: list[str], after: list[str], gap: str) -> None:
    array = f"[{gap.join(map(spell, before))}]"
    assert tomllib.loads(f"a = {respell(array, before, after, chr(10))}")["a"] == after


@pytest.mark.parametrize(
    ("text", "newline"), [("", "\n"), ("a\nb\r\n", "\n"), ("a\r\nb\n", "\r\n")]
)
def test_the_first_line_tells_the_line_end(text: str, newline: str) -> None:
    assert newline_of(text) == newline


def test_no_pattern_matches_a_group_possessively() -> None:
    """Python before 3.11.5 gets that wrong where the group has alternatives (gh-106052)."""
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+(?!,/)")
    sources = Path(papertrack.__file__).parent.rglob("*.py")
    assert [path.name for path in sources if possessive.search(path.read_text("utf-8"))] == []
