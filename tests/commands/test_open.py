from pathlib import Path

import pytest

from commandline import AtTerminal, Run


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (["llama"], "https://arxiv.org/abs/2302.13971"),
        (["llama", "--pdf"], "https://arxiv.org/pdf/2302.13971"),
        (["Constitutional AI", "--print"], "https://arxiv.org/abs/2212.08073"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "",
)
def test_a_pipe_gets_the_address_and_no_browser_opens(
    papertrack: Run, papers: Path, pages: list[str], words: list[str], address: str
) -> None:
    assert papers.exists()
    assert papertrack("open", *words) == (0, f"{address}\n", "")
    assert pages == []


def test_a_browser_opens_where_somebody_looks_on(
    at_terminal: AtTerminal, papers: Path, pages: list[str]
) -> None:
    assert papers.exists()
    assert at_terminal("open", "llama") == (0, "opened https://arxiv.org/abs/2302.13971\n")
    assert pages == ["https://arxiv.org/abs/2302.13971"]
    assert at_terminal("open", "llama", "--print")[1] == "https://arxiv.org/abs/2302.13971\n"
    assert len(pages) == 1


def test_the_address_is_printed_where_there_is_no_browser(
    at_terminal: AtTerminal, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert papers.exists()
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    assert at_terminal("open", "llama") == (0, "https://arxiv.org/abs/2302.13971\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["gpt"], "papertrack edit gpt --set arxiv="),
        (["gpt", "--pdf"], "no PDF"),
        (["llmaa"], "did you mean llama"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "",
)
def test_what_cannot_be_opened_says_why(
    papertrack: Run, papers: Path, words: list[str], message: str
) -> None:
    assert papers.exists()
    status, out, err = papertrack("open", *words)
    assert (status, out, message in err) == (1, "", True)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "--help", "https://a.org/\\u001b]0;x"]
)
def test_only_web_addresses_are_opened(
    at_terminal: AtTerminal, papers: Path, pages: list[str], link: str
) -> None:
    text = papers.read_text(encoding="utf-8")
    papers.write_text(f'{text}\n[[paper]]\ntitle = "Evil"\nlinks = ["{link}"]\n', encoding="utf-8")
    status, screen = at_terminal("open", "evil")
    assert (status, "not an http or https address" in screen) == (1, True)
    assert "\x1b" not in screen
    assert pages == []
