"""What differs between two states of a file, compactly, and both states back from it."""

from pathlib import Path
from typing import NamedTuple


class Delta(NamedTuple):
    """The one stretch in which two states differ; None stands for no file."""

    prefix: int
    """So many bytes before the stretch are the same."""
    suffix: int
    """So many bytes after it are the same."""
    old: bytes | None
    new: bytes | None

    def turned(self) -> "Delta":
        """Return the difference the other way round."""
        return self._replace(old=self.new, new=self.old)

    def apply(self, state: bytes | None) -> bytes | None:
        """Return the new state of the old one; ValueError where it is another than the old."""
        if state is None or self.old is None:
            if state is not self.old:
                raise ValueError("no file where there was one, or one where there was none")
            return self.new
        end = len(state) - self.suffix
        if state[self.prefix : end] != self.old:
            raise ValueError("not the state that this is the difference from")
        return None if self.new is None else state[: self.prefix] + self.new + state[end:]


class Step(NamedTuple):
    """What one change did to one file."""

    path: Path
    since: Delta | None
    """What other hands did to it since the change before; None where that is not known."""
    change: Delta


def between(before: bytes | None, after: bytes | None) -> Delta:
    """Return the difference between two states of a file."""
    if before is None or after is None:
        return Delta(0, 0, before, after)
    if before == after:
        return Delta(len(before), 0, b"", b"")
    shorter = min(len(before), len(after))
    prefix = _common(before, after, shorter)
    suffix = _common(before, after, shorter - prefix, at_end=True)
    return Delta(
        prefix, suffix, before[prefix : len(before) - suffix], after[prefix : len(after) - suffix]
    )


def _common(one: bytes, other: bytes, most: int, *, at_end: bool = False) -> int:
    """Return how many bytes the two share at the start or the end, halving the doubt each time."""
    sure = 0
    while sure < most:
        guess = (sure + most + 1) // 2
        if at_end:
            same = (
                one[len(one) - guess : len(one) - sure]
                == other[len(other) - guess : len(other) - sure]
            )
        else:
            same = one[sure:guess] == other[sure:guess]
        if same:
            sure = guess
        else:
            most = guess - 1
    return sure
