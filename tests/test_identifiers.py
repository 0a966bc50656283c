"""DOI, arXiv id, key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.identifiers import (
    arxiv_in,
    arxiv_year,
    is_key,
    make_key,
    normalise_arxiv,
    normalise_doi,
    saying_words,
    slug,
    untaken,
)
from papertrack.models import Paper

_KDD = "10.1145/3292500.3330701"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        pytest.param(_KDD, _KDD, id="bare"),
        pytest.param("10.1145/ABC", "10.1145/abc", id="upper case"),
        pytest.param("https://doi.org/10.1145/ABC", "10.1145/abc", id="address"),
        pytest.param("http://dx.doi.org/10.1000/a%2Fb", "10.1000/a/b", id="old address, escaped"),
        pytest.param(f"https://www.doi.org/{_KDD}", _KDD, id="www"),
        pytest.param(f"doi.org/{_KDD}", _KDD, id="address without https"),
        pytest.param(f"https://doi.org/doi:{_KDD}", _KDD, id="prefix in an address"),
        pytest.param(f"<https://doi.org/{_KDD}>", _KDD, id="address in angle brackets"),
        pytest.param("doi: 10.1000/1", "10.1000/1", id="prefix"),
        pytest.param("DOI：10.1000/1", "10.1000/1", id="prefix with a wide colon"),
        pytest.param("info:doi/10.1000/1", "10.1000/1", id="info URI"),
        pytest.param(f"{_KDD}.", _KDD, id="full stop behind"),
        pytest.param(f"{_KDD},", _KDD, id="comma behind"),
        pytest.param(f"{_KDD};", _KDD, id="semicolon behind"),
        pytest.param(f"{_KDD}。", _KDD, id="Chinese full stop behind"),
        pytest.param(f"{_KDD}；", _KDD, id="Chinese semicolon behind"),
        pytest.param(f"{_KDD}、", _KDD, id="Chinese comma behind"),
        pytest.param(f"{_KDD}/", _KDD, id="slash behind"),
        pytest.param(f"({_KDD})", _KDD, id="in parentheses"),
        pytest.param(f"{_KDD}?utm=1", _KDD, id="query behind"),
        pytest.param(f"{_KDD}#Sec3", _KDD, id="fragment behind"),
        pytest.param(f"{_KDD}/abstract", _KDD, id="abstract behind"),
        pytest.param(f"{_KDD}\u200b", _KDD, id="zero-width space behind"),
        pytest.param("10.1145/3292500.\u200b3330701", _KDD, id="zero-width space inside"),
        pytest.param(f"{_KDD}数据挖掘", _KDD, id="Chinese behind"),
        pytest.param("10.1007/978-3-030-58452-8\\_13", "10.1007/978-3-030-58452-8_13", id="escape"),
        pytest.param("https://doi.org/10.1007/1178%5C_49", "10.1007/1178_49", id="escaped twice"),
        pytest.param("10.1007/978‑3‑030", "10.1007/978-3-030", id="hyphens of a typesetter"),
        pytest.param("１０．１１４５／3292500", "10.1145/3292500", id="full width"),
        pytest.param(
            "10.1016/S0140-6736(20)30183-5",
            "10.1016/s0140-6736(20)30183-5",
            id="parentheses inside",
        ),
        pytest.param(
            "10.1002/(SICI)1097-4571(199505)46:4<239::AID-ASI1>3.0.CO;2-#",
            "10.1002/(sici)1097-4571(199505)46:4<239::aid-asi1>3.0.co;2-#",
            id="every sign inside",
        ),
        pytest.param(f"https://dl.acm.org/doi/{_KDD}", _KDD, id="ACM"),
        pytest.param(f"dl.acm.org/doi/{_KDD}", _KDD, id="ACM without https"),
        pytest.param(f"https://dl.acm.org/doi/abs/{_KDD}", _KDD, id="ACM, abstract"),
        pytest.param(f"https://dl.acm.org/doi/pdf/{_KDD}?download=true", _KDD, id="ACM, PDF"),
        pytest.param(f"https://dl.acm.org/doi/fullHtml/{_KDD}", _KDD, id="ACM, HTML"),
        pytest.param(
            "https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf",
            "10.1007/s11263-015-0816-y",
            id="Springer, PDF",
        ),
        pytest.param(
            "https://link.springer.com/chapter/10.1007/978-3-319-24574-4_28#Abs1",
            "10.1007/978-3-319-24574-4_28",
            id="Springer, chapter",
        ),
        pytest.param(
            "https://onlinelibrary.wiley.com/doi/full/10.1002/rob.21918",
            "10.1002/rob.21918",
            id="Wiley",
        ),
        pytest.param(
            "https://www.nature.com/articles/s41586-021-03819-2",
            "10.1038/s41586-021-03819-2",
            id="Nature",
        ),
        pytest.param(
            "https://www.nature.com/articles/nature14539.pdf",
            "10.1038/nature14539",
            id="Nature, PDF",
        ),
        pytest.param(
            "https://www.science.org/doi/10.1126/science.aar6404",
            "10.1126/science.aar6404",
            id="Science",
        ),
        pytest.param(
            "https://www.biorxiv.org/content/10.1101/2020.07.12.199554v3.full.pdf",
            "10.1101/2020.07.12.199554",
            id="bioRxiv, PDF of a version",
        ),
        pytest.param(
            "https://www.frontiersin.org/articles/10.3389/fnins.2019.00001/full",
            "10.3389/fnins.2019.00001",
            id="Frontiers",
        ),
        pytest.param(
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0012345",
            "10.1371/journal.pone.0012345",
            id="PLOS",
        ),
        pytest.param(
            "https://academic.oup.com/bib/advance-article/doi/10.1093/bib/bbad081/7079707?login=false",
            "10.1093/bib/bbad081",
            id="Oxford, a number behind it",
        ),
        pytest.param(
            "https://direct.mit.edu/tacl/article-pdf/doi/10.1162/tacl_a_00519/2060745/tacl_a_00519.pdf",
            "10.1162/tacl_a_00519",
            id="MIT, PDF",
        ),
        pytest.param(f"https://link.springer.com/{_KDD}", _KDD, id="a host alone before it"),
        pytest.param(f"https://api.crossref.org/works/{_KDD}", _KDD, id="Crossref"),
        pytest.param(
            "https://drops.dagstuhl.de/entities/document/10.4230/LIPIcs.ECOOP.2017.27",
            "10.4230/lipics.ecoop.2017.27",
            id="Dagstuhl",
        ),
        pytest.param(
            "https://dl.acm.org/citation.cfm?doid=3292500.3330701&CFID=1", _KDD, id="ACM, of old"
        ),
        pytest.param("https://dl.acm.org/citation.cfm?id=3330701", None, id="ACM, a number"),
        pytest.param(
            "https://www.biorxiv.org/content/early/2018/05/28/292706.full.pdf",
            "10.1101/292706",
            id="bioRxiv, of old",
        ),
        pytest.param(f"urn:doi:{_KDD}", _KDD, id="URN"),
        pytest.param(f"https://doi-org.proxy.lib.edu/{_KDD}", _KDD, id="proxy of a library"),
        pytest.param(f"http://dx.doi.org.proxy.lib.edu/{_KDD}", _KDD, id="proxy with dots"),
        pytest.param("https://www.jstor.org/stable/10.1086/366680", "10.1086/366680", id="JSTOR"),
        pytest.param(
            "10.48550/arXiv.1706.03762v5", "10.48550/arxiv.1706.03762", id="arXiv's, of a version"
        ),
        pytest.param("10.1000", None, id="no suffix"),
        pytest.param("10.1000/", None, id="empty suffix"),
        pytest.param("10.1000/1 and more", None, id="words behind"),
        pytest.param("10.1000/1 10.1000/2", None, id="two"),
        pytest.param("https://a.org/x and https://doi.org/10.1000/2", None, id="two addresses"),
        pytest.param("https://example.org/10.1000/1", None, id="another address"),
        pytest.param("https://ieeexplore.ieee.org/document/123", None, id="address without one"),
        pytest.param("", None, id="nothing"),
        (
            "10.1002/(SICI)1097(1998)17:13&lt;15::AID&gt;3.0",
            "10.1002/(sici)1097(1998)17:13<15::aid>3.0",
        ),
    ],
)
def test_a_doi_is_read_in_any_spelling(text: str, doi: str | None) -> None:
    assert normalise_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        pytest.param("2302.13971", "2302.13971", id="bare"),
        pytest.param("arXiv:2302.13971v2", "2302.13971", id="prefix and version"),
        pytest.param("arXiv:2302.13971v1 [cs.CL]", "2302.13971", id="class behind"),
        pytest.param("arXiv:2302.13971v1 [cs.CL] 27 Feb 2023", "2302.13971", id="stamp of a PDF"),
        pytest.param("2302.13971V1", "2302.13971", id="big V"),
        pytest.param("arXiv preprint arXiv:1706.03762", "1706.03762", id="as Google Scholar says"),
        pytest.param("CoRR abs/1706.03762", "1706.03762", id="as DBLP says"),
        pytest.param("2302.13971大模型", "2302.13971", id="Chinese behind"),
        pytest.param("2302.13971。", "2302.13971", id="full stop behind"),
        pytest.param("cs.CL/9808001", "cs/9808001", id="old, with a class"),
        pytest.param("cs/9808001", "cs/9808001", id="old"),
        pytest.param("cond-mat.mtrl-sci/0501001", "cond-mat/0501001", id="old, with a long class"),
        pytest.param("HEP-TH/9711200v3", "hep-th/9711200", id="old, upper case"),
        pytest.param("http://arxiv.org/pdf/hep-th/9711200v3.pdf", "hep-th/9711200", id="old, PDF"),
        pytest.param("https://arxiv.org/html/2302.13971v1#S3", "2302.13971", id="HTML"),
        pytest.param("https://arxiv.org/pdf/2302.13971v1.pdf", "2302.13971", id="PDF"),
        pytest.param("arxiv.org/abs/2302.13971", "2302.13971", id="address without https"),
        pytest.param("https://arxiv.org/abs/2302.13971/", "2302.13971", id="slash behind"),
        pytest.param("https://arxiv.org/abs//2302.13971", "2302.13971", id="doubled slash"),
        pytest.param("https://arxiv.org/abs/2302.13971?context=cs", "2302.13971", id="query"),
        pytest.param("https://www.alphaxiv.org/abs/2302.13971v1", "2302.13971", id="alphaXiv"),
        pytest.param("arxiv.org/ftp/arxiv/papers/2302/2302.13971.pdf", "2302.13971", id="ftp"),
        pytest.param("ArXiv, abs/2302.13971", "2302.13971", id="Semantic Scholar, a citation"),
        pytest.param("arXiv e-prints, arXiv:2302.13971", "2302.13971", id="ADS, a citation"),
        pytest.param("eprint arXiv:2302.13971", "2302.13971", id="eprint before arXiv"),
        pytest.param("https://ar5iv.labs.arxiv.org/html/2302.13971", "2302.13971", id="ar5iv"),
        pytest.param("https://huggingface.co/papers/2302.13971", "2302.13971", id="Hugging Face"),
        pytest.param("https://dblp.org/rec/journals/corr/abs-1706-03762", "1706.03762", id="DBLP"),
        pytest.param(
            "https://ui.adsabs.harvard.edu/abs/2023arXiv230213971T/abstract", "2302.13971", id="ADS"
        ),
        pytest.param(
            "http://adsabs.harvard.edu/abs/2012arXiv1203.0061B", "1203.0061", id="ADS, of old"
        ),
        pytest.param(
            "(https://arxiv.org/pdf/2302.13971v1.pdf).", "2302.13971", id="PDF in brackets"
        ),
        pytest.param("https://inspirehep.net/arxiv/1203.0061", "1203.0061", id="INSPIRE"),
        pytest.param("10.48550/arXiv.2302.13971", "2302.13971", id="DOI"),
        pytest.param(
            "https://doi.org/10.48550/arXiv.hep-th/9711200", "hep-th/9711200", id="old, DOI"
        ),
        pytest.param("1412.1234", "1412.1234", id="four digits in 2014"),
        pytest.param("1501.00001", "1501.00001", id="five digits since 2015"),
        pytest.param("2313.12345", None, id="13th month"),
        pytest.param("1501.0001", None, id="four digits in 2015"),
        pytest.param("1412.12345", None, id="five digits in 2014"),
        pytest.param("0703.0001", None, id="before the new scheme"),
        pytest.param("2007.00000", None, id="number 0"),
        pytest.param("hep-th/0713001", None, id="old, 13th month"),
        pytest.param("hep-th/0801001", None, id="old, after the new scheme"),
        pytest.param("nowhere/9711200", None, id="no such archive"),
        pytest.param("230.1", None, id="too short"),
        pytest.param("2302.139711", None, id="too long"),
        pytest.param("2302.13971 and more", None, id="words behind"),
        pytest.param("2302.13971, 2302.13972", None, id="two"),
        pytest.param("https://example.org/2302.13971", None, id="another address"),
        pytest.param("https://arxiv.org/list/cs.CL/2302", None, id="a list"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_an_arxiv_id_is_read_in_any_spelling(text: str, arxiv: str | None) -> None:
    assert normalise_arxiv(text) == arxiv


@pytest.mark.parametrize(
    ("arxiv", "year"),
    [("2302.13971", 2023), ("0704.0001", 2007), ("hep-th/9711200", 1997), ("cs/0701001", 2007)],
)
def test_an_arxiv_id_tells_its_year(arxiv: str, year: int) -> None:
    assert arxiv_year(arxiv) == year


def test_an_id_is_read_inside_a_text_that_names_arxiv() -> None:
    assert arxiv_in("FastFlow (arXiv 2111.07677)") == "2111.07677"
    assert arxiv_in("FastFlow, arXiv:2313.07677") is None
    assert arxiv_in("version 2111.07677") is None


@given(st.text(alphabet="10./arXivdoi:hps()[]<>v \\_-。\u200b", max_size=60))
def test_what_was_read_reads_back_the_same(text: str) -> None:
    for normalise in (normalise_doi, normalise_arxiv):
        once = normalise(text)
        assert once is None or normalise(once) == once


def paper(title: str, **fields: object) -> Paper:
    return Paper.model_validate({"key": "", "title": title, **fields})


VASWANI = {"authors": ("Ashish Vaswani", "Noam Shazeer"), "year": 2017}


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        (paper("Open and Efficient Models", name="LLaMA"), "llama"),
        (paper("LLaMA: Open and Efficient Models"), "llama"),
        (paper("Swin Transformer V2: Scaling Up", **VASWANI), "swin-transformer-v2"),
        (paper("Attention Is All You Need", **VASWANI), "vaswani2017attention"),
        (paper("Attention Is All You Need"), "attention-all-you-need"),
        (paper("On the Dangers: Of Parrots"), "dangers-parrots"),
        (
            paper("A Survey", authors=("García Márquez, Gabriel",), year=1967),
            "garcíamárquez1967survey",
        ),
        (paper("Understanding", authors=("Erik Brynjolfsson",), year=2021), "brynjolfsson2021"),
        (paper("Seas", authors=("Jackson JBC", "et al."), year=2001), "jackson2001seas"),
        (paper("Nets", authors=("Weinan E", "Bo Han"), year=2017), "e2017nets"),
        (
            paper("Seas", authors=("International Coral Reef Initiative",), year=2003),
            "internationalcoral2003",
        ),
        (
            paper("Seas", authors=("Reef Check",), year=2003, bibtex={"author": "{Reef Check}"}),
            "reefcheck2003seas",
        ),
        (paper("Seas", authors=("李 明",), year=2020), "李2020seas"),
        (paper("GPT-3"), "gpt-3"),
        (paper("《深度学习》综述"), "深度学习-综述"),
        (paper("基于深度学习的中文分词方法综述与展望"), "基于深度学习的中文分词方"),
        (paper("深度学习综述", authors=("刘知远",), year=2020), "刘知远2020深度学习综述"),
        (paper("LLM 在花园图像识别中的应用研究"), "llm-在花园图像识别中的应"),
        (paper("GPT-4 技术报告中的花园与篱笆"), "gpt-4-技术报告中的花园与"),
        (paper("花园图像识别中的 Transformers 方法"), "花园图像识别中的"),
        (paper("花园图像识别中的transformers方法"), "花园图像识别中的"),
        (paper("정원 이미지를 인식하는 방법에 대하여"), "정원-이미지를-인식하는"),
        (paper("C'est l'Été"), "c-est-l-été"),
        (paper("???"), "paper"),
        (paper("What Is This?"), "what-is-this"),
        (paper("İstanbul"), "i-stanbul"),
        (paper("Exploring the Limits of Transfer Learning with a Unified"), "exploring-limits"),
        (paper("X", name="A Name that Goes On and On for Ever"), "a-name-that-goes-on-and"),
    ],
)
def test_a_key_is_short_and_says_something(wanted: Paper, key: str) -> None:
    assert make_key(wanted) == key


def test_a_taken_key_is_numbered() -> None:
    assert make_key(paper("GPT"), {"gpt", "gpt-2"}) == "gpt-3"
    assert untaken("x" * 24, {"x" * 24}) == "x" * 22 + "-2"
    assert untaken("get-point-summarization", {"get-point-summarization"}) == "get-point-2"
    chinese = "基于深度学习的中文分词方"
    assert untaken(chinese, {chinese}) == "基于深度学习的中文分词-2"


def test_a_title_in_words_that_say_something() -> None:
    assert saying_words("The Art of the Deal: On C++") == ["art", "deal", "c"]


@given(st.text(), st.text(), st.text(), st.integers(1, 9999))
def test_what_makes_a_key_is_a_key(title: str, name: str, author: str, year: int) -> None:
    wanted = paper(title, name=name or None, authors=(author,), year=year)
    assert is_key(slug(title))
    for key in (make_key(wanted), make_key(paper(title)), make_key(wanted, {make_key(wanted)})):
        assert is_key(key)
        assert len(key) <= 24
