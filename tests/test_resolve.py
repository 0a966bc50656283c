from collections.abc import Sequence

import pytest

from papertrack import resolve
from papertrack.errors import RefusedError
from papertrack.models import Paper


def paper(key: str, title: str, name: str | None = None, **fields: object) -> Paper:
    return Paper.model_validate({"key": key, "title": title, "name": name, **fields})


PAPERS = (
    paper("gpt", "Improving Language Understanding by Generative Pre-Training", "GPT"),
    paper("gpt-2", "Language Models are Unsupervised Multitask Learners", "GPT-2"),
    paper("gpt-3", "Language Models are Few-Shot Learners", "GPT-3", arxiv="2005.14165"),
    paper(
        "instructgpt",
        "Training language models to follow instructions with human feedback",
        "InstructGPT",
        arxiv="2203.02155",
    ),
    paper(
        "t5",
        "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
        "T5",
    ),
    paper("flan", "Scaling Instruction-Finetuned Language Models", "FLAN"),
    paper("lamda", "LaMDA: Language Models for Dialog Applications", "LaMDA"),
    paper(
        "sparrow",
        "Improving alignment of dialogue agents via targeted human judgements",
        "Sparrow",
        doi="10.48550/arXiv.2209.14375",
    ),
    paper(
        "llama",
        "LLaMA: Open and Efficient Foundation Language Models",
        "LLaMA",
        links=("https://arxiv.org/abs/2302.13971v1", "https://ai.meta.com/llama/"),
    ),
    paper("peer", "PEER: A Collaborative Language Model", "PEER"),
    paper(
        "hh-rlhf",
        "Training a Helpful and Harmless Assistant with Reinforcement Learning from Human Feedback",
        "HH-RLHF",
    ),
    paper(
        "constitutional-ai",
        "Constitutional AI: Harmlessness from AI Feedback",
        "Constitutional AI",
    ),
    paper("webgpt", "WebGPT: Browser-assisted question-answering with human feedback", "WebGPT"),
    paper("综述", "基于深度学习的文本分类综述"),
)


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("llama", "llama"),
        ("LLaMA", "llama"),
        ("  LLaMA\n", "llama"),
        ("ＬＬａＭＡ", "llama"),
        ("GPT", "gpt"),
        ("gpt 2", "gpt-2"),
        ("GPT2", "gpt-2"),
        ("gpt_3", "gpt-3"),
        ("HH RLHF", "hh-rlhf"),
        ("constitutional", "constitutional-ai"),
        ("instruct", "instructgpt"),
        ("language models are few shot learners", "gpt-3"),
        ("《Language Models are Few-Shot Learners》", "gpt-3"),
        ("Language models are unsup", "gpt-2"),
        ("collaborative", "peer"),
        ("feedback browser", "webgpt"),
        ("综述", "综述"),
        ("文本分类", "综述"),
        ("基于深度", "综述"),
        ("2005.14165", "gpt-3"),
        ("arXiv:2005.14165v4", "gpt-3"),
        ("https://arxiv.org/pdf/2203.02155.pdf", "instructgpt"),
        ("arxiv.org/abs/2302.13971", "llama"),
        ("https://doi.org/10.48550/ARXIV.2209.14375", "sparrow"),
        ("10.48550/arxiv.2209.14375", "sparrow"),
        ("https://ai.meta.com/llama", "llama"),
    ],
)
def test_a_reference_means_one_paper(reference: str, key: str) -> None:
    assert resolve.one(reference, PAPERS).key == key


def refusal(reference: str, papers: Sequence[Paper] = PAPERS) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        resolve.one(reference, papers)
    return caught.value


def test_several_are_listed_with_their_keys() -> None:
    error = refusal("language models")
    assert error.exit_status == 1
    assert error.message == '"language models" could be any of 6 papers: type the key of one'
    assert [line.split()[0] for line in error.details] == [
        "gpt-2",
        "gpt-3",
        "instructgpt",
        "flan",
        "lamda",
        "llama",
    ]
    assert error.details[0] == "gpt-2        Language Models are Unsupervised Multitask Learners"


def test_a_long_list_of_candidates_is_counted() -> None:
    error = refusal("survey", [paper(f"p{number}", f"Survey {number}") for number in range(37)])
    assert error.details[-1] == "and 27 more"
    assert len(error.details) == 11


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("Sparow", 'no paper "Sparow": did you mean sparrow?'),
        ("Unsupervisd", 'no paper "Unsupervisd": did you mean gpt-2?'),
        ("Consitutonal AI", 'no paper "Consitutonal AI": did you mean constitutional-ai?'),
        ("Constitutional A1", 'no paper "Constitutional A1": did you mean constitutional-ai?'),
        (
            "PEER: Colaborative Language Modelling",
            'no paper "PEER: Colaborative Language Modelling": did you mean peer?',
        ),
        ("2999.99999", 'no paper "2999.99999": `papertrack list` shows them all'),
        ("图神经", 'no paper "图神经": `papertrack list` shows them all'),
        ("!?", 'no paper "!?": `papertrack list` shows them all'),
        ("", "an empty reference means no paper: type a key, a name or a title"),
        (" \t", "an empty reference means no paper: type a key, a name or a title"),
    ],
)
def test_what_is_not_found_gets_the_nearest(reference: str, message: str) -> None:
    error = refusal(reference)
    assert (error.message, error.details) == (message, ())


def test_words_of_authors_or_tags_find_what_was_meant() -> None:
    papers = [
        *PAPERS,
        paper("hughes2017", "Global Warming", authors=("Terry P. Hughes", "James T. Kerry")),
        paper("hughes2018", "Ecological memory", authors=("Terry P. Hughes",), tags=("coral",)),
    ]
    assert refusal("kerry", papers).message == 'no paper "kerry": did you mean hughes2017?'
    assert refusal("Hughes coral", papers).message.endswith("did you mean hughes2018?")
    error = refusal("terry hughes", papers)
    two = "2 have it in their title, authors, lab, source or tags: type the key of one"
    assert error.message == f'no paper "terry hughes": {two}'
    assert error.details == ("hughes2017  Global Warming", "hughes2018  Ecological memory")


def test_many_papers_of_a_lab_are_counted_with_commas() -> None:
    error = refusal("acme", [paper(f"p{at}", f"Bed {at}", lab="Acme") for at in range(2010)])
    assert "2,010 have it in their title, authors, lab" in error.message
    assert error.details[-1] == "and 2,000 more"


@pytest.mark.parametrize(
    ("reference", "words", "place"),
    [
        ("human feedback", ["show", "human feedback "], slice(1, 2)),
        ("human feedback", ["done", "llama", "human", "feedback", "--on"], slice(2, 4)),
        ("show", ["show", "show"], slice(1, 2)),
        ("", ["done", "--on", "today"], slice(3, 3)),
        ("human", ["edit", "--reference=human"], None),
    ],
    ids=["quoted", "without quotes", "a command's name", "not typed", "within a word"],
)
def test_the_words_of_a_reference_are_in_their_place(
    reference: str, words: list[str], place: slice | None
) -> None:
    assert resolve.place_of(reference, words) == place


def test_of_several_near_ones_the_nearest_is_offered_and_all_are_listed() -> None:
    error = refusal("llmaa")
    assert error.message == 'no paper "llmaa": did you mean llama?'
    assert [line.split()[0] for line in error.details] == ["llama", "lamda"]


def test_a_word_is_whole() -> None:
    assert "human" in PAPERS[3].title
    assert refusal("uman feedback instructions").message.startswith("no paper")


def test_an_empty_list_holds_no_paper() -> None:
    assert refusal("llama", []).message.startswith('no paper "llama"')


def test_punctuation_decides_where_letters_do_not() -> None:
    papers = [paper("c-2", "C++"), paper("c-3", "C#"), paper("dots", "..."), paper("q", "???")]
    assert resolve.one("C#", papers).key == "c-3"
    assert resolve.one("???", papers).key == "q"
    assert len(refusal("C", papers).details) == 2


def test_what_is_typed_exactly_goes_before_what_is_folded() -> None:
    papers = [paper("one", "First", "Two"), paper("two", "Second", "One")]
    assert resolve.one("One", papers).key == "two"
    assert resolve.one("one", papers).key == "one"
    assert len(refusal("TWO", papers).details) == 2


def test_a_name_and_a_title_that_are_the_same_are_not_decided() -> None:
    papers = [paper("a", "Sparrow"), paper("b", "Second", "Sparrow")]
    assert len(refusal("Sparrow", papers).details) == 2
    assert len(refusal("sparrow", papers).details) == 2


def test_a_key_that_is_not_typed_exactly_is_no_better_than_a_title() -> None:
    papers = [paper("deep-learning", "Deep Learning"), paper("deep-learning-2", "Deep learning")]
    assert resolve.one("deep-learning", papers).key == "deep-learning"
    assert resolve.one("Deep learning", papers).key == "deep-learning-2"
    assert len(refusal("deep learning", papers).details) == 2


ATTENTION = [
    paper("attention-all-you-need", "Attention Is All You Need"),
    paper("graph-attention-networks", "Graph Attention Networks"),
    paper("pay-less-attention", "Pay Less Attention with Convolutions"),
]


@pytest.mark.parametrize("papers", [ATTENTION, ATTENTION[::-1]], ids=["as listed", "reversed"])
def test_of_several_that_hold_a_word_none_is_meant_more(papers: list[Paper]) -> None:
    assert len(refusal("attention", papers).details) == 3
    assert resolve.one("attention is", papers).key == "attention-all-you-need"
    assert resolve.one("atten", papers).key == "attention-all-you-need"


SIGNS = [
    paper("unet", "UNet"),
    paper("unet-2", "UNet++"),
    paper("rrt", "RRT*"),
    paper("lora", "LoRA+: Efficient Low Rank Adaptation"),
]


@pytest.mark.parametrize(
    ("reference", "key"),
    [("UNet", "unet"), ("UNet++", "unet-2"), ("unet++", "unet-2"), ("lora+", "lora")],
)
def test_signs_tell_titles_apart(reference: str, key: str) -> None:
    assert resolve.one(reference, SIGNS).key == key
    assert resolve.one(reference, SIGNS[::-1]).key == key


def test_a_word_with_a_number_is_not_held_in_pieces() -> None:
    papers = [paper("gpt-3", "GPT-3: Scaling in 2 Steps"), paper("other", "Other")]
    assert "no paper" in refusal("GPT-2", papers).message
    assert resolve.one("scaling — steps", papers).key == "gpt-3"
    assert resolve.one("gpt-3 steps", papers).key == "gpt-3"


def test_a_citation_key_is_a_reference() -> None:
    papers = [
        paper("bert", "BERT: Pre-training", bibtex={"key": "devlin-etal-2019-bert"}),
        paper("other", "Other", bibtex={"key": "Bert"}),
    ]
    assert resolve.one("devlin-etal-2019-bert", papers).key == "bert"
    assert resolve.one("Devlin:etal:2019:BERT", papers).key == "bert"
    assert resolve.one("Bert", papers).key == "other"


def test_the_same_identifier_twice_is_not_decided() -> None:
    papers = [paper("a", "First", doi="10.1000/X"), paper("b", "Second", doi="10.1000/x")]
    assert len(refusal("doi:10.1000/x", papers).details) == 2


def test_many_references_give_each_paper_once() -> None:
    papers = resolve.many(["peer", "Sparrow", "PEER", "collaborative"], PAPERS)
    assert [it.key for it in papers] == ["peer", "sparrow"]


def test_many_references_are_all_or_nothing() -> None:
    with pytest.raises(RefusedError) as caught:
        resolve.many(["peer", "llmaa", "sparrow", "gpt-"], PAPERS[7:])
    assert caught.value.message == 'no paper "llmaa": did you mean llama?'
    assert caught.value.details == ('no paper "gpt-": did you mean webgpt?',)


def test_words_that_name_one_paper_together_are_to_be_quoted() -> None:
    with pytest.raises(RefusedError) as caught:
        resolve.many(["improving", "alignment"], PAPERS)
    message = "these words name one paper together, sparrow: write 'improving alignment'"
    assert caught.value.message == message


def test_words_that_some_papers_hold_together_name_these() -> None:
    titles = ("Whale pump one", "Whale pump two", "Whale song", "Heat pump")
    papers = [paper(title.lower().replace(" ", "-"), title) for title in titles]
    with pytest.raises(RefusedError) as caught:
        resolve.many(["whale", "pump"], papers)
    assert caught.value.message.startswith('"whale pump" could be any of 2 papers')
    assert [line.split()[0] for line in caught.value.details] == [
        "whale-pump-one",
        "whale-pump-two",
    ]


def test_every_refused_reference_is_named_with_its_candidates() -> None:
    with pytest.raises(RefusedError) as caught:
        resolve.many(["nobody at all", "improving"], PAPERS)
    assert caught.value.details == (
        '"improving" could be any of 2 papers: type the key of one',
        "gpt      Improving Language Understanding by Generative Pre-Training",
        "sparrow  Improving alignment of dialogue agents via targeted human judgements",
    )


def test_candidates_are_aligned_by_the_cells_that_their_letters_take() -> None:
    refusal = resolve.ambiguous("several", "", [paper("综述", "综述一"), paper("survey", "综述二")])
    assert refusal.details == ("综述    综述一", "survey  综述二")
