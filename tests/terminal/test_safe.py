import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.terminal.safe import visible
from screens import acting

any_text = st.text(st.characters(), max_size=60)  # surrogates too


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "LLaMA: 高效率大模型（参数更小）；", "LLaMA: 高效率大模型（参数更小）；", id="plain"
        ),
        pytest.param("a\x1b]0;title\x07b", r"a\x1b]0;title\x07b", id="window title"),
        pytest.param("\x9b31m", r"\x9b31m", id="one-byte CSI"),
        pytest.param("nul\x00", r"nul\x00", id="NUL"),
        pytest.param("\x7f", r"\x7f", id="DEL"),
        pytest.param("\u202eevil\u2066", r"\u202eevil\u2066", id="bidi"),
        pytest.param("pay\u200bpal", r"pay\u200bpal", id="zero-width space"),
        pytest.param("pay\u200dpal", r"pay\u200dpal", id="joiner between ASCII letters"),
        pytest.param("\udc9b", r"\udc9b", id="lone surrogate"),
        pytest.param("\U000e0041", r"\U000e0041", id="a tag that nobody sees"),
        pytest.param("soft\xadhyphen", r"soft\xadhyphen", id="soft hyphen"),
        pytest.param("👩\u200d🔬 ❤\ufe0f", "👩\u200d🔬 ❤\ufe0f", id="emoji with joiners"),
        pytest.param(
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            id="a flag spelled with tags",
        ),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="Persian non-joiner"),
        pytest.param("[/b] [link=x]", "[/b] [link=x]", id="Rich markup"),
        pytest.param("a\tb\nc\r\nd\u2028e", "a b c d e", id="tabs and line ends"),
    ],
)
def test_what_acts_on_a_terminal_is_spelled_out(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_line_ends_stay_when_lines_are_asked_for() -> None:
    assert visible("a\n\tb\r\nc\rd\x1b", lines=True) == "a\n    b\nc\\x0dd\\x1b"


@given(any_text)
def test_no_control_is_left(text: str) -> None:
    shown = visible(text)
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(shown) & set(
        "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


@given(any_text)
def test_lines_hold_no_control_but_the_line_feed(text: str) -> None:
    assert acting(visible(text, lines=True).split("\n")) == []


@given(any_text)
def test_it_is_one_line_for_every_program(text: str) -> None:
    assert len(f"{visible(text)}\n".splitlines()) == 1
    assert "\t" not in visible(text)
