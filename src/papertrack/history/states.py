"""What a file held at a moment: the copy that was kept, and the changes from there."""

from pathlib import Path

from papertrack.history.copies import Copies, Point
from papertrack.history.tape import Tape


class UnknownError(Exception):
    """The history does not tell."""


def last_point(tape: Tape, copies: Copies, path: Path) -> Point:
    """Return the moment after the last change of this file that stands."""
    if copies.point == Point(tape.last, after=True):
        return copies.point
    if copies.point:
        for number in reversed(tape.done):
            known = tape.load(number)
            if known and path in known.files:
                return Point(number, after=True)
    raise UnknownError


def content_at(tape: Tape, copies: Copies, path: Path, wanted: Point) -> bytes | None:
    """Return what papertrack knows a file to have held: a copy, with the changes up to there."""
    if copies.point is None:
        raise UnknownError
    here, content = copies.point, copies.content
    if here == wanted:
        return content
    points, links = list[Point](), []
    for known in tape.records(min(here.number, wanted.number)):
        for step in known.steps:
            if step.path == path:
                links += [step.since, step.change]
                points += [Point(known.number, after=False), Point(known.number, after=True)]
    if here not in points or wanted not in points:
        raise UnknownError
    place, end = points.index(here), points.index(wanted)
    forward = links[place + 1 : end + 1]
    backward = [link and link.turned() for link in reversed(links[end + 1 : place + 1])]
    for link in forward or backward:
        if link is None:
            raise UnknownError
        content = link.apply(content)
    return content
