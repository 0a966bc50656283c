"""Words that are no usage of a command are named, with a good example."""

import pytest

from commandline import Run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show"], "missing argument REFERENCE: such as papertrack show llama"),
        (["stats", "--svg"], "option --svg requires an argument: such as papertrack stats --svg p"),
        (
            ["import", "a.md", "--headings", "x"],
            "invalid value for --headings: x is not one of lab, tag, none: see papertrack import",
        ),
        (["add", "X", "--link"], "option --link requires an argument: see papertrack add --help"),
        (["redo", "--forc"], "no such option: --forc (did you mean --force): see papertrack redo"),
        (["history", "x"], "unexpected extra words (x): see papertrack history --help"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_bad_word_is_named_with_a_good_example(
    papertrack: Run, words: list[str], said: str
) -> None:
    result = papertrack(*words)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(said)
