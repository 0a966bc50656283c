"""papertrack show."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from commandline import Run

pytestmark = pytest.mark.usefixtures("papers")


def test_every_field_has_its_line_in_a_pipe(papertrack: Run) -> None:
    result = papertrack("show", "webgpt")
    assert (result.status, result.err) == (0, "")
    lines = [line.split("\t", 1) for line in result.out.splitlines()]
    assert ["title", "WebGPT: Browser-assisted question-answering with human feedback"] in lines
    assert next(value for name, value in lines if name == "summary") == "OpenAI的WebGPT："
    assert ["arxiv", "2112.09332"] in lines


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        pytest.param("llama", "llama", id="a key"),
        pytest.param("GPT", "gpt", id="a name before longer ones"),
        pytest.param("gpt2", "gpt-2", id="without its hyphen"),
        pytest.param("constitutional", "constitutional-ai", id="a word"),
        pytest.param("2302.13971", "llama", id="an arXiv id"),
        pytest.param("https://arxiv.org/abs/2302.13971v2", "llama", id="an address"),
    ],
)
def test_a_reference_finds_its_paper(reference: str, key: str, papertrack: Run) -> None:
    assert json.loads(papertrack("show", reference, "--json").out)["key"] == key


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        pytest.param("llmaa", "did you mean llama?", id="none"),
        pytest.param("language models", "gpt-3", id="several"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_reference_to_none_or_several_is_refused(
    reference: str, said: str, papertrack: Run
) -> None:
    result = papertrack("show", reference)
    assert (result.status, result.out) == (1, "")
    assert said in result.err


def test_a_fault_elsewhere_is_told_beside_the_answer(papers: Path, papertrack: Run) -> None:
    text = papers.read_text(encoding="utf-8")
    papers.write_text(f"{text}\n[[paper]]\ntitle = 3\n", encoding="utf-8")
    result = papertrack("show", "llama")
    assert result.status == 2
    assert result.out.startswith("key\tllama\n")
    assert "title" in result.err


def test_a_person_sees_where_the_paper_stands(
    papers: Path, papertrack: Run, at_terminal: Callable[..., tuple[int, str]]
) -> None:
    text = papers.read_text(encoding="utf-8")
    line = text[: text.index('key = "llama"')].count("\n")
    assert f" data/papers.toml:{line} " in at_terminal("show", "llama")[1]
    assert "papers.toml" not in papertrack("show", "llama").out
