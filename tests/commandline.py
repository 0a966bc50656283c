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


class Seen(NamedTuple):
    """What a command run at a terminal comes to: its exit status, and what stood on the screen."""

    status: int
    screen: str


AtTerminal = Callable[..., Seen]
"""The fixture `at_terminal` of the commands: `at_terminal("add", typed="A title\\n")`."""
Editor = Callable[..., None]
"""The fixture `editor`: `editor("text = text.upper()")` is what the person does in theirs."""
Kept = Callable[[], list[Path]]
"""The fixture `kept`: the files in which typed text is kept."""


Git = Callable[..., int]
"""The fixture `git`: `git("merge", "other")`, which returns git's exit status."""
