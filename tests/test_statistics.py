import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from xml.dom import minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.models import Paper
from papertrack.statistics import (
    Period,
    Picture,
    Share,
    as_svg,
    by_lab,
    by_tag,
    figures,
    picture,
)
from papertrack.status import Status

TODAY = date(2026, 11, 22)
COUNTS = {Status.DONE: 4, Status.TO_READ: 9, Status.DROPPED: 0}
LABS = {"OpenAI": (), "Meta": ("Facebook", "FAIR"), "DeepMind": ()}


def paper(
    key: str,
    *,
    lab: str | None = None,
    tags: Sequence[str] = (),
    status: Status = Status.TO_READ,
    added: date | None = None,
    finished: date | None = None,
) -> Paper:
    return Paper(
        key=key,
        title=key,
        lab=lab,
        tags=tuple(tags),
        status=status,
        added=added,
        finished=finished,
    )


def done(key: str, added: date | None, finished: date | None) -> Paper:
    return paper(key, status=Status.DONE, added=added, finished=finished)


@pytest.mark.parametrize(
    ("labs", "names", "expected"),
    [
        pytest.param(
            LABS,
            ["FAIR", "Meta", "facebook", "Mila"],
            [("OpenAI", 0), ("Meta", 3), ("DeepMind", 0), ("Mila", 1)],
            id="a lab by any of its names, in the catalogue's order",
        ),
        pytest.param({}, ["B", "A", "b"], [("B", 2), ("A", 1)], id="as they come"),
        pytest.param({}, [None, "A"], [("A", 1), (None, 1)], id="those without a lab last"),
        pytest.param({}, [], [], id="nothing"),
    ],
)
def test_labs_are_counted(
    labs: Mapping[str, Sequence[str]], names: list[str | None], expected: list[tuple[str, int]]
) -> None:
    shares = by_lab([paper(str(n), lab=lab) for n, lab in enumerate(names)], labs)
    assert [(share.name, share.total) for share in shares] == expected


def test_labs_that_no_paper_has_can_be_left_out() -> None:
    assert by_lab([paper("a", lab="FAIR")], LABS, empty=False) == [
        Share("Meta", {Status.TO_READ: 1})
    ]


def test_tags_are_counted_once_a_paper_and_most_come_first() -> None:
    papers = [
        paper("a", tags=["rl"], status=Status.DONE),
        paper("b", tags=["RLHF", "few-shot"]),
        paper("c", tags=["rlhf", "RLHF"], status=Status.DONE),
    ]
    assert by_tag(papers) == [
        Share("RLHF", {Status.TO_READ: 1, Status.DONE: 1}),
        Share("rl", {Status.DONE: 1}),
        Share("few-shot", {Status.TO_READ: 1}),
    ]


def test_months_and_years_end_today() -> None:
    stats = figures(
        [
            done("a", date(2024, 12, 31), date(2026, 10, 1)),
            done("b", date(2026, 11, 1), date(2026, 11, 22)),
            paper("c", added=date(2025, 11, 30)),
        ],
        TODAY,
    )
    assert len(stats.months) == 12
    assert stats.months[0].first == date(2025, 12, 1)
    assert stats.months[-2:] == (
        Period(date(2026, 10, 1), 0, 1),
        Period(date(2026, 11, 1), 1, 1),
    )
    assert stats.years == (
        Period(date(2024, 1, 1), 1, 0),
        Period(date(2025, 1, 1), 1, 0),
        Period(date(2026, 1, 1), 1, 2),
    )


@pytest.mark.parametrize(
    ("added", "finished", "growth"), [(3, 1, 2), (1, 3, -2), (2, 2, 0), (0, 0, 0)]
)
def test_the_pile_grows_by_what_is_added_less_what_is_finished(
    added: int, finished: int, growth: int
) -> None:
    first, before = TODAY - timedelta(days=89), TODAY - timedelta(days=90)
    papers = [
        *(paper(f"a{n}", added=first) for n in range(added)),
        *(done(f"f{n}", before, first) for n in range(finished)),
        done("long ago", before, before),
    ]
    assert figures(papers, TODAY).growth == growth


def test_waiting_is_counted_in_days() -> None:
    stats = figures(
        [
            *(paper(str(days), added=TODAY - timedelta(days=days)) for days in (1, 10, 30)),
            paper("undated"),
            done("read", date(2026, 1, 1), date(2026, 1, 8)),
            done("imported", None, None),
            done("nobody knows", date(2026, 1, 1), None),
            done("impossible", date(2026, 1, 8), date(2026, 1, 1)),
        ],
        TODAY,
    )
    assert stats.waiting is not None
    assert stats.waiting[:3] == (3, 10, 30)
    assert stats.waiting.paper.key == "30"
    assert stats.read is not None
    assert stats.read[:3] == (1, 7, 7)
    assert stats.undated == 1


def test_an_empty_list_has_figures() -> None:
    stats = figures([], TODAY)
    assert (stats.total, stats.labs, stats.tags) == (0, (), ())
    assert (stats.waiting, stats.read, stats.growth) == (None, None, 0)
    assert stats.years == (Period(date(2026, 1, 1), 0, 0),)


def test_a_picture_shows_the_labs_with_most_papers() -> None:
    papers = [paper(f"{n}{m}", lab=f"lab {n}") for n in range(12) for m in range(n + 1)]
    shown = picture(figures([*papers, paper("without")], TODAY), "Papers")
    assert [share.name for share in shown.shares] == [f"lab {n}" for n in range(11, 1, -1)]
    assert "0 of 12" in texts(as_svg(shown))
    assert shown.months == ()


def test_a_picture_shows_the_tags_where_most_papers_have_no_lab() -> None:
    papers = [paper("a", lab="Meta", tags=("rl",)), paper("b", tags=("rl",)), paper("c")]
    assert [it.name for it in picture(figures(papers, TODAY), "x").shares] == ["rl"]
    assert [it.name for it in picture(figures(papers[:2], TODAY), "x").shares] == ["Meta"]
    papers = [paper("a", lab="Meta"), paper("b"), paper("c")]
    assert [it.name for it in picture(figures(papers, TODAY), "x").shares] == ["Meta"]


def test_a_picture_shows_months_in_which_something_happened() -> None:
    shown = picture(figures([done("a", None, date(2026, 10, 1))], TODAY), "Papers")
    assert [(it.first.month, it.finished) for it in shown.months][-2:] == [(10, 1), (11, 0)]


@given(
    st.lists(
        st.builds(
            Paper,
            key=st.text(),
            title=st.text(),
            lab=st.none() | st.sampled_from(["Meta", "fair", "X", ""]),
            status=st.sampled_from(Status),
            added=st.none() | st.dates(),
            finished=st.none() | st.dates(),
        ),
        max_size=8,
    )
)
def test_every_paper_is_counted_in_one_lab(papers: list[Paper]) -> None:
    shares = by_lab(papers, LABS)
    assert sum(share.total for share in shares) == len(papers)
    assert len({share.name for share in shares}) == len(shares)


def texts(svg: str) -> list[str]:
    document = minidom.parseString(svg)  # noqa: S318 - written by as_svg just now
    return [
        "".join(child.data for child in node.childNodes if isinstance(child, minidom.Text))
        for node in document.getElementsByTagName("text")
    ]


def test_a_picture_tells_what_it_shows() -> None:
    svg = as_svg(
        Picture(
            "大模型论文",
            COUNTS,
            [Share("OpenAI", COUNTS)],
            [Period(date(2026, 10, 1), 2, 1), Period(date(2026, 11, 1), 0, 3)],
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
        "the last twelve months",
    ]
    assert 'aria-label="大模型论文: 4 done, 9 to read"' in svg
    assert "<title>Nov: 0 added, 3 finished</title>" in svg
    assert svg.endswith("</svg>\n")


def test_bars_have_lengths_in_proportion() -> None:
    svg = as_svg(Picture("x", {Status.DONE: 1, Status.TO_READ: 3}))
    assert re.findall(r'class="(done|to-read)" x="([\d.]+)" y="58" width="([\d.]+)"', svg) == [
        ("done", "24.0", "147.0"),
        ("to-read", "172.0", "443.0"),
    ]


def test_a_picture_of_nothing_is_a_picture() -> None:
    assert texts(as_svg(Picture("", {}))) == [""]


def test_a_long_name_is_shortened_in_its_place_and_whole_beside_it() -> None:
    name = "智谱人工智能研究院与清华大学"
    svg = as_svg(Picture("x", {}, [Share(name, COUNTS)]))
    assert "智谱人工智能研究院…" in texts(svg)
    assert f"<title>{name}</title>" in svg


def test_themes_have_the_same_names() -> None:
    light, _, dark = as_svg(Picture("x", {})).partition("@media (prefers-color-scheme:dark)")
    names = [re.findall(r"^\.([a-z-]+)\{", part, re.MULTILINE) for part in (light, dark)]
    assert names[0] == names[1]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("name", "least"),
    [("title", 4.5), ("text", 4.5), ("faint", 4.5), ("done", 3), ("skimmed", 3), ("reading", 3)],
)
def test_what_matters_stands_out(theme: int, name: str, least: float) -> None:
    style = as_svg(Picture("x", {})).split("@media")[theme]
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


@given(any_text, any_text)
def test_no_text_breaks_out_of_the_picture(title: str, name: str) -> None:
    svg = as_svg(Picture(title, COUNTS, [Share(name, COUNTS)], [Period(TODAY, 1, 0)]))
    svg.encode()
    document = minidom.parseString(svg)  # noqa: S318 - written by as_svg just now
    assert {node.tagName for node in document.getElementsByTagName("*")} <= {
        "svg", "style", "rect", "text", "circle", "g", "title",
    }  # fmt: skip
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", svg)
