"""What programs for notes write in their own way, spelled as other lists spell it.

Obsidian, Logseq, Roam and Org have links, properties and tags of their own, and people write
`Lee+ 2020`. What reads items knows one spelling of each.
"""

import re

from papertrack.markdown.inline import CJK, is_label
from papertrack.markdown.proper_names import is_known_venue, is_nickname
from papertrack.patterns import pattern
from papertrack.sources import is_source
from papertrack.status import leading_task

_ANY = pattern(r"\[\[|::|\+[\s,;)\]\d]|:END:|:\s*$|\bal\.?,?\s['’]\d|\s\^[\w-]+$", re.MULTILINE)
"""What stands in every text that has a shorthand in it."""
_WIKI_LINK = pattern(
    r"(?P<sign>[!#]?)\[\[(?P<target>[^\[\]\n|#]{1,300})(?:#[^\[\]\n|]*)?"
    r"(?:\|(?P<alias>[^\[\]\n]{1,300}))?\]\](?!\()"
)
_KEY = pattern(r"@[\w:.-]+|[A-Za-z]*[a-z][A-Za-z-]*(?:19|20)\d\d\w*")
_FOLDERS = pattern(r"(?:[a-z\d_.-]+/)+")
_SHORTEST_TASK, _LONGEST_TASK = 3, 12  # letters
_FILE = pattern(r"\.(?:pdf|md)$", re.IGNORECASE)
_DATED_NAME = pattern(r".*\s-\s(?:19|20)\d\d\s-\s.*")  # as reference managers call files
_LONGEST_NAME = 3  # words
_NOTHING_ELSE = pattern(r"[\s,]*(?:(?:https?://|#)\S+(?:\s[\s,]*|$))*")
_PROPERTY = pattern(r"^[ \t]*([A-Za-z][\w -]{0,20})::(?=\s|$)", re.MULTILINE)
_IN_LINKS = pattern(r"\[\[([^\[\]\n]*)\]\]")
_OF_PROGRAMS = pattern(  # what only the program reads
    r"^[ \t]*(?:(?:id|collapsed|heading|background-color|template|logseq\.[\w.-]+)::.*"
    r"|:LOGBOOK:(?s:.{0,2000}?):END:)(?:\n|\Z)",
    re.MULTILINE,
)
_BLOCK_ID = pattern(r"\s\^[\w-]{4,}$", re.MULTILINE)
_TASK_OF_ROAM = pattern(r"\{\{(?:\[\[)?(TODO|DONE)(?:\]\])?\}\}")
_SHORT_YEAR = pattern(r"(\bet\.? al\.?,?)\s['’](\d\d)(?!\d)")
_TAGS_OF_ORG = pattern(r"\s:((?:[\w@-]+:)+)[ \t]*$", re.MULTILINE)
_AND_OTHERS = pattern(  # but not behind words of a sentence
    r"(?<![\w+-])(?<![^\W\d_A-Z]\s)(?P<name>[^\W\d_a-z][\w'’-]{0,40}[^\W\d_A-Z])\+"
    r"(?:,?\s['’]?(?P<short>[0-4]\d)(?!\d)|(?=[,;]?\s['’]?\d\d|[,;]?\s[A-Z]{2}|\s?[)\]])|(?P<glued>(?=(?:19|20)\d\d\b)))"
    r"(?![^\[\]\n]*\]\()"  # in a link to another paper
)


def spelled_out(text: str) -> str:
    """Return an item or paragraph without what is short for something else.

    `[[A title]]` is `《A title》`, `[[@lee2020]]` a citation key, `year:: 2020` is `year: 2020`,
    and `Lee+ 2020` is `Lee et al. 2020`.
    """
    if not _ANY.search(text):
        return text
    text = _BLOCK_ID.sub("", _OF_PROGRAMS.sub("", text))
    text = _TASK_OF_ROAM.sub(r"\1", text)
    text = _PROPERTY.sub(r"\1:", text)
    text = _WIKI_LINK.sub(_unlinked, text)
    if leading_task(text):
        text = _TAGS_OF_ORG.sub(
            lambda tags: "".join(f" #{tag}" for tag in tags[1].split(":") if tag), text, count=1
        )
    return _SHORT_YEAR.sub(r"\1 20\2", _AND_OTHERS.sub(_with_others, text))


def properties(text: str) -> tuple[str, list[str]]:
    """Return the text above the lines of properties as Logseq has them, and these: `year: 2020`."""
    match = _PROPERTY.search(text) if "::" in text else None
    if match is None or not text[: match.start()].strip():
        return text, []
    lines = [line.strip() for line in text[match.start() :].split("\n")]
    if not all(map(_PROPERTY.match, lines)):
        return text, []
    of_paper = "\n".join(line for line in lines if not line.endswith("::"))
    spelled = _IN_LINKS.sub(r"\1", _PROPERTY.sub(r"\1:", _OF_PROGRAMS.sub("", of_paper)))
    return text[: match.start()].rstrip(), [line for line in spelled.split("\n") if line]


def _unlinked(link: re.Match[str]) -> str:
    """Return the words of a link between one's own notes; the first of a line is the title."""
    target, alias = link["target"].strip(), (link["alias"] or "").strip()
    if link["sign"] == "#":
        return "#" + re.sub(r"\s+", "-", target)
    title = alias or _title_of_file(target)
    if link["sign"] == "!":  # what is shown there; a title may stand behind it
        return "" if re.match(r"[ \t]*\w", link.string[link.end() :]) else link[0]
    if _KEY.fullmatch(target) and not is_known_venue(target):
        alone = title == target or _KEY.fullmatch(title)
        key = f"[@{target.removeprefix('@')}]"
        return key if alone else f"{key} 《{title}》"
    if is_label(title) or (is_source(title) and len(title.split()) <= _LONGEST_NAME):
        return link[0]
    before = link.string[link.string.rfind("\n", 0, link.start()) + 1 : link.start()]
    alone = _NOTHING_ELSE.fullmatch(link.string, link.end()) is not None
    named = " " in title or CJK.search(title) or is_nickname(title) or alone
    if not all(map(_is_front, before.split())) or _DATED_NAME.match(title):
        return title
    word = link.string[link.end() :].startswith(":")  # of a title that goes on
    return f"《{title}》" if named else title if word else link[0]


def _is_front(word: str) -> bool:
    """Say whether a word stands before a title: a box, a task, a tag, a number, a day."""
    task = word.isupper() and _SHORTEST_TASK <= len(word) <= _LONGEST_TASK
    bare = not any(map(str.isalpha, word.removeprefix("[x]").removeprefix("[X]")))
    return task or bare or word.startswith("#")


def _title_of_file(target: str) -> str:
    """Return what a file is called, without its folders: `papers/Deep Gardens.pdf`."""
    name = _FILE.sub("", _FOLDERS.sub("", target, count=1) or target)
    return name.replace("_", " ") if " " not in name and name.count("_") >= _LONGEST_NAME else name


def _with_others(name: re.Match[str]) -> str:
    short = name["short"]
    between = " " if name["glued"] is not None else ""
    return f"{name['name']} et al." + (f", 20{short}" if short else between)
