from pathlib import Path

import pytest

from papertrack.sources import (
    is_same_venue,
    is_source,
    kind_of,
    read_date,
    read_source,
    year_is_last,
)

GOLDEN = Path(__file__).parent / "golden"


def cases(name: str) -> list[tuple[str, str]]:
    lines = (GOLDEN / name).read_text("utf-8").splitlines()
    pairs = (line.split(" => ") for line in lines if " => " in line)
    return [(given, wanted) for given, wanted in pairs]


@pytest.mark.parametrize(("cell", "wanted"), cases("sources.txt"))
def test_a_source_is_its_venue_and_year(cell: str, wanted: str) -> None:
    read = read_source(cell)
    parts = [read.venue or "-", str(read.year or "-")]
    parts += [read.arxiv] if read.arxiv else []
    parts += ["+"] if read.more else []
    assert " | ".join(parts) == wanted


@pytest.mark.parametrize(("text", "wanted"), cases("dates.txt"))
def test_a_date_gives_its_year(text: str, wanted: str) -> None:
    when = read_date(text.removeprefix("!"), year_last=text.startswith("!"))
    assert (f"{when.year}{' +' if when.more else ''}" if when else "-") == wanted


@pytest.mark.parametrize(
    ("dates", "last"),
    [
        (["9/04/24", "8/28/24", "12/29/22"], True),
        (["24/09/04", "23/12/30"], False),
        (["24.01.02", "23.04.05"], False),
        (["1/02/03"], True),
        ([], False),
    ],
)
def test_a_column_tells_where_its_dates_have_the_year(dates: list[str], last: object) -> None:
    assert year_is_last(dates) is last


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("NeurIPS 2019", True),
        ("TNNLS", True),
        ("The 18th BioNLP workshop", True),
        ("Preprint", True),
        ("2019", False),
        ("a summary of what it does", False),
        ("2024-07-22 Our paper", False),
    ],
)
def test_a_venue_is_told_from_other_text(text: str, wanted: object) -> None:
    assert is_source(text) is wanted


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("NIPS2019", "conference"),
        ("ICML Workshop", "conference"),
        ("Findings of ACL 2023", "conference"),
        ("Proceedings of the 2019 Conference of the North American Chapter", "conference"),
        ("Proc. of the Symposium on Nature", "conference"),
        ("全国知识图谱会议", "conference"),
        ("TACL", "journal"),
        ("IEEE Trans. Pattern Anal. Mach. Intell.", "journal"),
        ("Journal of Machine Learning Research", "journal"),
        ("Nature Machine Intelligence", "journal"),
        ("Proceedings of the National Academy of Sciences", "journal"),
        ("计算机学报", "journal"),
        ("arXiv", "preprint"),
        ("arxiv2022", "preprint"),
        ("arXiv preprint arXiv:2302.13971", "preprint"),
        ("CoRR", "journal"),
        ("facebook research", None),
        ("MIT Press", None),
        ("", None),
    ],
)
def test_what_appears_at_a_venue(venue: str, kind: str | None) -> None:
    assert kind_of(venue) == kind


@pytest.mark.parametrize(
    ("short", "long", "wanted"),
    [
        ("NeurIPS", "Advances in Neural Information Processing Systems", True),
        ("NIPS", "neurips", True),
        ("ICML", "Proceedings of the 35th International Conference on Machine Learning", True),
        ("CVPR", "IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", True),
        ("ACL", "Annual Meeting of the Association for Computational Linguistics", True),
        ("TACL", "Transactions of the Association for Computational Linguistics", True),
        ("ACL", "Transactions of the Association for Computational Linguistics", False),
        ("ACL", "North American Chapter of the Association for Computational Linguistics", False),
        ("ACL", "Findings of the Association for Computational Linguistics", False),
        ("ICML", "International Conference on Machine Learning and Applications", False),
        ("ICML", "ICLR", False),
        ("ACL", "Workshop on Animals, Cats and Lions", False),
        ("ACL", "Association for Computational Linguistics" + " proceedings" * 50, False),
        ("GROW", "Gardens, Roses and Other Wonders", False),
        ("", "", True),
    ],
)
def test_a_venue_has_an_abbreviation(short: str, long: str, wanted: object) -> None:
    assert is_same_venue(short, long) is is_same_venue(long, short) is wanted
