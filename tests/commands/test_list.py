"""papertrack list and filter-by-lab."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandline import AtTerminal, Run
from papertrack.commands import list as listing
from papertrack.models import FIELDS, SUBTABLES, Paper
from papertrack.status import Status
from papertrack.terminal.console import width_of
from screens import acting, lines_of, screen_of

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


def test_own_columns_are_shown_and_sorted_by(papertrack: Run) -> None:
    papertrack("edit", "llama", "--set", "column:Rating=2")
    papertrack("edit", "gpt-2", "--set", "column:Rating=10")
    words = ("--columns", "key,column:rating", "--sort", "-column:Rating", "--limit", "2")
    assert papertrack("list", *words).out == "gpt-2\t10\nllama\t2\n"
    assert papertrack("list", "-column:Rating:1", "column:Rating", *words).out == "llama\t2\n"
    both = papertrack("list", "-column:Rating", "--sort", "-column:Rating", "--columns", "key")
    assert both.status == 0
    assert not {"llama", "gpt-2"} & {*both.out.split()}
    assert papertrack("list", "--columns", "column:Ratng") == (
        2,
        "",
        'no own column "Ratng": did you mean Rating?\n',
    )


def test_authors_in_a_pipe_can_be_told_apart(papertrack: Run) -> None:
    papertrack("edit", "llama", "--author", "Lee, Ann")
    assert papertrack("list", "llama", "--columns", "authors").out == "Ann Lee\n"
    papertrack("edit", "llama", "--author", "Bob Roe, Jr")
    assert papertrack("list", "llama", "--columns", "authors").out == "Lee, Ann; Bob Roe, Jr\n"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        pytest.param(["--lab", "Mta"], 1, "did you mean Meta?", id="a lab nobody has"),
        pytest.param(["--tag", "x"], 1, 'no tag "x"', id="a tag nobody has"),
        pytest.param(["labb:Meta"], 2, "did you mean lab", id="an unknown field"),
        pytest.param(["year:20x3"], 2, "20x3", id="a bad year"),
        pytest.param(["--sort", "yaer"], 2, "did you mean year?", id="an unknown field to sort by"),
        pytest.param(["--columns", "key", "--json"], 2, "leave --columns out", id="every field"),
        pytest.param(["--columns", "yaer"], 2, "did you mean year?", id="an unknown column"),
        pytest.param(["--limit", "x"], 2, "write --limit 5", id="no number"),
        pytest.param(["--limit", "-1"], 2, "0 or more: write", id="a number too small"),
        pytest.param(["lab:"], 2, "lab: has no value", id="no value"),
    ],
)
def test_what_cannot_be_is_named(
    words: list[str], status: int, message: str, papertrack: Run
) -> None:
    result = papertrack("list", *words)
    assert (result.status, result.out) == (status, "")
    assert message in result.err


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


LLAMA = Paper(
    key="llama",
    title="LLaMA: Open and Efficient Foundation Language Models",
    lab="Meta",
    venue="facebook research",
    year=2023,
    added=date(2023, 3, 1),
    tags=("llm", "大模型"),
)
SURVEY = Paper(
    key="综述",
    title="大规模语言模型的高效训练：从数据、算法到系统的全面综述，以及未来的展望与挑战",
    lab="智谱",
    status=Status.DONE,
)
BOTH = [LLAMA, SURVEY]
_CLOSING = "2 of 13 papers · 1 done · 1 to read"


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        pytest.param(
            100,
            """\
key    title                                                         lab   source          status
llama  LLaMA: Open and Efficient Foundation Language Models          Meta  facebook… 2023  ○ to read
综述   大规模语言模型的高效训练：从数据、算法到系统的全面综述，以…   智谱                  ● done
""",
            id="100 columns",
        ),
        pytest.param(
            60,
            """\
key    title                             lab   source
llama  LLaMA: Open and Efficient Found…  Meta  face… 2023  ○
综述   大规模语言模型的高效训练：从数…   智谱              ●
""",
            id="60 columns",
        ),
        pytest.param(
            40,
            """\
key    title
llama  LLaMA: Open and Efficient Fou…  ○
综述   大规模语言模型的高效训练：从…   ●
""",
            id="40 columns",
        ),
    ],
)
def test_a_paper_is_one_line_at_every_width(width: int, expected: str) -> None:
    screen = screen_of(width)
    lines = lines_of(listing.layout(BOTH, screen, total=13), screen)
    assert lines[:3] == expected.splitlines()
    assert lines[3] == ""
    assert " ".join(lines[4:]).startswith(_CLOSING)


def test_nothing_is_cut_where_there_is_room() -> None:
    screen = screen_of(160)
    lines = lines_of(listing.layout(BOTH, screen, total=13), screen)
    assert lines[1].startswith(f"llama  {LLAMA.title}  ")
    assert lines[1].endswith(f"  Meta  {LLAMA.source}  ○ to read")
    assert f"  {SURVEY.title}  智谱  " in lines[2]


def test_long_titles_fold_where_that_is_asked_for() -> None:
    screen = screen_of(60)
    assert lines_of(listing.layout(BOTH, screen, wrap=True), screen)[:5] == [
        "key    title                             lab   source",
        "llama  LLaMA: Open and Efficient         Meta  facebook    ○",
        "       Foundation Language Models              research",
        "                                               2023",
        "综述   大规模语言模型的高效训练：从数    智谱              ●",
    ]


def test_columns_that_are_empty_everywhere_are_left_out() -> None:
    screen = screen_of(60)
    papers = [Paper(key="a", title="One"), Paper(key="b", title="Two", status=Status.DONE)]
    assert lines_of(listing.layout(papers, screen), screen)[:3] == [
        "key  title  status",
        "a    One    ○ to read",
        "b    Two    ● done",
    ]


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ([], "Meta"),
        (["Touvron, Hugo"], "Touvron"),
        (["Hugo Touvron", "Thibaut Lavril", "Gautier Izacard"], "Touvron +2"),
        (["Hugo Touvron", "et al."], "Touvron et al."),
        (["张三", "李四"], "张三 +1"),
        (["Anna Wolfeschlegelsteinhausen", *["Bo Li"] * 12], "Wolfeschl… +12"),
    ],
)
def test_authors_are_the_first_and_how_many_more(authors: list[str], expected: str) -> None:
    screen = screen_of(100)
    paper = LLAMA.model_copy(update={"authors": tuple(authors), "title": "T", "venue": None})
    row = lines_of(listing.layout([paper], screen), screen)[1]
    assert f"  {expected}  " in row


def test_an_ascii_terminal_shows_ascii() -> None:
    screen = screen_of(60, signs=False)
    assert "\n".join(lines_of(listing.layout([LLAMA], screen), screen)).isascii()


def test_columns_can_be_chosen() -> None:
    chosen, screen = ["key", "year", "tags", "status"], screen_of(60)
    assert lines_of(listing.layout(BOTH, screen, columns=chosen), screen)[:3] == [
        "key    year  tags         status",
        "llama  2023  llm, 大模型  ○ to read",
        "综述                      ● done",
    ]
    assert listing.lines(BOTH, columns=[*chosen, "source", "added"]) == (
        "llama\t2023\tllm, 大模型\tto-read\tfacebook research 2023\t2023-03-01\n"
        "综述\t\t\tdone\t\t\n"
    )


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (13, "0 of 13 papers (papertrack help query explains queries)"),
        (0, "0 papers: papertrack add LINK or TITLE adds one, or papertrack import README.md"),
    ],
)
def test_an_empty_list_says_what_to_type(total: int, expected: str) -> None:
    screen = screen_of(100)
    assert lines_of(listing.layout([], screen, total=total), screen) == [expected]
    assert listing.lines([]) == ""


_HOSTILE = "[/b] \x1b]0;pwned\x07 \x9b31m \u202eevil\tand\nnul\x00"
_SHOWN = r"[/b] \x1b]0;pwned\x07 \x9b31m \u202eevil and nul\x00"


def test_control_characters_are_spelled_out_in_a_pipe_as_at_a_terminal() -> None:
    paper = Paper(key="attack", title=_HOSTILE, lab="\x1b[2J", venue="\u2066")
    assert listing.lines([paper]) == f"attack\tto-read\t\\x1b[2J\t\\u2066\t{_SHOWN}\n"
    screen = screen_of(160)
    assert _SHOWN in lines_of(listing.layout([paper], screen), screen)[1]


def test_json_keeps_them_exactly(papers: Path, papertrack: Run) -> None:
    papers.write_text('[[paper]]\nkey = "a"\ntitle = "\\u001b]0;x \\u202e"\n', encoding="utf-8")
    assert json.loads(papertrack("list", "--json").out)[0]["title"] == "\x1b]0;x \u202e"


def test_a_terminal_gets_the_table(at_terminal: Callable[..., tuple[int, str]]) -> None:
    status, screen = at_terminal("list", "lab:Meta")
    assert status == 0
    assert screen.startswith("key    title ")
    assert "\nllama  LLaMA: Open and Efficient " in screen
    assert "2 of 13 papers · 2 to read" in screen


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
any_paper = st.builds(
    Paper,
    key=any_text,
    title=any_text,
    authors=st.lists(any_text, max_size=3).map(tuple),
    lab=st.none() | any_text,
    venue=st.none() | any_text,
    year=st.none() | st.integers(1, 9999),
    status=st.sampled_from(Status),
    tags=st.lists(any_text, max_size=2).map(tuple),
)


@pytest.mark.slow
@given(papers=st.lists(any_paper, max_size=3), width=st.sampled_from([22, 40, 60, 88, 120]))
def test_a_terminal_sees_no_control_and_no_line_too_wide(papers: list[Paper], width: int) -> None:
    for columns in ((), ("key", "tags", "source")):
        for wrap in (False, True):
            screen = screen_of(width, colours=True)
            parts = listing.layout(papers, screen, columns=columns, total=99, wrap=wrap)
            lines = lines_of(parts, screen)
            assert acting(lines) == []
            assert max(map(width_of, lines)) <= width
            if papers and not wrap:
                assert lines[len(papers) + 1] == ""


@given(st.lists(any_paper, max_size=4))
def test_a_pipe_gets_one_line_of_five_values_a_paper(papers: list[Paper]) -> None:
    lines = listing.lines(papers).splitlines()
    assert len(lines) == len(papers)
    assert all(line.count("\t") == 4 for line in lines)


@pytest.mark.usefixtures("papers")
def test_the_first_of_a_list_have_no_progress_of_their_own(at_terminal: AtTerminal) -> None:
    assert "%" in at_terminal("list").screen
    assert "%" in at_terminal("list", "-n", "99").screen
    first = at_terminal("list", "-n", "3").screen
    assert "3 of 13 papers" in first
    assert "%" not in first


def test_what_the_papers_are_sorted_by_is_shown(papertrack: Run, at_terminal: AtTerminal) -> None:
    papertrack("priority", "llama", "2")
    papertrack("done", "peer", "--on", "2023-03-01")
    first, second, *_ = at_terminal("list", "lab:Meta", "--sort", "priority").screen.splitlines()
    assert first.split() == ["key", "title", "lab", "source", "priority", "status"]
    assert second.split()[-4:] == ["2", "○", "to", "read"]
    assert "2023-03-01" in at_terminal("list", "--sort", "-finished").screen
    assert "priority" not in at_terminal("list", "lab:Meta", "--sort", "-year").screen
    assert papertrack("list", "lab:Meta", "--sort", "priority").out.count("\t") == 8


def test_of_two_columns_that_give_way_the_emptier_goes_first() -> None:
    texts = {"title": "A title that is long enough for a narrow screen", "venue": "ICML"}
    papers = [Paper.model_validate({"key": f"paper-{n}", "year": 2020, **texts}) for n in range(3)]
    papers.append(papers[0].model_copy(update={"key": "one", "lab": "Meta"}))
    screen = screen_of(60)
    head, *_ = lines_of(listing.layout(papers, screen), screen)
    assert head.split() == ["key", "title", "source"]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (40, "wilkinson1999gl…  Global and local t…  ○"),
        (60, "wilkinson1999global  Global and local threats to c…  1999  ○"),
        (80, "wilkinson1999global  Global and local threats to cor…  Anthropic  Marin… 1999  ○"),
    ],
)
def test_on_a_narrow_screen_a_year_outlives_its_venue_and_a_key_is_whole(
    width: int, expected: str
) -> None:
    title = "Global and local threats to coral reefs, a review and predictions"
    venue = "Marine and Freshwater Research"
    paper = Paper(key="wilkinson1999global", title=title, lab="Anthropic", venue=venue, year=1999)
    papers = [paper, paper.model_copy(update={"lab": "Google"})]
    screen = screen_of(width)
    assert lines_of(listing.layout(papers, screen), screen)[1] == expected


def test_a_long_source_beside_short_titles_keeps_its_year() -> None:
    paper = Paper(key="a", title="Krill", venue="Marine and Freshwater Research", year=1999)
    screen = screen_of(40)
    assert lines_of(listing.layout([paper], screen), screen)[1:2] == [
        "a    Krill  Marine and… 1999  ○ to read"
    ]


def test_the_beginning_of_a_key_that_is_cut_names_it() -> None:
    keys = ["emergent-abilities", "emergent-abilities-2", "a-list-of-papers-of-one-whole-year"]
    keys += [f"constitutional-principles-{number}" for number in range(2)]
    screen = screen_of(60)
    papers = [Paper(key=key, title=f"{key} " * 5) for key in keys]
    shown = [line.split()[0] for line in lines_of(listing.layout(papers, screen), screen)[1:6]]
    assert shown == [*keys[:2], "a-list-of-papers-of-one-wh…", *keys[3:]]
