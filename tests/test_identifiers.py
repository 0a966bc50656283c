"""DOI, arXiv id, key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.identifiers import (
    arxiv_in_link,
    doi_in_link,
    is_key,
    make_key,
    normalise_arxiv,
    normalise_doi,
)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        pytest.param("10.1145/3292500.3330701", "10.1145/3292500.3330701", id="bare"),
        pytest.param("https://doi.org/10.1145/ABC", "10.1145/abc", id="address, upper case"),
        pytest.param("http://dx.doi.org/10.1000/a%2Fb", "10.1000/a/b", id="old address, escaped"),
        pytest.param("doi: 10.1000/1", "10.1000/1", id="with its prefix"),
        pytest.param("10.1000", None, id="no suffix"),
        pytest.param("https://example.org/10.1000/1", None, id="another address"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_doi_is_lower_case_and_bare(text: str, doi: str | None) -> None:
    assert normalise_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        pytest.param("2302.13971", "2302.13971", id="bare"),
        pytest.param("arXiv:2302.13971v2", "2302.13971", id="prefix and version"),
        pytest.param("https://arxiv.org/pdf/2302.13971v1.pdf", "2302.13971", id="the PDF"),
        pytest.param("http://www.arxiv.org/abs/cs.CL/0701001", "cs.CL/0701001", id="old scheme"),
        pytest.param("https://arxiv.org/abs/2302.13971?context=cs", "2302.13971", id="a query"),
        pytest.param("230.1", None, id="too short"),
        pytest.param("https://example.org/2302.13971", None, id="another address"),
    ],
)
def test_an_arxiv_id_has_no_version_or_address(text: str, arxiv: str | None) -> None:
    assert normalise_arxiv(text) == arxiv


def test_only_the_right_addresses_hold_identifiers() -> None:
    assert arxiv_in_link("https://arxiv.org/abs/2302.13971") == "2302.13971"
    assert arxiv_in_link("2302.13971") is None
    assert doi_in_link("https://doi.org/10.1000/1") == "10.1000/1"
    assert doi_in_link("10.1000/1") is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("LLaMA: Open and Efficient Models", "llama", id="the name before a colon"),
        pytest.param("Attention Is All You Need", "attention-is-all-you-need", id="a title"),
        pytest.param("GPT-3", "gpt-3", id="a hyphen stays"),
        pytest.param("《深度学习》综述", "深度学习-综述", id="Chinese"),
        pytest.param("C'est l'Été", "c-est-l-été", id="accents stay"),
        pytest.param("???", "paper", id="signs alone"),
        pytest.param("İstanbul", "i-stanbul", id="a letter that lower case splits in two"),
    ],
)
def test_a_key_comes_from_a_name_or_title(text: str, key: str) -> None:
    assert make_key(text) == key


def test_a_taken_key_is_numbered() -> None:
    assert make_key("GPT", {"gpt", "gpt-2"}) == "gpt-3"


def test_a_long_title_makes_a_key_of_whole_words() -> None:
    title = "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer"
    key = make_key(title)
    assert key == "exploring-the-limits-of-transfer-learning-with-a-unified"


@given(st.text())
def test_what_makes_a_key_is_a_key(text: str) -> None:
    assert is_key(make_key(text))
