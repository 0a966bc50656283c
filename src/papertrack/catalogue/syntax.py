"""What TOML's reader could not read, said in words that tell what to do."""

import tomli

from papertrack.catalogue.pieces import PAPER, Breach
from papertrack.catalogue.reading import label_of
from papertrack.catalogue.spoiled import is_marker
from papertrack.catalogue.validation import of_paper
from papertrack.errors import Fault
from papertrack.toml.statements import statements

_ADVICE = {
    "RecursionError": "lists or names are nested too deep: keep to a few levels",
    "ValueError": "a number has too many digits: put text in quotes",
    "Unterminated string": "this text is not closed: end it with the quotes it begins with",
    "Illegal character '\\n'": 'this text is not closed: end it with ", '
    'or put """ around text of several lines',
    "Illegal character": "a control character stands in this text: "
    "write it as \\u001b between double quotes, or leave it out",
    "Found invalid character": "a control character stands in this comment: leave it out",
    "Invalid value": 'this is no value: put text in quotes, such as "LLaMA", and write a date '
    "as 2023-03-01",
    "Invalid date": "there is no such date: write one such as 2023-03-01",
    "Invalid or": "there is no such date: write one such as 2023-03-01",
    "Unclosed array": 'this list is not closed: end it with ], such as ["rlhf", "llm"]',
    "Unclosed inline table": "this table is not closed: end it with }",
    "Cannot overwrite": "this is said twice: keep one of the two",
    "Cannot declare": "this table is there twice: put the two together",
    "Cannot redefine": "this table is there twice: put the two together",
    "Cannot mutate": "this adds to a value that is complete: write all of it in one place",
    "Duplicate inline": "this is said twice: keep one of the two",
    "Expected '='": 'a field is written with a sign between name and value: name = "LLaMA"',
    "Expected newline": "something is left over on this line: put text in quotes, "
    "and begin a comment with #",
    "Expected ']": "this header is not closed: write [[paper]]",
    "Invalid initial": 'a name is missing here: write a field as name = "LLaMA"',
    "Invalid statement": 'this is neither a field (name = "LLaMA") nor [[paper]] '
    "nor a comment (# …): write it as one of them",
    "Unescaped": "a backslash stands in this text: write two of them, "
    "or put single quotes around the text",
    "Invalid hex": "\\u takes four hexadecimal digits, such as \\u00e9: write two backslashes "
    "to mean one",
    "Escaped character": "there is no such character: write \\u and four hexadecimal digits, "
    "such as \\u00e9",
}


def fault_of(breach: Breach, line: str) -> Fault:
    """Return the fault with its line; `line` is that line's text."""
    if is_marker(line):
        advice = "a marker of a conflict that git left: keep one side and delete the marker"
    elif "\r" in line[:-1]:
        advice = "a line ends in a way that TOML does not know: save the file with LF or CRLF"
    else:
        advice = next(
            (words for start, words in _ADVICE.items() if breach.reason.startswith(start)),
            f"this is not TOML ({breach.reason}): write it again",
        )
    what, _, mend = advice.partition(": ")
    paper = "" if _is_between(line) else of_paper(_paper_before(breach.text))
    return Fault(breach.line, f"{what}{paper}: {mend}")


def _is_between(line: str) -> bool:
    """Say whether the line ends the paper before it: another header, half a conflict."""
    bare = line.lstrip(" \t[")
    return is_marker(line) or (bare != line.lstrip() and not bare.startswith("paper."))


def _paper_before(text: str) -> str:
    """Return what the last paper in the text is called, as far as it can be read."""
    entry = dict[str, object]()
    named = False
    for statement in statements(text):
        if statement.header:
            entry.clear()
            named = statement.path == PAPER
        elif named and statement.path[0] in {"key", "name", "title"}:
            entry[statement.path[0]] = _value(text[slice(*statement.value)])
    return str(entry.get("key") or label_of(entry))


def _value(text: str) -> object:
    try:
        return tomli.loads(f"value = {text}")["value"]
    except ValueError:
        return None
