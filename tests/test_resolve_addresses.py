import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import resolve
from papertrack.errors import RefusedError
from papertrack.models import Paper


def _paper(**fields: object) -> Paper:
    return Paper.model_validate({"key": "p", "title": "P", **fields})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(
            {"arxiv": "2302.13971", "doi": "10.1145/1", "links": ["https://a.org"]},
            "https://arxiv.org/abs/2302.13971",
            id="arxiv before all",
        ),
        pytest.param(
            {"arxiv": "arXiv:2302.13971v2"}, "https://arxiv.org/abs/2302.13971", id="arxiv spelled"
        ),
        pytest.param(
            {"arxiv": "hep-th/9901001"}, "https://arxiv.org/abs/hep-th/9901001", id="old arxiv id"
        ),
        pytest.param(
            {"arxiv": "$(id)", "doi": "https://doi.org/10.1145/3292500.33307"},
            "https://doi.org/10.1145/3292500.33307",
            id="doi where the arxiv id is none",
        ),
        pytest.param(
            {"doi": "10.1002/(SICI)1097<1::AID>3.0;2-#"},
            "https://doi.org/10.1002/(sici)1097%3C1::aid%3E3.0;2-%23",
            id="doi with signs",
        ),
        pytest.param({"links": [" https://a.org/b?c=d#e "]}, "https://a.org/b?c=d#e", id="link"),
        pytest.param(
            {"links": ["javascript:alert(1)", "http://b.org"]}, "http://b.org", id="first safe link"
        ),
        pytest.param({"links": ["https://例子.cn/论文"]}, "https://例子.cn/论文", id="Chinese"),
        pytest.param(
            {"links": ["https://a.org/`id`'\""]}, "https://a.org/%60id%60%27%22", id="quotes"
        ),
        pytest.param(
            {"notes": "参考：https://mp.weixin.qq.com/s/x。\nhttps://b.org"},
            "https://mp.weixin.qq.com/s/x",
            id="address in the notes",
        ),
        pytest.param({"notes": "(see http://a.org/b)."}, "http://a.org/b", id="in brackets"),
        pytest.param({"notes": "see http://a.org/b_(c)"}, "http://a.org/b_(c)", id="with brackets"),
    ],
)
def test_the_address_of_a_paper(fields: dict[str, object], expected: str) -> None:
    assert resolve.address(_paper(**fields)) == expected


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://a.org",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://a.org",
        "--version",
        "-https://a.org",
        "https://",
        "https:///a",
        "https://a.org/\x1b]0;x",
        "https://a.org/\nhttps://b.org",
        "https://a.org/\u202egpj",
        "https://a.org/ b",
        "https://[::1",
        "https://a.org/\ud800",
        "a.org",
        "",
    ],
)
def test_what_is_no_plain_web_address_is_refused(link: str) -> None:
    assert resolve.safe_address(link) is None
    with pytest.raises(RefusedError, match=r"links=https://|links to"):
        resolve.address(_paper(links=[link]))


def test_a_paper_without_any_address_says_how_to_give_it_one() -> None:
    with pytest.raises(RefusedError, match="papertrack edit p --set arxiv=") as caught:
        resolve.address(_paper(notes="nothing here"))
    assert caught.value.exit_status == 1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"arxiv": "2302.13971"}, "https://arxiv.org/pdf/2302.13971"),
        ({"links": ["https://arxiv.org/abs/2302.13971v1"]}, "https://arxiv.org/pdf/2302.13971"),
        ({"links": ["https://a.org", "https://a.org/b.PDF?x"]}, "https://a.org/b.PDF?x"),
    ],
    ids=["arxiv id", "arxiv link", "link to a PDF"],
)
def test_the_pdf_of_a_paper(fields: dict[str, object], expected: str) -> None:
    assert resolve.pdf_address(_paper(**fields)) == expected


def test_no_pdf_is_known_for_a_doi_alone() -> None:
    with pytest.raises(RefusedError, match="no PDF"):
        resolve.pdf_address(_paper(doi="10.1145/3292500", links=["file:///a.pdf"]))


@given(st.text() | st.text().map(lambda it: f"https://{it}"))
def test_an_address_begins_with_http_and_holds_nothing_a_shell_acts_on(link: str) -> None:
    address = resolve.safe_address(link)
    assert address is None or address.startswith(("http://", "https://", "HTTP", "Http", "hTTP"))
    assert not set(address or "") & set("\"'`<>\\^{|} \n\r\t\x1b\x00")
