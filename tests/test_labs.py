"""A lab by any of its names."""

import pytest

from papertrack.labs import LabNames

_LABS = {"Google": ("Google Brain", "DeepMind"), "DeepMind": (), "Meta": ("Facebook", "FAIR")}


@pytest.mark.parametrize(
    ("name", "own"),
    [
        pytest.param("facebook", "Meta", id="another name, in any case"),
        pytest.param("google-brain", "Google", id="whatever its punctuation"),
        pytest.param("deepmind", "DeepMind", id="an own name goes before another's other name"),
        pytest.param("清华", "清华", id="a lab that is not listed"),
    ],
)
def test_a_lab_is_known_by_its_own_name(name: str, own: str) -> None:
    assert LabNames(_LABS).own(name) == own


def test_names_of_one_lab_are_the_same() -> None:
    names = LabNames(_LABS)
    assert names.same("FAIR") == names.same("Facebook") == names.same("meta")
    assert names.same("Google") != names.same("DeepMind")
