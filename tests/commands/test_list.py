"""papertrack list and filter-by-lab."""

import json
from pathlib import Path

import pytest

from commandline import Run
from papertrack.models import FIELDS, SUBTABLES

pytestmark = pytest.mark.usefixtures("papers")


def _keys(out: str) -> list[str]:
    return [line.split("\t")[0] for line in out.splitlines()]


def test_a_line_in_a_pipe_holds_five_values_and_no_header(papertrack: Run) -> None:
    result = papertrack("list", "key:llama")
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        "llama\tto-read\tMeta\tfacebook research 2023\t"
        "LLaMA: Open and Efficient Foundation Language Models\n"
    )


def test_json_holds_every_field_by_its_name(papertrack: Run) -> None:
    papers = json.loads(papertrack("list", "--json").out)
    assert len(papers) == 13
    assert all(list(paper) == [*FIELDS, *SUBTABLES] for paper in papers)
    [llama] = [paper for paper in papers if paper["key"] == "llama"]
    assert llama["authors"] == llama["links"] == llama["tags"] == []
    assert llama["doi"] is None
    assert llama["summary"].startswith("Meta的LLaMA模型：\n")


def test_an_answer_of_no_papers_is_no_error(papertrack: Run) -> None:
    assert papertrack("list", "year:1950") == (0, "", "")
    assert papertrack("list", "year:1950", "--json").out.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        pytest.param(["--lab", "Meta", "--year", "2023"], ["llama"], id="two options"),
        pytest.param(["--lab", "Meta,DeepMind"], ["sparrow", "llama", "peer"], id="any of"),
        pytest.param(
            ["--lab", "Meta", "--lab", "DeepMind"], ["sparrow", "llama", "peer"], id="twice"
        ),
        pytest.param(["status:done", "-lab:OpenAI"], ["t5"], id="a negated term"),
        pytest.param(["-lab:OpenAI", "--status", "done"], ["t5"], id="negated, then an option"),
        pytest.param(["human feedback", "lab:OpenAI"], ["instructgpt", "webgpt"], id="a phrase"),
        pytest.param(["year:2018..2019", "--sort", "-year"], ["gpt-2", "gpt"], id="sorted"),
        pytest.param(["--limit", "2"], ["gpt", "gpt-2"], id="the first two"),
        pytest.param(["--", "-language", "lab:Meta"], [], id="a negated word behind --"),
        pytest.param(["全面"], [], id="Chinese that nobody says"),
        pytest.param(["搜索工具"], ["webgpt"], id="Chinese in a summary"),
    ],
)
def test_queries_and_options_choose(words: list[str], keys: list[str], papertrack: Run) -> None:
    result = papertrack("list", *words)
    assert (result.status, _keys(result.out)) == (0, keys)


def test_columns_are_those_asked_for(papertrack: Run) -> None:
    result = papertrack("list", "lab:Meta", "--columns", "key,year,name")
    assert result.out == "llama\t2023\tLLaMA\npeer\t2022\tPEER\n"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        pytest.param(["--lab", "Mta"], 1, "did you mean Meta?", id="a lab nobody has"),
        pytest.param(["--tag", "x"], 1, 'no tag "x"', id="a tag nobody has"),
        pytest.param(["labb:Meta"], 2, "did you mean lab", id="an unknown field"),
        pytest.param(["year:20x3"], 2, "20x3", id="a bad year"),
        pytest.param(["--sort", "yaer"], 2, "did you mean year?", id="an unknown field to sort by"),
        pytest.param(["--columns", "yaer"], 2, "did you mean year?", id="an unknown column"),
        pytest.param(["--limit", "x"], 2, "write --limit 5", id="no number"),
        pytest.param(["--limit", "-1"], 2, "0 or more: write", id="a number too small"),
        pytest.param(["lab:"], 2, "lab: has no value", id="no value"),
    ],
)
def test_what_cannot_be_is_named(words: list[str], status: int, said: str, papertrack: Run) -> None:
    result = papertrack("list", *words)
    assert (result.status, result.out) == (status, "")
    assert said in result.err


def test_the_whole_papers_of_a_faulty_catalogue_are_shown(papers: Path, papertrack: Run) -> None:
    text = papers.read_text(encoding="utf-8")
    papers.write_text(text.replace("year = 2023", 'year = "20x3"'), encoding="utf-8")
    line = text[: text.index("year = 2023")].count("\n") + 1
    result = papertrack("list")
    assert result.status == 2
    assert len(result.out.splitlines()) == 12
    assert result.err.startswith(f'data/papers.toml:{line}: year "20x3" is not a year')


def test_filter_by_lab_is_list_with_a_lab(papertrack: Run) -> None:
    assert papertrack("filter-by-lab", "fair") == papertrack("list", "--lab", "Meta")
    assert papertrack("filter-by-lab", "Mta").status == 1
