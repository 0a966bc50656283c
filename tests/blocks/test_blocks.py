from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import blocks
from papertrack.blocks import Rendered
from papertrack.blocks.views import find_blocks
from papertrack.errors import PapertrackError, RefusedError
from papertrack.models import Catalogue, Look, Paper
from papertrack.status import Status

_TODAY = date(2024, 3, 1)
_LOOK = Look(
    columns=("title", "source", "summary", "status"),
    headers=("名称", "来源", "说明", "状态"),
    group="lab",
    nothing="NULL",
    brackets="《》",
    statuses={"to-read": ""},
)
_GPT = Paper(key="gpt", name="GPT", title="Improving", lab="OpenAI", status=Status.DONE)
_LLAMA = Paper(
    key="llama", name="LLaMA", title="LLaMA: Open", lab="Meta", year=2023, summary="a|b\nc\n"
)
_PEER = Paper(key="peer", title="PEER", lab="Meta", tags=("text",))
_CATALOGUE = Catalogue(
    labs={"OpenAI": (), "Meta": ("Facebook",)},
    look=_LOOK,
    looks={"short": Look(columns=("title", "tags"))},
    papers=(_GPT, _LLAMA, _PEER),
)
_EMPTY = "# list\n\n<!-- papertrack:begin -->\n<!-- papertrack:end -->\n\nthe end"
_TABLE = """\
| 名称 | 来源 | 说明 | 状态 |
| --- | --- | --- | --- |
| OpenAI | OpenAI | OpenAI | OpenAI |
| 《Improving》 | NULL | NULL | done |
| Meta | Meta | Meta | Meta |
| 《LLaMA: Open》 | 2023 | a\\|b<br>c | NULL |
| 《PEER》 | NULL | NULL | NULL |
"""


def _with(*papers: Paper, **fields: object) -> Catalogue:
    return _CATALOGUE.model_copy(update={"papers": papers, **fields})


def _render(text: str, catalogue: Catalogue = _CATALOGUE, *, force: bool = False) -> Rendered:
    return blocks.render(text, catalogue, where="README.md", today=_TODAY, force=force)


def _refused(text: str, catalogue: Catalogue = _CATALOGUE) -> tuple[str, ...]:
    with pytest.raises(RefusedError) as caught:
        _render(text, catalogue)
    assert caught.value.message == (
        "README.md was edited by hand: `papertrack import README.md` takes the edits into the "
        "catalogue, `papertrack export-markdown --into README.md --force` writes over them"
    )
    return caught.value.details


_FULL = _render(_EMPTY).text


def test_an_empty_block_is_filled_and_nothing_else_touched() -> None:
    digest = _FULL[_FULL.index("papertrack:end ") + 15 :][:12]
    assert len(digest) == 12
    before = "# list\n\n<!-- papertrack:begin -->\n\n"
    after = f"\n<!-- papertrack:end {digest} -->\n\nthe end"
    assert before + _TABLE + after == _FULL


def test_making_a_block_twice_changes_nothing() -> None:
    again = _render(_FULL)
    assert (again.text, again.stale) == (_FULL, ())
    assert again.summary() == "1 block, 3 papers; nothing to change"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"\ufeff{text}",
        lambda text: text.replace("\n\nthe end", ""),
        lambda text: text.replace("<!-- papertrack:begin", "  <!--  papertrack:begin"),
    ],
    ids=["CRLF", "BOM", "no line end", "spaces"],
)
def test_the_bytes_around_a_block_stay(change: Callable[[str], str]) -> None:
    assert _render(change(_EMPTY)).text == change(_FULL)
    assert _render(change(_FULL)).text == change(_FULL)


def test_each_block_has_its_own_query_and_look() -> None:
    text = (
        "<!-- papertrack:begin lab:facebook -->\n<!-- papertrack:end -->\n"
        "<!-- papertrack:begin look=short tag:text -->\n<!-- papertrack:end -->\n"
    )
    rendered = _render(text)
    assert (rendered.blocks, rendered.papers) == (2, 3)
    assert "《Improving》" not in rendered.text
    assert "| title | tags |\n| --- | --- |\n| PEER | text |\n\n" in rendered.text


def test_tags_that_the_query_names_are_no_headings() -> None:
    catalogue = _with(
        _PEER.model_copy(update={"tags": ("text", "editing")}), look=Look(group="tag")
    )
    text = "<!-- papertrack:begin tag:Text -->\n<!-- papertrack:end -->\n"
    assert "| editing | editing |" in _render(text, catalogue).text
    assert "| text |" not in _render(text, catalogue).text


def test_brackets_are_escaped_where_the_file_defines_links() -> None:
    catalogue = _with(_PEER.model_copy(update={"summary": "see [1]"}))
    assert "| see [1] |" in _render(_EMPTY, catalogue).text
    assert "| see \\[1] |" in _render(f"[1]: https://a.b\n\n{_EMPTY}", catalogue).text


def _aligned(text: str) -> str:
    """Return the text with its table as a formatter leaves it."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("| ---"):
            lines.append("|:-------------------|" + ":------:|" * 3)
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").replace("a\\|b", "a\\!b").split("|")]
            row = "|".join(f" {cell:<20} " for cell in cells)
            lines.append(f"|{row}|".replace("a\\!b", "a\\|b"))
        else:
            lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize(
    "formatted",
    [
        _aligned(_FULL),
        _FULL.replace("begin -->\n\n", "begin -->\n").replace(
            "\n\n<!-- papertrack:end", "\n<!-- papertrack:end"
        ),
        _FULL.replace("-->\n\n|", "-->\n\n\n|"),
        _FULL.replace("LLaMA: Open", "LLaMA\\: Open"),
    ],
    ids=["aligned", "no blank lines", "more blank lines", "escapes"],
)
def test_a_formatters_work_is_no_hand_edit(formatted: str) -> None:
    assert formatted != _FULL
    assert _render(formatted).text == formatted
    done = _with(_GPT, _LLAMA.model_copy(update={"status": Status.DONE}), _PEER)
    assert "a\\|b<br>c | done |" in _render(formatted, done).text


def test_angle_brackets_around_an_address_are_no_hand_edit() -> None:
    noted = _PEER.model_copy(update={"summary": "see https://a.b/c_d"})
    full = _render(_EMPTY, _with(noted)).text
    formatted = full.replace("https://a.b/c_d", "<https://a.b/c_d>")
    assert formatted != full
    assert _render(formatted, _with(noted)).text == formatted
    done = _with(noted.model_copy(update={"status": Status.DONE}))
    assert "see https://a.b/c_d | done |" in _render(formatted, done).text


def test_a_digest_of_papertrack_0_1_that_counted_angle_brackets_still_fits() -> None:
    noted = _PEER.model_copy(update={"summary": "https://a.b/_c_"})
    full = _render(_EMPTY, _with(noted)).text
    assert "<https://a.b/_c>" in full
    [block] = find_blocks(full, "x")
    assert block.digest
    old = full.replace(block.digest, "ae9254e6a9a1")
    assert _render(old, _with(noted)).stale == ()


@pytest.mark.parametrize(
    ("delimiter", "look", "written"),
    [
        ("|:---|---:|:-:| - |", _LOOK, "| :--- | ---: | :---: | --- |"),
        ("| --- | --- | --- | --- |", _LOOK, "| --- | --- | --- | --- |"),
        (
            "| --- | --- | --- | --- |",
            _LOOK.model_copy(update={"align": ("", "right")}),
            "| --- | ---: | --- | --- |",
        ),
        (
            "| :-: | --- | --- | --- |",
            _LOOK.model_copy(update={"align": ("", "right")}),
            "| :---: | --- | --- | --- |",
        ),
    ],
    ids=["the file's", "none", "the look's", "the file's first"],
)
def test_columns_stay_aligned(delimiter: str, look: Look, written: str) -> None:
    formatted = _FULL.replace("| --- | --- | --- | --- |", delimiter)
    done = _with(_GPT, _LLAMA.model_copy(update={"status": Status.DONE}), _PEER, look=look)
    rendered = _render(formatted, done)
    assert written in rendered.text
    assert _render(rendered.text, done).text == rendered.text
    windows = _render(formatted.replace("\n", "\r\n"), done).text
    assert windows == rendered.text.replace("\n", "\r\n")


def test_an_alignment_that_is_none_is_refused() -> None:
    look = _LOOK.model_copy(update={"align": ("middle",)})
    with pytest.raises(PapertrackError, match='no alignment "middle": write left, center, right'):
        _render(_EMPTY, _with(_PEER, look=look))


@pytest.mark.parametrize(
    ("papers", "stale"),
    [
        (
            (_GPT, _LLAMA.model_copy(update={"status": Status.DONE}), _PEER),
            ["README.md:10: LLaMA: status was NULL, is done"],
        ),
        (
            (_GPT, _LLAMA.model_copy(update={"year": None, "summary": "x"}), _PEER),
            ["README.md:10: LLaMA: source was 2023, is NULL; summary was a|b<br>c, is x"],
        ),
        (
            (_GPT, _LLAMA.model_copy(update={"title": "LLaMA: Opened"}), _PEER),
            ["README.md:10: LLaMA: title was 《LLaMA: Open》, is 《LLaMA: Opened》"],
        ),
        ((_GPT, _LLAMA), ["README.md:11: 《PEER》 | NULL: row removed"]),
        (
            (_GPT, _LLAMA, _PEER, Paper(key="x", title="X", lab="Meta")),
            ["README.md:3: X: row added"],
        ),
        ((_GPT, _PEER, _LLAMA), ["README.md:3: the rows stand in another order"]),
        (
            (_LLAMA, _PEER),
            [
                "README.md:7: OpenAI | OpenAI: row removed",
                "README.md:8: 《Improving》 | NULL: row removed",
            ],
        ),
    ],
    ids=["cell", "cells", "title", "removed", "added", "order", "group"],
)
def test_what_is_stale_is_named(papers: tuple[Paper, ...], stale: list[str]) -> None:
    rendered = _render(_FULL, _with(*papers))
    assert list(rendered.stale) == stale
    assert _render(rendered.text, _with(*papers)).stale == ()


def test_one_done_paper_changes_its_row_and_the_digest() -> None:
    done = _with(_GPT, _LLAMA.model_copy(update={"status": Status.DONE}), _PEER)
    rendered = _render(_FULL, done)
    pairs = zip(_FULL.split("\n"), rendered.text.split("\n"), strict=True)
    assert sum(before != after for before, after in pairs) == 2
    assert rendered.summary() == "1 block, 3 papers; 1 row changed"
    assert rendered.summary(written=False) == "1 block, 3 papers; 1 row would change"


@pytest.mark.parametrize(
    ("before", "after", "edit"),
    [
        (
            "《PEER》 | NULL",
            "《PEER》 | 2022",
            "README.md:11: PEER: source is 2022, the catalogue says NULL",
        ),
        (
            "| 《PEER》 | NULL | NULL | NULL |\n",
            "",
            "README.md:3: PEER: the row was taken out",
        ),
        (
            "| 《PEER》",
            "| 《New》 | NULL | NULL | NULL |\n| 《PEER》",
            "README.md:11: 《New》 | NULL: this row is not from the catalogue",
        ),
        (
            "《PEER》",
            "《PEERS》",
            "README.md:11: PEER: title is 《PEERS》, the catalogue says 《PEER》",
        ),
        ("来源", "出处", "README.md:5: the header: source is 出处, the catalogue says 来源"),
        (
            "| OpenAI | OpenAI | OpenAI | OpenAI |",
            "| OpenAI | OpenAI | OpenAI | Open AI |",
            "README.md:7: heading OpenAI: status is Open AI, the catalogue says OpenAI",
        ),
        (
            "done |",
            "done | more |",
            "README.md:8: GPT: cell 5 is more, the catalogue says nothing",
        ),
        (
            "\n\n<!-- papertrack:end",
            "\nmore\n\n<!-- papertrack:end",
            "README.md:12: more: this row is not from the catalogue",
        ),
    ],
    ids=["cell", "removed", "added", "title", "header", "heading", "surplus", "text"],
)  # fmt: skip
def test_hand_edits_are_refused_and_named(before: str, after: str, edit: str) -> None:
    edited = _FULL.replace(before, after)
    assert _refused(edited) == (edit,)
    assert _render(edited, force=True).text == _FULL


def test_a_full_block_without_a_digest_is_a_hand_edit() -> None:
    table = "| title | year |\n| - | - |\n| mine | 2020 |\n"
    text = f"<!-- papertrack:begin -->\n{table}<!-- papertrack:end -->\n"
    assert _refused(text)[0].startswith("README.md:2: ")


def test_a_block_that_is_right_only_gets_its_digest() -> None:
    start = _FULL.index("papertrack:end ")
    bare = f"{_FULL[:start]}papertrack:end{_FULL[start + 27 :]}"
    assert _render(bare).text == _FULL
    assert _render(bare).stale == ("README.md:13: the digest is not of these rows",)


def test_rows_in_another_order_are_a_hand_edit() -> None:
    lines = _FULL.split("\n")
    lines[9], lines[10] = lines[10], lines[9]
    assert _refused("\n".join(lines)) == ("README.md:3: the rows stand in another order",)


def test_only_what_was_changed_by_hand_is_named_where_the_catalogue_changed_too() -> None:
    catalogue = _with(
        _GPT, _LLAMA.model_copy(update={"status": Status.DONE}), Paper(key="x", title="X")
    )
    edited = _FULL.replace("| 2023 | a", "| 2022 | a")
    assert _refused(edited, catalogue) == (
        "README.md:10: LLaMA: source is 2022, the catalogue says 2023",
    )


def test_what_was_changed_by_hand_is_known_where_rows_were_moved_too() -> None:
    catalogue = _with(_GPT, _LLAMA.model_copy(update={"status": Status.DONE}), _PEER)
    lines = _FULL.replace("| 2023 | a", "| 2022 | a").split("\n")
    lines[9], lines[10] = lines[10], lines[9]
    [block] = blocks.differing("\n".join(lines), catalogue, where="README.md", today=_TODAY)
    assert block.certain
    assert [(change.name, change.columns) for change in block.changes] == [("LLaMA", (1,))]


def test_rows_that_were_only_moved_are_a_hand_edit_where_the_catalogue_changed_too() -> None:
    catalogue = _with(_GPT, _LLAMA.model_copy(update={"status": Status.DONE}), _PEER)
    lines = _FULL.split("\n")
    lines[9], lines[10] = lines[10], lines[9]
    moved = "README.md:3: the rows stand in another order"
    assert _refused("\n".join(lines), catalogue) == (moved,)


def test_tags_of_changed_rows_that_the_look_does_not_show_are_named() -> None:
    look = Look(columns=("title", "tags"), tags=("nlp",))
    paper = Paper(key="gpt", title="GPT", tags=("own", "nlp"))
    text = "<!-- papertrack:begin tag:own -->\n<!-- papertrack:end -->\n"
    catalogue = Catalogue(look=look, papers=(paper,))
    text = blocks.render(text, catalogue, where="README.md", today=_TODAY).text
    paper = paper.model_copy(update={"tags": ("own", "speech")})
    catalogue = Catalogue(look=look, papers=(paper,))
    assert blocks.render(text, catalogue, where="README.md", today=_TODAY).warnings == (
        "README.md:1: the column of tags does not show speech: add it to tags in [markdown]",
    )


def test_edited_rows_tell_paper_line_and_cells() -> None:
    catalogue = _with(_GPT, _LLAMA.model_copy(update={"status": Status.DONE}), _PEER)
    edited = _FULL.replace("| 2023 | a", "| 2022 | a").replace(
        "| 《PEER》", "| 《New》 | NULL | NULL | NULL |\n| 《PEER》"
    )
    [block] = blocks.differing(edited, catalogue, where="README.md", today=_TODAY)
    assert block.certain
    assert block.look == _LOOK
    seen = [
        (change.paper and change.paper.key, change.columns, change.old and change.old.line)
        for change in block.changes
    ]
    assert seen == [("llama", (1,), 10), (None, (), 11)]
    assert block.changes[0].old is not None
    assert block.changes[0].old.cells[1] == "2022"


def test_a_cell_changed_on_both_sides_leaves_doubt() -> None:
    catalogue = _with(_GPT, _LLAMA.model_copy(update={"year": 2024}), _PEER)
    edited = _FULL.replace("| 2023 | a", "| 2022 | a")
    [block] = blocks.differing(edited, catalogue, where="README.md", today=_TODAY)
    assert (block.certain, [change.columns for change in block.changes]) == (False, [(1,)])


def test_nothing_edited_is_nothing_to_take_in() -> None:
    done = _with(_GPT, _LLAMA.model_copy(update={"status": Status.DONE}), _PEER)
    [block] = blocks.differing(_FULL, done, where="README.md", today=_TODAY)
    assert (block.edited, block.changes) == (False, ())
    full = _with(_GPT, _LLAMA, _PEER)
    assert blocks.differing(_FULL, full, where="README.md", today=_TODAY) == []


@given(st.data())
def test_edits_are_told_from_what_the_catalogue_changed(data: st.DataObject) -> None:
    papers = [Paper(key=f"k{n}", title=f"Title {n}", venue="v", summary="s") for n in range(6)]
    look = Look(columns=("title", "venue", "summary"))
    before = Catalogue(look=look, papers=tuple(papers))
    full = _render(_EMPTY, before).text
    cells = [(row, column) for row in range(6) for column in ("venue", "summary")]
    ours = data.draw(st.sets(st.sampled_from(cells), min_size=1, max_size=4))
    rest = [cell for cell in cells if cell not in ours]
    theirs = data.draw(st.sets(st.sampled_from(rest), max_size=4))
    lines = full.split("\n")
    for row, column in ours:
        at = next(n for n, line in enumerate(lines) if line.startswith(f"| Title {row} "))
        old = {"venue": "| v |", "summary": "| s |"}[column]
        lines[at] = lines[at].replace(old, f"| edited {column} |")
    for row, column in theirs:
        papers[row] = papers[row].model_copy(update={column: f"changed {column}"})
    after = Catalogue(look=look, papers=tuple(papers))
    [block] = blocks.differing("\n".join(lines), after, where="x", today=_TODAY)
    named = {
        (int(change.paper.key[1:]), look.columns[at])
        for change in block.changes
        if change.paper
        for at in change.columns
    }
    assert (block.certain, named) == (True, ours)


@pytest.mark.parametrize(
    ("begin", "message"),
    [
        ("begin look=shot", 'README.md:3: no look "shot": did you mean short?'),
        ("begin labb:Meta", 'README.md:3: labb:Meta: no field "labb": did you mean lab'),
    ],
)
def test_a_block_that_cannot_be_made_is_named(begin: str, message: str) -> None:
    with pytest.raises(PapertrackError) as caught:
        _render(_EMPTY.replace("begin", begin))
    assert caught.value.message.startswith(message)
    assert caught.value.exit_status == 2


def test_an_empty_block_may_name_what_nobody_has() -> None:
    done = _render(_EMPTY.replace("begin", "begin lab:Mta"))
    assert done.papers == 0
    assert "did you mean Meta?" in done.warnings[0]


def test_a_full_block_is_not_emptied_for_a_misspelt_name() -> None:
    with pytest.raises(RefusedError) as caught:
        _render(_FULL.replace("begin", "begin lab:Mta"))
    assert "did you mean Meta?" in caught.value.message
    assert _render(_FULL.replace("begin", "begin lab:Mta"), force=True).papers == 0


def test_a_file_without_a_block_says_what_to_add() -> None:
    with pytest.raises(PapertrackError) as caught:
        _render("# list\n")
    assert caught.value.exit_status == 2
    assert "<!-- papertrack:begin -->" in caught.value.message
    assert "<!-- papertrack:end -->" in caught.value.message


def test_several_files_are_refused_together() -> None:
    texts = {
        "A.md": _FULL.replace("2023", "2022"),
        "B.md": _FULL,
        "C.md": _FULL.replace("done", "x"),
    }
    with pytest.raises(RefusedError) as caught:
        blocks.render_all(texts, _CATALOGUE, today=_TODAY)
    text = "\n".join((caught.value.message, *caught.value.details))
    assert ("A.md:10: " in text, "B.md" in text, "C.md" in text) == (True, False, True)


_HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["<!-- papertrack:end -->", "-->", "|", "`", "```", "\n", "<div>", "a\\"]),
)


@pytest.mark.slow
@given(st.lists(st.tuples(_HOSTILE, _HOSTILE, _HOSTILE), max_size=5))
def test_no_text_breaks_out_of_its_block(texts: list[tuple[str, str, str]]) -> None:
    papers = [
        Paper(key=f"k{n}", title=title, lab=lab, summary=summary)
        for n, (title, lab, summary) in enumerate(texts)
    ]
    catalogue = _with(*papers)
    rendered = _render(f"{_EMPTY}\n\n{_EMPTY}", catalogue)
    again = _render(rendered.text, catalogue)
    assert (again.blocks, again.stale, again.text) == (2, (), rendered.text)
