"""papis, pubs and cobib with the same papers, where they are installed; each in its own home."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import catalogues
from catalogues import Entry

TURN = "TURN"
"""Stands in a command for the number of the run, so that each run changes something."""


class Rival(NamedTuple):
    """Another program for the same purpose."""

    name: str
    prepare: Callable[[Path, int], None]
    """Puts that many papers into a home, in the form that the program itself writes."""
    commands: Mapping[str, Sequence[str]]
    """What to measure, by the name of the row."""
    most: int = 10_000
    """The size up to which it is measured: beyond, a run takes minutes."""


def environment(home: Path) -> dict[str, str]:
    """Return what keeps a program away from the person's own files."""
    folders = {"CONFIG": ".config", "DATA": ".local/share", "CACHE": ".cache", "STATE": ".state"}
    xdg = {f"XDG_{name}_HOME": str(home / folder) for name, folder in folders.items()}
    return {"HOME": str(home), **xdg}


def installed() -> list[Rival]:
    """Return those that are found on the PATH."""
    return [rival for rival in _RIVALS if shutil.which(rival.name)]


def _papis(home: Path, size: int) -> None:
    """One folder a paper, with an info.yaml; JSON is YAML too."""
    library = home / "papers"
    config = home / ".config" / "papis" / "config"
    _write(config, f"[settings]\ndefault-library = papers\n\n[papers]\ndir = {library}\n")
    for entry in catalogues.entries(size):
        fields = {
            "ref": entry.key,
            "papis_id": _papis_id(entry.key),
            "title": entry.title,
            "author": entry.lab,
            "publisher": entry.lab,
            "journal": entry.venue,
            "year": entry.year,
            "eprint": entry.arxiv,
            "tags": [entry.tag],
            "status": entry.status,
            "abstract": entry.summary,
        }
        lines = (f"{name}: {_quoted(value)}\n" for name, value in fields.items())
        _write(library / entry.key / "info.yaml", "".join(lines))


def _papis_id(key: str) -> str:
    return hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()


def _pubs(home: Path, size: int) -> None:
    """One BibTeX file and one YAML file a paper; the lab is a tag, since queries know no other."""
    base = home / ".pubs"
    for name in ("doc", "notes", ".cache"):
        (base / name).mkdir(parents=True)
    _write(home / ".pubsrc", f"[main]\npubsdir = {base}\ndocsdir = {base / 'doc'}\n")
    for entry in catalogues.entries(size):
        _write(base / "bib" / f"{entry.key}.bib", _bibtex(entry))
        tags = f"tags: !!set\n    {_quoted(entry.lab)}: null\n"
        added = "added: 2026-01-01 00:00:00.000000\ndocfile: null\n"
        _write(base / "meta" / f"{entry.key}.yaml", added + tags)


def _cobib(home: Path, size: int) -> None:
    """One YAML file with a document a paper, without Chinese, each sign of which it warns about."""
    papers = "".join(
        f"---\n{entry.key}:\n  ENTRYTYPE: article\n  author:\n  - first: A\n    last: Person\n"
        f"  eprint: '{entry.arxiv}'\n  journal: {entry.venue}\n"
        f"  publisher: {entry.lab if entry.lab.isascii() else 'Baidu'}\n"
        f"  tags:\n  - {entry.tag}\n  title: {_quoted(entry.title)}\n  year: {entry.year}\n...\n"
        for entry in catalogues.entries(size)
    )
    _write(home / ".local" / "share" / "cobib" / "literature.yaml", papers)


def _bibtex(entry: Entry) -> str:
    return (
        f"@article{{{entry.key},\n author = {{{entry.lab}}},\n title = {{{entry.title}}},\n"
        f" journal = {{{entry.venue}}},\n abstract = {{{entry.summary}}},\n"
        f" year = {{{entry.year}}}\n}}\n"
    )


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


_PAPIS_7 = f"papis_id:{_papis_id('paper-7')}"
_RIVALS = (
    Rival(
        "papis",
        _papis,
        {
            "list": ["papis", "list", "--all"],
            "list, one lab": ["papis", "list", "--all", "publisher:Meta"],
            "change": [
                "papis",
                "update",
                "--set",
                "status",
                f"done-{TURN}",
                f"papis_id:{_papis_id('paper-7')}",
            ],
        },
    ),
    Rival(
        "pubs",
        _pubs,
        {
            "list": ["pubs", "list"],
            "list, one lab": ["pubs", "list", "tags:Meta"],
            "change": ["pubs", "tag", "paper-7", f"+done{TURN}"],
        },
    ),
    Rival(
        "cobib",
        _cobib,
        {
            "list": ["cobib", "list"],
            "list, one lab": ["cobib", "list", "++publisher", "Meta"],
            "change": ["cobib", "modify", f"note:done-{TURN}", "-s", "--", "paper-7"],
        },
        most=1_000,
    ),
)
