import pytest

from papertrack.importing import Wanted, intake, look_sharing
from papertrack.importing.look_sharing import Sample
from papertrack.markdown.rows import Table
from papertrack.models import Look

PLAIN = "| 名称 | 来源 | 状态 |\n| - | - | - |\n"
ONE = PLAIN + "| 《One Thing》 | ACL 2020 | done |\n| 《Another》 | NULL | NULL |\n"
FULL = PLAIN + "| 《Third》 | ACL 2021 | NULL |\n"
LABS = PLAIN + "| Meta | Meta | Meta |\n| 《Fourth》 | ACL 2022 | NULL |\n"
DASH = PLAIN + "| 《Fifth》 | - | done |\n"
EMPTY = PLAIN + "| NULL | NULL | NULL |\n"
OTHER = "| Title | Year |\n| - | - |\n| A Sixth | 2020 |\n"
TAGS = "| 名称 | 目录 |\n| - | - |\n| 《One Thing》 | nlp |\n"


def _table(text: str) -> Table:
    (table,) = intake.tables_in(text, Wanted())
    return table


def _sample(text: str, hint: str = "list", own: tuple[str, ...] = (), tags: str = "") -> Sample:
    table = _table(text)
    papers = [
        paper.model_copy(update={"tags": (*own, *paper.tags, *tags.split())})
        for _, paper in table.papers
    ]
    return Sample(hint, table, papers, own)


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        pytest.param([ONE, ONE], [None, None], id="equal looks are one"),
        pytest.param([FULL, ONE], [None, None], id="what a table does not show is as in another"),
        pytest.param([EMPTY, ONE], [None, None], id="a table without papers is like another"),
        pytest.param([ONE, ONE, LABS], [None, None, "by-lab"], id="grouping is a difference"),
        pytest.param([ONE, ONE, DASH], [None, None, "list"], id="so is the word for nothing"),
        pytest.param([ONE, ONE, OTHER], [None, None, "list"], id="so are the columns"),
        pytest.param([OTHER, ONE, ONE], ["list", None, None], id="the commonest is the default"),
    ],
)
def test_tables_share_looks(texts: list[str], names: list[str | None]) -> None:
    assert look_sharing.share([_sample(text) for text in texts], None, {}).names == tuple(names)


@pytest.mark.parametrize(
    ("files", "name"),
    [
        pytest.param(["topics/CNN.md"], "cnn", id="its file"),
        pytest.param(["topics/CNN.md", "topics/RNN.md"], "topics", id="the folder of its files"),
        pytest.param(["CNN.md", "RNN.md"], "cnn", id="the first file where no folder is named"),
        pytest.param(["a/CNN.md", "b/RNN.md"], "cnn", id="the first file of several folders"),
    ],
)
def test_a_look_is_called_after_its_files(files: list[str], name: str) -> None:
    samples = [_sample(OTHER, file) for file in files]
    assert look_sharing.share(samples, _table(ONE).look, {}).names == (name,) * len(files)


def test_a_shared_look_is_as_wide_as_its_tables() -> None:
    shared = look_sharing.share([_sample(FULL), _sample(ONE)], None, {})
    assert shared.settings[None] == {
        "columns": ["title", "source", "status"],
        "headers": ["名称", "来源", "状态"],
        "nothing": "NULL",
        "brackets": "《》",
        "statuses": {"to-read": "", "done": "done"},
    }


def test_looks_of_the_catalogue_stay_and_are_used() -> None:
    default, other = _table(ONE).look, _table(OTHER).look
    samples = [_sample(OTHER), _sample(FULL), _sample(LABS)]
    shared = look_sharing.share(samples, default, {"years": other})
    assert shared.names == ("years", None, "by-lab")
    assert list(shared.settings) == ["by-lab"]


def test_names_are_unlike_those_that_are_there() -> None:
    shared = look_sharing.share(
        [_sample(ONE), _sample(OTHER, "years")], _table(ONE).look, {"years": Look()}
    )
    assert shared.names == (None, "years-2")


@pytest.mark.parametrize(
    ("own", "tags", "shown"),
    [
        pytest.param((), "", None, id="all tags are the table's"),
        pytest.param(("list",), "", ["nlp"], id="the query's own tag is not shown"),
        pytest.param((), "other", ["nlp"], id="nor another file's"),
    ],
)
def test_an_index_shows_the_tags_that_it_showed(
    own: tuple[str, ...], tags: str, shown: list[str] | None
) -> None:
    shared = look_sharing.share([_sample(TAGS, own=own, tags=tags)], None, {})
    assert shared.settings[None].get("tags") == shown


def test_headings_that_are_tags_stay_the_only_headings() -> None:
    text = (
        PLAIN + "| Surveys | | |\n| 《One Thing》 | ACL 2020 | done |\n| 《Two》 | ACL 2020 | |\n"
    )
    look = look_sharing.share([_sample(text, own=("list",), tags="index")], None, {}).settings[None]
    assert (look["group"], look["headings"], look["tags"]) == ("tag", "first", ["Surveys"])
    alone = look_sharing.share([_sample(text, own=("list",))], None, {}).settings[None]
    assert "tags" not in alone


def test_no_tables_need_no_look() -> None:
    assert look_sharing.share([], None, {}) == ({}, ())
