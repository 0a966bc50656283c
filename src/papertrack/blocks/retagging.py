"""A tag under another name in the markers of a file's blocks."""

from papertrack import query
from papertrack.blocks.markers import find, marker


def retagged(text: str, old: str, new: str, *, where: str) -> str:
    """Return the text with the tag renamed in every block's query; every other byte stays.

    `where` is the file as a person would type it. Raises PapertrackError for broken markers.
    """
    for block in reversed(find(text, where)):
        wanted = query.with_tag_renamed(block.query, old, new)
        if wanted != block.query:
            end = block.start - len(block.newline)
            start = text.rfind("\n", 0, end) + 1
            text = text[:start] + marker(wanted, block.look) + text[end:]
    return text
