from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

import pytest

from papertrack import checks
from papertrack.catalogue import parse
from papertrack.catalogue.draft import Draft
from papertrack.checks.problems import Subject

TODAY = date(2024, 3, 31)


class ShortFinding(NamedTuple):
    """What the tests look at of a finding."""

    line: int
    message: str
    advice: str
    fixable: bool


Checked = Callable[..., list[ShortFinding]]
Fixed = Callable[[str, str], str]


@pytest.fixture
def checked() -> Checked:
    """What one rule finds in a catalogue's text, and in files."""

    def check(
        rule: str, text: str, files: Mapping[str, str | None] | None = None
    ) -> list[ShortFinding]:
        catalogue, faults, _ = parse(text)
        assert not faults
        subject = Subject(catalogue=catalogue, text=text, today=TODAY, files=files or {})
        findings = checks.check(subject, {rule: checks.RULES[rule]})
        return [ShortFinding(it.line, it.message, it.advice, it.fixable) for it in findings]

    return check


@pytest.fixture
def fixed() -> Fixed:
    """A catalogue's text with what one rule finds fixed."""

    def fix(rule: str, text: str) -> str:
        draft = Draft(text)
        checks.fix(draft, TODAY, {rule: checks.RULES[rule]})
        return draft.text

    return fix
