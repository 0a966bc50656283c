from datetime import date

from papertrack import blocks
from papertrack.blocks import Shown
from papertrack.models import Catalogue, Paper

_CATALOGUE = Catalogue(
    labs={"Meta": ("FAIR",)},
    papers=(
        Paper(key="a", title="A", lab="FAIR"),
        Paper(key="b", title="B", tags=("x",)),
        Paper(key="c", title="C"),
    ),
)
_BLOCK = "<!-- papertrack:begin{} -->\n<!-- papertrack:end -->\n"


def _coverage(**texts: str) -> blocks.Coverage:
    return blocks.coverage(_CATALOGUE, texts, today=date(2024, 1, 1))


def test_every_block_that_shows_a_paper_is_named() -> None:
    covered = _coverage(x=f"# x\n\n{_BLOCK.format(' lab:Meta')}", y=_BLOCK.format(" -tag:x"))
    assert covered.shown == {
        "a": (Shown("x", 3, "lab:Meta"), Shown("y", 1, "-tag:x")),
        "b": (),
        "c": (Shown("y", 1, "-tag:x"),),
    }
    assert [paper.key for paper in covered.missing] == ["b"]
    assert covered.blocks == 2


def test_what_an_export_refuses_shows_nothing() -> None:
    half = "<!-- papertrack:begin -->\n"
    covered = _coverage(x=half, y=_BLOCK.format(" labb:Meta"), z="no block")
    assert len(covered.missing) == 3
    assert covered.blocks == 1
