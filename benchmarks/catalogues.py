"""Makes catalogues of any size: seeded, with Chinese summaries such as real lists have."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LABS = ("OpenAI", "Google", "DeepMind", "Meta", "Anthropic", "Microsoft", "百度", "清华大学")
_VENUES = ("arXiv", "ACL", "EMNLP", "NeurIPS", "ICML", "ICLR", "AAAI", "CVPR")
_WORDS = """
    language models learn attention from human feedback with sparse retrieval for open dialogue
    few shot instruction tuning scaling laws efficient transformers graph networks vision reward
    deep contrastive multimodal alignment reasoning agents tool memory long context
""".split()
_POINTS = (
    "先预训练再微调的范式；",
    "训练了三个模型（1.3B、6B、175B），小模型的效果比大模型好；",
    "引入了检索结果，对回复的评价测量更细；",
    "训练范式相对简单，数据集也比较小；",
    "核心是数据量和计算量的提升；",
    "整体看起来比较累，太多的实验细节；",
)
_STATUSES = ("to-read", "to-read", "reading", "done", "done")


class Entry(NamedTuple):
    """One paper, for papertrack and for the others."""

    key: str
    title: str
    lab: str
    venue: str
    year: int
    arxiv: str
    tag: str
    status: str
    summary: str


def entries(size: int, *, seed: int = 1) -> Iterator[Entry]:
    """Yield that many papers, always the same."""
    draw = random.Random(seed)  # noqa: S311 - a list to measure, no secret
    for number in range(size):
        points = draw.sample(_POINTS, draw.randint(1, 3))
        yield Entry(
            key=f"paper-{number}",
            title=f"{title(draw)} {number}",
            lab=draw.choice(LABS),
            venue=draw.choice(_VENUES),
            year=draw.randint(2012, 2024),
            arxiv=f"{draw.randint(15, 24)}{draw.randint(1, 12):02}.{number % 99_999 + 1:05}",
            tag=draw.choice(_WORDS),
            status=draw.choice(_STATUSES),
            summary="".join(f"{at} {point}\n" for at, point in enumerate(points, 1)),
        )


def write(path: Path, size: int) -> None:
    """Write a catalogue of that many papers, about 400 bytes each."""
    labs = "\n".join(f'"{lab}" = []' for lab in LABS)
    with path.open("w", encoding="utf-8") as file:
        file.write(f'title = "A list of {size}"\n\n[labs]\n{labs}\n')
        file.writelines(map(_spelled, entries(size)))  # a child begins with our memory: little


def title(draw: random.Random) -> str:
    """Return a title such as papers have."""
    return " ".join(draw.choices(_WORDS, k=draw.randint(4, 9))).capitalize()


def _spelled(entry: Entry) -> str:
    return f'''
[[paper]]
key = "{entry.key}"
title = "{entry.title}"
lab = "{entry.lab}"
venue = "{entry.venue}"
year = {entry.year}
arxiv = "{entry.arxiv}"
tags = ["{entry.tag}"]
status = "{entry.status}"
summary = """
{entry.summary}"""
'''
