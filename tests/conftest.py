"""What the tests share."""

from pathlib import Path

import pytest

_SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real lists, beside the project."""
    if not _SHARED.is_dir():
        pytest.skip("the folder of real lists (../shared/data) is not here")
    return _SHARED
