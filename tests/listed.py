"""Lists as somebody has them, and the files in which the tests of import write one."""

from functools import cache
from pathlib import Path

from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Table

HEAD = "| Title | Venue | Status | Notes |\n| --- | --- | --- | --- |\n"
BERT = "| BERT | arXiv 2018 | done | |\n"
GPT = "| GPT | 2018 | | see the blog |\n"
LIST = f"# Papers that I read\n\n{HEAD}{BERT}{GPT}"


def put(name: str, text: str) -> Path:
    """Write a file in the working folder; return its path."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def catalogue_text() -> str:
    """Return the text of the catalogue in the working folder."""
    return Path("data/papers.toml").read_text(encoding="utf-8")


@cache
def tables_of(path: Path) -> list[Table]:
    """Return the tables of a real list, which is read once for all tests."""
    return loads(path.read_bytes().decode("utf-8"))
