import pytest

from papertrack.importing import matching
from papertrack.models import Paper


def _paper(title: str, **values: object) -> Paper:
    return Paper.model_validate({"key": "", "title": title, **values})


def _papers(*titles: str) -> list[Paper]:
    return [_paper(title) for title in titles]


LLAMA = "LLaMA: Open and Efficient Foundation Language Models"


@pytest.mark.parametrize(
    ("now", "last", "pairs"),
    [
        pytest.param(["A", "B"], ["B", "A"], {0: 1, 1: 0}, id="rows that moved"),
        pytest.param(["A", "A"], ["A", "A"], {0: 0, 1: 1}, id="a row twice"),
        pytest.param(["a:  b"], ["A B"], {0: 0}, id="a title spelled anew"),
        pytest.param([LLAMA], [LLAMA.replace("Efficient", "Eficient")], {0: 0}, id="corrected"),
        pytest.param(
            ["Attention", "Deep Residual Learning"], ["Attention", "Deep Residual Networks"],
            {0: 0, 1: 1}, id="corrected much, behind the same row",
        ),
        pytest.param(
            ["Deep Residual Learning", "Attention"], ["Attention", "Deep Residual Networks"],
            {1: 0}, id="corrected as much elsewhere: another paper",
        ),
        pytest.param(["Attention"], ["Highway Networks"], {}, id="another paper"),
        pytest.param([], ["A"], {}, id="nothing now"),
        pytest.param(["A"], [], {}, id="nothing before"),
    ],
)  # fmt: skip
def test_pairing_with_the_last_time(now: list[str], last: list[str], pairs: dict[int, int]) -> None:
    assert matching.pair_with_last(_papers(*now), _papers(*last)) == pairs


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LLAMA, "LLaMA", True),
        (LLAMA, "LLaMA — Open & Efficient Foundation Language Models", True),
        ("Network In Network", "Densely Connected Convolutional Networks", False),
        ("图网络综述", "图网络", True),
    ],
)
def test_titles_that_can_be_of_one_paper(one: str, other: str, *, same: bool) -> None:
    assert matching.is_same_title(one, other) is same


@pytest.mark.parametrize(
    ("now", "file"),
    [
        pytest.param(["A", "B", "C", "D"], "01.md", id="half of it is there"),
        pytest.param(["A", "B"], "01.md", id="the same"),
        pytest.param(["A", "C", "D", "E"], None, id="less than half of what it was"),
        pytest.param(["X", "Y", "Z"], "02.md", id="the nearest of several"),
    ],
)
def test_a_newer_version_is_known_by_its_papers(now: list[str], file: str | None) -> None:
    remembered = {"01.md": _papers("A", "B"), "02.md": _papers("X", "Y", "Z")}
    assert matching.newer_version_of(_papers(*now), remembered) == file
