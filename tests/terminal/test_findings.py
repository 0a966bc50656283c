from papertrack.checks import Finding
from papertrack.terminal.findings import shown, summary
from papertrack.terminal.screen import Screen


def finding(rule: str, *, fixable: bool = False, message: str = "is wrong") -> Finding:
    return Finding("papers.toml", 3, rule, "llama", message, "put it right", fixable)


def test_a_finding_is_place_and_rule_then_trouble_then_mend() -> None:
    assert shown([finding("year", fixable=True)], Screen()) == (
        'papers.toml:3  year\n  is wrong (paper "llama")\n  put it right (--fix does)\n'
    )


def test_long_lines_are_folded_to_the_screen() -> None:
    lines = shown([finding("year", message="wrong " * 20)], Screen(width=40)).splitlines()
    assert len(lines) > 4
    assert max(map(len, lines)) <= 40


def test_colours_set_the_place_apart() -> None:
    text = shown([finding("year")], Screen(colours=True))
    assert text.startswith("\x1b[1mpapers.toml:3\x1b[0m  \x1b[33myear\x1b[0m\n")


def test_control_characters_are_made_visible() -> None:
    assert "\x1b" not in shown([finding("year", message="\x1b[31m")], Screen())


def test_the_summary_counts_the_rules() -> None:
    found = [finding("link"), finding("year"), finding("link", fixable=True)]
    assert summary(found) == "3 findings: 2 link, 1 year; papertrack check --fix fixes 1"
    assert summary(found[:1]) == "1 finding: 1 link"
