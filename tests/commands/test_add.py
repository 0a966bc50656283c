"""papertrack add."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from commandline import AtTerminal, Run
from served import Served, atom, csl


def _shown(papertrack: Run, reference: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(papertrack("show", reference, "--json").out)
    return shown


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            'Author, Ann, et al. "How hedges learn." Journal of Gardens 30 (2017).',
            ("How hedges learn", ["Author, Ann", "et al."], "Journal of Gardens", 2017, None),
        ),
        (
            "Third C D, Fourth E. Slow winters[J]. arXiv preprint arXiv:1512.00001, 2015.",
            ("Slow winters", ["Third C D", "Fourth E"], None, 2015, "1512.00001"),
        ),
        (
            "Hedges, Clocks and Rain: A Survey (2020)",
            ("Hedges, Clocks and Rain: A Survey", [], None, 2020, None),
        ),
    ],
    ids=["MLA", "GB/T 7714", "a title with commas"],
)
@pytest.mark.usefixtures("papers")
def test_a_whole_reference_is_taken_apart(
    papertrack: Run, text: str, fields: tuple[object, ...]
) -> None:
    added = papertrack("add", text)
    key = added.out.split(":")[0].removeprefix("added ")
    paper = _shown(papertrack, key)
    names = ("title", "authors", "venue", "year", "arxiv")
    assert tuple(paper[name] for name in names) == fields


@pytest.mark.usefixtures("papers")
def test_options_go_before_what_a_reference_says(papertrack: Run) -> None:
    added = papertrack(
        "add", 'Author, Ann. "How hedges learn." Gardens 30 (2017).', "--year", "2018"
    )
    key = added.out.split(":")[0].removeprefix("added ")
    assert _shown(papertrack, key)["year"] == 2018


@pytest.mark.usefixtures("papers")
def test_every_option_fills_its_field(papertrack: Run) -> None:
    words = ["add", "A title", "--name", "AT", "--author", "A. One", "--author", "B. Two"]
    words += ["--lab", "facebook", "--venue", "ACL", "--year", "2020", "--tag", "x"]
    words += ["--doi", "https://doi.org/10.1000/ABC", "--arxiv", "arXiv:2001.00001v3"]
    words += ["--link", "https://example.org", "--status", "reading", "--priority", "2"]
    words += ["--summary", "It says.\nMuch.\n", "--notes", "I say.", "--key", "mine"]
    assert papertrack(*words).status == 0
    today = datetime.now().astimezone().date().isoformat()
    assert _shown(papertrack, "mine") == {
        "key": "mine",
        "name": "AT",
        "title": "A title",
        "authors": ["A. One", "B. Two"],
        "lab": "Meta",
        "venue": "ACL",
        "year": 2020,
        "doi": "10.1000/abc",
        "arxiv": "2001.00001",
        "links": ["https://example.org"],
        "tags": ["x"],
        "status": "reading",
        "priority": 2,
        "added": today,
        "started": today,
        "finished": None,
        "summary": "It says.\nMuch.",
        "columns": {},
        "bibtex": {},
        "notes": "I say.",
    }


@pytest.mark.parametrize(
    ("options", "doi", "arxiv"),
    [
        (["--doi", "https://doi.org/10.48550/arXiv.2001.00001"], None, "2001.00001"),
        (["--doi", "10.48550/arXiv.2001.00001", "--arxiv", "2001.00001v2"], None, "2001.00001"),
        (
            ["--doi", "10.48550/arXiv.2001.00001", "--arxiv", "2001.00002"],
            "10.48550/arxiv.2001.00001",
            "2001.00002",
        ),
        (["--doi", "10.1000/1"], "10.1000/1", None),
    ],
)
@pytest.mark.usefixtures("papers")
def test_a_doi_that_arxiv_gave_is_its_id(
    options: list[str], doi: str | None, arxiv: str | None, papertrack: Run
) -> None:
    assert papertrack("add", "A title", "--key", "mine", *options, "--offline").status == 0
    shown = _shown(papertrack, "mine")
    assert (shown["doi"], shown["arxiv"]) == (doi, arxiv)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["The LLaMA paper", "--arxiv", "2302.13971v1"], id="the same arXiv id"),
        pytest.param(["peer - a Collaborative language model"], id="the same title, folded"),
        pytest.param(["Another", "--key", "llama"], id="the same key"),
    ],
)
def test_a_paper_that_is_there_is_refused_and_named(
    words: list[str], papers: Path, papertrack: Run
) -> None:
    before = papers.read_bytes()
    result = papertrack("add", *words)
    assert (result.status, result.out) == (1, "")
    assert "llama" in result.err or "peer" in result.err
    assert papers.read_bytes() == before


def test_it_is_added_all_the_same_with_anyway(papers: Path, papertrack: Run) -> None:
    result = papertrack("add", "PEER: A Collaborative Language Model", "--anyway")
    assert (result.status, result.err) == (0, "")
    assert "added peer-2" in result.out
    assert 'key = "peer-2"' in papers.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["T", "--year", "20x3"], 'year "20x3"', id="a year"),
        pytest.param(["T", "--arxiv", "nonsense"], 'arxiv "nonsense"', id="an arXiv id"),
        pytest.param(["T", "--doi", "nonsense"], 'doi "nonsense"', id="a DOI"),
        pytest.param(["doi:foo"], 'doi "foo" is not a DOI', id="a DOI alone"),
        pytest.param(["DOI:"], 'doi "" is not a DOI', id="no DOI at all"),
        pytest.param(["arXiv:12345"], 'arxiv "12345" is not', id="an arXiv id alone"),
        pytest.param(["T", "--priority", "9"], 'priority "9"', id="a priority"),
        pytest.param(
            ["T", "--status", "maybe"], '"maybe" is not a status: write to-read', id="a status"
        ),
        pytest.param(["T", "--key", "Not A Key"], "write not-a-key", id="a key"),
        pytest.param(["  "], "title is empty", id="an empty title"),
        pytest.param(["T", "--tag", ""], "tags is empty", id="an empty tag"),
        pytest.param(
            [],
            'cannot ask "Title or link" without a terminal: give TITLE',
            id="nothing, and nobody to ask",
        ),
    ],
)
def test_what_does_not_fit_is_named(
    words: list[str], message: str, papers: Path, papertrack: Run
) -> None:
    before = papers.read_bytes()
    result = papertrack("add", *words)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert papers.read_bytes() == before


def test_a_link_that_is_there_already_is_refused_and_named(papers: Path, papertrack: Run) -> None:
    link = "https://aclanthology.org/N19-1357/"
    papertrack("add", "Attention is not Explanation", "--link", link)
    before = papers.read_bytes()
    where = "attention-not"
    refusal = f"that link is there already, as {where}: papertrack show {where}\n"
    assert papertrack("add", link.rstrip("/")) == (1, "", refusal)
    assert papers.read_bytes() == before


@pytest.mark.usefixtures("papers")
def test_a_title_need_not_be_quoted(papertrack: Run) -> None:
    assert "added highway-networks" in papertrack("add", "Highway", "Networks").out


def test_a_year_to_come_is_part_of_the_title(papers: Path, papertrack: Run) -> None:
    papertrack("add", "Small Gardens (2099)")
    assert 'title = "Small Gardens (2099)"\nstatus' in papers.read_text(encoding="utf-8")


@pytest.mark.parametrize("typed", ["Small Gardens (2021)", "Small Gardens（2021）"])
def test_a_year_in_brackets_behind_a_title_is_its_year(
    papers: Path, papertrack: Run, typed: str
) -> None:
    papertrack("add", typed)
    assert 'title = "Small Gardens"\nyear = 2021\n' in papers.read_text(encoding="utf-8")
    papertrack("add", typed, "--year", "2022", "--anyway")  # it is named already
    assert f'title = "{typed}"\nyear = 2022\n' in papers.read_text(encoding="utf-8")


@pytest.mark.usefixtures("papers")
def test_an_address_within_a_word_is_part_of_the_title(papertrack: Run) -> None:
    assert papertrack("add", "A study of url=https://example.org").status == 0


@pytest.mark.usefixtures("papers")
def test_a_hostile_title_is_kept_as_it_is(papertrack: Run) -> None:
    title = "[/b]|`x`<script> 👩‍👩‍👧 -->"
    assert papertrack("add", title, "--key", "odd").status == 0
    assert _shown(papertrack, "odd")["title"] == title


@pytest.mark.usefixtures("papers")
def test_commas_part_tags(papertrack: Run) -> None:
    papertrack("add", "Tagged", "--tag", "x, y", "--tag", "z")
    assert _shown(papertrack, "tagged")["tags"] == ["x", "y", "z"]


_KIND = [
    ("1706.03762", "--arxiv 1706.03762"),
    ("https://arxiv.org/abs/1706.03762v5", "--arxiv 1706.03762"),
    ("https://doi.org/10.1145/3292500.3330701", "--doi 10.1145/3292500.3330701"),
    ("https://example.org/paper.pdf", "--link https://example.org/paper.pdf"),
    ("@article{x, title={A}}", "import -"),
    ("-", "import -"),
]


@pytest.mark.parametrize(
    ("text", "named", "status"),
    [
        ("https://example.org/a.pdf", "papertrack add TITLE --link https://example.org/a.pdf", 2),
        (
            "http://example.org/x.pdf My title",
            "a title holds no address: papertrack add 'My title' --link http://example.org/x.pdf ",
            2,
        ),
        (
            "http://example.org/x http://example.org/y",
            "papertrack add TITLE --link http://example.org/x --link http://example.org/y ",
            2,
        ),
        (
            "see https://arxiv.org/abs/1706.03762",
            "a title holds no address: papertrack add https://arxiv.org/abs/1706.03762 --note TEXT",
            2,
        ),
        ("refs.bib", "refs.bib is a file: papertrack import refs.bib", 2),
        (
            "a b.pdf",
            "a b.pdf is a PDF, which papertrack does not read: give the paper's title, or its",
            2,
        ),
        ("2313.12345", "arXiv has no 2313.12345", 1),
        ("arXiv:0000.0000v2", "arXiv has no 0000.0000", 1),
        ("1706.03763", "arXiv has no 1706.03763", 1),
        ("10.1000/nobody", "10.1000/nobody: no such DOI", 1),
        ("@article{x, year={2000}}", "this entry gives no paper: no title", 2),
    ],
)
def test_what_gives_no_paper_is_named(
    text: str, named: str, status: int, papers: Path, papertrack: Run, served: Served
) -> None:
    before = papers.read_bytes()
    served.replies["export.arxiv.org"] = atom()
    result = papertrack("add", text)
    assert (result.status, result.out) == (status, "")
    assert named in result.err
    assert papers.read_bytes() == before


@pytest.mark.parametrize(
    "pasted",
    [
        "https://arxiv.org/abs/1706.03762",
        "https://arxiv.org/pdf/1706.03762v7.pdf",
        "https://arxiv.org/html/1706.03762v7",
        "arXiv:1706.03762",
        "1706.03762",
        "https://doi.org/10.48550/arXiv.1706.03762",
    ],
)
@pytest.mark.usefixtures("papers")
def test_a_pasted_id_is_looked_up(pasted: str, papertrack: Run, served: Served) -> None:
    result = papertrack("add", pasted, "--tag", "nlp", "--year", "2018")
    assert result == (0, "added vaswani2018attention: Attention Is All You Need\n", "")
    paper = _shown(papertrack, "vaswani2018attention")
    assert paper["authors"] == ["Ashish Vaswani", "Noam Shazeer"]
    assert (paper["year"], paper["venue"], paper["arxiv"]) == (2018, "arXiv", "1706.03762")
    assert (paper["doi"], paper["tags"]) == (None, ["nlp"])
    assert len(served.asked) == 1


@pytest.mark.usefixtures("papers")
def test_a_doi_is_looked_up_by_any_of_its_addresses(papertrack: Run, served: Served) -> None:
    served.replies["doi.org/10.1145/3292500.3330701"] = csl(
        {"title": "Of trees", "author": [{"family": "Lee", "given": "Ann"}]}
    )
    result = papertrack("add", "https://dl.acm.org/doi/abs/10.1145/3292500.3330701")
    assert result == (0, "added trees: Of trees\n", "")


def test_what_is_there_already_is_refused_before_anybody_is_asked(
    papers: Path, papertrack: Run, served: Served
) -> None:
    before = papers.read_bytes()
    result = papertrack("add", "https://arxiv.org/abs/1910.10683v4")
    assert result.status == 1
    assert "is there already as t5 (same arXiv id)" in result.err
    assert served.asked == []
    assert papers.read_bytes() == before


@pytest.mark.usefixtures("papers")
def test_an_id_as_an_option_stands_for_a_title(papertrack: Run, served: Served) -> None:
    assert papertrack("add", "--arxiv", "1706.03762").status == 0
    assert len(served.asked) == 1


@pytest.mark.usefixtures("papers")
def test_without_an_answer_nothing_is_written(papertrack: Run, served: Served) -> None:
    served.replies["export.arxiv.org"] = httpx2.Response(503)
    result = papertrack("add", "1706.99999")
    assert result == (
        1,
        "",
        (
            "no answer from export.arxiv.org (it is busy (503)): give a title to add it by hand: "
            "papertrack add TITLE --arxiv 1706.99999\n"
        ),
    )
    result = papertrack("add", "1706.03762", "--offline")
    assert (result.status, result.err) == (
        1,
        (
            "--offline asks nobody: give a title to add it by hand: "
            "papertrack add TITLE --arxiv 1706.03762\n"
        ),
    )


@pytest.mark.usefixtures("papers", "served")
def test_at_a_terminal_the_id_is_kept_and_the_title_asked_for(
    at_terminal: AtTerminal, papertrack: Run
) -> None:
    seen = at_terminal("add", "1706.99999", "--offline", typed="By hand\n")
    assert seen.status == 0
    assert "added hand: By hand" in seen.screen
    assert _shown(papertrack, "hand")["arxiv"] == "1706.99999"


@pytest.mark.usefixtures("papers")
def test_a_citation_key_is_one_papers_alone(papertrack: Run) -> None:
    papertrack("add", "@article{k, title={On Boats}}")
    said = "the key k is that of another paper already: this one is k-2\n"
    assert papertrack("add", "@article{k, title={Of Birds}}") == (
        0,
        "added birds: Of Birds\n",
        said,
    )
    assert papertrack("cite", "birds", "--key").out == "k-2\n"


@pytest.mark.usefixtures("papers")
def test_a_bibtex_entry_is_added(papertrack: Run, served: Served) -> None:
    entry = (
        "@article{lee20, title={A {B}oat}, author={Lee, Ann and Doe, Jo}, year=2020, "
        "journal={Nature}, pages={1--2}}"
    )
    assert papertrack("add", entry, "--tag", "sea") == (0, "added lee2020boat: A Boat\n", "")
    paper = _shown(papertrack, "lee2020boat")
    assert (paper["authors"], paper["venue"], paper["tags"]) == (
        ["Ann Lee", "Jo Doe"],
        "Nature",
        ["sea"],
    )
    assert served.asked == []


def test_a_link_can_be_pasted_where_a_title_is_asked_for(
    at_terminal: AtTerminal, papertrack: Run, papers: Path, served: Served
) -> None:
    seen = at_terminal("add", typed="https://arxiv.org/abs/1706.03762\n")
    assert (seen.status, len(served.asked)) == (0, 1)
    assert "Title or link: " in seen.screen
    assert "Authors" not in seen.screen
    assert 'arxiv = "1706.03762"' in papers.read_text(encoding="utf-8")
    assert "Attention Is All You Need" in papertrack("list").out


_ENTRY = "@article{10.1890/130220,\n title={Whales as Engineers},\n\n doi={10.1890/130220}\n}"


@pytest.mark.usefixtures("papers")
def test_an_entry_of_several_lines_can_be_pasted_there_too(
    at_terminal: AtTerminal, papertrack: Run, served: Served
) -> None:
    seen = at_terminal("add", typed=f"{_ENTRY}\n")
    assert (seen.status, served.asked) == (0, [])
    assert "added whales-engineers: Whales as Engineers" in seen.screen
    assert _shown(papertrack, "whales-engineers")["doi"] == "10.1890/130220"


@pytest.mark.usefixtures("papers")
def test_an_entry_whose_key_is_a_doi_is_an_entry(papertrack: Run, served: Served) -> None:
    assert papertrack("add", _ENTRY).out == "added whales-engineers: Whales as Engineers\n"
    assert served.asked == []


_DOI_ADDRESS = "https://doi.org/10.1126/science.1152509"


@pytest.mark.usefixtures("papers", "served")
@pytest.mark.parametrize(
    "words",
    [
        [_DOI_ADDRESS, "Coral Reefs Under Change"],
        ["Coral Reefs Under Change", _DOI_ADDRESS],
        [_DOI_ADDRESS, "Coral", "Reefs", "Under", "Change"],
        ["10.1126/science.1152509", "Coral Reefs Under Change"],
    ],
)
def test_a_title_beside_an_address_is_taken_where_nobody_is_asked(
    papertrack: Run, words: list[str]
) -> None:
    result = papertrack("add", "--offline", *words)
    assert result == (0, "added coral-reefs-under-change: Coral Reefs Under Change\n", "")
    assert _shown(papertrack, "coral-reefs-under-change")["doi"] == "10.1126/science.1152509"


@pytest.mark.usefixtures("papers")
def test_a_title_beside_an_address_is_taken_where_nobody_answers(
    papertrack: Run, served: Served
) -> None:
    served.replies["export.arxiv.org"] = httpx2.Response(503)
    result = papertrack("add", "https://arxiv.org/abs/1706.99999", "How Small Gardens Grow")
    why = "no answer from export.arxiv.org (it is busy (503)): added as you typed it\n"
    assert result == (0, "added small-gardens-grow: How Small Gardens Grow\n", why)


@pytest.mark.usefixtures("papers", "served")
def test_words_beside_an_address_become_a_note(papertrack: Run) -> None:
    words = ("https://arxiv.org/abs/1706.03762", "for the talk")
    done = papertrack("add", *words, "--offline")
    assert "papertrack add 'for the talk' --arxiv 1706.03762" in done.err
    assert papertrack("add", *words).status == 0
    assert _shown(papertrack, "attention")["notes"] == "for the talk"


@pytest.mark.usefixtures("papers", "served")
def test_lines_may_be_items_of_a_list(papertrack: Run) -> None:
    text = "# Links\n\n- <https://arxiv.org/abs/1706.03762>\n2. [ ] 10.1000/nobody\n"
    result = papertrack("add", "-", stdin=text)
    assert result.out == "added vaswani2017attention: Attention Is All You Need\n"
    assert result.err.splitlines()[0] == "line 4: 10.1000/nobody: no such DOI"


@pytest.mark.usefixtures("papers", "served")
@pytest.mark.parametrize(
    ("line", "title", "rest"),
    [
        ("- [ ] Third thing", "Third thing", {}),
        ("- [x] Third thing", "Third thing", {"status": "done", "finished": None}),
        ("1. Fourth thing", "Fourth thing", {}),
        ("* 3D things", "3D things", {}),
        ("> > \u2013 Fifth thing", "Fifth thing", {}),
        ("> <https://arxiv.org/abs/1706.03762> !", "Attention Is All You Need", {"notes": None}),
        (
            "- [**Some** Other](https://example.org/a_(b).pdf)",
            "Some Other",
            {"links": ["https://example.org/a_(b).pdf"]},
        ),
        (
            "- Some Other [[pdf](https://example.org/a.pdf)]",
            "Some Other",
            {"links": ["https://example.org/a.pdf"]},
        ),
        ("- [Some Other](other.md)", "Some Other", {"links": []}),
        (
            "- [Any words](https://arxiv.org/abs/1706.03762)",
            "Attention Is All You Need",
            {"arxiv": "1706.03762", "links": [], "notes": None},
        ),
        (
            "- [Any words](arxiv.org/abs/1706.03762)",
            "Attention Is All You Need",
            {"arxiv": "1706.03762"},
        ),
        (
            "- Read it: [paper](https://arxiv.org/abs/1706.03762) [code](https://github.com/a/b)",
            "Attention Is All You Need",
            {"links": ["https://github.com/a/b"], "notes": "Read it"},
        ),
        (
            "https://arxiv.org/abs/1706.03762 nice one",
            "Attention Is All You Need",
            {"arxiv": "1706.03762", "notes": "nice one"},
        ),
        (
            "Attention is all you need (https://arxiv.org/abs/1706.03762)",
            "Attention Is All You Need",
            {"arxiv": "1706.03762", "notes": None},
        ),
    ],
)
def test_a_line_gives_its_paper_without_marks(
    line: str, title: str, rest: dict[str, Any], papertrack: Run
) -> None:
    result = papertrack("add", "-", "--key", "new", stdin=f"{line}\n")
    assert result == (0, f"added new: {title}\n", "")
    shown = _shown(papertrack, "new")
    assert {name: shown[name] for name in rest} == rest


@pytest.mark.usefixtures("papers", "served")
def test_the_note_of_a_line_follows_that_of_the_option(papertrack: Run) -> None:
    papertrack("add", "-", "--note", "From Ann", stdin="1706.03762 nice one\n")
    assert _shown(papertrack, "vaswani2017attention")["notes"] == "From Ann\nnice one"


@pytest.mark.usefixtures("papers")
def test_headings_are_no_papers(papertrack: Run) -> None:
    text = "# Papers to read\n\n- Attention Is All You Need\n---\n## More\n- Deep Residual Nets\n"
    result = papertrack("add", "-", stdin=text)
    assert result.out.count("added") == 2
    assert (result.status, result.err) == (0, "2 headings skipped\n")


@pytest.mark.usefixtures("papers", "served")
def test_prose_around_addresses_is_skipped_and_named(papertrack: Run) -> None:
    text = (
        "Hi, here are the papers that we spoke of on Monday:\n\n"
        "https://arxiv.org/abs/1706.03762\n10.1000/a nice one\n10.1000/b\n"
        "https://arxiv.org/abs/1605.08386\n- Kept as a title\ncheers\n"
    )
    result = papertrack("add", "-", stdin=text)
    assert result.out == (
        "added vaswani2017attention: Attention Is All You Need\nadded kept-title: Kept as a title\n"
    )
    assert result.err.splitlines() == [
        "line 4: 10.1000/a: no such DOI",
        "line 5: 10.1000/b: no such DOI",
        "line 6: arXiv has no 1605.08386",
        'line 1 skipped, it has no address or id: "Hi, here are the papers that we spoke o…"',
        'line 8 skipped, it has no address or id: "cheers"',
        "3 of 5 papers not added",
    ]


@pytest.mark.usefixtures("papers", "served")
@pytest.mark.parametrize("title", ["Attention is what you need", "Garden Beds", "关于花园的论文"])
def test_a_title_among_addresses_is_added(papertrack: Run, title: str) -> None:
    result = papertrack(
        "add", "-", stdin=f"1706.03762\nhttps://arxiv.org/abs/2302.13971\n{title}\n"
    )
    skipped = title == "Garden Beds"  # two words may be who wrote the mail
    assert (f": {title}\n" in result.out) is not skipped
    assert (f'"{title}"' in result.err) is skipped


@pytest.mark.usefixtures("papers", "served")
def test_small_letters_are_titles_among_few_addresses(papertrack: Run) -> None:
    text = "Hi all, two more:\n1706.03762\nattention is what you need\nbeds of gardens\n"
    result = papertrack("add", "-", stdin=text)
    assert result.out.count("added") == 3
    assert result.err.startswith('line 1 skipped, it has no address or id: "Hi all, two more:"\n')


@pytest.mark.usefixtures("papers")
def test_a_line_with_two_papers_is_named(papertrack: Run) -> None:
    line = "[A](https://arxiv.org/abs/1706.03762) [B](https://arxiv.org/abs/1605.08386)"
    result = papertrack("add", "-", stdin=f"{line}\n")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("line 1: a title holds no address")


@pytest.mark.usefixtures("papers")
def test_lines_are_titles_addresses_ids_and_entries(papertrack: Run, served: Served) -> None:
    text = """\
A plain title

https://arxiv.org/abs/1706.03762
@misc{x,
  title = {Over two lines},
}
10.1000/nobody
1706.03762v2
Another title
"""
    result = papertrack("add", "-", stdin=text)
    assert result.status == 1
    assert result.out == (
        "added plain-title: A plain title\n"
        "added vaswani2017attention: Attention Is All You Need\n"
        "added over-two-lines: Over two lines\n"
        "added another-title: Another title\n"
    )
    assert result.err.splitlines() == [
        "line 7: 10.1000/nobody: no such DOI",
        (
            'line 8: "Attention Is All You Need" is there already as vaswani2017attention '
            "(same arXiv id): see papertrack show vaswani2017attention, "
            "or add it all the same with --anyway"
        ),
        "2 of 6 papers not added",
    ]
    assert sum("1706.03762" in url for url in served.asked) == 1
    assert papertrack("undo").status == 0
    assert papertrack("show", "plain-title").status == 1


@pytest.mark.usefixtures("papers")
def test_a_comma_in_an_author_of_an_option_stays(papertrack: Run) -> None:
    papertrack("add", "Tagged", "--author", "Lee, Ann", "--note", "mine")
    shown = _shown(papertrack, "tagged")
    assert (shown["authors"], shown["notes"]) == (["Lee, Ann"], "mine")


def test_every_answer_is_checked_when_it_is_given(papers: Path, at_terminal: AtTerminal) -> None:
    answers = ["A new one", "Lee, J., Doe, A. B.", "20x3", "2023", "", "Meta", "x", "", "", "a, b"]
    seen = at_terminal("add", typed="\n".join([*answers, ""]))
    assert seen.status == 0
    assert "2 authors: Lee, J. · Doe, A. B.\n" in seen.screen
    assert seen.screen.count("Year (or Enter): ") == 2
    assert seen.screen.count("arXiv id or address (or Enter): ") == 2
    text = papers.read_text(encoding="utf-8")
    assert 'title = "A new one"\nauthors = [\n' in text or '["Lee, J.", "Doe, A. B."]' in text
    assert 'tags = ["a", "b"]' in text


def test_what_was_typed_is_not_thrown_away(papers: Path, at_terminal: AtTerminal) -> None:
    before = papers.read_bytes()
    stopped = at_terminal("add", typed="A new one\nAnn Lee; Bo Li\n2023\n")
    line = "papertrack add 'A new one' --author 'Ann Lee' --author 'Bo Li' --year 2023"
    assert stopped.status == 1
    assert " ".join(stopped.screen.split()).endswith(f"you typed: {line}")
    refused = at_terminal("add", typed="The LLaMA paper\n\n\n\n\n2302.13971\n\n\n")
    assert refused.status == 1
    assert "you typed: papertrack add 'The LLaMA paper' --arxiv 2302.13971\n" in refused.screen
    assert papers.read_bytes() == before


def test_it_is_said_in_which_files_a_new_paper_stands(papers: Path, papertrack: Run) -> None:
    text = "<!-- papertrack:begin {} -->\n<!-- papertrack:end -->\n"
    Path("nlp.md").write_text(text.format("tag:nlp"), encoding="utf-8")
    Path("few.md").write_text(text.format('tag:"few shot"'), encoding="utf-8")
    files = '[markdown]\nfiles = ["../nlp.md", "../few.md"]\n'
    papers.write_text(papers.read_text("utf-8").replace("[markdown]\n", files), encoding="utf-8")
    done = papertrack("add", "Highway Networks", "--tag", "nlp", "--key", "highway")
    assert (
        done.err
        == "highway belongs in nlp.md: `papertrack export-markdown --all` writes it there\n"
    )
    done = papertrack("add", "Maxout Networks", "--key", "maxout")
    add = "papertrack tag maxout +nlp puts it in nlp.md"
    assert done.err == f"maxout stands in no Markdown file: {add}\n"
    Path("nlp.md").unlink()
    done = papertrack("add", "Pathways", "--key", "pathways")
    add = "papertrack tag pathways '+few shot' puts it in few.md"
    assert done.err == f"pathways stands in no Markdown file: {add}\n"


@pytest.mark.usefixtures("papers")
def test_several_links_are_several_papers(papertrack: Run, served: Served) -> None:
    served.replies["doi.org/10.1000/x"] = csl({"title": "Of trees"})
    words = ["https://arxiv.org/abs/1706.03762", "10.1000/x", "10.1000/nobody"]
    result = papertrack("add", *words, "--tag", "new")
    assert (result.status, result.out) == (
        1,
        "added vaswani2017attention: Attention Is All You Need\nadded trees: Of trees\n",
    )
    assert result.err.endswith(
        "10.1000/nobody: 10.1000/nobody: no such DOI\n1 of 3 papers not added\n"
    )
    assert _shown(papertrack, "trees")["tags"] == ["new"]


@pytest.mark.usefixtures("papers")
def test_a_link_that_acts_is_refused(papertrack: Run) -> None:
    result = papertrack("add", "A title", "--link", "JavaScript:alert(1)")
    assert (result.status, result.out) == (2, "")
    assert 'link "JavaScript:alert(1)" is not an address' in result.err


def test_a_title_in_chinese_marks_is_the_title_inside(papers: Path, papertrack: Run) -> None:
    assert papertrack("add", "《知识图谱综述》").out.endswith(": 知识图谱综述\n")
    assert papertrack("add", "论《红楼梦》").out.endswith(": 论《红楼梦》\n")
    assert 'title = "论《红楼梦》"' in papers.read_text(encoding="utf-8")


def test_words_beside_an_id_become_a_note(papers: Path, papertrack: Run, served: Served) -> None:
    assert papertrack("add", "1706.03762", "for", "the", "talk").status == 0
    assert served.asked
    assert 'notes = "for the talk"' in papers.read_text(encoding="utf-8")
    alone = papertrack("add", "2205.14135", "FlashAttention", "--offline")
    assert alone.err.endswith(": papertrack add FlashAttention --arxiv 2205.14135\n")
