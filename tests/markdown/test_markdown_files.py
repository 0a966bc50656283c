"""What the files of real people hold, as independent parsers count it."""

import json
from collections import Counter
from pathlib import Path

import pytest

from listed import tables_of
from papertrack.models import Headings


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.mark.slow
def test_every_topic_has_the_counts_that_other_parsers_find(shared: Path) -> None:
    expected = json.loads(read(shared / "tables" / "EXPECTED.json"))
    for name, wanted in expected.items():
        if not name.startswith("topics/"):
            continue
        tables = tables_of(shared / "tables" / name)
        ours = Counter({"rescued": sum(one.rescued for one in tables)})
        ours["rows"] = sum(len(one.rows) for one in tables)
        for one in tables:
            ours.update(one.counts)
        counts = {key: value for key, value in wanted.items() if key != "header"}
        assert {key: ours[key] for key in counts} == counts, name
        assert ours["skipped"] == 0, name
        assert ours["continued"] == wanted.get("continued", 0), name
        assert ours["rescued"] == wanted.get("rescued", 0), name


@pytest.mark.slow
def test_every_list_has_the_rows_that_other_parsers_find(shared: Path) -> None:
    expected = json.loads(read(shared / "tables" / "EXPECTED.json"))
    for name, wanted in expected.items():
        if name.startswith("topics/"):
            continue
        tables = [one for one in tables_of(shared / "tables" / name) if one.header]
        ours = [(one.line, len(one.rows)) for one in tables]
        assert ours == [(one["line"], one["rows"]) for one in wanted], name


def test_the_reading_list_is_read_whole(shared: Path) -> None:
    [parsed] = tables_of(shared / "reading-list.md")
    assert parsed.counts == {
        "papers": 13,
        "headings": 5,
        "placeholders": 8,
        "continued": 0,
        "skipped": 0,
    }
    assert not parsed.doubts
    llama = next(paper for _, paper in parsed.papers if paper.title.startswith("LLaMA"))
    assert (llama.lab, llama.venue, llama.year) == ("Meta", "facebook research", 2023)
    assert llama.summary is not None
    assert llama.summary.startswith("Meta的LLaMA模型：\n1 Meta的高效率大模型（参数更小）；\n")
    assert llama.summary.endswith("（原理和Deepmind的Chinchilla基本一致）；\n")
    assert llama.notes == "https://mp.weixin.qq.com/s/MbZTfVgxx221Eo9pl1h80w"
    look = parsed.look
    assert look.columns == ("title", "source", "summary", "status", "notes")
    assert look.headers == ("名称", "来源", "说明", "状态", "备注")
    assert (look.group, look.headings, look.nothing) == ("lab", Headings.REPEAT, "NULL")
    assert look.statuses == {"to-read": "", "done": "done"}
    assert (look.brackets, look.line_break) == ("《》", "<br/>")
