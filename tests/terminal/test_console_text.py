import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.terminal import visible
from papertrack.terminal.console import fold, folded, shortened, width_of
from screens import acting


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("LLaMA", 10, ["LLaMA"], id="fits"),
        pytest.param("", 10, [""], id="nothing"),
        pytest.param("Open and Efficient", 10, ["Open and", "Efficient"], id="at a space"),
        pytest.param("Text-to-Text", 8, ["Text-to-", "Text"], id="after a hyphen"),
        pytest.param("show gpt-in-2", 11, ["show", "gpt-in-2"], id="no key is cut"),
        pytest.param("done 2026-11-29", 12, ["done", "2026-11-29"], id="no date is cut"),
        pytest.param("模型 2026-11-29", 12, ["模型", "2026-11-29"], id="no date behind Chinese"),
        pytest.param("unsupervised", 5, ["unsup", "ervis", "ed"], id="a long word"),
        pytest.param("大规模模型", 4, ["大规", "模模", "型"], id="Chinese"),
        pytest.param("大规模", 5, ["大规", "模"], id="no half characters"),
        pytest.param("大模型，好", 6, ["大模", "型，好"], id="no comma begins a line"),
        pytest.param("见《论文》", 4, ["见", "《论", "文》"], id="no opening bracket ends a line"),
        pytest.param("对标GPT-3模型", 9, ["对标GPT-3", "模型"], id="mixed"),
        pytest.param(
            "see https://a.org/b-c-d", 14, ["see", "https://a.org/", "b-c-d"], id="an address"
        ),
        pytest.param(
            "👩\u200d🔬👩\u200d🔬", 2, ["👩\u200d🔬", "👩\u200d🔬"], id="joined emoji stay joined"
        ),
    ],
)
def test_text_folds_where_a_reader_expects(text: str, width: int, expected: list[str]) -> None:
    assert fold(text, width) == expected


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("大模型", 6), ("ｗ", 2), ("é", 1), ("❤\ufe0f", 2)]
)
def test_width_is_counted_in_cells(text: str, width: int) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("LLaMA", 5, "LLaMA"),
        ("LLaMA: Open", 7, "LLaMA:…"),
        ("Open and", 6, "Open…"),
        ("大规模模型", 10, "大规模模型"),
        ("大规模模型", 7, "大规模…"),
        ("大规模模型", 8, "大规模…"),
        ("abc", 1, "…"),
        ("大", 1, "…"),
    ],
)
def test_what_is_too_long_ends_in_an_ellipsis(text: str, width: int, expected: str) -> None:
    assert shortened(text, width) == expected


@given(st.text(st.characters(), max_size=40).map(visible), st.integers(1, 30))
def test_shortened_text_keeps_to_the_width(text: str, width: int) -> None:
    for end in ("…", "..."):
        assert width_of(shortened(text, width, end)) <= width


@given(st.text(st.characters(), max_size=80).map(visible), st.integers(2, 30))
def test_folding_cuts_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = fold(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


TABLE = """\
A query names papers, each of its terms holds.

  has:FIELD    something is there: has:notes
  -- -word     not
"""


def test_a_second_column_stays_one() -> None:
    assert folded(TABLE, 36) == (
        "A query names papers, each of its\n"
        "terms holds.\n"
        "\n"
        "  has:FIELD    something is there:\n"
        "               has:notes\n"
        "  -- -word     not\n"
    )


def test_a_second_column_without_room_goes_below() -> None:
    assert "  has:FIELD    something\n  is there: has:notes\n" in folded(TABLE, 26)


def test_a_second_column_stands_below_itself_behind_wide_characters() -> None:
    assert folded("模型  one two three four", 27) == "模型  one two three four"
    assert folded("模型  one two three four five six", 27) == (
        "模型  one two three four\n      five six"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(
            "what you typed is kept in /home/me/.local/state/papertrack/edits/llama.toml",
            "what you typed is kept in /home/me/.local/state/papertrack/edits/llama.toml",
            id="at the end",
        ),
        pytest.param(
            "some words, so that what you typed is kept in /home/me/.local/state/edits/llama.toml",
            "some words, so that what you\ntyped is kept in /home/me/.local/state/edits/llama.toml",
            id="behind many words",
        ),
        pytest.param(
            "  papertrack add https://example.org/a-very-long-address looks its title up",
            "  papertrack add https://example.org/a-very-long-address\n  looks its title up",
            id="in the middle",
        ),
        pytest.param(
            "/home/me/.local/state/papertrack/edits is in the way",
            "/home/me/.local/state/papertrack/edits\nis in the way",
            id="at the beginning",
        ),
    ],
)
def test_a_long_path_stays_whole_at_the_end_of_its_line(line: str, expected: str) -> None:
    assert folded(f"{line}\nand so on and on and on and on", 30) == (
        f"{expected}\nand so on and on and on and on"
    )


any_text = st.text(st.sampled_from("ab 模（）-.:"), max_size=80)


@given(any_text, st.integers(4, 60))
def test_folded_lines_lose_nothing_but_spaces(text: str, width: int) -> None:
    narrow = folded(text, width)
    assert "".join(narrow.split()) == "".join(text.split())
    longest = max((len(word) for word in text.split()), default=0)
    if longest <= 1:
        assert max(map(width_of, narrow.split("\n"))) <= width


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
