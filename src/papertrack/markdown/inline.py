"""A cell's inline Markdown: what a reader sees of it, and where its links lead."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple, Protocol

from papertrack.folding import BLANKS, fold_words
from papertrack.identifiers import normalise_arxiv, normalise_doi, trimmed_address
from papertrack.markdown.escaping import code_places, plain
from papertrack.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_HOST_FIRST = pattern(
    r"(?:www\.[\w-]+\.\w|(?:arxiv|openreview|aclanthology|github|dl\.acm)\.(?:org|net|com)/\S"
    r"|(?:dx\.)?doi\.org/10)"
)
_PAPER_HOSTS = pattern(
    r"""https?://(?:[\w.-]+\.)?(?:
    arxiv\.org/(?:abs|pdf|html|format|ps|e-print|ftp) | alphaxiv\.org/ | ar5iv\. | doi\.org/10\.
    | openreview\.net/(?:forum|pdf|attachment|references) | aclanthology\.(?:org|info)/\S
    | aclanthology\.coli\.uni-saarland\.de/papers
    | aclweb\.org/(?:anthology|old_anthology) | (?:papers|proceedings)\.(?:nips|neurips|iclr)\.cc/\S
    | \S+?/virtual/20\d\d/(?:oral|paper|poster|spotlight)
    | neurips\.cc/virtual | proceedings\.mlr\.press/\S | jmlr\.(?:org|csail\.mit\.edu)/\S
    | openaccess\.thecvf\.com/\S | cv-foundation\.org/\S | ecva\.net/papers
    | ieeexplore\.ieee\.org/ | computer\.org/csdl | dl\.acm\.org/\S | portal\.acm\.org
    | link\.springer\.com/\S | springer\.com/(?:article|chapter) | sciencedirect\.com/science
    | nature\.com/(?:articles|nature) | science(?:mag)?\.org/(?:doi|content) | pnas\.org/
    | cell\.com/ | tandfonline\.com/doi | onlinelibrary\.wiley\.com/ | journals\.sagepub\.com/
    | mdpi\.com/\d | frontiersin\.org/articles | journals\.plos\.org/ | academic\.oup\.com/
    | pubs\.acs\.org/ | iopscience\.iop\.org/ | ijcai\.org/(?:proceedings|Proceedings)
    | aaai\.org/(?:ocs|ojs|index|Papers) | ojs\.aaai\.org/\S | semanticscholar\.org/paper
    | biorxiv\.org/content | medrxiv\.org/content | ncbi\.nlm\.nih\.gov/(?:pmc|pubmed|articles)
    | hindawi\.com/\S | usenix\.org/(?:conference/|system|legacy) | ndss-symposium\.org/ndss-paper
    | eprint\.iacr\.org/\d | ssrn\.com/ | hal\.\S+/hal | researchgate\.net/publication
    | paperswithcode\.com/paper | huggingface\.co/papers/ | isca-(?:speech|archive)\.org/
    | roboticsproceedings\.org/ | bmvc | direct\.mit\.edu/ | projecteuclid\.org/ | jstor\.org/
    | cseweb\.ucsd\.edu/\S+\.pdf | dblp\.org/rec | distill\.pub/\d | transformer-circuits\.pub/\d
    | aminer\.(?:cn|org)/pub | (?:kns\.)?cnki\.net/ | dbpia\.co\.kr/journal | kci\.go\.kr/
    | jstage\.jst\.go\.jp/article | ci\.nii\.ac\.jp/ | cyberleninka\.ru/article | elibrary\.ru/item
    | scielo\.(?:br|org)/ | preprints\.org/manuscript | persee\.fr/doc | publications?/ | jair\.org/
    | elifesciences\.org/articles | journals\.aps\.org/ | pubs\.(?:aip|rsc)\.org/
    | aip\.scitation\.org/ | quantum-journal\.org/papers | royalsocietypublishing\.org/
    | annualreviews\.org/ | journals\.uchicago\.edu/ | aeaweb\.org/articles | nber\.org/papers
    | cambridge\.org/core/journals | psycnet\.apa\.org/ | opg\.optica\.org/ | osapublishing\.org/
    | spiedigitallibrary\.org/ | europepmc\.org/ | pubmed\.ncbi\.nlm\.nih\.gov/\d | vldb\.org/pvldb
    | epubs\.siam\.org/ | muse\.jhu\.edu/article | emerald\.com/insight | jneurosci\.org/
    | physiology\.org/ | pubsonline\.informs\.org/ | asmedigitalcollection\.asme\.org/
    | journals\.(?:ametsoc|asm|physiology)\.org/ | genome\.cshlp\.org/ | rupress\.org/
    | bmj\.com/content | thelancet\.com/journals | nejm\.org/doi | jamanetwork\.com/journals
    | (?:biomedcentral|springeropen|peerj|techrxiv)\.\w+/articles | joss\.theoj\.org/papers
    | osf\.io/preprints | psyarxiv\.com/ | chemrxiv\.org/ | hdl\.handle\.net/
    | escholarship\.org/uc | drops\.dagstuhl\.de/ | ceur-ws\.org/Vol | citeseerx\.ist\.psu\.edu/
    | theses\.(?:fr|hal\.science)/ | \S+\.archives-ouvertes\.fr/
    | research\.(?:google|facebook|fb)\.com/pub | microsoft\.com/\S*/publication
    | \S+?/doi/(?:[a-z]{2,8}/)?10\.\d{4}
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_PDF = pattern(r"https?://\S+\.(?:pdf|ps)(?:[?#]\S*)?|https?://\S+/pdf\b\S*", re.IGNORECASE)
_SHORT_SITE = 3  # letters
_LABELS = frozenset(
    """pdf paper papers link links code codes project page website webpage web site arxiv url here
    github gitlab html doi bib bibtex slide slides video videos demo dataset datasets data tool
    model models blog poster supp supplementary official unofficial openreview ieee acm springer
    syllabus introduction details ppt pptx leaderboard leaderboards this that see click main
    preprint homepage home abs abstract source download view read pytorch tensorflow jax keras repo
    repository review talk notes note tutorial full text version the published publication hf
    huggingface weights checkpoint checkpoints ckpt author authors implementation colab twitter
    post news api app docs documentation appendix online available replication package ssrn jstor
    springerlink cvf openaccess jmlr pmlr nature science elsevier press journal conference short
    long camera ready bilibili youtube zhihu presentation presentations deck recording citation
    google scholar semantic original practice pubmed pmid pmc pmcid lien liens article baglanti
    makale kod enlace articulo artigo codigo english chinese japanese korean eng kor xplore dl
    drive markdown summary zenodo figshare osf notion velog tistory qiita with paperswithcode
    ссылка статья код видео слайды разбор перевод обзор
    论文 链接 代码 原文 地址 项目 主页 源码 官网 下载 视频 数据 数据集 博客 解读 笔记 讲解 介绍 官方
    翻译 中文 知乎 阅读 文章 全文 仓库 开源 实现 复现 网站 页面 幻灯片 报告 解析 译文 网盘 版 リンク
    論文 コード 実装 解説 スライド 動画 原論文 公式 要約 記事 翻訳 ページ プロジェクト 링크 논문
    코드 열기 바로가기 깃허브 영상 자료 슬라이드 발표 설명 구현 요약 정리 리뷰 원문 원본 블로그 실습
    번역 노트 페이지 프로젝트 공식 노션 列表 清单""".split()
)
_TOGETHER = pattern(f"(?:{'|'.join(word for word in _LABELS if not word.isascii())})+")
"""Labels in one word, of languages that set no blanks: `论文链接`, `解説スライド`."""
_OF_PAPERS = frozenset(
    """pdf paper papers arxiv doi preprint openreview abs acmdl pub 论文 论文链接 论文地址 论文下载
    论文原文 论文全文 原文 原文链接 論文 原論文 論文リンク 원문 논문 논문링크 원논문 papier makale
    articulo artigo статья publication""".split()
)
_NOT_LABEL = pattern(r"\sand\s|[\s&+|/,、和]+")
_MARKED = pattern(r"[\[\]<>*_`~\\&!]")
_LONGEST = 20_000  # a longer text is taken as it is: nobody's title, and no work without end
_MOST_MARKS = 600  # more are nobody's title either
_ENDS = pattern(r"[\n\r\0]")  # around which the parser changes blanks
BREAK = pattern(r"(?<!\\)<br\s*/?\s*>", re.IGNORECASE)
_EMPTY = pattern(r"\[\s*\]|\(\s*\)")
_AUTOLINK = pattern(r"(?<!\\)<(https?://[^\s<>]*)>", re.IGNORECASE)
YEAR = pattern(r"(?:19|20)\d\d")
CJK = pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FILE = pattern(
    r"(?![a-z][a-z0-9+.-]*:|#|//)\S(?:[^\n]*\S)?\.(?:md|pdf|html?|txt|ipynb|org|ps|docx?)(?:[?#]\S*)?",
    re.IGNORECASE,
)
_ISSUE = pattern(
    r"https?://git[^/\s]+/[^/\s]+/[^/\s]+/(?:-/)?(?:issues|discussions)/\d+\S*", re.IGNORECASE
)
_BLOB = pattern(r"https?://git\S+/(?:blob|raw|tree)/\S+", re.IGNORECASE)
URL = pattern(
    r"(?:https?://|(?<![\w/.@-])(?=arxiv\.org/(?:abs|pdf)/\d|doi\.org/10\.))"  # of papers also bare
    r"[^\s<>\"`|，。；、）】》「」『』]+",
    re.IGNORECASE,
)
_TAG = pattern(r"</?([A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = pattern(
    r"""\b(href|src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_OF_PROGRAM = pattern(  # This repository is of the paper, Official code for, If you use this
    r"\W*(?:(?:This (?:repo|repository|project|code|package|library|list|page)|If you|Please) [a-z]"
    r"|The (?:following|(?:list|table|papers) (?:below|above|here)) [a-z]"
    r"|(?i:(?:an? |the )?(?:official|unofficial|pytorch|tensorflow) (?:[a-z]+ )?"
    r"(?:code|implementation|repository|repo) (?:for|of|to) )"
    # Other code is that of life, unless the title behind it is set apart.
    r"|(?i:an? |the |open-source |source ){0,2}(?i:code|implementation|repository|repo)"
    r" (?:for|of|to|accompanying) (?:[\"“‘«]|$|(?:the|our|this) (?:[\w-]+ )?(?:paper|article)\b))"
)
_RUNS_ON = pattern(r"(?<![^\W_])[a-z]{2,}\s$|[\u3400-\u9fff]$")
_RUNS_ON_LATER = pattern(  # Gardens are old. Early work ([Lee 2010](…)
    r"[a-z]{2}[.!?]\s[^\W\d_a-z][^.!?]*(?<![^\W_])(?!al\b)[a-z]{2,},?\s[(\[]?$"
)
_POINTS = pattern(r"(?<![^\W_])(?:[Ss]ee|our|the|this|that|these|their)\s$")  # see [1](…)
_IN_SENTENCE = pattern(r"[a-z]{2,}|(?:\S+\s+){3}\S|[\u3400-\u9fff]{1,8}$")
_NEAR = 20  # so many letters before a link tell whether a sentence runs into it
_POINTING = pattern(
    r"here|this|(?:this|the|that|our) (?:link|paper|preprint|article|survey)", re.IGNORECASE
)
_HTML = frozenset(
    """a abbr b big blockquote br center cite code dd del details dfn div dl dt em font h1 h2 h3 h4
    h5 h6 hr i img input ins kbd label li mark nobr ol p picture pre q s samp small source span
    strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var video wbr""".split()
)
_OPENING = {"strong_open": "bold", "em_open": "emphasis", "s_open": "struck"}
_CLOSING = {"strong_close": "bold", "em_close": "emphasis", "s_close": "struck"}


class PaperLinks(NamedTuple):
    """What a paper's addresses say of it."""

    arxiv: str | None
    doi: str | None
    links: tuple[str, ...]
    """The addresses that the identifiers do not give back."""


@lru_cache(maxsize=4096)  # asked when a list is judged, and of each of its items
def is_paper(address: str) -> bool:
    """Say whether the address is of a publisher, a preprint server or a PDF."""
    if "github.com/" in address and "/blob/" not in address and "/raw/" not in address:
        return False
    return bool(_PAPER_HOSTS.match(address) or _PDF.match(address))


def papers_in(source: str) -> bool:
    """Say whether a link in inline Markdown is of a paper."""
    return any(map(is_paper, links_in(source)))


@lru_cache(maxsize=4096)  # lists call their links alike, and ask for each in several ways
def is_label(text: str) -> bool:
    """Say whether a link's text says only what kind of link it is, or its DOI: `pdf`, `链接`."""
    if text.startswith("10.") and normalise_doi(text):
        return True
    if "_" in text and " " not in text:  # bair_blog; but titles have underscores too
        text = text.partition("_")[2] if text.count("_") == 1 else text.replace("_", " ")
    words = _NOT_LABEL.split(fold_words(text))
    return all(
        word in _LABELS or (not word.isascii() and _TOGETHER.fullmatch(word))
        for word in filter(None, (word.rstrip("0123456789") for word in words))
    )


@lru_cache(maxsize=4096)  # and asked the same of each
def says_paper(text: str) -> bool:
    """Say whether a link's text says that it leads to the paper: `Paper`, `[PDF]`, `论文`."""
    words = _NOT_LABEL.split(fold_words(text))
    few = len(words) <= 3 and words[:2] != ["papers", "on"]  # which is a list
    return few and any(word in _OF_PAPERS for word in words)


def identify(
    addresses: Iterable[str], *, first: bool = False, mentioned: Iterable[str] = ()
) -> PaperLinks:
    """Return the identifiers in a paper's addresses, and the addresses that say more than these.

    `first` says that the first address is the title's: it stays where others follow it. Those
    `mentioned` are of other papers.
    """
    every = tuple(dict.fromkeys(addresses))
    others = set(mentioned)
    own = [address for address in every if address not in others]
    arxiv = next(filter(None, map(normalise_arxiv, own)), None)
    doi = next(filter(None, map(normalise_doi, own)), None)
    given_back = {f"https://arxiv.org/abs/{arxiv}", f"https://doi.org/{doi}"}
    kept = tuple(address for address in every if address not in given_back)
    if first and kept and every[0] in given_back:
        kept = (every[0], *kept)
    return PaperLinks(arxiv, doi, kept)


def is_file(link: str) -> bool:
    """Say whether a link leads to a file beside the list: `notes/gard.md`."""
    return _FILE.fullmatch(link) is not None


def is_own(link: str) -> bool:
    """Say whether a link leads to a file of one's own, beside the list or in a repository."""
    return is_file(link) or _BLOB.match(link) is not None


def is_issue(link: str) -> bool:
    """Say whether a link leads to an issue, in which some write what they think of a paper."""
    return _ISSUE.match(link) is not None


class _Add(Protocol):
    def __call__(self, text: str, *, code: bool = False, image: str = "") -> None: ...


class Span(NamedTuple):
    """A run of text of one kind."""

    text: str
    """What a reader sees; `\\n` is a line break, an image's words are those that stand for it."""
    link: str = ""
    bold: bool = False
    emphasis: bool = False
    code: bool = False
    image: str = ""
    """Where the picture is, for an image."""
    struck: bool = False


def is_labelled(run: Span) -> bool:
    """Say whether a link's text is a label, or names the site of the paper: `[aclweb](…)`."""
    if is_label(run.text):
        return True
    word = run.text.strip().casefold()
    site = run.link.partition("://")[2].partition("/")[0].casefold()
    return len(word) > _SHORT_SITE and word in site and is_paper(run.link)


@lru_cache(maxsize=4096)  # a cell is looked at when its column is judged, and when it is read
def spans(source: str) -> tuple[Span, ...]:
    """Return the runs of text in inline Markdown, escapes and entities undone."""
    if not _MARKED.search(source):
        return (Span(source),) if source else ()
    if len(source) > _LONGEST or len(_MARKED.findall(source)) > _MOST_MARKS:
        return (Span(source),)
    # Many cells have no marks but `<br>`: these need no parser, which takes some time for each.
    if "<" in source and not _ENDS.search(source) and not _MARKED.search(BREAK.sub("", source)):
        return (Span(BREAK.sub("\n", source)),)
    return tuple(_walk(_tokens(source)))


@lru_cache(maxsize=4096)  # a cell is asked for its words more than once
def visible_text(source: str) -> str:
    """Return inline Markdown as a reader sees it, on one line; images are not words."""
    return line_of(spans(source))


def has_words(text: str, least: int = 3) -> bool:
    """Say whether a text has so many words, or two letters for each where no blanks divide them."""
    return len(text.split()) >= least or len(CJK.findall(text)) >= 2 * least


def hidden_tags(source: str) -> list[str]:
    """Return what stands in `<>` and is no tag of HTML: GFM shows nothing of it."""
    if not _TAG.search(source):
        return []
    tags = (token.content for token in _tokens(source))
    return [tag for tag in tags if (named := _TAG.match(tag)) and named[1].lower() not in _HTML]


def line_of(runs: Iterable[Span]) -> str:
    """Return the text of the runs on one line, blanks run together, images left out."""
    text = "".join(run.text for run in runs if not run.image)
    return BLANKS.sub(" ", text).strip()


def links(runs: Iterable[Span]) -> list[str]:
    """Return every address in the runs, bare ones too, each once; images' own are not links."""
    every: dict[str, None] = {}
    for run in runs:
        if run.link:
            every[run.link] = None
        elif not run.image:
            every.update(dict.fromkeys(addresses(run.text)))
    return list(every)


def mentions_paper(runs: Sequence[Span]) -> bool:
    """Say whether a sentence runs into a link to a paper: `papers on [gardens](…)`."""
    if _OF_PROGRAM.match(line_of(runs)) or (runs and _OF_PROGRAM.match(runs[0].text)):
        return True
    before = ""
    for run in runs:
        if run.link and is_paper(run.link) and "://" not in run.text:
            pointing = _POINTING.fullmatch(run.text.strip()) is not None
            if runs[0] == Span(runs[0].text) and _POINTS.search(before[-_NEAR:]):
                return True
            if pointing or not is_label(run.text):
                runs_on = _RUNS_ON.search(before[-_NEAR:]) is not None
                runs_on &= pointing or _IN_SENTENCE.match(run.text) is not None
                return runs_on or _RUNS_ON_LATER.search(before) is not None
        before += run.text
    return False


@lru_cache(maxsize=4096)  # asked when a list is judged, and of each of its items
def links_in(source: str) -> tuple[str, ...]:
    """Return every address in inline Markdown, each once."""
    return tuple(links(spans(source)))


def heading_words(source: str) -> str:
    """Return a heading as a reader sees it, without a way back to the contents beside its words."""
    runs = spans(source)
    own = line_of(run for run in runs if not run.link.startswith("#"))
    return _EMPTY.sub("", own).strip() or line_of(runs)


def addresses(text: str) -> list[str]:
    """Return the bare addresses in plain text, without what ends a sentence."""
    every = map(trimmed_address, URL.findall(text)) if "/" in text else ()
    return [address if "://" in address else f"https://{address}" for address in every]


def prose(source: str) -> str:
    """Return a cell's Markdown with `<br>` as line ends, as its author wrote the lines.

    Escapes are undone and `<address>` is the address; other links, emphasis and code stay
    Markdown, so that they can be written again.
    A text of several lines ends with a line end, a text of one line does not.
    """
    lines = [_undone(line).strip(" \t") for line in BREAK.split(source)]
    return "\n".join(lines) + ("\n" if len(lines) > 1 else "")


def rebuilt(runs: Iterable[Span]) -> str:
    """Return Markdown for the runs, with their links and images."""
    parts = []
    for run in runs:
        text = f"![{run.text}]({run.image})" if run.image else run.text
        if run.code:
            text = f"`{text}`"
        parts.append(f"[{text}]({run.link})" if run.link and run.link != run.text else text)
    return BLANKS.sub(" ", "".join(parts)).strip()


def _tokens(source: str) -> "list[Token]":
    tokens: list[Token] = []
    text = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    # what the parser does besides for a text is joining such tokens as `_joined` joins runs
    _parser().inline.parse(text, _parser(), {}, tokens)
    return tokens


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # slow to import, needed when reading only

    parser = MarkdownIt("commonmark").enable("strikethrough")
    # addresses stay as they are written, whatever they are: nothing is rendered here
    # the parser's own way
    parser.normalizeLink = _as_it_is  # type: ignore[method-assign,assignment]
    parser.normalizeLinkText = _as_it_is  # type: ignore[method-assign,assignment]  # the same
    parser.validateLink = bool  # type: ignore[method-assign,assignment]  # the same
    return parser


def _as_it_is(address: str) -> str:
    return address


def _undone(line: str) -> str:
    """Return the line with escapes and autolinks undone, but in code, where there are none."""
    parts: list[str] = []
    at = 0
    for start, end in code_places(line) if "`" in line else ():
        parts += (plain(_AUTOLINK.sub(r"\1", line[at:start])), line[start:end])
        at = end
    return "".join((*parts, plain(_AUTOLINK.sub(r"\1", line[at:]))))


def _walk(tokens: Iterable["Token"]) -> list[Span]:  # noqa: C901 - one case a kind of token
    runs: list[Span] = []
    link = ""
    marks = {"bold": 0, "emphasis": 0, "struck": 0}

    def add(text: str, *, code: bool = False, image: str = "") -> None:
        bold, emphasis, struck = (marks[it] > 0 for it in ("bold", "emphasis", "struck"))
        runs.append(Span(text, link, bold, emphasis, code, image, struck))

    for token in tokens:
        match token.type:
            case "text" | "text_special":
                add(token.content)
            case "code_inline":
                add(token.content, code=True)
            case "softbreak" | "hardbreak":
                add("\n")
            case "link_open":
                link = _without_brackets(str(token.attrs.get("href", "")))
            case "link_close":
                link = ""
            case "image":
                add(token.content, image=str(token.attrs.get("src", "")))
            case "html_inline":
                link = _html(token.content, link, marks, add)
            case kind if kind in _OPENING:
                marks[_OPENING[kind]] += 1
            case kind if kind in _CLOSING:
                marks[_CLOSING[kind]] -= 1
            case _:
                pass
    return _joined(runs)


def _without_brackets(address: str) -> str:
    """Return an address without brackets around it, or "" where only signs stand: `[GARD](-)`.

    One that begins with its host, as people copy it, is one of the web.
    """
    bare = address.removeprefix("(").removesuffix(")") if address.startswith("(") else address
    bare = f"https://{bare}" if _HOST_FIRST.match(bare) else bare
    return bare if any(map(str.isalnum, bare)) else ""


def _html(tag: str, link: str, marks: dict[str, int], add: "_Add") -> str:
    """Return the link from an HTML tag on, with its marks noted; what is no such tag is text."""
    named = _TAG.match(tag)
    name = named[1].lower() if named else ""
    opens = 1 if not tag.startswith("</") else -1
    pairs = _ATTRIBUTE.findall(tag)
    attributes = {name.lower(): unescape("".join(values)) for name, *values in pairs}
    if name == "br":
        add("\n")
    elif name == "img":
        add(attributes.get("alt", ""), image=attributes.get("src", ""))
    elif name == "a":
        return attributes.get("href", "").strip() if opens > 0 else ""
    elif name in ("b", "strong"):
        marks["bold"] += opens
    elif name in ("i", "em"):
        marks["emphasis"] += opens
    elif name in ("s", "del", "strike"):
        marks["struck"] += opens
    elif name in ("p", "li", "div", "tr"):
        add("\n")
    elif name not in _HTML and not tag.startswith("<!--"):
        add(tag)
    return link


def _joined(runs: Iterable[Span]) -> list[Span]:
    """Return the runs with neighbours of one kind as one run."""
    joined: list[Span] = []
    for run in runs:
        if not run.text and not run.image:
            continue
        if joined and not run.image and not joined[-1].image and joined[-1][1:] == run[1:]:
            joined[-1] = run._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined
