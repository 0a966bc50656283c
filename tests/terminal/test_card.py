import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.models import Paper
from papertrack.terminal import card
from papertrack.terminal.cells import width_of
from papertrack.terminal.safe import visible
from papertrack.terminal.screen import Screen

_KEYS = {"1-5": "priority", "s": "start", "l": "later", "q": "quit"}
_SUMMARY = "".join(f"{number} 第{number}行：高效率大模型\n" for number in range(1, 9))


def _shown(screen: Screen, **fields: object) -> list[str]:
    paper = Paper.model_validate({"key": "p", "title": "P", **fields})
    return card.shown(paper, _KEYS, screen, number=3, total=41).split("\n")


def test_a_card_says_what_is_needed_to_decide() -> None:
    assert _shown(
        Screen(60),
        name="LLaMA",
        title="LLaMA: Open and Efficient Foundation Language Models",
        lab="Meta",
        venue="arXiv",
        year=2023,
        tags=["llm", "rl"],
        summary=_SUMMARY,
        notes="one\ntwo\n",
    ) == [
        "",
        "── 3 of 41 ─────────────────────────────────────────────────",
        "LLaMA: Open and Efficient Foundation Language Models",
        "LLaMA · Meta · arXiv 2023 · llm, rl",
        "  1 第1行：高效率大模型",
        "  2 第2行：高效率大模型",
        "  3 第3行：高效率大模型",
        "  4 第4行：高效率大模型",
        "  5 第5行：高效率大模型",
        "  …",
        "2 lines of notes",
        "",
        "1-5 priority  s start  l later  q quit",
        "",
    ]


def test_a_bare_title_is_a_card() -> None:
    rule = "-- 3 of 41 -----------------------------"
    keys = "1-5 priority  s start  l later  q quit"
    assert _shown(Screen(40, signs=False)) == ["", rule, "P", "", keys, ""]


def test_keys_take_the_lines_they_need() -> None:
    assert _shown(Screen(20))[-3:] == ["s start  l later", "q quit", ""]


@given(
    st.fixed_dictionaries(
        {"title": st.text(min_size=1), "lab": st.text(), "summary": st.text(), "notes": st.text()}
    ),
    st.integers(20, 120),
)
def test_a_card_fits_the_screen_and_does_nothing_to_it(
    fields: dict[str, object], width: int
) -> None:
    lines = _shown(Screen(width), **fields)
    assert max(map(width_of, lines)) <= width
    assert lines == [visible(line) for line in lines]


@pytest.mark.parametrize("text", ["\x1b]0;x\x07", "\u202egpj", "[/b] [link=x]"])
def test_hostile_text_is_spelled_out(text: str) -> None:
    shown = "\n".join(_shown(Screen(60), title=text, summary=text, lab=text))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert ("[link=x]" in shown) == ("[link=x]" in text)


def test_a_megabyte_of_summary_is_not_folded_whole() -> None:
    assert len(_shown(Screen(60), summary="x" * 1_000_000)) < 20
