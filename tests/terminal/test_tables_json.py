"""Papers as JSON."""

import pytest

from papertrack.models import Paper
from papertrack.terminal.tables import dumped, dumped_in_parts


@pytest.mark.parametrize("number", [0, 1, 999, 1_000, 1_001, 2_500])
def test_the_parts_of_a_long_list_are_the_list(number: int) -> None:
    papers = [Paper(key=f"p{at}", title='A "title",\n]\n') for at in range(number)]
    parts = list(dumped_in_parts(papers))
    assert "".join(parts) == dumped(papers)
    assert len(parts) == -(-number // 1_000) + 1
