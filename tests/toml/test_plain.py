"""Long catalogues, read quickly: the same as TOML's reader says, or left to it."""

from collections.abc import Iterable

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st

from commandline import FIXTURES
from papertrack import models
from papertrack.catalogue import Draft, new_text
from papertrack.errors import PapertrackError
from papertrack.models import Paper
from papertrack.toml import plain

_HEAD = 'title = "A list"\n\n[labs]\nMeta = ["FAIR"]\n\n'
_FULL = '''\
[[paper]]
key = "llama"
name = "LLaMA"
title = "LLaMA: Open and Efficient"
authors = ["Hugo Touvron", "Thibaut Lavril"]
lab = "Meta"
venue = "facebook research"
year = 2023
doi = "10.1/x"
arxiv = "2302.13971"
links = []
tags = ["llm"]
status = "to-read"
priority = 1
added = 2023-03-01
started = 2023-03-02
finished = 2023-03-03
summary = """
Meta的“LLaMA”模型："open"
\t1 更小；
"""
notes = "one line"

'''
_SHORT = '[[paper]]\ntitle = "BERT"\n\n'


def test_its_fields_are_those_of_a_paper() -> None:
    assert plain.FIELDS == models.FIELDS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_HEAD + _FULL + _SHORT, id="papers with all fields and with one"),
        pytest.param(_HEAD + _FULL + "# more\n\n" + _SHORT, id="a comment between"),
        pytest.param((_HEAD + _FULL + _SHORT).replace("\n", "\r\n"), id="CRLF"),
        pytest.param(_HEAD + _SHORT + _SHORT.rstrip() + " # a comment\n", id="one in another form"),
        pytest.param(_HEAD + _SHORT + _FULL.rstrip(), id="no line end at the end"),
        pytest.param(_HEAD + _SHORT + "[markdown]\ncolumns = []\n", id="a table behind"),
        pytest.param(_HEAD + _SHORT + '[[paper]]\nmine = "x"\n' + _SHORT, id="an unknown key"),
        pytest.param(_HEAD + _SHORT + "[[paper]]\ntitle = 'x'\n[paper.x]\n" + _SHORT, id="deep"),
        pytest.param(_HEAD + '[[paper]]\ntitle = "\\u0041"\n' + _SHORT, id="an escape"),
        pytest.param(_HEAD + _SHORT + '[[paper]]\nsummary = """\n""""\n' + _SHORT, id="quotes"),
        pytest.param(_HEAD + _SHORT + "[[paper]]\n" + _SHORT, id="a paper without fields"),
        pytest.param(FIXTURES.joinpath("papers.toml").read_text(encoding="utf-8"), id="a real one"),
    ],
)
def test_a_valid_text_says_what_it_says(text: str) -> None:
    found = plain.in_pieces(text)
    assert found == tomli.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(_HEAD, id="no papers"),
        pytest.param("paper = [{ title = 'x' }]\n\n" + _SHORT, id="papers in line, and more"),
        pytest.param("paper = 3\n\n" + _SHORT, id="another paper"),
        pytest.param("[paper]\ntitle = 'x'\n\n" + _SHORT, id="one paper as a table"),
        pytest.param("[[paper.x]]\n\n" + _SHORT, id="a table in no paper"),
        pytest.param(_HEAD + _SHORT + "[paper.x]\ny = 1\n" + _SHORT, id="a table in a paper"),
        pytest.param(_HEAD + _SHORT + "[[paper.x]]\ny = 1\n" + _SHORT, id="tables in a paper"),
        pytest.param(_HEAD + _SHORT + "# a comment\ndoi = '10.1/x'\n" + _SHORT, id="more of one"),
        pytest.param(_HEAD + _SHORT + "[labs.x]\ny = 1\n", id="more of a table"),
        pytest.param(_HEAD + _SHORT + "[labs]\nOpenAI = []\n", id="a table twice"),
        pytest.param(_HEAD + '[[paper]]\nkey = "a"\nkey = "b"\n' + _SHORT, id="a key twice"),
        pytest.param(_HEAD + _SHORT + "[[paper]]\nadded = 2023-02-30\n" + _SHORT, id="no such day"),
        pytest.param(_HEAD + _SHORT + "[[paper]]\nyear = 0123\n" + _SHORT, id="no number"),
        pytest.param(_HEAD + _SHORT + '[[paper]]\ntitle = "a\x07"\n' + _SHORT, id="a control"),
        pytest.param(_HEAD + _SHORT + '[[paper]]\ntitle = "a\r"\n' + _SHORT, id="half a line end"),
        pytest.param(
            f"{_HEAD}{_SHORT}[[paper]]\nsummary = '''\n{_SHORT * 2}'''\n{_SHORT}", id="in a text"
        ),
        pytest.param(f'{_HEAD}[x]\ny = """\n{_SHORT}"""\n{_SHORT}', id="a paper in text above"),
        pytest.param(f"{_HEAD}{_SHORT}[x]\ny = [\n{_SHORT}]\n", id="a paper in a list"),
    ],
)
def test_the_rest_is_left_to_the_reader_of_toml(text: str) -> None:
    assert plain.in_pieces(text) is None


_PIECES = (
    _FULL, _SHORT, "[[paper]]\n", "[paper]\n", "[paper.x]\n", "[[paper.x]]\n", "[labs]\n",
    "[[papers]]\n", "[x]\n", "[x.y]\n", "\n", "# a comment\n", "paper = []\n", "paper.x = 1\n",
    'title = "x"\n', 'title = "x" # y\n', "title = 'x'\n", 'title = ""\n', 'title = """\n',
    "title = '''\n", '"""\n', "'''\n", '""""\n', '"\n', 'key = "k"\n', 'tags = ["a", "b"]\n',
    'tags = ["a",\n', "]\n", "tags = []\n", 'tags = ["a", "b" ]\n', "year = 2023\n", "year = 0\n",
    "year = 00\n", "added = 2023-03-01\n", "added = 2023-13-01\n", "added = 2023-03-01T10:00:00\n",
    'summary = """\nx\n"""\n', 'summary = """x"""\n', 'notes = """\n"x" ""y"""\n', " ", "\r\n",
    "\\",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=9))
@example(["title = '''\n", _SHORT, "'''\n", _SHORT])
@example([_SHORT, "[x]\n", _SHORT, "[x.y]\n"])
def test_no_text_is_read_otherwise_than_by_the_reader_of_toml(pieces: Iterable[str]) -> None:
    text = "".join(pieces)
    found = plain.in_pieces(text)
    if found is None:
        return
    assert found == tomli.loads(text)


@given(st.builds(Paper, key=st.just("k"), title=st.text(min_size=1), summary=st.text()))
def test_what_papertrack_writes_reads_back(paper: Paper) -> None:
    draft = Draft(new_text("A list"))
    try:
        draft.add(paper)
    except PapertrackError:  # no key can be made of it, or it cannot be written
        return
    text = draft.text + _SHORT
    assert plain.in_pieces(text) in (None, tomli.loads(text))


def test_a_long_text_is_read_in_pieces_and_a_broken_one_complained_of() -> None:
    text = _HEAD + _FULL * 200
    assert plain.loads(text) == tomli.loads(text)
    with pytest.raises(tomli.TOMLDecodeError) as complaint:
        plain.loads(text + "title = \n")
    with pytest.raises(tomli.TOMLDecodeError) as same:
        tomli.loads(text + "title = \n")
    assert complaint.value.args == same.value.args
