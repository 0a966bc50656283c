"""Where an address leads: to a paper, to its code, to somewhere else; and what a link's word is."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from papertrack.folding import fold_words
from papertrack.identifiers import normalise_arxiv, normalise_doi

_PAPER_HOSTS = re.compile(
    r"""https?://(?:[\w.-]+\.)?(?:
    arxiv\.org/(?:abs|pdf|html|format|ps|e-print) | alphaxiv\.org/ | ar5iv\. | doi\.org/10\.
    | openreview\.net/(?:forum|pdf|attachment|references) | aclanthology\.(?:org|info)/\S
    | aclweb\.org/(?:anthology|old_anthology) | (?:papers|proceedings)\.(?:nips|neurips)\.cc/\S
    | neurips\.cc/virtual | proceedings\.mlr\.press/\S | jmlr\.(?:org|csail\.mit\.edu)/\S
    | openaccess\.thecvf\.com/\S | cv-foundation\.org/\S | ecva\.net/papers
    | ieeexplore\.ieee\.org/ | computer\.org/csdl | dl\.acm\.org/\S | portal\.acm\.org
    | link\.springer\.com/\S | springer\.com/(?:article|chapter) | sciencedirect\.com/science
    | nature\.com/(?:articles|nature) | science(?:mag)?\.org/(?:doi|content) | pnas\.org/
    | cell\.com/ | tandfonline\.com/doi | onlinelibrary\.wiley\.com/ | journals\.sagepub\.com/
    | mdpi\.com/\d | frontiersin\.org/articles | journals\.plos\.org/ | academic\.oup\.com/
    | pubs\.acs\.org/ | iopscience\.iop\.org/ | ijcai\.org/(?:proceedings|Proceedings)
    | aaai\.org/(?:ocs|ojs|index|Papers) | ojs\.aaai\.org/\S | semanticscholar\.org/paper
    | biorxiv\.org/content | medrxiv\.org/content | ncbi\.nlm\.nih\.gov/(?:pmc|pubmed)
    | usenix\.org/(?:conference|system|legacy) | ndss-symposium\.org/ndss-paper
    | eprint\.iacr\.org/\d | ssrn\.com/ | hal\.\S+/hal | researchgate\.net/publication
    | paperswithcode\.com/paper | huggingface\.co/papers/ | isca-(?:speech|archive)\.org/
    | roboticsproceedings\.org/ | bmvc | direct\.mit\.edu/ | projecteuclid\.org/ | jstor\.org/
    | cseweb\.ucsd\.edu/\S+\.pdf | dblp\.org/rec | distill\.pub/\d | transformer-circuits\.pub/\d
    | publications?/ | jair\.org/ | elifesciences\.org/articles
    | research\.(?:google|facebook|fb)\.com/pub | microsoft\.com/\S*/publication
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_PDF = re.compile(r"https?://\S+\.(?:pdf|ps)(?:[?#]\S*)?|https?://\S+/pdf\b\S*", re.IGNORECASE)
_LABELS = frozenset(
    """pdf paper papers link links code codes project page website webpage web site arxiv url here
    github gitlab html doi bib bibtex slide slides video videos demo dataset datasets data model
    models blog poster supp supplementary official unofficial openreview acl ieee acm springer
    preprint homepage home abs abstract source download view read pytorch tensorflow jax keras repo
    repository review talk notes note tutorial full text version the published publication hf
    huggingface weights checkpoints author authors implementation colab twitter post news api app
    docs documentation appendix springerlink nips neurips cvf openaccess jmlr pmlr aaai nature
    science elsevier press short long camera ready bilibili youtube zhihu presentation
    presentations deck recording citation google scholar semantic 论文 链接 代码 原文 地址 项目
    主页 论文链接 论文地址 代码链接 源码 官网 下载 视频 数据 数据集 博客 解读 笔记 讲解 介绍
    官方代码 项目主页 翻译 中文 知乎 论文原文 リンク 論文 コード 実装 解説 スライド 動画 原論文
    링크 논문 코드 열기 바로가기 깃허브 영상 자료 슬라이드 발표 lien liens article baglanti makale
    kod enlace articulo""".split()
)
_OF_PAPERS = frozenset(
    """pdf paper papers arxiv doi preprint openreview abs acmdl pub 论文 论文链接 论文地址 原文 論文
    원문 논문 papier makale articulo artigo статья""".split()
)
_NOT_LABEL = re.compile(r"[\s&+|/,、和]+")


class PaperLinks(NamedTuple):
    """What a paper's addresses say of it."""

    arxiv: str | None
    doi: str | None
    links: tuple[str, ...]
    """The addresses that the identifiers do not give back."""


def is_paper(address: str) -> bool:
    """Say whether the address is of a publisher, a preprint server or a PDF."""
    if "github.com/" in address and "/blob/" not in address and "/raw/" not in address:
        return False
    return bool(_PAPER_HOSTS.match(address) or _PDF.match(address))


def is_label(text: str) -> bool:
    """Say whether a link's text says only what kind of link it is: `pdf`, `[Code]`, `链接`."""
    words = _NOT_LABEL.split(fold_words(text).replace("ı", "i"))
    return all(word in _LABELS or word.isdigit() for word in words if word)


def says_paper(text: str) -> bool:
    """Say whether a link's text says that it leads to the paper: `Paper`, `[PDF]`, `论文`."""
    words = _NOT_LABEL.split(fold_words(text).replace("ı", "i"))
    return bool(words) and len(words) <= 3 and any(word in _OF_PAPERS for word in words)


def identify(addresses: Iterable[str], *, first: bool = False) -> PaperLinks:
    """Return the identifiers in a paper's addresses, and the addresses that say more than these.

    `first` says that the first address is the title's: it stays where others follow it.
    """
    every = tuple(dict.fromkeys(addresses))
    arxiv = next(filter(None, map(normalise_arxiv, every)), None)
    doi = next(filter(None, map(normalise_doi, every)), None)
    given_back = {f"https://arxiv.org/abs/{arxiv}", f"https://doi.org/{doi}"}
    kept = tuple(address for address in every if address not in given_back)
    if first and kept and every[0] in given_back:
        kept = (every[0], *kept)
    return PaperLinks(arxiv, doi, kept)
