from dataclasses import replace
from datetime import date

import pytest

from papertrack import checks
from papertrack.catalogue import parse
from papertrack.catalogue.draft import Draft
from papertrack.checks.problems import Subject
from papertrack.errors import PapertrackError
from papertrack.models import Catalogue

TODAY = date(2024, 3, 31)

# Each fix makes way for the next: an address becomes an arXiv id, which tells the year.
TANGLED = """\
[labs]
Meta = ["Facebook"]

# a comment
[[paper]]
key = "one"
title = "One Title Here"
lab = "facebook"   # as it was
venue = "NULL"
arxiv = "https://arxiv.org/abs/2302.13971"

[[paper]]
key = "two"
title = "Another"
lab = "Elsewhere"
venue = "nips2019"

[[paper]]
key = "three"
title = "A Third"
lab = "Elsewhere"
venue = "NIPS"
year = 2019
links = ["arxiv.org/abs/2302.13971", ""]
"""
FIXED = """\
[labs]
Meta = ["Facebook"]
Elsewhere = []

# a comment
[[paper]]
key = "one"
title = "One Title Here"
lab = "Meta"   # as it was
year = 2023
arxiv = "2302.13971"

[[paper]]
key = "two"
title = "Another"
lab = "Elsewhere"
venue = "NIPS"
year = 2019

[[paper]]
key = "three"
title = "A Third"
lab = "Elsewhere"
venue = "NIPS"
year = 2019
links = ["https://arxiv.org/abs/2302.13971"]
"""


def subject(text: str) -> Subject:
    return Subject(catalogue=parse(text).catalogue, text=text, today=TODAY)


def test_what_is_safe_is_fixed_at_one_go() -> None:
    draft = Draft(TANGLED)
    checks.fix(draft, TODAY)
    assert draft.text == FIXED
    left = checks.check(subject(FIXED))
    assert [it.rule for it in left if it.fixable] == []


def test_what_is_right_is_left_alone() -> None:
    draft = Draft(FIXED)
    checks.fix(draft, TODAY)
    assert draft.text == FIXED


def test_findings_come_by_line_and_name_rule_and_paper() -> None:
    findings = checks.check(replace(subject(TANGLED), where="data/papers.toml"))
    assert {it.file for it in findings} == {"data/papers.toml"}
    assert [it.line for it in findings] == sorted(it.line for it in findings)
    assert [(it.line, it.rule, it.key) for it in findings] == [
        (5, "missing-year", "one"),
        (8, "unlisted-lab", "one"),
        (9, "empty-value", "one"),
        (10, "arxiv", "one"),
        (15, "unlisted-lab", "two"),
        (16, "venue-year", "two"),
        (16, "venue-spelling", "two"),
        (18, "duplicate", "three"),
        (24, "empty-value", "three"),
        (24, "link", "three"),
    ]


def test_ignored_rules_find_nothing() -> None:
    rules = checks.chosen_rules({"missing-year", "link", "unlisted-lab"}, (), Catalogue())
    assert {it.rule for it in checks.check(subject(TANGLED), rules)} == {
        "empty-value",
        "arxiv",
        "duplicate",
        "venue-year",
        "venue-spelling",
    }


@pytest.mark.parametrize(
    ("name", "hint"),
    [("duplicates", "did you mean duplicate?"), ("x", "the rules are empty-title, empty-value, ")],
)
def test_a_rule_that_is_none_is_an_error(name: str, hint: str) -> None:
    assert checks.rule_named("duplicate") == "duplicate"
    with pytest.raises(PapertrackError) as caught:
        checks.rule_named(name)
    assert caught.value.exit_status == 2
    assert caught.value.message.startswith(f'no rule "{name}": {hint}')


def test_every_rule_says_what_it_finds() -> None:
    for rule in checks.RULES.values():
        assert rule.__doc__
        assert rule.__doc__.startswith("Find ")


def test_papers_without_faults_are_checked_beside_broken_ones() -> None:
    text = '[[paper]]\ntitle = "Whole"\nyear = 3020\n\n[[paper]]\ntitle = \n'
    catalogue, faults, _ = parse(text)
    assert len(faults) == 1
    whole = Subject(catalogue=catalogue, text=text, today=TODAY)
    assert [(it.line, it.rule) for it in checks.check(whole)] == [(3, "year")]
