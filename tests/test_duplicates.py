import pytest

from papertrack.duplicates import Index, Match
from papertrack.models import Paper


def paper(key: str = "new", title: str = "Something Else", **fields: object) -> Paper:
    return Paper.model_validate({"key": key, "title": title, **fields})


GPT_3 = paper(
    "gpt-3",
    "Language Models are Few-Shot Learners",
    doi="10.5555/3495724.3495883",
    arxiv="2005.14165",
)
LLAMA = paper(
    "llama",
    "LLaMA: Open and Efficient Foundation Language Models",
    links=("https://arxiv.org/abs/2302.13971", "https://github.com/facebookresearch/llama"),
)
PUNCTUATION = paper("punctuation", "?!")


@pytest.mark.parametrize(
    ("wanted", "key", "by"),
    [
        (paper(doi="https://doi.org/10.5555/3495724.3495883"), "gpt-3", "doi"),
        (paper(links=("https://dx.doi.org/10.5555/3495724.3495883",)), "gpt-3", "doi"),
        (paper(arxiv="2005.14165v4"), "gpt-3", "arxiv"),
        (paper(arxiv="arXiv:2005.14165"), "gpt-3", "arxiv"),
        (paper(doi="10.48550/arXiv.2005.14165"), "gpt-3", "arxiv"),
        (paper(links=("https://arxiv.org/pdf/2302.13971v2.pdf",)), "llama", "arxiv"),
        (paper(arxiv="2302.13971"), "llama", "arxiv"),
        (paper(title="language models are few shot learners."), "gpt-3", "title"),
        (paper(title="LLaMA:Open and Efficient Foundation Language Models"), "llama", "title"),
        (paper(title="？！"), "punctuation", "title"),
    ],
)
def test_the_same_paper_is_found(wanted: Paper, key: str, by: str) -> None:
    found = Index([GPT_3, LLAMA, PUNCTUATION]).find(wanted)
    assert found is not None
    assert (found.paper.key, found.by) == (key, by)


@pytest.mark.parametrize(
    "wanted",
    [
        paper(title="Language Models are Few-Shot Learners, Too"),
        paper(doi="not a doi", arxiv="not an id"),
        paper(
            links=("https://arxiv.org/abs/2005.14165", "https://arxiv.org/abs/1706.03762"),
        ),
    ],
    ids=["another title", "malformed identifiers", "links to several papers"],
)
def test_another_paper_is_not_found(wanted: Paper) -> None:
    assert Index([GPT_3, LLAMA]).find(wanted) is None


def test_the_surest_identity_decides() -> None:
    wanted = paper(title=LLAMA.title, doi=GPT_3.doi)
    assert Index([LLAMA, GPT_3]).find(wanted) == Match(GPT_3, "doi")


def test_of_the_same_paper_twice_the_first_is_found() -> None:
    index = Index([GPT_3])
    index.add(paper("again", GPT_3.title))
    assert index.find(paper(title=GPT_3.title)) == Match(GPT_3, "title")


def test_an_empty_index_knows_nothing() -> None:
    assert Index().find(GPT_3) is None
