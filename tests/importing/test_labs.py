import pytest

from papertrack.importing.labs import with_other_names


@pytest.mark.parametrize(
    ("labs", "known", "named"),
    [
        pytest.param(["OpenAI"], [], {"OpenAI": ()}, id="a lab of one name"),
        pytest.param(["meta"], [], {"meta": ("Facebook", "Facebook Research", "FAIR", "Meta AI")},
                     id="whatever its case"),
        pytest.param(["FAIR"], [], {"FAIR": ("Meta", "Facebook", "Facebook Research", "Meta AI")},
                     id="by another of its names"),
        pytest.param(["Meta", "FAIR"], [],
                     {"Meta": ("Facebook", "Facebook Research", "Meta AI"),
                      "FAIR": ()},
                     id="two that the list tells apart"),
        pytest.param(["Apple"], ["苹果"], {"Apple": ()}, id="a name that is taken"),
        pytest.param(["其他"], [], {"其他": ()}, id="a lab that nobody knows"),
    ],
)  # fmt: skip
def test_labs_get_their_usual_other_names(
    labs: list[str], known: list[str], named: dict[str, tuple[str, ...]]
) -> None:
    assert with_other_names(labs, known) == named
