from datetime import date

import pytest

from papertrack import blocks
from papertrack.models import Catalogue, Look, Paper

_CATALOGUE = Catalogue(
    labs={"Meta": ("FAIR",)},
    papers=(
        Paper(key="a", title="A", lab="FAIR"),
        Paper(key="b", title="B", tags=("x",)),
        Paper(key="c", title="C"),
    ),
)
_BLOCK = "<!-- papertrack:begin{} -->\n<!-- papertrack:end -->\n"


def _missing(**texts: str) -> list[str]:
    missing = blocks.missing(_CATALOGUE, texts, today=date(2024, 1, 1))
    return [paper.key for paper in missing]


def test_papers_that_no_block_shows_are_missing() -> None:
    meta, others = f"# x\n\n{_BLOCK.format(' lab:Meta')}", _BLOCK.format(" -tag:x")
    assert _missing(x=meta) == ["b", "c"]
    assert _missing(x=meta, y=others) == ["b"]
    assert _missing(x="no block") == []


def test_what_an_export_refuses_shows_nothing() -> None:
    half = "<!-- papertrack:begin -->\n"
    assert len(_missing(x=half, y=_BLOCK.format(" labb:Meta"), z="no block")) == 3


def test_a_block_without_a_query_shows_every_paper() -> None:
    both = _BLOCK.format(" lab:Meta") + _BLOCK.format(" look=x")
    texts = {"x": both, "y": _BLOCK.format(" tag:x")}
    assert blocks.files_with_all(_CATALOGUE, texts, today=date(2024, 1, 1)) == ["x"]


_LOOKED = Catalogue(
    look=Look(columns=("title", "notes")),
    looks={"bare": Look(columns=("title",))},
    papers=(Paper(key="bert", title="BERT", tags=("nlp",)),),
)


@pytest.mark.parametrize(
    ("markers", "files", "with_notes", "tags"),
    [
        pytest.param("tag:nlp", ("a.md",), ("a.md",), {}, id="a block shows it"),
        pytest.param("look=bare tag:nlp", ("a.md",), (), {}, id="without its notes"),
        pytest.param("tag:rl", (), (), {"a.md": ("rl",)}, id="a tag would put it there"),
        pytest.param("tag:rl tag:nlp", (), (), {"a.md": ("rl",)}, id="one tag of two"),
        pytest.param("tag:rl lab:Meta", (), (), {}, id="no tag alone would"),
        pytest.param("-tag:nlp", (), (), {}, id="it is left out"),
        pytest.param("look=none tag:nlp", ("a.md",), (), {}, id="no such look"),
        pytest.param("year:x", (), (), {}, id="no query"),
    ],
)
def test_where_a_paper_stands(
    markers: str, files: tuple[str, ...], with_notes: tuple[str, ...], tags: dict[str, object]
) -> None:
    text = f"<!-- papertrack:begin {markers} -->\n<!-- papertrack:end -->\n"
    paper = _LOOKED.papers[0]
    texts = {"a.md": text, "broken.md": "<!-- papertrack:begin -->\n"}
    assert blocks.placement(paper, _LOOKED, texts, today=date(2024, 1, 1)) == (
        files,
        with_notes,
        tags,
    )
