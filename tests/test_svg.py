import re
from xml.dom import minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.svg import Bar, MonthColumn, Picture, Portion, dumps

PARTS = (Portion("done", 4), Portion("to-read", 9, "to read"), Portion("dropped", 0))


def texts(svg: str) -> list[str]:
    document = minidom.parseString(svg)  # noqa: S318 - written by dumps just now
    return [
        "".join(child.data for child in node.childNodes if isinstance(child, minidom.Text))
        for node in document.getElementsByTagName("text")
    ]


def test_a_picture_tells_what_it_shows() -> None:
    svg = dumps(
        Picture(
            "大模型论文",
            PARTS,
            [Bar("OpenAI", PARTS, "4 of 13")],
            [MonthColumn("Oct", 2, 1), MonthColumn("Nov", 0, 3)],
            "Two months",
        )
    )
    assert texts(svg) == [
        "大模型论文",
        "4 done",
        "9 to read",
        "OpenAI",
        "4 of 13",
        "Oct",
        "Nov",
        "2 added",
        "4 finished",
        "Two months",
    ]
    assert 'aria-label="大模型论文: 4 done, 9 to read"' in svg
    assert "<title>Nov: 0 added, 3 finished</title>" in svg
    assert svg.endswith("</svg>\n")


def test_bars_have_lengths_in_proportion() -> None:
    svg = dumps(Picture("x", [Portion("done", 1), Portion("to-read", 3)]))
    assert re.findall(r'class="(done|to-read)" x="([\d.]+)" y="58" width="([\d.]+)"', svg) == [
        ("done", "24.0", "147.0"),
        ("to-read", "172.0", "443.0"),
    ]


def test_a_picture_of_nothing_is_a_picture() -> None:
    assert texts(dumps(Picture("", []))) == [""]


def test_a_long_name_is_shortened_in_its_place_and_whole_beside_it() -> None:
    name = "智谱人工智能研究院与清华大学"
    svg = dumps(Picture("x", [], [Bar(name, PARTS, "")]))
    assert "智谱人工智能研究院…" in texts(svg)
    assert f"<title>{name}</title>" in svg


def test_themes_have_the_same_names() -> None:
    light, _, dark = dumps(Picture("x", [])).partition("@media (prefers-color-scheme:dark)")
    names = [re.findall(r"^\.([a-z-]+)\{", part, re.MULTILINE) for part in (light, dark)]
    assert names[0] == names[1]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("name", "least"),
    [("title", 4.5), ("text", 4.5), ("faint", 4.5), ("done", 3), ("skimmed", 3), ("reading", 3)],
)
def test_what_matters_stands_out(theme: int, name: str, least: float) -> None:
    style = dumps(Picture("x", [])).split("@media")[theme]
    colours = dict(re.findall(r"^\.([a-z-]+)\{fill:#([0-9a-f]{6})\}", style, re.MULTILINE))
    one, other = sorted((_luminance(colours[name]), _luminance(colours["ground"])))
    assert (other + 0.05) / (one + 0.05) >= least


def _luminance(colour: str) -> float:
    """Return the relative luminance: WCAG 2.2, definitions."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


any_text = st.text(st.characters(), max_size=30)


@given(any_text, any_text, any_text)
def test_no_text_breaks_out_of_the_picture(title: str, name: str, caption: str) -> None:
    svg = dumps(Picture(title, PARTS, [Bar(name, PARTS, name)], [MonthColumn(name, 1, 0)], caption))
    svg.encode()
    document = minidom.parseString(svg)  # noqa: S318 - written by dumps just now
    assert {node.tagName for node in document.getElementsByTagName("*")} <= {
        "svg", "style", "rect", "text", "circle", "g", "title",
    }  # fmt: skip
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", svg)
