"""Prints how the time of reading grows with the text, on what hurts: 2 and 4 where it is linear.

    python benchmarks/growth.py                 every case
    python benchmarks/growth.py array           the cases whose names hold a word

Each case is read at n, 2n and 4n, in this process, the best of three times by the processor's
clock. It ends with status 1 where 4n takes more than 8 times as long as n and that is felt: more
than a tenth of a second. A case is a line below: a name, what reads, and the text of size n.
"""

import gc
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from papertrack import bibtex
from papertrack.catalogue import parse
from papertrack.catalogue.draft import Draft
from papertrack.catalogue.lines import locate, unknown_keys
from papertrack.duplicates import Index
from papertrack.markdown import loads
from papertrack.toml import respell

_ROUNDS = 3
_STEEP, _FELT = 8, 0.1
_PAPER = '[[paper]]\nkey = "a"\ntitle = "A"\n'
_HEAD = "| Title | Year | Authors | Tags |\n|---|---|---|---|\n"


class Case(NamedTuple):
    """Something that meets foreign text, and a text that hurts it."""

    name: str
    use: Callable[[str], object]
    text: Callable[[int], str]
    size: int


def _change(text: str) -> str:
    draft = Draft(text)
    draft.change("a", {"status": "done", "notes": "a\nb", "columns": {"Code": "x"}})
    return draft.verified()


def _other_authors(text: str) -> str:
    draft = Draft(text)
    authors = draft.catalogue.papers[0].authors
    draft.change("a", {"authors": [*authors[1::2], "New", *authors[::2]]})
    return draft.verified()


def _remove(text: str) -> str:
    draft = Draft(text)
    draft.remove(draft.catalogue.papers[0].key)
    return draft.verified()


def _rename_all(text: str) -> str:
    items = text.split(",")
    return respell(
        "[\n" + "".join(f'"{it}", # x\n' for it in items) + "]", items, items[::-1], "\n"
    )


def _all_different(text: str) -> object:
    index = Index()
    for cited in bibtex.loads(text).papers:
        if index.find(cited.paper) is None:
            index.add(cited.paper)
    return index


def _array(between: str, n: int) -> str:
    items = between.join(f'"A{at}",' for at in range(n))
    return f"{_PAPER}authors = [{items}]\n"


def _row(*cells: str) -> str:
    return f"{_HEAD}| {' | '.join(cells)} |\n"


def _everywhere(text: str) -> object:
    link = "https://arxiv.org/abs/2101.00001"
    return (
        loads(f"|Title|Authors|Notes|\n|-|-|-|\n|A title of words|{text}|{text}|\n"),
        loads(f"- [A title of words]({link}) {text}\n- {text}\n"),
        loads(f"**A title** {text} [pdf]({link})\n"),
    )


_CATALOGUES = [
    Case(
        "papers",
        parse,
        lambda n: "".join(f"[[paper]]\ntitle = 'A {at}'\n" for at in range(n)),
        2000,
    ),
    Case("headers without fields", parse, lambda n: "[[paper]]\n" * n, 2000),
    Case("papers of one title", parse, lambda n: "[[paper]]\ntitle = 'A'\n" * n, 2000),
    Case("one of them removed", _remove, lambda n: "[[paper]]\ntitle = 'A'\n" * n, 1000),
    Case("texts not closed", parse, lambda n: '[[paper]]\ntitle = "A\n' * n, 2000),
    Case(
        "texts on lines not closed", parse, lambda n: '[[paper]]\nnotes = """\n' * (2 * n + 1), 1000
    ),
    Case("lists not closed", parse, lambda n: '[[paper]]\ntags = [\n"a",\n' * n, 2000),
    Case(
        "headers inside a text",
        parse,
        lambda n: f'{_PAPER}x = \nnotes = """\n' + "[[paper]]\n" * n,
        4000,
    ),
    Case(
        "conflicts",
        parse,
        lambda n: "<<<<<<< a\n[[paper]]\n=======\n[[paper]]\n>>>>>>> b\n" * n,
        2000,
    ),
    Case("bytes that are not UTF-8", parse, lambda n: "# \udcff\n" * n, 20_000),
    Case("backslashes", _change, lambda n: f'{_PAPER}summary = "' + "\\\\" * n + '"\n', 100_000),
    Case(
        "quotes in a text",
        _change,
        lambda n: f'{_PAPER}summary = """' + '""x' * n + '"""\n',
        400_000,
    ),
    Case("quotes not closed", parse, lambda n: f'{_PAPER}summary = """' + '""x' * n, 400_000),
    Case("comments", _change, lambda n: "# c\n" * n + _PAPER + "# c\n" * n, 20_000),
    Case("blank lines", _change, lambda n: "\n \n" * n + _PAPER + "\n \n" * n, 80_000),
    Case(
        "unknown keys",
        unknown_keys,
        lambda n: _PAPER + "".join(f"k{at} = 1\n" for at in range(n)),
        2000,
    ),
    Case(
        "lines",
        locate,
        lambda n: _PAPER + "".join(f"[paper.t{at}]\nx = 1\n" for at in range(n)),
        2000,
    ),
    Case("array on a line", _other_authors, lambda n: _array(" ", n), 200),
    Case("array on lines", _other_authors, lambda n: _array("\n", n), 200),
    Case(
        "array on one long line",
        _other_authors,
        lambda n: _array(" ", n).replace(' = ["', ' = [\n"'),
        200,
    ),
    Case("array turned round", _rename_all, lambda n: ",".join(f"t{at}" for at in range(n)), 500),
]
_BIBLIOGRAPHIES = [
    Case(
        "one title, other DOIs",
        _all_different,
        lambda n: "".join(
            f"@a{{k{at}, title={{Editorial}}, doi={{10.1/{at}}}}}" for at in range(n)
        ),
        1000,
    ),
    Case(
        "one title, other pages",
        _all_different,
        lambda n: "".join(
            f"@a{{k{at}, title={{Editorial}}, year={1900 + at % 99}, pages={at}, volume={at}}}"
            for at in range(n)
        ),
        1000,
    ),
    Case("one citation key", bibtex.loads, lambda n: "@a{k, title={T}}\n" * n, 1000),
    Case("comments in an entry", bibtex.loads, lambda n: "@a{k, x={} " + "%,\n" * n, 20_000),
    Case(
        "blank lines in an entry", bibtex.loads, lambda n: "@a{k, x={}" + "\n" * n + "a {", 20_000
    ),
    Case("formulas", bibtex.loads, lambda n: "@a{k, title={" + "\\(" * n + "}}", 2000),
]
_OFTEN = ["`", "\u3000", "*", "[", "a", "A, ", "and ", "2021 ", "](", " - ", '"', "et al "]
_TABLES = [
    Case(
        "authors of one paper",
        loads,
        lambda n: _row("A", "2020", ", ".join(f"Ann Lee{at}" for at in range(n)), ""),
        750,
    ),
    Case("wide blanks as tags", loads, lambda n: _row("A", "2020", "B", "\u3000" * n), 5000),
    Case(
        "wide blanks as a title", loads, lambda n: _row("\u3000" * n + "A", "2020", "B", ""), 5000
    ),
    Case("tags", loads, lambda n: _row("A", "2020", "B", "a, " * n), 5000),
    Case("tags in brackets", loads, lambda n: _row("A", "2020", "B", "(a, " * n), 5000),
    Case("backticks", loads, lambda n: _row("`" * n, "2020", "B", ""), 5000),
    Case("runs of backticks", loads, lambda n: _row("` `` " * n, "2020", "B", ""), 1000),
    Case("a long cell", loads, lambda n: _row("a" * n, "x", "y", "z"), 250_000),
    Case("brackets", loads, lambda n: _row("[" * n, "x", "y", "z"), 20_000),
    Case("stars", loads, lambda n: _row("*a " * n, "x", "y", "z"), 5000),
    Case("pipes", loads, lambda n: _HEAD + "|" * n, 100_000),
    Case("title marks", loads, lambda n: _row("《" * n, "x", "y", "z"), 20_000),
    Case("rows on one line", loads, lambda n: _HEAD + "| 《a》 | c | d | e |" * n, 2000),
    Case(
        "rows without a table",
        loads,
        lambda n: f"{_HEAD}| a | c | d | e |\n\n" + "| a | b | c | d |\n\n" * n,
        1000,
    ),
    Case("a row cut into lines", loads, lambda n: f"{_HEAD}| a b c | d\n" + "x y z\n" * n, 2000),
    Case("an item of sentences", loads, lambda n: "- **Foo bar baz**" + ". A" * n, 20_000),
    Case("delimiters", loads, lambda n: "| a | b |\n|---|\n" * n, 2000),
    Case("comments in Markdown", loads, lambda n: "<!--" * n, 20_000),
]


_TABLES += [Case(f"only {char!r}", _everywhere, lambda n, it=char: it * n, 1500) for char in _OFTEN]  # type: ignore[misc]


def main() -> int:
    """Print the table; return whether a case grows too fast."""
    gc.disable()
    words = sys.argv[1:]
    steep = []
    print("| case | n | seconds | 2n | 4n |\n|---|---|---|---|---|")
    for case in (*_CATALOGUES, *_BIBLIOGRAPHIES, *_TABLES):
        if words and not any(word in case.name for word in words):
            continue
        times = [_seconds(case, case.size * factor) for factor in (1, 2, 4)]
        ratios = [each / times[0] for each in times[1:]]
        if ratios[1] > _STEEP and times[2] > _FELT:
            steep.append(case.name)
        grown = " | ".join(f"× {ratio:.1f}" for ratio in ratios)
        print(f"| {case.name} | {case.size:,} | {times[0]:.4f} | {grown} |", flush=True)
    print(f"\nsteep: {', '.join(steep) or 'none'}")
    return int(bool(steep))


def _seconds(case: Case, size: int) -> float:
    text = case.text(size)
    best = float("inf")
    for _ in range(_ROUNDS):
        begun = time.process_time()
        case.use(text)
        best = min(best, time.process_time() - begun)
    return best


if __name__ == "__main__":
    sys.exit(main())
