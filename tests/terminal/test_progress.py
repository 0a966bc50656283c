from collections.abc import Callable
from typing import Any

import pytest

from papertrack.terminal.progress import track


def test_a_pipe_sees_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(track(range(100), "Reading")) == list(range(100))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("count", "shown"), [(3, False), (30, True)])
def test_a_terminal_sees_progress_of_long_work(
    at_terminal: Callable[..., tuple[Any, Any]],
    count: int,
    shown: bool,  # noqa: FBT001 - a column of the table
) -> None:
    out, err = at_terminal()
    assert list(track(range(count), "Reading [/b]")) == list(range(count))
    assert ("Reading [/b]" in err.text) is shown
    assert out.text == ""
