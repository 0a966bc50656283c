import json
from collections.abc import Callable
from pathlib import Path

import pytest

from papertrack.checks import RULES
from papertrack.checks.problems import Finding
from papertrack.commands.check import layout, summary
from screens import acting, lines_of, screen_of, seen

Run = Callable[..., tuple[int, str, str]]
AtTerminal = Callable[..., tuple[int, str]]


def _write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return text


def test_a_list_that_is_well_says_so(papertrack: Run, papers: Path) -> None:
    assert papers.exists()
    status, out, err = papertrack("check", "--ignore", "missing-year")
    assert (status, out) == (0, "")
    assert err == f"13 papers, {len(RULES) - 1} rules: all is well\n"


def test_the_rules_are_listed_with_what_they_find(papertrack: Run) -> None:
    status, out, err = papertrack("check", "--rules")
    assert (status, err) == (0, "")
    assert [line.partition("\t")[0] for line in out.splitlines()] == list(RULES)
    assert "\nlink\tFind links that are not addresses: " in out


def test_findings_are_named_with_line_rule_and_fix(papertrack: Run, papers: Path) -> None:
    text = papers.read_text(encoding="utf-8")
    mistaken = text.replace('lab = "OpenAI"', 'lab = "Anthropic"').replace('"2302.13971"', '"23"')
    _write(papers, mistaken)
    status, out, err = papertrack("check", "--ignore", "missing-year")
    place = mistaken[: mistaken.index('arxiv = "23"')].count("\n") + 1
    assert status == 1
    assert (
        f'data/papers.toml:{place}: arxiv: arxiv "23" is not an arXiv id, such as 2302.13971 '
        '(paper "llama"): `papertrack edit llama --set arxiv=…`\n'
    ) in out
    assert 'other-lab: summary begins with OpenAI, but lab is Anthropic (paper "webgpt")' in out
    assert err.startswith(f"{len(out.splitlines())} findings: ")


def test_what_is_safe_is_fixed_shown_and_can_be_undone(papertrack: Run, papers: Path) -> None:
    before = papers.read_bytes()
    status, out, err = papertrack("check", "--fix")
    assert (status, err) == (0, f"13 papers, {len(RULES)} rules: all is well\n")
    assert out.startswith("--- a/data/papers.toml\n+++ b/data/papers.toml\n")
    added = [line for line in out.splitlines() if line.startswith("+") and line[1] != "+"]
    assert added == ["+year = 2020", "+year = 2019"]
    after = papers.read_bytes()
    assert len(after.splitlines()) == len(before.splitlines()) + 2
    papertrack("undo")
    assert papers.read_bytes() == before


def test_where_nothing_can_be_fixed_nothing_is_written(papertrack: Run, papers: Path) -> None:
    _write(papers, '[[paper]]\ntitle = "T"\nyear = 3020\n')
    time = papers.stat().st_mtime_ns
    status, out, err = papertrack("check", "--fix")
    assert status == 1
    assert out.startswith("data/papers.toml:3: year: year 3020 is not when a paper appears")
    assert err == "1 finding: year\n"
    assert papers.stat().st_mtime_ns == time


def test_a_rule_can_be_ignored_here_and_in_the_catalogue(papertrack: Run, papers: Path) -> None:
    text = '[[paper]]\ntitle = "T"\nvenue = "NULL"\n'
    _write(papers, f'[check]\nignore = ["empty-value"]\n{text}')
    assert papertrack("check", "--ignore", "missing-year")[0] == 0
    assert papertrack("check", "--fix", "--ignore", "missing-year")[0] == 0
    assert 'venue = "NULL"' in papers.read_text(encoding="utf-8")


def test_a_rule_that_is_none_is_bad_usage(papertrack: Run, papers: Path) -> None:
    assert papers.exists()
    assert papertrack("check", "--ignore", "duplicat") == (
        2,
        "",
        'no rule "duplicat": did you mean duplicate?\n',
    )


def test_programs_get_json(papertrack: Run, papers: Path) -> None:
    _write(papers, '[[paper]]\nkey = "t"\ntitle = "T"\nvenue = "arXiv"\nyear = 3020\n')
    status, out, err = papertrack("check", "--json")
    assert (status, err) == (1, "")
    assert json.loads(out) == [
        {
            "file": "data/papers.toml",
            "line": 5,
            "rule": "year",
            "key": "t",
            "message": "year 3020 is not when a paper appears",
            "advice": "`papertrack edit t --set year=…`",
            "fixable": False,
        }
    ]
    _write(papers, '[[paper]]\ntitle = "T"\nyear = 2020\nvenue = "NULL"\n')
    assert papertrack("check", "--fix", "--json") == (0, "[]\n", "")


def test_faults_are_told_beside_what_is_found_in_the_papers_that_are_whole(
    papertrack: Run, papers: Path
) -> None:
    text = _write(papers, '[[paper]]\ntitle = "T"\nyear = 3020\n\n[[paper]]\nyear = 2020\n')
    status, out, err = papertrack("check")
    assert status == 2
    assert out.startswith("data/papers.toml:3: year: ")
    assert "data/papers.toml:5: " in err
    assert papertrack("check", "--fix")[0] == 2
    assert papers.read_text(encoding="utf-8") == text


def test_no_repair_is_promised_that_faults_prevent(
    papertrack: Run, papers: Path, folder: Path
) -> None:
    block = "<!-- papertrack:begin -->\n| title |\n|---|\n| U |\n<!-- papertrack:end -->\n"
    _write(folder / "README.md", block)
    whole = '[[paper]]\ntitle = "T"\nyear = 2020\nvenue = "NULL"\n\n[[paper]]\nyear = 2020\n'
    _write(papers, f'[markdown]\nfiles = ["../README.md"]\n\n{whole}')
    status, out, err = papertrack("check")
    assert (status, out.count("\n")) == (2, 1)
    assert "empty-value" in out
    assert "--fix" not in out + err
    assert "stale" not in papertrack()[1]


def test_faults_alone_are_not_all_well(papertrack: Run, papers: Path) -> None:
    _write(papers, "[[paper]]\nyear = 2020\n")
    status, out, err = papertrack("check")
    assert (status, out) == (2, "")
    assert "all is well" not in err
    assert papertrack("check", "--json")[1] == "[]\n"


@pytest.fixture
def readme(papers: Path, folder: Path) -> Path:
    """A Markdown file with a block, which the catalogue names."""
    _write(papers, '[markdown]\nfiles = ["../README.md"]\n\n[[paper]]\ntitle = "T"\nyear = 2020\n')
    path = folder / "README.md"
    _write(path, "# Papers\n\n<!-- papertrack:begin -->\n<!-- papertrack:end -->\n\nThe end.\n")
    return path


def test_a_stale_block_is_found_and_made_anew(papertrack: Run, readme: Path) -> None:
    status, out, _ = papertrack("check")
    assert status == 1
    assert out.startswith("README.md:")
    assert ": stale-block: " in out
    status, out, _ = papertrack("check", "--fix")
    assert status == 0
    assert out.startswith("--- a/README.md\n+++ b/README.md\n")
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# Papers\n\n<!-- papertrack:begin -->\n")
    assert "| T " in text
    assert text.endswith("\n\nThe end.\n")
    assert papertrack("check")[0] == 0


def test_a_block_edited_by_hand_is_found_and_kept(papertrack: Run, readme: Path) -> None:
    papertrack("check", "--fix")
    edited = _write(readme, readme.read_text(encoding="utf-8").replace("| T ", "| By hand "))
    status, out, _ = papertrack("check", "--fix")
    assert status == 1
    assert "`papertrack import README.md` takes the edits into the catalogue" in out
    assert readme.read_text(encoding="utf-8") == edited


def test_a_fix_of_the_catalogue_reaches_its_blocks(
    papertrack: Run, papers: Path, readme: Path
) -> None:
    papertrack("check", "--fix")
    papers.write_text(
        papers.read_text(encoding="utf-8").replace("year = 2020", 'venue = "NIPS2019"'),
        encoding="utf-8",
    )
    assert papertrack("check", "--fix")[0] == 0
    assert "NIPS 2019" in readme.read_text(encoding="utf-8")


def test_a_file_that_is_gone_is_found(papertrack: Run, readme: Path) -> None:
    readme.unlink()
    status, out, _ = papertrack("check", "--fix")
    assert status == 1
    assert out.startswith("data/papers.toml:2: stale-block: [markdown] files names ")


def test_blocks_are_left_alone_where_their_rule_is_ignored(papertrack: Run, readme: Path) -> None:
    before = readme.read_bytes()
    assert papertrack("check", "--fix", "--ignore", "stale-block")[0] == 0
    assert readme.read_bytes() == before


def test_a_person_sees_the_fix_below_the_trouble(at_terminal: AtTerminal, papers: Path) -> None:
    _write(papers, '[[paper]]\nkey = "t"\ntitle = "T"\nyear = 3020\n')
    assert at_terminal("check") == (
        1,
        (
            "data/papers.toml:4  year\n"
            '  year 3020 is not when a paper appears (paper "t")\n'
            "  `papertrack edit t --set year=…`\n"
            "1 finding: year\n"
        ),
    )


def test_a_persons_word_that_two_papers_are_two_is_remembered(
    papertrack: Run, papers: Path
) -> None:
    text = _write(papers, '[[paper]]\nkey = "a"\ntitle = "Deep Learning"\nyear = 2016\n\n'
                  '[[paper]]\nkey = "b"\ntitle = "Deep learning"\nyear = 2015\n')  # fmt: skip
    status, out, _ = papertrack("check")
    assert status == 1
    assert "if they are two, `papertrack check --distinct a b`" in out
    assert papertrack("check", "--distinct", "A", "b") == (
        0,
        "a and b are different papers for papertrack check\n",
        "",
    )
    assert papers.read_text(encoding="utf-8") == f'[check]\ndistinct = [["a", "b"]]\n\n{text}'
    assert papertrack("check")[0] == 0
    time = papers.stat().st_mtime_ns
    again = papertrack("check", "--distinct", "b", "a")
    assert again == (0, "b and a are already different papers for papertrack check\n", "")
    assert papers.stat().st_mtime_ns == time
    papertrack("undo")
    assert papers.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("pair", "status", "message"),
    [
        (["a", "A"], 1, "both are a: name two papers\n"),
        (["a", "nobody"], 1, 'no paper "nobody": `papertrack list` shows them all\n'),
        (["a"], 2, ""),
    ],
)
def test_two_papers_must_be_named(
    papertrack: Run, papers: Path, pair: list[str], status: int, message: str
) -> None:
    text = _write(papers, '[[paper]]\nkey = "a"\ntitle = "A"\n')
    got, out, err = papertrack("check", "--distinct", *pair)
    assert (got, out) == (status, "")
    assert err == message or not message
    assert papers.read_text(encoding="utf-8") == text


def test_only_some_rules_are_looked_at(papertrack: Run, papers: Path) -> None:
    text = papers.read_text(encoding="utf-8")
    _write(papers, f'[check]\nignore = ["arxiv"]\n{text.replace("2302.13971", "23")}')
    assert papertrack("check", "--only", "doi") == (0, "", "13 papers, 1 rule: all is well\n")
    status, out, _ = papertrack("check", "--only", "arxiv", "--only", "doi")
    assert (status, out.count("\n")) == (1, 1)
    assert papertrack("check", "--only", "arxiv", "--ignore", "arxiv")[0] == 0
    assert papertrack("check", "--only", "arxv")[2] == 'no rule "arxv": did you mean arxiv?\n'
    before = papers.read_bytes()
    papertrack("check", "--fix", "--only", "doi")
    assert papers.read_bytes() == before


def finding(rule: str, *, fixable: bool = False, message: str = "is wrong") -> Finding:
    return Finding("papers.toml", 3, rule, "llama", message, "put it right", fixable)


def test_a_finding_is_place_and_rule_then_trouble_then_fix() -> None:
    screen = screen_of()
    assert lines_of(layout([finding("year", fixable=True)], screen), screen) == [
        "papers.toml:3  year",
        '  is wrong (paper "llama")',
        "  put it right (--fix does)",
    ]


def test_long_lines_are_folded_to_the_screen() -> None:
    screen = screen_of(40)
    lines = lines_of(layout([finding("year", message="wrong " * 20)], screen), screen)
    assert len(lines) > 4
    assert max(map(len, lines)) <= 40


def test_colours_set_the_place_apart() -> None:
    screen = screen_of(colours=True)
    text = seen(layout([finding("year")], screen), screen)
    assert text.startswith("\x1b[1mpapers.toml:3\x1b[0m  \x1b[33myear\x1b[0m\n")


def test_control_characters_are_made_visible() -> None:
    screen = screen_of()
    assert acting(lines_of(layout([finding("year", message="\x1b[31m")], screen), screen)) == []


def test_the_summary_counts_the_rules() -> None:
    findings = [finding("link"), finding("year"), finding("link", fixable=True)]
    assert summary(findings) == "3 findings: 2 link, 1 year; papertrack check --fix fixes 1"
    assert summary(findings[:1]) == "1 finding: link"
