"""Blocks that git left in conflict, made by git itself."""

import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from papertrack import blocks
from papertrack.blocks.views import find_blocks
from papertrack.errors import RefusedError
from papertrack.models import Catalogue, Look, Paper
from papertrack.status import Status

_LOOK = Look(columns=("title", "status", "tags"))
_PAPERS = {f"p{n}": Paper(key=f"p{n}", title=f"Paper {n}") for n in range(12)}
_README = """\
# list

<!-- papertrack:begin -->
<!-- papertrack:end -->

between

<!-- papertrack:begin status:done -->
<!-- papertrack:end -->

the end
"""


def _with(changes: Mapping[str, object]) -> Catalogue:
    """Return the catalogue where papers have a status or tags, are new, or gone (None)."""
    papers = dict(_PAPERS)
    for key, change in changes.items():
        if change is None:
            del papers[key]
        elif isinstance(change, Status):
            papers[key] = papers[key].model_copy(update={"status": change})
        elif isinstance(change, tuple):
            papers[key] = papers[key].model_copy(update={"tags": change})
        else:
            papers[key] = Paper(key=key, title=str(change))
    return Catalogue(look=_LOOK, papers=tuple(papers.values()))


def _render(
    text: str, catalogue: Catalogue, *, force: bool = False, versions: tuple[str, ...] = ()
) -> blocks.Rendered:
    return blocks.render(
        text, catalogue, where="x.md", today=date(2024, 1, 1), force=force, versions=versions
    )


def _merged(folder: Path, base: str, ours: str, theirs: str, *options: str) -> str:
    """Return what git makes of the sides: a text with conflicts."""
    names = {"base": base, "ours": ours, "theirs": theirs}
    for name, text in names.items():
        (folder / name).write_bytes(text.encode())
    command = ["git", "merge-file", "-p", *options, "ours", "base", "theirs"]
    result = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    text = result.stdout.decode()
    assert "<<<<<<<" in text
    return text


_DONE, _DROPPED = Status.DONE, Status.DROPPED
_SIDES: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "both add": ({"x": "New"}, {"y": "Newer"}),
    "far apart": ({"p1": _DONE}, {"p9": ("a",)}),
    "one row": ({"p5": _DONE}, {"p5": ("a",)}),
    "add and mark": ({"x": "New", "p2": _DONE}, {"y": "Newer", "p8": ("b",)}),
    "both remove": ({"p3": None}, {"p9": None, "p0": _DONE}),
    "neighbours": ({"p4": _DONE, "p6": ("z",)}, {"p5": _DROPPED, "p7": _DONE}),
}


@pytest.mark.parametrize("sides", _SIDES.values(), ids=_SIDES)
@pytest.mark.parametrize(
    "options", [(), ("--diff3",), ("--zdiff3",), ("--marker-size=9",)], ids=" ".join
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_block_that_papertrack_made_on_both_sides_is_made_anew(
    tmp_path: Path,
    sides: tuple[dict[str, object], dict[str, object]],
    options: tuple[str, ...],
    newline: str,
) -> None:
    readme = _README.replace("\n", newline)
    texts = [_render(readme, _with(changes)).text for changes in ({}, *sides)]
    conflict = _merged(tmp_path, *texts, *options)
    catalogue = _with({**sides[0], **sides[1]})
    rendered = _render(conflict, catalogue)
    assert rendered.text == _render(readme, catalogue).text
    assert all("a conflict that git left, up to line" in line for line in rendered.stale[:1])
    assert _render(rendered.text, catalogue).stale == ()


@pytest.fixture
def whole() -> str:
    """A conflict around a whole block, as where both sides added the file."""
    ours, theirs = (_render(_README, _with(changes)).text for changes in _SIDES["both add"])
    return f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> theirs\n"


def test_the_conflict_may_stand_around_the_whole_block(whole: str) -> None:
    catalogue = _with({"x": "New", "y": "Newer"})
    assert _render(whole, catalogue).text == _render(_README, catalogue).text


def test_text_around_the_block_that_differs_stays_in_conflict(whole: str) -> None:
    at = whole.index("=======")
    text = whole[:at] + whole[at:].replace("between", "amidst")
    catalogue = _with({"x": "New", "y": "Newer"})
    left = "<<<<<<< HEAD\nbetween\n=======\namidst\n>>>>>>> theirs\n"
    made = _render(_README, catalogue).text
    assert _render(text, catalogue).text == made.replace("between\n", left)


def test_a_row_edited_by_hand_within_the_conflict_is_named(tmp_path: Path) -> None:
    base, ours, theirs = (
        _render(_README, _with(changes)).text for changes in ({}, {"x": "New"}, {"y": "Newer"})
    )
    ours = ours.replace("| Paper 11 | to-read |", "| Paper 11 | almost |")
    conflict = _merged(tmp_path, base, ours, theirs)
    catalogue = _with({"x": "New", "y": "Newer"})
    with pytest.raises(RefusedError) as caught:
        _render(conflict, catalogue)
    first = conflict[: conflict.index("<<<<<<<")].count("\n") + 1
    last = conflict[: conflict.index(">>>>>>>")].count("\n") + 1
    assert caught.value.message == (
        f"x.md:{first}: a conflict that git left, up to line {last}, with rows edited by hand: "
        "keep one side and delete the lines that begin with <<<<<<<, ======= and >>>>>>>, then "
        "`papertrack import x.md` takes the edits into the catalogue; or `papertrack "
        "export-markdown --into x.md --force` writes over them"
    )
    line = conflict[: conflict.index("almost")].count("\n") + 1
    assert caught.value.details == (
        f"x.md:{line}: Paper 11: status is almost, the catalogue says to-read",
    )
    forced = _render(conflict, catalogue, force=True)
    assert forced.text == _render(_README, catalogue).text


def test_versions_that_git_keeps_vouch_for_rows(tmp_path: Path) -> None:
    """The row of p5 is on neither side as the catalogue has it, and p1's hides both digests."""
    sides: tuple[dict[str, object], ...] = ({}, {"p5": _DONE}, {"p5": ("a",), "p1": ("b",)})
    base, ours, theirs = (_render(_README, _with(changes)).text for changes in sides)
    conflict = _merged(tmp_path, base, ours, theirs)
    catalogue = _with({"p5": ("a", "c"), "p1": ("b",)})
    assert _render(conflict, catalogue, versions=(ours, theirs)).blocks == 2
    edited = conflict.replace("Paper 5 | done", "Paper 5 | Done")
    with pytest.raises(RefusedError, match="edited by hand"):
        _render(edited, catalogue, versions=(ours, theirs))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("begin -->", "begin tag:a -->", 1),
        lambda text: text.replace("<!-- papertrack:begin -->\n", "", 1),
    ],
    ids=["another query", "half a block"],
)
def test_sides_with_other_blocks_are_refused(whole: str, change: Callable[[str], str]) -> None:
    with pytest.raises(RefusedError) as caught:
        _render(change(whole), _with({}))
    assert "whose sides do not have the same blocks: keep one side" in caught.value.message


def test_a_conflict_elsewhere_is_none_of_its_business() -> None:
    full = _render(_README, _with({})).text
    conflict = "<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n"
    text = full.replace("between\n", conflict) + f"```\n{conflict}{full}```\n"
    assert _render(text, _with({})).text == text
    assert len(find_blocks(text, "x.md")) == 2


def test_who_needs_the_block_itself_is_told_to_make_it_anew(whole: str) -> None:
    with pytest.raises(RefusedError) as caught:
        find_blocks(whole, "x.md")
    assert caught.value.message == (
        f"x.md:1: a conflict that git left, up to line {whole.count(chr(10))}: "
        "`papertrack export-markdown --into x.md` regenerates the block"
    )


@pytest.mark.slow
def test_markers_cost_no_more_than_their_lines() -> None:
    lines = "<<<<<<< a\n" * 5_000 + "<" * 10_000 + "\n" + "=======\n>>>>>>> b\n" * 5_000
    assert _render(f"{lines}\n{_README}", _with({})).blocks == 2
