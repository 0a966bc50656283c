from collections.abc import Callable

import pytest

Checked = Callable[..., list[tuple[int, str, str, bool]]]
Fixed = Callable[[str, str], str]


def paper(line: str) -> str:
    return f'[[paper]]\nkey = "it"\ntitle = "T"\n{line}\n'


@pytest.mark.parametrize(
    ("rule", "line", "message", "advice", "after"),
    [
        (
            "doi",
            'doi = "https://doi.org/10.1000/AbC"',
            'doi "https://doi.org/10.1000/AbC" holds more than the id',
            'write doi = "10.1000/abc"',
            'doi = "10.1000/abc"',
        ),
        (
            "doi",
            'doi = "ten"',
            'doi "ten" is not a DOI, such as 10.1145/3292500.3330701',
            "`papertrack edit it --set doi=…`",
            None,
        ),
        (
            "arxiv",
            'arxiv = "https://arxiv.org/abs/2302.13971v1"',
            'arxiv "https://arxiv.org/abs/2302.13971v1" holds more than the id',
            'write arxiv = "2302.13971"',
            'arxiv = "2302.13971"',
        ),
        (
            "arxiv",
            'arxiv = "23.1"',
            'arxiv "23.1" is not an arXiv id, such as 2302.13971',
            "`papertrack edit it --set arxiv=…`",
            None,
        ),
        (
            "link",
            'links = ["https://a.example/x", "github.com/x/y", "<https://b.example>"]',
            'link "github.com/x/y" is not an address',
            'write "https://github.com/x/y"',
            'links = ["https://a.example/x", "https://github.com/x/y", "https://b.example"]',
        ),
        (
            "link",
            'links = ["https://a.example/x y"]',
            'link "https://a.example/x y" is not an address',
            "write it whole, with https:// first",
            None,
        ),
        (
            "link",
            'links = ["htps://a.example/"]',
            'link "htps://a.example/" is not an address',
            "write it whole, with https:// first",
            None,
        ),
        (
            "link",
            'links = ["not an address", "pdf/llama.pdf", "#llama"]',
            'link "not an address" is not an address',
            "write it whole, with https:// first",
            None,
        ),
        (
            "link",
            'links = ["https://localhost"]',
            'link "https://localhost" is not an address',
            "write it whole, with https:// first",
            None,
        ),
    ],
)
def test_what_leads_nowhere_is_found(
    checked: Checked,
    fixed: Fixed,
    rule: str,
    line: str,
    message: str,
    advice: str,
    after: str | None,
) -> None:
    assert checked(rule, paper(line)) == [(4, message, advice, after is not None)]
    assert fixed(rule, paper(line)) == paper(after or line)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("doi", 'doi = "10.1145/3292500.3330701"'),
        ("doi", 'doi = "10.1000/ABC"'),
        ("arxiv", 'arxiv = "2302.13971"'),
        ("arxiv", 'arxiv = "2302.13971v3"'),
        ("arxiv", 'arxiv = "math.GT/0309136"'),
        ("link", 'links = ["https://zhuanlan.zhihu.com/p/88727133", "file:///tmp/x.pdf"]'),
        ("link", 'links = ["pdf/llama.pdf", "../notes.md"]'),
        ("link", 'links = ["https://例子.example/论文"]'),
    ],
)
def test_what_leads_somewhere_is_right(checked: Checked, rule: str, line: str) -> None:
    assert checked(rule, paper(line)) == []


@pytest.mark.parametrize("typed", ["A B", "--all", "a/../b", "Upper", "a--b"])
def test_a_key_typed_by_hand_may_be_no_key(typed: str, checked: Checked) -> None:
    ((line, message, advice, fixable),) = checked(
        "key", f'[[paper]]\nkey = "{typed}"\ntitle = "LLaMA"\n'
    )
    assert (line, fixable) == (2, False)
    assert message == f'key "{typed}" is not lower-case letters, digits and hyphens'
    assert advice == 'write key = "llama"'
