"""Edits that touch what they are asked to touch."""

from datetime import date

import pytest

from papertrack.catalogue import parse
from papertrack.catalogue.draft import Draft
from papertrack.errors import InvalidCatalogueError, PapertrackError
from papertrack.models import Paper
from papertrack.status import Status

_TEXT = """\
# My list

[labs]
Meta = ["FAIR"]  # and friends

# about LLaMA
[[paper]]  # the first
key = "llama"
title = 'LLaMA: Open' # literal
lab = "Meta"
status = "to-read"  # ask Li
"mine" = { a = 1, b = [2] }
# a comment inside
[paper.extra]
x = 1

# ---- 2022 ----

[[paper]]
title = \"""
InstructGPT\"""
tags = [
  "rlhf",   # the first
  "llm",
]
lab="OpenAI"
finished   = 2023-01-01 # in one go
# below

[[paper]]
key = "last"
title = "Last"
"""


def _lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that are gone and those that are new, where one place changed."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return old, new


_CHANGES = [
    ("llama", {"status": "done"}, ['status = "to-read"  # ask Li'], ['status = "done"  # ask Li']),
    ("llama", {"status": None}, ['status = "to-read"  # ask Li'], ["# ask Li"]),
    ("llama", {"title": "New"}, ["title = 'LLaMA: Open' # literal"], ['title = "New" # literal']),
    ("llama", {"name": "LLaMA"}, [], ['name = "LLaMA"']),
    ("llama", {"added": date(2024, 1, 2)}, [], ["added = 2024-01-02"]),
    ("llama", {"summary": "one\ntwo\n"}, [], ['summary = """', "one", "two", '"""']),
    ("llama", {"notes": "one\ntwo"}, [], ['notes = """', "one", 'two"""']),
    ("llama", {"authors": ["A", "B"]}, [], ['authors = ["A", "B"]']),
    ("llama", {"authors": [], "notes": "", "venue": None}, [], []),
    ("llama", {"status": Status.TO_READ, "lab": "Meta"}, [], []),
    ("last", {"year": 2023, "venue": "arXiv"}, [], ['venue = "arXiv"', "year = 2023"]),
    ("last", {"key": "first"}, ['key = "last"'], ['key = "first"']),
]


@pytest.mark.parametrize(
    ("key", "changes", "gone", "new"), _CHANGES, ids=[str(case[1])[:40] for case in _CHANGES]
)
def test_a_change_touches_its_field_only(
    key: str, changes: dict[str, str], gone: list[str], new: list[str]
) -> None:
    draft = Draft(_TEXT)
    paper = draft.change(key, changes)
    old_lines, new_lines = _lines_changed(_TEXT, draft.text)
    assert [line.rstrip("\n") for line in old_lines] == gone
    assert [line.rstrip("\n") for line in new_lines] == new
    assert parse(draft.text).catalogue == draft.catalogue
    assert paper in draft.catalogue.papers


def test_a_paper_without_a_key_gets_it_with_its_first_change() -> None:
    draft = Draft(_TEXT)
    draft.change("instructgpt", {"title": "InstructGPT"})
    assert draft.text == _TEXT
    draft.change("instructgpt", {"title": "Training language models", "started": date(2022, 5, 1)})
    assert _lines_changed(_TEXT, draft.text)[1] == [
        'key = "instructgpt"\n',
        'title = "Training language models"\n',
        "tags = [\n",
        '  "rlhf",   # the first\n',
        '  "llm",\n',
        "]\n",
        "started = 2022-05-01\n",
    ]


@pytest.mark.parametrize(
    ("tags", "new"),
    [
        pytest.param(["rlhf", "llm", "x"], ['  "x",'], id="one more"),
        pytest.param(["llm"], [], id="one less"),
        pytest.param(["x", "llm"], ['  "x",   # the first'], id="one renamed"),
        pytest.param(["llm", "x"], ['  "llm",', '  "x",'], id="one for another"),
        pytest.param(["llm", "rlhf"], ['  "llm",', '  "rlhf",   # the first'], id="another order"),
    ],
)
def test_a_list_keeps_the_layout_of_what_stays(tags: list[str], new: list[str]) -> None:
    draft = Draft(_TEXT.replace("[[paper]]\ntitle", '[[paper]]\nkey = "instructgpt"\ntitle'))
    before = draft.text
    assert draft.change("instructgpt", {"tags": tags}).tags == tuple(tags)
    assert [line.rstrip("\n") for line in _lines_changed(before, draft.text)[1]] == new


def test_a_removed_paper_takes_its_comments_and_sub_tables() -> None:
    draft = Draft(_TEXT)
    draft.remove("llama")
    start, end = _TEXT.index("# about LLaMA"), _TEXT.index("# ---- 2022")
    assert draft.text == _TEXT[:start] + _TEXT[end:]
    draft.remove("instructgpt")
    rest = '# ---- 2022 ----\n\n[[paper]]\nkey = "last"\ntitle = "Last"\n'
    assert draft.text == _TEXT[:start] + rest
    draft.remove("last")
    assert draft.text == _TEXT[:start] + "# ---- 2022 ----\n"
    assert draft.catalogue.papers == ()


def test_a_removed_paper_leaves_tables_that_stand_in_its_text() -> None:
    text = (
        "[[paper]]\ntitle = 'A'\n\n[labs]\nMeta = []\n[paper.more]\nx = 1\n[[paper]]\ntitle = 'B'\n"
    )
    draft = Draft(text)
    draft.remove("a")
    assert draft.text == "[labs]\nMeta = []\n[[paper]]\ntitle = 'B'\n"


def test_keys_that_are_not_written_stay_when_another_is_removed() -> None:
    draft = Draft("[[paper]]\ntitle = 'A'\n\n[[paper]]\ntitle = 'A'\n\n[[paper]]\ntitle = 'B'\n")
    draft.remove("a")
    assert draft.text == "[[paper]]\nkey = \"a-2\"\ntitle = 'A'\n\n[[paper]]\ntitle = 'B'\n"


def test_keys_that_are_not_written_stay_when_another_is_renamed() -> None:
    paper = "[[paper]]\ntitle = 'Q'\n"
    draft = Draft(f"{paper}[[paper]]\ntitle = 'Q B'\n{paper}{paper}")
    draft.change("q-2", {"key": "z"})
    assert [each.key for each in parse(draft.text).catalogue.papers] == ["q", "q-b", "z", "q-3"]


def test_a_paper_is_added_at_the_end_of_its_lab() -> None:
    draft = Draft(_TEXT)
    added = draft.add(Paper(key="llama", title="LLaMA 2", lab="fair", year=2023))
    assert added.key == "llama-2"
    new = '[[paper]]\nkey = "llama-2"\ntitle = "LLaMA 2"\nlab = "fair"\nyear = 2023\n'
    place = _TEXT.index("\n# ---- 2022")
    assert draft.text == f'{_TEXT[:place]}\n{new}status = "to-read"\n{_TEXT[place:]}'


_STYLES = [
    ("", '[[paper]]\nkey = "n"\ntitle = "N"\nstatus = "to-read"\n'),
    ("x = 1", 'x = 1\n\n[[paper]]\nkey = "n"\ntitle = "N"\nstatus = "to-read"'),
    ("x = 1\n\n", 'x = 1\n\n[[paper]]\nkey = "n"\ntitle = "N"\nstatus = "to-read"\n'),
    (
        "x = 1\r\n",
        'x = 1\r\n\r\n[[paper]]\r\nkey = "n"\r\ntitle = "N"\r\nstatus = "to-read"\r\n',
    ),
    (
        "[[paper]]\n  title = 'A'\n[[paper]]\n  title = 'B'\n",
        (
            "[[paper]]\n  title = 'A'\n[[paper]]\n  title = 'B'\n"
            '[[paper]]\n  key = "n"\n  title = "N"\n  status = "to-read"\n'
        ),
    ),
    (
        "[[paper]]\ntitle = 'A'\n\n\n[[paper]]\ntitle = 'B'\n# end",
        (
            "[[paper]]\ntitle = 'A'\n\n\n[[paper]]\ntitle = 'B'\n# end\n\n\n"
            '[[paper]]\nkey = "n"\ntitle = "N"\nstatus = "to-read"'
        ),
    ),
    (
        "[[paper]]\ntitle = 'A'\n[labs]\nMeta = []\n",
        (
            "[[paper]]\ntitle = 'A'\n[labs]\nMeta = []\n\n"
            '[[paper]]\nkey = "n"\ntitle = "N"\nstatus = "to-read"\n'
        ),
    ),
]


@pytest.mark.parametrize(("text", "after"), _STYLES, ids=[repr(text)[:40] for text, _ in _STYLES])
def test_a_paper_is_added_in_the_style_of_the_file(text: str, after: str) -> None:
    for mark in ("", "\ufeff"):
        draft = Draft(mark + text)
        draft.add(Paper(key="", title="N"))
        assert draft.text == mark + after


def test_aligned_signs_stay_aligned() -> None:
    draft = Draft("[[paper]]\nkey    = 'a'\ntitle  = 'A'\n")
    draft.change("a", {"lab": "Meta", "priority": 1})
    assert draft.text == "[[paper]]\nkey    = 'a'\ntitle  = 'A'\nlab    = \"Meta\"\npriority = 1\n"


_OWN = """\
# about LLaMA
[[paper]]  # the first
key = "llama"
title = 'LLaMA: Open' # literal
lab = "Meta"
status = "to-read"  # ask Li
"mine" = { a = 1, b = [2] }
# a comment inside
[paper.extra]
x = 1
"""


def test_a_papers_own_text_has_its_comments_and_can_be_replaced() -> None:
    draft = Draft(_TEXT)
    assert draft.own_text("llama") == _OWN
    paper = draft.replace_own_text("llama", '\n# new\n[[paper]]\ntitle = "B"\nyear = 2001\n\n')
    assert paper == Paper(key="llama", title="B", year=2001)
    new = '# new\n[[paper]]\nkey = "llama"\ntitle = "B"\nyear = 2001\n'
    assert draft.text == _TEXT.replace(_OWN, new)
    assert draft.catalogue.papers[0] == paper


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "this text holds more than a paper", id="nothing"),
        pytest.param("x = 1\n[[paper]]\ntitle = 'A'", "this text holds more", id="a key above"),
        pytest.param("[[paper]]\ntitle = 'A'\n[labs]", "this text holds more", id="a table"),
        pytest.param("[[paper]]\ntitle='A'\n[[paper]]\ntitle='B'", "this text holds", id="two"),
        pytest.param("paper = [{title = 'A'}]", "this text holds more", id="on a line"),
        pytest.param("[[paper]]\ntitle='A'\nyear='x'", 'paper "llama":3: year "x"', id="a fault"),
        pytest.param(
            "[[paper]]\ntitle='A'\nkey='last'", 'key "last" is taken by', id="a key taken"
        ),
    ],
)
def test_a_text_that_is_not_one_valid_paper_is_refused(text: str, message: str) -> None:
    draft = Draft(_TEXT)
    with pytest.raises(PapertrackError, match=message):
        draft.replace_own_text("llama", text)
    assert draft.text == _TEXT
    assert draft.catalogue == parse(_TEXT).catalogue


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"title": None}, 'paper "llama" has no title', id="no title"),
        pytest.param({"key": ""}, "this paper has no key|has no key", id="no key"),
        pytest.param({"key": "last"}, 'key "last" is taken by "Last"', id="a key taken"),
        pytest.param(
            {"key": "A b"}, 'key "A b" is not lower-case .* write a-b', id="no key's form"
        ),
        pytest.param({"year": "20x3"}, 'year "20x3" is not a year', id="no year"),
        pytest.param({"titel": "x"}, 'no field "titel": did you mean title', id="no field"),
        pytest.param({"qqq": "x"}, 'no field "qqq": a paper has key, name', id="nothing like it"),
        pytest.param({"notes": "\udcff"}, "notes holds bytes that are not UTF-8", id="bad bytes"),
        pytest.param({"tags": ["\udcff"]}, "tags holds bytes that are not", id="bad in a list"),
    ],
)
def test_a_change_that_is_none_is_refused(changes: dict[str, str], message: str) -> None:
    draft = Draft(_TEXT)
    with pytest.raises(PapertrackError, match=message):
        draft.change("llama", changes)
    assert draft.text == _TEXT


def test_a_paper_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(PapertrackError, match=r'no paper has the key "lama" .*: did you mean'):
        Draft(_TEXT).change("lama", {"year": 2023})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("paper = [{title = 'A', key = 'a'}]", id="on a line"),
        pytest.param("paper = [\n  {title = 'A', key = 'a'},\n]\n", id="on lines"),
    ],
)
def test_papers_on_a_line_are_read_and_not_edited(text: str) -> None:
    draft = Draft(text)
    assert draft.catalogue.papers == (Paper(key="a", title="A"),)
    message = r"papers written as paper = \[\{…\}\]"
    with pytest.raises(PapertrackError, match=message):
        draft.change("a", {"year": 2023})
    with pytest.raises(PapertrackError, match=message):
        draft.remove("a")
    with pytest.raises(PapertrackError, match=message):
        draft.add(Paper(key="b", title="B"))
    assert draft.text == text


def test_an_empty_list_of_papers_is_not_added_to() -> None:
    with pytest.raises(PapertrackError, match=r"^papers\.toml:2: .* does not edit them"):
        Draft("# mine\npaper = []\n", "papers.toml").add(Paper(key="b", title="B"))


def test_a_list_written_as_something_else_is_refused_and_kept() -> None:
    text = "[[paper]]\ntitle = 'A'\n[[paper.review]]\nx = nan\n"
    draft = Draft(text)
    draft.change("a", {"year": 2023})
    assert (
        draft.text
        == "[[paper]]\nkey = \"a\"\ntitle = 'A'\nyear = 2023\n[[paper.review]]\nx = nan\n"
    )


def test_headers_in_other_spellings_are_headers() -> None:
    text = (
        '[["pap\\u0065r"]]\ntitle = "A"\n\n[[ paper ]]\ntitle = "B"\n'
        "notes = '''\n[[paper]]\n'''\n\n  [['paper']]\n  title = \"C\""
    )
    draft = Draft(text)
    for paper in draft.catalogue.papers:
        draft.change(paper.key, {"year": 2000})
    assert [paper.year for paper in parse(draft.text).catalogue.papers] == [2000] * 3
    assert draft.text.endswith('  [[\'paper\']]\n  key = "c"\n  title = "C"\n  year = 2000')


def test_a_change_to_a_broken_paper_says_its_line() -> None:
    with pytest.raises(InvalidCatalogueError) as caught:
        Draft(_TEXT).replace_own_text("llama", "[[paper]]\ntitle = A\n")
    assert caught.value.message.startswith('paper "llama":2: ')
