"""The page: one file, no request, hostile text shown as text; tried in a browser where one is."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from papertrack import formats, page
from papertrack.catalogue import parse
from papertrack.formats import Format
from papertrack.models import Catalogue, Look, Paper
from papertrack.status import Status

Tab: TypeAlias = Any
"""A tab of Playwright's, which may be absent here: it has no type then."""
Visit: TypeAlias = Callable[..., Tab]
Setting: TypeAlias = object

HOSTILE = "</script><img src=x onerror=alert(1)> [/b]|`x`<script>&amp; 🙈 $title ${data}"
LLAMA = Paper(
    key="llama",
    title="LLaMA: Open and Efficient Foundation Language Models",
    authors=("Hugo Touvron", "Thibaut Lavril", "Gautier Izacard"),
    lab="Meta",
    venue="arXiv",
    year=2023,
    arxiv="2302.13971",
    tags=("llm", "大模型"),
    status=Status.DONE,
    finished=date(2023, 3, 1),
    summary="Meta的LLaMA模型：\n1 参数更小；预训练\n",
    notes="only for me",
)
MULLER = Paper(
    key="muller",
    title="The Łódź few‑shot straße of Jürgen",
    lab="OpenAI",
    year=2019,
    links=("javascript:alert(1)", "https://example.org/a?b=<c>", "https://["),
)
ODD = Paper(key="odd", title=HOSTILE, tags=("llm",), lab="Meta", summary=HOSTILE)
PAPERS = (LLAMA, MULLER, ODD)
LABS = {"OpenAI": (), "Meta": ("Facebook",)}
CATALOGUE = Catalogue(title="Lists & <lists>", papers=PAPERS, labs=LABS)
WITH_NOTES = CATALOGUE.model_copy(update={"files": ("README.md",)})


def data(text: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert match
    loaded: dict[str, Any] = json.loads(match[1])
    return loaded


def rows(text: str) -> list[dict[str, Any]]:
    content = data(text)
    return [dict(zip(content["fields"], row, strict=True)) for row in content["papers"]]


class Tags(HTMLParser):
    """Collects the tags of a page as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_two_pages_of_the_same_papers_are_the_same_bytes() -> None:
    assert page.dumps(PAPERS, CATALOGUE) == page.dumps(PAPERS, CATALOGUE)


def test_it_asks_nobody_for_anything() -> None:
    tags = Tags(page.dumps(PAPERS, CATALOGUE)).tags
    assert [attrs for tag, attrs in tags if "src" in attrs] == []
    assert [attrs["href"] for tag, attrs in tags if "href" in attrs] == ["data:,"]
    policy = next(
        attrs["content"]
        for tag, attrs in tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert str(policy).startswith("default-src 'none';")


def test_older_browsers_read_the_script() -> None:
    [script] = re.findall(r"<script>(.*?)</script>", page.dumps(PAPERS, CATALOGUE), re.DOTALL)
    assert re.findall(r"\(\?<[=!]", script) == []  # Safari before 16.4 has no lookbehind


def test_hostile_text_ends_no_element() -> None:
    text = page.dumps(PAPERS, CATALOGUE)
    tags = Tags(text).tags
    assert [tag for tag, _ in tags].count("script") == 2
    assert "img" not in [tag for tag, _ in tags]
    assert rows(text)[2]["title"] == HOSTILE
    assert "<title>Lists &amp; &lt;lists&gt;</title>" in text


def test_only_web_addresses_become_links() -> None:
    muller = rows(page.dumps(PAPERS, CATALOGUE))[1]
    assert muller["links"] == ["https://example.org/a?b=<c>"]
    assert muller["sites"] == ["example.org"]


def test_notes_are_shown_where_the_tables_show_them() -> None:
    quiet = Catalogue(look=Look(columns=("title", "status")), papers=PAPERS)
    assert "only for me" in page.dumps(PAPERS, WITH_NOTES)
    assert "only for me" not in page.dumps(PAPERS, quiet)
    assert "only for me" in page.dumps(PAPERS, quiet, everything=True)
    form = Format.HTML
    assert "only for me" in formats.dumps(form, PAPERS, CATALOGUE, everything=True)
    without = ["note"]  # as `add --note` and queries call it
    text = formats.dumps(form, PAPERS, CATALOGUE, everything=True, without=without)
    assert "only for me" not in text


@pytest.mark.parametrize(
    ("settings", "notes"),
    [
        pytest.param("", "", id="no table at all"),
        pytest.param(
            '[markdown]\nfiles = ["README.md"]', "PRIVATE", id="the usual table in a file"
        ),
        pytest.param('[markdown]\ncolumns = ["title", "notes"]', "PRIVATE", id="a look with notes"),
        pytest.param('[markdown]\ncolumns = ["title"]', "", id="a look without notes"),
        pytest.param('[markdown]\ngroup = "lab"', "PRIVATE", id="a look with the usual columns"),
        pytest.param(
            '[markdown]\nfiles = ["README.md"]\n[markdown.short]\ncolumns = ["title"]',
            "",
            id="only a named look is described",
        ),
    ],
)
def test_notes_are_published_only_where_a_table_shows_them(settings: str, notes: str) -> None:
    paper = '[[paper]]\ntitle = "P"\nnotes = "PRIVATE"\n'
    known, _, _ = parse(f"{settings}\n{paper}")
    assert [row["notes"] for row in rows(page.dumps(known.papers, known))] == [notes]


@pytest.mark.parametrize("field", ["authors", "lab", "links", "tags", "summary", "notes"])
def test_a_field_can_be_left_out(field: str) -> None:
    kept = rows(page.dumps([LLAMA], WITH_NOTES))[0]
    left = rows(formats.dumps(Format.HTML, [LLAMA], WITH_NOTES, without=[field]))[0]
    assert kept[field]
    assert not left[field]


def test_groups_stand_in_the_order_of_the_catalogue() -> None:
    grouped = CATALOGUE.model_copy(update={"look": Look(group="lab")})
    loose = Paper(key="loose", title="Of no lab")
    text = page.dumps([*PAPERS, loose], grouped)
    assert [row["group"] for row in rows(text)] == ["OpenAI", "Meta", "Meta", "Others"]


def test_the_search_shows_what_can_be_typed() -> None:
    tags = Tags(page.dumps(PAPERS, CATALOGUE)).tags
    [search] = [attrs for tag, attrs in tags if tag == "input"]
    assert search["placeholder"] == "/  lab:Meta  tag:llm"
    bare = page.dumps((Paper(key="x", title="X"),), Catalogue())
    assert 'placeholder="/"' in bare


def test_words_are_those_of_the_list() -> None:
    look = Look(
        columns=("**title+link**", "source", "status"),
        headers=("**名称**", "来源", "状态"),
        statuses={"done": "done", "to-read": ""},
    )
    text = page.dumps([LLAMA, MULLER], CATALOGUE.model_copy(update={"look": look}))
    assert '<html lang="zh">' in text
    assert ">名称</button>" in text
    assert data(text)["words"]["statuses"]["to-read"] == "to-read"
    plain = page.dumps([LLAMA], CATALOGUE.model_copy(update={"title": "论文"}))
    assert data(plain)["words"]["statuses"]["to-read"] == "待读"
    signs = look.model_copy(update={"statuses": {"done": "✅"}})
    text = page.dumps([LLAMA], CATALOGUE.model_copy(update={"look": signs}))
    assert data(text)["words"]["statuses"]["done"] == "✅ 已读"


@pytest.mark.parametrize(
    ("papers", "head"),
    [((LLAMA,), "Authors"), ((MULLER,), "Lab"), ((LLAMA, MULLER), "Authors / Lab")],
)
def test_a_column_of_people_says_whom_it_names(papers: tuple[Paper, ...], head: str) -> None:
    assert f">{head}<" in page.dumps(papers, CATALOGUE)


def test_columns_that_are_empty_everywhere_are_left_out() -> None:
    bare = [Paper(key="a", title="A"), Paper(key="b", title="B")]
    assert re.findall(r'data-sort="(\w+)"', page.dumps(bare, Catalogue())) == ["title", "status"]


def test_without_scripts_it_says_how_many_and_which() -> None:
    text = page.dumps(PAPERS, CATALOGUE)
    plain = text[text.index("<noscript>") : text.index("</noscript>")]
    assert "3 papers" in plain
    assert plain.count("<li>") == 3


@pytest.fixture(scope="module")
def browser() -> Iterator[Tab]:
    """A headless Chromium, where Playwright's Python package and the browser are installed."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium is installed")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def visit(browser: Tab, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """Open a page of the papers; whatever it asks for or complains of fails the test."""

    def opened(
        papers: tuple[Paper, ...],
        *,
        hash_: str = "",
        catalogue: Catalogue = CATALOGUE,
        **context: Setting,
    ) -> Tab:
        place = tmp_path_factory.mktemp("page") / "list.html"
        place.write_text(page.dumps(papers, catalogue), encoding="utf-8")
        tab = browser.new_context(**context).new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("pageerror", lambda error: pytest.fail(str(error)))
        tab.on("console", lambda message: pytest.fail(message.text))
        tab.goto(f"{place.as_uri()}{hash_}")
        tab.wait_for_selector("#rows tr")
        assert [url for url in asked if not url.startswith("file:")] == []
        return tab

    return opened


@pytest.fixture(scope="module")
def visited(visit: Visit) -> Tab:
    """The page of the papers."""
    return visit(PAPERS)


@pytest.fixture
def listed(visited: Tab) -> Iterator[Tab]:
    """The page of the papers, with nothing asked of it and no field in use."""
    yield visited
    visited.fill("#q", "")
    visited.locator("#q").blur()
    assert visited.text_content("#count") == "3 papers"


def _titles(tab: Tab) -> list[str]:
    keys = {paper.title: paper.key for paper in PAPERS}
    return [keys[text] for text in tab.locator("td.title > :first-child").all_text_contents()]


@pytest.mark.slow
class TestInABrowser:
    @pytest.mark.parametrize(
        ("typed", "keys"),
        [
            ("jurgen", ["muller"]),
            ("lodz STRASSE few-shot", ["muller"]),
            ("预训练", ["llama"]),
            ('"预 训练"', ["llama"]),
            ("2302.13971", ["llama"]),
            ("touvron 2023", ["llama"]),
            ("onerror=alert", ["odd"]),
        ],
    )
    def test_search_finds_what_is_meant(self, listed: Tab, typed: str, keys: list[str]) -> None:
        listed.keyboard.press("/")
        listed.keyboard.type(typed)
        assert _titles(listed) == keys
        assert listed.text_content("#count") == f"{len(keys)} of 3 papers"
        listed.keyboard.press("Escape")
        assert listed.text_content("#count") == "3 papers"

    @pytest.mark.parametrize(
        ("typed", "keys"),
        [
            ("lab:Meta", ["llama", "odd"]),
            ("lab:facebook tag:llm", ["llama", "odd"]),
            ("lab:Me", ["llama", "odd"]),
            ("labs:meta authors:touvron", ["llama"]),
            ("lab:meta -tag:大模型", ["odd"]),
            ("-lab:Meta", ["muller"]),
            ("lab:OpenAI,Meta year:2019..2023", ["llama", "muller"]),
            ("year:>2019", ["llama"]),
            ("year:..2019", ["muller"]),
            ("year:2019", ["muller"]),
            ("year:20", ["llama", "muller", "odd"]),
            ("status:done", ["llama"]),
            ("-status:done", ["muller", "odd"]),
            ("status:", ["llama", "muller", "odd"]),
            ('author:touvron "foundation language"', ["llama"]),
            ('"language foundation"', []),
            ("venue:arxiv title:llama", ["llama"]),
            ("constructor:x", []),
        ],
    )
    def test_search_takes_the_terms_of_a_query(
        self, listed: Tab, typed: str, keys: list[str]
    ) -> None:
        listed.fill("#q", typed)
        assert _titles(listed) == keys

    def test_addresses_in_a_text_can_be_followed_once_it_is_unfolded(self, visit: Visit) -> None:
        text = "读：https://a.example/x?b=1。又\n见 (http://b.example/y). javascript:alert(1) <b>"
        tab = visit((ODD.model_copy(update={"summary": text}),))
        assert tab.locator("details a").count() == 0
        tab.click("summary")
        tab.wait_for_selector("details a")
        links = tab.eval_on_selector_all("details a", "all => all.map(each => each.href)")
        assert links == ["https://a.example/x?b=1", "http://b.example/y"]
        first, second = text.split("\n")
        assert tab.text_content("summary") == first
        assert tab.text_content(".rest") == f"https://a.example/x?b=1\n{second}"
        tab.click("summary")
        tab.wait_for_function(
            "text => document.querySelector('summary').textContent === text", arg=text
        )

    def test_the_address_keeps_what_is_asked(self, visit: Visit) -> None:
        tab = visit(PAPERS, hash_="#lab=Meta&sort=-title")
        assert _titles(tab) == ["llama", "odd"]
        assert tab.get_attribute("th[data-sort=title]", "aria-sort") == "descending"
        tab.select_option("#status", "done")
        assert _titles(tab) == ["llama"]
        assert "status=done" in tab.url
        tab.evaluate("location.hash = 'year=2019'")
        tab.wait_for_function("document.querySelectorAll('td.title').length === 1")
        assert _titles(tab) == ["muller"]

    def test_a_head_sorts_up_then_down_then_not(self, visit: Visit) -> None:
        tab = visit(PAPERS)
        orders = []
        for _ in range(3):
            tab.click("th[data-sort=title] button")
            orders.append(_titles(tab))
        assert orders == [["odd", "llama", "muller"], ["muller", "llama", "odd"], _titles(tab)]
        assert orders[2] == ["llama", "muller", "odd"]

    @pytest.mark.parametrize("width", [390, 1400])
    def test_a_lab_that_is_a_heading_is_no_column_too(self, visit: Visit, width: int) -> None:
        papers = tuple(paper.model_copy(update={"authors": ()}) for paper in PAPERS)
        by_lab = CATALOGUE.model_copy(update={"look": Look(group="lab")})
        tab = visit(papers, catalogue=by_lab, viewport={"width": width, "height": 800})
        assert tab.locator("tbody th").all_text_contents() == ["OpenAI", "Meta"]
        assert not tab.is_visible("th.people")
        assert tab.get_attribute("tbody th >> nth=0", "colspan") == "3"
        tab.click("th[data-sort=title] button")
        assert tab.is_visible("th.people")
        assert tab.locator("tbody th").count() == 0
        plain = visit(papers)
        assert plain.is_visible("th.people")

    def test_hostile_text_is_text_and_no_script_runs(self, listed: Tab) -> None:
        assert HOSTILE in listed.locator("td.title > :first-child").all_text_contents()
        assert listed.locator("img").count() == 0
        addresses = listed.eval_on_selector_all("a", "all => all.map(each => each.protocol)")
        assert set(addresses) == {"https:"}

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [390, 1400])
    def test_nothing_bars_anybody(self, visit: Visit, scheme: str, width: int) -> None:
        size = {"width": width, "height": 800}
        tab = visit(PAPERS, color_scheme=scheme, viewport=size, bypass_csp=True)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe = Path(os.environ.get("AXE_CORE", "node_modules/axe-core")) / "axe.min.js"
        if not axe.exists():
            pytest.skip("axe-core is not installed: name its folder in AXE_CORE")
        tab.click("summary")
        tab.wait_for_selector(".rest")
        tab.add_script_tag(path=str(axe))
        assert tab.evaluate("axe.run()")["violations"] == []

    def test_ten_thousand_papers_are_drawn_some_at_a_time(self, visit: Visit) -> None:
        many = tuple(Paper(key=f"p{at}", title=f"Paper {at}", tags=("x",)) for at in range(10_000))
        tab = visit(many)
        assert tab.evaluate("document.querySelectorAll('*').length") <= 1000
        tab.click("#next")
        assert tab.locator("#rows tr").count() >= 100
        tab.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert tab.locator("#rows tr").count() == 10_000
