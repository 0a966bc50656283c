"""No word of a table is lost: of the real files, and of any table at all."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listed import tables_of
from papertrack.folding import fold, is_nothing
from papertrack.markdown.document import RawTable, find
from papertrack.markdown.inline import spans
from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Kind, Row, Table
from papertrack.models import Paper

_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+|\d+")


def raw_tables(text: str) -> dict[int, RawTable]:
    return {raw.header.line: raw for raw in find(text) if isinstance(raw, RawTable)}


def files(shared: Path) -> list[Path]:
    return [*sorted((shared / "tables").glob("*/*.md")), shared / "reading-list.md"]


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.mark.slow
def test_no_visible_word_of_a_file_is_lost(shared: Path) -> None:
    for path in files(shared):
        raws = raw_tables(read(path))
        for parsed in tables_of(path):
            if parsed.header:
                assert not lost_words(parsed, raws[parsed.line]), path.name


def lost_words(parsed: Table, raw: RawTable) -> list[str]:
    """Return the words of a table's rows that its papers, headings and reasons do not hold."""
    lost = []
    above: list[Paper] = []
    numbered = {n for n, column in enumerate(parsed.look.columns) if column == "number"}
    for line, row in zip(raw.rows, parsed.rows, strict=True):
        if row.kind is Kind.PLACEHOLDER:
            continue
        above = list(row.papers) or above
        kept = held(row, above)
        cells = [cell for n, cell in enumerate(line.cells) if n not in numbered]
        lost += [word for cell in cells for word in words(cell) if word not in kept]
    return lost


def words(cell: str) -> list[str]:
    if is_nothing(cell):
        return []
    text = fold("".join(run.text for run in spans(cell) if not run.image))
    return _WORDS.findall(re.sub(r"(?<=\d{4})年", "", text))  # a year's own word, not the venue's


def held(row: Row, above: list[Paper]) -> str:
    if row.kind in (Kind.SKIPPED, Kind.HEADING):
        return fold("".join(run.text for run in spans(row.text)))
    values = [value for paper in above for value in paper.model_dump().values()]
    texts = [" ".join(v) if isinstance(v, tuple) else str(v) for v in values if v is not None]
    arxiv = [f"https://arxiv.org/abs/{paper.arxiv}" for paper in above if paper.arxiv]
    return fold(" ".join((*texts, *arxiv)))


@st.composite
def _plain_tables(draw: st.DrawFn) -> str:
    header = draw(
        st.lists(
            st.sampled_from(
                ["来源", "说明", "状态", "备注", "Authors", "Year", "Date", "Tags", "Link", "Score"]
            ),
            unique=True,
            min_size=1,
            max_size=5,
        )
    )
    cells = st.lists(
        st.sampled_from(
            [
                "Foo bar",
                "ACL 2019",
                "done",
                "2017-06",
                "x, y",
                "[code](https://x.org/c)",
                "中文",
                "NULL",
                "-",
                "a<br>b",
                "Jane Doe, John Roe",
            ]
        ),
        min_size=len(header),
        max_size=len(header) + 2,
    )
    titles = st.sampled_from(
        [
            "《甲乙丙》",
            "[Deep Nets of Old](https://arxiv.org/abs/1706.03762)",
            "A Title of Words <br> J. Doe, R. Roe",
            "**Bold Name**: and more",
            "",
        ]
    )
    rows = draw(st.lists(st.tuples(titles, cells), min_size=1, max_size=8))
    lines = [f"|Paper|{'|'.join(header)}|", "|-|" + "-|" * len(header)]
    return "\n".join([*lines, *(f"|{title}|{'|'.join(row)}|" for title, row in rows)])


@pytest.mark.slow
@given(_plain_tables())
@settings(max_examples=3 * settings().max_examples)
def test_no_word_of_any_table_is_lost(text: str) -> None:
    [parsed] = loads(text)
    assert not lost_words(parsed, raw_tables(text)[1])
