"""The text of a catalogue that begins: what stands in it before its first paper."""

from collections.abc import Mapping, Sequence

from papertrack.toml.values import spell, spell_key

_GREETING = """\
# A reading list, kept by papertrack. Edit it by hand as you like: papertrack changes what it is
# asked to change and keeps every other byte.
"""
_LABS = """\
[labs]  # the order of the groups; each lab's other names
"""
_EXAMPLE = '# Meta = ["Facebook", "FAIR"]\n'


def new_text(title: str | None = None, labs: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the text of a catalogue without papers, with comments that say how to go on."""
    said = f"title = {spell(title)}\n" if title else ""
    lines = [f"{spell_key(lab)} = {spell(others)}\n" for lab, others in (labs or {}).items()]
    return f"{_GREETING}{said}\n{_LABS}{''.join(lines) or _EXAMPLE}"
