"""What a command run in a test comes to."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

FIXTURES = Path(__file__).parent / "fixtures"


class Result(NamedTuple):
    """Its exit status and both streams."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]
"""The fixture `papertrack`: `papertrack("done", "llama", stdin="")`."""
