from collections.abc import Callable
from datetime import date

from papertrack import blocks, checks
from papertrack.catalogue import parse

Checked = Callable[..., list[tuple[int, str, str, bool]]]

CATALOGUE = """\
[markdown]
files = ["README.md"]

[[paper]]
key = "llama"
title = "LLaMA"
"""
EMPTY = "# List\n\n<!-- papertrack:begin -->\n<!-- papertrack:end -->\n"
TODAY = date(2024, 3, 31)


def test_a_block_that_the_catalogue_has_outgrown_is_found_and_made_anew(checked: Checked) -> None:
    ((line, message, advice, fixable),) = checked("stale-block", CATALOGUE, {"README.md": EMPTY})
    assert line >= 3
    assert "row added" in message
    assert advice == "`papertrack export-markdown --into README.md`"
    assert fixable
    text = checks.refreshed(EMPTY, parse(CATALOGUE).catalogue, "README.md", TODAY)
    assert "LLaMA" in text
    assert checked("stale-block", CATALOGUE, {"README.md": text}) == []


def test_a_block_edited_by_hand_is_found_and_kept(checked: Checked) -> None:
    catalogue = parse(CATALOGUE).catalogue
    text = blocks.render(EMPTY, catalogue, where="README.md", today=TODAY).text
    edited = text.replace("LLaMA", "LLaMA, by hand")
    ((line, message, advice, fixable),) = checked("stale-block", CATALOGUE, {"README.md": edited})
    assert line >= 1
    assert advice == (
        "`papertrack import README.md` takes the edits into the catalogue, "
        "`papertrack export-markdown --into README.md --force` writes over them"
    )
    assert "papertrack" not in message
    assert not fixable
    assert checks.refreshed(edited, catalogue, "README.md", TODAY) == edited


def test_a_broken_marker_is_found(checked: Checked) -> None:
    text = "# List\n\n<!-- papertrack:begin -->\n"
    ((line, message, _, fixable),) = checked("stale-block", CATALOGUE, {"README.md": text})
    assert line == 3
    assert "does not end" in message
    assert not fixable


def test_a_file_that_is_not_there_is_found_where_it_is_named(checked: Checked) -> None:
    assert checked("stale-block", CATALOGUE, {"README.md": None}) == [
        (
            2,
            "[markdown] files names README.md, which is not there",
            "correct the name, or take it out",
            False,
        )
    ]


def test_papers_that_stand_in_no_block_are_one_finding(checked: Checked) -> None:
    text = CATALOGUE + '\n[[paper]]\nkey = "a"\ntitle = "A"\n\n[[paper]]\nkey = "b"\ntitle = "B"\n'
    block = "<!-- papertrack:begin title:nothing -->\n<!-- papertrack:end -->\n"
    ((line, message, advice, fixable),) = checked(
        "no-block", text, {"README.md": block, "x.md": None}
    )
    assert (line, fixable) == (4, False)
    assert message == "stands in no block of README.md, nor do 2 more papers: a, b"
    assert advice.startswith(
        "give it a tag, a lab or a status that a block asks for, or add a block"
    )
    some = block.replace("title:nothing", "title:llama,b")
    ((_, message, _, _),) = checked("no-block", text, {"README.md": some})
    assert message == "stands in no block of README.md"


def test_where_all_papers_stand_in_blocks_or_none_can_all_is_well(checked: Checked) -> None:
    assert checked("no-block", CATALOGUE, {"README.md": EMPTY}) == []
    assert checked("no-block", CATALOGUE, {"README.md": "# No block"}) == []
    assert checked("no-block", CATALOGUE) == []
