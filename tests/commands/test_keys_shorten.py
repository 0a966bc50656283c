"""papertrack keys shorten."""

from pathlib import Path

import pytest

from commandline import AtTerminal, Run

_LONG = "attention-is-all-you-need-2017"
_TEXT = f"""\
[check]
distinct = [["{_LONG}", "llama"]]  # sure

[[paper]]
key = "{_LONG}"
title = "Attention Is All You Need"
authors = ["Ashish Vaswani"]  # and others
year = 2017

[[paper]]
key = "llama"
title = "LLaMA: Open and Efficient Foundation Language Models"
"""
_SHORT = "vaswani2017attention"


@pytest.fixture
def long(folder: Path) -> Path:
    path = folder / "papers.toml"
    path.write_text(_TEXT, encoding="utf-8")
    return path


def test_long_keys_become_short_ones_in_one_step(long: Path, papertrack: Run) -> None:
    result = papertrack("keys", "shorten", "--yes")
    out = f"{_LONG} is {_SHORT} now\n1 key changed; papertrack undo gives them back\n"
    assert result == (0, out, "")
    assert long.read_text(encoding="utf-8") == _TEXT.replace(_LONG, _SHORT)
    assert papertrack("show", "Attention is all you need").status == 0
    assert papertrack("undo").status == 0
    assert long.read_text(encoding="utf-8") == _TEXT


def test_they_are_shown_first(long: Path, papertrack: Run, at_terminal: AtTerminal) -> None:
    refused = papertrack("keys", "shorten")
    assert (refused.status, refused.out) == (2, "")
    assert f"  {_LONG} → {_SHORT}\n" in refused.err
    assert at_terminal("keys", "shorten", typed="n\n").status == 1
    assert long.read_text(encoding="utf-8") == _TEXT
    assert at_terminal("keys", "shorten", typed="y\n").status == 0
    assert long.read_text(encoding="utf-8") == _TEXT.replace(_LONG, _SHORT)


@pytest.mark.usefixtures("papers")
def test_short_keys_stay(papertrack: Run) -> None:
    result = papertrack("keys", "shorten", "--yes")
    assert result == (0, "no key is longer than it should be: nothing to change\n", "")


def test_an_edited_key_is_followed_by_what_names_it(long: Path, papertrack: Run) -> None:
    assert papertrack("edit", "llama", "--set", "key=llama-1").status == 0
    assert f'distinct = [["{_LONG}", "llama-1"]]' in long.read_text(encoding="utf-8")


def test_the_second_time_nothing_changes(folder: Path, papertrack: Run) -> None:
    title = "基于深度学习的中文分词方法综述与展望"
    long = [f'[[paper]]\nkey = "{title}-{it}"\ntitle = "{title}{it}"\n' for it in range(1, 4)]
    (folder / "papers.toml").write_text("\n".join(long), encoding="utf-8")
    first = papertrack("keys", "shorten", "--yes").out.split("\n")
    assert [line.split(" is ")[1:] for line in first[:3]] == [
        ["基于深度学习的中文分词方 now"],
        ["基于深度学习的中文分词-2 now"],
        ["基于深度学习的中文分词-3 now"],
    ]
    again = "no key is longer than it should be: nothing to change\n"
    assert papertrack("keys", "shorten", "--yes") == (0, again, "")
