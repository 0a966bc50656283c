import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.duplicates import Identity, Index, Match, are_different, same_paper
from papertrack.models import Paper


def paper(key: str = "new", title: str = "Something Else", **fields: object) -> Paper:
    return Paper.model_validate({"key": key, "title": title, **fields})


def column(year: int, **bibtex: str) -> Paper:
    return paper(title="Editorial", year=year, venue="TUGboat", bibtex=bibtex)


def cited(*authors: str, year: int | None = None, **bibtex: str) -> Paper:
    venue = bibtex.pop("venue", None)
    bibtex.setdefault("type", "article")
    return paper(title="Waves", authors=authors, year=year, venue=venue, bibtex=bibtex)


def book(*authors: str, year: int, publisher: str = "Acme") -> Paper:
    return cited(*authors, year=year, publisher=publisher, type="book")


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
    match = Index([GPT_3, LLAMA, PUNCTUATION]).find(wanted)
    assert match is not None
    assert (match.paper.key, match.by) == (key, by)


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
    assert Index([LLAMA, GPT_3]).find(wanted) == Match(GPT_3, Identity.DOI)


def test_of_the_same_paper_twice_the_first_is_found() -> None:
    index = Index([GPT_3])
    index.add(paper("again", GPT_3.title))
    assert index.find(paper(title=GPT_3.title)) == Match(GPT_3, Identity.TITLE)


def test_an_empty_index_knows_nothing() -> None:
    assert Index().find(GPT_3) is None


DEEP = {"title": "Deep Learning"}
GOODFELLOW = paper("book", **DEEP, authors=("Ian Goodfellow", "Yoshua Bengio"), year=2016)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            paper(**DEEP, doi="10.5555/3086952"),
            paper(title="Deep learning", doi="10.1038/nature14539"),
        ),
        (paper(**DEEP, arxiv="1706.03762"), paper(**DEEP, arxiv="1706.03763")),
        (
            paper(**DEEP, links=("https://arxiv.org/abs/1706.03762",)),
            paper(**DEEP, arxiv="1706.03763"),
        ),
        (paper(**DEEP, doi="10.48550/arXiv.1706.03762"), paper(**DEEP, arxiv="1706.03763")),
        (GOODFELLOW, paper(**DEEP, authors=("Geoffrey Hinton", "et al."), year=2015)),
        (column(2005, volume="26", pages="3--5"), column(2013, volume="34", pages="3--6")),
        (column(1981, number="1", pages="3--5"), column(1981, number="2", pages="3--4")),
        (column(1999, number="1"), column(1999, number="2")),
        (cited("Ann Lee", year=1999, pages="3"), cited("Cy Poe", year=1999, pages="9--10")),
        (cited("Ann Lee", type="book"), cited("Cy Poe", year=1999, pages="80--86")),
        (cited("Ann Lee", year=1999, pages="1--9"), cited("Cy Poe", year=1998, pages="1--9")),
        (
            cited("A. Lee", pages="36--43", type="inproceedings"),
            cited("A. Lee", year=2010, pages="579", type="article"),
        ),
        (
            cited("A. Lee", year=1998, type="inproceedings"),
            cited("A. Lee", year=2001, volume="48", venue="JACM"),
        ),
        (cited("CouchTable", year=2010), cited("GreenBase", year=2010)),
        (cited("李 明", year=2010), cited("王 芳", year=2010)),
        (cited("Ann Lee", year=1999), cited("Ann Lee", year=2012, edition="2nd ed.")),
        (cited("A. Lee", year=1999, edition="Third"), cited("A. Lee", year=2012, edition="{4}")),
        (cited("A. Lee", year=1999, type="phdthesis"), cited("A. Lee", "Cy Poe", year=1999)),
        (cited("A. Lee", year=1960, volume="4"), cited("A. Lee", year=1971, volume="166")),
        (book("A. Lee", year=1996, publisher="Corio"), book("A. Lee", year=1997, publisher="Oham")),
        (book("A. Lee", year=1995), book("A. Lee", year=2003)),
        (cited("A. Lee", year=2019, type="proceedings"), cited(year=2020, type="proceedings")),
        (cited(year=2019, type="report"), cited(year=2020, type="report")),
        (book("A. Lee", "Cy Poe", year=1996), cited("Cy Poe", "Di Roe", year=1997)),
        (book("Ann Lee", year=1996), cited("Anonymous", year=1996)),
        (book("A. Lee", year=2004), cited("A. Lee", year=2011, pages="7", type="incollection")),
        (book("A. Lee", year=2004), cited("A. Lee", year=2007, volume="2", type="article")),
        (book("Ann Lee", year=1996), book("Anonymous", year=1996, publisher="Bolt")),
        (cited("Anonymous", year=1996, pages="42--?"), cited(year=1996, pages="58")),
        (paper(title="[No Title]"), paper(title="No Title")),
        (paper(title="UNet"), paper(title="UNet++")),
        (paper(title="DeepLabv3"), paper(title="DeepLabv3+")),
        (paper(title="LoRA"), paper(title="LoRA+")),
        (paper(title="C"), paper(title="C++")),
        (paper(title="C++"), paper(title="C#")),
        (paper(title="A"), paper(title="A*")),
        (paper(title="RRT"), paper(title="RRT*")),
        (paper(title="Grad-CAM"), paper(title="Grad-CAM++")),
        (paper(title="U-Net"), paper(title="U²-Net")),
        (paper(title="E=mc"), paper(title="E mc")),
        (paper(title="Introduction", year=1981), paper(title="Introduction", year=1982)),
        (cited("A. Lee", "B. Bo", "C. Di", year=1981), cited("C. Di", "E. Fu", "G. Ho", year=2004)),
        (paper(title="Book review", venue="Waves"), paper(title="Book Review", venue="Winds")),
        (cited("A. Lee", year=2023, type="manual"), cited("A. Lee", year=2011, venue="Winds")),
        (cited("A. Lee", year=2022, type="manual"), book("A. Lee", year=2016)),
        (cited("R Team", year=2013, type="manual"), cited("R Team", year=2019, type="manual")),
        (cited("Agency", year=2018, type="report"), cited("Agency", year=2019, type="report")),
        (cited("A. Lee", year=1990, type="phdthesis"), book("A. Lee", year=1995)),
        (
            cited("A. Lee", number="US 7,111,111", type="patent"),
            cited("A. Lee", number="US 7,111,222", type="patent"),
        ),
        (cited("ISO", number="7", type="standard"), cited("ISO", number="8", type="standard")),
        (
            cited("A. Lee", year=1997, number="2068", type="misc", venue="RFC 2068"),
            cited("A. Lee", year=1999, number="2616", type="misc", venue="RFC 2616"),
        ),
        (
            cited("A. Lee", year=1994, volume="1", type="book"),
            cited("A. Lee", year=1994, volume="2", type="book"),
        ),
        (
            cited("A. Lee", year=1994, edition="1", isbn="1", type="book"),
            cited("A. Lee", year=1994, edition="2", isbn="2", type="book"),
        ),
    ],
    ids=lambda it: it.title,
)
def test_different_papers_stay_different(one: Paper, other: Paper) -> None:
    assert same_paper(one, other) is None
    assert same_paper(other, one) is None
    assert Index([one]).find(other) is None


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        (paper(doi="10.1145/ABC"), paper(title="x", doi="https://doi.org/10.1145/abc."), "doi"),
        (paper(arxiv="2302.13971v1"), paper(title="x", arxiv="2302.13971v2"), "arxiv"),
        (paper(arxiv="cs.CL/9808001"), paper(title="x", arxiv="cs/9808001"), "arxiv"),
        (
            paper(doi="10.48550/arXiv.2302.13971"),
            paper(doi="10.1145/1", arxiv="2302.13971"),
            "arxiv",
        ),
        (paper(doi="10.1145/1"), paper(arxiv="2302.13971"), "title"),
        (GOODFELLOW, paper(**DEEP, year=2015), "title"),
        (column(1981, number="1", pages="3--5"), column(1981, number="12", pages="3-5"), "title"),
        (cited(year=1981, volume="2"), paper(title="Waves", year=1982), "title"),
        (paper(title="Introduction", year=1981), paper(title="Introduction"), "title"),
        (GOODFELLOW, paper(**DEEP, authors=("Y. Bengio",), year=2015), "title"),
        (GOODFELLOW, paper(**DEEP, authors=("Geoffrey Hinton",), year=2016), "title"),
        (cited("Ann Lee", year=1999, pages="3--12"), cited("A. Lea", pages="3-12"), "title"),
        (cited("Anonymous", year=1999), cited("Ann Lee", year=1999, pages="3"), "title"),
        (cited("Anonymous", pages="3"), cited("Ann Lee", year=1999, pages="4"), "title"),
        (cited("Ann Lee", pages="573--595"), cited("Ann Lee", pages="572-595"), "title"),
        (cited("Acme", year=1999), cited("Ann Lee", "Cy Poe", year=1999), "title"),
        (
            cited("A. Lee", year=2017, type="inproceedings"),
            cited(
                "A. Lee",
                year=2018,
                volume="30",
                venue="Advances in Neural Information Processing Systems",
            ),
            "title",
        ),
        (
            cited("A. Lee", pages="36--43", type="inproceedings"),
            cited("A. Lee", year=2010, pages="36-43", type="article"),
            "title",
        ),
        (cited("Acme Team", year=1999), cited("Ann Lee", year=1999), "title"),
        (cited("World Sea Body", author="{World Sea Body}"), cited("Ann Lee"), "title"),
        (cited("et al.", year=1999), cited("Ann Lee", year=1999), "title"),
        (cited("李 明", year=1999), cited("Ming Li", year=1999), "title"),
        (cited("Ann Taplin", year=1999), cited("A. Taplit", year=1999, pages="7"), "title"),
        (cited("Ann Lee", pages="83"), cited("Cy Poe", year=1999, pages="83--?"), "title"),
        (cited("Ann Lee", year=1999), cited("Ann Lee", year=2012), "title"),
        (cited("A. Lee", year=1999, edition="1st"), cited("A. Lee", year=2000), "title"),
        (cited("A. Lee", year=2011, edition="Second"), cited("Ann Lee", edition="2"), "title"),
        (cited("A. Lee", year=2011, edition="2011/03/04"), cited("A. Lee", year=2012), "title"),
        (cited("A. Lee", year=1999, type="phdthesis"), cited("A. Lee", year=2001), "title"),
        (
            book("A. Lee", year=1996, publisher="Acme Inc."),
            book("A. Lee", year=1997, publisher="The Acme Company"),
            "title",
        ),
        (book("A. Lee", year=1996, publisher="Acme"), book("A. Lee", year=1996), "title"),
        (book("A. Lee", "Cy Poe", year=1996), cited("A. Lee", year=1997, type="report"), "title"),
        (book("A. Lee", "Cy Poe", year=1996), cited("A. Lee", year=1997), "title"),
        (book("A. Lee", year=1996), cited("A. Lee", year=1999, type="article"), "title"),
        (
            cited("A. Lee", year=2011, pages="27", type="techreport"),
            cited("A. Lee", year=2013, pages="7:1-7:28"),
            "title",
        ),
        (
            cited("A. Lee", year=1996, isbn="1-5582", edition="2"),
            cited("A. Lee", year=1997, isbn="1-5582"),
            "title",
        ),
        (
            cited("A. Lee", year=2018, venue="CoRR", volume="abs/1812.0"),
            cited("A. Lee", year=2020, venue="The VLDB Journal", volume="29", pages="393"),
            "title",
        ),
        (
            cited("A. Lee", year=2019, venue="bioRxiv", pages="764969"),
            cited("A. Lee", year=2020, venue="PLoS", pages="e10078", volume="3"),
            "title",
        ),
        (paper(title="A∗ search"), paper(title="A* Search"), "title"),
        (cited("Lee Ann", "Bo Di", year=2019), cited("Ann Lee", "Di Bo", year=2020), "title"),
        (
            cited("A. Lee", year=2012, type="manual"),
            cited("A. Lee", year=2012, venue="Winds"),
            "title",
        ),
        (
            cited("A. Lee", year=2019, number="12", type="misc"),
            cited("A. Lee", year=2020, number="3", type="misc"),
            "title",
        ),
        (
            cited("A. Lee", year=2018, type="report"),
            cited("A. Lee", year=2019, type="report"),
            "title",
        ),
    ],
)
def test_the_same_paper_spelled_differently(one: Paper, other: Paper, by: str) -> None:
    assert same_paper(one, other) == by
    assert same_paper(other, one) == by
    assert not are_different(one, other) or by != "title"


_AUTHORS = [
    (), ("Ann Lee",), ("Lee, Bo", "Cy Poe"), ("D. Roe", "et al."), ("Dan Row",), ("Eve Kahn",),
    ("Acme",), ("Bolt",), ("Anonymous",), ("李 明",), ("王 芳",),
]  # fmt: skip
_EDITORIALS = st.builds(
    paper,
    title=st.just("Editorial"),
    doi=st.sampled_from([None, None, "10.1000/a", "10.1000/b"]),
    arxiv=st.sampled_from([None, None, "2302.13971", "2005.14165"]),
    year=st.sampled_from([None, 2001, 2002]),
    authors=st.sampled_from(_AUTHORS),
    venue=st.sampled_from([None, "TUGboat", "Nature", "bioRxiv"]),
    bibtex=st.fixed_dictionaries(
        {},
        optional={it: st.sampled_from("12") for it in ("pages", "volume", "number", "edition")}
        | {"type": st.sampled_from(["phdthesis", "article", "inproceedings"])},
    ),
)


@pytest.mark.slow
@given(st.lists(_EDITORIALS, min_size=9, max_size=30), _EDITORIALS)
def test_of_many_with_one_title_those_are_found_that_nothing_tells_apart(
    papers: list[Paper], wanted: Paper
) -> None:
    few = [Index([each]) for each in papers]  # nothing is left out among so few
    alone = [index.find(wanted) is not None for index in few]
    matches = {id(match.paper) for match in Index(papers).matches(wanted)}
    assert [id(each) in matches for each in papers] == alone


def test_of_several_with_one_title_the_one_that_agrees_is_found() -> None:
    lecun = paper("article", **DEEP, doi="10.1038/nature14539")
    index = Index([paper("book", **DEEP, doi="10.5555/3086952"), lecun])
    assert index.find(paper(**DEEP, doi="10.1038/nature14539")) == Match(lecun, Identity.DOI)
    assert [it.paper.key for it in index.matches(paper(**DEEP))] == ["book", "article"]
    assert index.find(paper(**DEEP, doi="10.1000/1")) is None
