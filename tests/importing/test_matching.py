import pytest

from papertrack.duplicates import Index
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
        pytest.param(["Attention"], ["Highway Networks"], {}, id="another paper"),
        pytest.param([LLAMA], [LLAMA.replace("Open", "Opn")], {}, id="a likeness is no identity"),
        pytest.param(
            ["Attention", "Deep Residual Learning"], ["Attention", "Deep Residual Networks"],
            {0: 0}, id="nor is the row before",
        ),
        pytest.param([], ["A"], {}, id="nothing now"),
        pytest.param(["A"], [], {}, id="nothing before"),
    ],
)  # fmt: skip
def test_pairing_with_the_last_time(now: list[str], last: list[str], pairs: dict[int, int]) -> None:
    assert matching.pair_with_last(_papers(*now), _papers(*last)) == pairs


_BLOG = "a good introduction to it"
_MISSPELT = LLAMA.replace("Efficient", "Eficient")


@pytest.mark.parametrize(
    ("last", "now", "same"),
    [
        pytest.param(
            _paper(_MISSPELT, arxiv="2302.13971"), _paper(LLAMA, arxiv="2302.13971"),
            True, id="the arXiv id says it",
        ),
        pytest.param(
            _paper(_MISSPELT, links=("https://a.org/l",)), _paper(LLAMA, links=("https://a.org/l",)),
            True, id="an address says it",
        ),
        pytest.param(
            _paper("GPT", summary=_BLOG), _paper("GPT: Pre-training", summary=_BLOG, year=2018),
            True, id="a long summary says it",
        ),
        pytest.param(
            _paper("GPT", columns={"Why": _BLOG}),
            _paper("GPT: Pre-training", columns={"Why": _BLOG}),
            True, id="a column of one's own says it",
        ),
        pytest.param(
            _paper(_MISSPELT, venue="arXiv", year=2023), _paper(LLAMA, venue="arXiv", year=2023),
            True, id="a letter of a long title, and the rest of the row",
        ),
        pytest.param(
            _paper("DeepSeek-V2", venue="arXiv", year=2024),
            _paper("DeepSeek-V3", venue="arXiv", year=2024),
            False, id="another version",
        ),
        pytest.param(
            _paper("GPT-2", summary=_BLOG), _paper("GPT-3", summary=_BLOG),
            False, id="another version with the same words",
        ),
        pytest.param(
            _paper("Swin Transformer", links=("https://a.org/swin",)),
            _paper("Swin Transformer V2", links=("https://a.org/swin",)),
            False, id="another version with the same address",
        ),
        pytest.param(
            _paper("GPT", summary=_BLOG, arxiv="2005.14165"),
            _paper("GPT: Pre-training", summary=_BLOG, arxiv="1810.04805"),
            False, id="another arXiv id",
        ),
        pytest.param(
            _paper("Swin Transformer", summary=_BLOG),
            _paper("Video Swin Transformer", summary=_BLOG),
            False, id="a word more",
        ),
        pytest.param(
            _paper("LLaMA", summary=_BLOG), _paper("LLaMA-Adapter", summary=_BLOG),
            False, id="a part more",
        ),
        pytest.param(
            _paper("DeepSeek-Coder", summary=_BLOG), _paper("DeepSeek-Math", summary=_BLOG),
            False, id="another of one family",
        ),
        pytest.param(
            _paper("Attention is all we need", summary=_BLOG),
            _paper("Attention Is All You Need", summary=_BLOG, year=2017),
            True, id="a short word",
        ),
        pytest.param(
            _paper("LLaMA", lab="Meta", year=2023), _paper("LLaVA", lab="Meta", year=2023),
            False, id="the same lab and year",
        ),
    ],
)  # fmt: skip
def test_a_corrected_title(last: Paper, now: Paper, *, same: bool) -> None:
    first, second = (_paper("BERT", year=2018), _paper("Highway Networks", summary="fast"))
    assert (2 in matching.pair_with_last([first, second, now], [second, first, last])) is same


def test_what_two_rows_say_tells_no_paper() -> None:
    last = [_paper("GPT", summary=_BLOG), _paper("BERT", summary=_BLOG)]
    now = [_paper("GPT: Pre-training", summary=_BLOG), _paper("BERT", summary=_BLOG)]
    assert matching.pair_with_last(now, last) == {1: 1}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LLAMA, "LLaMA", True),
        (LLAMA, "LLaMA — Open & Efficient Foundation Language Models", True),
        ("Network In Network", "Densely Connected Convolutional Networks", False),
        ("图网络综述", "图网络", True),
        ("Attention Is All You Need", "注意力就是你所需要的一切", True),
        ("图网络综述", "对话系统", False),
        ("Stability of Waves", "Устойчивость волн", True),
        ("On Learning", "Über das Lernen", True),
    ],
)
def test_titles_that_can_be_of_one_paper(one: str, other: str, *, same: bool) -> None:
    assert matching.is_same_title(one, other) is same


def test_the_doi_that_arxiv_gave_is_no_other_doi() -> None:
    printed = _paper("Foo", doi="10.1000/5", arxiv="2001.00001")
    posted = _paper("Foo: A bar", doi="10.48550/arxiv.2001.00001")
    assert matching.find(Index([printed]), posted).same is not None


def test_an_identifier_says_more_than_a_title() -> None:
    last = _paper("Qwen2 Technical Report", arxiv="2407.10671")
    now = _paper("Qwen2 Report of Techniques", arxiv="2407.10671v2")
    assert matching.is_corrected(now, last)
    assert not matching.is_corrected(now.model_copy(update={"title": "Highway Networks"}), last)


@pytest.mark.parametrize(
    ("year", "arxiv", "same"),
    [
        (2020, "2001.00002", True),
        (2021, "2001.00001", True),
        (2021, None, True),
        (2021, "2101.00002", False),
        (None, "2101.00002", False),
    ],
)
def test_a_title_in_a_generated_row_says_less_than_its_year_and_identifier(
    year: int | None, arxiv: str | None, *, same: bool
) -> None:
    last = _paper("Foo: A bar", year=2020, arxiv="2001.00001")
    now = _paper("Foo: A bar", year=year, arxiv=arxiv)
    assert matching.is_corrected(now, last, generated=True) is same
