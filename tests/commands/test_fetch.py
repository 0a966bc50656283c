"""What `fetch` fills in, what it leaves alone, and what it says of the rest."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx2
import pytest

from commandline import Run
from papertrack import services
from papertrack.identifiers import Identifier
from served import Served, csl, datacite

_CATALOGUE = """\
# mine
[[paper]]
title = "Attention Is All You Need"  # a comment
arxiv = "1706.03762"

[[paper]]
key = "known"
title = "Known"
authors = ["Ann Lee"]
year = 1999
doi = "10.1000/known"

[[paper]]
key = "nobody"
title = "Nobody knows it"
doi = "10.1000/nobody"

[[paper]]
key = "bare"
title = "Without an id"
"""


@pytest.fixture
def asked(served: Served) -> list[str]:
    """What the services were asked."""
    served.replies = {
        "api.datacite.org/dois/10.48550/arxiv.1706.03762": datacite(
            creators=[{"name": "Vaswani, Ashish"}, {"name": "Shazeer, Noam"}],
            publicationYear=2017,
            relatedIdentifiers=[
                {
                    "relationType": "IsVersionOf",
                    "relatedIdentifier": "10.5555/nips",
                    "relatedIdentifierType": "DOI",
                }
            ],
        )
    }
    return served.asked


@pytest.fixture
def path(folder: Path) -> Path:
    place = folder / "papers.toml"
    place.write_text(_CATALOGUE, encoding="utf-8")
    return place


def test_what_is_absent_is_filled_in_and_every_other_byte_stays(
    path: Path, asked: list[str], papertrack: Run
) -> None:
    result = papertrack("fetch")
    assert result.out == (
        "attention-all-you-need: 2 authors, year 2017, venue arXiv\n"
        "attention-all-you-need has been published since: 10.5555/nips\n"
        "1 paper filled in, 2 asked for\n"
    )
    assert result.err == (
        "nobody: 10.1000/nobody: no such DOI\n"
        "1 paper not filled in: try later, or by hand with papertrack edit\n"
    )
    assert result.status == 1
    text = path.read_text(encoding="utf-8")
    assert 'authors = ["Ashish Vaswani", "Noam Shazeer"]\n' in text
    kept = [line for line in text.splitlines(keepends=True) if line in _CATALOGUE]
    assert "".join(kept).replace("\n\n", "\n") == _CATALOGUE.replace("\n\n", "\n")
    assert len(asked) == 3
    assert papertrack("undo").status == 0
    assert path.read_text(encoding="utf-8") == _CATALOGUE


def test_a_venue_that_is_filled_in_tells_how_the_paper_is_cited(
    folder: Path, served: Served, papertrack: Run
) -> None:
    entry = '[paper.bibtex]\ntype = "misc"\nkey = "lee2023"\n'
    text = '[[paper]]\ntitle = "Maps"\ndoi = "10.1000/maps"\narxiv = "2301.00001"\n'
    (folder / "papers.toml").write_text(text + entry, encoding="utf-8")
    item = {"title": "Maps", "container-title": "Nature", "DOI": "10.1000/maps"}
    served.replies = {"doi.org/10.1000/maps": csl(item)}
    assert "venue Nature" in papertrack("fetch", "maps").out
    assert papertrack("cite", "maps").out.startswith("@article{lee2023,\n")


def test_a_doi_of_arxiv_is_asked_for_as_an_arxiv_id(
    path: Path, asked: list[str], papertrack: Run
) -> None:
    path.write_text('[[paper]]\ntitle = "A"\ndoi = "10.48550/arXiv.1706.03762"\n', encoding="utf-8")
    assert "has been published since: 10.5555/nips" in papertrack("fetch").out
    assert asked == ["api.datacite.org/dois/10.48550/arxiv.1706.03762"]


def test_a_preprint_with_a_doi_is_named_where_it_was_published(
    path: Path, served: Served, papertrack: Run
) -> None:
    path.write_text('[[paper]]\ntitle = "A"\ndoi = "10.1101/1"\n', encoding="utf-8")
    relation = {"is-preprint-of": [{"id-type": "doi", "id": "10.1000/out"}]}
    item = {"title": "A", "type": "posted-content", "relation": relation}
    served.replies = {"doi.org/10.1101/1": csl(item)}
    assert "a has been published since: 10.1000/out" in papertrack("fetch").out


def test_what_was_filled_is_not_asked_for_again(
    path: Path, asked: list[str], papertrack: Run
) -> None:
    assert path.exists()
    assert papertrack("fetch", "attention").status == 0
    del asked[:]
    result = papertrack("fetch", "attention")
    assert (result.status, result.err, asked) == (0, "", [])
    assert result.out == "nothing to ask: this paper lacks nothing\n"
    result = papertrack("fetch", "attention", "--fields", "year,authors")
    assert result.out == "nothing to ask: this paper has year, authors\n"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["known", "bare", "--fields", "year"], "those with a DOI or arXiv id have year"),
        (["bare"], "this paper has no DOI or arXiv id"),
        (["without"], "this paper has no DOI or arXiv id"),
        (["key:bare,known", "--fields", "year"], "those with a DOI or arXiv id have year"),
    ],
)
def test_it_says_why_there_is_nothing_to_ask(
    path: Path, asked: list[str], papertrack: Run, words: list[str], reason: str
) -> None:
    assert path.exists()
    result = papertrack("fetch", *words)
    assert (result, asked) == ((0, f"nothing to ask: {reason}\n", ""), [])


def test_et_al_is_completed(path: Path, asked: list[str], papertrack: Run) -> None:
    path.write_text(
        '[[paper]]\ntitle = "Attention"\nauthors = ["Vaswani", "et al."]\nyear = 2018\n'
        'arxiv = "1706.03762"\n',
        encoding="utf-8",
    )
    result = papertrack("fetch")
    assert result.out.startswith("vaswani2018attention: 2 authors, venue arXiv\n")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {'authors = ["Ashish Vaswani", "Noam Shazeer"]', "year = 2018"} < {*lines}
    del asked[:]
    every = "nothing to ask: every paper with a DOI or arXiv id has authors and year\n"
    assert (papertrack("fetch").out, asked) == (every, [])


def test_a_query_that_means_no_paper_asks_nobody(
    path: Path, asked: list[str], papertrack: Run
) -> None:
    assert path.exists()
    result = papertrack("fetch", "year:1900")
    assert (result.status, result.out, asked) == (0, "nothing to ask: no paper matches\n", [])


def test_a_dry_run_shows_a_diff_and_writes_nothing(
    path: Path, asked: list[str], papertrack: Run
) -> None:
    result = papertrack("fetch", "attention", "--dry-run", "--fields", "year,venue")
    assert "+year = 2017\n" in result.out
    assert "authors" not in result.out
    assert result.out.endswith("1 paper would be filled in, 1 asked for\n")
    assert path.read_text(encoding="utf-8") == _CATALOGUE
    assert len(asked) == 1


@pytest.mark.usefixtures("asked")
def test_a_dry_run_in_json_is_json_alone(path: Path, papertrack: Run) -> None:
    result = papertrack("fetch", "attention", "--dry-run", "--json")
    assert json.loads(result.out)["filled"][0]["fields"]["year"] == 2017
    assert path.read_text(encoding="utf-8") == _CATALOGUE


def test_json_has_the_whole_account(path: Path, asked: list[str], papertrack: Run) -> None:
    result = papertrack("fetch", "has:doi or arxiv:1706.03762", "--json")
    assert asked is not None
    assert path.exists()
    result = papertrack("fetch", "--json")
    assert result.status == 1
    account = json.loads(result.out)
    assert account["asked"] == 2
    assert account["unknown"] == [{"key": "nobody", "message": "10.1000/nobody: no such DOI"}]
    assert account["filled"][0]["fields"]["year"] == 2017
    assert account["published"][0]["where"] == "10.5555/nips"
    assert account["unanswered"] == []


def test_a_service_that_does_not_answer_is_named_once(
    path: Path, papertrack: Run, served: Served
) -> None:
    papers = "".join(f'[[paper]]\ntitle = "T{n}"\ndoi = "10.1000/{n}"\n\n' for n in range(3))
    path.write_text(papers, encoding="utf-8")
    served.replies = {"": httpx2.Response(503)}
    result = papertrack("fetch")
    assert result.status == 1
    assert result.err.startswith("t0 and 2 more: no answer from ")
    assert result.err.count("\n") == 2


def test_a_limit_and_a_field_that_is_none(path: Path, asked: list[str], papertrack: Run) -> None:
    assert papertrack("fetch", "--limit", "1").status == 0
    assert len(asked) == 1
    result = papertrack("fetch", "--fields", "title")
    assert result == (2, "", "--fields title: fetch fills authors, year, venue, doi\n")
    assert path.exists()


def test_what_was_complete_is_kept_on_an_interrupt(
    path: Path, papertrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = services.Record(title="x", authors=("Ann Lee",), year=2017)

    def look_up(identifiers: Iterable[Identifier], _: object) -> Iterator[services.Answer]:
        yield services.Answer(next(iter(identifiers)), record)
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "look_up", look_up)
    monkeypatch.setattr(services, "Web", object)
    result = papertrack("fetch")
    assert result.status == 130
    assert 'authors = ["Ann Lee"]' in path.read_text(encoding="utf-8")
