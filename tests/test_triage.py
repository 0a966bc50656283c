from papertrack import triage
from papertrack.models import Paper


def _paper(key: str, **fields: object) -> Paper:
    return Paper.model_validate({"key": key, "title": key, **fields})


def test_undecided_is_what_is_neither_begun_nor_given_a_priority() -> None:
    papers = [
        _paper("a"),
        _paper("b", priority=5),
        _paper("c", status="reading"),
        _paper("d", status="dropped"),
        _paper("e", tags=["x"], notes="y"),
    ]
    assert [paper.key for paper in triage.undecided(papers)] == ["a", "e"]


def test_every_key_that_acts_is_on_the_card() -> None:
    assert set(triage.KEYS) == {"1-5", *"skrdltnouq"}
