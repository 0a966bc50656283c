"""Markers found without a Markdown parser, in texts where nothing can hide one.

A line that begins with a comment is HTML of its own, except in a fence or below HTML that is
open (https://github.github.com/gfm/#html-blocks). Where all fences begin their lines and no line
begins with other HTML, that is soon seen; anything else is left to the parser, which takes longer
to load than a small file takes altogether.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARK = "papertrack:"
_FENCES = ("```", "~~~")
_HTML = re.compile(r"\n[ \t>*+\d.)-]*<")
_COMMENT = re.compile(r"[ \t]*<!--(?!-?>)(?:(?!-->).)*-->[ \t]*")
_MARKER = re.compile(r"<!--[ \t]*papertrack:(?:(?!-->).)*-->[ \t]*")
_FENCE = re.compile(r"(?P<run>`{3,}|~{3,})(?P<info>.*)")


class Html(NamedTuple):
    """A piece of HTML that stands for itself."""

    line: int
    """Where it begins, from 1."""
    text: str
    inside: bool = False
    """Whether it stands in a list or a quotation."""


def scan(text: str) -> list[Html] | None:
    """Return the lines that are markers, or None where only a parser can tell.

    The text has line feeds alone for line ends, and no BOM.
    """
    markers: list[Html] = []
    fence = ""
    for number, line in _telling_lines(f"\n{text}"):
        opening = _FENCE.fullmatch(line)
        if fence:
            if opening and opening["run"].startswith(fence) and not opening["info"].strip(" \t"):
                fence = ""
            elif line[:1] in " \t" and line.strip(" \t").startswith(fence):
                return None
        elif opening:
            fence = opening["run"]
            if fence[0] == "`" and "`" in opening["info"]:
                return None
        elif _MARKER.fullmatch(line):
            markers.append(Html(number, line))
        elif not _COMMENT.fullmatch(line) or _MARK in line:
            return None
    return markers


def _telling_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold a mark, a fence, or begin with HTML; an empty line precedes."""
    places = {
        text.rfind("\n", 0, place) for word in (_MARK, *_FENCES) for place in _find(text, word)
    }
    places |= {found.start() for found in _HTML.finditer(text)}
    number = at = 0
    for place in sorted(places):
        number += text.count("\n", at, place + 1)
        at = place + 1
        end = text.find("\n", at)
        yield number, text[at : end if end >= 0 else len(text)]


def _find(text: str, word: str) -> Iterator[int]:
    """Yield where the word stands, once a line."""
    place = text.find(word)
    while place >= 0:
        yield place
        end = text.find("\n", place)
        place = text.find(word, end) if end >= 0 else -1
