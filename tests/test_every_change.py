"""Every command that changes anything is one entry of the history, and can be undone."""

import shlex
from pathlib import Path

import pytest

from commandline import Run

_BLOCK = "# Papers\r\n\r\n<!-- papertrack:begin -->\r\n<!-- papertrack:end -->\r\n"
_LIST = "# More\n\n| Title | Lab | Status |\n| --- | --- | --- |\n| {} | Facebook | done |\n"


@pytest.fixture
def files(papers: Path, papertrack: Run) -> list[Path]:
    """A catalogue with tags and other names, a README with a block, two lists."""
    folder = papers.parent.parent
    text = papers.read_text(encoding="utf-8")
    start = text.index("\n[[paper]]")
    text = text[:start] + '\n[check]\nignore = ["missing-year"]  # mine\n' + text[start:]
    papers.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (folder / "README.md").write_bytes(_BLOCK.encode())
    for number, title in enumerate(("A first paper", "A second paper")):
        (folder / f"{number}.md").write_text(_LIST.format(title), encoding="utf-8")
    assert papertrack("edit", "gpt", "--add-tag", "LLM", "--set", "notes=NULL").status == 0
    return [papers, *(folder / name for name in ("README.md", "0.md", "1.md"))]


def _held(files: list[Path]) -> list[bytes | None]:
    return [each.read_bytes() if each.exists() else None for each in files]


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("add 'A title' --lab Meta --tag x", 1),
        ("start llama", 1),
        ("done llama peer --on yesterday", 1),
        ("mark-done llama", 1),
        ("mark skimmed llama", 1),
        ("done --all lab:Google --yes", 1),
        ("edit llama --set key=new-key --set 'title=Another' --unset year --add-tag z", 1),
        ("note llama 'two\nlines'", 1),
        ("remove llama gpt-2 --yes", 1),
        ("remove --all lab:OpenAI --yes", 1),
        ("labs rename Meta 'Meta AI'", 1),
        ("tags rename LLM llm", 1),
        ("check --fix", 1),
        ("import 0.md", 1),
        ("import 0.md 1.md --tag-from-file --adopt", 3),
        ("export-markdown --into README.md", 1),
        ("export-markdown --into README.md --force", 1),
    ],
    ids=lambda value: value.partition("\n")[0] if isinstance(value, str) else "",
)
def test_a_change_is_one_entry_and_can_be_undone_and_redone(
    papertrack: Run, files: list[Path], line: str, written: int
) -> None:
    words = shlex.split(line)
    entries = [it.split("\t") for it in papertrack("history").out.splitlines()]
    before = _held(files)
    assert papertrack(*words).status == 0
    after = _held(files)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == written
    *earlier, entry = (it.split("\t") for it in papertrack("history").out.splitlines())
    # the last is number 1, what `undo 1` takes
    assert earlier == [[str(int(number) + 1), *it] for number, *it in entries]
    assert (entry[0], entry[3]) == ("1", " ".join(shlex.join(words).split("\n")))

    assert papertrack("undo").status == 0
    assert _held(files) == before
    assert papertrack("redo").status == 0
    assert _held(files) == after
    papertrack("undo")
    assert papertrack("note", "t5", "another change").status == 0
    assert papertrack("redo").err.startswith("nothing to redo: ")


def test_a_new_catalogue_is_undone_too(papertrack: Run, folder: Path) -> None:
    catalogue = folder / "data" / "papers.toml"
    assert papertrack("init", "A list").status == 0
    made = catalogue.read_bytes()
    assert papertrack("undo").status == 0
    assert not catalogue.exists()
    assert papertrack("redo").status == 0
    assert catalogue.read_bytes() == made


@pytest.mark.parametrize("name", ["data/papers.toml", "0.md", "1.md"])
def test_a_change_of_several_files_is_not_undone_over_one_edited_by_hand(
    papertrack: Run, files: list[Path], name: str
) -> None:
    before = _held(files)
    assert papertrack("import", "0.md", "1.md", "--tag-from-file", "--adopt").status == 0
    edited = files[0].parent.parent / name
    text = edited.read_bytes() + b"\n# by hand\n"
    edited.write_bytes(text)
    after = _held(files)
    refused = papertrack("undo")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith(f"{name} changed since papertrack last wrote it")
    assert "+# by hand" in refused.err
    assert "--force" in refused.err
    assert _held(files) == after

    forced = papertrack("undo", "--force")
    assert forced.status == 0
    assert forced.err.startswith(f"lost in {name}, which has changed since:\n")
    assert "+# by hand" in forced.err
    assert _held(files) == before
