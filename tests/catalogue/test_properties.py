"""Any edit of any catalogue says what was asked, and leaves every other line as it was."""

import tomllib
from collections import Counter
from datetime import date
from typing import NamedTuple, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertrack.catalogue import parse
from papertrack.catalogue.draft import Draft
from papertrack.models import FIELDS, Paper

Table = dict[str, object]

_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_LETTERS = st.text("ab c论文é-:|\"'\\#[]=", max_size=8)
_COMMENTS = st.sampled_from(["# c", "#", "# [[paper]]", '# """', "# it's\t論", "#= [labs]"])
_DATES = st.dates(date(1990, 1, 1), date(2030, 1, 1))
_LABS = st.sampled_from(["Meta", "OpenAI", "FAIR", "Google"])
_VALUES: dict[str, st.SearchStrategy[object]] = {
    "year": st.integers(1, 9999),
    "priority": st.integers(1, 5),
    "status": st.sampled_from(["to-read", "reading", "skimmed", "done", "dropped"]),
    "lab": _LABS,
    **dict.fromkeys(("added", "started", "finished"), _DATES),
    **dict.fromkeys(("authors", "links", "tags"), st.lists(_LETTERS, max_size=3)),
    **dict.fromkeys(("summary", "notes", "title"), _LETTERS | _ANY_TEXT),
}
_NAMES = st.lists(st.sampled_from([*FIELDS[1:], "mine"]), max_size=5)


class Line(NamedTuple):
    """Some whole lines of a text."""

    text: str
    paper: int | None = None
    """The paper that they belong to."""
    field: str = ""
    comment: str = ""
    """The comment behind the value."""


class Written(NamedTuple):
    """A catalogue's text with what each of its lines is."""

    lines: list[Line]
    newline: str
    bom: str
    ended: bool

    @property
    def text(self) -> str:
        joined = "".join(line.text for line in self.lines)
        whole = joined if self.ended else joined.removesuffix("\n")
        return self.bom + whole.replace("\n", self.newline)


def _quote(text: str, draw: st.DrawFn) -> str:
    """Spell a text in one of the four ways of TOML, as far as it can be."""
    basic = "".join(
        f"\\u{ord(letter):04x}" if letter < " " or letter in '"\\\x7f' else letter
        for letter in text
    )
    spelled = [f'"{basic}"', f'"""{basic}"""', f'"""\n{basic}"""', f'"""\\\n  {basic}"""']
    if basic.startswith((" ", "\t")):
        spelled.pop()
    if text == basic and "'" not in text:
        spelled += [f"'{text}'", f"'''{text}'''", f"'''\n{text}'''"]
    return spelled[draw(st.integers(0, len(spelled) - 1))]


def _spell(value: object, draw: st.DrawFn) -> str:
    if isinstance(value, str):
        return _quote(value, draw)
    if not isinstance(value, list):
        return str(value)
    items = [_quote(item, draw) for item in value]
    if draw(st.booleans()):
        return f"[{', '.join(items)}{draw(st.sampled_from(('', ', '))) if items else ''}]"
    lines = [f"    {item},{draw(st.sampled_from(('', '  # it')))}\n" for item in items]
    lines.append(draw(st.sampled_from(("", "    # last\n"))))
    return "[\n" + "".join(lines) + "]"


@st.composite
def _papers(draw: st.DrawFn, index: int) -> list[Line]:
    indent = draw(st.sampled_from(("", "", "  ", "\t")))
    header = draw(
        st.sampled_from((*["[[paper]]"] * 3, "[[ paper ]]", '[["paper"]]', "[['paper']]"))
    )
    lines = [
        Line(f"{indent}{comment}\n", index) for comment in draw(st.lists(_COMMENTS, max_size=2))
    ]
    lines.append(Line(f"{indent}{header}{draw(st.sampled_from(('', ' # a paper')))}\n", index))
    fields: dict[str, object] = {"title": draw(_LETTERS)}
    if draw(st.booleans()):
        fields["key"] = f"k{index}"
    for name in draw(_NAMES):
        fields.setdefault(name, draw(_VALUES.get(name, _LETTERS)))
    names = draw(st.permutations(list(fields)))
    equals = draw(st.sampled_from((" = ", "=", "  = ", " =\t")))
    for name in names:
        key = f'"{name}"' if draw(st.integers(0, 9)) == 0 else name
        comment = draw(st.sampled_from(["", "", "  # ask Li", "# [[paper]]"]))
        spelled = _spell(fields[name], draw)
        lines.append(Line(f"{indent}{key}{equals}{spelled}{comment}\n", index, name, str(comment)))
        if draw(st.integers(0, 4)) == 0:
            lines.append(Line(draw(st.sampled_from((f"{indent}# inside\n", "\n"))), index))
    if lines[-1].text == "\n":
        lines.pop()
    if draw(st.integers(0, 3)) == 0:
        lines.append(Line('[paper.extra]  # more\nx = 1\ny.z = """\n[[paper]]\n"""\n', index))
    return lines


_OTHERS = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\n# on its own\n\n",
        "\n# ----\n# other\n\n",
        '\n[other]\nlist = [\n["a"],\n]\n\n',
        "\n[labs]\nMeta = ['Facebook', 'FAIR'] # us\n# Google = []\n\n",
        '\n[markdown]\ncolumns = ["title"]\n\n[markdown.index]\nnothing = "NULL"\n\n',
        "\n[[others]]\n[paper_like]\n\n",
    ]
)


@st.composite
def written(draw: st.DrawFn) -> Written:
    """Draw a catalogue in any layout."""
    lines = [Line(f"{comment}\n") for comment in draw(st.lists(_COMMENTS, max_size=2))]
    lines.append(
        Line(draw(st.sampled_from(["\n", 'title = "論"\n\n', 'x.y = """\n[[paper]]\n"""\n\n'])))
    )
    seen: set[str] = set()
    count = draw(st.integers(0, 4))
    for index in range(count):
        other = draw(_OTHERS)
        name = other.strip().partition("\n")[0]
        if name.startswith("[") and name not in seen:
            seen.add(name)
            lines.append(Line(other))
        lines += draw(_papers(index))
        if draw(st.integers(0, 5)) == 0:
            lines.append(Line(f"\n[between{index}]  # others\nz = 1\n"))
            lines.append(Line("[paper.more]\nz = 1\n", index))
        lines.append(Line(draw(st.sampled_from(("\n", "\n\n", "\n# on its own\n\n")))))
    newline = draw(st.sampled_from(("\n", "\r\n")))
    ended = draw(st.booleans())
    if lines and lines[-1].text == "\n":
        lines.pop()
    return Written(lines, str(newline), str(draw(st.sampled_from(("", "\ufeff")))), bool(ended))


def _data(text: str) -> Table:
    return tomllib.loads(text.removeprefix("\ufeff"))


def _filled(data: Table) -> Table:
    """Return the tables that hold something."""
    inner = {key: _filled(item) if isinstance(item, dict) else item for key, item in data.items()}
    return {key: item for key, item in inner.items() if item != {}}


def _entries(data: Table) -> list[Table]:
    return cast("list[Table]", data.get("paper", []))


def _full_lines(text: str) -> list[str]:
    """Return the lines that are not blank."""
    return [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def _valid(draft: Draft) -> None:
    assert draft.verified() == draft.text
    reading = parse(draft.text)
    assert reading.faults == ()
    assert reading.catalogue == draft.catalogue


@pytest.mark.slow
@given(written(), st.data())
def test_a_changed_field_changes_its_own_lines_only(source: Written, data: st.DataObject) -> None:
    draft = Draft(source.text)
    papers = draft.catalogue.papers
    if not papers:
        return
    index = data.draw(st.integers(0, len(papers) - 1))
    field = data.draw(st.sampled_from(FIELDS[1:]))
    value = data.draw(
        _VALUES.get(field, _LETTERS) | (st.none() if field != "title" else st.nothing())
    )
    if field == "title" and not value:
        return
    before = _data(source.text)
    entry = _entries(before)[index]
    draft.change(papers[index].key, {field: cast("str", value)})

    _valid(draft)
    current = getattr(papers[index], field)
    same = (tuple(value) if isinstance(value, list) else value) == current
    same = same or (not value and current in (None, ()))
    if same or (not value and field not in entry):
        assert draft.text == source.text
        return
    entry.setdefault("key", papers[index].key)
    entry[field] = value
    if not value:
        del entry[field]
    assert _data(draft.text) == before
    own = [line for line in source.lines if (line.paper, line.field) == (index, field)]
    left = "".join(line.text for line in source.lines if line not in own)
    untouched = _full_lines(source.bom + left)
    result = _full_lines(draft.text)
    _is_within(untouched, result)
    assert all(line.comment.strip() in draft.text for line in own)
    assert draft.text.startswith(source.bom)
    if source.newline == "\r\n":
        assert draft.text.count("\n") == draft.text.count("\r\n")
    if own and value and "key" in papers[index].model_fields_set:
        start = source.lines.index(own[0])
        above = source.bom + "".join(line.text for line in source.lines[:start])
        below = "".join(line.text for line in source.lines[start + 1 :])
        if own[0].paper is not None and "key" in _entries(_data(source.text))[index]:
            assert draft.text.startswith(above.replace("\n", source.newline))
            end = below if source.ended else below.removesuffix("\n")
            assert draft.text.endswith(end.replace("\n", source.newline))


def _is_within(lines: list[str], result: list[str]) -> None:
    rest = iter(result)
    assert all(line in rest for line in lines)


@pytest.mark.slow
@given(written(), st.data())
def test_a_removed_paper_takes_its_lines_and_no_other(source: Written, data: st.DataObject) -> None:
    draft = Draft(source.text)
    papers = draft.catalogue.papers
    if not papers:
        return
    index = data.draw(st.integers(0, len(papers) - 1))
    before = _data(source.text)
    removed = draft.remove(papers[index].key)

    assert removed == papers[index]
    _valid(draft)
    entries = _entries(before)
    del entries[index]
    after = _data(draft.text)
    left = [paper for paper in papers if paper != removed]
    for entry, fields, paper in zip(entries, _entries(after), left, strict=True):
        if "key" in fields:
            entry.setdefault("key", paper.key)
    if not entries:
        del before["paper"]
    assert after == before
    kept = "".join(line.text for line in source.lines if line.paper != index)
    result = _full_lines(draft.text.removeprefix(source.bom))
    assert [line for line in result if not line.strip().startswith("key")] == [
        line for line in _full_lines(kept) if not line.strip().startswith("key")
    ]
    assert draft.catalogue.papers == tuple(left)


@pytest.mark.slow
@given(written(), _LABS | st.none(), _ANY_TEXT)
def test_an_added_paper_adds_its_lines_and_no_other(
    source: Written, lab: str | None, summary: str
) -> None:
    draft = Draft(source.text)
    before = draft.catalogue.papers
    added = draft.add(Paper(key="", title="A new: one", lab=lab, summary=summary or None))

    _valid(draft)
    papers = draft.catalogue.papers
    index = papers.index(added)
    assert papers[:index] + papers[index + 1 :] == before
    own = {"Meta", "FAIR"} if "Meta" in draft.catalogue.labs else {lab}
    mates = [place for place, paper in enumerate(papers) if paper.lab in own or paper.lab == lab]
    if lab in own:
        assert index == mates[-1]
    elif lab is None:
        assert index == len(before)
    data = _data(draft.text)
    del _entries(data)[index]
    if not _entries(data):
        del data["paper"]
    assert data == _data(source.text)
    bare, text = (each.removeprefix(source.bom) for each in (source.text, draft.text))
    _is_within(_full_lines(bare), _full_lines(text))
    assert draft.text.startswith(source.bom)
    if source.newline == "\r\n" and "\n" in source.text:
        assert draft.text.count("\n") == draft.text.count("\r\n")


@pytest.mark.slow
@given(written(), st.data())
def test_a_text_put_back_changes_nothing_and_a_changed_one_itself(
    source: Written, data: st.DataObject
) -> None:
    draft = Draft(source.text)
    if not draft.catalogue.papers:
        return
    paper = data.draw(st.sampled_from(draft.catalogue.papers))
    draft.replace_own_text(paper.key, draft.own_text(paper.key))
    assert draft.text == source.text
    before = _data(source.text)
    entry = _entries(before)[draft.catalogue.papers.index(paper)]
    named = draft.replace_own_text(paper.key, draft.own_text(paper.key).rstrip() + "\n# edited\n")
    assert named == paper
    _valid(draft)
    entry.setdefault("key", paper.key)
    assert _data(draft.text) == before
    assert not Counter(_full_lines(source.text)) - Counter(_full_lines(draft.text))


@pytest.mark.slow
@given(
    written(),
    st.sampled_from(["labs", "markdown", "markdown.index", "markdown.new", "other", ""]),
    st.dictionaries(
        st.sampled_from(["nothing", "a b", "ü", "columns"]),
        st.none() | _ANY_TEXT.map(lambda text: [text]),
        max_size=3,
    ),
)
def test_a_table_says_what_is_set_and_all_else_stays(
    source: Written, name: str, values: dict[str, list[str] | None]
) -> None:
    if name.startswith("markdown"):
        values = {key: value for key, value in values.items() if key != "nothing"}
    draft = Draft(source.text)
    draft.set_table(name, values)

    _valid(draft)
    wanted = inner = _data(source.text)
    for part in filter(None, name.split(".")):
        inner = cast("Table", inner.setdefault(part, {}))
    for key, value in values.items():
        inner[key] = value
        if value is None:
            del inner[key]
    assert _filled(_data(draft.text)) == _filled(wanted)
    rows = _full_lines(draft.text.removeprefix(source.bom))
    _is_within(
        [
            row
            for row in _full_lines(source.text.removeprefix(source.bom))
            if "columns" not in row and "nothing" not in row
        ],
        rows,
    )


@given(st.lists(_ANY_TEXT | _LETTERS, min_size=3, max_size=3), st.sampled_from(["\n", "\r\n"]))
@example(['"""', 'a"', '\\"""\n"'], "\n")
@example(["<<<<<<< HEAD\n=======\n>>>>>>> b", "\r\n", "\n\r"], "\r\n")
@example(["\x00\x7f\x9b", "a\n", "\n"], "\r\n")
def test_any_text_reads_back_as_it_was_written(texts: list[str], newline: str) -> None:
    draft = Draft(f"# mine{newline}")
    title, summary, note = texts
    added = draft.add(Paper(key="k", title=title or "t", summary=summary, tags=(note,)))
    changed = draft.change(added.key, {"notes": note, "summary": note})
    _valid(draft)
    assert (changed.title, changed.notes or "") == (title or "t", note)


@pytest.mark.slow
@given(written(), st.data())
def test_many_edits_in_a_row_stay_valid(source: Written, data: st.DataObject) -> None:
    draft = Draft(source.text)
    for number in range(data.draw(st.integers(1, 6))):
        papers = draft.catalogue.papers
        kind = data.draw(st.sampled_from(("add", "change", "rename", "remove", "labs")))
        if kind == "add" or not papers:
            draft.add(Paper(key=f"k{number}", title="A", lab=data.draw(_LABS)))
        elif kind == "labs":
            draft.set_table("labs", {"Meta": ["FAIR"], "Google": []})
        else:
            paper = data.draw(st.sampled_from(papers))
            if kind == "remove":
                draft.remove(paper.key)
            elif kind == "change":
                draft.change(paper.key, {"status": "done", "tags": None, "notes": "a\nb"})
            else:
                draft.change(paper.key, {"key": f"renamed-{number}"})
        _valid(draft)


@given(st.text() | st.binary().map(lambda raw: raw.decode(errors="surrogateescape")))
def test_reading_never_fails(text: str) -> None:
    reading = parse(text)
    assert reading.faults or tomllib.loads(text.removeprefix("\ufeff")) is not None


@pytest.mark.slow
@given(written(), st.data())
def test_a_damaged_catalogue_is_read_as_far_as_it_goes(
    source: Written, data: st.DataObject
) -> None:
    text = source.text
    place = data.draw(st.integers(0, len(text)))
    other = data.draw(st.sampled_from(['"""', "'", "[", "]]", "\udcff", "=", "\n[[paper]]\n", "x"]))
    damaged = text[:place] + other + text[place + data.draw(st.integers(0, 3)) :]
    reading = parse(damaged)
    lines = damaged.count("\n") + 1
    assert all(1 <= fault.line <= lines for fault in reading.faults)
    keys = [paper.key for paper in reading.catalogue.papers]
    assert len(set(keys)) == len(keys)
