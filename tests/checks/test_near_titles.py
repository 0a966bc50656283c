import random

import pytest

from papertrack.checks.duplicate_papers import near_titles
from papertrack.models import Paper


def papers(*titles: str, **fields: object) -> list[Paper]:
    return [
        Paper.model_validate({"key": f"p{at}", "title": title, **fields})
        for at, title in enumerate(titles)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Layerwise Adapter Tuning", "Layerwise Adater Tuning"),
        (
            "Get To The Point: Summarization with Pointer-Generator Network",
            "Get To The Point: Summarization with Pointer-Generator Networks",
        ),
        (
            "(ZFNet) Visualizing and Understanding Convolutional Networks",
            "Visualizing and Understanding Convolutional Networks",
        ),
        (
            "BERT: Pre-training of Deep Bidirectional Transformers",
            "Pre-training of Deep Bidirectional Transformers",
        ),
        ("An Overview of Attention Mechanisms", "Overview of the Attention Mechanism"),
        ("基于深度学习的中文文本分类方法综述", "基于深度学习的中文文本分类方法综述（2020）"),
        ("Exploring the Limits of Transfer...", "Exploring the Limits of Transfer Learning, Too"),
        ("BERT", "BERT: Pre-training of Deep Bidirectional Transformers"),
    ],
    ids=[
        "a typo",
        "a plural",
        "a name in brackets",
        "a name before",
        "small words",
        "a note",
        "the rest",
        "a name",
    ],
)
def test_nearly_the_same_title_is_found(one: str, other: str) -> None:
    both = papers(one, "Something in Between That Is Long Enough", other)
    ((first, second),) = near_titles(both)
    assert (first.key, second.key) == ("p0", "p2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Language Models are Few-Shot Learners", "language models are few shot learners"),
        ("Qwen2.5 Technical Report", "Qwen3 Technical Report"),
        ("Deep Learning for Images, Part II", "Deep Learning for Images, Part III"),
        ("Supervised Contrastive Sentence Learning", "Unsupervised Contrastive Sentence Learning"),
        ("Deep Learning for Image Segmentation", "Deep Learning for Video Segmentation"),
        ("Representation Learning with Noise", "Representation Learning without Noise"),
        (
            "GraphSage: Graph Sampling Based Inductive Learning Method",
            "GraphSAINT: Graph Sampling Based Inductive Learning Methods Revisited",
        ),
        ("Attention", "Attentions"),
        ("如何讲好故事、故事里的论点【研究的艺术·三】", "深度学习模型的可解释性方法研究"),
        ("Open Survey of Agents (2020)", "Open Survey of Agents (2021)"),
        ("PaLM: Scaling Language Modeling", "GLaM: Scaling Language Modeling"),
    ],
    ids=[
        "the same",
        "numbers",
        "parts",
        "un-",
        "another subject",
        "without",
        "more",
        "short",
        "a pair of letters twice",
        "editions",
        "other names",
    ],
)
def test_another_title_is_another_paper(one: str, other: str) -> None:
    assert near_titles(papers(one, other)) == []


def test_two_identifiers_tell_papers_apart() -> None:
    first, second = papers("Layerwise Adapter Tuning", "Layerwise Adater Tuning")
    arxiv = first.model_copy(update={"arxiv": "2005.14165"})
    other = second.model_copy(update={"arxiv": "2302.13971v2"})
    again = second.model_copy(update={"arxiv": "2005.14165v2"})
    assert near_titles([arxiv, other]) == []
    assert len(near_titles([arxiv, again])) == 1
    assert len(near_titles([arxiv, second])) == 1


def test_pairs_come_in_the_order_of_the_list() -> None:
    findings = near_titles(
        papers(
            "Visualizing Convolutional Networks",
            "Layerwise Adapter Tuning",
            "Layerwise Adater Tuning",
            "Visualising Convolutional Networks",
        )
    )
    assert [(one.key, other.key) for one, other in findings] == [("p0", "p3"), ("p1", "p2")]


@pytest.mark.slow
def test_a_typo_is_found_among_thousands_of_the_same_words() -> None:
    chance = random.Random(7)  # noqa: S311 - a list made up, not a secret
    words = [f"{chance.choice('bcdfg')}{number:x}ral" for number in range(300)]
    titles = [" ".join(chance.sample(words, 8)) for _ in range(3000)]
    titles += ["Retrieval Augmented Transformers", "Retrieval Augmented Transfomers"]
    keys = {(one.title, other.title) for one, other in near_titles(papers(*titles))}
    assert (titles[-2], titles[-1]) in keys


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        pytest.param({}, {}, True, id="the same people and year"),
        pytest.param({}, {"year": 2021}, False, id="another year"),
        pytest.param({}, {"authors": ("Cy Third",)}, False, id="other people"),
        pytest.param({"authors": ()}, {}, False, id="nobody knows who"),
        pytest.param({"title": "Growing Small Gardens 2"}, {}, False, id="another number"),
        pytest.param({"title": "Growing Small Gardens i"}, {}, False, id="a part of a word"),
    ],
)
def test_a_title_whose_end_is_missing(
    one: dict[str, object], other: dict[str, object], *, near: bool
) -> None:
    known: dict[str, object] = {"authors": ("Ann Lee", "Bo Roe"), "year": 2019}
    short = Paper.model_validate({"key": "a", "title": "Growing Small Gardens", **known, **one})
    whole = "Growing Small Gardens in Winter and in Summer"
    long = Paper.model_validate({"key": "b", "title": whole, **known, **other})
    between = Paper(key="c", title="Growing Small Gardens along Walls")
    assert bool(near_titles([short, long, between])) is near
