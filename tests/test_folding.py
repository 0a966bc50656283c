"""Text compared: case, width, accents and punctuation aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.folding import fold, fold_title, fold_words, nearest


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("LLaMA", "llama", id="case"),
        pytest.param("ＧＰＴ－４", "gpt-4", id="width"),
        pytest.param("Café Naïve", "cafe naive", id="accents"),
        pytest.param("Straße", "strasse", id="sharp s"),
        pytest.param("大模型", "大模型", id="Chinese"),
        pytest.param("ガイド", "ガイド", id="kana keep their voicing marks"),
        pytest.param("논문", "논문", id="Hangul stays composed"),
    ],
)
def test_folding_leaves_out_case_width_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("NEZHA:Neural Context", "NEZHA: neural context", id="a space after a colon"),
        pytest.param('What’s "New"?', 'What\'s "new"', id="quotes"),
        pytest.param("Text-to-Text", "Text to Text", id="hyphens"),
        pytest.param("Black & White Boxes", "Black and White boxes", id="and"),
        pytest.param("β-VAE and ℓ1", r"$\beta$-VAE and $\ell_1$", id="mathematics"),
    ],
)
def test_titles_are_the_same_whatever_their_punctuation(one: str, other: str) -> None:
    assert fold_title(one) == fold_title(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Lecture 1.1: Trees", "Lecture 11: Trees", id="lecture"),
        pytest.param("Phi-1.5", "Phi-15", id="version"),
        pytest.param("Chapter 2-13", "Chapter 21-3", id="chapter"),
        pytest.param("When p ≠ q", "When p = q", id="not equal"),
    ],
)
def test_titles_of_other_numbers_and_signs_are_not_the_same(one: str, other: str) -> None:
    assert fold_title(one) != fold_title(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("1,000 classes", "1000 classes", id="thousands"),
        pytest.param("GPT-3.5", "GPT 3-5", id="what stands between numbers"),
        pytest.param("YOLO v3", "YOLOv3", id="letters before a number"),
    ],
)
def test_titles_are_the_same_whatever_stands_beside_their_numbers(one: str, other: str) -> None:
    assert fold_title(one) == fold_title(other)


def test_a_title_of_signs_alone_is_not_every_other_such_title() -> None:
    assert fold_title("???") != fold_title("!!!")


def test_words_have_one_space_between_them() -> None:
    assert fold_words("GPT-3:  Few_Shot") == "gpt 3 few shot"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_nearest_is_spelled_as_it_is() -> None:
    assert nearest("mta", ["OpenAI", "Meta", "DeepMind"]) == ["Meta"]
    assert nearest("zzz", ["OpenAI", "Meta"]) == []


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Nope", []), ("Mta", ["Meta"]), ("open", ["OpenAI"]), ("anth", ["Anthropic"])],
)
def test_short_words_have_to_be_more_alike(typed: str, near: list[str]) -> None:
    assert nearest(typed, ["OpenAI", "Meta", "Anthropic", "DeepMind"]) == near
